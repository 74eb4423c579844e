//! Curves from quotes and from prices of bonds.

pub mod bootstrap;
mod curve_json;
pub mod curve_quotes;
pub mod fit;
pub mod quote_period;
