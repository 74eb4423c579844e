//! Figures of markets under their own practice, as `bond(market => ...)` gives it.

use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::basics::vocabulary::{Vocabulary, is_spelled};
use crate::pricing::explain::explain;
use crate::product::bond::Bond;
use crate::product::convention::Convention;
use crate::product::market_preset::MarketPreset;
use crate::testing::{Random, settled};

fn accrued(bond: &str, settlement: &str) -> f64 {
    let bond: Bond = bond.parse().unwrap();
    settled(&bond, Date::parse(settlement).unwrap()).accrued()
}

/// IIAC, Canadian Conventions in Fixed Income Markets 1.3: the 5 % of 2008 on two days; days over
/// 365 from issue to the end of an odd period, and of one that pays only at maturity.
#[test]
fn canadian_interest_accrues_by_days_over_365() {
    let long_first = "5% 2030-06-01 market canadian_government issued 2024-10-01 first 2025-06-01";
    let at_maturity = "5% 2030-06-01 none act/365f canadian issued 2024-10-01";
    for (bond, settlement, expected) in [
        ("5% 2008-02-01 market canadian_government", "2005-12-01", 1.671_232_877),
        ("5% 2008-02-01 market canadian_government", "2006-01-31", 2.486_301_370),
        (
            "2.25% 2029-06-01 market canadian_government issued 2018-07-27",
            "2018-10-16",
            0.499_315_068,
        ),
        (long_first, "2024-11-15", 5.0 * 45.0 / 365.0),
        (long_first, "2025-01-15", 5.0 * 106.0 / 365.0),
        (long_first, "2025-05-31", 5.0 * 242.0 / 365.0),
        (at_maturity, "2029-06-02", 5.0 * 1705.0 / 365.0),
        ("5% 2008-02-01 market canadian_government ex 10d", "2006-01-25", -5.0 * 7.0 / 365.0),
    ] {
        let accrued = accrued(bond, settlement);
        assert!((accrued - expected).abs() < 1e-9, "{bond} {settlement}: {accrued}");
    }
}

/// Clean price and accrued interest of Canadian bonds at 4 %, as rateslib's suite quotes them: the
/// yield knows another accrued interest than the invoice.
#[test]
fn canadian_prices() {
    for (bond, settlement, clean, accrued) in [
        ("2.75% 2033-06-01 market canadian_government", "2024-11-26", 91.055_145, 1.341_096),
        ("2.75% 2033-06-01 market canadian_government", "2024-12-02", 91.069_934, 0.007_534),
        ("2.75% 2033-06-01 market canadian_government", "2024-06-03", 90.634_570, 0.015_068),
        ("3.75% 2025-02-01 market canadian_government", "2024-07-17", 99.866_051, 1.715_753),
        ("3.75% 2025-02-01 market canadian_government", "2024-08-01", 99.839_907, 0.0),
        ("3.75% 2025-02-01 market canadian_government", "2024-08-07", 99.842_641, 0.061_644),
    ] {
        let sheet: Bond = bond.parse().unwrap();
        let settled = settled(&sheet, Date::parse(settlement).unwrap());
        let found = (settled.clean_price_from_yield(0.04).unwrap(), settled.accrued());
        assert!(
            (found.0 - clean).abs() < 5.1e-7 && (found.1 - accrued).abs() < 5.1e-7,
            "{bond} {settlement}: {found:?}"
        );
        let measures = settled.measures(found.0).unwrap();
        assert!((measures.ytm - 0.04).abs() < 1e-14);
        let price = |ytm: f64| settled.dirty_price_from_yield(ytm).unwrap();
        let slope = (price(0.04 - 1e-5) - price(0.04 + 1e-5)) / 2e-5 / price(0.04);
        assert!((measures.modified_duration - slope).abs() < 1e-7, "{bond} {settlement}: {slope}");
    }
}

