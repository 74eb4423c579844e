//! The flows of one bond on a curve, side by side in twos, and their sums at a spread.
//!
//! Coupons are a period apart but for a few days, so that e^(−s·t) is a power of one number and a
//! short series for the days. What the sums are before each flow is kept, so that those between any
//! two key rates are differences.

use super::Day;
use crate::numeric::annuity::Moments;
use crate::numeric::elementary::{exp, ln};

/// The same of two flows.
type Two = [f64; 2];

/// Two flows; one that is missing is worth nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    time: Two,
    present: Two,
}

/// In order of time.
#[derive(Debug, Clone, Default)]
pub struct TabulatedFlows {
    pairs: Vec<Pair>,
    /// Σ x·t^m, m = 1 … 4, of either lane before each pair, and of all.
    before: Vec<[Two; 4]>,
    /// How many flows are before each key, and how many there are.
    counts: Vec<usize>,
    last_time: f64,
    /// From one flow to the next, on average.
    period: f64,
}

/// What is paid: coupons, of which the next may be another share of one, and with the last of them
/// the redemption.
#[derive(Debug, Clone, Copy)]
pub struct Amounts {
    pub next_share: f64,
    pub coupon: f64,
    pub redemption: f64,
}

/// Powers are computed afresh after so many pairs.
const BLOCK: usize = 16;
/// The largest exponent of the short series: (1e-2)⁷/7! is nothing.
const SHORT: f64 = 1e-2;

impl TabulatedFlows {
    /// So many flows, on every `stride`th of these days, among so many keys.
    #[inline(never)]
    pub fn list(
        &mut self,
        count: usize,
        amounts: Amounts,
        keys: usize,
        days: &[Day],
        stride: usize,
    ) {
        let Amounts { next_share, coupon, redemption } = amounts;
        self.counts.clear();
        self.counts.resize(keys + 1, 0);
        let counts = self.counts.as_mut_slice();
        let mut place = |number: usize, day: Option<&Day>| {
            let day = day.copied().unwrap_or(Day::UNKNOWN);
            if let Some(count) = counts.get_mut(day.bucket) {
                *count = number;
            }
            day
        };
        let (mut even, mut odd) = (Day::UNKNOWN, Day::UNKNOWN);
        self.pairs.clear();
        self.pairs.extend(days.chunks(2 * stride).zip(0..count.div_ceil(2)).map(|(days, i)| {
            // One day more than there are flows where their number is odd.
            (even, odd) = (place(2 * i + 1, days.first()), place(2 * i + 2, days.get(stride)));
            Pair {
                time: [even.time, odd.time],
                present: [coupon * even.discount, coupon * odd.discount],
            }
        }));
        let whole = count.is_multiple_of(2);
        let start = self.pairs.first_mut().map_or(
            f64::NAN,
            |Pair { time: [start, _], present: [present, _] }| {
                *present *= next_share;
                *start
            },
        );
        if let Some(Pair { present: [x0, x1], .. }) = self.pairs.last_mut() {
            *x0 += if whole { 0.0 } else { redemption * even.discount };
            *x1 = if whole { *x1 + redemption * odd.discount } else { 0.0 };
        }
        self.last_time = if whole { odd.time } else { even.time };
        self.period = (odd.time - start) / (2 * self.pairs.len() - 1) as f64;
        let mut before = 0;
        for slot in &mut self.counts {
            before = before.max(*slot);
            *slot = before.min(count);
        }
    }

    pub fn last_time(&self) -> f64 {
        self.last_time
    }

    /// Σ x·t^m, m = 0 … 5, of either lane, without spread. A function of its own, so that the lanes
    /// stay side by side.
    #[inline(never)]
    fn sums(&self) -> [Two; 6] {
        let [mut s0, mut s1, mut s2, mut s3, mut s4, mut s5] = [[0.0; 2]; 6];
        for &Pair { time, present } in &self.pairs {
            s0 = add(s0, present);
            let weight = multiply(present, time);
            s1 = add(s1, weight);
            let weight = multiply(weight, time);
            s2 = add(s2, weight);
            let weight = multiply(weight, time);
            s3 = add(s3, weight);
            let weight = multiply(weight, time);
            s4 = add(s4, weight);
            let weight = multiply(weight, time);
            s5 = add(s5, weight);
        }
        [s0, s1, s2, s3, s4, s5]
    }

