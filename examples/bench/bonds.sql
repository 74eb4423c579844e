-- A million bonds as they might be held. Each is drawn from its row number alone, so every machine sees the same table.
CREATE TABLE bonds (
  id int NOT NULL,
  portfolio_id int NOT NULL,
  coupon float8 NOT NULL,
  maturity date NOT NULL,
  price float8 NOT NULL,
  notional float8 NOT NULL,
  frequency int2 NOT NULL,  -- coupons a year
  day_count int2 NOT NULL,  -- 0 is 30/360, 1 is ACT/ACT ICMA
  b bond GENERATED ALWAYS AS (bond(
    coupon, maturity, price => price, notional => notional,
    frequency => CASE frequency WHEN 1 THEN 'annual' WHEN 2 THEN 'semiannual' ELSE 'quarterly' END,
    day_count => CASE day_count WHEN 0 THEN '30/360' ELSE 'ACT/ACT ICMA' END)) STORED);

CREATE FUNCTION pg_temp.draw(hash text, field int) RETURNS float8 LANGUAGE sql IMMUTABLE
  RETURN ('x' || substr(hash, 4 * field + 1, 4))::bit(16)::int / 65536.0::float8;

-- OFFSET 0 keeps the planner from pulling a level up and drawing the same numbers again for each use.
INSERT INTO bonds
SELECT id, portfolio_id, coupon, maturity,
  -- The annuity over a broken number of periods comes close to the clean price; quotes have three decimals.
  round((100 * (coupon / yield + (1 - coupon / yield) * power(1 + yield / frequency, -frequency * years)))::numeric, 3),
  notional, frequency, day_count
FROM (
  SELECT *, (maturity - date '2026-03-24') / 365.25 AS years
  FROM (
    SELECT id, portfolio_id, coupon, notional,
      greatest(0.01, least(0.09, coupon + spread)) AS yield,
      -- Half mature on a 15th, three in ten at a month's end, the rest on any day that every month has.
      (month + CASE WHEN day < 0.5 THEN interval '14 days' WHEN day < 0.8 THEN interval '1 month -1 day'
                    ELSE floor(140 * (day - 0.8)) * interval '1 day' END)::date AS maturity,
      CASE WHEN kind < 0.90 THEN 2 WHEN kind < 0.95 THEN 1 ELSE 4 END AS frequency,
      CASE WHEN kind < 0.70 OR kind >= 0.95 THEN 0 ELSE 1 END AS day_count
    FROM (
      SELECT id,
        floor(100 * pg_temp.draw(hash, 0)) AS portfolio_id,
        floor(4 + 69 * pg_temp.draw(hash, 1)) / 800 AS coupon,
        date '2026-05-01' + floor(359 * pg_temp.draw(hash, 2)) * interval '1 month' AS month,
        pg_temp.draw(hash, 3) AS day,
        1000 * floor(100 + 9900 * pg_temp.draw(hash, 4)) AS notional,
        pg_temp.draw(hash, 5) AS kind,
        0.02 * (pg_temp.draw(hash, 6) + pg_temp.draw(hash, 7) - 1) AS spread
      FROM (SELECT id, md5(id::text) AS hash FROM generate_series(1, 1000000) AS id OFFSET 0) AS rows
      OFFSET 0
    ) AS drawn
    OFFSET 0
  ) AS terms
  OFFSET 0
) AS quoted;
