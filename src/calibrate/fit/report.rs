//! What bonds cost beside what a curve says they are worth.

use super::Priced;
use super::robust::{Loss, scale};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::market::curve::Curve;
use crate::pricing::bond_on_curve::BondValuation;
use crate::product::bond::Bond;

/// One bond of the report; prices are clean, per 100 face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// To the last payment.
    pub years: f64,
    pub clean_price: f64,
    pub curve_price: f64,
    /// How far the yield of the quote is above that of the curve: positive of a cheap bond. The
    /// price error by duration and dirty price, as it is fitted.
    pub yield_error: f64,
    /// What the error counts for in a robust fit, from 0 to 1.
    pub weight: f64,
}

impl Line {
    /// Positive of a rich bond.
    pub fn price_error(&self) -> f64 {
        self.clean_price - self.curve_price
    }

    /// Positive of a cheap bond.
    pub fn yield_error_bp(&self) -> f64 {
        10_000.0 * self.yield_error
    }

    /// An error that a robust fit leaves out.
    pub fn is_outlier(&self) -> bool {
        self.weight == 0.0
    }
}

/// The fewest bonds whose errors tell a spread: the parameters of the smallest fit.
const FEWEST: usize = 4;

/// A line for each bond in its place; None of what has no price to compare, or flows that the curve
/// does not reach. Weights are by the robust standard deviation of these errors; on a fitted curve
/// they are those of the fit, which is why they are all wanted together.
///
/// # Errors
/// [`Error::TooFewErrors`] of fewer bonds to compare than the curve has parameters, or than tell
/// what an outlier is.
pub fn report(
    curve: &Curve,
    bonds: &[Option<Bond>],
    settlement: Date,
    pause: impl Fn(),
) -> Result<Vec<Option<Line>>> {
    if settlement < curve.as_of {
        return Err(Error::BeforeCurve { as_of: curve.as_of });
    }
    let parameters = curve.parameters.map_or(0, |parameters| 2 + 2 * parameters.decays().count());
    let line = |bond: &Option<Bond>| {
        pause();
        let bond = bond.as_ref()?;
        let priced = Priced::new(bond, settlement).ok()??;
        let clean_price = bond.price?;
        let curve_price = BondValuation::new(bond, curve, settlement).ok()??.clean_price(0.0);
        let yield_error = (curve_price - clean_price) / (priced.duration * priced.dirty);
        let line =
            Line { years: priced.maturity(), clean_price, curve_price, yield_error, weight: 1.0 };
        Some(line).filter(|line| line.yield_error.is_finite())
    };
    let mut lines: Vec<Option<Line>> = bonds.iter().map(line).collect();
    let (count, needed) = (lines.iter().flatten().count(), parameters.max(FEWEST));
    if (1..needed).contains(&count) {
        return Err(Error::TooFewErrors { count, needed });
    }
    let loss =
        Loss::biweight(scale(lines.iter().flatten().map(|line| line.yield_error), parameters));
    lines.iter_mut().flatten().for_each(|line| line.weight = loss.weight(line.yield_error));
    Ok(lines)
}
