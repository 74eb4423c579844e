//! Bonds on curves: price, z-spread, and what both risk.

// pgrx reads the columns from the signature, where an alias would hide them.
#![allow(clippy::type_complexity)]

use super::cashflow::explained;
use super::datum::{List, Text};
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::market::curve::{Curve, Node};
use crate::pricing::bond_on_curve::BondValuation;
use crate::product::bond::{Bond, check_price};
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Settlement is the curve's own date where none is given.
pub fn on_curve<T>(
    bond: &Bond,
    curve: &Curve,
    settlement: Option<Date>,
    answer: impl FnOnce(&BondValuation) -> Result<Option<T>, Error>,
) -> Result<Option<T>, ErrorReport> {
    let valuation = BondValuation::new(bond, curve, settlement.unwrap_or(curve.as_of))?;
    Ok(valuation.map_or(Ok(None), |valuation| answer(&valuation))?)
}

/// One figure at a spread: with and without a settlement date.
macro_rules! at_spread {
    ($($plain:ident, $dated:ident: |$bond:ident, $valuation:ident, $spread:ident| $figure:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $plain($bond: Bond, curve: Curve, $spread: f64) -> Result<Option<f64>, ErrorReport> {
            on_curve(&$bond, &curve, None, |$valuation| finite($figure))
        }

        #[pg_extern(sql = false)]
        fn $dated($bond: Bond, curve: Curve, $spread: f64, settlement: Date) -> Result<Option<f64>, ErrorReport> {
            on_curve(&$bond, &curve, Some(settlement), |$valuation| finite($figure))
        }
    )* };
}

fn finite(figure: f64) -> Result<Option<f64>, Error> {
    Ok(Some(figure).filter(|figure| figure.is_finite()))
}

at_spread! {
    bond_npv_at_spread, bond_npv_at_spread_on: |bond, valuation, spread| valuation.dirty_price(spread) * bond.holding();
    bond_curve_dirty_price_at_spread, bond_curve_dirty_price_at_spread_on: |bond, valuation, spread| valuation.dirty_price(spread);
    bond_curve_price_at_spread, bond_curve_price_at_spread_on: |bond, valuation, spread| valuation.clean_price(spread);
}

/// One figure at the spread of a quote: the bond's own or a price, on the curve's date or another.
macro_rules! at_quote {
    ($($own:ident, $dated:ident, $priced:ident, $priced_and_dated:ident: |$bond:ident, $valuation:ident, $spread:ident| $figure:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $own($bond: Bond, curve: Curve) -> Result<Option<f64>, ErrorReport> {
            quoted(&$bond, &curve, None, None, |$valuation, $spread| $figure)
        }

        #[pg_extern(sql = false)]
        fn $dated($bond: Bond, curve: Curve, settlement: Date) -> Result<Option<f64>, ErrorReport> {
            quoted(&$bond, &curve, None, Some(settlement), |$valuation, $spread| $figure)
        }

        #[pg_extern(sql = false)]
        fn $priced($bond: Bond, curve: Curve, price: f64) -> Result<Option<f64>, ErrorReport> {
            quoted(&$bond, &curve, Some(price), None, |$valuation, $spread| $figure)
        }

        #[pg_extern(sql = false)]
        fn $priced_and_dated($bond: Bond, curve: Curve, price: f64, settlement: Date) -> Result<Option<f64>, ErrorReport> {
            quoted(&$bond, &curve, Some(price), Some(settlement), |$valuation, $spread| $figure)
        }
    )* };
}

fn quoted(
    bond: &Bond,
    curve: &Curve,
    price: Option<f64>,
    settlement: Option<Date>,
    figure: impl FnOnce(&BondValuation, f64) -> f64,
) -> Result<Option<f64>, ErrorReport> {
    let Some(price) = price.or(bond.price) else { return Ok(None) };
    check_price(price)?;
    on_curve(bond, curve, settlement, |valuation| match valuation.z_spread(price) {
        Some(spread) => finite(figure(valuation, spread)),
        None => Ok(None),
    })
}

at_quote! {
    bond_z_spread, bond_z_spread_on, bond_z_spread_at_price, bond_z_spread_at_price_on: |bond, _valuation, spread| spread;
    bond_spread_duration, bond_spread_duration_on, bond_spread_duration_at_price, bond_spread_duration_at_price_on:
        |bond, valuation, spread| valuation.spread_duration(spread);
    bond_cs01, bond_cs01_on, bond_cs01_at_price, bond_cs01_at_price_on:
        |bond, valuation, spread| valuation.spread_duration(spread) * valuation.dirty_price(spread) * bond.holding() / 10_000.0;
}

