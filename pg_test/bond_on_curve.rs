//! Bonds and books on curves: figures by a second route, and the documented answer to the rest.

use crate::database::Database;

const CURVE: &str =
    "'2026-03-24 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%'::curve";

/// Under one rate throughout, a flow is worth e^(-rt) and everything else follows from that.
#[test]
fn a_flat_curve() {
    let db = Database::new();
    let bond = "'0% 2036-03-24 none ACT/365F @ 60 x 1000000'::bond";
    let years = 3653.0 / 365.0_f64;
    let value = 100.0 * (-0.045 * years).exp();
    let spread = (100.0_f64 / 60.0).ln() / years - 0.045;
    let figures = db.value(&format!(
        "SELECT abs(bond_npv(b, c) / {value} / 10000 - 1) < 1e-13, abs(bond_curve_price(b, c) / \
            {value} - 1) < 1e-13, abs(bond_z_spread(b, c) - {spread}) < 1e-14,
                abs(bond_spread_duration(b, c) - {years}) < 1e-12, abs(bond_cs01(b, c) - {years} * \
                600000 / 10000) < 1e-8,
                abs(bond_curve_price(b, c, {spread}) - 60) < 1e-12, abs(bond_curve_price(b, c, \
                settlement => date '2026-09-24') / (100 * exp(-0.045 * 3469 / 365.0)) - 1) < 1e-13
         FROM (SELECT {bond} AS b, '2026-03-24 10Y:4.5%'::curve AS c) s"
    ));
    assert_eq!(figures, "t|t|t|t|t|t|t");
    // All of its risk is to the two key rates around it, in proportion.
    let rows = db.run(&format!(
        "SELECT tenor, round(duration::numeric, 6) FROM bond_krd({bond}, '2026-03-24 \
            10Y:4.5%'::curve) WHERE duration <> 0"
    ));
    assert_eq!(rows, ["10Y|9.991767", "15Y|0.016452"]);
}

/// The spread reprices the quote, key rates add up, and each is the loss that its shift of the
/// curve brings.
#[test]
fn spreads_and_key_rates() {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE book AS SELECT i, bond(coupon => i % 9 / 100.0, maturity => date \
        '2026-06-30' + i * 97, issue => '2020-01-01', price => 80 + i % 37, notional => 1e6) AS b, \
        {CURVE} AS c FROM generate_series(1, 110) AS i"
    ));
    assert_eq!(
        db.value(
            "SELECT bool_and(abs(bond_curve_price(b, c, bond_z_spread(b, c)) - bond_price(b)) < \
                1e-10), bool_and(abs(sum - bond_spread_duration(b, c)) < 1e-12 * greatest(sum, 1)),
                    bool_and(abs(dv01 - bond_cs01(b, c)) < 1e-9 * dv01), count(*)
             FROM book, LATERAL (SELECT sum(duration), sum(dv01) AS dv01 FROM bond_krd(b, c)) k"
        ),
        "t|t|t|110"
    );
    // The mean of a loss and a gain leaves the first order, and of the third less than a cent of a
    // million.
    assert_eq!(
        db.value(
            "SELECT max(abs((bond_npv(b, c - 1, z) - bond_npv(b, c + 1, z)) / 2 - bond_cs01(b, \
                c))) < 1e-2, min(bond_cs01(b, c)) > 1
             FROM book, LATERAL bond_z_spread(b, c) z WHERE i > 5"
        ),
        "t|t"
    );
    // A key rate is at so many years of 365 days, where a tenor ends on its day: a leap day or two
    // apart.
    assert_eq!(
        db.value(
            "SELECT max(abs((bond_npv(b, curve_key_rate_shift(l, k.tenor, -1), z) - bond_npv(b, \
                curve_key_rate_shift(l, k.tenor, 1), z)) / 2 - k.dv01) / bond_cs01(b, l)) < 0.005
             FROM book, LATERAL (SELECT replace(c::text, 'flat_forward', 'linear_zero')::curve) \
             linear (l), LATERAL bond_krd(b, l) k, LATERAL bond_z_spread(b, l) z WHERE i > 5"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT bool_and(abs(sum - bond_spread_duration(bond_quote(b, bond_curve_price(b, c)), \
                c)) < 1e-9), max(nodes)
             FROM book, LATERAL (SELECT sum(duration), count(*) AS nodes FROM \
             bond_node_durations(b, c)) n"
        ),
        "t|7"
    );
    let spreads = "SELECT bool_and(abs(bond_g_spread(b, c) - (bond_ytm(b, settlement => \
        '2026-03-24') - curve_par(c, bond_maturity(b), 'semiannual'))) < 1e-15),
        bool_and(bond_g_spread(b, c) = bond_i_spread(b, c, price => bond_price(b), settlement => \
        '2026-03-24')) FROM book";
    assert_eq!(db.value(spreads), "t|t");
}

