//! Curves: the type in a table, the constructors, queries by tenor, date and years, moves, and the
//! aggregate.

use crate::database::Database;

const CURVE: &str =
    "'2026-03-24 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%'::curve";

#[test]
fn a_point_may_be_a_tenor_a_date_or_years() {
    let db = Database::new();
    assert_eq!(
        db.value(&format!(
            "SELECT curve_zero(c, '10Y') = 0.0436, curve_zero(c, date '2036-03-24') = 0.0436, \
                curve_zero(c, '2036-03-24') = 0.0436,
                    curve_zero(c, 10.0) = curve_zero(c, 10), curve_zero(c, '10') = curve_zero(c, \
                    10), curve_zero(c, 3650 / 365.0::float8) = curve_zero(c, 10)
             FROM (SELECT {CURVE} AS c) s"
        )),
        "t|t|t|t|t|t"
    );
    assert_eq!(
        db.value(&format!(
            "SELECT round(curve_zero(c, '10Y', 'semiannual')::numeric, 8), round(curve_df(c, \
                '10Y')::numeric, 8), round(curve_df(c, 1)::numeric, 8),
                    round(curve_forward(c, '5Y', '10Y')::numeric, 8), round(curve_forward(c, date \
                    '2026-06-24', '2026-09-24', 'simple')::numeric, 8),
                    round(curve_forward(c, 1, 2, 'annual')::numeric, 8), round(curve_par(c, \
                    '10Y')::numeric, 8), round(curve_par(c, '10Y', 'annual')::numeric, 8)
             FROM (SELECT {CURVE} AS c) s"
        )),
        "0.04407871|0.64638605|0.96059730|0.04669830|0.04111155|0.03852691|0.04374618|0.04421851"
    );
}

#[test]
fn constructors() {
    let db = Database::new();
    // The same curve, whichever way it is said when.
    assert_eq!(
        db.value(
            "SELECT count(DISTINCT c), min(c) FROM (VALUES
                (curve(as_of => '2026-03-24', tenors => '{2Y,1Y,3Y}', rates => \
                '{0.039,0.0402,NULL}')),
                (curve('2026-03-24', ARRAY['1Y', '2Y'], ARRAY[0.0402, 0.039])),
                (curve(as_of => '2026-03-24', dates => ARRAY[date '2028-03-24', '2027-03-24'], \
                rates => '{0.039,0.0402}')),
                (curve(as_of => '2026-03-24', years => ARRAY[1, 731 / 365.0], rates => \
                '{0.0402,0.039}')),
                (curve('{\"as_of\": \"2026-03-24\", \"tenors\": [\"2Y\", \"1Y\"], \"rates\": \
                [0.039, 0.0402]}'::jsonb)),
                ('2026-03-24 2Y:3.9% 1Y:4.02%'::curve)) v (c)"
        ),
        "1|2026-03-24 flat_forward 1Y:4.02% 2Y:3.9%"
    );
    assert_eq!(
        db.value(
            "SELECT curve(as_of => '2026-03-24', tenors => '{6M,1Y}', rates => '{0.98,0.96}', kind \
                => 'discount', interpolation => 'monotone convex', day_count => 'ACT/360',
                          extrapolation => 'none', name => 'SOFR', currency => 'USD')"
        )
        .split(" 6M:")
        .next(),
        Some("2026-03-24 name \"SOFR\" currency USD ACT/360 extrapolation none monotone_convex")
    );
    assert_eq!(
        db.value(
            "SELECT curve_date(c), curve_name(c), curve_currency(c), curve_day_count(c), \
            curve_interpolation(c), curve_extrapolation(c) FROM (SELECT '2026-03-24 1Y:4%'::curve \
            AS c) s"
        ),
        "2026-03-24|NULL|NULL|ACT/365F|flat_forward|flat_zero"
    );
    assert_eq!(
        db.value(
            "SELECT curve(NULL, '{1Y}'::text[], '{0.04}'), curve('2026-03-24', NULL::text[], \
            '{0.04}'), curve('2026-03-24', '{1}'::float8[], NULL)"
        ),
        "NULL|NULL|NULL"
    );
    assert_eq!(
        db.value(
            "SELECT curve_nelson_siegel('2026-03-24', 0.045, -0.01, 0.02, 1.5), \
            curve_svensson('2026-03-24', 0.045, -0.01, 0.02, -0.03, 1.5, 9)"
        ),
        "2026-03-24 beta0 4.5% beta1 -1% beta2 2% tau1 1.5|2026-03-24 beta0 4.5% beta1 -1% beta2 \
            2% beta3 -3% tau1 1.5 tau2 9"
    );
    assert_eq!(
        db.value(
            "SELECT count(*), count(date) FROM curve_nodes(curve_nelson_siegel('2026-03-24', \
            0.045, -0.01, 0.02, 1.5))"
        ),
        "12|12"
    );
    assert_eq!(
        db.run(&format!(
            "SELECT tenor, date, zero, round(discount::numeric, 6) FROM \
            curve_nodes({CURVE}) LIMIT 2"
        )),
        ["3M|2026-06-24|0.0431|0.989195", "6M|2026-09-24|0.042|0.979050"]
    );
    assert_eq!(db.value("SELECT count(*) FROM interpolations()"), "6");
    assert_eq!(
        db.value("SELECT string_agg(name, ' ') FROM extrapolations()"),
        "flat_zero flat_forward none"
    );
}

