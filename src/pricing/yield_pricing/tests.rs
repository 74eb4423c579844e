//! What must hold of every bond: each figure by a second route.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::pricing::discounted_flows::tests::flows;
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::tests::{random_bond, random_bond_of_any_kind};
use crate::product::bond::{Bond, BondTerms};
use crate::product::convention::Convention;
use crate::testing::reference::assert_close;
use crate::testing::{Random, settled};
use std::collections::BTreeMap;

/// Random bonds on a settlement date in their lives, and a yield of the market's size.
fn each_settled_bond(count: usize, seed: u64, mut check: impl FnMut(&YieldPricing, f64)) {
    let mut random = Random::new(seed);
    let mut left = count;
    while left > 0 {
        let bond = random_bond(&mut random);
        let settlement = Date::from_days(bond.maturity.days() - 1 - random.below(12_000)).unwrap();
        let ytm = random.between(-0.02, 0.15);
        if let Some(settled) = YieldPricing::new(&bond, settlement).unwrap() {
            check(&settled, ytm);
            left -= 1;
        }
    }
}

#[test]
fn yield_of_price_of_yield() {
    each_settled_bond(200_000, 29, |settled, ytm| {
        let dirty = settled.dirty_price_from_yield(ytm).unwrap();
        let Some(measures) = settled.measures_from_dirty_price(dirty) else {
            assert!(
                settled.position.time_to_next() <= 0.0 && settled.position.coupons == 1,
                "{}",
                settled.bond
            );
            return;
        };
        let error = (measures.ytm - ytm).abs();
        assert!(
            error < 1e-14 * (1.0 + 1.0 / measures.modified_duration),
            "{} on {}: {ytm}, {error:e}",
            settled.bond,
            settled.settlement
        );
    });
}

/// Modified duration and convexity against Richardson-extrapolated central differences of the price
/// function.
#[test]
fn sensitivities_are_the_derivatives_of_the_price() {
    each_settled_bond(50_000, 31, |settled, ytm| {
        let price = |y: f64| settled.dirty_price_from_yield(y).unwrap();
        let dirty = price(ytm);
        let Some(measures) = settled.measures_from_dirty_price(dirty) else { return };
        let first = |h: f64| (price(ytm - h) - price(ytm + h)) / (2.0 * h) / dirty;
        let second = |h: f64| (price(ytm - h) - 2.0 * dirty + price(ytm + h)) / (h * h) / dirty;
        let richardson = |f: &dyn Fn(f64) -> f64, h: f64| (4.0 * f(h / 2.0) - f(h)) / 3.0;
        let scale = measures.modified_duration.abs().max(1e-2);
        let duration_error = (measures.modified_duration - richardson(&first, 2e-4)).abs() / scale;
        let convexity_error =
            (measures.convexity - richardson(&second, 2e-3)).abs() / (measures.convexity + scale);
        let case = || format!("{} on {} at {ytm}", settled.bond, settled.settlement);
        assert!(duration_error < 1e-8, "{}: {measures:?} {duration_error:e}", case());
        assert!(convexity_error < 1e-5, "{}: {measures:?} {convexity_error:e}", case());
    });
}

/// The explained flows add up to the price, their mean time is the Macaulay duration, and the cash
/// is what was promised.
#[test]
fn flows_add_up() {
    each_settled_bond(20_000, 37, |settled, ytm| {
        let dirty = settled.dirty_price_from_yield(ytm).unwrap();
        let Some(measures) = settled.measures_from_dirty_price(dirty) else { return };
        let flows = settled.discounted_flows(measures).unwrap();
        let case = settled.bond.to_string();
        assert_close(
            &case,
            flows.iter().map(|flow| flow.present_value.unwrap()).sum(),
            dirty,
            1e-11,
        );
        let mean =
            flows.iter().map(|flow| flow.present_value.unwrap() * flow.fraction).sum::<f64>()
                / dirty;
        assert!(
            (mean - measures.macaulay_duration).abs() < 1e-10 * (1.0 + mean),
            "{case}: {mean} {measures:?}"
        );
        assert!(flows.windows(2).all(|pair| pair[0].date < pair[1].date));
        assert_eq!(flows.last().map(|flow| flow.date), Some(settled.bond.maturity));
        assert!(flows.first().is_some_and(|flow| flow.date > settled.settlement));
        assert!(
            settled.bond.coupon > 0.0 || flows.len() == 1,
            "{case}: a zero-coupon bond pays once"
        );
        let principal: f64 = settled.cash_flows().unwrap().iter().map(|flow| flow.principal).sum();
        assert_eq!(principal, settled.bond.redemption * settled.bond.holding());
    });
}

