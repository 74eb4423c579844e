//! Bad input: every way in says what is wrong, with an SQLSTATE of its own, and nothing is ever an
//! internal error.

use crate::database::{Database, Refusal};
use crate::term;

/// Statement, SQLSTATE, and what message, detail or hint must say.
const REFUSED: &[(&str, &str, &str)] = &[
    // Text
    ("''::bond", "22P02", "invalid input syntax for type bond: \"\""),
    ("'abc'::bond", "22P02", "A bond begins with its coupon in percent and its maturity date."),
    ("'4.45%'::bond", "22P02", "A bond begins with its coupon"),
    ("'4.45 2028-02-23'::bond", "22P02", "\"4.45\" is not a coupon in percent, such as 4.45%"),
    ("'4,45% 2028-02-23'::bond", "22P02", "\"4,45%\" is not a coupon in percent"),
    ("'% 2028-02-23'::bond", "22P02", "\"%\" is not a coupon"),
    ("'4.4.5% 2028-02-23'::bond", "22P02", "\"4.4.5%\" is not a coupon"),
    ("'NaN% 2028-02-23'::bond", "22P02", "\"NaN%\" is not a coupon"),
    ("'inf% 2028-02-23'::bond", "22P02", "\"inf%\" is not a coupon"),
    ("'1e999% 2028-02-23'::bond", "22003", "coupon out of range: \"inf\""),
    ("'-1% 2028-02-23'::bond", "22003", "coupon out of range: \"-0.01\""),
    (
        "'20001% 2028-02-23'::bond",
        "22003",
        "A coupon is a decimal from 0 to 200: 4.45 % is 0.0445.",
    ),
    ("'4.45% 2028-02-30'::bond", "22P02", "\"2028-02-30\" is not a date written YYYY-MM-DD"),
    ("'4.45% 23.02.2028'::bond", "22P02", "\"23.02.2028\" is not a date written YYYY-MM-DD"),
    ("'4.45% 2028-2-3'::bond", "22P02", "\"2028-2-3\" is not a date"),
    ("'4.45% infinity'::bond", "22023", "perpetual bond \"perpetual\" given without an issue date"),
    ("'4.45% forever'::bond", "22P02", "\"forever\" is not a date"),
    ("'4.45% 10000-01-01'::bond", "22P02", "\"10000-01-01\" is not a date"),
    ("'4.45% 2028-02-23 30/366'::bond", "22P02", "\"30/366\" is no frequency (annual,"),
    (
        "'4.45% 2028-02-23 fortnightly'::bond",
        "22P02",
        "\"fortnightly\" is no frequency (annual, semiannual, four-monthly, quarterly, bimonthly, \
            monthly, none), day count (30/360, 30E/360,",
    ),
    (
        "'4.45% 2028-02-23 annual semiannual'::bond",
        "22P02",
        "\"semiannual\" gives the frequency a second time",
    ),
    ("'4.45% 2028-02-23 @'::bond", "22P02", "Nothing follows \"@\"."),
    ("'4.45% 2028-02-23 @ abc'::bond", "22P02", "\"abc\" is not a number written without commas"),
    ("'4.45% 2028-02-23 @ 0'::bond", "22003", "price out of range: \"0\""),
    ("'4.45% 2028-02-23 @ -3'::bond", "22003", "A price is positive, per 100 face, at most 1e9."),
    ("'4.45% 2028-02-23 @ 99 @ 98'::bond", "22P02", "\"@\" gives the price a second time"),
    ("'4.45% 2028-02-23 x 1e16'::bond", "22003", "notional out of range"),
    (
        "'4.45% 2028-02-23 x 10,000'::bond",
        "22P02",
        "\"10,000\" is not a number written without commas",
    ),
    ("'4.45% 2028-02-23 redemption 0'::bond", "22003", "redemption out of range"),
    ("'4.45% 2028-02-23 issued'::bond", "22P02", "Nothing follows \"issued\"."),
    (
        "'4.45% 2028-02-23 issued 2028-02-23'::bond",
        "22023",
        "maturity date \"2028-02-23\" must be after issue date \"2028-02-23\"",
    ),
    (
        "'4.45% 2028-02-23 issued 2029-02-23'::bond",
        "22023",
        "The order is issue, first coupon, last coupon, maturity.",
    ),
    (
        "'4.45% 2028-02-23 first 2024-02-23'::bond",
        "22023",
        "first coupon date \"2024-02-23\" given without an issue date",
    ),
    (
        "'4.45% 2028-02-23 issued 2023-02-23 first 2023-09-01'::bond",
        "22023",
        "the next one after it is 2024-02-23",
    ),
    (
        "'4.45% 2028-06-30 issued 2023-02-23 first 2023-12-29'::bond",
        "22023",
        "the end-of-month rule",
    ),
    (
        "'4.45% 2028-02-23 issued 2023-02-23 first 2028-08-23'::bond",
        "22023",
        "maturity date \"2028-02-23\" must be after first coupon date",
    ),
    (
        "'4.45% 2028-02-23 last 2028-02-23'::bond",
        "22023",
        "maturity date \"2028-02-23\" must be after last coupon date",
    ),
    (
        "('4.45% 2028-02-23' || repeat(' x', 60000))::bond",
        "22P02",
        "A bond is written in at most 100000 characters.",
    ),
    ("E'4.45% 2028-02-23 \\u221e'::bond", "22P02", "is no frequency"),
    // JSON
    ("'{}'::jsonb::bond", "22P02", "Missing field `coupon`."),
    ("'[]'::jsonb::bond", "22P02", "invalid input syntax for type bond: \"[]\""),
    // As many values as there are terms, in their order, are no terms.
    (
        "('[0.05,\"2030-01-15\"' || repeat(',null', 17) || ']')::jsonb::bond",
        "22P02",
        "Expected an object of bond terms.",
    ),
    ("'null'::jsonb::bond", "22P02", "Expected an object of bond terms"),
    ("'{\"coupon\": 0.05}'::jsonb::bond", "22P02", "Missing field `maturity`."),
    (
        "'{\"coupon\": \"0.05\", \"maturity\": \"2030-01-15\"}'::jsonb::bond",
        "22P02",
        "\"0.05\" is not a rate such as 4.31%.",
    ),
    (
        "'{\"coupon\": 0.05, \"maturity\": \"15/01/2030\"}'::jsonb::bond",
        "22P02",
        "\"15/01/2030\" is not a date",
    ),
    (
        "'{\"coupon\": 0.05, \"maturity\": \"2030-01-15\", \"coupn\": 1}'::jsonb::bond",
        "0A000",
        "not supported yet in a bond: \"coupn\"",
    ),
    (
        "'{\"coupon\": 0.05, \"maturity\": \"2030-01-15\", \"day_count\": \
            \"30/366\"}'::jsonb::bond",
        "22023",
        "unknown day count: \"30/366\"",
    ),
    ("'{\"coupon\": 1e400, \"maturity\": \"2030-01-15\"}'::jsonb::bond", "22", ""),
    (
        "'{\"coupon\": 0.05, \"maturity\": \"2030-01-15\", \"price\": -1}'::jsonb::bond",
        "22003",
        "price out of range: \"-1\"",
    ),
    (
        "'{\"coupon\": 0.05, \"maturity\": \"2030-01-15\", \"frequency\": true}'::jsonb::bond",
        "22P02",
        "A frequency is a word, or a number of coupons a year.",
    ),
    ("(repeat('[', 300) || repeat(']', 300))::jsonb::bond", "22P02", "Recursion limit exceeded"),
    (
        "analyze_portfolio((repeat('[', 300) || repeat(']', 300))::jsonb)",
        "22P02",
        "Recursion limit exceeded",
    ),
    // The constructor
    ("bond(445, '2028-02-23')", "22003", "coupon out of range: \"445\""),
    ("bond('NaN', '2028-02-23')", "22003", "coupon out of range: \"NaN\""),
    ("bond(0.04, '-infinity')", "22008", "date out of range: \"-infinity\""),
    ("bond(0.04, '12000-01-01')", "22008", "date out of range: \"12000-01-01\""),
    ("bond(0.04, '0044-03-15 BC')", "22008", "date out of range: \"0044-03-15 BC\""),
    (
        "bond(0.04, '2028-02-23', frequency => 'weekly')",
        "22023",
        "Known for frequency: annual, semiannual, four-monthly, quarterly, bimonthly, monthly, \
            none",
    ),
    ("bond(0.04, '2028-02-23', frequency => '5')", "22023", "unknown frequency: \"5\""),
    (
        "bond(0.04, '2028-02-23', day_count => '')",
        "22023",
        "Known for day count: 30/360, 30E/360, ACT/ACT ICMA, ACT/360, ACT/365F",
    ),
    (
        "bond(0.04, '2028-02-23', convention => 'yield')",
        "22023",
        "Known for yield convention: street, compounded, us_treasury",
    ),
    ("bond(0.04, '2028-02-23', price => 'infinity')", "22003", "price out of range: \"inf\""),
    ("bond(0.04, '2028-02-23', redemption => -100)", "22003", "redemption out of range"),
    ("bond(0.04, '2028-02-23', notional => 'NaN')", "22003", "notional out of range"),
    ("bond(0.04, '2028-02-23', issue => '2030-01-01')", "22023", "must be after issue date"),
    ("bond_quote('4% 2028-02-23', 0)", "22003", "price out of range: \"0\""),
    ("bond_hold('4% 2028-02-23', 'infinity')", "22003", "notional out of range"),
    // Figures
    (
        "bond_ytm('4% 2028-02-23'::bond, price => 0, settlement => '2026-03-24')",
        "22003",
        "price out of range",
    ),
    ("bond_ytm('4% 2028-02-23'::bond, price => 'NaN')", "22003", "price out of range: \"NaN\""),
    (
        "bond_ytm('4% 2028-02-23 @ 99'::bond, settlement => 'infinity')",
        "22008",
        "date out of range: \"infinity\"",
    ),
    ("bond_price('4% 2028-02-23', -2.0)", "22003", "yield out of range: \"-2\""),
    ("bond_price('4% 2028-02-23', 'infinity'::float8)", "22003", "yield out of range: \"inf\""),
    (
        "bond_price('4% 2099-02-23', -1.99999999)",
        "22003",
        "A yield is a decimal above minus the coupon frequency",
    ),
    ("bond_dirty_price('4% 2028-02-23', 'NaN'::float8)", "22003", "yield out of range"),
    (
        "portfolio_duration(b, 'infinity') FROM (SELECT '4% 2028-02-23 @ 99'::bond AS b) s",
        "22008",
        "date out of range",
    ),
    ("portfolio_curve_combine('{1,0,0}', '{}')", "22023", "it is no state of the curve aggregates"),
    ("portfolio_curve_combine('{}', '{NaN}')", "22023", "it is no state of the curve aggregates"),
    // The lower bound of a state is the version of its layout, whatever sums that has.
    (
        "portfolio_risk_final(('[2:62]={' || repeat('0,', 60) || '0}')::float8[])",
        "22023",
        "invalid state of portfolio_risk: it has risk sums of version 2, and this library reads \
            version 1",
    ),
    (
        "portfolio_combine('{}', ('[3:67]={' || repeat('0,', 64) || '0}')::float8[])",
        "22023",
        "it has risk sums of version 3, and this library reads version 1",
    ),
    (
        "portfolio_curve_combine('[2:4]={1,0,0}', '{}')",
        "22023",
        "it has curve risk of version 2, and this library reads version 1",
    ),
    (
        "portfolio_risk_final(portfolio_add(array_fill(0::float8, '{25}') || \
            array_fill('NaN'::float8, '{36}'), '5% 2030-06-15 @ 99', date '2026-03-24'))",
        "22023",
        "is not one that an aggregate can reach",
    ),
    (
        "portfolio_combine('{1,2}', '{1,2}')",
        "22023",
        "invalid state of portfolio_combine: it is not an array of 61 numbers",
    ),
    (
        "portfolio_risk_final(array_fill(0::float8, '{22}') || 9::float8 || array_fill(0::float8, \
            '{38}'))",
        "22023",
        "is not one that an aggregate can reach",
    ),
    (
        "portfolio_duration_final(array_fill('NaN'::float8, '{61}'))",
        "22023",
        "invalid state of portfolio_duration",
    ),
    (
        "portfolio_duration_final(array_fill(-1::float8, '{61}'))",
        "22023",
        "invalid state of portfolio_duration",
    ),
    (
        "portfolio_value_final(ARRAY[1, 0] || array_fill(1e308::float8, '{20}') || \
            array_fill(0::float8, '{39}'))",
        "22023",
        "is not one that an aggregate can reach",
    ),
    ("bond(0.04, '2028-02-23', frequency => '1/2')", "22023", "unknown frequency: \"1/2\""),
    ("bond(0.04, '2028-02-23', frequency => '-2')", "22023", "unknown frequency: \"-2\""),
    ("'4% 2028-02-23 1.2'::bond", "22P02", "\"1.2\" is no frequency"),
    ("'4% 2028-02-23 @@99'::bond", "22P02", "\"@99\" is not a number"),
    (
        "portfolio_add(array_fill(NULL::float8, '{22}'), '4% 2028-02-23 @ 99')",
        "22023",
        "invalid state of portfolio_add",
    ),
    (
        "portfolio_add(array_fill(0::float8, '{2,11}'), '4% 2028-02-23 @ 99')",
        "22023",
        "invalid state of portfolio_add",
    ),
];

