//! `docs/reference.md` is what the catalogue says of every object of the extension, by family. With
//! `WRITE_DOCS` set, it is written again.

use crate::database::{Database, repository};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Families in the order of the page, each with a sentence and the names that belong to it.
const FAMILIES: &[(&str, &str, &str)] = &[
    (
        "Bonds: terms",
        "Make a bond, read its terms, give it a price or a notional.",
        "bond(_(terms|quote|hold|coupon|maturity|issue|frequency|day_count|first_coupon|last_coupon|\
            redemption|end_of_month|convention|steps|calendar|roll|ex_dividend|settlement_lag|\
            currency|notional|to_jsonb?))?",
    ),
    (
        "Bonds: price, yield and risk",
        "Figures at a price or a yield, on a settlement date.",
        "bond_(price|dirty_price|accrued|ytm|current_yield|macaulay_duration|modified_duration|\
            convexity|dv01|market_value|analytics|cashflows|explain|settlement_date|\
            settlement_from_issue)",
    ),
    (
        "Conventions",
        "The words that are read, and which convention a number follows.",
        "bond_(markets?|frequencies|which_convention|ytm_by_convention)|yield_conventions|\
            yield_convert|day_counts|day_count_days|year_fraction",
    ),
    (
        "Calendars and schedules",
        "",
        "calendar|calendars|calendar_holidays|is_business_day|add_business_days|business_days|\
            business_day_rolls|adjust_date|settlement_date|schedule",
    ),
    (
        "Curves",
        "",
        "curve(_(agg|conventions|currency|date|day_count|df|extrapolation|forward|interpolation|\
            key_rate_shift|kinds|name|nelson_siegel|nodes|par|quote|roll|shift|shift_down|\
            shift_or_null|spread|svensson|to_jsonb?|twist|zero|fit|fit_report))?|interpolations|\
            extrapolations",
    ),
    (
        "Bonds on curves",
        "Without a date they settle on the curve's own.",
        "bond_(npv|curve_price|curve_dirty_price|z_spread|g_spread|i_spread|asset_swap_spread|\
            benchmark_spread|benchmark_price|spread_duration|cs01|krd|par_krd|node_durations)",
    ),
    ("Shocks", "", "(bond|portfolio)_shock"),
    (
        "Swaps",
        "Without a date they settle on the curve's own.",
        "swap(_(calendar|cashflows|currency|dv01|effective|end_of_month|fixed_.*|fixing|floating_.*|\
            hold|krd|maturity|measures|notional|npv|par_rate|payment_lag|roll|to_jsonb?))?",
    ),
    (
        "Portfolios",
        "Aggregates over bonds, or over stored summaries.",
        "portfolio_(value|ytm|duration|macaulay_duration|convexity|dv01|risk|curve_risk|krd|npv|\
            z_spread|cs01)|risk_summary|risk_measures",
    ),
    (
        "Ratings",
        "",
        "avg|rating_(average|factor|fitch|from_factor|from_notch|is_investment_grade|middle|moodys|\
            notch|or_null|scale|sp|warf)",
    ),
    ("Identifiers", "", "(isin|cusip|sedol|figi|lei|valor)_(?!in|out|recv|send).*"),
    ("Pictures and requests", "", "(bars|curve|key_rate)_svg|analyze_portfolio(_as)?"),
    ("Any type", "", "min|max"),
    ("Versions and locks", "", "pg_bond_.*|advisory_xact_unlock"),
    ("Excel", "Excel's functions, with its arguments and answers.", r"excel\..*"),
    (
        "Called by PostgreSQL",
        "Input and output, comparison, and the parts of aggregates: nothing to call by hand.",
        ".*_(in|out|recv|send|eq|ne|lt|le|gt|ge|cmp|hash|hash_extended|smaller|larger|worse|better|\
            add|remove|combine|final)|argument_(date|number)|calendar_join",
    ),
];

const START: &str = "# Reference

This page is made from the comments in the catalogue. `psql` shows the same: `\\dT+`, `\\df+ bond_*`,
`\\da+ portfolio_*`.

- Prices are per 100 face, rates and yields are decimals, times are in years, money is in the
  currency of the notional. [Units, NULL and errors](units.md) has the signs.
- A form without a settlement date settles on `bond_settlement_date()` and is `STABLE`. A form with a
  date or a curve is `IMMUTABLE`. With a curve and no date it settles on the curve's date; a date
  beside a curve is not before it.
