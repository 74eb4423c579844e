-- Which ten holdings lose most when yields rise by one basis point?
-- And how much of the whole book's risk are they?
SELECT isin, issuer_name AS issuer, portfolio_id AS portfolio, round(coupon_rate * 100, 3) AS coupon_pct, maturity_date AS maturity,
       round(notional / 1e6, 1) AS notional_m, round(ytm::numeric * 100, 2) AS yield_pct,
       round(modified_duration::numeric, 2) AS duration, round(dv01::numeric) AS dv01,
       round((100 * dv01 / sum(dv01) OVER ())::numeric, 2) AS pct_of_book
FROM bond_risk
WHERE measured
ORDER BY dv01 DESC, isin, portfolio_id
LIMIT 10;
