//! Fitted curves: published ones found again from prices, with and without wrong ones; the laws of
//! the fit; the Treasuries of a day.

use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::Error;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::fit::{FitMethod, Line, Priced, fit, report};
use crate::market::curve::{Curve, CurveDefinition, Decay, Parameters};
use crate::portfolio::fit_state::{self, FitGroup};
use crate::pricing::bond_on_curve::BondValuation;
use crate::product::bond::{Bond, BondTerms};
use crate::testing::floats;
use crate::testing::reference::rows;
use crate::testing::{Random, rounds};
use std::cell::Cell;
use std::io::Write;

/// Drawn of each method.
const CURVES: u32 = 40;

pub fn note(coupon: f64, maturity: Date) -> Bond {
    Bond::new(BondTerms { day_count: DayCount::ActActIcma, ..BondTerms::new(coupon, maturity) })
        .unwrap()
}

/// Bonds of many maturities at the prices of a curve.
fn priced_on(curve: &Curve, count: i32, years: f64) -> Vec<Bond> {
    let mut random = Random::new(17);
    let bond = |i: i32| {
        let days = 120.0 + (365.25 * years - 120.0) * f64::from(i) / f64::from(count - 1);
        let bond = note(
            random.between(0.0, 0.08),
            Date::from_days(curve.as_of.days() + days as i32).unwrap(),
        );
        let price =
            BondValuation::new(&bond, curve, curve.as_of).unwrap().unwrap().clean_price(0.0);
        bond.quoted(price).unwrap()
    };
    (0..count).map(bond).collect()
}

pub fn prices(bonds: &[Bond], settlement: Date) -> Vec<Priced> {
    bonds.iter().filter_map(|bond| Priced::new(bond, settlement).unwrap()).collect()
}

fn fitted(method: FitMethod, settlement: Date, bonds: &[Bond]) -> Curve {
    fit(method, settlement, &prices(bonds, settlement), || ()).unwrap().unwrap()
}

fn lines(curve: &Curve, bonds: &[Bond]) -> Vec<Line> {
    let bonds: Vec<Option<Bond>> = bonds.iter().cloned().map(Some).collect();
    report(curve, &bonds, curve.as_of, || ()).unwrap().into_iter().map(Option::unwrap).collect()
}

fn root_mean_square(numbers: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) =
        numbers.fold((0.0, 0.0), |(count, sum), number| (count + 1.0, sum + number * number));
    (sum / count).sqrt()
}

fn parametric(as_of: Date, parameters: Parameters) -> Curve {
    Curve::new(CurveDefinition::parametric(as_of, parameters)).unwrap()
}

/// The Federal Reserve's and the European Central Bank's, and how far each reaches; early ones have
/// no second hump. `None` if the folder of references is not there.
fn published() -> Vec<(FitMethod, Curve, f64)> {
    let mut curves = Vec::new();
    for (file, names) in [
        ("curves/gsw_svensson_20_days.csv", ["BETA0", "BETA1", "BETA2", "BETA3", "TAU1", "TAU2"]),
        (
            "curves/ecb_svensson_2024-08-02.csv",
            ["beta0", "beta1", "beta2", "beta3", "tau1", "tau2"],
        ),
    ] {
        for row in rows(file) {
            let [beta0, beta1, beta2, beta3, tau1, tau2] = names.map(|name| row.number(name));
            let parameters = Parameters::svensson(
                [beta0, beta1, beta2, beta3].map(|beta| beta / 100.0),
                tau1,
                tau2,
            );
            let (method, years) = if beta3 == 0.0 {
                (FitMethod::NelsonSiegel, 7.0)
            } else {
                (FitMethod::Svensson, 30.0)
            };
            curves.push((method, parametric(row.date("date"), parameters), years));
        }
    }
    curves
}

/// One price in ten is wrong, by ten cents to ten points.
fn spoilt(bonds: &[Bond], random: &mut Random) -> Vec<Bond> {
    let mut spoilt = bonds.to_vec();
    for bond in spoilt.iter_mut().skip(3).step_by(10) {
        let sign = random.pick(&[-1.0, 1.0]);
        *bond =
            bond.clone().quoted(bond.price.unwrap() + sign * random.between(0.1, 10.0)).unwrap();
    }
    spoilt
}

