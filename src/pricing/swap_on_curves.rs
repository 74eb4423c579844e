//! A swap on curves: what each leg pays, what that is worth, and how it follows the curves.
//!
//! V = Σ aⱼ·P(tⱼ)/P(tₛ) over the payments after settlement, with P the discount curve and tₛ the
//! settlement date. A floating period pays its growth Q(start)/Q(end) − 1 on the projection curve
//! Q, which an overnight rate compounded over it comes to as well as a term rate, and its spread.
//! In one that began before the curves' date t₀ a term rate pays its fixing f; of an overnight rate
//! f is what it came to until t₀, and the period pays (1 + f·τ(start, t₀))/Q(end) − 1 and moves
//! with the curve. Source: F. Ametrano and M. Bianchetti, "Everything You Always Wanted to Know
//! About Multiple Interest Rate Curve Bootstrapping but Were Afraid to Ask" (2013).

use super::exposures::Exposures;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::schedule::Period;
use crate::market::curve::{Curve, InterpolatedCurve};
use crate::market::data::MarketData;
use crate::numeric::elementary::{exp, exp_m1};
use crate::product::swap::Swap;

/// A payment to the holder, per 100.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SwapPayment {
    pub is_fixed: bool,
    pub period: Period,
    /// The part of a year that is paid for.
    pub years: f64,
    /// What a year pays, spread included; `None` if it is unknown, or the period is no part of a
    /// year.
    pub rate: Option<f64>,
    /// `None` if the fixing is unknown, or the curve's rates are too large for a number.
    pub amount: Option<f64>,
    pub discount: f64,
}

impl SwapPayment {
    pub fn present_value(&self) -> Option<f64> {
        finite(self.amount? * self.discount)
    }
}

/// The payments of a swap after settlement, in order of time, and how their value follows the
/// curves. Amounts per 100.
#[derive(Debug, Clone)]
pub struct SwapValuation {
    /// Of the fixed leg, to the holder.
    sign: f64,
    /// What makes money of amounts per 100.
    holding: f64,
    pub payments: Vec<SwapPayment>,
    /// To the zero rates of either curve, in money per 100.
    exposures: Exposures,
}

/// A curve asked for −ln P.
struct CurveTime<'a> {
    curve: &'a Curve,
    shape: InterpolatedCurve<'a>,
}

impl<'a> CurveTime<'a> {
    fn new(curve: &'a Curve) -> CurveTime<'a> {
        CurveTime { curve, shape: curve.interpolated() }
    }

    /// The time of a date, and −ln P there.
    fn at(&self, date: Date) -> Result<(f64, f64)> {
        let time = self.curve.time(date);
        Ok((time, self.shape.zero(time)? * time))
    }
}

impl SwapValuation {
    /// Settlement is the curves' own date where none is given. `None` if nothing is paid after it.
    ///
    /// # Errors
    /// [`Error::BeforeCurve`] if settlement is before the curves' date.
    pub fn new<'a>(
        swap: &Swap,
        market: impl Into<MarketData<'a>>,
        settlement: Option<Date>,
    ) -> Result<Option<SwapValuation>> {
        let market = market.into();
        let settlement = settlement.unwrap_or(market.as_of());
        if settlement < market.as_of() {
            return Err(Error::BeforeCurve { as_of: market.as_of() });
        }
        let paid_on = CurveTime::new(market.discount);
        let projected = CurveTime::new(market.projection);
        let (start, grown) = paid_on.at(settlement)?;
        let as_of = market.as_of();
        let mut valuation = SwapValuation {
            sign: swap.fixed_leg.sign(),
            holding: swap.holding(),
            payments: Vec::new(),
            exposures: Exposures::default(),
        };
        for (is_fixed, leg) in [(true, swap.fixed), (false, swap.floating)] {
            let sign = if is_fixed { valuation.sign } else { -valuation.sign };
            for period in
                swap.periods(leg)?.into_iter().filter(|period| period.payment > settlement)
            {
                let (time, decay) = paid_on.at(period.payment)?;
                let discount = exp(grown - decay);
                let years = swap.years(leg, &period)?;
                let interest = |rate: f64| sign * 100.0 * rate * years;
                let (rate, amount) = if is_fixed {
                    (Some(swap.fixed_rate), Some(interest(swap.fixed_rate)))
                } else if let Some((from, accrued)) = begun(swap, &period, as_of)? {
                    let ((from, decay_from), (to, decay_to)) =
                        (projected.at(from)?, projected.at(period.end)?);
                    let growth = accrued + (1.0 + accrued) * exp_m1(decay_to - decay_from);
                    let weight = sign * 100.0 * (1.0 + growth) * discount;
                    valuation.exposures.push(from, weight);
                    valuation.exposures.push(to, -weight);
                    (
                        Some(growth / years + swap.spread),
                        Some(sign * 100.0 * growth + interest(swap.spread)),
                    )
                } else {
                    let rate = fixing(swap, &period, as_of)
                        .filter(|_| !swap.is_overnight())
                        .map(|fixing| fixing + swap.spread);
                    (rate, rate.map(interest))
                };
                let payment = SwapPayment {
                    is_fixed,
                    period,
                    years,
                    rate: rate.and_then(finite),
                    amount: amount.and_then(finite),
                    discount,
                };
                let present = payment.present_value().unwrap_or(f64::NAN);
                valuation.exposures.push(time, present);
                valuation.exposures.push(start, -present);
                valuation.payments.push(payment);
            }
        }
        valuation.payments.sort_by_key(|payment| (payment.period.payment, !payment.is_fixed));
        Ok((!valuation.payments.is_empty()).then_some(valuation))
    }

