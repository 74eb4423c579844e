//! Prices, yields and risk through SQL: the same bits as the pure half, which is where accuracy is
//! tested.

use crate::database::Database;
use crate::term::KINDS;
use pg_bond::basics::date::Date;
use pg_bond::pricing::yield_pricing::YieldPricing;
use pg_bond::product::bond::Bond;

const BONDS: [&str; 6] = [
    "4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000",
    "0% 2039-08-15 semiannual ACT/ACT ICMA @ 55.25",
    "6.125% 2026-05-31 quarterly ACT/360 @ 100.125 x 5000",
    "3.875% 2034-08-15 semiannual ACT/ACT ICMA us_treasury @ 97.890625 x -1000000",
    "5.5% 2033-09-30 annual 30E/360 issued 2026-02-10 @ 101",
    "7% 2046-11-01 monthly ACT/365F redemption 105 compounded @ 118.5 x 1000",
];

fn bonds() -> impl Iterator<Item = &'static str> {
    BONDS.into_iter().chain(KINDS)
}

#[test]
fn sql_and_the_pure_half_give_the_same_bits() {
    let db = Database::new();
    for text in bonds() {
        let bond: Bond = text.parse().unwrap();
        let settled =
            YieldPricing::new(&bond, Date::parse("2026-03-24").unwrap()).unwrap().unwrap();
        let expected = settled.analytics(bond.price.unwrap());
        let measures = expected.measures.unwrap();
        let row = db.value(&format!(
            "SELECT a.* FROM bond_analytics('{text}'::bond, settlement => '2026-03-24') AS a"
        ));
        let columns = [
            expected.clean_price,
            expected.accrued,
            expected.dirty_price,
            expected.market_value,
            measures.ytm,
            expected.current_yield.unwrap(),
            measures.macaulay_duration,
            measures.modified_duration,
            measures.convexity,
            expected.dv01.unwrap(),
        ];
        let expected_row = columns.iter().map(f64::to_string).collect::<Vec<_>>().join("|");
        let numbers =
            |row: &str| row.split('|').map(|n| n.parse::<f64>().unwrap()).collect::<Vec<_>>();
        let (date, figures) = row.split_once('|').unwrap();
        assert_eq!(date, "2026-03-24");
        assert_eq!(numbers(figures), numbers(&expected_row), "{text}");
    }
}

/// Every figure in its four forms, and each the column of `bond_analytics` of its name.
#[test]
fn the_forms_agree() {
    let db = Database::new();
    let figures = [
        "ytm",
        "current_yield",
        "macaulay_duration",
        "modified_duration",
        "convexity",
        "dv01",
        "market_value",
    ];
    for text in bonds() {
        for figure in figures {
            let query = format!(
                "SELECT count(DISTINCT v), count(v) FROM (SELECT '{text}'::bond AS b) s, LATERAL \
                    (VALUES
                   (bond_{figure}(b)), (bond_{figure}(b, settlement => '2026-03-24')), \
                   (bond_{figure}(b, price => bond_price(b))),
                   (bond_{figure}(b, price => bond_price(b), settlement => '2026-03-24')),
                   ((bond_analytics(b)).{figure}), ((bond_analytics(b, price => bond_price(b), \
                   settlement => '2026-03-24')).{figure})) AS t(v)"
            );
            assert_eq!(db.value(&query), "1|6", "{figure} of {text}");
        }
    }
}

#[test]
fn definitions_hold() {
    let db = Database::new();
    for text in bonds() {
        let query = format!(
            "SELECT abs(bond_price(b, bond_ytm(b)) - bond_price(b)) < 1e-11,
                    abs(bond_dirty_price(b, 0.05) - bond_price(b, 0.05) - bond_accrued(b)) < 1e-12,
                    abs(bond_dv01(b) - bond_modified_duration(b) * bond_market_value(b) / 1e4) <= \
                    1e-12 * abs(bond_dv01(b)),
                    sign(bond_dv01(b)) = sign(coalesce(bond_notional(b), 1)),
                    abs((bond_market_value(bond_quote(b, bond_price(b, bond_ytm(b) - 1e-4))) - \
                    bond_market_value(bond_quote(b, bond_price(b, bond_ytm(b) + 1e-4)))) / 2 / \
                    bond_dv01(b) - 1) < 1e-4,
                    bond_current_yield(b) = 100 * bond_coupon(b) / bond_price(b)
             FROM (SELECT '{text}'::bond AS b) s"
        );
        assert_eq!(db.value(&query), "t|t|t|t|t|t", "{text}");
    }
}

