-- Books on curves: named shocks, and a row per bond and curve, per portfolio and tenor, per portfolio and shock.
-- Each curve is the newest of its name that is not after bond_settlement_date(), and settles on its own date; one that has a
-- currency is for the holdings in it.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE TABLE IF NOT EXISTS scenarios (
    name        varchar(50) PRIMARY KEY,
    tenors      text[] NOT NULL DEFAULT '{}',
    bp          float8[] NOT NULL DEFAULT '{}',
    spread_bp   float8 NOT NULL DEFAULT 0 CHECK (abs(spread_bp) <= 1e6),
    description text,
    CONSTRAINT moves_a_curve CHECK (curve_shift('2000-01-01 1Y:0%'::curve, tenors, bp) IS NOT NULL)
);

COMMENT ON TABLE scenarios IS 'Shocks by name: a move of zero rates, and one of spreads, both in basis points.';
COMMENT ON COLUMN scenarios.tenors IS 'From the shortest to the longest; none where rates stay.';
COMMENT ON COLUMN scenarios.bp IS 'The move at each tenor, in basis points: in proportion between two, and beyond the ends as much as there.';
COMMENT ON COLUMN scenarios.spread_bp IS 'The move of every bond''s z-spread, in basis points.';

INSERT INTO scenarios (name, tenors, bp, description)
SELECT CASE sign(bp) WHEN 1 THEN 'up ' ELSE 'down ' END || abs(bp), '{10Y}', ARRAY[bp], 'all rates by ' || bp || ' bp'
FROM unnest('{25,50,100,200,300,-25,-50,-100,-200,-300}'::integer[]) AS bp
ON CONFLICT DO NOTHING;

INSERT INTO scenarios (name, tenors, bp, spread_bp, description) VALUES
    ('steepener', '{2Y,10Y}', '{-25,25}', 0, 'short rates down, long rates up'),
    ('flattener', '{2Y,10Y}', '{25,-25}', 0, 'short rates up, long rates down'),
    ('butterfly', '{2Y,10Y,30Y}', '{25,-25,25}', 0, 'the wings up, the belly down'),
    ('inverse butterfly', '{2Y,10Y,30Y}', '{-25,25,-25}', 0, 'the wings down, the belly up'),
    ('wider', '{}', '{}', 50, 'spreads up, rates unmoved'),
    ('tighter', '{}', '{}', -50, 'spreads down, rates unmoved')
ON CONFLICT DO NOTHING;

CREATE OR REPLACE VIEW current_curves AS
SELECT DISTINCT ON (name) name, date, curve
FROM curves
WHERE date <= bond_settlement_date()
ORDER BY name, date DESC;

COMMENT ON VIEW current_curves IS 'The newest curve of each name that is not after bond_settlement_date().';

-- A bond without end, or with flows later than its curve tells, has no figures: it spoils no report.
CREATE OR REPLACE VIEW bond_curve_risk AS
SELECT i.id, i.isin, n.portfolio_id, n.issuer_name, n.sector, i.currency, n.notional, n.price, c.name AS curve, c.date,
       r.curve_price, r.z_spread, r.g_spread, r.asset_swap_spread, r.spread_duration, r.cs01
FROM bonds n
JOIN instruments i USING (id)
JOIN current_curves c ON coalesce(curve_currency(c.curve), i.currency) = i.currency
LEFT JOIN LATERAL (
    SELECT bond_curve_price(m.b, c.curve) AS curve_price, bond_z_spread(m.b, c.curve) AS z_spread, bond_g_spread(m.b, c.curve) AS g_spread,
           bond_asset_swap_spread(m.b, c.curve) AS asset_swap_spread, bond_spread_duration(m.b, c.curve) AS spread_duration,
           bond_cs01(m.b, c.curve) AS cs01
    FROM (
        SELECT n.b
        -- The last flow may roll some days past maturity.
        WHERE isfinite(n.maturity_date) AND (curve_extrapolation(c.curve) <> 'none' OR n.maturity_date + 15 <= (SELECT max(k.date) FROM curve_nodes(c.curve) k))
        OFFSET 0 -- or the figures would be worked out before the condition is asked
    ) m
) r ON true;

