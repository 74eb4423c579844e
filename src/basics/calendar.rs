//! When markets are open: named calendars joined, and holidays of the user's own.
//!
//! A market's calendar is data: rules with the years they held, worked out once into a bit for each
//! day. Each covers the years in which its rules are known; a date outside them is an error, never
//! a silent "open".

mod america;
mod bytes;
mod china;
mod days;
mod europe;
mod holiday;
mod market;
mod markets;
mod pacific;
mod roll;
mod text;

pub use markets::Markets;
pub use roll::Roll;

use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The most holidays of their own that a user may give.
pub const MAX_HOLIDAYS: usize = 10_000;

/// A day is a business day when every named market is open and it is no holiday of the user's own.
/// With no market named, every day from Monday to Friday is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Calendar {
    named: Markets,
    /// In order, each once.
    holidays: Vec<Date>,
}

impl From<Markets> for Calendar {
    fn from(named: Markets) -> Calendar {
        Calendar { named, holidays: Vec::new() }
    }
}

impl Calendar {
    /// Markets joined, and holidays of the user's own in any order.
    pub fn new(named: Markets, mut holidays: Vec<Date>) -> Result<Calendar> {
        holidays.sort_unstable();
        holidays.dedup();
        if holidays.len() > MAX_HOLIDAYS {
            return Err(Error::TooMany {
                what: "holidays of a calendar",
                count: holidays.len(),
                limit: MAX_HOLIDAYS,
            });
        }
        Ok(Calendar { named, holidays })
    }

    /// The calendar of the days on which both are open.
    pub fn join(&self, other: &Calendar) -> Result<Calendar> {
        Calendar::new(self.named.and(other.named), [&*self.holidays, &*other.holidays].concat())
    }

    pub fn weekends() -> Calendar {
        Calendar::default()
    }

    /// The user's own holidays.
    pub fn own_holidays(&self) -> &[Date] {
        &self.holidays
    }

    #[inline]
    pub fn is_business_day(&self, date: Date) -> Result<bool> {
        Ok(self.named.is_open(date)? && !self.is_own_holiday(date))
    }

    /// [`Calendar::adjust`] for many dates.
    #[inline(always)]
    pub fn adjuster(&self, roll: Roll) -> impl Fn(Date) -> Result<Date> {
        let days =
            self.named.only().filter(|_| roll == Roll::Following && self.holidays.is_empty());
        move |date| match days.and_then(|days| days.following(date)) {
            Some(day) => Ok(day),
            None => self.adjust(date, roll),
        }
    }

    pub fn adjust(&self, date: Date, roll: Roll) -> Result<Date> {
        if roll == Roll::Unadjusted || self.is_business_day(date)? {
            return Ok(date);
        }
        let (next, previous) =
            (|| self.add_business_days(date, 1), || self.add_business_days(date, -1));
        let within_month = |day: Date| day.civil().months == date.civil().months;
        match roll {
            Roll::Unadjusted => Ok(date),
            Roll::Following => next(),
            Roll::ModifiedFollowing => {
                next().and_then(|day| if within_month(day) { Ok(day) } else { previous() })
            }
            Roll::Preceding => previous(),
            Roll::ModifiedPreceding => {
                previous().and_then(|day| if within_month(day) { Ok(day) } else { next() })
            }
            Roll::Nearest => {
                let (next, previous) = (next()?, previous()?);
                Ok(if next.days() - date.days() <= date.days() - previous.days() {
                    next
                } else {
                    previous
                })
            }
            Roll::NearestIsda if matches!(holiday::weekday(date), holiday::SUN | holiday::MON) => {
                next()
            }
            Roll::NearestIsda => previous(),
        }
    }

    /// The business day that lies so many business days after the date, or before it where `days`
    /// is negative; for 0 days the date itself if it is one, else the next one.
    pub fn add_business_days(&self, date: Date, days: i32) -> Result<Date> {
        if days == 0 {
            return self.adjust(date, Roll::Following);
        }
        let forward = days > 0;
        let (mut at, mut left) = (date, days.unsigned_abs());
        if self.holidays.is_empty() {
            return self.named.step(date, left, forward);
        }
        // Steps over the markets' open days, then makes up for the own holidays passed on the way.
        while left > 0 {
            let next = self.named.step(at, left, forward)?;
            let passed = if forward {
                self.own_between(at.days() + 1, next.days() + 1)
            } else {
                self.own_between(next.days(), at.days())
            };
            left = self.open_among(passed)? as u32;
            at = next;
        }
        Ok(at)
    }

    /// The business days from `from` on and before `to`; those from `to` on and before `from`,
    /// negative, where `to` is the earlier.
    pub fn business_days(&self, from: Date, to: Date) -> Result<i32> {
        if to < from {
            return Ok(-self.business_days(to, from)?);
        }
        Ok(self.named.count(from, to)?
            - self.open_among(self.own_between(from.days(), to.days()))?)
    }

    /// The first business day from the date on when `lag` is 0, else the business day so many
    /// business days after it.
    pub fn settlement_date(&self, trade: Date, lag: i32) -> Result<Date> {
        if lag < 0 {
            return Err(Error::OutOfRange {
                what: "settlement lag",
                value: lag.into(),
                rule: "it counts business days and is not negative",
            });
        }
        self.add_business_days(trade, lag)
    }

    /// The days from `from` to `to`, both included, that would be business days but for a holiday,
    /// in order and with the names of the holidays.
    pub fn holidays(&self, from: Date, to: Date) -> Result<Vec<(Date, String)>> {
        self.named.check(from)?;
        self.named.check(to)?;
        let mut found: BTreeMap<Date, BTreeSet<Cow<str>>> = BTreeMap::new();
        for market in self.named.iter() {
            for (date, name, moved) in
                (from.civil().year()..=to.civil().year()).flat_map(|year| market.closings(year))
            {
                let name = if moved { format!("{name} (observed)").into() } else { name.into() };
                found.entry(date).or_default().insert(name);
            }
        }
        for date in self.own_between(from.days(), to.days() + 1) {
            if self.named.is_open(*date)? {
                found.entry(*date).or_default().insert("own holiday".into());
            }
        }
        let named = |(date, names): (Date, BTreeSet<_>)| {
            (date, names.into_iter().collect::<Vec<_>>().join(", "))
        };
        Ok(found.into_iter().filter(|(date, _)| (from..=to).contains(date)).map(named).collect())
    }

    #[inline]
    fn is_own_holiday(&self, date: Date) -> bool {
        !self.holidays.is_empty() && self.holidays.binary_search(&date).is_ok()
    }

    /// The own holidays from one day number on and before another.
    fn own_between(&self, from: i32, to: i32) -> &[Date] {
        let at = |days: i32| self.holidays.partition_point(|date| date.days() < days);
        self.holidays.get(at(from)..at(to)).unwrap_or_default()
    }

    /// How many of these days the markets are open.
    fn open_among(&self, days: &[Date]) -> Result<i32> {
        days.iter().try_fold(0, |count, date| Ok(count + i32::from(self.named.is_open(*date)?)))
    }
}

#[cfg(test)]
pub(crate) mod tests;
