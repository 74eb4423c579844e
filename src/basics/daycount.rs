//! Day counts: how many days lie between two dates, how many make a coupon period, and what part of
//! a year they are.
//!
//! Sources: ISDA 2006 and 2021 Definitions, section 4.16 and 4.6; ICMA Rule Book, rules 251 and
//! 252; ISDA, "EMU and market conventions" (1998) and "The Actual/Actual day count fraction"
//! (1999); SIA, Standard Securities Calculation Methods. Each spelling is listed in `words`.

mod actual;
mod icma;
mod thirty;
mod words;

use crate::basics::calendar::{Calendar, Markets};
use crate::basics::date::{Civil, Date};
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use std::sync::LazyLock;

/// The discriminant is the stored code and never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum DayCount {
    /// The 31st of the first date counts as the 30th, then that of a second date after a 30th, and
    /// the last of February last, so that it does not touch a second date on the 31st. Also
    /// 30U/360, NASD. Source: Excel, basis 0.
    Thirty360Us = 1,
    /// Each 31st counts as the 30th. Also Eurobond basis, 30/360 ISMA. Source: ISDA 2006 4.16(g),
    /// ICMA 251.1(ii); Excel, basis 4.
    Thirty360E = 2,
    /// Actual days over those of the coupon period times the frequency; an odd period is split
    /// along the regular ones around it. Also ISMA, Bond. Source: ICMA 251.1(iii) and 251.3, ISDA
    /// 2006 4.16(c).
    ActActIcma = 3,
    /// Also A/360, money market basis. Source: ISDA 2006 4.16(e).
    Act360 = 4,
    /// Also A/365F, English. Source: ISDA 2006 4.16(d).
    Act365F = 5,
    /// As 30/360 bond basis, after the last of February has become the 30th: of the first date, and
    /// of the second where both are. Also 30U/360 EOM. Source: SIA, Standard Securities Calculation
    /// Methods; MSRB.
    Thirty360Sia = 6,
    /// The 31st of the first date counts as the 30th, and so does a second 31st after that;
    /// February is left alone. Also 360/360. Source: ISDA 2006 4.16(f).
    Thirty360BondBasis = 7,
    /// Each last day of a month counts as the 30th, but that of February on the termination date.
    /// Source: ISDA 2006 4.16(h).
    Thirty360EIsda = 8,
    /// Each last day of a month counts as the 30th, always. Also 30E/360 German. Source: ISDA 2000
    /// 4.16(g) as German banks read it.
    Thirty360German = 9,
    /// Days in leap years over 366, the others over 365. Also Actual/Actual (Historical). Source:
    /// ISDA 2006 4.16(b).
    ActActIsda = 10,
    /// Whole years counted back from the end, then actual days over 366 where they hold 29
    /// February, else 365. Also Actual/Actual (Euro). Source: Association française des banques
    /// (1994), as ISDA (1999) reads it.
    ActActAfb = 11,
    /// Actual days over 366 or 365: with annual coupons by whether the period, its first day left
    /// out, holds 29 February, with others by the year in which it ends. Source: ICMA 251.1(i),
    /// ISDA 2006 4.16(i).
    Act365L = 12,
    /// Actual days, year of 52 weeks.
    Act364 = 13,
    /// Actual days, Julian year.
    Act365Quarter = 14,
    /// Actual days without 29 February, over 365. Also Actual/365 No Leap. Source: ISO 20022, A014.
    Nl365 = 15,
    /// Business days, the first included and the last not, over 252. Source: Banco Central do
    /// Brasil, circular 2456; ISDA 2021 4.6, Calculation/252.
    Bus252 = 16,
    /// One, whatever the dates. Source: ISDA 2006 4.16(a).
    One = 17,
    /// Days as in 30E/360, over 365. Source: ISO 20022, A002.
    Thirty365 = 18,
}

/// What some day counts need to know beside the two dates.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reference<'a> {
    /// The coupon period: the regular one that ACT/ACT ICMA counts by, and the one whose end
    /// decides ACT/365L. Without it, the two dates are the period.
    pub period: Option<(Date, Date)>,
    /// Coupons a year. Without it, ACT/ACT ICMA takes the period as the nearest number of whole
    /// months, and ACT/365L is annual.
    pub frequency: Option<Frequency>,
    /// The termination date, on which 30E/360 ISDA leaves February alone; and a period that ends on
    /// it, where it is odd, is measured by the regular periods after its start rather than before
    /// its end.
    pub termination: Option<Date>,
    /// Whose business days BUS/252 counts. Without it, Brazil's.
    pub calendar: Option<&'a Calendar>,
}

