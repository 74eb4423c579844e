//! Quotes as rows say them: spans, every kind on one curve, the market's days, and quotes read back
//! off the curve.

use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::bootstrap::tests::every_interpolation;
use crate::calibrate::curve_quotes::{QuoteKind, Quoted, Quotes};
use crate::calibrate::quote_period::QuotePeriod;
use crate::market::curve::{Curve, CurvePoint, Interpolation};
use crate::portfolio::quote_state::QuoteState;
use crate::product::money_market::{FutureAccrual, MoneyMarket, third_wednesday};
use crate::testing::floats;
use crate::testing::{Random, rounds};

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn day() -> Date {
    date("2025-02-10")
}

fn span(text: &str) -> QuotePeriod {
    QuotePeriod::parse(text, day(), MoneyMarket::Plain).unwrap()
}

fn rows(rows: &[(QuoteKind, &str, f64)]) -> Vec<Quoted> {
    rows.iter().map(|&(kind, text, rate)| Quoted::new(kind, span(text), rate)).collect()
}

/// Rates of each market's own instruments.
fn market(market: MoneyMarket) -> Vec<Quoted> {
    use QuoteKind::{Deposit, Fra, Future, Ois, Swap};
    let swap = if market.practice().future == FutureAccrual::ToImm { Ois } else { Swap };
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
        ("Z4", "2034-12-20"),
        ("Z34", "2034-12-20"),
        ("G5", "2025-02-19"),
        ("2026-12-16", "2026-12-16"),
    ] {
        assert_eq!(span(text), QuotePeriod::from(CurvePoint::Date(date(expected))), "{text}");
    }
    for month in 12..36_000 {
        let day = third_wednesday(month);
        assert!(
            day.civil().months == month
                && (15..=21).contains(&day.civil().day)
                && day.days().rem_euclid(7) == 4
        );
    }
}

/// What CME, ICE and OSE list (contract specifications): so many quarters, the running one of an
/// overnight rate included, and so many serial months. Everything else is refused, by a message
/// that names them.
#[test]
fn codes_are_those_of_listed_contracts() {
    use MoneyMarket::{ChfSaron, EurEstr, EurEuribor, GbpSonia, JpyTona, UsdSofr};
    let parse = |market, text: &str| QuotePeriod::parse(text, day(), market);
    for (market, text, expected) in [
        (UsdSofr, "Z4", "2024-12-18"),
        (UsdSofr, "Z24", "2024-12-18"),
        (UsdSofr, "H5", "2025-03-19"),
        (UsdSofr, "Z9", "2029-12-19"),
        (UsdSofr, "M4", "2034-06-21"),
        // Of serial months that of November runs until the middle of February.
        (UsdSofr, "X4", "2024-11-20"),
        (UsdSofr, "F5", "2025-01-15"),
        (UsdSofr, "N5", "2025-07-16"),
        (EurEstr, "Z0", "2030-12-18"),
        (EurEuribor, "H5", "2025-03-19"),
        (EurEuribor, "Z0", "2030-12-18"),
        (EurEuribor, "N5", "2025-07-16"),
        (GbpSonia, "U0", "2030-09-18"),
        (JpyTona, "U9", "2029-09-19"),
        (ChfSaron, "U8", "2028-09-20"),
    ] {
        assert_eq!(
            parse(market, text),
            Ok(QuotePeriod::from(CurvePoint::Date(date(expected)))),
            "{} {text}",
            market.name()
        );
    }
    for (market, texts) in [
        (UsdSofr, ["U4", "Z34", "U24", "H99", "Q5", "V4"]),
        // A deposit of three months from December has been fixed, and the next of its letter is
        // beyond the list.
        (EurEuribor, ["Z4", "Z24", "H1", "F5", "Q5", "X5"]),
        (GbpSonia, ["Z0", "U4", "F5", "G5", "J5", "Z24:"]),
        (ChfSaron, ["Z8", "H9", "F5", "G5", "J5", "M9"]),
    ] {
        for text in texts {
            assert!(
                matches!(parse(market, text), Err(Error::UnknownWord { .. })),
                "{} {text}",
                market.name()
            );
        }
    }
    let Err(Error::UnknownWord { what, text, known }) = parse(UsdSofr, "U4") else {
        panic!("U4 is not listed")
    };
    assert_eq!((what, text.as_str()), ("future", "U4"));
    assert_eq!(
        known,
        "listed on 2025-02-10 under usd_sofr: every quarter from Z24 to M34, and X24 F25 G25 J25 \
            K25 N25"
    );
    // At the ends of time too.
    for as_of in [Date::MIN, Date::MAX] {
        let _ = QuotePeriod::parse("Z4", as_of, UsdSofr);
    }
}

