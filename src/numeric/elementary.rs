//! exp and ln in plain multiplications and additions, so that every machine computes the same bits.
//!
//! The platform's versions choose among instruction sets when the program runs, and their last bits
//! differ between them; an immutable SQL function may not. Rust never fuses a multiplication with
//! an addition by itself, so these are reproducible, and faster. Errors stay below one unit in the
//! last place, two for e^x − 1 (tested against twice the precision).

const LN2_HI: f64 = 6.931_471_803_691_238e-1; // the leading 33 bits of ln 2: products with an exponent are exact
const LN2_LO: f64 = 1.908_214_929_270_587_7e-10; // the rest of it
const LOG2_E: f64 = std::f64::consts::LOG2_E;
/// Adding this rounds a number below 2^51 to a whole one.
const ROUND: f64 = 1.5 * (1u64 << 52) as f64;

/// The whole number nearest to x, for |x| < 2^51.
#[inline(always)]
pub fn whole(x: f64) -> f64 {
    (x + ROUND) - ROUND
}

/// The lowest bits of a whole number, 0 ≤ x < 2^51; of another x any bits.
#[inline(always)]
pub fn low_bits(x: f64) -> u32 {
    (x + ROUND).to_bits() as u32
}

/// e^x.
#[inline(always)]
pub fn exp(x: f64) -> f64 {
    if x.abs() < 700.0 {
        let (scale, p) = exp_parts(x);
        scale + scale * p
    } else {
        exp_of_edge(x)
    }
}

/// Where 2^k is no ordinary float: the square of the root.
#[cold]
fn exp_of_edge(x: f64) -> f64 {
    if x > 709.79 {
        f64::INFINITY
    } else if x < -745.14 {
        0.0
    } else {
        let (scale, p) = exp_parts(0.5 * x);
        let root = scale + scale * p;
        root * root
    }
}

/// e^x − 1, exact to its own last place for small x.
#[inline(always)]
pub fn exp_m1(x: f64) -> f64 {
    exp_both(x).1
}

/// e^x and e^x − 1, each exact to its own last places, for the price of one.
#[inline(always)]
pub fn exp_both(x: f64) -> (f64, f64) {
    if x.abs() < 700.0 {
        let (scale, p) = exp_parts(x);
        (scale + scale * p, scale * p + (scale - 1.0))
    } else {
        (exp_of_edge(x), exp_of_edge(x) - 1.0)
    }
}

/// e^x for |x| < 700, and anything beyond: without a branch.
#[inline(always)]
pub fn exp_plain(x: f64) -> f64 {
    let (scale, p) = exp_parts(x);
    scale + scale * p
}

/// e^x and e^x − 1 likewise.
#[inline(always)]
pub fn exp_both_plain(x: f64) -> (f64, f64) {
    let (scale, p) = exp_parts(x);
    (scale + scale * p, scale * p + (scale - 1.0))
}

/// 2^k and p with e^x = 2^k · (1 + p), |p| ≤ √2 − 1, for |x| < 700.
#[inline(always)]
fn exp_parts(x: f64) -> (f64, f64) {
    let rounded = x * LOG2_E + ROUND;
    let k = rounded - ROUND;
    let r = (x - k * LN2_HI) - k * LN2_LO;
    // The rounded sum carries k in its lowest bits; what is above them falls off the shift.
    let scale = f64::from_bits(rounded.to_bits().wrapping_add(1023) << 52);
    (scale, exp_m1_series(r))
}

/// 1/2! to 1/13!.
const PER_FACTORIAL: [f64; 12] = [
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5_040.0,
    1.0 / 40_320.0,
    1.0 / 362_880.0,
    1.0 / 3_628_800.0,
    1.0 / 39_916_800.0,
    1.0 / 479_001_600.0,
    1.0 / 6_227_020_800.0,
];

