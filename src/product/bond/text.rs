//! The text form, as a trader would write it:
//!
//! `4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000`
//!
//! Coupon and maturity come first; frequency, day count, yield convention and the keyed terms
//! follow in any order and may be left out where they are the default; a perpetual bond's maturity
//! is `perpetual`, and coupons that change are `steps 2027-06-15:4.5%,2029-06-15:5%`. Written out,
//! the order is fixed and every number is the shortest that reads back to the same bits.

use super::{Bond, BondTerms, MAX_STEPS, Step, settlement_lag};
use crate::basics::calendar::{Calendar, Roll};
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::{Vocabulary, is_spelled};
use crate::forms::text::{LONGEST_RUN, date, json, number, parsed, why};
use crate::forms::unsupported;
use crate::numeric::decimal::{Decimal, percent};
use crate::product::convention::Convention;
use crate::product::market_preset::MarketPreset;
use std::fmt;
use std::str::FromStr;

const NO_END_OF_MONTH: &str = "no-eom";
const PERPETUAL: &str = "perpetual";
/// Longer than the longest term sheet, with every step and holiday it may have, and numbers of 300
/// decimals.
const MAX_LENGTH: usize = 100_000;

impl fmt::Display for Bond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let maturity =
            if self.is_perpetual() { PERPETUAL.to_owned() } else { self.maturity.to_string() };
        write!(
            f,
            "{}% {maturity} {} {}",
            percent(self.coupon),
            self.frequency.name(),
            self.day_count.name()
        )?;
        for (key, date) in
            [("issued", self.issue), ("first", self.first_coupon), ("last", self.last_coupon)]
        {
            if let Some(date) = date {
                write!(f, " {key} {date}")?;
            }
        }
        if !self.optional.steps.is_empty() {
            write!(f, " steps {}", Step::text(&self.optional.steps))?;
        }
        if self.redemption != 100.0 {
            write!(f, " redemption {}", self.redemption)?;
        }
        if !self.end_of_month {
            write!(f, " {NO_END_OF_MONTH}")?;
        }
        if self.convention != Convention::Street {
            // "30/360 german" is a day count.
            let ambiguous =
                DayCount::find(&format!("{} {}", self.day_count.name(), self.convention.name()))
                    .is_some();
            write!(f, "{} {}", if ambiguous { " yield" } else { "" }, self.convention.name())?;
        }
        if self.optional.calendar != Calendar::default() {
            write!(f, " calendar {}", self.optional.calendar)?;
        }
        if self.optional.roll != Roll::Unadjusted {
            write!(f, " roll {}", self.optional.roll.name())?;
        }
        for (key, value) in [
            ("ex", self.optional.ex_dividend.map(|rule| rule.to_string())),
            ("lag", self.optional.settlement_lag.map(|lag| lag.to_string())),
            ("currency", self.optional.currency.map(|currency| currency.to_string())),
        ] {
            if let Some(value) = value {
                write!(f, " {key} {value}")?;
            }
        }
        if let Some(price) = self.price {
            write!(f, " @ {price}")?;
        }
        if let Some(notional) = self.notional {
            write!(f, " x {notional}")?;
        }
        Ok(())
    }
}

impl FromStr for Bond {
    type Err = Error;

