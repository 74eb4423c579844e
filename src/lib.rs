//! Bond analytics for PostgreSQL.
//!
//! # Units
//!
//! Prices are per 100 face, clean unless the name says dirty. Coupons, yields and rates are
//! decimals: 4.45 % is 0.0445. Time and durations are in years, on the dirty price; convexity in
//! years squared, unscaled. Notional, market value and DV01 are in currency units, per 100 face
//! where a bond carries no notional. DV01 is positive for a long position.
//!
//! # Map
//!
//! Definition, resolution, calculation: a [`bond::Bond`] is a term sheet; [`position`] finds where
//! a settlement date stands in it; the rest computes. Nothing here knows of PostgreSQL: `sql` is
//! the thin skin that does, one file for each topic, and `sql/*.sql` declares what users call.
//!
//! | words | [`vocabulary`], [`frequency`], [`daycount`], [`convention`]; [`text`] and [`bytes`] that values are read from |
//! | --- | --- |
//! | definition | [`bond`] and its text, JSON and stored forms; [`market`] practice; [`identifier`], [`rating`] |
//! | resolution | [`date`], [`calendar`], [`schedule`]; [`grid`] of coupon dates, [`position`] of a settlement date in it, [`remaining flows`] to what is left |
//! | calculation | [`yields`] from the closed form in [`annuity`] or the proven iteration in [`newton`], over [`elementary`] |
//! | curves | [`curve`]: its forms, [`curve::InterpolatedCurve`] between its nodes, what is asked of it and how it moves; [`tenor`]; [`bootstrap`] from quotes, [`fit`] to prices; [`valuation`] of a bond on it and its [`spread`]s, [`shock`]s; [`keyrate`] risk of a book, [`par_risk`] to par yields; [`chart`] |
//! | swaps | [`swap`]: its forms, and its value on one curve or two |
//! | answers | [`analytics`], [`cashflow`], [`portfolio`] over [`exact`] sums in a [`sums`], kept as a [`summary`]; [`analysis`] of a whole JSON portfolio |
//! | Excel's functions | [`excel`] |
//! | errors | [`error`] |

#![cfg_attr(not(feature = "pg"), forbid(unsafe_code))]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

pub mod basics;
pub mod calibrate;
pub mod forms;
pub mod market;
pub mod numeric;
pub mod portfolio;
pub mod pricing;
pub mod product;
pub mod resolve;
pub mod risk;
pub mod tools;

#[cfg(feature = "pg")]
mod sql;
#[cfg(all(test, feature = "pg_inside"))]
use sql::inside as pg_test; // where `#[pg_test]` looks for it
#[cfg(test)]
mod testing;
