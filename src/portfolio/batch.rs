//! Pending bonds, solved in batches of eight: the closed form of [`Annuity`] without a branch, so
//! that the processor works on all lanes side by side. The figures of a lane do not depend on its
//! neighbours.

use super::risk_sums::{RiskSums, SUMS};
use crate::numeric::annuity::{Annuity, MAX_PERIOD, bose_far, bose_period, bose_series};
use crate::numeric::elementary::{
    exp_both_plain, exp_m1_small, exp_m1_tiny, exp_plain, ln_1p_tiny, ln_ratio_guess,
    twice_atanh_guess, whole,
};
use crate::numeric::exact;
use crate::pricing::discounted_flows::{DiscountedFlows, StubDiscounting};
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::MAX_COUPON;
use crate::product::convention::Compounding;
use crate::resolve::resolved_bond::ResolvedBond;
use multiversion::multiversion;

pub const LANES: usize = 8;
const HALF: usize = LANES / 2;
/// Ten millennia of months.
const MAX_COUPONS: f64 = 120_000.0;
/// Above the highest price with the interest of the largest coupon.
const MAX_DIRTY: f64 = 1e10;
/// Above what coupons a year are.
const PER_COUPON: f64 = 32.0;
/// Above that with the number of coupons.
const PER_UPPER: f64 = (1u32 << 24) as f64;

/// Level annuities at 100 with their prices, by what they have in common; in little room, for there
/// is one for each group.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub struct Batch {
    /// Coupons left and coupons a year, whole numbers: those of a bond of the upper half on top of
    /// those of one of the lower.
    counts: [f64; HALF],
    /// Periods before the next coupon.
    to_next: Lanes,
    /// A year's coupon, per unit of face.
    coupon: Lanes,
    /// Per 100 face.
    dirty: Lanes,
    /// What is held.
    face: Lanes,
}

/// What is added to the sums for each, and whether it is right to all digits, which is 1 and else
/// 0.
#[derive(Debug, Clone, Copy, Default)]
pub struct Solved {
    pub terms: [Lanes; SUMS],
    pub sure: Lanes,
}

impl Solved {
    /// Leaves nothing of the lanes from one on.
    #[inline(always)]
    pub fn forget_from(&mut self, lane: usize) {
        for lanes in self.terms.iter_mut().chain([&mut self.sure]) {
            lanes.iter_mut().skip(lane).for_each(|term| *term = 0.0);
        }
    }
}

impl Batch {
    /// Whether a bond is one of these: with coupons, no odd period ahead, redeemed at par, its
    /// periods compounded from the first on.
    #[inline(always)]
    pub fn takes(pricing: &YieldPricing<DiscountedFlows<Annuity>>, dirty: f64) -> bool {
        let position = &pricing.position;
        let level = position.next == 1.0
            && position.whole == 0
            && pricing.bond.redemption == 100.0
            && pricing.bond.coupon > 0.0;
        level && pricing.formula.rule == StubDiscounting::Compounded && dirty > 0.0
    }

    #[inline(always)]
    pub fn put(
        &mut self,
        lane: usize,
        pricing: &YieldPricing<DiscountedFlows<Annuity>>,
        dirty: f64,
    ) {
        let ResolvedBond { bond, position, .. } = &pricing.resolved;
        let count = PER_COUPON * f64::from(position.coupons) + bond.frequency.per_year();
        // Without a branch, which would as often go one way as the other.
        let upper = f64::from((lane / HALF) as i32);
        if let Some(counts) = self.counts.get_mut(lane % HALF) {
            *counts = upper * *counts + (1.0 + upper * (PER_UPPER - 1.0)) * count;
        }
        let terms = [position.fraction, bond.coupon, dirty, bond.notional.unwrap_or(100.0)];
        for (slots, term) in [&mut self.to_next, &mut self.coupon, &mut self.dirty, &mut self.face]
            .into_iter()
            .zip(terms)
        {
            if let Some(slot) = slots.get_mut(lane) {
                *slot = term;
            }
        }
    }