    fn from_str(text: &str) -> Result<Bond> {
        let syntax = |why: String| Error::text(text, why);
        if text.len() > MAX_LENGTH {
            return Err(syntax(format!("a bond is written in at most {MAX_LENGTH} characters")));
        }
        if let Some(terms) = json(text) {
            return Bond::from_json(terms.map_err(|why| Error::json("bond", text, &why))?);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        Bond::new(
            read_terms(&words)
                .map_err(|why| unsupported::in_bond(&words).unwrap_or_else(|| syntax(why)))?,
        )
    }
}

fn read_terms(words: &[&str]) -> Result<BondTerms, String> {
    let [coupon, maturity, rest @ ..] = words else {
        return Err("a bond begins with its coupon in percent and its maturity date".to_owned());
    };
    let mut terms = BondTerms::new(coupon_from_percent(coupon)?, maturity_date(maturity)?);
    if let Some(at) = rest.iter().position(|word| word.eq_ignore_ascii_case("market")) {
        let market = rest.get(at + 1).ok_or("nothing follows \"market\"")?;
        MarketPreset::parse(market).and_then(|market| market.apply(&mut terms)).map_err(why)?;
    }
    let mut seen: Vec<&str> = Vec::new();
    let mut rest = rest;
    while let [word, tail @ ..] = rest {
        let (key, used) = read_term(&mut terms, word, tail)?;
        if seen.contains(&key) {
            return Err(format!("\"{word}\" gives the {key} a second time"));
        }
        seen.push(key);
        rest = tail.get(used - 1..).unwrap_or_default();
    }
    Ok(terms)
}

/// Reads one term, and says which it was and how many words it took.
fn read_term(
    terms: &mut BondTerms,
    word: &str,
    tail: &[&str],
) -> Result<(&'static str, usize), String> {
    let value = || tail.first().copied().ok_or_else(|| format!("nothing follows \"{word}\""));
    let lower = word.to_ascii_lowercase();
    Ok(match lower.as_str() {
        "issued" => (set(&mut terms.issue, Some(date(value()?)?), "issue date"), 2),
        "first" => (set(&mut terms.first_coupon, Some(date(value()?)?), "first coupon date"), 2),
        "last" => (set(&mut terms.last_coupon, Some(date(value()?)?), "last coupon date"), 2),
        "redemption" => (set(&mut terms.redemption, number(value()?)?, "redemption"), 2),
        "@" => (set(&mut terms.price, Some(number(value()?)?), "price"), 2),
        // Applied before all others, whose defaults it gives.
        "market" => (value().map(|_| MarketPreset::WHAT)?, 2),
        "yield" | "convention" => (
            set(&mut terms.convention, Convention::parse(value()?).map_err(why)?, Convention::WHAT),
            2,
        ),
        "steps" => (
            set(
                &mut terms.optional.edit().steps,
                Step::list(value()?).map_err(why)?,
                "coupon steps",
            ),
            2,
        ),
        "calendar" => (set(&mut terms.optional.edit().calendar, parsed(value()?)?, "calendar"), 2),
        "roll" => (
            set(&mut terms.optional.edit().roll, Roll::parse(value()?).map_err(why)?, Roll::WHAT),
            2,
        ),
        "ex" => (
            set(
                &mut terms.optional.edit().ex_dividend,
                Some(parsed(value()?)?),
                "ex-dividend period",
            ),
            2,
        ),
        "lag" => (
            set(&mut terms.optional.edit().settlement_lag, Some(lag(value()?)?), "settlement lag"),
            2,
        ),
        "currency" => {
            (set(&mut terms.optional.edit().currency, Some(parsed(value()?)?), "currency"), 2)
        }
        "x" => (set(&mut terms.notional, Some(number(value()?)?), "notional"), 2),
        "eom" => (set(&mut terms.end_of_month, true, "end-of-month rule"), 1),
        NO_END_OF_MONTH => (set(&mut terms.end_of_month, false, "end-of-month rule"), 1),
        // A price may be attached to its sign; what is left is a market word.
        _ => match word.strip_prefix('@') {
            Some(price) => (set(&mut terms.price, Some(number(price)?), "price"), 1),
            None => return read_market_word(terms, word, tail),
        },
    })
}

/// Frequency, day count or convention; a spelling may have blanks in it, so the longest run of
/// words wins.
fn read_market_word(
    terms: &mut BondTerms,
    word: &str,
    tail: &[&str],
) -> Result<(&'static str, usize), String> {
    for extra in (0..LONGEST_RUN.min(tail.len() + 1)).rev() {
        let joined = [&[word], tail.get(..extra).unwrap_or_default()].concat().join(" ");
        let Some(found) = MarketWord::find(&joined) else { continue };
        if let Some(other) = found.other_reading(&joined) {
            return Err(format!(
                "\"{joined}\" is the {} {}, or else {other}: write {}, or {other}",
                found.what(),
                found.name(),
                found.name()
            ));
        }
        let key = match found {
            MarketWord::Frequency(frequency) => {
                set(&mut terms.frequency, frequency, Frequency::WHAT)
            }
            MarketWord::DayCount(day_count) => set(&mut terms.day_count, day_count, DayCount::WHAT),
            MarketWord::Convention(convention) => {
                set(&mut terms.convention, convention, Convention::WHAT)
            }
        };
        return Ok((key, extra + 1));
    }
    Err(format!(
        "\"{word}\" is no frequency ({}), day count ({}), yield convention ({}) or other term of a \
            bond",
        Frequency::names(),
        DayCount::names(),
        Convention::names()
    ))
}

/// What stands in a bond's text without a key.
#[derive(Debug, Clone, Copy, PartialEq)]
enum MarketWord {
    Frequency(Frequency),
    DayCount(DayCount),
    Convention(Convention),
}

impl MarketWord {
    fn find(text: &str) -> Option<MarketWord> {
        let frequency = Frequency::find(text).map(MarketWord::Frequency);
        let day_count = || DayCount::find(text).map(MarketWord::DayCount);
        frequency.or_else(day_count).or_else(|| Convention::find(text).map(MarketWord::Convention))
    }

