-- Books on curves: named shocks, and a row per bond, per portfolio and tenor, per portfolio and
-- shock, on the curve of each book. Each curve is the newest of its name that is not after
-- bond_settlement_date(), and settles on its own date; one that has a currency is for the holdings
-- in it. The views named by_curve have these rows once for every such curve.
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS scenarios (
    name        varchar(50) PRIMARY KEY,
    tenors      text[] NOT NULL DEFAULT '{}',
    bp          float8[] NOT NULL DEFAULT '{}',
    spread_bp   float8 NOT NULL DEFAULT 0 CHECK (abs(spread_bp) <= 1e6),
    description text,
    CONSTRAINT moves_a_curve CHECK (curve_shift('2000-01-01 1Y:0%'::curve, tenors, bp) IS NOT NULL)
);

COMMENT ON TABLE scenarios IS 'Shocks by name: a move of zero rates, and one of spreads, both in '
    'basis points.';
COMMENT ON COLUMN scenarios.tenors IS 'From the shortest to the longest; none where rates stay.';
COMMENT ON COLUMN scenarios.bp IS 'The move at each tenor, in basis points: in proportion between '
    'two, and beyond the ends as much as there.';
COMMENT ON COLUMN scenarios.spread_bp IS 'The move of z-spreads, in basis points, of the bonds '
    'that the columns below choose.';

-- Which bonds a move of spreads is for. Apart, for the tables of those who had them without.
ALTER TABLE scenarios
    ADD COLUMN IF NOT EXISTS spread_sectors text[],
    ADD COLUMN IF NOT EXISTS spread_except text[] NOT NULL DEFAULT '{Government}'
        CONSTRAINT sectors_in_or_out CHECK (coalesce(NOT spread_sectors && spread_except, true)),
    ADD COLUMN IF NOT EXISTS spread_best text
        CONSTRAINT best_is_a_rating CHECK (spread_best IS NULL OR rating_or_null(spread_best)
            IS NOT NULL),
    ADD COLUMN IF NOT EXISTS spread_worst text
        CONSTRAINT worst_is_a_rating CHECK (spread_worst IS NULL OR rating_or_null(spread_worst)
            IS NOT NULL)
        CONSTRAINT best_before_worst CHECK (coalesce(rating_notch(rating_or_null(spread_best)) <=
            rating_notch(rating_or_null(spread_worst)), true));

COMMENT ON COLUMN scenarios.spread_sectors IS 'The sectors of bonds.sector whose spreads move; '
    'NULL for all but those of spread_except.';
COMMENT ON COLUMN scenarios.spread_except IS 'The sectors whose spreads stay: government bonds, '
    'whose prices make the curve, unless told otherwise. '
    'Give {} to move theirs too.';
COMMENT ON COLUMN scenarios.spread_best IS 'The best rating whose spreads move, such as BB+ for '
    'high yield; NULL for no bound. A bond without a '
    'rating is in no range.';
COMMENT ON COLUMN scenarios.spread_worst IS 'The worst rating whose spreads move; NULL for no '
    'bound.';

CREATE OR REPLACE FUNCTION scenario_spread_bp(s scenarios, sector text, credit_rating text) RETURNS
    float8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE
        WHEN s.spread_bp = 0 OR sector = ANY (s.spread_except) OR NOT coalesce(sector = ANY
            (s.spread_sectors), s.spread_sectors IS NULL) THEN 0
        WHEN coalesce(s.spread_best, s.spread_worst) IS NULL THEN s.spread_bp
        WHEN rating_notch(rating_or_null(credit_rating)) >=
            coalesce(rating_notch(rating_or_null(s.spread_best)), 1)
            AND rating_notch(rating_or_null(credit_rating)) <=
                coalesce(rating_notch(rating_or_null(s.spread_worst)), 22) THEN s.spread_bp
        ELSE 0
    END;
COMMENT ON FUNCTION scenario_spread_bp(scenarios, text, text)
    IS 'the move of the z-spread of a bond of this sector and rating under a scenario, in basis '
    'points: 0 where the scenario is not for it';

INSERT INTO scenarios (name, tenors, bp, description)
SELECT CASE sign(bp) WHEN 1 THEN 'up ' ELSE 'down ' END || abs(bp), '{10Y}', ARRAY[bp],
    'all rates by ' || bp || ' bp'
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

CREATE OR REPLACE VIEW current_curves :invoker AS
SELECT DISTINCT ON (name) name, date, curve
FROM curves
WHERE date <= bond_settlement_date()
ORDER BY name, date DESC;

COMMENT ON VIEW current_curves IS 'The newest curve of each name that is not after '
    'bond_settlement_date().';

