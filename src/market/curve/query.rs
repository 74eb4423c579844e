//! What a curve answers: zero rates, discount factors, forward and par rates at a date, a number of
//! years or a tenor.

use super::{Curve, CurveDefinition, Node};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::frequency::Frequency;
use crate::basics::maturity::Maturity;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::numeric::elementary::exp;
use crate::product::compounding::Basis;
use std::fmt;
use std::str::FromStr;

/// A point on a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CurvePoint {
    Date(Date),
    /// From the curve's date.
    Years(f64),
    Tenor(Tenor),
}

impl FromStr for CurvePoint {
    type Err = Error;

    fn from_str(text: &str) -> Result<CurvePoint> {
        let text = text.trim();
        let years =
            || text.parse().ok().filter(|years: &f64| years.is_finite()).map(CurvePoint::Years);
        let tenor = || text.parse().ok().map(CurvePoint::Tenor);
        Date::parse(text).map(CurvePoint::Date).or_else(years).or_else(tenor).ok_or_else(|| {
            Error::UnknownWord {
                what: "tenor",
                text: excerpt(text),
                known:
                    "tenors such as ON, 2W, 3M, 10Y, 1Y6M, dates written YYYY-MM-DD, numbers of \
                years"
                        .to_owned(),
            }
        })
    }
}

impl fmt::Display for CurvePoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CurvePoint::Date(date) => date.fmt(f),
            CurvePoint::Years(years) => years.fmt(f),
            CurvePoint::Tenor(tenor) => tenor.fmt(f),
        }
    }
}

/// A node, or a key tenor of a curve of parameters, as a row.
pub struct CurveRow {
    pub at: CurvePoint,
    pub years: f64,
    /// Where the time is that of a date.
    pub date: Option<Date>,
    pub zero: f64,
    pub discount: f64,
}

impl CurveDefinition {
    /// Years from the curve's date to a point, which may be before it.
    pub fn years(&self, at: CurvePoint) -> Result<f64> {
        Ok(match at {
            CurvePoint::Date(date) => self.time(date),
            CurvePoint::Years(years) => years,
            CurvePoint::Tenor(tenor) => self.time(tenor.after(self.as_of)?),
        })
    }

    /// When an instrument ends: years are whole months, or else days of which 365 are one.
    pub fn maturity(&self, at: CurvePoint) -> Result<Maturity> {
        let limit = f64::from(Tenor::MAX_YEARS);
        Ok(match at {
            CurvePoint::Date(date) => Maturity::On(date),
            CurvePoint::Tenor(Tenor { months, days: 0 }) => Maturity::Months(months.into()),
            CurvePoint::Tenor(Tenor { months: 0, days }) => Maturity::Days(days.into()),
            CurvePoint::Tenor(tenor) => Maturity::On(tenor.after(self.as_of)?),
            CurvePoint::Years(years) if !(0.0..=limit).contains(&years) => {
                return Err(Error::OutOfRange {
                    what: "time of a quote",
                    value: years,
                    rule: "a quote is for 0 to 1000 years",
                });
            }
            CurvePoint::Years(years) => {
                let months = (12.0 * years).round();
                if (12.0 * years - months).abs() < 1e-6 {
                    Maturity::Months(months as i32)
                } else {
                    Maturity::Days((365.0 * years).round() as i32)
                }
            }
        })
    }
}

impl CurveDefinition {
    /// Time and part of a year of each coupon of a bond from the curve's date, the last first.
    pub fn coupons(&self, maturity: Maturity, frequency: Frequency) -> Result<Vec<(f64, f64)>> {
        // Whole months from the curve's date are counted from its day, so that no month end takes a
        // day from the first coupon.
        let (day, months) = match maturity {
            Maturity::Months(months) => (self.as_of, months),
            _ => (maturity.after(self.as_of, false)?, 0),
        };
        let day = day.civil();
        Ok(regular_coupons(frequency, |count| {
            self.time(day.months_earlier(count * frequency.months() - months, false).date())
        }))
    }
}

/// Less than a second: the rounding of times that no calendar gives.
const NOTHING: f64 = 1e-9;

/// Coupons counted back from the end, the first for what is left of its period; `time` is that of
/// the one so many periods before the last.
fn regular_coupons(frequency: Frequency, time: impl Fn(i32) -> f64) -> Vec<(f64, f64)> {
    let period = 1.0 / frequency.per_year();
    let (mut coupons, mut at) = (Vec::new(), time(0));
    while at > NOTHING {
        let before = time(coupons.len() as i32 + 1);
        let share = if before > -NOTHING { 1.0 } else { at / (at - before) };
        coupons.push((at, share * period));
        at = before;
    }
    coupons
}

impl Curve {
    pub fn zero_at(&self, at: CurvePoint, basis: Basis) -> Result<f64> {
        let time = self.years(at)?;
        quoted(self.zero(time)?, time, basis)
    }

    pub fn discount_at(&self, at: CurvePoint) -> Result<f64> {
        finite("discount factor", self.discount(self.years(at)?)?)
    }

    /// The rate from one point to a later one that their discount factors imply.
    pub fn forward(&self, from: CurvePoint, to: CurvePoint, basis: Basis) -> Result<f64> {
        let (start, end) = (self.years(from)?, self.years(to)?);
        let term = end - start;
        if term.is_nan() || term <= 0.0 {
            let rule = "a forward rate is for the time from one point to a later one";
            return Err(Error::OutOfRange { what: "forward period", value: term, rule });
        }
        let shape = self.interpolated();
        let growth = (shape.zero(end)? * end - shape.zero(start)? * start) / term;
        quoted(growth, term, basis)
    }

