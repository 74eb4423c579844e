-- A whole portfolio in one JSON request and answer.

CREATE FUNCTION analyze_portfolio_as(request jsonb, id uuid, valuation date) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME',
        'analyze_portfolio_as_wrapper';
CREATE FUNCTION analyze_portfolio(request jsonb, valuation date) RETURNS jsonb
    LANGUAGE sql VOLATILE STRICT PARALLEL SAFE COST 1000 RETURN
        @extschema@.analyze_portfolio_as(request, pg_catalog.gen_random_uuid(), valuation);
CREATE FUNCTION analyze_portfolio(request jsonb) RETURNS jsonb
    LANGUAGE sql VOLATILE STRICT PARALLEL SAFE COST 1000
    RETURN @extschema@.analyze_portfolio_as(request, pg_catalog.gen_random_uuid(),
        @extschema@.bond_settlement_date());

COMMENT ON FUNCTION analyze_portfolio(jsonb, date) IS
    'Yields (basis points), durations (years), weights and total value (cents) of a portfolio, '
    'given as a JSON array of bonds in basis points and cents. Each bond is at the clean price '
    'marketValue; one without a yield answers null and is left out of the weighted durations. A '
    'request may take 4 MB, some 18,000 bonds; the answer has a fresh id.';
COMMENT ON FUNCTION analyze_portfolio(jsonb) IS 'the same, valued on bond_settlement_date()';
COMMENT ON FUNCTION analyze_portfolio_as(jsonb, uuid, date) IS 'the same answer under a given id';
