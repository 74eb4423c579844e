//! The key rates of the curves that a query's last rows had.

use super::key_rate::KeyRates;
use crate::basics::error::{Error, Result};
use crate::market::curve::Curve;

/// Bonds seen on a curve before its table is worth the work.
const PATIENCE: u32 = 30;

/// How many curves are kept, for a query that has a book on several.
const CURVES: usize = 8;

/// The last curve first.
#[derive(Default)]
pub struct CurveCache(Vec<CacheEntry>);

struct CacheEntry {
    curve: Vec<u8>,
    tenors: Vec<u8>,
    rates: KeyRates,
    seen: u32,
}

impl CurveCache {
    /// The key rates of a stored curve, made where it was not among the last few. The bytes of
    /// curve and tenors are compared at every call, for no caller promises that they stay what they
    /// were; `keys` answers the years of the tenors.
    ///
    /// # Errors
    /// Those of the curve's bytes, the tenors and [`KeyRates::new`].
    #[inline(always)]
    pub fn rates(
        &mut self,
        curve: &[u8],
        tenors: &[u8],
        keys: impl FnOnce() -> Result<Vec<f64>>,
    ) -> Result<&mut KeyRates> {
        let is_asked_for = |entry: &CacheEntry| entry.curve == curve && entry.tenors == tenors;
        if !self.0.first().is_some_and(is_asked_for) {
            self.bring_forward(curve, tenors, keys)?;
        }
        let entry = self.0.first_mut().ok_or(Error::state("no key rates are kept"))?;
        entry.seen = entry.seen.saturating_add(1);
        if entry.seen == PATIENCE {
            entry.rates.tabulate();
        }
        Ok(&mut entry.rates)
    }

    #[cold]
    fn bring_forward(
        &mut self,
        curve: &[u8],
        tenors: &[u8],
        keys: impl FnOnce() -> Result<Vec<f64>>,
    ) -> Result<()> {
        match self.0.iter().position(|entry| entry.curve == curve && entry.tenors == tenors) {
            Some(place) => self.0.get_mut(..=place).unwrap_or_default().rotate_right(1),
            None => {
                let rates = KeyRates::new(Curve::from_stored(curve)?, keys()?)?;
                self.0.truncate(CURVES - 1);
                let (curve, tenors) = (curve.to_vec(), tenors.to_vec());
                self.0.insert(0, CacheEntry { curve, tenors, rates, seen: 0 });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn curve(bp: i32) -> Vec<u8> {
        format!("2026-03-24 1Y:3.{bp:02}% 30Y:4.8%").parse::<Curve>().unwrap().to_bytes()
    }

    fn kept(cache: &CurveCache) -> Vec<&[u8]> {
        cache.0.iter().map(|entry| entry.curve.as_slice()).collect()
    }

    #[test]
    fn the_last_curves_are_kept_and_made_once() {
        let curves: Vec<_> = (10..10 + CURVES as i32 + 1).map(curve).collect();
        let (first, last) = (&curves[0], &curves[CURVES]);
        let mut cache = CurveCache::default();
        for curve in &curves {
            cache.rates(curve, b"", || Ok(vec![2.0])).unwrap();
        }
        assert_eq!((cache.0.len(), kept(&cache)[0]), (CURVES, last.as_slice()));
        assert!(!kept(&cache).contains(&first.as_slice()));
        // One that is kept is brought forward, and its tenors are not asked for again.
        let asked = || Err(Error::state("asked again"));
        cache.rates(&curves[1], b"", asked).unwrap();
        assert_eq!(kept(&cache)[..2], [curves[1].as_slice(), last.as_slice()]);
        assert_eq!(cache.0[0].seen, 2);
        // Other tenors on the same curve are another entry; one that is not kept is made again.
        assert!(cache.rates(&curves[1], b"2Y", asked).is_err());
        assert!(cache.rates(first, b"", asked).is_err());
        assert_eq!(cache.rates(first, b"", || Ok(vec![5.0])).unwrap().keys(), [5.0]);
    }
}
