//! Swaps: the type in a table, the constructor, figures on one curve and on two, and the documented
//! answer to the rest.

use crate::database::Database;

const CURVE: &str =
    "'2026-03-24 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%'::curve";
const OTHER: &str = "'2026-03-24 3M:4.4% 1Y:4.1% 10Y:4.5% 30Y:4.9%'::curve";

/// Swaps of every kind, as they are written.
const KINDS: [&str; 6] = [
    "pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR annual ACT/360",
    "receive 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR + 0.1% quarterly ACT/360 x \
        10000000",
    "receive 2.5% 2025-06-30 to 2045-06-30 annual 30/360 bond basis against \"EURIBOR 6M\" \
        semiannual ACT/360 fixing 2.1% calendar TARGET roll modified_following no-eom currency EUR \
        x 25000000",
    "pay 3.9% 2026-03-24 to 2056-03-24 annual ACT/365F against SONIA - 0.05% annual ACT/365F \
        calendar UK roll modified_following currency GBP x -5000000.5",
    "pay 4% 2025-11-28 to 2031-11-30 semiannual 30/360 against SOFR monthly ACT/360 fixing 4.3% \
        calendar US+{2027-12-24} roll following lag 2 currency USD x 1000000",
    "receive 4% 2026-03-26 to 2029-03-26 none ACT/ACT ISDA against TONA none ACT/365F x 1",
];

fn kinds() -> String {
    KINDS.map(|kind| format!("('{kind}')")).join(", ")
}

#[test]
fn constructors() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT swap(0.0425, '2026-03-26', '2036-03-26'), swap('0.0425'::numeric(8,6), \
                '2026-03-26', '2036-03-26', 'RECEIVE', notional => 1e7) = 'receive 4.25% \
                2026-03-26 to 2036-03-26 x 10000000'"
        ),
        "pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR annual ACT/360|t"
    );
    // The same swap, whichever way it is said.
    assert_eq!(
        db.value(
            "SELECT count(DISTINCT s), count(DISTINCT swap_send(s)), min(s) FROM (VALUES
                (swap(0.04, '2025-11-28', '2031-11-30', 'pay fixed', 'SEMI_ANNUAL', '30_360', \
                'SOFR', 0.001, 'MONTHLY', 'ACT_360', 0.043, 1000000, 'US', 'modified following', \
                2, false, 'USD')),
                ('payer 4% 2025-11-28 to 2031-11-30 S 30/360 lag 2 against SOFR +0.1% x 1e6 12 \
                fixing 4.3% currency USD no-eom calendar US roll MF'::swap),
                ('{\"fixed_rate\": 0.04, \"effective\": \"2025-11-28\", \"maturity\": \
                \"2031-11-30\", \"fixed_frequency\": \"semiannual\", \"fixed_day_count\": \
                \"30/360\", \"floating_spread\": 0.001,
                   \"floating_frequency\": \"M\", \"fixing\": 0.043, \"notional\": 1e6, \
                   \"calendar\": \"US\", \"roll\": \"MF\", \"payment_lag\": 2, \"end_of_month\": \
                   false, \"currency\": \"USD\"}'::jsonb::swap),
                (swap_hold('pay 4% 2025-11-28 to 2031-11-30 semiannual 30/360 against SOFR + 0.1% \
                monthly ACT/360 fixing 4.3% calendar US roll MF lag 2 no-eom currency USD', 1e6))) \
                v (s)"
        ),
        "1|1|pay 4% 2025-11-28 to 2031-11-30 semiannual 30/360 against SOFR + 0.1% monthly ACT/360 \
            fixing 4.3% calendar US roll modified_following lag 2 no-eom currency USD x 1000000"
    );
    assert_eq!(
        db.value(
            "SELECT swap(NULL, '2026-03-26', '2036-03-26'), swap(0.04, NULL, '2036-03-26'), \
            swap(0.04, '2026-03-26', NULL)"
        ),
        "NULL|NULL|NULL"
    );
    assert_eq!(
        db.value("SELECT swap_to_jsonb('pay 4.25% 2026-03-26 to 2036-03-26 x 100'::swap)"),
        r#"{"maturity": "2036-03-26", "notional": 100.0, "effective": "2026-03-26", "fixed_leg": "pay", "fixed_rate": 0.0425, "floating_index": "SOFR", "fixed_day_count": "ACT/360", "fixed_frequency": "annual", "floating_day_count": "ACT/360", "floating_frequency": "annual"}"#
    );
}

