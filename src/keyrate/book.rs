//! The state of the curve aggregates: floats alone, whose number the first row fixes by its key rates.
//!
//! Counts of bonds measured and skipped, and of key rates; their years; then exact sums, two by two and limb by limb: market
//! value and value on the curve without spread; market value times spread, and market value of what has a quote; market value times the duration to each
//! key rate.

use super::{Level, MAX_KEYS, Profile, check_keys};
use crate::error::{Error, Result};
use crate::exact::{self, LIMBS, Two};
use crate::tally::{check_counts, check_sums, unreachable_state};

const COUNTS: usize = 3;
/// Sums beside those of the key rates.
const SUMS: usize = 4;
const WHAT: [&str; SUMS] = ["market values", "values on the curve", "market values times z-spreads", "market values of quoted bonds"];

/// A book's state, wherever its floats are kept.
pub struct Book<'a> {
    counts: &'a mut [f64],
    keys: &'a mut [f64],
    sums: &'a mut [Two],
}

/// The figures of a book on a curve; what is an average is weighted by market value.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub market_value: f64,
    pub npv: f64,
    /// Of the bonds that have a quote; None where their net market value is 0.
    pub z_spread: Option<f64>,
    pub cs01: f64,
    pub key_rates: Vec<KeyRate>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeyRate {
    pub years: f64,
    pub duration: Option<f64>,
    pub dv01: f64,
}

/// An empty state for these key rates.
pub fn empty(keys: &[f64]) -> Vec<f64> {
    let mut state = vec![0.0, 0.0, keys.len() as f64];
    state.extend_from_slice(keys);
    state.resize(size(keys.len()), 0.0);
    state
}

/// How many floats there are for so many key rates.
fn size(keys: usize) -> usize {
    COUNTS + keys + (SUMS + keys).next_multiple_of(2) * LIMBS
}

