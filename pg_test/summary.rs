//! Summaries: stored by portfolio and day they roll up bit for bit, and windows over them move.

use crate::database::Database;

const FIGURES: [&str; 7] = ["value", "ytm", "duration", "macaulay_duration", "convexity", "dv01", "risk"];

fn book() -> Database {
    let db = Database::new();
    db.run(
        "CREATE TABLE book AS SELECT i, i % 12 AS portfolio, i % 3 AS strategy, date '2026-01-05' + i / 12 % 30 AS day,
             bond(coupon => i % 90 / 1000.0, maturity => date '2026-03-31' + (i * 7919) % 11000, day_count => CASE i % 2 WHEN 0 THEN '30/360' ELSE 'ACT/ACT' END,
                  price => CASE WHEN i % 50 > 0 THEN 70 + (i % 6007) / 100.0 END, notional => (i % 900 - 100) * power(10, i % 9)) AS b FROM generate_series(1, 20000) AS i;
         CREATE TABLE nightly AS SELECT day, portfolio, min(strategy) AS strategy, risk_summary(b, day) AS s FROM book GROUP BY day, portfolio;
         ANALYZE book; ANALYZE nightly",
    );
    db
}

#[test]
fn nights_roll_up_to_the_bit() {
    let db = book();
    for figure in FIGURES {
        for by in ["day", "strategy", "day, strategy", "()"] {
            let select = if by == "()" { "1" } else { by };
            assert_eq!(
                db.value(&format!(
                    "SELECT count(*), count(*) FILTER (WHERE a.f::text IS DISTINCT FROM b.f::text) FROM (SELECT {select}, portfolio_{figure}(b, day) AS f FROM book GROUP BY {by}) a
                     JOIN (SELECT {select}, portfolio_{figure}(s) AS f FROM nightly GROUP BY {by}) b USING ({})",
                    if by == "()" { "\"?column?\"" } else { by }
                ))
                .split('|')
                .nth(1),
                Some("0"),
                "{figure} by {by}"
            );
        }
    }
    // Summaries of summaries, in any order, and in parallel; stored, sent as text and as bytes.
    assert_eq!(
        db.value(
            "SELECT (SELECT risk_summary(s ORDER BY random()) FROM nightly) = (SELECT risk_summary(b, day) FROM book),
                    (SELECT risk_summary(s) FROM (SELECT risk_summary(s) AS s FROM nightly GROUP BY strategy) t) = (SELECT risk_summary(b, day ORDER BY i DESC) FROM book),
                    bool_and(s::text::risk_summary = s), bool_and(risk_measures(s)::text = (SELECT portfolio_risk(n.s)::text FROM (SELECT nightly.s) n)) FROM nightly"
        ),
        "t|t|t|t"
    );
    let parallel = "parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2";
    assert_eq!(
        db.value(&format!("SET {parallel}; SELECT md5(risk_summary(b, day)::text) FROM book")),
        db.value("SELECT md5(risk_summary(s)::text) FROM nightly")
    );
    db.run("CREATE TABLE copied (LIKE nightly);
\\copy nightly TO 'target/nightly.bin' (FORMAT binary)\n\\copy copied FROM 'target/nightly.bin' (FORMAT binary)\n\\! rm target/nightly.bin
            DO $$ BEGIN ASSERT (SELECT count(*) FROM copied c JOIN nightly n USING (day, portfolio) WHERE c.s = n.s) = (SELECT count(*) FROM nightly); END $$");
}

/// A window that moves answers what its rows answer.
#[test]
fn moving_windows() {
    let db = book();
    for (rows, aggregate) in [
        ("book", "portfolio_risk(b, day)"),
        ("book", "portfolio_duration(b)"),
        ("book", "risk_summary(b)"),
        ("nightly", "portfolio_risk(s)"),
        ("nightly", "portfolio_ytm(s)"),
    ] {
        let argument = if rows == "book" { "b" } else { "s" };
        let order = if rows == "book" { "i" } else { "portfolio" };
        db.run(&format!(
            "DROP VIEW IF EXISTS numbered; CREATE VIEW numbered AS SELECT *, row_number() OVER (ORDER BY day, {order}) AS n FROM {rows} {}",
            if rows == "book" { "WHERE i <= 2500" } else { "" }
        ));
        assert_eq!(
            db.value(&format!(
                "CREATE TEMP TABLE moved AS SELECT n, day, {argument}, {aggregate} OVER (ORDER BY n ROWS 20 PRECEDING) AS moving FROM numbered;
                 SELECT count(*) > 300, count(*) FILTER (WHERE m.moving::text IS DISTINCT FROM (SELECT {aggregate}::text FROM moved r WHERE r.n BETWEEN m.n - 20 AND m.n)) FROM moved m"
            )),
            "t|0",
            "{aggregate}"
        );
    }
}

#[test]
fn summaries_are_hashed() {
    let db = book();
    assert_eq!(db.value("SELECT count(*) = (SELECT count(DISTINCT s::text) FROM nightly) FROM (SELECT DISTINCT s FROM nightly UNION SELECT s FROM nightly) d"), "t");
    assert_eq!(db.value("SELECT count(*) FROM (SELECT s FROM nightly GROUP BY s) g JOIN nightly USING (s)"), "360");
}

#[test]
fn unknown_is_null_and_wrong_is_an_error() {
    let db = Database::new();
    let empty = "{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}";
    assert_eq!(
        db.value(&format!(
            "SELECT risk_summary(b), portfolio_duration('{empty}'::risk_summary), (risk_measures('{empty}')).held, (SELECT risk_summary(s) FROM (VALUES (NULL::risk_summary), ('{empty}')) v (s)) FROM (VALUES (NULL::bond)) v (b)"
        )),
        format!("{empty}|NULL|0|{empty}")
    );
    for (expression, state) in [
        ("'{1,2}'::risk_summary".to_owned(), "22P02"),
        (format!("'{}'::risk_summary", empty.replacen('0', "-1", 1)), "22P02"),
        (format!("'{}'::risk_summary", empty.replacen('0', "inf", 1)), "22P02"),
        (
            "portfolio_add('{1}'::float8[], NULLIF(risk_summary(b), NULL)) FROM (VALUES ('5% 2030-06-15 @ 99'::bond)) v (b)".to_owned(),
            "22023",
        ),
    ] {
        assert_eq!(db.refusal(&format!("SELECT {expression}")).state, state, "{expression}");
    }
}
