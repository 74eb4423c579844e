//! The flows of one bond as rows.

use super::call::{Call, Extra, Rows};
use crate::basics::date::Date;
use crate::pricing::explain::{DiscountedFlow, explain};
use crate::product::bond::Bond;
use crate::resolve::resolved_bond::ResolvedBond;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Date, coupon, principal, amount.
#[pg_extern(sql = false)]
fn bond_cashflows(
    bond: Bond,
    settlement: Date,
) -> Result<Rows<(Date, f64, f64, f64)>, ErrorReport> {
    let flows = ResolvedBond::new(&bond, settlement)?
        .map_or(Ok(Vec::new()), |settled| settled.cash_flows())?;
    Ok(Rows::new(
        flows.into_iter().map(|flow| (flow.date, flow.coupon, flow.principal, flow.amount())),
    ))
}

#[pg_extern(sql = false)]
fn bond_explain(
    call: Call<(Bond, Extra<f64>, Date)>,
) -> Result<Rows<(Date, i32, f64, f64, Option<f64>, Option<f64>)>, ErrorReport> {
    let bond: Bond = call.argument::<0>();
    let flows = explain(&bond, call.optional::<1>(), call.argument::<2>())?;
    Ok(Rows::new(flows.into_iter().map(explained)))
}

/// The columns of `bond_explain`, in order.
pub fn explained(flow: DiscountedFlow) -> (Date, i32, f64, f64, Option<f64>, Option<f64>) {
    (flow.date, flow.days, flow.fraction, flow.amount, flow.discount_factor, flow.present_value)
}