#[test]
fn prices_fall_as_yields_rise() {
    each_settled_bond(100_000, 41, |settled, ytm| {
        if settled.position.time_to_next() <= 0.0 {
            return;
        }
        let price = |y: f64| settled.dirty_price_from_yield(y).unwrap();
        assert!(price(ytm) > price(ytm + 1e-6), "{}", settled.bond);
        assert!(price(ytm) > 0.0);
    });
}

#[test]
fn a_bond_that_pays_its_yield_is_worth_par_on_a_coupon_date() {
    let mut random = Random::new(43);
    for _ in 0..50_000 {
        let coupon = f64::from(random.below(2_000)) / 10_000.0;
        let frequency = random.pick(&[
            Frequency::Annual,
            Frequency::Semiannual,
            Frequency::Quarterly,
            Frequency::Monthly,
        ]);
        let terms = BondTerms {
            frequency,
            day_count: DayCount::ActActIcma,
            ..BondTerms::new(coupon, Date::from_days(random.below(20_000)).unwrap())
        };
        let bond = Bond::new(terms).unwrap();
        let settlement = bond.coupon_dates().before(1 + random.below(60)).date();
        let settled = settled(&bond, settlement);
        assert_eq!(settled.accrued(), 0.0);
        assert_close(
            &bond.to_string(),
            settled.dirty_price_from_yield(coupon).unwrap(),
            100.0,
            4e-15,
        );
    }
}

/// Accrued interest grows from nothing on a coupon date to almost the whole coupon the day before
/// the next one.
#[test]
fn interest_accrues_day_by_day() {
    for (text, coupon) in [
        ("6% 2034-03-31 semiannual ACT/ACT", 3.0),
        ("6% 2034-03-31 quarterly 30E/360", 1.5),
        ("6% 2034-02-28 annual 30/360", 6.0),
    ] {
        let bond: Bond = text.parse().unwrap();
        let accrued = |days: i32| settled(&bond, Date::from_days(days).unwrap()).accrued();
        for left in 1..12 {
            let (start, end) = (
                bond.coupon_dates().before(left + 1).date().days(),
                bond.coupon_dates().before(left).date().days(),
            );
            assert_eq!(accrued(start), 0.0, "{text}");
            assert!((start..end - 1).all(|day| accrued(day) <= accrued(day + 1)), "{text}");
            assert!(accrued(end - 1) > coupon * 0.98 && accrued(end - 1) <= coupon, "{text}");
        }
    }
}

