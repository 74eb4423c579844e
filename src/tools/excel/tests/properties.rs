//! What Excel's functions must do beside agreeing with Excel's numbers.

use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::testing::Random;
use crate::tools::excel::{bills, bonds, coupons, discount, interest, odd, rates};

/// A settlement and a later maturity.
fn life(random: &mut Random, years: i32) -> (Date, Date) {
    let settlement = Date::from_days(random.below(12_000)).unwrap();
    (settlement, Date::from_days(settlement.days() + 1 + random.below(365 * years)).unwrap())
}

#[test]
fn yields_give_their_prices() {
    let mut random = Random::new(0xe5ce1);
    for _ in 0..20_000 {
        let (settlement, maturity) = life(&mut random, 40);
        let (frequency, basis) = (random.pick(&[1.0, 2.0, 4.0]), f64::from(random.below(5)));
        let (rate, yld) = (random.between(0.0, 0.2), random.between(0.0, 0.3));
        let price =
            |yld| bonds::price(settlement, maturity, rate, yld, 100.0, frequency, basis).unwrap();
        let left = coupons::coupnum(settlement, maturity, frequency, basis).unwrap();
        assert!(price(yld) > price(yld + 1e-4) || left == 1, "{settlement} {maturity}");
        if left > 1 && price(yld) > 0.0 {
            let found =
                bonds::bond_yield(settlement, maturity, rate, price(yld), 100.0, frequency, basis)
                    .unwrap();
            assert!(
                (found - yld).abs() < 2e-10,
                "{settlement} {maturity} {rate} {yld} {frequency} {basis}: {found}"
            );
        }
    }
}

/// From far prices too, where Newton's method does not converge from Excel's start.
#[test]
fn every_price_has_a_yield() {
    let mut random = Random::new(0xfa4);
    for _ in 0..5_000 {
        let (settlement, maturity) = life(&mut random, 60);
        let (frequency, basis) = (random.pick(&[1.0, 2.0, 4.0]), random.pick(&[0.0, 1.0, 4.0]));
        let (rate, pr) = (random.between(0.0, 2.0), 10f64.powf(random.between(-3.0, 5.0)));
        if coupons::coupnum(settlement, maturity, frequency, basis).unwrap() < 2 {
            continue;
        }
        let coupon_days = coupons::coupdays(settlement, maturity, frequency, basis).unwrap();
        if coupons::coupdaybs(settlement, maturity, frequency, basis).unwrap() >= coupon_days {
            continue; // the next coupon is due at once, and a price below it has no yield
        }
        let found = bonds::bond_yield(settlement, maturity, rate, pr, 100.0, frequency, basis);
        assert!(
            found.as_ref().is_ok_and(|yld| yld.is_finite()),
            "{settlement} {maturity} {rate} {pr} {frequency} {basis}: {found:?}"
        );
    }
}

#[test]
fn odd_yields_give_their_prices() {
    let mut random = Random::new(0x0dd);
    for _ in 0..5_000 {
        let (issue, settlement) = life(&mut random, 2);
        let (frequency, basis) = (random.pick(&[1.0, 2.0, 4.0]), f64::from(random.below(5)));
        let (rate, yld) = (random.between(0.0, 0.2), random.between(0.0, 0.3));
        let maturity = Date::from_days(settlement.days() + 1 + random.below(700)).unwrap();
        let price = odd::oddlprice(settlement, maturity, issue, rate, yld, 100.0, frequency, basis)
            .unwrap();
        if let Ok(found) =
            odd::oddlyield(settlement, maturity, issue, rate, price, 100.0, frequency, basis)
        {
            assert!(
                (found - yld).abs() < 1e-9,
                "{issue} {settlement} {maturity} {rate} {yld} {frequency} {basis}: {found}"
            );
        }
        let first = settlement.civil().months_earlier(-random.below(20) - 1, false).date();
        let maturity = first.civil().months_earlier(-12 * (1 + random.below(20)), false).date();
        let terms = (settlement, maturity, issue, first, rate);
        let price = |yld| {
            odd::oddfprice(
                terms.0, terms.1, terms.2, terms.3, terms.4, yld, 100.0, frequency, basis,
            )
        };
        // Excel refuses a first coupon on the 29th to 31st that a maturity at a month end does not
        // lead back to.
        let Ok(value) = price(yld) else { continue };
        assert!(value > price(yld + 1e-4).unwrap());
        if value > 0.0 {
            let found = odd::oddfyield(
                terms.0, terms.1, terms.2, terms.3, terms.4, value, 100.0, frequency, basis,
            )
            .unwrap();
            assert!((found - yld).abs() < 2e-10, "{terms:?} {yld} {frequency} {basis}: {found}");
        }
    }
}

