-- Type curve: a term structure on a date.

CREATE TYPE curve;

CREATE FUNCTION curve_in(cstring) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_in_wrapper';
CREATE FUNCTION curve_out(curve) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_out_wrapper';
CREATE FUNCTION curve_recv(internal) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_recv_wrapper';
CREATE FUNCTION curve_send(curve) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_send_wrapper';

CREATE TYPE curve (
    INPUT = curve_in, OUTPUT = curve_out, RECEIVE = curve_recv, SEND = curve_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);

COMMENT ON TYPE curve IS
    'a term structure on a date, by its continuously compounded zero rates: 2026-03-24 currency '
    'USD flat_forward 3M:4.31% 1Y:4.02% 10Y:4.36%';
COMMENT ON FUNCTION curve_in(cstring) IS
    'I/O: date, then name "...", currency, day count, extrapolation, interpolation, beta0 to beta4 '
    'in percent, tau1, tau2, and nodes such as 3M:4.31%, by tenor, date or years, in any order';
COMMENT ON FUNCTION curve_out(curve) IS 'I/O';
COMMENT ON FUNCTION curve_recv(internal) IS 'I/O: the stored bytes, checked as text is';
COMMENT ON FUNCTION curve_send(curve) IS 'I/O';

-- Making a curve

CREATE FUNCTION curve(
    as_of date, tenors text[], rates float8[], kind text DEFAULT NULL, interpolation text DEFAULT
        NULL, compounding text DEFAULT NULL,
    day_count text DEFAULT NULL, extrapolation text DEFAULT NULL, name text DEFAULT NULL,
        currency text DEFAULT NULL,
    conventions text DEFAULT NULL, discount curve DEFAULT NULL
) RETURNS curve
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'curve_from_tenors_wrapper';
COMMENT ON FUNCTION curve(date, text[], float8[], text, text, text, text, text, text, text,
    text,
    curve) IS
    'A curve of rates (decimals) or discount factors at tenors, in any order: ON, 2W, 3M, 10Y, '
    '1Y6M, a date, a FRA 3Mx6M or 3x6, a future by its date, by the code of a listed contract (Z6 '
    'or Z26) or as 2026-12-16x2027-03-17. Z6:4.33% says what the overnight rate of a running '
    'contract has come to; without it the contract is taken to have fixed at the rate quoted. '
    'Words are those of curve_kinds(), curve_conventions(), interpolations(), extrapolations() and '
    'day_counts(); compounding of zero rates is continuous, a frequency, times a year, or simple. '
    'A NULL term is zero, plain, flat_forward, flat_zero, ACT/365F, continuous; a NULL rate is '
    'left out; a NULL date or array gives NULL. Payments are discounted on the curve discount '
    'where it is given.';

CREATE FUNCTION curve(
    as_of date, tenors text[], rates float8[], kinds text[], interpolation text DEFAULT NULL,
        compounding text DEFAULT NULL,
    day_count text DEFAULT NULL, extrapolation text DEFAULT NULL, name text DEFAULT NULL,
        currency text DEFAULT NULL,
    conventions text DEFAULT NULL, discount curve DEFAULT NULL
) RETURNS curve
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'curve_from_kinds_wrapper';
COMMENT ON FUNCTION curve(date, text[], float8[], text[], text, text, text, text, text,
    text, text,
    curve) IS
    'A curve of quotes of several kinds, one kind for each tenor: deposit, fra, future (a price), '
    'swap and ois mix, in any order. Terms as where one kind is given for all.';

CREATE FUNCTION curve(
    as_of date, years float8[], rates float8[], kind text DEFAULT NULL, interpolation text DEFAULT
        NULL, compounding text DEFAULT NULL,
    day_count text DEFAULT NULL, extrapolation text DEFAULT NULL, name text DEFAULT NULL,
        currency text DEFAULT NULL,
    conventions text DEFAULT NULL, discount curve DEFAULT NULL
) RETURNS curve
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'curve_from_years_wrapper';
COMMENT ON FUNCTION curve(date, float8[], float8[], text, text, text, text, text, text,
    text, text,
    curve) IS
    'A curve of rates (decimals) or discount factors at years from its date, in any order. The '
    'other terms are those of the form with tenors.';