/// AOFM, pricing formulae for Treasury bonds: who buys the final coupon alone, be it before the one
/// but last is paid, pays by simple interest to the day of payment. The bond goes ex on 2025-05-08;
/// 2025-11-15 is a Saturday, paid on the 17th.
#[test]
fn australian_bonds_near_maturity() {
    let bond: Bond = "4% 2025-11-15 market australian_government".parse().unwrap();
    for (settlement, days) in
        [("2025-05-08", 193.0), ("2025-05-14", 187.0), ("2025-05-15", 186.0), ("2025-10-31", 17.0)]
    {
        let dirty =
            settled(&bond, Date::parse(settlement).unwrap()).dirty_price_from_yield(0.05).unwrap();
        assert!(
            (dirty - 102.0 / (1.0 + 0.05 * days / 365.0)).abs() < 1e-12,
            "{settlement}: {dirty}"
        );
    }
    let compounded =
        settled(&bond, Date::parse("2025-05-07").unwrap()).dirty_price_from_yield(0.05).unwrap();
    assert!(
        (compounded - (2.0 + 102.0 / 1.025) / 1.025f64.powf(8.0 / 181.0)).abs() < 1e-12,
        "{compounded}"
    );
}

/// JSDA: interest on a JGB accrues with 29 February and stops at the coupon (JP1300041009 on its
/// 183rd day), years to maturity leave 29 February out but for the last year. JP1201011853 at
/// 116.881 is quoted at -0.125 % simple.
#[test]
fn japanese_days() {
    for (bond, settlement, expected) in [
        ("2.9% 2030-11-20 market japanese_government", "2019-11-19", 1.45),
        ("2.9% 2030-11-20 market japanese_government", "2020-03-10", 2.9 * 111.0 / 365.0),
        ("2.9% 2030-11-20 market japanese_government", "2030-05-20", 0.0),
    ] {
        let accrued = accrued(bond, settlement);
        assert!((accrued - expected).abs() < 1e-12, "{bond} {settlement}: {accrued}");
    }
    for (bond, settlement, clean, years) in [
        ("2.4% 2028-03-20 market japanese_government", "2021-08-02", 116.881, 6.0 + 230.0 / 365.0),
        ("1% 2024-06-20 market japanese_government", "2023-12-20", 100.4, 183.0 / 365.0),
        ("1% 2024-06-20 market japanese_government", "2023-06-20", 100.4, 1.0),
        ("1% 2024-06-20 market japanese_government", "2022-12-20", 100.4, 1.0 + 182.0 / 365.0),
    ] {
        let sheet: Bond = bond.parse().unwrap();
        let ytm = settled(&sheet, Date::parse(settlement).unwrap()).measures(clean).unwrap().ytm;
        let expected = (100.0 * sheet.coupon + (100.0 - clean) / years) / clean;
        assert!((ytm - expected).abs() < 1e-15, "{bond} {settlement}: {ytm} {expected}");
    }
}

/// A municipal yield is printed with 3 decimals of a percent; what explains the price is not
/// rounded.
#[test]
fn a_printed_yield_does_not_show_in_the_sum() {
    let bond: Bond = "5% 2050-07-01 market us_municipal @ 103.456".parse().unwrap();
    let settlement = Date::parse("2025-05-12").unwrap();
    let worth: f64 = explain(&bond, None, settlement)
        .unwrap()
        .iter()
        .map(|flow| flow.present_value.unwrap())
        .sum();
    let dirty = settled(&bond, settlement).dirty_price(103.456);
    assert!((worth - dirty).abs() < 1e-11, "{worth} {dirty}");
}

/// China Central Depository, yields of bonds without coupons: compounded beyond a year, simple
/// within it; so are strips in the markets that compound annually.
#[test]
fn zero_coupons_compound_beyond_a_year() {
    for convention in ["chinese", "german", "swedish", "spanish"] {
        let bond: Bond = format!("0% 2040-06-01 none ACT/ACT {convention}").parse().unwrap();
        let ytm = |settlement: &str, clean: f64| {
            settled(&bond, Date::parse(settlement).unwrap()).measures(clean).unwrap().ytm
        };
        assert!(
            (ytm("2025-06-01", 62.5) - ((100.0f64 / 62.5).powf(1.0 / 15.0) - 1.0)).abs() < 1e-15,
            "{convention}"
        );
        if let Some((_, year)) =
            [("chinese", 366.0), ("spanish", 365.0)].iter().find(|(name, _)| *name == convention)
        {
            assert!(
                (ytm("2039-12-01", 98.0) - 2.0 / 98.0 * year / 183.0).abs() < 1e-15,
                "{convention}"
            );
        }
    }
}

