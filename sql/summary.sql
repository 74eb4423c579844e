-- Type risk_summary: what the portfolio aggregates have added up, as a value to be stored and added
-- up again.
--
-- A nightly table of summaries by portfolio and day rolls up to strategy and firm without its
-- bonds, bit for bit as from them.

CREATE TYPE risk_summary;

CREATE FUNCTION risk_summary_in(cstring) RETURNS risk_summary
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_in_wrapper';
CREATE FUNCTION risk_summary_out(risk_summary) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_out_wrapper';
CREATE FUNCTION risk_summary_recv(internal) RETURNS risk_summary
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_recv_wrapper';
CREATE FUNCTION risk_summary_send(risk_summary) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_send_wrapper';

CREATE TYPE risk_summary (
    INPUT = risk_summary_in, OUTPUT = risk_summary_out, RECEIVE = risk_summary_recv,
        SEND = risk_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = main, CATEGORY = 'b'
);

COMMENT ON TYPE risk_summary IS
    'The risk of a set of bonds, to be stored: numbers measured and skipped, exact sums of market '
    'value and of market value times yield, durations and convexity, currency and settlement date. '
    'Read by risk_measures and the portfolio aggregates.';
COMMENT ON FUNCTION risk_summary_in(cstring) IS
    'I/O: version and named parts in braces, as they are written out';
COMMENT ON FUNCTION risk_summary_out(risk_summary) IS 'I/O';
COMMENT ON FUNCTION risk_summary_recv(internal) IS 'I/O: the stored bytes, checked as text is';
COMMENT ON FUNCTION risk_summary_send(risk_summary) IS 'I/O';

CREATE FUNCTION risk_summary_eq(a risk_summary, b risk_summary) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_eq_wrapper';
CREATE FUNCTION risk_summary_ne(a risk_summary, b risk_summary) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_ne_wrapper';
CREATE FUNCTION risk_summary_lt(a risk_summary, b risk_summary) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_lt_wrapper';
CREATE FUNCTION risk_summary_le(a risk_summary, b risk_summary) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_le_wrapper';
CREATE FUNCTION risk_summary_gt(a risk_summary, b risk_summary) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_gt_wrapper';
CREATE FUNCTION risk_summary_ge(a risk_summary, b risk_summary) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_ge_wrapper';
CREATE FUNCTION risk_summary_cmp(a risk_summary, b risk_summary) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_cmp_wrapper';
COMMENT ON FUNCTION risk_summary_eq(risk_summary, risk_summary) IS 'implementation of = operator';
COMMENT ON FUNCTION risk_summary_ne(risk_summary, risk_summary) IS 'implementation of <> operator';
COMMENT ON FUNCTION risk_summary_lt(risk_summary, risk_summary) IS 'implementation of < operator';
COMMENT ON FUNCTION risk_summary_le(risk_summary, risk_summary) IS 'implementation of <= operator';
COMMENT ON FUNCTION risk_summary_gt(risk_summary, risk_summary) IS 'implementation of > operator';
COMMENT ON FUNCTION risk_summary_ge(risk_summary, risk_summary) IS 'implementation of >= operator';
COMMENT ON FUNCTION risk_summary_cmp(risk_summary, risk_summary) IS
    'less-equal-greater, number by number';
