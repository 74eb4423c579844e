//! `yield_convert`: closed forms, and there and back again.

use crate::database::Database;

#[test]
fn closed_forms() {
    let db = Database::new();
    for (call, expected) in [
        ("0.05, 'semiannual', 'annual'", "power(1.025, 2) - 1"),
        ("0.05, '2', 'icma'", "power(1.025, 2) - 1"),
        ("0.06, 'annual', 'bond_equivalent'", "2 * (sqrt(1.06) - 1)"),
        ("0.05, 'monthly', 'quarterly'", "4 * (power(1 + 0.05 / 12, 3) - 1)"),
        ("0.05, 'annual', 'continuous'", "ln(1.05)"),
        ("0.05, 'continuous', '365'", "365 * (exp(0.05 / 365) - 1)"),
        ("-0.005, 'annual', 'semiannual'", "2 * (sqrt(0.995) - 1)"),
        // The bill of 31 CFR 356, appendix B VI.A: 7.61 % discount over 90 days, at 98.0975.
        ("0.0761, 'discount', 'money_market', 90", "0.0761 / 0.980975"),
        ("0.0761, 'bank_discount', 'simple', 90", "0.0761 / 0.980975 * 365 / 360"),
        ("0.04, 'simple', 'annual', 73", "power(1 + 0.04 / 5, 5) - 1"),
        ("0.04, 'money_market', 'continuous', 730", "ln(1 + 0.04 * 730 / 360) / 2"),
    ] {
        let error = db.number(&format!("SELECT abs(yield_convert({call}) - ({expected})::float8)"));
        assert!(error < 1e-15, "{call}: {error}");
    }
}

/// Any two of them, over any term, and through a third.
#[test]
fn there_and_back_again() {
    let db = Database::new();
    let words = "unnest('{annual,semiannual,four-monthly,quarterly,bimonthly,monthly,52,365,continuous,icma,bond_equivalent,simple,money_market,discount}'::text[])";
    let worst = db.number(&format!(
        "SELECT max(greatest(abs(yield_convert(there, t, f, days) - y), \
            abs(yield_convert(yield_convert(there, t, 'monthly', days), 'monthly', f, days) - y)))
         FROM {words} AS f, {words} AS t, unnest('{{-0.02,0,0.0437,0.3}}'::float8[]) AS y, \
         unnest('{{1,91,365}}'::int[]) AS days, yield_convert(y, f, t, days) AS there"
    ));
    assert!(worst < 1e-12, "{worst}");
}

#[test]
fn refusals() {
    let db = Database::new();
    for (call, state, message) in [
        ("0.05, 'weekly', 'annual'", "22023", "unknown compounding: \"weekly\""),
        ("0.05, 'annual', 'none'", "22023", "unknown compounding: \"none\""),
        ("0.05, '', 'annual'", "22023", "unknown compounding: \"\""),
        ("0.05, '367', 'annual'", "22023", "unknown compounding: \"367\""),
        (
            "0.05, 'simple', 'annual'",
            "22023",
            "compounding \"simple\" given without the term in days",
        ),
        ("0.05, 'simple', 'annual', 0", "22003", "term in days out of range: \"0\""),
        ("0.05, 'simple', 'annual', -90", "22003", "term in days out of range: \"-90\""),
        ("-2, 'semiannual', 'annual'", "22003", "yield out of range: \"-2\""),
        ("5, 'discount', 'annual', 90", "22003", "yield out of range: \"5\""),
        ("'NaN', 'continuous', 'annual'", "22003", "yield out of range: \"NaN\""),
        ("'infinity', 'annual', 'continuous'", "22003", "yield out of range: \"inf\""),
    ] {
        let refusal = db.refusal(&format!("SELECT yield_convert({call})"));
        assert_eq!(refusal.state, state, "{call}: {refusal:?}");
        assert!(refusal.message.starts_with(message), "{call}: {refusal:?}");
        assert!(!refusal.hint.is_empty(), "{call}: {refusal:?}");
    }
}
