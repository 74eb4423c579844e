//! The users' schema: what `migrations/` promises.

use crate::database::{Database, repository};
use std::path::PathBuf;

pub fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(repository(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    files.sort();
    files
}

pub fn apply(db: &Database) {
    for file in files("migrations", "sql") {
        db.run(&format!("\\i '{}'", file.display()));
    }
}

/// A database with the demo's book in it.
pub fn demo_book() -> Database {
    let db = Database::new();
    apply(&db);
    db.run(&format!("\\cd '{}'\n\\i 01_book.sql", repository("examples").display()));
    db
}

fn migrated() -> Database {
    let db = Database::new();
    apply(&db);
    db
}

fn dump(db: &Database) -> String {
    let output = std::process::Command::new("pg_dump").arg(&db.name).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict"))
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn applied_twice_they_change_nothing() {
    let db = migrated();
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES (1, \
        'US0378331005', 'BOND', 1000000, 'IG_CREDIT');
            INSERT INTO bonds (id, coupon_rate, maturity_date, price) VALUES (1, 0.05, \
            '2030-01-15', 99);
            INSERT INTO instruments (id, isin, instrument_type, notional) VALUES (2, \
            'US5949181045', 'SWAP', 1000000);
            INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date) VALUES \
            (2, 'PAY', 0.04, '2026-03-26', '2031-03-26')",
    );
    let before = dump(&db);
    apply(&db);
    assert_eq!(dump(&db), before);
    assert_eq!(
        db.value("SELECT count(*), bool_and(target_duration BETWEEN 4 AND 6) FROM portfolios"),
        "10|t"
    );
}

#[test]
fn what_they_make_is_commented() {
    let db = migrated();
    assert_eq!(
        db.run(
            "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace \
                AND relkind IN ('r', 'v') AND obj_description(oid, 'pg_class') IS NULL
             UNION ALL SELECT oid::regprocedure::text FROM pg_proc p WHERE pronamespace = \
             'public'::regnamespace AND obj_description(oid, 'pg_proc') IS NULL
                 AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        ),
        [""; 0]
    );
}

#[test]
fn the_headline_query_runs_literally() {
    let db = demo_book();
    let literal =
        db.run("SELECT portfolio_id, portfolio_duration(b) FROM bonds GROUP BY portfolio_id;");
    assert_eq!(literal.len(), 10);
    let alias = db.run(
        "SELECT b.portfolio_id, portfolio_duration(b.b) FROM bonds b GROUP BY b.portfolio_id;",
    );
    assert_eq!(literal, alias);
    assert_eq!(
        db.value("SELECT count(*) = 1370, bool_and(isin_is_valid(isin)) FROM instruments"),
        "t|t"
    );
    assert_eq!(db.value("SELECT count(*) FROM bond_conflicts"), "0");
}

#[test]
fn inserts_in_two_steps() {
    let db = migrated();
    db.run(
        "INSERT INTO instruments (isin, instrument_type, notional, currency, portfolio_id) \
        VALUES ('US0378331005', 'BOND', 10000000, 'USD', 'IG_CREDIT');
            INSERT INTO bonds (id, coupon_rate, maturity_date, issue_date, payment_frequency, \
            day_count_convention, credit_rating, issuer_name, sector)
            SELECT id, 0.0445, '2028-02-23', '2023-02-23', 'SEMI_ANNUAL', '30_360', 'AA+', 'Apple \
            Inc.', 'Technology' FROM instruments WHERE isin = 'US0378331005'",
    );
    assert_eq!(
        db.value("SELECT portfolio_id, notional, b FROM bonds"),
        "IG_CREDIT|10000000.00|4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 x 10000000"
    );
    // The defaults: semiannual, ACT/ACT.
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional) VALUES (77, \
        'US5949181045', 'BOND', 500); INSERT INTO bonds (id, coupon_rate, maturity_date) VALUES \
        (77, 0.03, '2031-05-15')",
    );
    assert_eq!(
        db.value("SELECT portfolio_id, b FROM bonds WHERE id = 77"),
        "NULL|3% 2031-05-15 semiannual ACT/ACT ICMA x 500"
    );
}

