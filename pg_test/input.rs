//! Bad input: every way in says what is wrong, with an SQLSTATE of its own, and nothing is ever an internal error.

use crate::database::{Database, Refusal};

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
    ("'20001% 2028-02-23'::bond", "22003", "A coupon is a decimal from 0 to 200: 4.45 % is 0.0445."),
    ("'4.45% 2028-02-30'::bond", "22P02", "\"2028-02-30\" is not a date written YYYY-MM-DD"),
    ("'4.45% 23.02.2028'::bond", "22P02", "\"23.02.2028\" is not a date written YYYY-MM-DD"),
    ("'4.45% 2028-2-3'::bond", "22P02", "\"2028-2-3\" is not a date"),
    ("'4.45% infinity'::bond", "22P02", "\"infinity\" is not a date"),
    ("'4.45% 10000-01-01'::bond", "22P02", "\"10000-01-01\" is not a date"),
    ("'4.45% 2028-02-23 30/366'::bond", "22P02", "\"30/366\" is no frequency (annual,"),
    (
        "'4.45% 2028-02-23 fortnightly'::bond",
        "22P02",
        "\"fortnightly\" is no frequency (annual, semiannual, quarterly, monthly), day count (30/360, 30E/360,",
    ),
    ("'4.45% 2028-02-23 none'::bond", "22P02", "\"none\" is no frequency"),
    ("'4.45% 2028-02-23 annual semiannual'::bond", "22P02", "\"semiannual\" gives the frequency a second time"),
    ("'4.45% 2028-02-23 @'::bond", "22P02", "Nothing follows \"@\"."),
    ("'4.45% 2028-02-23 @ abc'::bond", "22P02", "\"abc\" is not a number written without commas"),
    ("'4.45% 2028-02-23 @ 0'::bond", "22003", "price out of range: \"0\""),
    ("'4.45% 2028-02-23 @ -3'::bond", "22003", "A price is positive, per 100 face, at most 1e9."),
    ("'4.45% 2028-02-23 @ 99 @ 98'::bond", "22P02", "\"@\" gives the price a second time"),
    ("'4.45% 2028-02-23 x 1e16'::bond", "22003", "notional out of range"),
    ("'4.45% 2028-02-23 x 10,000'::bond", "22P02", "\"10,000\" is not a number written without commas"),
    ("'4.45% 2028-02-23 redemption 0'::bond", "22003", "redemption out of range"),
    ("'4.45% 2028-02-23 issued'::bond", "22P02", "Nothing follows \"issued\"."),
    ("'4.45% 2028-02-23 issued 2028-02-23'::bond", "22023", "maturity date \"2028-02-23\" must be after issue date \"2028-02-23\""),
    ("'4.45% 2028-02-23 issued 2029-02-23'::bond", "22023", "The order is issue, first coupon, last coupon, maturity."),
    ("'4.45% 2028-02-23 first 2024-02-23'::bond", "22023", "first coupon date \"2024-02-23\" given without an issue date"),
    ("'4.45% 2028-02-23 issued 2023-02-23 first 2023-09-01'::bond", "22023", "the next one after it is 2024-02-23"),
    ("'4.45% 2028-06-30 issued 2023-02-23 first 2023-12-30'::bond", "22023", "the end-of-month rule"),
    (
        "'4.45% 2028-02-23 issued 2023-02-23 first 2028-08-23'::bond",
        "22023",
        "maturity date \"2028-02-23\" must be after first coupon date",
    ),
    ("'4.45% 2028-02-23 last 2027-12-23'::bond", "0A000", "an irregular last coupon period is not supported"),
    ("'4.45% 2028-02-23 last 2028-02-23'::bond", "22023", "maturity date \"2028-02-23\" must be after last coupon date"),
    ("('4.45% 2028-02-23' || repeat(' x', 2000))::bond", "22P02", "A bond is written in at most 2000 characters."),
    ("E'4.45% 2028-02-23 \\u221e'::bond", "22P02", "is no frequency"),
    // JSON
    ("'{}'::jsonb::bond", "22P02", "Missing field `coupon`."),
    ("'[]'::jsonb::bond", "22P02", "invalid input syntax for type bond: \"[]\""),
    ("'null'::jsonb::bond", "22P02", "expected an object of bond terms"),
    ("'{\"coupon\": 0.05}'::jsonb::bond", "22P02", "Missing field `maturity`."),
    ("'{\"coupon\": \"0.05\", \"maturity\": \"2030-01-15\"}'::jsonb::bond", "22P02", "Invalid type: string \"0.05\", expected f64."),
    ("'{\"coupon\": 0.05, \"maturity\": \"15/01/2030\"}'::jsonb::bond", "22P02", "\"15/01/2030\" is not a date"),
    ("'{\"coupon\": 0.05, \"maturity\": \"2030-01-15\", \"coupn\": 1}'::jsonb::bond", "22P02", "nknown field `coupn`"),
    (
        "'{\"coupon\": 0.05, \"maturity\": \"2030-01-15\", \"day_count\": \"30/366\"}'::jsonb::bond",
        "22023",
        "unknown day count: \"30/366\"",
    ),
    ("'{\"coupon\": 1e400, \"maturity\": \"2030-01-15\"}'::jsonb::bond", "22", ""),
    ("'{\"coupon\": 5, \"maturity\": \"2030-01-15\", \"price\": -1}'::jsonb::bond", "22003", "price out of range: \"-1\""),
    (
        "'{\"coupon\": 5, \"maturity\": \"2030-01-15\", \"frequency\": true}'::jsonb::bond",
        "22P02",
        "A frequency is a word, or a number of coupons a year.",
    ),
    ("(repeat('[', 300) || repeat(']', 300))::jsonb::bond", "22P02", "Recursion limit exceeded"),
    ("analyze_portfolio((repeat('[', 300) || repeat(']', 300))::jsonb)", "22P02", "Recursion limit exceeded"),
    // The constructor
    ("bond(445, '2028-02-23')", "22003", "coupon out of range: \"445\""),
    ("bond('NaN', '2028-02-23')", "22003", "coupon out of range: \"NaN\""),
    ("bond(0.04, 'infinity')", "22008", "date out of range: \"infinity\""),
    ("bond(0.04, '-infinity')", "22008", "date out of range: \"-infinity\""),
    ("bond(0.04, '12000-01-01')", "22008", "date out of range: \"12000-01-01\""),
    ("bond(0.04, '0044-03-15 BC')", "22008", "date out of range: \"0044-03-15 BC\""),
    ("bond(0.04, '2028-02-23', frequency => 'weekly')", "22023", "Known for frequency: annual, semiannual, quarterly, monthly"),
    ("bond(0.04, '2028-02-23', frequency => '3')", "22023", "unknown frequency: \"3\""),
    ("bond(0.04, '2028-02-23', day_count => '')", "22023", "Known for day count: 30/360, 30E/360, ACT/ACT ICMA, ACT/360, ACT/365F"),
    ("bond(0.04, '2028-02-23', convention => 'yield')", "22023", "Known for yield convention: street, compounded, us_treasury"),
    ("bond(0.04, '2028-02-23', price => 'infinity')", "22003", "price out of range: \"inf\""),
    ("bond(0.04, '2028-02-23', redemption => -100)", "22003", "redemption out of range"),
    ("bond(0.04, '2028-02-23', notional => 'NaN')", "22003", "notional out of range"),
    ("bond(0.04, '2028-02-23', issue => '2030-01-01')", "22023", "must be after issue date"),
    ("bond_quote('4% 2028-02-23', 0)", "22003", "price out of range: \"0\""),
    ("bond_hold('4% 2028-02-23', 'infinity')", "22003", "notional out of range"),
    // Figures
    ("bond_ytm('4% 2028-02-23'::bond, price => 0, settlement => '2026-03-24')", "22003", "price out of range"),
    ("bond_ytm('4% 2028-02-23'::bond, price => 'NaN')", "22003", "price out of range: \"NaN\""),
    ("bond_ytm('4% 2028-02-23 @ 99'::bond, settlement => 'infinity')", "22008", "date out of range: \"infinity\""),
    ("bond_price('4% 2028-02-23', -2.0)", "22003", "yield out of range: \"-2\""),
    ("bond_price('4% 2028-02-23', 'infinity'::float8)", "22003", "yield out of range: \"inf\""),
    ("bond_price('4% 2099-02-23', -1.99999999)", "22003", "A yield is a decimal above minus the coupon frequency"),
    ("bond_dirty_price('4% 2028-02-23', 'NaN'::float8)", "22003", "yield out of range"),
    ("portfolio_duration(b, 'infinity') FROM (SELECT '4% 2028-02-23 @ 99'::bond AS b) s", "22008", "date out of range"),
    ("portfolio_combine('{1,2}', '{1,2}')", "22023", "it is not an array of 22 numbers"),
    ("portfolio_duration_final(array_fill('NaN'::float8, '{22}'))", "22023", "invalid portfolio state"),
    ("portfolio_duration_final(array_fill(-1::float8, '{22}'))", "22023", "invalid portfolio state"),
    ("portfolio_value_final(ARRAY[1, 0] || array_fill(1e308::float8, '{20}'))", "22023", "invalid portfolio state"),
    ("bond(0.04, '2028-02-23', frequency => '1/2')", "22023", "unknown frequency: \"1/2\""),
    ("bond(0.04, '2028-02-23', frequency => '-2')", "22023", "unknown frequency: \"-2\""),
    ("'4% 2028-02-23 1.2'::bond", "22P02", "\"1.2\" is no frequency"),
    ("'4% 2028-02-23 @@99'::bond", "22P02", "\"@99\" is not a number"),
    ("portfolio_add(array_fill(NULL::float8, '{22}'), '4% 2028-02-23 @ 99')", "22023", "invalid portfolio state"),
    ("portfolio_add(array_fill(0::float8, '{2,11}'), '4% 2028-02-23 @ 99')", "22023", "invalid portfolio state"),
];

