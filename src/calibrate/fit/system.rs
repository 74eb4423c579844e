//! The errors of all bonds, and how they follow the parameters.

use super::Priced;
use crate::market::curve::{Decay, Parameters};
use crate::numeric::certain::at;
use crate::numeric::elementary::{exp, ln};

/// Room for Svensson's: β₀, β₁, β₂, ln τ₁, β₃, ln τ₂. Nelson and Siegel's are the first four.
pub const PARAMETERS: usize = 6;
pub type Gradient = [f64; PARAMETERS];

/// Parameters as they are searched: decays by the logarithms of their times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FitPoint(pub Gradient);

/// Where they are searched. The curve's ends are rates, of at most 200 %; two humps may be huge and
/// cancel. They are neither shorter than two weeks nor so long that no bond would tell them from a
/// level.
pub const BOUNDS: [(f64, f64); PARAMETERS] = {
    let (end, hump, tau) = ((-2.0, 2.0), (-100.0, 100.0), (-3.2, 4.6));
    [end, end, hump, tau, hump, tau]
};

/// Years at which a curve that the bonds do not determine is kept near the middle of their own
/// rates, and how near: there it is free.
const ANCHORS: [f64; PARAMETERS] = [0.0, 1.0, 3.0, 10.0, 30.0, 100.0];
const ORDINARY: f64 = 0.1;

impl FitPoint {
    pub fn new(betas: [f64; 4], tau1: f64, tau2: f64) -> FitPoint {
        let [level, slope, first, second] = betas;
        FitPoint([level, slope, first, ln(tau1), second, ln(tau2)]).bounded()
    }

    /// The nearest within the bounds.
    pub fn bounded(mut self) -> FitPoint {
        self.0
            .iter_mut()
            .zip(BOUNDS)
            .for_each(|(value, (low, high))| *value = value.clamp(low, high));
        self
    }

    pub fn parameters(self) -> Parameters {
        let FitPoint([level, slope, first, log_tau1, second, log_tau2]) = self;
        Parameters::svensson([level, slope, first, second], exp(log_tau1), exp(log_tau2))
    }
}

/// Every payment time once, and the bonds' flows by their places among them.
pub struct FitSystem {
    times: Vec<f64>,
    bonds: Vec<Row>,
    /// The middle of the bonds' own rates.
    rate: f64,
    /// How many of the parameters are free.
    free: usize,
}

struct Row {
    dirty: f64,
    /// Of an error of the price: 1/(duration × dirty price).
    weight: f64,
    flows: Vec<(usize, f64)>,
}

/// An error and its derivatives.
#[derive(Debug, Clone, Copy)]
pub struct FitTerm {
    pub error: f64,
    pub slopes: Gradient,
}

/// The system at one point.
pub struct FitSeries<'a> {
    system: &'a FitSystem,
    points: Vec<(f64, Gradient)>,
    /// How far beyond what is ordinary the curve is.
    pub anchors: [FitTerm; PARAMETERS],
}

impl FitSystem {
    pub fn new(bonds: &[Priced], free: usize) -> FitSystem {
        let mut times: Vec<f64> =
            bonds.iter().flat_map(|bond| bond.flows.iter().map(|&(time, _)| time)).collect();
        times.sort_by(f64::total_cmp);
        times.dedup();
        let place = |time: f64| times.partition_point(|&other| other < time);
        let row = |bond: &Priced| Row {
            dirty: bond.dirty,
            weight: 1.0 / (bond.duration * bond.dirty),
            flows: bond.flows.iter().map(|&(time, amount)| (place(time), amount)).collect(),
        };
        let mut rates: Vec<f64> = bonds.iter().filter_map(Priced::rate).collect();
        rates.sort_by(f64::total_cmp);
        let rate = at(&rates, rates.len() / 2);
        let bonds = bonds.iter().map(row).collect();
        FitSystem { times, bonds, rate, free }
    }

