-- How does a desk's book get in? 350 real Treasuries and 1,020 generated corporate bonds in ten portfolios, quoted and marked.
-- Run in this directory, after the migrations: psql -q -X -f 01_book.sql. Run again, it replaces the book.
\set seed 42
\set day 2026-03-24
\set ON_ERROR_STOP on
BEGIN;

CREATE TEMP TABLE treasuries (cusip cusip, security text, coupon numeric, maturity date, buy float8, sell float8) ON COMMIT DROP;
\copy treasuries FROM 'data/treasuries_2026-03-24.csv' CSV HEADER
CREATE TEMP TABLE issuers (
    name text, ticker text, cusip_prefix text, sector text, rating text, spread_bp int, country text, invented boolean) ON COMMIT DROP;
\copy issuers FROM 'data/issuers.csv' CSV HEADER

-- Hashes instead of random(): the same book on every machine and version.
CREATE OR REPLACE FUNCTION pg_temp.chance(VARIADIC key text[]) RETURNS float8 LANGUAGE sql STABLE
    RETURN ('x' || left(md5(:'seed' || ' ' || array_to_string(key, ' ')), 8))::bit(32)::bigint / 4294967296.0;

CREATE OR REPLACE FUNCTION pg_temp.business_day(day date) RETURNS date LANGUAGE sql IMMUTABLE
    RETURN day + CASE extract(isodow FROM day) WHEN 6 THEN 2 WHEN 7 THEN 1 ELSE 0 END;

-- Thirty issues of every issuer, of which the portfolios choose. A late issue has matured, an odd one is in an odd first period.
CREATE TEMP TABLE issues ON COMMIT DROP AS
-- Materialized: inlined, the draws would be repeated wherever they are used.
WITH drawn AS MATERIALIZED (
    SELECT i.*, code, kind < 0.02 AS late, kind BETWEEN 0.02 AND 0.05 AS odd, kind BETWEEN 0.05 AND 0.065 AS zero
    FROM issuers i
    CROSS JOIN regexp_split_to_table('ABCDEFGHJKLMNPQRSTUVWXYZ234567', '') letter
    CROSS JOIN LATERAL (SELECT cusip_prefix || 'Z' || letter AS code) c
    CROSS JOIN LATERAL (SELECT pg_temp.chance(code, 'kind') AS kind) k
), dated AS MATERIALIZED (
    SELECT *, pg_temp.business_day(date :'day' - CASE WHEN late THEN 1180 + floor(2000 * age)
                                                      WHEN odd  THEN 125 + floor(45 * age)
                                                      ELSE floor(3285 * age) END::int) AS dated
    FROM drawn, pg_temp.chance(code, 'age') age
), termed AS MATERIALIZED (
    SELECT *, CASE WHEN late THEN 3
                   ELSE (SELECT (array_agg(t))[1 + floor(pg_temp.chance(code, 'tenor') * count(*))]
                         FROM unnest(ARRAY[2, 3, 3, 5, 5, 5, 7, 7, 10, 10, 10, 10, 12, 15, 20, 30]) t
                         WHERE dated + t * 365 > date :'day') END AS tenor
    FROM dated
)
SELECT cusip_to_isin(code || cusip_check_digit(code)) AS isin, name, sector, rating, country, spread_bp,
       CASE WHEN zero THEN 0 ELSE
           round(8 * ((ARRAY[2.2, 2.9, 2.1, 1.0, 1.3, 3.2, 4.1, 4.2, 4.1, 4.0])[extract(year FROM dated)::int - 2016]
                      + 0.04 * (tenor - 7) + luck - 0.5 + (0.75 + luck / 2) * spread_bp / 100)::numeric) / 800 END AS coupon,
       (dated + make_interval(years => tenor))::date AS maturity,
       CASE WHEN odd THEN pg_temp.business_day(dated + 30 + floor(85 * pg_temp.chance(code, 'stub'))::int) ELSE dated END AS issue,
       CASE WHEN odd THEN (dated + make_interval(months => CASE WHEN pg_temp.chance(code, 'long') < 0.5 THEN 12 ELSE 6 END))::date END AS first_coupon,
       CASE WHEN odd OR zero THEN 'SEMI_ANNUAL'
            WHEN pg_temp.chance(code, 'frequency') < 0.04 THEN 'ANNUAL'
            WHEN pg_temp.chance(code, 'frequency') < 0.08 THEN 'QUARTERLY'
            ELSE 'SEMI_ANNUAL' END AS frequency,
       CASE WHEN pg_temp.chance(code, 'day count') < 0.1 THEN 'ACT_ACT' ELSE '30_360' END AS day_count
