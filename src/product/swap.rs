//! An interest rate swap as a term sheet: a fixed rate against an index, what each leg counts by,
//! and who holds it.
//!
//! A [`Swap`] is made in one place, [`Swap::new`], whichever way its [`SwapTerms`] came: text,
//! JSON, arguments or bytes. Its schedules and its value on curves are worked out when they are
//! asked for.

mod bytes;
mod fields;
mod json;
mod text;

pub use fields::FIELDS;

use crate::basics::calendar::{Calendar, Roll};
use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::index::{IndexKind, IndexRecord};
use crate::basics::schedule::{self, Period};
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::forms::field::order;
use crate::forms::hash::hash_code;
use crate::forms::text::check_name;
use crate::product::bond::{MAX_HOLIDAYS, check_notional};
use std::cmp::Ordering;

/// What the holder does with the fixed leg.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum FixedLeg {
    Pay = 1,
    Receive = 2,
}

impl FixedLeg {
    /// Of what the fixed leg pays, to the holder.
    pub fn sign(self) -> f64 {
        match self {
            FixedLeg::Pay => -1.0,
            FixedLeg::Receive => 1.0,
        }
    }
}

impl Vocabulary for FixedLeg {
    const WHAT: &'static str = "fixed leg";
    const WORDS: &'static [Word<FixedLeg>] = &[
        Word {
            value: FixedLeg::Pay,
            name: "pay",
            aliases: &["P", "payer", "pay fixed"],
            meaning: "the holder pays the fixed rate",
        },
        Word {
            value: FixedLeg::Receive,
            name: "receive",
            aliases: &["R", "rec", "receiver", "receive fixed"],
            meaning: "the holder receives the fixed rate",
        },
    ];
}

/// How a leg pays: with [`Frequency::None`] once, at maturity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leg {
    pub frequency: Frequency,
    pub day_count: DayCount,
}

impl Leg {
    /// Once a year on ACT/360, as both legs of a SOFR swap.
    pub const SOFR: Leg = Leg { frequency: Frequency::Annual, day_count: DayCount::Act360 };
}

/// What a swap can say about itself. Rates as decimals, the notional in currency units.
#[derive(Debug, Clone, PartialEq)]
pub struct SwapTerms {
    pub fixed_leg: FixedLeg,
    pub fixed_rate: f64,
    /// Both legs accrue from here.
    pub effective: Date,
    pub maturity: Date,
    pub fixed: Leg,
    /// The name of the index that the floating leg pays.
    pub index: String,
    /// Added to the index, on the day count of the floating leg.
    pub spread: f64,
    pub floating: Leg,
    /// The rate of the index over the period that has begun, where it is known: of an overnight
    /// index, what it has come to until the day that it is valued on.
    pub fixing: Option<f64>,
    pub calendar: Calendar,
    /// Where the dates of periods go that fall on holidays; interest accrues to the adjusted dates.
    pub roll: Roll,
    /// Business days from the end of a period to its payment.
    pub payment_lag: u8,
    /// Where maturity is a month end, so is every date of the schedules, unless the effective date
    /// contradicts that: [`crate::basics::date::Civil::counts_month_ends`].
    pub end_of_month: bool,
    pub currency: Option<Currency>,
    /// Negative where the other side is held.
    pub notional: Option<f64>,
}

/// The index where none is named.
const SOFR: &str = "SOFR";

impl SwapTerms {
    /// Terms with every default: paying fixed against SOFR, both legs annual on ACT/360, on days
    /// that no calendar moves.
    pub fn new(fixed_rate: f64, effective: Date, maturity: Date) -> SwapTerms {
        SwapTerms {
            fixed_leg: FixedLeg::Pay,
            fixed_rate,
            effective,
            maturity,
            fixed: Leg::SOFR,
            index: SOFR.to_owned(),
            spread: 0.0,
            floating: Leg::SOFR,
            fixing: None,
            calendar: Calendar::default(),
            roll: Roll::Unadjusted,
            payment_lag: 0,
            end_of_month: true,
            currency: None,
            notional: None,
        }
    }
}

/// A valid term sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Swap(SwapTerms);

impl std::ops::Deref for Swap {
    type Target = SwapTerms;

    fn deref(&self) -> &SwapTerms {
        &self.0
    }
}

/// Ten thousand per cent, beyond any market's.
const MAX_RATE: f64 = 100.0;
/// More than any swap's life, and a bound on the work.
const MAX_YEARS: i32 = 200;

