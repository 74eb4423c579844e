//! The flows of one bond as rows.

// pgrx reads the columns from the signature, where an alias would hide them.
#![allow(clippy::type_complexity)]

use crate::basics::date::Date;
use crate::pricing::explain::{DiscountedFlow, explain};
use crate::product::bond::Bond;
use crate::resolve::resolved_bond::ResolvedBond;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn bond_cashflows(
    bond: Bond,
    settlement: Date,
) -> Result<
    TableIterator<
        'static,
        (name!(date, Date), name!(coupon, f64), name!(principal, f64), name!(amount, f64)),
    >,
    ErrorReport,
> {
    let flows = ResolvedBond::new(&bond, settlement)?
        .map_or(Ok(Vec::new()), |settled| settled.cash_flows())?;
    Ok(TableIterator::new(
        flows
            .into_iter()
            .map(|flow| (flow.date, flow.coupon, flow.principal, flow.coupon + flow.principal)),
    ))
}

#[pg_extern(sql = false)]
#[rustfmt::skip]
fn bond_explain(
    bond: Bond, settlement: Date,
) -> Result<TableIterator<'static, (
    name!(date, Date), name!(days, i32), name!(fraction, f64), name!(amount, f64), name!(discount_factor, Option<f64>), name!(present_value, Option<f64>),
)>, ErrorReport> {
    Ok(TableIterator::new(explain(&bond, None, settlement)?.into_iter().map(explained)))
}

#[pg_extern(sql = false)]
#[rustfmt::skip]
fn bond_explain_at_price(
    bond: Bond, price: f64, settlement: Date,
) -> Result<TableIterator<'static, (
    name!(date, Date), name!(days, i32), name!(fraction, f64), name!(amount, f64), name!(discount_factor, Option<f64>), name!(present_value, Option<f64>),
)>, ErrorReport> {
    Ok(TableIterator::new(explain(&bond, Some(price), settlement)?.into_iter().map(explained)))
}

/// The columns of `bond_explain`, in order.
pub fn explained(flow: DiscountedFlow) -> (Date, i32, f64, f64, Option<f64>, Option<f64>) {
    (flow.date, flow.days, flow.fraction, flow.amount, flow.discount_factor, flow.present_value)
}
