//! Level coupons and a redemption in closed form: value and moments of any number of flows at the cost of a few.
//!
//! With x = ln(1 + y/f), v = e^−x and k coupons left, the flows at j = 0 … k − 1 periods after the next coupon date are
//! c each, but for the first, and 1 more at the last. Their value is a geometric series, and the means of j and its
//! powers, weighted by present value, are the derivatives of its logarithm.

use crate::elementary::{exp, exp_both, exp_m1, exp_m1_tiny};

/// Flows per unit of redemption, counted in coupon periods from the next coupon date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Annuity {
    /// k: coupons left, at least 1.
    pub coupons: f64,
    /// c: one regular coupon.
    pub coupon: f64,
    /// The next coupon, which an odd first period makes another.
    pub first: f64,
}

/// Present value on the next coupon date, and the cumulants of the payment times after it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    pub value: f64,
    pub mean: f64,
    pub variance: f64,
    /// Third central moment.
    pub skew: f64,
}

/// The powers of v that the series needs, each with what it lacks of 1, so that nothing cancels near x = 0.
#[derive(Debug, Clone, Copy)]
pub struct Powers {
    x: f64,
    v: f64,
    v_m1: f64,
    vk: f64,
    vk_m1: f64,
}

/// The float next above −1: growth per period is positive, and so is 1 + u.
const LEAST_GROWTH: f64 = -1.0 + 0.5 * f64::EPSILON;

impl Powers {
    #[inline]
    pub fn at(x: f64, coupons: f64) -> Powers {
        let ((v, v_m1), (vk, vk_m1)) = (exp_both(-x), exp_both(-coupons * x));
        Powers { x, v, v_m1, vk, vk_m1 }
    }

    /// The powers where growth per period is a coupon: x = ln(1 + c).
    #[inline]
    pub fn at_coupon(x: f64, coupon: f64, coupons: f64) -> Powers {
        let v = 1.0 / (1.0 + coupon);
        let (vk, vk_m1) = exp_both(-coupons * x);
        Powers { x, v, v_m1: -coupon * v, vk, vk_m1 }
    }

    /// The powers at x + step, for a step so small that coupons · step is below 1e-3.
    #[inline]
    pub fn moved(&self, step: f64, coupons: f64) -> Powers {
        let (by, by_k) = (exp_m1_tiny(-step), exp_m1_tiny(-coupons * step));
        Powers {
            x: self.x + step,
            v: self.v + self.v * by,
            v_m1: self.v_m1 + self.v * by,
            vk: self.vk + self.vk * by_k,
            vk_m1: self.vk_m1 + self.vk * by_k,
        }
    }

    /// u = e^x − 1, the yield per period.
    #[inline]
    pub fn growth(&self) -> f64 {
        let u = if self.x.abs() < 0.5 { -self.v_m1 / self.v } else { exp_m1(self.x) };
        u.max(LEAST_GROWTH)
    }
}

impl Annuity {
    #[inline]
    pub fn powers(&self, x: f64) -> Powers {
        Powers::at(x, self.coupons)
    }

    /// Value and cumulants at given powers of v.
    #[inline]
    pub fn moments(&self, p: &Powers) -> Moments {
        let last = self.coupons - 1.0;
        let redemption = self.last_power(p);
        let (s1, s2, s3) = self.sums(p);
        let value = self.value_at(p, redemption);
        let weight = 1.0 / value;
        let (coupon, redemption) = (self.coupon * weight, redemption * weight);
        let raw1 = coupon * s1 + last * redemption;
        let raw2 = coupon * s2 + last * last * redemption;
        let raw3 = coupon * s3 + last * last * last * redemption;
        let variance = raw2 - raw1 * raw1;
        Moments { value, mean: raw1, variance, skew: raw3 - raw1 * (raw2 + 2.0 * variance) }
    }

    /// Value alone.
    pub fn value(&self, p: &Powers) -> f64 {
        self.value_at(p, self.last_power(p))
    }

    #[inline]
    fn value_at(&self, p: &Powers, redemption: f64) -> f64 {
        // v − v^k, from the side on which it does not cancel
        let span = if p.x.abs() < 0.5 { p.v_m1 - p.vk_m1 } else { p.v - p.vk };
        let later = if p.v_m1 == 0.0 { self.coupons - 1.0 } else { -span / p.v_m1 };
        self.first + self.coupon * later + redemption
    }

    /// v^(k − 1), the discount factor of the redemption.
    #[inline]
    fn last_power(&self, p: &Powers) -> f64 {
        if p.v > 1e-9 { p.vk / p.v } else { exp(-(self.coupons - 1.0) * p.x) }
    }

    /// Σ j^m v^j over j < k, for m = 1, 2, 3. The recurrences lose digits as kx nears 0; there the sum is short, or its
    /// terms are nearly equal, and it is added up.
    #[inline]
    fn sums(&self, p: &Powers) -> (f64, f64, f64) {
        let k = self.coupons;
        if k <= 8.0 || (k * p.x).abs() < 0.25 {
            return sums_by_terms(k, p.v_m1);
        }
        let b = -1.0 / p.v_m1;
        let s0 = -p.vk_m1 * b;
        let k_vk = k * p.vk;
        let s1 = (p.v * s0 - k_vk) * b;
        let s2 = (p.v * (2.0 * s1 + s0) - k * k_vk) * b;
        let s3 = (p.v * (3.0 * (s2 + s1) + s0) - k * k * k_vk) * b;
        (s1, s2, s3)
    }
}

fn sums_by_terms(coupons: f64, v_m1: f64) -> (f64, f64, f64) {
    let (mut s1, mut s2, mut s3) = (0.0, 0.0, 0.0);
    let (mut j, mut power) = (0.0, 1.0);
    while j < coupons {
        let t1 = j * power;
        let t2 = j * t1;
        s1 += t1;
        s2 += t2;
        s3 += j * t2;
        j += 1.0;
        power += power * v_m1;
    }
    (s1, s2, s3)
}
