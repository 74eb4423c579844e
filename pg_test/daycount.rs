//! Year fractions and days.

use crate::database::Database;

#[test]
fn year_fractions() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT year_fraction('2007-02-28', '2007-08-31', '30/360'), \
        year_fraction('2007-02-28', '2007-08-31', '30/360 SIA'), day_count_days('2007-02-28', \
        '2007-08-31', '30E/360')"
        ),
        "0.5027777777777778|0.5|182"
    );
    // ISDA (1999): a long first period of 334 days, by the regular period that ends with it.
    let isda = "round(year_fraction('2002-08-15', '2003-07-15', 'ACT/ACT ICMA', period_start => \
        '2003-01-15', period_end => '2003-07-15')::numeric, 10)";
    assert_eq!(db.value(&format!("SELECT {isda}")), "0.9157608696");
    assert_eq!(
        db.value(
            "SELECT round(year_fraction('2002-08-15', '2003-07-15', 'ACT/ACT', \
        'semiannual')::numeric, 10)"
        ),
        "0.9157608696"
    );
    assert_eq!(
        db.value(
            "SELECT year_fraction('2011-12-28', '2012-02-28', 'ACT/365L', 'annual') = \
        62 / 365.0::float8, year_fraction('2011-12-28', '2012-02-28', 'ACT/365L', 'semiannual') = \
        62 / 366.0::float8"
        ),
        "t|t"
    );
    assert_eq!(
        db.value(
            "SELECT day_count_days('2007-08-31', '2008-02-29', '30E/360 ISDA'), \
        day_count_days('2007-08-31', '2008-02-29', '30E/360 ISDA', termination => '2008-02-29')"
        ),
        "180|179"
    );
    assert_eq!(
        db.value(
            "SELECT day_count_days('2024-06-28', '2024-07-08', 'BUS/252', calendar => \
        'US'), day_count_days('2024-07-08', '2024-06-28', 'BUS/252', calendar => 'weekends')"
        ),
        "5|-6"
    );
    assert_eq!(
        db.value(
            "SELECT year_fraction('2024-01-01', '2025-01-01', '1/1'), \
        year_fraction('2025-01-01', '2024-01-01', '1/1'), year_fraction(NULL, '2024-01-01', \
        '1/1'), year_fraction('2024-01-01', '2024-01-01', NULL), day_count_days('2024-01-01', \
        NULL, 'ACT/360')"
        ),
        "1|-1|NULL|NULL|NULL"
    );
}

#[test]
fn every_spelling_is_read() {
    let db = Database::new();
    let wrong = "SELECT name, alias FROM day_counts(), unnest(aliases || name) AS alias WHERE \
        day_count_days('2023-02-28', '2024-08-31', alias) <> day_count_days('2023-02-28', \
        '2024-08-31', name)";
    assert!(db.run(wrong).is_empty());
    assert_eq!(db.value("SELECT count(*), count(DISTINCT definition) FROM day_counts()"), "18|18");
}

#[test]
fn refusals() {
    let db = Database::new();
    let refused = db.refusal("SELECT year_fraction('2024-01-01', '2025-01-01', '30/361')");
    assert_eq!(
        (refused.state.as_str(), refused.message.as_str()),
        ("22023", "unknown day count: \"30/361\"")
    );
    assert!(refused.hint.contains("30E/360 ISDA"));
    for (arguments, message) in [
        (
            "'ACT/ACT', period_start => '2024-01-01'",
            "period start \"2024-01-01\" given without period_end",
        ),
        (
            "'ACT/ACT', period_start => '2024-01-01', period_end => '2023-01-01'",
            "reference period ends on \"2023-01-01\", which is not after its start \"2024-01-01\"",
        ),
        ("'ACT/ACT', frequency => 'often'", "unknown frequency: \"often\""),
        ("'BUS/252', calendar => 'Atlantis'", "unknown calendar: \"Atlantis\""),
    ] {
        let refused =
            db.refusal(&format!("SELECT year_fraction('2024-01-01', '2025-01-01', {arguments})"));
        assert_eq!(
            (refused.state.as_str(), refused.message.as_str()),
            ("22023", message),
            "{arguments}"
        );
    }
    assert_eq!(
        db.refusal("SELECT year_fraction('infinity', '2025-01-01', 'ACT/360')").state,
        "22008"
    );
}

#[test]
fn folded_when_planned() {
    let db = Database::new();
    assert_eq!(
        db.run(
            "EXPLAIN (VERBOSE, COSTS OFF) SELECT year_fraction('2024-01-01', '2024-07-01', \
            'ACT/364')"
        )[1]
        .trim(),
        "Output: '0.5'::double precision"
    );
}
