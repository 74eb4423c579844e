//! Writers beside each other: nobody waits for more than it must, none deadlocks, and derived rows
//! are right under every isolation level.

use crate::database::Database;
use crate::live_risk::{STALE, small_book};
use crate::migrations::files;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// A session whose statements are sent one at a time.
struct Session {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Session {
    fn new(db: &Database) -> Session {
        let mut psql = db.psql();
        psql.args(["-v", "ON_ERROR_STOP=0"]).stderr(Stdio::null());
        let mut child = psql.spawn().unwrap();
        let (input, output) =
            (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut session = Session { child, input, output };
        // Who waits for ever fails the test.
        assert_eq!(session.run("SET lock_timeout = '20s'"), "00000");
        session
    }

    fn send(&mut self, statement: &str) {
        writeln!(self.input, "{statement};\n\\echo state :SQLSTATE").unwrap();
    }

    /// The SQLSTATE of the statement that was sent.
    fn state(&mut self) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "psql has ended");
            if let Some(state) = line.trim_end().strip_prefix("state ") {
                return state.to_owned();
            }
        }
    }

    fn run(&mut self, statement: &str) -> String {
        self.send(statement);
        self.state()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = writeln!(self.input, "\\q");
        let _ = self.child.wait();
    }
}

/// Curves that are not what their quotes make, with those that have no quotes left.
const UNQUOTED: &str = "SELECT count(*) FROM curves c FULL JOIN (
        SELECT name, date, curve_agg(date, tenor, rate, kind, 'flat_forward', conventions) AS made \
        FROM curve_quotes GROUP BY 1, 2
    ) q USING (name, date) WHERE name <> 'own' AND (c.curve = q.made) IS NOT TRUE";

#[track_caller]
fn assert_right(db: &Database, what: &str) {
    assert!(db.value(STALE).starts_with("0|"), "{what}: {}", db.value(STALE));
    assert_eq!(db.value(UNQUOTED), "0", "{what}");
}

/// A statement that meets nothing which another transaction has changed is not held up by it.
#[test]
fn an_idle_writer_holds_up_nobody_else() {
    let db = small_book();
    let (mut idle, mut other) = (Session::new(&db), Session::new(&db));
    assert_eq!(other.run("SET lock_timeout = '5s'"), "00000");
    for (begun, others) in [
        (
            "UPDATE bonds SET price = 97 WHERE id = 1",
            &[
                "UPDATE bonds SET price = 1 WHERE false",
                "UPDATE bonds SET price = price + 0.25 WHERE id = 2",
                "UPDATE bonds SET price = price + 0.25 WHERE portfolio_id = 'P1'",
                "UPDATE instruments SET notional = notional + 1 WHERE id = 4",
                "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('UST', '2026-03-24', \
                    '7Y', 0.041) ON CONFLICT (name, date, tenor) DO UPDATE SET rate = \
                    excluded.rate",
                "INSERT INTO curves VALUES ('own', '2026-03-24', '2026-03-24 10Y:4%') ON CONFLICT \
                    (name, date) DO UPDATE SET curve = excluded.curve",
            ][..],
        ),
        (
            "UPDATE curve_quotes SET rate = rate + 0.001 WHERE name = 'UST'",
            &[
                "UPDATE curve_quotes SET rate = 1 WHERE false",
                "UPDATE curve_quotes SET rate = rate + 0.001 WHERE name = 'SWAP'",
                "UPDATE bonds SET price = price + 0.25 WHERE portfolio_id = 'P0'",
                "DELETE FROM bonds WHERE false",
            ],
        ),
        (
            "INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES \
                (77, 'GB0002634946', 'BOND', 5000, 'P2')",
            &["UPDATE bonds SET price = price + 0.25"],
        ),
    ] {
        assert_eq!(idle.run("BEGIN"), "00000");
        assert_eq!(idle.run(begun), "00000", "{begun}");
        for statement in others {
            assert_eq!(other.run(statement), "00000", "{statement} beside {begun}");
        }
        assert_eq!(idle.run("COMMIT"), "00000");
        assert_right(&db, begun);
    }
}

