//! Summaries: stored by portfolio and day they roll up bit for bit, and windows over them move.

use crate::database::Database;

const FIGURES: [&str; 7] =
    ["value", "ytm", "duration", "macaulay_duration", "convexity", "dv01", "risk"];

fn book() -> Database {
    let db = Database::new();
    db.run(
        "CREATE TABLE book AS SELECT i, i % 12 AS portfolio, i % 3 AS strategy, date '2026-01-05' \
            + i / 12 % 30 AS day,
             bond(coupon => i % 90 / 1000.0, maturity => date '2026-03-31' + (i * 7919) % 11000, \
             day_count => CASE i % 2 WHEN 0 THEN '30/360' ELSE 'ACT/ACT' END,
                  price => CASE WHEN i % 50 > 0 THEN 70 + (i % 6007) / 100.0 END, notional => (i % \
                  900 - 100) * power(10, i % 9)) AS b FROM generate_series(1, 20000) AS i;
         CREATE TABLE nightly AS SELECT day, portfolio, min(strategy) AS strategy, risk_summary(b, \
         day) AS s FROM book GROUP BY day, portfolio;
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
                    "SELECT count(*), count(*) FILTER (WHERE a.f::text IS DISTINCT FROM b.f::text) \
                        FROM (SELECT {select}, portfolio_{figure}(b, day) AS f FROM book GROUP BY \
                        {by}) a
                     JOIN (SELECT {select}, portfolio_{figure}(s) AS f FROM nightly GROUP BY {by}) \
                     b USING ({})",
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
            "SELECT (SELECT risk_summary(s ORDER BY random()) FROM nightly) = (SELECT \
                risk_summary(b, day) FROM book),
                    (SELECT risk_summary(s) FROM (SELECT risk_summary(s) AS s FROM nightly GROUP \
                    BY strategy) t) = (SELECT risk_summary(b, day ORDER BY i DESC) FROM book),
                    bool_and(s::text::risk_summary = s), bool_and(risk_measures(s)::text = (SELECT \
                    portfolio_risk(n.s)::text FROM (SELECT nightly.s) n)) FROM nightly"
        ),
        "t|t|t|t"
    );
    let parallel = "parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET \
        min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2";
    assert_eq!(
        db.value(&format!("SET {parallel}; SELECT md5(risk_summary(b, day)::text) FROM book")),
        db.value("SELECT md5(risk_summary(s)::text) FROM nightly")
    );
    db.run(
        "CREATE TABLE copied (LIKE nightly);
\\copy nightly TO 'target/nightly.bin' (FORMAT binary)\n\\copy copied FROM 'target/nightly.bin' \
(FORMAT binary)\n\\! rm target/nightly.bin
            DO $$ BEGIN ASSERT (SELECT count(*) FROM copied c JOIN nightly n USING (day, \
            portfolio) WHERE c.s = n.s) = (SELECT count(*) FROM nightly); END $$",
    );
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
            "DROP VIEW IF EXISTS numbered; CREATE VIEW numbered AS SELECT *, row_number() OVER \
                (ORDER BY day, {order}) AS n FROM {rows} {}",
            if rows == "book" { "WHERE i <= 2500" } else { "" }
        ));
        assert_eq!(
            db.value(&format!(
                "CREATE TEMP TABLE moved AS SELECT n, day, {argument}, {aggregate} OVER (ORDER BY \
                    n ROWS 20 PRECEDING) AS moving FROM numbered;
                 SELECT count(*) > 300, count(*) FILTER (WHERE m.moving::text IS DISTINCT FROM \
                 (SELECT {aggregate}::text FROM moved r WHERE r.n BETWEEN m.n - 20 AND m.n)) FROM \
                 moved m"
            )),
            "t|0",
            "{aggregate}"
        );
    }
}

