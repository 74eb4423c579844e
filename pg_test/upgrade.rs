//! Upgrades: each release installed from its frozen script, with stored values, indexes, views and
//! the tables of the migrations on it, then brought to this version.

use crate::database::{Database, repository};
use crate::migrations;

/// The releases, by the install scripts that are frozen in `sql/`.
fn releases() -> Vec<String> {
    let scripts = std::fs::read_dir(repository("sql")).unwrap();
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let version = name.strip_prefix("pg_bond--")?.strip_suffix(".sql")?;
        (!version.contains("--")).then(|| version.to_owned())
    };
    let mut releases: Vec<String> = scripts.filter_map(name).collect();
    releases.sort();
    assert!(!releases.is_empty());
    releases
}

/// Every object of the extension: what it is, how it is defined, and its comment.
const CATALOGUE: &str = "
    SELECT pg_describe_object(d.classid, d.objid, 0) || ' | ' || coalesce(CASE d.classid
        WHEN 'pg_proc'::regclass THEN (SELECT CASE p.prokind WHEN 'a'
            THEN (SELECT concat_ws('/', a.aggkind, a.aggnumdirectargs, a.aggtransfn, a.aggfinalfn,
                a.aggcombinefn, a.aggserialfn, a.aggmtransfn, a.aggminvtransfn, a.aggmfinalfn,
                a.aggfinalextra, a.aggmfinalextra, a.aggfinalmodify, a.aggmfinalmodify,
                a.aggsortop::regoperator, a.aggtranstype::regtype, a.aggtransspace,
                a.aggmtranstype::regtype, a.agginitval, a.aggminitval, p.provolatile, p.proparallel)
                FROM pg_aggregate a WHERE a.aggfnoid = p.oid)
            ELSE pg_get_functiondef(p.oid) END || p.procost || '/' || p.prorows
            FROM pg_proc p WHERE p.oid = d.objid)
        WHEN 'pg_type'::regclass THEN (SELECT concat_ws('/', t.typinput, t.typoutput, t.typreceive,
            t.typsend, t.typanalyze, t.typlen, t.typcategory, t.typstorage, t.typalign,
            t.typbasetype::regtype, t.typnotnull, t.typdefault, (SELECT string_agg(
                a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ',' ORDER BY a.attnum)
                FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0))
            FROM pg_type t WHERE t.oid = d.objid)
        WHEN 'pg_operator'::regclass THEN (SELECT concat_ws('/', o.oprcode, o.oprrest, o.oprjoin,
            o.oprcom::regoperator, o.oprnegate::regoperator, o.oprcanmerge, o.oprcanhash)
            FROM pg_operator o WHERE o.oid = d.objid)
        WHEN 'pg_cast'::regclass THEN (SELECT concat_ws('/', c.castfunc::regprocedure,
            c.castcontext, c.castmethod) FROM pg_cast c WHERE c.oid = d.objid)
        END, '') || ' | ' || coalesce(obj_description(d.objid, d.classid::regclass::text::name), '')
        AS object
    FROM pg_depend d
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.refobjid =
        (SELECT oid FROM pg_extension WHERE extname = 'pg_bond')";

/// One line for each object, without numbers that the cluster gives.
fn catalogue(db: &Database) -> Vec<String> {
    let lines = db.run(&format!(
        "SELECT replace(object, E'\\n', ' ') FROM ({CATALOGUE}) AS c ORDER BY object COLLATE \"C\""
    ));
    assert!(lines.len() > 500, "{}", lines.len());
    lines
}

