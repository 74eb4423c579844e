//! The portfolio aggregates against what their definition says of the single bonds.

use crate::database::Database;
use crate::plans::without_currency;
use crate::term::KINDS;

const BOOK: &str = "CREATE TABLE book AS
    SELECT i, i % 7 AS portfolio_id, bond(coupon => (i % 90) / 1000.0, maturity => date \
    '2025-12-31' + (i * 7919) % 11000, frequency => CASE i % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'S' \
    ELSE 'Q' END,
               day_count => CASE i % 4 WHEN 0 THEN '30/360' WHEN 1 THEN 'ACT/ACT' WHEN 2 THEN \
               'ACT/360' ELSE '30E/360' END,
               convention => CASE i % 5 WHEN 0 THEN 'us_treasury' WHEN 1 THEN 'compounded' ELSE \
               'street' END,
               price => CASE WHEN i % 13 > 0 THEN 70 + (i % 6007) / 100.0 END, notional => 1000.0 \
               * (i % 900 - 100)) AS b
    FROM generate_series(1, 5000) AS i;";

/// One in four bonds of the book is of another kind.
fn mixed_book(db: &Database) {
    db.run(BOOK);
    let kinds = KINDS.map(|kind| format!("'{}'", without_currency(kind))).join(", ");
    db.run(&format!(
        "UPDATE book SET b = bond_hold((ARRAY[{kinds}]::bond[])[1 + i / 4 % {}], 1000.0 * (i % 900 \
            - 100)) WHERE i % 4 = 0",
        KINDS.len()
    ));
}

#[test]
fn figures_follow_their_definitions() {
    let db = Database::new();
    mixed_book(&db);
    let rows = db.run(
        "SELECT portfolio_id,
                abs(portfolio_value(b) / sum(bond_market_value(b)) - 1) < 1e-13,
                abs(portfolio_dv01(b) / sum(bond_dv01(b)) - 1) < 1e-12,
                abs(portfolio_duration(b) - sum(bond_modified_duration(b) * bond_market_value(b)) \
                / sum(bond_market_value(b))) < 1e-12,
                abs(portfolio_macaulay_duration(b) - sum(bond_macaulay_duration(b) * \
                bond_market_value(b)) / sum(bond_market_value(b))) < 1e-12,
                abs(portfolio_convexity(b) - sum(bond_convexity(b) * bond_market_value(b)) / \
                sum(bond_market_value(b))) < 1e-9,
                abs(portfolio_ytm(b) - sum(bond_ytm(b) * bond_market_value(b)) / \
                sum(bond_market_value(b))) < 1e-13,
                (portfolio_risk(b)).measured = count(bond_ytm(b)), (portfolio_risk(b)).skipped = \
                count(*) - count(bond_ytm(b)),
                portfolio_risk(b) = (count(bond_ytm(b)), count(*) - count(bond_ytm(b)), \
                portfolio_value(b), portfolio_ytm(b), portfolio_macaulay_duration(b),
                                     portfolio_duration(b), portfolio_convexity(b), \
                                     portfolio_dv01(b), '2026-03-24')::portfolio_measures,
                portfolio_risk(b) = portfolio_risk(b, '2026-03-24')
         FROM book GROUP BY portfolio_id ORDER BY 1",
    );
    assert_eq!(rows.len(), 7);
    for row in rows {
        assert_eq!(row.split_once('|').unwrap().1, ["t"; 10].join("|"), "{row}");
    }
}

#[test]
fn empty_and_unknown_groups_are_null() {
    let db = Database::new();
    db.run(BOOK);
    for (what, from) in [
        ("no rows", "FROM book WHERE false"),
        ("all NULL", "FROM (SELECT NULL::bond AS b FROM book) s"),
        ("unquoted", "FROM (SELECT bond_terms(b) AS b FROM book) s"),
        ("matured", "FROM book WHERE bond_maturity(b) <= '2026-03-24'"),
        (
            "filtered away",
            ", count(*) FILTER (WHERE i < 0) FROM (SELECT i, CASE WHEN i < 0 THEN b END AS b FROM \
                book) s",
        ),
    ] {
        let row = db.value(&format!(
            "SELECT portfolio_value(b) IS NULL, portfolio_duration(b) IS \
            NULL, portfolio_dv01(b, '2026-03-24') IS NULL, portfolio_ytm(b) IS NULL,
            portfolio_macaulay_duration(b) IS NULL, portfolio_convexity(b) IS NULL, \
            (portfolio_risk(b)).measured = 0 {from}"
        ));
        assert!(row.starts_with("t|t|t|t|t|t|t"), "{what}: {row}");
    }
    assert_eq!(
        db.value(
            "SELECT portfolio_value(b), portfolio_dv01(b), portfolio_duration(b), \
        (portfolio_risk(b)).measured FROM (VALUES ('5% 2030-06-15 @ 99 x 1000'::bond), ('5% 2030-06-15 \
        @ 99 x -1000')) AS t(b)"
        ),
        "0|0|NULL|2"
    );
}

