//! Aggregate states: `float8[]` arrays that are changed in place.

use super::call::{Argument, Call, Declared};
use super::size::{self, ArgumentKind};
use crate::basics::error::{Error, Result};
use crate::portfolio::layout::{AggregateState, FixedState, other_version};
use crate::portfolio::rating_sums::RatingSums;
use crate::portfolio::risk_state::RiskState;
use crate::portfolio::shock_state::ShockState;
use pgrx::callconv::{BoxRet, FcInfo};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::pgrx_sql_entity_graph::metadata::{
    ArgumentError, ReturnsError, ReturnsRef, SqlMappingRef, SqlTranslatable, TypeOrigin,
};
use std::marker::PhantomData;

/// A state that may be read and changed where PostgreSQL keeps it.
///
/// # Safety
/// It must be made of nothing but floats, in the layout of C.
pub unsafe trait InPlace: FixedState {}

// SAFETY: so it is declared.
unsafe impl InPlace for RiskState {}
// SAFETY: as above.
unsafe impl InPlace for ShockState {}
// SAFETY: as above.
unsafe impl InPlace for RatingSums {}

impl<S: InPlace> AggregateState for S {
    const NAME: &'static str = <S as FixedState>::NAME;
    const VERSION: u8 = <S as FixedState>::VERSION;
    const COUNT: Option<usize> = Some(size_of::<S>() / size_of::<f64>());

    fn none() -> Vec<f64> {
        let state = S::default();
        // SAFETY: a state is so many floats.
        unsafe { std::slice::from_raw_parts((&raw const state).cast(), size_of::<S>() / 8) }
            .to_vec()
    }

    fn check(numbers: &mut [f64]) -> Result<()> {
        if Some(numbers.len()) != Self::COUNT {
            return Err(Error::state("it has too few numbers or too many"));
        }
        // SAFETY: any bits are floats, and there are as many as the state has.
        unsafe { &*numbers.as_ptr().cast::<S>() }.check()
    }
}

/// The state of an aggregate: a one-dimensional `float8[]` without NULLs, whose lower bound is the
/// version of its layout.
pub struct State<S> {
    array: *mut pg_sys::ArrayType,
    kind: PhantomData<S>,
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
            value = super::datum::fetched(value, ArgumentKind::Array);
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

impl<S: AggregateState> State<S> {
    /// A fresh state of these numbers.
    fn new(numbers: &[f64]) -> State<S> {
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
            *bounds.add(1) = i32::from(S::VERSION);
            std::ptr::copy_nonoverlapping(
                numbers.as_ptr(),
                array.cast::<u8>().add(HEADER).cast(),
                numbers.len(),
            );
            State { array, kind: PhantomData }
        }
    }

    /// A state as it stands.
    ///
    /// # Safety
    /// `datum` must be a `float8[]` that is not NULL.
    #[inline(always)]
    unsafe fn of_datum(datum: pg_sys::Datum) -> Result<State<S>> {
        // SAFETY: the caller vouches for it.
        match unsafe { plain_floats(datum) } {
            Some((array, count)) if S::COUNT == Some(count) => {
                Ok(State { array, kind: PhantomData })
            }
            other => State::of_other(other),
        }
    }

    /// An empty array is where every aggregate begins.
    fn of_other(found: Option<(*mut pg_sys::ArrayType, usize)>) -> Result<State<S>> {
        let (array, count) = match found {
            Some((_, 0)) => return Ok(State::new(&S::none())),
            Some(found) => found,
            None => return Err(State::<S>::another_array()),
        };
        let state = State { array, kind: PhantomData };
        state.check_version()?;
        if S::COUNT.is_some() {
            return Err(State::<S>::another_array());
        }
        size::check(ArgumentKind::Array, count * size_of::<f64>())?;
        Ok(state)
    }

    #[cold]
    fn another_array() -> Error {
        Error::state(match S::COUNT {
            Some(count) => format!("it is not an array of {count} numbers"),
            None => "it is not an array of numbers".to_owned(),
        })
    }

    fn check_version(&self) -> Result<()> {
        // SAFETY: a one-dimensional array has a length and a lower bound.
        let found = unsafe { *self.array.add(1).cast::<i32>().add(1) };
        if self.count() == 0 || found == i32::from(S::VERSION) {
            return Ok(());
        }
        Err(Error::state(other_version(S::NAME, i64::from(found), S::VERSION)))
    }

    /// A state that anybody may have made.
    fn sound<const N: usize, A>(call: &Call<A>) -> Result<State<S>>
    where
        A: Argument<N, Read = State<S>>,
    {
        let datum = call.datum::<N>().ok_or_else(|| Error::state("it is null"))?;
        // SAFETY: an argument that is read as a state is declared `float8[]`.
        let mut state = unsafe { State::of_datum(datum) }?;
        state.check_version()?;
        S::check(state.numbers())?;
        Ok(state)
    }

