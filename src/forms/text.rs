//! What the text and JSON forms of values share: a line read word by word, an object by its keys.

use crate::basics::date::Date;
use crate::basics::error::{Error, excerpt};
use crate::numeric::decimal::{Decimal, percent};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::str::FromStr;

/// The first word of a line, and what follows it.
pub fn split_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (end > 0).then(|| text.split_at_checked(end)).flatten()
}

/// Words of the longest spelling, 30/360 US (EOM Feb).
pub const LONGEST_RUN: usize = 4;

/// A spelling may have blanks in it: the longest run of words that is one, and what follows it.
pub fn longest_run<'a, T>(
    word: &str,
    tail: &'a str,
    find: impl Fn(&str) -> Option<T>,
) -> Option<(T, &'a str)> {
    let longer = |(run, tail): &(String, &'a str)| {
        split_word(tail).map(|(next, tail)| (format!("{run} {next}"), tail))
    };
    let runs = std::iter::successors(Some((word.to_owned(), tail)), longer).take(LONGEST_RUN);
    runs.filter_map(|(run, tail)| Some((find(&run)?, tail))).last()
}

pub fn once<T>(field: &mut Option<T>, value: T, word: &str) -> Result<(), String> {
    if field.replace(value).is_some() {
        return Err(format!("\"{word}\" says a second time what was said before"));
    }
    Ok(())
}

pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text)
        .ok_or_else(|| format!("\"{}\" is not a date written YYYY-MM-DD", excerpt(text)))
}

/// The date that a program wrote: alone, or with the time and the time zone that some add, which
/// change nothing.
pub fn leading_date(text: &str) -> Option<Date> {
    let (date, rest) = text.trim().split_at_checked("YYYY-MM-DD".len())?;
    let is_time = |rest: &str| {
        rest.starts_with([' ', 'T'])
            && rest.chars().skip(1).all(|c| c.is_ascii_digit() || " :.+-Z".contains(c))
    };
    Date::parse(date).filter(|_| rest.is_empty() || is_time(rest))
}

pub fn number(text: &str) -> Result<f64, String> {
    let decimal = Decimal::parse(text)
        .ok_or_else(|| format!("\"{}\" is not a number written without commas", excerpt(text)))?;
    Ok(decimal.shifted(0))
}

/// A rate in percent, as a decimal.
pub fn rate(text: &str) -> Result<f64, String> {
    let decimal = text.strip_suffix('%').and_then(Decimal::parse);
    Ok(decimal
        .ok_or_else(|| format!("\"{}\" is not a rate such as 4.31%", excerpt(text)))?
        .shifted(-2))
}

pub fn parsed<T: FromStr<Err = Error>>(text: &str) -> Result<T, String> {
    text.parse().map_err(why)
}

/// An error as part of a longer one, with what is allowed.
pub fn why(error: Error) -> String {
    match error {
        Error::UnknownWord { what, text, known } => format!("\"{text}\" is no {what} ({known})"),
        Error::Syntax { why, .. } => why,
        Error::OutOfRange { what, value, rule } => {
            format!("{what} out of range: \"{value}\": {rule}")
        }
        error => error.to_string(),
    }
}

/// A rate given as a number is a decimal; one above 100 % was meant in percent.
pub fn decimal_rate(what: &'static str, value: f64) -> Result<f64, Error> {
    if value.is_finite() && value.abs() > 1.0 {
        Err(Error::Percent { what, value })
    } else {
        Ok(value)
    }
}

/// A rate in JSON: a number is a decimal, a text in percent, as rates above 100 % are written.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub struct JsonRate(Value);

impl JsonRate {
    pub fn new(rate: f64) -> JsonRate {
        JsonRate(if rate.abs() > 1.0 { format!("{}%", percent(rate)).into() } else { rate.into() })
    }

    pub fn read(&self, what: &'static str) -> Result<f64, Error> {
        let syntax = |why| Error::Syntax {
            kind: "rate",
            text: excerpt(&self.0.to_string()),
            why,
            example: "0.0445 or \"4.45%\"",
        };
        match &self.0 {
            Value::String(text) => rate(text).map_err(syntax),
            _ => decimal_rate(what, self.number().map_err(|why| syntax(why.to_owned()))?),
        }
    }

    /// What is no rate: a discount factor, the price of a future.
    pub fn number(&self) -> Result<f64, &'static str> {
        self.0.as_f64().ok_or("a rate is a number, or text in percent")
    }
}

/// The keys and values of a JSON object.
pub fn object(kind: &'static str, value: Value) -> Result<serde_json::Map<String, Value>, String> {
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(format!("expected an object of {kind} terms")),
    }
}

/// The terms that an object names; an array of them in their order is not one.
pub fn of_object<T: DeserializeOwned>(
    kind: &'static str,
    object: Value,
    syntax: impl Fn(String) -> Error,
) -> Result<T, Error> {
    if !object.is_object() {
        return Err(syntax(format!("expected an object of {kind} terms")));
    }
    serde_json::from_value(object).map_err(|error| {
        let why = error.to_string();
        match why
            .strip_prefix("unknown field `")
            .and_then(|rest| rest.split_once("`, expected one of "))
        {
            Some((field, known)) => Error::Unsupported {
                what: kind,
                text: excerpt(field),
                instead: format!("Known fields: {}.", known.replace('`', "")),
            },
            None => syntax(why),
        }
    })
}

/// The longest name of a curve or an index, in bytes.
pub const MAX_NAME: usize = 100;

/// What may stand between quotes on one line.
pub fn check_name(what: &'static str, name: &str) -> Result<(), Error> {
    // Bytes of another encoding are read as replacement characters, in which different names would
    // be one.
    let strange = |c: char| c == '"' || c == char::REPLACEMENT_CHARACTER || c.is_control();
    let plain = !name.is_empty() && name.trim() == name && !name.chars().any(strange);
    if plain && name.len() <= MAX_NAME {
        return Ok(());
    }
    Err(Error::UnknownWord {
        what,
        text: excerpt(name),
        known: format!(
            "any text on one line of at most {MAX_NAME} bytes of UTF-8, without double quotes, or \
                blanks around it"
        ),
    })
}

/// JSON in the place of a value's text.
pub fn json(text: &str) -> Option<Result<Value, String>> {
    text.trim_start()
        .starts_with('{')
        .then(|| serde_json::from_str(text).map_err(|error| error.to_string()))
}
