//! The forms of a bond: text, JSON and bytes read back to the same bits, and nothing invalid gets
//! in by any of them.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::Error;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::product::bond::{Bond, BondTerms, ExDividend, Step};
use crate::product::convention::Convention;
use crate::testing::{Random, settled};

/// A random valid bond of level coupons in the conventions of issue, with an odd first period or
/// without.
pub fn random_bond(random: &mut Random) -> Bond {
    let words = |random: &mut Random| {
        (
            random.pick(&[
                Frequency::Annual,
                Frequency::Semiannual,
                Frequency::Quarterly,
                Frequency::Monthly,
            ]),
            random.pick(&[
                DayCount::Thirty360Us,
                DayCount::Thirty360E,
                DayCount::ActActIcma,
                DayCount::Act360,
                DayCount::Act365F,
            ]),
            random.pick(&[Convention::Street, Convention::Compounded, Convention::UsTreasury]),
        )
    };
    loop {
        let (frequency, day_count, convention) = words(random);
        let maturity = Date::from_days(random.below(60_000) - 20_000).unwrap();
        let terms = BondTerms {
            frequency,
            day_count,
            convention,
            end_of_month: random.below(4) > 0,
            issue: (random.below(2) == 0)
                .then(|| Date::from_days(maturity.days() - 1 - random.below(12_000)).unwrap()),
            redemption: if random.below(4) == 0 { random.between(1.0, 200.0) } else { 100.0 },
            price: (random.below(2) == 0).then(|| random.between(1e-3, 200.0)),
            notional: (random.below(2) == 0).then(|| random.between(-1e9, 1e9)),
            ..BondTerms::new(
                if random.below(8) == 0 {
                    0.0
                } else {
                    random.unit() * 10f64.powi(-random.below(6))
                },
                maturity,
            )
        };
        let bond = Bond::new(terms.clone()).unwrap();
        let grid = bond.coupon_dates();
        let first = terms
            .issue
            .map(|issue| grid.before(grid.count_after(issue.civil()) - 1 - random.below(2)).date());
        let first_coupon = first.filter(|&first| random.below(2) == 0 && first <= maturity);
        let last_coupon = Some(grid.before(1).date())
            .filter(|&last| random.below(4) == 0 && first.is_none_or(|first| first <= last));
        if let Ok(bond) = Bond::new(BondTerms { first_coupon, last_coupon, ..terms.clone() }) {
            return bond;
        }
    }
}

/// A random bond of any kind: every frequency, day count and convention, odd last periods, steps,
/// ex-dividend periods, calendars, bills, interest at maturity, perpetuals.
pub fn random_bond_of_any_kind(random: &mut Random) -> Bond {
    fn any<T: Vocabulary>(random: &mut Random) -> T {
        T::WORDS[random.below(T::WORDS.len() as i32) as usize].value
    }
    loop {
        let plain = random_bond(random);
        let (maturity, issue) = (plain.maturity, plain.issue);
        let mut terms = BondTerms {
            frequency: any(random),
            day_count: any(random),
            convention: any(random),
            first_coupon: None,
            last_coupon: None,
            ..plain.into_terms()
        };
        let details = terms.optional.edit();
        details.calendar = random
            .pick(&["weekends", "US", "UK", "TARGET", "US+UK", "BR", "JP+{2031-02-03}"])
            .parse()
            .unwrap();
        details.roll = any(random);
        details.ex_dividend = (random.below(3) == 0).then(|| ExDividend {
            days: 1 + random.below(20) as u8,
            business: random.below(2) == 0,
        });
        details.settlement_lag = (random.below(2) == 0).then(|| random.below(5) as u8);
        details.currency = (random.below(2) == 0).then(|| "EUR".parse().unwrap());
        match random.below(6) {
            0 => {
                terms.last_coupon =
                    Some(Date::from_days(maturity.days() - 1 - random.below(500)).unwrap())
            }
            1 => terms.maturity = Date::FOREVER,
            2 | 3 => {
                let level = Bond::new(terms.clone()).ok();
                let mut steps: Vec<Step> = (0..random.below(4))
                    .filter_map(|n| {
                        let from = level
                            .as_ref()?
                            .coupon_dates()
                            .before(1 + 4 * n + random.below(4))
                            .date();
                        issue
                            .is_none_or(|issue| from > issue)
                            .then(|| Step { from, coupon: random.unit() * 0.1 })
                    })
                    .collect();
                steps.sort_by_key(|step| step.from);
                terms.optional.edit().steps = steps;
            }
            _ => {}
        }
        if let Ok(bond) = Bond::new(terms) {
            return bond;
        }
    }
}

