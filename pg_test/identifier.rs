//! Identifiers, against thousands of real ones and real-life errors.

use crate::database::{Database, repository};

#[test]
fn check_digits() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT isin_check_digit('US037833CK6'), isin_check_digit('US037833CK67'), \
        cusip_check_digit('037833CK'), cusip_check_digit('594918BW6')"
        ),
        "6|6|4|3"
    );
    assert_eq!(
        db.value(
            "SELECT isin_is_valid('US0378331005'), isin_is_valid('US037833CK67'), \
        isin_is_valid('us0378331005'), isin_is_valid(''), isin_is_valid(NULL)"
        ),
        "t|f|f|f|NULL"
    );
    assert_eq!(
        db.value(
            "SELECT cusip_is_valid('037833100'), cusip_is_valid('037833CK6'), \
        cusip_is_valid('03783310')"
        ),
        "t|f|f"
    );
    assert_eq!(
        db.value("SELECT cusip_to_isin('037833100'), cusip_to_isin('037833100', 'CA')"),
        "US0378331005|CA0378331007"
    );
}

#[test]
fn domains_name_the_right_digit() {
    let db = Database::new();
    assert_eq!(
        db.value("SELECT 'US0378331005'::isin, '037833100'::cusip"),
        "US0378331005|037833100"
    );
    let refused = db.refusal("SELECT 'US037833CK67'::isin");
    assert_eq!(refused.state, "22P02");
    assert_eq!(refused.message, "invalid ISIN: \"US037833CK67\"");
    assert_eq!(refused.detail, "Its check digit is 7 and should be 6.");
    assert_eq!(refused.hint, "The ISIN with the right check digit is \"US037833CK66\".");
    assert_eq!(
        db.refusal("SELECT cusip_to_isin('037833CK6')").hint,
        "The CUSIP with the right check digit is \"037833CK4\"."
    );
    for text in [
        "US03783310O5",
        "U50378331005",
        "US037833100",
        "US03783310055",
        "ÜS037833100",
        "",
        "US0378331 05",
    ] {
        assert_eq!(db.refusal(&format!("SELECT '{text}'::isin")).state, "22P02", "{text}");
    }
}

#[test]
fn the_reference_list() {
    let folder = std::env::var("REFERENCE_DIR")
        .map_or_else(|_| repository("../shared/reference"), Into::into);
    let Ok(text) = std::fs::read_to_string(folder.join("identifiers.csv")) else {
        assert!(std::env::var("CI").is_err(), "identifiers.csv is missing");
        return println!("reference set not available: identifiers.csv");
    };
    let db = Database::new();
    let rows: Vec<String> = text
        .lines()
        .skip(1)
        .map(|line| format!("('{}')", line.splitn(4, ',').take(3).collect::<Vec<_>>().join("','")))
        .collect();
    let (known, wrong) = db
        .value(&format!(
            "SELECT count(*), count(*) FILTER (WHERE valid IS DISTINCT FROM (expected = 'valid')) \
                FROM (VALUES {}) AS t(kind, text, expected),
             LATERAL (SELECT CASE kind WHEN 'ISIN' THEN isin_is_valid(text) WHEN 'CUSIP' THEN \
             cusip_is_valid(text) WHEN 'SEDOL' THEN sedol_is_valid(text)
                 WHEN 'FIGI' THEN figi_is_valid(text) WHEN 'LEI' THEN lei_is_valid(text) WHEN \
                 'VALOR' THEN valor_is_valid(text) END AS valid) v",
            rows.join(",")
        ))
        .split_once('|')
        .map(|(known, wrong)| (known.parse::<usize>().unwrap(), wrong.to_owned()))
        .unwrap();
    assert_eq!((known, wrong.as_str()), (11_881, "0"));
}

#[test]
fn every_kind_in_its_domain() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT 'B0WNLY7'::sedol, 'BBG000BLNQ16'::figi, '506700GE1G29325QX363'::lei, \
            sedol_check_digit('0263494'), figi_check_digit('BBG000BLNQ1'), \
            lei_check_digits('506700GE1G29325QX3'), valor_is_valid('1213853')"
        ),
        "B0WNLY7|BBG000BLNQ16|506700GE1G29325QX363|4|6|63|t"
    );
    assert_eq!(
        db.refusal("SELECT 'B0WNLY8'::sedol").hint,
        "The SEDOL with the right check digit is \"B0WNLY7\"."
    );
    assert_eq!(
        db.refusal("SELECT '506700GE1G29325QX300'::lei").detail,
        "Its check digits are 00 and should be 63."
    );
    let refused = db.refusal("SELECT 'BSG000BLNR71'::figi");
    assert_eq!((refused.state.as_str(), refused.hint.as_str()), ("22P02", ""));
    assert!(refused.detail.contains("other than BS, BM, GG, GB, GH, KY and VG"), "{refused:?}");
    // A sloppy one is refused too, but its hint says what it was meant to be.
    assert_eq!(
        db.refusal("SELECT 'us 0378331005'::isin").hint,
        "The ISIN with the right check digit is \"US0378331005\"."
    );
}

#[test]
fn fixing_and_converting() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT isin_fix('us037833100-9'), cusip_fix('037833CK6'), sedol_fix('b0wnly0'), \
            figi_fix('BBG000BLNQ10'), lei_fix('506700ge1g29325qx300')"
        ),
        "US0378331005|037833CK4|B0WNLY7|BBG000BLNQ16|506700GE1G29325QX363"
    );
    assert_eq!(
        db.refusal("SELECT isin_fix('GB00BFWFP71')").detail,
        "It has 11 characters instead of 12."
    );
    assert_eq!(
        db.value(
            "SELECT isin_country('XS0137672381'), isin_country_is_assigned('XS0137672381'), \
            isin_country_is_assigned('SU404119DC05'), isin_nsin('GB0002634946')"
        ),
        "XS|t|f|000263494"
    );
    assert_eq!(db.refusal("SELECT isin_country('US')").state, "22P02");
    assert_eq!(
        db.value(
            "SELECT isin_to_cusip('US0378331005'), isin_to_cusip('GB0002634946'), \
            isin_to_sedol('GB0002634946'), isin_to_valor('CH0012138530')"
        ),
        "037833100|NULL|0263494|1213853"
    );
    assert_eq!(
        db.value(
            "SELECT sedol_to_isin('0263494'), sedol_to_isin('B4WPHX2', 'IE'), \
            valor_to_isin('1213853')"
        ),
        "GB0002634946|IE00B4WPHX27|CH0012138530"
    );
}