/// Yields that Bloomberg's YAS shows for sovereign bonds, as rateslib's suite quotes them: clean
/// price, accrued interest, yield in percent. Interest on a BTP is settled to 5 decimals.
#[test]
fn yields_are_those_of_bloomberg() {
    let btp = "4.4% 2033-05-01 market italian_btp";
    let dsl = "2.5% 2034-07-15 market dutch_state issued 2024-02-08";
    let bund = "2.1% 2029-11-15 market german_bund issued 2022-10-20 first 2023-11-15";
    let ngb = "3.625% 2034-04-13 market norwegian_government issued 2024-02-13";
    let oat = "3% 2034-11-25 market french_oat";
    for (bond, settlement, clean, accrued, percent) in [
        (btp, "2024-06-14", 98.0, 0.52609, 4.730_058),
        (btp, "2026-04-14", 99.0, 1.99337, 4.617_209),
        (btp, "2032-11-01", 99.0, 0.0, 6.429_702),
        (btp, "2032-11-02", 99.0, 0.01215, 6.439_891),
        (btp, "2033-03-15", 99.65, 1.62873, 6.862_519),
        (btp, "2033-04-29", 99.97, 2.17569, 6.450_803),
        (dsl, "2025-06-10", 98.0, 2.260_274, 2.751_162),
        (dsl, "2033-07-15", 99.8, 0.0, 2.705_411),
        (dsl, "2033-07-18", 99.9, 0.020_548, 2.602_897),
        (dsl, "2024-02-08", 99.0, 0.0, 2.611_616),
        (dsl, "2024-03-13", 99.0, 0.232_240, 2.612_194),
        (bund, "2024-06-12", 97.18, 1.204_918, 2.663_686),
        (bund, "2028-11-15", 97.5, 0.0, 4.717_949),
        (ngb, "2026-04-13", 99.3, 0.0, 3.727_804),
        (ngb, "2033-09-12", 99.9, 1.509_589, 3.772_713),
        (ngb, "2024-03-13", 99.9, 0.288_014, 3.637_518),
        (oat, "2034-06-13", 101.0, 1.643_836, 0.769_200),
    ] {
        let sheet: Bond = bond.parse().unwrap();
        let settled = settled(&sheet, Date::parse(settlement).unwrap());
        let exact = settled.accrued();
        assert!((exact - accrued).abs() < 5.1e-6, "{bond} {settlement}: {exact}");
        if bond == btp {
            assert_eq!(exact, accrued, "{settlement}");
        }
        let ytm = settled.measures(clean).unwrap().ytm;
        assert!((100.0 * ytm - percent).abs() < 1.1e-6, "{bond} {settlement}: {ytm}");
    }
}

/// Official closing prices of gilts: clean price and yield in percent as printed on 2026-05-18, of
/// a gilt of 2027-03-07, a Sunday.
#[test]
fn gilts_of_the_last_year_yield_as_their_closing_prices_state() {
    let gilt: Bond = "3.75% 2027-03-07 market uk_gilt yield uk_closing".parse().unwrap();
    let settlement = Date::parse("2026-05-18").unwrap();
    let ytm = settled(&gilt, settlement).measures(99.563).unwrap().ytm;
    assert_eq!(format!("{:.6}", 100.0 * ytm), "4.324631");
    // Spelled out: what is paid on Monday 2026-09-07 earns simple interest until Monday 2027-03-08.
    let dirty = 99.563 + 1.875 * 72.0 / 184.0;
    let worth = (1.875 * (1.0 + ytm * 182.0 / 365.0) + 101.875) / (1.0 + ytm * 294.0 / 365.0);
    assert!((worth - dirty).abs() < 1e-12, "{worth} {dirty}");
    // Until a year is left it is the DMO's yield, and so it is of a gilt without that clause.
    let dmo = gilt.clone().under(Convention::UkDmo, gilt.day_count).unwrap();
    for (day, same) in [
        ("2025-09-30", true),
        ("2026-03-06", true),
        ("2026-03-07", true),
        ("2026-03-08", false),
        ("2026-06-01", false),
    ] {
        let at = Date::parse(day).unwrap();
        let [closing, compounded] =
            [&gilt, &dmo].map(|bond| settled(bond, at).measures(99.9).unwrap());
        assert_eq!(closing == compounded, same, "{day}");
        assert!((closing.ytm - compounded.ytm).abs() < 2e-3, "{day}: {closing:?} {compounded:?}");
    }
    assert!(
        (100.0 * settled(&dmo, settlement).measures(99.563).unwrap().ytm - 4.302_505).abs()
            < 5.1e-7
    );
}

