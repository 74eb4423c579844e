//! The running call: its arguments, what its place in a query keeps, and the rows and errors that
//! it answers.

use super::size::{self, ArgumentKind};
use crate::basics::error::Error;
use pgrx::PgMemoryContexts;
use pgrx::callconv::{BoxRet, FcInfo};
use pgrx::datum::Internal;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::{ErrorReport, ErrorReportable};
use pgrx::prelude::*;
use std::ffi::CStr;
use std::io::Write;
use std::str::FromStr;

/// An argument of the running call, without the detours that a row-by-row function would notice.
///
/// # Safety
/// The argument must not be NULL, as no argument of a strict function is, and declared with the SQL
/// type of `T`.
#[inline(always)]
pub unsafe fn argument<T: FromDatum>(fcinfo: pg_sys::FunctionCallInfo, index: usize) -> T {
    // SAFETY: the caller vouches that the argument is there, is not NULL and is a `T`.
    let value = unsafe {
        T::from_polymorphic_datum(
            (*(*fcinfo).args.as_ptr().add(index)).value,
            false,
            pg_sys::InvalidOid,
        )
    };
    value.unwrap_or_else(|| error!("argument {index} is null"))
}

/// Whether an argument of the running call is NULL.
#[inline(always)]
pub fn is_null(fcinfo: pg_sys::FunctionCallInfo, index: usize) -> bool {
    // SAFETY: that of the running call; the functions ask for arguments that they are declared
    // with.
    unsafe { (*(*fcinfo).args.as_ptr().add(index)).isnull }
}

/// An argument of a function that is not strict.
///
/// # Safety
/// The function must declare this argument with the SQL type of `T`.
#[inline(always)]
pub unsafe fn optional<T: FromDatum>(fcinfo: pg_sys::FunctionCallInfo, index: usize) -> Option<T> {
    // SAFETY: the caller vouches that the argument is a `T` where it is not NULL.
    if is_null(fcinfo, index) { None } else { Some(unsafe { argument(fcinfo, index) }) }
}

/// The name that the aggregate has which runs, or the function that was called by itself; of a
/// final function, of its aggregate.
#[cold]
pub fn called(fcinfo: pg_sys::FunctionCallInfo) -> Option<String> {
    // SAFETY: that of the running call; the catalogue answers a name in the current memory context,
    // or null.
    unsafe {
        let aggregate = pg_sys::AggGetAggref(fcinfo);
        let function =
            if aggregate.is_null() { (*(*fcinfo).flinfo).fn_oid } else { (*aggregate).aggfnoid };
        let name = pg_sys::get_func_name(function);
        let text = |name| std::ffi::CStr::from_ptr(name).to_string_lossy().into_owned();
        (!name.is_null())
            .then(|| text(name))
            .map(|name| name.strip_suffix("_final").map(str::to_owned).unwrap_or(name))
    }
}

/// An error as the running call reports it: of a state, with the name of the aggregate.
#[cold]
pub fn reported(fcinfo: pg_sys::FunctionCallInfo, error: Error) -> ErrorReport {
    match error {
        Error::State { why, .. } => Error::State { aggregate: called(fcinfo), why }.into(),
        error => error.into(),
    }
}

/// What a call site keeps from one call to the next; dropped with the plan.
///
/// # Safety
/// `fcinfo` must be that of the running call, of a function that asks for one type only and once in
/// a call.
#[inline(always)]
pub unsafe fn call_site<'a, T: Default>(fcinfo: pg_sys::FunctionCallInfo) -> &'a mut T {
    // SAFETY: `fn_extra` is this function's to use; what it points at lives as long as `fn_mcxt`,
    // which outlives the call.
    unsafe {
        let flinfo = (*fcinfo).flinfo;
        if (*flinfo).fn_extra.is_null() {
            (*flinfo).fn_extra = PgMemoryContexts::For((*flinfo).fn_mcxt)
                .leak_and_drop_on_delete(T::default())
                .cast();
        }
        &mut *(*flinfo).fn_extra.cast::<T>()
    }
}

/// A row of the composite type that the called function is declared to return.
pub struct Row(pg_sys::Datum);

