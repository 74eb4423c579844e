//! The convention finder.

use crate::database::Database;

/// Whatever convention a yield was made with is among those that are found for it.
#[test]
fn every_convention_is_found() {
    let db = Database::new();
    for bond in [
        "5% 2034-05-16 quarterly ACT/ACT ICMA issued 2020-01-01",
        "5% 2026-05-15 semiannual ACT/365F",
        "6.08% 2026-10-13 none 30/360 issued 2025-10-11",
        "4% 2034-06-15 annual 30E/360 steps 2027-06-15:4.5% calendar TARGET roll following",
    ] {
        let row = db.value(&format!(
            "SELECT count(*), count(ytm), string_agg(convention, ' ') FILTER (WHERE NOT EXISTS (
                 SELECT FROM bond_which_convention(b, 98.7, round(ytm::numeric, 9)::float8, \
                 '2026-03-24', 9) AS w WHERE w.matches AND w.convention = c.convention AND \
                 w.day_count = bond_day_count(b)))
             FROM (SELECT '{bond}'::bond AS b) AS s, bond_ytm_by_convention(b, 98.7, '2026-03-24') \
             AS c WHERE ytm IS NOT NULL"
        ));
        let [rows, yields, missing] = row.split('|').collect::<Vec<_>>().try_into().unwrap();
        assert_eq!((rows, missing), (yields, "NULL"), "{bond}");
        assert!(yields.parse::<i32>().unwrap() >= 25, "{bond}: {yields}");
    }
}

/// Each row is what the bond itself says when it is given that convention, but before its market
/// rounds it.
#[test]
fn one_price_under_every_convention() {
    let db = Database::new();
    let forms = [
        "bond_ytm_by_convention(b)",
        "bond_ytm_by_convention(b, 98.7)",
        "bond_ytm_by_convention(b, 98.7, '2026-03-24')",
    ];
    for form in forms {
        let row = db.value(&format!(
            "SELECT count(*) = (SELECT count(*) FROM yield_conventions()), bool_and((c.ytm IS NOT \
                DISTINCT FROM bond_ytm(n) OR c.convention = 'municipal' AND abs(c.ytm - \
                bond_ytm(n)) < 1e-5) AND c.modified_duration IS NOT DISTINCT FROM \
                bond_modified_duration(n)),
                    bool_and(c.definition = y.definition)
             FROM (SELECT '5% 2034-05-16 quarterly ACT/ACT ICMA issued 2020-01-01 @ 98.7'::bond AS \
             b) AS s, {form} AS c JOIN yield_conventions() AS y ON y.name = c.convention,
                  LATERAL (SELECT (b::jsonb || jsonb_build_object('convention', \
                  c.convention))::bond AS n) AS under"
        ));
        assert_eq!(row, "t|t|t", "{form}");
    }
    assert_eq!(
        db.value(
            "SELECT count(*) FROM bond_ytm_by_convention('5% 2020-05-16', 98.7, '2026-03-24')"
        ),
        "0"
    );
    assert_eq!(db.value("SELECT count(*) FROM bond_ytm_by_convention('5% 2034-05-16'::bond)"), "0");
    // What cannot be has no yield: business days for ever, or flows of a bond that never ends.
    assert_eq!(
        db.value(
            "SELECT string_agg(convention, ' ') FROM bond_ytm_by_convention('4% perpetual \
            issued 2020-01-15', 80, '2026-01-15') WHERE ytm IS NULL"
        ),
        "true italian japanese_simple brazilian money_market discount bond_equivalent periodic_365 \
            year_fraction"
    );
}