/// Price and yield are each other's inverse, the duration is the slope, and the flows add up to the
/// dirty price.
#[test]
fn a_closing_yield_is_explained_and_comes_back() {
    let mut random = Random::new(25);
    for _ in 0..2_000 {
        let word = random.pick(&["semiannual", "quarterly", "annual", "none"]);
        let coupon = if word == "none" { 0 } else { random.below(900) };
        let text = format!(
            "{}% 2027-{:02}-{:02} {word} ACT/ACT uk_closing calendar UK ex 7b",
            coupon as f64 / 100.0,
            1 + random.below(12),
            1 + random.below(28)
        );
        let bond: Bond = text.parse().unwrap();
        let settlement = Date::from_days(bond.maturity.days() - 1 - random.below(400)).unwrap();
        let settled = settled(&bond, settlement);
        let clean = 90.0 + random.below(2_000) as f64 / 100.0;
        let Some(measures) = settled.measures(clean) else { panic!("{text} {settlement}") };
        let price = |ytm: f64| settled.dirty_price_from_yield(ytm).unwrap();
        let dirty = settled.dirty_price(clean);
        assert!((price(measures.ytm) - dirty).abs() < 1e-10, "{text} {settlement}");
        let slope = (price(measures.ytm - 1e-5) - price(measures.ytm + 1e-5)) / 2e-5 / dirty;
        assert!(
            (measures.modified_duration - slope).abs() < 1e-6,
            "{text} {settlement}: {measures:?} {slope}"
        );
        let flows = explain(&bond, Some(clean), settlement).unwrap();
        let worth: f64 = flows.iter().map(|flow| flow.present_value.unwrap()).sum();
        assert!((worth - dirty).abs() < 1e-10, "{text} {settlement}: {worth} {dirty}");
    }
}

/// South African bonds as the JSE's sheets of 2019-01-23 and 2019-04-25 show them, settled three
/// business days later (Freedom Day is a Saturday): yield in percent, all-in price, accrued
/// interest.
#[test]
fn south_african_bonds() {
    for (bond, settlement, percent, all_in, accrued) in [
        ("10.5% 2026-12-21", "2019-04-30", 8.58, 114.3300, 3.7397),
        ("7.25% 2020-01-15", "2019-04-30", 6.335, 102.7147, 2.0856),
        ("6.75% 2021-03-31", "2019-04-30", 6.825, 100.4128, 0.5548),
        ("6.25% 2036-03-31", "2019-04-30", 9.565, 72.9783, 0.5137),
        ("7% 2031-02-28", "2019-04-30", 9.285, 84.9402, 1.1699),
        ("7% 2031-02-28", "2019-01-28", 9.47, 85.3318, 2.8767),
        // A bank's, of which one coupon is left.
        ("13.5% 2019-08-01", "2019-04-30", 7.685, 104.6999, 3.2548),
    ] {
        let sheet: Bond = format!("{bond} market ZA").parse().unwrap();
        let settled = settled(&sheet, Date::parse(settlement).unwrap());
        let found = (settled.dirty_price_from_yield(percent / 100.0).unwrap(), settled.accrued());
        assert!(
            (found.0 - all_in).abs() < 5.1e-5 && (found.1 - accrued).abs() < 5.1e-5,
            "{bond} {settlement}: {found:?}"
        );
        assert!((settled.measures(found.0 - found.1).unwrap().ytm - percent / 100.0).abs() < 1e-13);
    }
}

