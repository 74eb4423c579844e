//! The state of the shock aggregates: profit and loss of a book, added up.

use super::exact_sums::ExactSums;
use super::group::GroupSums;
use crate::basics::error::Result;
use crate::product::bond::Bond;
use crate::risk::shock::{Pnl, Shock};

/// Market value, and profit and loss to first order, to second order and by full repricing.
pub type ShockState = GroupSums<4>;

const WHAT: [&str; 4] =
    ["market values", "losses to first order", "losses to second order", "losses by repricing"];

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

impl Pnl {
    /// The profit and loss of all bonds added.
    ///
    /// # Errors
    /// [`Error::SumTooLarge`](crate::basics::error::Error::SumTooLarge) beyond what sums hold.
    pub fn of_exact_sums(sums: &ExactSums<4>) -> Result<Pnl> {
        Ok(Pnl::of_sums(sums.sums(&WHAT)?))
    }
}
