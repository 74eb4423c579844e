//! The SQL blocks of the README and of each page in `docs/` run in order on a fresh copy of what
//! `make demo` leaves, and print what is shown after them. With `WRITE_DOCS` set, what they print is
//! written there instead.

use crate::database::{Database, repository};
use crate::migrations::{apply, files};
use std::io::Write;
use std::process::{Command, Stdio};

/// The database that `make demo` makes: extension, migrations, examples.
fn demo() -> Database {
    let db = Database::empty();
    db.run("CREATE EXTENSION pg_bond");
    apply(&db);
    for file in files("examples", "sql") {
        db.run(&format!(
            "\\cd '{}'\n\\o /dev/null\n\\i '{}'",
            repository("examples").display(),
            file.display()
        ));
    }
    db
}

/// A copy of the database, with its settlement date, which `CREATE DATABASE` does not copy.
fn copy(demo: &Database, name: &str) -> Database {
    let copy = Database { name: format!("{}_{name}", demo.name) };
    let postgres = Database { name: "postgres".to_owned() };
    postgres.run(&format!(
        "CREATE DATABASE {0} TEMPLATE {1}; ALTER DATABASE {0} SET pg_bond.settlement_date = \
            '2026-03-24'",
        copy.name, demo.name
    ));
    std::mem::forget(postgres);
    copy
}

/// What a block prints when it is typed into psql, errors last.
fn printed(db: &Database, sql: &str) -> String {
    let mut psql = Command::new("psql");
    psql.args(["-X", "-q", "-d", &db.name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = psql.spawn().unwrap();
    child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).filter(|line| !line.is_empty()).collect()
}

/// Runs the blocks of a page: the page as it should be, the blocks that print something else, and
/// how many there are.
fn run(db: &Database, page: &str) -> (String, Vec<String>, usize) {
    let mut parts = page.split("```sql\n");
    let (mut written, mut wrong, mut blocks) = (parts.next().unwrap().to_owned(), Vec::new(), 0);
    for part in parts {
        let (sql, after) = part.split_once("```\n").unwrap();
        let (printed, shown) = (
            printed(db, sql),
            after.trim_start().strip_prefix("```text\n").and_then(|text| text.split_once("```\n")),
        );
        let (expected, rest) = shown.unwrap_or_default();
        if shown.map_or(printed.contains("ERROR"), |_| lines(&printed) != lines(expected)) {
            wrong.push(format!("{sql}\nprints\n{printed}\ninstead of\n{expected}"));
        }
        written += &match shown {
            Some(_) => {
                format!("```sql\n{sql}```\n\n```text\n{}\n```\n{rest}", lines(&printed).join("\n"))
            }
            None => format!("```sql\n{sql}```\n{after}"),
        };
        blocks += 1;
    }
    (written, wrong, blocks)
}

#[test]
fn every_block_prints_what_follows_it() {
    let (demo, writes) = (demo(), std::env::var("WRITE_DOCS").is_ok());
    let (mut wrong, mut blocks) = (Vec::new(), 0);
    for page in [repository("README.md")].into_iter().chain(files("docs", "md")) {
        let text = std::fs::read_to_string(&page).unwrap();
        if !text.contains("```sql\n") {
            continue;
        }
        let name = page.file_stem().unwrap().to_str().unwrap().to_lowercase();
        let (written, of_page, count) = run(&copy(&demo, &name), &text);
        wrong.extend(of_page.into_iter().map(|what| format!("{name}: {what}")));
        blocks += count;
        if writes {
            std::fs::write(&page, written).unwrap();
        }
    }
    assert!(blocks >= 90, "{blocks} blocks");
    assert!(wrong.is_empty() || writes, "{}", wrong.join("\n\n"));
}

/// The counts that the README names are those of the lists.
#[test]
fn the_counts_are_those_of_the_lists() {
    let db = Database::new();
    let text = std::fs::read_to_string(repository("README.md")).unwrap();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (what, list) in [
        ("yield conventions", "yield_conventions()"),
        ("day counts", "day_counts()"),
        ("market presets", "bond_markets()"),
        ("calendars", "calendars() WHERE name <> 'weekends'"),
    ] {
        let count = db.value(&format!("SELECT count(*) FROM {list}"));
        assert!(text.contains(&format!("{count} {what}")), "{count} {what}");
    }
}

/// The anchor that a heading gets where the page is shown.
pub fn anchor(heading: &str) -> String {
    let kept = heading.trim_start_matches('#').trim().to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut links = 0;
    for page in [repository("README.md")].into_iter().chain(files("docs", "md")) {
        let text = std::fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") {
                continue;
            }
            let (path, fragment) = link.split_once('#').unwrap_or((link, ""));
            let target =
                if path.is_empty() { page.clone() } else { page.parent().unwrap().join(path) };
            assert!(target.exists(), "{}: {link}", page.display());
            if !fragment.is_empty() {
                let target = std::fs::read_to_string(target).unwrap();
                let mut headings = target.lines().filter(|line| line.starts_with('#')).map(anchor);
                assert!(headings.any(|heading| heading == fragment), "{}: {link}", page.display());
            }
            links += 1;
        }
    }
    assert!(links >= 60, "{links} links");
}
