//! Quotes: rows that become a curve, what their words and conventions are, and quotes read back off
//! a curve.

use super::call::reported;
use super::datum::{List, Text};
use super::settings::settlement_date;
use super::vocabulary::words;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::calibrate::curve_quotes::{QuoteKind, QuoteState, Quoted, Quotes};
use crate::calibrate::quote_period::QuotePeriod;
use crate::market::curve::{Curve, Interpolation};
use crate::product::money_market::MoneyMarket;
use pgrx::iter::TableIterator;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn curve_kinds() -> TableIterator<
    'static,
    (name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str)),
> {
    TableIterator::new(words::<QuoteKind>())
}

#[pg_extern(sql = false)]
#[rustfmt::skip]
#[allow(clippy::type_complexity)] // pgrx reads the columns where they stand
fn curve_conventions() -> TableIterator<'static, (
    name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str), name!(calendar, &'static str),
    name!(roll, &'static str), name!(spot_lag, i32), name!(day_count, Option<&'static str>), name!(fixed_frequency, &'static str),
    name!(fixed_day_count, Option<&'static str>), name!(floating_frequency, &'static str), name!(payment_lag, i32),
    name!(future, &'static str), name!(future_quarters, i32), name!(future_serials, i32), name!(source, &'static str),
)> {
    TableIterator::new(MoneyMarket::WORDS.iter().map(|&Word { value, name, aliases, meaning }| {
        let p = value.practice();
        let [day_count, fixed_day_count] = [p.day_count, p.fixed_day_count].map(|day_count| day_count.map(Vocabulary::name));
        let (fixed, floating) = (p.fixed_frequency.name(), p.floating_frequency.name());
        (name, aliases.to_vec(), meaning, p.calendar, p.roll.name(), p.spot_lag, day_count, fixed, fixed_day_count, floating,
         p.payment_lag.into(), p.future.name(), p.listed.quarters.into(), p.listed.serials.into(), p.source)
    }))
}

fn tally(state: List<f64>) -> Result<QuoteState> {
    state
        .into_iter()
        .collect::<Option<_>>()
        .map(QuoteState)
        .ok_or(Error::Null { what: "the state of a curve" })
}

/// A row's quote, and the market whose conventions read it.
fn row(
    as_of: Date,
    tenor: Text,
    rate: f64,
    kind: QuoteKind,
    conventions: MoneyMarket,
) -> Result<(Quoted, MoneyMarket)> {
    Ok((
        Quoted::from_number(kind, QuotePeriod::parse(&tenor.0, as_of, conventions)?, rate)?,
        conventions,
    ))
}

fn added(
    state: List<f64>,
    as_of: Date,
    (row, conventions): (Quoted, MoneyMarket),
    interpolation: Interpolation,
) -> Result<Vec<f64>> {
    let mut tally = tally(state)?;
    tally.add(as_of, row, interpolation, conventions)?;
    Ok(tally.0)
}

#[pg_extern(sql = false)]
fn curve_add(
    state: List<f64>,
    as_of: Date,
    tenor: Text,
    rate: f64,
) -> Result<Vec<f64>, ErrorReport> {
    Ok(added(
        state,
        as_of,
        row(as_of, tenor, rate, QuoteKind::Zero, MoneyMarket::Plain)?,
        Interpolation::FlatForward,
    )?)
}

#[pg_extern(sql = false)]
fn curve_add_kind(
    state: List<f64>,
    as_of: Date,
    tenor: Text,
    rate: f64,
    kind: Text,
) -> Result<Vec<f64>, ErrorReport> {
    Ok(added(
        state,
        as_of,
        row(as_of, tenor, rate, parsed(kind)?, MoneyMarket::Plain)?,
        Interpolation::FlatForward,
    )?)
}

#[pg_extern(sql = false)]
fn curve_add_interpolated(
    state: List<f64>,
    as_of: Date,
    tenor: Text,
    rate: f64,
    kind: Text,
    interpolation: Text,
) -> Result<Vec<f64>, ErrorReport> {
    Ok(added(
        state,
        as_of,
        row(as_of, tenor, rate, parsed(kind)?, MoneyMarket::Plain)?,
        parsed(interpolation)?,
    )?)
}

#[pg_extern(sql = false)]
fn curve_add_market(
    state: List<f64>,
    as_of: Date,
    tenor: Text,
    rate: f64,
    kind: Text,
    interpolation: Text,
    conventions: Text,
) -> Result<Vec<f64>, ErrorReport> {
    Ok(added(
        state,
        as_of,
        row(as_of, tenor, rate, parsed(kind)?, parsed(conventions)?)?,
        parsed(interpolation)?,
    )?)
}

#[pg_extern(sql = false)]
fn curve_add_today(state: List<f64>, tenor: Text, rate: f64) -> Result<Vec<f64>, ErrorReport> {
    curve_add(state, settlement_date()?, tenor, rate)
}

#[pg_extern(sql = false)]
fn curve_add_kind_today(
    state: List<f64>,
    tenor: Text,
    rate: f64,
    kind: Text,
) -> Result<Vec<f64>, ErrorReport> {
    curve_add_kind(state, settlement_date()?, tenor, rate, kind)
}

fn parsed<T: Vocabulary>(text: Text) -> Result<T> {
    T::parse(&text.0)
}

#[pg_extern(sql = false)]
fn curve_combine(
    state: List<f64>,
    other: List<f64>,
    fcinfo: pg_sys::FunctionCallInfo,
) -> Result<Vec<f64>, ErrorReport> {
    let (mut tally, other) = (tally(state)?, tally(other)?);
    tally.merge(&other.0).map_err(|error| reported(fcinfo, error))?;
    Ok(tally.0)
}

#[pg_extern(sql = false)]
fn curve_final(
    state: List<f64>,
    fcinfo: pg_sys::FunctionCallInfo,
) -> Result<Option<Curve>, ErrorReport> {
    let quotes = tally(state)?.quotes().map_err(|error| reported(fcinfo, error))?;
    Ok(quotes.map(Quotes::curve).transpose()?)
}

#[pg_extern(sql = false)]
fn curve_quote(
    curve: Curve,
    tenor: Text,
    kind: Text,
    conventions: Text,
) -> Result<f64, ErrorReport> {
    let conventions = parsed(conventions)?;
    let span = QuotePeriod::parse(&tenor.0, curve.as_of, conventions)?;
    Ok(curve.quote(parsed(kind)?, span, conventions, None)?)
}

#[pg_extern(sql = false)]
fn curve_quote_discounted(
    curve: Curve,
    tenor: Text,
    kind: Text,
    conventions: Text,
    discount: Curve,
) -> Result<f64, ErrorReport> {
    let conventions = parsed(conventions)?;
    let span = QuotePeriod::parse(&tenor.0, curve.as_of, conventions)?;
    Ok(curve.quote(parsed(kind)?, span, conventions, Some(&discount))?)
}
