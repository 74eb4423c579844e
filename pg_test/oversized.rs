//! Arguments larger than anything sensible, under a limit of memory: a clean error, and the server
//! stays up.

use crate::database::{Database, alone};

/// Values that are small where they are stored, compressed, and large once they are not.
const LARGE: [&str; 8] = [
    "CREATE TABLE large_text AS SELECT repeat('x', 64000000) AS t",
    "CREATE TABLE large_texts AS SELECT array_fill('1Y'::text, '{6000000}') AS ts",
    "CREATE TABLE large_floats AS SELECT array_fill(0::float8, '{6000000}') AS fs",
    "CREATE TABLE large_dates AS SELECT array_fill(date '2030-01-15', '{12000000}') AS ds",
    "CREATE TABLE large_json AS SELECT jsonb_build_object('coupon', repeat('x', 16000000)) AS j",
    "CREATE TABLE large_bonds AS SELECT array_fill('4% 2034-05-15 @ 99'::bond, '{120000}') AS bs",
    "CREATE TABLE large_key_rates AS SELECT array_fill(row('1Y', 1, 1, 1)::key_rate, '{120000}') \
        AS ks",
    "CREATE VIEW large AS SELECT * FROM large_text, large_texts, large_floats, large_dates, \
        large_json, large_bonds, large_key_rates",
];

