//! Day counts: days and year fractions between two dates.

use super::datum::Text;
use crate::basics::calendar::Calendar;
use crate::basics::date::Date;
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::error::Error;
use crate::basics::vocabulary::Vocabulary;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Not strict: what only some day counts ask for may be absent.
#[pg_extern(sql = false)]
#[allow(clippy::too_many_arguments)] // the SQL function's named arguments
fn year_fraction(
    from: Option<Date>,
    to: Option<Date>,
    day_count: Option<Text>,
    frequency: Option<Text>,
    period_start: Option<Date>,
    period_end: Option<Date>,
    termination: Option<Date>,
    calendar: Option<Calendar>,
) -> Result<Option<f64>, ErrorReport> {
    let (Some(from), Some(to), Some(Text(day_count))) = (from, to, day_count) else {
        return Ok(None);
    };
    let reference = Reference {
        period: both(period_start, period_end)?,
        frequency: frequency.map(|Text(frequency)| Vocabulary::parse(&frequency)).transpose()?,
        termination,
        calendar: calendar.as_ref(),
    };
    Ok(Some(DayCount::parse(&day_count)?.year_fraction(from, to, &reference)?))
}

#[pg_extern(sql = false)]
fn day_count_days(
    from: Option<Date>,
    to: Option<Date>,
    day_count: Option<Text>,
    termination: Option<Date>,
    calendar: Option<Calendar>,
) -> Result<Option<i32>, ErrorReport> {
    let (Some(from), Some(to), Some(Text(day_count))) = (from, to, day_count) else {
        return Ok(None);
    };
    let reference = Reference { termination, calendar: calendar.as_ref(), ..Reference::default() };
    Ok(Some(DayCount::parse(&day_count)?.days_between(from, to, &reference)?))
}

fn both(start: Option<Date>, end: Option<Date>) -> Result<Option<(Date, Date)>, Error> {
    match (start, end) {
        (Some(value), None) => Err(Error::Incomplete {
            given: "period start",
            value: value.to_string(),
            needed: "period_end",
        }),
        (None, Some(value)) => Err(Error::Incomplete {
            given: "period end",
            value: value.to_string(),
            needed: "period_start",
        }),
        _ => Ok(start.zip(end)),
    }
}