impl Swap {
    /// The only way to a swap: checks every rule, and turns −0 into 0 so that equal swaps have
    /// equal bytes.
    pub fn new(mut terms: SwapTerms) -> Result<Swap> {
        terms.fixed_rate += 0.0;
        terms.spread += 0.0;
        terms.fixing = terms.fixing.map(|fixing| fixing + 0.0);
        terms.notional = terms.notional.map(|notional| notional + 0.0);
        check_rate("fixed rate", terms.fixed_rate)?;
        check_rate("floating spread", terms.spread)?;
        terms.fixing.map_or(Ok(()), |fixing| check_rate("fixing", fixing))?;
        terms.notional.map_or(Ok(()), check_notional)?;
        check_name("floating index", &terms.index)?;
        payment_lag(i64::from(terms.payment_lag))?;
        let holidays = terms.calendar.own_holidays().len();
        if holidays > MAX_HOLIDAYS {
            return Err(Error::TooMany {
                what: "holidays of a swap's own",
                count: holidays,
                limit: MAX_HOLIDAYS,
            });
        }
        if terms.maturity <= terms.effective {
            return Err(Error::Period {
                what: "swap",
                start: terms.effective,
                end: terms.maturity,
            });
        }
        let months = terms.maturity.civil().months - terms.effective.civil().months;
        if months > 12 * MAX_YEARS {
            return Err(Error::OutOfRange {
                what: "term",
                value: f64::from(months) / 12.0,
                rule: "a swap lasts at most 200 years",
            });
        }
        Ok(Swap(terms))
    }

    pub fn into_terms(self) -> SwapTerms {
        self.0
    }

    /// The same swap in another notional.
    pub fn held(self, notional: f64) -> Result<Swap> {
        check_notional(notional)?;
        Ok(Swap(SwapTerms { notional: Some(notional + 0.0), ..self.0 }))
    }

    /// Whether the index is a rate from day to day. With a tenor, as SOFR 3M, or called TERM SOFR,
    /// it is fixed in advance, as is every index that is not known.
    pub fn is_overnight(&self) -> bool {
        let words = || self.index.split([' ', '-', '_', '/']);
        let is_term = |word: &str| {
            word.eq_ignore_ascii_case("term") || word.starts_with(|c: char| c.is_ascii_digit())
        };
        let is_overnight = |word: &str| {
            IndexRecord::find(word).is_some_and(|index| index.kind == IndexKind::Overnight)
        };
        words().any(is_overnight)
            && !words().filter(|word| !word.eq_ignore_ascii_case("1D")).any(is_term)
    }

    /// What a figure per 100 is multiplied by to give money: 1 where no notional is given.
    pub fn holding(&self) -> f64 {
        self.notional.map_or(1.0, |notional| notional / 100.0)
    }

    /// The periods of a leg in order of time, counted back from maturity.
    pub fn periods(&self, leg: Leg) -> Result<Vec<Period>> {
        let terms = schedule::ScheduleTerms {
            first_coupon: (leg.frequency == Frequency::None).then_some(self.maturity),
            end_of_month: self.end_of_month,
            calendar: self.calendar.clone(),
            roll: self.roll,
            adjust_accrual: self.roll != Roll::Unadjusted,
            payment_lag: self.payment_lag,
            ..schedule::ScheduleTerms::new(self.effective, self.maturity, leg.frequency)
        };
        terms.periods()
    }

    /// The part of a year that a period of a leg is.
    pub fn years(&self, leg: Leg, period: &Period) -> Result<f64> {
        let calendar = (self.calendar != Calendar::default()).then_some(&self.calendar);
        let frequency = Some(leg.frequency).filter(|frequency| *frequency != Frequency::None);
        let reference =
            Reference { period: None, frequency, termination: Some(self.maturity), calendar };
        leg.day_count.year_fraction(period.start, period.end, &reference)
    }

    pub fn hash_code(&self, seed: u64) -> u64 {
        hash_code(&self.to_bytes(), seed)
    }
}

/// Business days from the end of a period to its payment, as a number that may be anything.
pub fn payment_lag(days: i64) -> Result<u8> {
    let rule = "a payment lag is 0 to 30 business days";
    let lag = u8::try_from(days).ok().filter(|lag| *lag <= 30);
    lag.ok_or(Error::OutOfRange { what: "payment lag", value: days as f64, rule })
}

fn check_rate(what: &'static str, rate: f64) -> Result<()> {
    let rule = "a rate is a decimal from -100 to 100: 4.45 % is 0.0445";
    if rate.abs() <= MAX_RATE { Ok(()) } else { Err(Error::OutOfRange { what, value: rate, rule }) }
}

impl Eq for Swap {}

impl PartialOrd for Swap {
    fn partial_cmp(&self, other: &Swap) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By maturity, then effective date and fixed rate, then the other terms.
impl Ord for Swap {
    fn cmp(&self, other: &Swap) -> Ordering {
        let dates = |swap: &Swap| (swap.maturity, swap.effective);
        let by_terms = dates(self)
            .cmp(&dates(other))
            .then_with(|| self.fixed_rate.total_cmp(&other.fixed_rate));
        by_terms.then_with(|| order(FIELDS, &self.0, &other.0))
    }
}
