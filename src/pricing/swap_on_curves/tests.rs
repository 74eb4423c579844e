//! Swaps on curves: a published case, the market's own quotes, and the laws of a swap's value.

mod fixings;
mod forms;
mod quantlib;

use crate::basics::calendar::Roll;
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::Error;
use crate::basics::frequency::Frequency;
use crate::basics::maturity::Maturity;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::bootstrap::tests::{euro, frame, maturity, overnight, quoted};
use crate::calibrate::bootstrap::{Instrument, MarketQuote, market};
use crate::market::curve::{Curve, Extrapolation, Interpolation};
use crate::market::data::MarketData;
use crate::pricing::swap_on_curves::{SwapPayment, SwapValuation};
use crate::product::money_market::MoneyMarketConventions;
use crate::product::swap::{FixedLeg, Leg, Swap, SwapTerms};
use crate::risk::key_rate::tests::curve;
use crate::testing::Random;

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn swap(text: &str) -> Swap {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error:?}"))
}

#[track_caller]
fn valued(swap: &Swap, discount: &Curve, projection: &Curve) -> SwapValuation {
    SwapValuation::new(swap, MarketData::dual(discount, projection).unwrap(), None)
        .unwrap()
        .unwrap()
}

fn npv(swap: &Swap, discount: &Curve, projection: &Curve) -> f64 {
    valued(swap, discount, projection).npv().unwrap()
}

fn random_leg(random: &mut Random) -> Leg {
    let frequencies = Frequency::WORDS.iter().map(|word| word.value).collect::<Vec<_>>();
    let day_counts = DayCount::WORDS.iter().map(|word| word.value).collect::<Vec<_>>();
    Leg { frequency: random.pick(&frequencies), day_count: random.pick(&day_counts) }
}

/// A swap that may have begun on a day, and has not ended.
fn random_swap(random: &mut Random, day: Date) -> Swap {
    let mut later =
        |from: i32, to: i32| Date::from_days(day.days() + from + random.below(to - from)).unwrap();
    let (effective, maturity) = (later(-700, 400), later(420, 9_000));
    let rolls = Roll::WORDS.iter().map(|word| word.value).collect::<Vec<_>>();
    let calendar = random.pick(&["weekends", "US+UK", "TARGET", "US+{2028-12-29,2030-06-03}"]);
    Swap::new(SwapTerms {
        fixed_leg: random.pick(&[FixedLeg::Pay, FixedLeg::Receive]),
        fixed: random_leg(random),
        index: random.pick(&["SOFR", "EURIBOR 3M", "+", "x"]).to_owned(),
        spread: random.pick(&[0.0, 0.001, -0.0025]) * random.unit(),
        floating: random_leg(random),
        fixing: Some(random.between(-0.01, 0.06)),
        calendar: calendar.parse().unwrap(),
        roll: random.pick(&rolls),
        payment_lag: random.pick(&[0, 0, 2, 30]),
        end_of_month: random.below(2) == 0,
        currency: random.pick(&[None, Some("EUR")]).map(|code| code.parse().unwrap()),
        notional: random.pick(&[None, Some(1e7), Some(-2.5e6)]),
        ..SwapTerms::new(random.between(-0.01, 0.08), effective, maturity)
    })
    .unwrap()
}

/// Swaps with every amount known, on two curves.
fn known(seed: u64) -> impl Iterator<Item = (Swap, Curve, Curve)> {
    let mut random = Random::new(seed);
    std::iter::repeat_with(move || {
        let day = Date::from_days(8_000 + random.below(3_000)).unwrap();
        (random_swap(&mut random, day), curve(&mut random, day), curve(&mut random, day))
    })
    .filter(|(swap, discount, projection)| valued(swap, discount, projection).npv().is_some())
}

