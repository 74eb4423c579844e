-- Risk kept fresh: a row per portfolio, currency and curve, made again in the transaction that brings a curve or a mark, and
-- announced on the channel live_risk. Off until a curve is named in live_curves.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS live_curves (
    name varchar(50) PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS live_risk (
    portfolio_key varchar(50) NOT NULL,
    currency      varchar(3) NOT NULL,
    curve         varchar(50) NOT NULL REFERENCES live_curves (name) ON UPDATE CASCADE ON DELETE CASCADE,
    date          date NOT NULL,
    held          bigint NOT NULL,
    skipped       bigint NOT NULL,
    npv           float8,
    z_spread      float8,
    cs01          float8,
    dv01          float8,
    convexity     float8,
    key_rates     key_rate[],
    refreshed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (portfolio_key, currency, curve)
);

COMMENT ON TABLE live_curves IS 'The curves on which risk is kept fresh: the newest of each name.';
COMMENT ON TABLE live_risk IS 'Each portfolio and currency on the newest curve of each live name, settled on its date: money in that currency, NULL where nothing is measured. A curve that has a currency is for the bonds in it. It follows every change but a TRUNCATE.';
COMMENT ON COLUMN live_risk.portfolio_key IS 'The portfolio''s id, empty for bonds in none.';
COMMENT ON COLUMN live_risk.skipped IS 'Bonds that are not outstanding, or pay later than the curve tells.';
COMMENT ON COLUMN live_risk.npv IS 'Value of the bonds discounted on the curve alone, without the spreads of their quotes: not their market value.';
COMMENT ON COLUMN live_risk.dv01 IS 'By yields; cs01 and key_rates by the curve, with spreads held.';

-- Writers of what is live take turns, before they look: the later one sees what the earlier one did.
CREATE OR REPLACE FUNCTION live_names() RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM live_curves) THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('live_risk', 0));
    RETURN (SELECT array_agg(name) FROM live_curves);
END
$$;
COMMENT ON FUNCTION live_names() IS 'the live curves, of which the caller is now the only writer until its transaction ends; NULL where there are none';

CREATE OR REPLACE FUNCTION refresh_live_risk(portfolios text[], names text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    announced bigint;
BEGIN
    WITH fresh AS (
        SELECT b.portfolio_key, i.currency, c.name, c.date, (portfolio_curve_risk(b.b, c.curve)).*, portfolio_dv01(b.b, c.date) AS dv01,
               portfolio_convexity(b.b, c.date) AS convexity, portfolio_krd(b.b, c.curve) AS key_rates
        FROM (SELECT DISTINCT ON (name) name, date, curve FROM curves WHERE name = ANY (names) ORDER BY name, date DESC) c
        JOIN live_curves USING (name)
        JOIN instruments i ON coalesce(curve_currency(c.curve), i.currency) = i.currency
        JOIN bonds b USING (id)
        WHERE b.portfolio_key = ANY (portfolios)
        GROUP BY b.portfolio_key, i.currency, c.name, c.date
    ), made AS (
        INSERT INTO live_risk AS r (portfolio_key, currency, curve, date, held, skipped, npv, z_spread, cs01, dv01, convexity, key_rates)
        SELECT portfolio_key, currency, name, date, held, skipped, npv, z_spread, cs01, dv01, convexity, key_rates FROM fresh
        ON CONFLICT (portfolio_key, currency, curve) DO UPDATE SET
            (date, held, skipped, npv, z_spread, cs01, dv01, convexity, key_rates, refreshed_at) =
            (excluded.date, excluded.held, excluded.skipped, excluded.npv, excluded.z_spread, excluded.cs01, excluded.dv01,
             excluded.convexity, excluded.key_rates, clock_timestamp())
        WHERE (r.date, r.held, r.skipped, r.npv, r.z_spread, r.cs01, r.dv01, r.convexity, r.key_rates::text) IS DISTINCT FROM
            (excluded.date, excluded.held, excluded.skipped, excluded.npv, excluded.z_spread, excluded.cs01, excluded.dv01,
             excluded.convexity, excluded.key_rates::text)
        RETURNING curve
    ), gone AS (
        DELETE FROM live_risk r
        WHERE r.portfolio_key = ANY (portfolios) AND r.curve = ANY (names)
            AND NOT EXISTS (SELECT FROM fresh f WHERE (f.portfolio_key, f.currency, f.name) = (r.portfolio_key, r.currency, r.curve))
        RETURNING curve
    )
    SELECT count(pg_notify('live_risk', curve)) INTO announced FROM (SELECT curve FROM made UNION SELECT curve FROM gone) AS changed;
END
$$;
COMMENT ON FUNCTION refresh_live_risk(text[], text[]) IS 'makes live_risk again for these portfolios and curves, and announces the curves whose rows have changed on the channel live_risk';

CREATE OR REPLACE FUNCTION live_risk_follows_curves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    names text[] := live_names();
BEGIN
    IF TG_OP = 'UPDATE' THEN
        names := ARRAY((SELECT name FROM changed UNION SELECT name FROM gone) INTERSECT SELECT unnest(names));
    ELSE
        names := ARRAY(SELECT name FROM changed INTERSECT SELECT unnest(names));
    END IF;
    IF cardinality(names) > 0 THEN
        PERFORM refresh_live_risk(ARRAY(SELECT portfolio_key FROM bonds UNION SELECT portfolio_key FROM live_risk), names);
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION live_risk_follows_curves() IS 'Makes the rows of live_risk again whose curve has changed.';

CREATE OR REPLACE FUNCTION live_risk_follows_bonds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    names text[] := live_names();
    portfolios text[];
BEGIN
    IF names IS NULL THEN
        RETURN NULL;
    ELSIF TG_TABLE_NAME = 'instruments' THEN
        portfolios := ARRAY(SELECT n.portfolio_key FROM changed n JOIN gone o USING (id) WHERE n.currency <> o.currency);
    ELSIF TG_OP = 'UPDATE' THEN
        portfolios := ARRAY(
            SELECT n.portfolio_key FROM changed n LEFT JOIN gone o USING (id) WHERE (n.portfolio_key, n.b) IS DISTINCT FROM (o.portfolio_key, o.b)
            UNION SELECT o.portfolio_key FROM gone o LEFT JOIN changed n USING (id) WHERE (n.portfolio_key, n.b) IS DISTINCT FROM (o.portfolio_key, o.b));
    ELSE
        portfolios := ARRAY(SELECT DISTINCT portfolio_key FROM changed);
    END IF;
    IF cardinality(portfolios) > 0 THEN
        PERFORM refresh_live_risk(portfolios, names);
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION live_risk_follows_bonds() IS 'Makes the rows of live_risk again whose bonds have changed.';

CREATE OR REPLACE TRIGGER live_risk_follows_insert AFTER INSERT ON curves
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON curves
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_delete AFTER DELETE ON curves
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_start AFTER INSERT ON live_curves
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_rename AFTER UPDATE ON live_curves
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_insert AFTER INSERT ON bonds
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON bonds
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_delete AFTER DELETE ON bonds
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON instruments
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();

COMMIT;
