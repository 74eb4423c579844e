//! Prices and yields that markets published.

use super::reference::Verdict::{self, Explained, Later, Matched};
use super::reference::{Check, Row, assert_decimals, assert_printed};
use super::settled;
use crate::bond::{Bond, ExDividend, Terms};
use crate::convention::Convention;
use crate::daycount::DayCount;
use crate::date::Date;
use crate::frequency::Frequency;
use crate::vocabulary::Vocabulary;
use crate::market::Market;

pub const FILES: &[(&str, usize, Check)] = &[
    ("market_quotes/us_treasury_asked_2024-07-15.csv", 341, asked),
    ("market_quotes/govbonds_de_at_fr_2008-01-30.csv", 113, accrued),
    ("market_quotes/dmo_gilts_in_issue_2023-12-01.csv", 95, ex_dividend_date),
    ("market_quotes/uk_bank_holidays.csv", 823, bank_holiday),
    ("market_quotes/uk_rpi_monthly.csv", 471, |_| Later("inflation indexation")),
    ("treasury_prices/fedinvest_2026-03-24.csv", 461, sheet_yield),
];

/// Asked yields of a newspaper, whose last period is compounded.
fn asked(row: &Row) -> Verdict {
    let terms = Terms {
        day_count: DayCount::ActActIcma,
        convention: Convention::Compounded,
        ..Terms::new(row.number("coupon_pct") / 100.0, row.date("maturity"))
    };
    let bond = Bond::new(terms).unwrap();
    let measures = settled(&bond, row.date("settlement_assumed_t1")).measures(row.number("asked_decimal")).unwrap();
    assert_printed(bond.to_string().as_str(), 100.0 * measures.ytm, row.text("asked_yield_pct"));
    Matched
}

/// Accrued interest of German, Austrian and French bonds, three business days after the quote.
fn accrued(row: &Row) -> Verdict {
    let _ = (Explained, Market::find("x"), Frequency::Annual, ExDividend::MAX_DAYS, Date::MIN, assert_decimals as fn(&str, f64, f64, i32));
    Later("todo")
}

fn ex_dividend_date(_row: &Row) -> Verdict {
    Later("todo")
}

fn bank_holiday(_row: &Row) -> Verdict {
    Later("todo")
}

fn sheet_yield(_row: &Row) -> Verdict {
    Later("todo")
}
