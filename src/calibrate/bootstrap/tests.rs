//! Curves bootstrapped from quotes reprice them, move with them as their Jacobian says, and forget
//! their order.

use crate::basics::calendar::{Calendar, Roll};
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::Error;
use crate::basics::frequency::Frequency;
use crate::basics::maturity::Maturity;
use crate::basics::tenor::Tenor;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::bootstrap::{Bootstrap, Instrument, MarketQuote, ShortYield, market, par};
use crate::calibrate::curve_quotes::{QuoteKind, Quoted, Quotes};
use crate::market::curve::{CurveDefinition, CurvePoint, Extrapolation, Interpolation};
use crate::product::money_market::{FutureAccrual, MoneyMarket, MoneyMarketConventions};
use crate::product::swap::Leg;
use crate::testing::Random;
use crate::testing::reference::{self, Check, Row, Verdict};

pub const FILES: &[(&str, usize, Check)] =
    &[("curves/us_par_yields_1990_2025.csv", 9005, par_yields)];

const TENORS: [&str; 14] =
    ["1M", "1.5M", "2M", "3M", "4M", "6M", "1Y", "2Y", "3Y", "5Y", "7Y", "10Y", "20Y", "30Y"];

/// `1D`, `2W`, `18M` and `10Y`.
pub fn maturity(text: &str) -> Option<Maturity> {
    let Tenor { months, days } = text.parse().ok()?;
    Some(if days == 0 { Maturity::Months(months.into()) } else { Maturity::Days(days.into()) })
}

pub fn frame(as_of: Date, interpolation: Interpolation) -> CurveDefinition {
    CurveDefinition {
        interpolation,
        extrapolation: Extrapolation::FlatForward,
        ..CurveDefinition::new(as_of, Vec::new())
    }
}

pub fn every_interpolation() -> impl Iterator<Item = Interpolation> {
    Interpolation::WORDS.iter().map(|word| word.value)
}

/// The Treasury's 1.5 Month is its bill of six weeks.
fn tenor(name: &str) -> Maturity {
    if name == "1.5M" { Maturity::Days(42) } else { maturity(name).unwrap() }
}

fn yields(row: &Row) -> Vec<(Maturity, f64)> {
    TENORS
        .iter()
        .filter_map(|name| {
            row.given(name).map(|cell| (tenor(name), cell.parse::<f64>().unwrap() / 100.0))
        })
        .collect()
}

#[track_caller]
fn assert_reprices(bootstrap: &Bootstrap) {
    for (instrument, (part, quote)) in
        bootstrap.instruments().zip(bootstrap.mispricings(&bootstrap.curve).unwrap())
    {
        let unit = if let Instrument::Future { .. } = instrument { 100.0 } else { 1.0 };
        assert!(
            part.abs() <= 1e-12 && quote.abs() <= 1e-12 * unit,
            "{instrument}: {part:e} of its value, {quote:e} of its quote"
        );
    }
}

/// Every day's par yields, by both local interpolations.
fn par_yields(row: &Row) -> Verdict {
    for interpolation in [Interpolation::FlatForward, Interpolation::LinearZero] {
        assert_reprices(
            &par(frame(row.date("date"), interpolation), &yields(row), ShortYield::BondEquivalent)
                .unwrap(),
        );
    }
    Verdict::Matched
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

/// The yields of 31 December 2025, from the same file.
pub fn twelve() -> Vec<(Maturity, f64)> {
    let rates = [3.74, 3.67, 3.67, 3.63, 3.59, 3.48, 3.47, 3.55, 3.73, 4.18, 4.79, 4.84];
    let tenors = ["1M", "2M", "3M", "4M", "6M", "1Y", "2Y", "3Y", "5Y", "10Y", "20Y", "30Y"];
    tenors.iter().zip(rates).map(|(name, rate)| (tenor(name), rate / 100.0)).collect()
}

fn usd() -> MoneyMarketConventions {
    MoneyMarketConventions {
        calendar: "US".parse::<Calendar>().unwrap(),
        roll: Roll::ModifiedFollowing,
        end_of_month: false,
        spot_lag: 2,
        day_count: DayCount::Act360,
        fixed: Leg { frequency: Frequency::Annual, day_count: DayCount::Act360 },
        floating: Leg { frequency: Frequency::Annual, day_count: DayCount::Act360 },
        payment_lag: 2,
        future: FutureAccrual::ToImm,
    }
}

/// Deposits, FRA, a future and swaps of the quotes of 10 February 2025.
fn money(conventions: &MoneyMarketConventions) -> Vec<MarketQuote<'_>> {
    let months = Maturity::Months;
    let instruments = [
        (Instrument::Deposit(months(3)), 0.0454),
        (Instrument::Fra { start: months(3), end: months(6) }, 0.0450),
        (
            Instrument::Future { start: date("2025-09-17"), end: date("2025-12-17"), fixed: None },
            95.98,
        ),
        (Instrument::Ois(months(12)), 0.0415),
        (Instrument::Swap(months(24)), 0.04107656),
        (Instrument::Swap(months(60)), 0.0405884),
        (Instrument::Swap(months(120)), 0.04073577),
        (Instrument::Swap(months(360)), 0.03970126),
    ];
    instruments.map(|(instrument, value)| MarketQuote { instrument, value, conventions }).to_vec()
}

