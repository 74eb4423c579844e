//! Levenberg and Marquardt's method on reweighted squares, within bounds.
//!
//! D. Marquardt, "An Algorithm for Least-Squares Estimation of Nonlinear Parameters", SIAM Journal
//! 11 (1963). Each step δ is that for which Σ w·(e + s·δ)² + λ·Σ hₖ·δₖ² is least, s being an
//! error's exact derivatives, w the weight that its loss gives it, and hₖ = Σ w·sₖ²; one that does
//! not lower the sum of losses is tried again, shorter.

use super::robust::Loss;
use super::squares::{dot, nearest};
use super::system::{BOUNDS, FitPoint, FitSeries, FitSystem, PARAMETERS};

/// A point, and the sum of losses there.
#[derive(Debug, Clone, Copy)]
pub struct Reached {
    pub point: FitPoint,
    pub total: f64,
}

const FIRST_DAMPING: f64 = 1e-3;
const LEAST_DAMPING: f64 = 1e-15;
const MOST_DAMPING: f64 = 1e10;
/// Where a step no longer lowers the sum, as a part of it.
const STILL: f64 = 1e-13;

/// What a descent lowers: the sum of the losses of all errors and, by the square of a small share,
/// of what is not determined.
#[derive(Debug, Clone, Copy)]
pub struct Aim {
    pub loss: Loss,
    /// What an anchor's error counts for beside a bond's.
    pub share: f64,
}

/// The lowest point on the way down that at most so many steps reach.
pub fn descend(
    system: &FitSystem,
    start: FitPoint,
    aim: Aim,
    steps: usize,
    pause: &impl Fn(),
) -> Reached {
    let look = |point: FitPoint| {
        let seen = system.at(point);
        let drawn: f64 = seen.anchors.iter().map(|term| (aim.share * term.error).powi(2)).sum();
        let total = seen.errors().map(|error| aim.loss.of(error)).sum::<f64>() + 0.5 * drawn;
        (Reached { point, total }, seen)
    };
    let (mut reached, mut seen) = look(start);
    let mut damping = FIRST_DAMPING;
    for _ in 0..steps {
        let (columns, right) = columns(&seen, reached.point, aim);
        let next = loop {
            pause();
            let next = look(stepped(reached.point, &columns, &right, damping));
            if next.0.total < reached.total {
                damping = (damping * 0.1).max(LEAST_DAMPING);
                break next;
            }
            damping *= 10.0;
            if damping > MOST_DAMPING {
                return reached;
            }
        };
        let gained = reached.total - next.0.total;
        (reached, seen) = next;
        if gained <= STILL * reached.total {
            break;
        }
    }
    reached
}

/// The terms of reweighted squares, column by column, and what they are to come near; nothing of
/// what is at its bound and pushed against it.
fn columns(seen: &FitSeries, point: FitPoint, aim: Aim) -> (Vec<Vec<f64>>, Vec<f64>) {
    let mut columns = vec![Vec::new(); PARAMETERS];
    let mut right = Vec::new();
    let bonds = seen.terms().map(|term| (aim.loss.weight(term.error).sqrt(), term));
    for (root, term) in bonds.chain(seen.anchors.map(|term| (aim.share, term))) {
        columns.iter_mut().zip(term.slopes).for_each(|(column, slope)| column.push(root * slope));
        right.push(-root * term.error);
    }
    for (i, ((column, value), (low, high))) in
        columns.iter_mut().zip(point.0).zip(BOUNDS).enumerate()
    {
        let pull = dot(column, &right);
        if i >= seen.free() || value <= low && pull < 0.0 || value >= high && pull > 0.0 {
            column.fill(0.0);
        }
    }
    (columns, right)
}

/// The point a damped step away.
fn stepped(point: FitPoint, columns: &[Vec<f64>], right: &[f64], damping: f64) -> FitPoint {
    let weights: Vec<f64> =
        columns.iter().map(|column| (damping * dot(column, column)).sqrt()).collect();
    let damped = |(i, column): (usize, &Vec<f64>)| {
        let own = weights.iter().enumerate().map(|(j, weight)| if i == j { *weight } else { 0.0 });
        column.iter().copied().chain(own).collect()
    };
    let right = right.iter().copied().chain(weights.iter().map(|_| 0.0)).collect();
    let steps = nearest(columns.iter().enumerate().map(damped).collect(), right);
    let mut next = point;
    next.0.iter_mut().zip(steps).for_each(|(value, step)| *value += step);
    next.bounded()
}
