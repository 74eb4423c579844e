//! The flows still to come, row by row: as money, and as the price is made of them.

use crate::analytics::Settled;
use crate::date::Date;
use crate::yields::Measures;

/// A payment, in money for the notional held.
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
    /// Time from settlement in years, as the yield convention counts it: coupon periods over the frequency.
    pub fraction: f64,
    pub amount: f64,
    /// None where the yield is too extreme for a float to give it back.
    pub discount_factor: Option<f64>,
    pub present_value: Option<f64>,
}

impl Settled {
    /// Payments after settlement in order of date; the last pays the redemption.
    pub fn cash_flows(self) -> impl Iterator<Item = CashFlow> {
        let holding = self.bond.holding();
        self.flows_per_100().map(move |(_, flow)| CashFlow { coupon: flow.coupon * holding, principal: flow.principal * holding, ..flow })
    }

    /// The same payments discounted at a yield: their present values add up to the dirty price.
    pub fn discounted_flows(self, measures: Measures) -> impl Iterator<Item = DiscountedFlow> {
        let to_next = self.position.time_to_next();
        let per_year = self.bond.frequency.per_year();
        self.flows_per_100().map(move |(later, flow)| {
            let amount = flow.coupon + flow.principal;
            let discount_factor = self.claim.discount_factor(measures.ytm, later).filter(|factor| factor.is_finite());
            DiscountedFlow {
                date: flow.date,
                days: flow.date.days() - self.settlement.days(),
                fraction: (to_next + later) / per_year,
                amount,
                discount_factor,
                present_value: discount_factor.map(|factor| amount * factor),
            }
        })
    }

    /// Payments with the number of coupon dates before each. A coupon of nothing is no payment.
    fn flows_per_100(self) -> impl Iterator<Item = (f64, CashFlow)> {
        let grid = self.bond.grid();
        let coupon = 100.0 * self.bond.coupon / self.bond.frequency.per_year();
        let coupons = self.position.coupons;
        let flows = (0..coupons).rev().map(move |left| {
            let flow = CashFlow {
                date: grid.coupon(left).date(),
                coupon: if left == coupons - 1 { coupon * self.position.next } else { coupon },
                principal: if left == 0 { self.bond.redemption } else { 0.0 },
            };
            (f64::from(coupons - 1 - left), flow)
        });
        flows.filter(|(_, flow)| flow.coupon + flow.principal > 0.0)
    }
}