impl<'a> Book<'a> {
    /// States travel as plain arrays, so one may have been made by hand.
    #[inline(always)]
    pub fn of(state: &'a mut [f64]) -> Result<Book<'a>> {
        let malformed = || Error::State { why: "it is no state of the curve aggregates".to_owned() };
        let keys = state.get(COUNTS - 1).map_or(0, |keys| *keys as usize);
        if !(1..=MAX_KEYS).contains(&keys) || state.len() != size(keys) {
            return Err(malformed());
        }
        let (counts, rest) = state.split_at_mut(COUNTS);
        let (keys, sums) = rest.split_at_mut(keys);
        Ok(Book { counts, keys, sums: sums.as_chunks_mut().0.as_chunks_mut().0 })
    }

    /// The same, of floats that no aggregate of ours may have made.
    pub fn checked(state: &'a mut [f64]) -> Result<Book<'a>> {
        let book = Book::of(state)?;
        check_keys(book.keys).map_err(|_| unreachable_state())?;
        check_counts(book.counts)?;
        let sums: Vec<_> = book.sums.iter().flat_map(exact::apart).collect();
        check_sums(sums.iter(), book.counts.first().copied().unwrap_or_default())?;
        Ok(book)
    }

    pub fn keys(&self) -> &[f64] {
        self.keys
    }

    pub fn has_keys(&self, keys: &[f64]) -> bool {
        self.keys == keys
    }

    /// A bond that has no figures: once more, or with −1 once less.
    pub fn skip(&mut self, times: f64) {
        self.count(1, times);
    }

    /// A bond held so many times 100 face: once more, or with −1 taken back, which leaves nothing of it; what is beyond the sums
    /// is counted as skipped.
    pub fn put(&mut self, profile: &Profile, holding: f64, is_quoted: bool, times: f64) {
        let Level { dirty_price, curve_price, spread } = *profile.level;
        let value = dirty_price * holding * times;
        let npv = curve_price * holding * times;
        let lengths = profile.durations.iter().fold(0.0, |sum, duration| sum + duration.abs());
        let most = value.abs() * (1.0 + spread.abs() + lengths) + npv.abs();
        if most.is_nan() || most >= exact::MAX_TERM {
            return self.skip(times);
        }
        let [figures, spreads, key_rates @ ..] = &mut *self.sums else { return };
        exact::add_two(figures, [value, npv]);
        exact::add_two(spreads, [value * spread, if is_quoted { value } else { 0.0 }]);
        for (sums, durations) in key_rates.iter_mut().zip(profile.durations.chunks(2)) {
            let [first, second] = [durations.first(), durations.get(1)].map(|duration| duration.map_or(0.0, |duration| value * duration));
            exact::add_two(sums, [first, second]);
        }
        // As many rows may come and go as there are in a window that moves for ever.
        if (self.count(0, times) as u64).is_multiple_of(exact::MAX_ADDITIONS) || times < 0.0 {
            self.sums.iter_mut().for_each(|sums| exact::change_two(sums, |sum, _| exact::carry(sum)));
        }
        self.sums.iter_mut().for_each(exact::limit_two);
    }

    pub fn merge(&mut self, other: &Book) -> Result<()> {
        if !self.has_keys(other.keys) {
            return Err(Error::State { why: "it is for other key rates".to_owned() });
        }
        self.counts.iter_mut().zip(other.counts.iter()).take(2).for_each(|(count, more)| *count += more);
        for (sums, others) in self.sums.iter_mut().zip(other.sums.iter()) {
            let [first, second] = exact::apart(others);
            exact::change_two(sums, |sum, which| exact::merge(sum, if which == 0 { first } else { second }));
        }
        Ok(())
    }

    /// Bonds measured and skipped.
    pub fn counts(&self) -> (i64, i64) {
        let count = |i: usize| self.counts.get(i).map_or(0, |count| *count as i64);
        (count(0), count(1))
    }

    /// None where nothing was measured.
    pub fn figures(&self) -> Result<Option<Figures>> {
        if self.counts().0 == 0 {
            return Ok(None);
        }
        let names = WHAT.into_iter().chain(std::iter::repeat("market values times key-rate durations"));
        let sums = self.sums.iter().flat_map(exact::apart).zip(names);
        let sums: Vec<f64> = sums.map(|(sum, what)| exact::value(sum).ok_or(Error::SumTooLarge { what })).collect::<Result<_>>()?;
        let Some((&[market_value, npv, spreads, quoted], sums)) = sums.split_first_chunk() else { return Ok(None) };
        let average = |sum: f64| (market_value != 0.0).then(|| sum / market_value);
        let key_rates: Vec<KeyRate> =
            self.keys.iter().zip(sums).map(|(&years, &sum)| KeyRate { years, duration: average(sum), dv01: sum / 10_000.0 }).collect();
        let cs01 = key_rates.iter().map(|key| key.dv01).sum();
        Ok(Some(Figures { market_value, npv, z_spread: (quoted != 0.0).then(|| spreads / quoted), cs01, key_rates }))
    }

    fn count(&mut self, which: usize, more: f64) -> f64 {
        self.counts.get_mut(which).map_or(0.0, |count| {
            *count += more;
            *count
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, floats, rounds};

    /// A state of rows with some floats replaced, or one made up altogether: refused, or figures that are finite or too large.
    #[test]
    fn made_up_books_are_refused_or_sound() {
        let mut random = Random::new(103);
        let (mut sound, mut refused) = (0, 0);
        let level = Level { dirty_price: 99.0, curve_price: 101.5, spread: 0.012 };
        for _ in 0..rounds(40_000) {
            let keys: &[f64] = random.pick(&[&[1.0, 2.0, 5.0][..], &[2.0, 10.0], &[7.0]]);
            let profile = Profile { level: &level, durations: &[0.5, 2.5, 1.0][..keys.len()] };
            let mut state = empty(keys);
            (0..random.below(4)).for_each(|i| Book::of(&mut state).unwrap().put(&profile, f64::from(i) * 1e6, i > 0, 1.0));
            for _ in 0..random.below(4) {
                let place = random.below(state.len() as i32) as usize;
                let exponent = random.pick(&[24, -3, -30, -57]);
                state[place] =
                    if random.below(2) == 0 { floats::any(&mut random, exponent) } else { floats::likely(&mut random, exponent) };
            }
            if random.below(8) == 0 {
                state.truncate(random.below(state.len() as i32) as usize);
            }
            let mut changed = state.clone();
            if let Ok(mut book) = Book::of(&mut changed) {
                book.put(&profile, 1e6, true, 1.0);
                book.put(&profile, 1e6, true, -1.0);
                book.skip(1.0);
            }
            for state in [&mut state, &mut changed] {
                let Ok(book) = Book::checked(state) else {
                    refused += 1;
                    continue;
                };
                sound += 1;
                match book.figures() {
                    Ok(None) => assert_eq!(book.counts().0, 0),
                    Ok(Some(Figures { market_value, npv, z_spread, cs01, key_rates })) => {
                        let keys = key_rates.iter().flat_map(|key| [key.duration.unwrap_or_default(), key.dv01]);
                        assert!([market_value, npv, z_spread.unwrap_or_default(), cs01].into_iter().chain(keys).all(f64::is_finite));
                    }
                    Err(error) => assert!(matches!(error, Error::SumTooLarge { .. }), "{error:?}"),
                }
            }
        }
        assert!(sound > 1_000 && refused > 1_000, "{sound} {refused}");
    }
}
