//! A bond on a settlement date: the one resolution that yields, curves and cash flows share.

use super::accrued::accrued;
use super::coupon_position::CouponPosition;
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::Result;
use crate::basics::frequency::Frequency;
use crate::product::bond::{Bond, Coupon, Exercise, Principal};

/// A bond, a settlement date on which it is outstanding, and what follows from both without a
/// price: where the date stands among the coupon dates, and the interest accrued.
#[derive(Debug, Clone, Copy)]
pub struct ResolvedBond<'a> {
    pub bond: &'a Bond,
    pub settlement: Date,
    pub position: CouponPosition,
    accrued: f64,
}

impl<'a> ResolvedBond<'a> {
    /// `None` if the bond is not outstanding on the settlement date.
    ///
    /// # Errors
    /// A calendar that the bond counts or pays by is not known for its dates.
    pub fn new(bond: &'a Bond, settlement: Date) -> Result<Option<ResolvedBond<'a>>> {
        let Some(position) = CouponPosition::of(bond, settlement)? else { return Ok(None) };
        let accrued = accrued(bond, settlement, &position);
        Ok(Some(ResolvedBond { bond, settlement, position, accrued }))
    }

    /// The same for a bond whose remaining schedule is regular, without a case for any other.
    /// `None` if it is not regular ([`is_regular`]) or not outstanding.
    #[inline(always)]
    pub fn regular(bond: &'a Bond, settlement: Date) -> Option<ResolvedBond<'a>> {
        if !is_regular(bond) {
            return None;
        }
        let position = CouponPosition::regular(bond, settlement)?;
        let accrued = 100.0 * bond.coupon * position.accrued / bond.frequency.per_year();
        Some(ResolvedBond { bond, settlement, position, accrued })
    }

    /// Interest accrued since the last coupon date, per 100 face; negative in an ex-dividend
    /// period.
    #[inline(always)]
    pub fn accrued(&self) -> f64 {
        self.accrued
    }

    /// Dirty price per 100 face.
    #[inline(always)]
    pub fn dirty_price(&self, clean_price: f64) -> f64 {
        clean_price + self.accrued()
    }

    /// In money.
    pub fn market_value(&self, clean_price: f64) -> f64 {
        self.dirty_price(clean_price) * self.bond.holding()
    }

    /// The coupon rate over the clean price. `None` if the price is so low that no float holds
    /// it.
    pub fn current_yield(&self, clean_price: f64) -> Option<f64> {
        Some(100.0 * self.bond.rate_from(self.settlement) / clean_price)
            .filter(|current| current.is_finite())
    }
}

/// True if the remaining payments of a bond on any settlement date are regular periods counted back
/// from its maturity, of which the first may be odd, each with the same coupon rate, and the holder
/// gets every coupon: no odd last period, no coupon steps, no ex-dividend period, a redemption.
#[inline(always)]
pub fn is_regular(bond: &Bond) -> bool {
    bond.frequency != Frequency::None
        && bond.last_coupon.is_none()
        && (bond.optional.is_empty() || bond.optional.ex_dividend.is_none())
        && matches!(bond.interest(), Coupon::Fixed { .. })
        && matches!(bond.principal(), Principal::Bullet { .. })
        && bond.exercise() == Exercise::None
        && !bond.is_perpetual()
        && bond.day_count != DayCount::Bus252
}
