//! Arguments as programs send them: without a type, as text, or as a point in time.

use crate::database::Database;

const BOND: &str = "'5% 2034-05-15 @ 98 x 1000'::bond";
const CURVE: &str = "'2026-03-24 1Y:4% 30Y:4.5%'::curve";
const SWAP: &str = "'receive 4.25% 2026-03-26 to 2036-03-26'::swap";

/// Each function with each argument in turn left without a type. Those that PostgreSQL cannot
/// choose between take values of types whose text is alike: a bond or a curve, arrays of tenors,
/// years or dates, tenors or a curve; they are named or typed.
#[test]
fn one_argument_without_a_type_is_no_tie() {
    let db = Database::new();
    let ties = db.run(
        "CREATE TEMP TABLE tie (call text);
         DO $$ DECLARE f record; BEGIN
             FOR f IN
                 SELECT format('%s(%s)', p.oid::regproc, (SELECT string_agg(CASE WHEN o = i THEN \
                 'NULL' ELSE 'NULL::' || format_type(t, NULL) END, ', ' ORDER BY o)
                     FROM unnest((p.proargtypes::oid[])[0:n - 1]) WITH ORDINALITY AS u(t, o))) AS \
                     call
                 FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = \
                 p.oid AND d.deptype = 'e'
                     CROSS JOIN LATERAL (VALUES (p.pronargs - p.pronargdefaults)) AS v (n) CROSS \
                     JOIN generate_series(1, n) AS i
                 WHERE p.prokind = 'f' AND p.prorettype <> 'internal'::regtype AND NOT \
                 '{internal,cstring}'::regtype[]::oid[] && p.proargtypes::oid[]
             LOOP
                 BEGIN EXECUTE 'EXPLAIN SELECT * FROM ' || f.call;
                 EXCEPTION WHEN ambiguous_function THEN INSERT INTO tie VALUES (f.call);
                           WHEN OTHERS THEN NULL;
                 END;
             END LOOP;
         END $$;
         SELECT DISTINCT regexp_replace(call, 'NULL::|public\\.', '', 'g') FROM tie ORDER BY 1",
    );
    assert_eq!(
        ties,
        [
            "bond_benchmark_price(bond, NULL, double precision)",
            "bond_benchmark_price(bond, NULL, double precision, date)",
            "curve(date, NULL, double precision[])",
            "swap_krd(swap, curve, NULL, date)",
            "swap_krd(swap, curve, curve, NULL)",
        ]
    );
}