    pub fn at(&self, point: FitPoint) -> FitSeries<'_> {
        #[cfg(test)]
        crate::testing::work::unit();
        let FitPoint([level, slope, curvature, log_tau1, second, log_tau2]) = point;
        let first = Decay { slope, curvature, tau: exp(log_tau1) };
        let second = Decay { slope: 0.0, curvature: second, tau: exp(log_tau2) };
        let zero = |time: f64| {
            let [mean, hump, turn] = first.gradient(time);
            let [_, late_hump, late_turn] = second.gradient(time);
            let zero = level + slope * mean + curvature * hump + second.curvature * late_hump;
            (zero, [1.0, mean, hump, turn, late_hump, late_turn])
        };
        let see = |&time: &f64| {
            let (zero, slopes) = zero(time);
            let discount = exp(-zero * time);
            (discount, slopes.map(|slope| -slope * time * discount))
        };
        let anchors = ANCHORS.map(|time| {
            let (zero, slopes) = zero(time);
            let away = zero - self.rate;
            let error = away - away.clamp(-ORDINARY, ORDINARY);
            FitTerm { error, slopes: if error == 0.0 { [0.0; PARAMETERS] } else { slopes } }
        });
        FitSeries { system: self, points: self.times.iter().map(see).collect(), anchors }
    }
}

impl FitSeries<'_> {
    pub fn free(&self) -> usize {
        self.system.free
    }

    pub fn errors(&self) -> impl Iterator<Item = f64> {
        self.system.bonds.iter().map(|bond| {
            let price: f64 =
                self.flows(bond).map(|(amount, &(discount, _))| amount * discount).sum();
            (price - bond.dirty) * bond.weight
        })
    }

    pub fn terms(&self) -> impl Iterator<Item = FitTerm> {
        self.system.bonds.iter().map(|bond| {
            let mut total = (-bond.dirty, [0.0; PARAMETERS]);
            for (amount, (discount, slopes)) in self.flows(bond) {
                total.0 += amount * discount;
                total.1.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += amount * slope);
            }
            FitTerm {
                error: total.0 * bond.weight,
                slopes: total.1.map(|slope| slope * bond.weight),
            }
        })
    }

    fn flows(&self, bond: &Row) -> impl Iterator<Item = (f64, &(f64, Gradient))> {
        bond.flows.iter().filter_map(|&(place, amount)| Some((amount, self.points.get(place)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_finite_differences() {
        let bond = |years: i32, coupon: f64, dirty: f64| {
            let flows = (1..=2 * years).map(|i| {
                (f64::from(i) / 2.0, coupon / 2.0 + if i == 2 * years { 100.0 } else { 0.0 })
            });
            Priced { dirty, duration: 0.8 * f64::from(years), flows: flows.collect() }
        };
        let system = FitSystem::new(
            &[bond(1, 3.0, 99.0), bond(7, 4.0, 101.0), bond(30, 5.0, 97.0)],
            PARAMETERS,
        );
        let point = FitPoint::new([0.045, -0.02, 0.03, -0.04], 1.7, 11.0);
        let terms: Vec<FitTerm> = system.at(point).terms().collect();
        let errors = |point: FitPoint| system.at(point).errors().collect::<Vec<f64>>();
        // The price is taken away first or last, which rounding can tell.
        assert!(
            errors(point)
                .iter()
                .zip(&terms)
                .all(|(error, term)| (error - term.error).abs() < 1e-15)
        );
        for k in 0..PARAMETERS {
            let central = |step: f64| {
                let mut ends = [point; 2];
                ends[0].0[k] -= step;
                ends[1].0[k] += step;
                let [before, after] = ends.map(errors);
                before
                    .iter()
                    .zip(after)
                    .map(|(before, after)| (after - before) / (2.0 * step))
                    .collect::<Vec<f64>>()
            };
            for ((term, near), far) in terms.iter().zip(central(1e-4)).zip(central(2e-4)) {
                let expected = (4.0 * near - far) / 3.0;
                assert!(
                    (term.slopes[k] - expected).abs() < 1e-10 * (1.0 + expected.abs()),
                    "{k}: {} {expected}",
                    term.slopes[k]
                );
            }
        }
    }
}
