//! The curve on which every equation holds.
//!
//! Under flat forward rates each instrument fixes the forward rate of its own stretch, one after another. From that curve
//! Newton's method on all nodes together finds the one of any other interpolation, whose stretches depend on each other.

use super::Bootstrap;
use super::equation::{Equation, Value};
use crate::curve::{Curve, Definition, Node};
use crate::elementary::exp;
use crate::error::{Error, Result};

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
/// The largest change of a forward rate in one step.
const MAX_STRIDE: f64 = 1.0;

/// The curve whose definition is `frame` but for the nodes.
pub fn solve(frame: Definition, mut equations: Vec<Equation>) -> Result<Bootstrap> {
    if equations.len() > MAX_QUOTES {
        return Err(Error::TooMany { what: "quotes of a curve", count: equations.len(), limit: MAX_QUOTES });
    }
    equations.sort_by(|a, b| a.end.total_cmp(&b.end));
    for pair in equations.windows(2) {
        if let [first, second] = pair
            && first.end == second.end
        {
            return Err(refuse(second, format!("{} ends on the same day", first.instrument)));
        }
    }
    let nodes = strip(&equations)?;
    let curve = Curve::new(Definition { nodes, ..frame })?;
    let curve = polish(curve, &equations)?;
    Ok(Bootstrap { curve, equations })
}

fn refuse(equation: &Equation, why: String) -> Error {
    Error::Bootstrap { instrument: equation.instrument.to_string(), why }
}

/// The nodes under flat forward rates.
fn strip(equations: &[Equation]) -> Result<Vec<Node>> {
    let mut known = Logs(vec![(0.0, 0.0)]);
    let mut forward = 0.0;
    for equation in equations {
        let (start, log) = known.last();
        forward = forward_rate(equation, &known, forward)
            .ok_or_else(|| refuse(equation, "no forward rate after the quotes before it agrees with it".to_owned()))?;
        known.0.push((equation.end, log + forward * (equation.end - start)));
    }
    Ok(known.0.iter().skip(1).map(|&(time, log)| Node { time, zero: log / time }).collect())
}

/// The forward rate after the last known time on which an equation holds.
fn forward_rate(equation: &Equation, known: &Logs, guess: f64) -> Option<f64> {
    let (start, _) = known.last();
    let mut settled = 0.0;
    let mut open: Vec<(f64, f64)> = Vec::with_capacity(equation.flows.len());
    for flow in &equation.flows {
        let worth = flow.amount * exp(-flow.exponent(|time| known.at(time)));
        let overhang = flow.exponent(|time| (time - start).max(0.0));
        if overhang == 0.0 { settled += worth } else { open.push((worth, overhang)) }
    }
    let mut forward = guess;
    for _ in 0..MAX_STEPS {
        let (mut net, mut gross, mut slope) = (settled, settled.abs(), 0.0);
        for &(worth, time) in &open {
            let worth = worth * exp(-forward * time);
            net += worth;
            gross += worth.abs();
            slope -= worth * time;
        }
        let step = net / slope;
        if !step.is_finite() {
            return None;
        }
        forward -= step.clamp(-MAX_STRIDE, MAX_STRIDE);
        if net.abs() <= ROUNDING * gross {
            return Some(forward);
        }
    }
    None
}

/// Times and −ln P at them, from (0, 0) on.
struct Logs(Vec<(f64, f64)>);

impl Logs {
    fn last(&self) -> (f64, f64) {
        self.0.last().copied().unwrap_or_default()
    }

    /// Linear between the times known, and flat after them.
    fn at(&self, time: f64) -> f64 {
        let after = self.0.partition_point(|&(known, _)| known < time);
        match (after.checked_sub(1).and_then(|before| self.0.get(before)), self.0.get(after)) {
            (Some(&(t0, log0)), Some(&(t1, log1))) => log0 + (log1 - log0) * (time - t0) / (t1 - t0),
            _ => self.last().1,
        }
    }
}

