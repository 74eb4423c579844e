//! The running call: its arguments, what its place in a query keeps, and the rows and errors that
//! it answers.
//!
//! A function whose SQL name has several argument lists is one Rust function: it takes a [`Call`]
//! that names the longest list, with [`Extra`] for what the shorter ones lack.

use super::datum::{VariableLength, Varlena};
use super::size::{self, ArgumentKind};
use crate::basics::error::Error;
use pgrx::PgMemoryContexts;
use pgrx::callconv::{Arg, ArgAbi, BoxRet, CallCx, FcInfo, RetAbi};
use pgrx::datum::Internal;
use pgrx::guc::{GucContext, GucFlags, GucRegistry, GucSetting};
use pgrx::iter::TableIterator;
use pgrx::pg_sys;
use pgrx::pg_sys::panic::{ErrorReport, ErrorReportable};
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlArrayMappingRef, SqlMappingRef, SqlTranslatable,
    TypeOrigin,
};
use pgrx::prelude::*;
use std::any::TypeId;
use std::ffi::{CStr, CString, c_char, c_void};
use std::io::Write;
use std::marker::PhantomData;
use std::str::FromStr;

/// The running call of a function that is declared with the arguments `A`, a tuple.
pub struct Call<A = ()> {
    fcinfo: pg_sys::FunctionCallInfo,
    arguments: PhantomData<A>,
}

/// An argument that only the longer argument lists of a function have: where one list is shorter
/// by so many, the last so many of these are absent.
pub struct Extra<T>(PhantomData<T>);

/// An argument of a list: how it is read, and its SQL type.
pub trait Declared {
    type Read;
    const GIVEN: bool;
    /// An array of the type stands for one that only the longer lists have.
    const SQL: SqlMappingRef;
}

impl<T: FromDatum + SqlTranslatable> Declared for T {
    type Read = T;
    const GIVEN: bool = false;
    const SQL: SqlMappingRef = sql_of::<T>();
}

impl<T: FromDatum + SqlTranslatable> Declared for Extra<T> {
    type Read = T;
    const GIVEN: bool = true;
    const SQL: SqlMappingRef = match sql_of::<T>() {
        SqlMappingRef::As(name) => SqlMappingRef::Array(SqlArrayMappingRef::As(name)),
        other => other,
    };
}

const fn sql_of<T: SqlTranslatable>() -> SqlMappingRef {
    match T::ARGUMENT_SQL {
        Ok(sql) => sql,
        Err(_) => SqlMappingRef::Skip,
    }
}

/// The declared arguments of a function.
pub trait Arguments {
    const GIVEN: &'static [bool];
    const SQL: &'static [SqlMappingRef];
}

/// The argument in place `N` of a list.
pub trait Argument<const N: usize>: Arguments {
    type Read;
}

impl Arguments for () {
    const GIVEN: &'static [bool] = &[];
    const SQL: &'static [SqlMappingRef] = &[];
}

macro_rules! argument_lists {
    ($($all:tt: $($name:ident $place:literal),*;)*) => { $(
        impl<$($name: Declared),*> Arguments for ($($name,)*) {
            const GIVEN: &'static [bool] = &[$($name::GIVEN),*];
            const SQL: &'static [SqlMappingRef] = &[$($name::SQL),*];
        }
        $(argument_lists!(@place $all $name $place);)*
    )* };
    (@place [$($all:ident),*] $name:ident $place:literal) => {
        impl<$($all: Declared),*> Argument<$place> for ($($all,)*) {
            type Read = $name::Read;
        }
    };
}

argument_lists! {
    [A]: A 0;
    [A, B]: A 0, B 1;
    [A, B, C]: A 0, B 1, C 2;
    [A, B, C, D]: A 0, B 1, C 2, D 3;
    [A, B, C, D, E]: A 0, B 1, C 2, D 3, E 4;
    [A, B, C, D, E, F]: A 0, B 1, C 2, D 3, E 4, F 5;
    [A, B, C, D, E, F, G]: A 0, B 1, C 2, D 3, E 4, F 5, G 6;
}

