-- Spreads of a bond over a curve or a benchmark, beside the continuous z-spread.
--
-- Without a settlement date the curve's own is meant. NULL where the answer is unknown: no quote,
-- not outstanding, no spread at that price.

CREATE FUNCTION bond_z_spread(b bond, c curve, price float8, settlement date, compounding text)
    RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_z_spread_compounded_wrapper';
CREATE FUNCTION bond_z_spread(b bond, c curve, settlement date, compounding text) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN @extschema@.bond_z_spread(b, c,
        @extschema@.bond_price(b), settlement, compounding);

CREATE FUNCTION bond_g_spread(b bond, c curve) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) @extschema@.curve_date(c)
        THEN @extschema@.bond_ytm(b, @extschema@.curve_date(c)) OPERATOR(pg_catalog.-)
        @extschema@.curve_par(c, @extschema@.bond_maturity(b), @extschema@.bond_frequency(b)) END;
CREATE FUNCTION bond_g_spread(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) settlement AND settlement
        OPERATOR(pg_catalog.>=) @extschema@.curve_date(c) THEN @extschema@.bond_ytm(b,
        settlement) OPERATOR(pg_catalog.-) @extschema@.curve_par(CASE WHEN settlement
        OPERATOR(pg_catalog.=) @extschema@.curve_date(c) THEN c ELSE @extschema@.curve_roll(c,
        settlement) END, @extschema@.bond_maturity(b), @extschema@.bond_frequency(b)) END;
CREATE FUNCTION bond_g_spread(b bond, c curve, price float8) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) @extschema@.curve_date(c)
        THEN @extschema@.bond_ytm(b, price, @extschema@.curve_date(c)) OPERATOR(pg_catalog.-)
        @extschema@.curve_par(c, @extschema@.bond_maturity(b), @extschema@.bond_frequency(b)) END;
CREATE FUNCTION bond_g_spread(b bond, c curve, price float8, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) settlement AND settlement
        OPERATOR(pg_catalog.>=) @extschema@.curve_date(c) THEN @extschema@.bond_ytm(b, price,
        settlement) OPERATOR(pg_catalog.-) @extschema@.curve_par(CASE WHEN settlement
        OPERATOR(pg_catalog.=) @extschema@.curve_date(c) THEN c ELSE @extschema@.curve_roll(c,
        settlement) END, @extschema@.bond_maturity(b), @extschema@.bond_frequency(b)) END;
CREATE FUNCTION bond_i_spread(b bond, c curve) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) @extschema@.curve_date(c)
        THEN @extschema@.bond_ytm(b, @extschema@.curve_date(c)) OPERATOR(pg_catalog.-)
        @extschema@.curve_par(c, @extschema@.bond_maturity(b), @extschema@.bond_frequency(b)) END;
CREATE FUNCTION bond_i_spread(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) settlement AND settlement
        OPERATOR(pg_catalog.>=) @extschema@.curve_date(c) THEN @extschema@.bond_ytm(b,
        settlement) OPERATOR(pg_catalog.-) @extschema@.curve_par(CASE WHEN settlement
        OPERATOR(pg_catalog.=) @extschema@.curve_date(c) THEN c ELSE @extschema@.curve_roll(c,
        settlement) END, @extschema@.bond_maturity(b), @extschema@.bond_frequency(b)) END;
CREATE FUNCTION bond_i_spread(b bond, c curve, price float8) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) @extschema@.curve_date(c)
        THEN @extschema@.bond_ytm(b, price, @extschema@.curve_date(c)) OPERATOR(pg_catalog.-)
        @extschema@.curve_par(c, @extschema@.bond_maturity(b), @extschema@.bond_frequency(b)) END;
CREATE FUNCTION bond_i_spread(b bond, c curve, price float8, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) settlement AND settlement
        OPERATOR(pg_catalog.>=) @extschema@.curve_date(c) THEN @extschema@.bond_ytm(b, price,
        settlement) OPERATOR(pg_catalog.-) @extschema@.curve_par(CASE WHEN settlement
        OPERATOR(pg_catalog.=) @extschema@.curve_date(c) THEN c ELSE @extschema@.curve_roll(c,
        settlement) END, @extschema@.bond_maturity(b), @extschema@.bond_frequency(b)) END;

CREATE FUNCTION bond_asset_swap_spread(
    b bond, c curve, price float8, settlement date, method text, frequency text DEFAULT 'quarterly',
        day_count text DEFAULT 'ACT/360'
) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 AS 'MODULE_PATHNAME',
        'bond_asset_swap_spread_wrapper';
