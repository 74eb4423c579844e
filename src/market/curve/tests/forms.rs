//! The forms of a curve: what is read is what was written.

use super::{INTERPOLATIONS, Random, curve_of, day, random_nodes, sample};
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::tenor::Tenor;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::curve_quotes::{QuoteKind, Quoted, Quotes};
use crate::market::curve::{
    Curve, CurveDefinition, CurvePoint, Decay, Extrapolation, Node, Parameters,
};
use serde_json::json;

fn round_trips(curve: &Curve) {
    let text = curve.to_string();
    assert_eq!(text.parse::<Curve>().as_ref(), Ok(curve), "{text}");
    assert_eq!(Curve::from_json(curve.to_json()).as_ref(), Ok(curve), "{}", curve.to_json());
    assert_eq!(Curve::from_bytes(&curve.to_bytes()).as_ref(), Ok(curve));
    assert_eq!(text.parse::<Curve>().unwrap().to_bytes(), curve.to_bytes());
}

#[test]
fn every_form_round_trips() {
    let mut random = Random::new(3);
    for n in 0..300 {
        let nodes = random_nodes(&mut random);
        let curve = curve_of(INTERPOLATIONS[n % 6], nodes).into_definition();
        let as_of = Date::from_days(random.below(20_000)).unwrap();
        let day_counts = DayCount::WORDS.iter().map(|word| word.value);
        let refused = |count: &DayCount| {
            matches!(count, DayCount::ActActIcma | DayCount::Bus252 | DayCount::One)
        };
        let day_count =
            random.pick(&day_counts.filter(|count| !refused(count)).collect::<Vec<_>>());
        let curve = CurveDefinition {
            as_of,
            day_count,
            extrapolation: random.pick(&[
                Extrapolation::FlatZero,
                Extrapolation::FlatForward,
                Extrapolation::None,
            ]),
            name: random.pick(&[None, Some("Treasury par"), Some("é %:")]).map(str::to_owned),
            currency: random.pick(&[None, Some("USD")]).map(|code| code.parse().unwrap()),
            ..curve
        };
        round_trips(&Curve::new(curve.clone()).unwrap());
        // Nodes on days, which are written as tenors and dates.
        let days = |i: usize| {
            CurvePoint::Date(
                Date::from_days(as_of.days() + 30 * (i as i32 + 1) * (i as i32 + 1)).unwrap(),
            )
        };
        let quotes = (0..8)
            .map(|i| Quoted::new(QuoteKind::Zero, days(i), random.between(0.01, 0.05)))
            .collect();
        let dated = Quotes { day_count, ..Quotes::new(as_of, quotes) }.curve().unwrap();
        round_trips(&dated);
        let mut beta = || random.between(-0.1, 0.1);
        let first = Decay { slope: beta(), curvature: beta(), tau: 1.0 + beta() };
        let second = (n % 3 > 0).then(|| Decay {
            slope: if n % 3 == 1 { 0.0 } else { beta() },
            curvature: beta(),
            tau: 5.0 + beta(),
        });
        let parameters = Parameters { level: beta(), first, second };
        round_trips(
            &Curve::new(CurveDefinition { parameters: Some(parameters), ..curve.clone() }).unwrap(),
        );
        round_trips(&Curve::new(CurveDefinition::parametric(as_of, parameters)).unwrap());
    }
}

/// Written as a desk would: tenors where the times are those of tenors, years where they are round.
#[test]
fn text_as_it_is_written() {
    for text in [
        "2026-03-24 flat_forward 1M:4.4% 3M:4.31% 1Y:4.02% 18M:3.95% 10Y:4.36%",
        "2026-03-24 linear_zero 0.25:4.31% 0.5:4.2% 1:4% 2:3.9% 30:4.8%",
        "2026-03-24 name \"US Treasury, par\" currency USD ACT/ACT ISDA extrapolation none \
            monotone_convex 1D:4.4% 2W:4.31% 2026-09-30:4.02% 2Y:4%",
        "2026-03-24 beta0 4.5% beta1 -1% beta2 2% tau1 1.5",
        "2026-03-24 beta0 4.5% beta1 -1% beta2 2% beta3 -3% tau1 1.5 tau2 9",
        "2026-03-24 beta0 4.5% beta1 -1% beta2 2% tau1 1.5 5Y:0% 7Y:0.1% 10Y:0%",
        "2026-03-24 30/360 flat_forward 1M:-0.5% 10Y:4.36%",
    ] {
        let curve: Curve = text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"));
        assert_eq!(curve.to_string(), text);
        round_trips(&curve);
    }
    let same =
        "2026-03-24 10Y:4.36% 2027-03-24:4.02% loglinear 2026-06-24:4.31% EXTRAPOLATION flat"
            .to_lowercase();
    assert_eq!(
        same.parse::<Curve>().unwrap().to_string(),
        "2026-03-24 flat_forward 3M:4.31% 1Y:4.02% 10Y:4.36%"
    );
}

