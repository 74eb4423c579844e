-- What every file of the folder above begins with: a transaction, in the schema that the search
-- path names first. That schema, then the extension's, then pg_temp is the path inside it, and of
-- every function made there with SET search_path FROM CURRENT: no table that somebody else calls
-- bonds is taken for ours, whoever's session it is. Only those whom its owner trusts should have
-- CREATE there.
BEGIN;
SET LOCAL client_min_messages = warning;

DO $$
DECLARE
    here text := pg_catalog.current_schema();
    others text;
    advice text := 'Apply the files with a search path whose first schema has no relations of '
        'these names but theirs: '
        'PGOPTIONS=''-c search_path=risk,public'' psql -f ... makes them in the schema risk.';
BEGIN
    IF here IS NULL OR here ~ '^pg_' THEN
        RAISE 'the search path names no schema for the tables'
            USING ERRCODE = 'invalid_schema_name', HINT = advice;
    END IF;
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    SELECT string_agg(ours.name, ', ' ORDER BY ours.name) INTO others
    FROM (VALUES
        ('portfolios', 'r', '{id,name,strategy_type,benchmark,target_duration}'::name[]),
        ('instruments', 'r',
            '{id,isin,instrument_type,notional,currency,portfolio_id,portfolio_key}'),
        ('bonds', 'r',
            '{id,coupon_rate,maturity_date,price,credit_rating,notional,portfolio_key,portfolio_id,b}'),
        ('swaps', 'r',
            '{id,fixed_leg,fixed_rate,effective_date,maturity_date,floating_index,notional,portfolio_key}'),
        ('quotes', 'r', '{isin,quote_date,price,source}'),
        ('calendars', 'r', '{name,base,description}'),
        ('calendar_holidays', 'r', '{calendar,date,name}'),
        ('curve_quotes', 'r', '{name,date,tenor,rate,kind}'),
        ('curves', 'r', '{name,date,curve}'),
        ('input_versions', 'r', '{kind,name,version}'),
        ('scenarios', 'r', '{name,tenors,bp,spread_bp,description}'),
        ('currency_curves', 'r', '{currency,curve_name}'),
        ('maturity_buckets', 'r', '{bucket,from_months}'),
        ('live_curves', 'r', '{name}'),
        ('live_risk', 'r',
            '{portfolio_key,currency,curve,date,measured,skipped,market_value,npv,key_rates,refreshed_at}'),
        ('live_changes', 'r', '{transaction,kind,name}'),
        ('limits', 'r', '{name,portfolio_id,dimension,bucket,measure,minimum,maximum}'),
        ('fx_rates', 'r', '{date,base,currency,rate}'),
        ('nightly_risk', 'r', '{date,portfolio_key,currency,risk}'),
        ('bond_risk', 'v', '{}'), ('portfolio_summary', 'v', '{}'), ('bond_conflicts', 'v', '{}'),
        ('bond_ratings', 'v', '{}'), ('portfolio_ratings', 'v', '{}'),
        ('current_curves', 'v', '{}'), ('curve_choices', 'v', '{}'),
        ('bond_curve_risk_by_curve', 'v', '{}'), ('bond_curve_risk', 'v', '{}'),
        ('portfolio_curve_risk_by_curve', 'v', '{}'), ('portfolio_curve_risk', 'v', '{}'),
        ('portfolio_key_rates_by_curve', 'v', '{}'), ('portfolio_key_rates', 'v', '{}'),
        ('portfolio_scenarios_by_curve', 'v', '{}'), ('portfolio_scenarios', 'v', '{}'),
        ('swap_risk', 'v', '{}'), ('portfolio_swap_risk', 'v', '{}'), ('firm_key_rates', 'v', '{}'),
        ('bond_contributions', 'v', '{}'), ('risk_cells', 'v', '{}'),
        ('portfolio_buckets', 'v', '{}'), ('portfolio_concentration', 'v', '{}'),
        ('portfolio_active', 'v', '{}'), ('portfolio_active_buckets', 'v', '{}'),
        ('limit_measures', 'v', '{}'), ('limit_breaches', 'v', '{}')
    ) AS ours (name, kind, columns)
    JOIN pg_class c ON c.relname = ours.name AND c.relnamespace = quote_ident(here)::regnamespace
    WHERE translate(c.relkind, 'p', 'r') <> ours.kind
        OR NOT ours.columns <@ ARRAY(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid
            AND NOT a.attisdropped);
    IF others IS NOT NULL THEN
        RAISE 'the schema % has relations of others under names that these files make: %',
            quote_ident(here), others
            USING ERRCODE = 'duplicate_table', HINT = advice;
    END IF;
    PERFORM set_config('search_path', quote_ident(here), true);
END
$$;

CREATE EXTENSION IF NOT EXISTS pg_bond;

DO $$
DECLARE
    here text := quote_ident(current_schema());
    extension text := (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname =
        'pg_bond');
BEGIN
    PERFORM set_config('search_path', concat_ws(', ', here, nullif(extension, here), 'pg_temp'),
        true);
END
$$;

-- What every view is made with: the rights of who reads it, and the row security.
SELECT CASE WHEN current_setting('server_version_num')::integer >= 150000
    THEN 'WITH (security_invoker = true)' ELSE '' END AS invoker \gset
