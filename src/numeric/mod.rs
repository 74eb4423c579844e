//! Numbers alone: elementary functions, exact sums, geometric series, roots of discounted flows.

pub mod annuity;
pub mod certain;
pub mod decimal;
pub mod elementary;
pub mod exact;
pub mod roots;
