//! Writers of the users' tables from anywhere: any search path, temporary tables of the same names,
//! postgres_fdw, a restore.

use crate::database::{Database, repository};
use crate::live_risk::{STALE, small_book};
use crate::migrations::{apply, files};
use std::process::Command;

/// Every kind of write, by tables' full names; each may be made again and again.
const WRITES: &[&str] = &[
    "UPDATE public.bonds SET price = price + 0.125",
    "UPDATE public.instruments SET notional = notional + 1, currency = CASE currency WHEN 'USD' \
        THEN 'EUR' ELSE 'USD' END WHERE id = 2",
    "INSERT INTO public.instruments (id, isin, instrument_type, notional, portfolio_id) VALUES \
        (99, 'GB0002634946', 'BOND', 1000, 'P1')",
    "INSERT INTO public.bonds (id, coupon_rate, maturity_date, price) VALUES (99, 0.05, \
        '2033-01-15', 99)",
    "DELETE FROM public.instruments WHERE id = 99",
    "INSERT INTO public.curve_quotes (name, date, tenor, rate) VALUES ('UST', '2026-03-24', '7Y', \
        0.04), ('SWAP', '2026-03-25', '7Y', 0.041)",
    "UPDATE public.curve_quotes SET rate = rate + 0.0001",
    "DELETE FROM public.curve_quotes WHERE tenor = '7Y'",
    "INSERT INTO public.curves VALUES ('UST', '2026-03-26', public.curve_shift('2026-03-26 \
        10Y:4%', 1))",
    "UPDATE public.curves SET curve = public.curve_shift(curve, 5) WHERE date = '2026-03-26'",
    "DELETE FROM public.curves WHERE date = '2026-03-26'",
    "INSERT INTO public.live_curves VALUES ('dead')",
    "DELETE FROM public.live_curves WHERE name = 'dead'",
];

#[track_caller]
fn write(db: &Database, session: &str) {
    for statement in WRITES {
        db.run(&format!("{session}; {statement}"));
        assert!(db.value(STALE).starts_with("0|"), "{session}: {statement}: {}", db.value(STALE));
    }
    assert_eq!(
        db.value("SELECT count(*), count(*) FILTER (WHERE dv01 > 0) FROM live_risk"),
        db.value("SELECT n, n FROM (SELECT count(*) AS n FROM live_risk) AS r")
    );
}

fn tables(db: &Database) -> Vec<String> {
    db.run(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = \
        'r' ORDER BY 1",
    )
}

#[test]
fn any_search_path_will_do() {
    let db = small_book();
    db.run("INSERT INTO calendars (name) VALUES ('desk'); CREATE SCHEMA elsewhere");
    // Tables, functions, operators and types of the same names, better on the path.
    for table in tables(&db) {
        db.run(&format!(
            "CREATE TABLE elsewhere.{table} (LIKE public.{table} INCLUDING GENERATED)"
        ));
    }
    db.run(
        "CREATE FUNCTION elsewhere.live_names() RETURNS text[] LANGUAGE plpgsql AS $$ BEGIN RAISE \
            'impostor'; END $$;
         CREATE FUNCTION elsewhere.refresh_live_risk(text[], text[]) RETURNS void LANGUAGE plpgsql \
         AS $$ BEGIN RAISE 'impostor'; END $$;
         CREATE FUNCTION elsewhere.hashtextextended(varchar, integer) RETURNS bigint LANGUAGE \
         plpgsql AS $$ BEGIN RAISE 'impostor'; END $$;
         CREATE FUNCTION elsewhere.same(public.bond, public.bond) RETURNS boolean LANGUAGE plpgsql \
         AS $$ BEGIN RAISE 'impostor'; END $$;
         CREATE OPERATOR elsewhere.= (FUNCTION = elsewhere.same, LEFTARG = public.bond, RIGHTARG = \
         public.bond);
         CREATE TYPE elsewhere.key_rate AS (x int)",
    );
    for path in [
        "''",
        "elsewhere",
        "elsewhere, public",
        "elsewhere, pg_catalog",
        "public, pg_temp",
        "pg_temp, elsewhere, public",
    ] {
        write(&db, &format!("SET search_path = {path}"));
        assert_eq!(
            db.value(&format!("SET search_path = {path}; SELECT public.user_calendar('desk')")),
            "weekends",
            "{path}"
        );
        assert_eq!(
            db.value(&format!("SET search_path = {path}; SELECT count(*) FROM public.top_n('P0')")),
            "2",
            "{path}"
        );
    }
    for table in tables(&db) {
        assert_eq!(db.value(&format!("SELECT count(*) FROM elsewhere.{table}")), "0", "{table}");
    }
}

