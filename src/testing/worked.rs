//! Worked examples: of conventions from Bloomberg and the test suites of other libraries, of
//! SIFMA's Standard Securities Calculation Methods (Mayle) and others, of day counts and schedules.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::daycount::cases as daycount;
use crate::basics::frequency::Frequency;
use crate::basics::schedule::tests as schedule;
use crate::basics::vocabulary::Vocabulary;
use crate::product::bond::{Bond, BondTerms, ExDividend};
use crate::product::compounding::convert;
use crate::product::convention::Convention;
use crate::testing::reference;
use crate::testing::reference::Verdict::{self, Explained, Later, Matched};
use crate::testing::reference::{Check, Row, assert_decimals, assert_printed};
use crate::testing::settled;
use crate::testing::treasury;
use crate::tools::finder::which_convention;

pub const FILES: &[(&str, usize, Check)] = &[
    ("worked/bond_conventions.csv", 51, bond_convention),
    ("worked/sifma_mayle_and_others.csv", 62, sifma_and_others),
    ("worked/day_counts.csv", 124, daycount::worked_example),
    ("worked/schedules.csv", 11, schedule::worked_example),
    ("worked/amortizing_bus252.csv", 60, |_| Later("amortising bonds")),
    ("worked/mortgage_payments.csv", 13, |_| Later("amortising bonds")),
];

fn frequency(row: &Row) -> Frequency {
    Frequency::from_code(row.text("frequency").parse().unwrap()).unwrap()
}

/// The convention that an example names in its own words.
fn named_convention(row: &Row) -> Convention {
    let case = row.text("case_id");
    match case {
        _ if case.starts_with("STRATA-DE") => Convention::German,
        _ if case.starts_with("STRATA-UK") || case.starts_with("GB00") => Convention::UkDmo,
        _ if case.starts_with("AU3") => Convention::Australian,
        _ if case.starts_with("NTNF") => Convention::Brazilian,
        _ => Convention::Street,
    }
}

fn example(row: &Row) -> Bond {
    let convention = named_convention(row);
    let day_count = match row.text("day_count") {
        _ if convention == Convention::Brazilian => DayCount::Bus252,
        text => DayCount::parse(text).unwrap(),
    };
    let mut terms = BondTerms {
        frequency: frequency(row),
        day_count,
        convention,
        issue: row.given("dated_date").map(|_| row.date("dated_date")),
        first_coupon: row.given("first_coupon").map(|_| row.date("first_coupon")),
        // Its schedule was counted forward from the dated date.
        last_coupon: (row.text("case_id") == "QL-BPV-bpv")
            .then(|| Date::from_ymd(2033, 5, 15).unwrap()),
        ..BondTerms::new(row.number("coupon_pct") / 100.0, row.date("maturity"))
    };
    let details = terms.optional.edit();
    match convention {
        Convention::UkDmo => {
            details.calendar = "UK".parse().unwrap();
            details.ex_dividend = Some(ExDividend { days: 7, business: true });
        }
        Convention::Australian => {
            details.ex_dividend = Some(ExDividend { days: 7, business: false })
        }
        _ => {}
    }
    Bond::new(terms).unwrap()
}

fn bond_convention(row: &Row) -> Verdict {
    let (given, expected) = (row.text("given"), row.text("expected"));
    if given.contains("flat_curve") || expected.starts_with("key_rate") || expected == "g_spread_bp"
    {
        return Later(if row.text("case_id").contains("callable") {
            "callable bonds"
        } else {
            "pricing on curves"
        });
    }
    if expected.starts_with("inflation") {
        return Later("inflation indexation");
    }
    if expected.contains("yield_to_call") {
        return Later("callable bonds");
    }
    if row.text("case_id").starts_with("BBG-BA") {
        return Explained("the source's own price and yield contradict each other");
    }
    if row.text("case_id").starts_with("R2048") {
        return Explained(
            "pays on 28 February in leap years too, where the end-of-month rule has the 29th",
        );
    }
    if row.text("verify_note").starts_with("Bloomberg 4.2e-8") {
        return Explained(
            "printed 5e-11 off, where the same yield on the next day is right to the last digit",
        );
    }
    let bond = example(row);
    let settled = settled(&bond, row.date("settlement"));
    let value = row.number("given_value");
    let dirty = match given {
        "yield_pct" => settled.dirty_price_from_yield(value / 100.0).unwrap(),
        "clean_price_per1" => settled.dirty_price(100.0 * value),
        _ => settled.dirty_price(value),
    };
    let measures = settled.measures_from_dirty_price(dirty).unwrap();
    let actual = match expected {
        "accrued_per100" => settled.accrued(),
        "accrued_per1e6" => 1e4 * settled.accrued(),
        "yield_pct" => 100.0 * measures.ytm,
        "yield_decimal" | "real_yield_decimal" => measures.ytm,
        "yield_continuous_decimal" => {
            convert(measures.ytm, row.text("frequency"), "continuous", None).unwrap()
        }
        "clean_price" => dirty - settled.accrued(),
        "clean_price_per1" => (dirty - settled.accrued()) / 100.0,
        "dirty_price" => dirty,
        "dirty_price_per1" => dirty / 100.0,
        "dirty_price_per1000" => 10.0 * dirty,
        "macaulay_duration" => measures.macaulay_duration,
        "modified_duration" => measures.modified_duration,
        "convexity_div100" => measures.convexity / 100.0,
        // QuantLib's adds half a hundredth of the convexity term.
        "bpv_per_1e6_face" => dirty * (0.5e-6 * measures.convexity - measures.modified_duration),
        other => panic!("{other}"),
    };
    assert_decimals(
        row.text("case_id"),
        actual,
        row.number("expected_value"),
        row.text("expected_decimals").parse().unwrap(),
    );
    Matched
}