COMMENT ON VIEW bond_curve_risk IS 'Every bond on every curve of its currency: clean price there, spreads at its quote as decimals, '
    'spread duration in years, CS01 in currency; NULL when it is unquoted or redeemed, has no maturity, or pays later than the curve tells.';

CREATE OR REPLACE VIEW portfolio_curve_risk AS
SELECT g.portfolio_id, g.currency, g.curve, g.date, g.bond_count, (g.r).npv, (g.r).z_spread, (g.r).cs01, (g.r).held, (g.r).skipped
FROM (
    SELECT n.portfolio_id, i.currency, c.name AS curve, c.date, count(*) AS bond_count, portfolio_curve_risk(n.b, c.curve) AS r
    FROM bonds n
    JOIN instruments i USING (id)
    JOIN current_curves c ON coalesce(curve_currency(c.curve), i.currency) = i.currency
    GROUP BY n.portfolio_id, i.currency, c.name, c.date
) g;

COMMENT ON VIEW portfolio_curve_risk IS 'Every portfolio and currency on every curve of that currency: value on the curve and CS01 in '
    'currency, z-spread of the quoted bonds weighted by market value as a decimal; skipped counts the bonds that are not in them: redeemed, or '
    'with flows later than the curve tells.';

CREATE OR REPLACE VIEW portfolio_key_rates AS
SELECT g.portfolio_id, g.currency, g.curve, g.date, k.tenor, k.years, k.duration, k.dv01
FROM (
    SELECT n.portfolio_id, i.currency, c.name AS curve, c.date, portfolio_krd(n.b, c.curve) AS key_rates
    FROM bonds n
    JOIN instruments i USING (id)
    JOIN current_curves c ON coalesce(curve_currency(c.curve), i.currency) = i.currency
    GROUP BY n.portfolio_id, i.currency, c.name, c.date
) g, unnest(g.key_rates) AS k;

COMMENT ON VIEW portfolio_key_rates IS 'Every portfolio, currency and curve by tenor: key-rate duration in years, and DV01 in currency.';

-- A move may be more than a curve can take: a log-linear zero rate of nothing, a tenor beyond a curve that ends.
CREATE OR REPLACE FUNCTION scenario_curve(c curve, tenors text[], bp float8[]) RETURNS curve LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL RESTRICTED AS $$
BEGIN
    RETURN curve_shift(c, tenors, bp);
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION scenario_curve(curve, text[], float8[]) IS 'curve_shift, but NULL where the curve cannot be moved so';

-- Curves are moved once, not for every bond.
CREATE OR REPLACE VIEW portfolio_scenarios AS
WITH moved AS MATERIALIZED (
    SELECT c.name, c.date, c.curve, s.name AS scenario, scenario_curve(c.curve, s.tenors, s.bp) AS moved, s.spread_bp
    FROM current_curves c CROSS JOIN scenarios s
)
SELECT g.portfolio_id, g.currency, g.curve, g.date, g.scenario, (g.pnl).held, (g.pnl).skipped, (g.pnl).market_value,
       (g.pnl).first_order, (g.pnl).second_order, (g.pnl).full_repricing
FROM (
    SELECT n.portfolio_id, i.currency, m.name AS curve, m.date, m.scenario, portfolio_shock(n.b, m.curve, m.moved, m.spread_bp) AS pnl
    FROM bonds n
    JOIN instruments i USING (id)
    JOIN moved m ON coalesce(curve_currency(m.curve), i.currency) = i.currency
    GROUP BY n.portfolio_id, i.currency, m.name, m.date, m.scenario
) g;

COMMENT ON VIEW portfolio_scenarios IS 'Every portfolio, currency and curve under every scenario: profit and loss in currency, to first order, '
    'to second order and by full repricing, each bond''s spread held and then moved; NULL where the curve cannot be moved so.';

COMMIT;
