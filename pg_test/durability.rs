//! What a database with bonds in it survives: dump and restore, a cancelled query.

use crate::database::{Database, alone};
use crate::migrations::demo_book;
use crate::term::KINDS;
use std::process::Command;

/// Everything that the demo's tables and views hold, in one digest.
const DIGEST: &str = "SELECT md5(string_agg(t::text, '/' ORDER BY t::text)) FROM (
    SELECT b::text || encode(bond_send(b), 'hex') || id AS t FROM bonds UNION ALL SELECT \
    portfolio_risk(b)::text || portfolio_id FROM bonds GROUP BY portfolio_id
    UNION ALL SELECT i::text FROM instruments i UNION ALL SELECT s::text FROM portfolio_summary s \
    UNION ALL SELECT r::text FROM bond_risk r) s";

#[test]
fn dump_and_restore() {
    let db = demo_book();
    db.run(
        "CREATE TABLE extra AS SELECT b, bond_terms(b) AS terms FROM bonds; CREATE INDEX ON \
        extra (bond_maturity(b)); CREATE INDEX ON extra (b);
            ALTER TABLE extra ADD CHECK (bond_coupon(b) < 1), ADD ytm float8 GENERATED ALWAYS AS \
            (bond_ytm(b, settlement => date '2026-03-24')) STORED;
            CREATE MATERIALIZED VIEW by_maturity AS SELECT bond_maturity(b), portfolio_duration(b, \
            '2026-03-24') FROM extra GROUP BY 1;
            CREATE TABLE isins (isin isin PRIMARY KEY); INSERT INTO isins VALUES ('US0378331005')",
    );
    // A perpetual bond is among them: its yield is generated like any other.
    let kinds = KINDS.map(|kind| format!("('{kind}', '{kind}')")).join(", ");
    db.run(&format!(
        "INSERT INTO extra (b, terms) VALUES {kinds}; ALTER TABLE extra ADD market \
        bond DEFAULT '5% 2034-06-07 market uk_gilt', ADD form jsonb GENERATED ALWAYS AS \
        (bond_to_jsonb(b)) STORED; REFRESH MATERIALIZED VIEW by_maturity"
    ));
    let file = std::env::temp_dir().join(format!("{}.dump", db.name));
    for format in ["custom", "plain"] {
        let restored = Database::empty();
        let dump = Command::new("pg_dump")
            .args(["--format", format, "--file"])
            .arg(&file)
            .arg(&db.name)
            .output()
            .unwrap();
        assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
        let mut restore =
            if format == "custom" { Command::new("pg_restore") } else { Command::new("psql") };
        match format {
            "custom" => restore.args(["--exit-on-error", "--dbname", &restored.name]).arg(&file),
            _ => restore
                .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", &restored.name, "-f"])
                .arg(&file),
        };
        let output = restore.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let digest = format!("SET pg_bond.settlement_date = '2026-03-24'; {DIGEST}");
        assert_eq!(restored.value(&digest), db.value(&digest), "{format}");
        let extra = "SELECT md5(string_agg(e::text, '/' ORDER BY e::text)) FROM extra e";
        assert_eq!(restored.value(extra), db.value(extra), "{format}");
        assert_eq!(
            restored.value("SELECT count(*) FROM by_maturity"),
            db.value("SELECT count(*) FROM by_maturity")
        );
    }
    std::fs::remove_file(file).unwrap();
}

/// The longest of everything: queries that would take seconds to hours.
const LONG: &[&str] = &[
    "SELECT portfolio_risk(b) FROM book, generate_series(1, 100)",
    "SELECT portfolio_risk(bond_quote(b, 1e-6 * i)) FROM book, generate_series(1, 100)",
    "SELECT portfolio_krd(bond_quote(b, 1e-6 * i), c) FROM book, fine, generate_series(1, 100)",
    "SELECT count(r) FROM (SELECT portfolio_risk(b) OVER (ORDER BY i ROWS 10000 PRECEDING) AS r \
        FROM book, generate_series(1, 100)) AS s",
    "SELECT count(r) FROM (SELECT portfolio_risk(b) OVER (ORDER BY i ROWS BETWEEN 10000 PRECEDING \
        AND CURRENT ROW EXCLUDE CURRENT ROW) AS r FROM book) AS s",
    "SELECT sum(bond_ytm(b, price => 1e-3)) FROM book, generate_series(1, 100)",
    "SELECT count(*) FROM book, bond_explain('5% 9999-12-31 monthly @ 100'::bond)",
    "SELECT count(*) FROM book, bond_ytm_by_convention('5% 9999-12-31 monthly'::bond, 100)",
    "SELECT count(analyze_portfolio(r)) FROM request, generate_series(1, 10000)",
    "SELECT count(f::text) FROM generate_series(1, 100000) AS i, LATERAL (SELECT curve_fit(b) AS f \
        FROM to_fit WHERE i > 0) AS s",
    "SELECT max(curve('2026-03-24', days, rates, 'par', 'natural_cubic')) FROM quotes, \
        generate_series(1, 1000000)",
    "SELECT max(curve_zero(curve_shift(c, '{2Y,10Y}', ARRAY[n, 1.0]), '7Y')) FROM fine, \
        generate_series(1, 10000000) AS n",
    "SELECT max(bond_z_spread(b, c)) FROM fine, book, generate_series(1, 100)",
    "SELECT count(c::text::curve) FROM fine, generate_series(1, 1000000)",
    "SELECT count(k) FROM fine, generate_series(1, 1000000), swap_krd('pay 4% 2026-03-26 to \
        2126-03-26 monthly', c) AS k",
];