/// A book's figures are the weighted figures of its bonds, whatever the number of curves in a
/// query.
#[test]
fn books_on_curves() {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE book AS SELECT i, i % 7 AS g, bond(coupon => i % 90 / 1000.0, maturity => \
            date '2026-01-31' + (i * 7919) % 11000,
             price => CASE WHEN i % 50 > 0 THEN 70 + (i % 6007) / 100.0 END, notional => (i % 900 \
             - 100) * power(10, i % 9)) AS b FROM generate_series(1, 40000) AS i;
         CREATE TABLE curves AS SELECT {CURVE} AS c, 1 AS n UNION ALL SELECT {CURVE} + 50, 2; \
         ANALYZE"
    ));
    let figures = |curve: &str| {
        format!(
            "portfolio_npv(b, {curve}), portfolio_z_spread(b, {curve}), portfolio_cs01(b, \
                {curve}), portfolio_krd(b, {curve}), portfolio_krd(b, {curve}, '{{2Y,10Y}}')"
        )
    };
    // Two curves that take turns at one call site give what each gives alone.
    let together = db.run(&format!(
        "SELECT n, {} FROM (SELECT * FROM book, curves ORDER BY i, n) s GROUP BY n ORDER BY n",
        figures("c")
    ));
    let alone: Vec<String> = [1, 2]
        .iter()
        .flat_map(|n| {
            db.run(&format!(
                "SELECT {n}, {} FROM book, (SELECT c FROM curves WHERE n = {n} OFFSET 0) c",
                figures("c")
            ))
        })
        .collect();
    assert_eq!(together, alone);
    // Weights are the market values of the bonds that are outstanding; one without a quote is
    // measured on the curve itself.
    assert_eq!(
        db.value(&format!(
            "WITH one AS (SELECT b, v, bond_z_spread(b, c) AS z, k.* FROM (SELECT b, {CURVE} AS c \
                FROM book WHERE i <= 400 AND bond_maturity(b) > '2026-03-24' AND bond_price(b) IS \
                NOT NULL) s,
                 LATERAL bond_krd(b, c) k, LATERAL bond_market_value(b, settlement => \
                 curve_date(c)) AS v),
             book AS (SELECT portfolio_z_spread(b, c) AS z, portfolio_krd(b, c) AS k, \
             portfolio_cs01(b, c) AS cs01
                      FROM (SELECT b, {CURVE} AS c FROM book WHERE i <= 400 AND bond_price(b) IS \
                      NOT NULL) s),
             sums AS (SELECT tenor, sum(duration * v) / sum(v) AS duration, sum(dv01) AS dv01, \
             sum(z * v) / sum(v) AS z FROM one GROUP BY tenor)
             SELECT bool_and(abs(sums.duration - u.duration) < 1e-9), bool_and(abs(sums.dv01 / \
             u.dv01 - 1) < 1e-8), bool_and(abs(sums.z - book.z) < 1e-9), count(*),
                    abs(sum(u.dv01) / min(book.cs01) - 1) < 1e-9
             FROM book, unnest(k) AS u JOIN sums USING (tenor)"
        )),
        "t|t|t|12|t"
    );
}