#[test]
fn every_form_reads_back_to_the_same_bond() {
    let mut random = Random::new(3);
    for round in 0..200_000 {
        let bond = if round % 2 == 0 {
            random_bond(&mut random)
        } else {
            random_bond_of_any_kind(&mut random)
        };
        let text = bond.to_string();
        assert_eq!(text.parse::<Bond>(), Ok(bond.clone()), "{text}");
        let bytes = bond.to_bytes();
        assert_eq!(Bond::from_bytes(&bytes), Ok(bond.clone()), "{text}");
        assert_eq!(Bond::from_json(bond.to_json()), Ok(bond.clone()), "{text}");
        assert_eq!(text.parse::<Bond>().unwrap().to_string(), text);
    }
}

/// A dump holds the text, so that even the longest must read back.
#[test]
fn the_longest_text_reads_back() {
    let from = |n: i32| Date::from_ymd(2030 + n / 12, 1 + n % 12, 15).unwrap();
    let mut terms = BondTerms::new(f64::MIN_POSITIVE, Date::parse("2060-01-15").unwrap());
    terms.frequency = Frequency::Monthly;
    let details = terms.optional.edit();
    details.steps = (0..200)
        .map(|n| Step { from: from(n), coupon: f64::MIN_POSITIVE * (1.0 + f64::from(n) / 3.0) })
        .collect();
    let holidays = (0..1_000)
        .map(|n| from(200).days() + n)
        .map(|days| Date::from_days(days).unwrap().to_string());
    details.calendar = format!("{{{}}}", holidays.collect::<Vec<_>>().join(",")).parse().unwrap();
    let bond = Bond::new(terms).unwrap();
    assert_eq!(bond.to_string().parse(), Ok(bond));
}

/// The stored form is a promise to every database that holds one: these bytes are read for ever.
#[test]
fn golden_bytes_of_version_1() {
    for (text, bytes) in [
        ("4.45% 2028-02-23 semiannual 30/360", "01020101000000002828000062105839b4c8a63f"),
        (
            "4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000",
            "01020101310000002828000062105839b4c8a63f06210000cdcccccccc9c594000000000d0126341",
        ),
        (
            "0% 2099-12-31 monthly ACT/ACT ICMA issued 2020-02-29 first 2020-03-31 last 2099-11-30 \
                redemption 101.5 us_treasury @ 1 x -5",
            "010c03033f000080ac8e00000000000000000000c41c0000e31c00008d8e00000000000000605940000000000000f03f00000000000014c0",
        ),
        (
            "5% 2030-06-30 annual ACT/365F no-eom compounded",
            "0101050240000000822b00009a9999999999a93f",
        ),
        (
            "5% 2034-06-15 semiannual 30/360 steps 2027-06-15:5.5% calendar US roll following ex 7b \
                lag 2 currency USD @ 99",
            concat!(
                "0102010190000000",
                "283100009a9999999999a93f",
                "0000000000c05840",
                "0105000101000000",
                "02010001",
                "0302000701",
                "04010002",
                "050300555344",
                "060c002b270000295c8fc2f528ac3f",
            ),
        ),
    ] {
        let bond: Bond = text.parse().unwrap();
        let hex: String = bond.to_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, bytes, "{text}");
        assert_eq!(bond.to_string(), text);
    }
}

