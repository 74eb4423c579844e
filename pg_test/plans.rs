//! The same bits under any plan, for every aggregate: serial, parallel, hashed, sorted,
//! partitionwise, in windows, in any order of rows.

use crate::database::Database;
use crate::term::KINDS;

const MEASURES: &str = "portfolio_value portfolio_ytm portfolio_duration \
    portfolio_macaulay_duration portfolio_convexity portfolio_dv01 portfolio_risk risk_summary";
const CURVE: &str =
    "'2026-03-24 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%'::curve";
const DAY: &str = "date '2026-03-24'";

/// Names, the types of their arguments, and arguments out of the columns of `book`; `c` is
/// [`CURVE`] and `d` is [`DAY`].
const AGGREGATES: &[(&str, &str, &str)] = &[
    (MEASURES, "bond", "b"),
    (MEASURES, "bond,date", "b, {d}"),
    (MEASURES, "risk_summary", "s"),
    (
        "portfolio_krd portfolio_npv portfolio_z_spread portfolio_cs01 portfolio_curve_risk",
        "bond,curve",
        "b, {c}",
    ),
    ("portfolio_krd", "bond,curve,text[]", "b, {c}, '{{2Y,10Y}}'"),
    ("portfolio_shock", "bond,double precision,double precision", "b, 100, 20"),
    ("portfolio_shock", "bond,double precision,double precision,date", "b, -50, 0, {d}"),
    ("portfolio_shock", "bond,curve,curve", "b, {c}, {c} + 25"),
    ("portfolio_shock", "bond,curve,curve,double precision", "b, {c}, {c} + 25, -30"),
    ("curve_fit", "bond", "fitted"),
    ("curve_fit", "bond,date", "fitted, {d}"),
    ("curve_fit", "bond,text", "fitted, 'nelson_siegel'"),
    ("curve_fit", "bond,text,date", "fitted, 'nelson_siegel', {d}"),
    ("curve_agg", "text,double precision", "tenor, rate"),
    ("curve_agg", "text,double precision,text", "tenor, rate, 'par'"),
    ("curve_agg", "date,text,double precision", "{d}, tenor, rate"),
    ("curve_agg", "date,text,double precision,text", "{d}, tenor, rate, 'par'"),
    (
        "curve_agg",
        "date,text,double precision,text,text",
        "{d}, tenor, rate, 'zero', 'monotone_convex'",
    ),
    (
        "curve_agg",
        "date,text,double precision,text,text,text",
        "{d}, tenor, rate, 'swap', 'flat_forward', 'usd_sofr'",
    ),
    ("min max avg", "rating", "r"),
    ("rating_average rating_warf", "rating,double precision", "r, weight"),
    ("min max", "bond", "b"),
    ("min max", "curve", "c"),
    ("min max", "swap", "w"),
];

/// A term sheet in text without its currency.
pub fn without_currency(kind: &str) -> String {
    match kind.split_once(" currency ") {
        Some((before, after)) => format!("{before}{}", after.get(3..).unwrap_or_default()),
        None => kind.to_owned(),
    }
}

/// Names with types, as PostgreSQL writes them, and calls.
fn aggregates() -> Vec<(String, String)> {
    let each = AGGREGATES.iter().flat_map(|(names, types, arguments)| {
        let arguments = arguments
            .replace("{c}", CURVE)
            .replace("{d}", DAY)
            .replace("{{", "{")
            .replace("}}", "}");
        names
            .split(' ')
            .map(move |name| (format!("{name}({types})"), format!("{name}({arguments})")))
    });
    each.collect()
}

/// All calls, each followed by the same words.
pub fn figures(words: &str) -> String {
    aggregates().iter().map(|(_, call)| format!("{call} {words}")).collect::<Vec<_>>().join(", ")
}

/// Positions of all kinds and sizes, long and short; some are quoted near a curve, to be fitted,
/// and some rows quote a tenor.
const TABLES: &str = "CREATE TABLE book (i int, g int, b bond, fitted bond, tenor text, rate \
    float8, s risk_summary, r rating, weight float8, c curve, w swap) PARTITION BY LIST (g);
CREATE TABLE book_0 PARTITION OF book FOR VALUES IN (0, 1, 2);
CREATE TABLE book_1 PARTITION OF book FOR VALUES IN (3, 4, 5, 6);
INSERT INTO book SELECT i, i % 7, b, CASE WHEN i % 50 = 0 THEN bond_quote(t, bond_curve_price(t, \
{curve}) + hashtext(i::text) % 100 / 500.0) END,
    CASE WHEN i % 50 = 0 THEN i / 50 || 'M' END, 0.03 + i % 17 / 1000.0, s, (ARRAY['AAA', 'A1', \
    'BBB-', 'B', 'Caa1', 'D', NULL]::rating[])[1 + i % 7], bond_notional(b),
    curve('2026-03-24', tenors => '{1Y,10Y}', rates => ARRAY[0.03, i % 91 / 1000.0]), \
    swap_hold('pay 4% 2026-03-26 to 2036-03-26', i % 311)
