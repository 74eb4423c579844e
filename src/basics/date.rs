//! Calendar dates: a day number counted from 2000-01-01, as PostgreSQL stores it, and its civil
//! form.
//!
//! The conversions are those of C. Neri and L. Schneider, "Euclidean affine functions and their
//! application to calendar algorithms", Software: Practice and Experience 53 (2023).

use chrono::{Datelike, NaiveDate};
use std::fmt;

/// A day between 0001-01-01 and 9999-12-31, as the number of days since 2000-01-01.
///
/// Dates convert from and to those of `chrono`, which holds more years than PostgreSQL's text form
/// and none that never comes:
///
/// ```
/// use chrono::NaiveDate;
/// use pg_bond::basics::date::Date;
///
/// let trade = NaiveDate::from_ymd_opt(2026, 3, 24).unwrap();
/// let settlement = Date::try_from(trade).unwrap();
/// assert_eq!(settlement.to_string(), "2026-03-24");
/// assert_eq!(NaiveDate::try_from(settlement), Ok(trade));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// A date of the proleptic Gregorian calendar as its month, counted from January of year 0, and the
/// day in it: the form in which coupon schedules are counted. In order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Civil {
    pub months: i32,
    pub day: i32,
}

/// 2000-01-01 counted from 0000-03-01, where the calendar's 400-year cycle begins.
const EPOCH: i32 = 730_425;
/// Whole cycles added so that the arithmetic stays unsigned for schedules that reach before year 1.
const CYCLES: i32 = 10;
const DAYS_PER_CYCLE: i32 = 146_097;

/// Months whose lengths are in a table, for those that bonds live in: 1900 to 2199.
const TABLE_START: i32 = 12 * 1900;
#[expect(
    clippy::indexing_slicing,
    reason = "no other way while the compiler runs, which checks it"
)]
static DAYS_IN_MONTH: [u8; 12 * 300] = {
    let mut days = [0; 12 * 300];
    let mut month = 0;
    while month < days.len() {
        days[month] = days_by_calendar(TABLE_START + month as i32) as u8;
        month += 1;
    }
    days
};

#[cold]
const fn days_by_calendar(months: i32) -> i32 {
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    if month == 2 {
        return if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) { 29 } else { 28 };
    }
    // 31 in odd months to July and even ones from August on.
    30 | (month ^ month >> 3)
}

impl Date {
    pub const MIN: Date = Date(-730_119);
    pub const MAX: Date = Date(2_921_939);
    /// The maturity of what has none; only orders and prints.
    pub const FOREVER: Date = Date(i32::MAX);

    /// # Errors
    /// [`DateOutOfRange`] outside the years 1 to 9999, and for infinite dates.
    #[inline(always)]
    pub fn from_days(days: i32) -> Result<Date, DateOutOfRange> {
        let date = Date(days);
        if (Date::MIN..=Date::MAX).contains(&date) {
            return Ok(date);
        }
        Err(DateOutOfRange { days })
    }

    pub const fn days(self) -> i32 {
        self.0
    }

    /// The day so many days later, which may lie outside [`Date`]'s range.
    #[inline(always)]
    pub(crate) fn later(self, days: i32) -> Date {
        Date(self.0 + days)
    }

    pub fn from_ymd(year: i32, month: i32, day: i32) -> Option<Date> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let civil = Civil { months: 12 * year + month - 1, day };
        (1..=civil.days_in_month()).contains(&day).then(|| civil.date())
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    pub fn parse(text: &str) -> Option<Date> {
        let mut parts = text.split('-');
        let mut part = |width: usize| {
            let digits = parts.next()?;
            let plain = digits.len() == width && digits.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| digits.parse::<i32>().ok()).flatten()
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        parts.next().is_none().then(|| Date::from_ymd(year, month, day)).flatten()
    }