/// Every term that a bond can have, but its currency, which is its instrument's.
#[test]
fn bonds_of_every_kind() {
    let db = migrated();
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional, currency, portfolio_id) \
        VALUES (1, 'GB0009997999', 'BOND', 1000, 'GBP', 'US_GOVT'),
                (2, 'US0378331005', 'BOND', 2000, 'USD', 'US_GOVT'), (3, 'US5949181045', 'BOND', \
                3000, 'USD', 'US_GOVT'), (4, 'XS0137672381', 'BOND', 4000, 'USD', 'US_GOVT');
            INSERT INTO bonds (id, coupon_rate, maturity_date, payment_frequency, \
            day_count_convention, yield_convention, holiday_calendar, business_day_convention, \
            ex_dividend_period, settlement_days, price)
                SELECT 1, 0.0425, '2034-07-31', frequency, day_count, convention, calendar, roll, \
                ex_dividend, settlement_lag, 101 FROM bond_market('uk_gilt');
            INSERT INTO bonds (id, coupon_rate, coupon_steps, maturity_date, price) VALUES (2, \
            0.04, '2027-06-15:4.5%', '2034-06-15', 99);
            INSERT INTO bonds (id, coupon_rate, maturity_date, issue_date, payment_frequency, \
            price) VALUES (3, 0.04, 'infinity', '2020-01-15', 'ANNUAL', 80);
            INSERT INTO bonds (id, coupon_rate, maturity_date, payment_frequency, \
            day_count_convention, yield_convention, price) VALUES (4, 0, '2026-09-17', 'NONE', \
            'ACT_360', 'discount', 98)",
    );
    assert_eq!(
        db.run("SELECT b FROM bonds ORDER BY id"),
        [
            "4.25% 2034-07-31 semiannual ACT/ACT ICMA uk_dmo calendar UK roll following ex 7b lag \
                1 @ 101 x 1000",
            "4% 2034-06-15 semiannual ACT/ACT ICMA steps 2027-06-15:4.5% @ 99 x 2000",
            "4% perpetual annual ACT/ACT ICMA issued 2020-01-15 @ 80 x 3000",
            "0% 2026-09-17 none ACT/360 discount @ 98 x 4000",
        ]
    );
    assert_eq!(
        db.value("SELECT count(ytm), string_agg(yield_convention, ' ' ORDER BY id) FROM bond_risk"),
        "4|uk_dmo street street discount"
    );
    // The perpetual bond's years are not among those averaged.
    let row = db.value(
        "SELECT bond_count, skipped, avg_maturity_years = (SELECT avg((m - date '2026-03-24') / \
            365.25) FROM unnest('{2034-06-15,2026-09-17}'::date[]) AS m) FROM portfolio_summary \
            WHERE currency = 'USD'",
    );
    assert_eq!(row, "3|0|t");
    for (state, statement) in [
        ("22023", "UPDATE bonds SET coupon_steps = '2027-06-16:4.5%' WHERE id = 2"),
        ("22023", "UPDATE bonds SET holiday_calendar = 'Atlantis' WHERE id = 1"),
        ("22023", "UPDATE bonds SET business_day_convention = 'sideways' WHERE id = 1"),
        ("22023", "UPDATE bonds SET ex_dividend_period = '7' WHERE id = 1"),
        ("22003", "UPDATE bonds SET settlement_days = 31 WHERE id = 1"),
        ("22023", "UPDATE bonds SET issue_date = NULL WHERE id = 3"),
    ] {
        assert_eq!(db.refusal(statement).state, state, "{statement}");
    }
}

#[test]
fn copies_follow_the_instrument() {
    let db = migrated();
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES (1, \
        'US0378331005', 'BOND', 1000, 'IG_CREDIT'), (2, 'US0378331005', 'BOND', 2000, \
        'TECH_SECTOR');
            INSERT INTO bonds (id, coupon_rate, maturity_date, price) VALUES (1, 0.05, \
            '2030-01-15', 99), (2, 0.05, '2030-01-15', 99)",
    );
    db.run(
        "UPDATE instruments SET portfolio_id = 'US_GOVT', notional = 5000 WHERE id = 1; UPDATE \
        bonds SET price = 101 WHERE id = 1",
    );
    assert_eq!(
        db.value("SELECT portfolio_id, b FROM bonds WHERE id = 1"),
        "US_GOVT|5% 2030-01-15 semiannual ACT/ACT ICMA @ 101 x 5000"
    );
    assert_eq!(db.value("SELECT count(*) FROM bond_conflicts"), "1");
    assert_eq!(db.refusal("UPDATE bonds SET notional = 1 WHERE id = 1").state, "23503");
    assert_eq!(
        db.refusal(
            "INSERT INTO instruments (isin, instrument_type, notional, portfolio_id) VALUES \
                ('US0378331005', 'BOND', 1, 'TECH_SECTOR')"
        )
        .state,
        "23505"
    );
    db.run("DELETE FROM instruments WHERE id = 2");
    assert_eq!(db.value("SELECT count(*) FROM bonds"), "1");
}

