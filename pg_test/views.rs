//! The views for reports: one row where one is expected, nothing unmeasured in silence, the date in
//! every row, the reader's own rights.

use crate::database::Database;
use crate::migrations::{apply, demo_book};

const CURVE: &str = "3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%";

/// The demo's book in dollars, with some holdings in euros, and curves of both.
fn book() -> Database {
    let db = demo_book();
    db.run(&format!(
        "UPDATE instruments SET currency = 'EUR' WHERE id % 7 = 0;
         INSERT INTO curves VALUES ('UST', '2026-03-24', '2026-03-24 {CURVE}'), ('SWAP', \
         '2026-03-24', '2026-03-24 10Y:4%'),
             ('THIRD', '2026-03-20', '2026-03-20 currency USD 10Y:3%'), ('BUND', '2026-03-24', \
             '2026-03-24 currency EUR 10Y:2.7%')"
    ));
    db
}

/// The views that have a row for every curve, and what is one row of theirs.
const BY_CURVE: [(&str, &str); 4] = [
    ("bond_curve_risk", "id"),
    ("portfolio_curve_risk", "portfolio_id, currency"),
    ("portfolio_key_rates", "portfolio_id, currency, tenor"),
    ("portfolio_scenarios", "portfolio_id, currency, scenario"),
];

#[test]
fn plain_views_do_not_multiply_by_curves() {
    let db = book();
    db.run("DELETE FROM scenarios WHERE name NOT IN ('up 25', 'wider')");
    for (view, row) in BY_CURVE {
        assert_eq!(
            db.value(&format!(
                "SELECT (SELECT count(*) > 10 AND count(*) = count(DISTINCT ({row})) FROM {view}), \
                    (SELECT count(*) = count(DISTINCT ({row}, curve)) FROM {view}_by_curve),
                        (SELECT count(*) FROM {view}) = (SELECT count(*) FROM {view}_by_curve \
                        WHERE chosen), (SELECT count(*) FROM {view}) < (SELECT count(*) FROM \
                        {view}_by_curve)"
            )),
            "t|t|t|t",
            "{view}"
        );
    }
    // The book's own figures, on the curve that is shown.
    assert_eq!(
        db.value(
            "SELECT string_agg(DISTINCT curve, ' '), abs(sum(dv01) / (SELECT sum(dv01) FROM \
                (SELECT portfolio_krd(n.b, curve) AS k FROM bonds n JOIN instruments USING (id), \
                curves
                 WHERE name = CASE currency WHEN 'EUR' THEN 'BUND' ELSE 'SWAP' END GROUP BY \
                 currency) s, unnest(k)) - 1) < 1e-12 FROM portfolio_key_rates"
        ),
        "BUND SWAP|t"
    );
}