#[test]
fn accessors_read_the_terms() {
    let db = Database::new();
    let read = |swap: &str| {
        db.value(&format!(
            "SELECT swap_fixed_leg(s), swap_fixed_rate(s), swap_effective(s), swap_maturity(s), \
                swap_fixed_frequency(s), swap_fixed_day_count(s), swap_floating_index(s), \
                swap_floating_spread(s),
                    swap_floating_frequency(s), swap_floating_day_count(s), swap_fixing(s), \
                    swap_notional(s), swap_calendar(s), swap_roll(s), swap_payment_lag(s), \
                    swap_end_of_month(s), swap_currency(s)
             FROM (SELECT '{swap}'::swap AS s) t"
        ))
    };
    assert_eq!(
        read("pay 4% 2026-03-26 to 2036-03-26"),
        "pay|0.04|2026-03-26|2036-03-26|annual|ACT/360|SOFR|0|annual|ACT/360|NULL|NULL|weekends|unadjusted|0|t|NULL"
    );
    assert_eq!(
        read(
            "receive 4% 2026-03-26 to 2036-03-26 semiannual 30/360 against \"EURIBOR 6M\" - 0.1% \
                monthly ACT/365F fixing 3% calendar TARGET roll following lag 2 no-eom currency \
                EUR x -5"
        ),
        "receive|0.04|2026-03-26|2036-03-26|semiannual|30/360|EURIBOR \
            6M|-0.001|monthly|ACT/365F|0.03|-5|TARGET|following|2|f|EUR"
    );
}

#[test]
fn a_swap_is_a_value() {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE swaps (id int GENERATED ALWAYS AS IDENTITY, s swap); INSERT INTO swaps (s) \
            VALUES {};
         INSERT INTO swaps (s) SELECT swap(n % 50 / 1000.0, '2026-03-26', date '2027-03-26' + n % \
         700, CASE n % 2 WHEN 0 THEN 'pay' ELSE 'receive' END, notional => n) FROM \
         generate_series(1, 3000) n;
         INSERT INTO swaps (s) VALUES (NULL); ANALYZE swaps",
        kinds()
    ));
    assert_eq!(db.run(&format!("SELECT s FROM swaps ORDER BY id LIMIT {}", KINDS.len())), KINDS);
    assert_eq!(
        db.value(
            "SELECT count(DISTINCT s), count(DISTINCT s::text), count(DISTINCT \
        swap_send(s)) FROM swaps"
        ),
        "3006|3006|3006"
    );
    assert_eq!(
        db.value(
            "SELECT swap_maturity(min(s)), swap_maturity(max(s)), bool_and(s::text::swap = s), \
                bool_and(s::jsonb::swap = s) FROM swaps"
        ),
        "2027-03-26|2056-03-24|t|t"
    );
    assert_eq!(db.value("SELECT count(*) FROM swaps a JOIN swaps b ON a.s = b.s"), "3006");
    assert_eq!(
        db.value(
            "SELECT bool_and(swap_maturity(s) >= previous) FROM (SELECT s, \
            lag(swap_maturity(s)) OVER (ORDER BY s) AS previous FROM swaps WHERE s IS NOT NULL) t"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT count(*) FROM swaps WHERE swap_hash(s) <> swap_hash(s::text::swap) \
        OR s <> s OR s < s OR NOT s >= s"
        ),
        "0"
    );
    db.run("CREATE INDEX ON swaps (s); CREATE INDEX ON swaps USING hash (s)");
    let plan = db
        .run(
            "SET enable_seqscan = off; EXPLAIN SELECT * FROM swaps WHERE s > (SELECT s \
        FROM swaps WHERE id = 7)",
        )
        .join("\n");
    assert!(plan.contains("Index"), "{plan}");
    let file = std::env::temp_dir().join(format!("{}.bin", db.name));
    db.run(&format!(
        "CREATE TABLE copied (id int, s swap);\n\\copy swaps TO '{file}' (FORMAT binary)\n\\copy \
            copied FROM '{file}' (FORMAT binary)\n",
        file = file.display()
    ));
    std::fs::remove_file(file).unwrap();
    let digest = |table: &str| {
        db.value(&format!(
            "SELECT count(*), md5(string_agg(encode(swap_send(s), 'hex') || s::text, \
            ' ' ORDER BY s)) FROM {table}"
        ))
    };
    assert_eq!(digest("copied"), digest("swaps"));
    assert_eq!(
        db.value("SELECT encode(swap_send('pay 4% 2026-03-26 to 2036-03-26'), 'hex')"),
        "01010401046d250000b23300007b14ae47e17aa43f01010001020400534f4652"
    );
}

