-- Where does a bond's price come from, cash flow by cash flow? The Treasury 4.25 % of 15 February 2028,
-- per 100 face: the present values at its yield add up to the dirty price.
SELECT cusip_to_isin('91282CMN8') AS isin \gset

SELECT n.b, round((100 * bond_ytm(n.b))::numeric, 4) AS yield_pct
FROM bonds n JOIN instruments USING (id) WHERE isin = :'isin';

SELECT e.date, e.days, round(e.fraction::numeric, 6) AS fraction, round(e.amount::numeric, 6) AS amount,
       round(e.discount_factor::numeric, 8) AS discount_factor, round(e.present_value::numeric, 6) AS present_value
FROM bonds n JOIN instruments USING (id) CROSS JOIN LATERAL bond_explain(n.b) e WHERE isin = :'isin'
ORDER BY e.date;

SELECT round(sum(e.present_value)::numeric, 6) AS present_values, round(a.dirty_price::numeric, 6) AS dirty_price,
       n.price AS clean_price, round(a.accrued::numeric, 6) AS accrued
FROM bonds n JOIN instruments USING (id) CROSS JOIN LATERAL bond_explain(n.b) e CROSS JOIN LATERAL bond_analytics(n.b) a
WHERE isin = :'isin'
GROUP BY a.dirty_price, n.price, a.accrued;
