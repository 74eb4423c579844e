//! Key rates by par yields: as bond_krd in form, by the par yields of the curve in substance.

use crate::database::Database;

const CURVE: &str = "curve('2026-03-24', '{3M,6M,1Y,2Y,3Y,5Y,7Y,10Y,15Y,20Y,25Y,30Y}'::text[], \
    '{0.0431,0.042,0.0402,0.039,0.0395,0.0405,0.0418,0.0436,0.0461,0.0478,0.0481,0.048}', 'par')";

/// Each row is the loss when the quote of its tenor rises and the curve is built again; together
/// they are a parallel rise.
#[test]
fn rows_are_losses_on_curves_built_again() {
    let db = Database::new();
    db.run(&format!(
        "CREATE TABLE quotes AS SELECT tenor, curve_quote(c, tenor, 'par') AS rate, c FROM (SELECT \
            {CURVE} AS c) s, curve_nodes(c);
         CREATE FUNCTION built(moved text, by float8) RETURNS curve LANGUAGE sql AS
            $$ SELECT curve_agg('2026-03-24', tenor, rate + CASE WHEN tenor = moved OR moved = \
            'all' THEN by ELSE 0 END, 'par') FROM quotes $$"
    ));
    for bond in [
        "4.45% 2033-02-23 @ 98.2 x 10000000",
        "5% 2055-05-15 @ 104 x -5000",
        "3% 2029-01-31 quarterly ACT/ACT ICMA",
        "0% 2026-08-13 none ACT/360 discount @ 98.4",
    ] {
        assert_eq!(
            db.value(&format!(
                "SELECT max(abs(dv01 - loss)) < 1e-7 * max(abs(dv01)), abs(sum(dv01) - \
                    min(parallel)) < 1e-7 * max(abs(dv01)), count(*), bool_and(abs(dv01 - duration \
                    * value / 10000) <= 1e-12 * abs(value))
                 FROM (SELECT b, c, coalesce(bond_z_spread(b, c), 0) AS z, bond_npv(b, c, \
                 coalesce(bond_z_spread(b, c), 0)) AS value FROM (SELECT '{bond}'::bond AS b, \
                 {CURVE} AS c) s) s,
                    LATERAL bond_par_krd(b, c) k, LATERAL (SELECT (bond_npv(b, built(tenor, \
                    -1e-5), z) - bond_npv(b, built(tenor, 1e-5), z)) * 5) l (loss),
                    LATERAL (SELECT (bond_npv(b, built('all', -1e-5), z) - bond_npv(b, \
                    built('all', 1e-5), z)) * 5) p (parallel)"
            )),
            "t|t|12|t",
            "{bond}"
        );
    }
    // A par bond follows its own yield alone, and that by nearly its modified duration.
    assert_eq!(
        db.run(&format!(
            "SELECT tenor FROM bond_par_krd('4.36% 2036-03-24 ACT/ACT ICMA', {CURVE}) \
            WHERE abs(duration) > 1e-10"
        )),
        ["10Y"]
    );
    assert_eq!(
        db.value(&format!(
            "SELECT abs(sum(duration) / bond_modified_duration('4.36% 2036-03-24 \
            ACT/ACT ICMA @ 100') - 1) < 0.01 FROM bond_par_krd('4.36% 2036-03-24 ACT/ACT ICMA', \
            {CURVE})"
        )),
        "t"
    );
}

#[test]
fn tenors_dates_and_refusals() {
    let db = Database::new();
    assert_eq!(
        db.value(&format!(
            "SELECT (SELECT string_agg(tenor || ' ' || years, ', ') FROM bond_par_krd(b, c, tenors \
                => '{{2Y,10Y}}')),
                    (SELECT count(*) FROM bond_par_krd(b, c, settlement => '2026-06-24')), (SELECT \
                    count(*) FROM bond_par_krd(b, c, '{{5Y}}'::text[], '2026-06-24')),
                    (SELECT count(*) FROM bond_par_krd('5% 2020-06-15 @ 99', c)), (SELECT count(*) \
                    FROM bond_par_krd(b, '2026-03-24 beta0 4.8% beta1 -0.9% beta2 -1.5% tau1 2.5'))
             FROM (SELECT '4.45% 2033-02-23 @ 98.2'::bond AS b, {CURVE} AS c) s"
        )),
        "2Y 2, 10Y 10|12|1|0|12"
    );
    for (arguments, state) in [
        ("'2026-03-24 1Y:4%', tenors => '{10Y,2Y}'", "22023"),
        ("'2026-03-24 1Y:4%', tenors => '{2Y,NULL}'", "22004"),
        ("'2026-03-24 1Y:4%', tenors => '{}'", "22023"),
        ("'2026-03-24 extrapolation none 5Y:4%'", "22008"),
        ("'2026-03-24 1Y:4%', settlement => '2026-03-23'", "22008"),
        ("'2026-03-24 1Y:4%', tenors => '{500Y}'", "22023"),
    ] {
        assert_eq!(
            db.refusal(&format!("SELECT * FROM bond_par_krd('5% 2030-06-15'::bond, {arguments})"))
                .state,
            state,
            "{arguments}"
        );
    }
}