#[test]
fn what_breaks_a_rule_is_refused() {
    let db = migrated();
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional) VALUES (1, \
        'US0378331005', 'BOND', 1000), (2, 'US5949181045', 'SWAP', 1000)",
    );
    for (state, statement) in [
        (
            "22P02",
            "INSERT INTO instruments (isin, instrument_type, notional) VALUES ('US037833CK67', \
                'BOND', 1000)",
        ),
        (
            "23514",
            "INSERT INTO instruments (isin, instrument_type, notional) VALUES ('GB0002634946', \
                'LOAN', 1000)",
        ),
        (
            "23503",
            "INSERT INTO bonds (id, coupon_rate, maturity_date) VALUES (99, 0.05, '2030-01-15')",
        ),
        (
            "23503",
            "INSERT INTO bonds (id, coupon_rate, maturity_date) VALUES (2, 0.05, '2030-01-15')",
        ),
        (
            "23514",
            "INSERT INTO bonds (id, coupon_rate, maturity_date) VALUES (1, 0.05, '2019-01-15')",
        ),
        (
            "22003",
            "INSERT INTO bonds (id, coupon_rate, maturity_date, price) VALUES (1, 0.05, \
                '2030-01-15', -1)",
        ),
        (
            "22023",
            "INSERT INTO bonds (id, coupon_rate, maturity_date, issue_date) VALUES (1, 0.05, \
                '2030-01-15', '2031-01-15')",
        ),
        (
            "22023",
            "INSERT INTO bonds (id, coupon_rate, maturity_date, day_count_convention) VALUES (1, \
                0.05, '2030-01-15', 'ACT_366')",
        ),
    ] {
        assert_eq!(db.refusal(statement).state, state, "{statement}");
    }
    // A coupon of 31.08 % is a real one, and one beyond 100 % is refused, by the table's rule or by
    // that of the value.
    db.refusal("INSERT INTO bonds (id, coupon_rate, maturity_date) VALUES (1, 1.01, '2030-01-15')");
    db.run("INSERT INTO bonds (id, coupon_rate, maturity_date) VALUES (1, 0.3108, '2030-01-15')");
    assert_eq!(db.value("SELECT b FROM bonds"), "31.08% 2030-01-15 semiannual ACT/ACT ICMA x 1000");
}

/// Free text that says no rating spoils no report.
#[test]
fn ratings_are_read_from_free_text() {
    let db = migrated();
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES (1, \
        'US0378331005', 'BOND', 3000, 'IG_CREDIT'), (2, 'US5949181045', 'BOND', 1000, 'IG_CREDIT'),
                (3, 'GB0002634946', 'BOND', 1000, 'IG_CREDIT'), (4, 'CH0012138530', 'BOND', 1000, \
                'IG_CREDIT'), (5, 'XS0137672381', 'BOND', 2000, 'IG_CREDIT');
            INSERT INTO bonds (id, coupon_rate, maturity_date, credit_rating) VALUES (1, 0.05, \
            '2030-01-15', 'Baa3'), (2, 0.05, '2030-01-15', 'BB+ *-'),
                (3, 0.05, '2030-01-15', 'NR'), (4, 0.05, '2030-01-15', NULL), (5, 0.05, \
                '2030-01-15', 'A- (sf)')",
    );
    assert_eq!(
        db.run(
            "SELECT id, credit_rating, rating, notch, investment_grade FROM bond_ratings ORDER \
            BY id"
        ),
        [
            "1|Baa3|Baa3|10|t",
            "2|BB+ *-|BB+|11|f",
            "3|NR|NULL|NULL|NULL",
            "4|NULL|NULL|NULL|NULL",
            "5|A- (sf)|A-|7|t"
        ]
    );
    assert_eq!(
        db.value(
            "SELECT string_agg(id::text, ' ' ORDER BY id) FROM bond_ratings WHERE \
        notch <= rating_notch('BBB-')"
        ),
        "1 5"
    );
    // (3·10 + 1·11 + 2·7) / 6 = 9.17; (3·610 + 940 + 2·180) / 6; 5000 of 8000.
    assert_eq!(
        db.value(
            "SELECT average_rating, average_notch, round(rating_factor::numeric, 6), \
            worst_rating, worst_notch, best_rating, best_notch, investment_grade_share, unrated \
            FROM portfolio_ratings"
        ),
        "BBB|9|521.666667|BB+|11|A-|7|0.62500000000000000000|2"
    );
    db.run("DELETE FROM instruments WHERE id <> 2");
    assert_eq!(
        db.value("SELECT average_rating, round(investment_grade_share, 3) FROM portfolio_ratings"),
        "BB+|0.000"
    );
    db.run(
        "DELETE FROM instruments; INSERT INTO instruments (id, isin, instrument_type, notional) \
        VALUES (9, 'US0378331005', 'BOND', 5); INSERT INTO bonds (id, coupon_rate, maturity_date) \
        VALUES (9, 0.05, '2030-01-15')",
    );
    assert_eq!(
        db.value(
            "SELECT average_rating, rating_factor, investment_grade_share, unrated FROM \
            portfolio_ratings"
        ),
        "NULL|NULL|0.00000000000000000000|1"
    );
}

