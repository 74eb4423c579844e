//! Payments after a settlement date: coupons and principal, per 100 face and in money.

use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::product::bond::{Bond, Principal, Step};
use crate::resolve::coupon_grid::CouponGrid;
use crate::resolve::coupon_position::CouponPosition;
use crate::resolve::resolved_bond::ResolvedBond;

/// A payment, in money for the notional held, on the day it is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CashFlow {
    pub date: Date,
    pub coupon: f64,
    pub principal: f64,
}

impl CashFlow {
    pub fn amount(&self) -> f64 {
        self.coupon + self.principal
    }
}

/// What a bond still pays after a settlement date, per 100 face and as the schedule dates it;
/// without end for a perpetual bond. Amounts may be 0.
pub fn payments(
    bond: &Bond,
    settlement: Date,
    position: &CouponPosition,
) -> impl Iterator<Item = CashFlow> {
    let grid = CouponGrid::new(bond);
    (0..position.coupons).zip(amounts(bond, grid, settlement, position)).map(
        move |(j, (coupon, principal))| {
            let date = position.payment_date(bond, &grid, j);
            CashFlow { date, coupon, principal }
        },
    )
}

/// The same payments without their dates: coupon and principal.
#[inline(always)]
pub fn amounts(
    bond: &Bond,
    grid: CouponGrid,
    settlement: Date,
    position: &CouponPosition,
) -> impl Iterator<Item = (f64, f64)> {
    let Principal::Bullet { redemption } = bond.principal();
    let last = position.coupons - 1;
    let (mut regular, mut until) = coupon_of(bond, &grid, settlement, position, 0);
    (0..position.coupons).map(move |j| {
        if j == until {
            (regular, until) = coupon_of(bond, &grid, settlement, position, j);
        }
        match j {
            _ if j == last => {
                (regular * if j == 0 { position.next } else { position.last }, redemption)
            }
            0 => (regular * position.next, 0.0),
            _ => (regular, 0.0),
        }
    })
}

/// The regular coupon that the payment after `earlier` others is a part of, and the number of the
/// payment that has another one.
#[inline(never)]
fn coupon_of(
    bond: &Bond,
    grid: &CouponGrid,
    settlement: Date,
    position: &CouponPosition,
    earlier: i32,
) -> (f64, i32) {
    let steps = &bond.optional.steps;
    // A rate is first paid a period after the date from which it holds.
    let first = |step: &Step| position.index + 1 - grid.count_after(step.from.civil());
    let past = steps.partition_point(|step| step.from <= settlement || first(step) <= earlier);
    let rate = past
        .checked_sub(1)
        .and_then(|step| steps.get(step))
        .map_or(bond.coupon, |step| step.coupon);
    (bond.coupon_amount(rate), steps.get(past).map_or(i32::MAX, first))
}

impl ResolvedBond<'_> {
    /// Payments after settlement in order of date; the last pays the redemption.
    pub fn cash_flows(&self) -> Result<Vec<CashFlow>> {
        let holding = self.bond.holding();
        let flows = self.payments()?.map(|(_, flow)| {
            Ok(CashFlow {
                date: self.bond.paid_on(flow.date)?,
                coupon: flow.coupon * holding + 0.0,
                principal: flow.principal * holding + 0.0,
            })
        });
        flows.collect()
    }

    /// The same per 100 face, on the days they are paid.
    pub fn payments_per_100(&self) -> Result<Vec<CashFlow>> {
        self.payments()?
            .map(|(_, flow)| Ok(CashFlow { date: self.bond.paid_on(flow.date)?, ..flow }))
            .collect()
    }

    /// Payments with the number of those before each. A coupon of nothing is no payment.
    pub fn payments(&self) -> Result<impl Iterator<Item = (usize, CashFlow)>> {
        if self.bond.is_perpetual() {
            return Err(Error::Endless);
        }
        let payments = payments(self.bond, self.settlement, &self.position).enumerate();
        Ok(payments.filter(|(_, flow)| flow.coupon + flow.principal > 0.0))
    }
}
