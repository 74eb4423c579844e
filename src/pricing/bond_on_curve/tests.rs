//! Spreads and shocks, each by a second route: repricing by hand, replication, Richardson's
//! differences.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::Error;
use crate::basics::frequency::Frequency;
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::basics::vocabulary::Vocabulary;
use crate::market::curve::{Curve, CurvePoint};
use crate::portfolio::shock_state::ShockState;
use crate::pricing::bond_on_curve::BondValuation;
use crate::pricing::spread::{AssetSwap, asset_swap_spread, compounding, z_spread};
use crate::pricing::yield_pricing::{YieldPricing, at_price};
use crate::product::bond::Bond;
use crate::product::compounding::Basis;
use crate::product::convention::Convention;
use crate::resolve::resolved_bond::ResolvedBond;
use crate::risk::key_rate::{KeyRates, OnCurve};
use crate::risk::shock::{Pnl, Shock};
use crate::testing::Random;

const CURVE: &str =
    "2026-03-24 1M:4.4% 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 5Y:4.05% 10Y:4.36% 30Y:4.8%";

fn curve() -> Curve {
    CURVE.parse().unwrap()
}

fn bond(text: &str) -> Bond {
    text.parse().unwrap()
}

fn random_bond(random: &mut Random) -> Bond {
    let frequency = ["annual", "semiannual", "quarterly", "monthly"][random.below(4) as usize];
    let day_count = ["30/360", "ACT/ACT ICMA", "ACT/365F"][random.below(3) as usize];
    let maturity = Date::from_days(curve().as_of.days() + 20 + random.below(12_000)).unwrap();
    let price = random.between(40.0, 160.0);
    bond(&format!(
        "{:.3}% {maturity} {frequency} {day_count} issued 2020-01-07 @ {price:.4} x 1000000",
        random.between(0.0, 12.0)
    ))
}

/// Near the market and far from it, in the valuation of one bond and in that of a book.
#[test]
fn z_spreads_reprice_their_quotes() {
    let (curve, mut random) = (curve(), Random::new(37));
    let mut keys =
        KeyRates::new(curve.clone(), KEY_TENORS.iter().map(Tenor::key_years).collect()).unwrap();
    keys.tabulate();
    for i in 0..60_000 {
        let bond = random_bond(&mut random);
        let price = if i % 4 == 0 {
            bond.price.unwrap() * 10f64.powf(random.between(-4.0, 4.0))
        } else {
            bond.price.unwrap()
        };
        let valuation = BondValuation::new(&bond, &curve, curve.as_of).unwrap().unwrap();
        let dirty = valuation.dirty_price_at(price);
        let spread = valuation.z_spread(price).unwrap();
        assert!(
            (valuation.dirty_price(spread) / dirty - 1.0).abs()
                < 1e-12 * (1.0 + spread.abs() * 40.0),
            "{bond} at {price}: {spread}"
        );
        let Ok(Some(OnCurve::Measured(profile))) =
            keys.on_curve(&bond.clone().quoted(price).unwrap())
        else {
            panic!("{bond}")
        };
        assert!(
            (profile.level.spread - spread).abs()
                < 1e-13 * (1.0 + spread.abs() / valuation.spread_duration(spread)),
            "{bond} at {price}: {} {spread}",
            profile.level.spread
        );
    }
}

