//! Type `swap`: input and output, the constructor, what reads a value, comparison; and swaps on
//! curves.

// pgrx reads the columns from the signature, where an alias would hide them.
#![allow(clippy::type_complexity)]

use super::call::{input, received};
use super::datum::{List, Text, comparisons};
use super::json::Json;
use super::valuation::tenors;
use crate::basics::date::Date;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::{Given, read_arguments};
use crate::forms::text::decimal_rate;
use crate::market::curve::Curve;
use crate::market::data::MarketData;
use crate::pricing::swap_on_curves::{SwapPayment, SwapValuation};
use crate::product::swap::{FIELDS, Swap, SwapTerms};
use crate::risk::key_rate::check_keys;
use pgrx::datum::Internal;
use pgrx::iter::TableIterator;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::ffi::{CStr, CString};

#[pg_extern(sql = false)]
fn swap_in(text: &CStr, fcinfo: pg_sys::FunctionCallInfo) -> Option<Swap> {
    input(fcinfo, text)
}

#[pg_extern(sql = false)]
fn swap_out(swap: Swap) -> CString {
    CString::new(swap.to_string()).unwrap_or_default()
}

#[pg_extern(sql = false)]
fn swap_recv(message: Internal) -> Result<Swap, ErrorReport> {
    Ok(Swap::from_bytes(&received(message)?)?)
}

#[pg_extern(sql = false)]
fn swap_send(swap: Swap) -> Vec<u8> {
    swap.to_bytes()
}

/// Not strict: an absent optional argument is its default, and a swap without fixed rate or dates
/// is unknown.
#[pg_extern(sql = false)]
#[allow(clippy::too_many_arguments)] // the SQL constructor's named arguments
fn swap_new(
    fixed_rate: Option<f64>,
    effective: Option<Date>,
    maturity: Option<Date>,
    fixed_leg: Option<Text>,
    fixed_frequency: Option<Text>,
    fixed_day_count: Option<Text>,
    floating_index: Option<Text>,
    floating_spread: Option<f64>,
    floating_frequency: Option<Text>,
    floating_day_count: Option<Text>,
    fixing: Option<f64>,
    notional: Option<f64>,
    calendar: Option<Text>,
    roll: Option<Text>,
    lag: Option<i32>,
    end_of_month: Option<bool>,
    currency: Option<Text>,
) -> Result<Option<Swap>, ErrorReport> {
    let (Some(fixed_rate), Some(effective), Some(maturity)) = (fixed_rate, effective, maturity)
    else {
        return Ok(None);
    };
    let mut terms = SwapTerms::new(decimal_rate("fixed rate", fixed_rate)?, effective, maturity);
    read_arguments(
        "swap",
        FIELDS,
        &mut terms,
        [
            ("fixed_leg", fixed_leg.map(Given::from)),
            ("fixed_frequency", fixed_frequency.map(Given::from)),
            ("fixed_day_count", fixed_day_count.map(Given::from)),
            ("floating_index", floating_index.map(Given::from)),
            ("floating_spread", floating_spread.map(Given::Number)),
            ("floating_frequency", floating_frequency.map(Given::from)),
            ("floating_day_count", floating_day_count.map(Given::from)),
            ("fixing", fixing.map(Given::Number)),
            ("notional", notional.map(Given::Number)),
            ("calendar", calendar.map(Given::from)),
            ("roll", roll.map(Given::from)),
            ("payment_lag", lag.map(|lag| Given::Integer(lag.into()))),
            ("end_of_month", end_of_month.map(Given::Bool)),
            ("currency", currency.map(Given::from)),
        ],
    )?;
    Ok(Some(Swap::new(terms)?))
}

#[pg_extern(sql = false)]
fn swap_from_jsonb(terms: Json) -> Result<Swap, ErrorReport> {
    Ok(Swap::from_json(terms.0)?)
}

#[pg_extern(sql = false)]
fn swap_to_json(swap: Swap) -> pgrx::Json {
    pgrx::Json(swap.to_json())
}

#[pg_extern(sql = false)]
fn swap_to_jsonb(swap: Swap) -> Json {
    Json(swap.to_json())
}

#[pg_extern(sql = false)]
fn swap_hold(swap: Swap, notional: f64) -> Result<Swap, ErrorReport> {
    Ok(swap.held(notional)?)
}

/// Functions that read one term.
macro_rules! accessors {
    ($($name:ident -> $kind:ty: |$swap:ident| $term:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name($swap: Swap) -> $kind {
            $term
        }
    )* };
}

