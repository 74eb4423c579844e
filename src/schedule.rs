//! Where coupon dates fall, and where a settlement date stands among them.
//!
//! Regular coupon dates form a [`Grid`] counted back from maturity. What a price needs of the schedule is a
//! [`Position`]: found by month arithmetic, without listing a date.

use crate::bond::Bond;
use crate::date::{Civil, Date};
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
    fn coupons_and_period(&self, day: Civil) -> (i32, Period) {
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
    fn period(&self, periods: i32) -> Period {
        Period { start: self.coupon(periods + 1), end: self.coupon(periods) }
    }

    /// The share of a period's coupon that is earned between two days in it.
    #[inline(always)]
    fn share(&self, period: &Period, from: Civil, to: Civil) -> f64 {
        f64::from(self.day_count.days(from, to)) / self.day_count.days_in_period(period.start, period.end, self.frequency)
    }
}

/// One regular period between two neighbouring dates of the grid.
struct Period {
    start: Civil,
    end: Civil,
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
    #[inline(always)]
    pub fn of(bond: &Bond, settlement: Date) -> Option<Position> {
        if settlement >= bond.maturity || bond.issue.is_some_and(|issue| settlement < issue) {
            return None;
        }
        let grid = Grid::new(bond);
        let settled = settlement.civil();
        let (coupons, period) = grid.coupons_and_period(settled);
        let elapsed = grid.share(&period, period.start, settled);
        let regular = Position { coupons, whole: 0, fraction: 1.0 - elapsed, accrued: elapsed, next: 1.0 };
        let first_period = match (bond.issue, bond.first_coupon) {
            (Some(issue), Some(first)) if settlement < first => Some((issue.civil(), first.civil())),
            (Some(issue), None) if period.start < issue.civil() => Some((issue.civil(), period.end)),
            _ => None,
        };
        Some(match first_period {
            Some((issue, first_coupon)) => regular.in_first_period(&grid, issue, first_coupon, settled),
            None => regular,
        })
    }

    /// Periods from settlement to the next coupon.
    #[inline(always)]
    pub fn time_to_next(&self) -> f64 {
        f64::from(self.whole) + self.fraction
    }

    /// A first period that is short, or spans several regular ones, is counted in quasi-coupon periods of the grid, of
    /// which nothing is paid before its end (SIA, formulas 8 and 9; 31 CFR 356, appendix B). As in Excel's ODDFPRICE, a
    /// whole quasi-period earns one regular coupon, a part by its days; accrued interest goes by the days throughout.
    fn in_first_period(self, grid: &Grid, issue: Civil, first_coupon: Civil, settlement: Civil) -> Position {
        let later_coupons = grid.coupons_after(first_coupon);
        if grid.coupon(later_coupons + 1) == issue {
            return self;
        }
        let earned = |(period, from, to): (Period, Civil, Civil)| {
            let whole = from == period.start && to == period.end;
            if whole { 1.0 } else { grid.share(&period, from, to) }
        };
        Position {
            coupons: later_coupons + 1,
            whole: self.coupons - later_coupons - 1,
            accrued: quasi_periods(grid, issue, settlement).map(|(period, from, to)| grid.share(&period, from, to)).sum(),
            next: quasi_periods(grid, issue, first_coupon).map(earned).sum(),
            ..self
        }
    }
}

/// The regular periods that two days span, with the part of each that lies between them.
fn quasi_periods(grid: &Grid, from: Civil, to: Civil) -> impl Iterator<Item = (Period, Civil, Civil)> {
    (grid.coupons_after(to)..=grid.coupons_after(from)).rev().map(move |coupons| {
        let period = grid.period(coupons - 1);
        let (from, to) = (period.start.max(from), period.end.min(to));
        (period, from, to)
    })
}
