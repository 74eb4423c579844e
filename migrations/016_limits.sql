-- Limits: rows that say what a portfolio may be, and a view of those that are broken. As of
-- bond_settlement_date().
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS limits (
    name         varchar(50) PRIMARY KEY,
    portfolio_id varchar(50) CONSTRAINT fk_limits_portfolio REFERENCES portfolios (id) ON UPDATE
        CASCADE ON DELETE CASCADE,
    dimension    text NOT NULL CHECK (dimension IN ('portfolio', 'bond', 'issuer', 'sector',
        'rating', 'maturity', 'currency')),
    bucket       text,
    measure      text NOT NULL,
    minimum      float8 CHECK (minimum > '-infinity' AND minimum < 'infinity'),
    maximum      float8 CHECK (maximum > '-infinity' AND maximum < 'infinity'),
    description  text,
    CONSTRAINT has_a_bound CHECK (coalesce(minimum, maximum) IS NOT NULL AND coalesce(minimum <=
        maximum, true)),
    CONSTRAINT measured_there CHECK (CASE dimension
        WHEN 'portfolio' THEN measure IN ('duration', 'duration_gap', 'active_duration', 'dv01',
            'market_value', 'notch', 'top_10_dv01')
        WHEN 'bond' THEN measure IN ('weight', 'dv01_share', 'duration', 'years', 'notch')
        ELSE measure IN ('weight', 'dv01_share', 'duration', 'dv01', 'market_value') END)
);

COMMENT ON TABLE limits IS 'What portfolios may be, each limit by name; they are kept within each '
    'currency.';
COMMENT ON COLUMN limits.portfolio_id IS 'NULL for every portfolio.';
COMMENT ON COLUMN limits.dimension IS 'What is measured: the portfolio, each bond, or each issuer, '
    'sector, rating, maturity bucket or currency.';
COMMENT ON COLUMN limits.bucket IS 'The only issuer, sector or other bucket that is meant, or a '
    'bond''s ISIN; NULL for each.';
COMMENT ON COLUMN limits.measure IS 'weight by market value and dv01_share as shares of 1; '
    'duration, years to maturity and duration_gap to '
    'target_duration, where there is one, in years; active_duration to the benchmark, where there '
        'is one; dv01 and market_value in currency; notch of the rating, 1 for AAA to 22 for D; '
    'top_10_dv01, the share of the ten greatest.';
COMMENT ON COLUMN limits.minimum IS 'NULL when there is none. What is not held is not measured, '
    'and breaks no minimum.';
COMMENT ON COLUMN limits.maximum IS 'NULL when there is none.';

-- Limits of one's own replace these, and stay.
INSERT INTO limits (name, portfolio_id, dimension, measure, minimum, maximum, description)
SELECT v.*
FROM (VALUES
    ('IG issuer',     'IG_CREDIT',  'issuer',    'weight',       NULL, 0.05,
        'at most 5 % in one issuer'),
    ('IG sector',     'IG_CREDIT',  'sector',    'weight',       NULL, 0.25,
        'at most 25 % in one sector'),
    ('IG rating',     'IG_CREDIT',  'bond',      'notch',        NULL, 10,   'BBB- and above'),
    ('IG maturity',   'IG_CREDIT',  'bond',      'years',        2,    15,   '2 to 15 years'),
    ('HY issuer',     'HIGH_YIELD', 'issuer',    'weight',       NULL, 0.03,
        'at most 3 % in one issuer'),
    ('HY sector',     'HIGH_YIELD', 'sector',    'weight',       NULL, 0.30,
        'at most 30 % in one sector'),
    ('HY rating',     'HIGH_YIELD', 'bond',      'notch',        11,   18,   'CCC to BB+'),
    ('HY maturity',   'HIGH_YIELD', 'bond',      'years',        2,    10,   '2 to 10 years'),
    ('duration band', NULL,         'portfolio', 'duration_gap', -0.5, 0.5,
        'within half a year of target_duration')
) AS v (name, portfolio_id, dimension, measure, minimum, maximum, description)
WHERE NOT EXISTS (SELECT FROM limits);

-- Over what is measured: an unquoted or redeemed bond has no weight to limit, and a band around a
-- target is for those that have one.
CREATE OR REPLACE VIEW limit_measures :invoker AS
SELECT s.portfolio_id, s.currency, 'portfolio' AS dimension, NULL::text AS bucket, m.measure,
    m.value, s.settlement
FROM portfolio_summary s
CROSS JOIN LATERAL (VALUES ('duration', s.modified_duration), ('duration_gap', s.modified_duration -
    s.target_duration::float8),
    ('dv01', s.dv01), ('market_value', s.market_value), ('notch', s.average_notch),
    ('top_10_dv01', s.top_10_concentration)) AS m (measure, value)
WHERE m.measure <> 'duration_gap' OR s.target_duration IS NOT NULL
UNION ALL
SELECT a.portfolio_id, a.currency, 'portfolio', NULL, 'active_duration', a.active_duration,
    a.settlement
FROM portfolio_active a
UNION ALL
SELECT c.portfolio_id, c.currency, 'bond', c.isin, m.measure, m.value, c.settlement
FROM bond_contributions c
CROSS JOIN LATERAL (VALUES ('weight', c.weight), ('dv01_share', c.dv01_share), ('duration',
    c.modified_duration),
    ('years', CASE WHEN isfinite(c.maturity_date) THEN (c.maturity_date - c.settlement) / 365.25
        ELSE 'infinity' END),
    ('notch', rating_notch(rating_or_null(c.credit_rating)))) AS m (measure, value)
WHERE c.measured
UNION ALL
SELECT k.portfolio_id, k.currency, k.dimension, k.bucket, m.measure, m.value, k.settlement
FROM portfolio_buckets k
CROSS JOIN LATERAL (VALUES ('weight', k.weight), ('dv01_share', k.dv01_share), ('duration',
    k.modified_duration), ('dv01', k.dv01),
    ('market_value', k.market_value)) AS m (measure, value)
WHERE k.market_value IS NOT NULL;

COMMENT ON VIEW limit_measures IS 'What limits can be set on, a row per portfolio, currency, '
    'dimension, bucket and measure.';
COMMENT ON COLUMN limit_measures.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';

-- What is not known does not keep a limit.
CREATE OR REPLACE VIEW limit_breaches :invoker AS
SELECT m.portfolio_id, m.currency, l.name AS limit_name, l.dimension, m.bucket, l.measure, m.value,
       CASE WHEN m.value < l.minimum THEN l.minimum ELSE coalesce(l.maximum, l.minimum) END
           AS bound,
       CASE WHEN m.value < l.minimum THEN l.minimum - m.value ELSE m.value - l.maximum END
           AS excess, m.settlement
FROM limits l
JOIN limit_measures m USING (dimension, measure)
WHERE (l.portfolio_id IS NULL OR l.portfolio_id = m.portfolio_id)
    AND (l.bucket IS NULL OR l.bucket = m.bucket)
    AND (m.value IS NULL OR m.value < l.minimum OR m.value > l.maximum);

COMMENT ON VIEW limit_breaches IS 'Every limit that is broken: the value, the bound that it '
    'passes, and by how much, in the unit of the measure. A value '
    'that is NULL breaks its limit, with a NULL excess: a bond without a rating, a portfolio or a '
        'benchmark with nothing measured. '
    'The bucket NULL holds what has no such word, and counts as one issuer or sector.';
COMMENT ON COLUMN limit_breaches.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';

COMMIT;
