//! Bonds that wait to be solved together: the closed form of [`Annuity`] without a branch, so that as many go through at once as
//! the processor has lanes, each to the same digits whatever its neighbours are.

use super::SUMS;
use crate::analytics::Settled;
use crate::annuity::{Annuity, bose_far, bose_series};
use crate::convention::Compounding;
use crate::elementary::{exp_both_plain, exp_m1_tiny, exp_plain, ln_1p_tiny, ln_ratio_guess};
use crate::exact;
use crate::yields::{Claim, Rule};

pub const LANES: usize = 4;
/// Ten millennia of months.
const MAX_COUPONS: f64 = 120_000.0;

/// Level annuities with their prices, by what they have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub struct Block {
    /// Coupons left; one of them, and the next, per unit of redemption.
    coupons: [f64; LANES],
    coupon: [f64; LANES],
    first: [f64; LANES],
    /// Periods before the next coupon, and how many of them a year has.
    to_next: [f64; LANES],
    per_year: [f64; LANES],
    /// Per unit of redemption, and of what is held.
    price: [f64; LANES],
    value: [f64; LANES],
}

/// What is added to the sums for each, and whether it is right to all digits, which is 1 and else 0.
#[derive(Debug, Clone, Copy, Default)]
pub struct Solved {
    pub terms: [[f64; LANES]; SUMS],
    pub sure: [f64; LANES],
}

impl Solved {
    /// Leaves nothing of the lanes from one on.
    pub fn forget_from(&mut self, lane: usize) {
        let lanes = self.terms.iter_mut().chain([&mut self.sure]);
        lanes.for_each(|lanes| lanes.iter_mut().skip(lane).for_each(|term| *term = 0.0));
    }
}

impl Block {
    #[inline(always)]
    pub fn put(&mut self, lane: usize, settled: &Settled<Claim<Annuity>>, dirty: f64) {
        let Claim { stream, whole, fraction, per_year, .. } = settled.pricing;
        let Annuity { coupons, coupon, first } = stream;
        let bond = settled.bond;
        let terms = [coupons, coupon, first, whole + fraction, per_year, dirty / bond.redemption, dirty * bond.holding()];
        let Block { coupons, coupon, first, to_next, per_year, price, value } = self;
        for (slots, term) in [coupons, coupon, first, to_next, per_year, price, value].into_iter().zip(terms) {
            if let Some(slot) = slots.get_mut(lane) {
                *slot = term;
            }
        }
    }

    /// One of them by itself: the claim, its price and the value held. None of what no bond is, for a state may have been made
    /// by hand.
    pub fn get(&self, lane: usize) -> Option<(Claim<Annuity>, f64, f64)> {
        let at = |lanes: &[f64; LANES]| lanes.get(lane).copied().filter(|term| term.is_finite());
        let stream = Annuity { coupons: at(&self.coupons)?, coupon: at(&self.coupon)?, first: at(&self.first)? };
        let (fraction, per_year, price) = (at(&self.to_next)?, at(&self.per_year)?, at(&self.price)?);
        let claim = Claim { stream, whole: 0.0, fraction, per_year, rule: Rule::Compounded, compounding: Compounding::AtCoupons };
        let plausible = (1.0..=MAX_COUPONS).contains(&stream.coupons) && (1.0..=12.0).contains(&per_year) && price > 0.0;
        Some((claim, price, at(&self.value)?)).filter(|_| plausible)
    }

    /// In stages, each for all of them before the next: the processor then works on as many at once as it can, and not on one
    /// long chain after another.
    #[inline(never)]
    pub fn solve(&self) -> Solved {
        let Block { coupons, coupon, first, to_next, per_year, price, value } = self;
        let [x] = &each([coupons, coupon, first, to_next, price], guess);
        let [v_m1, growth, vk, vk_m1, discount] = &each([coupons, to_next, x], powers);
        let [level, level_variance, level_skew] = &each([coupons, x, vk, vk_m1], cumulants);
        let [worth, mean, variance, skew] =
            &each([coupons, coupon, first, v_m1, growth, vk, vk_m1, level, level_variance, level_skew], mixture);
        let [ytm, macaulay, modified, convexity, near] =
            &each([coupons, to_next, per_year, price, x, v_m1, growth, discount, worth, mean, variance, skew], measures);
        let [t0, t1, t2, t3, t4, sure] = each([value, ytm, macaulay, modified, convexity, near], terms);
        Solved { terms: [t0, t1, t2, t3, t4], sure }
    }
}

type Lanes = [f64; LANES];

/// The same function of each lane.
#[inline(always)]
fn each<const I: usize, const O: usize>(inputs: [&Lanes; I], function: impl Fn([f64; I]) -> [f64; O]) -> [Lanes; O] {
    let mut outputs = [[0.0; LANES]; O];
    for lane in 0..LANES {
        let answers = function(inputs.map(|lanes| lanes.get(lane).copied().unwrap_or_default()));
        for (lanes, answer) in outputs.iter_mut().zip(answers) {
            if let Some(slot) = lanes.get_mut(lane) {
                *slot = answer;
            }
        }
    }
    outputs
}