/// A contract that runs: its growth is what has fixed and what the curve adds; without a fixing,
/// the rate quoted for both.
#[test]
fn a_running_future() {
    let growth = |text: &str| {
        let conventions = MoneyMarket::UsdSofr;
        let quotes = vec![Quoted::new(
            QuoteKind::Future,
            QuotePeriod::parse(text, day(), conventions).unwrap(),
            95.7,
        )];
        let curve = Quotes { conventions, ..Quotes::new(day(), quotes.clone()) }.curve().unwrap();
        let read = curve.quote(QuoteKind::Future, quotes[0].span, conventions, None).unwrap();
        assert!((read - 95.7).abs() < 1e-11, "{text}: {read}");
        let mut state = QuoteState(Vec::new());
        state.add(day(), quotes[0], Interpolation::FlatForward, conventions).unwrap();
        assert_eq!(state.quotes().unwrap().unwrap().curve().unwrap(), curve);
        1.0 / curve.discount_at(CurvePoint::Date(date("2025-03-19"))).unwrap()
    };
    // 18 December to 10 February are 54 days, to 19 March 91.
    let expected = |fixed: f64| (1.0 + 0.043 * 91.0 / 360.0) / (1.0 + fixed * 54.0 / 360.0);
    assert!((growth("Z4") - expected(0.043)).abs() < 1e-14);
    assert!((growth("Z24:4.43%") - expected(0.0443)).abs() < 1e-14);
    assert!((growth("2024-12-18:4.43%") - expected(0.0443)).abs() < 1e-14);
    assert_eq!(
        QuotePeriod::parse("Z4:4.43%", day(), MoneyMarket::UsdSofr).unwrap().to_string(),
        "2024-12-18:4.43%"
    );
}

#[test]
fn spans() {
    let both = |text: &str| span(text).both().unwrap();
    assert_eq!(both("3Mx6M"), both("3X6"));
    assert_eq!(both(" 1Y x 15M "), both("12x15"));
    assert_eq!(
        span("2026-12-16x2027-03-17").dates().unwrap(),
        (date("2026-12-16"), Some(date("2027-03-17")))
    );
    assert_eq!(span("3x6").to_string(), "3Mx6M");
    for text in [
        "",
        "x",
        "3x",
        "3x6x9",
        "3",
        "Z",
        "Z266",
        "A6",
        "É6",
        "Z-6",
        "10.5",
        "3Mx",
        "Mx6M",
        "99999999999x3",
        "Z6:",
        ":4%",
        "Z6:4.33",
        "Z6:x",
    ] {
        assert!(
            matches!(
                QuotePeriod::parse(text, day(), MoneyMarket::Plain),
                Err(Error::UnknownWord { .. })
            ),
            "{text}"
        );
    }
    let mut random = Random::new(3);
    for _ in 0..20_000 {
        let text: String = (0..random.below(9))
            .map(|_| {
                random.pick(&['x', 'X', '3', '9', 'M', 'Y', 'Z', ' ', '-', '0', 'é', 'D', ':', '%'])
            })
            .collect();
        let _ = QuotePeriod::parse(&text, day(), MoneyMarket::UsdSofr);
    }
}

