//! When a quote is for: a tenor or date at which it ends, or two between which it lasts.
//!
//! `3M`, `2030-12-18`; `3Mx6M` or `3x6` in months; `Z6` or `Z26`, the third Wednesday of December 2026, as exchanges name it.

use super::At;
use crate::bootstrap::third_wednesday;
use crate::date::Date;
use crate::error::{Error, Result, excerpt};
use crate::tenor::Tenor;
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub start: Option<At>,
    pub end: At,
}

impl From<At> for Span {
    fn from(end: At) -> Span {
        Span { start: None, end }
    }
}

/// From January on (CME Group, month codes).
const MONTHS: &str = "FGHJKMNQUVXZ";

impl Span {
    /// A year told by one digit is the curve's or one of the nine after it; by two, one of the hundred around it.
    pub fn parse(text: &str, as_of: Date) -> Result<Span> {
        let text = text.trim();
        let span = match text.split_once(['x', 'X']) {
            // X6 is November's.
            Some((start, end)) if !start.is_empty() => {
                forward(start).zip(forward(end)).map(|(start, end)| Span { start: Some(start), end })
            }
            _ => point(text).or_else(|| imm(text, as_of).map(At::Date)).map(Span::from),
        };
        span.ok_or_else(|| Error::UnknownWord {
            what: "tenor",
            text: excerpt(text),
            known: "ON, 2W, 3M, 10Y, 1Y6M, dates written YYYY-MM-DD, 3Mx6M or 3x6 from one to another, IMM days such as Z6".to_owned(),
        })
    }

    pub fn only(self) -> Result<At> {
        match self.start {
            None => Ok(self.end),
            Some(_) => Err(self.unfit("one tenor or date such as 3M")),
        }
    }

    pub fn both(self) -> Result<(At, At)> {
        self.start.map(|start| (start, self.end)).ok_or_else(|| self.unfit("a start and an end such as 3Mx6M"))
    }

    /// A start, and an end where that is given.
    pub fn dates(self) -> Result<(Date, Option<Date>)> {
        match (self.start, self.end) {
            (None, At::Date(start)) => Ok((start, None)),
            (Some(At::Date(start)), At::Date(end)) => Ok((start, Some(end))),
            _ => Err(self.unfit("an IMM day such as Z6, the date of its start, or dates such as 2026-12-16x2027-03-17")),
        }
    }

    fn unfit(self, known: &str) -> Error {
        Error::UnknownWord { what: "tenor of such a quote", text: self.to_string(), known: known.to_owned() }
    }
}

fn point(text: &str) -> Option<At> {
    Date::parse(text).map(At::Date).or_else(|| text.parse().ok().map(At::Tenor))
}

/// Numbers alone are months.
fn forward(text: &str) -> Option<At> {
    let text = text.trim();
    let is_months = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if is_months { format!("{text}M").parse::<Tenor>().ok().map(At::Tenor) } else { point(text) }
}

fn imm(text: &str, as_of: Date) -> Option<Date> {
    let mut letters = text.chars();
    let month = MONTHS.find(letters.next()?.to_ascii_uppercase())? as i32;
    let year: i32 = Some(letters.as_str()).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    let (digits, back) = match letters.as_str().len() {
        1 => (10, 0),
        2 => (100, 50),
        _ => return None,
    };
    let now = as_of.civil().year();
    Some(third_wednesday(12 * (now + (year - now + back).rem_euclid(digits) - back) + month))
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start.map_or(Ok(()), |start| write!(f, "{start}x"))?;
        self.end.fmt(f)
    }
}
