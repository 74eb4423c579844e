//! ISIN and CUSIP, against thousands of real ones and real-life errors.

use crate::database::{Database, repository};

#[test]
fn check_digits() {
    let db = Database::new();
    assert_eq!(db.value("SELECT isin_check_digit('US037833CK6'), isin_check_digit('US037833CK67'), cusip_check_digit('037833CK'), cusip_check_digit('594918BW6')"), "6|6|4|3");
    assert_eq!(db.value("SELECT isin_is_valid('US0378331005'), isin_is_valid('US037833CK67'), isin_is_valid('us0378331005'), isin_is_valid(''), isin_is_valid(NULL)"), "t|f|f|f|NULL");
    assert_eq!(db.value("SELECT cusip_is_valid('037833100'), cusip_is_valid('037833CK6'), cusip_is_valid('03783310')"), "t|f|f");
    assert_eq!(db.value("SELECT cusip_to_isin('037833100'), cusip_to_isin('037833100', 'CA')"), "US0378331005|CA0378331007");
}

#[test]
fn domains_name_the_right_digit() {
    let db = Database::new();
    assert_eq!(db.value("SELECT 'US0378331005'::isin, '037833100'::cusip"), "US0378331005|037833100");
    let refused = db.refusal("SELECT 'US037833CK67'::isin");
    assert_eq!(refused.state, "22P02");
    assert_eq!(refused.message, "invalid ISIN: \"US037833CK67\"");
    assert_eq!(refused.detail, "Its check digit is 7 and should be 6.");
    assert_eq!(refused.hint, "The ISIN with the right check digit is \"US037833CK66\".");
    assert_eq!(db.refusal("SELECT cusip_to_isin('037833CK6')").hint, "The CUSIP with the right check digit is \"037833CK4\".");
    for text in ["US03783310O5", "U50378331005", "US037833100", "US03783310055", "ÜS037833100", "", "US0378331 05"] {
        assert_eq!(db.refusal(&format!("SELECT '{text}'::isin")).state, "22P02", "{text}");
    }
}

#[test]
fn the_reference_list() {
    let folder = std::env::var("REFERENCE_DIR").map_or_else(|_| repository("../shared/reference"), Into::into);
    let Ok(text) = std::fs::read_to_string(folder.join("identifiers.csv")) else {
        assert!(std::env::var("CI").is_err(), "identifiers.csv is missing");
        return println!("reference set not available: identifiers.csv");
    };
    let db = Database::new();
    let known = text.lines().skip(1).filter(|line| line.starts_with("ISIN,") || line.starts_with("CUSIP,"));
    let rows: Vec<String> =
        known.map(|line| line.splitn(4, ',').take(3).collect::<Vec<_>>().join("','")).map(|row| format!("('{row}')")).collect();
    assert!(rows.len() > 10_000);
    let wrong = db.run(&format!(
        "SELECT kind, text, expected FROM (VALUES {}) AS t(kind, text, expected)
         WHERE CASE kind WHEN 'ISIN' THEN isin_is_valid(text) ELSE cusip_is_valid(text) END IS DISTINCT FROM (expected = 'valid')",
        rows.join(",")
    ));
    assert!(wrong.is_empty(), "{wrong:?}");
}