FROM termed, pg_temp.chance(code, 'coupon') luck
UNION ALL
SELECT cusip_to_isin(cusip), 'US Treasury', 'Government', 'AAA', 'US', 0, coupon, maturity, NULL, NULL, 'SEMI_ANNUAL', 'ACT_ACT'
FROM treasuries;

CREATE TEMP TABLE rules (
    portfolio_id text, bonds int, notional numeric, sectors text[], best text, worst text, min_years int, max_years int,
    emerging boolean, size_range float8) ON COMMIT DROP;
INSERT INTO rules VALUES
    ('IG_CREDIT',   160, 1200e6, '{Technology,Healthcare,Consumer,Financials,Industrials}', 'AAA', 'BBB-', 2, 15, false, 0.3),
    ('HIGH_YIELD',  110,  500e6, '{Energy,Telecom,Retail,Automotive}',                      'BB+', 'CCC',  2, 10, false, 0.3),
    ('US_GOVT',     350, 1200e6, '{Government}',                                            'AAA', 'AAA',  0, 30, false, 1.5),
    ('TECH_SECTOR', 130,  840e6, '{Technology}',                                            'AAA', 'BBB-', 1, 12, false, 1.5),
    ('FINANCIALS',  140, 1170e6, '{Financials}',                                            'AAA', 'BBB-', 1, 10, false, 1.5),
    ('CONSUMER',    100,  540e6, '{Consumer}',                                              'AAA', 'BBB-', 1, 20, false, 1.5),
    ('HEALTHCARE',  110,  750e6, '{Healthcare}',                                            'AAA', 'BBB-', 1, 20, false, 1.5),
    ('ENERGY',       90,  800e6, '{Energy}',                                                'AAA', 'BBB-', 1, 30, false, 1.5),
    ('TELECOM',      85,  638e6, '{Telecom}',                                               'AAA', 'BBB-', 1, 12, false, 1.5),
    ('EM_CORP',      95,  468e6, '{Financials,Energy,Materials,Industrials,Consumer,Telecom}', 'BBB', 'CCC',  2, 12, true,  1.5);

-- Issuers take turns and share the amount about equally, which keeps every issuer and sector within its limit;
-- units of 100,000 add up to the total.
CREATE TEMP TABLE held ON COMMIT DROP AS
WITH eligible AS (
    SELECT r.portfolio_id, r.bonds, r.notional, r.size_range, s.isin, s.name, chance,
           row_number() OVER (PARTITION BY r.portfolio_id, s.name ORDER BY chance) AS turn
    FROM rules r
    JOIN issues s ON s.sector = ANY (r.sectors) AND (s.country <> 'US') = r.emerging
    CROSS JOIN string_to_array('AAA AA+ AA AA- A+ A A- BBB+ BBB BBB- BB+ BB BB- B+ B B- CCC+ CCC', ' ') scale
    CROSS JOIN LATERAL pg_temp.chance(r.portfolio_id, s.isin) chance
    WHERE array_position(scale, s.rating) BETWEEN array_position(scale, r.best) AND array_position(scale, r.worst)
      AND (s.maturity < date :'day'
           OR s.maturity BETWEEN date :'day' + make_interval(years => r.min_years) AND date :'day' + make_interval(years => r.max_years))
), chosen AS (
    SELECT *, row_number() OVER (PARTITION BY portfolio_id ORDER BY turn, chance) AS place FROM eligible
), weighed AS (
    SELECT *, (1 + size_range * (pg_temp.chance(portfolio_id, isin, 'size') - 0.5))::numeric / count(*) OVER (PARTITION BY portfolio_id, name) AS weight
    FROM chosen WHERE place <= bonds
), summed AS (
    SELECT *, round(notional / 1e5 * sum(weight) OVER up_to / sum(weight) OVER (PARTITION BY portfolio_id)) AS units
    FROM weighed
    WINDOW up_to AS (PARTITION BY portfolio_id ORDER BY isin)
)
SELECT portfolio_id, isin, 1e5 * (units - lag(units, 1, 0::numeric) OVER (PARTITION BY portfolio_id ORDER BY isin)) AS notional
FROM summed;

