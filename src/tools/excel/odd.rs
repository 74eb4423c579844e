//! ODDFPRICE, ODDFYIELD, ODDLPRICE, ODDLYIELD: an odd first or last coupon period, counted in
//! quasi-coupon periods.

use super::bonds::{Paper, Standing, first_guess};
use super::coupons::Coupons;
use super::{Call, days, whole_period_days};
use crate::basics::date::{Civil, Date};
use crate::basics::daycount::DayCount;
use crate::basics::error::Result;
use crate::basics::frequency::Frequency;

/// Days from one date to another, none where that is the earlier one.
fn days_ahead(basis: DayCount, from: Civil, to: Civil) -> f64 {
    if from < to { days(basis, from, to).max(0.0) } else { 0.0 }
}

/// A short first period earns its share of the regular one. A long one is split into quasi-coupon
/// periods before the first coupon, in which Excel has ways of its own:
///
/// - the quasi-coupon dates are stepped month by month from the first coupon, so that the 31st once
///   shortened to the 28th stays there;
/// - a whole period earns one coupon, but interest accrued in one that has elapsed goes by its
///   days;
/// - the time to the next quasi-coupon is what the elapsed days leave of the period, but under
///   bases 2 and 3 the actual days to it;
/// - where the first coupon falls on a month end, the whole periods before it are counted from the
///   end of the month of settlement, and where settlement is no month end that is one period more.
fn first_period(coupons: &Coupons, issue: Civil, first: Civil, later_coupons: i32) -> Standing {
    let Coupons { settlement, frequency, basis, .. } = *coupons;
    let period = coupons.period();
    let total = days_ahead(basis, issue, first);
    if total < period {
        return Standing {
            coupons: later_coupons + 1,
            first: total / period,
            whole: 0,
            fraction: days_ahead(basis, settlement, first) / period,
            accrued: days_ahead(basis, issue, settlement) / period,
        };
    }
    let (mut end, mut earned, mut accrued) = (first, 0.0, 0.0);
    for left in (1..=Coupons::new(issue.date(), first.date(), frequency, basis).left).rev() {
        let start = end.months_earlier(frequency.months(), false);
        let whole =
            if basis == DayCount::ActActIcma { days_ahead(basis, start, end) } else { period };
        let partial = days_ahead(basis, issue, end);
        earned += if left > 1 { 1.0 } else { partial / whole };
        accrued += days_ahead(basis, start.max(issue), end.min(settlement)) / whole;
        end = start;
    }
    let to_next = match basis {
        DayCount::Act360 | DayCount::Act365F => coupons.remaining(),
        _ => period - coupons.elapsed(),
    };
    let whole = whole_periods(settlement, first, frequency);
    Standing {
        coupons: later_coupons + 1,
        first: earned,
        whole,
        fraction: to_next / period,
        accrued,
    }
}

/// The bond whose slope Excel steps by towards the yield: regular in everything but the time to the
/// first coupon, and with as many coupons as the quasi-coupon dates make.
fn slope_model(coupons: &Coupons, first: Civil, maturity: Date) -> Standing {
    let Coupons { settlement, frequency, basis, .. } = *coupons;
    let left = Coupons::new(settlement.date(), maturity, frequency, basis).left;
    Standing {
        coupons: left,
        first: 1.0,
        whole: 0,
        fraction: days_ahead(basis, settlement, first) / coupons.period(),
        accrued: 0.0,
    }
}

/// Whole quasi-coupon periods from settlement to the first coupon, as Excel counts them.
fn whole_periods(settlement: Civil, first: Civil, frequency: Frequency) -> i32 {
    let month_end = first.is_month_end()
        || (first.day > 28 && !first.is_february() && settlement.is_month_end());
    let start = settlement.months_earlier(0, month_end);
    let whole = frequency.periods_in(first.months - start.months);
    let before_first = start.months_earlier(-whole * frequency.months(), month_end) < first;
    whole - i32::from(!before_first) + i32::from(start > settlement)
}

/// A bond in its odd first period.
struct OddFirst {
    coupons: Coupons,
    standing: Standing,
    first: Civil,
}

impl Call {
    fn odd_first(
        self,
        settlement: Date,
        maturity: Date,
        issue: Date,
        first_coupon: Date,
        rate: f64,
        redemption: f64,
        frequency: f64,
        basis: f64,
    ) -> Result<OddFirst> {
        self.before("issue", issue, "settlement", settlement)?;
        self.before("settlement", settlement, "first_coupon", first_coupon)?;
        self.before("first_coupon", first_coupon, "maturity", maturity)?;
        self.not_negative("rate", rate)?;
        self.positive("redemption", redemption)?;
        let coupons = self.coupons(settlement, first_coupon, frequency, basis)?;
        let later = Coupons::new(first_coupon, maturity, coupons.frequency, coupons.basis);
        let first = first_coupon.civil();
        if later.previous != first {
            return self.refuse(
                "first_coupon",
                first_coupon,
                format!("first_coupon is whole coupon periods before maturity, {maturity}"),
            );
        }
        Ok(OddFirst {
            coupons,
            standing: first_period(&coupons, issue.civil(), first, later.left),
            first,
        })
    }
}

