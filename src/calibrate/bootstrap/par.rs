//! Par yields: of the constant maturities that a treasury publishes, half-yearly bonds worth par
//! from a year on, bills below; of half a year in months, the bond that pays its first coupon then.
//!
//! Source: US Department of the Treasury, "Treasury Yield Curve Methodology" and 31 CFR 356,
//! appendix B.

use super::equation::{CurveFlow, Equation};
use super::instrument::Instrument;
use super::quote::time;
use crate::basics::date::Date;
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::maturity::Maturity;
use crate::market::curve::CurveDefinition;
use crate::pricing::rate_formula::BillTerm;
use std::borrow::Cow;

/// What a yield below a year is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortYield {
    /// The investment rate of a bill: [`BillTerm`].
    BondEquivalent,
    /// Simple interest.
    Simple(DayCount),
}

/// More than any bond's life, and a bound on the work.
const MAX_YEARS: f64 = 200.0;

/// The curve to be built, and the coupons of its longest bond of whole half years: those of shorter
/// ones are their last.
pub struct Bonds<'a> {
    frame: &'a CurveDefinition,
    longest: Vec<(f64, f64)>,
}

impl<'a> Bonds<'a> {
    pub fn new(
        frame: &'a CurveDefinition,
        maturities: impl Iterator<Item = Maturity>,
    ) -> Result<Bonds<'a>> {
        let halves = maturities
            .filter_map(half_years)
            .filter(|&halves| halves <= 2 * MAX_YEARS as usize)
            .max()
            .unwrap_or(0);
        Ok(Bonds {
            frame,
            longest: frame.coupons(Maturity::Months(6 * halves as i32), Frequency::Semiannual)?,
        })
    }

    /// Time and part of a year of each coupon, the last first.
    fn coupons(&self, maturity: Maturity) -> Result<Cow<'_, [(f64, f64)]>> {
        let shared = half_years(maturity)
            .and_then(|halves| self.longest.len().checked_sub(halves))
            .and_then(|from| self.longest.get(from..));
        shared.map_or_else(
            || Ok(Cow::Owned(self.frame.coupons(maturity, Frequency::Semiannual)?)),
            |shared| Ok(Cow::Borrowed(shared)),
        )
    }

    /// What a par yield says of the curve.
    pub fn equation(&self, maturity: Maturity, rate: f64, short: ShortYield) -> Result<Equation> {
        let (frame, instrument, as_of) = (self.frame, Instrument::Par(maturity), self.frame.as_of);
        let refuse = |why| Err(Error::Bootstrap { instrument: instrument.to_string(), why });
        let end = maturity.after(as_of, false)?;
        if end <= as_of {
            return refuse(format!("it ends on {end}"));
        }
        if time(frame, end)? > MAX_YEARS {
            return refuse(format!("it ends more than {MAX_YEARS} years later"));
        }
        let is_bill =
            end < Maturity::Months(12).after(as_of, false)? && maturity != Maturity::Months(6);
        let flows = if is_bill {
            bill(frame, end, rate, short)?
        } else {
            bond(&self.coupons(maturity)?, rate)
        };
        Ok(Equation::new(instrument, flows))
    }
}

fn half_years(maturity: Maturity) -> Option<usize> {
    match maturity {
        Maturity::Months(months) if months > 0 && months % 6 == 0 => {
            usize::try_from(months / 6).ok()
        }
        _ => None,
    }
}

/// A bill: the present value of principal and interest equals 1.
fn bill(
    frame: &CurveDefinition,
    end: Date,
    rate: f64,
    short: ShortYield,
) -> Result<Vec<CurveFlow>> {
    let as_of = frame.as_of;
    let (growth, slope) = match short {
        ShortYield::Simple(day_count) => {
            let years = day_count.year_fraction(as_of, end, &Reference::default())?;
            (1.0 + rate * years, years)
        }
        ShortYield::BondEquivalent => {
            let [stub, half] = BillTerm::new(as_of, end).spans();
            (
                (1.0 + stub * rate) * (1.0 + half * rate),
                stub * (1.0 + half * rate) + half * (1.0 + stub * rate),
            )
        }
    };
    Ok(vec![CurveFlow::fixed(-1.0, 0.0), CurveFlow::fixed(growth, slope).paid(time(frame, end)?)])
}

/// Half the rate every half year, counted back from the end, and at first for what is left of its
/// period.
fn bond(coupons: &[(f64, f64)], rate: f64) -> Vec<CurveFlow> {
    let end = coupons.first().map_or(f64::NAN, |&(time, _)| time);
    let coupon = |&(time, years): &(f64, f64)| CurveFlow::fixed(years * rate, years).paid(time);
    let face = [CurveFlow::fixed(-1.0, 0.0), CurveFlow::fixed(1.0, 0.0).paid(end)];
    coupons.iter().map(coupon).chain(face).collect()
}
