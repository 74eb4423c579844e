//! `curve_fit`: one transition function for each way to say method and date, one combine and one
//! final function; and the report of a fit.

// pgrx reads the columns from the signature, where an alias would hide them.
#![allow(clippy::type_complexity)]

use super::call::{argument, reported};
use super::datum::{List, Text};
use super::settings::settlement_date;
use super::state::FloatArray;
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::fit::{FitMethod, Line, Priced, fit, report};
use crate::market::curve::Curve;
use crate::portfolio::fit_state::{self, FitGroup};
use crate::product::bond::Bond;
use pgrx::iter::TableIterator;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// The arguments after state and bond, which are the first two of all these functions.
macro_rules! transitions {
    ($($name:ident: |$fcinfo:ident| $method:expr, $settlement:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name($fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, ErrorReport> {
            add($fcinfo, FitGroup { method: $method, settlement: $settlement })
        }
    )* };
}

transitions! {
    curve_fit_add: |fcinfo| FitMethod::DEFAULT, settlement_date()?;
    curve_fit_add_on: |fcinfo| FitMethod::DEFAULT, date(fcinfo, 2);
    curve_fit_add_by: |fcinfo| method(fcinfo)?, settlement_date()?;
    curve_fit_add_by_on: |fcinfo| method(fcinfo)?, date(fcinfo, 3);
}

fn method(fcinfo: pg_sys::FunctionCallInfo) -> Result<FitMethod, Error> {
    // SAFETY: `sql/fit.sql` declares the third argument `text`, and the functions that come here
    // strict.
    FitMethod::parse(&unsafe { argument::<Text>(fcinfo, 2) }.0)
}

fn date(fcinfo: pg_sys::FunctionCallInfo, index: usize) -> Date {
    // SAFETY: `sql/fit.sql` declares the last argument `date`, and the functions that come here
    // strict.
    unsafe { argument(fcinfo, index) }
}

fn add(fcinfo: pg_sys::FunctionCallInfo, common: FitGroup) -> Result<FloatArray, ErrorReport> {
    // SAFETY: `sql/fit.sql` declares the transition functions strict, and their second arguments
    // `bond`.
    let bond: Bond = unsafe { argument(fcinfo, 1) };
    changed(fcinfo, |state| match Priced::new(&bond, common.settlement) {
        Ok(Some(priced)) => fit_state::add(state, common, bond.optional.currency, &priced),
        // Nothing to fit, or paid on days that a calendar does not know.
        Ok(None) | Err(_) => Ok(None),
    })
}

/// The state itself, or the larger one that took its place.
fn changed(
    fcinfo: pg_sys::FunctionCallInfo,
    change: impl FnOnce(&mut [f64]) -> Result<Option<Vec<f64>>, Error>,
) -> Result<FloatArray, ErrorReport> {
    let changed = FloatArray::of_argument(fcinfo, 0).and_then(|state| {
        let mut state = state.writable(fcinfo);
        Ok(change(state.get_mut())?.map_or(state, |grown| FloatArray::new(&grown)))
    });
    changed.map_err(|error| reported(fcinfo, error))
}

#[pg_extern(sql = false)]
fn curve_fit_combine(fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, ErrorReport> {
    changed(fcinfo, |state| {
        let mut other = FloatArray::of_argument(fcinfo, 1)?;
        fit_state::read(other.get_mut())?;
        fit_state::merge(state, other.get_mut())
    })
}

#[pg_extern(sql = false)]
fn curve_fit_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<Curve>, ErrorReport> {
    let read =
        FloatArray::of_argument(fcinfo, 0).and_then(|mut state| fit_state::read(state.get_mut()));
    let Some((FitGroup { settlement, method }, bonds)) =
        read.map_err(|error| reported(fcinfo, error))?
    else {
        return Ok(None);
    };
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

macro_rules! reports {
    ($($name:ident: ($($ids:ident)?) ($($settlement:ident)?) ($($id:ident)?) $given_ids:expr, $given:expr;)*) => { $(
        #[pg_extern(sql = false)]
        #[rustfmt::skip]
        fn $name(
            curve: Curve, $($ids: List<Text>,)? bonds: List<Bond>, $($settlement: Date)?
        ) -> Result<TableIterator<'static, (
            name!(b, Option<Bond>), name!(years, Option<f64>), name!(clean_price, Option<f64>), name!(curve_price, Option<f64>),
            name!(price_error, Option<f64>), name!(yield_error_bp, Option<f64>), name!(weight, Option<f64>), name!(outlier, Option<bool>),
            $(name!($id, Option<String>),)?
        )>, ErrorReport> {
            Ok(TableIterator::new(lines(curve, $given_ids, bonds, $given)?.map(|(bond, line, _id)| (
                bond, line.map(|line| line.years), line.map(|line| line.clean_price), line.map(|line| line.curve_price),
                line.map(|line| line.price_error()), line.map(|line| line.yield_error_bp()), line.map(|line| line.weight),
                line.map(|line| line.is_outlier()), $({ let $id = _id; $id },)?
            ))))
        }
    )* };
}

reports! {
    curve_fit_report: () () () None, None;
    curve_fit_report_on: () (settlement) () None, Some(settlement);
    curve_fit_report_of: (ids) () (id) Some(ids), None;
    curve_fit_report_of_on: (ids) (settlement) (id) Some(ids), Some(settlement);
}
