//! A number is a decimal: rates above 100 % are refused as numbers, for 4.5 is mostly 4.5 %, and
//! written with a percent sign.

use crate::database::Database;

const NUMBERS: &[&str] = &[
    "bond(4.5, '2034-05-15')",
    "bond(coupon => 4.5::float8, maturity => '2034-05-15', market => 'uk_gilt')",
    "bond(4.5::numeric, '2034-05-15', frequency => 2)",
    r#"'{"coupon": 4.5, "maturity": "2034-05-15"}'::jsonb::bond"#,
    r#"'{"coupon": 4.5, "maturity": "2034-05-15"}'::bond"#,
    r#"bond('{"coupon": 0.04, "maturity": "2034-05-15", "steps": [{"from": "2030-05-15", "coupon": 4.5}]}'::jsonb)"#,
    "swap(4.5, '2026-03-26', '2036-03-26')",
    "swap(0.04, '2026-03-26', '2036-03-26', floating_spread => -4.5)",
    "swap(0.04, '2026-03-26', '2036-03-26', fixing => 4.5)",
    r#"'{"fixed_rate": 4.5, "effective": "2026-03-26", "maturity": "2036-03-26"}'::jsonb::swap"#,
    r#"'{"fixed_rate": 0.045, "fixing": 4.5, "effective": "2026-03-26", "maturity": "2036-03-26"}'::swap"#,
    "curve('2026-03-24', tenors => '{1Y,10Y}', rates => '{4.5,4.6}')",
    "curve('2026-03-24', tenors => '{1Y,10Y}', rates => '{0.045,4.5}', kind => 'par')",
    "curve('2026-03-24', tenors => '{1M,3M}', rates => '{4.5,4.6}', kinds => '{deposit,deposit}')",
    "curve('2026-03-24', years => '{1,10}', rates => '{4.5,4.6}')",
    "curve('2026-03-24', dates => '{2027-03-24}', rates => '{4.5}', compounding => 'simple')",
    r#"'{"as_of": "2026-03-24", "years": [1], "rates": [4.5]}'::jsonb::curve"#,
    r#"'{"as_of": "2026-03-24", "tenors": ["1Y"], "rates": [4.5], "kind": "swap"}'::curve"#,
    "curve_nelson_siegel('2026-03-24', 4.5, -1, 2, 1.5)",
    "curve_svensson('2026-03-24', 4.5, -1, 2, 1, 1.5, 9)",
    r#"'{"as_of": "2026-03-24", "beta0": 4.5, "beta1": -1, "beta2": 2, "tau1": 1.5}'::curve"#,
    "(SELECT curve_agg('2026-03-24', tenor, rate) FROM (VALUES ('1Y', 4.5), ('2Y', 4.6)) AS v \
        (tenor, rate))",
    "(SELECT curve_agg('2026-03-24', tenor, rate, 'ois', 'flat_forward', 'usd_sofr') FROM (VALUES \
        ('1Y', 4.5)) AS v (tenor, rate))",
];

#[test]
fn a_rate_of_more_than_100_percent_is_no_number() {
    let db = Database::new();
    for call in NUMBERS {
        let refusal = db.refusal(&format!("SELECT {call}"));
        let sign = if call.contains("-4.5") { "-" } else { "" };
        assert_eq!(refusal.state, "22003", "{call}: {refusal:?}");
        assert_eq!(
            refusal.detail,
            format!("A rate given as a number is a decimal: {sign}4.5 is {sign}450 %."),
            "{call}"
        );
        assert_eq!(
            refusal.hint,
            format!(
                "For {sign}4.5 % write {sign}0.045; {sign}450 % is written with its percent sign, \
                    in the text form or as \"{sign}450%\" in JSON."
            ),
            "{call}"
        );
        // A hundred per cent and the decimal that was meant are read.
        for number in ["0.045", "1"] {
            db.run(&format!("SELECT {}", call.replace("4.5", number).replace("4.6", number)));
        }
    }
}

/// What is no rate may be above 1: discount factors, the prices of futures, and yields, which the
/// functions themselves answer.
#[test]
fn what_is_no_coupon_and_no_quoted_rate_is_not_bounded() {
    let db = Database::new();
    db.run("SELECT curve('2026-03-24', tenors => '{1Y}', rates => '{1.01}', kind => 'discount')");
    db.run(
        "SELECT curve('2026-03-24', tenors => '{3M,M6}', rates => '{0.04,95.5}', kinds => \
            '{deposit,future}', conventions => 'usd_sofr')",
    );
    assert_eq!(
        db.value(
            "SELECT y > 1, abs(bond_price(b, y, d) - 12) < 1e-9 FROM (VALUES ('5% \
                2027-05-15'::bond, date '2026-11-20')) AS v (b, d), bond_ytm(b, 12::float8, d) AS y"
        ),
        "t|t"
    );
}

/// Text and JSON tell a real coupon of 450 %, and every form gives it back.
#[test]
fn rates_above_100_percent_are_written_and_read() {
    let db = Database::new();
    for (kind, text, json) in [
        ("bond", "450% 2034-05-15 semiannual 30/360 steps 2030-05-15:1234.5% @ 98", r#""450%""#),
        ("bond", "19999.999999999997% 2034-05-15 annual 30/360", r#""19999.999999999997%""#),
        ("bond", "100% 2034-05-15 semiannual 30/360", "1.0"),
        (
            "swap",
            "pay 450% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR - 150% annual ACT/360 \
                fixing 300%",
            r#""450%""#,
        ),
        ("curve", "2026-03-24 flat_forward 1W:3600.1% 1Y:4%", r#"["3600.1%", 0.04]"#),
        ("curve", "2026-03-24 beta0 450% beta1 -1% beta2 2% tau1 1.5", r#""450%""#),
    ] {
        assert_eq!(
            db.value(&format!(
                "SELECT v::text, v::jsonb::{kind} = v, v::jsonb::text::{kind} = v, v::json::{kind} \
                    = v, v::jsonb -> {} FROM (SELECT '{text}'::{kind} AS v) AS s",
                match kind {
                    "bond" => "'coupon'",
                    "swap" => "'fixed_rate'",
                    _ => "CASE WHEN v::jsonb ? 'beta0' THEN 'beta0' ELSE 'rates' END",
                }
            )),
            format!("{text}|t|t|t|{json}")
        );
    }
    let refusal =
        db.refusal(r#"SELECT '{"coupon": "4.5", "maturity": "2034-05-15"}'::jsonb::bond"#);
    assert_eq!(
        (refusal.state.as_str(), refusal.hint.as_str()),
        ("22P02", "Write it like 0.0445 or \"4.45%\"")
    );
    let file = std::env::temp_dir().join(format!("{}.bin", db.name));
    db.run(&format!(
        "CREATE TABLE t AS SELECT '450% 2034-05-15'::bond AS b; CREATE TABLE u (b bond);\n\\copy t \
            TO '{file}' (FORMAT binary)\n\\copy u FROM '{file}' (FORMAT binary)\n",
        file = file.display()
    ));
    std::fs::remove_file(file).unwrap();
    assert_eq!(db.value("SELECT t.b = u.b, bond_coupon(u.b) FROM t, u"), "t|4.5");
}