#[test]
fn swaps_are_instruments_too() {
    let db = migrated();
    let columns = db.value(
        "SELECT string_agg(column_name, ' ' ORDER BY ordinal_position) FROM \
            information_schema.columns WHERE table_name = 'swaps'",
    );
    assert!(
        columns.starts_with("id ")
            && columns.contains("fixed_rate")
            && columns.contains("maturity_date"),
        "{columns}"
    );
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES (5, \
            'US0378331005', 'SWAP', 1000, 'US_GOVT');
            INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date) VALUES \
            (5, 'PAY', 0.04, '2026-03-26', '2031-03-26');
            UPDATE instruments SET notional = 3000 WHERE id = 5",
    );
    assert_eq!(
        db.value("SELECT notional, portfolio_id, s FROM swaps"),
        "3000.00|US_GOVT|pay 4% 2026-03-26 to 2031-03-26 annual ACT/360 against SOFR annual \
            ACT/360 x 3000"
    );
    db.run(
        "UPDATE swaps SET fixed_leg = 'RECEIVE', fixed_frequency = 'SEMI_ANNUAL', \
        fixed_day_count = '30_360', floating_spread = 0.001, floating_frequency = 'QUARTERLY', \
        current_fixing = 0.043,
                holiday_calendar = 'US', business_day_convention = 'modified following', \
                payment_days = 2",
    );
    assert_eq!(
        db.value("SELECT s FROM swaps"),
        "receive 4% 2026-03-26 to 2031-03-26 semiannual 30/360 against SOFR + 0.1% quarterly \
            ACT/360 fixing 4.3% calendar US roll modified_following lag 2 x 3000"
    );
    assert_eq!(db.refusal("UPDATE swaps SET holiday_calendar = 'Atlantis'").state, "22023");
    assert_eq!(db.refusal("UPDATE swaps SET payment_days = 31").state, "22003");
    assert_eq!(db.refusal("UPDATE swaps SET maturity_date = effective_date").state, "22023");
}

/// A table that was made before swaps were values gets its columns, and keeps its rows.
#[test]
fn swaps_of_before_become_values() {
    let db = migrated();
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional) VALUES (5, \
        'US0378331005', 'SWAP', 1000);
            INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date) VALUES \
            (5, 'PAY', 0.04, '2026-03-26', '2031-03-26')",
    );
    let before = db.value("SELECT s FROM swaps");
    db.run(
        "ALTER TABLE swaps DROP s CASCADE, DROP current_fixing CASCADE, DROP holiday_calendar, \
        DROP business_day_convention, DROP payment_days",
    );
    apply(&db);
    assert_eq!(db.value("SELECT s FROM swaps"), before);
    assert_eq!(db.value("SELECT count(*) FROM swap_risk"), "1");
    // Blanks around an index do not count, and what cannot be a value is named before anything is
    // changed.
    db.run("ALTER TABLE swaps DROP s CASCADE; UPDATE swaps SET floating_index = ' SOFR '");
    apply(&db);
    assert_eq!(db.value("SELECT s FROM swaps"), before);
    db.run(
        "ALTER TABLE swaps DROP s CASCADE; INSERT INTO instruments (id, isin, instrument_type, \
        notional) VALUES (6, 'US5949181045', 'SWAP', 1000), (7, 'GB0002634946', 'SWAP', 1000);
            INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date, \
            floating_index) VALUES (6, 'PAY', 0.04, '2026-03-26', 'infinity', 'SOFR'), (7, 'PAY', \
            0.04, '2026-03-26', '2031-03-26', ' ')",
    );
    let refusal =
        db.refusal(&format!("\\i '{}'", repository("migrations/004_swaps.sql").display()));
    assert_eq!(
        (refusal.state.as_str(), refusal.message.as_str()),
        ("22000", "swaps that cannot be valued: 6, 7")
    );
}