/// What one transaction does after another has committed that its snapshot does not see: the rows
/// are right, or it fails with 40001.
#[test]
fn old_snapshots_write_nothing_wrong() {
    let quote = "UPDATE curve_quotes SET rate = rate + 0.001 WHERE name = 'UST' AND tenor = '10Y'";
    let (mark, mark_beside, mark_elsewhere) = (
        "UPDATE bonds SET price = price + 1 WHERE id = 1",
        "UPDATE bonds SET price = price + 1 WHERE id = 2",
        "UPDATE bonds SET price = price + 1 WHERE id = 3",
    );
    let (first_bond, another) = (
        "INSERT INTO bonds (id, coupon_rate, maturity_date, price) VALUES (101, 0.05, \
            '2033-01-15', 99)",
        "INSERT INTO bonds (id, coupon_rate, maturity_date, price) VALUES (102, 0.05, \
            '2033-01-15', 99)",
    );
    let add = "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('old', '2026-03-24', \
        '7Y', 0.03)";
    let own = "INSERT INTO curves VALUES ('own', '2026-03-24', '2026-03-24 10Y:4%')";
    let begin = "INSERT INTO live_curves VALUES ('dead'), ('own')";
    // The one that commits first, the one with the older snapshot, and whether that must fail.
    let cases = [
        (mark, mark_beside, true),
        (mark, mark_elsewhere, false),
        (quote, mark, true),
        (mark, quote, true),
        (mark, "UPDATE curve_quotes SET rate = rate + 0.001 WHERE name = 'SWAP'", true),
        ("UPDATE curve_quotes SET rate = rate + 0.001 WHERE name = 'dead'", quote, false),
        (
            quote,
            "UPDATE curve_quotes SET rate = rate + 0.001 WHERE name = 'UST' AND tenor = '5Y'",
            true,
        ),
        (
            quote,
            "UPDATE curves SET curve = curve_shift(curve, 1) WHERE name = 'SWAP' AND false",
            false,
        ),
        ("DELETE FROM curve_quotes WHERE name = 'old'", add, true),
        (add, "DELETE FROM curve_quotes WHERE name = 'old' AND tenor = '2Y'", true),
        (
            "UPDATE instruments SET currency = 'EUR' WHERE id = 5",
            "UPDATE bonds SET price = price + 1 WHERE id = 6",
            true,
        ),
        ("UPDATE instruments SET portfolio_id = 'P1' WHERE id = 5", mark_elsewhere, true),
        ("DELETE FROM instruments WHERE id = 5", quote, true),
        (first_bond, quote, true),
        (quote, first_bond, true),
        (first_bond, another, true),
        (begin, mark, true),
        (begin, own, true),
        (mark, begin, true),
        (own, begin, true),
        ("DELETE FROM live_curves", mark, true),
    ];
    for isolation in ["REPEATABLE READ", "SERIALIZABLE"] {
        let db = small_book();
        db.run(
            "INSERT INTO portfolios (id, name) VALUES ('N1', 'new'), ('N2', 'new');
             INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id)
             SELECT 100 + i, isin_fix('US' || lpad((100 + i)::text, 9, '0') || '0'), 'BOND', \
             1000000, 'N' || i FROM generate_series(1, 2) AS i",
        );
        for (committed, written, must_fail) in cases {
            db.run(
                "DELETE FROM bonds WHERE id > 100; DELETE FROM input_versions WHERE name IN ('N1', \
                    'N2'); DELETE FROM live_curves; DELETE FROM curves WHERE name = 'own';
                 INSERT INTO live_curves VALUES ('UST'), ('SWAP'); DELETE FROM curve_quotes WHERE \
                 name = 'old';
                 INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('old', '2026-03-24', \
                 '2Y', 0.03), ('old', '2026-03-24', '5Y', 0.03)",
            );
            let what = format!("{written} after {committed} at {isolation}");
            let mut old = Session::new(&db);
            assert_eq!(old.run(&format!("BEGIN ISOLATION LEVEL {isolation}")), "00000");
            assert_eq!(old.run("SELECT count(*) FROM live_risk"), "00000");
            db.run(committed);
            let mut state = old.run(written);
            if state == "00000" {
                state = old.run("COMMIT");
            }
            // SERIALIZABLE may refuse more.
            let fails = state == "40001";
            assert!(fails || state == "00000", "{what}: {state}");
            assert!(
                if must_fail { fails } else { !fails || isolation == "SERIALIZABLE" },
                "{what}: {state}"
            );
            drop(old);
            assert_right(&db, &what);
        }
    }
}

