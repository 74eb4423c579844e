-- What is the swap book worth, what would its swaps trade at today, and how much of the bonds' risk does it take away?
-- Run in this directory, after 07_curves.sql. Run again, it replaces the swaps.
\set day 2026-03-24
\set ON_ERROR_STOP on
SET extra_float_digits = -10;
BEGIN;

-- The par rates of the book's own day, paid once a year as those of SOFR swaps are. They are real, and the Treasury's: swaps of
-- the same term trade some tens of basis points below.
DELETE FROM curve_quotes WHERE name = 'SOFR';
INSERT INTO curve_quotes (name, date, tenor, rate, kind)
SELECT 'SOFR', :'day', tenor, curve_par(curve, tenor, 'annual'), 'swap'
FROM curves, unnest('{1Y,2Y,3Y,5Y,7Y,10Y,20Y,30Y}'::text[]) AS tenor
WHERE name = 'UST' AND date = :'day';

-- Invented trades: two portfolios hedge their bonds, the third lengthens. What SOFR has come to in the current period of EZ6 nobody
-- has said yet.
CREATE TEMP TABLE trades (code text, portfolio text, notional numeric, leg text, rate numeric, effective date, maturity date,
    spread numeric, fixed text, floating text, fixing numeric) ON COMMIT DROP;
INSERT INTO trades VALUES
    ('EZ1', 'IG_CREDIT',  250e6, 'PAY',     0.0385, '2026-03-26', '2031-03-26', 0,      'ANNUAL',      'ANNUAL',    NULL),
    ('EZ2', 'IG_CREDIT',  150e6, 'PAY',     0.0432, '2026-03-26', '2036-03-26', 0,      'ANNUAL',      'ANNUAL',    NULL),
    ('EZ3', 'FINANCIALS', 400e6, 'PAY',     0.0410, '2025-06-26', '2030-06-26', 0,      'ANNUAL',      'ANNUAL',    0.0412),
    ('EZ4', 'FINANCIALS', 100e6, 'RECEIVE', 0.0370, '2025-12-15', '2028-12-15', 0.0010, 'SEMI_ANNUAL', 'QUARTERLY', 0.0384),
    ('EZ5', 'US_GOVT',    200e6, 'RECEIVE', 0.0475, '2026-06-26', '2056-06-26', 0,      'ANNUAL',      'ANNUAL',    NULL),
    ('EZ6', 'US_GOVT',    300e6, 'PAY',     0.0380, '2024-09-26', '2029-09-26', 0,      'ANNUAL',      'ANNUAL',    NULL);
DELETE FROM instruments WHERE instrument_type = 'SWAP';
INSERT INTO instruments (isin, instrument_type, notional, portfolio_id)
SELECT isin_fix(rpad(code, 11, '0') || '0'), 'SWAP', notional, portfolio FROM trades;
INSERT INTO swaps (id, fixed_leg, fixed_rate, effective_date, maturity_date, fixed_frequency, floating_spread, floating_frequency,
    current_fixing, holiday_calendar, business_day_convention, payment_days)
SELECT i.id, leg, rate, effective, maturity, fixed, spread, floating, fixing, 'US', 'modified following', 2
FROM trades JOIN instruments i ON i.isin = isin_fix(rpad(code, 11, '0') || '0');
COMMIT;

-- Each swap on the newest curve of its index: value to its holder, the rate at which it would be worth nothing, what a basis point costs.
SELECT left(isin, 3) AS swap, fixed_leg, fixed_rate, maturity_date, round(npv::numeric) AS npv, round(100 * par_rate::numeric, 4) AS par_pct,
       round(dv01::numeric) AS dv01
FROM swap_risk ORDER BY isin;

SELECT portfolio_id, swap_count, skipped, pay_notional, receive_notional, round(npv::numeric) AS npv, round(dv01::numeric) AS dv01
FROM portfolio_swap_risk ORDER BY portfolio_id;

-- What the market would pay: new swaps of each tenor, yearly and half-yearly against quarterly.
SELECT tenor, round(100 * swap_par_rate(swap(0, d, (d + tenor::interval)::date), curve)::numeric, 4) AS sofr,
       round(100 * swap_par_rate(swap(0, d, (d + tenor::interval)::date, fixed_frequency => 'S', fixed_day_count => '30/360',
                                      floating_frequency => 'Q'), curve)::numeric, 4) AS semiannual_30_360
FROM curves, unnest('{2Y,5Y,10Y,30Y}'::text[]) AS tenor, (SELECT date :'day' + 2) AS spot (d)
WHERE name = 'SOFR' AND date = :'day';

-- DV01 of bonds and swaps side by side, by key rate, in thousands; and how many of each are not in it.
SELECT portfolio_id, kind,
       round(sum(part.dv01) FILTER (WHERE years <= 2)::numeric / 1000, 1) AS "to 2Y",
       round(sum(part.dv01) FILTER (WHERE years > 2 AND years <= 5)::numeric / 1000, 1) AS "to 5Y",
       round(sum(part.dv01) FILTER (WHERE years > 5 AND years <= 10)::numeric / 1000, 1) AS "to 10Y",
       round(sum(part.dv01) FILTER (WHERE years > 10)::numeric / 1000, 1) AS "to 30Y",
       round(sum(part.dv01)::numeric / 1000, 1) AS total, max(skipped) AS skipped, max(held) AS of
FROM firm_key_rates, LATERAL (
    VALUES ('bonds', bond_dv01, bonds_skipped, bond_count), ('swaps', swap_dv01, swaps_skipped, swap_count),
           ('both', firm_key_rates.dv01, bonds_skipped + swaps_skipped, bond_count + swap_count)
) AS part (kind, dv01, skipped, held)
WHERE swap_count > 0
GROUP BY portfolio_id, kind
ORDER BY portfolio_id, kind = 'both', kind;

-- One swap payment by payment; and all of them where floating rates are projected 12 basis points above the discount curve.
SELECT f.leg, f.start, f."end", f.payment, round(100 * f.rate::numeric, 4) AS rate_pct, round(f.amount::numeric) AS amount,
       round(f.present_value::numeric) AS present_value
FROM swaps CROSS JOIN (SELECT curve FROM curves WHERE name = 'SOFR' AND date = :'day') c, swap_cashflows(s, curve) f
WHERE maturity_date = '2028-12-15' ORDER BY f.payment, f.leg LIMIT 6;

SELECT left(isin, 3) AS swap, round(swap_npv(s, curve)::numeric) AS one_curve,
       round(swap_npv(s, curve, curve + 12)::numeric) AS two_curves
FROM swaps JOIN instruments USING (id) CROSS JOIN (SELECT curve FROM curves WHERE name = 'SOFR' AND date = :'day') c
ORDER BY isin;
