//! Cases at the edges of rules: each fails where its line is changed a little.

use crate::database::Database;

/// The calendar is asked wherever it may matter: beside holidays seven business days are 9 to 15
/// calendar days.
#[test]
fn a_bond_is_ex_dividend_from_the_business_day_that_the_calendar_says() {
    let db = Database::new();
    let row = db.value(
        "SELECT count(*), count(*) FILTER (WHERE (bond_accrued(b, s) < 0) <> (s > \
            add_business_days(c, -7, 'UK'))), count(DISTINCT c - add_business_days(c, -7, 'UK'))
         FROM (SELECT make_date(2000 + y, m, d) AS c FROM generate_series(20, 27) AS y, \
         generate_series(1, 12) AS m, generate_series(1, 28) AS d) AS coupons,
              LATERAL (SELECT bond(0.04, (c + interval '5 years')::date, frequency => 'annual', \
              day_count => 'ACT/ACT ICMA', calendar => 'UK', ex_dividend => '7b', end_of_month => \
              false) AS b) AS bonds,
              LATERAL (SELECT c - n AS s FROM generate_series(1, 20) AS n) AS days",
    );
    let (cases, rest) = row.split_once('|').unwrap();
    let (wrong, lengths) = rest.split_once('|').unwrap();
    assert!(
        cases.parse::<u32>().unwrap() > 50_000 && lengths.parse::<u32>().unwrap() >= 4,
        "{row}"
    );
    assert_eq!(wrong, "0");
}

#[test]
fn an_ex_dividend_period_is_shorter_than_a_coupon_period() {
    let db = Database::new();
    for (frequency, longest, too_long) in [
        ("monthly", "27d", "28d"),
        ("monthly", "19b", "20b"),
        ("bimonthly", "55d", "56d"),
        ("bimonthly", "39b", "40b"),
    ] {
        assert_eq!(
            db.value(&format!(
                "SELECT bond_ex_dividend('4% 2034-05-15 {frequency} ex {longest}'::bond)"
            )),
            longest
        );
        let refusal =
            db.refusal(&format!("SELECT '4% 2034-05-15 {frequency} ex {too_long}'::bond"));
        assert_eq!(
            (refusal.state.as_str(), refusal.hint.as_str()),
            ("22023", "An ex-dividend period is shorter than a coupon period.")
        );
    }
}

/// Key-rate DV01 on a settlement date after the curve's is the loss for a move of the curve, the
/// spread of the quote held; the move counts its tenors in calendar months, the key rates in
/// twelfths of a year.
#[test]
fn key_rates_settle_after_the_date_of_the_curve() {
    let db = Database::new();
    let row = db.value(
        "WITH x AS (SELECT '2026-03-24 linear_zero 6M:3.9% 2Y:4% 5Y:4.2% 10Y:4.5% 30Y:4.8%'::curve \
            AS c, b, s FROM unnest('{5% 2034-05-15 @ 98 x 1000000,3% 2029-11-30 quarterly ACT/365F \
            @ 101 x 1000000}'::bond[]) AS b, unnest('{2026-03-25,2026-06-17,2027-02-01}'::date[]) \
            AS s),
              y AS (SELECT k.dv01, (bond_npv(b, curve_key_rate_shift(c, k.tenor, -1), z, s) - \
              bond_npv(b, curve_key_rate_shift(c, k.tenor, 1), z, s)) / 2 AS moved, on_date.dv01 - \
              k.dv01 AS later
                    FROM x, LATERAL (SELECT bond_z_spread(b, c, s) AS z) AS spread, LATERAL \
                    bond_krd(b, c, s) AS k JOIN LATERAL bond_krd(b, c) AS on_date USING (tenor))
         SELECT count(*), max(abs(dv01 - moved)) < 0.005 * max(dv01), max(abs(later)) > 0.05 * \
         max(dv01) FROM y",
    );
    assert_eq!(row, "72|t|t");
}

#[test]
fn a_current_yield_is_that_of_the_running_step() {
    let db = Database::new();
    let row = db.value(
        "SELECT string_agg(round(100 * bond_current_yield('4% 2034-05-15 steps \
            2027-05-15:5%,2030-05-15:6% @ 98'::bond, d)::numeric, 6)::text, ' ' ORDER BY d)
         FROM unnest('{2027-05-14,2027-05-15,2030-05-14,2030-05-15}'::date[]) AS d",
    );
    // 4, 5 and 6 over 98.
    assert_eq!(row, "4.081633 5.102041 5.102041 6.122449");
}

/// MSRB rule G-33: prices truncated to three decimals, yields in percent to four and then rounded
/// to three.
#[test]
fn municipal_figures_are_truncated_and_rounded_as_the_rule_says() {
    let db = Database::new();
    let row = db.value(
        "SELECT count(*), count(*) FILTER (WHERE printed = trunc(computed::numeric, 3)::float8), \
            count(*) FILTER (WHERE printed = round(computed::numeric, 3)::float8) BETWEEN 30 AND 90
         FROM (SELECT bond_price(bond(0.04, '2034-05-15', convention => 'municipal'), i / 1000.0, \
         date '2026-03-24') AS printed, bond_price(bond(0.04, '2034-05-15'), i / 1000.0, date \
         '2026-03-24') AS computed
               FROM generate_series(5, 120) AS i) AS s",
    );
    assert_eq!(row, "116|116|t");
    let row = db.value(
        "SELECT count(*), count(*) FILTER (WHERE printed = (round(trunc(100 * computed::numeric, \
            4), 3) / 100)::float8)
         FROM (SELECT bond_ytm(bond(0.04, '2034-05-15', convention => 'municipal'), 80 + i / 10.0, \
         date '2026-03-24') AS printed, bond_ytm(bond(0.04, '2034-05-15'), 80 + i / 10.0, date \
         '2026-03-24') AS computed
               FROM generate_series(0, 400) AS i) AS s",
    );
    assert_eq!(row, "401|401");
}

/// Half a unit of the last decimal that a yield is quoted with, and no more.
#[test]
fn the_finder_takes_what_rounds_to_the_quoted_yield() {
    let db = Database::new();
    for (off, decimals, found) in [
        ("0.499e-5", 5, "t"),
        ("-0.499e-5", 5, "t"),
        ("0.501e-5", 5, "f"),
        ("-0.501e-5", 5, "f"),
        ("5.2e-16", 15, "t"),
        ("5.8e-16", 15, "f"),
    ] {
        let row = db.value(&format!(
            "SELECT EXISTS (SELECT FROM (SELECT '4% 2034-05-15'::bond AS b, date '2026-03-24' AS \
                s) AS x, LATERAL (SELECT bond_ytm(b, 97.5, s) AS y) AS z,
                LATERAL bond_which_convention(b, 97.5, y + {off}::float8, s, {decimals}) AS w \
                WHERE w.matches AND w.convention = 'street' AND w.day_count = bond_day_count(b))"
        ));
        assert_eq!(row, found, "{off}");
    }
}
