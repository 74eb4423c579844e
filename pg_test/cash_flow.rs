//! What a bond pays, and when: the rows of `bond_cashflows`, each set worked out by hand from the
//! terms.

use crate::database::Database;

const PAYMENTS: &[(&str, &str, &[&str])] = &[
    // A step holds from its date on, so it first shows in the coupon after it.
    (
        "4% 2028-06-15 issued 2020-06-15 steps 2027-06-15:4.5%",
        "2026-12-15",
        &["2027-06-15|2|0|2", "2027-12-15|2.25|0|2.25", "2028-06-15|2.25|100|102.25"],
    ),
    // Four months left after the last coupon, of six in a period under 30/360; in money.
    (
        "3.75% 2028-06-15 last 2028-02-15 x 1000000",
        "2027-03-24",
        &[
            "2027-08-15|18750|0|18750",
            "2028-02-15|18750|0|18750",
            "2028-06-15|12500|1000000|1012500",
        ],
    ),
    // A long last period of 18 months.
    (
        "3.75% 2034-09-15 annual last 2033-03-15",
        "2032-06-01",
        &["2033-03-15|3.75|0|3.75", "2034-09-15|5.625|100|105.625"],
    ),
    // Ex-dividend since the 27th: the coupon of 7 June is the seller's. Payments follow the
    // calendar, 5 June 2021 is a Saturday.
    ("8% 2021-06-07 market uk_gilt", "2020-05-29", &["2020-12-07|4|0|4", "2021-06-07|4|100|104"]),
    ("8% 2021-06-05 market uk_gilt ex 60b", "2020-12-07", &["2021-06-07|4|100|104"]),
    ("8% 2021-06-05 market uk_gilt", "2021-05-28", &["2021-06-07|0|100|100"]),
    // Interest at maturity, 182 days of 30/360: Mayle, formula 3.
    (
        "6.08% 1992-04-13 none 30/360 issued 1991-10-11",
        "1992-02-07",
        &["1992-04-13|3.0737777777777775|100|103.07377777777778"],
    ),
    ("0% 2026-09-17 market us_treasury_bill x 1000", "2026-03-24", &["2026-09-17|0|1000|1000"]),
    // Every two and every four months, on month ends.
    (
        "6% 2026-08-31 bimonthly",
        "2026-03-24",
        &["2026-04-30|1|0|1", "2026-06-30|1|0|1", "2026-08-31|1|100|101"],
    ),
    (
        "6% 2026-12-31 four-monthly no-eom",
        "2026-03-24",
        &["2026-04-30|2|0|2", "2026-08-31|2|0|2", "2026-12-31|2|100|102"],
    ),
];

#[test]
fn payments_by_hand() {
    let db = Database::new();
    for (bond, settlement, expected) in PAYMENTS {
        assert_eq!(
            db.run(&format!("SELECT * FROM bond_cashflows('{bond}'::bond, '{settlement}')")),
            *expected,
            "{bond}"
        );
    }
    // NTN-F: 100 (1.1^(1/2) - 1), which ANBIMA prints as 48.80885 per 1000.
    let coupon = db.number(
        "SELECT coupon FROM bond_cashflows('10% 2028-01-01 market \
        brazilian_ntn_f', '2026-03-24') LIMIT 1",
    );
    assert!((coupon - 4.880_885).abs() < 5e-7, "{coupon}");
}

#[test]
fn the_explained_days_are_those_of_the_payments() {
    let db = Database::new();
    for kind in crate::term::KINDS.iter().filter(|kind| !kind.contains("perpetual")) {
        let query = format!(
            "SELECT bool_and(e.days = e.date - date '2026-03-24'), count(*) = count(c.date), \
                bool_and(e.fraction > 0), max(abs(e.amount * coalesce(bond_notional(b) / 100, 1) - \
                c.amount)) < 1e-9
             FROM (SELECT '{kind}'::bond AS b) AS s, bond_explain(b) AS e FULL JOIN \
             bond_cashflows('{kind}'::bond) AS c USING (date)
             WHERE date > '2026-03-24' -- a canadian bond's first row is no payment
             "
        );
        assert_eq!(db.value(&query), "t|t|t|t", "{kind}");
    }
}
