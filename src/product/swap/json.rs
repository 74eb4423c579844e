//! The JSON form: an object whose keys are the constructor's argument names.
//!
//! `{"fixed_rate": 0.0425, "effective": "2026-03-26", "maturity": "2036-03-26", "fixed_leg": "pay",
//! "notional": 10000000}`

use super::text::EXAMPLE_JSON;
use super::{Leg, SOFR, Swap, SwapTerms, payment_lag};
use crate::basics::calendar::{Calendar, Roll};
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::text::{JsonRate, date, of_object};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The keys, in the order they are written; a key of no term is refused, null means absent.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    fixed_rate: JsonRate,
    effective: String,
    maturity: String,
    fixed_leg: Option<String>,
    fixed_frequency: Option<String>,
    fixed_day_count: Option<String>,
    floating_index: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    floating_spread: Option<JsonRate>,
    floating_frequency: Option<String>,
    floating_day_count: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fixing: Option<JsonRate>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notional: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    calendar: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    roll: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payment_lag: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end_of_month: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
}

impl Swap {
    pub fn from_json(object: Value) -> Result<Swap> {
        let text = object.to_string();
        let syntax = |why: String| Error::Syntax {
            kind: "swap",
            text: excerpt(&text),
            why,
            example: EXAMPLE_JSON,
        };
        let form: Form = of_object("swap", object, syntax)?;
        let fixed_rate = form.fixed_rate.read("fixed rate")?;
        let default = SwapTerms::new(
            fixed_rate,
            date(&form.effective).map_err(syntax)?,
            date(&form.maturity).map_err(syntax)?,
        );
        Swap::new(SwapTerms {
            fixed_leg: word(form.fixed_leg, default.fixed_leg)?,
            fixed: leg(form.fixed_frequency, form.fixed_day_count)?,
            index: form.floating_index.unwrap_or_else(|| SOFR.to_owned()),
            spread: form
                .floating_spread
                .map_or(Ok(default.spread), |spread| spread.read("spread"))?,
            floating: leg(form.floating_frequency, form.floating_day_count)?,
            fixing: form.fixing.map(|fixing| fixing.read("fixing")).transpose()?,
            notional: form.notional,
            calendar: form.calendar.map(|text| text.parse()).transpose()?.unwrap_or_default(),
            roll: word(form.roll, default.roll)?,
            payment_lag: form.payment_lag.map_or(Ok(default.payment_lag), payment_lag)?,
            end_of_month: form.end_of_month.unwrap_or(default.end_of_month),
            currency: form.currency.map(|text| text.parse()).transpose()?,
            ..default
        })
    }

    pub fn to_json(&self) -> Value {
        let name = |name: &str| Some(name.to_owned());
        let form = Form {
            fixed_rate: JsonRate::new(self.fixed_rate),
            effective: self.effective.to_string(),
            maturity: self.maturity.to_string(),
            fixed_leg: name(self.fixed_leg.name()),
            fixed_frequency: name(self.fixed.frequency.name()),
            fixed_day_count: name(self.fixed.day_count.name()),
            floating_index: name(&self.index),
            floating_spread: (self.spread != 0.0).then(|| JsonRate::new(self.spread)),
            floating_frequency: name(self.floating.frequency.name()),
            floating_day_count: name(self.floating.day_count.name()),
            fixing: self.fixing.map(JsonRate::new),
            notional: self.notional,
            calendar: (self.calendar != Calendar::default()).then(|| self.calendar.to_string()),
            roll: (self.roll != Roll::Unadjusted).then(|| self.roll.name().to_owned()),
            payment_lag: (self.payment_lag != 0).then_some(i64::from(self.payment_lag)),
            end_of_month: (!self.end_of_month).then_some(false),
            currency: self.currency.map(|currency| currency.to_string()),
        };
        serde_json::to_value(form).unwrap_or_default()
    }
}

fn leg(frequency: Option<String>, day_count: Option<String>) -> Result<Leg> {
    Ok(Leg {
        frequency: word(frequency, Leg::SOFR.frequency)?,
        day_count: word(day_count, Leg::SOFR.day_count)?,
    })
}

fn word<T: Vocabulary>(text: Option<String>, default: T) -> Result<T> {
    text.map_or(Ok(default), |text| T::parse(&text))
}
