//! Key rates: they add up, they are derivatives, and the table gives what the flows one by one
//! give.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::market::curve::{Curve, CurveDefinition, Extrapolation, Interpolation, Node};
use crate::pricing::bond_on_curve::BondValuation;
use crate::product::bond::Bond;
use crate::product::bond::tests::{random_bond, random_bond_of_any_kind};
use crate::risk::key_rate::{KeyRates, OnCurve};
use crate::testing::Random;

pub fn curve(random: &mut Random, as_of: Date) -> Curve {
    let times = [0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 25.0, 30.0];
    let level = random.between(-0.005, 0.06);
    let nodes = times.map(|time| Node { time, zero: level + random.between(-0.01, 0.02) });
    let definition = CurveDefinition {
        as_of,
        nodes: nodes.to_vec(),
        interpolation: random.pick(&[
            Interpolation::FlatForward,
            Interpolation::LinearZero,
            Interpolation::NaturalCubic,
        ]),
        extrapolation: random.pick(&[Extrapolation::FlatZero, Extrapolation::FlatForward]),
        day_count: DayCount::Act365F,
        name: None,
        currency: None,
        parameters: None,
    };
    Curve::new(definition).unwrap()
}

const KEYS: [&[f64]; 4] = [
    &[0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 15.0, 20.0, 25.0, 30.0],
    &[2.0, 5.0, 10.0, 30.0],
    &[7.0],
    &[0.1, 50.0, 90.0],
];

/// A quoted bond alive on a day, of any kind that has a last flow.
fn quoted_bond(random: &mut Random, curve: &Curve) -> Option<(Bond, f64)> {
    let bond =
        if random.below(3) == 0 { random_bond_of_any_kind(random) } else { random_bond(random) };
    let price = bond.price.filter(|price| *price > 20.0 && !bond.is_perpetual())?;
    matches!(BondValuation::new(&bond, curve, curve.as_of), Ok(Some(_))).then_some((bond, price))
}

/// The durations to any list of key rates add up to that of a parallel shift, and the book's table
/// gives the same.
#[test]
fn key_rates_add_up_and_agree() {
    let mut random = Random::new(83);
    for _ in 0..60 {
        let as_of = Date::from_days(random.below(30_000) - 10_000).unwrap();
        let curve = curve(&mut random, as_of);
        let keys = random.pick(&KEYS);
        let mut one_by_one = KeyRates::new(curve.clone(), keys.to_vec()).unwrap();
        let mut table = one_by_one.clone();
        table.tabulate();
        for (bond, price) in
            std::iter::repeat_with(|| quoted_bond(&mut random, &curve)).flatten().take(300)
        {
            let valuation = BondValuation::new(&bond, &curve, as_of).unwrap().unwrap();
            let Some(spread) = valuation.z_spread(price) else { continue };
            let dirty = valuation.dirty_price(spread);
            assert!(
                (valuation.clean_price(spread) - price).abs() < 1e-11 * dirty,
                "{bond}: {} {price} at {spread}",
                valuation.clean_price(spread)
            );
            let effective = valuation.spread_duration(spread);
            let durations = valuation.exposures(spread).key_rates(keys);
            let sum: f64 = durations.iter().sum();
            assert!(
                (sum - effective).abs() < 1e-12 * effective.max(1.0),
                "{bond}: {sum} {effective}"
            );
            let figures = table.on_curve(&bond).unwrap().unwrap();
            assert_eq!(
                one_by_one.on_curve(&bond),
                Ok(Some(figures)),
                "{bond}: not a bit depends on the table"
            );
            let OnCurve::Measured(profile) = figures else { panic!("{bond}") };
            assert!(
                (profile.level.spread - spread).abs() < 1e-12 * (1.0 + 1.0 / effective),
                "{bond}: {} {spread}",
                profile.level.spread
            );
            for (tabled, listed) in profile.durations.iter().zip(&durations) {
                assert!(
                    (tabled - listed).abs() < 1e-12 * effective.max(1.0),
                    "{bond}: {tabled} {listed}"
                );
            }
        }
    }
}

/// Each key-rate duration is the derivative of the price, with the spread held, for a tent of zero
/// rates.
#[test]
fn key_rates_are_derivatives() {
    let mut random = Random::new(89);
    for _ in 0..300 {
        let mut curve = curve(&mut random, Date::from_ymd(2026, 3, 24).unwrap()).into_definition();
        // Linear between its own nodes, a tent on a node's rate is what the interpolation makes of
        // moving it.
        curve.interpolation = Interpolation::LinearZero;
        curve.extrapolation = Extrapolation::FlatZero;
        let keys: Vec<f64> = curve.nodes.iter().map(|node| node.time).collect();
        let curve = Curve::new(curve).unwrap();
        let Some((bond, price)) = quoted_bond(&mut random, &curve) else { continue };
        let valuation = BondValuation::new(&bond, &curve, curve.as_of).unwrap().unwrap();
        let Some(spread) = valuation.z_spread(price) else { continue };
        let dirty = valuation.dirty_price(spread);
        for (i, duration) in valuation.exposures(spread).key_rates(&keys).into_iter().enumerate() {
            let moved = |by: f64| {
                let mut moved = curve.clone().into_definition();
                moved.nodes[i].zero += by;
                let moved = Curve::new(moved).unwrap();
                BondValuation::new(&bond, &moved, moved.as_of).unwrap().unwrap().dirty_price(spread)
            };
            let difference = |h: f64| (moved(-h) - moved(h)) / (2.0 * h) / dirty;
            let richardson = (4.0 * difference(1e-4) - difference(2e-4)) / 3.0;
            assert!(
                (duration - richardson).abs() < 1e-8 * duration.abs().max(0.1),
                "{bond}: {duration} {richardson}"
            );
        }
    }
}