/// The largest difference of zero rates up to a maturity.
fn distance(a: &Curve, b: &Curve, years: f64) -> f64 {
    (1..=60)
        .map(|i| years * f64::from(i) / 60.0)
        .map(|time| (a.zero(time).unwrap() - b.zero(time).unwrap()).abs())
        .fold(0.0, f64::max)
}

/// Where both times are all but one, the betas of thousands of per cent that differ by the curve's
/// own rates are a way without end for any descent, along which no price changes by more than a
/// fiftieth of a basis point of yield.
fn is_degenerate(curve: &Curve) -> bool {
    let Parameters { first, second, .. } = curve.parameters.unwrap();
    second.is_some_and(|second| (second.tau / first.tau - 1.0).abs() < 0.02)
}

#[test]
fn published_curves_are_found_again() {
    let mut degenerate = 0;
    let published = published();
    assert_eq!(published.len(), 22);
    for (method, curve, years) in published {
        let bonds = priced_on(&curve, 120, years);
        let spoilt = spoilt(&bonds, &mut Random::new(19));
        let limit = if is_degenerate(&curve) { 5e-6 } else { 1e-11 };
        degenerate += u32::from(is_degenerate(&curve));
        for (bonds, wrong) in [(&bonds, 0), (&spoilt, 12)] {
            let found = fitted(method, curve.as_of, bonds);
            assert!(
                distance(&curve, &found, years) < limit,
                "{curve}\n{found}\n{:e}",
                distance(&curve, &found, years)
            );
            let lines = lines(&found, bonds);
            assert!(
                lines
                    .iter()
                    .filter(|line| line.weight > 0.5)
                    .all(|line| line.yield_error_bp().abs() < 0.02),
                "{curve}"
            );
            let flagged: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].is_outlier()).collect();
            let spoilt: Vec<usize> = (0..wrong).map(|i| 3 + 10 * i).collect();
            assert!(
                spoilt.iter().all(|i| flagged.contains(i))
                    && (flagged == spoilt || is_degenerate(&curve)),
                "{curve}: {flagged:?}"
            );
        }
    }
    assert!(degenerate <= 2);
}

/// Ordinary curves drawn at random: of exact prices all to a hundredth of a basis point and
/// nearly all to 1e-8, which all but a few are where one price in ten is wrong.
#[test]
fn random_curves_are_found_again() {
    let as_of = Date::from_ymd(2026, 3, 24).unwrap();
    for method in [FitMethod::NelsonSiegel, FitMethod::Svensson] {
        let (mut random, mut short, mut missed, mut worst) = (Random::new(37), 0, 0, 0.0_f64);
        for _ in 0..CURVES {
            let mut beta = |low, high| random.between(low, high);
            let betas = [beta(0.01, 0.07), beta(-0.04, 0.04), beta(-0.06, 0.06), beta(-0.06, 0.06)];
            let (tau1, tau2) = (random.between(0.4, 4.4), random.between(5.0, 20.0));
            let Parameters { level, first, second } = Parameters::svensson(betas, tau1, tau2);
            let curve = parametric(
                as_of,
                Parameters {
                    level,
                    first,
                    second: second.filter(|_| method == FitMethod::Svensson),
                },
            );
            let bonds = priced_on(&curve, 120, 30.0);
            let found = fitted(method, as_of, &bonds);
            let away = distance(&curve, &found, 30.0);
            short += u32::from(away >= 1e-8);
            worst = away.max(worst);
            assert!(
                away < 1e-6 && lines(&found, &bonds).iter().all(|line| !line.is_outlier()),
                "{curve}\n{found}\n{away:e}"
            );
            let found = fitted(method, as_of, &spoilt(&bonds, &mut random));
            missed += u32::from(distance(&curve, &found, 30.0) >= 1e-8);
        }
        println!(
            "{}: {short} of {CURVES} beyond 1e-8, by {worst:e}; {missed} among wrong prices",
            method.name()
        );
        assert!(short <= CURVES / 20 && missed <= CURVES / 10, "{short} {missed}");
    }
}

