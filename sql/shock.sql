-- What a move of rates and spreads does: profit and loss to first order, to second order and by
-- full repricing, side by side.
--
-- Rates and spreads move by basis points (25 is 0.25 %); rates up, loss. NULL, or skipped and
-- counted in a book, where there is no quote, no yield or spread at the quote, or the bond is not
-- outstanding; a single bond without a quote is on a curve worth what the curve says. A row of a
-- book with a NULL is skipped and counted too; two currencies in one book are an error.

CREATE TYPE bond_pnl AS (market_value float8, first_order float8, second_order float8,
    full_repricing float8);
COMMENT ON TYPE bond_pnl IS
    'Profit and loss of a shock, in money: by duration, by duration and convexity, and by '
    'repricing. Beside the market value before it.';
CREATE TYPE portfolio_pnl AS (
    measured bigint, skipped bigint, market_value float8, first_order float8, second_order float8,
        full_repricing float8, settlement date
);
COMMENT ON TYPE portfolio_pnl IS
    'Profit and loss of a portfolio under a shock, in money: by duration, by duration and '
    'convexity, and by repricing. With the numbers of bonds measured and skipped, the market value '
    'before, and the settlement date of all rows, NULL where they differ.';

CREATE FUNCTION bond_shock(b bond, rate_bp float8, spread_bp float8, settlement date) RETURNS
    bond_pnl
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 25 AS 'MODULE_PATHNAME', 'bond_shock_wrapper';
CREATE FUNCTION bond_shock(b bond, rate_bp float8, spread_bp float8) RETURNS bond_pnl
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 25 RETURN @extschema@.bond_shock(b, rate_bp,
        spread_bp, @extschema@.bond_settlement_date());
CREATE FUNCTION bond_shock(b bond, c curve, moved curve) RETURNS bond_pnl
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 150 AS 'MODULE_PATHNAME',
        'bond_shock_to_wrapper';
CREATE FUNCTION bond_shock(b bond, c curve, moved curve, spread_bp float8) RETURNS bond_pnl
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 150 AS 'MODULE_PATHNAME',
        'bond_shock_to_wrapper';

CREATE FUNCTION portfolio_shock_add(state float8[], b bond, rate_bp float8, spread_bp float8)
    RETURNS float8[]
    LANGUAGE c STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 25 AS 'MODULE_PATHNAME',
        'portfolio_shock_add_wrapper';
CREATE FUNCTION portfolio_shock_add(state float8[], b bond, rate_bp float8, spread_bp float8,
    settlement date) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 25 AS 'MODULE_PATHNAME',
        'portfolio_shock_add_wrapper';
CREATE FUNCTION portfolio_shock_add(state float8[], b bond, c curve, moved curve) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 150 AS 'MODULE_PATHNAME',
        'portfolio_shock_add_to_wrapper';
CREATE FUNCTION portfolio_shock_add(state float8[], b bond, c curve, moved curve, spread_bp float8)
    RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 150 AS 'MODULE_PATHNAME',
        'portfolio_shock_add_to_wrapper';
CREATE FUNCTION portfolio_shock_remove(state float8[], b bond, rate_bp float8, spread_bp float8)
    RETURNS float8[]
    LANGUAGE c STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 25 AS 'MODULE_PATHNAME',
        'portfolio_shock_remove_wrapper';
CREATE FUNCTION portfolio_shock_remove(state float8[], b bond, rate_bp float8, spread_bp float8,
    settlement date) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 25 AS 'MODULE_PATHNAME',
        'portfolio_shock_remove_wrapper';
CREATE FUNCTION portfolio_shock_remove(state float8[], b bond, c curve, moved curve) RETURNS
    float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 150 AS 'MODULE_PATHNAME',
        'portfolio_shock_remove_to_wrapper';
CREATE FUNCTION portfolio_shock_remove(state float8[], b bond, c curve, moved curve,
    spread_bp float8) RETURNS float8[]
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 150 AS 'MODULE_PATHNAME',
        'portfolio_shock_remove_to_wrapper';
CREATE FUNCTION portfolio_shock_combine(state float8[], other float8[]) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'portfolio_shock_combine_wrapper';
CREATE FUNCTION portfolio_shock_final(state float8[]) RETURNS portfolio_pnl
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'portfolio_shock_final_wrapper';

