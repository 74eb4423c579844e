//! The one setting, `pg_bond.settlement_date`: where functions without a settlement argument take
//! it from.

use super::call::{Argument, Call, TextSetting, define_setting, today};
use crate::basics::date::Date;
use crate::basics::error::Error;
use pgrx::guc::GucSetting;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::ffi::{CStr, CString};
use std::sync::atomic::{AtomicI32, Ordering};

static SETTING: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c""));

/// The setting as PostgreSQL last assigned it, parsed once instead of at every row.
static ASSIGNED: AtomicI32 = AtomicI32::new(UNSET);
const UNSET: i32 = i32::MIN;
const INVALID: i32 = i32::MAX;

struct SettlementDate;

impl TextSetting for SettlementDate {
    const NAME: &'static CStr = c"pg_bond.settlement_date";
    const SUMMARY: &'static CStr = c"Settlement date of functions that are called without one.";
    const DESCRIPTION: &'static CStr =
        c"A date written YYYY-MM-DD; where it is empty, the current date is meant.";
    const DETAIL: &'static CStr =
        c"A settlement date is written YYYY-MM-DD, or left empty for the current date.";
    const REFUSED: &'static CStr = c"invalid";

    fn value() -> &'static GucSetting<Option<CString>> {
        &SETTING
    }

    fn is_valid(text: &CStr) -> bool {
        parse(text).is_some()
    }

    fn assign(text: &CStr) {
        let days = parse(text).map_or(INVALID, |date| date.map_or(UNSET, |date| date.days()));
        ASSIGNED.store(days, Ordering::Relaxed);
    }
}

/// None where the text is no date; Some(None) where it is empty.
fn parse(text: &CStr) -> Option<Option<Date>> {
    match text.to_str().ok()? {
        "" => Some(None),
        text => Date::parse(text.trim()).map(Some),
    }
}

pub fn define() {
    define_setting::<SettlementDate>(c"pg_bond");
}

/// The settlement date of functions that are given none.
pub fn settlement_date() -> Result<Date, ErrorReport> {
    let days = match ASSIGNED.load(Ordering::Relaxed) {
        UNSET => today(),
        INVALID => return Err(Error::Setting.into()),
        days => days,
    };
    Ok(Date::from_days(days).map_err(Error::from)?)
}

/// The settlement date of a row: an argument, which may be NULL, or where the argument list has none
/// that of the setting.
#[inline(always)]
pub fn settlement<const N: usize, A>(call: &Call<A>) -> Result<Option<Date>, ErrorReport>
where
    A: Argument<N, Read = Date>,
{
    call.given::<N>().map_or_else(|| settlement_date().map(Some), Ok)
}

/// The settlement date that functions use when they are given none.
#[pg_extern(sql = false)]
fn bond_settlement_date() -> Result<Date, ErrorReport> {
    settlement_date()
}

#[cfg(feature = "pg_inside")]
#[pg_schema]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::sql::inside::refusal;

    fn settles_on() -> String {
        settlement_date().map(|date| date.to_string()).unwrap_or_else(|_| "an error".to_owned())
    }

    #[pg_test]
    fn an_empty_setting_is_the_current_date() {
        Spi::run("SET LOCAL pg_bond.settlement_date = ''").unwrap();
        let today = Spi::get_one::<String>("SELECT current_date::text").unwrap().unwrap();
        assert_eq!(settles_on(), today);
    }

    #[pg_test]
    fn a_statement_that_is_undone_gives_the_setting_back() {
        Spi::run("SET LOCAL pg_bond.settlement_date = '2026-03-24'").unwrap();
        let (state, ..) =
            refusal("SELECT set_config('pg_bond.settlement_date', '2030-01-15', true), 1 / 0");
        assert_eq!((state.as_str(), settles_on().as_str()), ("22012", "2026-03-24"));
    }

    #[pg_test]
    fn a_function_with_a_setting_of_its_own_gives_the_old_one_back() {
        Spi::run("SET LOCAL pg_bond.settlement_date = '2026-03-24'").unwrap();
        Spi::run(
            "CREATE FUNCTION pg_temp.inner() RETURNS date LANGUAGE plpgsql \
            SET pg_bond.settlement_date = '2027-01-04' AS 'BEGIN RETURN bond_settlement_date(); END'",
        )
        .unwrap();
        let inner = Spi::get_one::<String>("SELECT pg_temp.inner()::text");
        assert_eq!(inner, Ok(Some("2027-01-04".to_owned())));
        assert_eq!(settles_on(), "2026-03-24");
    }

    #[pg_test]
    fn a_refused_date_leaves_the_setting_as_it_was() {
        Spi::run("SET LOCAL pg_bond.settlement_date = '2026-03-24'").unwrap();
        let (state, _, detail, _) = refusal("SET LOCAL pg_bond.settlement_date = '2026-02-30'");
        let detail = detail.unwrap();
        assert_eq!(state, "22023");
        assert!(detail.starts_with("A settlement date is written YYYY-MM-DD"), "{detail}");
        assert_eq!(settles_on(), "2026-03-24");
    }
}
