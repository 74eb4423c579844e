-- Type rating: a long-term credit rating of Moody's, S&P or Fitch, in one order of credit quality.
--
-- BETTER CREDIT IS GREATER: rating >= 'BBB-' is BBB- and above, max() is the best, ORDER BY rating
-- begins with the worst. Symbols of the same notch are equal, whichever agency's: 'BBB-' = 'Baa3'.
-- An unknown rating is NULL.

CREATE TYPE rating;

CREATE FUNCTION rating_in(cstring) RETURNS rating
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_in_wrapper';
CREATE FUNCTION rating_out(rating) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_out_wrapper';
CREATE FUNCTION rating_recv(internal) RETURNS rating
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_recv_wrapper';
CREATE FUNCTION rating_send(rating) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_send_wrapper';

CREATE TYPE rating (
    INPUT = rating_in, OUTPUT = rating_out, RECEIVE = rating_recv, SEND = rating_send,
    INTERNALLENGTH = 1, PASSEDBYVALUE, ALIGNMENT = char, STORAGE = plain
);

COMMENT ON TYPE rating IS
    'A long-term credit rating: AAA to D as S&P and Fitch write it, or Aaa to C as Moody''s does. '
    'Better credit is greater, and BBB- = Baa3.';
COMMENT ON FUNCTION rating_in(cstring) IS
    'I/O: a symbol; outlook, watch and marks such as (sf), (P) and u are read over, short-term and '
    'national scales are refused';
COMMENT ON FUNCTION rating_out(rating) IS 'I/O';
COMMENT ON FUNCTION rating_recv(internal) IS 'I/O: the stored byte, checked';
COMMENT ON FUNCTION rating_send(rating) IS 'I/O';

CREATE CAST (text AS rating) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS rating) WITH INOUT AS ASSIGNMENT;

-- Making and reading

CREATE FUNCTION rating_or_null(text) RETURNS rating
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_or_null_wrapper';
COMMENT ON FUNCTION rating_or_null(text) IS
    'the rating that a text writes, NULL where it writes none: NR, WR, an empty text, or anything '
    'else';
CREATE FUNCTION rating_from_notch(notch integer, agency text DEFAULT 'S&P') RETURNS rating
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_from_notch_wrapper';
COMMENT ON FUNCTION rating_from_notch(integer, text) IS
    'The rating of a notch, 1 for AAA to 22 for D, in the symbols of S&P, Fitch or Moody''s. D for '
    '22 with all of them.';
CREATE FUNCTION rating_from_factor(factor float8) RETURNS rating
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_from_factor_wrapper';
COMMENT ON FUNCTION rating_from_factor(float8) IS
    'The rating, in Moody''s symbols, whose rating factor (1 to 10000) is nearest, such as that of '
    'an average by rating_warf. Halfway between two it is the lower rating.';
CREATE FUNCTION rating_notch(rating) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_notch_wrapper';
COMMENT ON FUNCTION rating_notch(rating) IS
    'the notch: 1 for AAA or Aaa, 2 for AA+ or Aa1, 10 for BBB- or Baa3, 21 for C, 22 for D';
CREATE FUNCTION rating_factor(rating) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_factor_wrapper';
COMMENT ON FUNCTION rating_factor(rating) IS
    'Moody''s rating factor: 1 for Aaa to 10000 for Ca and below';
CREATE FUNCTION rating_is_investment_grade(rating) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'rating_is_investment_grade_wrapper';
COMMENT ON FUNCTION rating_is_investment_grade(rating) IS
    'whether a rating is BBB- or Baa3 or better';
CREATE FUNCTION rating_moodys(rating) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_moodys_wrapper';
COMMENT ON FUNCTION rating_moodys(rating) IS
    'The rating in Moody''s symbols. C for D, Moody''s having none lower.';
CREATE FUNCTION rating_sp(rating) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_sp_wrapper';
COMMENT ON FUNCTION rating_sp(rating) IS 'the rating in the symbols of S&P';
CREATE FUNCTION rating_fitch(rating) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_fitch_wrapper';
COMMENT ON FUNCTION rating_fitch(rating) IS 'the rating in the symbols of Fitch';
CREATE FUNCTION rating_scale() RETURNS TABLE (notch integer, moodys text, sp text, fitch text,
    factor integer, investment_grade boolean)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 22 AS 'MODULE_PATHNAME', 'rating_scale_wrapper';
COMMENT ON FUNCTION rating_scale() IS
    'the scales of Moody''s, S&P and Fitch side by side, from the best to the worst, with Moody''s '
    'rating factors';
CREATE FUNCTION rating_middle(rating, rating, rating) RETURNS rating
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'rating_middle_wrapper';
COMMENT ON FUNCTION rating_middle(rating, rating, rating) IS
    'The index rule: the middle of three ratings, the lower of two, the only one. A NULL is no '
    'rating.';

-- Comparison

