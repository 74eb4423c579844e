//! A bond on a curve: its price, the spread that reprices a quote, and how the price follows the
//! curve.
//!
//! Flows are discounted from the day they are paid, P = Σ aⱼ·e^(−z(tⱼ)·tⱼ − s·τⱼ)/P(tₛ), with z the
//! curve's zero rates, tₛ the settlement date and τⱼ = tⱼ − tₛ; the z-spread s is continuously
//! compounded.

use super::exposures::Exposures;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::market::curve::InterpolatedCurve;
use crate::market::data::MarketData;
use crate::numeric::certain::certain;
use crate::numeric::elementary::exp;
use crate::pricing::discounted_flows::{CashFlows, ExplicitFlows};
use crate::pricing::explain::DiscountedFlow;
use crate::product::bond::Bond;
use crate::resolve::cash_flow::CashFlow;
use crate::resolve::resolved_bond::ResolvedBond;

/// The remaining payments of a bond after settlement, discounted on a curve. Amounts per 100 face.
#[derive(Debug, Clone)]
pub struct BondValuation<'a> {
    resolved: ResolvedBond<'a>,
    shape: InterpolatedCurve<'a>,
    /// Time of settlement on the curve, and the discount factor there.
    start: f64,
    /// Times from settlement, and amounts discounted to settlement without spread.
    flows: ExplicitFlows,
}

impl<'a> BondValuation<'a> {
    /// `None` if the bond is not outstanding on the settlement date.
    pub fn new(
        bond: &'a Bond,
        market: impl Into<MarketData<'a>>,
        settlement: Date,
    ) -> Result<Option<BondValuation<'a>>> {
        let Some(resolved) = ResolvedBond::new(bond, settlement)? else { return Ok(None) };
        let curve = market.into().discount;
        if settlement < curve.as_of {
            return Err(Error::BeforeCurve { as_of: curve.as_of });
        }
        let shape = curve.interpolated();
        let start = curve.time(settlement);
        let grown = exp(shape.zero(start)? * start);
        let flow = |payment: CashFlow| {
            let time = curve.time(payment.date);
            Ok((
                time - start,
                (payment.coupon + payment.principal) * exp(-shape.zero(time)? * time) * grown,
            ))
        };
        let flows = resolved.payments_per_100()?.into_iter().map(flow).collect::<Result<_>>()?;
        Ok(Some(BondValuation { resolved, shape, start, flows: ExplicitFlows(flows) }))
    }

    pub fn settlement(&self) -> Date {
        self.resolved.settlement
    }

    pub fn maturity(&self) -> Date {
        self.resolved.bond.maturity
    }

    pub fn dirty_price_at(&self, clean_price: f64) -> f64 {
        self.resolved.dirty_price(clean_price)
    }

    /// Dirty price per 100 face at a spread.
    pub fn dirty_price(&self, spread: f64) -> f64 {
        certain(self.flows.value(spread), "the value of flows")
    }

    pub fn clean_price(&self, spread: f64) -> f64 {
        self.dirty_price(spread) - self.resolved.accrued()
    }

    /// The dirty price at a spread, flow by flow, with times from settlement on the curve.
    pub fn explain(&self, spread: f64) -> Result<Vec<DiscountedFlow>> {
        let payments = self.resolved.payments_per_100()?;
        let flows = payments.into_iter().zip(&self.flows.0).map(|(payment, &(time, present))| {
            let (amount, present_value) =
                (payment.coupon + payment.principal, present * exp(-spread * time));
            DiscountedFlow {
                date: payment.date,
                days: payment.date.days() - self.settlement().days(),
                fraction: time,
                amount,
                discount_factor: Some(present_value / amount),
                present_value: Some(present_value),
            }
        });
        Ok(flows.collect())
    }

    /// The spread at which the bond is worth a clean price; every positive dirty price has one, but
    /// where all is due at once.
    pub fn z_spread(&self, clean_price: f64) -> Option<f64> {
        let dirty = self.resolved.dirty_price(clean_price);
        if dirty <= 0.0 {
            return None;
        }
        self.flows.root(0.0, 0.0, dirty).map(|root| root.x)
    }

    /// −(dP/ds)/P in years, of the dirty price at a spread.
    pub fn spread_duration(&self, spread: f64) -> f64 {
        self.flows.moments(spread).mean
    }

    /// (d²P/ds²)/P in years squared.
    pub fn spread_convexity(&self, spread: f64) -> f64 {
        let moments = self.flows.moments(spread);
        moments.variance + moments.mean * moments.mean
    }

    /// How the dirty price at a spread follows the curve's zero rates, as shares of it: durations
    /// in years, with the spread held.
    pub fn exposures(&self, spread: f64) -> Exposures {
        let price = self.dirty_price(spread);
        let mut exposures = Exposures::default();
        for &(time, amount) in &self.flows.0 {
            exposures.push(self.start + time, amount * exp(-spread * time) / price);
        }
        // A later settlement is discounted less, by the same curve.
        exposures.push(self.start, -1.0);
        exposures
    }

    /// The curve that the price is on, between its nodes.
    pub fn curve(&self) -> &InterpolatedCurve<'a> {
        &self.shape
    }
}

#[cfg(test)]
pub(crate) mod tests;