/// Every kind of bootstrap under every interpolation, its quotes moved by `bump` and shuffled by
/// `seed`.
fn each_bootstrap(
    interpolation: Interpolation,
    bump: impl Fn(Instrument) -> f64,
    shuffle: u64,
) -> [Bootstrap; 3] {
    let as_of = date("2025-02-10");
    let conventions = usd();
    let mut yields = twelve();
    yields.iter_mut().for_each(|(maturity, rate)| *rate += bump(Instrument::Par(*maturity)));
    let mut quotes = money(&conventions);
    quotes.iter_mut().for_each(|quote| quote.value += bump(quote.instrument));
    if shuffle > 0 {
        let mut random = Random::new(shuffle);
        yields.sort_by_key(|_| random.bits());
        quotes.sort_by_key(|_| random.bits());
    }
    let bonds =
        par(frame(date("2025-12-31"), interpolation), &yields, ShortYield::BondEquivalent).unwrap();
    let discount =
        market(frame(as_of, Interpolation::FlatForward), &money(&conventions), None).unwrap().curve;
    let single = market(frame(as_of, interpolation), &quotes, None).unwrap();
    quotes.iter_mut().for_each(|quote| {
        quote.value += if let Instrument::Future { .. } = quote.instrument { -0.2 } else { 0.002 }
    });
    [bonds, single, market(frame(as_of, interpolation), &quotes, Some(&discount)).unwrap()]
}

#[test]
fn quotes_are_repriced_under_every_interpolation_in_any_order() {
    for interpolation in every_interpolation() {
        let first = each_bootstrap(interpolation, |_| 0.0, 0);
        first.iter().for_each(assert_reprices);
        for seed in 1..20 {
            assert_eq!(each_bootstrap(interpolation, |_| 0.0, seed), first);
        }
    }
}

/// A central difference of the whole bootstrap, extrapolated by Richardson.
#[test]
fn the_jacobian_is_what_moving_a_quote_does() {
    for interpolation in every_interpolation() {
        for (kind, bootstrap) in each_bootstrap(interpolation, |_| 0.0, 0).iter().enumerate() {
            let jacobian = bootstrap.jacobian().unwrap();
            for (column, moved) in bootstrap.instruments().enumerate() {
                let unit = if let Instrument::Future { .. } = moved { 100.0 } else { 1.0 };
                let difference = |step: f64| -> Vec<f64> {
                    let zeros = |by: f64| {
                        let bootstrap = each_bootstrap(
                            interpolation,
                            |instrument| if instrument == moved { by } else { 0.0 },
                            0,
                        );
                        bootstrap[kind].curve.nodes.iter().map(|node| node.zero).collect::<Vec<_>>()
                    };
                    zeros(step)
                        .iter()
                        .zip(zeros(-step))
                        .map(|(up, down)| (up - down) / (2.0 * step))
                        .collect()
                };
                let (wide, narrow) = (difference(2e-6 * unit), difference(1e-6 * unit));
                for (row, (wide, narrow)) in wide.iter().zip(narrow).enumerate() {
                    let (expected, actual) = ((4.0 * narrow - wide) / 3.0, jacobian[row][column]);
                    assert!(
                        (actual - expected).abs() * unit <= 1e-7,
                        "{interpolation:?} {kind}: node {row} by {moved}: {actual} instead of \
                            {expected}"
                    );
                }
            }
        }
    }
}

