//! How values follow rates: key rates, par rates, shocks.

pub mod curve_cache;
pub mod key_rate;
pub mod par_rate;
pub mod profile;
pub mod shock;
