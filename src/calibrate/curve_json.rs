//! The JSON form: an object whose keys are the constructors' argument names.
//!
//! `{"as_of": "2026-03-24", "years": [1, 10], "rates": [0.0402, 0.0436], "interpolation":
//! "flat_forward"}`

use super::curve_quotes::{QuoteKind, Quoted, Quotes};
use super::quote_period::QuotePeriod;
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::text::{JsonRate, json, of_object};
use crate::market::curve::text::{parameters, syntax};
use crate::market::curve::{Curve, CurveDefinition, CurvePoint, Extrapolation, Interpolation};
use crate::product::compounding::Basis;
use crate::product::money_market::MoneyMarket;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::str::FromStr;

/// The keys, in the order they are written; a key of no term is refused, null means absent.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Form {
    as_of: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    currency: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta0: Option<JsonRate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta1: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta3: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beta4: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tau1: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tau2: Option<f64>,
    /// These and the two after are three ways to say when; written are years.
    #[serde(skip_serializing_if = "Option::is_none")]
    tenors: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dates: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rates: Option<Vec<JsonRate>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// One for each rate, where they are of several.
    #[serde(skip_serializing_if = "Option::is_none")]
    kinds: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    conventions: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    compounding: Option<String>,
    interpolation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extrapolation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    day_count: Option<String>,
}

const EXAMPLE: &str = r#"{"as_of": "2026-03-24", "tenors": ["1Y", "10Y"], "rates": [0.0402, 0.0436], "interpolation": "flat_forward"}"#;

/// Longer than the text of a thousand nodes, each with 300 decimals.
const MAX_LENGTH: usize = 1_000_000;

/// A curve's text, or its JSON in the place of it.
impl FromStr for Curve {
    type Err = Error;

    fn from_str(text: &str) -> Result<Curve> {
        if text.len() > MAX_LENGTH {
            return Err(syntax(
                text,
                format!("a curve is written in at most {MAX_LENGTH} characters"),
            ));
        }
        match json(text) {
            Some(object) => Curve::from_json(object.map_err(|why| syntax(text, why))?),
            None => Curve::from_line(text),
        }
    }
}

