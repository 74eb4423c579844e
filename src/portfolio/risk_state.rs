//! The state of the portfolio aggregates: counts, and exact sums weighted by market value.
//!
//! All aggregates share one state, so several of them in one query solve each bond once; and the
//! sums are exact, so any order of rows and any plan give the same bits. Pending
//! bonds are part of it and are solved in batches of eight.

use super::batch::{Batch, LANES};
use super::layout::FixedState;
use super::risk_sums::{RISK, RiskTotals, SUMS};
use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::portfolio::exact_sums::unreachable_state;
use crate::pricing::discounted_flows::Measures;
use crate::pricing::yield_formula::PriceFormula;
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::Bond;

/// Nothing but floats, so that PostgreSQL can keep it as `float8[]`, combine it, store it and send
/// it elsewhere.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub struct RiskState {
    /// Its spare number is that of the pending bonds to be solved together.
    ledger: RiskTotals,
    block: Batch,
}

impl RiskState {
    /// # Errors
    /// [`Error::Currencies`](crate::basics::error::Error::Currencies) where the bond is of another
    /// currency than others of the group.
    #[inline(always)]
    pub fn add_bond(&mut self, bond: &Bond, settlement: Date) -> Result<()> {
        if bond.optional.is_empty() {
            self.ledger.common.settle(settlement);
        } else {
            self.ledger.common.add(bond.optional.currency, Some(settlement))?;
        }
        let Some(price) = bond.price else {
            self.ledger.tally.add(None);
            return Ok(());
        };
        match YieldPricing::closed_form(bond, settlement) {
            Some(pricing) if Batch::takes(&pricing, pricing.dirty_price(price)) => {
                let waiting = self.ledger.common.spare();
                self.block.put(waiting, &pricing, pricing.dirty_price(price));
                if waiting == LANES - 1 {
                    self.solve(LANES);
                } else {
                    self.ledger.common.count_spare();
                }
            }
            Some(pricing) => self.ledger.tally.add(terms_of(pricing, price)),
            None => self.ledger.tally.add(terms_of_special(bond, price, settlement)),
        }
        Ok(())
    }

    /// A row whose bond or date is unknown, which is skipped.
    pub fn add_unknown(&mut self, bond: Option<&Bond>, settlement: Option<Date>) -> Result<()> {
        self.ledger.add(None, bond.and_then(|bond| bond.optional.currency), settlement)
    }

    /// A bond that still waits may be taken back all the same, for sums are exact.
    pub fn remove_bond(&mut self, bond: &Bond, settlement: Date) -> Result<()> {
        let mut alone = RiskState::default();
        alone.add_bond(bond, settlement)?;
        self.ledger.unmerge(&alone.summed())
    }

    /// Takes back what [`add_unknown`](RiskState::add_unknown) added.
    pub fn remove_unknown(&mut self, bond: Option<&Bond>, settlement: Option<Date>) -> Result<()> {
        self.ledger.remove(None, bond.and_then(|bond| bond.optional.currency), settlement);
        Ok(())
    }

    /// Solves the pending bonds, one by one where together they are not sure.
    fn solve(&mut self, waiting: usize) {
        self.ledger.common.clear_spare();
        if let Some(left) = self.block.add_to(&mut self.ledger.tally, waiting) {
            self.add_one_by_one(left.iter().take(waiting));
        }
    }

    #[cold]
    fn add_one_by_one<'a>(&mut self, left: impl Iterator<Item = &'a bool>) {
        for (lane, _) in left.enumerate().filter(|(_, left)| **left) {
            let measured = |(claim, price, value): (
                crate::pricing::discounted_flows::DiscountedFlows<_>,
                f64,
                f64,
            )| { Some(weighted(claim.measures(price)?, value)) };
            self.ledger.tally.add(self.block.get(lane).and_then(measured));
        }
    }

    /// With the pending bonds.
    pub fn summed(mut self) -> RiskTotals {
        let waiting = self.ledger.common.spare();
        if waiting > 0 {
            self.solve(waiting);
        }
        self.ledger
    }

    /// Without the pending bonds, to be added to.
    pub fn summed_mut(&mut self) -> &mut RiskTotals {
        &mut self.ledger
    }

    pub fn merge(&mut self, other: &RiskState) -> Result<()> {
        self.ledger.merge(&other.summed())
    }
}

impl FixedState for RiskState {
    const NAME: &'static str = RISK.name;
    const VERSION: u8 = RISK.version;

    fn check(&self) -> Result<()> {
        if !self.block.is_sound(self.ledger.common.spare()) {
            return Err(unreachable_state());
        }
        // A bond may be taken back while it waits: without it the sums are of fewer rows than none.
        self.summed().check()
    }
}

