//! The terms that most bonds do without: every way in gives the same value, every accessor reads it
//! back, and what cannot be is refused with a reason.

use crate::database::Database;

/// A bond of each kind, quoted, and outstanding on 2026-03-24.
pub const KINDS: [&str; 22] = [
    "5% 2034-05-31 four-monthly 30/360 @ 99",
    "5% 2034-05-31 bimonthly ACT/ACT ICMA @ 101",
    "0% 2026-09-17 none ACT/360 discount calendar US roll following lag 1 currency USD @ 98",
    "0% 2026-09-17 none ACT/365F bond_equivalent @ 98",
    "6.08% 2026-10-13 none 30/360 issued 2025-10-11 @ 99.98",
    "4% perpetual annual 30/360 issued 2020-01-15 @ 80",
    "2.5% perpetual semiannual ACT/ACT ICMA issued 2020-01-15 first 2020-06-15 uk_dmo calendar UK \
        roll following ex 7b lag 1 currency GBP @ 55",
    "3.75% 2034-06-15 semiannual 30/360 last 2034-02-15 @ 97",
    "3.75% 2034-09-15 annual 30E/360 last 2033-03-15 compounded @ 97",
    "4% 2034-06-15 semiannual 30/360 issued 2020-06-15 steps 2027-06-15:4.5%,2029-06-15:5% @ 99",
    "8% 2034-06-07 semiannual ACT/ACT ICMA uk_dmo calendar UK roll following ex 7b lag 1 currency \
        GBP @ 118",
    "6% 2034-04-01 semiannual ACT/ACT ICMA new_zealand calendar NZ roll following ex 10d lag 2 \
        currency NZD @ 104",
    "10% 2035-01-01 semiannual BUS/252 brazilian calendar BR roll following lag 1 currency BRL @ \
        92",
    "2% 2034-06-20 semiannual NL/365 japanese_simple calendar JP roll following lag 1 currency JPY \
        @ 101",
    "5% 2027-05-15 semiannual ACT/365F money_market @ 100.5",
    "5% 2034-05-15 semiannual 30/360 current @ 98",
    "5% 2034-05-15 semiannual 30/360 continuous @ 98",
    "5% 2034-05-15 semiannual ACT/ACT ICMA canadian @ 98",
    "5% 2034-05-16 semiannual 30/360 true calendar US+{2030-05-17} roll modified_following @ 98",
    "5% 2034-05-15 quarterly ACT/365L year_fraction @ 98",
    "5% 2034-05-15 semiannual 30/360 yield german @ 98 x -2500000.5",
    "5% 2034-05-15 semiannual ACT/ACT ISDA moosmueller @ 98",
];

