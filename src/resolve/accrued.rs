//! Accrued interest: the coupon times its day count, and the markets that count otherwise.

use super::coupon_position::CouponPosition;
use crate::basics::date::Date;
use crate::basics::frequency::Frequency;
use crate::numeric::elementary::{exp_m1, ln_1p};
use crate::product::bond::Bond;
use crate::product::convention::AccrualRule;
use crate::resolve::coupon_grid::CouponGrid;

/// Coupon times day count.
pub fn linear_accrued(bond: &Bond, settlement: Date, position: &CouponPosition) -> f64 {
    100.0 * bond.rate_from(settlement) * position.accrued / bond.frequency.per_year()
}

/// Interest accrued on a settlement date, per 100 face, by the rule of the bond's convention.
pub fn accrued(bond: &Bond, settlement: Date, position: &CouponPosition) -> f64 {
    let linear = linear_accrued(bond, settlement, position);
    if bond.convention.accrues_by_day_count() {
        linear
    } else {
        market_accrued(bond, settlement, position, linear)
    }
}

fn market_accrued(bond: &Bond, settlement: Date, position: &CouponPosition, linear: f64) -> f64 {
    let rate = bond.rate_from(settlement);
    let accrued = match bond.convention.accrual() {
        AccrualRule::DayCount => linear,
        AccrualRule::Capped => linear.min(bond.coupon_amount(rate) * position.next),
        AccrualRule::Exponential => {
            100.0 * exp_m1(ln_1p(rate) * position.accrued / bond.frequency.per_year())
        }
        AccrualRule::Canadian => canadian_accrued(bond, settlement, position),
    };
    bond.convention.printed_accrued(accrued)
}

/// Days over 365, but in the second half of a regular period what the coupon lacks, so that it is
/// reached on its date; what an ex-dividend sale takes back is by the days that are left.
fn canadian_accrued(bond: &Bond, settlement: Date, position: &CouponPosition) -> f64 {
    let grid = CouponGrid::new(bond);
    let previous = grid.before(position.index + position.whole + 1).date();
    let in_first_period = bond.frequency == Frequency::None
        || bond.first_coupon.is_some_and(|first| settlement < first);
    let start = match bond.issue {
        Some(issue) if in_first_period => issue,
        Some(issue) => issue.max(previous),
        None => previous,
    };
    let next = position.payment_date(bond, &grid, 0);
    let regular = start == grid.before(position.index + 1).date()
        && next == grid.before(position.index).date();
    let (elapsed, left) =
        (f64::from(settlement.days() - start.days()), f64::from(next.days() - settlement.days()));
    let per_year = bond.frequency.per_year();
    let years = if position.next == 0.0 {
        -left / 365.0
    } else if regular && elapsed > 365.0 / per_year {
        1.0 / per_year - left / 365.0
    } else {
        elapsed / 365.0
    };
    100.0 * bond.rate_from(settlement) * years
}
