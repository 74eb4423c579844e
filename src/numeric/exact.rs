//! Sums that no order of the terms can change.
//!
//! Adding 1.5·2^(52 + e) to a number and taking it away again leaves the number rounded to a
//! multiple of 2^e. Each term is cut that way into four limbs of 27 bits, and each limb adds up
//! whole multiples of its own quantum, which is exact: any order of rows, any tree of partial sums
//! and any plan give the same bits. The method is that of J. Demmel and H. D. Nguyen, "Fast
//! Reproducible Floating-Point Summation", ARITH 21 (2013), with fixed bins.
//!
//! Terms may be as large as 2^75 (3.7e22) and sums 2^77 (1.5e23); what is below 2^−58 (3.5e−18) of
//! a term is rounded off. A sum that grows beyond that has an infinite first limb from then on, and
//! no value.

/// The exponents of the limbs' quanta: 2^24, 2^−3, 2^−30, 2^−57.
const EXPONENTS: [i32; LIMBS] = [24, -3, -30, -57];
pub const LIMBS: usize = 4;
/// The largest term.
pub const MAX_TERM: f64 = power_of_two(75);
/// What every sum is below: 2^53 quanta of its first limb.
pub const MAX_SUM: f64 = power_of_two(77);
/// After so many additions the limbs must be carried, for a lower one may hold as many halves of
/// the next quantum.
pub const MAX_ADDITIONS: u64 = 1 << 26;

const fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

const fn bin(exponent: i32) -> f64 {
    1.5 * power_of_two(52 + exponent)
}

const BINS: [f64; LIMBS] = {
    let [first, second, third, fourth] = EXPONENTS;
    [bin(first), bin(second), bin(third), bin(fourth)]
};

/// The most that a lower limb reaches: what a carry leaves, and a half of the next quantum for each
/// addition since.
const LOWER: f64 = power_of_two(52) + power_of_two(27);

/// Whether additions and carries make such limbs: whole multiples of their quanta, and no more of
/// these than they reach. The first limb may be infinite.
pub fn is_sum(sum: &[f64; LIMBS]) -> bool {
    sum.iter().zip(EXPONENTS).enumerate().all(|(i, (limb, exponent))| {
        let quanta = limb * power_of_two(-exponent);
        let reached = if i == 0 { limb.abs() < MAX_SUM } else { quanta.abs() <= LOWER };
        let overflowed = i == 0 && *limb == f64::INFINITY;
        overflowed || reached && quanta.floor() * power_of_two(exponent) == *limb
    })
}

/// Marks a sum that is too large for its limbs, which it then stays: as infinite.
#[inline(always)]
pub fn limit(sum: &mut [f64; LIMBS]) {
    let [first, ..] = sum;
    *first = if first.abs() < MAX_SUM { *first } else { f64::INFINITY };
}

/// Adds one term, |term| < [`MAX_TERM`]. CurvePoint most [`MAX_ADDITIONS`] between two carries.
#[inline(always)]
pub fn add(sum: &mut [f64; LIMBS], term: f64) {
    let mut rest = term;
    for (limb, bin) in sum.iter_mut().zip(BINS) {
        let part = (rest + bin) - bin;
        *limb += part;
        rest -= part;
    }
}

/// Adds several terms, each of which counts as an addition; all of them together within
/// [`MAX_TERM`].
#[inline(always)]
pub fn add_all<const N: usize>(sum: &mut [f64; LIMBS], terms: &[f64; N]) {
    let mut rest = *terms;
    for (limb, bin) in sum.iter_mut().zip(BINS) {
        let mut parts = [0.0; N];
        for (rest, part) in rest.iter_mut().zip(&mut parts) {
            *part = (*rest + bin) - bin;
            *rest -= *part;
        }
        // Whole multiples of one quantum: no order rounds.
        *limb += pairwise(&mut parts);
    }
}

/// The sum of the terms, by halves: no long chain of additions.
#[inline(always)]
fn pairwise(mut terms: &mut [f64]) -> f64 {
    while terms.len() > 1 {
        let (lower, upper) = terms.split_at_mut(terms.len().div_ceil(2));
        for (term, other) in lower.iter_mut().zip(upper) {
            *term += *other;
        }
        terms = lower;
    }
    terms.first().copied().unwrap_or_default()
}

/// Two sums, limb by limb.
pub type Two = [[f64; 2]; LIMBS];