/// A figure of a row: `yield=6.5%`, `price=99.878; redemption=100`.
fn given(row: &Row, key: &str) -> Option<f64> {
    let value = row
        .text("given")
        .split(';')
        .find_map(|part| part.trim().strip_prefix(key)?.strip_prefix('=').map(str::to_owned))?;
    Some(match value.strip_suffix('%') {
        Some(percent) => percent.parse::<f64>().unwrap() / 100.0,
        None => value.parse().unwrap(),
    })
}

fn sifma_bond(row: &Row) -> Bond {
    let optional = |column: &str| row.given(column).map(|_| row.date(column));
    // Examples of accrued interest alone do without a maturity: any on their schedule will do.
    let maturity = optional("maturity").unwrap_or_else(|| {
        optional("first_coupon").unwrap().civil().months_earlier(-360, false).date()
    });
    let terms = BondTerms {
        issue: optional("issue_date"),
        first_coupon: optional("first_coupon"),
        last_coupon: optional("last_coupon"),
        frequency: frequency(row),
        day_count: DayCount::parse(row.text("day_count")).unwrap(),
        ..BondTerms::new(
            row.given("coupon_pct").map_or(0.0, |_| row.number("coupon_pct")) / 100.0,
            maturity,
        )
    };
    Bond::new(terms).unwrap()
}

/// A bill of so many days at a simple yield, its price to five decimals, and the tax on its
/// discount paid at once.
fn net_of_tax(row: &Row) -> Verdict {
    let settlement = Date::from_ymd(2020, 1, 1).unwrap();
    let maturity = Date::from_days(settlement.days() + given(row, "days").unwrap() as i32).unwrap();
    let terms = BondTerms {
        frequency: Frequency::None,
        day_count: DayCount::Act360,
        ..BondTerms::new(0.0, maturity)
    };
    let bill = Bond::new(terms).unwrap();
    let price = settled(&bill, settlement)
        .clean_price_from_yield(given(row, "simple yield").unwrap())
        .unwrap();
    let price = (1e3 * price).round() / 1e5;
    assert_decimals(
        row.text("case_id"),
        price + given(row, "tax").unwrap() * (1.0 - price),
        row.number("expected"),
        5,
    );
    Matched
}

fn sifma_and_others(row: &Row) -> Verdict {
    let (case, quantity, expected) =
        (row.text("case_id"), row.text("quantity"), row.text("expected"));
    if quantity == "net_price" {
        return net_of_tax(row);
    }
    let bond = sifma_bond(row);
    if quantity == "received_at_maturity" {
        let discount = bond.under(Convention::Discount, DayCount::Act360).unwrap();
        let price = settled(&discount, row.date("settlement"))
            .clean_price_from_yield(given(row, "discount").unwrap())
            .unwrap();
        assert_printed(case, given(row, "invested").unwrap() * 100.0 / price, expected);
        return Matched;
    }
    let settled = settled(&bond, row.date("settlement"));
    if quantity == "cash_flows" {
        let flows = settled.cash_flows().unwrap();
        let text = format!(
            "{} payments of {} from {} every 6 months to {} plus {}",
            flows.len(),
            flows[0].coupon,
            flows[0].date,
            bond.maturity,
            flows[flows.len() - 1].principal
        );
        assert_eq!(text, expected);
        return Matched;
    }
    let dirty = || match given(row, "yield") {
        Some(ytm) => settled.dirty_price_from_yield(ytm).unwrap(),
        None => settled.dirty_price(given(row, "price").unwrap()),
    };
    let measures = || settled.measures_from_dirty_price(dirty()).unwrap();
    let face = row.given("face").map_or(100.0, |_| row.number("face")) / 100.0;
    let actual = match quantity {
        "clean_price" => face * (dirty() - settled.accrued()),
        "dirty_price" => face * dirty(),
        "macaulay" => measures().macaulay_duration,
        "modified" => measures().modified_duration,
        "convexity" => measures().convexity,
        "yield_pct" => 100.0 * measures().ytm,
        "accrued" => settled.accrued(),
        text if text.starts_with("accrued per 1000") => 10.0 * settled.accrued(),
        other => panic!("{other}"),
    };
    let printed = expected.split_once('.').map_or(0, |(_, decimals)| decimals.len()) as i32;
    let decimals = printed.min(row.text("expected_decimals").parse().unwrap());
    assert_decimals(case, actual, expected.parse().unwrap(), decimals);
    Matched
}