/// A stale mark, a yield that no float holds, a sum beyond all money: each skipped and counted, the
/// rest measured.
#[test]
fn one_bad_row_spoils_no_report() {
    let db = Database::new();
    let row = db.value(
        "SELECT r.measured, r.skipped, r.market_value FROM (SELECT portfolio_risk(b) AS risk FROM \
            (VALUES ('5% 2030-01-15 @ 99 x 1000'::bond), ('8% 2026-03-25 compounded @ 118 x \
            1000000'),
            ('5% 2030-01-15 @ 1e9 x 1e15'), ('5% 2020-01-15 @ 99'), ('5% 2030-01-15'), ('5% \
            2030-01-15 issued 2027-01-15 @ 99')) AS t(b)) s, LATERAL (SELECT (risk).*) AS r",
    );
    assert!(row.starts_with("1|5|999.58"), "{row}");
    // Beyond the years of its calendar, where the scalar function refuses.
    let row = db.value(
        "SELECT (portfolio_risk(b)).measured, (portfolio_risk(b)).skipped, \
            (portfolio_risk(b)).market_value FROM (VALUES ('5% 2030-01-15 @ 99 x 1000'::bond),
            ('10% 2250-01-01 market brazilian_ntn_f @ 92 x 1000')) AS t(b)",
    );
    assert!(row.starts_with("1|1|999.58"), "{row}");
    assert_eq!(
        db.refusal("SELECT bond_ytm('10% 2250-01-01 market brazilian_ntn_f @ 92'::bond)").state,
        "22008"
    );
}

#[test]
fn filters_grouping_sets_and_windows() {
    let db = Database::new();
    mixed_book(&db);
    assert_eq!(
        db.value(
            "SELECT portfolio_duration(b) FILTER (WHERE i % 2 = 0) = (SELECT portfolio_duration(b) \
                FROM book WHERE i % 2 = 0) FROM book"
        ),
        "t"
    );
    let sets = "SELECT portfolio_id, i % 2 AS half, portfolio_risk(b)::text AS risk FROM book \
        GROUP BY CUBE (portfolio_id, i % 2)";
    let mismatches = db.value(&format!(
        "SELECT count(*) FROM ({sets}) s WHERE risk <> (SELECT portfolio_risk(b)::text FROM book \
            WHERE (s.portfolio_id IS NULL OR book.portfolio_id = s.portfolio_id) AND (half IS NULL \
            OR i % 2 = half))"
    ));
    assert_eq!(mismatches, "0");
    let mismatches = db.value(
        "SELECT count(*) FROM (SELECT i, portfolio_risk(b) OVER (ORDER BY i ROWS 9 \
            PRECEDING)::text AS moving, portfolio_value(b) OVER (ORDER BY i) AS running FROM book \
            WHERE i <= 300) s
         WHERE moving <> (SELECT portfolio_risk(b)::text FROM book WHERE book.i BETWEEN s.i - 9 \
         AND s.i) OR running IS DISTINCT FROM (SELECT portfolio_value(b) FROM book WHERE book.i <= \
         s.i)",
    );
    assert_eq!(mismatches, "0");
}

/// States are plain arrays: stored, sent and combined by hand they give what the aggregate gives;
/// and a call outside an aggregate leaves its argument as it was.
#[test]
fn states_are_values() {
    let db = Database::new();
    mixed_book(&db);
    db.run(
        "CREATE AGGREGATE state_of(b bond, settlement date) (SFUNC = portfolio_add, STYPE = \
        float8[], INITCOND = '{}', COMBINEFUNC = portfolio_combine, PARALLEL = SAFE);
            CREATE AGGREGATE combined(float8[]) (SFUNC = portfolio_combine, STYPE = float8[], \
            INITCOND = '{}');
            CREATE TABLE states AS SELECT portfolio_id, state_of(b, '2026-03-24') AS state FROM \
            book GROUP BY 1",
    );
    assert_eq!(
        db.value(
            "SELECT portfolio_risk_final(combined(state ORDER BY random())) = (SELECT \
            portfolio_risk(b) FROM book) FROM states"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT portfolio_risk_final(combined(state::text::float8[])) = (SELECT \
            portfolio_risk(b) FROM book) FROM states"
        ),
        "t"
    );
    let unchanged = "SELECT s = array_fill(0::float8, '{61}'), (portfolio_risk_final(t)).measured FROM \
        (SELECT s, portfolio_add(s, '5% 2030-06-15 @ 99', '2026-03-24') AS t FROM (SELECT \
        array_fill(0::float8, '{61}') AS s OFFSET 0) x OFFSET 0) y";
    assert_eq!(db.value(unchanged), "t|1");
}

