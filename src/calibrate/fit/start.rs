//! Where a descent begins: on a grid of decay times.
//!
//! Near a known curve a price is linear in the zero rates of its flows, each weighted by its
//! present value times its time; and near a bond's own yield, which is nearly their mean. For given
//! times τ the zero rates are linear in the betas, and what is left is a small regression for each
//! pair of times (the separation of variables of G. Golub and V. Pereyra, SIAM Journal on Numerical
//! Analysis 10, 1973).

use super::Priced;
use super::squares::nearest;
use super::system::FitPoint;
use crate::market::curve::Decay;
use crate::numeric::certain::at;
use crate::numeric::elementary::exp;

/// Years: 0.2 to 40.7, each 1.26 times the one before.
const SHORTEST: f64 = 0.2;
const RATIO: f64 = 1.26;
const TAUS: usize = 24;
const REWEIGHTINGS: usize = 5;
/// Below a hundredth of a basis point absolute deviations are squares.
const SMALL: f64 = 1e-6;

/// A regression for each pair of times.
pub struct TauGrid {
    taus: Vec<f64>,
    samples: Vec<Sample>,
    /// How many betas are free.
    betas: usize,
}

/// The mean of a bond's zero rates that its price asks for, and what each beta contributes to it at
/// each τ: mean decay and hump.
struct Sample {
    rate: f64,
    loads: Vec<(f64, f64)>,
}

/// A point of the grid by its places there, and the sum of errors left.
struct Found {
    places: (usize, usize),
    left: f64,
    point: FitPoint,
}

impl Sample {
    fn new(bond: &Priced, taus: &[f64], zero: impl Fn(f64) -> f64) -> Sample {
        let (mut value, mut total, mut mean) = (0.0, 0.0, 0.0);
        let mut loads = vec![(0.0, 0.0); taus.len()];
        for &(time, amount) in &bond.flows {
            let rate = zero(time);
            let present = amount * exp(-rate * time);
            let share = present * time;
            (value, total, mean) = (value + present, total + share, mean + share * rate);
            for ((means, humps), &tau) in loads.iter_mut().zip(taus) {
                let [load, hump, _] = Decay { slope: 0.0, curvature: 0.0, tau }.gradient(time);
                (*means, *humps) = (*means + share * load, *humps + share * hump);
            }
        }
        loads
            .iter_mut()
            .for_each(|(means, humps)| (*means, *humps) = (*means / total, *humps / total));
        Sample { rate: (mean + value - bond.dirty) / total, loads }
    }

    fn load(&self, (first, second): (usize, usize), beta: usize) -> f64 {
        let at = |place: usize| at(&self.loads, place);
        match beta {
            0 => 1.0,
            1 => at(first).0,
            2 => at(first).1,
            _ => at(second).1,
        }
    }
}

impl TauGrid {
    /// Near a curve or, without one, near each bond's own yield and with every other time.
    pub fn new(bonds: &[Priced], near: Option<FitPoint>, free: usize) -> TauGrid {
        let taus = std::iter::successors(Some(SHORTEST), |tau| Some(tau * RATIO)).take(TAUS);
        let taus: Vec<f64> = taus.step_by(if near.is_some() { 1 } else { 2 }).collect();
        let sample = |bond: &Priced| match near.map(FitPoint::parameters) {
            Some(parameters) => Some(Sample::new(bond, &taus, |time| parameters.zero(time))),
            None => bond.rate().map(|rate| Sample::new(bond, &taus, |_| rate)),
        };
        let samples = bonds.iter().filter_map(sample).collect();
        TauGrid { taus, samples, betas: free.min(5) - 1 }
    }

    /// The points with the least sums of absolute errors, which wrong prices hardly move; the best
    /// first.
    pub fn robust(&self, pause: &impl Fn()) -> Vec<FitPoint> {
        let mut found = self.search(pause, |grid, places| {
            let mut betas = grid.regression(places, &vec![1.0; grid.samples.len()]);
            for _ in 0..REWEIGHTINGS {
                let weights: Vec<f64> = grid
                    .errors(places, &betas)
                    .map(|error| error.abs().max(SMALL).recip())
                    .collect();
                betas = grid.regression(places, &weights);
            }
            let left = grid.errors(places, &betas).map(f64::abs).sum();
            (left, betas)
        });
        found.sort_by(|a, b| a.left.total_cmp(&b.left));
        found.into_iter().map(|found| found.point).collect()
    }

    /// The points where the sum of weighted squares is less than around them, the best first.
    pub fn lows(&self, weights: &[f64], pause: &impl Fn()) -> Vec<FitPoint> {
        let found = self.search(pause, |grid, places| {
            let betas = grid.regression(places, weights);
            let left = grid
                .errors(places, &betas)
                .zip(weights)
                .map(|(error, weight)| weight * error * error)
                .sum();
            (left, betas)
        });
        // No way leads from one order of the times to the other: where they meet the betas have no
        // bound.
        let is_beside = |a: (usize, usize), b: (usize, usize)| {
            a.0.abs_diff(b.0) <= 1 && a.1.abs_diff(b.1) <= 1 && (a.0 < a.1) == (b.0 < b.1)
        };
        let is_low =
            |a: &&Found| found.iter().all(|b| a.left <= b.left || !is_beside(a.places, b.places));
        let mut lows: Vec<&Found> = found.iter().filter(is_low).collect();
        lows.sort_by(|a, b| a.left.total_cmp(&b.left));
        lows.into_iter().map(|found| found.point).collect()
    }

    fn search(
        &self,
        pause: &impl Fn(),
        solve: impl Fn(&TauGrid, (usize, usize)) -> (f64, [f64; 4]),
    ) -> Vec<Found> {
        let taus = || self.taus.iter().copied().enumerate();
        // Without a second hump its time means nothing.
        let seconds = |first: usize| {
            taus().filter(
                move |&(second, _)| if self.betas < 4 { second == 0 } else { first != second },
            )
        };
        let pairs = taus().flat_map(|(first, tau1)| {
            seconds(first).map(move |(second, tau2)| ((first, second), tau1, tau2))
        });
        let found = pairs.map(|(places, tau1, tau2)| {
            pause();
            let (left, betas) = solve(self, places);
            Found { places, left, point: FitPoint::new(betas, tau1, tau2) }
        });
        found.filter(|found| found.left.is_finite()).collect()
    }

    fn regression(&self, places: (usize, usize), weights: &[f64]) -> [f64; 4] {
        #[cfg(test)]
        crate::testing::work::unit();
        let rows =
            || self.samples.iter().zip(weights).map(|(sample, weight)| (sample, weight.sqrt()));
        let column =
            |beta: usize| rows().map(|(sample, root)| root * sample.load(places, beta)).collect();
        let right = rows().map(|(sample, root)| root * sample.rate).collect();
        let mut betas = [0.0; 4];
        betas
            .iter_mut()
            .zip(nearest((0..self.betas).map(column).collect(), right))
            .for_each(|(beta, found)| *beta = found);
        betas
    }

    fn errors(&self, places: (usize, usize), betas: &[f64; 4]) -> impl Iterator<Item = f64> {
        self.samples.iter().map(move |sample| {
            let fitted: f64 =
                betas.iter().enumerate().map(|(beta, size)| size * sample.load(places, beta)).sum();
            sample.rate - fitted
        })
    }
}
