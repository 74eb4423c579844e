//! The figures of others, file by file.

use crate::testing::quantlib;
use crate::testing::quotes;
use crate::testing::reference::{Check, Verdict, rows_if_there};
use crate::testing::treasury;
use crate::testing::worked;
use crate::{basics, calibrate, market, tools};
use std::collections::BTreeMap;
use std::io::Write;
use std::panic::catch_unwind;

/// Every file, how many rows it has, and what checks one.
const FILES: &[&[(&str, usize, Check)]] = &[
    treasury::FILES,
    quantlib::FILES,
    quotes::FILES,
    calibrate::bootstrap::tests::FILES,
    worked::FILES,
    tools::excel::tests::FILES,
    basics::identifier::tests::FILES,
    market::curve::tests::FILES,
];

/// Rows that the files of `pg_test/reference` alone must match.
const SHIPPED: usize = 10_000;

/// The figures of all files as one table; nothing may be unmatched, and what is not here is said.
#[test]
fn figures_of_others() {
    let (mut unmatched, mut skipped, mut agreed) = (Vec::new(), Vec::new(), 0);
    println!(
        "{:<50} {:>7} {:>7} {:>9} {:>5} {:>9}",
        "file", "rows", "matched", "explained", "later", "unmatched"
    );
    for &(file, expected, check) in FILES.iter().copied().flatten() {
        let Some(rows) = rows_if_there(file) else {
            skipped.push(file);
            println!("{file:<50} skipped, is not here");
            continue;
        };
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
        agreed += matched;
        println!("{file:<50} {:>7} {matched:>7} {explained:>9} {later:>5} {wrong:>9}", rows.len());
        for (verdict, count) in reasons {
            if let Verdict::Explained(reason) | Verdict::Later(reason) = verdict {
                println!("    {count:>5} {reason}");
            }
        }
    }
    if !skipped.is_empty() {
        // Not by println!, which tests that pass keep to themselves.
        let count = skipped.len();
        let _ = writeln!(
            std::io::stderr(),
            "figures of others: {agreed} rows agree; {count} files skipped, which are not here: \
                name their folder by REFERENCE_DIR"
        );
    }
    assert!(agreed >= SHIPPED, "only {agreed} rows were compared");
    assert!(
        unmatched.is_empty(),
        "{} rows do not agree, such as {:#?}",
        unmatched.len(),
        &unmatched[..unmatched.len().min(10)]
    );
}
