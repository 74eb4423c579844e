-- Type swap: a fixed rate against an index, optionally with the current fixing and the notional;
-- and swaps on curves.

CREATE TYPE swap;

CREATE FUNCTION swap_in(cstring) RETURNS swap
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_in_wrapper';
CREATE FUNCTION swap_out(swap) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_out_wrapper';
CREATE FUNCTION swap_recv(internal) RETURNS swap
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_recv_wrapper';
CREATE FUNCTION swap_send(swap) RETURNS bytea
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_send_wrapper';

CREATE TYPE swap (
    INPUT = swap_in, OUTPUT = swap_out, RECEIVE = swap_recv, SEND = swap_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);

COMMENT ON TYPE swap IS
    'an interest rate swap, fixed against floating, with an optional current fixing and notional '
    '(x): pay 4.25% 2026-03-26 to 2036-03-26 annual ACT/360 against SOFR + 0.1% quarterly ACT/360 '
    'x 10000000';
COMMENT ON FUNCTION swap_in(cstring) IS
    'I/O: pay or receive, fixed rate in percent, effective date, to, maturity; then frequency and '
    'day count of the fixed leg, against and the index (in double quotes where its name has '
    'blanks), + or - the spread in percent, frequency and day count of the floating leg (after the '
    'index or the spread), fixing in percent, calendar, roll, lag, no-eom, currency, x notional; '
    'what is left out is against SOFR, annual, ACT/360, as in pay 4.25% 2026-03-26 to 2036-03-26';
COMMENT ON FUNCTION swap_out(swap) IS 'I/O';
COMMENT ON FUNCTION swap_recv(internal) IS 'I/O: the stored bytes, checked as text is';
COMMENT ON FUNCTION swap_send(swap) IS 'I/O';

-- Making a swap

CREATE FUNCTION swap(
    fixed_rate float8, effective date, maturity date, fixed_leg text DEFAULT NULL, fixed_frequency
        text DEFAULT NULL,
    fixed_day_count text DEFAULT NULL, floating_index text DEFAULT NULL, floating_spread float8
        DEFAULT NULL,
    floating_frequency text DEFAULT NULL, floating_day_count text DEFAULT NULL,
        fixing float8 DEFAULT NULL, notional float8 DEFAULT NULL,
    calendar text DEFAULT NULL, roll text DEFAULT NULL, payment_lag integer DEFAULT NULL,
        end_of_month boolean DEFAULT NULL,
    currency text DEFAULT NULL
) RETURNS swap
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 40 AS 'MODULE_PATHNAME',
        'swap_new_wrapper';
COMMENT ON FUNCTION swap(float8, date, date, text, text, text, text, float8, text, text,
    float8,
    float8, text, text, integer, boolean, text) IS
    'A swap from its terms: rates, spread and fixing as decimals (0.0425), fixed_leg pay or '
    'receive as the holder sees it, frequencies and day counts by their names (none: paid once, at '
    'maturity), notional in money, payment_lag in business days. fixing is that of the current '
    'period: see swap_fixing. A roll moves accrual with payment. A NULL term is pay, SOFR without '
    'a spread, annual ACT/360 on both legs, no fixing, weekends, unadjusted, 0, end-of-month rule; '
    'a NULL fixed rate or date gives NULL.';

CREATE FUNCTION swap(terms jsonb) RETURNS swap
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_from_jsonb_wrapper';
COMMENT ON FUNCTION swap(jsonb) IS
    'A swap from a JSON object whose keys are the constructor''s argument names. Unknown keys are '
    'refused.';

CREATE FUNCTION swap_to_jsonb(s swap) RETURNS jsonb
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 AS 'MODULE_PATHNAME',
        'swap_to_jsonb_wrapper';
COMMENT ON FUNCTION swap_to_jsonb(swap) IS
    'The swap as a JSON object whose keys are the constructor''s argument names. Reads back to the '
    'same swap.';

-- PostgreSQL's functions from values to JSON, such as to_jsonb, look for a cast to json.
CREATE FUNCTION swap_to_json(s swap) RETURNS json
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'swap_to_json_wrapper';
COMMENT ON FUNCTION swap_to_json(swap) IS 'the JSON object of swap_to_jsonb as text';

CREATE CAST (jsonb AS swap) WITH FUNCTION swap(jsonb);
CREATE CAST (swap AS jsonb) WITH FUNCTION swap_to_jsonb(swap);
CREATE CAST (json AS swap) WITH INOUT;
CREATE CAST (swap AS json) WITH FUNCTION swap_to_json(swap);
CREATE CAST (text AS swap) WITH INOUT AS ASSIGNMENT;
CREATE CAST (varchar AS swap) WITH INOUT AS ASSIGNMENT;

