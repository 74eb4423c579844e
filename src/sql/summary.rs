//! Type `risk_summary`: input and output, and its way into and out of the portfolio aggregates.

use super::call::{Row, argument, input, received};
use super::datum::comparisons;
use super::portfolio::{measures, summed};
use super::state::StateArray;
use crate::basics::error::Error;
use crate::portfolio::risk_state::{self};
use crate::portfolio::risk_sums::RiskTotals;
use crate::portfolio::summary::Summary;
use pgrx::datum::Internal;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::ffi::{CStr, CString};

type State = StateArray<risk_state::RiskState>;

#[pg_extern(sql = false)]
fn risk_summary_in(text: &CStr, fcinfo: pg_sys::FunctionCallInfo) -> Option<Summary> {
    input(fcinfo, text)
}

#[pg_extern(sql = false)]
fn risk_summary_out(summary: Summary) -> CString {
    CString::new(summary.to_string()).unwrap_or_default()
}

#[pg_extern(sql = false)]
fn risk_summary_recv(message: Internal) -> Result<Summary, ErrorReport> {
    Ok(Summary::from_bytes(&received(message)?)?)
}

#[pg_extern(sql = false)]
fn risk_summary_send(summary: Summary) -> Vec<u8> {
    summary.to_bytes()
}

comparisons! {
    Summary;
    risk_summary_eq: ==;
    risk_summary_ne: !=;
    risk_summary_lt: <;
    risk_summary_le: <=;
    risk_summary_gt: >;
    risk_summary_ge: >=;
}

#[pg_extern(sql = false)]
fn risk_summary_cmp(a: Summary, b: Summary) -> i32 {
    a.cmp(&b) as i32
}

#[pg_extern(sql = false)]
fn risk_summary_hash(summary: Summary) -> i32 {
    summary.hash_code(0) as i32
}

#[pg_extern(sql = false)]
fn risk_summary_hash_extended(summary: Summary, seed: i64) -> i64 {
    summary.hash_code(seed as u64) as i64
}

#[pg_extern(sql = false)]
fn risk_summary_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Summary, ErrorReport> {
    Ok(Summary::new(summed(fcinfo)?)?)
}

/// What a transition function over summaries does with one.
fn changed(
    fcinfo: pg_sys::FunctionCallInfo,
    change: impl FnOnce(&mut RiskTotals, &RiskTotals) -> Result<(), Error>,
) -> Result<Option<State>, ErrorReport> {
    let Some(mut state) = State::of_call(fcinfo)? else { return Ok(None) };
    // SAFETY: `sql/summary.sql` declares these functions strict, and the second argument
    // `risk_summary`.
    let summary: Summary = unsafe { argument(fcinfo, 1) };
    change(state.get_mut().summed_mut(), summary.summed())?;
    Ok(Some(state))
}

/// Adds what others have added up.
#[pg_extern(sql = false)]
fn portfolio_add_summary(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<State>, ErrorReport> {
    changed(fcinfo, RiskTotals::merge)
}

#[pg_extern(sql = false)]
fn portfolio_remove_summary(
    fcinfo: pg_sys::FunctionCallInfo,
) -> Result<Option<State>, ErrorReport> {
    changed(fcinfo, |state, summary| {
        state.unmerge(summary);
        Ok(())
    })
}

#[pg_extern(sql = false)]
fn risk_measures(summary: Summary, fcinfo: pg_sys::FunctionCallInfo) -> Result<Row, ErrorReport> {
    Ok(measures(fcinfo, summary.summed().risk()?))
}
