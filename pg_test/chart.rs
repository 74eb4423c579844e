//! Pictures: what the README shows is what the functions draw.

use crate::database::{Database, repository};
use crate::migrations::demo_book;

#[test]
fn the_pictures_beside_the_examples() {
    let db = demo_book();
    db.run(&format!("\\cd '{}'\n\\o /dev/null\n\\i 07_curves.sql", repository("examples").display()));
    for (file, query) in [
        ("curve.svg", "SELECT curve_svg(curve) FROM curves WHERE name = 'UST par' ORDER BY date DESC LIMIT 1"),
        ("key_rates.svg", "SELECT key_rate_svg('DV01 by key rate', portfolio_krd(b, curve)) FROM bonds, curves WHERE name = 'UST'"),
    ] {
        let shown = std::fs::read_to_string(repository("examples").join(file)).unwrap();
        assert_eq!(db.run(query).join("\n").trim(), shown.trim(), "{file}");
    }
}

#[test]
fn what_can_and_cannot_be_drawn() {
    let db = Database::new();
    assert_eq!(
        db.value("SELECT bars_svg('<a & b>', '{2Y,\"<5Y>\"}', '{1,NULL}') ~ '&lt;a &amp; b&gt;', bars_svg('', '{}', '{}') ~ '^<svg '"),
        "t|t"
    );
    assert_eq!(db.value("SELECT bars_svg(NULL, '{}', '{}') IS NULL, curve_svg(NULL) IS NULL, key_rate_svg('none', '{}') IS NULL"), "t|t|t");
    assert_eq!(db.refusal("SELECT bars_svg('', '{a,b}', '{1}')").state, "22023");
    assert_eq!(db.refusal("SELECT bars_svg('', '{a}', '{NaN}')").state, "22003");
    assert_eq!(db.refusal("SELECT bars_svg('', array_agg('a'::text), array_agg(1::float8)) FROM generate_series(1, 201)").state, "54000");
}
