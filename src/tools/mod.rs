//! Conventions found from quoted yields, charts, the functions of Excel.

pub mod chart;
pub mod excel;
pub mod finder;
