-- Curves fitted to bond prices.
--
-- The state is settlement date, method, the number of floats in use and the bonds' currency, then a
-- block for each bond: number of flows, dirty price, duration, times and amounts of the flows; with
-- room for more. The final function puts the blocks in an order of their own, so that neither the
-- order of rows nor the plan changes a bit. All rows of a group are of one method, date and
-- currency; a bond without a currency goes with any.
--
-- The forms without a date read the setting while they run, as the portfolio aggregates do.

CREATE FUNCTION curve_fit_add(state float8[], b bond) RETURNS float8[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'curve_fit_add_wrapper';
CREATE FUNCTION curve_fit_add(state float8[], b bond, settlement date) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'curve_fit_add_wrapper';
CREATE FUNCTION curve_fit_add(state float8[], b bond, method text) RETURNS float8[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'curve_fit_add_by_wrapper';
CREATE FUNCTION curve_fit_add(state float8[], b bond, method text, settlement date) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'curve_fit_add_by_wrapper';
CREATE FUNCTION curve_fit_combine(state float8[], other float8[]) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_fit_combine_wrapper';
CREATE FUNCTION curve_fit_final(state float8[]) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100000 AS 'MODULE_PATHNAME',
        'curve_fit_final_wrapper';

CREATE AGGREGATE curve_fit(b bond) (
    SFUNC = curve_fit_add, STYPE = float8[], SSPACE = 4096, INITCOND = '{}',
        FINALFUNC = curve_fit_final,
    COMBINEFUNC = curve_fit_combine, PARALLEL = SAFE
);
CREATE AGGREGATE curve_fit(b bond, settlement date) (
    SFUNC = curve_fit_add, STYPE = float8[], SSPACE = 4096, INITCOND = '{}',
        FINALFUNC = curve_fit_final,
    COMBINEFUNC = curve_fit_combine, PARALLEL = SAFE
);
CREATE AGGREGATE curve_fit(b bond, method text) (
    SFUNC = curve_fit_add, STYPE = float8[], SSPACE = 4096, INITCOND = '{}',
        FINALFUNC = curve_fit_final,
    COMBINEFUNC = curve_fit_combine, PARALLEL = SAFE
);
CREATE AGGREGATE curve_fit(b bond, method text, settlement date) (
    SFUNC = curve_fit_add, STYPE = float8[], SSPACE = 4096, INITCOND = '{}',
        FINALFUNC = curve_fit_final,
    COMBINEFUNC = curve_fit_combine, PARALLEL = SAFE
);

COMMENT ON FUNCTION curve_fit_add(float8[], bond) IS
    'Transition function of curve_fit. Settles on bond_settlement_date().';
COMMENT ON FUNCTION curve_fit_add(float8[], bond, date) IS 'transition function of curve_fit';
COMMENT ON FUNCTION curve_fit_add(float8[], bond, text) IS
    'Transition function of curve_fit. Settles on bond_settlement_date().';
COMMENT ON FUNCTION curve_fit_add(float8[], bond, text, date) IS 'transition function of curve_fit';
COMMENT ON FUNCTION curve_fit_combine(float8[], float8[]) IS 'combine function of curve_fit';
COMMENT ON FUNCTION curve_fit_final(float8[]) IS 'final function of curve_fit';
COMMENT ON AGGREGATE curve_fit(bond) IS
    'Svensson''s curve fitted to the prices of bonds. Price errors are divided by duration and '
    'dirty price, and outliers have no weight (Tukey''s biweight). Bonds without a price or yield, '
    'not outstanding or perpetual are left out; fewer maturities than its six parameters are an '
    'error. Settles on bond_settlement_date(), which is the curve''s date.';
COMMENT ON AGGREGATE curve_fit(bond, date) IS
    'Svensson''s curve through the prices of bonds, dated by the settlement date. See '
    'curve_fit(bond).';
COMMENT ON AGGREGATE curve_fit(bond, text) IS
    'A curve fitted to the prices of bonds: nelson_siegel (four parameters) or svensson (six). '
    'Settles on bond_settlement_date(), which is the curve''s date.';
COMMENT ON AGGREGATE curve_fit(bond, text, date) IS
    'A curve fitted to the prices of bonds: nelson_siegel (four parameters) or svensson (six). Its '
    'date is the settlement date.';

CREATE FUNCTION curve_fit_report(c curve, bonds bond[]) RETURNS TABLE (
    b bond, years float8, clean_price float8, curve_price float8, price_error float8, yield_error_bp
        float8, weight float8, outlier boolean
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 100 AS 'MODULE_PATHNAME',
        'curve_fit_report_wrapper';
CREATE FUNCTION curve_fit_report(c curve, bonds bond[], settlement date) RETURNS TABLE (
    b bond, years float8, clean_price float8, curve_price float8, price_error float8, yield_error_bp
        float8, weight float8, outlier boolean
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 100 AS 'MODULE_PATHNAME',
        'curve_fit_report_wrapper';
CREATE FUNCTION curve_fit_report(c curve, ids text[], bonds bond[]) RETURNS TABLE (
    b bond, years float8, clean_price float8, curve_price float8, price_error float8, yield_error_bp
        float8, weight float8, outlier boolean, id text
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 100 AS 'MODULE_PATHNAME',
        'curve_fit_report_of_wrapper';
CREATE FUNCTION curve_fit_report(c curve, ids text[], bonds bond[], settlement date) RETURNS TABLE (
    b bond, years float8, clean_price float8, curve_price float8, price_error float8, yield_error_bp
        float8, weight float8, outlier boolean, id text
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 100 AS 'MODULE_PATHNAME',
        'curve_fit_report_of_wrapper';

COMMENT ON FUNCTION curve_fit_report(curve, bond[]) IS
    'Prices of bonds beside those of a curve, one row for each bond in order: years to the last '
    'payment, clean prices per 100, price_error (quote less curve, positive for a rich bond), '
    'yield_error_bp (basis points of yield above the curve, positive for a cheap bond), weight '
    'from 0 to 1 in a robust fit, outlier where it is 0 (beyond 4.685 robust standard deviations). '
    'Weights are by the errors of all bonds of the call. NULLs without a price; fewer bonds than '
    '4, or than the curve has parameters, are an error. Settles on the curve''s date.';
COMMENT ON FUNCTION curve_fit_report(curve, bond[], date) IS
    'The same, settling on a date after the curve''s.';
COMMENT ON FUNCTION curve_fit_report(curve, text[], bond[]) IS
    'The same, with an identifier of each bond in the column id.';
COMMENT ON FUNCTION curve_fit_report(curve, text[], bond[], date) IS
    'The same, with an identifier of each bond in the column id, settling on a date after the '
    'curve''s.';