CREATE AGGREGATE portfolio_shock(b bond, rate_bp float8, spread_bp float8) (
    SFUNC = portfolio_shock_add, STYPE = float8[], SSPACE = 256, INITCOND = '{}',
        FINALFUNC = portfolio_shock_final,
    COMBINEFUNC = portfolio_shock_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_shock_add, MINVFUNC = portfolio_shock_remove, MSTYPE = float8[],
        MSSPACE = 256, MINITCOND = '{}', MFINALFUNC = portfolio_shock_final
);
CREATE AGGREGATE portfolio_shock(b bond, rate_bp float8, spread_bp float8, settlement date) (
    SFUNC = portfolio_shock_add, STYPE = float8[], SSPACE = 256, INITCOND = '{}',
        FINALFUNC = portfolio_shock_final,
    COMBINEFUNC = portfolio_shock_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_shock_add, MINVFUNC = portfolio_shock_remove, MSTYPE = float8[],
        MSSPACE = 256, MINITCOND = '{}', MFINALFUNC = portfolio_shock_final
);
CREATE AGGREGATE portfolio_shock(b bond, c curve, moved curve) (
    SFUNC = portfolio_shock_add, STYPE = float8[], SSPACE = 256, INITCOND = '{}',
        FINALFUNC = portfolio_shock_final,
    COMBINEFUNC = portfolio_shock_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_shock_add, MINVFUNC = portfolio_shock_remove, MSTYPE = float8[],
        MSSPACE = 256, MINITCOND = '{}', MFINALFUNC = portfolio_shock_final
);
CREATE AGGREGATE portfolio_shock(b bond, c curve, moved curve, spread_bp float8) (
    SFUNC = portfolio_shock_add, STYPE = float8[], SSPACE = 256, INITCOND = '{}',
        FINALFUNC = portfolio_shock_final,
    COMBINEFUNC = portfolio_shock_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_shock_add, MINVFUNC = portfolio_shock_remove, MSTYPE = float8[],
        MSSPACE = 256, MINITCOND = '{}', MFINALFUNC = portfolio_shock_final
);

COMMENT ON FUNCTION bond_shock(bond, float8, float8) IS
    'Profit and loss, in money, to first order, to second order and by full repricing: the yield '
    'moved by rate and spread together, at its own quote. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_shock(bond, float8, float8, date) IS
    'profit and loss, in money, to first order, to second order and by full repricing: the yield '
    'moved by rate and spread together, at its own quote';
COMMENT ON FUNCTION bond_shock(bond, curve, curve) IS
    'profit and loss, in money, to first order, to second order and by full repricing: the curve '
    'moved to another of its date, with the z-spread of the quote unchanged';
COMMENT ON FUNCTION bond_shock(bond, curve, curve, float8) IS
    'profit and loss, in money, to first order, to second order and by full repricing: the curve '
    'moved to another of its date, and the z-spread of the quote by basis points';
COMMENT ON FUNCTION portfolio_shock_add(float8[], bond, float8, float8) IS
    'transition function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_add(float8[], bond, float8, float8, date) IS
    'transition function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_add(float8[], bond, curve, curve) IS
    'transition function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_add(float8[], bond, curve, curve, float8) IS
    'transition function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_remove(float8[], bond, float8, float8) IS
    'inverse transition function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_remove(float8[], bond, float8, float8, date) IS
    'inverse transition function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_remove(float8[], bond, curve, curve) IS
    'inverse transition function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_remove(float8[], bond, curve, curve, float8) IS
    'inverse transition function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_combine(float8[], float8[]) IS
    'combine function of portfolio_shock';
COMMENT ON FUNCTION portfolio_shock_final(float8[]) IS 'final function of portfolio_shock';
COMMENT ON AGGREGATE portfolio_shock(bond, float8, float8) IS
    'Profit and loss of a portfolio, in money, to first order, to second order and by full '
    'repricing: every yield moved by rate and spread together, at the bonds'' own quotes. Settles '
    'on bond_settlement_date(). Bonds without a price and rows with a NULL are skipped and '
    'counted.';
COMMENT ON AGGREGATE portfolio_shock(bond, float8, float8, date) IS
    'Profit and loss of a portfolio, in money, to first order, to second order and by full '
    'repricing: every yield moved by rate and spread together, at the bonds'' own quotes. Bonds '
    'without a price and rows with a NULL are skipped and counted.';
COMMENT ON AGGREGATE portfolio_shock(bond, curve, curve) IS
    'Profit and loss of a portfolio, in money, to first order, to second order and by full '
    'repricing: the curve moved to another of its date, with each quote''s z-spread unchanged. '
    'Bonds without a price and rows with a NULL are skipped and counted.';
COMMENT ON AGGREGATE portfolio_shock(bond, curve, curve, float8) IS
    'Profit and loss of a portfolio, in money, to first order, to second order and by full '
    'repricing: the curve moved to another of its date, and each quote''s z-spread by basis '
    'points. Bonds without a price and rows with a NULL are skipped and counted.';