/// e^r − 1 by its Taylor series to r^13, for |r| ≤ ln 2 / 2.
#[inline(always)]
fn exp_m1_series(r: f64) -> f64 {
    const C: [f64; 12] = PER_FACTORIAL;
    // Estrin's scheme: short chains of dependent operations.
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (C[0] + C[1] * r) + (C[2] + C[3] * r) * r2;
    let middle = (C[4] + C[5] * r) + (C[6] + C[7] * r) * r2;
    let high = (C[8] + C[9] * r) + (C[10] + C[11] * r) * r2;
    r + r2 * (low + r4 * (middle + r4 * high))
}

/// e^r − 1 for |r| ≤ 0.2, by as much of the series as that takes.
#[inline(always)]
pub fn exp_m1_small(r: f64) -> f64 {
    const C: [f64; 12] = PER_FACTORIAL;
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (C[0] + C[1] * r) + (C[2] + C[3] * r) * r2;
    let high = (C[4] + C[5] * r) + (C[6] + C[7] * r) * r2;
    r + r2 * (low + r4 * (high + r4 * ((C[8] + C[9] * r) + C[10] * r2)))
}

/// e^r − 1 for |r| ≤ 1e-3, where a short series is exact.
#[inline(always)]
pub fn exp_m1_tiny(r: f64) -> f64 {
    r + r * r * (1.0 / 2.0 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0))))
}

/// The natural logarithm of x; −∞ at 0, NaN below.
#[inline(always)]
pub fn ln(x: f64) -> f64 {
    if x < f64::MIN_POSITIVE {
        return ln_of_edge(x);
    }
    if x == f64::INFINITY || x.is_nan() {
        return x;
    }
    // x = 2^k · m with m in [√½, √2)
    const SQRT_HALF_BITS: u64 = 0x3fe6_a09e_667f_3bcd;
    let offset = x.to_bits().wrapping_sub(SQRT_HALF_BITS);
    let k = (offset as i64) >> 52;
    let m = f64::from_bits(x.to_bits().wrapping_sub((k as u64) << 52));
    let f = m - 1.0;
    let k = k as f64;
    k * LN2_HI + (f - (ln_1p_tail(f) - k * LN2_LO))
}

#[cold]
fn ln_of_edge(x: f64) -> f64 {
    const TWO_54: f64 = (1u64 << 54) as f64;
    if x > 0.0 {
        ln(x * TWO_54) - 54.0 * std::f64::consts::LN_2
    } else if x == 0.0 {
        f64::NEG_INFINITY
    } else {
        f64::NAN
    }
}

/// ln(1 + x), exact to its own last place for small x.
#[inline(always)]
pub fn ln_1p(x: f64) -> f64 {
    if (-0.29..0.41).contains(&x) {
        return x - ln_1p_tail(x);
    }
    let sum = 1.0 + x;
    if sum > 0.0 && sum < f64::INFINITY { ln(sum) + (x - (sum - 1.0)) / sum } else { ln(sum) }
}

/// ln(1 + r) for |r| ≤ 1e-3, where a short series is exact.
#[inline(always)]
pub fn ln_1p_tiny(r: f64) -> f64 {
    r - r * r * (1.0 / 2.0 - r * (1.0 / 3.0 - r * (1.0 / 4.0 - r * (1.0 / 5.0 - r * (1.0 / 6.0)))))
}

/// ln(a/b) for a first guess: six digits where one is twice the other, all of them where they
/// differ by a tenth.
#[inline(always)]
pub fn ln_ratio_guess(a: f64, b: f64) -> f64 {
    twice_atanh_guess((a - b) / (a + b))
}

/// ln((1 + s)/(1 − s)) likewise.
#[inline(always)]
pub fn twice_atanh_guess(s: f64) -> f64 {
    let z = s * s;
    2.0 * s * (1.0 + z * (1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z * (1.0 / 9.0)))))
}

