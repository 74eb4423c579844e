-- Nightly risk: one summary per day, portfolio and currency, which add up to any strategy, the
-- firm, or a moving average, to the bit, without the bonds of the day. One statement keeps a night,
-- and replaces it when it is run again:
--
--     INSERT INTO nightly_risk (date, portfolio_key, currency, risk)
--     SELECT d, n.portfolio_key, i.currency, risk_summary(n.b, d)
--     FROM bonds n JOIN instruments i USING (id), bond_settlement_date() d GROUP BY 1, 2, 3
--     ON CONFLICT (date, portfolio_key, currency) DO UPDATE SET risk = excluded.risk
\ir common/begin.sql

CREATE TABLE IF NOT EXISTS nightly_risk (
    date          date NOT NULL CHECK (isfinite(date)),
    portfolio_key text NOT NULL,
    portfolio_id  varchar(50) GENERATED ALWAYS AS (nullif(portfolio_key, '')) STORED,
    currency      varchar(3) NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    risk          risk_summary NOT NULL,
    PRIMARY KEY (date, portfolio_key, currency)
);

CREATE INDEX IF NOT EXISTS idx_nightly_risk_portfolio ON nightly_risk (portfolio_id, date);

COMMENT ON TABLE nightly_risk IS 'The risk of each portfolio and currency on each day, to be added '
    'up and read by the portfolio aggregates.';
COMMENT ON COLUMN nightly_risk.date IS 'The day that the summary settles on.';
COMMENT ON COLUMN nightly_risk.portfolio_key IS 'The portfolio; empty text for holdings in none. '
    'History stays when a portfolio goes.';
COMMENT ON COLUMN nightly_risk.portfolio_id IS 'The portfolio; NULL for holdings in none.';

COMMIT;
