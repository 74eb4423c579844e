//! The text form, as a trader would write it:
//!
//! `pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR + 0.1% quarterly ACT/360 x
//! 10000000`
//!
//! Who pays fixed, the fixed rate and the two dates come first; then what the fixed leg counts by,
//! and after `against` the index, the spread and what the floating leg counts by, which may follow
//! a spread alone. These and the keyed terms may be left out where they are the default. An index
//! with blanks in its name is written in double quotes. Written out, the order is fixed and every
//! number is the shortest that reads back to the same bits.

use super::{FixedLeg, Leg, SOFR, Swap, SwapTerms, payment_lag};
use crate::basics::calendar::{Calendar, Roll};
use crate::basics::currency::Currency;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::forms::text::{date, json, longest_run, number, once, parsed, rate, split_word, why};
use crate::forms::unsupported;
use crate::numeric::decimal::percent;
use std::fmt;
use std::str::FromStr;

/// Longer than the longest term sheet, with every holiday it may have, and numbers of 300 decimals.
const MAX_LENGTH: usize = 100_000;
const NO_END_OF_MONTH: &str = "no-eom";

const EXAMPLE: &str = "pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR + 0.1% \
    quarterly ACT/360 x 10000000";
pub const EXAMPLE_JSON: &str = r#"{"fixed_rate": 0.0425, "effective": "2026-03-26", "maturity": "2036-03-26", "fixed_leg": "pay", "notional": 10000000}"#;

impl fmt::Display for Swap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}% {} to {}",
            self.fixed_leg.name(),
            percent(self.fixed_rate),
            self.effective,
            self.maturity
        )?;
        let quote = if self.index.contains(char::is_whitespace) { "\"" } else { "" };
        write!(f, " {} against {quote}{}{quote}", self.fixed, self.index)?;
        if self.spread != 0.0 {
            write!(
                f,
                " {} {}%",
                if self.spread < 0.0 { '-' } else { '+' },
                percent(self.spread.abs())
            )?;
        }
        write!(f, " {}", self.floating)?;
        for (key, value) in [
            ("fixing", self.fixing.map(|fixing| format!("{}%", percent(fixing)))),
            ("calendar", (self.calendar != Calendar::default()).then(|| self.calendar.to_string())),
            ("roll", (self.roll != Roll::Unadjusted).then(|| self.roll.name().to_owned())),
            ("lag", (self.payment_lag != 0).then(|| self.payment_lag.to_string())),
        ] {
            if let Some(value) = value {
                write!(f, " {key} {value}")?;
            }
        }
        if !self.end_of_month {
            write!(f, " {NO_END_OF_MONTH}")?;
        }
        if let Some(currency) = self.currency {
            write!(f, " currency {currency}")?;
        }
        if let Some(notional) = self.notional {
            write!(f, " x {notional}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Leg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.frequency.name(), self.day_count.name())
    }
}

impl FromStr for Swap {
    type Err = Error;

    fn from_str(text: &str) -> Result<Swap> {
        let syntax = |why: String| Error::Syntax {
            kind: "swap",
            text: excerpt(text),
            why,
            example: EXAMPLE,
        };
        if text.len() > MAX_LENGTH {
            return Err(syntax(format!("a swap is written in at most {MAX_LENGTH} characters")));
        }
        if let Some(terms) = json(text) {
            return Swap::from_json(terms.map_err(syntax)?);
        }
        Swap::new(
            read(text).map_err(|why| unsupported::in_swap(text).unwrap_or_else(|| syntax(why)))?,
        )
    }
}

fn read(line: &str) -> Result<SwapTerms, String> {
    let mut rest = line;
    let mut next = || {
        let (word, tail) = split_word(rest).ok_or(
            "a swap begins with pay or receive, the fixed rate in percent, and two dates \
                with \"to\" between them",
        )?;
        rest = tail;
        Ok::<_, String>(word)
    };
    let fixed_leg = FixedLeg::parse(next()?).map_err(why)?;
    let (fixed_rate, effective) = (rate(next()?)?, date(next()?)?);
    let between = next()?;
    if !between.eq_ignore_ascii_case("to") {
        return Err(format!(
            "\"{}\" stands where \"to\" and the maturity should",
            excerpt(between)
        ));
    }
    let maturity = date(next()?)?;
    let mut draft = Draft::default();
    while let Some((word, tail)) = split_word(rest) {
        rest = draft.term(word, tail)?;
    }
    Ok(draft.terms(SwapTerms { fixed_leg, ..SwapTerms::new(fixed_rate, effective, maturity) }))
}

