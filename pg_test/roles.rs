//! Who may write what: a role needs the right to its own table and no other, whatever the triggers
//! keep.

use crate::database::{Database, repository};
use crate::live_risk::{STALE, small_book};
use crate::migrations::files;

/// A role of a test's own; roles are the cluster's.
struct Role {
    name: String,
}

impl Role {
    fn new(db: &Database, name: &str, rights: &str) -> Role {
        let role = Role { name: format!("{name}_{}", db.name) };
        db.run(&format!(
            "CREATE ROLE {}; GRANT USAGE ON SCHEMA public TO {}",
            role.name, role.name
        ));
        for right in rights.split("; ").filter(|right| !right.is_empty()) {
            db.run(&format!("GRANT {right} TO {}", role.name));
        }
        role
    }

    fn sql(&self, statement: &str) -> String {
        format!("SET ROLE {}; {statement}", self.name)
    }

    fn drop(self, db: &Database) {
        db.run(&format!("DROP OWNED BY {} CASCADE; DROP ROLE {}", self.name, self.name));
    }
}

#[test]
fn each_role_needs_its_own_table_alone() {
    let db = small_book();
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES (9, \
        'GB0002634946', 'BOND', 1000, 'P1')",
    );
    for (name, rights, writes) in [
        (
            "marker",
            "SELECT, UPDATE ON bonds",
            &["UPDATE bonds SET price = price + 0.5 WHERE id = 3", "UPDATE bonds SET price = 98"][..],
        ),
        (
            "quoter",
            "INSERT ON curve_quotes",
            &["INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('UST', '2026-03-25', \
                    '1Y', 0.04), ('UST', '2026-03-25', '30Y', 0.05)"],
        ),
        (
            "feed",
            "SELECT, INSERT, UPDATE, DELETE ON curve_quotes",
            &[
                "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('SWAP', '2026-03-25', \
                    '1Y', 0.04) ON CONFLICT (name, date, tenor) DO UPDATE SET rate = excluded.rate",
                "UPDATE curve_quotes SET rate = rate + 0.001",
                "DELETE FROM curve_quotes WHERE date = '2026-03-25'",
            ],
        ),
        (
            "builder",
            "INSERT ON curves",
            &["INSERT INTO curves VALUES ('UST', '2026-03-26', '2026-03-26 10Y:4%')"],
        ),
        (
            "issuer",
            "INSERT ON bonds",
            &["INSERT INTO bonds (id, coupon_rate, maturity_date, price) VALUES (9, 0.05, \
                    '2033-01-15', 99)"],
        ),
        (
            "mover",
            "SELECT, UPDATE, DELETE ON instruments",
            &[
                "UPDATE instruments SET portfolio_id = 'P2' WHERE id = 9",
                "DELETE FROM instruments WHERE id = 9",
            ],
        ),
    ] {
        let role = Role::new(&db, name, rights);
        for statement in writes {
            let before =
                db.value("SELECT md5(string_agg(r::text, '/' ORDER BY r::text)) FROM live_risk r");
            db.run(&role.sql(statement));
            assert!(db.value(STALE).starts_with("0|"), "{name}: {statement}");
            assert_ne!(
                db.value("SELECT md5(string_agg(r::text, '/' ORDER BY r::text)) FROM live_risk r"),
                before,
                "{name}: {statement}"
            );
        }
        // Nothing is opened by it.
        for closed in [
            "SELECT * FROM live_risk",
            "INSERT INTO live_changes (kind, name) VALUES ('curve', 'UST')",
            "UPDATE input_versions SET version = 0",
            "SELECT refresh_live_risk()",
            "SELECT count_changes('live_risk', '{\"\"}')",
            "SELECT live_names()",
            "CREATE TEMP TABLE t (LIKE public.curve_quotes); CREATE TRIGGER t AFTER INSERT ON t \
                REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION \
                public.follow_curve_quotes()",
        ] {
            assert_eq!(db.refusal(&role.sql(closed)).state, "42501", "{name}: {closed}");
        }
        role.drop(&db);
    }
}

/// Row security hides rows from the writer, not from what its writing makes.
#[test]
fn row_security_hides_nothing_from_live_risk() {
    let db = small_book();
    let tables = ["bonds", "instruments", "curves", "curve_quotes", "live_curves"];
    let role = Role::new(
        &db,
        "desk",
        "SELECT, UPDATE ON bonds; SELECT, UPDATE ON instruments; SELECT, INSERT, UPDATE ON \
            curve_quotes",
    );
    for table in tables {
        db.run(&format!("ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"));
    }
    db.run(&format!(
        "CREATE POLICY own ON bonds TO {0} USING (portfolio_key = 'P1'); CREATE POLICY own ON \
            instruments TO {0} USING (portfolio_id = 'P1'); CREATE POLICY own ON curve_quotes TO \
            {0} USING (tenor = '5Y')",
        role.name
    ));
    for (statement, changed) in [
        ("UPDATE bonds SET price = price + 0.25 RETURNING id", 2),
        ("UPDATE instruments SET notional = notional + 1 RETURNING id", 2),
        ("UPDATE curve_quotes SET rate = rate + 0.001 RETURNING name", 3),
    ] {
        assert_eq!(db.run(&role.sql(statement)).len(), changed, "{statement}");
        assert_eq!(db.value(STALE), "0|6", "{statement}");
    }
    assert_eq!(db.value("SELECT count(*) FROM curves, curve_nodes(curve)"), "9");
    role.drop(&db);
}

