//! Quotes as rows say them: spans, every kind on one curve, the market's days, and quotes read back off the curve.

use super::Random;
use super::bootstrap::every_interpolation;
use crate::bootstrap::{Accrual, MoneyMarket, third_wednesday};
use crate::curve::{At, Curve, Kind, Quoted, Quotes, Span, Tally};
use crate::date::Date;
use crate::error::Error;
use crate::vocabulary::Vocabulary;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn day() -> Date {
    date("2025-02-10")
}

fn span(text: &str) -> Span {
    Span::parse(text, day()).unwrap()
}

fn rows(rows: &[(Kind, &str, f64)]) -> Vec<Quoted> {
    rows.iter().map(|&(kind, text, rate)| Quoted::new(kind, span(text), rate)).collect()
}

/// Rates of each market's own instruments.
fn market(market: MoneyMarket) -> Vec<Quoted> {
    use Kind::{Deposit, Fra, Future, Ois, Swap};
    let swap = if market.practice().future == Accrual::ToImm { Ois } else { Swap };
    rows(&[
        (Deposit, "ON", 0.0430),
        (Deposit, "TN", 0.0431),
        (Deposit, "3M", 0.0436),
        (Fra, "3x6", 0.0438),
        (Future, "U5", 95.62),
        (Future, "2025-12-17", 95.70),
        (swap, "18M", 0.0425),
        (swap, "5Y", 0.0409),
        (swap, "30Y", 0.0397),
    ])
}

fn markets() -> impl Iterator<Item = MoneyMarket> {
    MoneyMarket::WORDS.iter().map(|word| word.value)
}

/// CME Group's and Eurex's expiry calendars: the third Wednesdays of the quarterly months.
#[test]
fn imm_days() {
    for (text, expected) in [
        ("H5", "2025-03-19"),
        ("M5", "2025-06-18"),
        ("U25", "2025-09-17"),
        ("z5", "2025-12-17"),
        ("Z26", "2026-12-16"),
        ("X6", "2026-11-18"),
        // Passed, and to be refused rather than taken for that of 2035.
        ("F5", "2025-01-15"),
        ("Z4", "2034-12-20"),
        ("Z24", "2024-12-18"),
        ("H99", "1999-03-17"),
        ("G5", "2025-02-19"),
        ("2026-12-16", "2026-12-16"),
    ] {
        assert_eq!(span(text), Span::from(At::Date(date(expected))), "{text}");
    }
    for month in 12..36_000 {
        let day = third_wednesday(month);
        assert!(day.civil().months == month && (15..=21).contains(&day.civil().day) && day.days().rem_euclid(7) == 4);
    }
}

#[test]
fn spans() {
    let both = |text: &str| span(text).both().unwrap();
    assert_eq!(both("3Mx6M"), both("3X6"));
    assert_eq!(both(" 1Y x 15M "), both("12x15"));
    assert_eq!(span("2026-12-16x2027-03-17").dates().unwrap(), (date("2026-12-16"), Some(date("2027-03-17"))));
    assert_eq!(span("3x6").to_string(), "3Mx6M");
    for text in ["", "x", "3x", "3x6x9", "3", "Z", "Z266", "A6", "É6", "Z-6", "10.5", "3Mx", "Mx6M", "99999999999x3"] {
        assert!(matches!(Span::parse(text, day()), Err(Error::UnknownWord { .. })), "{text}");
    }
    let mut random = Random::new(3);
    for _ in 0..20_000 {
        let text: String =
            (0..random.below(9)).map(|_| random.pick(&['x', 'X', '3', '9', 'M', 'Y', 'Z', ' ', '-', '0', 'é', 'D'])).collect();
        let _ = Span::parse(&text, day());
    }
}

