-- The first of the bonds that have more than a year to live, once as they are and once for each thing that may make a schedule irregular.
CREATE TEMP VIEW terms AS
SELECT *, date '2026-03-24' AS settlement, 12 / frequency AS period,
  -- Half of what is left of its life, in whole periods.
  greatest(1, ((extract(year FROM maturity) - 2026) * 12 + extract(month FROM maturity) - 3)::int * frequency / 24) AS half,
  CASE frequency WHEN 1 THEN 'annual' WHEN 2 THEN 'semiannual' ELSE 'quarterly' END AS f,
  CASE day_count WHEN 0 THEN '30/360' ELSE 'ACT/ACT ICMA' END AS d
FROM bonds WHERE maturity > date '2027-04-01' ORDER BY id LIMIT 200000;

CREATE TABLE regular AS
SELECT bond(coupon, maturity, frequency => f, day_count => d, price => price, notional => notional) AS b FROM terms;

CREATE TABLE odd_first AS
SELECT bond(coupon, maturity, issue => settlement - 1 - id % 60, frequency => f, day_count => d, price => price, notional => notional) AS b
FROM terms;

CREATE TABLE odd_last AS
SELECT bond(coupon, maturity, last_coupon => maturity - 30 - id % 200, frequency => f, day_count => d, price => price, notional => notional) AS b
FROM terms;

-- One per cent more from half of its life on.
CREATE TABLE step AS
SELECT bond(coupon, maturity, frequency => f, day_count => d, price => price, notional => notional, steps => format('%s:%s%%',
  CASE WHEN extract(day FROM maturity + 1) = 1 THEN (maturity + 1 - half * period * interval '1 month')::date - 1
       ELSE (maturity - half * period * interval '1 month')::date END, 100 * coupon + 1)) AS b
FROM terms;

CREATE TABLE adjusted AS
SELECT bond(coupon, maturity, frequency => f, day_count => d, price => price, notional => notional,
  convention => 'true', calendar => 'US', roll => 'following') AS b
FROM terms;

CREATE TABLE icma AS
SELECT bond(coupon, maturity, frequency => f, day_count => d, price => price, notional => notional,
  convention => 'icma', calendar => 'UK', ex_dividend => '7b') AS b
FROM terms;

CREATE TABLE uk_dmo AS
SELECT bond(coupon, maturity, frequency => f, day_count => d, price => price, notional => notional,
  convention => 'uk_dmo', calendar => 'UK', ex_dividend => '7b') AS b
FROM terms;

-- The million as a desk holds them: in place of the quarterly ones (5 %) semiannual ones with an odd first or last period, or a step.
CREATE TABLE mixed AS
SELECT id, portfolio_id, coupon, maturity, price, notional, frequency, day_count,
  CASE WHEN frequency <> 4 OR maturity <= date '2027-04-01' THEN b ELSE
    CASE id % 3
      WHEN 0 THEN bond(coupon, maturity, issue => date '2026-03-23' - id % 60, price => price, notional => notional)
      WHEN 1 THEN bond(coupon, maturity, last_coupon => maturity - 30 - id % 200, price => price, notional => notional)
      ELSE bond(coupon, maturity, price => price, notional => notional, steps => format('%s:%s%%',
        CASE WHEN extract(day FROM maturity + 1) = 1 THEN (maturity + 1 - interval '6 month')::date - 1
             ELSE (maturity - interval '6 month')::date END,
        100 * coupon + 1))
    END
  END AS b
FROM bonds ORDER BY id;
