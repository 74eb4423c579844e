//! The one setting, `pg_bond.settlement_date`: where functions without a settlement argument take
//! it from.

use crate::basics::date::Date;
use crate::basics::error::Error;
use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::ffi::{CStr, CString, c_char, c_void};
use std::sync::atomic::{AtomicI32, Ordering};

static SETTING: GucSetting<Option<CString>> = GucSetting::<Option<CString>>::new(Some(c""));

/// The setting as PostgreSQL last assigned it, parsed once instead of at every row.
static ASSIGNED: AtomicI32 = AtomicI32::new(UNSET);
const UNSET: i32 = i32::MIN;
/// What stands for a value that was set before this library was there to refuse it.
const REFUSED: &CStr = c"invalid";
const INVALID: i32 = i32::MAX;

/// The settlement date of functions that are given none.
pub fn settlement_date() -> Result<Date, ErrorReport> {
    let days = match ASSIGNED.load(Ordering::Relaxed) {
        // SAFETY: the date on which the transaction began, in the session's time zone; no argument,
        // no allocation.
        UNSET => unsafe { pg_sys::GetSQLCurrentDate() },
        INVALID => return Err(Error::Setting.into()),
        days => days,
    };
    Ok(Date::from_days(days).map_err(Error::from)?)
}

pub fn define() {
    // SAFETY: both hooks only read the text that PostgreSQL hands them, and are guarded against
    // panics; a setting that has a value has one to be reset to.
    unsafe {
        // PostgreSQL drops an invalid value set earlier with a warning, which most clients hide; it
        // must not become today, neither at once nor when the session is reset to what it was given
        // when it began.
        let name = c"pg_bond.settlement_date".as_ptr();
        let set = pg_sys::GetConfigOption(name, true, false);
        let at_first = if set.is_null() { set } else { pg_sys::GetConfigOptionResetString(name) };
        let invalid =
            [(at_first, pg_sys::GucSource::PGC_S_CLIENT), (set, pg_sys::GucSource::PGC_S_SESSION)]
                .map(|(text, source)| (parse(text).is_none(), source));
        GucRegistry::define_string_guc_with_hooks(
            c"pg_bond.settlement_date",
            c"Settlement date of functions that are called without one.",
            c"A date written YYYY-MM-DD; where it is empty, the current date is meant.",
            &SETTING,
            GucContext::Userset,
            GucFlags::default(),
            Some(check),
            Some(assign),
            None,
        );
        for (is_invalid, source) in invalid {
            if is_invalid {
                // As a value of the session it outlives a rollback and reaches parallel workers.
                pg_sys::SetConfigOption(
                    name,
                    REFUSED.as_ptr(),
                    pg_sys::GucContext::PGC_USERSET,
                    source,
                );
            }
        }
        // A misspelt name is refused from here on, and one set earlier is removed with a warning.
        #[cfg(any(feature = "pg13", feature = "pg14"))]
        pg_sys::EmitWarningsOnPlaceholders(c"pg_bond".as_ptr());
        #[cfg(not(any(feature = "pg13", feature = "pg14")))]
        pg_sys::MarkGUCPrefixReserved(c"pg_bond".as_ptr());
    }
}

/// None where the text is no date; Some(None) where it is empty.
unsafe fn parse(text: *const c_char) -> Option<Option<Date>> {
    if text.is_null() {
        return Some(None);
    }
    // SAFETY: PostgreSQL hands over a terminated string.
    match unsafe { CStr::from_ptr(text) }.to_str() {
        Ok("") => Some(None),
        Ok(text) => Date::parse(text.trim()).map(Some),
        Err(_) => None,
    }
}

#[pg_guard]
unsafe extern "C-unwind" fn check(
    new: *mut *mut c_char,
    _extra: *mut *mut c_void,
    _source: pg_sys::GucSource::Type,
) -> bool {
    // SAFETY: `new` points at the proposed text; PostgreSQL reads the detail when a check has
    // failed.
    unsafe {
        let valid = parse(*new).is_some() || CStr::from_ptr(*new) == REFUSED;
        if !valid {
            pg_sys::GUC_check_errdetail_string = pg_sys::pstrdup(
                c"A settlement date is written YYYY-MM-DD, or left empty for the current date."
                    .as_ptr(),
            );
        }
        valid
    }
}

#[pg_guard]
unsafe extern "C-unwind" fn assign(new: *const c_char, _extra: *mut c_void) {
    // SAFETY: as above; the text has passed `check`.
    let days = match unsafe { parse(new) } {
        Some(Some(date)) => date.days(),
        Some(None) => UNSET,
        None => INVALID,
    };
    ASSIGNED.store(days, Ordering::Relaxed);
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