#[test]
fn temporary_tables_take_nothing() {
    let db = small_book();
    for table in tables(&db) {
        write(&db, &format!("CREATE TEMP TABLE {table} (LIKE public.{table})"));
    }
    // Nor while the files are applied again.
    let temporary: String = tables(&db)
        .iter()
        .map(|table| format!("CREATE TEMP TABLE {table} (LIKE public.{table});"))
        .collect();
    for file in files("migrations", "sql") {
        db.run(&format!("{temporary} \\i '{}'", file.display()));
    }
    write(&db, "SET search_path = ''");
}

/// postgres_fdw's sessions have nothing but pg_catalog on their path.
#[test]
fn other_servers_write_too() {
    let (db, other) = (small_book(), Database::new());
    other.run(&format!(
        "\\getenv host PGHOST\n\\getenv port PGPORT\n\\getenv user PGUSER\n
         CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw \
         OPTIONS (host :'host', port :'port', dbname '{}');
         CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user :'user');
         IMPORT FOREIGN SCHEMA public LIMIT TO (bonds, curve_quotes, curves) FROM SERVER far INTO \
         public",
        db.name
    ));
    for statement in [
        "UPDATE bonds SET price = price + 1 WHERE id < 4",
        "UPDATE curve_quotes SET rate = rate + 0.001 WHERE name = 'UST'",
        "INSERT INTO curve_quotes (name, date, tenor, rate, kind, conventions) VALUES ('UST', \
            '2026-03-24', '1Y', 0.03, 'par', 'plain')",
        "INSERT INTO curves VALUES ('UST', '2026-03-25', '2026-03-25 10Y:4%')",
    ] {
        let before = db.value("SELECT sum(version) FROM input_versions");
        other.run(statement);
        assert_eq!(db.value(STALE), "0|6", "{statement}");
        assert_ne!(db.value("SELECT sum(version) FROM input_versions"), before, "{statement}");
    }
}

/// Every row of every table, with and without the triggers that make some of them.
#[test]
fn a_restore_of_data_alone_loses_nothing() {
    let db = small_book();
    db.run(
        "INSERT INTO curves VALUES ('own', '2026-03-24', '2026-03-24 10Y:4%'); INSERT INTO \
            calendars (name) VALUES ('desk'); INSERT INTO calendar_holidays VALUES ('desk', \
            '2026-12-24');
         INSERT INTO quotes VALUES ('US0378331005', '2026-03-24', 99); INSERT INTO fx_rates VALUES \
         ('2026-03-24', 'EUR', 'USD', 1.1); INSERT INTO currency_curves VALUES ('USD', 'UST');
         INSERT INTO instruments (id, isin, instrument_type, notional) VALUES (9, 'US5949181045', \
         'SWAP', 1000);
         INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date) VALUES (9, \
         'PAY', 0.04, '2026-03-26', '2031-03-26');
         INSERT INTO nightly_risk (date, portfolio_key, currency, risk) SELECT '2026-03-24', \
         portfolio_key, 'USD', risk_summary(b, '2026-03-24') FROM bonds GROUP BY 2",
    );
    let tables = tables(&db);
    // What was counted is not among what was written.
    let content = |db: &Database| -> Vec<String> {
        let query = |table: &String| {
            format!(
                "SELECT '{table}', count(*), md5(string_agg((to_jsonb(t) - 'refreshed_at' - \
                    'version')::text, '/' ORDER BY (to_jsonb(t) - 'refreshed_at' - \
                    'version')::text)) FROM {table} t;"
            )
        };
        db.run(&tables.iter().map(query).collect::<String>())
    };
    assert!(
        content(&db).iter().all(|row| row.starts_with("live_changes|0|") || !row.contains("|0|")),
        "{:?}",
        content(&db)
    );
    for disabled in [false, true] {
        let restored = Database::new();
        apply(&restored);
        restored.run(&format!("TRUNCATE {}", tables.join(", ")));
        let file = std::env::temp_dir().join(format!("{}_data.dump", db.name));
        let run = |command: &mut Command| {
            let output = command.output().unwrap();
            assert!(
                output.status.success(),
                "{disabled}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
        };
        run(Command::new("pg_dump")
            .args(["--format", "custom", "--data-only", "--file"])
            .arg(&file)
            .arg(&db.name));
        let options: &[&str] = if disabled { &["--disable-triggers"] } else { &[] };
        run(Command::new("pg_restore")
            .args(["--data-only", "--exit-on-error"])
            .args(options)
            .args(["--dbname", &restored.name])
            .arg(&file));
        std::fs::remove_file(file).unwrap();
        assert_eq!(content(&restored), content(&db), "{disabled}");
        // And goes on from there.
        restored.run(
            "UPDATE bonds SET price = price + 1; UPDATE curve_quotes SET rate = rate + \
            0.001; INSERT INTO instruments (id, isin, instrument_type, notional) VALUES (10, \
            'GB0002634946', 'BOND', 5)",
        );
        assert_eq!(restored.value(STALE), "0|6");
    }
}

