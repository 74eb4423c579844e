//! Actual days, and the years of 365 or 366 days that they are measured by.

use crate::basics::date::Civil;
use crate::basics::frequency::Frequency;

#[inline(always)]
pub fn days(from: Civil, to: Civil) -> i32 {
    to.date().days() - from.date().days()
}

/// Days but for each 29 February after the first day, up to and with the last.
pub fn days_without_leap(from: Civil, to: Civil) -> i32 {
    day_without_leap(to) - day_without_leap(from)
}

/// Years begin in March here, so that 29 February is the last day of one and shares its number with
/// the 28th.
fn day_without_leap(date: Civil) -> i32 {
    let year = (date.months - 2).div_euclid(12);
    let first = Civil { months: 12 * year + 2, day: 1 };
    365 * year + days(first, date).min(364)
}

/// How often 29 February comes after the first day, up to and with the last.
fn leap_days(from: Civil, to: Civil) -> i32 {
    days(from, to) - days_without_leap(from, to)
}

/// Days in leap years over 366, the others over 365.
pub fn isda(from: Civil, to: Civil) -> f64 {
    let part_of_year = |date: Civil| {
        let first = Civil { months: 12 * date.year(), day: 1 };
        let next = Civil { months: first.months + 12, day: 1 };
        f64::from(days(first, date)) / f64::from(days(first, next))
    };
    f64::from(to.year() - from.year()) + (part_of_year(to) - part_of_year(from))
}

/// Whole years counted back from the last day, from February's end to February's end, and what is
/// left before them.
pub fn afb(from: Civil, to: Civil) -> f64 {
    let back = |years: i32| {
        let date = Civil { months: to.months - 12 * years, ..to };
        let end_of_february = years > 0 && date.is_february() && date.day >= 28;
        Civil { day: if end_of_february { date.days_in_month() } else { date.day }, ..date }
    };
    let years = to.year() - from.year();
    let years = if back(years) < from { years - 1 } else { years };
    let left = back(years);
    let day_before = |date: Civil| Civil { day: date.day - 1, ..date };
    let year = 365 + leap_days(day_before(from), day_before(left));
    f64::from(years) + f64::from(days(from, left)) / f64::from(year)
}

/// The days of the year that ACT/365L counts a coupon period by.
pub fn year_365_l(start: Civil, end: Civil, frequency: Option<Frequency>) -> f64 {
    let annual = frequency.is_none_or(|frequency| frequency == Frequency::Annual);
    let first_of_year = Civil { months: 12 * end.year(), day: 1 };
    let leap = if annual {
        leap_days(start, end)
    } else {
        leap_days(first_of_year, Civil { day: 31, months: first_of_year.months + 11 })
    };
    365.0 + f64::from(leap.min(1))
}
