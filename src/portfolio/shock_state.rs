//! The state of the shock aggregates: profit and loss of a book, added up.

use super::group::GroupSums;
use super::layout::{FixedState, Layout, SumName};
use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::product::bond::Bond;
use crate::risk::shock::{Pnl, Shock};

/// Market value, and profit and loss to first order, to second order and by full repricing.
pub type ShockState = GroupSums<4>;

const SHOCK: Layout<4> = Layout {
    name: "profit and loss",
    version: 1,
    sums: [
        SumName { name: "market_value", what: "market values" },
        SumName { name: "first_order", what: "losses to first order" },
        SumName { name: "second_order", what: "losses to second order" },
        SumName { name: "full_repricing", what: "losses by repricing" },
    ],
};

impl FixedState for ShockState {
    const NAME: &'static str = SHOCK.name;
    const VERSION: u8 = SHOCK.version;

    fn check(&self) -> Result<()> {
        GroupSums::check(self)
    }
}

impl Shock<'_> {
    /// Adds a bond; one that cannot be measured is counted as skipped.
    ///
    /// # Errors
    /// [`Error::Currencies`](crate::basics::error::Error::Currencies) if the bond is of another
    /// currency than others of the group.
    pub fn add(&self, state: &mut ShockState, bond: &Bond) -> Result<()> {
        state.add(self.terms(bond), bond.optional.currency, Some(self.settlement()))
    }

    /// Takes back what [`add`](Shock::add) added.
    pub fn remove(&self, state: &mut ShockState, bond: &Bond) -> Result<()> {
        state.remove(self.terms(bond), bond.optional.currency, Some(self.settlement()));
        Ok(())
    }
}

impl ShockState {
    /// A row without a bond, a curve or another term: it is skipped, with the currency and the day
    /// that are known.
    pub fn add_unknown(
        &mut self,
        currency: Option<Currency>,
        settlement: Option<Date>,
    ) -> Result<()> {
        self.add(None, currency, settlement)
    }

    /// Takes back what [`add_unknown`](ShockState::add_unknown) added.
    pub fn remove_unknown(
        &mut self,
        currency: Option<Currency>,
        settlement: Option<Date>,
    ) -> Result<()> {
        self.remove(None, currency, settlement);
        Ok(())
    }
}

impl Pnl {
    /// The profit and loss of all bonds added; None where none was measured.
    ///
    /// # Errors
    /// [`Error::SumTooLarge`](crate::basics::error::Error::SumTooLarge) beyond what sums hold.
    pub fn of_state(state: &ShockState) -> Result<Option<Pnl>> {
        let pnl = Pnl::of_sums(state.tally.sums(&SHOCK)?);
        Ok(Some(pnl).filter(|_| state.tally.measured() > 0))
    }
}
