//! Schedules against QuantLib's worked ones and by what must hold of every schedule.

use crate::basics::calendar::{Calendar, Roll};
use crate::basics::date::{Civil, Date};
use crate::basics::error::Error;
use crate::basics::frequency::Frequency;
use crate::basics::schedule::{MAX_PERIODS, Period, ScheduleTerms, Stub};
use crate::basics::vocabulary::Vocabulary;
use crate::testing::Random;
use crate::testing::reference::{Row, Verdict};

const FREQUENCIES: [Frequency; 4] =
    [Frequency::Annual, Frequency::Semiannual, Frequency::Quarterly, Frequency::Monthly];

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn terms(effective: &str, termination: &str, frequency: Frequency) -> ScheduleTerms {
    ScheduleTerms::new(date(effective), date(termination), frequency)
}

/// The dates between which interest accrues, joined by semicolons.
fn dates(terms: &ScheduleTerms) -> String {
    let periods = terms.periods().unwrap();
    let ends = periods.iter().map(|period| period.end.to_string());
    std::iter::once(periods[0].start.to_string()).chain(ends).collect::<Vec<_>>().join(";")
}

/// As QuantLib has it.
pub fn worked_example(row: &Row) -> Verdict {
    let tenor = row.text("tenor").replace(' ', "");
    let frequency = match tenor.as_str() {
        "6*Months" => Frequency::Semiannual,
        "1*Years" => Frequency::Annual,
        "1*Months" => Frequency::Monthly,
        "Quarterly" => Frequency::Quarterly,
        _ => panic!("{tenor}"),
    };
    // As QuantLib has it, which adjusts accrual wherever it adjusts at all, and knows no more than
    // its own calendars.
    let calendar = match row.text("calendar") {
        "TARGET()" => "TARGET",
        "UnitedStates(UnitedStates::GovernmentBond)" => "US",
        "Japan()" => "Japan",
        "NullCalendar()" => "weekends",
        other => panic!("{other}"),
    };
    let given = |column: &str| (!row.text(column).is_empty()).then(|| row.date(column));
    let roll = |column: &str| {
        Some(row.text(column))
            .filter(|text| !text.is_empty())
            .map(|text| Roll::parse(text).unwrap())
    };
    if ["SCH-002", "SCH-003"].contains(&row.text("case_id")) {
        return Verdict::Explained(
            "from 28 March 2013, the last business day before Easter, which is no month end to \
                dates as they are given",
        );
    }
    let terms = ScheduleTerms {
        stub: Stub::parse(row.text("rule")).unwrap(),
        first_coupon: given("first_date"),
        last_coupon: given("next_to_last"),
        end_of_month: row.text("end_of_month") == "true",
        calendar: calendar.parse().unwrap(),
        roll: roll("convention").unwrap(),
        termination_roll: roll("termination_convention"),
        adjust_accrual: true,
        ..ScheduleTerms::new(row.date("start"), row.date("end"), frequency)
    };
    assert_eq!(dates(&terms), row.text("expected_dates"), "{}", row.text("case_id"));
    Verdict::Matched
}

