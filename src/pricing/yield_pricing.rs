//! What users ask of a bond at a price or a yield: prices, yield and risk.
//!
//! Every function answers `None` where the answer is unknown: the bond is not outstanding, or no
//! yield exists.

use super::discounted_flows::{DiscountedFlows, Measures};
use super::yield_formula::{PriceFormula, YieldFormula, closed_form, has_closed_form};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::numeric::annuity::Annuity;
use crate::product::bond::{Bond, check_price};
use crate::resolve::resolved_bond::ResolvedBond;

/// A resolved bond, and the formula by which its yield convention makes prices of yields.
#[derive(Debug, Clone, Copy)]
pub struct YieldPricing<'a, F = YieldFormula> {
    pub resolved: ResolvedBond<'a>,
    pub formula: F,
}

impl<'a, F> std::ops::Deref for YieldPricing<'a, F> {
    type Target = ResolvedBond<'a>;

    #[inline(always)]
    fn deref(&self) -> &ResolvedBond<'a> {
        &self.resolved
    }
}

/// A price and all that follows from it. Prices and accrued interest per 100 face, value and DV01
/// in money.
#[derive(Debug, Clone, Copy)]
pub struct Analytics {
    pub settlement: Date,
    pub clean_price: f64,
    pub accrued: f64,
    pub dirty_price: f64,
    pub market_value: f64,
    /// `None` if the price is so low that no float holds it.
    pub current_yield: Option<f64>,
    /// `None` if no yield exists at this price.
    pub measures: Option<Measures>,
    /// Loss of market value for a rise of the yield by one basis point.
    pub dv01: Option<f64>,
}

impl<'a> YieldPricing<'a> {
    /// `None` if the bond is not outstanding on the settlement date.
    ///
    /// # Errors
    /// A calendar that the bond or its yield convention counts by is not known for its dates.
    pub fn new(bond: &'a Bond, settlement: Date) -> Result<Option<YieldPricing<'a>>> {
        let Some(resolved) = ResolvedBond::new(bond, settlement)? else { return Ok(None) };
        Ok(Some(YieldPricing { formula: YieldFormula::new(&resolved)?, resolved }))
    }
}

impl<'a> YieldPricing<'a, DiscountedFlows<Annuity>> {
    /// In the closed form of level coupons. `None` if the bond is not regular, or not
    /// outstanding.
    #[inline(always)]
    pub fn closed_form(bond: &'a Bond, settlement: Date) -> Option<Self> {
        if !has_closed_form(bond, true) {
            return None;
        }
        let resolved = ResolvedBond::regular(bond, settlement)?;
        Some(YieldPricing { formula: closed_form(&resolved), resolved })
    }
}

impl<F: PriceFormula> YieldPricing<'_, F> {
    pub fn dirty_price_from_yield(&self, ytm: f64) -> Result<f64> {
        let rule = "a yield is a decimal above minus the coupon frequency (4.45 % is 0.0445), at \
            which the price is positive and finite";
        let price = if ytm.is_finite() { self.formula.price(self.bond, ytm) } else { None };
        price.filter(|dirty| dirty.is_finite()).ok_or(Error::OutOfRange {
            what: "yield",
            value: ytm,
            rule,
        })
    }

    /// As the market prints it: some conventions round.
    pub fn clean_price_from_yield(&self, ytm: f64) -> Result<f64> {
        Ok(self.bond.convention.printed_price(self.dirty_price_from_yield(ytm)? - self.accrued()))
    }

    #[inline(always)]
    pub fn measures_from_dirty_price(&self, dirty: f64) -> Option<Measures> {
        if dirty > 0.0 { self.formula.measures(self.bond, dirty) } else { None }
    }

    /// Yield and sensitivities at a clean price.
    #[inline(always)]
    pub fn measures(&self, clean_price: f64) -> Option<Measures> {
        self.measures_from_dirty_price(self.dirty_price(clean_price))
    }

    /// With the yield as the market prints it; `None` if rounding makes of it one that has no
    /// price.
    fn printed(&self, measures: Measures) -> Option<Measures> {
        let ytm = self.bond.convention.printed_yield(measures.ytm);
        let is_yield = ytm == measures.ytm || self.formula.price(self.bond, ytm).is_some();
        is_yield.then_some(Measures { ytm, ..measures })
    }

    /// All figures at a clean price.
    pub fn analytics(&self, clean_price: f64) -> Analytics {
        let market_value = self.market_value(clean_price);
        let measures = self.measures(clean_price);
        Analytics {
            settlement: self.settlement,
            clean_price,
            accrued: self.accrued(),
            dirty_price: self.dirty_price(clean_price),
            market_value,
            current_yield: self.current_yield(clean_price),
            measures: measures.and_then(|measures| self.printed(measures)),
            dv01: measures.map(|measures| market_value * measures.modified_duration / 10_000.0),
        }
    }
}

/// A figure that needs no yield, at an explicit price or, without one, at the bond's own quote.
pub fn at_price(
    bond: &Bond,
    price: Option<f64>,
    settlement: Date,
    figure: impl Fn(ResolvedBond, f64) -> Option<f64>,
) -> Result<Option<f64>> {
    let Some(price) = price.or(bond.price) else { return Ok(None) };
    check_price(price)?;
    Ok(ResolvedBond::new(bond, settlement)?.and_then(|pricing| figure(pricing, price)))
}

/// The figures at an explicit price or, without one, at the bond's own quote.
pub fn analytics(bond: &Bond, price: Option<f64>, settlement: Date) -> Result<Option<Analytics>> {
    let Some(price) = price.or(bond.price) else { return Ok(None) };
    check_price(price)?;
    if let Some(pricing) = YieldPricing::closed_form(bond, settlement) {
        return Ok(Some(pricing.analytics(price)));
    }
    Ok(YieldPricing::new(bond, settlement)?.map(|pricing| pricing.analytics(price)))
}

#[cfg(test)]
pub(crate) mod tests;
