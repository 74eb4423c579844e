//! Documents of type `jsonb`, read and written as serde's.

use super::size::{self, ArgumentKind};
use crate::basics::error::Error;
use pgrx::pg_sys;
use pgrx::pg_sys::JsonbIteratorToken::{WJB_DONE, WJB_ELEM, WJB_KEY, WJB_VALUE};
use pgrx::pg_sys::jbvType::{jbvNumeric, jbvString};
use pgrx::pg_sys::panic::{ErrorReport, ErrorReportable};
use pgrx::prelude::*;
use std::ffi::CStr;

/// A `jsonb` argument; one that is nested too deeply is refused, as bad input is.
pub struct Json(pub serde_json::Value);

impl Json {
    /// Refuses what is long as text, for a number of a few bytes may be written with thousands of
    /// digits.
    ///
    /// # Safety
    /// `document` must be a `jsonb` that is not toasted.
    unsafe fn check_text(document: *mut pg_sys::Jsonb) -> Result<(), Error> {
        let mut bytes = 0;
        // SAFETY: an iterator is used up to its end, and the union read as its type says.
        unsafe {
            let mut value = std::mem::zeroed::<pg_sys::JsonbValue>();
            let mut tokens = pg_sys::JsonbIteratorInit(&raw mut (*document).root);
            loop {
                pgrx::check_for_interrupts!();
                match pg_sys::JsonbIteratorNext(&raw mut tokens, &raw mut value, false) {
                    WJB_DONE => return size::check(ArgumentKind::Json, bytes),
                    WJB_KEY | WJB_VALUE | WJB_ELEM if value.type_ == jbvString => {
                        bytes += value.val.string.len as usize
                    }
                    WJB_VALUE | WJB_ELEM if value.type_ == jbvNumeric => {
                        let digits = pgrx::direct_function_call::<&CStr>(
                            pg_sys::numeric_out,
                            &[Some(value.val.numeric.into())],
                        );
                        bytes += digits.map_or(0, |digits| digits.to_bytes().len());
                    }
                    _ => {}
                }
                // Quotes, brackets, commas.
                bytes += 2;
                if bytes > ArgumentKind::Json.limit() {
                    return size::check(ArgumentKind::Json, bytes);
                }
            }
        }
    }

    fn read(datum: pg_sys::Datum) -> Result<Json, Error> {
        // SAFETY: the functions declare these arguments `jsonb`, a variable-length type whose bytes
        // detoasting gives.
        let text = unsafe {
            size::check(ArgumentKind::Json, pg_sys::toast_raw_datum_size(datum) as usize)?;
            let document = pg_sys::pg_detoast_datum(datum.cast_mut_ptr());
            Json::check_text(document.cast())?;
            pgrx::direct_function_call::<&CStr>(pg_sys::jsonb_out, &[Some(document.into())])
        };
        let text = text
            .map(|text| String::from_utf8_lossy(text.to_bytes()).into_owned())
            .unwrap_or_default();
        serde_json::from_str(&text).map(Json).map_err(|error| Error::json("jsonb", &text, &error))
    }
}

impl FromDatum for Json {
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        _: pg_sys::Oid,
    ) -> Option<Json> {
        (!is_null).then(|| Json::read(datum).map_err(ErrorReport::from).unwrap_or_report())
    }
}

impl IntoDatum for Json {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        pgrx::JsonB(self.0).into_datum()
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::JSONBOID
    }
}
