//! Figures of markets under their own practice, as `bond(market => ...)` gives it.

use super::settled;
use crate::bond::Bond;
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