/// The numbers of a summary and the 61 of a state whose first sum was never carried, through
/// whatever reads them; the server stays up.
#[test]
fn made_up_sums_are_refused() {
    let db = Database::new();
    let limbs = "1,0,-8388608,12582912";
    let refusal = db.refusal(
        "SELECT portfolio_value('{version 1, measured 1, skipped 0, market_value -8388608 12582912 0 \
            0, ytm 0 0 0 0, macaulay_duration 0 0 0 0, modified_duration 0 0 0 0, convexity 0 0 0 0, \
            currency 0, days 0, squared_days 0}'::risk_summary)",
    );
    assert_eq!(refusal.state, "22P02", "{refusal:?}");
    assert!(format!("{refusal:?}").contains("aggregate can reach"), "{refusal:?}");
    for (last, zeros) in [
        ("portfolio_value", 57),
        ("portfolio_risk", 57),
        ("risk_summary", 57),
        ("portfolio_shock", 17),
        ("rating_average", 10),
        ("rating_warf", 10),
    ] {
        let refusal =
            db.refusal(&format!("SELECT {last}_final('{{{limbs}{}}}')", ",0".repeat(zeros)));
        assert_eq!(
            (
                refusal.state.as_str(),
                refusal.message.contains(&format!("invalid state of {last}: "))
            ),
            ("22023", true),
            "{refusal:?}"
        );
    }
    // An aggregate of a user's own may begin with any state; what is made of it is refused where it
    // ends.
    let refusal = db.refusal(&format!(
        "CREATE AGGREGATE begun(bond, date) (SFUNC = portfolio_add, STYPE = float8[], INITCOND = \
            '{{{limbs}{}}}', FINALFUNC = portfolio_value_final);
         SELECT begun('5% 2030-06-15 @ 99', '2026-03-24')",
        ",0".repeat(57)
    ));
    assert!(refusal.message.contains("invalid state of begun"), "{refusal:?}");
    let large =
        "(SELECT '0% 2126-03-24 @ 10000 x 1e15'::bond AS b FROM generate_series(1, 1000)) AS large";
    let refusal = db.refusal(&format!("SELECT portfolio_risk(b, '2026-03-24') FROM {large}"));
    assert_eq!(refusal.message, "sum of market values times convexities out of range");
    assert_eq!(db.value(&format!("SELECT portfolio_value(b, '2026-03-24') FROM {large}")), "1e+20");
}

