//! The states of aggregates, and what they add up to.

pub mod batch;
pub mod exact_sums;
pub mod fit_state;
pub mod group;
pub mod key_rate_state;
pub mod layout;
pub mod quote_state;
pub mod rating_sums;
pub mod request;
pub mod risk_state;
pub mod risk_sums;
pub mod shock_state;
pub mod summary;
