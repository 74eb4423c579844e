//! Par yields: of the constant maturities that a treasury publishes, bonds worth par from a year on, bills below.
//!
//! Source: US Department of the Treasury, "Treasury Yield Curve Methodology" and 31 CFR 356, appendix B.

use super::equation::{Equation, Flow};
use super::maturity::Maturity;
use super::quote::{Instrument, time};
use crate::curve::Definition;
use crate::date::Date;
use crate::daycount::{DayCount, Reference};
use crate::error::{Error, Result};

/// What a yield below a year is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortYield {
    /// Simple interest on actual days over those of the year that begins on the curve's date; compounded once beyond half
    /// of it. Source: 31 CFR 356, appendix B VI.D.
    BondEquivalent,
    /// Simple interest.
    Simple(DayCount),
}

/// Of a half year.
const MONTHS: i32 = 6;
/// More than any bond's life, and a bound on the work.
const MAX_YEARS: f64 = 200.0;

/// The frame of the curve, and the half-yearly days from its date to the last maturity in whole half years.
pub struct Grid<'a> {
    frame: &'a Definition,
    /// Each with its time.
    days: Vec<(Date, f64)>,
}

impl<'a> Grid<'a> {
    pub fn new(frame: &'a Definition, maturities: impl Iterator<Item = Maturity>) -> Result<Grid<'a>> {
        const MOST: i32 = 200;
        let half_years = |maturity| if let Maturity::Months(months) = maturity { (months / MONTHS).clamp(0, MOST) } else { 0 };
        let day = |period: i32| {
            let date = Maturity::Months(MONTHS * period).after(frame.as_of, false)?;
            Ok((date, time(frame, date)?))
        };
        let days = (0..=maturities.map(half_years).max().unwrap_or(0)).map(day).collect::<Result<_>>()?;
        Ok(Grid { frame, days })
    }

    pub fn equation(&self, maturity: Maturity, rate: f64, short: ShortYield) -> Result<Equation> {
        let (instrument, as_of) = (Instrument::Par(maturity), self.frame.as_of);
        let end = maturity.after(as_of, false)?;
        if end <= as_of {
            return Err(Error::Bootstrap { instrument: instrument.to_string(), why: format!("it ends on {end}") });
        }
        if time(self.frame, end)? > MAX_YEARS {
            return Err(Error::Bootstrap { instrument: instrument.to_string(), why: format!("it ends more than {MAX_YEARS} years later") });
        }
        let flows = if end < Maturity::Months(12).after(as_of, false)? { self.bill(end, rate, short)? } else { self.bond(end, rate)? };
        Ok(Equation::new(instrument, flows))
    }

    /// What a unit grows to is worth the unit.
    fn bill(&self, end: Date, rate: f64, short: ShortYield) -> Result<Vec<Flow>> {
        let as_of = self.frame.as_of;
        let (growth, slope) = match short {
            ShortYield::Simple(day_count) => {
                let years = day_count.year_fraction(as_of, end, &Reference::default())?;
                (1.0 + rate * years, years)
            }
            ShortYield::BondEquivalent => {
                let days = |end: Date| f64::from(end.days() - as_of.days());
                let years = days(end) / days(Maturity::Months(12).after(as_of, false)?);
                let (stub, half) = if years > 0.5 { (years - 0.5, 0.5) } else { (years, 0.0) };
                ((1.0 + stub * rate) * (1.0 + half * rate), stub * (1.0 + half * rate) + half * (1.0 + stub * rate))
            }
        };
        Ok(vec![Flow::fixed(-1.0, 0.0), Flow::fixed(growth, slope).paid(time(self.frame, end)?)])
    }

    /// Half the rate every half year from the curve's date, or counted back from a maturity that these do not meet, when
    /// the first coupon is for its days only.
    fn bond(&self, end: Date, rate: f64) -> Result<Vec<Flow>> {
        let coupon = |part: f64, time: f64| Flow::fixed(0.5 * part * rate, 0.5 * part).paid(time);
        let mut flows = vec![Flow::fixed(-1.0, 0.0)];
        if let Ok(periods) = self.days.binary_search_by_key(&end, |&(date, _)| date) {
            flows.extend(self.days.iter().take(periods + 1).skip(1).map(|&(_, time)| coupon(1.0, time)));
        } else {
            let as_of = self.frame.as_of;
            let mut date = end;
            for period in 1.. {
                let start = end.civil().months_earlier(MONTHS * period, false).date();
                let days = |from: Date| f64::from(date.days() - from.days());
                let part = if start < as_of { days(as_of) / days(start) } else { 1.0 };
                flows.push(coupon(part, time(self.frame, date)?));
                if start <= as_of {
                    break;
                }
                date = start;
            }
        }
        flows.push(Flow::fixed(1.0, 0.0).paid(time(self.frame, end)?));
        Ok(flows)
    }
}
