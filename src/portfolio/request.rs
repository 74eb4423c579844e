//! A whole portfolio in one JSON request: bonds in, their yields and durations and the portfolio's
//! averages out.
//!
//! The request is an array of bonds in whole numbers: rates in basis points, money in cents.
//! `marketValue` is the clean price of one bond of that `faceValue`, and weighs it, times the
//! quantity, as it stands. The day count is 30/360.

use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::identifier::IdentifierKind;
use crate::basics::vocabulary::Vocabulary;
use crate::numeric::certain::certain;
use crate::pricing::discounted_flows::Measures;
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::{Bond, BondTerms};
use serde::Serialize;
use serde_json::{Map, Value};

const FIELDS: [&str; 8] = [
    "isin",
    "issueDate",
    "maturityDate",
    "couponRate",
    "faceValue",
    "marketValue",
    "paymentTerm",
    "quantity",
];
/// A thousand million millions: any amount of cents there is, and sums of many of them stay whole.
const MAX_NUMBER: u64 = 1_000_000_000_000_000;
/// 20,000 %, as in a bond's terms.
const MAX_COUPON: u64 = 2_000_000;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Answer<'a> {
    id: &'a str,
    account_id: &'static str,
    bonds: Vec<AnsweredBond>,
    weighted_macaulay_duration: Option<f64>,
    weighted_modified_duration: Option<f64>,
    total_portfolio_value: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AnsweredBond {
    isin: String,
    ytm: Option<f64>,
    macaulay_duration: Option<f64>,
    modified_duration: Option<f64>,
    maturity_date: String,
    issue_date: String,
    coupon_rate: u64,
    face_value: u64,
    market_value: u64,
    payment_term: &'static str,
    quantity: u64,
    bond_weight_in_portfolio: f64,
}

/// A bond of the request, understood.
struct Holding {
    isin: String,
    issue: Date,
    maturity: Date,
    coupon_rate: u64,
    face_value: u64,
    market_value: u64,
    frequency: Frequency,
    quantity: u64,
    measures: Option<Measures>,
}

/// Answers a request as of a valuation date. `between_bonds` runs before each, so that a caller can
/// stop the work.
pub fn analyze_portfolio(
    request: &Value,
    valuation: Date,
    id: &str,
    mut between_bonds: impl FnMut(),
) -> Result<Value> {
    let whole = |value: &Value| Error::Request {
        field: "request".to_owned(),
        value: shown(value),
        rule: "Value must be an array of bonds",
        element: None,
    };
    let elements = request.as_array().ok_or_else(|| whole(request))?;
    let mut holdings = Vec::with_capacity(elements.len());
    for (element, bond) in (1..).zip(elements) {
        between_bonds();
        #[cfg(test)]
        crate::testing::work::unit();
        holdings.push(Holding::read(bond, element, valuation)?);
    }
    let total: u64 = holdings
        .iter()
        .try_fold(0u64, |total, holding| total.checked_add(holding.value()?))
        .filter(|&total| total < 1 << 63)
        .ok_or_else(|| Error::Request {
            field: "marketValue".to_owned(),
            value: "sum".to_owned(),
            rule: "The portfolio's total value must stay below 2^63 cents",
            element: None,
        })?;
    between_bonds();
    let answer = Answer {
        id,
        account_id: "default-account",
        weighted_macaulay_duration: weighted(&holdings, |measures| measures.macaulay_duration),
        weighted_modified_duration: weighted(&holdings, |measures| measures.modified_duration),
        bonds: holdings.into_iter().map(|holding| holding.answered(total)).collect(),
        total_portfolio_value: total,
    };
    between_bonds();
    let answer = certain(serde_json::to_value(answer).ok(), "the JSON of an answer");
    between_bonds();
    Ok(answer)
}

/// The average of a duration over the bonds that have one, by market value; 0 for a portfolio worth
/// nothing, and unknown where none of its bonds has a duration.
fn weighted(holdings: &[Holding], duration: fn(&Measures) -> f64) -> Option<f64> {
    let known = holdings.iter().filter_map(|holding| {
        Some((holding.value()? as f64, duration(holding.measures.as_ref()?)))
    });
    let (value, sum) = known.fold((0.0, 0.0), |(value, sum), (weight, duration)| {
        (value + weight, sum + weight * duration)
    });
    match value {
        _ if value > 0.0 => Some(sum / value),
        _ if holdings.iter().all(|holding| holding.market_value == 0) => Some(0.0),
        _ => None,
    }
}

