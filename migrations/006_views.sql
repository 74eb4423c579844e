-- Views for reports: a row per bond, a row per portfolio, and the securities whose holdings
-- disagree. All measures are as of bond_settlement_date().
\ir common/begin.sql

-- Bonds are joined to their instruments by the whole of their foreign key, here and in all views:
-- the planner then knows that each finds its own, and a distributed table finds it on its own node.
CREATE OR REPLACE VIEW bond_risk :invoker AS
SELECT i.id, i.isin, n.portfolio_id, n.issuer_name, n.sector, n.credit_rating, i.currency,
    n.notional,
       n.coupon_rate, n.maturity_date, n.payment_frequency, n.day_count_convention,
           n.yield_convention, n.price,
       bond_settlement_date() AS settlement, a.ytm IS NOT NULL AS measured, a.accrued,
           a.dirty_price, a.market_value, a.ytm, a.current_yield,
       a.macaulay_duration, a.modified_duration, a.convexity, a.dv01
FROM bonds n
JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
LEFT JOIN LATERAL bond_analytics(n.b) a ON true;

COMMENT ON VIEW bond_risk IS 'Every bond with its measures on the date in settlement. They are '
    'NULL where measured is false: the bond is unquoted, '
    'redeemed or has no yield. Prices are per 100 face, money is in currency, yields and coupons '
        'are decimal, durations are in years, '
    'convexity in years squared.';
COMMENT ON COLUMN bond_risk.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';
COMMENT ON COLUMN bond_risk.measured IS 'Whether the bond has measures. Sort by it first, or '
    'filter by it: a NULL comes before every number in ORDER BY dv01 DESC.';

-- By currency as well, since money in different currencies does not add up.
CREATE OR REPLACE VIEW portfolio_summary :invoker AS
SELECT g.portfolio_id, p.name, g.currency, bond_settlement_date() AS settlement, g.bond_count,
    (g.r).skipped, g.total_notional, g.avg_coupon,
       g.avg_maturity_years, (g.r).market_value, (g.r).ytm, (g.r).macaulay_duration,
           (g.r).modified_duration, p.target_duration,
       (g.r).convexity, (g.r).dv01,
       (g.r).dv01 / nullif((g.r).measured, 0) AS avg_dv01_per_bond, g.top_10_dv01 /
           nullif((g.r).dv01, 0) AS top_10_concentration,
       (SELECT jsonb_object_agg(c.sector, c.bonds)
        FROM (SELECT coalesce(s.sector, '') AS sector, count(*) AS bonds FROM unnest(g.sectors)
            AS s (sector) GROUP BY 1) c
       ) AS sector_counts,
       g.average_rating::text AS average_rating, rating_notch(g.average_rating) AS average_notch
FROM (
    SELECT n.portfolio_id, n.currency, count(*) AS bond_count, sum(n.notional) AS total_notional,
           sum(n.coupon_rate * n.notional) / nullif(sum(n.notional), 0) AS avg_coupon,
           avg(greatest(n.maturity_date - bond_settlement_date(), 0) / 365.25)
               FILTER (WHERE isfinite(n.maturity_date)) AS avg_maturity_years,
           portfolio_risk(n.b) AS r, portfolio_dv01(n.b) FILTER (WHERE n.place <= 10)
               AS top_10_dv01, array_agg(n.sector) AS sectors,
           rating_average(rating_or_null(n.credit_rating), bond_market_value(n.b)) AS average_rating
    FROM (
        SELECT n.*, i.currency,
               row_number() OVER (PARTITION BY n.portfolio_id, i.currency ORDER BY bond_dv01(n.b)
                   DESC NULLS LAST, n.id) AS place
        FROM bonds n
        JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
    ) n
    GROUP BY n.portfolio_id, n.currency
) g
LEFT JOIN portfolios p ON p.id = g.portfolio_id;

COMMENT ON VIEW portfolio_summary IS 'Every portfolio and currency with its measures, on the date '
    'in settlement, over the bonds that are quoted and '
    'outstanding; skipped counts the others. Market value is dirty price times notional / 100 at '
        'the quotes. The coupon is weighted by notional; '
    'yield, durations, convexity and rating by market value. The top ten are those of the greatest '
        'DV01, as a share of the total. Perpetual bonds '
    'have no maturity to average; sector_counts counts every bond, those without a sector under an '
        'empty name.';
COMMENT ON COLUMN portfolio_summary.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';
COMMENT ON COLUMN portfolio_summary.average_rating IS 'Average rating as text; compare by '
    'average_notch.';
COMMENT ON COLUMN portfolio_summary.average_notch IS 'Average rating as a number: 1 for AAA to 22 '
    'for D.';

CREATE OR REPLACE VIEW bond_conflicts :invoker AS
SELECT i.isin, count(*) AS holdings,
       count(DISTINCT bond_terms(n.b)) > 1 OR count(DISTINCT i.currency) > 1 AS terms_differ,
       count(DISTINCT coalesce(n.price, 0)) > 1 AS marks_differ,
       jsonb_object_agg(coalesce(n.portfolio_id, ''), n.b::text) AS held_as
FROM bonds n
JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
GROUP BY i.isin
HAVING count(DISTINCT bond_terms(n.b)) > 1
    OR count(DISTINCT i.currency) > 1
    OR count(DISTINCT coalesce(n.price, 0)) > 1;

COMMENT ON VIEW bond_conflicts IS
    'Securities whose holdings disagree in terms or in mark; a missing mark beside a given one is '
        'a disagreement.';

COMMIT;
