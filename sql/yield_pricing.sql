-- Prices, yields and risk of one bond.
--
-- Functions with a settlement date are immutable; without one they take bond_settlement_date() and
-- are stable. Where a price is needed it is the bond's own quote or the argument. NULL where the
-- answer is unknown: no quote, not outstanding on the settlement date, or no yield at that price.
--
-- Costs, here and elsewhere: a unit is some 12 ns on the machine of examples/bench, where a yield
-- takes some 250 ns and costs 20.

CREATE FUNCTION bond_accrued(b bond, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME', 'bond_accrued_wrapper';
CREATE FUNCTION bond_accrued(b bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10 RETURN @extschema@.bond_accrued(b,
        @extschema@.bond_settlement_date());

CREATE FUNCTION bond_settlement_from_issue(b bond, settlement date) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5 AS 'MODULE_PATHNAME',
        'bond_settlement_from_issue_wrapper';
COMMENT ON FUNCTION bond_settlement_from_issue(bond, date) IS
    'The settlement date, or the issue date where that is later: greatest(settlement, '
    'bond_issue(b)). For new issues, and for trades before issue.';

CREATE FUNCTION bond_price(b bond, yield float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'bond_price_wrapper';
CREATE FUNCTION bond_price(b bond, yield float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_price(b, yield,
        @extschema@.bond_settlement_date());

CREATE FUNCTION bond_dirty_price(b bond, yield float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_dirty_price_wrapper';
CREATE FUNCTION bond_dirty_price(b bond, yield float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_dirty_price(b, yield,
        @extschema@.bond_settlement_date());

CREATE FUNCTION bond_ytm(b bond, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'bond_ytm_wrapper';
CREATE FUNCTION bond_ytm(b bond, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_ytm_wrapper';
CREATE FUNCTION bond_ytm(b bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_ytm(b,
        @extschema@.bond_settlement_date());
CREATE FUNCTION bond_ytm(b bond, price float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_ytm(b, price,
        @extschema@.bond_settlement_date());

CREATE FUNCTION bond_current_yield(b bond, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'bond_current_yield_wrapper';
CREATE FUNCTION bond_current_yield(b bond, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'bond_current_yield_wrapper';
CREATE FUNCTION bond_current_yield(b bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10 RETURN @extschema@.bond_current_yield(b,
        @extschema@.bond_settlement_date());
CREATE FUNCTION bond_current_yield(b bond, price float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10 RETURN @extschema@.bond_current_yield(b, price,
        @extschema@.bond_settlement_date());

CREATE FUNCTION bond_macaulay_duration(b bond, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_macaulay_duration_wrapper';
CREATE FUNCTION bond_macaulay_duration(b bond, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_macaulay_duration_wrapper';
CREATE FUNCTION bond_macaulay_duration(b bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_macaulay_duration(b,
        @extschema@.bond_settlement_date());
CREATE FUNCTION bond_macaulay_duration(b bond, price float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_macaulay_duration(b,
        price, @extschema@.bond_settlement_date());

CREATE FUNCTION bond_modified_duration(b bond, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_modified_duration_wrapper';
CREATE FUNCTION bond_modified_duration(b bond, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_modified_duration_wrapper';
CREATE FUNCTION bond_modified_duration(b bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_modified_duration(b,
        @extschema@.bond_settlement_date());
CREATE FUNCTION bond_modified_duration(b bond, price float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_modified_duration(b,
        price, @extschema@.bond_settlement_date());

CREATE FUNCTION bond_convexity(b bond, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_convexity_wrapper';
CREATE FUNCTION bond_convexity(b bond, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_convexity_wrapper';
CREATE FUNCTION bond_convexity(b bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_convexity(b,
        @extschema@.bond_settlement_date());
CREATE FUNCTION bond_convexity(b bond, price float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_convexity(b, price,
        @extschema@.bond_settlement_date());

CREATE FUNCTION bond_dv01(b bond, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME', 'bond_dv01_wrapper';
CREATE FUNCTION bond_dv01(b bond, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20 AS 'MODULE_PATHNAME',
        'bond_dv01_wrapper';
CREATE FUNCTION bond_dv01(b bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_dv01(b,
        @extschema@.bond_settlement_date());
CREATE FUNCTION bond_dv01(b bond, price float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_dv01(b, price,
        @extschema@.bond_settlement_date());

CREATE FUNCTION bond_market_value(b bond, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'bond_market_value_wrapper';
CREATE FUNCTION bond_market_value(b bond, price float8, settlement date) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10 AS 'MODULE_PATHNAME',
        'bond_market_value_wrapper';
CREATE FUNCTION bond_market_value(b bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10 RETURN @extschema@.bond_market_value(b,
        @extschema@.bond_settlement_date());
CREATE FUNCTION bond_market_value(b bond, price float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10 RETURN @extschema@.bond_market_value(b, price,
        @extschema@.bond_settlement_date());

CREATE TYPE bond_measures AS (
    settlement date, clean_price float8, accrued float8, dirty_price float8, market_value float8,
        ytm float8, current_yield float8,
    macaulay_duration float8, modified_duration float8, convexity float8, dv01 float8
);
COMMENT ON TYPE bond_measures IS
    'all figures of a bond at one price: prices and accrued per 100 face, yields as decimals, '
    'durations in years, market value and DV01 in money';

CREATE FUNCTION bond_analytics(b bond, settlement date) RETURNS bond_measures
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 25 AS 'MODULE_PATHNAME',
        'bond_analytics_wrapper';
CREATE FUNCTION bond_analytics(b bond, price float8, settlement date) RETURNS bond_measures
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 25 AS 'MODULE_PATHNAME',
        'bond_analytics_wrapper';
CREATE FUNCTION bond_analytics(b bond) RETURNS bond_measures
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 25 RETURN @extschema@.bond_analytics(b,
        @extschema@.bond_settlement_date());
CREATE FUNCTION bond_analytics(b bond, price float8) RETURNS bond_measures
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 25 RETURN @extschema@.bond_analytics(b, price,
        @extschema@.bond_settlement_date());

COMMENT ON FUNCTION bond_accrued(bond) IS
    'Interest accrued since the last coupon date, per 100 face, by the bond''s day count. Some '
    'yield conventions count or round it as their market does. Negative in the ex-dividend period. '
    'Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_accrued(bond, date) IS
    'Interest accrued since the last coupon date, per 100 face, by the bond''s day count. Some '
    'yield conventions count or round it as their market does. Negative in the ex-dividend period.';
COMMENT ON FUNCTION bond_price(bond, float8) IS
    'Clean price per 100 face at a yield, a decimal in the bond''s yield convention, rounded where '
    'the market rounds it. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_price(bond, float8, date) IS
    'clean price per 100 face at a yield, a decimal in the bond''s yield convention, rounded where '
    'the market rounds it';
COMMENT ON FUNCTION bond_dirty_price(bond, float8) IS
    'Dirty price per 100 face at a yield: accrued interest and the unrounded clean price. Settles '
    'on bond_settlement_date().';
COMMENT ON FUNCTION bond_dirty_price(bond, float8, date) IS
    'dirty price per 100 face at a yield: accrued interest and the unrounded clean price';
COMMENT ON FUNCTION bond_ytm(bond) IS
    'Yield to maturity at a clean price, as a decimal, in the bond''s yield convention. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION bond_ytm(bond, date) IS
    'yield to maturity at a clean price, as a decimal, in the bond''s yield convention';
COMMENT ON FUNCTION bond_ytm(bond, float8) IS
    'Yield to maturity at a clean price, as a decimal, in the bond''s yield convention. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION bond_ytm(bond, float8, date) IS
    'yield to maturity at a clean price, as a decimal, in the bond''s yield convention';
COMMENT ON FUNCTION bond_current_yield(bond) IS
    'Coupon rate of the running period over clean price, as a decimal. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION bond_current_yield(bond, date) IS
    'coupon rate of the running period over clean price, as a decimal';
COMMENT ON FUNCTION bond_current_yield(bond, float8) IS
    'Coupon rate of the running period over clean price, as a decimal. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION bond_current_yield(bond, float8, date) IS
    'coupon rate of the running period over clean price, as a decimal';
COMMENT ON FUNCTION bond_macaulay_duration(bond) IS
    'Mean time to payment weighted by present value, in years. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_macaulay_duration(bond, date) IS
    'mean time to payment weighted by present value, in years';
COMMENT ON FUNCTION bond_macaulay_duration(bond, float8) IS
    'Mean time to payment weighted by present value, in years. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_macaulay_duration(bond, float8, date) IS
    'mean time to payment weighted by present value, in years';
COMMENT ON FUNCTION bond_modified_duration(bond) IS
    '-(dP/dy)/P of the dirty price, in years: the exact derivative in the bond''s yield '
    'convention. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_modified_duration(bond, date) IS
    '-(dP/dy)/P of the dirty price, in years: the exact derivative in the bond''s yield convention';
COMMENT ON FUNCTION bond_modified_duration(bond, float8) IS
    '-(dP/dy)/P of the dirty price, in years: the exact derivative in the bond''s yield '
    'convention. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_modified_duration(bond, float8, date) IS
    '-(dP/dy)/P of the dirty price, in years: the exact derivative in the bond''s yield convention';
COMMENT ON FUNCTION bond_convexity(bond) IS
    '(d2P/dy2)/P of the dirty price, in years squared, unscaled. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION bond_convexity(bond, date) IS
    '(d2P/dy2)/P of the dirty price, in years squared, unscaled';
COMMENT ON FUNCTION bond_convexity(bond, float8) IS
    '(d2P/dy2)/P of the dirty price, in years squared, unscaled. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION bond_convexity(bond, float8, date) IS
    '(d2P/dy2)/P of the dirty price, in years squared, unscaled';
COMMENT ON FUNCTION bond_dv01(bond) IS
    'Loss of market value for a rise of the yield by one basis point, in money for the notional '
    '(per 100 face without one). Positive for a long position. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_dv01(bond, date) IS
    'Loss of market value for a rise of the yield by one basis point, in money for the notional '
    '(per 100 face without one). Positive for a long position.';
COMMENT ON FUNCTION bond_dv01(bond, float8) IS
    'Loss of market value for a rise of the yield by one basis point, in money for the notional '
    '(per 100 face without one). Positive for a long position. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_dv01(bond, float8, date) IS
    'Loss of market value for a rise of the yield by one basis point, in money for the notional '
    '(per 100 face without one). Positive for a long position.';
COMMENT ON FUNCTION bond_market_value(bond) IS
    'Dirty price times notional / 100, in money. The dirty price where the bond carries no '
    'notional. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_market_value(bond, date) IS
    'Dirty price times notional / 100, in money. The dirty price where the bond carries no '
    'notional.';
COMMENT ON FUNCTION bond_market_value(bond, float8) IS
    'Dirty price times notional / 100, in money. The dirty price where the bond carries no '
    'notional. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_market_value(bond, float8, date) IS
    'Dirty price times notional / 100, in money. The dirty price where the bond carries no '
    'notional.';
COMMENT ON FUNCTION bond_analytics(bond) IS
    'All figures of a bond at one price, from one solution for its yield. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION bond_analytics(bond, date) IS
    'all figures of a bond at one price, from one solution for its yield';
COMMENT ON FUNCTION bond_analytics(bond, float8) IS
    'All figures of a bond at one price, from one solution for its yield. Settles on '
    'bond_settlement_date().';
COMMENT ON FUNCTION bond_analytics(bond, float8, date) IS
    'all figures of a bond at one price, from one solution for its yield';