/// Arguments of the constructor, what text and JSON say after a coupon of 4 % and a maturity on
/// 2034-05-31, and the canonical form.
const WAYS_IN: &[(&str, &str, &str, &str)] = &[
    ("frequency => '3'", "4M", r#""frequency": 3"#, "four-monthly 30/360"),
    ("frequency => '2M'", "every other month", r#""frequency": 6"#, "bimonthly 30/360"),
    (
        "'2024-06-10', '0'",
        "none issued 2024-06-10",
        r#""frequency": "at maturity", "issue": "2024-06-10""#,
        "none 30/360 issued 2024-06-10",
    ),
    (
        "last_coupon => '2034-01-15'",
        "last 2034-01-15",
        r#""last_coupon": "2034-01-15""#,
        "semiannual 30/360 last 2034-01-15",
    ),
    (
        "last_coupon => '2033-11-30'",
        "last 2033-11-30",
        r#""last_coupon": "2033-11-30""#,
        "semiannual 30/360 last 2033-11-30",
    ),
    (
        "steps => '2027-05-31:4.5%, 2029-11-30:0%'",
        "steps 2027-05-31:4.5%,2029-11-30:0%",
        r#""steps": [{"from": "2027-05-31", "coupon": 0.045}, {"from": "2029-11-30", "coupon": 0}]"#,
        "semiannual 30/360 steps 2027-05-31:4.5%,2029-11-30:0%",
    ),
    (
        "calendar => 'UK+US+{2026-12-24}'",
        "calendar US+{2026-12-24}+UK",
        r#""calendar": "US+UK+{2026-12-24}""#,
        "semiannual 30/360 calendar US+UK+{2026-12-24}",
    ),
    (
        "calendar => 'weekends'",
        "calendar none",
        r#""calendar": "weekends only""#,
        "semiannual 30/360",
    ),
    (
        "roll => 'Modified Following'",
        "roll ModifiedFollowing",
        r#""roll": "modified_following""#,
        "semiannual 30/360 roll modified_following",
    ),
    ("roll => 'unadjusted'", "roll unadjusted", r#""roll": "unadjusted""#, "semiannual 30/360"),
    ("ex_dividend => '7bd'", "ex 7B", r#""ex_dividend": "7b""#, "semiannual 30/360 ex 7b"),
    ("ex_dividend => ' 10d '", "ex 10d", r#""ex_dividend": "10D""#, "semiannual 30/360 ex 10d"),
    ("settlement_lag => 0", "lag 0", r#""settlement_lag": 0"#, "semiannual 30/360 lag 0"),
    ("settlement_lag => 30", "lag 30", r#""settlement_lag": 30"#, "semiannual 30/360 lag 30"),
    ("currency => 'GBP'", "currency GBP", r#""currency": "GBP""#, "semiannual 30/360 currency GBP"),
    (
        "convention => 'Bund'",
        "yield bund",
        r#""convention": "german""#,
        "semiannual 30/360 yield german",
    ),
    (
        "market => 'UK gilt', frequency => 'Q', ex_dividend => '10d', price => 99",
        "@99 quarterly ex 10d market uk_gilt",
        r#""market": "gilt", "frequency": "Q", "ex_dividend": "10d", "price": 99"#,
        "quarterly ACT/ACT ICMA uk_dmo calendar UK roll following ex 10d lag 1 currency GBP @ 99",
    ),
];

#[test]
fn every_way_in_gives_the_same_value() {
    let db = Database::new();
    db.run("CREATE TABLE bonds (b bond)");
    for (arguments, words, fields, canonical) in WAYS_IN {
        let values = format!(
            "VALUES (bond(0.04, '2034-05-31', {arguments})), ('4% 2034-05-31 {words}'::bond), \
                ('{{\"coupon\": 0.04, \"maturity\": \"2034-05-31\", {fields}}}'::jsonb::bond)"
        );
        let row = db.value(&format!(
            "WITH v (b) AS ({values}) SELECT string_agg(DISTINCT b::text, ' and '), count(DISTINCT \
                bond_send(b)), count(DISTINCT b), bool_and(b::text::bond = b AND b::jsonb::bond = \
                b) FROM v"
        ));
        assert_eq!(row, format!("4% 2034-05-31 {canonical}|1|1|t"), "{arguments}");
        db.run(&format!("INSERT INTO bonds {values}"));
    }
    for kind in KINDS {
        assert_eq!(
            db.value(&format!(
                "SELECT b, b::jsonb::bond = b, bond_hash(b::text::bond) = \
                bond_hash(b) FROM (SELECT '{kind}'::bond AS b) s"
            )),
            format!("{kind}|t|t")
        );
        db.run(&format!("INSERT INTO bonds VALUES ('{kind}')"));
    }
    let file = std::env::temp_dir().join(format!("{}.bin", db.name));
    db.run(&format!(
        "CREATE TABLE copied (b bond);\n\\copy bonds TO '{file}' (FORMAT binary)\n\\copy copied \
            FROM '{file}' (FORMAT binary)\n",
        file = file.display()
    ));
    std::fs::remove_file(file).unwrap();
    let digest = |table: &str| {
        db.value(&format!(
            "SELECT count(*), md5(string_agg(encode(bond_send(b), 'hex'), ' ' ORDER \
            BY b)) FROM {table}"
        ))
    };
    assert_eq!(digest("copied"), digest("bonds"));
}

#[test]
fn accessors_read_the_terms() {
    let db = Database::new();
    let query = |bond: &str| {
        db.value(&format!(
            "SELECT bond_maturity(b), bond_frequency(b), bond_steps(b), bond_calendar(b), \
                bond_roll(b), bond_ex_dividend(b), bond_settlement_lag(b), bond_currency(b) FROM \
                (SELECT {bond} AS b) s"
        ))
    };
    assert_eq!(
        query("'4% 2034-05-31'::bond"),
        "2034-05-31|semiannual|NULL|weekends|unadjusted|NULL|NULL|NULL"
    );
    assert_eq!(
        query(
            "'4% perpetual quarterly issued 2020-02-15 calendar US+UK roll preceding ex 7b lag 0 \
                currency USD'::bond"
        ),
        "infinity|quarterly|NULL|US+UK|preceding|7b|0|USD"
    );
    assert_eq!(
        query(
            "bond(0.04, '2034-05-31', frequency => 'bimonthly', steps => \
                '2027-05-31:4.5%,2029-11-30:5%', ex_dividend => '10d', settlement_lag => 2)"
        ),
        "2034-05-31|bimonthly|2027-05-31:4.5%,2029-11-30:5%|weekends|unadjusted|10d|2|NULL"
    );
    assert_eq!(
        db.value("SELECT bond_terms('4% perpetual issued 2020-02-15 ex 7b @ 80 x 1000')"),
        "4% perpetual semiannual 30/360 issued 2020-02-15 ex 7b"
    );
    // A perpetual bond matures after all others, and PostgreSQL knows its infinity.
    assert_eq!(
        db.value(
            "SELECT max(b), isfinite(bond_maturity(max(b))) FROM unnest('{4% perpetual issued \
                2020-02-15,4% 9999-12-31}'::bond[]) AS b"
        ),
        "4% perpetual semiannual 30/360 issued 2020-02-15|f"
    );
}

/// Every step and every holiday of its own that a bond may have: kilobytes, which PostgreSQL
/// compresses and stores elsewhere.
#[test]
fn the_longest_term_sheet() {
    let db = Database::new();
    db.run(
        "CREATE TABLE long AS SELECT bond(0.04, '2061-01-31', frequency => 'monthly', steps => \
            steps, calendar => 'US+' || calendar(holidays), roll => 'following', price => 90, \
            notional => i) AS b
         FROM (SELECT string_agg((date '2026-01-31' + make_interval(months => m))::date || ':' || \
         0.1234567890123456 + m || '%', ',' ORDER BY m) AS steps FROM generate_series(1, 200) AS \
         m) AS s,
              (SELECT array_agg(date '2030-01-01' + d) AS holidays FROM generate_series(1, 1000) \
              AS d) AS h, generate_series(1, 10) AS i;
         ALTER TABLE long ALTER b SET STORAGE EXTERNAL; INSERT INTO long SELECT b FROM long",
    );
    assert_eq!(
        db.value(
            "SELECT count(*), min(length(bond_send(b))) > 6000, min(length(b::text)) > 15000, \
            bool_and(b::text::bond = b AND b::jsonb::bond = b), count(DISTINCT b) FROM long"
        ),
        "20|t|t|t|10"
    );
    assert_eq!(
        db.value(
            "SELECT pg_relation_size(reltoastrelid) > 50000 FROM pg_class WHERE relname = 'long'"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT (portfolio_risk(b)).measured, abs(portfolio_dv01(b) / sum(bond_dv01(b)) - 1) \
            < 1e-14, bool_and(bond_ytm(b) = bond_ytm(b::text::bond)) FROM long"
        ),
        "20|t|t"
    );
    let refusal = db.refusal(
        "SELECT bond(0.04, '2061-01-31', calendar => calendar(ARRAY(SELECT \
        date '2030-01-01' + d FROM generate_series(1, 1001) AS d))::text)",
    );
    assert_eq!(
        (refusal.state.as_str(), refusal.message.as_str(), refusal.detail.as_str()),
        ("54000", "too many holidays of a bond's own: 1001", "At most 1000 are allowed.")
    );
}

/// Statement, SQLSTATE, and what message, detail and hint begin with; none where it is empty.
pub const REFUSED: &[(&str, &str, &str, &str, &str)] = &[
    // Dates
    (
        "bond(0.04, '2030-01-15', issue => '2025-01-15', first_coupon => '2031-01-15')",
        "22023",
        "maturity date \"2030-01-15\" must be after first coupon date \"2031-01-15\"",
        "",
        "The order is issue, first coupon, last coupon, maturity.",
    ),
    (
        "'4% 2030-01-15 issued 2025-01-15 first 2028-01-15 last 2027-01-15'::bond",
        "22023",
        "last coupon date \"2027-01-15\" must be after first coupon date \"2028-01-15\"",
        "",
        "The order is issue, first coupon, last coupon, maturity.",
    ),
    (
        "'4% 2030-01-15 issued 2025-01-15 last 2024-01-15'::bond",
        "22023",
        "last coupon date \"2024-01-15\" must be after issue date \"2025-01-15\"",
        "",
        "The order is issue, first coupon, last coupon, maturity.",
    ),
    // Steps
    (
        "bond(0.04, '2030-01-15', steps => '2027-06-15:4.5%')",
        "22023",
        "step date \"2027-06-15\" is not on the schedule of a bond that matures on \"2030-01-15\"",
        "Coupon dates are counted back from maturity; the next one after it is 2027-07-15.",
        "Check the frequency",
    ),
    (
        "'4% 2030-01-15 steps 2028-01-15:4.5%,2027-01-15:5%'::bond",
        "22023",
        "next step date \"2027-01-15\" must be after step date \"2028-01-15\"",
        "",
        "The order is",
    ),
    (
        "'{\"coupon\": 0.04, \"maturity\": \"2030-01-15\", \"steps\": [{\"from\": \"2030-01-15\", \
            \"coupon\": 0.05}]}'::jsonb::bond",
        "22023",
        "maturity date \"2030-01-15\" must be after step date \"2030-01-15\"",
        "",
        "The order is",
    ),
    (
        "bond(0.04, '2030-01-15', issue => '2028-01-15', steps => '2027-01-15:4.5%')",
        "22023",
        "step date \"2027-01-15\" must be after issue date \"2028-01-15\"",
        "",
        "The order is",
    ),
    (
        "bond(0.04, '2099-01-15', frequency => 'monthly', steps => (SELECT string_agg((date \
            '2030-01-15' + make_interval(months => i))::date || ':5%', ',') FROM \
            generate_series(1, 201) AS i))",
        "54000",
        "too many coupon steps: 201",
        "At most 200 are allowed.",
        "",
    ),
    (
        "bond(0.04, '2030-01-15', steps => '2028-01-15:4.5')",
        "22P02",
        "invalid input syntax for type bond: \"2028-01-15:4.5\"",
        "\"4.5\" is not a coupon in percent, such as 4.45%.",
        "Write it like",
    ),
    (
        "bond(0.04, '2030-01-15', steps => '2028-01-15:20001%')",
        "22003",
        "coupon out of range: \"200.01\"",
        "A coupon is a decimal from 0 to 200: 4.45 % is 0.0445.",
        "Check the unit of the coupon.",
    ),
    // Words
    (
        "bond(0.04, '2030-01-15', calendar => 'XX')",
        "22023",
        "unknown calendar: \"XX\"",
        "",
        "Known for calendar: weekends, US, NYSE,",
    ),
    (
        "bond(0.04, '2030-01-15', market => 'XX')",
        "22023",
        "unknown market: \"XX\"",
        "",
        "Known for market: us_treasury, us_treasury_auction,",
    ),
    (
        "bond(0.04, '2030-01-15', roll => 'XX')",
        "22023",
        "unknown business-day roll: \"XX\"",
        "",
        "Known for business-day roll: unadjusted, following,",
    ),
    (
        "bond(0.04, '2030-01-15', ex_dividend => '7')",
        "22023",
        "unknown ex-dividend period: \"7\"",
        "",
        "Known for ex-dividend period: 1 to 60 business days such as 7b, or calendar days such as \
            10d",
    ),
    (
        "bond(0.04, '2030-01-15', ex_dividend => '61b')",
        "22023",
        "unknown ex-dividend period: \"61b\"",
        "",
        "Known for ex-dividend period",
    ),
    (
        "bond(0.04, '2030-01-15', currency => 'EURO')",
        "22023",
        "unknown currency: \"EURO\"",
        "",
        "Known for currency: the three letters",
    ),
    (
        "'4% 2030-01-15 market XX'::bond",
        "22P02",
        "invalid input syntax for type bond: \"4% 2030-01-15 market XX\"",
        "\"XX\" is no market (us_treasury, us_treasury_auction, us_treasury_bill,",
        "Write it like",
    ),
    (
        "'4% 2030-01-15 ex 7'::bond",
        "22P02",
        "invalid input syntax for type bond: \"4% 2030-01-15 ex 7\"",
        "\"7\" is no ex-dividend period (1 to 60 business days such as 7b, or calendar days such \
            as 10d).",
        "Write it like",
    ),
    (
        "'4% 2030-01-15 calendar US calendar UK'::bond",
        "22P02",
        "invalid input syntax for type bond: \"4% 2030-01-15 calendar US calendar UK\"",
        "\"calendar\" gives the calendar a second time.",
        "Write it like",
    ),
    (
        "'{\"coupon\": 0.04, \"maturity\": \"2030-01-15\", \"steps\": [{\"from\": \"2029-01-15\", \
            \"coupon\": 0.05, \"to\": 1}]}'::jsonb::bond",
        "22P02",
        "invalid input syntax for type bond: \
            \"{\"coupon\":0.04,\"maturity\":\"2030-01-15\",\"steps\":[{\"",
        "Unknown field `to`, expected `from` or `coupon`.",
        "Write it like {\"coupon\": 0.0445,",
    ),
    // Numbers
    (
        "bond(0.04, '2030-01-15', settlement_lag => 31)",
        "22003",
        "settlement lag out of range: \"31\"",
        "A settlement lag is 0 to 30 business days.",
        "Check the unit of the settlement lag.",
    ),
    (
        "bond(0.04, '2030-01-15', settlement_lag => -1)",
        "22003",
        "settlement lag out of range: \"-1\"",
        "A settlement lag is 0 to 30 business days.",
        "Check the unit of the settlement lag.",
    ),
    (
        "'4% 2030-01-15 lag 31'::bond",
        "22003",
        "settlement lag out of range: \"31\"",
        "A settlement lag is 0 to 30 business days.",
        "Check the unit of the settlement lag.",
    ),
    // What does not go together
    (
        "bond(0.04, 'infinity', frequency => 'annual')",
        "22023",
        "perpetual bond \"perpetual\" given without an issue date",
        "",
        "Give an issue date too.",
    ),
    (
        "'4% perpetual issued 2020-01-15 steps 2027-01-15:5%'::bond",
        "22023",
        "a coupon step does not go with a perpetual bond",
        "",
        "A perpetual bond pays one coupon for ever.",
    ),
    (
        "bond(0.04, 'infinity', '2020-01-15', last_coupon => '2040-01-15')",
        "22023",
        "a last coupon date does not go with a perpetual bond: \"2040-01-15\"",
        "",
        "A perpetual bond has no last coupon.",
    ),
    (
        "bond(0.04, 'infinity', '2020-01-15', convention => 'brazilian')",
        "22023",
        "convention does not go with a perpetual bond: \"brazilian\"",
        "",
        "A perpetual bond needs a yield convention that counts coupon periods, such as street, \
            icma, uk_dmo, or current.",
    ),
    (
        "bond(0.04, '2030-01-15', '2025-01-15', 'none', first_coupon => '2026-01-15')",
        "22023",
        "a coupon date does not go with frequency none: \"2026-01-15\"",
        "",
        "Give a frequency, or leave the coupon dates out.",
    ),
    (
        "bond(0.04, '2030-01-15', '2025-01-15', 'none', steps => '2026-01-15:5%')",
        "22023",
        "a coupon step does not go with frequency none: \"2026-01-15\"",
        "",
        "Give a frequency, or leave the steps out.",
    ),
    (
        "'4% 2030-01-15 none'::bond",
        "22023",
        "interest at maturity \"0.04\" given without an issue date",
        "",
        "Give an issue date too.",
    ),
    (
        "'4% 2030-01-15 1/1'::bond",
        "22023",
        "day count does not go with a bond: \"1/1\"",
        "",
        "Interest cannot accrue within a period under 1/1.",
    ),
    // Figures
    (
        "* FROM bond_cashflows('4% perpetual issued 2020-01-15'::bond, '2026-03-24')",
        "22023",
        "a perpetual bond has no last cash flow",
        "",
        "Its price, yield and risk are there all the same",
    ),
    (
        "* FROM bond_explain('4% perpetual issued 2020-01-15 @ 80'::bond)",
        "22023",
        "a perpetual bond has no last cash flow",
        "",
        "Its price, yield and risk are there all the same",
    ),
    (
        "bond_ytm(bond(0.1, '2250-01-15', market => 'brazilian_ntn_f', price => 99), settlement => \
            '2026-03-24')",
        "22008",
        "date out of range of calendar BR: \"2250-01-15\"",
        "The holidays of BR are known for the years 2000 to 2199.",
        "",
    ),
    (
        "bond_settlement_date('8% 2021-06-07 market uk_gilt', '2500-01-01')",
        "22008",
        "date out of range of calendar UK: \"2500-01-01\"",
        "The holidays of UK are known for the years 1978 to 2199.",
        "",
    ),
    (
        "bond_settlement_date('8% 2021-06-07 market uk_gilt', 'infinity')",
        "22008",
        "date out of range: \"infinity\"",
        "",
        "Dates run from 0001-01-01 to 9999-12-31 and are finite.",
    ),
];

#[test]
fn every_refused_term_says_why() {
    let db = Database::new();
    for (expression, state, message, detail, hint) in REFUSED {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        assert_eq!(refusal.state, *state, "{expression}: {refusal:?}");
        for (said, begins) in
            [(&refusal.message, message), (&refusal.detail, detail), (&refusal.hint, hint)]
        {
            assert!(
                said.starts_with(begins) && said.is_empty() == begins.is_empty(),
                "{expression}: {refusal:?}"
            );
        }
    }
}
