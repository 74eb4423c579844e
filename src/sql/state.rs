//! Aggregate states: `float8[]` arrays that are changed in place.

use super::call::{is_null, reported};
use super::size::{self, ArgumentKind};
use crate::basics::error::Error;
use crate::portfolio::exact_sums::ExactSums;
use crate::portfolio::group::GroupSums;
use crate::portfolio::risk_state::RiskState;
use pgrx::callconv::{BoxRet, FcInfo};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use std::marker::PhantomData;

/// A state that is kept as an array.
///
/// # Safety
/// It must be made of nothing but floats, in the layout of C.
pub unsafe trait Floats: Sized {
    const COUNT: usize = size_of::<Self>() / size_of::<f64>();

    /// Whether rows make such numbers.
    fn check(&self) -> Result<(), Error>;
}

// SAFETY: so it is declared.
unsafe impl<const N: usize> Floats for ExactSums<N> {
    fn check(&self) -> Result<(), Error> {
        self.check()
    }
}

// SAFETY: as above.
unsafe impl<const N: usize> Floats for GroupSums<N> {
    fn check(&self) -> Result<(), Error> {
        self.check()
    }
}

// SAFETY: as above.
unsafe impl Floats for RiskState {
    fn check(&self) -> Result<(), Error> {
        self.check()
    }
}

/// A one-dimensional `float8[]` of as many numbers as a state has, without NULLs, seen as that
/// state.
pub struct StateArray<S> {
    array: *mut pg_sys::ArrayType,
    state: PhantomData<S>,
}

/// Header of such an array: `ArrayType`, one dimension and one lower bound, already a multiple of 8
/// bytes.
const HEADER: usize = size_of::<pg_sys::ArrayType>() + 2 * size_of::<i32>();
const _: () = assert!(HEADER.is_multiple_of(align_of::<f64>()));

/// A `float8[]` without NULLs, and how many numbers it has, which may be none; None where it is
/// another kind of array.
///
/// # Safety
/// `datum` must be a `float8[]` that is not NULL.
#[inline(always)]
unsafe fn plain_floats(datum: pg_sys::Datum) -> Option<(*mut pg_sys::ArrayType, usize)> {
    let mut value = datum.cast_mut_ptr::<pg_sys::varlena>();
    // SAFETY: the caller vouches for the type; the size is checked before anything behind the
    // array's own header is read.
    unsafe {
        if !pgrx::varatt_is_4b_u(value) {
            value = size::fetched(value, ArgumentKind::Array);
        }
        let array = value.cast::<pg_sys::ArrayType>();
        if pgrx::varsize_4b(value) < HEADER || (*array).ndim != 1 {
            return no_numbers(array);
        }
        let count = *array.add(1).cast::<i32>();
        let plain = (*array).dataoffset == 0
            && (*array).elemtype == pg_sys::FLOAT8OID
            && pgrx::varsize_4b(value) == HEADER + count as usize * size_of::<f64>();
        plain.then_some((array, count as usize))
    }
}

/// An array of no dimensions has no numbers; one of several is no state.
///
/// # Safety
/// `array` must be one.
#[cold]
#[inline(never)]
unsafe fn no_numbers(array: *mut pg_sys::ArrayType) -> Option<(*mut pg_sys::ArrayType, usize)> {
    // SAFETY: the header of any array tells its dimensions.
    unsafe { ((*array).ndim == 0).then_some((array, 0)) }
}

/// Whether a function runs as part of an aggregate, and so may change the state that it is handed.
/// No user can pretend it, but an aggregate of the user's own may begin with any state: what is not
/// checked here is when the aggregate ends.
#[inline(always)]
pub fn in_aggregate(fcinfo: pg_sys::FunctionCallInfo) -> bool {
    // SAFETY: that of the running call; reading a node's tag, as AggCheckCallContext does.
    unsafe {
        let context = (*fcinfo).context;
        !context.is_null()
            && matches!(
                (*context).type_,
                pg_sys::NodeTag::T_AggState | pg_sys::NodeTag::T_WindowAggState
            )
    }
}

impl<S: Floats> StateArray<S> {
    const SIZE: usize = HEADER + size_of::<S>();

