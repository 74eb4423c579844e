//! Figures made by others: CSV files in the folder that `REFERENCE_DIR` names, each row of them checked and counted.

use super::{bootstrap, curve, excel, identifier, quantlib, quotes, treasury, worked};
use crate::date::Date;
use std::collections::{BTreeMap, HashMap};
use std::panic::catch_unwind;
use std::path::PathBuf;

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

/// Every file, how many rows it has, and what checks one.
const FILES: &[&[(&str, usize, Check)]] =
    &[treasury::FILES, quantlib::FILES, quotes::FILES, bootstrap::FILES, worked::FILES, excel::FILES, identifier::FILES, curve::FILES];

pub struct Row(HashMap<String, String>);

impl Row {
    pub fn text(&self, column: &str) -> &str {
        self.0.get(column).unwrap_or_else(|| panic!("there is no column {column}"))
    }

    /// None where the cell is empty.
    pub fn given(&self, column: &str) -> Option<&str> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    pub fn number(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap_or_else(|_| panic!("{column}: \"{}\" is no number", self.text(column)))
    }

    pub fn date(&self, column: &str) -> Date {
        Date::parse(self.text(column)).unwrap_or_else(|| panic!("{column}: \"{}\" is no date", self.text(column)))
    }
}

/// The figures of all files as one table; nothing may be unmatched.
#[test]
fn figures_of_others() {
    let mut unmatched = Vec::new();
    println!("{:<50} {:>7} {:>7} {:>9} {:>5} {:>9}", "file", "rows", "matched", "explained", "later", "unmatched");
    for &(file, expected, check) in FILES.iter().copied().flatten() {
        let Some(rows) = rows(file) else { return };
        assert_eq!(rows.len(), expected, "rows of {file}");
        let mut counts = [0; 4];
        let mut reasons = BTreeMap::new();
        for row in &rows {
            match catch_unwind(|| check(row)) {
                Ok(verdict) => {
                    *reasons.entry(verdict).or_insert(0) += 1;
                    counts[match verdict {
                        Verdict::Matched => 0,
                        Verdict::Explained(_) => 1,
                        Verdict::Later(_) => 2,
                    }] += 1;
                }
                Err(_) => {
                    counts[3] += 1;
                    unmatched.push(format!("{file}: {:?}", row.0));
                }
            }
        }
        let [matched, explained, later, wrong] = counts;
        println!("{file:<50} {:>7} {matched:>7} {explained:>9} {later:>5} {wrong:>9}", rows.len());
        for (verdict, count) in reasons {
            if let Verdict::Explained(reason) | Verdict::Later(reason) = verdict {
                println!("    {count:>5} {reason}");
            }
        }
    }
    assert!(unmatched.is_empty(), "{} rows do not agree, such as {:#?}", unmatched.len(), &unmatched[..unmatched.len().min(10)]);
}

/// None where the reference set is not at hand, which only a machine that is no CI may say.
pub fn rows(file: &str) -> Option<Vec<Row>> {
    let folder = std::env::var("REFERENCE_DIR").unwrap_or_else(|_| "../shared/reference".to_owned());
    let path = PathBuf::from(folder).join(file);
    let Ok(text) = std::fs::read_to_string(&path) else {
        assert!(std::env::var("CI").is_err(), "{} is missing", path.display());
        println!("reference set not available: {file}");
        return None;
    };
    let mut lines = text.lines().map(cells);
    let header = lines.next().unwrap();
    Some(lines.map(|line| Row(header.iter().cloned().zip(line).collect())).collect())
}

/// Hands every row of a file to `check` and answers how many there were.
pub fn each_row(file: &str, check: impl FnMut(&Row)) -> Option<usize> {
    let rows = rows(file)?;
    rows.iter().for_each(check);
    Some(rows.len())
}

/// A line's cells; one in quotes may hold commas, and quotes written twice.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cells.last_mut().unwrap().extend(letters.next()),
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
    assert!(error <= tolerance || actual == expected, "{what}: {actual} instead of {expected}, {error:e} off");
}

/// Fails unless `actual`, rounded to the 13 significant digits that the Excel files print, is `expected`. Near a tie
/// Excel's own last bits decide, by at most 3 hundredths of that digit: 13 rows of 10,983 need it.
#[track_caller]
pub fn assert_digits(what: &str, actual: f64, expected: &str) {
    let value: f64 = expected.parse().unwrap();
    let unit = 10f64.powf(value.abs().log10().floor() - 12.0);
    assert!((actual - value).abs() <= unit * 0.53, "{what}: {actual} instead of {expected}");
}

/// Fails unless `actual` rounds, half away from zero, to `expected` with so many decimals as are printed.
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
    assert!(error <= half + 1e-12 * expected.abs().max(1.0), "{what}: {actual} instead of {expected} to {decimals} decimals");
}
