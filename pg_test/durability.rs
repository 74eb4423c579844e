//! What a database with bonds in it survives: dump and restore, a cancelled query.

use crate::database::Database;
use crate::migrations::demo_book;
use crate::term::KINDS;
use std::process::Command;

/// Everything that the demo's tables and views hold, in one digest.
const DIGEST: &str = "SELECT md5(string_agg(t::text, '/' ORDER BY t::text)) FROM (
    SELECT b::text || encode(bond_send(b), 'hex') || id AS t FROM bonds UNION ALL SELECT portfolio_risk(b)::text || portfolio_id FROM bonds GROUP BY portfolio_id
    UNION ALL SELECT i::text FROM instruments i UNION ALL SELECT s::text FROM portfolio_summary s UNION ALL SELECT r::text FROM bond_risk r) s";

#[test]
fn dump_and_restore() {
    let db = demo_book();
    db.run("CREATE TABLE extra AS SELECT b, bond_terms(b) AS terms FROM bonds; CREATE INDEX ON extra (bond_maturity(b)); CREATE INDEX ON extra (b);
            ALTER TABLE extra ADD CHECK (bond_coupon(b) < 1), ADD ytm float8 GENERATED ALWAYS AS (bond_ytm(b, settlement => date '2026-03-24')) STORED;
            CREATE MATERIALIZED VIEW by_maturity AS SELECT bond_maturity(b), portfolio_duration(b, '2026-03-24') FROM extra GROUP BY 1;
            CREATE TABLE isins (isin isin PRIMARY KEY); INSERT INTO isins VALUES ('US0378331005')");
    // A perpetual bond is among them: its yield is generated like any other.
    let kinds = KINDS.map(|kind| format!("('{kind}', '{kind}')")).join(", ");
    db.run(&format!("INSERT INTO extra (b, terms) VALUES {kinds}; ALTER TABLE extra ADD market bond DEFAULT '5% 2034-06-07 market uk_gilt', ADD form jsonb GENERATED ALWAYS AS (bond_to_jsonb(b)) STORED; REFRESH MATERIALIZED VIEW by_maturity"));
    let file = std::env::temp_dir().join(format!("{}.dump", db.name));
    for format in ["custom", "plain"] {
        let restored = Database::empty();
        let dump = Command::new("pg_dump").args(["--format", format, "--file"]).arg(&file).arg(&db.name).output().unwrap();
        assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
        let mut restore = if format == "custom" { Command::new("pg_restore") } else { Command::new("psql") };
        match format {
            "custom" => restore.args(["--exit-on-error", "--dbname", &restored.name]).arg(&file),
            _ => restore.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", &restored.name, "-f"]).arg(&file),
        };
        let output = restore.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let digest = format!("SET pg_bond.settlement_date = '2026-03-24'; {DIGEST}");
        assert_eq!(restored.value(&digest), db.value(&digest), "{format}");
        let extra = "SELECT md5(string_agg(e::text, '/' ORDER BY e::text)) FROM extra e";
        assert_eq!(restored.value(extra), db.value(extra), "{format}");
        assert_eq!(restored.value("SELECT count(*) FROM by_maturity"), db.value("SELECT count(*) FROM by_maturity"));
    }
    std::fs::remove_file(file).unwrap();
}

#[test]
fn long_queries_can_be_cancelled() {
    let db = Database::new();
    db.run("CREATE TABLE book AS SELECT bond(0.03 + i % 50 / 1000.0, date '2027-01-31' + i % 10000, price => 90 + i % 20, notional => 1000) AS b FROM generate_series(1, 300000) AS i");
    let bond = r#"{"isin":"US0378331005","issueDate":"2023-01-15","maturityDate":"2123-01-15","couponRate":500,"faceValue":100000,"marketValue":95000,"paymentTerm":"monthly","quantity":10}"#;
    for query in [
        "SELECT portfolio_risk(b) FROM book x, generate_series(1, 100)".to_owned(),
        "SELECT sum(bond_ytm(b, price => 1e-3)) FROM book, generate_series(1, 100)".to_owned(),
        "SELECT count(*) FROM book, bond_explain('5% 9999-12-31 monthly @ 100'::bond)".to_owned(),
        format!("SELECT length(analyze_portfolio(jsonb_agg('{bond}'::jsonb))::text) FROM generate_series(1, 500000)"),
    ] {
        let began = std::time::Instant::now();
        let refusal = db.refusal(&format!("SET statement_timeout = '200ms'; {query}"));
        assert_eq!(refusal.state, "57014", "{query}: {refusal:?}");
        assert!(began.elapsed().as_secs() < 5, "{query} took {:?}", began.elapsed());
    }
}