    #[inline(always)]
    pub fn civil(self) -> Civil {
        let day_number = (self.0 + EPOCH + CYCLES * DAYS_PER_CYCLE) as u32;
        let century_quarters = 4 * day_number + 3;
        let century = century_quarters / 146_097;
        let day_of_century = century_quarters % 146_097 / 4;
        let product = 2_939_745 * u64::from(4 * day_of_century + 3);
        let year_of_century = (product >> 32) as u32;
        let day_of_year = (product as u32) / 2_939_745 / 4;
        let shifted = 2_141 * day_of_year + 197_913;
        let (month, day) = (shifted >> 16, (shifted & 0xffff) / 2_141);
        // The year begins in March here, and months 13 and 14 are the next one's.
        let year = (100 * century + year_of_century) as i32 - 400 * CYCLES;
        Civil { months: 12 * year + month as i32 - 1, day: day as i32 + 1 }
    }
}

/// 2000-01-01 in chrono's count, where 0001-01-01 is day 1.
const CHRONO_EPOCH: i32 = 730_120;

impl TryFrom<NaiveDate> for Date {
    type Error = DateOutOfRange;

    /// # Errors
    /// [`DateOutOfRange`] outside the years 1 to 9999.
    fn try_from(date: NaiveDate) -> Result<Date, DateOutOfRange> {
        Date::from_days(date.num_days_from_ce() - CHRONO_EPOCH)
    }
}

impl TryFrom<Date> for NaiveDate {
    type Error = DateOutOfRange;

    /// # Errors
    /// [`DateOutOfRange`] for [`Date::FOREVER`], the maturity of a perpetual bond.
    fn try_from(date: Date) -> Result<NaiveDate, DateOutOfRange> {
        let days = Date::from_days(date.days())?.days();
        NaiveDate::from_num_days_from_ce_opt(days + CHRONO_EPOCH).ok_or(DateOutOfRange { days })
    }
}

/// A number of days since 2000-01-01 that is no [`Date`]; shown as PostgreSQL shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateOutOfRange {
    pub days: i32,
}

impl fmt::Display for DateOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&out_of_range(self.days))
    }
}

#[cold]
fn out_of_range(days: i32) -> String {
    if days == i32::MIN || days == i32::MAX {
        return if days < 0 { "-infinity" } else { "infinity" }.to_owned();
    }
    let (cycles, days) = (days.div_euclid(DAYS_PER_CYCLE), days.rem_euclid(DAYS_PER_CYCLE));
    let civil = Date(days).civil();
    let (year, month, day) = (civil.year() + 400 * cycles, civil.month(), civil.day);
    if year > 0 {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{:04}-{month:02}-{day:02} BC", 1 - year)
    }
}

impl Civil {
    pub fn year(self) -> i32 {
        self.months.div_euclid(12)
    }

    /// 1 to 12.
    #[inline(always)]
    pub fn month(self) -> i32 {
        self.months.rem_euclid(12) + 1
    }

    #[inline(always)]
    pub fn is_february(self) -> bool {
        self.month() == 2
    }

    #[inline(always)]
    pub fn days_in_month(self) -> i32 {
        match DAYS_IN_MONTH.get((self.months - TABLE_START) as u32 as usize) {
            Some(days) => i32::from(*days),
            None => days_by_calendar(self.months),
        }
    }

    #[inline(always)]
    pub fn is_month_end(self) -> bool {
        self.day == self.days_in_month()
    }

    /// The end-of-month rule: whether periods of so many months counted from this day fall on last
    /// days of months. They do where it is one, unless they would leave an odd period at their
    /// other end that days of the month do not: `other` then lies whole periods away on the same
    /// day (an earlier one may be up to three days late) without being a last day.
    pub fn counts_month_ends(self, other: Option<Civil>, months: i32) -> bool {
        let by_day = |other: Civil| {
            let reached = other.day == self.day || other < self && other.day > self.day;
            reached
                && !other.is_month_end()
                && (self.months - other.months).checked_rem(months) == Some(0)
        };
        self.is_month_end() && !other.is_some_and(by_day)
    }

    /// The last day of its month.
    pub fn month_end(self) -> Civil {
        Civil { day: self.days_in_month(), ..self }
    }

    /// The same day so many months earlier, or the last day of that month where it is shorter or
    /// month ends are asked for.
    #[inline(always)]
    pub fn months_earlier(self, months: i32, month_end: bool) -> Civil {
        Civil { months: self.months - months, day: if month_end { 31 } else { self.day } }
            .within_month()
    }

