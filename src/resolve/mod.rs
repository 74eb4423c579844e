//! A term sheet on a settlement date: its dated periods, payments and accrued interest.

pub mod accrued;
pub mod cash_flow;
pub mod coupon_grid;
pub mod coupon_position;
pub mod resolved_bond;
