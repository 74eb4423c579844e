//! ACCRINT and ACCRINTM, and paper that pays its interest at maturity: PRICEMAT, YIELDMAT.

use super::discount::{year_fraction, year_in_days};
use super::{Call, days};
use crate::basics::date::Date;
use crate::basics::error::Result;

/// Interest accrued on `par` from issue to settlement; with `calc_method` false, a settlement after
/// the first interest date is owed interest from there only.
///
/// The quasi-coupon periods are counted from the first interest date. A whole one earns the rate
/// over the frequency, the one that holds the issue date its share. Excel measures from the period
/// before the first interest date, so that a settlement before that one takes days back from the
/// whole periods; this shows in the digits wherever days and periods differ.
pub fn accrint(
    issue: Date,
    first_interest: Date,
    settlement: Date,
    rate: f64,
    par: f64,
    frequency: f64,
    basis: f64,
    calc_method: bool,
) -> Result<f64> {
    let call = Call("accrint");
    call.before("issue", issue, "settlement", settlement)?;
    call.positive("rate", rate)?;
    call.positive("par", par)?;
    let (frequency, basis) = (call.frequency(frequency)?, call.basis(basis)?);
    let (issue, first, settlement) = (issue.civil(), first_interest.civil(), settlement.civil());
    let coupon =
        |periods: i32| first.months_earlier(periods * frequency.months(), first.is_month_end());
    let share =
        |from, to, start, end| days(basis, from, to) / basis.days_in_period(start, end, frequency);

    // The period that interest is measured from: the one before the first interest date, or after
    // it that of settlement.
    let mut number = 1;
    let mut earliest = i32::MAX;
    if settlement > first {
        let whole = frequency.periods_in(first.months - settlement.months);
        number = whole + i32::from(coupon(whole) > settlement);
        earliest = if calc_method { i32::MAX } else { 0 };
    }
    let (mut start, mut end) = (coupon(number), coupon(number - 1));
    let mut periods = share(issue.max(start), settlement, start, end);
    while number < earliest && issue < start {
        number += 1;
        (start, end) = (coupon(number), start);
        periods += if issue <= start { 1.0 } else { share(issue, end, start, end) };
    }
    call.answer(par * rate / frequency.per_year() * periods)
}

/// Interest accrued on `par` of a security that pays it at maturity.
pub fn accrintm(issue: Date, settlement: Date, rate: f64, par: f64, basis: f64) -> Result<f64> {
    let call = Call("accrintm");
    call.before("issue", issue, "settlement", settlement)?;
    call.positive("rate", rate)?;
    call.positive("par", par)?;
    call.answer(par * rate * year_fraction(call.basis(basis)?, issue, settlement))
}

/// Interest earned at settlement and still to be earned, in years of the rate. Both are measured by
/// the year from issue to settlement, however long the rest.
struct Life {
    elapsed: f64,
    total: f64,
    remaining: f64,
}

impl Call {
    fn life_from_issue(
        self,
        settlement: Date,
        maturity: Date,
        issue: Date,
        basis: f64,
    ) -> Result<Life> {
        self.before("settlement", settlement, "maturity", maturity)?;
        self.before("issue", issue, "settlement", settlement)?;
        let basis = self.basis(basis)?;
        let (settlement, maturity, issue) = (settlement.civil(), maturity.civil(), issue.civil());
        let year = year_in_days(basis, issue, settlement);
        let (elapsed, total) = (days(basis, issue, settlement), days(basis, issue, maturity));
        Ok(Life {
            elapsed: elapsed / year,
            total: total / year,
            remaining: (total - elapsed) / year,
        })
    }
}

/// Price per 100 face of a security that pays interest at maturity.
pub fn pricemat(
    settlement: Date,
    maturity: Date,
    issue: Date,
    rate: f64,
    yld: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("pricemat");
    call.not_negative("rate", rate)?;
    call.not_negative("yld", yld)?;
    let life = call.life_from_issue(settlement, maturity, issue, basis)?;
    call.answer(
        100.0 * ((1.0 + life.total * rate) / (1.0 + life.remaining * yld) - life.elapsed * rate),
    )
}

/// Annual yield of a security that pays interest at maturity, from its price per 100 face.
pub fn yieldmat(
    settlement: Date,
    maturity: Date,
    issue: Date,
    rate: f64,
    pr: f64,
    basis: f64,
) -> Result<f64> {
    let call = Call("yieldmat");
    call.not_negative("rate", rate)?;
    call.positive("pr", pr)?;
    let life = call.life_from_issue(settlement, maturity, issue, basis)?;
    let invested = pr / 100.0 + life.elapsed * rate;
    call.answer((1.0 + life.total * rate - invested) / invested / life.remaining)
}