#[test]
fn a_curve_is_a_value() {
    let db = Database::new();
    db.run(
        "CREATE TABLE curves (id int, c curve);
         INSERT INTO curves SELECT n, curve(date '2020-01-01' + n % 500, ARRAY['1Y', '10Y'], \
         ARRAY[0.01 + n % 7 / 1000.0, 0.04], name => 'C' || n % 3) FROM generate_series(1, 5000) n;
         INSERT INTO curves VALUES (0, NULL); ANALYZE curves",
    );
    assert_eq!(
        db.value(
            "SELECT count(DISTINCT c), count(DISTINCT c::text), count(DISTINCT \
        curve_send(c)) FROM curves"
        ),
        "5000|5000|5000"
    );
    assert_eq!(
        db.value(
            "SELECT curve_date(min(c)), curve_date(max(c)), bool_and(c::text::curve = c), \
            bool_and(c::jsonb::curve = c) FROM curves"
        ),
        "2020-01-01|2021-05-14|t|t"
    );
    assert_eq!(db.value("SELECT count(*) FROM curves a JOIN curves b ON a.c = b.c"), "5000");
    assert_eq!(
        db.value(
            "SELECT bool_and(curve_date(c) >= previous) FROM (SELECT c, \
        lag(curve_date(c)) OVER (ORDER BY c) AS previous FROM curves WHERE id > 0) s"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT count(*) FROM curves WHERE curve_hash(c) <> \
        curve_hash(c::text::curve) OR c <> c"
        ),
        "0"
    );
    db.run("CREATE INDEX ON curves (c); CREATE INDEX ON curves USING hash (c)");
    let plan = db
        .run(
            "SET enable_seqscan = off; EXPLAIN SELECT * FROM curves WHERE c > (SELECT c \
        FROM curves WHERE id = 7)",
        )
        .join("\n");
    assert!(plan.contains("curves_c_idx"), "{plan}");
    let folder = std::env::temp_dir().join(format!("pg_bond_curve_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("curve.bin");
    db.run(&format!(
        "CREATE TABLE copied (LIKE curves);\n\\copy curves TO '{0}' (FORMAT binary)\n\\copy copied \
            FROM '{0}' (FORMAT binary)\n",
        file.display()
    ));
    assert_eq!(
        db.value("SELECT count(*), bool_and(a.c = b.c) FROM curves a JOIN copied b USING (id)"),
        "5001|t"
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn moves() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT c + 25 = curve_shift(c, 25), (c + 25.0) - 25 = c, c + 1.5::numeric, \
                curve_zero(c - 25, '10Y')::numeric(10,8), c + NULL, curve_twist(c, -25, 25, '5Y'), \
                curve_roll(c, '2027-03-24')
             FROM (SELECT '2026-03-24 1Y:4% 5Y:4.5% 10Y:5%'::curve AS c) s"
        ),
        "t|t|2026-03-24 flat_forward 1Y:4.015% 5Y:4.515% 10Y:5.015%|0.04750000|NULL|2026-03-24 \
            flat_forward 1Y:3.75% 5Y:4.5% 10Y:5.25%|2027-03-24 flat_forward 4Y:4.624914442162902% \
            9Y:5.111009732360098%"
    );
    assert_eq!(
        db.value(
            "SELECT curve_key_rate_shift('2026-03-24 linear_zero 1Y:4% 5Y:4% 10Y:4%', '5Y', 10)"
        ),
        "2026-03-24 linear_zero 1Y:4% 3Y:4% 5Y:4.1% 7Y:4% 10Y:4%"
    );
    assert_eq!(
        db.value("SELECT curve_spread('2026-03-24 1Y:4% 5Y:4.5%', '2026-03-24 1Y:3% 5Y:4%')"),
        "2026-03-24 flat_forward 1Y:1% 5Y:0.5%"
    );
}

/// Any order of rows and any plan give the same bytes.
#[test]
fn curves_from_rows() {
    let db = Database::new();
    db.run(
        "CREATE TABLE quotes AS SELECT date '2020-01-01' + d AS as_of, t AS tenor, 0.01 + d % 13 / \
            1000.0 + i / 500.0::float8 AS rate
            FROM generate_series(0, 1999) d, unnest(ARRAY['3M', '6M', '1Y', '2Y', '3Y', '5Y', \
            '7Y', '10Y', '15Y', '20Y', '25Y', '30Y']) WITH ORDINALITY AS u(t, i)
            ORDER BY hashtext(d || t);
         INSERT INTO quotes SELECT as_of, '40Y', NULL FROM quotes; ANALYZE quotes",
    );
    let query = "SELECT md5(string_agg(c::text, ' ' ORDER BY c)), count(*) FROM (SELECT \
        curve_agg(as_of, tenor, rate) AS c FROM quotes GROUP BY as_of) s";
    let serial = db.value(&format!("SET max_parallel_workers_per_gather = 0; {query}"));
    let forced = "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET \
        min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 4;";
    let plan = db.run(&format!("{forced} EXPLAIN {query}")).join("\n");
    assert!(plan.contains("Partial") && plan.contains("Gather"), "{plan}");
    assert_eq!(serial, db.value(&format!("{forced} {query}")));
    assert!(serial.ends_with("|2000"));
    assert_eq!(
        db.value(
            "SELECT bool_and(c = curve(as_of, t, r)) FROM (SELECT as_of, curve_agg(as_of, \
            tenor, rate) AS c, array_agg(tenor) AS t, array_agg(rate) AS r FROM quotes GROUP BY \
            as_of) s"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT curve_agg('2026-03-24', t, r), curve_agg('2026-03-24', t, exp(-r), \
            'discount', 'linear') FROM (VALUES ('1Y', 0), ('2Y', NULL)) v (t, r)"
        ),
        "2026-03-24 flat_forward 1Y:0%|2026-03-24 linear_zero 1Y:0%"
    );
    // Rows of today, as the setting says it, whatever is a literal.
    assert_eq!(
        db.value(
            "SELECT curve_agg(t, r), curve_agg(t, r, 'par') = curve_agg('2026-03-24', t, r, \
                'par'), curve_agg('1Y', 0.04), curve_agg('1Y', 0.04, 'swap') = \
                curve_agg('2026-03-24', '1Y', 0.04, 'swap'),
                    curve_agg('2026-03-24', '1Y', 0.04), curve_agg('2026-03-24', t, '0.04') FROM \
                    (VALUES ('1Y', 0.04)) v (t, r)"
        ),
        "2026-03-24 flat_forward 1Y:4%|t|2026-03-24 flat_forward 1Y:4%|t|2026-03-24 flat_forward \
            1Y:4%|2026-03-24 flat_forward 1Y:4%"
    );
    assert_eq!(
        db.value(
            "SET pg_bond.settlement_date = ''; SELECT curve_date(curve_agg('1Y', \
        0.04)) = current_date"
        ),
        "t"
    );
    assert_eq!(db.value("SELECT curve_agg(as_of, tenor, rate) FROM quotes WHERE false"), "NULL");
    for (expression, message) in [
        (
            "curve_agg(as_of, tenor, rate) FROM quotes",
            "invalid curve: its rows differ in date, interpolation or conventions; group by these",
        ),
        (
            "curve_agg('2026-03-24', t, 0.04) FROM (VALUES ('1Y'), ('12M')) v (t)",
            "invalid curve: 1Y and 1Y are the same time",
        ),
        ("curve_final('{1,2}')", "invalid state of curve: it is not that of a curve"),
        ("curve_final('{1,1,1,0.5,0,0.04}')", "invalid state of curve: it is not that of a curve"),
        ("curve_final('{1,NULL}')", "invalid state of curve: it is not an array of numbers"),
    ] {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        assert_eq!(refusal.message, message);
        assert!(refusal.state.starts_with("22"), "{refusal:?}");
    }
}

#[test]
fn what_is_refused_and_why() {
    let db = Database::new();
    let refusal = db.refusal("SELECT '2026-03-24 1Y:4'::curve");
    assert_eq!(
        (refusal.state.as_str(), refusal.message.as_str()),
        ("22P02", "invalid input syntax for type curve: \"2026-03-24 1Y:4\"")
    );
    assert_eq!(refusal.detail, "\"4\" is not a rate such as 4.31%.");
    assert_eq!(
        refusal.hint,
        "Write it like 2026-03-24 currency USD flat_forward 3M:4.31% 1Y:4.02% 10Y:4.36%"
    );
    for (expression, state) in [
        ("'2026-03-24'::curve", "22023"),
        ("curve_zero('2026-03-24 1Y:4%', '9Q')", "22023"),
        ("curve_zero('2026-03-24 1Y:4%', date '2026-03-23')", "22008"),
        ("curve_zero('2026-03-24 1Y:4%', -1)", "22008"),
        ("curve_zero('2026-03-24 1Y:4%', 'NaN'::float8)", "22008"),
        ("curve_zero('2026-03-24 1Y:4% extrapolation none', 2)", "22008"),
        ("curve_zero('2026-03-24 1Y:4%', date 'infinity')", "22008"),
        ("curve_zero('2026-03-24 1Y:4%', 1, 'fortnightly')", "22023"),
        ("curve_forward('2026-03-24 1Y:4%', '2Y', '1Y')", "22003"),
        ("curve_par('2026-03-24 1Y:4%', 0)", "22003"),
        ("'2026-03-24 1Y:4%'::curve + 'NaN'", "22003"),
        ("'2026-03-24 log_linear_zero 1Y:4%'::curve - 500", "22003"),
        ("curve_twist('2026-03-24 1Y:4% 5Y:4%', 1, 1, '5Y')", "22003"),
        ("curve_roll('2026-03-24 1Y:4%', '2028-01-01')", "22008"),
        ("curve_roll('2026-03-24 1Y:4%', '2026-01-01')", "22008"),
        ("curve_spread('2026-03-24 1Y:4%', '2026-03-25 1Y:4%')", "22023"),
        ("curve('2026-03-24', ARRAY['1Y', NULL], ARRAY[0.04, 0.04])", "22004"),
        ("curve('2026-03-24', ARRAY['1Y'], ARRAY[0.04, 0.04])", "22023"),
        ("curve('2026-03-24', ARRAY['1Y', '12M'], ARRAY[0.04, 0.04])", "22023"),
        ("curve('2026-03-24', ARRAY['1Y'], ARRAY[0], kind => 'discount')", "22023"),
        ("curve('2026-03-24', ARRAY['1Y'], ARRAY[0.04], kind => 'guess')", "22023"),
        (
            "curve('2026-03-24', array_fill(1::float8, '{1001}'), array_fill(0::float8, '{1001}'))",
            "54000",
        ),
        ("curve_svensson('2026-03-24', 0.04, 0, 0, 0.01, 1, -999.99)", "22003"),
        ("curve_nelson_siegel('2026-03-24', 'NaN', 0, 0, 1)", "22003"),
        (
            "curve('2026-03-24', ARRAY['1Y', '2Y'], ARRAY[0.04, 0.04], kinds => ARRAY['swap'])",
            "22023",
        ),
        ("curve('2026-03-24', ARRAY['1Y'], ARRAY[0.04], kinds => ARRAY[NULL])", "22004"),
        ("curve('2026-03-24', ARRAY['3M'], ARRAY[0.04], kind => 'fra')", "22023"),
        ("curve('2026-03-24', ARRAY['3x6'], ARRAY[0.04])", "22023"),
        (
            "curve('2026-03-24', ARRAY['1Y'], ARRAY[0.04], kind => 'swap', conventions => 'xau')",
            "22023",
        ),
        ("curve('2026-03-24', ARRAY['1Y'], ARRAY[0.04], discount => '2026-03-24 1Y:4%')", "22023"),
        (
            "curve('2026-03-24', ARRAY['1Y'], ARRAY[0.04], kind => 'swap', discount => '2026-03-25 \
                1Y:4%')",
            "22023",
        ),
        ("curve_quote('2026-03-24 1Y:4%', '3M', 'future')", "22023"),
        ("curve_quote('2026-03-24 1Y:4%', '90Y', 'ois', 'jpy_tona')", "22008"),
    ] {
        assert_eq!(db.refusal(&format!("SELECT {expression}")).state, state, "{expression}");
    }
    if db.number("SHOW server_version_num") >= 160_000.0 {
        assert_eq!(
            db.value(
                "SELECT pg_input_is_valid('2026-03-24 1Y:4', 'curve'), \
            pg_input_is_valid('2026-03-24 1Y:4%', 'curve')"
            ),
            "f|t"
        );
    }
}
