//! Day counts against the textbook definitions, written by year, month and day over chrono and
//! running counts of days, for all pairs of days of a four-year cycle; and against the worked
//! examples of ISDA, QuantLib and Strata.

use crate::basics::calendar::Calendar;
use crate::basics::date::Date;
use crate::basics::daycount::{DayCount, Reference};
use crate::basics::error::Error;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::{Vocabulary, is_spelled};
use crate::product::convention::Convention;
use crate::testing::Random;
use crate::testing::reference::{Row, Verdict};
use chrono::{Datelike, Days, Months, NaiveDate};

/// Four years with a leap year in them, and four whose century year is none.
const CYCLES: [(i32, usize); 2] = [(2003, 1461), (1899, 1460)];

/// A day as the definitions speak of it, with counts of the days before it since the cycle began.
#[derive(Clone, Copy)]
struct Day {
    date: NaiveDate,
    ours: Date,
    y: i32,
    m: i32,
    d: i32,
    last_of_february: bool,
    in_leap_years: i32,
    in_other_years: i32,
    leap_days_through: i32,
    weekdays: i32,
}

fn days_of_cycle(year: i32, length: usize) -> Vec<Day> {
    let (mut in_leap_years, mut in_other_years, mut leap_days, mut weekdays) = (0, 0, 0, 0);
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    let day = |date: NaiveDate| {
        leap_days += i32::from(date.month() == 2 && date.day() == 29);
        let day = Day {
            date,
            ours: ours(date),
            y: date.year(),
            m: date.month() as i32,
            d: date.day() as i32,
            last_of_february: date.month() == 2 && date.succ_opt().unwrap().month() == 3,
            in_leap_years,
            in_other_years,
            leap_days_through: leap_days,
            weekdays,
        };
        *(if date.leap_year() { &mut in_leap_years } else { &mut in_other_years }) += 1;
        weekdays += i32::from(date.weekday().number_from_monday() <= 5);
        day
    };
    first.iter_days().take(length).map(day).collect()
}

