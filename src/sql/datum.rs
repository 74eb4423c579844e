//! Values across the border, as PostgreSQL passes them.

use super::size::{self, ArgumentKind, MOST_ELEMENTS, SMALL};
use crate::basics::calendar::Calendar;
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::basics::rating::Rating;
use crate::market::curve::Curve;
use crate::numeric::decimal::from_numeric;
use crate::portfolio::summary::Summary;
use crate::product::bond::Bond;
use crate::product::swap::Swap;
use pgrx::callconv::{Arg, ArgAbi, BoxRet, FcInfo};
use pgrx::datum::UnboxDatum;
use pgrx::pg_sys;
use pgrx::pg_sys::JsonbIteratorToken::{WJB_DONE, WJB_ELEM, WJB_KEY, WJB_VALUE};
use pgrx::pg_sys::jbvType::{jbvNumeric, jbvString};
use pgrx::pg_sys::panic::{ErrorReport, ErrorReportable};
use pgrx::prelude::*;
use std::ffi::CStr;

/// Reads the bytes behind a variable-length value, fetching and decompressing only where they are
/// stored that way.
pub struct Varlena {
    bytes: *const u8,
    length: usize,
}

impl Varlena {
    /// # Safety
    /// `datum` must be a variable-length value that is not NULL, alive while the result is.
    #[inline(always)]
    pub unsafe fn of(datum: pg_sys::Datum, kind: ArgumentKind) -> Varlena {
        let mut value = datum.cast_mut_ptr::<pg_sys::varlena>();
        // SAFETY: the caller vouches for the pointer; detoasting answers a plain value in the
        // current memory context.
        unsafe {
            if pgrx::varatt_is_1b_e(value) || pgrx::varatt_is_4b_c(value) {
                value = fetched(value, kind);
            }
            let length = pgrx::varsize_any_exhdr(value);
            if length > SMALL {
                size::check(kind, length).map_err(ErrorReport::from).unwrap_or_report();
            }
            Varlena { bytes: pgrx::vardata_any(value).cast(), length }
        }
    }

    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `of` took pointer and length from one live value.
        unsafe { std::slice::from_raw_parts(self.bytes, self.length) }
    }
}

/// A variable-length value of its plain form, which takes no more than its kind may.
///
/// # Safety
/// `value` must be a variable-length value, alive while the result is.
#[cold]
pub unsafe fn fetched(value: *mut pg_sys::varlena, kind: ArgumentKind) -> *mut pg_sys::varlena {
    // SAFETY: the caller vouches for the pointer; the header tells the size of what is stored
    // elsewhere or compressed.
    unsafe {
        let bytes = pg_sys::toast_raw_datum_size(pg_sys::Datum::from(value));
        size::check(kind, bytes as usize).map_err(ErrorReport::from).unwrap_or_report();
        pg_sys::pg_detoast_datum(value)
    }
}

/// A value whose bytes can be had without reading it.
///
/// # Safety
/// Its SQL type must be one of variable length.
pub unsafe trait VariableLength {}

// SAFETY: arrays are of variable length.
unsafe impl<T> VariableLength for List<T> {}

#[inline(always)]
fn bond_from_datum(datum: pg_sys::Datum) -> Result<Bond, Error> {
    // SAFETY: PostgreSQL passes an argument declared `bond` as a value of that type, for the length
    // of the call.
    let value = unsafe { Varlena::of(datum, ArgumentKind::Value) };
    Bond::from_stored(value.bytes())
}

impl FromDatum for Bond {
    #[inline(always)]
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        _: pg_sys::Oid,
    ) -> Option<Bond> {
        // Not `then`, which is a call that hands the bond over in memory.
        if is_null {
            None
        } else {
            Some(bond_from_datum(datum).map_err(ErrorReport::from).unwrap_or_report())
        }
    }
}

// SAFETY: an element of an array declared `bond[]` is a value of that type.
unsafe impl UnboxDatum for Bond {
    type As<'src> = Bond;

    unsafe fn unbox<'src>(datum: pgrx::datum::Datum<'src>) -> Bond
    where
        Self: 'src,
    {
        bond_from_datum(datum.sans_lifetime()).map_err(ErrorReport::from).unwrap_or_report()
    }
}

