-- Risk kept fresh: a row per portfolio and curve, made again in the transaction that brings a curve or a mark, and announced on
-- the channel live_risk. Off until a curve is named in live_curves.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS live_curves (
    name varchar(50) PRIMARY KEY
);

CREATE TABLE IF NOT EXISTS live_risk (
    portfolio_key varchar(50) NOT NULL,
    curve         varchar(50) NOT NULL REFERENCES live_curves (name) ON DELETE CASCADE,
    date          date NOT NULL,
    npv           float8,
    z_spread      float8,
    cs01          float8,
    dv01          float8,
    convexity     float8,
    key_rates     key_rate[],
    refreshed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (portfolio_key, curve)
);

COMMENT ON TABLE live_curves IS 'The curves on which risk is kept fresh: their newest of each name.';
COMMENT ON TABLE live_risk IS 'Each portfolio on the newest curve of each live name, settled on its date: money in the bonds'' currency, NULL where nothing is measured. It follows every change but a TRUNCATE.';
COMMENT ON COLUMN live_risk.portfolio_key IS 'The portfolio''s id, empty for bonds in none.';
COMMENT ON COLUMN live_risk.dv01 IS 'By yields; cs01 and key_rates by the curve, with spreads held.';

-- Portfolios are locked in order, and read after that: of two sessions that change one, the second sees what the first did.
CREATE OR REPLACE FUNCTION refresh_live_risk(portfolios text[], names text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('live_risk ' || key, 0)) FROM (SELECT DISTINCT key FROM unnest(portfolios) AS key ORDER BY key) AS keys;
    DELETE FROM live_risk r
    WHERE r.portfolio_key = ANY (portfolios) AND r.curve = ANY (names)
        AND (NOT EXISTS (SELECT FROM bonds b WHERE b.portfolio_key = r.portfolio_key)
            OR NOT EXISTS (SELECT FROM curves c WHERE c.name = r.curve));
    INSERT INTO live_risk (portfolio_key, curve, date, npv, z_spread, cs01, dv01, convexity, key_rates)
    SELECT b.portfolio_key, c.name, c.date, portfolio_npv(b.b, c.curve), portfolio_z_spread(b.b, c.curve), portfolio_cs01(b.b, c.curve),
           portfolio_dv01(b.b, c.date), portfolio_convexity(b.b, c.date), portfolio_krd(b.b, c.curve)
    FROM (SELECT DISTINCT ON (name) name, date, curve FROM curves WHERE name = ANY (names) ORDER BY name, date DESC) c
    JOIN live_curves USING (name)
    CROSS JOIN bonds b
    WHERE b.portfolio_key = ANY (portfolios)
    GROUP BY b.portfolio_key, c.name, c.date
    ON CONFLICT (portfolio_key, curve) DO UPDATE SET (date, npv, z_spread, cs01, dv01, convexity, key_rates, refreshed_at) =
        (excluded.date, excluded.npv, excluded.z_spread, excluded.cs01, excluded.dv01, excluded.convexity, excluded.key_rates,
         clock_timestamp());
    PERFORM pg_notify('live_risk', name) FROM unnest(names) AS name;
END
$$;
COMMENT ON FUNCTION refresh_live_risk(text[], text[]) IS 'makes live_risk again for these portfolios and curves, and announces the curves on the channel live_risk';

CREATE OR REPLACE FUNCTION live_risk_follows_curves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    names text[] := (SELECT array_agg(DISTINCT name) FROM changed JOIN live_curves USING (name));
BEGIN
    IF names IS NOT NULL THEN
        PERFORM refresh_live_risk((SELECT array_agg(DISTINCT portfolio_key) FROM bonds), names);
    END IF;
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION live_risk_follows_bonds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    names text[] := (SELECT array_agg(name) FROM live_curves);
    portfolios text[];
BEGIN
    IF names IS NOT NULL THEN
        portfolios := (SELECT array_agg(DISTINCT portfolio_key) FROM changed);
        IF TG_OP = 'UPDATE' THEN
            portfolios := portfolios || (SELECT array_agg(DISTINCT portfolio_key) FROM gone);
        END IF;
        PERFORM refresh_live_risk(portfolios, names);
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION live_risk_follows_curves() IS 'Makes live_risk again on the live curves that have changed.';
COMMENT ON FUNCTION live_risk_follows_bonds() IS 'Makes live_risk again of the portfolios whose bonds have changed.';

CREATE OR REPLACE TRIGGER live_risk_follows_insert AFTER INSERT ON curves
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON curves
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_delete AFTER DELETE ON curves
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_start AFTER INSERT ON live_curves
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_curves();
CREATE OR REPLACE TRIGGER live_risk_follows_insert AFTER INSERT ON bonds
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_delete AFTER DELETE ON bonds
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();
CREATE OR REPLACE TRIGGER live_risk_follows_update AFTER UPDATE ON bonds
    REFERENCING OLD TABLE AS gone NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION live_risk_follows_bonds();

COMMIT;
