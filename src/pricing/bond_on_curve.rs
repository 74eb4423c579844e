//! A bond on a curve: its price, the spread that reprices a quote, and how the price follows the
//! curve.
//!
//! Flows are discounted from the day they are paid, P = Σ aⱼ·e^(−z(tⱼ)·tⱼ − s·τⱼ)/P(tₛ), with z the
//! curve's zero rates, tₛ the settlement date and τⱼ = tⱼ − tₛ; the z-spread s is continuously
//! compounded.

use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::market::curve::{Curve, InterpolatedCurve};
use crate::numeric::elementary::exp;
use crate::pricing::discounted_flows::{CashFlows, ExplicitFlows};
use crate::pricing::explain::DiscountedFlow;
use crate::product::bond::Bond;
use crate::resolve::resolved_bond::ResolvedBond;

/// What is left of a bond after settlement, discounted on a curve. Amounts per 100 face.
#[derive(Debug, Clone)]
pub struct BondValuation<'a> {
    settled: ResolvedBond<'a>,
    shape: InterpolatedCurve<'a>,
    /// Time of settlement on the curve, and the discount factor there.
    start: f64,
    /// Times from settlement, and amounts discounted to settlement without spread.
    flows: ExplicitFlows,
}

impl<'a> BondValuation<'a> {
    /// None where the bond is not outstanding on the settlement date.
    pub fn new(
        bond: &'a Bond,
        curve: &'a Curve,
        settlement: Date,
    ) -> Result<Option<BondValuation<'a>>> {
        let Some(settled) = ResolvedBond::new(bond, settlement)? else { return Ok(None) };
        if settlement < curve.as_of {
            return Err(Error::BeforeCurve { as_of: curve.as_of });
        }
        let shape = curve.interpolated();
        let start = curve.time(settlement);
        let grown = exp(shape.zero(start)? * start);
        let flow = |payment: crate::resolve::cash_flow::CashFlow| {
            let time = curve.time(payment.date);
            Ok((
                time - start,
                (payment.coupon + payment.principal) * exp(-shape.zero(time)? * time) * grown,
            ))
        };
        let flows = settled.payments_per_100()?.into_iter().map(flow).collect::<Result<_>>()?;
        Ok(Some(BondValuation { settled, shape, start, flows: ExplicitFlows(flows) }))
    }

    pub fn settlement(&self) -> Date {
        self.settled.settlement
    }

    pub fn maturity(&self) -> Date {
        self.settled.bond.maturity
    }

    pub fn dirty_price_at(&self, clean_price: f64) -> f64 {
        self.settled.dirty_price(clean_price)
    }

    /// Dirty price per 100 face at a spread.
    pub fn dirty_price(&self, spread: f64) -> f64 {
        self.flows.value(spread).unwrap_or(f64::NAN)
    }

    pub fn clean_price(&self, spread: f64) -> f64 {
        self.dirty_price(spread) - self.settled.accrued()
    }

    /// The dirty price at a spread, flow by flow, with times from settlement on the curve.
    pub fn explain(&self, spread: f64) -> Result<Vec<DiscountedFlow>> {
        let payments = self.settled.payments_per_100()?;
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
        let dirty = self.settled.dirty_price(clean_price);
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

    /// −(dP/dzᵢ)/P for the zero rate of each of the curve's nodes, through its interpolation.
    pub fn node_durations(&self, spread: f64, nodes: usize) -> Result<Vec<f64>> {
        let mut durations = vec![0.0; nodes];
        let mut add = |time: f64, weight: f64| -> Result<()> {
            for (i, share) in self.shape.weights(time)? {
                if let Some(duration) = durations.get_mut(i) {
                    *duration += weight * time * share;
                }
            }
            Ok(())
        };
        let price = self.dirty_price(spread);
        for (time, share) in self.shares(spread, price) {
            add(self.start + time, share)?;
        }
        // A later settlement is discounted less, by the same curve.
        add(self.start, -1.0)?;
        Ok(durations)
    }

    /// Durations to key rates: tents on the zero rates at increasing times, which add up to 1
    /// everywhere, so that the durations add up to that of a parallel shift.
    pub fn key_rate_durations(&self, spread: f64, keys: &[f64]) -> Vec<f64> {
        let price = self.dirty_price(spread);
        let shares = self.shares(spread, price).map(|(time, share)| (self.start + time, share));
        key_rates(keys, shares.chain([(self.start, -1.0)]))
    }

    /// Each flow's time from settlement, and its share of the price.
    fn shares(&self, spread: f64, price: f64) -> impl Iterator<Item = (f64, f64)> {
        self.flows.0.iter().map(move |&(time, amount)| (time, amount * exp(-spread * time) / price))
    }
}

/// What falls by weight · time for a rise of the zero rate at a time, told by key rates: tents at
/// increasing times.
pub fn key_rates(keys: &[f64], exposures: impl Iterator<Item = (f64, f64)>) -> Vec<f64> {
    let mut sums = vec![0.0; keys.len()];
    for (time, weight) in exposures {
        for (i, share) in tents(keys, time) {
            if let Some(sum) = sums.get_mut(i) {
                *sum += weight * time * share;
            }
        }
    }
    sums
}

/// The two tents over a time, each 1 at its own key and 0 at its neighbours'; flat before the first
/// and after the last.
fn tents(keys: &[f64], time: f64) -> [(usize, f64); 2] {
    let after = keys.partition_point(|&key| key <= time);
    match (after.checked_sub(1).and_then(|i| keys.get(i)), keys.get(after)) {
        (Some(left), Some(right)) => {
            let share = (time - left) / (right - left);
            [(after - 1, 1.0 - share), (after, share)]
        }
        (Some(_), None) => [(after - 1, 1.0), (after, 0.0)],
        _ => [(0, 1.0), (1, 0.0)],
    }
}
