//! QuantLib 1.44: 3,000 random bonds, where street and year-fraction compounding coincide.

use super::reference::Verdict::{self, Later, Matched};
use super::reference::{Check, Row, assert_close};
use super::settled;
use crate::bond::{Bond, Terms};
use crate::convention::Convention;
use crate::daycount::DayCount;
use crate::frequency::Frequency;
use crate::vocabulary::Vocabulary;

pub const FILES: &[(&str, usize, Check)] = &[
    ("quantlib_fixed_bonds.csv", 3_000, fixed_bond),
    ("quantlib_curve_measures.csv", 400, |_| Later("pricing on curves")),
    ("quantlib_callable_bonds.csv", 60, |_| Later("callable bonds")),
];

fn fixed_bond(row: &Row) -> Verdict {
    for convention in [Convention::Street, Convention::YearFraction] {
        let bond = Bond::new(Terms {
            issue: Some(row.date("issue")),
            frequency: Frequency::parse(row.text("frequency")).unwrap(),
            day_count: DayCount::parse(row.text("day_count")).unwrap(),
            convention,
            ..Terms::new(row.number("coupon"), row.date("maturity"))
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