/// Where every half year is quoted at one yield, its discount factors are powers of one number
/// whatever lies between.
#[test]
fn flat_par_yields_make_a_flat_curve() {
    let quotes: Vec<_> = (1..=60).map(|half| (Maturity::Months(6 * half), 0.05)).collect();
    for interpolation in every_interpolation() {
        // From 31 December to 30 June is half a year of 360 days.
        let curve = par(
            frame(date("2025-12-31"), interpolation),
            &quotes,
            ShortYield::Simple(DayCount::Thirty360Us),
        )
        .unwrap()
        .curve;
        for (half, node) in (1..).zip(&curve.nodes) {
            let (actual, expected) = (curve.discount(node.time).unwrap(), 1.025f64.powi(-half));
            assert!(
                (actual - expected).abs() < 1e-13,
                "{interpolation:?} {half}: {actual} instead of {expected}"
            );
        }
    }
    // Deposits of one continuous rate: the forward rates between their ends are that rate.
    let (as_of, conventions) =
        (date("2025-02-10"), MoneyMarketConventions { spot_lag: 0, ..usd() });
    let deposits = [3, 6, 12, 24].map(|months| {
        let end = conventions
            .calendar
            .adjust(Maturity::Months(months).after(as_of, false).unwrap(), conventions.roll)
            .unwrap();
        let days = f64::from(end.days() - as_of.days());
        let value = (0.04 * days / 365.0).exp_m1() / (days / 360.0);
        MarketQuote {
            instrument: Instrument::Deposit(Maturity::Months(months)),
            value,
            conventions: &conventions,
        }
    });
    for interpolation in every_interpolation() {
        let curve = market(frame(as_of, interpolation), &deposits, None).unwrap().curve;
        for time in (1..40).map(|i| 0.06 * f64::from(i)) {
            assert!(
                (curve.zero(time).unwrap() - 0.04).abs() < 1e-14,
                "{interpolation:?} at {time}"
            );
        }
    }
}

/// The textbook's bootstrap of half-yearly par bonds, the first of which has one coupon, whether
/// half years are told in years or in tenors; other times below a year are bills'.
#[test]
fn half_a_year_is_the_first_half_yearly_bond() {
    let as_of = date("2026-03-24");
    let rates = [0.04, 0.041, 0.0425, 0.043];
    let curve = |ats: [CurvePoint; 4]| {
        let quotes = ats
            .iter()
            .zip(rates)
            .map(|(&at, rate)| Quoted::new(QuoteKind::Par, at, rate))
            .collect();
        Quotes::new(as_of, quotes).curve().unwrap()
    };
    let years = curve([0.5, 1.0, 1.5, 2.0].map(CurvePoint::Years));
    assert_eq!(
        years,
        curve([6, 12, 18, 24].map(|months| CurvePoint::Tenor(Tenor { months, days: 0 })))
    );
    let mut annuity = 0.0;
    for (node, rate) in years.nodes.iter().zip(rates) {
        let factor = (1.0 - rate / 2.0 * annuity) / (1.0 + rate / 2.0);
        annuity += factor;
        assert!((years.discount(node.time).unwrap() - factor).abs() < 1e-14, "{node:?}");
        let tenor = CurvePoint::Years((node.time * 2.0).round() / 2.0);
        assert!(
            (years.par(CurvePoint::Tenor(tenor_of(tenor)), Frequency::Semiannual).unwrap() - rate)
                .abs()
                < 1e-14
        );
        assert!(
            (years.quote(QuoteKind::Par, tenor.into(), MoneyMarket::Plain, None).unwrap() - rate)
                .abs()
                < 1e-14
        );
    }
    // 182 days and the date of 24 September are of bills.
    let bill = |at: CurvePoint, days: f64| {
        let curve =
            Quotes::new(as_of, vec![Quoted::new(QuoteKind::Par, at, 0.04)]).curve().unwrap();
        assert!(
            (1.0 / curve.discount_at(at).unwrap() - 1.0 - 0.04 * days / 365.0).abs() < 1e-15,
            "{at}"
        );
    };
    bill(CurvePoint::Tenor(Tenor { months: 0, days: 182 }), 182.0);
    bill(CurvePoint::Date(date("2026-09-24")), 184.0);
}

