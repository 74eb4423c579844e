//! Tools of the tests: reproducible randomness, and arithmetic in twice the precision to measure
//! errors against.

mod figures;
pub mod floats;
mod interrupts;
mod layers;
mod quantlib;
mod quotes;
pub mod reference;
mod treasury;
mod unsafe_code;
mod words;
pub mod work;
mod worked;

use crate::basics::date::Date;
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::Bond;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// A bond that is outstanding on a settlement date.
#[track_caller]
pub fn settled(bond: &Bond, settlement: Date) -> YieldPricing<'_> {
    YieldPricing::new(bond, settlement).unwrap().unwrap()
}

/// How often a test with made-up input goes round: as often as given here in `make test`;
/// PG_BOND_SOAK multiplies it, which `make soak` does.
pub fn rounds(usual: u64) -> u64 {
    let times =
        std::env::var("PG_BOND_SOAK").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    usual.saturating_mul(times)
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    pub fn below(&mut self, bound: i32) -> i32 {
        (self.unit() * f64::from(bound)) as i32
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as i32) as usize]
    }
}

/// A number as the unevaluated sum of two floats: about 31 decimal digits (Dekker 1971, Knuth's
/// two-sum).
#[derive(Debug, Clone, Copy)]
pub struct Twice {
    pub hi: f64,
    pub lo: f64,
}

impl From<f64> for Twice {
    fn from(hi: f64) -> Twice {
        Twice { hi, lo: 0.0 }
    }
}

fn quick(hi: f64, lo: f64) -> Twice {
    let sum = hi + lo;
    Twice { hi: sum, lo: lo - (sum - hi) }
}

fn two_sum(a: f64, b: f64) -> Twice {
    let sum = a + b;
    let part = sum - a;
    Twice { hi: sum, lo: (a - (sum - part)) + (b - part) }
}

impl Add for Twice {
    type Output = Twice;
    fn add(self, other: Twice) -> Twice {
        let (high, low) = (two_sum(self.hi, other.hi), two_sum(self.lo, other.lo));
        let first = quick(high.hi, high.lo + low.hi);
        quick(first.hi, first.lo + low.lo)
    }
}

impl Neg for Twice {
    type Output = Twice;
    fn neg(self) -> Twice {
        Twice { hi: -self.hi, lo: -self.lo }
    }
}

impl Sub for Twice {
    type Output = Twice;
    fn sub(self, other: Twice) -> Twice {
        self + -other
    }
}

impl Mul for Twice {
    type Output = Twice;
    fn mul(self, other: Twice) -> Twice {
        let product = self.hi * other.hi;
        let error = self.hi.mul_add(other.hi, -product);
        quick(product, error + (self.hi * other.lo + self.lo * other.hi))
    }
}

impl Div for Twice {
    type Output = Twice;
    fn div(self, other: Twice) -> Twice {
        let first = self.hi / other.hi;
        let rest = self - other * Twice::from(first);
        let second = rest.hi / other.hi;
        let rest = rest - other * Twice::from(second);
        quick(first, second) + Twice::from(rest.hi / other.hi)
    }
}

impl Twice {
    const LN_2: Twice = Twice { hi: std::f64::consts::LN_2, lo: 2.319_046_813_846_3e-17 };

    fn scaled(self, factor: f64) -> Twice {
        Twice { hi: self.hi * factor, lo: self.lo * factor }
    }

    /// 2^k and e^r − 1 with self = k·ln 2 + r.
    fn exp_parts(self) -> (f64, Twice) {
        let powers = (self.hi / std::f64::consts::LN_2).round();
        let reduced = (self - Twice::LN_2 * Twice::from(powers)).scaled(1.0 / 1024.0);
        let mut series = Twice::from(0.0);
        for n in (1..=11).rev() {
            series = (series + Twice::from(1.0)) * reduced / Twice::from(f64::from(n));
        }
        for _ in 0..10 {
            series = series * (series + Twice::from(2.0));
        }
        (2f64.powi(powers as i32), series)
    }

    pub fn exp_m1(self) -> Twice {
        let (scale, series) = self.exp_parts();
        series.scaled(scale) + Twice::from(scale - 1.0)
    }

    pub fn exp(self) -> Twice {
        let (scale, series) = self.exp_parts();
        (series + Twice::from(1.0)).scaled(scale)
    }

    pub fn ln(self) -> Twice {
        let first = Twice::from(self.hi.ln());
        let e = self * (-first).exp() - Twice::from(1.0);
        first + e - e * e.scaled(0.5) + e * e * e / Twice::from(3.0)
    }
}
