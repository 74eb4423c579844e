-- Benchmarks: an index is a portfolio like any other, whose holdings are its constituents; only
-- proportions matter.
\ir common/begin.sql

ALTER TABLE portfolios ADD COLUMN IF NOT EXISTS benchmark_id varchar(50)
    CONSTRAINT benchmark_is_a_portfolio REFERENCES portfolios (id) ON UPDATE CASCADE
    CONSTRAINT not_its_own_benchmark CHECK (benchmark_id <> id);

COMMENT ON COLUMN portfolios.benchmark_id IS 'The portfolio that holds what this one is measured '
    'against; benchmark is but its name.';
-- The first line is for tools that name what a reference leads to by its column without _id:
-- benchmark is there already.
COMMENT ON CONSTRAINT benchmark_is_a_portfolio ON portfolios IS E'@fieldName benchmarkPortfolio\n'
    'The benchmark is a portfolio like any other.';

CREATE OR REPLACE VIEW portfolio_active :invoker AS
SELECT s.portfolio_id, p.benchmark_id, s.currency, s.market_value, s.modified_duration,
    k.modified_duration AS benchmark_duration,
       s.modified_duration - k.modified_duration AS active_duration, s.ytm, k.ytm AS benchmark_ytm,
           s.ytm - k.ytm AS active_yield,
       s.dv01, k.dv01 * s.market_value / nullif(k.market_value, 0) AS benchmark_dv01,
       s.dv01 - k.dv01 * s.market_value / nullif(k.market_value, 0) AS active_dv01, s.settlement
FROM portfolio_summary s
JOIN portfolios p ON p.id = s.portfolio_id
LEFT JOIN portfolio_summary k ON k.portfolio_id = p.benchmark_id AND k.currency = s.currency
WHERE p.benchmark_id IS NOT NULL;

COMMENT ON VIEW portfolio_active IS 'Every portfolio with a benchmark, by currency, beside it: '
    'durations in years, yields as decimals, and the DV01 '
    'of the benchmark scaled to the portfolio''s market value; active is the portfolio less its '
        'benchmark, NULL where that holds nothing measured.';
COMMENT ON COLUMN portfolio_active.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';

CREATE OR REPLACE VIEW portfolio_active_buckets :invoker AS
SELECT g.*, g.weight - g.benchmark_weight AS active_weight,
       g.duration_contribution - g.benchmark_duration_contribution AS active_duration_contribution,
           bond_settlement_date() AS settlement
FROM (
    SELECT p.id AS portfolio_id, p.benchmark_id, k.currency, k.dimension, k.bucket, min(k.place)
        AS place,
           coalesce(sum(k.weight) FILTER (WHERE k.portfolio_id = p.id), 0) AS weight,
           coalesce(sum(k.weight) FILTER (WHERE k.portfolio_id = p.benchmark_id), 0)
               AS benchmark_weight,
           coalesce(sum(k.duration_contribution) FILTER (WHERE k.portfolio_id = p.id), 0)
               AS duration_contribution,
           coalesce(sum(k.duration_contribution) FILTER (WHERE k.portfolio_id = p.benchmark_id), 0)
               AS benchmark_duration_contribution
    FROM portfolios p
    JOIN portfolio_buckets k ON k.portfolio_id IN (p.id, p.benchmark_id)
    WHERE p.benchmark_id IS NOT NULL
    GROUP BY p.id, k.currency, k.dimension, k.bucket
) g;

COMMENT ON VIEW portfolio_active_buckets IS 'Every portfolio with a benchmark by currency, '
    'dimension and bucket: weights, and contributions to duration '
    'in years, of both and of the portfolio less its benchmark; what one of them does not hold is '
        '0 there.';
COMMENT ON COLUMN portfolio_active_buckets.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';

COMMIT;
