//! The bond as a term sheet: what it promises, and optionally the clean price quoted for it and the
//! notional held.
//!
//! A [`Bond`] is made in one place, [`Bond::new`], whichever way its [`BondTerms`] came: text,
//! JSON, arguments or bytes.

mod bytes;
mod fields;
mod json;
mod parts;
mod text;

pub use fields::FIELDS;
pub use parts::{Coupon, ExDividend, Exercise, OptionalTerms, Principal, Step, settlement_lag};

use crate::basics::calendar::{Calendar, Roll};
use crate::basics::date::Date;
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::regular_dates::RegularDates;
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::order;
use crate::numeric::elementary::{exp_m1, ln_1p};
use crate::product::convention::{AccrualRule, Convention, QuotedAs, TimeMeasure};
use std::cmp::Ordering;

/// What a bond can say about itself. Prices per 100 face, the coupon as a decimal, the notional in
/// currency units.
#[derive(Debug, Clone, PartialEq)]
pub struct BondTerms {
    pub coupon: f64,
    /// [`Date::FOREVER`] of a perpetual bond.
    pub maturity: Date,
    /// Dated date: interest accrues from here.
    pub issue: Option<Date>,
    pub frequency: Frequency,
    pub day_count: DayCount,
    /// First coupon date; without it the first schedule date after issue.
    pub first_coupon: Option<Date>,
    /// Last coupon date before maturity; without it one regular period before maturity.
    pub last_coupon: Option<Date>,
    pub redemption: f64,
    /// Where the last regular coupon date is a month end, so is every one, unless the first coupon
    /// or issue date contradicts that: [`crate::basics::date::Civil::counts_month_ends`].
    pub end_of_month: bool,
    pub convention: Convention,
    pub optional: OptionalTerms,
    /// Clean price quoted.
    pub price: Option<f64>,
    /// Face amount held, negative for a short position.
    pub notional: Option<f64>,
}

impl BondTerms {
    /// Terms with every default: semiannual, 30/360, redeemed at 100, end-of-month rule, street
    /// convention.
    #[inline(always)]
    pub fn new(coupon: f64, maturity: Date) -> BondTerms {
        BondTerms {
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
            optional: OptionalTerms::default(),
            price: None,
            notional: None,
        }
    }
}

/// A valid term sheet, and what follows from it for every date of its schedule.
#[derive(Debug, Clone, PartialEq)]
pub struct Bond {
    terms: BondTerms,
    /// Whether regular coupons fall on last days of months.
    month_ends: bool,
}

impl std::ops::Deref for Bond {
    type Target = BondTerms;

    fn deref(&self) -> &BondTerms {
        &self.terms
    }
}

/// Coupons up to 20,000 %, as Excel's own cases have them.
pub(crate) const MAX_COUPON: f64 = 200.0;
/// Prices and redemptions per 100, far beyond any market's.
const MAX_PRICE: f64 = 1e9;
const MAX_NOTIONAL: f64 = 1e15;
const MAX_STEPS: usize = 200;
/// A calendar of the user's own, inside a bond.
pub(crate) const MAX_HOLIDAYS: usize = 1_000;

impl Bond {
    /// The only way to a bond: checks every rule, and turns −0 into 0 so that equal bonds have
    /// equal bytes.
    pub fn new(mut terms: BondTerms) -> Result<Bond> {
        terms.coupon += 0.0;
        terms.notional = terms.notional.map(|notional| notional + 0.0);
        terms.optional.settle();
        check_coupon(terms.coupon)?;
        check_positive(
            "redemption",
            terms.redemption,
            "a redemption is a positive price per 100 face, at most 1e9",
        )?;
        terms.price.map_or(Ok(()), check_price)?;
        terms.notional.map_or(Ok(()), check_notional)?;
        let bond = Bond::unchecked(terms).with_payment_dates_as_coupon_dates();
        bond.check_dates()?;
        bond.check_steps()?;
        bond.check_practice()?;
        Ok(bond)
    }