#[test]
fn par_and_swap_quotes() {
    let db = Database::new();
    db.run(
        "CREATE TABLE q AS SELECT * FROM (VALUES ('3M', 0.0431), ('1Y', 0.0402), ('2Y', 0.039), \
        ('5Y', 0.0405), ('10Y', 0.0436), ('30Y', 0.048)) v (tenor, rate)",
    );
    // What was put in comes out again, whatever the interpolation and the order of rows.
    assert_eq!(
        db.value(
            "SELECT max(abs(curve_par(c, q.tenor) - q.rate)) < 1e-13, count(*) FROM q, (SELECT \
                i.name, curve_agg('2026-03-24', tenor, rate, 'par', i.name) AS c FROM q, \
                interpolations() i GROUP BY i.name) c
             WHERE q.tenor <> '3M'"
        ),
        "t|30"
    );
    assert_eq!(
        db.value(
            "SELECT count(DISTINCT c) FROM (SELECT curve_agg('2026-03-24', tenor, \
        rate, 'par') AS c FROM q UNION ALL SELECT curve_agg('2026-03-24', tenor, rate, 'par' ORDER \
        BY rate DESC) FROM q) s"
        ),
        "1"
    );
    // A swap's fixed leg, paid yearly, and the face at its end are worth the face.
    assert_eq!(
        db.value(
            "SELECT max(abs(rate * fixed + curve_df(c, tenor) - 1)) < 1e-13, count(*) FROM q, \
                (SELECT curve_agg('2026-03-24', tenor, rate, 'swap') AS c FROM q) c,
             LATERAL (SELECT sum((year.date - (year.date - interval '1 year')::date) / 365.0 * \
             curve_df(c, year.date))
                      FROM generate_series(1, rtrim(tenor, 'Y')::int) n, LATERAL (SELECT (date \
                      '2026-03-24' + n * interval '1 year')::date) year (date)) legs (fixed)
             WHERE tenor <> '3M'"
        ),
        "t|5"
    );
    // A bond that pays the par yield is worth par.
    assert_eq!(
        db.value(
            "SELECT abs(bond_curve_price('4.36% 2036-03-24 ACT/ACT ICMA'::bond, \
            curve_agg('2026-03-24', tenor, rate, 'par')) - 100) < 1e-11 FROM q"
        ),
        "t"
    );
    for (rows, instrument) in [
        ("('1Y', 0.04), ('2Y', 0.04), ('3Y', 1)", "par yield 3Y"),
        ("('1Y', 0.04), ('12M', 0.05)", "par yield 1Y"),
    ] {
        let refusal = db.refusal(&format!(
            "SELECT curve_agg('2026-03-24', tenor, rate, 'par') FROM \
            (VALUES {rows}) v (tenor, rate)"
        ));
        assert_eq!(refusal.state, "22023", "{refusal:?}");
        assert!(refusal.message.contains(instrument), "{refusal:?}");
    }
}

