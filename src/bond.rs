//! The bond as a term sheet: what it promises, and optionally the clean price quoted for it and the notional held.
//!
//! A [`Bond`] is made in one place, [`Bond::new`], whichever way its [`Terms`] came: text, JSON, arguments or bytes.

mod bytes;
mod json;
mod text;

use crate::convention::Convention;
use crate::date::Date;
use crate::daycount::DayCount;
use crate::error::{Error, Result};
use crate::frequency::Frequency;
use crate::grid::Grid;
use std::cmp::Ordering;

/// What a bond can say about itself. Prices per 100 face, the coupon as a decimal, the notional in currency units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    pub coupon: f64,
    pub maturity: Date,
    /// Dated date: interest accrues from here.
    pub issue: Option<Date>,
    pub frequency: Frequency,
    pub day_count: DayCount,
    /// First coupon date; without it the first schedule date after issue.
    pub first_coupon: Option<Date>,
    /// Last coupon date before maturity; an irregular last period is refused.
    pub last_coupon: Option<Date>,
    pub redemption: f64,
    /// Where the maturity is a month end, so is every coupon date.
    pub end_of_month: bool,
    pub convention: Convention,
    /// Clean price quoted.
    pub price: Option<f64>,
    /// Face amount held, negative for a short position.
    pub notional: Option<f64>,
}

impl Terms {
    /// Terms with every default: semiannual, 30/360, redeemed at 100, end-of-month rule, street convention.
    pub fn new(coupon: f64, maturity: Date) -> Terms {
        Terms {
            coupon,
            maturity,
            issue: None,
            frequency: Frequency::Semiannual,
            day_count: DayCount::Thirty360Us,
            first_coupon: None,
            last_coupon: None,
            redemption: 100.0,
            end_of_month: true,
            convention: Convention::Street,
            price: None,
            notional: None,
        }
    }
}

/// A valid term sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bond(Terms);

impl std::ops::Deref for Bond {
    type Target = Terms;

    fn deref(&self) -> &Terms {
        &self.0
    }
}

/// Coupons up to 20,000 %, as Excel's own cases have them.
const MAX_COUPON: f64 = 200.0;
/// Prices and redemptions per 100, far beyond any market's.
const MAX_PRICE: f64 = 1e9;
const MAX_NOTIONAL: f64 = 1e15;

impl Bond {
    /// The only way to a bond: checks every rule, and turns −0 into 0 so that equal bonds have equal bytes.
    pub fn new(mut terms: Terms) -> Result<Bond> {
        if terms.coupon == 0.0 {
            terms.coupon = 0.0;
        }
        if terms.notional == Some(0.0) {
            terms.notional = Some(0.0);
        }
        check_coupon(terms.coupon)?;
        check_positive("redemption", terms.redemption, "a redemption is a positive price per 100 face, at most 1e9")?;
        terms.price.map_or(Ok(()), check_price)?;
        terms.notional.map_or(Ok(()), check_notional)?;
        let bond = Bond(terms);
        bond.check_dates()?;
        Ok(bond)
    }

    /// A bond that no rule was asked about, for tests of those who ask.
    #[cfg(test)]
    pub fn unchecked(terms: Terms) -> Bond {
        Bond(terms)
    }

    /// The same bond quoted at another clean price.
    pub fn quoted(self, price: f64) -> Result<Bond> {
        check_price(price)?;
        Ok(Bond(Terms { price: Some(price), ..self.0 }))
    }

    /// The same bond held in another amount.
    pub fn held(self, notional: f64) -> Result<Bond> {
        check_notional(notional)?;
        Ok(Bond(Terms { notional: Some(notional + 0.0), ..self.0 }))
    }

    /// The bare term sheet, without price and notional.
    pub fn terms(self) -> Bond {
        Bond(Terms { price: None, notional: None, ..self.0 })
    }

    /// What a figure per 100 face is multiplied by to give money: 1 where no notional is given.
    pub fn holding(&self) -> f64 {
        self.notional.map_or(1.0, |notional| notional / 100.0)
    }

    /// The dates on which regular coupons fall, counted back from maturity.
    pub fn grid(&self) -> Grid {
        Grid::new(self)
    }