impl<'a> Reference<'a> {
    /// The calendar by which BUS/252 counts.
    pub fn business_calendar(&self) -> &'a Calendar {
        self.calendar.unwrap_or_else(|| brazil())
    }
}

impl DayCount {
    /// Days from one day to a later one.
    #[inline(always)]
    pub fn days(self, from: Civil, to: Civil) -> i32 {
        match self {
            DayCount::Thirty360Us => thirty::us(from, to),
            DayCount::Thirty360E => thirty::european(from, to),
            DayCount::ActActIcma | DayCount::Act360 | DayCount::Act365F => actual::days(from, to),
            _ => self.rarer_days(from, to, None),
        }
    }

    /// Days in the regular coupon period between two coupon dates, as street practice and Excel's
    /// COUPDAYS count them: the year's days over the frequency, except under ACT/ACT, where the
    /// period has the days it has.
    #[inline(always)]
    pub fn days_in_period(self, start: Civil, end: Civil, frequency: Frequency) -> f64 {
        match self {
            DayCount::ActActIcma => f64::from(actual::days(start, end)),
            DayCount::Thirty360Us | DayCount::Thirty360E | DayCount::Act360 => {
                f64::from(30 * frequency.months())
            }
            DayCount::Act365F => 365.0 / frequency.per_year(),
            _ => self.rarer_days_in_period(start, end, frequency),
        }
    }

    /// The day count of simple interest and discount: this one where it is actual days over a fixed
    /// year, else ACT/360.
    pub fn of_money(self) -> DayCount {
        match self {
            DayCount::Act365F | DayCount::Act364 | DayCount::Act365Quarter | DayCount::Nl365 => {
                self
            }
            _ => DayCount::Act360,
        }
    }

    /// Days from one date to another, negative where that is the earlier one.
    pub fn days_between(self, from: Date, to: Date, reference: &Reference) -> Result<i32> {
        if from > to {
            return self.days_between(to, from, reference).map(|days| -days);
        }
        Ok(match self {
            DayCount::Bus252 => reference.business_calendar().business_days(from, to)?,
            DayCount::Thirty360EIsda => {
                self.rarer_days(from.civil(), to.civil(), reference.termination)
            }
            _ => self.days(from.civil(), to.civil()),
        })
    }

    /// Whether days over those of a period are not the year fraction times the frequency, so that
    /// it must be asked for.
    #[inline(always)]
    pub fn needs_reference(self) -> bool {
        use DayCount::*;
        matches!(self, Thirty360EIsda | ActActIsda | ActActAfb | Act365L | Bus252 | One)
    }

    /// The part of a year from one date to another, negative where that is the earlier one.
    pub fn year_fraction(self, from: Date, to: Date, reference: &Reference) -> Result<f64> {
        if from > to {
            return self.year_fraction(to, from, reference).map(|fraction| -fraction);
        }
        let (first, last) = reference.period.unwrap_or((from, to));
        if reference.period.is_some() {
            check_period(first, last)?;
        }
        let (first, last) = (first.civil(), last.civil());
        Ok(match (self, self.year_in_days()) {
            (_, Some(year)) => f64::from(self.days_between(from, to, reference)?) / year,
            (DayCount::ActActIsda, _) => actual::isda(from.civil(), to.civil()),
            (DayCount::ActActAfb, _) => actual::afb(from.civil(), to.civil()),
            (DayCount::Act365L, _) => {
                f64::from(actual::days(from.civil(), to.civil()))
                    / actual::year_365_l(first, last, reference.frequency)
            }
            _ => icma::year_fraction(from.civil(), to.civil(), (first, last), reference),
        })
    }

    /// `None` if it depends on the dates.
    fn year_in_days(self) -> Option<f64> {
        use DayCount::*;
        Some(match self {
            Thirty360Us | Thirty360E | Thirty360Sia | Thirty360BondBasis | Thirty360EIsda
            | Thirty360German | Act360 => 360.0,
            Act364 => 364.0,
            Act365F | Nl365 | Thirty365 => 365.0,
            Act365Quarter => 365.25,
            Bus252 => 252.0,
            One => 1.0,
            ActActIcma | ActActIsda | ActActAfb | Act365L => return None,
        })
    }