/// Zero rates and spread added up in their own compounding, flow by flow: how the seller of the
/// quote would check it.
#[test]
fn periodic_z_spreads_reprice_their_quotes() {
    let (curve, mut random) = (curve(), Random::new(41));
    for _ in 0..4_000 {
        let bond = random_bond(&mut random);
        let settlement = Date::from_days(curve.as_of.days() + random.below(19)).unwrap();
        let valuation = BondValuation::new(&bond, &curve, settlement).unwrap().unwrap();
        let price = bond.price.unwrap() * 10f64.powf(random.between(-3.0, 3.0));
        let dirty = valuation.dirty_price_at(price);
        let per_year = [1.0, 2.0, 4.0, 12.0][random.below(4) as usize];
        let spread = z_spread(&valuation, price, Basis::Periodic(per_year)).unwrap();
        let Some(spread) = spread else {
            // A flow that is due at once, alone or worth more.
            let due: f64 = valuation
                .explain(0.0)
                .unwrap()
                .iter()
                .filter(|flow| flow.days == 0)
                .map(|flow| flow.amount)
                .sum();
            assert!(dirty <= due, "{bond} at {price} on {settlement}");
            continue;
        };
        let start = curve.discount(curve.time(settlement)).unwrap();
        let (mut value, mut duration) = (0.0, 0.0);
        for flow in valuation.explain(0.0).unwrap() {
            let (time, years) =
                (curve.time(flow.date), curve.time(flow.date) - curve.time(settlement));
            let zero = if years > 0.0 {
                per_year
                    * ((start / curve.discount(time).unwrap()).powf(1.0 / (per_year * years)) - 1.0)
            } else {
                0.0
            };
            let growth = 1.0 + (zero + spread) / per_year;
            value += flow.amount * growth.powf(-per_year * years);
            duration += flow.amount * growth.powf(-per_year * years) * years / growth / dirty;
        }
        if !value.is_finite() {
            assert!(price > 1_000.0, "{bond} at {price}");
            continue;
        }
        // No spread is nearer than its last digit, beside which a rate of nearly -100 % a period
        // loses more.
        let tolerance = 1e-11 + 4.0 * f64::EPSILON * (per_year + spread.abs()) * duration;
        assert!(
            (value / dirty - 1.0).abs() < tolerance,
            "{bond} at {price} on {settlement}: {spread} gives {value} for {dirty}"
        );
    }
}

/// The more often it compounds, the nearer it is to the continuous one; on a flat curve the two are
/// one rate apart.
#[test]
fn periodic_and_continuous_z_spreads() {
    let (flat, bond) = (
        "2026-03-24 10Y:4%".parse::<Curve>().unwrap(),
        bond("5% 2036-03-24 annual ACT/365F issued 2020-03-24 @ 97"),
    );
    let valuation = BondValuation::new(&bond, &flat, flat.as_of).unwrap().unwrap();
    let of = |basis| z_spread(&valuation, 97.0, basis).unwrap().unwrap();
    let yield_ = 0.04 + of(Basis::Continuous);
    for per_year in [1.0, 2.0, 12.0, 365.0] {
        let rate = |continuous: f64| per_year * (continuous / per_year).exp_m1();
        assert!((of(Basis::Periodic(per_year)) - (rate(yield_) - rate(0.04))).abs() < 1e-13);
    }
    assert_eq!(compounding(" Bond", Frequency::Quarterly).unwrap(), Basis::Periodic(4.0));
    assert_eq!(compounding("continuous", Frequency::Quarterly).unwrap(), Basis::Continuous);
    assert!(compounding("simple", Frequency::Quarterly).is_err());
}

/// The package costs what it is said to: bond and swap are worth par, or the notional that was paid
/// for the bond.
#[test]
fn asset_swaps_are_worth_nothing() {
    let (curve, mut random) = (curve(), Random::new(43));
    for _ in 0..500 {
        let bond = random_bond(&mut random);
        let price = bond.price.unwrap();
        let settlement = Date::from_days(curve.as_of.days() + random.below(19)).unwrap();
        let valuation = BondValuation::new(&bond, &curve, settlement).unwrap().unwrap();
        let df = |date: Date| {
            curve.discount(curve.time(date)).unwrap()
                / curve.discount(curve.time(settlement)).unwrap()
        };
        // Dates of the floating leg, quarter by quarter back from maturity, by PostgreSQL's months.
        let mut dates: Vec<Date> = (0..)
            .map(|i| bond.maturity.civil().months_earlier(3 * i, false).date())
            .take_while(|date| *date > settlement)
            .collect();
        dates.push(settlement);
        dates.reverse();
        let dirty = valuation.dirty_price_at(price);
        for kind in [AssetSwap::Par, AssetSwap::MarketValue] {
            let spread = asset_swap_spread(
                &valuation,
                &curve,
                price,
                kind,
                (Frequency::Quarterly, DayCount::Act360),
            )
            .unwrap()
            .unwrap();
            let notional = if kind == AssetSwap::Par { 100.0 } else { dirty };
            // Forward rates and spread on the notional, which comes back at maturity, against the
            // bond's flows.
            let floating: f64 = dates
                .iter()
                .zip(&dates[1..])
                .map(|(&start, &end)| {
                    let years = f64::from(end.days() - start.days()) / 360.0;
                    notional * ((df(start) / df(end) - 1.0) + spread * years) * df(end)
                })
                .sum();
            let received = floating + notional * df(bond.maturity);
            let paid: f64 = valuation
                .explain(0.0)
                .unwrap()
                .iter()
                .map(|flow| flow.amount * df(flow.date))
                .sum();
            let upfront = notional - dirty;
            assert!(
                (paid - received + upfront - 0.0).abs() < 1e-10 * paid.max(100.0),
                "{bond} {kind:?}: {paid} {received} {upfront}"
            );
        }
    }
}

