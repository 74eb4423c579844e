//! The curve aggregates: a transition function and its inverse, each with tenors and without, one combine function, a final
//! function each.

use super::call::{CompositeArray, Row, argument, call_site};
use super::datum::Varlena;
use super::state::{FloatArray, in_aggregate};
use super::valuation::tenors;
use crate::bond::Bond;
use crate::curve::Curve;
use crate::error::Error;
use crate::keyrate::KeyRates;
use crate::keyrate::book::{Book, Figures, empty};
use crate::tenor::{KEY_TENORS, Tenor};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Bonds seen on a curve before its table is worth the work.
const PATIENCE: u32 = 30;

/// How many curves a call site keeps, for a query that has a book on several.
const CURVES: usize = 8;

/// What a call site keeps: the key rates of the curves that its last rows had, the last one first.
#[derive(Default)]
struct Site(Vec<Kept>);

struct Kept {
    curve: Vec<u8>,
    tenors: Vec<u8>,
    rates: KeyRates,
    seen: u32,
}

impl Site {
    /// The bytes are compared at every call, for no caller promises that an argument stays what it was.
    #[inline(always)]
    fn rates(&mut self, curve: &[u8], tenors: &[u8], keys: impl FnOnce() -> Result<Vec<f64>, Error>) -> Result<&mut KeyRates, Error> {
        let is_asked_for = |kept: &Kept| kept.curve == curve && kept.tenors == tenors;
        if !self.0.first().is_some_and(is_asked_for) {
            self.bring_forward(curve, tenors, keys)?;
        }
        let kept = self.0.first_mut().ok_or(Error::State { why: "no key rates are kept".to_owned() })?;
        kept.seen = kept.seen.saturating_add(1);
        if kept.seen == PATIENCE {
            kept.rates.tabulate();
        }
        Ok(&mut kept.rates)
    }

    #[cold]
    fn bring_forward(&mut self, curve: &[u8], tenors: &[u8], keys: impl FnOnce() -> Result<Vec<f64>, Error>) -> Result<(), Error> {
        match self.0.iter().position(|kept| kept.curve == curve && kept.tenors == tenors) {
            Some(place) => self.0.get_mut(..=place).unwrap_or_default().rotate_right(1),
            None => {
                let rates = KeyRates::new(Curve::from_stored(curve)?, keys()?)?;
                self.0.truncate(CURVES - 1);
                self.0.insert(0, Kept { curve: curve.to_vec(), tenors: tenors.to_vec(), rates, seen: 0 });
            }
        }
        Ok(())
    }
}

