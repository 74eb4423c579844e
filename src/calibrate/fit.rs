//! A Nelson-Siegel or Svensson curve through the prices of bonds.
//!
//! A bond's error is that of its price divided by its duration and dirty price, which is nearly the
//! error of its yield: e = (P(curve) − P)/(D·P). Weighted so, as in R. Gürkaynak, B. Sack and J.
//! Wright, "The U.S. Treasury Yield Curve: 1961 to the Present", Journal of Monetary Economics 54
//! (2007), no maturity outweighs the others. The curves are those of Nelson and Siegel (1987) and
//! Svensson (1994), see [`crate::market::curve::Parameters`].
//!
//! Bonds that trade off the curve must not bend it: the sum that is least is not that of e² but of
//! Tukey's biweight at 4.685 robust standard deviations, beyond which an error counts for nothing
//! more (P. Huber and E. Ronchetti, "Robust Statistics", 2009). That sum has many bottoms:
//! [`start`] finds where to begin by what is nearly linear, [`descent`] goes down from there, and
//! the lowest is taken, by losses that leave nothing out until the bottom is near.
//!
//! Where the bonds do not determine it the curve is kept within 10 % of the middle of their own
//! rates ([`system`]), by no more than its errors warrant: prices that lie on a curve give that
//! curve. Prices are taken in one order, whatever the rows', so that the same prices give the same
//! bits.

mod descent;
mod report;
mod robust;
mod squares;
mod start;
mod system;

pub use report::{Line, report};

use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::market::curve::{Curve, CurveDefinition};
use crate::numeric::elementary::ln_1p;
use crate::numeric::roots::Flow;
use crate::pricing::discounted_flows::{CashFlows, ExplicitFlows};
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::Bond;
use descent::{Aim, Reached, descend};
use robust::{Loss, scale};
use system::{FitPoint, FitSystem};

/// The curve to fit. The discriminant is its code in an aggregate's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum FitMethod {
    NelsonSiegel = 1,
    Svensson = 2,
}

impl Vocabulary for FitMethod {
    const WHAT: &'static str = "fitting method";
    const WORDS: &'static [Word<FitMethod>] = &[
        Word {
            value: FitMethod::NelsonSiegel,
            name: "nelson_siegel",
            aliases: &["ns"],
            meaning: "one hump, four parameters",
        },
        Word {
            value: FitMethod::Svensson,
            name: "svensson",
            aliases: &["nelson siegel svensson", "nss"],
            meaning: "two humps, six parameters",
        },
    ];
}

impl FitMethod {
    /// As in Gürkaynak, Sack and Wright's daily curves.
    pub const DEFAULT: FitMethod = FitMethod::Svensson;

    /// Three betas and a tau; a fourth beta and a second tau.
    pub fn parameters(self) -> usize {
        match self {
            FitMethod::NelsonSiegel => 4,
            FitMethod::Svensson => 6,
        }
    }
}

/// What a fit needs of a bond: its flows by years from settlement, per 100 face, and what they
/// cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Priced {
    pub dirty: f64,
    /// Modified duration at that price, in years.
    pub duration: f64,
    pub flows: Vec<Flow>,
}

impl Priced {
    /// `None` if there is nothing to fit: no quote, no yield, not outstanding, perpetual.
    pub fn new(bond: &Bond, settlement: Date) -> Result<Option<Priced>> {
        let (Some(price), Some(pricing)) = (bond.price, YieldPricing::new(bond, settlement)?)
        else {
            return Ok(None);
        };
        let Some(measures) = pricing.measures(price) else { return Ok(None) };
        if bond.is_perpetual() {
            return Ok(None);
        }
        let frame = CurveDefinition::new(settlement, Vec::new());
        let flows = pricing
            .payments_per_100()?
            .into_iter()
            .map(|flow| (frame.time(flow.date), flow.coupon + flow.principal))
            .collect();
        let priced = Priced {
            dirty: pricing.dirty_price(price),
            duration: measures.modified_duration,
            flows,
        };
        Ok(Some(priced).filter(Priced::is_sound))
    }

    pub(crate) fn is_sound(&self) -> bool {
        const SHORTEST: f64 = 1e-3; // a third of a day, which no price is exact to
        const BOUND: f64 = 1e12;
        let later = |pair: &[Flow]| matches!(pair, [a, b] if a.0 <= b.0);
        self.dirty > 0.0
            && self.dirty < BOUND
            && (SHORTEST..BOUND).contains(&self.duration)
            && self.flows.iter().all(|(time, amount)| {
                (0.0..=1_000.0).contains(time) && (0.0..BOUND).contains(amount)
            })
            && self.flows.windows(2).all(later)
            && self.maturity() > 0.0
    }

