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
    let header = fields(lines.next().unwrap());
    let rows = lines.map(|line| check(&Row(header.iter().copied().zip(fields(line)).collect()))).count();
    println!("{file}: {rows} rows");
    Some(rows)
}

/// The fields of a line; one in quotes may hold commas, and keeps its inner quotes doubled.
fn fields(line: &str) -> Vec<&str> {
    let mut quoted = false;
    let field = line.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    field.map(|field| field.strip_prefix('"').and_then(|field| field.strip_suffix('"')).unwrap_or(field)).collect()
}

/// Fails unless `actual` equals `expected` to a relative error.
#[track_caller]
pub fn assert_close(what: &str, actual: f64, expected: f64, tolerance: f64) {
    let error = (actual - expected).abs() / expected.abs().max(f64::MIN_POSITIVE);
    assert!(error <= tolerance || actual == expected, "{what}: {actual} instead of {expected}, {error:e} off");
}

/// Fails unless `actual`, rounded to the 13 significant digits that the Excel files print, is `expected`.
#[track_caller]
pub fn assert_digits(what: &str, actual: f64, expected: &str) {
    assert!(has_digits(actual, expected), "{what}: {actual} instead of {expected}");
}

/// Whether a number has the 13 significant digits that the Excel files print. Near a tie Excel's own last bits decide, by at
/// most 3 hundredths of that digit: 13 rows of 10,983 need it.
pub fn has_digits(actual: f64, expected: &str) -> bool {
    let value: f64 = expected.parse().unwrap();
    let unit = 10f64.powf(value.abs().log10().floor() - 12.0);
    (actual - value).abs() <= unit * 0.53
}