/// Its short end, which a rough curve misses, is no outlier.
#[test]
fn short_end_is_kept() {
    let curve: Curve = "2026-03-24 beta0 4.898794273533509% beta1 2.3758103545678057% beta2 \
        5.465045373563393% beta3 -1.752842781489896% tau1 1.3825271983925185 tau2 \
        13.517836424160707"
        .parse()
        .unwrap();
    let bond = |k: i32| {
        let bond = note(
            f64::from(k % 9) / 100.0,
            Date::from_days(Date::from_ymd(2026, 7, 31).unwrap().days() + 90 * k).unwrap(),
        );
        let price =
            BondValuation::new(&bond, &curve, curve.as_of).unwrap().unwrap().clean_price(0.0);
        bond.quoted(price).unwrap()
    };
    let bonds: Vec<Bond> = (1..=120).map(bond).collect();
    let found = fitted(FitMethod::Svensson, curve.as_of, &bonds);
    assert!(distance(&curve, &found, 30.0) < 1e-10, "{found}");
    assert!(lines(&found, &bonds).iter().all(|line| line.weight > 0.99));
}

/// Bills of a quarter alone tell little of a curve: it is near their prices, and within about 10 %
/// of their rates where no bill is.
#[test]
fn bills_alone() {
    let day = Date::from_ymd(2026, 3, 24).unwrap();
    let bill = |i: i32, apart: i32, price: f64| {
        note(0.0, Date::from_days(day.days() + i * apart).unwrap()).quoted(price).unwrap()
    };
    let weekly: Vec<Bond> = (1..=12).map(|i| bill(i, 7, 99.9 - 0.07 * f64::from(i))).collect();
    let daily: Vec<Bond> = (1..=10).map(|i| bill(i, 1, 99.0)).collect();
    for method in [FitMethod::NelsonSiegel, FitMethod::Svensson] {
        let curve = fitted(method, day, &weekly);
        assert!(
            lines(&curve, &weekly).iter().all(|line| line.price_error().abs() < 0.05),
            "{curve}"
        );
        assert!(
            (0..=100).all(|years| (-0.07..0.15).contains(&curve.zero(f64::from(years)).unwrap())),
            "{curve}"
        );
        // The same price for each day is a rate of 367 % falling to 37 %.
        let curve = fitted(method, day, &daily);
        assert!(
            (1..=100).all(|years| (0.0..4.0).contains(&curve.zero(f64::from(years)).unwrap())),
            "{curve}"
        );
    }
}

/// What slopes downhill is the derivative: a curve's zero rate by each of its parameters.
#[test]
fn gradients_are_finite_differences() {
    let mut random = Random::new(23);
    for _ in 0..1_000 {
        let decay = Decay {
            slope: random.between(-0.1, 0.1),
            curvature: random.between(-0.1, 0.1),
            tau: random.between(0.1, 20.0),
        };
        let time = random.between(0.01, 40.0);
        let zero = |decay: Decay| {
            parametric(
                Date::from_days(0).unwrap(),
                Parameters { level: 0.0, first: decay, second: None },
            )
            .zero(time)
            .unwrap()
        };
        let h = 1e-4;
        let slope = |moved: &dyn Fn(f64) -> Decay| {
            let central = |h: f64| (zero(moved(h)) - zero(moved(-h))) / (2.0 * h);
            (4.0 * central(h) - central(2.0 * h)) / 3.0
        };
        let expected = [
            slope(&|h| Decay { slope: decay.slope + h, ..decay }),
            slope(&|h| Decay { curvature: decay.curvature + h, ..decay }),
            slope(&|h| Decay { tau: decay.tau * f64::exp(h), ..decay }),
        ];
        for (found, expected) in decay.gradient(time).into_iter().zip(expected) {
            assert!((found - expected).abs() < 1e-11, "{decay:?} at {time}: {found} {expected}");
        }
    }
}

