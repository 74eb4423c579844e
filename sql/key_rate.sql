-- Books on curves: one transition function and one state for all of these aggregates, so that
-- several in a query solve each bond's spread once.
--
-- Settlement is the curve's own date, and the spread of each bond's quote is held. What has no
-- quote, is not outstanding, or pays on days that the curve or a calendar does not know is skipped
-- and counted, and a row with a NULL too, so that measured and skipped add up to the rows.
-- portfolio_npv asks for the value on the curve, and takes bonds without a quote as well; bonds
-- bond_quote(b, bond_curve_price(b, c)) are measured at the curve's price by the others. A group
-- without a measured bond gives NULL; two currencies in one group are an error. Any order of rows
-- and any plan give the same bits.

CREATE TYPE key_rate AS (tenor text, years float8, duration float8, dv01 float8);
COMMENT ON TYPE key_rate IS
    'risk to one key rate: its tenor and time in years, duration in years, and DV01 in money';

CREATE FUNCTION portfolio_curve_add(state float8[], b bond, c curve) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 28 AS 'MODULE_PATHNAME',
        'portfolio_curve_add_wrapper';
CREATE FUNCTION portfolio_curve_add(state float8[], b bond, c curve, tenors text[]) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 28 AS 'MODULE_PATHNAME',
        'portfolio_curve_add_wrapper';
CREATE FUNCTION portfolio_curve_remove(state float8[], b bond, c curve) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 28 AS 'MODULE_PATHNAME',
        'portfolio_curve_remove_wrapper';
CREATE FUNCTION portfolio_curve_remove(state float8[], b bond, c curve, tenors text[]) RETURNS
    float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 28 AS 'MODULE_PATHNAME',
        'portfolio_curve_remove_wrapper';
