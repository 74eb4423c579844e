//! What a move of rates and spreads does to a value: to first order, to second order, and repriced.
//!
//! By the yield, ΔP ≈ −D·P·Δy + ½·C·P·Δy². On curves each flow's exponent moves by its own eⱼ =
//! −Δzⱼ·tⱼ − Δs·τⱼ, and ΔP = Σ xⱼ·(e^eⱼ − 1) ≈ Σ xⱼ·eⱼ + ½·Σ xⱼ·eⱼ².

use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::market::curve::{Curve, InterpolatedCurve};
use crate::numeric::certain::certain;
use crate::numeric::elementary::exp_m1;
use crate::pricing::bond_on_curve::BondValuation;
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::Bond;

/// Profit and loss, in money, of what is worth so much: rates up, loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pnl {
    pub market_value: f64,
    pub first_order: f64,
    /// The first order with it.
    pub second_order: f64,
    pub full_repricing: f64,
}

/// A move of yields, or from one curve to another, with one of spreads.
#[derive(Debug, Clone, Copy)]
pub enum Shock<'a> {
    Yield { bp: f64, settlement: Date },
    Curve { from: &'a Curve, to: &'a Curve, spread_bp: f64 },
}

impl<'a> Shock<'a> {
    /// Rates and spreads move a yield alike.
    pub fn of_yield(rate_bp: f64, spread_bp: f64, settlement: Date) -> Result<Shock<'a>> {
        check_bp(rate_bp)?;
        check_bp(spread_bp)?;
        Ok(Shock::Yield { bp: rate_bp + spread_bp, settlement })
    }

    pub fn of_curve(from: &'a Curve, to: &'a Curve, spread_bp: f64) -> Result<Shock<'a>> {
        check_bp(spread_bp)?;
        if let (Some(_), Some(currency)) = (from.currency, to.currency)
            && from.currency != to.currency
        {
            return Err(Error::Contradiction {
                what: "the currency of a moved curve",
                value: currency.to_string(),
                with: "that of the curve before",
                hint: "A shock moves a curve within its currency.",
            });
        }
        if from.as_of == to.as_of {
            return Ok(Shock::Curve { from, to, spread_bp });
        }
        Err(Error::Contradiction {
            what: "the date of a moved curve",
            value: to.as_of.to_string(),
            with: "that of the curve before",
            hint: "A shock is a move within a day: shift or twist the curve of that day.",
        })
    }

    /// At the bond's own quote. `None` if the bond is not outstanding, has no yield or no spread
    /// at that price, or has no quote and no curve.
    pub fn pnl(&self, bond: &Bond) -> Result<Option<Pnl>> {
        let pnl = match *self {
            Shock::Yield { bp, settlement } => by_yield(bond, bp, settlement)?,
            Shock::Curve { from, to, spread_bp } => by_curve(bond, from, to, spread_bp)?,
        };
        Ok(pnl.filter(|pnl| pnl.terms().iter().all(|term| term.is_finite())))
    }

    /// The day on which bonds settle.
    pub fn settlement(&self) -> Date {
        match self {
            Shock::Yield { settlement, .. } => *settlement,
            Shock::Curve { from, .. } => from.as_of,
        }
    }

    /// One bad row spoils no report; a bond without a quote is skipped on curves as it is without
    /// one.
    pub fn terms(&self, bond: &Bond) -> Option<[f64; 4]> {
        bond.price.and_then(|_| self.pnl(bond).ok().flatten()).map(|pnl| pnl.terms())
    }
}

fn by_yield(bond: &Bond, bp: f64, settlement: Date) -> Result<Option<Pnl>> {
    let Some(price) = bond.price else { return Ok(None) };
    let Some(pricing) = YieldPricing::new(bond, settlement)? else { return Ok(None) };
    let Some(measures) = pricing.measures(price) else { return Ok(None) };
    let (step, dirty) = (bp / 10_000.0, pricing.dirty_price(price));
    let market_value = dirty * bond.holding();
    let first_order = -market_value * measures.modified_duration * step;
    let second_order = first_order + market_value * measures.convexity * step * step / 2.0;
    // From the yield's own price, so that no move is no loss.
    let priced = |ytm: f64| pricing.dirty_price_from_yield(ytm);
    let full_repricing = (priced(measures.ytm + step)? - priced(measures.ytm)?) * bond.holding();
    Ok(Some(Pnl { market_value, first_order, second_order, full_repricing }))
}

/// The spread of the quote is held, and then moved; without a quote the bond is on the curve
/// itself.
fn by_curve(bond: &Bond, from: &Curve, to: &Curve, spread_bp: f64) -> Result<Option<Pnl>> {
    let Some(valuation) = BondValuation::new(bond, from, from.as_of)? else { return Ok(None) };
    let Some(spread) = bond.price.map_or(Some(0.0), |price| valuation.z_spread(price)) else {
        return Ok(None);
    };
    let (before, after) = (from.interpolated(), to.interpolated());
    let (mut value, mut first, mut second, mut full) = (0.0, 0.0, 0.0, 0.0);
    for flow in valuation.explain(spread)? {
        let growth = |curve: &Curve, shape: &InterpolatedCurve| {
            Ok::<_, Error>(shape.zero(curve.time(flow.date))? * curve.time(flow.date))
        };
        let moved =
            growth(from, &before)? - growth(to, &after)? - spread_bp / 10_000.0 * flow.fraction;
        let present = certain(flow.present_value, "a present value");
        value += present;
        first += present * moved;
        second += present * moved * moved / 2.0;
        full += present * exp_m1(moved);
    }
    Ok(Some(Pnl::of_sums([value, first, first + second, full].map(|sum| sum * bond.holding()))))
}

fn check_bp(bp: f64) -> Result<()> {
    if bp.abs() <= 1e6 {
        return Ok(());
    }
    Err(Error::OutOfRange {
        what: "shock",
        value: bp,
        rule: "a shock is in basis points, from -1,000,000 to 1,000,000: 25 is 0.25 %",
    })
}

impl Pnl {
    /// The terms of a book's sums.
    pub fn terms(&self) -> [f64; 4] {
        [self.market_value, self.first_order, self.second_order, self.full_repricing]
    }

    pub fn of_sums([market_value, first_order, second_order, full_repricing]: [f64; 4]) -> Pnl {
        Pnl { market_value, first_order, second_order, full_repricing }
    }
}