/// A swap that its curve or its calendar does not reach is counted, and leaves the others their
/// figures.
#[test]
fn a_swap_that_nothing_measures() {
    let db = migrated();
    db.run(
        "INSERT INTO curves VALUES ('SOFR', '2026-03-23', '2026-03-23 extrapolation none \
        10Y:4%');
            INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES (1, \
            'US0378331005', 'SWAP', 1000, 'US_GOVT'), (2, 'US5949181045', 'SWAP', 2000, 'US_GOVT'),
                (3, 'GB0002634946', 'SWAP', 3000, 'US_GOVT'), (4, 'CH0012138530', 'SWAP', 4000, \
                'US_GOVT');
            INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date, \
            holiday_calendar, business_day_convention) VALUES
                (1, 'PAY', 0.04, '2026-03-26', '2031-03-26', NULL, NULL), (2, 'PAY', 0.04, \
                '2026-03-26', '2046-03-26', NULL, NULL),
                (3, 'PAY', 0.04, '2026-03-26', '2200-03-26', 'US', 'following'), (4, 'PAY', 0.04, \
                '2026-03-28', '2026-03-29', 'US', 'following')",
    );
    assert_eq!(
        db.run("SELECT id, npv IS NULL, dv01 IS NULL FROM swap_risk ORDER BY 1"),
        ["1|f|f", "2|t|t", "3|t|t", "4|t|t"]
    );
    assert_eq!(
        db.value(
            "SELECT swap_count, skipped, npv = (SELECT swap_npv(s, curve) FROM swaps, curves \
            WHERE id = 1) FROM portfolio_swap_risk"
        ),
        "4|3|t"
    );
}

/// On the newest curve named as the index; what no curve or fixing measures is counted.
#[test]
fn views_of_swaps() {
    let db = migrated();
    db.run(
        "INSERT INTO curves VALUES ('SOFR', '2026-03-20', '2026-03-20 10Y:5%'), ('SOFR', \
        '2026-03-23', '2026-03-23 10Y:4%'), ('SOFR', '2026-03-25', '2026-03-25 10Y:9%'), ('ESTR', \
        '2026-03-23', '2026-03-23 currency EUR 10Y:2%'), ('TONA', '2026-03-23', '2026-03-23 \
        currency JPY 10Y:2%');
            INSERT INTO instruments (id, isin, instrument_type, notional, currency, portfolio_id) \
            VALUES (1, 'US0378331005', 'SWAP', 1000, 'USD', 'US_GOVT'), (2, 'US5949181045', \
            'SWAP', 2000, 'USD', 'US_GOVT'),
                (3, 'GB0002634946', 'SWAP', 3000, 'EUR', 'US_GOVT'), (4, 'CH0012138530', 'SWAP', \
                4000, 'USD', 'US_GOVT'), (5, 'XS0137672381', 'SWAP', 5000, 'USD', NULL);
            INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date, \
            floating_index) VALUES (1, 'PAY', 0.04, '2026-03-26', '2031-03-26', 'SOFR'), (2, \
            'RECEIVE', 0.04, '2026-03-26', '2036-03-26', 'SOFR'),
                (3, 'PAY', 0.02, '2026-03-26', '2031-03-26', 'ESTR'), (4, 'PAY', 0.04, \
                '2025-06-26', '2031-06-26', 'SOFR'), (5, 'PAY', 0.04, '2026-03-26', '2031-03-26', \
                'TONA')",
    );
    assert_eq!(
        db.run(
            "SELECT id, r.curve_date, npv = swap_npv(s, c.curve), par_rate = swap_par_rate(s, \
                c.curve), dv01 = swap_dv01(s, c.curve)
                FROM swap_risk r JOIN swaps USING (id) LEFT JOIN curves c ON (c.name, c.date) = \
                (r.curve, r.curve_date) ORDER BY id"
        ),
        [
            "1|2026-03-23|t|t|t",
            "2|2026-03-23|t|t|t",
            "3|2026-03-23|t|t|t",
            "4|2026-03-23|NULL|NULL|NULL",
            "5|NULL|NULL|NULL|NULL"
        ]
    );
    assert_eq!(
        db.run(
            "SELECT portfolio_id, currency, swap_count, skipped, pay_notional, \
            receive_notional, round(npv::numeric, 4), round(dv01::numeric, 4) FROM \
            portfolio_swap_risk ORDER BY 1, 2"
        ),
        db.run(
            "SELECT portfolio_id, currency, count(*), count(*) - count(npv), sum(notional) \
            FILTER (WHERE fixed_leg = 'PAY'), sum(notional) FILTER (WHERE fixed_leg = 'RECEIVE'), \
            round(sum(npv)::numeric, 4), round(sum(dv01)::numeric, 4)
                FROM swap_risk GROUP BY 1, 2 ORDER BY 1, 2"
        )
    );
    assert_eq!(
        db.run(
            "SELECT portfolio_id, currency, swap_count, skipped, npv IS NULL FROM \
            portfolio_swap_risk ORDER BY 1, 2"
        ),
        ["US_GOVT|EUR|1|0|f", "US_GOVT|USD|3|1|f", "NULL|USD|1|1|t"]
    );
}

