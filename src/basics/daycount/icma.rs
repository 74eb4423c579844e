//! ACT/ACT ICMA: actual days, each over the length of the regular period that it falls in.
//!
//! ICMA 251.3 splits a period that is longer or shorter than regular along the regular periods
//! around it, and so does the second half of ISDA's memorandum of 1998; here each date has a
//! position on the line of those periods, and the year fraction is the difference of two positions.

use super::{Reference, actual};
use crate::basics::date::Civil;
use crate::basics::frequency::Frequency;

/// The share of a year from a day to a later one by the coupon period `start` to `end`.
pub fn year_fraction(
    from: Civil,
    to: Civil,
    (start, end): (Civil, Civil),
    reference: &Reference,
) -> f64 {
    let is_last = reference.termination.map(|date| date.civil()) == Some(end);
    let line = match reference.frequency.map(Frequency::months).filter(|&months| months > 0) {
        Some(months) => Periods::regular(start, end, months, is_last),
        None => match nearest_months(start, end) {
            0 => Periods::new(from, shift(from, 12, from.day), 12),
            months => Periods::new(start, end, months),
        },
    };
    let ((whole_from, part_from), (whole_to, part_to)) = (line.position(from), line.position(to));
    (f64::from(whole_to - whole_from) + (part_to - part_from)) * f64::from(line.months) / 12.0
}

/// The nearest number of whole months: 0 for a period of 15 days or less.
fn nearest_months(start: Civil, end: Civil) -> i32 {
    (24 * actual::days(start, end) + 365) / 730
}

/// Some months later, on a given day of the month or else on its last.
fn shift(date: Civil, months: i32, day: i32) -> Civil {
    let month = Civil { months: date.months + months, day };
    Civil { day, ..month }.within_month()
}

/// One period, and equal ones before and after it.
struct Periods {
    start: Civil,
    end: Civil,
    months: i32,
    /// The days of the month on which those before it start and those after it end.
    days: (i32, i32),
}

impl Periods {
    fn new(start: Civil, end: Civil, months: i32) -> Periods {
        let days = roll_day(start, end, months).map_or((start.day, end.day), |day| (day, day));
        Periods { start, end, months, days }
    }

    /// The same where the period may be odd: the regular one that ends with it, or starts with it
    /// where it is the last.
    fn regular(start: Civil, end: Civil, months: i32, is_last: bool) -> Periods {
        if roll_day(start, end, months).is_some() {
            return Periods::new(start, end, months);
        }
        let neighbour = |date: Civil, months: i32| {
            shift(date, months, if date.is_month_end() { 31 } else { date.day })
        };
        if is_last {
            Periods::new(start, neighbour(start, months), months)
        } else {
            Periods::new(neighbour(end, -months), end, months)
        }
    }

    /// The first day of a period, 0 being the one they are counted from.
    fn start_of(&self, number: i32) -> Civil {
        match number {
            0 => self.start,
            1 => self.end,
            2.. => shift(self.end, (number - 1) * self.months, self.days.1),
            _ => shift(self.start, number * self.months, self.days.0),
        }
    }

    /// The period that a day falls in, and the part of it before that day.
    fn position(&self, date: Civil) -> (i32, f64) {
        let number = if date < self.start {
            (date.months - self.start.months).div_euclid(self.months)
        } else if date < self.end {
            0
        } else {
            1 + (date.months - self.end.months).div_euclid(self.months)
        };
        let number = if self.start_of(number) > date { number - 1 } else { number };
        let (start, end) = (self.start_of(number), self.start_of(number + 1));
        (number, f64::from(actual::days(start, date)) / f64::from(actual::days(start, end)))
    }
}

/// The day of the month on which a regular period starts and ends, 31 for the last; `None` if it
/// is not regular.
fn roll_day(start: Civil, end: Civil, months: i32) -> Option<i32> {
    let day = if start.is_month_end() && end.is_month_end() { 31 } else { start.day.max(end.day) };
    (end.months - start.months == months
        && shift(start, 0, day) == start
        && shift(end, 0, day) == end)
        .then_some(day)
}
