//! The stories in `examples/` print what stands beside them.

use crate::database::repository;
use crate::migrations::{demo_book, files};
use std::process::Command;

#[test]
fn examples_print_what_they_show() {
    let db = demo_book();
    let mut told = 0;
    for file in files("examples", "sql") {
        let Ok(expected) = std::fs::read_to_string(file.with_extension("out")) else { continue };
        let output = Command::new("psql")
            .args(["-X", "-q", "-d", &db.name, "-f"])
            .arg(&file)
            .current_dir(repository("examples"))
            .output()
            .unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{}", file.display());
        assert!(
            output.stderr.is_empty(),
            "{}: {}",
            file.display(),
            String::from_utf8_lossy(&output.stderr)
        );
        told += 1;
    }
    assert!(told >= 4);
}

/// The book is drawn from a seed: loaded again it is the same.
#[test]
fn the_book_is_reproducible() {
    let db = demo_book();
    let digest = "SELECT md5(string_agg(isin || b::text, '/' ORDER BY isin, portfolio_key)) FROM \
        bonds JOIN instruments USING (id, portfolio_key)";
    let before = db.value(digest);
    db.run(&format!("\\cd '{}'\n\\i 01_book.sql", repository("examples").display()));
    assert_eq!(db.value(digest), before);
}
