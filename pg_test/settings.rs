//! The setting, and the versions of library and catalogue, in sessions that have and have not
//! loaded the library.

use crate::database::Database;
use std::process::Command;

#[test]
fn a_misspelt_setting_is_refused() {
    let db = Database::new();
    let refusal =
        db.refusal("SELECT bond_settlement_date(); SET pg_bond.setlement_date = '2026-01-01'");
    let newer = db.number("SHOW server_version_num") >= 150_000.0;
    let said = if newer {
        ("42602", "invalid configuration parameter name \"pg_bond.setlement_date\"")
    } else {
        ("42704", "unrecognized configuration parameter \"pg_bond.setlement_date\"")
    };
    assert_eq!((refusal.state.as_str(), refusal.message.as_str()), said);
    assert_eq!(
        db.run("SET pg_bond.settlement_date = '2026-01-02'; SELECT bond_settlement_date()"),
        ["2026-01-02"]
    );
}

/// Refused by its first use, also after the session is reset as pools do: never taken for the
/// current date.
#[test]
fn a_bad_date_given_at_connection_stays_an_error() {
    let db = Database::new();
    let psql = |options: &str, sql: &str| {
        let output = Command::new("psql")
            .args(["-X", "-q", "-At", "-d", &db.name, "-c", sql])
            .env("PGOPTIONS", options)
            .output()
            .unwrap();
        (
            String::from_utf8(output.stdout).unwrap().trim().to_owned(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let error = "the setting pg_bond.settlement_date is not a date";
    for reset in [
        "SELECT 1",
        "RESET ALL",
        "DISCARD ALL",
        "RESET pg_bond.settlement_date",
        "SET pg_bond.settlement_date TO DEFAULT",
    ] {
        let output = Command::new("psql")
            .args([
                "-X",
                "-q",
                "-At",
                "-d",
                &db.name,
                "-c",
                "SELECT '5% 2030-01-15'::bond",
                "-c",
                reset,
                "-c",
                "SELECT bond_settlement_date()",
            ])
            .env("PGOPTIONS", "-c pg_bond.settlement_date=2026-13-45")
            .output()
            .unwrap();
        assert!(
            !output.status.success() && String::from_utf8_lossy(&output.stderr).contains(error),
            "{reset}: {output:?}"
        );
    }
    assert_eq!(
        psql("-c pg_bond.settlement_date=2026-01-02", "SELECT bond_settlement_date()").0,
        "2026-01-02"
    );
    // Given to the database, where nobody checks it either.
    db.run(
        "SET client_min_messages = error; ALTER DATABASE :\"DBNAME\" SET \
        pg_bond.settlement_date = '2026-1-2'",
    );
    let (printed, said) = psql("", "SELECT bond_settlement_date()");
    assert!(printed.is_empty() && said.contains(error), "{printed} {said}");
}

/// Without the library PostgreSQL knows the setting by what it was given to the session, the role
/// or the database.
#[test]
fn the_setting_in_a_fresh_session() {
    let db = Database::new();
    assert_eq!(db.value("SHOW pg_bond.settlement_date"), "2026-03-24");
    assert_eq!(db.run("ALTER DATABASE :\"DBNAME\" SET pg_bond.settlement_date = ''").len(), 0);
    assert_eq!(db.value("SHOW pg_bond.settlement_date"), "");
    assert_eq!(db.value("SELECT bond_settlement_date() = current_date"), "t");
    db.run("ALTER DATABASE :\"DBNAME\" RESET pg_bond.settlement_date");
    assert_eq!(db.value("SELECT current_setting('pg_bond.settlement_date', true) IS NULL"), "t");
    if db.number("SHOW server_version_num") >= 150_000.0 {
        let role = db.name.replace("pg_bond", "setter");
        db.run(&format!(
            "CREATE ROLE {role}; GRANT SET ON PARAMETER pg_bond.settlement_date TO \
            {role}; REVOKE SET ON PARAMETER pg_bond.settlement_date FROM {role}; DROP ROLE {role}"
        ));
    }
}

#[test]
fn versions_of_library_and_catalogue() {
    let db = Database::new();
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(db.value("SELECT * FROM pg_bond_version()"), format!("{version}|{version}"));
    assert_eq!(
        db.value(
            "UPDATE pg_extension SET extversion = '0.0.9' WHERE extname = 'pg_bond'; SELECT \
                library, catalogue FROM pg_bond_version()"
        ),
        format!("{version}|0.0.9")
    );
}
