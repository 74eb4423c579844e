//! A term structure on a date, as a value: nodes, how the rates between them are found, and what holds beyond them.
//!
//! Whatever a curve was made from (zero rates, discount factors, par yields, parameters), it keeps the continuously compounded
//! zero rates of its nodes, z(t) = −ln P(t)/t. Times are years from its date by its day count.

mod interpolation;

pub use interpolation::{Extrapolation, Interpolation, Shape, Weights};

use crate::bond::Currency;
use crate::date::Date;
use crate::daycount::{DayCount, Reference};
use crate::elementary::exp;
use crate::error::{Error, Result};

/// What a curve can say about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    pub as_of: Date,
    /// In order of time, the first after the curve's date.
    pub nodes: Vec<Node>,
    pub interpolation: Interpolation,
    pub extrapolation: Extrapolation,
    pub day_count: DayCount,
    pub name: Option<String>,
    pub currency: Option<Currency>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Node {
    /// Years from the curve's date.
    pub time: f64,
    /// Continuously compounded zero rate, a decimal.
    pub zero: f64,
}

/// A valid curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve(Definition);

impl std::ops::Deref for Curve {
    type Target = Definition;

    fn deref(&self) -> &Definition {
        &self.0
    }
}

pub const MAX_NODES: usize = 1_000;
const MAX_YEARS: f64 = 1_000.0;
/// Ten thousand per cent, beyond any market's.
const MAX_RATE: f64 = 100.0;

impl Curve {
    /// The only way to a curve: checks every rule, and turns −0 into 0.
    pub fn new(mut definition: Definition) -> Result<Curve> {
        let count = definition.nodes.len();
        if count > MAX_NODES {
            return Err(Error::TooMany { what: "nodes of a curve", count, limit: MAX_NODES });
        }
        if count == 0 {
            return Err(Error::Curve { why: "it has no nodes".to_owned() });
        }
        let mut before = 0.0;
        for Node { time, zero } in &mut definition.nodes {
            *zero += 0.0;
            if !(*time > before && *time <= MAX_YEARS) {
                return Err(Error::Curve { why: format!("its nodes are not in order of time: {time} follows {before}") });
            }
            if zero.abs() > MAX_RATE || zero.is_nan() {
                return Err(Error::OutOfRange {
                    what: "zero rate",
                    value: *zero,
                    rule: "a zero rate is a decimal from -100 to 100: 4.45 % is 0.0445",
                });
            }
            before = *time;
        }
        if matches!(definition.day_count, DayCount::ActActIcma | DayCount::Bus252 | DayCount::One) {
            return Err(Error::Contradiction {
                what: "day count",
                value: format!("{:?}", definition.day_count),
                with: "a curve",
                hint: "A curve counts time by dates alone: ACT/365F, ACT/ACT ISDA, ACT/360, 30/360.",
            });
        }
        Ok(Curve(definition))
    }

    pub fn into_definition(self) -> Definition {
        self.0
    }

    /// Years from the curve's date to another; negative before it.
    pub fn time(&self, date: Date) -> f64 {
        self.day_count.year_fraction(self.as_of, date, &Reference::default()).unwrap_or(f64::NAN)
    }

    /// Continuously compounded zero rate at a time that is not negative.
    pub fn zero(&self, time: f64) -> Result<f64> {
        self.shape().zero(time)
    }

    pub fn discount(&self, time: f64) -> Result<f64> {
        Ok(exp(-self.zero(time)? * time))
    }
}