    /// Out of the way of the five that price most bonds.
    #[cold]
    #[inline(never)]
    fn rarer_days(self, from: Civil, to: Civil, termination: Option<Date>) -> i32 {
        match self {
            DayCount::Thirty360Sia => thirty::sia(from, to),
            DayCount::Thirty360BondBasis => thirty::bond_basis(from, to),
            DayCount::Thirty360EIsda | DayCount::Thirty360German => {
                thirty::ultimo(from, to, termination.map(Date::civil))
            }
            DayCount::Thirty365 => thirty::european(from, to),
            DayCount::Nl365 => actual::days_without_leap(from, to),
            DayCount::Bus252 => business_days(from, to),
            DayCount::One => 1,
            _ => actual::days(from, to),
        }
    }

    /// Where the year has no fixed number of days, as many as make the whole period earn its share
    /// of the year.
    #[cold]
    #[inline(never)]
    fn rarer_days_in_period(self, start: Civil, end: Civil, frequency: Frequency) -> f64 {
        let days = f64::from(actual::days(start, end));
        let year = match self {
            DayCount::ActActIsda => days / actual::isda(start, end),
            DayCount::ActActAfb => days / actual::afb(start, end),
            DayCount::Act365L => actual::year_365_l(start, end, Some(frequency)),
            _ => self.year_in_days().unwrap_or(days * frequency.per_year()),
        };
        year / frequency.per_year()
    }

    #[inline]
    pub fn from_code(code: u8) -> Option<DayCount> {
        Some(match code {
            1 => DayCount::Thirty360Us,
            2 => DayCount::Thirty360E,
            3 => DayCount::ActActIcma,
            4 => DayCount::Act360,
            5 => DayCount::Act365F,
            _ => return DayCount::rarer_from_code(code),
        })
    }

    #[cold]
    #[inline(never)]
    fn rarer_from_code(code: u8) -> Option<DayCount> {
        DayCount::WORDS.iter().map(|word| word.value).find(|&day_count| day_count as u8 == code)
    }
}

fn brazil() -> &'static Calendar {
    static BRAZIL: LazyLock<Calendar> =
        LazyLock::new(|| Markets::find("Brazil").unwrap_or_default().into());
    &BRAZIL
}

/// Brazil's; beyond the years that its rules are known for, every day from Monday to Friday.
fn business_days(from: Civil, to: Civil) -> i32 {
    let (from, to) = (from.date(), to.date());
    let weekdays = || Calendar::default().business_days(from, to).unwrap_or_default();
    brazil().business_days(from, to).unwrap_or_else(|_| weekdays())
}

fn check_period(start: Date, end: Date) -> Result<()> {
    const LONGEST: f64 = 100.0;
    if end <= start {
        return Err(Error::Period { what: "reference period", start, end });
    }
    let years = f64::from(end.days() - start.days()) / 365.25;
    if years <= LONGEST {
        return Ok(());
    }
    Err(Error::OutOfRange {
        what: "reference period",
        value: years,
        rule: "it lasts for 100 years at the most",
    })
}

#[cfg(test)]
pub(crate) mod cases;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::date::Date;

    fn days(day_count: DayCount, from: &str, to: &str) -> i32 {
        day_count.days(Date::parse(from).unwrap().civil(), Date::parse(to).unwrap().civil())
    }

    /// Excel's DAYS360 and COUPDAYBS on month ends, basis 0 and 4.
    #[test]
    fn thirty_360_month_ends() {
        for (from, to, us, european) in [
            ("2007-01-15", "2007-01-31", 16, 15),
            ("2007-01-30", "2007-01-31", 0, 0),
            ("2007-01-31", "2007-03-31", 60, 60),
            ("2007-02-28", "2007-03-31", 31, 32),
            ("2008-02-29", "2009-02-28", 360, 359),
            ("2007-02-28", "2008-02-28", 358, 360),
            ("2007-02-28", "2007-03-01", 1, 3),
        ] {
            assert_eq!(days(DayCount::Thirty360Us, from, to), us, "30/360 US {from} to {to}");
            assert_eq!(days(DayCount::Thirty360E, from, to), european, "30E/360 {from} to {to}");
        }
    }

    #[test]
    fn every_spelling_finds_its_day_count() {
        for (text, day_count) in [
            ("30/360", DayCount::Thirty360Us),
            ("30_360", DayCount::Thirty360Us),
            ("dc_30_360_us", DayCount::Thirty360Us),
            ("ACT_ACT", DayCount::ActActIcma),
            ("act/act icma", DayCount::ActActIcma),
            ("ACT/365F", DayCount::Act365F),
            ("30e/360", DayCount::Thirty360E),
        ] {
            assert_eq!(DayCount::find(text), Some(day_count), "{text}");
        }
        assert_eq!(DayCount::find("30/366"), None);
    }
}
