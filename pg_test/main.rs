//! Tests of the extension as its users meet it: SQL typed into psql, against the server that
//! `pg_test/server` runs.
//!
//! One file for each topic of `sql/`, and some for what only a whole database shows.

mod analysis;
mod analytics;
mod argument;
mod bond;
mod calendar;
mod cashflow;
mod catalog;
mod chart;
mod compounding;
mod concurrency;
mod curve;
mod database;
mod daycount;
mod desk;
mod determinism;
mod distributed;
mod durability;
mod edges;
mod examples;
mod excel;
mod finder;
mod fit;
mod fx;
mod hostile;
mod identifier;
mod input;
mod issue_date;
mod json;
mod limits;
mod live_risk;
mod market;
mod memory;
mod migrations;
mod oversized;
mod par_risk;
mod percent;
mod plans;
mod portfolio;
mod quotes;
mod rating;
mod readme;
mod reference_page;
mod roles;
mod schedule;
mod settings;
mod shock;
mod spread;
mod summary;
mod swap;
mod term;
mod valuation;
mod views;
mod writers;
