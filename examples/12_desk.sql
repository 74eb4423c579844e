-- A portfolio manager's morning: what moved my duration this month, who contributes to it, which limits are broken, where do I stand
-- against the benchmark, and what is the book in euros?
-- Run in this directory, after 01_book.sql. Run again, it replaces the nightly summaries.
\set day 2026-03-24
\set since 2026-02-24
\set ON_ERROR_STOP on
SET extra_float_digits = -10;
SET pg_bond.settlement_date = :'day';

-- A month's trades, already in today's holdings.
CREATE TEMP TABLE trades (portfolio_id text, isin text, date date, notional float8);
INSERT INTO trades VALUES
    ('IG_CREDIT', 'US00724FZL83', '2026-03-04',   5e6), -- long bonds bought ...
    ('IG_CREDIT', 'US126650ZY98', '2026-03-04',   6e6),
    ('IG_CREDIT', 'US67066GZV93', '2026-03-05', -12e6), -- ... for short ones
    ('US_GOVT',   'US912810TB44', '2026-03-17', -30e6); -- a long Treasury sold

-- The summaries as they would have been stored each night: the holdings of that day, settled on that day. At today's prices, so that
-- no price moves.
DELETE FROM nightly_risk WHERE date BETWEEN :'since' AND :'day';
INSERT INTO nightly_risk (date, portfolio_key, currency, risk)
SELECT night::date, n.portfolio_key, i.currency, risk_summary(bond_hold(n.b, n.notional - coalesce(t.notional, 0)), night::date)
FROM generate_series(date :'since', :'day', '1 day') AS night
CROSS JOIN bonds n
JOIN instruments i USING (id)
LEFT JOIN LATERAL (
    SELECT sum(t.notional) AS notional FROM trades t WHERE t.isin = i.isin AND t.portfolio_id = n.portfolio_id AND t.date > night
) t ON true
WHERE is_business_day(night::date, 'US')
GROUP BY 1, 2, 3;

-- My duration, Tuesday by Tuesday, and the firm's, which is the portfolios' summaries added up.
SELECT date, portfolio_duration(risk) FILTER (WHERE portfolio_id = 'IG_CREDIT') AS ig_credit,
       portfolio_duration(risk) FILTER (WHERE portfolio_id = 'US_GOVT') AS us_govt, portfolio_duration(risk) AS firm,
       round(portfolio_dv01(risk)::numeric) AS firm_dv01
FROM nightly_risk WHERE date BETWEEN :'since' AND :'day' AND extract(dow FROM date) = 2
GROUP BY date ORDER BY date;

-- They add up to the last bit of what the bonds say.
SELECT risk_summary(risk) = (SELECT risk_summary(b) FROM bonds) AS same_to_the_bit FROM nightly_risk WHERE date = :'day';

-- What moved it: what is held today, settled a month ago, less what was held then, is the trades; the rest is age, with the
-- bonds that were issued or redeemed since.
SELECT portfolio_id, was, portfolio_duration(b, :'since') - was AS trades, portfolio_duration(b) - portfolio_duration(b, :'since') AS age,
       portfolio_duration(b) AS now
FROM (SELECT portfolio_id, portfolio_duration(risk) AS was FROM nightly_risk WHERE date = :'since' GROUP BY portfolio_id) night
JOIN bonds USING (portfolio_id)
GROUP BY portfolio_id, was ORDER BY portfolio_id;

-- Who contributes: durations of the maturity buckets times their weights add up to the portfolio's.
SELECT coalesce(bucket, 'redeemed') AS maturity, bond_count AS bonds, round(100 * weight::numeric, 1) AS weight_pct, modified_duration AS duration,
       duration_contribution AS contribution, round(100 * dv01_share::numeric, 1) AS dv01_pct
FROM portfolio_buckets WHERE portfolio_id = 'IG_CREDIT' AND dimension = 'maturity' ORDER BY place;

