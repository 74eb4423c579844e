-- Pictures as SVG text: \t \a, then SELECT curve_svg(curve) ... \g curve.svg

CREATE FUNCTION curve_svg(c curve) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME', 'curve_svg_wrapper';
COMMENT ON FUNCTION curve_svg(curve) IS
    'A chart of the curve as SVG, up to its last node, in percent: zero rates (continuous), par '
    'yields (semiannual, at whole half years) and six-month forward rates (continuous).';

CREATE FUNCTION bars_svg(title text, labels text[], heights float8[], x_title text DEFAULT '',
    y_title text DEFAULT '') RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'bars_svg_wrapper';
COMMENT ON FUNCTION bars_svg(text, text[], float8[], text, text) IS
    'A bar chart as SVG: one bar for each label, at most 200. A NULL height is 0. x_title and '
    'y_title name the axes.';

CREATE FUNCTION key_rate_svg(title text, key_rates key_rate[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    BEGIN ATOMIC SELECT @extschema@.bars_svg(title, pg_catalog.array_agg(k.tenor ORDER BY k.years),
        pg_catalog.array_agg(k.dv01 ORDER BY k.years), 'tenor'::pg_catalog.text,
        'DV01, money per basis point'::pg_catalog.text) FROM pg_catalog.unnest(key_rates) AS k; END;
COMMENT ON FUNCTION key_rate_svg(text, key_rate[]) IS
    'a chart of key-rate DV01 by tenor, as SVG, from the result of portfolio_krd';
