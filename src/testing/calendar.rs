//! Calendars against what authorities published.

use super::reference::each_row;
use crate::calendar::Calendar;
use crate::date::Date;
use std::collections::BTreeSet;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn days(from: &str, to: &str) -> impl Iterator<Item = Date> {
    (date(from).days()..=date(to).days()).map(|days| Date::from_days(days).unwrap())
}

/// The weekdays of a span on which a calendar and a list of days do not agree, as +day where only the calendar is open.
fn disagreements(calendar: &str, open: &BTreeSet<Date>, from: &str, to: &str) -> Vec<String> {
    let calendar: Calendar = calendar.parse().unwrap();
    let differ = days(from, to).filter(|day| calendar.is_business_day(*day).unwrap() != open.contains(day));
    differ.map(|day| format!("{}{day}", if open.contains(&day) { '-' } else { '+' })).collect()
}

/// The Treasury publishes par yields on each business day of the government bond market.
#[test]
fn us_par_yields() {
    let mut open = BTreeSet::new();
    if each_row("curves/us_par_yields_1990_2025.csv", |row| assert!(open.insert(row.date("date")))).is_some() {
        assert_eq!(disagreements("US", &open, "1990-01-01", "2025-12-31"), [""; 0]);
    }
}

/// The ECB publishes reference rates on each TARGET business day.
#[test]
fn ecb_reference_rates() {
    let mut open = BTreeSet::new();
    if each_row("curves/ecb_fx_1999_2026.csv", |row| assert!(open.insert(row.date("Date")))).is_some() {
        let (first, last) = (open.first().unwrap().to_string(), open.last().unwrap().to_string());
        assert_eq!(disagreements("TARGET", &open, &first, &last), [""; 0]);
    }
}

/// Bank holidays of England and Wales.
#[test]
fn uk_bank_holidays() {
    let mut holidays = BTreeSet::new();
    if each_row("market_quotes/uk_bank_holidays.csv", |row| assert!(holidays.insert(row.date("date")))).is_some() {
        let uk: Calendar = "UK".parse().unwrap();
        let weekends = Calendar::default();
        let closed =
            days("1998-01-01", "2099-12-31").filter(|day| weekends.is_business_day(*day).unwrap() && !uk.is_business_day(*day).unwrap());
        let holidays: Vec<Date> = holidays.into_iter().filter(|day| weekends.is_business_day(*day).unwrap()).collect();
        assert_eq!(closed.collect::<Vec<_>>(), holidays);
    }
}

#[test]
fn dump() {
    let mut text = String::new();
    for word in <crate::calendar::Markets as crate::vocabulary::Vocabulary>::WORDS {
        let calendar: Calendar = word.name.parse().unwrap();
        for day in days("1900-01-01", "2199-12-31") {
            if let Ok(open) = calendar.is_business_day(day) {
                text += &format!("{},{day},{}\n", word.name, u8::from(open));
            }
        }
    }
    std::fs::write("/tmp/ours.csv", text).unwrap();
}
