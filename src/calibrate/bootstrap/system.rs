//! Equations over the times that they share: a discount factor is worked out once, however many
//! flows take it.

use super::equation::{CurveFlow, Equation};
use crate::basics::error::Result;
use crate::market::curve::{Curve, Weights};
use crate::numeric::certain::at;
use crate::numeric::elementary::exp;

#[derive(Debug, Clone, PartialEq)]
pub struct EquationSystem {
    /// By the last time that they depend on.
    pub equations: Vec<Equation>,
    /// Of all flows, in order and each once, from 0 on.
    pub times: Vec<f64>,
    /// Of each equation.
    placed: Vec<Vec<Placed>>,
}

/// A flow whose times are places among those of the system.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    pub amount: f64,
    slope: f64,
    places: [usize; 4],
}

/// Whether a discount factor multiplies or divides.
const SIGNS: [f64; 4] = [1.0, 1.0, -1.0, -1.0];

/// What an instrument is worth on a curve.
#[derive(Debug, Clone, Copy)]
pub struct EquationValue {
    /// Nothing, where the curve agrees with the quote.
    pub net: f64,
    /// The size of all flows together, which the net is measured by.
    pub gross: f64,
    /// How the net follows the quote.
    pub slope: f64,
}

impl EquationSystem {
    pub fn new(mut equations: Vec<Equation>) -> EquationSystem {
        equations.sort_by(|a, b| a.end.total_cmp(&b.end));
        let mut times = vec![0.0];
        for flow in equations.iter().flat_map(|equation| &equation.flows) {
            times.extend(flow.times.into_iter().filter(|time| *time != 0.0));
        }
        times.sort_unstable_by(f64::total_cmp);
        times.dedup();
        let place =
            |time: f64| if time == 0.0 { 0 } else { times.partition_point(|&other| other < time) };
        let placed = |flow: &CurveFlow| Placed {
            amount: flow.amount,
            slope: flow.slope,
            places: flow.times.map(place),
        };
        let placed =
            equations.iter().map(|equation| equation.flows.iter().map(placed).collect()).collect();
        EquationSystem { equations, times, placed }
    }

    /// Each equation with its flows.
    pub fn rows(&self) -> impl Iterator<Item = (&Equation, &[Placed])> {
        self.equations.iter().zip(self.placed.iter().map(Vec::as_slice))
    }

    pub fn values(&self, curve: &Curve) -> Result<Vec<EquationValue>> {
        let factors = self.factors(curve)?;
        let value = |flows: &Vec<Placed>| {
            flows.iter().fold(EquationValue { net: 0.0, gross: 0.0, slope: 0.0 }, |value, flow| {
                let factor = flow.factor(&factors);
                let worth = flow.amount * factor;
                EquationValue {
                    net: value.net + worth,
                    gross: value.gross + worth.abs(),
                    slope: value.slope + flow.slope * factor,
                }
            })
        };
        Ok(self.placed.iter().map(value).collect())
    }

    /// How the net values follow the zero rates of the nodes: a row for each equation.
    pub fn gradients(&self, curve: &Curve) -> Result<Vec<Vec<f64>>> {
        let (factors, shape) = (self.factors(curve)?, curve.interpolated());
        let weights =
            self.times.iter().map(|&time| shape.weights(time)).collect::<Result<Vec<Weights>>>()?;
        let gradient = |flows: &Vec<Placed>| {
            // How the net value follows −ln P of every time.
            let mut pulls = vec![0.0; self.times.len()];
            for flow in flows {
                let worth = flow.amount * flow.factor(&factors);
                for (&place, sign) in flow.places.iter().zip(SIGNS) {
                    if let Some(pull) = pulls.get_mut(place) {
                        *pull -= sign * worth;
                    }
                }
            }
            let mut gradient = vec![0.0; curve.nodes.len()];
            for ((pull, time), weights) in
                pulls.iter().zip(&self.times).zip(&weights).filter(|((pull, _), _)| **pull != 0.0)
            {
                for &(node, weight) in weights {
                    if let Some(slope) = gradient.get_mut(node) {
                        *slope += pull * time * weight;
                    }
                }
            }
            gradient
        };
        Ok(self.placed.iter().map(gradient).collect())
    }

    fn factors(&self, curve: &Curve) -> Result<Vec<f64>> {
        let shape = curve.interpolated();
        self.times.iter().map(|&time| Ok(exp(-time * shape.zero(time)?))).collect()
    }
}

impl Placed {
    /// The product and quotient of its discount factors.
    pub fn factor(&self, factors: &[f64]) -> f64 {
        let [pay, growth, down, end] = self.places.map(|place| at(factors, place));
        (pay * growth) / (down * end)
    }

    /// The time beyond that of a place that its discount factors reach over, those that divide
    /// less.
    pub fn overhang(&self, times: &[f64], from: usize) -> f64 {
        if self.places.iter().all(|place| *place <= from) {
            return 0.0;
        }
        let time = |place: usize| at(times, place.max(from));
        let [pay, growth, down, end] = self.places.map(time);
        (pay - down) + (growth - end)
    }
}