/// A date, or the other argument that the function takes there, as a driver sends it: a parameter
/// that has no type.
#[test]
fn text_is_a_date_or_what_else_is_taken_there() {
    let db = Database::new();
    db.run("SET pg_bond.settlement_date = '2026-03-24'");
    let same = |call: &str, untyped: &str, typed: &str| {
        let row = |arguments: &str| {
            format!("(SELECT string_agg(t::text, ';') FROM {call}, {arguments}) AS t)")
        };
        assert_eq!(
            db.value(&format!("SELECT {} = {}", row(untyped), row(typed))),
            "t",
            "{call}, {untyped})"
        );
    };
    for function in [
        "bond_ytm",
        "bond_current_yield",
        "bond_macaulay_duration",
        "bond_modified_duration",
        "bond_convexity",
        "bond_dv01",
        "bond_market_value",
        "bond_analytics",
        "bond_explain",
        "bond_accrued",
        "bond_cashflows",
    ] {
        let call = format!("{function}({BOND}");
        same(&call, "'2027-01-05'", "date '2027-01-05'");
        same(&call, "'2027-01-05 +02'", "date '2027-01-05'");
        same(&call, "varchar '2027-01-05T00:00:00.000+00:00'", "date '2027-01-05'");
        same(&call, "timestamptz '2027-01-05 23:00'", "date '2027-01-05'");
        same(&call, "timestamp '2027-01-05 23:00'", "date '2027-01-05'");
        same(&call, "now()", "current_date");
        if !["bond_accrued", "bond_cashflows"].contains(&function) {
            same(&call, "'97.5'", "97.5::float8");
            same(&call, " ' 97.5 ' ", "price => 97.5");
        }
    }
    for (function, other) in [
        ("bond_npv", "0.01"),
        ("bond_curve_price", "0.01"),
        ("bond_curve_dirty_price", "0.01"),
        ("bond_explain", "0.01"),
        ("bond_spread_duration", "97"),
        ("bond_cs01", "97"),
        ("bond_g_spread", "97"),
        ("bond_i_spread", "97"),
    ] {
        let call = format!("{function}({BOND}, {CURVE}");
        same(&call, "'2027-01-05'", "date '2027-01-05'");
        same(&call, &format!("'{other}'"), &format!("{other}::float8"));
    }
    same(
        &format!("bond_explain({BOND}"),
        "'97.5', date '2027-01-05'",
        "97.5::float8, date '2027-01-05'",
    );
    let curve = CURVE.strip_suffix("::curve").unwrap();
    same(
        &format!("bond_explain({BOND}"),
        &format!("{curve}, date '2027-01-05'"),
        &format!("{CURVE}, date '2027-01-05'"),
    );
    same(
        &format!("bond_explain({BOND}"),
        &format!("{CURVE}::jsonb::text, date '2027-01-05'"),
        &format!("{CURVE}, date '2027-01-05'"),
    );
    for function in ["bond_z_spread", "bond_asset_swap_spread"] {
        same(
            &format!("{function}({BOND}, {CURVE}"),
            "'2027-01-05'",
            "settlement => date '2027-01-05'",
        );
    }
    for call in [
        format!("bond_krd({BOND}, {CURVE}"),
        format!("bond_par_krd({BOND}, {CURVE}"),
        format!("swap_krd({SWAP}, {CURVE}"),
    ] {
        same(&call, "'2026-04-05'", "date '2026-04-05'");
        same(&call, "'{2Y, 10Y}'", "array['2Y', '10Y']");
    }
    let other = "2026-03-24 1Y:3% 30Y:3.5%";
    for function in ["swap_npv", "swap_par_rate", "swap_dv01", "swap_krd", "swap_cashflows"] {
        let call = format!("{function}({SWAP}, {CURVE}");
        same(&call, "'2026-03-26'", "date '2026-03-26'");
        same(&call, &format!("'{other}'"), &format!("'{other}'::curve"));
    }
    same(&format!("curve_zero({CURVE}"), "'2030-01-05 +02'", "date '2030-01-05'");
}

#[test]
fn text_that_is_neither_is_refused_and_null_is_null() {
    let db = Database::new();
    for text in ["yesterday", "2027-13-01", "2027-01-05x", "99,5", "infinity", "NaN", ""] {
        let refusal = db.refusal(&format!("SELECT bond_ytm({BOND}, '{text}')"));
        assert_eq!(
            (refusal.state.as_str(), refusal.hint.as_str()),
            ("22P02", "Write it like 2026-03-24 or 99.5"),
            "{text}"
        );
        assert_eq!(
            refusal.message,
            format!("invalid input syntax for type date or number: \"{text}\"")
        );
    }
    assert_eq!(
        db.value(&format!(
            "SELECT bond_ytm({BOND}, NULL::text), bond_ytm(NULL, '2026-03-24'), \
            (SELECT count(*) FROM bond_explain({BOND}, NULL::text)), bond_accrued({BOND}, NULL)"
        )),
        "NULL|NULL|0|NULL"
    );
}

/// PostgreSQL puts the bodies in place of the call, so that a constant date costs no more than a
/// typed one.
#[test]
fn a_constant_text_is_read_once() {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE bonds AS SELECT {BOND} AS b; CREATE TABLE curves AS SELECT {CURVE} AS c"
    ));
    let output = |expression: &str| {
        let plan =
            db.run(&format!("EXPLAIN (VERBOSE, COSTS OFF) SELECT {expression} FROM bonds, curves"));
        plan.iter()
            .find_map(|line| line.trim().strip_prefix("Output: "))
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(output("bond_ytm(b, '2026-03-24')"), "bond_ytm(bonds.b, '2026-03-24'::date)");
    assert_eq!(
        output("bond_ytm(b, '98')"),
        "bond_ytm(bonds.b, '98'::double precision, bond_settlement_date())"
    );
    assert_eq!(
        output("bond_accrued(b, '2026-03-24')"),
        "bond_accrued(bonds.b, '2026-03-24'::date)"
    );
    assert_eq!(
        output("bond_npv(b, c, '2026-03-24')"),
        "bond_npv(bonds.b, curves.c, '0'::double precision, '2026-03-24'::date)"
    );
    assert_eq!(output("bond_dv01(b, now())"), "bond_dv01(bonds.b, (now())::date)");
}
