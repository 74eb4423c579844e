//! The worked examples of Microsoft's function reference, to the decimals they print.

use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::testing::reference::Row;
use crate::testing::reference::Verdict::{self, Matched};
use crate::tools::excel::{bills, bonds, coupons, discount, interest, odd};
use serde_json::Value;

/// What a row gives its function beside the first two dates.
struct Arguments(Value);

impl Arguments {
    fn number(&self, name: &str) -> f64 {
        self.0[name].as_f64().unwrap_or_else(|| panic!("no {name} in {}", self.0))
    }

    fn date(&self, name: &str) -> Date {
        Date::parse(self.0[name].as_str().unwrap()).unwrap()
    }
}

fn answer(row: &Row) -> Result<f64> {
    let a = Arguments(serde_json::from_str(row.text("arguments_json")).unwrap());
    let settlement = row.date("settlement_or_start");
    let maturity = || row.date("maturity_or_end");
    let (n, i, d) =
        (|name: &str| a.number(name), |name: &str| a.number(name), |name: &str| a.date(name));
    let date = |date: Result<Date>| date.map(|date| f64::from(date.days()));
    match row.text("function") {
        "PRICE" => bonds::price(
            settlement,
            maturity(),
            n("rate"),
            n("yld"),
            n("redemption"),
            i("frequency"),
            i("basis"),
        ),
        "YIELD" => bonds::bond_yield(
            settlement,
            maturity(),
            n("rate"),
            n("pr"),
            n("redemption"),
            i("frequency"),
            i("basis"),
        ),
        "DURATION" => bonds::duration(
            settlement,
            maturity(),
            n("coupon"),
            n("yld"),
            i("frequency"),
            i("basis"),
        ),
        "MDURATION" => bonds::mduration(
            settlement,
            maturity(),
            n("coupon"),
            n("yld"),
            i("frequency"),
            i("basis"),
        ),
        "ODDFPRICE" => {
            let (issue, first, frequency) = (d("issue"), d("first_coupon"), i("frequency"));
            odd::oddfprice(
                settlement,
                maturity(),
                issue,
                first,
                n("rate"),
                n("yld"),
                n("redemption"),
                frequency,
                i("basis"),
            )
        }
        "ODDFYIELD" => {
            let (issue, first, frequency) = (d("issue"), d("first_coupon"), i("frequency"));
            odd::oddfyield(
                settlement,
                maturity(),
                issue,
                first,
                n("rate"),
                n("pr"),
                n("redemption"),
                frequency,
                i("basis"),
            )
        }
        "ODDLPRICE" => {
            let (last, frequency) = (d("last_interest"), i("frequency"));
            odd::oddlprice(
                settlement,
                maturity(),
                last,
                n("rate"),
                n("yld"),
                n("redemption"),
                frequency,
                i("basis"),
            )
        }
        "ODDLYIELD" => {
            let (last, frequency) = (d("last_interest"), i("frequency"));
            odd::oddlyield(
                settlement,
                maturity(),
                last,
                n("rate"),
                n("pr"),
                n("redemption"),
                frequency,
                i("basis"),
            )
        }
        "ACCRINT" => {
            let from_issue = a.0.get("calc_method").is_none_or(|method| method == "TRUE");
            let (issue, first) = (d("issue"), d("first_interest"));
            interest::accrint(
                issue,
                first,
                settlement,
                n("rate"),
                n("par"),
                i("frequency"),
                i("basis"),
                from_issue,
            )
        }
        "ACCRINTM" => interest::accrintm(d("issue"), settlement, n("rate"), n("par"), i("basis")),
        "COUPDAYBS" => coupons::coupdaybs(settlement, maturity(), i("frequency"), i("basis")),
        "COUPDAYS" => coupons::coupdays(settlement, maturity(), i("frequency"), i("basis")),
        "COUPDAYSNC" => coupons::coupdaysnc(settlement, maturity(), i("frequency"), i("basis")),
        "COUPNCD" => date(coupons::coupncd(settlement, maturity(), i("frequency"), i("basis"))),
        "COUPPCD" => date(coupons::couppcd(settlement, maturity(), i("frequency"), i("basis"))),
        "COUPNUM" => {
            coupons::coupnum(settlement, maturity(), i("frequency"), i("basis")).map(f64::from)
        }
        "DISC" => discount::disc(settlement, maturity(), n("pr"), n("redemption"), i("basis")),
        "PRICEDISC" => {
            discount::pricedisc(settlement, maturity(), n("discount"), n("redemption"), i("basis"))
        }
        "YIELDDISC" => {
            discount::yielddisc(settlement, maturity(), n("pr"), n("redemption"), i("basis"))
        }
        "INTRATE" => {
            discount::intrate(settlement, maturity(), n("investment"), n("redemption"), i("basis"))
        }
        "RECEIVED" => {
            discount::received(settlement, maturity(), n("investment"), n("discount"), i("basis"))
        }
        "PRICEMAT" => {
            interest::pricemat(settlement, maturity(), d("issue"), n("rate"), n("yld"), i("basis"))
        }
        "YIELDMAT" => {
            interest::yieldmat(settlement, maturity(), d("issue"), n("rate"), n("pr"), i("basis"))
        }
        "TBILLEQ" => bills::tbilleq(settlement, maturity(), n("discount")),
        "TBILLPRICE" => bills::tbillprice(settlement, maturity(), n("discount")),
        "TBILLYIELD" => bills::tbillyield(settlement, maturity(), n("pr")),
        "YEARFRAC" => discount::yearfrac(settlement, maturity(), i("basis")),
        // MATLAB's own, which is PRICE of actual days.
        "bndprice" => bonds::price(
            settlement,
            maturity(),
            n("CouponRate"),
            n("Yield"),
            100.0,
            i("Period"),
            1.0,
        ),
        other => panic!("{other}"),
    }
}

pub fn example(row: &Row) -> Verdict {
    let expected = row.text("expected");
    let expected = Date::parse(expected)
        .map_or_else(|| expected.parse().unwrap(), |date| f64::from(date.days()));
    let (actual, half_a_unit) =
        (answer(row).unwrap(), 0.5 * 10f64.powf(-row.number("expected_decimals")));
    assert!(
        (actual - expected).abs() <= half_a_unit * (1.0 + 1e-6),
        "{actual} instead of {expected}"
    );
    Matched
}
