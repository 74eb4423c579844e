//! Price from yield and yield from price, with the sensitivities that come with them.
//!
//! [`DiscountedFlows`] are the remaining payments on a settlement date, per unit of redemption and
//! in coupon periods. Their price is P = A · D, with A the value of the [`CashFlows`] on the next
//! coupon date and D the discount factor to that date. Yield conventions differ in D:
//!
//! | | D, with u the yield of one period and w = m + q periods to the next coupon, m of them whole |
//! | --- | --- |
//! | compounded | (1 + u)^−w |
//! | simple | 1/(1 + w·u) |
//! | simple stub | (1 + u)^−m / (1 + q·u) |
//!
//! The yield y of a year follows from u: f·u where it compounds at the coupons, f of them a year;
//! (1 + u)^f − 1 where it compounds annually; f·ln(1 + u) where it is continuous. Rates that
//! discount no flows are in [`rate_formula`](crate::pricing::rate_formula).

mod cash_flows;

pub use cash_flows::{CashFlows, ExplicitFlows, Perpetual};

use crate::numeric::annuity::Moments;
use crate::numeric::elementary::{exp, exp_m1, ln, ln_1p};
use crate::numeric::roots::{Flow, MAX_ITERATIONS};
use crate::product::convention::Compounding;

/// The remaining payments of a bond: flows, time to the next one, and the rule that discounts it.
#[derive(Debug, Clone, Copy)]
pub struct DiscountedFlows<S> {
    pub stream: S,
    /// Periods before the next flow: whole ones, and the rest.
    pub whole: f64,
    pub fraction: f64,
    pub per_year: f64,
    pub rule: StubDiscounting,
    pub compounding: Compounding,
}

/// How the time before the next coupon date is discounted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StubDiscounting {
    Compounded,
    Simple,
    SimpleStub,
}

/// A yield and the sensitivities of the price to it, in years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    pub ytm: f64,
    /// Mean payment time weighted by present value.
    pub macaulay_duration: f64,
    /// −(dP/dy)/P, of the dirty price.
    pub modified_duration: f64,
    /// (d²P/dy²)/P, unscaled.
    pub convexity: f64,
}

impl<S: CashFlows> DiscountedFlows<S> {
    /// Price per unit of redemption at a yield; `None` if the yield is so low that a period's
    /// growth is not positive.
    pub fn price(&self, ytm: f64) -> Option<f64> {
        let (u, x) = self.period_yield(ytm)?;
        let discount = self.discount(u, x)?;
        self.stream.value(x).map(|value| value * discount)
    }

    /// Discount factor of a flow `periods` coupon periods after the next coupon date.
    pub fn discount_factor(&self, ytm: f64, periods: f64) -> Option<f64> {
        let (u, x) = self.period_yield(ytm)?;
        Some(self.discount(u, x)? * exp(-periods * x))
    }

    /// The yield at which the remaining payments are worth `price`, and the sensitivities there. `None`
    /// if no yield is: what is left is due at once, or the price is below what is.
    #[inline(always)]
    pub fn measures(&self, price: f64) -> Option<Measures> {
        let measures = match self.rule {
            StubDiscounting::Compounded => self.measures_compounded(price),
            StubDiscounting::Simple => self.measures_simple(price),
            StubDiscounting::SimpleStub => self.measures_simple_stub(price),
        };
        // Just before a coupon, a price of nearly nothing or of a fortune asks for a yield that no
        // float can hold.
        measures.filter(|measures| measures.ytm.is_finite() && measures.convexity.is_finite())
    }

    /// The flows one by one: periods from settlement, and amount; those of a perpetual bond have no
    /// end.
    pub fn flows(&self) -> Vec<Flow> {
        let to_next = self.time_to_next();
        self.stream.flows().map(|(time, amount)| (to_next + time, amount)).collect()
    }

    /// Time to the payment after `earlier` others, in years.
    pub fn years(&self, earlier: usize) -> f64 {
        (self.time_to_next() + self.stream.time(earlier)) / self.per_year
    }