-- Which of them a book is measured on.
ALTER TABLE portfolios ADD COLUMN IF NOT EXISTS curve_name varchar(50);
CREATE TABLE IF NOT EXISTS currency_curves (
    currency   varchar(3) PRIMARY KEY CHECK (currency ~ '^[A-Z]{3}$'),
    curve_name varchar(50) NOT NULL
);

COMMENT ON COLUMN portfolios.curve_name IS 'The curve that the portfolio is measured on, a name of '
    'curves; NULL for that of the currency.';
COMMENT ON TABLE currency_curves IS 'The curve that holdings of a currency are measured on, unless '
    'their portfolio names one.';
COMMENT ON COLUMN currency_curves.curve_name IS 'A name of curves.';

CREATE OR REPLACE VIEW curve_choices :invoker AS
SELECT h.portfolio_key, nullif(h.portfolio_key, '') AS portfolio_id, h.currency, c.name AS curve,
    c.date AS curve_date, c.date < bond_settlement_date() AS curve_is_older,
       row_number() OVER by_preference = 1 AS chosen,
       CASE WHEN c.name = p.curve_name THEN 'portfolio' WHEN c.name = k.curve_name THEN 'currency'
           WHEN c.name IS NOT NULL THEN 'default' END AS chosen_by
FROM (SELECT DISTINCT portfolio_key, currency FROM instruments) h
LEFT JOIN portfolios p ON p.id = h.portfolio_key
LEFT JOIN currency_curves k ON k.currency = h.currency
LEFT JOIN current_curves c ON coalesce(curve_currency(c.curve) = h.currency, true)
WINDOW by_preference AS (
    PARTITION BY h.portfolio_key, h.currency
    ORDER BY (c.name = p.curve_name) IS TRUE DESC, (c.name = k.curve_name) IS TRUE DESC,
        c.date DESC, curve_currency(c.curve) IS NULL, c.name
);

COMMENT ON VIEW curve_choices IS 'Every portfolio and currency with every current curve of that '
    'currency. The views that are not named by_curve use the '
    'chosen one, one for a portfolio and currency: that of portfolios.curve_name, else that of '
        'currency_curves, else the newest, of several the one '
    'that states the currency, then the first by name. A name without a current curve of the '
        'currency is passed over, as chosen_by shows. A NULL '
    'curve: there is none.';
COMMENT ON COLUMN curve_choices.chosen IS 'Whether this is the curve of the book; true once for a '
    'portfolio and currency.';
COMMENT ON COLUMN curve_choices.chosen_by IS 'What names the curve: portfolio, currency, or '
    'default where neither does.';
COMMENT ON COLUMN curve_choices.curve_is_older IS 'Whether the curve is of a day before '
    'bond_settlement_date().';

-- Joined to it by portfolio and, within one, by currency: the planner would take two equalities to
-- be true of one row in thousands. A bond without end, or with flows later than its curve tells,
-- has no figures: it spoils no report. The last flow may roll some days past maturity.
CREATE OR REPLACE VIEW bond_curve_risk_by_curve :invoker AS
SELECT r.id, r.isin, r.portfolio_id, r.issuer_name, r.sector, r.currency, r.notional, r.price,
    r.curve, r.curve_date,
       r.curve_date AS settlement, r.curve_is_older, r.chosen, r.chosen_by, bond_z_spread(r.b,
           r.terms) IS NOT NULL AS measured,
       bond_curve_price(r.b, r.terms) AS curve_price, bond_z_spread(r.b, r.terms) AS z_spread,
           bond_g_spread(r.b, r.terms) AS g_spread,
       bond_asset_swap_spread(r.b, r.terms) AS asset_swap_spread, bond_spread_duration(r.b, r.terms)
           AS spread_duration,
       bond_cs01(r.b, r.terms) AS cs01
FROM (
    SELECT i.id, i.isin, n.portfolio_id, n.issuer_name, n.sector, i.currency, n.notional, n.price,
        c.curve, c.curve_date, c.curve_is_older,
           c.chosen, c.chosen_by, k.curve AS terms,
           CASE WHEN isfinite(n.maturity_date) AND (curve_extrapolation(k.curve) <> 'none'
               OR n.maturity_date + 15 <= (SELECT max(x.date) FROM curve_nodes(k.curve) x))
               THEN n.b END AS b
    FROM bonds n
    JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
    JOIN curve_choices c ON c.portfolio_key = i.portfolio_key AND coalesce(c.currency = i.currency,
        false)
    LEFT JOIN curves k ON k.name = c.curve AND k.date = c.curve_date
) r;

