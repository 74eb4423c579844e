-- Which convention does each of these published yields follow? Prices and yields as their sources print them, the terms as
-- anyone would type them: the finder is not told which rule was used.
CREATE TEMP TABLE published (source text, stated text, b bond, settlement date, price float8, yield float8, decimals integer);
INSERT INTO published VALUES
    ('31 CFR 356 appendix B II.B', 'us_treasury', '8.5% 1992-03-31 ACT/ACT issued 1990-04-02 first 1990-09-30', '1990-04-02', 99.838183, 0.0859, 7),
    ('31 CFR 356 appendix B VI.A', 'discount', '0% 1990-02-22 none ACT/360', '1989-11-24', 98.097500, 0.0761, 7),
    ('31 CFR 356 appendix B VI.D.2', 'bond_equivalent', '0% 1991-06-06 none ACT/360', '1990-06-07', 92.265, 0.08237, 5),
    ('Microsoft, PRICE', 'street', '5.75% 2017-11-15 30/360', '2008-02-15', 94.63436, 0.065, 6),
    ('Riksgalden, bond 1041', 'swedish', '6.75% 2014-05-05 annual 30E/360', '2009-09-22', 117.196, 0.02732, 5),
    ('AOFM, Treasury Note', 'bond_equivalent', '0% 2018-02-23 none ACT/365F', '2017-10-27', 99.44880839, 0.0170, 6);

-- Where the rules do not differ for a bond, several reproduce its yield; the nearest that does not is off by so much.
SELECT p.source, p.stated, p.stated = ANY (found.conventions) AS found, cardinality(found.conventions) AS reproduce_it,
       nearest.convention AS nearest_other, nearest.off_by_bp
FROM published p,
LATERAL (
    SELECT array_agg(f.convention) AS conventions
    FROM bond_which_convention(p.b, p.price, p.yield, p.settlement, p.decimals) f WHERE f.matches
) found,
LATERAL (
    SELECT c.convention, round((10000 * abs(c.ytm - p.yield))::numeric, 2) AS off_by_bp
    FROM bond_ytm_by_convention(p.b, p.price, p.settlement) c
    WHERE c.ytm IS NOT NULL AND c.convention <> ALL (found.conventions)
    ORDER BY abs(c.ytm - p.yield) LIMIT 1
) nearest
ORDER BY p.source;

-- The same quote as different desks would print it.
SELECT c.convention, round((100 * c.ytm)::numeric, 4) AS ytm_pct, round(c.modified_duration::numeric, 4) AS duration
FROM bond_ytm_by_convention('4.25% 2027-02-15 ACT/ACT calendar US'::bond, 100.40, '2026-03-24') AS c
WHERE c.convention IN ('street', 'us_treasury', 'true', 'icma', 'continuous', 'money_market', 'japanese_simple', 'current');