    /// The value without spread, and about the spread at which it is another, by the first five
    /// cumulants of the times.
    #[inline(always)]
    pub fn spread(&self, per_price: f64) -> Option<(f64, f64)> {
        let [value, sums @ ..] = self.sums().map(|[even, odd]| even + odd);
        let (per_value, per_mean) = (1.0 / value, value / sums[0]);
        let [mean, r2, r3, r4, r5] = sums.map(|sum| sum * per_value);
        let (mm, c2) = (mean * mean, r2 - mean * mean);
        let c3 = r3 - mean * (r2 + 2.0 * c2);
        let c4 = r4 - 4.0 * mean * r3 + mm * (6.0 * r2 - 3.0 * mm) - 3.0 * c2 * c2;
        let c5 = r5 - 5.0 * mean * r4 + 10.0 * mm * (r3 - mean * r2) + 4.0 * mm * mm * mean
            - 10.0 * c2 * c3;
        let h = ln(value * per_price) * per_mean;
        if h.is_nan() || (h * self.last_time).abs() > 3.0 {
            return None;
        }
        let q2 = (1.0 / 2.0) * c2 * (per_mean * h);
        let q3 = (1.0 / 6.0) * c3 * (per_mean * h * h);
        let q4 = (1.0 / 24.0) * c4 * (per_mean * h * h * h);
        let q5 = (1.0 / 120.0) * c5 * (per_mean * h * h * h * h);
        let third = 2.0 * q2 * q2 - q3;
        let fourth = 5.0 * q2 * (q2 * q2 - q3) + q4;
        let fifth = q2 * (14.0 * q2 * q2 * q2 - 21.0 * q2 * q3 + 6.0 * q4) + 3.0 * q3 * q3 - q5;
        // What follows is about the rest of a geometric series.
        let rest = if fourth.abs() > 2.0 * fifth.abs() {
            fifth * fourth / (fourth - fifth)
        } else {
            fifth
        };
        Some((value, h * (1.0 + q2 + third + fourth + rest)))
    }

    /// The moments at a spread, and what is asked of the sums before each flow; `None` if the
    /// spread is so far from any market's that a few days are not a short series.
    #[inline(always)]
    pub fn moments_at(&mut self, spread: f64) -> Option<Moments> {
        let period = self.period;
        let v = exp(-spread * period);
        let by_two = ([2.0 * period; 2], [v * v; 2]);
        let [mut s0, mut s1, mut s2, mut s3, mut s4] = [[0.0; 2]; 5];
        let mut longest = [0.0; 2];
        self.before.clear();
        for block in self.pairs.chunks(BLOCK) {
            let start = block.first().map_or(0.0, |pair| pair.time[0]);
            let power = exp(-spread * start);
            let (mut whole, mut power) = ([start, start + period], [power, power * v]);
            self.before.extend(block.iter().map(|&Pair { time, present }| {
                let before = [s1, s2, s3, s4];
                let by = [(whole[0] - time[0]) * spread, (whole[1] - time[1]) * spread];
                longest = [larger(longest[0], by[0]), larger(longest[1], by[1])];
                let factor = [
                    power[0] + power[0] * exp_m1_short(by[0]),
                    power[1] + power[1] * exp_m1_short(by[1]),
                ];
                let weight = multiply(present, factor);
                s0 = add(s0, weight);
                let weight = multiply(weight, time);
                s1 = add(s1, weight);
                let weight = multiply(weight, time);
                s2 = add(s2, weight);
                let weight = multiply(weight, time);
                s3 = add(s3, weight);
                let weight = multiply(weight, time);
                s4 = add(s4, weight);
                (whole, power) = (add(whole, by_two.0), multiply(power, by_two.1));
                before
            }));
        }
        self.before.push([s1, s2, s3, s4]);
        let value = s0[0] + s0[1];
        let per_value = 1.0 / value;
        let [mean, raw, third] = [s1, s2, s3].map(|[even, odd]| (even + odd) * per_value);
        let variance = raw - mean * mean;
        let near = longest[0] < SHORT && longest[1] < SHORT;
        near.then_some(Moments {
            value,
            mean,
            variance,
            skew: third - mean * (raw + 2.0 * variance),
        })
    }

    /// Σ x·t and Σ x·t² over the flows before each key, and over all, after a short step of the
    /// spread.
    #[inline(always)]
    pub fn sums_before_keys(&self, step: f64) -> impl Iterator<Item = (f64, f64)> {
        self.counts.iter().map_while(move |&count| {
            let (even, odd) = (self.before.get(count.div_ceil(2))?, self.before.get(count / 2)?);
            let first = even[0][0] + odd[0][1];
            let second = even[1][0] + odd[1][1];
            let third = even[2][0] + odd[2][1];
            let fourth = even[3][0] + odd[3][1];
            Some((
                first - step * (second - 0.5 * step * third),
                second - step * (third - 0.5 * step * fourth),
            ))
        })
    }
}

/// e^r − 1 for |r| ≤ [`SHORT`].
#[inline(always)]
fn exp_m1_short(r: f64) -> f64 {
    let rr = r * r;
    r + rr
        * ((1.0 / 2.0 + r * (1.0 / 6.0))
            + rr * ((1.0 / 24.0 + r * (1.0 / 120.0)) + rr * (1.0 / 720.0)))
}

#[inline(always)]
fn larger(most: f64, by: f64) -> f64 {
    if by.abs() < most { most } else { by.abs() }
}

#[inline(always)]
fn add(a: Two, b: Two) -> Two {
    [a[0] + b[0], a[1] + b[1]]
}

#[inline(always)]
fn multiply(a: Two, b: Two) -> Two {
    [a[0] * b[0], a[1] * b[1]]
}
