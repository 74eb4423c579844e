-- Turns of statements, for the triggers of migrations/.

CREATE FUNCTION advisory_xact_unlock(key bigint) RETURNS boolean
    LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED AS 'MODULE_PATHNAME', 'advisory_xact_unlock_wrapper';
COMMENT ON FUNCTION advisory_xact_unlock(bigint) IS
    'gives back a lock of pg_advisory_xact_lock(key) before its transaction ends, once for each time that it was taken; false where the transaction holds none';
