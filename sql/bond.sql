-- Type bond: a term sheet, optionally with a clean price quoted and a notional held.

CREATE TYPE bond;

CREATE FUNCTION bond_in(cstring) RETURNS bond
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_in_wrapper';
CREATE FUNCTION bond_out(bond) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_out_wrapper';
CREATE FUNCTION bond_recv(internal) RETURNS bond
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_recv_wrapper';
CREATE FUNCTION bond_send(bond) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_send_wrapper';

-- Preferred in a category of its own, so that where a bond or a summary may stand a quoted text is
-- a bond.
CREATE TYPE bond (
    INPUT = bond_in, OUTPUT = bond_out, RECEIVE = bond_recv, SEND = bond_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended,
    CATEGORY = 'b', PREFERRED = true
);

COMMENT ON TYPE bond IS
    'a bond''s term sheet, with an optional clean price (@) and notional (x): 4.45% 2028-02-23 '
    'semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000';
COMMENT ON FUNCTION bond_in(cstring) IS
    'I/O: coupon in percent, maturity date, then frequency, day count, yield convention, market, '
    'issued, first, last, steps, redemption, no-eom, calendar, roll, ex, lag, currency, @ price, x '
    'notional in any order';
COMMENT ON FUNCTION bond_out(bond) IS 'I/O';
COMMENT ON FUNCTION bond_recv(internal) IS 'I/O: the stored bytes, checked as text is';
COMMENT ON FUNCTION bond_send(bond) IS 'I/O';

-- Making a bond

CREATE FUNCTION bond(
    coupon float8, maturity date, issue date DEFAULT NULL, frequency anycompatible DEFAULT
        NULL::text, day_count text DEFAULT NULL,
    first_coupon date DEFAULT NULL, last_coupon date DEFAULT NULL, redemption float8 DEFAULT NULL,
        end_of_month boolean DEFAULT NULL,
    convention text DEFAULT NULL, price float8 DEFAULT NULL, notional float8 DEFAULT NULL,
        steps text DEFAULT NULL,
    calendar text DEFAULT NULL, roll text DEFAULT NULL, ex_dividend text DEFAULT NULL,
        settlement_lag integer DEFAULT NULL,
    currency text DEFAULT NULL, market text DEFAULT NULL
) RETURNS bond
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 40 AS 'MODULE_PATHNAME',
        'bond_new_wrapper';
COMMENT ON FUNCTION bond(float8, date, date, anycompatible, text, date, date, float8,
    boolean, text,
    float8, float8, text, text, text, text, integer, text, text) IS
    'A bond from its terms: coupon a decimal (0.0445), maturity (infinity for a perpetual bond), '
    'frequency a word or a number of coupons a year, clean price per 100 face, notional in money, '
    'steps such as 2027-06-15:4.5%,2029-06-15:5%, ex_dividend in business (7b) or calendar days '
    '(10d), settlement_lag in business days. A NULL term is that of the market, else semiannual, '
    '30/360, redemption 100, end-of-month rule, street. A NULL coupon or maturity gives NULL.';

CREATE FUNCTION bond(
    coupon numeric, maturity date, issue date DEFAULT NULL, frequency anycompatible DEFAULT
        NULL::text, day_count text DEFAULT NULL,
    first_coupon date DEFAULT NULL, last_coupon date DEFAULT NULL, redemption float8 DEFAULT NULL,
        end_of_month boolean DEFAULT NULL,
    convention text DEFAULT NULL, price float8 DEFAULT NULL, notional float8 DEFAULT NULL,
        steps text DEFAULT NULL,
    calendar text DEFAULT NULL, roll text DEFAULT NULL, ex_dividend text DEFAULT NULL,
        settlement_lag integer DEFAULT NULL,
    currency text DEFAULT NULL, market text DEFAULT NULL
) RETURNS bond
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 40 AS 'MODULE_PATHNAME',
        'bond_new_numeric_wrapper';
COMMENT ON FUNCTION bond(numeric, date, date, anycompatible, text, date, date, float8,
    boolean,
    text, float8, float8, text, text, text, text, integer, text, text) IS
    'A bond from its terms: coupon a decimal (0.0445), maturity (infinity for a perpetual bond), '
    'frequency a word or a number of coupons a year, clean price per 100 face, notional in money, '
    'steps such as 2027-06-15:4.5%,2029-06-15:5%, ex_dividend in business (7b) or calendar days '
    '(10d), settlement_lag in business days. A NULL term is that of the market, else semiannual, '
    '30/360, redemption 100, end-of-month rule, street. A NULL coupon or maturity gives NULL.';

CREATE FUNCTION bond(terms jsonb) RETURNS bond
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'bond_from_jsonb_wrapper';
COMMENT ON FUNCTION bond(jsonb) IS
    'A bond from a JSON object whose keys are the constructor''s argument names. Unknown keys are '
    'refused.';

CREATE FUNCTION bond_to_jsonb(b bond) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME',
        'bond_to_jsonb_wrapper';