#[test]
fn a_dump_brings_them_back() {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE book (s swap, npv float8 GENERATED ALWAYS AS (swap_npv(s, {CURVE})) STORED); \
            INSERT INTO book VALUES {};
         CREATE INDEX ON book (swap_maturity(s)); CREATE INDEX ON book (s)",
        kinds()
    ));
    let restored = Database::empty();
    let dump = std::process::Command::new("pg_dump").arg(&db.name).output().unwrap();
    restored.run(&String::from_utf8(dump.stdout).unwrap());
    let digest = "SELECT count(*), count(npv), md5(string_agg(b::text || encode(swap_send(s), \
        'hex'), '/' ORDER BY s)) FROM public.book b";
    assert_eq!(restored.value(digest), db.value(digest));
}

/// Under one rate throughout, a flow is worth e^(-rt) and everything else follows from that.
#[test]
fn a_flat_curve() {
    let db = Database::new();
    let (growth, factor) = (0.04_f64.exp(), (-0.04_f64).exp());
    let value = (growth - 1.0 - 0.05 * 365.0 / 360.0) * factor * 10_000.0;
    let par = (growth - 1.0) * 360.0 / 365.0;
    // Of the floating payment, growth less one, only the one moves with the rate.
    let dv01 = -(1.0 + 0.05 * 365.0 / 360.0) * factor;
    assert_eq!(
        db.value(&format!(
            "SELECT abs(swap_npv(s, c) - {value}) < 1e-11, abs(swap_par_rate(s, c) - {par}) < \
                1e-15, abs(swap_dv01(s, c) - {dv01}) < 1e-13
             FROM (SELECT 'pay 5% 2026-03-24 to 2027-03-24 x 10000'::swap AS s, '2026-03-24 \
             1Y:4%'::curve AS c) t"
        )),
        "t|t|t"
    );
}