FROM generate_series(1, 3000) AS i,
    LATERAL (SELECT (ARRAY[{kinds}]::bond[])[1 + i / 10 % {count}] AS kind, (i % 900 - 100) * \
    power(10, i % 9) AS held) k,
    LATERAL (SELECT CASE WHEN i % 10 = 0 THEN bond_hold(kind, held) ELSE bond(coupon => (i % 90) / \
    1000.0, maturity => date '2026-01-31' + (i * 7919) % 11000,
        day_count => CASE i % 2 WHEN 0 THEN '30/360' ELSE 'ACT/ACT' END, price => CASE WHEN i % 43 \
        > 0 THEN 70 + (i % 6007) / 100.0 END, notional => held) END AS b) x,
    LATERAL (SELECT bond(coupon => i % 9 / 100.0, maturity => date '2026-07-31' + i, day_count => \
    'ACT/ACT') AS t) y,
    LATERAL (SELECT risk_summary(v) AS s FROM (VALUES (b)) v (v)) z;
CREATE TABLE shuffled AS SELECT * FROM book ORDER BY md5(i::text);
CREATE TABLE large AS SELECT i, g, b, CASE WHEN n = 1 THEN fitted END AS fitted, CASE WHEN n = 1 \
THEN tenor END AS tenor, rate, s, r, weight, c, w FROM shuffled, generate_series(1, 20) AS n ORDER \
BY n;
CREATE VIEW nulls AS SELECT i, g, NULL::bond AS b, NULL::bond AS fitted, NULL AS tenor, \
NULL::float8 AS rate, NULL::risk_summary AS s, NULL::rating AS r, NULL::float8 AS weight, \
NULL::curve AS c, NULL::swap AS w FROM shuffled;
CREATE VIEW numbered AS SELECT *, i / 25 AS n FROM book WHERE i % 25 = 0 AND i <= 1000;
ANALYZE";

/// The script that makes them.
pub fn tables() -> String {
    // Of no currency, for money in two does not add up.
    let kinds = KINDS.map(|kind| format!("'{}'", without_currency(kind))).join(", ");
    TABLES
        .replace("{kinds}", &kinds)
        .replace("{count}", &KINDS.len().to_string())
        .replace("{curve}", CURVE)
}

fn book() -> Database {
    let db = Database::new();
    db.run(&tables());
    db
}

/// Settings that make parallel plans of any query, with so many workers; and none.
const PARALLEL: &str = "parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET \
    min_parallel_table_scan_size = 0; SET max_parallel_workers = 8; SET \
    max_parallel_workers_per_gather = ";
const SERIAL: &str = "max_parallel_workers_per_gather = 0";

/// Settings, and what the plan of a query grouped by the key of the partitions shows under them.
const PLANS: &[(&str, &str)] = &[
    ("{serial}", "HashAggregate"),
    ("{parallel}1", "Workers Planned: 1"),
    ("{parallel}2", "Workers Planned: 2"),
    ("{parallel}8", "Partial HashAggregate"),
    ("{forced} = regress", "HashAggregate"),
    ("{serial}; SET enable_hashagg = off", "GroupAggregate"),
    ("{serial}; SET enable_sort = off", "HashAggregate"),
    ("{parallel}2; SET enable_hashagg = off", "GroupAggregate"),
    ("{serial}; SET enable_partitionwise_aggregate = on", "Append\n  ->  HashAggregate"),
    ("{parallel}2; SET enable_partitionwise_aggregate = on", "Parallel Append"),
    ("{parallel}2; SET parallel_leader_participation = off", "Partial HashAggregate"),
    ("{serial}; SET work_mem = '64kB'", "Aggregate"),
    ("{parallel}8; SET work_mem = '64kB'", "Partial"),
];

/// The settings of [`PLANS`], in this server's words.
fn plans(db: &Database) -> Vec<(String, &'static str)> {
    let forced = if db.number("SHOW server_version_num") < 160_000.0 {
        "force_parallel_mode"
    } else {
        "debug_parallel_query"
    };
    let written = |settings: &str| {
        settings
            .replace("{serial}", SERIAL)
            .replace("{parallel}", PARALLEL)
            .replace("{forced}", forced)
    };
    PLANS.iter().map(|(settings, shown)| (written(settings), *shown)).collect()
}

fn digest(db: &Database, settings: &str, query: &str) -> String {
    db.value(&format!(
        "SET {settings}; SELECT md5(string_agg(row::text, '/' ORDER BY row::text)) \
        FROM ({query}) AS row"
    ))
}

#[test]
fn no_aggregate_is_left_out() {
    let db = Database::new();
    let mut listed: Vec<_> = aggregates().into_iter().map(|(name, _)| name).collect();
    listed.sort();
    let declared = "SELECT aggfnoid::regprocedure FROM pg_aggregate JOIN pg_depend ON objid = \
        aggfnoid AND deptype = 'e' AND classid = 'pg_proc'::regclass";
    let mut declared = db.run(declared);
    declared.sort();
    assert_eq!(listed, declared);
}