COMMENT ON VIEW bond_curve_risk_by_curve IS 'Every bond on every curve of its currency: clean '
    'price there without a spread, spreads at its quote as decimals, '
    'spread duration in years, CS01 in currency. Spreads are NULL where measured is false: the '
        'bond is unquoted or redeemed, has no maturity, pays '
    'later than the curve tells, or there is no curve.';
COMMENT ON COLUMN bond_curve_risk_by_curve.settlement IS 'The settlement date of the measures: the '
    'date of the curve.';
COMMENT ON COLUMN bond_curve_risk_by_curve.measured IS 'Whether the bond has spreads. Sort by it '
    'first, or filter by it: a NULL comes before every number in ORDER BY z_spread DESC.';

CREATE OR REPLACE VIEW bond_curve_risk :invoker AS
SELECT id, isin, portfolio_id, issuer_name, sector, currency, notional, price, curve, curve_date,
    settlement, curve_is_older, chosen_by, measured,
       curve_price, z_spread, g_spread, asset_swap_spread, spread_duration, cs01
FROM bond_curve_risk_by_curve
WHERE chosen;

COMMENT ON VIEW bond_curve_risk IS 'Every bond once, on the curve that curve_choices chooses for '
    'its portfolio: the columns of bond_curve_risk_by_curve.';
COMMENT ON COLUMN bond_curve_risk.settlement IS 'The settlement date of the measures: the date of '
    'the curve.';
COMMENT ON COLUMN bond_curve_risk.measured IS 'Whether the bond has spreads. Sort by it first, or '
    'filter by it: a NULL comes before every number in ORDER BY z_spread DESC.';

CREATE OR REPLACE VIEW portfolio_curve_risk_by_curve :invoker AS
SELECT g.portfolio_id, g.currency, g.curve, g.curve_date, g.curve_date AS settlement,
    g.curve_is_older, g.chosen, g.chosen_by, g.bond_count,
       coalesce((g.r).measured, 0) AS measured, g.bond_count - coalesce((g.r).measured, 0)
           AS skipped, (g.r).market_value, (g.r).npv AS curve_value,
       (g.r).z_spread, (g.r).cs01
FROM (
    SELECT n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen,
        c.chosen_by, count(*) AS bond_count,
           portfolio_curve_risk(n.b, k.curve) AS r
    FROM bonds n
    JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
    JOIN curve_choices c ON c.portfolio_key = i.portfolio_key AND coalesce(c.currency = i.currency,
        false)
    LEFT JOIN curves k ON k.name = c.curve AND k.date = c.curve_date
    GROUP BY n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen,
        c.chosen_by
) g;

COMMENT ON VIEW portfolio_curve_risk_by_curve IS 'Every portfolio and currency on every curve of '
    'that currency: market value at the quotes, value on the '
    'curve and CS01 in currency, z-spread weighted by market value as a decimal; skipped counts '
        'the bonds of bond_count that are not in them: '
    'unquoted, redeemed, or with flows later than the curve tells.';
COMMENT ON COLUMN portfolio_curve_risk_by_curve.settlement
    IS 'The settlement date of the measures: the date of the curve.';
COMMENT ON COLUMN portfolio_curve_risk_by_curve.curve_value
    IS 'Value of the measured bonds discounted on the curve alone, without the spreads of their '
    'quotes: '
    'above market_value by what their credit costs. Not what the book is worth.';

CREATE OR REPLACE VIEW portfolio_curve_risk :invoker AS
SELECT portfolio_id, currency, curve, curve_date, settlement, curve_is_older, chosen_by, bond_count,
    measured, skipped, market_value, curve_value, z_spread, cs01
FROM portfolio_curve_risk_by_curve
WHERE chosen;

COMMENT ON VIEW portfolio_curve_risk IS 'Every portfolio and currency once, on the curve that '
    'curve_choices chooses: the columns of '
    'portfolio_curve_risk_by_curve.';
COMMENT ON COLUMN portfolio_curve_risk.settlement IS 'The settlement date of the measures: the '
    'date of the curve.';
COMMENT ON COLUMN portfolio_curve_risk.curve_value IS 'Value of the measured bonds discounted on '
    'the curve alone, without the spreads of their quotes: '
    'above market_value by what their credit costs. Not what the book is worth.';

CREATE OR REPLACE VIEW portfolio_key_rates_by_curve :invoker AS
SELECT g.portfolio_id, g.currency, g.curve, g.curve_date, g.curve_date AS settlement,
    g.curve_is_older, g.chosen, g.chosen_by, g.bond_count,
       coalesce((g.r).measured, 0) AS measured, g.bond_count - coalesce((g.r).measured, 0)
           AS skipped, k.tenor, k.years, k.duration, k.dv01
