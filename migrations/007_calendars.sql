-- Calendars of one's own: a market's or several joined, with further holidays. user_calendar()
-- makes a value of them, to be used like any other calendar: settlement_date('2026-12-23', 1,
-- user_calendar('desk')).
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS calendars (
    name        text PRIMARY KEY,
    base        calendar NOT NULL DEFAULT 'weekends',
    description text
);

CREATE TABLE IF NOT EXISTS calendar_holidays (
    calendar text NOT NULL REFERENCES calendars ON UPDATE CASCADE ON DELETE CASCADE,
    date     date NOT NULL CHECK (isfinite(date)),
    name     text,
    PRIMARY KEY (calendar, date)
);

CREATE OR REPLACE FUNCTION user_calendar(name text) RETURNS calendar
    LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE SET search_path FROM CURRENT AS $$
DECLARE
    value calendar;
BEGIN
    SELECT calendar(ARRAY(SELECT h.date FROM calendar_holidays h WHERE h.calendar = c.name), c.base)
    INTO value
    FROM calendars c
    WHERE c.name = user_calendar.name;
    IF NOT FOUND THEN
        RAISE 'unknown calendar: "%"', name
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Calendars of one''s own are rows of '
                'the table calendars.';
    END IF;
    RETURN value;
END $$;

COMMENT ON TABLE calendars IS 'Calendars of one''s own, by name.';
COMMENT ON COLUMN calendars.base IS 'What is closed besides its holidays: weekends, or markets by '
    'name, as US or US+UK.';
COMMENT ON TABLE calendar_holidays IS 'The days on which a calendar of one''s own is closed '
    'besides its base.';
COMMENT ON COLUMN calendar_holidays.name IS 'The holiday''s name.';
COMMENT ON FUNCTION user_calendar(text) IS 'The calendar of this name as a value, with its '
    'holidays as they are now.';

COMMIT;