fn tenor_of(at: CurvePoint) -> Tenor {
    let CurvePoint::Years(years) = at else { panic!("{at}") };
    Tenor { months: (12.0 * years) as u16, days: 0 }
}

/// Overnight swaps of a year and more from the spot day of every business day of two years: as many
/// periods as years, each from the day of the last, and none of a few days.
#[test]
fn swaps_from_spot_have_no_stub() {
    let conventions = MoneyMarket::UsdSofr.conventions(DayCount::Act365F).unwrap();
    let days = (date("2023-01-01").days()..date("2025-01-01").days())
        .map(|days| Date::from_days(days).unwrap());
    let mut swaps = 0;
    for as_of in days.filter(|&day| conventions.calendar.is_business_day(day).unwrap()) {
        let spot = conventions.spot(as_of).unwrap();
        for years in 1..=10 {
            let quote = MarketQuote {
                instrument: Instrument::Ois(Maturity::Months(12 * years)),
                value: 0.04,
                conventions: &conventions,
            };
            let curve = market(frame(as_of, Interpolation::FlatForward), &[quote], None).unwrap();
            let periods =
                conventions.periods(spot, Maturity::Months(12 * years), Frequency::Annual).unwrap();
            assert_eq!(periods.len(), years as usize, "{as_of} {years}Y: {periods:?}");
            assert!(
                periods.iter().all(|period| (360..=371).contains(&period.days())),
                "{as_of} {years}Y: {periods:?}"
            );
            assert_reprices(&curve);
            swaps += 1;
        }
    }
    assert_eq!(swaps, 4_990);
}

#[test]
fn positive_forward_rates_are_falling_discount_factors() {
    for bootstrap in each_bootstrap(Interpolation::FlatForward, |_| 0.0, 0) {
        let factors =
            (0..360).map(|month| bootstrap.curve.discount(f64::from(month) / 12.0).unwrap());
        assert!(factors.clone().zip(factors.skip(1)).all(|(before, after)| after < before));
    }
}

#[test]
fn quotes_that_no_curve_meets_are_named() {
    let with = |maturity: Maturity, rate: f64| {
        let quotes = [twelve(), vec![(maturity, rate)]].concat();
        par(
            frame(date("2025-12-31"), Interpolation::LinearZero),
            &quotes,
            ShortYield::BondEquivalent,
        )
        .unwrap_err()
    };
    for (maturity, rate, named) in [
        (Maturity::Months(240), 0.04, "par yield 20Y"),
        (Maturity::Months(300), 0.25, "par yield 25Y"),
        (Maturity::On(date("2030-12-31")), 0.04, "par yield"),
        (Maturity::Days(-5), 0.04, "par yield -5D"),
    ] {
        match with(maturity, rate) {
            Error::Bootstrap { instrument, .. } => {
                assert!(instrument.starts_with(named), "{instrument} instead of {named}")
            }
            other => panic!("{other}"),
        }
    }
    // Beyond any bond's life, and at a maturity between the half years.
    assert!(matches!(with(Maturity::Months(12 * 300), 0.04), Error::Bootstrap { .. }));
    assert!(
        par(frame(date("2025-12-31"), Interpolation::LinearZero), &[], ShortYield::BondEquivalent)
            .is_err()
    );
    assert!(matches!(with(Maturity::Months(13), f64::NAN), Error::OutOfRange { .. }));
}