/// An older release meets a term that it does not know: it refuses the value by the term's tag.
#[test]
fn sections_that_are_unknown_or_malformed_are_refused() {
    let plain = "5% 2034-06-15 @ 99".parse::<Bond>().unwrap().to_bytes();
    let with = |sections: &[u8]| {
        let mut bytes = plain.clone();
        bytes[4] |= 1 << 7;
        bytes.extend_from_slice(sections);
        Bond::from_bytes(&bytes).map(|bond| bond.to_string()).map_err(|error| error.to_string())
    };
    let (usd, lag) = ([5, 3, 0, b'U', b'S', b'D'], [4, 1, 0, 2]);
    assert_eq!(with(&usd).unwrap(), "5% 2034-06-15 semiannual 30/360 currency USD @ 99");
    for (sections, why) in [
        (&[7, 1, 0, 0][..], "section 7 is unknown to this release"),
        (&[0, 0, 0], "section 0 is unknown to this release"),
        (&[&usd[..], &lag].concat(), "section 4 is out of order"),
        (&[usd, usd].concat(), "section 5 is out of order"),
        (&[5, 4, 0, b'U', b'S', b'D', b'D'], "1 bytes too many"),
        (&[5, 2, 0, b'U', b'S'], "ends too early"),
        (&[5, 3, 0, b'U', b'S'], "ends too early"),
        (&[5], "ends too early"),
        (&[], "ends too early"),
        (&[2, 1, 0, 0], "a default value is spelled out"),
    ] {
        let refused = with(sections).unwrap_err();
        assert!(refused.contains(why), "{sections:?}: {refused}");
    }
}

#[test]
fn text_is_read_in_any_order_and_spelling() {
    for (text, canonical) in [
        ("4.45% 2028-02-23", "4.45% 2028-02-23 semiannual 30/360"),
        ("  4.450%   2028-02-23 ", "4.45% 2028-02-23 semiannual 30/360"),
        (
            "4.45% 2028-02-23 x 1e7 @ 102.45 issued 2023-02-23 30_360 S",
            "4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000",
        ),
        (
            "0.125% 2028-02-29 ACT/ACT ICMA Q US_Treasury",
            "0.125% 2028-02-29 quarterly ACT/ACT ICMA us_treasury",
        ),
        ("10000% 2028-02-29 act_365f 1", "10000% 2028-02-29 annual ACT/365F"),
        ("1e-3% 2028-02-29 eom redemption 100", "0.001% 2028-02-29 semiannual 30/360"),
        ("0% 2028-02-29 x -0", "0% 2028-02-29 semiannual 30/360 x 0"),
    ] {
        assert_eq!(
            text.parse::<Bond>().map(|bond| bond.to_string()).as_deref(),
            Ok(canonical),
            "{text}"
        );
    }
}

/// Bits flipped, bytes cut off or added: refused, or a value that obeys every rule and reads back.
#[test]
fn mutated_bytes_are_refused_or_valid() {
    let mut random = Random::new(17);
    let mut accepted = 0;
    for _ in 0..500_000 {
        let mut bytes = random_bond(&mut random).to_bytes();
        for _ in 0..=random.below(3) {
            let at = random.below(bytes.len() as i32) as usize;
            match random.below(8) {
                0 => bytes.truncate(at),
                1 => bytes.push(random.bits() as u8),
                _ => bytes[at] ^= 1 << random.below(8),
            }
            if bytes.is_empty() {
                break;
            }
        }
        if let Ok(bond) = Bond::from_bytes(&bytes) {
            accepted += 1;
            assert_eq!(bond.to_bytes(), bytes);
            assert_eq!(bond.to_string().parse(), Ok(bond.clone()));
        }
    }
    assert!(accepted > 1_000, "{accepted}");
}

