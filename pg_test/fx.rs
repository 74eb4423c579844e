//! Exchange rates and books in another currency.

use crate::database::{Database, repository};
use crate::migrations::{apply, demo_book};

/// The ECB's rates as the examples bring them, each beside its text as printed.
fn rates(db: &Database) {
    let sheet = repository("examples/data/ecb_fx_2025_2026.csv");
    let header = std::fs::read_to_string(&sheet).unwrap().lines().next().unwrap().to_owned();
    let columns =
        header.split(',').map(|name| format!("\"{name}\" text")).collect::<Vec<_>>().join(", ");
    db.run(&format!(
        "CREATE TABLE sheet ({columns});
\\copy sheet FROM '{}' CSV HEADER
         CREATE TABLE printed AS SELECT date::date, currency, rate FROM sheet, \
         jsonb_each_text(to_jsonb(sheet) - 'date') AS quote (currency, rate);
         INSERT INTO fx_rates (date, base, currency, rate) SELECT date, 'EUR', currency, \
         rate::float8 FROM printed; ANALYZE fx_rates",
        sheet.display()
    ));
}

#[test]
fn rates_of_the_ecb() {
    let db = Database::new();
    apply(&db);
    rates(&db);
    assert_eq!(
        db.value(
            "SELECT count(*), count(*) FILTER (WHERE fx_rate('EUR', currency, date)::text = \
            trim_scale(rate::numeric)::text), bool_and(fx_rate(currency, 'EUR', date) = 1 / \
            rate::float8) FROM printed"
        ),
        "2680|2680|t"
    );
    // Crosses are the quotients of two rates of a day, whichever way round, and go in circles
    // without loss.
    assert_eq!(
        db.value(
            "SELECT count(*), bool_and(abs(ab / (b.rate::float8 / a.rate::float8) - 1) < 1e-15), \
                bool_and(abs(ab * ba - 1) < 1e-15), bool_and(abs(ab * be * ea - 1) < 1e-15)
             FROM printed a JOIN printed b USING (date), LATERAL (SELECT fx_rate(a.currency, \
             b.currency, date) AS ab, fx_rate(b.currency, a.currency, date) AS ba,
                 fx_rate(b.currency, 'EUR', date) AS be, fx_rate('EUR', a.currency, date) AS ea) r \
                 WHERE date > '2026-03-20' AND a.currency <> b.currency"
        ),
        "1260|t|t|t"
    );
    // The last rate before a weekend; Easter; no rate after the date is looked at.
    assert_eq!(
        db.value(
            "SELECT fx_rate('EUR', 'USD', '2026-03-22') = fx_rate('EUR', 'USD', \
            '2026-03-20'), fx_rate('EUR', 'USD', '2026-04-06') = fx_rate('EUR', 'USD', \
            '2026-04-02'), fx_rate('EUR', 'USD', '2025-03-23')"
        ),
        "t|t|NULL"
    );
}

