-- A small database of every kind of stored value, for the tests of upgrades: what a release keeps
-- in tables, indexes, generated columns, views and summaries. Applied after the migrations.
SET pg_bond.settlement_date = '2026-03-24';

-- The values by themselves, for their stored bytes.
CREATE TABLE stored (
    id integer PRIMARY KEY, b bond, c curve, s swap, d calendar, r rating, k risk_summary
);
INSERT INTO stored (id, b)
SELECT 100 + n, t::bond FROM unnest(ARRAY[
    '4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000',
    '0% 2026-06-25 none ACT/360 discount @ 99.1',
    '5% perpetual annual ACT/ACT ICMA issued 2020-06-15 icma @ 101',
    '4% 2034-06-15 steps 2027-06-15:4.5%,2029-06-15:5% issued 2024-06-15 @ 98.5 x -250000',
    '4.25% 2032-06-07 market uk_gilt @ 97.25',
    '3% 2031-01-31 redemption 105 no-eom calendar TARGET roll following ex 10d lag 3 currency EUR',
    '10% 2033-01-01 market brazilian_ntn_f @ 92',
    '5% 2030-07-15 issued 2026-02-10 first 2027-01-15 @ 100.25',
    '5% 2034-03-15 issued 2025-12-01 last 2033-10-01 @ 99'
]) WITH ORDINALITY AS v (t, n);
INSERT INTO stored (id, c)
SELECT 200 + n, t::curve FROM unnest(ARRAY[
    '2026-03-24 name "UST" currency USD flat_forward 3M:4.31% 1Y:4.02% 10Y:4.36% 30Y:4.8%',
    '2026-03-24 monotone_convex 1Y:4% 2030-06-15:4.1% 20:4.5%',
    '2011-05-20 beta0 4.88% beta1 -4.73% beta2 -3.1% beta3 3.9% tau1 1.3 tau2 12.4'
]) WITH ORDINALITY AS v (t, n);
INSERT INTO stored (id, s)
SELECT 300 + n, t::swap FROM unnest(ARRAY[
    'pay 4.25% 2026-03-26 to 2036-03-26 x 10000000',
    'receive 3% 2025-01-15 to 2030-01-15 semiannual 30/360 against "EURIBOR 6M" + 0.25% currency EUR'
]) WITH ORDINALITY AS v (t, n);
INSERT INTO stored (id, d) VALUES (401, 'US+UK'), (402, calendar('{2026-07-03}'::date[], 'TARGET'));
INSERT INTO stored (id, r) VALUES (501, 'BBB-'), (502, 'Baa1'), (503, 'D');
INSERT INTO stored (id, k) SELECT 601, risk_summary(b) FROM stored WHERE b IS NOT NULL
    AND coalesce(bond_currency(b), 'USD') = 'USD' AND bond_price(b) IS NOT NULL;

-- What hangs on them.
CREATE INDEX ON stored (b);
CREATE INDEX ON stored USING hash (c);
CREATE INDEX ON stored (bond_maturity(b));
ALTER TABLE stored ADD ytm float8
    GENERATED ALWAYS AS (bond_ytm(b, settlement => date '2026-03-24')) STORED;
ALTER TABLE stored ADD CHECK (bond_coupon(b) < 1);
CREATE VIEW stored_risk AS
    SELECT bond_maturity(b) AS maturity, portfolio_risk(b, '2026-03-24') AS risk
    FROM stored WHERE b IS NOT NULL GROUP BY 1;
CREATE MATERIALIZED VIEW stored_duration AS
    SELECT id, bond_modified_duration(b, settlement => date '2026-03-24') AS duration FROM stored;

-- The tables of the migrations.
INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id) VALUES
    (1, 'US0378331005', 'BOND', 1000000, 'IG_CREDIT'), (2, 'US5949181045', 'SWAP', 1000000, NULL),
    (3, 'US912828U816', 'BOND', -500000, 'IG_CREDIT');
INSERT INTO bonds (id, coupon_rate, maturity_date, price, credit_rating) VALUES
    (1, 0.05, '2030-01-15', 99, 'A-'), (3, 0.0225, '2033-05-15', 92.5, 'AA+');
INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date) VALUES
    (2, 'PAY', 0.04, '2026-03-26', '2031-03-26');
INSERT INTO curves (name, date, curve) SELECT 'UST', '2026-03-24', c FROM stored WHERE id = 201;
INSERT INTO quotes (isin, quote_date, price, source) VALUES ('US0378331005', '2026-03-23', 98.75, 'X');
INSERT INTO fx_rates (date, base, currency, rate) VALUES ('2026-03-24', 'EUR', 'USD', 1.08);
INSERT INTO live_curves VALUES ('UST');
INSERT INTO nightly_risk (date, portfolio_key, currency, risk)
    SELECT '2026-03-24', portfolio_key, 'USD', risk_summary(b) FROM bonds GROUP BY 2;