/// How many of the flags before a place are set.
const fn flags_before(flags: &[bool], place: usize) -> usize {
    let (mut count, mut rest, mut left) = (0, flags, place);
    while let [flag, others @ ..] = rest
        && left > 0
    {
        count += *flag as usize;
        (rest, left) = (others, left - 1);
    }
    count
}

impl<A: Arguments> Call<A> {
    /// Where an argument stands in the running call; None where its list lacks it.
    #[inline(always)]
    fn place<const N: usize>(&self) -> Option<usize> {
        let is_given = const { flags_before(A::GIVEN, N + 1) > flags_before(A::GIVEN, N) };
        let before = const { flags_before(A::GIVEN, N) };
        if !is_given && before == 0 {
            return Some(N);
        }
        let all = const { flags_before(A::GIVEN, A::GIVEN.len()) };
        // SAFETY: PostgreSQL passes a function that runs its call.
        let count = usize::from(unsafe { (*self.fcinfo).nargs }.unsigned_abs());
        let present = all.saturating_sub(A::GIVEN.len().saturating_sub(count));
        match is_given && before >= present {
            true => None,
            false => Some(N - before.saturating_sub(present)),
        }
    }

    /// What PostgreSQL passes in a place; None of NULL and of what this list lacks.
    #[inline(always)]
    pub fn datum<const N: usize>(&self) -> Option<pg_sys::Datum> {
        self.passed(self.place::<N>()?)
    }

    #[inline(always)]
    fn passed(&self, place: usize) -> Option<pg_sys::Datum> {
        // SAFETY: the call has as many arguments as its function is declared with, which a test
        // holds to the list `A`.
        let argument = unsafe { *(*self.fcinfo).args.as_ptr().add(place) };
        (!argument.isnull).then_some(argument.value)
    }

    #[inline(always)]
    pub fn is_null<const N: usize>(&self) -> bool {
        self.datum::<N>().is_none()
    }

    /// An argument that may be NULL, or that this list lacks.
    #[inline(always)]
    pub fn optional<const N: usize>(&self) -> Option<A::Read>
    where
        A: Argument<N, Read: FromDatum>,
    {
        // SAFETY: of the type that the list names, and not NULL.
        unsafe { A::Read::from_polymorphic_datum(self.datum::<N>()?, false, pg_sys::InvalidOid) }
    }

    /// An argument that may be NULL; None where this list lacks it.
    #[inline(always)]
    pub fn given<const N: usize>(&self) -> Option<Option<A::Read>>
    where
        A: Argument<N, Read: FromDatum>,
    {
        let datum = self.passed(self.place::<N>()?);
        // SAFETY: of the type that the list names, and not NULL.
        let read =
            |datum| unsafe { A::Read::from_polymorphic_datum(datum, false, pg_sys::InvalidOid) };
        Some(datum.and_then(read))
    }

    /// An argument that is not NULL, as no argument of a strict function is.
    #[inline(always)]
    pub fn argument<const N: usize>(&self) -> A::Read
    where
        A: Argument<N, Read: FromDatum>,
    {
        // Not by way of `optional`, which would copy a bond once more.
        let Some(datum) = self.datum::<N>() else { error!("argument {N} is null") };
        // SAFETY: of the type that the list names, and not NULL.
        let value = unsafe { A::Read::from_polymorphic_datum(datum, false, pg_sys::InvalidOid) };
        value.unwrap_or_else(|| error!("argument {N} is null"))
    }

    /// The bytes of an argument, which are read later or compared.
    #[inline(always)]
    pub fn bytes<const N: usize>(&self) -> Option<Varlena>
    where
        A: Argument<N, Read: VariableLength>,
    {
        // SAFETY: of a type of variable length, and not NULL.
        Some(unsafe { Varlena::of(self.datum::<N>()?, ArgumentKind::Array) })
    }

    /// Whether the argument list has this one.
    #[inline(always)]
    pub fn has<const N: usize>(&self) -> bool {
        self.place::<N>().is_some()
    }
}

