//! What the catalogue must say of every object of the extension, after PostgreSQL's own opr_sanity
//! and type_sanity.

use crate::database::Database;

const MEMBERS: &str =
    "CREATE TEMP VIEW member AS SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON \
        d.refclassid = 'pg_extension'::regclass
    AND d.refobjid = e.oid AND d.deptype = 'e' AND e.extname = 'pg_bond';
CREATE TEMP VIEW member_function AS SELECT p.* FROM pg_proc p JOIN member ON classid = \
'pg_proc'::regclass AND objid = p.oid;";

/// Each answers the objects that break a rule.
const RULES: &[(&str, &str)] = &[
    (
        "parallel safe, but for what gives back a lock of the leader",
        "SELECT oid::regprocedure FROM member_function WHERE proparallel <> CASE WHEN proname = \
            'advisory_xact_unlock' THEN 'r' ELSE 's' END",
    ),
    (
        "strict, but for those with terms that may be absent, bodies that read a text and are put \
            in place of the call, and those that count rows without a bond",
        "SELECT oid::regprocedure FROM member_function WHERE NOT proisstrict AND prokind = 'f'
            AND NOT (prosrc = '' AND 'text'::regtype = ANY (proargtypes) AND prosqlbody::text ~ \
            (SELECT string_agg(format(':funcid %s ', oid), '|') FROM member_function WHERE proname \
            IN ('argument_date', 'argument_number')))
            AND NOT (proname ~ '^portfolio_(curve_|shock_)?(add|remove)$' AND 'bond'::regtype = \
            ANY (proargtypes))
            AND proname NOT IN ('bond', 'curve', 'day_count_days', 'rating_middle', 'schedule', \
            'swap', 'year_fraction')",
    ),
    (
        "immutable with a date, stable without one, volatile only for a fresh id or a lock",
        "SELECT oid::regprocedure FROM member_function WHERE prokind = 'f' AND provolatile <> CASE
            WHEN proname IN ('advisory_xact_unlock', 'analyze_portfolio') THEN 'v'
            WHEN proname IN ('pg_bond_version', 'pg_bond_library_version') THEN 's'
            WHEN proname IN ('bond_settlement_date', 'portfolio_add', 'portfolio_remove', \
            'portfolio_shock_add', 'portfolio_shock_remove', 'curve_add', 'curve_fit_add') AND NOT \
            '{curve,date,risk_summary}'::regtype[]::oid[] && proargtypes::oid[] THEN 's'
            WHEN prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql') AND 'bond'::regtype \
            = ANY (proargtypes) AND NOT '{curve,date}'::regtype[]::oid[] && proargtypes::oid[] \
            THEN 's'
            ELSE 'i' END",
    ),
    ("commented", "SELECT oid::regprocedure FROM member_function WHERE obj_description(oid, \
        'pg_proc') IS NULL"),
    (
        "types and operators commented",
        "SELECT objid::regtype::text FROM member JOIN pg_type t ON t.oid = objid WHERE classid = \
            'pg_type'::regclass AND typelem = 0 AND obj_description(objid, 'pg_type') IS NULL
         UNION ALL SELECT objid::regoperator::text FROM member WHERE classid = \
         'pg_operator'::regclass AND obj_description(objid, 'pg_operator') IS NULL",
    ),
    ("aggregates combine plain states", "SELECT aggfnoid FROM pg_aggregate JOIN member ON objid = \
        aggfnoid WHERE aggcombinefn = 0 OR aggtranstype = 'internal'::regtype OR (aggtranstype = \
        'float8[]'::regtype) <> (aggtransspace > 0)"),
    (
        "states travel: floats or the extension's own types, with binary forms, and no object ids \
            in them",
        "SELECT aggfnoid FROM pg_aggregate JOIN member ON objid = aggfnoid JOIN pg_type t ON t.oid \
            = aggtranstype
         WHERE typsend = 0 OR typreceive = 0 OR NOT (t.oid = 'float8[]'::regtype OR t.oid IN \
         (SELECT objid FROM member WHERE classid = 'pg_type'::regclass AND typtype = 'b'))",
    ),
    (
        "states are combined and finished by strict immutable functions",
        "SELECT aggfnoid FROM pg_aggregate JOIN member ON objid = aggfnoid JOIN pg_proc c ON c.oid \
            IN (aggcombinefn, aggfinalfn) WHERE NOT proisstrict OR provolatile <> 'i'",
    ),
    (
        "an aggregate that reads the setting has a dated form",
        "SELECT aggfnoid FROM pg_aggregate JOIN member_function f ON f.oid = aggfnoid JOIN pg_proc \
            t ON t.oid = aggtransfn WHERE t.provolatile = 's'
            AND NOT EXISTS (SELECT FROM pg_aggregate d JOIN member_function g ON g.oid = \
            d.aggfnoid JOIN pg_proc u ON u.oid = d.aggtransfn
                WHERE g.proname = f.proname AND g.pronargs = f.pronargs + 1 AND 'date'::regtype = \
                ANY (g.proargtypes) AND u.provolatile = 'i')",
    ),
    ("binary input and output", "SELECT typname FROM pg_type t JOIN member ON classid = \
        'pg_type'::regclass AND objid = t.oid WHERE typtype = 'b' AND typelem = 0 AND (typsend = 0 \
        OR typreceive = 0)"),
    (
        "rows without a bond are counted",
        "SELECT oid::regprocedure FROM member_function WHERE proname ~ \
            '^portfolio_(curve_|shock_)?(add|remove)$' AND proisstrict = ('bond'::regtype = ANY \
            (proargtypes))",
    ),
    (
        "types are in categories of the extension's own, or PostgreSQL's for what users make",
        "SELECT typname FROM pg_type t JOIN member ON classid = 'pg_type'::regclass AND objid = \
            t.oid WHERE typtype = 'b' AND typelem = 0 AND typcategory NOT IN ('U', 'b')",
    ),
    (
        "types are ordered, so that ANALYZE sorts and need not compare all with all",
        "SELECT typname FROM pg_type t JOIN member ON classid = 'pg_type'::regclass AND objid = \
            t.oid WHERE typtype = 'b' AND typelem = 0
            AND NOT EXISTS (SELECT FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod WHERE \
            opcintype = t.oid AND opcdefault AND amname = 'btree')",
    ),
    ("no rights of others", "SELECT oid::regprocedure FROM member_function WHERE prosecdef OR \
        proleakproof"),
    ("SQL bodies are bound", "SELECT p.oid::regprocedure FROM member_function p JOIN pg_language l \
        ON l.oid = prolang WHERE lanname = 'sql' AND prosqlbody IS NULL"),
    (
        "heavy functions cost more",
        "SELECT oid::regprocedure FROM member_function WHERE prokind = 'f' AND oid <> \
            'bond_price(bond)'::regprocedure AND procost < CASE
            WHEN proname ~ '^(bond_(ytm_by|which)_convention|analyze_portfolio.*|xirr)$' THEN 500
            WHEN proname ~ \
            '^(bond_par_krd|curve_quote|swap_(npv|par_rate|dv01|measures|krd|cashflows)|curve_nodes)$' THEN 200
            WHEN proname ~ '^curve$' OR proname ~ '^(bond|swap)$' AND 'jsonb'::regtype = ANY \
            (proargtypes) THEN 500
            WHEN proname ~ '^(bond|curve|swap)_to_jsonb?$' THEN 100
            WHEN proname ~ '^(bond|swap)$' THEN 40
            WHEN proname ~ \
            '^curve_(zero|df|forward|par|shift|shift_down|twist|key_rate_shift|roll|spread)$' THEN \
            50
            WHEN proname ~ \
            '^(bond_(explain|cashflows)|swap_(npv|par_rate|dv01|measures|krd|cashflows)|schedule|calendar_holidays|yield|oddfyield|irr)$' THEN 50
            WHEN proname ~ \
            '^(bond_(ytm|price|dirty_price|accrued|current_yield|.*duration|convexity|dv01|market_value|analytics)|portfolio_add|price|m?duration|odd[fl](price|yield))$' THEN 10
            ELSE 1 END",
    ),
    ("what answers rows says how many", "SELECT oid::regprocedure FROM member_function WHERE \
        proretset AND prorows = 1000"),
    (
        "no optional arguments beyond the last of another form",
        "SELECT f.oid::regprocedure FROM member_function f JOIN member_function g USING (proname, \
            pronamespace) WHERE f.pronargdefaults > 0 AND f.oid <> g.oid
            AND g.pronargs BETWEEN f.pronargs - f.pronargdefaults AND f.pronargs - 1
            AND NOT EXISTS (SELECT FROM generate_series(0, g.pronargs - 1) AS i WHERE \
            f.proargtypes[i] <> g.proargtypes[i])",
    ),
    (
        "schemas are commented and open",
        "SELECT objid::regnamespace FROM member WHERE classid = 'pg_namespace'::regclass AND \
            (obj_description(objid, 'pg_namespace') IS NULL OR NOT has_schema_privilege('public', \
            objid, 'USAGE'))",
    ),
    ("operators have their kin", "SELECT objid::regoperator FROM member JOIN pg_operator o ON \
        o.oid = objid WHERE classid = 'pg_operator'::regclass AND oprresult = 'boolean'::regtype \
        AND (oprcom = 0 OR oprnegate = 0 OR oprrest = 0 OR oprjoin = 0)"),
];

