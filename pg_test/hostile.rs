//! An install into a schema that somebody else has filled: nothing of theirs is bound into the
//! extension.
//!
//! CREATE EXTENSION looks names up in pg_catalog and then in the target schema. Types and
//! declarations name exact signatures, which pg_catalog or a plain CREATE settles. Expressions are
//! matched to arguments, so a better match in the target schema would win: there every function is
//! named with its schema, and every operator too.

use crate::database::Database;
use std::collections::BTreeSet;
use std::process::Command;

/// What an SQL script is made of, without its comments and quoted texts.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Operator(String),
    Other(char),
}

fn tokens(script: &str) -> Vec<Token> {
    let mut rest = script.replace("@extschema@", "extschema");
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let of =
            |wanted: fn(char) -> bool| rest.find(|letter| !wanted(letter)).unwrap_or(rest.len());
        let after = |from: usize, end: &str| {
            rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len())
        };
        let is_operator = |letter| "+-*/<>=~!@#%^&|`?".contains(letter);
        let length = match first {
            _ if rest.starts_with("--") => after(0, "\n"),
            _ if rest.starts_with("/*") => after(2, "*/"),
            '\'' => after(1, "'"),
            '"' => {
                let end = after(1, "\"");
                tokens.push(Token::Word(rest[1..end - 1].to_owned()));
                end
            }
            _ if first.is_alphanumeric() || first == '_' => {
                let end = of(|letter| letter.is_alphanumeric() || letter == '_');
                tokens.push(Token::Word(rest[..end].to_lowercase()));
                end
            }
            _ if is_operator(first) => {
                let end = of(is_operator);
                tokens.push(Token::Operator(rest[..end].to_owned()));
                end
            }
            _ => {
                if !first.is_whitespace() {
                    tokens.push(Token::Other(first));
                }
                first.len_utf8()
            }
        };
        rest.drain(..length);
    }
    tokens
}

fn install_script() -> Vec<Token> {
    let output = Command::new("pg_config").arg("--sharedir").output().unwrap();
    let folder = String::from_utf8(output.stdout).unwrap();
    let file = format!("{}/extension/pg_bond--{}.sql", folder.trim(), env!("CARGO_PKG_VERSION"));
    tokens(&std::fs::read_to_string(file).unwrap())
}

/// Names that are called or stand in an expression without a schema.
fn unqualified(script: &[Token]) -> Vec<String> {
    const GRAMMAR: [&str; 8] =
        ["operator", "in", "values", "coalesce", "greatest", "least", "nullif", "check"];
    let word = |at: usize| match script.get(at) {
        Some(Token::Word(word)) => word.as_str(),
        _ => "",
    };
    let is = |at: usize, other: char| script.get(at) == Some(&Token::Other(other));
    let (mut found, mut ends_with) = (Vec::new(), None);
    for (at, token) in script.iter().enumerate() {
        match (word(at), ends_with) {
            ("return", None) | ("check", None) => ends_with = Some(""),
            ("begin", None) if word(at + 1) == "atomic" => ends_with = Some("end"),
            (_, Some(last)) if is(at, ';') && (last.is_empty() || word(at - 1) == last) => {
                ends_with = None
            }
            _ => {}
        }
        let qualified = at > 0 && is(at - 1, '.');
        if ends_with.is_some() && !qualified {
            match token {
                Token::Word(name) if is(at + 1, '(') && !GRAMMAR.contains(&name.as_str()) => {
                    found.push(name.clone())
                }
                Token::Operator(name) if name != "=>" => found.push(name.clone()),
                _ => {}
            }
        }
    }
    found
}

#[test]
fn expressions_name_the_schema_of_what_they_call() {
    let captured = "CREATE FUNCTION f(k key_rate[]) RETURNS text LANGUAGE sql
        BEGIN ATOMIC SELECT @extschema@.bars_svg('a(b)', array_agg(k.tenor || '')) FROM \
        pg_catalog.unnest(k) AS k; END;
        CREATE FUNCTION g(x text) RETURNS text LANGUAGE sql RETURN lower(x); CREATE DOMAIN d AS \
        text CHECK (g(VALUE) = 'x');";
    assert_eq!(unqualified(&tokens(captured)), ["array_agg", "||", "lower", "g", "="]);
    let script = install_script();
    let bodies = script.iter().filter(|token| **token == Token::Word("return".to_owned())).count();
    assert!(bodies > 30, "{bodies}");
    assert_eq!(unqualified(&script), [""; 0]);
}