impl Row {
    pub fn new<const N: usize>(
        fcinfo: pg_sys::FunctionCallInfo,
        mut columns: [Option<pg_sys::Datum>; N],
    ) -> Row {
        let mut nulls = columns.map(|column| column.is_none());
        let mut values =
            columns.each_mut().map(|column| column.take().unwrap_or(pg_sys::Datum::null()));
        let mut descriptor = std::ptr::null_mut();
        // SAFETY: `fcinfo` is that of the running call; the declared type has N columns of the
        // types given here, which the count below and the tests hold the SQL file to.
        unsafe {
            let class = pg_sys::get_call_result_type(fcinfo, std::ptr::null_mut(), &mut descriptor);
            if class != pg_sys::TypeFuncClass::TYPEFUNC_COMPOSITE || (*descriptor).natts != N as i32
            {
                error!("the function is not declared to return a row of {N} columns");
            }
            let tuple = pg_sys::heap_form_tuple(
                pg_sys::BlessTupleDesc(descriptor),
                values.as_mut_ptr(),
                nulls.as_mut_ptr(),
            );
            Row(pg_sys::HeapTupleHeaderGetDatum((*tuple).t_data))
        }
    }
}

// SAFETY: a composite value in the current memory context.
unsafe impl BoxRet for Row {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: as above.
        unsafe { fcinfo.return_raw_datum(self.0) }
    }
}

/// An array of rows of the composite type that the called function is declared to return an array
/// of.
pub struct CompositeArray(pg_sys::Datum);

impl CompositeArray {
    pub fn new<const N: usize>(
        fcinfo: pg_sys::FunctionCallInfo,
        rows: Vec<[Option<pg_sys::Datum>; N]>,
    ) -> CompositeArray {
        // SAFETY: `fcinfo` is that of the running call, whose function the catalogue knows, whether
        // an expression calls it or another program does by itself; the count below and the tests
        // hold the SQL file to the columns given here.
        unsafe {
            let kind =
                pg_sys::get_element_type(pg_sys::get_func_rettype((*(*fcinfo).flinfo).fn_oid));
            let descriptor = pg_sys::BlessTupleDesc(pg_sys::lookup_rowtype_tupdesc_copy(kind, -1));
            if (*descriptor).natts != N as i32 {
                error!("the function is not declared to return rows of {N} columns");
            }
            let row = |mut columns: [Option<pg_sys::Datum>; N]| {
                let mut nulls = columns.map(|column| column.is_none());
                let mut values =
                    columns.each_mut().map(|column| column.take().unwrap_or(pg_sys::Datum::null()));
                let tuple =
                    pg_sys::heap_form_tuple(descriptor, values.as_mut_ptr(), nulls.as_mut_ptr());
                pg_sys::HeapTupleHeaderGetDatum((*tuple).t_data)
            };
            let mut rows: Vec<pg_sys::Datum> = rows.into_iter().map(row).collect();
            let array = pg_sys::construct_array(
                rows.as_mut_ptr(),
                rows.len() as i32,
                kind,
                -1,
                false,
                pg_sys::TYPALIGN_DOUBLE as std::ffi::c_char,
            );
            CompositeArray(pg_sys::Datum::from(array))
        }
    }
}

// SAFETY: an array in the current memory context.
unsafe impl BoxRet for CompositeArray {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: as above.
        unsafe { fcinfo.return_raw_datum(self.0) }
    }
}

pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(CompositeArray, "record[]");
pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(Row, "record");

/// The rest of a message that a binary receive function is to read, all of which is the value.
pub fn received(message: Internal) -> Result<Vec<u8>, Error> {
    // SAFETY: PostgreSQL calls receive functions with a message buffer, and no SQL can pass
    // `internal`.
    unsafe {
        let Some(buffer) =
            message.unwrap().map(|datum| datum.cast_mut_ptr::<pg_sys::StringInfoData>())
        else {
            return Ok(Vec::new());
        };
        let rest = (*buffer).len - (*buffer).cursor;
        let bytes = std::slice::from_raw_parts(
            (*buffer).data.add((*buffer).cursor as usize).cast::<u8>(),
            rest as usize,
        );
        (*buffer).cursor = (*buffer).len;
        size::check(ArgumentKind::Value, bytes.len())?;
        Ok(bytes.to_vec())
    }
}

/// Replaces the panic hook of pgrx, which hands a backtrace to whoever's statement failed, or was
/// cancelled, where the server's environment asks for backtraces. What PostgreSQL reports says all
/// there is; a fault of ours is for the server's log.
pub fn keep_backtraces_from_users() {
    std::panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        if payload.is::<&str>() || payload.is::<String>() {
            let backtrace = std::backtrace::Backtrace::capture();
            let _ = writeln!(std::io::stderr(), "pg_bond: {info}\n{backtrace}");
        }
    }));
}

