//! What users ask of a bond on a settlement date: accrued interest, prices, yield and risk.
//!
//! Every function answers `None` where the answer is unknown: the bond is not outstanding, or no
//! yield exists.

use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::numeric::annuity::Annuity;
use crate::numeric::elementary::{exp_m1, ln_1p};
use crate::pricing::claim::{PriceFormula, YieldFormula, is_ordinary, ordinary};
use crate::pricing::yields::{DiscountedFlows, Measures};
use crate::product::bond::{Bond, check_price};
use crate::product::convention::AccrualRule;
use crate::resolve::coupon_position::CouponPosition;

/// A bond on a settlement date: the one resolution that all figures share.
#[derive(Debug, Clone, Copy)]
pub struct ResolvedBond<'a, P = YieldFormula> {
    pub bond: &'a Bond,
    pub settlement: Date,
    pub position: CouponPosition,
    pub pricing: P,
    accrued: f64,
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
    /// None where the price is so low that no float holds it.
    pub current_yield: Option<f64>,
    /// None where no yield exists at this price.
    pub measures: Option<Measures>,
    /// Loss of market value for a rise of the yield by one basis point.
    pub dv01: Option<f64>,
}

impl<'a> ResolvedBond<'a, ()> {
    /// Without the bond's yield convention, whose clock may ask more of a calendar than flows and
    /// accrued interest do. None where the bond is not outstanding on the settlement date.
    pub fn without_yield(bond: &'a Bond, settlement: Date) -> Result<Option<Self>> {
        let Some(position) = CouponPosition::of(bond, settlement)? else { return Ok(None) };
        let accrued = accrued(bond, settlement, &position);
        Ok(Some(ResolvedBond { bond, settlement, position, pricing: (), accrued }))
    }
}

impl<'a> ResolvedBond<'a> {
    /// None where the bond is not outstanding on the settlement date.
    pub fn new(bond: &'a Bond, settlement: Date) -> Result<Option<ResolvedBond<'a>>> {
        let Some(ResolvedBond { position, accrued, .. }) =
            ResolvedBond::without_yield(bond, settlement)?
        else {
            return Ok(None);
        };
        let pricing = YieldFormula::new(bond, settlement, &position, accrued)?;
        Ok(Some(ResolvedBond { bond, settlement, position, pricing, accrued }))
    }
}

impl<'a> ResolvedBond<'a, DiscountedFlows<Annuity>> {
    /// The same on a shorter way: most bonds are level coupons. None where this one is not, or not
    /// outstanding.
    #[inline(always)]
    pub fn ordinary(bond: &'a Bond, settlement: Date) -> Option<Self> {
        if !is_ordinary(bond) {
            return None;
        }
        let position = CouponPosition::of_plain(bond, settlement)?;
        let accrued = 100.0 * bond.coupon * position.accrued / bond.frequency.per_year();
        Some(ResolvedBond {
            bond,
            settlement,
            position,
            pricing: ordinary(bond, &position),
            accrued,
        })
    }
}

impl<P> ResolvedBond<'_, P> {
    /// Interest accrued since the last coupon date, per 100 face; negative in an ex-dividend
    /// period.
    #[inline(always)]
    pub fn accrued(&self) -> f64 {
        self.accrued
    }

    #[inline(always)]
    pub fn dirty_price(&self, clean_price: f64) -> f64 {
        clean_price + self.accrued()
    }

    /// In money.
    pub fn market_value(&self, clean_price: f64) -> f64 {
        self.dirty_price(clean_price) * self.bond.holding()
    }

    /// None where the price is so low that no float holds it.
    pub fn current_yield(&self, clean_price: f64) -> Option<f64> {
        Some(100.0 * self.bond.rate_from(self.settlement) / clean_price)
            .filter(|current| current.is_finite())
    }
}