CREATE FUNCTION swap_hold(s swap, notional float8) RETURNS swap
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'swap_hold_wrapper';
COMMENT ON FUNCTION swap_hold(swap, float8) IS
    'The swap in a notional, in money. A negative one is the other side.';

-- Reading a swap

CREATE FUNCTION swap_fixed_leg(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_fixed_leg_wrapper';
COMMENT ON FUNCTION swap_fixed_leg(swap) IS
    'pay or receive: what the holder does with the fixed rate';

CREATE FUNCTION swap_fixed_rate(s swap) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_fixed_rate_wrapper';
COMMENT ON FUNCTION swap_fixed_rate(swap) IS 'fixed rate a year, as a decimal';

CREATE FUNCTION swap_effective(s swap) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_effective_wrapper';
COMMENT ON FUNCTION swap_effective(swap) IS 'date from which both legs accrue';

CREATE FUNCTION swap_maturity(s swap) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_maturity_wrapper';
COMMENT ON FUNCTION swap_maturity(swap) IS 'maturity date';

CREATE FUNCTION swap_fixed_frequency(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_fixed_frequency_wrapper';
COMMENT ON FUNCTION swap_fixed_frequency(swap) IS
    'How often the fixed leg pays, by its name in bond_frequencies(). None: once, at maturity.';

CREATE FUNCTION swap_fixed_day_count(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_fixed_day_count_wrapper';
COMMENT ON FUNCTION swap_fixed_day_count(swap) IS
    'day count of the fixed leg, by its name in day_counts()';

CREATE FUNCTION swap_floating_index(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_floating_index_wrapper';
COMMENT ON FUNCTION swap_floating_index(swap) IS 'name of the index that the floating leg pays';

CREATE FUNCTION swap_floating_spread(s swap) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_floating_spread_wrapper';
COMMENT ON FUNCTION swap_floating_spread(swap) IS 'spread over the index, as a decimal';

CREATE FUNCTION swap_floating_frequency(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'swap_floating_frequency_wrapper';
COMMENT ON FUNCTION swap_floating_frequency(swap) IS
    'How often the floating leg pays, by its name in bond_frequencies(). None: once, at maturity.';

CREATE FUNCTION swap_floating_day_count(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'swap_floating_day_count_wrapper';
COMMENT ON FUNCTION swap_floating_day_count(swap) IS
    'day count of the floating leg, by its name in day_counts()';

CREATE FUNCTION swap_fixing(s swap) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_fixing_wrapper';
COMMENT ON FUNCTION swap_fixing(swap) IS
    'The fixing of the current period, a decimal. For an overnight index (SOFR, ESTR, SONIA, TONA, '
    'SARON and others, without a tenor or TERM) it is the rate compounded from the period''s start '
    'to the curve''s date, for any other the term rate. NULL where it is unknown.';

CREATE FUNCTION swap_notional(s swap) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_notional_wrapper';
COMMENT ON FUNCTION swap_notional(swap) IS 'Notional, in money. NULL where the swap carries none.';

CREATE FUNCTION swap_calendar(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_calendar_wrapper';
COMMENT ON FUNCTION swap_calendar(swap) IS
    'Calendar of business days. Weekends where none is given.';

CREATE FUNCTION swap_roll(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_roll_wrapper';
COMMENT ON FUNCTION swap_roll(swap) IS
    'Where a date of the schedules goes that falls on a holiday. Unadjusted where nothing is '
    'given.';

CREATE FUNCTION swap_payment_lag(s swap) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_payment_lag_wrapper';
COMMENT ON FUNCTION swap_payment_lag(swap) IS
    'business days from the end of a period to its payment';

CREATE FUNCTION swap_end_of_month(s swap) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_end_of_month_wrapper';
COMMENT ON FUNCTION swap_end_of_month(swap) IS
    'End-of-month rule: where maturity is a month end, so is every date of the schedules. It does '
    'not apply where the effective date is whole periods away on the same day of the month and no '
    'month end.';

CREATE FUNCTION swap_currency(s swap) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_currency_wrapper';
COMMENT ON FUNCTION swap_currency(swap) IS 'ISO 4217 code. NULL where none is given.';

-- Comparing swaps: by maturity, effective date, fixed rate, then the rest; equal swaps have equal
-- terms and notional.

CREATE FUNCTION swap_eq(swap, swap) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_eq_wrapper';
CREATE FUNCTION swap_ne(swap, swap) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_ne_wrapper';
CREATE FUNCTION swap_lt(swap, swap) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_lt_wrapper';
CREATE FUNCTION swap_le(swap, swap) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_le_wrapper';
CREATE FUNCTION swap_gt(swap, swap) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_gt_wrapper';
CREATE FUNCTION swap_ge(swap, swap) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_ge_wrapper';
CREATE FUNCTION swap_cmp(swap, swap) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_cmp_wrapper';
CREATE FUNCTION swap_hash(swap) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_hash_wrapper';
CREATE FUNCTION swap_hash_extended(swap, bigint) RETURNS bigint
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_hash_extended_wrapper';

COMMENT ON FUNCTION swap_eq(swap, swap) IS 'implementation of =';
COMMENT ON FUNCTION swap_ne(swap, swap) IS 'implementation of <>';
COMMENT ON FUNCTION swap_lt(swap, swap) IS 'implementation of <';
COMMENT ON FUNCTION swap_le(swap, swap) IS 'implementation of <=';
COMMENT ON FUNCTION swap_gt(swap, swap) IS 'implementation of >';
COMMENT ON FUNCTION swap_ge(swap, swap) IS 'implementation of >=';
COMMENT ON FUNCTION swap_cmp(swap, swap) IS 'less than, equal, greater: -1, 0, 1';
COMMENT ON FUNCTION swap_hash(swap) IS 'hash';
COMMENT ON FUNCTION swap_hash_extended(swap, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
    FUNCTION = swap_eq, LEFTARG = swap, RIGHTARG = swap, COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
    FUNCTION = swap_ne, LEFTARG = swap, RIGHTARG = swap, COMMUTATOR = <>, NEGATOR = =,
        RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
    FUNCTION = swap_lt, LEFTARG = swap, RIGHTARG = swap, COMMUTATOR = >, NEGATOR = >=,
        RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
    FUNCTION = swap_le, LEFTARG = swap, RIGHTARG = swap, COMMUTATOR = >=, NEGATOR = >,
        RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
    FUNCTION = swap_gt, LEFTARG = swap, RIGHTARG = swap, COMMUTATOR = <, NEGATOR = <=,
        RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
    FUNCTION = swap_ge, LEFTARG = swap, RIGHTARG = swap, COMMUTATOR = <=, NEGATOR = <,
        RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (swap, swap) IS 'same terms and notional';
COMMENT ON OPERATOR <> (swap, swap) IS 'different terms or notional';
COMMENT ON OPERATOR < (swap, swap) IS
    'matures earlier, or starts earlier, or has the lower fixed rate, or is less in another term';
COMMENT ON OPERATOR <= (swap, swap) IS 'less or equal in the order of swaps';
COMMENT ON OPERATOR > (swap, swap) IS 'greater in the order of swaps';
COMMENT ON OPERATOR >= (swap, swap) IS 'greater or equal in the order of swaps';

CREATE OPERATOR CLASS swap_ops DEFAULT FOR TYPE swap USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 swap_cmp(swap, swap);
CREATE OPERATOR CLASS swap_ops DEFAULT FOR TYPE swap USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 swap_hash(swap), FUNCTION 2 swap_hash_extended(swap, bigint);

CREATE FUNCTION swap_smaller(swap, swap) RETURNS swap
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_smaller_wrapper';
CREATE FUNCTION swap_larger(swap, swap) RETURNS swap
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'swap_larger_wrapper';
CREATE AGGREGATE min(swap) (SFUNC = swap_smaller, STYPE = swap, COMBINEFUNC = swap_smaller,
    SORTOP = <, PARALLEL = SAFE);
CREATE AGGREGATE max(swap) (SFUNC = swap_larger, STYPE = swap, COMBINEFUNC = swap_larger,
    SORTOP = >, PARALLEL = SAFE);

COMMENT ON FUNCTION swap_smaller(swap, swap) IS 'the smaller of two swaps';
COMMENT ON FUNCTION swap_larger(swap, swap) IS 'the larger of two swaps';
COMMENT ON AGGREGATE min(swap) IS
    'the smallest swap: the earliest to mature, by the order of swaps';
COMMENT ON AGGREGATE max(swap) IS 'the largest swap: the latest to mature, by the order of swaps';

-- Swaps on curves
--
-- Payments after settlement, which is the curves' own date unless another is given, are discounted
-- on the first curve; the second one projects the floating rates, which the first does where there
-- is no second. NULL or no rows where nothing is paid after settlement, or the fixing of a period
-- that has begun is unknown: the fixing is that of the period which the curves' date is in, so an
-- earlier period still unpaid has none. An overnight index is compounded in arrears: its fixing is
-- what it came to from the period's start to the curves' date, from where the curve goes on,
-- whatever the settlement; that of a term index is for the whole period. A settlement before the
-- curves' date, and curves of different dates, are errors.

CREATE FUNCTION swap_npv(s swap, c curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'swap_npv_wrapper';
CREATE FUNCTION swap_npv(s swap, c curve, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'swap_npv_wrapper';
CREATE FUNCTION swap_npv(s swap, discount curve, projection curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_npv_dual_wrapper';
CREATE FUNCTION swap_npv(s swap, discount curve, projection curve, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_npv_dual_wrapper';

CREATE FUNCTION swap_par_rate(s swap, c curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_par_rate_wrapper';
CREATE FUNCTION swap_par_rate(s swap, c curve, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_par_rate_wrapper';
CREATE FUNCTION swap_par_rate(s swap, discount curve, projection curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_par_rate_dual_wrapper';
CREATE FUNCTION swap_par_rate(s swap, discount curve, projection curve, settlement date) RETURNS
    float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_par_rate_dual_wrapper';

CREATE FUNCTION swap_dv01(s swap, c curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'swap_dv01_wrapper';
CREATE FUNCTION swap_dv01(s swap, c curve, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME', 'swap_dv01_wrapper';
CREATE FUNCTION swap_dv01(s swap, discount curve, projection curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_dv01_dual_wrapper';
CREATE FUNCTION swap_dv01(s swap, discount curve, projection curve, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 AS 'MODULE_PATHNAME',
        'swap_dv01_dual_wrapper';

CREATE FUNCTION swap_measures(s swap, c curve) RETURNS TABLE (npv float8, par_rate float8,
    dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1 AS 'MODULE_PATHNAME',
        'swap_measures_wrapper';
COMMENT ON FUNCTION swap_measures(swap, curve) IS
    'Value, par rate and DV01 of a swap in one row. No row, and no error, where nothing is left to '
    'pay, where a payment is beyond a curve without extrapolation or the years of the calendar, or '
    'where adjusted dates leave no period. NULL where the fixing of the current period is missing.';

CREATE FUNCTION swap_krd(s swap, c curve)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 12 AS 'MODULE_PATHNAME',
        'swap_krd_wrapper';
CREATE FUNCTION swap_krd(s swap, c curve, settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 12 AS 'MODULE_PATHNAME',
        'swap_krd_wrapper';
CREATE FUNCTION swap_krd(s swap, c curve, tenors text[])
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 12 AS 'MODULE_PATHNAME',
        'swap_krd_at_wrapper';
CREATE FUNCTION swap_krd(s swap, c curve, tenors text[], settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 12 AS 'MODULE_PATHNAME',
        'swap_krd_at_wrapper';
CREATE FUNCTION swap_krd(s swap, discount curve, projection curve)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 12 AS 'MODULE_PATHNAME',
        'swap_krd_dual_wrapper';
CREATE FUNCTION swap_krd(s swap, discount curve, projection curve, settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 12 AS 'MODULE_PATHNAME',
        'swap_krd_dual_wrapper';
CREATE FUNCTION swap_krd(s swap, discount curve, projection curve, tenors text[])
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 12 AS 'MODULE_PATHNAME',
        'swap_krd_dual_at_wrapper';
CREATE FUNCTION swap_krd(s swap, discount curve, projection curve, tenors text[], settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 12 AS 'MODULE_PATHNAME',
        'swap_krd_dual_at_wrapper';

CREATE FUNCTION swap_cashflows(s swap, c curve)
    RETURNS TABLE (leg text, start date, "end" date, payment date, rate float8, amount float8,
        discount_factor float8, present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 20 AS 'MODULE_PATHNAME',
        'swap_cashflows_wrapper';
CREATE FUNCTION swap_cashflows(s swap, c curve, settlement date)
    RETURNS TABLE (leg text, start date, "end" date, payment date, rate float8, amount float8,
        discount_factor float8, present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 20 AS 'MODULE_PATHNAME',
        'swap_cashflows_wrapper';
CREATE FUNCTION swap_cashflows(s swap, discount curve, projection curve)
    RETURNS TABLE (leg text, start date, "end" date, payment date, rate float8, amount float8,
        discount_factor float8, present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 20 AS 'MODULE_PATHNAME',
        'swap_cashflows_dual_wrapper';
CREATE FUNCTION swap_cashflows(s swap, discount curve, projection curve, settlement date)
    RETURNS TABLE (leg text, start date, "end" date, payment date, rate float8, amount float8,
        discount_factor float8, present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 20 AS 'MODULE_PATHNAME',
        'swap_cashflows_dual_wrapper';

COMMENT ON FUNCTION swap_npv(swap, curve) IS
    'Value to the holder on a curve, in money for the notional (per 100 without one). Positive is '
    'gain. NULL where nothing is left to pay, or where the fixing of the current period is '
    'missing.';
COMMENT ON FUNCTION swap_npv(swap, curve, date) IS
    'Value to the holder on a curve, in money for the notional (per 100 without one). Positive is '
    'gain. Settles on a date after the curve''s. NULL where nothing is left to pay, or where the '
    'fixing of the current period is missing.';
COMMENT ON FUNCTION swap_npv(swap, curve, curve) IS
    'Value to the holder on two curves, in money for the notional (per 100 without one). Positive '
    'is gain. Discounted on the first curve, projected on the second. NULL where nothing is left '
    'to pay, or where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_npv(swap, curve, curve, date) IS
    'Value to the holder on two curves, in money for the notional (per 100 without one). Positive '
    'is gain. Discounted on the first curve, projected on the second. Settles on a date after the '
    'curve''s. NULL where nothing is left to pay, or where the fixing of the current period is '
    'missing.';
COMMENT ON FUNCTION swap_par_rate(swap, curve) IS
    'Fixed rate at which the swap is worth nothing, a decimal, paid as its fixed leg pays. NULL '
    'where nothing is left to pay, or where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_par_rate(swap, curve, date) IS
    'Fixed rate at which the swap is worth nothing, a decimal, paid as its fixed leg pays. Settles '
    'on a date after the curve''s. NULL where nothing is left to pay, or where the fixing of the '
    'current period is missing.';
COMMENT ON FUNCTION swap_par_rate(swap, curve, curve) IS
    'Fixed rate at which the swap is worth nothing, a decimal, paid as its fixed leg pays. '
    'Discounted on the first curve, projected on the second. NULL where nothing is left to pay, or '
    'where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_par_rate(swap, curve, curve, date) IS
    'Fixed rate at which the swap is worth nothing, a decimal, paid as its fixed leg pays. '
    'Discounted on the first curve, projected on the second. Settles on a date after the curve''s. '
    'NULL where nothing is left to pay, or where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_dv01(swap, curve) IS
    'Loss of value for a rise of all zero rates by one basis point, in money for the notional (per '
    '100 without one). Positive for who receives fixed. NULL where nothing is left to pay, or '
    'where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_dv01(swap, curve, date) IS
    'Loss of value for a rise of all zero rates by one basis point, in money for the notional (per '
    '100 without one). Positive for who receives fixed. Settles on a date after the curve''s. NULL '
    'where nothing is left to pay, or where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_dv01(swap, curve, curve) IS
    'Loss of value for a rise of all zero rates of both curves by one basis point, in money for '
    'the notional (per 100 without one). Positive for who receives fixed. Discounted on the first '
    'curve, projected on the second. NULL where nothing is left to pay, or where the fixing of the '
    'current period is missing.';
COMMENT ON FUNCTION swap_dv01(swap, curve, curve, date) IS
    'Loss of value for a rise of all zero rates of both curves by one basis point, in money for '
    'the notional (per 100 without one). Positive for who receives fixed. Discounted on the first '
    'curve, projected on the second. Settles on a date after the curve''s. NULL where nothing is '
    'left to pay, or where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_krd(swap, curve) IS
    'DV01 to each key rate in money, by triangular moves of the curve''s zero rates, and duration '
    'in years, which is DV01 times 10,000 over the notional. A month of a tenor is 1/12 year, a '
    'day 1/365. They add up to swap_dv01. Tenors: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y. No '
    'rows where nothing is left to pay, or where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_krd(swap, curve, date) IS
    'DV01 to each key rate in money, by triangular moves of the curve''s zero rates, and duration '
    'in years, which is DV01 times 10,000 over the notional. A month of a tenor is 1/12 year, a '
    'day 1/365. They add up to swap_dv01. Settles on a date after the curve''s. Tenors: 3M 6M 1Y '
    '2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y. No rows where nothing is left to pay, or where the fixing of '
    'the current period is missing.';
COMMENT ON FUNCTION swap_krd(swap, curve, text[]) IS
    'DV01 to each key rate in money, by triangular moves of the curve''s zero rates, and duration '
    'in years, which is DV01 times 10,000 over the notional. A month of a tenor is 1/12 year, a '
    'day 1/365. They add up to swap_dv01. No rows where nothing is left to pay, or where the '
    'fixing of the current period is missing.';
COMMENT ON FUNCTION swap_krd(swap, curve, text[], date) IS
    'DV01 to each key rate in money, by triangular moves of the curve''s zero rates, and duration '
    'in years, which is DV01 times 10,000 over the notional. A month of a tenor is 1/12 year, a '
    'day 1/365. They add up to swap_dv01. Settles on a date after the curve''s. No rows where '
    'nothing is left to pay, or where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_krd(swap, curve, curve) IS
    'DV01 to each key rate in money, by triangular moves of the zero rates of both curves, and '
    'duration in years, which is DV01 times 10,000 over the notional. A month of a tenor is 1/12 '
    'year, a day 1/365. They add up to swap_dv01. Discounted on the first curve, projected on the '
    'second. Tenors: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y. No rows where nothing is left to '
    'pay, or where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_krd(swap, curve, curve, date) IS
    'DV01 to each key rate in money, by triangular moves of the zero rates of both curves, and '
    'duration in years, which is DV01 times 10,000 over the notional. A month of a tenor is 1/12 '
    'year, a day 1/365. They add up to swap_dv01. Discounted on the first curve, projected on the '
    'second. Settles on a date after the curve''s. Tenors: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y '
    '30Y. No rows where nothing is left to pay, or where the fixing of the current period is '
    'missing.';
COMMENT ON FUNCTION swap_krd(swap, curve, curve, text[]) IS
    'DV01 to each key rate in money, by triangular moves of the zero rates of both curves, and '
    'duration in years, which is DV01 times 10,000 over the notional. A month of a tenor is 1/12 '
    'year, a day 1/365. They add up to swap_dv01. Discounted on the first curve, projected on the '
    'second. No rows where nothing is left to pay, or where the fixing of the current period is '
    'missing.';
COMMENT ON FUNCTION swap_krd(swap, curve, curve, text[], date) IS
    'DV01 to each key rate in money, by triangular moves of the zero rates of both curves, and '
    'duration in years, which is DV01 times 10,000 over the notional. A month of a tenor is 1/12 '
    'year, a day 1/365. They add up to swap_dv01. Discounted on the first curve, projected on the '
    'second. Settles on a date after the curve''s. No rows where nothing is left to pay, or where '
    'the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_cashflows(swap, curve) IS
    'Payments after settlement in order of date: leg, period, day of payment, rate a year with the '
    'spread, amount to the holder in money for the notional (per 100 without one), negative where '
    'he pays, discount factor, present value. The present values add up to swap_npv. Rate, amount '
    'and present value are NULL where the fixing of the current period is missing.';
COMMENT ON FUNCTION swap_cashflows(swap, curve, date) IS
    'Payments after settlement in order of date: leg, period, day of payment, rate a year with the '
    'spread, amount to the holder in money for the notional (per 100 without one), negative where '
    'he pays, discount factor, present value. The present values add up to swap_npv. Settles on a '
    'date after the curve''s. Rate, amount and present value are NULL where the fixing of the '
    'current period is missing.';
COMMENT ON FUNCTION swap_cashflows(swap, curve, curve) IS
    'Payments after settlement in order of date: leg, period, day of payment, rate a year with the '
    'spread, amount to the holder in money for the notional (per 100 without one), negative where '
    'he pays, discount factor, present value. The present values add up to swap_npv. Discounted on '
    'the first curve, projected on the second. Rate, amount and present value are NULL where the '
    'fixing of the current period is missing.';
COMMENT ON FUNCTION swap_cashflows(swap, curve, curve, date) IS
    'Payments after settlement in order of date: leg, period, day of payment, rate a year with the '
    'spread, amount to the holder in money for the notional (per 100 without one), negative where '
    'he pays, discount factor, present value. The present values add up to swap_npv. Discounted on '
    'the first curve, projected on the second. Settles on a date after the curve''s. Rate, amount '
    'and present value are NULL where the fixing of the current period is missing.';