#[test]
fn every_refusal_says_why() {
    assert!(REFUSED.len() >= 60);
    let db = Database::new();
    for (expression, state, said) in REFUSED {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        let Refusal { message, detail, hint, .. } = &refusal;
        assert!(refusal.state.starts_with(state), "{expression}: {refusal:?}");
        assert!(
            refusal.state != "XX000" && !message.contains("panic"),
            "{expression}: {refusal:?}"
        );
        assert!(
            [message, detail, hint].iter().any(|text| text.contains(said)),
            "{expression}: {refusal:?}"
        );
    }
}

/// However long or twisted the input: what took a time that grows with its square would not end
/// within the minute.
#[test]
fn long_input_is_refused() {
    let db = Database::new();
    let long = [
        "repeat('4% ', 400000)::bond",
        "(repeat(' ', 1000000) || '4% 2030-01-15')::bond",
        "('4% 2030-01-15 steps ' || repeat('2029-01-15:4%,', 2000))::bond",
        "bond(0.04, '2030-01-15', calendar => repeat('x', 1000000))",
        "bond(0.04, '2030-01-15', steps => repeat('x', 1000000))",
        "bond(0.04, '2030-01-15', steps => repeat('2029-01-15:4%,', 70000))",
        "bond(0.04, '2030-01-15', market => repeat('x', 1000000))",
        "bond(0.04, '2030-01-15', day_count => repeat('30/360 ', 150000))",
        "bond(0.04, '2030-01-15', ex_dividend => repeat('9', 1000000) || 'b')",
        "bond(0.04, '2030-01-15', currency => repeat('USD', 300000))",
        "jsonb_build_object('coupon', 0.04, 'maturity', repeat('x', 1000000))::bond",
    ];
    let refused = REFUSED
        .iter()
        .map(|refused| refused.0)
        .chain(term::REFUSED.iter().map(|refused| refused.0))
        .chain(long);
    let expressions = refused
        .map(|expression| format!("$q$SELECT {expression}$q$"))
        .collect::<Vec<_>>()
        .join(", ");
    let other = db.run(&format!(
        "CREATE FUNCTION outcome(statement text) RETURNS text LANGUAGE plpgsql AS $$
         BEGIN
             EXECUTE statement;
             RETURN 'read';
         EXCEPTION WHEN data_exception OR program_limit_exceeded OR feature_not_supported THEN \
         RETURN 'refused';
         END $$;
         SET statement_timeout = '60s';
         SELECT outcome(s), left(s, 100) FROM unnest(ARRAY[{expressions}]) AS s WHERE outcome(s) \
         <> 'refused'"
    ));
    assert!(other.is_empty(), "{other:?}");
}

