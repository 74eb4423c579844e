--
-- PostgreSQL database dump
--


-- Dumped from database version 15.20 (Debian 15.20-0+deb12u1)
-- Dumped by pg_dump version 15.20 (Debian 15.20-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: pg_bond; Type: EXTENSION; Schema: -; Owner: -
--

CREATE EXTENSION IF NOT EXISTS pg_bond WITH SCHEMA public;


--
-- Name: EXTENSION pg_bond; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON EXTENSION pg_bond IS 'bond analytics: yield, duration, convexity, DV01 and portfolio risk in SQL';


--
-- Name: check_snapshot(text, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.check_snapshot(kind text, names text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $_$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        INSERT INTO input_versions (kind, name) SELECT $1, n FROM unnest(names) AS n ON CONFLICT DO
            NOTHING;
        PERFORM FROM input_versions v WHERE v.kind = $1 AND (names IS NULL OR v.name = ANY (names))
            ORDER BY v.name FOR SHARE;
    END IF;
END
$_$;


--
-- Name: FUNCTION check_snapshot(kind text, names text[]); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.check_snapshot(kind text, names text[]) IS 'fails with 40001 if the caller''s snapshot is older than the last change of these inputs, NULL for all of the kind';


--
-- Name: count_changes(text, text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.count_changes(kind text, names text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $_$
BEGIN
    PERFORM FROM input_versions v WHERE v.kind = $1 AND v.name = ANY (names) ORDER BY v.name FOR
        UPDATE;
    UPDATE input_versions v SET version = version + 1 WHERE v.kind = $1 AND v.name = ANY (names);
    INSERT INTO input_versions (kind, name) SELECT DISTINCT $1, n FROM unnest(names)
        AS n ON CONFLICT DO NOTHING;
END
$_$;


--
-- Name: FUNCTION count_changes(kind text, names text[]); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.count_changes(kind text, names text[]) IS 'counts a change of these inputs; 40001 if the caller''s snapshot is older than their last';


--
-- Name: currency_code(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.currency_code(code text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
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


--
-- Name: FUNCTION currency_code(code text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.currency_code(code text) IS 'The three capital letters of a currency, written in any case; one that is neither of ISO 4217 nor quoted in fx_rates is an error.';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: fx_rates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.fx_rates (
    date date NOT NULL,
    base character varying(3) NOT NULL,
    currency character varying(3) NOT NULL,
    rate double precision NOT NULL,
    CONSTRAINT fx_rates_base_check CHECK (((base)::text ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT fx_rates_currency_check CHECK (((currency)::text ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT fx_rates_date_check CHECK (isfinite(date)),
    CONSTRAINT fx_rates_rate_check CHECK (((rate > (0)::double precision) AND (rate < 'Infinity'::double precision))),
    CONSTRAINT of_two_currencies CHECK (((base)::text <> (currency)::text))
);


--
-- Name: TABLE fx_rates; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.fx_rates IS 'Exchange rates by day, of any base: the ECB''s is EUR, many others'' USD.';


--
-- Name: COLUMN fx_rates.rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.fx_rates.rate IS '1 unit of base is so many units of currency.';


--
-- Name: currency_is_known(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.currency_is_known(code text) RETURNS boolean
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    RETURN ((code = ANY (string_to_array('AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG'::text, ' '::text))) OR (EXISTS (SELECT FROM public.fx_rates r WHERE (((r.base)::text = currency_is_known.code) OR ((r.currency)::text = currency_is_known.code)))));


--
-- Name: FUNCTION currency_is_known(code text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.currency_is_known(code text) IS 'Whether three capital letters are a currency of ISO 4217, or one that fx_rates quotes.';


--
-- Name: follow_curve_quotes(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.follow_curve_quotes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
DECLARE
    names text[];
    dates date[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(name), array_agg(date) INTO names, dates
        FROM (SELECT name, date FROM (TABLE changed EXCEPT TABLE gone) AS n UNION SELECT name, date
            FROM (TABLE gone EXCEPT TABLE changed) AS o) AS days;
    ELSE
        SELECT array_agg(name), array_agg(date) INTO names, dates FROM (SELECT DISTINCT name, date
            FROM changed) AS days;
    END IF;
    IF names IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM count_changes('quotes', names);
    DELETE FROM curves c USING unnest(names, dates) AS d (name, date)
    WHERE c.name = d.name AND c.date = d.date
        AND NOT EXISTS (SELECT FROM curve_quotes q WHERE q.name = d.name AND q.date = d.date);
    INSERT INTO curves (name, date, curve)
    SELECT q.name, q.date, curve_agg(q.date, q.tenor, q.rate, q.kind, 'flat_forward', q.conventions)
    FROM curve_quotes q
    JOIN unnest(names, dates) AS d (name, date) USING (name, date)
    GROUP BY q.name, q.date
    ON CONFLICT (name, date) DO UPDATE SET curve = excluded.curve;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION follow_curve_quotes(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.follow_curve_quotes() IS 'Builds anew the curves whose quotes have changed, and removes those that have none left.';


--
-- Name: follow_instrument(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.follow_instrument() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
BEGIN
    SELECT i.notional, i.portfolio_key INTO STRICT NEW.notional, NEW.portfolio_key FROM instruments
        i WHERE i.id = NEW.id;
    RETURN NEW;
EXCEPTION WHEN no_data_found THEN
    RAISE EXCEPTION 'there is no instrument with id %', NEW.id
        USING ERRCODE = 'foreign_key_violation', HINT = 'Insert the instruments row first.';
END $$;


--
-- Name: FUNCTION follow_instrument(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.follow_instrument() IS 'Fills the copies of notional and portfolio when a bond or swap is inserted; from then on its foreign key keeps them.';


--
-- Name: fx_rate(text, text, date, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.fx_rate(from_currency text, to_currency text, on_date date, max_days integer DEFAULT 7) RETURNS double precision
    LANGUAGE sql STABLE STRICT COST 1000 PARALLEL SAFE
    BEGIN ATOMIC
 WITH pair AS MATERIALIZED (
          SELECT public.currency_code(fx_rate.from_currency) AS source,
             public.currency_code(fx_rate.to_currency) AS target
         ), leg AS (
          SELECT fx_rates.date,
             fx_rates.base AS give,
             fx_rates.currency AS get,
             fx_rates.rate AS times,
             (1)::double precision AS per,
             0 AS turned
            FROM public.fx_rates
           WHERE ((fx_rates.date >= (fx_rate.on_date - fx_rate.max_days)) AND (fx_rates.date <= fx_rate.on_date))
         UNION ALL
          SELECT fx_rates.date,
             fx_rates.currency,
             fx_rates.base,
             1,
             fx_rates.rate,
             1
            FROM public.fx_rates
           WHERE ((fx_rates.date >= (fx_rate.on_date - fx_rate.max_days)) AND (fx_rates.date <= fx_rate.on_date))
         )
  SELECT way.rate
    FROM ( SELECT fx_rate.on_date AS date,
             0 AS effort,
             ''::text AS over,
             (1)::double precision AS rate
            FROM pair
           WHERE (pair.source = pair.target)
         UNION ALL
          SELECT leg.date,
             (1 + leg.turned),
             ''::text,
             (leg.times / leg.per)
            FROM (pair
              JOIN leg ON ((((leg.give)::text = pair.source) AND ((leg.get)::text = pair.target))))
         UNION ALL
          SELECT a.date,
             ((3 + a.turned) + b.turned),
             a.get,
             ((a.times * b.times) / (a.per * b.per))
            FROM ((pair
              JOIN leg a ON (((a.give)::text = pair.source)))
              JOIN leg b ON (((b.date = a.date) AND ((b.give)::text = (a.get)::text) AND ((b.get)::text = pair.target))))) way
   ORDER BY way.date DESC, way.effort, way.over, way.rate
  LIMIT 1;
END;


--
-- Name: FUNCTION fx_rate(from_currency text, to_currency text, on_date date, max_days integer); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.fx_rate(from_currency text, to_currency text, on_date date, max_days integer) IS '@name exchange_rate
What 1 unit of a currency is worth in another: by the newest rate that is not after the date and at most max_days old, or crossed over a currency that both are quoted against on one day; the quoted pair comes first. 1 for the same currency; NULL when there is none. Codes are read in any case; an unknown one is an error.';


--
-- Name: leave_out_what_is_there(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.leave_out_what_is_there() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
DECLARE
    there boolean;
BEGIN
    IF TG_TABLE_NAME = 'curves' THEN
        there := EXISTS (SELECT FROM curves c JOIN curve_quotes q USING (name, date)
                         WHERE c.name = NEW.name AND c.date = NEW.date AND c.curve = NEW.curve);
    ELSIF TG_TABLE_NAME = 'live_risk' THEN
        there := EXISTS (SELECT FROM live_risk r
                         WHERE r.portfolio_key = NEW.portfolio_key AND r.currency = NEW.currency
                             AND r.curve = NEW.curve);
    ELSE
        there := EXISTS (SELECT FROM input_versions v WHERE v.kind = NEW.kind AND v.name =
            NEW.name);
    END IF;
    IF there THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END
$$;


--
-- Name: FUNCTION leave_out_what_is_there(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.leave_out_what_is_there() IS 'Leaves out an inserted row that triggers have made already: of curves the very curve that its quotes make.';


--
-- Name: live_names(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.live_names() RETURNS text[]
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    LOCK TABLE live_curves IN ROW SHARE MODE;
    PERFORM check_snapshot('live_curves', '{""}');
    RETURN ARRAY(SELECT name FROM live_curves);
END
$$;


--
-- Name: FUNCTION live_names(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.live_names() IS 'the live curves, which stay so until the caller''s transaction ends';


--
-- Name: live_risk_begins(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.live_risk_begins() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
DECLARE
    written boolean := pg_current_xact_id_if_assigned() IS NOT NULL;
BEGIN
    LOCK TABLE live_curves IN EXCLUSIVE MODE;
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') AND (
        written OR pg_current_xact_id() <> pg_snapshot_xmax(pg_current_snapshot())
        OR EXISTS (SELECT pg_snapshot_xip(pg_current_snapshot()))
    ) THEN
        RAISE 'could not serialize access: others may have written since the snapshot was taken'
            USING ERRCODE = 'serialization_failure', HINT = 'Name live curves at READ COMMITTED.';
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION live_risk_begins(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.live_risk_begins() IS 'Waits for all who write bonds or curves before the live curves change.';


--
-- Name: live_risk_follows(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.live_risk_follows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
DECLARE
    names text[];
    portfolios text[];
BEGIN
    WITH own AS (DELETE FROM live_changes WHERE transaction = pg_current_xact_id() RETURNING kind,
        name)
    SELECT array_agg(name) FILTER (WHERE kind = 'curve'), array_agg(name) FILTER (WHERE kind =
        'portfolio') INTO names, portfolios FROM own;
    IF names IS NOT NULL THEN
        PERFORM refresh_live_risk(NULL, names);
    END IF;
    IF portfolios IS NOT NULL THEN
        PERFORM refresh_live_risk(portfolios, NULL);
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION live_risk_follows(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.live_risk_follows() IS 'Makes live_risk again for what the transaction has changed; the first of its rows in live_changes is for all of them.';


--
-- Name: live_risk_follows_bonds(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.live_risk_follows_bonds() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
DECLARE
    portfolios text[];
BEGIN
    IF cardinality(live_names()) = 0 THEN
        RETURN NULL;
    ELSIF TG_OP = 'TRUNCATE' THEN
        portfolios := ARRAY(SELECT DISTINCT portfolio_key FROM live_risk);
    ELSIF TG_TABLE_NAME = 'instruments' THEN
        portfolios := ARRAY(SELECT DISTINCT n.portfolio_key FROM changed n JOIN gone o USING (id)
            WHERE n.currency <> o.currency);
    ELSIF TG_OP = 'UPDATE' THEN
        portfolios := ARRAY(
            SELECT n.portfolio_key FROM changed n LEFT JOIN gone o USING (id) WHERE (n.portfolio_key
                = o.portfolio_key AND n.b = o.b) IS NOT TRUE
            UNION SELECT o.portfolio_key FROM gone o LEFT JOIN changed n USING (id)
                WHERE (n.portfolio_key = o.portfolio_key AND n.b = o.b) IS NOT TRUE);
    ELSE
        portfolios := ARRAY(SELECT DISTINCT portfolio_key FROM changed);
    END IF;
    INSERT INTO live_changes (kind, name) SELECT 'portfolio', unnest(portfolios) ON CONFLICT DO
        NOTHING;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION live_risk_follows_bonds(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.live_risk_follows_bonds() IS 'Notes the portfolios whose bonds have changed.';


--
-- Name: live_risk_follows_curves(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.live_risk_follows_curves() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
DECLARE
    names text[] := live_names();
BEGIN
    IF TG_OP = 'UPDATE' THEN
        names := ARRAY((SELECT name FROM changed UNION SELECT name FROM gone) INTERSECT SELECT
            unnest(names));
    ELSIF TG_OP <> 'TRUNCATE' THEN
        names := ARRAY(SELECT name FROM changed INTERSECT SELECT unnest(names));
    END IF;
    INSERT INTO live_changes (kind, name) SELECT 'curve', unnest(names) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION live_risk_follows_curves(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.live_risk_follows_curves() IS 'Notes the live curves that have changed.';


--
-- Name: live_risk_follows_names(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.live_risk_follows_names() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
DECLARE
    names text[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN -- seen by every snapshot
        names := ARRAY(SELECT DISTINCT curve FROM live_risk);
    ELSIF TG_OP = 'UPDATE' THEN
        names := ARRAY(SELECT name FROM changed UNION SELECT name FROM gone);
    ELSE
        names := ARRAY(SELECT name FROM changed);
    END IF;
    IF TG_OP <> 'TRUNCATE' AND cardinality(names) > 0 THEN
        PERFORM count_changes('live_curves', '{""}');
    END IF;
    INSERT INTO live_changes (kind, name) SELECT 'curve', unnest(names) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION live_risk_follows_names(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.live_risk_follows_names() IS 'Notes the curves that have begun or ceased to be live.';


--
-- Name: portfolio_risk_in(text, date, integer); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.portfolio_risk_in(display_currency text, on_date date DEFAULT public.bond_settlement_date(), max_days integer DEFAULT 7) RETURNS TABLE(portfolio_id character varying, measured bigint, skipped bigint, market_value double precision, ytm double precision, macaulay_duration double precision, modified_duration double precision, convexity double precision, dv01 double precision, settlement date)
    LANGUAGE plpgsql STABLE STRICT COST 100000 ROWS 10 PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
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


--
-- Name: FUNCTION portfolio_risk_in(display_currency text, on_date date, max_days integer); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.portfolio_risk_in(display_currency text, on_date date, max_days integer) IS 'Every portfolio settling on a date, with its holdings converted into one currency by fx_rate of that date: market value and DV01 in it, averages weighted by converted market value. NULL where a holding''s currency has no rate. The code is read in any case; an unknown one is an error.';


--
-- Name: refresh_live_risk(text[], text[]); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refresh_live_risk(portfolios text[] DEFAULT NULL::text[], names text[] DEFAULT NULL::text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
DECLARE
    turn bigint := hashtextextended('refresh', 'live_risk'::regclass::oid::bigint);
    announced bigint;
BEGIN
    IF portfolios <@ ARRAY(SELECT v.name FROM input_versions v WHERE v.kind = 'portfolio') AND names
        IS NULL THEN
        PERFORM pg_advisory_xact_lock_shared(turn);
        PERFORM check_snapshot('live_risk', '{""}');
    ELSE
        PERFORM pg_advisory_xact_lock(turn);
        PERFORM count_changes('live_risk', '{""}');
        PERFORM check_snapshot('portfolio', NULL);
    END IF;
    PERFORM count_changes('portfolio', portfolios);
    WITH fresh AS MATERIALIZED (
        SELECT b.portfolio_key, i.currency, c.name AS curve, c.date, (portfolio_curve_risk(b.b,
            c.curve)).*, portfolio_dv01(b.b, c.date) AS dv01,
               portfolio_convexity(b.b, c.date) AS convexity, portfolio_krd(b.b, c.curve)
                   AS key_rates
        FROM (SELECT DISTINCT ON (name) name, date, curve FROM curves
              WHERE name IN (SELECT l.name FROM live_curves l WHERE names IS NULL OR l.name = ANY
                  (names)) ORDER BY name, date DESC) c
        JOIN instruments i ON coalesce(curve_currency(c.curve) = i.currency, true)
        JOIN bonds b USING (id)
        WHERE portfolios IS NULL OR b.portfolio_key = ANY (portfolios)
        GROUP BY b.portfolio_key, i.currency, c.name, c.date
    ), changed AS (
        UPDATE live_risk r SET
            (date, measured, skipped, market_value, npv, z_spread, cs01, dv01, convexity, key_rates,
                refreshed_at) =
            (f.date, f.measured, f.skipped, f.market_value, f.npv, f.z_spread, f.cs01, f.dv01,
                f.convexity, f.key_rates, clock_timestamp())
        FROM fresh f
        WHERE r.portfolio_key = f.portfolio_key AND r.currency = f.currency AND r.curve = f.curve
            AND (r.date, r.measured, r.skipped, r.market_value, r.npv, r.z_spread, r.cs01, r.dv01,
                r.convexity, r.key_rates::text) IS DISTINCT FROM
                (f.date, f.measured, f.skipped, f.market_value, f.npv, f.z_spread, f.cs01, f.dv01,
                    f.convexity, f.key_rates::text)
        RETURNING r.curve
    ), made AS (
        INSERT INTO live_risk (portfolio_key, currency, curve, date, measured, skipped,
            market_value, npv, z_spread, cs01, dv01, convexity, key_rates)
        SELECT f.portfolio_key, f.currency, f.curve, f.date, f.measured, f.skipped, f.market_value,
            f.npv, f.z_spread, f.cs01, f.dv01, f.convexity,
               f.key_rates
        FROM fresh f
        WHERE NOT EXISTS (SELECT FROM live_risk r WHERE r.portfolio_key = f.portfolio_key
            AND r.currency = f.currency AND r.curve = f.curve)
        RETURNING curve
    ), gone AS (
        DELETE FROM live_risk r
        WHERE (portfolios IS NULL OR r.portfolio_key = ANY (portfolios)) AND (names IS NULL
            OR r.curve = ANY (names))
            AND NOT EXISTS (SELECT FROM fresh f WHERE r.portfolio_key = f.portfolio_key
                AND r.currency = f.currency AND r.curve = f.curve)
        RETURNING curve
    )
    SELECT count(pg_notify('live_risk', curve)) INTO announced FROM (TABLE changed UNION TABLE made
        UNION TABLE gone) AS news;
END
$$;


--
-- Name: FUNCTION refresh_live_risk(portfolios text[], names text[]); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.refresh_live_risk(portfolios text[], names text[]) IS 'makes live_risk again for these portfolios and curves, NULL for all, and announces the curves whose rows have changed on the channel live_risk';


--
-- Name: scenarios; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scenarios (
    name character varying(50) NOT NULL,
    tenors text[] DEFAULT '{}'::text[] NOT NULL,
    bp double precision[] DEFAULT '{}'::double precision[] NOT NULL,
    spread_bp double precision DEFAULT 0 NOT NULL,
    description text,
    spread_sectors text[],
    spread_except text[] DEFAULT '{Government}'::text[] NOT NULL,
    spread_best text,
    spread_worst text,
    CONSTRAINT best_before_worst CHECK (COALESCE((public.rating_notch(public.rating_or_null(spread_best)) <= public.rating_notch(public.rating_or_null(spread_worst))), true)),
    CONSTRAINT best_is_a_rating CHECK (((spread_best IS NULL) OR (public.rating_or_null(spread_best) IS NOT NULL))),
    CONSTRAINT moves_a_curve CHECK ((public.curve_shift('2000-01-01 flat_forward 1Y:0%'::public.curve, tenors, bp) IS NOT NULL)),
    CONSTRAINT scenarios_spread_bp_check CHECK ((abs(spread_bp) <= ('1000000'::numeric)::double precision)),
    CONSTRAINT sectors_in_or_out CHECK (COALESCE((NOT (spread_sectors && spread_except)), true)),
    CONSTRAINT worst_is_a_rating CHECK (((spread_worst IS NULL) OR (public.rating_or_null(spread_worst) IS NOT NULL)))
);


--
-- Name: TABLE scenarios; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.scenarios IS 'Shocks by name: a move of zero rates, and one of spreads, both in basis points.';


--
-- Name: COLUMN scenarios.tenors; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.scenarios.tenors IS 'From the shortest to the longest; none where rates stay.';


--
-- Name: COLUMN scenarios.bp; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.scenarios.bp IS 'The move at each tenor, in basis points: in proportion between two, and beyond the ends as much as there.';


--
-- Name: COLUMN scenarios.spread_bp; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.scenarios.spread_bp IS 'The move of z-spreads, in basis points, of the bonds that the columns below choose.';


--
-- Name: COLUMN scenarios.spread_sectors; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.scenarios.spread_sectors IS 'The sectors of bonds.sector whose spreads move; NULL for all but those of spread_except.';


--
-- Name: COLUMN scenarios.spread_except; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.scenarios.spread_except IS 'The sectors whose spreads stay: government bonds, whose prices make the curve, unless told otherwise. Give {} to move theirs too.';


--
-- Name: COLUMN scenarios.spread_best; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.scenarios.spread_best IS 'The best rating whose spreads move, such as BB+ for high yield; NULL for no bound. A bond without a rating is in no range.';


--
-- Name: COLUMN scenarios.spread_worst; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.scenarios.spread_worst IS 'The worst rating whose spreads move; NULL for no bound.';


--
-- Name: scenario_spread_bp(public.scenarios, text, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.scenario_spread_bp(s public.scenarios, sector text, credit_rating text) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (((s).spread_bp = (0)::double precision) OR (sector = ANY ((s).spread_except)) OR (NOT COALESCE((sector = ANY ((s).spread_sectors)), ((s).spread_sectors IS NULL)))) THEN (0)::double precision WHEN (COALESCE((s).spread_best, (s).spread_worst) IS NULL) THEN (s).spread_bp WHEN ((public.rating_notch(public.rating_or_null(credit_rating)) >= COALESCE(public.rating_notch(public.rating_or_null((s).spread_best)), 1)) AND (public.rating_notch(public.rating_or_null(credit_rating)) <= COALESCE(public.rating_notch(public.rating_or_null((s).spread_worst)), 22))) THEN (s).spread_bp ELSE (0)::double precision END;


--
-- Name: FUNCTION scenario_spread_bp(s public.scenarios, sector text, credit_rating text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.scenario_spread_bp(s public.scenarios, sector text, credit_rating text) IS 'the move of the z-spread of a bond of this sector and rating under a scenario, in basis points: 0 where the scenario is not for it';


--
-- Name: statement_begins(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.statement_begins() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'public', 'pg_temp'
    SET row_security TO 'off'
    AS $$
BEGIN
    IF TG_ARGV[0] = 'bonds' AND NOT EXISTS (SELECT FROM live_curves) THEN
        RETURN NULL;
    END IF;
    IF pg_trigger_depth() = 1 AND pg_current_xact_id_if_assigned() IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(TG_ARGV[0],
            'curves'::regclass::oid::bigint));
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION statement_begins(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.statement_begins() IS 'Waits for the statements of others that change rows of the same tables.';


--
-- Name: statement_ends(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.statement_ends() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'public', 'pg_temp'
    AS $$
BEGIN
    IF pg_trigger_depth() = 1 THEN
        PERFORM advisory_xact_unlock(hashtextextended(TG_ARGV[0], 'curves'::regclass::oid::bigint));
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION statement_ends(); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.statement_ends() IS 'Lets the next statement begin that changes rows of the same tables; the last trigger of its event.';


--
-- Name: top_n(text, integer, text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.top_n(portfolio text, n integer DEFAULT 10, by text DEFAULT 'dv01'::text) RETURNS TABLE(currency character varying, place bigint, name text, issuer text, value double precision, share double precision, cumulative_share double precision, settlement date)
    LANGUAGE plpgsql STABLE STRICT COST 100000 ROWS 10 PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
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


--
-- Name: FUNCTION top_n(portfolio text, n integer, by text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.top_n(portfolio text, n integer, by text) IS 'The n greatest of a portfolio in each of its currencies, with their shares and the shares added up: bonds by dv01 or market_value; each issuer, sector, rating, maturity or currency by market value. Shorts are negative and come last; what is not measured is left out. settlement is the date of the measures.';


--
-- Name: user_calendar(text); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.user_calendar(name text) RETURNS public.calendar
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
    SET search_path TO 'public', 'pg_temp'
    AS $$
DECLARE
    value calendar;
BEGIN
    SELECT calendar(ARRAY(SELECT h.date FROM calendar_holidays h WHERE h.calendar = c.name), c.base)
    INTO value
    FROM calendars c
    WHERE c.name = user_calendar.name;
    IF NOT FOUND THEN
        RAISE 'unknown calendar: "%"', name
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Calendars of one''s own are rows of '
                'the table calendars.';
    END IF;
    RETURN value;
END $$;


--
-- Name: FUNCTION user_calendar(name text); Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON FUNCTION public.user_calendar(name text) IS 'The calendar of this name as a value, with its holidays as they are now.';


--
-- Name: bonds; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bonds (
    id integer NOT NULL,
    coupon_rate numeric(8,6) NOT NULL,
    coupon_steps text,
    maturity_date date NOT NULL,
    issue_date date,
    first_coupon_date date,
    last_coupon_date date,
    payment_frequency character varying(20) DEFAULT 'SEMI_ANNUAL'::character varying,
    day_count_convention character varying(20) DEFAULT 'ACT_ACT'::character varying,
    yield_convention character varying(20) DEFAULT 'street'::character varying,
    end_of_month boolean,
    redemption double precision DEFAULT 100,
    holiday_calendar text,
    business_day_convention character varying(20),
    ex_dividend_period character varying(10),
    settlement_days integer,
    price double precision,
    credit_rating character varying(10),
    issuer_name character varying(200),
    sector character varying(100),
    instrument_type character varying(10) DEFAULT 'BOND'::character varying NOT NULL,
    notional numeric(18,2) NOT NULL,
    portfolio_key text NOT NULL,
    portfolio_id character varying(50) GENERATED ALWAYS AS (NULLIF(portfolio_key, ''::text)) STORED,
    b public.bond GENERATED ALWAYS AS (public.bond(coupon => coupon_rate, maturity => maturity_date, issue => issue_date, frequency => payment_frequency, day_count => (day_count_convention)::text, first_coupon => first_coupon_date, last_coupon => last_coupon_date, redemption => redemption, end_of_month => end_of_month, convention => (yield_convention)::text, steps => coupon_steps, calendar => holiday_calendar, roll => (business_day_convention)::text, ex_dividend => (ex_dividend_period)::text, settlement_lag => settlement_days, price => price, notional => (notional)::double precision)) STORED NOT NULL,
    CONSTRAINT bonds_instrument_type_check CHECK (((instrument_type)::text = 'BOND'::text)),
    CONSTRAINT valid_coupon CHECK (((coupon_rate >= (0)::numeric) AND (coupon_rate <= (1)::numeric))),
    CONSTRAINT valid_maturity CHECK ((maturity_date > '2020-01-01'::date))
);


--
-- Name: TABLE bonds; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bonds IS 'Terms and mark of each bond held; id is that of its instrument.';


--
-- Name: COLUMN bonds.coupon_rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.coupon_rate IS 'Annual coupon as a decimal: 0.0445 is 4.45 %.';


--
-- Name: COLUMN bonds.coupon_steps; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.coupon_steps IS 'Coupons that follow the first one and the dates from which they hold: 2027-06-15:4.5%,2029-06-15:5%; NULL when there are none.';


--
-- Name: COLUMN bonds.maturity_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.maturity_date IS 'Maturity; infinity when the bond is perpetual.';


--
-- Name: COLUMN bonds.issue_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.issue_date IS 'Date interest starts; needed when the first period is odd, when interest is paid at maturity, and when the bond is perpetual.';


--
-- Name: COLUMN bonds.first_coupon_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.first_coupon_date IS 'First coupon date, given when the first period is odd.';


--
-- Name: COLUMN bonds.last_coupon_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.last_coupon_date IS 'Last coupon date before maturity, given when the last period is odd.';


--
-- Name: COLUMN bonds.payment_frequency; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.payment_frequency IS 'ANNUAL, SEMI_ANNUAL, QUARTERLY, MONTHLY or another of bond_frequencies(), in any spelling; NONE when nothing is paid before maturity.';


--
-- Name: COLUMN bonds.day_count_convention; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.day_count_convention IS '30_360, 30E_360, ACT_ACT (ICMA), ACT_360, ACT_365F or another of day_counts(), in any spelling.';


--
-- Name: COLUMN bonds.yield_convention; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.yield_convention IS 'One of yield_conventions(), in any spelling: street, us_treasury, uk_dmo.';


--
-- Name: COLUMN bonds.end_of_month; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.end_of_month IS 'Whether coupons stay on month ends when the maturity is one: true for Treasuries, false for corporate bonds; bond_market() has the rule of each market. NULL: they stay.';


--
-- Name: COLUMN bonds.redemption; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.redemption IS 'Paid at maturity, per 100 face.';


--
-- Name: COLUMN bonds.holiday_calendar; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.holiday_calendar IS 'Business days: a market or several of calendars(), as US or US+UK; NULL for weekends only.';


--
-- Name: COLUMN bonds.business_day_convention; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.business_day_convention IS 'Where a payment goes that falls on a holiday, one of business_day_rolls(); NULL when it stays.';


--
-- Name: COLUMN bonds.ex_dividend_period; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.ex_dividend_period IS 'How long before a coupon its interest is the seller''s, in business (7b) or calendar days (10d); NULL when it never is.';


--
-- Name: COLUMN bonds.settlement_days; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.settlement_days IS 'Business days from trade to settlement.';


--
-- Name: COLUMN bonds.price; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.price IS 'Clean price per 100 face; NULL when unquoted, and then every measure of the bond is NULL.';


--
-- Name: COLUMN bonds.notional; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.notional IS 'Copy of the instrument''s, kept by its foreign key: change it there.';


--
-- Name: COLUMN bonds.portfolio_key; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.portfolio_key IS 'Copy of the instrument''s, kept by its foreign key: change it there.';


--
-- Name: COLUMN bonds.portfolio_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.portfolio_id IS 'The instrument''s portfolio.';


--
-- Name: COLUMN bonds.b; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bonds.b IS 'The bond value of this row, generated from its other columns.';


--
-- Name: instruments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.instruments (
    id integer NOT NULL,
    isin public.isin NOT NULL,
    instrument_type character varying(10) NOT NULL,
    notional numeric(18,2) NOT NULL,
    currency character varying(3) DEFAULT 'USD'::character varying NOT NULL,
    portfolio_id character varying(50),
    created_at timestamp with time zone DEFAULT now(),
    updated_at timestamp with time zone DEFAULT now(),
    portfolio_key text GENERATED ALWAYS AS (COALESCE(portfolio_id, ''::character varying)) STORED NOT NULL,
    CONSTRAINT instruments_currency_check CHECK (((currency)::text ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT instruments_instrument_type_check CHECK (((instrument_type)::text = ANY ((ARRAY['BOND'::character varying, 'SWAP'::character varying])::text[])))
);


--
-- Name: TABLE instruments; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.instruments IS 'Holdings, one row per security and portfolio; the terms are in bonds or swaps under the same id.';


--
-- Name: COLUMN instruments.isin; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.instruments.isin IS 'ISO 6166 identifier, check digit verified.';


--
-- Name: COLUMN instruments.notional; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.instruments.notional IS 'Face amount held, in currency; negative when sold short.';


--
-- Name: COLUMN instruments.currency; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.instruments.currency IS 'ISO 4217 code.';


--
-- Name: COLUMN instruments.portfolio_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.instruments.portfolio_id IS 'NULL while the holding is in no portfolio.';


--
-- Name: COLUMN instruments.updated_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.instruments.updated_at IS 'Set by the writer: no trigger runs on update.';


--
-- Name: COLUMN instruments.portfolio_key; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.instruments.portfolio_key IS 'portfolio_id with NULL as empty text, so that keys can hold it.';


--
-- Name: bond_conflicts; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.bond_conflicts WITH (security_invoker='true') AS
 SELECT i.isin,
    count(*) AS holdings,
    ((count(DISTINCT public.bond_terms(n.b)) > 1) OR (count(DISTINCT i.currency) > 1)) AS terms_differ,
    (count(DISTINCT COALESCE(n.price, (0)::double precision)) > 1) AS marks_differ,
    jsonb_object_agg(COALESCE(n.portfolio_id, ''::character varying), (n.b)::text) AS held_as
   FROM (public.bonds n
     JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
  GROUP BY i.isin
 HAVING ((count(DISTINCT public.bond_terms(n.b)) > 1) OR (count(DISTINCT i.currency) > 1) OR (count(DISTINCT COALESCE(n.price, (0)::double precision)) > 1));


--
-- Name: VIEW bond_conflicts; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.bond_conflicts IS 'Securities whose holdings disagree in terms or in mark; a missing mark beside a given one is a disagreement.';


--
-- Name: bond_contributions; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.bond_contributions WITH (security_invoker='true') AS
 SELECT n.id,
    n.isin,
    n.portfolio_id,
    n.currency,
    n.issuer_name,
    n.sector,
    n.credit_rating,
    n.maturity_date,
    n.notional,
    public.bond_settlement_date() AS settlement,
    (a.ytm IS NOT NULL) AS measured,
    a.market_value,
    a.ytm,
    a.modified_duration,
    a.dv01,
    (a.market_value / NULLIF((n.total).market_value, (0)::double precision)) AS weight,
    ((a.market_value * a.modified_duration) / NULLIF((n.total).market_value, (0)::double precision)) AS duration_contribution,
    ((a.market_value * a.ytm) / NULLIF((n.total).market_value, (0)::double precision)) AS yield_contribution,
    (a.dv01 / NULLIF((n.total).dv01, (0)::double precision)) AS dv01_share
   FROM (( SELECT n_1.id,
            n_1.coupon_rate,
            n_1.coupon_steps,
            n_1.maturity_date,
            n_1.issue_date,
            n_1.first_coupon_date,
            n_1.last_coupon_date,
            n_1.payment_frequency,
            n_1.day_count_convention,
            n_1.yield_convention,
            n_1.end_of_month,
            n_1.redemption,
            n_1.holiday_calendar,
            n_1.business_day_convention,
            n_1.ex_dividend_period,
            n_1.settlement_days,
            n_1.price,
            n_1.credit_rating,
            n_1.issuer_name,
            n_1.sector,
            n_1.instrument_type,
            n_1.notional,
            n_1.portfolio_key,
            n_1.portfolio_id,
            n_1.b,
            i.isin,
            i.currency,
            public.portfolio_risk(n_1.b) OVER (PARTITION BY n_1.portfolio_id, i.currency) AS total
           FROM (public.bonds n_1
             JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))) n
     LEFT JOIN LATERAL public.bond_analytics(n.b) a(settlement, clean_price, accrued, dirty_price, market_value, ytm, current_yield, macaulay_duration, modified_duration, convexity, dv01) ON ((a.ytm IS NOT NULL)));


--
-- Name: VIEW bond_contributions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.bond_contributions IS 'Every holding with its share of its portfolio''s market value in its currency (weight) and DV01, and what it adds to duration in years and yield as a decimal; these add up to the portfolio''s. They are NULL where measured is false: it is unquoted or redeemed.';


--
-- Name: COLUMN bond_contributions.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_contributions.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: currency_curves; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.currency_curves (
    currency character varying(3) NOT NULL,
    curve_name character varying(50) NOT NULL,
    CONSTRAINT currency_curves_currency_check CHECK (((currency)::text ~ '^[A-Z]{3}$'::text))
);


--
-- Name: TABLE currency_curves; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.currency_curves IS 'The curve that holdings of a currency are measured on, unless their portfolio names one.';


--
-- Name: COLUMN currency_curves.curve_name; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.currency_curves.curve_name IS 'A name of curves.';


--
-- Name: curves; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.curves (
    name character varying(50) NOT NULL,
    date date NOT NULL,
    curve public.curve NOT NULL,
    CONSTRAINT dated_as_its_curve CHECK ((date = public.curve_date(curve)))
);


--
-- Name: TABLE curves; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.curves IS 'One curve per name and day. Those with quotes follow them, but for a TRUNCATE.';


--
-- Name: current_curves; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.current_curves WITH (security_invoker='true') AS
 SELECT DISTINCT ON (curves.name) curves.name,
    curves.date,
    curves.curve
   FROM public.curves
  WHERE (curves.date <= public.bond_settlement_date())
  ORDER BY curves.name, curves.date DESC;


--
-- Name: VIEW current_curves; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.current_curves IS 'The newest curve of each name that is not after bond_settlement_date().';


--
-- Name: portfolios; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.portfolios (
    id character varying(50) NOT NULL,
    name character varying(200) NOT NULL,
    description text,
    strategy_type character varying(50),
    benchmark character varying(100),
    target_duration numeric(5,2),
    created_at timestamp with time zone DEFAULT now(),
    curve_name character varying(50),
    benchmark_id character varying(50),
    CONSTRAINT not_its_own_benchmark CHECK (((benchmark_id)::text <> (id)::text)),
    CONSTRAINT portfolios_id_check CHECK (((id)::text <> ''::text))
);


--
-- Name: TABLE portfolios; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.portfolios IS 'Groups of holdings that are managed and measured together.';


--
-- Name: COLUMN portfolios.benchmark; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolios.benchmark IS 'Name of the index the portfolio is measured against.';


--
-- Name: COLUMN portfolios.target_duration; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolios.target_duration IS 'Modified duration aimed at, in years.';


--
-- Name: COLUMN portfolios.curve_name; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolios.curve_name IS 'The curve that the portfolio is measured on, a name of curves; NULL for that of the currency.';


--
-- Name: COLUMN portfolios.benchmark_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolios.benchmark_id IS 'The portfolio that holds what this one is measured against; benchmark is but its name.';


--
-- Name: curve_choices; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.curve_choices WITH (security_invoker='true') AS
 SELECT h.portfolio_key,
    NULLIF(h.portfolio_key, ''::text) AS portfolio_id,
    h.currency,
    c.name AS curve,
    c.date AS curve_date,
    (c.date < public.bond_settlement_date()) AS curve_is_older,
    (row_number() OVER by_preference = 1) AS chosen,
        CASE
            WHEN ((c.name)::text = (p.curve_name)::text) THEN 'portfolio'::text
            WHEN ((c.name)::text = (k.curve_name)::text) THEN 'currency'::text
            WHEN (c.name IS NOT NULL) THEN 'default'::text
            ELSE NULL::text
        END AS chosen_by
   FROM (((( SELECT DISTINCT instruments.portfolio_key,
            instruments.currency
           FROM public.instruments) h
     LEFT JOIN public.portfolios p ON (((p.id)::text = h.portfolio_key)))
     LEFT JOIN public.currency_curves k ON (((k.currency)::text = (h.currency)::text)))
     LEFT JOIN public.current_curves c ON (COALESCE((public.curve_currency(c.curve) = (h.currency)::text), true)))
  WINDOW by_preference AS (PARTITION BY h.portfolio_key, h.currency ORDER BY (((c.name)::text = (p.curve_name)::text) IS TRUE) DESC, (((c.name)::text = (k.curve_name)::text) IS TRUE) DESC, c.date DESC, (public.curve_currency(c.curve) IS NULL), c.name);


--
-- Name: VIEW curve_choices; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.curve_choices IS 'Every portfolio and currency with every current curve of that currency. The views that are not named by_curve use the chosen one, one for a portfolio and currency: that of portfolios.curve_name, else that of currency_curves, else the newest, of several the one that states the currency, then the first by name. A name without a current curve of the currency is passed over, as chosen_by shows. A NULL curve: there is none.';


--
-- Name: COLUMN curve_choices.curve_is_older; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.curve_choices.curve_is_older IS 'Whether the curve is of a day before bond_settlement_date().';


--
-- Name: COLUMN curve_choices.chosen; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.curve_choices.chosen IS 'Whether this is the curve of the book; true once for a portfolio and currency.';


--
-- Name: COLUMN curve_choices.chosen_by; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.curve_choices.chosen_by IS 'What names the curve: portfolio, currency, or default where neither does.';


--
-- Name: bond_curve_risk_by_curve; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.bond_curve_risk_by_curve WITH (security_invoker='true') AS
 SELECT r.id,
    r.isin,
    r.portfolio_id,
    r.issuer_name,
    r.sector,
    r.currency,
    r.notional,
    r.price,
    r.curve,
    r.curve_date,
    r.curve_date AS settlement,
    r.curve_is_older,
    r.chosen,
    r.chosen_by,
    (public.bond_z_spread(r.b, r.terms) IS NOT NULL) AS measured,
    public.bond_curve_price(r.b, r.terms) AS curve_price,
    public.bond_z_spread(r.b, r.terms) AS z_spread,
    public.bond_g_spread(r.b, r.terms) AS g_spread,
    public.bond_asset_swap_spread(r.b, r.terms) AS asset_swap_spread,
    public.bond_spread_duration(r.b, r.terms) AS spread_duration,
    public.bond_cs01(r.b, r.terms) AS cs01
   FROM ( SELECT i.id,
            i.isin,
            n.portfolio_id,
            n.issuer_name,
            n.sector,
            i.currency,
            n.notional,
            n.price,
            c.curve,
            c.curve_date,
            c.curve_is_older,
            c.chosen,
            c.chosen_by,
            k.curve AS terms,
                CASE
                    WHEN (isfinite(n.maturity_date) AND ((public.curve_extrapolation(k.curve) <> 'none'::text) OR ((n.maturity_date + 15) <= ( SELECT max(x.date) AS max
                       FROM public.curve_nodes(k.curve) x(tenor, years, date, zero, discount))))) THEN n.b
                    ELSE NULL::public.bond
                END AS b
           FROM (((public.bonds n
             JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
             JOIN public.curve_choices c ON (((c.portfolio_key = i.portfolio_key) AND COALESCE(((c.currency)::text = (i.currency)::text), false))))
             LEFT JOIN public.curves k ON ((((k.name)::text = (c.curve)::text) AND (k.date = c.curve_date))))) r;


--
-- Name: VIEW bond_curve_risk_by_curve; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.bond_curve_risk_by_curve IS 'Every bond on every curve of its currency: clean price there without a spread, spreads at its quote as decimals, spread duration in years, CS01 in currency. Spreads are NULL where measured is false: the bond is unquoted or redeemed, has no maturity, pays later than the curve tells, or there is no curve.';


--
-- Name: COLUMN bond_curve_risk_by_curve.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_curve_risk_by_curve.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: COLUMN bond_curve_risk_by_curve.measured; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_curve_risk_by_curve.measured IS 'Whether the bond has spreads. Sort by it first, or filter by it: a NULL comes before every number in ORDER BY z_spread DESC.';


--
-- Name: bond_curve_risk; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.bond_curve_risk WITH (security_invoker='true') AS
 SELECT bond_curve_risk_by_curve.id,
    bond_curve_risk_by_curve.isin,
    bond_curve_risk_by_curve.portfolio_id,
    bond_curve_risk_by_curve.issuer_name,
    bond_curve_risk_by_curve.sector,
    bond_curve_risk_by_curve.currency,
    bond_curve_risk_by_curve.notional,
    bond_curve_risk_by_curve.price,
    bond_curve_risk_by_curve.curve,
    bond_curve_risk_by_curve.curve_date,
    bond_curve_risk_by_curve.settlement,
    bond_curve_risk_by_curve.curve_is_older,
    bond_curve_risk_by_curve.chosen_by,
    bond_curve_risk_by_curve.measured,
    bond_curve_risk_by_curve.curve_price,
    bond_curve_risk_by_curve.z_spread,
    bond_curve_risk_by_curve.g_spread,
    bond_curve_risk_by_curve.asset_swap_spread,
    bond_curve_risk_by_curve.spread_duration,
    bond_curve_risk_by_curve.cs01
   FROM public.bond_curve_risk_by_curve
  WHERE bond_curve_risk_by_curve.chosen;


--
-- Name: VIEW bond_curve_risk; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.bond_curve_risk IS 'Every bond once, on the curve that curve_choices chooses for its portfolio: the columns of bond_curve_risk_by_curve.';


--
-- Name: COLUMN bond_curve_risk.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_curve_risk.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: COLUMN bond_curve_risk.measured; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_curve_risk.measured IS 'Whether the bond has spreads. Sort by it first, or filter by it: a NULL comes before every number in ORDER BY z_spread DESC.';


--
-- Name: bond_ratings; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.bond_ratings WITH (security_invoker='true') AS
 SELECT i.id,
    i.isin,
    n.portfolio_id,
    n.issuer_name,
    n.sector,
    i.currency,
    n.notional,
    n.credit_rating,
    (r.rating)::text AS rating,
    public.rating_notch(r.rating) AS notch,
    public.rating_is_investment_grade(r.rating) AS investment_grade
   FROM ((public.bonds n
     JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
     CROSS JOIN LATERAL public.rating_or_null((n.credit_rating)::text) r(rating));


--
-- Name: VIEW bond_ratings; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.bond_ratings IS 'Every bond with its credit rating read as one, as text and as a notch. What cannot be read, NR for one, is NULL; credit_rating is the text as it was delivered.';


--
-- Name: COLUMN bond_ratings.rating; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_ratings.rating IS 'The rating that was read, as text. Compare by notch: notch <= 10 is BBB- and above.';


--
-- Name: COLUMN bond_ratings.notch; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_ratings.notch IS '1 for AAA or Aaa, 10 for BBB- or Baa3, to 22 for D: the better the credit, the lower.';


--
-- Name: bond_risk; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.bond_risk WITH (security_invoker='true') AS
 SELECT i.id,
    i.isin,
    n.portfolio_id,
    n.issuer_name,
    n.sector,
    n.credit_rating,
    i.currency,
    n.notional,
    n.coupon_rate,
    n.maturity_date,
    n.payment_frequency,
    n.day_count_convention,
    n.yield_convention,
    n.price,
    public.bond_settlement_date() AS settlement,
    (a.ytm IS NOT NULL) AS measured,
    a.accrued,
    a.dirty_price,
    a.market_value,
    a.ytm,
    a.current_yield,
    a.macaulay_duration,
    a.modified_duration,
    a.convexity,
    a.dv01
   FROM ((public.bonds n
     JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
     LEFT JOIN LATERAL public.bond_analytics(n.b) a(settlement, clean_price, accrued, dirty_price, market_value, ytm, current_yield, macaulay_duration, modified_duration, convexity, dv01) ON (true));


--
-- Name: VIEW bond_risk; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.bond_risk IS 'Every bond with its measures on the date in settlement. They are NULL where measured is false: the bond is unquoted, redeemed or has no yield. Prices are per 100 face, money is in currency, yields and coupons are decimal, durations are in years, convexity in years squared.';


--
-- Name: COLUMN bond_risk.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_risk.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: COLUMN bond_risk.measured; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bond_risk.measured IS 'Whether the bond has measures. Sort by it first, or filter by it: a NULL comes before every number in ORDER BY dv01 DESC.';


--
-- Name: calendar_holidays; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendar_holidays (
    calendar text NOT NULL,
    date date NOT NULL,
    name text,
    CONSTRAINT calendar_holidays_date_check CHECK (isfinite(date))
);


--
-- Name: TABLE calendar_holidays; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.calendar_holidays IS 'The days on which a calendar of one''s own is closed besides its base.';


--
-- Name: COLUMN calendar_holidays.name; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.calendar_holidays.name IS 'The holiday''s name.';


--
-- Name: calendars; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calendars (
    name text NOT NULL,
    base public.calendar DEFAULT 'weekends'::public.calendar NOT NULL,
    description text
);


--
-- Name: TABLE calendars; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.calendars IS 'Calendars of one''s own, by name.';


--
-- Name: COLUMN calendars.base; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.calendars.base IS 'What is closed besides its holidays: weekends, or markets by name, as US or US+UK.';


--
-- Name: curve_quotes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.curve_quotes (
    name character varying(50) NOT NULL,
    date date NOT NULL,
    tenor text NOT NULL,
    rate double precision NOT NULL,
    kind text DEFAULT 'par'::text NOT NULL,
    conventions text DEFAULT 'plain'::text NOT NULL,
    CONSTRAINT curve_quotes_rate_check CHECK (((rate > '-Infinity'::double precision) AND (rate < 'Infinity'::double precision)))
);


--
-- Name: TABLE curve_quotes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.curve_quotes IS 'One quote per curve, day and tenor. Deposits, FRAs, futures, swaps and OIS mix on a curve; quotes of another kind stand alone. All of a curve''s quotes on a day have the same conventions.';


--
-- Name: COLUMN curve_quotes.tenor; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.curve_quotes.tenor IS 'Such as 3M, 10Y, 1Y6M, 2W, ON; 3Mx6M of a FRA; of a future the IMM day, such as Z6, or the date on which it starts.';


--
-- Name: COLUMN curve_quotes.rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.curve_quotes.rate IS 'A decimal: 0.0436 is 4.36 %. A discount factor where the kind is discount, a price where it is future.';


--
-- Name: COLUMN curve_quotes.kind; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.curve_quotes.kind IS 'A name of curve_kinds(): par (half-yearly bonds, below a year bills), zero (continuous), discount; deposit, fra, future, swap, ois.';


--
-- Name: COLUMN curve_quotes.conventions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.curve_quotes.conventions IS 'Of deposits, FRAs, futures, swaps and OIS, a name of curve_conventions().';


--
-- Name: portfolio_key_rates_by_curve; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_key_rates_by_curve WITH (security_invoker='true') AS
 SELECT g.portfolio_id,
    g.currency,
    g.curve,
    g.curve_date,
    g.curve_date AS settlement,
    g.curve_is_older,
    g.chosen,
    g.chosen_by,
    g.bond_count,
    COALESCE((g.r).measured, (0)::bigint) AS measured,
    (g.bond_count - COALESCE((g.r).measured, (0)::bigint)) AS skipped,
    k.tenor,
    k.years,
    k.duration,
    k.dv01
   FROM (( SELECT n.portfolio_id,
            i.currency,
            c.curve,
            c.curve_date,
            c.curve_is_older,
            c.chosen,
            c.chosen_by,
            count(*) AS bond_count,
            public.portfolio_curve_risk(n.b, k_1.curve) AS r,
            public.portfolio_krd(n.b, k_1.curve) AS key_rates
           FROM (((public.bonds n
             JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
             JOIN public.curve_choices c ON (((c.portfolio_key = i.portfolio_key) AND COALESCE(((c.currency)::text = (i.currency)::text), false))))
             LEFT JOIN public.curves k_1 ON ((((k_1.name)::text = (c.curve)::text) AND (k_1.date = c.curve_date))))
          GROUP BY n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen, c.chosen_by) g
     LEFT JOIN LATERAL unnest(g.key_rates) k(tenor, years, duration, dv01) ON (true));


--
-- Name: VIEW portfolio_key_rates_by_curve; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_key_rates_by_curve IS 'Every portfolio, currency and curve by tenor: key-rate duration in years, and DV01 in currency, with each quote''s spread held. skipped counts the bonds of bond_count that are not in them, on every row of the portfolio; one of which nothing is measured has one row, without a tenor.';


--
-- Name: COLUMN portfolio_key_rates_by_curve.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_key_rates_by_curve.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: portfolio_key_rates; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_key_rates WITH (security_invoker='true') AS
 SELECT portfolio_key_rates_by_curve.portfolio_id,
    portfolio_key_rates_by_curve.currency,
    portfolio_key_rates_by_curve.curve,
    portfolio_key_rates_by_curve.curve_date,
    portfolio_key_rates_by_curve.settlement,
    portfolio_key_rates_by_curve.curve_is_older,
    portfolio_key_rates_by_curve.chosen_by,
    portfolio_key_rates_by_curve.bond_count,
    portfolio_key_rates_by_curve.measured,
    portfolio_key_rates_by_curve.skipped,
    portfolio_key_rates_by_curve.tenor,
    portfolio_key_rates_by_curve.years,
    portfolio_key_rates_by_curve.duration,
    portfolio_key_rates_by_curve.dv01
   FROM public.portfolio_key_rates_by_curve
  WHERE portfolio_key_rates_by_curve.chosen;


--
-- Name: VIEW portfolio_key_rates; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_key_rates IS 'Every portfolio, currency and tenor once, on the curve that curve_choices chooses: the columns of portfolio_key_rates_by_curve.';


--
-- Name: COLUMN portfolio_key_rates.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_key_rates.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: swaps; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.swaps (
    id integer NOT NULL,
    fixed_leg character varying(7) NOT NULL,
    fixed_rate numeric(8,6) NOT NULL,
    effective_date date NOT NULL,
    maturity_date date NOT NULL,
    fixed_frequency character varying(20) DEFAULT 'ANNUAL'::character varying NOT NULL,
    fixed_day_count character varying(20) DEFAULT 'ACT_360'::character varying NOT NULL,
    floating_index character varying(20) DEFAULT 'SOFR'::character varying NOT NULL,
    floating_spread numeric(8,6) DEFAULT 0 NOT NULL,
    floating_frequency character varying(20) DEFAULT 'ANNUAL'::character varying NOT NULL,
    floating_day_count character varying(20) DEFAULT 'ACT_360'::character varying NOT NULL,
    instrument_type character varying(10) DEFAULT 'SWAP'::character varying NOT NULL,
    notional numeric(18,2) NOT NULL,
    portfolio_key text NOT NULL,
    portfolio_id character varying(50) GENERATED ALWAYS AS (NULLIF(portfolio_key, ''::text)) STORED,
    current_fixing numeric(8,6),
    holiday_calendar text,
    business_day_convention character varying(20),
    payment_days integer,
    s public.swap GENERATED ALWAYS AS (public.swap(fixed_rate => (fixed_rate)::double precision, effective => effective_date, maturity => maturity_date, fixed_leg => (fixed_leg)::text, fixed_frequency => (fixed_frequency)::text, fixed_day_count => (fixed_day_count)::text, floating_index => btrim((floating_index)::text), floating_spread => (floating_spread)::double precision, floating_frequency => (floating_frequency)::text, floating_day_count => (floating_day_count)::text, fixing => (current_fixing)::double precision, notional => (notional)::double precision, calendar => holiday_calendar, roll => (business_day_convention)::text, payment_lag => payment_days)) STORED NOT NULL,
    CONSTRAINT swaps_fixed_day_count_check CHECK (((fixed_day_count)::text = ANY ((ARRAY['30_360'::character varying, '30E_360'::character varying, 'ACT_ACT'::character varying, 'ACT_360'::character varying, 'ACT_365F'::character varying])::text[]))),
    CONSTRAINT swaps_fixed_frequency_check CHECK (((fixed_frequency)::text = ANY ((ARRAY['ANNUAL'::character varying, 'SEMI_ANNUAL'::character varying, 'QUARTERLY'::character varying, 'MONTHLY'::character varying])::text[]))),
    CONSTRAINT swaps_fixed_leg_check CHECK (((fixed_leg)::text = ANY ((ARRAY['PAY'::character varying, 'RECEIVE'::character varying])::text[]))),
    CONSTRAINT swaps_floating_day_count_check CHECK (((floating_day_count)::text = ANY ((ARRAY['30_360'::character varying, '30E_360'::character varying, 'ACT_ACT'::character varying, 'ACT_360'::character varying, 'ACT_365F'::character varying])::text[]))),
    CONSTRAINT swaps_floating_frequency_check CHECK (((floating_frequency)::text = ANY ((ARRAY['ANNUAL'::character varying, 'SEMI_ANNUAL'::character varying, 'QUARTERLY'::character varying, 'MONTHLY'::character varying])::text[]))),
    CONSTRAINT swaps_instrument_type_check CHECK (((instrument_type)::text = 'SWAP'::text)),
    CONSTRAINT valid_term CHECK ((maturity_date > effective_date))
);


--
-- Name: TABLE swaps; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.swaps IS 'Terms of each interest rate swap held; id is that of its instrument.';


--
-- Name: COLUMN swaps.fixed_leg; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.fixed_leg IS 'PAY or RECEIVE, seen from the holder.';


--
-- Name: COLUMN swaps.fixed_rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.fixed_rate IS 'Annual rate of the fixed leg as a decimal: 0.0445 is 4.45 %.';


--
-- Name: COLUMN swaps.effective_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.effective_date IS 'Date both legs start to accrue.';


--
-- Name: COLUMN swaps.floating_index; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.floating_index IS 'Name of the index the floating leg pays; blanks around it do not count.';


--
-- Name: COLUMN swaps.floating_spread; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.floating_spread IS 'Added to the index, as a decimal.';


--
-- Name: COLUMN swaps.notional; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.notional IS 'Copy of the instrument''s, kept by its foreign key: change it there.';


--
-- Name: COLUMN swaps.portfolio_key; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.portfolio_key IS 'Copy of the instrument''s, kept by its foreign key: change it there.';


--
-- Name: COLUMN swaps.portfolio_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.portfolio_id IS 'The instrument''s portfolio.';


--
-- Name: COLUMN swaps.current_fixing; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.current_fixing IS 'The index over the period that has begun, as a decimal: of an overnight index its rate compounded from the period''s start to the curve''s date, of any other its term rate; NULL when unknown, and then the measures of a swap with such a period are NULL.';


--
-- Name: COLUMN swaps.holiday_calendar; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.holiday_calendar IS 'Business days: a market or several of calendars(), as US or US+UK; NULL for weekends only.';


--
-- Name: COLUMN swaps.business_day_convention; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.business_day_convention IS 'Where the end of a period goes that falls on a holiday, one of business_day_rolls(); NULL when it stays.';


--
-- Name: COLUMN swaps.payment_days; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.payment_days IS 'Business days from the end of a period to its payment; NULL for none.';


--
-- Name: COLUMN swaps.s; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swaps.s IS 'The swap value of this row, generated from its other columns.';


--
-- Name: swap_risk; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.swap_risk WITH (security_invoker='true') AS
 SELECT i.id,
    i.isin,
    n.portfolio_id,
    i.currency,
    n.notional,
    n.fixed_leg,
    n.fixed_rate,
    n.effective_date,
    n.maturity_date,
    n.floating_index,
    n.floating_spread,
    n.current_fixing,
    c.name AS curve,
    c.date AS curve_date,
    c.date AS settlement,
    (c.date < public.bond_settlement_date()) AS curve_is_older,
    (m.npv IS NOT NULL) AS measured,
    m.npv,
    m.par_rate,
    m.dv01,
    n.portfolio_key
   FROM (((public.swaps n
     JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
     LEFT JOIN public.current_curves c ON ((((c.name)::text = public.swap_floating_index(n.s)) AND COALESCE((public.curve_currency(c.curve) = (i.currency)::text), true))))
     LEFT JOIN LATERAL public.swap_measures(n.s, c.curve) m(npv, par_rate, dv01) ON (true));


--
-- Name: VIEW swap_risk; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.swap_risk IS 'Every swap on the newest curve named as its index, which discounts and projects: value and DV01 to the holder in currency, par rate as a decimal. They are NULL where measured is false: there is no such curve, nothing is left to pay, the fixing of a period that has begun is unknown, or a payment is beyond a curve without extrapolation or the years of the calendar.';


--
-- Name: COLUMN swap_risk.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swap_risk.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: COLUMN swap_risk.curve_is_older; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swap_risk.curve_is_older IS 'Whether the curve is of a day before bond_settlement_date().';


--
-- Name: COLUMN swap_risk.npv; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.swap_risk.npv IS 'Value of the swap to its holder: both legs discounted on the curve. A swap has no quote beside it.';


--
-- Name: portfolio_swap_risk; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_swap_risk WITH (security_invoker='true') AS
 SELECT swap_risk.portfolio_id,
    swap_risk.currency,
    min(swap_risk.settlement) AS settlement,
    COALESCE(bool_or(swap_risk.curve_is_older), false) AS curve_is_older,
    count(*) AS swap_count,
    count(*) FILTER (WHERE (NOT swap_risk.measured)) AS skipped,
    sum(swap_risk.notional) FILTER (WHERE ((swap_risk.fixed_leg)::text = 'PAY'::text)) AS pay_notional,
    sum(swap_risk.notional) FILTER (WHERE ((swap_risk.fixed_leg)::text = 'RECEIVE'::text)) AS receive_notional,
    sum(swap_risk.npv ORDER BY swap_risk.id) AS npv,
    sum(swap_risk.dv01 ORDER BY swap_risk.id) AS dv01
   FROM public.swap_risk
  GROUP BY swap_risk.portfolio_id, swap_risk.currency;


--
-- Name: VIEW portfolio_swap_risk; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_swap_risk IS 'Every portfolio and currency with its swaps: how many, how many of them have no figures (skipped, and left out of value and DV01), notionals by who pays fixed, value and DV01 in currency.';


--
-- Name: COLUMN portfolio_swap_risk.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_swap_risk.settlement IS 'The settlement date of the measures: the date of the curve, the earliest where the indices'' curves differ.';


--
-- Name: COLUMN portfolio_swap_risk.curve_is_older; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_swap_risk.curve_is_older IS 'Whether a curve is of a day before bond_settlement_date().';


--
-- Name: COLUMN portfolio_swap_risk.npv; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_swap_risk.npv IS 'Value of the measured swaps to their holder: both legs discounted on their curves.';


--
-- Name: firm_key_rates; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.firm_key_rates WITH (security_invoker='true') AS
 WITH bond_keys AS MATERIALIZED (
         SELECT COALESCE(portfolio_key_rates.portfolio_id, ''::character varying) AS portfolio_key,
            portfolio_key_rates.currency,
            portfolio_key_rates.curve,
            portfolio_key_rates.settlement,
            portfolio_key_rates.curve_is_older,
            portfolio_key_rates.bond_count,
            portfolio_key_rates.skipped,
            portfolio_key_rates.tenor,
            portfolio_key_rates.years,
            portfolio_key_rates.dv01
           FROM public.portfolio_key_rates
        ), swap_keys AS (
         SELECT r.portfolio_key,
            r.currency,
            k_1.tenor,
            min(k_1.years) AS years,
            sum(k_1.dv01 ORDER BY r.id) AS dv01
           FROM (((public.swap_risk r
             JOIN public.swaps n USING (id, portfolio_key))
             JOIN public.curves c ON ((((c.name)::text = (r.curve)::text) AND (c.date = r.curve_date))))
             CROSS JOIN LATERAL public.swap_krd(
                CASE
                    WHEN r.measured THEN n.s
                    ELSE NULL::public.swap
                END, c.curve) k_1(tenor, years, duration, dv01))
          GROUP BY r.portfolio_key, r.currency, k_1.tenor
        ), books AS (
         SELECT portfolio_key,
            currency,
            b_1.curve,
            LEAST(b_1.settlement, s.settlement) AS settlement,
            (COALESCE(b_1.curve_is_older, false) OR COALESCE(s.curve_is_older, false)) AS curve_is_older,
            COALESCE(b_1.bond_count, (0)::bigint) AS bond_count,
            COALESCE(b_1.skipped, (0)::bigint) AS bonds_skipped,
            COALESCE(s.swap_count, (0)::bigint) AS swap_count,
            COALESCE(s.skipped, (0)::bigint) AS swaps_skipped
           FROM (( SELECT DISTINCT bond_keys.portfolio_key,
                    bond_keys.currency,
                    bond_keys.curve,
                    bond_keys.settlement,
                    bond_keys.curve_is_older,
                    bond_keys.bond_count,
                    bond_keys.skipped
                   FROM bond_keys) b_1
             FULL JOIN ( SELECT COALESCE(portfolio_swap_risk.portfolio_id, ''::character varying) AS portfolio_key,
                    portfolio_swap_risk.portfolio_id,
                    portfolio_swap_risk.currency,
                    portfolio_swap_risk.settlement,
                    portfolio_swap_risk.curve_is_older,
                    portfolio_swap_risk.swap_count,
                    portfolio_swap_risk.skipped,
                    portfolio_swap_risk.pay_notional,
                    portfolio_swap_risk.receive_notional,
                    portfolio_swap_risk.npv,
                    portfolio_swap_risk.dv01
                   FROM public.portfolio_swap_risk) s USING (portfolio_key, currency))
        ), keys AS (
         SELECT portfolio_key,
            currency,
            tenor,
            COALESCE(b_1.years, s.years) AS years,
            b_1.dv01 AS bond_dv01,
            s.dv01 AS swap_dv01
           FROM (( SELECT bond_keys.portfolio_key,
                    bond_keys.currency,
                    bond_keys.tenor,
                    bond_keys.years,
                    bond_keys.dv01
                   FROM bond_keys
                  WHERE (bond_keys.tenor IS NOT NULL)) b_1
             FULL JOIN swap_keys s USING (portfolio_key, currency, tenor))
        )
 SELECT NULLIF((b.portfolio_key)::text, ''::text) AS portfolio_id,
    b.currency,
    b.settlement,
    b.curve AS bond_curve,
    b.curve_is_older,
    k.tenor,
    k.years,
    k.bond_dv01,
    k.swap_dv01,
    COALESCE((k.bond_dv01 + k.swap_dv01), k.bond_dv01, k.swap_dv01) AS dv01,
    b.bond_count,
    b.bonds_skipped,
    b.swap_count,
    b.swaps_skipped
   FROM (books b
     LEFT JOIN keys k USING (portfolio_key, currency));


--
-- Name: VIEW firm_key_rates; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.firm_key_rates IS 'Every portfolio and currency by tenor, its bonds and its swaps together: DV01 in currency of the bonds on the curve of the portfolio, of the swaps on the curve of their index, and of both. bonds_skipped and swaps_skipped count what is held and not in these figures, on every row of the portfolio; one of which nothing is measured has one row, without a tenor.';


--
-- Name: COLUMN firm_key_rates.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.firm_key_rates.settlement IS 'The settlement date of the measures: the date of the curve, the earliest where there are several.';


--
-- Name: COLUMN firm_key_rates.bond_curve; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.firm_key_rates.bond_curve IS 'The curve that the bonds are measured on, as curve_choices tells.';


--
-- Name: COLUMN firm_key_rates.curve_is_older; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.firm_key_rates.curve_is_older IS 'Whether a curve is of a day before bond_settlement_date().';


--
-- Name: COLUMN firm_key_rates.bonds_skipped; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.firm_key_rates.bonds_skipped IS 'Bonds of bond_count that are unquoted, redeemed, or pay later than the curve tells.';


--
-- Name: COLUMN firm_key_rates.swaps_skipped; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.firm_key_rates.swaps_skipped IS 'Swaps of swap_count that nothing measures: a fixing or the curve is missing, or all is paid.';


--
-- Name: input_versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.input_versions (
    kind text NOT NULL,
    name text NOT NULL,
    version bigint DEFAULT 1 NOT NULL
);


--
-- Name: TABLE input_versions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.input_versions IS 'How often what curves and live_risk are made from has changed, so that no REPEATABLE READ transaction makes them from what it no longer is. Written by triggers only.';


--
-- Name: instruments_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.instruments ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.instruments_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: maturity_buckets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.maturity_buckets (
    bucket character varying(20) NOT NULL,
    from_months integer NOT NULL,
    CONSTRAINT maturity_buckets_from_months_check CHECK (((from_months >= 0) AND (from_months <= 12000)))
);


--
-- Name: TABLE maturity_buckets; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.maturity_buckets IS 'Maturity buckets: each reaches to the next one''s beginning, the last one without end.';


--
-- Name: COLUMN maturity_buckets.from_months; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.maturity_buckets.from_months IS 'A bond that matures so many months after settlement, or later, is in the bucket.';


--
-- Name: portfolio_summary; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_summary WITH (security_invoker='true') AS
 SELECT g.portfolio_id,
    p.name,
    g.currency,
    public.bond_settlement_date() AS settlement,
    g.bond_count,
    (g.r).skipped AS skipped,
    g.total_notional,
    g.avg_coupon,
    g.avg_maturity_years,
    (g.r).market_value AS market_value,
    (g.r).ytm AS ytm,
    (g.r).macaulay_duration AS macaulay_duration,
    (g.r).modified_duration AS modified_duration,
    p.target_duration,
    (g.r).convexity AS convexity,
    (g.r).dv01 AS dv01,
    ((g.r).dv01 / (NULLIF((g.r).measured, 0))::double precision) AS avg_dv01_per_bond,
    (g.top_10_dv01 / NULLIF((g.r).dv01, (0)::double precision)) AS top_10_concentration,
    ( SELECT jsonb_object_agg(c.sector, c.bonds) AS jsonb_object_agg
           FROM ( SELECT COALESCE(s.sector, ''::character varying) AS sector,
                    count(*) AS bonds
                   FROM unnest(g.sectors) s(sector)
                  GROUP BY COALESCE(s.sector, ''::character varying)) c) AS sector_counts,
    (g.average_rating)::text AS average_rating,
    public.rating_notch(g.average_rating) AS average_notch
   FROM (( SELECT n.portfolio_id,
            n.currency,
            count(*) AS bond_count,
            sum(n.notional) AS total_notional,
            (sum((n.coupon_rate * n.notional)) / NULLIF(sum(n.notional), (0)::numeric)) AS avg_coupon,
            avg(((GREATEST((n.maturity_date - public.bond_settlement_date()), 0))::numeric / 365.25)) FILTER (WHERE isfinite(n.maturity_date)) AS avg_maturity_years,
            public.portfolio_risk(n.b) AS r,
            public.portfolio_dv01(n.b) FILTER (WHERE (n.place <= 10)) AS top_10_dv01,
            array_agg(n.sector) AS sectors,
            public.rating_average(public.rating_or_null((n.credit_rating)::text), public.bond_market_value(n.b)) AS average_rating
           FROM ( SELECT n_1.id,
                    n_1.coupon_rate,
                    n_1.coupon_steps,
                    n_1.maturity_date,
                    n_1.issue_date,
                    n_1.first_coupon_date,
                    n_1.last_coupon_date,
                    n_1.payment_frequency,
                    n_1.day_count_convention,
                    n_1.yield_convention,
                    n_1.end_of_month,
                    n_1.redemption,
                    n_1.holiday_calendar,
                    n_1.business_day_convention,
                    n_1.ex_dividend_period,
                    n_1.settlement_days,
                    n_1.price,
                    n_1.credit_rating,
                    n_1.issuer_name,
                    n_1.sector,
                    n_1.instrument_type,
                    n_1.notional,
                    n_1.portfolio_key,
                    n_1.portfolio_id,
                    n_1.b,
                    i.currency,
                    row_number() OVER (PARTITION BY n_1.portfolio_id, i.currency ORDER BY (public.bond_dv01(n_1.b)) DESC NULLS LAST, n_1.id) AS place
                   FROM (public.bonds n_1
                     JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))) n
          GROUP BY n.portfolio_id, n.currency) g
     LEFT JOIN public.portfolios p ON (((p.id)::text = (g.portfolio_id)::text)));


--
-- Name: VIEW portfolio_summary; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_summary IS 'Every portfolio and currency with its measures, on the date in settlement, over the bonds that are quoted and outstanding; skipped counts the others. Market value is dirty price times notional / 100 at the quotes. The coupon is weighted by notional; yield, durations, convexity and rating by market value. The top ten are those of the greatest DV01, as a share of the total. Perpetual bonds have no maturity to average; sector_counts counts every bond, those without a sector under an empty name.';


--
-- Name: COLUMN portfolio_summary.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_summary.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: COLUMN portfolio_summary.average_rating; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_summary.average_rating IS 'Average rating as text; compare by average_notch.';


--
-- Name: COLUMN portfolio_summary.average_notch; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_summary.average_notch IS 'Average rating as a number: 1 for AAA to 22 for D.';


--
-- Name: portfolio_active; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_active WITH (security_invoker='true') AS
 SELECT s.portfolio_id,
    p.benchmark_id,
    s.currency,
    s.market_value,
    s.modified_duration,
    k.modified_duration AS benchmark_duration,
    (s.modified_duration - k.modified_duration) AS active_duration,
    s.ytm,
    k.ytm AS benchmark_ytm,
    (s.ytm - k.ytm) AS active_yield,
    s.dv01,
    ((k.dv01 * s.market_value) / NULLIF(k.market_value, (0)::double precision)) AS benchmark_dv01,
    (s.dv01 - ((k.dv01 * s.market_value) / NULLIF(k.market_value, (0)::double precision))) AS active_dv01,
    s.settlement
   FROM ((public.portfolio_summary s
     JOIN public.portfolios p ON (((p.id)::text = (s.portfolio_id)::text)))
     LEFT JOIN public.portfolio_summary k ON ((((k.portfolio_id)::text = (p.benchmark_id)::text) AND ((k.currency)::text = (s.currency)::text))))
  WHERE (p.benchmark_id IS NOT NULL);


--
-- Name: VIEW portfolio_active; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_active IS 'Every portfolio with a benchmark, by currency, beside it: durations in years, yields as decimals, and the DV01 of the benchmark scaled to the portfolio''s market value; active is the portfolio less its benchmark, NULL where that holds nothing measured.';


--
-- Name: COLUMN portfolio_active.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_active.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: risk_cells; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.risk_cells WITH (security_invoker='true') AS
 SELECT n.portfolio_id,
    i.currency,
    m.from_months,
    m.bucket AS maturity,
    public.rating_notch(r.rating) AS notch,
    rtrim(public.rating_sp(r.rating), '+-'::text) AS rating,
    n.sector,
    n.issuer_name AS issuer,
    public.risk_summary(n.b) AS risk,
    public.bond_settlement_date() AS settlement
   FROM (((public.bonds n
     JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
     CROSS JOIN LATERAL public.rating_or_null((n.credit_rating)::text) r(rating))
     LEFT JOIN LATERAL ( SELECT k.bucket,
            k.from_months
           FROM public.maturity_buckets k
          WHERE ((public.bond_settlement_date() + make_interval(months => k.from_months)) <= n.maturity_date)
          ORDER BY k.from_months DESC
         LIMIT 1) m ON (true))
  GROUP BY n.portfolio_id, i.currency, m.from_months, m.bucket, (public.rating_notch(r.rating)), (rtrim(public.rating_sp(r.rating), '+-'::text)), n.sector, n.issuer_name;


--
-- Name: VIEW risk_cells; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.risk_cells IS 'The book cut into the smallest pieces that reports ask for, each with its risk_summary, to be added up along any of them. NULL where a bond has no issuer, sector or rating, or has matured.';


--
-- Name: COLUMN risk_cells.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.risk_cells.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: portfolio_buckets; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_buckets WITH (security_invoker='true') AS
 SELECT g.portfolio_id,
    g.currency,
    g.dimension,
    g.bucket,
    g.place,
    ((g.r).measured + (g.r).skipped) AS bond_count,
    (g.r).skipped AS skipped,
    (g.r).market_value AS market_value,
    (g.r).ytm AS ytm,
    (g.r).modified_duration AS modified_duration,
    (g.r).dv01 AS dv01,
    ((g.r).market_value / NULLIF((g.total).market_value, (0)::double precision)) AS weight,
    (((10000)::double precision * (g.r).dv01) / NULLIF((g.total).market_value, (0)::double precision)) AS duration_contribution,
    (((g.r).market_value * (g.r).ytm) / NULLIF((g.total).market_value, (0)::double precision)) AS yield_contribution,
    ((g.r).dv01 / NULLIF((g.total).dv01, (0)::double precision)) AS dv01_share,
    public.bond_settlement_date() AS settlement
   FROM ( SELECT c.portfolio_id,
            c.currency,
            d.dimension,
            d.bucket,
            min(d.place) AS place,
            public.portfolio_risk(c.risk) AS r,
            public.portfolio_risk(public.risk_summary(c.risk)) OVER (PARTITION BY c.portfolio_id, c.currency, d.dimension) AS total
           FROM (public.risk_cells c
             CROSS JOIN LATERAL ( VALUES ('maturity'::text,c.maturity,c.from_months), ('rating'::text,c.rating,c.notch), ('sector'::text,c.sector,NULL::integer), ('issuer'::text,c.issuer,NULL::integer), ('currency'::text,c.currency,NULL::integer)) d(dimension, bucket, place))
          GROUP BY c.portfolio_id, c.currency, d.dimension, d.bucket) g;


--
-- Name: VIEW portfolio_buckets; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_buckets IS 'Every portfolio and currency by maturity, rating (in letters), sector, issuer, and currency, which is its total: measures of each bucket, its share of market value (weight) and DV01, and what it adds to duration in years and yield as a decimal, the last NULL where longs and shorts cancel. The bucket NULL holds what has no such word; place orders maturities and ratings.';


--
-- Name: COLUMN portfolio_buckets.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_buckets.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: limit_measures; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.limit_measures WITH (security_invoker='true') AS
 SELECT s.portfolio_id,
    s.currency,
    'portfolio'::text AS dimension,
    NULL::text AS bucket,
    m.measure,
    m.value,
    s.settlement
   FROM (public.portfolio_summary s
     CROSS JOIN LATERAL ( VALUES ('duration'::text,s.modified_duration), ('duration_gap'::text,(s.modified_duration - (s.target_duration)::double precision)), ('dv01'::text,s.dv01), ('market_value'::text,s.market_value), ('notch'::text,s.average_notch), ('top_10_dv01'::text,s.top_10_concentration)) m(measure, value))
  WHERE ((m.measure <> 'duration_gap'::text) OR (s.target_duration IS NOT NULL))
UNION ALL
 SELECT a.portfolio_id,
    a.currency,
    'portfolio'::text AS dimension,
    NULL::text AS bucket,
    'active_duration'::text AS measure,
    a.active_duration AS value,
    a.settlement
   FROM public.portfolio_active a
UNION ALL
 SELECT c.portfolio_id,
    c.currency,
    'bond'::text AS dimension,
    c.isin AS bucket,
    m.measure,
    m.value,
    c.settlement
   FROM (public.bond_contributions c
     CROSS JOIN LATERAL ( VALUES ('weight'::text,c.weight), ('dv01_share'::text,c.dv01_share), ('duration'::text,c.modified_duration), ('years'::text,
                CASE
                    WHEN isfinite(c.maturity_date) THEN (((c.maturity_date - c.settlement))::numeric / 365.25)
                    ELSE 'Infinity'::numeric
                END), ('notch'::text,public.rating_notch(public.rating_or_null((c.credit_rating)::text)))) m(measure, value))
  WHERE c.measured
UNION ALL
 SELECT k.portfolio_id,
    k.currency,
    k.dimension,
    k.bucket,
    m.measure,
    m.value,
    k.settlement
   FROM (public.portfolio_buckets k
     CROSS JOIN LATERAL ( VALUES ('weight'::text,k.weight), ('dv01_share'::text,k.dv01_share), ('duration'::text,k.modified_duration), ('dv01'::text,k.dv01), ('market_value'::text,k.market_value)) m(measure, value))
  WHERE (k.market_value IS NOT NULL);


--
-- Name: VIEW limit_measures; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.limit_measures IS 'What limits can be set on, a row per portfolio, currency, dimension, bucket and measure.';


--
-- Name: COLUMN limit_measures.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.limit_measures.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: limits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.limits (
    name character varying(50) NOT NULL,
    portfolio_id character varying(50),
    dimension text NOT NULL,
    bucket text,
    measure text NOT NULL,
    minimum double precision,
    maximum double precision,
    description text,
    CONSTRAINT has_a_bound CHECK (((COALESCE(minimum, maximum) IS NOT NULL) AND COALESCE((minimum <= maximum), true))),
    CONSTRAINT limits_dimension_check CHECK ((dimension = ANY (ARRAY['portfolio'::text, 'bond'::text, 'issuer'::text, 'sector'::text, 'rating'::text, 'maturity'::text, 'currency'::text]))),
    CONSTRAINT limits_maximum_check CHECK (((maximum > '-Infinity'::double precision) AND (maximum < 'Infinity'::double precision))),
    CONSTRAINT limits_minimum_check CHECK (((minimum > '-Infinity'::double precision) AND (minimum < 'Infinity'::double precision))),
    CONSTRAINT measured_there CHECK (
CASE dimension
    WHEN 'portfolio'::text THEN (measure = ANY (ARRAY['duration'::text, 'duration_gap'::text, 'active_duration'::text, 'dv01'::text, 'market_value'::text, 'notch'::text, 'top_10_dv01'::text]))
    WHEN 'bond'::text THEN (measure = ANY (ARRAY['weight'::text, 'dv01_share'::text, 'duration'::text, 'years'::text, 'notch'::text]))
    ELSE (measure = ANY (ARRAY['weight'::text, 'dv01_share'::text, 'duration'::text, 'dv01'::text, 'market_value'::text]))
END)
);


--
-- Name: TABLE limits; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.limits IS 'What portfolios may be, each limit by name; they are kept within each currency.';


--
-- Name: COLUMN limits.portfolio_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.limits.portfolio_id IS 'NULL for every portfolio.';


--
-- Name: COLUMN limits.dimension; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.limits.dimension IS 'What is measured: the portfolio, each bond, or each issuer, sector, rating, maturity bucket or currency.';


--
-- Name: COLUMN limits.bucket; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.limits.bucket IS 'The only issuer, sector or other bucket that is meant, or a bond''s ISIN; NULL for each.';


--
-- Name: COLUMN limits.measure; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.limits.measure IS 'weight by market value and dv01_share as shares of 1; duration, years to maturity and duration_gap to target_duration, where there is one, in years; active_duration to the benchmark, where there is one; dv01 and market_value in currency; notch of the rating, 1 for AAA to 22 for D; top_10_dv01, the share of the ten greatest.';


--
-- Name: COLUMN limits.minimum; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.limits.minimum IS 'NULL when there is none. What is not held is not measured, and breaks no minimum.';


--
-- Name: COLUMN limits.maximum; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.limits.maximum IS 'NULL when there is none.';


--
-- Name: limit_breaches; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.limit_breaches WITH (security_invoker='true') AS
 SELECT m.portfolio_id,
    m.currency,
    l.name AS limit_name,
    l.dimension,
    m.bucket,
    l.measure,
    m.value,
        CASE
            WHEN (m.value < l.minimum) THEN l.minimum
            ELSE COALESCE(l.maximum, l.minimum)
        END AS bound,
        CASE
            WHEN (m.value < l.minimum) THEN (l.minimum - m.value)
            ELSE (m.value - l.maximum)
        END AS excess,
    m.settlement
   FROM (public.limits l
     JOIN public.limit_measures m USING (dimension, measure))
  WHERE (((l.portfolio_id IS NULL) OR ((l.portfolio_id)::text = (m.portfolio_id)::text)) AND ((l.bucket IS NULL) OR (l.bucket = m.bucket)) AND ((m.value IS NULL) OR (m.value < l.minimum) OR (m.value > l.maximum)));


--
-- Name: VIEW limit_breaches; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.limit_breaches IS 'Every limit that is broken: the value, the bound that it passes, and by how much, in the unit of the measure. A value that is NULL breaks its limit, with a NULL excess: a bond without a rating, a portfolio or a benchmark with nothing measured. The bucket NULL holds what has no such word, and counts as one issuer or sector.';


--
-- Name: COLUMN limit_breaches.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.limit_breaches.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: live_changes; Type: TABLE; Schema: public; Owner: -
--

CREATE UNLOGGED TABLE public.live_changes (
    transaction xid8 DEFAULT pg_current_xact_id() NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    CONSTRAINT live_changes_kind_check CHECK ((kind = ANY (ARRAY['curve'::text, 'portfolio'::text])))
);


--
-- Name: TABLE live_changes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.live_changes IS 'The curves and portfolios that a transaction has changed, until it commits. Written by triggers only.';


--
-- Name: live_curves; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.live_curves (
    name character varying(50) NOT NULL
);


--
-- Name: TABLE live_curves; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.live_curves IS 'The curves on which risk is kept fresh: the newest of each name.';


--
-- Name: live_risk; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.live_risk (
    portfolio_key character varying(50) NOT NULL,
    currency character varying(3) NOT NULL,
    curve character varying(50) NOT NULL,
    date date NOT NULL,
    measured bigint NOT NULL,
    skipped bigint NOT NULL,
    market_value double precision,
    npv double precision,
    z_spread double precision,
    cs01 double precision,
    dv01 double precision,
    convexity double precision,
    key_rates public.key_rate[],
    refreshed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);


--
-- Name: TABLE live_risk; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.live_risk IS 'Each portfolio and currency on the newest curve of each live name, settled on its date: money in that currency, NULL where nothing is measured. A curve that has a currency is for the bonds in it. It follows every change when that is committed.';


--
-- Name: COLUMN live_risk.portfolio_key; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.live_risk.portfolio_key IS 'The portfolio''s id, empty for bonds in none.';


--
-- Name: COLUMN live_risk.skipped; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.live_risk.skipped IS 'Bonds that are unquoted or not outstanding, or pay later than the curve tells.';


--
-- Name: COLUMN live_risk.market_value; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.live_risk.market_value IS 'Dirty price times notional / 100 at the quotes.';


--
-- Name: COLUMN live_risk.npv; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.live_risk.npv IS 'Value of the bonds discounted on the curve alone, without the spreads of their quotes: not their market value.';


--
-- Name: COLUMN live_risk.dv01; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.live_risk.dv01 IS 'By yields; cs01 and key_rates by the curve, with spreads held.';


--
-- Name: nightly_risk; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.nightly_risk (
    date date NOT NULL,
    portfolio_key text NOT NULL,
    portfolio_id character varying(50) GENERATED ALWAYS AS (NULLIF(portfolio_key, ''::text)) STORED,
    currency character varying(3) NOT NULL,
    risk public.risk_summary NOT NULL,
    CONSTRAINT nightly_risk_currency_check CHECK (((currency)::text ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT nightly_risk_date_check CHECK (isfinite(date))
);


--
-- Name: TABLE nightly_risk; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.nightly_risk IS 'The risk of each portfolio and currency on each day, to be added up and read by the portfolio aggregates.';


--
-- Name: COLUMN nightly_risk.date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.nightly_risk.date IS 'The day that the summary settles on.';


--
-- Name: COLUMN nightly_risk.portfolio_key; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.nightly_risk.portfolio_key IS 'The portfolio; empty text for holdings in none. History stays when a portfolio goes.';


--
-- Name: COLUMN nightly_risk.portfolio_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.nightly_risk.portfolio_id IS 'The portfolio; NULL for holdings in none.';


--
-- Name: portfolio_active_buckets; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_active_buckets AS
SELECT
    NULL::character varying(50) AS portfolio_id,
    NULL::character varying(50) AS benchmark_id,
    NULL::character varying(3) AS currency,
    NULL::text AS dimension,
    NULL::character varying AS bucket,
    NULL::integer AS place,
    NULL::double precision AS weight,
    NULL::double precision AS benchmark_weight,
    NULL::double precision AS duration_contribution,
    NULL::double precision AS benchmark_duration_contribution,
    NULL::double precision AS active_weight,
    NULL::double precision AS active_duration_contribution,
    NULL::date AS settlement;


--
-- Name: VIEW portfolio_active_buckets; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_active_buckets IS 'Every portfolio with a benchmark by currency, dimension and bucket: weights, and contributions to duration in years, of both and of the portfolio less its benchmark; what one of them does not hold is 0 there.';


--
-- Name: COLUMN portfolio_active_buckets.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_active_buckets.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: portfolio_concentration; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_concentration WITH (security_invoker='true') AS
 SELECT k.portfolio_id,
    k.currency,
    sum((k.weight * k.weight) ORDER BY k.bucket) FILTER (WHERE (k.dimension = 'issuer'::text)) AS issuer_herfindahl,
    sum((k.weight * k.weight) ORDER BY k.bucket) FILTER (WHERE (k.dimension = 'sector'::text)) AS sector_herfindahl,
    max(k.weight) FILTER (WHERE (k.dimension = 'issuer'::text)) AS largest_issuer,
    max(k.weight) FILTER (WHERE (k.dimension = 'sector'::text)) AS largest_sector,
    public.bond_settlement_date() AS settlement
   FROM public.portfolio_buckets k
  GROUP BY k.portfolio_id, k.currency;


--
-- Name: VIEW portfolio_concentration; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_concentration IS 'Every portfolio and currency with the Herfindahl index of its issuers and of its sectors, the sum of squared weights by market value: 1 is one issuer, 0.01 as much as a hundred equal ones; and the greatest weight. Bonds without an issuer count as one.';


--
-- Name: COLUMN portfolio_concentration.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_concentration.settlement IS 'The settlement date of the measures: bond_settlement_date().';


--
-- Name: portfolio_curve_risk_by_curve; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_curve_risk_by_curve WITH (security_invoker='true') AS
 SELECT g.portfolio_id,
    g.currency,
    g.curve,
    g.curve_date,
    g.curve_date AS settlement,
    g.curve_is_older,
    g.chosen,
    g.chosen_by,
    g.bond_count,
    COALESCE((g.r).measured, (0)::bigint) AS measured,
    (g.bond_count - COALESCE((g.r).measured, (0)::bigint)) AS skipped,
    (g.r).market_value AS market_value,
    (g.r).npv AS curve_value,
    (g.r).z_spread AS z_spread,
    (g.r).cs01 AS cs01
   FROM ( SELECT n.portfolio_id,
            i.currency,
            c.curve,
            c.curve_date,
            c.curve_is_older,
            c.chosen,
            c.chosen_by,
            count(*) AS bond_count,
            public.portfolio_curve_risk(n.b, k.curve) AS r
           FROM (((public.bonds n
             JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
             JOIN public.curve_choices c ON (((c.portfolio_key = i.portfolio_key) AND COALESCE(((c.currency)::text = (i.currency)::text), false))))
             LEFT JOIN public.curves k ON ((((k.name)::text = (c.curve)::text) AND (k.date = c.curve_date))))
          GROUP BY n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen, c.chosen_by) g;


--
-- Name: VIEW portfolio_curve_risk_by_curve; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_curve_risk_by_curve IS 'Every portfolio and currency on every curve of that currency: market value at the quotes, value on the curve and CS01 in currency, z-spread weighted by market value as a decimal; skipped counts the bonds of bond_count that are not in them: unquoted, redeemed, or with flows later than the curve tells.';


--
-- Name: COLUMN portfolio_curve_risk_by_curve.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_curve_risk_by_curve.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: COLUMN portfolio_curve_risk_by_curve.curve_value; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_curve_risk_by_curve.curve_value IS 'Value of the measured bonds discounted on the curve alone, without the spreads of their quotes: above market_value by what their credit costs. Not what the book is worth.';


--
-- Name: portfolio_curve_risk; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_curve_risk WITH (security_invoker='true') AS
 SELECT portfolio_curve_risk_by_curve.portfolio_id,
    portfolio_curve_risk_by_curve.currency,
    portfolio_curve_risk_by_curve.curve,
    portfolio_curve_risk_by_curve.curve_date,
    portfolio_curve_risk_by_curve.settlement,
    portfolio_curve_risk_by_curve.curve_is_older,
    portfolio_curve_risk_by_curve.chosen_by,
    portfolio_curve_risk_by_curve.bond_count,
    portfolio_curve_risk_by_curve.measured,
    portfolio_curve_risk_by_curve.skipped,
    portfolio_curve_risk_by_curve.market_value,
    portfolio_curve_risk_by_curve.curve_value,
    portfolio_curve_risk_by_curve.z_spread,
    portfolio_curve_risk_by_curve.cs01
   FROM public.portfolio_curve_risk_by_curve
  WHERE portfolio_curve_risk_by_curve.chosen;


--
-- Name: VIEW portfolio_curve_risk; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_curve_risk IS 'Every portfolio and currency once, on the curve that curve_choices chooses: the columns of portfolio_curve_risk_by_curve.';


--
-- Name: COLUMN portfolio_curve_risk.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_curve_risk.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: COLUMN portfolio_curve_risk.curve_value; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_curve_risk.curve_value IS 'Value of the measured bonds discounted on the curve alone, without the spreads of their quotes: above market_value by what their credit costs. Not what the book is worth.';


--
-- Name: portfolio_ratings; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_ratings WITH (security_invoker='true') AS
 SELECT g.portfolio_id,
    g.currency,
    (g.average)::text AS average_rating,
    public.rating_notch(g.average) AS average_notch,
    g.rating_factor,
    (g.worst)::text AS worst_rating,
    public.rating_notch(g.worst) AS worst_notch,
    (g.best)::text AS best_rating,
    public.rating_notch(g.best) AS best_notch,
    g.investment_grade_share,
    g.unrated
   FROM ( SELECT r.portfolio_id,
            r.currency,
            public.rating_average(r.rating, (r.notional)::double precision) AS average,
            public.rating_warf(r.rating, (r.notional)::double precision) AS rating_factor,
            public.min(r.rating) AS worst,
            public.max(r.rating) AS best,
            (COALESCE(sum(r.notional) FILTER (WHERE public.rating_is_investment_grade(r.rating)), (0)::numeric) / NULLIF(sum(r.notional), (0)::numeric)) AS investment_grade_share,
            count(*) FILTER (WHERE (r.rating IS NULL)) AS unrated
           FROM ( SELECT bond_ratings.portfolio_id,
                    bond_ratings.currency,
                    bond_ratings.notional,
                    public.rating_or_null((bond_ratings.credit_rating)::text) AS rating
                   FROM public.bond_ratings) r
          GROUP BY r.portfolio_id, r.currency) g;


--
-- Name: VIEW portfolio_ratings; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_ratings IS 'Every portfolio and currency with its average rating by notional, the weighted average rating factor, worst and best rating, each as text and as a notch (1 for AAA to 22 for D), the share of notional that is rated investment grade, and how many bonds are not rated.';


--
-- Name: portfolio_scenarios_by_curve; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_scenarios_by_curve WITH (security_invoker='true') AS
 WITH moved AS MATERIALIZED (
         SELECT c.name,
            c.curve,
            s.name AS scenario,
            public.curve_shift_or_null(c.curve, s.tenors, s.bp) AS moved
           FROM (public.current_curves c
             CROSS JOIN public.scenarios s)
        )
 SELECT g.portfolio_id,
    g.currency,
    g.curve,
    g.curve_date,
    g.curve_date AS settlement,
    g.curve_is_older,
    g.chosen,
    g.chosen_by,
    g.scenario,
    g.bond_count,
    COALESCE((g.pnl).measured, (0)::bigint) AS measured,
    (g.bond_count - COALESCE((g.pnl).measured, (0)::bigint)) AS skipped,
    (g.pnl).market_value AS market_value,
    (g.pnl).first_order AS first_order,
    (g.pnl).second_order AS second_order,
    (g.pnl).full_repricing AS full_repricing
   FROM ( SELECT n.portfolio_id,
            i.currency,
            c.curve,
            c.curve_date,
            c.curve_is_older,
            c.chosen,
            c.chosen_by,
            s.name AS scenario,
            count(*) AS bond_count,
            public.portfolio_shock(n.b, m.curve, m.moved, public.scenario_spread_bp(s.*, (n.sector)::text, (n.credit_rating)::text)) AS pnl
           FROM ((((public.bonds n
             JOIN public.instruments i USING (id, portfolio_key, instrument_type, notional))
             JOIN public.curve_choices c ON (((c.portfolio_key = i.portfolio_key) AND COALESCE(((c.currency)::text = (i.currency)::text), false))))
             CROSS JOIN public.scenarios s)
             LEFT JOIN moved m ON ((((m.name)::text = (c.curve)::text) AND ((m.scenario)::text = (s.name)::text))))
          GROUP BY n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen, c.chosen_by, s.name) g;


--
-- Name: VIEW portfolio_scenarios_by_curve; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_scenarios_by_curve IS 'Every portfolio, currency and curve under every scenario: profit and loss in currency, to first order, to second order and by full repricing, each bond''s spread held and then moved where the scenario is for it; NULL where the curve cannot be moved so. skipped counts the bonds of bond_count that are not in them.';


--
-- Name: COLUMN portfolio_scenarios_by_curve.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_scenarios_by_curve.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: portfolio_scenarios; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.portfolio_scenarios WITH (security_invoker='true') AS
 SELECT portfolio_scenarios_by_curve.portfolio_id,
    portfolio_scenarios_by_curve.currency,
    portfolio_scenarios_by_curve.curve,
    portfolio_scenarios_by_curve.curve_date,
    portfolio_scenarios_by_curve.settlement,
    portfolio_scenarios_by_curve.curve_is_older,
    portfolio_scenarios_by_curve.chosen_by,
    portfolio_scenarios_by_curve.scenario,
    portfolio_scenarios_by_curve.bond_count,
    portfolio_scenarios_by_curve.measured,
    portfolio_scenarios_by_curve.skipped,
    portfolio_scenarios_by_curve.market_value,
    portfolio_scenarios_by_curve.first_order,
    portfolio_scenarios_by_curve.second_order,
    portfolio_scenarios_by_curve.full_repricing
   FROM public.portfolio_scenarios_by_curve
  WHERE portfolio_scenarios_by_curve.chosen;


--
-- Name: VIEW portfolio_scenarios; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON VIEW public.portfolio_scenarios IS 'Every portfolio and currency under every scenario once, on the curve that curve_choices chooses: the columns of portfolio_scenarios_by_curve.';


--
-- Name: COLUMN portfolio_scenarios.settlement; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.portfolio_scenarios.settlement IS 'The settlement date of the measures: the date of the curve.';


--
-- Name: quotes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.quotes (
    isin public.isin NOT NULL,
    quote_date date NOT NULL,
    price double precision NOT NULL,
    source text,
    CONSTRAINT quotes_price_check CHECK (((price > (0)::double precision) AND (price < 'Infinity'::double precision)))
);


--
-- Name: TABLE quotes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.quotes IS 'One price per security and day.';


--
-- Name: COLUMN quotes.price; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.quotes.price IS 'Clean price per 100 face.';


--
-- Name: COLUMN quotes.source; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.quotes.source IS 'Who quoted it.';


--
-- Name: stored; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.stored (
    id integer NOT NULL,
    b public.bond,
    c public.curve,
    s public.swap,
    d public.calendar,
    r public.rating,
    k public.risk_summary,
    ytm double precision GENERATED ALWAYS AS (public.bond_ytm(b, settlement => '2026-03-24'::date)) STORED,
    CONSTRAINT stored_b_check CHECK ((public.bond_coupon(b) < (1)::double precision))
);


--
-- Name: stored_duration; Type: MATERIALIZED VIEW; Schema: public; Owner: -
--

CREATE MATERIALIZED VIEW public.stored_duration AS
 SELECT stored.id,
    public.bond_modified_duration(stored.b, settlement => '2026-03-24'::date) AS duration
   FROM public.stored
  WITH NO DATA;


--
-- Name: stored_risk; Type: VIEW; Schema: public; Owner: -
--

CREATE VIEW public.stored_risk AS
 SELECT public.bond_maturity(stored.b) AS maturity,
    public.portfolio_risk(stored.b, '2026-03-24'::date) AS risk
   FROM public.stored
  WHERE (stored.b IS NOT NULL)
  GROUP BY (public.bond_maturity(stored.b));


--
-- Data for Name: bonds; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.bonds (id, coupon_rate, coupon_steps, maturity_date, issue_date, first_coupon_date, last_coupon_date, payment_frequency, day_count_convention, yield_convention, end_of_month, redemption, holiday_calendar, business_day_convention, ex_dividend_period, settlement_days, price, credit_rating, issuer_name, sector, instrument_type, notional, portfolio_key) FROM stdin;
1	0.050000	\N	2030-01-15	\N	\N	\N	SEMI_ANNUAL	ACT_ACT	street	\N	100	\N	\N	\N	\N	99	A-	\N	\N	BOND	1000000.00	IG_CREDIT
3	0.022500	\N	2033-05-15	\N	\N	\N	SEMI_ANNUAL	ACT_ACT	street	\N	100	\N	\N	\N	\N	92.5	AA+	\N	\N	BOND	-500000.00	IG_CREDIT
\.


--
-- Data for Name: calendar_holidays; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.calendar_holidays (calendar, date, name) FROM stdin;
\.


--
-- Data for Name: calendars; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.calendars (name, base, description) FROM stdin;
\.


--
-- Data for Name: currency_curves; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.currency_curves (currency, curve_name) FROM stdin;
\.


--
-- Data for Name: curve_quotes; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.curve_quotes (name, date, tenor, rate, kind, conventions) FROM stdin;
\.


--
-- Data for Name: curves; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.curves (name, date, curve) FROM stdin;
UST	2026-03-24	2026-03-24 name "UST" currency USD flat_forward 3M:4.31% 1Y:4.02% 10Y:4.36% 30Y:4.8%
\.


--
-- Data for Name: fx_rates; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.fx_rates (date, base, currency, rate) FROM stdin;
2026-03-24	EUR	USD	1.08
\.


--
-- Data for Name: input_versions; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.input_versions (kind, name, version) FROM stdin;
live_curves		2
live_risk		2
\.


--
-- Data for Name: instruments; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.instruments (id, isin, instrument_type, notional, currency, portfolio_id, created_at, updated_at) FROM stdin;
1	US0378331005	BOND	1000000.00	USD	IG_CREDIT	2026-12-01 11:44:05.497044+00	2026-12-01 11:44:05.497044+00
2	US5949181045	SWAP	1000000.00	USD	\N	2026-12-01 11:44:05.497044+00	2026-12-01 11:44:05.497044+00
3	US912828U816	BOND	-500000.00	USD	IG_CREDIT	2026-12-01 11:44:05.497044+00	2026-12-01 11:44:05.497044+00
\.


--
-- Data for Name: limits; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.limits (name, portfolio_id, dimension, bucket, measure, minimum, maximum, description) FROM stdin;
IG issuer	IG_CREDIT	issuer	\N	weight	\N	0.05	at most 5 % in one issuer
IG sector	IG_CREDIT	sector	\N	weight	\N	0.25	at most 25 % in one sector
IG rating	IG_CREDIT	bond	\N	notch	\N	10	BBB- and above
IG maturity	IG_CREDIT	bond	\N	years	2	15	2 to 15 years
HY issuer	HIGH_YIELD	issuer	\N	weight	\N	0.03	at most 3 % in one issuer
HY sector	HIGH_YIELD	sector	\N	weight	\N	0.3	at most 30 % in one sector
HY rating	HIGH_YIELD	bond	\N	notch	11	18	CCC to BB+
HY maturity	HIGH_YIELD	bond	\N	years	2	10	2 to 10 years
duration band	\N	portfolio	\N	duration_gap	-0.5	0.5	within half a year of target_duration
\.


--
-- Data for Name: live_changes; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.live_changes (transaction, kind, name) FROM stdin;
\.


--
-- Data for Name: live_curves; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.live_curves (name) FROM stdin;
UST
\.


--
-- Data for Name: live_risk; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.live_risk (portfolio_key, currency, curve, date, measured, skipped, market_value, npv, z_spread, cs01, dv01, convexity, key_rates, refreshed_at) FROM stdin;
IG_CREDIT	USD	UST	2026-03-24	2	0	532883.2872928177	593211.9158844673	0.02547232848687892	42.520955405066864	38.549690067951055	-15.304709932461945	{"(3M,0.25,0.009390299138119708,0.5003933473384143)","(6M,0.5,0.012340293835373323,0.657593634515303)","(1Y,1,0.05940019107690469,3.1653369086882472)","(2Y,2,0.1287516327291234,6.860959329301282)","(3Y,3,3.698726506591864,197.09895396297526)","(5Y,5,2.298274190992684,122.47119059964227)","(7Y,7,-5.14692014684351,-274.2707727283602)","(10Y,10,-0.262021721866485,-13.96269964903369)","(15Y,15,0,0)","(20Y,20,0,0)","(25Y,25,0,0)","(30Y,30,0,0)"}	2026-12-01 11:44:05.514174+00
\.


--
-- Data for Name: maturity_buckets; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.maturity_buckets (bucket, from_months) FROM stdin;
0-1Y	0
1-3Y	12
3-5Y	36
5-7Y	60
7-10Y	84
10-20Y	120
20Y+	240
\.


--
-- Data for Name: nightly_risk; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.nightly_risk (date, portfolio_key, currency, risk) FROM stdin;
2026-03-24	IG_CREDIT	USD	{version 1, measured 2, skipped 0, market_value 0 532883.25 0.03729281760752201 0.00000000011641532182693481, ytm 0 36814.875 0.010207264684140682 0.000000000021827872842550278, macaulay_duration 0 423482.5 0.06497942842543125 0, modified_duration 0 385496.875 0.025679510086774826 0.0000000004656612873077393, convexity -16777216 8621591.75 0.11012664064764977 0, currency 0, days 1479398, squared_days 1094309221202}
\.


--
-- Data for Name: portfolios; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.portfolios (id, name, description, strategy_type, benchmark, target_duration, created_at, curve_name, benchmark_id) FROM stdin;
IG_CREDIT	Investment Grade Credit	BBB- and above corporate bonds	Long-Only	Bloomberg US Corp IG	5.50	2026-12-01 11:44:04.782882+00	\N	\N
HIGH_YIELD	High Yield Credit	Below investment grade corporates	Long-Only	Bloomberg US HY	4.00	2026-12-01 11:44:04.782882+00	\N	\N
US_GOVT	US Government	US Treasury securities	Duration-Matched	Bloomberg US Treasury	6.00	2026-12-01 11:44:04.782882+00	\N	\N
TECH_SECTOR	Technology Sector	Technology company bonds	Sector Focus	Custom Tech Index	4.50	2026-12-01 11:44:04.782882+00	\N	\N
FINANCIALS	Financial Institutions	Bank and financial bonds	Sector Focus	Custom Financials Index	4.00	2026-12-01 11:44:04.782882+00	\N	\N
CONSUMER	Consumer Discretionary	Consumer sector bonds	Sector Focus	Custom Consumer Index	5.00	2026-12-01 11:44:04.782882+00	\N	\N
HEALTHCARE	Healthcare & Pharma	Healthcare company bonds	Sector Focus	Custom Healthcare Index	5.50	2026-12-01 11:44:04.782882+00	\N	\N
ENERGY	Energy & Utilities	Energy and utility bonds	Sector Focus	Custom Energy Index	6.00	2026-12-01 11:44:04.782882+00	\N	\N
TELECOM	Telecom & Media	Telecom and media bonds	Sector Focus	Custom TMT Index	5.00	2026-12-01 11:44:04.782882+00	\N	\N
EM_CORP	Emerging Markets Corporate	USD EM corporate bonds	Emerging Markets	JPM CEMBI	4.50	2026-12-01 11:44:04.782882+00	\N	\N
\.


--
-- Data for Name: quotes; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.quotes (isin, quote_date, price, source) FROM stdin;
US0378331005	2026-03-23	98.75	X
\.


--
-- Data for Name: scenarios; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.scenarios (name, tenors, bp, spread_bp, description, spread_sectors, spread_except, spread_best, spread_worst) FROM stdin;
up 25	{10Y}	{25}	0	all rates by 25 bp	\N	{Government}	\N	\N
up 50	{10Y}	{50}	0	all rates by 50 bp	\N	{Government}	\N	\N
up 100	{10Y}	{100}	0	all rates by 100 bp	\N	{Government}	\N	\N
up 200	{10Y}	{200}	0	all rates by 200 bp	\N	{Government}	\N	\N
up 300	{10Y}	{300}	0	all rates by 300 bp	\N	{Government}	\N	\N
down 25	{10Y}	{-25}	0	all rates by -25 bp	\N	{Government}	\N	\N
down 50	{10Y}	{-50}	0	all rates by -50 bp	\N	{Government}	\N	\N
down 100	{10Y}	{-100}	0	all rates by -100 bp	\N	{Government}	\N	\N
down 200	{10Y}	{-200}	0	all rates by -200 bp	\N	{Government}	\N	\N
down 300	{10Y}	{-300}	0	all rates by -300 bp	\N	{Government}	\N	\N
steepener	{2Y,10Y}	{-25,25}	0	short rates down, long rates up	\N	{Government}	\N	\N
flattener	{2Y,10Y}	{25,-25}	0	short rates up, long rates down	\N	{Government}	\N	\N
butterfly	{2Y,10Y,30Y}	{25,-25,25}	0	the wings up, the belly down	\N	{Government}	\N	\N
inverse butterfly	{2Y,10Y,30Y}	{-25,25,-25}	0	the wings down, the belly up	\N	{Government}	\N	\N
wider	{}	{}	50	spreads up, rates unmoved	\N	{Government}	\N	\N
tighter	{}	{}	-50	spreads down, rates unmoved	\N	{Government}	\N	\N
\.


--
-- Data for Name: stored; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.stored (id, b, c, s, d, r, k) FROM stdin;
101	4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000	\N	\N	\N	\N	\N
102	0% 2026-06-25 none ACT/360 discount @ 99.1	\N	\N	\N	\N	\N
103	5% perpetual annual ACT/ACT ICMA issued 2020-06-15 icma @ 101	\N	\N	\N	\N	\N
104	4% 2034-06-15 semiannual 30/360 issued 2024-06-15 steps 2027-06-15:4.5%,2029-06-15:5% @ 98.5 x -250000	\N	\N	\N	\N	\N
105	4.25% 2032-06-07 semiannual ACT/ACT ICMA uk_dmo calendar UK roll following ex 7b lag 1 currency GBP @ 97.25	\N	\N	\N	\N	\N
106	3% 2031-01-31 semiannual 30/360 redemption 105 no-eom calendar TARGET roll following ex 10d lag 3 currency EUR	\N	\N	\N	\N	\N
107	10% 2033-01-01 semiannual BUS/252 brazilian calendar BR roll following lag 1 currency BRL @ 92	\N	\N	\N	\N	\N
108	5% 2030-07-15 semiannual 30/360 issued 2026-02-10 first 2027-01-15 @ 100.25	\N	\N	\N	\N	\N
109	5% 2034-03-15 semiannual 30/360 issued 2025-12-01 last 2033-10-01 @ 99	\N	\N	\N	\N	\N
201	\N	2026-03-24 name "UST" currency USD flat_forward 3M:4.31% 1Y:4.02% 10Y:4.36% 30Y:4.8%	\N	\N	\N	\N
202	\N	2026-03-24 monotone_convex 1Y:4% 2030-06-15:4.1% 2046-03-19:4.5%	\N	\N	\N	\N
203	\N	2011-05-20 beta0 4.88% beta1 -4.73% beta2 -3.1% beta3 3.9% tau1 1.3 tau2 12.4	\N	\N	\N	\N
301	\N	\N	pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR annual ACT/360 x 10000000	\N	\N	\N
302	\N	\N	receive 3% 2025-01-15 to 2030-01-15 semiannual 30/360 against "EURIBOR 6M" + 0.25% annual ACT/360 currency EUR	\N	\N	\N
401	\N	\N	\N	US+UK	\N	\N
402	\N	\N	\N	TARGET+{2026-07-03}	\N	\N
501	\N	\N	\N	\N	BBB-	\N
502	\N	\N	\N	\N	Baa1	\N
503	\N	\N	\N	\N	D	\N
601	\N	\N	\N	\N	\N	{version 1, measured 6, skipped 0, market_value 0 10034724.75 0.08801369741559029 0.0000000008006253437997657, ytm 0 308619.25 0.04487578198313713 0.000000000013557155398302712, macaulay_duration 16777216 540807 0.03194509632885456 0.0000000008143743457367236, modified_duration 16777216 289504.125 0.048757423646748066 0.0000000008891127833976498, convexity 16777216 13989493.75 0.03561900369822979 0.0000000008869847079040483, currency 0, days 4438194, squared_days 3282927663606}
\.


--
-- Data for Name: swaps; Type: TABLE DATA; Schema: public; Owner: -
--

COPY public.swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date, fixed_frequency, fixed_day_count, floating_index, floating_spread, floating_frequency, floating_day_count, instrument_type, notional, portfolio_key, current_fixing, holiday_calendar, business_day_convention, payment_days) FROM stdin;
2	PAY	0.040000	2026-03-26	2031-03-26	ANNUAL	ACT_360	SOFR	0.000000	ANNUAL	ACT_360	SWAP	1000000.00		\N	\N	\N	\N
\.


--
-- Name: instruments_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.instruments_id_seq', 1, false);


--
-- Name: bonds bonds_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bonds
    ADD CONSTRAINT bonds_pkey PRIMARY KEY (id);


--
-- Name: calendar_holidays calendar_holidays_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_holidays
    ADD CONSTRAINT calendar_holidays_pkey PRIMARY KEY (calendar, date);


--
-- Name: calendars calendars_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendars
    ADD CONSTRAINT calendars_pkey PRIMARY KEY (name);


--
-- Name: currency_curves currency_curves_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.currency_curves
    ADD CONSTRAINT currency_curves_pkey PRIMARY KEY (currency);


--
-- Name: curve_quotes curve_quotes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.curve_quotes
    ADD CONSTRAINT curve_quotes_pkey PRIMARY KEY (name, date, tenor);


--
-- Name: curves curves_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.curves
    ADD CONSTRAINT curves_pkey PRIMARY KEY (name, date);


--
-- Name: fx_rates fx_rates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.fx_rates
    ADD CONSTRAINT fx_rates_pkey PRIMARY KEY (base, currency, date);


--
-- Name: instruments held_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.instruments
    ADD CONSTRAINT held_once UNIQUE (isin, portfolio_key);


--
-- Name: input_versions input_versions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.input_versions
    ADD CONSTRAINT input_versions_pkey PRIMARY KEY (kind, name);


--
-- Name: instruments instruments_followed; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.instruments
    ADD CONSTRAINT instruments_followed UNIQUE (id, instrument_type, notional, portfolio_key);


--
-- Name: CONSTRAINT instruments_followed ON instruments; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON CONSTRAINT instruments_followed ON public.instruments IS 'What bonds and swaps copy; their foreign keys keep the copies in step.';


--
-- Name: instruments instruments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.instruments
    ADD CONSTRAINT instruments_pkey PRIMARY KEY (id);


--
-- Name: limits limits_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limits
    ADD CONSTRAINT limits_pkey PRIMARY KEY (name);


--
-- Name: live_changes live_changes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.live_changes
    ADD CONSTRAINT live_changes_pkey PRIMARY KEY (transaction, kind, name);


--
-- Name: live_curves live_curves_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.live_curves
    ADD CONSTRAINT live_curves_pkey PRIMARY KEY (name);


--
-- Name: live_risk live_risk_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.live_risk
    ADD CONSTRAINT live_risk_pkey PRIMARY KEY (portfolio_key, currency, curve);


--
-- Name: maturity_buckets maturity_buckets_from_months_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.maturity_buckets
    ADD CONSTRAINT maturity_buckets_from_months_key UNIQUE (from_months);


--
-- Name: maturity_buckets maturity_buckets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.maturity_buckets
    ADD CONSTRAINT maturity_buckets_pkey PRIMARY KEY (bucket);


--
-- Name: nightly_risk nightly_risk_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.nightly_risk
    ADD CONSTRAINT nightly_risk_pkey PRIMARY KEY (date, portfolio_key, currency);


--
-- Name: portfolios portfolios_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolios
    ADD CONSTRAINT portfolios_pkey PRIMARY KEY (id);


--
-- Name: quotes quotes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.quotes
    ADD CONSTRAINT quotes_pkey PRIMARY KEY (isin, quote_date);


--
-- Name: scenarios scenarios_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scenarios
    ADD CONSTRAINT scenarios_pkey PRIMARY KEY (name);


--
-- Name: stored stored_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.stored
    ADD CONSTRAINT stored_pkey PRIMARY KEY (id);


--
-- Name: swaps swaps_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.swaps
    ADD CONSTRAINT swaps_pkey PRIMARY KEY (id);


--
-- Name: idx_bonds_issuer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_bonds_issuer ON public.bonds USING btree (issuer_name);


--
-- Name: idx_bonds_maturity; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_bonds_maturity ON public.bonds USING btree (maturity_date);


--
-- Name: idx_bonds_portfolio; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_bonds_portfolio ON public.bonds USING btree (portfolio_id);


--
-- Name: idx_bonds_rating; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_bonds_rating ON public.bonds USING btree (credit_rating);


--
-- Name: idx_fx_rates_date; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_fx_rates_date ON public.fx_rates USING btree (date);


--
-- Name: idx_instruments_portfolio; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_instruments_portfolio ON public.instruments USING btree (portfolio_id);


--
-- Name: idx_instruments_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_instruments_type ON public.instruments USING btree (instrument_type);


--
-- Name: idx_nightly_risk_portfolio; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_nightly_risk_portfolio ON public.nightly_risk USING btree (portfolio_id, date);


--
-- Name: idx_quotes_date; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_quotes_date ON public.quotes USING btree (quote_date);


--
-- Name: idx_swaps_maturity; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_swaps_maturity ON public.swaps USING btree (maturity_date);


--
-- Name: idx_swaps_portfolio; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_swaps_portfolio ON public.swaps USING btree (portfolio_id);


--
-- Name: stored_b_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stored_b_idx ON public.stored USING btree (b);


--
-- Name: stored_bond_maturity_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stored_bond_maturity_idx ON public.stored USING btree (public.bond_maturity(b));


--
-- Name: stored_c_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX stored_c_idx ON public.stored USING hash (c);


--
-- Name: portfolio_active_buckets _RETURN; Type: RULE; Schema: public; Owner: -
--

CREATE OR REPLACE VIEW public.portfolio_active_buckets WITH (security_invoker='true') AS
 SELECT g.portfolio_id,
    g.benchmark_id,
    g.currency,
    g.dimension,
    g.bucket,
    g.place,
    g.weight,
    g.benchmark_weight,
    g.duration_contribution,
    g.benchmark_duration_contribution,
    (g.weight - g.benchmark_weight) AS active_weight,
    (g.duration_contribution - g.benchmark_duration_contribution) AS active_duration_contribution,
    public.bond_settlement_date() AS settlement
   FROM ( SELECT p.id AS portfolio_id,
            p.benchmark_id,
            k.currency,
            k.dimension,
            k.bucket,
            min(k.place) AS place,
            COALESCE(sum(k.weight) FILTER (WHERE ((k.portfolio_id)::text = (p.id)::text)), (0)::double precision) AS weight,
            COALESCE(sum(k.weight) FILTER (WHERE ((k.portfolio_id)::text = (p.benchmark_id)::text)), (0)::double precision) AS benchmark_weight,
            COALESCE(sum(k.duration_contribution) FILTER (WHERE ((k.portfolio_id)::text = (p.id)::text)), (0)::double precision) AS duration_contribution,
            COALESCE(sum(k.duration_contribution) FILTER (WHERE ((k.portfolio_id)::text = (p.benchmark_id)::text)), (0)::double precision) AS benchmark_duration_contribution
           FROM (public.portfolios p
             JOIN public.portfolio_buckets k ON ((((k.portfolio_id)::text = (p.id)::text) OR ((k.portfolio_id)::text = (p.benchmark_id)::text))))
          WHERE (p.benchmark_id IS NOT NULL)
          GROUP BY p.id, k.currency, k.dimension, k.bucket) g;


--
-- Name: bonds bonds_follow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER bonds_follow BEFORE INSERT ON public.bonds FOR EACH ROW EXECUTE FUNCTION public.follow_instrument();


--
-- Name: curve_quotes curves_follow_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER curves_follow_delete AFTER DELETE ON public.curve_quotes REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.follow_curve_quotes();


--
-- Name: curve_quotes curves_follow_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER curves_follow_insert AFTER INSERT ON public.curve_quotes REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.follow_curve_quotes();


--
-- Name: curve_quotes curves_follow_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER curves_follow_update AFTER UPDATE ON public.curve_quotes REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.follow_curve_quotes();


--
-- Name: curves leave_out; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER leave_out BEFORE INSERT ON public.curves FOR EACH ROW EXECUTE FUNCTION public.leave_out_what_is_there();


--
-- Name: input_versions leave_out; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER leave_out BEFORE INSERT ON public.input_versions FOR EACH ROW EXECUTE FUNCTION public.leave_out_what_is_there();


--
-- Name: live_risk leave_out; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER leave_out BEFORE INSERT ON public.live_risk FOR EACH ROW EXECUTE FUNCTION public.leave_out_what_is_there();


--
-- Name: live_curves live_risk_begins; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_begins BEFORE INSERT OR DELETE OR UPDATE ON public.live_curves FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_begins();


--
-- Name: live_changes live_risk_follows; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER live_risk_follows AFTER INSERT ON public.live_changes DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.live_risk_follows();


--
-- Name: bonds live_risk_follows_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_delete AFTER DELETE ON public.bonds REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_bonds();


--
-- Name: curves live_risk_follows_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_delete AFTER DELETE ON public.curves REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_curves();


--
-- Name: live_curves live_risk_follows_delete; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_delete AFTER DELETE ON public.live_curves REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_names();


--
-- Name: bonds live_risk_follows_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_insert AFTER INSERT ON public.bonds REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_bonds();


--
-- Name: curves live_risk_follows_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_insert AFTER INSERT ON public.curves REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_curves();


--
-- Name: live_curves live_risk_follows_insert; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_insert AFTER INSERT ON public.live_curves REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_names();


--
-- Name: bonds live_risk_follows_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_truncate AFTER TRUNCATE ON public.bonds FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_bonds();


--
-- Name: curves live_risk_follows_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_truncate AFTER TRUNCATE ON public.curves FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_curves();


--
-- Name: live_curves live_risk_follows_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_truncate AFTER TRUNCATE ON public.live_curves FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_names();


--
-- Name: bonds live_risk_follows_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_update AFTER UPDATE ON public.bonds REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_bonds();


--
-- Name: curves live_risk_follows_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_update AFTER UPDATE ON public.curves REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_curves();


--
-- Name: instruments live_risk_follows_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_update AFTER UPDATE ON public.instruments REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_bonds();


--
-- Name: live_curves live_risk_follows_update; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER live_risk_follows_update AFTER UPDATE ON public.live_curves REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.live_risk_follows_names();


--
-- Name: bonds statement_begins; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER statement_begins BEFORE DELETE OR UPDATE ON public.bonds FOR EACH STATEMENT EXECUTE FUNCTION public.statement_begins('bonds');


--
-- Name: curve_quotes statement_begins; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER statement_begins BEFORE INSERT OR DELETE OR UPDATE ON public.curve_quotes FOR EACH STATEMENT EXECUTE FUNCTION public.statement_begins('curves');


--
-- Name: curves statement_begins; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER statement_begins BEFORE INSERT OR DELETE OR UPDATE ON public.curves FOR EACH STATEMENT EXECUTE FUNCTION public.statement_begins('curves');


--
-- Name: instruments statement_begins; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER statement_begins BEFORE DELETE OR UPDATE ON public.instruments FOR EACH STATEMENT EXECUTE FUNCTION public.statement_begins('bonds');


--
-- Name: bonds statement_ends; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER statement_ends AFTER DELETE OR UPDATE ON public.bonds FOR EACH STATEMENT EXECUTE FUNCTION public.statement_ends('bonds');


--
-- Name: curve_quotes statement_ends; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER statement_ends AFTER INSERT OR DELETE OR UPDATE ON public.curve_quotes FOR EACH STATEMENT EXECUTE FUNCTION public.statement_ends('curves');


--
-- Name: curves statement_ends; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER statement_ends AFTER INSERT OR DELETE OR UPDATE ON public.curves FOR EACH STATEMENT EXECUTE FUNCTION public.statement_ends('curves');


--
-- Name: instruments statement_ends; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER statement_ends AFTER DELETE OR UPDATE ON public.instruments FOR EACH STATEMENT EXECUTE FUNCTION public.statement_ends('bonds');


--
-- Name: swaps swaps_follow; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER swaps_follow BEFORE INSERT ON public.swaps FOR EACH ROW EXECUTE FUNCTION public.follow_instrument();


--
-- Name: portfolios benchmark_is_a_portfolio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolios
    ADD CONSTRAINT benchmark_is_a_portfolio FOREIGN KEY (benchmark_id) REFERENCES public.portfolios(id) ON UPDATE CASCADE;


--
-- Name: CONSTRAINT benchmark_is_a_portfolio ON portfolios; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON CONSTRAINT benchmark_is_a_portfolio ON public.portfolios IS '@fieldName benchmarkPortfolio
The benchmark is a portfolio like any other.';


--
-- Name: bonds bonds_follow_instrument; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bonds
    ADD CONSTRAINT bonds_follow_instrument FOREIGN KEY (id, instrument_type, notional, portfolio_key) REFERENCES public.instruments(id, instrument_type, notional, portfolio_key) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: calendar_holidays calendar_holidays_calendar_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calendar_holidays
    ADD CONSTRAINT calendar_holidays_calendar_fkey FOREIGN KEY (calendar) REFERENCES public.calendars(name) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: instruments fk_instruments_portfolio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.instruments
    ADD CONSTRAINT fk_instruments_portfolio FOREIGN KEY (portfolio_id) REFERENCES public.portfolios(id) ON UPDATE CASCADE;


--
-- Name: limits fk_limits_portfolio; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.limits
    ADD CONSTRAINT fk_limits_portfolio FOREIGN KEY (portfolio_id) REFERENCES public.portfolios(id) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: swaps swaps_follow_instrument; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.swaps
    ADD CONSTRAINT swaps_follow_instrument FOREIGN KEY (id, instrument_type, notional, portfolio_key) REFERENCES public.instruments(id, instrument_type, notional, portfolio_key) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: FUNCTION check_snapshot(kind text, names text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.check_snapshot(kind text, names text[]) FROM PUBLIC;


--
-- Name: FUNCTION count_changes(kind text, names text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.count_changes(kind text, names text[]) FROM PUBLIC;


--
-- Name: FUNCTION follow_curve_quotes(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.follow_curve_quotes() FROM PUBLIC;


--
-- Name: FUNCTION follow_instrument(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.follow_instrument() FROM PUBLIC;


--
-- Name: FUNCTION leave_out_what_is_there(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.leave_out_what_is_there() FROM PUBLIC;


--
-- Name: FUNCTION live_names(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.live_names() FROM PUBLIC;


--
-- Name: FUNCTION live_risk_begins(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.live_risk_begins() FROM PUBLIC;


--
-- Name: FUNCTION live_risk_follows(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.live_risk_follows() FROM PUBLIC;


--
-- Name: FUNCTION live_risk_follows_bonds(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.live_risk_follows_bonds() FROM PUBLIC;


--
-- Name: FUNCTION live_risk_follows_curves(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.live_risk_follows_curves() FROM PUBLIC;


--
-- Name: FUNCTION live_risk_follows_names(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.live_risk_follows_names() FROM PUBLIC;


--
-- Name: FUNCTION refresh_live_risk(portfolios text[], names text[]); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.refresh_live_risk(portfolios text[], names text[]) FROM PUBLIC;


--
-- Name: FUNCTION statement_begins(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.statement_begins() FROM PUBLIC;


--
-- Name: FUNCTION statement_ends(); Type: ACL; Schema: public; Owner: -
--

REVOKE ALL ON FUNCTION public.statement_ends() FROM PUBLIC;


--
-- Name: stored_duration; Type: MATERIALIZED VIEW DATA; Schema: public; Owner: -
--

REFRESH MATERIALIZED VIEW public.stored_duration;


--
-- PostgreSQL database dump complete
--


