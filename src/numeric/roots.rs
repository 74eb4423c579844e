//! The yield of any positive flows, found by a method that is proven to find it.
//!
//! For flows a_i > 0 at times t_i > 0 and a price P > 0, g(x) = ln Σ a_i e^(−x t_i) − ln P is
//! convex (a log-sum-exp) and strictly decreasing with slopes between −t_n and −t_1, so its root
//! exists and is unique for every P, and Newton's method moves towards it from the left without
//! ever passing it. Two lower bounds give the start: the tangent at 0, and the root of every single
//! flow, ln(a_i/P)/t_i.
//!
//! A day count that sees more days in a period than its year over the frequency has (ACT/360 in
//! July and August) puts the next coupon at a time just below 0. The log price is still convex, but
//! rises again at yields beyond any market's: of its two roots the lower, on the falling side, is
//! the yield, and below its least value there is none.

use crate::numeric::elementary::{exp, ln};

/// A flow: periods from settlement, and amount.
pub type Flow = (f64, f64);

/// More than any price or schedule needs, by test and by the speed of convergence; a bound, not a
/// tuning.
pub const MAX_ITERATIONS: u32 = 16;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Root {
    /// The continuously compounded yield per period.
    pub x: f64,
    pub iterations: u32,
}

/// The x at which the flows are worth `price`; `None` if no x is, which takes a flow that is due
/// at once or overdue.
pub fn log_yield(flows: impl Iterator<Item = Flow> + Clone, price: f64) -> Option<Root> {
    let (due, later): (f64, _) = (
        flows.clone().filter(|&(t, _)| t == 0.0).map(|(_, a)| a).sum(),
        flows.filter(|&(t, a)| t != 0.0 && a > 0.0),
    );
    let price = price - due;
    if price <= 0.0 || later.clone().next().is_none() {
        return None;
    }
    let log_price = ln(price);
    let at_zero = evaluate(later.clone(), 0.0);
    let tangent = (at_zero.log_value - log_price) / at_zero.mean_time;
    let single = later
        .clone()
        .filter(|&(t, _)| t > 0.0)
        .map(|(t, a)| (ln(a) - log_price) / t)
        .fold(f64::NEG_INFINITY, f64::max);
    let mut x = tangent.max(single);
    for iterations in 1..=MAX_ITERATIONS {
        let Evaluation { log_value, mean_time } = evaluate(later.clone(), x);
        if mean_time.is_nan() || mean_time <= 0.0 {
            return None;
        }
        let step = (log_value - log_price) / mean_time;
        x += step;
        // From the left the steps are positive; what is left below this is the rounding of g
        // itself.
        let noise = 2.0 * f64::EPSILON * x.abs().max((1.0 + log_price.abs()) / mean_time);
        if step <= noise {
            return Some(Root { x, iterations });
        }
    }
    None
}

struct Evaluation {
    log_value: f64,
    /// Mean payment time weighted by present value: minus the slope of the log value.
    mean_time: f64,
}

/// The largest exponent is taken out first, so that no flow overflows.
fn evaluate(flows: impl Iterator<Item = Flow> + Clone, x: f64) -> Evaluation {
    let earliest = flows.clone().map(|(t, _)| -t * x).fold(f64::NEG_INFINITY, f64::max);
    let (mut value, mut lost, mut weighted) = (0.0, 0.0, 0.0);
    for (t, amount) in flows {
        let present = amount * exp(-t * x - earliest);
        // Kahan's summation: a thousand flows must not round off a thousand times.
        let term = present - lost;
        let sum = value + term;
        lost = (sum - value) - term;
        value = sum;
        weighted += t * present;
    }
    Evaluation { log_value: ln(value) + earliest, mean_time: weighted / value }
}
