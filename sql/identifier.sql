-- Identifiers: ISIN (ISO 6166), CUSIP (ANSI X9.6), SEDOL (London Stock Exchange), FIGI (OMG), LEI
-- (ISO 17442) and Valor (SIX).
--
-- Strict: capitals, no blanks, right check digits. *_fix says what a sloppy one was meant to be. A
-- text that is no identifier of the kind is an error, that an ISIN holds no number of the kind
-- asked for is NULL.

CREATE FUNCTION isin_is_valid(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_is_valid_wrapper';
COMMENT ON FUNCTION isin_is_valid(text) IS 'whether a text is an ISIN with the right check digit';
CREATE FUNCTION isin_check(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_check_wrapper';
COMMENT ON FUNCTION isin_check(text) IS
    'true for a valid ISIN, else an error that names the right check digit';
CREATE FUNCTION isin_check_digit(text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_check_digit_wrapper';
COMMENT ON FUNCTION isin_check_digit(text) IS
    'the check digit that belongs to an ISIN, given with its own or without one';
CREATE FUNCTION isin_fix(text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_fix_wrapper';
COMMENT ON FUNCTION isin_fix(text) IS
    'The ISIN with its check digit put right, in capitals, without blanks and hyphens. One of '
    'another length, or with characters that an ISIN cannot have, is an error.';
CREATE DOMAIN isin AS text CHECK (@extschema@.isin_check(VALUE));
COMMENT ON DOMAIN isin IS 'an ISIN with the right check digit';

CREATE FUNCTION cusip_is_valid(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_is_valid_wrapper';
COMMENT ON FUNCTION cusip_is_valid(text) IS 'whether a text is a CUSIP with the right check digit';
CREATE FUNCTION cusip_check(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_check_wrapper';
COMMENT ON FUNCTION cusip_check(text) IS
    'true for a valid CUSIP, else an error that names the right check digit';
CREATE FUNCTION cusip_check_digit(text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_check_digit_wrapper';
COMMENT ON FUNCTION cusip_check_digit(text) IS
    'the check digit that belongs to a CUSIP, given with its own or without one';
CREATE FUNCTION cusip_fix(text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_fix_wrapper';
COMMENT ON FUNCTION cusip_fix(text) IS
    'The CUSIP with its check digit put right, in capitals, without blanks and hyphens. One of '
    'another length, or with characters that a CUSIP cannot have, is an error.';
CREATE DOMAIN cusip AS text CHECK (@extschema@.cusip_check(VALUE));
COMMENT ON DOMAIN cusip IS 'a CUSIP with the right check digit';

CREATE FUNCTION sedol_is_valid(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sedol_is_valid_wrapper';
COMMENT ON FUNCTION sedol_is_valid(text) IS 'whether a text is a SEDOL with the right check digit';
CREATE FUNCTION sedol_check(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sedol_check_wrapper';
COMMENT ON FUNCTION sedol_check(text) IS
    'true for a valid SEDOL, else an error that names the right check digit';
CREATE FUNCTION sedol_check_digit(text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sedol_check_digit_wrapper';
COMMENT ON FUNCTION sedol_check_digit(text) IS
    'the check digit that belongs to a SEDOL, given with its own or without one';
CREATE FUNCTION sedol_fix(text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sedol_fix_wrapper';
COMMENT ON FUNCTION sedol_fix(text) IS
    'The SEDOL with its check digit put right, in capitals, without blanks and hyphens. One of '
    'another length, or with characters that a SEDOL cannot have, is an error.';
CREATE DOMAIN sedol AS text CHECK (@extschema@.sedol_check(VALUE));
COMMENT ON DOMAIN sedol IS 'a SEDOL with the right check digit';

CREATE FUNCTION figi_is_valid(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'figi_is_valid_wrapper';
COMMENT ON FUNCTION figi_is_valid(text) IS 'whether a text is a FIGI with the right check digit';
CREATE FUNCTION figi_check(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'figi_check_wrapper';
COMMENT ON FUNCTION figi_check(text) IS
    'true for a valid FIGI, else an error that names the right check digit';
CREATE FUNCTION figi_check_digit(text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'figi_check_digit_wrapper';
COMMENT ON FUNCTION figi_check_digit(text) IS
    'the check digit that belongs to a FIGI, given with its own or without one';
CREATE FUNCTION figi_fix(text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'figi_fix_wrapper';
COMMENT ON FUNCTION figi_fix(text) IS
    'The FIGI with its check digit put right, in capitals, without blanks and hyphens. One of '
    'another length, or with characters that a FIGI cannot have, is an error.';
CREATE DOMAIN figi AS text CHECK (@extschema@.figi_check(VALUE));
COMMENT ON DOMAIN figi IS 'a FIGI with the right check digit';

CREATE FUNCTION lei_is_valid(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'lei_is_valid_wrapper';
COMMENT ON FUNCTION lei_is_valid(text) IS 'whether a text is an LEI with the right check digits';
CREATE FUNCTION lei_check(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'lei_check_wrapper';
COMMENT ON FUNCTION lei_check(text) IS
    'true for a valid LEI, else an error that names the right check digits';
CREATE FUNCTION lei_check_digits(text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'lei_check_digits_wrapper';
COMMENT ON FUNCTION lei_check_digits(text) IS
    'the two check digits that belong to an LEI, given with its own or without any';
CREATE FUNCTION lei_fix(text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'lei_fix_wrapper';
COMMENT ON FUNCTION lei_fix(text) IS
    'The LEI with its check digits put right, in capitals, without blanks and hyphens. One of '
    'another length, or with characters that an LEI cannot have, is an error.';
CREATE DOMAIN lei AS text CHECK (@extschema@.lei_check(VALUE));
COMMENT ON DOMAIN lei IS 'an LEI with the right check digits';

CREATE FUNCTION valor_is_valid(text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'valor_is_valid_wrapper';
COMMENT ON FUNCTION valor_is_valid(text) IS
    'whether a text is a Valor, a Swiss security number: at most nine digits, none of them a check '
    'digit';

-- From one to another

CREATE FUNCTION cusip_to_isin(cusip text, country text DEFAULT 'US') RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cusip_to_isin_wrapper';
COMMENT ON FUNCTION cusip_to_isin(text, text) IS
    'the ISIN of a security that has a CUSIP, by the prefix it was issued under';
CREATE FUNCTION isin_to_cusip(isin text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_to_cusip_wrapper';
COMMENT ON FUNCTION isin_to_cusip(text) IS
    'The CUSIP that an ISIN was made of. NULL where there is none, as only the prefixes US and CA '
    'hold them.';
CREATE FUNCTION sedol_to_isin(sedol text, country text DEFAULT 'GB') RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'sedol_to_isin_wrapper';
COMMENT ON FUNCTION sedol_to_isin(text, text) IS
    'the ISIN of a security that has a SEDOL, by the prefix it was issued under';
CREATE FUNCTION isin_to_sedol(isin text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_to_sedol_wrapper';
COMMENT ON FUNCTION isin_to_sedol(text) IS
    'The SEDOL that an ISIN was made of. NULL where there is none, as only the prefixes GB, IE, '
    'GG, IM and JE hold them.';
CREATE FUNCTION valor_to_isin(valor text, country text DEFAULT 'CH') RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'valor_to_isin_wrapper';
COMMENT ON FUNCTION valor_to_isin(text, text) IS
    'the ISIN of a security that has a Valor, by the prefix it was issued under';
CREATE FUNCTION isin_to_valor(isin text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_to_valor_wrapper';
COMMENT ON FUNCTION isin_to_valor(text) IS
    'The Valor that an ISIN was made of. NULL where there is none, as only the prefixes CH and LI '
    'hold them.';
CREATE FUNCTION isin_country(isin text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_country_wrapper';
COMMENT ON FUNCTION isin_country(text) IS
    'the two letters that an ISIN begins with: the country of ISO 3166, or a prefix such as XS';
CREATE FUNCTION isin_country_is_assigned(isin text) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME',
        'isin_country_is_assigned_wrapper';
COMMENT ON FUNCTION isin_country_is_assigned(text) IS
    'Whether ISINs are issued under the first two letters. Finds letters that have changed places, '
    'such as SU for US, which the check digit does not.';
CREATE FUNCTION isin_nsin(isin text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'isin_nsin_wrapper';
COMMENT ON FUNCTION isin_nsin(text) IS 'the nine characters of national number (NSIN) in an ISIN';
