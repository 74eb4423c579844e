-- Contributions: what each holding, and each part of a portfolio, adds to its weight, duration,
-- yield and DV01. Everything is within portfolio and currency, as money in different currencies
-- does not add up, and as of bond_settlement_date().
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS maturity_buckets (
    bucket      varchar(20) PRIMARY KEY,
    from_months integer NOT NULL UNIQUE CHECK (from_months BETWEEN 0 AND 12000)
);

COMMENT ON TABLE maturity_buckets IS 'Maturity buckets: each reaches to the next one''s beginning, '
    'the last one without end.';
COMMENT ON COLUMN maturity_buckets.from_months IS 'A bond that matures so many months after '
    'settlement, or later, is in the bucket.';

-- Buckets of one's own replace these, and stay.
INSERT INTO maturity_buckets (bucket, from_months)
SELECT bucket, from_months
FROM (VALUES ('0-1Y', 0), ('1-3Y', 12), ('3-5Y', 36), ('5-7Y', 60), ('7-10Y', 84), ('10-20Y', 120),
    ('20Y+', 240)) AS v (bucket, from_months)
WHERE NOT EXISTS (SELECT FROM maturity_buckets);

-- A bond is measured where it has a yield, as the aggregates have it.
CREATE OR REPLACE VIEW bond_contributions :invoker AS
SELECT n.id, n.isin, n.portfolio_id, n.currency, n.issuer_name, n.sector, n.credit_rating,
    n.maturity_date, n.notional,
       bond_settlement_date() AS settlement, a.ytm IS NOT NULL AS measured, a.market_value, a.ytm,
           a.modified_duration, a.dv01,
       a.market_value / nullif((n.total).market_value, 0) AS weight,
       a.market_value * a.modified_duration / nullif((n.total).market_value, 0)
           AS duration_contribution,
       a.market_value * a.ytm / nullif((n.total).market_value, 0) AS yield_contribution,
       a.dv01 / nullif((n.total).dv01, 0) AS dv01_share
FROM (
    SELECT n.*, i.isin, i.currency, portfolio_risk(n.b) OVER (PARTITION BY n.portfolio_id,
        i.currency) AS total
    FROM bonds n
    JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
) n
LEFT JOIN LATERAL bond_analytics(n.b) a ON a.ytm IS NOT NULL;

COMMENT ON VIEW bond_contributions IS 'Every holding with its share of its portfolio''s market '
    'value in its currency (weight) and DV01, and what it '
    'adds to duration in years and yield as a decimal; these add up to the portfolio''s. They are '
        'NULL where measured is false: it is unquoted or '
    'redeemed.';
COMMENT ON COLUMN bond_contributions.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';

-- Each bond is solved once here, however many ways the cells are added up.
CREATE OR REPLACE VIEW risk_cells :invoker AS
SELECT n.portfolio_id, i.currency, m.from_months, m.bucket AS maturity, rating_notch(r.rating)
    AS notch,
       rtrim(rating_sp(r.rating), '+-') AS rating, n.sector, n.issuer_name AS issuer,
           risk_summary(n.b) AS risk,
       bond_settlement_date() AS settlement
FROM bonds n
JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
CROSS JOIN LATERAL rating_or_null(n.credit_rating) AS r (rating)
LEFT JOIN LATERAL (
    SELECT k.bucket, k.from_months
    FROM maturity_buckets k
    WHERE bond_settlement_date() + make_interval(months => k.from_months) <= n.maturity_date
    ORDER BY k.from_months DESC LIMIT 1
) m ON true
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

COMMENT ON VIEW risk_cells IS 'The book cut into the smallest pieces that reports ask for, each '
    'with its risk_summary, to be added up along '
    'any of them. NULL where a bond has no issuer, sector or rating, or has matured.';
COMMENT ON COLUMN risk_cells.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';

CREATE OR REPLACE VIEW portfolio_buckets :invoker AS
SELECT g.portfolio_id, g.currency, g.dimension, g.bucket, g.place, (g.r).measured + (g.r).skipped
    AS bond_count, (g.r).skipped,
       (g.r).market_value, (g.r).ytm, (g.r).modified_duration, (g.r).dv01,
       (g.r).market_value / nullif((g.total).market_value, 0) AS weight,
       10000 * (g.r).dv01 / nullif((g.total).market_value, 0) AS duration_contribution,
       (g.r).market_value * (g.r).ytm / nullif((g.total).market_value, 0) AS yield_contribution,
       (g.r).dv01 / nullif((g.total).dv01, 0) AS dv01_share, bond_settlement_date() AS settlement
FROM (
    SELECT c.portfolio_id, c.currency, d.dimension, d.bucket, min(d.place) AS place,
        portfolio_risk(c.risk) AS r,
           portfolio_risk(risk_summary(c.risk)) OVER (PARTITION BY c.portfolio_id, c.currency,
               d.dimension) AS total
    FROM risk_cells c
    CROSS JOIN LATERAL (VALUES ('maturity', c.maturity, c.from_months), ('rating', c.rating,
        c.notch), ('sector', c.sector, NULL),
                               ('issuer', c.issuer, NULL), ('currency', c.currency, NULL))
                                   AS d (dimension, bucket, place)
    GROUP BY c.portfolio_id, c.currency, d.dimension, d.bucket
) g;

COMMENT ON VIEW portfolio_buckets IS 'Every portfolio and currency by maturity, rating (in '
    'letters), sector, issuer, and currency, which is its total: '
    'measures of each bucket, its share of market value (weight) and DV01, and what it adds to '
        'duration in years and yield as a decimal, the '
    'last NULL where longs and shorts cancel. The bucket NULL holds what has no such word; place '
        'orders maturities and ratings.';
COMMENT ON COLUMN portfolio_buckets.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';

COMMIT;