/// Every quote comes off its curve as it went in, and no bit hangs on the order.
#[test]
fn quotes_come_back() {
    let mut random = Random::new(11);
    for (conventions, interpolation) in markets().flat_map(|market| every_interpolation().map(move |interpolation| (market, interpolation)))
    {
        let mut quotes = market(conventions);
        let build = |quotes: &[Quoted]| Quotes { conventions, interpolation, ..Quotes::new(day(), quotes.to_vec()) }.curve().unwrap();
        let curve = build(&quotes);
        for &Quoted { kind, span, rate } in &quotes {
            let read = curve.quote(kind, span, conventions, None).unwrap();
            assert!((read - rate).abs() < 1e-12 * rate.max(1.0), "{} {interpolation:?} {} {span}: {read}", conventions.name(), kind.name());
        }
        quotes.sort_by_key(|_| random.bits());
        assert_eq!(build(&quotes), curve);
        // The aggregate's state says the same, whole or in parts.
        let mut parts = [Tally(Vec::new()), Tally(Vec::new())];
        for (i, &quoted) in quotes.iter().enumerate() {
            parts[i % 2].add(day(), quoted, interpolation, conventions).unwrap();
        }
        let [mut whole, other] = parts;
        whole.merge(&other.0).unwrap();
        assert_eq!(whole.quotes().unwrap().unwrap().curve().unwrap(), curve);
    }
    // Of the kinds that stand alone.
    let alone = |kind: Kind, quotes: &[(&str, f64)]| {
        let quotes: Vec<_> = quotes.iter().map(|&(text, rate)| Quoted::new(kind, span(text), rate)).collect();
        let curve = Quotes::new(day(), quotes.clone()).curve().unwrap();
        for Quoted { kind, span, rate } in quotes {
            let read = curve.quote(kind, span, MoneyMarket::Plain, None).unwrap();
            assert!((read / rate - 1.0).abs() < 1e-13, "{} {span}: {read}", kind.name());
        }
    };
    alone(Kind::Zero, &[("3M", 0.04), ("10Y", 0.045)]);
    alone(Kind::Discount, &[("3M", 0.99), ("10Y", 0.65)]);
    alone(Kind::Par, &[("1M", 0.0431), ("4M", 0.043), ("6M", 0.0428), ("9M", 0.042), ("2Y", 0.039), ("15Y", 0.0436)]);
}

/// Payments discounted on another curve: the quotes come back on the pair, and not on the one alone.
#[test]
fn two_curves() {
    let discount = Quotes { conventions: MoneyMarket::EurEstr, ..Quotes::new(day(), market(MoneyMarket::EurEstr)) }.curve().unwrap();
    for interpolation in every_interpolation() {
        let conventions = MoneyMarket::EurEuribor;
        let mut quotes = market(conventions);
        quotes.iter_mut().for_each(|quoted| quoted.rate += if quoted.kind == Kind::Future { -0.3 } else { 0.003 });
        let draft = Quotes { conventions, interpolation, discount: Some(discount.clone()), ..Quotes::new(day(), quotes.clone()) };
        let curve = draft.clone().curve().unwrap();
        for Quoted { kind, span, rate } in quotes {
            let read = curve.quote(kind, span, conventions, Some(&discount)).unwrap();
            assert!((read - rate).abs() < 1e-12 * rate.max(1.0), "{interpolation:?} {} {span}: {read}", kind.name());
        }
        let alone = Quotes { discount: None, ..draft.clone() }.curve().unwrap();
        let apart = |kind: Kind, text: &str| {
            let read = |curve: &Curve| curve.quote(kind, span(text), conventions, None).unwrap();
            (read(&curve) - read(&alone)).abs()
        };
        assert!(apart(Kind::Swap, "30Y") > 1e-6 && apart(Kind::Deposit, "3M") < 1e-14);
        // A discount curve of other quotes, or of another day, is a mistake.
        let zero = vec![Quoted::new(Kind::Zero, span("1Y"), 0.04)];
        assert!(matches!(Quotes { quotes: zero, ..draft.clone() }.curve(), Err(Error::Curve { .. })));
        assert!(matches!(Quotes { as_of: date("2025-02-11"), ..draft }.curve(), Err(Error::Curve { .. })));
    }
}

