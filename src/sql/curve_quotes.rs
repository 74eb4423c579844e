//! Quotes: rows that become a curve, what their words and conventions are, and quotes read back off
//! a curve.

use super::call::{Call, Extra};
use super::datum::Text;
use super::settings::settlement_date;
use super::state::State;
use super::vocabulary::words;
use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::calibrate::curve_quotes::{QuoteKind, Quotes};
use crate::calibrate::quote_period::QuotePeriod;
use crate::market::curve::{Curve, Interpolation};
use crate::portfolio::quote_state::{QuoteState, QuoteWords};
use crate::product::money_market::MoneyMarket;
use pgrx::iter::TableIterator;
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

/// The transition functions, with a date and on that of the setting.
type Dated = Call<(State<QuoteState>, Date, Text, f64, Extra<Text>, Extra<Text>, Extra<Text>)>;
type Today = Call<(State<QuoteState>, Text, f64, Extra<Text>)>;

#[pg_extern(sql = false)]
fn curve_add(call: Dated) -> Result<Option<State<QuoteState>>, ErrorReport> {
    let Some(mut state) = State::of_transition(&call)? else { return Ok(None) };
    let (as_of, Text(tenor), rate) =
        (call.argument::<1>(), call.argument::<2>(), call.argument::<3>());
    let words = (call.optional::<4>(), call.optional::<5>(), call.optional::<6>());
    let words = QuoteWords {
        kind: words.0.map_or(Ok(QuoteKind::Zero), parsed)?,
        interpolation: words.1.map_or(Ok(Interpolation::FlatForward), parsed)?,
        conventions: words.2.map_or(Ok(MoneyMarket::Plain), parsed)?,
    };
    let row = words.row(as_of, &tenor, rate)?;
    let numbers = row.added_to(state.numbers())?;
    state.replace(&numbers);
    Ok(Some(state))
}

#[pg_extern(sql = false)]
fn curve_add_today(call: Today) -> Result<Option<State<QuoteState>>, ErrorReport> {
    let Some(mut state) = State::of_transition(&call)? else { return Ok(None) };
    let (Text(tenor), rate, kind) =
        (call.argument::<1>(), call.argument::<2>(), call.optional::<3>());
    let kind = kind.map_or(Ok(QuoteKind::Zero), parsed)?;
    let words = QuoteWords { kind, ..QuoteWords::default() };
    let row = words.row(settlement_date()?, &tenor, rate)?;
    let numbers = row.added_to(state.numbers())?;
    state.replace(&numbers);
    Ok(Some(state))
}

fn parsed<T: Vocabulary>(text: Text) -> Result<T> {
    T::parse(&text.0)
}

#[pg_extern(sql = false)]
fn curve_combine(
    call: Call<(State<QuoteState>, State<QuoteState>)>,
) -> Result<State<QuoteState>, ErrorReport> {
    State::combined(&call, |state, other| {
        let mut quotes = QuoteState(state.numbers().to_vec());
        quotes.merge(other.numbers())?;
        state.replace(&quotes.0);
        Ok(())
    })
}

#[pg_extern(sql = false)]
fn curve_final(call: Call<(State<QuoteState>,)>) -> Result<Option<Curve>, ErrorReport> {
    let mut state = State::of_final(&call)?;
    let quotes = QuoteState(state.numbers().to_vec()).quotes();
    let quotes = quotes.map_err(|error| call.reported(error))?;
    Ok(quotes.map(Quotes::curve).transpose()?)
}

#[pg_extern(sql = false)]
fn curve_quote(call: Call<(Curve, Text, Text, Text, Extra<Curve>)>) -> Result<f64, ErrorReport> {
    let (curve, Text(tenor)) = (call.argument::<0>(), call.argument::<1>());
    let (kind, conventions) = (call.argument::<2>(), call.argument::<3>());
    let (kind, conventions) = (parsed(kind)?, parsed(conventions)?);
    let period = QuotePeriod::parse(&tenor, curve.as_of, conventions)?;
    Ok(curve.quote(kind, period, conventions, call.optional::<4>().as_ref())?)
}
