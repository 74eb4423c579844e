//! Calendars: the type, business-day arithmetic, and calendars from tables.

use crate::database::Database;
use crate::migrations::files;

#[test]
fn business_days() {
    let db = Database::new();
    for (call, answer) in [
        // Independence Day 2026 is a Saturday: the bond market rests on the Friday before, the Fed
        // does not.
        ("is_business_day('2026-07-03', 'US'), is_business_day('2026-07-03', 'FED')", "f|t"),
        (
            "add_business_days('2026-07-02', 1, 'US'), add_business_days('2026-07-06', -1, 'US')",
            "2026-07-06|2026-07-02",
        ),
        (
            "add_business_days('2026-07-04', 0, 'US'), add_business_days('2026-07-04', 1, 'US')",
            "2026-07-06|2026-07-06",
        ),
        (
            "settlement_date('2026-12-23', 1, 'UK'), settlement_date('2026-12-24', 1, 'UK'), \
                settlement_date('2026-12-25', 0, 'UK')",
            "2026-12-24|2026-12-29|2026-12-29",
        ),
        (
            "adjust_date('2026-05-31', 'modified following', 'UK'), adjust_date('2026-05-31', 'F', \
                'UK'), adjust_date('2026-05-30', 'MP', 'UK')",
            "2026-05-29|2026-06-01|2026-05-29",
        ),
        (
            "adjust_date('2026-05-31', 'unadjusted', 'UK'), adjust_date('2026-05-31', 'nearest', \
                'UK')",
            "2026-05-31|2026-06-01",
        ),
        // 261 weekdays; 11 US holidays; Good Friday, Easter Monday and three bank holidays of the
        // UK's alone.
        (
            "business_days('2026-01-01', '2027-01-01', 'US'), business_days('2026-01-01', \
                '2027-01-01', 'US+UK'), business_days('2027-01-01', '2026-01-01', 'weekends')",
            "250|245|-261",
        ),
        (
            "business_days(\"to\" => '2024-12-31', \"from\" => '2023-12-29', calendar => 'BR') = \
                253",
            "t",
        ),
        (
            "is_business_day('2026-01-04', 'CN'), is_business_day('2024-11-20', 'Brasil'), \
                is_business_day('2023-11-20', 'ANBIMA')",
            "t|f|t",
        ),
        (
            "is_business_day(NULL, 'US'), add_business_days('2026-01-02', NULL, 'US'), \
                adjust_date('2026-01-02', 'F', NULL)",
            "NULL|NULL|NULL",
        ),
    ] {
        assert_eq!(db.value(&format!("SELECT {call}")), answer, "{call}");
    }
    assert_eq!(
        db.run("SELECT * FROM calendar_holidays('US+{2026-12-24}', '2026-11-15', '2027-01-01')"),
        [
            "2026-11-26|Thanksgiving Day",
            "2026-12-24|own holiday",
            "2026-12-25|Christmas Day",
            "2027-01-01|New Year's Day"
        ]
    );
    assert_eq!(
        db.value(
            "SELECT count(*), bool_and(cardinality(aliases) > 0 AND first_year < last_year \
            AND definition <> '') FROM calendars()"
        ),
        "20|t"
    );
    assert_eq!(
        db.value("SELECT first_year, last_year FROM calendars() WHERE name = 'CN'"),
        "2008|2026"
    );
    assert_eq!(
        db.value(
            "SELECT count(*) FROM business_day_rolls() WHERE 'MF' = ANY (aliases) OR \
        name = 'following'"
        ),
        "2"
    );
    // Every name and every other spelling is read.
    assert_eq!(
        db.value(
            "SELECT bool_and(spelling::calendar = name::calendar) FROM calendars(), \
        unnest(name || aliases) AS spelling"
        ),
        "t"
    );
}

