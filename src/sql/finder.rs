//! The convention finder.

// pgrx reads the columns from the signature, where an alias would hide them.
#![allow(clippy::type_complexity)]

use crate::basics::date::Date;
use crate::basics::vocabulary::Vocabulary;
use crate::product::bond::Bond;
use crate::tools::finder::{Candidate, Reading, by_convention, which_convention};
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

fn interrupts() {
    pgrx::check_for_interrupts!();
}

#[pg_extern(sql = false)]
#[rustfmt::skip]
fn bond_ytm_by_convention(
    bond: Bond, price: f64, settlement: Date,
) -> Result<TableIterator<'static, (
    name!(convention, &'static str), name!(ytm, Option<f64>), name!(modified_duration, Option<f64>), name!(definition, &'static str),
)>, ErrorReport> {
    let readings = by_convention(&bond, price, settlement, &interrupts)?;
    Ok(TableIterator::new(readings.into_iter().map(|Reading { convention, ytm, modified_duration, .. }| {
        (convention.name(), ytm, modified_duration, convention.meaning())
    })))
}

#[pg_extern(sql = false)]
#[rustfmt::skip]
fn bond_which_convention(
    bond: Bond, price: f64, quoted_yield: f64, settlement: Date, decimals: i32,
) -> Result<TableIterator<'static, (
    name!(convention, &'static str), name!(day_count, &'static str), name!(ytm, Option<f64>), name!(difference, f64),
    name!(definition, &'static str), name!(matches, bool), name!(matching_price, Option<f64>),
)>, ErrorReport> {
    let candidates = which_convention(&bond, price, quoted_yield, settlement, decimals, &interrupts)?;
    Ok(TableIterator::new(candidates.into_iter().map(|Candidate { reading, difference, matches, matching_price }| {
        let Reading { convention, day_count, ytm, .. } = reading;
        (convention.name(), day_count.name(), ytm, difference, convention.meaning(), matches, matching_price)
    })))
}
