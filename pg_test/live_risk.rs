//! Risk kept fresh: what a reader finds is what the bonds and the newest curve give, after every change and under concurrency.

use crate::database::Database;
use crate::migrations::demo_book;
use std::time::Duration;

/// Rows of live_risk that are not what the aggregates answer now, and how many there are.
const STALE: &str = "SELECT count(*) FILTER (WHERE l IS NULL OR d IS NULL OR (l.date, l.npv, l.z_spread, l.cs01, l.dv01, l.convexity, l.key_rates::text) IS DISTINCT FROM (d.date, d.npv, d.z, d.cs01, d.dv01, d.convexity, d.keys)), count(*)
    FROM live_risk l FULL JOIN (
        SELECT portfolio_key, name, date, portfolio_npv(b, curve) AS npv, portfolio_z_spread(b, curve) AS z, portfolio_cs01(b, curve) AS cs01, portfolio_dv01(b, date) AS dv01,
               portfolio_convexity(b, date) AS convexity, portfolio_krd(b, curve)::text AS keys
        FROM bonds, (SELECT DISTINCT ON (name) * FROM curves JOIN live_curves USING (name) ORDER BY name, date DESC) c GROUP BY portfolio_key, name, date
    ) d ON d.portfolio_key = l.portfolio_key AND d.name = l.curve";

fn live_book() -> Database {
    let db = demo_book();
    db.run(
        "INSERT INTO curves VALUES ('UST', '2026-03-24', '2026-03-24 3M:4.31% 1Y:4.02% 5Y:4.05% 10Y:4.36% 30Y:4.8%'), ('other', '2026-03-24', '2026-03-24 10Y:3%');
         INSERT INTO live_curves VALUES ('UST')",
    );
    db
}

#[test]
fn every_change_is_followed() {
    let db = live_book();
    assert_eq!(db.value(STALE), "0|10");
    for change in [
        "INSERT INTO curves VALUES ('UST', '2026-03-25', '2026-03-25 3M:4.41% 1Y:4.12% 5Y:4.15% 10Y:4.46% 30Y:4.9%')",
        "UPDATE curves SET curve = curve + 7 WHERE name = 'UST' AND date = '2026-03-25'",
        "INSERT INTO curves VALUES ('UST', '2026-03-20', '2026-03-20 10Y:1%')",
        "UPDATE bonds SET price = price + 0.25 WHERE portfolio_id IN ('IG_CREDIT', 'ENERGY')",
        "UPDATE instruments SET portfolio_id = 'TELECOM' WHERE id = (SELECT min(id) FROM bonds WHERE portfolio_id = 'IG_CREDIT')",
        "UPDATE instruments SET notional = 2 * notional WHERE portfolio_id = 'US_GOVT'",
        "DELETE FROM instruments WHERE portfolio_id = 'HIGH_YIELD' AND id % 2 = 0",
        "DELETE FROM curves WHERE name = 'UST' AND date = '2026-03-25'",
        "INSERT INTO live_curves VALUES ('other')",
        "INSERT INTO curve_quotes VALUES ('quoted', '2026-03-24', '10Y', 0.04); INSERT INTO live_curves VALUES ('quoted'); UPDATE curve_quotes SET rate = 0.05 WHERE name = 'quoted'",
    ] {
        db.run(change);
        assert!(db.value(STALE).starts_with("0|"), "{change}: {}", db.value(STALE));
    }
    assert_eq!(db.value(STALE), "0|30");
    db.run("DELETE FROM instruments WHERE portfolio_id = 'HIGH_YIELD'; DELETE FROM curves WHERE name = 'other'; DELETE FROM live_curves WHERE name = 'quoted'");
    assert_eq!(db.value(STALE), "0|9");
    db.run(
        "DELETE FROM live_curves; UPDATE bonds SET price = price + 1; INSERT INTO curves VALUES ('UST', '2026-03-26', '2026-03-26 10Y:4%')",
    );
    assert_eq!(db.value("SELECT count(*) FROM live_risk"), "0");
}

/// A listener hears of the curve once for a transaction, when it is committed.
#[test]
fn changes_are_announced() {
    let db = live_book();
    let heard = |sql: &str| {
        db.run(&format!("LISTEN live_risk; {sql}")).iter().filter(|line| line.contains("\"live_risk\" with payload \"UST\"")).count()
    };
    assert_eq!(
        heard("BEGIN; UPDATE bonds SET price = price + 1 WHERE portfolio_id = 'TELECOM'; UPDATE curves SET curve = curve + 1; COMMIT;"),
        1
    );
    assert_eq!(heard("BEGIN; UPDATE curves SET curve = curve + 1; ROLLBACK;"), 0);
    assert_eq!(heard("UPDATE curves SET curve = curve + 1 WHERE name = 'other';"), 0);
}

/// Two sessions mark two bonds of one portfolio: the one that commits last has seen what the other did.
#[test]
fn sessions_that_meet_lose_nothing() {
    let db = live_book();
    let mark = |nth: i32| {
        format!(
            "UPDATE bonds SET price = price + 3 WHERE id = (SELECT id FROM bonds WHERE portfolio_id = 'ENERGY' AND price IS NOT NULL ORDER BY id OFFSET {nth} LIMIT 1)"
        )
    };
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| db.run(&format!("BEGIN; {}; SELECT pg_sleep(1); COMMIT", mark(0))));
        std::thread::sleep(Duration::from_millis(400));
        db.run(&mark(1));
        slow.join().unwrap();
    });
    assert_eq!(db.value(STALE), "0|10");
}
