//! The curve on which every equation holds.
//!
//! Under flat forward rates each instrument fixes the forward rate of its own stretch, one after
//! another. From that curve Newton's method on all nodes together finds the one of any other
//! interpolation, whose stretches depend on each other.

use super::Bootstrap;
use super::equation::Equation;
use super::system::{EquationSystem, EquationValue, Placed};
use crate::basics::error::{Error, Result};
use crate::market::curve::{Curve, CurveDefinition, Node};
use crate::numeric::certain::at;
use crate::numeric::elementary::exp;

/// More instruments than any market quotes; the work grows with their cube.
pub const MAX_QUOTES: usize = 250;
/// What an instrument may be mispriced by, of its gross value.
const TOLERANCE: f64 = 1e-12;
/// Where a mispricing is the rounding of the sums.
const ROUNDING: f64 = 4e-15;
/// What a step has to leave of the worst mispricing for its slopes to serve again.
const NEARER: f64 = 0.1;
const MAX_STEPS: usize = 40;
const MAX_HALVINGS: i32 = 10;
/// A hundred quotes to two hundred years of half-yearly payments are 40,000.
const MAX_WEIGHTS: usize = 500_000;
/// The largest change of a forward rate in one step.
const MAX_STRIDE: f64 = 1.0;

/// The curve whose definition is `frame` but for the nodes.
pub fn solve(frame: CurveDefinition, equations: Vec<Equation>) -> Result<Bootstrap> {
    let system = EquationSystem::new(equations);
    for pair in system.equations.windows(2) {
        if let [first, second] = pair
            && first.end == second.end
        {
            return Err(refuse(second, format!("{} ends on the same day", first.instrument)));
        }
    }
    // What a step of the solution is worked out of: how each time follows each node.
    let count = system.times.len() * system.equations.len();
    if count > MAX_WEIGHTS {
        return Err(Error::TooMany {
            what: "days of payment times quotes",
            count,
            limit: MAX_WEIGHTS,
        });
    }
    let nodes = strip(&system)?;
    let curve = Curve::new(CurveDefinition { nodes, ..frame })?;
    let curve = polish(curve, &system)?;
    Ok(Bootstrap { curve, system })
}

fn refuse(equation: &Equation, why: String) -> Error {
    Error::Bootstrap { instrument: equation.instrument.to_string(), why }
}

/// The nodes under flat forward rates.
fn strip(system: &EquationSystem) -> Result<Vec<Node>> {
    // Beyond the node reached so far they stay what they are there.
    let mut factors = vec![1.0; system.times.len()];
    let (mut start, mut log, mut forward) = (0.0, 0.0, 0.0);
    let mut nodes = Vec::with_capacity(system.equations.len());
    for (equation, flows) in system.rows() {
        let reached = system.times.partition_point(|time| *time < start);
        let known = Known { factors: &factors, times: &system.times, reached };
        forward = forward_rate(&known, flows, forward).ok_or_else(|| {
            refuse(equation, "no forward rate after the quotes before it agrees with it".to_owned())
        })?;
        let stretch = log + forward * (equation.end - start);
        let end = exp(-stretch);
        for (factor, &time) in factors.iter_mut().zip(&system.times).skip(reached + 1) {
            *factor = if time < equation.end { exp(-log - forward * (time - start)) } else { end };
        }
        log = stretch;
        start = equation.end;
        nodes.push(Node { time: start, zero: log / start });
    }
    Ok(nodes)
}

/// Discount factors up to a time, and as they are there after it.
struct Known<'a> {
    factors: &'a [f64],
    times: &'a [f64],
    /// The place of that time.
    reached: usize,
}

/// The forward rate after the last known time on which an equation holds.
fn forward_rate(known: &Known, flows: &[Placed], guess: f64) -> Option<f64> {
    let mut settled = 0.0;
    let mut open: Vec<(f64, f64)> = Vec::with_capacity(flows.len());
    for flow in flows {
        let worth = flow.amount * flow.factor(known.factors);
        let overhang = flow.overhang(known.times, known.reached);
        if overhang == 0.0 { settled += worth } else { open.push((worth, overhang)) }
    }
    let mut forward = guess;
    for _ in 0..MAX_STEPS {
        let (mut net, mut gross, mut slope, mut bend) = (settled, settled.abs(), 0.0, 0.0);
        for &(worth, time) in &open {
            let worth = worth * exp(-forward * time);
            net += worth;
            gross += worth.abs();
            slope -= worth * time;
            bend += worth * time * time;
        }
        let step = net / slope;
        if !step.is_finite() {
            return None;
        }
        forward -= step.clamp(-MAX_STRIDE, MAX_STRIDE);
        // What Newton's step leaves is half the second derivative times its square.
        if (bend * step * step).abs() <= ROUNDING * gross {
            return Some(forward);
        }
    }
    None
}

