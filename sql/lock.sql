-- Turns of statements, for the triggers of migrations/.

CREATE FUNCTION advisory_xact_unlock(key bigint) RETURNS boolean
    LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED AS 'MODULE_PATHNAME',
        'advisory_xact_unlock_wrapper';
COMMENT ON FUNCTION advisory_xact_unlock(bigint) IS
    'Releases a lock that the same statement has taken with pg_advisory_xact_lock(key), once for '
    'each time it was taken. False where it holds none.';
