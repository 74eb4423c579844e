-- Where does the risk sit on the curve, what is credit paid for, and what would the book lose if the curve moved?
-- Run in this directory, after 01_book.sql. Run again, it replaces the curves.
\set day 2026-03-24
\set ON_ERROR_STOP on
SET extra_float_digits = -10;
BEGIN;

-- Treasury's par yields of three years, in per cent. The column 1.5M is the six-week bill.
CREATE TEMP TABLE sheet (date date, "1M" float8, "6W" float8, "2M" float8, "3M" float8, "4M" float8, "6M" float8, "1Y" float8,
    "2Y" float8, "3Y" float8, "5Y" float8, "7Y" float8, "10Y" float8, "20Y" float8, "30Y" float8) ON COMMIT DROP;
\copy sheet FROM 'data/us_par_yields_2023_2025.csv' CSV HEADER
DELETE FROM curve_quotes WHERE name = 'UST par';
INSERT INTO curve_quotes (name, date, tenor, rate)
SELECT 'UST par', date, tenor, value::float8 / 100
FROM sheet, jsonb_each_text(to_jsonb(sheet) - 'date') AS quote (tenor, value) WHERE value IS NOT NULL;

-- The curve of the book's own day: of the Treasuries that mature around each tenor, the one nearest to par at its yield.
DELETE FROM curves WHERE name = 'UST' AND date = :'day';
INSERT INTO curves (name, date, curve)
SELECT 'UST', :'day', curve(:'day', dates => array_agg(maturity_date), rates => array_agg(bond_ytm(b, :'day'::date)), kind => 'par')
FROM (
    SELECT DISTINCT ON (tenor) maturity_date, b
    FROM unnest(ARRAY[0.5, 1, 2, 3, 5, 7, 10, 20, 30]) AS tenor, bonds
    WHERE portfolio_id = 'US_GOVT' AND abs((maturity_date - date :'day') / 365.25 - tenor) < 0.05 + 0.03 * tenor
    ORDER BY tenor, abs(price - 100), maturity_date
) AS benchmarks;

-- It is what books in dollars are measured on.
INSERT INTO currency_curves (currency, curve_name) VALUES ('USD', 'UST') ON CONFLICT (currency) DO UPDATE SET curve_name = excluded.curve_name;
COMMIT;

-- A year's moves: par yields as they were quoted, zero and forward rates as they follow.
SELECT c.date, curve_par(curve, '2Y') AS par_2y, curve_par(curve, '10Y') AS par_10y, curve_zero(curve, '10Y') AS zero_10y,
       curve_forward(curve, '5Y', '10Y') AS forward_5y5y, curve_par(curve, '10Y') - curve_par(curve, '2Y') AS slope
FROM curves c
WHERE name = 'UST par' AND date IN ('2023-01-03', '2023-10-19', '2024-09-16', '2025-01-14', '2025-12-31')
ORDER BY date;

-- DV01 by portfolio and key rate, in thousands.
SELECT CASE WHEN g.total = 1 THEN 'total' ELSE portfolio_id END AS portfolio, k.*
FROM (
    SELECT portfolio_id, grouping(portfolio_id) AS total, portfolio_krd(b, curve, '{1Y,2Y,5Y,10Y,20Y,30Y}') AS krd
    FROM bonds CROSS JOIN (SELECT curve FROM curves WHERE name = 'UST' AND date = :'day') c
    GROUP BY ROLLUP (portfolio_id)
) g, LATERAL (
    SELECT round(sum(dv01) FILTER (WHERE tenor = '1Y')::numeric / 1000, 1) AS "1Y", round(sum(dv01) FILTER (WHERE tenor = '2Y')::numeric / 1000, 1) AS "2Y",
           round(sum(dv01) FILTER (WHERE tenor = '5Y')::numeric / 1000, 1) AS "5Y", round(sum(dv01) FILTER (WHERE tenor = '10Y')::numeric / 1000, 1) AS "10Y",
           round(sum(dv01) FILTER (WHERE tenor = '20Y')::numeric / 1000, 1) AS "20Y", round(sum(dv01) FILTER (WHERE tenor = '30Y')::numeric / 1000, 1) AS "30Y",
           round(sum(dv01)::numeric / 1000, 1) AS total
    FROM unnest(krd)
) k
ORDER BY g.total, portfolio_id;

-- The widest bonds of each investment grade sector, in basis points over the curve.
SELECT DISTINCT ON (sector) sector, issuer_name, round(10000 * bond_z_spread(b, curve)::numeric, 1) AS z_bp,
       round(10000 * bond_g_spread(b, curve)::numeric, 1) AS g_bp, round(bond_spread_duration(b, curve)::numeric, 2) AS spread_duration,
       round(bond_cs01(b, curve)) AS cs01
FROM bonds CROSS JOIN (SELECT curve FROM curves WHERE name = 'UST' AND date = :'day') c
WHERE portfolio_id = 'IG_CREDIT' AND bond_price(b) IS NOT NULL AND maturity_date > date :'day' + 365
ORDER BY sector, bond_z_spread(b, curve) DESC;

-- Profit and loss by portfolio and scenario, every bond repriced with its spread held, in millions. Wider spreads are for credit, not for
-- the Treasuries whose curve it is.
SET pg_bond.settlement_date = :'day';
SELECT portfolio_id, round(sum(pnl) FILTER (WHERE scenario = 'down 100')::numeric, 2) AS down_100,
       round(sum(pnl) FILTER (WHERE scenario = 'up 25')::numeric, 2) AS up_25, round(sum(pnl) FILTER (WHERE scenario = 'up 100')::numeric, 2) AS up_100,
       round(sum(pnl) FILTER (WHERE scenario = 'steepener')::numeric, 2) AS steepener, round(sum(pnl) FILTER (WHERE scenario = 'butterfly')::numeric, 2) AS butterfly,
       round(sum(pnl) FILTER (WHERE scenario = 'wider')::numeric, 2) AS wider
FROM (SELECT *, full_repricing / 1e6 AS pnl FROM portfolio_scenarios) s
GROUP BY portfolio_id ORDER BY portfolio_id;

-- How far duration alone goes, and duration with convexity: the whole book's loss, in millions.
SELECT scenario, round(sum(first_order)::numeric / 1e6, 2) AS first_order, round(sum(second_order)::numeric / 1e6, 2) AS second_order,
       round(sum(full_repricing)::numeric / 1e6, 2) AS full_repricing
FROM portfolio_scenarios WHERE scenario LIKE '% _00' GROUP BY scenario ORDER BY sum(first_order);
