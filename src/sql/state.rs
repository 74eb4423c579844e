//! Aggregate states: `float8[]` arrays that are changed in place.

use super::datum::argument;
use crate::bond::Bond;
use crate::error::Error;
use crate::portfolio::{STATE_LEN, State};
use pgrx::callconv::{Arg, ArgAbi, BoxRet, FcInfo};
use pgrx::pg_sys;
use pgrx::pg_sys::panic::{ErrorReport, ErrorReportable};
use pgrx::prelude::*;

/// A one-dimensional `float8[]` of [`STATE_LEN`] numbers without NULLs, seen as a [`State`].
pub struct StateArray {
    array: *mut pg_sys::ArrayType,
}

/// Header of such an array: `ArrayType`, one dimension and one lower bound, already a multiple of 8 bytes.
const HEADER: usize = size_of::<pg_sys::ArrayType>() + 2 * size_of::<i32>();
const SIZE: usize = HEADER + size_of::<State>();
const _: () = assert!(size_of::<State>() == STATE_LEN * size_of::<f64>() && HEADER.is_multiple_of(align_of::<State>()));

impl StateArray {
    /// # Safety
    /// `datum` must be a `float8[]` that is not NULL.
    #[inline(always)]
    unsafe fn from_datum(datum: pg_sys::Datum) -> Result<StateArray, Error> {
        let mut value = datum.cast_mut_ptr::<pg_sys::varlena>();
        // SAFETY: the caller vouches for the type; a plain array begins with the fields read here, and its size is
        // checked before anything behind them is.
        unsafe {
            if !pgrx::varatt_is_4b_u(value) {
                value = pg_sys::pg_detoast_datum(value);
            }
            let array = value.cast::<pg_sys::ArrayType>();
            let dimensions = array.add(1).cast::<i32>();
            let valid = pgrx::varsize_4b(value) == SIZE
                && (*array).ndim == 1
                && (*array).dataoffset == 0
                && (*array).elemtype == pg_sys::FLOAT8OID
                && *dimensions == STATE_LEN as i32;
            if !valid {
                return Err(Error::State { why: format!("it is not an array of {STATE_LEN} numbers") });
            }
            Ok(StateArray { array })
        }
    }

    /// The state and the bond that a transition function is called with.
    #[inline(always)]
    pub fn and_bond(fcinfo: pg_sys::FunctionCallInfo) -> (StateArray, Bond) {
        // SAFETY: `sql/portfolio.sql` declares the transition functions strict, and their first arguments
        // `float8[]` and `bond`.
        unsafe { (argument::<StateArray>(fcinfo, 0).writable(fcinfo), argument(fcinfo, 1)) }
    }

    /// The same state where the caller lets it be changed: in an aggregate the state itself, elsewhere a copy.
    #[inline(always)]
    pub fn writable(self, fcinfo: pg_sys::FunctionCallInfo) -> StateArray {
        // SAFETY: reading a node's tag, as AggCheckCallContext does; the copy is as large as `from_datum` checked.
        unsafe {
            let context = (*fcinfo).context;
            let aggregate =
                !context.is_null() && matches!((*context).type_, pg_sys::NodeTag::T_AggState | pg_sys::NodeTag::T_WindowAggState);
            if aggregate {
                return self;
            }
            let copy = pg_sys::palloc(SIZE).cast::<pg_sys::ArrayType>();
            std::ptr::copy_nonoverlapping(self.array.cast::<u8>(), copy.cast::<u8>(), SIZE);
            StateArray { array: copy }
        }
    }

    pub fn get(&self) -> &State {
        // SAFETY: `from_datum` checked shape and size; palloc aligns to 8 bytes, and any bits are floats.
        unsafe { &*self.array.cast::<u8>().add(HEADER).cast::<State>() }
    }

    pub fn get_mut(&mut self) -> &mut State {
        // SAFETY: as above; `writable` made sure that nobody else reads it.
        unsafe { &mut *self.array.cast::<u8>().add(HEADER).cast::<State>() }
    }
}

// SAFETY: the functions declare these arguments `float8[]`.
unsafe impl<'fcx> ArgAbi<'fcx> for StateArray {
    #[inline(always)]
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: as PostgreSQL passed it; the functions are strict.
        unsafe { arg.unbox_arg_using_from_datum() }.unwrap_or_else(|| error!("a portfolio state is null"))
    }
}

impl FromDatum for StateArray {
    #[inline(always)]
    unsafe fn from_polymorphic_datum(datum: pg_sys::Datum, is_null: bool, _: pg_sys::Oid) -> Option<StateArray> {
        // SAFETY: the functions declare these arguments `float8[]`.
        (!is_null).then(|| unsafe { StateArray::from_datum(datum) }.map_err(ErrorReport::from).unwrap_or_report())
    }
}

// SAFETY: the array that was passed in, or a copy of it.
unsafe impl BoxRet for StateArray {
    unsafe fn box_into<'fcx>(self, fcinfo: &mut FcInfo<'fcx>) -> pgrx::datum::Datum<'fcx> {
        // SAFETY: as above.
        unsafe { fcinfo.return_raw_datum(pg_sys::Datum::from(self.array)) }
    }
}

pgrx::pgrx_sql_entity_graph::impl_sql_translatable!(StateArray, "float8[]");
