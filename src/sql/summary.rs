//! Type `risk_summary`: input and output, and its way into and out of the portfolio aggregates.

use super::call::{Row, argument, input, received};
use super::portfolio::measures;
use super::state::StateArray;
use crate::portfolio;
use crate::summary::Summary;
use pgrx::datum::Internal;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::ffi::{CStr, CString};

type State = StateArray<portfolio::State>;

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

#[pg_extern(sql = false)]
fn risk_summary_eq(a: Summary, b: Summary) -> bool {
    a.to_bytes() == b.to_bytes()
}

#[pg_extern(sql = false)]
fn risk_summary_ne(a: Summary, b: Summary) -> bool {
    a.to_bytes() != b.to_bytes()
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
fn risk_summary_final(state: State) -> Result<Summary, ErrorReport> {
    state.get().check()?;
    Ok(Summary::new(state.get().sums())?)
}

/// Adds what others have added up.
#[pg_extern(sql = false)]
fn portfolio_add_summary(fcinfo: pg_sys::FunctionCallInfo) -> Result<State, ErrorReport> {
    let mut state = State::of_call(fcinfo)?;
    // SAFETY: `sql/summary.sql` declares the second argument `risk_summary`.
    let summary: Summary = unsafe { argument(fcinfo, 1) };
    state.get_mut().sums_mut().merge(summary.sums());
    Ok(state)
}

#[pg_extern(sql = false)]
fn portfolio_remove_summary(fcinfo: pg_sys::FunctionCallInfo) -> Result<State, ErrorReport> {
    let mut state = State::of_call(fcinfo)?;
    // SAFETY: as above.
    let summary: Summary = unsafe { argument(fcinfo, 1) };
    state.get_mut().sums_mut().unmerge(summary.sums());
    Ok(state)
}

#[pg_extern(sql = false)]
fn risk_measures(summary: Summary, fcinfo: pg_sys::FunctionCallInfo) -> Result<Row, ErrorReport> {
    Ok(measures(fcinfo, summary.sums().risk()?))
}
