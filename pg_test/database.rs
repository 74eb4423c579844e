//! A database of a test's own, and psql to talk to it.

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

pub struct Database {
    pub name: String,
}

/// What PostgreSQL said no with.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub state: String,
    pub message: String,
    pub detail: String,
    pub hint: String,
}

impl Database {
    /// A fresh database with the extension in it.
    pub fn new() -> Database {
        let database = Database::empty();
        database.run(
            "CREATE EXTENSION pg_bond; ALTER DATABASE :\"DBNAME\" SET \
            pg_bond.settlement_date = '2026-03-24'",
        );
        database
    }

    pub fn empty() -> Database {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "pg_bond_test_{}_{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let database = Database { name };
        let postgres = Database { name: "postgres".to_owned() };
        postgres.run(&format!("CREATE DATABASE {}", database.name));
        std::mem::forget(postgres);
        database
    }

    pub fn psql(&self) -> Command {
        let mut psql = Command::new("psql");
        psql.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-F",
            "|",
            "-P",
            "null=NULL",
            "-v",
            "ON_ERROR_STOP=1",
            "-v",
            "VERBOSITY=verbose",
            "-d",
            &self.name,
        ]);
        psql.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        psql
    }

    pub fn output(&self, sql: &str) -> Output {
        let mut child = self.psql().spawn().expect("psql, from `pg_test/server env`");
        child.stdin.take().unwrap().write_all(sql.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    /// The lines that a script prints; a script that fails fails the test.
    #[track_caller]
    pub fn run(&self, sql: &str) -> Vec<String> {
        let output = self.output(sql);
        assert!(output.status.success(), "{sql}\n{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
    }

    /// The one value that a query answers.
    #[track_caller]
    pub fn value(&self, query: &str) -> String {
        let lines = self.run(query);
        assert_eq!(lines.len(), 1, "{query}: {lines:?}");
        lines.into_iter().next().unwrap()
    }

    #[track_caller]
    pub fn number(&self, query: &str) -> f64 {
        self.value(query).parse().unwrap()
    }

    /// How a statement is refused; one that is not refused fails the test.
    #[track_caller]
    pub fn refusal(&self, sql: &str) -> Refusal {
        let output = self.output(sql);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "not refused: {sql}");
        let line = |key: &str| {
            let found = errors.lines().find_map(|line| {
                line.split_once(&format!("{key}:  ")).map(|(_, text)| text.to_owned())
            });
            found.unwrap_or_default()
        };
        let error = line("ERROR");
        let (state, message) = error.split_once(": ").unwrap_or_else(|| panic!("{sql}: {errors}"));
        Refusal {
            state: state.to_owned(),
            message: message.to_owned(),
            detail: line("DETAIL"),
            hint: line("HINT"),
        }
    }
}

/// A server of a test's own, with new data and a single backend, under this environment and with so
/// many kilobytes of address space: what it printed and said to statements without empty lines.
pub fn alone(environment: &[(&str, &str)], kilobytes: Option<u32>, statements: &[&str]) -> Output {
    let limit = kilobytes.map_or("unlimited".to_owned(), |kilobytes| kilobytes.to_string());
    let mut alone = Command::new("bash");
    alone
        .args(["-c", "ulimit -v $1; exec \"$2\" alone", "bash", &limit])
        .arg(repository("pg_test/server"))
        .envs(environment.iter().copied());
    let mut alone =
        alone.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    alone
        .stdin
        .take()
        .unwrap()
        .write_all(format!("{};\n\n", statements.join(";\n\n")).as_bytes())
        .unwrap();
    alone.wait_with_output().unwrap()
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        let _ = Command::new("psql").args(["-X", "-q", "-d", "postgres", "-c", &drop]).output();
    }
}

/// The repository, where the tests' files are.
pub fn repository(path: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