    /// The value to the holder, in money for the notional; `None` if a fixing is unknown.
    pub fn npv(&self) -> Option<f64> {
        finite(self.present(|_| true) * self.holding)
    }

    /// The fixed rate at which the swap is worth nothing.
    pub fn par_rate(&self) -> Option<f64> {
        let fixed = self.payments.iter().filter(|payment| payment.is_fixed);
        let annuity: f64 = fixed.map(|payment| 100.0 * payment.years * payment.discount).sum();
        finite(-self.sign * self.present(|payment| !payment.is_fixed) / annuity)
    }

    /// What is lost for a rise of all zero rates of both curves by one basis point, in money: the
    /// exact derivative.
    pub fn dv01(&self) -> Option<f64> {
        finite(self.exposures.parallel() * self.holding / 10_000.0)
    }

    /// To each key rate, a tent on the zero rates of both curves at increasing times: the duration
    /// in years on the notional, for a value may be nothing, and the DV01 in money. `None` if a
    /// fixing is unknown.
    pub fn key_rates(&self, keys: &[f64]) -> Option<Vec<(f64, f64)>> {
        let losses = self.exposures.key_rates(keys).into_iter();
        losses
            .map(|loss| Some((finite(loss / 100.0)?, finite(loss * self.holding / 10_000.0)?)))
            .collect()
    }

    /// The payments in money.
    pub fn cash_flows(&self) -> impl Iterator<Item = SwapPayment> + '_ {
        let money = |amount: f64| finite(amount * self.holding);
        self.payments
            .iter()
            .map(move |payment| SwapPayment { amount: payment.amount.and_then(money), ..*payment })
    }

    /// Not a number where an amount is unknown.
    fn present(&self, of: impl Fn(&SwapPayment) -> bool) -> f64 {
        let payments = self.payments.iter().filter(|payment| of(payment));
        payments.map(|payment| payment.present_value().unwrap_or(f64::NAN)).sum()
    }
}

/// From which day on the curve knows what a floating period pays, and by how much its rate has
/// grown until then; `None` if it is a fixing, or unknown.
fn begun(swap: &Swap, period: &Period, as_of: Date) -> Result<Option<(Date, f64)>> {
    if period.start >= as_of {
        return Ok(Some((period.start, 0.0)));
    }
    let Some(fixing) = fixing(swap, period, as_of).filter(|_| swap.is_overnight()) else {
        return Ok(None);
    };
    let years = swap.years(swap.floating, &Period { end: as_of, ..*period })?;
    Ok(Some((as_of, fixing * years)))
}

/// One is known: that of the period which the curves' date is in, or at the end of.
fn fixing(swap: &Swap, period: &Period, as_of: Date) -> Option<f64> {
    swap.fixing.filter(|_| period.end >= as_of)
}

fn finite(figure: f64) -> Option<f64> {
    // −0 is another pattern of bits for the same number.
    Some(figure + 0.0).filter(|figure| figure.is_finite())
}

#[cfg(test)]
pub(crate) mod tests;