// SAFETY: `bond` is of variable length.
unsafe impl VariableLength for Bond {}

impl IntoDatum for Bond {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        // The layout of bytea, which is the layout of every variable-length type.
        self.to_bytes().into_datum()
    }

    /// Known only to the catalogue, where the schema of the extension is free to choose; no caller
    /// asks.
    fn type_oid() -> pg_sys::Oid {
        pg_sys::InvalidOid
    }
}

/// Values that are kept as bytes, and how these are read.
macro_rules! kept_as_bytes {
    ($($kind:ty: $read:path;)*) => { $(
        impl FromDatum for $kind {
            #[inline]
            unsafe fn from_polymorphic_datum(datum: pg_sys::Datum, is_null: bool, _: pg_sys::Oid) -> Option<$kind> {
                // SAFETY: PostgreSQL passes an argument declared with the type's name as a value of
                // it, for the length of the call.
                let value = || $read(unsafe { Varlena::of(datum, ArgumentKind::Value) }.bytes());
                (!is_null).then(|| value().map_err(ErrorReport::from).unwrap_or_report())
            }
        }

        // SAFETY: kept as bytes.
        unsafe impl VariableLength for $kind {}

        impl IntoDatum for $kind {
            fn into_datum(self) -> Option<pg_sys::Datum> {
                self.to_bytes().into_datum()
            }

            /// As for bonds.
            fn type_oid() -> pg_sys::Oid {
                pg_sys::InvalidOid
            }
        }
    )* };
}

kept_as_bytes! {
    Calendar: Calendar::from_bytes;
    Curve: Curve::from_stored;
    Summary: Summary::from_stored;
    Swap: Swap::from_stored;
}

impl FromDatum for Date {
    #[inline(always)]
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        _: pg_sys::Oid,
    ) -> Option<Date> {
        (!is_null).then(|| {
            Date::from_days(datum.value() as i32)
                .map_err(|error| ErrorReport::from(Error::from(error)))
                .unwrap_or_report()
        })
    }
}

/// A maturity: a date, or PostgreSQL's `infinity` for a bond that has none.
pub struct MaturityArgument(pub Date);

impl FromDatum for MaturityArgument {
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        oid: pg_sys::Oid,
    ) -> Option<MaturityArgument> {
        if !is_null && datum.value() as i32 == Date::FOREVER.days() {
            return Some(MaturityArgument(Date::FOREVER));
        }
        // SAFETY: the functions declare these arguments `date`.
        unsafe { Date::from_polymorphic_datum(datum, is_null, oid) }.map(MaturityArgument)
    }
}

impl IntoDatum for MaturityArgument {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        self.0.into_datum()
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::DATEOID
    }
}

impl IntoDatum for Date {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        self.days().into_datum()
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::DATEOID
    }
}

impl FromDatum for Rating {
    #[inline(always)]
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        _: pg_sys::Oid,
    ) -> Option<Rating> {
        (!is_null).then(|| {
            Rating::from_byte(datum.value() as u8).map_err(ErrorReport::from).unwrap_or_report()
        })
    }
}

impl IntoDatum for Rating {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        Some(pg_sys::Datum::from(self.to_byte() as i8))
    }

    /// As for bonds.
    fn type_oid() -> pg_sys::Oid {
        pg_sys::InvalidOid
    }
}

/// Text in the database's encoding, read as far as it is UTF-8: what is not cannot be a word we
/// know, and is refused as such.
pub struct Text(pub String);

impl FromDatum for Text {
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        _: pg_sys::Oid,
    ) -> Option<Text> {
        // SAFETY: the functions declare these arguments `text`.
        (!is_null).then(|| {
            Text(
                String::from_utf8_lossy(unsafe { Varlena::of(datum, ArgumentKind::Text) }.bytes())
                    .into_owned(),
            )
        })
    }
}

// SAFETY: owns its text.
unsafe impl UnboxDatum for Text {
    type As<'src> = Text;

    unsafe fn unbox<'src>(datum: pgrx::datum::Datum<'src>) -> Text
    where
        Self: 'src,
    {
        // SAFETY: the functions declare these arrays `text[]`.
        Text(
            String::from_utf8_lossy(
                unsafe { Varlena::of(datum.sans_lifetime(), ArgumentKind::Text) }.bytes(),
            )
            .into_owned(),
        )
    }
}

