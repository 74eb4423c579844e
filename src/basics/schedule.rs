//! Schedules: the periods between two dates, with accrual as the contract counts it and payment on
//! business days.
//!
//! Sources: ISDA 2006 Definitions, sections 4.10 to 4.13 (roll day, end of month, business day
//! adjustment); SIA, Standard Securities Calculation Methods, on odd first and last periods.

use crate::basics::calendar::{Calendar, Roll};
use crate::basics::date::{Civil, Date};
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::regular_dates::RegularDates;
use crate::basics::vocabulary::{Vocabulary, Word};

/// The most periods of one schedule: four centuries of months.
pub const MAX_PERIODS: i32 = 5_000;

/// Where the odd period goes when the dates hold no whole number of regular ones, and so from which
/// end they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stub {
    #[default]
    ShortFirst,
    LongFirst,
    ShortLast,
    LongLast,
}

/// What a schedule is made from.
#[derive(Debug, Clone)]
pub struct ScheduleTerms {
    pub effective: Date,
    pub termination: Date,
    pub frequency: Frequency,
    pub stub: Stub,
    /// Where the first period ends, when it is odd or the stub is to be given by its date.
    pub first_coupon: Option<Date>,
    /// Where the last period starts.
    pub last_coupon: Option<Date>,
    /// Whether periods counted from the last day of a month end on last days of months, by
    /// [`Civil::counts_month_ends`], rather than on one day of the month. It is asked of the dates
    /// as they are given, before any adjustment.
    pub end_of_month: bool,
    pub calendar: Calendar,
    pub roll: Roll,
    /// How the termination date rolls, where that differs.
    pub termination_roll: Option<Roll>,
    /// Whether interest accrues to the adjusted dates too.
    pub adjust_accrual: bool,
    /// Business days from the end of a period to its payment.
    pub payment_lag: u8,
}

/// Interest accrues from `start` on and before `end`, and is paid on `payment`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub start: Date,
    pub end: Date,
    pub payment: Date,
    /// Whether it is as long as the frequency says, before any adjustment.
    pub regular: bool,
}

impl Period {
    /// Actual days of accrual.
    pub fn days(&self) -> i32 {
        self.end.days() - self.start.days()
    }
}

impl ScheduleTerms {
    pub fn new(effective: Date, termination: Date, frequency: Frequency) -> ScheduleTerms {
        ScheduleTerms {
            effective,
            termination,
            frequency,
            stub: Stub::default(),
            first_coupon: None,
            last_coupon: None,
            end_of_month: true,
            calendar: Calendar::default(),
            roll: Roll::Following,
            termination_roll: None,
            adjust_accrual: false,
            payment_lag: 0,
        }
    }

    /// The periods in order of time; they follow one another without a gap.
    pub fn periods(&self) -> Result<Vec<Period>> {
        self.check()?;
        match self.listed() {
            Err(Error::OffGrid { .. }) if self.roll != Roll::Unadjusted => {
                self.with_payment_dates_as_coupon_dates()?.listed()
            }
            listed => listed,
        }
    }

    /// A coupon date that lies on no grid may be the day of its payment: it is the date of the grid
    /// that rolls there.
    fn with_payment_dates_as_coupon_dates(&self) -> Result<ScheduleTerms> {
        let mut terms = self.clone();
        let coupon = |counted: &Steps, day: Date| {
            let steps = counted.before(day.civil());
            let near = [steps, steps + 1, steps + 2].map(|count| counted.date(count).date());
            let inside = |date: &Date| {
                *date > self.effective && *date < self.termination && !near.contains(&day)
            };
            near.into_iter()
                .filter(inside)
                .find(|&date| self.adjust(date, false) == Ok(day))
                .unwrap_or(day)
        };
        // The end that the grid is counted from first: it lies one period from the end of the
        // schedule.
        let (first, last) = (self.first_coupon, self.last_coupon);
        if matches!(self.stub, Stub::ShortLast | Stub::LongLast) {
            let from_effective = ScheduleTerms { first_coupon: None, ..terms.clone() }.steps();
            terms.first_coupon = first.map(|first| coupon(&from_effective, first));
            terms.last_coupon = last.map(|last| coupon(&terms.steps(), last));
        } else {
            let from_termination = ScheduleTerms { last_coupon: None, ..terms.clone() }.steps();
            terms.last_coupon = last.map(|last| coupon(&from_termination, last));
            terms.first_coupon = first.map(|first| coupon(&terms.steps(), first));
        }
        terms.check()?;
        Ok(terms)
    }

    fn listed(&self) -> Result<Vec<Period>> {
        let steps = self.steps();
        let mut dates = vec![self.effective];
        dates.extend(self.first_coupon);
        dates.extend(self.dates_between(&steps)?);
        dates.extend(self.last_coupon);
        dates.push(self.termination);
        dates.dedup();

        let last = dates.len() - 1;
        let both = |(i, date): (usize, &Date)| Ok((*date, self.adjust(*date, i == last)?));
        let mut dates = dates.iter().enumerate().map(both).collect::<Result<Vec<_>>>()?;
        if self.adjust_accrual {
            // A date beside the first or the last may roll onto it, or past it.
            let (first, last) =
                (self.adjust(self.effective, false)?, self.adjust(self.termination, true)?);
            if first >= last {
                return Err(Error::Period { what: "adjusted schedule", start: first, end: last });
            }
            dates.retain(|&(date, adjusted)| {
                first < adjusted && adjusted < last
                    || date == self.effective
                    || date == self.termination
            });
        }
        let accrual =
            |(date, adjusted): (Date, Date)| if self.adjust_accrual { adjusted } else { date };
        let period = |(start, end): (&(Date, Date), &(Date, Date))| {
            Ok(Period {
                start: accrual(*start),
                end: accrual(*end),
                payment: self.paid_on(end.1)?,
                regular: steps.dates.is_period(start.0.civil(), end.0.civil()),
            })
        };
        dates.iter().zip(dates.iter().skip(1)).map(period).collect()
    }