impl Curve {
    pub fn from_json(object: Value) -> Result<Curve> {
        let text = object.to_string();
        let syntax = |why: String| Error::Syntax {
            kind: "curve",
            text: excerpt(&text),
            why,
            example: EXAMPLE,
        };
        let form: Form = of_object("curve", object, syntax)?;
        let date = |text: &String| {
            Date::parse(text)
                .ok_or_else(|| syntax(format!("\"{text}\" is not a date written YYYY-MM-DD")))
        };
        let as_of = date(&form.as_of)?;
        let conventions = word(form.conventions, MoneyMarket::Plain)?;
        let span = |text: &String| QuotePeriod::parse(text, as_of, conventions);
        let tenors = form
            .tenors
            .map(|tenors| tenors.iter().map(span).collect::<Result<Vec<_>>>())
            .transpose()?;
        let dates = form
            .dates
            .map(|dates| {
                dates
                    .iter()
                    .map(|text| Ok(QuotePeriod::from(CurvePoint::Date(date(text)?))))
                    .collect::<Result<_>>()
            })
            .transpose()?;
        let years = form.years.map(|years| {
            years.into_iter().map(|years| QuotePeriod::from(CurvePoint::Years(years))).collect()
        });
        let beta0 = form.beta0.map(|beta0| beta0.read("beta0")).transpose()?;
        let parameters = parameters(
            [beta0, form.beta1, form.beta2, form.beta3, form.beta4],
            [form.tau1, form.tau2],
        )?;
        let kinds = match (form.kind, form.kinds) {
            (Some(_), Some(_)) => return Err(syntax("a curve has one kind or kinds".to_owned())),
            (_, Some(kinds)) => {
                kinds.iter().map(|text| QuoteKind::parse(text)).collect::<Result<_>>()?
            }
            (kind, None) => {
                vec![word(kind, QuoteKind::Zero)?; form.rates.as_ref().map_or(1, Vec::len)]
            }
        };
        let other =
            kinds.iter().copied().find(|&kind| kind != QuoteKind::Zero).unwrap_or(QuoteKind::Zero);
        let quotes = match (one_of([tenors, years, dates]), form.rates) {
            (Ok(Some(spans)), Some(rates))
                if spans.len() == rates.len() && spans.len() == kinds.len() =>
            {
                let quoted = |((span, rate), kind): ((QuotePeriod, JsonRate), QuoteKind)| {
                    let rate = if kind.is_rate() {
                        rate.read("rate")?
                    } else {
                        rate.number().map_err(|why| syntax(why.to_owned()))?
                    };
                    Ok(Quoted::new(kind, span, rate))
                };
                spans.into_iter().zip(rates).zip(kinds).map(quoted).collect::<Result<_>>()?
            }
            (Ok(None), None) if parameters.is_some() => Vec::new(),
            _ => {
                return Err(syntax(
                    "a curve has rates, and as many tenors, years or dates".to_owned(),
                ));
            }
        };
        let draft = Quotes::new(as_of, quotes);
        let default =
            if parameters.is_some() { Interpolation::LinearZero } else { draft.interpolation };
        let draft = Quotes {
            compounding: form
                .compounding
                .map_or(Ok(draft.compounding), |text| Basis::parse(&text))?,
            interpolation: word(form.interpolation, default)?,
            extrapolation: word(form.extrapolation, draft.extrapolation)?,
            day_count: word(form.day_count, draft.day_count)?,
            name: form.name,
            currency: form.currency.map(|text| text.parse()).transpose()?,
            conventions,
            discount: form.discount.map(Curve::from_json).transpose()?,
            ..draft
        };
        if parameters.is_some()
            && (other, draft.compounding) != (QuoteKind::Zero, Basis::Continuous)
        {
            return Err(Error::Contradiction {
                what: "another kind of quote, or compounding,",
                value: other.name().to_owned(),
                with: "parameters",
                hint: "Rates beside parameters are continuous zero rates, added to theirs.",
            });
        }
        Curve::new(CurveDefinition { parameters, ..draft.definition()? })
    }

    pub fn to_json(&self) -> Value {
        let (parameters, has_nodes) = (self.parameters, !self.nodes.is_empty());
        let beta = |name: &str| {
            parameters
                .and_then(|parameters| parameters.betas().find(|&(key, _)| key == name))
                .map(|(_, value)| value)
        };
        let form = Form {
            as_of: self.as_of.to_string(),
            name: self.name.clone(),
            currency: self.currency.map(|currency| currency.to_string()),
            beta0: beta("beta0").map(JsonRate::new),
            beta1: beta("beta1"),
            beta2: beta("beta2"),
            beta3: beta("beta3"),
            beta4: beta("beta4"),
            tau1: parameters.map(|parameters| parameters.first.tau),
            tau2: parameters.and_then(|parameters| parameters.second).map(|second| second.tau),
            years: has_nodes.then(|| self.nodes.iter().map(|node| node.time).collect()),
            rates: has_nodes
                .then(|| self.nodes.iter().map(|node| JsonRate::new(node.zero)).collect()),
            interpolation: Some(self.interpolation.name().to_owned()),
            extrapolation: (self.extrapolation != Extrapolation::FlatZero)
                .then(|| self.extrapolation.name().to_owned()),
            day_count: (self.day_count != DayCount::Act365F)
                .then(|| self.day_count.name().to_owned()),
            ..Form::default()
        };
        serde_json::to_value(form).unwrap_or_default()
    }
}

/// The one that is given, or none; an error where more are.
pub fn one_of<T, const N: usize>(ways: [Option<T>; N]) -> Result<Option<T>, usize> {
    let mut given: Vec<T> = ways.into_iter().flatten().collect();
    let count = given.len();
    if count > 1 { Err(count) } else { Ok(given.pop()) }
}

fn word<T: Vocabulary>(text: Option<String>, default: T) -> Result<T> {
    text.map_or(Ok(default), |text| T::parse(&text))
}