/// Century and perpetual-like maturities, the last day, and dates outside the bond's life.
#[test]
fn edges_of_a_life() {
    let date = |text: &str| Date::parse(text).unwrap();
    let bond: Bond = "5% 2030-06-15 issued 2026-01-10 @ 99".parse().unwrap();
    assert!(YieldPricing::new(&bond, date("2026-01-09")).unwrap().is_none());
    assert!(
        YieldPricing::new(&bond, date("2026-01-10"))
            .unwrap()
            .is_some_and(|settled| settled.accrued() == 0.0)
    );
    assert!(YieldPricing::new(&bond, date("2030-06-14")).unwrap().is_some());
    assert!(YieldPricing::new(&bond, date("2030-06-15")).unwrap().is_none());
    let forever: Bond = "5% 9999-12-31".parse().unwrap();
    let consol = settled(&forever, date("2026-01-10"))
        .measures_from_dirty_price(100.0 * 0.05 / 0.04)
        .unwrap();
    assert!((consol.ytm - 0.04).abs() < 1e-3 && consol.modified_duration > 20.0);
    // The flow that is due at once counts undiscounted; where nothing else is left there is no
    // yield.
    let due: Bond = "5% 2026-05-01 30/360".parse().unwrap();
    assert!(settled(&due, date("2026-04-30")).position.fraction > 0.0);
    let due: Bond = "5% 2026-03-31 30E/360".parse().unwrap();
    let settled = settled(&due, date("2026-03-30"));
    assert_eq!(settled.position.fraction, 0.0);
    assert_eq!(settled.measures_from_dirty_price(102.5), None);
}

/// At a price that is the sum of the flows the yield is 0, and every mean is a plain one: no
/// discounting, no exponential.
#[test]
fn nothing_is_lost_at_a_yield_of_zero() {
    let mut random = Random::new(59);
    for _ in 0..20_000 {
        let frequency = random.pick(&[
            Frequency::Annual,
            Frequency::Semiannual,
            Frequency::Quarterly,
            Frequency::Monthly,
        ]);
        let coupon = f64::from(1 + random.below(900)) / 10_000.0;
        let settlement = Date::from_ymd(2026, 6, 15).unwrap();
        let bond = Bond::new(BondTerms {
            frequency,
            ..BondTerms::new(
                coupon,
                Date::from_days(settlement.days() + 200 + random.below(15_000)).unwrap(),
            )
        });
        let bond = bond.unwrap();
        let settled = settled(&bond, settlement);
        if settled.position.coupons == 1 {
            continue;
        }
        let per_year = frequency.per_year();
        let flows: Vec<_> =
            flows(&settled).into_iter().map(|(time, amount)| (time / per_year, amount)).collect();
        let price: f64 = flows.iter().map(|(_, amount)| amount).sum();
        let mean = flows.iter().map(|(time, amount)| time * amount).sum::<f64>() / price;
        let square =
            flows.iter().map(|(time, amount)| time * (time + 1.0 / per_year) * amount).sum::<f64>()
                / price;
        for price in [price, price * (1.0 + 1e-15), price * (1.0 - 1e-13)] {
            let measures = settled.measures_from_dirty_price(100.0 * price).unwrap();
            assert!(measures.ytm.abs() < 1e-12, "{}: {measures:?}", settled.bond);
            assert_close(&settled.bond.to_string(), measures.macaulay_duration, mean, 2e-12);
            assert_close(&settled.bond.to_string(), measures.modified_duration, mean, 2e-12);
            assert_close(&settled.bond.to_string(), measures.convexity, square, 2e-12);
        }
    }
}

