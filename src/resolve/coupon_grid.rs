//! Where regular coupon dates fall: a grid counted back from maturity by month arithmetic, without
//! listing a date.
//!
//! Where the last period is odd the grid is counted from the last coupon before it, and that of a
//! perpetual bond from its first coupon; periods after that date have negative numbers.

use crate::basics::date::{Civil, Date};
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::frequency::Frequency;
use crate::product::bond::Bond;

/// The regular coupon dates of a bond, numbered by how many periods they lie before the date they
/// are counted from.
#[derive(Debug, Clone, Copy)]
pub struct CouponGrid<'a> {
    anchor: Civil,
    frequency: Frequency,
    day_count: DayCount,
    /// The day of the month that coupons fall on, where it has that many.
    day: i32,
    bond: &'a Bond,
}

impl<'a> CouponGrid<'a> {
    pub fn new(bond: &'a Bond) -> CouponGrid<'a> {
        CouponGrid::counted_from(bond.anchor(), bond)
    }

    /// The grid of a bond whose anchor is known.
    #[inline(always)]
    pub fn counted_from(anchor: Date, bond: &'a Bond) -> CouponGrid<'a> {
        let anchor = anchor.civil();
        let day = if bond.counts_month_ends() { 31 } else { anchor.day };
        CouponGrid { anchor, frequency: bond.frequency, day_count: bond.day_count, day, bond }
    }

    /// The coupon date `periods` regular periods before the anchor.
    #[inline(always)]
    pub fn coupon(&self, periods: i32) -> Civil {
        self.slot(periods).within_month()
    }

    /// The same date as its month, and the day that it is on where the month has that many: else it
    /// is the last.
    #[inline(always)]
    pub fn slot(&self, periods: i32) -> Civil {
        Civil { months: self.anchor.months - periods * self.frequency.months(), day: self.day }
    }

    /// How many coupon dates, the anchor included, lie after a day.
    #[inline]
    pub fn coupons_after(&self, day: Civil) -> i32 {
        let periods = self.frequency.periods_in(self.anchor.months - day.months);
        periods + i32::from(self.coupon(periods) > day)
    }

    /// The same number, and the regular period that the day falls in.
    #[inline(always)]
    pub fn coupons_and_period(&self, day: Civil) -> (i32, CouponPeriod) {
        let periods = self.frequency.periods_in(self.anchor.months - day.months);
        let coupon = self.coupon(periods);
        if coupon > day {
            (periods + 1, CouponPeriod { start: self.coupon(periods + 1), end: coupon })
        } else {
            (periods, CouponPeriod { start: coupon, end: self.coupon(periods - 1) })
        }
    }

    /// The regular period that ends `periods` periods before the anchor.
    #[inline]
    pub fn period(&self, periods: i32) -> CouponPeriod {
        CouponPeriod { start: self.coupon(periods + 1), end: self.coupon(periods) }
    }

    /// The share of a period's coupon that is earned between two days in it: their year fraction
    /// times the frequency.
    #[inline(always)]
    pub fn share(&self, period: &CouponPeriod, from: Civil, to: Civil) -> f64 {
        if self.day_count.needs_reference() {
            return self.share_by_year_fraction(period, from, to);
        }
        f64::from(self.day_count.days(from, to))
            / self.day_count.days_in_period(period.start, period.end, self.frequency)
    }

    #[cold]
    fn share_by_year_fraction(&self, period: &CouponPeriod, from: Civil, to: Civil) -> f64 {
        let reference = Reference {
            period: Some((period.start.date(), period.end.date())),
            frequency: Some(self.frequency),
            ..self.bond.reference()
        };
        let fraction = self.day_count.year_fraction(from.date(), to.date(), &reference);
        // The calendar is known over the whole life of a bond that counts business days.
        fraction.map_or(f64::NAN, |fraction| fraction * self.frequency.per_year())
    }

    /// What is earned between any two days, in regular coupons: the sum over the regular periods
    /// they span.
    pub fn shares(&self, from: Civil, to: Civil) -> f64 {
        quasi_periods(self, from, to).map(|(period, from, to)| self.share(&period, from, to)).sum()
    }
}

/// One regular period between two neighbouring dates of the grid.
pub struct CouponPeriod {
    pub start: Civil,
    pub end: Civil,
}

/// The regular periods that two days span, with the part of each that lies between them.
pub fn quasi_periods<'a>(
    grid: &'a CouponGrid,
    from: Civil,
    to: Civil,
) -> impl Iterator<Item = (CouponPeriod, Civil, Civil)> + 'a {
    (grid.coupons_after(to)..=grid.coupons_after(from)).rev().map(move |coupons| {
        let period = grid.period(coupons - 1);
        let (from, to) = (period.start.max(from), period.end.min(to));
        (period, from, to)
    })
}