/// Transition functions: a row comes, or goes.
macro_rules! transitions {
    ($($name:ident, $at:ident: $times:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name(fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, ErrorReport> {
            put(fcinfo, &[], || Ok(KEY_TENORS.to_vec()), $times)
        }

        #[pg_extern(sql = false)]
        fn $at(fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, ErrorReport> {
            // SAFETY: `sql/keyrate.sql` declares the transition functions strict, and the fourth argument `text[]`.
            let keys = unsafe { argument::<Varlena>(fcinfo, 3) };
            // SAFETY: as above.
            put(fcinfo, keys.bytes(), || tenors(unsafe { argument(fcinfo, 3) }), $times)
        }
    )* };
}

transitions! {
    portfolio_curve_add, portfolio_curve_add_at: 1.0;
    portfolio_curve_remove, portfolio_curve_remove_at: -1.0;
}

#[inline(always)]
fn put(
    fcinfo: pg_sys::FunctionCallInfo,
    tenors: &[u8],
    keys: impl FnOnce() -> Result<Vec<Tenor>, Error>,
    times: f64,
) -> Result<FloatArray, ErrorReport> {
    // SAFETY: `sql/keyrate.sql` declares the first arguments `float8[]`, `bond` and `curve`.
    let (state, bond, curve) = unsafe { (argument::<FloatArray>(fcinfo, 0), argument::<Bond>(fcinfo, 1), argument::<Varlena>(fcinfo, 2)) };
    // SAFETY: the transition functions keep nothing else there, and ask here alone.
    let site: &mut Site = unsafe { call_site(fcinfo) };
    let rates = site.rates(curve.bytes(), tenors, || Ok(keys()?.iter().map(|tenor| tenor.key_years()).collect()))?;
    let mut state = if state.is_empty() { FloatArray::new(&empty(rates.keys())) } else { state.writable(fcinfo) };
    let mut book = if in_aggregate(fcinfo) { Book::of(state.get_mut()) } else { Book::checked(state.get_mut()) }?;
    if !book.has_keys(rates.keys()) {
        return Err(Error::State { why: "it is for other key rates".to_owned() }.into());
    }
    match rates.profile(&bond) {
        Ok(Some(profile)) => book.put(&profile, bond.holding(), bond.price.is_some(), times),
        // Not outstanding, without a spread, or on days that the curve or a calendar does not know.
        Ok(None) | Err(_) => book.skip(times),
    }
    Ok(state)
}

#[pg_extern(sql = false)]
fn portfolio_curve_combine(state: FloatArray, mut other: FloatArray, fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, ErrorReport> {
    let mut state = state.writable(fcinfo);
    if other.is_empty() {
        checked(&mut state)?;
        return Ok(state);
    }
    let other = Book::checked(other.get_mut())?;
    if state.is_empty() {
        state = FloatArray::new(&empty(other.keys()));
    }
    Book::checked(state.get_mut())?.merge(&other)?;
    Ok(state)
}

/// The book of a state that may have been made by hand; None before the first row.
fn checked(state: &mut FloatArray) -> Result<Option<Book<'_>>, Error> {
    if state.is_empty() { Ok(None) } else { Book::checked(state.get_mut()).map(Some) }
}

fn figures(mut state: FloatArray) -> Result<Option<Figures>, ErrorReport> {
    Ok(checked(&mut state)?.map_or(Ok(None), |book| book.figures())?)
}

#[pg_extern(sql = false)]
fn portfolio_npv_final(state: FloatArray) -> Result<Option<f64>, ErrorReport> {
    Ok(figures(state)?.map(|figures| figures.npv))
}

#[pg_extern(sql = false)]
fn portfolio_z_spread_final(state: FloatArray) -> Result<Option<f64>, ErrorReport> {
    Ok(figures(state)?.and_then(|figures| figures.z_spread))
}

#[pg_extern(sql = false)]
fn portfolio_cs01_final(state: FloatArray) -> Result<Option<f64>, ErrorReport> {
    Ok(figures(state)?.map(|figures| figures.cs01))
}

/// The columns of `portfolio_curve_measures`, in order.
#[pg_extern(sql = false)]
fn portfolio_curve_risk_final(mut state: FloatArray, fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<Row>, ErrorReport> {
    let Some(book) = checked(&mut state)? else { return Ok(None) };
    let (held, skipped) = book.counts();
    if held + skipped == 0 {
        return Ok(None);
    }
    let figures = book.figures()?;
    let figure = |read: fn(&Figures) -> f64| figures.as_ref().map(read).into_datum();
    Ok(Some(Row::new(
        fcinfo,
        [
            held.into_datum(),
            skipped.into_datum(),
            figure(|figures| figures.market_value),
            figure(|figures| figures.npv),
            figures.as_ref().and_then(|figures| figures.z_spread).into_datum(),
            figure(|figures| figures.cs01),
        ],
    )))
}

#[pg_extern(sql = false)]
fn portfolio_krd_final(state: FloatArray, fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<CompositeArray>, ErrorReport> {
    let rows = figures(state)?.map(|figures| figures.key_rates).map(|key_rates| {
        let rows = key_rates.into_iter().map(|key| {
            [Tenor::of_key(key.years).to_string().into_datum(), key.years.into_datum(), key.duration.into_datum(), key.dv01.into_datum()]
        });
        CompositeArray::new(fcinfo, rows.collect())
    });
    Ok(rows)
}
