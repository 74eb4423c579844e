//! Quotes of money markets: every kind on one curve and over another, read back, and beside another
//! library.

use crate::database::Database;

/// Rows of a euro market on one day: a tenor's kind is the row's own.
const EURO: &str = "(VALUES ('deposit', 'ON', 0.0266), ('deposit', '3M', 0.02564), ('future', \
    'H5', 97.535), ('future', 'M5', 97.83), ('fra', '6x12', 0.0221),
    ('swap', '2Y', 0.02165), ('swap', '5Y', 0.02213), ('swap', '10Y', 0.02372), ('swap', '30Y', \
    0.02271)) q (kind, tenor, rate)";

/// Every kind on one curve, of rows in any order and by the constructor; quotes come back to 1e-12.
#[test]
fn money_market_quotes() {
    let db = Database::new();
    let of = |order: &str| {
        format!(
            "SELECT i.name, m.name AS market, curve_agg('2025-02-10', tenor, rate, kind, i.name, \
                m.name{order}) AS c FROM {EURO}, interpolations() i, curve_conventions() m GROUP \
                BY 1, 2"
        )
    };
    assert_eq!(
        db.value(&format!(
            "SELECT max(abs(curve_quote(c, tenor, kind, market) - rate) / CASE kind WHEN 'future' \
                THEN 100 ELSE 1 END) < 1e-12, count(*) FROM ({}) s, {EURO}",
            of("")
        )),
        "t|486"
    );
    // On one curve without payment lags it makes no difference how often a swap's floating leg
    // pays.
    assert_eq!(
        db.value(&format!(
            "SELECT count(DISTINCT c), count(*) FROM ({} UNION ALL {}) s",
            of(""),
            of(" ORDER BY rate DESC")
        )),
        "48|108"
    );
    let arrays = "array_agg(tenor), array_agg(rate), kinds => array_agg(kind)";
    assert_eq!(
        db.value(&format!(
            "SELECT curve_agg('2025-02-10', tenor, rate, kind, 'linear', 'Euribor') = \
                curve('2025-02-10', {arrays}, interpolation => 'linear', conventions => \
                'eur_euribor'),
                    curve_agg('2025-02-10', tenor, rate, kind) = curve('2025-02-10', {arrays}),
                    curve('2025-02-10', {arrays}, conventions => 'SOFR') = \
                    jsonb_build_object('as_of', '2025-02-10', 'tenors', array_agg(tenor), 'rates', \
                    array_agg(rate), 'kinds', array_agg(kind), 'conventions', 'usd_sofr')::curve
             FROM {EURO}"
        )),
        "t|t|t"
    );
    // By default a swap is what it was: paid yearly by the curve's day count.
    assert_eq!(
        db.value(
            "SELECT abs(curve_zero(curve('2026-03-24', '{1Y}'::text[], '{0.04}', 'swap'), \
            '1Y') - ln(1.04::float8)) < 1e-15"
        ),
        "t"
    );
    // A month's end leads to the next one's, and a future ends where its rate does.
    assert_eq!(
        db.run(
            "SELECT tenor, date FROM curve_nodes(curve('2026-01-28', '{ON,1M,H6,2Y}'::text[], \
            '{0.02,0.02,98,0.02}', kinds => '{deposit,deposit,future,ois}', conventions => \
            'ESTR'))"
        ),
        [
            "1D|2026-01-29",
            "2026-02-27|2026-02-27",
            "2026-06-17|2026-06-17",
            "2028-02-01|2028-02-01"
        ]
    );
    assert_eq!(
        db.value("SELECT string_agg(name, ' '), bool_and(source <> '') FROM curve_conventions()"),
        "plain usd_sofr usd_libor eur_estr eur_euribor eur_euribor_3m gbp_sonia jpy_tona \
            chf_saron|t"
    );
    assert_eq!(
        db.value("SELECT string_agg(name, ' ') FROM curve_kinds()"),
        "zero discount par swap deposit fra future ois"
    );
    for (rows, message) in [
        (
            "('deposit', '1Y', 0.02), ('swap', '1Y', 0.03)",
            "no curve can be built through swap 1Y: deposit 1Y ends on the same day",
        ),
        (
            "('deposit', '1Y', -0.9), ('ois', '2Y', 0.9)",
            "no curve can be built through OIS 2Y: no forward rate after the quotes before it \
                agrees with it",
        ),
        (
            "('deposit', '1Y', 0.02), ('par', '2Y', 0.02)",
            "invalid curve: quotes of kind zero, discount and par stand alone",
        ),
        ("('future', '3M', 97)", "unknown tenor of such a quote: \"3M\""),
    ] {
        let refusal = db.refusal(&format!(
            "SELECT curve_agg('2025-02-10', tenor, rate, kind) FROM \
            (VALUES {rows}) v (kind, tenor, rate)"
        ));
        assert_eq!((refusal.state.as_str(), refusal.message.as_str()), ("22023", message));
    }
}