impl IntoDatum for Text {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        self.0.into_datum()
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::TEXTOID
    }
}

/// The elements of an array argument, copied once their number is known to be sensible.
pub struct List<T>(pub Vec<Option<T>>);

impl<T> std::ops::Deref for List<T> {
    type Target = Vec<Option<T>>;

    fn deref(&self) -> &Vec<Option<T>> {
        &self.0
    }
}

impl<T> IntoIterator for List<T> {
    type Item = Option<T>;
    type IntoIter = std::vec::IntoIter<Option<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: 'static> FromDatum for List<T>
where
    T: for<'src> UnboxDatum<As<'src> = T>,
{
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        oid: pg_sys::Oid,
    ) -> Option<List<T>> {
        if is_null {
            return None;
        }
        // SAFETY: the functions declare these arguments as arrays of the SQL type of `T`; checked,
        // they are read where they are.
        let array = unsafe {
            let mut value = datum.cast_mut_ptr::<pg_sys::varlena>();
            match pgrx::varatt_is_1b_e(value) || pgrx::varatt_is_4b_c(value) {
                true => value = fetched(value, ArgumentKind::Array),
                false => size::check(ArgumentKind::Array, pgrx::varsize_any(value))
                    .map_err(ErrorReport::from)
                    .unwrap_or_report(),
            }
            Array::<T>::from_polymorphic_datum(pg_sys::Datum::from(value), false, oid)
        }?;
        let room = match array.len() {
            count if count > MOST_ELEMENTS => {
                Err(Error::TooMany { what: "elements of an array", count, limit: MOST_ELEMENTS })
            }
            count => size::reserve(count * size_of::<Option<T>>()),
        };
        room.map_err(ErrorReport::from).unwrap_or_report();
        Some(List(array.iter().collect()))
    }
}

// SAFETY: the functions declare these arguments as arrays of the SQL type of `T`.
unsafe impl<'fcx, T: 'static> ArgAbi<'fcx> for List<T>
where
    T: for<'src> UnboxDatum<As<'src> = T>,
{
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: as PostgreSQL passed it.
        unsafe { arg.unbox_arg_using_from_datum() }
            .unwrap_or_else(|| error!("an array argument is null"))
    }
}

pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(List<Text>, "text[]");
pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(List<f64>, "float8[]");
pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(List<i32>, "date[]");
pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(List<Bond>, "bond[]");

/// Coupons a year, as a word or a number of whatever type the column has.
pub struct PerYear(pub String);

impl FromDatum for PerYear {
    const GET_TYPOID: bool = true;

    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        kind: pg_sys::Oid,
    ) -> Option<PerYear> {
        if is_null {
            return None;
        }
        if kind == pg_sys::InvalidOid {
            error!("the type of the frequency is unknown");
        }
        // SAFETY: the calling expression says that the value is of this type, whose output function
        // answers a terminated string.
        unsafe {
            if matches!(kind, pg_sys::TEXTOID | pg_sys::VARCHAROID) {
                return Some(PerYear(
                    String::from_utf8_lossy(Varlena::of(datum, ArgumentKind::Text).bytes())
                        .into_owned(),
                ));
            }
            let (mut output, mut is_varlena) = (pg_sys::InvalidOid, false);
            pg_sys::getTypeOutputInfo(kind, &mut output, &mut is_varlena);
            if is_varlena {
                Varlena::of(datum, ArgumentKind::Text);
            }
            let text = pg_sys::OidOutputFunctionCall(output, datum);
            Some(PerYear(CStr::from_ptr(text).to_string_lossy().into_owned()))
        }
    }
}

impl IntoDatum for PerYear {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        self.0.into_datum()
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::ANYCOMPATIBLEOID
    }
}

/// A `numeric`, as the float nearest to it.
pub struct Number(f64);

impl From<Number> for f64 {
    fn from(number: Number) -> f64 {
        number.0
    }
}

impl FromDatum for Number {
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        _: pg_sys::Oid,
    ) -> Option<Number> {
        if is_null {
            return None;
        }
        // SAFETY: the functions declare these arguments `numeric`, a variable-length type.
        let quick = from_numeric(unsafe { Varlena::of(datum, ArgumentKind::Text) }.bytes());
        // SAFETY: as above.
        let slow =
            || unsafe { pgrx::direct_function_call::<f64>(pg_sys::numeric_float8, &[Some(datum)]) };
        quick.or_else(slow).map(Number)
    }
}

