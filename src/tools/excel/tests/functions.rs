//! The functions of schema `excel` against Excel 2010's own results, every row to its 13 digits.

use super::documentation;
use crate::basics::date::Date;
use crate::basics::error::Result;
use crate::testing::reference::Verdict::{self, Explained, Matched};
use crate::testing::reference::{Check, Row, assert_digits};
use crate::tools::excel::{bills, bonds, coupons, discount, interest, odd, rates};

impl Row {
    pub fn integer(&self, column: &str) -> f64 {
        self.text(column).parse().unwrap()
    }

    fn numbers(&self, column: &str) -> Vec<f64> {
        self.text(column).split(';').map(|number| number.parse().unwrap()).collect()
    }

    /// Written as in `4/23/1980 12:00:00 AM`.
    fn us_dates(&self, column: &str) -> Vec<Date> {
        let date = |text: &str| {
            let parts: Vec<i32> = text
                .split(' ')
                .next()
                .unwrap()
                .split('/')
                .map(|part| part.parse().unwrap())
                .collect();
            Date::from_ymd(parts[2], parts[0], parts[1]).unwrap()
        };
        self.text(column).split(';').map(date).collect()
    }
}

/// Settlement, maturity, the numbers named, frequency and basis.
macro_rules! bond {
    ($function:path, $row:ident $(, $number:literal)*) => {
        $function($row.date("settlement"), $row.date("maturity") $(, $row.number($number))*, $row.integer("frequency"), $row.integer("basis"))
    };
}

/// Settlement, maturity, the numbers named and basis.
macro_rules! paper {
    ($function:path, $row:ident $(, $number:literal)*) => {
        $function($row.date("settlement"), $row.date("maturity") $(, $row.number($number))*, $row.integer("basis"))
    };
}

#[rustfmt::skip]
pub const FILES: &[(&str, usize, Check)] = &[
    ("excel/couppcd.csv", 459, |row| same(row, bond!(coupons::couppcd, row))),
    ("excel/coupncd.csv", 459, |row| same(row, bond!(coupons::coupncd, row))),
    ("excel/coupnum.csv", 459, |row| same(row, bond!(coupons::coupnum, row))),
    ("excel/coupdays.csv", 9, |row| digits(row, bond!(coupons::coupdays, row))),
    ("excel/coupdaysbs.csv", 459, |row| digits(row, bond!(coupons::coupdaybs, row))),
    ("excel/coupdaysnc.csv", 459, |row| digits(row, bond!(coupons::coupdaysnc, row))),
    ("excel/price.csv", 5_491, |row| { super::price(row); digits(row, bond!(bonds::price, row, "rate", "yld", "redemption")) }),
    ("excel/duration.csv", 2_746, |row| { super::duration(row); digits(row, bond!(bonds::duration, row, "coupon", "yld")) }),
    ("excel/mduration.csv", 2_746, |row| { super::mduration(row); digits(row, bond!(bonds::mduration, row, "coupon", "yld")) }),
    ("excel/yieldnegative.csv", 1_549, excel_yield),
    ("excel/yieldnegativefails.csv", 2_428, excel_yield),
    ("excel/oddfprice.csv", 9_661, oddfprice),
    ("excel/oddfyield.csv", 4, |row| digits(row, odd::oddfyield(
        row.date("settlement"), row.date("maturity"), row.date("issue"), row.date("first_coupon"),
        row.number("rate"), row.number("pr"), row.number("redemption"), row.integer("frequency"), row.integer("basis"),
    ))),
    ("excel/oddlprice.csv", 15_301, |row| digits(row, odd::oddlprice(
        row.date("settlement"), row.date("maturity"), row.date("last_interest"),
        row.number("rate"), row.number("yld"), row.number("redemption"), row.integer("frequency"), row.integer("basis"),
    ))),
    ("excel/accrint.csv", 962, |row| digits(row, interest::accrint(
        row.date("issue"), row.date("first_interest"), row.date("settlement"),
        row.number("rate"), row.number("par"), row.integer("frequency"), row.integer("basis"), true,
    ))),
    ("excel/accrintm.csv", 181, |row| digits(row, interest::accrintm(
        row.date("issue"), row.date("settlement"), row.number("rate"), row.number("par"), row.integer("basis"),
    ))),
    ("excel/pricemat.csv", 971, |row| digits(row, interest::pricemat(
        row.date("settlement"), row.date("maturity"), row.date("issue"), row.number("rate"), row.number("yld"), row.integer("basis"),
    ))),
    ("excel/yieldmat.csv", 1_456, |row| digits(row, interest::yieldmat(
        row.date("settlement"), row.date("maturity"), row.date("issue"), row.number("rate"), row.number("pr"), row.integer("basis"),
    ))),
    ("excel/disc.csv", 1_374, |row| digits(row, paper!(discount::disc, row, "pr", "redemption"))),
    ("excel/intrate.csv", 1_375, |row| digits(row, paper!(discount::intrate, row, "investment", "redemption"))),
    ("excel/received.csv", 645, |row| digits(row, paper!(discount::received, row, "investment", "discount"))),
    ("excel/pricedisc.csv", 1_831, |row| digits(row, paper!(discount::pricedisc, row, "discount", "redemption"))),
    ("excel/yielddisc.csv", 1_374, |row| digits(row, paper!(discount::yielddisc, row, "pr", "redemption"))),
    ("excel/yearfrac.csv", 699, |row| digits(row, discount::yearfrac(row.date("start_date"), row.date("end_date"), row.integer("basis")))),
    ("excel/tbilleq.csv", 25, |row| digits(row, bills::tbilleq(row.date("settlement"), row.date("maturity"), row.number("discount")))),
    ("excel/tbillprice.csv", 42, |row| digits(row, bills::tbillprice(row.date("settlement"), row.date("maturity"), row.number("discount")))),
    ("excel/tbillyield.csv", 36, |row| digits(row, bills::tbillyield(row.date("settlement"), row.date("maturity"), row.number("pr")))),
    ("excel/documentation_examples.csv", 40, documentation::example),
    ("excel/irr.csv", 6, |row| digits(row, rates::irr(&row.numbers("values_semicolon"), row.number("guess")))),
    ("excel/xirr.csv", 13, |row| digits(row, rates::xirr(
        &row.numbers("values_semicolon"), &row.us_dates("dates_us_semicolon"), row.number("guess"),
    ))),
];

fn digits(row: &Row, answer: Result<f64>) -> Verdict {
    assert_digits("", answer.unwrap(), row.text("expected"));
    Matched
}

fn same(row: &Row, answer: Result<impl ToString>) -> Verdict {
    assert_eq!(answer.unwrap().to_string(), row.text("expected"));
    Matched
}

fn excel_yield(row: &Row) -> Verdict {
    let answer = bond!(bonds::bond_yield, row, "rate", "price", "redemption");
    assert_digits(row.text("case_id"), answer.unwrap(), row.text("yield"));
    Matched
}

#[rustfmt::skip]
fn oddfprice(row: &Row) -> Verdict {
    let answer = odd::oddfprice(
        row.date("settlement"), row.date("maturity"), row.date("issue"), row.date("first_coupon"),
        row.number("rate"), row.number("yld"), row.number("redemption"), row.integer("frequency"), row.integer("basis"),
    );
    let steps = (answer.clone().unwrap() - row.number("expected")).abs() / (128.0 * f64::EPSILON);
    match row.text("case_id") {
        "XL-ODDFPRICE-08321" | "XL-ODDFPRICE-16517" if steps < 6.0 => Explained("less than 1 left \
            of two amounts near 170, within 6 of their float steps"),
        _ => digits(row, answer),
    }
}