#[test]
fn every_refusal_says_why() {
    assert!(REFUSED.len() >= 60);
    let db = Database::new();
    for (expression, state, said) in REFUSED {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        let Refusal { message, detail, hint, .. } = &refusal;
        assert!(refusal.state.starts_with(state), "{expression}: {refusal:?}");
        assert!(refusal.state != "XX000" && !message.contains("panic"), "{expression}: {refusal:?}");
        assert!([message, detail, hint].iter().any(|text| text.contains(said)), "{expression}: {refusal:?}");
    }
}

/// Binary input is checked like text: a file with one byte changed is refused, never stored.
#[test]
fn binary_refusals() {
    let db = Database::new();
    let folder = std::env::temp_dir().join(format!("pg_bond_input_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("bond.bin");
    let copy = |direction: &str| format!("\\copy bonds {direction} '{}' (FORMAT binary)\n", file.display());
    db.run(&format!(
        "CREATE TABLE bonds (b bond); INSERT INTO bonds VALUES ('4.45% 2028-02-23 issued 2023-02-23 @ 102.45 x 1000');\n{}",
        copy("TO")
    ));
    let good = std::fs::read(&file).unwrap();
    // File header 19 bytes, field count 2, field length 4.
    let value = 19 + 2 + 4;
    let mutations: [(usize, &[u8], &str); 8] = [
        (0, &[2], "version 2 is unknown"),
        (1, &[3], "unknown frequency code 3"),
        (2, &[0], "unknown day count code 0"),
        (3, &[9], "unknown yield convention code 9"),
        (5, &[1], "are unknown to this release"),
        (12, &f64::NAN.to_le_bytes(), "coupon out of range"),
        (20, &i32::MAX.to_le_bytes(), "date out of range: \"infinity\""),
        (24, &(-1f64).to_le_bytes(), "price out of range: \"-1\""),
    ];
    for (at, bytes, said) in mutations {
        let mut bad = good.clone();
        bad[value + at..value + at + bytes.len()].copy_from_slice(bytes);
        std::fs::write(&file, bad).unwrap();
        let refusal = db.refusal(&copy("FROM"));
        assert!(refusal.state.starts_with("22") && refusal.message.contains(said), "{said}: {refusal:?}");
    }
    std::fs::remove_dir_all(folder).unwrap();
    assert_eq!(db.value("SELECT count(*) FROM bonds"), "1");
}

/// A database need not be in UTF-8: what cannot be read is refused like any other unknown word.
#[test]
fn other_encodings() {
    let postgres = Database::new();
    let name = format!("{}_latin1", postgres.name);
    postgres.run(&format!("CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"));
    let db = Database { name };
    db.run("CREATE EXTENSION pg_bond");
    assert_eq!(db.value("SELECT isin_is_valid(E'US037833100\\xe9'), cusip_is_valid(E'\\xe9')"), "f|f");
    for expression in [
        "E'US037833100\\xe9'::isin",
        "E'4% 2030-01-15 \\xe9'::bond",
        "bond(0.04, '2030-01-15', day_count => E'\\xe9')",
        "bond(jsonb_build_object('co\u{e9}pon', 1))",
    ] {
        let state = db.refusal(&format!("SET client_encoding = 'UTF8'; SELECT {expression}")).state;
        assert!(state.starts_with("22"), "{expression}: {state}");
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
            "SELECT pg_input_is_valid({text}, 'bond'), sql_error_code <> 'XX000', message <> '' FROM pg_input_error_info({text}, 'bond')"
        ));
        assert_eq!(row, "f|t|t", "{text}");
    }
    assert!(texts.len() > 30);
    assert_eq!(db.value("SELECT pg_input_is_valid('4% 2030-01-15', 'bond')"), "t");
}