/// Every kind of bond under every convention: the yield of its price is the yield, duration and
/// convexity are the price's derivatives, and what is discounted adds up.
#[test]
fn every_kind_under_every_convention() {
    let mut random = Random::new(71);
    let (mut seen, mut priced) = (BTreeMap::new(), 0);
    while priced < 60_000 {
        let bond = random_bond_of_any_kind(&mut random);
        let last = if bond.is_perpetual() {
            bond.issue.unwrap().days() + 12_000
        } else {
            bond.maturity.days()
        };
        let settlement = Date::from_days(last - 1 - random.below(9_000)).unwrap();
        // A calendar that does not reach so far says so.
        let Ok(Some(settled)) = YieldPricing::new(&bond, settlement) else { continue };
        let ytm = random.between(0.001, 0.15);
        let Ok(dirty) = settled.dirty_price_from_yield(ytm) else { continue };
        let Some(measures) = settled.measures_from_dirty_price(dirty) else {
            assert!(
                settled.position.time_to_next() <= 1e-9 && settled.position.coupons == 1
                    || dirty <= settled.accrued()
                    || bond.coupon == 0.0,
                "{bond} on {settlement} at {ytm}"
            );
            continue;
        };
        let case = || format!("{bond} on {settlement} at {ytm}: {dirty} {measures:?}");
        let error = (measures.ytm - ytm).abs();
        assert!(
            error < 1e-13 * (1.0 + 1.0 / measures.modified_duration.abs()),
            "{error:e} {}",
            case()
        );
        let step = 2e-4 * ytm.min(0.02) / 0.02;
        // A discount of more than everything leaves no price.
        if settled.dirty_price_from_yield(ytm + 10.0 * step).is_err() {
            continue;
        }
        let price = |y: f64| settled.dirty_price_from_yield(y).unwrap();
        let richardson = |f: &dyn Fn(f64) -> f64, h: f64| (4.0 * f(h / 2.0) - f(h)) / 3.0;
        let first = |h: f64| (price(ytm - h) - price(ytm + h)) / (2.0 * h) / dirty;
        let second = |h: f64| (price(ytm - h) - 2.0 * dirty + price(ytm + h)) / (h * h) / dirty;
        let scale = measures.modified_duration.abs().max(0.1);
        assert!(
            (measures.modified_duration - richardson(&first, step)).abs() < 1e-6 * scale,
            "{} {}",
            first(step),
            case()
        );
        let bend = measures.convexity.abs() + scale;
        assert!(
            (measures.convexity - richardson(&second, 10.0 * step)).abs() < 1e-4 * bend,
            "{} {}",
            second(step),
            case()
        );
        if !bond.is_perpetual() {
            let flows = settled.discounted_flows(measures);
            let worth: Option<f64> = flows.iter().flatten().map(|flow| flow.present_value).sum();
            if let (Ok(_), Some(worth)) = (flows, worth) {
                assert_close(&case(), worth, dirty, 1e-10);
            }
        }
        *seen.entry(bond.convention.name()).or_insert(0) += 1;
        priced += 1;
    }
    assert_eq!(seen.len(), Convention::WORDS.len(), "{seen:?}");
}

/// A first coupon date that says what the schedule says anyway changes nothing.
#[test]
fn a_regular_first_coupon_may_be_stated() {
    for text in [
        "6% 2030-08-31 semiannual 30/360 issued 2024-08-31",
        "6% 2030-02-28 semiannual 30E/360 issued 2024-08-31",
        "6% 2030-07-15 semiannual ACT/360 issued 2025-01-15",
        "6% 2030-07-15 annual ACT/365F issued 2025-07-15",
    ] {
        let bond: Bond = text.parse().unwrap();
        let issue = bond.issue.unwrap();
        let first =
            bond.coupon_dates().before(bond.coupon_dates().count_after(issue.civil()) - 1).date();
        let stated =
            Bond::new(BondTerms { first_coupon: Some(first), ..bond.clone().into_terms() })
                .unwrap();
        for day in issue.days()..first.days() + 10 {
            let position = |bond| settled(bond, Date::from_days(day).unwrap()).position;
            assert_eq!(position(&bond), position(&stated), "{text}");
        }
        let flows: Vec<f64> =
            settled(&stated, issue).cash_flows().unwrap().iter().map(|flow| flow.coupon).collect();
        assert!(flows.iter().all(|&coupon| coupon == flows[0]), "{text}: {flows:?}");
    }
}