/// In its last period a bond is a simple-interest claim under 31 CFR 356 too, whose yield may lie
/// below minus the frequency; and a day count that overruns the period leaves the next coupon
/// overdue.
#[test]
fn extreme_yields_price_back() {
    let db = Database::new();
    for (bond, settlement) in [
        ("0% 2026-03-25 us_treasury @ 101.3", "2026-03-24"),
        ("0% 2026-03-25 street @ 101.3", "2026-03-24"),
        ("0% 2031-12-30 ACT/365F us_treasury @ 102", "2030-12-29"),
        ("0.5% 2027-02-28 ACT/360 us_treasury @ 150", "2026-08-30"),
        (
            "0% 2034-05-21 quarterly ACT/360 issued 2033-04-11 first 2034-05-21 us_treasury @ \
                100.04623485793189",
            "2033-11-20",
        ),
    ] {
        let error = db.number(&format!(
            "SELECT abs(bond_price(b, bond_ytm(b, settlement => \
            '{settlement}'), '{settlement}') - bond_price(b)) FROM (SELECT '{bond}'::bond AS b) s"
        ));
        assert!(error < 1e-10, "{bond}: {error}");
        let error = db.number(&format!(
            "SELECT abs(sum(e.present_value) - max(bond_market_value(b, \
            settlement => '{settlement}'))) FROM (SELECT '{bond}'::bond AS b) s, bond_explain(b, \
            settlement => '{settlement}') AS e"
        ));
        assert!(error < 1e-10, "{bond}: {error}");
    }
}

/// Excel's documentation and 31 CFR 356 print worked examples.
#[test]
fn published_examples() {
    let db = Database::new();
    let close = |query: &str, expected: f64, tolerance: f64| {
        let actual = db.number(query);
        assert!((actual - expected).abs() < tolerance, "{query}: {actual} instead of {expected}");
    };
    // Excel's documentation of PRICE and YIELD.
    close("SELECT bond_price('5.75% 2017-11-15', 0.065, '2008-02-15')", 94.634_361_62, 5e-9);
    close(
        "SELECT bond_ytm('5.75% 2016-11-15', price => 95.04287, settlement => '2008-02-15')",
        0.065,
        1e-8,
    );
    close(
        "SELECT bond_macaulay_duration(bond_quote(b, bond_price(b, 0.09, '2018-07-01')), \
            settlement => '2018-07-01') FROM (SELECT '8% 2048-01-01 ACT/ACT'::bond AS b) s",
        10.919_145_28,
        5e-9,
    );
    // 31 CFR 356, appendix B, II.A, B and C: a new issue, with a regular, a short and a long first
    // period.
    let treasury = |bond: &str, ytm: f64, settlement: &str, price: f64| {
        close(
            &format!(
                "SELECT bond_price('{bond} ACT/ACT us_treasury'::bond, {ytm}, '{settlement}')"
            ),
            price,
            6e-7,
        );
    };
    treasury("8.75% 2020-05-15 issued 1990-05-15", 0.0884, "1990-05-15", 99.057_893);
    treasury(
        "8.5% 1992-03-31 issued 1990-04-02 first 1990-09-30",
        0.0859,
        "1990-04-02",
        99.838_183,
    );
    treasury(
        "8.5% 1995-05-15 issued 1990-03-01 first 1990-11-15",
        0.0853,
        "1990-03-01",
        99.805_118,
    );
}

