//! Figures made by others: CSV files, each row of them checked and counted.
//!
//! Those that may be given away are in `pg_test/reference`. The larger set is the folder that
//! `REFERENCE_DIR` names, or `../shared/reference`; a test that needs it is `#[ignore]`d, has
//! `figures` in its name, and is run by `make test` and `make figures` where the set is there.

use crate::basics::date::Date;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// What became of a row; one that does not agree panics, and is counted as unmatched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    Matched,
    /// It departs from its own source, for the reason given.
    Explained(&'static str),
    /// An instrument or a measure that is not there yet.
    Later(&'static str),
}

pub type Check = fn(&Row) -> Verdict;

pub struct Row(pub HashMap<String, String>);

impl Row {
    pub fn text(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("there is no column {column}"))
    }

    /// `None` if the cell is empty.
    pub fn given(&self, column: &str) -> Option<&str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    pub fn number(&self, column: &str) -> f64 {
        self.text(column)
            .parse()
            .unwrap_or_else(|_| panic!("{column}: \"{}\" is no number", self.text(column)))
    }

    pub fn date(&self, column: &str) -> Date {
        Date::parse(self.text(column))
            .unwrap_or_else(|| panic!("{column}: \"{}\" is no date", self.text(column)))
    }
}

/// Where a file is: in the larger set, or among those that are shipped.
fn found(file: &str) -> Option<PathBuf> {
    let larger =
        std::env::var("REFERENCE_DIR").unwrap_or_else(|_| "../shared/reference".to_owned());
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("pg_test/reference");
    [PathBuf::from(larger), shipped]
        .into_iter()
        .map(|folder| folder.join(file))
        .find(|path| path.is_file())
}

/// The rows of a file; `None` if it is not here, which only a machine that is no CI may say.
pub fn rows_if_there(file: &str) -> Option<Vec<Row>> {
    let Some(path) = found(file) else {
        assert!(
            std::env::var("CI").is_err(),
            "{file} is missing: where CI is set, REFERENCE_DIR must name its folder"
        );
        return None;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let mut lines = text.lines().map(cells);
    let header = lines.next().unwrap();
    Some(lines.map(|line| Row(header.iter().cloned().zip(line).collect())).collect())
}

/// The rows of a file, which must be there.
#[track_caller]
pub fn rows(file: &str) -> Vec<Row> {
    rows_if_there(file)
        .unwrap_or_else(|| panic!("{file} is not here: name its folder by REFERENCE_DIR"))
}

/// A line's cells; one in quotes may hold commas, and quotes written twice.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                cells.last_mut().unwrap().extend(letters.next())
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            letter => cells.last_mut().unwrap().push(letter),
        }
    }
    cells
}

/// Fails unless `actual` equals `expected` to a relative error.
#[track_caller]
pub fn assert_close(what: &str, actual: f64, expected: f64, tolerance: f64) {
    let error = (actual - expected).abs() / expected.abs().max(f64::MIN_POSITIVE);
    assert!(
        error <= tolerance || actual == expected,
        "{what}: {actual} instead of {expected}, {error:e} off"
    );
}

/// Fails unless `actual`, rounded to the 13 significant digits that the Excel files print, is
/// `expected`. Near a tie Excel's own last bits decide, by at most 3 hundredths of that digit: 13
/// rows of 10,983 need it.
#[track_caller]
pub fn assert_digits(what: &str, actual: f64, expected: &str) {
    let value: f64 = expected.parse().unwrap();
    let unit = 10f64.powf(value.abs().log10().floor() - 12.0);
    assert!((actual - value).abs() <= unit * 0.53, "{what}: {actual} instead of {expected}");
}

/// Fails unless `actual` rounds, half away from zero, to `expected` with so many decimals as are
/// printed.
#[track_caller]
pub fn assert_printed(what: &str, actual: f64, expected: &str) {
    let decimals = expected.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_decimals(what, actual, expected.parse().unwrap(), decimals as i32);
}

/// The same with the number of decimals told apart from the figure.
#[track_caller]
pub fn assert_decimals(what: &str, actual: f64, expected: f64, decimals: i32) {
    let half = 0.5 * 10f64.powi(-decimals);
    let error = (actual - expected).abs();
    assert!(
        error <= half + 1e-12 * expected.abs().max(1.0),
        "{what}: {actual} instead of {expected} to {decimals} decimals"
    );
}
