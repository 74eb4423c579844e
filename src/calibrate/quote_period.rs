//! When a quote is for: a tenor or date at which it ends, or two between which it lasts.
//!
//! `3M`, `2030-12-18`; `3Mx6M` or `3x6` in months; `Z6` or `Z26`, the third Wednesday of December
//! 2026, as exchanges name it. A future that has begun may say at what rate: `Z6:4.33%`.

use crate::basics::date::Date;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::tenor::Tenor;
use crate::basics::vocabulary::Vocabulary;
use crate::forms::text::rate;
use crate::market::curve::CurvePoint;
use crate::numeric::decimal::percent;
use crate::product::money_market::{MoneyMarket, third_wednesday};
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuotePeriod {
    pub start: Option<CurvePoint>,
    pub end: CurvePoint,
    /// Of a future whose rate is being compounded, what that has come to since its start.
    pub fixed: Option<f64>,
}

impl From<CurvePoint> for QuotePeriod {
    fn from(end: CurvePoint) -> QuotePeriod {
        QuotePeriod { start: None, end, fixed: None }
    }
}

/// From January on (CME Group, month codes).
const MONTHS: &str = "FGHJKMNQUVXZ";

impl QuotePeriod {
    /// A code is that of the contract which the market lists on the curve's date.
    pub fn parse(text: &str, as_of: Date, market: MoneyMarket) -> Result<QuotePeriod> {
        let unknown = || Error::UnknownWord {
            what: "tenor",
            text: excerpt(text),
            known: "ON, 2W, 3M, 10Y, 1Y6M, dates written YYYY-MM-DD, 3Mx6M or 3x6 from one to \
                another, futures such as Z6 or, once begun, Z6:4.33%"
                .to_owned(),
        };
        let (span, fixed) = match text.trim().split_once(':') {
            Some((span, fixed)) => {
                (span.trim_end(), Some(rate(fixed.trim_start()).map_err(|_| unknown())?))
            }
            None => (text.trim(), None),
        };
        let span = match span.split_once(['x', 'X']) {
            // X6 is November's.
            Some((start, end)) if !start.is_empty() => {
                let (start, end) = forward(start).zip(forward(end)).ok_or_else(unknown)?;
                QuotePeriod { start: Some(start), ..QuotePeriod::from(end) }
            }
            _ => match (point(span), Code::parse(span)) {
                (Some(end), _) => QuotePeriod::from(end),
                (None, Some(code)) => {
                    QuotePeriod::from(CurvePoint::Date(code.start(as_of, market)?))
                }
                (None, None) => return Err(unknown()),
            },
        };
        Ok(QuotePeriod { fixed, ..span })
    }

    pub fn only(self) -> Result<CurvePoint> {
        match (self.start, self.fixed) {
            (None, None) => Ok(self.end),
            _ => Err(self.unfit("one tenor or date such as 3M")),
        }
    }

    pub fn both(self) -> Result<(CurvePoint, CurvePoint)> {
        let start = self.start.filter(|_| self.fixed.is_none());
        start
            .map(|start| (start, self.end))
            .ok_or_else(|| self.unfit("a start and an end such as 3Mx6M"))
    }

    /// A start, and an end where that is given.
    pub fn dates(self) -> Result<(Date, Option<Date>)> {
        match (self.start, self.end) {
            (None, CurvePoint::Date(start)) => Ok((start, None)),
            (Some(CurvePoint::Date(start)), CurvePoint::Date(end)) => Ok((start, Some(end))),
            _ => Err(self.unfit(
                "an IMM day such as Z6, the date of its start, or dates such as \
                2026-12-16x2027-03-17",
            )),
        }
    }

    fn unfit(self, known: &str) -> Error {
        Error::UnknownWord {
            what: "tenor of such a quote",
            text: self.to_string(),
            known: known.to_owned(),
        }
    }
}

fn point(text: &str) -> Option<CurvePoint> {
    Date::parse(text).map(CurvePoint::Date).or_else(|| text.parse().ok().map(CurvePoint::Tenor))
}

/// Numbers alone are months.
fn forward(text: &str) -> Option<CurvePoint> {
    let text = text.trim();
    let is_months = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if is_months {
        format!("{text}M").parse::<Tenor>().ok().map(CurvePoint::Tenor)
    } else {
        point(text)
    }
}

/// What names a contract: its month, and one or two digits of its year.
#[derive(Debug, Clone, Copy)]
struct Code {
    month: i32,
    year: i32,
    digits: usize,
}

impl Code {
    fn parse(text: &str) -> Option<Code> {
        let mut letters = text.chars();
        let month = MONTHS.find(letters.next()?.to_ascii_uppercase())? as i32;
        let year = Some(letters.as_str()).filter(|year| {
            matches!(year.len(), 1 | 2) && year.bytes().all(|b| b.is_ascii_digit())
        })?;
        Some(Code { month, year: year.parse().ok()?, digits: year.len() })
    }

    fn of(months: i32, digits: usize) -> Code {
        let year = months.div_euclid(12).rem_euclid(if digits == 1 { 10 } else { 100 });
        Code { month: months.rem_euclid(12), year, digits }
    }

    /// The day on which the contract's rate begins.
    fn start(self, as_of: Date, market: MoneyMarket) -> Result<Date> {
        let is_meant = |&months: &i32| {
            let Code { month, year, .. } = Code::of(months, self.digits);
            (month, year) == (self.month, self.year)
        };
        if let Some(months) = market.listed(as_of).find(is_meant) {
            return Ok(third_wednesday(months));
        }
        let codes: Vec<String> =
            market.listed(as_of).map(|months| Code::of(months, 2).to_string()).collect();
        let (quarters, serials) =
            codes.split_at(codes.len().min(market.practice().listed.quarters.into()));
        let [first, last] =
            [quarters.first(), quarters.last()].map(|code| code.map_or("", String::as_str));
        let others =
            if serials.is_empty() { String::new() } else { format!(", and {}", serials.join(" ")) };
        let known = format!(
            "listed on {as_of} under {}: every quarter from {first} to {last}{others}",
            market.name()
        );
        Err(Error::UnknownWord { what: "future", text: self.to_string(), known })
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = MONTHS
            .get(self.month as usize..)
            .and_then(|rest| rest.chars().next())
            .unwrap_or_default();
        write!(f, "{letter}{:0width$}", self.year, width = self.digits)
    }
}

impl fmt::Display for QuotePeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start.map_or(Ok(()), |start| write!(f, "{start}x"))?;
        self.end.fmt(f)?;
        self.fixed.map_or(Ok(()), |fixed| write!(f, ":{}%", percent(fixed)))
    }
}
