//! Periods that have begun: of term rates, which are fixed in advance, and of overnight rates,
//! compounded in arrears.

use super::{Curve, Swap, SwapPayment, SwapValuation, date, swap, valued};
use crate::basics::date::Date;

/// The period that has begun pays the fixing of a term rate; without one, what depends on it is
/// unknown.
#[test]
fn fixings() {
    let curve: Curve = "2026-03-24 1Y:4% 10Y:4.2%".parse().unwrap();
    let of = |terms: &str| {
        valued(
            &swap(&format!("pay 4% 2025-09-24 to 2030-09-24 semiannual 30/360 against {terms}")),
            &curve,
            &curve,
        )
    };
    // The first half year ends on the curve's date and the second starts there: neither needs a
    // fixing.
    assert!(of("LIBOR semiannual").npv().is_some());
    assert_eq!(
        (
            of("LIBOR annual").npv(),
            of("LIBOR annual").par_rate(),
            of("LIBOR annual").dv01(),
            of("LIBOR annual").key_rates(&[1.0])
        ),
        (None, None, None, None)
    );
    let first = |valuation: &SwapValuation| {
        valuation.payments.iter().find(|payment| !payment.is_fixed).copied().unwrap()
    };
    let unknown = first(&of("LIBOR annual"));
    assert_eq!((unknown.rate, unknown.amount, unknown.present_value()), (None, None, None));
    let known = first(&of("LIBOR + 0.1% annual 30/360 fixing 4.3%"));
    assert!(
        (known.rate.unwrap() - 0.044).abs() < 1e-15 && (known.amount.unwrap() - 4.4).abs() < 1e-14,
        "{known:?}"
    );
    // On the curve's date a period ends that is paid two days later: its fixing is the current one.
    assert!(
        of("LIBOR semiannual lag 2").npv().is_none()
            && of("LIBOR semiannual lag 2 fixing 4.3%").npv().is_some()
    );
    // A day later there are two that have begun, and of the earlier one nothing is known.
    let next: Curve = "2026-03-25 1Y:4% 10Y:4.2%".parse().unwrap();
    let swap = swap(
        "pay 4% 2025-09-24 to 2030-09-24 semiannual 30/360 against SOFR semiannual lag 2 fixing \
            4.3%",
    );
    assert_eq!(valued(&swap, &next, &next).npv(), None);
}

#[test]
fn overnight_and_term_rates() {
    let index = |name: &str| {
        swap(&format!("pay 4% 2026-03-26 to 2036-03-26 against \"{name}\"")).is_overnight()
    };
    for name in [
        "SOFR",
        "sofr",
        "USD-SOFR",
        "SOFR 1D",
        "€STR",
        "ESTR",
        "SONIA",
        "TONA",
        "SARON",
        "CORRA",
        "AONIA",
        "Fed Funds",
        "USD-SOFR-OIS Compound",
    ] {
        assert!(index(name), "{name}");
    }
    for name in [
        "LIBOR",
        "EURIBOR 6M",
        "TERM SOFR",
        "SOFR 3M",
        "CME Term SOFR 3M",
        "TIBOR",
        "BBSW 3M",
        "SOFRX",
        "x",
    ] {
        assert!(!index(name), "{name}");
    }
}

/// What a rate of 4 % throughout makes of a swap day by day, with the fixing that it comes to: the
/// payments stay, the value grows with the rate, and DV01 loses a day of the notional's and the
/// payments' worth, V + 100 per 100 where fixed is received.
#[test]
fn nothing_jumps_on_the_day_after_the_start() {
    const RATE: f64 = 0.04;
    let on = |day: i32, terms: &str| {
        let start = date("2026-03-24");
        let curve: Curve =
            format!("{} 1Y:4%", Date::from_days(start.days() + day).unwrap()).parse().unwrap();
        let grown = (RATE * f64::from(day) / 365.0).exp_m1();
        let fixing = if day == 0 { 0.0 } else { 100.0 * grown * 360.0 / f64::from(day) };
        let swap = swap(&format!(
            "receive 4.5% 2026-03-24 to 2028-03-24 against {terms} fixing {fixing}% x 10000000"
        ));
        valued(&swap, &curve, &curve)
    };
    let first = on(0, "SOFR");
    let worth = |amount: f64, years: f64| years * amount * (-RATE * years).exp();
    let by_hand = 10.0
        * (worth(4.5 * 365.0 / 360.0, 1.0) + worth(100.0 + 4.5 * 366.0 / 360.0, 731.0 / 365.0));
    assert!((first.dv01().unwrap() - by_hand).abs() < 1e-9, "{:?} {by_hand}", first.dv01());
    for day in [1, 2, 90, 180, 364, 365] {
        let later = on(day, "SOFR");
        let years = f64::from(day) / 365.0;
        let growth = (RATE * years).exp();
        if day < 365 {
            let mut pairs = first.cash_flows().zip(later.cash_flows());
            assert!(
                pairs.all(|(a, b)| (a.amount.unwrap() - b.amount.unwrap()).abs() < 1e-6),
                "{day}: {later:?}"
            );
            let (npv, dv01) = (first.npv().unwrap(), first.dv01().unwrap());
            assert!((later.npv().unwrap() - npv * growth).abs() < 1e-6, "{day}");
            assert!(
                (later.dv01().unwrap() - growth * (dv01 - years * (npv + 1e7) / 10_000.0)).abs()
                    < 1e-9,
                "{day}: {:?}",
                later.dv01()
            );
        }
        // A term rate is known from its start on: in the rest of its period it pays, and no longer
        // moves.
        let paid = (RATE * years).exp_m1() / years;
        let still = 10.0 * worth(100.0 * (1.0 + paid), 1.0 - years);
        let moved = later.dv01().unwrap() - on(day, "EURIBOR").dv01().unwrap();
        assert!((moved - still).abs() < 1e-9, "{day}: {moved} {still}");
    }
}

/// By hand: half a year has come to 2 %, and what is left grows by e^0.02.
#[test]
fn an_overnight_period_that_has_begun() {
    let curve: Curve = "2026-07-01 30/360 1Y:4%".parse().unwrap();
    let valuation = |terms: &str| {
        valued(
            &swap(&format!(
                "pay 0% 2026-01-01 to 2027-01-01 against SOFR {terms} annual 30/360 fixing 4%"
            )),
            &curve,
            &curve,
        )
    };
    let (factor, growth) = ((-0.02f64).exp(), 1.02 * 0.02f64.exp() - 1.0);
    let known = valuation("+ 0.5%");
    let floating: SwapPayment =
        known.payments.iter().find(|payment| !payment.is_fixed).copied().unwrap();
    assert!((floating.rate.unwrap() - growth - 0.005).abs() < 1e-15, "{floating:?}");
    assert!((known.npv().unwrap() - 100.0 * (growth + 0.005) * factor).abs() < 1e-13);
    // Of 1.02 − P, only P moves, by half a year.
    assert!((valuation("").dv01().unwrap() + 100.0 * factor * 0.5 / 10_000.0).abs() < 1e-15);
    // Where the rate so far is unknown, so is what the period pays.
    let unknown: Swap = swap("pay 0% 2026-01-01 to 2027-01-01 against SOFR");
    assert_eq!(SwapValuation::new(&unknown, &curve, None).unwrap().unwrap().npv(), None);
}