impl Holding {
    fn read(bond: &Value, element: usize, valuation: Date) -> Result<Holding> {
        let refuse = |field: &str, value: String, rule| Error::Request {
            field: field.to_owned(),
            value,
            rule,
            element: Some(element),
        };
        let fields = bond
            .as_object()
            .ok_or_else(|| refuse("bond", shown(bond), "Value must be an object"))?;
        if let Some(field) = fields.keys().find(|field| !FIELDS.contains(&field.as_str())) {
            return Err(refuse(field, shown(&fields[field]), "A bond has no such field"));
        }
        let fields = Fields { fields, element };
        let isin = fields.text("isin")?;
        IdentifierKind::Isin.check(isin).map_err(|_| {
            refuse(
                "isin",
                isin.to_owned(),
                "Value must be a 12-character ISIN with the right check digit",
            )
        })?;
        let (issue, maturity) = (fields.date("issueDate")?, fields.date("maturityDate")?);
        if maturity <= issue {
            return Err(refuse(
                "maturityDate",
                maturity.to_string(),
                "Value must be after issueDate",
            ));
        }
        let term = fields.text("paymentTerm")?;
        let known = Frequency::WORDS.iter().find(|word| word.name == term);
        let frequency = known.ok_or_else(|| {
            refuse(
                "paymentTerm",
                term.to_owned(),
                "Value must be annual, semiannual, quarterly or monthly",
            )
        })?;
        let mut holding = Holding {
            isin: isin.to_owned(),
            issue,
            maturity,
            coupon_rate: fields.number(
                "couponRate",
                MAX_COUPON,
                "Value must be at most 2000000 basis points",
            )?,
            face_value: fields.number(
                "faceValue",
                MAX_NUMBER,
                "Value must be at most 1000000000000000",
            )?,
            market_value: fields.number(
                "marketValue",
                MAX_NUMBER,
                "Value must be at most 1000000000000000",
            )?,
            frequency: frequency.value,
            quantity: fields.number(
                "quantity",
                MAX_NUMBER,
                "Value must be at most 1000000000000000",
            )?,
            measures: None,
        };
        if holding.face_value == 0 {
            return Err(refuse(
                "faceValue",
                "0".to_owned(),
                "Value must be positive: a price is per face value",
            ));
        }
        if holding.quantity == 0 {
            return Err(refuse(
                "quantity",
                "0".to_owned(),
                "Value must be a positive integer (1 or greater)",
            ));
        }
        if holding.market_value > 0 {
            let too_high = |_| {
                refuse(
                    "marketValue",
                    holding.market_value.to_string(),
                    "Value must be at most ten million times the faceValue",
                )
            };
            let priced = holding.bond().map_err(too_high)?;
            holding.measures = YieldPricing::new(&priced, valuation)?
                .zip(priced.price)
                .and_then(|(settled, price)| settled.measures(price));
        }
        Ok(holding)
    }

    fn bond(&self) -> Result<Bond> {
        Bond::new(BondTerms {
            issue: Some(self.issue),
            frequency: self.frequency,
            price: Some(100.0 * self.market_value as f64 / self.face_value as f64),
            ..BondTerms::new(self.coupon_rate as f64 / 10_000.0, self.maturity)
        })
    }

    fn value(&self) -> Option<u64> {
        self.market_value.checked_mul(self.quantity)
    }

    fn answered(self, total: u64) -> AnsweredBond {
        let weight = if total == 0 { 0.0 } else { self.value().unwrap_or(0) as f64 / total as f64 };
        AnsweredBond {
            ytm: self.measures.map(|measures| measures.ytm * 10_000.0),
            macaulay_duration: self.measures.map(|measures| measures.macaulay_duration),
            modified_duration: self.measures.map(|measures| measures.modified_duration),
            maturity_date: self.maturity.to_string(),
            issue_date: self.issue.to_string(),
            coupon_rate: self.coupon_rate,
            face_value: self.face_value,
            market_value: self.market_value,
            payment_term: self.frequency.name(),
            quantity: self.quantity,
            bond_weight_in_portfolio: weight,
            isin: self.isin,
        }
    }
}

/// The fields of one bond, read by their rules.
struct Fields<'a> {
    fields: &'a Map<String, Value>,
    element: usize,
}

impl<'a> Fields<'a> {
    fn refuse(&self, field: &str, rule: &'static str) -> Error {
        let value = self.fields.get(field).map_or_else(|| "missing".to_owned(), shown);
        Error::Request { field: field.to_owned(), value, rule, element: Some(self.element) }
    }

    fn text(&self, field: &str) -> Result<&'a str> {
        self.fields
            .get(field)
            .and_then(Value::as_str)
            .ok_or_else(|| self.refuse(field, "Value must be a string"))
    }

    fn date(&self, field: &str) -> Result<Date> {
        Date::parse(self.text(field)?)
            .ok_or_else(|| self.refuse(field, "Value must be a date in YYYY-MM-DD format"))
    }

    /// A whole number from 0 to `most`, written as a JSON number or as a string.
    fn number(&self, field: &str, most: u64, too_large: &'static str) -> Result<u64> {
        let text = match self.fields.get(field) {
            Some(Value::Number(number)) => number.to_string(),
            Some(Value::String(text)) => text.clone(),
            _ => return Err(self.refuse(field, "Value must be a whole number")),
        };
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let rule = if digits.contains(',') {
            "Value must not contain commas"
        } else if digits.contains(['.', 'e', 'E']) {
            "Value must be a whole number without decimals"
        } else if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            "Value must be a whole number"
        } else if digits.len() < text.len() {
            "Value must be non-negative"
        } else {
            return text
                .parse()
                .ok()
                .filter(|&number| number <= most)
                .ok_or_else(|| self.refuse(field, too_large));
        };
        Err(self.refuse(field, rule))
    }
}

/// A value as an error message shows it: text without its quotes, and nothing long.
fn shown(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.chars().take(60).collect()
}