fn pnl(bond: &Bond, shock: Shock) -> Pnl {
    shock.pnl(bond).unwrap().unwrap()
}

/// Repricing is the truth; first and second order leave the next power of the move, which halving
/// it shows.
#[test]
fn orders_of_a_shock_close_in_on_repricing() {
    let (curve, mut random) = (curve(), Random::new(47));
    for _ in 0..300 {
        let bond = random_bond(&mut random);
        let from = &curve;
        let errors = |bp: f64| {
            let twisted = curve
                .clone()
                .shifted_at(&[("2Y".parse().unwrap(), -bp), ("10Y".parse().unwrap(), bp)])
                .unwrap();
            [
                pnl(&bond, Shock::of_yield(bp, bp / 2.0, from.as_of).unwrap()),
                pnl(&bond, Shock::of_curve(from, &twisted, bp / 2.0).unwrap()),
            ]
            .map(|pnl| {
                [pnl.first_order, pnl.second_order]
                    .map(|order| (order - pnl.full_repricing) / pnl.market_value)
            })
        };
        for (whole, half) in errors(40.0).into_iter().zip(errors(20.0)) {
            for (order, (whole, half)) in [4.0, 8.0].into_iter().zip(whole.into_iter().zip(half)) {
                assert!(
                    whole.abs() < 1e-10
                        || (whole / half / order - 1.0).abs() < 0.1
                        || whole.abs() < 1e-7,
                    "{bond}: {whole} and {half} of order {order}"
                );
            }
        }
    }
}

/// A parallel shift of curve and spread is one move, and loses what the prices say.
#[test]
fn shocks_beside_prices() {
    let (curve, mut random) = (curve(), Random::new(53));
    for _ in 0..300 {
        let bond = random_bond(&mut random);
        let moved = curve.clone().shifted(75.0).unwrap();
        let rates = pnl(&bond, Shock::of_curve(&curve, &moved, 0.0).unwrap());
        let spreads = pnl(&bond, Shock::of_curve(&curve, &curve, 75.0).unwrap());
        assert!((rates.full_repricing - spreads.full_repricing).abs() < 1e-8 * rates.market_value);
        let z = BondValuation::new(&bond, &curve, curve.as_of)
            .unwrap()
            .unwrap()
            .z_spread(bond.price.unwrap())
            .unwrap();
        let after = BondValuation::new(&bond, &moved, curve.as_of).unwrap().unwrap().dirty_price(z)
            * bond.holding();
        assert!(
            (rates.market_value + rates.full_repricing - after).abs() < 1e-10 * rates.market_value
        );
        let yields = pnl(&bond, Shock::of_yield(50.0, 25.0, curve.as_of).unwrap());
        assert_eq!(yields, pnl(&bond, Shock::of_yield(75.0, 0.0, curve.as_of).unwrap()));
        // Rates up, loss.
        assert!(yields.first_order < yields.full_repricing && yields.full_repricing < 0.0);
    }
}

#[test]
fn what_cannot_be_shocked_is_skipped() {
    let curve = curve();
    let mut book = ShockState::default();
    let shock = Shock::of_yield(100.0, 0.0, curve.as_of).unwrap();
    for text in ["4% 2030-03-15", "4% 2025-03-15 @ 99", "4% 2030-03-15 @ 99 x 1000"] {
        shock.add(&mut book, &bond(text)).unwrap();
    }
    assert_eq!((book.tally.measured(), book.tally.skipped()), (1, 2));
    let of_last = pnl(&bond("4% 2030-03-15 @ 99 x 1000"), shock);
    assert_eq!(Pnl::of_state(&book).unwrap(), Some(of_last));
    // A yield below what any price can have.
    assert!(
        Shock::of_yield(-1e6, 0.0, curve.as_of).unwrap().pnl(&bond("4% 2030-03-15 @ 99")).is_err()
    );
    assert!(Shock::of_yield(2e6, 0.0, curve.as_of).is_err());
    assert!(Shock::of_curve(&curve, &"2026-03-25 1Y:4%".parse().unwrap(), 0.0).is_err());
}

