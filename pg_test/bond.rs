//! Type `bond` in the database: forms, accessors, comparison, indexes, binary copies.

use crate::database::Database;
use crate::term::KINDS;

#[test]
fn forms_round_trip() {
    let db = Database::new();
    for text in [
        "4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000",
        "0.125% 2031-08-31 quarterly ACT/ACT ICMA issued 2021-09-15 first 2022-02-28 last \
            2031-05-31 redemption 101.5 us_treasury",
        "5% 2030-06-30 annual ACT/365F no-eom compounded x -250000.5",
    ] {
        assert_eq!(db.value(&format!("SELECT '{text}'::bond")), text);
        assert_eq!(db.value(&format!("SELECT '{text}'::bond::jsonb::bond")), text);
        assert_eq!(db.value(&format!("SELECT '{text}'::bond::text::bond = '{text}'")), "t");
    }
    assert_eq!(db.value("SELECT '4.45% 2028-02-23'::bond"), "4.45% 2028-02-23 semiannual 30/360");
    assert_eq!(
        db.value(
            "SELECT bond(coupon => 0.0445, maturity => '2028-02-23', frequency => 'SEMI_ANNUAL', \
                day_count => '30_360', price => 102.45)"
        ),
        "4.45% 2028-02-23 semiannual 30/360 @ 102.45"
    );
    assert_eq!(
        db.value(
            r#"SELECT '{"coupon":0.0445,"maturity":"2028-02-23","price":102.45}'::jsonb::bond"#
        ),
        "4.45% 2028-02-23 semiannual 30/360 @ 102.45"
    );
    let exact = "3.0000000000000002% 2028-02-23 semiannual 30/360";
    assert_eq!(db.value(&format!("SET extra_float_digits = -15; SELECT '{exact}'::bond")), exact);
}

#[test]
fn text_columns_become_bonds() {
    let db = Database::new();
    db.run(
        "CREATE TABLE staging (t text, v varchar(80)); INSERT INTO staging VALUES ('5% \
        2030-06-15 @99.5', '4% 2031-06-15'); CREATE TABLE held (b bond); INSERT INTO held SELECT t \
        FROM staging; INSERT INTO held SELECT v FROM staging",
    );
    assert_eq!(
        db.run("SELECT b FROM held ORDER BY b"),
        ["5% 2030-06-15 semiannual 30/360 @ 99.5", "4% 2031-06-15 semiannual 30/360"]
    );
    assert_eq!(
        db.value(
            "SELECT bond('{\"coupon\": 0.05, \"maturity\": \"2030-06-15\", \"frequency\": \
            4}'::jsonb)"
        ),
        "5% 2030-06-15 quarterly 30/360"
    );
}

#[test]
fn every_word_is_listed() {
    let db = Database::new();
    assert_eq!(
        db.run("SELECT name FROM day_counts() LIMIT 5"),
        ["30/360", "30E/360", "ACT/ACT ICMA", "ACT/360", "ACT/365F"]
    );
    // 1/1 is for schedules of payments: within a period of a bond no interest could accrue under
    // it.
    let read = "SELECT bool_and(bond_day_count(bond(0.05, '2030-01-15', day_count => alias)) = \
        name) FROM day_counts(), unnest(aliases || name) AS alias WHERE name <> '1/1'";
    assert_eq!(db.value(read), "t");
    let read = "SELECT bool_and(bond_frequency(bond(0.05, '2030-01-15', '2020-01-15', frequency => \
        alias)) = name) FROM bond_frequencies(), unnest(aliases || name) AS alias";
    assert_eq!(db.value(read), "t");
    let read = "SELECT bool_and(bond_convention(bond(0.05, '2030-01-15', convention => alias)) = \
        name) FROM yield_conventions(), unnest(aliases || name) AS alias";
    assert_eq!(db.value(read), "t");
}

#[test]
fn a_null_term_is_its_default() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT bond(0.05, '2030-01-15', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, \
            NULL, NULL)"
        ),
        "5% 2030-01-15 semiannual 30/360"
    );
    assert_eq!(
        db.value("SELECT bond(NULL, '2030-01-15') IS NULL AND bond(0.05, NULL) IS NULL"),
        "t"
    );
    assert_eq!(
        db.value("SELECT bond(0.0500::numeric, '2030-01-15'::date, frequency => 'Q'::varchar)"),
        "5% 2030-01-15 quarterly 30/360"
    );
}

