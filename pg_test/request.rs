//! `analyze_portfolio`: the requests of its contract, its wording, and its edges.

use crate::database::Database;

fn bond(
    isin: &str,
    issue: &str,
    maturity: &str,
    coupon: i32,
    market: i32,
    term: &str,
    quantity: i32,
) -> String {
    format!(
        r#"{{"isin": "{isin}", "issueDate": "{issue}", "maturityDate": "{maturity}", "couponRate": {coupon}, "faceValue": 100000,
            "marketValue": {market}, "paymentTerm": "{term}", "quantity": {quantity}}}"#
    )
}

fn apple(quantity: i32) -> String {
    bond("US0378331005", "2023-01-15", "2033-01-15", 500, 95_000, "semiannual", quantity)
}

/// Request, total value, and the weights.
fn contract() -> Vec<(Vec<String>, i64, Vec<f64>)> {
    vec![
        (
            vec![
                apple(10),
                bond("US5949181045", "2022-06-01", "2032-06-01", 650, 105_000, "semiannual", 5),
            ],
            1_475_000,
            vec![950.0 / 1475.0, 525.0 / 1475.0],
        ),
        (vec![apple(100)], 9_500_000, vec![1.0]),
        (
            vec![
                apple(20),
                bond("GB0002634946", "2024-03-15", "2029-03-15", 425, 98_000, "quarterly", 15),
                bond("DE0007164600", "2023-07-01", "2030-07-01", 375, 92_000, "annual", 25),
            ],
            5_670_000,
            vec![1900.0 / 5670.0, 1470.0 / 5670.0, 2300.0 / 5670.0],
        ),
        (
            vec![
                bond("FR0000120578", "2022-09-01", "2027-09-01", 750, 102_000, "semiannual", 50),
                bond("JP3633400001", "2023-03-15", "2028-03-15", 825, 104_000, "semiannual", 30),
            ],
            8_220_000,
            vec![5100.0 / 8220.0, 3120.0 / 8220.0],
        ),
    ]
}

#[test]
fn the_contract() {
    let db = Database::new();
    for (bonds, total, weights) in contract() {
        let request = format!("[{}]", bonds.join(","));
        let row = db.value(&format!(
            "WITH answer AS MATERIALIZED (SELECT analyze_portfolio('{request}', '2026-03-24') AS a),
                  one AS (SELECT e, bond(coupon => (e->>'couponRate')::float8 / 1e4, maturity => \
                  (e->>'maturityDate')::date, issue => (e->>'issueDate')::date,
                                         frequency => e->>'paymentTerm', price => \
                                         (e->>'marketValue')::float8 / 1000) AS b FROM answer, \
                                         jsonb_array_elements(a->'bonds') AS e)
             SELECT (a->>'totalPortfolioValue')::bigint, a->>'accountId', (a->>'id')::uuid IS NOT \
             NULL, string_agg(e->>'bondWeightInPortfolio', ' '),
                    bool_and(abs((e->>'ytm')::float8 - 1e4 * bond_ytm(b)) < 1e-9),
                    bool_and((e->>'macaulayDuration')::float8 = bond_macaulay_duration(b) AND \
                    (e->>'modifiedDuration')::float8 = bond_modified_duration(b)),
                    abs((a->>'weightedMacaulayDuration')::float8 - \
                    sum((e->>'bondWeightInPortfolio')::float8 * bond_macaulay_duration(b))) < 1e-13,
                    abs((a->>'weightedModifiedDuration')::float8 - \
                    sum((e->>'bondWeightInPortfolio')::float8 * bond_modified_duration(b))) < 1e-13,
                    bool_and(e ?& \
                    '{{isin,issueDate,maturityDate,couponRate,faceValue,marketValue,paymentTerm,quantity}}')
             FROM answer, one GROUP BY a"
        ));
        let columns: Vec<&str> = row.split('|').collect();
        assert_eq!(
            (columns[0].parse(), columns[1], columns[2]),
            (Ok(total), "default-account", "t")
        );
        let answered: Vec<f64> =
            columns[3].split(' ').map(|weight| weight.parse().unwrap()).collect();
        assert_eq!(answered, weights);
        assert_eq!(columns[4..], ["t", "t", "t", "t", "t"], "{request}");
    }
}

#[test]
fn an_empty_portfolio_is_worth_nothing() {
    let db = Database::new();
    assert_eq!(
        db.value("SELECT analyze_portfolio('[]') - 'id'"),
        r#"{"bonds": [], "accountId": "default-account", "totalPortfolioValue": 0, "weightedMacaulayDuration": 0.0, "weightedModifiedDuration": 0.0}"#
    );
    assert_eq!(
        db.value("SELECT analyze_portfolio('[]')->>'id' <> analyze_portfolio('[]')->>'id'"),
        "t"
    );
}

