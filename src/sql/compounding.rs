//! `yield_convert`.

use super::datum::Text;
use crate::product::compounding::convert;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn yield_convert(y: f64, from: Text, to: Text) -> Result<f64, ErrorReport> {
    Ok(convert(y, &from.0, &to.0, None)?)
}

#[pg_extern(sql = false)]
fn yield_convert_over(y: f64, from: Text, to: Text, days: i32) -> Result<f64, ErrorReport> {
    Ok(convert(y, &from.0, &to.0, Some(days))?)
}
