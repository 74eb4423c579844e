//! Prices: from yields, and on curves.

pub mod bond_on_curve;
pub mod discounted_flows;
pub mod explain;
pub mod exposures;
pub mod rate_formula;
pub mod spread;
pub mod swap_on_curves;
pub mod yield_formula;
pub mod yield_pricing;
