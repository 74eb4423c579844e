//! Risk kept fresh: what a reader finds is what the bonds and the newest curve give, after every
//! change and under concurrency.

use crate::database::Database;
use crate::migrations::{apply, demo_book};
use std::time::Duration;

/// Rows of live_risk that are not what the aggregates answer now, and how many there are.
pub const STALE: &str =
    "SELECT count(*) FILTER (WHERE l IS NULL OR d IS NULL OR (l.date, l.measured, \
    l.skipped, l.market_value, l.npv, l.z_spread, l.cs01, l.dv01, l.convexity, l.key_rates::text) \
    IS DISTINCT FROM (d.date, (d.r).measured, (d.r).skipped, (d.r).market_value, (d.r).npv, \
    (d.r).z_spread, (d.r).cs01, d.dv01, d.convexity, d.keys)), count(*)
    FROM live_risk l FULL JOIN (
        SELECT b.portfolio_key, i.currency, name, date, portfolio_curve_risk(b, curve) AS r, \
        portfolio_dv01(b, date) AS dv01, portfolio_convexity(b, date) AS convexity, \
        portfolio_krd(b, curve)::text AS keys
        FROM bonds b JOIN instruments i USING (id), (SELECT DISTINCT ON (name) * FROM curves JOIN \
        live_curves USING (name) ORDER BY name, date DESC) c
        WHERE curve_currency(curve) IS NULL OR curve_currency(curve) = i.currency GROUP BY \
        b.portfolio_key, i.currency, name, date
    ) d ON d.portfolio_key = l.portfolio_key AND d.currency = l.currency AND d.name = l.curve";

/// Six bonds in three portfolios, on two live curves that are quoted, beside one that is not live.
pub fn small_book() -> Database {
    let db = Database::new();
    apply(&db);
    db.run(
        "INSERT INTO curve_quotes (name, date, tenor, rate) SELECT name, '2026-03-24', tenor, 0.03 \
            + rate
            FROM unnest('{UST,SWAP,dead}'::text[]) AS name, (VALUES ('2Y', 0.001), ('5Y', 0.002), \
            ('10Y', 0.005)) AS t (tenor, rate);
         INSERT INTO live_curves VALUES ('UST'), ('SWAP');
         INSERT INTO portfolios (id, name) SELECT 'P' || i, 'test' FROM generate_series(0, 2) AS i;
         INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id)
            SELECT i, isin_fix('US' || lpad(i::text, 9, '0') || '0'), 'BOND', 1000000, 'P' || (i - \
            1) / 2 FROM generate_series(1, 6) AS i;
         INSERT INTO bonds (id, coupon_rate, maturity_date, price) SELECT i, 0.02 + i * 0.003, \
         date '2028-06-15' + 500 * i, 95 + i FROM generate_series(1, 6) AS i",
    );
    assert_eq!(db.value(STALE), "0|6");
    db
}

fn live_book() -> Database {
    let db = demo_book();
    db.run(
        "INSERT INTO curves VALUES ('UST', '2026-03-24', '2026-03-24 3M:4.31% 1Y:4.02% 5Y:4.05% \
            10Y:4.36% 30Y:4.8%'), ('other', '2026-03-24', '2026-03-24 10Y:3%');
         INSERT INTO live_curves VALUES ('UST')",
    );
    db
}