/// Every quote comes off its curve as it went in, and no bit hangs on the order.
#[test]
fn quotes_come_back() {
    let mut random = Random::new(11);
    for (conventions, interpolation) in markets()
        .flat_map(|market| every_interpolation().map(move |interpolation| (market, interpolation)))
    {
        let mut quotes = market(conventions);
        let build = |quotes: &[Quoted]| {
            Quotes { conventions, interpolation, ..Quotes::new(day(), quotes.to_vec()) }
                .curve()
                .unwrap()
        };
        let curve = build(&quotes);
        for &Quoted { kind, span, rate } in &quotes {
            let read = curve.quote(kind, span, conventions, None).unwrap();
            assert!(
                (read - rate).abs() < 1e-12 * rate.max(1.0),
                "{} {interpolation:?} {} {span}: {read}",
                conventions.name(),
                kind.name()
            );
        }
        quotes.sort_by_key(|_| random.bits());
        assert_eq!(build(&quotes), curve);
        // The aggregate's state says the same, whole or in parts.
        let mut parts = [QuoteState(Vec::new()), QuoteState(Vec::new())];
        for (i, &quoted) in quotes.iter().enumerate() {
            parts[i % 2].add(day(), quoted, interpolation, conventions).unwrap();
        }
        let [mut whole, other] = parts;
        whole.merge(&other.0).unwrap();
        assert_eq!(whole.quotes().unwrap().unwrap().curve().unwrap(), curve);
    }
    // Of the kinds that stand alone.
    let alone = |kind: QuoteKind, quotes: &[(&str, f64)]| {
        let quotes: Vec<_> =
            quotes.iter().map(|&(text, rate)| Quoted::new(kind, span(text), rate)).collect();
        let curve = Quotes::new(day(), quotes.clone()).curve().unwrap();
        for Quoted { kind, span, rate } in quotes {
            let read = curve.quote(kind, span, MoneyMarket::Plain, None).unwrap();
            assert!((read / rate - 1.0).abs() < 1e-13, "{} {span}: {read}", kind.name());
        }
    };
    alone(QuoteKind::Zero, &[("3M", 0.04), ("10Y", 0.045)]);
    alone(QuoteKind::Discount, &[("3M", 0.99), ("10Y", 0.65)]);
    alone(
        QuoteKind::Par,
        &[
            ("1M", 0.0431),
            ("4M", 0.043),
            ("6M", 0.0428),
            ("9M", 0.042),
            ("2Y", 0.039),
            ("15Y", 0.0436),
        ],
    );
}

/// Payments discounted on another curve: the quotes come back on the pair, and not on the one
/// alone.
#[test]
fn two_curves() {
    let discount = Quotes {
        conventions: MoneyMarket::EurEstr,
        ..Quotes::new(day(), market(MoneyMarket::EurEstr))
    }
    .curve()
    .unwrap();
    for interpolation in every_interpolation() {
        let conventions = MoneyMarket::EurEuribor;
        let mut quotes = market(conventions);
        quotes.iter_mut().for_each(|quoted| {
            quoted.rate += if quoted.kind == QuoteKind::Future { -0.3 } else { 0.003 }
        });
        let draft = Quotes {
            conventions,
            interpolation,
            discount: Some(discount.clone()),
            ..Quotes::new(day(), quotes.clone())
        };
        let curve = draft.clone().curve().unwrap();
        for Quoted { kind, span, rate } in quotes {
            let read = curve.quote(kind, span, conventions, Some(&discount)).unwrap();
            assert!(
                (read - rate).abs() < 1e-12 * rate.max(1.0),
                "{interpolation:?} {} {span}: {read}",
                kind.name()
            );
        }
        let alone = Quotes { discount: None, ..draft.clone() }.curve().unwrap();
        let apart = |kind: QuoteKind, text: &str| {
            let read = |curve: &Curve| curve.quote(kind, span(text), conventions, None).unwrap();
            (read(&curve) - read(&alone)).abs()
        };
        assert!(apart(QuoteKind::Swap, "30Y") > 1e-6 && apart(QuoteKind::Deposit, "3M") < 1e-14);
        // A discount curve of other quotes, or of another day, is a mistake.
        let zero = vec![Quoted::new(QuoteKind::Zero, span("1Y"), 0.04)];
        assert!(matches!(
            Quotes { quotes: zero, ..draft.clone() }.curve(),
            Err(Error::Curve { .. })
        ));
        assert!(matches!(
            Quotes { as_of: date("2025-02-11"), ..draft }.curve(),
            Err(Error::Curve { .. })
        ));
    }
}

