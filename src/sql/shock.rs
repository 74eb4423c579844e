//! Shocks of single bonds and of books: one final function, a transition function and its inverse
//! for each kind of shock.

use super::call::{Call, Composite, Extra};
use super::settings::settlement;
use super::state::State;
use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::market::curve::Curve;
use crate::portfolio::shock_state::ShockState;
use crate::product::bond::Bond;
use crate::risk::shock::{Pnl, Shock};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type ByYield = Call<(State<ShockState>, Bond, f64, f64, Extra<Date>)>;
type ByCurve = Call<(State<ShockState>, Bond, Curve, Curve, Extra<f64>)>;

#[pg_extern(sql = false)]
fn bond_shock(
    bond: Bond,
    rate_bp: f64,
    spread_bp: f64,
    settlement: Date,
    call: Call,
) -> Result<Option<Composite>, ErrorReport> {
    row(&call, Shock::of_yield(rate_bp, spread_bp, settlement)?.pnl(&bond)?)
}

#[pg_extern(sql = false)]
fn bond_shock_to(
    call: Call<(Bond, Curve, Curve, Extra<f64>)>,
) -> Result<Option<Composite>, ErrorReport> {
    let (curve, moved) = (call.argument::<1>(), call.argument::<2>());
    let spread_bp = call.optional::<3>().unwrap_or(0.0);
    row(&call, Shock::of_curve(&curve, &moved, spread_bp)?.pnl(&call.argument::<0>())?)
}

fn row<A>(call: &Call<A>, pnl: Option<Pnl>) -> Result<Option<Composite>, ErrorReport> {
    Ok(pnl.map(|pnl| Composite::new(call, pnl.terms().map(IntoDatum::into_datum))))
}

/// What a transition function does with a bond, and with a row that lacks one or another term.
struct Way {
    known: fn(&Shock<'_>, &mut ShockState, &Bond) -> Result<()>,
    unknown: fn(&mut ShockState, Option<Currency>, Option<Date>) -> Result<()>,
}

const ADD: Way =
    Way { known: |shock, state, bond| shock.add(state, bond), unknown: ShockState::add_unknown };
const REMOVE: Way = Way {
    known: |shock, state, bond| shock.remove(state, bond),
    unknown: ShockState::remove_unknown,
};

#[pg_extern(sql = false)]
fn portfolio_shock_add(call: ByYield) -> Result<Option<State<ShockState>>, ErrorReport> {
    by_yield(&call, &ADD)
}

#[pg_extern(sql = false)]
fn portfolio_shock_remove(call: ByYield) -> Result<Option<State<ShockState>>, ErrorReport> {
    by_yield(&call, &REMOVE)
}

#[pg_extern(sql = false)]
fn portfolio_shock_add_to(call: ByCurve) -> Result<Option<State<ShockState>>, ErrorReport> {
    by_curve(&call, &ADD)
}

#[pg_extern(sql = false)]
fn portfolio_shock_remove_to(call: ByCurve) -> Result<Option<State<ShockState>>, ErrorReport> {
    by_curve(&call, &REMOVE)
}

fn by_yield(call: &ByYield, way: &Way) -> Result<Option<State<ShockState>>, ErrorReport> {
    let Some(mut state) = State::of_transition(call)? else { return Ok(None) };
    let (rate_bp, spread_bp) = (call.optional::<2>(), call.optional::<3>());
    match (call.optional::<1>(), rate_bp, spread_bp, settlement::<4, _>(call)?) {
        (Some(bond), Some(rate_bp), Some(spread_bp), Some(settlement)) => {
            let shock = Shock::of_yield(rate_bp, spread_bp, settlement)?;
            (way.known)(&shock, state.get_mut(), &bond)?
        }
        (bond, .., settlement) => (way.unknown)(state.get_mut(), currency(bond), settlement)?,
    }
    Ok(Some(state))
}

fn by_curve(call: &ByCurve, way: &Way) -> Result<Option<State<ShockState>>, ErrorReport> {
    let Some(mut state) = State::of_transition(call)? else { return Ok(None) };
    let spread_bp = call.given::<4>().unwrap_or(Some(0.0));
    match (call.optional::<1>(), call.optional::<2>(), call.optional::<3>(), spread_bp) {
        (Some(bond), Some(curve), Some(moved), Some(spread_bp)) => {
            let shock = Shock::of_curve(&curve, &moved, spread_bp)?;
            (way.known)(&shock, state.get_mut(), &bond)?
        }
        (bond, curve, ..) => {
            (way.unknown)(state.get_mut(), currency(bond), curve.map(|curve| curve.as_of))?
        }
    }
    Ok(Some(state))
}

fn currency(bond: Option<Bond>) -> Option<Currency> {
    bond.and_then(|bond| bond.optional.currency)
}

#[pg_extern(sql = false)]
fn portfolio_shock_combine(
    call: Call<(State<ShockState>, State<ShockState>)>,
) -> Result<State<ShockState>, ErrorReport> {
    State::combined(&call, |state, other| state.get_mut().merge(other.get()))
}

/// The columns of `portfolio_pnl`, in order.
#[pg_extern(sql = false)]
fn portfolio_shock_final(call: Call<(State<ShockState>,)>) -> Result<Composite, ErrorReport> {
    let state = State::of_final(&call)?;
    let book = state.get();
    let pnl = Pnl::of_state(book)?.map(|pnl| pnl.terms());
    let [market_value, first_order, second_order, full_repricing] =
        pnl.map_or([None; 4], |terms| terms.map(IntoDatum::into_datum));
    Ok(Composite::new(
        &call,
        [
            book.tally.measured().into_datum(),
            book.tally.skipped().into_datum(),
            market_value,
            first_order,
            second_order,
            full_repricing,
            book.settlement().into_datum(),
        ],
    ))
}
