//! The same bits on any machine: what immutable functions answer may be stored, indexed and
//! compared by another.

use crate::database::{Database, repository};
use crate::plans;
use crate::term::KINDS;
use std::io::Write;
use std::process::{Command, Stdio};

/// What goes by the name of a function, of its argument and of the type: the first pattern that
/// matches gives the expression.
const GIVEN: &[(&str, &str)] = &[
    (" basis double precision$", "(i % 5)::float8"),
    (" frequency double precision$", "(ARRAY[1, 2, 4])[1 + i % 3]::float8"),
    (" npery double precision$", "(1 + i % 12)::float8"),
    (
        "analyze_portfolio_as request",
        "jsonb_build_array(jsonb_build_object('isin', 'US0378331005', 'issueDate', '2023-01-15', \
            'maturityDate', later, 'couponRate', i, 'faceValue', 100000, 'marketValue', 80000 + i, \
            'paymentTerm', 'semiannual', 'quantity', 7))",
    ),
    ("uuid", "'00000000-0000-0000-0000-000000000000'::uuid"),
    ("bond terms jsonb", "b::jsonb"),
    ("curve terms jsonb", "c::jsonb"),
    ("swap terms jsonb", "w::jsonb"),
    ("^oddf.* maturity", "'2034-05-15'::date"),
    ("^oddf.* first_coupon", "'2026-11-15'::date"),
    ("^oddf.* issue", "'2026-01-15'::date"),
    ("^tbill.* maturity", "d + 90"),
    ("^curve_forward from date", "'2026-03-24'::date + i"),
    ("^yield_convert from", "'annual'"),
    ("^yield_convert to", "'continuous'"),
    ("^schedule (first|last)_coupon|^bond (first|last)_coupon", "NULL::date"),
    (" first_interest date", "d + 60"),
    (" last_interest date", "earlier"),
    (" (maturity|to|period_end|termination|end_date|at) date$", "later"),
    (" (from|issue|period_start|start_date|effective) date$", "earlier"),
    ("^(curve|curve_add|curve_nelson_siegel|curve_svensson) as_of", "'2026-03-24'::date"),
    (" date$", "d"),
    ("^curve dates", "ARRAY[d, later]"),
    (" holidays date", "'{2026-12-24}'::date[]"),
    (r"date\[\]", "ARRAY[d, d + i, d + 2 * i]"),
    (" tau1? ", "1 + u"),
    (" tau2 ", "5 + v"),
    (r" bp double precision\[\]", "ARRAY[50 * u, -50 * v]"),
    (" (bp|long_bp|rate_bp|short_bp|spread_bp) ", "100 * (u - 0.5)"),
    (
        " (discount|beta[0-3]|yld|yield|rate|y|coupon|quoted_yield|fixed_rate|fixing|effect_rate|nominal_rate) double",
        "v / 10",
    ),
    (" (spread|floating_spread) ", "u / 100"),
    (" (pr|price) ", "70 + 50 * u"),
    (" redemption ", "100::float8"),
    (" guess ", "0.1::float8"),
    (" (at|to|years) double precision$", "5 + 20 * u"),
    (" from double precision$", "5 * u"),
    (r" years double precision\[\]", "ARRAY[1 + u, 5 + v]"),
    (" (values) ", "ARRAY[-100, 50 + 20 * u, 60 * v + 10]"),
    ("^curve rates", "ARRAY[v / 10, u / 10]"),
    ("heights double", "ARRAY[u, -v]"),
    (r"double precision\[\]", "ARRAY[u, v]"),
    (" double precision$", "100 * u"),
    (" basis ", "i % 5"),
    (" frequency integer", "(ARRAY[1, 2, 4])[1 + i % 3]"),
    (" (decimals|notch|npery) ", "1 + i % 12"),
    (" (lag|settlement_lag|payment_lag) ", "i % 3"),
    (" (integer|bigint)$", "i::int"),
    (" boolean$", "i % 2 = 0"),
    (r"key_rate\[\]", "(SELECT array_agg(ROW(q.*)::key_rate) FROM bond_krd(b, c) AS q)"),
    (
        r"bond\[\]",
        "ARRAY[b, '5% 2034-05-31 @ 99', '4% 2030-05-31 @ 98', '3% 2029-02-15 @ 97', '4.5% \
            2040-08-15 @ 101', '2% 2028-08-15 @ 95']::bond[]",
    ),
    (" bond$", "b"),
    (" curve$", "c"),
    (" swap$", "w"),
    (" rating$", "r"),
    (" calendar$", "k"),
    (" risk_summary$", "(SELECT risk_summary(q, d) FROM (SELECT b OFFSET 0) AS q (q))"),
    (" (tenors|labels) ", "'{2Y,10Y}'::text[]"),
    (" kinds ", "'{deposit,swap}'::text[]"),
    ("^bond_explain at text", "(0.5 + v)::text"),
    (r"^((bond|swap)_\w+|argument_date) at text", "d::text"),
    ("^argument_number at text", "v::text"),
    (" (tenor|at|to|pivot) text", "(ARRAY['5Y', '10Y', '18M'])[1 + i % 3]"),
    ("^curve_forward from text", "'6M'"),
    (" compounding ", "(ARRAY['annual', 'semiannual', 'continuous', 'simple'])[1 + i % 4]"),
    (
        " (frequency|fixed_frequency|floating_frequency) text",
        "(ARRAY['annual', 'semiannual', 'quarterly'])[1 + i % 3]",
    ),
    (r"^curve_fit_report ids text\[\]", "'{a,b,c,d,e,f}'::text[]"),
    (" coupon numeric$", "(v / 10)::numeric"),
    (" frequency anycompatible$", "(ARRAY[1, 2, 4])[1 + i % 3]"),
    (
        " (day_count|fixed_day_count|floating_day_count) ",
        "(ARRAY['30/360', 'ACT/360', 'ACT/ACT ISDA', 'ACT/365F'])[1 + i % 4]",
    ),
    (" interpolation ", "(ARRAY['linear_zero', 'monotone_convex', 'natural_cubic'])[1 + i % 3]"),
    (" extrapolation ", "'flat_zero'"),
    (" conventions ", "'usd_sofr'"),
    (" kind ", "(ARRAY['zero', 'swap', 'par'])[1 + i % 3]"),
    (" calendar text", "'US'"),
    (" roll |_roll ", "'following'"),
    (" stub ", "'short first'"),
    (" ex_dividend ", "'7b'"),
    (" currency ", "'USD'"),
    (" market ", "'us_treasury'"),
    (" convention ", "'street'"),
    (" steps ", "NULL::text"),
    (" agency ", "'moodys'"),
    (" country ", "'GB'"),
    (" fixed_leg ", "'pay'"),
    (" floating_index ", "'SOFR'"),
    ("^bond_asset_swap_spread method", "'par'"),
    (" isin ", "(ARRAY['US0378331005', 'GB0002634946', 'CH0012138530'])[1 + i % 3]"),
    (" cusip ", "'037833100'"),
    (" sedol ", "'0263494'"),
    (" valor ", "'1213853'"),
    (
        " text$",
        "(ARRAY['037833100', 'US0378331005', '0263494', 'BBG000B9XRY4', '506700GE1G29325QX363', \
            '1213853', 'BBB+'])[1 + i % 7]",
    ),
];

