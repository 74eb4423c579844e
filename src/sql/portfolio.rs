//! The portfolio aggregates: one transition function with and one without a date, one combine function, and a final
//! function for each figure.

use super::call::{Row, argument};
use super::settings::settlement_date;
use super::state;
use crate::portfolio::{Average, Averages, Risk, State, Sums};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type StateArray = state::StateArray<State>;

#[pg_extern(sql = false)]
fn portfolio_add(fcinfo: pg_sys::FunctionCallInfo) -> Result<StateArray, ErrorReport> {
    let mut state = StateArray::of_call(fcinfo)?;
    // SAFETY: `sql/portfolio.sql` declares the second argument `bond`.
    let bond = unsafe { argument(fcinfo, 1) };
    state.get_mut().add_bond(&bond, settlement_date()?);
    Ok(state)
}

#[pg_extern(sql = false)]
fn portfolio_add_on(fcinfo: pg_sys::FunctionCallInfo) -> Result<StateArray, ErrorReport> {
    let mut state = StateArray::of_call(fcinfo)?;
    // SAFETY: `sql/portfolio.sql` declares the second argument `bond`, the third `date`.
    let (bond, settlement) = unsafe { (argument(fcinfo, 1), argument(fcinfo, 2)) };
    state.get_mut().add_bond(&bond, settlement);
    Ok(state)
}

#[pg_extern(sql = false)]
fn portfolio_remove(fcinfo: pg_sys::FunctionCallInfo) -> Result<StateArray, ErrorReport> {
    let mut state = StateArray::of_call(fcinfo)?;
    // SAFETY: `sql/portfolio.sql` declares the second argument `bond`.
    let bond = unsafe { argument(fcinfo, 1) };
    state.get_mut().remove_bond(&bond, settlement_date()?);
    Ok(state)
}

#[pg_extern(sql = false)]
fn portfolio_remove_on(fcinfo: pg_sys::FunctionCallInfo) -> Result<StateArray, ErrorReport> {
    let mut state = StateArray::of_call(fcinfo)?;
    // SAFETY: `sql/portfolio.sql` declares the second argument `bond`, the third `date`.
    let (bond, settlement) = unsafe { (argument(fcinfo, 1), argument(fcinfo, 2)) };
    state.get_mut().remove_bond(&bond, settlement);
    Ok(state)
}

#[pg_extern(sql = false)]
fn portfolio_combine(state: StateArray, other: StateArray, fcinfo: pg_sys::FunctionCallInfo) -> Result<StateArray, ErrorReport> {
    state.get().check()?;
    other.get().check()?;
    let mut state = state.writable(fcinfo);
    state.get_mut().merge(other.get());
    Ok(state)
}

fn sums(state: &StateArray) -> Result<Sums, ErrorReport> {
    state.get().check()?;
    Ok(state.get().sums())
}

/// Final functions that answer one average.
macro_rules! averages {
    ($($name:ident: $average:ident;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name(state: StateArray) -> Result<Option<f64>, ErrorReport> {
            Ok(sums(&state)?.average(Average::$average)?)
        }
    )* };
}

averages! {
    portfolio_ytm_final: Ytm;
    portfolio_duration_final: ModifiedDuration;
    portfolio_macaulay_duration_final: MacaulayDuration;
    portfolio_convexity_final: Convexity;
}

#[pg_extern(sql = false)]
fn portfolio_value_final(state: StateArray) -> Result<Option<f64>, ErrorReport> {
    Ok(sums(&state)?.market_value()?)
}

#[pg_extern(sql = false)]
fn portfolio_dv01_final(state: StateArray) -> Result<Option<f64>, ErrorReport> {
    Ok(sums(&state)?.dv01()?)
}

#[pg_extern(sql = false)]
fn portfolio_risk_final(state: StateArray, fcinfo: pg_sys::FunctionCallInfo) -> Result<Row, ErrorReport> {
    Ok(measures(fcinfo, sums(&state)?.risk()?))
}

/// The columns of `portfolio_measures`, in order.
pub fn measures(fcinfo: pg_sys::FunctionCallInfo, risk: Risk) -> Row {
    let Risk { held, skipped, totals } = risk;
    let average = |read: fn(Averages) -> f64| totals.and_then(|totals| totals.averages).map(read).into_datum();
    Row::new(
        fcinfo,
        [
            held.into_datum(),
            skipped.into_datum(),
            totals.map(|totals| totals.market_value).into_datum(),
            average(|averages| averages.ytm),
            average(|averages| averages.macaulay_duration),
            average(|averages| averages.modified_duration),
            average(|averages| averages.convexity),
            totals.map(|totals| totals.dv01).into_datum(),
        ],
    )
}