#[test]
fn every_object_says_its_words() {
    let db = Database::new();
    for (rule, query) in RULES {
        let breaking = db.run(&format!("{MEMBERS}{query}"));
        assert!(breaking.is_empty(), "{rule}: {breaking:?}");
    }
    assert!(db.number(&format!("{MEMBERS}SELECT count(*) FROM member_function")) > 200.0);
}

/// The lists of words are as long as the planner is told.
#[test]
fn lists_have_the_rows_they_promise() {
    let db = Database::new();
    let lists = db.run(&format!(
        "{MEMBERS}SELECT oid::regproc, prorows FROM member_function WHERE \
        proretset AND pronargs = 0"
    ));
    assert!(lists.len() >= 7);
    for list in lists {
        let (function, promised) = list.split_once('|').unwrap();
        let ratio = db.number(&format!("SELECT count(*) / {promised}.0 FROM {function}()"));
        assert!((0.8..1.25).contains(&ratio), "{list}: {ratio}");
    }
}

/// Each function with all arguments NULL: no crash, and NULL or no rows but from the aggregates'
/// counts.
#[test]
fn nulls_in_nulls_out() {
    let db = Database::new();
    let calls = db.run(&format!(
        "{MEMBERS}SELECT format('SELECT count(*) FILTER (WHERE x IS NOT NULL) FROM %s(%s) AS x', \
            oid::regproc, string_agg('NULL::' || format_type(t, NULL), ', ' ORDER BY o))
         FROM member_function, unnest(proargtypes) WITH ORDINALITY AS u(t, o)
         WHERE prokind = 'f' AND NOT 'internal'::regtype = ANY (proargtypes) AND NOT \
         'cstring'::regtype = ANY (proargtypes) GROUP BY oid"
    ));
    assert!(calls.len() > 80);
    let answers = db.run(&calls.join(";\n"));
    assert!(
        answers.iter().all(|count| count == "0"),
        "{:?}",
        calls.iter().zip(&answers).filter(|(_, count)| *count != "0").collect::<Vec<_>>()
    );
}

