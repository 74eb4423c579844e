//! Prices and yields that markets published.

use crate::basics::calendar::Calendar;
use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::product::bond::{Bond, BondTerms};
use crate::product::convention::Convention;
use crate::product::market_preset::MarketPreset;
use crate::resolve::coupon_grid::CouponGrid;
use crate::testing::reference::Verdict::{self, Explained, Later, Matched};
use crate::testing::reference::{Check, Row, assert_printed};
use crate::testing::settled;

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
    if row.text("reproduced") == "no" {
        return Explained(
            "price and yield contradict each other by more than a hundredth of a point",
        );
    }
    let terms = BondTerms {
        day_count: DayCount::ActActIcma,
        convention: Convention::Compounded,
        ..BondTerms::new(row.number("coupon_pct") / 100.0, row.date("maturity"))
    };
    let bond = Bond::new(terms).unwrap();
    let measures = settled(&bond, row.date("settlement_assumed_t1"))
        .measures(row.number("asked_decimal"))
        .unwrap();
    assert_printed(row.text("maturity"), 100.0 * measures.ytm, row.text("asked_yield_pct"));
    Matched
}

/// Accrued interest of German, Austrian and French bonds, each settled as its market did in 2008.
fn accrued(row: &Row) -> Verdict {
    let isin = row.text("isin");
    let mut terms = BondTerms {
        issue: Some(row.date("issue_date")),
        ..BondTerms::new(row.number("coupon_decimal"), row.date("maturity"))
    };
    MarketPreset::GermanBund.apply(&mut terms).unwrap();
    // Three days but for German securities and French BTANs.
    terms.optional.edit().settlement_lag = Some(if isin.starts_with("DE") {
        2
    } else if isin.starts_with("FR01") {
        1
    } else {
        3
    });
    let bond = Bond::new(terms).unwrap();
    let settled = settled(&bond, bond.settlement_of(row.date("quote_date")).unwrap());
    let more_days = (row.number("accrued") - settled.accrued()) / bond.coupon * 366.0 / 100.0;
    if [
        "DE0001141505",
        "DE0001141513",
        "DE0001135333",
        "DE0001135341",
        "DE0001135325",
        "AT0000A06P24",
        "AT0000A08968",
    ]
    .contains(&isin)
    {
        assert!(more_days > 1.0 && (more_days - more_days.round()).abs() < 0.3, "{more_days}");
        return Explained(
            "in its first period, and accrues from another day than the issue date listed",
        );
    }
    assert_printed(isin, settled.accrued(), row.text("accrued"));
    Matched
}

/// The ex-dividend date of every gilt's next dividend, index-linked ones included.
fn ex_dividend_date(row: &Row) -> Verdict {
    let mut terms = BondTerms {
        issue: Some(row.date("first_issue_date")),
        ..BondTerms::new(0.01, row.date("redemption_date"))
    };
    MarketPreset::UkGilt.apply(&mut terms).unwrap();
    let bond = Bond::new(terms).unwrap();
    let settled = settled(&bond, row.date("close_of_business_date"));
    let next = settled.position.payment_date(&bond, &CouponGrid::new(&bond), 0);
    let rule = bond.optional.ex_dividend.unwrap();
    assert_eq!(
        rule.date(next, &bond.optional.calendar).unwrap(),
        row.date("current_ex_div_date"),
        "{}",
        row.text("instrument_name")
    );
    Matched
}

fn bank_holiday(row: &Row) -> Verdict {
    let uk: Calendar = "UK".parse().unwrap();
    assert!(!uk.is_business_day(row.date("date")).unwrap());
    Matched
}

/// Yields of a sheet in street convention without the end-of-month rule: bills too, as bonds of no
/// coupon, but in their last half year at the investment rate.
fn sheet_yield(row: &Row) -> Verdict {
    match row.text("security_type") {
        "TIPS" => return Later("inflation indexation"),
        "MARKET BASED FRN" => return Later("floating-rate notes"),
        _ => {}
    }
    let days = row.date("maturity").days() - row.date("settlement_date").days();
    let short_bill = row.text("security_type") == "MARKET BASED BILL" && days <= 182;
    let terms = BondTerms {
        frequency: if short_bill { Frequency::None } else { Frequency::Semiannual },
        day_count: DayCount::ActActIcma,
        end_of_month: false,
        convention: if short_bill { Convention::BondEquivalent } else { Convention::Street },
        ..BondTerms::new(row.number("rate_pct") / 100.0, row.date("maturity"))
    };
    let bond = Bond::new(terms).unwrap();
    let measures =
        settled(&bond, row.date("settlement_date")).measures(row.number("sell")).unwrap();
    assert_printed(
        row.text("cusip"),
        100.0 * measures.ytm,
        row.text("sheet_sell_yield_pct_settle_2026_03_24"),
    );
    Matched
}
