//! Remaining payments, timed in coupon periods from the next coupon date, and their
//! value and moments at a yield.

use super::{Solution, series_step};
use crate::numeric::annuity::{Annuity, Moments};
use crate::numeric::elementary::{exp, exp_m1, exp_m1_tiny, ln, ln_1p, ln_1p_tiny, ln_ratio_guess};
use crate::numeric::roots::{Flow, Root, log_yield};

/// Flows whose value and moments at a yield can be told; x = ln(1 + u) is the logarithm of a
/// period's growth.
pub trait CashFlows {
    /// Value on the next coupon date; `None` if flows without end are worth no finite price.
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
impl CashFlows for Annuity {
    fn value(&self, x: f64) -> Option<f64> {
        Some(Annuity::value(self, &self.powers(x)))
    }

    fn moments(&self, x: f64) -> Moments {
        Annuity::moments(self, &self.powers(x))
    }

    /// The closed form where it converges at once, and the proven iteration for what is far from
    /// any market.
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

    /// One step from where the yield equals the coupon, whose price is known without a series.
    #[inline(always)]
    fn guess(&self, w: f64, price: f64) -> f64 {
        let x = ln_ratio_guess(1.0 + self.coupon, 1.0);
        let par = self.moments_at_par(x);
        x + series_step(ln_ratio_guess(1.0 + self.first, price) - w * x, w + par.mean, &par)
    }

