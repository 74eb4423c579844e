-- Turns of statements, for the triggers of migrations/.

CREATE FUNCTION advisory_xact_unlock(key bigint) RETURNS boolean
    LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED AS 'MODULE_PATHNAME', 'advisory_xact_unlock_wrapper';
COMMENT ON FUNCTION advisory_xact_unlock(bigint) IS
    'gives back a lock that the same statement has taken by pg_advisory_xact_lock(key), once for each time that it was taken; false where it holds none';
