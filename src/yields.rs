//! Price from yield and yield from price, with the sensitivities that come with them.
//!
//! [`Claim`] is what a bond still owes on a settlement date, per unit of its redemption and in coupon periods. Its price
//! is P = A · D: A the flows' value on the next coupon date, a closed form of [`crate::annuity`], and D the discount
//! factor to that date, which is where the yield conventions differ:
//!
//! | | D, with u = y/f and w = m + q periods to the next coupon, m of them whole |
//! | --- | --- |
//! | compounded | (1 + u)^−w |
//! | simple | 1/(1 + w·u) |
//! | US Treasury | (1 + u)^−m / (1 + q·u) |

use crate::annuity::{Annuity, Moments};
use crate::bond::Bond;
use crate::convention::Convention;
use crate::elementary::{exp, exp_m1, exp_m1_tiny, ln, ln_1p, ln_1p_tiny, ln_ratio_guess};
use crate::newton::{Flow, MAX_ITERATIONS, Root, log_yield};
use crate::position::Position;

/// What is left of a bond: flows, time to the next one, and the rule that discounts it.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    annuity: Annuity,
    whole: f64,
    fraction: f64,
    per_year: f64,
    rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    Compounded,
    Simple,
    UsTreasury,
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

impl Claim {
    #[inline(always)]
    pub fn new(bond: &Bond, position: &Position) -> Claim {
        let per_year = bond.frequency.per_year();
        let coupon = bond.coupon / per_year * (100.0 / bond.redemption);
        let rule = match bond.convention {
            Convention::Street if position.coupons == 1 => Rule::Simple,
            Convention::UsTreasury if position.coupons == 1 && position.whole == 0 => Rule::Simple,
            Convention::Street | Convention::Compounded => Rule::Compounded,
            Convention::UsTreasury => Rule::UsTreasury,
        };
        Claim {
            annuity: Annuity { coupons: f64::from(position.coupons), coupon, first: position.next * coupon },
            whole: f64::from(position.whole),
            fraction: position.fraction,
            per_year,
            rule,
        }
    }

    /// Price per unit of redemption at a yield; None where the yield is so low that a period's growth is not positive.
    pub fn price(&self, ytm: f64) -> Option<f64> {
        let u = ytm / self.per_year;
        let x = self.log_growth(u)?;
        let discount = self.discount(u, x)?;
        Some(self.annuity.value(&self.annuity.powers(x)) * discount)
    }

    /// Discount factor of a flow `periods` coupon periods after the next coupon date.
    pub fn discount_factor(&self, ytm: f64, periods: f64) -> Option<f64> {
        let u = ytm / self.per_year;
        let x = self.log_growth(u)?;
        Some(self.discount(u, x)? * exp(-periods * x))
    }

    /// The yield at which the claim is worth `price`, and the sensitivities there. None where no yield is: what is
    /// left is due at once, or the price is below what is.
    #[inline(always)]
    pub fn measures(&self, price: f64) -> Option<Measures> {
        let measures = match self.rule {
            Rule::Compounded => self.measures_compounded(price),
            Rule::Simple => self.measures_simple(price),
            Rule::UsTreasury => self.measures_us_treasury(price),
        };
        // Just before a coupon, a price of nearly nothing or of a fortune asks for a yield that no float can hold.
        measures.filter(|measures| measures.ytm.is_finite() && measures.convexity.is_finite())
    }

    /// The flows one by one: periods from settlement, and amount.
    pub fn flows(&self) -> impl Iterator<Item = Flow> + Clone + use<> {
        let Annuity { coupons, coupon, first } = self.annuity;
        let to_next = self.time_to_next();
        (0..coupons as i32).map(f64::from).map(move |j| {
            let paid = if j == 0.0 { first } else { coupon };
            let redemption = if j == coupons - 1.0 { 1.0 } else { 0.0 };
            (to_next + j, paid + redemption)
        })
    }

    #[inline(always)]
    fn time_to_next(&self) -> f64 {
        self.whole + self.fraction
    }

