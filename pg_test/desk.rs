//! The portfolio manager's views: contributions, buckets, concentration, benchmarks, nights.

use crate::database::Database;
use crate::migrations::{apply, demo_book};

/// The demo's book, with a second currency, a short position and holdings in no portfolio.
fn book() -> Database {
    let db = demo_book();
    db.run(
        "UPDATE instruments SET currency = 'EUR' WHERE id % 7 = 0; UPDATE instruments SET notional \
            = -notional WHERE id % 31 = 0;
         UPDATE instruments SET portfolio_id = NULL WHERE id % 47 = 0 AND NOT EXISTS (SELECT FROM \
         instruments o WHERE o.isin = instruments.isin AND o.id <> instruments.id);
         UPDATE bonds SET sector = NULL WHERE id % 53 = 0; UPDATE bonds SET issuer_name = NULL, \
         credit_rating = 'NR' WHERE id % 59 = 0;
         CREATE VIEW held AS SELECT n.*, i.isin, i.currency FROM bonds n JOIN instruments i USING \
         (id)",
    );
    db
}

/// A portfolio's own figures, from its bonds.
const TOTALS: &str = "(SELECT portfolio_id, currency, (r).* FROM (SELECT portfolio_id, currency, \
    portfolio_risk(b) AS r FROM held GROUP BY 1, 2) s) t";

#[test]
fn contributions_add_up() {
    let db = book();
    for (rows, group) in [("bond_contributions", "1, 2"), ("portfolio_buckets", "1, 2, dimension")]
    {
        assert_eq!(
            db.value(&format!(
                "SELECT count(*) >= 20, bool_and(abs(weight - 1) < 1e-12 AND abs(dv01_share - 1) < \
                    1e-12
                        AND abs(duration - t.modified_duration) < 1e-12 AND abs(yield - t.ytm) < \
                        1e-12
                        AND abs(value / t.market_value - 1) < 1e-12 AND abs(c.dv01 / t.dv01 - 1) < \
                        1e-12)
                 FROM (SELECT portfolio_id, currency, sum(weight) AS weight, \
                 sum(duration_contribution) AS duration, sum(yield_contribution) AS yield,
                              sum(dv01) AS dv01, sum(dv01_share) AS dv01_share, sum(market_value) \
                              AS value FROM {rows} GROUP BY {group}) c
                 JOIN {TOTALS} ON t.portfolio_id IS NOT DISTINCT FROM c.portfolio_id AND \
                 t.currency = c.currency"
            )),
            "t|t",
            "{rows}"
        );
    }
    // A bond's own functions; skipped bonds are NULL throughout, and as many as the portfolios
    // skip.
    assert_eq!(
        db.value(
            "SELECT bool_and(c.market_value IS NOT DISTINCT FROM bond_market_value(h.b) AND c.dv01 \
                IS NOT DISTINCT FROM bond_dv01(h.b)), count(*) - count(c.weight),
                    bool_and((c.weight IS NULL) = (c.duration_contribution IS NULL) AND (c.weight \
                    IS NULL) = (c.dv01_share IS NULL))
             FROM bond_contributions c JOIN held h USING (id)"
        ),
        format!("t|{}|t", db.value("SELECT (portfolio_risk(b)).skipped FROM bonds"))
    );
}

/// Every bucket's measures are those of its bonds, to the bit, the buckets told in words of the
/// test's own.
#[test]
fn buckets_are_their_bonds() {
    let db = book();
    let maturity = "CASE WHEN maturity_date < '2026-03-24' THEN NULL WHEN maturity_date < \
        '2027-03-24' THEN '0-1Y' WHEN maturity_date < '2029-03-24' THEN '1-3Y'
        WHEN maturity_date < '2031-03-24' THEN '3-5Y' WHEN maturity_date < '2033-03-24' THEN \
        '5-7Y' WHEN maturity_date < '2036-03-24' THEN '7-10Y'
        WHEN maturity_date < '2046-03-24' THEN '10-20Y' ELSE '20Y+' END";
    let rating = "CASE WHEN credit_rating <> 'NR' THEN translate(credit_rating, '+-', '') END";
    for (dimension, bucket, least) in [
        ("maturity", maturity, 7),
        ("rating", rating, 7),
        ("sector", "sector", 10),
        ("issuer", "issuer_name", 120),
        ("currency", "currency", 2),
    ] {
        assert_eq!(
            db.value(&format!(
                "SELECT count(*) FILTER (WHERE k.currency = h.currency), count(DISTINCT h.bucket) \
                    >= {least},
                        bool_and(h.r::text = (k.bond_count - k.skipped, k.skipped, k.market_value, \
                        k.ytm, (h.r).macaulay_duration, k.modified_duration, (h.r).convexity, \
                        k.dv01, (h.r).settlement)::text)
                 FROM portfolio_buckets k FULL JOIN (SELECT coalesce(portfolio_id, '') AS p, \
                 currency AS c, coalesce({bucket}, '') AS d, {bucket} AS bucket, currency, \
                 portfolio_risk(b) AS r
                     FROM held GROUP BY portfolio_id, currency, {bucket}) h ON \
                     coalesce(k.portfolio_id, '') = p AND k.currency = c AND coalesce(k.bucket, \
                     '') = d
                 WHERE k.dimension = '{dimension}' OR k.dimension IS NULL"
            )),
            format!(
                "{}|t|t",
                db.value(&format!(
                    "SELECT count(*) FROM portfolio_buckets WHERE \
                dimension = '{dimension}'"
                ))
            ),
            "{dimension}"
        );
    }
    let rows = "SELECT md5(string_agg(k::text, '/' ORDER BY k::text)) FROM portfolio_buckets k";
    let serial = db.value(rows);
    for setting in [
        "enable_hashagg = off",
        "enable_hashjoin = off",
        "parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = \
            0; SET max_parallel_workers_per_gather = 2",
    ] {
        assert_eq!(db.value(&format!("SET {setting}; {rows}")), serial, "{setting}");
    }
}

