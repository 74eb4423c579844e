-- Views of swaps for reports: a row per swap, and a row per portfolio and currency.
-- All measures are as of bond_settlement_date(), on the newest curve until then that is named as the swap's index.
BEGIN;
SET LOCAL client_min_messages = warning;

CREATE OR REPLACE VIEW swap_risk AS
SELECT i.id, i.isin, n.portfolio_id, i.currency, n.notional, n.fixed_leg, n.fixed_rate, n.effective_date, n.maturity_date,
       n.floating_index, n.floating_spread, n.current_fixing, d.settlement, c.date AS curve_date,
       swap_npv(n.s, c.curve, d.settlement) AS npv, swap_par_rate(n.s, c.curve, d.settlement) AS par_rate,
       swap_dv01(n.s, c.curve, d.settlement) AS dv01
FROM swaps n
JOIN instruments i USING (id)
CROSS JOIN bond_settlement_date() AS d (settlement)
LEFT JOIN LATERAL (
    SELECT c.date, c.curve FROM curves c WHERE c.name = n.floating_index AND c.date <= d.settlement ORDER BY c.date DESC LIMIT 1
) c ON true;

COMMENT ON VIEW swap_risk IS 'Every swap with its measures on the newest curve named as its index, which discounts and projects: value and DV01 in '
    'money to the holder, par rate decimal. NULL where there is no such curve, nothing is left to pay, or the fixing of a period that '
    'has begun is unknown.';

-- By currency as well, since money in different currencies does not add up.
CREATE OR REPLACE VIEW portfolio_swap_risk AS
SELECT portfolio_id, currency, count(*) AS swap_count, count(*) FILTER (WHERE npv IS NULL) AS skipped,
       sum(notional) FILTER (WHERE fixed_leg = 'PAY') AS pay_notional, sum(notional) FILTER (WHERE fixed_leg = 'RECEIVE') AS receive_notional,
       sum(npv) AS npv, sum(dv01) AS dv01
FROM swap_risk
GROUP BY portfolio_id, currency;

COMMENT ON VIEW portfolio_swap_risk IS 'Every portfolio and currency with its swaps: how many, how many that no curve or fixing measures (skipped, '
    'and left out of value and DV01), notionals by who pays fixed, value and DV01 in money.';

COMMIT;
