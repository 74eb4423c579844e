//! Type `risk_summary`: input and output, and its way into and out of the portfolio aggregates.

use super::call::{Call, Composite, received};
use super::portfolio::{measures, summed};
use super::state::State;
use crate::basics::error::Error;
use crate::portfolio::risk_state::RiskState;
use crate::portfolio::risk_sums::RiskTotals;
use crate::portfolio::summary::Summary;
use pgrx::datum::Internal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::cmp::Ordering;
use std::ffi::{CStr, CString};

#[pg_extern(sql = false)]
fn risk_summary_in(text: &CStr, call: Call) -> Option<Summary> {
    call.input(text)
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

functions! {
    (a: Summary, b: Summary) -> bool, |holds| holds(a.cmp(&b));
    risk_summary_eq: Ordering::is_eq;
    risk_summary_ne: Ordering::is_ne;
    risk_summary_lt: Ordering::is_lt;
    risk_summary_le: Ordering::is_le;
    risk_summary_gt: Ordering::is_gt;
    risk_summary_ge: Ordering::is_ge;
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
fn risk_summary_final(call: Call<(State<RiskState>,)>) -> Result<Summary, ErrorReport> {
    Ok(Summary::new(summed(&call)?)?)
}

/// A transition function over summaries, strict.
type Transition = Call<(State<RiskState>, Summary)>;

/// Adds what others have added up.
#[pg_extern(sql = false)]
fn portfolio_add_summary(call: Transition) -> Result<Option<State<RiskState>>, ErrorReport> {
    changed(&call, RiskTotals::merge)
}

#[pg_extern(sql = false)]
fn portfolio_remove_summary(call: Transition) -> Result<Option<State<RiskState>>, ErrorReport> {
    changed(&call, RiskTotals::unmerge)
}

fn changed(
    call: &Transition,
    change: fn(&mut RiskTotals, &RiskTotals) -> Result<(), Error>,
) -> Result<Option<State<RiskState>>, ErrorReport> {
    let Some(mut state) = State::of_transition(call)? else { return Ok(None) };
    change(state.get_mut().summed_mut(), call.argument::<1>().summed())?;
    Ok(Some(state))
}

#[pg_extern(sql = false)]
fn risk_measures(summary: Summary, call: Call) -> Result<Composite, ErrorReport> {
    Ok(measures(&call, summary.summed().risk()?))
}
