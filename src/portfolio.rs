//! The state of the portfolio aggregates: counts, and exact sums weighted by market value.
//!
//! All aggregates share one state, so several of them in one query solve each bond once; and the sums are exact, so
//! any order of rows and any plan give the same bits. Bonds wait in it until a few can be solved together.

pub mod block;

use crate::analytics::Settled;
use crate::bond::Bond;
use crate::claim::Price;
use crate::date::Date;
use crate::error::{Error, Result};
use crate::tally::Tally;
use crate::yields::Measures;
use block::{Block, LANES};

const SUMS: usize = 5;

/// Market value; and market value times yield, Macaulay duration, modified duration and convexity.
pub type Sums = Tally<SUMS>;

/// Nothing but floats, so that PostgreSQL can keep it as `float8[]`, combine it, store it and send it elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub struct State {
    sums: Sums,
    /// How many bonds wait for others to be solved with, and these.
    waiting: f64,
    block: Block,
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
    #[inline(always)]
    pub fn add_bond(&mut self, bond: &Bond, settlement: Date) {
        let Some(price) = bond.price else { return self.sums.add(None) };
        match Settled::ordinary(bond, settlement) {
            Some(settled) if Block::takes(&settled, settled.dirty_price(price)) => {
                self.block.put(self.waiting, &settled, settled.dirty_price(price));
                self.waiting += 1.0;
                if self.waiting >= LANES as f64 {
                    self.solve_waiting();
                }
            }
            Some(settled) => self.sums.add(terms_of(settled, price)),
            None => self.sums.add(terms_of_special(bond, price, settlement)),
        }
    }

    /// A bond that still waits may be taken back all the same, for sums are exact.
    pub fn remove_bond(&mut self, bond: &Bond, settlement: Date) {
        let mut alone = State::default();
        alone.add_bond(bond, settlement);
        self.sums.unmerge(&alone.sums());
    }

    /// Solves the bonds that wait, one by one where together they are not sure.
    fn solve_waiting(&mut self) {
        let waiting = self.waiting as usize;
        self.waiting = 0.0;
        if let Some(left) = self.block.add_to(&mut self.sums, waiting) {
            self.add_one_by_one(left.iter().take(waiting));
        }
    }

    #[cold]
    fn add_one_by_one<'a>(&mut self, left: impl Iterator<Item = &'a bool>) {
        for (lane, _) in left.enumerate().filter(|(_, left)| **left) {
            self.sums.add(self.block.get(lane).and_then(|(claim, price, value)| Some(weighted(claim.measures(price)?, value))));
        }
    }

    /// The sums with those that wait.
    pub fn sums(mut self) -> Sums {
        if self.waiting > 0.0 {
            self.solve_waiting();
        }
        self.sums
    }

    /// The sums without those that wait, to be added to.
    pub fn sums_mut(&mut self) -> &mut Sums {
        &mut self.sums
    }

    pub fn merge(&mut self, other: &State) {
        self.sums.merge(&other.sums());
    }

    /// States travel as plain arrays, so one may have been made by hand.
    pub fn check(&self) -> Result<()> {
        if !(0..LANES).any(|waiting| waiting as f64 == self.waiting) || !self.block.is_finite() {
            return Err(Error::State { why: "a count or sum is not one that an aggregate can reach".to_owned() });
        }
        self.sums().check()
    }
}

impl Sums {
    pub fn risk(&self) -> Risk {
        let [value, ytm, macaulay, modified, convexity] = Tally::sums(self);
        let averages = (value != 0.0).then(|| Averages {
            ytm: ytm / value,
            macaulay_duration: macaulay / value,
            modified_duration: modified / value,
            convexity: convexity / value,
        });
        let totals = (self.held() > 0).then_some(Totals { market_value: value, dv01: modified / 10_000.0, averages });
        Risk { held: self.held(), skipped: self.skipped(), totals }
    }
}

#[cold]
#[inline(never)]
fn terms_of_special(bond: &Bond, price: f64, settlement: Date) -> Option<[f64; SUMS]> {
    terms_of(Settled::new(bond, settlement).ok()??, price)
}

/// Takes its argument by value: what is passed by reference is kept in memory, where it is not used too.
#[inline(never)]
fn terms_of<P: Price>(settled: Settled<P>, price: f64) -> Option<[f64; SUMS]> {
    Some(weighted(settled.measures(price)?, settled.dirty_price(price) * settled.bond.holding()))
}

#[inline(always)]
fn weighted(measures: Measures, value: f64) -> [f64; SUMS] {
    let Measures { ytm, macaulay_duration, modified_duration, convexity } = measures;
    [value, value * ytm, value * macaulay_duration, value * modified_duration, value * convexity]
}
