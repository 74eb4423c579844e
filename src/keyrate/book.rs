//! The state of the curve aggregates: floats alone, whose number the first row fixes by its key rates.
//!
//! Counts of bonds measured and skipped, and of key rates; their years; then exact sums, two by two and limb by limb: market
//! value and value on the curve without spread; market value times spread, and market value of what has a quote; market value times the duration to each
//! key rate.

use super::{Level, MAX_KEYS, Profile, check_keys};
use crate::error::{Error, Result};
use crate::exact::{self, LIMBS, Two};

const COUNTS: usize = 3;
/// Sums beside those of the key rates.
const SUMS: usize = 4;

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
        let count = |n: &f64| (0.0..9e15).contains(n) && n.floor() == *n;
        let reached = |limb: &f64| limb.abs() <= exact::MAX_SUM;
        if !book.counts.iter().all(count) || !book.sums.iter().flatten().flatten().all(reached) || check_keys(book.keys).is_err() {
            return Err(Error::State { why: "a count or sum is not one that an aggregate can reach".to_owned() });
        }
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
    pub fn figures(&self) -> Option<Figures> {
        let mut sums = self.sums.iter().flat_map(exact::apart).map(exact::value);
        let [market_value, npv, spreads, quoted] = [sums.next()?, sums.next()?, sums.next()?, sums.next()?];
        let average = |sum: f64| (market_value != 0.0).then(|| sum / market_value);
        let key_rates: Vec<KeyRate> =
            self.keys.iter().zip(sums).map(|(&years, sum)| KeyRate { years, duration: average(sum), dv01: sum / 10_000.0 }).collect();
        let cs01 = key_rates.iter().map(|key| key.dv01).sum();
        (self.counts().0 > 0).then(|| Figures { market_value, npv, z_spread: (quoted != 0.0).then(|| spreads / quoted), cs01, key_rates })
    }

    fn count(&mut self, which: usize, more: f64) -> f64 {
        self.counts.get_mut(which).map_or(0.0, |count| {
            *count += more;
            *count
        })
    }
}