/// Curves are there as soon as their quotes are, change with them, and go with the last.
#[test]
fn curves_follow_their_quotes() {
    let db = migrated();
    db.run(
        "INSERT INTO curve_quotes (name, date, tenor, rate) SELECT 'UST', day::date, tenor, rate
            FROM (VALUES ('2Y', 0.0347), ('10Y', 0.0418)) v (tenor, rate), generate_series(date \
            '2025-01-01', '2025-01-20', '1 day') day",
    );
    assert_eq!(
        db.value(
            "SELECT count(*), bool_and(abs(curve_par(curve, '10Y') - 0.0418) < 1e-13), \
                bool_and(curve_date(curve) = date) FROM curves"
        ),
        "20|t|t"
    );
    db.run("UPDATE curve_quotes SET rate = 0.044 WHERE tenor = '2Y' AND date = '2025-01-02'");
    db.run("UPDATE curve_quotes SET date = '2025-02-01' WHERE date = '2025-01-03'");
    db.run("DELETE FROM curve_quotes WHERE date = '2025-01-04'");
    db.run("DELETE FROM curve_quotes WHERE date = '2025-01-05' AND tenor = '10Y'");
    assert_eq!(
        db.run(
            "SELECT date, (SELECT count(*) FROM curve_nodes(curve)), round(curve_par(curve, \
            '2Y')::numeric, 6) FROM curves WHERE date <= '2025-01-06' OR date > '2025-01-20' ORDER \
            BY date"
        ),
        [
            "2025-01-01|2|0.034700",
            "2025-01-02|2|0.044000",
            "2025-01-05|1|0.034700",
            "2025-01-06|2|0.034700",
            "2025-02-01|2|0.034700"
        ]
    );
    assert_eq!(
        db.refusal("INSERT INTO curve_quotes VALUES ('UST', '2025-01-01', '5Y', 0.04, 'swap')")
            .state,
        "22023"
    );
    // A money market's quotes are of any kind, by its conventions.
    db.run(
        "INSERT INTO curve_quotes (name, date, tenor, rate, kind, conventions) VALUES ('SOFR', \
            '2025-02-10', 'ON', 0.0436, 'deposit', 'usd_sofr'),
            ('SOFR', '2025-02-10', 'H5', 95.71, 'future', 'usd_sofr'), ('SOFR', '2025-02-10', \
            '2Y', 0.0407, 'ois', 'usd_sofr')",
    );
    assert_eq!(
        db.value(
            "SELECT count(*), max(abs(curve_quote(curve, tenor, kind, conventions) / rate - 1)) < \
                1e-12 FROM curve_quotes q JOIN curves c USING (name, date) WHERE name = 'SOFR'"
        ),
        "3|t"
    );
    assert_eq!(
        db.refusal("INSERT INTO curve_quotes VALUES ('SOFR', '2025-02-10', '5Y', 0.04, 'ois')")
            .state,
        "22023"
    );
    assert_eq!(
        db.refusal("INSERT INTO curves VALUES ('own', '2025-01-01', '2025-01-02 10Y:4%')").state,
        "23514"
    );
    db.run(
        "INSERT INTO curves VALUES ('own', '2025-01-01', '2025-01-01 beta0 4% beta1 -1% beta2 \
        0.5% tau1 2')",
    );
    assert_eq!(db.value("SELECT count(*) FROM curves WHERE name = 'own'"), "1");
}
