//! The portfolio aggregates: one transition function with and one without a date, one combine
//! function, and a final function for each figure.

use super::call::{Row, argument, is_null, optional};
use super::settings::settlement_date;
use super::state;
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::portfolio::risk_state::RiskState;
use crate::portfolio::risk_sums::{Average, Averages, Risk, RiskTotals};
use crate::product::bond::Bond;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type StateArray = state::StateArray<RiskState>;

/// Transition functions and their inverses: the settlement date is the third argument, or the
/// setting's.
macro_rules! transitions {
    ($($name:ident: $settlement:expr, $bond:ident, $unknown:ident;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<StateArray>, ErrorReport> {
            let Some(mut state) = StateArray::of_call(fcinfo)? else { return Ok(None) };
            let settlement: Option<Date> = $settlement(fcinfo)?;
            match settlement {
                Some(settlement) if !is_null(fcinfo, 1) => {
                    // SAFETY: `sql/portfolio.sql` declares the second argument `bond`.
                    let bond: Bond = unsafe { argument(fcinfo, 1) };
                    state.get_mut().$bond(&bond, settlement)?;
                }
                // SAFETY: as above.
                _ => unknown(unsafe { optional(fcinfo, 1) }, settlement, |bond, date| state.get_mut().$unknown(bond, date))?,
            }
            Ok(Some(state))
        }
    )* };
}

transitions! {
    portfolio_add: setting, add_bond, add_unknown;
    portfolio_add_on: third, add_bond, add_unknown;
    portfolio_remove: setting, remove_bond, remove_unknown;
    portfolio_remove_on: third, remove_bond, remove_unknown;
}

#[inline(always)]
fn setting(_: pg_sys::FunctionCallInfo) -> Result<Option<Date>, ErrorReport> {
    settlement_date().map(Some)
}

#[inline(always)]
fn third(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<Date>, ErrorReport> {
    // SAFETY: `sql/portfolio.sql` declares the third argument `date`.
    Ok(unsafe { optional(fcinfo, 2) })
}

/// A row without a bond or a date.
#[cold]
fn unknown(
    bond: Option<Bond>,
    settlement: Option<Date>,
    change: impl FnOnce(Option<&Bond>, Option<Date>) -> Result<(), Error>,
) -> Result<(), ErrorReport> {
    Ok(change(bond.as_ref(), settlement)?)
}

#[pg_extern(sql = false)]
fn portfolio_combine(fcinfo: pg_sys::FunctionCallInfo) -> Result<StateArray, ErrorReport> {
    StateArray::combined(fcinfo, RiskState::merge)
}

/// What the rows of a state add up to.
pub fn summed(fcinfo: pg_sys::FunctionCallInfo) -> Result<RiskTotals, ErrorReport> {
    Ok(StateArray::checked(fcinfo, 0)?.get().summed())
}

/// Final functions that answer one average.
macro_rules! averages {
    ($($name:ident: $average:ident;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<f64>, ErrorReport> {
            Ok(summed(fcinfo)?.tally.average(Average::$average)?)
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
fn portfolio_value_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<f64>, ErrorReport> {
    Ok(summed(fcinfo)?.tally.market_value()?)
}

#[pg_extern(sql = false)]
fn portfolio_dv01_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<f64>, ErrorReport> {
    Ok(summed(fcinfo)?.tally.dv01()?)
}

#[pg_extern(sql = false)]
fn portfolio_risk_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Row, ErrorReport> {
    Ok(measures(fcinfo, summed(fcinfo)?.risk()?))
}

/// The columns of `portfolio_measures`, in order.
pub fn measures(fcinfo: pg_sys::FunctionCallInfo, risk: Risk) -> Row {
    let Risk { measured, skipped, settlement, totals } = risk;
    let average = |read: fn(Averages) -> f64| {
        totals.and_then(|totals| totals.averages).map(read).into_datum()
    };
    Row::new(
        fcinfo,
        [
            measured.into_datum(),
            skipped.into_datum(),
            totals.map(|totals| totals.market_value).into_datum(),
            average(|averages| averages.ytm),
            average(|averages| averages.macaulay_duration),
            average(|averages| averages.modified_duration),
            average(|averages| averages.convexity),
            totals.map(|totals| totals.dv01).into_datum(),
            settlement.into_datum(),
        ],
    )
}
