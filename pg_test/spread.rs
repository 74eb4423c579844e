//! Spreads beside the continuous z-spread: each reprices what it was made from.

use crate::database::Database;

const CURVE: &str =
    "'2026-03-24 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%'::curve";

fn book() -> Database {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE book AS SELECT i, bond(coupon => i % 9 / 100.0, maturity => date \
        '2026-06-30' + i * 97, issue => '2020-01-01', price => 80 + i % 37, notional => 1e6) AS b, \
        {CURVE} AS c FROM generate_series(1, 110) AS i"
    ));
    db
}

/// By hand, in SQL: every flow at the curve's own rate plus the spread, both compounded alike.
#[test]
fn z_spreads_in_the_bonds_compounding() {
    let db = book();
    let repriced = |per_year: i32| {
        format!(
            "SELECT max(abs(value - bond_price(b) - bond_accrued(b, curve_date(c)))) < 1e-9, \
                count(*) FROM book, LATERAL (
                 SELECT sum(f.amount / 1e4 * (1 + (curve_zero(c, f.date, '{per_year}') + \
                 bond_z_spread(b, c, '{per_year}')) / {per_year}) ^ (-{per_year} * (f.date - \
                 curve_date(c)) / 365.0)) AS value
                 FROM bond_cashflows(b, curve_date(c)) f) v"
        )
    };
    assert_eq!(db.value(&repriced(2)), "t|110");
    assert_eq!(db.value(&repriced(1)), "t|110");
    assert_eq!(
        db.value(
            "SELECT bool_and(bond_z_spread(b, c, 'bond') = bond_z_spread(b, c, 'semiannual')), \
                bool_and(bond_z_spread(b, c, 'continuous') = bond_z_spread(b, c)),
                    bool_and(bond_z_spread(b, c, 'bond') = bond_z_spread(b, c, settlement => date \
                    '2026-03-24', compounding => 'bond')),
                    bool_and(bond_z_spread(b, c, 99.5, '2026-03-25') = bond_z_spread(b, c, price \
                    => 99.5, settlement => '2026-03-25')),
                    bool_and(bond_z_spread(b, c, 50::float8, '2026-04-24', 'annual') > \
                    bond_z_spread(b, c, 99::float8, '2026-04-24', 'annual')) FROM book"
        ),
        "t|t|t|t|t"
    );
}

#[test]
fn the_value_on_a_curve_flow_by_flow() {
    let db = book();
    assert_eq!(
        db.value(
            "SELECT max(abs(e.value - bond_curve_dirty_price(b, c))) < 1e-11, max(abs(e.value - \
                bond_curve_price(b, c) - bond_accrued(b, curve_date(c)))) < 1e-11,
                    max(abs(e.at_spread - bond_npv(b, c, 0.01) / 1e4)) < 1e-10, max(abs(e.later - \
                    bond_curve_dirty_price(b, c, settlement => '2026-06-01'))) < 1e-11, \
                    bool_and(e.df)
             FROM book, LATERAL (SELECT sum(f.present_value) AS value, (SELECT sum(amount * \
             discount_factor) FROM bond_explain(b, c, 0.01)) AS at_spread,
                                        (SELECT sum(present_value) FROM bond_explain(b, c, \
                                        settlement => date '2026-06-01')) AS later,
                                        bool_and(abs(f.discount_factor - curve_df(c, f.date)) < \
                                        1e-15 AND abs(f.fraction - f.days / 365.0) < 1e-14) AS df \
                                        FROM bond_explain(b, c) f) e"
        ),
        "t|t|t|t|t"
    );
}

/// Par-par by replication: bond less par is paid for by the spread on par, discounted; on proceeds
/// in proportion.
#[test]
fn asset_swaps() {
    let db = book();
    assert_eq!(
        db.value(
            "SELECT max(abs(s * 100 * annuity - (bond_curve_dirty_price(b, c) - bond_price(b) - \
                bond_accrued(b, curve_date(c))))) < 1e-11,
                    max(abs(bond_asset_swap_spread(b, c, 'market_value') * (bond_price(b) + \
                    bond_accrued(b, curve_date(c))) / 100 - s)) < 1e-15,
                    bool_and(bond_asset_swap_spread(b, c, method => 'par', frequency => \
                    'quarterly', day_count => 'ACT/360') = s), count(s)
             FROM (SELECT *, bond_asset_swap_spread(b, c) AS s FROM book) s, LATERAL (
                 SELECT sum((date - greatest((bond_maturity(b) - (n + 1) * interval '3 \
                 months')::date, curve_date(c))) / 360.0 * curve_df(c, date)) AS annuity
                 FROM generate_series(0, 150) n, LATERAL (SELECT (bond_maturity(b) - n * interval \
                 '3 months')::date) q (date) WHERE date > curve_date(c)) a"
        ),
        "t|t|t|110"
    );
    assert_eq!(
        db.value(
            "SELECT bool_and(bond_asset_swap_spread(b, c, bond_price(b)) = s AND \
                bond_asset_swap_spread(b, c, settlement => '2026-03-24') = s AND \
                bond_asset_swap_spread(b, c, bond_price(b), '2026-03-24') = s),
                    bool_and(abs(bond_asset_swap_spread(b, c, bond_curve_price(b, c))) < 1e-16)
             FROM (SELECT *, bond_asset_swap_spread(b, c) AS s FROM book) s"
        ),
        "t|t"
    );
}

