//! Results of US Treasury auctions, TreasuryDirect: the price follows from the yield by 31 CFR 356, appendix B.

use super::reference::{Row, each_row};
use super::settled;
use crate::bond::{Bond, Terms};
use crate::convention::Convention;
use crate::daycount::DayCount;
use crate::vocabulary::Vocabulary;

/// The published price is the dirty price rounded to 6 decimals less the accrued interest rounded to 6, which itself is
/// first rounded per 1000 face to 5 decimals; rounding is half up on the exact decimal, so a tie that binary floats miss
/// by their last bits is given back.
fn published(dirty: f64, accrued: f64) -> String {
    let half_up = |value: f64, unit: f64| (value / unit + 0.5 + 1e-8).floor() * unit;
    let accrued = half_up(half_up(accrued * 10.0, 1e-5) / 10.0, 1e-6);
    format!("{:.6}", half_up(dirty, 1e-6) - accrued)
}

#[test]
fn notes_and_bonds_to_the_last_printed_decimal() {
    let mut checked = 0;
    let rows = each_row("treasury_auctions/notes_bonds_tips_2008_2022.csv", |row| {
        if row.text("security") == "TIPS" {
            return;
        }
        let bond = Bond::new(Terms {
            issue: Some(row.date("dated_date")),
            first_coupon: Some(row.date("first_coupon_date")),
            day_count: DayCount::ActActIcma,
            convention: Convention::parse("us_treasury").unwrap(),
            ..Terms::new(row.number("coupon_pct") / 100.0, row.date("maturity"))
        });
        let bond = bond.unwrap();
        let settled = settled(&bond, row.date("settlement"));
        let ytm = row.number("high_yield_pct") / 100.0;
        let dirty = settled.dirty_price_from_yield(ytm).unwrap();
        assert_eq!(published(dirty, settled.accrued()), row.text("published_clean_price"), "{}", row.text("case_id"));
        let solved = settled.measures_from_dirty_price(dirty).unwrap().ytm;
        assert!((solved - ytm).abs() < 1e-14, "{}: {solved} instead of {ytm}", row.text("case_id"));
        checked += 1;
    });
    assert!(rows.is_none() || checked == 710, "{checked}");
}

/// 31 CFR 356, appendix B, II.A to II.G: every worked example of a fixed-principal security, regular and odd first
/// periods, new issues and reopenings.
#[test]
fn worked_examples_of_the_regulation() {
    let mut checked = 0;
    let rows = each_row("treasury_auctions/31cfr356_appendix_b.csv", |row| {
        if !row.text("case_id").starts_with("CFR356B-II.") {
            return;
        }
        let bond = Bond::new(Terms {
            issue: Some(row.date("dated_date")),
            first_coupon: Some(row.date("first_coupon")),
            day_count: DayCount::ActActIcma,
            convention: Convention::UsTreasury,
            ..Terms::new(row.number("coupon_pct") / 100.0, row.date("maturity"))
        });
        let bond = bond.unwrap();
        let settled = settled(&bond, row.date("settlement"));
        let dirty = |row: &Row| settled.dirty_price_from_yield(row.number("given_value") / 100.0).unwrap();
        let answer = match row.text("expected") {
            "accrued_per100" => format!("{:.6}", settled.accrued()),
            "dirty_price" => format!("{:.6}", dirty(row)),
            _ => published(dirty(row), settled.accrued()),
        };
        assert_eq!(answer, row.text("expected_value"), "{}", row.text("case_id"));
        checked += 1;
    });
    assert!(rows.is_none() || checked == 15, "{checked}");
}