/// In a schema with an awkward name, off the search path, and with impostors of its functions and
/// operators on it.
#[test]
fn nothing_depends_on_the_search_path() {
    let db = Database::empty();
    db.run(
        r#"CREATE SCHEMA "x y.z"; CREATE EXTENSION pg_bond SCHEMA "x y.z";
           CREATE FUNCTION public.bond_settlement_date() RETURNS date LANGUAGE plpgsql AS $$ BEGIN RAISE 'impostor'; END $$;
           CREATE FUNCTION public.isin_check(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'impostor'; END $$;
           CREATE FUNCTION public.lei_check(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'impostor'; END $$;
           CREATE FUNCTION public.bond_price("x y.z".bond) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN RAISE 'impostor'; END $$;
           CREATE FUNCTION public.bond_ytm_by_convention("x y.z".bond, float8, date) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RAISE 'impostor'; END $$;
           CREATE FUNCTION public.gen_random_uuid() RETURNS uuid LANGUAGE plpgsql AS $$ BEGIN RAISE 'impostor'; END $$;"#,
    );
    let row = db.value(
        r#"SET search_path = ''; SELECT "x y.z".bond_ytm('5% 2090-06-15 @ 99'::"x y.z".bond) > 0.05, 'US0378331005'::"x y.z".isin, '506700GE1G29325QX363'::"x y.z".lei,
           "x y.z".rating_middle('BB', 'Baa3', NULL), (SELECT "x y.z".avg(r) FROM unnest('{A,AA}'::"x y.z".rating[]) AS r),
           "x y.z".portfolio_duration('5% 2090-06-15 @ 99'::"x y.z".bond) > 1, ("x y.z".analyze_portfolio('[]') - 'id') IS NOT NULL,
           ("x y.z".bond_analytics('5% 2090-06-15 @ 99'::"x y.z".bond)).ytm > 0.05, (SELECT count(*) > 100 FROM "x y.z".bond_explain('5% 2090-06-15 @ 99'::"x y.z".bond))"#,
    );
    assert_eq!(row, "t|US0378331005|506700GE1G29325QX363|BB|A+|t|t|t|t");
    let row = db.value(
        r#"SET search_path = ''; SELECT (SELECT count(ytm) > 20 FROM "x y.z".bond_ytm_by_convention('5% 2090-06-15 @ 99'::"x y.z".bond)),
           (SELECT count(*) > 0 FROM "x y.z".bond_which_convention('5% 2090-06-15'::"x y.z".bond, 100, 0.05, '2026-06-15')),
           "x y.z".bond(0.05, '2090-06-15', market => 'uk_gilt'), "x y.z".bond_settlement_date('5% 2090-06-15 market uk_gilt'::"x y.z".bond, '2026-03-24'),
           "x y.z".yield_convert(0.05, 'semiannual', 'annual'), "x y.z".calendar('{2026-12-24}', 'US'), "x y.z".is_business_day('2026-07-04', 'US'),
           "x y.z".year_fraction('2026-01-15', '2026-07-15', '30/360'), (SELECT count(*) FROM "x y.z".schedule('2026-01-15', '2028-01-15', 'semiannual')),
           round(excel.price('2008-02-15', '2017-11-15', 0.0575, 0.065, 100, 2)::numeric, 8), excel.coupncd('2011-01-25', '2011-11-15', 2)"#,
    );
    assert_eq!(
        row,
        "t|t|5% 2090-06-15 semiannual ACT/ACT ICMA uk_dmo calendar UK roll following ex 7b lag 1 \
            currency GBP|2026-03-25|0.050625|US+{2026-12-24}|f|0.5|4|94.63436162|2011-05-15"
    );
}

#[test]
fn anyone_may_install_and_use_it() {
    let db = Database::empty();
    let role = db.name.replace("pg_bond", "tester");
    db.run(&format!(
        "CREATE ROLE {role}; GRANT CREATE ON DATABASE :\"DBNAME\" TO {role}; CREATE \
        SCHEMA mine AUTHORIZATION {role}"
    ));
    let answer = db.value(&format!(
        "SET ROLE {role}; CREATE EXTENSION pg_bond SCHEMA mine; SET search_path = mine; SET \
            pg_bond.settlement_date = '2026-03-24';
         SELECT round(bond_ytm('4.45% 2028-02-23 @ 102.45'::bond)::numeric, 6)"
    ));
    assert_eq!(answer, "0.031200");
    db.run(&format!("DROP EXTENSION pg_bond; DROP OWNED BY {role}; DROP ROLE {role}"));
}

/// Other engines call final functions without the expression of a query, which must not be asked
/// for types.
#[test]
fn no_function_asks_the_calling_expression() {
    let files = crate::migrations::files("src/sql", "rs");
    assert!(files.len() > 20);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(!text.contains("get_fn_expr_"), "{}", file.display());
    }
}
