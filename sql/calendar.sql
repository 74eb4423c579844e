-- Calendars: when markets are open, and the business days counted by them.

CREATE TYPE calendar;

CREATE FUNCTION calendar_in(cstring) RETURNS calendar
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'calendar_in_wrapper';
CREATE FUNCTION calendar_out(calendar) RETURNS cstring
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'calendar_out_wrapper';
CREATE FUNCTION calendar_recv(internal) RETURNS calendar
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'calendar_recv_wrapper';
CREATE FUNCTION calendar_send(calendar) RETURNS bytea
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'byteasend';

CREATE TYPE calendar (
    INPUT = calendar_in, OUTPUT = calendar_out, RECEIVE = calendar_recv, SEND = calendar_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);

COMMENT ON TYPE calendar IS
    'Markets by name and holidays of the user''s own, open when all are: US, US+UK, weekends, '
    'TARGET+{2026-01-02,2026-12-24}. calendars() lists the names.';
COMMENT ON FUNCTION calendar_in(cstring) IS
    'I/O: names of markets joined by plus signs, own holidays in braces';
COMMENT ON FUNCTION calendar_out(calendar) IS 'I/O';
COMMENT ON FUNCTION calendar_recv(internal) IS 'I/O: the stored bytes, checked as text is';
COMMENT ON FUNCTION calendar_send(calendar) IS 'I/O';

-- A column or a literal of text is a calendar wherever one is wanted.
CREATE CAST (text AS calendar) WITH INOUT AS IMPLICIT;
CREATE CAST (varchar AS calendar) WITH INOUT AS IMPLICIT;

CREATE FUNCTION calendar(holidays date[], base calendar DEFAULT 'weekends') RETURNS calendar
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'calendar_new_wrapper';
-- The first line is for tools that make names of calendars() as well: they would be the same.
COMMENT ON FUNCTION calendar(date[], calendar) IS
    E'@name make_calendar\n'
    'A calendar of the user''s own: the base calendar, closed on these days as well. At most '
    '10,000 of them, none infinite or NULL.';

CREATE FUNCTION calendar_join(calendar, calendar) RETURNS calendar
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'calendar_join_wrapper';
CREATE OPERATOR + (FUNCTION = calendar_join, LEFTARG = calendar, RIGHTARG = calendar,
    COMMUTATOR = +);
COMMENT ON FUNCTION calendar_join(calendar, calendar) IS 'implementation of +';
COMMENT ON OPERATOR + (calendar, calendar) IS 'open when both are';

-- Business days. A date outside the years that a calendar is known for is an error.

CREATE FUNCTION is_business_day(date date, calendar calendar) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'is_business_day_wrapper';
COMMENT ON FUNCTION is_business_day(date, calendar) IS 'whether the calendar is open on a date';

CREATE FUNCTION add_business_days(date date, days integer, calendar calendar) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'add_business_days_wrapper';
COMMENT ON FUNCTION add_business_days(date, integer, calendar) IS
    'The business day n business days after a date, or before it where n is negative. For 0 the '
    'date itself, or else the next business day.';

CREATE FUNCTION adjust_date(date date, roll text, calendar calendar) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'adjust_date_wrapper';
COMMENT ON FUNCTION adjust_date(date, text, calendar) IS
    'A date rolled to a business day: following, modified_following, preceding, '
    'modified_preceding, nearest, nearest_isda or unadjusted. business_day_rolls() lists the '
    'spellings.';

CREATE FUNCTION business_days("from" date, "to" date, calendar calendar) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'business_days_wrapper';
COMMENT ON FUNCTION business_days(date, date, calendar) IS
    'Business days from the first date on and before the second. Negative where the second is the '
    'earlier.';

CREATE FUNCTION settlement_date(trade date, lag integer, calendar calendar) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'settlement_date_wrapper';
COMMENT ON FUNCTION settlement_date(date, integer, calendar) IS
    'The business day on which a trade settles, lag business days after it: T+1 has lag 1. For lag '
    '0 the trade date or else the next business day.';

-- What the calendars are.

