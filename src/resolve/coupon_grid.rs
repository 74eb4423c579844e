//! The regular coupon dates of a bond, and what its day count earns between days.
//!
//! Where the last period is odd the dates are counted from the last coupon before it, and those of
//! a perpetual bond from its first coupon; periods after that date have negative numbers.

use crate::basics::date::{Civil, Date};
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::regular_dates::{RegularDates, RegularPeriod};
use crate::product::bond::Bond;

/// Regular coupon dates with the bond's day count.
#[derive(Debug, Clone, Copy)]
pub struct CouponGrid<'a> {
    dates: RegularDates,
    day_count: DayCount,
    bond: &'a Bond,
}

impl std::ops::Deref for CouponGrid<'_> {
    type Target = RegularDates;

    #[inline(always)]
    fn deref(&self) -> &RegularDates {
        &self.dates
    }
}

impl<'a> CouponGrid<'a> {
    pub fn new(bond: &'a Bond) -> CouponGrid<'a> {
        CouponGrid::counted_from(bond.anchor(), bond)
    }

    /// The grid of a bond whose anchor is known.
    #[inline(always)]
    pub fn counted_from(anchor: Date, bond: &'a Bond) -> CouponGrid<'a> {
        let dates = RegularDates::new(anchor, bond.frequency, bond.counts_month_ends());
        CouponGrid { dates, day_count: bond.day_count, bond }
    }

    /// The share of a period's coupon that is earned between two days in it: their year fraction
    /// times the frequency.
    #[inline(always)]
    pub fn share(&self, period: &RegularPeriod, from: Civil, to: Civil) -> f64 {
        if self.day_count.needs_reference() {
            return self.share_by_year_fraction(period, from, to);
        }
        f64::from(self.day_count.days(from, to))
            / self.day_count.days_in_period(period.start, period.end, self.frequency)
    }

    #[cold]
    fn share_by_year_fraction(&self, period: &RegularPeriod, from: Civil, to: Civil) -> f64 {
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
        self.periods_between(from, to).map(|(period, from, to)| self.share(&period, from, to)).sum()
    }
}