fn ours(date: NaiveDate) -> Date {
    Date::from_ymd(date.year(), date.month() as i32, date.day() as i32).unwrap()
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// Each definition as its source words it. No reference is given, so that ACT/ACT ICMA goes by the
/// nearest whole months.
fn by_the_book(day_count: DayCount, a: &Day, b: &Day) -> f64 {
    let actual = (b.date - a.date).num_days() as f64;
    let thirty = |d1: i32, d2: i32| f64::from(360 * (b.y - a.y) + 30 * (b.m - a.m) + (d2 - d1));
    let (mut d1, mut d2) = (a.d, b.d);
    match day_count {
        DayCount::Thirty360Us => {
            if d1 == 31 {
                d1 = 30;
            }
            if d2 == 31 && (a.d == 30 || a.d == 31) {
                d2 = 30;
            }
            if a.last_of_february {
                d1 = 30;
            }
            if a.last_of_february && b.last_of_february {
                d2 = 30;
            }
            thirty(d1, d2) / 360.0
        }
        DayCount::Thirty360Sia => {
            if a.last_of_february && b.last_of_february {
                d2 = 30;
            }
            if a.last_of_february {
                d1 = 30;
            }
            if d2 == 31 && (d1 == 30 || d1 == 31) {
                d2 = 30;
            }
            if d1 == 31 {
                d1 = 30;
            }
            thirty(d1, d2) / 360.0
        }
        DayCount::Thirty360BondBasis => {
            if d2 == 31 && d1 > 29 {
                d2 = 30;
            }
            if d1 == 31 {
                d1 = 30;
            }
            thirty(d1, d2) / 360.0
        }
        DayCount::Thirty360E | DayCount::Thirty365 => {
            if d1 == 31 {
                d1 = 30;
            }
            if d2 == 31 {
                d2 = 30;
            }
            thirty(d1, d2) / if day_count == DayCount::Thirty365 { 365.0 } else { 360.0 }
        }
        DayCount::Thirty360EIsda | DayCount::Thirty360German => {
            if a.last_of_february || d1 == 31 {
                d1 = 30;
            }
            if b.last_of_february || d2 == 31 {
                d2 = 30;
            }
            thirty(d1, d2) / 360.0
        }
        DayCount::ActActIcma => match (actual * 12.0 / 365.0).round() {
            0.0 => actual / (a.date + Months::new(12) - a.date).num_days() as f64,
            months => months / 12.0,
        },
        DayCount::Act360 => actual / 360.0,
        DayCount::Act365F => actual / 365.0,
        DayCount::Act364 => actual / 364.0,
        DayCount::Act365Quarter => actual / 365.25,
        DayCount::ActActIsda => {
            f64::from(b.in_leap_years - a.in_leap_years) / 366.0
                + f64::from(b.in_other_years - a.in_other_years) / 365.0
        }
        DayCount::ActActAfb => {
            let (mut end, mut years) = (b.date, 0);
            loop {
                let mut earlier = end - Months::new(12);
                if earlier.month() == 2 && earlier.day() == 28 && earlier.leap_year() {
                    earlier = earlier + Days::new(1);
                }
                if earlier < a.date {
                    break;
                }
                (end, years) = (earlier, years + 1);
            }
            let leap = [a.y, end.year()]
                .into_iter()
                .filter_map(|year| NaiveDate::from_ymd_opt(year, 2, 29))
                .any(|day| a.date <= day && day < end);
            f64::from(years) + (end - a.date).num_days() as f64 / if leap { 366.0 } else { 365.0 }
        }
        DayCount::Act365L => {
            actual / if b.leap_days_through > a.leap_days_through { 366.0 } else { 365.0 }
        }
        DayCount::Nl365 => (actual - f64::from(b.leap_days_through - a.leap_days_through)) / 365.0,
        DayCount::Bus252 => f64::from(b.weekdays - a.weekdays) / 252.0,
        DayCount::One => 1.0,
    }
}

#[track_caller]
fn assert_same(what: impl FnOnce() -> String, actual: f64, expected: f64) {
    assert!(
        (actual - expected).abs() <= 4.0 * f64::EPSILON * expected.abs().max(1.0),
        "{}: {actual} instead of {expected}",
        what()
    );
}

#[test]
fn every_pair_of_days_by_the_book() {
    let weekends = Calendar::default();
    let reference = Reference { calendar: Some(&weekends), ..Reference::default() };
    for word in DayCount::WORDS {
        for (year, length) in CYCLES {
            let days = days_of_cycle(year, length);
            for (i, a) in days.iter().enumerate() {
                for b in &days[i..] {
                    let expected = by_the_book(word.value, a, b);
                    let forward = word.value.year_fraction(a.ours, b.ours, &reference).unwrap();
                    assert_same(
                        || format!("{} from {} to {}", word.name, a.date, b.date),
                        forward,
                        expected,
                    );
                    if a.ours < b.ours {
                        assert_eq!(
                            word.value.year_fraction(b.ours, a.ours, &reference),
                            Ok(-forward)
                        );
                    }
                }
            }
        }
    }
}

/// The coupon dates around a reference period, and each day's share of the period that it falls in.
#[test]
fn every_pair_of_days_over_regular_periods() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    for (start, end, frequency, last_days) in [
        ("2004-01-15", "2004-07-15", Frequency::Semiannual, false),
        ("2004-08-31", "2005-02-28", Frequency::Semiannual, true),
        ("2003-06-30", "2003-12-31", Frequency::Semiannual, true),
        ("2004-02-29", "2005-02-28", Frequency::Annual, true),
        ("2005-11-30", "2006-02-28", Frequency::Quarterly, true),
        ("2005-08-30", "2006-02-28", Frequency::Semiannual, false),
        ("2004-03-29", "2004-04-29", Frequency::Monthly, false),
    ] {
        let months = frequency.months() as u32;
        let roll = if last_days { 31 } else { day(start).day().max(day(end).day()) };
        let on = |number: i32| {
            let first = day(start).with_day(1).unwrap();
            let month = if number < 0 {
                first - Months::new(months * number.unsigned_abs())
            } else {
                first + Months::new(months * number as u32)
            };
            (28..=roll).rev().chain([roll]).find_map(|d| month.with_day(d.min(roll))).unwrap()
        };
        assert_eq!((on(0), on(1)), (day(start), day(end)));
        let coupons: Vec<NaiveDate> = (-60..60).map(on).collect();
        let mut earned = 0.0;
        let days = days_of_cycle(2003, 1461);
        let shares: Vec<f64> = days
            .iter()
            .map(|day| {
                let before = earned;
                let next = coupons.iter().position(|coupon| *coupon > day.date).unwrap();
                earned += 1.0 / (coupons[next] - coupons[next - 1]).num_days() as f64;
                before
            })
            .collect();
        for frequency in [Some(frequency), None] {
            let reference = Reference {
                period: Some((date(start), date(end))),
                frequency,
                ..Reference::default()
            };
            for (a, before) in days.iter().zip(&shares) {
                for (b, through) in days.iter().zip(&shares) {
                    let actual =
                        DayCount::ActActIcma.year_fraction(a.ours, b.ours, &reference).unwrap();
                    let expected = (through - before) * f64::from(months) / 12.0;
                    assert!(
                        (actual - expected).abs() < 1e-12,
                        "{} to {} by {start} to {end}: {actual}, {expected}",
                        a.date,
                        b.date
                    );
                }
            }
        }
    }
}

