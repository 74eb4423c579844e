//! Schedules as rows.

use crate::database::Database;

#[test]
fn unadjusted_accrual_and_adjusted_payment() {
    let db = Database::new();
    assert_eq!(
        db.run(
            "SELECT * FROM schedule('2024-02-15', '2025-06-30', 'semiannual', calendar => 'US')"
        ),
        [
            "1|2024-02-15|2024-06-30|2024-07-01|136|f",
            "2|2024-06-30|2024-12-31|2024-12-31|184|t",
            "3|2024-12-31|2025-06-30|2025-06-30|181|t"
        ]
    );
    let ends = |arguments: &str| {
        db.value(&format!(
            "SELECT string_agg(\"end\"::text, ' ' ORDER BY period) FROM \
            schedule('2024-02-15', '2025-06-30', {arguments})"
        ))
    };
    assert_eq!(ends("'semiannual', 'long_first'"), "2024-12-31 2025-06-30");
    assert_eq!(ends("'semiannual', 'forward'"), "2024-08-15 2025-02-15 2025-06-30");
    assert_eq!(ends("'semiannual', end_of_month => false"), "2024-06-30 2024-12-30 2025-06-30");
    assert_eq!(
        ends("'semiannual', first_coupon => '2024-03-31', last_coupon => '2025-03-31'"),
        "2024-03-31 2024-09-30 2025-03-31 2025-06-30"
    );
    assert_eq!(
        ends("'semiannual', roll => 'modified following', adjust_accrual => true"),
        "2024-06-28 2024-12-31 2025-06-30"
    );
    assert_eq!(
        ends("'semiannual', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"),
        "2024-06-30 2024-12-31 2025-06-30"
    );
}

#[test]
fn year_fractions_of_a_schedule_add_up() {
    let db = Database::new();
    let sum = "SELECT sum(year_fraction(start, \"end\", 'ACT/ACT', 'semiannual')) FROM \
        schedule('2021-08-31', '2031-08-31', 'semiannual')";
    assert_eq!(db.value(sum), "10");
}

#[test]
fn refusals_are_quick() {
    let db = Database::new();
    for (arguments, state, message) in [
        (
            "'2025-01-01', '2024-01-01', 'annual'",
            "22023",
            "schedule ends on \"2024-01-01\", which is not after its start \"2025-01-01\"",
        ),
        (
            "'0001-01-01', '9999-01-01', 'monthly'",
            "54000",
            "too many periods of a schedule: 119976",
        ),
        (
            "'2024-01-01', '2026-01-01', 'annual', first_coupon => '2027-01-01'",
            "22023",
            "first coupon date \"2027-01-01\" is not between \"2024-01-01\" and \"2026-01-01\"",
        ),
        (
            "'2024-01-01', '2026-01-01', 'annual', first_coupon => '2024-02-01'",
            "22023",
            "first coupon date \"2024-02-01\" is not a whole number of periods from \"2026-01-01\"",
        ),
        ("'2024-01-01', '2026-01-01', 'annual', stub => 'none'", "22023", "unknown stub: \"none\""),
        (
            "'2024-01-01', '2026-01-01', 'annual', calendar => 'Atlantis'",
            "22023",
            "unknown calendar: \"Atlantis\"",
        ),
        ("'2024-01-01', 'infinity', 'annual'", "22008", "date out of range: \"infinity\""),
    ] {
        let refused = db.refusal(&format!(
            "SET statement_timeout = '100ms'; SELECT count(*) FROM schedule({arguments})"
        ));
        assert_eq!(
            (refused.state.as_str(), refused.message.as_str()),
            (state, message),
            "{arguments}"
        );
    }
    assert_eq!(db.value("SELECT count(*) FROM schedule('2024-01-01', NULL, 'annual')"), "0");
}