#[test]
fn coupon_days_add_up() {
    let mut random = Random::new(0xc0);
    for _ in 0..20_000 {
        let (settlement, maturity) = life(&mut random, 40);
        let frequency = random.pick(&[1.0, 2.0, 4.0]);
        let days = |f: fn(Date, Date, f64, f64) -> Result<f64>, basis| {
            f(settlement, maturity, frequency, basis).unwrap()
        };
        let (before, after, whole) = (
            days(coupons::coupdaybs, 1.0),
            days(coupons::coupdaysnc, 1.0),
            days(coupons::coupdays, 1.0),
        );
        assert_eq!(before + after, whole);
        let previous = coupons::couppcd(settlement, maturity, frequency, 1.0).unwrap();
        let next = coupons::coupncd(settlement, maturity, frequency, 1.0).unwrap();
        assert!(previous <= settlement && settlement < next && next <= maturity);
        assert_eq!(f64::from(next.days() - previous.days()), whole);
    }
}

#[test]
fn discount_paper_and_bills() {
    let mut random = Random::new(0xb111);
    let close = |actual: f64, expected: f64| {
        assert!((actual - expected).abs() < 1e-10 * expected.abs().max(1.0), "{actual} {expected}")
    };
    for _ in 0..20_000 {
        let (settlement, maturity) = life(&mut random, 1);
        let (basis, rate) = (f64::from(random.below(5)), random.between(0.001, 0.5));
        if discount::yearfrac(settlement, maturity, basis).unwrap() > 0.0 {
            let price = discount::pricedisc(settlement, maturity, rate, 100.0, basis).unwrap();
            close(discount::disc(settlement, maturity, price, 100.0, basis).unwrap(), rate);
            close(discount::received(settlement, maturity, price, rate, basis).unwrap(), 100.0);
            let yld = discount::yielddisc(settlement, maturity, price, 100.0, basis).unwrap();
            close(discount::intrate(settlement, maturity, price, 100.0, basis).unwrap(), yld);
        }
        let price = bills::tbillprice(settlement, maturity, rate).unwrap();
        let days = f64::from(maturity.days() - settlement.days());
        close(
            price * (1.0 + bills::tbillyield(settlement, maturity, price).unwrap() * days / 360.0),
            100.0,
        );
        // The bond-equivalent yield pays the bill's gain, with a coupon half a year before maturity
        // where there is one.
        let equivalent = bills::tbilleq(settlement, maturity, rate).unwrap();
        let growth = if days <= 182.0 {
            1.0 + equivalent * days / 365.0
        } else {
            (1.0 + equivalent * (days / 365.0 - 0.5)) * (1.0 + equivalent / 2.0)
        };
        close(price * growth, 100.0);
    }
}

#[test]
fn interest_at_maturity() {
    let mut random = Random::new(0x1a7);
    for _ in 0..20_000 {
        let (issue, settlement) = life(&mut random, 5);
        let maturity = Date::from_days(settlement.days() + 2 + random.below(4_000)).unwrap();
        let (basis, rate, yld) =
            (f64::from(random.below(5)), random.between(0.0, 0.2), random.between(0.0, 0.3));
        let pr = interest::pricemat(settlement, maturity, issue, rate, yld, basis).unwrap();
        if let Ok(found) = interest::yieldmat(settlement, maturity, issue, rate, pr, basis) {
            assert!(
                (found - yld).abs() < 1e-9,
                "{issue} {settlement} {maturity} {basis}: {found} {yld}"
            );
        }
    }
}

