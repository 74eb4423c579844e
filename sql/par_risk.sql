-- Key rates by par yields: what a bond loses when one of the yields moves that a curve is built from.
--
-- Settlement, quotes and NULLs as in bond_krd, which moves zero rates instead.

CREATE FUNCTION bond_par_krd(b bond, c curve)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 12 AS 'MODULE_PATHNAME', 'bond_par_krd_wrapper';
CREATE FUNCTION bond_par_krd(b bond, c curve, settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 12 AS 'MODULE_PATHNAME', 'bond_par_krd_on_wrapper';
CREATE FUNCTION bond_par_krd(b bond, c curve, tenors text[])
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 12 AS 'MODULE_PATHNAME', 'bond_par_krd_at_wrapper';
CREATE FUNCTION bond_par_krd(b bond, c curve, tenors text[], settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 2000 ROWS 12 AS 'MODULE_PATHNAME', 'bond_par_krd_at_on_wrapper';

COMMENT ON FUNCTION bond_par_krd(bond, curve) IS
    'durations in years to each par yield at key tenors, and DV01 in money: the curve''s own par yields there (curve_quote(c, tenor, ''par'')) are bootstrapped again in its interpolation, each is moved, and the spread of the quote over that curve is held; exact derivatives, which add up to a parallel shift of par yields; without a quote, on the curve itself; the curve has to reach the tenors; 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y';
COMMENT ON FUNCTION bond_par_krd(bond, curve, date) IS
    'durations in years to each par yield at key tenors, and DV01 in money: the curve''s own par yields there (curve_quote(c, tenor, ''par'')) are bootstrapped again in its interpolation, each is moved, and the spread of the quote over that curve is held; exact derivatives, which add up to a parallel shift of par yields; without a quote, on the curve itself; the curve has to reach the tenors; 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y';
COMMENT ON FUNCTION bond_par_krd(bond, curve, text[]) IS
    'durations in years to each par yield at key tenors, and DV01 in money: the curve''s own par yields there (curve_quote(c, tenor, ''par'')) are bootstrapped again in its interpolation, each is moved, and the spread of the quote over that curve is held; exact derivatives, which add up to a parallel shift of par yields; without a quote, on the curve itself; the curve has to reach the tenors';
COMMENT ON FUNCTION bond_par_krd(bond, curve, text[], date) IS
    'durations in years to each par yield at key tenors, and DV01 in money: the curve''s own par yields there (curve_quote(c, tenor, ''par'')) are bootstrapped again in its interpolation, each is moved, and the spread of the quote over that curve is held; exact derivatives, which add up to a parallel shift of par yields; without a quote, on the curve itself; the curve has to reach the tenors';
