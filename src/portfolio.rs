//! The state of the portfolio aggregates: counts, and exact sums weighted by market value.
//!
//! All aggregates share one state, so several of them in one query solve each bond once; and the sums are exact, so
//! any order of rows and any plan give the same bits.

use crate::analytics::Settled;
use crate::bond::Bond;
use crate::claim::Price;
use crate::date::Date;
use crate::tally::Tally;
use crate::yields::Measures;

const SUMS: usize = 5;

/// Market value; and market value times yield, Macaulay duration, modified duration and convexity.
pub type State = Tally<SUMS>;

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
        self.add(weighted_terms(bond, settlement));
    }

    pub fn remove_bond(&mut self, bond: &Bond, settlement: Date) {
        self.remove(weighted_terms(bond, settlement));
    }

    pub fn risk(&self) -> Risk {
        let [value, ytm, macaulay, modified, convexity] = self.sums();
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
    Some([value, value * ytm, value * macaulay_duration, value * modified_duration, value * convexity])
}
