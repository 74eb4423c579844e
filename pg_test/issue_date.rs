//! Settling on the issue date, and coupon dates that are given as the days on which they are paid.

use crate::database::Database;

#[test]
fn new_issues_settle_on_their_issue_date() {
    let db = Database::new();
    db.run(
        "CREATE TABLE bonds AS SELECT '5% 2034-05-15 issued 2026-05-15 lag 1 calendar US @ \
        99'::bond AS b",
    );
    assert_eq!(
        db.value(
            "SELECT bond_ytm(b, date '2026-03-24'), bond_settlement_from_issue(b, '2026-03-24'), \
                bond_settlement_from_issue(b, '2026-06-01'), \
                bond_settlement_from_issue(bond_terms('5% 2034-05-15'), '2026-03-24'),
                 bond_settlement_date(b, '2026-05-01'), bond_settlement_date(b, '2026-05-15'),
                 bond_ytm(b, bond_settlement_from_issue(b, '2026-03-24')) = bond_ytm(b, date \
                 '2026-05-15'), bond_accrued(b, greatest(date '2026-03-24', bond_issue(b)))
             FROM bonds"
        ),
        "NULL|2026-05-15|2026-06-01|2026-03-24|2026-05-15|2026-05-18|t|0"
    );
}

/// Every payment date that a bond has, given back as its first, its last or a step's coupon date,
/// is that coupon's.
#[test]
fn a_payment_date_is_taken_for_its_coupon_date() {
    let db = Database::new();
    let differing = db.run(
        "WITH bonds AS (
             SELECT bond(0.05, m, '2025-12-01', frequency => f, calendar => c, roll => r) AS b, m, \
             f, c, r
             FROM generate_series(date '2034-03-13', '2034-03-31', '1 day') AS s (m0), date(m0) AS \
             m, unnest('{2,4}'::int[]) AS f, unnest('{US,UK}'::text[]) AS c,
                 unnest('{following,modified_following,preceding}'::text[]) AS r
         ), paid AS (
             SELECT bonds.*, p.date, row_number() OVER (PARTITION BY m, f, c, r ORDER BY p.date) \
             AS n, count(*) OVER (PARTITION BY m, f, c, r) AS count
             FROM bonds, bond_cashflows(b, '2026-01-05') AS p
         ), dated AS (
             SELECT paid.*, bond_cashflows.date AS plain FROM paid, LATERAL (
                 SELECT date, row_number() OVER (ORDER BY date) AS n FROM \
                 bond_cashflows(bond(0.05, m, '2025-12-01', frequency => f), '2026-01-05')) AS \
                 bond_cashflows
             WHERE bond_cashflows.n = paid.n
         )
         SELECT m, f, c, r, date, n FROM dated WHERE count >= 3 AND
             CASE n WHEN 1 THEN bond(0.05, m, '2025-12-01', first_coupon => date, frequency => f, \
             calendar => c, roll => r) <> bond(0.05, m, '2025-12-01', first_coupon => plain, \
             frequency => f, calendar => c, roll => r)
                    WHEN count - 1 THEN bond(0.05, m, '2025-12-01', last_coupon => date, frequency \
                    => f, calendar => c, roll => r) <> bond(0.05, m, '2025-12-01', last_coupon => \
                    plain, frequency => f, calendar => c, roll => r)
                    WHEN count THEN false
                    ELSE bond(0.05, m, '2025-12-01', steps => date || ':6%', frequency => f, \
                    calendar => c, roll => r) <> bond(0.05, m, '2025-12-01', steps => plain || \
                    ':6%', frequency => f, calendar => c, roll => r) END",
    );
    assert_eq!(differing, Vec::<String>::new());
    assert_eq!(
        db.value(
            "SELECT '5% 2034-03-15 issued 2025-12-01 first 2026-03-16 last 2033-09-15 \
            calendar US roll following'::bond"
        ),
        "5% 2034-03-15 semiannual 30/360 issued 2025-12-01 first 2026-03-15 last 2033-09-15 \
            calendar US roll following"
    );
    // Without a roll, and beside it, a date off the schedule is refused as before.
    for text in ["first 2026-03-16", "first 2026-03-17 calendar US roll following"] {
        let refusal = db.refusal(&format!("SELECT '5% 2034-03-15 issued 2025-12-01 {text}'::bond"));
        assert!(refusal.message.contains("is not on the schedule"), "{refusal:?}");
    }
}

/// The same of schedules: the first and the last payment date of each, given back as coupon dates.
#[test]
fn a_schedule_takes_its_payment_dates_for_its_coupon_dates() {
    let db = Database::new();
    let row = db.value(
        "WITH s AS (
             SELECT t, f, r, stub, p.* FROM generate_series(date '2034-03-13', '2034-03-28', '1 \
             day') AS d (t0), date(t0) AS t, unnest('{semiannual,quarterly}'::text[]) AS f,
                 unnest('{following,modified_following,preceding}'::text[]) AS r, \
                 unnest('{short_first,short_last}'::text[]) AS stub,
                 LATERAL (SELECT min(\"end\") AS first_end, min(payment) AS first, max(start) AS \
                 last_start, array_agg((start, \"end\", payment, regular) ORDER BY period) AS \
                 periods,
                     (array_agg(payment ORDER BY period DESC))[2] AS last FROM \
                     schedule('2026-03-05', t, f, stub, end_of_month => false, calendar => 'US', \
                     roll => r)) AS p
         ) SELECT count(*) > 150, count(*) FILTER (WHERE first <> first_end OR last <> last_start) \
         > 50, count(*) FILTER (WHERE s.periods <> given.periods)
         FROM s, LATERAL (SELECT array_agg((start, \"end\", payment, regular) ORDER BY period) AS \
         periods
             FROM schedule('2026-03-05', t, f, stub, first_coupon => first, last_coupon => last, \
             end_of_month => false, calendar => 'US', roll => r)) AS given",
    );
    assert_eq!(row, "t|t|0");
}