#[test]
fn every_plan_gives_the_same_bits() {
    let db = book();
    let plans = plans(&db);
    let (all, filtered) = (figures(""), figures("FILTER (WHERE i BETWEEN 1000 AND 1600)"));
    for (settings, shown) in &plans {
        let plan = db
            .run(&format!(
                "SET {settings}; EXPLAIN (COSTS OFF) SELECT g, {all} FROM book GROUP BY g"
            ))
            .join("\n");
        assert!(plan.contains(shown), "{settings}: {plan}");
    }
    for (key, grouping, figures) in [
        ("0", "()", &all),
        ("g", "g", &all),
        ("i % 300", "i % 300", &all),
        ("g", "ROLLUP (g)", &all),
        // Rows of a few pages, which one worker reads.
        ("0", "()", &filtered),
    ] {
        let mut expected: Option<String> = None;
        for (table, plans) in [("book", &plans[..]), ("shuffled", &plans[..4])] {
            for (settings, _) in plans {
                let digest = digest(
                    &db,
                    settings,
                    &format!("SELECT {key}, {figures} FROM {table} GROUP BY {grouping}"),
                );
                assert_eq!(
                    expected.get_or_insert_with(|| digest.clone()),
                    &digest,
                    "{settings}, {grouping} of {table}"
                );
            }
        }
    }
    let within = |source: &str, figures: &str| {
        digest(&db, SERIAL, &format!("SELECT {figures} FROM {source}"))
    };
    // An order of rows that a plain sum of floats is changed by.
    assert_ne!(within("book", "sum(rate * weight)"), within("shuffled", "sum(rate * weight)"));
    assert_eq!(within("book", &filtered), within("book WHERE i BETWEEN 1000 AND 1600", &all));
}

/// However few the rows or many; and what is NULL is no row.
#[test]
fn any_number_of_rows() {
    let db = book();
    let within = |settings: &str, source: &str| {
        digest(&db, settings, &format!("SELECT {} FROM {source}", figures("")))
    };
    for rows in [0, 1, 2, 3, 1000] {
        let source = format!("shuffled WHERE i <= {rows}");
        assert_eq!(
            within(&format!("{PARALLEL}8"), &source),
            within(SERIAL, &source),
            "{rows} rows"
        );
    }
    assert_eq!(within(&format!("{PARALLEL}8"), "large"), within(SERIAL, "large"));
    let million = format!(
        "SELECT i % 10, count(*), portfolio_risk(b, {DAY}), risk_summary(s), portfolio_krd(b, \
            {CURVE}), portfolio_shock(b, 100, 20, {DAY}) FROM large, generate_series(1, 17) GROUP \
            BY 1"
    );
    let plan = db.run(&format!("SET {PARALLEL}2; EXPLAIN (COSTS OFF) {million}")).join("\n");
    assert!(
        plan.contains("Workers Planned: 2") && plan.contains("Partial HashAggregate"),
        "{plan}"
    );
    assert_eq!(
        digest(&db, &format!("{PARALLEL}2"), &million),
        digest(&db, &format!("{SERIAL}; SET enable_hashagg = off"), &million)
    );
    // Rows without a bond are counted, and nothing else.
    let nulls = within(SERIAL, "nulls");
    assert_ne!(nulls, within(SERIAL, "book WHERE false"));
    for (settings, _) in plans(&db) {
        assert_eq!(within(&settings, "nulls"), nulls, "{settings}");
    }
}

/// Frames that grow, move and stay answer what their rows answer.
#[test]
fn windows_are_their_rows() {
    let db = book();
    for (frame, rows) in [
        ("UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING", "true"),
        ("UNBOUNDED PRECEDING AND 11 FOLLOWING", "n <= o.n + 11"),
        ("12 PRECEDING AND 12 FOLLOWING", "n BETWEEN o.n - 12 AND o.n + 12"),
    ] {
        let window = format!(
            "SELECT n, {} FROM numbered WINDOW w AS (ORDER BY n ROWS BETWEEN {frame})",
            figures("OVER w")
        );
        let each = format!(
            "SELECT o.n, f.* FROM numbered AS o, LATERAL (SELECT {} FROM numbered WHERE {rows}) AS \
                f",
            figures("")
        );
        assert_eq!(digest(&db, SERIAL, &window), digest(&db, SERIAL, &each), "{frame}");
    }
}

/// Several aggregates in one query share one state: the bond is solved once.
#[test]
fn aggregates_share_their_transition() {
    let db = Database::new();
    let states = db.value(
        "SELECT count(DISTINCT (aggtransfn::oid, aggcombinefn::oid, agginitval)), count(*) FROM \
            pg_aggregate JOIN pg_proc ON pg_proc.oid = aggfnoid WHERE proname LIKE 'portfolio_%'",
    );
    assert_eq!(states, "9|31");
}