    #[inline(always)]
    fn time_to_next(&self) -> f64 {
        self.whole + self.fraction
    }

    /// The yield of one period and the logarithm of its growth, which only simple interest over a
    /// single flow does without.
    fn period_yield(&self, ytm: f64) -> Option<(f64, f64)> {
        let u = match self.compounding {
            _ if self.rule == StubDiscounting::Simple => return Some((ytm / self.per_year, 0.0)),
            Compounding::AtCoupons => ytm / self.per_year,
            Compounding::Continuous => exp_m1(ytm / self.per_year),
            Compounding::Annual | Compounding::Semiannual => {
                let m = self.compounding.per_year(self.per_year);
                (ytm > -m).then(|| exp_m1(ln_1p(ytm / m) * m / self.per_year))?
            }
        };
        (u > -1.0).then(|| (u, ln_1p(u)))
    }

    /// D of the table above.
    fn discount(&self, u: f64, x: f64) -> Option<f64> {
        let (growth, whole) = match self.rule {
            StubDiscounting::Compounded => return Some(exp(-self.time_to_next() * x)),
            StubDiscounting::Simple => (1.0 + self.time_to_next() * u, 0.0),
            StubDiscounting::SimpleStub => (1.0 + self.fraction * u, self.whole),
        };
        (growth > 0.0).then(|| exp(-whole * x) / growth)
    }

    #[inline(always)]
    fn measures_compounded(&self, price: f64) -> Option<Measures> {
        let Solution { u, mean, variance } = self.solve_compounded(price)?;
        let time = self.time_to_next() + mean;
        let scale = 1.0 / (self.per_year * (1.0 + u));
        let at_coupons = Measures {
            ytm: self.per_year * u,
            macaulay_duration: time / self.per_year,
            modified_duration: time * scale,
            convexity: (variance + time * time + time) * scale * scale,
        };
        Some(self.recompounded(at_coupons, u))
    }

    /// The same price seen as a function of a yield that compounds otherwise: y = g(u), by the
    /// chain rule.
    #[inline(always)]
    fn recompounded(&self, measures: Measures, u: f64) -> Measures {
        let (f, m) = (self.per_year, self.compounding.per_year(self.per_year));
        if f == m { measures } else { self.recompounded_to(m, measures, u) }
    }

    fn recompounded_to(&self, m: f64, measures: Measures, u: f64) -> Measures {
        let (f, x) = (self.per_year, ln_1p(u));
        // g′ and g″/g′ with respect to the yield f·u
        let (ytm, slope, bend) = match self.compounding {
            Compounding::Continuous => (f * x, 1.0 / (1.0 + u), -1.0 / (f * (1.0 + u))),
            _ => (m * exp_m1(f / m * x), exp((f / m - 1.0) * x), (f / m - 1.0) / (f * (1.0 + u))),
        };
        // So near to the bound that no float is between, it is no yield that a price can be asked
        // at.
        let ytm = if ytm > -m { ytm } else { f64::NAN };
        let duration = measures.modified_duration / slope;
        let convexity = (measures.convexity + measures.modified_duration * bend) / (slope * slope);
        Measures { ytm, modified_duration: duration, convexity, ..measures }
    }

    fn measures_simple(&self, price: f64) -> Option<Measures> {
        let w = self.time_to_next();
        if w <= 0.0 {
            return None;
        }
        let flow = self.stream.single_flow()?;
        let u = (flow - price) / (price * w);
        // w/(1 + w·u) with the price put in
        let slope = w * price / flow / self.per_year;
        let ytm = self.per_year * u;
        // A price that is so high that no float is between its yield and the bound has none.
        self.discount(ytm / self.per_year, 0.0)?;
        Some(Measures {
            ytm,
            macaulay_duration: w / self.per_year,
            modified_duration: slope,
            convexity: 2.0 * slope * slope,
        })
    }