/// Newton's method on all nodes at once, each step halved until it is one for the better. The slopes of the first curve
/// serve as long as they take it much nearer.
fn polish(mut curve: Curve, equations: &[Equation]) -> Result<Curve> {
    let mut nets = values(&curve, equations)?;
    let mut inverse = None;
    for _ in 0..MAX_STEPS {
        let before = worst(&nets);
        if before <= ROUNDING {
            break;
        }
        let is_fresh = inverse.is_none();
        let slopes = match inverse.take() {
            Some(slopes) => slopes,
            None => match self::inverse(&curve, equations)? {
                Some(slopes) => slopes,
                None => break,
            },
        };
        let better = (0..MAX_HALVINGS).find_map(|halvings| {
            let curve = moved(&curve, &slopes, &nets, 0.5f64.powi(halvings)).ok()?;
            let nets = values(&curve, equations).ok()?;
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
    match equations.iter().zip(&nets).max_by(|(_, a), (_, b)| mispricing(a).total_cmp(&mispricing(b))) {
        Some((equation, value)) if mispricing(value) > TOLERANCE => {
            Err(refuse(equation, "no curve of this interpolation agrees with it and the other quotes".to_owned()))
        }
        _ => Ok(curve),
    }
}

fn values(curve: &Curve, equations: &[Equation]) -> Result<Vec<Value>> {
    let shape = curve.shape();
    equations.iter().map(|equation| equation.value(&shape)).collect()
}

fn gradients(curve: &Curve, equations: &[Equation]) -> Result<Vec<Vec<f64>>> {
    let shape = curve.shape();
    equations.iter().map(|equation| equation.gradient(&shape, curve.nodes.len())).collect()
}

/// How the nodes follow the net values; None where these do not determine them.
pub fn inverse(curve: &Curve, equations: &[Equation]) -> Result<Option<Vec<Vec<f64>>>> {
    let unit = |i: usize| (0..equations.len()).map(|j| f64::from(u8::from(i == j))).collect();
    Ok(solve_linear(gradients(curve, equations)?, (0..equations.len()).map(unit).collect()))
}

/// Infinite where the value is no number.
fn mispricing(value: &Value) -> f64 {
    let part = value.net.abs() / value.gross;
    if part.is_nan() { f64::INFINITY } else { part }
}

fn worst(values: &[Value]) -> f64 {
    values.iter().map(mispricing).fold(0.0, f64::max)
}

fn moved(curve: &Curve, inverse: &[Vec<f64>], values: &[Value], share: f64) -> Result<Curve> {
    let mut definition = Definition::clone(curve);
    for (node, row) in definition.nodes.iter_mut().zip(inverse) {
        node.zero -= share * row.iter().zip(values).map(|(slope, value)| slope * value.net).sum::<f64>();
    }
    Curve::new(definition)
}

/// X of A·X = B by Gauss and Jordan's elimination with the largest pivot of each column; None where A is singular.
fn solve_linear(left: Vec<Vec<f64>>, right: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let count = left.len();
    let mut rows: Vec<Vec<f64>> = left.into_iter().zip(right).map(|(left, right)| [left, right].concat()).collect();
    let cell = |row: &[f64], column: usize| row.get(column).copied().unwrap_or(f64::NAN);
    for column in 0..count {
        let size = |row: &Vec<f64>| cell(row, column).abs();
        let pivot = (column..count)
            .max_by(|&a, &b| rows.get(a).map(size).unwrap_or_default().total_cmp(&rows.get(b).map(size).unwrap_or_default()))?;
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
                row.iter_mut().zip(&pivot).skip(column).for_each(|(value, pivot)| *value -= factor * pivot);
            }
        }
        *rows.get_mut(column)? = pivot;
    }
    Some(rows.into_iter().map(|mut row| row.split_off(count)).collect())
}