/// Whole years earn the rate, but for the days by which ACT/360 finds the period of settlement
/// longer.
#[test]
fn interest_of_whole_periods() {
    let date = |text| Date::parse(text).unwrap();
    for (basis, frequency) in
        (0..5).flat_map(|basis| [1.0, 2.0, 4.0].map(|frequency| (f64::from(basis), frequency)))
    {
        for (settlement, calc_method, earned) in [
            ("2004-05-15", true, 180.0),
            ("2004-05-15", false, 180.0),
            ("2006-05-15", true, 300.0),
            ("2006-05-15", false, 120.0),
        ] {
            let dates = (date("2001-05-15"), date("2004-05-15"), date(settlement));
            let accrued = interest::accrint(
                dates.0,
                dates.1,
                dates.2,
                0.06,
                1000.0,
                frequency,
                basis,
                calc_method,
            )
            .unwrap();
            let longest = if basis == 2.0 { 1.0 } else { 0.25 };
            assert!(
                (accrued - earned).abs() <= longest,
                "{settlement} {basis} {frequency} {calc_method}: {accrued}"
            );
        }
    }
}

#[test]
fn rates_of_return_bring_values_to_nothing() {
    let mut random = Random::new(0x1bb);
    for _ in 0..2_000 {
        let mut values = vec![-100.0];
        let mut dates = vec![Date::from_days(8_000).unwrap()];
        for year in 1..=random.below(10) + 2 {
            values.push(random.between(5.0, 60.0));
            dates.push(Date::from_days(8_000 + 365 * year).unwrap());
        }
        if values.iter().sum::<f64>() < 1.0 {
            continue;
        }
        let (irr, xirr) = (rates::irr(&values, 0.1), rates::xirr(&values, &dates, 0.1).unwrap());
        let Ok(irr) = irr else { continue };
        assert!(rates::npv(irr, &values).unwrap().abs() < 1e-5, "{values:?}");
        assert!((irr - xirr).abs() < 2e-8 * (1.0 + irr), "{irr} {xirr}");
    }
    for (rate, periods) in [(0.0525, 4.0), (1e-9, 12.0), (3.0, 1.0)] {
        let effective = rates::effect(rate, periods).unwrap();
        assert!((rates::nominal(effective, periods).unwrap() - rate).abs() < 1e-15 * rate.max(1.0));
    }
}