#[cold]
#[inline(never)]
fn terms_of_special(bond: &Bond, price: f64, settlement: Date) -> Option<[f64; SUMS]> {
    terms_of(YieldPricing::new(bond, settlement).ok()??, price)
}

/// Takes its argument by value: what is passed by reference is kept in memory, where it is not used
/// too.
#[inline(never)]
fn terms_of<P: PriceFormula>(pricing: YieldPricing<P>, price: f64) -> Option<[f64; SUMS]> {
    Some(weighted(pricing.measures(price)?, pricing.dirty_price(price) * pricing.bond.holding()))
}

#[inline(always)]
fn weighted(measures: Measures, value: f64) -> [f64; SUMS] {
    let Measures { ytm, macaulay_duration, modified_duration, convexity } = measures;
    [value, value * ytm, value * macaulay_duration, value * modified_duration, value * convexity]
}

#[cfg(test)]
mod tests {
    use super::super::exact_sums::ExactSums;
    use super::super::risk_sums::{Average, Risk, Totals};
    use super::*;
    use crate::basics::currency::Currency;
    use crate::basics::error::Error;
    use crate::portfolio::group::GroupFacts;
    use crate::testing::{Random, floats, rounds};

    fn day() -> Date {
        Date::from_ymd(2026, 3, 24).unwrap()
    }

    fn bond(random: &mut Random) -> Bond {
        let (price, currency) = (random.between(50.0, 150.0), random.pick(&["", " currency USD"]));
        format!(
            "{:.3}% 2034-05-15{currency} @ {price} x {}",
            random.between(0.0, 9.0),
            random.between(-1e9, 1e9)
        )
        .parse()
        .unwrap()
    }

    fn of_currency(currency: &str) -> Bond {
        format!("4% 2034-05-15 {currency} @ 99").parse().unwrap()
    }

    /// A state of rows with a float or two of it replaced, or one made up altogether: refused, or
    /// figures that are finite or too large, alone and beside another, with rows that come and go.
    #[test]
    fn made_up_states_are_refused_or_sound() {
        let mut random = Random::new(97);
        let (mut sound, mut refused) = (0, 0);
        for _ in 0..rounds(10_000) {
            let mut state = RiskState::default();
            (0..random.below(12)).for_each(|_| state.add_bond(&bond(&mut random), day()).unwrap());
            match random.below(5) {
                0 => {
                    state.ledger.common =
                        GroupFacts::of_numbers([(); 3].map(|()| floats::any(&mut random, 0)))
                }
                1 => state.block = Batch::of_numbers(|| floats::likely(&mut random, 0)),
                2 => {
                    let numbers =
                        (0..22).map(|place| floats::likely(&mut random, floats::exponent(place)));
                    state.ledger.tally =
                        ExactSums::of_numbers(numbers.collect::<Vec<_>>()).unwrap();
                }
                3 => {
                    let mut common = state.ledger.common.numbers();
                    common[random.below(3) as usize] = floats::likely(&mut random, 0);
                    state.ledger.common = GroupFacts::of_numbers(common);
                }
                _ => {
                    let mut numbers: Vec<f64> = state.ledger.tally.numbers().collect();
                    let place = random.below(22) as usize;
                    numbers[place] = floats::any(&mut random, floats::exponent(place));
                    state.ledger.tally = ExactSums::of_numbers(numbers).unwrap();
                }
            }
            let mut changed = state;
            for _ in 0..9 {
                let _ = changed.add_bond(&bond(&mut random), day());
            }
            let _ = changed.remove_bond(&bond(&mut random), day());
            let _ = changed.merge(&state);
            for state in [state, changed] {
                if state.check().is_err() {
                    refused += 1;
                    continue;
                }
                let summed = state.summed();
                assert_eq!(summed.check(), Ok(()), "{state:?}");
                match summed.risk() {
                    Ok(Risk { totals: Some(Totals { market_value, dv01, averages }), .. }) => {
                        let averages = averages.map_or([0.0; 4], |a| {
                            [a.ytm, a.macaulay_duration, a.modified_duration, a.convexity]
                        });
                        assert!(
                            [market_value, dv01]
                                .iter()
                                .chain(&averages)
                                .all(|figure| figure.is_finite()),
                            "{state:?}"
                        );
                        sound += 1;
                    }
                    Ok(_) => sound += 1,
                    Err(error) => assert!(matches!(error, Error::SumTooLarge { .. }), "{error:?}"),
                }
            }
        }
        assert!(sound > 1_000 && refused > 1_000, "{sound} {refused}");
    }

