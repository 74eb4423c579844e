//! What the text and JSON forms of values share: a line read word by word, an object by its keys.

use crate::date::Date;
use crate::decimal::Decimal;
use crate::error::{Error, excerpt};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::str::FromStr;

/// The first word of a line, and what follows it.
pub fn split_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (end > 0).then(|| text.split_at_checked(end)).flatten()
}

/// A spelling may have blanks in it: the longest run of at most three words that is one, and what follows it.
pub fn longest_run<'a, T>(word: &str, tail: &'a str, find: impl Fn(&str) -> Option<T>) -> Option<(T, &'a str)> {
    let longer = |(run, tail): &(String, &'a str)| split_word(tail).map(|(next, tail)| (format!("{run} {next}"), tail));
    let runs = std::iter::successors(Some((word.to_owned(), tail)), longer).take(3);
    runs.filter_map(|(run, tail)| Some((find(&run)?, tail))).last()
}

pub fn once<T>(field: &mut Option<T>, value: T, word: &str) -> Result<(), String> {
    if field.replace(value).is_some() {
        return Err(format!("\"{word}\" says a second time what was said before"));
    }
    Ok(())
}

pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| format!("\"{}\" is not a date written YYYY-MM-DD", excerpt(text)))
}

pub fn number(text: &str) -> Result<f64, String> {
    let decimal = Decimal::parse(text).ok_or_else(|| format!("\"{}\" is not a number written without commas", excerpt(text)))?;
    Ok(decimal.shifted(0))
}

/// A rate in percent, as a decimal.
pub fn rate(text: &str) -> Result<f64, String> {
    let decimal = text.strip_suffix('%').and_then(Decimal::parse);
    Ok(decimal.ok_or_else(|| format!("\"{}\" is not a rate such as 4.31%", excerpt(text)))?.shifted(-2))
}

pub fn parsed<T: FromStr<Err = Error>>(text: &str) -> Result<T, String> {
    text.parse().map_err(why)
}

/// An error as part of a longer one, with what is allowed.
pub fn why(error: Error) -> String {
    match error {
        Error::UnknownWord { what, text, known } => format!("\"{text}\" is no {what} ({known})"),
        Error::Syntax { why, .. } => why,
        Error::OutOfRange { what, value, rule } => format!("{what} out of range: \"{value}\": {rule}"),
        error => error.to_string(),
    }
}

/// The terms that an object names; an array of them in their order is not one.
pub fn of_object<T: DeserializeOwned>(kind: &str, object: Value) -> Result<T, String> {
    if !object.is_object() {
        return Err(format!("expected an object of {kind} terms"));
    }
    serde_json::from_value(object).map_err(|error| error.to_string())
}