    /// A state that is no NULL, as it stands.
    #[inline(always)]
    fn of_argument(fcinfo: pg_sys::FunctionCallInfo, index: usize) -> Result<StateArray<S>, Error> {
        // SAFETY: `sql/*.sql` declare these arguments `float8[]`; that it is not NULL is the
        // caller's to see to.
        match unsafe { plain_floats((*(*fcinfo).args.as_ptr().add(index)).value) } {
            Some((array, count)) if count == S::COUNT => {
                Ok(StateArray { array, state: PhantomData })
            }
            other => StateArray::from_other(other.map(|(_, count)| count)),
        }
    }

    /// An empty array is where every aggregate begins: a state of zeros.
    #[cold]
    fn from_other(count: Option<usize>) -> Result<StateArray<S>, Error> {
        if count != Some(0) {
            return Err(Error::state(format!("it is not an array of {} numbers", S::COUNT)));
        }
        Ok(StateArray { array: FloatArray::new(&vec![0.0; S::COUNT]).array, state: PhantomData })
    }

    /// The state that a transition function is called with, to be changed: in an aggregate the
    /// state itself, elsewhere a copy that is checked. None where it is NULL.
    #[inline(always)]
    pub fn of_call(fcinfo: pg_sys::FunctionCallInfo) -> Result<Option<StateArray<S>>, ErrorReport> {
        if is_null(fcinfo, 0) {
            return Ok(None);
        }
        let state = if in_aggregate(fcinfo) {
            StateArray::of_argument(fcinfo, 0)
        } else {
            StateArray::copy_of_argument(fcinfo)
        };
        Ok(Some(state.map_err(|error| reported(fcinfo, error))?))
    }

    #[cold]
    fn copy_of_argument(fcinfo: pg_sys::FunctionCallInfo) -> Result<StateArray<S>, Error> {
        let state = StateArray::<S>::of_argument(fcinfo, 0)?;
        state.get().check()?;
        // SAFETY: the copy is as large as `of_argument` checked.
        unsafe {
            let copy = pg_sys::palloc(Self::SIZE).cast::<pg_sys::ArrayType>();
            std::ptr::copy_nonoverlapping(state.array.cast::<u8>(), copy.cast::<u8>(), Self::SIZE);
            Ok(StateArray { array: copy, state: PhantomData })
        }
    }

    /// A state of a strict function, that anybody may have made.
    pub fn checked(
        fcinfo: pg_sys::FunctionCallInfo,
        index: usize,
    ) -> Result<StateArray<S>, ErrorReport> {
        let state = StateArray::<S>::of_argument(fcinfo, index)
            .and_then(|state| state.get().check().map(|()| state));
        state.map_err(|error| reported(fcinfo, error))
    }

    /// Two states made one by a combine function, in the first one where an aggregate runs.
    pub fn combined(
        fcinfo: pg_sys::FunctionCallInfo,
        merge: impl FnOnce(&mut S, &S) -> Result<(), Error>,
    ) -> Result<StateArray<S>, ErrorReport> {
        StateArray::<S>::checked(fcinfo, 0)?;
        let other = StateArray::<S>::checked(fcinfo, 1)?;
        let state = if in_aggregate(fcinfo) {
            StateArray::of_argument(fcinfo, 0)
        } else {
            StateArray::copy_of_argument(fcinfo)
        };
        let merged =
            state.and_then(|mut state| merge(state.get_mut(), other.get()).map(|()| state));
        merged.map_err(|error| reported(fcinfo, error))
    }

    pub fn get(&self) -> &S {
        // SAFETY: `of_argument` checked shape and size; palloc aligns to 8 bytes, and any bits are
        // floats.
        unsafe { &*self.array.cast::<u8>().add(HEADER).cast::<S>() }
    }

    pub fn get_mut(&mut self) -> &mut S {
        // SAFETY: as above; `of_call` and `combined` made sure that nobody else reads it.
        unsafe { &mut *self.array.cast::<u8>().add(HEADER).cast::<S>() }
    }
}

// SAFETY: the array that was passed in, or a copy of it.
unsafe impl<S: Floats> BoxRet for StateArray<S> {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: as above.
        unsafe { fcinfo.return_raw_datum(pg_sys::Datum::from(self.array)) }
    }
}

pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(StateArray<RiskState>, "float8[]");
pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(StateArray<ExactSums<3>>, "float8[]");
pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(StateArray<GroupSums<4>>, "float8[]");

/// A state whose number of floats its first row decides; before that it is empty.
pub struct FloatArray {
    array: *mut pg_sys::ArrayType,
    count: usize,
}

