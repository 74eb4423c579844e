//! What lies between nodes, found again by other means.

use super::{INTERPOLATIONS, Random, curve_of, random_nodes};
use crate::market::curve::{Curve, CurveDefinition, Interpolation, Node};

fn random_curves(count: usize, interpolations: &[Interpolation]) -> Vec<Curve> {
    let mut random = Random::new(11);
    let mut curves = Vec::new();
    for _ in 0..count {
        curves.extend(
            interpolations
                .iter()
                .map(|&interpolation| curve_of(interpolation, random_nodes(&mut random))),
        );
    }
    curves
}

fn last(curve: &Curve) -> f64 {
    curve.nodes.last().unwrap().time
}

/// Continuously compounded forward rate.
fn forward(curve: &Curve, from: f64, to: f64) -> f64 {
    (curve.zero(to).unwrap() * to - curve.zero(from).unwrap() * from) / (to - from)
}

#[test]
fn through_the_nodes_without_a_jump() {
    for curve in random_curves(50, &INTERPOLATIONS) {
        for node in &curve.nodes {
            let [before, on, after] = [node.time - 1e-9, node.time, node.time + 1e-9]
                .map(|time| curve.zero(time).unwrap());
            assert!((on - node.zero).abs() < 1e-16, "{:?}: {on} at {node:?}", curve.interpolation);
            assert!(
                (before - on).abs() < 1e-8 && (after - on).abs() < 1e-8,
                "{:?}: {before} {on} {after}",
                curve.interpolation
            );
        }
        assert_eq!(curve.zero(0.0), Ok(curve.nodes[0].zero));
    }
}

#[test]
fn weights_are_derivatives() {
    let (mut random, mut meetings) = (Random::new(13), 0);
    for curve in random_curves(20, &INTERPOLATIONS) {
        for _ in 0..20 {
            let time = random.between(0.0, last(&curve) + 5.0);
            let mut weights = vec![0.0; curve.nodes.len()];
            for (i, weight) in curve.interpolated().weights(time).unwrap() {
                weights[i] += weight;
            }
            for (i, weight) in weights.into_iter().enumerate() {
                let bumped = |by: f64| {
                    let mut nodes = curve.nodes.clone();
                    nodes[i].zero += by;
                    curve_of(curve.interpolation, nodes).zero(time).unwrap()
                };
                let slope = |step: f64| (bumped(step) - bumped(-step)) / (2.0 * step);
                // Richardson's extrapolation of central differences.
                let expected = (4.0 * slope(1e-6) - slope(2e-6)) / 3.0;
                // Where two pieces of the monotone convex method meet, it is the differences that
                // are not exact.
                if curve.interpolation == Interpolation::MonotoneConvex
                    && (slope(1e-6) - slope(2e-6)).abs() > 1e-9
                {
                    assert!((weight - expected).abs() < 1e-3);
                    meetings += 1;
                    continue;
                }
                assert!(
                    (weight - expected).abs() < 1e-8,
                    "{:?}: {weight} {expected}",
                    curve.interpolation
                );
            }
        }
    }
    assert!(meetings < 100, "{meetings} of 4,800");
}

#[test]
fn flat_forwards_are_flat() {
    for curve in random_curves(50, &[Interpolation::FlatForward]) {
        for pair in curve.nodes.windows(2) {
            let middle = 0.3 * pair[0].time + 0.7 * pair[1].time;
            let parts =
                [forward(&curve, pair[0].time, middle), forward(&curve, middle, pair[1].time)];
            assert!((parts[0] - parts[1]).abs() < 1e-12, "{parts:?}");
        }
    }
}

/// The function g of Hagan and West's paper, point by point, which the curve has as an integral.
fn excess(g0: f64, g1: f64, x: f64) -> f64 {
    let quadratic = |from: f64, to: f64, share: f64| to + (from - to) * share * share;
    if (g0 < 0.0 && -0.5 * g0 <= g1 && g1 <= -2.0 * g0)
        || (g0 > 0.0 && -0.5 * g0 >= g1 && g1 >= -2.0 * g0)
    {
        return g0 * (1.0 - 4.0 * x + 3.0 * x * x) + g1 * (-2.0 * x + 3.0 * x * x);
    }
    if (g0 < 0.0 && g1 > -2.0 * g0) || (g0 > 0.0 && g1 < -2.0 * g0) {
        let eta = (g1 + 2.0 * g0) / (g1 - g0);
        return if x <= eta { g0 } else { quadratic(g1, g0, (x - eta) / (1.0 - eta)) };
    }
    if (g0 > 0.0 && 0.0 > g1 && g1 > -0.5 * g0) || (g0 < 0.0 && 0.0 < g1 && g1 < -0.5 * g0) {
        let eta = 3.0 * g1 / (g1 - g0);
        return if x < eta { quadratic(g0, g1, (eta - x) / eta) } else { g1 };
    }
    let (eta, low) = (g1 / (g1 + g0), -g0 * g1 / (g0 + g1));
    if x < eta {
        quadratic(g0, low, (eta - x) / eta)
    } else {
        quadratic(g1, low, (x - eta) / (1.0 - eta))
    }
}