CREATE OPERATOR = (
    FUNCTION = risk_summary_eq, LEFTARG = risk_summary, RIGHTARG = risk_summary, COMMUTATOR = =,
        NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
    FUNCTION = risk_summary_ne, LEFTARG = risk_summary, RIGHTARG = risk_summary, COMMUTATOR = <>,
        NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
    FUNCTION = risk_summary_lt, LEFTARG = risk_summary, RIGHTARG = risk_summary, COMMUTATOR = >,
        NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
    FUNCTION = risk_summary_le, LEFTARG = risk_summary, RIGHTARG = risk_summary, COMMUTATOR = >=,
        NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
    FUNCTION = risk_summary_gt, LEFTARG = risk_summary, RIGHTARG = risk_summary, COMMUTATOR = <,
        NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
    FUNCTION = risk_summary_ge, LEFTARG = risk_summary, RIGHTARG = risk_summary, COMMUTATOR = <=,
        NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
CREATE FUNCTION risk_summary_hash(risk_summary) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_hash_wrapper';
CREATE FUNCTION risk_summary_hash_extended(risk_summary, bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'risk_summary_hash_extended_wrapper';
COMMENT ON FUNCTION risk_summary_hash(risk_summary) IS 'hash';
COMMENT ON FUNCTION risk_summary_hash_extended(risk_summary, bigint) IS 'hash with a seed';
-- The order tells nothing of risk: it is there for DISTINCT, sorted groups and the statistics of
-- ANALYZE, which are quadratic without.
CREATE OPERATOR CLASS risk_summary_ops DEFAULT FOR TYPE risk_summary USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 risk_summary_cmp(risk_summary, risk_summary);
CREATE OPERATOR CLASS risk_summary_ops DEFAULT FOR TYPE risk_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 risk_summary_hash(risk_summary), FUNCTION 2 risk_summary_hash_extended(risk_summary,
        bigint);
COMMENT ON OPERATOR = (risk_summary, risk_summary) IS
    'the same counts and the same sums, to the last bit';
COMMENT ON OPERATOR < (risk_summary, risk_summary) IS
    'before it number by number, which tells nothing of risk';
COMMENT ON OPERATOR <= (risk_summary, risk_summary) IS 'before it number by number, or the same';
COMMENT ON OPERATOR > (risk_summary, risk_summary) IS
    'after it number by number, which tells nothing of risk';
COMMENT ON OPERATOR >= (risk_summary, risk_summary) IS 'after it number by number, or the same';
COMMENT ON OPERATOR <> (risk_summary, risk_summary) IS 'another count or sum';

CREATE FUNCTION risk_measures(s risk_summary) RETURNS portfolio_measures
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_measures_wrapper';
COMMENT ON FUNCTION risk_measures(risk_summary) IS
    'all figures of a summary in one row, as portfolio_risk answers them of its bonds';

CREATE FUNCTION risk_summary_final(state float8[]) RETURNS risk_summary
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'risk_summary_final_wrapper';
CREATE FUNCTION portfolio_add(state float8[], s risk_summary) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'portfolio_add_summary_wrapper';
CREATE FUNCTION portfolio_remove(state float8[], s risk_summary) RETURNS float8[]
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'portfolio_remove_summary_wrapper';
COMMENT ON FUNCTION risk_summary_final(float8[]) IS 'final function of risk_summary';
COMMENT ON FUNCTION portfolio_add(float8[], risk_summary) IS
    'transition function of the portfolio aggregates over summaries';
COMMENT ON FUNCTION portfolio_remove(float8[], risk_summary) IS
    'inverse transition function of the portfolio aggregates over summaries, for moving windows';

CREATE AGGREGATE risk_summary(b bond) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = risk_summary_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = risk_summary_final
);
CREATE AGGREGATE risk_summary(b bond, settlement date) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = risk_summary_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = risk_summary_final
);
CREATE AGGREGATE risk_summary(s risk_summary) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = risk_summary_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = risk_summary_final
);
CREATE AGGREGATE portfolio_value(s risk_summary) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_value_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_value_final
);
CREATE AGGREGATE portfolio_ytm(s risk_summary) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_ytm_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_ytm_final
);
CREATE AGGREGATE portfolio_duration(s risk_summary) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_duration_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_duration_final
);
CREATE AGGREGATE portfolio_macaulay_duration(s risk_summary) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_macaulay_duration_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_macaulay_duration_final
);
CREATE AGGREGATE portfolio_convexity(s risk_summary) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_convexity_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_convexity_final
);
CREATE AGGREGATE portfolio_dv01(s risk_summary) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_dv01_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_dv01_final
);
CREATE AGGREGATE portfolio_risk(s risk_summary) (
    SFUNC = portfolio_add, STYPE = float8[], SSPACE = 512, INITCOND = '{}',
    FINALFUNC = portfolio_risk_final, COMBINEFUNC = portfolio_combine, PARALLEL = SAFE,
    MSFUNC = portfolio_add, MINVFUNC = portfolio_remove, MSTYPE = float8[], MSSPACE = 512,
        MINITCOND = '{}', MFINALFUNC = portfolio_risk_final
);

COMMENT ON AGGREGATE risk_summary(bond) IS
    'The risk of a portfolio as a value to store. No bonds give an empty one. Settles on '
    'bond_settlement_date().';
COMMENT ON AGGREGATE risk_summary(bond, date) IS
    'The risk of a portfolio as a value to store. No bonds give an empty one.';
COMMENT ON AGGREGATE risk_summary(risk_summary) IS
    'One summary of several, with the same bits as over all their bonds. None give an empty one.';
COMMENT ON AGGREGATE portfolio_value(risk_summary) IS
    'Market value, in money: the sum of dirty price times notional / 100. Over stored summaries, '
    'with the same bits as over their bonds.';
COMMENT ON AGGREGATE portfolio_ytm(risk_summary) IS
    'Average yield to maturity weighted by market value, as a decimal. Over stored summaries, with '
    'the same bits as over their bonds.';
COMMENT ON AGGREGATE portfolio_duration(risk_summary) IS
    'Average modified duration weighted by market value, in years. Over stored summaries, with the '
    'same bits as over their bonds.';
COMMENT ON AGGREGATE portfolio_macaulay_duration(risk_summary) IS
    'Average Macaulay duration weighted by market value, in years. Over stored summaries, with the '
    'same bits as over their bonds.';
COMMENT ON AGGREGATE portfolio_convexity(risk_summary) IS
    'Average convexity weighted by market value, in years squared. Over stored summaries, with the '
    'same bits as over their bonds.';
COMMENT ON AGGREGATE portfolio_dv01(risk_summary) IS
    'Loss of market value for a rise of all yields by one basis point, in money. Positive for a '
    'long portfolio. Over stored summaries, with the same bits as over their bonds.';
COMMENT ON AGGREGATE portfolio_risk(risk_summary) IS
    'All figures of a portfolio in one row, with the numbers of bonds measured and skipped and the '
    'settlement date. Over stored summaries, with the same bits as over their bonds. A NULL '
    'summary counts as no rows.';
