//! The US Treasury: results of its auctions (TreasuryDirect), and the worked examples of 31 CFR
//! 356, appendix B.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::{Bond, BondTerms};
use crate::product::convention::Convention;
use crate::resolve::coupon_grid::CouponGrid;
use crate::testing::reference::Verdict::{self, Later, Matched};
use crate::testing::reference::{Check, Row, assert_printed};
use crate::testing::settled;

pub const FILES: &[(&str, usize, Check)] = &[
    ("treasury_auctions/31cfr356_appendix_b.csv", 72, worked_example),
    ("treasury_auctions/notes_bonds_tips_2008_2022.csv", 795, auction),
    ("treasury_auctions/bills_2008_2022.csv", 827, bill_auction),
    ("treasury_auctions/frn.csv", 35, |_| Later("floating-rate notes")),
    ("treasury_prices/tips_reference.csv", 109, |_| Later("inflation indexation")),
    ("treasury_prices/ref_cpi_daily_1998_2026.csv", 10_366, |_| Later("inflation indexation")),
];

/// The price of the regulation is the dirty price rounded to 6 decimals less the accrued interest
/// rounded to 6, which itself is first rounded per 1000 face to 5 decimals; rounding is half up on
/// the exact decimal, so a tie that binary floats miss by their last bits is given back.
fn published(dirty: f64, accrued: f64) -> String {
    let accrued = half_up(half_up(accrued * 10.0, 1e-5) / 10.0, 1e-6);
    format!("{:.6}", half_up(dirty, 1e-6) - accrued)
}

fn half_up(value: f64, unit: f64) -> f64 {
    (value / unit + 0.5 + 1e-8).floor() * unit
}

/// A note or bond; of an inflation-protected one the real terms, before indexation.
pub fn note(row: &Row, first_coupon: &str) -> Bond {
    let terms = BondTerms {
        issue: Some(row.date("dated_date")),
        first_coupon: row.given(first_coupon).map(|_| row.date(first_coupon)),
        day_count: DayCount::ActActIcma,
        convention: Convention::UsTreasury,
        ..BondTerms::new(row.number("coupon_pct") / 100.0, row.date("maturity"))
    };
    Bond::new(terms).unwrap()
}

fn bill(maturity: Date, convention: Convention) -> Bond {
    let terms = BondTerms {
        frequency: Frequency::None,
        day_count: DayCount::Act360,
        convention,
        ..BondTerms::new(0.0, maturity)
    };
    Bond::new(terms).unwrap()
}

/// Price from the yield to the last decimal, interest accrued per 1000, and the yield back.
fn auction(row: &Row) -> Verdict {
    let bond = note(row, "first_coupon_date");
    let settled = settled(&bond, row.date("settlement"));
    let ytm = row.number("high_yield_pct") / 100.0;
    let dirty = settled.dirty_price_from_yield(ytm).unwrap();
    assert_eq!(published(dirty, settled.accrued()), row.text("published_clean_price"));
    if row.given("published_accrued_per1000").is_some() {
        assert_printed(
            "accrued",
            half_up(10.0 * settled.accrued(), 1e-5),
            row.text("published_accrued_per1000"),
        );
    }
    let solved = settled.measures_from_dirty_price(dirty).unwrap().ytm;
    assert!((solved - ytm).abs() < 1e-14, "{solved} instead of {ytm}");
    Matched
}

fn bill_auction(row: &Row) -> Verdict {
    let (settlement, maturity) = (row.date("settlement"), row.date("maturity"));
    let discount = bill(maturity, Convention::Discount);
    let price = settled(&discount, settlement)
        .clean_price_from_yield(row.number("high_discount_rate_pct") / 100.0)
        .unwrap();
    assert_eq!(format!("{:.6}", half_up(price, 1e-6)), row.text("published_price"));
    let investment = bill(maturity, Convention::BondEquivalent);
    let rate =
        settled(&investment, settlement).measures(row.number("published_price")).unwrap().ytm;
    assert_eq!(
        format!("{:.3}000", half_up(100.0 * rate, 1e-3)),
        row.text("published_investment_rate_pct")
    );
    Matched
}