/// Newton's method on all nodes at once, each step halved until it is one for the better. The
/// slopes of the first curve serve as long as they take it much nearer.
fn polish(mut curve: Curve, system: &EquationSystem) -> Result<Curve> {
    let mut nets = system.values(&curve)?;
    let mut inverse = None;
    for _ in 0..MAX_STEPS {
        let before = worst(&nets);
        if before <= ROUNDING {
            break;
        }
        let is_fresh = inverse.is_none();
        let slopes = match inverse.take() {
            Some(slopes) => slopes,
            None => match self::inverse(&curve, system)? {
                Some(slopes) => slopes,
                None => break,
            },
        };
        let better = (0..MAX_HALVINGS).find_map(|halvings| {
            let curve = moved(&curve, &slopes, &nets, 0.5f64.powi(halvings)).ok()?;
            let nets = system.values(&curve).ok()?;
            (worst(&nets) < before).then_some((curve, nets))
        });
        match better {
            Some(better) => (curve, nets) = better,
            None if is_fresh => break,
            None => continue,
        }
        if worst(&nets) < NEARER * before {
            inverse = Some(slopes);
        }
    }
    match system
        .equations
        .iter()
        .zip(&nets)
        .max_by(|(_, a), (_, b)| mispricing(a).total_cmp(&mispricing(b)))
    {
        Some((equation, value)) if mispricing(value) > TOLERANCE => Err(refuse(
            equation,
            "no curve of this interpolation agrees with it and the other quotes".to_owned(),
        )),
        _ => Ok(curve),
    }
}

/// How the nodes follow the net values; `None` if these do not determine them.
pub fn inverse(curve: &Curve, system: &EquationSystem) -> Result<Option<Vec<Vec<f64>>>> {
    let count = system.equations.len();
    let unit = |i: usize| (0..count).map(|j| f64::from(u8::from(i == j))).collect();
    Ok(solve_linear(system.gradients(curve)?, (0..count).map(unit).collect()))
}

/// Infinite where the value is no number.
fn mispricing(value: &EquationValue) -> f64 {
    let part = value.net.abs() / value.gross;
    if part.is_nan() { f64::INFINITY } else { part }
}

fn worst(values: &[EquationValue]) -> f64 {
    values.iter().map(mispricing).fold(0.0, f64::max)
}

fn moved(
    curve: &Curve,
    inverse: &[Vec<f64>],
    values: &[EquationValue],
    share: f64,
) -> Result<Curve> {
    let mut definition = CurveDefinition::clone(curve);
    for (node, row) in definition.nodes.iter_mut().zip(inverse) {
        node.zero -=
            share * row.iter().zip(values).map(|(slope, value)| slope * value.net).sum::<f64>();
    }
    Curve::new(definition)
}

/// X of A·X = B by Gauss and Jordan's elimination with the largest pivot of each column; `None` if
/// A is singular.
fn solve_linear(left: Vec<Vec<f64>>, right: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let count = left.len();
    let mut rows: Vec<Vec<f64>> =
        left.into_iter().zip(right).map(|(left, right)| [left, right].concat()).collect();
    let cell = |row: &[f64], column: usize| at(row, column);
    for column in 0..count {
        let size = |row: &Vec<f64>| cell(row, column).abs();
        let pivot = (column..count).max_by(|&a, &b| {
            rows.get(a)
                .map(size)
                .unwrap_or_default()
                .total_cmp(&rows.get(b).map(size).unwrap_or_default())
        })?;
        rows.swap(column, pivot);
        let mut pivot = std::mem::take(rows.get_mut(column)?);
        let scale = cell(&pivot, column);
        if !scale.is_normal() {
            return None;
        }
        pivot.iter_mut().for_each(|value| *value /= scale);
        for row in rows.iter_mut().filter(|row| !row.is_empty()) {
            let factor = cell(row, column);
            if factor != 0.0 {
                row.iter_mut()
                    .zip(&pivot)
                    .skip(column)
                    .for_each(|(value, pivot)| *value -= factor * pivot);
            }
        }
        *rows.get_mut(column)? = pivot;
    }
    Some(rows.into_iter().map(|mut row| row.split_off(count)).collect())
}