/// The days that markets' own calendars give: TARGET closes over Easter, and January ends on a
/// Saturday.
#[test]
fn days_of_the_market() {
    let nodes = |conventions: MoneyMarket, as_of: &str, kind: QuoteKind, text: &str| -> Date {
        let as_of = date(as_of);
        let quotes = vec![Quoted::new(
            kind,
            QuotePeriod::parse(text, as_of, conventions).unwrap(),
            if kind == QuoteKind::Future { 96.0 } else { 0.03 },
        )];
        let curve = Quotes { conventions, ..Quotes::new(as_of, quotes) }.curve().unwrap();
        Date::from_days(as_of.days() + (curve.nodes[0].time * 365.0).round() as i32).unwrap()
    };
    for (conventions, as_of, kind, text, end) in [
        // Overnight from Thursday before Easter to Tuesday after it, tomorrow-next from there on.
        (MoneyMarket::EurEstr, "2025-04-17", QuoteKind::Deposit, "ON", "2025-04-22"),
        (MoneyMarket::EurEstr, "2025-04-17", QuoteKind::Deposit, "TN", "2025-04-23"),
        // Spot on 23 April.
        (MoneyMarket::EurEuribor, "2025-04-17", QuoteKind::Deposit, "1W", "2025-04-30"),
        (MoneyMarket::EurEuribor, "2025-04-17", QuoteKind::Deposit, "3M", "2025-07-23"),
        // Overnight on the last business day of January 2026 ends in February; a month from the end
        // of one ends with another.
        (MoneyMarket::UsdSofr, "2026-01-30", QuoteKind::Deposit, "ON", "2026-02-02"),
        (MoneyMarket::EurEuribor, "2026-01-28", QuoteKind::Deposit, "1M", "2026-02-27"),
        // A deposit at a term rate from the IMM day, and a quarter of overnight rates to the next
        // one.
        (MoneyMarket::EurEuribor, "2025-02-10", QuoteKind::Future, "M5", "2025-09-18"),
        (MoneyMarket::UsdSofr, "2025-02-10", QuoteKind::Future, "M5", "2025-09-17"),
        (
            MoneyMarket::UsdSofr,
            "2025-02-10",
            QuoteKind::Future,
            "2025-06-18x2025-09-19",
            "2025-09-19",
        ),
        // Paid two business days after the end, on the far side of a weekend.
        (MoneyMarket::UsdSofr, "2025-02-10", QuoteKind::Ois, "1Y", "2026-02-17"),
        (MoneyMarket::GbpSonia, "2025-02-10", QuoteKind::Ois, "1Y", "2026-02-10"),
        // From spot on Wednesday 12 February 2025; 12 February 2026 is a Thursday.
        (MoneyMarket::EurEstr, "2025-02-10", QuoteKind::Ois, "1Y", "2026-02-13"),
        (MoneyMarket::Plain, "2025-02-10", QuoteKind::Deposit, "ON", "2025-02-11"),
        (MoneyMarket::Plain, "2025-02-08", QuoteKind::Swap, "3M", "2025-05-08"),
    ] {
        assert_eq!(
            nodes(conventions, as_of, kind, text),
            date(end),
            "{} {as_of} {} {text}",
            conventions.name(),
            kind.name()
        );
    }
}

