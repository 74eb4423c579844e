-- Quotes: what curves are made from, row by row, and read back off them.

CREATE FUNCTION curve_kinds() RETURNS TABLE (name text, aliases text[], definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 8 AS 'MODULE_PATHNAME', 'curve_kinds_wrapper';
COMMENT ON FUNCTION curve_kinds() IS
    'What curves are made from: name, other spellings, definition. Zero, discount and par stand '
    'alone, the others mix.';

CREATE FUNCTION curve_conventions() RETURNS TABLE (
    name text, aliases text[], definition text, calendar text, roll text, spot_lag integer,
        day_count text, fixed_frequency text,
    fixed_day_count text, floating_frequency text, payment_lag integer, future text, future_quarters
        integer, future_serials integer,
    source text
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 9 AS 'MODULE_PATHNAME',
        'curve_conventions_wrapper';
COMMENT ON FUNCTION curve_conventions() IS
    'Conventions of money markets: calendar and roll, business days to the start and to payment, '
    'day counts and frequencies of each instrument, what a future''s rate is for and how many '
    'contracts are listed at a time. Deposits ON and TN start today and tomorrow. A futures code '
    'such as Z6 is one of the contracts listed, any other is refused; one-month futures are not '
    'read. A NULL day count is the curve''s own. Months from a month end lead to month ends.';

-- From rows: the state is date and codes of interpolation and conventions, then kind, start, end,
-- rate and what has fixed of each row; sorted in the end, so that the order of rows and the plan
-- change nothing. Without a date, rows are of bond_settlement_date().

CREATE FUNCTION curve_add(state float8[], as_of date, tenor text, rate float8) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_wrapper';
COMMENT ON FUNCTION curve_add(float8[], date, text, float8) IS 'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], as_of date, tenor text, rate float8, kind text) RETURNS
    float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_wrapper';
COMMENT ON FUNCTION curve_add(float8[], date, text, float8, text) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], as_of date, tenor text, rate float8, kind text,
    interpolation text) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'curve_add_wrapper';
COMMENT ON FUNCTION curve_add(float8[], date, text, float8, text, text) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], as_of date, tenor text, rate float8, kind text,
    interpolation text, conventions text) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_wrapper';
COMMENT ON FUNCTION curve_add(float8[], date, text, float8, text, text, text) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], tenor text, rate float8) RETURNS float8[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_today_wrapper';
COMMENT ON FUNCTION curve_add(float8[], text, float8) IS 'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], tenor text, rate float8, kind text) RETURNS float8[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_today_wrapper';
COMMENT ON FUNCTION curve_add(float8[], text, float8, text) IS 'transition function of curve_agg';

CREATE FUNCTION curve_combine(state float8[], other float8[]) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_combine_wrapper';
COMMENT ON FUNCTION curve_combine(float8[], float8[]) IS 'combine function of curve_agg';

CREATE FUNCTION curve_final(state float8[]) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'curve_final_wrapper';
COMMENT ON FUNCTION curve_final(float8[]) IS 'final function of curve_agg';

CREATE AGGREGATE curve_agg(as_of date, tenor text, rate float8) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final,
        COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(date, text, float8) IS
    'A curve from rows of tenors and zero rates (continuous, decimals) of one date, in any order. '
    'A row with a NULL is left out; rows of different dates are an error.';

CREATE AGGREGATE curve_agg(as_of date, tenor text, rate float8, kind text) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final,
        COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(date, text, float8, text) IS
    'A curve from rows of tenors and quotes of one date, in any order. The kind is one of '
    'curve_kinds(); deposit, fra, future, swap and ois mix. A row with a NULL is left out; rows of '
    'different dates are an error.';

CREATE AGGREGATE curve_agg(as_of date, tenor text, rate float8, kind text, interpolation text) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final,
        COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(date, text, float8, text, text) IS
    'The same, under an interpolation of interpolations().';

CREATE AGGREGATE curve_agg(as_of date, tenor text, rate float8, kind text, interpolation text,
    conventions text) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final,
        COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(date, text, float8, text, text, text) IS
    'The same, under an interpolation and the conventions of a market in curve_conventions().';

CREATE AGGREGATE curve_agg(tenor text, rate float8) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final,
        COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(text, float8) IS
    'A curve dated bond_settlement_date() from rows of tenors and zero rates (continuous, '
    'decimals), in any order. A row with a NULL is left out.';

CREATE AGGREGATE curve_agg(tenor text, rate float8, kind text) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final,
        COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(text, float8, text) IS
    'A curve dated bond_settlement_date() from rows of tenors and quotes, in any order. The kind '
    'is one of curve_kinds(). A row with a NULL is left out.';

-- Back from a curve

CREATE FUNCTION curve_quote(c curve, tenor text, kind text, conventions text DEFAULT 'plain')
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'curve_quote_wrapper';
COMMENT ON FUNCTION curve_quote(curve, text, text, text) IS
    'The quote at which an instrument is fair on the curve: a decimal, or the price of a future. '
    'Kind of curve_kinds(), conventions of curve_conventions(). For a quote that the curve was '
    'built from, it is that quote.';

CREATE FUNCTION curve_quote(c curve, tenor text, kind text, conventions text, discount curve)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME',
        'curve_quote_wrapper';
COMMENT ON FUNCTION curve_quote(curve, text, text, text, curve) IS
    'the quote at which an instrument is fair on the curve with its payments discounted on another '
    'of the same date';