impl IntoDatum for Number {
    fn into_datum(self) -> Option<pg_sys::Datum> {
        self.0.into_datum()
    }

    fn type_oid() -> pg_sys::Oid {
        pg_sys::NUMERICOID
    }
}

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

macro_rules! pass_by_datum {
    ($($kind:ty as $name:literal),*) => { $(
        // SAFETY: the functions declare these arguments with the SQL type of the same name.
        unsafe impl<'fcx> ArgAbi<'fcx> for $kind {
            #[inline(always)]
            unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
                // SAFETY: as PostgreSQL passed it.
                unsafe { arg.unbox_arg_using_from_datum() }.unwrap_or_else(|| error!("argument of \
                    type {} is null", $name))
            }
        }

        // SAFETY: `into_datum` makes a value of the SQL type of the same name.
        unsafe impl BoxRet for $kind {
            unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
                match self.into_datum() {
                    // SAFETY: a fresh value in the current memory context.
                    Some(datum) => unsafe { fcinfo.return_raw_datum(datum) },
                    None => fcinfo.return_null(),
                }
            }
        }

        pgrx::pgrx_sql_entity_graph::impl_sql_translatable!($kind, $name);
    )* };
}

pass_by_datum!(
    Bond as "bond", Calendar as "calendar", Curve as "curve", Date as "date", MaturityArgument as "date", Number as "numeric", PerYear as "anycompatible", Rating as "rating", Summary as "risk_summary",
    Swap as "swap", Text as "text", Json as "jsonb"
);

