//! Figures of one bond or swap on curves: at a spread, at the spread of a quote, and by key rate.

use super::key_rate::check_keys;
use super::par_rate::ParRates;
use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::basics::tenor::Tenor;
use crate::market::curve::Curve;
use crate::market::data::MarketData;
use crate::pricing::bond_on_curve::BondValuation;
use crate::pricing::swap_on_curves::SwapValuation;
use crate::product::bond::{Bond, check_price};
use crate::product::swap::Swap;

/// What one key rate does to a value.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyRateRisk {
    pub tenor: Tenor,
    pub years: f64,
    /// Years.
    pub duration: f64,
    /// The loss for a rise by one basis point, in money.
    pub dv01: f64,
}

/// What one node of a curve does to a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NodeRisk {
    /// From 1.
    pub node: i32,
    pub years: f64,
    pub duration: f64,
}

/// A figure of a bond on a curve, settled on the curve's own date where no other is given; None
/// where the bond is not outstanding.
///
/// # Errors
/// Those of [`BondValuation::new`] and of the figure.
pub fn on_curve<T>(
    bond: &Bond,
    curve: &Curve,
    settlement: Option<Date>,
    figure: impl FnOnce(&BondValuation) -> Result<Option<T>>,
) -> Result<Option<T>> {
    let valuation = BondValuation::new(bond, curve, settlement.unwrap_or(curve.as_of))?;
    valuation.map_or(Ok(None), |valuation| figure(&valuation))
}

/// A figure at a spread; None where it is not finite.
///
/// # Errors
/// Those of [`BondValuation::new`].
pub fn at_spread(
    bond: &Bond,
    curve: &Curve,
    settlement: Option<Date>,
    figure: impl FnOnce(&BondValuation) -> f64,
) -> Result<Option<f64>> {
    on_curve(bond, curve, settlement, |valuation| Ok(finite(figure(valuation))))
}

/// A figure at the spread of a price, or else of the bond's own quote; None without either, or
/// where no spread gives it.
///
/// # Errors
/// Those of [`check_price`] and [`BondValuation::new`].
pub fn at_quote(
    bond: &Bond,
    curve: &Curve,
    price: Option<f64>,
    settlement: Option<Date>,
    figure: impl FnOnce(&BondValuation, f64) -> f64,
) -> Result<Option<f64>> {
    let Some(price) = price.or(bond.price) else { return Ok(None) };
    check_price(price)?;
    on_curve(bond, curve, settlement, |valuation| {
        Ok(valuation.z_spread(price).and_then(|spread| finite(figure(valuation, spread))))
    })
}

fn finite(figure: f64) -> Option<f64> {
    Some(figure).filter(|figure| figure.is_finite())
}

/// Value of what is held, in money, at a spread.
pub fn npv(bond: &Bond, valuation: &BondValuation, spread: f64) -> f64 {
    valuation.dirty_price(spread) * bond.holding()
}

/// The loss for a rise of the spread by one basis point, in money.
pub fn cs01(bond: &Bond, valuation: &BondValuation, spread: f64) -> f64 {
    valuation.spread_duration(spread) * valuation.dirty_price(spread) * bond.holding() / 10_000.0
}

/// The curve's nodes, and the duration of the bond on the curve itself to each.
///
/// # Errors
/// Those of [`BondValuation::new`].
pub fn bond_nodes(bond: &Bond, curve: &Curve, settlement: Option<Date>) -> Result<Vec<NodeRisk>> {
    let rows = on_curve(bond, curve, settlement, |valuation| {
        let durations = valuation.exposures(0.0).nodes(valuation.curve(), curve.nodes.len())?;
        let nodes = (1..).zip(&curve.nodes).zip(durations);
        let row = nodes.map(|((node, at), duration)| NodeRisk { node, years: at.time, duration });
        Ok(Some(row.collect()))
    })?;
    Ok(rows.unwrap_or_default())
}

fn years(tenors: &[Tenor]) -> Result<Vec<f64>> {
    let years: Vec<f64> = tenors.iter().map(Tenor::key_years).collect();
    check_keys(&years)?;
    Ok(years)
}

fn rows(
    tenors: &[Tenor],
    years: &[f64],
    risks: impl IntoIterator<Item = (f64, f64)>,
) -> Vec<KeyRateRisk> {
    let row = |((&tenor, &years), (duration, dv01))| KeyRateRisk { tenor, years, duration, dv01 };
    tenors.iter().zip(years).zip(risks).map(row).collect()
}

/// Key rates of a bond, with the spread of its quote held or, without one, on the curve itself.
///
/// # Errors
/// Those of [`check_keys`] and [`BondValuation::new`].
pub fn bond_key_rates(
    bond: &Bond,
    curve: &Curve,
    tenors: &[Tenor],
    settlement: Option<Date>,
) -> Result<Vec<KeyRateRisk>> {
    let years = years(tenors)?;
    let found = on_curve(bond, curve, settlement, |valuation| {
        let spread = bond.price.map_or(Some(0.0), |price| valuation.z_spread(price));
        Ok(spread.map(|spread| {
            let value = npv(bond, valuation, spread);
            let durations = valuation.exposures(spread).key_rates(&years);
            let risks = durations.into_iter().map(|years| (years, years * value / 10_000.0));
            rows(tenors, &years, risks)
        }))
    })?;
    Ok(found.unwrap_or_default())
}

/// Key rates of a bond by par yields.
///
/// # Errors
/// Those of [`check_keys`] and [`ParRates::new`].
pub fn bond_par_key_rates(
    bond: &Bond,
    curve: &Curve,
    tenors: &[Tenor],
    settlement: Option<Date>,
) -> Result<Vec<KeyRateRisk>> {
    let years = years(tenors)?;
    let profile = ParRates::new(curve, tenors)?.profile(bond, settlement.unwrap_or(curve.as_of))?;
    Ok(rows(tenors, &years, profile.iter().flat_map(|profile| profile.risks(bond))))
}

/// A figure of a swap, discounted on one curve and projected on the same or another.
///
/// # Errors
/// Those of [`MarketData::dual`] and [`SwapValuation::new`].
pub fn on_curves<T>(
    swap: &Swap,
    discount: &Curve,
    projection: Option<&Curve>,
    settlement: Option<Date>,
    figure: impl FnOnce(&SwapValuation) -> Option<T>,
) -> Result<Option<T>> {
    let market = MarketData::dual(discount, projection.unwrap_or(discount))?;
    Ok(SwapValuation::new(swap, market, settlement)?.as_ref().and_then(figure))
}

/// Key rates of a swap.
///
/// # Errors
/// Those of [`check_keys`] and [`on_curves`].
pub fn swap_key_rates(
    swap: &Swap,
    discount: &Curve,
    projection: Option<&Curve>,
    tenors: &[Tenor],
    settlement: Option<Date>,
) -> Result<Vec<KeyRateRisk>> {
    let years = years(tenors)?;
    let risks =
        on_curves(swap, discount, projection, settlement, |valuation| valuation.key_rates(&years))?;
    Ok(rows(tenors, &years, risks.unwrap_or_default()))
}