CREATE FUNCTION curve(
    as_of date, dates date[], rates float8[], kind text DEFAULT NULL, interpolation text DEFAULT
        NULL, compounding text DEFAULT NULL,
    day_count text DEFAULT NULL, extrapolation text DEFAULT NULL, name text DEFAULT NULL,
        currency text DEFAULT NULL,
    conventions text DEFAULT NULL, discount curve DEFAULT NULL
) RETURNS curve
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'curve_from_dates_wrapper';
COMMENT ON FUNCTION curve(date, date[], float8[], text, text, text, text, text, text, text,
    text,
    curve) IS
    'A curve of rates (decimals) or discount factors at dates, in any order. The other terms are '
    'those of the form with tenors.';

CREATE FUNCTION curve_nelson_siegel(as_of date, beta0 float8, beta1 float8, beta2 float8,
    tau float8) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'curve_nelson_siegel_wrapper';
COMMENT ON FUNCTION curve_nelson_siegel(date, float8, float8, float8, float8) IS
    'Nelson and Siegel''s curve, kept by its parameters: forward rate beta0 + (beta1 + '
    'beta2*t/tau)*exp(-t/tau), betas as decimals, tau in years';

CREATE FUNCTION curve_svensson(as_of date, beta0 float8, beta1 float8, beta2 float8, beta3 float8,
    tau1 float8, tau2 float8) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'curve_svensson_wrapper';
COMMENT ON FUNCTION curve_svensson(date, float8, float8, float8, float8, float8, float8) IS
    'Svensson''s curve, kept by its parameters: forward rate beta0 + (beta1 + '
    'beta2*t/tau1)*exp(-t/tau1) + beta3*t/tau2*exp(-t/tau2), betas as decimals, taus in years. '
    'Where beta3 is 0 tau2 may be anything.';

CREATE FUNCTION curve(terms jsonb) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'curve_from_jsonb_wrapper';
COMMENT ON FUNCTION curve(jsonb) IS
    'A curve from a JSON object whose keys are the constructors'' argument names. Unknown keys are '
    'refused.';

CREATE FUNCTION curve_to_jsonb(c curve) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'curve_to_jsonb_wrapper';
COMMENT ON FUNCTION curve_to_jsonb(curve) IS
    'The curve as a JSON object whose keys are the constructors'' argument names, its nodes as '
    'years and rates. Reads back to the same curve.';

-- PostgreSQL's functions from values to JSON, such as to_jsonb, look for a cast to json.
CREATE FUNCTION curve_to_json(c curve) RETURNS json
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME',
        'curve_to_json_wrapper';
COMMENT ON FUNCTION curve_to_json(curve) IS 'the JSON object of curve_to_jsonb as text';

CREATE CAST (jsonb AS curve) WITH FUNCTION curve(jsonb);
CREATE CAST (curve AS jsonb) WITH FUNCTION curve_to_jsonb(curve);
CREATE CAST (json AS curve) WITH INOUT;
CREATE CAST (curve AS json) WITH FUNCTION curve_to_json(curve);
CREATE CAST (text AS curve) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS curve) WITH INOUT AS ASSIGNMENT;

-- What a curve answers, at a tenor, a date or years from its date; a quoted word may be any of
-- them.

CREATE FUNCTION curve_zero(c curve, at text, compounding text DEFAULT 'continuous') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_zero_at_tenor_wrapper';
COMMENT ON FUNCTION curve_zero(curve, text, text) IS
    'zero rate at a tenor such as 10Y, a decimal, continuous or in another compounding: a '
    'frequency, times a year, simple';

CREATE FUNCTION curve_zero(c curve, at date, compounding text DEFAULT 'continuous') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_zero_at_date_wrapper';
COMMENT ON FUNCTION curve_zero(curve, date, text) IS
    'zero rate at a date, a decimal, continuous or in another compounding: a frequency, times a '
    'year, simple';

CREATE FUNCTION curve_zero(c curve, at float8, compounding text DEFAULT 'continuous') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_zero_at_years_wrapper';
COMMENT ON FUNCTION curve_zero(curve, float8, text) IS
    'zero rate at years from the curve''s date, a decimal, continuous or in another compounding: a '
    'frequency, times a year, simple';