/// Term sheets with a letter changed, or with words of others: a bond that reads back and has its
/// figures, or a refusal.
#[test]
fn mangled_text_is_read_or_refused() {
    let db = Database::new();
    let kinds = term::KINDS.map(|kind| format!("'{kind}'")).join(", ");
    let outcomes = db.run(&format!(
        "CREATE FUNCTION outcome(mangled text) RETURNS text LANGUAGE plpgsql AS $$
         DECLARE b bond;
         BEGIN
             b := mangled;
             IF b::text::bond <> b OR b::jsonb::bond <> b THEN RETURN 'another bond than ' || \
             mangled; END IF;
             PERFORM bond_analytics(b, settlement => date '2026-03-24');
             PERFORM bond_cashflows(b, date '2026-03-24');
             RETURN 'read';
         EXCEPTION WHEN data_exception THEN RETURN 'refused';
         END $$;
         CREATE FUNCTION draw(below int, VARIADIC key text[]) RETURNS int RETURN \
         (hashtextextended(array_to_string(key, ' '), 42) & 65535) % below;
         WITH kinds AS (SELECT kind, string_to_array(kind, ' ') AS words FROM \
         unnest(ARRAY[{kinds}]) AS kind),
              one_letter AS (
                  SELECT overlay(kind PLACING substr('0123456789.%-:+,{{}}@x abdeilnrsuUS', 1 + \
                  draw(35, kind, i::text, 'letter'), 1) FROM 1 + draw(length(kind), kind, i::text, \
                  'place') FOR draw(2, kind, i::text, 'cut'))
                  FROM kinds, generate_series(1, 200) AS i),
              foreign_words AS (
                  SELECT array_to_string(x.words[:2] || y.words[3 + draw(4, y.kind):] || x.words[3 \
                  + draw(4, x.kind):], ' ') FROM kinds AS x, kinds AS y)
         SELECT DISTINCT outcome(t) FROM (SELECT * FROM one_letter UNION ALL SELECT * FROM \
         foreign_words) AS mangled(t) ORDER BY 1"
    ));
    assert_eq!(outcomes, ["read", "refused"]);
}

