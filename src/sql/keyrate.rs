//! The curve aggregates: a transition function and its inverse, each with tenors and without, one
//! combine function, a final function each.

use super::call::{CompositeArray, Row, argument, call_site, is_null, optional, reported};
use super::datum::Varlena;
use super::state::{FloatArray, in_aggregate};
use super::valuation::tenors;
use crate::basics::error::Error;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::market::curve::Curve;
use crate::portfolio::key_rate_state::{Figures, KeyRateState, empty, with_keys};
use crate::product::bond::Bond;
use crate::risk::key_rate::{KeyRates, OnCurve};
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
    /// The bytes are compared at every call, for no caller promises that an argument stays what it
    /// was.
    #[inline(always)]
    fn rates(
        &mut self,
        curve: &[u8],
        tenors: &[u8],
        keys: impl FnOnce() -> Result<Vec<f64>, Error>,
    ) -> Result<&mut KeyRates, Error> {
        let is_asked_for = |kept: &Kept| kept.curve == curve && kept.tenors == tenors;
        if !self.0.first().is_some_and(is_asked_for) {
            self.bring_forward(curve, tenors, keys)?;
        }
        let kept = self.0.first_mut().ok_or(Error::state("no key rates are kept"))?;
        kept.seen = kept.seen.saturating_add(1);
        if kept.seen == PATIENCE {
            kept.rates.tabulate();
        }
        Ok(&mut kept.rates)
    }

    #[cold]
    fn bring_forward(
        &mut self,
        curve: &[u8],
        tenors: &[u8],
        keys: impl FnOnce() -> Result<Vec<f64>, Error>,
    ) -> Result<(), Error> {
        match self.0.iter().position(|kept| kept.curve == curve && kept.tenors == tenors) {
            Some(place) => self.0.get_mut(..=place).unwrap_or_default().rotate_right(1),
            None => {
                let rates = KeyRates::new(Curve::from_stored(curve)?, keys()?)?;
                self.0.truncate(CURVES - 1);
                self.0.insert(
                    0,
                    Kept { curve: curve.to_vec(), tenors: tenors.to_vec(), rates, seen: 0 },
                );
            }
        }
        Ok(())
    }
}

