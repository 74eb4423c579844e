//! The monotone convex method: forward rates that are continuous after the first node, and no
//! rougher than the discrete ones.
//!
//! Source: P. Hagan and G. West, "Interpolation Methods for Curve Construction", Applied
//! Mathematical Finance 13 (2006), without the bounds that keep forward rates positive. Before the
//! first node the zero rate is flat, and so is the forward rate.

use super::{CurveDefinition, Weights};
use crate::numeric::certain::at;

/// Discrete forward rates of the stretches between nodes, and before them that of the time to the
/// first one.
#[derive(Debug, Clone)]
pub struct Forwards {
    times: Vec<f64>,
    widths: Vec<f64>,
    rates: Vec<f64>,
}

impl Forwards {
    pub fn of(curve: &CurveDefinition) -> Forwards {
        let (mut start, mut grown) = (0.0, 0.0);
        let (mut times, mut widths, mut rates) = (Vec::new(), Vec::new(), Vec::new());
        for node in &curve.nodes {
            let (width, growth) = (node.time - start, node.zero * node.time);
            times.push(node.time);
            widths.push(width);
            rates.push(if start > 0.0 { (growth - grown) / width } else { node.zero });
            (start, grown) = (node.time, growth);
        }
        Forwards { times, widths, rates }
    }

    /// ∫ of the forward rate over the first share x of the stretch after node i, per unit of its
    /// width.
    pub fn area(&self, i: usize, x: f64) -> f64 {
        let rate = at(&self.rates, i + 1);
        let [excess, ..] = excess(self.knot(i) - rate, self.knot(i + 1) - rate, x);
        rate * x + excess
    }

    /// How that area follows the zero rates of the nodes.
    pub fn weights(&self, i: usize, x: f64) -> Weights {
        let rate = at(&self.rates, i + 1);
        let [_, by_start, by_end] = excess(self.knot(i) - rate, self.knot(i + 1) - rate, x);
        let mut by_rate = vec![(i + 1, x - by_start - by_end)];
        for (knot, factor) in [(i, by_start), (i + 1, by_end)] {
            by_rate.extend(
                self.knot_weights(knot).into_iter().map(|(rate, weight)| (rate, weight * factor)),
            );
        }
        by_rate
            .into_iter()
            .flat_map(|(rate, weight)| {
                self.rate_weights(rate).into_iter().map(move |(i, w)| (i, w * weight))
            })
            .collect()
    }

    /// The forward rate at a node.
    fn knot(&self, i: usize) -> f64 {
        self.knot_weights(i).iter().map(|&(rate, weight)| weight * at(&self.rates, rate)).sum()
    }

    /// By the discrete ones before and after it.
    fn knot_weights(&self, i: usize) -> Weights {
        let last = self.rates.len().saturating_sub(1);
        if i >= last {
            let before = self
                .knot_weights_between(last.saturating_sub(1))
                .map(|(rate, weight)| (rate, -0.5 * weight));
            return before.into_iter().chain([(last, 1.5)]).collect();
        }
        self.knot_weights_between(i).to_vec()
    }

    fn knot_weights_between(&self, i: usize) -> [(usize, f64); 2] {
        let (before, after) = (at(&self.widths, i), at(&self.widths, i + 1));
        [(i, after / (before + after)), (i + 1, before / (before + after))]
    }

    /// A discrete forward rate by the zero rates at its ends.
    fn rate_weights(&self, rate: usize) -> Weights {
        if rate == 0 {
            return vec![(0, 1.0)];
        }
        let width = at(&self.widths, rate);
        vec![(rate - 1, -at(&self.times, rate - 1) / width), (rate, at(&self.times, rate) / width)]
    }
}

/// ∫₀ˣ g, and its derivatives by g0 and g1, of Hagan and West's function with g(0) = g0, g(1) = g1
/// and nothing in all.
fn excess(g0: f64, g1: f64, x: f64) -> [f64; 3] {
    let opposite = (g0 < 0.0 && g1 > 0.0) || (g0 > 0.0 && g1 < 0.0);
    if !opposite && (g0 != 0.0 || g1 != 0.0) {
        return dip(g0, g1, x);
    }
    if g1.abs() > 2.0 * g0.abs() {
        // Flat first: from 1 to 0 the time runs backwards, and areas with it.
        let [area, by_end, by_start] = flat_last(g1, g0, 1.0 - x);
        return [-area, -by_start, -by_end];
    }
    if g0.abs() > 2.0 * g1.abs() {
        return flat_last(g0, g1, x);
    }
    let (by_start, by_end) = (x * (1.0 - x) * (1.0 - x), x * x * (x - 1.0));
    [g0 * by_start + g1 * by_end, by_start, by_end]
}

/// A parabola from g0 that meets g1 before the end.
fn flat_last(g0: f64, g1: f64, x: f64) -> [f64; 3] {
    let meets = 3.0 * g1 / (g1 - g0);
    let left = 1.0 - x / meets;
    if left <= 0.0 {
        return [g1 * (x - 1.0), 0.0, x - 1.0];
    }
    let area = x - 1.0 + left * left * left;
    // g1 · d(left³), by where they meet.
    let slope = 3.0 * g1 * left * left * x / (meets * meets) * 3.0 / ((g1 - g0) * (g1 - g0));
    [g1 * area, slope * g1, area - slope * g0]
}

/// Both ends on one side: a parabola down to a level on the other side, and one up from it.
fn dip(g0: f64, g1: f64, x: f64) -> [f64; 3] {
    let turn = g1 / (g0 + g1);
    let depth = g0 * turn;
    let (down, up) = ((1.0 - x / turn).max(0.0), ((x - turn) / (1.0 - turn)).max(0.0));
    let shape =
        -x + (1.0 + turn) / 3.0 * (1.0 - down * down * down) + (2.0 - turn) / 3.0 * up * up * up;
    let mut by_turn = (1.0 - down * down * down - up * up * up) / 3.0;
    if down > 0.0 {
        by_turn -= (1.0 + turn) * down * down * x / (turn * turn);
    }
    if up > 0.0 {
        by_turn += (2.0 - turn) * up * up * (x - 1.0) / ((1.0 - turn) * (1.0 - turn));
    }
    // depth/(g0 + g1) = turn·(1 − turn), by which the turn moves.
    let moved = turn * (1.0 - turn) * by_turn;
    [
        depth * shape,
        turn * turn * shape - turn * moved,
        (1.0 - turn) * (1.0 - turn) * shape + (1.0 - turn) * moved,
    ]
}