/// A bucket begins on the day so many months after settlement; one's own replace the usual ones,
/// and stay.
#[test]
fn maturity_buckets_are_rows() {
    let db = Database::new();
    apply(&db);
    db.run(
        "INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id)
             SELECT i, cusip_to_isin(c || cusip_check_digit(c)), 'BOND', 1000, 'US_GOVT' FROM \
             generate_series(1, 6) i, LATERAL (SELECT '9128280' || i AS c) t;
         INSERT INTO bonds (id, coupon_rate, maturity_date, issue_date, price) VALUES (1, 0.04, \
         '2026-03-23', NULL, 99), (2, 0.04, '2026-03-25', NULL, 99),
             (3, 0.04, '2027-03-23', NULL, 99), (4, 0.04, '2027-03-24', NULL, 99), (5, 0.04, \
             '2046-03-24', NULL, 99), (6, 0.04, 'infinity', '2020-01-15', 99)",
    );
    let rows = "SELECT bucket, bond_count, skipped FROM portfolio_buckets WHERE dimension = \
        'maturity' ORDER BY place";
    assert_eq!(db.run(rows), ["0-1Y|2|0", "1-3Y|1|0", "20Y+|2|0", "NULL|1|1"]);
    db.run(
        "DELETE FROM maturity_buckets WHERE from_months > 12; UPDATE maturity_buckets SET \
        bucket = 'short' WHERE from_months = 0",
    );
    apply(&db);
    assert_eq!(db.run(rows), ["short|2|0", "1-3Y|3|0", "NULL|1|1"]);
    assert_eq!(db.refusal("INSERT INTO maturity_buckets VALUES ('again', 12)").state, "23505");
    assert_eq!(db.refusal("INSERT INTO maturity_buckets VALUES ('past', -1)").state, "23514");
}

#[test]
fn summaries_count_and_rank() {
    let db = book();
    assert_eq!(
        db.value(
            "SELECT count(*) >= 20, bool_and(abs(s.avg_dv01_per_bond * (s.bond_count - s.skipped) \
                / s.dv01 - 1) < 1e-14),
                    bool_and(abs(s.top_10_concentration / ((SELECT sum(d) FROM (SELECT \
                    bond_dv01(b) AS d FROM held h WHERE h.portfolio_id IS NOT DISTINCT FROM \
                    s.portfolio_id
                        AND h.currency = s.currency AND bond_dv01(b) IS NOT NULL ORDER BY d DESC \
                        LIMIT 10) t) / s.dv01) - 1) < 1e-12),
                    bool_and((SELECT sum(n::int) FROM jsonb_each_text(sector_counts) j (sector, \
                    n)) = bond_count),
                    bool_and((sector_counts->>'Technology')::int IS NOT DISTINCT FROM \
                    nullif((SELECT count(*) FROM held h
                        WHERE h.portfolio_id IS NOT DISTINCT FROM s.portfolio_id AND h.currency = \
                        s.currency AND sector = 'Technology'), 0)),
                    bool_and(rating_notch(average_rating::rating) = average_notch AND \
                    average_notch = (SELECT floor(0.5 + sum(rating_notch(r) * \
                    bond_market_value(b)) / sum(bond_market_value(b))) FROM held h, \
                    rating_or_null(credit_rating) r
                        WHERE h.portfolio_id IS NOT DISTINCT FROM s.portfolio_id AND h.currency = \
                        s.currency AND r IS NOT NULL AND bond_market_value(b) IS NOT NULL))
             FROM portfolio_summary s"
        ),
        "t|t|t|t|t|t"
    );
    assert_eq!(
        db.value("SELECT sum((sector_counts->>'')::int) FROM portfolio_summary"),
        db.value("SELECT count(*) FROM bonds WHERE sector IS NULL")
    );
}

