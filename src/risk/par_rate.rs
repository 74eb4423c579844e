//! Key rates by par yields: how a bond follows each of the par yields that a curve is built from.
//!
//! The curve's own par yields at the key tenors, as quotes of kind `par` count them, are
//! bootstrapped again in the curve's interpolation. On that curve, with the spread of the bond's
//! quote held, −(dP/dqⱼ)/P = Σᵢ −(dP/dzᵢ)/P · ∂zᵢ/∂qⱼ, exactly. A bond that pays a key tenor's par
//! yield follows that yield alone. Source: P. Hagan and G. West, "Methods for Constructing a Yield
//! Curve", Wilmott (2008), on the deltas to the inputs.

use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::basics::maturity::Maturity;
use crate::basics::tenor::Tenor;
use crate::calibrate::bootstrap::{self, Bootstrap, Instrument, ShortYield};
use crate::market::curve::{Curve, CurveDefinition, CurvePoint};
use crate::pricing::bond_on_curve::BondValuation;
use crate::pricing::exposures::by_quote;
use crate::product::bond::Bond;

/// A curve through par yields, and how its nodes follow them.
#[derive(Debug, Clone)]
pub struct ParRates {
    pub curve: Curve,
    /// ∂(zero rate of a node)/∂(yield of a tenor): a row for each node, in it the tenors in their
    /// order.
    slopes: Vec<Vec<f64>>,
}

/// A bond's dirty price, and its duration in years to each par yield.
#[derive(Debug, Clone, PartialEq)]
pub struct ParRateProfile {
    pub dirty_price: f64,
    pub durations: Vec<f64>,
}

impl ParRateProfile {
    /// Each duration with its DV01, the money lost for a rise of the par yield by a basis point.
    pub fn risks(&self, bond: &Bond) -> impl Iterator<Item = (f64, f64)> {
        let money = self.dirty_price * bond.holding() / 10_000.0;
        self.durations.iter().map(move |&duration| (duration, duration * money))
    }
}

impl ParRates {
    /// At tenors from the shortest to the longest, which the curve has to reach.
    pub fn new(curve: &Curve, tenors: &[Tenor]) -> Result<ParRates> {
        let maturities = tenors
            .iter()
            .map(|&tenor| curve.maturity(CurvePoint::Tenor(tenor)))
            .collect::<Result<Vec<_>>>()?;
        let rebuilt = rebuilt(curve, &maturities, |_| 0.0)?;
        let places: Vec<usize> = maturities
            .iter()
            .filter_map(|&maturity| {
                rebuilt.instruments().position(|instrument| instrument == Instrument::Par(maturity))
            })
            .collect();
        let in_order =
            |row: &Vec<f64>| places.iter().filter_map(|&place| row.get(place).copied()).collect();
        let slopes = rebuilt.jacobian()?.iter().map(in_order).collect();
        Ok(ParRates { curve: rebuilt.curve, slopes })
    }

    /// At the spread of the bond's quote or, without one, on the curve; `None` if it is not
    /// outstanding or has no spread.
    pub fn profile(&self, bond: &Bond, settlement: Date) -> Result<Option<ParRateProfile>> {
        let Some(valuation) = BondValuation::new(bond, &self.curve, settlement)? else {
            return Ok(None);
        };
        let Some(spread) = bond.price.map_or(Some(0.0), |price| valuation.z_spread(price)) else {
            return Ok(None);
        };
        let exposures = valuation.exposures(spread);
        let nodes = exposures.nodes(valuation.curve(), self.curve.nodes.len())?;
        let durations = by_quote(&nodes, &self.slopes);
        Ok(Some(ParRateProfile { dirty_price: valuation.dirty_price(spread), durations }))
    }
}

/// The curve of a curve's own par yields, each moved by a shift.
pub fn rebuilt(
    curve: &Curve,
    maturities: &[Maturity],
    shift: impl Fn(Maturity) -> f64,
) -> Result<Bootstrap> {
    let short = ShortYield::BondEquivalent;
    let quote = |&maturity: &Maturity| {
        Ok((maturity, bootstrap::par_yield(curve, maturity, short)? + shift(maturity)))
    };
    let frame =
        CurveDefinition { nodes: Vec::new(), parameters: None, ..CurveDefinition::clone(curve) };
    bootstrap::par(frame, &maturities.iter().map(quote).collect::<Result<Vec<_>>>()?, short)
}

#[cfg(test)]
pub(crate) mod tests;
