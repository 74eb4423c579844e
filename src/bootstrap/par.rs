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

const MONTHS: i32 = 6;

pub fn equation(frame: &Definition, maturity: Maturity, rate: f64, short: ShortYield) -> Result<Equation> {
    let instrument = Instrument::Par(maturity);
    let as_of = frame.as_of;
    let end = maturity.after(as_of, false)?;
    if end <= as_of {
        return Err(Error::Bootstrap { instrument: instrument.to_string(), why: format!("it ends on {end}") });
    }
    let flows = if end < Maturity::Months(12).after(as_of, false)? { bill(frame, end, rate, short)? } else { bond(frame, end, rate)? };
    Ok(Equation::new(instrument, flows))
}

/// What a unit grows to is worth the unit.
fn bill(frame: &Definition, end: Date, rate: f64, short: ShortYield) -> Result<Vec<Flow>> {
    let as_of = frame.as_of;
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
    Ok(vec![Flow::fixed(-1.0, 0.0), Flow::fixed(growth, slope).paid(time(frame, end)?)])
}

/// Half the rate every half year from the curve's date, or counted back from a maturity that these do not meet, when the
/// first coupon is for its days only.
fn bond(frame: &Definition, end: Date, rate: f64) -> Result<Vec<Flow>> {
    let (as_of, from, to) = (frame.as_of, frame.as_of.civil(), end.civil());
    let periods = (to.months - from.months) / MONTHS;
    let on_grid = from.months_earlier(-MONTHS * periods, false) == to;
    let day = |period: i32| match on_grid {
        true => from.months_earlier(-MONTHS * period, false).date(),
        false => to.months_earlier(MONTHS * (periods - period), false).date(),
    };
    let mut flows = Vec::with_capacity(periods.unsigned_abs() as usize + 2);
    flows.push(Flow::fixed(-1.0, 0.0));
    for period in 0..=periods {
        let date = day(period);
        if date <= as_of {
            continue;
        }
        let start = day(period - 1);
        let days = |from: Date| f64::from(date.days() - from.days());
        let part = if start < as_of { days(as_of) / days(start) } else { 1.0 };
        let principal = if period == periods { 1.0 } else { 0.0 };
        flows.push(Flow::fixed(principal + 0.5 * part * rate, 0.5 * part).paid(time(frame, date)?));
    }
    Ok(flows)
}
