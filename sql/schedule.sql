-- Schedules as rows.

CREATE FUNCTION schedule(
    effective date, termination date, frequency text, stub text DEFAULT 'short_first',
    first_coupon date DEFAULT NULL, last_coupon date DEFAULT NULL, end_of_month boolean DEFAULT
        true,
    calendar calendar DEFAULT 'weekends', roll text DEFAULT 'following', termination_roll text
        DEFAULT NULL,
    adjust_accrual boolean DEFAULT false
) RETURNS TABLE (period integer, start date, "end" date, payment date, days integer,
    regular boolean)
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100 ROWS 20 AS 'MODULE_PATHNAME',
        'schedule_wrapper';
COMMENT ON FUNCTION schedule(date, date, text, text, date, date, boolean, calendar, text,
    text,
    boolean) IS
    'The periods between two dates, one row each: start, end, payment on a business day of the '
    'calendar, and actual days. Counted back from termination (stub short_first, long_first) or on '
    'from the effective date (short_last, long_last); first_coupon ends an odd first period, '
    'last_coupon starts an odd last one. Month ends lead to month ends, unless end_of_month is '
    'false or the rule would make an odd period at the other end. adjust_accrual moves start and '
    'end to business days too. No rows where a date or the frequency is NULL; at most 5000 '
    'periods.';
