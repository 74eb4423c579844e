//! Calendars against what authorities published, against QuantLib, and against counting day by day.

use crate::basics::calendar::{Calendar, MAX_HOLIDAYS, Markets, Roll};
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::basics::vocabulary::Vocabulary;
use crate::testing::Random;
use crate::testing::reference::rows;
use std::collections::{BTreeMap, BTreeSet};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("{text}"))
}

fn calendar(text: &str) -> Calendar {
    text.parse().unwrap()
}

fn days(from: Date, to: Date) -> impl Iterator<Item = Date> {
    (from.days()..=to.days()).map(|days| Date::from_days(days).unwrap())
}

fn is_weekend(date: Date) -> bool {
    // 2000-01-01 was a Saturday.
    date.days().rem_euclid(7) < 2
}

/// The weekdays of a span on which a calendar is closed.
fn closed(name: &str, from: Date, to: Date) -> Vec<Date> {
    let calendar = calendar(name);
    days(from, to)
        .filter(|day| !is_weekend(*day) && !calendar.is_business_day(*day).unwrap())
        .collect()
}

/// The same, where an authority publishes something on each day that it is open.
fn closed_but(published: &BTreeSet<Date>, from: Date, to: Date) -> Vec<Date> {
    days(from, to).filter(|day| !is_weekend(*day) && !published.contains(day)).collect()
}

/// The Treasury publishes par yields on each day of the government bond market.
#[test]
fn us_par_yields() {
    let rows = rows("curves/us_par_yields_1990_2025.csv");
    let open: BTreeSet<Date> = rows.iter().map(|row| row.date("date")).collect();
    assert_eq!(open.len(), rows.len());
    let (from, to) = (date("1990-01-01"), date("2025-12-31"));
    assert_eq!(closed("US", from, to), closed_but(&open, from, to));
}

/// The ECB publishes reference rates on each TARGET day.
#[test]
#[ignore = "needs the larger set of figures; make figures runs it"]
fn figures_of_ecb_reference_rates() {
    let open: BTreeSet<Date> =
        rows("curves/ecb_fx_1999_2026.csv").iter().map(|row| row.date("Date")).collect();
    let (from, to) = (*open.first().unwrap(), *open.last().unwrap());
    assert_eq!(closed("TARGET", from, to), closed_but(&open, from, to));
}

/// Bank holidays of England and Wales, every date.
#[test]
#[ignore = "needs the larger set of figures; make figures runs it"]
fn figures_of_uk_bank_holidays() {
    let mut holidays: Vec<Date> =
        rows("market_quotes/uk_bank_holidays.csv").iter().map(|row| row.date("date")).collect();
    assert_eq!(holidays.len(), 823);
    holidays.retain(|day| !is_weekend(*day));
    assert_eq!(closed("UK", date("1998-01-01"), date("2099-12-31")), holidays);
}

/// Treasury securities are issued on days on which they can be paid for.
#[test]
fn treasury_issue_dates() {
    for file in ["notes_bonds_tips_2008_2022", "bills_2008_2022", "frn"] {
        for row in rows(&format!("treasury_auctions/{file}.csv")) {
            let issue = row.date("settlement");
            assert!(calendar("US+FED").is_business_day(issue).unwrap(), "{issue}");
        }
    }
}

/// Gilts go ex-dividend on the seventh business day before the dividend date.
#[test]
#[ignore = "needs the larger set of figures; make figures runs it"]
fn figures_of_gilt_ex_dividend_dates() {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let uk = calendar("UK");
    let rows = rows("market_quotes/dmo_gilts_in_issue_2023-12-01.csv");
    assert_eq!(rows.len(), 95);
    for row in &rows {
        let (day, months) = row.text("dividend_dates").split_once(' ').unwrap();
        let month = |name: &str| {
            MONTHS.iter().position(|month| name.starts_with(month)).unwrap() as i32 + 1
        };
        let dividends = months.split('/').flat_map(|name| {
            (2023..=2024).map(move |year| Date::from_ymd(year, month(name), day.parse().unwrap()))
        });
        let ex_dividend: Vec<Date> = dividends
            .map(|dividend| uk.add_business_days(dividend.unwrap(), -7).unwrap())
            .collect();
        assert!(
            ex_dividend.contains(&row.date("current_ex_div_date")),
            "{}",
            row.text("isin_code")
        );
    }
}