/// Issues of 28 February and of the 30th, with the end-of-month rule and without it.
#[test]
fn month_ends() {
    let february = |end_of_month| ScheduleTerms {
        end_of_month,
        ..terms("2022-02-28", "2024-02-28", Frequency::Semiannual)
    };
    // 2024 is a leap year: its 28 February is no month end, so nothing asks for the rule.
    assert_eq!(dates(&february(true)), "2022-02-28;2022-08-28;2023-02-28;2023-08-28;2024-02-28");
    let february = |end_of_month| ScheduleTerms {
        end_of_month,
        ..terms("2022-02-28", "2023-02-28", Frequency::Semiannual)
    };
    assert_eq!(dates(&february(true)), "2022-02-28;2022-08-31;2023-02-28");
    assert_eq!(dates(&february(false)), "2022-02-28;2022-08-28;2023-02-28");
    let september = |end_of_month| ScheduleTerms {
        end_of_month,
        ..terms("2023-03-30", "2024-09-30", Frequency::Semiannual)
    };
    assert_eq!(dates(&september(false)), "2023-03-30;2023-09-30;2024-03-30;2024-09-30");
    assert_eq!(dates(&september(true)), "2023-03-30;2023-09-30;2024-03-30;2024-09-30");
    let august = |end_of_month| ScheduleTerms {
        end_of_month,
        ..terms("2023-08-30", "2024-08-30", Frequency::Semiannual)
    };
    assert_eq!(dates(&august(true)), "2023-08-30;2024-02-29;2024-08-30");
    // 29 March 2013 was a Friday: the last business day of its month is no month end, adjusted or
    // not.
    let unadjusted = terms("2012-03-29", "2013-03-29", Frequency::Semiannual);
    assert_eq!(dates(&unadjusted), "2012-03-29;2012-09-29;2013-03-29");
    let adjusted =
        ScheduleTerms { adjust_accrual: true, roll: Roll::ModifiedFollowing, ..unadjusted };
    assert_eq!(dates(&adjusted), "2012-03-29;2012-09-28;2013-03-29");
    // A start that is a whole number of periods away on the day of the month, or up to three days
    // late for it.
    for (start, end, expected) in [
        ("2024-08-28", "2025-02-28", "2024-08-28;2025-02-28"),
        ("2023-08-30", "2025-02-28", "2023-08-30;2024-02-28;2024-08-28;2025-02-28"),
        ("2023-08-31", "2025-02-28", "2023-08-31;2024-02-29;2024-08-31;2025-02-28"),
        ("2023-08-15", "2025-02-28", "2023-08-15;2023-08-31;2024-02-29;2024-08-31;2025-02-28"),
        ("2023-09-28", "2025-02-28", "2023-09-28;2024-02-29;2024-08-31;2025-02-28"),
    ] {
        assert_eq!(dates(&terms(start, end, Frequency::Semiannual)), expected);
    }
    // A stated first coupon is what tells, and the start then is not asked.
    let stated = |first| ScheduleTerms {
        first_coupon: Some(date(first)),
        ..terms("2024-02-28", "2027-02-28", Frequency::Annual)
    };
    assert_eq!(dates(&stated("2025-02-28")), "2024-02-28;2025-02-28;2026-02-28;2027-02-28");
    let stated = |first| ScheduleTerms {
        first_coupon: Some(date(first)),
        ..terms("2024-05-15", "2026-02-28", Frequency::Semiannual)
    };
    assert_eq!(
        dates(&stated("2024-08-31")),
        "2024-05-15;2024-08-31;2025-02-28;2025-08-31;2026-02-28"
    );
    assert_eq!(
        dates(&stated("2024-08-28")),
        "2024-05-15;2024-08-28;2025-02-28;2025-08-28;2026-02-28"
    );
    // Counted on from the start, the end tells.
    let forward = |end| ScheduleTerms {
        stub: Stub::ShortLast,
        ..terms("2023-02-28", end, Frequency::Semiannual)
    };
    assert_eq!(dates(&forward("2024-08-28")), "2023-02-28;2023-08-28;2024-02-28;2024-08-28");
    assert_eq!(dates(&forward("2024-08-30")), "2023-02-28;2023-08-31;2024-02-29;2024-08-30");
    assert_eq!(dates(&forward("2024-08-31")), "2023-02-28;2023-08-31;2024-02-29;2024-08-31");
}

/// Between any two of the last days of months: the rule makes no period, and no odd one, more than
/// there is without it.
#[test]
fn the_end_of_month_rule_invents_no_period() {
    let mut random = Random::new(0xe0);
    let (mut kept, mut dropped) = (0, 0);
    let day = |months: i32, day: i32| Civil { months, day }.within_month().date();
    for _ in 0..50_000 {
        let (start, frequency) = (24_000 + random.below(600), random.pick(&FREQUENCIES));
        let effective = day(start, 27 + random.below(5));
        let termination = day(start + 1 + random.below(150), 27 + random.below(5));
        let stub = random.pick(&[Stub::ShortFirst, Stub::ShortLast]);
        let ruled = ScheduleTerms { stub, ..ScheduleTerms::new(effective, termination, frequency) };
        let free = ScheduleTerms { end_of_month: false, ..ruled.clone() };
        let [with, without] = [&ruled, &free].map(|terms| terms.periods().unwrap());
        let odd = |periods: &[Period]| periods.iter().filter(|period| !period.regular).count();
        assert!(with.len() <= without.len() && odd(&with) <= odd(&without), "{ruled:?}");
        let anchor = if stub == Stub::ShortFirst { termination } else { effective }.civil();
        let ends = [effective, termination].iter().all(|date| date.civil().is_month_end());
        assert!(!ends || with.iter().all(|period| period.end.civil().is_month_end()), "{ruled:?}");
        match anchor.is_month_end() && anchor.day < 31 {
            true if with == without => dropped += 1,
            true => kept += 1,
            false => assert_eq!(with, without, "{ruled:?}"),
        }
    }
    assert!(kept > 5_000 && dropped > 1_000, "{kept} {dropped}");
}