/// Every form of every function agrees with the longest; parts add up, and each is the loss that
/// its shift of the curves brings.
#[test]
fn every_form_of_a_figure() {
    let db = Database::new();
    db.run(&format!("CREATE TABLE book (s swap); INSERT INTO book VALUES {}", kinds()));
    let on = "date '2026-03-24'";
    for figure in ["swap_npv", "swap_par_rate", "swap_dv01"] {
        assert_eq!(
            db.value(&format!(
                "SELECT count(*), bool_and({figure}(s, c) = {figure}(s, c, c, {on}) AND \
                    {figure}(s, c, settlement => {on}) = {figure}(s, c, c) AND {figure}(s, c, p) = \
                    {figure}(s, c, p, settlement => {on})
                    AND {figure}(s, c) <> {figure}(s, c, p) AND {figure}(s, c, p, date \
                    '2026-06-24') = {figure}(s, discount => c, projection => p, settlement => \
                    '2026-06-24'))
                 FROM book, (SELECT {CURVE} AS c, {OTHER} AS p) t"
            )),
            "6|t",
            "{figure}"
        );
    }
    assert_eq!(
        db.value(&format!(
            "SELECT bool_and(abs(one - swap_dv01(s, c)) < 1e-12 * scale AND abs(two - swap_dv01(s, \
                c, p)) < 1e-12 * scale AND abs(later - swap_dv01(s, c, p, '2026-06-24')) < 1e-12 * \
                scale AND at = '2Y 10Y'),
                    bool_and(abs((swap_npv(s, c - 1, p - 1) - swap_npv(s, c + 1, p + 1)) / 2 - \
                    swap_dv01(s, c, p)) < 1e-6 * scale)
             FROM book, (SELECT {CURVE} AS c, {OTHER} AS p) t, abs(swap_notional(s)) AS n, \
             coalesce(n, 100) AS scale,
                LATERAL (SELECT sum(dv01) AS one FROM swap_krd(s, c)) a, LATERAL (SELECT sum(dv01) \
                AS two FROM swap_krd(s, c, p, tenors => '{{1Y,5Y,30Y}}')) b,
                LATERAL (SELECT sum(dv01) AS later FROM swap_krd(s, c, p, '{{2Y,10Y}}'::text[], \
                '2026-06-24')) d, LATERAL (SELECT string_agg(tenor, ' ') AS at FROM swap_krd(s, c, \
                tenors => '{{2Y,10Y}}')) e"
        )),
        "t|t"
    );
    assert_eq!(
        db.value(&format!(
            "SELECT bool_and(abs(one - swap_npv(s, c)) < 1e-12 * n), bool_and(abs(two - \
                swap_npv(s, c, p)) < 1e-12 * n), bool_and(abs(later - swap_npv(s, c, date \
                '2026-06-24')) < 1e-12 * n), bool_and(legs = 2)
             FROM book, (SELECT {CURVE} AS c, {OTHER} AS p) t, coalesce(abs(swap_notional(s)), \
             100) AS n,
                LATERAL (SELECT sum(present_value) AS one, count(DISTINCT leg) AS legs FROM \
                swap_cashflows(s, c)) a,
                LATERAL (SELECT sum(present_value) AS two FROM swap_cashflows(s, c, p)) b, LATERAL \
                (SELECT sum(amount * discount_factor) AS later FROM swap_cashflows(s, c, \
                settlement => '2026-06-24')) d"
        )),
        "t|t|t|t"
    );
    assert_eq!(
        db.run(&format!(
            "SELECT leg, start, \"end\", payment, round(rate::numeric, 6), round(amount::numeric, \
                2), round(present_value::numeric, 2)
             FROM swap_cashflows('receive 4% 2025-09-30 to 2027-03-31 semiannual 30/360 against \
             SOFR annual ACT/360 fixing 4.2% calendar US roll following lag 2 x 1000', {CURVE})"
        )),
        [
            "fixed|2025-09-30|2026-03-31|2026-04-02|0.040000|20.00|19.98",
            "floating|2025-09-30|2026-03-31|2026-04-02|0.042054|-21.26|-21.24",
            "fixed|2026-03-31|2026-09-30|2026-10-02|0.040000|20.00|19.56",
            "fixed|2026-09-30|2027-03-31|2027-04-02|0.040000|20.00|19.19",
            "floating|2026-03-31|2027-03-31|2027-04-02|0.040353|-40.91|-39.26",
        ]
    );
}

#[test]
fn what_is_unknown_is_null() {
    let db = Database::new();
    let answers = |swap: &str| {
        db.value(&format!(
            "SELECT swap_npv(s, c), swap_par_rate(s, c), swap_dv01(s, c), (SELECT count(*) FROM \
                swap_krd(s, c)), (SELECT count(*) FROM swap_cashflows(s, c)), (SELECT \
                count(amount) FROM swap_cashflows(s, c))
             FROM (SELECT '{swap}'::swap AS s, {CURVE} AS c) t"
        ))
    };
    // Matured; paid on the day itself; a period that began earlier, whose fixing nobody gave.
    assert_eq!(answers("pay 4% 2020-03-24 to 2025-03-24"), "NULL|NULL|NULL|0|0|0");
    assert_eq!(answers("pay 4% 2020-03-24 to 2026-03-24"), "NULL|NULL|NULL|0|0|0");
    assert_eq!(answers("pay 4% 2025-06-24 to 2028-06-24"), "NULL|NULL|NULL|0|6|5");
    assert_eq!(
        db.value(&format!(
            "SELECT swap_npv(NULL, c), swap_npv(s, NULL::curve), swap_dv01(s, c, NULL::curve), \
                swap_par_rate(s, c, NULL::date), (SELECT count(*) FROM swap_krd(s, c, \
                NULL::text[])),
                    swap_npv(swap_hold(s, 0), c), (SELECT round(sum(duration)::numeric, 4) FROM \
                    swap_krd(swap_hold(s, 0), c))
             FROM (SELECT 'receive 4% 2026-03-26 to 2028-03-26'::swap AS s, {CURVE} AS c) t"
        )),
        "NULL|NULL|NULL|NULL|0|0|1.9661"
    );
}