    fn maturity(&self) -> f64 {
        self.flows.last().map_or(0.0, |&(time, _)| time)
    }

    /// The continuous rate at which the flows are worth the price.
    fn rate(&self) -> Option<f64> {
        let flows = ExplicitFlows(self.flows.clone());
        flows
            .solve(0.0, self.dirty)
            .map(|solution| ln_1p(solution.u))
            .filter(|rate| rate.is_finite())
    }
}

/// Before the outliers are known an error counts by its size alone where it is more than a basis
/// point, then a hundredth.
const BOUNDS: [f64; 2] = [1e-4, 1e-6];
/// Starts that are followed at all, those that are followed further, and those to their end; and
/// the steps before that is decided.
const MANY: usize = 12;
const SOME: usize = 6;
const FEW: usize = 3;
const FIRST_STEPS: usize = 8;
const NEXT_STEPS: usize = 40;
const MAX_STEPS: usize = 200;
/// What beyond an ordinary rate counts like a bond one standard deviation off.
const DOUBT: f64 = 0.01;
/// Rounds of a scale and the fit at that scale.
const MAX_ROUNDS: usize = 30;
/// What a scale may still change by when it has pricing.
const SETTLED: f64 = 1e-6;

/// The curve that bonds were priced by, as nearly as one of this kind can be; None of no bonds.
/// `pause` is called between steps, of which there are at most some tens of thousands.
pub fn fit(
    method: FitMethod,
    settlement: Date,
    bonds: &[Priced],
    pause: impl Fn(),
) -> Result<Option<Curve>> {
    let mut maturities: Vec<f64> = bonds.iter().map(Priced::maturity).collect();
    maturities.sort_by(f64::total_cmp);
    maturities.dedup();
    let (count, needed) = (maturities.len(), method.parameters());
    if count == 0 {
        return Ok(None);
    }
    if count < needed {
        return Err(Error::TooFew { method: method.name(), count, needed });
    }
    let system = FitSystem::new(bonds, needed);
    let scale_at = |point: FitPoint| scale(system.at(point).errors(), needed);
    let down = |point: FitPoint, loss: Loss, scale: f64, steps: usize| {
        descend(&system, point, Aim { loss, share: scale / DOUBT }, steps, &pause)
    };
    let lowest = |points: Vec<FitPoint>, bound: f64, steps: usize, count: usize| {
        let mut reached: Vec<Reached> =
            points.into_iter().map(|point| down(point, Loss::Huber(bound), bound, steps)).collect();
        reached.sort_by(|a, b| a.total.total_cmp(&b.total));
        reached.truncate(count);
        reached.into_iter().map(|reached| reached.point).collect::<Vec<FitPoint>>()
    };
    let undetermined = || Error::Curve { why: "no prices determine it".to_owned() };
    // Near a curve the next grid is all but exact. No error is left out yet: an outlier of a rough
    // curve may be what tells the right one.
    let [bound, _] = BOUNDS;
    let starts =
        start::TauGrid::new(bonds, None, needed).robust(&pause).into_iter().take(FEW).collect();
    let mut lows = lowest(starts, bound, FIRST_STEPS, 1);
    for bound in BOUNDS {
        let near = *lows.first().ok_or_else(undetermined)?;
        let weights: Vec<f64> =
            system.at(near).errors().map(|error| Loss::Huber(bound).weight(error)).collect();
        let mut starts = start::TauGrid::new(bonds, Some(near), needed).lows(&weights, &pause);
        starts.truncate(MANY);
        starts.extend(lows);
        lows = lowest(lowest(starts, bound, FIRST_STEPS, SOME), bound, NEXT_STEPS, FEW);
    }
    let pricing = |mut point: FitPoint| {
        let mut before = f64::INFINITY;
        for _ in 0..MAX_ROUNDS {
            let scale = scale_at(point);
            if (scale - before).abs() <= SETTLED * scale {
                break;
            }
            point = down(point, Loss::biweight(scale), scale, MAX_STEPS).point;
            before = scale;
        }
        (before, point)
    };
    let found: Vec<(f64, FitPoint)> = lows.into_iter().map(pricing).collect();
    // Losses compare at one scale, the least that any of them has.
    let loss = Loss::biweight(found.iter().map(|&(scale, _)| scale).fold(f64::INFINITY, f64::min));
    let total =
        |point: FitPoint| system.at(point).errors().map(|error| loss.of(error)).sum::<f64>();
    let best = found
        .into_iter()
        .map(|(_, point)| (total(point), point))
        .min_by(|a, b| a.0.total_cmp(&b.0));
    let (_, point) = best.ok_or_else(undetermined)?;
    Ok(Some(Curve::new(CurveDefinition::parametric(settlement, point.parameters()))?))
}

#[cfg(test)]
pub(crate) mod tests;