/// What an argument is where another one is large.
const ORDINARY: &str = "CREATE FUNCTION ordinary(kind regtype) RETURNS text LANGUAGE sql RETURN \
    CASE kind::text
    WHEN 'bond' THEN '''5% 2034-05-15 @ 98''::bond' WHEN 'curve' THEN '''2026-03-24 1Y:4% \
    10Y:4.5%''::curve' WHEN 'swap' THEN '''pay 4% 2026-03-26 to 2036-03-26''::swap'
    WHEN 'text' THEN '''svensson''::text' WHEN 'date' THEN '''2026-03-24''::date' WHEN 'text[]' \
    THEN '''{1Y}''::text[]' WHEN 'date[]' THEN '''{2030-01-15}''::date[]'
    WHEN 'bond[]' THEN 'ARRAY[''5% 2034-05-15 @ 98''::bond]' WHEN 'double precision[]' THEN \
    '''{}''::float8[]' WHEN 'calendar' THEN '''US''::calendar' WHEN 'rating' THEN \
    '''BBB''::rating' WHEN 'boolean' THEN 'true' WHEN 'uuid' THEN 'gen_random_uuid()' WHEN \
    'anycompatible' THEN '2' WHEN 'timestamp with time zone' THEN 'now()'
    WHEN 'risk_summary' THEN '(SELECT risk_summary(''5% 2034-05-15 @ 98''::bond, date \
    ''2026-03-24''))' WHEN 'key_rate[]' THEN '''{\"(1Y,1,1,1)\"}''::key_rate[]' ELSE '1::' || kind \
    END";

/// Every function and aggregate of the extension, with each of its arguments in turn as large as
/// can be.
const CALLS: &str = "CREATE TABLE attempt AS
    SELECT p.oid::regprocedure || ' argument ' || n AS what, format('SELECT %s(%s) FROM large', \
    p.oid::regproc, string_agg(CASE WHEN o = n THEN attname ELSE ordinary(t) END, ', ' ORDER BY \
    o)) AS call
    FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND \
    d.deptype = 'e' AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_bond'),
        LATERAL unnest(p.proargtypes) WITH ORDINALITY AS u (t, o),
        LATERAL (SELECT n, attname FROM unnest(p.proargtypes) WITH ORDINALITY AS v (k, n) JOIN \
        pg_attribute ON attrelid = 'large'::regclass AND atttypid = k AND attnum > 0) AS l
    GROUP BY p.oid, n, attname
    UNION ALL SELECT 'text as ' || kind, format('SELECT t::%s FROM large', kind) FROM \
    unnest('{bond,curve,swap,calendar,rating,risk_summary,isin,lei}'::text[]) AS kind
    UNION ALL SELECT 'text in memory', 'SELECT isin_fix(repeat(''x'', 64000000))'
    UNION ALL SELECT 'array in memory', 'SELECT excel.npv(0.1, array_fill(1::float8, \
    ''{6000000}''))'
    UNION ALL SELECT 'NULL elements', 'SELECT excel.npv(0.1, array_fill(NULL::float8, \
    ''{6000000}''))'";

const OUTCOME: &str = "CREATE FUNCTION outcome(call text) RETURNS text LANGUAGE plpgsql AS $$ \
    BEGIN EXECUTE call; RETURN 'answered'; EXCEPTION WHEN OTHERS THEN RETURN SQLSTATE; END $$";

/// What a server under a limit of memory answers, each after the word `answer`; the last is that it
/// is still there.
fn answers(kilobytes: u32, statements: &[&str]) -> Vec<String> {
    let output = alone(&[], Some(kilobytes), statements);
    let printed = String::from_utf8_lossy(&output.stdout);
    let answers: Vec<String> = printed
        .split("= \"answer ")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        answers.last().map(String::as_str),
        Some("alive"),
        "{printed}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    answers
}

#[test]
fn oversized_arguments_are_refused() {
    let mut statements = vec!["CREATE EXTENSION pg_bond"];
    statements.extend(LARGE);
    statements.extend([ORDINARY, CALLS, OUTCOME]);
    statements.extend([
        "SELECT 'answer ' || count(*) FROM attempt",
        "SELECT 'answer ' || o || ' ' || what FROM (SELECT outcome(call) AS o, what FROM attempt \
            OFFSET 0) s WHERE o <> '54000'",
        "SELECT 'answer alive'",
    ]);
    let answers = answers(800_000, &statements);
    let calls = answers.first().and_then(|count| count.parse::<u32>().ok());
    assert!(calls.is_some_and(|calls| calls > 250), "{answers:?}");
    assert_eq!(answers.get(1..), Some(&["alive".to_owned()][..]));
}

/// What is no larger than it may be is read, or refused for lack of memory: never the end of the
/// server.
#[test]
fn memory_is_asked_for_before_it_is_needed() {
    let calls = [
        "SELECT analyze_portfolio((''['' || repeat(''1,'', 1000000) || ''1]'')::jsonb)",
        "SELECT bond(jsonb_build_object(''coupon'', repeat(''x'', 4000000)))",
        "SELECT count(*) FROM curve_fit_report(''2026-03-24 1Y:4%'', array_fill(''4% 2034-05-15 @ \
            99''::bond, ''{100000}''))",
        "SELECT excel.irr(array_fill(1::float8, ''{100000}''))",
        "SELECT bars_svg(''t'', array_fill(repeat(''x'', 100), ''{100000}''), \
            array_fill(1::float8, ''{100000}''))",
    ];
    let asked = calls.map(|call| format!("SELECT 'answer ' || outcome('{call}')"));
    let mut statements = vec!["CREATE EXTENSION pg_bond", OUTCOME];
    statements.extend(asked.iter().map(String::as_str));
    statements.push("SELECT 'answer alive'");
    for kilobytes in [450_000, 600_000] {
        let answers = answers(kilobytes, &statements);
        assert_eq!(answers.len(), calls.len() + 1);
        let clean = |answer: &String| {
            ["answered", "22", "53200", "54000", "alive"]
                .iter()
                .any(|kind| answer.starts_with(kind))
        };
        assert!(answers.iter().all(clean), "{answers:?}");
    }
}

/// A value in binary form is copied once its size is known to be sensible.
#[test]
fn oversized_binary_values_are_refused() {
    let db = Database::new();
    let file = std::env::temp_dir().join(format!("{}.bin", db.name));
    const SIZE: i32 = 2_000_000;
    let mut bytes = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0\0\x01".to_vec();
    bytes.extend(SIZE.to_be_bytes());
    bytes.extend(vec![1; SIZE as usize]);
    bytes.extend(b"\xff\xff");
    std::fs::write(&file, bytes).unwrap();
    for kind in ["bond", "curve", "swap", "calendar", "risk_summary", "rating"] {
        let refusal = db.refusal(&format!(
            "CREATE TEMP TABLE value (v {kind});\n\\copy value FROM '{}' (FORMAT binary)\n",
            file.display()
        ));
        assert_eq!(
            (refusal.state.as_str(), refusal.message.as_str()),
            ("54000", "too many bytes of a value: 2000000"),
            "{kind}"
        );
        assert_eq!(refusal.detail, "At most 1048576 are allowed.");
    }
    std::fs::remove_file(file).unwrap();
}