    fn measures_simple_stub(&self, price: f64) -> Option<Measures> {
        let Solution { u, mean, variance } = self.solve_simple_stub(price)?;
        let time = self.whole + mean;
        let compounding = 1.0 / (1.0 + u);
        let simple = self.fraction / (1.0 + self.fraction * u);
        let slope = time * compounding;
        let curvature = (variance + time * time + time) * compounding * compounding
            + 2.0 * simple * (slope + simple);
        let at_coupons = Measures {
            ytm: self.per_year * u,
            macaulay_duration: (time + self.fraction) / self.per_year,
            modified_duration: (slope + simple) / self.per_year,
            convexity: curvature / (self.per_year * self.per_year),
        };
        Some(self.recompounded(at_coupons, u))
    }
}

/// A yield per period, and the mean and variance of the flows' times after the next coupon date.
pub struct Solution {
    pub u: f64,
    pub mean: f64,
    pub variance: f64,
}

/// The root of ln P(x + d) = ln P(x) − κ1·d + κ2·d²/2 − κ3·d³/6 at a distance `gap` in the
/// logarithm, by inverting the series to its fourth term. The log price is so nearly linear that
/// this is all most bonds need.
#[inline(always)]
pub fn series_step(gap: f64, slope: f64, moments: &Moments) -> f64 {
    let per_slope = 1.0 / slope;
    let h = gap * per_slope;
    let q2 = 0.5 * moments.variance * h * per_slope;
    let q3 = (1.0 / 6.0) * moments.skew * h * h * per_slope;
    h * (1.0 + q2 + (2.0 * q2 * q2 - q3) + 5.0 * q2 * (q2 * q2 - q3))
}

impl<S: CashFlows> DiscountedFlows<S> {
    #[inline(always)]
    fn solve_compounded(&self, price: f64) -> Option<Solution> {
        self.stream.solve(self.time_to_next(), price).filter(|solution| solution.u > -1.0)
    }

    /// Newton's method in u, in which ln P is convex here too: ln A by Hölder's inequality, −ln(1 +
    /// q·u) plainly. The compounded yield is the start; whichever side of the root it is on, after
    /// one step the iterates lie below the root and rise.
    fn solve_simple_stub(&self, price: f64) -> Option<Solution> {
        let log_price = ln(price);
        let last = self.whole + self.stream.last_time();
        // The redemption alone bounds the root from below: 1 ≤ P·(1 + u)^last·(1 + q·u), where the
        // last factor is at most 1 + u for u > 0, and for u < 0 at most 1, or (1 + u)^q where the
        // next coupon is overdue and q < 0.
        let bound_time = if log_price < 0.0 { last + 1.0 } else { last + self.fraction.min(0.0) };
        let Solution { mut u, .. } = self.solve_compounded(price)?;
        let bound = if last.is_finite() { exp_m1(-log_price / bound_time) } else { 1e-6 * u };
        for _ in 0..MAX_ITERATIONS {
            let x = ln_1p(u);
            let moments = self.stream.moments(x);
            let growth = 1.0 + self.fraction * u;
            let ratio = moments.value * exp(-self.whole * x) / growth / price;
            let slope = (self.whole + moments.mean) / (1.0 + u) + self.fraction / growth;
            // Only an overdue coupon, q < 0, makes a price rise with its yield; there is no root on
            // that side.
            if growth <= 0.0 || slope <= 0.0 {
                return None;
            }
            let next = (u + ln_1p(ratio - 1.0) / slope).max(bound);
            let step = next - u;
            u = next;
            if step.abs() * (last.min(1e3) + 1.0) <= (1e-9 * (1.0 + u)).max(2.0 * f64::EPSILON) {
                let Moments { mean, variance, .. } = self.stream.moments(ln_1p(u));
                return Some(Solution { u, mean, variance });
            }
        }
        None
    }
}

#[cfg(test)]
pub(crate) mod tests;