/// Version 1 for ever.
#[test]
fn golden_bytes() {
    let hex = |curve: &str| {
        curve
            .parse::<Curve>()
            .unwrap()
            .to_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    assert_eq!(
        hex("2026-03-24 1:4% 2:5%"),
        "010101056b2500000200000000000000f03f7b14ae47e17aa43f00000000000000409a9999999999a93f"
    );
    assert_eq!(
        hex(
            "2026-03-24 name \"A\" currency USD ACT/360 extrapolation none beta0 4% beta1 0% beta2 \
                0% beta3 1% tau1 1 tau2 2"
        ),
        concat!(
            "010203046b250000",
            "0000",
            "01010041",
            "020300555344",
            "033800",
            "7b14ae47e17aa43f",
            "00000000000000000000000000000000000000000000f03f",
            "00000000000000007b14ae47e17a843f0000000000000040",
        )
    );
}

#[test]
fn bytes_that_are_refused() {
    let good = sample().to_bytes();
    let refused = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.clone();
        change(&mut bytes);
        Curve::from_bytes(&bytes).expect_err("refused").to_string()
    };
    assert!(refused(&|bytes| bytes[0] = 2).contains("version 2 is unknown"));
    assert!(refused(&|bytes| bytes[1] = 7).contains("unknown interpolation code 7"));
    assert!(refused(&|bytes| bytes[2] = 0).contains("unknown extrapolation code 0"));
    assert!(refused(&|bytes| bytes[3] = 99).contains("unknown day count code 99"));
    let section = |section: &'static [u8]| refused(&|bytes| bytes.extend_from_slice(section));
    assert!(section(&[4, 0, 0]).contains("section 4 is unknown to this release"));
    assert!(section(&[0, 0, 0]).contains("section 0 is unknown to this release"));
    assert!(section(&[2, 4, 0, 85, 83, 68, 0]).contains("1 bytes too many"));
    assert!(section(&[2, 2, 0, 85, 83]).contains("ends too early"));
    assert!(section(&[2, 3, 0, 85, 83]).contains("ends too early"));
    assert!(section(&[2, 3, 0, 85, 83, 68, 1, 1, 0, 65]).contains("out of order"));
    assert!(section(&[1, 1, 0, 65, 1, 1, 0, 65]).contains("out of order"));
    assert!(section(&[1, 1, 0, 0xff]).contains("UTF-8"));
    assert!(section(&[0]).contains("ends too early"));
    assert!(
        refused(&|bytes| bytes[10..18].copy_from_slice(&f64::NAN.to_le_bytes()))
            .contains("order of time")
    );
    for length in 0..good.len() {
        assert!(Curve::from_bytes(&good[..length]).is_err());
    }
    // −0 is 0, so its bytes are not canonical.
    let mut bytes = "2026-03-24 1:0%".parse::<Curve>().unwrap().to_bytes();
    *bytes.last_mut().unwrap() = 0x80;
    assert!(Curve::from_bytes(&bytes).is_err());
}

