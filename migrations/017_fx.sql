-- Exchange rates by date, and books in a currency of one's choice.
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS fx_rates (
    date     date NOT NULL CHECK (isfinite(date)),
    base     varchar(3) NOT NULL CHECK (base ~ '^[A-Z]{3}$'),
    currency varchar(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    rate     float8 NOT NULL CHECK (rate > 0 AND rate < 'infinity'),
    PRIMARY KEY (base, currency, date),
    CONSTRAINT of_two_currencies CHECK (base <> currency)
);

CREATE INDEX IF NOT EXISTS idx_fx_rates_date ON fx_rates (date);

COMMENT ON TABLE fx_rates IS 'Exchange rates by day, of any base: the ECB''s is EUR, many others'' '
    'USD.';
COMMENT ON COLUMN fx_rates.rate IS '1 unit of base is so many units of currency.';

CREATE OR REPLACE FUNCTION currency_is_known(code text) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN code = ANY (string_to_array(
        'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD '
            'BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY '
        'COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD '
            'GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR '
        'ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA '
            'MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN '
        'NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR '
            'SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL '
        'THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST '
            'XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD '
        'XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG', ' '))
    OR EXISTS (SELECT FROM fx_rates r WHERE r.base = code OR r.currency = code);

COMMENT ON FUNCTION currency_is_known(text) IS 'Whether three capital letters are a currency of '
    'ISO 4217, or one that fx_rates quotes.';

CREATE OR REPLACE FUNCTION currency_code(code text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    capitals text := upper(btrim(left(code, 40)) COLLATE "C");
BEGIN
    IF length(code) <= 40 AND currency_is_known(capitals) THEN
        RETURN capitals;
    END IF;
    RAISE 'unknown currency: "%"', CASE WHEN length(code) <= 40 THEN code ELSE left(code,
        40) || '...' END
        USING ERRCODE = 'invalid_parameter_value', HINT = 'Give the three letters of ISO 4217, '
            'such as EUR, or a code that fx_rates quotes.';
END $$;

COMMENT ON FUNCTION currency_code(text) IS 'The three capital letters of a currency, written in '
    'any case; one that is neither of ISO 4217 nor '
    'quoted in fx_rates is an error.';

-- A cross takes both its legs from the same day. Every rate is read both ways, and divided by only
-- once, at the end, so that what was quoted comes back as it was quoted.
CREATE OR REPLACE FUNCTION fx_rate(from_currency text, to_currency text, on_date date,
    max_days integer DEFAULT 7) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
    WITH pair AS MATERIALIZED (
        SELECT currency_code(from_currency) AS source, currency_code(to_currency) AS target
    ), leg AS (
        SELECT date, base AS give, currency AS get, rate AS times, 1::float8 AS per, 0 AS turned
        FROM fx_rates WHERE date BETWEEN on_date - max_days AND on_date
        UNION ALL
        SELECT date, currency, base, 1, rate, 1
        FROM fx_rates WHERE date BETWEEN on_date - max_days AND on_date
    )
    SELECT rate
    FROM (
        SELECT on_date AS date, 0 AS effort, '' AS over, 1::float8 AS rate FROM pair WHERE source =
            target
        UNION ALL
        SELECT date, 1 + turned, '', times / per FROM pair JOIN leg ON give = source
            AND get = target
        UNION ALL
        SELECT a.date, 3 + a.turned + b.turned, a.get, a.times * b.times / (a.per * b.per)
        FROM pair JOIN leg a ON a.give = source JOIN leg b ON b.date = a.date AND b.give = a.get
            AND b.get = target
    ) way
    ORDER BY date DESC, effort, over, rate LIMIT 1;
END;

-- The first line is for tools that make names of the table fx_rates and of this function: they
-- would be the same.
COMMENT ON FUNCTION fx_rate(text, text, date, integer) IS E'@name exchange_rate\n'
    'What 1 unit of a currency is worth in another: by the newest rate that is not after the date '
    'and at most max_days old, or crossed over a currency that both are quoted against on one day; '
        'the quoted pair comes first. 1 for the same '
    'currency; NULL when there is none. Codes are read in any case; an unknown one is an error.';

-- Holdings are converted, not sums: so the sums stay exact, and a currency whose long and short
-- cancel still weighs what it should.
CREATE OR REPLACE FUNCTION portfolio_risk_in(display_currency text, on_date date DEFAULT
    bond_settlement_date(), max_days integer DEFAULT 7)
    RETURNS TABLE (portfolio_id varchar(50), measured bigint, skipped bigint, market_value float8,
        ytm float8, macaulay_duration float8,
                   modified_duration float8, convexity float8, dv01 float8, settlement date)
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 10 COST 100000 SET search_path FROM CURRENT
        AS $$
#variable_conflict use_column
DECLARE
    display text := currency_code(display_currency);
BEGIN
    RETURN QUERY
    WITH x AS MATERIALIZED (
        -- A holding in a currency that nobody knows has no rate; it does not stop the others'
        -- report.
        SELECT c.currency, CASE WHEN currency_is_known(c.currency) THEN fx_rate(c.currency, display,
            on_date, max_days) END AS rate
        FROM (SELECT DISTINCT currency FROM instruments) c
    )
    SELECT g.portfolio_id, (g.r).measured, (g.r).skipped, (g.r).market_value, (g.r).ytm,
        (g.r).macaulay_duration, (g.r).modified_duration,
           (g.r).convexity, (g.r).dv01, on_date
    FROM (
        SELECT n.portfolio_id, CASE WHEN count(x.rate) = count(*) THEN portfolio_risk(bond_hold(n.b,
            n.notional * x.rate), on_date) END AS r
        FROM bonds n
        JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
        JOIN x USING (currency)
        GROUP BY n.portfolio_id
    ) g;
END $$;

COMMENT ON FUNCTION portfolio_risk_in(text, date, integer) IS 'Every portfolio settling on a date, '
    'with its holdings converted into one currency by '
    'fx_rate of that date: market value and DV01 in it, averages weighted by converted market '
        'value. NULL where a holding''s currency has no rate. '
    'The code is read in any case; an unknown one is an error.';

COMMIT;