#[test]
fn accessors_read_what_was_given() {
    let db = Database::new();
    let bond = "'4% 2034-05-31 quarterly ACT/ACT ICMA issued 2024-06-10 first 2024-11-30 last \
        2034-02-28 redemption 102 us_treasury @ 97.5 x 5e6'::bond";
    let query = format!(
        "SELECT bond_coupon(b), bond_maturity(b), bond_issue(b), bond_frequency(b), \
            bond_day_count(b), bond_first_coupon(b), bond_last_coupon(b),
                bond_redemption(b), bond_end_of_month(b), bond_convention(b), bond_price(b), \
                bond_notional(b) FROM (SELECT {bond} AS b) s"
    );
    assert_eq!(
        db.value(&query),
        "0.04|2034-05-31|2024-06-10|quarterly|ACT/ACT \
            ICMA|2024-11-30|2034-02-28|102|t|us_treasury|97.5|5000000"
    );
    let query = "SELECT bond_issue(b), bond_first_coupon(b), bond_last_coupon(b), bond_price(b), \
        bond_notional(b) FROM (SELECT '4% 2034-05-31'::bond AS b) s";
    assert_eq!(db.value(query), "NULL|NULL|NULL|NULL|NULL");
    assert_eq!(
        db.value("SELECT bond_hold(bond_quote('4% 2034-05-31', 99), 1000)"),
        "4% 2034-05-31 semiannual 30/360 @ 99 x 1000"
    );
    assert_eq!(
        db.value("SELECT bond_terms('4% 2034-05-31 @ 99 x 1000')"),
        "4% 2034-05-31 semiannual 30/360"
    );
}

const MANY: &str = "CREATE TABLE many AS
    SELECT i, bond(coupon => (i % 97) / 1000.0, maturity => date '2027-01-31' + (i * 7919) % \
    11000, frequency => CASE i % 3 WHEN 0 THEN 'A' WHEN 1 THEN 'S' ELSE 'Q' END,
                   day_count => CASE i % 2 WHEN 0 THEN '30/360' ELSE 'ACT/ACT' END, issue => CASE \
                   WHEN i % 5 = 0 THEN date '2020-05-17' END,
                   price => CASE WHEN i % 7 > 0 THEN 80 + (i % 4001) / 100.0 END, notional => CASE \
                   WHEN i % 11 > 0 THEN 1000.0 * (i % 500 - 30) END) AS b
    FROM generate_series(1, 20000) AS i;";

/// Of every kind, too.
fn many(db: &Database) {
    let kinds = KINDS.map(|kind| format!("'{kind}'")).join(", ");
    db.run(&format!(
        "{MANY} UPDATE many SET b = bond_hold((ARRAY[{kinds}]::bond[])[1 + i / 50 % \
        {}], i) WHERE i % 50 = 1",
        KINDS.len()
    ));
}

#[test]
fn bonds_sort_group_and_index() {
    let db = Database::new();
    many(&db);
    db.run(
        "INSERT INTO many SELECT i, b FROM many WHERE i % 10 = 0; CREATE INDEX ON many (b); \
        CREATE INDEX ON many USING hash (b); ANALYZE many",
    );
    assert_eq!(
        db.value(
            "SELECT count(DISTINCT b) = count(DISTINCT b::text), count(*) - \
        count(DISTINCT b) > 1999 FROM many"
        ),
        "t|t"
    );
    assert_eq!(
        db.value(
            "SELECT bool_and(b <= next AND bond_maturity(b) <= bond_maturity(next)) \
        FROM (SELECT b, lead(b) OVER (ORDER BY b) AS next FROM many) s"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT bool_and(bond_hash(x.b) = bond_hash(y.b) AND x.b <= y.b AND NOT \
        x.b < y.b AND bond_cmp(x.b, y.b) = 0) FROM many x JOIN many y USING (b)"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT bool_and(bond_hash_extended(b, 0)::bit(32) = bond_hash(b)::bit(32)) FROM many"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT min(b) = (SELECT b FROM many ORDER BY b LIMIT 1), max(b) = (SELECT b FROM many \
                ORDER BY b DESC LIMIT 1) FROM many"
        ),
        "t|t"
    );
    for plan in [
        "enable_seqscan = off",
        "enable_indexscan = off; SET enable_bitmapscan = off",
        "enable_hashjoin = off",
        "enable_mergejoin = off",
    ] {
        let counts =
            db.value(&format!("SET {plan}; SELECT count(*) FROM many x JOIN many y ON x.b = y.b"));
        assert_eq!(
            counts,
            db.value("SELECT sum(n * n) FROM (SELECT count(*) AS n FROM many GROUP BY b) s"),
            "{plan}"
        );
    }
    let found = db.value(
        "SET enable_seqscan = off; SELECT count(*) FROM many WHERE b = (SELECT b \
        FROM many WHERE i = 77)",
    );
    assert_eq!(found, "1");
    db.run(
        "CREATE TABLE parted (b bond) PARTITION BY HASH (b); CREATE TABLE p0 PARTITION OF parted \
            FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE p1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1); INSERT \
            INTO parted SELECT b FROM many;
            CREATE INDEX ON many (bond_modified_duration(b, settlement => date '2026-03-24'))",
    );
    assert_eq!(db.value("SELECT count(*) > 8000 FROM p0"), "t");
}

