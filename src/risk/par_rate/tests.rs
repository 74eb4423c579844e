//! Key rates by par yields: derivatives of the curve built anew, a sum that is the parallel
//! shift's, and par bonds.

use crate::basics::date::Date;
use crate::basics::maturity::Maturity;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::calibrate::bootstrap::tests::{every_interpolation, twelve};
use crate::calibrate::bootstrap::{ShortYield, par};
use crate::market::curve::{Curve, CurveDefinition, CurvePoint, Interpolation};
use crate::pricing::bond_on_curve::BondValuation;
use crate::product::bond::tests::random_bond;
use crate::product::bond::{Bond, BondTerms};
use crate::risk::par_rate::{ParRates, rebuilt};
use crate::testing::Random;

/// The Treasury's par yields of 31 December 2025.
fn curve(interpolation: Interpolation) -> Curve {
    let frame = CurveDefinition {
        interpolation,
        ..CurveDefinition::new(Date::from_ymd(2025, 12, 31).unwrap(), Vec::new())
    };
    par(frame, &twelve(), ShortYield::BondEquivalent).unwrap().curve
}

fn maturity(tenor: &Tenor) -> Maturity {
    Maturity::Months(tenor.months.into())
}

fn tenors(texts: &[&str]) -> Vec<Tenor> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

/// −(P(q + h) − P(q − h))/2hP with the spread held, extrapolated by Richardson, where every yield
/// of `moved` moves.
fn difference(
    curve: &Curve,
    tenors: &[Tenor],
    bond: &Bond,
    spread: f64,
    step: f64,
    moved: impl Fn(Maturity) -> bool,
) -> f64 {
    let maturities: Vec<Maturity> = tenors.iter().map(maturity).collect();
    let price = |by: f64| {
        let curve = rebuilt(curve, &maturities, |maturity| if moved(maturity) { by } else { 0.0 })
            .unwrap()
            .curve;
        BondValuation::new(bond, &curve, curve.as_of).unwrap().unwrap().dirty_price(spread)
    };
    let central = |step: f64| (price(-step) - price(step)) / (2.0 * step) / price(0.0);
    (4.0 * central(step) - central(2.0 * step)) / 3.0
}

#[test]
fn durations_are_derivatives_of_the_curve_built_anew_and_add_up() {
    let mut random = Random::new(97);
    for interpolation in every_interpolation() {
        let curve = curve(interpolation);
        // Monotone convex bends where forward rates turn; only between such places is there a slope
        // to compare with.
        let (step, tolerance, own) = if interpolation == Interpolation::MonotoneConvex {
            (1e-6, 1e-7, true)
        } else {
            (1e-5, 1e-8, false)
        };
        let quoted =
            tenors(&["1M", "2M", "3M", "4M", "6M", "1Y", "2Y", "3Y", "5Y", "10Y", "20Y", "30Y"]);
        let others = [KEY_TENORS.to_vec(), tenors(&["9M", "2Y", "7Y", "30Y"]), tenors(&["10Y"])];
        for tenors in std::iter::once(quoted).chain(others.into_iter().filter(|_| !own)) {
            let rates = ParRates::new(&curve, &tenors).unwrap();
            let bonds = std::iter::repeat_with(|| random_bond(&mut random));
            let lives = |bond: &Bond| {
                bond.maturity > Date::from_ymd(2026, 6, 1).unwrap()
                    && bond.price.is_some_and(|price| price > 40.0)
            };
            for bond in bonds.filter(lives).take(4) {
                let Some(profile) = rates.profile(&bond, curve.as_of).unwrap() else { continue };
                let valuation =
                    BondValuation::new(&bond, &rates.curve, curve.as_of).unwrap().unwrap();
                let spread = valuation.z_spread(bond.price.unwrap()).unwrap();
                for (tenor, duration) in tenors.iter().zip(&profile.durations) {
                    let expected = difference(&curve, &tenors, &bond, spread, step, |moved| {
                        moved == maturity(tenor)
                    });
                    let size = duration.abs().max(1.0);
                    assert!(
                        (duration - expected).abs() < tolerance * size,
                        "{interpolation:?} {tenor} {bond}: {duration} {expected}"
                    );
                }
                let (sum, parallel) = (
                    profile.durations.iter().sum::<f64>(),
                    difference(&curve, &tenors, &bond, spread, step, |_| true),
                );
                assert!(
                    (sum - parallel).abs() < tolerance * sum.abs().max(1.0),
                    "{interpolation:?} {bond}: {sum} {parallel}"
                );
            }
        }
    }
}

/// A bond that pays the par yield of a key tenor is worth par whatever the others are, and moves
/// with its own by its annuity.
#[test]
fn a_par_bond_follows_its_own_yield_alone() {
    for interpolation in every_interpolation() {
        let curve = curve(interpolation);
        let rates = ParRates::new(&curve, &KEY_TENORS).unwrap();
        for (place, tenor) in KEY_TENORS.iter().enumerate().filter(|(_, tenor)| tenor.months >= 12)
        {
            let maturity = tenor.after(curve.as_of).unwrap();
            let coupon = curve
                .par(CurvePoint::Tenor(*tenor), crate::basics::frequency::Frequency::Semiannual)
                .unwrap();
            let bond = Bond::new(BondTerms::new(coupon, maturity)).unwrap();
            let profile = rates.profile(&bond, curve.as_of).unwrap().unwrap();
            assert!((profile.dirty_price - 100.0).abs() < 1e-10);
            let halves = 1..=i32::from(tenor.months / 6);
            let day =
                |half: i32| curve.time(curve.as_of.civil().months_earlier(-6 * half, false).date());
            let annuity: f64 =
                halves.map(|half| 0.5 * rates.curve.discount(day(half)).unwrap()).sum();
            for (other, duration) in profile.durations.iter().enumerate() {
                let expected = if other == place { annuity } else { 0.0 };
                assert!(
                    (duration - expected).abs() < 1e-10,
                    "{interpolation:?} {tenor}: {duration} instead of {expected} to {other}"
                );
            }
        }
    }
}
