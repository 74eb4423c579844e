-- Exchange rates by date, and books in a currency of one's choice.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS fx_rates (
    date     date NOT NULL CHECK (isfinite(date)),
    base     varchar(3) NOT NULL CHECK (base ~ '^[A-Z]{3}$'),
    currency varchar(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    rate     float8 NOT NULL CHECK (rate > 0 AND rate < 'infinity'),
    PRIMARY KEY (base, currency, date),
    CONSTRAINT of_two_currencies CHECK (base <> currency)
);

CREATE INDEX IF NOT EXISTS idx_fx_rates_date ON fx_rates (date);

COMMENT ON TABLE fx_rates IS 'Exchange rates by day, of any base: the ECB''s is EUR, many others'' USD.';
COMMENT ON COLUMN fx_rates.rate IS '1 unit of base is so many units of currency.';

-- A cross takes both its legs from the same day. Every rate is read both ways, and divided by only once, at the end, so that what was
-- quoted comes back as it was quoted.
CREATE OR REPLACE FUNCTION fx_rate(from_currency text, to_currency text, on_date date, max_days integer DEFAULT 7) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
    WITH leg AS (
        SELECT date, base AS give, currency AS get, rate AS times, 1::float8 AS per, 0 AS turned
        FROM fx_rates WHERE date BETWEEN on_date - max_days AND on_date
        UNION ALL
        SELECT date, currency, base, 1, rate, 1
        FROM fx_rates WHERE date BETWEEN on_date - max_days AND on_date
    )
    SELECT rate
    FROM (
        SELECT on_date AS date, 0 AS effort, '' AS over, 1::float8 AS rate WHERE from_currency = to_currency
        UNION ALL
        SELECT date, 1 + turned, '', times / per FROM leg WHERE give = from_currency AND get = to_currency
        UNION ALL
        SELECT a.date, 3 + a.turned + b.turned, a.get, a.times * b.times / (a.per * b.per)
        FROM leg a JOIN leg b ON b.date = a.date AND b.give = a.get
        WHERE a.give = from_currency AND b.get = to_currency
    ) way
    ORDER BY date DESC, effort, over, rate LIMIT 1;
END;

COMMENT ON FUNCTION fx_rate(text, text, date, integer) IS 'What 1 unit of a currency is worth in another: by the newest rate that is not after the date '
    'and at most max_days old, or crossed over a currency that both are quoted against on one day; the quoted pair comes first. 1 for the same '
    'currency; NULL when there is none.';

-- Holdings are converted, not sums: so the sums stay exact, and a currency whose long and short cancel still weighs what it should.
CREATE OR REPLACE FUNCTION portfolio_risk_in(display_currency text, on_date date DEFAULT bond_settlement_date(), max_days integer DEFAULT 7)
    RETURNS TABLE (portfolio_id varchar(50), held bigint, skipped bigint, market_value float8, ytm float8, macaulay_duration float8,
                   modified_duration float8, convexity float8, dv01 float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 10 COST 100000
BEGIN ATOMIC
    WITH x AS MATERIALIZED (
        SELECT c.currency, fx_rate(c.currency, display_currency, on_date, max_days) AS rate
        FROM (SELECT DISTINCT currency FROM instruments) c
    )
    SELECT g.portfolio_id, (g.r).held, (g.r).skipped, (g.r).market_value, (g.r).ytm, (g.r).macaulay_duration, (g.r).modified_duration,
           (g.r).convexity, (g.r).dv01
    FROM (
        SELECT n.portfolio_id, CASE WHEN count(x.rate) = count(*) THEN portfolio_risk(bond_hold(n.b, n.notional * x.rate), on_date) END AS r
        FROM bonds n
        JOIN instruments i USING (id)
        JOIN x USING (currency)
        GROUP BY n.portfolio_id
    ) g;
END;

COMMENT ON FUNCTION portfolio_risk_in(text, date, integer) IS 'Every portfolio settling on a date, with its holdings converted into one currency by '
    'fx_rate of that date: market value and DV01 in it, averages weighted by converted market value. NULL where a holding''s currency has no rate.';

COMMIT;