#[test]
fn the_portfolio_chooses_its_curve_then_the_currency() {
    let db = book();
    let chosen = "SELECT string_agg(DISTINCT concat_ws(' ', currency, curve, chosen_by, \
        curve_date, curve_is_older), ', ') FROM curve_choices WHERE chosen";
    let own = format!("{chosen} AND portfolio_id = 'US_GOVT'");
    // The newest, of several the one that states the currency, then the first by name.
    assert_eq!(db.value(chosen), "EUR BUND default 2026-03-24 f, USD SWAP default 2026-03-24 f");
    db.run("INSERT INTO curves VALUES ('TELLS', '2026-03-24', '2026-03-24 currency USD 10Y:4%')");
    assert_eq!(db.value(&own), "EUR BUND default 2026-03-24 f, USD TELLS default 2026-03-24 f");
    // An older curve is shown as such.
    db.run("INSERT INTO currency_curves VALUES ('USD', 'THIRD')");
    assert_eq!(db.value(chosen), "EUR BUND default 2026-03-24 f, USD THIRD currency 2026-03-20 t");
    db.run(
        "UPDATE portfolios SET curve_name = 'UST' WHERE id = 'US_GOVT'; UPDATE portfolios SET \
            curve_name = 'nobody''s' WHERE id = 'ENERGY'",
    );
    assert_eq!(db.value(&own), "EUR UST portfolio 2026-03-24 f, USD UST portfolio 2026-03-24 f");
    assert_eq!(
        db.value(&own.replace("US_GOVT", "ENERGY")),
        "EUR BUND default 2026-03-24 f, USD THIRD currency 2026-03-20 t"
    );
    // Each curve is the newest that is not after the settlement date, and figures are of its date.
    db.run("INSERT INTO curves VALUES ('UST', '2026-03-25', '2026-03-25 10Y:9%')");
    for view in
        ["bond_curve_risk", "portfolio_curve_risk", "portfolio_key_rates", "portfolio_scenarios"]
    {
        assert_eq!(
            db.run(&format!(
                "SELECT DISTINCT curve, curve_date, settlement, curve_is_older, \
                chosen_by FROM {view} WHERE portfolio_id IN ('US_GOVT', 'ENERGY') AND currency = \
                'USD' ORDER BY 1"
            )),
            ["THIRD|2026-03-20|2026-03-20|t|currency", "UST|2026-03-24|2026-03-24|f|portfolio"],
            "{view}"
        );
    }
    // Without a curve the book is there, and nothing of it is measured.
    db.run(
        "DELETE FROM curves WHERE curve_currency(curve) = 'EUR'; UPDATE curves SET curve = \
        replace(curve::text, ' 10Y', ' currency USD 10Y')::curve WHERE curve_currency(curve) IS \
        NULL",
    );
    assert_eq!(
        db.value(
            "SELECT count(*) > 5, bool_and(curve IS NULL AND measured = 0 AND skipped = \
            bond_count AND market_value IS NULL) FROM portfolio_curve_risk WHERE currency = 'EUR'"
        ),
        "t|t"
    );
    assert_eq!(
        db.value(
            "SELECT count(*) > 5, bool_and(tenor IS NULL AND skipped = bond_count) FROM \
            portfolio_key_rates WHERE currency = 'EUR'"
        ),
        "t|t"
    );
    assert_eq!(
        db.value(
            "SELECT count(*) > 5, count(z_spread), bool_or(measured) FROM \
        bond_curve_risk WHERE currency = 'EUR'"
        ),
        "t|0|f"
    );
}

/// What has no figures says so, and comes last where it is sorted by that.
#[test]
fn the_unmeasured_are_marked() {
    let db = book();
    for (view, figures) in [
        ("bond_risk", "ytm, modified_duration, dv01"),
        ("bond_contributions", "weight, market_value, dv01"),
        ("bond_curve_risk", "z_spread, cs01, spread_duration"),
    ] {
        assert_eq!(
            db.value(&format!(
                "SELECT pg_typeof(measured), bool_and(measured = (num_nulls({figures}) = 0)), \
                    bool_or(measured), bool_and(measured), bool_and(measured OR \
                    num_nonnulls({figures}) = 0)
                 FROM {view} GROUP BY 1"
            )),
            "boolean|t|t|f|t",
            "{view}"
        );
    }
    assert_eq!(
        db.value("SELECT count(*) FILTER (WHERE NOT measured) FROM bond_risk"),
        db.value("SELECT (portfolio_risk(b)).skipped FROM bonds")
    );
    assert_eq!(
        db.value(
            "SELECT bool_and(dv01 IS NOT NULL) FROM (SELECT * FROM bond_risk ORDER BY \
            measured DESC, dv01 DESC LIMIT 10) s"
        ),
        "t"
    );
}

/// Tools that read results column by column meet plain types, and a name of a table is no other
/// word for a function.
#[test]
fn tools_meet_plain_types_and_names() {
    let db = Database::new();
    apply(&db);
    assert_eq!(
        db.run(
            "SELECT c.relname || '.' || a.attname FROM pg_class c JOIN pg_attribute a ON \
                a.attrelid = c.oid AND attnum > 0
             WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace AND atttypid IN \
             ('rating'::regtype, 'rating[]'::regtype)"
        ),
        [""; 0]
    );
    // A table and a function, or two functions, whose names differ by a plural: one of them has a
    // name for tools.
    assert_eq!(
        db.run(
            "WITH function AS (SELECT DISTINCT proname AS name, coalesce(obj_description(oid, \
                'pg_proc'), '') ~ '^@name [a-z_]+\\n' AS tagged FROM pg_proc WHERE pronamespace = \
                'public'::regnamespace AND prokind = 'f'
                     AND prorettype <> 'trigger'::regtype GROUP BY proname, oid),
                 plural AS (SELECT relname AS name, false AS tagged FROM pg_class WHERE relkind IN \
                 ('r', 'v') AND relnamespace = 'public'::regnamespace UNION SELECT f.name, tagged \
                 FROM function f)
             SELECT DISTINCT f.name FROM function f JOIN plural p ON p.name = f.name || 's' WHERE \
             NOT f.tagged AND NOT p.tagged
                 AND (SELECT count(*) FROM pg_proc WHERE proname = f.name) = 1"
        ),
        [""; 0]
    );
    // Nor is a column the name of what a reference of its table leads to.
    assert_eq!(
        db.run(
            "SELECT c.conname FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = conrelid \
                AND attnum = conkey[1] JOIN pg_attribute other ON other.attrelid = conrelid AND \
                other.attname || '_id' = a.attname
             WHERE contype = 'f' AND cardinality(conkey) = 1 AND connamespace = \
             'public'::regnamespace AND coalesce(obj_description(c.oid, 'pg_constraint'), '') !~ \
             '^@fieldName '"
        ),
        [""; 0]
    );
}

