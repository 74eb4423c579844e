//! Markets: presets of the terms that their bonds have in common.

use crate::database::Database;

/// A preset stands for the terms that `bond_markets()` lists, and for nothing else.
#[test]
fn a_preset_is_its_terms() {
    let db = Database::new();
    let differing = db.run(
        "SELECT m.name, alias FROM bond_markets() AS m, unnest(aliases || name || upper(name)) AS \
            alias,
                LATERAL (SELECT bond(0.05, '2034-05-31', '2024-05-31', m.frequency, m.day_count, \
                convention => m.convention, calendar => m.calendar, roll => m.roll,
                                     ex_dividend => m.ex_dividend, end_of_month => m.end_of_month, \
                                     settlement_lag => m.settlement_lag, currency => m.currency, \
                                     price => 99) AS b) AS spelled_out
         WHERE b <> bond(0.05, '2034-05-31', '2024-05-31', market => alias, price => 99)
            OR b <> format('5%% 2034-05-31 issued 2024-05-31 @ 99 market %s', translate(alias, ' \
            ', '_'))::bond
            OR b <> jsonb_build_object('coupon', 0.05, 'maturity', '2034-05-31', 'issue', \
            '2024-05-31', 'price', 99, 'market', alias)::bond",
    );
    assert!(differing.is_empty(), "{differing:?}");
    assert_eq!(
        db.value(
            "SELECT count(*) = 57 AND bool_and(source <> '' AND end_of_month IS NOT NULL AND \
            definition <> '' AND name ~ '^[a-z_]+$') FROM bond_markets()"
        ),
        "t"
    );
}

/// Each term that is given beats the market's.
#[test]
fn what_is_said_beats_the_preset() {
    let db = Database::new();
    let given = "frequency => 'annual', day_count => '30/360', convention => 'street', calendar => \
        'weekends', roll => 'unadjusted', ex_dividend => '3d', settlement_lag => 0, currency => \
        'USD', end_of_month => true";
    assert_eq!(
        db.value(&format!(
            "SELECT bool_and(bond(0.05, '2034-05-31', market => name, {given}) = bond(0.05, \
                '2034-05-31', {given})) FROM bond_markets()"
        )),
        "t"
    );
}

#[test]
fn one_market_by_name() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT currency, frequency, day_count, convention, calendar, roll, \
            settlement_lag, ex_dividend, end_of_month FROM bond_market('UKT')"
        ),
        "GBP|semiannual|ACT/ACT ICMA|uk_dmo|UK|following|1|7b|t"
    );
    assert_eq!(
        db.value(
            "SELECT bool_and((SELECT m FROM bond_market(m.name) AS m) = m) FROM bond_markets() AS m"
        ),
        "t"
    );
    let refusal = db.refusal("SELECT bond_market('atlantis')");
    assert_eq!(
        (refusal.state.as_str(), refusal.message.as_str()),
        ("22023", "unknown market: \"atlantis\"")
    );
    assert!(refusal.hint.contains("uk_gilt, german_bund"), "{refusal:?}");
    // A country is its government's bonds; a currency in which there are several markets names
    // them.
    assert_eq!(
        db.value(
            "SELECT string_agg((SELECT name FROM bond_market(c)), ' ' ORDER BY n) FROM \
            unnest('{DE,jpy,Mexico,UK,us}'::text[]) WITH ORDINALITY AS u (c, n)"
        ),
        "german_bund japanese_government mexican_mbono uk_gilt us_treasury"
    );
    let refusal = db.refusal("SELECT bond(0.05, '2034-05-31', market => 'USD')");
    assert_eq!(
        (refusal.state.as_str(), refusal.message.as_str()),
        ("22023", "ambiguous market: \"USD\"")
    );
    assert!(
        refusal.hint.starts_with(
            "It could be us_treasury, us_treasury_auction, us_agency, \
            us_corporate, us_municipal, dollar_eurobond"
        ),
        "{refusal:?}"
    );
}

#[test]
fn trades_settle_by_lag_and_calendar() {
    let db = Database::new();
    for (bond, trade, settlement) in [
        // T + 1, over the Friday on which Independence Day is kept when it falls on a Saturday.
        ("0% 2026-09-17 market us_treasury_bill", "2026-07-02", "2026-07-06"),
        // T + 2 over Good Friday and Easter Monday, on which TARGET is closed.
        ("2% 2034-02-15 market german_bund", "2026-04-01", "2026-04-07"),
        ("4% 2034-06-07 market uk_gilt lag 0", "2026-12-25", "2026-12-29"),
        ("4% 2034-06-07", "2026-03-21", "2026-03-23"),
        ("4% 2034-06-07", "2026-03-24", "2026-03-24"),
        ("4% 2034-06-07 lag 1", "2026-12-24", "2026-12-25"),
        ("4% 2034-06-07 lag 1 calendar weekends+{2026-12-25}", "2026-12-24", "2026-12-28"),
    ] {
        assert_eq!(
            db.value(&format!("SELECT bond_settlement_date('{bond}', '{trade}')")),
            settlement,
            "{bond}"
        );
    }
}

/// A row of bonds follows the month-end rule of the market that filled it in, and without one stays
/// on month ends.
#[test]
fn rows_of_bonds_follow_the_rule_of_their_market() {
    let db = Database::new();
    db.run(
        "CREATE TABLE terms (coupon numeric, end_of_month boolean, b bond GENERATED ALWAYS AS \
        (bond(coupon => coupon::float8, maturity => date '2033-02-28', issue => date '2023-02-28', \
        end_of_month => end_of_month)) STORED)",
    );
    db.run(
        "INSERT INTO terms SELECT 0.049, end_of_month FROM bond_market('us_corporate') UNION \
        ALL SELECT 0.049, NULL",
    );
    assert_eq!(
        db.value(
            "SELECT string_agg((SELECT min(date) FROM bond_cashflows(b, date '2025-03-18'))::text, \
                ' ' ORDER BY end_of_month) FROM terms"
        ),
        "2025-08-28 2025-08-31"
    );
}
