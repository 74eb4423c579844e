//! Prices: from yields, and on curves.

pub mod analytics;
pub mod bond_on_curve;
pub mod claim;
pub mod spread;
pub mod swap_on_curves;
pub mod yields;
