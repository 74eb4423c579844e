//! Memory: a group costs its state however many its rows, a backend holds what PostgreSQL's own
//! averages hold, and calls leave nothing behind.

use crate::database::Database;
use serde_json::Value;

const BOOK: &str = "SELECT i, i::float8 AS x, (i % 900 - 100) * 1e6 AS weight, 'BBB'::rating AS r, \
    bond(coupon => i % 90 / 1000.0, maturity => date '2026-06-30' + i % 9000, price => 90 + i % \
    20, notional => 1e6) AS b FROM generate_series(1, {rows}) AS i";

fn book(rows: &str) -> Database {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE book AS {}; ALTER TABLE book ADD g int; UPDATE book SET g = i % 20000; \
            VACUUM ANALYZE book",
        BOOK.replace("{rows}", rows)
    ));
    db
}

const HASHED: &str = "SET max_parallel_workers_per_gather = 0; SET enable_sort = off; SET jit = \
    off; SET work_mem = '1GB'";

/// What a hashed aggregate says that it holds, for each of its 20,000 groups.
fn bytes_per_group(db: &Database, aggregate: &str) -> f64 {
    let plan = db
        .run(&format!(
            "{HASHED}; EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) SELECT g, \
        {aggregate} FROM book GROUP BY g"
        ))
        .join("");
    let plan: Value = serde_json::from_str(&plan).unwrap();
    let node = &plan[0]["Plan"];
    assert_eq!(
        (node["Strategy"].as_str(), node["Actual Rows"].as_f64()),
        (Some("Hashed"), Some(20_000.0)),
        "{plan}"
    );
    node["Peak Memory Usage"].as_f64().unwrap() * 1024.0 / 20_000.0
}

#[test]
fn a_group_costs_its_state() {
    let (few, many) = (book("20000"), book("200000"));
    let core = bytes_per_group(&many, "avg(x)");
    for (aggregate, bytes) in [
        // 512 bytes, of key rates 1,024, and a share of the last block, which may be nearly empty.
        ("portfolio_risk(b)", 768.0),
        ("portfolio_risk(b), portfolio_duration(b), portfolio_ytm(b)", 768.0),
        ("risk_summary(b, date '2026-03-24')", 768.0),
        ("rating_average(r, weight)", 256.0),
        ("portfolio_shock(b, 100, 0)", 512.0),
        ("portfolio_cs01(b, '2026-03-24 10Y:4%')", 1280.0),
        ("portfolio_krd(b, '2026-03-24 10Y:4%')", 1280.0),
    ] {
        let (of_one, of_ten) =
            (bytes_per_group(&few, aggregate), bytes_per_group(&many, aggregate));
        assert!(
            (of_ten - of_one).abs() < 32.0,
            "{aggregate}: {of_one} bytes for a row, {of_ten} for ten"
        );
        assert!(of_ten < core + bytes + 64.0, "{aggregate}: {of_ten} bytes, and {core} of avg()");
    }
}

const HELD: &str = "SELECT substring(pg_read_file('/proc/self/status') FROM '{what}:\\s+(\\d+)')";

/// 200,000 groups in little memory: the rest goes to disk, as it does for an average.
#[test]
fn memory_is_limited_as_for_an_average() {
    let db = book("400000");
    let grown = |aggregate: &str| {
        let peak = HELD.replace("{what}", "VmHWM");
        let lines = db.run(&format!(
            "{HASHED}; SET work_mem = '8MB'; SELECT sum(i), min(b) FROM book; {peak}; SELECT \
                count(*) FROM (SELECT i % 200000, {aggregate} FROM book GROUP BY 1) AS s; {peak}"
        ));
        let [_, before, groups, after] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!(groups, "200000");
        after.parse::<f64>().unwrap() - before.parse::<f64>().unwrap()
    };
    let average = grown("avg(x)");
    for aggregate in [
        "portfolio_risk(b)",
        "portfolio_shock(b, 100, 0)",
        "rating_average(r, weight)",
        "portfolio_krd(b, '2026-03-24 10Y:4%')",
    ] {
        let ours = grown(aggregate);
        assert!(ours < 1.25 * average, "{aggregate}: {ours} kB, and {average} kB of avg()");
    }
}

/// A million calls in one statement, of what allocates most in its own way: text, arrays, curves,
/// calendars, rows, refusals.
#[test]
fn calls_leave_nothing_behind() {
    let db = book("1000");
    let rows = "book, generate_series(1, 1000)";
    let calls = [
        ("bond_ytm(b, price => 90 + x / 100, settlement => date '2026-03-24')", rows),
        ("bond_price(b, x / 10000)", rows),
        ("bond_analytics(b)", rows),
        ("b::text", rows),
        ("bond_quote(b, x)", rows),
        (
            "bond_z_spread(b, curve)",
            "book, generate_series(1, 100), (SELECT '2026-03-24 1Y:4% 10Y:5%'::curve AS curve) AS \
                c",
        ),
        (
            "curve_zero(curve + x, '7Y')",
            "book, generate_series(1, 300), (SELECT '2026-03-24 1Y:4% 10Y:5%'::curve AS curve) AS \
                c",
        ),
        ("adjust_date(date '2026-03-24' + i, 'following', 'US+UK')", rows),
        ("(SELECT count(*) FROM bond_cashflows(b))", "book, generate_series(1, 100)"),
        ("bond_to_jsonb(b)", rows),
        ("rating_or_null(i || 'BBB+')", rows),
        ("isin_fix('us037833ck-67')", rows),
    ];
    let held = HELD.replace("{what}", "RssAnon");
    for (call, rows) in calls {
        let query = format!("SELECT count(v) FROM (SELECT {call} AS v FROM {rows} OFFSET 0) AS s");
        let warm =
            format!("SELECT count(v) FROM (SELECT {call} AS v FROM {rows} LIMIT 10000) AS s");
        let lines = db.run(&format!(
            "SET jit = off; SET work_mem = '64kB'; SET max_parallel_workers_per_gather = 0; \
                {warm}; {held}; {query}; {held}"
        ));
        let [_, before, _, after] = &lines[..] else { panic!("{lines:?}") };
        let grown = after.parse::<f64>().unwrap() - before.parse::<f64>().unwrap();
        assert!(grown <= 1024.0, "{call}: {grown} kB");
    }
}