/// Adds a term to each of two sums, side by side.
#[inline(always)]
pub fn add_two(sums: &mut Two, terms: [f64; 2]) {
    let mut rest = terms;
    for (limbs, bin) in sums.iter_mut().zip(BINS) {
        let part = [(rest[0] + bin) - bin, (rest[1] + bin) - bin];
        *limbs = [limbs[0] + part[0], limbs[1] + part[1]];
        rest = [rest[0] - part[0], rest[1] - part[1]];
    }
}

/// [`limit`] of each.
#[inline(always)]
pub fn limit_two(sums: &mut Two) {
    let [first, ..] = sums;
    *first = first.map(|limb| if limb.abs() < MAX_SUM { limb } else { f64::INFINITY });
}

/// Two sums, each by itself.
pub fn apart(sums: &Two) -> [[f64; LIMBS]; 2] {
    [sums.map(|[first, _]| first), sums.map(|[_, second]| second)]
}

/// Changes each of two sums, given which of the two it is.
pub fn change_two(sums: &mut Two, change: impl Fn(&mut [f64; LIMBS], usize)) {
    let [mut first, mut second] = apart(sums);
    change(&mut first, 0);
    change(&mut second, 1);
    for (limbs, changed) in sums.iter_mut().zip(first.into_iter().zip(second)) {
        *limbs = changed.into();
    }
}

/// Adds another sum; both are left carried.
pub fn merge(sum: &mut [f64; LIMBS], mut other: [f64; LIMBS]) {
    carry(sum);
    carry(&mut other);
    for (limb, part) in sum.iter_mut().zip(other) {
        *limb += part;
    }
    limit(sum);
    carry(sum);
    limit(sum);
}

/// Brings a sum into the one form that all sums of its value share: every limb but the first in [0,
/// 2^27) quanta.
pub fn carry(sum: &mut [f64; LIMBS]) {
    let [first, second, third, fourth] = sum;
    let [to_first, to_second, to_third, _] = EXPONENTS;
    carry_limb(third, fourth, to_third);
    carry_limb(second, third, to_second);
    carry_limb(first, second, to_first);
    // −0 is another pattern of bits for the same number.
    *first += 0.0;
}

fn carry_limb(upper: &mut f64, lower: &mut f64, exponent: i32) {
    let whole = (*lower * power_of_two(-exponent)).floor() * power_of_two(exponent);
    *upper += whole;
    *lower = (*lower - whole) + 0.0;
}

