//! What a quote says about a curve: flows whose values on it add up to nothing.

use super::quote::Instrument;
use crate::curve::Shape;
use crate::elementary::exp;
use crate::error::Result;

/// amount · P(u₀)·P(u₁) / P(d₀)·P(d₁). A fixed payment takes one discount factor, a floating one the growth P(start)/P(end)
/// of its period too, and all are taken to the day on which the instrument starts. P(0) = 1 stands where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    pub amount: f64,
    /// How the amount follows the quote.
    pub slope: f64,
    /// The times of the discount factors that multiply, and of those that divide.
    pub times: [f64; 4],
}

const SIGNS: [f64; 4] = [1.0, 1.0, -1.0, -1.0];

impl Flow {
    pub fn fixed(amount: f64, slope: f64) -> Flow {
        Flow { amount, slope, times: [0.0; 4] }
    }

    pub fn paid(self, time: f64) -> Flow {
        let [_, growth, down, end] = self.times;
        Flow { times: [time, growth, down, end], ..self }
    }

    /// As valued on a later day.
    pub fn forward(self, time: f64) -> Flow {
        let [pay, growth, _, end] = self.times;
        Flow { times: [pay, growth, time, end], ..self }
    }

    /// Grown at the curve's rate over a period.
    pub fn grown(self, start: f64, end: f64) -> Flow {
        let [pay, _, down, _] = self.times;
        Flow { times: [pay, start, down, end], ..self }
    }

    /// −ln of the factor, a signed sum over its times of some function that is −ln P or moves like it.
    pub fn exponent(&self, log: impl Fn(f64) -> f64) -> f64 {
        self.times.iter().zip(SIGNS).filter(|(time, _)| **time != 0.0).map(|(time, sign)| sign * log(*time)).sum()
    }

    fn factor(&self, shape: &Shape) -> Result<f64> {
        let mut exponent = 0.0;
        for (&time, sign) in self.times.iter().zip(SIGNS).filter(|(time, _)| **time != 0.0) {
            exponent += sign * time * shape.zero(time)?;
        }
        Ok(exp(-exponent))
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    pub instrument: Instrument,
    /// The last time that it depends on, where the curve has its node.
    pub end: f64,
    pub flows: Vec<Flow>,
}

/// What an instrument is worth on a curve.
pub struct Value {
    /// Nothing, where the curve agrees with the quote.
    pub net: f64,
    /// The size of all flows together, which the net is measured by.
    pub gross: f64,
    /// How the net follows the quote.
    pub slope: f64,
}

impl Equation {
    pub fn new(instrument: Instrument, flows: Vec<Flow>) -> Equation {
        let end = flows.iter().flat_map(|flow| flow.times).fold(0.0, f64::max);
        Equation { instrument, end, flows }
    }

    pub fn value(&self, shape: &Shape) -> Result<Value> {
        let mut value = Value { net: 0.0, gross: 0.0, slope: 0.0 };
        for flow in &self.flows {
            let factor = flow.factor(shape)?;
            value.net += flow.amount * factor;
            value.gross += flow.amount.abs() * factor;
            value.slope += flow.slope * factor;
        }
        Ok(value)
    }

    /// How the net value follows the zero rates of the curve's `count` nodes.
    pub fn gradient(&self, shape: &Shape, count: usize) -> Result<Vec<f64>> {
        let mut gradient = vec![0.0; count];
        for flow in &self.flows {
            let worth = flow.amount * flow.factor(shape)?;
            for (&time, sign) in flow.times.iter().zip(SIGNS).filter(|(time, _)| **time != 0.0) {
                for (node, weight) in shape.weights(time)? {
                    if let Some(slope) = gradient.get_mut(node) {
                        *slope -= worth * sign * time * weight;
                    }
                }
            }
        }
        Ok(gradient)
    }
}