/// Objects in `target` for every name of the script that nothing qualifies: all of them match some
/// arguments better than PostgreSQL's own function or operator of that name, or the extension's.
const FILL: &str = "
CREATE FUNCTION public.attempt(statement text) RETURNS bigint LANGUAGE plpgsql AS $$
    BEGIN EXECUTE statement; RETURN 1; EXCEPTION WHEN OTHERS THEN RETURN 0; END $$;
CREATE FUNCTION target.steal(boolean, boolean) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE TEMP TABLE kind AS SELECT t::regtype::oid AS oid FROM \
unnest('{text,varchar,float8,numeric,date,integer,bigint,boolean,jsonb,uuid,text[],float8[],date[],integer[]}'::text[]) AS t;
CREATE TEMP TABLE signature AS
    -- Functions of PostgreSQL by those names, for arguments that it has no function of its own for.
    SELECT DISTINCT p.proname AS name, p.prokind = 'a' AS aggregate, format_type(a.oid, NULL) || \
    coalesce(', ' || format_type(b.oid, NULL), '') AS arguments
        FROM pg_proc p JOIN kind a ON true LEFT JOIN kind b ON p.pronargs > 1
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname = ANY (:'words'::text[]) \
        AND p.pronargs IN (1, 2) AND p.prokind IN ('f', 'a')
    UNION
    -- Functions of the extension with one argument of another type, and with their optional \
    arguments left out.
    SELECT proname, false, (SELECT string_agg(format_type(CASE WHEN o = changed THEN k.oid ELSE t \
    END, NULL), ', ' ORDER BY o) FROM unnest(types) WITH ORDINALITY AS u (t, o))
        FROM ours, generate_series(1, cardinality(types)) AS changed, kind k WHERE k.oid <> \
        types[changed]
    UNION
    SELECT proname, false, (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY o) FROM \
    unnest(types[:given]) WITH ORDINALITY AS u (t, o))
        FROM ours, generate_series(cardinality(types) - pronargdefaults, cardinality(types) - 1) \
        AS given WHERE given > 0;
DELETE FROM signature USING ours WHERE signature.name = proname
    AND arguments = (SELECT string_agg(format_type(t, NULL), ', ' ORDER BY o) FROM unnest(types) \
    WITH ORDINALITY AS u (t, o));
SELECT sum(attempt(CASE WHEN aggregate THEN format('CREATE AGGREGATE target.%I (%s) (SFUNC = \
target.steal, STYPE = boolean)', name, arguments)
    ELSE format('CREATE FUNCTION target.%I (%s) RETURNS boolean LANGUAGE sql AS ''SELECT true''', \
    name, arguments) END)) FROM signature
    WHERE NOT aggregate OR attempt(format('CREATE FUNCTION target.steal (boolean, %s) RETURNS \
    boolean LANGUAGE sql AS ''SELECT true''', arguments)) >= 0;
SELECT sum(attempt(format('CREATE FUNCTION target.stolen (%s, %s) RETURNS boolean LANGUAGE sql AS \
''SELECT true''', l.oid::regtype, r.oid::regtype))) FROM kind l, kind r;
SELECT sum(attempt(format('CREATE OPERATOR target.%s (LEFTARG = %s, RIGHTARG = %s, FUNCTION = \
target.stolen)', symbol, l.oid::regtype, r.oid::regtype)))
    FROM unnest(:'symbols'::text[]) AS symbol, kind l, kind r
    WHERE NOT EXISTS (SELECT FROM pg_operator WHERE oprnamespace = 'pg_catalog'::regnamespace AND \
    oprname = symbol AND (oprleft, oprright) = (l.oid, r.oid));
SELECT sum(attempt(format('CREATE TYPE target.%I AS ENUM (%L)', word, ''))) FROM \
unnest(:'words'::text[]) AS word WHERE to_regtype('pg_catalog.' || quote_ident(word)) IS NOT NULL;
SELECT sum(attempt(format('CREATE COLLATION target.%I (LOCALE = %L)', name, 'C'))) FROM \
unnest('{default,C,POSIX}'::text[]) AS name;
CREATE TYPE target.coin AS ENUM ('');
SELECT sum(attempt(format('CREATE FUNCTION target.coined (target.coin, %s) RETURNS boolean \
LANGUAGE sql AS ''SELECT true''', oid::regtype))
    + attempt(format('CREATE CAST (target.coin AS %s) WITH INOUT AS IMPLICIT', oid::regtype))) \
    FROM kind;
";