impl<A> Call<A> {
    /// Whether a function runs as part of an aggregate, and so may change the state that it is
    /// handed. No user can pretend it, but an aggregate of the user's own may begin with any state:
    /// what is not checked then is when the aggregate ends.
    #[inline(always)]
    pub fn is_in_aggregate(&self) -> bool {
        // SAFETY: that of the running call; reading a node's tag, as AggCheckCallContext does.
        unsafe {
            let context = (*self.fcinfo).context;
            !context.is_null()
                && matches!(
                    (*context).type_,
                    pg_sys::NodeTag::T_AggState | pg_sys::NodeTag::T_WindowAggState
                )
        }
    }

    /// The name that the aggregate has which runs, or the function that was called by itself; of a
    /// final function, of its aggregate.
    #[cold]
    fn name(&self) -> Option<String> {
        // SAFETY: the catalogue answers a name in the current memory context, or null.
        unsafe {
            let aggregate = pg_sys::AggGetAggref(self.fcinfo);
            let function = if aggregate.is_null() {
                (*(*self.fcinfo).flinfo).fn_oid
            } else {
                (*aggregate).aggfnoid
            };
            let name = pg_sys::get_func_name(function);
            let text = |name| CStr::from_ptr(name).to_string_lossy().into_owned();
            (!name.is_null())
                .then(|| text(name))
                .map(|name| name.strip_suffix("_final").map(str::to_owned).unwrap_or(name))
        }
    }

    /// An error as the running call reports it: of a state, with the name of the aggregate.
    #[cold]
    pub fn reported(&self, error: Error) -> ErrorReport {
        match error {
            Error::State { why, .. } => Error::State { aggregate: self.name(), why }.into(),
            error => error.into(),
        }
    }

    /// What a place in a query keeps from one call to the next, dropped with the plan; and the call,
    /// to read its arguments beside it.
    #[inline(always)]
    pub fn kept<T: Default + 'static>(&mut self) -> (&mut T, &Call<A>) {
        /// The type is the first thing that is kept.
        #[repr(C)]
        struct Kept<T>(TypeId, T);

        // SAFETY: `fn_extra` is this function's to use, and set nowhere else but by functions that
        // answer rows, which keep nothing here; what it points at lives as long as `fn_mcxt`, which
        // outlives the call, and is borrowed with the call.
        unsafe {
            let flinfo = (*self.fcinfo).flinfo;
            if (*flinfo).fn_extra.is_null() {
                (*flinfo).fn_extra = PgMemoryContexts::For((*flinfo).fn_mcxt)
                    .leak_and_drop_on_delete(Kept(TypeId::of::<T>(), T::default()))
                    .cast();
            }
            let kept = (*flinfo).fn_extra.cast::<Kept<T>>();
            if (*kept).0 != TypeId::of::<T>() {
                error!("the call keeps something else");
            }
            (&mut (*kept).1, self)
        }
    }

    /// Ends the call of an input function: with the value of a text or with its error, softly where
    /// the caller asked for that (PostgreSQL 16 and later).
    pub fn input<T: FromStr<Err = Error>>(&self, text: &CStr) -> Option<T> {
        let value = size::check(ArgumentKind::Text, text.count_bytes())
            .and_then(|()| text.to_string_lossy().parse());
        match value {
            Ok(value) => Some(value),
            Err(error) => {
                if !self.saves(&error) {
                    Err::<(), _>(ErrorReport::from(error)).unwrap_or_report();
                }
                None
            }
        }
    }

    #[cfg(any(feature = "pg13", feature = "pg14", feature = "pg15"))]
    fn saves(&self, _: &Error) -> bool {
        false
    }

    /// Leaves the error with the caller, if it can take one; the function then returns as if it had
    /// found a NULL.
    #[cfg(not(any(feature = "pg13", feature = "pg14", feature = "pg15")))]
    fn saves(&self, error: &Error) -> bool {
        use super::error::Report;
        use std::ffi::c_int;

        unsafe extern "C-unwind" {
            fn errcode(code: c_int) -> c_int;
            fn errmsg(format: *const c_char, ...) -> c_int;
            fn errdetail(format: *const c_char, ...) -> c_int;
            fn errhint(format: *const c_char, ...) -> c_int;
        }

        let Report { code, message, detail, hint } = error.clone().into();
        let text = |text: Option<String>| text.and_then(|text| CString::new(text).ok());
        // SAFETY: the sequence of calls that the macro errsave() of elog.h expands to, with every
        // text behind "%s".
        unsafe {
            let context = (*self.fcinfo).context;
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
}

// SAFETY: takes no argument of its own from PostgreSQL, but the call itself.
unsafe impl<'fcx, A: Arguments> ArgAbi<'fcx> for Call<A> {
    #[inline(always)]
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: every call has one.
        let call = Call { fcinfo: unsafe { arg.unbox_unchecked() }, arguments: PhantomData };
        #[cfg(debug_assertions)]
        call.check_declared();
        call
    }

    fn is_virtual_arg() -> bool {
        true
    }
}

