-- The market words: what is read, and what it means.

CREATE FUNCTION day_counts() RETURNS TABLE (name text, aliases text[], definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 18 AS 'MODULE_PATHNAME', 'day_counts_wrapper';
COMMENT ON FUNCTION day_counts() IS
    'Day counts: name, other spellings, definition. Case, blanks and punctuation do not matter.';

CREATE FUNCTION bond_frequencies() RETURNS TABLE (name text, aliases text[], definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 7 AS 'MODULE_PATHNAME',
        'bond_frequencies_wrapper';
COMMENT ON FUNCTION bond_frequencies() IS
    'Coupon frequencies: name, other spellings, definition. Case, blanks and punctuation do not '
    'matter.';

CREATE FUNCTION yield_conventions() RETURNS TABLE (name text, aliases text[], definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 31 AS 'MODULE_PATHNAME',
        'yield_conventions_wrapper';
COMMENT ON FUNCTION yield_conventions() IS
    'Yield conventions: name, other spellings, definition. Case, blanks and punctuation do not '
    'matter.';
