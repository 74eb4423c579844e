-- Excel's financial functions: its names, arguments and answers, and an error (22023) where it says
-- #NUM!.

-- The schema is called excel where no other schema is: at the end of this file it gets that name.
-- Another role's schema of that name must not stop the extension, and must never receive its
-- functions.
CREATE SCHEMA bond_excel;
GRANT USAGE ON SCHEMA bond_excel TO PUBLIC;
COMMENT ON SCHEMA bond_excel IS
    'Excel''s financial functions: its argument order, its answers to the last digit it prints. '
    'Rates are decimals, prices per 100 face, frequency is 1, 2 or 4 coupons a year, basis 0 '
    '(30/360), 1 (ACT/ACT), 2 (ACT/360), 3 (ACT/365) or 4 (30E/360).';

-- Coupon dates and days.

CREATE FUNCTION bond_excel.couppcd(settlement date, maturity date, frequency float8,
    basis float8 DEFAULT 0)
    RETURNS date LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_couppcd_wrapper';
CREATE FUNCTION bond_excel.coupncd(settlement date, maturity date, frequency float8,
    basis float8 DEFAULT 0)
    RETURNS date LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_coupncd_wrapper';
CREATE FUNCTION bond_excel.coupnum(settlement date, maturity date, frequency float8,
    basis float8 DEFAULT 0)
    RETURNS integer LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_coupnum_wrapper';