#[test]
fn concentration_by_hand() {
    let db = book();
    for (by, word) in [("issuer", "issuer_name"), ("sector", "sector")] {
        assert_eq!(
            db.value(&format!(
                "SELECT count(*) >= 20, bool_and(abs(c.{by}_herfindahl / h.herfindahl - 1) < \
                    1e-12), bool_and(abs(c.largest_{by} - h.largest) < 1e-12)
                 FROM portfolio_concentration c JOIN (
                     SELECT portfolio_id, currency, sum(power(value, 2)) / power(sum(value), 2) AS \
                     herfindahl, max(value) / sum(value) AS largest
                     FROM (SELECT portfolio_id, currency, {word}, sum(bond_market_value(b)) AS \
                     value FROM held GROUP BY 1, 2, 3) v GROUP BY 1, 2
                 ) h ON h.portfolio_id IS NOT DISTINCT FROM c.portfolio_id AND h.currency = \
                 c.currency"
            )),
            "t|t|t",
            "{by}"
        );
        assert_eq!(
            db.value(&format!(
                "SELECT count(*) > 1, bool_and(abs(t.value / h.value - 1) < 1e-12), bool_and(place \
                    = p), bool_and(abs(cumulative_share - upto / total) < 1e-12)
                 FROM top_n('IG_CREDIT', 4, '{by}') t JOIN (
                     SELECT currency, {word} AS name, sum(bond_market_value(b)) AS value, \
                     row_number() OVER ranked AS p, sum(sum(bond_market_value(b))) OVER ranked AS \
                     upto,
                            sum(sum(bond_market_value(b))) OVER (PARTITION BY currency) AS total
                     FROM held WHERE portfolio_id = 'IG_CREDIT' GROUP BY 1, 2 WINDOW ranked AS \
                     (PARTITION BY currency ORDER BY sum(bond_market_value(b)) DESC NULLS LAST \
                     ROWS UNBOUNDED PRECEDING)
                 ) h ON t.currency = h.currency AND t.name IS NOT DISTINCT FROM h.name"
            )),
            "t|t|t|t",
            "{by}"
        );
    }
    assert_eq!(
        db.run("SELECT name FROM top_n('US_GOVT', 3) WHERE currency = 'USD'"),
        db.run(
            "SELECT isin FROM bond_risk WHERE portfolio_id = 'US_GOVT' AND currency = 'USD' \
            ORDER BY dv01 DESC NULLS LAST LIMIT 3"
        )
    );
    assert_eq!(
        db.value(
            "SELECT count(*), max(place), bool_and(abs(cumulative_share - 1) < 1e-12) FILTER \
            (WHERE place = last) FROM (SELECT *, max(place) OVER (PARTITION BY currency) AS last \
            FROM top_n('IG_CREDIT', 1000, 'market_value')) t"
        ),
        db.value(
            "SELECT sum(measured), max(measured), true FROM (SELECT (portfolio_risk(b)).measured FROM \
            held WHERE portfolio_id = 'IG_CREDIT' GROUP BY currency) s"
        )
    );
    assert_eq!(db.value("SELECT count(*) FROM top_n('ATLANTIS')"), "0");
    let refusal = db.refusal("SELECT * FROM top_n('IG_CREDIT', 10, 'luck')");
    assert_eq!(
        (refusal.state.as_str(), refusal.message.as_str()),
        ("22023", "unknown ranking: \"luck\"")
    );
    assert!(refusal.hint.contains("market_value"));
}

