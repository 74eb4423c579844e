//! The JSON form: an object whose keys are the constructor's argument names.
//!
//! `{"coupon": 0.0445, "maturity": "2028-02-23", "frequency": "semiannual", "day_count": "30/360",
//! "price": 102.45}`

use super::{Bond, BondTerms, Step, settlement_lag};
use crate::basics::calendar::{Calendar, Roll};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::text::{JsonRate, of_object};
use crate::product::convention::Convention;
use crate::product::market_preset::MarketPreset;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::str::FromStr;

/// The keys, in the order they are written; a key of no term is refused, null means absent.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    coupon: JsonRate,
    maturity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    issue: Option<String>,
    frequency: Option<Value>,
    day_count: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first_coupon: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_coupon: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepForm>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    redemption: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end_of_month: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    convention: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    calendar: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    roll: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ex_dividend: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    settlement_lag: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    /// Read, never written: it stands for the terms it fills in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    market: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    price: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    notional: Option<f64>,
}

impl Form {
    fn has_optional_terms(&self) -> bool {
        let words = [&self.roll, &self.calendar, &self.ex_dividend, &self.currency];
        words.iter().any(|word| word.is_some())
            || self.settlement_lag.is_some()
            || self.steps.is_some()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepForm {
    from: String,
    coupon: JsonRate,
}

impl Bond {
    pub fn from_json(object: Value) -> Result<Bond> {
        let text = object.to_string();
        let syntax = |why: String| Error::json("bond", &text, &why);
        let form: Form = of_object("bond", object, syntax)?;
        let date = |text: &String| {
            Date::parse(text)
                .ok_or_else(|| syntax(format!("\"{text}\" is not a date written YYYY-MM-DD")))
        };
        let optional = |text: &Option<String>| text.as_ref().map(date).transpose();
        let maturity =
            if form.maturity == "infinity" { Date::FOREVER } else { date(&form.maturity)? };
        let mut terms = BondTerms::new(form.coupon.read("coupon")?, maturity);
        if let Some(market) = &form.market {
            MarketPreset::parse(market)?.apply(&mut terms)?;
        }
        terms.issue = optional(&form.issue)?;
        terms.first_coupon = optional(&form.first_coupon)?;
        terms.last_coupon = optional(&form.last_coupon)?;
        let frequency = match &form.frequency {
            Some(Value::Number(per_year)) => {
                Some(per_year.as_f64().map_or_else(|| per_year.to_string(), |n| n.to_string()))
            }
            Some(Value::String(word)) => Some(word.clone()),
            None => None,
            Some(_) => {
                return Err(syntax(
                    "a frequency is a word, or a number of coupons a year".to_owned(),
                ));
            }
        };
        set_word(&mut terms.frequency, &frequency)?;
        set_word(&mut terms.day_count, &form.day_count)?;
        set_word(&mut terms.convention, &form.convention)?;
        if form.has_optional_terms() {
            let details = terms.optional.edit();
            set_word(&mut details.roll, &form.roll)?;
            set_parsed(&mut details.calendar, &form.calendar)?;
            details.ex_dividend = form
                .ex_dividend
                .as_ref()
                .map(|text| text.parse())
                .transpose()?
                .or(details.ex_dividend);
            details.currency =
                form.currency.as_ref().map(|text| text.parse()).transpose()?.or(details.currency);
            details.settlement_lag =
                form.settlement_lag.map(settlement_lag).transpose()?.or(details.settlement_lag);
            let step = |step: &StepForm| {
                Ok(Step { from: date(&step.from)?, coupon: step.coupon.read("coupon")? })
            };
            details.steps = form.steps.iter().flatten().map(step).collect::<Result<_>>()?;
        }
        terms.redemption = form.redemption.unwrap_or(terms.redemption);
        terms.end_of_month = form.end_of_month.unwrap_or(terms.end_of_month);
        terms.price = form.price;
        terms.notional = form.notional;
        Bond::new(terms)
    }

    pub fn to_json(&self) -> Value {
        let date = |date: Option<Date>| date.map(|date| date.to_string());
        let form = Form {
            coupon: JsonRate::new(self.coupon),
            maturity: self.maturity.to_string(),
            issue: date(self.issue),
            frequency: Some(self.frequency.name().into()),
            day_count: Some(self.day_count.name().to_owned()),
            first_coupon: date(self.first_coupon),
            last_coupon: date(self.last_coupon),
            steps: (!self.optional.steps.is_empty()).then(|| {
                self.optional
                    .steps
                    .iter()
                    .map(|step| StepForm {
                        from: step.from.to_string(),
                        coupon: JsonRate::new(step.coupon),
                    })
                    .collect()
            }),
            redemption: (self.redemption != 100.0).then_some(self.redemption),
            end_of_month: (!self.end_of_month).then_some(false),
            convention: (self.convention != Convention::Street)
                .then(|| self.convention.name().to_owned()),
            calendar: (self.optional.calendar != Calendar::default())
                .then(|| self.optional.calendar.to_string()),
            roll: (self.optional.roll != Roll::Unadjusted)
                .then(|| self.optional.roll.name().to_owned()),
            ex_dividend: self.optional.ex_dividend.map(|rule| rule.to_string()),
            settlement_lag: self.optional.settlement_lag.map(i64::from),
            currency: self.optional.currency.map(|currency| currency.to_string()),
            market: None,
            price: self.price,
            notional: self.notional,
        };
        serde_json::to_value(form).unwrap_or_default()
    }
}

fn set_parsed<T: FromStr<Err = Error>>(field: &mut T, text: &Option<String>) -> Result<()> {
    if let Some(text) = text {
        *field = text.parse()?;
    }
    Ok(())
}

fn set_word<T: Vocabulary>(field: &mut T, text: &Option<String>) -> Result<()> {
    if let Some(text) = text {
        *field = T::parse(text)?;
    }
    Ok(())
}