/// What a restore may bring again is refused from anybody else, or is no different.
#[test]
fn rows_that_are_there_stay() {
    let db = small_book();
    assert_eq!(
        db.refusal(
            "INSERT INTO curves SELECT name, date, curve_shift(curve, 1) FROM curves \
        WHERE name = 'UST'"
        )
        .state,
        "23505"
    );
    db.run("INSERT INTO curves VALUES ('own', '2026-03-24', '2026-03-24 10Y:4%')");
    assert_eq!(
        db.refusal("INSERT INTO curves SELECT * FROM curves WHERE name = 'own'").state,
        "23505"
    );
    assert_eq!(
        db.value(
            "WITH again AS (INSERT INTO curves SELECT * FROM curves WHERE name = 'UST' \
            RETURNING 1) SELECT count(*) FROM again"
        ),
        "0"
    );
}

/// PostgreSQL dumps these comparisons without the schema of their operator, so that a dump with one
/// does not restore.
#[test]
fn no_stored_expression_compares_our_types_in_a_way_that_is_not_restored() {
    let db = small_book();
    let nodes =
        "SELECT string_agg(ev_action::text, ' ') FROM pg_rewrite WHERE ev_class IN (SELECT \
        oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        UNION ALL SELECT string_agg(concat(tgqual), ' ') FROM pg_trigger UNION ALL SELECT \
        string_agg(concat(conbin), ' ') FROM pg_constraint
        UNION ALL SELECT string_agg(concat(adbin), ' ') FROM pg_attrdef";
    let ours = format!(
        "SELECT count(*) FROM ({nodes}) AS t (tree), regexp_matches(tree, \
            '{{(?:DISTINCTEXPR|NULLIFEXPR) :opno (\\d+)', 'g') AS m (found)
         JOIN pg_depend d ON d.classid = 'pg_operator'::regclass AND d.objid = found[1]::oid AND \
         d.deptype = 'e'"
    );
    assert_eq!(db.value(&ours), "0");
    db.run(
        "CREATE VIEW told AS SELECT b IS DISTINCT FROM '5% 2030-01-15'::bond AS other, \
        nullif(b, '5% 2030-01-15') FROM bonds",
    );
    assert_eq!(db.value(&ours), "2");
}