/// What each market's own documents, and those who check against them, print.
#[test]
fn published_examples_of_markets() {
    let db = Database::new();
    for (query, expected, half_a_digit) in [
        // UK DMO: the gilt 8 % of June 2021 around its ex-dividend date, 29 May 2013; accrued
        // interest and yield of Bloomberg.
        ("bond_accrued('8% 2021-06-07 market uk_gilt', '2013-05-29')", 3.802_197_8, 5e-8),
        ("bond_accrued('8% 2021-06-07 market uk_gilt', '2013-05-30')", -0.175_824_2, 5e-8),
        ("bond_accrued('8% 2021-06-07 market uk_gilt', '2013-05-31')", -0.153_846_2, 5e-8),
        (
            "100 * bond_ytm('8% 2021-06-07 market uk_gilt'::bond, price => 103, settlement => \
                '2013-05-30')",
            7.496_183_543,
            5e-9,
        ),
        // AOFM: the bond 6 % of February 2017, ex interest seven calendar days before; Bloomberg.
        ("bond_accrued('6% 2017-02-15 market australian_government', '2014-08-07')", 2.867, 1e-12),
        ("bond_accrued('6% 2017-02-15 market australian_government', '2014-08-11')", -0.066, 1e-12),
        // Riksgälden, calculation example: bond 1041.
        (
            "bond_price('6.75% 2014-05-05 market swedish_government', 0.02732, '2009-09-22')",
            117.196,
            1e-12,
        ),
        // 31 CFR 356, appendix B, VI.A, C and D: bills.
        (
            "bond_price('0% 1990-02-22 market us_treasury_bill', 0.0761, '1989-11-24')",
            98.0975,
            1e-12,
        ),
        (
            "100 * bond_ytm('0% 1983-06-30 market us_treasury_bill'::bond, price => 95.934567, \
                settlement => '1982-12-30')",
            8.042,
            5e-4,
        ),
        (
            "100 * bond_ytm('0% 1990-06-21 market us_treasury_bill bond_equivalent'::bond, price \
                => 99.559444, settlement => '1990-06-01')",
            8.076,
            5e-4,
        ),
        (
            "100 * bond_ytm('0% 1991-06-06 market us_treasury_bill bond_equivalent'::bond, price \
                => 92.265, settlement => '1990-06-07')",
            8.237,
            5e-4,
        ),
        // ANBIMA, per 1000; its prices are truncated on the way.
        (
            "10 * bond_dirty_price('10% 2010-01-01 market brazilian_ntn_f', 0.105726, \
                '2007-06-06')",
            1_030.099_2,
            5e-5,
        ),
        (
            "10 * bond_dirty_price('10% 2012-01-01 market brazilian_ntn_f', 0.104283, \
                '2007-06-06')",
            1_028.135_8,
            5e-5,
        ),
        (
            "10 * bond_dirty_price('10% 2017-01-01 market brazilian_ntn_f', 0.102948, \
                '2007-06-06')",
            1_026.197_1,
            5e-5,
        ),
        // Mayle, Standard Securities Calculation Methods: formulas 3 and 4, interest at maturity;
        // 10 and 12, an odd last period; 16 to 19, odd at both ends.
        (
            "100 * bond_ytm('6.08% 1992-04-13 none 30/360 issued 1991-10-11'::bond, price => \
                99.98, settlement => '1992-02-07')",
            6.07,
            5e-3,
        ),
        (
            "bond_accrued('6.08% 1992-04-13 none 30/360 issued 1991-10-11', '1992-02-07')",
            1.96,
            5e-3,
        ),
        (
            "100 * bond_ytm('3.75% 1993-06-15 last 1992-10-15'::bond, price => 99.878, settlement \
                => '1993-02-07')",
            4.05,
            5e-3,
        ),
        (
            "bond_accrued('4% 2020-03-01 issued 1993-03-01 first 1993-07-01 last 2020-01-01', \
                '1993-03-15')",
            0.16,
            5e-3,
        ),
        // SIFMA, by the phantom last coupon of a maturity at the end of February.
        (
            "bond_price('9.35% 2005-02-28 ACT/ACT issued 1992-09-01 last 2004-09-01', 0.0775, \
                '1992-11-11')",
            112.521_861_603_613,
            5e-13,
        ),
        // JSDA: (2 + 2/8)/98 on a coupon date eight years of 365 days before maturity.
        (
            "bond_ytm('2% 2034-06-20 market japanese_government'::bond, price => 98, settlement => \
                '2026-06-20')",
            2.25 / 98.0,
            1e-16,
        ),
        // A perpetual bond on a coupon date: price c/y, durations (1 + y)/y and 1/y, convexity
        // 2/y².
        ("bond_price('4% perpetual annual issued 2020-01-15', 0.05, '2026-01-15')", 80.0, 1e-13),
        (
            "bond_ytm('4% perpetual annual issued 2020-01-15'::bond, price => 80, settlement => \
                '2026-01-15')",
            0.05,
            1e-16,
        ),
        (
            "bond_macaulay_duration('4% perpetual annual issued 2020-01-15'::bond, price => 80, \
                settlement => '2026-01-15')",
            21.0,
            1e-13,
        ),
        (
            "bond_modified_duration('4% perpetual annual issued 2020-01-15'::bond, price => 80, \
                settlement => '2026-01-15')",
            20.0,
            1e-13,
        ),
        (
            "bond_convexity('4% perpetual annual issued 2020-01-15'::bond, price => 80, settlement \
                => '2026-01-15')",
            800.0,
            1e-11,
        ),
    ] {
        let actual = db.number(&format!("SELECT {query}"));
        assert!(
            (actual - expected).abs() <= half_a_digit,
            "{query}: {actual} instead of {expected}"
        );
    }
}