#[cfg(feature = "pg_inside")]
#[pg_schema]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::sql::inside::{refusal, thrown, with_datum};
    use pgrx::PgSqlErrorCode as Code;

    const BOND: &str = "4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000";

    /// A curve of 360 nodes, whose bytes do not fit into a page's quarter.
    fn curve_text() -> String {
        let nodes: Vec<String> = (1..=360).map(|month| format!("{month}M:4%")).collect();
        format!("2026-03-24 {}", nodes.join(" "))
    }

    fn store(kind: &str, storage: &str, value: &str) {
        Spi::run("DROP TABLE IF EXISTS kept").unwrap();
        Spi::run(&format!("CREATE TABLE kept (v {kind})")).unwrap();
        Spi::run(&format!("ALTER TABLE kept ALTER v SET STORAGE {storage}")).unwrap();
        Spi::run(&format!("INSERT INTO kept VALUES ({value})")).unwrap();
    }

    #[pg_test]
    fn a_bond_with_a_header_of_one_byte_is_read() {
        store("bond", "extended", &format!("'{BOND}'"));
        let bond: Bond = BOND.parse().unwrap();
        with_datum("SELECT v FROM kept", |datum| {
            // SAFETY: the column is a bond.
            unsafe {
                assert!(pgrx::varatt_is_1b(datum.cast_mut_ptr()));
                assert_eq!(Varlena::of(datum, ArgumentKind::Value).bytes(), bond.to_bytes());
                assert_eq!(Bond::from_datum(datum, false), Some(bond));
            }
        });
    }

    #[pg_test]
    fn a_bond_with_a_header_of_four_bytes_is_read() {
        let bond: Bond = BOND.parse().unwrap();
        let datum = bond.clone().into_datum().unwrap();
        // SAFETY: a bond that was just made.
        unsafe {
            assert!(pgrx::varatt_is_4b_u(datum.cast_mut_ptr()));
            assert_eq!(Bond::from_datum(datum, false), Some(bond));
        }
    }

    #[pg_test]
    fn a_compressed_curve_is_read() {
        store("curve", "main", &format!("'{}'", curve_text()));
        let curve: Curve = curve_text().parse().unwrap();
        with_datum("SELECT v FROM kept", |datum| {
            // SAFETY: the column is a curve.
            unsafe {
                assert!(pgrx::varatt_is_4b_c(datum.cast_mut_ptr()));
                assert_eq!(Curve::from_datum(datum, false).unwrap().to_bytes(), curve.to_bytes());
            }
        });
    }

    #[pg_test]
    fn a_curve_kept_outside_of_its_row_is_read() {
        store("curve", "external", &format!("'{}'", curve_text()));
        let curve: Curve = curve_text().parse().unwrap();
        with_datum("SELECT v FROM kept", |datum| {
            // SAFETY: the column is a curve.
            unsafe {
                assert!(pgrx::varatt_is_1b_e(datum.cast_mut_ptr()));
                assert_eq!(Curve::from_datum(datum, false).unwrap().to_bytes(), curve.to_bytes());
            }
        });
    }

    #[pg_test]
    fn an_array_is_read_in_each_form_that_it_is_stored_in() {
        let expected: Vec<Option<f64>> =
            (0..1000).map(|i| (i % 7 != 3).then_some(f64::from(i % 5))).collect();
        let value = "(SELECT array_agg(CASE WHEN i % 7 <> 3 THEN i % 5 END::float8 ORDER BY i) \
            FROM generate_series(0, 999) AS i)";
        for (storage, compressed, outside) in
            [("plain", false, false), ("main", true, false), ("external", false, true)]
        {
            store("float8[]", storage, value);
            with_datum("SELECT v FROM kept", |datum| {
                // SAFETY: the column is an array of floats.
                unsafe {
                    let stored = datum.cast_mut_ptr();
                    assert_eq!(pgrx::varatt_is_4b_c(stored), compressed, "{storage}");
                    assert_eq!(pgrx::varatt_is_1b_e(stored), outside, "{storage}");
                    let list = List::<f64>::from_datum(datum, false).unwrap();
                    assert_eq!(list.0, expected, "{storage}");
                }
            });
        }
    }

    #[pg_test]
    fn a_text_of_more_than_a_mebibyte_is_refused() {
        store("text", "main", "repeat('x', 1048577)");
        let error = with_datum("SELECT v FROM kept", |datum| {
            // SAFETY: the column is a text, whose compressed bytes are still more than a page.
            assert!(unsafe { pgrx::varatt_is_1b_e(datum.cast_mut_ptr()) });
            let read = || drop(unsafe { Text::from_datum(datum, false) });
            thrown(std::panic::AssertUnwindSafe(read))
        });
        assert_eq!(error.unwrap().0, Code::ERRCODE_PROGRAM_LIMIT_EXCEEDED);
        store("text", "main", "repeat('x', 1000000)");
        let length = with_datum("SELECT v FROM kept", |datum| {
            // SAFETY: as above.
            unsafe { Text::from_datum(datum, false) }.unwrap().0.len()
        });
        assert_eq!(length, 1_000_000);
    }

    #[pg_test]
    fn only_a_maturity_may_be_infinite() {
        let infinity = pg_sys::Datum::from(i32::MAX);
        // SAFETY: a date is passed by value.
        let maturity = unsafe { MaturityArgument::from_datum(infinity, false) };
        assert_eq!(maturity.unwrap().0, Date::FOREVER);
        for days in [i32::MAX, i32::MIN, Date::MAX.days() + 1, Date::MIN.days() - 1] {
            // SAFETY: as above.
            let read = move || {
                let _ = unsafe { Date::from_datum(pg_sys::Datum::from(days), false) };
            };
            assert_eq!(thrown(read).unwrap().0, Code::ERRCODE_DATETIME_FIELD_OVERFLOW, "{days}");
        }
        let (state, ..) = refusal("SELECT bond_ytm('5% 2030-01-15 @ 99', date '-infinity')");
        assert_eq!(state, "22008");
    }

    #[pg_test]
    fn a_numeric_becomes_the_float_that_postgresql_makes_of_it() {
        for text in [
            "0",
            "0.0445",
            "-1.5",
            "99.984375",
            "1e-300",
            "12345678901234567890.123456789",
            "0.1000000000000000055511151231257827",
            "1e120",
            "NaN",
        ] {
            let query = format!("SELECT '{text}'::numeric");
            // SAFETY: the query answers a numeric.
            let read = |datum| unsafe { Number::from_datum(datum, false) };
            let number = f64::from(with_datum(&query, read).unwrap());
            let cast = Spi::get_one::<f64>(&format!("{query}::float8")).unwrap().unwrap();
            assert_eq!(number.to_bits(), cast.to_bits(), "{text}");
        }
    }
}