    /// A guess, and two steps from it.
    #[inline(always)]
    fn solve_near_par(&self, w: f64, price: f64) -> Option<Solution> {
        let annuity = self;
        if annuity.coupons == 1.0 && w <= 0.0 {
            return None;
        }
        let mut x = annuity.guess(w, price);
        let per_price = 1.0 / price;
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
                // A short step moves the cumulants by the next ones; a longer one is worth the
                // series again.
                let Moments { mean, variance, skew, .. } = moments;
                if reach < 3e-7 {
                    return Some(Solution {
                        u,
                        mean: mean - variance * step,
                        variance: variance - skew * step,
                    });
                }
                // Where the yield nears 0, what v lacks of 1 is lost in a difference, and is
                // computed afresh.
                let near_zero = (x + step).abs() < 0.5 * x.abs();
                let powers = if near_zero {
                    annuity.powers(x + step)
                } else {
                    powers.moved(step, annuity.coupons)
                };
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

impl CashFlows for Perpetual {
    fn value(&self, x: f64) -> Option<f64> {
        (x > 0.0).then(|| self.first + self.coupon / exp_m1(x))
    }

    /// Coupons from the second on form a geometric series, whose times have mean (1 + u)/u,
    /// variance (1 + u)/u² and third central moment (1 + u)(2 + u)/u³; the first is mixed in at
    /// time 0.
    fn moments(&self, x: f64) -> Moments {
        let u = exp_m1(x);
        let later = self.coupon / u;
        let value = self.first + later;
        let share = later / value;
        let (level, spread, lean) =
            ((1.0 + u) / u, (1.0 + u) / (u * u), (1.0 + u) * (2.0 + u) / (u * u * u));
        let mean = share * level;
        let (above, rest) = (level - mean, 1.0 - share);
        Moments {
            value,
            mean,
            variance: share * (spread + above * above) + rest * mean * mean,
            skew: share * (lean + 3.0 * spread * above + above * above * above)
                - rest * mean * mean * mean,
        }
    }

    /// ln P = ln(first + coupon/u) − w·x is convex and falls from infinity at x = 0, so Newton's
    /// method rises to the root from any start below it; halving finds one.
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

/// Payments listed one by one: odd last periods, coupon steps, times that are not whole periods.
#[derive(Debug, Clone)]
pub struct ExplicitFlows(pub Vec<Flow>);

impl CashFlows for ExplicitFlows {
    fn value(&self, x: f64) -> Option<f64> {
        Some(self.0.iter().map(|&(time, amount)| amount * exp(-time * x)).sum())
    }

    fn moments(&self, x: f64) -> Moments {
        self.sums(x).moments_here()
    }

    fn solve(&self, to_next: f64, price: f64) -> Option<Solution> {
        let FlowYield { x, mean, variance } =
            self.root(self.guess(to_next, price), to_next, price)?;
        Some(Solution { u: exp_m1(x), mean, variance })
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

/// The yield of listed flows, continuous, and the first cumulants of their times there.
pub struct FlowYield {
    pub x: f64,
    mean: f64,
    variance: f64,
}

/// Σ a·t^m·e^(−x·t) over the flows, for m = 0 … 6: their value and its derivatives by −x.
#[derive(Clone, Copy)]
struct Sums([f64; Sums::COUNT]);

impl Sums {
    /// The moments so far from where the sums were taken, by Taylor's series: exact where no flow's
    /// exponent moves by more than [`Sums::REACH`].
    #[inline(always)]
    fn moments_after(&self, step: f64) -> Moments {
        let mut order = 0.0;
        let steps = self.0.map(|_| {
            order += 1.0;
            step * (1.0 / order)
        });
        let mut derivatives = self.0.as_slice();
        Sums::moments([(); 4].map(|()| {
            let series = derivatives
                .iter()
                .zip(&steps)
                .rev()
                .fold(0.0, |series, (sum, step)| sum - series * step);
            derivatives = derivatives.split_first().map_or(derivatives, |(_, higher)| higher);
            series
        }))
    }

    /// The moments where the sums were taken.
    #[inline(always)]
    fn moments_here(&self) -> Moments {
        let [value, first, second, third, ..] = self.0;
        Sums::moments([value, first, second, third])
    }

    #[inline(always)]
    fn moments([value, first, second, third]: [f64; 4]) -> Moments {
        let per_value = 1.0 / value;
        let mean = first * per_value;
        let raw = second * per_value;
        let variance = raw - mean * mean;
        Moments { value, mean, variance, skew: third * per_value - mean * (raw + 2.0 * variance) }
    }

    const COUNT: usize = 7;
    /// What is left out of the variance is then (4e-3)⁵/5! of it, and less of the others.
    const REACH: f64 = 0.004;
}

impl ExplicitFlows {
    /// A discount factor is computed afresh after so many flows.
    const BLOCK: usize = 16;

    fn sums(&self, x: f64) -> Sums {
        Sums(self.sums_by_twos(x).map(|[even, odd]| even + odd))
    }

    /// The sums over every other flow, side by side. Most flows are whole periods apart, or a few
    /// days more or less: a power of v, which one multiplication gives, and a short series for the
    /// days.
    #[inline(never)]
    fn sums_by_twos(&self, x: f64) -> [[f64; 2]; Sums::COUNT] {
        let mut sums = [[0.0; 2]; Sums::COUNT];
        let v = exp(-x);
        let mut add = |times: [f64; 2], mut weights: [f64; 2]| {
            for sum in &mut sums {
                *sum = [sum[0] + weights[0], sum[1] + weights[1]];
                weights = [weights[0] * times[0], weights[1] * times[1]];
            }
        };
        for block in self.0.chunks(ExplicitFlows::BLOCK) {
            let start = block.first().map_or(0.0, |&(time, _)| time);
            let scale = exp(-start * x);
            let (mut whole, mut power) = ([start, start + 1.0], [scale, scale * v]);
            let (pairs, last) = block.as_chunks();
            for &[(t0, a0), (t1, a1)] in pairs {
                let by = [(whole[0] - t0) * x, (whole[1] - t1) * x];
                let factor = if by[0].abs() < 1e-3 && by[1].abs() < 1e-3 {
                    [
                        power[0] + power[0] * exp_m1_tiny(by[0]),
                        power[1] + power[1] * exp_m1_tiny(by[1]),
                    ]
                } else {
                    [exp(-t0 * x), exp(-t1 * x)]
                };
                add([t0, t1], [a0 * factor[0], a1 * factor[1]]);
                power = power.map(|power| power * (v * v));
                whole = whole.map(|whole| whole + 2.0);
            }
            for &(time, amount) in last {
                add([time, 0.0], [amount * exp(-time * x), 0.0]);
            }
        }
        sums
    }

    /// What an annuity would yield, where the coupons are one but for a few days. Else one step
    /// from the dealer's rule of thumb: a coupon and a period's part of the gain, over the mean of
    /// price and redemption; discounted by whole periods, and between them by simple interest.
    fn guess(&self, to_next: f64, price: f64) -> f64 {
        let coupons = self.last_time() + 1.0;
        if let [(_, first), (_, second), .., (_, coupon), _] = *self.0.as_slice()
            && second == coupon
            && coupon > 0.0
            && (coupons - self.0.len() as f64).abs() < 0.05
        {
            return Annuity { coupons, coupon, first }.guess(to_next, price);
        }
        let [(_, first), (_, last)] =
            [self.0.first(), self.0.last()].map(|flow| flow.copied().unwrap_or_default());
        let gain = 2.0 * (1.0 - price) / coupons;
        let growth = (1.0 + (first + last - 1.0 + gain) / (1.0 + price)).max(1.0);
        let discount = 1.0 - 1.0 / growth;
        let (mut sums, mut factor, mut before) = ([0.0; 4], 1.0, 0.0);
        for &(time, amount) in &self.0 {
            factor *= 1.0 - discount * (time - before);
            before = time;
            let mut weight = amount * factor;
            for sum in &mut sums {
                *sum += weight;
                weight *= time;
            }
        }
        let (x, moments) = (ln_ratio_guess(growth, 1.0), Sums::moments(sums));
        x + series_step(
            ln_ratio_guess(moments.value, price) - to_next * x,
            to_next + moments.mean,
            &moments,
        )
    }

    /// By a few long steps from a guess; the proven iteration where they do not close in, which is
    /// far from any market.
    pub fn root(&self, guess: f64, to_next: f64, price: f64) -> Option<FlowYield> {
        self.root_near(guess, to_next, price).or_else(|| {
            let flows = self.0.iter().map(|&(time, amount)| (to_next + time, amount));
            let Root { x, .. } = log_yield(flows, price)?;
            let Moments { mean, variance, .. } = self.moments(x);
            Some(FlowYield { x, mean, variance })
        })
    }

    fn root_near(&self, guess: f64, to_next: f64, price: f64) -> Option<FlowYield> {
        let log_price = ln(price);
        let last = to_next + self.last_time();
        let mut x = guess;
        let (mut at, mut sums) = (x, self.sums(x));
        let mut moments = sums.moments_here();
        for _ in 0..6 {
            let Moments { value, mean, variance, skew } = moments;
            let slope = to_next + mean;
            let gap = ln(value) - to_next * x - log_price;
            if gap.is_nan() || gap.abs() > 3.0 || slope <= 0.0 {
                return None;
            }
            let step = series_step(gap, slope, &moments);
            x += step;
            // Far from the root the terms of the series may cancel: only a short way to go is
            // short.
            let reach = step.abs().max((gap / slope).abs()) * last;
            if reach < 3e-7 {
                return Some(FlowYield {
                    x,
                    mean: mean - variance * step,
                    variance: variance - skew * step,
                });
            }
            if reach < 1e-3 {
                let Moments { mean, variance, .. } = sums.moments_after(x - at);
                return Some(FlowYield { x, mean, variance });
            }
            moments = if (x - at).abs() * last > Sums::REACH {
                (at, sums) = (x, self.sums(x));
                sums.moments_here()
            } else {
                sums.moments_after(x - at)
            };
        }
        None
    }
}
