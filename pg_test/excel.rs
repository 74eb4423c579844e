//! The schema `excel`: the worked examples of Microsoft's function reference, as they print them,
//! and what is refused.

use crate::database::Database;

#[test]
fn documented_examples() {
    let db = Database::new();
    for (call, expected) in [
        ("price('2008-02-15', '2017-11-15', 0.0575, 0.065, 100, 2)", "94.63436"),
        ("yield('2008-02-15', '2016-11-15', 0.0575, 95.04287, 100, 2, 0)", "0.06500"),
        ("duration('2018-07-01', '2048-01-01', 0.08, 0.09, 2, 1)", "10.91915"),
        ("mduration('2008-01-01', '2016-01-01', 0.08, 0.09, 2, 1)", "5.73567"),
        (
            "oddfprice('2008-11-11', '2021-03-01', '2008-10-15', '2009-03-01', 0.0785, 0.0625, \
                100, 2, 1)",
            "113.59772",
        ),
        (
            "oddfyield('2008-11-11', '2021-03-01', '2008-10-15', '2009-03-01', 0.0575, 84.5, 100, \
                2)",
            "0.07725",
        ),
        ("oddlprice('2008-02-07', '2008-06-15', '2007-10-15', 0.0375, 0.0405, 100, 2)", "99.87829"),
        ("oddlyield('2008-04-20', '2008-06-15', '2007-12-24', 0.0375, 99.875, 100, 2)", "0.04519"),
        ("accrint('2008-03-01', '2008-08-31', '2008-05-01', 0.1, 1000, 2)", "16.66667"),
        ("accrint('2008-03-05', '2008-08-31', '2008-05-01', 0.1, 1000, 2, 0, false)", "15.55556"),
        ("accrintm('2008-04-01', '2008-06-15', 0.1, 1000, 3)", "20.54795"),
        ("coupdaybs('2011-01-25', '2011-11-15', 2, 1)", "71.00000"),
        ("coupdays('2011-01-25', '2011-11-15', 2, 1)", "181.00000"),
        ("coupdaysnc('2011-01-25', '2011-11-15', 2, 1)", "110.00000"),
        ("coupnum('2007-01-25', '2008-11-15', 2, 1)", "4.00000"),
        ("disc('2018-07-01', '2048-01-01', 97.975, 100, 1)", "0.00069"),
        ("intrate('2008-02-15', '2008-05-15', 1000000, 1014420, 2)", "0.05768"),
        ("received('2008-02-15', '2008-05-15', 1000000, 0.0575, 2)", "1014584.65441"),
        ("pricedisc('2008-02-16', '2008-03-01', 0.0525, 100, 2)", "99.79583"),
        ("yielddisc('2008-02-16', '2008-03-01', 99.795, 100, 2)", "0.05282"),
        ("pricemat('2008-02-15', '2008-04-13', '2007-11-11', 0.061, 0.061)", "99.98450"),
        ("yieldmat('2008-03-15', '2008-11-03', '2007-11-08', 0.0625, 100.0123)", "0.06095"),
        ("tbilleq('2008-03-31', '2008-06-01', 0.0914)", "0.09415"),
        ("tbillprice('2008-03-31', '2008-06-01', 0.09)", "98.45000"),
        ("tbillyield('2008-03-31', '2008-06-01', 98.45)", "0.09142"),
        ("yearfrac('2012-01-01', '2012-07-30', 1)", "0.57650"),
        ("irr('{-70000,12000,15000,18000,21000,26000}')", "0.08663"),
        (
            "xirr('{-10000,2750,4250,3250,2750}', \
                '{2008-01-01,2008-03-01,2008-10-30,2009-02-15,2009-04-01}')",
            "0.37336",
        ),
        ("npv(0.1, '{-10000,3000,4200,6800}')", "1188.44341"),
        (
            "xnpv(0.09, '{-10000,2750,4250,3250,2750}', \
                '{2008-01-01,2008-03-01,2008-10-30,2009-02-15,2009-04-01}')",
            "2086.64760",
        ),
        ("effect(0.0525, 4)", "0.05354"),
        ("effect(0.6, 1.7)", "0.60000"),
        ("npv(-1.5, '{-100,10,10,100}')", "1760.00000"),
        ("xirr('{55600,-51094.83}', '{2021-11-24,2021-12-24}')", "-0.64231"),
        (
            "xirr('{-10000,1000,2000,3000}', '{2015-01-01,2015-02-01,2015-03-01,2015-04-01}')",
            "-0.92619",
        ),
        ("yearfrac('2012-01-01', '2012-07-30', 1.9)", "0.57650"),
        ("nominal(0.053543, 4)", "0.05250"),
    ] {
        assert_eq!(
            db.value(&format!("SELECT round(excel.{call}::numeric, 5)")),
            expected,
            "{call}"
        );
    }
    assert_eq!(
        db.value(
            "SELECT excel.couppcd('2011-01-25', '2011-11-15', 2, 1), \
            excel.coupncd('2011-01-25', '2011-11-15', 2, 1)"
        ),
        "2010-11-15|2011-05-15"
    );
}

