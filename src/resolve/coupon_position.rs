//! Where a settlement date stands among the coupon dates: all that a price needs of the schedule.

use super::coupon_grid::CouponGrid;
use crate::basics::date::{Civil, Date};
use crate::basics::daycount::DayCount;
use crate::basics::error::Result;
use crate::basics::frequency::Frequency;
use crate::basics::regular_dates::RegularPeriod;
use crate::product::bond::Bond;

/// Where a settlement date stands among the coupon dates. Times are in regular coupon periods, or
/// in years for a bond without coupons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CouponPosition {
    /// Payments still to come; the last is at maturity. [`CouponPosition::FOREVER`] for a perpetual
    /// bond.
    pub coupons: i32,
    /// Whole periods before the next coupon, without the period of the settlement date; above 0
    /// only in a long first period.
    pub whole: i32,
    /// (E − A)/E of the current period, in [0, 1].
    pub fraction: f64,
    /// Accrued interest in regular coupons; negative in an ex-dividend period.
    pub accrued: f64,
    /// Next coupon / regular coupon: 1, other in an odd period, 0 when ex-dividend.
    pub next: f64,
    /// Number of the next coupon date, counted back from the anchor of the coupon dates; 0 for the
    /// date before an odd last period.
    pub index: i32,
    /// Length and coupon of the last period in regular ones, if it is not the current period: 1,
    /// other if it is odd.
    pub last: f64,
}

#[inline(always)]
fn is_outstanding(bond: &Bond, settlement: Date) -> bool {
    settlement < bond.maturity && bond.issue.is_none_or(|issue| settlement >= issue)
}

impl CouponPosition {
    pub const FOREVER: i32 = i32::MAX;

