//! Counts and exact sums of rows: what an aggregate keeps, in floats alone.
//!
//! PostgreSQL holds it as `float8[]`, combines, stores and sends it; any order of rows and any plan
//! give the same bits.

use super::layout::Layout;
use crate::basics::error::{Error, Result};
use crate::numeric::exact::{self, LIMBS};

#[inline(always)]
fn measurable<const N: usize>(terms: &[f64; N]) -> bool {
    terms.iter().all(|term| term.abs() < exact::MAX_TERM)
}

/// N sums of what was measured, and how many rows were and were not.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C)]
pub struct ExactSums<const N: usize> {
    measured: f64,
    skipped: f64,
    sums: [[f64; LIMBS]; N],
}

impl<const N: usize> Default for ExactSums<N> {
    fn default() -> ExactSums<N> {
        ExactSums { measured: 0.0, skipped: 0.0, sums: [[0.0; LIMBS]; N] }
    }
}

impl<const N: usize> ExactSums<N> {
    /// Adds the terms of one row; without any, or beyond what sums can hold, it is counted as
    /// skipped, so that one bad row spoils no report.
    #[inline(always)]
    pub fn add(&mut self, terms: Option<[f64; N]>) {
        let Some(terms) = terms.filter(measurable) else {
            self.skipped += 1.0;
            return;
        };
        self.measured += 1.0;
        for (sum, term) in self.sums.iter_mut().zip(terms) {
            exact::add(sum, term);
        }
        if (self.measured as u64).is_multiple_of(exact::MAX_ADDITIONS) {
            self.sums.iter_mut().for_each(exact::carry);
        }
        self.sums.iter_mut().for_each(exact::limit);
    }

    /// Adds the terms of several rows, so many of which are measured and the others nothing.
    #[inline(always)]
    pub fn add_all<const L: usize>(&mut self, terms: &[[f64; L]; N], measured: f64) {
        for (sum, terms) in self.sums.iter_mut().zip(terms) {
            exact::add_all(sum, terms);
        }
        self.measured += measured;
        if self.measured.max(0.0) as u64 % exact::MAX_ADDITIONS < measured as u64 {
            self.sums.iter_mut().for_each(exact::carry);
        }
        self.sums.iter_mut().for_each(exact::limit);
    }

    /// Takes back what [`add`](ExactSums::add) added: sums are exact, so that nothing of it stays.
    pub fn remove(&mut self, terms: Option<[f64; N]>) {
        let Some(terms) = terms.filter(measurable) else {
            self.skipped -= 1.0;
            return;
        };
        self.measured -= 1.0;
        for (sum, term) in self.sums.iter_mut().zip(terms) {
            exact::add(sum, -term);
            // As many rows may come and go as there are in a window that moves for ever.
            exact::carry(sum);
            exact::limit(sum);
        }
    }

    pub fn merge(&mut self, other: &ExactSums<N>) {
        self.measured += other.measured;
        self.skipped += other.skipped;
        for (sum, part) in self.sums.iter_mut().zip(other.sums) {
            exact::merge(sum, part);
        }
    }

    /// Takes back what [`merge`](ExactSums::merge) added.
    pub fn unmerge(&mut self, other: &ExactSums<N>) {
        let sums = other.sums.map(|sum| sum.map(|limb| -limb));
        self.merge(&ExactSums { measured: -other.measured, skipped: -other.skipped, sums });
    }

    /// States travel as plain arrays, so one may have been made by hand.
    pub fn check(&self) -> Result<()> {
        check_counts(&[self.measured, self.skipped])?;
        check_sums(self.sums.iter(), self.measured)
    }

    /// The numbers of the one form that all tallies of the same rows share.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        let mut sums = self.sums;
        sums.iter_mut().for_each(exact::carry);
        // −0 is another pattern of bits for the same number.
        [self.measured + 0.0, self.skipped + 0.0].into_iter().chain(sums.into_iter().flatten())
    }

    /// A sums of such numbers; `None` if they are too few or too many.
    pub fn of_numbers(numbers: impl IntoIterator<Item = f64>) -> Option<ExactSums<N>> {
        let mut tally = ExactSums::default();
        let mut numbers = numbers.into_iter();
        for slot in [&mut tally.measured, &mut tally.skipped]
            .into_iter()
            .chain(tally.sums.as_flattened_mut())
        {
            *slot = numbers.next()?;
        }
        numbers.next().is_none().then_some(tally)
    }

    pub fn measured(&self) -> i64 {
        self.measured as i64
    }

    pub fn skipped(&self) -> i64 {
        self.skipped as i64
    }

    /// One of the sums.
    ///
    /// # Errors
    /// [`Error::SumTooLarge`] beyond what sums hold; [`Error::State`] of a sum that the layout does
    /// not have.
    pub fn sum(&self, which: usize, layout: &Layout<N>) -> Result<f64> {
        let sum = self.sums.get(which).ok_or_else(unreachable_state)?;
        exact::value(*sum).ok_or_else(|| layout.too_large(which))
    }

    /// All sums, in the order of the layout.
    ///
    /// # Errors
    /// As of [`sum`](ExactSums::sum).
    pub fn sums(&self, layout: &Layout<N>) -> Result<[f64; N]> {
        let mut values = [0.0; N];
        for (which, value) in values.iter_mut().enumerate() {
            *value = self.sum(which, layout)?;
        }
        Ok(values)
    }
}

