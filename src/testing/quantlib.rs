//! QuantLib 1.44: 3,000 random bonds, where street and year-fraction compounding coincide.

use super::reference::{assert_close, each_row};
use super::settled;
use crate::bond::{Bond, Terms};
use crate::daycount::DayCount;
use crate::frequency::Frequency;
use crate::vocabulary::Vocabulary;

#[test]
fn fixed_bonds() {
    let rows = each_row("quantlib_fixed_bonds.csv", |row| {
        let bond = Bond::new(Terms {
            issue: Some(row.date("issue")),
            frequency: Frequency::parse(row.text("frequency")).unwrap(),
            day_count: DayCount::parse(row.text("day_count")).unwrap(),
            ..Terms::new(row.number("coupon"), row.date("maturity"))
        })
        .unwrap();
        let case = row.text("case_id");
        let settled = settled(&bond, row.date("settlement"));
        let close = |what: &str, actual: f64| assert_close(&format!("{case} {what}"), actual, row.number(what), 1e-10);

        let clean = settled.clean_price_from_yield(row.number("ytm")).unwrap();
        close("clean_price", clean);
        let analytics = settled.analytics(row.number("clean_price"));
        let measures = analytics.measures.unwrap();
        close("accrued", analytics.accrued);
        close("ytm", measures.ytm);
        close("macaulay_duration", measures.macaulay_duration);
        close("modified_duration", measures.modified_duration);
        close("convexity", measures.convexity);
        close("dv01_per_100", analytics.dv01.unwrap());
    });
    assert!(rows.is_none_or(|rows| rows == 3_000));
}
