-- Risk kept fresh: a row per portfolio, currency and curve, made again in the transaction that
-- brings a curve or a mark, when it commits, and announced on the channel live_risk. Off until a
-- curve is named in live_curves. To see the rows before: SET CONSTRAINTS live_risk_follows
-- IMMEDIATE.
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS live_curves (
    name varchar(50) PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS live_risk (
    portfolio_key varchar(50) NOT NULL,
    currency      varchar(3) NOT NULL,
    curve         varchar(50) NOT NULL,
    date          date NOT NULL,
    measured      bigint NOT NULL,
    skipped       bigint NOT NULL,
    market_value  float8,
    npv           float8,
    z_spread      float8,
    cs01          float8,
    dv01          float8,
    convexity     float8,
    key_rates     key_rate[],
    refreshed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (portfolio_key, currency, curve)
);

-- What a transaction has changed so far. Its rows go when it commits; no other transaction ever
-- sees them.
CREATE UNLOGGED TABLE IF NOT EXISTS live_changes (
    transaction xid8 NOT NULL DEFAULT pg_current_xact_id(),
    kind        text NOT NULL CHECK (kind IN ('curve', 'portfolio')),
    name        text NOT NULL,
    PRIMARY KEY (transaction, kind, name)
);

COMMENT ON TABLE live_curves IS 'The curves on which risk is kept fresh: the newest of each name.';
COMMENT ON TABLE live_risk IS 'Each portfolio and currency on the newest curve of each live name, '
    'settled on its date: money in that currency, NULL where nothing is measured. A curve that has '
    'a currency is for the bonds in it. It follows every change when that is committed.';
COMMENT ON COLUMN live_risk.portfolio_key IS 'The portfolio''s id, empty for bonds in none.';
COMMENT ON COLUMN live_risk.skipped IS 'Bonds that are unquoted or not outstanding, or pay later '
    'than the curve tells.';
COMMENT ON COLUMN live_risk.market_value IS 'Dirty price times notional / 100 at the quotes.';
COMMENT ON COLUMN live_risk.npv IS 'Value of the bonds discounted on the curve alone, without the '
    'spreads of their quotes: not their market value.';
COMMENT ON COLUMN live_risk.dv01
    IS 'By yields; cs01 and key_rates by the curve, with spreads held.';
COMMENT ON TABLE live_changes IS 'The curves and portfolios that a transaction has changed, until '
    'it commits. Written by triggers only.';

CREATE OR REPLACE TRIGGER leave_out BEFORE INSERT ON live_risk FOR EACH ROW EXECUTE FUNCTION
    leave_out_what_is_there();
INSERT INTO input_versions (kind, name) VALUES ('live_curves', ''), ('live_risk', '') ON CONFLICT DO
    NOTHING;

-- A statement that takes its own snapshot after it has locked reads what others have committed. A
-- snapshot of the whole transaction may be older: then it fails here.
CREATE OR REPLACE FUNCTION check_snapshot(kind text, names text[]) RETURNS void
    LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        INSERT INTO input_versions (kind, name) SELECT $1, n FROM unnest(names) AS n ON CONFLICT DO
            NOTHING;
        PERFORM FROM input_versions v WHERE v.kind = $1 AND (names IS NULL OR v.name = ANY (names))
            ORDER BY v.name FOR SHARE;
    END IF;
END
$$;
COMMENT ON FUNCTION check_snapshot(text, text[]) IS 'fails with 40001 if the caller''s snapshot is '
    'older than the last change of these inputs, NULL for all of the kind';
REVOKE ALL ON FUNCTION check_snapshot(text, text[]) FROM PUBLIC;

CREATE OR REPLACE FUNCTION live_names() RETURNS text[] LANGUAGE plpgsql SET search_path FROM CURRENT
    AS $$
BEGIN
    LOCK TABLE live_curves IN ROW SHARE MODE;
    PERFORM check_snapshot('live_curves', '{""}');
    RETURN ARRAY(SELECT name FROM live_curves);
END
$$;
COMMENT ON FUNCTION live_names() IS 'the live curves, which stay so until the caller''s '
    'transaction ends';
REVOKE ALL ON FUNCTION live_names() FROM PUBLIC;

-- Portfolios are made again beside each other; a curve alone, since it is every portfolio's, and so
-- is a portfolio's first time, which the writers of curves must find in input_versions.
CREATE OR REPLACE FUNCTION refresh_live_risk(portfolios text[] DEFAULT NULL, names text[] DEFAULT
    NULL) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
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
COMMENT ON FUNCTION refresh_live_risk(text[], text[])
    IS 'makes live_risk again for these portfolios and curves, NULL for all, and announces the '
    'curves whose rows have changed on the channel live_risk';
REVOKE ALL ON FUNCTION refresh_live_risk(text[], text[]) FROM PUBLIC;

-- When a transaction commits, for all that it has changed: it waits for no other before, and none
-- waits for it.
CREATE OR REPLACE FUNCTION live_risk_follows() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
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
COMMENT ON FUNCTION live_risk_follows() IS 'Makes live_risk again for what the transaction has '
    'changed; the first of its rows in live_changes is for all of them.';
REVOKE ALL ON FUNCTION live_risk_follows() FROM PUBLIC;

DROP TRIGGER IF EXISTS live_risk_follows ON live_changes;
CREATE CONSTRAINT TRIGGER live_risk_follows AFTER INSERT ON live_changes DEFERRABLE INITIALLY
    DEFERRED
    FOR EACH ROW EXECUTE FUNCTION live_risk_follows();

CREATE OR REPLACE FUNCTION live_risk_follows_curves() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
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
COMMENT ON FUNCTION live_risk_follows_curves() IS 'Notes the live curves that have changed.';
REVOKE ALL ON FUNCTION live_risk_follows_curves() FROM PUBLIC;

CREATE OR REPLACE FUNCTION live_risk_follows_bonds() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
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
COMMENT ON FUNCTION live_risk_follows_bonds() IS 'Notes the portfolios whose bonds have changed.';
REVOKE ALL ON FUNCTION live_risk_follows_bonds() FROM PUBLIC;

-- While a curve is not live nothing is noted of it or of bonds: whoever makes it live waits for all
-- who write meanwhile, and reads what they have written. A snapshot of the whole transaction must
-- then be newer than every other transaction that has written.
CREATE OR REPLACE FUNCTION live_risk_begins() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
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
COMMENT ON FUNCTION live_risk_begins() IS 'Waits for all who write bonds or curves before the live '
    'curves change.';
REVOKE ALL ON FUNCTION live_risk_begins() FROM PUBLIC;

CREATE OR REPLACE FUNCTION live_risk_follows_names() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET row_security = off AS $$
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
COMMENT ON FUNCTION live_risk_follows_names() IS 'Notes the curves that have begun or ceased to be '
    'live.';
REVOKE ALL ON FUNCTION live_risk_follows_names() FROM PUBLIC;

CREATE OR REPLACE TRIGGER live_risk_follows_insert AFTER INSERT ON curves
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON curves
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION
        live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_delete AFTER DELETE ON curves
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_truncate AFTER TRUNCATE ON curves
    FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();

CREATE OR REPLACE TRIGGER live_risk_begins BEFORE INSERT OR UPDATE OR DELETE ON live_curves
    FOR EACH STATEMENT EXECUTE FUNCTION live_risk_begins();
CREATE OR REPLACE TRIGGER live_risk_follows_insert AFTER INSERT ON live_curves
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_names();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON live_curves
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION
        live_risk_follows_names();
CREATE OR REPLACE TRIGGER live_risk_follows_delete AFTER DELETE ON live_curves
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_names();
CREATE OR REPLACE TRIGGER live_risk_follows_truncate AFTER TRUNCATE ON live_curves
    FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_names();

CREATE OR REPLACE TRIGGER statement_begins BEFORE UPDATE OR DELETE ON bonds
    FOR EACH STATEMENT EXECUTE FUNCTION statement_begins('bonds');
CREATE OR REPLACE TRIGGER statement_begins BEFORE UPDATE OR DELETE ON instruments
    FOR EACH STATEMENT EXECUTE FUNCTION statement_begins('bonds');
CREATE OR REPLACE TRIGGER statement_ends AFTER UPDATE OR DELETE ON bonds
    FOR EACH STATEMENT EXECUTE FUNCTION statement_ends('bonds');
CREATE OR REPLACE TRIGGER statement_ends AFTER UPDATE OR DELETE ON instruments
    FOR EACH STATEMENT EXECUTE FUNCTION statement_ends('bonds');

CREATE OR REPLACE TRIGGER live_risk_follows_insert AFTER INSERT ON bonds
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON bonds
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION
        live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_delete AFTER DELETE ON bonds
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_truncate AFTER TRUNCATE ON bonds
    FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON instruments
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION
        live_risk_follows_bonds();

COMMIT;