/// ISDA, "EMU and market conventions" (1998), and its memorandum of 1999: an odd period is split
/// along regular ones, counted back from its end, or on from its start where it is the last.
#[test]
fn odd_periods_are_split() {
    let icma =
        |from: &str, to: &str, period: (&str, &str), frequency, termination: Option<&str>| {
            let reference = Reference {
                period: Some((date(period.0), date(period.1))),
                frequency: Some(frequency),
                termination: termination.map(date),
                ..Reference::default()
            };
            DayCount::ActActIcma.year_fraction(date(from), date(to), &reference).unwrap()
        };
    // Long first: 153 of 184 days from 15 August, then a whole period.
    let long_first = ("2002-08-15", "2003-07-15");
    assert_same(
        || "long first".into(),
        icma("2002-08-15", "2003-07-15", long_first, Frequency::Semiannual, None),
        0.5 + 0.5 * 153.0 / 184.0,
    );
    // Short first: 150 of 365 days.
    let short_first = ("1999-02-01", "1999-07-01");
    assert_same(
        || "short first".into(),
        icma("1999-02-01", "1999-07-01", short_first, Frequency::Annual, None),
        150.0 / 365.0,
    );
    // Short last: 152 of the 182 days to 30 July.
    let short_last = ("2000-01-30", "2000-06-30");
    assert_same(
        || "short last".into(),
        icma("2000-01-30", "2000-06-30", short_last, Frequency::Semiannual, Some("2000-06-30")),
        0.5 * 152.0 / 182.0,
    );
    // Long last, quarterly from the end of November: a whole period to the end of February and 61
    // of the 92 after it.
    let long_last = ("1999-11-30", "2000-04-30");
    assert_same(
        || "long last".into(),
        icma("1999-11-30", "2000-04-30", long_last, Frequency::Quarterly, Some("2000-04-30")),
        0.25 + 0.25 * 61.0 / 92.0,
    );
}

