//! Bonds on curves: price, z-spread, and what both risk.

use super::call::{Call, Extra, Rows};
use super::cash_flow::explained;
use super::datum::{List, Text};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::market::curve::Curve;
use crate::pricing::bond_on_curve::BondValuation;
use crate::product::bond::Bond;
use crate::risk::profile::{
    KeyRateRisk, at_quote, at_spread, bond_key_rates, bond_nodes, cs01, npv, on_curve,
};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type AtSpread = Call<(Bond, Curve, f64, Extra<Date>)>;
type AtOwnQuote = Call<(Bond, Curve, Extra<Date>)>;
type AtPrice = Call<(Bond, Curve, f64, Extra<Date>)>;
type Figure = Result<Option<f64>, ErrorReport>;

fn spread_figure(call: &AtSpread, read: fn(&Bond, &BondValuation, f64) -> f64) -> Figure {
    let (bond, spread) = (call.argument::<0>(), call.argument::<2>());
    let figure = |valuation: &BondValuation| read(&bond, valuation, spread);
    Ok(at_spread(&bond, &call.argument::<1>(), call.optional::<3>(), figure)?)
}

fn own_figure(call: &AtOwnQuote, read: fn(&Bond, &BondValuation, f64) -> f64) -> Figure {
    let bond: Bond = call.argument::<0>();
    let figure = |valuation: &BondValuation, spread| read(&bond, valuation, spread);
    Ok(at_quote(&bond, &call.argument::<1>(), None, call.optional::<2>(), figure)?)
}

fn price_figure(call: &AtPrice, read: fn(&Bond, &BondValuation, f64) -> f64) -> Figure {
    let (bond, price) = (call.argument::<0>(), call.argument::<2>());
    let figure = |valuation: &BondValuation, spread| read(&bond, valuation, spread);
    Ok(at_quote(&bond, &call.argument::<1>(), Some(price), call.optional::<3>(), figure)?)
}

#[pg_extern(sql = false)]
fn bond_npv_at_spread(call: AtSpread) -> Figure {
    spread_figure(&call, npv)
}

#[pg_extern(sql = false)]
fn bond_curve_dirty_price_at_spread(call: AtSpread) -> Figure {
    spread_figure(&call, |_, valuation, spread| valuation.dirty_price(spread))
}

#[pg_extern(sql = false)]
fn bond_curve_price_at_spread(call: AtSpread) -> Figure {
    spread_figure(&call, |_, valuation, spread| valuation.clean_price(spread))
}

#[pg_extern(sql = false)]
fn bond_z_spread(call: AtOwnQuote) -> Figure {
    own_figure(&call, |_, _, spread| spread)
}

#[pg_extern(sql = false)]
fn bond_z_spread_at_price(call: AtPrice) -> Figure {
    price_figure(&call, |_, _, spread| spread)
}

#[pg_extern(sql = false)]
fn bond_spread_duration(call: AtOwnQuote) -> Figure {
    own_figure(&call, |_, valuation, spread| valuation.spread_duration(spread))
}

#[pg_extern(sql = false)]
fn bond_spread_duration_at_price(call: AtPrice) -> Figure {
    price_figure(&call, |_, valuation, spread| valuation.spread_duration(spread))
}

#[pg_extern(sql = false)]
fn bond_cs01(call: AtOwnQuote) -> Figure {
    own_figure(&call, cs01)
}

#[pg_extern(sql = false)]
fn bond_cs01_at_price(call: AtPrice) -> Figure {
    price_figure(&call, cs01)
}

#[pg_extern(sql = false)]
fn bond_explain_on_curve(
    bond: Bond,
    curve: Curve,
    spread: f64,
    settlement: Date,
) -> Result<Rows<(Date, i32, f64, f64, Option<f64>, Option<f64>)>, ErrorReport> {
    let flows =
        on_curve(&bond, &curve, Some(settlement), |valuation| valuation.explain(spread).map(Some))?;
    Ok(Rows::new(flows.unwrap_or_default().into_iter().map(explained)))
}

/// Number of the node, years, duration.
#[pg_extern(sql = false)]
fn bond_node_durations(
    call: Call<(Bond, Curve, Extra<Date>)>,
) -> Result<Rows<(i32, f64, f64)>, ErrorReport> {
    let nodes = bond_nodes(&call.argument::<0>(), &call.argument::<1>(), call.optional::<2>())?;
    Ok(Rows::new(nodes.into_iter().map(|row| (row.node, row.years, row.duration))))
}

/// Tenor, years, duration, dv01: the rows of everything by key rate.
pub type KeyRateRows = Rows<(String, f64, f64, f64)>;

pub fn key_rate_rows(risks: Vec<KeyRateRisk>) -> KeyRateRows {
    Rows::new(
        risks
            .into_iter()
            .map(|risk| (risk.tenor.to_string(), risk.years, risk.duration, risk.dv01)),
    )
}

pub fn tenors(texts: List<Text>) -> Result<Vec<Tenor>> {
    texts.into_iter().map(|text| text.ok_or(Error::Null { what: "tenor" })?.0.parse()).collect()
}

#[pg_extern(sql = false)]
fn bond_krd(call: Call<(Bond, Curve, Extra<Date>)>) -> Result<KeyRateRows, ErrorReport> {
    let (bond, curve) = (call.argument::<0>(), call.argument::<1>());
    Ok(key_rate_rows(bond_key_rates(&bond, &curve, &KEY_TENORS, call.optional::<2>())?))
}

#[pg_extern(sql = false)]
fn bond_krd_at(
    call: Call<(Bond, Curve, List<Text>, Extra<Date>)>,
) -> Result<KeyRateRows, ErrorReport> {
    let (bond, curve) = (call.argument::<0>(), call.argument::<1>());
    let tenors = tenors(call.argument::<2>())?;
    Ok(key_rate_rows(bond_key_rates(&bond, &curve, &tenors, call.optional::<3>())?))
}