/// One row for a swap of a book: the three figures, or none where each of them is an error.
#[test]
fn measures_of_a_book() {
    let db = Database::new();
    db.run(&format!("CREATE TABLE book (s swap); INSERT INTO book VALUES {}", kinds()));
    assert_eq!(
        db.value(&format!(
            "SELECT count(*), bool_and((m.npv, m.par_rate, m.dv01) = (swap_npv(s, c), \
                swap_par_rate(s, c), swap_dv01(s, c))) FROM book, (SELECT {CURVE} AS c) t, \
                swap_measures(s, c) m"
        )),
        "6|t"
    );
    assert_eq!(
        db.value(&format!(
            "SELECT (SELECT count(*) FROM swap_measures('pay 4% 2026-03-26 to 2036-03-26', \
                '2026-03-24 extrapolation none 1Y:4%')),
                    (SELECT count(*) FROM swap_measures('pay 4% 2026-03-26 to 2200-03-26 calendar \
                    US roll following', {CURVE})),
                    (SELECT count(*) FROM swap_measures('pay 4% 2026-03-28 to 2026-03-29 roll \
                    following', {CURVE})),
                    (SELECT count(*) FROM swap_measures('pay 4% 2020-03-24 to 2025-03-24', \
                    {CURVE})),
                    (SELECT count(*) || ' ' || count(npv) FROM swap_measures('pay 4% 2025-06-24 to \
                    2028-06-24', {CURVE}))"
        )),
        "0|0|0|0|1 0"
    );
}