    /// Coupons left and coupons a year of each.
    #[inline(always)]
    fn counts(&self) -> [Lanes; 2] {
        let upper = self.counts.map(|both| whole(both * (1.0 / PER_UPPER)));
        let mut counts = [0.0; LANES];
        let (lower_lanes, upper_lanes) = counts.split_at_mut(HALF);
        for (((lower_lane, upper_lane), both), upper) in
            lower_lanes.iter_mut().zip(upper_lanes).zip(self.counts).zip(upper)
        {
            (*lower_lane, *upper_lane) = (both - upper * PER_UPPER, upper);
        }
        each(
            [&counts],
            #[inline(always)]
            |[count]| {
                let coupons = whole(count * (1.0 / PER_COUPON));
                [coupons, count - coupons * PER_COUPON]
            },
        )
    }

    /// One bond by itself: its remaining flows, its price and the value held. None of what no
    /// bond is, for a state may have been made by hand.
    pub fn get(&self, lane: usize) -> Option<(DiscountedFlows<Annuity>, f64, f64)> {
        let at = |lanes: &Lanes| lanes.get(lane).copied().filter(|term| term.is_finite());
        let [coupons, per_year] = self.counts();
        let (coupons, per_year, dirty) = (at(&coupons)?, at(&per_year)?, at(&self.dirty)?);
        let coupon = at(&self.coupon)? / per_year;
        let stream = Annuity { coupons, coupon, first: coupon };
        let fraction = at(&self.to_next)?;
        let claim = DiscountedFlows {
            stream,
            whole: 0.0,
            fraction,
            per_year,
            rule: StubDiscounting::Compounded,
            compounding: Compounding::AtCoupons,
        };
        let plausible = (1.0..=MAX_COUPONS).contains(&coupons)
            && (1.0..=12.0).contains(&per_year)
            && dirty > 0.0;
        Some((claim, dirty / 100.0, dirty * (at(&self.face)? / 100.0))).filter(|_| plausible)
    }

    #[cfg(test)]
    pub fn of_numbers(mut numbers: impl FnMut() -> f64) -> Batch {
        let counts = [(); HALF].map(|()| numbers());
        let [to_next, coupon, dirty, face] = [(); 4].map(|()| [(); LANES].map(|()| numbers()));
        Batch { counts, to_next, coupon, dirty, face }
    }

    /// Whether the first lanes are bonds, and the others nothing or what bonds left there.
    pub fn is_sound(&self, waiting: usize) -> bool {
        let Batch { counts, to_next, coupon, dirty, face } = self;
        let counted = counts
            .iter()
            .all(|both| (0.0..PER_UPPER * PER_UPPER).contains(both) && both.floor() == *both);
        let finite =
            [to_next, coupon, dirty, face].into_iter().flatten().all(|term| term.is_finite());
        counted && finite && (0..waiting).all(|lane| self.is_bond(lane))
    }

    /// A fraction of a period to the next coupon, and terms within the bounds of a bond's.
    fn is_bond(&self, lane: usize) -> bool {
        let at = |lanes: &Lanes, least: f64, most: f64| {
            lanes.get(lane).is_some_and(|term| (least..=most).contains(term))
        };
        let sound = at(&self.to_next, 0.0, 1.0)
            && at(&self.coupon, 0.0, MAX_COUPON)
            && at(&self.dirty, 0.0, MAX_DIRTY);
        sound && self.get(lane).is_some()
    }

    /// Adds the first `waiting` lanes to the sums; returns the mask of lanes that did not converge.
    #[inline(always)]
    pub fn add_to(&self, sums: &mut RiskSums, waiting: usize) -> Option<[bool; LANES]> {
        add_block(self, sums, waiting)
    }

    /// In stages, each for all of them before the next: the processor then works on as many at once
    /// as it can, and not on one long chain after another.
    #[inline(always)]
    pub fn solve(&self) -> Solved {
        let Batch { to_next, coupon, dirty, face, .. } = self;
        let [coupons, per_year] = &self.counts();
        let [coupon, price, value] = &scaled([per_year, coupon, dirty, face]);
        let [x] = &guess([coupons, coupon, to_next, price]);
        let [v_m1, growth, per_v_m1, vk, vk_m1, discount] = &powers([coupons, to_next, x]);
        let [level, level_variance, level_skew] = &cumulants([coupons, x, vk, vk_m1]);
        let [worth, mean, variance, skew] = &mixture([
            coupons,
            coupon,
            v_m1,
            growth,
            per_v_m1,
            vk,
            vk_m1,
            level,
            level_variance,
            level_skew,
        ]);
        let [ytm, macaulay, modified, convexity, near] = &measures([
            coupons, to_next, per_year, price, x, v_m1, growth, discount, worth, mean, variance,
            skew,
        ]);
        let [t0, t1, t2, t3, t4, sure] = terms([value, ytm, macaulay, modified, convexity, near]);
        Solved { terms: [t0, t1, t2, t3, t4], sure }
    }
}

