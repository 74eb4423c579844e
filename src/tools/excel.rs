//! Excel's financial functions: its argument order, its answers to the last digit it prints, and an
//! error where it says `#NUM!`.
//!
//! What they mean is in Microsoft's function reference ("Financial functions") and, for dates and
//! day counts, in ECMA-376, part 1, section 18.17.7. Where Excel computes something else than it
//! documents, its numbers are followed and the comment beside the code says how. Units are Excel's:
//! prices per 100 face, rates as decimals, amounts in money.
//!
//! | coupon dates and days | [`coupons`] |
//! | --- | --- |
//! | bonds with regular periods | [`bonds`] |
//! | odd first and last periods | [`odd`] |
//! | interest and paper that pays at maturity | [`interest`] |
//! | discount paper, year fractions | [`discount`] |
//! | Treasury bills | [`bills`] |
//! | rates of return and their conversion | [`rates`] |

// Excel's functions have as many arguments as they have.
#![allow(clippy::too_many_arguments)]

pub mod bills;
pub mod bonds;
pub mod coupons;
pub mod discount;
pub mod interest;
pub mod odd;
pub mod rates;

use crate::basics::date::{Civil, Date};
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;

/// The call of a function by its name, which its errors begin with.
#[derive(Debug, Clone, Copy)]
struct Call(&'static str);

impl Call {
    fn refuse<T>(
        self,
        argument: &'static str,
        value: impl ToString,
        rule: impl Into<String>,
    ) -> Result<T> {
        Err(Error::Excel {
            function: self.0,
            argument,
            value: value.to_string(),
            rule: rule.into(),
        })
    }

    /// An argument that is whole, of which Excel leaves out the decimals.
    fn whole(self, argument: &'static str, value: f64) -> Result<i32> {
        let whole = value.trunc();
        if whole.abs() <= f64::from(i32::MAX) {
            Ok(whole as i32)
        } else {
            self.refuse(argument, value, format!("{argument} is a whole number"))
        }
    }

    fn basis(self, basis: f64) -> Result<DayCount> {
        Ok(match self.whole("basis", basis)? {
            0 => DayCount::Thirty360Us,
            1 => DayCount::ActActIcma,
            2 => DayCount::Act360,
            3 => DayCount::Act365F,
            4 => DayCount::Thirty360E,
            _ => {
                return self.refuse(
                    "basis",
                    basis,
                    "a basis is 0 (30/360), 1 (ACT/ACT), 2 (ACT/360), 3 (ACT/365) or 4 (30E/360)",
                );
            }
        })
    }

    fn frequency(self, frequency: f64) -> Result<Frequency> {
        Ok(match self.whole("frequency", frequency)? {
            1 => Frequency::Annual,
            2 => Frequency::Semiannual,
            4 => Frequency::Quarterly,
            _ => {
                return self.refuse(
                    "frequency",
                    frequency,
                    "a frequency is 1, 2 or 4 coupons a year",
                );
            }
        })
    }

    fn positive(self, argument: &'static str, value: f64) -> Result<()> {
        if value > 0.0 && value.is_finite() {
            Ok(())
        } else {
            self.refuse(argument, value, format!("{argument} is positive"))
        }
    }

    fn not_negative(self, argument: &'static str, value: f64) -> Result<()> {
        if value >= 0.0 && value.is_finite() {
            Ok(())
        } else {
            self.refuse(argument, value, format!("{argument} is not negative"))
        }
    }

    fn before(self, argument: &'static str, date: Date, later: &str, than: Date) -> Result<()> {
        if date < than {
            Ok(())
        } else {
            self.refuse(argument, date, format!("{argument} is before {later}, which is {than}"))
        }
    }

    /// Excel's numbers are finite.
    fn answer(self, value: f64) -> Result<f64> {
        if value.is_finite() {
            Ok(value)
        } else {
            self.refuse("result", value, "the arguments ask for a number that is not finite")
        }
    }
}

/// Days from one date to another, as a number to compute with.
fn days(basis: DayCount, from: Civil, to: Civil) -> f64 {
    f64::from(basis.days(from, to))
}

/// Days of a whole quasi-coupon period between two of its dates. Under basis 0 Excel then lets both
/// month ends count as the 30th, which is German 30/360.
fn whole_period_days(basis: DayCount, start: Civil, end: Civil) -> f64 {
    let basis = if basis == DayCount::Thirty360Us { DayCount::Thirty360German } else { basis };
    days(basis, start, end)
}

#[cfg(test)]
pub(crate) mod tests;
