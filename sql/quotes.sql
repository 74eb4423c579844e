-- Quotes: what curves are made from, row by row, and read back off them.

CREATE FUNCTION curve_kinds() RETURNS TABLE (name text, aliases text[], definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 8 AS 'MODULE_PATHNAME', 'curve_kinds_wrapper';
COMMENT ON FUNCTION curve_kinds() IS 'what curves are made from: name, other spellings, definition; zero, discount and par stand alone, the others mix';

CREATE FUNCTION curve_conventions() RETURNS TABLE (
    name text, aliases text[], definition text, calendar text, roll text, spot_lag integer, day_count text, fixed_frequency text,
    fixed_day_count text, floating_frequency text, payment_lag integer, future text, future_quarters integer, future_serials integer,
    source text
)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 9 AS 'MODULE_PATHNAME', 'curve_conventions_wrapper';
COMMENT ON FUNCTION curve_conventions() IS
    'conventions of money markets: calendar and roll; business days from the curve''s date to the start (deposits ON and TN start today and tomorrow) and from the end of a swap''s period to its payment; day count of deposits, FRAs and futures; frequency and day count of a swap''s fixed leg, frequency of its floating one; what a future''s rate is for, three months or the time to the next IMM day, and how many contracts are listed at a time, of the quarterly months (running ones of an overnight rate included) and of the others, of which a code such as Z6 is one and any other is refused; one-month futures, of an average rate, are not read; a NULL day count is the curve''s own; where days roll, month ends lead to month ends, and days and weeks roll into the next month';

-- From rows: the state is date and codes of interpolation and conventions, then kind, start, end, rate and what has fixed of each row; sorted
-- in the end, so that the order of rows and the plan change nothing. Without a date, rows are of bond_settlement_date().

CREATE FUNCTION curve_add(state float8[], as_of date, tenor text, rate float8) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_wrapper';
COMMENT ON FUNCTION curve_add(float8[], date, text, float8) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], as_of date, tenor text, rate float8, kind text) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_kind_wrapper';
COMMENT ON FUNCTION curve_add(float8[], date, text, float8, text) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], as_of date, tenor text, rate float8, kind text, interpolation text) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_interpolated_wrapper';
COMMENT ON FUNCTION curve_add(float8[], date, text, float8, text, text) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], as_of date, tenor text, rate float8, kind text, interpolation text, conventions text) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_market_wrapper';
COMMENT ON FUNCTION curve_add(float8[], date, text, float8, text, text, text) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], tenor text, rate float8) RETURNS float8[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_today_wrapper';
COMMENT ON FUNCTION curve_add(float8[], text, float8) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_add(state float8[], tenor text, rate float8, kind text) RETURNS float8[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_add_kind_today_wrapper';
COMMENT ON FUNCTION curve_add(float8[], text, float8, text) IS
    'transition function of curve_agg';

CREATE FUNCTION curve_combine(state float8[], other float8[]) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_combine_wrapper';
COMMENT ON FUNCTION curve_combine(float8[], float8[]) IS
    'combine function of curve_agg';

CREATE FUNCTION curve_final(state float8[]) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'curve_final_wrapper';
COMMENT ON FUNCTION curve_final(float8[]) IS
    'final function of curve_agg';

CREATE AGGREGATE curve_agg(as_of date, tenor text, rate float8) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final, COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(date, text, float8) IS
    'the curve of rows of one date: tenors and zero rates (continuous decimals), in any order; a row with a NULL is left out; rows of different dates are an error';

CREATE AGGREGATE curve_agg(as_of date, tenor text, rate float8, kind text) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final, COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(date, text, float8, text) IS
    'the curve of rows of one date: tenors and quotes of a kind of curve_kinds() (deposit, fra, future, swap and ois mix), in any order; a row with a NULL is left out; rows of different dates are an error';

CREATE AGGREGATE curve_agg(as_of date, tenor text, rate float8, kind text, interpolation text) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final, COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(date, text, float8, text, text) IS
    'the curve of rows of one date: tenors and quotes of a kind of curve_kinds() (deposit, fra, future, swap and ois mix) under one interpolation, in any order; a row with a NULL is left out; rows of different dates are an error';

CREATE AGGREGATE curve_agg(as_of date, tenor text, rate float8, kind text, interpolation text, conventions text) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final, COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(date, text, float8, text, text, text) IS
    'the curve of rows of one date: tenors and quotes of a kind of curve_kinds() (deposit, fra, future, swap and ois mix) under one interpolation and the conventions of one market in curve_conventions(), in any order; a row with a NULL is left out; rows of different dates are an error';

CREATE AGGREGATE curve_agg(tenor text, rate float8) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final, COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(text, float8) IS
    'the curve of rows of today (bond_settlement_date()): tenors and zero rates (continuous decimals), in any order; a row with a NULL is left out';

CREATE AGGREGATE curve_agg(tenor text, rate float8, kind text) (
    SFUNC = curve_add, STYPE = float8[], SSPACE = 768, INITCOND = '{}', FINALFUNC = curve_final, COMBINEFUNC = curve_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE curve_agg(text, float8, text) IS
    'the curve of rows of today (bond_settlement_date()): tenors and quotes of a kind of curve_kinds() (deposit, fra, future, swap and ois mix), in any order; a row with a NULL is left out';

-- Back from a curve

CREATE FUNCTION curve_quote(c curve, tenor text, kind text, conventions text DEFAULT 'plain') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'curve_quote_wrapper';
COMMENT ON FUNCTION curve_quote(curve, text, text, text) IS
    'the quote at which an instrument is fair on the curve, as the constructors read it: kind of curve_kinds(), conventions of curve_conventions(); a decimal, a future''s price; of a quote that made the curve, that quote';

CREATE FUNCTION curve_quote(c curve, tenor text, kind text, conventions text, discount curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'curve_quote_discounted_wrapper';
COMMENT ON FUNCTION curve_quote(curve, text, text, text, curve) IS
    'the quote at which an instrument is fair on the curve with its payments discounted on another of the same date';