#[test]
fn edges() {
    let db = Database::new();
    let answer = |bonds: &str, path: &str| {
        db.value(&format!("SELECT analyze_portfolio('[{bonds}]', '2026-03-24') #> '{path}'"))
    };
    let worthless = bond("US0378331005", "2023-01-15", "2033-01-15", 500, 0, "semiannual", 1);
    assert_eq!(answer(&worthless, "{bonds,0,ytm}"), "null");
    assert_eq!(answer(&worthless, "{bonds,0,bondWeightInPortfolio}"), "0.0");
    assert_eq!(answer(&worthless, "{weightedMacaulayDuration}"), "0.0");
    let matured = bond("US5949181045", "2015-06-01", "2025-06-01", 650, 100_000, "annual", 1);
    assert_eq!(answer(&matured, "{bonds,0,modifiedDuration}"), "null");
    assert_eq!(answer(&matured, "{weightedModifiedDuration}"), "null");
    let both = format!("{},{matured}", apple(1));
    assert_eq!(
        answer(&both, "{weightedModifiedDuration}"),
        answer(&apple(1), "{weightedModifiedDuration}")
    );
    assert_eq!(answer(&both, "{totalPortfolioValue}"), "195000");
    // Whole numbers as strings, and an odd first period priced as one.
    let text = apple(10).replace("100000", "\"100000\"").replace("95000", "\"95000\"");
    assert_eq!(answer(&text, "{bonds,0,faceValue}"), "100000");
    let odd = bond("US0378331005", "2026-03-01", "2033-01-15", 500, 95_000, "semiannual", 1);
    let expected = db.number(
        "SELECT 1e4 * bond_ytm('5% 2033-01-15 issued 2026-03-01 @ 95'::bond, \
        settlement => '2026-03-24')",
    );
    assert!((answer(&odd, "{bonds,0,ytm}").parse::<f64>().unwrap() - expected).abs() < 1e-9);
}

#[test]
fn one_bad_bond_refuses_the_request() {
    let db = Database::new();
    let good = apple(10);
    for (from, to, message) in [
        ("100000", "\"100,000\"", "Invalid faceValue: 100,000. Value must not contain commas"),
        (
            "100000",
            "1000.50",
            "Invalid faceValue: 1000.50. Value must be a whole number without decimals",
        ),
        ("100000", "-5", "Invalid faceValue: -5. Value must be non-negative"),
        ("100000", "0", "Invalid faceValue: 0. Value must be positive: a price is per face value"),
        ("95000", "\"abc\"", "Invalid marketValue: abc. Value must be a whole number"),
        ("95000", "true", "Invalid marketValue: true. Value must be a whole number"),
        (
            "95000",
            "99999999999999999999",
            "Invalid marketValue: 99999999999999999999. Value must be at most 1000000000000000",
        ),
        ("500,", "-1,", "Invalid couponRate: -1. Value must be non-negative"),
        ("10}", "0}", "Invalid quantity: 0. Value must be a positive integer (1 or greater)"),
        (
            "US0378331005",
            "US0378331006",
            "Invalid isin: US0378331006. Value must be a 12-character ISIN with the right check \
                digit",
        ),
        (
            "2023-01-15",
            "15-01-2023",
            "Invalid issueDate: 15-01-2023. Value must be a date in YYYY-MM-DD format",
        ),
        (
            "2033-01-15",
            "2023-01-15",
            "Invalid maturityDate: 2023-01-15. Value must be after issueDate",
        ),
        (
            "semiannual",
            "weekly",
            "Invalid paymentTerm: weekly. Value must be annual, semiannual, quarterly or monthly",
        ),
        ("\"quantity\"", "\"count\"", "Invalid count: 10. A bond has no such field"),
        ("\"isin\": \"US0378331005\",", "", "Invalid isin: missing. Value must be a string"),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good, "{from}");
        let refusal = db.refusal(&format!("SELECT analyze_portfolio('[{good},{bad}]')"));
        assert_eq!((refusal.state.as_str(), refusal.message.as_str()), ("22023", message));
        assert!(refusal.detail.ends_with("of element 2 of the request."), "{refusal:?}");
    }
    assert_eq!(
        db.refusal("SELECT analyze_portfolio('{}')").message,
        "Invalid request: {}. Value must be an array of bonds"
    );
    let large = db.refusal(&format!(
        "SELECT analyze_portfolio(jsonb_agg('{good}'::jsonb)) FROM generate_series(1, 19000)"
    ));
    assert_eq!(
        (large.state.as_str(), large.detail.as_str()),
        ("54000", "At most 4194304 are allowed.")
    );
    // Of a few bytes each, and 131,072 digits.
    for (function, terms) in [
        ("analyze_portfolio(r)", "jsonb_agg(n)"),
        ("r::bond", "jsonb_object_agg(i, n)"),
        ("r::curve", "jsonb_object_agg(i, n)"),
    ] {
        let bomb = format!(
            "SELECT {function} FROM (SELECT {terms} AS r FROM generate_series(1, 7500) AS i, \
                LATERAL (SELECT 1e131071 AS n) AS n) AS s"
        );
        assert_eq!(db.refusal(&bomb).state, "54000", "{bomb}");
    }
    assert_eq!(
        db.refusal("SELECT analyze_portfolio('[3]')").message,
        "Invalid bond: 3. Value must be an object"
    );
}
