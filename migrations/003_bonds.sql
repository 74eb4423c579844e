-- Bonds: the terms of a holding and its mark, with the bond value b that the functions read
-- generated from them. A row says its terms, never the market they come from: what a market is
-- taken to do may change with a release, and these columns have defaults of their own. A market
-- fills them in when the row is written:
--
--     INSERT INTO bonds (id, coupon_rate, maturity_date, payment_frequency, day_count_convention,
--                        yield_convention, holiday_calendar, business_day_convention,
--                        ex_dividend_period, settlement_days, end_of_month)
--     SELECT 1, 0.0425, '2034-07-31', frequency, day_count, convention, calendar, roll,
--            ex_dividend, settlement_lag, end_of_month
--     FROM bond_market('uk_gilt')
--
-- Views and triggers of one's own compare bonds with = or <>: PostgreSQL dumps these with their
-- schema. IS DISTINCT FROM, NULLIF and JOIN USING are dumped without one, and then a dump that has
-- them on a column of bonds does not restore.
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS bonds (
    id                      integer PRIMARY KEY,
    coupon_rate             numeric(8,6) NOT NULL,
    coupon_steps            text,
    maturity_date           date NOT NULL,
    issue_date              date,
    first_coupon_date       date,
    last_coupon_date        date,
    payment_frequency       varchar(20) DEFAULT 'SEMI_ANNUAL',
    day_count_convention    varchar(20) DEFAULT 'ACT_ACT',
    yield_convention        varchar(20) DEFAULT 'street',
    end_of_month            boolean,
    redemption              float8 DEFAULT 100,
    holiday_calendar        text,
    business_day_convention varchar(20),
    ex_dividend_period      varchar(10),
    settlement_days         integer,
    price                   float8,
    credit_rating           varchar(10),
    issuer_name             varchar(200),
    sector                  varchar(100),
    instrument_type         varchar(10) NOT NULL DEFAULT 'BOND' CHECK (instrument_type = 'BOND'),
    notional                numeric(18,2) NOT NULL,
    portfolio_key           text NOT NULL,
    portfolio_id            varchar(50) GENERATED ALWAYS AS (nullif(portfolio_key, '')) STORED,
    b bond NOT NULL GENERATED ALWAYS AS (bond(
        coupon => coupon_rate, maturity => maturity_date, issue => issue_date,
            frequency => payment_frequency,
        day_count => day_count_convention, first_coupon => first_coupon_date, last_coupon =>
            last_coupon_date,
        redemption => redemption, end_of_month => end_of_month, convention => yield_convention,
            steps => coupon_steps,
        calendar => holiday_calendar, roll => business_day_convention, ex_dividend =>
            ex_dividend_period,
        settlement_lag => settlement_days, price => price, notional => notional)) STORED,
    CONSTRAINT valid_coupon CHECK (coupon_rate >= 0 AND coupon_rate <= 1),
    CONSTRAINT valid_maturity CHECK (maturity_date > '2020-01-01'),
    CONSTRAINT bonds_follow_instrument FOREIGN KEY (id, instrument_type, notional, portfolio_key)
        REFERENCES instruments (id, instrument_type, notional, portfolio_key) ON UPDATE CASCADE ON
            DELETE CASCADE
);

CREATE INDEX IF NOT EXISTS idx_bonds_maturity ON bonds (maturity_date);
CREATE INDEX IF NOT EXISTS idx_bonds_issuer ON bonds (issuer_name);
CREATE INDEX IF NOT EXISTS idx_bonds_rating ON bonds (credit_rating);
CREATE INDEX IF NOT EXISTS idx_bonds_portfolio ON bonds (portfolio_id);

CREATE OR REPLACE TRIGGER bonds_follow BEFORE INSERT ON bonds FOR EACH ROW EXECUTE FUNCTION
    follow_instrument();

COMMENT ON TABLE bonds IS 'Terms and mark of each bond held; id is that of its instrument.';
COMMENT ON COLUMN bonds.coupon_rate IS 'Annual coupon as a decimal: 0.0445 is 4.45 %.';
COMMENT ON COLUMN bonds.coupon_steps IS 'Coupons that follow the first one and the dates from '
    'which they hold: '
    '2027-06-15:4.5%,2029-06-15:5%; NULL when there are none.';
COMMENT ON COLUMN bonds.maturity_date IS 'Maturity; infinity when the bond is perpetual.';
COMMENT ON COLUMN bonds.issue_date IS 'Date interest starts; needed when the first period is odd, '
    'when interest is paid at '
    'maturity, and when the bond is perpetual.';
COMMENT ON COLUMN bonds.first_coupon_date IS 'First coupon date, given when the first period is '
    'odd.';
COMMENT ON COLUMN bonds.last_coupon_date IS 'Last coupon date before maturity, given when the last '
    'period is odd.';
COMMENT ON COLUMN bonds.payment_frequency IS 'ANNUAL, SEMI_ANNUAL, QUARTERLY, MONTHLY or another '
    'of bond_frequencies(), in any '
    'spelling; NONE when nothing is paid before maturity.';
COMMENT ON COLUMN bonds.day_count_convention IS '30_360, 30E_360, ACT_ACT (ICMA), ACT_360, '
    'ACT_365F or another of day_counts(), in '
    'any spelling.';
COMMENT ON COLUMN bonds.yield_convention IS 'One of yield_conventions(), in any spelling: street, '
    'us_treasury, uk_dmo.';
COMMENT ON COLUMN bonds.end_of_month IS 'Whether coupons stay on month ends when the maturity is '
    'one: true for Treasuries, '
    'false for corporate bonds; bond_market() has the rule of each market. NULL: they stay.';
COMMENT ON COLUMN bonds.redemption IS 'Paid at maturity, per 100 face.';
COMMENT ON COLUMN bonds.holiday_calendar IS 'Business days: a market or several of calendars(), as '
    'US or US+UK; NULL for weekends only.';
COMMENT ON COLUMN bonds.business_day_convention IS 'Where a payment goes that falls on a holiday, '
    'one of business_day_rolls(); NULL '
    'when it stays.';
COMMENT ON COLUMN bonds.ex_dividend_period IS 'How long before a coupon its interest is the '
    'seller''s, in business (7b) or calendar '
    'days (10d); NULL when it never is.';
COMMENT ON COLUMN bonds.settlement_days IS 'Business days from trade to settlement.';
COMMENT ON COLUMN bonds.price IS 'Clean price per 100 face; NULL when unquoted, and then every '
    'measure of the bond is NULL.';
COMMENT ON COLUMN bonds.notional IS 'Copy of the instrument''s, kept by its foreign key: change it '
    'there.';
COMMENT ON COLUMN bonds.portfolio_key IS 'Copy of the instrument''s, kept by its foreign key: '
    'change it there.';
COMMENT ON COLUMN bonds.portfolio_id IS 'The instrument''s portfolio.';
COMMENT ON COLUMN bonds.b IS 'The bond value of this row, generated from its other columns.';

COMMIT;
