-- Swaps: fixed against floating terms of a holding, following its instrument as bonds do, with the
-- swap value s that the functions read generated from them. The defaults are a SOFR swap's.
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS swaps (
    id                 integer PRIMARY KEY,
    fixed_leg          varchar(7) NOT NULL CHECK (fixed_leg IN ('PAY', 'RECEIVE')),
    fixed_rate         numeric(8,6) NOT NULL,
    effective_date     date NOT NULL,
    maturity_date      date NOT NULL,
    fixed_frequency    varchar(20) NOT NULL DEFAULT 'ANNUAL'
        CHECK (fixed_frequency IN ('ANNUAL', 'SEMI_ANNUAL', 'QUARTERLY', 'MONTHLY')),
    fixed_day_count    varchar(20) NOT NULL DEFAULT 'ACT_360'
        CHECK (fixed_day_count IN ('30_360', '30E_360', 'ACT_ACT', 'ACT_360', 'ACT_365F')),
    floating_index     varchar(20) NOT NULL DEFAULT 'SOFR',
    floating_spread    numeric(8,6) NOT NULL DEFAULT 0,
    floating_frequency varchar(20) NOT NULL DEFAULT 'ANNUAL'
        CHECK (floating_frequency IN ('ANNUAL', 'SEMI_ANNUAL', 'QUARTERLY', 'MONTHLY')),
    floating_day_count varchar(20) NOT NULL DEFAULT 'ACT_360'
        CHECK (floating_day_count IN ('30_360', '30E_360', 'ACT_ACT', 'ACT_360', 'ACT_365F')),
    instrument_type    varchar(10) NOT NULL DEFAULT 'SWAP' CHECK (instrument_type = 'SWAP'),
    notional           numeric(18,2) NOT NULL,
    portfolio_key      text NOT NULL,
    portfolio_id       varchar(50) GENERATED ALWAYS AS (nullif(portfolio_key, '')) STORED,
    CONSTRAINT valid_term CHECK (maturity_date > effective_date),
    CONSTRAINT swaps_follow_instrument FOREIGN KEY (id, instrument_type, notional, portfolio_key)
        REFERENCES instruments (id, instrument_type, notional, portfolio_key) ON UPDATE CASCADE ON
            DELETE CASCADE
);

-- Apart, for the tables of those who had them without.
ALTER TABLE swaps
    ADD COLUMN IF NOT EXISTS current_fixing          numeric(8,6),
    ADD COLUMN IF NOT EXISTS holiday_calendar        text,
    ADD COLUMN IF NOT EXISTS business_day_convention varchar(20),
    ADD COLUMN IF NOT EXISTS payment_days            integer;

-- What no swap value can be is named all at once, before the column below stops at the first.
DO $$
DECLARE
    offending text;
BEGIN
    SELECT string_agg(id::text, ', ' ORDER BY id) INTO offending FROM swaps
    WHERE effective_date < '0001-01-01' OR maturity_date > '9999-12-31' OR btrim(floating_index) =
        '' OR floating_index ~ '["[:cntrl:]]';
    IF offending IS NOT NULL THEN
        RAISE EXCEPTION 'swaps that cannot be valued: %', offending
            USING ERRCODE = 'data_exception', HINT = 'Give each finite dates and an index named on '
                'one line without double quotes.';
    END IF;
END
$$;

ALTER TABLE swaps
    ADD COLUMN IF NOT EXISTS s swap NOT NULL GENERATED ALWAYS AS (swap(
        fixed_rate => fixed_rate, effective => effective_date, maturity => maturity_date,
            fixed_leg => fixed_leg,
        fixed_frequency => fixed_frequency, fixed_day_count => fixed_day_count, floating_index =>
            btrim(floating_index),
        floating_spread => floating_spread, floating_frequency => floating_frequency,
            floating_day_count => floating_day_count,
        fixing => current_fixing, notional => notional, calendar => holiday_calendar,
            roll => business_day_convention,
        payment_lag => payment_days)) STORED;

CREATE INDEX IF NOT EXISTS idx_swaps_maturity ON swaps (maturity_date);
CREATE INDEX IF NOT EXISTS idx_swaps_portfolio ON swaps (portfolio_id);

CREATE OR REPLACE TRIGGER swaps_follow BEFORE INSERT ON swaps FOR EACH ROW EXECUTE FUNCTION
    follow_instrument();

COMMENT ON TABLE swaps IS 'Terms of each interest rate swap held; id is that of its instrument.';
COMMENT ON COLUMN swaps.fixed_leg IS 'PAY or RECEIVE, seen from the holder.';
COMMENT ON COLUMN swaps.fixed_rate
    IS 'Annual rate of the fixed leg as a decimal: 0.0445 is 4.45 %.';
COMMENT ON COLUMN swaps.effective_date IS 'Date both legs start to accrue.';
COMMENT ON COLUMN swaps.floating_index IS 'Name of the index the floating leg pays; blanks around '
    'it do not count.';
COMMENT ON COLUMN swaps.floating_spread IS 'Added to the index, as a decimal.';
COMMENT ON COLUMN swaps.current_fixing IS 'The index over the period that has begun, as a decimal: '
    'of an overnight index its rate '
    'compounded from the period''s start to the curve''s date, of any other its term rate; NULL '
        'when unknown, and then the measures of a '
    'swap with such a period are NULL.';
COMMENT ON COLUMN swaps.holiday_calendar IS 'Business days: a market or several of calendars(), as '
    'US or US+UK; NULL for weekends only.';
COMMENT ON COLUMN swaps.business_day_convention IS 'Where the end of a period goes that falls on a '
    'holiday, one of business_day_rolls(); '
    'NULL when it stays.';
COMMENT ON COLUMN swaps.payment_days IS 'Business days from the end of a period to its payment; '
    'NULL for none.';
COMMENT ON COLUMN swaps.notional IS 'Copy of the instrument''s, kept by its foreign key: change it '
    'there.';
COMMENT ON COLUMN swaps.portfolio_key IS 'Copy of the instrument''s, kept by its foreign key: '
    'change it there.';
COMMENT ON COLUMN swaps.portfolio_id IS 'The instrument''s portfolio.';
COMMENT ON COLUMN swaps.s IS 'The swap value of this row, generated from its other columns.';

COMMIT;