#[test]
fn stubs() {
    let with = |stub: &str| ScheduleTerms {
        stub: Stub::parse(stub).unwrap(),
        ..terms("2024-02-15", "2025-06-30", Frequency::Semiannual)
    };
    assert_eq!(dates(&with("short_first")), "2024-02-15;2024-06-30;2024-12-31;2025-06-30");
    assert_eq!(dates(&with("long first")), "2024-02-15;2024-12-31;2025-06-30");
    assert_eq!(dates(&with("forward")), "2024-02-15;2024-08-15;2025-02-15;2025-06-30");
    assert_eq!(dates(&with("LONG_LAST")), "2024-02-15;2024-08-15;2025-06-30");
    let both = ScheduleTerms {
        first_coupon: Some(date("2024-03-31")),
        last_coupon: Some(date("2025-03-31")),
        ..with("backward")
    };
    assert_eq!(dates(&both), "2024-02-15;2024-03-31;2024-09-30;2025-03-31;2025-06-30");
    let regular: Vec<bool> = both.periods().unwrap().iter().map(|period| period.regular).collect();
    assert_eq!(regular, [false, true, true, false]);
    assert_eq!(
        dates(&ScheduleTerms { stub: Stub::LongLast, ..both }),
        "2024-02-15;2024-03-31;2024-09-30;2025-03-31;2025-06-30"
    );
}