/// f − ln(1 + f) for 1 + f in [√½, √2], by the series of atanh in s = f/(2 + f).
#[inline(always)]
fn ln_1p_tail(f: f64) -> f64 {
    const C: [f64; 10] = [
        2.0 / 3.0,
        2.0 / 5.0,
        2.0 / 7.0,
        2.0 / 9.0,
        2.0 / 11.0,
        2.0 / 13.0,
        2.0 / 15.0,
        2.0 / 17.0,
        2.0 / 19.0,
        2.0 / 21.0,
    ];
    let s = f / (2.0 + f);
    let z = s * s;
    let z2 = z * z;
    let z4 = z2 * z2;
    let low = (C[0] + C[1] * z) + (C[2] + C[3] * z) * z2;
    let middle = (C[4] + C[5] * z) + (C[6] + C[7] * z) * z2;
    let high = C[8] + C[9] * z;
    s * (f - z * (low + z4 * (middle + z4 * high)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, Twice};

    /// Largest error in units of the result's last place over a range, against the same function in
    /// twice the precision.
    fn worst(
        range: std::ops::Range<f64>,
        ours: impl Fn(f64) -> f64,
        exact: impl Fn(Twice) -> Twice,
    ) -> f64 {
        let mut random = Random::new(7);
        (0..200_000)
            .map(|_| {
                let x = random.between(range.start, range.end);
                let expected = exact(Twice::from(x));
                let ulp = (expected.hi.abs().to_bits() + 1..)
                    .next()
                    .map(|b| f64::from_bits(b) - expected.hi.abs())
                    .unwrap();
                ((ours(x) - expected.hi - expected.lo) / ulp).abs()
            })
            .fold(0.0, f64::max)
    }

    #[test]
    fn errors_stay_below_the_promised_units_in_the_last_place() {
        for (range, limit) in
            [(-1e-3..1e-3, 0.6), (-0.5..0.5, 1.0), (-40.0..40.0, 1.0), (-600.0..600.0, 1.0)]
        {
            let error = worst(range.clone(), exp, Twice::exp);
            assert!(error < limit, "exp over {range:?}: {error}");
        }
        assert!(worst(-1e-3..1e-3, exp_m1_tiny, |x| x.exp_m1()) < 1.0);
        assert!(worst(-0.2..0.2, exp_m1_small, |x| x.exp_m1()) < 1.0);
        assert!(worst(0.9..1.1, |x| ln_ratio_guess(x, 1.0), Twice::ln) < 128.0);
        assert!(worst(-1e-3..1e-3, ln_1p_tiny, |x| (Twice::from(1.0) + x).ln()) < 1.0);
        for (range, limit) in
            [(-1e-6..1e-6, 0.6), (-0.3..0.3, 1.0), (-3.0..3.0, 2.0), (-40.0..40.0, 2.0)]
        {
            let error = worst(range.clone(), exp_m1, |x| x.exp_m1());
            assert!(error < limit, "exp_m1 over {range:?}: {error}");
        }
        for (range, limit) in [(0.9..1.1, 1.0), (0.001..10.0, 1.0), (1e3..1e6, 1.0)] {
            let error = worst(range.clone(), ln, Twice::ln);
            assert!(error < limit, "ln over {range:?}: {error}");
        }
        for (range, limit) in [(-1e-6..1e-6, 0.6), (-0.25..0.4, 1.0), (-0.9..20.0, 1.3)] {
            let error = worst(range.clone(), ln_1p, |x| (Twice::from(1.0) + x).ln());
            assert!(error < limit, "ln_1p over {range:?}: {error}");
        }
    }

    #[test]
    fn edges() {
        assert_eq!((exp(0.0), exp(-0.0), exp(800.0), exp(-800.0)), (1.0, 1.0, f64::INFINITY, 0.0));
        assert!((exp(709.7) / 709.7f64.exp() - 1.0).abs() < 1e-15);
        assert!((exp(-745.0) - 5e-324).abs() <= 5e-324);
        assert_eq!((ln(1.0), ln(0.0), ln(f64::INFINITY)), (0.0, f64::NEG_INFINITY, f64::INFINITY));
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan() && exp(f64::NAN).is_nan());
        assert!((ln(5e-324) / -744.440_071_921_381_3 - 1.0).abs() < 1e-15);
        assert_eq!((exp_m1(0.0), ln_1p(0.0), ln_1p(-1.0)), (0.0, 0.0, f64::NEG_INFINITY));
    }
}
