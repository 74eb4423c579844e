-- Swaps on curves: a row per swap, and a row per portfolio and currency. The curve of a swap is the
-- newest that is named as its index and not after bond_settlement_date(), and settles on its own
-- date; one that has a currency is for the holdings in it.
\ir common/begin.sql

CREATE OR REPLACE VIEW swap_risk :invoker AS
SELECT i.id, i.isin, n.portfolio_id, i.currency, n.notional, n.fixed_leg, n.fixed_rate,
    n.effective_date, n.maturity_date,
       n.floating_index, n.floating_spread, n.current_fixing, c.name AS curve, c.date AS curve_date,
           c.date AS settlement,
       c.date < bond_settlement_date() AS curve_is_older, m.npv IS NOT NULL AS measured, m.npv,
           m.par_rate, m.dv01, n.portfolio_key
FROM swaps n
JOIN instruments i USING (id, portfolio_key, instrument_type, notional)
LEFT JOIN current_curves c ON c.name = swap_floating_index(n.s) AND coalesce(curve_currency(c.curve)
    = i.currency, true)
LEFT JOIN LATERAL swap_measures(n.s, c.curve) m ON true;

COMMENT ON VIEW swap_risk IS 'Every swap on the newest curve named as its index, which discounts '
    'and projects: value and DV01 to the holder in '
    'currency, par rate as a decimal. They are NULL where measured is false: there is no such '
        'curve, nothing is left to pay, the fixing of a period '
    'that has begun is unknown, or a payment is beyond a curve without extrapolation or the years '
        'of the calendar.';
COMMENT ON COLUMN swap_risk.settlement IS 'The settlement date of the measures: the date of the '
    'curve.';
COMMENT ON COLUMN swap_risk.curve_is_older IS 'Whether the curve is of a day before '
    'bond_settlement_date().';
COMMENT ON COLUMN swap_risk.npv IS 'Value of the swap to its holder: both legs discounted on the '
    'curve. A swap has no quote beside it.';

-- By currency as well, since money in different currencies does not add up.
CREATE OR REPLACE VIEW portfolio_swap_risk :invoker AS
SELECT portfolio_id, currency, min(settlement) AS settlement, coalesce(bool_or(curve_is_older),
    false) AS curve_is_older,
       count(*) AS swap_count, count(*) FILTER (WHERE NOT measured) AS skipped,
       sum(notional) FILTER (WHERE fixed_leg = 'PAY') AS pay_notional, sum(notional) FILTER (WHERE
           fixed_leg = 'RECEIVE') AS receive_notional,
       sum(npv ORDER BY id) AS npv, sum(dv01 ORDER BY id) AS dv01
FROM swap_risk
GROUP BY portfolio_id, currency;

COMMENT ON VIEW portfolio_swap_risk IS 'Every portfolio and currency with its swaps: how many, how '
    'many of them have no figures (skipped, and left out '
    'of value and DV01), notionals by who pays fixed, value and DV01 in currency.';
COMMENT ON COLUMN portfolio_swap_risk.settlement IS 'The settlement date of the measures: the date '
    'of the curve, the earliest where the indices'' curves differ.';
COMMENT ON COLUMN portfolio_swap_risk.curve_is_older IS 'Whether a curve is of a day before '
    'bond_settlement_date().';
COMMENT ON COLUMN portfolio_swap_risk.npv IS 'Value of the measured swaps to their holder: both '
    'legs discounted on their curves.';

-- Bonds and swaps together. What nothing measures is counted beside the figures that it is missing
-- from.
CREATE OR REPLACE VIEW firm_key_rates :invoker AS
WITH bond_keys AS MATERIALIZED (
    SELECT coalesce(portfolio_id, '') AS portfolio_key, currency, curve, settlement, curve_is_older,
        bond_count, skipped, tenor, years, dv01
    FROM portfolio_key_rates
), swap_keys AS (
    SELECT r.portfolio_key, r.currency, k.tenor, min(k.years) AS years, sum(k.dv01 ORDER BY r.id)
        AS dv01
    FROM swap_risk r
    JOIN swaps n USING (id, portfolio_key)
    JOIN curves c ON c.name = r.curve AND c.date = r.curve_date
    -- Only of what has measures: a payment beyond the curve would be an error.
    CROSS JOIN LATERAL swap_krd(CASE WHEN r.measured THEN n.s END, c.curve) k
    GROUP BY r.portfolio_key, r.currency, k.tenor
), books AS (
    SELECT portfolio_key, currency, b.curve, least(b.settlement, s.settlement) AS settlement,
           coalesce(b.curve_is_older, false) OR coalesce(s.curve_is_older, false) AS curve_is_older,
               coalesce(b.bond_count, 0) AS bond_count,
           coalesce(b.skipped, 0) AS bonds_skipped, coalesce(s.swap_count, 0) AS swap_count,
               coalesce(s.skipped, 0) AS swaps_skipped
    FROM (SELECT DISTINCT portfolio_key, currency, curve, settlement, curve_is_older, bond_count,
        skipped FROM bond_keys) b
    FULL JOIN (SELECT coalesce(portfolio_id, '') AS portfolio_key, * FROM portfolio_swap_risk) s
        USING (portfolio_key, currency)
), keys AS (
    SELECT portfolio_key, currency, tenor, coalesce(b.years, s.years) AS years, b.dv01 AS bond_dv01,
        s.dv01 AS swap_dv01
    FROM (SELECT portfolio_key, currency, tenor, years, dv01 FROM bond_keys WHERE tenor IS NOT NULL)
        b
    FULL JOIN swap_keys s USING (portfolio_key, currency, tenor)
)
SELECT nullif(portfolio_key, '') AS portfolio_id, currency, b.settlement, b.curve AS bond_curve,
    b.curve_is_older, k.tenor, k.years,
       k.bond_dv01, k.swap_dv01, coalesce(k.bond_dv01 + k.swap_dv01, k.bond_dv01, k.swap_dv01)
           AS dv01,
       b.bond_count, b.bonds_skipped, b.swap_count, b.swaps_skipped
FROM books b
LEFT JOIN keys k USING (portfolio_key, currency);

COMMENT ON VIEW firm_key_rates IS 'Every portfolio and currency by tenor, its bonds and its swaps '
    'together: DV01 in currency of the bonds on the '
    'curve of the portfolio, of the swaps on the curve of their index, and of both. bonds_skipped '
        'and swaps_skipped count what is held and not in '
    'these figures, on every row of the portfolio; one of which nothing is measured has one row, '
        'without a tenor.';
COMMENT ON COLUMN firm_key_rates.settlement IS 'The settlement date of the measures: the date of '
    'the curve, the earliest where there are several.';
COMMENT ON COLUMN firm_key_rates.bond_curve IS 'The curve that the bonds are measured on, as '
    'curve_choices tells.';
COMMENT ON COLUMN firm_key_rates.curve_is_older IS 'Whether a curve is of a day before '
    'bond_settlement_date().';
COMMENT ON COLUMN firm_key_rates.bonds_skipped IS 'Bonds of bond_count that are unquoted, '
    'redeemed, or pay later than the curve tells.';
COMMENT ON COLUMN firm_key_rates.swaps_skipped IS 'Swaps of swap_count that nothing measures: a '
    'fixing or the curve is missing, or all is paid.';

COMMIT;
