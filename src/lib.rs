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
//! Definition, resolution, calculation: a [`product::bond::Bond`] is a term sheet; a
//! [`resolve::resolved_bond::ResolvedBond`] is a bond on a settlement date; the rest computes.
//! Nothing here knows of PostgreSQL but `sql`, the glue, with one file for each family of functions;
//! `sql/*.sql` declares what users call. A layer imports from those above it in this list.
//!
//! | layer | contents |
//! | --- | --- |
//! | [`numeric`] | exp and ln, exact sums, geometric series, roots |
//! | [`basics`] | dates, calendars, day counts, schedules, currencies, indices, errors |
//! | [`forms`] | text, JSON and bytes of values; the table of an instrument's terms |
//! | [`product`] | bonds, swaps, market presets, conventions: what is promised |
//! | [`resolve`] | position in the schedule, payments, accrued interest |
//! | [`market`] | curves, and the market data that a value is asked on |
//! | [`pricing`] | yields; values and exposures on curves; spreads |
//! | [`calibrate`] | curves from quotes and from prices of bonds |
//! | [`risk`] | key rates, par rates, shocks |
//! | [`portfolio`] | states of aggregates, summaries, JSON requests |
//! | [`tools`] | convention finder, charts, the functions of Excel |
//!
//! # Example
//!
//! ```
//! use pg_bond::basics::date::Date;
//! use pg_bond::pricing::yield_pricing::YieldPricing;
//! use pg_bond::product::bond::Bond;
//!
//! let bond: Bond = "4.45% 2028-02-23 semiannual 30/360".parse()?;
//! let settlement = Date::from_ymd(2026, 3, 24).unwrap();
//! let pricing = YieldPricing::new(&bond, settlement)?.unwrap();
//! let measures = pricing.measures(102.45).unwrap();
//! assert!((pricing.clean_price_from_yield(measures.ytm)? - 102.45).abs() < 1e-9);
//! # Ok::<(), pg_bond::basics::error::Error>(())
//! ```

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