/// Steps to the rate that there was before change nothing; the level bond of a step bond's last
/// rate is what it becomes.
#[test]
fn steps_and_stubs_meet_the_plain_bond() {
    let db = Database::new();
    for (odd, plain, settlement) in [
        (
            "4% 2034-06-15 steps 2027-06-15:4%,2029-06-15:4% @ 97",
            "4% 2034-06-15 @ 97",
            "2026-03-24",
        ),
        (
            "4% 2034-06-15 steps 2027-06-15:4.5%,2029-06-15:5% @ 97",
            "5% 2034-06-15 @ 97",
            "2029-06-15",
        ),
        ("4% 2034-06-15 last 2033-12-15 @ 97", "4% 2034-06-15 @ 97", "2026-03-24"),
        (
            "4% 2034-06-15 calendar US roll following ex 10d lag 1 currency USD @ 97",
            "4% 2034-06-15 @ 97",
            "2026-03-24",
        ),
    ] {
        let query = format!(
            "SELECT abs(x.ytm - y.ytm) < 1e-15, abs(x.modified_duration - y.modified_duration) < \
                1e-13, abs(x.convexity - y.convexity) < 1e-11, x.accrued = y.accrued
             FROM bond_analytics('{odd}'::bond, settlement => '{settlement}') AS x, \
             bond_analytics('{plain}'::bond, settlement => '{settlement}') AS y"
        );
        assert_eq!(db.value(&query), "t|t|t|t", "{odd}");
    }
}

/// A claim is the sum of its parts, all at one yield: coupons that step up are two rows of coupons,
/// a late redemption is an early one discounted further, a bond without its next coupon lacks just
/// that, and one without end is one with an end so far away that nothing is left of it.
#[test]
fn odd_bonds_are_sums_of_plain_ones() {
    let db = Database::new();
    // Of 1 % a year until a date, and of 100 on it.
    let coupons = |until: &str| format!("(price('1% {until}') - price('0% {until}'))");
    let principal = |date: &str| format!("price('0% {date}')");
    for (odd, parts) in [
        (
            "4% 2034-06-15 steps 2027-06-15:4.5%,2029-06-15:6%",
            format!(
                "price('6% 2034-06-15') - 0.5 * {} - 1.5 * {}",
                coupons("2027-06-15"),
                coupons("2029-06-15")
            ),
        ),
        // Four months more, at 30/360.
        (
            "3% 2034-06-15 last 2034-02-15",
            format!(
                "3 * {} + {} * 1.01 / power(1.03, 4.0 / 6)",
                coupons("2034-02-15"),
                principal("2034-02-15")
            ),
        ),
        // And nine, which is a period and a half.
        (
            "3% 2034-06-15 last 2033-09-15",
            format!(
                "3 * {} + {} * 1.0225 / power(1.03, 1.5)",
                coupons("2033-09-15"),
                principal("2033-09-15")
            ),
        ),
        (
            "6% 2034-04-01 ex 10d",
            format!("price('6% 2034-04-01') - 0.03 * {}", principal("2026-04-01")),
        ),
        ("6% perpetual issued 2020-04-01", "price('6% 9999-04-01')".to_owned()),
        // 3 on the next coupon date, when the rest is worth 3/0.03.
        ("6% perpetual issued 2020-04-01", format!("1.03 * {}", principal("2026-04-01"))),
    ] {
        let error = db.number(&format!(
            "CREATE OR REPLACE FUNCTION price(terms text) RETURNS float8 RETURN \
                bond_dirty_price((terms || ' compounded')::bond, 0.06, '2026-03-24');
             SELECT abs(price('{odd}') - ({parts}))"
        ));
        assert!(error < 1e-12, "{odd}: {error}");
    }
}

