//! The same bits under any plan: serial, parallel, hashed, sorted, partitionwise, in any order of rows.

use crate::database::Database;
use crate::term::KINDS;

const FIGURES: &str = "portfolio_value(b), portfolio_dv01(b), portfolio_ytm(b), portfolio_duration(b), portfolio_macaulay_duration(b), portfolio_convexity(b), portfolio_risk(b),
    portfolio_value(b, '2026-03-24'), portfolio_dv01(b, '2026-03-24'), portfolio_ytm(b, '2026-03-24'), portfolio_duration(b, '2026-03-24'),
    portfolio_macaulay_duration(b, '2026-03-24'), portfolio_convexity(b, '2026-03-24'), portfolio_risk(b, '2026-03-24')";

const PARALLEL: &str =
    "parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2";

#[test]
fn every_plan_gives_the_same_bits() {
    let db = Database::new();
    let kinds = KINDS.map(|kind| format!("'{kind}'")).join(", ");
    db.run(&format!(
        "CREATE TABLE book (i int, g int, b bond) PARTITION BY LIST (g);
         CREATE TABLE book_0 PARTITION OF book FOR VALUES IN (0, 1, 2); CREATE TABLE book_1 PARTITION OF book FOR VALUES IN (3, 4, 5, 6);
         INSERT INTO book SELECT i, i % 7, bond(coupon => (i % 90) / 1000.0, maturity => date '2026-01-31' + (i * 7919) % 11000, day_count => CASE i % 2 WHEN 0 THEN '30/360' ELSE 'ACT/ACT' END,
             price => CASE WHEN i % 50 > 0 THEN 70 + (i % 6007) / 100.0 END, notional => (i % 900 - 100) * power(10, i % 9)) FROM generate_series(1, 60000) AS i;
         UPDATE book SET b = bond_hold((ARRAY[{kinds}]::bond[])[1 + i / 10 % {count}], bond_notional(b)) WHERE i % 10 = 0;
         CREATE TABLE shuffled AS SELECT * FROM book ORDER BY md5(i::text); ANALYZE book; ANALYZE shuffled",
        count = KINDS.len()
    ));
    let plans = [
        ("serial", "max_parallel_workers_per_gather = 0"),
        ("parallel", PARALLEL),
        ("sorted", "enable_hashagg = off"),
        ("hashed", "enable_sort = off"),
        ("partitionwise", "enable_partitionwise_aggregate = on; SET max_parallel_workers_per_gather = 0"),
        ("parallel and partitionwise", &format!("enable_partitionwise_aggregate = on; SET {PARALLEL}")),
        ("parallel without leader", &format!("parallel_leader_participation = off; SET {PARALLEL}")),
        ("little memory", "work_mem = '64kB'"),
    ];
    for grouping in ["GROUP BY ()", "GROUP BY g", "GROUP BY i % 1000", "GROUP BY ROLLUP (g, i % 3)"] {
        let key = match grouping {
            "GROUP BY ()" => "0",
            "GROUP BY i % 1000" => "i % 1000",
            "GROUP BY g" => "g",
            _ => "g, i % 3",
        };
        let mut expected: Option<String> = None;
        for table in ["book", "shuffled"] {
            for (name, settings) in plans {
                let query = format!("SELECT {key}, {FIGURES} FROM {table} {grouping}");
                let digest =
                    db.value(&format!("SET {settings}; SELECT md5(string_agg(row::text, '/' ORDER BY row::text)) FROM ({query}) AS row"));
                assert_eq!(expected.get_or_insert_with(|| digest.clone()), &digest, "{name} {grouping} of {table}");
            }
        }
    }
    let plan = db.run(&format!("SET {PARALLEL}; EXPLAIN (COSTS OFF) SELECT g, portfolio_duration(b) FROM book GROUP BY g")).join("\n");
    assert!(plan.contains("Partial") && plan.contains("Gather"), "{plan}");
    // However few the rows.
    for rows in [0, 1, 2, 3, 1000] {
        let query = format!("SELECT md5(row::text) FROM (SELECT {FIGURES} FROM shuffled WHERE i <= {rows}) AS row");
        assert_eq!(db.value(&format!("SET {PARALLEL}; {query}")), db.value(&query), "{rows} rows");
    }
}

/// Several aggregates in one query share one state: the bond is solved once.
#[test]
fn aggregates_share_their_transition() {
    let db = Database::new();
    let states = db.value(
        "SELECT count(DISTINCT (aggtransfn::oid, aggcombinefn::oid, agginitval)), count(*) FROM pg_aggregate JOIN pg_proc ON pg_proc.oid = aggfnoid WHERE proname LIKE 'portfolio_%'",
    );
    assert_eq!(states, "9|31");
}
