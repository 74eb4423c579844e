//! `unsafe` stands in three files, and each block of it says why it is sound.

use std::path::Path;

/// Where PostgreSQL's values, an aggregate's state and the running call are read.
const FILES: [&str; 3] = ["datum.rs", "state.rs", "call.rs"];

#[test]
fn unsafe_code_stands_in_three_files_and_says_why() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sql");
    let mut blocks = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        // What the tests inside the server share.
        if name == "inside.rs" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(feature = \"pg_inside\")]\n#[").next().unwrap();
        let lines: Vec<&str> = code.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            let code = line.split("//").next().unwrap();
            if !code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "unsafe")
            {
                continue;
            }
            assert!(FILES.contains(&name.as_str()), "{name}: {line}");
            // Declarations leave the reason to those who call; a block and an `impl` give it above.
            if code.contains("unsafe {") || code.contains("unsafe impl") {
                blocks += 1;
                let above = lines[at.saturating_sub(6)..=at].iter();
                assert!(above.into_iter().any(|line| line.contains("SAFETY:")), "{name}: {line}");
            }
        }
    }
    assert!(blocks > 40, "only {blocks} blocks were seen");
}