/// What every function that the files make must be.
#[test]
fn functions_of_the_migrations() {
    let db = small_book();
    let ours = "FROM pg_proc p JOIN pg_language l ON l.oid = prolang WHERE pronamespace = \
        'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND \
        d.deptype = 'e')";
    assert!(db.number(&format!("SELECT count(*) {ours} AND lanname = 'plpgsql'")) > 10.0);
    for (rule, breaking) in [
        (
            "the path is fixed",
            "lanname = 'plpgsql' AND NOT coalesce(proconfig, '{}') @> '{\"search_path=public, \
                pg_temp\"}'",
        ),
        ("SQL bodies are bound", "lanname = 'sql' AND prosqlbody IS NULL"),
        (
            "an exception block is parallel unsafe",
            "prosrc ~* 'exception\\s+when' AND proparallel <> 'u'",
        ),
        ("what writes is parallel unsafe", "provolatile = 'v' AND proparallel <> 'u'"),
        (
            "the owner's rights are not everybody's",
            "prosecdef AND has_function_privilege('public', p.oid, 'EXECUTE')",
        ),
        (
            "the owner sees every row",
            "prosecdef AND NOT coalesce(proconfig, '{}') @> '{row_security=off}'",
        ),
        ("nothing else", "lanname NOT IN ('plpgsql', 'sql')"),
    ] {
        let found = db.run(&format!("SELECT p.oid::regprocedure {ours} AND {breaking}"));
        assert!(found.is_empty(), "{rule}: {found:?}");
    }
}

/// A schema with relations of others under our names is refused by every file, before anything is
/// changed.
#[test]
fn tables_of_others_are_refused() {
    for (theirs, named) in [
        ("CREATE TABLE bonds (id int PRIMARY KEY, isin text, coupon float8)", "bonds"),
        (
            "CREATE TABLE curves (id int, points jsonb); CREATE TABLE quotes (symbol text, price \
                float8)",
            "curves, quotes",
        ),
        ("CREATE TABLE portfolio_summary (x int)", "portfolio_summary"),
        ("CREATE VIEW bonds AS SELECT 1 AS id", "bonds"),
        ("CREATE TABLE limits (name text, most float8)", "limits"),
    ] {
        let db = Database::empty();
        db.run(theirs);
        let catalogue = "SELECT count(*), max(oid::bigint) FROM pg_class";
        let before = db.value(catalogue);
        for file in files("migrations", "sql") {
            let refusal = db.refusal(&format!("\\i '{}'", file.display()));
            assert_eq!(refusal.state, "42P07", "{refusal:?}");
            assert_eq!(
                refusal.message,
                format!(
                    "the schema public has relations of others under names that these files make: \
                        {named}"
                )
            );
            assert!(
                refusal.hint.contains("search path")
                    && refusal.hint.contains("PGOPTIONS='-c search_path="),
                "{refusal:?}"
            );
        }
        assert_eq!(
            (
                db.value(catalogue),
                db.value("SELECT count(*) FROM pg_extension WHERE extname = 'pg_bond'").as_str()
            ),
            (before, "0")
        );
        // In a schema of their own they stand beside them.
        db.run("CREATE SCHEMA \"Risk 1\"");
        for _ in 0..2 {
            for file in files("migrations", "sql") {
                db.run(&format!("SET search_path = \"Risk 1\", public; \\i '{}'", file.display()));
            }
        }
        db.run(
            "INSERT INTO \"Risk 1\".curve_quotes (name, date, tenor, rate) VALUES ('UST', \
            '2026-03-24', '1Y', 0.04); INSERT INTO \"Risk 1\".live_curves VALUES ('UST')",
        );
        assert_eq!(db.value("SELECT count(*) FROM \"Risk 1\".curves"), "1");
    }
    let db = Database::empty();
    for path in ["''", "nowhere", "pg_temp", "pg_catalog"] {
        let refusal = db.refusal(&format!(
            "CREATE TEMP TABLE t (); SET search_path = {path}; \\i '{}'",
            repository("migrations/001_portfolios.sql").display()
        ));
        assert_eq!(
            (refusal.state.as_str(), refusal.message.as_str()),
            ("3F000", "the search path names no schema for the tables"),
            "{path}"
        );
    }
}

/// The list of names in common/begin.sql is that of the relations that the files make.
#[test]
fn every_relation_is_among_those_checked() {
    let db = Database::new();
    apply(&db);
    let begin = std::fs::read_to_string(repository("migrations/common/begin.sql")).unwrap();
    for relation in db.run(
        "SELECT format('(''%s'', ''%s''', relname, relkind) FROM pg_class WHERE \
        relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = pg_class.oid AND d.deptype = \
            'e')",
    ) {
        assert!(begin.contains(&relation), "{relation}");
    }
}
