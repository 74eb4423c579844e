//! Term structures told by a few parameters.
//!
//! Sources: C. Nelson and A. Siegel, "Parsimonious Modeling of Yield Curves", Journal of Business
//! 60 (1987); L. Svensson, "Estimating and Interpreting Forward Interest Rates", NBER Working Paper
//! 4871 (1994).

use crate::basics::error::{Error, Result};
use crate::numeric::elementary::{exp, exp_both};

/// Instantaneous forward rate f(t) = β₀ + Σ (slope + curvature·t/τ)·e^(−t/τ). Nelson and Siegel
/// have one term of the sum, Svensson a second without slope, which it gets when the curve is seen
/// from a later day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// The forward rate of the far future, β₀.
    pub level: f64,
    pub first: Decay,
    pub second: Option<Decay>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decay {
    pub slope: f64,
    pub curvature: f64,
    /// In years.
    pub tau: f64,
}

const MAX_TAU: f64 = 1_000.0;
/// Where both decays are almost the same, their coefficients are huge and of opposite signs.
const MAX_BETA: f64 = 1e6;

impl Parameters {
    pub fn nelson_siegel(beta0: f64, beta1: f64, beta2: f64, tau: f64) -> Parameters {
        Parameters {
            level: beta0,
            first: Decay { slope: beta1, curvature: beta2, tau },
            second: None,
        }
    }

    /// A second decay of weight 0 is none, whatever stands for its time.
    pub fn svensson(betas: [f64; 4], tau1: f64, tau2: f64) -> Parameters {
        let [beta0, beta1, beta2, beta3] = betas;
        let second = Decay { slope: 0.0, curvature: beta3, tau: tau2 };
        Parameters {
            second: (beta3 != 0.0).then_some(second),
            ..Parameters::nelson_siegel(beta0, beta1, beta2, tau1)
        }
    }

    /// Continuously compounded zero rate.
    pub fn zero(&self, time: f64) -> f64 {
        self.decays().fold(self.level, |zero, decay| zero + decay.zero(time))
    }

    /// The same forward rates, seen so many years later.
    pub fn later(self, years: f64) -> Parameters {
        Parameters {
            first: self.first.later(years),
            second: self.second.map(|second| second.later(years)),
            ..self
        }
    }

    /// Refuses what is no number or no time, and turns −0 into 0.
    pub(super) fn check(&mut self) -> Result<()> {
        let (level, first, second) = (&mut self.level, Some(&mut self.first), self.second.as_mut());
        check_beta(level)?;
        for decay in first.into_iter().chain(second) {
            check_beta(&mut decay.slope)?;
            check_beta(&mut decay.curvature)?;
            if !(decay.tau > 0.0 && decay.tau <= MAX_TAU) {
                return Err(Error::OutOfRange {
                    what: "tau",
                    value: decay.tau,
                    rule: "a decay takes more than 0 and at most 1,000 years",
                });
            }
        }
        self.second = self.second.filter(|second| second.slope != 0.0 || second.curvature != 0.0);
        Ok(())
    }

    pub fn decays(&self) -> impl Iterator<Item = Decay> {
        [Some(self.first), self.second].into_iter().flatten()
    }
}

fn check_beta(beta: &mut f64) -> Result<()> {
    *beta += 0.0;
    if beta.abs() <= MAX_BETA {
        return Ok(());
    }
    Err(Error::OutOfRange {
        what: "beta",
        value: *beta,
        rule: "a beta is a decimal, at most 1e6 either way: 4.45 % is 0.0445",
    })
}

impl Decay {
    fn zero(self, time: f64) -> f64 {
        let (mean, hump, _) = Decay::loads(time / self.tau);
        self.slope * mean + self.curvature * hump
    }

    /// How the zero rate follows slope, curvature and the logarithm of tau.
    pub fn gradient(self, time: f64) -> [f64; 3] {
        let x = time / self.tau;
        let (mean, hump, left) = Decay::loads(x);
        [mean, hump, self.slope * hump + self.curvature * (hump - x * left)]
    }

    /// What slope and curvature are multiplied by after so many times tau, and e^−x.
    fn loads(x: f64) -> (f64, f64, f64) {
        let (left, less) = exp_both(-x);
        let mean = if x > 0.0 { -less / x } else { 1.0 };
        (mean, mean - left, left)
    }

    fn later(self, years: f64) -> Decay {
        let x = years / self.tau;
        let left = exp(-x);
        Decay {
            slope: (self.slope + self.curvature * x) * left,
            curvature: self.curvature * left,
            tau: self.tau,
        }
    }
}
