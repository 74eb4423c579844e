//! Curves from what markets quote: par yields of a treasury; deposits, forward rate agreements,
//! futures and swaps of a money market, on one curve or with payments discounted on another.
//!
//! A quote is an equation: the flows of its instrument add up to nothing on the curve, whose node
//! it gives at the last day that they depend on. Each equation then holds to 10⁻¹² of its flows,
//! and the order of the quotes means nothing. Source: P. Hagan and G. West, "Methods for
//! Constructing a Yield Curve", Wilmott (2008).

mod equation;
mod instrument;
mod par;
mod quote;
mod solver;
mod system;

pub use instrument::Instrument;
pub use par::ShortYield;
pub use quote::MarketQuote;
pub use solver::MAX_QUOTES;

use crate::basics::error::{Error, Result};
use crate::basics::maturity::Maturity;
use crate::market::curve::{Curve, CurveDefinition};
use crate::product::money_market::MoneyMarketConventions;
use equation::Equation;
use system::EquationSystem;

/// A curve, and the equations that made it: one for each node, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Bootstrap {
    pub curve: Curve,
    system: EquationSystem,
}

/// From par yields. The nodes of `frame` are found here; the rest of it is the curve's.
pub fn par(
    frame: CurveDefinition,
    yields: &[(Maturity, f64)],
    short: ShortYield,
) -> Result<Bootstrap> {
    check(yields.len(), yields.iter().map(|&(_, rate)| rate))?;
    let bonds = par::Bonds::new(&frame, yields.iter().map(|&(maturity, _)| maturity))?;
    let equations = yields
        .iter()
        .map(|&(maturity, rate)| bonds.equation(maturity, rate, short))
        .collect::<Result<_>>()?;
    solver::solve(frame, equations)
}

/// From quotes of a money market. Where `discount` is given, payments are discounted on it, and the
/// new curve only projects the floating rates.
pub fn market(
    frame: CurveDefinition,
    quotes: &[MarketQuote],
    discount: Option<&Curve>,
) -> Result<Bootstrap> {
    check(quotes.len(), quotes.iter().map(|quote| quote.value))?;
    let market = quote::QuoteContext { frame: &frame, discount };
    let equations = quotes.iter().map(|quote| market.equation(quote)).collect::<Result<_>>()?;
    solver::solve(frame, equations)
}

/// The yield at which a bond or bill of a curve is worth par.
pub fn par_yield(curve: &Curve, maturity: Maturity, short: ShortYield) -> Result<f64> {
    let bonds = par::Bonds::new(curve, [maturity].into_iter())?;
    implied(curve, |rate| bonds.equation(maturity, rate, short))
}

/// The quote of an instrument of a money market on a curve, with its payments discounted on another
/// where that is given.
pub fn market_quote(
    curve: &Curve,
    instrument: Instrument,
    conventions: &MoneyMarketConventions,
    discount: Option<&Curve>,
) -> Result<f64> {
    let market = quote::QuoteContext { frame: curve, discount };
    implied(curve, |value| market.equation(&MarketQuote { instrument, value, conventions }))
}

/// The quote at which an equation holds: Newton's method, which all but bills of more than half a
/// year take one step of, and another for its rounding.
fn implied(curve: &Curve, equation: impl Fn(f64) -> Result<Equation>) -> Result<f64> {
    const STEPS: usize = 12;
    let mut quote = 0.0;
    for _ in 0..STEPS {
        let step = EquationSystem::new(vec![equation(quote)?])
            .values(curve)?
            .iter()
            .map(|value| value.net / value.slope)
            .sum::<f64>();
        quote -= step;
        if step.abs() <= 1e-13 * quote.abs() {
            break;
        }
    }
    if quote.is_finite() {
        return Ok(quote);
    }
    Err(Error::OutOfRange {
        what: "quote",
        value: quote,
        rule: "the curve's rates are too large to give one there",
    })
}

fn check(count: usize, mut values: impl Iterator<Item = f64>) -> Result<()> {
    if count > MAX_QUOTES {
        return Err(Error::TooMany { what: "quotes of a curve", count, limit: MAX_QUOTES });
    }
    match values.find(|value| !value.is_finite()) {
        Some(value) => {
            Err(Error::OutOfRange { what: "quote", value, rule: "a quote is a finite number" })
        }
        None => Ok(()),
    }
}

impl Bootstrap {
    /// The instruments in the order of the nodes.
    pub fn instruments(&self) -> impl Iterator<Item = Instrument> + '_ {
        self.system.equations.iter().map(|equation| equation.instrument)
    }

    /// How far each instrument is from its quote on a curve, as a part of its gross value and in
    /// units of the quote.
    pub fn mispricings(&self, curve: &Curve) -> Result<Vec<(f64, f64)>> {
        Ok(self
            .system
            .values(curve)?
            .iter()
            .map(|value| (value.net / value.gross, value.net / value.slope))
            .collect())
    }

    /// ∂(zero rate of node i)/∂(quote of node j) as row i and column j. On the curve every equation
    /// F(z, q) = 0 keeps holding, so that ∂F/∂z · dz + ∂F/∂q · dq = 0.
    pub fn jacobian(&self) -> Result<Vec<Vec<f64>>> {
        let values = self.system.values(&self.curve)?;
        let mut rows = solver::inverse(&self.curve, &self.system)?.ok_or_else(|| Error::Curve {
            why: "its quotes do not determine its nodes".to_owned(),
        })?;
        rows.iter_mut().for_each(|row| {
            row.iter_mut().zip(&values).for_each(|(cell, value)| *cell *= -value.slope)
        });
        Ok(rows)
    }
}

#[cfg(test)]
pub(crate) mod tests;
