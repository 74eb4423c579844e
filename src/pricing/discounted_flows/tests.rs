//! The yield solver on a million random bonds at prices from 1e-6 to 1e6 per 100 face, judged in
//! twice the precision.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::numeric::roots::{Flow, MAX_ITERATIONS, log_yield};
use crate::portfolio::batch::{Batch, LANES};
use crate::portfolio::risk_sums::RiskSums;
use crate::pricing::yield_formula::{PriceFormula, YieldFormula};
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::{Bond, BondTerms};
use crate::product::convention::Convention;
use crate::testing::{Random, Twice, rounds};
use std::sync::atomic::{AtomicU64, Ordering};

/// Random cases of each property: a million and more in `make soak`.
fn cases() -> u64 {
    rounds(100_000)
}

/// A bond on a settlement date, up to a hundred years long, somewhere in its life, and a dirty
/// price for it.
fn case(random: &mut Random, convention: Convention) -> (Bond, Date, f64) {
    let settlement = Date::from_ymd(2026, 1, 1).unwrap().days() + random.below(1_461);
    let days = 1 + (random.unit().powi(2) * 36_524.0) as i32;
    let coupon = match random.below(20) {
        0 => 0.0,
        1 => 10f64.powf(random.between(-10.0, -3.0)),
        _ => random.below(500) as f64 / 1_000.0,
    };
    let bond = Bond::new(BondTerms {
        frequency: random.pick(&[
            Frequency::Annual,
            Frequency::Semiannual,
            Frequency::Quarterly,
            Frequency::Monthly,
        ]),
        day_count: random.pick(&[
            DayCount::Thirty360Us,
            DayCount::Thirty360E,
            DayCount::ActActIcma,
            DayCount::Act360,
            DayCount::Act365F,
        ]),
        issue: (random.below(4) == 0)
            .then(|| Date::from_days(settlement - random.below(900)).unwrap()),
        convention,
        ..BondTerms::new(coupon, Date::from_days(settlement + days).unwrap())
    });
    let price = 10f64.powf(random.between(-6.0, 6.0));
    (bond.unwrap(), Date::from_days(settlement).unwrap(), price)
}

/// By how much ln(1 + u) misses the price, and the four units of rounding that the log price may be
/// off.
fn error_and_bound(value: Twice, price: f64, duration: f64) -> (f64, f64) {
    let gap = (value / Twice::from(price)).ln().hi;
    (gap / duration, 4.0 * f64::EPSILON * (1.0 + price.ln().abs()) / duration)
}

pub fn flows(settled: &YieldPricing) -> Vec<Flow> {
    let YieldFormula::Level(claim) = &settled.formula else {
        panic!("{} has no yield", settled.bond)
    };
    claim.flows()
}

/// The price at a yield per period, straight from the definition of the convention, in twice the
/// precision.
fn price_by_definition(settled: &YieldPricing, u: Twice) -> Twice {
    let one = Twice::from(1.0);
    let growth = one + u;
    let flows = flows(settled);
    let (whole, fraction) =
        (f64::from(settled.position.whole), Twice::from(settled.position.fraction));
    let to_next = Twice::from(settled.position.time_to_next());
    if flows.len() == 1
        && (settled.bond.convention == Convention::Street
            || settled.bond.convention == Convention::UsTreasury && whole == 0.0)
    {
        return Twice::from(flows[0].1) / (one + u * to_next);
    }
    let v = one / growth;
    let series = flows
        .iter()
        .rev()
        .fold(Twice::from(0.0), |sum, &(_, amount)| sum * v + Twice::from(amount));
    let power = |periods: Twice| (-growth.ln() * periods).exp();
    match settled.bond.convention {
        Convention::Street | Convention::Compounded => series * power(to_next),
        _ => series * power(Twice::from(whole)) / (one + u * fraction),
    }
}