/// Published pairs of price and yield name their convention.
#[test]
fn published_quotes_name_their_convention() {
    let db = Database::new();
    let found = |call: &str| {
        db.run(&format!(
            "SELECT convention || ', ' || day_count FROM bond_which_convention({call})"
        ))
    };
    // 31 CFR 356, appendix B, II.B: a short first period.
    assert_eq!(
        found(
            "'8.5% 1992-03-31 ACT/ACT issued 1990-04-02 first 1990-09-30', 99.838183, 0.0859, \
                '1990-04-02'"
        ),
        ["us_treasury, ACT/ACT ICMA"]
    );
    // Riksgälden's example of the Swedish bond 1041: annual 30E/360, of which nothing else is left
    // than to compound annually.
    let swedish = found("'6.75% 2014-05-05 annual 30E/360', 117.196, 0.02732, '2009-09-22', 5");
    assert!(
        swedish.iter().any(|row| row == "swedish, 30E/360")
            && !swedish.iter().any(|row| row.starts_with("us_treasury")),
        "{swedish:?}"
    );
    // 31 CFR 356, appendix B, VI.C and VI.D: a bill's rate of discount and its investment rate.
    assert_eq!(
        found("'0% 1983-06-30 market us_treasury_bill', 95.934567, 0.08042, '1982-12-30', 5"),
        ["discount, ACT/360"]
    );
    assert!(
        found("'0% 1991-06-06 market us_treasury_bill', 92.265, 0.08237, '1990-06-07', 5")
            .contains(&"bond_equivalent, ACT/360".to_owned())
    );
    // The terms of a Treasury with a wrong day count: only another one gives the yield.
    for (day_count, own) in [("ACT/ACT", "t"), ("30/360", "f")] {
        let row = db.value(&format!(
            "SELECT string_agg(w.day_count, ', '), bool_and(w.day_count = bond_day_count(b))
             FROM (SELECT '2.375% 2027-05-15 {day_count}'::bond AS b, bond_ytm('2.375% 2027-05-15 \
             ACT/ACT'::bond, price => 99.5, settlement => '2017-07-21') AS ytm) AS s,
                  bond_which_convention(b, 99.5, ytm, '2017-07-21', 9) AS w WHERE convention = \
                  'street'"
        ));
        assert_eq!(row, format!("ACT/ACT ICMA|{own}"));
    }
    // Each within half a unit of the last decimal; first the conventions of markets, of those the
    // bond's own, then the closest.
    let row = db.value(
        "SELECT bool_and(abs(difference) <= 5e-6 AND difference = ytm - 0.024 AND matches), \
            array_agg(convention) = array_agg(convention ORDER BY NOT usual, convention <> \
            'street', abs(difference)), count(*) > 5, (array_agg(convention))[1]
         FROM bond_which_convention('2.375% 2027-05-15 ACT/ACT currency USD', 99.7808417, 0.024, \
         '2017-07-21', 5) AS w,
              LATERAL (SELECT w.convention IN (SELECT m.convention FROM bond_markets() AS m WHERE \
              currency = 'USD') AS usual) AS u",
    );
    assert_eq!(row, "t|t|t|street");
}

/// Where nothing matches, the nearest misses: how far each is, and the price that would match.
#[test]
fn near_misses() {
    let db = Database::new();
    let rows =
        "bond_which_convention('2.375% 2027-05-15 ACT/ACT', 99.7808417, 0.0241, '2017-07-21')";
    assert_eq!(
        db.value(&format!(
            "SELECT count(*), bool_or(matches), bool_and(abs(difference - (ytm - 0.0241)) < \
                1e-15), count(DISTINCT round(abs(difference)::numeric, 10)),
                    array_agg(abs(difference)) = array_agg(abs(difference) ORDER BY \
                    abs(difference)) FROM {rows}"
        )),
        "5|f|t|5|t"
    );
    // The price that would match does, under the convention and day count of its row.
    assert_eq!(
        db.value(&format!(
            "SELECT bool_and(EXISTS (SELECT FROM bond_which_convention((b::jsonb || \
                jsonb_build_object('day_count', r.day_count))::bond, r.matching_price, 0.0241, \
                '2017-07-21', 12) AS w
                                     WHERE w.matches AND w.convention = r.convention AND \
                                     w.day_count = r.day_count))
             FROM {rows} AS r, (SELECT '2.375% 2027-05-15 ACT/ACT'::bond AS b) AS s"
        )),
        "t"
    );
    // Of conventions that agree, those that markets use come first, those of the bond's currency
    // before others.
    let first = |bond: &str| {
        db.value(&format!(
            "SELECT (array_agg(convention))[1] FROM bond_which_convention('{bond}', \
            98, bond_ytm('5% 2034-05-15 semiannual ACT/ACT uk_dmo'::bond, price => 98.0, \
            settlement => '2026-03-24'), '2026-03-24', 12)"
        ))
    };
    assert_eq!(first("5% 2034-05-15 semiannual ACT/ACT currency GBP @ 98"), "uk_dmo");
    assert_eq!(first("5% 2034-05-15 semiannual ACT/ACT currency CAD @ 98"), "canadian");
    assert_eq!(first("5% 2034-05-15 semiannual ACT/ACT compounded currency USD @ 98"), "street");
}