/// At READ COMMITTED whoever waits sees, once it goes on, what it has waited for.
#[test]
fn who_waits_sees_what_was_done() {
    let db = small_book();
    db.run("DELETE FROM live_curves");
    for (first, second) in [
        // Nothing is live yet.
        ("UPDATE bonds SET price = price + 1", "INSERT INTO live_curves VALUES ('UST')"),
        ("INSERT INTO live_curves VALUES ('SWAP')", "UPDATE bonds SET price = price + 1"),
        (
            "UPDATE curve_quotes SET rate = rate + 0.001 WHERE tenor = '2Y'",
            "UPDATE curve_quotes SET rate = rate + 0.001 WHERE tenor = '5Y'",
        ),
        (
            "DELETE FROM curve_quotes WHERE name = 'SWAP'",
            "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('SWAP', '2026-03-24', \
                '7Y', 0.03)",
        ),
    ] {
        let (mut one, mut other) = (Session::new(&db), Session::new(&db));
        assert_eq!(one.run("BEGIN"), "00000");
        assert_eq!(one.run(first), "00000", "{first}");
        other.send(second);
        // Until the other waits for a lock.
        let waits = "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT \
            granted AND datname = current_database()";
        while db.value(waits) == "0" {}
        assert_eq!(one.run("COMMIT"), "00000");
        assert_eq!(other.state(), "00000", "{second} beside {first}");
        assert_right(&db, &format!("{second} beside {first}"));
    }
}

/// Statements of 8 clients that change the same rows in every order, alone and each in a
/// transaction: none fails. `PG_BOND_STATEMENTS` says how many each client makes, for a longer run
/// than the tests'.
#[test]
fn single_statements_never_deadlock() {
    const CLIENTS: u64 = 8;
    let statements = std::env::var("PG_BOND_STATEMENTS").map_or(40, |count| count.parse().unwrap());
    let db = small_book();
    let script = |client: u64| {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64.wrapping_mul(client + 1);
        let mut below = |limit: u64| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % limit
        };
        let mut script = "SET deadlock_timeout = '20ms';\n".to_owned();
        for _ in 0..statements {
            let mut picked = |from: &[&str], count: usize| {
                let mut left = from.to_vec();
                (0..count)
                    .map(|_| left.remove(below(left.len() as u64) as usize).to_owned())
                    .collect::<Vec<_>>()
            };
            let ids = picked(&["1", "2", "3", "4", "5", "6"], 4).join(",");
            let quotes = [
                "'UST', '2026-03-24', '2Y'",
                "'UST', '2026-03-24', '5Y'",
                "'SWAP', '2026-03-24', '2Y'",
                "'SWAP', '2026-03-24', '5Y'",
            ];
            let quotes = picked(&quotes, 3);
            let curves = picked(
                &[
                    "('own', '2026-03-24', '2026-03-24 10Y:4%')",
                    "('UST', '2026-03-20', '2026-03-20 10Y:3%')",
                    "('SWAP', '2026-03-20', '2026-03-20 10Y:3%')",
                ],
                3,
            )
            .join(", ");
            let number = below(1000);
            let statement = match below(8) {
                0..=2 => {
                    let rows = quotes
                        .iter()
                        .map(|quote| format!("({quote}, 0.03 + {number} / 1e5)"))
                        .collect::<Vec<_>>()
                        .join(", ");
                    format!(
                        "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES {rows} ON \
                            CONFLICT (name, date, tenor) DO UPDATE SET rate = excluded.rate"
                    )
                }
                3..=4 => {
                    format!("UPDATE bonds SET price = 90 + {number} / 100.0 WHERE id IN ({ids})")
                }
                5 => {
                    format!("UPDATE instruments SET notional = 1000 + {number} WHERE id IN ({ids})")
                }
                6 => format!(
                    "UPDATE curve_quotes SET rate = 0.03 + {number} / 1e5 WHERE tenor = '2Y'"
                ),
                _ => format!(
                    "INSERT INTO curves VALUES {curves} ON CONFLICT (name, date) DO UPDATE SET \
                        curve = excluded.curve"
                ),
            };
            script += &if below(2) == 0 {
                format!("{statement};\n")
            } else {
                format!("BEGIN; {statement}; COMMIT;\n")
            };
        }
        script
    };
    let (db, scripts) = (&db, (0..CLIENTS).map(script).collect::<Vec<_>>());
    std::thread::scope(|scope| {
        for script in &scripts {
            scope.spawn(move || db.run(script));
        }
    });
    db.run("DELETE FROM curves WHERE name = 'own' OR date < '2026-03-24'");
    assert_right(db, "8 clients");
    assert_eq!(db.value("SELECT count(*) FROM live_changes"), "0");
}