#[pg_extern(sql = false)]
#[rustfmt::skip]
fn bond_explain_on_curve(
    bond: Bond, curve: Curve, spread: f64, settlement: Date,
) -> Result<TableIterator<'static, (
    name!(date, Date), name!(days, i32), name!(fraction, f64), name!(amount, f64), name!(discount_factor, Option<f64>), name!(present_value, Option<f64>),
)>, ErrorReport> {
    let flows = on_curve(&bond, &curve, Some(settlement), |valuation| valuation.explain(spread).map(Some))?;
    Ok(TableIterator::new(flows.unwrap_or_default().into_iter().map(explained)))
}

fn node_durations(
    bond: &Bond,
    curve: &Curve,
    settlement: Option<Date>,
) -> Result<Vec<(i32, f64, f64)>, ErrorReport> {
    let rows = on_curve(bond, curve, settlement, |valuation| {
        let durations = valuation.exposures(0.0).nodes(valuation.curve(), curve.nodes.len())?;
        let row = |((number, node), duration): ((i32, &Node), f64)| (number, node.time, duration);
        Ok(Some((1..).zip(&curve.nodes).zip(durations).map(row).collect()))
    })?;
    Ok(rows.unwrap_or_default())
}

#[pg_extern(sql = false)]
fn bond_node_durations(
    bond: Bond,
    curve: Curve,
) -> Result<
    TableIterator<'static, (name!(node, i32), name!(years, f64), name!(duration, f64))>,
    ErrorReport,
> {
    Ok(TableIterator::new(node_durations(&bond, &curve, None)?))
}

#[pg_extern(sql = false)]
fn bond_node_durations_on(
    bond: Bond,
    curve: Curve,
    settlement: Date,
) -> Result<
    TableIterator<'static, (name!(node, i32), name!(years, f64), name!(duration, f64))>,
    ErrorReport,
> {
    Ok(TableIterator::new(node_durations(&bond, &curve, Some(settlement))?))
}

/// Rows of key rates: at the spread of the quote or, without one, on the curve itself.
fn key_rates(
    bond: &Bond,
    curve: &Curve,
    tenors: Vec<Tenor>,
    settlement: Option<Date>,
) -> Result<Vec<(String, f64, f64, f64)>, ErrorReport> {
    let years: Vec<f64> = tenors.iter().map(|tenor| tenor.key_years()).collect();
    crate::risk::key_rate::check_keys(&years)?;
    let rows = on_curve(bond, curve, settlement, |valuation| {
        let spread = match bond.price {
            Some(price) => valuation.z_spread(price),
            None => Some(0.0),
        };
        let Some(spread) = spread else { return Ok(None) };
        let value = valuation.dirty_price(spread) * bond.holding();
        let durations = valuation.exposures(spread).key_rates(&years);
        let row = |((tenor, &years), duration): ((&Tenor, &f64), f64)| {
            (tenor.to_string(), years, duration, duration * value / 10_000.0)
        };
        Ok(Some(tenors.iter().zip(&years).zip(durations).map(row).collect()))
    })?;
    Ok(rows.unwrap_or_default())
}

pub fn tenors(texts: List<Text>) -> Result<Vec<Tenor>, Error> {
    texts.into_iter().map(|text| text.ok_or(Error::Null { what: "tenor" })?.0.parse()).collect()
}

#[pg_extern(sql = false)]
fn bond_krd(
    bond: Bond,
    curve: Curve,
) -> Result<
    TableIterator<
        'static,
        (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64)),
    >,
    ErrorReport,
> {
    Ok(TableIterator::new(key_rates(&bond, &curve, KEY_TENORS.to_vec(), None)?))
}

#[pg_extern(sql = false)]
fn bond_krd_on(
    bond: Bond,
    curve: Curve,
    settlement: Date,
) -> Result<
    TableIterator<
        'static,
        (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64)),
    >,
    ErrorReport,
> {
    Ok(TableIterator::new(key_rates(&bond, &curve, KEY_TENORS.to_vec(), Some(settlement))?))
}

#[pg_extern(sql = false)]
fn bond_krd_at(
    bond: Bond,
    curve: Curve,
    keys: List<Text>,
) -> Result<
    TableIterator<
        'static,
        (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64)),
    >,
    ErrorReport,
> {
    Ok(TableIterator::new(key_rates(&bond, &curve, tenors(keys)?, None)?))
}

#[pg_extern(sql = false)]
fn bond_krd_at_on(
    bond: Bond,
    curve: Curve,
    keys: List<Text>,
    settlement: Date,
) -> Result<
    TableIterator<
        'static,
        (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64)),
    >,
    ErrorReport,
> {
    Ok(TableIterator::new(key_rates(&bond, &curve, tenors(keys)?, Some(settlement))?))
}