/// Runs the cases on every core; each returns `None` if no yield can exist.
fn for_all_cases(
    convention: Convention,
    cases: u64,
    check: impl Fn(&YieldPricing, f64) -> Option<()> + Sync,
) {
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get() as u64);
    let solved: u64 = std::thread::scope(|scope| {
        let run = |seed: u64| {
            let mut random = Random::new(seed);
            let solved = (0..cases / threads + 1).filter_map(|_| {
                let (bond, settlement, price) = case(&mut random, convention);
                check(&YieldPricing::new(&bond, settlement).unwrap()?, price)
            });
            solved.count() as u64
        };
        let workers: Vec<_> = (0..threads).map(|seed| scope.spawn(move || run(seed))).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    println!("{solved} of {cases} cases solved");
    assert!(solved > cases * 95 / 100);
}

/// A bond on the closed form has the figures of its flows, each discounted by itself.
#[test]
fn the_closed_form_is_the_general_path() {
    for convention in [Convention::Street, Convention::Compounded, Convention::UsTreasury] {
        for_all_cases(convention, cases() / 3, |pricing, price| {
            let closed = YieldPricing::closed_form(pricing.bond, pricing.settlement)
                .unwrap_or_else(|| panic!("{} is not regular", pricing.bond));
            assert_eq!(closed.position, pricing.position, "{}", pricing.bond);
            assert_eq!(closed.accrued().to_bits(), pricing.accrued().to_bits());
            let general = YieldFormula::general(&pricing.resolved).unwrap();
            let (one, other) =
                (closed.measures_from_dirty_price(price), general.measures(pricing.bond, price));
            let (Some(one), Some(other)) = (one, other) else {
                assert_eq!(one, other, "{} at {price}", pricing.bond);
                return None;
            };
            let near = |name: &str, one: f64, other: f64, tolerance: f64| {
                let bond = pricing.bond;
                let gap = (one - other).abs();
                assert!(gap <= tolerance, "{name} of {bond} at {price}: {one} and {other}");
            };
            // What one price, read to its last digit, leaves open.
            let digits = 64.0 * f64::EPSILON;
            let yields = digits * (1.0 / one.modified_duration).max(one.ytm.abs());
            near("yield", one.ytm, other.ytm, yields);
            // Each figure is divided by the growth of a period, which may be next to nothing.
            let per_growth = one.modified_duration / one.macaulay_duration;
            let tolerance = 1e-12 + 8.0 * yields * (per_growth + one.modified_duration);
            for (name, one, other) in [
                ("Macaulay duration", one.macaulay_duration, other.macaulay_duration),
                ("modified duration", one.modified_duration, other.modified_duration),
                ("convexity", one.convexity, other.convexity),
            ] {
                near(name, one, other, tolerance * one.abs());
            }
            Some(())
        });
    }
}

#[test]
fn the_proven_iteration_solves_every_price() {
    for_all_cases(Convention::Compounded, cases(), |settled, price| {
        let all = flows(settled);
        let flows: Vec<Flow> = all.iter().copied().filter(|&(_, amount)| amount > 0.0).collect();
        let (first_time, due) = flows[0];
        let price = price / 100.0;
        let Some(root) = log_yield(all.iter().copied(), price) else {
            let value = |x: f64| flows.iter().map(|&(t, a)| a * (-t * x).exp()).sum::<f64>();
            let due_at_once =
                first_time <= 0.0 && flows.len() == 1 || first_time == 0.0 && price <= due;
            let none = due_at_once
                || first_time < 0.0 && (0..4_000).all(|i| value(f64::from(i) * 0.05) > price);
            assert!(none, "no yield for {} on {} at {price}", settled.bond, settled.settlement);
            return None;
        };
        assert!(root.iterations <= MAX_ITERATIONS);
        // The exact exponentials are slow: long bonds are judged one time in a hundred.
        if flows.len() > 40 && settled.settlement.days() % 100 != 0 {
            return Some(());
        }
        let duration = flows.iter().map(|&(t, a)| t * a * (-root.x * t).exp()).sum::<f64>() / price;
        let discounted = flows.iter().map(|&(t, amount)| {
            Twice::from(amount) * (Twice::from(-root.x) * Twice::from(t)).exp()
        });
        let value = discounted.fold(Twice::from(0.0), |sum, term| sum + term);
        let (error, bound) = error_and_bound(value, price, duration);
        let bound = bound.max(4.0 * f64::EPSILON * root.x.abs());
        assert!(
            error.abs() <= bound,
            "{} at {price}: {} off by {error:e}, bound {bound:e}",
            settled.bond,
            root.x
        );
        Some(())
    });
}

/// A yield and its duration at a dirty price, judged in twice the precision.
fn judge(settled: &YieldPricing, price: f64, ytm: f64, modified_duration: f64) {
    let f = settled.bond.frequency.per_year();
    let u = ytm / f;
    // Beyond this, twice the precision has no room for its second half.
    if u > 1e290 {
        return;
    }
    let convention = settled.bond.convention;
    let value = price_by_definition(settled, Twice::from(u));
    let slope = modified_duration * f;
    let simple = settled.position.coupons == 1 && convention != Convention::Compounded;
    let (error, bound) = if simple {
        error_and_bound(value, price / 100.0, slope)
    } else {
        // Solved in ln(1 + u), and as exact as that.
        let growth = 1.0 + u;
        let (error, bound) = error_and_bound(value, price / 100.0, slope * growth);
        (growth * error.exp_m1(), growth * bound.max(4.0 * f64::EPSILON * growth.ln().abs()))
    };
    let (error, bound) = (error.abs(), bound.max(4.0 * f64::EPSILON * u.abs()));
    assert!(
        error <= bound,
        "{} on {} at {price}: {ytm:e} off by {error:e}, bound {bound:e}",
        settled.bond,
        settled.settlement
    );
}

fn every_yield_is_found_to_the_last_digits(convention: Convention, cases: u64) {
    for_all_cases(convention, cases, |settled, price| {
        let measures = settled.measures_from_dirty_price(price)?;
        judge(settled, price, measures.ytm, measures.modified_duration);
        Some(())
    });
}

/// Eight prices of a bond solved together, as books do, those that are sure: to the same digits,
/// with the durations and convexity of the proven way; no lane knows what is in the others, and the
/// processor's wide instructions know no other digits.
#[test]
fn every_yield_of_a_block() {
    let sure_ones = AtomicU64::new(0);
    for_all_cases(Convention::Compounded, cases() / 5, |settled, price| {
        let ordinary = YieldPricing::closed_form(settled.bond, settled.settlement)?;
        let near = price.log10() / 200.0;
        let prices = [1.0, -1.0 / 3.0, 0.0, 0.1, 0.5, -0.6, 0.8].map(|part| {
            let ytm = settled.bond.coupon + part * near;
            100.0 * ordinary.formula.price(ytm.max(-0.02)).unwrap_or(1.0)
        });
        let prices: Vec<f64> = prices.into_iter().chain([price]).collect();
        if prices.iter().any(|price| !Batch::takes(&ordinary, *price)) {
            return Some(());
        }
        let (mut block, mut alone) = (Batch::default(), Batch::default());
        prices.iter().enumerate().for_each(|(lane, price)| block.put(lane, &ordinary, *price));
        let solved = block.solve();
        for (lane, &price) in
            prices.iter().enumerate().filter(|(lane, _)| solved.sure[*lane] == 1.0)
        {
            let [value, ytm, macaulay, modified, convexity] = solved.terms.map(|terms| terms[lane]);
            judge(settled, price, ytm / value, modified / value);
            let Some(expected) = settled.measures_from_dirty_price(price) else {
                panic!("{} at {price}: {ytm} of none", settled.bond)
            };
            for (found, expected) in [
                (macaulay / value, expected.macaulay_duration),
                (modified / value, expected.modified_duration),
                (convexity / value, expected.convexity),
            ] {
                assert!(
                    (found / expected - 1.0).abs() < 1e-12,
                    "{} at {price}: {found} {expected}",
                    settled.bond
                );
            }
            let other = LANES - 1 - lane;
            alone.put(other, &ordinary, price);
            assert_eq!(
                alone.solve().terms.map(|terms| terms[other]),
                [value, ytm, macaulay, modified, convexity]
            );
            sure_ones.fetch_add(1, Ordering::Relaxed);
        }
        for waiting in [LANES, 5] {
            let (mut narrow, mut wide) = (RiskSums::default(), RiskSums::default());
            let mut part = solved;
            part.forget_from(waiting);
            narrow.add_all(&part.terms, part.sure.iter().sum());
            let left = block.add_to(&mut wide, waiting);
            assert_eq!(wide, narrow, "{} at {prices:?}", settled.bond);
            assert_eq!(left.is_some(), part.sure[..waiting].contains(&0.0));
        }
        Some(())
    });
    println!("{} of {} sure", sure_ones.load(Ordering::Relaxed), 8 * cases() / 5);
    assert!(sure_ones.load(Ordering::Relaxed) > cases() / 2);
}

#[test]
fn every_street_yield() {
    every_yield_is_found_to_the_last_digits(Convention::Street, cases());
}

#[test]
fn every_compounded_yield() {
    every_yield_is_found_to_the_last_digits(Convention::Compounded, cases() / 5);
}

#[test]
fn every_us_treasury_yield() {
    every_yield_is_found_to_the_last_digits(Convention::UsTreasury, cases() / 5);
}
