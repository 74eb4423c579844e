//! JSON objects as values and values as JSON objects, by whichever way PostgreSQL has.

use crate::database::Database;

const VALUES: &[(&str, &str)] = &[
    ("bond", "4% 2030-01-01 semiannual 30/360 issued 2020-01-01 @ 98 x 1000"),
    (
        "bond",
        "4% 2034-06-15 semiannual 30/360 issued 2020-06-15 steps 2027-06-15:4.5%,2029-06-15:5% \
            calendar UK roll following ex 7b",
    ),
    ("curve", "2026-03-24 name \"US {Treasury}\" currency USD flat_forward 1Y:4% 10Y:4.5%"),
    ("curve", "2026-03-24 linear_zero 2026-03-24:3% 1Y:4% 10Y:4.5%"),
    (
        "swap",
        "receive 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR quarterly ACT/360 x \
            10000000",
    ),
];

#[test]
fn json_text_is_a_value_and_a_value_is_json() {
    let db = Database::new();
    for (kind, text) in VALUES {
        db.run(&format!(
            "DROP TABLE IF EXISTS t; CREATE TABLE t (v {kind}); INSERT INTO t VALUES ('{text}')"
        ));
        let row = db.value(&format!(
            "SELECT v::text, v::jsonb::text::{kind} = v, ('  ' || v::jsonb::text)::{kind} = v, \
                v::json::{kind} = v, to_jsonb(v) = v::jsonb, to_json(v)::jsonb = v::jsonb,
                 (jsonb_populate_record(NULL::t, jsonb_build_object('v', v))).v = v, \
                 (jsonb_populate_record(NULL::t, to_jsonb(t))).v = v,
                 (SELECT r.v = t.v FROM jsonb_to_record(to_jsonb(t)) AS r (v {kind})), \
                 jsonb_agg(v) OVER () -> 0 = v::jsonb, row_to_json(t)::jsonb -> 'v' = v::jsonb,
                 to_jsonb(ARRAY[v]) -> 0 = v::jsonb FROM t"
        ));
        assert_eq!(row, format!("{text}{}", "|t".repeat(11)));
    }
}

