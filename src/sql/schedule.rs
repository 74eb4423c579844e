//! Schedules as rows.

use super::bond::word;
use super::datum::Text;
use crate::basics::calendar::Calendar;
use crate::basics::date::Date;
use crate::basics::schedule::{Period, ScheduleTerms, Stub};
use crate::basics::vocabulary::Vocabulary;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Not strict: an absent optional argument is its default, and without dates and a frequency there
/// are no periods.
#[pg_extern(sql = false)]
#[allow(clippy::too_many_arguments, clippy::type_complexity)] // the SQL function's named arguments and columns
#[rustfmt::skip]
fn schedule(
    effective: Option<Date>, termination: Option<Date>, frequency: Option<Text>, stub: Option<Text>,
    first_coupon: Option<Date>, last_coupon: Option<Date>, end_of_month: Option<bool>,
    calendar: Option<Calendar>, roll: Option<Text>, termination_roll: Option<Text>, adjust_accrual: Option<bool>,
) -> Result<TableIterator<'static, (
    name!(period, i32), name!(start, Date), name!(end, Date), name!(payment, Date), name!(days, i32), name!(regular, bool),
)>, ErrorReport> {
    let (Some(effective), Some(termination), Some(Text(frequency))) = (effective, termination, frequency) else {
        return Ok(TableIterator::new(std::iter::empty()));
    };
    let default = ScheduleTerms::new(effective, termination, Vocabulary::parse(&frequency)?);
    let terms = ScheduleTerms {
        stub: word(stub, Stub::default())?,
        first_coupon,
        last_coupon,
        end_of_month: end_of_month.unwrap_or(default.end_of_month),
        calendar: calendar.unwrap_or_default(),
        roll: word(roll, default.roll)?,
        termination_roll: termination_roll.map(|Text(roll)| Vocabulary::parse(&roll)).transpose()?,
        adjust_accrual: adjust_accrual.unwrap_or(default.adjust_accrual),
        ..default
    };
    Ok(TableIterator::new(rows(terms.periods()?)))
}

fn rows(periods: Vec<Period>) -> impl Iterator<Item = (i32, Date, Date, Date, i32, bool)> {
    let row = |(number, period): (i32, Period)| {
        (number, period.start, period.end, period.payment, period.days(), period.regular)
    };
    (1..).zip(periods).map(row)
}