#[test]
fn every_change_is_followed() {
    let db = live_book();
    assert_eq!(db.value(STALE), "0|10");
    for change in [
        "INSERT INTO curves VALUES ('UST', '2026-03-25', '2026-03-25 3M:4.41% 1Y:4.12% 5Y:4.15% \
            10Y:4.46% 30Y:4.9%')",
        "UPDATE curves SET curve = curve + 7 WHERE name = 'UST' AND date = '2026-03-25'",
        "INSERT INTO curves VALUES ('UST', '2026-03-20', '2026-03-20 10Y:1%')",
        "UPDATE bonds SET price = price + 0.25 WHERE portfolio_id IN ('IG_CREDIT', 'ENERGY')",
        "UPDATE instruments SET portfolio_id = 'TELECOM' WHERE id = (SELECT min(id) FROM bonds \
            WHERE portfolio_id = 'IG_CREDIT')",
        "UPDATE instruments SET notional = 2 * notional WHERE portfolio_id = 'US_GOVT'",
        "DELETE FROM instruments WHERE portfolio_id = 'HIGH_YIELD' AND id % 2 = 0",
        "DELETE FROM curves WHERE name = 'UST' AND date = '2026-03-25'",
        "UPDATE instruments SET currency = 'EUR' WHERE portfolio_id = 'US_GOVT' AND id % 3 = 0",
        "UPDATE curves SET curve = replace(curve::text, '2026-03-24 ', '2026-03-24 currency USD \
            ')::curve WHERE name = 'UST' AND date = '2026-03-24'",
        "UPDATE instruments SET currency = 'USD' WHERE currency = 'EUR'",
        "UPDATE curves SET name = 'renamed' WHERE name = 'UST'; INSERT INTO live_curves VALUES \
            ('renamed')",
        "UPDATE curves SET name = 'UST' WHERE name = 'renamed'; DELETE FROM live_curves WHERE name \
            = 'renamed'",
        "INSERT INTO curves VALUES ('new name', '2026-03-24', '2026-03-24 10Y:4%'); UPDATE \
            live_curves SET name = 'new name' WHERE name = 'UST'",
        "UPDATE live_curves SET name = 'UST' WHERE name = 'new name'",
        "INSERT INTO live_curves VALUES ('other')",
        "INSERT INTO curve_quotes VALUES ('quoted', '2026-03-24', '10Y', 0.04); INSERT INTO \
            live_curves VALUES ('quoted'); UPDATE curve_quotes SET rate = 0.05 WHERE name = \
            'quoted'",
    ] {
        db.run(change);
        assert!(db.value(STALE).starts_with("0|"), "{change}: {}", db.value(STALE));
    }
    assert_eq!(db.value(STALE), "0|30");
    db.run(
        "DELETE FROM instruments WHERE portfolio_id = 'HIGH_YIELD'; DELETE FROM curves WHERE \
        name = 'other'; DELETE FROM live_curves WHERE name = 'quoted'",
    );
    assert_eq!(db.value(STALE), "0|9");
    db.run(
        "DELETE FROM live_curves; UPDATE bonds SET price = price + 1; INSERT INTO curves VALUES \
            ('UST', '2026-03-26', '2026-03-26 10Y:4%')",
    );
    assert_eq!(db.value("SELECT count(*) FROM live_risk"), "0");
}

/// The rows follow when the transaction commits, or before, where it asks for that.
#[test]
fn rows_follow_at_the_end_of_the_transaction() {
    let db = small_book();
    let sum = "SELECT sum(dv01) FROM live_risk";
    let mark = "UPDATE bonds SET price = price + 1";
    let (before, during, after) =
        (db.value(sum), db.value(&format!("BEGIN; {mark}; {sum}; COMMIT")), db.value(sum));
    assert!(before == during && during != after);
    let early = db.value(&format!(
        "BEGIN; SET CONSTRAINTS live_risk_follows IMMEDIATE; {mark}; {sum}; COMMIT"
    ));
    assert!(early != after && early == db.value(sum));
    // Once for the transaction, however many statements it has.
    let made = "SELECT version FROM input_versions WHERE (kind, name) = ('portfolio', 'P0')";
    let version = db.number(made);
    db.run(&format!("BEGIN; {mark}; {mark}; SAVEPOINT s; {mark}; ROLLBACK TO s; {mark}; COMMIT"));
    assert_eq!(db.number(made), version + 1.0);
    assert_eq!(db.value(STALE), "0|6");
}

