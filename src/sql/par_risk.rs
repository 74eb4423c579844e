//! Key rates by par yields.

// pgrx reads the columns from the signature, where an alias would hide them.
#![allow(clippy::type_complexity)]

use super::datum::{List, Text};
use super::valuation::tenors;
use crate::basics::date::Date;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::market::curve::Curve;
use crate::product::bond::Bond;
use crate::risk::key_rate::check_keys;
use crate::risk::par_rate::ParRates;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

fn rows(
    bond: &Bond,
    curve: &Curve,
    tenors: &[Tenor],
    settlement: Option<Date>,
) -> Result<Vec<(String, f64, f64, f64)>, ErrorReport> {
    let years: Vec<f64> = tenors.iter().map(Tenor::key_years).collect();
    check_keys(&years)?;
    let profile = ParRates::new(curve, tenors)?.profile(bond, settlement.unwrap_or(curve.as_of))?;
    let risks = profile.iter().flat_map(|profile| profile.risks(bond));
    let row = |((tenor, years), (duration, dv01)): ((&Tenor, f64), (f64, f64))| {
        (tenor.to_string(), years, duration, dv01)
    };
    Ok(tenors.iter().zip(years).zip(risks).map(row).collect())
}

#[pg_extern(sql = false)]
fn bond_par_krd(
    bond: Bond,
    curve: Curve,
) -> Result<
    TableIterator<
        'static,
        (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64)),
    >,
    ErrorReport,
> {
    Ok(TableIterator::new(rows(&bond, &curve, &KEY_TENORS, None)?))
}

#[pg_extern(sql = false)]
fn bond_par_krd_on(
    bond: Bond,
    curve: Curve,
    settlement: Date,
) -> Result<
    TableIterator<
        'static,
        (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64)),
    >,
    ErrorReport,
> {
    Ok(TableIterator::new(rows(&bond, &curve, &KEY_TENORS, Some(settlement))?))
}

#[pg_extern(sql = false)]
fn bond_par_krd_at(
    bond: Bond,
    curve: Curve,
    keys: List<Text>,
) -> Result<
    TableIterator<
        'static,
        (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64)),
    >,
    ErrorReport,
> {
    Ok(TableIterator::new(rows(&bond, &curve, &tenors(keys)?, None)?))
}

#[pg_extern(sql = false)]
fn bond_par_krd_at_on(
    bond: Bond,
    curve: Curve,
    keys: List<Text>,
    settlement: Date,
) -> Result<
    TableIterator<
        'static,
        (name!(tenor, String), name!(years, f64), name!(duration, f64), name!(dv01, f64)),
    >,
    ErrorReport,
> {
    Ok(TableIterator::new(rows(&bond, &curve, &tenors(keys)?, Some(settlement))?))
}
