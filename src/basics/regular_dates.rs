//! Regular dates: one day of the month, or month ends, a whole number of periods apart.
//!
//! The one engine of coupon and swap schedules. Dates are found by month arithmetic from one of
//! them, the anchor, so that none needs to be listed.

use super::date::{Civil, Date};
use super::frequency::Frequency;

/// Dates counted from an anchor, numbered by how many regular periods they lie before it: those
/// after it have negative numbers.
#[derive(Debug, Clone, Copy)]
pub struct RegularDates {
    pub anchor: Civil,
    pub frequency: Frequency,
    /// The day of the month, where it has that many; 31 for month ends.
    day: i32,
}

/// One regular period between two neighbouring dates.
pub struct RegularPeriod {
    pub start: Civil,
    pub end: Civil,
}

impl RegularDates {
    /// On the anchor's day of the month, or on month ends.
    #[inline(always)]
    pub fn new(anchor: Date, frequency: Frequency, month_ends: bool) -> RegularDates {
        let anchor = anchor.civil();
        RegularDates { anchor, frequency, day: if month_ends { 31 } else { anchor.day } }
    }

    /// The date `periods` regular periods before the anchor.
    #[inline(always)]
    pub fn before(&self, periods: i32) -> Civil {
        self.slot(periods).within_month()
    }

    /// The same date as its month, and the day that it is on where the month has that many: else
    /// it is the last.
    #[inline(always)]
    pub fn slot(&self, periods: i32) -> Civil {
        Civil { months: self.anchor.months - periods * self.frequency.months(), day: self.day }
    }

    /// How many dates, the anchor included, lie after a day.
    #[inline]
    pub fn count_after(&self, day: Civil) -> i32 {
        let periods = self.frequency.periods_in(self.anchor.months - day.months);
        periods + i32::from(self.before(periods) > day)
    }

    /// The same number, and the regular period that the day falls in.
    #[inline(always)]
    pub fn count_and_period(&self, day: Civil) -> (i32, RegularPeriod) {
        let periods = self.frequency.periods_in(self.anchor.months - day.months);
        let date = self.before(periods);
        if date > day {
            (periods + 1, RegularPeriod { start: self.before(periods + 1), end: date })
        } else {
            (periods, RegularPeriod { start: date, end: self.before(periods - 1) })
        }
    }

    /// The regular period that ends `periods` periods before the anchor.
    #[inline]
    pub fn period(&self, periods: i32) -> RegularPeriod {
        RegularPeriod { start: self.before(periods + 1), end: self.before(periods) }
    }

    /// True if a period between two days is a regular one of these dates.
    pub fn is_period(&self, start: Civil, end: Civil) -> bool {
        let in_month = |date: Civil| Civil { day: self.day, ..date }.within_month() == date;
        end.months - start.months == self.frequency.months() && in_month(start) && in_month(end)
    }

    /// The regular periods that two days span, with the part of each that lies between them.
    pub fn periods_between(
        &self,
        from: Civil,
        to: Civil,
    ) -> impl Iterator<Item = (RegularPeriod, Civil, Civil)> + '_ {
        (self.count_after(to)..=self.count_after(from)).rev().map(move |count| {
            let period = self.period(count - 1);
            let (from, to) = (period.start.max(from), period.end.min(to));
            (period, from, to)
        })
    }
}
