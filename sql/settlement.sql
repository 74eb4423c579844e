-- The settlement date of functions that are called without one.

CREATE FUNCTION bond_settlement_date() RETURNS date
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_settlement_date_wrapper';
COMMENT ON FUNCTION bond_settlement_date() IS
    'settlement date of functions called without one: the setting pg_bond.settlement_date, or the '
    'current date where it is empty';