/// An owner who is under row security too is refused, and loses no row; owners need be no
/// superusers.
#[test]
fn owners_that_do_not_see_every_row_are_refused() {
    let db = Database::empty();
    let owner = format!("owner_{}", db.name);
    let as_owner = |sql: &str| format!("SET ROLE {owner}; SET search_path = risk; {sql}");
    db.run(&format!(
        "CREATE ROLE {owner}; GRANT CREATE ON DATABASE :\"DBNAME\" TO {owner}; CREATE \
        SCHEMA risk AUTHORIZATION {owner}"
    ));
    for _ in 0..2 {
        for file in files("migrations", "sql") {
            db.run(&as_owner(&format!("\\i '{}'", file.display())));
        }
    }
    db.run(&as_owner(
        "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('UST', '2026-03-24', '1Y', \
            0.04); INSERT INTO live_curves VALUES ('UST');
         INSERT INTO instruments (id, isin, instrument_type, notional) VALUES (1, 'US0378331005', \
         'BOND', 1000); INSERT INTO bonds (id, coupon_rate, maturity_date, price) VALUES (1, 0.05, \
         '2030-01-15', 99)",
    ));
    assert_eq!(db.value("SELECT sum(measured) FROM risk.live_risk"), "1");
    db.run(&as_owner(
        "ALTER TABLE bonds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; \
        CREATE POLICY own ON bonds USING (id > 1); CREATE POLICY writes ON bonds FOR INSERT WITH \
        CHECK (true)",
    ));
    assert_eq!(
        db.refusal(&as_owner(
            "INSERT INTO curves VALUES ('UST', '2026-03-25', '2026-03-25 10Y:4%')"
        ))
        .state,
        "42501"
    );
    assert_eq!(db.value("SELECT sum(measured) FROM risk.live_risk"), "1");
    db.run(&format!("DROP OWNED BY {owner} CASCADE; DROP ROLE {owner}"));
}

/// The group roles: what each may do, and what it may not.
#[test]
fn group_roles_do_their_own() {
    let db = small_book();
    for _ in 0..2 {
        db.run(&format!("\\i '{}'", repository("migrations/optional/roles.sql").display()));
    }
    let roles = ["bond_reader", "bond_marker", "bond_curve_writer", "bond_keeper"];
    assert_eq!(
        db.value(
            "SELECT count(*) FROM pg_roles WHERE rolname IN ('bond_reader', \
        'bond_marker', 'bond_curve_writer', 'bond_keeper') AND NOT rolcanlogin AND NOT rolsuper"
        ),
        "4"
    );
    let views = db.run(
        "SELECT oid::regclass FROM pg_class WHERE relkind = 'v' AND relnamespace = \
        'public'::regnamespace",
    );
    assert!(views.len() > 15);
    for view in views {
        db.run(&format!("SET ROLE bond_reader; SELECT count(*) FROM {view}"));
    }
    for (statement, may) in [
        ("SELECT count(*) FROM bonds, live_risk", [true; 4]),
        ("SELECT count(*) FROM input_versions", [false; 4]),
        ("UPDATE bonds SET price = price + 1", [false, true, false, true]),
        (
            "INSERT INTO quotes VALUES ('US0378331005', '2026-03-24', 99) ON CONFLICT (isin, \
                quote_date) DO UPDATE SET price = excluded.price",
            [false, true, false, false],
        ),
        ("UPDATE bonds SET coupon_rate = 0.05", [false, false, false, true]),
        (
            "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('UST', '2026-03-24', '1Y', \
                0.03) ON CONFLICT (name, date, tenor) DO UPDATE SET rate = excluded.rate + 0.001",
            [false, false, true, false],
        ),
        ("DELETE FROM curves WHERE name = 'dead'", [false, false, true, false]),
        ("DELETE FROM instruments WHERE id = 6", [false, false, false, true]),
        ("INSERT INTO live_curves VALUES ('dead')", [false; 4]),
        ("DELETE FROM live_risk", [false; 4]),
        ("CREATE TABLE own ()", [false; 4]),
    ] {
        for (role, may) in roles.iter().zip(may) {
            let sql = format!("SET ROLE {role}; {statement}");
            if may {
                db.run(&sql);
                assert!(db.value(STALE).starts_with("0|"), "{role}: {statement}");
            } else {
                assert_eq!(db.refusal(&sql).state, "42501", "{role}: {statement}");
            }
        }
    }
}
