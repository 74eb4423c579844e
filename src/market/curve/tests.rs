//! Curves: published term structures, each interpolation by a second route, and the laws of what is
//! made from curves.

mod forms;
mod shapes;

use crate::basics::date::Date;
use crate::basics::frequency::Frequency;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::calibrate::curve_quotes::{QuoteKind, Quoted, Quotes};
use crate::market::curve::{
    Curve, CurveDefinition, CurvePoint, Extrapolation, Interpolation, Node, Parameters,
};
use crate::product::compounding::Basis;
use crate::testing::Random;
use crate::testing::reference::{Check, Row, Verdict, assert_close, assert_printed, rows};

pub const FILES: &[(&str, usize, Check)] = &[
    ("curves/gsw_svensson_20_days.csv", 20, federal_reserve),
    ("curves/ecb_svensson_2024-08-02.csv", 2, ecb_parameters),
    (ECB_RATES, 33, ecb_discount_factors),
];

const ECB_RATES: &str = "curves/ecb_spot_forward_discount_2024-08-02.csv";

/// Made as SQL makes it.
fn svensson(row: &Row, names: [&str; 6]) -> Curve {
    let [beta0, beta1, beta2, beta3, tau1, tau2] = names.map(|name| row.number(name));
    let betas = [beta0, beta1, beta2, beta3].map(|beta| beta / 100.0);
    Curve::new(CurveDefinition::parametric(
        row.date("date"),
        Parameters::svensson(betas, tau1, tau2),
    ))
    .unwrap()
}

/// R. Gürkaynak, B. Sack and J. Wright, "The U.S. Treasury Yield Curve: 1961 to the Present",
/// Federal Reserve Board: zero yields in percent, continuously compounded, for whole years.
fn federal_reserve(row: &Row) -> Verdict {
    let curve = svensson(row, ["BETA0", "BETA1", "BETA2", "BETA3", "TAU1", "TAU2"]);
    for years in 1..=30 {
        let name = format!("SVENY{years:02}");
        if let Some(expected) = row.given(&name) {
            assert_printed(&name, 100.0 * curve.zero(f64::from(years)).unwrap(), expected);
        }
    }
    Verdict::Matched
}

/// European Central Bank, euro area yield curves: spot and instantaneous forward rates in percent,
/// continuously compounded. The parameters were recovered from them, to the residual that stands
/// beside them.
fn ecb_parameters(row: &Row) -> Verdict {
    let curve = svensson(row, ["beta0", "beta1", "beta2", "beta3", "tau1", "tau2"]);
    let zero = |years: f64| curve.zero(years).unwrap();
    let residual = 1.01 * row.number("max_abs_residual_pct");
    for published in rows(ECB_RATES) {
        let (years, issuers) = (published.number("Years"), row.text("curve"));
        let spot = 100.0 * zero(years);
        let (before, after) = (years - 1e-3, years + 1e-3);
        let forward = 100.0 * (zero(after) * after - zero(before) * before) / (after - before);
        assert!(
            (spot - published.number(&format!("Spot ({issuers})"))).abs() <= residual,
            "spot {spot} at {years}"
        );
        assert!(
            (forward - published.number(&format!("Forward ({issuers})"))).abs() <= residual + 1e-6,
            "forward {forward} at {years}"
        );
    }
    Verdict::Matched
}

fn ecb_discount_factors(row: &Row) -> Verdict {
    let as_of = Date::from_ymd(2024, 8, 2).unwrap();
    for issuers in ["AAA", "All"] {
        let factor = row.number(&format!("Discount ({issuers})"));
        let quotes =
            vec![Quoted::new(QuoteKind::Discount, CurvePoint::Years(row.number("Years")), factor)];
        let curve = Quotes::new(as_of, quotes).curve().unwrap();
        assert_close(
            issuers,
            100.0 * curve.nodes[0].zero,
            row.number(&format!("Spot ({issuers})")),
            1e-12,
        );
    }
    Verdict::Matched
}