CREATE FUNCTION rating_eq(rating, rating) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_eq_wrapper';
CREATE FUNCTION rating_ne(rating, rating) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_ne_wrapper';
CREATE FUNCTION rating_lt(rating, rating) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_lt_wrapper';
CREATE FUNCTION rating_le(rating, rating) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_le_wrapper';
CREATE FUNCTION rating_gt(rating, rating) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_gt_wrapper';
CREATE FUNCTION rating_ge(rating, rating) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_ge_wrapper';
CREATE FUNCTION rating_cmp(rating, rating) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_cmp_wrapper';
CREATE FUNCTION rating_hash(rating) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_hash_wrapper';
CREATE FUNCTION rating_hash_extended(rating, bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_hash_extended_wrapper';

COMMENT ON FUNCTION rating_eq(rating, rating) IS 'implementation of = operator';
COMMENT ON FUNCTION rating_ne(rating, rating) IS 'implementation of <> operator';
COMMENT ON FUNCTION rating_lt(rating, rating) IS 'implementation of < operator';
COMMENT ON FUNCTION rating_le(rating, rating) IS 'implementation of <= operator';
COMMENT ON FUNCTION rating_gt(rating, rating) IS 'implementation of > operator';
COMMENT ON FUNCTION rating_ge(rating, rating) IS 'implementation of >= operator';
COMMENT ON FUNCTION rating_cmp(rating, rating) IS 'less-equal-greater: better credit is greater';
COMMENT ON FUNCTION rating_hash(rating) IS 'hash';
COMMENT ON FUNCTION rating_hash_extended(rating, bigint) IS 'hash';

CREATE OPERATOR = (
    FUNCTION = rating_eq, LEFTARG = rating, RIGHTARG = rating, COMMUTATOR = =, NEGATOR = <>,
        RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
    FUNCTION = rating_ne, LEFTARG = rating, RIGHTARG = rating, COMMUTATOR = <>, NEGATOR = =,
        RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
    FUNCTION = rating_lt, LEFTARG = rating, RIGHTARG = rating, COMMUTATOR = >, NEGATOR = >=,
        RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
    FUNCTION = rating_le, LEFTARG = rating, RIGHTARG = rating, COMMUTATOR = >=, NEGATOR = >,
        RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
    FUNCTION = rating_gt, LEFTARG = rating, RIGHTARG = rating, COMMUTATOR = <, NEGATOR = <=,
        RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
    FUNCTION = rating_ge, LEFTARG = rating, RIGHTARG = rating, COMMUTATOR = <=, NEGATOR = <,
        RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (rating, rating) IS 'same notch';
COMMENT ON OPERATOR <> (rating, rating) IS 'different notches';
COMMENT ON OPERATOR < (rating, rating) IS 'worse credit';
COMMENT ON OPERATOR <= (rating, rating) IS 'worse or the same credit';
COMMENT ON OPERATOR > (rating, rating) IS 'better credit';
COMMENT ON OPERATOR >= (rating, rating) IS 'better or the same credit';

CREATE OPERATOR CLASS rating_ops DEFAULT FOR TYPE rating USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 rating_cmp(rating, rating);
CREATE OPERATOR CLASS rating_ops DEFAULT FOR TYPE rating USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 rating_hash(rating), FUNCTION 2 rating_hash_extended(rating, bigint);

-- Aggregates

CREATE FUNCTION rating_worse(rating, rating) RETURNS rating
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_worse_wrapper';
COMMENT ON FUNCTION rating_worse(rating, rating) IS 'the worse of two ratings';
CREATE FUNCTION rating_better(rating, rating) RETURNS rating
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_better_wrapper';
COMMENT ON FUNCTION rating_better(rating, rating) IS 'the better of two ratings';
CREATE AGGREGATE min(rating) (SFUNC = rating_worse, STYPE = rating, COMBINEFUNC = rating_worse,
    SORTOP = <, PARALLEL = SAFE);
CREATE AGGREGATE max(rating) (SFUNC = rating_better, STYPE = rating, COMBINEFUNC = rating_better,
    SORTOP = >, PARALLEL = SAFE);
COMMENT ON AGGREGATE min(rating) IS 'the worst rating';
COMMENT ON AGGREGATE max(rating) IS 'the best rating';

-- One state for all averages, in which the sums are exact: any order of rows and any plan give the
-- same bits. A row without a rating or without a weight is left out.

CREATE FUNCTION rating_add(state float8[], rating) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_add_wrapper';
COMMENT ON FUNCTION rating_add(float8[], rating) IS 'transition function of the rating averages';
CREATE FUNCTION rating_add(state float8[], rating, weight float8) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_add_wrapper';
COMMENT ON FUNCTION rating_add(float8[], rating, float8) IS
    'transition function of the weighted rating averages';
CREATE FUNCTION rating_combine(state float8[], other float8[]) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_combine_wrapper';
COMMENT ON FUNCTION rating_combine(float8[], float8[]) IS 'combine function of the rating averages';
CREATE FUNCTION rating_average_final(state float8[]) RETURNS rating
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_average_final_wrapper';
COMMENT ON FUNCTION rating_average_final(float8[]) IS 'final function of the average rating';
CREATE FUNCTION rating_warf_final(state float8[]) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'rating_warf_final_wrapper';
COMMENT ON FUNCTION rating_warf_final(float8[]) IS
    'final function of the weighted average rating factor';

CREATE AGGREGATE avg(rating) (
    SFUNC = rating_add, STYPE = float8[], SSPACE = 128, INITCOND = '{}',
    FINALFUNC = rating_average_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE
);
CREATE AGGREGATE rating_average(rating, weight float8) (
    SFUNC = rating_add, STYPE = float8[], SSPACE = 128, INITCOND = '{}',
    FINALFUNC = rating_average_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE
);
CREATE AGGREGATE rating_warf(rating, weight float8) (
    SFUNC = rating_add, STYPE = float8[], SSPACE = 128, INITCOND = '{}',
    FINALFUNC = rating_warf_final, COMBINEFUNC = rating_combine, PARALLEL = SAFE
);

COMMENT ON AGGREGATE avg(rating) IS
    'The rating of the mean notch, in the symbols of S&P. The lower one halfway between two.';
COMMENT ON AGGREGATE rating_average(rating, float8) IS
    'The rating of the mean notch weighted by notional or market value, in the symbols of S&P. '
    'NULL where the weights add up to 0, or where short positions take the mean off the scale.';
COMMENT ON AGGREGATE rating_warf(rating, float8) IS
    'Weighted average of Moody''s rating factors, which grow faster than notches, so that a few '
    'bad credits count. rating_from_factor() makes it a rating.';