CREATE FUNCTION bond_excel.coupdaybs(settlement date, maturity date, frequency float8,
    basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_coupdaybs_wrapper';
CREATE FUNCTION bond_excel.coupdays(settlement date, maturity date, frequency float8,
    basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_coupdays_wrapper';
CREATE FUNCTION bond_excel.coupdaysnc(settlement date, maturity date, frequency float8,
    basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_coupdaysnc_wrapper';

COMMENT ON FUNCTION bond_excel.couppcd(date, date, float8, float8) IS
    'the coupon date before or on settlement';
COMMENT ON FUNCTION bond_excel.coupncd(date, date, float8, float8) IS
    'the next coupon date after settlement';
COMMENT ON FUNCTION bond_excel.coupnum(date, date, float8, float8) IS
    'coupons payable after settlement, that at maturity included';
COMMENT ON FUNCTION bond_excel.coupdaybs(date, date, float8, float8) IS
    'days from the beginning of the coupon period to settlement';
COMMENT ON FUNCTION bond_excel.coupdays(date, date, float8, float8) IS
    'days in the coupon period that holds settlement';
COMMENT ON FUNCTION bond_excel.coupdaysnc(date, date, float8, float8) IS
    'days from settlement to the next coupon date';

-- Bonds with regular periods.

CREATE FUNCTION bond_excel.price(settlement date, maturity date, rate float8, yld float8,
    redemption float8, frequency float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'excel_price_wrapper';
CREATE FUNCTION bond_excel.yield(settlement date, maturity date, rate float8, pr float8,
    redemption float8, frequency float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50 AS 'MODULE_PATHNAME',
        'excel_yield_wrapper';
CREATE FUNCTION bond_excel.duration(settlement date, maturity date, coupon float8, yld float8,
    frequency float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'excel_duration_wrapper';
CREATE FUNCTION bond_excel.mduration(settlement date, maturity date, coupon float8, yld float8,
    frequency float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'excel_mduration_wrapper';

COMMENT ON FUNCTION bond_excel.price(date, date, float8, float8, float8, float8, float8) IS
    'Clean price per 100 face. Coupon rate and yield are decimals, redemption is per 100 face.';
COMMENT ON FUNCTION bond_excel.yield(date, date, float8, float8, float8, float8, float8) IS
    'Yield, a decimal, from a clean price per 100 face. Excel stops within 1e-10 of the solution.';
COMMENT ON FUNCTION bond_excel.duration(date, date, float8, float8, float8, float8) IS
    'Macaulay duration in years. Coupon rate and yield are decimals.';
COMMENT ON FUNCTION bond_excel.mduration(date, date, float8, float8, float8, float8) IS
    'Macaulay duration in years over 1 + yield/frequency, in the last coupon period too';

-- Odd first and last periods.

CREATE FUNCTION bond_excel.oddfprice(settlement date, maturity date, issue date, first_coupon date,
    rate float8, yld float8, redemption float8, frequency float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'excel_oddfprice_wrapper';
CREATE FUNCTION bond_excel.oddfyield(settlement date, maturity date, issue date, first_coupon date,
    rate float8, pr float8, redemption float8, frequency float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'excel_oddfyield_wrapper';
CREATE FUNCTION bond_excel.oddlprice(settlement date, maturity date, last_interest date,
    rate float8, yld float8, redemption float8, frequency float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'excel_oddlprice_wrapper';
CREATE FUNCTION bond_excel.oddlyield(settlement date, maturity date, last_interest date,
    rate float8, pr float8, redemption float8, frequency float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'excel_oddlyield_wrapper';

COMMENT ON FUNCTION bond_excel.oddfprice(date, date, date, date, float8, float8, float8,
    float8,
    float8) IS
    'Clean price per 100 face of a bond with an odd first period. Coupon rate and yield are '
    'decimals.';
COMMENT ON FUNCTION bond_excel.oddfyield(date, date, date, date, float8, float8, float8,
    float8,
    float8) IS
    'yield, a decimal, of a bond with an odd first period, from its clean price per 100 face';
COMMENT ON FUNCTION bond_excel.oddlprice(date, date, date, float8, float8, float8, float8,
    float8) IS
    'Clean price per 100 face of a bond in its odd last period. Coupon rate and yield are '
    'decimals.';
COMMENT ON FUNCTION bond_excel.oddlyield(date, date, date, float8, float8, float8, float8,
    float8) IS
    'yield, a decimal, of a bond in its odd last period, from its clean price per 100 face';

-- Interest, and paper that pays it at maturity.

CREATE FUNCTION bond_excel.accrint(issue date, first_interest date, settlement date, rate float8,
    par float8, frequency float8, basis float8 DEFAULT 0, calc_method boolean DEFAULT true)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME',
        'excel_accrint_wrapper';
CREATE FUNCTION bond_excel.accrintm(issue date, settlement date, rate float8, par float8,
    basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_accrintm_wrapper';
CREATE FUNCTION bond_excel.pricemat(settlement date, maturity date, issue date, rate float8,
    yld float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_pricemat_wrapper';
CREATE FUNCTION bond_excel.yieldmat(settlement date, maturity date, issue date, rate float8,
    pr float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_yieldmat_wrapper';

COMMENT ON FUNCTION bond_excel.accrint(date, date, date, float8, float8, float8, float8, boolean) IS
    'Interest accrued on par, in its currency, from issue to settlement. With calc_method false '
    'and settlement after the first interest date, from that date.';
COMMENT ON FUNCTION bond_excel.accrintm(date, date, float8, float8, float8) IS
    'interest accrued on par, in its currency, by a security that pays it at maturity';
COMMENT ON FUNCTION bond_excel.pricemat(date, date, date, float8, float8, float8) IS
    'Price per 100 face of a security that pays interest at maturity. Rate and yield are decimals.';
COMMENT ON FUNCTION bond_excel.yieldmat(date, date, date, float8, float8, float8) IS
    'yield, a decimal, of a security that pays interest at maturity, from its price per 100 face';

-- Discount paper and year fractions.

CREATE FUNCTION bond_excel.disc(settlement date, maturity date, pr float8, redemption float8,
    basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_disc_wrapper';
CREATE FUNCTION bond_excel.intrate(settlement date, maturity date, investment float8,
    redemption float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_intrate_wrapper';
CREATE FUNCTION bond_excel.received(settlement date, maturity date, investment float8,
    discount float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_received_wrapper';
CREATE FUNCTION bond_excel.pricedisc(settlement date, maturity date, discount float8,
    redemption float8, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_pricedisc_wrapper';
CREATE FUNCTION bond_excel.yielddisc(settlement date, maturity date, pr float8, redemption float8,
    basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_yielddisc_wrapper';
CREATE FUNCTION bond_excel.yearfrac(start_date date, end_date date, basis float8 DEFAULT 0)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_yearfrac_wrapper';

COMMENT ON FUNCTION bond_excel.disc(date, date, float8, float8, float8) IS
    'Discount rate, a decimal. Price and redemption are per 100 face.';
COMMENT ON FUNCTION bond_excel.intrate(date, date, float8, float8, float8) IS
    'Interest rate, a decimal, of an investment in a security that repays the redemption. Both in '
    'money.';
COMMENT ON FUNCTION bond_excel.received(date, date, float8, float8, float8) IS
    'amount received at maturity, in money, for an investment at a discount rate, a decimal';
COMMENT ON FUNCTION bond_excel.pricedisc(date, date, float8, float8, float8) IS
    'price per 100 face from a discount rate, a decimal';
COMMENT ON FUNCTION bond_excel.yielddisc(date, date, float8, float8, float8) IS
    'Yield, a decimal, of a discounted security. Price and redemption are per 100 face.';
COMMENT ON FUNCTION bond_excel.yearfrac(date, date, float8) IS
    'the part of a year between two dates, in either order';

-- US Treasury bills.

CREATE FUNCTION bond_excel.tbilleq(settlement date, maturity date, discount float8)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_tbilleq_wrapper';
CREATE FUNCTION bond_excel.tbillprice(settlement date, maturity date, discount float8)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_tbillprice_wrapper';
CREATE FUNCTION bond_excel.tbillyield(settlement date, maturity date, pr float8)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_tbillyield_wrapper';

COMMENT ON FUNCTION bond_excel.tbilleq(date, date, float8) IS
    'bond-equivalent yield from a discount rate, both decimals';
COMMENT ON FUNCTION bond_excel.tbillprice(date, date, float8) IS
    'price per 100 face from a discount rate, a decimal';
COMMENT ON FUNCTION bond_excel.tbillyield(date, date, float8) IS
    'yield, a decimal, from a price per 100 face';

-- Rates of return.

CREATE FUNCTION bond_excel.irr("values" float8[], guess float8 DEFAULT 0.1)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'excel_irr_wrapper';
CREATE FUNCTION bond_excel.xirr("values" float8[], dates date[], guess float8 DEFAULT 0.1)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS 'MODULE_PATHNAME',
        'excel_xirr_wrapper';
CREATE FUNCTION bond_excel.npv(rate float8, "values" float8[])
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME',
        'excel_npv_wrapper';
CREATE FUNCTION bond_excel.xnpv(rate float8, "values" float8[], dates date[])
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'excel_xnpv_wrapper';
CREATE FUNCTION bond_excel.effect(nominal_rate float8, npery float8)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_effect_wrapper';
CREATE FUNCTION bond_excel.nominal(effect_rate float8, npery float8)
    RETURNS float8 LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'excel_nominal_wrapper';

COMMENT ON FUNCTION bond_excel.irr(float8[], float8) IS
    'Internal rate of return of amounts one period apart, a decimal. It is where Excel''s search '
    'from the guess stops; where that finds none, the rate nearest to the guess.';
COMMENT ON FUNCTION bond_excel.xirr(float8[], date[], float8) IS
    'Annual internal rate of return of dated amounts, a decimal. It is where Excel''s search from '
    'the guess stops; where that finds none, the rate nearest to the guess.';
COMMENT ON FUNCTION bond_excel.npv(float8, float8[]) IS
    'Net present value, in money, of amounts due at the end of each period. The rate of a period '
    'is a decimal, any but -1.';
COMMENT ON FUNCTION bond_excel.xnpv(float8, float8[], date[]) IS
    'Net present value, in money, of dated amounts on the first date. The annual rate is a '
    'decimal.';
COMMENT ON FUNCTION bond_excel.effect(float8, float8) IS
    'effective annual rate from a nominal one that compounds npery times a year (whole; decimals '
    'are left out), both decimals';
COMMENT ON FUNCTION bond_excel.nominal(float8, float8) IS
    'nominal annual rate that compounds npery times a year (whole; decimals are left out), from '
    'the effective one, both decimals';

DO $$
BEGIN
    IF pg_catalog.to_regnamespace('excel') IS NULL THEN
        ALTER SCHEMA bond_excel RENAME TO excel;
    ELSE
        RAISE NOTICE 'schema "excel" already exists: Excel''s functions are in schema "bond_excel"'
            USING HINT = 'A dump of this database creates the extension first: create schema '
                '"excel" before you restore it.';
    END IF;
END
$$;