/// Accrual stays where the contract says; only the payment moves. 30 June 2024 was a Sunday, 31
/// August a Saturday.
#[test]
fn payment_moves_and_accrual_stays() {
    let terms = terms("2024-02-29", "2024-08-31", Frequency::Quarterly);
    let payments = |terms: &ScheduleTerms| {
        terms.periods().unwrap().iter().map(|period| period.payment.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(dates(&terms), "2024-02-29;2024-05-31;2024-08-31");
    assert_eq!(payments(&terms), ["2024-05-31", "2024-09-02"]);
    let modified = ScheduleTerms { roll: Roll::ModifiedFollowing, ..terms.clone() };
    assert_eq!(
        (dates(&modified), payments(&modified)[1].as_str()),
        ("2024-02-29;2024-05-31;2024-08-31".to_owned(), "2024-08-30")
    );
    let adjusted = ScheduleTerms { adjust_accrual: true, ..terms };
    assert_eq!(dates(&adjusted), "2024-02-29;2024-05-31;2024-09-02");
}

#[test]
fn what_must_hold_of_every_schedule() {
    let mut random = Random::new(11);
    let (mut odd, mut rolled) = (0, 0);
    for _ in 0..50_000 {
        let effective = Date::from_days(random.below(20_000)).unwrap();
        let termination = Date::from_days(effective.days() + 1 + random.below(8_000)).unwrap();
        let frequency = random.pick(&FREQUENCIES);
        let terms = ScheduleTerms {
            stub: random.pick(&[
                Stub::ShortFirst,
                Stub::LongFirst,
                Stub::ShortLast,
                Stub::LongLast,
            ]),
            end_of_month: random.pick(&[false, true]),
            roll: random.pick(&[
                Roll::Following,
                Roll::ModifiedFollowing,
                Roll::Preceding,
                Roll::Unadjusted,
            ]),
            ..ScheduleTerms::new(effective, termination, frequency)
        };
        let periods = terms.periods().unwrap();
        let name = format!("{terms:?}");
        assert_eq!(
            (periods[0].start, periods[periods.len() - 1].end),
            (effective, termination),
            "{name}"
        );
        assert!(periods.windows(2).all(|pair| pair[0].end == pair[1].start), "{name}");
        assert!(periods.iter().all(|period| period.start < period.end), "{name}");

        // The odd period is where it was asked for, and shorter or longer than a regular one as
        // asked for.
        let first_stub = matches!(terms.stub, Stub::ShortFirst | Stub::LongFirst);
        let regular = if first_stub { &periods[1..] } else { &periods[..periods.len() - 1] };
        let stub = if first_stub { periods[0] } else { periods[periods.len() - 1] };
        assert!(regular.iter().all(|period| period.regular), "{name}");
        if !stub.regular {
            odd += 1;
            let months = frequency.months();
            let lengths = match terms.stub {
                Stub::ShortFirst | Stub::ShortLast => 1..=31 * months,
                Stub::LongFirst | Stub::LongLast if periods.len() > 1 => 28 * months..=62 * months,
                Stub::LongFirst | Stub::LongLast => 1..=62 * months,
            };
            assert!(lengths.contains(&stub.days()), "{name} {stub:?}");
        }

        // Each date lies on the day of the anchor, on the last day of a shorter month, or on month
        // ends throughout.
        let anchor = if first_stub { termination } else { effective }.civil();
        let inside = periods.windows(2).map(|pair| pair[0].end.civil());
        let on_day =
            |day: i32| inside.clone().all(|date| date.day == day.min(date.days_in_month()));
        assert!(
            on_day(anchor.day) || terms.end_of_month && anchor.is_month_end() && on_day(31),
            "{name}"
        );

        for period in &periods {
            assert_eq!(terms.calendar.adjust(period.end, terms.roll), Ok(period.payment));
            rolled += i32::from(period.payment != period.end);
        }
        let adjusted = ScheduleTerms { adjust_accrual: true, ..terms.clone() };
        if let Ok(adjusted) = adjusted.periods() {
            assert!(adjusted.windows(2).all(|pair| pair[0].end == pair[1].start), "{name}");
            assert!(
                adjusted
                    .iter()
                    .all(|period| period.start < period.end && period.end == period.payment),
                "{name}"
            );
        }
    }
    assert!(odd > 40_000 && rolled > 10_000, "{odd} {rolled}");
}

/// A schedule generated twice, once with its own coupon dates stated, is the same.
#[test]
fn stated_coupon_dates_change_nothing() {
    let mut random = Random::new(12);
    for _ in 0..20_000 {
        let effective = Date::from_days(random.below(20_000)).unwrap();
        let termination = Date::from_days(effective.days() + 1_000 + random.below(8_000)).unwrap();
        let stub =
            random.pick(&[Stub::ShortFirst, Stub::LongFirst, Stub::ShortLast, Stub::LongLast]);
        let terms = ScheduleTerms {
            stub,
            end_of_month: false,
            ..ScheduleTerms::new(effective, termination, random.pick(&FREQUENCIES))
        };
        let periods = terms.periods().unwrap();
        let first_stub = matches!(stub, Stub::ShortFirst | Stub::LongFirst);
        let stated = if first_stub {
            ScheduleTerms { first_coupon: Some(periods[0].end), ..terms.clone() }
        } else {
            ScheduleTerms { last_coupon: Some(periods[periods.len() - 1].start), ..terms.clone() }
        };
        assert_eq!(stated.periods().unwrap(), periods, "{terms:?}");
    }
}

#[test]
fn impossible_schedules() {
    let good = terms("2024-02-15", "2026-02-15", Frequency::Semiannual);
    let refused = |terms: ScheduleTerms| terms.periods().unwrap_err();
    assert!(matches!(
        refused(ScheduleTerms { termination: good.effective, ..good.clone() }),
        Error::Period { .. }
    ));
    assert!(matches!(
        refused(ScheduleTerms { effective: date("2030-01-01"), ..good.clone() }),
        Error::Period { .. }
    ));
    for outside in ["2024-02-15", "2024-01-01", "2026-02-16"] {
        assert!(
            matches!(
                refused(ScheduleTerms { first_coupon: Some(date(outside)), ..good.clone() }),
                Error::NotBetween { .. }
            ),
            "{outside}"
        );
    }
    for outside in ["2026-02-15", "2024-01-01", "2026-02-16"] {
        assert!(
            matches!(
                refused(ScheduleTerms { last_coupon: Some(date(outside)), ..good.clone() }),
                Error::NotBetween { .. }
            ),
            "{outside}"
        );
    }
    let crossed = ScheduleTerms {
        first_coupon: Some(date("2025-08-15")),
        last_coupon: Some(date("2025-02-15")),
        ..good.clone()
    };
    assert!(matches!(refused(crossed), Error::NotBetween { .. }));
    let off = ScheduleTerms { first_coupon: Some(date("2024-09-01")), ..good.clone() };
    assert_eq!(
        refused(off.clone()),
        Error::OffGrid {
            what: "first",
            date: date("2024-09-01"),
            anchor: date("2026-02-15"),
            nearest: date("2024-08-15")
        }
    );
    assert_eq!(
        dates(&ScheduleTerms { stub: Stub::ShortLast, ..off }),
        "2024-02-15;2024-09-01;2025-03-01;2025-09-01;2026-02-15"
    );
    let long = ScheduleTerms::new(Date::MIN, Date::MAX, Frequency::Monthly);
    assert!(matches!(refused(long), Error::TooMany { limit, .. } if limit == MAX_PERIODS as usize));
    // Saturday to Sunday, both of which roll to Monday.
    let weekend = ScheduleTerms {
        adjust_accrual: true,
        ..terms("2024-06-29", "2024-06-30", Frequency::Annual)
    };
    assert!(matches!(refused(weekend), Error::Period { .. }));
    let calendar: Calendar = "US".parse().unwrap();
    assert!(matches!(
        refused(ScheduleTerms { calendar, ..terms("2024-02-15", "9000-02-15", Frequency::Annual) }),
        Error::TooMany { .. } | Error::CalendarRange { .. }
    ));
}