    /// The same state where the caller lets it be changed: in an aggregate the state itself,
    /// elsewhere a copy.
    fn writable<A>(mut self, call: &Call<A>) -> State<S> {
        if call.is_in_aggregate() { self } else { State::new(self.numbers()) }
    }

    /// The state that a transition function is called with, to be changed: in an aggregate the
    /// state itself, elsewhere a copy that is checked. None where it is NULL.
    #[inline(always)]
    pub fn of_transition<A>(call: &Call<A>) -> Result<Option<State<S>>, ErrorReport>
    where
        A: Argument<0, Read = State<S>>,
    {
        let Some(datum) = call.datum::<0>() else { return Ok(None) };
        let state = if call.is_in_aggregate() {
            // SAFETY: an argument that is read as a state is declared `float8[]`.
            unsafe { State::of_datum(datum) }
        } else {
            State::sound(call).map(|state| state.writable(call))
        };
        state.map(Some).map_err(|error| call.reported(error))
    }

    /// The state that a final function is called with.
    pub fn of_final<A>(call: &Call<A>) -> Result<State<S>, ErrorReport>
    where
        A: Argument<0, Read = State<S>>,
    {
        State::sound(call).map_err(|error| call.reported(error))
    }

    /// Two states made one by a combine function, in the first one where an aggregate runs.
    pub fn combined<A>(
        call: &Call<A>,
        merge: impl FnOnce(&mut State<S>, &mut State<S>) -> Result<()>,
    ) -> Result<State<S>, ErrorReport>
    where
        A: Argument<0, Read = State<S>> + Argument<1, Read = State<S>>,
    {
        let both = || {
            let mut state = State::sound::<0, A>(call)?.writable(call);
            merge(&mut state, &mut State::sound::<1, A>(call)?)?;
            Ok(state)
        };
        both().map_err(|error| call.reported(error))
    }

    fn count(&self) -> usize {
        // SAFETY: a one-dimensional array has a length, which was checked.
        unsafe { *self.array.add(1).cast::<i32>() as usize }
    }

    pub fn numbers(&mut self) -> &mut [f64] {
        // SAFETY: shape and size were checked, palloc aligns to 8 bytes, and any bits are floats;
        // what is changed was made writable.
        unsafe {
            std::slice::from_raw_parts_mut(self.array.cast::<u8>().add(HEADER).cast(), self.count())
        }
    }

    /// Takes other numbers, of which there may be more.
    pub fn replace(&mut self, numbers: &[f64]) {
        *self = State::new(numbers);
    }
}

impl<S: InPlace> State<S> {
    pub fn get(&self) -> &S {
        // SAFETY: the shape was checked, and the numbers are those of a state.
        unsafe { &*self.array.cast::<u8>().add(HEADER).cast::<S>() }
    }

    pub fn get_mut(&mut self) -> &mut S {
        // SAFETY: as above; what is changed was made writable.
        unsafe { &mut *self.array.cast::<u8>().add(HEADER).cast::<S>() }
    }
}

impl<S> Declared for State<S> {
    type Read = State<S>;
    const GIVEN: bool = false;
    const SQL: SqlMappingRef = FLOATS;
}

const FLOATS: SqlMappingRef = SqlMappingRef::As("float8[]");

// SAFETY: the array that was passed in, or a copy of it.
unsafe impl<S> BoxRet for State<S> {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: as above.
        unsafe { fcinfo.return_raw_datum(pg_sys::Datum::from(self.array)) }
    }
}

// SAFETY: a state is a `float8[]`.
unsafe impl<S> SqlTranslatable for State<S> {
    const TYPE_IDENT: &'static str = "pg_bond::sql::state::State";
    const TYPE_ORIGIN: TypeOrigin = TypeOrigin::External;
    const ARGUMENT_SQL: std::result::Result<SqlMappingRef, ArgumentError> = Ok(FLOATS);
    const RETURN_SQL: std::result::Result<ReturnsRef, ReturnsError> = Ok(ReturnsRef::One(FLOATS));
}

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
        Datum::from(State::<RiskState>::new(&[]).array)
    }

    /// # Safety
    /// `state` must be an array of floats.
    unsafe fn numbers(state: Datum) -> Vec<u64> {
        // SAFETY: the caller vouches for it.
        let (array, _) = unsafe { plain_floats(state) }.unwrap();
        let mut state = State::<RiskState> { array, kind: PhantomData };
        state.numbers().iter().map(|number| number.to_bits()).collect()
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
        assert_eq!(Some(kept), RiskState::COUNT);
        let same = Spi::get_one::<bool>(
            "SELECT (SELECT portfolio_value_final(s) FROM states) = \
            (SELECT portfolio_value(b, date '2026-03-24') FROM book)",
        );
        assert_eq!(same, Ok(Some(true)));
    }
}
