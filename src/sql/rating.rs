//! Type `rating`: input and output, comparison, the agencies' scales, and averages.

use super::call::{Call, Extra, received};
use super::datum::Text;
use super::state::State;
use crate::basics::rating::{Agency, Rating, SCALE};
use crate::basics::vocabulary::Vocabulary;
use crate::portfolio::rating_sums::RatingSums;
use pgrx::datum::Internal;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::cmp::Ordering;
use std::ffi::{CStr, CString};

#[pg_extern(sql = false)]
fn rating_in(text: &CStr, call: Call) -> Option<Rating> {
    call.input(text)
}

#[pg_extern(sql = false)]
fn rating_out(rating: Rating) -> CString {
    CString::new(rating.to_string()).unwrap_or_default()
}

#[pg_extern(sql = false)]
fn rating_recv(message: Internal) -> Result<Rating, ErrorReport> {
    Ok(Rating::from_bytes(&received(message)?)?)
}

#[pg_extern(sql = false)]
fn rating_send(rating: Rating) -> Vec<u8> {
    vec![rating.to_byte()]
}

#[pg_extern(sql = false)]
fn rating_or_null(text: Text) -> Option<Rating> {
    text.0.parse().ok()
}

#[pg_extern(sql = false)]
fn rating_from_notch(notch: i32, agency: Text) -> Result<Rating, ErrorReport> {
    Ok(Rating::from_notch(notch, Agency::parse(&agency.0)?)?)
}

#[pg_extern(sql = false)]
fn rating_from_factor(factor: f64) -> Result<Rating, ErrorReport> {
    Ok(Rating::from_factor(factor)?)
}

functions! {
    (rating: Rating) -> i32, |read| i32::from(read(rating));
    rating_notch: Rating::notch;
    rating_factor: Rating::factor;
}

#[pg_extern(sql = false)]
fn rating_is_investment_grade(rating: Rating) -> bool {
    rating.is_investment_grade()
}

functions! {
    (rating: Rating) -> &'static str, |agency| rating.symbol(agency);
    rating_moodys: Agency::Moodys;
    rating_sp: Agency::Sp;
    rating_fitch: Agency::Fitch;
}

#[pg_extern(sql = false)]
fn rating_scale() -> TableIterator<
    'static,
    (
        name!(notch, i32),
        name!(moodys, &'static str),
        name!(sp, &'static str),
        name!(fitch, &'static str),
        name!(factor, i32),
        name!(investment_grade, bool),
    ),
> {
    let ratings = (1..=SCALE.len() as i32).flat_map(|notch| Rating::from_notch(notch, Agency::Sp));
    TableIterator::new(ratings.map(|rating| {
        let [moodys, sp, fitch] =
            [Agency::Moodys, Agency::Sp, Agency::Fitch].map(|agency| rating.symbol(agency));
        (
            i32::from(rating.notch()),
            moodys,
            sp,
            fitch,
            i32::from(rating.factor()),
            rating.is_investment_grade(),
        )
    }))
}

/// Not strict: an agency that rates nothing is left out.
#[pg_extern(sql = false)]
fn rating_middle(a: Option<Rating>, b: Option<Rating>, c: Option<Rating>) -> Option<Rating> {
    Rating::middle([a, b, c])
}

functions! {
    (a: Rating, b: Rating) -> bool, |holds| holds(a.cmp(&b));
    rating_eq: Ordering::is_eq;
    rating_ne: Ordering::is_ne;
    rating_lt: Ordering::is_lt;
    rating_le: Ordering::is_le;
    rating_gt: Ordering::is_gt;
    rating_ge: Ordering::is_ge;
}

#[pg_extern(sql = false)]
fn rating_cmp(a: Rating, b: Rating) -> i32 {
    a.cmp(&b) as i32
}

#[pg_extern(sql = false)]
fn rating_worse(a: Rating, b: Rating) -> Rating {
    a.min(b)
}

#[pg_extern(sql = false)]
fn rating_better(a: Rating, b: Rating) -> Rating {
    a.max(b)
}

#[pg_extern(sql = false)]
fn rating_hash(rating: Rating) -> i32 {
    rating.hash_code(0) as i32
}

#[pg_extern(sql = false)]
fn rating_hash_extended(rating: Rating, seed: i64) -> i64 {
    rating.hash_code(seed as u64) as i64
}

#[pg_extern(sql = false)]
fn rating_add(
    call: Call<(State<RatingSums>, Rating, Extra<f64>)>,
) -> Result<Option<State<RatingSums>>, ErrorReport> {
    let Some(mut state) = State::of_transition(&call)? else { return Ok(None) };
    let weight = call.optional::<2>().unwrap_or(1.0);
    state.get_mut().add_weighted(call.argument::<1>(), weight)?;
    Ok(Some(state))
}

#[pg_extern(sql = false)]
fn rating_combine(
    call: Call<(State<RatingSums>, State<RatingSums>)>,
) -> Result<State<RatingSums>, ErrorReport> {
    State::combined(&call, |state, other| {
        state.get_mut().merge(other.get());
        Ok(())
    })
}

#[pg_extern(sql = false)]
fn rating_average_final(call: Call<(State<RatingSums>,)>) -> Result<Option<Rating>, ErrorReport> {
    Ok(State::of_final(&call)?.get().average()?)
}

#[pg_extern(sql = false)]
fn rating_warf_final(call: Call<(State<RatingSums>,)>) -> Result<Option<f64>, ErrorReport> {
    Ok(State::of_final(&call)?.get().factor()?)
}