/// Bills by simple interest or discount on the days of their market: 182 days at 97.4, and AOFM's
/// example of a Treasury Note.
#[test]
fn bills_of_other_markets() {
    for (market, year) in [
        ("uk_treasury_bill", 365.0),
        ("german_bubill", 360.0),
        ("french_btf", 360.0),
        ("canadian_bill", 365.0),
        ("IGTB", 365.0),
    ] {
        let bill: Bond = format!("0% 2026-09-30 market {market}").parse().unwrap();
        let ytm = settled(&bill, Date::parse("2026-04-01").unwrap()).measures(97.4).unwrap().ytm;
        assert!((ytm - (100.0 / 97.4 - 1.0) * year / 182.0).abs() < 1e-15, "{market}: {ytm}");
    }
    let note: Bond = "0% 2018-02-23 market australian_note".parse().unwrap();
    let price =
        settled(&note, Date::parse("2017-10-27").unwrap()).clean_price_from_yield(0.017).unwrap();
    assert!((price - 99.448_808_39).abs() < 5.1e-9, "{price}");
    for (day_count, year) in
        [("ACT/360", 360.0), ("ACT/365F", 365.0), ("30/360", 360.0), ("ACT/ACT", 360.0)]
    {
        let bill: Bond = format!("0% 2026-09-30 none {day_count} discount").parse().unwrap();
        let rate = settled(&bill, Date::parse("2026-04-01").unwrap()).measures(97.4).unwrap().ytm;
        assert!((rate - 0.026 * year / 182.0).abs() < 1e-15, "{day_count}: {rate}");
    }
}

/// The month-end rule of a market is a term of its bonds: written, read back, and beaten by what is
/// said.
#[test]
fn the_month_end_rule_is_the_markets() {
    for (market, accrued, text) in [
        // 110 days from 28 August; 108 from the 31st as the 30th, 30/360.
        ("us_corporate", 4.9 * 110.0 / 360.0, "no-eom"),
        ("dollar_eurobond", 4.9 * 110.0 / 360.0, "no-eom"),
        ("us_treasury", 2.45 * 109.0 / 181.0, ""),
        ("us_corporate eom", 4.9 * 108.0 / 360.0, ""),
        ("us_treasury no-eom", 2.45 * 112.0 / 184.0, "no-eom"),
    ] {
        let bond: Bond =
            format!("4.9% 2033-02-28 issued 2023-02-28 market {market}").parse().unwrap();
        let found = settled(&bond, Date::parse("2025-12-18").unwrap()).accrued();
        assert!((found - accrued).abs() < 1e-12, "{market}: {found}");
        assert_eq!(bond.to_string().contains("no-eom"), text == "no-eom", "{bond}");
        assert_eq!(bond.to_string().parse::<Bond>().unwrap(), bond);
        assert_eq!(Bond::from_json(bond.to_json()).unwrap(), bond);
    }
}

/// No spelling names two markets, and one that could be several is refused with their names.
#[test]
fn spellings_of_markets_are_unambiguous() {
    let spellings = |market: MarketPreset| {
        MarketPreset::WORDS
            .iter()
            .filter(move |word| word.value == market)
            .flat_map(|word| word.aliases.iter().copied().chain([word.name]))
    };
    for word in MarketPreset::WORDS {
        for spelling in spellings(word.value) {
            let named = MarketPreset::WORDS
                .iter()
                .filter(|other| spellings(other.value).any(|alias| is_spelled(spelling, alias)));
            assert_eq!(named.count(), 1, "{spelling}");
            assert_eq!(MarketPreset::parse(spelling), Ok(word.value), "{spelling}");
        }
    }
    for (text, market) in [
        ("UK", "uk_gilt"),
        ("gb", "uk_gilt"),
        ("us", "us_treasury"),
        ("JPY", "japanese_government"),
        ("myr", "malaysian_government"),
    ] {
        assert_eq!(MarketPreset::parse(text).map(MarketPreset::name), Ok(market), "{text}");
    }
    for (text, choices) in [
        (
            "EUR",
            "german_bund, french_oat, italian_btp, spanish_bono, dutch_state, euro_corporate, \
                euro_eurobond, em_sovereign_euro",
        ),
        ("GBP", "uk_gilt, sterling_eurobond"),
        ("em", "em_sovereign_dollar, em_sovereign_euro"),
        ("corporate", "us_corporate, euro_corporate"),
    ] {
        assert_eq!(
            MarketPreset::parse(text),
            Err(Error::Ambiguous {
                what: "market",
                text: text.to_owned(),
                choices: choices.to_owned()
            })
        );
    }
    assert!(matches!(MarketPreset::parse("XAU"), Err(Error::UnknownWord { .. })));
}
