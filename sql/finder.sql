-- The convention finder: one price under every yield convention, and which of them a vendor's yield
-- follows.

CREATE FUNCTION bond_ytm_by_convention(b bond, price float8, settlement date)
    RETURNS TABLE (convention text, ytm float8, modified_duration float8, definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 31 AS 'MODULE_PATHNAME',
        'bond_ytm_by_convention_wrapper';
CREATE FUNCTION bond_ytm_by_convention(b bond, price float8)
    RETURNS TABLE (convention text, ytm float8, modified_duration float8, definition text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 500 ROWS 31
    BEGIN ATOMIC SELECT r.convention, r.ytm, r.modified_duration, r.definition
        FROM @extschema@.bond_ytm_by_convention(b, price, @extschema@.bond_settlement_date())
        AS r; END;
CREATE FUNCTION bond_ytm_by_convention(b bond)
    RETURNS TABLE (convention text, ytm float8, modified_duration float8, definition text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 500 ROWS 31
    BEGIN ATOMIC SELECT r.convention, r.ytm, r.modified_duration, r.definition
        FROM @extschema@.bond_ytm_by_convention(b, @extschema@.bond_price(b),
        @extschema@.bond_settlement_date()) AS r; END;

-- Only the form with price and date takes decimals, so that no call with four arguments has two
-- readings.
CREATE FUNCTION bond_which_convention(b bond, price float8, quoted_yield float8, settlement date,
    decimals integer DEFAULT 6)
    RETURNS TABLE (convention text, day_count text, ytm float8, difference float8, definition text,
        matches boolean, matching_price float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10 AS 'MODULE_PATHNAME',
        'bond_which_convention_wrapper';
CREATE FUNCTION bond_which_convention(b bond, price float8, quoted_yield float8)
    RETURNS TABLE (convention text, day_count text, ytm float8, difference float8, definition text,
        matches boolean, matching_price float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10
    BEGIN ATOMIC SELECT r.convention, r.day_count, r.ytm, r.difference, r.definition, r.matches,
        r.matching_price FROM @extschema@.bond_which_convention(b, price, quoted_yield,
        @extschema@.bond_settlement_date(), 6) AS r; END;
CREATE FUNCTION bond_which_convention(b bond, quoted_yield float8, settlement date)
    RETURNS TABLE (convention text, day_count text, ytm float8, difference float8, definition text,
        matches boolean, matching_price float8)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10
    BEGIN ATOMIC SELECT r.convention, r.day_count, r.ytm, r.difference, r.definition, r.matches,
        r.matching_price FROM @extschema@.bond_which_convention(b, @extschema@.bond_price(b),
        quoted_yield, settlement, 6) AS r; END;
CREATE FUNCTION bond_which_convention(b bond, quoted_yield float8)
    RETURNS TABLE (convention text, day_count text, ytm float8, difference float8, definition text,
        matches boolean, matching_price float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10
    BEGIN ATOMIC SELECT r.convention, r.day_count, r.ytm, r.difference, r.definition, r.matches,
        r.matching_price FROM @extschema@.bond_which_convention(b, @extschema@.bond_price(b),
        quoted_yield, @extschema@.bond_settlement_date(), 6) AS r; END;

COMMENT ON FUNCTION bond_ytm_by_convention(bond, float8, date) IS
    'Yield (a decimal) and modified duration (years) of a clean price under every yield '
    'convention. NULL where a convention gives none.';
COMMENT ON FUNCTION bond_ytm_by_convention(bond, float8) IS
    'Yield (a decimal) and modified duration (years) of a clean price under every yield '
    'convention. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_ytm_by_convention(bond) IS
    'Yield (a decimal) and modified duration (years) of the bond''s own quote under every yield '
    'convention. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_which_convention(bond, float8, float8, date, integer) IS
    'The yield conventions under which a clean price gives a quoted yield (a decimal) to its '
    'decimals: 4.123 % is 0.04123 with 5 decimals. It tries the bond''s day count, then others; '
    'without a match it answers the five nearest misses, with matches false. difference is ytm '
    'less the quoted yield, matching_price the clean price that gives the quoted yield. '
    'Conventions of the bond''s currency come first.';
COMMENT ON FUNCTION bond_which_convention(bond, float8, float8) IS
    'The yield conventions under which a clean price gives a quoted yield, to 6 decimals, or the '
    'nearest misses. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_which_convention(bond, float8, date) IS
    'The yield conventions under which the bond''s quote gives a quoted yield to 6 decimals, or '
    'the nearest misses. No rows without a quote.';
COMMENT ON FUNCTION bond_which_convention(bond, float8) IS
    'The yield conventions under which the bond''s own quote gives a quoted yield, to 6 decimals, '
    'or the nearest misses. Settles on bond_settlement_date().';
