//! The curve aggregates: one transition function with and one without tenors, one combine function, a final function each.

use super::datum::{CompositeArray, Row, Varlena, call_site, optional};
use super::state::FloatArray;
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

#[pg_extern(sql = false)]
fn portfolio_curve_add(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<FloatArray>, ErrorReport> {
    add(fcinfo, None, || Ok(KEY_TENORS.to_vec()))
}

#[pg_extern(sql = false)]
fn portfolio_curve_add_at(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<FloatArray>, ErrorReport> {
    // SAFETY: `sql/keyrate.sql` declares the first argument `float8[]` and the fourth `text[]`.
    let (state, keys) = unsafe { (optional(fcinfo, 0), optional::<Varlena>(fcinfo, 3)) };
    let Some(keys) = keys else { return Ok(state) };
    add(fcinfo, Some(keys), || {
        // SAFETY: as above.
        tenors(unsafe { optional(fcinfo, 3) }.unwrap_or_default())
    })
}

/// A NULL bond or curve is no row.
#[inline(always)]
fn add(
    fcinfo: pg_sys::FunctionCallInfo,
    tenors: Option<Varlena>,
    keys: impl FnOnce() -> Result<Vec<Tenor>, Error>,
) -> Result<Option<FloatArray>, ErrorReport> {
    // SAFETY: `sql/keyrate.sql` declares the first arguments `float8[]`, `bond` and `curve`.
    let (state, bond, curve) = unsafe { (optional::<FloatArray>(fcinfo, 0), optional::<Bond>(fcinfo, 1), optional::<Varlena>(fcinfo, 2)) };
    let (Some(bond), Some(curve)) = (bond, curve) else { return Ok(state) };
    let tenors = tenors.as_ref().map_or(&[][..], Varlena::bytes);
    // SAFETY: the transition functions keep nothing else there, and ask here alone.
    let site: &mut Site = unsafe { call_site(fcinfo) };
    let rates = site.rates(curve.bytes(), tenors, || Ok(keys()?.iter().map(|tenor| tenor.key_years()).collect()))?;
    let mut state = match state {
        Some(state) => state.writable(fcinfo),
        None => FloatArray::new(&empty(rates.keys())),
    };
    let mut book = Book::of(state.get_mut())?;
    if !book.has_keys(rates.keys()) {
        return Err(Error::State { why: "it is for other key rates".to_owned() }.into());
    }
    match rates.profile(&bond) {
        Ok(Some(profile)) => book.add(&profile, bond.holding(), bond.price.is_some()),
        // Not outstanding, without a spread, or on days that the curve or a calendar does not know.
        Ok(None) | Err(_) => book.skip(),
    }
    Ok(Some(state))
}

#[pg_extern(sql = false)]
fn portfolio_curve_combine(state: FloatArray, mut other: FloatArray, fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, ErrorReport> {
    let mut state = state.writable(fcinfo);
    Book::checked(state.get_mut())?.merge(&Book::checked(other.get_mut())?)?;
    Ok(state)
}

fn figures(mut state: FloatArray) -> Result<Option<Figures>, ErrorReport> {
    Ok(Book::checked(state.get_mut())?.figures())
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
fn portfolio_curve_risk_final(mut state: FloatArray, fcinfo: pg_sys::FunctionCallInfo) -> Result<Row, ErrorReport> {
    let book = Book::checked(state.get_mut())?;
    let (held, skipped) = book.counts();
    let figures = book.figures();
    let figure = |read: fn(&Figures) -> f64| figures.as_ref().map(read).into_datum();
    Ok(Row::new(
        fcinfo,
        [
            held.into_datum(),
            skipped.into_datum(),
            figure(|figures| figures.market_value),
            figure(|figures| figures.npv),
            figures.as_ref().and_then(|figures| figures.z_spread).into_datum(),
            figure(|figures| figures.cs01),
        ],
    ))
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