/// Odd first coupons by hand: a part of a period by its days, a whole one as a coupon, accrued by
/// the days.
#[test]
fn odd_first_periods() {
    let date = |text: &str| Date::parse(text).unwrap();
    for (text, settlement, accrued, first) in [
        // short: 44 of 180 days
        (
            "6% 2030-07-15 semiannual 30/360 issued 2026-06-01",
            "2026-07-01",
            3.0 * 30.0 / 180.0,
            3.0 * 44.0 / 180.0,
        ),
        // long: 44 of 180 days and a whole period
        (
            "6% 2030-07-15 semiannual 30/360 issued 2026-06-01 first 2027-01-15",
            "2026-08-15",
            3.0 * 74.0 / 180.0,
            3.0 * 224.0 / 180.0,
        ),
        // 44 of 181 days, then 31 of 184
        (
            "6% 2030-07-15 semiannual ACT/ACT ICMA issued 2026-06-01 first 2027-01-15",
            "2026-08-15",
            3.0 * (44.0 / 181.0 + 31.0 / 184.0),
            3.0 * (44.0 / 181.0 + 1.0),
        ),
        // two whole periods of 184 and 181 days: accrued by the days, paid as two coupons
        (
            "6% 2030-01-15 semiannual ACT/360 issued 2026-07-15 first 2027-07-15",
            "2027-07-14",
            3.0 * 364.0 / 180.0,
            6.0,
        ),
    ] {
        let bond: Bond = text.parse().unwrap();
        let settled = settled(&bond, date(settlement));
        assert_close(text, settled.accrued(), accrued, 1e-15);
        assert_close(text, settled.cash_flows().unwrap()[0].coupon, first, 1e-15);
    }
}

/// Every bit of every figure, on every machine: a number that changes here belongs in the
/// changelog.
#[test]
fn golden_bits() {
    let mut digest = 0u64;
    each_settled_bond(100_000, 53, |settled, ytm| {
        let dirty = settled.dirty_price_from_yield(ytm).unwrap();
        let figures = settled
            .measures_from_dirty_price(dirty)
            .map(|m| [m.ytm, m.macaulay_duration, m.modified_duration, m.convexity]);
        let bits =
            figures.into_iter().flatten().chain([dirty, settled.accrued()]).map(f64::to_bits);
        digest = bits.fold(digest, |digest, bits| {
            (digest ^ bits).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29)
        });
    });
    assert_eq!(digest, 0x9112_6e6f_801b_62eb, "{digest:#x}");
}

/// Close to a payment and at prices that no market knows: the yield that is answered has a price,
/// under every convention.
#[test]
fn a_yield_that_is_answered_has_a_price() {
    let mut random = Random::new(0xb0);
    let (mut answered, mut unknown) = (0, 0);
    for _ in 0..150_000 {
        let bond = random_bond_of_any_kind(&mut random);
        if bond.is_perpetual() {
            continue;
        }
        let settlement = Date::from_days(bond.maturity.days() - 1 - random.below(40)).unwrap();
        let Ok(Some(settled)) = YieldPricing::new(&bond, settlement) else { continue };
        let price = 10f64.powf(random.between(-6.0, 9.0));
        match settled.analytics(price).measures {
            Some(measures) => {
                let priced = settled.dirty_price_from_yield(measures.ytm);
                assert!(
                    priced.is_ok(),
                    "{bond} on {settlement} at {price}: {measures:?}, {priced:?}"
                );
                answered += 1;
            }
            None => unknown += 1,
        }
    }
    assert!(answered > 50_000 && unknown > 1_000, "{answered} {unknown}");
    let bond: Bond =
        "10.799533546246394% 2026-03-27 monthly ACT/360 brazilian @ 188.10763720143913"
            .parse()
            .unwrap();
    assert!(
        settled(&bond, Date::from_ymd(2026, 3, 24).unwrap()).measures(188.10763720143913).is_none()
    );
    // Rounded to three decimals of a percent a yield may pass its bound.
    let bond: Bond = "5% 2026-03-27 municipal".parse().unwrap();
    let settled = settled(&bond, Date::from_ymd(2025, 10, 1).unwrap());
    for price in (0..2_000).map(|i| 1e3 * 1.01f64.powi(i)).take_while(|price| *price < 1e9) {
        let printed = settled.analytics(price).measures.map(|measures| measures.ytm);
        assert!(
            printed.is_none_or(|ytm| settled.dirty_price_from_yield(ytm).is_ok()),
            "{price}: {printed:?}"
        );
    }
}
