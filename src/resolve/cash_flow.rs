//! The flows still to come, row by row: as money, and as the price is made of them.

use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::pricing::analytics::ResolvedBond;
use crate::pricing::yields::Measures;
use crate::product::bond::{Bond, Step, check_price};
use crate::resolve::coupon_grid::CouponGrid;
use crate::resolve::coupon_position::CouponPosition;

/// A payment, in money for the notional held, on the day it is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CashFlow {
    pub date: Date,
    pub coupon: f64,
    pub principal: f64,
}

/// A payment as part of a price, per 100 face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DiscountedFlow {
    pub date: Date,
    /// Actual days from settlement.
    pub days: i32,
    /// Time from settlement in years, as the yield convention counts it.
    pub fraction: f64,
    pub amount: f64,
    /// None where the yield is too extreme for a float to give it back, or the convention discounts
    /// no single flows.
    pub discount_factor: Option<f64>,
    pub present_value: Option<f64>,
}

/// What a bond still pays after a settlement date, per 100 face and as the schedule dates it;
/// without end for a perpetual bond. Amounts may be 0.
pub fn payments(
    bond: &Bond,
    settlement: Date,
    position: &CouponPosition,
) -> impl Iterator<Item = CashFlow> {
    let grid = bond.grid();
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
    let last = position.coupons - 1;
    let (mut regular, mut until) = coupon_of(bond, &grid, settlement, position, 0);
    (0..position.coupons).map(move |j| {
        if j == until {
            (regular, until) = coupon_of(bond, &grid, settlement, position, j);
        }
        match j {
            _ if j == last => {
                (regular * if j == 0 { position.next } else { position.last }, bond.redemption)
            }
            0 => (regular * position.next, 0.0),
            _ => (regular, 0.0),
        }
    })
}

/// What a price is made of, an explicit one or, without one, the bond's own quote; nothing where no
/// yield is known.
pub fn explain(bond: &Bond, price: Option<f64>, settlement: Date) -> Result<Vec<DiscountedFlow>> {
    let Some(price) = price.or(bond.price) else { return Ok(Vec::new()) };
    check_price(price)?;
    let Some(settled) = ResolvedBond::new(bond, settlement)? else { return Ok(Vec::new()) };
    // The yield itself, not as a market prints it, whose rounding would show in the sum.
    settled.measures(price).map_or(Ok(Vec::new()), |measures| settled.discounted_flows(measures))
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
    let first = |step: &Step| position.index + 1 - grid.coupons_after(step.from.civil());
    let past = steps.partition_point(|step| step.from <= settlement || first(step) <= earlier);
    let rate = past
        .checked_sub(1)
        .and_then(|step| steps.get(step))
        .map_or(bond.coupon, |step| step.coupon);
    (bond.coupon_amount(rate), steps.get(past).map_or(i32::MAX, first))
}

impl<P> ResolvedBond<'_, P> {
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
    fn payments(&self) -> Result<impl Iterator<Item = (usize, CashFlow)>> {
        if self.bond.is_perpetual() {
            return Err(Error::Endless);
        }
        let payments = payments(self.bond, self.settlement, &self.position).enumerate();
        Ok(payments.filter(|(_, flow)| flow.coupon + flow.principal > 0.0))
    }
}

impl ResolvedBond<'_> {
    /// The same payments discounted at a yield. Their present values add up to the dirty price:
    /// where the market settles another accrued interest than its yield counts, as in Canada, the
    /// difference is the first row, due at settlement.
    pub fn discounted_flows(&self, measures: Measures) -> Result<Vec<DiscountedFlow>> {
        let beyond = Some(self.pricing.settled_beyond()).filter(|beyond| *beyond != 0.0);
        let beyond = beyond.map(|amount| {
            Ok(DiscountedFlow {
                date: self.settlement,
                days: 0,
                fraction: 0.0,
                amount,
                discount_factor: Some(1.0),
                present_value: Some(amount),
            })
        });
        let flows = self.payments()?.map(|(earlier, flow)| {
            let amount = flow.coupon + flow.principal;
            let discount_factor = self
                .pricing
                .discount_factor(measures.ytm, earlier)
                .filter(|factor| factor.is_finite());
            let date = self.bond.paid_on(flow.date)?;
            Ok(DiscountedFlow {
                date,
                days: date.days() - self.settlement.days(),
                fraction: self.pricing.years(earlier),
                amount,
                discount_factor,
                present_value: discount_factor.map(|factor| amount * factor),
            })
        });
        beyond.into_iter().chain(flows).collect()
    }
}
