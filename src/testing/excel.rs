//! Excel 2010's own results of PRICE, DURATION and MDURATION, every basis and frequency.

mod documentation;
mod functions;
mod properties;

use super::reference::{Row, assert_digits, each_row};
use super::settled;
use crate::bond::{Bond, Terms};
use crate::daycount::DayCount;
use crate::frequency::Frequency;
use crate::vocabulary::Vocabulary;

fn bond(row: &Row, coupon: f64, redemption: f64) -> Bond {
    const BASES: [DayCount; 5] = [DayCount::Thirty360Us, DayCount::ActActIcma, DayCount::Act360, DayCount::Act365F, DayCount::Thirty360E];
    let bond = Bond::new(Terms {
        frequency: Frequency::parse(row.text("frequency")).unwrap(),
        day_count: BASES[row.number("basis") as usize],
        redemption,
        ..Terms::new(coupon, row.date("maturity"))
    });
    bond.unwrap()
}

#[test]
fn price() {
    let rows = each_row("excel/price.csv", |row| {
        let bond = bond(row, row.number("rate"), row.number("redemption"));
        let settled = settled(&bond, row.date("settlement"));
        let clean = settled.clean_price_from_yield(row.number("yld")).unwrap();
        assert_digits(row.text("case_id"), clean, row.text("expected"));
    });
    assert!(rows.is_none_or(|rows| rows == 5_491));
}

#[test]
fn duration() {
    let rows = each_row("excel/duration.csv", |row| {
        let bond = bond(row, row.number("coupon"), 100.0);
        let settled = settled(&bond, row.date("settlement"));
        let dirty = settled.dirty_price_from_yield(row.number("yld")).unwrap();
        let measures = settled.measures_from_dirty_price(dirty).unwrap();
        assert_digits(row.text("case_id"), measures.macaulay_duration, row.text("expected"));
    });
    assert!(rows.is_none_or(|rows| rows == 2_746));
}

/// Excel defines MDURATION as the Macaulay duration over 1 + y/f throughout, also where its price is simple.
#[test]
fn mduration() {
    let rows = each_row("excel/mduration.csv", |row| {
        let bond = bond(row, row.number("coupon"), 100.0);
        let settled = settled(&bond, row.date("settlement"));
        let dirty = settled.dirty_price_from_yield(row.number("yld")).unwrap();
        let measures = settled.measures_from_dirty_price(dirty).unwrap();
        let mduration = measures.macaulay_duration / (1.0 + row.number("yld") / row.number("frequency"));
        assert_digits(row.text("case_id"), mduration, row.text("expected"));
    });
    assert!(rows.is_none_or(|rows| rows == 2_746));
}
