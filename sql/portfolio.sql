-- The portfolio aggregates.
--
-- One transition function and one state for all of them: several in a query solve each bond once.
-- Weights are market values. The sums are exact, so that what leaves a moving window leaves nothing
-- behind, and each row of it costs one bond in and one out. A row without a bond or a date, and a
-- bond that is not outstanding, has no quote or no yield, is skipped and counted, so that measured
-- and skipped add up to the rows; a group without a measured bond gives NULL, and averages are NULL
-- where the net market value is 0. Any order of rows and any plan give the same bits.
--
-- Money in two currencies does not add up: bonds of two currencies in one group are an error,
-- measured or not, and a bond without one goes with any.
--
-- The forms without a date read the setting while they run, although PostgreSQL takes every
-- aggregate for immutable: over postgres_fdw or another distributed engine, where the other side
-- has its own settings, use the dated forms.

CREATE FUNCTION portfolio_add(state float8[], b bond) RETURNS float8[]
    LANGUAGE c STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'portfolio_add_wrapper';
CREATE FUNCTION portfolio_add(state float8[], b bond, settlement date) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'portfolio_add_wrapper';
CREATE FUNCTION portfolio_remove(state float8[], b bond) RETURNS float8[]
    LANGUAGE c STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'portfolio_remove_wrapper';
CREATE FUNCTION portfolio_remove(state float8[], b bond, settlement date) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'portfolio_remove_wrapper';
CREATE FUNCTION portfolio_combine(state float8[], other float8[]) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_combine_wrapper';

COMMENT ON FUNCTION portfolio_add(float8[], bond) IS
    'Transition function of the portfolio aggregates. Settles on bond_settlement_date().';
COMMENT ON FUNCTION portfolio_add(float8[], bond, date) IS
    'transition function of the portfolio aggregates';
COMMENT ON FUNCTION portfolio_remove(float8[], bond) IS
    'Inverse transition function of the portfolio aggregates, for moving windows. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION portfolio_remove(float8[], bond, date) IS
    'inverse transition function of the portfolio aggregates, for moving windows';
COMMENT ON FUNCTION portfolio_combine(float8[], float8[]) IS
    'combine function of the portfolio aggregates';

CREATE TYPE portfolio_measures AS (
    measured bigint, skipped bigint, market_value float8, ytm float8, macaulay_duration float8,
        modified_duration float8, convexity float8,
    dv01 float8, settlement date
);
COMMENT ON TYPE portfolio_measures IS
    'all figures of a portfolio: bonds measured and skipped, market value and DV01 in money, '
    'averages weighted by market value, and the settlement date of all rows, NULL where they '
    'differ';

CREATE FUNCTION portfolio_value_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_value_final_wrapper';
CREATE AGGREGATE portfolio_value(b bond) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_value_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_value_final
);
CREATE AGGREGATE portfolio_value(b bond, settlement date) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_value_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_value_final
);

CREATE FUNCTION portfolio_ytm_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_ytm_final_wrapper';
CREATE AGGREGATE portfolio_ytm(b bond) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_ytm_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_ytm_final
);
CREATE AGGREGATE portfolio_ytm(b bond, settlement date) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_ytm_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_ytm_final
);

CREATE FUNCTION portfolio_duration_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'portfolio_duration_final_wrapper';
CREATE AGGREGATE portfolio_duration(b bond) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_duration_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_duration_final
);
CREATE AGGREGATE portfolio_duration(b bond, settlement date) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_duration_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_duration_final
);

CREATE FUNCTION portfolio_macaulay_duration_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'portfolio_macaulay_duration_final_wrapper';
CREATE AGGREGATE portfolio_macaulay_duration(b bond) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_macaulay_duration_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_macaulay_duration_final
);
CREATE AGGREGATE portfolio_macaulay_duration(b bond, settlement date) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_macaulay_duration_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_macaulay_duration_final
);

