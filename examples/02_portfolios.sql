-- What is the duration of each portfolio? And what is it worth, what does it yield,
-- and what does it lose when yields rise by one basis point (DV01)?
-- Five digits are enough to read.
SET extra_float_digits = -10;

SELECT portfolio_id, portfolio_duration(b) FROM bonds GROUP BY portfolio_id
ORDER BY portfolio_id;

SELECT CASE WHEN total = 1 THEN 'total' ELSE portfolio_id END AS portfolio, (r).measured + (r).skipped AS bonds, (r).skipped,
       round((r).market_value::numeric / 1e6, 1) AS value_m, round((r).ytm::numeric * 100, 2) AS yield_pct,
       round((r).modified_duration::numeric, 2) AS duration, round((r).convexity::numeric, 1) AS convexity,
       round((r).dv01::numeric) AS dv01
FROM (SELECT portfolio_id, grouping(portfolio_id) AS total, portfolio_risk(b) AS r FROM bonds GROUP BY ROLLUP (portfolio_id)) g
ORDER BY total, portfolio_id;