/// A view that reads the setting shows the date that it used, and follows it.
#[test]
fn dated_views_show_their_date() {
    let db = book();
    db.run(
        "UPDATE portfolios SET benchmark_id = 'IG_CREDIT' WHERE id = 'TECH_SECTOR';
         INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES \
         (900001, 'US0378331005', 'SWAP', 1000000, 'US_GOVT');
         INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date) VALUES \
         (900001, 'PAY', 0.04, '2026-03-26', '2031-03-26');
         INSERT INTO curves SELECT 'SOFR', '2026-03-24', curve FROM curves WHERE name = 'UST'; \
         INSERT INTO currency_curves VALUES ('USD', 'UST');
         DELETE FROM curves WHERE name = 'THIRD'",
    );
    let undated =
        ["bond_conflicts", "bond_ratings", "portfolio_ratings", "current_curves", "curve_choices"];
    let views = db.run(
        "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = \
        'public'::regnamespace ORDER BY 1",
    );
    assert!(views.len() > 20);
    for view in views.iter().filter(|view| !undated.contains(&view.as_str())) {
        assert_eq!(
            db.value(&format!(
                "SELECT pg_typeof(settlement), count(*) > 0, count(*) FILTER (WHERE \
                settlement <> '2026-03-24') FROM {view} WHERE currency = 'USD' GROUP BY 1"
            )),
            "date|t|0",
            "{view}"
        );
    }
    for view in [
        "bond_risk",
        "portfolio_summary",
        "bond_contributions",
        "portfolio_buckets",
        "portfolio_concentration",
        "portfolio_active",
        "limit_breaches",
    ] {
        assert_eq!(
            db.run(&format!(
                "SET pg_bond.settlement_date = '2026-06-30'; SELECT DISTINCT settlement FROM {view}"
            )),
            ["2026-06-30"],
            "{view}"
        );
    }
    assert_eq!(
        db.run(
            "SET pg_bond.settlement_date = '2026-06-30'; SELECT DISTINCT settlement FROM \
        top_n('US_GOVT')"
        ),
        ["2026-06-30"]
    );
    // Figures on a curve are of the curve's date, which is then older.
    assert_eq!(
        db.run(
            "SET pg_bond.settlement_date = '2026-06-30'; SELECT DISTINCT settlement, \
            curve_is_older FROM firm_key_rates WHERE currency = 'USD'"
        ),
        ["2026-03-24|t"]
    );
}

/// A reader sees through a view what its own rights and row security let it see.
#[test]
fn views_ask_for_the_readers_rights() {
    let db = book();
    if db.number("SELECT current_setting('server_version_num')") < 150000.0 {
        return;
    }
    assert_eq!(
        db.run(
            "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = \
            'public'::regnamespace AND NOT coalesce('security_invoker=true' = ANY (reloptions), \
            false)"
        ),
        [""; 0]
    );
    let role = db.name.replace("pg_bond", "reader");
    db.run(&format!(
        "CREATE ROLE {role}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}; ALTER TABLE \
            bonds ENABLE ROW LEVEL SECURITY;
         CREATE POLICY own ON bonds FOR SELECT TO {role} USING (portfolio_key = 'ENERGY')"
    ));
    for view in [
        "bond_risk",
        "portfolio_summary",
        "portfolio_buckets",
        "portfolio_key_rates",
        "portfolio_scenarios",
        "bond_ratings",
        "limit_measures",
        "bond_contributions",
    ] {
        assert_eq!(
            db.run(&format!("SET ROLE {role}; SELECT DISTINCT portfolio_id FROM {view}")),
            ["ENERGY"],
            "{view}"
        );
    }
    db.run(&format!("REVOKE SELECT ON bonds FROM {role}"));
    assert_eq!(
        db.refusal(&format!("SET ROLE {role}; SELECT * FROM portfolio_summary")).state,
        "42501"
    );
    db.run(&format!("DROP OWNED BY {role}; DROP ROLE {role}"));
}