    fn what(self) -> &'static str {
        match self {
            MarketWord::Frequency(_) => Frequency::WHAT,
            MarketWord::DayCount(_) => DayCount::WHAT,
            MarketWord::Convention(_) => Convention::WHAT,
        }
    }

    fn name(self) -> &'static str {
        match self {
            MarketWord::Frequency(frequency) => frequency.name(),
            MarketWord::DayCount(day_count) => day_count.name(),
            MarketWord::Convention(convention) => convention.name(),
        }
    }

    /// Written so that it is nothing else, whatever stands before it.
    fn keyed(self) -> String {
        match self {
            MarketWord::Convention(convention) => format!("yield {}", convention.name()),
            word => word.name().to_owned(),
        }
    }

    /// The words of a spelling as two words of different kinds, which they may mean just as well:
    /// `30/360 icma`. The name that we write, such as ACT/ACT ICMA, means itself.
    fn other_reading(self, spelling: &str) -> Option<String> {
        if is_spelled(spelling, self.name()) {
            return None;
        }
        spelling.match_indices(' ').find_map(|(at, _)| {
            let (first, second) = spelling.split_at_checked(at)?;
            let (first, second) = (MarketWord::find(first)?, MarketWord::find(second)?);
            (first.what() != second.what()).then(|| format!("{} {}", first.keyed(), second.keyed()))
        })
    }
}

/// Steps as they are written: `2027-06-15:4.5%,2029-06-15:5%`.
impl Step {
    pub fn list(text: &str) -> Result<Vec<Step>, Error> {
        let count = text.split(',').count();
        if count > MAX_STEPS {
            return Err(Error::TooMany { what: "coupon steps", count, limit: MAX_STEPS });
        }
        let step = |text: &str| {
            let not = || format!("\"{}\" is not a step, such as 2027-06-15:4.5%", excerpt(text));
            let (from, coupon) = text.split_once(':').ok_or_else(not)?;
            Ok(Step { from: date(from.trim())?, coupon: coupon_from_percent(coupon.trim())? })
        };
        text.split(',')
            .map(step)
            .collect::<Result<_, String>>()
            .map_err(|why| Error::text(text, why))
    }

    pub fn text(steps: &[Step]) -> String {
        steps
            .iter()
            .map(|step| format!("{}:{}%", step.from, percent(step.coupon)))
            .collect::<Vec<_>>()
            .join(",")
    }
}

fn set<T>(field: &mut T, value: T, key: &'static str) -> &'static str {
    *field = value;
    key
}

fn maturity_date(text: &str) -> Result<Date, String> {
    if text.eq_ignore_ascii_case(PERPETUAL) || text.eq_ignore_ascii_case("infinity") {
        Ok(Date::FOREVER)
    } else {
        date(text)
    }
}

fn lag(text: &str) -> Result<u8, String> {
    let days: i64 = text
        .parse()
        .map_err(|_| format!("\"{}\" is not a number of business days", excerpt(text)))?;
    u8::try_from(days).or_else(|_| settlement_lag(days)).map_err(why)
}

fn coupon_from_percent(text: &str) -> Result<f64, String> {
    let decimal = text.strip_suffix('%').and_then(Decimal::parse);
    Ok(decimal
        .ok_or_else(|| format!("\"{}\" is not a coupon in percent, such as 4.45%", excerpt(text)))?
        .shifted(-2))
}
