//! Type `calendar`: input and output, making and joining, and business-day arithmetic.

use super::call::{Call, received};
use super::datum::{List, Text};
use super::vocabulary::words;
use crate::basics::calendar::{Calendar, Markets, Roll};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::Vocabulary;
use pgrx::datum::Internal;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::ffi::{CStr, CString};

#[pg_extern(sql = false)]
fn calendar_in(text: &CStr, call: Call) -> Option<Calendar> {
    call.input(text)
}

#[pg_extern(sql = false)]
fn calendar_out(calendar: Calendar) -> CString {
    CString::new(calendar.to_string()).unwrap_or_default()
}

#[pg_extern(sql = false)]
fn calendar_recv(message: Internal) -> Result<Calendar, ErrorReport> {
    Ok(Calendar::from_bytes(&received(message)?)?)
}

#[pg_extern(sql = false)]
fn calendar_new(holidays: List<i32>, base: Calendar) -> Result<Calendar, ErrorReport> {
    let date = |days: Option<i32>| -> Result<Date, Error> {
        Ok(Date::from_days(days.ok_or(Error::Null { what: "a holiday of a calendar" })?)?)
    };
    let holidays = holidays.into_iter().map(date).collect::<Result<_, Error>>()?;
    Ok(base.join(&Calendar::new(Markets::default(), holidays)?)?)
}

#[pg_extern(sql = false)]
fn calendar_join(a: Calendar, b: Calendar) -> Result<Calendar, ErrorReport> {
    Ok(a.join(&b)?)
}

#[pg_extern(sql = false)]
fn is_business_day(date: Date, calendar: Calendar) -> Result<bool, ErrorReport> {
    Ok(calendar.is_business_day(date)?)
}

#[pg_extern(sql = false)]
fn add_business_days(date: Date, days: i32, calendar: Calendar) -> Result<Date, ErrorReport> {
    Ok(calendar.add_business_days(date, days)?)
}

#[pg_extern(sql = false)]
fn adjust_date(date: Date, roll: Text, calendar: Calendar) -> Result<Date, ErrorReport> {
    Ok(calendar.adjust(date, Roll::parse(&roll.0)?)?)
}

#[pg_extern(sql = false)]
fn business_days(from: Date, to: Date, calendar: Calendar) -> Result<i32, ErrorReport> {
    Ok(calendar.business_days(from, to)?)
}

#[pg_extern(sql = false)]
fn settlement_date(trade: Date, lag: i32, calendar: Calendar) -> Result<Date, ErrorReport> {
    Ok(calendar.settlement_date(trade, lag)?)
}

#[pg_extern(sql = false)]
fn calendar_holidays(
    calendar: Calendar,
    from: Date,
    to: Date,
) -> Result<TableIterator<'static, (name!(date, Date), name!(name, String))>, ErrorReport> {
    Ok(TableIterator::new(calendar.holidays(from, to)?))
}

#[pg_extern(sql = false)]
#[allow(clippy::type_complexity)] // pgrx reads the columns from it
fn calendars() -> TableIterator<
    'static,
    (
        name!(name, &'static str),
        name!(aliases, Vec<&'static str>),
        name!(first_year, i32),
        name!(last_year, i32),
        name!(definition, &'static str),
    ),
> {
    TableIterator::new(Markets::WORDS.iter().map(|word| {
        let (first, last) = word.value.range();
        (word.name, word.aliases.to_vec(), first.civil().year(), last.civil().year(), word.meaning)
    }))
}

#[pg_extern(sql = false)]
fn business_day_rolls() -> TableIterator<
    'static,
    (name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str)),
> {
    TableIterator::new(words::<Roll>())
}
