//! The flows of a claim, timed in coupon periods from the next coupon date, and their value and moments at a yield.

use super::{Solution, series_step};
use crate::annuity::{Annuity, Moments};
use crate::elementary::{exp, exp_m1, exp_m1_tiny, ln, ln_1p, ln_1p_tiny, ln_ratio_guess};
use crate::newton::{Flow, Root, log_yield};

/// Flows whose value and moments at a yield can be told; x = ln(1 + u) is the logarithm of a period's growth.
pub trait Stream {
    /// Value on the next coupon date; None where flows without end are worth no finite price.
    fn value(&self, x: f64) -> Option<f64>;

    fn moments(&self, x: f64) -> Moments;

    /// The yield at which the flows, the first of them `to_next` periods ahead, are worth `price`.
    fn solve(&self, to_next: f64, price: f64) -> Option<Solution>;

    /// The flows one by one; none of a stream that has no last.
    fn flows(&self) -> impl Iterator<Item = Flow> + Clone;

    /// Time of the flow after `earlier` others.
    fn time(&self, earlier: usize) -> f64;

    fn last_time(&self) -> f64;

    /// The amount of the only flow there is.
    fn single_flow(&self) -> Option<f64>;
}

/// Level coupons and a redemption, in closed form.
impl Stream for Annuity {
    fn value(&self, x: f64) -> Option<f64> {
        Some(Annuity::value(self, &self.powers(x)))
    }

    fn moments(&self, x: f64) -> Moments {
        Annuity::moments(self, &self.powers(x))
    }

    /// The closed form where it converges at once, and the proven iteration for what is far from any market.
    #[inline(always)]
    fn solve(&self, to_next: f64, price: f64) -> Option<Solution> {
        if self.coupon == 0.0 && self.first == 0.0 {
            let time = to_next + (self.coupons - 1.0);
            return (time > 0.0).then(|| self.solution_at(-ln(price) / time));
        }
        self.solve_near_par(to_next, price).or_else(|| {
            let flows = self.flows().map(|(time, amount)| (to_next + time, amount));
            log_yield(flows, price).map(|Root { x, .. }| self.solution_at(x))
        })
    }

    fn flows(&self) -> impl Iterator<Item = Flow> + Clone {
        let Annuity { coupons, coupon, first } = *self;
        (0..coupons as i32).map(f64::from).map(move |j| {
            let paid = if j == 0.0 { first } else { coupon };
            let redemption = if j == coupons - 1.0 { 1.0 } else { 0.0 };
            (j, paid + redemption)
        })
    }

    fn time(&self, earlier: usize) -> f64 {
        earlier as f64
    }

    #[inline(always)]
    fn last_time(&self) -> f64 {
        self.coupons - 1.0
    }

    #[inline(always)]
    fn single_flow(&self) -> Option<f64> {
        (self.coupons == 1.0).then_some(self.first + 1.0)
    }
}

impl Annuity {
    #[inline(always)]
    fn solution_at(&self, x: f64) -> Solution {
        let powers = self.powers(x);
        let Moments { mean, variance, .. } = Annuity::moments(self, &powers);
        Solution { u: powers.growth_m1(), mean, variance }
    }

    /// Starts where the yield equals the coupon, whose price is known without a series, and steps twice.
    #[inline(always)]
    fn solve_near_par(&self, w: f64, price: f64) -> Option<Solution> {
        let annuity = self;
        if annuity.coupons == 1.0 && w <= 0.0 {
            return None;
        }
        let mut x = ln_ratio_guess(1.0 + annuity.coupon, 1.0);
        let par = annuity.moments_at_par(x);
        let per_price = 1.0 / price;
        x += series_step(ln_ratio_guess(1.0 + annuity.first, price) - w * x, w + par.mean, &par);
        for _ in 0..3 {
            let powers = annuity.powers(x);
            let moments = annuity.moments(&powers);
            let ratio = (moments.value * exp(-w * x) - price) * per_price;
            if ratio.is_nan() || ratio.abs() >= 0.4 {
                return None;
            }
            let gap = if ratio.abs() < 1e-3 { ln_1p_tiny(ratio) } else { ln_1p(ratio) };
            let step = series_step(gap, w + moments.mean, &moments);
            let reach = step.abs() * (annuity.coupons + w);
            if reach < 1e-3 {
                let u = powers.growth_m1();
                let u = u + (1.0 + u) * exp_m1_tiny(step);
                // A short step moves the cumulants by the next ones; a longer one is worth the series again.
                let Moments { mean, variance, skew, .. } = moments;
                if reach < 3e-7 {
                    return Some(Solution { u, mean: mean - variance * step, variance: variance - skew * step });
                }
                // Where the yield nears 0, what v lacks of 1 is lost in a difference, and is computed afresh.
                let near_zero = (x + step).abs() < 0.5 * x.abs();
                let powers = if near_zero { annuity.powers(x + step) } else { powers.moved(step, annuity.coupons) };
                let Moments { mean, variance, .. } = annuity.moments(&powers);
                return Some(Solution { u, mean, variance });
            }
            x += step;
        }
        None
    }
}

