-- Yields said in another way.

CREATE FUNCTION yield_convert(y float8, "from" text, "to" text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'yield_convert_wrapper';
CREATE FUNCTION yield_convert(y float8, "from" text, "to" text, days integer) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'yield_convert_over_wrapper';

COMMENT ON FUNCTION yield_convert(float8, text, text) IS
    'the same growth as another yield, both decimals: annual, semiannual, quarterly, monthly, a number of times a year, continuous, icma (annual), bond_equivalent (semiannual)';
COMMENT ON FUNCTION yield_convert(float8, text, text, integer) IS
    'the same growth over a term in days, a year having 365 of them; beside the compounded yields simple (ACT/365), money_market (simple, ACT/360) and discount (ACT/360)';