/// The days that markets' own calendars give: TARGET closes over Easter, and January ends on a Saturday.
#[test]
fn days_of_the_market() {
    let nodes = |conventions: MoneyMarket, as_of: &str, kind: Kind, text: &str| -> Date {
        let as_of = date(as_of);
        let quotes = vec![Quoted::new(kind, Span::parse(text, as_of).unwrap(), if kind == Kind::Future { 96.0 } else { 0.03 })];
        let curve = Quotes { conventions, ..Quotes::new(as_of, quotes) }.curve().unwrap();
        Date::from_days(as_of.days() + (curve.nodes[0].time * 365.0).round() as i32).unwrap()
    };
    for (conventions, as_of, kind, text, end) in [
        // Overnight from Thursday before Easter to Tuesday after it, tomorrow-next from there on.
        (MoneyMarket::EurEstr, "2025-04-17", Kind::Deposit, "ON", "2025-04-22"),
        (MoneyMarket::EurEstr, "2025-04-17", Kind::Deposit, "TN", "2025-04-23"),
        // Spot on 23 April.
        (MoneyMarket::EurEuribor, "2025-04-17", Kind::Deposit, "1W", "2025-04-30"),
        (MoneyMarket::EurEuribor, "2025-04-17", Kind::Deposit, "3M", "2025-07-23"),
        // Overnight on the last business day of January 2026 ends in February; a month from the end of one ends with another.
        (MoneyMarket::UsdSofr, "2026-01-30", Kind::Deposit, "ON", "2026-02-02"),
        (MoneyMarket::EurEuribor, "2026-01-28", Kind::Deposit, "1M", "2026-02-27"),
        // A deposit at a term rate from the IMM day, and a quarter of overnight rates to the next one.
        (MoneyMarket::EurEuribor, "2025-02-10", Kind::Future, "M5", "2025-09-18"),
        (MoneyMarket::UsdSofr, "2025-02-10", Kind::Future, "M5", "2025-09-17"),
        (MoneyMarket::UsdSofr, "2025-02-10", Kind::Future, "2025-06-18x2025-09-19", "2025-09-19"),
        // Paid two business days after the end, on the far side of a weekend.
        (MoneyMarket::UsdSofr, "2025-02-10", Kind::Ois, "1Y", "2026-02-17"),
        (MoneyMarket::GbpSonia, "2025-02-10", Kind::Ois, "1Y", "2026-02-10"),
        // From spot on Wednesday 12 February 2025; 12 February 2026 is a Thursday.
        (MoneyMarket::EurEstr, "2025-02-10", Kind::Ois, "1Y", "2026-02-13"),
        (MoneyMarket::Plain, "2025-02-10", Kind::Deposit, "ON", "2025-02-11"),
        (MoneyMarket::Plain, "2025-02-08", Kind::Swap, "3M", "2025-05-08"),
    ] {
        assert_eq!(nodes(conventions, as_of, kind, text), date(end), "{} {as_of} {} {text}", conventions.name(), kind.name());
    }
}

#[test]
fn quotes_that_say_too_little_or_too_much() {
    let refused = |quotes: &[(Kind, &str, f64)]| Quotes::new(day(), rows(quotes)).curve().unwrap_err();
    for (kind, text) in [
        (Kind::Fra, "3M"),
        (Kind::Future, "3M"),
        (Kind::Future, "3x6"),
        (Kind::Deposit, "3x6"),
        (Kind::Swap, "1Yx2Y"),
        (Kind::Zero, "3x6"),
        (Kind::Par, "3x6"),
    ] {
        assert!(matches!(refused(&[(kind, text, 0.04)]), Error::UnknownWord { .. }), "{} {text}", kind.name());
    }
    for (quotes, named) in [
        (vec![(Kind::Deposit, "3M", 0.04), (Kind::Swap, "3M", 0.05)], "ends on the same day"),
        (vec![(Kind::Fra, "6x3", 0.04)], "it lasts from 2025-08-10 to 2025-05-10"),
        (vec![(Kind::Future, "F5", 96.0)], "it lasts from 2025-01-15 to 2025-04-15"),
        (vec![(Kind::Future, "2025-02-09", 96.0)], "it lasts from 2025-02-09 to 2025-05-09"),
        (vec![(Kind::Deposit, "1Y", 0.04), (Kind::Swap, "2Y", 3.0)], "no forward rate"),
    ] {
        match refused(&quotes) {
            Error::Bootstrap { why, .. } => assert!(why.contains(named), "{why}"),
            other => panic!("{other}"),
        }
    }
    assert!(matches!(refused(&[(Kind::Par, "2Y", 0.04), (Kind::Swap, "3Y", 0.04)]), Error::Curve { .. }));
    assert!(matches!(refused(&[(Kind::Zero, "2Y", 0.04), (Kind::Discount, "3Y", 0.9)]), Error::Curve { .. }));
    assert!(matches!(refused(&[(Kind::Deposit, "2Y", f64::INFINITY)]), Error::OutOfRange { .. }));
    // China's and Japan's calendars end, and so do the swaps that they know.
    let far = Quotes { conventions: MoneyMarket::JpyTona, ..Quotes::new(day(), rows(&[(Kind::Ois, "100Y", 0.01)])) };
    assert!(matches!(far.curve(), Err(Error::CalendarRange { .. })));
}