/// Bonds are joined to instruments by their distribution column as well, and by a key that tells
/// the planner how many they are.
#[test]
fn joins_are_by_the_whole_key() {
    let db = Database::new();
    apply(&db);
    let apart = "SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = \
        'public'::regnamespace AND pg_get_viewdef(oid) ~ 'JOIN instruments' AND \
        pg_get_viewdef(oid) !~ 'USING \\(id, portfolio_key, instrument_type, notional\\)'";
    assert_eq!(db.run(apart), [""; 0]);
    assert_eq!(
        db.value(
            "SELECT count(*) FROM pg_class WHERE relname LIKE 'bond\\_curve\\_risk%' AND relkind = \
                'v' AND pg_get_viewdef(oid) ~ 'LATERAL'"
        ),
        "0"
    );
    db.run(&format!(
        "INSERT INTO curves VALUES ('UST', '2026-03-24', '2026-03-24 {CURVE}');
         INSERT INTO portfolios (id, name) SELECT 'B' || i, 'many' FROM generate_series(1, 60) i;
         INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) SELECT i, \
         isin_fix('US' || lpad(i::text, 9, '0') || '0'), 'BOND', 1e6, 'B' || 1 + i % 60 FROM \
         generate_series(1, 3000) i;
         INSERT INTO bonds (id, coupon_rate, maturity_date, price) SELECT i, 0.04, date \
         '2028-01-15' + i, 99 FROM generate_series(1, 3000) i; ANALYZE;
         CREATE FUNCTION most_rows(query text) RETURNS float8 LANGUAGE plpgsql AS $$
         DECLARE plan jsonb; BEGIN EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan; RETURN \
         (SELECT max(n::float8) FROM jsonb_path_query(plan, '$.**.\"Plan Rows\"') n); END $$"
    ));
    for (view, rows) in [
        ("portfolio_scenarios", 48000.0),
        ("portfolio_curve_risk", 3000.0),
        ("bond_curve_risk", 3000.0),
    ] {
        let most = db.number(&format!("SELECT most_rows('SELECT * FROM {view}')"));
        assert!((rows / 10.0..rows * 10.0).contains(&most), "{view}: {most} for {rows}");
    }
}