/// BUS/252 in Brazil: an amortising note as published, and QuantLib's year fractions.
#[test]
#[ignore = "needs the larger set of figures; make figures runs it"]
fn figures_of_business_days_of_252() {
    let brazil = calendar("BR");
    for row in rows("worked/amortizing_bus252.csv") {
        let from = brazil.adjust(row.date("accrual_start"), Roll::Following).unwrap();
        let days = brazil.business_days(from, row.date("payment_date_following")).unwrap();
        assert_eq!(f64::from(days), row.number("bus_252_days"), "{}", row.text("period"));
    }
    for row in rows("worked/day_counts.csv") {
        if row.text("convention") == "Business/252 Brazil" {
            let days = brazil.business_days(row.date("start"), row.date("end")).unwrap();
            assert!(
                (f64::from(days) / 252.0 - row.number("expected")).abs() < 1e-12,
                "{}",
                row.text("case_id")
            );
        }
    }
}

/// Schedules that QuantLib rolled fall on business days, and roll to themselves.
#[test]
#[ignore = "needs the larger set of figures; make figures runs it"]
fn figures_of_schedule_rolls() {
    for row in rows("worked/schedules.csv") {
        let (roll, dates) =
            (Roll::parse(row.text("convention")).unwrap(), row.text("expected_dates"));
        for day in dates.split(';').filter(|_| !row.text("calendar").starts_with("NullCalendar")) {
            let rolled = calendar(row.text("calendar")).adjust(date(day), roll).unwrap();
            assert_eq!(rolled, date(day), "{}", row.text("case_id"));
        }
    }
}

#[test]
fn rolls_at_the_end_of_a_month() {
    // The unadjusted dates behind SCH-001, 006 and 008.
    for (name, roll, day, rolled) in [
        ("JP", "MF", "2012-03-31", "2012-03-30"),
        ("US", "MF", "1996-08-31", "1996-08-30"),
        ("US", "F", "1997-08-31", "1997-09-02"),
        ("US", "MF", "1996-08-10", "1996-08-12"),
        ("US", "MF", "1998-02-28", "1998-02-27"),
    ] {
        assert_eq!(calendar(name).adjust(date(day), Roll::parse(roll).unwrap()), Ok(date(rolled)));
    }
}

/// The New York Fed published no SOFR on any Good Friday, on those neither on which the government
/// bond market was open for half a day; all other days are that market's.
#[test]
fn sofr_is_not_published_on_good_friday() {
    let (bonds, sofr) = (calendar("US"), calendar("SOFR"));
    let mut open = Vec::new();
    for days in date("1990-01-01").days()..date("2040-01-01").days() {
        let day = Date::from_days(days).unwrap();
        let [bonds, sofr] = [&bonds, &sofr].map(|calendar| calendar.is_business_day(day).unwrap());
        assert!(bonds || !sofr);
        open.extend((bonds != sofr).then(|| day.to_string()));
    }
    let half_days = "1996-04-05 1999-04-02 2007-04-06 2010-04-02 2012-04-06 2015-04-03 2021-04-02 \
        2023-04-07 2026-04-03 2034-04-07 2037-04-03";
    assert_eq!(open.join(" "), half_days);
}

