//! The JSON form: an object whose keys are the constructor's argument names.
//!
//! `{"coupon": 0.0445, "maturity": "2028-02-23", "frequency": "semiannual", "day_count": "30/360",
//! "price": 102.45}`

use super::fields::FIELDS;
use super::{Bond, BondTerms};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::{Given, PercentRate, TermValue, Unread, read_object, write_object};
use crate::forms::text::object;
use crate::product::market_preset::MarketPreset;
use serde_json::{Map, Value};

/// The keys that the table of terms does not have; `market` stands for the terms that it fills in.
const HEAD: [&[&str]; 2] = [&["coupon", "maturity"], &["market"]];

impl Bond {
    /// # Errors
    /// A key of no term, a value that cannot be read, and terms that make no bond.
    pub fn from_json(value: Value) -> Result<Bond> {
        let text = value.to_string();
        let syntax = |why: String| Error::json("bond", &text, &why);
        let mut object = object("bond", value).map_err(syntax)?;
        let mut given = |key: &str| object.remove(key).and_then(Given::of_json);
        let missing = |key: &str| syntax(format!("missing field `{key}`"));
        let coupon = given("coupon").ok_or_else(|| missing("coupon"))?;
        let maturity = given("maturity").ok_or_else(|| missing("maturity"))?;
        let market = given("market");
        let error = |unread: Unread| unread.error(syntax);
        let PercentRate(coupon) = PercentRate::from_given(coupon, "coupon").map_err(error)?;
        let maturity = match maturity {
            Given::Text(text) if text == "infinity" => Date::FOREVER,
            maturity => Date::from_given(maturity, "maturity").map_err(error)?,
        };
        let mut terms = BondTerms::new(coupon, maturity);
        match market {
            None => {}
            Some(Given::Text(market)) => MarketPreset::parse(&market)?.apply(&mut terms)?,
            Some(_) => return Err(syntax("the market is not text".to_owned())),
        }
        read_object("bond", HEAD, FIELDS, &mut terms, object, syntax)?;
        Bond::new(terms)
    }

    pub fn to_json(&self) -> Value {
        let mut object = Map::new();
        object.insert("coupon".to_owned(), PercentRate(self.coupon).to_json());
        object.insert("maturity".to_owned(), self.maturity.to_json());
        write_object(FIELDS, &self.terms, &mut object);
        Value::Object(object)
    }
}