/// A curve that projects, bootstrapped over one that discounts: the quotes come back on the pair
/// alone.
#[test]
fn dual_curves() {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE euro AS SELECT * FROM {EURO};
         CREATE TABLE pair AS SELECT estr, (SELECT curve('2025-02-10', array_agg(tenor), \
         array_agg(rate), kinds => array_agg(kind), conventions => 'eur_euribor', discount => \
         estr) FROM euro) AS euribor
            FROM (SELECT curve('2025-02-10', '{{ON,1Y,5Y,30Y}}'::text[], \
            '{{0.0266,0.0208,0.0197,0.0199}}', kinds => '{{deposit,ois,ois,ois}}', conventions => \
            'eur_estr') AS estr) s"
    ));
    assert_eq!(
        db.value(
            "SELECT max(abs(curve_quote(euribor, tenor, kind, 'eur_euribor', estr) - rate) / CASE \
                kind WHEN 'future' THEN 100 ELSE 1 END) < 1e-12,
                    max(abs(curve_quote(euribor, tenor, kind, 'eur_euribor') - rate)) FILTER \
                    (WHERE kind = 'swap') > 1e-6 FROM pair, euro"
        ),
        "t|t"
    );
    // The swap's legs, written out: what is projected on the one curve and discounted on the other.
    assert_eq!(
        db.value(
            "SELECT abs(curve_quote(euribor, '10Y', 'swap', 'eur_euribor', estr) - floating / \
                fixed) < 1e-15 FROM pair,
                LATERAL (SELECT sum((curve_df(euribor, start) / curve_df(euribor, \"end\") - 1) * \
                curve_df(estr, payment)) AS floating
                         FROM schedule('2025-02-12', '2035-02-12', 'semiannual', calendar => \
                         'TARGET', roll => 'modified_following', adjust_accrual => true)) f,
                LATERAL (SELECT sum(year_fraction(start, \"end\", '30/360 bond basis') * \
                curve_df(estr, payment)) AS fixed
                         FROM schedule('2025-02-12', '2035-02-12', 'annual', calendar => 'TARGET', \
                         roll => 'modified_following', adjust_accrual => true)) x"
        ),
        "t"
    );
}

/// Writes `target/curves_sql.csv` for `pg_test/quantlib_curves.py`: each market's curve on two
/// days, alone and over a discount curve.
#[test]
fn sql_curves_beside_quantlib() {
    let db = Database::new();
    let lines = db.run(
        "CREATE TABLE quotes AS SELECT * FROM (VALUES
            ('ois', 'deposit', 'ON', 0.0430), ('ois', 'deposit', 'TN', 0.0431), ('ois', 'ois', \
            '2W', 0.0433), ('ois', 'ois', '3M', 0.0434),
            ('ois', 'future', 'H5', 95.71), ('ois', 'future', 'M5', 95.85), ('ois', 'ois', '1Y', \
            0.0413), ('ois', 'ois', '18M', 0.0407),
            ('ois', 'ois', '2Y', 0.0403), ('ois', 'ois', '5Y', 0.0398), ('ois', 'ois', '10Y', \
            0.0401), ('ois', 'ois', '30Y', 0.0389),
            ('term', 'deposit', 'ON', 0.0430), ('term', 'deposit', '1W', 0.0431), ('term', \
            'deposit', '3M', 0.0436), ('term', 'fra', '1Mx7M', 0.0435),
            ('term', 'future', 'M5', 95.62), ('term', 'future', 'U5', 95.70), ('term', 'swap', \
            '2Y', 0.0410), ('term', 'swap', '5Y', 0.0405),
            ('term', 'swap', '10Y', 0.0409), ('term', 'swap', '30Y', 0.0396)) q (type, kind, \
            tenor, rate);
         CREATE TABLE built AS SELECT m.name AS market, day, i.name AS interpolation, dual, \
         curve(day, array_agg(tenor), array_agg(rate), kinds => array_agg(kind), interpolation => \
         i.name,
                extrapolation => 'flat_forward', conventions => m.name, discount => CASE WHEN dual \
                THEN curve(day, '{1Y,30Y}'::text[], '{0.02,0.035}', extrapolation => \
                'flat_forward') END) AS c
            FROM unnest('{2024-12-20,2025-02-10}'::date[]) day, \
            unnest('{flat_forward,linear_zero}'::text[]) i (name), unnest('{f,t}'::boolean[]) \
            dual, curve_conventions() m, quotes
            WHERE m.name <> 'plain' AND type = CASE m.future WHEN 'IMM' THEN 'ois' ELSE 'term' END \
            GROUP BY 1, 2, 3, 4;
         SELECT concat_ws(',', market, day, interpolation, dual, years, zero) FROM built, \
         curve_nodes(c) ORDER BY market, day, interpolation, dual, years;
         SELECT concat_ws(',', 'quote', type, kind, tenor, rate) FROM quotes",
    );
    assert_eq!(lines.len(), 4 * 2 * (5 * 12 + 3 * 10) + 22);
    std::fs::write(crate::database::repository("target/curves_sql.csv"), lines.join("\n") + "\n")
        .unwrap();
}