/// Bonds and swaps add up, and what nothing measures is counted beside them.
#[test]
fn the_firm_has_its_swaps() {
    let db = book();
    db.run(&format!(
        "INSERT INTO curves VALUES ('SOFR', '2026-03-24', '2026-03-24 {CURVE}'); INSERT INTO \
            currency_curves VALUES ('USD', 'UST');
         INSERT INTO portfolios (id, name) VALUES ('SWAPS', 'no bonds');
         INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES \
         (900001, 'US0378331005', 'SWAP', 50000000, 'IG_CREDIT'), (900002, 'US5949181045', 'SWAP', \
         30000000, 'IG_CREDIT'),
             (900003, 'GB0002634946', 'SWAP', 20000000, 'IG_CREDIT'), (900004, 'CH0012138530', \
             'SWAP', 20000000, 'SWAPS'), (900005, 'XS0137672381', 'SWAP', 20000000, NULL);
         INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date) VALUES \
         (900001, 'PAY', 0.04, '2026-03-26', '2031-03-26'), (900002, 'RECEIVE', 0.045, \
         '2026-03-26', '2041-03-26'),
             (900003, 'PAY', 0.04, '2024-09-26', '2029-09-26'), (900004, 'PAY', 0.04, \
             '2026-03-26', '2031-03-26'), (900005, 'PAY', 0.04, '2024-09-26', '2029-09-26')"
    ));
    assert_eq!(
        db.value(
            "SELECT count(*), abs(sum(bond_dv01) / (SELECT sum(dv01) FROM portfolio_key_rates) - \
                1) < 1e-12, abs(sum(swap_dv01) / (SELECT sum(dv01) FROM swap_risk) - 1) < 1e-12,
                    abs(sum(dv01) / (sum(bond_dv01) + sum(swap_dv01)) - 1) < 1e-12, count(*) - \
                    count(DISTINCT (portfolio_id, currency, tenor)) FROM firm_key_rates"
        ),
        "253|t|t|t|0"
    );
    let counts = "SELECT count(*), count(tenor), min(bond_count), min(bonds_skipped), \
        min(swap_count), min(swaps_skipped), count(swap_dv01) FROM firm_key_rates WHERE currency = \
        'USD' AND portfolio_id";
    // A fixing is missing: the swap is counted, on each of the portfolio's rows.
    let bonds = db.value(
        "SELECT count(*) || '|' || count(*) FILTER (WHERE bond_z_spread(b, curve) \
        IS NULL) FROM bonds n JOIN instruments i USING (id), curves WHERE name = 'UST' AND date = \
        '2026-03-24' AND n.portfolio_id = 'IG_CREDIT' AND currency = 'USD'",
    );
    assert_eq!(db.value(&format!("{counts} = 'IG_CREDIT'")), format!("12|12|{bonds}|3|1|12"));
    assert_eq!(db.value(&format!("{counts} = 'SWAPS'")), "12|12|0|0|1|0|12");
    assert_eq!(db.value(&format!("{counts} IS NULL")), "1|0|0|0|1|1|0");
    db.run("UPDATE swaps SET current_fixing = 0.043 WHERE id = 900003");
    assert_eq!(db.value(&format!("{counts} = 'IG_CREDIT'")), format!("12|12|{bonds}|3|0|12"));
    // A payment beyond the curve is no error, and no measure.
    db.run(
        "UPDATE curves SET curve = '2026-03-24 extrapolation none 1Y:4% 10Y:4.4%' WHERE name = \
        'SOFR'",
    );
    assert_eq!(db.value(&format!("{counts} = 'IG_CREDIT'")), format!("12|12|{bonds}|3|1|12"));
    assert_eq!(
        db.value("SELECT string_agg(id::text, ' ') FROM swap_risk WHERE NOT measured"),
        "900002 900005"
    );
}

/// A move of spreads is for the bonds that the scenario says, and for no government bond unless it
/// says so.
#[test]
fn spread_moves_choose_their_bonds() {
    let db = book();
    db.run(
        "DELETE FROM scenarios WHERE name NOT IN ('wider', 'up 25'); UPDATE bonds SET \
            credit_rating = 'NR' WHERE id % 50 = 0; INSERT INTO currency_curves VALUES ('USD', \
            'UST');
         INSERT INTO scenarios (name, spread_bp, spread_sectors, spread_except, spread_best, \
         spread_worst) VALUES ('energy', 50, '{Energy}', DEFAULT, NULL, NULL), ('all', 50, NULL, \
         '{}', NULL, NULL),
             ('governments', 50, '{Government}', '{}', NULL, NULL), ('high yield', 50, NULL, \
             DEFAULT, 'BB+', NULL), ('BBB', 50, NULL, DEFAULT, 'Baa1', 'BBB-'), ('but two', 50, \
             NULL, '{Technology,Energy}', NULL, NULL)",
    );
    for (scenario, moves) in [
        ("wider", "sector <> 'Government'"),
        ("up 25", "false"),
        ("energy", "sector = 'Energy'"),
        ("all", "true"),
        ("governments", "sector = 'Government'"),
        ("high yield", "sector <> 'Government' AND rating_or_null(credit_rating) <= 'BB+'"),
        (
            "BBB",
            "sector <> 'Government' AND rating_or_null(credit_rating) BETWEEN 'BBB-' AND 'BBB+'",
        ),
        ("but two", "sector NOT IN ('Technology', 'Energy')"),
    ] {
        assert_eq!(
            db.value(&format!(
                "SELECT count(*) >= 10, bool_and(abs(full_repricing - p) <= 1e-9 * \
                    abs(market_value)), bool_or(p <> 0) FROM portfolio_scenarios JOIN (
                     SELECT portfolio_id, currency, (portfolio_shock(b, curve, curve_shift(curve, \
                     tenors, bp), CASE WHEN {moves} THEN spread_bp ELSE 0 END)).full_repricing AS p
                     FROM bonds JOIN (SELECT id, currency FROM instruments) i USING (id), curves, \
                     scenarios s WHERE curves.name = 'UST' AND s.name = '{scenario}' AND currency \
                     = 'USD' GROUP BY 1, 2
                 ) x USING (portfolio_id, currency) WHERE scenario = '{scenario}' AND currency = \
                 'USD'"
            )),
            "t|t|t",
            "{scenario}"
        );
    }
    assert_eq!(
        db.value(
            "SELECT full_repricing FROM portfolio_scenarios WHERE scenario = 'wider' AND \
                portfolio_id = 'US_GOVT' AND currency = 'USD'"
        ),
        "0"
    );
    // A bond without a sector is no government's.
    db.run("UPDATE bonds SET sector = NULL WHERE portfolio_id = 'US_GOVT'");
    assert_eq!(
        db.value(
            "SELECT full_repricing < -1e6 FROM portfolio_scenarios WHERE scenario = \
        'wider' AND portfolio_id = 'US_GOVT' AND currency = 'USD'"
        ),
        "t"
    );
    for (columns, values) in [
        ("spread_sectors", "'{Government}'"),
        ("spread_best", "'high'"),
        ("spread_worst", "'NR'"),
        ("spread_best, spread_worst", "'B', 'BB'"),
    ] {
        assert_eq!(
            db.refusal(&format!(
                "INSERT INTO scenarios (name, spread_bp, {columns}) VALUES ('x', 5, {values})"
            ))
            .state,
            "23514",
            "{columns}"
        );
    }
}