CREATE FUNCTION portfolio_curve_combine(state float8[], other float8[]) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'portfolio_curve_combine_wrapper';
CREATE FUNCTION portfolio_krd_final(state float8[]) RETURNS key_rate[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_krd_final_wrapper';
CREATE FUNCTION portfolio_npv_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_npv_final_wrapper';
CREATE FUNCTION portfolio_z_spread_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'portfolio_z_spread_final_wrapper';
CREATE FUNCTION portfolio_cs01_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_cs01_final_wrapper';

CREATE TYPE portfolio_curve_measures AS (
    measured bigint, skipped bigint, market_value float8, npv float8, z_spread float8, cs01 float8,
        settlement date
);
COMMENT ON TYPE portfolio_curve_measures IS
    'a portfolio on a curve: bonds measured and skipped, market value at the quotes, value of the '
    'same bonds on the curve and CS01 in money, average z-spread as a decimal, and the curve''s '
    'date, NULL where rows are of several';
COMMENT ON COLUMN portfolio_curve_measures.npv IS
    'value discounted on the curve alone, without the spreads of the quotes: not the market value';
CREATE FUNCTION portfolio_curve_risk_final(state float8[]) RETURNS portfolio_curve_measures
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'portfolio_curve_risk_final_wrapper';

CREATE AGGREGATE portfolio_krd(b bond, c curve) (
    SFUNC = portfolio_curve_add, STYPE = float8[], SSPACE = 700, INITCOND = '{}',
    FINALFUNC = portfolio_krd_final, COMBINEFUNC = portfolio_curve_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_curve_add, MINVFUNC = portfolio_curve_remove, MSTYPE = float8[],
        MSSPACE = 700, MINITCOND = '{}', MFINALFUNC = portfolio_krd_final
);
CREATE AGGREGATE portfolio_krd(b bond, c curve, tenors text[]) (
    SFUNC = portfolio_curve_add, STYPE = float8[], SSPACE = 700, INITCOND = '{}',
    FINALFUNC = portfolio_krd_final, COMBINEFUNC = portfolio_curve_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_curve_add, MINVFUNC = portfolio_curve_remove, MSTYPE = float8[],
        MSSPACE = 700, MINITCOND = '{}', MFINALFUNC = portfolio_krd_final
);
CREATE AGGREGATE portfolio_npv(b bond, c curve) (
    SFUNC = portfolio_curve_add, STYPE = float8[], SSPACE = 700, INITCOND = '{}',
    FINALFUNC = portfolio_npv_final, COMBINEFUNC = portfolio_curve_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_curve_add, MINVFUNC = portfolio_curve_remove, MSTYPE = float8[],
        MSSPACE = 700, MINITCOND = '{}', MFINALFUNC = portfolio_npv_final
);
CREATE AGGREGATE portfolio_z_spread(b bond, c curve) (
    SFUNC = portfolio_curve_add, STYPE = float8[], SSPACE = 700, INITCOND = '{}',
    FINALFUNC = portfolio_z_spread_final, COMBINEFUNC = portfolio_curve_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_curve_add, MINVFUNC = portfolio_curve_remove, MSTYPE = float8[],
        MSSPACE = 700, MINITCOND = '{}', MFINALFUNC = portfolio_z_spread_final
);
CREATE AGGREGATE portfolio_cs01(b bond, c curve) (
    SFUNC = portfolio_curve_add, STYPE = float8[], SSPACE = 700, INITCOND = '{}',
    FINALFUNC = portfolio_cs01_final, COMBINEFUNC = portfolio_curve_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_curve_add, MINVFUNC = portfolio_curve_remove, MSTYPE = float8[],
        MSSPACE = 700, MINITCOND = '{}', MFINALFUNC = portfolio_cs01_final
);
CREATE AGGREGATE portfolio_curve_risk(b bond, c curve) (
    SFUNC = portfolio_curve_add, STYPE = float8[], SSPACE = 700, INITCOND = '{}',
    FINALFUNC = portfolio_curve_risk_final, COMBINEFUNC = portfolio_curve_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_curve_add, MINVFUNC = portfolio_curve_remove, MSTYPE = float8[],
        MSSPACE = 700, MINITCOND = '{}', MFINALFUNC = portfolio_curve_risk_final
);

COMMENT ON FUNCTION portfolio_curve_add(float8[], bond, curve) IS
    'transition function of the curve aggregates';
COMMENT ON FUNCTION portfolio_curve_add(float8[], bond, curve, text[]) IS
    'transition function of portfolio_krd at given tenors';
COMMENT ON FUNCTION portfolio_curve_remove(float8[], bond, curve) IS
    'inverse transition function of the curve aggregates';
COMMENT ON FUNCTION portfolio_curve_remove(float8[], bond, curve, text[]) IS
    'inverse transition function of portfolio_krd at given tenors';
COMMENT ON FUNCTION portfolio_curve_combine(float8[], float8[]) IS
    'combine function of the curve aggregates';
COMMENT ON FUNCTION portfolio_krd_final(float8[]) IS 'final function of portfolio_krd';
COMMENT ON FUNCTION portfolio_npv_final(float8[]) IS 'final function of portfolio_npv';
COMMENT ON FUNCTION portfolio_z_spread_final(float8[]) IS 'final function of portfolio_z_spread';
COMMENT ON FUNCTION portfolio_cs01_final(float8[]) IS 'final function of portfolio_cs01';
COMMENT ON FUNCTION portfolio_curve_risk_final(float8[]) IS
    'final function of portfolio_curve_risk';
COMMENT ON AGGREGATE portfolio_curve_risk(bond, curve) IS
    'All figures of a portfolio on a curve in one row, with the numbers of bonds measured and '
    'skipped. Bonds without a price and NULLs are skipped; bond_quote(b, bond_curve_price(b, c)) '
    'in place of b measures bonds at the curve''s price.';
COMMENT ON AGGREGATE portfolio_krd(bond, curve) IS
    'Key-rate durations weighted by market value, in years, and key-rate DV01 in money, as an '
    'array for unnest: by triangular moves of the curve''s zero rates, each quote''s spread '
    'unchanged. Bonds without a price are skipped. Tenors: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y '
    '30Y.';
COMMENT ON AGGREGATE portfolio_krd(bond, curve, text[]) IS
    'The same at tenors of your own, equal in all rows.';
COMMENT ON AGGREGATE portfolio_npv(bond, curve) IS
    'Value discounted on the curve alone, without the spreads of the quotes, in money, of every '
    'outstanding bond, with or without a price. The market value is portfolio_value.';
COMMENT ON AGGREGATE portfolio_z_spread(bond, curve) IS
    'average z-spread of the bonds that have a quote, weighted by market value, continuously '
    'compounded, a decimal';
COMMENT ON AGGREGATE portfolio_cs01(bond, curve) IS
    'Loss of market value for a rise of all z-spreads by one basis point, in money. Positive for a '
    'long portfolio.';