/// Names in another encoding than UTF-8 would be one name, of characters that stand for any.
#[test]
fn names_in_another_encoding() {
    let db = Database::new();
    let latin = format!("{}_latin", db.name);
    db.run(&format!("CREATE DATABASE {latin} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"));
    let run = |sql: &str| {
        let output = std::process::Command::new("psql")
            .args(["-XAtq", "-v", "VERBOSITY=verbose", "-d", &latin, "-c", sql])
            .env("PGCLIENTENCODING", "UTF8")
            .output()
            .unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    run("CREATE EXTENSION pg_bond");
    let said = [
        "'pay 4% 2026-03-26 to 2036-03-26 against \"T\u{e9}NA\"'::swap",
        "swap(0.04, '2026-03-26', '2036-03-26', floating_index => 'T\u{e9}NA')",
        "'2026-03-24 \"T\u{e9}NA\" 1Y:4%'::curve",
    ]
    .map(|expression| run(&format!("SELECT {expression}")));
    let plain = run("SELECT swap_floating_index('pay 4% 2026-03-26 to 2036-03-26 against TONA')");
    db.run(&format!("DROP DATABASE {latin}"));
    assert!(
        said.iter().all(|(row, error)| row.is_empty() && error.contains("ERROR:  22")),
        "{said:?}"
    );
    assert_eq!(plain.0, "TONA\n");
}

#[test]
fn what_is_wrong_is_refused() {
    let db = Database::new();
    let sample = "'pay 4% 2026-03-26 to 2036-03-26'::swap";
    for (expression, state, said) in [
        ("'4% 2026-03-26 to 2036-03-26'::swap", "22P02", "\"4%\" is no fixed leg (pay, receive)"),
        (
            "'pay 4% 2026-03-26'::swap",
            "22P02",
            "A swap begins with pay or receive, the fixed rate in percent, and two dates",
        ),
        (
            "'pay 4% 2026-03-26 to 2036-03-26 daily'::swap",
            "22P02",
            "Write it like pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR + 0.1%",
        ),
        (
            "'pay 4% 2026-03-26 to 2026-03-26'::swap",
            "22023",
            "swap ends on \"2026-03-26\", which is not after its start",
        ),
        (
            "('pay 4% 2026-03-26 to 2036-03-26 ' || repeat('x', 100000))::swap",
            "22P02",
            "in at most 100000 characters",
        ),
        ("'{}'::jsonb::swap", "22P02", "Missing field `fixed_rate`."),
        (
            "'[0.04, \"2026-03-26\", \"2036-03-26\"]'::jsonb::swap",
            "22P02",
            "Expected an object of swap terms.",
        ),
        (
            "'{\"fixed_rate\": 0.04, \"effective\": \"2026\", \"maturity\": \
                \"2036-03-26\"}'::jsonb::swap",
            "22P02",
            "is not a date written YYYY-MM-DD",
        ),
        (
            "'{\"fixed_rate\": 0.04, \"effective\": \"2026-03-26\", \"maturity\": \"2036-03-26\", \
                \"fixd\": 1}'::jsonb::swap",
            "0A000",
            "not supported yet in a swap: \"fixd\"",
        ),
        ("swap(425, '2026-03-26', '2036-03-26')", "22003", "fixed rate out of range: \"425\""),
        ("swap('NaN', '2026-03-26', '2036-03-26')", "22003", "fixed rate out of range: \"NaN\""),
        ("swap(0.04, '2026-03-26', 'infinity')", "22008", "date out of range: \"infinity\""),
        (
            "swap(0.04, '2026-03-26', '2036-03-26', 'lend')",
            "22023",
            "Known for fixed leg: pay, receive",
        ),
        (
            "swap(0.04, '2026-03-26', '2036-03-26', fixed_frequency => 'daily')",
            "22023",
            "unknown frequency: \"daily\"",
        ),
        (
            "swap(0.04, '2026-03-26', '2036-03-26', floating_day_count => '30/366')",
            "22023",
            "unknown day count: \"30/366\"",
        ),
        (
            "swap(0.04, '2026-03-26', '2036-03-26', floating_index => E'a\\nb')",
            "22023",
            "unknown floating index",
        ),
        (
            "swap(0.04, '2026-03-26', '2036-03-26', fixing => 'infinity')",
            "22003",
            "fixing out of range: \"inf\"",
        ),
        (
            "swap(0.04, '2026-03-26', '2036-03-26', payment_lag => -1)",
            "22003",
            "payment lag out of range: \"-1\"",
        ),
        (
            "swap(0.04, '2026-03-26', '2036-03-26', currency => 'EURO')",
            "22023",
            "unknown currency: \"EURO\"",
        ),
        ("swap(0.04, '2026-03-26', '2326-03-26')", "22003", "term out of range"),
        (&format!("swap_hold({sample}, 'NaN')"), "22003", "notional out of range"),
        (
            &format!("swap_npv({sample}, {CURVE}, settlement => '2026-03-23')"),
            "22008",
            "the curve begins on \"2026-03-24\"",
        ),
        (
            &format!("swap_npv({sample}, {CURVE}, '2026-03-25 1Y:4%'::curve)"),
            "22023",
            "Roll the earlier one to the date of the later one",
        ),
        (
            &format!("swap_npv({sample}, '2026-03-24 extrapolation none 1Y:4%'::curve)"),
            "22008",
            "beyond the last node",
        ),
        (
            &format!("swap_krd({sample}, {CURVE}, tenors => '{{10Y,2Y}}')"),
            "22023",
            "Give tenors from the shortest to the longest.",
        ),
        (
            &format!("swap_krd({sample}, {CURVE}, tenors => '{{NULL}}')"),
            "22004",
            "tenor must not be null",
        ),
        (
            &format!(
                "swap_npv('pay 4% 2026-03-26 to 2200-03-26 calendar US roll following'::swap, \
                    {CURVE})"
            ),
            "22008",
            "out of range of calendar US",
        ),
        (
            &format!("swap_npv('pay 4% 2026-03-28 to 2026-03-29 roll following'::swap, {CURVE})"),
            "22023",
            "adjusted schedule ends on \"2026-03-30\", which is not after its start \"2026-03-30\"",
        ),
    ] {
        let refusal = db.refusal(&format!("SELECT {expression}"));
        assert_eq!(refusal.state, state, "{expression}: {refusal:?}");
        let words = format!("{} {} {}", refusal.message, refusal.detail, refusal.hint);
        assert!(words.contains(said), "{expression}: {words}");
    }
    db.run("CREATE TABLE received (s swap)");
    let file = std::env::temp_dir().join(format!("{}.bin", db.name));
    let mut bytes = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0\0\x01\0\0\0\x03\x01\x01\x04".to_vec();
    bytes.extend([0xff, 0xff]);
    std::fs::write(&file, bytes).unwrap();
    let refusal = db.refusal(&format!("\\copy received FROM '{}' (FORMAT binary)", file.display()));
    std::fs::remove_file(file).unwrap();
    assert_eq!(
        (refusal.state.as_str(), refusal.message.as_str()),
        ("22P03", "invalid binary form of type swap: the value ends too early")
    );
}