// SAFETY: no argument in SQL; the list is told where that of an answer's columns is.
unsafe impl<A: Arguments> SqlTranslatable for Call<A> {
    const TYPE_IDENT: &'static str = "pg_bond::sql::call::Call";
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Ok(SqlMappingRef::Skip);
    const RETURN_SQL: Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::Table(A::SQL));
}

#[cfg(debug_assertions)]
impl<A: Arguments> Call<A> {
    /// Fails where the catalogue declares the function with other arguments than the list names.
    /// Each function is looked up once, for that allocates.
    fn check_declared(&self) {
        thread_local! {
            static CHECKED: std::cell::RefCell<std::collections::BTreeSet<u32>> =
                const { std::cell::RefCell::new(std::collections::BTreeSet::new()) };
        }
        // SAFETY: every call has the function that runs.
        let function = unsafe { (*(*self.fcinfo).flinfo).fn_oid }.to_u32();
        if CHECKED.with_borrow_mut(|checked| checked.insert(function)) {
            self.compare_declared();
        }
    }

    fn compare_declared(&self) {
        let (mut types, mut count) = (std::ptr::null_mut(), 0);
        // SAFETY: the catalogue knows the function that runs, and answers as many types as it says.
        let declared = unsafe {
            let function = (*(*self.fcinfo).flinfo).fn_oid;
            pg_sys::get_func_signature(function, &mut types, &mut count);
            std::slice::from_raw_parts(types, count.unsigned_abs() as usize)
        };
        let absent = A::GIVEN.len().saturating_sub(declared.len());
        let all = flags_before(A::GIVEN, A::GIVEN.len());
        let read = A::SQL.iter().zip(A::GIVEN).enumerate().filter(|(place, (_, is_given))| {
            !**is_given || flags_before(A::GIVEN, *place) < all.saturating_sub(absent)
        });
        for ((place, (sql, _)), oid) in read.zip(declared) {
            let (SqlMappingRef::As(name) | SqlMappingRef::Array(SqlArrayMappingRef::As(name))) =
                sql
            else {
                continue;
            };
            // SAFETY: the name of a type that the catalogue knows, in the current memory context.
            let text = unsafe { CStr::from_ptr(pg_sys::format_type_be(*oid)) }.to_string_lossy();
            let bare = text.rsplit_once('.').map_or(&*text, |(_, bare)| bare);
            let name = name.to_lowercase().replace("float8", "double precision");
            if bare != name && !(name == "int" && bare == "integer") {
                error!("argument {place} is declared {bare} and read as {name}");
            }
        }
    }
}

/// A row of the composite type that the called function is declared to return.
pub struct Composite(pg_sys::Datum);

impl Composite {
    pub fn new<const N: usize, A>(
        call: &Call<A>,
        mut columns: [Option<pg_sys::Datum>; N],
    ) -> Composite {
        let mut nulls = columns.map(|column| column.is_none());
        let mut values =
            columns.each_mut().map(|column| column.take().unwrap_or(pg_sys::Datum::null()));
        let mut descriptor = std::ptr::null_mut();
        // SAFETY: of the running call; the declared type has N columns of the
        // types given here, which the count below and the tests hold the SQL file to.
        unsafe {
            let class =
                pg_sys::get_call_result_type(call.fcinfo, std::ptr::null_mut(), &mut descriptor);
            if class != pg_sys::TypeFuncClass::TYPEFUNC_COMPOSITE || (*descriptor).natts != N as i32
            {
                error!("the function is not declared to return a row of {N} columns");
            }
            let tuple = pg_sys::heap_form_tuple(
                pg_sys::BlessTupleDesc(descriptor),
                values.as_mut_ptr(),
                nulls.as_mut_ptr(),
            );
            Composite(pg_sys::HeapTupleHeaderGetDatum((*tuple).t_data))
        }
    }
}

