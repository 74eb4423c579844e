//! Dates and numbers that programs send as text without a type.

use super::datum::Text;
use crate::basics::date::Date;
use crate::basics::error::{Error, excerpt};
use crate::forms::text::{leading_date, number};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn argument_date(at: Text) -> Option<Date> {
    leading_date(&at.0)
}

#[pg_extern(sql = false)]
fn argument_number(at: Text) -> Result<f64, ErrorReport> {
    let syntax = |why| Error::Syntax {
        kind: "date or number",
        text: excerpt(&at.0),
        why,
        example: "2026-03-24 or 99.5",
    };
    Ok(number(at.0.trim()).map_err(syntax)?)
}