/// The market's quotes of 10 February 2025 by id, each id's first.
pub fn quoted() -> Vec<(String, f64)> {
    let mut quotes: Vec<(String, f64)> = Vec::new();
    for row in reference::rows("curves/market_quotes_2025-02-10.csv") {
        if quotes.iter().all(|(id, _)| id != row.text("quote_id")) {
            quotes.push((row.text("quote_id").to_owned(), row.number("value")));
        }
    }
    quotes
}

pub fn euro(payment_lag: u8, spot_lag: i32) -> MoneyMarketConventions {
    let floating = Leg { frequency: Frequency::Quarterly, day_count: DayCount::Act360 };
    let fixed = Leg { frequency: Frequency::Annual, day_count: DayCount::Thirty360BondBasis };
    MoneyMarketConventions {
        calendar: "TARGET".parse().unwrap(),
        spot_lag,
        fixed,
        floating,
        payment_lag,
        ..usd()
    }
}

pub fn overnight(
    calendar: &str,
    day_count: DayCount,
    spot_lag: i32,
    payment_lag: u8,
) -> MoneyMarketConventions {
    let leg = Leg { frequency: Frequency::Annual, day_count };
    MoneyMarketConventions {
        calendar: calendar.parse().unwrap(),
        spot_lag,
        day_count,
        fixed: leg,
        floating: leg,
        payment_lag,
        ..usd()
    }
}

/// Bootstraps of real quotes, written to `target/curves.csv` for `pg_test/quantlib_curves.py`.
#[test]
#[ignore = "make quantlib runs it"]
fn curves_beside_quantlib() {
    let quoted = quoted();
    let as_of = date("2025-02-10");
    let of = |prefix: &str, conventions, instrument: &dyn Fn(&str) -> Option<Instrument>| {
        let tail =
            |(id, value): &(String, f64)| Some((instrument(id.strip_prefix(prefix)?)?, *value));
        quoted
            .iter()
            .filter_map(tail)
            .map(|(instrument, value)| MarketQuote { instrument, value, conventions })
            .collect::<Vec<_>>()
    };
    let deposit = |tail: &str| maturity(tail).map(Instrument::Deposit);
    let ois = |tail: &str| maturity(tail).map(Instrument::Ois);
    let swap = |tail: &str| maturity(tail).map(Instrument::Swap);
    let fra = |tail: &str| {
        let Maturity::Months(start) = maturity(tail.strip_suffix("/6M")?)? else { return None };
        Some(Instrument::Fra { start: Maturity::Months(start), end: Maturity::Months(start + 6) })
    };
    let (money, lagged, today) =
        (euro(0, 2), euro(1, 2), overnight("TARGET", DayCount::Act360, 0, 0));
    let future = |tail: &str| {
        let first = date(&format!("{}-01", tail.strip_suffix("/XICE:FEI/3M")?));
        // The third Wednesday is the first one from the 15th on; 2000-01-01 was a Saturday.
        let start =
            Date::from_days(first.days() + 14 + (4 - (first.days() + 14)).rem_euclid(7)).unwrap();
        let end = money
            .calendar
            .adjust(Maturity::Months(3).after(start, false).unwrap(), money.roll)
            .unwrap();
        (first.civil().month() % 3 == 0).then_some(Instrument::Future { start, end, fixed: None })
    };
    let one = |deposit: &'static str| {
        move |tail: &str| (tail == deposit).then(|| Instrument::Deposit(maturity(deposit).unwrap()))
    };
    let estr_conventions = overnight("TARGET", DayCount::Act360, 2, 1);
    let (sonia_conventions, sofr_conventions) =
        (overnight("UK", DayCount::Act365F, 0, 0), overnight("US", DayCount::Act360, 2, 2));
    let estr = [
        of("MM/RATE/EUR/ESTER/0D/", &today, &deposit),
        of("IR_SWAP/RATE/EUR/ESTER/2D/1D/", &estr_conventions, &ois),
    ]
    .concat();
    let sonia = of("IR_SWAP/RATE/GBP/2D/1D/", &sonia_conventions, &ois);
    let sofr = of("IR_SWAP/RATE/USD/SOFR/0D/1D/", &sofr_conventions, &ois);
    let swaps =
        [of("MM/RATE/EUR/2D/", &money, &one("3M")), of("IR_SWAP/RATE/EUR/2D/3M/", &money, &swap)]
            .concat();
    let lagged =
        [of("MM/RATE/EUR/2D/", &lagged, &one("3M")), of("IR_SWAP/RATE/EUR/2D/3M/", &lagged, &swap)]
            .concat();
    let fras =
        [of("MM/RATE/EUR/2D/", &money, &one("6M")), of("FRA/RATE/EUR/", &money, &fra)].concat();
    let futures = [swaps.clone(), of("MM_FUTURE/PRICE/EUR/", &money, &future)].concat();
    let discount = market(frame(as_of, Interpolation::FlatForward), &estr, None).unwrap().curve;

    let mut lines = vec!["case,as_of,interpolation,instrument,quote,time,zero".to_owned()];
    let mut add = |case: &str, values: &[(Instrument, f64)], bootstrap: Bootstrap| {
        assert_reprices(&bootstrap);
        let (as_of, interpolation) = (bootstrap.curve.as_of, bootstrap.curve.interpolation.name());
        for (instrument, node) in bootstrap.instruments().zip(&bootstrap.curve.nodes) {
            let value = values.iter().find(|(other, _)| *other == instrument).unwrap().1;
            lines.push(format!(
                "{case},{as_of},{interpolation},{instrument},{value},{},{}",
                node.time, node.zero
            ));
        }
    };
    for interpolation in [Interpolation::FlatForward, Interpolation::LinearZero] {
        for (case, quotes, discount) in [
            ("estr", &estr, None),
            ("sonia", &sonia, None),
            ("sofr", &sofr, None),
            ("swaps", &swaps, None),
            ("lagged", &lagged, None),
            ("fras", &fras, None),
            ("futures", &futures, None),
            ("dual", &futures, Some(&discount)),
        ] {
            let values: Vec<_> =
                quotes.iter().map(|quote| (quote.instrument, quote.value)).collect();
            add(case, &values, market(frame(as_of, interpolation), quotes, discount).unwrap());
        }
        for row in reference::rows(FILES[0].0).iter().step_by(900) {
            let quotes = yields(row);
            let values: Vec<_> =
                quotes.iter().map(|&(maturity, rate)| (Instrument::Par(maturity), rate)).collect();
            add(
                "par",
                &values,
                par(
                    frame(row.date("date"), interpolation),
                    &quotes,
                    ShortYield::Simple(DayCount::Act365F),
                )
                .unwrap(),
            );
        }
    }
    std::fs::create_dir_all("target").unwrap();
    std::fs::write("target/curves.csv", lines.join("\n") + "\n").unwrap();
}

