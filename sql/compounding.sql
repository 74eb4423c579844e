-- Yields said in another way.

CREATE FUNCTION yield_convert(y float8, "from" text, "to" text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'yield_convert_wrapper';
CREATE FUNCTION yield_convert(y float8, "from" text, "to" text, days integer) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME',
        'yield_convert_over_wrapper';

COMMENT ON FUNCTION yield_convert(float8, text, text) IS
    'A yield in another compounding, both decimals: annual, semiannual, quarterly, monthly, a '
    'number of times a year, continuous, icma (annual) or bond_equivalent (semiannual).';
COMMENT ON FUNCTION yield_convert(float8, text, text, integer) IS
    'A yield over a term in days in another compounding, both decimals; a year has 365 days. Also '
    'simple (ACT/365), money_market (simple, ACT/360) and discount (ACT/360).';