/// `#NUM!` names the function and the argument.
#[test]
fn refusals() {
    let db = Database::new();
    let refused =
        db.refusal("SELECT excel.price('2008-02-15', '2017-11-15', 0.0575, 0.065, 100, 3)");
    assert_eq!(refused.state, "22023");
    assert_eq!(refused.message, "excel.price: frequency out of range: \"3\"");
    assert_eq!(refused.detail, "A frequency is 1, 2 or 4 coupons a year.");
    assert_eq!(refused.hint, "Excel answers #NUM! here.");
    for (call, message) in [
        (
            "price('2017-11-15', '2017-11-15', 0.05, 0.05, 100, 2)",
            "price: settlement out of range: \"2017-11-15\"",
        ),
        (
            "price('2008-02-15', '2017-11-15', 0.05, -0.05, 100, 2)",
            "price: yld out of range: \"-0.05\"",
        ),
        (
            "price('2008-02-15', '2017-11-15', 'NaN', 0.05, 100, 2)",
            "price: rate out of range: \"NaN\"",
        ),
        (
            "price('2008-02-15', '2017-11-15', 0.05, 'Infinity', 100, 2)",
            "price: yld out of range: \"inf\"",
        ),
        (
            "price('2008-02-15', '2017-11-15', 0.05, 0.05, 0, 2)",
            "price: redemption out of range: \"0\"",
        ),
        ("yield('2008-02-15', '2017-11-15', 0.05, 0, 100, 2)", "yield: pr out of range: \"0\""),
        ("coupnum('2008-02-15', '2017-11-15', 2, 5)", "coupnum: basis out of range: \"5\""),
        (
            "oddfprice('2008-11-11', '2021-03-01', '2008-10-15', '2009-04-01', 0.05, 0.05, 100, 2)",
            "oddfprice: first_coupon out of range: \"2009-04-01\"",
        ),
        (
            "oddlprice('2008-02-07', '2008-06-15', '2008-02-07', 0.05, 0.05, 100, 2)",
            "oddlprice: last_interest out of range: \"2008-02-07\"",
        ),
        (
            "accrint('2008-05-01', '2008-08-31', '2008-05-01', 0.1, 1000, 2)",
            "accrint: issue out of range: \"2008-05-01\"",
        ),
        (
            "received('2008-02-15', '2028-05-15', 100, 0.1)",
            "received: discount out of range: \"0.1\"",
        ),
        (
            "tbillprice('2008-03-31', '2009-04-01', 0.09)",
            "tbillprice: maturity out of range: \"2009-04-01\"",
        ),
        (
            "tbillprice('2008-03-31', '2009-03-31', 1.1)",
            "tbillprice: discount out of range: \"1.1\"",
        ),
        ("irr('{1,2,3}')", "irr: values out of range: \"[1.0, 2.0, 3.0]\""),
        ("irr('{-1,NULL,3}')", "irr: values out of range: \"NULL\""),
        ("xirr('{-1,3}', '{2008-01-01}')", "xirr: dates out of range: \"1\""),
        ("xirr('{-1,3}', '{2008-01-01,2007-01-01}')", "xirr: dates out of range: \"2007-01-01\""),
        ("effect(0.05, 0.9)", "effect: npery out of range: \"0.9\""),
        (
            "price('2008-02-15', '2017-11-15', 0.0575, 0.065, 100, 'NaN')",
            "price: frequency out of range: \"NaN\"",
        ),
        ("npv(-1, '{1,2}')", "npv: rate out of range: \"-1\""),
    ] {
        let refused = db.refusal(&format!("SELECT excel.{call}"));
        assert_eq!(
            (refused.state.as_str(), refused.message),
            ("22023", format!("excel.{message}")),
            "{call}"
        );
    }
    assert_eq!(db.refusal("SELECT excel.couppcd('0001-01-02', '0001-06-30', 1)").state, "22008");
    assert_eq!(
        db.refusal("SELECT excel.price('infinity', '2017-11-15', 0.05, 0.05, 100, 2)").state,
        "22008"
    );
    assert_eq!(db.refusal("SELECT excel.irr(array_fill(1.0::float8, '{100001}'))").state, "54000");
}

