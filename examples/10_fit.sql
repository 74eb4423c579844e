-- What curve do the Treasuries lie on, and which of them are rich or cheap to it?
-- Run in this directory, after 01_book.sql. Run again, it replaces the curves.
\set day 2026-03-24
\set ON_ERROR_STOP on
SET extra_float_digits = -10;

-- The notes and bonds, once each. What matures within three months follows the money market; bills, floating rate notes and
-- inflation-linked bonds, had they been loaded, and callable ones would have to be left out here too.
CREATE TEMP VIEW treasuries AS
SELECT DISTINCT ON (isin) isin, bond_terms(b) AS terms, bond_quote(bond_terms(b), quotes.price) AS b
FROM bonds JOIN instruments USING (id) JOIN quotes USING (isin)
WHERE sector = 'Government' AND quote_date = :'day' AND maturity_date > date :'day' + interval '3 months'
ORDER BY isin;

DELETE FROM curves WHERE name IN ('UST nelson_siegel', 'UST svensson') AND date = :'day';
INSERT INTO curves (name, date, curve)
SELECT 'UST ' || method, :'day', curve_fit(b, method, date :'day')
FROM treasuries CROSS JOIN unnest('{nelson_siegel,svensson}'::text[]) AS method GROUP BY method;

CREATE TEMP TABLE report AS
SELECT name, r.*
FROM curves, (SELECT array_agg(b ORDER BY isin) AS bonds, array_agg(isin::text ORDER BY isin) AS isins FROM treasuries) AS t,
     curve_fit_report(curve, isins, bonds) AS r (b, years, clean_price, curve_price, price_error, yield_error_bp, weight, outlier, isin)
WHERE name IN ('UST nelson_siegel', 'UST svensson') AND date = :'day';

-- Root-mean-square errors, without the outliers and with them.
SELECT name, count(*) AS bonds, count(*) FILTER (WHERE outlier) AS outliers,
       round(sqrt(avg(yield_error_bp ^ 2) FILTER (WHERE NOT outlier))::numeric, 2) AS yield_bp, round(sqrt(avg(price_error ^ 2) FILTER (WHERE NOT outlier))::numeric, 3) AS price,
       round(sqrt(avg(yield_error_bp ^ 2))::numeric, 2) AS yield_bp_all, round(sqrt(avg(price_error ^ 2))::numeric, 3) AS price_all
FROM report GROUP BY name ORDER BY name;

-- Where one hump does not bend enough: mean errors in basis points by years to maturity.
SELECT width_bucket(years, '{1,2,3,5,7,10,20}'::float8[]) AS bucket, round(min(years)::numeric, 1) AS from_years, round(max(years)::numeric, 1) AS to_years, count(*) / 2 AS bonds,
       round(avg(yield_error_bp) FILTER (WHERE name LIKE '%siegel')::numeric, 1) AS nelson_siegel, round(avg(yield_error_bp) FILTER (WHERE name LIKE '%svensson')::numeric, 1) AS svensson
FROM report GROUP BY bucket ORDER BY bucket;

-- The curves, as zero and par rates.
SELECT tenor, round(curve_zero(n.curve, tenor)::numeric, 5) AS ns_zero, round(curve_zero(s.curve, tenor)::numeric, 5) AS svensson_zero,
       round(curve_par(n.curve, tenor)::numeric, 5) AS ns_par, round(curve_par(s.curve, tenor)::numeric, 5) AS svensson_par
FROM curves n, curves s, unnest('{1Y,2Y,3Y,5Y,7Y,10Y,20Y,30Y}'::text[]) WITH ORDINALITY AS t (tenor, n)
WHERE n.name = 'UST nelson_siegel' AND s.name = 'UST svensson' AND n.date = :'day' AND s.date = :'day' ORDER BY t.n;

-- Cheap and rich to Svensson's curve: old bonds whose high coupons keep them above par to the end yield more than the notes around
-- them, the thirty-year bonds of twenty years ago less.
(SELECT 'cheap' AS side, bond_terms(b) AS bond, round(clean_price::numeric, 3) AS clean_price, round(curve_price::numeric, 3) AS curve_price,
        round(price_error::numeric, 3) AS price_error, round(yield_error_bp::numeric, 1) AS yield_error_bp, round(weight::numeric, 2) AS weight, outlier
 FROM report r WHERE name = 'UST svensson' ORDER BY r.yield_error_bp DESC LIMIT 6)
UNION ALL
(SELECT 'rich', bond_terms(b), round(clean_price::numeric, 3), round(curve_price::numeric, 3),
        round(price_error::numeric, 3), round(yield_error_bp::numeric, 1), round(weight::numeric, 2), outlier
 FROM report r WHERE name = 'UST svensson' ORDER BY r.yield_error_bp LIMIT 8);