    /// `None` if the bond is not outstanding: redeemed, or not yet issued.
    pub fn of(bond: &Bond, settlement: Date) -> Result<Option<CouponPosition>> {
        if is_outstanding(bond, settlement) {
            CouponPosition::of_outstanding(bond, settlement).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The same for a bond whose dates are counted from its maturity, with coupons and without an
    /// ex-dividend period.
    #[inline(always)]
    pub fn regular(bond: &Bond, settlement: Date) -> Option<CouponPosition> {
        // Not `then`, which is a call that hands the position over in memory.
        if is_outstanding(bond, settlement) {
            Some(CouponPosition::on_grid(
                bond,
                &CouponGrid::counted_from(bond.maturity, bond),
                settlement.civil(),
            ))
        } else {
            None
        }
    }

    /// Among the regular coupon dates, and in the first period, which may be odd.
    #[inline(always)]
    fn on_grid(bond: &Bond, grid: &CouponGrid, settled: Civil) -> CouponPosition {
        let (coupons, period) = grid.count_and_period(settled);
        let elapsed = grid.share(&period, period.start, settled);
        let first_period = match (bond.issue, bond.first_coupon) {
            (Some(issue), Some(first)) if settled < first.civil() => {
                Some((issue.civil(), first.civil()))
            }
            (Some(issue), None) if period.start < issue.civil() => {
                Some((issue.civil(), period.end))
            }
            _ => None,
        };
        match first_period {
            Some((issue, first_coupon)) => CouponPosition::in_first_period(
                grid,
                issue,
                first_coupon,
                settled,
                coupons,
                elapsed,
            ),
            None => CouponPosition::in_regular_period(coupons, elapsed),
        }
    }

    /// In a regular period of which so much has gone by.
    #[inline(always)]
    fn in_regular_period(coupons: i32, elapsed: f64) -> CouponPosition {
        CouponPosition {
            coupons,
            whole: 0,
            fraction: 1.0 - elapsed,
            accrued: elapsed,
            next: 1.0,
            index: coupons - 1,
            last: 1.0,
        }
    }

    fn of_outstanding(bond: &Bond, settlement: Date) -> Result<CouponPosition> {
        let grid = CouponGrid::new(bond);
        let settled = settlement.civil();
        if bond.day_count == DayCount::Bus252 {
            // Its calendar is known over the whole life that is left and the running period, or
            // says so here.
            let start = bond
                .issue
                .unwrap_or_else(|| settled.months_earlier(12, false).date())
                .min(settlement);
            bond.day_count.year_fraction(start, bond.maturity, &bond.reference())?;
        }
        let position = if bond.frequency == Frequency::None {
            CouponPosition::at_maturity(bond, settlement)?
        } else if bond.is_perpetual() {
            CouponPosition {
                coupons: CouponPosition::FOREVER,
                ..CouponPosition::on_grid(bond, &grid, settled)
            }
        } else if let Some(last) = bond.odd_last_coupon() {
            let (last, maturity) = (last.civil(), bond.maturity.civil());
            if settled < last {
                let before = CouponPosition::on_grid(bond, &grid, settled);
                CouponPosition {
                    coupons: before.coupons + 1,
                    last: grid.shares(last, maturity),
                    ..before
                }
            } else {
                let start = bond.issue.map_or(last, |issue| last.max(issue.civil()));
                let (next, accrued) = (grid.shares(start, maturity), grid.shares(start, settled));
                CouponPosition {
                    coupons: 1,
                    whole: 0,
                    fraction: grid.shares(settled, maturity),
                    accrued,
                    next,
                    index: -1,
                    last: 1.0,
                }
            }
        } else {
            CouponPosition::on_grid(bond, &grid, settled)
        };
        let ex_dividend = match bond.optional.ex_dividend {
            Some(rule) if bond.frequency != Frequency::None => rule.is_past(
                position.payment_date(bond, &grid, 0),
                settlement,
                &bond.optional.calendar,
            )?,
            _ => false,
        };
        Ok(if ex_dividend { position.without_next_coupon() } else { position })
    }

    /// A bill, or a bond whose interest is paid at maturity: one payment, and time in years.
    fn at_maturity(bond: &Bond, settlement: Date) -> Result<CouponPosition> {
        let reference = bond.reference();
        let years = |from: Date, to: Date| bond.day_count.year_fraction(from, to, &reference);
        let issue = bond.issue.unwrap_or(settlement);
        Ok(CouponPosition {
            coupons: 1,
            whole: 0,
            fraction: years(settlement, bond.maturity)?,
            accrued: years(issue, settlement)?,
            next: years(issue, bond.maturity)?,
            index: 0,
            last: 1.0,
        })
    }

    fn without_next_coupon(self) -> CouponPosition {
        CouponPosition { accrued: self.accrued - self.next, next: 0.0, ..self }
    }

    /// Periods from settlement to the next coupon.
    #[inline(always)]
    pub fn time_to_next(&self) -> f64 {
        f64::from(self.whole) + self.fraction
    }

    /// The date of the payment after `earlier` others, as the schedule has it.
    #[inline(always)]
    pub fn payment_date(&self, bond: &Bond, grid: &CouponGrid, earlier: i32) -> Date {
        if earlier == self.coupons - 1 {
            bond.maturity
        } else {
            grid.before(self.index - earlier).date()
        }
    }

    /// A first period that is short, or spans several regular ones, is counted in quasi-coupon
    /// periods of the grid, of which nothing is paid before its end (SIA, formulas 8 and 9; 31 CFR
    /// 356, appendix B). As in Excel's ODDFPRICE, a whole quasi-period earns one regular coupon, a
    /// part by its days; accrued interest goes by the days throughout.
    fn in_first_period(
        grid: &CouponGrid,
        issue: Civil,
        first_coupon: Civil,
        settlement: Civil,
        coupons: i32,
        elapsed: f64,
    ) -> CouponPosition {
        let later_coupons = grid.count_after(first_coupon);
        let regular = CouponPosition::in_regular_period(coupons, elapsed);
        if grid.before(later_coupons + 1) == issue {
            return regular;
        }
        let earned = |(period, from, to): (RegularPeriod, Civil, Civil)| {
            let whole = from == period.start && to == period.end;
            if whole { 1.0 } else { grid.share(&period, from, to) }
        };
        CouponPosition {
            coupons: later_coupons + 1,
            index: later_coupons,
            whole: coupons - later_coupons - 1,
            accrued: grid.shares(issue, settlement),
            next: grid.periods_between(issue, first_coupon).map(earned).sum(),
            ..regular
        }
    }
}