/// Anyone may use them, from any schema, and an unknown argument gives an unknown answer.
#[test]
fn open_to_all() {
    let db = Database::new();
    let role = db.name.replace("pg_bond", "reader");
    db.run(&format!("CREATE ROLE {role}"));
    let answer = db.value(&format!(
        "SET ROLE {role}; SET search_path = ''; SELECT excel.tbillprice('2008-03-31', \
            '2008-06-01', 0.09), excel.price(NULL, '2017-11-15', 0.05, 0.05, 100, 2)"
    ));
    assert_eq!(answer, "98.45|NULL");
    db.run(&format!("DROP ROLE {role}"));
}

/// Somebody else's schema of that name neither stops the extension nor gets its functions; the
/// owner of the extension may give the schema of these the other name.
#[test]
fn a_schema_named_excel_may_be_there_already() {
    let db = Database::empty();
    let schema = "SELECT n.nspname, count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = \
        p.pronamespace WHERE n.nspname ~ 'excel' GROUP BY 1 ORDER BY 1";
    db.run("CREATE SCHEMA excel; CREATE TABLE excel.mine (i int); CREATE EXTENSION pg_bond");
    let functions = db.value(schema);
    assert!(functions.starts_with("bond_excel|"), "{functions}");
    assert_eq!(
        db.value(
            "SELECT round(bond_excel.price('2008-02-15', '2017-11-15', 0.0575, 0.065, \
        100, 2)::numeric, 5)"
        ),
        "94.63436"
    );
    assert_eq!(
        db.value(
            "SELECT count(*) FROM pg_depend WHERE refobjid = 'excel'::regnamespace AND \
        deptype = 'e' OR objid = 'excel'::regnamespace AND deptype = 'e'"
        ),
        "0"
    );
    // A dump creates the extension before other schemas: with the schema there beforehand, a view
    // finds the functions where they were.
    db.run(
        "CREATE VIEW excel.answer AS SELECT bond_excel.coupnum('2011-01-25', '2011-11-15', 2, 1)",
    );
    let dump = std::process::Command::new("pg_dump").arg(&db.name).output().unwrap();
    assert!(dump.status.success(), "{}", String::from_utf8_lossy(&dump.stderr));
    let copy = Database::empty();
    copy.run(&format!(
        "CREATE SCHEMA excel;\n\\set ON_ERROR_STOP off\n{}",
        String::from_utf8(dump.stdout).unwrap()
    ));
    assert_eq!(copy.value("SELECT coupnum FROM excel.answer"), "2");
    db.run("DROP VIEW excel.answer; DROP EXTENSION pg_bond");
    assert_eq!(db.run(schema), Vec::<String>::new());
    assert_eq!(db.value("SELECT count(*) FROM excel.mine"), "0");
    db.run("DROP SCHEMA excel CASCADE; CREATE EXTENSION pg_bond");
    assert_eq!(db.value(schema), functions.replace("bond_excel", "excel"));
    db.run("ALTER SCHEMA excel RENAME TO bond_excel; CREATE SCHEMA excel; DROP EXTENSION pg_bond");
    assert_eq!(
        db.value("SELECT string_agg(nspname, ' ') FROM pg_namespace WHERE nspname ~ 'excel'"),
        "excel"
    );
}
