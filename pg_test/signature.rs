//! Rust and SQL agree on the arguments and the answer of every function: what the built library
//! says of itself, as cargo-pgrx reads it, beside what the catalogue declares.

use crate::database::Database;
use pgrx_sql_entity_graph::metadata::{Returns, SqlArrayMapping, SqlMapping};
use pgrx_sql_entity_graph::section::{ELF_SECTION_NAME, decode_entities};
use pgrx_sql_entity_graph::{PgExternEntity, PgExternReturnEntity, SqlGraphEntity};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

fn library() -> Vec<u8> {
    let folder = Command::new("pg_config").arg("--pkglibdir").output().unwrap().stdout;
    let folder = String::from_utf8(folder).unwrap();
    std::fs::read(format!("{}/pg_bond.so", folder.trim())).unwrap()
}

/// The bytes of a section of a 64-bit ELF file, the first that has the name.
fn section<'a>(file: &'a [u8], name: &str) -> &'a [u8] {
    let number = |at: usize, bytes: usize| {
        file[at..at + bytes].iter().rev().fold(0, |number, byte| number << 8 | *byte as usize)
    };
    assert_eq!(&file[..5], b"\x7fELF\x02");
    let (headers, size) = (number(0x28, 8), number(0x3a, 2));
    let (count, names) = (number(0x3c, 2), number(0x3e, 2));
    // Name, offset and size of a section.
    let header = |index: usize| {
        let at = headers + index * size;
        (number(at, 4), number(at + 0x18, 8), number(at + 0x20, 8))
    };
    let (_, names, _) = header(names);
    let found = (0..count).map(header).find(|(at, ..)| {
        let text = &file[names + at..];
        text.starts_with(name.as_bytes()) && text[name.len()] == 0
    });
    let (_, at, size) = found.expect("the library has no such section");
    &file[at..at + size]
}

/// A type's name as the catalogue writes it.
fn name(sql: &str) -> String {
    let (bare, array) = sql.strip_suffix("[]").map_or((sql, ""), |bare| (bare, "[]"));
    let bare = match bare.to_lowercase().as_str() {
        "int" => "integer".to_owned(),
        "bool" => "boolean".to_owned(),
        "float8" => "double precision".to_owned(),
        other => other.to_owned(),
    };
    bare + array
}

fn type_name(sql: &SqlMapping) -> Option<String> {
    match sql {
        SqlMapping::As(sql) => Some(name(sql)),
        SqlMapping::Array(SqlArrayMapping::As(sql)) => Some(name(sql) + "[]"),
        _ => None,
    }
}

/// The types that a function reads, and whether only its longer argument lists have them. A call
/// tells its list where an answer tells its columns, with an array for what is not always there.
fn arguments(function: &PgExternEntity) -> Vec<(String, bool)> {
    let mut arguments = Vec::new();
    for argument in &function.fn_args {
        let metadata = &argument.used_ty.metadata;
        match (&metadata.argument_sql, &metadata.return_sql) {
            (Ok(SqlMapping::Skip), Ok(Returns::Table(list))) => {
                arguments.extend(list.iter().map(|sql| match sql {
                    SqlMapping::Array(SqlArrayMapping::As(sql)) => (name(sql), true),
                    other => (type_name(other).unwrap(), false),
                }))
            }
            (Ok(sql), _) => arguments.push((type_name(sql).unwrap(), false)),
            other => panic!("{}: {other:?}", function.name),
        }
    }
    arguments
}

/// One of a function's argument lists, that of so many arguments.
fn list(arguments: &[(String, bool)], count: usize) -> Vec<&str> {
    let absent = arguments.len().saturating_sub(count);
    let mut given = arguments.iter().filter(|(_, given)| *given).count();
    let last = given.saturating_sub(absent);
    given = 0;
    let present = arguments.iter().filter(|(_, is_given)| {
        given += usize::from(*is_given);
        !is_given || given <= last
    });
    present.map(|(name, _)| name.as_str()).collect()
}

/// The types of a function's columns, or the one of its answer.
fn answers(function: &PgExternEntity) -> Vec<String> {
    let of = |returns: &Returns| match returns {
        Returns::One(sql) | Returns::SetOf(sql) => vec![type_name(sql).unwrap()],
        Returns::Table(columns) => columns.iter().map(|sql| type_name(sql).unwrap()).collect(),
    };
    match &function.fn_return {
        PgExternReturnEntity::Type { ty } | PgExternReturnEntity::SetOf { ty } => {
            of(ty.metadata.return_sql.as_ref().unwrap())
        }
        PgExternReturnEntity::Iterated { tys } => {
            tys.iter().flat_map(|item| of(item.ty.metadata.return_sql.as_ref().unwrap())).collect()
        }
        other => panic!("{}: {other:?}", function.name),
    }
}

#[test]
fn rust_reads_and_answers_the_declared_types() {
    let library = library();
    let entities = decode_entities(section(&library, ELF_SECTION_NAME)).unwrap();
    let functions: BTreeMap<&str, &PgExternEntity> = entities
        .iter()
        .filter_map(|entity| match entity {
            SqlGraphEntity::Function(function) => Some((function.unaliased_name, function)),
            _ => None,
        })
        .collect();
    let db = Database::new();
    let declared = db.run(
        "SELECT p.oid::regprocedure, prosrc,
            array_to_string(ARRAY(SELECT format_type(t, NULL) FROM unnest(proargtypes) AS t), ','),
            CASE WHEN 't' = ANY (proargmodes) THEN array_to_string(ARRAY(
                SELECT format_type(t, NULL) FROM unnest(proallargtypes, proargmodes) AS c (t, m)
                WHERE m = 't'), ',')
                WHEN r.typtype = 'c' THEN 'record' WHEN e.typtype = 'c' THEN 'record[]'
                ELSE format_type(prorettype, NULL) END
        FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
            AND d.deptype = 'e' JOIN pg_extension x ON x.oid = d.refobjid AND extname = 'pg_bond'
            JOIN pg_type r ON r.oid = prorettype LEFT JOIN pg_type e ON e.oid = r.typelem
        WHERE prolang = (SELECT oid FROM pg_language WHERE lanname = 'c')",
    );
    assert!(declared.len() > 400, "{} functions are declared", declared.len());
    let mut seen = BTreeSet::new();
    for row in &declared {
        let [signature, symbol, types, answer] = row.split('|').collect::<Vec<_>>()[..] else {
            panic!("{row}")
        };
        let symbol = symbol.strip_suffix("_wrapper").unwrap();
        let function = functions.get(symbol).unwrap_or_else(|| panic!("{symbol} is not built"));
        let types: Vec<&str> = types.split(',').filter(|name| !name.is_empty()).collect();
        let arguments = arguments(function);
        assert_eq!(list(&arguments, types.len()), types, "arguments of {signature}");
        assert_eq!(answers(function), answer.split(',').collect::<Vec<_>>(), "{signature}");
        seen.insert(symbol);
    }
    let unused: Vec<_> = functions.keys().filter(|name| !seen.contains(**name)).collect();
    assert!(unused.is_empty(), "no SQL function calls {unused:?}");
}