    /// The last day of a month in place of one that it does not have.
    #[inline(always)]
    pub fn within_month(self) -> Civil {
        Civil { day: self.day.min(self.days_in_month()), ..self }
    }

    /// The date, which may lie outside [`Date`]'s range when it came from schedule arithmetic.
    #[inline(always)]
    pub fn date(self) -> Date {
        // Years of March to February: month 0 is March, and January and February belong to the year
        // before.
        let months = (self.months + (4_800 * CYCLES - 2)) as u32;
        let (year, month) = (months / 12, months % 12 + 3);
        let century = year / 100;
        let leap_days = year / 4 + century / 4 - century;
        let month_start = (979 * month - 2_919) / 32;
        Date(
            (u64::from(year) * 365 + u64::from(leap_days + month_start)) as i32
                + (self.day - (1 + EPOCH + CYCLES * DAYS_PER_CYCLE)),
        )
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Date::FOREVER {
            return write!(f, "infinity");
        }
        let civil = self.civil();
        write!(f, "{:04}-{:02}-{:02}", civil.year(), civil.month(), civil.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_the_range_agrees_with_chrono() {
        let epoch = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
        for days in Date::MIN.days()..=Date::MAX.days() {
            let expected = epoch + chrono::Duration::days(i64::from(days));
            let civil = Date(days).civil();
            assert_eq!(
                (civil.year(), civil.month(), civil.day),
                (expected.year(), expected.month() as i32, expected.day() as i32)
            );
            assert_eq!(civil.date(), Date(days));
        }
        assert_eq!(Date::MIN.to_string(), "0001-01-01");
        assert_eq!(Date::MAX.to_string(), "9999-12-31");
    }

    #[test]
    fn dates_convert_from_and_to_chrono_within_the_years_1_to_9999() {
        let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
        let leap_day = NaiveDate::from_ymd_opt(2000, 2, 29).unwrap();
        for (date, theirs) in [
            (Date::MIN, first),
            (Date::MAX, last),
            (Date::from_ymd(2000, 2, 29).unwrap(), leap_day),
        ] {
            assert_eq!(Date::try_from(theirs), Ok(date));
            assert_eq!(NaiveDate::try_from(date), Ok(theirs));
        }
        let refused = |date: Option<NaiveDate>| Date::try_from(date.unwrap()).unwrap_err();
        assert_eq!(refused(first.pred_opt()).to_string(), "0001-12-31 BC");
        assert_eq!(refused(last.succ_opt()).to_string(), "10000-01-01");
        assert_eq!(refused(Some(NaiveDate::MIN)).to_string(), "262144-01-01 BC");
        assert_eq!(refused(Some(NaiveDate::MAX)).to_string(), "262142-12-31");
        let forever = NaiveDate::try_from(Date::FOREVER).unwrap_err();
        assert_eq!(forever, DateOutOfRange { days: i32::MAX });
        assert_eq!(NaiveDate::try_from(Date::MAX.later(1)).unwrap_err().days, Date::MAX.days() + 1);
    }

    #[test]
    fn days_before_year_one_still_round_trip() {
        for days in -2_100_000..Date::MIN.days() {
            assert_eq!(Date(days).civil().date(), Date(days));
        }
    }

    #[test]
    fn only_iso_dates_are_read() {
        assert_eq!(Date::parse("2028-02-29"), Date::from_ymd(2028, 2, 29));
        for text in [
            "2027-02-29",
            "2028-2-29",
            "28-02-29",
            "2028-02-29x",
            "2028-02",
            "+028-02-29",
            "2028-02-29-01",
            "",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn infinite_dates_are_refused_by_name() {
        let error = Date::from_days(i32::MAX).unwrap_err();
        assert_eq!(error.to_string(), "infinity");
        let refused = |days| Date::from_days(days).unwrap_err().to_string();
        assert_eq!(refused(Date::MAX.days() + 1), "10000-01-01");
        assert_eq!(refused(Date::MIN.days() - 1), "0001-12-31 BC");
        assert_eq!(refused(i32::MAX - 1), "5881610-07-10");
    }
}