/// The finder names the convention of a bond from its price and yield alone.
#[track_caller]
fn assert_found(bond: &Bond, settlement: Date, clean: f64, ytm: f64, decimals: i32) {
    let readings = which_convention(bond, clean, ytm, settlement, decimals, &|| ()).unwrap();
    let matching = readings.iter().filter(|candidate| candidate.matches);
    let names: Vec<&str> = matching.map(|candidate| candidate.reading.convention.name()).collect();
    assert!(names.contains(&bond.convention.name()), "{bond} at {clean}: {ytm} is {names:?}");
}

/// Every example whose source names its convention.
#[test]
#[ignore = "needs the larger set of figures; make figures runs it"]
fn figures_of_named_conventions() {
    let mut found = 0;
    let mut find = |bond: &Bond, settlement: Date, clean: f64, ytm: f64, decimals: i32| {
        assert_found(bond, settlement, clean, ytm, decimals);
        found += 1;
    };
    let rows = reference::rows("worked/bond_conventions.csv");
    for row in rows.iter().filter(|row| {
        row.given("convention").is_some() && !row.text("verify_note").starts_with("Bloomberg")
    }) {
        let (given, expected) = (row.text("given"), row.text("expected"));
        let (value, answer) =
            (row.text("given_value").parse::<f64>(), row.text("expected_value").parse::<f64>());
        let (Ok(value), Ok(answer)) = (value, answer) else { continue };
        if row.text("case_id").starts_with("R2048") {
            continue;
        }
        let bond = example(row);
        let settlement = row.date("settlement");
        let accrued = settled(&bond, settlement).accrued();
        match (given, expected) {
            ("clean_price", "yield_pct") => find(&bond, settlement, value, answer / 100.0, 9),
            ("clean_price_per1", "yield_decimal") => {
                find(&bond, settlement, 100.0 * value, answer, 8)
            }
            ("yield_pct", "clean_price") => find(&bond, settlement, answer, value / 100.0, 8),
            ("yield_pct", "clean_price_per1") => {
                find(&bond, settlement, 100.0 * answer, value / 100.0, 6)
            }
            ("yield_pct", "dirty_price_per1") => {
                find(&bond, settlement, 100.0 * answer - accrued, value / 100.0, 10)
            }
            ("yield_pct", "dirty_price_per1000") => {
                find(&bond, settlement, answer / 10.0 - accrued, value / 100.0, 6)
            }
            _ => {}
        }
    }
    assert_eq!(found, 9);
}

/// The Treasury's own examples, and its auctions.
#[test]
fn the_finder_names_the_treasury_convention() {
    let mut found = 0;
    for row in reference::rows("treasury_auctions/31cfr356_appendix_b.csv") {
        if row.text("case_id").starts_with("CFR356B-II.") && row.text("expected") == "clean_price" {
            let bond = treasury::note(&row, "first_coupon");
            found += 1;
            assert_found(
                &bond,
                row.date("settlement"),
                row.number("expected_value"),
                row.number("given_value") / 100.0,
                7,
            );
        }
    }
    for row in reference::rows("treasury_auctions/notes_bonds_tips_2008_2022.csv") {
        let bond = treasury::note(&row, "first_coupon_date");
        found += 1;
        assert_found(
            &bond,
            row.date("settlement"),
            row.number("published_clean_price"),
            row.number("high_yield_pct") / 100.0,
            7,
        );
    }
    assert_eq!(found, 7 + 795);
}

/// Bank discount beyond the whole amount due leaves no price: no rate is the same.
#[test]
fn a_discount_of_more_than_all_is_refused() {
    assert!(convert(5.0, "discount", "discount", Some(360)).is_err());
    assert!(convert(1.0, "discount", "discount", Some(360)).is_err());
    assert_eq!(
        convert(0.5, "discount", "discount", Some(360)).map(|rate| (rate * 1e12).round()),
        Ok(5e11)
    );
}
