//! Figures of markets under their own practice, as `bond(market => ...)` gives it.

use super::settled;
use crate::bond::Bond;
use crate::cashflow::explain;
use crate::date::Date;

fn accrued(bond: &str, settlement: &str) -> f64 {
    let bond: Bond = bond.parse().unwrap();
    settled(&bond, Date::parse(settlement).unwrap()).accrued()
}

/// IIAC, Canadian Conventions in Fixed Income Markets 1.3: the 5 % of 2008 on two days; days over 365 from issue to the
/// end of an odd period, and of one that pays only at maturity.
#[test]
fn canadian_interest_accrues_by_days_over_365() {
    let long_first = "5% 2030-06-01 market canadian_government issued 2024-10-01 first 2025-06-01";
    let at_maturity = "5% 2030-06-01 none act/365f canadian issued 2024-10-01";
    for (bond, settlement, expected) in [
        ("5% 2008-02-01 market canadian_government", "2005-12-01", 1.671_232_877),
        ("5% 2008-02-01 market canadian_government", "2006-01-31", 2.486_301_370),
        ("2.25% 2029-06-01 market canadian_government issued 2018-07-27", "2018-10-16", 0.499_315_068),
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

/// Clean price and accrued interest of Canadian bonds at 4 %, as rateslib's suite quotes them: the yield knows another
/// accrued interest than the invoice.
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
        assert!((found.0 - clean).abs() < 5.1e-7 && (found.1 - accrued).abs() < 5.1e-7, "{bond} {settlement}: {found:?}");
        let measures = settled.measures(found.0).unwrap();
        assert!((measures.ytm - 0.04).abs() < 1e-14);
        let price = |ytm: f64| settled.dirty_price_from_yield(ytm).unwrap();
        let slope = (price(0.04 - 1e-5) - price(0.04 + 1e-5)) / 2e-5 / price(0.04);
        assert!((measures.modified_duration - slope).abs() < 1e-7, "{bond} {settlement}: {slope}");
    }
}

/// AOFM, pricing formulae for Treasury bonds: who buys the final coupon alone, be it before the one but last is paid, pays
/// by simple interest to the day of payment. The bond goes ex on 2025-05-08; 2025-11-15 is a Saturday, paid on the 17th.
#[test]
fn australian_bonds_near_maturity() {
    let bond: Bond = "4% 2025-11-15 market australian_government".parse().unwrap();
    for (settlement, days) in [("2025-05-08", 193.0), ("2025-05-14", 187.0), ("2025-05-15", 186.0), ("2025-10-31", 17.0)] {
        let dirty = settled(&bond, Date::parse(settlement).unwrap()).dirty_price_from_yield(0.05).unwrap();
        assert!((dirty - 102.0 / (1.0 + 0.05 * days / 365.0)).abs() < 1e-12, "{settlement}: {dirty}");
    }
    let compounded = settled(&bond, Date::parse("2025-05-07").unwrap()).dirty_price_from_yield(0.05).unwrap();
    assert!((compounded - (2.0 + 102.0 / 1.025) / 1.025f64.powf(8.0 / 181.0)).abs() < 1e-12, "{compounded}");
}

/// JSDA: interest on a JGB accrues with 29 February and stops at the coupon (JP1300041009 on its 183rd day), years to
/// maturity leave 29 February out but for the last year. JP1201011853 at 116.881 is quoted at -0.125 % simple.
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

/// A municipal yield is printed with 3 decimals of a percent; what explains the price is not rounded.
#[test]
fn a_printed_yield_does_not_show_in_the_sum() {
    let bond: Bond = "5% 2050-07-01 market us_municipal @ 103.456".parse().unwrap();
    let settlement = Date::parse("2025-05-12").unwrap();
    let worth: f64 = explain(&bond, None, settlement).unwrap().iter().map(|flow| flow.present_value.unwrap()).sum();
    let dirty = settled(&bond, settlement).dirty_price(103.456);
    assert!((worth - dirty).abs() < 1e-11, "{worth} {dirty}");
}

/// China Central Depository, yields of bonds without coupons: compounded beyond a year, simple within it; so are strips
/// in the markets that compound annually.
#[test]
fn zero_coupons_compound_beyond_a_year() {
    for convention in ["chinese", "german", "swedish", "spanish"] {
        let bond: Bond = format!("0% 2040-06-01 none ACT/ACT {convention}").parse().unwrap();
        let ytm = |settlement: &str, clean: f64| settled(&bond, Date::parse(settlement).unwrap()).measures(clean).unwrap().ytm;
        assert!((ytm("2025-06-01", 62.5) - ((100.0f64 / 62.5).powf(1.0 / 15.0) - 1.0)).abs() < 1e-15, "{convention}");
        if let Some((_, year)) = [("chinese", 366.0), ("spanish", 365.0)].iter().find(|(name, _)| *name == convention) {
            assert!((ytm("2039-12-01", 98.0) - 2.0 / 98.0 * year / 183.0).abs() < 1e-15, "{convention}");
        }
    }
}

/// Yields that Bloomberg's YAS shows for sovereign bonds, as rateslib's suite quotes them: clean price, accrued interest,
/// yield in percent. Interest on a BTP is settled to 5 decimals.
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
        let dirty = clean + if bond == btp { accrued } else { exact };
        let ytm = settled.measures_from_dirty_price(dirty).unwrap().ytm;
        assert!((100.0 * ytm - percent).abs() < 1.1e-6, "{bond} {settlement}: {ytm}");
    }
}