#[test]
fn mutated_text_never_panics() {
    let mut random = Random::new(19);
    for _ in 0..500_000 {
        let mut text: Vec<char> = random_bond(&mut random).to_string().chars().collect();
        for _ in 0..=random.below(4) {
            let at = random.below(text.len() as i32) as usize;
            text[at] = random
                .pick(&['0', '9', '-', '%', ' ', '.', 'e', 'x', '@', 'A', '/', 'é', '\u{0}', '∞']);
        }
        let text: String = text.into_iter().collect();
        if let Ok(bond) = text.parse::<Bond>() {
            assert_eq!(bond.to_string().parse(), Ok(bond.clone()));
        }
    }
}

/// One constructor guards all ways in: the same invalid terms are refused with the same error from
/// each.
#[test]
fn every_way_in_refuses_the_same() {
    let date = |text: &str| Date::parse(text).unwrap();
    let good = || BondTerms::new(0.05, date("2030-06-15"));
    let invalid = [
        BondTerms { coupon: -0.01, ..good() },
        BondTerms { coupon: 200.1, ..good() },
        BondTerms { redemption: 0.0, ..good() },
        BondTerms { redemption: 1e10, ..good() },
        BondTerms { price: Some(0.0), ..good() },
        BondTerms { price: Some(-1.0), ..good() },
        BondTerms { price: Some(1e10), ..good() },
        BondTerms { notional: Some(1e16), ..good() },
        BondTerms { issue: Some(date("2030-06-15")), ..good() },
        BondTerms { issue: Some(date("2031-01-01")), ..good() },
        BondTerms { first_coupon: Some(date("2026-06-15")), ..good() },
        BondTerms {
            issue: Some(date("2026-01-15")),
            first_coupon: Some(date("2026-01-15")),
            ..good()
        },
        BondTerms {
            issue: Some(date("2026-01-15")),
            first_coupon: Some(date("2026-06-16")),
            ..good()
        },
        BondTerms {
            issue: Some(date("2026-01-15")),
            first_coupon: Some(date("2030-12-15")),
            ..good()
        },
        BondTerms { last_coupon: Some(date("2030-06-15")), ..good() },
        BondTerms {
            issue: Some(date("2030-01-01")),
            last_coupon: Some(date("2029-12-15")),
            ..good()
        },
        BondTerms {
            issue: Some(date("2029-01-01")),
            first_coupon: Some(date("2030-06-15")),
            last_coupon: Some(date("2029-12-15")),
            ..good()
        },
    ];
    for terms in invalid {
        let refused = Bond::new(terms.clone()).unwrap_err();
        // What `Bond::new` would not make, written down all the same.
        let written = Bond::unchecked(terms);
        assert_eq!(Bond::from_bytes(&written.to_bytes()).unwrap_err(), refused, "{written}");
        assert_eq!(Bond::from_json(written.to_json()).unwrap_err(), refused, "{written}");
        match written.to_string().parse::<Bond>().unwrap_err() {
            Error::Syntax { .. } => panic!("{written} was not understood"),
            error => assert_eq!(error, refused, "{written}"),
        }
    }
    for coupon in [f64::NAN, f64::INFINITY] {
        assert!(Bond::new(BondTerms { coupon, ..good() }).is_err());
        assert!(
            Bond::from_bytes(&Bond::unchecked(BondTerms { coupon, ..good() }).to_bytes()).is_err()
        );
    }
}

#[test]
fn order_and_hash_follow_equality() {
    let mut random = Random::new(23);
    let bonds: Vec<Bond> = (0..2_000).map(|_| random_bond(&mut random)).collect();
    for a in &bonds {
        for b in bonds.iter().step_by(17) {
            assert_eq!(a.cmp(b), b.cmp(a).reverse());
            assert_eq!(a == b, a.cmp(b).is_eq());
            assert_eq!(a == b, a.to_bytes() == b.to_bytes());
        }
    }
    let mut sorted = bonds.clone();
    sorted.sort();
    assert!(
        sorted.windows(2).all(|pair| pair[0] <= pair[1] && pair[0].maturity <= pair[1].maturity)
    );
    assert_eq!("5% 2030-06-15".parse::<Bond>().unwrap().hash_code(0), 13_533_497_527_272_088_613);
}

