//! The flows of a claim, timed in coupon periods from the next coupon date, and their value and moments at a yield.

use super::{Solution, series_step};
use crate::annuity::{Annuity, Moments};
use crate::elementary::{exp, exp_m1, ln};
use crate::newton::{Flow, Root, log_yield};

#[derive(Debug, Clone)]
pub enum Stream {
    /// Level coupons and a redemption, in closed form.
    Level(Annuity),
    /// The next coupon, and level ones for ever.
    Perpetual { first: f64, coupon: f64 },
    /// Whatever else: odd last periods, steps, times that are not whole periods.
    Listed(Vec<Flow>),
}

impl Stream {
    /// Value on the next coupon date; None where flows without end are worth no finite price.
    pub fn value(&self, x: f64) -> Option<f64> {
        match self {
            Stream::Level(annuity) => Some(annuity.value(&annuity.powers(x))),
            Stream::Perpetual { first, coupon } => (x > 0.0).then(|| first + coupon / exp_m1(x)),
            Stream::Listed(flows) => Some(flows.iter().map(|&(time, amount)| amount * exp(-time * x)).sum()),
        }
    }

    pub fn moments(&self, x: f64) -> Moments {
        match self {
            Stream::Level(annuity) => annuity.moments(&annuity.powers(x)),
            &Stream::Perpetual { first, coupon } => perpetual_moments(first, coupon, x),
            Stream::Listed(flows) => listed_moments(flows, x),
        }
    }

    /// The flows one by one; none of a perpetual stream, which has no last.
    pub fn flows(&self) -> Vec<Flow> {
        match self {
            &Stream::Level(Annuity { coupons, coupon, first }) => (0..coupons as i32)
                .map(f64::from)
                .map(|j| {
                    let paid = if j == 0.0 { first } else { coupon };
                    let redemption = if j == coupons - 1.0 { 1.0 } else { 0.0 };
                    (j, paid + redemption)
                })
                .collect(),
            Stream::Perpetual { .. } => Vec::new(),
            Stream::Listed(flows) => flows.clone(),
        }
    }

    /// The amount of the only flow there is.
    #[inline(always)]
    pub fn single_flow(&self) -> Option<f64> {
        match self {
            Stream::Level(annuity) if annuity.coupons == 1.0 => Some(annuity.first + 1.0),
            Stream::Listed(flows) => match flows.as_slice() {
                &[(_, amount)] => Some(amount),
                _ => None,
            },
            _ => None,
        }
    }

    /// Time of the flow after `earlier` others.
    pub fn time(&self, earlier: usize) -> f64 {
        match self {
            Stream::Level(_) | Stream::Perpetual { .. } => earlier as f64,
            Stream::Listed(flows) => flows.get(earlier).map_or(0.0, |&(time, _)| time),
        }
    }

    pub fn last_time(&self) -> f64 {
        match self {
            Stream::Level(annuity) => annuity.coupons - 1.0,
            Stream::Perpetual { .. } => f64::INFINITY,
            Stream::Listed(flows) => flows.last().map_or(0.0, |&(time, _)| time),
        }
    }

    /// The yield at which the flows, the first of them `to_next` periods ahead, are worth `price`.
    pub(super) fn solve(&self, to_next: f64, price: f64) -> Option<Solution> {
        if let &Stream::Perpetual { first, coupon } = self {
            let x = perpetual_log_yield(first, coupon, to_next, price)?;
            let Moments { mean, variance, .. } = self.moments(x);
            return Some(Solution { u: exp_m1(x), mean, variance });
        }
        self.solve_near(to_next, price).or_else(|| {
            let flows = self.flows();
            let Root { x, .. } = log_yield(flows.iter().map(|&(time, amount)| (to_next + time, amount)), price)?;
            let Moments { mean, variance, .. } = self.moments(x);
            Some(Solution { u: exp_m1(x), mean, variance })
        })
    }

    /// From the tangent at 0 by a few long steps; None where they do not close in, which is far from any market.
    fn solve_near(&self, to_next: f64, price: f64) -> Option<Solution> {
        let log_price = ln(price);
        let mut x = 0.0;
        for _ in 0..5 {
            let moments = self.moments(x);
            let Moments { value, mean, variance, skew } = moments;
            let slope = to_next + mean;
            let gap = ln(value) - to_next * x - log_price;
            if gap.is_nan() || gap.abs() > 3.0 || slope <= 0.0 {
                return None;
            }
            let step = series_step(gap, slope, &moments);
            x += step;
            let reach = step.abs() * (self.last_time() + to_next);
            if reach < 3e-7 {
                return Some(Solution { u: exp_m1(x), mean: mean - variance * step, variance: variance - skew * step });
            }
            if reach < 1e-3 {
                let Moments { mean, variance, .. } = self.moments(x);
                return Some(Solution { u: exp_m1(x), mean, variance });
            }
        }
        None
    }
}

fn listed_moments(flows: &[Flow], x: f64) -> Moments {
    let (mut value, mut first, mut second, mut third) = (0.0, 0.0, 0.0, 0.0);
    for &(time, amount) in flows {
        let present = if x == 0.0 { amount } else { amount * exp(-time * x) };
        let by_time = present * time;
        value += present;
        first += by_time;
        second += by_time * time;
        third += by_time * time * time;
    }
    let mean = first / value;
    let raw = second / value;
    let variance = raw - mean * mean;
    Moments { value, mean, variance, skew: third / value - mean * (raw + 2.0 * variance) }
}

/// Coupons from the second on form a geometric series, whose times have mean (1 + u)/u, variance (1 + u)/u² and third
/// central moment (1 + u)(2 + u)/u³; the first is mixed in at time 0.
fn perpetual_moments(first: f64, coupon: f64, x: f64) -> Moments {
    let u = exp_m1(x);
    let later = coupon / u;
    let value = first + later;
    let share = later / value;
    let (level, spread, lean) = ((1.0 + u) / u, (1.0 + u) / (u * u), (1.0 + u) * (2.0 + u) / (u * u * u));
    let mean = share * level;
    let (above, rest) = (level - mean, 1.0 - share);
    Moments {
        value,
        mean,
        variance: share * (spread + above * above) + rest * mean * mean,
        skew: share * (lean + 3.0 * spread * above + above * above * above) - rest * mean * mean * mean,
    }
}

/// ln P = ln(first + coupon/u) − w·x is convex and falls from infinity at x = 0, so Newton's method rises to the root from
/// any start below it; halving finds one.
fn perpetual_log_yield(first: f64, coupon: f64, to_next: f64, price: f64) -> Option<f64> {
    let log_price = ln(price);
    let gap = |x: f64| ln(first + coupon / exp_m1(x)) - to_next * x - log_price;
    let mut x = coupon / price;
    while gap(x) < 0.0 {
        x /= 2.0;
        if x < f64::MIN_POSITIVE {
            return None;
        }
    }
    for _ in 0..100 {
        let step = gap(x) / (to_next + perpetual_moments(first, coupon, x).mean);
        x += step;
        if step <= 4.0 * f64::EPSILON * x {
            return Some(x);
        }
    }
    None
}
