-- Markets: what a bond of each is like where nothing else is said.

CREATE FUNCTION bond_markets() RETURNS TABLE (
    name text, aliases text[], definition text, currency text, frequency text, day_count text, convention text, calendar text,
    roll text, settlement_lag integer, ex_dividend text, end_of_month boolean, source text
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 60 AS 'MODULE_PATHNAME', 'bond_markets_wrapper';
CREATE FUNCTION bond_market(market text) RETURNS TABLE (
    name text, aliases text[], definition text, currency text, frequency text, day_count text, convention text, calendar text,
    roll text, settlement_lag integer, ex_dividend text, end_of_month boolean, source text
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 1 AS 'MODULE_PATHNAME', 'bond_market_wrapper';
CREATE FUNCTION bond_settlement_date(b bond, trade date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_settlement_of_trade_wrapper';

COMMENT ON FUNCTION bond_markets() IS
    'markets that bond(market => ...) and the word "market" of a bond''s text know, with the terms they give, lag in business days, end_of_month (coupons stay on month ends where the maturity is one, else they have its day of the month), and source; a country''s two letters are its government''s bonds, and a currency the one market of bonds in it: several are an error that names them';
-- The first line is for tools that make names of both functions: they would be the same.
COMMENT ON FUNCTION bond_market(text) IS E'@name bond_market_terms\nthe terms that one market gives; an unknown name is an error that lists them';
COMMENT ON FUNCTION bond_settlement_date(bond, date) IS
    'settlement date of a trade in the bond: its lag (0 where it has none) in business days of its calendar, not before its issue date';
