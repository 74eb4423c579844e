//! YEARFRAC, and paper that pays one amount: DISC, INTRATE, RECEIVED, PRICEDISC, YIELDDISC.

use super::{Call, days};
use crate::basics::date::{Civil, Date};
use crate::basics::daycount::DayCount;
use crate::basics::error::Result;

/// The part of a year from one date to a later one.
pub(super) fn year_fraction(basis: DayCount, from: Date, to: Date) -> f64 {
    let (from, to) = (from.civil(), to.civil());
    days(basis, from, to) / year_in_days(basis, from, to)
}

/// Days in the year that Excel measures two dates by. Under basis 1 that is the mean of the
/// calendar years that they touch, but up to one year apart it is 366 where their one calendar year
/// is a leap year, or 29 February lies between them or is the later one, else 365 (found by D. A.
/// Wheeler, "YEARFRAC incompatibilities between Excel 2007 and OOXML").
pub(super) fn year_in_days(basis: DayCount, from: Civil, to: Civil) -> f64 {
    match basis {
        DayCount::ActActIcma => {}
        DayCount::Act365F => return 365.0,
        _ => return 360.0,
    }
    let january = |year: i32| Civil { months: 12 * year, day: 1 }.date().days();
    let (first, last) = (from.year(), to.year());
    let year = |year: i32| f64::from(january(year + 1) - january(year));
    if first == last {
        return year(first);
    }
    if to > from.months_earlier(-12, false) {
        return f64::from(january(last + 1) - january(first)) / f64::from(last + 1 - first);
    }
    // February of the first year lies ahead of it, or that of the last year behind it.
    let ahead = from.month() <= 2;
    let behind = (to.month(), to.day) >= (2, 29);
    if (ahead && year(first) == 366.0) || (behind && year(last) == 366.0) { 366.0 } else { 365.0 }
}

/// The part of a year between two dates, whichever is the earlier.
pub fn yearfrac(start_date: Date, end_date: Date, basis: f64) -> Result<f64> {
    Ok(year_fraction(
        Call("yearfrac").basis(basis)?,
        start_date.min(end_date),
        start_date.max(end_date),
    ))
}

impl Call {
    /// The life of discount paper, in years.
    fn life(self, settlement: Date, maturity: Date, basis: f64) -> Result<f64> {
        self.before("settlement", settlement, "maturity", maturity)?;
        Ok(year_fraction(self.basis(basis)?, settlement, maturity))
    }
}

/// Discount rate.
pub fn disc(settlement: Date, maturity: Date, pr: f64, redemption: f64, basis: f64) -> Result<f64> {
    let call = Call("disc");
    call.positive("pr", pr)?;
    call.positive("redemption", redemption)?;
    call.answer((redemption - pr) / redemption / call.life(settlement, maturity, basis)?)
}

/// Interest rate of a fully invested security.
pub fn intrate(
    settlement: Date,
    maturity: Date,
    investment: f64,
    redemption: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("intrate");
    call.positive("investment", investment)?;
    call.positive("redemption", redemption)?;
    call.answer((redemption - investment) / investment / call.life(settlement, maturity, basis)?)
}

/// Amount received at maturity for an investment at a discount rate.
pub fn received(
    settlement: Date,
    maturity: Date,
    investment: f64,
    discount: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("received");
    call.positive("investment", investment)?;
    call.positive("discount", discount)?;
    let kept = 1.0 - discount * call.life(settlement, maturity, basis)?;
    if kept <= 0.0 {
        return call.refuse(
            "discount",
            discount,
            "the discount to maturity is less than the whole amount",
        );
    }
    call.answer(investment / kept)
}

/// Price per 100 face from a discount rate; it may be negative.
pub fn pricedisc(
    settlement: Date,
    maturity: Date,
    discount: f64,
    redemption: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("pricedisc");
    call.positive("discount", discount)?;
    call.positive("redemption", redemption)?;
    call.answer(redemption * (1.0 - discount * call.life(settlement, maturity, basis)?))
}

/// Annual yield of a discounted security: INTRATE of its price.
pub fn yielddisc(
    settlement: Date,
    maturity: Date,
    pr: f64,
    redemption: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("yielddisc");
    call.positive("pr", pr)?;
    call.positive("redemption", redemption)?;
    call.answer((redemption - pr) / pr / call.life(settlement, maturity, basis)?)
}
