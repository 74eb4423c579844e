//! Excel's functions under their own names, in the schema `excel`.

use super::datum::List;
use crate::basics::date::Date;
use crate::basics::error::Error;
use crate::tools::excel::{bills, bonds, coupons, discount, interest, odd, rates};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// Exports functions of the pure half as they are; the symbols are global, and so begin with
/// `excel`.
macro_rules! export {
    ($($symbol:ident = $function:path, ($($argument:ident: $type:ty),*) -> $answer:ty;)*) => { $(
        #[pg_extern(sql = false)]
        #[allow(clippy::too_many_arguments)] // as many as Excel's function has
        fn $symbol($($argument: $type),*) -> Result<$answer, ErrorReport> {
            Ok($function($($argument),*)?)
        }
    )* };
}

#[rustfmt::skip]
export! {
    excel_couppcd = coupons::couppcd, (settlement: Date, maturity: Date, frequency: f64, basis: f64) -> Date;
    excel_coupncd = coupons::coupncd, (settlement: Date, maturity: Date, frequency: f64, basis: f64) -> Date;
    excel_coupnum = coupons::coupnum, (settlement: Date, maturity: Date, frequency: f64, basis: f64) -> i32;
    excel_coupdaybs = coupons::coupdaybs, (settlement: Date, maturity: Date, frequency: f64, basis: f64) -> f64;
    excel_coupdays = coupons::coupdays, (settlement: Date, maturity: Date, frequency: f64, basis: f64) -> f64;
    excel_coupdaysnc = coupons::coupdaysnc, (settlement: Date, maturity: Date, frequency: f64, basis: f64) -> f64;

    excel_price = bonds::price, (settlement: Date, maturity: Date, rate: f64, yld: f64, redemption: f64, frequency: f64, basis: f64) -> f64;
    excel_yield = bonds::bond_yield, (settlement: Date, maturity: Date, rate: f64, pr: f64, redemption: f64, frequency: f64, basis: f64) -> f64;
    excel_duration = bonds::duration, (settlement: Date, maturity: Date, coupon: f64, yld: f64, frequency: f64, basis: f64) -> f64;
    excel_mduration = bonds::mduration, (settlement: Date, maturity: Date, coupon: f64, yld: f64, frequency: f64, basis: f64) -> f64;

    excel_oddfprice = odd::oddfprice, (settlement: Date, maturity: Date, issue: Date, first_coupon: Date, rate: f64, yld: f64, redemption: f64, frequency: f64, basis: f64) -> f64;
    excel_oddfyield = odd::oddfyield, (settlement: Date, maturity: Date, issue: Date, first_coupon: Date, rate: f64, pr: f64, redemption: f64, frequency: f64, basis: f64) -> f64;
    excel_oddlprice = odd::oddlprice, (settlement: Date, maturity: Date, last_interest: Date, rate: f64, yld: f64, redemption: f64, frequency: f64, basis: f64) -> f64;
    excel_oddlyield = odd::oddlyield, (settlement: Date, maturity: Date, last_interest: Date, rate: f64, pr: f64, redemption: f64, frequency: f64, basis: f64) -> f64;

    excel_accrint = interest::accrint, (issue: Date, first_interest: Date, settlement: Date, rate: f64, par: f64, frequency: f64, basis: f64, calc_method: bool) -> f64;
    excel_accrintm = interest::accrintm, (issue: Date, settlement: Date, rate: f64, par: f64, basis: f64) -> f64;
    excel_pricemat = interest::pricemat, (settlement: Date, maturity: Date, issue: Date, rate: f64, yld: f64, basis: f64) -> f64;
    excel_yieldmat = interest::yieldmat, (settlement: Date, maturity: Date, issue: Date, rate: f64, pr: f64, basis: f64) -> f64;

    excel_disc = discount::disc, (settlement: Date, maturity: Date, pr: f64, redemption: f64, basis: f64) -> f64;
    excel_intrate = discount::intrate, (settlement: Date, maturity: Date, investment: f64, redemption: f64, basis: f64) -> f64;
    excel_received = discount::received, (settlement: Date, maturity: Date, investment: f64, discount: f64, basis: f64) -> f64;
    excel_pricedisc = discount::pricedisc, (settlement: Date, maturity: Date, discount: f64, redemption: f64, basis: f64) -> f64;
    excel_yielddisc = discount::yielddisc, (settlement: Date, maturity: Date, pr: f64, redemption: f64, basis: f64) -> f64;
    excel_yearfrac = discount::yearfrac, (start_date: Date, end_date: Date, basis: f64) -> f64;

    excel_tbilleq = bills::tbilleq, (settlement: Date, maturity: Date, discount: f64) -> f64;
    excel_tbillprice = bills::tbillprice, (settlement: Date, maturity: Date, discount: f64) -> f64;
    excel_tbillyield = bills::tbillyield, (settlement: Date, maturity: Date, pr: f64) -> f64;

    excel_effect = rates::effect, (nominal_rate: f64, npery: f64) -> f64;
    excel_nominal = rates::nominal, (effect_rate: f64, npery: f64) -> f64;
}

#[pg_extern(sql = false)]
fn excel_npv(rate: f64, values: List<f64>) -> Result<f64, ErrorReport> {
    Ok(rates::npv(rate, &known("npv", "values", values)?)?)
}

#[pg_extern(sql = false)]
fn excel_xnpv(rate: f64, values: List<f64>, dates: List<i32>) -> Result<f64, ErrorReport> {
    Ok(rates::xnpv(rate, &known("xnpv", "values", values)?, &days("xnpv", dates)?)?)
}

#[pg_extern(sql = false)]
fn excel_irr(values: List<f64>, guess: f64) -> Result<f64, ErrorReport> {
    Ok(rates::irr(&known("irr", "values", values)?, guess)?)
}

#[pg_extern(sql = false)]
fn excel_xirr(values: List<f64>, dates: List<i32>, guess: f64) -> Result<f64, ErrorReport> {
    Ok(rates::xirr(&known("xirr", "values", values)?, &days("xirr", dates)?, guess)?)
}

fn days(function: &'static str, dates: List<i32>) -> Result<Vec<Date>, Error> {
    let dates = known(function, "dates", dates)?;
    Ok(dates.into_iter().map(Date::from_days).collect::<Result<_, _>>()?)
}

fn known<T>(
    function: &'static str,
    argument: &'static str,
    elements: List<T>,
) -> Result<Vec<T>, Error> {
    let null = || Error::Excel {
        function,
        argument,
        value: "NULL".to_owned(),
        rule: "no element is null".to_owned(),
    };
    elements.into_iter().map(|element| element.ok_or_else(null)).collect()
}