/// J. Hull, "Options, Futures, and Other Derivatives", valuation of an interest rate swap as
/// forward rate agreements: 8 % received half-yearly against six-month LIBOR, fixed at 10.2 %, with
/// 3, 9 and 15 months to go on continuous zero rates of 10 %, 10.5 % and 11 %, for a notional of
/// 100 million.
#[test]
fn a_published_swap() {
    let zeros: Curve =
        "2026-03-15 30/360 linear_zero 0.25:10% 0.75:10.5% 1.25:11%".parse().unwrap();
    let swap = swap(
        "receive 8% 2025-12-15 to 2027-06-15 semiannual 30/360 against LIBOR semiannual 30/360 \
            fixing 10.2% x 100",
    );
    let valuation = valued(&swap, &zeros, &zeros);
    let of = |leg: bool| valuation.payments.iter().filter(move |payment| payment.is_fixed == leg);
    let net = of(true)
        .zip(of(false))
        .map(|(fixed, floating)| (fixed.amount.unwrap(), floating.amount.unwrap(), fixed.discount));
    let book = [
        (4.0, -5.100, 0.9753, -1.073),
        (4.0, -5.522, 0.9243, -1.407),
        (4.0, -6.051, 0.8715, -1.787),
    ];
    let printed =
        |number: f64, decimals: i32| (number * 10f64.powi(decimals)).round() / 10f64.powi(decimals);
    for ((fixed, floating, discount), of_book) in net.zip(book) {
        let (floating, discount) = (printed(floating, 3), printed(discount, 4));
        // The book multiplies the digits that it prints.
        assert_eq!(
            (printed(fixed, 3), floating, discount, printed((fixed + floating) * discount, 3)),
            of_book
        );
    }
    assert!((valuation.npv().unwrap() - -4.267).abs() < 5.1e-4);
}

/// A swap that the market quotes is worth nothing at the quote on the curve that the quotes make:
/// one curve, and two.
#[test]
#[ignore = "needs the larger set of figures; make figures runs it"]
fn figures_of_par_rates() {
    let quoted = quoted();
    let as_of = date("2025-02-10");
    let of =
        |prefix: &str, conventions, instrument: fn(Maturity) -> Instrument| -> Vec<MarketQuote> {
            let tail = |(id, value): &(String, f64)| {
                Some((instrument(maturity(id.strip_prefix(prefix)?)?), *value))
            };
            quoted
                .iter()
                .filter_map(tail)
                .map(|(instrument, value)| MarketQuote { instrument, value, conventions })
                .collect()
        };
    let check = |quotes: &[MarketQuote], discount: Option<&Curve>, curve: &Curve| {
        for quote in quotes {
            let (Instrument::Swap(maturity) | Instrument::Ois(maturity)) = quote.instrument else {
                continue;
            };
            let MoneyMarketConventions {
                calendar,
                roll,
                spot_lag,
                fixed,
                floating,
                payment_lag,
                ..
            } = quote.conventions.clone();
            let effective = calendar.settlement_date(as_of, spot_lag).unwrap();
            let terms = SwapTerms {
                fixed,
                floating,
                roll,
                payment_lag,
                end_of_month: false,
                ..SwapTerms::new(0.0, effective, effective)
            };
            let swap = Swap::new(SwapTerms {
                calendar,
                maturity: maturity.after(effective, false).unwrap(),
                ..terms
            })
            .unwrap();
            let rate = valued(&swap, discount.unwrap_or(curve), curve).par_rate().unwrap();
            assert!(
                (rate - quote.value).abs() < 1e-12,
                "{swap}: {rate} instead of {}",
                quote.value
            );
        }
        quotes.len()
    };
    let (estr, sofr, swaps) = (
        overnight("TARGET", DayCount::Act360, 2, 1),
        overnight("US", DayCount::Act360, 2, 2),
        euro(0, 2),
    );
    let quotes = of("IR_SWAP/RATE/EUR/ESTER/2D/1D/", &estr, Instrument::Ois);
    let discount = market(frame(as_of, Interpolation::FlatForward), &quotes, None).unwrap().curve;
    let mut checked = check(&quotes, None, &discount);
    let quotes = of("IR_SWAP/RATE/USD/SOFR/0D/1D/", &sofr, Instrument::Ois);
    let curve = market(frame(as_of, Interpolation::LinearZero), &quotes, None).unwrap().curve;
    checked += check(&quotes, None, &curve);
    let quotes = of("IR_SWAP/RATE/EUR/2D/3M/", &swaps, Instrument::Swap);
    for discount in [None, Some(&discount)] {
        let curve =
            market(frame(as_of, Interpolation::FlatForward), &quotes, discount).unwrap().curve;
        checked += check(&quotes, discount, &curve);
    }
    assert_eq!(checked, 85);
}