pub const INTERPOLATIONS: [Interpolation; 6] = [
    Interpolation::FlatForward,
    Interpolation::LinearZero,
    Interpolation::LogLinearZero,
    Interpolation::NaturalCubic,
    Interpolation::ClampedCubic,
    Interpolation::MonotoneConvex,
];

fn day() -> Date {
    Date::from_ymd(2026, 3, 24).unwrap()
}

fn at(text: &str) -> CurvePoint {
    text.parse().unwrap()
}

fn random_nodes(random: &mut Random) -> Vec<Node> {
    let mut time = 0.0;
    let mut node = |_| {
        time += random.between(0.05, 4.0);
        Node { time, zero: random.between(0.001, 0.09) }
    };
    (0..12).map(&mut node).collect()
}

fn curve_of(interpolation: Interpolation, nodes: Vec<Node>) -> Curve {
    Curve::new(CurveDefinition { interpolation, ..CurveDefinition::new(day(), nodes) }).unwrap()
}

fn sample() -> Curve {
    "2026-03-24 1M:4.4% 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%"
        .parse()
        .unwrap()
}

#[test]
fn a_flat_curve_in_every_compounding() {
    let curve = curve_of(Interpolation::FlatForward, vec![Node { time: 1.0, zero: 0.05 }]);
    let periodic = |per_year: f64| per_year * (0.05 / per_year).exp_m1();
    for (compounding, expected) in [
        ("continuous", 0.05),
        ("annual", periodic(1.0)),
        ("semiannual", periodic(2.0)),
        ("12", periodic(12.0)),
        ("simple", (0.05f64 * 7.0).exp_m1() / 7.0),
    ] {
        let basis = Basis::parse(compounding).unwrap();
        assert_close(
            compounding,
            curve.zero_at(CurvePoint::Years(7.0), basis).unwrap(),
            expected,
            1e-14,
        );
        assert_close(
            compounding,
            curve.forward(CurvePoint::Years(3.0), CurvePoint::Years(10.0), basis).unwrap(),
            expected,
            1e-13,
        );
        // Read back, the same rate gives the same node.
        let quotes = Quotes {
            compounding: basis,
            ..Quotes::new(
                day(),
                vec![Quoted::new(QuoteKind::Zero, CurvePoint::Years(7.0), expected)],
            )
        };
        assert_close(compounding, quotes.curve().unwrap().nodes[0].zero, 0.05, 1e-14);
    }
    // On a flat curve every par bond with whole periods has the same yield.
    for years in [0.5, 1.0, 7.5, 30.0] {
        let par = curve.par(CurvePoint::Years(years), Frequency::Semiannual).unwrap();
        assert_close("par", par, periodic(2.0), 1e-13);
    }
    assert_close(
        "bill",
        curve.par(CurvePoint::Years(0.4), Frequency::None).unwrap(),
        0.02f64.exp_m1() / 0.4,
        1e-13,
    );
    assert_eq!(
        curve
            .zero_at(CurvePoint::Years(0.0), Basis::Simple { year: 365.0 })
            .map(|rate| (rate * 1e9).round()),
        Ok(0.05 * 1e9)
    );
}

