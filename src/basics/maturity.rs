//! When a quoted instrument ends: a tenor counted from its start, or a date.

use crate::basics::date::Date;
use crate::basics::error::Result;
use std::fmt;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maturity {
    Months(i32),
    Days(i32),
    On(Date),
}

impl Maturity {
    /// The day that it falls on, counted from a start; months from the end of one lead to the end
    /// of another where `month_end` asks for it.
    pub fn after(self, start: Date, month_end: bool) -> Result<Date> {
        Ok(Date::from_days(match self {
            Maturity::Months(months) => {
                start.civil().months_earlier(months.saturating_neg(), month_end).date().days()
            }
            Maturity::Days(days) => start.days().saturating_add(days),
            Maturity::On(date) => date.days(),
        })?)
    }
}

impl fmt::Display for Maturity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Maturity::Months(months) if months % 12 == 0 => write!(f, "{}Y", months / 12),
            Maturity::Months(months) => write!(f, "{months}M"),
            Maturity::Days(days) if days % 7 == 0 => write!(f, "{}W", days / 7),
            Maturity::Days(days) => write!(f, "{days}D"),
            Maturity::On(date) => write!(f, "{date}"),
        }
    }
}