/// What a floating leg pays without a spread is what is lent at its start less what comes back at
/// its end, as long as payment is made when a period ends, on the curve that projects it; however
/// its periods are cut and counted.
#[test]
fn a_floating_leg_telescopes() {
    for (swap, curve, _) in known(3).take(400) {
        let start = Date::from_days(curve.as_of.days() + 90).unwrap();
        let terms = SwapTerms {
            fixed_rate: 0.0,
            spread: 0.0,
            payment_lag: 0,
            effective: start,
            notional: None,
            ..swap.into_terms()
        };
        let swap = Swap::new(terms).unwrap();
        let periods = swap.periods(swap.floating).unwrap();
        let discount = |date: Date| curve.discount(curve.time(date)).unwrap();
        let lent = 100.0 * (discount(periods[0].start) - discount(periods[periods.len() - 1].end));
        let value = -swap.fixed_leg.sign() * npv(&swap, &curve, &curve);
        assert!((value - lent).abs() < 1e-12 * 100.0, "{swap}: {value} {lent}");
    }
}

#[test]
fn at_its_par_rate_a_swap_is_worth_nothing() {
    for (swap, discount, projection) in known(5).take(1_000) {
        let Some(rate) = valued(&swap, &discount, &projection).par_rate() else { panic!("{swap}") };
        let at_par =
            Swap::new(SwapTerms { fixed_rate: rate, ..swap.clone().into_terms() }).unwrap();
        let valuation = valued(&at_par, &discount, &projection);
        let gross: f64 =
            valuation.cash_flows().map(|payment| payment.present_value().unwrap().abs()).sum();
        assert!(
            valuation.npv().unwrap().abs() < 1e-14 * gross * valuation.payments.len() as f64,
            "{at_par}"
        );
        // The value is the annuity of what the rate exceeds it by.
        let fixed = valuation.payments.iter().filter(|payment| payment.is_fixed);
        let annuity: f64 = fixed.map(|payment| 100.0 * payment.years * payment.discount).sum();
        let value = swap.fixed_leg.sign() * (swap.fixed_rate - rate) * annuity * swap.holding();
        assert!(
            (npv(&swap, &discount, &projection) - value).abs() < 1e-13 * gross.max(value.abs()),
            "{swap}"
        );
    }
}

/// The parts add up, the other side is the opposite, and a second curve that is the first changes
/// not a bit.
#[test]
fn parts_add_up() {
    const KEYS: [f64; 5] = [0.5, 2.0, 5.0, 10.0, 30.0];
    for (swap, discount, projection) in known(7).take(500) {
        let valuation = valued(&swap, &discount, &projection);
        let (value, dv01) = (valuation.npv().unwrap(), valuation.dv01().unwrap());
        let flows: Vec<SwapPayment> = valuation.cash_flows().collect();
        let gross: f64 = flows.iter().map(|payment| payment.present_value().unwrap().abs()).sum();
        let sum: f64 = flows.iter().map(|payment| payment.present_value().unwrap()).sum();
        assert!((sum - value).abs() <= 1e-14 * gross, "{swap}: {sum} {value}");
        assert!(flows.is_sorted_by_key(|payment| payment.period.payment), "{swap}");
        for payment in flows.iter().filter(|payment| payment.rate.is_some()) {
            let sign =
                if payment.is_fixed { swap.fixed_leg.sign() } else { -swap.fixed_leg.sign() };
            let (amount, interest) = (
                payment.amount.unwrap(),
                sign * 100.0 * payment.rate.unwrap() * payment.years * swap.holding(),
            );
            assert!(
                (amount - interest).abs() < 1e-12 * amount.abs().max(swap.holding().abs()),
                "{swap}: {payment:?}"
            );
        }
        let rows = valuation.key_rates(&KEYS).unwrap();
        let (durations, dv01s): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        let scale = 100.0 * swap.holding().abs();
        assert!(
            (dv01s.iter().sum::<f64>() - dv01).abs() < 1e-12 * scale * 30.0 / 10_000.0,
            "{swap}"
        );
        for (duration, dv01) in durations.iter().zip(&dv01s) {
            assert!(
                (duration * 100.0 * swap.holding() / 10_000.0 - dv01).abs() < 1e-12 * scale,
                "{swap}"
            );
        }
        let other = FixedLeg::WORDS
            .iter()
            .map(|word| word.value)
            .find(|leg| *leg != swap.fixed_leg)
            .unwrap();
        let opposite = valued(
            &Swap::new(SwapTerms { fixed_leg: other, ..swap.clone().into_terms() }).unwrap(),
            &discount,
            &projection,
        );
        assert_eq!(
            (opposite.npv(), opposite.par_rate()),
            (Some(-value), valuation.par_rate()),
            "{swap}"
        );
        let (one, two) =
            (valued(&swap, &discount, &discount), valued(&swap, &discount, &discount.clone()));
        assert_eq!(
            (one.npv(), one.dv01(), one.key_rates(&KEYS)),
            (two.npv(), two.dv01(), two.key_rates(&KEYS))
        );
    }
}