/// The par bond's own flows, by dates, are worth 100.
#[test]
fn a_par_bond_is_worth_par() {
    let curve = sample();
    let par = curve.par(at("10Y"), Frequency::Semiannual).unwrap();
    let flow = |month: u16| {
        curve
            .discount_at(CurvePoint::Date(Tenor { months: month, days: 0 }.after(day()).unwrap()))
            .unwrap()
    };
    let worth: f64 = (1..=20).map(|period| 100.0 * par / 2.0 * flow(6 * period)).sum::<f64>()
        + 100.0 * flow(120);
    assert_close("par", worth, 100.0, 1e-14);
    // From a month end too, whole periods are whole.
    let flat: Curve = "2026-03-31 1Y:5%".parse().unwrap();
    let coupon = flat.par(at("6M"), Frequency::Semiannual).unwrap() / 2.0;
    assert_close(
        "month end",
        (1.0 + coupon) * flat.discount_at(at("2026-09-30")).unwrap(),
        1.0,
        1e-14,
    );
    // A first coupon for a part of its period, 2026-03-24 to 2026-06-24 of 92 of 182 days.
    let short = curve.par(at("9M"), Frequency::Semiannual).unwrap();
    let share = 92.0 / 182.0 * 0.5 * short * flow(3);
    let first = (day().days() - Date::from_ymd(2025, 12, 24).unwrap().days()) as f64;
    assert_eq!(first, 90.0);
    assert_close("stub", share + (1.0 + short / 2.0) * flow(9), 1.0, 1e-14);
}

#[test]
fn moves() {
    let curve = sample();
    for (moved, bp) in [
        (curve.clone().shifted(25.0).unwrap(), 25.0),
        (curve.clone().shifted(-25.0).unwrap(), -25.0),
    ] {
        for years in [0.0, 0.1, 3.3, 10.0, 50.0] {
            assert!(
                (moved.zero(years).unwrap() - curve.zero(years).unwrap() - bp * 1e-4).abs() < 1e-15
            );
            assert_eq!(moved.clone().shifted(-bp).as_ref(), Ok(&curve));
        }
    }
    let moved_at = |moved: &Curve, tenor: &str| {
        let basis = Basis::Continuous;
        (1e4 * (moved.zero_at(at(tenor), basis).unwrap()
            - curve.zero_at(at(tenor), basis).unwrap())
            * 1e6)
            .round()
            / 1e6
    };
    let twisted = curve.clone().twisted(-25.0, 50.0, at("5Y")).unwrap();
    assert_eq!(["1M", "5Y", "30Y"].map(|tenor| moved_at(&twisted, tenor)), [-25.0, 0.0, 50.0]);
    let bumped = curve.clone().key_rate_shifted("7Y".parse().unwrap(), 10.0).unwrap();
    assert_eq!(
        ["1M", "5Y", "7Y", "10Y", "30Y"].map(|tenor| moved_at(&bumped, tenor)),
        [0.0, 0.0, 10.0, 0.0, 0.0]
    );
    assert_eq!(bumped.nodes.len(), curve.nodes.len() + 1);
}

/// Tents at all key tenors are a parallel shift, on nodes and on parameters.
#[test]
fn key_rates_add_up() {
    let parametric = Curve::new(CurveDefinition::parametric(
        day(),
        Parameters::svensson([0.045, -0.01, 0.02, -0.03], 1.5, 9.0),
    ))
    .unwrap();
    let linear = curve_of(Interpolation::LinearZero, sample().nodes.clone());
    for curve in [parametric, linear] {
        let all = KEY_TENORS
            .iter()
            .fold(curve.clone(), |curve, &tenor| curve.key_rate_shifted(tenor, 25.0).unwrap());
        for years in [0.01, 0.3, 1.7, 6.1, 12.0, 29.0, 45.0] {
            let moved = all.zero(years).unwrap() - curve.zero(years).unwrap();
            // Each node is moved by two tents at most, and kept to the fifteenth decimal.
            assert!((moved - 0.0025).abs() < 2e-15, "{moved} at {years}");
        }
    }
}

