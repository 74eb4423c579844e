//! The order of the layers: a file imports from its own layer or from one above it in the list,
//! files never import each other in a circle, and no two public types share a name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// From numbers alone to the SQL glue.
const LAYERS: [&str; 12] = [
    "numeric",
    "basics",
    "forms",
    "product",
    "resolve",
    "market",
    "pricing",
    "calibrate",
    "risk",
    "portfolio",
    "tools",
    "sql",
];

/// A source file: its module's path, and its text without comments and inline tests.
struct Source {
    module: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let parts = path.strip_prefix(&root).unwrap().with_extension("");
                let parts: Vec<&str> = parts.iter().map(|part| part.to_str().unwrap()).collect();
                let module = parts.join("::").trim_end_matches("::mod").to_owned();
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                let lines = code.lines().map(|line| line.split("//").next().unwrap());
                sources.push(Source { module, text: lines.collect::<Vec<_>>().join("\n") });
            }
        }
    }
    let is_test = |module: &str| module.split("::").any(|part| ["tests", "cases"].contains(&part));
    let in_a_layer = |source: &Source| rank(&source.module).is_some() && !is_test(&source.module);
    sources.into_iter().filter(in_a_layer).collect()
}

fn rank(module: &str) -> Option<usize> {
    let layer = module.split("::").next().unwrap();
    LAYERS.iter().position(|name| *name == layer)
}

/// The paths that follow a word such as `crate::`, in small letters: those of modules.
fn paths<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = String> + 'a {
    text.match_indices(word).map(move |(at, _)| {
        let rest = &text[at + word.len()..];
        let end = rest.find(|c: char| !(c.is_ascii_lowercase() || "_:0123456789".contains(c)));
        rest[..end.unwrap_or(rest.len())].trim_end_matches(':').to_owned()
    })
}

/// Each file with the files that it imports from.
fn imports(sources: &[Source]) -> BTreeMap<&str, BTreeSet<&str>> {
    let modules: BTreeSet<&str> = sources.iter().map(|source| source.module.as_str()).collect();
    // The longest beginning of a path that is a file.
    let file = |path: String| {
        let cuts = path.match_indices("::").map(|(at, _)| at).chain([path.len()]);
        cuts.filter_map(|at| modules.get(&path[..at])).last().copied()
    };
    let mut imports = BTreeMap::new();
    for Source { module, text } in sources {
        let parent = module.rsplit_once("::").map_or("", |(parent, _)| parent);
        let absolute = paths(text, "crate::");
        let relative = paths(text, "super::").map(|path| format!("{parent}::{path}"));
        let found = absolute.chain(relative).filter_map(file).filter(|other| other != module);
        imports.insert(module.as_str(), found.collect::<BTreeSet<_>>());
    }
    imports
}

#[test]
fn no_file_imports_against_the_order_of_the_layers() {
    let sources = sources();
    let imports = imports(&sources);
    let mut arrows = 0;
    for (module, others) in &imports {
        for other in others {
            arrows += 1;
            assert!(rank(other) <= rank(module), "{module} imports {other}");
        }
    }
    assert!(arrows > 300, "only {arrows} imports were seen");
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = sources();
    let mut imports = imports(&sources);
    // A file whose imports are all gone is in no circle.
    loop {
        let free: Vec<&str> = imports
            .iter()
            .filter(|(_, others)| !others.iter().any(|other| imports.contains_key(other)))
            .map(|(module, _)| *module)
            .collect();
        if free.is_empty() {
            break;
        }
        free.iter().for_each(|module| drop(imports.remove(module)));
    }
    assert!(imports.is_empty(), "a circle is among {imports:#?}");
}

#[test]
fn no_two_public_types_share_a_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Source { module, text } in sources() {
        for line in text.lines().map(str::trim_start) {
            let Some(rest) = line.strip_prefix("pub") else { continue };
            let rest = rest.split_once(' ').map_or("", |(_, rest)| rest);
            let kinds = ["struct ", "enum ", "trait ", "type ", "union "];
            let Some(rest) = kinds.iter().find_map(|kind| rest.strip_prefix(kind)) else {
                continue;
            };
            let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
            places.entry(name).or_default().push(module.clone());
        }
    }
    assert!(places.len() > 100, "only {} types were seen", places.len());
    let shared: Vec<_> = places.iter().filter(|(_, modules)| modules.len() > 1).collect();
    assert!(shared.is_empty(), "{shared:#?}");
}