/// The gilt of the official closing prices names its convention, from its own quote and the setting
/// too.
#[test]
fn a_quote_and_the_setting_will_do() {
    let db = Database::new();
    for call in [
        "b, 99.563, 0.04324631, '2026-05-18', 8",
        "b, 0.04324631, settlement => '2026-05-18'",
        "b, 99.563, 0.04324631",
        "b, 0.04324631",
    ] {
        let found = db.value(&format!(
            "SET pg_bond.settlement_date = '2026-05-18'; SELECT \
            string_agg(convention, ' ') FROM (SELECT '3.75% 2027-03-07 market uk_gilt @ \
            99.563'::bond AS b) AS s, bond_which_convention({call}) WHERE matches"
        ));
        assert_eq!(found, "uk_closing", "{call}");
    }
    assert!(
        db.run("SELECT * FROM bond_which_convention('3.75% 2027-03-07'::bond, 0.04)").is_empty()
    );
}

#[test]
fn refusals() {
    let db = Database::new();
    for (call, state, message) in [
        (
            "bond_which_convention('4% 2030-01-15', 99, 'NaN', '2026-03-24')",
            "22003",
            "quoted yield out of range: \"NaN\"",
        ),
        (
            "bond_which_convention('4% 2030-01-15', 99, 0.04, '2026-03-24', 16)",
            "22003",
            "decimals out of range: \"16\"",
        ),
        (
            "bond_which_convention('4% 2030-01-15', 99, 0.04, '2026-03-24', -1)",
            "22003",
            "decimals out of range: \"-1\"",
        ),
        (
            "bond_which_convention('4% 2030-01-15', 0, 0.04, '2026-03-24')",
            "22003",
            "price out of range: \"0\"",
        ),
        (
            "bond_which_convention('4% 2030-01-15', 99, 0.04, 'infinity')",
            "22008",
            "date out of range: \"infinity\"",
        ),
        (
            "bond_ytm_by_convention('4% 2030-01-15'::bond, -1)",
            "22003",
            "price out of range: \"-1\"",
        ),
    ] {
        let refusal = db.refusal(&format!("SELECT {call}"));
        assert_eq!((refusal.state.as_str(), refusal.message.as_str()), (state, message), "{call}");
    }
    // A yield in percent, however small, is told from one that is far off.
    for (quoted, decimal) in [("4.25", "0.0425"), ("-4.31", "-0.0431"), ("0.05", "0.0005")] {
        let price = format!("bond_price('4% 2030-01-15'::bond, {decimal}, date '2026-03-24')");
        let refusal = db.refusal(&format!(
            "SELECT * FROM bond_which_convention('4% 2030-01-15', {price}, {quoted}, '2026-03-24')"
        ));
        assert_eq!(
            (refusal.state.as_str(), refusal.message.as_str()),
            ("22003", format!("quoted yield out of range: \"{quoted}\"").as_str())
        );
        assert_eq!(
            refusal.hint,
            format!("A quoted yield is a decimal: write {decimal} for {quoted}%.")
        );
    }
    assert_eq!(
        db.value(
            "SELECT bool_or(matches) FROM bond_which_convention('4% 2030-01-15', 40, \
        2.5, '2026-03-24')"
        ),
        "f"
    );
}
