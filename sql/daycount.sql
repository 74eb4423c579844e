-- Day counts: days and year fractions between two dates.

CREATE FUNCTION year_fraction(
    "from" date, "to" date, day_count text, frequency text DEFAULT NULL,
    period_start date DEFAULT NULL, period_end date DEFAULT NULL, termination date DEFAULT NULL,
        calendar calendar DEFAULT NULL
) RETURNS float8
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'year_fraction_wrapper';
COMMENT ON FUNCTION year_fraction(date, date, text, text, date, date, date, calendar) IS
    'Years from one date to another by a day count of day_counts(), negative where the second is '
    'the earlier. ACT/ACT ICMA uses the coupon period given (without one, the two dates), split '
    'into regular periods of the frequency; ACT/365L uses its end, 30E/360 ISDA the termination '
    'date, BUS/252 the calendar, else that of Brazil. NULL dates or day count give NULL.';

CREATE FUNCTION day_count_days("from" date, "to" date, day_count text, termination date DEFAULT
    NULL, calendar calendar DEFAULT NULL)
    RETURNS integer
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'day_count_days_wrapper';
COMMENT ON FUNCTION day_count_days(date, date, text, date, calendar) IS
    'Days from one date to another as a day count of day_counts() counts them, negative where the '
    'second is the earlier. Termination and calendar as in year_fraction. NULL dates or day count '
    'give NULL.';
