//! Excel 2010's own results: PRICE, DURATION and MDURATION through the bond, whose street
//! convention is Excel's, and all functions under their own names.

mod documentation;
mod functions;
mod properties;

pub use functions::FILES;

use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::pricing::discounted_flows::Measures;
use crate::product::bond::{Bond, BondTerms};
use crate::testing::reference::{Row, assert_digits};
use crate::testing::settled;

fn bond(row: &Row, coupon: f64, redemption: f64) -> Bond {
    const BASES: [DayCount; 5] = [
        DayCount::Thirty360Us,
        DayCount::ActActIcma,
        DayCount::Act360,
        DayCount::Act365F,
        DayCount::Thirty360E,
    ];
    let bond = Bond::new(BondTerms {
        frequency: Frequency::parse(row.text("frequency")).unwrap(),
        day_count: BASES[row.number("basis") as usize],
        redemption,
        ..BondTerms::new(coupon, row.date("maturity"))
    });
    bond.unwrap()
}

fn price(row: &Row) {
    let bond = bond(row, row.number("rate"), row.number("redemption"));
    let clean =
        settled(&bond, row.date("settlement")).clean_price_from_yield(row.number("yld")).unwrap();
    assert_digits(row.text("case_id"), clean, row.text("expected"));
}

fn measures(row: &Row) -> Measures {
    let bond = bond(row, row.number("coupon"), 100.0);
    let settled = settled(&bond, row.date("settlement"));
    let dirty = settled.dirty_price_from_yield(row.number("yld")).unwrap();
    settled.measures_from_dirty_price(dirty).unwrap()
}

fn duration(row: &Row) {
    assert_digits(row.text("case_id"), measures(row).macaulay_duration, row.text("expected"));
}

/// Excel defines MDURATION as the Macaulay duration over 1 + y/f throughout, also where its price
/// is simple.
fn mduration(row: &Row) {
    let mduration =
        measures(row).macaulay_duration / (1.0 + row.number("yld") / row.number("frequency"));
    assert_digits(row.text("case_id"), mduration, row.text("expected"));
}
