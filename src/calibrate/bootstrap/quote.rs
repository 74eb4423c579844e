//! Instruments of the money and swap markets, and the equations that their quotes make.

use super::equation::{CurveFlow, Equation};
use super::instrument::Instrument;
use crate::basics::date::Date;
use crate::basics::daycount::Reference;
use crate::basics::error::{Error, Result};
use crate::basics::maturity::Maturity;
use crate::market::curve::{Curve, CurveDefinition};
use crate::product::money_market::{FutureAccrual, MoneyMarketConventions};
use crate::product::swap::Leg;

/// An instrument, its rate as a decimal (a future's price), and how its market counts.
#[derive(Debug, Clone, Copy)]
pub struct MarketQuote<'a> {
    pub instrument: Instrument,
    pub value: f64,
    pub conventions: &'a MoneyMarketConventions,
}

/// The curve to be built, and the one that discounts where that is another.
pub struct QuoteContext<'a> {
    pub frame: &'a CurveDefinition,
    pub discount: Option<&'a Curve>,
}

impl QuoteContext<'_> {
    pub fn time(&self, date: Date) -> Result<f64> {
        time(self.frame, date)
    }

    pub fn equation(&self, quote: &MarketQuote) -> Result<Equation> {
        let MarketQuote { instrument, value, conventions } = *quote;
        let flows = match instrument {
            Instrument::Par(_) => {
                return Err(Error::Bootstrap {
                    instrument: instrument.to_string(),
                    why: "it is no rate of the money market".to_owned(),
                });
            }
            Instrument::Deposit(maturity) => {
                self.interest(quote, value, 1.0, conventions.deposit(self.frame.as_of, maturity)?)?
            }
            Instrument::Fra { start, end } => {
                let spot = conventions.spot(self.frame.as_of)?;
                self.interest(
                    quote,
                    value,
                    1.0,
                    (conventions.end(spot, start)?, conventions.end(spot, end)?),
                )?
            }
            Instrument::Future { start, end, fixed } => self.future(quote, (start, end), fixed)?,
            Instrument::Swap(maturity) | Instrument::Ois(maturity) => {
                self.swap(conventions, maturity, value)?
            }
        };
        Ok(Equation::new(instrument, flows))
    }

    /// Growth over the period is 1 + rate · years.
    fn interest(
        &self,
        quote: &MarketQuote,
        rate: f64,
        slope: f64,
        (start, end): (Date, Date),
    ) -> Result<Vec<CurveFlow>> {
        if end <= start || start < self.frame.as_of {
            return Err(Error::Bootstrap {
                instrument: quote.instrument.to_string(),
                why: format!("it lasts from {start} to {end}"),
            });
        }
        let years = quote.conventions.day_count.year_fraction(start, end, &Reference::default())?;
        let growth = CurveFlow::fixed(1.0, 0.0).grown(self.time(start)?, self.time(end)?);
        Ok(vec![growth, CurveFlow::fixed(-1.0 - rate * years, -slope * years)])
    }

    fn future(
        &self,
        quote: &MarketQuote,
        (start, end): (Date, Date),
        fixed: Option<f64>,
    ) -> Result<Vec<CurveFlow>> {
        let (rate, slope, as_of) = ((100.0 - quote.value) / 100.0, -0.01, self.frame.as_of);
        let runs = quote.conventions.future == FutureAccrual::ToImm && start < as_of && as_of < end;
        if !runs && fixed.is_some() {
            let why = format!("nothing of it has fixed on {as_of}: it lasts from {start} to {end}");
            return Err(Error::Bootstrap { instrument: quote.instrument.to_string(), why });
        }
        if !runs {
            return self.interest(quote, rate, slope, (start, end));
        }
        let years = |end: Date| {
            quote.conventions.day_count.year_fraction(start, end, &Reference::default())
        };
        let (until_now, years) = (years(as_of)?, years(end)?);
        let (fixed, fixed_slope) = fixed.map_or((rate, slope), |fixed| (fixed, 0.0));
        let growth = CurveFlow::fixed(1.0 + fixed * until_now, fixed_slope * until_now)
            .grown(0.0, self.time(end)?);
        Ok(vec![growth, CurveFlow::fixed(-1.0 - rate * years, -slope * years)])
    }

    /// What the floating leg pays less what the fixed leg does, on the day on which the swap
    /// starts.
    fn swap(
        &self,
        conventions: &MoneyMarketConventions,
        maturity: Maturity,
        rate: f64,
    ) -> Result<Vec<CurveFlow>> {
        let spot = conventions.spot(self.frame.as_of)?;
        let start = self.time(spot)?;
        let periods = |leg: Leg| conventions.periods(spot, maturity, leg.frequency);
        let mut flows = Vec::new();
        let floating = periods(conventions.floating)?;
        if let (None, 0, Some(last)) = (self.discount, conventions.payment_lag, floating.last()) {
            // What is lent at the start, grown from period to period, comes back at the end.
            flows.extend([CurveFlow::fixed(1.0, 0.0), self.payment(-1.0, 0.0, last.end, start)?]);
        } else {
            for period in &floating {
                let flow = |amount| self.payment(amount, 0.0, period.payment, start);
                flows.extend([
                    flow(1.0)?.grown(self.time(period.start)?, self.time(period.end)?),
                    flow(-1.0)?,
                ]);
            }
        }
        for period in periods(conventions.fixed)? {
            let reference =
                Reference { frequency: Some(conventions.fixed.frequency), ..Reference::default() };
            let years =
                conventions.fixed.day_count.year_fraction(period.start, period.end, &reference)?;
            flows.push(self.payment(-rate * years, -years, period.payment, start)?);
        }
        Ok(flows)
    }

    fn payment(&self, amount: f64, slope: f64, date: Date, start: f64) -> Result<CurveFlow> {
        let Some(curve) = self.discount else {
            return Ok(CurveFlow::fixed(amount, slope).paid(self.time(date)?).forward(start));
        };
        let factor = curve.discount(curve.time(date))?;
        Ok(CurveFlow::fixed(amount * factor, slope * factor))
    }
}

/// Years from a curve's date by its day count.
pub fn time(frame: &CurveDefinition, date: Date) -> Result<f64> {
    frame.day_count.year_fraction(frame.as_of, date, &Reference::default())
}