#[test]
fn truncated_tables_are_followed() {
    let db = small_book();
    for (table, left) in [("curves", "0|0"), ("live_curves", "0|0"), ("bonds", "0|0")] {
        db.run(&format!("BEGIN; TRUNCATE {table}; COMMIT"));
        assert_eq!(db.value(STALE), left, "{table}");
        db.run(
            "TRUNCATE curve_quotes, curves, live_curves, bonds; INSERT INTO curve_quotes (name, \
            date, tenor, rate) VALUES ('UST', '2026-03-24', '2Y', 0.04); INSERT INTO live_curves \
            VALUES ('UST');
                INSERT INTO bonds (id, coupon_rate, maturity_date, price) SELECT i, 0.02, \
                '2030-01-15', 95 FROM generate_series(1, 6) AS i",
        );
        assert_eq!(db.value(STALE), "0|3");
    }
}

/// A listener hears of the curve once for a transaction, when it is committed.
#[test]
fn changes_are_announced() {
    let db = live_book();
    let heard = |sql: &str| {
        db.run(&format!("LISTEN live_risk; {sql}"))
            .iter()
            .filter(|line| line.contains("\"live_risk\" with payload \"UST\""))
            .count()
    };
    assert_eq!(
        heard(
            "BEGIN; UPDATE bonds SET price = price + 1 WHERE portfolio_id = 'TELECOM'; UPDATE \
                curves SET curve = curve + 1; COMMIT;"
        ),
        1
    );
    assert_eq!(heard("BEGIN; UPDATE curves SET curve = curve + 1; ROLLBACK;"), 0);
    // What changes no number is no news.
    for silent in [
        "UPDATE curves SET curve = curve + 1 WHERE name = 'other';",
        "UPDATE bonds SET price = price;",
        "UPDATE bonds SET price = 1 WHERE false;",
        "INSERT INTO curves VALUES ('UST', '2020-03-24', '2020-03-24 10Y:1%');",
    ] {
        assert_eq!(heard(silent), 0, "{silent}");
    }
}

/// Sessions that quote one curve each see the other's quotes, and those that begin what others rely
/// on are waited for.
#[test]
fn sessions_that_quote_and_begin() {
    let db = live_book();
    db.run(
        "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('met', '2026-03-24', '1Y', \
        0.04)",
    );
    for (slow, quick) in [
        (
            "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('met', '2026-03-24', '2Y', \
                0.041)",
            "INSERT INTO curve_quotes (name, date, tenor, rate) VALUES ('met', '2026-03-24', '5Y', \
                0.045)",
        ),
        (
            "INSERT INTO live_curves VALUES ('met')",
            "UPDATE bonds SET price = price - 5 WHERE portfolio_id = 'TELECOM'",
        ),
        (
            "UPDATE instruments SET portfolio_id = NULL WHERE portfolio_id = 'ENERGY'",
            "INSERT INTO curves VALUES ('UST', '2026-03-25', '2026-03-25 10Y:5%')",
        ),
    ] {
        std::thread::scope(|scope| {
            let slow =
                scope.spawn(|| db.run(&format!("BEGIN; {slow}; SELECT pg_sleep(1); COMMIT")));
            std::thread::sleep(Duration::from_millis(400));
            db.run(quick);
            slow.join().unwrap();
        });
        assert!(db.value(STALE).starts_with("0|"), "{slow} beside {quick}: {}", db.value(STALE));
    }
    assert_eq!(db.value("SELECT count(*) FROM curves, curve_nodes(curve) WHERE name = 'met'"), "3");
}

/// Two sessions mark two bonds of one portfolio: the one that commits last has seen what the other
/// did.
#[test]
fn sessions_that_meet_lose_nothing() {
    let db = live_book();
    let mark = |nth: i32| {
        format!(
            "UPDATE bonds SET price = price + 3 WHERE id = (SELECT id FROM bonds WHERE \
                portfolio_id = 'ENERGY' AND price IS NOT NULL ORDER BY id OFFSET {nth} LIMIT 1)"
        )
    };
    std::thread::scope(|scope| {
        let slow =
            scope.spawn(|| db.run(&format!("BEGIN; {}; SELECT pg_sleep(1); COMMIT", mark(0))));
        std::thread::sleep(Duration::from_millis(400));
        db.run(&mark(1));
        slow.join().unwrap();
    });
    assert_eq!(db.value(STALE), "0|10");
}