/// A price that the market rounds prints alike from a yield and back.
#[test]
fn rounding_markets_print_what_they_quote() {
    let db = Database::new();
    for market in ["swedish_government", "australian_government", "us_municipal"] {
        let row = db.value(&format!(
            "SELECT count(*) FILTER (WHERE price <> round(price::numeric, 3)), max(abs(bond_ytm(b, \
                price => price) - y)) < 1e-5
             FROM (SELECT b, y, bond_price(b, y) AS price FROM (SELECT '5% 2034-05-15 market \
             {market}'::bond AS b) s, LATERAL (SELECT i / 1000.0::float8 AS y FROM \
             generate_series(1, 200) AS i) t) u"
        ));
        assert_eq!(row, "0|t", "{market}");
    }
}

#[test]
fn unknown_is_null() {
    let db = Database::new();
    for (what, bond) in
        [("redeemed", "5% 2020-06-15 @ 99"), ("not issued", "5% 2030-06-15 issued 2027-01-15 @ 99")]
    {
        for call in [
            "bond_ytm(b)",
            "bond_accrued(b)",
            "bond_price(b, 0.05)",
            "bond_dirty_price(b, 0.05)",
            "bond_dv01(b)",
            "bond_market_value(b)",
            "bond_ytm(b, price => 98)",
        ] {
            assert_eq!(
                db.value(&format!("SELECT {call} IS NULL FROM (SELECT '{bond}'::bond AS b) s")),
                "t",
                "{call} {what}"
            );
        }
        assert_eq!(db.value(&format!("SELECT bond_analytics('{bond}'::bond) IS NULL")), "t");
        assert!(
            db.run(&format!(
                "SELECT * FROM bond_explain('{bond}'::bond) UNION ALL SELECT date, \
            NULL, coupon, principal, amount, NULL FROM bond_cashflows('{bond}'::bond)"
            ))
            .is_empty()
        );
    }
    assert_eq!(
        db.value(
            "SELECT bond_ytm('5% 2030-06-15'::bond) IS NULL AND bond_ytm('5% \
        2030-06-15'::bond, price => 98) > 0.05"
        ),
        "t"
    );
    // One day left under 30E/360 from the 30th to the 31st: nothing is left to discount.
    assert_eq!(
        db.value(
            "SELECT bond_ytm(b, settlement => '2026-03-30'), bond_market_value(b, settlement => \
                '2026-03-30') FROM (SELECT '5% 2026-03-31 30E/360 @ 100'::bond AS b) s"
        ),
        "NULL|102.5"
    );
}