#[test]
fn unknown_stale_and_same() {
    let db = Database::new();
    apply(&db);
    db.run(
        "INSERT INTO fx_rates (date, base, currency, rate) VALUES ('2026-03-10', 'EUR', 'USD', \
        1.25), ('2026-03-10', 'EUR', 'GBP', 0.8), ('2026-03-12', 'EUR', 'USD', 1.28)",
    );
    for (arguments, answer) in [
        ("'EUR', 'USD', '2026-03-11'", "1.25"),
        ("'EUR', 'USD', '2026-03-19'", "1.28"),
        ("'EUR', 'USD', '2026-03-20'", "NULL"),
        ("'EUR', 'USD', '2026-03-20', 8", "1.28"),
        ("'EUR', 'USD', '2026-03-20', -1", "NULL"),
        // Both legs are of one day, the newest that has both.
        ("'GBP', 'USD', '2026-03-12'", "1.5625"),
        ("'USD', 'EUR', '2026-03-10'", "0.8"),
        ("'USD', 'USD', '1999-01-01'", "1"),
        ("'XXX', 'XXX', 'infinity'", "1"),
        ("'USD', 'THB', '2026-03-12'", "NULL"),
        ("'USD', 'EUR', 'infinity'", "NULL"),
        ("'USD', NULL, '2026-03-12'", "NULL"),
        ("' eur', 'Usd', '2026-03-11'", "1.25"),
        ("'eur', 'EUR', '1999-01-01'", "1"),
    ] {
        assert_eq!(db.value(&format!("SELECT fx_rate({arguments})")), answer, "{arguments}");
    }
    // Quotes against the dollar, and one base's currency over another's: 1 EUR = 1.28 USD = 1.28 ×
    // 33 THB. What is quoted comes before what is turned, and that before what is crossed.
    db.run(
        "INSERT INTO fx_rates (date, base, currency, rate) VALUES ('2026-03-12', 'USD', 'THB', \
        33), ('2026-03-12', 'USD', 'JPY', 150), ('2026-03-12', 'USD', 'EUR', 0.78)",
    );
    assert_eq!(
        db.value(
            "SELECT fx_rate('EUR', 'THB', '2026-03-12'), fx_rate('THB', 'JPY', '2026-03-12') \
            = 150 / 33.0::float8, fx_rate('EUR', 'USD', '2026-03-12'), fx_rate('USD', 'EUR', \
            '2026-03-12')"
        ),
        "42.24|t|1.28|0.78"
    );
    for (state, values) in [
        ("23514", "('2026-03-12', 'EUR', 'EUR', 1)"),
        ("23514", "('2026-03-12', 'EUR', 'SEK', 0)"),
        ("23514", "('2026-03-12', 'EUR', 'SEK', 'NaN')"),
        ("23514", "('2026-03-12', 'EUR', 'SEK', 'infinity')"),
        ("23514", "('infinity', 'EUR', 'SEK', 11)"),
        ("23514", "('2026-03-12', 'EUR', 'sek', 11)"),
        ("23505", "('2026-03-12', 'USD', 'THB', 34)"),
    ] {
        assert_eq!(
            db.refusal(&format!("INSERT INTO fx_rates VALUES {values}")).state,
            state,
            "{values}"
        );
    }
    assert_eq!(
        db.value(
            "SELECT provolatile, proisstrict, proparallel FROM pg_proc WHERE proname = 'fx_rate'"
        ),
        "s|t|s"
    );
    // A code of nobody's is an error, and one that is quoted is known.
    for (call, code) in [
        ("SELECT fx_rate('USD', 'EURO', '2026-03-12')", "EURO"),
        ("SELECT fx_rate('XYZ', 'USD', '2026-03-12')", "XYZ"),
        ("SELECT fx_rate('', '', '2026-03-12')", ""),
        ("SELECT * FROM portfolio_risk_in('EURO')", "EURO"),
        ("SELECT * FROM portfolio_risk_in('€')", "€"),
        ("SELECT * FROM portfolio_risk_in('CNH', '2026-03-12')", "CNH"),
        ("SELECT currency_code('dollars')", "dollars"),
    ] {
        let refusal = db.refusal(call);
        assert_eq!(
            (refusal.state.as_str(), refusal.message),
            ("22023", format!("unknown currency: \"{code}\"")),
            "{call}"
        );
        assert!(refusal.hint.contains("ISO 4217"), "{call}");
    }
    // Values read codes in any case as well.
    assert_eq!(
        db.value(
            "SELECT bond(0.04, '2030-01-15', currency => 'usd') = '4% 2030-01-15 currency \
            USD', '2026-03-24 currency eur 1Y:4%'::curve, swap(0.04, '2026-03-26', '2031-03-26', \
            currency => ' Usd')::jsonb->>'currency'"
        ),
        "t|2026-03-24 currency EUR flat_forward 1Y:4%|USD"
    );
    assert!(db.refusal("SELECT currency_code(repeat('x', 1000000))").message.len() < 100);
    db.run(
        "INSERT INTO fx_rates (date, base, currency, rate) VALUES ('2026-03-12', 'USD', 'CNH', \
        7.1)",
    );
    assert_eq!(db.value("SELECT fx_rate('usd', 'cnh', '2026-03-12')"), "7.1");
}