CREATE FUNCTION bond_asset_swap_spread(b bond, c curve, price float8, settlement date) RETURNS
    float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN
        @extschema@.bond_asset_swap_spread(b, c, price, settlement, 'par');
CREATE FUNCTION bond_asset_swap_spread(b bond, c curve, price float8) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN
        @extschema@.bond_asset_swap_spread(b, c, price, @extschema@.curve_date(c), 'par');
CREATE FUNCTION bond_asset_swap_spread(b bond, c curve, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN
        @extschema@.bond_asset_swap_spread(b, c, @extschema@.bond_price(b), settlement, 'par');
CREATE FUNCTION bond_asset_swap_spread(b bond, c curve) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN
        @extschema@.bond_asset_swap_spread(b, c, @extschema@.bond_price(b),
        @extschema@.curve_date(c), 'par');

CREATE FUNCTION bond_benchmark_spread(b bond, benchmark bond, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 40 RETURN @extschema@.bond_ytm(b,
        settlement) OPERATOR(pg_catalog.-) @extschema@.bond_ytm(benchmark, settlement);
CREATE FUNCTION bond_benchmark_spread(b bond, benchmark bond) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 40 RETURN @extschema@.bond_benchmark_spread(b,
        benchmark, @extschema@.bond_settlement_date());

CREATE FUNCTION bond_benchmark_price(b bond, benchmark bond, spread float8, settlement date) RETURNS
    float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 40 RETURN @extschema@.bond_price(b,
        @extschema@.bond_ytm(benchmark, settlement) OPERATOR(pg_catalog.+) spread, settlement);
CREATE FUNCTION bond_benchmark_price(b bond, benchmark bond, spread float8) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 40 RETURN @extschema@.bond_benchmark_price(b,
        benchmark, spread, @extschema@.bond_settlement_date());
CREATE FUNCTION bond_benchmark_price(b bond, c curve, spread float8, settlement date) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.bond_maturity(b) OPERATOR(pg_catalog.>) settlement AND settlement
        OPERATOR(pg_catalog.>=) @extschema@.curve_date(c) THEN @extschema@.bond_price(b,
        @extschema@.curve_par(CASE WHEN settlement OPERATOR(pg_catalog.=) @extschema@.curve_date(c)
        THEN c ELSE @extschema@.curve_roll(c, settlement) END, @extschema@.bond_maturity(b),
        @extschema@.bond_frequency(b)) OPERATOR(pg_catalog.+) spread, settlement) END;
CREATE FUNCTION bond_benchmark_price(b bond, c curve, spread float8) RETURNS float8
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100 RETURN @extschema@.bond_benchmark_price(b,
        c, spread, @extschema@.curve_date(c));

COMMENT ON FUNCTION bond_z_spread(bond, curve, date, text) IS
    'Spread over the curve''s zero rates that gives a clean price. Rates and spread are compounded '
    'alike: continuous, bond (as often as it pays), a frequency, or a number of times a year. A '
    'decimal. At the bond''s quote.';
COMMENT ON FUNCTION bond_z_spread(bond, curve, float8, date, text) IS
    'Spread over the curve''s zero rates that gives a clean price. Rates and spread are compounded '
    'alike: continuous, bond (as often as it pays), a frequency, or a number of times a year. A '
    'decimal. At a clean price.';
COMMENT ON FUNCTION bond_g_spread(bond, curve) IS
    'Yield to maturity less the par yield of a government curve at the bond''s maturity, a '
    'decimal. The yield is in the bond''s own convention, the par yield is paid as often as the '
    'bond''s coupons. The curve is rolled to settlement; NULL before the curve''s date. At the '
    'bond''s quote.';
COMMENT ON FUNCTION bond_g_spread(bond, curve, date) IS
    'Yield to maturity less the par yield of a government curve at the bond''s maturity, a '
    'decimal. The yield is in the bond''s own convention, the par yield is paid as often as the '
    'bond''s coupons. The curve is rolled to settlement; NULL before the curve''s date. At the '
    'bond''s quote.';
COMMENT ON FUNCTION bond_g_spread(bond, curve, float8) IS
    'Yield to maturity less the par yield of a government curve at the bond''s maturity, a '
    'decimal. The yield is in the bond''s own convention, the par yield is paid as often as the '
    'bond''s coupons. The curve is rolled to settlement; NULL before the curve''s date. At a clean '
    'price.';
COMMENT ON FUNCTION bond_g_spread(bond, curve, float8, date) IS
    'Yield to maturity less the par yield of a government curve at the bond''s maturity, a '
    'decimal. The yield is in the bond''s own convention, the par yield is paid as often as the '
    'bond''s coupons. The curve is rolled to settlement; NULL before the curve''s date. At a clean '
    'price.';
COMMENT ON FUNCTION bond_i_spread(bond, curve) IS
    'Yield to maturity less the par rate of a swap curve at the bond''s maturity, a decimal. The '
    'yield is in the bond''s own convention, the par rate is paid as often as the bond''s coupons. '
    'The curve is rolled to settlement; NULL before the curve''s date. At the bond''s quote.';
COMMENT ON FUNCTION bond_i_spread(bond, curve, date) IS
    'Yield to maturity less the par rate of a swap curve at the bond''s maturity, a decimal. The '
    'yield is in the bond''s own convention, the par rate is paid as often as the bond''s coupons. '
    'The curve is rolled to settlement; NULL before the curve''s date. At the bond''s quote.';
COMMENT ON FUNCTION bond_i_spread(bond, curve, float8) IS
    'Yield to maturity less the par rate of a swap curve at the bond''s maturity, a decimal. The '
    'yield is in the bond''s own convention, the par rate is paid as often as the bond''s coupons. '
    'The curve is rolled to settlement; NULL before the curve''s date. At a clean price.';
COMMENT ON FUNCTION bond_i_spread(bond, curve, float8, date) IS
    'Yield to maturity less the par rate of a swap curve at the bond''s maturity, a decimal. The '
    'yield is in the bond''s own convention, the par rate is paid as often as the bond''s coupons. '
    'The curve is rolled to settlement; NULL before the curve''s date. At a clean price.';
COMMENT ON FUNCTION bond_asset_swap_spread(bond, curve) IS
    'Spread, a decimal, of the floating leg of a par-par asset swap: value on the curve less dirty '
    'price, over the annuity of that leg, which is quarterly ACT/360, counted back from maturity. '
    'At the bond''s quote.';
COMMENT ON FUNCTION bond_asset_swap_spread(bond, curve, date) IS
    'Spread, a decimal, of the floating leg of a par-par asset swap: value on the curve less dirty '
    'price, over the annuity of that leg, which is quarterly ACT/360, counted back from maturity. '
    'At the bond''s quote.';
COMMENT ON FUNCTION bond_asset_swap_spread(bond, curve, float8) IS
    'Spread, a decimal, of the floating leg of a par-par asset swap: value on the curve less dirty '
    'price, over the annuity of that leg, which is quarterly ACT/360, counted back from maturity. '
    'At a clean price.';
COMMENT ON FUNCTION bond_asset_swap_spread(bond, curve, float8, date) IS
    'Spread, a decimal, of the floating leg of a par-par asset swap: value on the curve less dirty '
    'price, over the annuity of that leg, which is quarterly ACT/360, counted back from maturity. '
    'At a clean price.';
COMMENT ON FUNCTION bond_asset_swap_spread(bond, curve, float8, date, text, text, text) IS
    'Spread, a decimal, of the floating leg of an asset swap: value on the curve less dirty price, '
    'over the annuity of that leg. The method is par (the leg is on par) or market_value (on the '
    'dirty price). At a clean price.';
COMMENT ON FUNCTION bond_benchmark_spread(bond, bond) IS
    'Yield to maturity less that of a benchmark, each at its own quote and in its own convention, '
    'a decimal. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_benchmark_spread(bond, bond, date) IS
    'yield to maturity less that of a benchmark, each at its own quote and in its own convention, '
    'a decimal';
COMMENT ON FUNCTION bond_benchmark_price(bond, bond, float8) IS
    'Clean price per 100 face at a benchmark''s yield plus a spread, a decimal: the inverse of '
    'bond_benchmark_spread. Settles on bond_settlement_date().';
COMMENT ON FUNCTION bond_benchmark_price(bond, bond, float8, date) IS
    'clean price per 100 face at a benchmark''s yield plus a spread, a decimal: the inverse of '
    'bond_benchmark_spread';
COMMENT ON FUNCTION bond_benchmark_price(bond, curve, float8) IS
    'clean price per 100 face at the curve''s par yield at the bond''s maturity, paid as often as '
    'its coupons, plus a spread, a decimal: the inverse of bond_g_spread';
COMMENT ON FUNCTION bond_benchmark_price(bond, curve, float8, date) IS
    'Clean price per 100 face at the curve''s par yield at the bond''s maturity, paid as often as '
    'its coupons, plus a spread, a decimal: the inverse of bond_g_spread. NULL before the curve''s '
    'date.';
