//! The state of the portfolio aggregates: counts, and exact sums weighted by market value.
//!
//! All aggregates share one state, so several of them in one query solve each bond once; and the sums are exact, so
//! any order of rows and any plan give the same bits. Bonds wait in it until a few can be solved together.

pub mod block;

use crate::analytics::Settled;
use crate::bond::Bond;
use crate::claim::Price;
use crate::date::Date;
use crate::error::Result;
use crate::tally::{Tally, unreachable_state};
use crate::yields::Measures;
use block::{Block, LANES};

const SUMS: usize = 5;

/// Market value; and market value times yield, Macaulay duration, modified duration and convexity.
pub type Sums = Tally<SUMS>;

const WHAT: [&str; SUMS] = [
    "market values",
    "market values times yields",
    "market values times Macaulay durations",
    "market values times modified durations",
    "market values times convexities",
];

/// What is averaged, by the place of its sum.
#[derive(Debug, Clone, Copy)]
pub enum Average {
    Ytm = 1,
    MacaulayDuration = 2,
    ModifiedDuration = 3,
    Convexity = 4,
}

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
        let counted = (0..LANES).find(|waiting| *waiting as f64 == self.waiting);
        if counted.is_none_or(|waiting| !self.block.is_sound(waiting)) {
            return Err(unreachable_state());
        }
        self.sums.check()
    }
}

impl Sums {
    /// None where no bond was measured.
    pub fn market_value(&self) -> Result<Option<f64>> {
        self.measured(|sums| sums.sum(0, &WHAT))
    }

    pub fn dv01(&self) -> Result<Option<f64>> {
        self.measured(|sums| Ok(sums.sum(Average::ModifiedDuration as usize, &WHAT)? / 10_000.0))
    }

    /// None where the net market value is 0 too.
    pub fn average(&self, of: Average) -> Result<Option<f64>> {
        let Some(value) = self.market_value()?.filter(|value| *value != 0.0) else { return Ok(None) };
        Ok(Some(self.sum(of as usize, &WHAT)? / value))
    }

    fn measured(&self, figure: impl FnOnce(&Sums) -> Result<f64>) -> Result<Option<f64>> {
        if self.held() > 0 { figure(self).map(Some) } else { Ok(None) }
    }

    pub fn risk(&self) -> Result<Risk> {
        let [value, ytm, macaulay, modified, convexity] = self.sums(&WHAT)?;
        let averages = (value != 0.0).then(|| Averages {
            ytm: ytm / value,
            macaulay_duration: macaulay / value,
            modified_duration: modified / value,
            convexity: convexity / value,
        });
        let totals = (self.held() > 0).then_some(Totals { market_value: value, dv01: modified / 10_000.0, averages });
        Ok(Risk { held: self.held(), skipped: self.skipped(), totals })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use crate::testing::{Random, floats, rounds};

    fn bond(random: &mut Random) -> Bond {
        let price = random.between(50.0, 150.0);
        format!("{:.3}% 2034-05-15 @ {price} x {}", random.between(0.0, 9.0), random.between(-1e9, 1e9)).parse().unwrap()
    }

    /// A state of rows with a float or two of it replaced, or one made up altogether: refused, or figures that are finite or too
    /// large, alone and beside another, with rows that come and go.
    #[test]
    fn made_up_states_are_refused_or_sound() {
        let mut random = Random::new(97);
        let day = Date::from_ymd(2026, 3, 24).unwrap();
        let (mut sound, mut refused) = (0, 0);
        for _ in 0..rounds(40_000) {
            let mut state = State::default();
            (0..random.below(12)).for_each(|_| state.add_bond(&bond(&mut random), day));
            match random.below(4) {
                0 => state.waiting = floats::any(&mut random, 0),
                1 => state.block = Block::of_numbers(|| floats::likely(&mut random, 0)),
                2 => {
                    let numbers = (0..22).map(|place| floats::likely(&mut random, floats::exponent(place)));
                    state.sums = Tally::of_numbers(numbers.collect::<Vec<_>>()).unwrap();
                }
                _ => {
                    let mut numbers: Vec<f64> = state.sums.numbers().collect();
                    let place = random.below(22) as usize;
                    numbers[place] = floats::any(&mut random, floats::exponent(place));
                    state.sums = Tally::of_numbers(numbers).unwrap();
                }
            }
            let mut changed = state;
            (0..9).for_each(|_| changed.add_bond(&bond(&mut random), day));
            changed.remove_bond(&bond(&mut random), day);
            changed.merge(&state);
            for state in [state, changed] {
                if state.check().is_err() {
                    refused += 1;
                    continue;
                }
                let sums = state.sums();
                assert_eq!(sums.check(), Ok(()));
                match sums.risk() {
                    Ok(Risk { totals: Some(Totals { market_value, dv01, averages }), .. }) => {
                        let averages = averages.map_or([0.0; 4], |a| [a.ytm, a.macaulay_duration, a.modified_duration, a.convexity]);
                        assert!([market_value, dv01].iter().chain(&averages).all(|figure| figure.is_finite()), "{state:?}");
                        sound += 1;
                    }
                    Ok(_) => sound += 1,
                    Err(error) => assert!(matches!(error, Error::SumTooLarge { .. }), "{error:?}"),
                }
            }
        }
        assert!(sound > 1_000 && refused > 1_000, "{sound} {refused}");
    }

    /// A thousand bonds of 100 years at a hundred times their face: each is measured, and the sum that is too large is named.
    #[test]
    fn sums_too_large_are_named_and_the_others_answered() {
        let bond: Bond = "0% 2126-03-24 @ 10000 x 1e15".parse().unwrap();
        let mut state = State::default();
        (0..1_000).for_each(|_| state.add_bond(&bond, Date::from_ymd(2026, 3, 24).unwrap()));
        assert_eq!(state.check(), Ok(()));
        let sums = state.sums();
        assert_eq!((sums.held(), sums.market_value()), (1_000, Ok(Some(1e20))));
        let too_large = |of: Average| Err(Error::SumTooLarge { what: WHAT[of as usize] });
        assert_eq!(sums.risk(), Err(Error::SumTooLarge { what: "market values times convexities" }));
        assert_eq!(sums.average(Average::Convexity), too_large(Average::Convexity));
        assert!(sums.average(Average::Ytm).is_ok());
    }
}