/// Clean price per 100 face of a bond with an odd first period.
pub fn oddfprice(
    settlement: Date,
    maturity: Date,
    issue: Date,
    first_coupon: Date,
    rate: f64,
    yld: f64,
    redemption: f64,
    frequency: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("oddfprice");
    call.not_negative("yld", yld)?;
    let odd = call.odd_first(
        settlement,
        maturity,
        issue,
        first_coupon,
        rate,
        redemption,
        frequency,
        basis,
    )?;
    call.answer(
        Paper::new(odd.standing, rate, redemption, odd.coupons.frequency.per_year()).price(yld),
    )
}

/// Yield of a bond with an odd first period, from its clean price per 100 face.
pub fn oddfyield(
    settlement: Date,
    maturity: Date,
    issue: Date,
    first_coupon: Date,
    rate: f64,
    pr: f64,
    redemption: f64,
    frequency: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("oddfyield");
    call.positive("pr", pr)?;
    let odd = call.odd_first(
        settlement,
        maturity,
        issue,
        first_coupon,
        rate,
        redemption,
        frequency,
        basis,
    )?;
    let paper = |standing| Paper::new(standing, rate, redemption, odd.coupons.frequency.per_year());
    let start = first_guess(rate, pr, odd.coupons.basis, settlement, maturity);
    let model = paper(slope_model(&odd.coupons, odd.first, maturity));
    call.found(paper(odd.standing).yield_as_excel(&model, start, pr), pr)
}

/// The last period in regular coupon periods: whole, elapsed at settlement, and remaining.
struct LastPeriod {
    total: f64,
    elapsed: f64,
    remaining: f64,
    per_year: f64,
}

impl Call {
    /// Quasi-coupon periods are stepped month by month from the last interest date. Each part is
    /// counted in days of its own, so that under 30/360 elapsed and remaining need not add up to
    /// the whole.
    fn odd_last(
        self,
        settlement: Date,
        maturity: Date,
        last_interest: Date,
        frequency: f64,
        basis: f64,
    ) -> Result<LastPeriod> {
        self.before("settlement", settlement, "maturity", maturity)?;
        self.before("last_interest", last_interest, "settlement", settlement)?;
        let (frequency, basis) = (self.frequency(frequency)?, self.basis(basis)?);
        let periods = Coupons::new(last_interest, maturity, frequency, basis).left;
        let (settlement, maturity) = (settlement.civil(), maturity.civil());
        let mut start = last_interest.civil();
        let mut last =
            LastPeriod { total: 0.0, elapsed: 0.0, remaining: 0.0, per_year: frequency.per_year() };
        for left in (1..=periods).rev() {
            let end = start.months_earlier(-frequency.months(), false);
            let whole = whole_period_days(basis, start, end);
            let earned =
                if left > 1 { whole } else { whole_period_days(basis, start, maturity).max(0.0) };
            last.total += earned / whole;
            last.elapsed +=
                if end < settlement { earned } else { days_ahead(basis, start, settlement) }
                    / whole;
            last.remaining += days_ahead(basis, start.max(settlement), end.min(maturity)) / whole;
            start = end;
        }
        Ok(last)
    }
}

/// Clean price per 100 face of a bond in its odd last period: simple interest.
pub fn oddlprice(
    settlement: Date,
    maturity: Date,
    last_interest: Date,
    rate: f64,
    yld: f64,
    redemption: f64,
    frequency: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("oddlprice");
    call.not_negative("rate", rate)?;
    call.not_negative("yld", yld)?;
    call.positive("redemption", redemption)?;
    let LastPeriod { total, elapsed, remaining, per_year } =
        call.odd_last(settlement, maturity, last_interest, frequency, basis)?;
    let coupon = 100.0 * rate / per_year;
    call.answer(
        (total * coupon + redemption) / (1.0 + remaining * yld / per_year) - elapsed * coupon,
    )
}

/// Yield of a bond in its odd last period, from its clean price per 100 face: simple interest.
pub fn oddlyield(
    settlement: Date,
    maturity: Date,
    last_interest: Date,
    rate: f64,
    pr: f64,
    redemption: f64,
    frequency: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("oddlyield");
    call.not_negative("rate", rate)?;
    call.positive("pr", pr)?;
    call.positive("redemption", redemption)?;
    let LastPeriod { total, elapsed, remaining, per_year } =
        call.odd_last(settlement, maturity, last_interest, frequency, basis)?;
    let coupon = 100.0 * rate / per_year;
    let invested = pr + elapsed * coupon;
    call.answer((total * coupon + redemption - invested) / invested * per_year / remaining)
}
