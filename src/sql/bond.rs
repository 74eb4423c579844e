//! Type `bond`: input and output, the constructor, what reads and changes a value, and comparison.

use super::call::{Call, received};
use super::datum::{Json, MaturityArgument, Number, PerYear, Text};
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::{Given, read_arguments};
use crate::forms::text::decimal_rate;
use crate::product::bond::{Bond, BondTerms, FIELDS, Step};
use crate::product::market_preset::MarketPreset;
use pgrx::datum::Internal;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::cmp::Ordering;
use std::ffi::{CStr, CString};

#[pg_extern(sql = false)]
fn bond_in(text: &CStr, call: Call) -> Option<Bond> {
    call.input(text)
}

#[pg_extern(sql = false)]
fn bond_out(bond: Bond) -> CString {
    CString::new(bond.to_string()).unwrap_or_default()
}

#[pg_extern(sql = false)]
fn bond_recv(message: Internal) -> Result<Bond, ErrorReport> {
    Ok(Bond::from_bytes(&received(message)?)?)
}

#[pg_extern(sql = false)]
fn bond_send(bond: Bond) -> Vec<u8> {
    bond.to_bytes()
}

/// The constructors, which differ in the type of the coupon. Not strict: an absent optional
/// argument is its default, and a bond without coupon or maturity is unknown.
macro_rules! constructors {
    ($($name:ident: $coupon:ty;)*) => { $(
        #[pg_extern(sql = false)]
        #[allow(clippy::too_many_arguments)] // the SQL constructor's named arguments
        fn $name(
            coupon: Option<$coupon>,
            maturity: Option<MaturityArgument>,
            issue: Option<Date>,
            frequency: Option<PerYear>,
            day_count: Option<Text>,
            first_coupon: Option<Date>,
            last_coupon: Option<Date>,
            redemption: Option<f64>,
            end_of_month: Option<bool>,
            convention: Option<Text>,
            price: Option<f64>,
            notional: Option<f64>,
            steps: Option<Text>,
            calendar: Option<Text>,
            roll: Option<Text>,
            ex_dividend: Option<Text>,
            settlement_lag: Option<i32>,
            currency: Option<Text>,
            market: Option<Text>,
        ) -> Result<Option<Bond>, ErrorReport> {
            let (Some(coupon), Some(MaturityArgument(maturity))) = (coupon, maturity) else { return Ok(None) };
            let coupon = decimal_rate("coupon", coupon.into())?;
            let mut terms = BondTerms::new(coupon, maturity);
            if let Some(Text(market)) = market {
                MarketPreset::parse(&market)?.apply(&mut terms)?;
            }
            read_arguments("bond", FIELDS, &mut terms, [
                ("issue", issue.map(Given::Date)),
                ("frequency", frequency.map(|PerYear(text)| Given::Text(text))),
                ("day_count", day_count.map(Given::from)),
                ("first_coupon", first_coupon.map(Given::Date)),
                ("last_coupon", last_coupon.map(Given::Date)),
                ("redemption", redemption.map(Given::Number)),
                ("end_of_month", end_of_month.map(Given::Bool)),
                ("convention", convention.map(Given::from)),
                ("price", price.map(Given::Number)),
                ("notional", notional.map(Given::Number)),
                ("steps", steps.map(Given::from)),
                ("calendar", calendar.map(Given::from)),
                ("roll", roll.map(Given::from)),
                ("ex_dividend", ex_dividend.map(Given::from)),
                ("settlement_lag", settlement_lag.map(|lag| Given::Integer(lag.into()))),
                ("currency", currency.map(Given::from)),
            ])?;
            Ok(Some(Bond::new(terms)?))
        }
    )* };
}

impl From<Text> for Given {
    fn from(Text(text): Text) -> Given {
        Given::Text(text)
    }
}

constructors! {
    bond_new: f64;
    bond_new_numeric: Number;
}