#[test]
fn unknown_is_null_and_wrong_is_an_error() {
    let db = Database::new();
    let unknown = format!(
        "SELECT bond_z_spread('5% 2030-06-15'::bond, c), bond_npv('5% 2020-06-15 @ 99'::bond, c), \
            bond_g_spread('5% 2020-06-15 @ 99'::bond, c), bond_npv(NULL, c), bond_npv('5% \
            2030-06-15'::bond, NULL),
                (SELECT count(*) FROM bond_krd('5% 2020-06-15 @ 99'::bond, c)), (SELECT \
                portfolio_npv(b, c) FROM (SELECT NULL::bond AS b) s), (SELECT portfolio_npv(b, c) \
                FROM (SELECT '5% 2020-06-15'::bond AS b) s),
                (SELECT portfolio_cs01('5% 2030-06-15 @ 99'::bond, NULL::curve)) FROM (SELECT \
                {CURVE} AS c) s"
    );
    assert_eq!(db.value(&unknown), "NULL|NULL|NULL|NULL|NULL|0|NULL|NULL|NULL");
    for (expression, state, message) in [
        (
            "bond_npv('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, settlement => date \
                '2026-03-23')",
            "22008",
            "begins on \"2026-03-24\"",
        ),
        (
            "bond_npv('5% 2030-06-15'::bond, '2026-03-24 extrapolation none 1Y:4%'::curve)",
            "22008",
            "beyond",
        ),
        (
            "bond_z_spread('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, price => -1)",
            "22003",
            "price out of range",
        ),
        (
            "* FROM bond_krd('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, tenors => \
                '{10Y,2Y}')",
            "22023",
            "key rate",
        ),
        (
            "* FROM bond_krd('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, '{}'::text[])",
            "22023",
            "key rate",
        ),
        (
            "* FROM bond_krd('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, tenors => '{2X}')",
            "22023",
            "unknown tenor: \"2X\"",
        ),
        (
            "* FROM bond_krd('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, tenors => \
                '{2Y,NULL}')",
            "22004",
            "tenor must not be null",
        ),
        (
            "portfolio_krd('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, '{NULL}')",
            "22004",
            "tenor must not be null",
        ),
        (
            "portfolio_krd('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, '{}')",
            "22023",
            "key rates",
        ),
        (
            "portfolio_krd('5% 2030-06-15'::bond, '2026-03-24 1Y:4%'::curve, '{10Y,2Y}')",
            "22023",
            "key rate",
        ),
        ("portfolio_krd_final('{1,2,3}')", "22023", "state"),
        ("portfolio_krd_final('{1}')", "22023", "state"),
        (
            "portfolio_krd_final(array[1, 0, 'NaN']::float8[] || array_fill(1::float8, array[16]))",
            "22023",
            "state",
        ),
        ("curve_combine('{1}', '{2}')", "22023", "state"),
        (
            "curve_df('2026-03-24 extrapolation flat_forward 1Y:4% 2Y:5%'::curve, 'inf'::float8)",
            "22",
            "",
        ),
        ("curve_par('2026-03-24 1:-9000%'::curve, 100::float8)", "22003", "par rate out of range"),
        ("curve_spread('2026-03-24 ACT/360 1Y:4%', '2026-03-24 1Y:4%')", "22023", "day count"),
        (
            "curve('{\"as_of\": \"2026-03-24\", \"beta0\": 0.04, \"beta1\": 0, \"beta2\": 0, \
                \"tau1\": 2, \"years\": [1], \"rates\": [0.96], \"kind\": \"discount\"}'::jsonb)",
            "22023",
            "does not go with parameters",
        ),
        (
            "curve('2026-03-24', array_agg(date '2026-03-24' + 400 + i * 290), array_agg(0.03), \
                'par', 'natural_cubic') FROM generate_series(1, 250) i",
            "54000",
            "too many days of payment times quotes",
        ),
    ] {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        assert!(refusal.state.starts_with(state), "{expression}: {refusal:?}");
        assert!(
            refusal.message.contains(message) || refusal.detail.contains(message),
            "{expression}: {refusal:?}"
        );
    }
    // Key rates keep their names, and a spread before the curve's date is unknown.
    assert_eq!(
        db.value(
            "SELECT string_agg(tenor, ' ' ORDER BY years), bond_g_spread('4.45% 2033-02-23 @ \
            98.2', '2026-03-24 10Y:4%', settlement => date '2020-01-01') IS NULL
                  FROM (SELECT portfolio_krd('5% 2030-06-15 @ 99'::bond, '2026-03-24 \
                  10Y:4%'::curve, '{6W,45D,3M,52W,18M}') AS k) s, unnest(k)"
        ),
        "6W 45D 3M 52W 18M|t"
    );
    // A book's figures are those of its bond, of either sign.
    assert_eq!(
        db.value(
            "SELECT portfolio_z_spread(b, c) - bond_z_spread(b, c) < 1e-12, \
            abs(portfolio_npv(b, c) / bond_npv(b, c) - 1) < 1e-12 FROM (SELECT '4.45% 2033-02-23 @ \
            110 x -0.01'::bond AS b, '2026-03-24 10Y:4%'::curve AS c) s GROUP BY b, c"
        ),
        "t|t"
    );
    // Beyond the last node the zero rate stays as it is, unless the curve says otherwise.
    assert_eq!(
        db.value(
            "SELECT abs(bond_npv('0% 2046-03-24 none ACT/365F'::bond, '2026-03-24 \
            10Y:4%'::curve) / (100 * exp(-0.04 * 7305 / 365.0)) - 1) < 1e-13"
        ),
        "t"
    );
}
