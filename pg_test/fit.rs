//! Fitted curves as SQL sees them: every way to call, the report, and the documented answer to the
//! rest.

use crate::database::Database;

/// A book on a known curve, a few of its prices wrong.
const BOOK: &str = "CREATE TABLE book AS SELECT i, bond_quote(t, bond_curve_price(t, c) + CASE \
    WHEN i % 40 = 7 THEN 1.5 ELSE 0 END) AS b, c
    FROM (SELECT i, bond(coupon => i % 9 / 100.0, maturity => date '2026-07-31' + i * 37, \
    day_count => 'ACT/ACT') AS t,
                 curve_svensson('2026-03-24', 0.045, -0.01, 0.02, -0.03, 1.5, 9) AS c FROM \
                 generate_series(1, 240) AS i) s";

const DISTANCE: &str = "(SELECT max(abs(curve_zero(f, y) - curve_zero(c, y))) FROM \
    generate_series(0.5, 25, 0.5) AS y)";

#[test]
fn the_curve_behind_the_prices() {
    let db = Database::new();
    db.run(BOOK);
    // Found again to far less than a quote can tell, dated by the setting or as it is asked.
    for (call, day) in [
        ("curve_fit(b)", "2026-03-24"),
        ("curve_fit(b, 'svensson')", "2026-03-24"),
        ("curve_fit(b, 'NSS', '2026-03-24')", "2026-03-24"),
        ("curve_fit(b, date '2026-03-24')", "2026-03-24"),
    ] {
        let row = db.value(&format!(
            "SELECT {DISTANCE} < 1e-11, curve_date(f) FROM (SELECT {call} \
            AS f, min(c) AS c FROM book) s"
        ));
        assert_eq!(row, format!("t|{day}"), "{call}");
    }
    assert_eq!(
        db.value(
            "SELECT curve_date(curve_fit(b, date '2026-06-30')), curve_date(curve_fit(b, \
            'ns', date '2026-07-01')) FROM book"
        ),
        "2026-06-30|2026-07-01"
    );
    assert_eq!(
        db.value(
            "SET pg_bond.settlement_date = '2026-05-05'; SELECT curve_fit(b) = \
        curve_fit(b, date '2026-05-05'), curve_date(curve_fit(b)) FROM book"
        ),
        "t|2026-05-05"
    );
    // One hump is not enough for two.
    assert_eq!(
        db.value(&format!(
            "SELECT {DISTANCE} > 1e-5 FROM (SELECT curve_fit(b, 'nelson siegel') AS \
            f, min(c) AS c FROM book) s"
        )),
        "t"
    );
    // What has no price, is not outstanding or never ends changes nothing.
    assert_eq!(
        db.value(
            "SELECT curve_fit(b) = (SELECT curve_fit(b) FROM book), count(*)
             FROM (SELECT b FROM book UNION ALL VALUES (NULL), ('5% 2030-06-15'::bond), ('5% \
             2020-06-15 @ 99'), ('4% perpetual issued 2020-01-15 @ 80'), ('5% 2090-06-15 issued \
             2026-06-15 @ 99')) s"
        ),
        "t|245"
    );
}

#[test]
fn the_report() {
    let db = Database::new();
    db.run(BOOK);
    db.run(
        "CREATE VIEW report AS SELECT c, r.* FROM (SELECT curve_fit(b) AS c, array_agg(b ORDER \
        BY i) AS bonds FROM book) f, curve_fit_report(c, bonds) WITH ORDINALITY AS r (b, years, \
        clean_price, curve_price, price_error, yield_error_bp, weight, outlier, i)",
    );
    // The wrong prices and no others, in the order of the array; rich by what they were raised.
    assert_eq!(
        db.value(
            "SELECT count(*), array_agg(i) FILTER (WHERE outlier), bool_and(abs(price_error - \
            CASE WHEN outlier THEN 1.5 ELSE 0 END) < 1e-9), bool_and((weight = 0) = outlier), \
            bool_and(weight BETWEEN 0 AND 1) FROM report"
        ),
        "240|{7,47,87,127,167,207}|t|t|t"
    );
    // By other functions: the price on the curve, and how much less a rich bond yields.
    assert_eq!(
        db.value(
            "SELECT bool_and(abs(r.curve_price - bond_curve_price(b, r.c)) < 1e-12), \
                bool_and(r.clean_price = bond_price(b)), bool_and(years = (bond_maturity(b) - date \
                '2026-03-24') / 365.0::float8),
                    bool_and(abs(yield_error_bp + 10000 * price_error / (bond_modified_duration(b) \
                    * (bond_price(b) + bond_accrued(b)))) < 1e-9),
                    max(abs(yield_error_bp / (10000 * (bond_ytm(b) - bond_ytm(b, price => \
                    r.curve_price))) - 1)) FILTER (WHERE outlier) < 0.03
             FROM report r JOIN book USING (i, b)"
        ),
        "t|t|t|t|t"
    );
    // A curve of nodes and a later date will do.
    assert_eq!(
        db.value(
            "SELECT count(*), count(curve_price), bool_or(outlier) FROM \
            curve_fit_report('2026-03-24 1Y:4% 10Y:4.5%', ARRAY['5% 2030-06-15 @ 99', NULL, '5% \
            2030-06-15', '5% 2026-06-15 @ 99', '4% 2032-06-15 @ 97', '3% 2028-06-15 @ 97', '4% \
            2034-06-15 @ 97']::bond[], '2026-06-20')"
        ),
        "7|4|f"
    );
    assert_eq!(db.value("SELECT count(*) FROM curve_fit_report('2026-03-24 1Y:4%', '{}')"), "0");
    assert_eq!(
        db.value(
            "SELECT count(*), count(weight) FROM curve_fit_report('2026-03-24 1Y:4%', \
        '{5% 2030-06-15}')"
        ),
        "1|0"
    );
    // Identifiers come along, and change nothing else.
    assert_eq!(
        db.value(
            "SELECT count(*), bool_and(r.id = 'ISIN ' || book.i AND r.b = book.b), \
                bool_and((r.weight, r.outlier, r.yield_error_bp) = (report.weight, report.outlier, \
                report.yield_error_bp))
             FROM (SELECT curve_fit(b) AS c, array_agg(b ORDER BY i) AS bonds, array_agg('ISIN ' \
             || i ORDER BY i) AS ids FROM book) AS f,
                  curve_fit_report(f.c, ids, bonds) AS r JOIN book USING (b) JOIN report ON \
                  report.i = book.i"
        ),
        "240|t|t"
    );
}

