//! Tenors, such as `ON`, `2W`, `3M`, `1Y6M`: a time to go, as a number of months and then of days.

use crate::basics::date::Date;
use crate::basics::error::{Error, Result, excerpt};
use std::fmt;
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tenor {
    pub months: u16,
    pub days: u16,
}

/// The tenors of key rates.
pub const KEY_TENORS: [Tenor; 12] = [
    Tenor::months(3),
    Tenor::months(6),
    Tenor::years(1),
    Tenor::years(2),
    Tenor::years(3),
    Tenor::years(5),
    Tenor::years(7),
    Tenor::years(10),
    Tenor::years(15),
    Tenor::years(20),
    Tenor::years(25),
    Tenor::years(30),
];

impl Tenor {
    pub const MAX_YEARS: u16 = 1_000;

    const fn months(months: u16) -> Tenor {
        Tenor { months, days: 0 }
    }

    const fn years(years: u16) -> Tenor {
        Tenor::months(12 * years)
    }

    /// The time of a key rate, in years: twelve months or 365 days are one.
    pub fn key_years(&self) -> f64 {
        f64::from(self.months) / 12.0 + f64::from(self.days) / 365.0
    }

    /// The tenor whose key rate is at a time.
    pub fn of_key(years: f64) -> Tenor {
        let months = (12.0 * years).round();
        if (12.0 * years - months).abs() < 1e-6 {
            return Tenor { months: months as u16, days: 0 };
        }
        Tenor { months: 0, days: (365.0 * years).round() as u16 }
    }

    /// The day so many months later, or the last of that month where it is shorter, and then so
    /// many days: month ends are not kept, as PostgreSQL's intervals do not keep them.
    pub fn after(self, date: Date) -> Result<Date> {
        let month = date.civil().months_earlier(-i32::from(self.months), false).date();
        Ok(Date::from_days(month.days() + i32::from(self.days))?)
    }
}

impl fmt::Display for Tenor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (months, days) = (self.months, self.days);
        match months {
            0 => {}
            _ if months % 12 == 0 => write!(f, "{}Y", months / 12)?,
            _ => write!(f, "{months}M")?,
        }
        match days {
            0 if months > 0 => Ok(()),
            _ if days > 0 && days % 7 == 0 => write!(f, "{}W", days / 7),
            _ => write!(f, "{days}D"),
        }
    }
}

impl FromStr for Tenor {
    type Err = Error;

    /// Years, months, weeks and days in this order; `ON` is a day, `TN` two.
    fn from_str(text: &str) -> Result<Tenor> {
        let upper = text.trim().to_ascii_uppercase();
        let read = match upper.as_str() {
            "ON" | "O/N" => Some(Tenor { months: 0, days: 1 }),
            "TN" | "T/N" => Some(Tenor { months: 0, days: 2 }),
            units => read_units(units),
        };
        read.ok_or_else(|| Error::UnknownWord {
            what: "tenor",
            text: excerpt(text),
            known:
                "ON, and numbers of years, months, weeks and days such as 10Y, 18M, 1Y6M, 2W, 1D"
                    .to_owned(),
        })
    }
}

fn read_units(mut text: &str) -> Option<Tenor> {
    let (mut months, mut days) = (0u32, 0u32);
    for (unit, target, factor) in [('Y', 0, 12), ('M', 0, 1), ('W', 1, 7), ('D', 1, 1)] {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let Some((number, rest)) =
            text.split_at_checked(digits).filter(|(_, rest)| rest.starts_with(unit))
        else {
            continue;
        };
        let count = number.parse::<u32>().ok()?.checked_mul(factor)?;
        let sum = if target == 0 { &mut months } else { &mut days };
        *sum = sum.checked_add(count)?;
        text = rest.get(1..)?;
    }
    let in_range = months <= 12 * u32::from(Tenor::MAX_YEARS)
        && days <= u32::from(u16::MAX)
        && months + days > 0;
    (text.is_empty() && in_range).then_some(Tenor { months: months as u16, days: days as u16 })
}