- A form with `text` in place of a date or number takes what programs send, and one with
  `timestamptz` settles on its day in the session's time zone.
- A NULL argument gives NULL, unless the comment says otherwise.
";

/// A row for each function: its first family, name, arguments, result and comment. Tools read a
/// first line that begins with @.
const FUNCTIONS: &str = r#"
SELECT concat_ws(E'\x1f', coalesce((SELECT min(place) FROM family WHERE name ~ ('^(' || names || ')$')), -1),
    name, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
    regexp_replace(obj_description(p.oid, 'pg_proc'), '^@[^\n]*\n', ''))
FROM pg_proc p
CROSS JOIN LATERAL (SELECT CASE pronamespace WHEN 'excel'::regnamespace THEN 'excel.' ELSE '' END || proname) n (name)
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_bond'
ORDER BY proname COLLATE "C", pronargs, pg_get_function_arguments(p.oid) COLLATE "C""#;

const TYPES: &str = r#"
SELECT concat_ws(E'\x1f', t.typname, obj_description(t.oid, 'pg_type'),
    (SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' ORDER BY attnum)
     FROM pg_attribute WHERE attrelid = t.typrelid AND attnum > 0 AND t.typrelid <> 0))
FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_bond'
WHERE t.typelem = 0 ORDER BY t.typname COLLATE "C""#;

const OPERATORS: &str = r#"
SELECT concat_ws(E'\x1f', format('%s %s %s', format_type(oprleft, NULL), oprname, format_type(oprright, NULL)),
    format_type(oprresult, NULL), obj_description(o.oid, 'pg_operator'))
FROM pg_operator o JOIN pg_depend d ON d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_bond'
ORDER BY format_type(oprleft, NULL) COLLATE "C", oprname COLLATE "C""#;

const CASTS: &str = r#"
SELECT concat_ws(E'\x1f', format_type(castsource, NULL), format_type(casttarget, NULL),
    CASE castcontext WHEN 'i' THEN 'implicit' WHEN 'a' THEN 'in assignments' ELSE 'explicit' END)
FROM pg_cast c JOIN pg_depend d ON d.classid = 'pg_cast'::regclass AND d.objid = c.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'pg_bond'
ORDER BY 1"#;

/// The rows of all forms of a function.
type Forms = Vec<Vec<String>>;

pub fn rows(db: &Database, query: &str) -> Vec<Vec<String>> {
    let lines = db.run(query);
    lines.iter().map(|line| line.split('\x1f').map(str::to_owned).collect()).collect()
}

/// PostgreSQL's long names of types in short, and default values without their types.
pub fn short(text: &str) -> String {
    let mut text = text.to_owned();
    for (long, short) in [
        ("double precision", "float8"),
        ("timestamp with time zone", "timestamptz"),
        ("character varying", "varchar"),
        ("::text[]", ""),
        ("::text", ""),
        ("::float8", ""),
        ("::date", ""),
        ("::calendar", ""),
        ("::curve", ""),
        ("::integer", ""),
        ("::boolean", ""),
        (" DEFAULT ", " = "),
    ] {
        text = text.replace(long, short);
    }
    text
}

/// A code block of at most 100 columns, broken after commas.
pub fn code(page: &mut String, line: &str) {
    let (mut column, indent) = (0, "        ");
    for (place, word) in line.split(", ").enumerate() {
        let word = if place == 0 { word.to_owned() } else { format!(", {word}") };
        if place == 0 {
            page.push_str("    ");
            column = 4;
        } else if column + word.len() > 98 {
            write!(page, ",\n{indent}{}", &word[2..]).unwrap();
            column = indent.len() + word.len();
            continue;
        }
        page.push_str(&word);
        column += word.len();
    }
    page.push('\n');
}

/// Lines of at most 100 columns, with what Markdown would read as its own escaped.
pub fn wrapped(text: &str) -> String {
    let (mut lines, mut column) = (String::new(), 0);
    for word in text.replace('*', "\\*").replace('<', "\\<").split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > 100 {
            lines.push('\n');
            column = 0;
        } else if column > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    lines
}