/// Overnight swaps of SOFR on every business day of two years, written to `target/curves_sofr.csv`
/// for the same script.
#[test]
fn sofr_curves_beside_quantlib() {
    let conventions = MoneyMarket::UsdSofr.conventions(DayCount::Act365F).unwrap();
    let months = [1, 3, 6, 9, 12, 18, 24, 36, 60, 84, 120, 180, 240, 360];
    let mut lines = vec!["as_of,months,quote,time,discount".to_owned()];
    for days in date("2023-01-01").days()..date("2025-01-01").days() {
        let as_of = Date::from_days(days).unwrap();
        if !conventions.calendar.is_business_day(as_of).unwrap() {
            continue;
        }
        let rate = |months: i32| {
            0.043 - 0.006 * (f64::from(months) / 40.0).tanh() + 0.0005 * f64::from(days % 17) / 17.0
        };
        let quote = |months: i32| {
            let instrument = Instrument::Ois(Maturity::Months(months));
            MarketQuote { instrument, value: rate(months), conventions: &conventions }
        };
        let curve = market(frame(as_of, Interpolation::FlatForward), &months.map(quote), None)
            .unwrap()
            .curve;
        for (months, node) in months.iter().zip(&curve.nodes) {
            let discount = curve.discount(node.time).unwrap();
            lines.push(format!("{as_of},{months},{},{},{discount}", rate(*months), node.time));
        }
    }
    std::fs::create_dir_all("target").unwrap();
    std::fs::write("target/curves_sofr.csv", lines.join("\n") + "\n").unwrap();
}