CREATE FUNCTION curve_df(c curve, at text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_df_at_tenor_wrapper';
COMMENT ON FUNCTION curve_df(curve, text) IS
    'discount factor at a tenor such as 10Y: what 1 paid then is worth on the curve''s date';

CREATE FUNCTION curve_df(c curve, at date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_df_at_date_wrapper';
COMMENT ON FUNCTION curve_df(curve, date) IS
    'discount factor at a date: what 1 paid then is worth on the curve''s date';

CREATE FUNCTION curve_df(c curve, at float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_df_at_years_wrapper';
COMMENT ON FUNCTION curve_df(curve, float8) IS
    'discount factor at years from the curve''s date: what 1 paid then is worth on the curve''s '
    'date';

CREATE FUNCTION curve_forward(c curve, "from" text, "to" text, compounding text DEFAULT
    'continuous') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'curve_forward_of_tenors_wrapper';
COMMENT ON FUNCTION curve_forward(curve, text, text, text) IS
    'forward rate from a tenor such as 10Y to a later one, a decimal, continuous or in another '
    'compounding';

CREATE FUNCTION curve_forward(c curve, "from" date, "to" date, compounding text DEFAULT
    'continuous') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'curve_forward_of_dates_wrapper';
COMMENT ON FUNCTION curve_forward(curve, date, date, text) IS
    'forward rate from a date to a later one, a decimal, continuous or in another compounding';

CREATE FUNCTION curve_forward(c curve, "from" float8, "to" float8, compounding text DEFAULT
    'continuous') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'curve_forward_of_years_wrapper';
COMMENT ON FUNCTION curve_forward(curve, float8, float8, text) IS
    'forward rate from years from the curve''s date to a later one, a decimal, continuous or in '
    'another compounding';

CREATE FUNCTION curve_par(c curve, at text, frequency text DEFAULT 'semiannual') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'curve_par_at_tenor_wrapper';
COMMENT ON FUNCTION curve_par(curve, text, text) IS
    'Par coupon of a bond from the curve''s date to a tenor such as 10Y, a decimal. Coupons are '
    'counted back from it, and the first is for what is left of its period. Frequency none is '
    'simple interest paid at maturity. Below a year curve_quote(c, at, ''par'') answers a bill''s '
    'yield instead.';

CREATE FUNCTION curve_par(c curve, at date, frequency text DEFAULT 'semiannual') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'curve_par_at_date_wrapper';
COMMENT ON FUNCTION curve_par(curve, date, text) IS
    'Par coupon of a bond from the curve''s date to another date, a decimal; otherwise as at a '
    'tenor.';

CREATE FUNCTION curve_par(c curve, at float8, frequency text DEFAULT 'semiannual') RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'curve_par_at_years_wrapper';
COMMENT ON FUNCTION curve_par(curve, float8, text) IS
    'Par coupon of a bond from the curve''s date to years from it, a decimal; otherwise as at a '
    'tenor.';

CREATE FUNCTION curve_nodes(c curve) RETURNS TABLE (tenor text, years float8, date date,
    zero float8, discount float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 12 AS 'MODULE_PATHNAME',
        'curve_nodes_wrapper';
COMMENT ON FUNCTION curve_nodes(curve) IS
    'The nodes of the curve: tenor as it was given, years from the curve''s date, date where there '
    'is one, zero rate (continuous, a decimal) and discount factor. A curve of parameters answers '
    'the key tenors.';

-- Reading a curve

CREATE FUNCTION curve_date(c curve) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'curve_date_wrapper';
COMMENT ON FUNCTION curve_date(curve) IS 'the curve''s date';

CREATE FUNCTION curve_name(c curve) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'curve_name_wrapper';
COMMENT ON FUNCTION curve_name(curve) IS 'The curve''s name. NULL where none is given.';

CREATE FUNCTION curve_currency(c curve) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'curve_currency_wrapper';
COMMENT ON FUNCTION curve_currency(curve) IS 'ISO 4217 code. NULL where none is given.';

CREATE FUNCTION curve_day_count(c curve) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'curve_day_count_wrapper';
COMMENT ON FUNCTION curve_day_count(curve) IS
    'day count that its times are counted by, by its name in day_counts()';

CREATE FUNCTION curve_interpolation(c curve) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'curve_interpolation_wrapper';
COMMENT ON FUNCTION curve_interpolation(curve) IS
    'what lies between its nodes, by its name in interpolations()';

CREATE FUNCTION curve_extrapolation(c curve) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'curve_extrapolation_wrapper';
COMMENT ON FUNCTION curve_extrapolation(curve) IS
    'what lies after its last node, by its name in extrapolations()';

CREATE FUNCTION interpolations() RETURNS TABLE (name text, aliases text[], definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 6 AS 'MODULE_PATHNAME', 'interpolations_wrapper';
COMMENT ON FUNCTION interpolations() IS
    'what may lie between the nodes of a curve: name, other spellings, definition';

CREATE FUNCTION extrapolations() RETURNS TABLE (name text, aliases text[], definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 3 AS 'MODULE_PATHNAME', 'extrapolations_wrapper';
COMMENT ON FUNCTION extrapolations() IS
    'what may lie after the last node of a curve: name, other spellings, definition';

-- Curves from curves

CREATE FUNCTION curve_shift(c curve, bp float8) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME', 'curve_shift_wrapper';
COMMENT ON FUNCTION curve_shift(curve, float8) IS
    'the curve with every zero rate (continuous) moved up by basis points';

CREATE FUNCTION curve_shift_down(c curve, bp float8) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_shift_down_wrapper';
COMMENT ON FUNCTION curve_shift_down(curve, float8) IS
    'the curve with every zero rate (continuous) moved down by basis points';

CREATE OPERATOR + (FUNCTION = curve_shift, LEFTARG = curve, RIGHTARG = float8);
CREATE OPERATOR - (FUNCTION = curve_shift_down, LEFTARG = curve, RIGHTARG = float8);
COMMENT ON OPERATOR + (curve, float8) IS 'every zero rate (continuous) moved up by basis points';
COMMENT ON OPERATOR - (curve, float8) IS 'every zero rate (continuous) moved down by basis points';

CREATE FUNCTION curve_shift(c curve, tenors text[], bp float8[]) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_shift_at_wrapper';
COMMENT ON FUNCTION curve_shift(curve, text[], float8[]) IS
    'The curve with its zero rates moved by basis points at tenors, given from the shortest to the '
    'longest. The move is linear between two tenors and flat beyond the first and the last. The '
    'tenors become nodes.';

CREATE FUNCTION curve_shift_or_null(c curve, tenors text[], bp float8[]) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'curve_shift_or_null_wrapper';
COMMENT ON FUNCTION curve_shift_or_null(curve, text[], float8[]) IS
    'The same as curve_shift, but NULL where it would be an error: a tenor after the end of a '
    'curve without extrapolation, or a move that its interpolation cannot take.';

CREATE FUNCTION curve_twist(c curve, short_bp float8, long_bp float8, pivot text) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'curve_twist_wrapper';
COMMENT ON FUNCTION curve_twist(curve, float8, float8, text) IS
    'The curve with its first node moved by short_bp basis points, its last by long_bp, and the '
    'pivot (a tenor between them) not at all; linear in time between these. A curve of parameters '
    'moves at the key tenors.';

CREATE FUNCTION curve_key_rate_shift(c curve, tenor text, bp float8) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME',
        'curve_key_rate_shift_wrapper';
COMMENT ON FUNCTION curve_key_rate_shift(curve, text, float8) IS
    'The curve with its zero rates moved by bp basis points at a key tenor, linearly to nothing at '
    'the neighbouring key tenors; beyond the first and the last key tenor by all of it. The '
    'corners become nodes. Key tenors: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y.';

CREATE FUNCTION curve_roll(c curve, date date) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'curve_roll_wrapper';
COMMENT ON FUNCTION curve_roll(curve, date) IS
    'The same forward rates seen from a later date. Exact at the nodes, and between them where '
    'forward rates are flat; exact for curves of parameters.';

CREATE FUNCTION curve_spread(c curve, other curve) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME', 'curve_spread_wrapper';
COMMENT ON FUNCTION curve_spread(curve, curve) IS
    'the zero rates of a curve less those of another of the same date, as a curve with the nodes '
    'of both (for curves of parameters, the key tenors)';

-- Comparing curves: by date, name, then the rest; equal curves are equal in every term.

CREATE FUNCTION curve_eq(curve, curve) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_eq_wrapper';
CREATE FUNCTION curve_ne(curve, curve) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_ne_wrapper';
CREATE FUNCTION curve_lt(curve, curve) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_lt_wrapper';
CREATE FUNCTION curve_le(curve, curve) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_le_wrapper';
CREATE FUNCTION curve_gt(curve, curve) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_gt_wrapper';
CREATE FUNCTION curve_ge(curve, curve) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_ge_wrapper';
CREATE FUNCTION curve_cmp(curve, curve) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_cmp_wrapper';
CREATE FUNCTION curve_hash(curve) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_hash_wrapper';
CREATE FUNCTION curve_hash_extended(curve, bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_hash_extended_wrapper';

COMMENT ON FUNCTION curve_eq(curve, curve) IS 'implementation of =';
COMMENT ON FUNCTION curve_ne(curve, curve) IS 'implementation of <>';
COMMENT ON FUNCTION curve_lt(curve, curve) IS 'implementation of <';
COMMENT ON FUNCTION curve_le(curve, curve) IS 'implementation of <=';
COMMENT ON FUNCTION curve_gt(curve, curve) IS 'implementation of >';
COMMENT ON FUNCTION curve_ge(curve, curve) IS 'implementation of >=';
COMMENT ON FUNCTION curve_cmp(curve, curve) IS 'less than, equal, greater: -1, 0, 1';
COMMENT ON FUNCTION curve_hash(curve) IS 'hash';
COMMENT ON FUNCTION curve_hash_extended(curve, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
    FUNCTION = curve_eq, LEFTARG = curve, RIGHTARG = curve, COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
    FUNCTION = curve_ne, LEFTARG = curve, RIGHTARG = curve, COMMUTATOR = <>, NEGATOR = =,
        RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
    FUNCTION = curve_lt, LEFTARG = curve, RIGHTARG = curve, COMMUTATOR = >, NEGATOR = >=,
        RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
    FUNCTION = curve_le, LEFTARG = curve, RIGHTARG = curve, COMMUTATOR = >=, NEGATOR = >,
        RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
    FUNCTION = curve_gt, LEFTARG = curve, RIGHTARG = curve, COMMUTATOR = <, NEGATOR = <=,
        RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
    FUNCTION = curve_ge, LEFTARG = curve, RIGHTARG = curve, COMMUTATOR = <=, NEGATOR = <,
        RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (curve, curve) IS 'the same curve in every term';
COMMENT ON OPERATOR <> (curve, curve) IS 'not the same curve';
COMMENT ON OPERATOR < (curve, curve) IS 'earlier, or of the lesser name, or less in another term';
COMMENT ON OPERATOR <= (curve, curve) IS 'less or equal in the order of curves';
COMMENT ON OPERATOR > (curve, curve) IS 'greater in the order of curves';
COMMENT ON OPERATOR >= (curve, curve) IS 'greater or equal in the order of curves';

CREATE OPERATOR CLASS curve_ops DEFAULT FOR TYPE curve USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 curve_cmp(curve, curve);
CREATE OPERATOR CLASS curve_ops DEFAULT FOR TYPE curve USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 curve_hash(curve), FUNCTION 2 curve_hash_extended(curve, bigint);

CREATE FUNCTION curve_smaller(curve, curve) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_smaller_wrapper';
CREATE FUNCTION curve_larger(curve, curve) RETURNS curve
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'curve_larger_wrapper';
CREATE AGGREGATE min(curve) (SFUNC = curve_smaller, STYPE = curve, COMBINEFUNC = curve_smaller,
    SORTOP = <, PARALLEL = SAFE);
CREATE AGGREGATE max(curve) (SFUNC = curve_larger, STYPE = curve, COMBINEFUNC = curve_larger,
    SORTOP = >, PARALLEL = SAFE);

COMMENT ON FUNCTION curve_smaller(curve, curve) IS 'the smaller of two curves';
COMMENT ON FUNCTION curve_larger(curve, curve) IS 'the larger of two curves';
COMMENT ON AGGREGATE min(curve) IS 'the smallest curve: the earliest, by the order of curves';
COMMENT ON AGGREGATE max(curve) IS 'the largest curve: the latest, by the order of curves';
