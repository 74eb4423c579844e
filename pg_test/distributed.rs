//! Beyond one machine: what postgres_fdw pushes to other servers, and states that travel, to the
//! last bit.

use crate::database::Database;

const ON: &str = "date '2026-03-24'";
const CURVE: &str = "'2026-03-24 3M:4.31% 1Y:4.02% 5Y:4.05% 10Y:4.36% 30Y:4.8%'::curve";

fn book(db: &Database, portfolios: &str) {
    db.run(&format!(
        "CREATE TABLE book AS SELECT i, i % 6 AS portfolio, bond(coupon => i % 90 / 1000.0, \
            maturity => date '2026-03-31' + (i * 7919) % 11000, day_count => CASE i % 2 WHEN 0 \
            THEN '30/360' ELSE 'ACT/ACT' END,
             price => CASE WHEN i % 50 > 0 THEN 70 + (i % 6007) / 100.0 END, notional => (i % 900 \
             - 100) * power(10, i % 9)) AS b FROM generate_series(1, 6000) AS i WHERE i % 6 IN \
             ({portfolios}); ANALYZE book"
    ));
}

/// A coordinator over three servers, each with a third of the portfolios; and the whole on one.
fn cluster() -> (Database, Vec<Database>) {
    let (coordinator, shards) =
        (Database::new(), vec![Database::new(), Database::new(), Database::new()]);
    coordinator.run(
        "CREATE EXTENSION postgres_fdw; CREATE TABLE book (i int, portfolio int, b \
        bond) PARTITION BY LIST (portfolio)",
    );
    for (n, shard) in shards.iter().enumerate() {
        let portfolios = format!("{}, {}", 2 * n, 2 * n + 1);
        book(shard, &portfolios);
        coordinator.run(&format!(
            "\\getenv host PGHOST\n\\getenv port PGPORT\n\\getenv user PGUSER\n
             CREATE SERVER shard{n} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host :'host', port \
             :'port', dbname '{}', extensions 'pg_bond');
             CREATE USER MAPPING FOR CURRENT_USER SERVER shard{n} OPTIONS (user :'user');
             CREATE FOREIGN TABLE book_{n} PARTITION OF book FOR VALUES IN ({portfolios}) SERVER \
             shard{n} OPTIONS (table_name 'book', use_remote_estimate 'true')",
            shard.name
        ));
    }
    coordinator.run("ANALYZE book");
    (coordinator, shards)
}

#[test]
fn other_servers_do_the_work() {
    let (coordinator, _shards) = cluster();
    let whole = Database::new();
    book(&whole, "0, 1, 2, 3, 4, 5");
    let figures = format!(
        "portfolio_risk(b, {ON}), portfolio_duration(b, {ON}), portfolio_npv(b, {CURVE}), \
            portfolio_cs01(b, {CURVE}), portfolio_shock(b, 100, 0, {ON}), risk_summary(b, {ON})"
    );
    let by_portfolio =
        format!("SELECT portfolio, {figures} FROM book GROUP BY portfolio ORDER BY portfolio");
    let explain = |query: &str| {
        coordinator
            .run(&format!(
                "SET enable_partitionwise_aggregate = on; EXPLAIN (VERBOSE, COSTS OFF) {query}"
            ))
            .join("\n")
    };
    let plan = explain(&by_portfolio);
    for pushed in [
        "Relations: Aggregate on",
        "Remote SQL: SELECT portfolio, public.portfolio_risk(b, '2026-03-24'::date)",
        "public.portfolio_cs01(b, ",
        "GROUP BY 1",
    ] {
        assert_eq!(plan.matches(pushed).count(), 3, "{pushed} in {plan}");
    }
    assert!(!plan.contains("HashAggregate") && !plan.contains("GroupAggregate"), "{plan}");
    let bits = "SET extra_float_digits = 1; ";
    assert_eq!(
        coordinator.run(&format!("{bits}SET enable_partitionwise_aggregate = on; {by_portfolio}")),
        whole.run(&format!("{bits}{by_portfolio}"))
    );
    assert_eq!(
        coordinator.run(&format!("{bits}{by_portfolio}")),
        whole.run(&format!("{bits}{by_portfolio}")),
        "rows fetched, measured here"
    );
    // Arrays of rows are no type that postgres_fdw takes for an extension's own: key rates are
    // measured here.
    let keys = format!(
        "SELECT portfolio, portfolio_krd(b, {CURVE}) FROM book GROUP BY portfolio ORDER BY \
            portfolio"
    );
    assert_eq!(coordinator.run(&format!("{bits}{keys}")), whole.run(&format!("{bits}{keys}")));
    // Rows that do not match never leave their server.
    let filtered = format!(
        "SELECT count(*) FROM book WHERE bond_ytm(b, {ON}) > 0.05 AND bond_z_spread(b, {CURVE}) < \
            0.02"
    );
    let plan = explain(&filtered);
    assert!(
        plan.contains("bond_ytm(b, '2026-03-24'::date) > 0.05")
            && plan.contains("public.bond_z_spread(b,"),
        "{plan}"
    );
    assert_eq!(coordinator.value(&filtered), whole.value(&filtered));
    // A whole without a group for each partition, in two steps: summaries there, their sum here.
    let firm = format!(
        "SELECT portfolio_risk(s), risk_summary(s) FROM (SELECT portfolio, risk_summary(b, {ON}) \
            AS s FROM book GROUP BY portfolio) AS parts"
    );
    let plan = explain(&firm);
    assert_eq!(plan.matches("Relations: Aggregate on").count(), 3, "{plan}");
    assert_eq!(
        coordinator.value(&format!("{bits}SET enable_partitionwise_aggregate = on; {firm}")),
        whole.value(&format!(
            "{bits}SELECT portfolio_risk(b, {ON}), risk_summary(b, {ON}) FROM book"
        ))
    );
}