/// Stored values as text and bytes, and what is computed from them.
const FIGURES: &str = "SET pg_bond.settlement_date = '2026-03-24';
    SELECT md5(string_agg(t, '/' ORDER BY t)) FROM (
        SELECT concat_ws(' ', id, b, c, s, d, r, k, ytm, encode(bond_send(b), 'hex'),
            encode(curve_send(c), 'hex'), encode(swap_send(s), 'hex'), encode(calendar_send(d),
            'hex'), encode(rating_send(r), 'hex'), encode(risk_summary_send(k), 'hex'))
            AS t FROM stored
        UNION ALL SELECT risk::text FROM stored_risk
        UNION ALL SELECT duration::text FROM stored_duration
        UNION ALL SELECT i::text FROM instruments i UNION ALL SELECT b::text FROM bonds b
        UNION ALL SELECT s::text FROM swaps s UNION ALL SELECT q::text FROM quotes q
        UNION ALL SELECT c::text FROM curves c UNION ALL SELECT f::text FROM fx_rates f
        UNION ALL SELECT n::text FROM nightly_risk n UNION ALL SELECT p::text FROM portfolios p
        UNION ALL SELECT l::text FROM limits l
    ) AS values";

/// A database that a release filled, restored under its declarations.
fn restored(release: &str) -> Database {
    let db = Database::empty();
    let folder = repository("pg_test/released").join(release);
    db.run(&format!(
        "CREATE EXTENSION pg_bond VERSION '{release}';
         SET client_min_messages = warning;
         \\i '{}'
         SET search_path = public;
         CREATE TABLE sent (LIKE stored);
         \\copy sent FROM '{}' (FORMAT binary)",
        folder.join("book.sql").display(),
        folder.join("stored.bin").display()
    ));
    db
}

#[test]
fn an_upgraded_catalogue_equals_a_fresh_one() {
    let fresh = catalogue(&Database::new());
    for release in releases() {
        let db = Database::empty();
        db.run(&format!(
            "CREATE EXTENSION pg_bond VERSION '{release}'; ALTER EXTENSION pg_bond UPDATE"
        ));
        let upgraded = catalogue(&db);
        let missing: Vec<_> = fresh.iter().filter(|line| !upgraded.contains(line)).collect();
        let left: Vec<_> = upgraded.iter().filter(|line| !fresh.contains(line)).collect();
        assert!(missing.is_empty() && left.is_empty(), "{missing:#?}\n{left:#?}");
    }
}

#[test]
fn values_of_a_release_keep_their_bits() {
    for release in releases() {
        let db = restored(&release);
        let figures = db.value(FIGURES);
        assert_eq!(
            db.value(
                "SELECT count(*) FROM stored FULL JOIN sent USING (id) WHERE
                 (stored.b, stored.c, stored.s, stored.d, stored.r, stored.k)::text
                 IS DISTINCT FROM (sent.b, sent.c, sent.s, sent.d, sent.r, sent.k)::text"
            ),
            "0"
        );
        db.run("ALTER EXTENSION pg_bond UPDATE");
        assert_eq!(db.value(FIGURES), figures);
        // The indexes find what they found.
        for condition in ["b = (SELECT b FROM stored WHERE id = 103)", "bond_maturity(b) > 'now'"] {
            let count = |scan: &str| {
                db.value(&format!(
                    "SET enable_seqscan = {scan}; SELECT count(*) FROM stored WHERE {condition}"
                ))
            };
            assert_eq!(count("off"), count("on"));
            assert_ne!(count("off"), "0");
        }
    }
}

#[test]
fn tables_of_a_release_keep_their_rows_under_the_newer_migrations() {
    for release in releases() {
        let db = restored(&release);
        let figures = db.value(FIGURES);
        db.run("ALTER EXTENSION pg_bond UPDATE");
        migrations::apply(&db);
        assert_eq!(db.value(FIGURES), figures);
        // Views and triggers work on the rows that were there.
        assert_eq!(
            db.value(
                "SET pg_bond.settlement_date = '2026-03-24';
                 UPDATE bonds SET price = price + 1;
                 SELECT bool_and(bond_count > 0 AND modified_duration > 0) FROM portfolio_summary"
            ),
            "t"
        );
    }
}

#[test]
fn a_downgrade_is_refused() {
    let db = Database::new();
    for release in releases() {
        let refusal = db.refusal(&format!("ALTER EXTENSION pg_bond UPDATE TO '{release}'"));
        assert!(refusal.message.contains("no update path"), "{refusal:?}");
    }
}
