-- The flows of one bond as rows.

CREATE FUNCTION bond_cashflows(b bond, settlement date)
    RETURNS TABLE (date date, coupon float8, principal float8, amount float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 20 AS 'MODULE_PATHNAME',
        'bond_cashflows_wrapper';
CREATE FUNCTION bond_cashflows(b bond)
    RETURNS TABLE (date date, coupon float8, principal float8, amount float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 200 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.coupon, f.principal, f.amount FROM @extschema@.bond_cashflows(b,
        @extschema@.bond_settlement_date()) AS f; END;

CREATE FUNCTION bond_explain(b bond, settlement date)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 20 AS 'MODULE_PATHNAME',
        'bond_explain_wrapper';
CREATE FUNCTION bond_explain(b bond, price float8, settlement date)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 500 ROWS 20 AS 'MODULE_PATHNAME',
        'bond_explain_wrapper';
CREATE FUNCTION bond_explain(b bond)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 500 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
        FROM @extschema@.bond_explain(b, @extschema@.bond_settlement_date()) AS f; END;
CREATE FUNCTION bond_explain(b bond, price float8)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 500 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
        FROM @extschema@.bond_explain(b, price, @extschema@.bond_settlement_date()) AS f; END;

COMMENT ON FUNCTION bond_cashflows(bond) IS
    'Payments to the holder after settlement, in order of date, each on the business day on which '
    'it is made. Amounts are in money for the notional (per 100 face without one). An error for a '
    'perpetual bond. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_cashflows(bond, date) IS
    'Payments to the holder after settlement, in order of date, each on the business day on which '
    'it is made. Amounts are in money for the notional (per 100 face without one). An error for a '
    'perpetual bond.';
COMMENT ON FUNCTION bond_explain(bond) IS
    'The price payment by payment, per 100 face: actual days from settlement, time in years as the '
    'yield convention counts it, discount factor, present value. The present values add up to the '
    'dirty price; for canadian, a first row holds the difference between the accrued interest that '
    'is paid and that of the yield. NULL where the convention discounts no single payments. An '
    'error for a perpetual bond. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_explain(bond, date) IS
    'The price payment by payment, per 100 face: actual days from settlement, time in years as the '
    'yield convention counts it, discount factor, present value. The present values add up to the '
    'dirty price; for canadian, a first row holds the difference between the accrued interest that '
    'is paid and that of the yield. NULL where the convention discounts no single payments. An '
    'error for a perpetual bond.';
COMMENT ON FUNCTION bond_explain(bond, float8) IS
    'The price payment by payment, per 100 face: actual days from settlement, time in years as the '
    'yield convention counts it, discount factor, present value. The present values add up to the '
    'dirty price; for canadian, a first row holds the difference between the accrued interest that '
    'is paid and that of the yield. NULL where the convention discounts no single payments. An '
    'error for a perpetual bond. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_explain(bond, float8, date) IS
    'The price payment by payment, per 100 face: actual days from settlement, time in years as the '
    'yield convention counts it, discount factor, present value. The present values add up to the '
    'dirty price; for canadian, a first row holds the difference between the accrued interest that '
    'is paid and that of the yield. NULL where the convention discounts no single payments. An '
    'error for a perpetual bond.';
