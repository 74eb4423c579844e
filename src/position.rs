//! Where a settlement date stands in the life of a bond: all that a price needs of its schedule.

use crate::bond::Bond;
use crate::date::{Civil, Date};
use crate::grid::{Grid, Period, quasi_periods};

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
