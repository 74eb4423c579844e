//! Type `rating`: input and output, comparison, the agencies' scales, and averages.

use super::call::{argument, input, received};
use super::datum::{Text, comparisons};
use super::state;
use crate::basics::rating::{Agency, Rating, SCALE};
use crate::basics::vocabulary::Vocabulary;
use crate::portfolio::rating_sums::RatingSums;
use pgrx::datum::Internal;
use pgrx::iter::TableIterator;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::ffi::{CStr, CString};

type TallyArray = state::StateArray<RatingSums>;

#[pg_extern(sql = false)]
fn rating_in(text: &CStr, fcinfo: pg_sys::FunctionCallInfo) -> Option<Rating> {
    input(fcinfo, text)
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

/// Functions that read a rating.
macro_rules! accessors {
    ($($name:ident -> $kind:ty: |$rating:ident| $term:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name($rating: Rating) -> $kind {
            $term
        }
    )* };
}

accessors! {
    rating_notch -> i32: |rating| i32::from(rating.notch());
    rating_factor -> i32: |rating| i32::from(rating.factor());
    rating_is_investment_grade -> bool: |rating| rating.is_investment_grade();
    rating_moodys -> &'static str: |rating| rating.symbol(Agency::Moodys);
    rating_sp -> &'static str: |rating| rating.symbol(Agency::Sp);
    rating_fitch -> &'static str: |rating| rating.symbol(Agency::Fitch);
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

comparisons! {
    Rating;
    rating_eq: ==;
    rating_ne: !=;
    rating_lt: <;
    rating_le: <=;
    rating_gt: >;
    rating_ge: >=;
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
fn rating_add(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<TallyArray>, ErrorReport> {
    added(fcinfo, 1.0)
}

#[pg_extern(sql = false)]
fn rating_add_weighted(
    fcinfo: pg_sys::FunctionCallInfo,
) -> Result<Option<TallyArray>, ErrorReport> {
    // SAFETY: `sql/rating.sql` declares the function strict, and the third argument `float8`.
    added(fcinfo, unsafe { argument(fcinfo, 2) })
}

fn added(fcinfo: pg_sys::FunctionCallInfo, weight: f64) -> Result<Option<TallyArray>, ErrorReport> {
    let Some(mut tally) = TallyArray::of_call(fcinfo)? else { return Ok(None) };
    // SAFETY: `sql/rating.sql` declares the functions strict, and the second argument `rating`.
    tally.get_mut().add_weighted(unsafe { argument(fcinfo, 1) }, weight)?;
    Ok(Some(tally))
}

#[pg_extern(sql = false)]
fn rating_combine(fcinfo: pg_sys::FunctionCallInfo) -> Result<TallyArray, ErrorReport> {
    TallyArray::combined(fcinfo, |tally, other| {
        tally.merge(other);
        Ok(())
    })
}

#[pg_extern(sql = false)]
fn rating_average_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<Rating>, ErrorReport> {
    Ok(TallyArray::checked(fcinfo, 0)?.get().average()?)
}

#[pg_extern(sql = false)]
fn rating_warf_final(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<f64>, ErrorReport> {
    Ok(TallyArray::checked(fcinfo, 0)?.get().factor()?)
}