#[test]
fn quotes_that_say_too_little_or_too_much() {
    let refused =
        |quotes: &[(QuoteKind, &str, f64)]| Quotes::new(day(), rows(quotes)).curve().unwrap_err();
    for (kind, text) in [
        (QuoteKind::Fra, "3M"),
        (QuoteKind::Future, "3M"),
        (QuoteKind::Future, "3x6"),
        (QuoteKind::Deposit, "3x6"),
        (QuoteKind::Swap, "1Yx2Y"),
        (QuoteKind::Zero, "3x6"),
        (QuoteKind::Par, "3x6"),
        (QuoteKind::Swap, "2Y:4%"),
        (QuoteKind::Fra, "3x6:4%"),
    ] {
        assert!(
            matches!(refused(&[(kind, text, 0.04)]), Error::UnknownWord { .. }),
            "{} {text}",
            kind.name()
        );
    }
    for (quotes, named) in [
        (
            vec![(QuoteKind::Deposit, "3M", 0.04), (QuoteKind::Swap, "3M", 0.05)],
            "ends on the same day",
        ),
        (vec![(QuoteKind::Fra, "6x3", 0.04)], "it lasts from 2025-08-10 to 2025-05-10"),
        (vec![(QuoteKind::Future, "2025-01-15", 96.0)], "it lasts from 2025-01-15 to 2025-04-15"),
        (
            vec![(QuoteKind::Future, "M5:4.3%", 96.0)],
            "nothing of it has fixed on 2025-02-10: it lasts from 2025-06-18 to 2025-09-18",
        ),
        (vec![(QuoteKind::Future, "2025-02-09", 96.0)], "it lasts from 2025-02-09 to 2025-05-09"),
        (vec![(QuoteKind::Deposit, "1Y", 0.04), (QuoteKind::Swap, "2Y", 3.0)], "no forward rate"),
    ] {
        match refused(&quotes) {
            Error::Bootstrap { why, .. } => assert!(why.contains(named), "{why}"),
            other => panic!("{other}"),
        }
    }
    assert!(matches!(
        refused(&[(QuoteKind::Par, "2Y", 0.04), (QuoteKind::Swap, "3Y", 0.04)]),
        Error::Curve { .. }
    ));
    assert!(matches!(
        refused(&[(QuoteKind::Zero, "2Y", 0.04), (QuoteKind::Discount, "3Y", 0.9)]),
        Error::Curve { .. }
    ));
    assert!(matches!(
        refused(&[(QuoteKind::Deposit, "2Y", f64::INFINITY)]),
        Error::OutOfRange { .. }
    ));
    // China's and Japan's calendars end, and so do the swaps that they know.
    let far = Quotes {
        conventions: MoneyMarket::JpyTona,
        ..Quotes::new(day(), rows(&[(QuoteKind::Ois, "100Y", 0.01)]))
    };
    assert!(matches!(far.curve(), Err(Error::CalendarRange { .. })));
}

/// States of a few quotes with some floats replaced: refused, or quotes whose curve is finite or an
/// error.
#[test]
fn made_up_quotes_are_refused_or_sound() {
    let mut random = Random::new(127);
    let (mut sound, mut refused) = (0, 0);
    for round in 0..rounds(6_000) {
        let mut state = QuoteState(Vec::new());
        let market = random.pick(&[MoneyMarket::Plain, MoneyMarket::UsdSofr]);
        let quotes = if round % 2 == 0 {
            vec![
                Quoted::new(QuoteKind::Zero, span("1Y"), 0.04),
                Quoted::new(QuoteKind::Zero, span("10Y"), 0.045),
            ]
        } else {
            rows(&[
                (QuoteKind::Deposit, "3M", 0.0436),
                (QuoteKind::Swap, "2Y", 0.0409),
                (QuoteKind::Swap, "5Y", 0.0412),
            ])
        };
        for quoted in quotes {
            state.add(day(), quoted, Interpolation::FlatForward, market).unwrap();
        }
        for _ in 0..random.below(3) {
            let place = random.below(state.0.len() as i32) as usize;
            state.0[place] = if random.below(2) == 0 {
                floats::any(&mut random, 0)
            } else {
                floats::likely(&mut random, 0)
            };
        }
        let mut both = state.clone();
        let _ = both.merge(&state.0);
        match state.quotes() {
            Err(error) => {
                refused += 1;
                assert!(matches!(error, Error::State { .. }), "{error:?}");
            }
            Ok(None) => {}
            Ok(Some(quotes)) => {
                sound += 1;
                if let Ok(curve) = quotes.curve() {
                    assert!(
                        curve
                            .nodes
                            .iter()
                            .all(|node| node.zero.is_finite() && node.time.is_finite()),
                        "{curve}"
                    );
                }
            }
        }
    }
    assert!(sound > 500 && refused > 500, "{sound} {refused}");
}