impl FloatArray {
    /// A fresh array of these numbers.
    pub fn new(numbers: &[f64]) -> FloatArray {
        let size = HEADER + size_of_val(numbers);
        // SAFETY: the header is written whole, and then as many floats as there is room for.
        unsafe {
            let array = pg_sys::palloc(size).cast::<pg_sys::ArrayType>();
            pgrx::set_varsize_4b(array.cast(), size as i32);
            (*array).ndim = 1;
            (*array).dataoffset = 0;
            (*array).elemtype = pg_sys::FLOAT8OID;
            let bounds = array.add(1).cast::<i32>();
            *bounds = numbers.len() as i32;
            *bounds.add(1) = 1;
            std::ptr::copy_nonoverlapping(
                numbers.as_ptr(),
                array.cast::<u8>().add(HEADER).cast(),
                numbers.len(),
            );
            FloatArray { array, count: numbers.len() }
        }
    }

    /// A state that is no NULL, as it stands.
    #[inline(always)]
    pub fn of_argument(
        fcinfo: pg_sys::FunctionCallInfo,
        index: usize,
    ) -> Result<FloatArray, Error> {
        // SAFETY: `sql/*.sql` declare these arguments `float8[]`; that it is not NULL is the
        // caller's to see to.
        let plain = unsafe { plain_floats((*(*fcinfo).args.as_ptr().add(index)).value) };
        let (array, count) = plain.ok_or_else(|| Error::state("it is not an array of numbers"))?;
        size::check(ArgumentKind::Array, count * size_of::<f64>())?;
        Ok(FloatArray { array, count })
    }

    #[inline(always)]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The same state where the caller lets it be changed: in an aggregate the state itself,
    /// elsewhere a copy.
    #[inline(always)]
    pub fn writable(mut self, fcinfo: pg_sys::FunctionCallInfo) -> FloatArray {
        if in_aggregate(fcinfo) { self } else { FloatArray::new(self.get_mut()) }
    }

    pub fn get_mut(&mut self) -> &mut [f64] {
        // SAFETY: shape and size were checked, palloc aligns to 8 bytes, and any bits are floats.
        unsafe {
            std::slice::from_raw_parts_mut(self.array.cast::<u8>().add(HEADER).cast(), self.count)
        }
    }
}

// SAFETY: the array that was passed in, or a fresh one.
unsafe impl BoxRet for FloatArray {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: as above.
        unsafe { fcinfo.return_raw_datum(pg_sys::Datum::from(self.array)) }
    }
}

pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(FloatArray, "float8[]");

