//! Ratings: the type, its order, the scales, and averages that no plan changes.

use crate::database::Database;

#[test]
fn better_credit_is_greater() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT 'BBB-'::rating >= 'Baa3', 'BBB-'::rating = 'Baa3', 'AAA'::rating > 'Aa1', \
            'D'::rating < 'C', 'BB+'::rating >= 'BBB-', 'A'::rating <> 'A2'"
        ),
        "t|t|t|t|f|f"
    );
    db.run(
        "CREATE TABLE rated (id int PRIMARY KEY, r rating);
            INSERT INTO rated VALUES (1, 'BBB-'), (2, 'Baa3'), (3, 'AA+'), (4, 'Ba1'), (5, NULL), \
            (6, 'D'), (7, 'Aaa')",
    );
    assert_eq!(
        db.value("SELECT string_agg(id::text, ' ' ORDER BY id) FROM rated WHERE r >= 'BBB-'"),
        "1 2 3 7"
    );
    assert_eq!(
        db.value("SELECT string_agg(r::text, ' ' ORDER BY r DESC NULLS LAST, id) FROM rated"),
        "Aaa AA+ BBB- Baa3 Ba1 D"
    );
    assert_eq!(
        db.value("SELECT min(r), max(r), avg(r), count(r), count(DISTINCT r) FROM rated"),
        "D|Aaa|BBB|6|5"
    );
    assert_eq!(db.value("SELECT count(*) FROM (SELECT r FROM rated GROUP BY r) g"), "6");
    assert_eq!(db.value("SELECT count(*) FROM rated a JOIN rated b ON a.r = b.r"), "8");
    // The index is used, and answers as the table does.
    db.run(
        "CREATE INDEX ON rated (r); INSERT INTO rated SELECT 10 + n, rating_from_notch(1 + n % \
        22) FROM generate_series(1, 5000) n; ANALYZE rated",
    );
    let plan =
        db.run("SET enable_seqscan = off; EXPLAIN SELECT * FROM rated WHERE r > 'AA+'").join("\n");
    assert!(plan.contains("rated_r_idx"), "{plan}");
    assert_eq!(
        db.value("SET enable_seqscan = off; SELECT count(*) FROM rated WHERE r > 'AA+'"),
        "228"
    );
    assert_eq!(
        db.value(
            "SET enable_indexscan = off; SET enable_bitmapscan = off; SET \
        enable_indexonlyscan = off; SELECT count(*) FROM rated WHERE r > 'AA+'"
        ),
        "228"
    );
}

#[test]
fn one_byte_in_and_out() {
    let db = Database::new();
    assert_eq!(
        db.value("SELECT typlen, typbyval, typalign FROM pg_type WHERE typname = 'rating'"),
        "1|t|c"
    );
    assert_eq!(
        db.value(
            "SELECT rating_send('BBB-'), rating_send('Baa3'), pg_column_size('BBB-'::rating), \
            'BBB-'::varchar(10)::rating, ARRAY['A', 'Aa2']::rating[]"
        ),
        "\\x0a|\\x2a|1|BBB-|{A,Aa2}"
    );
    let folder = std::env::temp_dir().join(format!("pg_bond_rating_{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("rating.bin");
    let copy = |direction: &str| {
        format!("\\copy rated {direction} '{}' (FORMAT binary)\n", file.display())
    };
    db.run(&format!(
        "CREATE TABLE rated (r rating); INSERT INTO rated SELECT rating_from_notch(n, a) FROM \
            generate_series(1, 22) n, (VALUES ('S&P'), ('Moodys')) v (a);\n{}{}",
        copy("TO"),
        copy("FROM")
    ));
    assert_eq!(
        db.value(
            "SELECT count(*), count(DISTINCT r::text), bool_and(r::text::rating::text \
        = r::text) FROM rated"
        ),
        "88|42|t"
    );
    // File header 19 bytes, field count 2, field length 4.
    let good = std::fs::read(&file).unwrap();
    for code in [0, 23, 0x20, 0x35, 0x41, 0xff] {
        let mut bad = good.clone();
        bad[25] = code;
        std::fs::write(&file, bad).unwrap();
        let refusal = db.refusal(&copy("FROM"));
        assert_eq!(
            (refusal.state.as_str(), refusal.message),
            ("22P03", format!("invalid binary form of type rating: code {code} is unknown"))
        );
    }
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_refused_and_why() {
    let db = Database::new();
    let refusal = db.refusal("SELECT 'NR'::rating");
    assert_eq!(
        (refusal.state.as_str(), refusal.message.as_str()),
        ("22P02", "invalid input syntax for type rating: \"NR\"")
    );
    assert_eq!(
        refusal.detail,
        "An unknown rating is NULL, which rating_or_null(text) makes of this."
    );
    assert_eq!(refusal.hint, "Write it like BBB- or Baa3");
    for (expression, state) in [
        ("'A-1'::rating", "22P02"),
        ("''::rating", "22P02"),
        ("repeat('A', 100000)::rating", "22P02"),
        ("rating_from_notch(0)", "22003"),
        ("rating_from_notch(23)", "22003"),
        ("rating_from_notch(1, 'Duff')", "22023"),
        ("rating_from_factor('NaN')", "22003"),
        ("rating_average('A', 'NaN')", "22003"),
        ("rating_average('A', 'infinity')", "22003"),
        ("rating_combine('{1}', '{1}')", "22023"),
        ("rating_average_final(array_fill('NaN'::float8, '{13}'))", "22023"),
        ("rating_warf_final(array_fill(NULL::float8, '{13}'))", "22023"),
        ("rating_add(array_fill(0::float8, '{22}'), 'A')", "22023"),
    ] {
        assert_eq!(db.refusal(&format!("SELECT {expression}")).state, state, "{expression}");
    }
    assert_eq!(
        db.value(
            "SELECT rating_or_null('NR'), rating_or_null('A-1'), rating_or_null('(P)Baa1'), \
            rating_or_null(NULL)"
        ),
        "NULL|NULL|Baa1|NULL"
    );
    if db.number("SHOW server_version_num") >= 160_000.0 {
        assert_eq!(
            db.value("SELECT pg_input_is_valid('NR', 'rating'), pg_input_is_valid('A-', 'rating')"),
            "f|t"
        );
    }
}

#[test]
fn scales_and_rules() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT rating_notch('Baa3'), rating_moodys('AA+'), rating_sp('Ba1'), \
            rating_fitch('Caa1'), rating_moodys('D'), rating_is_investment_grade('BB+'), \
            rating_factor('B2')"
        ),
        "10|Aa1|BB+|CCC+|C|f|2720"
    );
    assert_eq!(
        db.value(
            "SELECT count(*), min(notch), max(notch), bool_and(sp::rating = \
        moodys::rating) FILTER (WHERE notch < 22), bool_and(sp = fitch) FROM rating_scale()"
        ),
        "22|1|22|t|t"
    );
    assert_eq!(
        db.value(
            "SELECT bool_and(rating_from_notch(notch) = sp::rating AND \
        rating_from_notch(notch, 'Moody''s')::text = CASE WHEN notch < 22 THEN moodys ELSE 'D' \
        END) FROM rating_scale()"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT rating_middle('Baa3', 'BB+', 'BB'), rating_middle('Baa3', NULL, 'BB+'), \
            rating_middle(NULL, 'A', NULL), rating_middle(NULL, NULL, NULL)"
        ),
        "BB+|BB+|A|NULL"
    );
    assert_eq!(
        db.value(
            "SELECT rating_from_factor(610), rating_from_factor(rating_warf(r, w)) FROM (VALUES \
                ('BBB'::rating, 1), ('Ba2', 1)) v (r, w)"
        ),
        "Baa3|Ba1"
    );
}