/// What a distributed engine does: transition functions on the shards, their states over the wire
/// in binary form, combined in any order, finished at the coordinator.
#[test]
fn states_travel() {
    let db = Database::new();
    book(&db, "0, 1, 2, 3, 4, 5");
    for (state, arguments, combine, last) in [
        (
            "portfolio_add",
            format!("b bond, on_date date|b, {ON}"),
            "portfolio_combine",
            "portfolio_risk_final",
        ),
        (
            "portfolio_curve_add",
            format!("b bond, c curve|b, {CURVE}"),
            "portfolio_curve_combine",
            "portfolio_krd_final",
        ),
        (
            "portfolio_shock_add",
            format!("b bond, c curve, moved curve|b, {CURVE}, {CURVE} + 50"),
            "portfolio_shock_combine",
            "portfolio_shock_final",
        ),
        (
            "rating_add",
            "r rating, weight float8|rating_from_notch(1 + i % 21), bond_notional(b)".to_owned(),
            "rating_combine",
            "rating_warf_final",
        ),
        (
            "curve_add",
            format!(
                "as_of date, tenor text, rate float8|{ON}, CASE WHEN i <= 60 THEN i || 'M' END, \
                    0.03 + i / 1e4"
            ),
            "curve_combine",
            "curve_final",
        ),
        (
            "curve_fit_add",
            format!(
                "b bond, method text, on_date date|CASE WHEN i <= 120 THEN b END, 'nelson_siegel', \
                    {ON}"
            ),
            "curve_fit_combine",
            "curve_fit_final",
        ),
    ] {
        let (declared, given) = arguments.split_once('|').unwrap();
        let aggregate = db.value(&format!(
            "SELECT format('(SFUNC = {state}, STYPE = float8[]%s)', CASE WHEN agginitval IS NULL \
                THEN '' ELSE format(', INITCOND = %L', agginitval) END) FROM pg_aggregate JOIN \
                pg_proc f ON f.oid = aggtransfn WHERE f.proname = '{state}' LIMIT 1"
        ));
        let initial = aggregate.replace(&format!("SFUNC = {state}"), &format!("SFUNC = {combine}"));
        let file = format!("target/{state}.bin");
        db.run(&format!(
            "CREATE AGGREGATE partial_{state}({declared}) {aggregate}; CREATE AGGREGATE \
                combined_{state}(float8[]) {initial};
             CREATE TABLE {state}_sent AS SELECT portfolio, i % 5 AS shard, \
             partial_{state}({given}) AS state FROM book GROUP BY 1, 2;
             CREATE TABLE {state}_received (LIKE {state}_sent);
             \\copy {state}_sent TO '{file}' (FORMAT binary)\n\\copy {state}_received FROM \
             '{file}' (FORMAT binary)\n\\! rm {file}"
        ));
        let travelled = format!(
            "SELECT portfolio, {last}(combined_{state}(state ORDER BY random())) FROM \
                {state}_received GROUP BY 1 ORDER BY 1"
        );
        let direct = format!(
            "SELECT portfolio, {last}(partial_{state}({given})) FROM book GROUP BY 1 ORDER BY 1"
        );
        assert_eq!(db.run(&travelled), db.run(&direct), "{state}");
    }
}