/// With instructions as wide as the processor has: none of them rounds otherwise than the narrow
/// ones.
#[multiversion(targets("x86_64+avx2"))]
fn add_block(block: &Batch, sums: &mut RiskSums, waiting: usize) -> Option<[bool; LANES]> {
    let mut solved = block.solve();
    if waiting < LANES {
        solved.forget_from(waiting);
    }
    let held = solved.sure.iter().sum();
    sums.add_all(&solved.terms, held);
    if held < waiting as f64 { Some(solved.sure.map(|sure| sure == 0.0)) } else { None }
}

type Lanes = [f64; LANES];

/// The same function of each lane.
#[inline(always)]
fn each<const I: usize, const O: usize>(
    inputs: [&Lanes; I],
    function: impl Fn([f64; I]) -> [f64; O],
) -> [Lanes; O] {
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

/// The coupon of a period, the price per unit of face and the value held.
#[inline(always)]
fn scaled(lanes: [&Lanes; 4]) -> [Lanes; 3] {
    each(
        lanes,
        #[inline(always)]
        |[per_year, coupon, dirty, face]| {
            [coupon / per_year, dirty / 100.0, dirty * (face / 100.0)]
        },
    )
}

/// From where the yield equals the coupon, by the series of the log price to its fourth cumulant.
#[inline(always)]
fn guess(lanes: [&Lanes; 4]) -> [Lanes; 1] {
    each(
        lanes,
        #[inline(always)]
        |[k, c, w, price]| {
            let last = k - 1.0;
            let (par, shift) = (1.0 + c, 2.0 + c);
            // One division for three.
            let per_all = 1.0 / (c * par * shift);
            let (per_coupon, per_value) = (per_all * (par * shift), per_all * (c * shift));
            let x = twice_atanh_guess(c * per_all * (c * par));
            let redemption = exp_plain(-last * x);
            let s0 = (par - redemption) * per_coupon;
            let s1 = (s0 - k * redemption) * per_coupon;
            let s2 = (2.0 * s1 + s0 - k * k * redemption) * per_coupon;
            let s3 = (3.0 * (s2 + s1) + s0 - k * k * k * redemption) * per_coupon;
            let s4 = (4.0 * (s3 + s1) + 6.0 * s2 + s0 - k * k * (k * k) * redemption) * per_coupon;
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
            let h = (ln_ratio_guess(par, price) - w * x) * per_slope;
            let q2 = (1.0 / 2.0) * c2 * (h * per_slope);
            let q3 = (1.0 / 6.0) * c3 * (h * h * per_slope);
            let q4 = (1.0 / 24.0) * c4 * (h * h * h * per_slope);
            let third = 2.0 * q2 * q2 - q3;
            let fourth = 5.0 * q2 * (q2 * q2 - q3) + q4;
            // What follows is about the rest of a geometric series.
            let rest = fourth * third / (third - fourth);
            [x + h
                * (1.0 + q2 + third + if third.abs() > 2.0 * fourth.abs() { rest } else { fourth })]
        },
    )
}

/// v − 1, 1/v, 1/(v − 1), v^k and v^k − 1 at a yield, and the discount factor of the next coupon.
#[inline(always)]
fn powers(lanes: [&Lanes; 3]) -> [Lanes; 6] {
    each(
        lanes,
        #[inline(always)]
        |[k, w, x]| {
            let (v_m1, (vk, vk_m1)) = (exp_m1_small(-x), exp_both_plain(-(k * x)));
            let v = 1.0 + v_m1;
            let per_both = 1.0 / (v * v_m1);
            [v_m1, v_m1 * per_both, v * per_both, vk, vk_m1, 1.0 + exp_m1_small(-(w * x))]
        },
    )
}

/// The cumulants of the times of level coupons.
#[inline(always)]
fn cumulants(lanes: [&Lanes; 4]) -> [Lanes; 3] {
    each(
        lanes,
        #[inline(always)]
        |[k, x, vk, vk_m1]| {
            let kx = k * x;
            let (short, near, far) = (bose_period(x), bose_series(kx), bose_far(kx, vk_m1, vk));
            let either = |near: f64, far: f64| if kx.abs() < 0.8 { near } else { far };
            let [value, slope, curvature] = [
                either(near.value, far.value),
                either(near.slope, far.slope),
                either(near.curvature, far.curvature),
            ];
            [
                short.value - k * value,
                k * k * slope - short.slope,
                short.curvature - k * k * k * curvature,
            ]
        },
    )
}

/// Value on the next coupon date, and the cumulants of all times after it.
#[inline(always)]
fn mixture(lanes: [&Lanes; 10]) -> [Lanes; 4] {
    each(
        lanes,
        #[inline(always)]
        |[k, c, v_m1, growth, per_v_m1, vk, vk_m1, level, level_variance, level_skew]| {
            let last = k - 1.0;
            let (coupons, redemption) = (c * (1.0 + (vk_m1 - v_m1) * per_v_m1), vk * growth);
            let value = coupons + redemption;
            let weight = 1.0 / value;
            let (coupons, redemption) = (coupons * weight, redemption * weight);
            let mean = coupons * level + redemption * last;
            let (a, b) = (level - mean, last - mean);
            let variance = coupons * (level_variance + a * a) + redemption * (b * b);
            let skew = coupons * (level_skew + 3.0 * level_variance * a + a * a * a)
                + redemption * (b * b * b);
            [value, mean, variance, skew]
        },
    )
}

/// Yield, durations and convexity after one last step, and whether they are right to all digits.
#[inline(always)]
fn measures(lanes: [&Lanes; 12]) -> [Lanes; 5] {
    each(
        lanes,
        #[inline(always)]
        |[k, w, f, price, x, v_m1, growth, discount, value, mean, variance, skew]| {
            let slope = w + mean;
            let per_both = 1.0 / (price * slope);
            let (ratio, per_slope) =
                ((value * discount - price) * (per_both * slope), per_both * price);
            let h = ln_1p_tiny(ratio) * per_slope;
            let q2 = 0.5 * variance * h * per_slope;
            let step = h * (1.0 + q2 + (2.0 * q2 * q2 - (1.0 / 6.0) * skew * h * h * per_slope));
            let u = -v_m1 * growth;
            let u = u + (1.0 + u) * exp_m1_tiny(step);
            let time = w + (mean - step * (variance - 0.5 * skew * step));
            let scale = 1.0 / (f * (1.0 + u));
            let convexity = (variance - skew * step + time * time + time) * scale * scale;
            // What the variance then lacks is below half the square of this.
            let near = (step.abs() * (k + w) < 1e-6) & (ratio.abs() < 1e-3);
            let usual = (x.abs() < MAX_PERIOD)
                & ((w * x).abs() < MAX_PERIOD)
                & ((k * x).abs() < 500.0)
                & (time > 0.0);
            [f * u, time * scale * (1.0 + u), time * scale, convexity, only(1.0, near & usual)]
        },
    )
}

/// What the sums add up, and whether they can.
#[inline(always)]
fn terms(lanes: [&Lanes; 6]) -> [Lanes; 6] {
    each(
        lanes,
        #[inline(always)]
        |[value, ytm, macaulay, modified, convexity, near]| {
            let terms = [value, value * ytm, value * macaulay, value * modified, value * convexity];
            let most: f64 = terms.iter().map(|term| term.abs()).sum();
            // All of them together are no more than one term may be.
            let sure = (most < exact::MAX_TERM / LANES as f64) & (near > 0.0);
            let [value, ytm, macaulay, modified, convexity] = terms.map(|term| only(term, sure));
            [value, ytm, macaulay, modified, convexity, only(1.0, sure)]
        },
    )
}

/// A number, or 0 where it does not count, without a branch.
#[inline(always)]
fn only(number: f64, counts: bool) -> f64 {
    f64::from_bits(number.to_bits() & u64::from(counts).wrapping_neg())
}