accessors! {
    swap_fixed_leg -> &'static str: |swap| swap.fixed_leg.name();
    swap_fixed_rate -> f64: |swap| swap.fixed_rate;
    swap_effective -> Date: |swap| swap.effective;
    swap_maturity -> Date: |swap| swap.maturity;
    swap_fixed_frequency -> &'static str: |swap| swap.fixed.frequency.name();
    swap_fixed_day_count -> &'static str: |swap| swap.fixed.day_count.name();
    swap_floating_index -> String: |swap| swap.index.clone();
    swap_floating_spread -> f64: |swap| swap.spread;
    swap_floating_frequency -> &'static str: |swap| swap.floating.frequency.name();
    swap_floating_day_count -> &'static str: |swap| swap.floating.day_count.name();
    swap_fixing -> Option<f64>: |swap| swap.fixing;
    swap_notional -> Option<f64>: |swap| swap.notional;
    swap_calendar -> String: |swap| swap.calendar.to_string();
    swap_roll -> &'static str: |swap| swap.roll.name();
    swap_payment_lag -> i32: |swap| i32::from(swap.payment_lag);
    swap_end_of_month -> bool: |swap| swap.end_of_month;
    swap_currency -> Option<String>: |swap| swap.currency.map(|currency| currency.to_string());
}

comparisons! {
    Swap;
    swap_eq: ==;
    swap_ne: !=;
    swap_lt: <;
    swap_le: <=;
    swap_gt: >;
    swap_ge: >=;
}

#[pg_extern(sql = false)]
fn swap_smaller(a: Swap, b: Swap) -> Swap {
    a.min(b)
}

#[pg_extern(sql = false)]
fn swap_larger(a: Swap, b: Swap) -> Swap {
    a.max(b)
}

#[pg_extern(sql = false)]
fn swap_cmp(a: Swap, b: Swap) -> i32 {
    a.cmp(&b) as i32
}

#[pg_extern(sql = false)]
fn swap_hash(swap: Swap) -> i32 {
    swap.hash_code(0) as i32
}

#[pg_extern(sql = false)]
fn swap_hash_extended(swap: Swap, seed: i64) -> i64 {
    swap.hash_code(seed as u64) as i64
}

/// Without a projection curve the discount curve projects, too; without settlement it is on the
/// curves' own date.
fn on_curves<T>(
    swap: &Swap,
    discount: &Curve,
    projection: Option<&Curve>,
    settlement: Option<Date>,
    answer: impl FnOnce(&SwapValuation) -> Option<T>,
) -> Result<Option<T>, ErrorReport> {
    let market = MarketData::dual(discount, projection.unwrap_or(discount))?;
    let valuation = SwapValuation::new(swap, market, settlement)?;
    Ok(valuation.as_ref().and_then(answer))
}

/// One figure: on one curve or two, on the curves' date or another.
macro_rules! figures {
    ($($figure:ident: $one:ident, $one_on:ident, $two:ident, $two_on:ident;)*) => { $(
        #[pg_extern(sql = false)]
        fn $one(swap: Swap, discount: Curve) -> Result<Option<f64>, ErrorReport> {
            on_curves(&swap, &discount, None, None, SwapValuation::$figure)
        }

        #[pg_extern(sql = false)]
        fn $one_on(swap: Swap, discount: Curve, settlement: Date) -> Result<Option<f64>, ErrorReport> {
            on_curves(&swap, &discount, None, Some(settlement), SwapValuation::$figure)
        }

        #[pg_extern(sql = false)]
        fn $two(swap: Swap, discount: Curve, projection: Curve) -> Result<Option<f64>, ErrorReport> {
            on_curves(&swap, &discount, Some(&projection), None, SwapValuation::$figure)
        }

        #[pg_extern(sql = false)]
        fn $two_on(swap: Swap, discount: Curve, projection: Curve, settlement: Date) -> Result<Option<f64>, ErrorReport> {
            on_curves(&swap, &discount, Some(&projection), Some(settlement), SwapValuation::$figure)
        }
    )* };
}

figures! {
    npv: swap_npv, swap_npv_on, swap_npv_dual, swap_npv_dual_on;
    par_rate: swap_par_rate, swap_par_rate_on, swap_par_rate_dual, swap_par_rate_dual_on;
    dv01: swap_dv01, swap_dv01_on, swap_dv01_dual, swap_dv01_dual_on;
}

