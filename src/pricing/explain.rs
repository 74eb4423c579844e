//! A price flow by flow: each payment, its discount factor and its present value.

use super::discounted_flows::Measures;
use super::yield_pricing::YieldPricing;
use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::product::bond::{Bond, check_price};

/// A payment as part of a price, per 100 face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DiscountedFlow {
    pub date: Date,
    /// Actual days from settlement.
    pub days: i32,
    /// Time from settlement in years, as the yield convention counts it.
    pub fraction: f64,
    pub amount: f64,
    /// `None` if the yield is too extreme for a float to give it back, or the convention discounts
    /// no single flows.
    pub discount_factor: Option<f64>,
    pub present_value: Option<f64>,
}

/// What a price is made of, an explicit one or, without one, the bond's own quote; nothing where no
/// yield is known.
pub fn explain(bond: &Bond, price: Option<f64>, settlement: Date) -> Result<Vec<DiscountedFlow>> {
    let Some(price) = price.or(bond.price) else { return Ok(Vec::new()) };
    check_price(price)?;
    let Some(pricing) = YieldPricing::new(bond, settlement)? else { return Ok(Vec::new()) };
    // The yield itself, not as a market prints it, whose rounding would show in the sum.
    pricing.measures(price).map_or(Ok(Vec::new()), |measures| pricing.discounted_flows(measures))
}

impl YieldPricing<'_> {
    /// The same payments discounted at a yield. Their present values add up to the dirty price:
    /// where the market settles another accrued interest than its yield counts, as in Canada, the
    /// difference is the first row, due at settlement.
    pub fn discounted_flows(&self, measures: Measures) -> Result<Vec<DiscountedFlow>> {
        let beyond = Some(self.formula.settled_beyond()).filter(|beyond| *beyond != 0.0);
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
                .formula
                .discount_factor(measures.ytm, earlier)
                .filter(|factor| factor.is_finite());
            let date = self.bond.paid_on(flow.date)?;
            Ok(DiscountedFlow {
                date,
                days: date.days() - self.settlement.days(),
                fraction: self.formula.years(earlier),
                amount,
                discount_factor,
                present_value: discount_factor.map(|factor| amount * factor),
            })
        });
        beyond.into_iter().chain(flows).collect()
    }
}