#[test]
fn binary_copies_are_exact() {
    let db = Database::new();
    many(&db);
    let folder = std::env::temp_dir().join(format!("pg_bond_test_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for format in ["binary", "text", "csv"] {
        let file = folder.join(format!("bonds.{format}"));
        db.run(&format!(
            "CREATE TABLE copy_{format} (i int, b bond);\n\\copy many TO '{file}' (FORMAT \
                {format})\n\\copy copy_{format} FROM '{file}' (FORMAT {format})\n",
            file = file.display()
        ));
        let same = format!(
            "SELECT count(*) FROM many JOIN copy_{format} c USING (i) WHERE bond_send(many.b) = \
                bond_send(c.b)"
        );
        assert_eq!(db.value(&same), "20000", "{format}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}

/// Columns as tables have them: numeric coupons, and frequencies as numbers or words of any type.
#[test]
fn columns_need_no_cast() {
    let db = Database::new();
    let row = db.value(
        "CREATE TYPE often AS ENUM ('annual', 'quarterly'); CREATE DOMAIN times AS integer; CREATE \
            DOMAIN rate AS numeric(9,6);
         CREATE TABLE t AS SELECT 0.0445::numeric(9,6) AS coupon, 0.0445::rate AS rate, date \
         '2034-05-15' AS maturity, 4 AS i, 4::smallint AS s, 4::bigint AS l, 4::numeric AS n,
             4::float8 AS f, 4::times AS d, 'quarterly'::often AS e, 'Q' AS w, \
             'quarterly'::varchar(20) AS v, '4'::char(3) AS c;
         SELECT count(DISTINCT b), min(b), max(bond_coupon(b)) FROM t, LATERAL (VALUES
             (bond(coupon => coupon, maturity => maturity, frequency => i)), (bond(coupon => \
             coupon, maturity => maturity, frequency => s)),
             (bond(coupon => coupon, maturity => maturity, frequency => l)), (bond(coupon => rate, \
             maturity => maturity, frequency => n)),
             (bond(coupon => coupon::float8, maturity => maturity, frequency => f)), (bond(coupon \
             => coupon, maturity => maturity, frequency => d)),
             (bond(coupon => coupon, maturity => maturity, frequency => e)), (bond(coupon => \
             coupon, maturity => maturity, frequency => w)),
             (bond(coupon, maturity, NULL, v)), (bond(coupon, maturity, NULL, c)), (bond(0.0445, \
             '2034-05-15', NULL, '4')), (bond('0.0445', '2034-05-15', NULL, 4))) AS v (b)",
    );
    assert_eq!(row, "1|4.45% 2034-05-15 quarterly 30/360|0.0445");
    assert_eq!(
        db.value(
            "SELECT bond(0.05, '2034-05-15'), bond(0, '2034-05-15', frequency => NULL), \
            bond(1, '2034-05-15', '2024-05-15', 1)"
        ),
        "5% 2034-05-15 semiannual 30/360|0% 2034-05-15 semiannual 30/360|100% 2034-05-15 annual \
            30/360 issued 2024-05-15"
    );
    for frequency in ["true", "5", "2.5", "date '2026-03-24'"] {
        assert_eq!(
            db.refusal(&format!("SELECT bond(0.05, '2034-05-15', frequency => {frequency})")).state,
            "22023",
            "{frequency}"
        );
    }
    // A generated column and an index take them.
    db.run(
        "CREATE TABLE g (c numeric, m date, f integer, b bond GENERATED ALWAYS AS (bond(coupon \
        => c, maturity => m, frequency => f)) STORED);
            CREATE INDEX ON g (bond(c, m, frequency => f)); INSERT INTO g VALUES (0.05, \
            '2034-05-15', 2), (NULL, '2034-05-15', 2)",
    );
    assert_eq!(
        db.value("SELECT string_agg(b::text, ' ') FROM g"),
        "5% 2034-05-15 semiannual 30/360"
    );
}

/// The float nearest to a numeric, as PostgreSQL's cast finds it, whatever the number of digits.
#[test]
fn numeric_coupons_are_the_nearest_floats() {
    let db = Database::new();
    let differing = db.run(
        "WITH n AS (
             SELECT trunc(random()::numeric * 10 ^ (d - s)::numeric, s) / greatest(1, 10 ^ (d - \
             s)::numeric) AS n FROM generate_series(0, 24) AS d, generate_series(0, 24) AS s, \
             generate_series(1, 20)
             UNION ALL SELECT (random() * 1e-4)::numeric * 10 ^ -s::numeric FROM \
             generate_series(0, 30) AS s, generate_series(1, 20)
             UNION ALL VALUES (0), (1), (0.0001), (0.00010001), (1e-30), (0.9007199254740993), \
             (0.10000000000000001), (0.99999999999999999999), (1.0000), (0.5e-22)
         ) SELECT n FROM n WHERE bond_coupon(bond(n, '2034-05-15')) <> n::float8",
    );
    assert_eq!(differing, Vec::<String>::new());
    for (coupon, state) in [
        ("-0.01", "22003"),
        ("'NaN'::numeric", "22003"),
        ("'infinity'::numeric", "22003"),
        ("1e300::numeric", "22003"),
        ("1e400::numeric", "22003"),
    ] {
        assert_eq!(
            db.refusal(&format!("SELECT bond({coupon}, '2034-05-15')")).state,
            state,
            "{coupon}"
        );
    }
}