/// Each is ended by its timeout, and by a cancel from another session. How soon is not timed here:
/// `src/testing/work.rs` counts it.
#[test]
fn long_queries_can_be_cancelled() {
    let db = Database::new();
    let bond = r#"{"isin":"US0378331005","issueDate":"2023-01-15","maturityDate":"2123-01-15","couponRate":500,"faceValue":100000,"marketValue":95000,"paymentTerm":"monthly","quantity":10}"#;
    db.run(&format!(
        "CREATE TABLE book AS SELECT i, bond(0.03 + i % 50 / 1000.0, date '2027-01-31' + i % \
            10000, price => 90 + i % 20, notional => 1000) AS b FROM generate_series(1, 300000) AS \
            i;
         CREATE TABLE request AS SELECT jsonb_agg('{bond}'::jsonb) AS r FROM generate_series(1, \
         18000);
         CREATE TABLE to_fit AS SELECT bond(coupon => i % 9 / 100.0, maturity => date '2026-07-31' \
         + i * 6, price => 60 + hashtext(i::text) % 30) AS b FROM generate_series(1, 2400) AS i;
         CREATE TABLE fine AS SELECT curve('2026-03-24', array_agg(date '2026-03-24' + i * 11), \
         array_agg(0.03 + hashint4(i) / 1e12), interpolation => 'monotone_convex') AS c FROM \
         generate_series(1, 1000) AS i;
         CREATE TABLE quotes AS SELECT array_agg(date '2026-03-24' + i * 290) AS days, \
         array_agg(0.03 + i / 1e5) AS rates FROM generate_series(1, 88) AS i"
    ));
    for query in LONG {
        assert_eq!(
            db.refusal(&format!("SET statement_timeout = 200; {query}")).state,
            "57014",
            "{query}"
        );
    }
    // As pg_cancel_backend() asks from another session.
    let long = LONG[0];
    std::thread::scope(|scope| {
        let running = scope.spawn(|| db.refusal(&format!("SET application_name = 'long'; {long}")));
        let cancel = "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE \
            application_name = 'long' AND state = 'active' AND query LIKE '%portfolio_risk%' AND \
            datname = current_database()";
        while db.value(cancel) == "0" {}
        assert_eq!(running.join().unwrap().state, "57014");
    });
}

/// The environment of a server may ask for backtraces; they are nothing that a user is told,
/// whatever ends a statement.
#[test]
fn no_backtrace_reaches_a_user() {
    let statements = [
        "CREATE EXTENSION pg_bond",
        "CREATE TABLE to_fit AS SELECT bond(coupon => i % 9 / 100.0, maturity => date '2026-07-31' \
            + i * 6, price => 60 + hashtext(i::text) % 30) AS b FROM generate_series(1, 2400) AS i",
        "SET pg_bond.settlement_date = '2026-03-24'",
        "SET statement_timeout = 200",
        "SELECT count(f::text) FROM generate_series(1, 100000) AS i, LATERAL (SELECT curve_fit(b) \
            AS f FROM to_fit WHERE i > 0) AS s",
        "SELECT count(*) FROM generate_series(1, 100000), bond_which_convention('5% 9999-12-31 \
            monthly'::bond, 100, 0.06, '2026-03-24', 12)",
        "SET statement_timeout = 0",
        "SELECT '4% 2028-02-30'::bond",
        "SELECT bond(jsonb_build_object('coupon', repeat('1', 2000)::numeric, 'maturity', \
            '2030-01-15'))",
        "SELECT 'answer alive'",
    ];
    let output = alone(&[("RUST_BACKTRACE", "1")], None, &statements);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(String::from_utf8_lossy(&output.stdout).contains("answer alive"), "{said}");
    assert_eq!(
        said.matches("ERROR:  canceling statement due to statement timeout").count(),
        2,
        "{said}"
    );
    assert_eq!(said.matches("ERROR:  ").count(), 4, "{said}");
    for of_a_backtrace in ["pgrx", "core::", "std::", " 0: "] {
        assert!(!said.contains(of_a_backtrace), "{said}");
    }
}