/// Parallel, grouped, windowed and serial plans give the same; NULLs are left out.
#[test]
fn averages_in_every_plan() {
    let db = Database::new();
    db.run(
        "CREATE TABLE rated AS SELECT n AS id, n % 7 AS g, rating_from_notch(1 + (n % 1000 * 7919) \
            % 22, CASE n % 2 WHEN 0 THEN 'Fitch' ELSE 'Moodys' END) AS r,
                (n::bigint * 104729) % 1000003 / 7.0::float8 AS w FROM generate_series(1, 200000) \
                n; ANALYZE rated",
    );
    let query = "SELECT g, avg(r), rating_average(r, w), rating_warf(r, w), min(r), max(r) FROM \
        rated GROUP BY g ORDER BY g";
    let serial = db.run(&format!("SET max_parallel_workers_per_gather = 0; {query}"));
    let forced = "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET \
        min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 4;";
    let plan = db.run(&format!("{forced} EXPLAIN {query}")).join("\n");
    assert!(plan.contains("Partial") && plan.contains("Gather"), "{plan}");
    assert_eq!(serial, db.run(&format!("{forced} {query}")));
    // The same by arithmetic in SQL.
    assert_eq!(
        db.value(
            "SELECT bool_and(a = rating_from_notch(floor(n + 0.5)::int)) FROM (SELECT avg(r) AS a, \
                avg(rating_notch(r)) AS n FROM rated GROUP BY g) s"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT bool_and(abs(rating_warf / f - 1) < 1e-13) FROM (SELECT rating_warf(r, \
            w), sum(rating_factor(r) * w) / sum(w) AS f FROM rated GROUP BY g) s"
        ),
        "t"
    );
    assert_eq!(
        db.value(
            "SELECT string_agg(a::text, ' ' ORDER BY id) FROM (SELECT id, avg(r) OVER \
        (ORDER BY id) AS a FROM (VALUES (1, 'A'::rating), (2, NULL), (3, 'AA')) v (id, r)) s"
        ),
        "A A A+"
    );
    assert_eq!(
        db.value(
            "SELECT avg(r), rating_average(r, w), rating_warf(r, w) FROM (VALUES \
            (NULL::rating, 1), ('A', NULL)) v (r, w)"
        ),
        "A|NULL|NULL"
    );
    assert_eq!(
        db.value(
            "SELECT rating_average(r, w), rating_warf(r, w) FROM (VALUES ('A'::rating, \
        1), ('BB', -1)) v (r, w)"
        ),
        "NULL|NULL"
    );
}
