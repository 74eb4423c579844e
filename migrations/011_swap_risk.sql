-- Swaps on curves: a row per swap, and a row per portfolio and currency.
-- The curve of a swap is the newest that is named as its index and not after bond_settlement_date(), and settles on its own date; one
-- that has a currency is for the holdings in it.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE OR REPLACE VIEW swap_risk AS
SELECT i.id, i.isin, n.portfolio_id, i.currency, n.notional, n.fixed_leg, n.fixed_rate, n.effective_date, n.maturity_date,
       n.floating_index, n.floating_spread, n.current_fixing, c.date, m.npv, m.par_rate, m.dv01
FROM swaps n
JOIN instruments i USING (id)
LEFT JOIN current_curves c ON c.name = swap_floating_index(n.s) AND coalesce(curve_currency(c.curve), i.currency) = i.currency
LEFT JOIN LATERAL swap_measures(n.s, c.curve) m ON true;

COMMENT ON VIEW swap_risk IS 'Every swap on the newest curve named as its index, which discounts and projects: value and DV01 to the holder in '
    'currency, par rate as a decimal; NULL where there is no such curve, nothing is left to pay, the fixing of a period that has begun '
    'is unknown, or a payment is beyond a curve without extrapolation or the years of the calendar.';

-- By currency as well, since money in different currencies does not add up.
CREATE OR REPLACE VIEW portfolio_swap_risk AS
SELECT portfolio_id, currency, count(*) AS swap_count, count(*) FILTER (WHERE npv IS NULL) AS skipped,
       sum(notional) FILTER (WHERE fixed_leg = 'PAY') AS pay_notional, sum(notional) FILTER (WHERE fixed_leg = 'RECEIVE') AS receive_notional,
       sum(npv) AS npv, sum(dv01) AS dv01
FROM swap_risk
GROUP BY portfolio_id, currency;

COMMENT ON VIEW portfolio_swap_risk IS 'Every portfolio and currency with its swaps: how many, how many of them nothing measures (skipped, and left out '
    'of value and DV01), notionals by who pays fixed, value and DV01 in currency.';

COMMIT;