#[test]
fn json_text_that_is_no_value_is_refused_as_text() {
    let db = Database::new();
    for (kind, text, detail) in [
        ("bond", r#"{"coupon": 0.04"#, "EOF while parsing an object at line 1 column 15."),
        ("bond", r#"{"coupon": 0.04}"#, "Missing field `maturity`."),
        (
            "bond",
            r#"{"coupon": 0.04, "maturity": "2030-13-01"}"#,
            "\"2030-13-01\" is not a date written YYYY-MM-DD.",
        ),
        ("curve", "{}", "\"\" is not a date written YYYY-MM-DD."),
        ("swap", "{1Y,10Y}", "Key must be a string at line 1 column 2."),
    ] {
        let refusal = db.refusal(&format!("SELECT '{text}'::{kind}"));
        assert_eq!(
            (refusal.state.as_str(), refusal.detail.as_str()),
            ("22P02", detail),
            "{text}: {refusal:?}"
        );
        assert!(
            refusal.message.starts_with(&format!("invalid input syntax for type {kind}: ")),
            "{refusal:?}"
        );
    }
    // Depth is bounded, whatever the size.
    assert_eq!(
        db.refusal("SELECT (repeat('{\"a\":', 10000) || repeat('}', 10000))::bond").state,
        "22P02"
    );
}

/// Instruments that are not there yet are named as such, in text and in JSON.
#[test]
fn what_is_not_supported_yet_says_so() {
    let db = Database::new();
    for (value, message, hint) in [
        (
            "'4% 2034-05-15 callable 2030-05-15'::bond",
            "bond: \"callable\"",
            "A bond pays a fixed or stepped coupon, and its redemption at maturity.",
        ),
        (
            "'FRN 2034-05-15'::bond",
            "bond: \"FRN\"",
            "A bond pays a fixed or stepped coupon, and its redemption at maturity.",
        ),
        (
            "'SOFR + 0.5% 2034-05-15'::bond",
            "bond: \"SOFR\"",
            "A bond pays a fixed or stepped coupon, and its redemption at maturity.",
        ),
        (
            r#"'{"coupon": 0.04, "maturity": "2030-01-01", "calls": []}'::jsonb::bond"#,
            "bond: \"calls\"",
            "Known fields: coupon, maturity, issue, ",
        ),
        (
            r#"'{"coupon": 0.04, "maturity": "2030-01-01", "typo": 1}'::bond"#,
            "bond: \"typo\"",
            "Known fields: coupon, maturity, issue, ",
        ),
        (
            r#"'{"as_of": "2026-03-24", "jumps": []}'::jsonb::curve"#,
            "curve: \"jumps\"",
            "Known fields: as_of, name, ",
        ),
        (
            "'pay 4% 2026-03-26 to 2036-03-26 callable'::swap",
            "swap: \"callable\"",
            "A swap exchanges a fixed rate for an index and a spread on a constant notional.",
        ),
    ] {
        let refusal = db.refusal(&format!("SELECT {value}"));
        assert_eq!(
            (refusal.state.as_str(), refusal.message),
            ("0A000", format!("not supported yet in a {message}")),
            "{value}"
        );
        assert!(refusal.hint.starts_with(hint), "{value}: {}", refusal.hint);
    }
}

/// Published layouts begin with the curve's own date.
#[test]
fn a_curve_may_begin_on_its_own_date() {
    let db = Database::new();
    let at = |curve: &str, question: &str| {
        db.number(&format!("SELECT {} FROM (SELECT {curve} AS c) AS s", question))
    };
    // A discount factor of 1 says nothing more; neither does a rate where forward rates are flat.
    let plain =
        "curve('2026-03-24', dates => '{2027-03-24}', rates => '{0.96}', kind => 'discount')";
    for curve in [
        "curve('2026-03-24', dates => '{2026-03-24,2027-03-24}', rates => '{1,0.96}', kind => \
            'discount')",
        "curve('2026-03-24', years => '{1,0}', rates => '{0.96,1}', kind => 'discount')",
        r#"'{"as_of": "2026-03-24", "dates": ["2026-03-24", "2027-03-24"], "rates": [1, 0.96], "kind": "discount"}'::jsonb::curve"#,
        "(SELECT curve_agg('2026-03-24', tenor, factor, 'discount') FROM (VALUES ('2026-03-24', \
            1), ('2027-03-24', 0.96)) AS v (tenor, factor))",
    ] {
        assert_eq!(db.value(&format!("SELECT {curve} = {plain}")), "t", "{curve}");
    }
    assert_eq!(
        db.value("SELECT '2026-03-24 2026-03-24:3% 1Y:4%'::curve = '2026-03-24 1Y:4%'::curve"),
        "t"
    );
    // Where zero rates are interpolated, the first one counts: half-way there lies the mean of the
    // two.
    for curve in [
        "curve('2026-03-24', dates => '{2026-03-24,2027-03-24}', rates => '{0.03,0.04}', \
            interpolation => 'linear_zero')",
        "curve('2026-03-24', years => '{0,1}', rates => '{0.03,0.04}', interpolation => \
            'linear_zero')",
        "'2026-03-24 linear_zero 2026-03-24:3% 1Y:4%'::curve",
        r#"'{"as_of": "2026-03-24", "years": [0, 1], "rates": [0.03, 0.04], "interpolation": "linear_zero"}'::curve"#,
        "(SELECT curve_agg('2026-03-24', tenor, rate, 'zero', 'linear_zero') FROM (VALUES \
            ('2026-03-24', 0.03), ('1Y', 0.04)) AS v (tenor, rate))",
    ] {
        assert!((at(curve, "curve_zero(c, 0.5)") - 0.035).abs() < 1e-15, "{curve}");
        assert!((at(curve, "curve_zero(c, 0)") - 0.03).abs() < 1e-15, "{curve}");
        assert_eq!(at(curve, "curve_df(c, date '2026-03-24')"), 1.0, "{curve}");
        assert_eq!(
            db.value(&format!(
                "SELECT c::text::curve = c, c::jsonb::curve = c, curve_roll(c, '2026-03-24') = c, \
                    curve_shift(c + 5, '{{1Y}}', '{{-5}}') IS NOT NULL,
                     (SELECT string_agg(tenor, ' ') FROM curve_nodes(c)), abs(bond_npv('5% \
                     2026-12-24', c) - (SELECT sum(amount * discount_factor) FROM bond_explain('5% \
                     2026-12-24', c))) < 1e-9
                 FROM (SELECT {curve} AS c) AS s"
            )),
            "t|t|t|t|0 1|t",
            "{curve}"
        );
    }
    let file = std::env::temp_dir().join(format!("{}.bin", db.name));
    db.run(&format!(
        "CREATE TABLE t AS SELECT '2026-03-24 linear_zero 2026-03-24:3% 1Y:4%'::curve AS c; CREATE \
            TABLE u (c curve);\n\\copy t TO '{file}' (FORMAT binary)\n\\copy u FROM '{file}' \
            (FORMAT binary)\n",
        file = file.display()
    ));
    std::fs::remove_file(file).unwrap();
    assert_eq!(db.value("SELECT t.c = u.c FROM t, u"), "t");
    for (curve, message) in [
        (
            "curve('2026-03-24', dates => '{2026-03-24,2027-03-24}', rates => '{0.99,0.96}', kind \
                => 'discount')",
            "invalid curve: the discount factor 0.99 is for its own date, on which 1 is worth 1",
        ),
        (
            "curve('2026-03-24', dates => '{2026-03-23,2027-03-24}', rates => '{0.03,0.04}')",
            "invalid curve: 2026-03-23 is before its date",
        ),
        ("'2026-03-24 2026-03-24:3%'::curve", "invalid curve: it has no nodes"),
    ] {
        assert_eq!(db.refusal(&format!("SELECT {curve}")).message, message);
    }
}
