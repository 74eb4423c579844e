//! Limits: what breaks one, by how much, and what is not known.

use crate::database::Database;
use crate::migrations::{apply, demo_book};

/// Of the limits that come with the schema the demo's book breaks the durations only.
#[test]
fn the_demo_book() {
    let db = demo_book();
    assert_eq!(
        db.run(
            "SELECT portfolio_id, limit_name, value = m - t, bound, abs(excess - (t - 0.5 - m)) < \
                1e-15 FROM limit_breaches
                JOIN (SELECT portfolio_id, portfolio_duration(b) AS m FROM bonds GROUP BY 1) d \
                USING (portfolio_id)
                JOIN (SELECT id AS portfolio_id, target_duration::float8 AS t FROM portfolios) p \
                USING (portfolio_id) ORDER BY 1"
        ),
        [
            "ENERGY|duration band|t|-0.5|t",
            "IG_CREDIT|duration band|t|-0.5|t",
            "US_GOVT|duration \
            band|t|-0.5|t"
        ]
    );
    // Halved, the limits of weight are broken by the buckets that are too heavy, and the ratings by
    // the bonds that are not good enough.
    db.run(
        "UPDATE limits SET maximum = maximum / 2 WHERE measure = 'weight' OR name = 'IG rating'",
    );
    for (dimension, word, limits) in [
        ("issuer", "issuer_name", "VALUES ('IG_CREDIT', 0.025), ('HIGH_YIELD', 0.015)"),
        ("sector", "sector", "VALUES ('IG_CREDIT', 0.125), ('HIGH_YIELD', 0.15)"),
    ] {
        assert_eq!(
            db.value(&format!(
                "SELECT count(*) FROM (SELECT portfolio_id, bucket, round(excess::numeric, 12) \
                    FROM limit_breaches WHERE dimension = '{dimension}'
                 EXCEPT SELECT portfolio_id, {word}, round((sum(bond_market_value(b)) / total - \
                 bound)::numeric, 12)
                 FROM bonds JOIN ({limits}) l (portfolio_id, bound) USING (portfolio_id) JOIN \
                 (SELECT portfolio_id, sum(bond_market_value(b)) AS total FROM bonds GROUP BY 1) t \
                 USING (portfolio_id)
                 GROUP BY 1, 2, total, bound HAVING sum(bond_market_value(b)) / total > bound) d"
            )),
            "0"
        );
    }
    assert_eq!(
        db.value("SELECT count(*) FILTER (WHERE dimension = 'sector') FROM limit_breaches"),
        "9"
    );
    assert_eq!(
        db.value("SELECT count(*) FROM limit_breaches WHERE limit_name = 'IG rating'"),
        db.value(
            "SELECT count(*) FROM bonds WHERE portfolio_id = 'IG_CREDIT' AND \
            rating_or_null(credit_rating) < 'A+' AND bond_dv01(b) IS NOT NULL"
        )
    );
    assert_eq!(
        db.run("DELETE FROM limits WHERE measure <> 'years'; SELECT * FROM limit_breaches"),
        [""; 0]
    );
}