CREATE FUNCTION portfolio_convexity_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'portfolio_convexity_final_wrapper';
CREATE AGGREGATE portfolio_convexity(b bond) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_convexity_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_convexity_final
);
CREATE AGGREGATE portfolio_convexity(b bond, settlement date) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_convexity_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_convexity_final
);

CREATE FUNCTION portfolio_dv01_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_dv01_final_wrapper';
CREATE AGGREGATE portfolio_dv01(b bond) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_dv01_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_dv01_final
);
CREATE AGGREGATE portfolio_dv01(b bond, settlement date) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_dv01_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_dv01_final
);

CREATE FUNCTION portfolio_risk_final(state float8[]) RETURNS portfolio_measures
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_risk_final_wrapper';
CREATE AGGREGATE portfolio_risk(b bond) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_risk_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_risk_final
);
CREATE AGGREGATE portfolio_risk(b bond, settlement date) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_risk_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_risk_final
);

COMMENT ON FUNCTION portfolio_value_final(float8[]) IS 'final function of portfolio_value';
COMMENT ON AGGREGATE portfolio_value(bond) IS
    'Market value, in money: the sum of dirty price times notional / 100. Settles on '
    'bond_settlement_date().';
COMMENT ON AGGREGATE portfolio_value(bond, date) IS
    'market value, in money: the sum of dirty price times notional / 100';
COMMENT ON FUNCTION portfolio_ytm_final(float8[]) IS 'final function of portfolio_ytm';
COMMENT ON AGGREGATE portfolio_ytm(bond) IS
    'Average yield to maturity weighted by market value, as a decimal. Settles on '
    'bond_settlement_date().';
COMMENT ON AGGREGATE portfolio_ytm(bond, date) IS
    'average yield to maturity weighted by market value, as a decimal';
COMMENT ON FUNCTION portfolio_duration_final(float8[]) IS 'final function of portfolio_duration';
COMMENT ON AGGREGATE portfolio_duration(bond) IS
    'Average modified duration weighted by market value, in years. Settles on '
    'bond_settlement_date().';
COMMENT ON AGGREGATE portfolio_duration(bond, date) IS
    'average modified duration weighted by market value, in years';
COMMENT ON FUNCTION portfolio_macaulay_duration_final(float8[]) IS
    'final function of portfolio_macaulay_duration';
COMMENT ON AGGREGATE portfolio_macaulay_duration(bond) IS
    'Average Macaulay duration weighted by market value, in years. Settles on '
    'bond_settlement_date().';
COMMENT ON AGGREGATE portfolio_macaulay_duration(bond, date) IS
    'average Macaulay duration weighted by market value, in years';
COMMENT ON FUNCTION portfolio_convexity_final(float8[]) IS 'final function of portfolio_convexity';
COMMENT ON AGGREGATE portfolio_convexity(bond) IS
    'Average convexity weighted by market value, in years squared. Settles on '
    'bond_settlement_date().';
COMMENT ON AGGREGATE portfolio_convexity(bond, date) IS
    'average convexity weighted by market value, in years squared';
COMMENT ON FUNCTION portfolio_dv01_final(float8[]) IS 'final function of portfolio_dv01';
COMMENT ON AGGREGATE portfolio_dv01(bond) IS
    'Loss of market value for a rise of all yields by one basis point, in money. Positive for a '
    'long portfolio. Settles on bond_settlement_date().';
COMMENT ON AGGREGATE portfolio_dv01(bond, date) IS
    'Loss of market value for a rise of all yields by one basis point, in money. Positive for a '
    'long portfolio.';
COMMENT ON FUNCTION portfolio_risk_final(float8[]) IS 'final function of portfolio_risk';
COMMENT ON AGGREGATE portfolio_risk(bond) IS
    'All figures of a portfolio in one row, with the numbers of bonds measured and skipped (NULLs '
    'are skipped). Settles on bond_settlement_date().';
COMMENT ON AGGREGATE portfolio_risk(bond, date) IS
    'All figures of a portfolio in one row, with the numbers of bonds measured and skipped (NULLs '
    'are skipped). The field settlement is NULL where the rows'' dates differ.';
