//! `docs/tables.md` is what the catalogue says of the tables, views and functions that
//! `migrations/` makes. With `WRITE_DOCS` set, it is written again.

use crate::database::Database;
use crate::migrations::apply;
use crate::reference_page::{code, compare, rows, sentence, short, wrapped};
use std::fmt::Write;

const START: &str = "# Tables and views

[`migrations/`](../migrations) makes these, in the schema that the search path names first. This page
is made from their comments; `\\d+` shows the same. Money is in the row's currency. The column
`settlement` of a view is the date of its figures.
";

const RELATIONS: &str = r"
SELECT concat_ws(E'\x1f', c.relkind, c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''))
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
    AND c.relname NOT IN ('input_versions', 'live_changes')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.relkind, c.relname";

const COLUMNS: &str = r"
SELECT concat_ws(E'\x1f', c.relname, a.attname, format_type(a.atttypid, NULL),
    coalesce(col_description(c.oid, a.attnum), ''))
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY c.relname, a.attnum";

const FUNCTIONS: &str = r"
SELECT concat_ws(E'\x1f', p.proname, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
    regexp_replace(obj_description(p.oid, 'pg_proc'), '^@[^\n]*\n', ''))
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege('public', p.oid, 'EXECUTE')
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
ORDER BY p.proname";

fn page(db: &Database) -> String {
    let (mut page, columns) = (START.to_owned(), rows(db, COLUMNS));
    let mut kind = String::new();
    for relation in rows(db, RELATIONS) {
        if relation[0] != kind {
            kind.clone_from(&relation[0]);
            page += if kind == "r" { "\n## Tables\n" } else { "\n## Views\n" };
        }
        let said = relation.get(2).filter(|said| !said.is_empty());
        let said = said.unwrap_or_else(|| panic!("{} has no comment", relation[1]));
        writeln!(page, "\n### {}\n\n{}\n", relation[1], wrapped(&sentence(said))).unwrap();
        let own: Vec<_> = columns.iter().filter(|column| column[0] == relation[1]).collect();
        let names: Vec<String> = own.iter().map(|own| format!("{} {}", own[1], own[2])).collect();
        code(&mut page, &short(&format!("({})", names.join(", "))));
        let commented = own.iter().filter(|own| own.get(3).is_some_and(|says| !says.is_empty()));
        for (place, own) in commented.enumerate() {
            page += if place == 0 { "\n" } else { "" };
            let item = wrapped(&format!("- `{}`: {}", own[1], sentence(&own[3])));
            writeln!(page, "{}", item.replace('\n', "\n  ")).unwrap();
        }
    }
    page += "\n## Functions\n";
    for row in rows(db, FUNCTIONS) {
        let [name, arguments, result, comment] = &row[..] else { panic!("{row:?}") };
        writeln!(page, "\n### {name}\n").unwrap();
        code(&mut page, &short(&format!("{name}({arguments}) → {result}")));
        writeln!(page, "\n{}", wrapped(&sentence(comment))).unwrap();
    }
    page
}

#[test]
fn the_page_says_what_the_migrations_say() {
    let db = Database::new();
    apply(&db);
    compare("docs/tables.md", &page(&db));
}
