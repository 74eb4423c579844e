//! Shocks of single bonds and of books: one final function, a transition function and its inverse for each way to say a shock.

use super::call::{Row, argument};
use super::settings::settlement_date;
use super::state::StateArray;
use crate::bond::Bond;
use crate::curve::Curve;
use crate::date::Date;
use crate::error::Error;
use crate::shock::{Pnl, Shock};
use crate::tally::Tally;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type State = StateArray<Tally<4>>;

fn row(fcinfo: pg_sys::FunctionCallInfo, bond: &Bond, shock: Result<Shock, Error>) -> Result<Option<Row>, ErrorReport> {
    Ok(shock?.pnl(bond)?.map(|pnl| Row::new(fcinfo, pnl.terms().map(IntoDatum::into_datum))))
}

/// What a transition function does with a bond: [`Shock::add`] or [`Shock::remove`].
type Change<'a> = fn(&Shock<'a>, &mut Tally<4>, &Bond);

fn changed<'a>(
    fcinfo: pg_sys::FunctionCallInfo,
    bond: &Bond,
    shock: Result<Shock<'a>, Error>,
    change: Change<'a>,
) -> Result<State, ErrorReport> {
    let mut state = State::of_call(fcinfo)?;
    change(&shock?, state.get_mut(), bond);
    Ok(state)
}

/// Shocks of one bond, the terms being the arguments after it.
macro_rules! of_bonds {
    ($($name:ident: |$($term:ident: $kind:ty),*| $shock:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name(bond: Bond, $($term: $kind,)* fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<Row>, ErrorReport> {
            row(fcinfo, &bond, $shock)
        }
    )* };
}

macro_rules! transition {
    ($name:ident, $change:expr, |$($term:ident: $kind:ty),*| $shock:expr) => {
        #[pg_extern(sql = false)]
        fn $name(fcinfo: pg_sys::FunctionCallInfo) -> Result<State, ErrorReport> {
            let mut next = 1..;
            // SAFETY: `sql/shock.sql` declares the transition functions strict, with a bond and these terms after the state.
            let bond: Bond = unsafe { argument(fcinfo, next.next().unwrap_or_default()) };
            $(
                // SAFETY: as above.
                let $term: $kind = unsafe { argument(fcinfo, next.next().unwrap_or_default()) };
            )*
            changed(fcinfo, &bond, $shock, $change)
        }
    };
}

/// Shocks of books: a transition function and its inverse.
macro_rules! of_books {
    ($($add:ident, $remove:ident: |$($term:ident: $kind:ty),*| $shock:expr;)*) => { $(
        transition! { $add, Shock::add, |$($term: $kind),*| $shock }
        transition! { $remove, Shock::remove, |$($term: $kind),*| $shock }
    )* };
}

of_bonds! {
    bond_shock: |rate_bp: f64, spread_bp: f64, settlement: Date| Shock::of_yield(rate_bp, spread_bp, settlement);
    bond_shock_to: |curve: Curve, moved: Curve| Shock::of_curve(&curve, &moved, 0.0);
    bond_shock_to_wider: |curve: Curve, moved: Curve, spread_bp: f64| Shock::of_curve(&curve, &moved, spread_bp);
}

of_books! {
    portfolio_shock_add, portfolio_shock_remove:
        |rate_bp: f64, spread_bp: f64| Shock::of_yield(rate_bp, spread_bp, settlement_date()?);
    portfolio_shock_add_on, portfolio_shock_remove_on:
        |rate_bp: f64, spread_bp: f64, settlement: Date| Shock::of_yield(rate_bp, spread_bp, settlement);
    portfolio_shock_add_to, portfolio_shock_remove_to: |curve: Curve, moved: Curve| Shock::of_curve(&curve, &moved, 0.0);
    portfolio_shock_add_to_wider, portfolio_shock_remove_to_wider:
        |curve: Curve, moved: Curve, spread_bp: f64| Shock::of_curve(&curve, &moved, spread_bp);
}

#[pg_extern(sql = false)]
fn portfolio_shock_combine(state: State, other: State, fcinfo: pg_sys::FunctionCallInfo) -> Result<State, ErrorReport> {
    state.get().check()?;
    other.get().check()?;
    let mut state = state.writable(fcinfo);
    state.get_mut().merge(other.get());
    Ok(state)
}

/// The columns of `portfolio_pnl`, in order.
#[pg_extern(sql = false)]
fn portfolio_shock_final(state: State, fcinfo: pg_sys::FunctionCallInfo) -> Result<Row, ErrorReport> {
    let tally = state.get();
    tally.check()?;
    let (held, skipped) = (tally.held(), tally.skipped());
    let figure = |sum: f64| if held > 0 { sum.into_datum() } else { None };
    let [market_value, first_order, second_order, full_repricing] = Pnl::of_tally(tally)?.terms().map(figure);
    Ok(Row::new(fcinfo, [held.into_datum(), skipped.into_datum(), market_value, first_order, second_order, full_repricing]))
}