    /// A bond that no rule was asked about yet.
    pub(crate) fn unchecked(terms: BondTerms) -> Bond {
        let mut bond = Bond { terms, month_ends: false };
        let start = bond.first_coupon.or(bond.issue).map(Date::civil);
        bond.month_ends = bond.end_of_month
            && bond.anchor().civil().counts_month_ends(start, bond.frequency.months());
        bond
    }

    pub fn into_terms(self) -> BondTerms {
        self.terms
    }

    /// Whether regular coupons fall on last days of months: by the end-of-month rule, between the
    /// date that they are counted from and the first coupon date or, without one, the issue date.
    #[inline(always)]
    pub fn counts_month_ends(&self) -> bool {
        self.month_ends
    }

    /// The same bond quoted at another clean price.
    pub fn quoted(self, price: f64) -> Result<Bond> {
        check_price(price)?;
        Ok(Bond { terms: BondTerms { price: Some(price), ..self.terms }, ..self })
    }

    /// The same bond held in another amount.
    pub fn held(self, notional: f64) -> Result<Bond> {
        check_notional(notional)?;
        Ok(Bond { terms: BondTerms { notional: Some(notional + 0.0), ..self.terms }, ..self })
    }

    /// The same bond under another yield convention and day count.
    pub fn under(self, convention: Convention, day_count: DayCount) -> Result<Bond> {
        Bond::new(BondTerms { convention, day_count, ..self.terms })
    }

    /// The bare term sheet, without price and notional.
    pub fn terms(self) -> Bond {
        Bond { terms: BondTerms { price: None, notional: None, ..self.terms }, ..self }
    }

    /// What a figure per 100 face is multiplied by to give money: 1 where no notional is given.
    #[inline(always)]
    pub fn holding(&self) -> f64 {
        self.notional.map_or(1.0, |notional| notional / 100.0)
    }

    /// The dates on which regular coupons fall, counted back from maturity.
    pub fn coupon_dates(&self) -> RegularDates {
        RegularDates::new(self.anchor(), self.frequency, self.counts_month_ends())
    }

    pub fn is_perpetual(&self) -> bool {
        self.maturity == Date::FOREVER
    }

    /// The date that regular coupon dates are counted from.
    pub fn anchor(&self) -> Date {
        if self.is_perpetual() {
            return self.first_coupon.or(self.issue).unwrap_or(Date::MAX);
        }
        self.odd_last_coupon().unwrap_or(self.maturity)
    }

    /// The last coupon date where it does not lie one regular period before maturity.
    pub fn odd_last_coupon(&self) -> Option<Date> {
        let last = self.last_coupon.filter(|_| !self.is_perpetual())?;
        let maturity = self.maturity.civil();
        let months = self.frequency.months();
        let month_end = self.end_of_month && maturity.counts_month_ends(Some(last.civil()), months);
        let regular = maturity.months_earlier(months, month_end);
        (regular.date() != last).then_some(last)
    }

