-- Identifiers: ISIN (ISO 6166) and CUSIP (ANSI X9.6).

CREATE FUNCTION isin_is_valid(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_is_valid_wrapper';
CREATE FUNCTION isin_check_digit(text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_check_digit_wrapper';
CREATE FUNCTION isin_check(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_check_wrapper';
CREATE FUNCTION cusip_is_valid(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_is_valid_wrapper';
CREATE FUNCTION cusip_check_digit(text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_check_digit_wrapper';
CREATE FUNCTION cusip_check(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_check_wrapper';
CREATE FUNCTION cusip_to_isin(cusip text, country text DEFAULT 'US') RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_to_isin_wrapper';

CREATE DOMAIN isin AS text CHECK (@extschema@.isin_check(VALUE));
CREATE DOMAIN cusip AS text CHECK (@extschema@.cusip_check(VALUE));

COMMENT ON FUNCTION isin_is_valid(text) IS 'whether a text is an ISIN with the right check digit';
COMMENT ON FUNCTION isin_check_digit(text) IS 'the check digit that belongs to an ISIN, given with its own or without one';
COMMENT ON FUNCTION isin_check(text) IS 'true for a valid ISIN, else an error that names the right check digit';
COMMENT ON FUNCTION cusip_is_valid(text) IS 'whether a text is a CUSIP with the right check digit';
COMMENT ON FUNCTION cusip_check_digit(text) IS 'the check digit that belongs to a CUSIP, given with its own or without one';
COMMENT ON FUNCTION cusip_check(text) IS 'true for a valid CUSIP, else an error that names the right check digit';
COMMENT ON FUNCTION cusip_to_isin(text, text) IS 'the ISIN of a security that has a CUSIP';
COMMENT ON DOMAIN isin IS 'an ISIN with the right check digit';
COMMENT ON DOMAIN cusip IS 'a CUSIP with the right check digit';
