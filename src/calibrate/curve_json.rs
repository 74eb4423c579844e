//! The JSON form: an object whose keys are the constructors' argument names.
//!
//! `{"as_of": "2026-03-24", "years": [1, 10], "rates": [0.0402, 0.0436], "interpolation":
//! "flat_forward"}`

use super::curve_quotes::{QuoteKind, Quoted, Quotes};
use super::quote_period::QuotePeriod;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::{PercentRate, TermValue, read_object, write_object};
use crate::forms::text::{JsonRate, json, object as object_of, of_object};
use crate::market::curve::fields::FIELDS;
use crate::market::curve::text::{parameters, syntax};
use crate::market::curve::{Curve, CurveDefinition, CurvePoint, Interpolation};
use crate::product::compounding::Basis;
use crate::product::money_market::MoneyMarket;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::str::FromStr;

/// The keys that the table of terms does not have; null means absent.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Form {
    as_of: String,
    beta0: Option<JsonRate>,
    beta1: Option<f64>,
    beta2: Option<f64>,
    beta3: Option<f64>,
    beta4: Option<f64>,
    tau1: Option<f64>,
    tau2: Option<f64>,
    /// These and the two after are three ways to say when; written are years.
    tenors: Option<Vec<String>>,
    dates: Option<Vec<String>>,
    years: Option<Vec<f64>>,
    rates: Option<Vec<JsonRate>>,
    kind: Option<String>,
    /// One for each rate, where they are of several.
    kinds: Option<Vec<String>>,
    conventions: Option<String>,
    discount: Option<Value>,
    compounding: Option<String>,
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
        let mut rest = object_of("curve", object).map_err(syntax)?;
        let terms: Map<String, Value> = FIELDS
            .iter()
            .filter_map(|field| rest.remove_entry(field.key()))
            .filter(|(_, value)| !value.is_null())
            .collect();
        let has_interpolation = terms.contains_key("interpolation");
        let form: Form = of_object("curve", rest.into(), syntax).map_err(with_known_terms)?;
        let date = |text: &String| {
            Date::parse(text)
                .ok_or_else(|| syntax(format!("\"{text}\" is not a date written YYYY-MM-DD")))
        };
        let as_of = date(&form.as_of)?;
        let mut given = CurveDefinition::new(as_of, Vec::new());
        read_object("curve", [&[]; 2], FIELDS, &mut given, terms, syntax)?;
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
            interpolation: if has_interpolation { given.interpolation } else { default },
            extrapolation: given.extrapolation,
            day_count: given.day_count,
            name: given.name,
            currency: given.currency,
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
        let mut object = Map::new();
        object.insert("as_of".to_owned(), self.as_of.to_json());
        write_object(FIELDS, self, &mut object);
        if let Some(parameters) = &self.parameters {
            for (key, beta) in parameters.betas() {
                let beta = if key == "beta0" { PercentRate(beta).to_json() } else { beta.into() };
                object.insert(key.to_owned(), beta);
            }
            for (key, decay) in ["tau1", "tau2"].into_iter().zip(parameters.decays()) {
                object.insert(key.to_owned(), decay.tau.into());
            }
        }
        if !self.nodes.is_empty() {
            let years = self.nodes.iter().map(|node| Value::from(node.time)).collect();
            let rates = self.nodes.iter().map(|node| PercentRate(node.zero).to_json()).collect();
            object.insert("years".to_owned(), years);
            object.insert("rates".to_owned(), rates);
        }
        Value::Object(object)
    }
}

/// The hint of an unknown key, with the keys of the table of terms.
fn with_known_terms(error: Error) -> Error {
    match error {
        Error::Unsupported { what, text, instead } => {
            let keys: Vec<&str> = FIELDS.iter().map(|field| field.key()).collect();
            let keys = format!("as_of, {}, ", keys.join(", "));
            let instead = instead.replacen("as_of, ", &keys, 1);
            Error::Unsupported { what, text, instead }
        }
        error => error,
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