#[test]
fn act_365_l_goes_by_the_coupon_period() {
    let year = |from, to, period: Option<(&str, &str)>, frequency| {
        let reference = Reference {
            period: period.map(|(start, end)| (date(start), date(end))),
            frequency,
            ..Reference::default()
        };
        let fraction = DayCount::Act365L.year_fraction(date(from), date(to), &reference).unwrap();
        (f64::from(date(to).days() - date(from).days()) / fraction).round()
    };
    let (annual, semiannual) = (Some(Frequency::Annual), Some(Frequency::Semiannual));
    assert_eq!(year("2011-12-28", "2012-02-28", None, annual), 365.0);
    assert_eq!(year("2011-12-28", "2012-02-28", Some(("2011-12-28", "2012-02-29")), annual), 366.0);
    assert_eq!(year("2012-02-29", "2012-08-29", None, annual), 365.0);
    assert_eq!(year("2011-12-28", "2012-02-28", None, semiannual), 366.0);
    assert_eq!(
        year("2012-08-28", "2012-12-28", Some(("2012-08-28", "2013-02-28")), semiannual),
        365.0
    );
}

#[test]
fn days_of_a_period_agree_with_the_year_fraction() {
    let days = days_of_cycle(2003, 1461);
    for word in DayCount::WORDS {
        for frequency in
            [Frequency::Annual, Frequency::Semiannual, Frequency::Quarterly, Frequency::Monthly]
        {
            for start in &days[..1_000] {
                let end = ours(start.date + Months::new(frequency.months() as u32));
                let reference = Reference {
                    period: Some((start.ours, end)),
                    frequency: Some(frequency),
                    ..Reference::default()
                };
                let fraction = word.value.year_fraction(start.ours, end, &reference).unwrap();
                let (start, end) = (start.ours.civil(), end.civil());
                let share = f64::from(word.value.days(start, end))
                    / word.value.days_in_period(start, end, frequency);
                let scale = if word.value == DayCount::ActActIcma {
                    1.0
                } else {
                    fraction * frequency.per_year()
                };
                assert_same(
                    || format!("{} from {}", word.name, Date::to_string(&start.date())),
                    share,
                    scale,
                );
            }
        }
    }
}

/// Days and years add up where each day has a place of its own on a line; time never runs
/// backwards, but for the 30/360s whose second date depends on the first.
#[test]
fn additive_and_monotonic() {
    use DayCount::*;
    let additive = [
        Thirty360E,
        Act360,
        Act365F,
        Thirty360German,
        ActActIsda,
        Act364,
        Act365Quarter,
        Nl365,
        Bus252,
        Thirty365,
    ];
    let weekends = Calendar::default();
    let reference = Reference { calendar: Some(&weekends), ..Reference::default() };
    let mut random = Random::new(5);
    for _ in 0..300_000 {
        let mut days = [0; 3].map(|_| Date::from_days(random.below(60_000) - 30_000).unwrap());
        for day_count in additive {
            let fraction =
                |i: usize, j: usize| day_count.year_fraction(days[i], days[j], &reference).unwrap();
            let (sum, whole) = (fraction(0, 1) + fraction(1, 2), fraction(0, 2));
            assert!((sum - whole).abs() < 1e-12, "{day_count:?} {days:?}: {sum}, {whole}");
        }
        days.sort();
        for day_count in [
            ActActIsda,
            Act360,
            Nl365,
            Bus252,
            Thirty360E,
            Thirty360German,
            Thirty360BondBasis,
            Thirty360Sia,
        ] {
            let fraction = |to: Date| day_count.year_fraction(days[0], to, &reference).unwrap();
            assert!(fraction(days[1]) <= fraction(days[2]), "{day_count:?} {days:?}");
        }
    }
}

