//! COUPPCD, COUPNCD, COUPNUM, COUPDAYBS, COUPDAYS, COUPDAYSNC: the coupon dates around a settlement
//! date.

use super::{Call, days, whole_period_days};
use crate::basics::date::{Civil, Date};
use crate::basics::daycount::DayCount;
use crate::basics::error::Result;
use crate::basics::frequency::Frequency;

/// Coupon dates as Excel counts them: back from maturity by months, at month ends where maturity is
/// one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Coupons {
    pub settlement: Civil,
    pub frequency: Frequency,
    pub basis: DayCount,
    /// The last coupon date that is not after settlement.
    pub previous: Civil,
    pub next: Civil,
    /// Coupons still to come.
    pub left: i32,
}

impl Coupons {
    pub fn new(settlement: Date, maturity: Date, frequency: Frequency, basis: DayCount) -> Coupons {
        let (settlement, maturity) = (settlement.civil(), maturity.civil());
        let coupon = |periods: i32| {
            maturity.months_earlier(periods * frequency.months(), maturity.is_month_end())
        };
        let whole = frequency.periods_in(maturity.months - settlement.months);
        let left = whole + i32::from(coupon(whole) > settlement);
        Coupons {
            settlement,
            frequency,
            basis,
            previous: coupon(left),
            next: coupon(left - 1),
            left,
        }
    }

    /// A: days from the previous coupon date to settlement.
    pub fn elapsed(&self) -> f64 {
        days(self.basis, self.previous, self.settlement)
    }

    /// E: days in the coupon period.
    pub fn period(&self) -> f64 {
        self.basis.days_in_period(self.previous, self.next, self.frequency)
    }

    /// Days from settlement to the next coupon date, on the day count alone.
    pub fn remaining(&self) -> f64 {
        days(self.basis, self.settlement, self.next)
    }
}

impl Call {
    pub(super) fn coupons(
        self,
        settlement: Date,
        maturity: Date,
        frequency: f64,
        basis: f64,
    ) -> Result<Coupons> {
        self.before("settlement", settlement, "maturity", maturity)?;
        Ok(Coupons::new(settlement, maturity, self.frequency(frequency)?, self.basis(basis)?))
    }
}

/// The coupon date before or on settlement.
pub fn couppcd(settlement: Date, maturity: Date, frequency: f64, basis: f64) -> Result<Date> {
    let coupons = Call("couppcd").coupons(settlement, maturity, frequency, basis)?;
    Ok(Date::from_days(coupons.previous.date().days())?)
}

/// The next coupon date after settlement.
pub fn coupncd(settlement: Date, maturity: Date, frequency: f64, basis: f64) -> Result<Date> {
    let coupons = Call("coupncd").coupons(settlement, maturity, frequency, basis)?;
    Ok(Date::from_days(coupons.next.date().days())?)
}

/// Coupons payable after settlement, that at maturity included.
pub fn coupnum(settlement: Date, maturity: Date, frequency: f64, basis: f64) -> Result<i32> {
    Ok(Call("coupnum").coupons(settlement, maturity, frequency, basis)?.left)
}

/// Days from the beginning of the coupon period to settlement.
pub fn coupdaybs(settlement: Date, maturity: Date, frequency: f64, basis: f64) -> Result<f64> {
    Ok(Call("coupdaybs").coupons(settlement, maturity, frequency, basis)?.elapsed())
}

/// Days in the coupon period that holds settlement; 182.5 in half a year of basis 3.
pub fn coupdays(settlement: Date, maturity: Date, frequency: f64, basis: f64) -> Result<f64> {
    Ok(Call("coupdays").coupons(settlement, maturity, frequency, basis)?.period())
}

/// Days from settlement to the next coupon date. Under basis 0 it is what COUPDAYBS leaves of the
/// period; under the others the two are counted each for itself and need not add up to COUPDAYS.
pub fn coupdaysnc(settlement: Date, maturity: Date, frequency: f64, basis: f64) -> Result<f64> {
    let coupons = Call("coupdaysnc").coupons(settlement, maturity, frequency, basis)?;
    let Coupons { basis, previous, next, .. } = coupons;
    Ok(if basis == DayCount::Thirty360Us {
        whole_period_days(basis, previous, next) - coupons.elapsed()
    } else {
        coupons.remaining()
    })
}