/// Binary input is checked like text: a file with one byte changed is refused, never stored.
#[test]
fn binary_refusals() {
    let db = Database::new();
    let folder = std::env::temp_dir().join(format!("pg_bond_input_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("bond.bin");
    let copy = |direction: &str| {
        format!("\\copy bonds {direction} '{}' (FORMAT binary)\n", file.display())
    };
    // File header 19 bytes, field count 2, field length 4; and 2 to close the file.
    let value = 19 + 2 + 4;
    let refused = |bond: &str, at: isize, bytes: &[u8], said: &str| {
        db.run(&format!(
            "DROP TABLE IF EXISTS bonds; CREATE TABLE bonds AS SELECT '{bond}'::bond AS b;\n{}",
            copy("TO")
        ));
        let mut bad = std::fs::read(&file).unwrap();
        let at = if at < 0 { bad.len() - 2 - at.unsigned_abs() } else { value + at.unsigned_abs() };
        bad[at..at + bytes.len()].copy_from_slice(bytes);
        std::fs::write(&file, bad).unwrap();
        let refusal = db.refusal(&copy("FROM"));
        assert!(
            refusal.state.starts_with("22") && refusal.message.contains(said),
            "{said}: {refusal:?}"
        );
        assert_eq!(db.value("SELECT count(*) FROM bonds"), "1");
    };
    let plain = "4.45% 2028-02-23 issued 2023-02-23 @ 102.45 x 1000";
    refused(plain, 0, &[2], "version 2 is unknown");
    refused(plain, 1, &[5], "unknown frequency code 5");
    refused(plain, 2, &[0], "unknown day count code 0");
    refused(plain, 2, &[17], "day count does not go with a bond: \"1/1\"");
    refused(plain, 3, &[32], "unknown yield convention code 32");
    refused(plain, 5, &[1 << 5], "are unknown to this release");
    refused(plain, 5, &[1], "are unknown to this release");
    refused(plain, 4, &[0x39], "the value ends too early");
    refused(plain, 4, &[0], "bytes too many");
    refused(plain, 12, &f64::NAN.to_le_bytes(), "coupon out of range");
    refused(plain, 20, &i32::MAX.to_le_bytes(), "date out of range: \"infinity\"");
    refused(plain, 24, &(-1f64).to_le_bytes(), "price out of range: \"-1\"");
    refused("4.45% 2028-02-23", 8, &i32::MAX.to_le_bytes(), "given without an issue date");
    refused(
        "4.45% 2028-02-23",
        1,
        &[0],
        "interest at maturity \"0.0445\" given without an issue date",
    );
    // From the end, sections of tag, length and value: one step (date, coupon), currency, lag,
    // ex-dividend period, roll, calendar.
    let rare =
        "4% 2034-05-31 steps 2027-05-31:4.5% calendar US roll following ex 7b lag 2 currency USD";
    refused(rare, -12, &8_765i32.to_le_bytes(), "is not on the schedule");
    refused(rare, -8, &f64::INFINITY.to_le_bytes(), "coupon out of range: \"inf\"");
    refused(rare, -14, &[24], "the value ends too early");
    refused(rare, -14, &[11], "the value ends too early");
    refused(rare, -15, &[7], "section 7 is unknown to this release");
    refused(rare, -15, &[5], "section 5 is out of order");
    refused(rare, -20, &[4], "1 bytes too many");
    refused(rare, -18, b"usd", "a currency is three capital letters");
    refused(rare, -22, &[31], "settlement lag out of range: \"31\"");
    refused(rare, -26, &[2], "unknown ex-dividend period 7, 2");
    refused(rare, -27, &[0], "unknown ex-dividend period 0, 1");
    refused(rare, -31, &[99], "unknown business-day roll code 99");
    refused(rare, -31, &[0], "a default value is spelled out");
    refused(rare, -36, &[0x80], "are unknown to this release");
    refused(rare, -41, &[255], "the value ends too early");
    std::fs::remove_dir_all(folder).unwrap();
}

/// A database need not be in UTF-8: what cannot be read is refused like any other unknown word.
#[test]
fn other_encodings() {
    let postgres = Database::new();
    let name = format!("{}_latin1", postgres.name);
    postgres
        .run(&format!("CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"));
    let db = Database { name };
    db.run("CREATE EXTENSION pg_bond");
    assert_eq!(
        db.value("SELECT isin_is_valid(E'US037833100\\xe9'), cusip_is_valid(E'\\xe9')"),
        "f|f"
    );
    for expression in [
        "E'US037833100\\xe9'::isin",
        "E'4% 2030-01-15 \\xe9'::bond",
        "bond(0.04, '2030-01-15', day_count => E'\\xe9')",
        "bond(jsonb_build_object('co\u{e9}pon', 1))",
        "curve('2026-03-24', ARRAY[E'\\xe9'], ARRAY[0.04])",
        "curve('2026-03-24', ARRAY['1Y'], ARRAY[0.04], kinds => ARRAY[E'\\xe9'])",
        "portfolio_krd('5% 2030-06-15 @ 99'::bond, '2026-03-24 1Y:4%'::curve, ARRAY[E'\\xe9'])",
        "count(*) FROM bond_krd('5% 2030-06-15 @ 99'::bond, '2026-03-24 1Y:4%'::curve, tenors => \
            ARRAY[E'\\xe9'])",
        "count(*) FROM bond_par_krd('5% 2030-06-15 @ 99'::bond, '2026-03-24 1Y:4%'::curve, tenors \
            => ARRAY[E'\\xe9'])",
    ] {
        let state = db.refusal(&format!("SET client_encoding = 'UTF8'; SELECT {expression}")).state;
        assert!(state.starts_with("22") || state == "0A000", "{expression}: {state}");
    }
}

/// PostgreSQL 16 and later can ask whether text is a bond without failing.
#[test]
fn soft_errors() {
    let db = Database::new();
    if db.number("SHOW server_version_num") < 160_000.0 {
        return println!("soft errors begin with PostgreSQL 16");
    }
    let texts: Vec<String> = REFUSED
        .iter()
        .filter_map(|(expression, ..)| expression.strip_suffix("::bond"))
        .filter(|text| text.starts_with('\'') && !text.contains("jsonb"))
        .map(str::to_owned)
        .collect();
    for text in &texts {
        let row = db.value(&format!(
            "SELECT pg_input_is_valid({text}, 'bond'), sql_error_code <> 'XX000', message <> '' \
                FROM pg_input_error_info({text}, 'bond')"
        ));
        assert_eq!(row, "f|t|t", "{text}");
    }
    assert!(texts.len() > 30);
    assert_eq!(db.value("SELECT pg_input_is_valid('4% 2030-01-15', 'bond')"), "t");
}
