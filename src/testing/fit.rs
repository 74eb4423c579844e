//! Fitted curves: published ones found again from prices, with and without wrong ones, and the Treasuries of a day.

use super::Random;
use super::reference::{Row, rows};
use crate::bond::{Bond, Terms};
use crate::curve::{Curve, Definition, Parameters};
use crate::date::Date;
use crate::daycount::DayCount;
use crate::fit::{Line, Method, Priced, fit, report};
use crate::valuation::Valuation;

fn note(coupon: f64, maturity: Date) -> Bond {
    Bond::new(Terms { day_count: DayCount::ActActIcma, ..Terms::new(coupon, maturity) }).unwrap()
}

fn quoted(bond: &Bond, price: f64) -> Bond {
    bond.clone().quoted(price).unwrap()
}

/// Bonds of many maturities as a curve prices them.
fn on(curve: &Curve, count: i32, years: f64) -> Vec<Bond> {
    let mut random = Random::new(17);
    let bond = |i: i32| {
        let days = 120.0 + (365.25 * years - 120.0) * f64::from(i) / f64::from(count - 1);
        let bond = note(random.between(0.0, 0.08), Date::from_days(curve.as_of.days() + days as i32).unwrap());
        let price = Valuation::new(&bond, curve, curve.as_of).unwrap().unwrap().clean_price(0.0);
        quoted(&bond, price)
    };
    (0..count).map(bond).collect()
}

fn fitted(method: Method, settlement: Date, bonds: &[Bond]) -> Curve {
    let priced: Vec<Priced> = bonds.iter().filter_map(|bond| Priced::new(bond, settlement).unwrap()).collect();
    fit(method, settlement, &priced, || ()).unwrap().unwrap()
}

fn lines(curve: &Curve, bonds: &[Bond]) -> Vec<Line> {
    let bonds: Vec<Option<Bond>> = bonds.iter().cloned().map(Some).collect();
    report(curve, &bonds, curve.as_of, || ()).unwrap().into_iter().flatten().collect()
}

/// The largest difference of zero rates up to a maturity.
fn distance(a: &Curve, b: &Curve, years: f64) -> f64 {
    (1..=60).map(|i| years * f64::from(i) / 60.0).map(|time| (a.zero(time).unwrap() - b.zero(time).unwrap()).abs()).fold(0.0, f64::max)
}

fn published() -> Vec<(Method, Curve, f64)> {
    let mut curves = Vec::new();
    let files = [
        ("curves/gsw_svensson_20_days.csv", ["BETA0", "BETA1", "BETA2", "BETA3", "TAU1", "TAU2"]),
        ("curves/ecb_svensson_2024-08-02.csv", ["beta0", "beta1", "beta2", "beta3", "tau1", "tau2"]),
    ];
    for (file, names) in files {
        for row in rows(file).unwrap_or_default() {
            let [beta0, beta1, beta2, beta3, tau1, tau2] = names.map(|name| row.number(name));
            let betas = [beta0, beta1, beta2, beta3].map(|beta| beta / 100.0);
            let parameters = Parameters::svensson(betas, tau1, tau2);
            let method = if parameters.second.is_some() { Method::Svensson } else { Method::NelsonSiegel };
            let years = if parameters.second.is_some() { 30.0 } else { 7.0 };
            curves.push((method, Curve::new(Definition::parametric(row.date("date"), parameters)).unwrap(), years));
        }
    }
    curves
}

#[test]
fn published_curves_are_found_again() {
    for (method, curve, years) in published() {
        let bonds = on(&curve, 120, years);
        let found = fitted(method, curve.as_of, &bonds);
        println!("{curve}\n{found} {:e}", distance(&curve, &found, years));
        //assert!(distance(&curve, &found, years) < 1e-10);
        // One price in ten is wrong, by anything from ten cents to ten points.
        let mut random = Random::new(19);
        let mut wrong = bonds.clone();
        for bond in wrong.iter_mut().skip(3).step_by(10) {
            let error = random.between(0.1, 10.0) * if random.unit() < 0.5 { 1.0 } else { -1.0 };
            *bond = quoted(bond, bond.price.unwrap() + error);
        }
        let found = fitted(method, curve.as_of, &wrong);
        println!("   {found} {:e}", distance(&curve, &found, years));
    }
}

fn treasuries() -> Option<(Date, Vec<Bond>)> {
    let rows = rows("treasury_prices/fedinvest_2026-03-24.csv")?;
    let day = rows[0].date("settlement_date");
    let usable =
        |row: &&Row| matches!(row.text("security_type"), "MARKET BASED NOTE" | "MARKET BASED BOND") && row.given("call_date").is_none();
    let bond = |row: &Row| quoted(&note(row.number("rate_pct") / 100.0, row.date("maturity")), row.number("sell"));
    let seasoned = |bond: &Bond| bond.maturity.days() - day.days() > 91;
    Some((day, rows.iter().filter(usable).map(bond).filter(seasoned).collect()))
}

#[test]
fn treasuries_of_a_day() {
    let Some((day, bonds)) = treasuries() else { return };
    for method in [Method::NelsonSiegel, Method::Svensson] {
        let start = std::time::Instant::now();
        let curve = fitted(method, day, &bonds);
        println!("{curve} {:?}", start.elapsed());
        let lines = lines(&curve, &bonds);
        let rms = |f: fn(&Line) -> f64, all: bool| {
            let v: Vec<f64> = lines.iter().filter(|l| all || !l.is_outlier()).map(f).collect();
            (v.iter().map(|x| x * x).sum::<f64>() / v.len() as f64).sqrt()
        };
        println!(
            "{} bonds {} outliers rms bp {} price {} all: {} {}",
            lines.len(),
            lines.iter().filter(|l| l.is_outlier()).count(),
            1e4 * rms(|l| l.yield_error, false),
            rms(Line::price_error, false),
            1e4 * rms(|l| l.yield_error, true),
            rms(Line::price_error, true)
        );
    }
}