/// What is worth its value on a curve yields what the curve does, on its date and later: no spread.
#[test]
fn a_bond_on_the_curve_has_no_spread() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT max(abs(bond_g_spread(bond_quote(b, bond_curve_price(b, c, settlement => \
            d)), c, settlement => d))) < 1e-13, count(*)
                  FROM (SELECT '2026-03-24 1Y:2% 10Y:5%'::curve AS c) s, \
                  unnest('{2026-03-24,2027-03-24,2029-03-24}'::date[]) AS d,
                       LATERAL (SELECT bond(coupon => curve_par(curve_roll(c, d), m), maturity => \
                       m, issue => d, day_count => 'ACT/ACT') AS b FROM \
                       unnest('{2033-03-24,2036-03-24}'::date[]) AS m) bonds"
        ),
        "t|6"
    );
}

/// A benchmark's yield and a spread are a yield, and the way back.
#[test]
fn benchmarks() {
    let db = book();
    let benchmark = "'4% 2031-02-28 ACT/ACT @ 99.5'::bond";
    assert_eq!(
        db.value(&format!(
            "SELECT max(abs(bond_benchmark_price(b, {benchmark}, bond_benchmark_spread(b, \
                {benchmark})) - bond_price(b))) < 1e-11,
                    max(abs(bond_benchmark_price(b, c, bond_g_spread(b, c)) - bond_price(b))) < \
                    1e-11,
                    max(abs(bond_benchmark_price(b, c, bond_g_spread(b, c, settlement => \
                    '2026-05-01'), settlement => '2026-05-01') - bond_price(b))) < 1e-11,
                    bool_and(bond_benchmark_spread(b, {benchmark}) = bond_ytm(b) - \
                    bond_ytm({benchmark}))
             FROM book"
        )),
        "t|t|t|t"
    );
}

#[test]
fn unknown_is_null_and_wrong_is_an_error() {
    let db = Database::new();
    let unknown = format!(
        "SELECT bond_z_spread('5% 2030-06-15'::bond, c, 'bond'), bond_z_spread('5% 2020-06-15 @ \
            99'::bond, c, 'bond'), bond_asset_swap_spread('5% 2030-06-15'::bond, c),
                bond_asset_swap_spread('5% 2020-06-15 @ 99'::bond, c), bond_benchmark_spread('5% \
                2030-06-15'::bond, '5% 2030-06-15 @ 99'::bond), bond_benchmark_price('5% \
                2020-06-15'::bond, c, 0.01),
                (SELECT count(*) FROM bond_explain('5% 2020-06-15'::bond, c)), bond_g_spread('5% \
                2030-06-15 @ 99'::bond, NULL::curve) FROM (SELECT {CURVE} AS c) s"
    );
    assert_eq!(db.value(&unknown), "NULL|NULL|NULL|NULL|NULL|NULL|0|NULL");
    let bond = "'5% 2030-06-15 @ 99'::bond";
    for (expression, state, message) in [
        (
            format!("bond_z_spread({bond}, {CURVE}, 'fortnightly')"),
            "22023",
            "unknown compounding: \"fortnightly\"",
        ),
        (
            format!("bond_z_spread({bond}, {CURVE}, 'simple')"),
            "22023",
            "does not go with a z-spread",
        ),
        (
            format!("bond_z_spread({bond}, {CURVE}, -5::float8, '2026-03-24', 'bond')"),
            "22003",
            "price out of range",
        ),
        (
            format!("bond_asset_swap_spread({bond}, {CURVE}, 'upside down')"),
            "22023",
            "unknown asset swap",
        ),
        (
            format!("bond_asset_swap_spread({bond}, {CURVE}, 'par', 'daily')"),
            "22023",
            "unknown frequency",
        ),
        (
            format!("bond_asset_swap_spread({bond}, {CURVE}, settlement => '2026-03-01')"),
            "22008",
            "begins on",
        ),
        (format!("* FROM bond_explain('5% infinity'::bond, {CURVE})"), "22023", "perpetual"),
    ] {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        assert_eq!(refusal.state, state, "{expression}: {refusal:?}");
        assert!(refusal.message.contains(message), "{expression}: {refusal:?}");
    }
}