/// From where the yield equals the coupon, by the series of the log price to its fourth cumulant.
#[inline(always)]
fn guess([k, c, first, w, price]: [f64; 5]) -> [f64; 1] {
    let last = k - 1.0;
    let x = ln_ratio_guess(1.0 + c, 1.0);
    let redemption = exp_plain(-last * x);
    let per_coupon = 1.0 / c;
    let s0 = (1.0 + c - redemption) * per_coupon;
    let s1 = (s0 - k * redemption) * per_coupon;
    let s2 = (2.0 * s1 + s0 - k * k * redemption) * per_coupon;
    let s3 = (3.0 * (s2 + s1) + s0 - k * k * k * redemption) * per_coupon;
    let s4 = (4.0 * (s3 + s1) + 6.0 * s2 + s0 - k * k * (k * k) * redemption) * per_coupon;
    let per_value = 1.0 / (1.0 + first);
    let (coupon, redemption) = (c * per_value, redemption * per_value);
    let (ll, mean) = (last * last, coupon * s1 + redemption * last);
    let r2 = coupon * s2 + redemption * ll;
    let r3 = coupon * s3 + redemption * (ll * last);
    let r4 = coupon * s4 + redemption * (ll * ll);
    let mm = mean * mean;
    let c2 = r2 - mm;
    let c3 = r3 - mean * (r2 + 2.0 * c2);
    let c4 = r4 - 4.0 * mean * r3 + mm * (6.0 * r2 - 3.0 * mm) - 3.0 * c2 * c2;
    let per_slope = 1.0 / (w + mean);
    let h = (ln_ratio_guess(1.0 + first, price) - w * x) * per_slope;
    let q2 = (1.0 / 2.0) * c2 * (h * per_slope);
    let q3 = (1.0 / 6.0) * c3 * (h * h * per_slope);
    let q4 = (1.0 / 24.0) * c4 * (h * h * h * per_slope);
    let third = 2.0 * q2 * q2 - q3;
    let fourth = 5.0 * q2 * (q2 * q2 - q3) + q4;
    // What follows is about the rest of a geometric series.
    let rest = fourth * third / (third - fourth);
    [x + h * (1.0 + q2 + third + if third.abs() > 2.0 * fourth.abs() { rest } else { fourth })]
}

/// v − 1, 1/v, v^k and v^k − 1 at a yield, and the discount factor of the next coupon.
#[inline(always)]
fn powers([k, w, x]: [f64; 3]) -> [f64; 5] {
    let ((v, v_m1), (vk, vk_m1)) = (exp_both_plain(-x), exp_both_plain(-(k * x)));
    [v_m1, 1.0 / v, vk, vk_m1, exp_plain(-w * x)]
}

/// The cumulants of the times of level coupons.
#[inline(always)]
fn cumulants([k, x, vk, vk_m1]: [f64; 4]) -> [f64; 3] {
    let kx = k * x;
    let (short, near, far) = (bose_series(x), bose_series(kx), bose_far(kx, vk_m1, vk));
    let either = |near: f64, far: f64| if kx.abs() < 0.8 { near } else { far };
    let [value, slope, curvature] = [either(near.value, far.value), either(near.slope, far.slope), either(near.curvature, far.curvature)];
    [short.value - k * value, k * k * slope - short.slope, short.curvature - k * k * k * curvature]
}

/// Value on the next coupon date, and the cumulants of all times after it.
#[inline(always)]
fn mixture([k, c, first, v_m1, growth, vk, vk_m1, level, level_variance, level_skew]: [f64; 10]) -> [f64; 4] {
    let last = k - 1.0;
    let (later, redemption) = ((vk_m1 - v_m1) / v_m1, vk * growth);
    let value = first + c * later + redemption;
    let weight = 1.0 / value;
    let (coupons, redemption) = (c * (1.0 + later) * weight, redemption * weight);
    let mean = coupons * level + redemption * last;
    let (a, b) = (level - mean, last - mean);
    let rest = 1.0 - coupons - redemption;
    let variance = coupons * (level_variance + a * a) + redemption * b * b + rest * mean * mean;
    let skew = coupons * (level_skew + 3.0 * level_variance * a + a * a * a) + redemption * b * b * b - rest * mean * mean * mean;
    [value, mean, variance, skew]
}

/// Yield, durations and convexity after one last step, and whether they are right to all digits.
#[inline(always)]
fn measures([k, w, f, price, x, v_m1, growth, discount, value, mean, variance, skew]: [f64; 12]) -> [f64; 5] {
    let ratio = (value * discount - price) / price;
    let per_slope = 1.0 / (w + mean);
    let h = ln_1p_tiny(ratio) * per_slope;
    let q2 = 0.5 * variance * h * per_slope;
    let step = h * (1.0 + q2 + (2.0 * q2 * q2 - (1.0 / 6.0) * skew * h * h * per_slope));
    let u = -v_m1 * growth;
    let u = u + (1.0 + u) * exp_m1_tiny(step);
    let time = w + (mean - variance * step);
    let scale = 1.0 / (f * (1.0 + u));
    let convexity = (variance - skew * step + time * time + time) * scale * scale;
    let near = (step.abs() * (k + w) < 3e-7) & (ratio.abs() < 1e-3);
    let usual = (x.abs() < 0.4) & ((k * x).abs() < 500.0) & ((w * x).abs() < 500.0) & (time > 0.0);
    [f * u, time / f, time * scale, convexity, if near & usual { 1.0 } else { 0.0 }]
}

/// What the sums add up, and whether they can.
#[inline(always)]
fn terms([value, ytm, macaulay, modified, convexity, near]: [f64; 6]) -> [f64; 6] {
    let [macaulay, modified, ytm, convexity] = [macaulay, modified, ytm, convexity].map(|figure| value * figure);
    let most = value.abs() + ytm.abs() + macaulay.abs() + modified.abs() + convexity.abs();
    let sure = (most < exact::MAX_TERM) & (near > 0.0);
    let [value, ytm, macaulay, modified, convexity] = [value, ytm, macaulay, modified, convexity].map(|term| if sure { term } else { 0.0 });
    [value, ytm, macaulay, modified, convexity, if sure { 1.0 } else { 0.0 }]
}