/// Where Excel's own search fails: a loss sought from the default guess (a case of C. Flock, "11
/// financial calculations that you can't do in Excel", 2011), losses of which Microsoft's forum
/// reports 2.98e-9, and guesses on the other side of the rate.
#[test]
fn xirr_is_found_wherever_it_is() {
    let dates =
        |texts: &[&str]| texts.iter().map(|text| Date::parse(text).unwrap()).collect::<Vec<_>>();
    let flock = [
        "2010-04-01",
        "2010-04-01",
        "2010-04-01",
        "2010-04-01",
        "2010-11-08",
        "2011-02-01",
        "2011-03-15",
        "2011-05-12",
        "2011-08-31",
    ];
    for (values, days, rate) in [
        (
            vec![5290.5, 5290.5, 5290.5, 5290.5, 6273.2, 5417.2, 5492.05, 5486.15, -20004.0],
            dates(&flock),
            -0.592_046_674,
        ),
        (vec![55_600.0, -51_094.83], dates(&["2021-11-24", "2021-12-24"]), -0.642_308),
        (
            vec![-10_000.0, 1_000.0, 2_000.0, 3_000.0],
            dates(&["2015-01-01", "2015-02-01", "2015-03-01", "2015-04-01"]),
            -0.926_186_835,
        ),
        (vec![-100.0, 50.0], dates(&["2021-01-01", "2022-01-01"]), -0.5),
        (vec![-100.0, 200.0], dates(&["2021-01-01", "2022-01-01"]), 1.0),
        (vec![-1.0, 1e6], dates(&["2021-01-01", "2022-01-01"]), 999_999.0),
        (vec![-1e6, 1.0], dates(&["2021-01-01", "2022-01-01"]), -0.999_999),
    ] {
        for guess in [0.1, 0.0, -0.1, -0.9, -0.999_999_9, 0.5, 10.0, 1e6] {
            let found = rates::xirr(&values, &days, guess).unwrap();
            assert!(
                (found - rate).abs() < 5e-7 * rate.max(1.0),
                "{values:?} from {guess}: {found}"
            );
        }
    }
    // Only one sign at any time, or all on one day: no rate.
    let day = dates(&["2021-01-01", "2021-01-01"]);
    assert!(
        rates::xirr(&[-100.0, 50.0], &day, 0.1).is_err()
            && rates::xirr(&[-100.0, 50.0], &day, -0.5).is_err()
    );
    // Two rates: that nearest to the guess.
    let two = [-100.0, 230.0, -132.0];
    let days = dates(&["2021-01-01", "2022-01-01", "2023-01-01"]);
    for (guess, rate) in [(0.09, 0.1), (0.15, 0.2), (0.3, 0.2)] {
        let [irr, xirr] =
            [rates::irr(&two, guess), rates::xirr(&two, &days, guess)].map(Result::unwrap);
        assert!((irr - 0.1).abs() < 1e-6 || (irr - 0.2).abs() < 1e-6, "{irr}");
        assert!((xirr - 0.1).abs() < 1e-6 || (xirr - rate).abs() < 1e-6, "{xirr} from {guess}");
    }
    // Microsoft's own example prints where the search stops, 2e-9 beside the solution.
    let values = [-10_000.0, 2_750.0, 4_250.0, 3_250.0, 2_750.0];
    let days = dates(&["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]);
    assert_eq!(format!("{:.9}", rates::xirr(&values, &days, 0.1).unwrap()), "0.373362535");
}

/// Random losses and gains, from any guess, one period apart and dated: the rate that a long
/// bisection finds.
#[test]
fn every_rate_of_return_is_found() {
    let mut random = Random::new(0x1bb2);
    for _ in 0..3_000 {
        let count = 2 + random.below(8);
        let mut values = vec![-100.0];
        values.extend(
            (1..count)
                .map(|_| random.between(0.0, 300.0 / f64::from(count)) * random.between(0.0, 1.0)),
        );
        let dates: Vec<Date> =
            (0..count).map(|year| Date::from_days(8_000 + 365 * year).unwrap()).collect();
        let value = |growth: f64| {
            values
                .iter()
                .enumerate()
                .map(|(i, value)| value * growth.powi(-(i as i32)))
                .sum::<f64>()
        };
        let (mut low, mut high): (f64, f64) = (1e-9, 1e9);
        for _ in 0..400 {
            let middle = (low * high).sqrt();
            if value(middle) > 0.0 { low = middle } else { high = middle }
        }
        let guess = random.pick(&[0.1, -0.1, -0.9, 0.0, 2.0, -0.5]);
        let found =
            [rates::irr(&values, guess).unwrap(), rates::xirr(&values, &dates, guess).unwrap()];
        assert!(
            found.iter().all(|rate| (rate + 1.0 - low).abs() < 2e-8 * low.max(0.5)),
            "{values:?} from {guess}: {found:?}, {}",
            low - 1.0
        );
    }
}

/// Excel leaves out the decimals of arguments that are whole, and takes a rate below -1 in NPV.
#[test]
fn whole_arguments_are_truncated() {
    assert_eq!(rates::npv(-1.5, &[-100.0, 10.0, 10.0, 100.0]), Ok(1760.0));
    assert!(rates::npv(-1.0, &[1.0]).is_err() && rates::npv(f64::NAN, &[1.0]).is_err());
    let close = |actual: f64, expected: f64| {
        assert!((actual - expected).abs() < 1e-15, "{actual} {expected}")
    };
    close(rates::effect(0.6, 1.7).unwrap(), 0.6);
    close(rates::nominal(0.6, 1.7).unwrap(), 0.6);
    close(rates::effect(0.0525, 4.9).unwrap(), rates::effect(0.0525, 4.0).unwrap());
    assert!(
        rates::effect(0.05, 0.9).is_err()
            && rates::effect(0.05, f64::NAN).is_err()
            && rates::nominal(0.05, 1e300).is_err()
    );
    let (settlement, maturity) =
        (Date::parse("2008-02-15").unwrap(), Date::parse("2017-11-15").unwrap());
    let price = |frequency, basis| {
        bonds::price(settlement, maturity, 0.0575, 0.065, 100.0, frequency, basis)
    };
    assert_eq!(price(2.9, 1.7), price(2.0, 1.0));
    assert!(
        price(3.9, 0.0).is_err()
            && price(2.0, 5.0).is_err()
            && price(f64::NAN, 0.0).is_err()
            && price(2.0, f64::INFINITY).is_err()
    );
    assert_eq!(
        bonds::mduration(settlement, maturity, 0.05, 0.06, 2.9, 0.0),
        bonds::mduration(settlement, maturity, 0.05, 0.06, 2.0, 0.0)
    );
}