#[test]
fn unknown_is_null_and_wrong_is_an_error() {
    let db = Database::new();
    db.run(BOOK);
    assert_eq!(
        db.value(
            "SELECT curve_fit(b) FILTER (WHERE false), curve_fit(NULL::bond), \
            curve_fit(bond_terms(b)), curve_fit(b, NULL::text), curve_fit(b, NULL::date), \
            curve_fit_final('{}') FROM book"
        ),
        "NULL|NULL|NULL|NULL|NULL|NULL"
    );
    for (expression, state, message) in [
        (
            "curve_fit(b) FROM book WHERE i <= 5",
            "22023",
            "a svensson curve has 6 parameters, and the bonds to fit have 5 maturities",
        ),
        (
            "curve_fit(b, 'nelson_siegel') FROM book WHERE i <= 3",
            "22023",
            "a nelson_siegel curve has 4 parameters, and the bonds to fit have 3 maturities",
        ),
        ("curve_fit(b) FROM book, generate_series(1, 9) WHERE i = 3", "22023", "have 1 maturities"),
        ("curve_fit(b, 'spline') FROM book", "22023", "unknown fitting method: \"spline\""),
        (
            "curve_fit(b, CASE i % 2 WHEN 0 THEN 'ns' ELSE 'nss' END) FROM book",
            "22023",
            "group by these",
        ),
        (
            "curve_fit(b, date '2026-03-24' + i % 2) FROM book",
            "22023",
            "its rows differ in settlement date or method",
        ),
        ("curve_fit(b, date 'infinity') FROM book", "22008", ""),
        ("curve_fit(b) FROM book, generate_series(1, 2000)", "54000", "too many payments of a fit"),
        ("curve_fit_final('{1}')", "22023", "state"),
        ("curve_fit_final('{1,2}')", "22023", "state"),
        ("curve_fit_final('{0,2,9}')", "22023", "state"),
        ("curve_fit_final('{0,2,5,0,1,99,0.9,1,NaN}')", "22023", "state"),
        ("curve_fit_final('{0,2,5,0,1,99,0.9,1,100}')", "22023", "have 1 maturities"),
        ("curve_fit_combine('{1}', '{2}')", "22023", "state"),
        ("curve_fit_combine('{0,0,0,0}', '{0,2,5,0,1,99}')", "22023", "state"),
        (
            "* FROM curve_fit_report('2026-03-24 1Y:4%', ARRAY['5% 2030-06-15 @ 99']::bond[], \
                '2026-03-23')",
            "22008",
            "begins on \"2026-03-24\"",
        ),
        // Weights and outliers are by the errors of all: of one bond at a time there are none.
        (
            "curve_fit_report(c, ARRAY[b]) FROM book",
            "22023",
            "outliers are told from at least 6 bonds of this curve, and 1 have a price",
        ),
        (
            "curve_fit_report('2026-03-24 1Y:4%', array_agg(b)) FROM book WHERE i <= 3",
            "22023",
            "at least 4 bonds of this curve, and 3 have",
        ),
        (
            "curve_fit_report('2026-03-24 1Y:4%', '{a}', array_agg(b)) FROM book",
            "22023",
            "1 identifiers are given for 240 bonds",
        ),
    ] {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        assert_eq!(refusal.state, state, "{expression}: {refusal:?}");
        assert!(refusal.message.contains(message), "{expression}: {refusal:?}");
    }
}
