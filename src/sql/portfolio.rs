//! The portfolio aggregates: one transition function and its inverse, one combine function, and a
//! final function for each figure.

use super::call::{Call, Composite, Extra};
use super::settings::settlement;
use super::state::State;
use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::portfolio::risk_state::RiskState;
use crate::portfolio::risk_sums::{Average, Averages, Risk, RiskTotals};
use crate::product::bond::Bond;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type Transition = Call<(State<RiskState>, Bond, Extra<Date>)>;
type Final = Call<(State<RiskState>,)>;

// A function of its own writes its answer where it is wanted; inlined, it would be copied there.
#[pg_extern(sql = false)]
#[inline(never)]
fn portfolio_add(call: Transition) -> Result<Option<State<RiskState>>, ErrorReport> {
    changed(&call, RiskState::add_bond, RiskState::add_unknown)
}

#[pg_extern(sql = false)]
#[inline(never)]
fn portfolio_remove(call: Transition) -> Result<Option<State<RiskState>>, ErrorReport> {
    changed(&call, RiskState::remove_bond, RiskState::remove_unknown)
}

/// What a transition function does with a row: with its bond, or without a bond or a date.
#[inline(always)]
fn changed(
    call: &Transition,
    known: impl FnOnce(&mut RiskState, &Bond, Date) -> Result<()>,
    unknown: impl FnOnce(&mut RiskState, Option<&Bond>, Option<Date>) -> Result<()>,
) -> Result<Option<State<RiskState>>, ErrorReport> {
    let Some(mut state) = State::of_transition(call)? else { return Ok(None) };
    match settlement::<2, _>(call)? {
        Some(settlement) if !call.is_null::<1>() => {
            let bond: Bond = call.argument::<1>();
            known(state.get_mut(), &bond, settlement)?;
        }
        settlement => without(call, |bond| unknown(state.get_mut(), bond, settlement))?,
    }
    Ok(Some(state))
}

#[cold]
fn without(
    call: &Transition,
    change: impl FnOnce(Option<&Bond>) -> Result<()>,
) -> Result<(), ErrorReport> {
    Ok(change(call.optional::<1>().as_ref())?)
}

#[pg_extern(sql = false)]
fn portfolio_combine(
    call: Call<(State<RiskState>, State<RiskState>)>,
) -> Result<State<RiskState>, ErrorReport> {
    State::combined(&call, |state, other| state.get_mut().merge(other.get()))
}

/// What the rows of a state add up to.
pub fn summed(call: &Final) -> Result<RiskTotals, ErrorReport> {
    Ok(State::of_final(call)?.get().summed())
}

#[pg_extern(sql = false)]
fn portfolio_ytm_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    Ok(summed(&call)?.tally.average(Average::Ytm)?)
}

#[pg_extern(sql = false)]
fn portfolio_duration_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    Ok(summed(&call)?.tally.average(Average::ModifiedDuration)?)
}

#[pg_extern(sql = false)]
fn portfolio_macaulay_duration_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    Ok(summed(&call)?.tally.average(Average::MacaulayDuration)?)
}

#[pg_extern(sql = false)]
fn portfolio_convexity_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    Ok(summed(&call)?.tally.average(Average::Convexity)?)
}

#[pg_extern(sql = false)]
fn portfolio_value_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    Ok(summed(&call)?.tally.market_value()?)
}

#[pg_extern(sql = false)]
fn portfolio_dv01_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    Ok(summed(&call)?.tally.dv01()?)
}

#[pg_extern(sql = false)]
fn portfolio_risk_final(call: Final) -> Result<Composite, ErrorReport> {
    Ok(measures(&call, summed(&call)?.risk()?))
}

/// The columns of `portfolio_measures`, in order.
pub fn measures<A>(call: &Call<A>, risk: Risk) -> Composite {
    let Risk { measured, skipped, settlement, totals } = risk;
    let average = |read: fn(Averages) -> f64| {
        totals.and_then(|totals| totals.averages).map(read).into_datum()
    };
    Composite::new(
        call,
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