/// What has been read of a swap.
#[derive(Default)]
struct Draft {
    fixed: DraftLeg,
    floating: DraftLeg,
    index: Option<String>,
    spread: Option<f64>,
    fixing: Option<f64>,
    calendar: Option<Calendar>,
    roll: Option<Roll>,
    payment_lag: Option<u8>,
    end_of_month: Option<bool>,
    currency: Option<Currency>,
    notional: Option<f64>,
}

#[derive(Default)]
struct DraftLeg {
    frequency: Option<Frequency>,
    day_count: Option<DayCount>,
}

impl Draft {
    /// Reads one term, and answers what follows it.
    fn term<'a>(&mut self, word: &str, tail: &'a str) -> Result<&'a str, String> {
        let value = || split_word(tail).ok_or_else(|| format!("nothing follows \"{word}\""));
        // A term of one word, and one that a second word says.
        let alone = |()| tail;
        let (lower, mut rest) = (word.to_ascii_lowercase(), tail);
        let mut keyed = || {
            let (value, tail) = value()?;
            rest = tail;
            Ok::<_, String>(value)
        };
        match lower.as_str() {
            "against" => {
                let (name, tail) = index(tail).ok_or(
                    "after \"against\" stands the name of an index, one word or in double quotes",
                )?;
                return once(&mut self.index, name.to_owned(), word).map(|()| tail);
            }
            "fixing" => once(&mut self.fixing, rate(keyed()?)?, word)?,
            "calendar" => once(&mut self.calendar, parsed(keyed()?)?, word)?,
            "roll" => once(&mut self.roll, Roll::parse(keyed()?).map_err(why)?, word)?,
            "lag" => once(&mut self.payment_lag, lag(keyed()?)?, word)?,
            "currency" => once(&mut self.currency, parsed::<Currency>(keyed()?)?, word)?,
            "x" => once(&mut self.notional, number(keyed()?)?, word)?,
            "eom" => return once(&mut self.end_of_month, true, word).map(alone),
            NO_END_OF_MONTH => return once(&mut self.end_of_month, false, word).map(alone),
            _ => match word.strip_prefix(['+', '-']) {
                Some(attached) => {
                    let size = rate(if attached.is_empty() { keyed()? } else { attached })?;
                    once(
                        &mut self.spread,
                        if word.starts_with('-') { -size } else { size },
                        "the spread",
                    )?;
                }
                None => return self.market_word(word, tail),
            },
        }
        Ok(rest)
    }

    /// Frequency or day count: of the fixed leg before the index and the spread, of the floating
    /// leg after either.
    fn market_word<'a>(&mut self, word: &str, tail: &'a str) -> Result<&'a str, String> {
        let leg = if self.index.is_none() && self.spread.is_none() {
            &mut self.fixed
        } else {
            &mut self.floating
        };
        if let Some((frequency, tail)) = longest_run(word, tail, Frequency::find) {
            return once(&mut leg.frequency, frequency, word).map(|()| tail);
        }
        if let Some((day_count, tail)) = longest_run(word, tail, DayCount::find) {
            return once(&mut leg.day_count, day_count, word).map(|()| tail);
        }
        Err(format!(
            "\"{}\" is no frequency ({}), day count or other term of a swap",
            excerpt(word),
            Frequency::names()
        ))
    }

    fn terms(self, default: SwapTerms) -> SwapTerms {
        SwapTerms {
            fixed: self.fixed.leg(),
            index: self.index.unwrap_or_else(|| SOFR.to_owned()),
            spread: self.spread.unwrap_or(default.spread),
            floating: self.floating.leg(),
            fixing: self.fixing,
            calendar: self.calendar.unwrap_or_default(),
            roll: self.roll.unwrap_or(default.roll),
            payment_lag: self.payment_lag.unwrap_or(default.payment_lag),
            end_of_month: self.end_of_month.unwrap_or(default.end_of_month),
            currency: self.currency,
            notional: self.notional,
            ..default
        }
    }
}

impl DraftLeg {
    fn leg(&self) -> Leg {
        Leg {
            frequency: self.frequency.unwrap_or(Leg::SOFR.frequency),
            day_count: self.day_count.unwrap_or(Leg::SOFR.day_count),
        }
    }
}

/// The name of an index, in double quotes or a single word.
fn index(tail: &str) -> Option<(&str, &str)> {
    tail.trim_start()
        .strip_prefix('"')
        .map_or_else(|| split_word(tail), |quoted| quoted.split_once('"'))
}

fn lag(text: &str) -> Result<u8, String> {
    let days: i64 = text
        .parse()
        .map_err(|_| format!("\"{}\" is not a number of business days", excerpt(text)))?;
    payment_lag(days).map_err(why)
}
