-- Concentration: how much of a portfolio is in few hands. Within portfolio and currency, as of
-- bond_settlement_date().
\ir common/begin.sql

-- Sums in a fixed order, so that no plan changes their last bit.
CREATE OR REPLACE VIEW portfolio_concentration :invoker AS
SELECT k.portfolio_id, k.currency,
       sum(k.weight * k.weight ORDER BY k.bucket) FILTER (WHERE k.dimension = 'issuer')
           AS issuer_herfindahl,
       sum(k.weight * k.weight ORDER BY k.bucket) FILTER (WHERE k.dimension = 'sector')
           AS sector_herfindahl,
       max(k.weight) FILTER (WHERE k.dimension = 'issuer') AS largest_issuer,
       max(k.weight) FILTER (WHERE k.dimension = 'sector') AS largest_sector, bond_settlement_date()
           AS settlement
FROM portfolio_buckets k
GROUP BY k.portfolio_id, k.currency;

COMMENT ON VIEW portfolio_concentration IS 'Every portfolio and currency with the Herfindahl index '
    'of its issuers and of its sectors, the sum of squared '
    'weights by market value: 1 is one issuer, 0.01 as much as a hundred equal ones; and the '
        'greatest weight. Bonds without an issuer count as one.';
COMMENT ON COLUMN portfolio_concentration.settlement IS 'The settlement date of the measures: '
    'bond_settlement_date().';

CREATE OR REPLACE FUNCTION top_n(portfolio text, n integer DEFAULT 10, by text DEFAULT 'dv01')
    RETURNS TABLE (currency varchar(3), place bigint, name text, issuer text, value float8,
        share float8, cumulative_share float8, settlement date)
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 10 COST 100000 SET search_path FROM CURRENT
        AS $$
#variable_conflict use_column
BEGIN
    IF by <> ALL ('{dv01,market_value,issuer,sector,rating,maturity,currency}') THEN
        RAISE 'unknown ranking: "%"', by USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Bonds are ranked by dv01 or market_value, and by market value each issuer, '
                'sector, rating, maturity or currency.';
    END IF;
    RETURN QUERY
    SELECT *
    FROM (
        SELECT currency, row_number() OVER ranked AS place, name, issuer, value, share,
            sum(share) OVER ranked, bond_settlement_date()
        FROM (
            SELECT currency, isin::text AS name, issuer_name::text AS issuer, CASE by WHEN 'dv01'
                THEN dv01 ELSE market_value END AS value,
                   CASE by WHEN 'dv01' THEN dv01_share ELSE weight END AS share, id
            FROM bond_contributions
            WHERE portfolio_id = portfolio AND by IN ('dv01', 'market_value')
            UNION ALL
            SELECT currency, bucket, CASE by WHEN 'issuer' THEN bucket END, market_value, weight,
                NULL
            FROM portfolio_buckets
            WHERE portfolio_id = portfolio AND dimension = by
        ) item
        WHERE value IS NOT NULL
        WINDOW ranked AS (PARTITION BY currency ORDER BY value DESC, name, id ROWS UNBOUNDED
            PRECEDING)
    ) ranking
    WHERE place <= n
    ORDER BY currency, place;
END $$;

COMMENT ON FUNCTION top_n(text, integer, text) IS 'The n greatest of a portfolio in each of its '
    'currencies, with their shares and the shares '
    'added up: bonds by dv01 or market_value; each issuer, sector, rating, maturity or currency by '
        'market value. Shorts are negative and come '
    'last; what is not measured is left out. settlement is the date of the measures.';

COMMIT;
