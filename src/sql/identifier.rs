//! Identifiers: ISIN and CUSIP.

use super::datum::Text;
use crate::identifier::{Kind, isin_from_cusip};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn isin_is_valid(text: Text) -> bool {
    Kind::Isin.is_valid(&text.0)
}

#[pg_extern(sql = false)]
fn isin_check_digit(text: Text) -> Result<i32, ErrorReport> {
    Ok(Kind::Isin.check_digit(&text.0)? as i32)
}

#[pg_extern(sql = false)]
fn isin_check(text: Text) -> Result<bool, ErrorReport> {
    Ok(Kind::Isin.check(&text.0).map(|()| true)?)
}

#[pg_extern(sql = false)]
fn cusip_is_valid(text: Text) -> bool {
    Kind::Cusip.is_valid(&text.0)
}

#[pg_extern(sql = false)]
fn cusip_check_digit(text: Text) -> Result<i32, ErrorReport> {
    Ok(Kind::Cusip.check_digit(&text.0)? as i32)
}

#[pg_extern(sql = false)]
fn cusip_check(text: Text) -> Result<bool, ErrorReport> {
    Ok(Kind::Cusip.check(&text.0).map(|()| true)?)
}

#[pg_extern(sql = false)]
fn cusip_to_isin(cusip: Text, country: Text) -> Result<String, ErrorReport> {
    Ok(isin_from_cusip(&cusip.0, &country.0)?)
}
