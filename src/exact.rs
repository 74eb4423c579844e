//! Sums that no order of the terms can change.
//!
//! Adding 1.5·2^(52 + e) to a number and taking it away again leaves the number rounded to a multiple of 2^e. Each term
//! is cut that way into four limbs of 27 bits, and each limb adds up whole multiples of its own quantum, which is
//! exact: any order of rows, any tree of partial sums and any plan give the same bits. The method is that of
//! J. Demmel and H. D. Nguyen, "Fast Reproducible Floating-Point Summation", ARITH 21 (2013), with fixed bins.
//!
//! Terms may be as large as 2^75 (3.7e22) and sums 2^77; what is below 2^−58 (3.5e−18) of a term is rounded off.

/// The exponents of the limbs' quanta: 2^24, 2^−3, 2^−30, 2^−57.
const EXPONENTS: [i32; LIMBS] = [24, -3, -30, -57];
pub const LIMBS: usize = 4;
/// The largest term.
pub const MAX_TERM: f64 = power_of_two(75);
/// The largest sum: 2^53 quanta of its first limb.
pub const MAX_SUM: f64 = power_of_two(77);
/// After so many additions the limbs must be carried, for a lower one may hold as many halves of the next quantum.
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

/// Adds one term, |term| < [`MAX_TERM`]. At most [`MAX_ADDITIONS`] between two carries.
#[inline(always)]
pub fn add(sum: &mut [f64; LIMBS], term: f64) {
    let mut rest = term;
    for (limb, bin) in sum.iter_mut().zip(BINS) {
        let part = (rest + bin) - bin;
        *limb += part;
        rest -= part;
    }
}

/// Adds several terms, each of which counts as an addition; all of them together within [`MAX_TERM`].
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
    carry(sum);
}

/// Brings a sum into the one form that all sums of its value share: every limb but the first in [0, 2^27) quanta.
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

/// The value of a sum, rounded from its limbs in one fixed order; of a negative sum from those of its opposite, for carried
/// limbs of both signs would cancel.
pub fn value(mut sum: [f64; LIMBS]) -> f64 {
    carry(&mut sum);
    if sum.first().is_some_and(|first| *first < 0.0) {
        return -value(sum.map(|limb| -limb));
    }
    let [first, second, third, fourth] = sum;
    first + (second + (third + fourth))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, Twice};

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

    #[test]
    fn limbs_hold_as_many_additions_as_promised() {
        let term = 0.49999 * power_of_two(24) + 0.123_456_789;
        let mut limbs = [0.0; LIMBS];
        let additions = MAX_ADDITIONS;
        (0..additions).for_each(|_| add(&mut limbs, term));
        let exact = Twice::from(term) * Twice::from(additions as f64);
        assert_eq!(value(limbs), exact.hi);
    }
}