/// Objects of others that depend on what the role owns.
const BOUND: &str = "SELECT DISTINCT pg_describe_object(d.classid, d.objid, 0) || ' uses ' || \
        pg_describe_object(d.refclassid, d.refobjid, 0)
    FROM pg_depend d JOIN theirs t ON (t.classid, t.objid) = (d.refclassid, d.refobjid)
    WHERE (d.classid, d.objid) NOT IN (SELECT classid, objid FROM theirs) AND d.deptype <> 'i'
        AND NOT (d.classid = 'pg_cast'::regclass AND d.objid IN (SELECT oid FROM pg_cast WHERE \
        castsource = 'target.coin'::regtype))";

fn installs_beside_hostile_objects(installer: &str, script: &[Token]) {
    let mut words = BTreeSet::new();
    let mut symbols = BTreeSet::new();
    for (at, token) in script.iter().enumerate() {
        match token {
            _ if at > 0 && script.get(at - 1) == Some(&Token::Other('.')) => {}
            Token::Word(word) => drop(words.insert(format!("\"{word}\""))),
            Token::Operator(symbol) => drop(symbols.insert(format!("\"{symbol}\""))),
            Token::Other(_) => {}
        }
    }
    // Whatever an expression may come to use.
    for symbol in ["||", "+", "-", "*", "/", "<", "<=", "=", ">=", ">", "<>"] {
        symbols.insert(format!("\"{symbol}\""));
    }
    let list = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(",");
    let db = Database::empty();
    let role = db.name.replace("pg_bond", "mallory");
    let theirs = format!(
        "CREATE TEMP VIEW theirs AS SELECT classid, objid FROM pg_shdepend JOIN pg_roles r ON \
            r.oid = refobjid AND rolname = '{role}'
            WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND \
            deptype = 'o';"
    );
    let owner = db.name.replace("pg_bond", "installer");
    let made = db.run(&format!(
        "CREATE ROLE {role}; CREATE ROLE {owner}; GRANT CREATE ON DATABASE :\"DBNAME\" TO {owner}; \
            CREATE SCHEMA target AUTHORIZATION {owner};
         GRANT CREATE, USAGE ON SCHEMA target TO {role}; GRANT CREATE ON SCHEMA public TO {role}; \
         CREATE SCHEMA reference; CREATE EXTENSION pg_bond SCHEMA reference;
         CREATE TABLE ours AS SELECT proname, pronargdefaults, proargtypes::oid[] AS types FROM \
         pg_proc
             WHERE pronamespace = 'reference'::regnamespace AND prokind = 'f' AND NOT EXISTS \
             (SELECT FROM pg_type t, unnest(proargtypes) AS a WHERE t.oid = a AND t.typnamespace \
             <> 'pg_catalog'::regnamespace);
         GRANT SELECT ON ours TO {role}; DROP EXTENSION pg_bond CASCADE;
         \\set words '{{{}}}'\n\\set symbols '{{{}}}'\n SET ROLE {role}; SET search_path = \
         pg_catalog, public; {FILL}",
        list(words),
        list(symbols),
    ));
    let made: Vec<u32> = made.iter().map(|count| count.parse().unwrap()).collect();
    // Functions and aggregates, operators' functions, operators, types, collations, casts with
    // their functions.
    assert!(
        made.len() == 6
            && made.iter().zip([1_000, 196, 500, 8, 2, 20]).all(|(made, least)| *made >= least),
        "{made:?}"
    );
    let as_installer =
        if installer == "plain" { format!("SET ROLE {owner};") } else { String::new() };
    let bound = db.run(&format!(
        "{as_installer} CREATE EXTENSION pg_bond SCHEMA target; RESET ROLE;
         {theirs} {BOUND}"
    ));
    assert!(bound.is_empty(), "{installer}: {bound:?}");
    // The view above sees what it is to see.
    let seen = db.run(&format!(
        "CREATE VIEW caught AS SELECT target.stolen(1.5::float8, 'x'::text);
         {theirs} {BOUND}"
    ));
    assert_eq!(
        seen,
        ["rule _RETURN on view caught uses function target.stolen(double precision,text)"]
    );
    db.run(&format!(
        "DROP VIEW caught; DROP EXTENSION pg_bond; DROP OWNED BY {role}, {owner} \
        CASCADE; DROP ROLE {role}, {owner}"
    ));
}

#[test]
fn a_superuser_binds_nothing_hostile() {
    installs_beside_hostile_objects("superuser", &install_script());
}

#[test]
fn a_plain_role_binds_nothing_hostile() {
    installs_beside_hostile_objects("plain", &install_script());
}