pub(super) fn word<T: Vocabulary>(text: Option<Text>, default: T) -> Result<T, Error> {
    text.map_or(Ok(default), |Text(text)| T::parse(&text))
}

#[pg_extern(sql = false)]
fn bond_from_jsonb(terms: Json) -> Result<Bond, ErrorReport> {
    Ok(Bond::from_json(terms.0)?)
}

#[pg_extern(sql = false)]
fn bond_to_json(bond: Bond) -> pgrx::Json {
    pgrx::Json(bond.to_json())
}

#[pg_extern(sql = false)]
fn bond_to_jsonb(bond: Bond) -> Json {
    Json(bond.to_json())
}

#[pg_extern(sql = false)]
fn bond_quote(bond: Bond, price: f64) -> Result<Bond, ErrorReport> {
    Ok(bond.quoted(price)?)
}

#[pg_extern(sql = false)]
fn bond_hold(bond: Bond, notional: f64) -> Result<Bond, ErrorReport> {
    Ok(bond.held(notional)?)
}

#[pg_extern(sql = false)]
fn bond_terms(bond: Bond) -> Bond {
    bond.terms()
}

/// Functions that read one term.
macro_rules! accessors {
    ($($name:ident -> $kind:ty: |$bond:ident| $term:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name($bond: Bond) -> $kind {
            $term
        }
    )* };
}

accessors! {
    bond_coupon -> f64: |bond| bond.coupon;
    bond_maturity -> Date: |bond| bond.maturity;
    bond_issue -> Option<Date>: |bond| bond.issue;
    bond_frequency -> &'static str: |bond| bond.frequency.name();
    bond_day_count -> &'static str: |bond| bond.day_count.name();
    bond_first_coupon -> Option<Date>: |bond| bond.first_coupon;
    bond_last_coupon -> Option<Date>: |bond| bond.last_coupon;
    bond_redemption -> f64: |bond| bond.redemption;
    bond_end_of_month -> bool: |bond| bond.end_of_month;
    bond_convention -> &'static str: |bond| bond.convention.name();
    bond_steps -> Option<String>: |bond| (!bond.optional.steps.is_empty()).then(|| Step::text(&bond.optional.steps));
    bond_calendar -> String: |bond| bond.optional.calendar.to_string();
    bond_roll -> &'static str: |bond| bond.optional.roll.name();
    bond_ex_dividend -> Option<String>: |bond| bond.optional.ex_dividend.map(|rule| rule.to_string());
    bond_settlement_lag -> Option<i32>: |bond| bond.optional.settlement_lag.map(i32::from);
    bond_currency -> Option<String>: |bond| bond.optional.currency.map(|currency| currency.to_string());
    bond_quoted_price -> Option<f64>: |bond| bond.price;
    bond_notional -> Option<f64>: |bond| bond.notional;
}

functions! {
    (a: Bond, b: Bond) -> bool, |holds| holds(a.cmp(&b));
    bond_eq: Ordering::is_eq;
    bond_ne: Ordering::is_ne;
    bond_lt: Ordering::is_lt;
    bond_le: Ordering::is_le;
    bond_gt: Ordering::is_gt;
    bond_ge: Ordering::is_ge;
}

#[pg_extern(sql = false)]
fn bond_smaller(a: Bond, b: Bond) -> Bond {
    a.min(b)
}

#[pg_extern(sql = false)]
fn bond_larger(a: Bond, b: Bond) -> Bond {
    a.max(b)
}

#[pg_extern(sql = false)]
fn bond_cmp(a: Bond, b: Bond) -> i32 {
    a.cmp(&b) as i32
}

#[pg_extern(sql = false)]
fn bond_hash(bond: Bond) -> i32 {
    bond.hash_code(0) as i32
}

#[pg_extern(sql = false)]
fn bond_hash_extended(bond: Bond, seed: i64) -> i64 {
    bond.hash_code(seed as u64) as i64
}