/// Linear between its own nodes, so that moving one is a tent, and moving all is a parallel shift.
fn linear(curve: Curve) -> Curve {
    let definition = curve.into_definition();
    let frame = crate::market::curve::CurveDefinition {
        interpolation: Interpolation::LinearZero,
        extrapolation: Extrapolation::FlatZero,
        ..definition
    };
    Curve::new(frame).unwrap()
}

/// DV01 and key rates are derivatives, by Richardson's extrapolation of central differences, on
/// both curves together and on each alone.
#[test]
fn risk_is_a_derivative() {
    let mut begun = [0, 0];
    for (swap, discount, projection) in known(11).take(150) {
        let (discount, projection) = (linear(discount), linear(projection));
        begun[usize::from(swap.is_overnight())] += i32::from(swap.effective < discount.as_of);
        let keys: Vec<f64> = discount.nodes.iter().map(|node| node.time).collect();
        let scale = swap.holding().abs() * 100.0;
        let moved = |curve: &Curve, node: Option<usize>, by: f64| {
            let mut definition = curve.clone().into_definition();
            let nodes = definition.nodes.iter_mut().enumerate();
            nodes
                .filter(|(i, _)| node.is_none_or(|node| node == *i))
                .for_each(|(_, node)| node.zero += by);
            Curve::new(definition).unwrap()
        };
        let check = |dv01: f64, value: &dyn Fn(f64) -> f64| {
            let difference = |h: f64| (value(-h) - value(h)) / (2.0 * h);
            let richardson = (4.0 * difference(1e-4) - difference(2e-4)) / 3.0 / 10_000.0;
            assert!(
                (dv01 - richardson).abs() < 1e-8 * scale.max(1.0) * 10.0 / 10_000.0,
                "{swap}: {dv01} {richardson}"
            );
        };
        let valuation = valued(&swap, &discount, &projection);
        let both =
            |node, by| npv(&swap, &moved(&discount, node, by), &moved(&projection, node, by));
        check(valuation.dv01().unwrap(), &|by| both(None, by));
        for (i, (_, dv01)) in valuation.key_rates(&keys).unwrap().into_iter().enumerate() {
            check(dv01, &|by| both(Some(i), by));
        }
        let one = valued(&swap, &discount, &discount);
        check(one.dv01().unwrap(), &|by| {
            npv(&swap, &moved(&discount, None, by), &moved(&discount, None, by))
        });
    }
    assert!(begun.iter().all(|count| *count > 15), "{begun:?}");
    // A receiver gains from falling rates, and a payer from rising ones.
    let curve: Curve = "2026-03-24 1Y:4% 10Y:4.2%".parse().unwrap();
    let [receiver, payer] = ["receive", "pay"].map(|leg| {
        let valuation = valued(
            &swap(&format!("{leg} 4.2% 2026-03-24 to 2036-03-24 x 10000000")),
            &curve,
            &curve,
        );
        valuation.dv01().unwrap()
    });
    assert!(receiver > 8_000.0 && receiver < 8_500.0 && payer == -receiver, "{receiver} {payer}");
}