#[test]
fn words_are_unambiguous() {
    let frequencies =
        Frequency::WORDS.iter().flat_map(|word| word.aliases.iter().chain([&word.name]));
    for spelling in frequencies {
        assert!(
            DayCount::find(spelling).is_none() && Convention::find(spelling).is_none(),
            "{spelling}"
        );
    }
    for word in DayCount::WORDS {
        assert!(word.aliases.iter().all(|alias| DayCount::find(alias) == Some(word.value)));
        assert_eq!(DayCount::from_code(word.value as u8), Some(word.value));
    }
}

/// The end-of-month rule holds unless the first coupon, or else the issue date, lies whole periods
/// away on the same day of the month without being its last.
#[test]
fn the_issue_date_tells_the_end_of_month_rule() {
    for (text, settlement, accrued, next) in [
        ("4% 2028-09-30 issued 2023-03-30", "2024-03-30", 0.0, "2024-09-30"),
        ("4% 2028-09-30 issued 2023-03-31", "2024-03-31", 0.0, "2024-09-30"),
        ("4% 2028-09-30", "2024-03-31", 0.0, "2024-09-30"),
        ("4% 2028-09-30 issued 2023-05-15", "2024-03-31", 0.0, "2024-09-30"),
        ("4% 2028-09-30 issued 2023-05-15 first 2023-09-30", "2024-03-31", 0.0, "2024-09-30"),
        ("4% 2027-02-28 issued 2023-02-28", "2024-08-31", 0.0, "2025-02-28"),
        ("4% 2027-02-28 issued 2023-08-28", "2024-08-28", 0.0, "2025-02-28"),
        ("4% 2027-02-28 issued 2023-05-15 first 2023-08-28", "2024-08-28", 0.0, "2025-02-28"),
        ("4% 2027-02-28 issued 2023-05-15 first 2023-08-31", "2024-08-31", 0.0, "2025-02-28"),
        ("4% 2027-02-28 annual ACT/ACT issued 2024-02-28", "2024-02-28", 0.0, "2025-02-28"),
        ("4% 2027-02-28 issued 2023-02-28 last 2026-08-31", "2026-09-30", 2.0 / 6.0, "2027-02-28"),
        ("4% 2027-05-15 annual issued 2024-02-28 last 2027-02-28", "2026-02-28", 0.0, "2027-02-28"),
    ] {
        let bond: Bond = text.parse().unwrap();
        let settled = settled(&bond, Date::parse(settlement).unwrap());
        assert!((settled.accrued() - accrued).abs() < 1e-12, "{text}: {}", settled.accrued());
        assert_eq!(settled.cash_flows().unwrap()[0].date.to_string(), next, "{text}");
        let stored = Bond::from_stored(&bond.to_bytes()).unwrap();
        assert_eq!(
            (&stored, stored.counts_month_ends()),
            (&bond, bond.counts_month_ends()),
            "{text}"
        );
    }
    let bond: Bond = "4% 2027-02-28 annual ACT/ACT issued 2024-02-28".parse().unwrap();
    let coupons: Vec<f64> = settled(&bond, Date::parse("2024-02-28").unwrap())
        .cash_flows()
        .unwrap()
        .iter()
        .map(|flow| flow.coupon)
        .collect();
    assert_eq!(coupons, [4.0, 4.0, 4.0]);
    // A flag that the dates do not bear out is refused from a sender.
    let mut bytes = bond.to_bytes();
    bytes[7] |= 0x80;
    assert!(Bond::from_bytes(&bytes).is_err());
}