COMMENT ON FUNCTION bond_to_jsonb(bond) IS
    'The bond as a JSON object whose keys are the constructor''s argument names. Reads back to the '
    'same bond.';

-- PostgreSQL's functions from values to JSON, such as to_jsonb, look for a cast to json.
CREATE FUNCTION bond_to_json(b bond) RETURNS json
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'bond_to_json_wrapper';
COMMENT ON FUNCTION bond_to_json(bond) IS 'the JSON object of bond_to_jsonb as text';

CREATE CAST (jsonb AS bond) WITH FUNCTION bond(jsonb);
CREATE CAST (bond AS jsonb) WITH FUNCTION bond_to_jsonb(bond);
CREATE CAST (json AS bond) WITH INOUT;
CREATE CAST (bond AS json) WITH FUNCTION bond_to_json(bond);
CREATE CAST (text AS bond) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS bond) WITH INOUT AS ASSIGNMENT;

CREATE FUNCTION bond_quote(b bond, price float8) RETURNS bond
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'bond_quote_wrapper';
COMMENT ON FUNCTION bond_quote(bond, float8) IS 'the bond quoted at a clean price per 100 face';

CREATE FUNCTION bond_hold(b bond, notional float8) RETURNS bond
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'bond_hold_wrapper';
COMMENT ON FUNCTION bond_hold(bond, float8) IS
    'The bond held in a notional, in money. Negative for a short position.';

CREATE FUNCTION bond_terms(b bond) RETURNS bond
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME', 'bond_terms_wrapper';
COMMENT ON FUNCTION bond_terms(bond) IS
    'the bare term sheet: the bond without its price and notional';

-- Reading a bond

CREATE FUNCTION bond_coupon(b bond) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_coupon_wrapper';
COMMENT ON FUNCTION bond_coupon(bond) IS 'coupon rate a year, as a decimal';

CREATE FUNCTION bond_maturity(b bond) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_maturity_wrapper';
COMMENT ON FUNCTION bond_maturity(bond) IS 'Maturity date. Infinity for a perpetual bond.';

CREATE FUNCTION bond_issue(b bond) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_issue_wrapper';
COMMENT ON FUNCTION bond_issue(bond) IS
    'Issue (dated) date, from which interest accrues. NULL where none is given.';

CREATE FUNCTION bond_frequency(b bond) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_frequency_wrapper';
COMMENT ON FUNCTION bond_frequency(bond) IS
    'coupon frequency: annual, semiannual, four-monthly, quarterly, bimonthly, monthly, or none';

CREATE FUNCTION bond_day_count(b bond) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_day_count_wrapper';
COMMENT ON FUNCTION bond_day_count(bond) IS 'day count, by its name in day_counts()';

CREATE FUNCTION bond_first_coupon(b bond) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_first_coupon_wrapper';
COMMENT ON FUNCTION bond_first_coupon(bond) IS
    'First coupon date as given. NULL where it follows from the schedule.';

CREATE FUNCTION bond_last_coupon(b bond) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_last_coupon_wrapper';
COMMENT ON FUNCTION bond_last_coupon(bond) IS
    'Last coupon date before maturity as given. NULL where it follows from the schedule.';

CREATE FUNCTION bond_redemption(b bond) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_redemption_wrapper';
COMMENT ON FUNCTION bond_redemption(bond) IS 'redemption per 100 face';

CREATE FUNCTION bond_end_of_month(b bond) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_end_of_month_wrapper';
COMMENT ON FUNCTION bond_end_of_month(bond) IS
    'End-of-month rule: where maturity is a month end, so is every coupon date. It does not apply '
    'where the first coupon, or else the issue date, is whole periods away on the same day of the '
    'month and no month end.';

CREATE FUNCTION bond_convention(b bond) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_convention_wrapper';
COMMENT ON FUNCTION bond_convention(bond) IS 'yield convention, by its name in yield_conventions()';

CREATE FUNCTION bond_steps(b bond) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_steps_wrapper';
COMMENT ON FUNCTION bond_steps(bond) IS
    'Coupon rates that follow the first one, with the dates from which they hold. NULL where there '
    'are none.';

CREATE FUNCTION bond_calendar(b bond) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_calendar_wrapper';
COMMENT ON FUNCTION bond_calendar(bond) IS
    'Calendar of business days. Weekends where none is given.';

CREATE FUNCTION bond_roll(b bond) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_roll_wrapper';
COMMENT ON FUNCTION bond_roll(bond) IS
    'Where a payment goes that falls on a holiday. Unadjusted where nothing is given.';

CREATE FUNCTION bond_ex_dividend(b bond) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_ex_dividend_wrapper';
COMMENT ON FUNCTION bond_ex_dividend(bond) IS
    'Length of the ex-dividend period before a coupon date, in business (7b) or calendar days '
    '(10d). NULL where there is none.';

CREATE FUNCTION bond_settlement_lag(b bond) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_settlement_lag_wrapper';
COMMENT ON FUNCTION bond_settlement_lag(bond) IS
    'Business days from trade to settlement. NULL where none is given.';