FROM (
    SELECT n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen,
        c.chosen_by, count(*) AS bond_count,
           portfolio_curve_risk(n.b, k.curve) AS r, portfolio_krd(n.b, k.curve) AS key_rates
    FROM bonds n
    JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
    JOIN curve_choices c ON c.portfolio_key = i.portfolio_key AND coalesce(c.currency = i.currency,
        false)
    LEFT JOIN curves k ON k.name = c.curve AND k.date = c.curve_date
    GROUP BY n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen,
        c.chosen_by
) g
LEFT JOIN unnest(g.key_rates) AS k ON true;

COMMENT ON VIEW portfolio_key_rates_by_curve IS 'Every portfolio, currency and curve by tenor: '
    'key-rate duration in years, and DV01 in currency, with each '
    'quote''s spread held. skipped counts the bonds of bond_count that are not in them, on every '
        'row of the portfolio; one of which nothing is '
    'measured has one row, without a tenor.';
COMMENT ON COLUMN portfolio_key_rates_by_curve.settlement IS 'The settlement date of the measures: '
    'the date of the curve.';

CREATE OR REPLACE VIEW portfolio_key_rates :invoker AS
SELECT portfolio_id, currency, curve, curve_date, settlement, curve_is_older, chosen_by, bond_count,
    measured, skipped, tenor, years, duration, dv01
FROM portfolio_key_rates_by_curve
WHERE chosen;

COMMENT ON VIEW portfolio_key_rates IS 'Every portfolio, currency and tenor once, on the curve '
    'that curve_choices chooses: the columns of '
    'portfolio_key_rates_by_curve.';
COMMENT ON COLUMN portfolio_key_rates.settlement IS 'The settlement date of the measures: the date '
    'of the curve.';

-- Curves are moved once, not for every bond; a move may be more than one can take: a tenor beyond a
-- curve that ends.
CREATE OR REPLACE VIEW portfolio_scenarios_by_curve :invoker AS
WITH moved AS MATERIALIZED (
    SELECT c.name, c.curve, s.name AS scenario, curve_shift_or_null(c.curve, s.tenors, s.bp)
        AS moved
    FROM current_curves c CROSS JOIN scenarios s
)
SELECT g.portfolio_id, g.currency, g.curve, g.curve_date, g.curve_date AS settlement,
    g.curve_is_older, g.chosen, g.chosen_by, g.scenario, g.bond_count,
       coalesce((g.pnl).measured, 0) AS measured, g.bond_count - coalesce((g.pnl).measured, 0)
           AS skipped, (g.pnl).market_value,
       (g.pnl).first_order, (g.pnl).second_order, (g.pnl).full_repricing
FROM (
    SELECT n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen,
        c.chosen_by, s.name AS scenario, count(*) AS bond_count,
           portfolio_shock(n.b, m.curve, m.moved, scenario_spread_bp(s, n.sector, n.credit_rating))
               AS pnl
    FROM bonds n
    JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
    JOIN curve_choices c ON c.portfolio_key = i.portfolio_key AND coalesce(c.currency = i.currency,
        false)
    CROSS JOIN scenarios s
    LEFT JOIN moved m ON m.name = c.curve AND m.scenario = s.name
    GROUP BY n.portfolio_id, i.currency, c.curve, c.curve_date, c.curve_is_older, c.chosen,
        c.chosen_by, s.name
) g;

COMMENT ON VIEW portfolio_scenarios_by_curve IS 'Every portfolio, currency and curve under every '
    'scenario: profit and loss in currency, to first order, '
    'to second order and by full repricing, each bond''s spread held and then moved where the '
        'scenario is for it; NULL where the curve cannot be '
    'moved so. skipped counts the bonds of bond_count that are not in them.';
COMMENT ON COLUMN portfolio_scenarios_by_curve.settlement IS 'The settlement date of the measures: '
    'the date of the curve.';

CREATE OR REPLACE VIEW portfolio_scenarios :invoker AS
SELECT portfolio_id, currency, curve, curve_date, settlement, curve_is_older, chosen_by, scenario,
    bond_count, measured, skipped, market_value,
       first_order, second_order, full_repricing
FROM portfolio_scenarios_by_curve
WHERE chosen;

COMMENT ON VIEW portfolio_scenarios IS 'Every portfolio and currency under every scenario once, on '
    'the curve that curve_choices chooses: the columns of '
    'portfolio_scenarios_by_curve.';
COMMENT ON COLUMN portfolio_scenarios.settlement IS 'The settlement date of the measures: the date '
    'of the curve.';

COMMIT;
