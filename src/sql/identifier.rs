//! Identifiers: ISIN and CUSIP.

use crate::identifier::{Kind, isin_from_cusip};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn isin_is_valid(text: &str) -> bool {
    Kind::Isin.is_valid(text)
}

#[pg_extern(sql = false)]
fn isin_check_digit(text: &str) -> Result<i32, ErrorReport> {
    Ok(Kind::Isin.check_digit(text)? as i32)
}

#[pg_extern(sql = false)]
fn isin_check(text: &str) -> Result<bool, ErrorReport> {
    Ok(Kind::Isin.check(text).map(|()| true)?)
}

#[pg_extern(sql = false)]
fn cusip_is_valid(text: &str) -> bool {
    Kind::Cusip.is_valid(text)
}

#[pg_extern(sql = false)]
fn cusip_check_digit(text: &str) -> Result<i32, ErrorReport> {
    Ok(Kind::Cusip.check_digit(text)? as i32)
}

#[pg_extern(sql = false)]
fn cusip_check(text: &str) -> Result<bool, ErrorReport> {
    Ok(Kind::Cusip.check(text).map(|()| true)?)
}

#[pg_extern(sql = false)]
fn cusip_to_isin(cusip: &str, country: &str) -> Result<String, ErrorReport> {
    Ok(isin_from_cusip(cusip, country)?)
}
