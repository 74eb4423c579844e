-- Markets: what a bond of each is like where nothing else is said.

CREATE FUNCTION bond_markets() RETURNS TABLE (
    name text, aliases text[], definition text, currency text, frequency text, day_count text,
        convention text, calendar text,
    roll text, settlement_lag integer, ex_dividend text, end_of_month boolean, source text
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 60 AS 'MODULE_PATHNAME', 'bond_markets_wrapper';
CREATE FUNCTION bond_market(market text) RETURNS TABLE (
    name text, aliases text[], definition text, currency text, frequency text, day_count text,
        convention text, calendar text,
    roll text, settlement_lag integer, ex_dividend text, end_of_month boolean, source text
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 1 AS 'MODULE_PATHNAME', 'bond_market_wrapper';
CREATE FUNCTION bond_settlement_date(b bond, trade date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'bond_settlement_of_trade_wrapper';

COMMENT ON FUNCTION bond_markets() IS
    'The markets that bond(market => ...) and the word market of a bond''s text know, with the '
    'terms they give and their source. A country''s two letters are its government''s bonds; a '
    'currency is the market of bonds in it, and an error where there are several.';
-- The first line is for tools that make names of both functions: they would be the same.
COMMENT ON FUNCTION bond_market(text) IS
    E'@name bond_market_terms\n'
    'The terms that one market gives. An unknown name is an error that lists them.';
COMMENT ON FUNCTION bond_settlement_date(bond, date) IS
    'settlement date of a trade in the bond: its lag (0 where it has none) in business days of its '
    'calendar, not before its issue date';