#[test]
fn a_year_is_one() {
    use DayCount::*;
    for day in days_of_cycle(2003, 1461) {
        let next = ours(day.date + Months::new(12));
        for day_count in [
            Thirty360Us,
            Thirty360E,
            ActActIcma,
            Thirty360Sia,
            Thirty360BondBasis,
            Thirty360German,
            ActActAfb,
            Nl365,
            One,
        ] {
            let leap_day_to_28th =
                day.m == 2 && day.d == 29 && matches!(day_count, Thirty360E | Thirty360BondBasis);
            // From the 28th of February 2003 to that of 2004, which is not the last; the AFB's year
            // starts at the end of February.
            let odd_end = day.m == 2
                && day.d >= 28
                && matches!(day_count, Thirty360Us | Thirty360Sia | Thirty360German | ActActAfb);
            if !leap_day_to_28th && !odd_end {
                assert_eq!(
                    day_count.year_fraction(day.ours, next, &Reference::default()),
                    Ok(1.0),
                    "{day_count:?} from {}",
                    day.date
                );
            }
        }
    }
}

pub fn worked_example(row: &Row) -> Verdict {
    let name = row.text("convention");
    let day_count =
        if name == "Actual" { DayCount::Act360 } else { DayCount::parse(name).unwrap() };
    let given = |column: &str| row.given(column).map(|_| row.date(column));
    let reference = Reference {
        period: given("ref_start").zip(given("ref_end")),
        termination: given("termination_date"),
        ..Reference::default()
    };
    let (from, to, expected) = (row.date("start"), row.date("end"), row.text("expected"));
    let actual = match row.text("expected_kind") {
        "days" => f64::from(day_count.days_between(from, to, &reference).unwrap()),
        _ => day_count.year_fraction(from, to, &reference).unwrap(),
    };
    // Printed to ten decimals or more, some then padded with zeros and some cut off: right to the
    // last one printed.
    let decimals = expected
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len().max(10));
    let error = (actual - expected.parse::<f64>().unwrap()).abs();
    assert!(
        error < 10f64.powi(-(decimals as i32)),
        "{} {name}: {actual} instead of {expected}",
        row.text("case_id")
    );
    Verdict::Matched
}

#[test]
fn bad_reference_periods() {
    let fraction = |start, end| {
        let reference =
            Reference { period: Some((date(start), date(end))), ..Reference::default() };
        DayCount::ActActIcma.year_fraction(date("2020-01-15"), date("2020-07-15"), &reference)
    };
    assert!(matches!(fraction("2020-07-15", "2020-07-15"), Err(Error::Period { .. })));
    assert!(matches!(fraction("2020-07-15", "2020-01-15"), Err(Error::Period { .. })));
    assert!(matches!(fraction("1000-07-15", "2020-01-15"), Err(Error::OutOfRange { .. })));
    assert_eq!(fraction("2020-01-15", "2020-07-15"), Ok(0.5));
    let age =
        |day_count: DayCount| day_count.year_fraction(Date::MIN, Date::MAX, &Reference::default());
    let ages = DayCount::WORDS.iter().filter_map(|word| age(word.value).ok());
    assert!(ages.filter(|years| (years - 9_999.0).abs() < 200.0).count() == 16);
    assert!(matches!(age(DayCount::Bus252), Err(Error::CalendarRange { .. })));
}

/// No two spellings are one under the comparison of the vocabulary itself, nor a day count a
/// frequency or a convention.
#[test]
fn spellings_do_not_collide() {
    for word in DayCount::WORDS {
        for spelling in word.aliases.iter().chain([&word.name]) {
            let finds: Vec<&str> = DayCount::WORDS
                .iter()
                .flat_map(|other| other.aliases.iter().chain([&other.name]))
                .filter(|other| is_spelled(other, spelling))
                .copied()
                .collect();
            assert_eq!(finds, [*spelling]);
            assert_eq!(DayCount::find(spelling), Some(word.value), "{spelling}");
            assert!(
                Frequency::find(spelling).is_none() && Convention::find(spelling).is_none(),
                "{spelling}"
            );
        }
        assert_eq!(DayCount::from_code(word.value as u8), Some(word.value));
    }
    for text in ["11", "1", "12", "365", "364", "252", "", " ", "/"] {
        assert_eq!(DayCount::find(text), None, "{text}");
    }
    assert!((0..=u8::MAX).filter_map(DayCount::from_code).count() == DayCount::WORDS.len());
}