/// A row of arguments at random.
const SAMPLE: &str =
    "CREATE TABLE sample AS SELECT i, u, v, date '2026-03-24' + (u * 200)::int AS \
    d, date '2027-01-31' + (v * 12000)::int AS later, date '2020-01-31' + (v * 2000)::int AS \
    earlier,
    CASE WHEN i % 5 = 0 THEN bond_quote((ARRAY[{kinds}]::bond[])[1 + i / 5 % {count}], 60 + 60 * \
    u) ELSE bond(coupon => v / 10, maturity => date '2026-06-30' + (u * 12000)::int, day_count => \
    (ARRAY['30/360', 'ACT/ACT', 'ACT/365F'])[1 + i % 3], price => 60 + 80 * v, notional => u * \
    1e7) END AS b,
    curve('2026-03-24', tenors => '{1Y,5Y,30Y}', rates => ARRAY[u / 12, 0.01 + v / 12, 0.045], \
    interpolation => (SELECT array_agg(name) FROM interpolations())[1 + i % 6], currency => 'USD', \
    name => 'treasury') AS c,
    swap_hold(swap(0.001 + v / 10, date '2026-03-26' + i % 90, date '2028-03-26' + (u * \
    10000)::int, fixing => 0.04, currency => 'USD'), u * 1e6) AS w,
    rating_from_notch(1 + i % 21) AS r, ('{2026-12-24}+' || (ARRAY['US', 'UK', 'TARGET'])[1 + i % \
    3])::calendar AS k
FROM (SELECT i, hashint4(i) / 4294967296::float8 + 0.5 AS u, hashint4(-i) / 4294967296::float8 + \
0.5 AS v FROM generate_series(1, 300) AS i) AS s";

/// Every immutable function called with each row; a refusal is an answer too. Transition functions
/// are called by their aggregates.
const CALLS: &str = "CREATE TABLE call AS SELECT p.oid, p.oid::regprocedure::text AS name, \
    format('%s(%s)', p.oid::regproc, string_agg(COALESCE(expression, '?'), ', ' ORDER BY o)) AS call
FROM pg_proc AS p JOIN pg_depend AS e ON e.objid = p.oid AND e.classid = 'pg_proc'::regclass AND \
e.deptype = 'e' LEFT JOIN LATERAL unnest(p.proargtypes) WITH ORDINALITY AS a (type, o) ON true
    LEFT JOIN LATERAL (SELECT expression FROM given WHERE format('%s %s %s', p.proname, \
    p.proargnames[o], format_type(type, NULL)) ~ argument ORDER BY n LIMIT 1) AS g ON true