/// Of a book: what one swap cannot be measured by is no reason to leave the others.
#[pg_extern(sql = false)]
fn swap_measures(
    swap: Swap,
    discount: Curve,
) -> TableIterator<
    'static,
    (name!(npv, Option<f64>), name!(par_rate, Option<f64>), name!(dv01, Option<f64>)),
> {
    let valuation = SwapValuation::new(&swap, &discount, None).ok().flatten();
    TableIterator::new(
        valuation.map(|valuation| (valuation.npv(), valuation.par_rate(), valuation.dv01())),
    )
}

fn key_rates(
    swap: &Swap,
    discount: &Curve,
    projection: Option<&Curve>,
    keys: Option<List<Text>>,
    settlement: Option<Date>,
) -> Result<Vec<(String, f64, f64, f64)>, ErrorReport> {
    let tenors = keys.map_or(Ok(KEY_TENORS.to_vec()), tenors)?;
    let years: Vec<f64> = tenors.iter().map(Tenor::key_years).collect();
    check_keys(&years)?;
    let rows =
        on_curves(swap, discount, projection, settlement, |valuation| valuation.key_rates(&years))?
            .unwrap_or_default();
    let named = tenors.iter().zip(&years).zip(rows);
    Ok(named
        .map(|((tenor, &years), (duration, dv01))| (tenor.to_string(), years, duration, dv01))
        .collect())
}

/// Rows of key rates, with every choice of a second curve, of tenors and of settlement.
macro_rules! key_rates {
    ($($name:ident($($argument:ident: $kind:ty),*): $projection:expr, $tenors:expr, $settlement:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name(
            swap: Swap, discount: Curve, $($argument: $kind),*
        ) -> Result<TableIterator<'static, (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64))>, ErrorReport> {
            Ok(TableIterator::new(key_rates(&swap, &discount, $projection, $tenors, $settlement)?))
        }
    )* };
}

key_rates! {
    swap_krd(): None, None, None;
    swap_krd_on(settlement: Date): None, None, Some(settlement);
    swap_krd_at(tenors: List<Text>): None, Some(tenors), None;
    swap_krd_at_on(tenors: List<Text>, settlement: Date): None, Some(tenors), Some(settlement);
    swap_krd_dual(projection: Curve): Some(&projection), None, None;
    swap_krd_dual_on(projection: Curve, settlement: Date): Some(&projection), None, Some(settlement);
    swap_krd_dual_at(projection: Curve, tenors: List<Text>): Some(&projection), Some(tenors), None;
    swap_krd_dual_at_on(projection: Curve, tenors: List<Text>, settlement: Date): Some(&projection), Some(tenors), Some(settlement);
}

fn cash_flows(
    swap: &Swap,
    discount: &Curve,
    projection: Option<&Curve>,
    settlement: Option<Date>,
) -> Result<
    impl Iterator<Item = (&'static str, Date, Date, Date, Option<f64>, Option<f64>, f64, Option<f64>)>
    + use<>,
    ErrorReport,
> {
    let rows = on_curves(swap, discount, projection, settlement, |valuation| {
        Some(valuation.cash_flows().collect::<Vec<_>>())
    })?;
    Ok(rows.unwrap_or_default().into_iter().map(|row| {
        let SwapPayment { is_fixed, period, rate, amount, discount, .. } = row;
        let leg = if is_fixed { "fixed" } else { "floating" };
        (leg, period.start, period.end, period.payment, rate, amount, discount, row.present_value())
    }))
}

/// Rows of payments, with every choice of a second curve and of settlement.
macro_rules! cash_flows {
    ($($name:ident($($argument:ident: $kind:ty),*): $projection:expr, $settlement:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name(
            swap: Swap, discount: Curve, $($argument: $kind),*
        ) -> Result<TableIterator<'static, (
            name!(leg, &'static str), name!(start, Date), name!(end, Date), name!(payment, Date), name!(rate, Option<f64>),
            name!(amount, Option<f64>), name!(discount_factor, f64), name!(present_value, Option<f64>),
        )>, ErrorReport> {
            Ok(TableIterator::new(cash_flows(&swap, &discount, $projection, $settlement)?))
        }
    )* };
}

cash_flows! {
    swap_cashflows(): None, None;
    swap_cashflows_on(settlement: Date): None, Some(settlement);
    swap_cashflows_dual(projection: Curve): Some(&projection), None;
    swap_cashflows_dual_on(projection: Curve, settlement: Date): Some(&projection), Some(settlement);
}
