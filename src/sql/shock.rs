//! Shocks of single bonds and of books: one final function, a transition function and its inverse
//! for each way to say a shock.

use super::call::{Row, argument, is_null, optional};
use super::settings::settlement_date;
use super::state::StateArray;
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::market::curve::Curve;
use crate::portfolio::shock_state::ShockState;
use crate::product::bond::Bond;
use crate::risk::shock::{Pnl, Shock};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type State = StateArray<ShockState>;

fn row(
    fcinfo: pg_sys::FunctionCallInfo,
    bond: &Bond,
    shock: Result<Shock, Error>,
) -> Result<Option<Row>, ErrorReport> {
    Ok(shock?.pnl(bond)?.map(|pnl| Row::new(fcinfo, pnl.terms().map(IntoDatum::into_datum))))
}

/// What a transition function does with a bond: [`Shock::add`] or [`Shock::remove`].
type Change<'a> = fn(&Shock<'a>, &mut ShockState, &Bond) -> Result<(), Error>;

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
    ($name:ident, $change:expr, $skip:expr, $terms:expr, $day:expr, |$($term:ident: $kind:ty),*| $shock:expr) => {
        #[pg_extern(sql = false)]
        fn $name(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<State>, ErrorReport> {
            let Some(mut state) = State::of_call(fcinfo)? else { return Ok(None) };
            if (1..=$terms).any(|index| is_null(fcinfo, index)) {
                skip(fcinfo, state.get_mut(), $day, $skip)?;
                return Ok(Some(state));
            }
            let mut next = 1..;
            // SAFETY: `sql/shock.sql` declares the transition functions with a bond and these terms
            // after the state; none is NULL.
            let bond: Bond = unsafe { argument(fcinfo, next.next().unwrap_or_default()) };
            $(
                // SAFETY: as above.
                let $term: $kind = unsafe { argument(fcinfo, next.next().unwrap_or_default()) };
            )*
            let (change, shock): (Change, Result<Shock, Error>) = ($change, $shock);
            change(&shock?, state.get_mut(), &bond)?;
            Ok(Some(state))
        }
    };
}

/// Shocks of books: a transition function and its inverse, with the number of arguments after the
/// state.
macro_rules! of_books {
    ($($add:ident, $remove:ident: $terms:literal, $day:ident, |$($term:ident: $kind:ty),*| $shock:expr;)*) => { $(
        transition! { $add, Shock::add, Skip::Add, $terms, $day, |$($term: $kind),*| $shock }
        transition! { $remove, Shock::remove, Skip::Remove, $terms, $day, |$($term: $kind),*| $shock }
    )* };
}

enum Skip {
    Add,
    Remove,
}

/// A row without a bond, a curve or another term: it is counted, with the currency and the day that
/// are known.
#[cold]
fn skip(
    fcinfo: pg_sys::FunctionCallInfo,
    book: &mut ShockState,
    day: Day,
    way: Skip,
) -> Result<(), ErrorReport> {
    // SAFETY: `sql/shock.sql` declares a bond after the state.
    let currency = unsafe { optional::<Bond>(fcinfo, 1) }.and_then(|bond| bond.optional.currency);
    let settlement = day(fcinfo)?;
    match way {
        Skip::Add => book.add(None, currency, settlement)?,
        Skip::Remove => book.remove(None, currency, settlement),
    }
    Ok(())
}

/// The day on which a row settles, for each way to say a shock.
type Day = fn(pg_sys::FunctionCallInfo) -> Result<Option<Date>, ErrorReport>;

fn setting(_: pg_sys::FunctionCallInfo) -> Result<Option<Date>, ErrorReport> {
    settlement_date().map(Some)
}

fn given(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<Date>, ErrorReport> {
    // SAFETY: `sql/shock.sql` declares a date as the fifth argument of the functions that come
    // here.
    Ok(unsafe { optional(fcinfo, 4) })
}

fn of_curve(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<Date>, ErrorReport> {
    // SAFETY: `sql/shock.sql` declares a curve as the third argument of the functions that come
    // here.
    Ok(unsafe { optional::<Curve>(fcinfo, 2) }.map(|curve| curve.as_of))
}

of_bonds! {
    bond_shock: |rate_bp: f64, spread_bp: f64, settlement: Date| Shock::of_yield(rate_bp, spread_bp, settlement);
    bond_shock_to: |curve: Curve, moved: Curve| Shock::of_curve(&curve, &moved, 0.0);
    bond_shock_to_wider: |curve: Curve, moved: Curve, spread_bp: f64| Shock::of_curve(&curve, &moved, spread_bp);
}

of_books! {
    portfolio_shock_add, portfolio_shock_remove: 3, setting,
        |rate_bp: f64, spread_bp: f64| Shock::of_yield(rate_bp, spread_bp, settlement_date()?);
    portfolio_shock_add_on, portfolio_shock_remove_on: 4, given,
        |rate_bp: f64, spread_bp: f64, settlement: Date| Shock::of_yield(rate_bp, spread_bp, settlement);
    portfolio_shock_add_to, portfolio_shock_remove_to: 3, of_curve, |curve: Curve, moved: Curve| Shock::of_curve(&curve, &moved, 0.0);
    portfolio_shock_add_to_wider, portfolio_shock_remove_to_wider: 4, of_curve,
        |curve: Curve, moved: Curve, spread_bp: f64| Shock::of_curve(&curve, &moved, spread_bp);
}

#[pg_extern(sql = false)]
fn portfolio_shock_combine(fcinfo: pg_sys::FunctionCallInfo) -> Result<State, ErrorReport> {
    State::combined(fcinfo, ShockState::merge)
}

/// The columns of `portfolio_pnl`, in order.
#[pg_extern(sql = false)]
fn portfolio_shock_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Row, ErrorReport> {
    let state = State::checked(fcinfo, 0)?;
    let book = state.get();
    let (measured, skipped) = (book.tally.measured(), book.tally.skipped());
    let figure = |sum: f64| if measured > 0 { sum.into_datum() } else { None };
    let [market_value, first_order, second_order, full_repricing] =
        Pnl::of_exact_sums(&book.tally)?.terms().map(figure);
    let settlement = book.settlement().into_datum();
    Ok(Row::new(
        fcinfo,
        [
            measured.into_datum(),
            skipped.into_datum(),
            market_value,
            first_order,
            second_order,
            full_repricing,
            settlement,
        ],
    ))
}