    /// A thousand bonds of 100 years at a hundred times their face: each is measured, and the sum
    /// that is too large is named.
    #[test]
    fn sums_too_large_are_named_and_the_others_answered() {
        let bond: Bond = "0% 2126-03-24 @ 10000 x 1e15".parse().unwrap();
        let mut state = RiskState::default();
        (0..1_000).for_each(|_| state.add_bond(&bond, day()).unwrap());
        assert_eq!(state.check(), Ok(()));
        let sums = state.summed().tally;
        assert_eq!((sums.measured(), sums.market_value()), (1_000, Ok(Some(1e20))));
        let too_large = Error::SumTooLarge { what: "market values times convexities" };
        assert_eq!(sums.risk(), Err(too_large.clone()));
        assert_eq!(sums.average(Average::Convexity), Err(too_large));
        assert!(sums.average(Average::Ytm).is_ok());
    }

    /// Every row is counted, and the rows' one day is known until there are two; windows, parts and
    /// wholes agree.
    #[test]
    fn rows_are_counted_and_their_day_is_known() {
        let mut random = Random::new(107);
        let days =
            [day(), day(), day(), Date::from_ymd(2026, 3, 25).unwrap(), Date::MIN, Date::MAX];
        for _ in 0..300 {
            let rows: Vec<(Option<Bond>, Option<Date>)> = (0..random.below(30))
                .map(|_| {
                    (
                        (random.below(6) > 0).then(|| bond(&mut random)),
                        (random.below(9) > 0).then(|| random.pick(&days)),
                    )
                })
                .collect();
            let add = |state: &mut RiskState, (bond, day): &(Option<Bond>, Option<Date>)| match (
                bond, day,
            ) {
                (Some(bond), Some(day)) => state.add_bond(bond, *day).unwrap(),
                (bond, day) => state.add_unknown(bond.as_ref(), *day).unwrap(),
            };
            let state = |rows: &[_]| {
                let mut state = RiskState::default();
                rows.iter().for_each(|row| add(&mut state, row));
                state
            };
            let bits =
                |state: &RiskState| state.summed().numbers().map(f64::to_bits).collect::<Vec<_>>();
            let whole = state(&rows);
            let Risk { measured, skipped, settlement, .. } = whole.summed().risk().unwrap();
            assert_eq!(measured + skipped, rows.len() as i64);
            let first = rows.first().and_then(|(_, day)| *day);
            assert_eq!(settlement, first.filter(|_| rows.iter().all(|(_, day)| *day == first)));
            let (left, right) = rows.split_at(rows.len() / 3);
            let mut parts = state(left);
            parts.merge(&state(right)).unwrap();
            assert_eq!(bits(&parts), bits(&whole));
            for (bond, day) in left {
                match (bond, day) {
                    (Some(bond), Some(day)) => parts.remove_bond(bond, *day).unwrap(),
                    (bond, day) => parts.remove_unknown(bond.as_ref(), *day).unwrap(),
                }
            }
            assert_eq!(bits(&parts), bits(&state(right)));
        }
    }

    /// Currencies do not mix, in rows or parts; a bond without one goes with any; once all of a
    /// currency have left, another may come.
    #[test]
    fn two_currencies_are_refused_by_name() {
        let different = Err(Error::Currencies {
            first: "JPY".parse().unwrap(),
            second: "USD".parse().unwrap(),
        });
        let [usd, jpy, none] = ["currency USD", "currency JPY", ""].map(of_currency);
        for (one, other) in [(&usd, &jpy), (&jpy, &usd)] {
            let mut state = RiskState::default();
            [one, &none, one].into_iter().for_each(|bond| state.add_bond(bond, day()).unwrap());
            assert_eq!(state.add_bond(other, day()), different);
            assert_eq!(state.add_unknown(Some(other), None), different);
            let mut part = RiskState::default();
            part.add_bond(other, day()).unwrap();
            assert_eq!(part.merge(&state), different);
            state.remove_bond(one, day()).unwrap();
            assert_eq!(state.add_bond(other, day()), different);
            state.remove_bond(one, day()).unwrap();
            assert_eq!(state.add_bond(other, day()), Ok(()));
            assert_eq!(state.check(), Ok(()));
        }
        let codes = ["AAA", "USD", "ZZZ"].map(|text| text.parse::<Currency>().unwrap());
        for currency in codes {
            assert_eq!(
                crate::portfolio::group::decoded(crate::portfolio::group::code(Some(currency))),
                Some(Some(currency))
            );
        }
        assert_eq!(crate::portfolio::group::decoded(17_577.0), None);
    }
}