/// A value at its bound keeps the limit; an unknown one does not; what is not measured is not
/// limited.
#[test]
fn at_the_bound_and_unknown() {
    let db = Database::new();
    apply(&db);
    db.run(
        "DELETE FROM limits;
         INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id)
             SELECT i, cusip_to_isin(c || cusip_check_digit(c)), 'BOND', 1000, 'TELECOM' FROM \
             generate_series(1, 5) i, LATERAL (SELECT '9128280' || i AS c) t;
         INSERT INTO bonds (id, coupon_rate, maturity_date, price, credit_rating, issuer_name) \
         VALUES (1, 0.04, '2030-06-15', 99, 'BBB-', 'A'), (2, 0.04, '2030-06-15', 99, 'NR', 'B'),
             (3, 0.04, '2030-06-15', 99, NULL, NULL), (4, 0.04, '2030-06-15', 99, 'BB+', NULL), \
             (5, 0.04, '2030-06-15', NULL, 'CCC', 'C')",
    );
    let breaches = |limit: &str| {
        db.run(&format!(
            "DELETE FROM limits; INSERT INTO limits (name, portfolio_id, dimension, bucket, \
                measure, minimum, maximum) VALUES {limit};
             SELECT bucket, value, bound, excess FROM limit_breaches ORDER BY bucket, excess"
        ))
    };
    // Ratings: BBB- is notch 10, BB+ 11. Those without one break it too, and the bond that has no
    // price is not measured.
    let isin = |id| db.value(&format!("SELECT isin FROM instruments WHERE id = {id}"));
    assert_eq!(
        breaches("('floor', NULL, 'bond', NULL, 'notch', NULL, 10)"),
        [
            format!("{}|NULL|10|NULL", isin(2)),
            format!("{}|NULL|10|NULL", isin(3)),
            format!("{}|11|10|1", isin(4))
        ]
    );
    // Four equal bonds: the two without an issuer count as one.
    assert_eq!(
        breaches("('issuer', 'TELECOM', 'issuer', NULL, 'weight', NULL, 0.25)"),
        ["NULL|0.5|0.25|0.25"]
    );
    assert_eq!(
        breaches("('issuer', 'TELECOM', 'issuer', NULL, 'weight', 0.375, 0.5)"),
        ["A|0.25|0.375|0.125", "B|0.25|0.375|0.125"]
    );
    assert_eq!(
        breaches("('one', NULL, 'issuer', 'B', 'weight', 0.375, NULL)"),
        ["B|0.25|0.375|0.125"]
    );
    assert_eq!(breaches("('elsewhere', 'ENERGY', 'issuer', NULL, 'weight', NULL, 0.1)"), [""; 0]);
    // A target or a benchmark that is not there is not missed; one that cannot be measured is.
    let active = "('active', NULL, 'portfolio', NULL, 'active_duration', -1, 1)";
    assert_eq!(breaches(active), [""; 0]);
    db.run("UPDATE portfolios SET benchmark_id = 'ENERGY' WHERE id = 'TELECOM'");
    assert_eq!(breaches(active), ["NULL|NULL|1|NULL"]);
    let band = "('band', NULL, 'portfolio', NULL, 'duration_gap', -9, NULL)";
    db.run("UPDATE bonds SET price = NULL; UPDATE portfolios SET benchmark_id = NULL");
    assert_eq!(breaches(band), ["NULL|NULL|-9|NULL"]);
    db.run(
        "UPDATE portfolios SET target_duration = NULL; UPDATE bonds SET price = 99 WHERE id < 5",
    );
    assert_eq!(breaches(band), [""; 0]);
    db.run("UPDATE bonds SET maturity_date = 'infinity', issue_date = '2020-01-15' WHERE id = 1");
    assert_eq!(
        breaches("('years', NULL, 'bond', NULL, 'years', NULL, 30)"),
        [format!("{}|Infinity|30|Infinity", isin(1))]
    );
}

#[test]
fn limits_that_say_nothing_are_refused() {
    let db = Database::new();
    apply(&db);
    for (state, values) in [
        ("23514", "('x', NULL, 'issuer', 'weight', NULL, NULL)"),
        ("23514", "('x', NULL, 'issuer', 'weight', 0.2, 0.1)"),
        ("23514", "('x', NULL, 'issuer', 'weight', NULL, 'NaN')"),
        ("23514", "('x', NULL, 'issuer', 'weight', '-infinity', NULL)"),
        ("23514", "('x', NULL, 'issuer', 'notch', NULL, 10)"),
        ("23514", "('x', NULL, 'planet', 'weight', NULL, 0.1)"),
        ("23503", "('x', 'ATLANTIS', 'issuer', 'weight', NULL, 0.1)"),
        ("23505", "('IG issuer', NULL, 'issuer', 'weight', NULL, 0.1)"),
    ] {
        let insert = format!(
            "INSERT INTO limits (name, portfolio_id, dimension, measure, minimum, maximum) VALUES \
                {values}"
        );
        assert_eq!(db.refusal(&insert).state, state, "{values}");
    }
    // A default that was taken away stays away.
    db.run("DELETE FROM limits WHERE name = 'HY issuer'");
    apply(&db);
    assert_eq!(db.value("SELECT count(*) FROM limits"), "8");
    // What is measured is what a limit may name: 7 measures of a portfolio, 5 of a bond, and 5 of a
    // bucket of five kinds.
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES (1, \
            'US0378331005', 'BOND', 1000, 'TELECOM');
         INSERT INTO bonds (id, coupon_rate, maturity_date, price) VALUES (1, 0.04, '2030-06-15', \
         99); UPDATE portfolios SET benchmark_id = 'ENERGY' WHERE id = 'TELECOM'",
    );
    assert_eq!(db.value("SELECT count(DISTINCT (dimension, measure)) FROM limit_measures"), "37");
    db.run(
        "DELETE FROM limits; INSERT INTO limits (name, dimension, measure, maximum) SELECT \
            DISTINCT dimension || ' ' || measure, dimension, measure, 0.5 FROM limit_measures",
    );
    assert_eq!(db.value("SELECT count(*) FROM limits"), "37");
}
