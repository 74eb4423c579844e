//! The state of the curve aggregates: floats alone, whose number the first measured row fixes by
//! its key rates.
//!
//! Counts of rows measured, skipped, and of the skipped ones that have a value on the curve; number
//! of key rates; what the rows have in common; the key rates' years; then exact sums, two by two
//! and limb by limb: market value and value on the curve of what is measured; market value times
//! spread, and value on the curve of what is not measured; market value times the duration to each
//! key rate.

use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::numeric::exact::{self, LIMBS, Two};
use crate::portfolio::exact_sums::{check_counts, check_sums, unreachable_state};
use crate::portfolio::group::GroupFacts;
use crate::portfolio::layout::{AggregateState, Layout, SumName};
use crate::product::bond::Bond;
use crate::risk::key_rate::{
    BondOnCurveLevel, KeyRateProfile, KeyRates, MAX_KEYS, OnCurve, check_keys,
};

/// Counts, the number of key rates, and what rows have in common.
const HEAD: usize = COUNTS + 1 + GroupFacts::COUNT;
const COUNTS: usize = 3;
/// Sums beside those of the key rates.
const SUMS: usize = 4;
const CURVE_RISK: Layout<SUMS> = Layout {
    name: "curve risk",
    version: 1,
    sums: [
        SumName { name: "market_value", what: "market values" },
        SumName { name: "npv", what: "values on the curve" },
        SumName { name: "z_spread", what: "market values times z-spreads" },
        SumName { name: "npv_unquoted", what: "values on the curve of bonds without a quote" },
    ],
};

/// A book's state, wherever its floats are kept.
pub struct KeyRateState<'a> {
    measured: &'a mut f64,
    skipped: &'a mut f64,
    /// Of the skipped ones.
    valued: &'a mut f64,
    common: &'a mut [f64; GroupFacts::COUNT],
    keys: &'a mut [f64],
    sums: &'a mut [Two],
}

/// The figures of a book on a curve; what is an average is weighted by market value.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub market_value: f64,
    pub npv: f64,
    /// `None` if the net market value is 0.
    pub z_spread: Option<f64>,
    pub cs01: f64,
    pub key_rates: Vec<KeyRate>,
}

/// A book on a curve, with the rows that it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveRisk {
    pub measured: i64,
    pub skipped: i64,
    /// The day on which all rows settle; None where they differ.
    pub settlement: Option<Date>,
    /// None where nothing was measured.
    pub figures: Option<Figures>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeyRate {
    pub years: f64,
    pub duration: Option<f64>,
    pub dv01: f64,
}

/// An empty state for these key rates, which may be unknown as yet: none.
pub fn empty(keys: &[f64]) -> Vec<f64> {
    with_keys(&[0.0; HEAD], keys)
}

/// The larger state for these key rates, of one that has none yet; None where it has them, or where
/// there are none.
///
/// # Errors
/// [`Error::State`] where it has others.
#[inline(always)]
pub fn grown(state: &mut [f64], keys: &[f64]) -> Result<Option<Vec<f64>>> {
    let book = KeyRateState::of(state)?;
    if book.has_keys(keys) || keys.is_empty() {
        return Ok(None);
    }
    if book.keys().is_empty() {
        return Ok(Some(with_keys(state, keys)));
    }
    Err(Error::state("it is for other key rates"))
}

/// The state of as many rows skipped, for these key rates.
pub fn with_keys(state: &[f64], keys: &[f64]) -> Vec<f64> {
    let mut grown: Vec<f64> = state.iter().copied().take(HEAD).collect();
    grown.iter_mut().skip(COUNTS).take(1).for_each(|count| *count = keys.len() as f64);
    grown.extend_from_slice(keys);
    grown.resize(size(keys.len()), 0.0);
    grown
}

/// How many floats there are for so many key rates.
fn size(keys: usize) -> usize {
    HEAD + keys + (SUMS + keys).next_multiple_of(2) * LIMBS
}

