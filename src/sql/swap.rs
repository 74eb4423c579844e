//! Type `swap`: input and output, the constructor, what reads a value, comparison; and swaps on
//! curves.

use super::bond_on_curve::{KeyRateRows, key_rate_rows, tenors};
use super::call::{Call, Extra, Rows, received};
use super::datum::{Json, List, Text};
use crate::basics::date::Date;
use crate::basics::tenor::KEY_TENORS;
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::{Given, read_arguments};
use crate::forms::text::decimal_rate;
use crate::market::curve::Curve;
use crate::pricing::swap_on_curves::{SwapPayment, SwapValuation};
use crate::product::swap::{FIELDS, Swap, SwapTerms};
use crate::risk::profile::{on_curves, swap_key_rates};
use pgrx::datum::Internal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::cmp::Ordering;
use std::ffi::{CStr, CString};

#[pg_extern(sql = false)]
fn swap_in(text: &CStr, call: Call) -> Option<Swap> {
    call.input(text)
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

functions! {
    (a: Swap, b: Swap) -> bool, |holds| holds(a.cmp(&b));
    swap_eq: Ordering::is_eq;
    swap_ne: Ordering::is_ne;
    swap_lt: Ordering::is_lt;
    swap_le: Ordering::is_le;
    swap_gt: Ordering::is_gt;
    swap_ge: Ordering::is_ge;
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

/// On one curve, and on one that discounts and another that projects.
type Single = Call<(Swap, Curve, Extra<Date>)>;
type Dual = Call<(Swap, Curve, Curve, Extra<Date>)>;
type Figure = Result<Option<f64>, ErrorReport>;

fn single<T>(
    call: &Single,
    figure: fn(&SwapValuation) -> Option<T>,
) -> Result<Option<T>, ErrorReport> {
    let (swap, discount) = (call.argument::<0>(), call.argument::<1>());
    Ok(on_curves(&swap, &discount, None, call.optional::<2>(), figure)?)
}

fn dual<T>(call: &Dual, figure: fn(&SwapValuation) -> Option<T>) -> Result<Option<T>, ErrorReport> {
    let (swap, discount) = (call.argument::<0>(), call.argument::<1>());
    let projection = call.argument::<2>();
    Ok(on_curves(&swap, &discount, Some(&projection), call.optional::<3>(), figure)?)
}

#[pg_extern(sql = false)]
fn swap_npv(call: Single) -> Figure {
    single(&call, SwapValuation::npv)
}

#[pg_extern(sql = false)]
fn swap_npv_dual(call: Dual) -> Figure {
    dual(&call, SwapValuation::npv)
}

#[pg_extern(sql = false)]
fn swap_par_rate(call: Single) -> Figure {
    single(&call, SwapValuation::par_rate)
}

#[pg_extern(sql = false)]
fn swap_par_rate_dual(call: Dual) -> Figure {
    dual(&call, SwapValuation::par_rate)
}

#[pg_extern(sql = false)]
fn swap_dv01(call: Single) -> Figure {
    single(&call, SwapValuation::dv01)
}

#[pg_extern(sql = false)]
fn swap_dv01_dual(call: Dual) -> Figure {
    dual(&call, SwapValuation::dv01)
}

/// Of a book: what one swap cannot be measured by is no reason to leave the others.
#[pg_extern(sql = false)]
fn swap_measures(swap: Swap, discount: Curve) -> Rows<(Option<f64>, Option<f64>, Option<f64>)> {
    let valuation = SwapValuation::new(&swap, &discount, None).ok().flatten();
    Rows::new(valuation.map(|valuation| (valuation.npv(), valuation.par_rate(), valuation.dv01())))
}

#[pg_extern(sql = false)]
fn swap_krd(call: Single) -> Result<KeyRateRows, ErrorReport> {
    let (swap, discount) = (call.argument::<0>(), call.argument::<1>());
    Ok(key_rate_rows(swap_key_rates(&swap, &discount, None, &KEY_TENORS, call.optional::<2>())?))
}

#[pg_extern(sql = false)]
fn swap_krd_at(
    call: Call<(Swap, Curve, List<Text>, Extra<Date>)>,
) -> Result<KeyRateRows, ErrorReport> {
    let (swap, discount) = (call.argument::<0>(), call.argument::<1>());
    let tenors = tenors(call.argument::<2>())?;
    Ok(key_rate_rows(swap_key_rates(&swap, &discount, None, &tenors, call.optional::<3>())?))
}

#[pg_extern(sql = false)]
fn swap_krd_dual(call: Dual) -> Result<KeyRateRows, ErrorReport> {
    let (swap, discount) = (call.argument::<0>(), call.argument::<1>());
    let (projection, settlement) = (Some(&call.argument::<2>()), call.optional::<3>());
    Ok(key_rate_rows(swap_key_rates(&swap, &discount, projection, &KEY_TENORS, settlement)?))
}

#[pg_extern(sql = false)]
fn swap_krd_dual_at(
    call: Call<(Swap, Curve, Curve, List<Text>, Extra<Date>)>,
) -> Result<KeyRateRows, ErrorReport> {
    let (swap, discount) = (call.argument::<0>(), call.argument::<1>());
    let (projection, settlement) = (Some(&call.argument::<2>()), call.optional::<4>());
    let tenors = tenors(call.argument::<3>())?;
    Ok(key_rate_rows(swap_key_rates(&swap, &discount, projection, &tenors, settlement)?))
}

/// Leg, start, end, payment, rate, amount, discount factor, present value.
type Payments = Rows<(&'static str, Date, Date, Date, Option<f64>, Option<f64>, f64, Option<f64>)>;

fn payments(valuation: &SwapValuation) -> Option<Vec<SwapPayment>> {
    Some(valuation.cash_flows().collect())
}

fn payment_rows(payments: Option<Vec<SwapPayment>>) -> Payments {
    Rows::new(payments.unwrap_or_default().into_iter().map(|row| {
        let SwapPayment { is_fixed, period, rate, amount, discount, .. } = row;
        let leg = if is_fixed { "fixed" } else { "floating" };
        (leg, period.start, period.end, period.payment, rate, amount, discount, row.present_value())
    }))
}

#[pg_extern(sql = false)]
fn swap_cashflows(call: Single) -> Result<Payments, ErrorReport> {
    Ok(payment_rows(single(&call, payments)?))
}

#[pg_extern(sql = false)]
fn swap_cashflows_dual(call: Dual) -> Result<Payments, ErrorReport> {
    Ok(payment_rows(dual(&call, payments)?))
}
