//! Aggregate states: `float8[]` arrays that are changed in place.

use super::datum::argument;
use crate::error::Error;
use crate::portfolio::State;
use crate::rating::Tally;
use pgrx::callconv::{Arg, ArgAbi, BoxRet, FcInfo};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::{ErrorReport, ErrorReportable};
use pgrx::prelude::*;
use std::marker::PhantomData;

/// A state that is kept as an array.
///
/// # Safety
/// It must be made of nothing but floats, in the layout of C.
pub unsafe trait Floats: Sized {
    const COUNT: usize = size_of::<Self>() / size_of::<f64>();
}

// SAFETY: so they are declared.
unsafe impl Floats for State {}
// SAFETY: as above.
unsafe impl Floats for Tally {}

/// A one-dimensional `float8[]` of as many numbers as a state has, without NULLs, seen as that state.
pub struct StateArray<S> {
    array: *mut pg_sys::ArrayType,
    state: PhantomData<S>,
}

/// Header of such an array: `ArrayType`, one dimension and one lower bound, already a multiple of 8 bytes.
const HEADER: usize = size_of::<pg_sys::ArrayType>() + 2 * size_of::<i32>();
const _: () = assert!(HEADER.is_multiple_of(align_of::<f64>()));

impl<S: Floats> StateArray<S> {
    const SIZE: usize = HEADER + size_of::<S>();

    /// # Safety
    /// `datum` must be a `float8[]` that is not NULL.
    #[inline(always)]
    unsafe fn from_datum(datum: pg_sys::Datum) -> Result<StateArray<S>, Error> {
        let mut value = datum.cast_mut_ptr::<pg_sys::varlena>();
        // SAFETY: the caller vouches for the type; a plain array begins with the fields read here, and its size is
        // checked before anything behind them is.
        unsafe {
            if !pgrx::varatt_is_4b_u(value) {
                value = pg_sys::pg_detoast_datum(value);
            }
            let array = value.cast::<pg_sys::ArrayType>();
            let dimensions = array.add(1).cast::<i32>();
            let valid = pgrx::varsize_4b(value) == Self::SIZE
                && (*array).ndim == 1
                && (*array).dataoffset == 0
                && (*array).elemtype == pg_sys::FLOAT8OID
                && *dimensions == S::COUNT as i32;
            if !valid {
                return Err(Error::State { why: format!("it is not an array of {} numbers", S::COUNT) });
            }
            Ok(StateArray { array, state: PhantomData })
        }
    }

    /// The state that a transition function is called with.
    #[inline(always)]
    pub fn of_call(fcinfo: pg_sys::FunctionCallInfo) -> StateArray<S> {
        // SAFETY: `sql/*.sql` declare the transition functions strict, and their first arguments `float8[]`.
        unsafe { argument::<StateArray<S>>(fcinfo, 0) }.writable(fcinfo)
    }

    /// The same state where the caller lets it be changed: in an aggregate the state itself, elsewhere a copy.
    #[inline(always)]
    pub fn writable(self, fcinfo: pg_sys::FunctionCallInfo) -> StateArray<S> {
        // SAFETY: reading a node's tag, as AggCheckCallContext does; the copy is as large as `from_datum` checked.
        unsafe {
            let context = (*fcinfo).context;
            let aggregate =
                !context.is_null() && matches!((*context).type_, pg_sys::NodeTag::T_AggState | pg_sys::NodeTag::T_WindowAggState);
            if aggregate {
                return self;
            }
            let copy = pg_sys::palloc(Self::SIZE).cast::<pg_sys::ArrayType>();
            std::ptr::copy_nonoverlapping(self.array.cast::<u8>(), copy.cast::<u8>(), Self::SIZE);
            StateArray { array: copy, state: PhantomData }
        }
    }

    pub fn get(&self) -> &S {
        // SAFETY: `from_datum` checked shape and size; palloc aligns to 8 bytes, and any bits are floats.
        unsafe { &*self.array.cast::<u8>().add(HEADER).cast::<S>() }
    }

    pub fn get_mut(&mut self) -> &mut S {
        // SAFETY: as above; `writable` made sure that nobody else reads it.
        unsafe { &mut *self.array.cast::<u8>().add(HEADER).cast::<S>() }
    }
}

// SAFETY: the functions declare these arguments `float8[]`.
unsafe impl<'fcx, S: Floats> ArgAbi<'fcx> for StateArray<S> {
    #[inline(always)]
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: as PostgreSQL passed it; the functions are strict.
        unsafe { arg.unbox_arg_using_from_datum() }.unwrap_or_else(|| error!("an aggregate state is null"))
    }
}

impl<S: Floats> FromDatum for StateArray<S> {
    #[inline(always)]
    unsafe fn from_polymorphic_datum(datum: pg_sys::Datum, is_null: bool, _: pg_sys::Oid) -> Option<StateArray<S>> {
        // SAFETY: the functions declare these arguments `float8[]`.
        (!is_null).then(|| unsafe { StateArray::from_datum(datum) }.map_err(ErrorReport::from).unwrap_or_report())
    }
}

// SAFETY: the array that was passed in, or a copy of it.
unsafe impl<S: Floats> BoxRet for StateArray<S> {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: as above.
        unsafe { fcinfo.return_raw_datum(pg_sys::Datum::from(self.array)) }
    }
}

pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(StateArray<State>, "float8[]");
pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(StateArray<Tally>, "float8[]");