/// A comment as sentences.
pub fn sentence(comment: &str) -> String {
    let mut letters = comment.trim_end_matches('.').chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// A comment as sentences, without those that tell the forms without a date from those with one.
fn common(comment: &str) -> String {
    let mut text = sentence(comment);
    for apart in [
        " Settles on bond_settlement_date().",
        " Settles on a date after the curve's.",
        " Settles on the curve's date.",
    ] {
        text = text.replace(apart, "");
    }
    text
}

/// Everything under one name: its forms by what they say, then the forms for programs.
fn function(page: &mut String, name: &str, forms: &[Vec<String>]) {
    writeln!(page, "\n### {name}").unwrap();
    let mut said: Vec<(String, Vec<String>)> = Vec::new();
    for form in forms {
        let [_, arguments, result, comment] = &form[..] else { panic!("{form:?}") };
        let signature = short(&format!("{name}({arguments}) → {result}"));
        let comment = common(comment);
        let for_programs = form[3].starts_with(&format!("{name} "));
        match said.iter_mut().find(|(other, _)| *other == comment || for_programs) {
            Some((_, signatures)) => signatures.push(signature),
            None => said.push((comment, vec![signature])),
        }
    }
    for (comment, signatures) in said {
        page.push('\n');
        signatures.iter().for_each(|signature| code(page, signature));
        writeln!(page, "\n{}", wrapped(&comment)).unwrap();
    }
}

fn page(db: &Database) -> String {
    let mut page = START.to_owned();
    let mut functions: BTreeMap<usize, Vec<(String, Forms)>> = BTreeMap::new();
    let families: Vec<String> = (FAMILIES.iter().enumerate())
        .map(|(place, (_, _, names))| format!("({place}, $${names}$$)"))
        .collect();
    let family = format!("family (place, names) AS (VALUES {})", families.join(", "));
    for row in rows(db, &format!("WITH {family} {FUNCTIONS}")) {
        let place = row[0].parse().unwrap_or_else(|_| panic!("{} is in no family", row[1]));
        let (names, row) = (functions.entry(place).or_default(), &row[1..]);
        match names.iter_mut().find(|(name, _)| *name == row[0]) {
            Some((_, forms)) => forms.push(row.to_vec()),
            None => names.push((row[0].clone(), vec![row.to_vec()])),
        }
    }
    let titles = FAMILIES.iter().map(|(title, ..)| *title);
    for title in ["Types"].into_iter().chain(titles).chain(["Operators", "Casts"]) {
        let list = if title == "Types" { "\n" } else { "" };
        writeln!(page, "{list}- [{title}](#{})", crate::readme::anchor(title)).unwrap();
    }
    page += "\n## Types\n";
    for row in rows(db, TYPES) {
        writeln!(page, "\n### Type {}\n", row[0]).unwrap();
        if let Some(columns) = row.get(2) {
            code(&mut page, &short(&format!("({columns})")));
            page.push('\n');
        }
        writeln!(page, "{}", wrapped(&sentence(&row[1]))).unwrap();
    }
    for (family, names) in functions {
        let (title, says, _) = FAMILIES[family];
        writeln!(page, "\n## {title}").unwrap();
        if !says.is_empty() {
            writeln!(page, "\n{says}").unwrap();
        }
        if title == "Called by PostgreSQL" {
            let names: Vec<String> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
            writeln!(page, "\n{}.", names.join(", ")).unwrap();
        } else {
            names.iter().for_each(|(name, forms)| function(&mut page, name, forms));
        }
    }
    page += "\n## Operators\n\n| operator | result | meaning |\n| --- | --- | --- |\n";
    for row in rows(db, OPERATORS) {
        writeln!(page, "| `{}` | {} | {} |", short(&row[0]), row[1], row[2]).unwrap();
    }
    page += "\n## Casts\n\n| from | to | |\n| --- | --- | --- |\n";
    for row in rows(db, CASTS) {
        writeln!(page, "| {} | {} | {} |", short(&row[0]), short(&row[1]), row[2]).unwrap();
    }
    page
}

/// The page is as it is written, and with `WRITE_DOCS` set it is written first.
pub fn compare(path: &str, page: &str) {
    let file = repository(path);
    if std::env::var("WRITE_DOCS").is_ok() {
        std::fs::write(&file, page).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap();
    let differs = written.lines().zip(page.lines()).find(|(written, made)| written != made);
    assert!(written == page, "make docs writes {path} again; the first other line: {differs:?}");
}

#[test]
fn the_page_says_what_the_catalogue_says() {
    compare("docs/reference.md", &page(&Database::new()));
}
