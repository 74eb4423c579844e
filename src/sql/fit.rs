//! `curve_fit`: a transition function with the method and one without, one combine and one final
//! function; and the report of a fit.

use super::call::{Argument, Call, Extra, Rows};
use super::datum::{List, Text};
use super::settings::settlement;
use super::state::State;
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::fit::{FitMethod, Line, fit, report};
use crate::market::curve::Curve;
use crate::portfolio::fit_state::{self, FitGroup, FitState};
use crate::product::bond::Bond;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn curve_fit_add(
    call: Call<(State<FitState>, Bond, Extra<Date>)>,
) -> Result<Option<State<FitState>>, ErrorReport> {
    added(&call, FitMethod::DEFAULT, settlement::<2, _>(&call)?)
}

#[pg_extern(sql = false)]
fn curve_fit_add_by(
    call: Call<(State<FitState>, Bond, Text, Extra<Date>)>,
) -> Result<Option<State<FitState>>, ErrorReport> {
    added(&call, FitMethod::parse(&call.argument::<2>().0)?, settlement::<3, _>(&call)?)
}

fn added<A>(
    call: &Call<A>,
    method: FitMethod,
    settlement: Option<Date>,
) -> Result<Option<State<FitState>>, ErrorReport>
where
    A: Argument<0, Read = State<FitState>> + Argument<1, Read = Bond>,
{
    let Some(settlement) = settlement else { return Ok(None) };
    let Some(mut state) = State::of_transition(call)? else { return Ok(None) };
    let bond: Bond = call.argument::<1>();
    let grown = fit_state::add_bond(state.numbers(), FitGroup { method, settlement }, &bond)
        .map_err(|error| call.reported(error))?;
    grown.into_iter().for_each(|grown| state.replace(&grown));
    Ok(Some(state))
}

#[pg_extern(sql = false)]
fn curve_fit_combine(
    call: Call<(State<FitState>, State<FitState>)>,
) -> Result<State<FitState>, ErrorReport> {
    State::combined(&call, |state, other| {
        let grown = fit_state::merge(state.numbers(), other.numbers())?;
        grown.into_iter().for_each(|grown| state.replace(&grown));
        Ok(())
    })
}

#[pg_extern(sql = false)]
fn curve_fit_final(call: Call<(State<FitState>,)>) -> Result<Option<Curve>, ErrorReport> {
    let mut state = State::of_final(&call)?;
    let read = fit_state::read(state.numbers()).map_err(|error| call.reported(error))?;
    let Some((FitGroup { settlement, method }, bonds)) = read else { return Ok(None) };
    Ok(fit(method, settlement, &bonds, check)?)
}

fn check() {
    pgrx::check_for_interrupts!();
}

/// A bond, what the report says of it, and the identifier it came with. Settles on the curve's date
/// where no other is given.
fn lines(
    curve: Curve,
    ids: Option<List<Text>>,
    bonds: List<Bond>,
    settlement: Option<Date>,
) -> Result<impl Iterator<Item = (Option<Bond>, Option<Line>, Option<String>)>, ErrorReport> {
    if let Some(ids) = ids.as_ref().filter(|ids| ids.len() != bonds.len()) {
        Err(Error::Mismatch {
            what: "identifiers",
            count: ids.len(),
            of: "bonds",
            others: bonds.len(),
        })?;
    }
    let lines = report(&curve, &bonds, settlement.unwrap_or(curve.as_of), check)?;
    let ids =
        ids.into_iter().flatten().map(|id| id.map(|Text(id)| id)).chain(std::iter::repeat(None));
    Ok(bonds.into_iter().zip(lines).zip(ids).map(|((bond, line), id)| (bond, line, id)))
}

/// The figures of a line: years, clean price, price on the curve, errors of price and yield,
/// weight, and whether it is an outlier.
type Figures =
    (Option<f64>, Option<f64>, Option<f64>, Option<f64>, Option<f64>, Option<f64>, Option<bool>);

fn figures(line: Option<Line>) -> Figures {
    (
        line.map(|line| line.years),
        line.map(|line| line.clean_price),
        line.map(|line| line.curve_price),
        line.map(|line| line.price_error()),
        line.map(|line| line.yield_error_bp()),
        line.map(|line| line.weight),
        line.map(|line| line.is_outlier()),
    )
}

type Lines = Rows<(
    Option<Bond>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<bool>,
)>;
type NamedLines = Rows<(
    Option<Bond>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<f64>,
    Option<bool>,
    Option<String>,
)>;

#[pg_extern(sql = false)]
fn curve_fit_report(call: Call<(Curve, List<Bond>, Extra<Date>)>) -> Result<Lines, ErrorReport> {
    let lines = lines(call.argument::<0>(), None, call.argument::<1>(), call.optional::<2>())?;
    Ok(Rows::new(lines.map(|(bond, line, _)| {
        let (years, clean, on_curve, error, yield_error, weight, outlier) = figures(line);
        (bond, years, clean, on_curve, error, yield_error, weight, outlier)
    })))
}

#[pg_extern(sql = false)]
fn curve_fit_report_of(
    call: Call<(Curve, List<Text>, List<Bond>, Extra<Date>)>,
) -> Result<NamedLines, ErrorReport> {
    let (curve, ids, bonds) = (call.argument::<0>(), call.argument::<1>(), call.argument::<2>());
    Ok(Rows::new(lines(curve, Some(ids), bonds, call.optional::<3>())?.map(|(bond, line, id)| {
        let (years, clean, on_curve, error, yield_error, weight, outlier) = figures(line);
        (bond, years, clean, on_curve, error, yield_error, weight, outlier, id)
    })))
}
