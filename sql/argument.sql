-- Dates and numbers as programs send them: as text without a type.
--
-- A driver leaves the type of an argument to PostgreSQL, which cannot choose between a price and a
-- date: it takes the form with text, where there is one. These forms read the text: a date written
-- YYYY-MM-DD is the settlement, anything else what the function takes in that place otherwise. They
-- are not strict, so that PostgreSQL puts their body in place of the call and decides for a
-- constant once; a NULL gives NULL all the same. A point in time settles on its day in the
-- session's time zone.

CREATE FUNCTION argument_date(at text) RETURNS date
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'argument_date_wrapper';
COMMENT ON FUNCTION argument_date(text) IS
    'The date of a text that begins with one as YYYY-MM-DD, alone or followed by a time or time '
    'zone, which are not used. NULL for any other text.';

CREATE FUNCTION argument_number(at text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'argument_number_wrapper';
COMMENT ON FUNCTION argument_number(text) IS
    'The number that a text writes, without commas. An error for any other text.';

-- One bond.

CREATE FUNCTION bond_ytm(b bond, at text) RETURNS float8
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_ytm(b, @extschema@.argument_number(at))
        ELSE @extschema@.bond_ytm(b, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_ytm(bond, text) IS
    'bond_ytm with a settlement date, or a clean price on bond_settlement_date(), given as text, '
    'as programs send it';

CREATE FUNCTION bond_ytm(b bond, at timestamptz) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_ytm(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_ytm(bond, timestamptz) IS
    'bond_ytm settling on the day of a point in time, such as now(), in the session''s time zone';

CREATE FUNCTION bond_current_yield(b bond, at text) RETURNS float8
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_current_yield(b, @extschema@.argument_number(at))
        ELSE @extschema@.bond_current_yield(b, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_current_yield(bond, text) IS
    'bond_current_yield with a settlement date, or a clean price on bond_settlement_date(), given '
    'as text, as programs send it';

CREATE FUNCTION bond_current_yield(b bond, at timestamptz) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10 RETURN @extschema@.bond_current_yield(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_current_yield(bond, timestamptz) IS
    'bond_current_yield settling on the day of a point in time, such as now(), in the session''s '
    'time zone';

CREATE FUNCTION bond_macaulay_duration(b bond, at text) RETURNS float8
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_macaulay_duration(b, @extschema@.argument_number(at))
        ELSE @extschema@.bond_macaulay_duration(b, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_macaulay_duration(bond, text) IS
    'bond_macaulay_duration with a settlement date, or a clean price on bond_settlement_date(), '
    'given as text, as programs send it';

CREATE FUNCTION bond_macaulay_duration(b bond, at timestamptz) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_macaulay_duration(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_macaulay_duration(bond, timestamptz) IS
    'bond_macaulay_duration settling on the day of a point in time, such as now(), in the '
    'session''s time zone';

CREATE FUNCTION bond_modified_duration(b bond, at text) RETURNS float8
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_modified_duration(b, @extschema@.argument_number(at))
        ELSE @extschema@.bond_modified_duration(b, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_modified_duration(bond, text) IS
    'bond_modified_duration with a settlement date, or a clean price on bond_settlement_date(), '
    'given as text, as programs send it';

CREATE FUNCTION bond_modified_duration(b bond, at timestamptz) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_modified_duration(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_modified_duration(bond, timestamptz) IS
    'bond_modified_duration settling on the day of a point in time, such as now(), in the '
    'session''s time zone';

CREATE FUNCTION bond_convexity(b bond, at text) RETURNS float8
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_convexity(b, @extschema@.argument_number(at))
        ELSE @extschema@.bond_convexity(b, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_convexity(bond, text) IS
    'bond_convexity with a settlement date, or a clean price on bond_settlement_date(), given as '
    'text, as programs send it';

CREATE FUNCTION bond_convexity(b bond, at timestamptz) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_convexity(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_convexity(bond, timestamptz) IS
    'bond_convexity settling on the day of a point in time, such as now(), in the session''s time '
    'zone';

CREATE FUNCTION bond_dv01(b bond, at text) RETURNS float8
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 20
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_dv01(b, @extschema@.argument_number(at))
        ELSE @extschema@.bond_dv01(b, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_dv01(bond, text) IS
    'bond_dv01 with a settlement date, or a clean price on bond_settlement_date(), given as text, '
    'as programs send it';

CREATE FUNCTION bond_dv01(b bond, at timestamptz) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 20 RETURN @extschema@.bond_dv01(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_dv01(bond, timestamptz) IS
    'bond_dv01 settling on the day of a point in time, such as now(), in the session''s time zone';

CREATE FUNCTION bond_market_value(b bond, at text) RETURNS float8
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_market_value(b, @extschema@.argument_number(at))
        ELSE @extschema@.bond_market_value(b, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_market_value(bond, text) IS
    'bond_market_value with a settlement date, or a clean price on bond_settlement_date(), given '
    'as text, as programs send it';

CREATE FUNCTION bond_market_value(b bond, at timestamptz) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10 RETURN @extschema@.bond_market_value(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_market_value(bond, timestamptz) IS
    'bond_market_value settling on the day of a point in time, such as now(), in the session''s '
    'time zone';

CREATE FUNCTION bond_analytics(b bond, at text) RETURNS bond_measures
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 25
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_analytics(b, @extschema@.argument_number(at))
        ELSE @extschema@.bond_analytics(b, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_analytics(bond, text) IS
    'bond_analytics with a settlement date, or a clean price on bond_settlement_date(), given as '
    'text, as programs send it';

CREATE FUNCTION bond_analytics(b bond, at timestamptz) RETURNS bond_measures
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 25 RETURN @extschema@.bond_analytics(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_analytics(bond, timestamptz) IS
    'bond_analytics settling on the day of a point in time, such as now(), in the session''s time '
    'zone';

CREATE FUNCTION bond_accrued(b bond, at text) RETURNS float8
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 10 RETURN
        @extschema@.bond_accrued(b, coalesce(@extschema@.argument_date(at), at::pg_catalog.date));
COMMENT ON FUNCTION bond_accrued(bond, text) IS
    'bond_accrued with a settlement date given as text, as programs send it';

CREATE FUNCTION bond_accrued(b bond, at timestamptz) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10 RETURN @extschema@.bond_accrued(b,
        at::pg_catalog.date);
COMMENT ON FUNCTION bond_accrued(bond, timestamptz) IS
    'bond_accrued settling on the day of a point in time, such as now(), in the session''s time '
    'zone';

CREATE FUNCTION bond_cashflows(b bond, at text)
    RETURNS TABLE (date date, coupon float8, principal float8, amount float8)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 200 ROWS 20
    BEGIN ATOMIC
        SELECT f.date, f.coupon, f.principal, f.amount
            FROM @extschema@.bond_cashflows(b, coalesce(@extschema@.argument_date(at),
                at::pg_catalog.date)) AS f;
    END;
COMMENT ON FUNCTION bond_cashflows(bond, text) IS
    'bond_cashflows with a settlement date given as text, as programs send it';

CREATE FUNCTION bond_cashflows(b bond, at timestamptz)
    RETURNS TABLE (date date, coupon float8, principal float8, amount float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 200 ROWS 20
    BEGIN ATOMIC
        SELECT f.date, f.coupon, f.principal, f.amount
            FROM @extschema@.bond_cashflows(b, at::pg_catalog.date) AS f;
    END;
COMMENT ON FUNCTION bond_cashflows(bond, timestamptz) IS
    'bond_cashflows after the day of a point in time, such as now(), in the session''s time zone';

CREATE FUNCTION bond_explain(b bond, at text)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500 ROWS 20
    BEGIN ATOMIC
        SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
            FROM @extschema@.bond_explain(b, @extschema@.argument_date(at)) AS f
        UNION ALL SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
            FROM @extschema@.bond_explain(b, CASE WHEN @extschema@.argument_date(at) IS NULL
                THEN @extschema@.argument_number(at) END) AS f;
    END;
COMMENT ON FUNCTION bond_explain(bond, text) IS
    'bond_explain with a settlement date, or a clean price on bond_settlement_date(), given as '
    'text, as programs send it';

CREATE FUNCTION bond_explain(b bond, at timestamptz)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 500 ROWS 20
    BEGIN ATOMIC
        SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
            FROM @extschema@.bond_explain(b, at::pg_catalog.date) AS f;
    END;
COMMENT ON FUNCTION bond_explain(bond, timestamptz) IS
    'bond_explain settling on the day of a point in time, such as now(), in the session''s time '
    'zone';

CREATE FUNCTION bond_which_convention(b bond, price_or_yield float8, at text)
    RETURNS TABLE (convention text, day_count text, ytm float8, difference float8, definition text,
        matches boolean, matching_price float8)
    LANGUAGE sql STABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 10
    BEGIN ATOMIC
        SELECT f.convention, f.day_count, f.ytm, f.difference, f.definition, f.matches,
            f.matching_price
            FROM @extschema@.bond_which_convention(b, price_or_yield, @extschema@.argument_date(at))
                AS f
        UNION ALL SELECT f.convention, f.day_count, f.ytm, f.difference, f.definition, f.matches,
            f.matching_price
            FROM @extschema@.bond_which_convention(b, price_or_yield, CASE
                WHEN @extschema@.argument_date(at) IS NULL THEN @extschema@.argument_number(at) END)
                AS f;
    END;
COMMENT ON FUNCTION bond_which_convention(bond, float8, text) IS
    'bond_which_convention with a quoted yield and a settlement date, or with a clean price and a '
    'quoted yield, the last of them given as text, as programs send it';

-- Bonds on curves: settlement is the curve's date where none is given, so that these are immutable.

CREATE FUNCTION bond_npv(b bond, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_npv(b, c, @extschema@.argument_number(at))
        ELSE @extschema@.bond_npv(b, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_npv(bond, curve, text) IS
    'bond_npv with a settlement date or a spread given as text, as programs send it';

CREATE FUNCTION bond_curve_price(b bond, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_curve_price(b, c, @extschema@.argument_number(at))
        ELSE @extschema@.bond_curve_price(b, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_curve_price(bond, curve, text) IS
    'bond_curve_price with a settlement date or a spread given as text, as programs send it';

CREATE FUNCTION bond_curve_dirty_price(b bond, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_curve_dirty_price(b, c, @extschema@.argument_number(at))
        ELSE @extschema@.bond_curve_dirty_price(b, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_curve_dirty_price(bond, curve, text) IS
    'bond_curve_dirty_price with a settlement date or a spread given as text, as programs send it';

CREATE FUNCTION bond_spread_duration(b bond, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_spread_duration(b, c, @extschema@.argument_number(at))
        ELSE @extschema@.bond_spread_duration(b, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_spread_duration(bond, curve, text) IS
    'bond_spread_duration with a settlement date or a clean price given as text, as programs send '
    'it';

CREATE FUNCTION bond_cs01(b bond, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_cs01(b, c, @extschema@.argument_number(at))
        ELSE @extschema@.bond_cs01(b, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_cs01(bond, curve, text) IS
    'bond_cs01 with a settlement date or a clean price given as text, as programs send it';

CREATE FUNCTION bond_g_spread(b bond, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_g_spread(b, c, @extschema@.argument_number(at))
        ELSE @extschema@.bond_g_spread(b, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_g_spread(bond, curve, text) IS
    'bond_g_spread with a settlement date or a clean price given as text, as programs send it';

CREATE FUNCTION bond_i_spread(b bond, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.bond_i_spread(b, c, @extschema@.argument_number(at))
        ELSE @extschema@.bond_i_spread(b, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION bond_i_spread(bond, curve, text) IS
    'bond_i_spread with a settlement date or a clean price given as text, as programs send it';

CREATE FUNCTION bond_z_spread(b bond, c curve, compounding text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN CASE WHEN @extschema@.argument_date(compounding) IS NULL
        THEN @extschema@.bond_z_spread(b, c, @extschema@.bond_price(b), @extschema@.curve_date(c),
            compounding)
        ELSE @extschema@.bond_z_spread(b, c, @extschema@.argument_date(compounding)) END;
COMMENT ON FUNCTION bond_z_spread(bond, curve, text) IS
    'Spread over the curve''s zero rates at which the bond is worth its quote, a decimal. Rates '
    'and spread are compounded alike: continuous, bond (as often as it pays), a frequency, or a '
    'number of times a year. A date in place of the compounding is the settlement date, and the '
    'spread is continuous.';

CREATE FUNCTION bond_asset_swap_spread(b bond, c curve, method text, frequency text DEFAULT
    'quarterly', day_count text DEFAULT 'ACT/360') RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 100
    RETURN @extschema@.bond_asset_swap_spread(b, c, @extschema@.bond_price(b),
        coalesce(@extschema@.argument_date(method), @extschema@.curve_date(c)),
        CASE WHEN @extschema@.argument_date(method) IS NULL THEN method ELSE 'par' END, frequency,
            day_count);
COMMENT ON FUNCTION bond_asset_swap_spread(bond, curve, text, text, text) IS
    'Spread, a decimal, of the floating leg of an asset swap: value on the curve less dirty price, '
    'over the annuity of that leg. The method is par (the leg is on par) or market_value (on the '
    'dirty price). A date in place of the method is the settlement date, and the method is par. At '
    'the bond''s quote.';

CREATE FUNCTION bond_explain(b bond, c curve, at text)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500 ROWS 20
    BEGIN ATOMIC
        SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
            FROM @extschema@.bond_explain(b, c, @extschema@.argument_date(at)) AS f
        UNION ALL SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
            FROM @extschema@.bond_explain(b, c, CASE WHEN @extschema@.argument_date(at) IS NULL
                THEN @extschema@.argument_number(at) END) AS f;
    END;
COMMENT ON FUNCTION bond_explain(bond, curve, text) IS
    'bond_explain on a curve with a settlement date or a spread given as text, as programs send it';

CREATE FUNCTION bond_explain(b bond, at text, settlement date)
    RETURNS TABLE (date date, days integer, fraction float8, amount float8, discount_factor float8,
        present_value float8)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500 ROWS 20
    BEGIN ATOMIC
        SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
            FROM @extschema@.bond_explain(b, CASE WHEN pg_catalog.strpos(at,
                '%') OPERATOR(pg_catalog.=) 0
                AND pg_catalog.strpos(at, '{') OPERATOR(pg_catalog.=) 0
                    THEN @extschema@.argument_number(at) END, settlement) AS f
        UNION ALL SELECT f.date, f.days, f.fraction, f.amount, f.discount_factor, f.present_value
            FROM @extschema@.bond_explain(b, CASE WHEN pg_catalog.strpos(at,
                '%') OPERATOR(pg_catalog.>) 0
                OR pg_catalog.strpos(at, '{') OPERATOR(pg_catalog.>) 0 THEN at::@extschema@.curve
                    END, settlement) AS f;
    END;
COMMENT ON FUNCTION bond_explain(bond, text, date) IS
    'bond_explain at a clean price or on a curve, given as text, as programs send it';

CREATE FUNCTION bond_krd(b bond, c curve, at text)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 200 ROWS 12
    BEGIN ATOMIC
        SELECT f.tenor, f.years, f.duration, f.dv01
            FROM @extschema@.bond_krd(b, c, @extschema@.argument_date(at)) AS f
        UNION ALL SELECT f.tenor, f.years, f.duration, f.dv01
            FROM @extschema@.bond_krd(b, c, CASE WHEN @extschema@.argument_date(at) IS NULL
                THEN pg_catalog.string_to_array(pg_catalog.btrim(at, '{} '), ',') END) AS f;
    END;
COMMENT ON FUNCTION bond_krd(bond, curve, text) IS
    'bond_krd with a settlement date, or tenors such as {1Y,10Y}, given as text, as programs send '
    'it';

CREATE FUNCTION bond_par_krd(b bond, c curve, at text)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 2000 ROWS 12
    BEGIN ATOMIC
        SELECT f.tenor, f.years, f.duration, f.dv01
            FROM @extschema@.bond_par_krd(b, c, @extschema@.argument_date(at)) AS f
        UNION ALL SELECT f.tenor, f.years, f.duration, f.dv01
            FROM @extschema@.bond_par_krd(b, c, CASE WHEN @extschema@.argument_date(at) IS NULL
                THEN pg_catalog.string_to_array(pg_catalog.btrim(at, '{} '), ',') END) AS f;
    END;
COMMENT ON FUNCTION bond_par_krd(bond, curve, text) IS
    'bond_par_krd with a settlement date, or tenors such as {1Y,10Y}, given as text, as programs '
    'send it';

-- Swaps on curves: a text that is no date is a curve to project on.

CREATE FUNCTION swap_npv(s swap, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.swap_npv(s, c, at::@extschema@.curve)
        ELSE @extschema@.swap_npv(s, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION swap_npv(swap, curve, text) IS
    'swap_npv with a settlement date or a projection curve given as text, as programs send it';

CREATE FUNCTION swap_par_rate(s swap, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.swap_par_rate(s, c, at::@extschema@.curve)
        ELSE @extschema@.swap_par_rate(s, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION swap_par_rate(swap, curve, text) IS
    'swap_par_rate with a settlement date or a projection curve given as text, as programs send it';

CREATE FUNCTION swap_dv01(s swap, c curve, at text) RETURNS float8
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 500
    RETURN CASE WHEN @extschema@.argument_date(at) IS NULL
        THEN @extschema@.swap_dv01(s, c, at::@extschema@.curve)
        ELSE @extschema@.swap_dv01(s, c, @extschema@.argument_date(at)) END;
COMMENT ON FUNCTION swap_dv01(swap, curve, text) IS
    'swap_dv01 with a settlement date or a projection curve given as text, as programs send it';

CREATE FUNCTION swap_cashflows(s swap, c curve, at text)
    RETURNS TABLE (leg text, start date, "end" date, payment date, rate float8, amount float8,
        discount_factor float8, present_value float8)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 20
    BEGIN ATOMIC
        SELECT f.leg, f.start, f."end", f.payment, f.rate, f.amount, f.discount_factor,
            f.present_value
            FROM @extschema@.swap_cashflows(s, c, @extschema@.argument_date(at)) AS f
        UNION ALL SELECT f.leg, f.start, f."end", f.payment, f.rate, f.amount, f.discount_factor,
            f.present_value
            FROM @extschema@.swap_cashflows(s, c, CASE WHEN @extschema@.argument_date(at) IS NULL
                THEN at::@extschema@.curve END) AS f;
    END;
COMMENT ON FUNCTION swap_cashflows(swap, curve, text) IS
    'swap_cashflows with a settlement date or a projection curve given as text, as programs send '
    'it';

CREATE FUNCTION swap_krd(s swap, c curve, at text)
    RETURNS TABLE (tenor text, years float8, duration float8, dv01 float8)
    LANGUAGE sql IMMUTABLE CALLED ON NULL INPUT PARALLEL SAFE COST 1000 ROWS 12
    BEGIN ATOMIC
        SELECT f.tenor, f.years, f.duration, f.dv01
            FROM @extschema@.swap_krd(s, c, @extschema@.argument_date(at)) AS f
        UNION ALL SELECT f.tenor, f.years, f.duration, f.dv01
            FROM @extschema@.swap_krd(s, c, CASE WHEN pg_catalog.starts_with(pg_catalog.ltrim(at),
                '{') AND NOT pg_catalog.starts_with(pg_catalog.ltrim(at), '{"')
                THEN pg_catalog.string_to_array(pg_catalog.btrim(at, '{} '), ',') END) AS f
        UNION ALL SELECT f.tenor, f.years, f.duration, f.dv01
            FROM @extschema@.swap_krd(s, c, CASE WHEN @extschema@.argument_date(at) IS NOT NULL
                THEN NULL
                WHEN pg_catalog.starts_with(pg_catalog.ltrim(at), '{')
                    AND NOT pg_catalog.starts_with(pg_catalog.ltrim(at), '{"') THEN NULL
                ELSE at::@extschema@.curve END) AS f;
    END;
COMMENT ON FUNCTION swap_krd(swap, curve, text) IS
    'swap_krd with a settlement date, tenors such as {1Y,10Y} or a projection curve given as text, '
    'as programs send it';