    /// The coupon of a bond that is worth 100 on the curve's date and is repaid at a point: regular
    /// coupons counted back from it, the first for the part of a period that is left.
    pub fn par(&self, at: CurvePoint, frequency: Frequency) -> Result<f64> {
        let end = self.years(at)?;
        if end.is_nan() || end <= NOTHING || end > super::MAX_YEARS {
            return Err(Error::OutOfRange {
                what: "par maturity",
                value: end,
                rule: "a par rate is for more than 0 and at most 1,000 years",
            });
        }
        let coupons = match at {
            _ if frequency == Frequency::None => vec![(end, end)],
            CurvePoint::Date(date) => self.coupons(Maturity::On(date), frequency)?,
            CurvePoint::Tenor(_) => self.coupons(self.maturity(at)?, frequency)?,
            CurvePoint::Years(_) => {
                regular_coupons(frequency, |count| end - f64::from(count) / frequency.per_year())
            }
        };
        let shape = self.interpolated();
        let discount = |time: f64| Ok::<_, Error>(exp(-shape.zero(time)? * time));
        let mut annuity = 0.0;
        for &(time, share) in &coupons {
            annuity += share * discount(time)?;
        }
        let last = coupons.first().map_or(Ok(f64::NAN), |&(time, _)| discount(time))?;
        finite("par rate", (1.0 - last) / annuity)
    }

    pub fn rows(&self) -> Result<Vec<CurveRow>> {
        let keys = || {
            KEY_TENORS
                .iter()
                .map(|&tenor| Ok((CurvePoint::Tenor(tenor), self.years(CurvePoint::Tenor(tenor))?)))
                .collect::<Result<_>>()
        };
        let nodes =
            || self.labels().into_iter().zip(self.nodes.iter().map(|node| node.time)).collect();
        let points: Vec<(CurvePoint, f64)> = if self.nodes.is_empty() { keys()? } else { nodes() };
        let shape = self.interpolated();
        let row = |(at, years): (CurvePoint, f64)| {
            let zero = shape.zero(years)?;
            Ok(CurveRow {
                at,
                years,
                date: self.dates(years).next(),
                zero,
                discount: exp(-zero * years),
            })
        };
        points.into_iter().map(row).collect()
    }

    /// How each node is best told: in tenors where all can be, in years where all are round numbers
    /// of them, else each by the tenor or the date whose time it has, to the last bit, or by its
    /// years.
    pub fn labels(&self) -> Vec<CurvePoint> {
        let labels: Vec<CurvePoint> = self.nodes.iter().map(|node| self.label(node.time)).collect();
        let is_round = |node: &Node| node.time.to_string().len() <= 6;
        if labels.iter().any(|label| !matches!(label, CurvePoint::Tenor(_)))
            && self.nodes.iter().all(is_round)
        {
            return self.nodes.iter().map(|node| CurvePoint::Years(node.time)).collect();
        }
        labels
    }

    fn label(&self, time: f64) -> CurvePoint {
        let dates = || self.dates(time);
        let tenor = dates().find_map(|date| self.tenor_to(date)).map(CurvePoint::Tenor);
        tenor.or_else(|| dates().next().map(CurvePoint::Date)).unwrap_or(CurvePoint::Years(time))
    }

    /// The dates whose time it is, to the last bit: at most one, but for the ends of months under
    /// 30/360.
    pub(super) fn dates(&self, time: f64) -> impl Iterator<Item = Date> {
        let date = |days: i32| {
            self.as_of.days().checked_add(days).and_then(|days| Date::from_days(days).ok())
        };
        let time_to = move |days: i32| date(days).map_or(f64::INFINITY, |date| self.time(date));
        let (mut low, mut high) = (0, 366 * i32::from(Tenor::MAX_YEARS));
        while low < high {
            let middle = (low + high) / 2;
            if time_to(middle) < time { low = middle + 1 } else { high = middle }
        }
        (low..low + 4).filter(move |&days| time_to(days) == time).filter_map(date)
    }

    /// The tenor in whole months, or of less than a month in days, that ends on a date.
    fn tenor_to(&self, date: Date) -> Option<Tenor> {
        let (months, days) =
            (date.civil().months - self.as_of.civil().months, date.days() - self.as_of.days());
        let whole = Tenor { months: u16::try_from(months).ok()?, days: 0 };
        if months > 0 && whole.after(self.as_of) == Ok(date) {
            return Some(whole);
        }
        u16::try_from(days)
            .ok()
            .filter(|days| (1..28).contains(days))
            .map(|days| Tenor { months: 0, days })
    }
}

/// A growth rate over a term in years, in another compounding; a term of 0 is one too short to
/// matter.
fn finite(what: &'static str, value: f64) -> Result<f64> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(Error::OutOfRange {
            what,
            value,
            rule: "the curve's rates are too large to give one there",
        })
    }
}

fn quoted(growth: f64, term: f64, basis: Basis) -> Result<f64> {
    const SHORTEST: f64 = 1e-9;
    basis.rate(growth, Some(365.0 * term.max(SHORTEST))).filter(|rate| rate.is_finite()).ok_or(
        Error::OutOfRange {
            what: "rate",
            value: growth,
            rule: "a rate is a decimal that its compounding can express: 4.45 % is 0.0445",
        },
    )
}
