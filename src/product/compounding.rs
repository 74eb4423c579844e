//! A yield said in another way: compounded more or less often, continuously, or as the simple
//! interest or discount of a term.

use crate::basics::error::{Error, Result, excerpt};
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::numeric::elementary::{exp, exp_m1, ln, ln_1p};
use crate::product::convention::Convention;

/// How a yearly rate turns 1 into more.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Basis {
    /// (1 + y/m)^m a year.
    Periodic(f64),
    /// e^y a year.
    Continuous,
    /// 1 + y·days/year over a term.
    Simple { year: f64 },
    /// 1/(1 − y·days/year) over a term.
    Discount { year: f64 },
}

impl Basis {
    pub fn parse(text: &str) -> Result<Basis> {
        if let Some(per_year) = text.trim().parse().ok().filter(|m: &u32| (1..=366).contains(m)) {
            return Ok(Basis::Periodic(f64::from(per_year)));
        }
        if let Some(frequency) =
            Frequency::find(text).filter(|&frequency| frequency != Frequency::None)
        {
            return Ok(Basis::Periodic(frequency.per_year()));
        }
        let simple = ["simple", "simple_365", "ACT/365", "ACT/365F"];
        if simple.iter().any(|word| word.eq_ignore_ascii_case(text.trim())) {
            return Ok(Basis::Simple { year: 365.0 });
        }
        match Convention::find(text) {
            Some(Convention::Continuous) => Ok(Basis::Continuous),
            Some(Convention::Icma) => Ok(Basis::Periodic(1.0)),
            Some(Convention::BondEquivalent) => Ok(Basis::Periodic(2.0)),
            Some(Convention::MoneyMarket) => Ok(Basis::Simple { year: 360.0 }),
            Some(Convention::Discount) => Ok(Basis::Discount { year: 360.0 }),
            _ => Err(Error::UnknownWord {
                what: "compounding",
                text: excerpt(text),
                known: "a frequency or number of times a year, continuous, icma, bond_equivalent, \
                    and with a term in days simple, money_market, discount"
                    .to_owned(),
            }),
        }
    }

    /// The logarithm of what 1 grows to in a year; `None` if it would grow to nothing, or without
    /// bounds.
    pub fn log_growth(self, y: f64, days: Option<f64>) -> Option<f64> {
        let over_term = |growth: f64, days: f64| {
            (growth > 0.0 && growth.is_finite()).then(|| ln(growth) * 365.0 / days)
        };
        match (self, days) {
            (Basis::Periodic(m), _) => (y > -m).then(|| m * ln_1p(y / m)),
            (Basis::Continuous, _) => Some(y),
            // Over no time, simple interest is compounded as it is paid.
            (Basis::Simple { year } | Basis::Discount { year }, Some(0.0)) => {
                Some(y * 365.0 / year)
            }
            (Basis::Simple { year }, Some(days)) => over_term(1.0 + y * days / year, days),
            (Basis::Discount { year }, Some(days)) => {
                over_term(1.0 / (1.0 - y * days / year).max(0.0), days)
            }
            _ => None,
        }
    }

    /// The rate under which 1 grows so in a year, over a term in days where the basis needs one.
    pub fn rate(self, log_growth: f64, days: Option<f64>) -> Option<f64> {
        match (self, days) {
            (Basis::Periodic(m), _) => Some(m * exp_m1(log_growth / m)),
            (Basis::Continuous, _) => Some(log_growth),
            (Basis::Simple { year }, Some(days)) => {
                Some(exp_m1(log_growth * days / 365.0) * year / days)
            }
            (Basis::Discount { year }, Some(days)) => {
                Some((1.0 - exp(-log_growth * days / 365.0)) * year / days)
            }
            _ => None,
        }
    }

    fn needs_term(self) -> bool {
        matches!(self, Basis::Simple { .. } | Basis::Discount { .. })
    }
}

/// The yield `to` that grows as `y` does `from`, over a term in days where simple interest or
/// discount is one of them; a year has 365 of these.
pub fn convert(y: f64, from: &str, to: &str, days: Option<i32>) -> Result<f64> {
    let bases = [(Basis::parse(from)?, from), (Basis::parse(to)?, to)];
    if let Some((_, text)) = bases.iter().find(|(basis, _)| basis.needs_term() && days.is_none()) {
        return Err(Error::Incomplete {
            given: "compounding",
            value: excerpt(text),
            needed: "the term in days",
        });
    }
    let [(from, _), (to, _)] = bases;
    if let Some(days) = days.filter(|days| !(1..=36_600).contains(days)) {
        return Err(Error::OutOfRange {
            what: "term in days",
            value: f64::from(days),
            rule: "a term is 1 to 36,600 days",
        });
    }
    let days = days.map(f64::from);
    let converted = from
        .log_growth(y, days)
        .and_then(|growth| to.rate(growth, days))
        .filter(|rate| rate.is_finite());
    converted.ok_or(Error::OutOfRange {
        what: "yield",
        value: y,
        rule: "a yield is a decimal at which something is left: 4.45 % is 0.0445",
    })
}
