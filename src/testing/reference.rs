//! Figures made by others: CSV files in the folder that `REFERENCE_DIR` names.

use crate::date::Date;
use std::collections::HashMap;
use std::path::PathBuf;

pub struct Row<'a>(HashMap<&'a str, &'a str>);

impl Row<'_> {
    pub fn text(&self, column: &str) -> &str {
        self.0[column]
    }

    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{column}: \"{}\" is no number", self.text(column)))
    }

    pub fn date(&self, column: &str) -> Date {
        Date::parse(self.text(column)).unwrap_or_else(|| panic!("{column}: \"{}\" is no date", self.text(column)))
    }
}

/// Hands every row of a file to `check` and answers how many there were; None where the reference set is not at hand,
/// which only a machine that is no CI may say.
pub fn each_row(file: &str, mut check: impl FnMut(&Row)) -> Option<usize> {
    let folder = std::env::var("REFERENCE_DIR").unwrap_or_else(|_| "../shared/reference".to_owned());
    let path = PathBuf::from(folder).join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(std::env::var("CI").is_err(), "{} is missing", path.display());
        println!("reference set not available: {file}");
        return None;
    };
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows = lines.map(|line| check(&Row(header.iter().copied().zip(line.split(',')).collect()))).count();
    println!("{file}: {rows} rows");
    Some(rows)
}

/// Fails unless `actual` equals `expected` to a relative error.
#[track_caller]
pub fn assert_close(what: &str, actual: f64, expected: f64, tolerance: f64) {
    let error = (actual - expected).abs() / expected.abs().max(f64::MIN_POSITIVE);
    assert!(error <= tolerance || actual == expected, "{what}: {actual} instead of {expected}, {error:e} off");
}

/// Fails unless `actual`, rounded to the 13 significant digits that the Excel files print, is `expected`. Near a tie
/// Excel's own last bits decide, by at most 3 hundredths of that digit: 13 rows of 10,983 need it.
#[track_caller]
pub fn assert_digits(what: &str, actual: f64, expected: &str) {
    let value: f64 = expected.parse().unwrap();
    let unit = 10f64.powi(value.abs().log10().floor() as i32 - 12);
    assert!((actual - value).abs() <= unit * 0.53, "{what}: {actual} instead of {expected}");
}