#[test]
fn rolling_keeps_the_forward_rates() {
    let parametric = Curve::new(CurveDefinition::parametric(
        day(),
        Parameters::svensson([0.045, -0.01, 0.02, -0.03], 1.5, 9.0),
    ))
    .unwrap();
    let mixed = parametric.clone().key_rate_shifted("5Y".parse().unwrap(), 30.0).unwrap();
    let to = Date::from_ymd(2027, 1, 15).unwrap();
    for curve in [sample(), parametric, mixed] {
        let rolled = curve.clone().rolled(to).unwrap();
        // At dates that are nodes of all of them, or between those of flat forwards.
        let dates =
            ["2027-03-24", "2028-03-24", "2029-03-24", "2031-03-24", "2033-03-24", "2036-03-24"]
                .map(at);
        for pair in dates.windows(2) {
            let forward =
                |curve: &Curve| curve.forward(pair[0], pair[1], Basis::Continuous).unwrap();
            assert_close("forward", forward(&rolled), forward(&curve), 1e-12);
        }
        assert_eq!(curve.clone().rolled(day()), Ok(curve));
    }
    let rolled = sample().rolled(to).unwrap().to_string();
    assert!(rolled.starts_with("2027-01-15 flat_forward 2027-03-24:3."), "{rolled}");
    assert!(sample().rolled(Date::from_ymd(2026, 3, 23).unwrap()).is_err());
    assert!(sample().rolled(Date::from_ymd(2060, 1, 1).unwrap()).is_err());
}

#[test]
fn a_curve_is_another_and_its_spread() {
    let curve = sample();
    let shifted = curve.clone().shifted(40.0).unwrap();
    let spread = shifted.spread_over(&curve).unwrap();
    assert!(
        spread.nodes.iter().all(|node| (node.zero - 0.004).abs() < 1e-16)
            && spread.nodes.len() == curve.nodes.len()
    );
    let parametric = Curve::new(CurveDefinition::parametric(
        day(),
        Parameters::nelson_siegel(0.045, -0.01, 0.02, 1.5),
    ))
    .unwrap();
    let spread = curve.clone().spread_over(&parametric).unwrap();
    for node in &spread.nodes {
        assert!(
            (node.zero + parametric.zero(node.time).unwrap() - curve.zero(node.time).unwrap())
                .abs()
                < 1e-15
        );
    }
    assert!(
        curve.spread_over(&sample().rolled(Date::from_ymd(2026, 4, 1).unwrap()).unwrap()).is_err()
    );
}

#[test]
fn the_order_of_quotes_changes_no_bit() {
    let mut random = Random::new(5);
    let quoted =
        |&tenor| Quoted::new(QuoteKind::Zero, CurvePoint::Tenor(tenor), random.between(0.01, 0.06));
    let quotes: Vec<Quoted> = KEY_TENORS.iter().map(quoted).collect();
    let curve = Quotes::new(day(), quotes.clone()).curve().unwrap();
    for _ in 0..50 {
        let mut shuffled: Vec<(u64, Quoted)> =
            quotes.iter().map(|&quote| (random.bits(), quote)).collect();
        shuffled.sort_by_key(|&(key, _)| key);
        let again = Quotes::new(day(), shuffled.into_iter().map(|(_, quote)| quote).collect())
            .curve()
            .unwrap();
        assert_eq!(again.to_bytes(), curve.to_bytes());
    }
}

#[test]
fn beyond_the_last_node() {
    let nodes = || vec![Node { time: 1.0, zero: 0.03 }, Node { time: 2.0, zero: 0.04 }];
    let curve = |extrapolation| {
        Curve::new(CurveDefinition { extrapolation, ..CurveDefinition::new(day(), nodes()) })
            .unwrap()
    };
    assert_eq!(curve(Extrapolation::FlatZero).zero(7.0), Ok(0.04));
    let forward = curve(Extrapolation::FlatForward)
        .forward(CurvePoint::Years(3.0), CurvePoint::Years(7.0), Basis::Continuous)
        .unwrap();
    assert_close("forward", forward, 0.05, 1e-14);
    assert!(
        curve(Extrapolation::None).zero(2.0).is_ok()
            && curve(Extrapolation::None).zero(2.001).is_err()
    );
    assert!(curve(Extrapolation::FlatZero).zero(-0.001).is_err());
}
