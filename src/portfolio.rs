//! The state of the portfolio aggregates: counts, and exact sums weighted by market value.
//!
//! All aggregates share one state, so several of them in one query solve each bond once; and the sums are exact, so
//! any order of rows and any plan give the same bits.

use crate::analytics::Settled;
use crate::bond::Bond;
use crate::claim::Price;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::exact::{self, LIMBS};
use crate::yields::Measures;

const SUMS: usize = 5;

/// Nothing but floats, so that PostgreSQL can keep it as `float8[]`, combine it, store it and send it elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub struct State {
    held: f64,
    skipped: f64,
    /// Market value; and market value times yield, Macaulay duration, modified duration and convexity.
    sums: [[f64; LIMBS]; SUMS],
}

/// The figures of a portfolio; what is an average is weighted by market value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risk {
    /// Bonds measured.
    pub held: i64,
    /// Bonds left out: not outstanding on the settlement date, without a quote or a yield, or beyond 3.7e22.
    pub skipped: i64,
    pub totals: Option<Totals>,
}

/// What there is once a bond was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Totals {
    pub market_value: f64,
    pub dv01: f64,
    /// None where the net market value is 0.
    pub averages: Option<Averages>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Averages {
    pub ytm: f64,
    pub macaulay_duration: f64,
    pub modified_duration: f64,
    pub convexity: f64,
}

impl State {
    /// Adds one bond; what cannot be measured is counted as skipped, so that one bad row spoils no report.
    #[inline(always)]
    pub fn add(&mut self, bond: &Bond, settlement: Date) {
        let Some(terms) = weighted_terms(bond, settlement) else {
            self.skipped += 1.0;
            return;
        };
        self.held += 1.0;
        for (sum, term) in self.sums.iter_mut().zip(terms) {
            exact::add(sum, term);
        }
        if (self.held as u64).is_multiple_of(exact::MAX_ADDITIONS) {
            self.sums.iter_mut().for_each(exact::carry);
        }
    }

    pub fn merge(&mut self, other: &State) {
        self.held += other.held;
        self.skipped += other.skipped;
        for (sum, part) in self.sums.iter_mut().zip(other.sums) {
            exact::merge(sum, part);
        }
    }

    /// States travel as plain arrays, so one may have been made by hand.
    pub fn check(&self) -> Result<()> {
        let count = |n: f64| (0.0..9e15).contains(&n) && n.floor() == n;
        if !count(self.held)
            || !count(self.skipped)
            || self.sums.iter().flatten().any(|limb| limb.is_nan() || limb.abs() > 8.0 * exact::MAX_TERM)
        {
            return Err(Error::State { why: "a count or sum is not one that an aggregate can reach".to_owned() });
        }
        Ok(())
    }

    pub fn risk(&self) -> Risk {
        let [value, ytm, macaulay, modified, convexity] = self.sums.map(exact::value);
        let averages = (value != 0.0).then(|| Averages {
            ytm: ytm / value,
            macaulay_duration: macaulay / value,
            modified_duration: modified / value,
            convexity: convexity / value,
        });
        let totals = (self.held > 0.0).then_some(Totals { market_value: value, dv01: modified / 10_000.0, averages });
        Risk { held: self.held as i64, skipped: self.skipped as i64, totals }
    }
}

#[inline(always)]
fn weighted_terms(bond: &Bond, settlement: Date) -> Option<[f64; SUMS]> {
    let price = bond.price?;
    match Settled::ordinary(bond, settlement) {
        Some(settled) => terms_of(&settled, price),
        None => terms_of_special(bond, price, settlement),
    }
}

#[cold]
#[inline(never)]
fn terms_of_special(bond: &Bond, price: f64, settlement: Date) -> Option<[f64; SUMS]> {
    terms_of(&Settled::new(bond, settlement).ok()??, price)
}

#[inline(always)]
fn terms_of<P: Price>(settled: &Settled<P>, price: f64) -> Option<[f64; SUMS]> {
    let Measures { ytm, macaulay_duration, modified_duration, convexity } = settled.measures(price)?;
    let value = settled.dirty_price(price) * settled.bond.holding();
    let terms = [value, value * ytm, value * macaulay_duration, value * modified_duration, value * convexity];
    terms.iter().all(|term| term.abs() < exact::MAX_TERM).then_some(terms)
}
