//! Term sheets and the conventions they name. Nothing is computed here.

pub mod bond;
pub mod compounding;
pub mod convention;
pub mod market_preset;
pub mod money_market;
pub mod swap;
