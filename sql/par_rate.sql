-- Key rates by par yields: what a bond loses when one of the yields moves that a curve is built
-- from.
--
-- Settlement, quotes and NULLs as in bond_krd, which moves zero rates instead.

CREATE FUNCTION bond_par_krd(b bond, c curve)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_par_krd_wrapper';
CREATE FUNCTION bond_par_krd(b bond, c curve, settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_par_krd_wrapper';
CREATE FUNCTION bond_par_krd(b bond, c curve, tenors text[])
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_par_krd_at_wrapper';
CREATE FUNCTION bond_par_krd(b bond, c curve, tenors text[], settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_par_krd_at_wrapper';

COMMENT ON FUNCTION bond_par_krd(bond, curve) IS
    'Durations in years and DV01 in money to the curve''s par yields at key tenors: each moves, '
    'the curve is bootstrapped again, and the spread of the quote is unchanged. They are exact '
    'derivatives and add up to those of a parallel shift of par yields. Without a quote the bond '
    'is on the curve itself. Tenors, which the curve has to reach: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y '
    '20Y 25Y 30Y.';
COMMENT ON FUNCTION bond_par_krd(bond, curve, date) IS
    'Durations in years and DV01 in money to the curve''s par yields at key tenors: each moves, '
    'the curve is bootstrapped again, and the spread of the quote is unchanged. They are exact '
    'derivatives and add up to those of a parallel shift of par yields. Without a quote the bond '
    'is on the curve itself. Tenors, which the curve has to reach: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y '
    '20Y 25Y 30Y.';
COMMENT ON FUNCTION bond_par_krd(bond, curve, text[]) IS
    'The same at tenors of your own, which the curve has to reach.';
COMMENT ON FUNCTION bond_par_krd(bond, curve, text[], date) IS
    'The same at tenors of your own, which the curve has to reach.';
