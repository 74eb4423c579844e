//! Prices, yields and risk of one bond.

use super::call::Row;
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::pricing::yield_pricing::{Analytics, YieldPricing, analytics, at_price};
use crate::product::bond::Bond;
use crate::resolve::resolved_bond::ResolvedBond;
use pgrx::pg_sys;
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

/// One figure: at the bond's own quote, and at a price.
macro_rules! figures {
    ($of:path: $($at_quote:ident, $at_price:ident: $figure:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $at_quote(bond: Bond, settlement: Date) -> Result<Option<f64>, ErrorReport> {
            Ok($of(&bond, None, settlement, $figure)?)
        }

        #[pg_extern(sql = false)]
        fn $at_price(bond: Bond, price: f64, settlement: Date) -> Result<Option<f64>, ErrorReport> {
            Ok($of(&bond, Some(price), settlement, $figure)?)
        }
    )* };
}

fn figure(
    bond: &Bond,
    price: Option<f64>,
    settlement: Date,
    read: impl Fn(Analytics) -> Option<f64>,
) -> Result<Option<f64>, Error> {
    Ok(analytics(bond, price, settlement)?.and_then(read))
}

figures! {
    figure:
    bond_ytm, bond_ytm_at_price: |a| Some(a.measures?.ytm);
    bond_macaulay_duration, bond_macaulay_duration_at_price: |a| Some(a.measures?.macaulay_duration);
    bond_modified_duration, bond_modified_duration_at_price: |a| Some(a.measures?.modified_duration);
    bond_convexity, bond_convexity_at_price: |a| Some(a.measures?.convexity);
    bond_dv01, bond_dv01_at_price: |a| a.dv01;
}

figures! {
    at_price:
    bond_current_yield, bond_current_yield_at_price: |settled, price| settled.current_yield(price);
    bond_market_value, bond_market_value_at_price: |settled, price| Some(settled.market_value(price));
}

#[pg_extern(sql = false)]
fn bond_analytics(
    bond: Bond,
    settlement: Date,
    fcinfo: pg_sys::FunctionCallInfo,
) -> Result<Option<Row>, ErrorReport> {
    Ok(analytics(&bond, None, settlement)?.map(|analytics| row(fcinfo, analytics)))
}

#[pg_extern(sql = false)]
fn bond_analytics_at_price(
    bond: Bond,
    price: f64,
    settlement: Date,
    fcinfo: pg_sys::FunctionCallInfo,
) -> Result<Option<Row>, ErrorReport> {
    Ok(analytics(&bond, Some(price), settlement)?.map(|analytics| row(fcinfo, analytics)))
}

/// The columns of `bond_measures`, in order.
fn row(fcinfo: pg_sys::FunctionCallInfo, analytics: Analytics) -> Row {
    let measures = analytics.measures;
    Row::new(
        fcinfo,
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