    /// ln(1 + u), which only simple interest over a single flow does without.
    fn log_growth(&self, u: f64) -> Option<f64> {
        match self.rule {
            Rule::Simple => Some(0.0),
            Rule::Compounded | Rule::UsTreasury => (u > -1.0).then(|| ln_1p(u)),
        }
    }

    /// D of the table above.
    fn discount(&self, u: f64, x: f64) -> Option<f64> {
        let (growth, whole) = match self.rule {
            Rule::Compounded => return Some(exp(-self.time_to_next() * x)),
            Rule::Simple => (1.0 + self.time_to_next() * u, 0.0),
            Rule::UsTreasury => (1.0 + self.fraction * u, self.whole),
        };
        (growth > 0.0).then(|| exp(-whole * x) / growth)
    }

    #[inline(always)]
    fn measures_compounded(&self, price: f64) -> Option<Measures> {
        let Solution { u, mean, variance } = self.solve_compounded(price)?;
        let time = self.time_to_next() + mean;
        let scale = 1.0 / (self.per_year * (1.0 + u));
        Some(Measures {
            ytm: self.per_year * u,
            macaulay_duration: time / self.per_year,
            modified_duration: time * scale,
            convexity: (variance + time * time + time) * scale * scale,
        })
    }

    fn measures_simple(&self, price: f64) -> Option<Measures> {
        let w = self.time_to_next();
        if w <= 0.0 {
            return None;
        }
        let flow = self.annuity.first + 1.0;
        let u = (flow - price) / (price * w);
        // w/(1 + w·u) with the price put in
        let slope = w * price / flow / self.per_year;
        Some(Measures {
            ytm: self.per_year * u,
            macaulay_duration: w / self.per_year,
            modified_duration: slope,
            convexity: 2.0 * slope * slope,
        })
    }

    fn measures_us_treasury(&self, price: f64) -> Option<Measures> {
        let Solution { u, mean, variance } = self.solve_us_treasury(price)?;
        let time = self.whole + mean;
        let compounding = 1.0 / (1.0 + u);
        let simple = self.fraction / (1.0 + self.fraction * u);
        let slope = time * compounding;
        let curvature = (variance + time * time + time) * compounding * compounding + 2.0 * simple * (slope + simple);
        Some(Measures {
            ytm: self.per_year * u,
            macaulay_duration: (time + self.fraction) / self.per_year,
            modified_duration: (slope + simple) / self.per_year,
            convexity: curvature / (self.per_year * self.per_year),
        })
    }
}

/// A yield per period, and the mean and variance of the flows' times after the next coupon date.
struct Solution {
    u: f64,
    mean: f64,
    variance: f64,
}

/// The root of ln P(x + d) = ln P(x) − κ1·d + κ2·d²/2 − κ3·d³/6 at a distance `gap` in the logarithm, by inverting the
/// series to its fourth term. The log price is so nearly linear that this is all most bonds need.
#[inline(always)]
fn series_step(gap: f64, slope: f64, moments: &Moments) -> f64 {
    let per_slope = 1.0 / slope;
    let h = gap * per_slope;
    let q2 = 0.5 * moments.variance * h * per_slope;
    let q3 = (1.0 / 6.0) * moments.skew * h * h * per_slope;
    h * (1.0 + q2 + (2.0 * q2 * q2 - q3) + 5.0 * q2 * (q2 * q2 - q3))
}

impl Claim {
    /// The closed form where it converges at once, and the proven iteration for what is far from any market.
    #[inline(always)]
    fn solve_compounded(&self, price: f64) -> Option<Solution> {
        let annuity = &self.annuity;
        let solution = if annuity.coupon == 0.0 {
            let time = self.time_to_next() + (annuity.coupons - 1.0);
            (time > 0.0).then(|| self.solution_at(-ln(price) / time))
        } else {
            self.solve_near_par(price).or_else(|| log_yield(self.flows(), price).map(|Root { x, .. }| self.solution_at(x)))
        };
        solution.filter(|solution| solution.u > -1.0)
    }