WHERE p.prokind = 'f' AND p.provolatile = 'i' AND e.refobjid = (SELECT oid FROM pg_extension WHERE \
extname = 'pg_bond') AND p.pronargs > 0
    AND NOT '{internal,cstring}'::regtype[]::oid[] && p.proargtypes::oid[] AND NOT \
    COALESCE('state' = ANY (p.proargnames), false) GROUP BY p.oid;

DO $do$ DECLARE c record; BEGIN FOR c IN SELECT * FROM call LOOP
    EXECUTE format('CREATE FUNCTION call_%s(sample) RETURNS text LANGUAGE plpgsql AS $$ BEGIN \
    RETURN (SELECT string_agg(x::text, '';'') FROM (SELECT $1.*) AS s, %s AS x); EXCEPTION WHEN \
    OTHERS THEN RETURN ''!'' || SQLSTATE || SQLERRM; END $$', c.oid, c.call);
END LOOP; END $do$;

CREATE FUNCTION answers(oid) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE \
format('SELECT call_%s(s) FROM sample AS s ORDER BY i', $1); END $$;

CREATE TABLE answer AS SELECT name, n, a FROM call, answers(oid) WITH ORDINALITY AS a (a, n)";

fn script() -> String {
    let kinds = KINDS.map(|kind| format!("'{kind}'")).join(", ");
    let sample = SAMPLE.replace("{kinds}", &kinds).replace("{count}", &KINDS.len().to_string());
    let given = GIVEN
        .iter()
        .map(|(argument, expression)| format!("($e${argument}$e$, $e${expression}$e$)"))
        .collect::<Vec<_>>()
        .join(", ");
    [
        "CREATE EXTENSION pg_bond",
        "SET pg_bond.settlement_date = '2026-03-24'",
        &sample,
        "CREATE TABLE given (n serial, argument text, expression text)",
        &format!("INSERT INTO given (argument, expression) VALUES {given}"),
        CALLS,
        &plans::tables().replace(";\n", ";\n\n"),
        &format!(
            "INSERT INTO answer SELECT 'aggregates', g, row::text FROM (SELECT g, {} FROM book \
                GROUP BY g) AS row",
            plans::figures("")
        ),
        "",
    ]
    .join(";\n\n")
}

/// Of all answers; and of what the platform's own exp and ln answer through PostgreSQL.
const DIGESTS: &str = "SELECT 'digest ' || md5(string_agg(format('%s %s %s', name, n, a), chr(10) \
    ORDER BY name COLLATE \"C\", n)) FROM answer;

SELECT 'digest ' || md5(string_agg(exp(u * 10) || ' ' || ln(u) || ' ' || power(u, v), chr(10) \
ORDER BY u, v)) FROM (SELECT x.u, y.v FROM sample AS x, sample AS y) AS s;

";

/// A backend that starts without the processor's newer instructions, on data of its own, answers as
/// this server does.
#[test]
fn every_processor_gives_the_same_bits() {
    let db = Database::empty();
    db.run(&script());
    let unanswered = db.run(
        "SELECT name FROM answer GROUP BY name HAVING count(*) FILTER (WHERE a NOT LIKE '!%') = 0",
    );
    assert!(unanswered.is_empty(), "{unanswered:?}");
    let answers = db.value(
        "SELECT count(*) > 100000, count(*) FILTER (WHERE a LIKE '!%') < count(*) / 10 FROM answer",
    );
    let refused = "SELECT name, count(*) FROM answer WHERE a LIKE '!%' GROUP BY name ORDER BY 2 \
        DESC LIMIT 20";
    assert_eq!(answers, "t|t", "{:?}", db.run(refused));
    let here: Vec<String> =
        db.run(DIGESTS).iter().map(|line| line.replace("digest ", "")).collect();

    let mut alone = Command::new(repository("pg_test/server"));
    alone
        .arg("alone")
        .env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA_Usable,-AVX2_Usable"); // as glibc spells them, and did
    let mut alone =
        alone.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    alone.stdin.take().unwrap().write_all(format!("{}{DIGESTS}", script()).as_bytes()).unwrap();
    let output = alone.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let there: Vec<&str> = printed.split("digest ").skip(1).map(|rest| &rest[..32]).collect();
    assert_eq!(there.len(), 2, "{printed}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(here[0], there[0]);
    // The processor was another one, as far as a program can tell.
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    if cfg!(target_env = "gnu") && processor.contains(" fma ") && processor.contains(" avx2 ") {
        assert_ne!(here[1], there[1]);
    }
}

/// The platform's mathematics is not even there to be called.
#[test]
fn no_mathematics_of_the_platform() {
    let directory = Command::new("pg_config").arg("--pkglibdir").output().unwrap().stdout;
    let library =
        std::path::Path::new(String::from_utf8(directory).unwrap().trim()).join("pg_bond.so");
    let bytes = std::fs::read(&library).unwrap();
    assert!(!bytes.windows(7).any(|word| word == b"libm.so"), "{library:?}");
}
