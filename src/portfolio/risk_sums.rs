//! The sums of a portfolio's risk, and the figures that they give.

use super::exact_sums::ExactSums;
use super::group::GroupSums;
use super::layout::{Layout, SumName};
use crate::basics::date::Date;
use crate::basics::error::Result;

pub(super) const SUMS: usize = 5;

/// Market value; and market value times yield, Macaulay duration, modified duration and convexity.
pub type RiskSums = ExactSums<SUMS>;

/// The sums of a risk summary and of the portfolio aggregates' state.
pub const RISK: Layout<SUMS> = Layout {
    name: "risk sums",
    version: 1,
    sums: [
        SumName { name: "market_value", what: "market values" },
        SumName { name: "ytm", what: "market values times yields" },
        SumName { name: "macaulay_duration", what: "market values times Macaulay durations" },
        SumName { name: "modified_duration", what: "market values times modified durations" },
        SumName { name: "convexity", what: "market values times convexities" },
    ],
};

/// What is averaged, by the place of its sum.
#[derive(Debug, Clone, Copy)]
pub enum Average {
    Ytm = 1,
    MacaulayDuration = 2,
    ModifiedDuration = 3,
    Convexity = 4,
}

/// Sums without pending bonds, and what their rows have in common.
pub type RiskTotals = GroupSums<SUMS>;

/// The figures of a portfolio; what is an average is weighted by market value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Risk {
    /// Bonds measured.
    pub measured: i64,
    /// Rows left out: no bond or date, not outstanding on the settlement date, without a quote or a
    /// yield, or beyond 3.7e22.
    pub skipped: i64,
    /// The day on which all rows settle; `None` if they differ.
    pub settlement: Option<Date>,
    pub totals: Option<Totals>,
}

/// What there is once a bond was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Totals {
    pub market_value: f64,
    pub dv01: f64,
    /// `None` if the net market value is 0.
    pub averages: Option<Averages>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Averages {
    pub ytm: f64,
    pub macaulay_duration: f64,
    pub modified_duration: f64,
    pub convexity: f64,
}

impl RiskTotals {
    /// All figures at once.
    pub fn risk(&self) -> Result<Risk> {
        let Risk { measured, skipped, totals, .. } = self.tally.risk()?;
        Ok(Risk { measured, skipped, settlement: self.settlement(), totals })
    }
}

impl RiskSums {
    /// `None` if no bond was measured.
    pub fn market_value(&self) -> Result<Option<f64>> {
        self.where_measured(|sums| sums.sum(0, &RISK))
    }

    pub fn dv01(&self) -> Result<Option<f64>> {
        self.where_measured(|sums| {
            Ok(sums.sum(Average::ModifiedDuration as usize, &RISK)? / 10_000.0)
        })
    }

    /// `None` if the net market value is 0 too.
    pub fn average(&self, of: Average) -> Result<Option<f64>> {
        let Some(value) = self.market_value()?.filter(|value| *value != 0.0) else {
            return Ok(None);
        };
        Ok(Some(self.sum(of as usize, &RISK)? / value))
    }

    fn where_measured(&self, figure: impl FnOnce(&RiskSums) -> Result<f64>) -> Result<Option<f64>> {
        if self.measured() > 0 { figure(self).map(Some) } else { Ok(None) }
    }

    pub fn risk(&self) -> Result<Risk> {
        let [value, ytm, macaulay, modified, convexity] = self.sums(&RISK)?;
        let averages = (value != 0.0).then(|| Averages {
            ytm: ytm / value,
            macaulay_duration: macaulay / value,
            modified_duration: modified / value,
            convexity: convexity / value,
        });
        let totals = (self.measured() > 0).then_some(Totals {
            market_value: value,
            dv01: modified / 10_000.0,
            averages,
        });
        Ok(Risk { measured: self.measured(), skipped: self.skipped(), settlement: None, totals })
    }
}