    /// What it pays as interest.
    #[inline(always)]
    pub fn interest(&self) -> Coupon<'_> {
        match self.optional.is_empty() || self.optional.steps.is_empty() {
            true => Coupon::Fixed { rate: self.coupon },
            false => Coupon::Stepped { rate: self.coupon, steps: &self.optional.steps },
        }
    }

    /// How it repays its face.
    #[inline(always)]
    pub fn principal(&self) -> Principal {
        Principal::Bullet { redemption: self.redemption }
    }

    /// Who may end it before maturity.
    #[inline(always)]
    pub fn exercise(&self) -> Exercise {
        Exercise::None
    }

    /// The coupon rate of the period that begins on a day.
    #[inline(always)]
    pub fn rate_from(&self, start: Date) -> f64 {
        match self.interest() {
            Coupon::Fixed { rate } => rate,
            Coupon::Stepped { rate, steps } => stepped_rate(rate, steps, start),
        }
    }

    /// The settlement date of a trade: so many business days later, or the next one where the lag
    /// is none; not before issue.
    pub fn settlement_of(&self, trade: Date) -> Result<Date> {
        let settlement = match self.optional.settlement_lag.unwrap_or(0) {
            0 => self.optional.calendar.adjust(trade, Roll::Following),
            lag => self.optional.calendar.add_business_days(trade, i32::from(lag)),
        };
        settlement.map(|settlement| self.settled_from_issue(settlement))
    }

    /// The later of a settlement date and the issue date, on which new issues settle.
    pub fn settled_from_issue(&self, settlement: Date) -> Date {
        self.issue.map_or(settlement, |issue| issue.max(settlement))
    }

    /// One regular coupon at a rate, per 100 face.
    #[inline(always)]
    pub fn coupon_amount(&self, rate: f64) -> f64 {
        let per_year = self.frequency.per_year();
        match self.convention.accrual() {
            AccrualRule::Exponential => 100.0 * exp_m1(ln_1p(rate) / per_year),
            _ => 100.0 * rate / per_year,
        }
    }

    /// What its day count needs to know of it.
    pub fn reference(&self) -> Reference<'_> {
        let calendar =
            (self.optional.calendar != Calendar::default()).then_some(&self.optional.calendar);
        Reference {
            termination: Some(self.maturity).filter(|_| !self.is_perpetual()),
            calendar,
            ..Reference::default()
        }
    }

    /// The day on which a payment is made that the schedule has on `date`.
    pub fn paid_on(&self, date: Date) -> Result<Date> {
        self.optional.calendar.adjust(date, self.optional.roll)
    }

    /// Where payments roll, a coupon date may be given as the day of its payment.
    fn with_payment_dates_as_coupon_dates(mut self) -> Bond {
        if self.optional.roll == Roll::Unadjusted
            || self.frequency == Frequency::None
            || self.is_perpetual()
        {
            return self;
        }
        if let Some(last) = self.last_coupon {
            let month_end = self.end_of_month && self.maturity.civil().is_month_end();
            let regular =
                self.maturity.civil().months_earlier(self.frequency.months(), month_end).date();
            self.terms.last_coupon =
                Some(if self.paid_on(regular) == Ok(last) { regular } else { last });
        }
        self.terms.first_coupon =
            self.first_coupon.map(|first| self.coupon_paid_on(first).unwrap_or(first));
        self = Bond::unchecked(self.terms);
        if !self.optional.steps.is_empty() {
            let from = |step: &Step| self.coupon_paid_on(step.from).unwrap_or(step.from);
            let dates: Vec<Date> = self.optional.steps.iter().map(from).collect();
            self.terms
                .optional
                .edit()
                .steps
                .iter_mut()
                .zip(dates)
                .for_each(|(step, from)| step.from = from);
        }
        self
    }

    /// The date of the schedule whose payment is made on a day that is none.
    fn coupon_paid_on(&self, day: Date) -> Option<Date> {
        let dates = self.coupon_dates();
        let after = dates.count_after(day.civil());
        let near = [after, after - 1].map(|periods| dates.before(periods).date());
        let inside =
            |coupon: &Date| self.issue.is_none_or(|issue| *coupon > issue) && !near.contains(&day);
        near.into_iter().filter(inside).find(|&coupon| self.paid_on(coupon) == Ok(day))
    }

    fn check_dates(&self) -> Result<()> {
        if self.is_perpetual() {
            self.check_perpetual()?;
        }
        if self.frequency == Frequency::None {
            self.check_no_coupons()?;
        }
        if let Some(issue) = self.issue {
            in_order("issue", issue, "maturity", self.maturity)?;
        }
        if let Some(last) = self.last_coupon {
            in_order("last coupon", last, "maturity", self.maturity)?;
            if let Some(issue) = self.issue {
                in_order("issue", issue, "last coupon", last)?;
            }
            if let Some(first) = self.first_coupon.filter(|&first| last < first) {
                return Err(Error::DateOrder {
                    earlier_name: "first coupon",
                    earlier: first,
                    later_name: "last coupon",
                    later: last,
                });
            }
        }
        if let Some(first) = self.first_coupon {
            let issue = self.issue.ok_or(Error::Incomplete {
                given: "first coupon date",
                value: first.to_string(),
                needed: "an issue date",
            })?;
            in_order("issue", issue, "first coupon", first)?;
            if first > self.maturity {
                return Err(Error::DateOrder {
                    earlier_name: "first coupon",
                    earlier: first,
                    later_name: "maturity",
                    later: self.maturity,
                });
            }
            self.check_on_schedule("first coupon", first)?;
        }
        Ok(())
    }

    fn check_perpetual(&self) -> Result<()> {
        let refused = |what: &'static str, value: String, hint| {
            Err(Error::Contradiction { what, value, with: "a perpetual bond", hint })
        };
        if self.issue.is_none() {
            return Err(Error::Incomplete {
                given: "perpetual bond",
                value: "perpetual".to_owned(),
                needed: "an issue date",
            });
        }
        if let Some(last) = self.last_coupon {
            return refused(
                "a last coupon date",
                last.to_string(),
                "A perpetual bond has no last coupon.",
            );
        }
        if self.coupon == 0.0 {
            return refused(
                "a coupon of 0",
                self.coupon.to_string(),
                "A perpetual bond pays one coupon for ever.",
            );
        }
        if let Some(step) = self.optional.steps.first() {
            return refused(
                "a coupon step",
                step.from.to_string(),
                "A perpetual bond pays one coupon for ever.",
            );
        }
        if self.frequency == Frequency::None {
            return refused(
                "frequency",
                self.frequency.name().to_owned(),
                "A perpetual bond needs coupons.",
            );
        }
        let counts_periods = matches!(self.convention.quoted_as(), QuotedAs::Yield(method) if matches!(method.time_measure, TimeMeasure::Periods | TimeMeasure::ActualPeriods | TimeMeasure::DaysToNext));
        if self.day_count == DayCount::Bus252 {
            return refused(
                "day count",
                self.day_count.name().to_owned(),
                "No calendar is known for ever.",
            );
        }
        if !counts_periods && self.convention != Convention::Current {
            let hint = "A perpetual bond needs a yield convention that counts coupon periods, such \
                as street, icma, uk_dmo, or current.";
            return refused("convention", self.convention.name().to_owned(), hint);
        }
        Ok(())
    }

    /// A bill or a bond that pays its interest at maturity.
    fn check_no_coupons(&self) -> Result<()> {
        if let Some(date) = self.first_coupon.or(self.last_coupon) {
            return Err(Error::Contradiction {
                what: "a coupon date",
                value: date.to_string(),
                with: "frequency none",
                hint: "Give a frequency, or leave the coupon dates out.",
            });
        }
        if self.coupon > 0.0 && self.issue.is_none() {
            return Err(Error::Incomplete {
                given: "interest at maturity",
                value: self.coupon.to_string(),
                needed: "an issue date",
            });
        }
        Ok(())
    }

    fn check_steps(&self) -> Result<()> {
        if self.optional.steps.len() > MAX_STEPS {
            return Err(Error::TooMany {
                what: "coupon steps",
                count: self.optional.steps.len(),
                limit: MAX_STEPS,
            });
        }
        for step in &self.optional.steps {
            check_coupon(step.coupon)?;
            in_order("step", step.from, "maturity", self.maturity)?;
            self.check_on_schedule("step", step.from)?;
        }
        for pair in self.optional.steps.windows(2) {
            if let [earlier, later] = pair {
                in_order("step", earlier.from, "next step", later.from)?;
            }
        }
        if let (Some(step), Frequency::None) = (self.optional.steps.first(), self.frequency) {
            let hint = "Give a frequency, or leave the steps out.";
            return Err(Error::Contradiction {
                what: "a coupon step",
                value: step.from.to_string(),
                with: "frequency none",
                hint,
            });
        }
        let start = self
            .first_coupon
            .map(|date| ("first coupon", date))
            .or(self.issue.map(|date| ("issue", date)));
        match (self.optional.steps.first(), start) {
            (Some(step), Some((earlier_name, earlier))) if step.from < earlier => {
                Err(Error::DateOrder {
                    earlier_name,
                    earlier,
                    later_name: "step",
                    later: step.from,
                })
            }
            _ => Ok(()),
        }
    }

    fn check_practice(&self) -> Result<()> {
        self.optional.settlement_lag.map_or(Ok(0), |lag| settlement_lag(i64::from(lag)))?;
        if self.optional.calendar.own_holidays().len() > MAX_HOLIDAYS {
            return Err(Error::TooMany {
                what: "holidays of a bond's own",
                count: self.optional.calendar.own_holidays().len(),
                limit: MAX_HOLIDAYS,
            });
        }
        if let Some(rule) =
            self.optional.ex_dividend.filter(|rule| rule.longest() >= 28 * self.frequency.months())
        {
            let hint = "An ex-dividend period is shorter than a coupon period.";
            return Err(Error::Contradiction {
                what: "ex-dividend period",
                value: rule.to_string(),
                with: "its frequency",
                hint,
            });
        }
        if self.day_count == DayCount::One {
            let hint = "Interest cannot accrue within a period under 1/1.";
            return Err(Error::Contradiction {
                what: "day count",
                value: "1/1".to_owned(),
                with: "a bond",
                hint,
            });
        }
        Ok(())
    }

    fn check_on_schedule(&self, what: &'static str, date: Date) -> Result<()> {
        let dates = self.coupon_dates();
        let after = dates.count_after(date.civil());
        if dates.before(after).date() == date {
            return Ok(());
        }
        Err(Error::OffSchedule {
            what,
            date,
            maturity: self.maturity,
            nearest: dates.before(after - 1).date(),
        })
    }
}