impl<P: PriceFormula> ResolvedBond<'_, P> {
    pub fn dirty_price_from_yield(&self, ytm: f64) -> Result<f64> {
        let rule = "a yield is a decimal above minus the coupon frequency (4.45 % is 0.0445), at \
            which the price is positive and finite";
        let price = if ytm.is_finite() { self.pricing.price(self.bond, ytm) } else { None };
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
        if dirty > 0.0 { self.pricing.measures(self.bond, dirty) } else { None }
    }

    /// Yield and sensitivities at a clean price.
    #[inline(always)]
    pub fn measures(&self, clean_price: f64) -> Option<Measures> {
        self.measures_from_dirty_price(self.dirty_price(clean_price))
    }

    /// With the yield as the market prints it; None where rounding makes of it one that has no
    /// price.
    fn printed(&self, measures: Measures) -> Option<Measures> {
        let ytm = self.bond.convention.printed_yield(measures.ytm);
        let is_yield = ytm == measures.ytm || self.pricing.price(self.bond, ytm).is_some();
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

/// Coupon times day count.
pub fn linear_accrued(bond: &Bond, settlement: Date, position: &CouponPosition) -> f64 {
    100.0 * bond.rate_from(settlement) * position.accrued / bond.frequency.per_year()
}

fn accrued(bond: &Bond, settlement: Date, position: &CouponPosition) -> f64 {
    let linear = linear_accrued(bond, settlement, position);
    if bond.convention.accrues_by_day_count() {
        linear
    } else {
        market_accrued(bond, settlement, position, linear)
    }
}

fn market_accrued(bond: &Bond, settlement: Date, position: &CouponPosition, linear: f64) -> f64 {
    let rate = bond.rate_from(settlement);
    let accrued = match bond.convention.accrual() {
        AccrualRule::DayCount => linear,
        AccrualRule::Capped => linear.min(bond.coupon_amount(rate) * position.next),
        AccrualRule::Exponential => {
            100.0 * exp_m1(ln_1p(rate) * position.accrued / bond.frequency.per_year())
        }
        AccrualRule::Canadian => canadian_accrued(bond, settlement, position),
    };
    bond.convention.printed_accrued(accrued)
}

/// Days over 365, but in the second half of a regular period what the coupon lacks, so that it is
/// reached on its date; what an ex-dividend sale takes back is by the days that are left.
fn canadian_accrued(bond: &Bond, settlement: Date, position: &CouponPosition) -> f64 {
    let grid = bond.grid();
    let previous = grid.coupon(position.index + position.whole + 1).date();
    let in_first_period = bond.frequency == Frequency::None
        || bond.first_coupon.is_some_and(|first| settlement < first);
    let start = match bond.issue {
        Some(issue) if in_first_period => issue,
        Some(issue) => issue.max(previous),
        None => previous,
    };
    let next = position.payment_date(bond, &grid, 0);
    let regular = start == grid.coupon(position.index + 1).date()
        && next == grid.coupon(position.index).date();
    let (elapsed, left) =
        (f64::from(settlement.days() - start.days()), f64::from(next.days() - settlement.days()));
    let per_year = bond.frequency.per_year();
    let years = if position.next == 0.0 {
        -left / 365.0
    } else if regular && elapsed > 365.0 / per_year {
        1.0 / per_year - left / 365.0
    } else {
        elapsed / 365.0
    };
    100.0 * bond.rate_from(settlement) * years
}

/// A figure that needs no yield, at an explicit price or, without one, at the bond's own quote.
pub fn at_price(
    bond: &Bond,
    price: Option<f64>,
    settlement: Date,
    figure: impl Fn(ResolvedBond<()>, f64) -> Option<f64>,
) -> Result<Option<f64>> {
    let Some(price) = price.or(bond.price) else { return Ok(None) };
    check_price(price)?;
    Ok(ResolvedBond::without_yield(bond, settlement)?.and_then(|settled| figure(settled, price)))
}

/// The figures at an explicit price or, without one, at the bond's own quote.
pub fn analytics(bond: &Bond, price: Option<f64>, settlement: Date) -> Result<Option<Analytics>> {
    let Some(price) = price.or(bond.price) else { return Ok(None) };
    check_price(price)?;
    if let Some(settled) = ResolvedBond::ordinary(bond, settlement) {
        return Ok(Some(settled.analytics(price)));
    }
    Ok(ResolvedBond::new(bond, settlement)?.map(|settled| settled.analytics(price)))
}
