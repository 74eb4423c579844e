-- Bonds on curves: values, spreads and what they risk.
--
-- Without a settlement date the curve's own is meant, so that all of these are immutable. NULL
-- where the answer is unknown: no quote, not outstanding, or no spread at that price; a settlement
-- before the curve's date is an error.

CREATE FUNCTION bond_npv(b bond, c curve, spread float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_npv_at_spread_wrapper';
CREATE FUNCTION bond_npv(b bond, c curve, spread float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_npv_at_spread_wrapper';
CREATE FUNCTION bond_npv(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN @extschema@.bond_npv(b, c,
        0::float8, settlement);
CREATE FUNCTION bond_npv(b bond, c curve) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN @extschema@.bond_npv(b, c,
        0::float8);

CREATE FUNCTION bond_curve_price(b bond, c curve, spread float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_curve_price_at_spread_wrapper';
CREATE FUNCTION bond_curve_price(b bond, c curve, spread float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_curve_price_at_spread_wrapper';
CREATE FUNCTION bond_curve_price(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN @extschema@.bond_curve_price(b, c,
        0::float8, settlement);
CREATE FUNCTION bond_curve_price(b bond, c curve) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN @extschema@.bond_curve_price(b, c,
        0::float8);

CREATE FUNCTION bond_curve_dirty_price(b bond, c curve, spread float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_curve_dirty_price_at_spread_wrapper';
CREATE FUNCTION bond_curve_dirty_price(b bond, c curve, spread float8, settlement date) RETURNS
    float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_curve_dirty_price_at_spread_wrapper';
CREATE FUNCTION bond_curve_dirty_price(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN
        @extschema@.bond_curve_dirty_price(b, c, 0::float8, settlement);
CREATE FUNCTION bond_curve_dirty_price(b bond, c curve) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN
        @extschema@.bond_curve_dirty_price(b, c, 0::float8);

CREATE FUNCTION bond_z_spread(b bond, c curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_z_spread_wrapper';
CREATE FUNCTION bond_z_spread(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_z_spread_wrapper';
CREATE FUNCTION bond_z_spread(b bond, c curve, price float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_z_spread_at_price_wrapper';
CREATE FUNCTION bond_z_spread(b bond, c curve, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_z_spread_at_price_wrapper';

CREATE FUNCTION bond_spread_duration(b bond, c curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_spread_duration_wrapper';
CREATE FUNCTION bond_spread_duration(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_spread_duration_wrapper';
CREATE FUNCTION bond_spread_duration(b bond, c curve, price float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_spread_duration_at_price_wrapper';
CREATE FUNCTION bond_spread_duration(b bond, c curve, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_spread_duration_at_price_wrapper';

CREATE FUNCTION bond_cs01(b bond, c curve) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'bond_cs01_wrapper';
CREATE FUNCTION bond_cs01(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME', 'bond_cs01_wrapper';
CREATE FUNCTION bond_cs01(b bond, c curve, price float8) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_cs01_at_price_wrapper';
CREATE FUNCTION bond_cs01(b bond, c curve, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_cs01_at_price_wrapper';

CREATE FUNCTION bond_node_durations(b bond, c curve)
    RETURNS TABLE (node integer, years float8, duration float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_node_durations_wrapper';
CREATE FUNCTION bond_node_durations(b bond, c curve, settlement date)
    RETURNS TABLE (node integer, years float8, duration float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_node_durations_wrapper';

CREATE FUNCTION bond_krd(b bond, c curve)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_krd_wrapper';
CREATE FUNCTION bond_krd(b bond, c curve, settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_krd_wrapper';
CREATE FUNCTION bond_krd(b bond, c curve, tenors text[])
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_krd_at_wrapper';
CREATE FUNCTION bond_krd(b bond, c curve, tenors text[], settlement date)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 200 ROWS 12 AS 'MODULE_PATHNAME',
        'bond_krd_at_wrapper';

CREATE FUNCTION bond_explain(b bond, c curve, spread float8, settlement date)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20 AS 'MODULE_PATHNAME',
        'bond_explain_on_curve_wrapper';
CREATE FUNCTION bond_explain(b bond, c curve, spread float8)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
        FROM @extschema@.bond_explain(b, c, spread, @extschema@.curve_date(c)) AS f; END;
CREATE FUNCTION bond_explain(b bond, c curve, settlement date)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
        FROM @extschema@.bond_explain(b, c, 0::float8, settlement) AS f; END;
CREATE FUNCTION bond_explain(b bond, c curve)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 20
    BEGIN ATOMIC SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
        FROM @extschema@.bond_explain(b, c, 0::float8, @extschema@.curve_date(c)) AS f; END;

COMMENT ON FUNCTION bond_npv(bond, curve, float8) IS
    'value on the curve at a continuously compounded spread over its zero rates, in money: dirty '
    'price times notional / 100';
COMMENT ON FUNCTION bond_npv(bond, curve, float8, date) IS
    'Value on the curve at a continuously compounded spread over its zero rates, in money: dirty '
    'price times notional / 100. Settles on a date after the curve''s.';
COMMENT ON FUNCTION bond_npv(bond, curve, date) IS
    'Value discounted on the curve alone, without the spread of the quote, in money: not the '
    'market value, which is bond_market_value. Settles on a date after the curve''s.';
COMMENT ON FUNCTION bond_npv(bond, curve) IS
    'value discounted on the curve alone, without the spread of the quote, in money: not the '
    'market value, which is bond_market_value';
COMMENT ON FUNCTION bond_curve_price(bond, curve, float8) IS
    'clean price per 100 face on the curve at a continuously compounded spread over its zero rates';
COMMENT ON FUNCTION bond_curve_dirty_price(bond, curve, float8) IS
    'dirty price per 100 face on the curve at a continuously compounded spread over its zero rates';
COMMENT ON FUNCTION bond_curve_price(bond, curve, float8, date) IS
    'Clean price per 100 face on the curve at a continuously compounded spread over its zero '
    'rates. Settles on a date after the curve''s.';
COMMENT ON FUNCTION bond_curve_dirty_price(bond, curve, float8, date) IS
    'Dirty price per 100 face on the curve at a continuously compounded spread over its zero '
    'rates. Settles on a date after the curve''s.';
COMMENT ON FUNCTION bond_curve_price(bond, curve, date) IS
    'Clean price per 100 face on the curve. Settles on a date after the curve''s.';
COMMENT ON FUNCTION bond_curve_dirty_price(bond, curve, date) IS
    'Dirty price per 100 face on the curve. Settles on a date after the curve''s.';
COMMENT ON FUNCTION bond_curve_price(bond, curve) IS 'clean price per 100 face on the curve';
COMMENT ON FUNCTION bond_curve_dirty_price(bond, curve) IS 'dirty price per 100 face on the curve';
COMMENT ON FUNCTION bond_z_spread(bond, curve) IS
    'Spread over the curve''s zero rates that gives a clean price, continuously compounded, a '
    'decimal. At the bond''s quote.';
COMMENT ON FUNCTION bond_z_spread(bond, curve, date) IS
    'Spread over the curve''s zero rates that gives a clean price, continuously compounded, a '
    'decimal. At the bond''s quote.';
COMMENT ON FUNCTION bond_z_spread(bond, curve, float8) IS
    'Spread over the curve''s zero rates that gives a clean price, continuously compounded, a '
    'decimal. At a clean price.';
COMMENT ON FUNCTION bond_z_spread(bond, curve, float8, date) IS
    'Spread over the curve''s zero rates that gives a clean price, continuously compounded, a '
    'decimal. At a clean price.';
COMMENT ON FUNCTION bond_spread_duration(bond, curve) IS
    '-(dP/ds)/P with respect to the z-spread, in years: also the effective duration to a parallel '
    'shift of zero rates. At the bond''s quote.';
COMMENT ON FUNCTION bond_spread_duration(bond, curve, date) IS
    '-(dP/ds)/P with respect to the z-spread, in years: also the effective duration to a parallel '
    'shift of zero rates. At the bond''s quote.';
COMMENT ON FUNCTION bond_spread_duration(bond, curve, float8) IS
    '-(dP/ds)/P with respect to the z-spread, in years: also the effective duration to a parallel '
    'shift of zero rates. At a clean price.';
COMMENT ON FUNCTION bond_spread_duration(bond, curve, float8, date) IS
    '-(dP/ds)/P with respect to the z-spread, in years: also the effective duration to a parallel '
    'shift of zero rates. At a clean price.';
COMMENT ON FUNCTION bond_cs01(bond, curve) IS
    'Loss of market value for a rise of the z-spread by one basis point, in money for the notional '
    '(per 100 face without one). At the bond''s quote.';
COMMENT ON FUNCTION bond_cs01(bond, curve, date) IS
    'Loss of market value for a rise of the z-spread by one basis point, in money for the notional '
    '(per 100 face without one). At the bond''s quote.';
COMMENT ON FUNCTION bond_cs01(bond, curve, float8) IS
    'Loss of market value for a rise of the z-spread by one basis point, in money for the notional '
    '(per 100 face without one). At a clean price.';
COMMENT ON FUNCTION bond_cs01(bond, curve, float8, date) IS
    'Loss of market value for a rise of the z-spread by one basis point, in money for the notional '
    '(per 100 face without one). At a clean price.';
COMMENT ON FUNCTION bond_node_durations(bond, curve) IS
    '-(dP/dz)/P for the zero rate z of each of the curve''s own nodes, through its interpolation, '
    'in years. On the curve''s price, without a spread.';
COMMENT ON FUNCTION bond_node_durations(bond, curve, date) IS
    '-(dP/dz)/P for the zero rate z of each of the curve''s own nodes, through its interpolation, '
    'in years. On the curve''s price, without a spread.';
COMMENT ON FUNCTION bond_krd(bond, curve) IS
    'Durations in years and DV01 in money to each key rate, by triangular moves of the curve''s '
    'zero rates with the spread of the quote unchanged. The durations add up to the spread '
    'duration. Without a quote the bond is on the curve itself. Tenors, of which a month is 1/12 '
    'year and a day 1/365: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y.';
COMMENT ON FUNCTION bond_krd(bond, curve, date) IS
    'Durations in years and DV01 in money to each key rate, by triangular moves of the curve''s '
    'zero rates with the spread of the quote unchanged. The durations add up to the spread '
    'duration. Without a quote the bond is on the curve itself. Tenors, of which a month is 1/12 '
    'year and a day 1/365: 3M 6M 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y.';
COMMENT ON FUNCTION bond_krd(bond, curve, text[]) IS 'The same at tenors of your own.';
COMMENT ON FUNCTION bond_krd(bond, curve, text[], date) IS 'The same at tenors of your own.';
COMMENT ON FUNCTION bond_explain(bond, curve) IS
    'The value on the curve payment by payment, per 100 face: actual days from settlement, years '
    'on the curve from there, discount factor, present value. The present values add up to the '
    'dirty price. An error for a perpetual bond.';
COMMENT ON FUNCTION bond_explain(bond, curve, date) IS
    'The value on the curve payment by payment, per 100 face: actual days from settlement, years '
    'on the curve from there, discount factor, present value. The present values add up to the '
    'dirty price. An error for a perpetual bond. Settles on a date after the curve''s.';
COMMENT ON FUNCTION bond_explain(bond, curve, float8) IS
    'The value on the curve at a continuously compounded spread over its zero rates payment by '
    'payment, per 100 face: actual days from settlement, years on the curve from there, discount '
    'factor, present value. The present values add up to the dirty price. An error for a perpetual '
    'bond.';
COMMENT ON FUNCTION bond_explain(bond, curve, float8, date) IS
    'The value on the curve at a continuously compounded spread over its zero rates payment by '
    'payment, per 100 face: actual days from settlement, years on the curve from there, discount '
    'factor, present value. The present values add up to the dirty price. An error for a perpetual '
    'bond. Settles on a date after the curve''s.';
