//! IRR, XIRR, NPV, XNPV, and EFFECT and NOMINAL.
//!
//! Excel's rates of return are where its search stops, which their last digits show: IRR follows
//! the secant in the discount factor, XIRR halves an interval of rates. Where that does not lead to
//! a solution, the one nearest to the guess is answered, to the last bit; an error says that there
//! is none above -1.

use super::Call;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result, excerpt};
use crate::numeric::elementary::{exp, exp_m1, ln_1p};

/// Far beyond any schedule, so that a search among its rates is over in a moment.
const MAX_FLOWS: usize = 100_000;

impl Call {
    fn flows(self, values: &[f64]) -> Result<()> {
        if values.len() > MAX_FLOWS {
            return Err(Error::TooMany {
                what: "cash flows",
                count: values.len(),
                limit: MAX_FLOWS,
            });
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
        self.refuse(
            "values",
            excerpt(&format!("{values:?}")),
            "values hold a payment and an income, a negative and a positive number",
        )
    }

    fn rate(self, argument: &'static str, rate: f64) -> Result<()> {
        if rate > -1.0 && rate.is_finite() {
            Ok(())
        } else {
            self.refuse(argument, rate, format!("{argument} is above -1"))
        }
    }

    /// Amounts with their times in years of 365 days from the first.
    fn dated(self, values: &[f64], dates: &[Date]) -> Result<Vec<(f64, f64)>> {
        self.flows(values)?;
        let Some(&start) = dates.first().filter(|_| dates.len() == values.len()) else {
            return self.refuse(
                "dates",
                dates.len(),
                format!("there are as many dates as values, {}, and at least one", values.len()),
            );
        };
        if let Some(date) = dates.iter().find(|&&date| date < start) {
            return self.refuse(
                "dates",
                date,
                format!("no date is before the first, which is {start}"),
            );
        }
        Ok(values
            .iter()
            .zip(dates)
            .map(|(&value, date)| (value, f64::from(date.days() - start.days()) / 365.0))
            .collect())
    }
}

/// Net present value of amounts due at the end of each period, the first included. Like Excel it
/// takes rates below -1 too.
pub fn npv(rate: f64, values: &[f64]) -> Result<f64> {
    let call = Call("npv");
    if !rate.is_finite() || rate == -1.0 {
        return call.refuse("rate", rate, "rate is a number other than -1");
    }
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

/// Internal rate of return of amounts one period apart: the secant through the values at the
/// discount factor of the guess and at one 0.001 beside it, away from the solution, until it moves
/// by less than 1e-7, for at most 20 steps; else the solution nearest to the guess.
pub fn irr(values: &[f64], guess: f64) -> Result<f64> {
    const APART: f64 = 0.001;
    const CLOSE: f64 = 1e-7;
    const WORTHLESS: f64 = 1e-5;
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
        // A short step after one from far away is no sign of a solution.
        let gross = values.iter().rev().fold(0.0, |later, value| later * factor + value.abs());
        if step.abs() < CLOSE
            && factor > 0.0
            && present_value(values, factor).abs() <= WORTHLESS * gross
        {
            return call.answer(1.0 / factor - 1.0);
        }
    }
    let flows: Vec<(f64, f64)> =
        values.iter().enumerate().map(|(period, &value)| (value, period as f64)).collect();
    call.nearest_rate(&flows, guess)
}

/// Annual internal rate of return of dated amounts, compounded over years of 365 days: the middle
/// of an interval that is halved until it is small. The interval runs from 0, or from -1 for a
/// negative guess, up to the guess, which is doubled until the solution lies below it. Where the
/// solution is in no such interval, as that of a loss for a positive guess, Excel may answer the
/// well-known 2.98e-9; here it is the solution nearest to the guess.
pub fn xirr(values: &[f64], dates: &[Date], guess: f64) -> Result<f64> {
    const TRIES: usize = 100;
    let call = Call("xirr");
    call.rate("guess", guess)?;
    let flows = call.dated(values, dates)?;
    call.both_signs(values)?;
    let borrowed = values.first().is_some_and(|&value| value > 0.0);
    // Falls with the rate for who lends first and is paid back; for who borrows first the signs are
    // turned.
    let value =
        |rate: f64| if borrowed { -dated_value(&flows, rate) } else { dated_value(&flows, rate) };
    let floor = if guess < 0.0 { -1.0 } else { 0.0 };
    let mut upper = if guess == 0.0 { 1e-5 } else { guess };
    let mut tries = 0..TRIES;
    while value(upper) > 0.0 {
        upper *= 2.0;
        if tries.next().is_none() || upper <= -1.0 {
            return call.nearest_rate(&flows, guess);
        }
    }
    // At -1 the last amount outweighs the others.
    let last = scaled_value(&flows, ln_1p(-1.0 + f64::EPSILON));
    let above = if guess < 0.0 { if borrowed { -last } else { last } } else { value(0.0) };
    if above.is_nan() || above < 0.0 {
        return call.nearest_rate(&flows, guess);
    }
    let mut lower = floor;
    for _ in tries {
        let half = 0.5 * (upper - lower);
        let middle = lower + half;
        // Who lends first gets his growth factor to 1e-8 of it; who borrows, once the solution is
        // between the ends, the rate to 1e-8, or of it above 1.
        let close = if borrowed && lower > floor {
            half < 1e-8 * middle.abs().max(1.0)
        } else {
            half < 5e-9 * (1.0 + middle)
        };
        if close {
            return call.answer(middle);
        }
        if value(middle) > 0.0 { lower = middle } else { upper = middle }
    }
    call.nearest_rate(&flows, guess)
}

/// The sign of the value at a rate whose growth has the logarithm x, scaled so that no discount
/// factor is above 1.
fn scaled_value(flows: &[(f64, f64)], x: f64) -> f64 {
    let last = flows.iter().map(|&(_, years)| years).fold(0.0, f64::max);
    let scale = if x < 0.0 { last } else { 0.0 };
    flows.iter().map(|&(value, years)| value * exp((scale - years) * x)).sum()
}

impl Call {
    /// The rate nearest to a guess at which amounts, given with their times, are worth nothing.
    /// Among the logarithms of growth its sign is looked at in steps away from the guess, each
    /// longer than the last, and halved where it changes.
    fn nearest_rate(self, flows: &[(f64, f64)], guess: f64) -> Result<f64> {
        const FIRST: f64 = 0.02;
        const LONGER: f64 = 1.1;
        const STEPS: i32 = 90;
        let value = |x: f64| scaled_value(flows, x);
        let start = ln_1p(guess);
        let mut sides = [1.0, -1.0].map(|direction| (direction, start, value(start)));
        for step in 0..STEPS {
            for (direction, x, before) in &mut sides {
                let (near, far) = (*x, *x + *direction * FIRST * LONGER.powi(step));
                let after = value(far);
                if *before == 0.0 || (*before > 0.0) != (after > 0.0) {
                    let rate = exp_m1(sign_change(value, near, far));
                    if rate > -1.0 && rate.is_finite() {
                        return Ok(rate);
                    }
                }
                (*x, *before) = (far, after);
            }
        }
        self.refuse("guess", guess, "there is a rate above -1 at which values are worth nothing")
    }
}

/// Where a function changes its sign between two points, or the first of them where it is 0 there,
/// to the last bit.
fn sign_change(value: impl Fn(f64) -> f64, mut near: f64, mut far: f64) -> f64 {
    let sign = value(near);
    if sign == 0.0 {
        return near;
    }
    loop {
        let middle = 0.5 * (near + far);
        if middle == near || middle == far {
            return middle;
        }
        if (value(middle) > 0.0) == (sign > 0.0) { near = middle } else { far = middle }
    }
}

/// Annual rate with the compounding of `npery` periods in it, of which Excel leaves out the
/// decimals.
pub fn effect(nominal_rate: f64, npery: f64) -> Result<f64> {
    let call = Call("effect");
    let periods = call.compounding(nominal_rate, "nominal_rate", npery)?;
    call.answer(exp_m1(periods * ln_1p(nominal_rate / periods)))
}

/// Annual rate whose compounding over `npery` periods is `effect_rate`.
pub fn nominal(effect_rate: f64, npery: f64) -> Result<f64> {
    let call = Call("nominal");
    let periods = call.compounding(effect_rate, "effect_rate", npery)?;
    call.answer(exp_m1(ln_1p(effect_rate) / periods) * periods)
}

impl Call {
    fn compounding(self, rate: f64, argument: &'static str, npery: f64) -> Result<f64> {
        self.positive(argument, rate)?;
        let periods = self.whole("npery", npery)?;
        if periods < 1 {
            return self.refuse("npery", npery, "npery is at least 1");
        }
        Ok(f64::from(periods))
    }
}