/// 100,000 frames at random, over positions worth 1e20 and 1, beyond what sums hold, unknown and
/// NULL: what moves is what is added up again, as PostgreSQL does where an argument is volatile.
#[test]
fn moving_windows_at_random() {
    let db = Database::new();
    db.run(
        "CREATE TABLE jumps AS SELECT i, i / 3 AS k, b, CASE WHEN i % 17 > 0 THEN s END AS s FROM \
            generate_series(1, 2000) AS i,
             LATERAL (SELECT CASE WHEN i % 11 > 0 THEN bond(coupon => i % 90 / 1000.0, maturity => \
             date '2026-01-31' + (i * 7919) % 11000, price => (ARRAY[1e7, 100, 1e7, 1e9, 70 + i % \
             61, 99])[1 + (hashint4(i) & 7)],
                          notional => (ARRAY[1e15, 1, -1e15, 1e15, 3e7, -2])[1 + (hashint4(i) & \
                          7)]) END AS b) x, LATERAL (SELECT risk_summary(v, '2026-03-24') AS s \
                          FROM (VALUES (b)) v (v)) y;
         CREATE FUNCTION bound(rows int) RETURNS text RETURN abs(rows) || CASE WHEN rows < 0 THEN \
         ' PRECEDING' ELSE ' FOLLOWING' END;
         CREATE FUNCTION different(frame text, argument text, aggregate text) RETURNS bigint \
         LANGUAGE plpgsql AS $$ DECLARE rows bigint; BEGIN
             EXECUTE format('SELECT count(*) FROM (SELECT %s OVER w AS moving, %s OVER w AS again \
             FROM jumps WINDOW w AS (ORDER BY k %s)) AS t WHERE moving::text IS DISTINCT FROM \
             again::text',
                 replace(aggregate, '@', argument), replace(aggregate, '@', format('CASE WHEN \
                 random() < 2 THEN %s END', argument)), frame) INTO rows; RETURN rows; END $$",
    );
    let frames =
        "SELECT n, format('%s BETWEEN %s AND %s %s', (ARRAY['ROWS', 'GROUPS', 'RANGE'])[1 \
        + n % 3], bound(first), bound(first + (random() * 12)::int), (ARRAY['', '', '', 'EXCLUDE \
        CURRENT ROW', 'EXCLUDE GROUP', 'EXCLUDE TIES'])[1 + n / 3 % 6]) AS frame
        FROM (SELECT n, (random() * 20)::int - 12 AS first FROM generate_series(1, 50) AS n) AS s";
    for (frames_tried, argument, aggregate) in [
        (50, "b", "portfolio_risk(@, '2026-03-24')"),
        (50, "s", "risk_summary(@)"),
        (6, "b", "portfolio_curve_risk(@, '2026-03-24 1Y:3.9% 30Y:4.8%')"),
        (3, "b", "portfolio_krd(@, '2026-03-24 1Y:3.9% 30Y:4.8%')"),
        (3, "b", "portfolio_krd(@, '2026-03-24 1Y:3.9% 30Y:4.8%', '{2Y,10Y}')"),
        (3, "b", "portfolio_npv(@, '2026-03-24 1Y:3.9% 30Y:4.8%')"),
        (6, "b", "portfolio_shock(@, 100, 20, '2026-03-24')"),
        (
            3,
            "b",
            "portfolio_shock(@, '2026-03-24 1Y:3.9% 30Y:4.8%'::curve, '2026-03-24 1Y:4.9% \
                30Y:4.8%')",
        ),
    ] {
        let different = format!("different(frame, '{argument}', $a${aggregate}$a$)");
        let wrong = db.run(&format!(
            "SELECT setseed(0.5) \\g /dev/null\nSELECT frame, d FROM ({frames}) AS f, {different} \
                AS d WHERE n <= {frames_tried} AND d > 0"
        ));
        assert!(wrong.is_empty(), "{aggregate}: {wrong:?}");
    }
}

#[test]
fn summaries_are_hashed() {
    let db = book();
    assert_eq!(
        db.value(
            "SELECT count(*) = (SELECT count(DISTINCT s::text) FROM nightly) FROM \
        (SELECT DISTINCT s FROM nightly UNION SELECT s FROM nightly) d"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT count(*) FROM (SELECT s FROM nightly GROUP BY s) g JOIN nightly USING (s)"
        ),
        "360"
    );
}

#[test]
fn unknown_is_null_and_wrong_is_an_error() {
    let db = Database::new();
    let empty = "{version 1, measured 0, skipped 0, market_value 0 0 0 0, ytm 0 0 0 0, \
        macaulay_duration 0 0 0 0, modified_duration 0 0 0 0, convexity 0 0 0 0, currency 0, days 0, \
        squared_days 0}";
    assert_eq!(
        db.value(&format!(
            "SELECT risk_summary(b), portfolio_duration('{empty}'::risk_summary), \
                (risk_measures('{empty}')).measured, (SELECT risk_summary(s) FROM (VALUES \
                (NULL::risk_summary), ('{empty}')) v (s)) FROM (VALUES (NULL::bond)) v (b) WHERE \
                false"
        )),
        format!("{empty}|NULL|0|{empty}")
    );
    for (expression, state) in [
        ("'{1,2}'::risk_summary".to_owned(), "22P02"),
        (format!("'{}'::risk_summary", empty.replacen('0', "-1", 1)), "22P02"),
        (format!("'{}'::risk_summary", empty.replacen('0', "inf", 1)), "22P02"),
        (format!("'{}'::risk_summary", empty.replacen('1', "2", 1)), "22P02"),
        (
            "portfolio_add('{1}'::float8[], NULLIF(risk_summary(b), NULL)) FROM (VALUES ('5% \
                2030-06-15 @ 99'::bond)) v (b)"
                .to_owned(),
            "22023",
        ),
    ] {
        assert_eq!(db.refusal(&format!("SELECT {expression}")).state, state, "{expression}");
    }
}