/// Holdings converted and added are the sums of each currency converted and added.
#[test]
fn books_in_one_currency() {
    let db = demo_book();
    rates(&db);
    db.run(
        "UPDATE instruments SET currency = (ARRAY['USD', 'EUR', 'GBP', 'JPY'])[1 + id % 4];
         UPDATE instruments SET notional = notional * 100 WHERE currency = 'JPY';
         CREATE VIEW held AS SELECT n.*, i.currency FROM bonds n JOIN instruments i USING (id);
         CREATE VIEW euro AS SELECT currency, rate::float8 FROM printed WHERE date = '2026-03-24' \
         UNION ALL SELECT 'EUR', 1",
    );
    for display in ["EUR", "USD", "CHF"] {
        assert_eq!(
            db.value(&format!(
                "SELECT count(*), bool_and(p.measured = q.measured AND p.skipped = q.skipped), \
                    max(abs(p.market_value / q.value - 1)) < 1e-13, max(abs(p.ytm / (q.ytm / \
                    q.value) - 1)) < 1e-13,
                        max(abs(p.macaulay_duration / (q.macaulay / q.value) - 1)) < 1e-13, \
                        max(abs(p.modified_duration / (q.modified / q.value) - 1)) < 1e-13,
                        max(abs(p.convexity / (q.convexity / q.value) - 1)) < 1e-13, \
                        max(abs(p.dv01 / q.dv01 - 1)) < 1e-13
                 FROM portfolio_risk_in('{display}') p JOIN (
                     SELECT portfolio_id, sum((r).measured) AS measured, sum((r).skipped) AS skipped, \
                     sum(x * (r).market_value) AS value, sum(x * (r).market_value * (r).ytm) AS ytm,
                            sum(x * (r).market_value * (r).macaulay_duration) AS macaulay, sum(x * \
                            (r).market_value * (r).modified_duration) AS modified,
                            sum(x * (r).market_value * (r).convexity) AS convexity, sum(x * \
                            (r).dv01) AS dv01
                     FROM (SELECT portfolio_id, portfolio_risk(b) AS r, (SELECT rate FROM euro \
                     WHERE currency = '{display}') / c.rate AS x
                           FROM held JOIN euro c USING (currency) GROUP BY portfolio_id, \
                           held.currency, c.rate) g GROUP BY portfolio_id
                 ) q USING (portfolio_id)"
            )),
            "10|t|t|t|t|t|t|t",
            "{display}"
        );
    }
    // A currency without a rate leaves its portfolio unknown, and only that.
    db.run(
        "UPDATE instruments SET currency = 'THB' WHERE id = (SELECT min(id) FROM instruments \
        WHERE portfolio_id = 'ENERGY')",
    );
    assert_eq!(
        db.value(
            "SELECT count(*), count(market_value), string_agg(portfolio_id, ' ') FILTER \
            (WHERE dv01 IS NULL AND measured IS NULL) FROM portfolio_risk_in('EUR')"
        ),
        "10|9|ENERGY"
    );
    // Codes are read in any case, a holding in a currency of nobody's is one without a rate, and
    // every row says its date.
    assert_eq!(
        db.value(
            "SELECT count(*), bool_and(e::text = l::text), min(l.settlement) FROM \
            portfolio_risk_in('EUR') e JOIN portfolio_risk_in('eur') l USING (portfolio_id)"
        ),
        "10|t|2026-03-24"
    );
    db.run("UPDATE instruments SET currency = 'ZZZ' WHERE currency = 'THB'");
    assert_eq!(
        db.value("SELECT count(*), count(market_value) FROM portfolio_risk_in('EUR')"),
        "10|9"
    );
    assert_eq!(
        db.value(
            "SELECT count(market_value), min(settlement) FROM portfolio_risk_in('EUR', \
        '2026-04-20')"
        ),
        "9|2026-04-20"
    );
    assert_eq!(
        db.value("SELECT count(market_value) FROM portfolio_risk_in('EUR', '2026-04-21')"),
        "0"
    );
}
