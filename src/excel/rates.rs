//! IRR, XIRR, NPV, XNPV, and EFFECT and NOMINAL.
//!
//! Excel's rates of return are where its search stops, which their last digits show: IRR follows the secant in the
//! discount factor, XIRR halves an interval of rates.

use super::Call;
use crate::date::Date;
use crate::elementary::{exp, exp_m1, ln_1p};
use crate::error::{Error, Result, excerpt};

/// Far beyond any schedule, so that a search among its rates is over in a moment.
const MAX_FLOWS: usize = 100_000;

impl Call {
    fn flows(self, values: &[f64]) -> Result<()> {
        if values.len() > MAX_FLOWS {
            return Err(Error::TooMany { what: "cash flows", count: values.len(), limit: MAX_FLOWS });
        }
        match values.iter().find(|value| !value.is_finite()) {
            Some(value) => self.refuse("values", value, "a cash flow is finite"),
            None => Ok(()),
        }
    }

    fn both_signs(self, values: &[f64]) -> Result<()> {
        if values.iter().any(|&value| value > 0.0) && values.iter().any(|&value| value < 0.0) {
            return Ok(());
        }
        self.refuse("values", excerpt(&format!("{values:?}")), "values hold a payment and an income, a negative and a positive number")
    }

    fn rate(self, argument: &'static str, rate: f64) -> Result<()> {
        if rate > -1.0 && rate.is_finite() { Ok(()) } else { self.refuse(argument, rate, format!("{argument} is above -1")) }
    }

    /// Amounts with their times in years of 365 days from the first.
    fn dated(self, values: &[f64], dates: &[Date]) -> Result<Vec<(f64, f64)>> {
        self.flows(values)?;
        let Some(&start) = dates.first().filter(|_| dates.len() == values.len()) else {
            return self.refuse("dates", dates.len(), format!("there are as many dates as values, {}, and at least one", values.len()));
        };
        if let Some(date) = dates.iter().find(|&&date| date < start) {
            return self.refuse("dates", date, format!("no date is before the first, which is {start}"));
        }
        Ok(values.iter().zip(dates).map(|(&value, date)| (value, f64::from(date.days() - start.days()) / 365.0)).collect())
    }
}

/// Net present value of amounts due at the end of each period, the first included.
pub fn npv(rate: f64, values: &[f64]) -> Result<f64> {
    let call = Call("npv");
    call.rate("rate", rate)?;
    call.flows(values)?;
    let factor = 1.0 / (1.0 + rate);
    call.answer(factor * present_value(values, factor))
}

/// Net present value of dated amounts, on the first date.
pub fn xnpv(rate: f64, values: &[f64], dates: &[Date]) -> Result<f64> {
    let call = Call("xnpv");
    call.not_negative("rate", rate)?;
    call.answer(dated_value(&call.dated(values, dates)?, rate))
}

/// Σ values[i] · factor^i, after Horner.
fn present_value(values: &[f64], factor: f64) -> f64 {
    values.iter().rev().fold(0.0, |later, value| later * factor + value)
}

fn dated_value(flows: &[(f64, f64)], rate: f64) -> f64 {
    flows.iter().map(|&(value, years)| value * exp(-years * ln_1p(rate))).sum()
}

/// Internal rate of return of amounts one period apart: the secant through the values at the discount factor of the guess
/// and at one 0.001 beside it, away from the solution, until it moves by less than 1e-7, for at most 20 steps.
pub fn irr(values: &[f64], guess: f64) -> Result<f64> {
    const APART: f64 = 0.001;
    const CLOSE: f64 = 1e-7;
    const STEPS: usize = 20;
    let call = Call("irr");
    call.rate("guess", guess)?;
    call.flows(values)?;
    call.both_signs(values)?;
    let mut last = 1.0 / (1.0 + guess);
    let mut last_value = present_value(values, last);
    let mut factor = last + APART.copysign(last_value);
    for _ in 0..STEPS {
        let value = present_value(values, factor);
        let step = value * (factor - last) / (value - last_value);
        (last, last_value) = (factor, value);
        factor -= step;
        if step.abs() < CLOSE && factor > 0.0 {
            return call.answer(1.0 / factor - 1.0);
        }
    }
    call.refuse("guess", guess, format!("from it a rate is found in {STEPS} steps"))
}

/// Annual internal rate of return of dated amounts, compounded over years of 365 days: the middle of an interval that is
/// halved until it is small. The interval runs from 0, or from -1 for a negative guess, up to the guess, which is doubled
/// until the solution lies below it. Whether it lies above the lower end Excel does not ask: where the rate is negative and
/// the guess is not, the halving ends at the well-known 2.98e-9.
pub fn xirr(values: &[f64], dates: &[Date], guess: f64) -> Result<f64> {
    const TRIES: usize = 100;
    let call = Call("xirr");
    call.rate("guess", guess)?;
    let flows = call.dated(values, dates)?;
    call.both_signs(values)?;
    let borrowed = values.first().is_some_and(|&value| value > 0.0);
    // Falls with the rate for who lends first and is paid back; for who borrows first the signs are turned.
    let value = |rate: f64| if borrowed { -dated_value(&flows, rate) } else { dated_value(&flows, rate) };
    let floor = if guess < 0.0 { -1.0 } else { 0.0 };
    let mut upper = if guess == 0.0 { 1e-5 } else { guess };
    let mut tries = 0..TRIES;
    while value(upper) > 0.0 {
        upper *= 2.0;
        if tries.next().is_none() || upper <= -1.0 {
            return call.refuse("guess", guess, "a rate is found above it, by doubling it");
        }
    }
    let mut lower = floor;
    for _ in tries {
        let half = 0.5 * (upper - lower);
        let middle = lower + half;
        // Who lends first gets his growth factor to 1e-8 of it; who borrows, once the solution is between the ends, the
        // rate to 1e-8, or of it above 1.
        let close = if borrowed && lower > floor { half < 1e-8 * middle.abs().max(1.0) } else { half < 5e-9 * (1.0 + middle) };
        if close {
            return call.answer(middle);
        }
        if value(middle) > 0.0 { lower = middle } else { upper = middle }
    }
    call.refuse("guess", guess, format!("from it a rate is found in {TRIES} tries"))
}

/// Annual rate with the compounding of `npery` periods in it.
pub fn effect(nominal_rate: f64, npery: i32) -> Result<f64> {
    let call = Call("effect");
    let periods = call.compounding(nominal_rate, "nominal_rate", npery)?;
    call.answer(exp_m1(periods * ln_1p(nominal_rate / periods)))
}

/// Annual rate whose compounding over `npery` periods is `effect_rate`.
pub fn nominal(effect_rate: f64, npery: i32) -> Result<f64> {
    let call = Call("nominal");
    let periods = call.compounding(effect_rate, "effect_rate", npery)?;
    call.answer(exp_m1(ln_1p(effect_rate) / periods) * periods)
}

impl Call {
    fn compounding(self, rate: f64, argument: &'static str, npery: i32) -> Result<f64> {
        self.positive(argument, rate)?;
        if npery < 1 {
            return self.refuse("npery", npery, "npery is at least 1");
        }
        Ok(f64::from(npery))
    }
}