/// The value of a sum, rounded from its limbs in one fixed order; of a negative sum from those of
/// its opposite, for carried limbs of both signs would cancel. `None` if it grew too large.
pub fn value(mut sum: [f64; LIMBS]) -> Option<f64> {
    carry(&mut sum);
    let is_negative = sum.first().is_some_and(|first| *first < 0.0);
    if is_negative {
        sum = sum.map(|limb| -limb);
        carry(&mut sum);
    }
    let [first, second, third, fourth] = sum;
    let value = first + (second + (third + fourth));
    (first.abs() < MAX_SUM).then_some(if is_negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, Twice, floats, rounds};

    fn value(sum: [f64; LIMBS]) -> f64 {
        super::value(sum).unwrap()
    }

    fn terms(count: usize) -> Vec<f64> {
        let mut random = Random::new(5);
        (0..count).map(|_| random.between(-1.0, 1.0) * 10f64.powi(random.below(22) - 6)).collect()
    }

    fn sum(terms: &[f64]) -> [f64; LIMBS] {
        let mut limbs = [0.0; LIMBS];
        terms.iter().for_each(|&term| add(&mut limbs, term));
        limbs
    }

    #[test]
    fn opposite_terms_have_the_opposite_value() {
        let terms = terms(2_000);
        for terms in terms.chunks(3) {
            let opposite: Vec<f64> = terms.iter().map(|term| -term).collect();
            assert_eq!(value(sum(&opposite)), -value(sum(terms)), "{terms:?}");
        }
        assert_eq!(value(sum(&[-0.010072623022])), -value(sum(&[0.010072623022])));
        assert!((value(sum(&[-0.010072623022])) + 0.010072623022).abs() < 1e-17);
    }

    #[test]
    fn order_and_grouping_do_not_change_a_bit() {
        let mut terms = terms(2_000);
        let expected = value(sum(&terms)).to_bits();
        let mut random = Random::new(11);
        for _ in 0..1_000 {
            for i in (1..terms.len()).rev() {
                terms.swap(i, random.below(i as i32 + 1) as usize);
            }
            let cut = random.below(terms.len() as i32) as usize;
            let (left, right) = terms.split_at(cut);
            let mut merged = sum(left);
            merge(&mut merged, sum(right));
            assert_eq!(value(merged).to_bits(), expected);
            assert_eq!(value(sum(&terms)).to_bits(), expected);
        }
    }

    #[test]
    fn sums_are_right_to_the_last_place() {
        let terms = terms(10_000);
        let exact = terms.iter().fold(Twice::from(0.0), |total, &term| total + Twice::from(term));
        let error = (value(sum(&terms)) - exact.hi - exact.lo).abs();
        assert!(error <= f64::EPSILON * exact.hi.abs(), "{error}");
    }

    #[test]
    fn what_is_added_and_taken_away_leaves_nothing() {
        let terms = terms(1_000);
        let mut limbs = sum(&terms);
        terms.iter().rev().for_each(|&term| add(&mut limbs, -term));
        assert_eq!(value(limbs).to_bits(), 0.0f64.to_bits());
        let mut lost_by_plain_sums = [0.0; LIMBS];
        [1e20, 1.0, -1e20].iter().for_each(|&term| add(&mut lost_by_plain_sums, term));
        assert_eq!(value(lost_by_plain_sums), 1.0);
    }

    /// Whatever the limbs, a value is finite or none, and limbs that are a sum stay one, in one
    /// form that has the same value.
    #[test]
    fn made_up_limbs_have_a_value_or_none() {
        let mut random = Random::new(13);
        let mut sums = 0;
        for _ in 0..rounds(300_000) {
            let mut limbs = EXPONENTS.map(|exponent| floats::any(&mut random, exponent));
            let value = super::value(limbs);
            if !is_sum(&limbs) {
                continue;
            }
            sums += 1;
            assert!(value.is_none_or(f64::is_finite), "{limbs:?}");
            carry(&mut limbs);
            limit(&mut limbs);
            assert!(is_sum(&limbs), "{limbs:?}");
            assert_eq!(super::value(limbs).map(f64::to_bits), value.map(f64::to_bits), "{limbs:?}");
            let once = limbs;
            carry(&mut limbs);
            assert_eq!(limbs.map(f64::to_bits), once.map(f64::to_bits));
        }
        assert!(sums > 1_000, "{sums}");
    }

    #[test]
    fn limbs_off_their_quanta_are_no_sum() {
        let good = sum(&terms(50));
        assert!(is_sum(&good));
        for (i, exponent) in EXPONENTS.into_iter().enumerate() {
            let quantum = power_of_two(exponent);
            for (limb, sound) in [
                (quantum, true),
                (-3.0 * quantum, true),
                (quantum / 2.0, false),
                (f64::MIN_POSITIVE, false),
                (5e-324, false),
                (f64::NAN, false),
                (f64::NEG_INFINITY, false),
                (power_of_two(54) * quantum, false),
            ] {
                let mut limbs = good;
                limbs[i] = limb;
                assert_eq!(is_sum(&limbs), sound, "{i} {limb}");
            }
        }
        // Half a quantum of the first limb, and −1 of its quanta: what `value` once turned over for
        // ever.
        assert!(
            !is_sum(&[-8_388_608.0, 12_582_912.0, 0.0, 0.5])
                && super::value([-8_388_608.0, 12_582_912.0, 0.0, 0.0]).is_some()
        );
    }

    #[test]
    fn sums_too_large_say_so_and_stay_so() {
        let term = 0.999 * MAX_TERM;
        let mut limbs = [0.0; LIMBS];
        for n in 1..=6 {
            add(&mut limbs, term);
            limit(&mut limbs);
            assert_eq!(super::value(limbs).is_some(), n <= 4, "{n}");
        }
        (0..6).for_each(|_| add(&mut limbs, -term));
        assert_eq!(super::value(limbs), None);
        assert!(is_sum(&limbs));
    }

    #[test]
    fn limbs_hold_as_many_additions_as_promised() {
        let term = 0.49999 * power_of_two(24) + 0.123_456_789;
        let mut limbs = [
            power_of_two(24),
            power_of_two(24) - power_of_two(-3),
            power_of_two(-3) - power_of_two(-30),
            0.0,
        ];
        let before = value(limbs);
        let additions = MAX_ADDITIONS;
        (0..additions).for_each(|_| add(&mut limbs, term));
        assert!(is_sum(&limbs), "{limbs:?}");
        (0..additions).for_each(|_| add(&mut limbs, -term));
        assert_eq!(value(limbs), before);
        let mut limbs = [0.0; LIMBS];
        (0..additions).for_each(|_| add(&mut limbs, term));
        let exact = Twice::from(term) * Twice::from(additions as f64);
        assert_eq!(value(limbs), exact.hi);
    }
}