    fn check_dates(&self) -> Result<()> {
        if let Some(issue) = self.issue {
            in_order("issue", issue, "maturity", self.maturity)?;
        }
        if let Some(first) = self.first_coupon {
            let issue = self.issue.ok_or(Error::Incomplete { given: "first coupon date", value: first, needed: "an issue date" })?;
            in_order("issue", issue, "first coupon", first)?;
            if first > self.maturity {
                return Err(Error::DateOrder {
                    earlier_name: "first coupon",
                    earlier: first,
                    later_name: "maturity",
                    later: self.maturity,
                });
            }
            self.check_on_schedule("first", first)?;
        }
        if let Some(last) = self.last_coupon {
            in_order("last coupon", last, "maturity", self.maturity)?;
            if let Some(issue) = self.issue {
                in_order("issue", issue, "last coupon", last)?;
            }
            if let Some(first) = self.first_coupon.filter(|&first| last < first) {
                return Err(Error::DateOrder { earlier_name: "first coupon", earlier: first, later_name: "last coupon", later: last });
            }
            if last != self.grid().coupon(1).date() {
                return Err(Error::Unsupported {
                    what: "an irregular last coupon period",
                    value: format!("{last} to {}", self.maturity),
                    hint: "The last coupon date must lie one regular period before maturity; leave it out for a regular bond.",
                });
            }
        }
        Ok(())
    }

    fn check_on_schedule(&self, what: &'static str, date: Date) -> Result<()> {
        let grid = self.grid();
        let after = grid.coupons_after(date.civil());
        if grid.coupon(after).date() == date {
            return Ok(());
        }
        Err(Error::OffSchedule { what, date, maturity: self.maturity, nearest: grid.coupon(after - 1).date() })
    }
}

fn in_order(earlier_name: &'static str, earlier: Date, later_name: &'static str, later: Date) -> Result<()> {
    if earlier < later { Ok(()) } else { Err(Error::DateOrder { earlier_name, earlier, later_name, later }) }
}

fn check_coupon(coupon: f64) -> Result<()> {
    let rule = "a coupon is a decimal from 0 to 200: 4.45 % is 0.0445";
    if (0.0..=MAX_COUPON).contains(&coupon) { Ok(()) } else { Err(Error::OutOfRange { what: "coupon", value: coupon, rule }) }
}

pub fn check_price(price: f64) -> Result<()> {
    check_positive("price", price, "a price is positive, per 100 face, at most 1e9")
}

fn check_positive(what: &'static str, value: f64, rule: &'static str) -> Result<()> {
    if value > 0.0 && value <= MAX_PRICE { Ok(()) } else { Err(Error::OutOfRange { what, value, rule }) }
}

fn check_notional(notional: f64) -> Result<()> {
    let rule = "a notional is an amount of money from -1e15 to 1e15";
    if notional.abs() <= MAX_NOTIONAL { Ok(()) } else { Err(Error::OutOfRange { what: "notional", value: notional, rule }) }
}

impl Eq for Bond {}

impl PartialOrd for Bond {
    fn partial_cmp(&self, other: &Bond) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By maturity, then coupon, then the rest; what is absent sorts first.
impl Ord for Bond {
    fn cmp(&self, other: &Bond) -> Ordering {
        let amounts = |a: Option<f64>, b: Option<f64>| match (a, b) {
            (Some(a), Some(b)) => a.total_cmp(&b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        };
        self.maturity
            .cmp(&other.maturity)
            .then_with(|| self.coupon.total_cmp(&other.coupon))
            .then_with(|| self.issue.cmp(&other.issue))
            .then_with(|| self.frequency.cmp(&other.frequency))
            .then_with(|| self.day_count.cmp(&other.day_count))
            .then_with(|| self.first_coupon.cmp(&other.first_coupon))
            .then_with(|| self.last_coupon.cmp(&other.last_coupon))
            .then_with(|| self.redemption.total_cmp(&other.redemption))
            .then_with(|| self.end_of_month.cmp(&other.end_of_month))
            .then_with(|| self.convention.cmp(&other.convention))
            .then_with(|| amounts(self.price, other.price))
            .then_with(|| amounts(self.notional, other.notional))
    }
}
