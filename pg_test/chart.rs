//! Pictures: those that the pages show are what the functions draw.

use crate::database::{Database, repository};
use crate::migrations::demo_book;

#[test]
fn the_pictures_beside_the_examples() {
    let db = demo_book();
    db.run(&format!(
        "\\cd '{}'\n\\o /dev/null\n\\i 07_curves.sql",
        repository("examples").display()
    ));
    for (file, query) in [
        (
            "curve.svg",
            "SELECT curve_svg(curve) FROM curves WHERE name = 'UST par' ORDER BY date DESC LIMIT 1",
        ),
        (
            "key_rates.svg",
            "SELECT key_rate_svg('DV01 by key rate', portfolio_krd(b, curve)) FROM bonds, curves \
                WHERE name = 'UST'",
        ),
    ] {
        let shown = std::fs::read_to_string(repository("examples").join(file)).unwrap();
        assert_eq!(db.run(query).join("\n").trim(), shown.trim(), "{file}");
    }
}

#[test]
fn what_can_and_cannot_be_drawn() {
    let db = Database::new();
    assert_eq!(
        db.value(
            "SELECT bars_svg('<a & b>', '{2Y,\"<5Y>\"}', '{1,NULL}') ~ '&lt;a &amp; b&gt;', \
            bars_svg('', '{}', '{}') ~ '^<svg '"
        ),
        "t|t"
    );
    let named = "SELECT bars_svg('t', '{2Y}', '{1}', 'tenor', 'USD') ~ \
        '>tenor<.*>USD<|>USD<.*>tenor<',
                        bars_svg('t', '{2Y}', '{123456789}', y_title => 'USD') ~ '>100,000,000<',
                        key_rate_svg('t', portfolio_krd('5% 2034-05-15 @ 98 x 1000', '2026-03-24 \
                        1Y:4% 30Y:4%'::curve)) ~ '>DV01, money per basis point<'";
    assert_eq!(db.value(named), "t|t|t");
    assert_eq!(
        db.value(
            "SELECT bars_svg(NULL, '{}', '{}') IS NULL, curve_svg(NULL) IS NULL, \
        key_rate_svg('none', '{}') IS NULL"
        ),
        "t|t|t"
    );
    assert_eq!(db.refusal("SELECT bars_svg('', '{a,b}', '{1}')").state, "22023");
    assert_eq!(db.refusal("SELECT bars_svg('', '{a}', '{NaN}')").state, "22003");
    assert_eq!(
        db.refusal(
            "SELECT bars_svg('', array_agg('a'::text), array_agg(1::float8)) FROM \
        generate_series(1, 201)"
        )
        .state,
        "54000"
    );
}