#[test]
fn what_is_refused() {
    for (text, why) in [
        ("", "begins with its date"),
        ("2026-03-24", "it has no nodes"),
        ("24.3.2026 1Y:4%", "not a date"),
        ("2026-03-24 1Y:4", "not a rate such as"),
        ("2026-03-24 1Y:4% 1Y:4%", "order of time"),
        ("2026-03-24 1Y:4% 2027-03-24:4%", "order of time"),
        ("2026-03-24 2026-03-24:4%", "it has no nodes"),
        ("2026-03-24 -1:4%", "order of time"),
        ("2026-03-24 1Q:4%", "is no tenor"),
        ("2026-03-24 1Y:4% USD", "no interpolation"),
        ("2026-03-24 1Y:4% currency dollars", "is no currency"),
        ("2026-03-24 1Y:4% name Treasury", "double quotes"),
        ("2026-03-24 1Y:4% linear_zero linear_zero", "a second time"),
        ("2026-03-24 1Y:4% ACT/ACT ICMA", "does not go with"),
        ("2026-03-24 log_linear_zero 1Y:-0.1%", "zero rate out of range"),
        ("2026-03-24 1Y:20000%", "zero rate out of range"),
        ("2026-03-24 beta0 4% beta1 1%", "without beta0"),
        ("2026-03-24 beta0 4% beta1 1% beta2 0% beta3 1% tau1 1", "without both"),
        ("2026-03-24 beta0 4% beta1 1% beta2 0% tau1 0", "tau out of range"),
        ("2026-03-24 beta5 4%", "no interpolation"),
        ("2026-03-24 beta0", "nothing follows"),
        ("2026-03-24 1001Y:4%", "is no tenor"),
    ] {
        let error = format!(
            "{:?} {}",
            text.parse::<Curve>(),
            text.parse::<Curve>().map_or_else(|error| error.to_string(), |_| String::new())
        );
        assert!(error.contains(why), "{text}: {error}");
    }
    let many = |count: usize| {
        format!(
            "2026-03-24{}",
            (1..=count).map(|i| format!(" {}:4%", i as f64 / 100.0)).collect::<String>()
        )
    };
    assert!(many(1_000).parse::<Curve>().is_ok());
    let tiny = (1..=1_000)
        .map(|i| Node { time: f64::from(i) * 1e-310, zero: f64::from(i) * 1e-310 })
        .collect();
    round_trips(&Curve::new(CurveDefinition::new(day(), tiny)).unwrap());
    assert!(many(1_001).parse::<Curve>().unwrap_err().to_string().contains("too many nodes"));
    for object in [
        json!({"as_of": "2026-03-24"}),
        json!({"as_of": "2026-03-24", "years": [1], "rates": [0.04, 0.05]}),
        json!({"as_of": "2026-03-24", "years": [1], "tenors": ["1Y"], "rates": [0.04]}),
        json!({"as_of": "2026-03-24", "years": [1], "rates": [0.04], "colour": "red"}),
        json!({"as_of": "tomorrow", "years": [1], "rates": [0.04]}),
        json!({"years": [1], "rates": [0.04]}),
    ] {
        assert!(Curve::from_json(object.clone()).is_err(), "{object}");
    }
    let tenors = json!({"as_of": "2026-03-24", "tenors": ["1Y", "6M"], "rates": [0.95, 0.98], "kind": "discount"});
    assert_eq!(Curve::from_json(tenors).unwrap().nodes.len(), 2);
}

#[test]
fn quotes_that_are_refused() {
    let tenor = |text: &str| CurvePoint::Tenor(text.parse().unwrap());
    let zero = |at: CurvePoint, rate: f64| Quoted::new(QuoteKind::Zero, at, rate);
    for quotes in [
        vec![],
        vec![zero(tenor("1Y"), 0.04), zero(tenor("12M"), 0.04)],
        vec![zero(CurvePoint::Years(0.0), 0.04)],
        vec![zero(tenor("1Y"), f64::NAN)],
        vec![zero(tenor("1Y"), 0.04), Quoted::new(QuoteKind::Swap, tenor("2Y"), 0.04)],
        vec![Quoted::new(QuoteKind::Discount, tenor("1Y"), 0.0)],
    ] {
        assert!(Quotes::new(day(), quotes).curve().is_err());
    }
}

#[test]
fn tenors() {
    let end = |from: &str, tenor: &str| {
        tenor.parse::<Tenor>().unwrap().after(Date::parse(from).unwrap()).unwrap().to_string()
    };
    for (from, tenor, to) in [
        ("2026-03-24", "ON", "2026-03-25"),
        ("2026-03-24", "2W", "2026-04-07"),
        ("2026-01-31", "1M", "2026-02-28"),
        ("2026-02-28", "1M", "2026-03-28"),
        ("2024-02-29", "1Y", "2025-02-28"),
        ("2026-03-24", "1Y6M", "2027-09-24"),
        ("2026-03-24", "1y2m1w3d", "2027-06-03"),
    ] {
        assert_eq!(end(from, tenor), to, "{from} {tenor}");
    }
    for (text, written) in [
        ("12M", "1Y"),
        ("1Y6M", "18M"),
        ("14D", "2W"),
        ("O/N", "1D"),
        ("1M3D", "1M3D"),
        (" 3m ", "3M"),
    ] {
        let tenor: Tenor = text.parse().unwrap();
        assert_eq!(tenor.to_string(), written);
        assert_eq!(written.parse(), Ok(tenor));
    }
    for text in
        ["", "Y", "10", "0D", "1.5Y", "-1Y", "6M1Y", "1Y1Y", "1001Y", "99999999999Y", "1Y ", "é"]
    {
        assert_eq!(text.parse::<Tenor>().is_ok(), text == "1Y ", "{text}");
    }
    assert!("1000Y".parse::<Tenor>().unwrap().after(Date::MAX).is_err());
}

#[test]
fn nodes_add_to_parameters() {
    let parameters = Parameters::nelson_siegel(0.045, -0.01, 0.02, 1.5);
    let nodes = vec![Node { time: 5.0, zero: 0.001 }, Node { time: 10.0, zero: 0.002 }];
    let curve =
        Curve::new(CurveDefinition { nodes, ..CurveDefinition::parametric(day(), parameters) })
            .unwrap();
    assert_eq!(curve.zero(7.5), Ok(parameters.zero(7.5) + 0.0015));
}
