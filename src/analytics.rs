//! What users ask of a bond on a settlement date: accrued interest, prices, yield and risk.
//!
//! Every function answers `None` where the answer is unknown: the bond is not outstanding, or no yield exists.

use crate::bond::{Bond, check_price};
use crate::date::Date;
use crate::error::{Error, Result};
use crate::position::Position;
use crate::yields::{Claim, Measures};

/// A bond on a settlement date: the one resolution that all figures share.
#[derive(Debug, Clone, Copy)]
pub struct Settled {
    pub bond: Bond,
    pub settlement: Date,
    pub position: Position,
    pub claim: Claim,
}

/// A price and all that follows from it. Prices and accrued interest per 100 face, value and DV01 in money.
#[derive(Debug, Clone, Copy)]
pub struct Analytics {
    pub settlement: Date,
    pub clean_price: f64,
    pub accrued: f64,
    pub dirty_price: f64,
    pub market_value: f64,
    /// None where the price is so low that no float holds it.
    pub current_yield: Option<f64>,
    /// None where no yield exists at this price.
    pub measures: Option<Measures>,
    /// Loss of market value for a rise of the yield by one basis point.
    pub dv01: Option<f64>,
}

impl Settled {
    #[inline(always)]
    pub fn new(bond: Bond, settlement: Date) -> Option<Settled> {
        let position = Position::of(&bond, settlement)?;
        Some(Settled { bond, settlement, position, claim: Claim::new(&bond, &position) })
    }

    /// Interest accrued since the last coupon date, per 100 face.
    #[inline(always)]
    pub fn accrued(&self) -> f64 {
        100.0 * self.bond.coupon * self.position.accrued / self.bond.frequency.per_year()
    }

    pub fn dirty_price_from_yield(&self, ytm: f64) -> Result<f64> {
        let rule = "a yield is a decimal above minus the coupon frequency (4.45 % is 0.0445), at which the price is finite";
        let price = if ytm.is_finite() { self.claim.price(ytm) } else { None };
        let dirty = price.map(|price| price * self.bond.redemption).filter(|dirty| dirty.is_finite());
        dirty.ok_or(Error::OutOfRange { what: "yield", value: ytm, rule })
    }

    pub fn clean_price_from_yield(&self, ytm: f64) -> Result<f64> {
        Ok(self.dirty_price_from_yield(ytm)? - self.accrued())
    }

    #[inline(always)]
    pub fn measures_from_dirty_price(&self, dirty: f64) -> Option<Measures> {
        if dirty > 0.0 { self.claim.measures(dirty / self.bond.redemption) } else { None }
    }

    #[inline(always)]
    pub fn dirty_price(&self, clean_price: f64) -> f64 {
        clean_price + self.accrued()
    }

    /// Yield and sensitivities at a clean price.
    #[inline(always)]
    pub fn measures(&self, clean_price: f64) -> Option<Measures> {
        self.measures_from_dirty_price(self.dirty_price(clean_price))
    }

    /// All figures at a clean price.
    pub fn analytics(&self, clean_price: f64) -> Analytics {
        let dirty_price = self.dirty_price(clean_price);
        let market_value = dirty_price * self.bond.holding();
        let measures = self.measures(clean_price);
        Analytics {
            settlement: self.settlement,
            clean_price,
            accrued: self.accrued(),
            dirty_price,
            market_value,
            current_yield: Some(100.0 * self.bond.coupon / clean_price).filter(|current| current.is_finite()),
            measures,
            dv01: measures.map(|measures| market_value * measures.modified_duration / 10_000.0),
        }
    }
}

/// The figures at an explicit price or, without one, at the bond's own quote.
pub fn analytics(bond: Bond, price: Option<f64>, settlement: Date) -> Result<Option<Analytics>> {
    let Some(price) = price.or(bond.price) else { return Ok(None) };
    check_price(price)?;
    Ok(Settled::new(bond, settlement).map(|settled| settled.analytics(price)))
}