#[cold]
fn stepped_rate(first: f64, steps: &[Step], start: Date) -> f64 {
    steps.iter().rev().find(|step| step.from <= start).map_or(first, |step| step.coupon)
}

fn in_order(
    earlier_name: &'static str,
    earlier: Date,
    later_name: &'static str,
    later: Date,
) -> Result<()> {
    if earlier < later {
        Ok(())
    } else {
        Err(Error::DateOrder { earlier_name, earlier, later_name, later })
    }
}

fn check_coupon(coupon: f64) -> Result<()> {
    let rule = "a coupon is a decimal from 0 to 200: 4.45 % is 0.0445";
    if (0.0..=MAX_COUPON).contains(&coupon) {
        Ok(())
    } else {
        Err(Error::OutOfRange { what: "coupon", value: coupon, rule })
    }
}

#[inline(always)]
pub fn check_price(price: f64) -> Result<()> {
    check_positive("price", price, "a price is positive, per 100 face, at most 1e9")
}

fn check_positive(what: &'static str, value: f64, rule: &'static str) -> Result<()> {
    if value > 0.0 && value <= MAX_PRICE {
        Ok(())
    } else {
        Err(Error::OutOfRange { what, value, rule })
    }
}

pub(crate) fn check_notional(notional: f64) -> Result<()> {
    let rule = "a notional is an amount of money from -1e15 to 1e15";
    if notional.abs() <= MAX_NOTIONAL {
        Ok(())
    } else {
        Err(Error::OutOfRange { what: "notional", value: notional, rule })
    }
}

impl Eq for Bond {}

impl PartialOrd for Bond {
    fn partial_cmp(&self, other: &Bond) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By maturity, then coupon, then the other terms; what is absent sorts first.
impl Ord for Bond {
    fn cmp(&self, other: &Bond) -> Ordering {
        self.maturity
            .cmp(&other.maturity)
            .then_with(|| self.coupon.total_cmp(&other.coupon))
            .then_with(|| order(FIELDS, &self.terms, &other.terms))
    }
}

#[cfg(test)]
pub(crate) mod tests;