CREATE FUNCTION bond_currency(b bond) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_currency_wrapper';
COMMENT ON FUNCTION bond_currency(bond) IS 'ISO 4217 code. NULL where none is given.';

CREATE FUNCTION bond_price(b bond) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_quoted_price_wrapper';
COMMENT ON FUNCTION bond_price(bond) IS
    'Clean price quoted, per 100 face. NULL where the bond carries none.';

CREATE FUNCTION bond_notional(b bond) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_notional_wrapper';
COMMENT ON FUNCTION bond_notional(bond) IS
    'Notional held, in money. NULL where the bond carries none.';

-- Comparing bonds: by maturity, coupon, then the rest; equal bonds have equal terms, price and
-- notional.

CREATE FUNCTION bond_eq(bond, bond) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_eq_wrapper';
CREATE FUNCTION bond_ne(bond, bond) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_ne_wrapper';
CREATE FUNCTION bond_lt(bond, bond) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_lt_wrapper';
CREATE FUNCTION bond_le(bond, bond) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_le_wrapper';
CREATE FUNCTION bond_gt(bond, bond) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_gt_wrapper';
CREATE FUNCTION bond_ge(bond, bond) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_ge_wrapper';
CREATE FUNCTION bond_cmp(bond, bond) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_cmp_wrapper';
CREATE FUNCTION bond_hash(bond) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_hash_wrapper';
CREATE FUNCTION bond_hash_extended(bond, bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_hash_extended_wrapper';

COMMENT ON FUNCTION bond_eq(bond, bond) IS 'implementation of =';
COMMENT ON FUNCTION bond_ne(bond, bond) IS 'implementation of <>';
COMMENT ON FUNCTION bond_lt(bond, bond) IS 'implementation of <';
COMMENT ON FUNCTION bond_le(bond, bond) IS 'implementation of <=';
COMMENT ON FUNCTION bond_gt(bond, bond) IS 'implementation of >';
COMMENT ON FUNCTION bond_ge(bond, bond) IS 'implementation of >=';
COMMENT ON FUNCTION bond_cmp(bond, bond) IS 'less than, equal, greater: -1, 0, 1';
COMMENT ON FUNCTION bond_hash(bond) IS 'hash';
COMMENT ON FUNCTION bond_hash_extended(bond, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
    FUNCTION = bond_eq, LEFTARG = bond, RIGHTARG = bond, COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
    FUNCTION = bond_ne, LEFTARG = bond, RIGHTARG = bond, COMMUTATOR = <>, NEGATOR = =,
        RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
    FUNCTION = bond_lt, LEFTARG = bond, RIGHTARG = bond, COMMUTATOR = >, NEGATOR = >=,
        RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
    FUNCTION = bond_le, LEFTARG = bond, RIGHTARG = bond, COMMUTATOR = >=, NEGATOR = >,
        RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
    FUNCTION = bond_gt, LEFTARG = bond, RIGHTARG = bond, COMMUTATOR = <, NEGATOR = <=,
        RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
    FUNCTION = bond_ge, LEFTARG = bond, RIGHTARG = bond, COMMUTATOR = <=, NEGATOR = <,
        RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (bond, bond) IS 'same terms, price and notional';
COMMENT ON OPERATOR <> (bond, bond) IS 'different terms, price or notional';
COMMENT ON OPERATOR < (bond, bond) IS
    'matures earlier, or has the lower coupon, or is less in another term';
COMMENT ON OPERATOR <= (bond, bond) IS 'less or equal in the order of bonds';
COMMENT ON OPERATOR > (bond, bond) IS 'greater in the order of bonds';
COMMENT ON OPERATOR >= (bond, bond) IS 'greater or equal in the order of bonds';

CREATE OPERATOR CLASS bond_ops DEFAULT FOR TYPE bond USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 bond_cmp(bond, bond);
CREATE OPERATOR CLASS bond_ops DEFAULT FOR TYPE bond USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 bond_hash(bond), FUNCTION 2 bond_hash_extended(bond, bigint);

CREATE FUNCTION bond_smaller(bond, bond) RETURNS bond
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_smaller_wrapper';
CREATE FUNCTION bond_larger(bond, bond) RETURNS bond
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'bond_larger_wrapper';
CREATE AGGREGATE min(bond) (SFUNC = bond_smaller, STYPE = bond, COMBINEFUNC = bond_smaller,
    SORTOP = <, PARALLEL = SAFE);
CREATE AGGREGATE max(bond) (SFUNC = bond_larger, STYPE = bond, COMBINEFUNC = bond_larger,
    SORTOP = >, PARALLEL = SAFE);

COMMENT ON FUNCTION bond_smaller(bond, bond) IS 'the smaller of two bonds';
COMMENT ON FUNCTION bond_larger(bond, bond) IS 'the larger of two bonds';
COMMENT ON AGGREGATE min(bond) IS
    'the smallest bond: the earliest to mature, by the order of bonds';
COMMENT ON AGGREGATE max(bond) IS 'the largest bond: the latest to mature, by the order of bonds';
