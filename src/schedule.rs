//! Where coupon dates fall, and where a settlement date stands among them.
//!
//! Regular coupon dates form a [`Grid`] counted back from maturity. What a price needs of the schedule is a
//! [`Position`]: found by month arithmetic, without listing a date.

use crate::bond::Bond;
use crate::date::{Civil, Date, days_in_month};
use crate::frequency::Frequency;

/// The regular coupon dates of a bond, numbered by how many periods they lie before maturity.
#[derive(Debug, Clone, Copy)]
pub struct Grid {
    maturity: Date,
    civil: Civil,
    months: i32,
    month_end: bool,
}

impl Grid {
    pub fn new(maturity: Date, frequency: Frequency, end_of_month: bool) -> Grid {
        let civil = maturity.civil();
        Grid { maturity, civil, months: frequency.months(), month_end: end_of_month && civil.is_month_end() }
    }

    /// The coupon date `periods` regular periods before maturity.
    pub fn coupon(&self, periods: i32) -> Date {
        if periods == 0 {
            return self.maturity;
        }
        let month_number = self.civil.month_number() - periods * self.months;
        let (year, month) = (month_number.div_euclid(12), month_number.rem_euclid(12) + 1);
        let last = days_in_month(year, month);
        let day = if self.month_end { last } else { self.civil.day.min(last) };
        Civil { year, month, day }.date()
    }

    /// How many coupon dates, maturity included, lie after `date`.
    pub fn coupons_after(&self, date: Date) -> i32 {
        let months = self.civil.month_number() - date.civil().month_number();
        let periods = months.div_euclid(self.months);
        periods + i32::from(self.coupon(periods) > date)
    }
}

/// Where a settlement date stands in the life of a bond, in regular coupon periods.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Coupon dates still to come; the last of them is maturity.
    pub coupons: i32,
    /// Whole periods before the next coupon, beyond the one that settlement falls in: 0 but in a long first period.
    pub whole: i32,
    /// The part still to run of the period that settlement falls in, (E − A)/E.
    pub fraction: f64,
    /// Interest accrued, in regular coupons.
    pub accrued: f64,
    /// Size of the next coupon, in regular coupons: 1 but in an odd first period.
    pub next: f64,
}

impl Position {
    /// None where the bond is not outstanding: redeemed, or not yet issued.
    pub fn of(bond: &Bond, settlement: Date) -> Option<Position> {
        if settlement >= bond.maturity || bond.issue.is_some_and(|issue| settlement < issue) {
            return None;
        }
        let grid = bond.grid();
        let coupons = grid.coupons_after(settlement);
        let period = Period::ending(&grid, coupons - 1);
        let elapsed = period.fraction(bond, period.start, settlement);
        let regular = Position { coupons, whole: 0, fraction: 1.0 - elapsed, accrued: elapsed, next: 1.0 };
        Some(match (bond.issue, bond.first_coupon) {
            (Some(issue), Some(first)) if settlement < first => regular.in_first_period(bond, &grid, issue, first, settlement),
            (Some(issue), None) if period.start < issue => regular.in_first_period(bond, &grid, issue, period.end, settlement),
            _ => regular,
        })
    }

    /// Periods from settlement to the next coupon.
    pub fn to_next(&self) -> f64 {
        f64::from(self.whole) + self.fraction
    }

    /// The first period may be short or span several regular ones; nothing is paid before it ends.
    fn in_first_period(self, bond: &Bond, grid: &Grid, issue: Date, first_coupon: Date, settlement: Date) -> Position {
        let later_coupons = grid.coupons_after(first_coupon);
        Position {
            coupons: later_coupons + 1,
            whole: self.coupons - later_coupons - 1,
            accrued: quasi_coupons(bond, grid, issue, settlement),
            next: quasi_coupons(bond, grid, issue, first_coupon),
            ..self
        }
    }
}

/// Interest between two dates of an odd first period, in regular coupons: each quasi-coupon period that they span
/// counts by its own fraction (SIA, formulas 8 and 9; 31 CFR 356, appendix B; Excel's ODDFPRICE).
fn quasi_coupons(bond: &Bond, grid: &Grid, from: Date, to: Date) -> f64 {
    let (from_index, to_index) = (grid.coupons_after(from), grid.coupons_after(to));
    let first = Period::ending(grid, from_index - 1);
    if from_index == to_index {
        return first.fraction(bond, from, to);
    }
    let last = Period::ending(grid, to_index - 1);
    first.fraction(bond, from, first.end) + f64::from(from_index - to_index - 1) + last.fraction(bond, last.start, to)
}

/// One regular period between two neighbouring dates of the grid.
struct Period {
    start: Date,
    end: Date,
}

impl Period {
    fn ending(grid: &Grid, periods: i32) -> Period {
        Period { start: grid.coupon(periods + 1), end: grid.coupon(periods) }
    }

    /// The share of this period's coupon earned between two dates in it.
    fn fraction(&self, bond: &Bond, from: Date, to: Date) -> f64 {
        f64::from(bond.day_count.days(from, to)) / bond.day_count.days_in_period(self.start, self.end, bond.frequency)
    }
}
