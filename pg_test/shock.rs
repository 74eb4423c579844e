//! Shocks: what a book loses is what its bonds lose, and what their prices say.

use crate::database::Database;
use crate::migrations::demo_book;

const CURVE: &str =
    "'2026-03-24 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%'::curve";

#[test]
fn books_lose_what_their_bonds_lose() {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE book AS SELECT i, i % 7 AS g, bond(coupon => i % 90 / 1000.0, maturity => \
            date '2026-01-31' + (i * 7919) % 11000,
             price => CASE WHEN i % 50 > 0 THEN 70 + (i % 6007) / 100.0 END, notional => (i % 900 \
             - 100) * power(10, i % 5)) AS b FROM generate_series(1, 20000) AS i;
         CREATE TABLE moved AS SELECT {CURVE} AS c, curve_shift({CURVE}, '{{2Y,10Y}}', \
         '{{-25,50}}') AS m; ANALYZE"
    ));
    for (book, bond) in [
        ("portfolio_shock(b, 100, 20)", "bond_shock(b, 100, 20)"),
        ("portfolio_shock(b, c, m, 30)", "bond_shock(b, c, m, 30)"),
    ] {
        assert_eq!(
            db.value(&format!(
                "SELECT (p).measured = n, (p).measured + (p).skipped = 20000, abs((p).first_order / f - 1) \
                    < 1e-9, abs((p).second_order / s - 1) < 1e-9, abs((p).full_repricing / r - 1) \
                    < 1e-9, abs((p).market_value / v - 1) < 1e-9
                 FROM (SELECT {book} AS p FROM book, moved) a, (SELECT count(x) AS n, \
                 sum((x).market_value) AS v, sum((x).first_order) AS f, sum((x).second_order) AS \
                 s, sum((x).full_repricing) AS r
                       FROM (SELECT {bond} AS x FROM book, moved WHERE bond_price(b) IS NOT NULL \
                       OFFSET 0) b) c"
            )),
            "t|t|t|t|t|t",
            "{book}"
        );
    }
    // The price at the moved yield, and the value on the moved curve.
    assert_eq!(
        db.value(
            "SELECT max(abs((s).full_repricing - (bond_dirty_price(b, bond_ytm(b) + 0.0075) - \
                bond_dirty_price(b, bond_ytm(b))) * bond_notional(b) / 100) / (1 + \
                abs(bond_market_value(b)))) < 1e-12,
                    max(abs((k).full_repricing - (bond_npv(b, m, z) - bond_npv(b, c, z))) / (1 + \
                    abs(bond_market_value(b)))) < 1e-11
             FROM (SELECT *, bond_shock(b, 50, 25) AS s, bond_shock(b, c, m) AS k, \
             bond_z_spread(b, c) AS z FROM book, moved WHERE bond_maturity(b) > '2026-04-01' AND i \
             % 50 > 0 AND i < 2000) t"
        ),
        "t|t"
    );
}

