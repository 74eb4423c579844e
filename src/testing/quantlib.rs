//! QuantLib 1.44: 3,000 random bonds, where street and year-fraction compounding coincide.

use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::market::curve::{Curve, CurveDefinition, Extrapolation, Interpolation, Node};
use crate::pricing::bond_on_curve::BondValuation;
use crate::product::bond::{Bond, BondTerms};
use crate::product::convention::Convention;
use crate::testing::reference::Verdict::{self, Later, Matched};
use crate::testing::reference::{Check, Row, assert_close};
use crate::testing::settled;

pub const FILES: &[(&str, usize, Check)] = &[
    ("quantlib_fixed_bonds.csv", 3_000, fixed_bond),
    ("quantlib_curve_measures.csv", 400, curve_measures),
    ("quantlib_callable_bonds.csv", 60, |_| Later("callable bonds")),
];

fn fixed_bond(row: &Row) -> Verdict {
    for convention in [Convention::Street, Convention::YearFraction] {
        let bond = Bond::new(BondTerms {
            issue: Some(row.date("issue")),
            frequency: Frequency::parse(row.text("frequency")).unwrap(),
            day_count: DayCount::parse(row.text("day_count")).unwrap(),
            convention,
            ..BondTerms::new(row.number("coupon"), row.date("maturity"))
        });
        let bond = bond.unwrap();
        let settled = settled(&bond, row.date("settlement"));
        let close = |what: &str, actual: f64| assert_close(what, actual, row.number(what), 1e-10);
        close("clean_price", settled.clean_price_from_yield(row.number("ytm")).unwrap());
        let analytics = settled.analytics(row.number("clean_price"));
        let measures = analytics.measures.unwrap();
        close("accrued", analytics.accrued);
        close("ytm", measures.ytm);
        close("macaulay_duration", measures.macaulay_duration);
        close("modified_duration", measures.modified_duration);
        close("convexity", measures.convexity);
        close("dv01_per_100", analytics.dv01.unwrap());
    }
    Matched
}

/// Price and z-spread on a curve, and the duration to each node's zero rate.
fn curve_measures(row: &Row) -> Verdict {
    let numbers = |column: &str| {
        row.text(column).split(' ').map(|n| n.parse().unwrap()).collect::<Vec<f64>>()
    };
    let nodes = numbers("node_days")
        .into_iter()
        .zip(numbers("node_zeros"))
        .map(|(days, zero)| Node { time: days / 365.0, zero });
    let curve = Curve::new(CurveDefinition {
        as_of: row.date("as_of"),
        nodes: nodes.collect(),
        interpolation: Interpolation::parse(row.text("interpolation")).unwrap(),
        extrapolation: Extrapolation::FlatZero,
        day_count: DayCount::Act365F,
        name: None,
        currency: None,
        parameters: None,
    });
    let curve = curve.unwrap();
    let bond = Bond::new(BondTerms {
        issue: Some(row.date("issue")),
        frequency: Frequency::parse(row.text("frequency")).unwrap(),
        day_count: DayCount::parse(row.text("day_count")).unwrap(),
        ..BondTerms::new(row.number("coupon"), row.date("maturity"))
    });
    let bond = bond.unwrap();
    let valuation = BondValuation::new(&bond, &curve, curve.as_of).unwrap().unwrap();
    assert_close("price", valuation.dirty_price(0.0), row.number("dirty_price_on_curve"), 1e-10);
    let spread = valuation.z_spread(row.number("clean_price_at_z")).unwrap();
    assert!((spread - row.number("z_spread_continuous")).abs() < 1e-10, "{spread}");
    let durations = valuation.exposures(0.0).nodes(valuation.curve(), curve.nodes.len()).unwrap();
    for (actual, expected) in durations.iter().zip(numbers("node_rate_durations")) {
        assert!(
            (actual - expected).abs() <= 1e-8 * expected.abs().max(1e-3),
            "{actual} instead of {expected}"
        );
    }
    Matched
}
