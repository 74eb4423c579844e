//! Level coupons and a redemption in closed form: value and moments of any number of flows at the
//! cost of a few.
//!
//! With x = ln(1 + y/f), v = e^−x and k coupons left, the flows at j = 0 … k − 1 periods after the
//! next coupon date are c each, but for the first, and 1 more at the last. The coupons' value is
//! the geometric series (1 − v^k)/(1 − v), and the derivatives of its logarithm are the cumulants
//! of their times j:
//!
//! κ₁ = b(x) − k·b(kx), κ₂ = k²·b′(kx) − b′(x), κ₃ = b″(x) − k³·b″(kx), where b(z) = 1/(e^z − 1) −
//! 1/z
//!
//! is smooth at 0, with the Bernoulli numbers for coefficients, so that nothing cancels where x is
//! small.

use crate::numeric::elementary::{exp, exp_both, exp_m1, exp_m1_tiny};

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

/// The powers of v that the series needs, each with what it lacks of 1, so that nothing cancels
/// near x = 0.
#[derive(Debug, Clone, Copy)]
pub struct Powers {
    x: f64,
    v: f64,
    v_m1: f64,
    /// 1/v
    growth: f64,
    vk: f64,
    vk_m1: f64,
}

impl Powers {
    #[inline(always)]
    pub fn at(x: f64, coupons: f64) -> Powers {
        let ((v, v_m1), (vk, vk_m1)) = (exp_both(-x), exp_both(-coupons * x));
        Powers { x, v, v_m1, growth: 1.0 / v, vk, vk_m1 }
    }

    /// The powers at x + step, for a step so small that coupons · step is below 1e-3, and small
    /// beside x + step, whose own digits the differences from 1 keep.
    #[inline(always)]
    pub fn moved(&self, step: f64, coupons: f64) -> Powers {
        let (by, by_k) = (exp_m1_tiny(-step), exp_m1_tiny(-coupons * step));
        Powers {
            x: self.x + step,
            v: self.v + self.v * by,
            v_m1: self.v_m1 + self.v * by,
            growth: self.growth + self.growth * exp_m1_tiny(step),
            vk: self.vk + self.vk * by_k,
            vk_m1: self.vk_m1 + self.vk * by_k,
        }
    }

    /// u = e^x − 1, the yield per period.
    #[inline(always)]
    pub fn growth_m1(&self) -> f64 {
        if self.x.abs() < 0.5 { -self.v_m1 * self.growth } else { exp_m1(self.x) }
    }
}

impl Annuity {
    #[inline(always)]
    pub fn powers(&self, x: f64) -> Powers {
        Powers::at(x, self.coupons)
    }

    /// Value alone.
    #[inline(always)]
    pub fn value(&self, p: &Powers) -> f64 {
        self.first + self.coupon * self.later_coupons(p) + self.last_power(p)
    }

    /// Value and cumulants: those of the level coupons, mixed with the redemption and with what
    /// makes the first coupon odd.
    #[inline(always)]
    pub fn moments(&self, p: &Powers) -> Moments {
        let k = self.coupons;
        let last = k - 1.0;
        let (later, redemption) = (self.later_coupons(p), self.last_power(p));
        let value = self.first + self.coupon * later + redemption;
        let (short, long) = (bose(p.x, p.v_m1, p.v), bose(k * p.x, p.vk_m1, p.vk));
        let level = short.value - k * long.value;
        let level_variance = k * k * long.slope - short.slope;
        let level_skew = short.curvature - k * k * k * long.curvature;

        let weight = 1.0 / value;
        let (coupons, redemption) = (self.coupon * (1.0 + later) * weight, redemption * weight);
        let mean = coupons * level + redemption * last;
        // Central moments of a mixture: what is at time 0 beside the level coupons has the weight
        // that is left.
        let (a, b) = (level - mean, last - mean);
        let rest = 1.0 - coupons - redemption;
        let variance = coupons * (level_variance + a * a) + redemption * b * b + rest * mean * mean;
        let skew = coupons * (level_skew + 3.0 * level_variance * a + a * a * a)
            + redemption * b * b * b
            - rest * mean * mean * mean;
        Moments { value, mean, variance, skew }
    }

    /// The moments where the yield is the coupon, x = ln(1 + c), good for a first guess: with 1 − v
    /// = c·v the sums of powers of j follow from one another without more than one division.
    #[inline(always)]
    pub fn moments_at_par(&self, x: f64) -> Moments {
        let (k, last) = (self.coupons, self.coupons - 1.0);
        let redemption = exp(-last * x);
        let per_coupon = 1.0 / self.coupon;
        let s0 = (1.0 + self.coupon - redemption) * per_coupon;
        let s1 = (s0 - k * redemption) * per_coupon;
        let s2 = (2.0 * s1 + s0 - k * k * redemption) * per_coupon;
        let s3 = (3.0 * (s2 + s1) + s0 - k * k * k * redemption) * per_coupon;
        let value = 1.0 + self.first;
        let (coupon, redemption) = (self.coupon / value, redemption / value);
        let mean = coupon * s1 + redemption * last;
        let raw2 = coupon * s2 + redemption * last * last;
        let raw3 = coupon * s3 + redemption * last * last * last;
        let variance = raw2 - mean * mean;
        Moments { value, mean, variance, skew: raw3 - mean * (raw2 + 2.0 * variance) }
    }