#[test]
fn explained_prices_add_up() {
    let db = Database::new();
    // A perpetual bond's flows have no end, and a simple rate or current yield discounts none of
    // them.
    let words = ["perpetual", "japanese_simple", "current"];
    let explained = |text: &&str| !words.iter().any(|word| text.contains(word));
    for text in bonds().filter(explained) {
        let query = format!(
            "SELECT abs(sum(present_value) - max(dirty)) < 1e-10, count(*) = count(DISTINCT \
                e.date), max(e.date) - bond_maturity('{text}'::bond) BETWEEN 0 AND 3, \
                bool_and(abs(e.amount * e.discount_factor - e.present_value) < 1e-12)
             FROM (SELECT '{text}'::bond AS b) s, LATERAL (SELECT (bond_analytics(b)).dirty_price \
             AS dirty) a, bond_explain(b) AS e"
        );
        assert_eq!(db.value(&query), "t|t|t|t", "{text}");
        // The canadian invoice counts interest over 365 days where the yield counts the days of the
        // period: a row of its own.
        if text.contains("canadian") {
            continue;
        }
        let query = format!(
            "SELECT abs(sum(c.amount) - sum(e.amount) * coalesce(max(bond_notional(b)) / 100, 1)) \
                < 1e-6, count(*) = count(c.date)
             FROM (SELECT '{text}'::bond AS b) s, bond_explain(b) AS e FULL JOIN \
             bond_cashflows('{text}'::bond) AS c USING (date)"
        );
        assert_eq!(db.value(&query), "t|t", "{text}");
    }
    let canadian = "'5% 2034-05-15 semiannual ACT/ACT ICMA canadian @ 98'::bond";
    let query = format!(
        "SELECT round(sum(present_value)::numeric, 5), abs(min(amount) FILTER (WHERE days = 0) - \
            bond_accrued({canadian}) + bond_accrued('5% 2034-05-15 semiannual ACT/ACT \
            ICMA'::bond)) < 1e-12,
                abs(bond_accrued({canadian}) - 5 * 129 / 365.0) < 1e-12 FROM \
                bond_explain({canadian})"
    );
    assert_eq!(db.value(&query), "99.76712|t|t");
}

#[test]
fn the_setting_is_the_settlement_date() {
    let db = Database::new();
    assert_eq!(db.value("SELECT bond_settlement_date()"), "2026-03-24");
    assert_eq!(
        db.run(
            "SET pg_bond.settlement_date = '2027-01-02'; SELECT bond_settlement_date(); \
        SET pg_bond.settlement_date = ''; SELECT bond_settlement_date() = current_date; RESET \
        pg_bond.settlement_date; SELECT bond_settlement_date()"
        ),
        ["2027-01-02", "t", "2026-03-24"]
    );
    let refused =
        db.refusal("SELECT bond_settlement_date(); SET pg_bond.settlement_date = '2027-02-30'");
    assert_eq!(
        (refused.state.as_str(), refused.message.as_str()),
        ("22023", "invalid value for parameter \"pg_bond.settlement_date\": \"2027-02-30\"")
    );
    // Set before the library is there to check it: never taken for the current date.
    assert_eq!(
        db.refusal(
            "SET pg_bond.settlement_date = '2027-2-3'; SELECT bond_ytm('5% 2030-06-15 @ 99'::bond)"
        )
        .state,
        "22007"
    );
    let mended = db.run(
        "SET client_min_messages = error; SET pg_bond.settlement_date = \
        '2027-2-3'; SELECT '5% 2030-06-15'::bond; SET pg_bond.settlement_date = '2027-02-03'; \
        SELECT bond_settlement_date()",
    );
    assert_eq!(mended[1], "2027-02-03");
    let refused = db.refusal(
        "SET client_min_messages = error; SET pg_bond.settlement_date = \
        '2027-2-3'; SELECT '5% 2030-06-15'::bond; BEGIN; SET pg_bond.settlement_date = \
        '2027-02-03'; ROLLBACK; SELECT bond_settlement_date()",
    );
    assert_eq!(refused.state, "22007");
    let parallel = "CREATE TABLE o AS SELECT '5% 2050-06-15 @ 99'::bond AS b FROM \
        generate_series(1, 100000); SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET \
        min_parallel_table_scan_size = 0; SET parallel_leader_participation = off";
    let refused = db.refusal(&format!(
        "SET client_min_messages = error; SET pg_bond.settlement_date = '2027-2-3'; {parallel}; \
            SELECT portfolio_duration(b) FROM o"
    ));
    assert_eq!(refused.state, "22007");
    // The forms without a date are inlined into those with one.
    let plan = db
        .run(
            "EXPLAIN (VERBOSE, COSTS OFF) SELECT bond_ytm(b), bond_ytm(b, price => 99.5) \
        FROM (SELECT '5% 2030-06-15'::bond AS b OFFSET 0) s",
        )
        .join("\n");
    assert!(
        plan.contains("bond_ytm(s.b, bond_settlement_date())")
            && plan.contains("bond_ytm(s.b, '99.5'::double precision, bond_settlement_date())"),
        "{plan}"
    );
}