/// Rows with and without a bond, a quote, a date, a curve: measured and skipped add up to them, serial,
/// in windows and combined.
#[test]
fn every_row_is_counted() {
    let db = Database::new();
    db.run(
        "CREATE TABLE positions AS SELECT i, i % 5 AS g, CASE WHEN i % 7 > 0 THEN bond(0.04, date \
            '2026-01-31' + i * 11, price => CASE WHEN i % 3 > 0 THEN 99 END, notional => 1000) END \
            AS b,
                CASE WHEN i % 11 > 0 THEN date '2026-03-24' END AS d, CASE WHEN i % 13 > 0 THEN \
                '2026-03-24 1Y:4% 10Y:4.5%'::curve END AS c FROM generate_series(1, 600) AS i; \
                ANALYZE positions",
    );
    for (aggregate, measured, settlement) in [
        (
            "portfolio_risk(b)",
            "bond_price(b) IS NOT NULL AND bond_maturity(b) > '2026-03-24'",
            "true",
        ),
        (
            "portfolio_risk(b, d)",
            "bond_price(b) IS NOT NULL AND bond_maturity(b) > '2026-03-24' AND d IS NOT NULL",
            "d IS NOT NULL",
        ),
        (
            "risk_measures(risk_summary(b, d))",
            "bond_price(b) IS NOT NULL AND bond_maturity(b) > '2026-03-24' AND d IS NOT NULL",
            "d IS NOT NULL",
        ),
        (
            "portfolio_curve_risk(b, c)",
            "bond_price(b) IS NOT NULL AND bond_maturity(b) > '2026-03-24' AND c IS NOT NULL",
            "c IS NOT NULL",
        ),
        (
            "portfolio_shock(b, c, c + 10)",
            "bond_price(b) IS NOT NULL AND bond_maturity(b) > '2026-03-24' AND c IS NOT NULL",
            "c IS NOT NULL",
        ),
        (
            "portfolio_shock(b, 10, i % 2, d)",
            "bond_price(b) IS NOT NULL AND bond_maturity(b) > '2026-03-24' AND d IS NOT NULL",
            "d IS NOT NULL",
        ),
    ] {
        let wrong = db.value(&format!(
            "SELECT count(*) FROM (SELECT count(*) AS n, count(*) FILTER (WHERE {measured}) AS \
                expected, bool_and({settlement}) AS known, ({aggregate}).* FROM positions GROUP BY \
                g, i % 77 < 20) AS s
             WHERE measured + skipped <> n OR measured <> expected OR known <> (settlement IS NOT DISTINCT \
             FROM '2026-03-24') OR NOT known AND settlement IS NOT NULL"
        ));
        assert_eq!(wrong, "0", "{aggregate}");
    }
    // What has no quote has a value on the curve, and is measured at the curve's price once it is
    // given that.
    assert_eq!(
        db.value(
            "SELECT abs(portfolio_npv(b, c) / sum(bond_npv(b, c)) - 1) < 1e-12, \
                abs((portfolio_curve_risk(b, c)).npv / sum(bond_npv(b, c)) FILTER (WHERE \
                bond_price(b) IS NOT NULL) - 1) < 1e-12,
                    (portfolio_curve_risk(bond_quote(b, bond_curve_price(b, c)), c)).measured = \
                    count(bond_npv(b, c)),
                    abs(portfolio_cs01(bond_quote(b, bond_curve_price(b, c)), c) / \
                    sum(bond_cs01(bond_quote(b, bond_curve_price(b, c)), c)) - 1) < 1e-9 FROM \
                    positions"
        ),
        "t|t|t|t"
    );
}

#[test]
fn two_currencies_are_refused_by_name() {
    let db = Database::new();
    db.run(
        "CREATE TABLE money AS SELECT i, c, bond(0.04, '2034-05-15', price => 99, notional => 100, \
            currency => c) AS b FROM unnest('{USD,USD,NULL,JPY}'::text[]) WITH ORDINALITY AS u (c, \
            i);
         CREATE TABLE nights AS SELECT i, risk_summary(b, '2026-03-24') AS s FROM money GROUP BY i",
    );
    let curve = "'2026-03-24 1Y:4% 10Y:4.5%'::curve";
    for from in ["money", "(SELECT * FROM money ORDER BY i DESC) AS m"] {
        for aggregate in [
            "portfolio_risk(b)".to_owned(),
            "portfolio_value(b, '2026-03-24')".to_owned(),
            "risk_summary(b)".to_owned(),
            format!("portfolio_npv(b, {curve})"),
            format!("portfolio_krd(b, {curve})"),
            format!("portfolio_shock(b, {curve}, {curve} + 10)"),
            "portfolio_shock(b, 10, 0)".to_owned(),
            "curve_fit(b)".to_owned(),
        ] {
            let refusal = db.refusal(&format!("SELECT {aggregate} FROM {from}"));
            assert_eq!(
                (refusal.state.as_str(), refusal.message.as_str()),
                ("22023", "bonds in JPY and in USD do not add up"),
                "{aggregate}"
            );
            if !aggregate.starts_with("curve_fit") {
                assert_eq!(
                    db.run(&format!("SELECT {aggregate} FROM money WHERE c = 'USD' OR c IS NULL"))
                        .len(),
                    1
                );
                assert_eq!(
                    db.run(&format!(
                        "SELECT {aggregate} OVER (ORDER BY i ROWS 1 PRECEDING) FROM money"
                    ))
                    .len(),
                    4
                );
            }
        }
    }
    assert_eq!(
        db.refusal("SELECT portfolio_risk(s) FROM nights").message,
        "bonds in JPY and in USD do not add up"
    );
    assert_eq!(db.value("SELECT (portfolio_risk(s)).measured FROM nights WHERE i < 4"), "3");
}