impl AggregateState for KeyRateState<'_> {
    const NAME: &'static str = CURVE_RISK.name;
    const VERSION: u8 = CURVE_RISK.version;
    const COUNT: Option<usize> = None;

    fn none() -> Vec<f64> {
        empty(&[])
    }

    fn check(numbers: &mut [f64]) -> Result<()> {
        KeyRateState::checked(numbers).map(drop)
    }
}

impl<'a> KeyRateState<'a> {
    /// States travel as plain arrays, so one may have been made by hand.
    #[inline(always)]
    pub fn of(state: &'a mut [f64]) -> Result<KeyRateState<'a>> {
        let malformed = || Error::state("it is no state of the curve aggregates");
        let count = state.len();
        let ([measured, skipped, valued, keys, common @ ..], rest) =
            state.split_first_chunk_mut::<HEAD>().ok_or_else(malformed)?;
        let keys = *keys as usize;
        if keys > MAX_KEYS || count != size(keys) {
            return Err(malformed());
        }
        let (keys, sums) = rest.split_at_mut(keys);
        Ok(KeyRateState {
            measured,
            skipped,
            valued,
            common,
            keys,
            sums: sums.as_chunks_mut().0.as_chunks_mut().0,
        })
    }

    /// The same, of floats that no aggregate of ours may have made.
    pub fn checked(state: &'a mut [f64]) -> Result<KeyRateState<'a>> {
        let count = state.get(COUNTS).copied();
        let book = KeyRateState::of(state)?;
        let keyless = book.keys.is_empty() && *book.measured == 0.0;
        if !(keyless || check_keys(book.keys).is_ok())
            || count != Some(book.keys.len() as f64)
            || *book.valued > *book.skipped
        {
            return Err(unreachable_state());
        }
        check_counts(&[*book.measured, *book.skipped, *book.valued])?;
        let mut sums: Vec<_> = book.sums.iter().flat_map(exact::apart).collect();
        let unmeasured = sums.remove(SUMS - 1);
        check_sums(sums.iter(), *book.measured)?;
        check_sums([unmeasured].iter(), *book.valued)?;
        GroupFacts::of_numbers(*book.common).check(*book.measured + *book.skipped)?;
        Ok(book)
    }

    pub fn keys(&self) -> &[f64] {
        self.keys
    }

    pub fn has_keys(&self, keys: &[f64]) -> bool {
        self.keys == keys
    }

    /// The currency of a row's bond and the day on which it settles, where they are known: of a row
    /// that comes, or with −1 goes.
    pub fn note(
        &mut self,
        currency: Option<Currency>,
        settlement: Option<Date>,
        times: f64,
    ) -> Result<()> {
        let mut common = GroupFacts::of_numbers(*self.common);
        if times > 0.0 {
            common.add(currency, settlement)?
        } else {
            common.remove(currency, settlement)
        }
        *self.common = common.numbers();
        Ok(())
    }

    /// A row with a bond, on the curve of the key rates: once more, or with −1 once less. One that
    /// is not outstanding, or on days that the curve or a calendar does not know, is skipped.
    #[inline(always)]
    pub fn put_row(&mut self, bond: &Bond, rates: &mut KeyRates, times: f64) -> Result<()> {
        self.note(bond.optional.currency, Some(rates.as_of()), times)?;
        match rates.on_curve(bond) {
            Ok(Some(OnCurve::Measured(profile))) => self.put(&profile, bond.holding(), times),
            Ok(Some(OnCurve::Valued(price))) => self.put_value(price, bond.holding(), times),
            Ok(None) | Err(_) => self.skip(times),
        }
        Ok(())
    }

    /// A row that has no figures: once more, or with −1 once less.
    pub fn skip(&mut self, times: f64) {
        *self.skipped += times;
    }

    /// A bond that is skipped, and yet has a dirty price on the curve.
    #[cold]
    pub fn put_value(&mut self, curve_price: f64, holding: f64, times: f64) {
        self.skip(times);
        let npv = curve_price * holding * times;
        if let [_, others, ..] = &mut *self.sums
            && npv.abs() < exact::MAX_TERM
        {
            *self.valued += times;
            exact::change_two(others, |sum, which| {
                exact::add(sum, if which == 1 { npv } else { 0.0 });
                exact::carry(sum);
                exact::limit(sum);
            });
        }
    }

    /// A bond held so many times 100 face: once more, or with −1 taken back, which leaves nothing
    /// of it; what is beyond the sums is counted as skipped.
    pub fn put(&mut self, profile: &KeyRateProfile, holding: f64, times: f64) {
        let BondOnCurveLevel { dirty_price, curve_price, spread } = *profile.level;
        let value = dirty_price * holding * times;
        let npv = curve_price * holding * times;
        let lengths = profile.durations.iter().fold(0.0, |sum, duration| sum + duration.abs());
        let most = value.abs() * (1.0 + spread.abs() + lengths) + npv.abs();
        if most.is_nan() || most >= exact::MAX_TERM {
            return self.skip(times);
        }
        let [figures, spreads, key_rates @ ..] = &mut *self.sums else { return };
        exact::add_two(figures, [value, npv]);
        exact::add_two(spreads, [value * spread, 0.0]);
        for (sums, durations) in key_rates.iter_mut().zip(profile.durations.chunks(2)) {
            let [first, second] = [durations.first(), durations.get(1)]
                .map(|duration| duration.map_or(0.0, |duration| value * duration));
            exact::add_two(sums, [first, second]);
        }
        *self.measured += times;
        // As many rows may come and go as there are in a window that moves for ever.
        if (*self.measured as u64).is_multiple_of(exact::MAX_ADDITIONS) || times < 0.0 {
            self.sums
                .iter_mut()
                .for_each(|sums| exact::change_two(sums, |sum, _| exact::carry(sum)));
        }
        self.sums.iter_mut().for_each(exact::limit_two);
    }

    /// Adds another book, which has the same key rates or none yet.
    pub fn merge(&mut self, other: &KeyRateState) -> Result<()> {
        if !other.keys.is_empty() && !self.has_keys(other.keys) {
            return Err(Error::state("it is for other key rates"));
        }
        let mut common = GroupFacts::of_numbers(*self.common);
        common.merge(GroupFacts::of_numbers(*other.common))?;
        *self.common = common.numbers();
        *self.measured += *other.measured;
        *self.skipped += *other.skipped;
        *self.valued += *other.valued;
        for (sums, others) in self.sums.iter_mut().zip(other.sums.iter()) {
            let [first, second] = exact::apart(others);
            exact::change_two(sums, |sum, which| {
                exact::merge(sum, if which == 0 { first } else { second })
            });
        }
        Ok(())
    }

    /// Rows measured and skipped.
    pub fn counts(&self) -> (i64, i64) {
        (*self.measured as i64, *self.skipped as i64)
    }

    /// The day on which all rows settle; `None` if they differ.
    pub fn settlement(&self) -> Option<Date> {
        let (measured, skipped) = self.counts();
        GroupFacts::of_numbers(*self.common).settlement(measured + skipped)
    }

    /// What one row of a report tells; None of no rows.
    pub fn risk(&self) -> Result<Option<CurveRisk>> {
        let (measured, skipped) = self.counts();
        if measured + skipped == 0 {
            return Ok(None);
        }
        let (settlement, figures) = (self.settlement(), self.figures()?);
        Ok(Some(CurveRisk { measured, skipped, settlement, figures }))
    }

    /// Value on the curve of every bond that has one, measured or not.
    pub fn npv(&self) -> Result<Option<f64>> {
        let [figures, others, ..] = &*self.sums else { return Ok(None) };
        let ([_, mut npv], [_, unmeasured]) = (exact::apart(figures), exact::apart(others));
        exact::merge(&mut npv, unmeasured);
        let npv = || exact::value(npv).ok_or(Error::SumTooLarge { what: "values on the curve" });
        if *self.measured + *self.valued > 0.0 { npv().map(Some) } else { Ok(None) }
    }

    /// `None` if nothing was measured.
    pub fn figures(&self) -> Result<Option<Figures>> {
        if self.counts().0 == 0 {
            return Ok(None);
        }
        let names = CURVE_RISK.sums.map(|sum| sum.what);
        let names =
            names.into_iter().chain(std::iter::repeat("market values times key-rate durations"));
        let sums = self.sums.iter().flat_map(exact::apart).zip(names);
        let sums: Vec<f64> = sums
            .map(|(sum, what)| exact::value(sum).ok_or(Error::SumTooLarge { what }))
            .collect::<Result<_>>()?;
        let Some((&[market_value, npv, spreads, _], sums)) = sums.split_first_chunk() else {
            return Ok(None);
        };
        let average = |sum: f64| (market_value != 0.0).then(|| sum / market_value);
        let key_rates: Vec<KeyRate> = self
            .keys
            .iter()
            .zip(sums)
            .map(|(&years, &sum)| KeyRate { years, duration: average(sum), dv01: sum / 10_000.0 })
            .collect();
        let cs01 = key_rates.iter().map(|key| key.dv01).sum();
        Ok(Some(Figures { market_value, npv, z_spread: average(spreads), cs01, key_rates }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Random, floats, rounds};

    /// A state of rows with some floats replaced, or one made up altogether: refused, or figures
    /// that are finite or too large.
    #[test]
    fn made_up_books_are_refused_or_sound() {
        let mut random = Random::new(103);
        let (mut sound, mut refused) = (0, 0);
        let level = BondOnCurveLevel { dirty_price: 99.0, curve_price: 101.5, spread: 0.012 };
        for _ in 0..rounds(40_000) {
            let keys: &[f64] = random.pick(&[&[1.0, 2.0, 5.0][..], &[2.0, 10.0], &[7.0]]);
            let profile =
                KeyRateProfile { level: &level, durations: &[0.5, 2.5, 1.0][..keys.len()] };
            let mut state = empty(keys);
            (0..random.below(4)).for_each(|i| {
                KeyRateState::of(&mut state).unwrap().put(&profile, f64::from(i) * 1e6, 1.0)
            });
            for _ in 0..random.below(4) {
                let place = random.below(state.len() as i32) as usize;
                let exponent = random.pick(&[24, -3, -30, -57]);
                state[place] = if random.below(2) == 0 {
                    floats::any(&mut random, exponent)
                } else {
                    floats::likely(&mut random, exponent)
                };
            }
            if random.below(8) == 0 {
                state.truncate(random.below(state.len() as i32) as usize);
            }
            let mut changed = state.clone();
            if let Ok(mut book) = KeyRateState::of(&mut changed) {
                if book.keys().len() == profile.durations.len() {
                    book.put(&profile, 1e6, 1.0);
                    book.put(&profile, 1e6, -1.0);
                }
                book.put_value(101.5, 1e6, 1.0);
                book.skip(1.0);
                let _ = book.note("USD".parse().ok(), Date::from_ymd(2026, 3, 24), 1.0);
            }
            for state in [&mut state, &mut changed] {
                let Ok(book) = KeyRateState::checked(state) else {
                    refused += 1;
                    continue;
                };
                sound += 1;
                assert!(
                    matches!(book.npv(), Ok(npv) if npv.is_none_or(f64::is_finite))
                        || matches!(book.npv(), Err(Error::SumTooLarge { .. }))
                );
                let _ = book.settlement();
                match book.figures() {
                    Ok(None) => assert_eq!(book.counts().0, 0),
                    Ok(Some(Figures { market_value, npv, z_spread, cs01, key_rates })) => {
                        let keys = key_rates
                            .iter()
                            .flat_map(|key| [key.duration.unwrap_or_default(), key.dv01]);
                        assert!(
                            [market_value, npv, z_spread.unwrap_or_default(), cs01]
                                .into_iter()
                                .chain(keys)
                                .all(f64::is_finite)
                        );
                    }
                    Err(error) => assert!(matches!(error, Error::SumTooLarge { .. }), "{error:?}"),
                }
            }
        }
        assert!(sound > 1_000 && refused > 1_000, "{sound} {refused}");
    }
}
