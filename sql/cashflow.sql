-- The flows of one bond as rows.

CREATE FUNCTION bond_cashflows(b bond, settlement date)
    RETURNS TABLE (date date, coupon float8, principal float8, amount float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 20 AS 'MODULE_PATHNAME', 'bond_cashflows_wrapper';
CREATE FUNCTION bond_cashflows(b bond)
    RETURNS TABLE (date date, coupon float8, principal float8, amount float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 200 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.coupon, f.principal, f.amount FROM @extschema@.bond_cashflows(b, @extschema@.bond_settlement_date()) AS f; END;

CREATE FUNCTION bond_explain(b bond, settlement date)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8, present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 20 AS 'MODULE_PATHNAME', 'bond_explain_wrapper';
CREATE FUNCTION bond_explain(b bond, price float8, settlement date)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8, present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 20 AS 'MODULE_PATHNAME', 'bond_explain_at_price_wrapper';
CREATE FUNCTION bond_explain(b bond)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8, present_value float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 500 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value FROM @extschema@.bond_explain(b, @extschema@.bond_settlement_date()) AS f; END;
CREATE FUNCTION bond_explain(b bond, price float8)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8, present_value float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 500 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value FROM @extschema@.bond_explain(b, price, @extschema@.bond_settlement_date()) AS f; END;

COMMENT ON FUNCTION bond_cashflows(bond) IS 'payments to the holder after settlement in order of date, each on the business day on which it is made, in money for the notional (per 100 face without one); an error for a perpetual bond; settles on bond_settlement_date()';
COMMENT ON FUNCTION bond_cashflows(bond, date) IS 'payments to the holder after settlement in order of date, each on the business day on which it is made, in money for the notional (per 100 face without one); an error for a perpetual bond';
COMMENT ON FUNCTION bond_explain(bond) IS 'the price payment by payment, per 100 face: actual days from settlement, time in years as the yield convention counts it, discount factor at the yield, present value; these add up to the dirty price (of a canadian bond a first row on the settlement date is the difference between the interest of the invoice, by days over 365, and that of the yield), and are NULL where the convention discounts no single flows; an error for a perpetual bond; settles on bond_settlement_date()';
COMMENT ON FUNCTION bond_explain(bond, date) IS 'the price payment by payment, per 100 face: actual days from settlement, time in years as the yield convention counts it, discount factor at the yield, present value; these add up to the dirty price (of a canadian bond a first row on the settlement date is the difference between the interest of the invoice, by days over 365, and that of the yield), and are NULL where the convention discounts no single flows; an error for a perpetual bond';
COMMENT ON FUNCTION bond_explain(bond, float8) IS 'the price payment by payment, per 100 face: actual days from settlement, time in years as the yield convention counts it, discount factor at the yield, present value; these add up to the dirty price (of a canadian bond a first row on the settlement date is the difference between the interest of the invoice, by days over 365, and that of the yield), and are NULL where the convention discounts no single flows; an error for a perpetual bond; settles on bond_settlement_date()';
COMMENT ON FUNCTION bond_explain(bond, float8, date) IS 'the price payment by payment, per 100 face: actual days from settlement, time in years as the yield convention counts it, discount factor at the yield, present value; these add up to the dirty price (of a canadian bond a first row on the settlement date is the difference between the interest of the invoice, by days over 365, and that of the yield), and are NULL where the convention discounts no single flows; an error for a perpetual bond';
