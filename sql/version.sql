-- Library and catalogue: a new library may be installed before ALTER EXTENSION pg_bond UPDATE is
-- run, and a session keeps the library that it has loaded.

CREATE FUNCTION pg_bond_library_version() RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'pg_bond_library_version_wrapper';
CREATE FUNCTION pg_bond_version() RETURNS TABLE (library text, catalogue text)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 1
    BEGIN ATOMIC
        SELECT @extschema@.pg_bond_library_version(), e.extversion FROM pg_catalog.pg_extension AS e
            WHERE e.extname OPERATOR(pg_catalog.=) 'pg_bond';
    END;

COMMENT ON FUNCTION pg_bond_library_version() IS
    'version of the library that this session has loaded';
COMMENT ON FUNCTION pg_bond_version() IS
    'Versions of the library that this session has loaded and of the catalogue in this database. '
    'Where they differ, ALTER EXTENSION pg_bond UPDATE updates the catalogue, and a new session '
    'loads the library.';