/// No small move of any parameter lowers the sum of losses that the weights of the report tell.
#[test]
fn no_parameter_can_be_moved_for_the_better() {
    let (day, bonds) = treasuries();
    for method in [FitMethod::NelsonSiegel, FitMethod::Svensson] {
        let curve = fitted(method, day, &bonds);
        let weights: Vec<f64> = lines(&curve, &bonds).iter().map(|line| line.weight).collect();
        let sum = |parameters: Parameters| -> f64 {
            let lines = lines(&parametric(day, parameters), &bonds);
            lines
                .iter()
                .zip(&weights)
                .map(|(line, weight)| weight * line.yield_error_bp() * line.yield_error_bp())
                .sum()
        };
        let best = curve.parameters.unwrap();
        let least = sum(best);
        for h in [-1e-4, 1e-4] {
            let moved = |decay: Decay| {
                [
                    Decay {
                        slope: decay.slope + h * f64::from(u8::from(decay.slope != 0.0)),
                        ..decay
                    },
                    Decay { curvature: decay.curvature + h, ..decay },
                    Decay { tau: decay.tau * (1.0 + h), ..decay },
                ]
            };
            let mut neighbours = vec![Parameters { level: best.level + h, ..best }];
            neighbours.extend(moved(best.first).map(|first| Parameters { first, ..best }));
            neighbours.extend(
                best.second
                    .into_iter()
                    .flat_map(moved)
                    .map(|second| Parameters { second: Some(second), ..best }),
            );
            for neighbour in neighbours {
                assert!(sum(neighbour) >= least, "{neighbour:?}: {} < {least}", sum(neighbour));
            }
        }
    }
}

/// The notes and bonds of the examples, but those that mature within three months, as Gürkaynak,
/// Sack and Wright leave them out.
fn treasuries() -> (Date, Vec<Bond>) {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/treasuries_2026-03-24.csv");
    let (day, sheet) =
        (Date::from_ymd(2026, 3, 24).unwrap(), std::fs::read_to_string(file).unwrap());
    let bond = |line: &str| {
        let [_, _, coupon, maturity, _, sell] =
            line.split(',').collect::<Vec<_>>().try_into().unwrap();
        note(coupon.parse().unwrap(), Date::parse(maturity).unwrap())
            .quoted(sell.parse().unwrap())
            .unwrap()
    };
    let bonds: Vec<Bond> = sheet
        .lines()
        .skip(1)
        .map(bond)
        .filter(|bond| bond.maturity.days() - day.days() > 92)
        .collect();
    assert_eq!(bonds.len(), 337);
    (day, bonds)
}