fn worked_example(row: &Row) -> Verdict {
    let case = row.text("case_id").strip_prefix("CFR356B-").unwrap();
    let expected = row.text("expected_value");
    let section = case.split('-').next().unwrap();
    match section {
        "I.A.1" => {
            // A regular half year of $1000 is half the coupon, whatever the bond.
            let bond = Bond::new(BondTerms::new(
                row.number("coupon_pct") / 100.0,
                Date::from_ymd(2000, 5, 15).unwrap(),
            ))
            .unwrap();
            let coupon =
                settled(&bond, Date::from_ymd(1999, 1, 1).unwrap()).cash_flows().unwrap()[0].coupon;
            assert_printed(case, 10.0 * coupon, expected);
        }
        "I.A.3" | "I.A.4" => {
            let bond = note(row, "first_coupon");
            let settled = settled(&bond, row.date("dated_date"));
            assert_printed(case, first_interest_payment(&settled), expected);
        }
        "I.D.5.1" | "I.D.5.2" => {
            let bond = note(row, "first_coupon");
            assert_printed(case, 10.0 * settled(&bond, row.date("settlement")).accrued(), expected);
        }
        "VI.A" => {
            let bond = bill(row.date("maturity"), Convention::Discount);
            let price = settled(&bond, row.date("settlement"))
                .clean_price_from_yield(row.number("given_value") / 100.0)
                .unwrap();
            assert_printed(case, price, expected);
        }
        "VI.C" | "VI.D.1" | "VI.D.2" => {
            let convention =
                if section == "VI.C" { Convention::Discount } else { Convention::BondEquivalent };
            let bond = bill(row.date("maturity"), convention);
            let rate = settled(&bond, row.date("settlement"))
                .measures(row.number("given_value"))
                .unwrap()
                .ytm;
            assert_printed(case, 100.0 * rate, expected);
        }
        _ if section.starts_with("II.") || row.text("given") == "real_yield_pct" => {
            let bond = note(row, "first_coupon");
            let settled = settled(&bond, row.date("settlement"));
            let dirty =
                || settled.dirty_price_from_yield(row.number("given_value") / 100.0).unwrap();
            let answer = match row.text("expected") {
                "accrued_per100" => format!("{:.6}", settled.accrued()),
                "dirty_price" => format!("{:.6}", dirty()),
                _ => published(dirty(), settled.accrued()),
            };
            assert_eq!(answer, expected, "{case}");
        }
        "III.B" if row.text("expected") == "accrued_per100" => {
            let bond = note(row, "first_coupon");
            assert_printed(case, settled(&bond, row.date("settlement")).accrued(), expected);
        }
        _ if section.starts_with("IV") => return Later("floating-rate notes"),
        _ => return Later("inflation indexation"),
    }
    Matched
}

/// Per 1000, with the interest of one day rounded to 9 decimals as the regulation does: whole half
/// years pay half the coupon, the days of a part of one the daily interest of that half year.
fn first_interest_payment(settled: &YieldPricing) -> f64 {
    let half = 1000.0 * settled.bond.coupon / 2.0;
    let (whole, part) = (settled.position.next.floor(), settled.position.next.fract());
    let start = settled.bond.issue.unwrap();
    let grid = CouponGrid::new(settled.bond);
    let after = grid.count_after(start.civil());
    let days = grid.before(after - 1).date().days() - grid.before(after).date().days();
    let daily = (half / f64::from(days) * 1e9).round() / 1e9;
    whole * half + (part * f64::from(days)).round() * daily
}

/// Half a year is six months: the bill of 26 June 2025, at 97.905667 yields 4.267 as Treasury
/// published it, though it runs for 183 days; the next day it compounds, and 182 days are half a
/// year wherever they begin.
#[test]
fn half_a_year_of_a_bill_is_six_months() {
    let date = |text: &str| Date::parse(text).unwrap();
    let rate = |settlement: &str, maturity: &str, price: f64| {
        settled(&bill(date(maturity), Convention::BondEquivalent), date(settlement))
            .measures(price)
            .unwrap()
            .ytm
    };
    let simple = |price: f64, days: f64, year: f64| (100.0 / price - 1.0) * year / days;
    assert_eq!(format!("{:.3}", 100.0 * rate("2025-06-26", "2025-12-26", 97.905_667)), "4.267");
    for (settlement, maturity, days, year) in [
        ("2025-06-26", "2025-12-26", 183.0, 365.0),
        ("2025-08-31", "2026-02-28", 181.0, 365.0),
        ("2025-03-01", "2025-09-01", 184.0, 365.0),
        ("2025-09-04", "2026-03-05", 182.0, 365.0),
        ("2027-08-30", "2028-02-29", 183.0, 366.0),
    ] {
        assert!(
            (rate(settlement, maturity, 97.9) - simple(97.9, days, year)).abs() < 1e-14,
            "{settlement} {maturity}"
        );
    }
    for (settlement, maturity, days) in
        [("2025-06-26", "2025-12-27", 184.0), ("2025-08-31", "2026-03-03", 184.0)]
    {
        let found = rate(settlement, maturity, 97.9);
        let growth = (1.0 + found * (days / 365.0 - 0.5)) * (1.0 + found / 2.0);
        assert!(
            (97.9 * growth - 100.0).abs() < 1e-12
                && (found - simple(97.9, days, 365.0)).abs() > 1e-6,
            "{settlement} {maturity}"
        );
    }
}
