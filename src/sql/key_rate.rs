//! The curve aggregates: one transition function and its inverse, one combine function, a final
//! function each.

use super::bond_on_curve::tenors;
use super::call::{Call, Composite, CompositeArray, Extra};
use super::datum::{List, Text};
use super::state::State;
use crate::basics::error::Result;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::market::curve::Curve;
use crate::portfolio::key_rate_state::{Figures, KeyRateState, grown};
use crate::product::bond::Bond;
use crate::risk::curve_cache::CurveCache;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type CurveState = State<KeyRateState<'static>>;
type Transition = Call<(CurveState, Bond, Curve, Extra<List<Text>>)>;
type Final = Call<(CurveState,)>;

#[pg_extern(sql = false)]
fn portfolio_curve_add(call: Transition) -> Result<Option<CurveState>, ErrorReport> {
    changed(call, 1.0)
}

#[pg_extern(sql = false)]
fn portfolio_curve_remove(call: Transition) -> Result<Option<CurveState>, ErrorReport> {
    changed(call, -1.0)
}

/// A row comes, or with −1 goes.
#[inline(always)]
fn changed(mut call: Transition, times: f64) -> Result<Option<CurveState>, ErrorReport> {
    let Some(mut state) = State::of_transition(&call)? else { return Ok(None) };
    let changed = match put(&mut call, &mut state, times) {
        Ok(true) => Ok(()),
        Ok(false) => skip(&call, &mut state, times),
        Err(error) => Err(error),
    };
    changed.map(|()| Some(state)).map_err(|error| call.reported(error))
}

/// False where the row has no bond, no curve or no tenors.
#[inline(always)]
fn put(call: &mut Transition, state: &mut CurveState, times: f64) -> Result<bool> {
    let (Some(bond), Some(curve)) = (call.optional::<1>(), call.bytes::<2>()) else {
        return Ok(false);
    };
    let listed = call.bytes::<3>();
    if listed.is_none() && call.has::<3>() {
        return Ok(false);
    }
    let keys = |call: &Transition| -> Result<Vec<f64>> {
        let tenors = call.optional::<3>().map_or(Ok(KEY_TENORS.to_vec()), tenors)?;
        Ok(tenors.iter().map(Tenor::key_years).collect())
    };
    let asked = listed.as_ref().map_or(&[][..], |listed| listed.bytes());
    let (cache, call) = call.kept::<CurveCache>();
    let rates = cache.rates(curve.bytes(), asked, || keys(call))?;
    if let Some(grown) = grown(state.numbers(), rates.keys())? {
        state.replace(&grown);
    }
    KeyRateState::of(state.numbers())?.put_row(&bond, rates, times)?;
    Ok(true)
}

/// A row without a bond, a curve or tenors: it is counted, with the currency and the day that are
/// known.
#[cold]
fn skip(call: &Transition, state: &mut CurveState, times: f64) -> Result<()> {
    let (bond, curve) = (call.optional::<1>(), call.optional::<2>());
    let mut book = KeyRateState::of(state.numbers())?;
    book.note(bond.and_then(|bond| bond.optional.currency), curve.map(|curve| curve.as_of), times)?;
    book.skip(times);
    Ok(())
}

#[pg_extern(sql = false)]
fn portfolio_curve_combine(
    call: Call<(CurveState, CurveState)>,
) -> Result<CurveState, ErrorReport> {
    State::combined(&call, |state, other| {
        let other = KeyRateState::of(other.numbers())?;
        if let Some(grown) = grown(state.numbers(), other.keys())? {
            state.replace(&grown);
        }
        KeyRateState::of(state.numbers())?.merge(&other)
    })
}

/// A figure of a state.
fn figure<T>(
    call: &Final,
    read: impl FnOnce(KeyRateState<'_>) -> Result<Option<T>>,
) -> Result<Option<T>, ErrorReport> {
    let mut state = State::of_final(call)?;
    KeyRateState::of(state.numbers()).and_then(read).map_err(|error| call.reported(error))
}

fn figures(call: &Final) -> Result<Option<Figures>, ErrorReport> {
    figure(call, |book| book.figures())
}

#[pg_extern(sql = false)]
fn portfolio_npv_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    figure(&call, |book| book.npv())
}

#[pg_extern(sql = false)]
fn portfolio_z_spread_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    Ok(figures(&call)?.and_then(|figures| figures.z_spread))
}

#[pg_extern(sql = false)]
fn portfolio_cs01_final(call: Final) -> Result<Option<f64>, ErrorReport> {
    Ok(figures(&call)?.map(|figures| figures.cs01))
}

/// The columns of `portfolio_curve_measures`, in order.
#[pg_extern(sql = false)]
fn portfolio_curve_risk_final(call: Final) -> Result<Option<Composite>, ErrorReport> {
    let risk = figure(&call, |book| book.risk())?;
    Ok(risk.map(|risk| {
        let figure = |read: fn(&Figures) -> f64| risk.figures.as_ref().map(read).into_datum();
        Composite::new(
            &call,
            [
                risk.measured.into_datum(),
                risk.skipped.into_datum(),
                figure(|figures| figures.market_value),
                figure(|figures| figures.npv),
                risk.figures.as_ref().and_then(|figures| figures.z_spread).into_datum(),
                figure(|figures| figures.cs01),
                risk.settlement.into_datum(),
            ],
        )
    }))
}

#[pg_extern(sql = false)]
fn portfolio_krd_final(call: Final) -> Result<Option<CompositeArray>, ErrorReport> {
    Ok(figures(&call)?.map(|figures| {
        let rows = figures.key_rates.into_iter().map(|key| {
            [
                Tenor::of_key(key.years).to_string().into_datum(),
                key.years.into_datum(),
                key.duration.into_datum(),
                key.dv01.into_datum(),
            ]
        });
        CompositeArray::new(&call, rows.collect())
    }))
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