#[test]
fn active_is_own_less_benchmark() {
    let db = book();
    assert_eq!(db.value("SELECT count(*) FROM portfolio_active"), "0");
    // One has a benchmark that holds half of what it holds: nothing is active. Another's holds
    // nothing.
    db.run(
        "INSERT INTO portfolios (id, name) VALUES ('INDEX', 'half of the Treasuries, each'), \
            ('EMPTY', 'nothing');
         INSERT INTO instruments (isin, instrument_type, notional, currency, portfolio_id) SELECT \
         isin, 'BOND', notional / 2, currency, 'INDEX' FROM instruments WHERE portfolio_id = \
         'US_GOVT';
         INSERT INTO bonds (id, coupon_rate, maturity_date, day_count_convention, price, sector, \
         issuer_name, credit_rating)
             SELECT i.id, coupon_rate, maturity_date, day_count_convention, price, sector, \
             issuer_name, credit_rating FROM instruments i JOIN held h USING (isin) WHERE \
             i.portfolio_id = 'INDEX' AND h.portfolio_id = 'US_GOVT';
         UPDATE portfolios SET benchmark_id = CASE id WHEN 'US_GOVT' THEN 'INDEX' WHEN 'ENERGY' \
         THEN 'EMPTY' ELSE 'IG_CREDIT' END WHERE id IN ('US_GOVT', 'ENERGY', 'TECH_SECTOR')",
    );
    assert_eq!(
        db.value(
            "SELECT count(*), bool_and(abs(active_duration) + abs(active_yield) < 1e-12 AND \
            abs(active_dv01 / dv01) < 1e-12) FROM portfolio_active WHERE portfolio_id = 'US_GOVT'"
        ),
        "2|t"
    );
    assert_eq!(
        db.value(
            "SELECT count(*), count(active_duration), count(active_dv01) FROM \
            portfolio_active WHERE portfolio_id = 'ENERGY'"
        ),
        "2|0|0"
    );
    assert_eq!(
        db.value(
            "SELECT count(*), bool_and(abs(a.active_duration - (portfolio_own.d - bench.d)) < \
                1e-13), bool_and(abs(active_dv01 / (market_value * active_duration / 10000) - 1) < \
                1e-12)
             FROM portfolio_active a
             CROSS JOIN LATERAL (SELECT portfolio_duration(b) AS d FROM held WHERE portfolio_id = \
             'TECH_SECTOR' AND currency = a.currency) portfolio_own
             CROSS JOIN LATERAL (SELECT portfolio_duration(b) AS d FROM held WHERE portfolio_id = \
             'IG_CREDIT' AND currency = a.currency) bench
             WHERE portfolio_id = 'TECH_SECTOR'"
        ),
        "2|t|t"
    );
    assert_eq!(
        db.value(
            "SELECT count(*), bool_and(abs(w) < 1e-12), bool_and(abs(d - active_duration) < 1e-12)
             FROM (SELECT portfolio_id, currency, dimension, sum(active_weight) AS w, \
             sum(active_duration_contribution) AS d FROM portfolio_active_buckets GROUP BY 1, 2, \
             3) k
             JOIN portfolio_active USING (portfolio_id, currency) WHERE benchmark_id <> 'EMPTY'"
        ),
        "20|t|t"
    );
    assert_eq!(db.refusal("UPDATE portfolios SET benchmark_id = id").state, "23514");
    assert_eq!(db.refusal("UPDATE portfolios SET benchmark_id = 'ATLANTIS'").state, "23503");
}

/// The statement that keeps a night, as the migration shows it.
fn keep(db: &Database, night: &str) {
    let file =
        std::fs::read_to_string(crate::database::repository("migrations/018_nightly.sql")).unwrap();
    let comment =
        file.lines().filter_map(|line| line.strip_prefix("-- ")).collect::<Vec<_>>().join("\n");
    let statement = &comment[comment.find("INSERT INTO").unwrap()..];
    db.run(&format!("SET pg_bond.settlement_date = '{night}'; {statement}"));
}

#[test]
fn nights_roll_up_to_the_firm() {
    let db = book();
    for night in ["2026-03-23", "2026-03-24", "2026-03-24"] {
        keep(&db, night);
    }
    assert_eq!(
        db.run(
            "SELECT date, risk_summary(risk) = (SELECT risk_summary(b, date) FROM bonds), \
            count(*) = (SELECT count(DISTINCT (portfolio_key, currency)) FROM held) FROM \
            nightly_risk GROUP BY date ORDER BY date"
        ),
        ["2026-03-23|t|t", "2026-03-24|t|t"]
    );
    assert_eq!(
        db.value(
            "SELECT portfolio_risk(risk)::text = (SELECT portfolio_risk(b, \
            '2026-03-23')::text FROM held WHERE portfolio_id IS NULL) FROM nightly_risk WHERE date \
            = '2026-03-23' AND portfolio_id IS NULL"
        ),
        "t"
    );
    db.run("UPDATE bonds SET price = price + 1; SET pg_bond.settlement_date = '2026-03-24'");
    keep(&db, "2026-03-24");
    assert_eq!(
        db.value(
            "SELECT risk_summary(risk) = (SELECT risk_summary(b) FROM bonds) FROM \
            nightly_risk WHERE date = '2026-03-24'"
        ),
        "t"
    );
    assert_eq!(
        db.refusal(
            "INSERT INTO nightly_risk (date, portfolio_key, currency, risk) SELECT 'infinity', '', \
                'USD', risk_summary(b) FROM bonds"
        )
        .state,
        "23514"
    );
}