/// Valued on a later day, the same payments are worth more by what money earns until then, and what
/// was paid is gone.
#[test]
fn a_later_settlement() {
    for (swap, discount, projection) in known(13).take(300) {
        let on = |days: i32| {
            let settlement = Date::from_days(discount.as_of.days() + days).unwrap();
            SwapValuation::new(
                &swap,
                MarketData::dual(&discount, &projection).unwrap(),
                Some(settlement),
            )
            .unwrap()
        };
        let Some(later) = on(100) else { continue };
        let settlement = Date::from_days(discount.as_of.days() + 100).unwrap();
        let growth = 1.0 / discount.discount(discount.time(settlement)).unwrap();
        let left = valued(&swap, &discount, &projection)
            .cash_flows()
            .filter(|payment| payment.period.payment > settlement)
            .collect::<Vec<_>>();
        let value: f64 = left.iter().map(|payment| payment.present_value().unwrap()).sum();
        let gross: f64 = left.iter().map(|payment| payment.present_value().unwrap().abs()).sum();
        assert!((later.npv().unwrap() - value * growth).abs() < 1e-13 * gross, "{swap}");
        assert!(on(9_100).is_none());
    }
}

/// Rates beyond any market's leave figures unknown, never a number that is none.
#[test]
fn hostile_curves() {
    let swap = swap(
        "receive 10000% 2026-03-24 to 2126-03-24 monthly 30/360 against SOFR monthly ACT/360 x \
            -1e15",
    );
    for rates in
        ["1Y:-10000%", "1Y:10000%", "1Y:10000% 2Y:-10000% 3Y:10000%", "1Y:1e-300%", "1Y:-30%"]
    {
        let curve: Curve = format!("2026-03-24 {rates}").parse().unwrap();
        let valuation = valued(&swap, &curve, &curve);
        let figures = [valuation.npv(), valuation.par_rate(), valuation.dv01()];
        assert!(figures.into_iter().flatten().all(f64::is_finite), "{figures:?}");
        let flows = valuation
            .cash_flows()
            .flat_map(|payment| [payment.rate, payment.amount, payment.present_value()]);
        assert!(flows.flatten().all(f64::is_finite));
        assert!(valuation.key_rates(&[1.0, 10.0]).is_none_or(|rows| {
            rows.iter().all(|(years, dv01)| years.is_finite() && dv01.is_finite())
        }));
    }
}

#[test]
fn what_cannot_be_valued() {
    let curve: Curve = "2026-03-24 1Y:4% 10Y:4.2%".parse().unwrap();
    let next: Curve = "2026-03-25 1Y:4% 10Y:4.2%".parse().unwrap();
    let value = |swap: &Swap, projection: &Curve, settlement: &str| {
        SwapValuation::new(swap, MarketData::dual(&curve, projection)?, Some(date(settlement)))
    };
    let sample = swap("pay 4% 2026-03-24 to 2030-09-24");
    assert!(
        value(&swap("pay 4% 2020-03-24 to 2026-03-24"), &curve, "2026-03-24").unwrap().is_none()
    );
    assert!(matches!(value(&sample, &curve, "2026-03-23"), Err(Error::BeforeCurve { .. })));
    assert!(matches!(value(&sample, &next, "2026-03-25"), Err(Error::Contradiction { .. })));
    let ending = "2026-03-24 extrapolation none 1Y:4%".parse().unwrap();
    assert!(matches!(value(&sample, &ending, "2026-03-24"), Err(Error::BeyondCurve { .. })));
    let beyond = swap("pay 4% 2026-03-24 to 2200-03-24 calendar US roll following");
    assert!(matches!(value(&beyond, &curve, "2026-03-24"), Err(Error::CalendarRange { .. })));
    // From a Saturday to the Sunday after it there is no business day.
    let weekend = swap("pay 4% 2026-03-28 to 2026-03-29 roll following");
    let monday = date("2026-03-30");
    let vanished = Error::Period { what: "adjusted schedule", start: monday, end: monday };
    assert_eq!(value(&weekend, &curve, "2026-03-24").unwrap_err(), vanished);
}