/// Transition functions: a row comes, or goes.
macro_rules! transitions {
    ($($name:ident, $at:ident: $times:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<FloatArray>, ErrorReport> {
            if is_null(fcinfo, 0) {
                return Ok(None);
            }
            let state = put(fcinfo, Some(&[]), || Ok(KEY_TENORS.to_vec()), $times);
            state.map(Some).map_err(|error| reported(fcinfo, error))
        }

        #[pg_extern(sql = false)]
        fn $at(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<FloatArray>, ErrorReport> {
            if is_null(fcinfo, 0) {
                return Ok(None);
            }
            // SAFETY: `sql/keyrate.sql` declares the fourth argument `text[]`.
            let keys = unsafe { optional::<Varlena>(fcinfo, 3) };
            // SAFETY: as above; only tenors that are no NULL are read.
            let state = put(fcinfo, keys.as_ref().map(Varlena::bytes), || tenors(unsafe { argument(fcinfo, 3) }), $times);
            state.map(Some).map_err(|error| reported(fcinfo, error))
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
    tenors: Option<&[u8]>,
    keys: impl FnOnce() -> Result<Vec<Tenor>, Error>,
    times: f64,
) -> Result<FloatArray, Error> {
    // SAFETY: `sql/keyrate.sql` declares the second and third arguments `bond` and `curve`.
    let (Some(bond), Some(curve)) =
        (unsafe { optional::<Bond>(fcinfo, 1) }, unsafe { optional::<Varlena>(fcinfo, 2) })
    else {
        return skip(fcinfo, times);
    };
    let Some(tenors) = tenors else { return skip(fcinfo, times) };
    // SAFETY: the transition functions keep nothing else there, and ask here alone.
    let site: &mut Site = unsafe { call_site(fcinfo) };
    let rates = site.rates(curve.bytes(), tenors, || {
        Ok(keys()?.iter().map(|tenor| tenor.key_years()).collect())
    })?;
    let mut state = writable(fcinfo)?;
    let mut book = KeyRateState::of(state.get_mut())?;
    if !book.has_keys(rates.keys()) {
        if !book.keys().is_empty() {
            return Err(Error::state("it is for other key rates"));
        }
        state = FloatArray::new(&with_keys(state.get_mut(), rates.keys()));
        book = KeyRateState::of(state.get_mut())?;
    }
    book.note(bond.optional.currency, Some(rates.as_of()), times)?;
    match rates.on_curve(&bond) {
        Ok(Some(OnCurve::Measured(profile))) => book.put(&profile, bond.holding(), times),
        Ok(Some(OnCurve::Valued(price))) => book.put_value(price, bond.holding(), times),
        // Not outstanding, or on days that the curve or a calendar does not know.
        Ok(None) | Err(_) => book.skip(times),
    }
    Ok(state)
}

/// A row without a bond, a curve or tenors: it is counted, with the currency and the day that are
/// known.
#[cold]
fn skip(fcinfo: pg_sys::FunctionCallInfo, times: f64) -> Result<FloatArray, Error> {
    // SAFETY: as above.
    let (bond, curve) = unsafe { (optional::<Bond>(fcinfo, 1), optional::<Curve>(fcinfo, 2)) };
    let mut state = writable(fcinfo)?;
    let mut book = KeyRateState::of(state.get_mut())?;
    book.note(bond.and_then(|bond| bond.optional.currency), curve.map(|curve| curve.as_of), times)?;
    book.skip(times);
    Ok(state)
}

/// The state that a transition function may change, an empty one before the first row; checked
/// where no aggregate calls.
#[inline(always)]
fn writable(fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, Error> {
    let mut state = FloatArray::of_argument(fcinfo, 0)?;
    if state.is_empty() {
        return Ok(FloatArray::new(&empty(&[])));
    }
    if !in_aggregate(fcinfo) {
        KeyRateState::checked(state.get_mut())?;
    }
    Ok(state.writable(fcinfo))
}

#[pg_extern(sql = false)]
fn portfolio_curve_combine(fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, ErrorReport> {
    combined(fcinfo).map_err(|error| reported(fcinfo, error))
}

fn combined(fcinfo: pg_sys::FunctionCallInfo) -> Result<FloatArray, Error> {
    let (mut state, mut other) = (writable(fcinfo)?, FloatArray::of_argument(fcinfo, 1)?);
    let book = KeyRateState::checked(state.get_mut())?;
    if other.is_empty() {
        return Ok(state);
    }
    let other = KeyRateState::checked(other.get_mut())?;
    if book.keys().is_empty() {
        state = FloatArray::new(&with_keys(state.get_mut(), other.keys()));
    }
    KeyRateState::of(state.get_mut())?.merge(&other)?;
    Ok(state)
}

/// A figure of a state that may have been made by hand; None before the first row.
fn answer<T>(
    fcinfo: pg_sys::FunctionCallInfo,
    figure: impl FnOnce(KeyRateState<'_>) -> Result<Option<T>, Error>,
) -> Result<Option<T>, ErrorReport> {
    let answer = FloatArray::of_argument(fcinfo, 0).and_then(|mut state| match state.is_empty() {
        true => Ok(None),
        false => figure(KeyRateState::checked(state.get_mut())?),
    });
    answer.map_err(|error| reported(fcinfo, error))
}

fn figures(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<Figures>, ErrorReport> {
    answer(fcinfo, |book| book.figures())
}

#[pg_extern(sql = false)]
fn portfolio_npv_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<f64>, ErrorReport> {
    answer(fcinfo, |book| book.npv())
}

#[pg_extern(sql = false)]
fn portfolio_z_spread_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<f64>, ErrorReport> {
    Ok(figures(fcinfo)?.and_then(|figures| figures.z_spread))
}

#[pg_extern(sql = false)]
fn portfolio_cs01_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<f64>, ErrorReport> {
    Ok(figures(fcinfo)?.map(|figures| figures.cs01))
}

/// The columns of `portfolio_curve_measures`, in order.
#[pg_extern(sql = false)]
fn portfolio_curve_risk_final(
    fcinfo: pg_sys::FunctionCallInfo,
) -> Result<Option<Row>, ErrorReport> {
    let risk =
        answer(fcinfo, |book| Ok(Some((book.counts(), book.settlement(), book.figures()?))))?;
    let Some(((measured, skipped), settlement, figures)) =
        risk.filter(|((measured, skipped), ..)| measured + skipped > 0)
    else {
        return Ok(None);
    };
    let figure = |read: fn(&Figures) -> f64| figures.as_ref().map(read).into_datum();
    Ok(Some(Row::new(
        fcinfo,
        [
            measured.into_datum(),
            skipped.into_datum(),
            figure(|figures| figures.market_value),
            figure(|figures| figures.npv),
            figures.as_ref().and_then(|figures| figures.z_spread).into_datum(),
            figure(|figures| figures.cs01),
            settlement.into_datum(),
        ],
    )))
}

#[pg_extern(sql = false)]
fn portfolio_krd_final(
    fcinfo: pg_sys::FunctionCallInfo,
) -> Result<Option<CompositeArray>, ErrorReport> {
    let rows = figures(fcinfo)?.map(|figures| figures.key_rates).map(|key_rates| {
        let rows = key_rates.into_iter().map(|key| {
            [
                Tenor::of_key(key.years).to_string().into_datum(),
                key.years.into_datum(),
                key.duration.into_datum(),
                key.dv01.into_datum(),
            ]
        });
        CompositeArray::new(fcinfo, rows.collect())
    });
    Ok(rows)
}

#[cfg(feature = "pg_inside")]
#[pg_schema]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use pgrx::prelude::*;

    /// More curves than a call site keeps, and each of them twice.
    #[pg_test]
    fn a_loop_over_curves_values_a_bond_on_each_of_them() {
        Spi::run(
            "CREATE FUNCTION pg_temp.looped() RETURNS float8[] LANGUAGE plpgsql AS $$
            DECLARE c curve; state float8[]; answers float8[] := '{}';
            BEGIN
                FOR i IN 0..23 LOOP
                    c := format('2026-03-24 1Y:%s%% 30Y:5%%', 1 + i % 12)::curve;
                    state := portfolio_curve_add('{}', '5% 2030-01-15 x 1e6', c);
                    answers := answers || portfolio_npv_final(state);
                END LOOP;
                RETURN answers;
            END $$",
        )
        .unwrap();
        let looped = Spi::get_one::<Vec<f64>>("SELECT pg_temp.looped()").unwrap().unwrap();
        assert_eq!(looped.len(), 24);
        for (i, value) in looped.iter().enumerate() {
            let alone = Spi::get_one::<f64>(&format!(
                "SELECT portfolio_npv('5% 2030-01-15 x 1e6'::bond, '2026-03-24 1Y:{}% 30Y:5%'::curve)",
                1 + i % 12
            ));
            assert_eq!(alone, Ok(Some(*value)), "{i}");
        }
        assert_ne!(looped[0], looped[1]);
    }

    #[pg_test]
    fn a_loop_over_tenors_answers_each_list() {
        Spi::run(
            "CREATE FUNCTION pg_temp.counts() RETURNS int[] LANGUAGE plpgsql AS $$
            DECLARE counts int[] := '{}'; tenors text[] := '{}';
            BEGIN
                FOR i IN 1..12 LOOP
                    tenors := tenors || (i || 'Y');
                    counts := counts || cardinality(portfolio_krd_final(portfolio_curve_add(
                        '{}', '5% 2030-01-15 @ 99', '2026-03-24 1Y:4% 30Y:5%', tenors)));
                END LOOP;
                RETURN counts;
            END $$",
        )
        .unwrap();
        let counts = Spi::get_one::<Vec<i32>>("SELECT pg_temp.counts()").unwrap().unwrap();
        assert_eq!(counts, (1..=12).collect::<Vec<i32>>());
    }
}