/// A shift at tenors is the shift that its corners say, wherever it is asked for.
#[test]
fn shifts_at_tenors() {
    let tenor = |text: &str| text.parse::<Tenor>().unwrap();
    for text in [
        CURVE,
        "2026-03-24 linear_zero 1Y:4% 10Y:5%",
        "2026-03-24 beta0 4.5% beta1 -1% beta2 2% tau1 1.5",
    ] {
        let curve: Curve =
            text.replacen("2026-03-24 1M", "2026-03-24 linear_zero 1M", 1).parse().unwrap();
        let moved = curve
            .clone()
            .shifted_at(&[(tenor("2Y"), -25.0), (tenor("5Y"), 10.0), (tenor("30Y"), 40.0)])
            .unwrap();
        let change = |at: CurvePoint| {
            1e4 * (moved.zero(moved.years(at).unwrap()).unwrap()
                - curve.zero(curve.years(at).unwrap()).unwrap())
        };
        for (at, expected) in
            [("1Y", -25.0), ("2Y", -25.0), ("5Y", 10.0), ("30Y", 40.0), ("40Y", 40.0)]
        {
            assert!(
                (change(at.parse().unwrap()) - expected).abs() < 1e-8,
                "{text} at {at}: {}",
                change(at.parse().unwrap())
            );
        }
        let halfway = 0.5
            * (curve.years(CurvePoint::Tenor(tenor("2Y"))).unwrap()
                + curve.years(CurvePoint::Tenor(tenor("5Y"))).unwrap());
        assert!(
            (change(CurvePoint::Years(halfway)) + 7.5).abs() < 1e-8,
            "{text}: {}",
            change(CurvePoint::Years(halfway))
        );
        assert_eq!(curve.clone().shifted_at(&[]).unwrap(), curve);
        let flat = curve.clone().shifted_at(&[(tenor("2Y"), 25.0)]).unwrap().zero(7.0).unwrap();
        assert!((flat - curve.clone().shifted(25.0).unwrap().zero(7.0).unwrap()).abs() < 1e-15);
        assert!(curve.clone().shifted_at(&[(tenor("5Y"), 1.0), (tenor("2Y"), 1.0)]).is_err());
    }
}

/// What a bond is worth on a curve asks nothing of its yield convention, whose clock a calendar may
/// not reach: neither the value of one bond, nor that of a book, nor what it accrues and pays.
#[test]
fn a_curve_value_needs_no_yield_convention() {
    let curve = curve();
    let mut keys =
        KeyRates::new(curve.clone(), KEY_TENORS.iter().map(Tenor::key_years).collect()).unwrap();
    let text = |convention: &str| {
        format!("5% 2250-01-15 annual 30/360 yield {convention} calendar BR @ 98")
    };
    let icma = bond(&text("icma"));
    let expected = BondValuation::new(&icma, &curve, curve.as_of).unwrap().unwrap();
    for word in Convention::WORDS {
        let bond = bond(&text(word.name));
        let valuation = BondValuation::new(&bond, &curve, curve.as_of).unwrap().unwrap();
        assert_eq!(valuation.dirty_price(0.01), expected.dirty_price(0.01), "{}", word.name);
        let Some(OnCurve::Measured(profile)) = keys.on_curve(&bond).unwrap() else {
            panic!("{bond}")
        };
        let level = profile.level.curve_price;
        assert!((level - expected.dirty_price(0.0)).abs() < 1e-10, "{}: {level}", word.name);
        let settled = ResolvedBond::new(&bond, curve.as_of).unwrap().unwrap();
        assert_eq!(
            (settled.cash_flows().unwrap().len(), settled.market_value(98.0) > 98.9),
            (224, true),
            "{}",
            word.name
        );
        assert_eq!(
            at_price(&bond, None, curve.as_of, |settled, price| settled.current_yield(price)),
            Ok(Some(5.0 / 98.0))
        );
    }
    // What the calendar is asked for says so.
    for name in ["brazilian", "true"] {
        assert!(
            matches!(
                YieldPricing::new(&bond(&text(name)), curve.as_of),
                Err(Error::CalendarRange { .. })
            ),
            "{name}"
        );
    }
}