/// The lock that triggers take for a statement is the statement's: given back at its end, and by
/// its failure.
#[test]
fn locks_of_statements_end_with_them() {
    let db = small_book();
    let held =
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";
    for statement in [
        "UPDATE bonds SET price = price + 1",
        "UPDATE instruments SET notional = notional + 1",
        "DELETE FROM instruments WHERE id = 6",
        "UPDATE curve_quotes SET rate = rate + 0.001",
        "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('UST', '2026-03-24', '2Y', \
            0.03), ('UST', '2026-03-24', '9Y', 0.03) ON CONFLICT (name, date, tenor) DO UPDATE SET \
            rate = excluded.rate",
        "DELETE FROM curves WHERE name = 'own'",
        "SAVEPOINT s; UPDATE bonds SET price = price + 1; RELEASE s",
        "DO $$ BEGIN UPDATE curve_quotes SET rate = rate + 0.001; EXCEPTION WHEN division_by_zero \
            THEN NULL; END $$",
        "SAVEPOINT s; UPDATE bonds SET price = -1; ROLLBACK TO s",
    ] {
        let stop = if statement.contains("-1") { "\\set ON_ERROR_STOP 0\n" } else { "" };
        assert_eq!(
            db.run(&format!("{stop}BEGIN; {statement}; {held}; ROLLBACK")),
            ["0"],
            "{statement}"
        );
    }
    let lock = "pg_advisory_xact_lock(7)::text || ''";
    let unlock = "advisory_xact_unlock(7)";
    assert_eq!(
        db.value(&format!("SELECT {unlock}, {lock}, {lock}, {unlock}, {unlock}, {unlock}")),
        "f|||t|t|f"
    );
    assert_eq!(
        db.value(
            "SELECT pg_advisory_lock(-8)::text || '', advisory_xact_unlock(-8), \
        pg_advisory_unlock(-8)"
        ),
        "|f|t"
    );
}

/// Two schemas with tables of their own, in one database, do not wait for each other.
#[test]
fn schemas_do_not_meet() {
    let db = small_book();
    db.run("CREATE SCHEMA risk");
    for file in files("migrations", "sql") {
        db.run(&format!("SET search_path = risk, public; \\i '{}'", file.display()));
    }
    let (mut here, mut there) = (Session::new(&db), Session::new(&db));
    assert_eq!(here.run("BEGIN"), "00000");
    assert_eq!(here.run("INSERT INTO live_curves VALUES ('third')"), "00000");
    for statement in [
        "INSERT INTO risk.curve_quotes (name, date, tenor, rate) VALUES ('UST', '2026-03-24', \
            '1Y', 0.04)",
        "INSERT INTO risk.live_curves VALUES ('UST')",
        "INSERT INTO risk.instruments (id, isin, instrument_type, notional) VALUES (1, \
            'US0378331005', 'BOND', 1000)",
        "INSERT INTO risk.bonds (id, coupon_rate, maturity_date, price) VALUES (1, 0.05, \
            '2030-01-15', 99)",
    ] {
        assert_eq!(there.run(statement), "00000", "{statement}");
    }
    assert_eq!(here.run("COMMIT"), "00000");
    assert_eq!(db.value("SELECT count(*), sum(measured) FROM risk.live_risk"), "1|1");
    assert_right(&db, "beside another schema");
}