    fn solution_at(&self, x: f64) -> Solution {
        let powers = self.annuity.powers(x);
        let Moments { mean, variance, .. } = self.annuity.moments(&powers);
        Solution { u: powers.growth_m1(), mean, variance }
    }

    /// Starts where the yield equals the coupon, whose price is known without a series, and steps twice.
    #[inline(always)]
    fn solve_near_par(&self, price: f64) -> Option<Solution> {
        let annuity = &self.annuity;
        let w = self.time_to_next();
        if annuity.coupons == 1.0 && w <= 0.0 {
            return None;
        }
        let mut x = ln_ratio_guess(1.0 + annuity.coupon, 1.0);
        let par = annuity.moments_at_par(x);
        let per_price = 1.0 / price;
        x += series_step(ln_ratio_guess(1.0 + annuity.first, price) - w * x, w + par.mean, &par);
        for _ in 0..3 {
            let powers = annuity.powers(x);
            let moments = annuity.moments(&powers);
            let ratio = (moments.value * exp(-w * x) - price) * per_price;
            if ratio.is_nan() || ratio.abs() >= 0.4 {
                return None;
            }
            let gap = if ratio.abs() < 1e-3 { ln_1p_tiny(ratio) } else { ln_1p(ratio) };
            let step = series_step(gap, w + moments.mean, &moments);
            let reach = step.abs() * (annuity.coupons + w);
            if reach < 1e-3 {
                let u = powers.growth_m1();
                let u = u + (1.0 + u) * exp_m1_tiny(step);
                // A short step moves the cumulants by the next ones; a longer one is worth the series again.
                let Moments { mean, variance, skew, .. } = moments;
                if reach < 3e-7 {
                    return Some(Solution { u, mean: mean - variance * step, variance: variance - skew * step });
                }
                // Where the yield nears 0, what v lacks of 1 is lost in a difference, and is computed afresh.
                let near_zero = (x + step).abs() < 0.5 * x.abs();
                let powers = if near_zero { annuity.powers(x + step) } else { powers.moved(step, annuity.coupons) };
                let Moments { mean, variance, .. } = annuity.moments(&powers);
                return Some(Solution { u, mean, variance });
            }
            x += step;
        }
        None
    }

    /// Newton's method in u, in which ln P is convex here too: ln A by Hölder's inequality, −ln(1 + q·u) plainly. The
    /// compounded yield is the start; whichever side of the root it is on, after one step the iterates lie below the
    /// root and rise.
    fn solve_us_treasury(&self, price: f64) -> Option<Solution> {
        let log_price = ln(price);
        let last = self.whole + self.annuity.coupons - 1.0;
        // The redemption alone bounds the root from below: 1 ≤ P·(1 + u)^last·(1 + q·u), where the last factor is at
        // most 1 + u for u > 0, and for u < 0 at most 1, or (1 + u)^q where the next coupon is overdue and q < 0.
        let bound_time = if log_price < 0.0 { last + 1.0 } else { last + self.fraction.min(0.0) };
        let bound = exp_m1(-log_price / bound_time);
        let Solution { mut u, .. } = self.solve_compounded(price)?;
        for _ in 0..MAX_ITERATIONS {
            let x = ln_1p(u);
            let moments = self.annuity.moments(&self.annuity.powers(x));
            let growth = 1.0 + self.fraction * u;
            let ratio = moments.value * exp(-self.whole * x) / growth / price;
            let slope = (self.whole + moments.mean) / (1.0 + u) + self.fraction / growth;
            // Only an overdue coupon, q < 0, makes a price rise with its yield; there is no root on that side.
            if growth <= 0.0 || slope <= 0.0 {
                return None;
            }
            let next = (u + ln_1p(ratio - 1.0) / slope).max(bound);
            let step = next - u;
            u = next;
            if step.abs() * (last + 1.0) <= (1e-9 * (1.0 + u)).max(2.0 * f64::EPSILON) {
                return Some(Solution { u, ..self.solution_at(ln_1p(u)) });
            }
        }
        None
    }
}