/// Rows are counted in whole numbers that floats hold.
pub fn check_counts(counts: &[f64]) -> Result<()> {
    if counts.iter().all(|count| (0.0..9e15).contains(count) && count.floor() == *count) {
        Ok(())
    } else {
        Err(unreachable_state())
    }
}

/// Sums of so many rows: what additions and carries make, and nothing of no rows.
pub fn check_sums<'a>(
    mut sums: impl Iterator<Item = &'a [f64; LIMBS]>,
    measured: f64,
) -> Result<()> {
    let sound = |sum: &[f64; LIMBS]| {
        exact::is_sum(sum)
            && (measured > 0.0 || exact::value(*sum).is_none_or(|value| value == 0.0))
    };
    if sums.all(sound) { Ok(()) } else { Err(unreachable_state()) }
}

pub fn unreachable_state() -> Error {
    Error::state("a count or sum is not one that an aggregate can reach")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portfolio::layout::SumName;
    use crate::testing::{Random, floats, rounds};

    const SUMS: Layout<3> = Layout {
        name: "sums",
        version: 1,
        sums: [
            SumName { name: "one", what: "one" },
            SumName { name: "two", what: "two" },
            SumName { name: "three", what: "three" },
        ],
    };

    /// Terms of very different sizes, and rows without any.
    fn rows(random: &mut Random, count: usize) -> Vec<Option<[f64; 3]>> {
        let mut term = |_| random.between(-1.0, 1.0) * 10f64.powi(random.below(28) - 6);
        (0..count).map(|i| (i % 7 > 0).then(|| [(); 3].map(&mut term))).collect()
    }

    fn tally(rows: &[Option<[f64; 3]>]) -> ExactSums<3> {
        let mut tally = ExactSums::default();
        rows.iter().for_each(|row| tally.add(*row));
        tally
    }

    fn bits(tally: &ExactSums<3>) -> Vec<u64> {
        tally.numbers().map(f64::to_bits).collect()
    }

    /// Any tree of parts, in any order, is the whole; nothing added is nothing changed; numbers are
    /// the sums.
    #[test]
    fn parts_make_the_whole() {
        let mut random = Random::new(61);
        for round in 0..2_000 {
            let mut rows = rows(&mut random, 60);
            let whole = bits(&tally(&rows));
            for i in (1..rows.len()).rev() {
                rows.swap(i, random.below(i as i32 + 1) as usize);
            }
            let (left, right) = rows.split_at(round % 61);
            let (left, right) = (tally(left), tally(right));
            let (mut one, mut other) = (left, right);
            one.merge(&right);
            other.merge(&left);
            assert_eq!(bits(&one), whole);
            assert_eq!(bits(&other), whole);
            one.merge(&ExactSums::default());
            assert_eq!(bits(&one), whole);
            one.unmerge(&right);
            assert_eq!(bits(&one), bits(&left));
            assert_eq!(bits(&ExactSums::of_numbers(other.numbers()).unwrap()), whole);
            assert!(other.check().is_ok());
        }
    }

    /// The limbs are carried each time that as many rows are measured as they have room for,
    /// whether these come one by one or many at a time.
    #[test]
    fn limbs_are_carried_before_they_are_full() {
        let full = [1.0, 0.75, 0.5, 0.25].map(|part| part * exact::MAX_SUM / 4.0);
        let is_carried = |tally: &ExactSums<3>| {
            tally.sums.iter().all(|sum| {
                let mut carried = *sum;
                exact::carry(&mut carried);
                carried.map(f64::to_bits) == sum.map(f64::to_bits)
            })
        };
        let of = |measured: u64| ExactSums::<3> {
            measured: measured as f64,
            skipped: 0.0,
            sums: [full; 3],
        };
        for (before, expected) in [
            (exact::MAX_ADDITIONS - 1, true),
            (exact::MAX_ADDITIONS - 2, false),
            (2 * exact::MAX_ADDITIONS - 1, true),
        ] {
            let mut tally = of(before);
            tally.add(Some([0.0; 3]));
            assert_eq!(is_carried(&tally), expected, "{before}");
        }
        for (before, expected) in [
            (exact::MAX_ADDITIONS - 4, true),
            (exact::MAX_ADDITIONS - 1, true),
            (exact::MAX_ADDITIONS - 5, false),
        ] {
            let mut tally = of(before);
            tally.add_all(&[[0.0; 4]; 3], 4.0);
            assert_eq!(is_carried(&tally), expected, "{before}");
        }
    }

    /// Windows that move, over the manual's own example of what floats lose, are what they hold.
    #[test]
    fn windows_leave_nothing_behind() {
        let mut random = Random::new(67);
        let mut rows = rows(&mut random, 4_000);
        rows.extend([
            Some([1e20, -1e20, 3e22]),
            Some([1.0, 1.0, 1.0]),
            None,
            Some([f64::NAN, 0.0, 0.0]),
            Some([2f64.powi(75), 0.0, 0.0]),
        ]);
        rows.extend_from_within(100..300);
        for width in [1, 2, 250] {
            let mut moving = ExactSums::default();
            for (i, row) in rows.iter().enumerate() {
                moving.add(*row);
                if let Some(gone) = i.checked_sub(width) {
                    moving.remove(rows[gone]);
                }
                let window = &rows[(i + 1).saturating_sub(width)..=i];
                assert_eq!(bits(&moving), bits(&tally(window)), "{width} rows up to {i}");
            }
        }
    }

    #[test]
    fn states_that_no_rows_make() {
        assert!(
            ExactSums::<1>::of_numbers([0.0; 5]).is_none()
                && ExactSums::<1>::of_numbers([0.0; 7]).is_none()
        );
        for numbers in [
            [0.5, 0.0, 0.0, 0.0, 0.0, 0.0],
            [-1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, f64::NAN, 0.0, 0.0, 0.0, 0.0],
            [1.0, 0.0, 0.0, 0.0, f64::NAN, 0.0],
            [1.0, 0.0, 1e30, 0.0, 0.0, 0.0],
            [1.0, 0.0, -8_388_608.0, 12_582_912.0, 0.0, 0.0],
            [1.0, 0.0, 0.0, 0.0, 0.0, 5e-324],
            [0.0, 1.0, 0.0, 0.125, 0.0, 0.0],
            [f64::INFINITY, 0.0, 0.0, 0.0, 0.0, 0.0],
            [9e15, 0.0, 0.0, 0.0, 0.0, 0.0],
        ] {
            assert!(ExactSums::<1>::of_numbers(numbers).unwrap().check().is_err(), "{numbers:?}");
        }
    }

    /// Floats of all kinds in every place: refused, or a sums that adds up, travels and merges
    /// like any other.
    #[test]
    fn made_up_tallies_are_refused_or_sound() {
        let mut random = Random::new(79);
        let (mut sound, mut too_large) = (0, 0);
        for _ in 0..rounds(200_000) {
            let numbers = (0..14).map(|place| floats::likely(&mut random, floats::exponent(place)));
            let made_up = ExactSums::<3>::of_numbers(numbers.collect::<Vec<_>>()).unwrap();
            // Rows come and go whatever was there before.
            let mut changed = made_up;
            changed.add(Some([1.0, -2.5, 1e20]));
            changed.remove(Some([1.0, -2.5, 1e20]));
            let _ = (changed.check(), changed.sums(&SUMS));
            if made_up.check().is_err() {
                continue;
            }
            match made_up.sums(&SUMS) {
                Ok(sums) => assert!(sums.iter().all(|sum| sum.is_finite()), "{made_up:?}"),
                Err(error) => {
                    assert!(matches!(error, Error::SumTooLarge { .. }), "{error:?}");
                    too_large += 1;
                    continue;
                }
            }
            sound += 1;
            assert_eq!(bits(&ExactSums::of_numbers(made_up.numbers()).unwrap()), bits(&made_up));
            let mut doubled = made_up;
            doubled.merge(&made_up);
            doubled.unmerge(&made_up);
            assert!(
                bits(&doubled) == bits(&made_up)
                    || doubled.sums(&SUMS).is_err()
                    || doubled.check().is_err(),
                "{made_up:?}"
            );
        }
        assert!(sound > 100 && too_large > 10, "{sound} {too_large}");
    }

    #[test]
    fn sums_too_large_are_named() {
        let mut tally = ExactSums::<3>::default();
        (0..1_000).for_each(|_| tally.add(Some([1.0, 1e22, -2.0])));
        assert_eq!(tally.check(), Ok(()));
        assert_eq!(tally.sum(0, &SUMS), Ok(1_000.0));
        assert_eq!(tally.sum(1, &SUMS), Err(Error::SumTooLarge { what: "two" }));
        assert_eq!(tally.sums(&SUMS), Err(Error::SumTooLarge { what: "two" }));
        (0..1_000).for_each(|_| tally.remove(Some([1.0, 1e22, -2.0])));
        assert_eq!((tally.sum(0, &SUMS), tally.sum(1, &SUMS).is_err()), (Ok(0.0), true));
    }
}
