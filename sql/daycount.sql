-- Day counts: days and year fractions between two dates.

CREATE FUNCTION year_fraction(
    "from" date, "to" date, day_count text, frequency text DEFAULT NULL,
    period_start date DEFAULT NULL, period_end date DEFAULT NULL, termination date DEFAULT NULL, calendar calendar DEFAULT NULL
) RETURNS float8
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE AS 'MODULE_PATHNAME', 'year_fraction_wrapper';
COMMENT ON FUNCTION year_fraction(date, date, text, text, date, date, date, calendar) IS
    'the part of a year from one date to another by a day count of day_counts(), negative where the second is the earlier. ACT/ACT ICMA counts by the coupon period given (without one, the two dates are it), split along regular periods of the frequency given; ACT/365L by its end; 30E/360 ISDA leaves February alone on the termination date; BUS/252 counts business days of the calendar given, else of Brazil. NULL dates or day count give NULL; an unknown word or a period that ends before it starts is an error';

CREATE FUNCTION day_count_days("from" date, "to" date, day_count text, termination date DEFAULT NULL, calendar calendar DEFAULT NULL)
    RETURNS integer
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE AS 'MODULE_PATHNAME', 'day_count_days_wrapper';
COMMENT ON FUNCTION day_count_days(date, date, text, date, calendar) IS
    'days from one date to another as a day count of day_counts() counts them, negative where the second is the earlier; termination and calendar as in year_fraction. NULL dates or day count give NULL';
