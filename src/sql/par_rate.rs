//! Key rates by par yields.

use super::bond_on_curve::{KeyRateRows, key_rate_rows, tenors};
use super::call::{Call, Extra};
use super::datum::{List, Text};
use crate::basics::date::Date;
use crate::basics::tenor::KEY_TENORS;
use crate::market::curve::Curve;
use crate::product::bond::Bond;
use crate::risk::profile::bond_par_key_rates;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn bond_par_krd(call: Call<(Bond, Curve, Extra<Date>)>) -> Result<KeyRateRows, ErrorReport> {
    let (bond, curve) = (call.argument::<0>(), call.argument::<1>());
    Ok(key_rate_rows(bond_par_key_rates(&bond, &curve, &KEY_TENORS, call.optional::<2>())?))
}

#[pg_extern(sql = false)]
fn bond_par_krd_at(
    call: Call<(Bond, Curve, List<Text>, Extra<Date>)>,
) -> Result<KeyRateRows, ErrorReport> {
    let (bond, curve) = (call.argument::<0>(), call.argument::<1>());
    let tenors = tenors(call.argument::<2>())?;
    Ok(key_rate_rows(bond_par_key_rates(&bond, &curve, &tenors, call.optional::<3>())?))
}