#[test]
fn values() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT 'uk + us'::calendar, calendar('TARGET2'), ''''::text || calendar \
            '{2026-12-24,2026-01-02}+gblo'"
        ),
        "US+UK|TARGET|'UK+{2026-01-02,2026-12-24}"
    );
    assert_eq!(
        db.value(
            "SELECT calendar('{2026-12-24,2026-12-24}'::date[]), calendar(ARRAY[date \
                '2026-12-24'], 'US+FED'), calendar('{}'::date[], 'JP')"
        ),
        "weekends+{2026-12-24}|US+FED+{2026-12-24}|JP"
    );
    assert_eq!(
        db.value(
            "SELECT calendar 'US' + 'UK+{2026-03-03}' + 'weekends', calendar 'US' + 'UK' = \
            'UK+US', calendar 'US' <> 'FED'"
        ),
        "US+UK+{2026-03-03}|t|t"
    );
    // Text columns are calendars, typed columns group, sort, hash and index, and cross in binary.
    db.run(
        "CREATE TABLE desk (market text, other varchar(20), c calendar, UNIQUE (c));
         INSERT INTO desk VALUES ('US', 'UK', 'US+UK'), ('TARGET', 'weekends', 'TARGET')",
    );
    assert_eq!(
        db.run(
            "SELECT is_business_day('2026-07-03', market), is_business_day('2026-12-28', other) \
            FROM desk ORDER BY market"
        ),
        ["t|t", "f|f"]
    );
    assert_eq!(db.run("SELECT market FROM desk WHERE c = 'UK+US'"), ["US"]);
    assert_eq!(
        db.value(
            "SELECT count(DISTINCT c) FROM (SELECT c FROM desk UNION ALL SELECT c FROM desk) t"
        ),
        "2"
    );
    assert_eq!(
        db.value(
            "SET enable_sort = off; SET enable_mergejoin = off; SET enable_nestloop = \
        off; SELECT count(*) FROM desk a JOIN desk b USING (c)"
        ),
        "2"
    );
    let file = std::env::temp_dir().join(&db.name);
    db.run(&format!(
        "\\copy desk TO '{0}' (FORMAT binary)\nCREATE TABLE back (LIKE desk);\n\\copy back FROM \
            '{0}' (FORMAT binary)",
        file.display()
    ));
    std::fs::remove_file(file).unwrap();
    assert_eq!(db.value("SELECT count(*) FROM desk NATURAL JOIN back"), "2");
}

#[test]
fn what_is_no_calendar_or_date_is_refused() {
    let db = Database::new();
    for (call, state, message) in [
        ("'Atlantis'::calendar", "22023", "unknown calendar: \"Atlantis\""),
        (
            "'US+{2026-02-30}'::calendar",
            "22P02",
            "invalid input syntax for type calendar: \"US+{2026-02-30}\"",
        ),
        ("''::calendar", "22023", "unknown calendar: \"\""),
        (
            "is_business_day('1989-12-29', 'US')",
            "22008",
            "date out of range of calendar US: \"1989-12-29\"",
        ),
        (
            "is_business_day('2027-01-04', 'US+CN')",
            "22008",
            "date out of range of calendar CN: \"2027-01-04\"",
        ),
        ("is_business_day('infinity', 'weekends')", "22008", "date out of range: \"infinity\""),
        (
            "business_days('2026-01-01', 'infinity', 'US')",
            "22008",
            "date out of range: \"infinity\"",
        ),
        (
            "add_business_days('2026-01-01', 2000000000, 'US')",
            "22008",
            "date out of range of calendar US: \"2200-01-01\"",
        ),
        (
            "add_business_days('2026-01-01', -2147483648, 'weekends')",
            "22008",
            "date out of range: \"0001-12-31 BC\"",
        ),
        (
            "adjust_date('2026-01-01', 'sideways', 'US')",
            "22023",
            "unknown business-day roll: \"sideways\"",
        ),
        ("settlement_date('2026-01-01', -1, 'US')", "22003", "settlement lag out of range: \"-1\""),
        (
            "calendar(ARRAY[date '2026-01-01', NULL])",
            "22004",
            "a holiday of a calendar must not be null",
        ),
        ("calendar(ARRAY[date 'infinity'])", "22008", "date out of range: \"infinity\""),
        (
            "calendar(ARRAY(SELECT date '2000-01-01' + n FROM generate_series(0, 10000) n))",
            "54000",
            "too many holidays of a calendar: 10001",
        ),
    ] {
        let refused = db.refusal(&format!("SELECT {call}"));
        assert_eq!(refused.state, state, "{call}: {}", refused.message);
        assert_eq!(refused.message, message, "{call}");
    }
    let range = db.refusal("SELECT is_business_day('1989-12-29', 'US')");
    assert_eq!(range.detail, "The holidays of US are known for the years 1990 to 2199.");
    assert!(db.refusal("SELECT 'Atlantis'::calendar").hint.contains("TARGET, UK"));
    let forged = "CREATE TABLE t (c calendar);\n\\copy t FROM PROGRAM 'printf \
        \"PGCOPY\\\\n\\\\377\\\\r\\\\n\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\0\\\\1\\\\0\\\\0\\\\0\\\\5\\\\1\\\\0\\\\0\\\\10\\\\0\\\\377\\\\377\"' (FORMAT binary)";
    assert_eq!(db.refusal(forged).state, "22P03");
    // However far, within milliseconds.
    db.run(
        "SET statement_timeout = '1s'; SELECT count(add_business_days('0001-01-01', 2600000, \
            'weekends')) FROM generate_series(1, 1000)",
    );
}

#[test]
fn calendars_of_one_s_own() {
    let db = Database::new();
    for file in files("migrations", "sql") {
        db.run(&format!("\\i '{}'", file.display()));
    }
    db.run(
        "INSERT INTO calendars VALUES ('desk', 'US+UK', 'New York and London'), ('plain', DEFAULT, \
            NULL);
         INSERT INTO calendar_holidays VALUES ('desk', '2026-03-03', 'Moving house'), ('desk', \
         '2026-03-02', NULL)",
    );
    assert_eq!(
        db.value("SELECT user_calendar('desk'), user_calendar('plain'), user_calendar(NULL)"),
        "US+UK+{2026-03-02,2026-03-03}|weekends|NULL"
    );
    assert_eq!(
        db.value("SELECT settlement_date('2026-02-27', 1, user_calendar('desk'))"),
        "2026-03-04"
    );
    let unknown = db.refusal("SELECT user_calendar('nobody')");
    assert_eq!(
        (unknown.state.as_str(), unknown.message.as_str()),
        ("22023", "unknown calendar: \"nobody\"")
    );
    assert_eq!(db.refusal("INSERT INTO calendars VALUES ('x', 'Atlantis')").state, "22023");
    assert_eq!(
        db.refusal("INSERT INTO calendar_holidays VALUES ('desk', 'infinity')").state,
        "23514"
    );
    db.run("DELETE FROM calendars WHERE name = 'desk'");
    assert_eq!(db.value("SELECT count(*) FROM calendar_holidays"), "0");
}
