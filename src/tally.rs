//! Counts and exact sums of rows: what an aggregate keeps, in nothing but floats.
//!
//! PostgreSQL holds it as `float8[]`, combines, stores and sends it; any order of rows and any plan give the same bits.

use crate::error::{Error, Result};
use crate::exact::{self, LIMBS};

/// N sums of what was measured, and how many rows were and were not.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C)]
pub struct Tally<const N: usize> {
    held: f64,
    skipped: f64,
    sums: [[f64; LIMBS]; N],
}

impl<const N: usize> Default for Tally<N> {
    fn default() -> Tally<N> {
        Tally { held: 0.0, skipped: 0.0, sums: [[0.0; LIMBS]; N] }
    }
}

impl<const N: usize> Tally<N> {
    /// Adds the terms of one row; without any, or beyond what sums can hold, it is counted as skipped, so that one bad row
    /// spoils no report.
    #[inline(always)]
    pub fn add(&mut self, terms: Option<[f64; N]>) {
        let Some(terms) = terms.filter(|terms| terms.iter().all(|term| term.abs() < exact::MAX_TERM)) else {
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

    pub fn merge(&mut self, other: &Tally<N>) {
        self.held += other.held;
        self.skipped += other.skipped;
        for (sum, part) in self.sums.iter_mut().zip(other.sums) {
            exact::merge(sum, part);
        }
    }

    /// States travel as plain arrays, so one may have been made by hand.
    pub fn check(&self) -> Result<()> {
        let count = |n: f64| (0.0..9e15).contains(&n) && n.floor() == n;
        if count(self.held) && count(self.skipped) && self.sums.iter().flatten().all(|limb| limb.abs() <= 8.0 * exact::MAX_TERM) {
            return Ok(());
        }
        Err(Error::State { why: "a count or sum is not one that an aggregate can reach".to_owned() })
    }

    pub fn held(&self) -> i64 {
        self.held as i64
    }

    pub fn skipped(&self) -> i64 {
        self.skipped as i64
    }

    pub fn sums(&self) -> [f64; N] {
        self.sums.map(exact::value)
    }
}
