//! What a quote says about a curve: flows whose values on it add up to nothing.

use super::instrument::Instrument;

/// amount · P(u₀)·P(u₁) / P(d₀)·P(d₁). A fixed payment takes one discount factor, a floating one
/// the growth P(start)/P(end) of its period too, and all are taken to the day on which the
/// instrument starts. P(0) = 1 stands where there is none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveFlow {
    pub amount: f64,
    /// How the amount follows the quote.
    pub slope: f64,
    /// The times of the discount factors that multiply, and of those that divide.
    pub times: [f64; 4],
}

impl CurveFlow {
    pub fn fixed(amount: f64, slope: f64) -> CurveFlow {
        CurveFlow { amount, slope, times: [0.0; 4] }
    }

    pub fn paid(self, time: f64) -> CurveFlow {
        let [_, growth, down, end] = self.times;
        CurveFlow { times: [time, growth, down, end], ..self }
    }

    /// As valued on a later day.
    pub fn forward(self, time: f64) -> CurveFlow {
        let [pay, growth, _, end] = self.times;
        CurveFlow { times: [pay, growth, time, end], ..self }
    }

    /// Grown at the curve's rate over a period.
    pub fn grown(self, start: f64, end: f64) -> CurveFlow {
        let [pay, _, down, _] = self.times;
        CurveFlow { times: [pay, start, down, end], ..self }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    pub instrument: Instrument,
    /// The last time that it depends on, where the curve has its node.
    pub end: f64,
    pub flows: Vec<CurveFlow>,
}

impl Equation {
    pub fn new(instrument: Instrument, flows: Vec<CurveFlow>) -> Equation {
        let mut end = 0.0;
        for flow in &flows {
            end = flow.times.into_iter().fold(end, f64::max);
        }
        Equation { instrument, end, flows }
    }
}