/// Errors of the fit, in basis points and price, and a file for `pg_test/quantlib_fit.py`: for each
/// method the bonds with their weights, errors and flows.
#[test]
fn fits_beside_quantlib() {
    let (day, bonds) = treasuries();
    let mut file =
        String::from("method,parameters,maturity,dirty,duration,weight,yield_error,flows\n");
    for (method, outliers, yields, price) in
        [(FitMethod::NelsonSiegel, 1, 6.04, 0.53), (FitMethod::Svensson, 12, 2.32, 0.13)]
    {
        let curve = fitted(method, day, &bonds);
        let lines = lines(&curve, &bonds);
        let kept = || lines.iter().filter(|line| !line.is_outlier());
        assert_eq!(lines.len() - kept().count(), outliers);
        assert!(
            root_mean_square(kept().map(Line::yield_error_bp)) < yields
                && root_mean_square(kept().map(Line::price_error)) < price
        );
        for ((bond, line), priced) in bonds.iter().zip(&lines).zip(prices(&bonds, day)) {
            let flows: Vec<String> =
                priced.flows.iter().map(|(time, amount)| format!("{time}:{amount}")).collect();
            let Parameters { level, first, second } = curve.parameters.unwrap();
            let second = second.unwrap_or(Decay { slope: 0.0, curvature: 0.0, tau: 1.0 });
            let parameters =
                [level, first.slope, first.curvature, second.curvature, first.tau, second.tau]
                    .map(|number| number.to_string());
            file += &format!(
                "{},{},{},{},{},{},{},{}\n",
                method.name(),
                parameters.join(" "),
                bond.maturity,
                priced.dirty,
                priced.duration,
                line.weight,
                line.yield_error,
                flows.join(" ")
            );
        }
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    std::fs::File::create(folder.join("fit.csv")).unwrap().write_all(file.as_bytes()).unwrap();
}

/// A state in any order, cut anywhere, gives the same bits; what is no state is refused.
#[test]
fn states_in_any_order() {
    let curve: Curve =
        "2026-03-24 beta0 4.5% beta1 -1% beta2 2% beta3 -3% tau1 1.5 tau2 9".parse().unwrap();
    let mut random = Random::new(29);
    let mut priced = prices(&priced_on(&curve, 60, 20.0), curve.as_of);
    priced.iter_mut().for_each(|bond| bond.dirty += random.between(-0.1, 0.1));
    let common = FitGroup { settlement: curve.as_of, method: FitMethod::Svensson };
    let add = |state: &mut Vec<f64>, bond: &Priced| {
        if let Some(grown) = fit_state::add(state, common, None, bond).unwrap() {
            *state = grown;
        }
    };
    let mut expected = None;
    for _ in 0..5 {
        let mut states = vec![vec![0.0; 4]; 4];
        for bond in &priced {
            let state = random.pick(&[0, 1, 2]);
            add(&mut states[state], bond);
        }
        let mut total = states.pop().unwrap();
        for state in &states {
            if let Some(grown) = fit_state::merge(&mut total, state).unwrap() {
                total = grown;
            }
        }
        let (read, bonds) = fit_state::read(&total).unwrap().unwrap();
        assert_eq!((read, bonds.len()), (common, 60));
        let found = fit(read.method, read.settlement, &bonds, || ()).unwrap().unwrap().to_bytes();
        assert_eq!(expected.get_or_insert_with(|| found.clone()), &found);
        for i in (1..priced.len()).rev() {
            priced.swap(i, random.below(i as i32 + 1) as usize);
        }
    }
    assert_eq!(fit_state::read(&[0.0; 4]), Ok(None));
    assert_eq!(fit_state::read(&[0.0, 2.0, 0.0, 0.0, 5.0]), Ok(None));
    let bond = [1.0, 99.0, 0.9, 1.0, 100.0];
    for broken in [
        vec![],
        vec![0.0, 2.0],
        vec![0.0, 2.0, 1.0],
        vec![0.0, 2.0, f64::NAN, 0.0, 1.0],
        vec![0.0, 2.0, -1.0, 0.0, 1.0],
        [&[0.0, 3.0, 5.0, 0.0], &bond[..]].concat(),
        [&[0.5, 2.0, 5.0, 0.0], &bond[..]].concat(),
        [&[0.0, 2.0, 4.0, 0.0], &bond[..]].concat(),
        vec![0.0, 2.0, 5.0, 0.0, 2.0, 99.0, 0.9, 1.0, 100.0],
        vec![0.0, 2.0, 5.0, 0.0, 1.0, -99.0, 0.9, 1.0, 100.0],
        vec![0.0, 2.0, 5.0, 0.0, 1.0, 99.0, f64::NAN, 1.0, 100.0],
        vec![0.0, 2.0, 5.0, 0.0, 1.0, 99.0, 0.9, f64::INFINITY, 100.0],
        vec![0.0, 2.0, 7.0, 0.0, 2.0, 99.0, 0.9, 1.0, 5.0, 0.5, 100.0],
        vec![0.0, 2.0, 5.0, 0.0, 1e300, 99.0, 0.9, 1.0, 100.0],
        [&[0.0, 2.0, 5.0, 17_577.0], &bond[..]].concat(),
        [&[0.0, 2.0, 5.0, 0.5], &bond[..]].concat(),
    ] {
        assert!(matches!(fit_state::read(&broken), Err(Error::State { .. })), "{broken:?}");
    }
    // Bonds of two currencies make no curve, in one state or in two; those without one go with any.
    let (usd, jpy): (Option<Currency>, Option<Currency>) = ("USD".parse().ok(), "JPY".parse().ok());
    let state =
        |currency| fit_state::add(&mut [0.0; 4], common, currency, &priced[0]).unwrap().unwrap();
    let different = Err(Error::Currencies { first: "JPY".to_owned(), second: "USD".to_owned() });
    assert_eq!(fit_state::add(&mut state(usd), common, jpy, &priced[0]), different);
    assert_eq!(fit_state::merge(&mut state(usd), &state(jpy)), different);
    let mut both = state(None);
    assert!(
        fit_state::add(&mut both, common, usd, &priced[0]).is_ok()
            && fit_state::merge(&mut both, &state(usd)).is_ok()
    );
    assert_eq!(fit_state::merge(&mut both, &state(jpy)), different);
    let mut long = vec![0.0; 4];
    let flows = vec![(1.0, 1.0); fit_state::MAX_FLOWS];
    let refused =
        fit_state::add(&mut long, common, None, &Priced { dirty: 99.0, duration: 1.0, flows });
    assert!(
        matches!(refused, Err(Error::TooMany { limit: fit_state::MAX_FLOWS, .. })),
        "{refused:?}"
    );
}

/// Fewer maturities than parameters are refused; as many are met exactly; and wild prices end in a
/// curve or an error, soon.
#[test]
fn few_and_wild_prices() {
    let curve: Curve = "2026-03-24 beta0 4.5% beta1 -1% beta2 2% tau1 1.5".parse().unwrap();
    for (method, needed) in [(FitMethod::NelsonSiegel, 4), (FitMethod::Svensson, 6)] {
        let bonds = priced_on(&curve, needed, 10.0);
        assert!(
            lines(&fitted(method, curve.as_of, &bonds), &bonds)
                .iter()
                .all(|line| line.yield_error_bp().abs() < 0.01)
        );
        let few = [&bonds[1..], &bonds[1..]].concat();
        let refused = fit(method, curve.as_of, &prices(&few, curve.as_of), || ());
        assert_eq!(
            refused,
            Err(Error::TooFew {
                method: method.name(),
                count: needed as usize - 1,
                needed: needed as usize
            })
        );
        assert_eq!(fit(method, curve.as_of, &[], || ()), Ok(None));
    }
    let mut random = Random::new(31);
    for _ in 0..10 {
        let wild = |_| {
            let coupon = random.between(0.0, 1.0).powi(4) * 2.0;
            let maturity = Date::from_days(curve.as_of.days() + random.below(30_000) + 1).unwrap();
            note(coupon, maturity).quoted(10f64.powf(random.between(-3.0, 6.0))).unwrap()
        };
        let bonds: Vec<Bond> = (0..20).map(wild).collect();
        let pauses = Cell::new(0);
        let found = fit(FitMethod::Svensson, curve.as_of, &prices(&bonds, curve.as_of), || {
            pauses.set(pauses.get() + 1)
        });
        // Whatever the prices, the ends of the curve are rates within the bounds.
        let Parameters { level, first, .. } = found.unwrap().unwrap().parameters.unwrap();
        assert!(level.abs() <= 2.0 && first.slope.abs() <= 2.0, "{level} {}", first.slope);
        assert!(pauses.get() < 40_000, "{}", pauses.get());
    }
}

/// States of few bonds with some floats replaced: refused, or bonds that a fit can begin with,
/// whose curve is finite or an error.
#[test]
fn made_up_fits_are_refused_or_sound() {
    let mut random = Random::new(113);
    let curve: Curve = "2026-03-24 beta0 4.5% beta1 -1% beta2 2% tau1 1.5".parse().unwrap();
    let common = FitGroup { settlement: curve.as_of, method: FitMethod::NelsonSiegel };
    let priced = prices(&priced_on(&curve, 6, 3.0), curve.as_of);
    let mut plain = vec![0.0; 4];
    for bond in &priced {
        if let Some(grown) = fit_state::add(&mut plain, common, "USD".parse().ok(), bond).unwrap() {
            plain = grown;
        }
    }
    let (mut sound, mut refused, mut fits) = (0, 0, 0);
    for _ in 0..rounds(20_000) {
        let mut state = plain.clone();
        for _ in 0..1 + random.below(3) {
            let place = random.below(60) as usize;
            state[place] = if random.below(2) == 0 {
                floats::any(&mut random, 0)
            } else {
                floats::likely(&mut random, 0)
            };
        }
        if random.below(8) == 0 {
            state.truncate(random.below(60) as usize);
        }
        let _ = fit_state::add(&mut state.clone(), common, None, &priced[0]);
        let _ = fit_state::merge(&mut plain.clone(), &state);
        match fit_state::read(&state) {
            Err(error) => {
                refused += 1;
                assert!(matches!(error, Error::State { .. }), "{error:?}");
            }
            Ok(None) => {}
            Ok(Some((common, bonds))) => {
                sound += 1;
                if sound % 100 == 0 {
                    fits += 1;
                    if let Ok(Some(curve)) = fit(common.method, common.settlement, &bonds, || ()) {
                        assert!(
                            curve.nodes.iter().all(|node| node.zero.is_finite())
                                && curve.to_string().parse::<Curve>().is_ok(),
                            "{curve}"
                        );
                    }
                }
            }
        }
    }
    assert!(sound > 500 && refused > 500 && fits > 5, "{sound} {refused} {fits}");
}
