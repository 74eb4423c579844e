//! The text form, as a trader would write it:
//!
//! `4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000`
//!
//! Coupon and maturity come first; frequency, day count, yield convention and the keyed terms
//! follow in any order and may be left out where they are the default; a perpetual bond's maturity
//! is `perpetual`, and coupons that change are `steps 2027-06-15:4.5%,2029-06-15:5%`. Written out,
//! the order is fixed and every number is the shortest that reads back to the same bits.

use super::fields::FIELDS;
use super::{Bond, BondTerms, MAX_STEPS, Step};
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::{Vocabulary, is_spelled};
use crate::forms::field::{Seen, read_line, write_line};
use crate::forms::text::{date, json, longest_run, number, split_word, why};
use crate::forms::unsupported;
use crate::numeric::decimal::{Decimal, percent};
use crate::product::convention::Convention;
use crate::product::market_preset::MarketPreset;
use std::fmt;
use std::str::FromStr;

const PERPETUAL: &str = "perpetual";
/// Longer than the longest term sheet, with every step and holiday it may have, and numbers of 300
/// decimals.
const MAX_LENGTH: usize = 100_000;

impl fmt::Display for Bond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let maturity = match self.is_perpetual() {
            true => PERPETUAL.to_owned(),
            false => self.maturity.to_string(),
        };
        let (frequency, day_count) = (self.frequency.name(), self.day_count.name());
        write!(f, "{}% {maturity} {frequency} {day_count}", percent(self.coupon))?;
        write_line(FIELDS, &self.terms, f)
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
        let terms = read_terms(text).map_err(|why| {
            let words: Vec<&str> = text.split_whitespace().collect();
            unsupported::in_bond(&words).unwrap_or_else(|| syntax(why))
        })?;
        Bond::new(terms)
    }
}

fn read_terms(line: &str) -> Result<BondTerms, String> {
    let head = "a bond begins with its coupon in percent and its maturity date";
    let (coupon, rest) = split_word(line).ok_or(head)?;
    let (maturity, rest) = split_word(rest).ok_or(head)?;
    let mut terms = BondTerms::new(coupon_from_percent(coupon)?, maturity_date(maturity)?);
    // Applied before all others, whose defaults it gives.
    if let Some(market) = market(rest) {
        let market = market.ok_or("nothing follows \"market\"")?;
        MarketPreset::parse(market).and_then(|market| market.apply(&mut terms)).map_err(why)?;
    }
    read_line(FIELDS, &mut terms, rest, read_other)?;
    Ok(terms)
}

/// The word after the first "market" of a line; Some(None) where nothing follows.
fn market(line: &str) -> Option<Option<&str>> {
    let mut words = line.split_whitespace();
    words.find(|word| word.eq_ignore_ascii_case("market"))?;
    Some(words.next())
}

/// Reads what no word of the table introduces: a market that was applied already, a price attached
/// to its sign, and market words.
fn read_other<'a>(
    terms: &mut BondTerms,
    seen: &mut Seen,
    word: &'a str,
    tail: &'a str,
) -> Result<&'a str, String> {
    if word.eq_ignore_ascii_case("market") {
        seen.once(MarketPreset::WHAT, word)?;
        return Ok(split_word(tail).map_or(tail, |(_, rest)| rest));
    }
    match word.strip_prefix('@') {
        Some(price) => {
            terms.price = Some(number(price)?);
            seen.once("price", word)?;
            Ok(tail)
        }
        None => read_market_word(terms, seen, word, tail),
    }
}

/// Frequency, day count or convention; a spelling may have blanks in it, so the longest run of
/// words wins.
fn read_market_word<'a>(
    terms: &mut BondTerms,
    seen: &mut Seen,
    word: &str,
    tail: &'a str,
) -> Result<&'a str, String> {
    let find = |text: &str| MarketWord::find(text).map(|found| (found, text.to_owned()));
    let Some(((found, spelling), rest)) = longest_run(word, tail, find) else {
        return Err(format!(
            "\"{word}\" is no frequency ({}), day count ({}), yield convention ({}) or other term \
            of a bond",
            Frequency::names(),
            DayCount::names(),
            Convention::names()
        ));
    };
    if let Some(other) = found.other_reading(&spelling) {
        let (what, name) = (found.what(), found.name());
        return Err(format!(
            "\"{spelling}\" is the {what} {name}, or else {other}: write {name}, or {other}"
        ));
    }
    match found {
        MarketWord::Frequency(frequency) => terms.frequency = frequency,
        MarketWord::DayCount(day_count) => terms.day_count = day_count,
        MarketWord::Convention(convention) => terms.convention = convention,
    }
    seen.once(found.what(), word)?;
    Ok(rest)
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

fn maturity_date(text: &str) -> Result<Date, String> {
    if text.eq_ignore_ascii_case(PERPETUAL) || text.eq_ignore_ascii_case("infinity") {
        Ok(Date::FOREVER)
    } else {
        date(text)
    }
}

fn coupon_from_percent(text: &str) -> Result<f64, String> {
    let decimal = text.strip_suffix('%').and_then(Decimal::parse);
    Ok(decimal
        .ok_or_else(|| format!("\"{}\" is not a coupon in percent, such as 4.45%", excerpt(text)))?
        .shifted(-2))
}