/// The value of an input function, or its error: softly where the caller asked for that (PostgreSQL
/// 16 and later).
pub fn input<T: FromStr<Err = Error>>(fcinfo: pg_sys::FunctionCallInfo, text: &CStr) -> Option<T> {
    match size::check(ArgumentKind::Text, text.count_bytes())
        .and_then(|()| text.to_string_lossy().parse())
    {
        Ok(value) => Some(value),
        Err(error) => {
            if !saved(fcinfo, &error) {
                Err::<(), _>(ErrorReport::from(error)).unwrap_or_report();
            }
            None
        }
    }
}

#[cfg(any(feature = "pg13", feature = "pg14", feature = "pg15"))]
fn saved(_: pg_sys::FunctionCallInfo, _: &Error) -> bool {
    false
}

/// Leaves the error with the caller, if it can take one; the function then returns as if it had
/// found a NULL.
#[cfg(not(any(feature = "pg13", feature = "pg14", feature = "pg15")))]
fn saved(fcinfo: pg_sys::FunctionCallInfo, error: &Error) -> bool {
    use super::error::Report;
    use std::ffi::{CString, c_char, c_int};

    unsafe extern "C-unwind" {
        fn errcode(code: c_int) -> c_int;
        fn errmsg(format: *const c_char, ...) -> c_int;
        fn errdetail(format: *const c_char, ...) -> c_int;
        fn errhint(format: *const c_char, ...) -> c_int;
    }

    let Report { code, message, detail, hint } = error.clone().into();
    let text = |text: Option<String>| text.and_then(|text| CString::new(text).ok());
    // SAFETY: the sequence of calls that the macro errsave() of elog.h expands to, with every text
    // behind "%s".
    unsafe {
        let context = (*fcinfo).context;
        if context.is_null() || (*context).type_ != pg_sys::NodeTag::T_ErrorSaveContext {
            return false;
        }
        if pg_sys::errsave_start(context, std::ptr::null()) {
            errcode(code as c_int);
            for (say, text) in [
                (errmsg as unsafe extern "C-unwind" fn(_, ...) -> _, text(Some(message))),
                (errdetail, text(detail)),
                (errhint, text(hint)),
            ] {
                if let Some(text) = text {
                    say(c"%s".as_ptr(), text.as_ptr());
                }
            }
            pg_sys::errsave_finish(context, c"bond.rs".as_ptr(), 0, c"bond_in".as_ptr());
        }
        true
    }
}

/// Gives back one `pg_advisory_xact_lock(key)` of the running statement; false where it holds none.
pub fn release_advisory_xact_lock(key: i64) -> bool {
    let [a, b, c, d, e, f, g, h] = key.to_be_bytes();
    let tag = pg_sys::LOCKTAG {
        // SAFETY: a backend's database does not change.
        locktag_field1: unsafe { pg_sys::MyDatabaseId }.to_u32(),
        locktag_field2: u32::from_be_bytes([a, b, c, d]),
        locktag_field3: u32::from_be_bytes([e, f, g, h]),
        locktag_field4: 1, // a key of one bigint
        locktag_type: pg_sys::LockTagType::LOCKTAG_ADVISORY as u8,
        locktag_lockmethodid: pg_sys::USER_LOCKMETHOD as u8,
    };
    let mode = pg_sys::ExclusiveLock as i32;
    // SAFETY: both only read the tag; a lock that is not held is not released.
    unsafe {
        #[cfg(not(any(feature = "pg17", feature = "pg18")))]
        let held = pg_sys::LockHeldByMe(&tag, mode);
        #[cfg(any(feature = "pg17", feature = "pg18"))]
        let held = pg_sys::LockHeldByMe(&tag, mode, false);
        held && pg_sys::LockRelease(&tag, mode, false)
    }
}

#[cfg(all(feature = "pg_inside", not(any(feature = "pg13", feature = "pg14", feature = "pg15"))))]
#[pg_schema]
mod tests {
    use pgrx::prelude::*;

    #[pg_test]
    fn malformed_text_is_a_soft_error_where_the_caller_takes_one() {
        for kind in ["bond", "curve", "swap"] {
            let state = Spi::get_one::<String>(&format!(
                "SELECT sql_error_code FROM pg_input_error_info('nonsense', '{kind}')"
            ));
            assert_eq!(state, Ok(Some("22P02".to_owned())), "{kind}");
        }
    }
}