// SAFETY: a composite value in the current memory context.
unsafe impl BoxRet for Composite {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: as above.
        unsafe { fcinfo.return_raw_datum(self.0) }
    }
}

/// An array of rows of the composite type that the called function is declared to return an array
/// of.
pub struct CompositeArray(pg_sys::Datum);

impl CompositeArray {
    pub fn new<const N: usize, A>(
        call: &Call<A>,
        rows: Vec<[Option<pg_sys::Datum>; N]>,
    ) -> CompositeArray {
        // SAFETY: of the running call, whose function the catalogue knows, whether
        // an expression calls it or another program does by itself; the count below and the tests
        // hold the SQL file to the columns given here.
        unsafe {
            let kind =
                pg_sys::get_element_type(pg_sys::get_func_rettype((*(*call.fcinfo).flinfo).fn_oid));
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
pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(Composite, "record");

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

/// The rows that a set-returning function answers, as tuples of columns.
pub struct Rows<T>(TableIterator<'static, T>);

impl<T: 'static> Rows<T> {
    pub fn new(rows: impl IntoIterator<Item = T> + 'static) -> Rows<T> {
        Rows(TableIterator::new(rows))
    }
}

// SAFETY: all is left to the iterator that it is.
unsafe impl<T> RetAbi for Rows<T>
where
    TableIterator<'static, T>: RetAbi,
{
    type Item = <TableIterator<'static, T> as RetAbi>::Item;
    type Ret = <TableIterator<'static, T> as RetAbi>::Ret;

    fn to_ret(self) -> Self::Ret {
        self.0.to_ret()
    }

    unsafe fn check_fcinfo_and_prepare(fcinfo: pg_sys::FunctionCallInfo) -> CallCx {
        // SAFETY: as passed.
        unsafe { TableIterator::<T>::check_fcinfo_and_prepare(fcinfo) }
    }

    unsafe fn box_ret_in_fcinfo(fcinfo: pg_sys::FunctionCallInfo, ret: Self::Ret) -> pg_sys::Datum {
        // SAFETY: as passed.
        unsafe { TableIterator::<T>::box_ret_in_fcinfo(fcinfo, ret) }
    }

    unsafe fn move_into_fcinfo_fcx(self, fcinfo: pg_sys::FunctionCallInfo) {
        // SAFETY: as passed.
        unsafe { self.0.move_into_fcinfo_fcx(fcinfo) }
    }

    unsafe fn fill_fcinfo_fcx(&self, fcinfo: pg_sys::FunctionCallInfo) {
        // SAFETY: as passed.
        unsafe { self.0.fill_fcinfo_fcx(fcinfo) }
    }

    unsafe fn ret_from_fcinfo_fcx(fcinfo: pg_sys::FunctionCallInfo) -> Self::Ret {
        // SAFETY: as passed.
        unsafe { TableIterator::<T>::ret_from_fcinfo_fcx(fcinfo) }
    }

    unsafe fn finish_call_fcinfo(fcinfo: pg_sys::FunctionCallInfo) {
        // SAFETY: as passed.
        unsafe { TableIterator::<T>::finish_call_fcinfo(fcinfo) }
    }
}

// SAFETY: the columns are those of the iterator.
unsafe impl<T> SqlTranslatable for Rows<T>
where
    TableIterator<'static, T>: SqlTranslatable,
{
    const TYPE_IDENT: &'static str = "pg_bond::sql::call::Rows";
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: Result<SqlMappingRef, ArgumentError> = Err(ArgumentError::Table);
    const RETURN_SQL: Result<ReturnsRef, ReturnsError> =
        <TableIterator<'static, T> as SqlTranslatable>::RETURN_SQL;
}

/// A setting of the extension's own, whose value is text.
pub trait TextSetting {
    const NAME: &'static CStr;
    const SUMMARY: &'static CStr;
    const DESCRIPTION: &'static CStr;
    /// What an invalid value is answered with.
    const DETAIL: &'static CStr;
    /// What stands for a value that was set before this library was there to refuse it.
    const REFUSED: &'static CStr;

    fn value() -> &'static GucSetting<Option<CString>>;
    fn is_valid(text: &CStr) -> bool;
    /// Takes a value that was valid, or the one that stands for a refused one.
    fn assign(text: &CStr);
}

/// Defines the setting, and reserves the rest of the names with its prefix.
pub fn define_setting<S: TextSetting>(prefix: &CStr) {
    let name = S::NAME.as_ptr();
    // SAFETY: both hooks only read the text that PostgreSQL hands them, and are guarded against
    // panics; a setting that has a value has one to be reset to.
    unsafe {
        // PostgreSQL drops an invalid value set earlier with a warning, which most clients hide; it
        // must not become the default, neither at once nor when the session is reset to what it was
        // given when it began.
        let set = pg_sys::GetConfigOption(name, true, false);
        let at_first = if set.is_null() { set } else { pg_sys::GetConfigOptionResetString(name) };
        let invalid =
            [(at_first, pg_sys::GucSource::PGC_S_CLIENT), (set, pg_sys::GucSource::PGC_S_SESSION)]
                .map(|(text, source)| {
                    (!text.is_null() && !S::is_valid(CStr::from_ptr(text)), source)
                });
        GucRegistry::define_string_guc_with_hooks(
            S::NAME,
            S::SUMMARY,
            S::DESCRIPTION,
            S::value(),
            GucContext::Userset,
            GucFlags::default(),
            Some(check_setting::<S>),
            Some(assign_setting::<S>),
            None,
        );
        for (is_invalid, source) in invalid {
            if is_invalid {
                // As a value of the session it outlives a rollback and reaches parallel workers.
                pg_sys::SetConfigOption(
                    name,
                    S::REFUSED.as_ptr(),
                    pg_sys::GucContext::PGC_USERSET,
                    source,
                );
            }
        }
        // A misspelt name is refused from here on, and one set earlier is removed with a warning.
        #[cfg(any(feature = "pg13", feature = "pg14"))]
        pg_sys::EmitWarningsOnPlaceholders(prefix.as_ptr());
        #[cfg(not(any(feature = "pg13", feature = "pg14")))]
        pg_sys::MarkGUCPrefixReserved(prefix.as_ptr());
    }
}

unsafe extern "C-unwind" fn check_setting<S: TextSetting>(
    new: *mut *mut c_char,
    _extra: *mut *mut c_void,
    _source: pg_sys::GucSource::Type,
) -> bool {
    // SAFETY: `new` points at the proposed text, terminated or null; PostgreSQL reads the detail
    // when a check has failed.
    unsafe {
        pg_sys::submodules::panic::pgrx_extern_c_guard(|| {
            let text = if (*new).is_null() { c"" } else { CStr::from_ptr(*new) };
            let valid = S::is_valid(text) || text == S::REFUSED;
            if !valid {
                pg_sys::GUC_check_errdetail_string = pg_sys::pstrdup(S::DETAIL.as_ptr());
            }
            valid
        })
    }
}

unsafe extern "C-unwind" fn assign_setting<S: TextSetting>(new: *const c_char, _: *mut c_void) {
    // SAFETY: as above; the text has passed the check.
    unsafe {
        pg_sys::submodules::panic::pgrx_extern_c_guard(|| {
            S::assign(if new.is_null() { c"" } else { CStr::from_ptr(new) })
        })
    }
}

/// The date on which the transaction began, in the session's time zone.
pub fn today() -> i32 {
    // SAFETY: no argument, no allocation.
    unsafe { pg_sys::GetSQLCurrentDate() }
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
