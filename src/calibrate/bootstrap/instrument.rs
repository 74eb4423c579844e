//! What is quoted.

use crate::basics::date::Date;
use crate::basics::maturity::Maturity;
use std::fmt;

/// What is quoted, counted from the day on which it starts to pay interest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Instrument {
    /// The yield at which a bond, or below a year a bill, is worth par.
    Par(Maturity),
    /// Simple interest.
    Deposit(Maturity),
    /// Simple interest between two later days.
    Fra { start: Maturity, end: Maturity },
    /// Simple interest between two days, quoted as a price: 100 less the rate in per cent. Of an
    /// overnight rate that is being compounded on the curve's date `fixed` is what it has come to
    /// since the start; without it, the quoted rate.
    Future { start: Date, end: Date, fixed: Option<f64> },
    /// The fixed rate against the rates of an index, each over its own period.
    Swap(Maturity),
    /// The fixed rate against an overnight rate compounded over each period.
    Ois(Maturity),
}

impl fmt::Display for Instrument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Instrument::Par(maturity) => write!(f, "par yield {maturity}"),
            Instrument::Deposit(maturity) => write!(f, "deposit {maturity}"),
            Instrument::Fra { start, end } => write!(f, "FRA {start} x {end}"),
            Instrument::Future { start, .. } => write!(f, "future {start}"),
            Instrument::Swap(maturity) => write!(f, "swap {maturity}"),
            Instrument::Ois(maturity) => write!(f, "OIS {maturity}"),
        }
    }
}
