//! PRICE, YIELD, DURATION, MDURATION: bonds with regular coupon periods.

use super::coupons::Coupons;
use super::{Call, days};
use crate::basics::date::{Civil, Date};
use crate::basics::daycount::DayCount;
use crate::basics::error::Result;
use crate::numeric::annuity::Annuity;
use crate::numeric::elementary::ln_1p;
use crate::pricing::discounted_flows::{CashFlows, DiscountedFlows, StubDiscounting};
use crate::product::convention::Compounding;

/// A bond as the pricing formulas of Excel see it, counted in coupon periods.
pub(super) struct Paper {
    /// Per unit of redemption.
    claim: DiscountedFlows<Annuity>,
    redemption: f64,
    /// Interest accrued, per 100 face.
    accrued: f64,
}

/// Where settlement stands: coupons left, the first of them in regular ones; time to it; and
/// interest accrued, in regular coupons.
pub(super) struct Standing {
    pub coupons: i32,
    pub first: f64,
    pub whole: i32,
    pub fraction: f64,
    pub accrued: f64,
}

impl Standing {
    fn regular(coupons: &Coupons) -> Standing {
        let (elapsed, period) = (coupons.elapsed(), coupons.period());
        Standing {
            coupons: coupons.left,
            first: 1.0,
            whole: 0,
            fraction: (period - elapsed) / period,
            accrued: elapsed / period,
        }
    }
}

impl Paper {
    pub fn new(standing: Standing, rate: f64, redemption: f64, per_year: f64) -> Paper {
        let coupon = 100.0 * rate / per_year;
        let per_redemption = coupon / redemption;
        let annuity = Annuity {
            coupons: f64::from(standing.coupons),
            coupon: per_redemption,
            first: standing.first * per_redemption,
        };
        let claim = DiscountedFlows {
            stream: annuity,
            whole: f64::from(standing.whole),
            fraction: standing.fraction,
            per_year,
            rule: if standing.coupons == 1 {
                StubDiscounting::Simple
            } else {
                StubDiscounting::Compounded
            },
            compounding: Compounding::AtCoupons,
        };
        Paper { claim, redemption, accrued: coupon * standing.accrued }
    }

    /// Clean price per 100 face; NaN where a yield is so low that a period's growth is not
    /// positive.
    pub fn price(&self, yld: f64) -> f64 {
        // Excel raises 1 + yld/f to its powers as a float, and loses what that rounds off.
        let growth = 1.0 + yld / self.claim.per_year;
        let rounded = (growth - 1.0) * self.claim.per_year;
        self.claim.price(rounded).map_or(f64::NAN, |price| price * self.redemption - self.accrued)
    }

    /// Macaulay duration in years: the mean payment time, weighted by present values that are
    /// compounded to the last.
    fn duration(&self, yld: f64) -> f64 {
        let moments = CashFlows::moments(&self.claim.stream, ln_1p(yld / self.claim.per_year));
        (self.claim.whole + self.claim.fraction + moments.mean) / self.claim.per_year
    }

    /// How fast the price falls as the yield rises.
    fn slope(&self, yld: f64) -> f64 {
        (self.price(yld) + self.accrued) * self.duration(yld) / (1.0 + yld / self.claim.per_year)
    }

    /// The yield that Excel reports for a clean price: where Newton's method, with the slope of
    /// `model`, has come within 1e-10 of the solution. From a start that it does not converge from,
    /// the solution itself.
    pub fn yield_as_excel(&self, model: &Paper, start: f64, pr: f64) -> Option<f64> {
        const CLOSE: f64 = 1e-10;
        let mut yld = start;
        for _ in 0..100 {
            let step = (self.price(yld) - pr) / model.slope(yld);
            if step.abs() < CLOSE {
                return Some(yld);
            }
            yld += step;
        }
        self.yield_of(pr)
    }

    /// The yield at a clean price.
    fn yield_of(&self, pr: f64) -> Option<f64> {
        let dirty = pr + self.accrued;
        let measures =
            if dirty > 0.0 { self.claim.measures(dirty / self.redemption) } else { None };
        measures.map(|measures| measures.ytm)
    }
}

impl Call {
    pub(super) fn found(self, yld: Option<f64>, pr: f64) -> Result<f64> {
        yld.map_or_else(
            || self.refuse("pr", pr, "at this price the bond has a yield"),
            |yld| self.answer(yld),
        )
    }

