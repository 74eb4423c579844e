//! Parts of a term sheet: coupon, principal, optional terms, coupon steps, ex-dividend periods.

use crate::basics::calendar::{Calendar, Roll};
use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result, excerpt};
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// Optional terms, boxed to keep plain bonds small.
#[derive(Debug, Clone, Default)]
pub struct OptionalTerms(Option<Box<OptionalFields>>);

#[derive(Debug, Clone, Default, PartialEq)]
pub struct OptionalFields {
    /// Coupon rates that follow the first one, in order of date.
    pub steps: Vec<Step>,
    /// Business days, for payments, ex-dividend dates and settlement.
    pub calendar: Calendar,
    /// Where a payment goes that falls on a holiday; interest accrues unadjusted.
    pub roll: Roll,
    pub ex_dividend: Option<ExDividend>,
    /// Business days from trade to settlement.
    pub settlement_lag: Option<u8>,
    pub currency: Option<Currency>,
}

impl OptionalTerms {
    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    pub fn edit(&mut self) -> &mut OptionalFields {
        self.0.get_or_insert_default()
    }

    /// Turns −0 into 0, and drops the box if every term is at its default.
    pub(super) fn settle(&mut self) {
        if let Some(details) = &mut self.0 {
            details.steps.iter_mut().for_each(|step| step.coupon += 0.0);
        }
        self.0.take_if(|details| **details == OptionalFields::default());
    }
}

impl std::ops::Deref for OptionalTerms {
    type Target = OptionalFields;

    fn deref(&self) -> &OptionalFields {
        static NONE: LazyLock<OptionalFields> = LazyLock::new(OptionalFields::default);
        self.0.as_deref().unwrap_or_else(|| &NONE)
    }
}

impl PartialEq for OptionalTerms {
    fn eq(&self, other: &OptionalTerms) -> bool {
        **self == **other
    }
}

/// What a bond pays as interest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Coupon<'a> {
    /// One rate to the end, a decimal.
    Fixed { rate: f64 },
    /// A first rate, and those that follow it from coupon dates on.
    Stepped { rate: f64, steps: &'a [Step] },
}

/// How a bond repays its face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Principal {
    /// All at maturity, at a price per 100 face.
    Bullet { redemption: f64 },
}

/// Who may end a bond before its maturity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exercise {
    /// Nobody.
    None,
}

/// A coupon rate that holds from a coupon date on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub from: Date,
    pub coupon: f64,
}

impl Step {
    /// What orders steps: a coupon is not negative, so its bits are in its order.
    pub(super) fn key(&self) -> (Date, u64) {
        (self.from, self.coupon.to_bits())
    }
}

/// How long before a coupon date its interest is the seller's: `7b` business days or `10d` calendar
/// days.
///
/// Counted in business days, a settlement after the ex-dividend date is without the coupon (UK DMO:
/// on or before it, with); counted in calendar days, one on that date already is (AOFM).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExDividend {
    pub days: u8,
    pub business: bool,
}

impl ExDividend {
    /// Longer than any market's.
    pub const MAX_DAYS: u8 = 60;

    /// No fewer calendar days than it may take.
    pub(super) fn longest(self) -> i32 {
        if self.business { i32::from(self.days) * 7 / 5 } else { i32::from(self.days) }
    }

    /// The ex-dividend date of a coupon.
    pub fn date(self, coupon: Date, calendar: &Calendar) -> Result<Date> {
        let days = i32::from(self.days);
        if self.business {
            calendar.add_business_days(coupon, -days)
        } else {
            Ok(Date::from_days(coupon.days() - days)?)
        }
    }

    pub fn is_past(self, coupon: Date, settlement: Date, calendar: &Calendar) -> Result<bool> {
        // Far from the coupon the calendar need not be asked: there are at least two business days
        // in any week.
        if coupon.days() - settlement.days() > 7 * i32::from(self.days) + 14 {
            return Ok(false);
        }
        let date = self.date(coupon, calendar)?;
        Ok(if self.business { settlement > date } else { settlement >= date })
    }
}

impl fmt::Display for ExDividend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.days, if self.business { 'b' } else { 'd' })
    }
}

impl FromStr for ExDividend {
    type Err = Error;

    fn from_str(text: &str) -> Result<ExDividend> {
        let lower = text.trim().to_ascii_lowercase();
        let (digits, business) = match lower.trim_end_matches('d').strip_suffix('b') {
            Some(digits) => (digits, true),
            None => (lower.strip_suffix('d').unwrap_or_default(), false),
        };
        let days = digits
            .parse()
            .ok()
            .filter(|days| (1..=ExDividend::MAX_DAYS).contains(days) && !digits.starts_with('+'));
        let known = format!(
            "1 to {} business days such as 7b, or calendar days such as 10d",
            ExDividend::MAX_DAYS
        );
        days.map(|days| ExDividend { days, business }).ok_or_else(|| Error::UnknownWord {
            what: "ex-dividend period",
            text: excerpt(text),
            known,
        })
    }
}

/// Business days from trade to settlement, as a number that may be anything.
pub fn settlement_lag(days: i64) -> Result<u8> {
    let rule = "a settlement lag is 0 to 30 business days";
    let lag = u8::try_from(days).ok().filter(|lag| *lag <= 30);
    lag.ok_or(Error::OutOfRange { what: "settlement lag", value: days as f64, rule })
}
