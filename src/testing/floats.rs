//! Floats of all kinds, for states and summaries that nobody computed.

use crate::testing::Random;

const SPECIAL: [f64; 14] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    9_007_199_254_740_992.0,
    9_007_199_254_740_993.0,
];

/// Any pattern of bits, special values, powers of two, and multiples of the quantum 2^exponent as
/// large as limbs become.
pub fn any(random: &mut Random, exponent: i32) -> f64 {
    let sign = random.pick(&[1.0, -1.0]);
    let quantum = 2f64.powi(exponent);
    match random.below(9) {
        0 => f64::from_bits(random.bits()),
        1 => random.pick(&SPECIAL),
        2 => sign * 2f64.powi(random.below(2_100) - 1_074),
        3 => sign * f64::from_bits(random.bits() >> 12),
        4 => sign * f64::from(random.below(100)) * quantum,
        5 => sign * f64::from(random.below(100)) * quantum / 2.0,
        6 => sign * (random.bits() >> 11) as f64 * quantum,
        7 => sign * (random.bits() >> 37) as f64 * quantum,
        _ => sign * (random.bits() >> random.below(64)) as f64 * quantum,
    }
}

/// Mostly few multiples of the quantum, so that many states made of them are sound; now and then
/// far more, or anything.
pub fn likely(random: &mut Random, exponent: i32) -> f64 {
    let quantum = 2f64.powi(exponent);
    match random.below(100) {
        0 => any(random, exponent),
        1 => (random.bits() >> 11) as f64 * quantum,
        _ => f64::from(random.below(5) - 1).abs() * quantum,
    }
}

/// The exponent of the quantum at a place of a sums's numbers: two counts, then limb by limb.
pub fn exponent(place: usize) -> i32 {
    const OF_LIMBS: [i32; 4] = [-30, -57, 24, -3];
    if place < 2 { 0 } else { OF_LIMBS.get(place % 4).copied().unwrap_or_default() }
}