    fn check(&self) -> Result<()> {
        if self.effective >= self.termination {
            return Err(Error::Period {
                what: "schedule",
                start: self.effective,
                end: self.termination,
            });
        }
        let first = self.first_coupon.unwrap_or(self.effective);
        let (after, before) = (self.effective, self.termination);
        match (self.first_coupon, self.last_coupon) {
            (Some(date), _) if date <= after || date > before => {
                Err(Error::NotBetween { what: "first coupon", date, after, before })
            }
            (_, Some(date)) if date < first || date >= before => {
                Err(Error::NotBetween { what: "last coupon", date, after: first, before })
            }
            _ => Ok(()),
        }
    }

    fn adjust(&self, date: Date, is_last: bool) -> Result<Date> {
        self.calendar.adjust(
            date,
            if is_last { self.termination_roll.unwrap_or(self.roll) } else { self.roll },
        )
    }

    fn paid_on(&self, end: Date) -> Result<Date> {
        if self.payment_lag == 0 {
            Ok(end)
        } else {
            self.calendar.add_business_days(end, i32::from(self.payment_lag))
        }
    }

    /// The ends of the stretch of regular periods.
    fn regular_stretch(&self) -> (Date, Date) {
        (self.first_coupon.unwrap_or(self.effective), self.last_coupon.unwrap_or(self.termination))
    }

    fn steps(&self) -> Steps {
        let (from, to) = self.regular_stretch();
        let forward = matches!(self.stub, Stub::ShortLast | Stub::LongLast);
        let (anchor, other) = if forward { (from, to) } else { (to, from) };
        let months = self.frequency.months();
        let month_ends =
            self.end_of_month && anchor.civil().counts_month_ends(Some(other.civil()), months);
        Steps { dates: RegularDates::new(anchor, self.frequency, month_ends), forward }
    }

    /// The regular dates inside the stretch of regular periods, in order of time.
    fn dates_between(&self, steps: &Steps) -> Result<Vec<Date>> {
        let (from, to) = self.regular_stretch();
        let forward = steps.forward;
        let (far, far_coupon) =
            if forward { (to, self.last_coupon) } else { (from, self.first_coupon) };
        let inside = steps.before(far.civil());
        if inside >= MAX_PERIODS {
            return Err(Error::TooMany {
                what: "periods of a schedule",
                count: inside.unsigned_abs() as usize + 1,
                limit: MAX_PERIODS as usize,
            });
        }
        let fits = steps.date(inside + 1) == far.civil() || from == to;
        if let (false, Some(date)) = (fits, far_coupon) {
            let [short, beyond] = [inside, inside + 1].map(|count| steps.date(count).date());
            let closer = (beyond.days() - date.days()).abs() < (short.days() - date.days()).abs();
            let what = if forward { "last" } else { "first" };
            return Err(Error::OffGrid {
                what,
                date,
                anchor: steps.dates.anchor.date(),
                nearest: if closer { beyond } else { short },
            });
        }
        let long = matches!(self.stub, Stub::LongFirst | Stub::LongLast);
        let inside = if long && !fits { inside - 1 } else { inside };
        let mut dates: Vec<Date> = (1..=inside).map(|count| steps.date(count).date()).collect();
        if !forward {
            dates.reverse();
        }
        Ok(dates)
    }
}

/// Regular dates in the order in which a schedule counts them: back from its end, or on from its
/// start.
struct Steps {
    dates: RegularDates,
    forward: bool,
}

impl Steps {
    fn date(&self, steps: i32) -> Civil {
        self.dates.before(if self.forward { -steps } else { steps })
    }

    /// How many steps stay short of a day.
    fn before(&self, far: Civil) -> i32 {
        let count = self.dates.count_after(far);
        let passed = if self.forward {
            -count - i32::from(self.dates.before(count) == far)
        } else {
            count - 1
        };
        passed.max(0)
    }
}

impl Vocabulary for Stub {
    const WHAT: &'static str = "stub";
    const WORDS: &'static [Word<Stub>] = &[
        Word {
            value: Stub::ShortFirst,
            name: "short_first",
            aliases: &["backward", "short initial", "short front", "short start"],
            meaning: "counted back from termination; what is left is a first period of its own",
        },
        Word {
            value: Stub::LongFirst,
            name: "long_first",
            aliases: &["long initial", "long front", "long start"],
            meaning: "counted back from termination; what is left joins the first period",
        },
        Word {
            value: Stub::ShortLast,
            name: "short_last",
            aliases: &["forward", "short final", "short back", "short end"],
            meaning: "counted on from the effective date; what is left is a last period of its own",
        },
        Word {
            value: Stub::LongLast,
            name: "long_last",
            aliases: &["long final", "long back", "long end"],
            meaning: "counted on from the effective date; what is left joins the last period",
        },
    ];
}

#[cfg(test)]
pub(crate) mod tests;
