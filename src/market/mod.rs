//! What is observed: curves of zero rates.

pub mod curve;
pub mod data;
