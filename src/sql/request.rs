//! `analyze_portfolio`: one JSON request, one JSON answer.

use super::datum::Json;
use crate::basics::date::Date;
use crate::portfolio::request;
use pgrx::datum::Uuid;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// The SQL face hands in a fresh identifier, so that nothing here depends on chance.
#[pg_extern(sql = false)]
fn analyze_portfolio_as(request: Json, id: Uuid, valuation: Date) -> Result<Json, ErrorReport> {
    let answer = request::analyze_portfolio(&request.0, valuation, &id.to_string(), || {
        pgrx::check_for_interrupts!();
    })?;
    Ok(Json(answer))
}
