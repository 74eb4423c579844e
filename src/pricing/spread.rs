//! What a bond pays over a curve, beyond its z-spread: compounded like a bond's yield, and as a
//! swap would pay it.
//!
//! Source: D. O'Kane, "Introduction to Asset Swaps", Lehman Brothers (2000); F. Fabozzi, The
//! Handbook of Fixed Income Securities, on the zero-volatility spread.

use crate::basics::date::Date;
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::schedule::ScheduleTerms;
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::market::curve::Curve;
use crate::numeric::elementary::{exp, exp_m1, ln, ln_1p};
use crate::pricing::bond_on_curve::BondValuation;
use crate::pricing::explain::DiscountedFlow;
use crate::product::compounding::Basis;

/// More than any price takes: from the left Newton's steps only grow shorter.
const MAX_ITERATIONS: u32 = 100;

/// How a z-spread adds to zero rates, by name: `bond` compounds as often as the bond pays.
pub fn compounding(text: &str, frequency: Frequency) -> Result<Basis> {
    if text.trim().eq_ignore_ascii_case("bond") {
        return Ok(Basis::Periodic(frequency.per_year()));
    }
    match Basis::parse(text)? {
        basis @ (Basis::Periodic(_) | Basis::Continuous) => Ok(basis),
        _ => Err(Error::Contradiction {
            what: "simple interest or discount",
            value: text.to_owned(),
            with: "a z-spread",
            hint: "A z-spread compounds: continuous, bond, or a frequency such as semiannual.",
        }),
    }
}

/// The spread over zero rates in their own compounding at which the bond is worth a clean price.
pub fn z_spread(valuation: &BondValuation, clean_price: f64, basis: Basis) -> Result<Option<f64>> {
    match basis {
        Basis::Periodic(per_year) => Ok(periodic_spread(
            &valuation.explain(0.0)?,
            valuation.dirty_price_at(clean_price),
            per_year,
        )),
        _ => Ok(valuation.z_spread(clean_price)),
    }
}

/// Z in P = Σ cⱼ·(1 + (rⱼ + Z)/m)^(−m·τⱼ), with rⱼ the curve's rate up to flow j, compounded m
/// times a year.
///
/// Every term is log-convex in Z and falls, so their sum is and does: Newton's method on ln P rises
/// to the only root from anywhere on its left, such as the root of any single flow.
fn periodic_spread(flows: &[DiscountedFlow], dirty: f64, per_year: f64) -> Option<f64> {
    let due: f64 = flows.iter().filter(|flow| flow.fraction <= 0.0).map(|flow| flow.amount).sum();
    if dirty <= due {
        return None;
    }
    let log_price = ln(dirty - due);
    let later = flows.iter().filter(|flow| flow.fraction > 0.0);
    let terms: Vec<Term> = later.filter_map(|flow| Term::new(flow, per_year)).collect();
    let mut spread =
        terms.iter().map(|term| term.spread(log_price, per_year)).fold(f64::NEG_INFINITY, f64::max);
    for _ in 0..MAX_ITERATIONS {
        let growth = |term: &Term| (term.rate + spread) / per_year;
        let log = |term: &Term| term.log_amount - term.periods * ln_1p(growth(term));
        // The largest term is taken out, so that none overflows.
        let largest = terms.iter().map(log).fold(f64::NEG_INFINITY, f64::max);
        if largest == f64::INFINITY {
            // No float lies between the spread and where the price has no bounds.
            return Some(spread).filter(|spread| spread.is_finite());
        }
        let (mut value, mut fall) = (0.0, 0.0);
        for term in &terms {
            let present = exp(log(term) - largest);
            value += present;
            fall += present * term.periods / (per_year * (1.0 + growth(term)));
        }
        let duration = fall / value;
        let step = (ln(value) + largest - log_price) / duration;
        spread += step;
        let rounding = 4.0 * f64::EPSILON * spread.abs().max((1.0 + log_price.abs()) / duration);
        if step <= rounding {
            return Some(spread);
        }
    }
    None
}

/// A flow after settlement.
struct Term {
    log_amount: f64,
    /// Compounding periods until it.
    periods: f64,
    /// The curve's periodic rate until it.
    rate: f64,
}

impl Term {
    fn new(flow: &DiscountedFlow, per_year: f64) -> Option<Term> {
        let periods = per_year * flow.fraction;
        let rate = per_year * exp_m1(-ln(flow.discount_factor?) / periods);
        Some(Term { log_amount: ln(flow.amount), periods, rate })
    }

    /// The spread at which it alone is worth a price.
    fn spread(&self, log_price: f64, per_year: f64) -> f64 {
        per_year * exp_m1((self.log_amount - log_price) / self.periods) - self.rate
    }
}

/// Who pays for a bond's distance from par.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AssetSwap {
    /// Par is paid for bond and swap together; the floating leg is on par.
    Par,
    /// The bond's dirty price is paid, and is what the floating leg is on.
    MarketValue,
}

impl Vocabulary for AssetSwap {
    const WHAT: &'static str = "asset swap";
    const WORDS: &'static [Word<AssetSwap>] = &[
        Word {
            value: AssetSwap::Par,
            name: "par",
            aliases: &["par par", "par in par out"],
            meaning: "on par",
        },
        Word {
            value: AssetSwap::MarketValue,
            name: "market_value",
            aliases: &["market", "proceeds"],
            meaning: "on the dirty price",
        },
    ];
}

/// What the floating leg adds to its index so that the swap of the bond's flows for it, at a clean
/// price, is worth nothing: s = (P on the curve − P)/(notional · Σ yearsᵢ·P(tᵢ)/P(tₛ)), its periods
/// counted back from maturity to settlement.
pub fn asset_swap_spread(
    valuation: &BondValuation,
    curve: &Curve,
    clean_price: f64,
    kind: AssetSwap,
    (frequency, day_count): (Frequency, DayCount),
) -> Result<Option<f64>> {
    let (settlement, maturity) = (valuation.settlement(), valuation.maturity());
    let dirty = valuation.dirty_price_at(clean_price);
    if settlement >= maturity || dirty <= 0.0 {
        return Ok(None);
    }
    let mut annuity = 0.0;
    for period in (ScheduleTerms {
        end_of_month: false,
        ..ScheduleTerms::new(settlement, maturity, frequency)
    })
    .periods()?
    {
        let reference = Reference { frequency: Some(frequency), ..Reference::default() };
        annuity += day_count.year_fraction(period.start, period.end, &reference)?
            * discount(curve, period.end)?;
    }
    let notional = match kind {
        AssetSwap::Par => 100.0,
        AssetSwap::MarketValue => dirty,
    };
    let spread =
        (valuation.dirty_price(0.0) - dirty) / (notional * annuity / discount(curve, settlement)?);
    Ok(Some(spread).filter(|spread| spread.is_finite()))
}

fn discount(curve: &Curve, date: Date) -> Result<f64> {
    curve.discount(curve.time(date))
}
