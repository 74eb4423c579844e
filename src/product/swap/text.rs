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

use super::fields::{FIELDS, INDEX, LEGS, SPREAD};
use super::{FixedLeg, Leg, Swap, SwapTerms};
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::{Seen, read_line, write_line};
use crate::forms::text::{date, json, longest_run, rate, split_word, why};
use crate::forms::unsupported;
use crate::numeric::decimal::percent;
use std::fmt;
use std::str::FromStr;

/// Longer than the longest term sheet, with every holiday it may have, and numbers of 300 decimals.
const MAX_LENGTH: usize = 100_000;

const EXAMPLE: &str = "pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR + 0.1% \
    quarterly ACT/360 x 10000000";
pub const EXAMPLE_JSON: &str = r#"{"fixed_rate": 0.0425, "effective": "2026-03-26", "maturity": "2036-03-26", "fixed_leg": "pay", "notional": 10000000}"#;

impl fmt::Display for Swap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (leg, rate) = (self.fixed_leg.name(), percent(self.fixed_rate));
        write!(f, "{leg} {rate}% {} to {} {}", self.effective, self.maturity, self.fixed)?;
        write_line(FIELDS, self, f)
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
    let mut terms = SwapTerms { fixed_leg, ..SwapTerms::new(fixed_rate, effective, maturity) };
    read_line(FIELDS, &mut terms, rest, read_other)?;
    Ok(terms)
}

/// Reads what no word of the table introduces: the spread after its sign, and what the legs count
/// by.
fn read_other<'a>(
    terms: &mut SwapTerms,
    seen: &mut Seen,
    word: &'a str,
    tail: &'a str,
) -> Result<&'a str, String> {
    let Some(attached) = word.strip_prefix(['+', '-']) else {
        return market_word(terms, seen, word, tail);
    };
    let (size, rest) = match attached {
        "" => split_word(tail).ok_or_else(|| format!("nothing follows \"{word}\""))?,
        attached => (attached, tail),
    };
    let size = rate(size)?;
    terms.spread = if word.starts_with('-') { -size } else { size };
    seen.once(SPREAD, word)?;
    Ok(rest)
}

/// Frequency or day count: of the fixed leg before the index and the spread, of the floating leg
/// after either.
fn market_word<'a>(
    terms: &mut SwapTerms,
    seen: &mut Seen,
    word: &str,
    tail: &'a str,
) -> Result<&'a str, String> {
    let is_floating = seen.has(INDEX) || seen.has(SPREAD);
    let leg = if is_floating { &mut terms.floating } else { &mut terms.fixed };
    let [fixed, floating] = LEGS;
    let [frequency_of, day_count_of] = if is_floating { floating } else { fixed };
    if let Some((frequency, rest)) = longest_run(word, tail, Frequency::find) {
        leg.frequency = frequency;
        return seen.once(frequency_of, word).map(|()| rest);
    }
    if let Some((day_count, rest)) = longest_run(word, tail, DayCount::find) {
        leg.day_count = day_count;
        return seen.once(day_count_of, word).map(|()| rest);
    }
    Err(format!(
        "\"{}\" is no frequency ({}), day count or other term of a swap",
        excerpt(word),
        Frequency::names()
    ))
}