#[test]
fn monotone_convex_by_its_forward_rates() {
    for curve in random_curves(40, &[Interpolation::MonotoneConvex]) {
        let nodes = &curve.nodes;
        let discrete: Vec<f64> = nodes
            .windows(2)
            .map(|p| (p[1].zero * p[1].time - p[0].zero * p[0].time) / (p[1].time - p[0].time))
            .collect();
        let width = |i: usize| nodes[i + 1].time - nodes[i].time;
        // Forward rates at the nodes; before the first the zero rate is flat.
        let mut at_node = vec![
            (nodes[0].time * discrete[0] + width(0) * nodes[0].zero) / (nodes[0].time + width(0)),
        ];
        for i in 1..discrete.len() {
            at_node.push(
                (width(i - 1) * discrete[i] + width(i) * discrete[i - 1])
                    / (width(i - 1) + width(i)),
            );
        }
        at_node.push(1.5 * discrete.last().unwrap() - 0.5 * at_node.last().unwrap());
        for i in 0..discrete.len() {
            let (g0, g1) = (at_node[i] - discrete[i], at_node[i + 1] - discrete[i]);
            // Simpson's rule is exact on each quadratic piece, wherever the pieces meet.
            let joints = [(g1 + 2.0 * g0) / (g1 - g0), 3.0 * g1 / (g1 - g0), g1 / (g1 + g0)];
            for share in [0.1, 0.3, 0.5, 0.8, 0.99] {
                let mut ends: Vec<f64> = joints
                    .into_iter()
                    .filter(|joint| (0.0..share).contains(joint))
                    .chain([0.0, share])
                    .collect();
                ends.sort_by(f64::total_cmp);
                let piece = |a: f64, b: f64| {
                    (excess(g0, g1, a) + 4.0 * excess(g0, g1, 0.5 * (a + b)) + excess(g0, g1, b))
                        * (b - a)
                        / 6.0
                };
                let area: f64 = ends.windows(2).map(|ends| piece(ends[0], ends[1])).sum();
                let time = nodes[i].time + width(i) * share;
                let expected = (nodes[i].zero * nodes[i].time
                    + width(i) * (discrete[i] * share + area))
                    / time;
                let zero = curve.zero(time).unwrap();
                assert!((zero - expected).abs() < 1e-14, "{zero} {expected} at {time}");
            }
        }
    }
}

/// Natural and clamped splines from the equations of their coefficients, by elimination with
/// pivots.
#[test]
fn splines_by_their_coefficients() {
    for curve in random_curves(20, &[Interpolation::NaturalCubic, Interpolation::ClampedCubic]) {
        let nodes = &curve.nodes;
        let pieces = nodes.len() - 1;
        let size = 4 * pieces;
        let mut equations: Vec<Vec<f64>> = Vec::new();
        let mut equation = |terms: &[(usize, [f64; 4], f64)], right: f64| {
            let mut row = vec![0.0; size + 1];
            for &(piece, powers, sign) in terms {
                for (power, value) in powers.into_iter().enumerate() {
                    row[4 * piece + power] += sign * value;
                }
            }
            row[size] = right;
            equations.push(row);
        };
        let value = |x: f64| [1.0, x, x * x, x * x * x];
        let slope = |x: f64| [0.0, 1.0, 2.0 * x, 3.0 * x * x];
        let bend = |x: f64| [0.0, 0.0, 2.0, 6.0 * x];
        for i in 0..pieces {
            let width = nodes[i + 1].time - nodes[i].time;
            equation(&[(i, value(0.0), 1.0)], nodes[i].zero);
            equation(&[(i, value(width), 1.0)], nodes[i + 1].zero);
            if i + 1 < pieces {
                equation(&[(i, slope(width), 1.0), (i + 1, slope(0.0), -1.0)], 0.0);
                equation(&[(i, bend(width), 1.0), (i + 1, bend(0.0), -1.0)], 0.0);
            } else {
                let end =
                    if curve.interpolation == Interpolation::NaturalCubic { bend } else { slope };
                equation(&[(0, end(0.0), 1.0)], 0.0);
                equation(&[(i, end(width), 1.0)], 0.0);
            }
        }
        let coefficients = solve(equations);
        for i in 0..pieces {
            for share in [0.2, 0.5, 0.9] {
                let x = share * (nodes[i + 1].time - nodes[i].time);
                let expected: f64 =
                    value(x).iter().zip(&coefficients[4 * i..]).map(|(power, c)| power * c).sum();
                let zero = curve.zero(nodes[i].time + x).unwrap();
                assert!(
                    (zero - expected).abs() < 1e-12,
                    "{:?}: {zero} {expected}",
                    curve.interpolation
                );
            }
        }
    }
}

fn solve(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let size = rows.len();
    for column in 0..size {
        let pivot = (column..size)
            .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))
            .unwrap();
        rows.swap(column, pivot);
        let lead = rows[column].clone();
        for row in rows.iter_mut().enumerate().filter(|&(i, _)| i != column).map(|(_, row)| row) {
            let factor = row[column] / lead[column];
            row.iter_mut().zip(&lead).for_each(|(cell, pivot)| *cell -= factor * pivot);
        }
    }
    (0..size).map(|i| rows[i][size] / rows[i][i]).collect()
}

#[test]
fn one_node_is_a_flat_curve() {
    for interpolation in INTERPOLATIONS {
        let definition = CurveDefinition {
            interpolation,
            ..CurveDefinition::new(super::day(), vec![Node { time: 2.0, zero: 0.03 }])
        };
        let curve = Curve::new(definition).unwrap();
        for years in [0.0, 1.0, 2.0, 30.0] {
            assert_eq!(curve.zero(years), Ok(0.03));
            assert_eq!(curve.interpolated().weights(years), Ok(vec![(0, 1.0)]));
        }
    }
}