#[cfg(feature = "pg_inside")]
#[pgrx::pg_schema]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::sql::inside::{Called, with_datum};
    use pgrx::datum::IntoDatum;
    use pgrx::pg_sys::Datum;
    use pgrx::prelude::*;

    const ADD: &str = "portfolio_add(float8[],bond,date)";
    const BOOK: &str = "CREATE TABLE book AS SELECT i, i % 7 AS g, bond(coupon => i % 90 / 1000.0, \
        maturity => date '2026-06-30' + i % 9000, price => 90 + i % 20, notional => 1e6) AS b \
        FROM generate_series(1, 2000) AS i";

    fn bond() -> Datum {
        let bond: crate::product::bond::Bond =
            "4.45% 2028-02-23 @ 102.45 x 1000000".parse().unwrap();
        bond.into_datum().unwrap()
    }

    fn settlement() -> Datum {
        crate::basics::date::Date::parse("2026-03-24").into_datum().unwrap()
    }

    fn empty() -> Datum {
        Datum::from(FloatArray::new(&[]).array)
    }

    /// # Safety
    /// `state` must be an array of floats.
    unsafe fn numbers(state: Datum) -> Vec<u64> {
        // SAFETY: the caller vouches for it.
        let (array, count) = unsafe { plain_floats(state) }.unwrap();
        let mut state = FloatArray { array, count };
        state.get_mut().iter().map(|number| number.to_bits()).collect()
    }

    #[pg_test]
    fn an_aggregate_changes_its_state_in_place() {
        let add = Called::new(ADD, true);
        // SAFETY: arguments of the declared types.
        unsafe {
            let first = add.call(&[empty(), bond(), settlement()]);
            let before = numbers(first);
            let second = add.call(&[first, bond(), settlement()]);
            assert_eq!(first.value(), second.value());
            assert_ne!(numbers(second), before);
        }
    }

    #[pg_test]
    fn a_call_outside_of_an_aggregate_leaves_its_argument_as_it_was() {
        let add = Called::new(ADD, false);
        // SAFETY: arguments of the declared types.
        unsafe {
            let first = add.call(&[empty(), bond(), settlement()]);
            let before = numbers(first);
            let second = add.call(&[first, bond(), settlement()]);
            assert_ne!(first.value(), second.value());
            assert_eq!(numbers(first), before);
            assert_ne!(numbers(second), before);
        }
    }

    #[pg_test]
    fn a_combine_function_changes_the_first_state_alone() {
        let (add, combine) =
            (Called::new(ADD, true), Called::new("portfolio_combine(float8[],float8[])", true));
        // SAFETY: arguments of the declared types.
        unsafe {
            let one = add.call(&[empty(), bond(), settlement()]);
            let other = add.call(&[empty(), bond(), settlement()]);
            let before = numbers(other);
            let both = combine.call(&[one, other]);
            assert_eq!(both.value(), one.value());
            assert_eq!(numbers(other), before);
            assert_ne!(numbers(both), before);
        }
    }

    #[pg_test]
    fn a_row_takes_no_memory_once_the_state_is_there() {
        let add = Called::new(ADD, true);
        let (bond, settlement) = (bond(), settlement());
        // SAFETY: arguments of the declared types; asking a context for its size changes nothing.
        unsafe {
            let state = add.call(&[empty(), bond, settlement]);
            let held = || pg_sys::MemoryContextMemAllocated(pg_sys::TopMemoryContext, true);
            let before = held();
            for _ in 0..20_000 {
                add.call(&[state, bond, settlement]);
            }
            assert_eq!(held(), before);
        }
    }

    #[pg_test]
    fn sums_by_group_are_those_of_each_group_alone() {
        Spi::run(BOOK).unwrap();
        for plan in ["enable_hashagg", "enable_sort"] {
            Spi::run(&format!(
                "SET LOCAL enable_hashagg = on; SET LOCAL enable_sort = on; \
                SET LOCAL {plan} = off"
            ))
            .unwrap();
            let equal = Spi::get_one::<i64>(
                "SELECT count(*) FROM (SELECT g, portfolio_risk(b, date '2026-03-24') AS r \
                FROM book GROUP BY g) AS t WHERE r = (SELECT portfolio_risk(b, date \
                '2026-03-24') FROM book WHERE book.g = t.g) AND (r).measured > 200",
            );
            assert_eq!(equal, Ok(Some(7)), "{plan}");
        }
    }

    #[pg_test]
    fn key_rates_by_group_are_those_of_each_group_alone() {
        Spi::run(BOOK).unwrap();
        let equal = Spi::get_one::<i64>(
            "SELECT count(*) FROM (SELECT g, portfolio_krd(b, '2026-03-24 1Y:4% 30Y:5%'::curve) \
            AS r FROM book GROUP BY g) AS t WHERE r = (SELECT portfolio_krd(b, \
            '2026-03-24 1Y:4% 30Y:5%'::curve) FROM book WHERE book.g = t.g)",
        );
        assert_eq!(equal, Ok(Some(7)));
    }

    #[pg_test]
    fn a_state_kept_in_a_table_gives_the_same_figures() {
        Spi::run(BOOK).unwrap();
        Spi::run("CREATE TABLE states (s float8[])").unwrap();
        Spi::run("ALTER TABLE states ALTER s SET STORAGE external").unwrap();
        Spi::run(
            "CREATE AGGREGATE pg_temp.state_of(b bond, d date) (SFUNC = portfolio_add, \
            STYPE = float8[], INITCOND = '{}')",
        )
        .unwrap();
        Spi::run("INSERT INTO states SELECT pg_temp.state_of(b, '2026-03-24') FROM book").unwrap();
        // SAFETY: the column is an array of floats.
        let kept = with_datum("SELECT s FROM states", |datum| unsafe { numbers(datum).len() });
        assert_eq!(kept, RiskState::COUNT);
        let same = Spi::get_one::<bool>(
            "SELECT (SELECT portfolio_value_final(s) FROM states) = \
            (SELECT portfolio_value(b, date '2026-03-24') FROM book)",
        );
        assert_eq!(same, Ok(Some(true)));
    }
}
