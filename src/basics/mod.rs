//! The words and days that every instrument is made of: dates, calendars, day counts, schedules,
//! codes.

pub mod calendar;
pub mod currency;
pub mod date;
pub mod daycount;
pub mod error;
pub mod frequency;
pub mod identifier;
pub mod index;
pub mod maturity;
pub mod rating;
pub mod regular_dates;
pub mod schedule;
pub mod tenor;
pub mod vocabulary;