-- The five bonds and the five issuers that weigh most.
SELECT place, name, issuer, round(value::numeric) AS dv01, round(100 * share::numeric, 2) AS pct, round(100 * cumulative_share::numeric, 2) AS up_to_here
FROM top_n('IG_CREDIT', 5, 'dv01');
SELECT place, name, round(value::numeric) AS market_value, round(100 * share::numeric, 2) AS pct, round(100 * cumulative_share::numeric, 2) AS up_to_here
FROM top_n('IG_CREDIT', 5, 'issuer');
SELECT portfolio_id, average_rating AS rating, round(avg_dv01_per_bond::numeric) AS dv01_per_bond, round(100 * top_10_concentration::numeric, 1) AS top_10_pct,
       round(1 / issuer_herfindahl) AS as_many_equal_issuers
FROM portfolio_summary JOIN portfolio_concentration USING (portfolio_id, currency) ORDER BY issuer_herfindahl;

-- Which limits are broken? The desk has one more than those that come with the schema.
INSERT INTO limits (name, portfolio_id, dimension, measure, maximum, description)
VALUES ('telecom issuer', 'TELECOM', 'issuer', 'weight', 0.2, 'at most 20 % in one issuer') ON CONFLICT DO NOTHING;
SELECT portfolio_id, limit_name, bucket, value, bound, excess FROM limit_breaches ORDER BY portfolio_id, limit_name, bucket;

-- Against the benchmark: for a sector, the whole of investment grade.
UPDATE portfolios SET benchmark_id = 'IG_CREDIT' WHERE strategy_type = 'Sector Focus';
SELECT portfolio_id, modified_duration AS duration, active_duration, round(10000 * active_yield::numeric, 1) AS active_yield_bp,
       round(dv01::numeric) AS dv01, round(active_dv01::numeric) AS active_dv01
FROM portfolio_active ORDER BY active_duration;
SELECT bucket AS maturity, round(100 * weight::numeric, 1) AS weight_pct, round(100 * active_weight::numeric, 1) AS active_pct,
       active_duration_contribution AS active_duration
FROM portfolio_active_buckets WHERE portfolio_id = 'TECH_SECTOR' AND dimension = 'maturity' AND bucket IS NOT NULL ORDER BY place;

-- The ECB's reference rates of a year, one currency a column: 1 euro is so many of it.
BEGIN;
CREATE TEMP TABLE sheet (date date, "USD" float8, "JPY" float8, "GBP" float8, "CHF" float8, "AUD" float8, "CAD" float8, "NZD" float8,
    "SEK" float8, "NOK" float8, "CNY" float8) ON COMMIT DROP;
\copy sheet FROM 'data/ecb_fx_2025_2026.csv' CSV HEADER
INSERT INTO fx_rates (date, base, currency, rate)
SELECT date, 'EUR', currency, rate::float8 FROM sheet, jsonb_each_text(to_jsonb(sheet) - 'date') AS quote (currency, rate)
ON CONFLICT (base, currency, date) DO UPDATE SET rate = excluded.rate;
COMMIT;

-- The firm's value and risk in other currencies, by that day's rates: the pound and the yen are crossed over the euro.
SELECT display, fx_rate('USD', display, :'day') AS usd_is, round(sum(market_value)::numeric / 1e6, 1) AS value_m, round(sum(dv01)::numeric) AS dv01
FROM unnest('{USD,EUR,GBP,JPY}'::text[]) AS display, portfolio_risk_in(display)
GROUP BY display ORDER BY dv01;

-- The month in euros: the value of each night at that night's exchange rate.
SELECT date, round(portfolio_value(risk)::numeric / 1e6, 1) AS usd_m, fx_rate('EUR', 'USD', date) AS eur_usd,
       round((portfolio_value(risk) * fx_rate('USD', 'EUR', date))::numeric / 1e6, 1) AS eur_m
FROM nightly_risk WHERE date IN (:'since', '2026-03-10', :'day') GROUP BY date ORDER BY date;
