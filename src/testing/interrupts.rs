//! How soon long work hears that its caller wants it to end.

use crate::basics::date::Date;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::fit::tests::{note, prices};
use crate::calibrate::fit::{FitMethod, fit};
use crate::portfolio::request::analyze_portfolio;
use crate::product::convention::Convention;
use crate::testing::work::{counted, pause};
use crate::tools::finder::which_convention;
use serde_json::json;

/// Prices that no curve fits, so that every search goes on for long.
#[test]
fn a_fit_pauses_after_a_few_passes_over_its_bonds() {
    let as_of = Date::from_ymd(2026, 3, 24).unwrap();
    let bond = |i: i32| {
        let maturity = Date::from_days(as_of.days() + 120 + 6 * i).unwrap();
        note(f64::from(i % 9) / 100.0, maturity).quoted(60.0 + f64::from(i * 7919 % 30)).unwrap()
    };
    let bonds: Vec<_> = (0..600).map(bond).collect();
    let (most, pauses) =
        counted(|| drop(fit(FitMethod::Svensson, as_of, &prices(&bonds, as_of), pause)));
    assert!((1..=8).contains(&most), "{most} passes");
    assert!(pauses > 500, "{pauses}");
}

#[test]
fn the_finder_pauses_before_every_yield() {
    let bond = "5% 2126-03-15 monthly ACT/ACT ICMA issued 2026-03-15".parse().unwrap();
    let settlement = Date::from_ymd(2026, 3, 24).unwrap();
    let (most, pauses) =
        counted(|| drop(which_convention(&bond, 98.0, 0.031, settlement, 9, &pause)));
    assert_eq!(most, 1);
    assert!(pauses > 5 * Convention::WORDS.len() as u32, "{pauses}");
}

#[test]
fn a_request_pauses_at_every_bond() {
    let bond = json!({"isin": "US0378331005", "issueDate": "2023-01-15", "maturityDate": "2123-01-15", "couponRate": 500,
        "faceValue": 100000, "marketValue": 95000, "paymentTerm": "monthly", "quantity": 10});
    let request = json!(vec![bond; 50]);
    let valuation = Date::from_ymd(2026, 3, 24).unwrap();
    let (most, pauses) =
        counted(|| drop(analyze_portfolio(&request, valuation, "id", pause).unwrap()));
    assert_eq!(most, 1);
    assert!(pauses >= 50, "{pauses}");
}