#[test]
fn named_scenarios() {
    let db = demo_book();
    assert_eq!(
        db.value(
            "SELECT count(*) FILTER (WHERE name ~ '^(up|down) [0-9]+$'), count(*) FROM scenarios"
        ),
        "10|16"
    );
    db.run(&format!(
        "INSERT INTO curves VALUES ('A', '2026-03-20', '2026-03-20 10Y:1%'), ('A', '2026-03-24', \
            {CURVE}), ('A', '2026-03-25', '2026-03-25 10Y:9%'),
             ('B', '2026-03-24', '2026-03-24 currency EUR 10Y:3%');
         INSERT INTO scenarios (name, tenors, bp, spread_bp) VALUES ('house', '{{5Y}}', '{{10}}', \
         5)"
    ));
    // Dollar holdings on no euro curve; parallel moves are the curve's own; a row added is a
    // scenario.
    assert_eq!(
        db.value(
            "SELECT count(*) = 17 * 10, count(*) FILTER (WHERE curve <> 'A'), bool_and(measured + \
                skipped = n),
                    bool_and(abs(full_repricing - p) < 1e-4) FILTER (WHERE scenario = 'up 100') \
                    FROM portfolio_scenarios_by_curve JOIN
             (SELECT portfolio_id, count(*) AS n, (portfolio_shock(b, curve, curve + \
             100)).full_repricing AS p FROM bonds, curves WHERE name = 'A' AND date = '2026-03-24' \
             GROUP BY portfolio_id) s USING (portfolio_id)"
        ),
        "t|0|t|t"
    );
    assert_eq!(
        db.value(
            "SELECT sum(dv01) FILTER (WHERE k.tenor IS NOT NULL) > 0, abs(sum(dv01) / (SELECT \
            sum(cs01) FROM portfolio_curve_risk_by_curve) - 1) < 1e-12, count(*) FROM \
            portfolio_key_rates_by_curve k"
        ),
        "t|t|120"
    );
    assert_eq!(
        db.value(
            "SELECT count(*), count(z_spread) = count(price) FILTER (WHERE z_spread IS NOT \
            NULL), count(z_spread) > 1300, count(asset_swap_spread) > 1300 FROM \
            bond_curve_risk_by_curve"
        ),
        "1370|t|t|t"
    );
    // A curve that cannot be moved so, and bonds that a curve does not reach or that have no end,
    // spoil no report.
    db.run(
        "INSERT INTO curves VALUES ('log', '2026-03-24', '2026-03-24 log_linear_zero 1Y:0.5% \
        30Y:2%'), ('ends', '2026-03-24', '2026-03-24 extrapolation none 3M:4% 20Y:4.5%');
            INSERT INTO instruments (id, isin, instrument_type, notional) VALUES (999999, \
            'US0378331005', 'BOND', 1000000);
            INSERT INTO bonds (id, coupon_rate, maturity_date, issue_date, price) VALUES (999999, \
            0.05, 'infinity', '2020-01-15', 99)",
    );
    assert_eq!(
        db.value(
            "SELECT (SELECT count(*) FROM portfolio_scenarios_by_curve WHERE curve = 'log' \
            AND scenario = 'down 50' AND full_repricing IS NOT NULL), (SELECT \
            count(full_repricing) > 0 FROM portfolio_scenarios_by_curve WHERE curve = 'ends' AND \
            scenario = 'up 25'),
                  (SELECT count(*) = 1371 AND count(z_spread) BETWEEN 1000 AND 1369 FROM \
                  bond_curve_risk_by_curve WHERE curve = 'ends'), (SELECT bool_and(measured + skipped \
                  = bond_count) AND sum(skipped) > 10 FROM portfolio_curve_risk_by_curve WHERE \
                  curve = 'ends')"
        ),
        "0|t|t|t"
    );
    for (values, state) in [
        ("('x', '{5Y,2Y}', '{1,2}')", "22023"),
        ("('x', '{2Y}', '{}')", "22023"),
        ("('x', '{2X}', '{1}')", "22023"),
        ("('x', '{2Y}', '{NULL}')", "22004"),
        ("('up 25', '{2Y}', '{1}')", "23505"),
    ] {
        assert_eq!(
            db.refusal(&format!("INSERT INTO scenarios (name, tenors, bp) VALUES {values}")).state,
            state,
            "{values}"
        );
    }
}

#[test]
fn unknown_is_null_and_wrong_is_an_error() {
    let db = Database::new();
    assert_eq!(
        db.value(&format!(
            "SELECT bond_shock('5% 2030-06-15'::bond, 25, 0), bond_shock('5% 2020-06-15 @ \
                99'::bond, 25, 0), bond_shock('5% 2030-06-15 @ 99'::bond, NULL, 0), \
                (bond_shock('5% 2030-06-15'::bond, {CURVE}, {CURVE} + 25)).full_repricing < 0,
                    (SELECT portfolio_shock(b, 25, 0) FROM (VALUES (NULL::bond), ('5% \
                    2030-06-15')) s (b)), (bond_shock('5% 2030-06-15 @ 99'::bond, 0, \
                    0)).full_repricing"
        )),
        "NULL|NULL|NULL|t|(0,2,,,,,2026-03-24)|0"
    );
    let bond = "'5% 2030-06-15 @ 99'::bond";
    for (expression, state, message) in [
        (format!("bond_shock({bond}, 1e7, 0)"), "22003", "shock out of range"),
        (format!("bond_shock({bond}, 'NaN', 0)"), "22003", "shock out of range"),
        (format!("portfolio_shock({bond}, 0, 'inf')"), "22003", "shock out of range"),
        (format!("bond_shock({bond}, -30000, 0)"), "22003", "yield out of range"),
        (
            format!("bond_shock({bond}, {CURVE}, curve_roll({CURVE}, '2026-03-25'))"),
            "22023",
            "date of a moved curve",
        ),
        (
            format!("portfolio_shock({bond}, {CURVE}, curve_roll({CURVE}, '2026-03-25'))"),
            "22023",
            "date of a moved curve",
        ),
        (
            format!(
                "bond_shock({bond}, '2026-03-24 currency USD 1Y:4%'::curve, '2026-03-24 currency \
                    EUR 1Y:4%'::curve)"
            ),
            "22023",
            "currency of a moved curve",
        ),
        ("portfolio_shock_final('{1}')".to_owned(), "22023", "state"),
    ] {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        assert_eq!(refusal.state, state, "{expression}: {refusal:?}");
        assert!(refusal.message.contains(message), "{expression}: {refusal:?}");
    }
    // A shock that leaves a bond no price skips it, and no more.
    assert_eq!(
        db.value(&format!(
            "SELECT (portfolio_shock(b, -30000, 0)).skipped FROM (VALUES ({bond})) s (b)"
        )),
        "1"
    );
}