DELETE FROM instruments i USING issues s, rules r WHERE i.isin = s.isin AND i.portfolio_id = r.portfolio_id;
DELETE FROM quotes q USING issues s WHERE q.isin = s.isin AND q.quote_date = :'day';

INSERT INTO instruments (isin, instrument_type, notional, portfolio_id)
SELECT isin, 'BOND', notional, portfolio_id FROM held ORDER BY portfolio_id, isin;

INSERT INTO bonds (id, coupon_rate, maturity_date, issue_date, first_coupon_date, payment_frequency, day_count_convention,
                   credit_rating, issuer_name, sector)
SELECT i.id, s.coupon, s.maturity, s.issue, s.first_coupon, s.frequency, s.day_count, s.rating, s.name, s.sector
FROM held h
JOIN issues s USING (isin)
JOIN instruments i USING (isin, portfolio_id);

INSERT INTO quotes (isin, quote_date, price, source)
SELECT cusip_to_isin(cusip), :'day', sell, 'FedInvest' FROM treasuries;

-- A corporate is quoted at the Treasury yield of its maturity, plus its issuer's spread, give or take 8 basis points.
-- Two in a hundred are not quoted, and what has matured keeps a last price of 100.
WITH curve AS (
    SELECT maturity AS day, avg(bond_ytm(bond(coupon, maturity, day_count => 'ACT/ACT ICMA'), price => sell, settlement => :'day')) AS yield
    FROM treasuries WHERE maturity > date :'day' + 90 GROUP BY maturity
), corporates AS (
    SELECT DISTINCT ON (isin) isin, bond_terms(n.b) AS terms, n.maturity_date,
           (s.spread_bp + 16 * (pg_temp.chance(isin, 'spread') - 0.5)) / 10000 AS spread
    FROM bonds n
    JOIN instruments i USING (id)
    JOIN issues s USING (isin)
    WHERE s.sector <> 'Government' AND pg_temp.chance(isin, 'unquoted') >= 0.02
)
INSERT INTO quotes (isin, quote_date, price, source)
SELECT isin, :'day', coalesce(round(bond_price(terms, y.yield + spread, settlement => :'day')::numeric, 3), 100), 'generated'
FROM corporates
LEFT JOIN LATERAL (SELECT * FROM curve WHERE day <= maturity_date ORDER BY day DESC LIMIT 1) lo ON true
LEFT JOIN LATERAL (SELECT * FROM curve WHERE day > maturity_date ORDER BY day LIMIT 1) hi ON true
CROSS JOIN LATERAL (SELECT coalesce(lo.yield + (hi.yield - lo.yield) * (maturity_date - lo.day) / (hi.day - lo.day), lo.yield, hi.yield) AS yield) y;

UPDATE bonds SET price = q.price
FROM instruments i
JOIN quotes q USING (isin)
WHERE i.id = bonds.id AND q.quote_date = :'day';

COMMIT;

SELECT format('ALTER DATABASE %I SET pg_bond.settlement_date = %L', current_database(), :'day') \gexec
SET pg_bond.settlement_date = :'day';
ANALYZE instruments, bonds, quotes;

SELECT count(*) AS holdings, count(DISTINCT isin) AS securities, count(price) AS marked, sum(notional)::bigint AS notional
FROM bonds JOIN instruments USING (id, notional);
