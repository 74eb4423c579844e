-- Group roles for the tables of the folder above, to be given to people and programs: GRANT
-- bond_marker TO ann. Optional: apply it after the files above, with the same search path, as the
-- tables' owner with CREATEROLE. Roles are the cluster's, rights the database's.
--
--   bond_reader        reads every table and view
--   bond_marker        and marks bonds: their price, and quotes
--   bond_curve_writer  and writes curves, their quotes, and fixings of swaps
--   bond_keeper        and keeps portfolios, holdings and their terms
--
-- None needs rights on what triggers keep (curves from quotes, live_risk): these run as the owner
-- and see every row, whatever row security hides from the writer. To narrow a role to some
-- portfolios:
--
--     ALTER TABLE bonds ENABLE ROW LEVEL SECURITY;
--     CREATE POLICY desk ON bonds TO bond_marker USING (portfolio_key = 'IG_CREDIT');
--
-- but not FORCE ROW LEVEL SECURITY, under which every writer is refused while a curve is live:
-- nobody would see every row.
\ir ../common/begin.sql

DO $$
DECLARE
    here regnamespace := quote_ident(current_schema())::regnamespace;
    extension regnamespace := (SELECT extnamespace FROM pg_extension WHERE extname = 'pg_bond');
    role name;
    report regclass;
BEGIN
    FOREACH role IN ARRAY '{bond_reader,bond_marker,bond_curve_writer,bond_keeper}'::name[] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', role);
        END IF;
    END LOOP;
    EXECUTE format('GRANT USAGE ON SCHEMA %s, %s TO bond_reader', here, extension);
    EXECUTE format('REVOKE CREATE ON SCHEMA %s, %s FROM PUBLIC', here, extension);
    -- Views of this schema that read a relation of this schema.
    FOR report IN
        SELECT DISTINCT v.oid
        FROM pg_class v
        JOIN pg_rewrite w ON w.ev_class = v.oid
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid
            = 'pg_class'::regclass
        JOIN pg_class t ON t.oid = d.refobjid AND t.oid <> v.oid
        WHERE v.relkind = 'v' AND v.relnamespace = here AND t.relnamespace = here
    LOOP
        EXECUTE format('GRANT SELECT ON %s TO bond_reader', report);
    END LOOP;
END
$$;

GRANT SELECT ON portfolios, instruments, bonds, swaps, quotes, calendars, calendar_holidays,
    curve_quotes, curves, scenarios,
    currency_curves, maturity_buckets, live_curves, live_risk, limits, fx_rates, nightly_risk TO
        bond_reader;
GRANT bond_reader TO bond_marker, bond_curve_writer, bond_keeper;
GRANT UPDATE (price) ON bonds TO bond_marker;
GRANT INSERT, UPDATE, DELETE ON quotes TO bond_marker;
GRANT INSERT, UPDATE, DELETE ON curve_quotes, curves TO bond_curve_writer;
GRANT UPDATE (current_fixing) ON swaps TO bond_curve_writer;
GRANT INSERT, UPDATE, DELETE ON portfolios, instruments, bonds, swaps TO bond_keeper;

COMMIT;