/// The next coupon, and level ones for ever.
#[derive(Debug, Clone, Copy)]
pub struct Perpetual {
    pub first: f64,
    pub coupon: f64,
}

impl Stream for Perpetual {
    fn value(&self, x: f64) -> Option<f64> {
        (x > 0.0).then(|| self.first + self.coupon / exp_m1(x))
    }

    /// Coupons from the second on form a geometric series, whose times have mean (1 + u)/u, variance (1 + u)/u² and third
    /// central moment (1 + u)(2 + u)/u³; the first is mixed in at time 0.
    fn moments(&self, x: f64) -> Moments {
        let u = exp_m1(x);
        let later = self.coupon / u;
        let value = self.first + later;
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

    /// ln P = ln(first + coupon/u) − w·x is convex and falls from infinity at x = 0, so Newton's method rises to the root
    /// from any start below it; halving finds one.
    fn solve(&self, to_next: f64, price: f64) -> Option<Solution> {
        let log_price = ln(price);
        let gap = |x: f64| ln(self.first + self.coupon / exp_m1(x)) - to_next * x - log_price;
        let mut x = self.coupon / price;
        while gap(x) < 0.0 {
            x /= 2.0;
            if x < f64::MIN_POSITIVE {
                return None;
            }
        }
        for _ in 0..100 {
            let Moments { mean, variance, .. } = self.moments(x);
            let step = gap(x) / (to_next + mean);
            if step <= 4.0 * f64::EPSILON * x {
                return Some(Solution { u: exp_m1(x), mean, variance });
            }
            x += step;
        }
        None
    }

    fn flows(&self) -> impl Iterator<Item = Flow> + Clone {
        std::iter::empty()
    }

    fn time(&self, earlier: usize) -> f64 {
        earlier as f64
    }

    fn last_time(&self) -> f64 {
        f64::INFINITY
    }

    fn single_flow(&self) -> Option<f64> {
        None
    }
}

/// Whatever else: odd last periods, steps, times that are not whole periods.
#[derive(Debug, Clone)]
pub struct Listed(pub Vec<Flow>);

impl Stream for Listed {
    fn value(&self, x: f64) -> Option<f64> {
        Some(self.0.iter().map(|&(time, amount)| amount * exp(-time * x)).sum())
    }

    fn moments(&self, x: f64) -> Moments {
        let (mut value, mut first, mut second, mut third) = (0.0, 0.0, 0.0, 0.0);
        for &(time, amount) in &self.0 {
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

    /// From the tangent at 0 by a few long steps; the proven iteration where they do not close in, which is far from any
    /// market.
    fn solve(&self, to_next: f64, price: f64) -> Option<Solution> {
        self.solve_near(to_next, price).or_else(|| {
            let flows = self.0.iter().map(|&(time, amount)| (to_next + time, amount));
            let Root { x, .. } = log_yield(flows, price)?;
            let Moments { mean, variance, .. } = self.moments(x);
            Some(Solution { u: exp_m1(x), mean, variance })
        })
    }

    fn flows(&self) -> impl Iterator<Item = Flow> + Clone {
        self.0.iter().copied()
    }

    fn time(&self, earlier: usize) -> f64 {
        self.0.get(earlier).map_or(0.0, |&(time, _)| time)
    }

    fn last_time(&self) -> f64 {
        self.0.last().map_or(0.0, |&(time, _)| time)
    }

    fn single_flow(&self) -> Option<f64> {
        match self.0.as_slice() {
            &[(_, amount)] => Some(amount),
            _ => None,
        }
    }
}

impl Listed {
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
