//! A term structure on a date, as a value: nodes, how the rates between them are found, and what
//! holds beyond them.
//!
//! Whatever a curve was made from (zero rates, discount factors, par yields), it keeps the
//! continuously compounded zero rates of its nodes, z(t) = −ln P(t)/t. One of Nelson and Siegel's
//! or Svensson's keeps its parameters; what is then done to single maturities is kept as nodes that
//! are added to it. Times are years from its date by its day count.

mod bytes;
pub(crate) mod fields;
mod interpolation;
mod monotone;
mod moves;
mod parametric;
mod query;
pub(crate) mod text;

pub use interpolation::{Extrapolation, InterpolatedCurve, Interpolation, Weights};
pub use parametric::{Decay, Parameters};
pub use query::CurvePoint;

use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::order;
use crate::forms::hash::hash_code;
use crate::forms::text::check_name;
use crate::numeric::elementary::exp;
use std::cmp::Ordering;

/// What a curve can say about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveDefinition {
    pub as_of: Date,
    /// In order of time, from the curve's date on. Zero rates, added to those of the parameters
    /// where there are any.
    pub nodes: Vec<Node>,
    pub interpolation: Interpolation,
    pub extrapolation: Extrapolation,
    pub day_count: DayCount,
    pub parameters: Option<Parameters>,
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

impl CurveDefinition {
    /// A curve with every default: flat forward, a flat zero rate after the last node, ACT/365F.
    pub fn new(as_of: Date, nodes: Vec<Node>) -> CurveDefinition {
        CurveDefinition {
            as_of,
            nodes,
            interpolation: Interpolation::FlatForward,
            extrapolation: Extrapolation::FlatZero,
            day_count: DayCount::Act365F,
            parameters: None,
            name: None,
            currency: None,
        }
    }

    /// A curve of parameters. What is added to it at single maturities is linear between them.
    pub fn parametric(as_of: Date, parameters: Parameters) -> CurveDefinition {
        CurveDefinition {
            parameters: Some(parameters),
            interpolation: Interpolation::LinearZero,
            ..CurveDefinition::new(as_of, Vec::new())
        }
    }

    /// Years from the curve's date to another; negative before it. NaN under a day count that needs
    /// more than dates, which [`Curve::new`] refuses.
    pub fn time(&self, date: Date) -> f64 {
        self.day_count.year_fraction(self.as_of, date, &Reference::default()).unwrap_or(f64::NAN)
    }
}

/// A valid curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve(CurveDefinition);

impl std::ops::Deref for Curve {
    type Target = CurveDefinition;

    fn deref(&self) -> &CurveDefinition {
        &self.0
    }
}

pub const MAX_NODES: usize = 1_000;
const MAX_YEARS: f64 = 1_000.0;
/// Ten thousand per cent, beyond any market's.
const MAX_RATE: f64 = 100.0;

impl Curve {
    /// The only way to a curve: checks every rule, and turns −0 into 0 so that equal curves have
    /// equal bytes.
    pub fn new(mut definition: CurveDefinition) -> Result<Curve> {
        definition.parameters.as_mut().map_or(Ok(()), Parameters::check)?;
        check_nodes(&mut definition)?;
        if matches!(definition.day_count, DayCount::ActActIcma | DayCount::Bus252 | DayCount::One) {
            return Err(Error::Contradiction {
                what: "day count",
                value: definition.day_count.name().to_owned(),
                with: "a curve",
                hint: "A curve counts time by dates alone: ACT/365F, ACT/ACT ISDA, ACT/360, \
                    30/360.",
            });
        }
        definition.name.as_deref().map_or(Ok(()), |name| check_name("curve name", name))?;
        Ok(Curve(definition))
    }

    pub fn into_definition(self) -> CurveDefinition {
        self.0
    }

    /// Continuously compounded zero rate at a time that is not negative.
    pub fn zero(&self, time: f64) -> Result<f64> {
        self.interpolated().zero(time)
    }

    pub fn discount(&self, time: f64) -> Result<f64> {
        Ok(exp(-self.zero(time)? * time))
    }

    /// Curves that are used together are of one day.
    pub(crate) fn check_same_date(&self, other: &Curve) -> Result<()> {
        if self.as_of == other.as_of {
            return Ok(());
        }
        Err(Error::Contradiction {
            what: "the date of a curve",
            value: other.as_of.to_string(),
            with: "that of the other",
            hint: "Roll the earlier one to the date of the later one: curve_roll(curve, date).",
        })
    }

    pub fn hash_code(&self, seed: u64) -> u64 {
        hash_code(&self.to_bytes(), seed)
    }
}

fn check_nodes(definition: &mut CurveDefinition) -> Result<()> {
    if !definition.interpolation.uses_the_rate_today() {
        definition.nodes.retain(|node| node.time != 0.0);
    }
    let count = definition.nodes.len();
    if count > MAX_NODES {
        return Err(Error::TooMany { what: "nodes of a curve", count, limit: MAX_NODES });
    }
    if count == 0 && definition.parameters.is_none() {
        return Err(Error::Curve { why: "it has no nodes".to_owned() });
    }
    let mut before = None;
    for Node { time, zero } in &mut definition.nodes {
        *zero += 0.0;
        *time += 0.0;
        if !(*time >= 0.0 && before.is_none_or(|before| *time > before) && *time <= MAX_YEARS) {
            let before = before.unwrap_or_default();
            return Err(Error::Curve {
                why: format!("its nodes are not in order of time: {time} years follow {before}"),
            });
        }
        if zero.is_nan() || zero.abs() > MAX_RATE {
            let rule = "a zero rate is a decimal from -100 to 100: 4.45 % is 0.0445";
            return Err(Error::OutOfRange { what: "zero rate", value: *zero, rule });
        }
        if *zero <= 0.0 && definition.interpolation == Interpolation::LogLinearZero {
            let rule = "the logarithms that log_linear_zero interpolates need positive zero rates";
            return Err(Error::OutOfRange { what: "zero rate", value: *zero, rule });
        }
        before = Some(*time);
    }
    Ok(())
}

impl Eq for Curve {}

impl PartialOrd for Curve {
    fn partial_cmp(&self, other: &Curve) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By date, then name and the other terms, then the stored form; what is absent sorts first.
impl Ord for Curve {
    fn cmp(&self, other: &Curve) -> Ordering {
        self.as_of
            .cmp(&other.as_of)
            .then_with(|| order(fields::FIELDS, &self.0, &other.0))
            .then_with(|| self.to_bytes().cmp(&other.to_bytes()))
    }
}

#[cfg(test)]
pub(crate) mod tests;