/// Weekdays without business, as the authority listed them.
#[rustfmt::skip]
const PUBLISHED: &[(&str, i32, &str)] = &[
    // SIFMA, holiday schedule, full closes; on Good Friday the bond market closes early.
    ("US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
    // nyse.com, holidays and trading hours.
    ("NYSE", 2025, "01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25"),
    ("NYSE", 2026, "01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25"),
    // frbservices.org, Federal Reserve Bank holidays.
    ("FED", 2022, "01-17 02-21 05-30 06-20 07-04 09-05 10-10 11-11 11-24 12-26"),
    ("FED", 2026, "01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25"),
    // bafin.de, calendar of trading days (holidays of Hesse); gls.de, bank holidays (24 and 31
    // December).
    ("DE", 2024, "01-01 03-29 04-01 05-01 05-09 05-20 05-30 10-03 12-24 12-25 12-26 12-31"),
    // service-public.fr, jours fériés.
    ("FR", 2024, "01-01 04-01 05-01 05-08 05-09 05-20 08-15 11-01 11-11 12-25"),
    // normattiva.it, Law 260 of 1949 as amended by Law 151 of 2025.
    ("IT", 2027, "01-01 01-06 03-29 06-02 10-04 11-01 12-08"),
    // six-group.com, Swiss Value Chain closing days.
    ("CH", 2024, "01-01 01-02 03-29 04-01 05-01 05-09 05-20 08-01 12-25 12-26"),
    // cao.go.jp, national holidays, with 31 December to 3 January.
    ("JP", 2009, "01-01 01-02 01-12 02-11 03-20 04-29 05-04 05-05 05-06 07-20 09-21 09-22 09-23 \
        10-12 11-03 11-23 12-23 12-31"),
    ("JP", 2019, "01-01 01-02 01-03 01-14 02-11 03-21 04-29 04-30 05-01 05-02 05-03 05-06 07-15 \
        08-12 09-16 09-23 10-14 10-22 11-04 12-31"),
    ("JP", 2020, "01-01 01-02 01-03 01-13 02-11 02-24 03-20 04-29 05-04 05-05 05-06 07-23 07-24 \
        08-10 09-21 09-22 11-03 11-23 12-31"),
    ("JP", 2021, "01-01 01-11 02-11 02-23 04-29 05-03 05-04 05-05 07-22 07-23 08-09 09-20 09-23 \
        11-03 11-23 12-31"),
    ("JP", 2026, "01-01 01-02 01-12 02-11 02-23 03-20 04-29 05-04 05-05 05-06 07-20 08-11 09-21 \
        09-22 09-23 10-12 11-03 11-23 12-31"),
    // iiac.ca, market closure schedule.
    ("CA", 2017, "01-02 02-20 04-14 05-22 07-03 08-07 09-04 10-09 11-13 12-25 12-26"),
    // nsw.gov.au, public holidays and bank holiday; the Public Holidays Amendment (Anzac Day) Order
    // 2026.
    ("AU", 2022, "01-03 01-26 04-15 04-18 04-25 06-13 08-01 09-22 10-03 12-26 12-27"),
    ("AU", 2026, "01-01 01-26 04-03 04-06 04-27 06-08 08-03 10-05 12-25 12-28"),
    // employment.govt.nz, public holidays.
    ("NZ", 2022, "01-03 01-04 02-07 04-15 04-18 04-25 06-06 06-24 09-26 10-24 12-26 12-27"),
    // riksbank.se, bank holidays.
    ("SE", 2024, "01-01 03-29 04-01 05-01 05-09 06-06 06-21 12-24 12-25 12-26 12-31"),
    // norges-bank.no, settlement days.
    ("NO", 2017, "04-13 04-14 04-17 05-01 05-17 05-25 06-05 12-25 12-26"),
    ("NO", 2019, "01-01 04-18 04-19 04-22 05-01 05-17 05-30 06-10 12-24 12-25 12-26"),
    // Danish Bankers Association (2006); nationalbanken.dk, bank closing days.
    ("DK", 2006, "04-13 04-14 04-17 05-12 05-25 06-05 12-25 12-26"),
    ("DK", 2016, "01-01 03-24 03-25 03-28 04-22 05-05 05-06 05-16 12-26"),
    ("DK", 2026, "01-01 04-02 04-03 04-06 05-14 05-15 05-25 06-05 12-24 12-25 12-31"),
    // anbima.com.br, feriados nacionais.
    ("BR", 2023, "02-20 02-21 04-07 04-21 05-01 06-08 09-07 10-12 11-02 11-15 12-25"),
    ("BR", 2024, "01-01 02-12 02-13 03-29 05-01 05-30 11-15 11-20 12-25"),
    // gov.cn, notice of 25 October 2023.
    ("CN", 2024, "01-01 02-12 02-13 02-14 02-15 02-16 04-04 04-05 05-01 05-02 05-03 06-10 09-16 \
        09-17 10-01 10-02 10-03 10-04 10-07"),
];

#[test]
fn published_lists() {
    for (name, year, list) in PUBLISHED {
        let expected: Vec<Date> =
            list.split(' ').map(|day| date(&format!("{year}-{day}"))).collect();
        let actual = closed(name, date(&format!("{year}-01-01")), date(&format!("{year}-12-31")));
        assert_eq!(actual, expected, "{name} {year}");
    }
    let worked = ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"];
    let weekends = days(date("2024-01-01"), date("2024-12-31"))
        .filter(|day| is_weekend(*day) && calendar("CN").is_business_day(*day).unwrap());
    assert_eq!(
        weekends.map(|day| day.to_string()).collect::<Vec<_>>(),
        worked.map(|day| format!("2024-{day}"))
    );
}

/// Where QuantLib 1.44 differs, over every day that both cover, and why it is not followed. No
/// other day differs: NYSE, FED, TARGET, CH, CA, SE, NO, DK, BR and CN agree throughout.
const NOT_QUANTLIB: &[(&str, &[&str], bool, &str)] = &[
    (
        "US",
        &["1994-04-27", "2001-09-11", "2001-09-12"],
        false,
        "the Treasury published no yields: the market was closed",
    ),
    ("UK", &["1981-07-29"], false, "proclaimed for the royal wedding: London Gazette, 1981"),
    (
        "DE",
        &["1999-12-31", "2024-12-31"],
        false,
        "banks close on 31 December as on the 24th, which QuantLib has",
    ),
    (
        "DE",
        &["1991-11-20", "1992-11-18", "1993-11-17", "1994-11-16"],
        false,
        "Repentance Day was a holiday in Hesse until 1994",
    ),
    ("DE", &["2017-10-31"], false, "every state made the Reformation's 500 years a holiday"),
    (
        "FR",
        &["2024-05-09", "2024-05-20", "2026-05-14", "2026-05-25"],
        false,
        "Ascension and Whit Monday follow Easter",
    ),
    (
        "FR",
        &["2024-05-10", "2024-05-21", "2027-05-10"],
        true,
        "QuantLib has those two on fixed days",
    ),
    ("IT", &["1999-12-31"], true, "no public holiday; TARGET has it"),
    ("IT", &["2000-06-02"], true, "Law 336 is of November 2000"),
    ("IT", &["2011-03-17"], false, "Decree-Law 5 of 2011"),
    (
        "JP",
        &["1990-03-21", "1991-03-21", "1993-09-23", "1994-03-21", "1997-03-20", "1999-09-23"],
        false,
        "equinoxes as proclaimed",
    ),
    (
        "JP",
        &["1990-03-20", "1991-03-20", "1993-09-22", "1995-03-20", "1998-03-20", "1999-09-22"],
        true,
        "a day off before 2000",
    ),
    ("JP", &["1990-09-24", "1999-03-22"], false, "substitutes for equinoxes on a Sunday"),
    (
        "JP",
        &["1992-05-06", "1997-05-06", "1998-05-06", "2003-05-06"],
        true,
        "6 May became a substitute with Law 43 of 2005",
    ),
    ("AU", &["2004-04-26", "2010-04-26"], false, "Banks and Bank Holidays Act 1912"),
    ("AU", &["2011-04-26"], false, "Anzac Day was on Easter Monday"),
    (
        "AU",
        &["2026-04-27", "2027-04-26"],
        false,
        "Public Holidays Amendment (Anzac Day) Order 2026",
    ),
    (
        "NZ",
        &["2024-01-22", "2026-01-19"],
        true,
        "the anniversary day of Wellington, QuantLib's default",
    ),
];

#[test]
fn where_quantlib_differs() {
    for (name, days, open, why) in NOT_QUANTLIB {
        for day in *days {
            assert_eq!(calendar(name).is_business_day(date(day)), Ok(*open), "{name} {day}: {why}");
        }
    }
}

/// Any markets, and often some holidays of one's own.
fn any_calendar(random: &mut Random) -> Calendar {
    let named = Markets::WORDS[random.below(Markets::WORDS.len() as i32) as usize].value;
    let other = Markets::WORDS[random.below(Markets::WORDS.len() as i32) as usize].value;
    let named = if random.below(2) == 0 { named } else { named.and(other) };
    let first = date("2011-01-01").days() + random.below(3_000);
    let spread = random.pick(&[1, 20, 400]);
    let own = (0..random.pick(&[0, 0, 3, 200]))
        .map(|_| Date::from_days(first + random.below(200 * spread) / spread).unwrap());
    Calendar::new(named, own.collect()).unwrap()
}

#[test]
fn arithmetic_is_counting_day_by_day() {
    let mut random = Random::new(1);
    for _ in 0..3_000 {
        let calendar = any_calendar(&mut random);
        let open = |day: Date| calendar.is_business_day(day).unwrap();
        let from = Date::from_days(date("2011-06-01").days() + random.below(3_000)).unwrap();
        let to = Date::from_days(from.days() + random.below(1_500)).unwrap();
        let count = days(from, to).filter(|day| *day < to && open(*day)).count() as i32;
        assert_eq!(calendar.business_days(from, to), Ok(count), "{calendar} {from} {to}");
        assert_eq!(calendar.business_days(to, from), Ok(-count));

        let lag = random.below(300) + 1;
        let later = days(from, Date::MAX)
            .filter(|day| *day > from && open(*day))
            .nth(lag as usize - 1)
            .unwrap();
        assert_eq!(calendar.add_business_days(from, lag), Ok(later), "{calendar} {from} {lag}");
        assert_eq!(calendar.settlement_date(from, lag), Ok(later));
        let earlier = |day: Date| {
            (1..)
                .map(move |ago| Date::from_days(day.days() - ago).unwrap())
                .filter(|day| open(*day))
        };
        assert_eq!(
            calendar.add_business_days(to, -lag.min(50)),
            Ok(earlier(to).nth(lag.min(50) as usize - 1).unwrap())
        );

        let next = days(to, Date::MAX).find(|day| open(*day)).unwrap();
        let previous = if open(to) { to } else { earlier(to).next().unwrap() };
        let same_month = |day: Date| day.civil().months == to.civil().months;
        let nearest =
            if next.days() - to.days() <= to.days() - previous.days() { next } else { previous };
        let isda =
            if open(to) || matches!(to.days().rem_euclid(7), 1 | 2) { next } else { previous };
        for (roll, rolled) in [
            (Roll::Unadjusted, to),
            (Roll::Following, next),
            (Roll::ModifiedFollowing, if same_month(next) { next } else { previous }),
            (Roll::Preceding, previous),
            (Roll::ModifiedPreceding, if same_month(previous) { previous } else { next }),
            (Roll::Nearest, nearest),
            (Roll::NearestIsda, isda),
        ] {
            assert_eq!(calendar.adjust(to, roll), Ok(rolled), "{calendar} {to} {roll:?}");
        }
        assert_eq!(calendar.add_business_days(to, 0), Ok(next));
    }
}

/// A weekday without business has a holiday's name, and no other day has one.
#[test]
fn every_holiday_is_named() {
    for word in Markets::WORDS {
        let (first, last) = word.value.range();
        let named: Vec<Date> = Calendar::from(word.value)
            .holidays(first, last)
            .unwrap()
            .into_iter()
            .map(|(date, _)| date)
            .collect();
        assert_eq!(named, closed(word.name, first, last), "{}", word.name);
    }
    let names = |text: &str, from: &str, to: &str| {
        let holidays = calendar(text).holidays(date(from), date(to)).unwrap();
        holidays.into_iter().map(|(date, name)| format!("{date} {name}")).collect::<Vec<_>>()
    };
    assert_eq!(
        names("US+UK+{2026-12-24,2026-12-26}", "2026-12-01", "2027-01-01"),
        [
            "2026-12-24 own holiday",
            "2026-12-25 Christmas Day",
            "2026-12-28 Boxing Day (observed)",
            "2027-01-01 New Year's Day"
        ]
    );
    assert_eq!(names("US+TARGET", "2026-04-01", "2026-05-31").len(), 4);
    assert_eq!(names("JP", "2026-09-20", "2026-09-30")[1], "2026-09-22 Day between two holidays");
    assert!(names("US", "2026-12-31", "2026-01-01").is_empty());
}

#[test]
fn joined_is_open_when_all_are() {
    let (us, uk, joined) =
        (calendar("US"), calendar("UK+{2026-03-03}"), calendar("US+UK+{2026-03-03}"));
    for day in days(date("1990-01-01"), date("2199-12-31")) {
        let both = us.is_business_day(day).unwrap() && uk.is_business_day(day).unwrap();
        assert_eq!(joined.is_business_day(day), Ok(both), "{day}");
    }
    assert_eq!(us.join(&uk), Ok(joined));
    assert_eq!(us.join(&Calendar::default()), Ok(us));
}

#[test]
fn text_and_bytes_round_trip() {
    let mut random = Random::new(2);
    for _ in 0..2_000 {
        let calendar = any_calendar(&mut random);
        assert_eq!(calendar.to_string().parse(), Ok(calendar.clone()));
        assert_eq!(Calendar::from_bytes(&calendar.to_bytes()), Ok(calendar));
    }
    for (text, canonical) in [
        ("us", "US"),
        (" UK + US ", "US+UK"),
        ("weekends", "weekends"),
        ("weekends+TARGET2", "TARGET"),
        ("{2026-12-24, 2026-01-02}+gblo+{2026-12-24}", "UK+{2026-01-02,2026-12-24}"),
        ("{2026-01-02}", "weekends+{2026-01-02}"),
        ("United_States+Brasil", "US+BR"),
        ("TARGET()", "TARGET"),
    ] {
        assert_eq!(calendar(text).to_string(), canonical);
    }
    // Written once, read for ever: version, markets as bits, days since 2000-01-01.
    let bytes = [1, 0b1_0000, 0, 0, 0, 0x1a, 0x25, 0, 0];
    assert_eq!(calendar("UK+{2026-01-02}").to_bytes(), bytes);
    let bits = Markets::WORDS.iter().map(|word| (word.name, word.value.bits().checked_ilog2()));
    let places = [
        "US", "NYSE", "FED", "TARGET", "UK", "DE", "FR", "IT", "CH", "JP", "CA", "AU", "NZ", "SE",
        "NO", "DK", "BR", "CN", "SOFR",
    ];
    let places = places.into_iter().zip((0..).map(Some));
    assert_eq!(bits.collect::<BTreeMap<_, _>>(), places.chain([("weekends", None)]).collect());
}

#[test]
fn bad_calendars_are_refused() {
    let refused = |text: &str| text.parse::<Calendar>().unwrap_err();
    assert_eq!(refused("Atlantis").to_string(), "unknown calendar: \"Atlantis\"");
    for text in ["", "US+", "+", "US+{", "US{2026-01-02}"] {
        assert!(
            matches!(refused(text), Error::UnknownWord { .. } | Error::Syntax { .. }),
            "{text}"
        );
    }
    for text in
        ["{}", "{2026-01-02", "{2026-02-30}", "{infinity}", "{2026-01-02,}", "US+{2026-01-02}}"]
    {
        assert!(matches!(refused(text), Error::Syntax { .. }), "{text}");
    }
    for bytes in [
        &[] as &[u8],
        &[1, 0, 0, 0],
        &[2, 0, 0, 0, 0],
        &[1, 0, 0, 8, 0],
        &[1, 0, 0, 0, 0, 1],
        &[1, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0],
    ] {
        assert!(matches!(Calendar::from_bytes(bytes), Err(Error::Binary { .. })), "{bytes:?}");
    }
    let infinite = [1, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f];
    assert!(matches!(Calendar::from_bytes(&infinite), Err(Error::DateOutOfRange { .. })));
    let many = |count: i32| {
        Calendar::new(
            Markets::default(),
            (0..count).map(|days| Date::from_days(days).unwrap()).collect(),
        )
    };
    assert!(many(MAX_HOLIDAYS as i32).unwrap().to_string().parse::<Calendar>().is_ok());
    assert!(matches!(many(MAX_HOLIDAYS as i32 + 1), Err(Error::TooMany { .. })));
}

/// A date that a calendar's rules do not reach is never a business day.
#[test]
fn outside_its_years_a_calendar_knows_nothing() {
    let us = calendar("US");
    let unknown = |day: &str| Error::CalendarRange {
        calendar: "US",
        date: date(day),
        first_year: 1990,
        last_year: 2199,
    };
    assert_eq!(us.is_business_day(date("1989-12-29")), Err(unknown("1989-12-29")));
    assert_eq!(us.adjust(date("2200-01-01"), Roll::Following), Err(unknown("2200-01-01")));
    assert_eq!(us.add_business_days(date("2026-01-02"), 2_000_000_000), Err(unknown("2200-01-01")));
    assert_eq!(us.add_business_days(date("2026-01-02"), i32::MIN), Err(unknown("1989-12-31")));
    assert_eq!(
        us.business_days(date("2026-01-02"), date("2200-01-01")),
        Err(unknown("2200-01-01"))
    );
    assert!(matches!(
        calendar("CN+US").is_business_day(date("2027-01-04")),
        Err(Error::CalendarRange { calendar: "CN", .. })
    ));
    assert!(matches!(
        calendar("weekends").add_business_days(Date::MIN, i32::MAX),
        Err(Error::DateOutOfRange { .. })
    ));
    assert!(matches!(
        calendar("weekends").add_business_days(Date::MAX, -i32::MAX),
        Err(Error::DateOutOfRange { .. })
    ));
    assert!(matches!(us.settlement_date(date("2026-01-02"), -1), Err(Error::OutOfRange { .. })));

    // No business day is left in the years of a calendar.
    let (first, last) = Markets::parse("CN").unwrap().range();
    let always_closed =
        Calendar::new(Markets::parse("CN").unwrap(), days(first, last).collect()).unwrap();
    assert_eq!(always_closed.business_days(first, last), Ok(0));
    assert!(matches!(
        always_closed.adjust(first, Roll::Following),
        Err(Error::CalendarRange { .. })
    ));
    assert!(matches!(
        always_closed.adjust(last, Roll::Preceding),
        Err(Error::CalendarRange { .. })
    ));
}

/// Spellings are unambiguous: no alias stands for two calendars, or two rolls.
#[test]
fn spellings() {
    fn each_means_one<T: Vocabulary + std::fmt::Debug>() {
        for word in T::WORDS {
            for spelling in word.aliases.iter().chain([&word.name]) {
                assert_eq!(T::find(spelling), Some(word.value), "{spelling}");
            }
        }
    }
    each_means_one::<Markets>();
    each_means_one::<Roll>();
}
