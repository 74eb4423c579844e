//! The JSON form: an object whose keys are the constructor's argument names.
//!
//! `{"fixed_rate": 0.0425, "effective": "2026-03-26", "maturity": "2036-03-26", "fixed_leg": "pay",
//! "notional": 10000000}`

use super::fields::FIELDS;
use super::text::EXAMPLE_JSON;
use super::{Swap, SwapTerms};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result, excerpt};
use crate::forms::field::{Given, PercentRate, TermValue, Unread, read_object, write_object};
use crate::forms::text::object;
use serde_json::{Map, Value};

/// The keys that the table of terms does not have.
const HEAD: [&str; 3] = ["fixed_rate", "effective", "maturity"];

impl Swap {
    /// # Errors
    /// A key of no term, a value that cannot be read, and terms that make no swap.
    pub fn from_json(value: Value) -> Result<Swap> {
        let text = value.to_string();
        let syntax = |why: String| Error::Syntax {
            kind: "swap",
            text: excerpt(&text),
            why,
            example: EXAMPLE_JSON,
        };
        let mut object = object("swap", value).map_err(syntax)?;
        let [fixed_rate, effective, maturity] = HEAD.map(|key| {
            let given = object.remove(key).and_then(Given::of_json);
            given.ok_or_else(|| syntax(format!("missing field `{key}`")))
        });
        let error = |unread: Unread| unread.error(syntax);
        let PercentRate(rate) =
            PercentRate::from_given(fixed_rate?, "fixed rate").map_err(error)?;
        let effective = Date::from_given(effective?, "effective date").map_err(error)?;
        let maturity = Date::from_given(maturity?, "maturity").map_err(error)?;
        let mut terms = SwapTerms::new(rate, effective, maturity);
        read_object("swap", [&HEAD, &[]], FIELDS, &mut terms, object, syntax)?;
        Swap::new(terms)
    }

    pub fn to_json(&self) -> Value {
        let mut object = Map::new();
        object.insert("fixed_rate".to_owned(), PercentRate(self.fixed_rate).to_json());
        object.insert("effective".to_owned(), self.effective.to_json());
        object.insert("maturity".to_owned(), self.maturity.to_json());
        write_object(FIELDS, self, &mut object);
        Value::Object(object)
    }
}