/// Market value is what reports show; the value on the curve is named so, and lies above it where
/// credit is paid for.
#[test]
fn market_value_is_the_default_figure() {
    let db = book();
    db.run("INSERT INTO currency_curves VALUES ('USD', 'UST')");
    assert_eq!(
        db.value(
            "SELECT abs(c.market_value / s.market_value - 1) < 1e-9, abs(c.curve_value / (SELECT \
                portfolio_npv(b, curve) FROM bonds JOIN instruments i USING (id), curves
                 WHERE name = 'UST' AND date = '2026-03-24' AND bonds.portfolio_id = 'HIGH_YIELD' \
                 AND i.currency = 'USD' AND price IS NOT NULL) - 1) < 1e-12,
                 c.curve_value / c.market_value > 1.1 FROM portfolio_curve_risk c JOIN \
                 portfolio_summary s USING (portfolio_id, currency) WHERE portfolio_id = \
                 'HIGH_YIELD' AND currency = 'USD'"
        ),
        "t|t|t"
    );
    // A column npv that is left says what it is.
    assert_eq!(
        db.run(
            "SELECT attrelid::regclass || ' ' || coalesce(col_description(attrelid, attnum), '') \
                FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
             WHERE attname = 'npv' AND relnamespace = 'public'::regnamespace AND relkind IN ('r', \
             'v') AND coalesce(col_description(attrelid, attnum), '') !~ 'discounted'"
        ),
        [""; 0]
    );
}

/// The scenarios of a book under a parallel plan, and moves that a curve cannot take.
#[test]
fn scenarios_run_in_parallel_workers() {
    let db = book();
    let rows = "SELECT md5(string_agg(s::text, ' ' ORDER BY s::text)), count(*) > 100 FROM \
        portfolio_scenarios s";
    let serial = db.value(&format!("SET max_parallel_workers_per_gather = 0; {rows}"));
    assert!(serial.ends_with("|t"), "{serial}");
    let forced = "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET \
        min_parallel_table_scan_size = 0; SET max_parallel_workers_per_gather = 2";
    let plan = db.run(&format!("{forced}; EXPLAIN {rows}")).join(" ");
    assert!(plan.contains("Workers Planned"), "{plan}");
    assert_eq!(db.value(&format!("{forced}; {rows}")), serial);
    assert_eq!(
        db.run(
            "SELECT curve_shift_or_null('2026-03-24 1Y:4%', '{1Y}', '{25}')::text, \
            curve_shift_or_null('2026-03-24 log_linear_zero 1Y:0.1%', '{1Y}', '{-50}') IS NULL"
        ),
        ["2026-03-24 flat_forward 1Y:4.25%|t"]
    );
}
