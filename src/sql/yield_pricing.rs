//! Prices, yields and risk of one bond.

use super::call::{Call, Composite, Extra};
use crate::basics::date::Date;
use crate::pricing::yield_pricing::{Analytics, YieldPricing, analytics, at_price};
use crate::product::bond::Bond;
use crate::resolve::resolved_bond::ResolvedBond;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn bond_accrued(bond: Bond, settlement: Date) -> Result<Option<f64>, ErrorReport> {
    Ok(ResolvedBond::new(&bond, settlement)?.map(|settled| settled.accrued()))
}

#[pg_extern(sql = false)]
fn bond_settlement_from_issue(bond: Bond, settlement: Date) -> Date {
    bond.settled_from_issue(settlement)
}

#[pg_extern(sql = false)]
fn bond_price(bond: Bond, ytm: f64, settlement: Date) -> Result<Option<f64>, ErrorReport> {
    Ok(YieldPricing::new(&bond, settlement)?
        .map(|settled| settled.clean_price_from_yield(ytm))
        .transpose()?)
}

#[pg_extern(sql = false)]
fn bond_dirty_price(bond: Bond, ytm: f64, settlement: Date) -> Result<Option<f64>, ErrorReport> {
    Ok(YieldPricing::new(&bond, settlement)?
        .map(|settled| settled.dirty_price_from_yield(ytm))
        .transpose()?)
}

/// A figure at a price, or without one at the bond's own quote.
type Priced = Call<(Bond, Extra<f64>, Date)>;

fn figure(call: &Priced, read: fn(Analytics) -> Option<f64>) -> Result<Option<f64>, ErrorReport> {
    let (bond, price, settlement) =
        (call.argument::<0>(), call.optional::<1>(), call.argument::<2>());
    Ok(analytics(&bond, price, settlement)?.and_then(read))
}

#[pg_extern(sql = false)]
fn bond_ytm(call: Priced) -> Result<Option<f64>, ErrorReport> {
    figure(&call, |analytics| Some(analytics.measures?.ytm))
}

#[pg_extern(sql = false)]
fn bond_macaulay_duration(call: Priced) -> Result<Option<f64>, ErrorReport> {
    figure(&call, |analytics| Some(analytics.measures?.macaulay_duration))
}

#[pg_extern(sql = false)]
fn bond_modified_duration(call: Priced) -> Result<Option<f64>, ErrorReport> {
    figure(&call, |analytics| Some(analytics.measures?.modified_duration))
}

#[pg_extern(sql = false)]
fn bond_convexity(call: Priced) -> Result<Option<f64>, ErrorReport> {
    figure(&call, |analytics| Some(analytics.measures?.convexity))
}

#[pg_extern(sql = false)]
fn bond_dv01(call: Priced) -> Result<Option<f64>, ErrorReport> {
    figure(&call, |analytics| analytics.dv01)
}

#[pg_extern(sql = false)]
fn bond_current_yield(call: Priced) -> Result<Option<f64>, ErrorReport> {
    let (bond, price, settlement) =
        (call.argument::<0>(), call.optional::<1>(), call.argument::<2>());
    Ok(at_price(&bond, price, settlement, |resolved, price| resolved.current_yield(price))?)
}

#[pg_extern(sql = false)]
fn bond_market_value(call: Priced) -> Result<Option<f64>, ErrorReport> {
    let (bond, price, settlement) =
        (call.argument::<0>(), call.optional::<1>(), call.argument::<2>());
    Ok(at_price(&bond, price, settlement, |resolved, price| Some(resolved.market_value(price)))?)
}

/// All of them in one row.
#[pg_extern(sql = false)]
fn bond_analytics(call: Priced) -> Result<Option<Composite>, ErrorReport> {
    let (bond, price, settlement) =
        (call.argument::<0>(), call.optional::<1>(), call.argument::<2>());
    Ok(analytics(&bond, price, settlement)?.map(|analytics| row(&call, analytics)))
}

/// The columns of `bond_measures`, in order.
fn row(call: &Priced, analytics: Analytics) -> Composite {
    let measures = analytics.measures;
    Composite::new(
        call,
        [
            analytics.settlement.into_datum(),
            analytics.clean_price.into_datum(),
            analytics.accrued.into_datum(),
            analytics.dirty_price.into_datum(),
            analytics.market_value.into_datum(),
            measures.map(|m| m.ytm).into_datum(),
            analytics.current_yield.into_datum(),
            measures.map(|m| m.macaulay_duration).into_datum(),
            measures.map(|m| m.modified_duration).into_datum(),
            measures.map(|m| m.convexity).into_datum(),
            analytics.dv01.into_datum(),
        ],
    )
}
