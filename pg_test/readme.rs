//! The README's SQL blocks run in order, and print what is shown after them.

use crate::database::repository;
use crate::migrations::demo_book;
use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn every_block_prints_what_follows_it() {
    let db = demo_book();
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let mut blocks = readme.split("```sql\n").skip(1).map(|rest| rest.split_once("```\n").unwrap()).peekable();
    assert!(blocks.peek().is_some());
    let mut shown = 0;
    for (sql, after) in blocks {
        let mut psql = Command::new("psql");
        psql.args(["-X", "-q", "-d", &db.name]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = psql.spawn().unwrap();
        child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        let printed = String::from_utf8(printed).unwrap();
        let expected = after.trim_start().strip_prefix("```text\n").and_then(|rest| rest.split_once("```\n")).map(|(text, _)| text);
        match expected {
            Some(expected) => {
                let lines =
                    |text: &str| text.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>();
                assert_eq!(lines(&printed), lines(expected), "{sql}");
                shown += 1;
            }
            None => assert!(!printed.contains("ERROR"), "{sql}\n{printed}"),
        }
    }
    assert!(shown >= 8, "{shown}");
}
