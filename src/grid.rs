//! Where regular coupon dates fall: a grid counted back from maturity by month arithmetic, without listing a date.

use crate::bond::Bond;
use crate::date::Civil;
use crate::daycount::DayCount;
use crate::frequency::Frequency;

/// The regular coupon dates of a bond, numbered by how many periods they lie before maturity.
#[derive(Debug, Clone, Copy)]
pub struct Grid {
    maturity: Civil,
    frequency: Frequency,
    day_count: DayCount,
    month_end: bool,
}

impl Grid {
    #[inline(always)]
    pub fn new(bond: &Bond) -> Grid {
        let maturity = bond.maturity.civil();
        let month_end = bond.end_of_month && maturity.is_month_end();
        Grid { maturity, frequency: bond.frequency, day_count: bond.day_count, month_end }
    }

    /// The coupon date `periods` regular periods before maturity.
    #[inline(always)]
    pub fn coupon(&self, periods: i32) -> Civil {
        let months = self.maturity.months - periods * self.frequency.months();
        let coupon = Civil { months, day: self.maturity.day };
        if coupon.day <= 28 && !self.month_end {
            return coupon;
        }
        let last = coupon.days_in_month();
        Civil { day: if self.month_end { last } else { coupon.day.min(last) }, ..coupon }
    }

    /// How many coupon dates, maturity included, lie after a day.
    #[inline]
    pub fn coupons_after(&self, day: Civil) -> i32 {
        let periods = self.frequency.periods_in(self.maturity.months - day.months);
        periods + i32::from(self.coupon(periods) > day)
    }

    /// The same number, and the regular period that the day falls in.
    #[inline(always)]
    pub fn coupons_and_period(&self, day: Civil) -> (i32, Period) {
        let periods = self.frequency.periods_in(self.maturity.months - day.months);
        let coupon = self.coupon(periods);
        if coupon > day {
            (periods + 1, Period { start: self.coupon(periods + 1), end: coupon })
        } else {
            (periods, Period { start: coupon, end: self.coupon(periods - 1) })
        }
    }

    /// The regular period that ends `periods` periods before maturity.
    #[inline]
    pub fn period(&self, periods: i32) -> Period {
        Period { start: self.coupon(periods + 1), end: self.coupon(periods) }
    }

    /// The share of a period's coupon that is earned between two days in it.
    #[inline(always)]
    pub fn share(&self, period: &Period, from: Civil, to: Civil) -> f64 {
        f64::from(self.day_count.days(from, to)) / self.day_count.days_in_period(period.start, period.end, self.frequency)
    }
}

/// One regular period between two neighbouring dates of the grid.
pub struct Period {
    pub start: Civil,
    pub end: Civil,
}

/// The regular periods that two days span, with the part of each that lies between them.
pub fn quasi_periods(grid: &Grid, from: Civil, to: Civil) -> impl Iterator<Item = (Period, Civil, Civil)> {
    (grid.coupons_after(to)..=grid.coupons_after(from)).rev().map(move |coupons| {
        let period = grid.period(coupons - 1);
        let (from, to) = (period.start.max(from), period.end.min(to));
        (period, from, to)
    })
}