    /// Σ v^j over 0 < j < k.
    #[inline(always)]
    fn later_coupons(&self, p: &Powers) -> f64 {
        // v − v^k, from the side on which it does not cancel
        let span = if p.x.abs() < 0.5 { p.v_m1 - p.vk_m1 } else { p.v - p.vk };
        if p.v_m1 == 0.0 { self.coupons - 1.0 } else { -span / p.v_m1 }
    }

    /// v^(k − 1), the discount factor of the redemption.
    #[inline(always)]
    fn last_power(&self, p: &Powers) -> f64 {
        if p.v > 1e-9 { p.vk * p.growth } else { exp(-(self.coupons - 1.0) * p.x) }
    }
}

/// b(z) and its derivatives.
pub struct Bose {
    pub value: f64,
    pub slope: f64,
    pub curvature: f64,
}

/// b(z) = 1/(e^z − 1) − 1/z, given e^−z and e^−z − 1.
#[inline(always)]
fn bose(z: f64, power_m1: f64, power: f64) -> Bose {
    if z.abs() < 0.1 {
        return bose_short(z);
    }
    if z.abs() < 0.8 {
        return bose_series(z);
    }
    bose_far(z, power_m1, power)
}

/// Where z is far enough from 0 for the two parts not to cancel.
#[inline(always)]
pub fn bose_far(z: f64, power_m1: f64, power: f64) -> Bose {
    let (r, s) = (1.0 / z, -1.0 / power_m1);
    // 1/(e^z − 1) = v/(1 − v), whose derivative is −v/(1 − v)²
    let n = power * s;
    let slope = n * s;
    Bose { value: n - r, slope: r * r - slope, curvature: slope * (n + s) - 2.0 * r * r * r }
}

/// B₂ₘ/(2m)! for m = 1 … 10: b(z) = −½ + Σ B₂ₘ/(2m)! · z^(2m−1).
const B: [f64; 10] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -691.0 / 1_307_674_368_000.0,
    1.0 / 74_724_249_600.0,
    -3_617.0 / 10_670_622_842_880_000.0,
    43_867.0 / 5_109_094_217_170_944_000.0,
    -174_611.0 / 802_857_662_698_291_200_000.0,
];

/// The series to z^19, which is exact for |z| < 0.8. Value, slope and curvature are polynomials in
/// z² with the coefficients times 1, 2m − 1 and (2m − 1)(2m − 2); the third cumulant only steers a
/// tiny correction, and takes fewer.
#[inline(always)]
pub fn bose_series(z: f64) -> Bose {
    let q = z * z;
    let (q2, q4) = (q * q, (q * q) * (q * q));
    let middle = |a: f64, b: f64, c: f64, d: f64| {
        ((a * B[4] + b * B[5] * q) + (c * B[6] + d * B[7] * q) * q2) * q4
    };
    let value = (B[0] + B[1] * q)
        + (B[2] + B[3] * q) * q2
        + middle(1.0, 1.0, 1.0, 1.0)
        + (B[8] + B[9] * q) * (q4 * q4);
    let slope = (B[0] + 3.0 * B[1] * q)
        + (5.0 * B[2] + 7.0 * B[3] * q) * q2
        + middle(9.0, 11.0, 13.0, 15.0)
        + (17.0 * B[8] + 19.0 * B[9] * q) * (q4 * q4);
    let curvature = (6.0 * B[1] + 20.0 * B[2] * q)
        + (42.0 * B[3] + 72.0 * B[4] * q) * q2
        + (110.0 * B[5] + 156.0 * B[6] * q) * q4;
    Bose { value: -0.5 + z * value, slope, curvature: z * curvature }
}

/// As far as [`bose_period`] goes: a yield of a fifth a period.
pub const MAX_PERIOD: f64 = 0.2;

/// The series to z^11, which is exact for |z| < 0.2; what steers the last step alone takes fewer
/// terms.
#[inline(always)]
pub fn bose_period(z: f64) -> Bose {
    let q = z * z;
    let (q2, q4) = (q * q, (q * q) * (q * q));
    let value = (B[0] + B[1] * q) + (B[2] + B[3] * q) * q2 + B[4] * q4;
    let slope = (B[0] + 3.0 * B[1] * q)
        + (5.0 * B[2] + 7.0 * B[3] * q) * q2
        + (9.0 * B[4] + 11.0 * B[5] * q) * q4;
    let curvature = (6.0 * B[1] + 20.0 * B[2] * q) + (42.0 * B[3] + 72.0 * B[4] * q) * q2;
    Bose { value: -0.5 + z * value, slope, curvature: z * curvature }
}

/// The series to z^9, which is exact for |z| < 0.1: one period at any usual yield.
#[inline(always)]
fn bose_short(z: f64) -> Bose {
    let q = z * z;
    let q2 = q * q;
    let value = (B[0] + B[1] * q) + (B[2] + B[3] * q) * q2;
    let slope =
        (B[0] + 3.0 * B[1] * q) + (5.0 * B[2] + 7.0 * B[3] * q) * q2 + 9.0 * B[4] * (q2 * q2);
    let curvature = 6.0 * B[1] + 20.0 * B[2] * q;
    Bose { value: -0.5 + z * value, slope, curvature: z * curvature }
}