CREATE FUNCTION calendar_holidays(calendar calendar, "from" date, "to" date) RETURNS TABLE (date
    date, name text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10 AS 'MODULE_PATHNAME',
        'calendar_holidays_wrapper';
COMMENT ON FUNCTION calendar_holidays(calendar, date, date) IS
    'The holidays of a calendar between two dates, both included, that do not fall on a weekend. '
    '(observed) marks one that was moved from a weekend.';

CREATE FUNCTION calendars() RETURNS TABLE (name text, aliases text[], first_year integer,
    last_year integer, definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 20 AS 'MODULE_PATHNAME', 'calendars_wrapper';
COMMENT ON FUNCTION calendars() IS
    'Calendars: name, other spellings, the years in which their rules are known, definition. Case, '
    'blanks and punctuation do not matter.';

CREATE FUNCTION business_day_rolls() RETURNS TABLE (name text, aliases text[], definition text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE ROWS 7 AS 'MODULE_PATHNAME',
        'business_day_rolls_wrapper';
COMMENT ON FUNCTION business_day_rolls() IS
    'Business-day rolls: name, other spellings, definition. Case, blanks and punctuation do not '
    'matter.';

-- Comparing calendars. Equal ones have equal bytes, so PostgreSQL compares and hashes them as it
-- does bytea.

CREATE FUNCTION calendar_eq(calendar, calendar) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT
    PARALLEL SAFE AS 'byteaeq';
CREATE FUNCTION calendar_ne(calendar, calendar) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT
    PARALLEL SAFE AS 'byteane';
CREATE FUNCTION calendar_lt(calendar, calendar) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT
    PARALLEL SAFE AS 'bytealt';
CREATE FUNCTION calendar_le(calendar, calendar) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT
    PARALLEL SAFE AS 'byteale';
CREATE FUNCTION calendar_gt(calendar, calendar) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT
    PARALLEL SAFE AS 'byteagt';
CREATE FUNCTION calendar_ge(calendar, calendar) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT
    PARALLEL SAFE AS 'byteage';
CREATE FUNCTION calendar_cmp(calendar, calendar) RETURNS integer LANGUAGE internal IMMUTABLE STRICT
    PARALLEL SAFE AS 'byteacmp';
CREATE FUNCTION calendar_hash(calendar) RETURNS integer LANGUAGE internal IMMUTABLE STRICT PARALLEL
    SAFE AS 'hashvarlena';
CREATE FUNCTION calendar_hash_extended(calendar, bigint) RETURNS bigint
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'hashvarlenaextended';

COMMENT ON FUNCTION calendar_eq(calendar, calendar) IS 'implementation of =';
COMMENT ON FUNCTION calendar_ne(calendar, calendar) IS 'implementation of <>';
COMMENT ON FUNCTION calendar_lt(calendar, calendar) IS 'implementation of <';
COMMENT ON FUNCTION calendar_le(calendar, calendar) IS 'implementation of <=';
COMMENT ON FUNCTION calendar_gt(calendar, calendar) IS 'implementation of >';
COMMENT ON FUNCTION calendar_ge(calendar, calendar) IS 'implementation of >=';
COMMENT ON FUNCTION calendar_cmp(calendar, calendar) IS
    'less than, equal, greater: negative, 0, positive';
COMMENT ON FUNCTION calendar_hash(calendar) IS 'hash';
COMMENT ON FUNCTION calendar_hash_extended(calendar, bigint) IS 'hash with a seed';

CREATE OPERATOR = (
    FUNCTION = calendar_eq, LEFTARG = calendar, RIGHTARG = calendar, COMMUTATOR = =, NEGATOR = <>,
    RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
    FUNCTION = calendar_ne, LEFTARG = calendar, RIGHTARG = calendar, COMMUTATOR = <>, NEGATOR = =,
        RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
    FUNCTION = calendar_lt, LEFTARG = calendar, RIGHTARG = calendar, COMMUTATOR = >, NEGATOR = >=,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
    FUNCTION = calendar_le, LEFTARG = calendar, RIGHTARG = calendar, COMMUTATOR = >=, NEGATOR = >,
    RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
    FUNCTION = calendar_gt, LEFTARG = calendar, RIGHTARG = calendar, COMMUTATOR = <, NEGATOR = <=,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
    FUNCTION = calendar_ge, LEFTARG = calendar, RIGHTARG = calendar, COMMUTATOR = <=, NEGATOR = <,
    RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR = (calendar, calendar) IS 'same markets and own holidays';
COMMENT ON OPERATOR <> (calendar, calendar) IS 'different markets or own holidays';
COMMENT ON OPERATOR < (calendar, calendar) IS 'less in the order of the stored bytes';
COMMENT ON OPERATOR <= (calendar, calendar) IS 'less or equal in the order of the stored bytes';
COMMENT ON OPERATOR > (calendar, calendar) IS 'greater in the order of the stored bytes';
COMMENT ON OPERATOR >= (calendar, calendar) IS 'greater or equal in the order of the stored bytes';

CREATE OPERATOR CLASS calendar_ops DEFAULT FOR TYPE calendar USING btree AS
    OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
    FUNCTION 1 calendar_cmp(calendar, calendar);
CREATE OPERATOR CLASS calendar_ops DEFAULT FOR TYPE calendar USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 calendar_hash(calendar), FUNCTION 2 calendar_hash_extended(calendar, bigint);