    fn regular(self, coupons: &Coupons, rate: f64, redemption: f64) -> Result<Paper> {
        self.not_negative("rate", rate)?;
        self.positive("redemption", redemption)?;
        Ok(Paper::new(Standing::regular(coupons), rate, redemption, coupons.frequency.per_year()))
    }
}

/// Clean price per 100 face.
pub fn price(
    settlement: Date,
    maturity: Date,
    rate: f64,
    yld: f64,
    redemption: f64,
    frequency: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("price");
    let coupons = call.coupons(settlement, maturity, frequency, basis)?;
    call.not_negative("yld", yld)?;
    call.answer(call.regular(&coupons, rate, redemption)?.price(yld))
}

/// Yield from a clean price per 100 face.
pub fn bond_yield(
    settlement: Date,
    maturity: Date,
    rate: f64,
    pr: f64,
    redemption: f64,
    frequency: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("yield");
    let coupons = call.coupons(settlement, maturity, frequency, basis)?;
    call.positive("pr", pr)?;
    let paper = call.regular(&coupons, rate, redemption)?;
    let yld = if coupons.left == 1 {
        Some(last_period_yield(&coupons, rate, pr, redemption))
    } else {
        paper.yield_as_excel(&paper, first_guess(rate, pr, coupons.basis, settlement, maturity), pr)
    };
    call.found(yld, pr)
}

/// In the last coupon period YIELD does not invert PRICE: it counts the days to maturity instead of
/// what the elapsed days leave of the period, and under the bases of actual days the period has the
/// days it has.
fn last_period_yield(coupons: &Coupons, rate: f64, pr: f64, redemption: f64) -> f64 {
    let period = match coupons.basis {
        DayCount::Act360 | DayCount::Act365F => {
            days(DayCount::ActActIcma, coupons.previous, coupons.next)
        }
        _ => coupons.period(),
    };
    let coupon = rate / coupons.frequency.per_year();
    let invested = pr / 100.0 + coupons.elapsed() / period * coupon;
    (redemption / 100.0 + coupon - invested) / invested * coupons.frequency.per_year() * period
        / coupons.remaining()
}

/// Where Excel begins to look for a yield: an interpolation between prices near par and far from
/// it.
pub(super) fn first_guess(
    rate: f64,
    pr: f64,
    basis: DayCount,
    settlement: Date,
    maturity: Date,
) -> f64 {
    let (premium, years) = (pr - 100.0, years(basis, settlement, maturity));
    (100.0 * rate * years - premium) / (premium / 4.0 + premium * years / 2.0 + 100.0 * years)
}

/// Time to maturity for that: whole years from settlement, and days of the day count. Under basis 1
/// the last year has 366 days where maturity falls in a leap year.
fn years(basis: DayCount, settlement: Date, maturity: Date) -> f64 {
    let (settlement, maturity) = (settlement.civil(), maturity.civil());
    let whole = (maturity.months - settlement.months).div_euclid(12);
    let anniversary = |years: i32| settlement.months_earlier(-12 * years, false);
    let whole = whole - i32::from(anniversary(whole) > maturity);
    let leap = Civil { months: 12 * maturity.year() + 1, day: 1 }.days_in_month() == 29;
    let year = match basis {
        DayCount::ActActIcma if leap => 366.0,
        DayCount::ActActIcma | DayCount::Act365F => 365.0,
        _ => 360.0,
    };
    f64::from(whole) + days(basis, anniversary(whole), maturity) / year
}

/// Macaulay duration in years; in the last coupon period, too, of compounded values.
pub fn duration(
    settlement: Date,
    maturity: Date,
    coupon: f64,
    yld: f64,
    frequency: f64,
    basis: f64,
) -> Result<f64> {
    Call("duration").duration(settlement, maturity, coupon, yld, frequency, basis)
}

/// Macaulay duration over one period's growth, 1 + yld/frequency, in the last period too.
pub fn mduration(
    settlement: Date,
    maturity: Date,
    coupon: f64,
    yld: f64,
    frequency: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("mduration");
    let macaulay = call.duration(settlement, maturity, coupon, yld, frequency, basis)?;
    Ok(macaulay / (1.0 + yld / call.frequency(frequency)?.per_year()))
}

impl Call {
    fn duration(
        self,
        settlement: Date,
        maturity: Date,
        coupon: f64,
        yld: f64,
        frequency: f64,
        basis: f64,
    ) -> Result<f64> {
        let coupons = self.coupons(settlement, maturity, frequency, basis)?;
        self.not_negative("coupon", coupon)?;
        self.not_negative("yld", yld)?;
        self.answer(self.regular(&coupons, coupon, 100.0)?.duration(yld))
    }
}
