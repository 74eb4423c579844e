-- Schedules as rows.

CREATE FUNCTION schedule(
    effective date, termination date, frequency text, stub text DEFAULT 'short_first',
    first_coupon date DEFAULT NULL, last_coupon date DEFAULT NULL, end_of_month boolean DEFAULT true,
    calendar calendar DEFAULT 'weekends', roll text DEFAULT 'following', termination_roll text DEFAULT NULL,
    adjust_accrual boolean DEFAULT false
) RETURNS TABLE (period integer, start date, "end" date, payment date, days integer, regular boolean)
    LANGUAGE c IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100 ROWS 20 AS 'MODULE_PATHNAME', 'schedule_wrapper';
COMMENT ON FUNCTION schedule(date, date, text, text, date, date, boolean, calendar, text, text, boolean) IS
    'the periods between two dates, one row each: interest accrues from start on and before "end", over so many actual days, and is paid on payment, a business day of the calendar. Counted back from termination (stub short_first, long_first) or on from the effective date (short_last, long_last); first_coupon ends an odd first period, last_coupon starts an odd last one. From the last day of a month to the last of others, unless end_of_month is false or that would leave an odd period at the other end which days of the month do not: 28 August to 28 February is half a year. adjust_accrual moves start and "end" to business days as well. No rows where a date or the frequency is NULL; dates out of order, coupon dates off the schedule and more than 5000 periods are errors';
