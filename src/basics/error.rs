//! Everything that can be wrong with what a user hands in. The variants carry the facts;
//! `sql::error` alone turns them into SQLSTATE, detail and hint.

use crate::basics::date::{Date, DateOutOfRange};

const EXAMPLE_TEXT: &str =
    "4.45% 2028-02-23 semiannual 30/360 issued 2023-02-23 @ 102.45 x 10000000";
const EXAMPLE_JSON: &str = r#"{"coupon": 0.0445, "maturity": "2028-02-23", "frequency": "semiannual", "day_count": "30/360", "price": 102.45}"#;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// Text that cannot be read as a value of `kind`.
    #[error("invalid input syntax for type {kind}: \"{text}\"")]
    Syntax { kind: &'static str, text: String, why: String, example: &'static str },

    /// The setting holds what is no date.
    #[error("the setting pg_bond.settlement_date is not a date")]
    Setting,

    /// Bytes received in binary form that are no bond.
    #[error("invalid binary form of type {kind}: {why}")]
    Binary { kind: &'static str, why: String },

    /// A market word (day count, frequency, convention) that nobody taught us.
    #[error("unknown {what}: \"{text}\"")]
    UnknownWord { what: &'static str, text: String, known: String },

    /// A word or field of an instrument that is not supported yet.
    #[error("not supported yet in a {what}: \"{text}\"")]
    Unsupported { what: &'static str, text: String, instead: String },

    /// A rate given as a number, which is a decimal, that must have been meant in percent.
    #[error("{what} out of range: \"{value}\"")]
    Percent { what: &'static str, value: f64 },

    /// A word that stands for several things.
    #[error("ambiguous {what}: \"{text}\"")]
    Ambiguous { what: &'static str, text: String, choices: String },

    /// A number outside what its quantity can be.
    #[error("{what} out of range: \"{value}\"")]
    OutOfRange { what: &'static str, value: f64, rule: &'static str },

    /// A rate that makes no sense as the decimal it is read as, but does as a percentage.
    #[error("{what} out of range: \"{value}\"")]
    PercentYield { what: &'static str, value: f64, decimal: f64 },

    /// A date that is infinite or outside the years 1 to 9999.
    #[error("date out of range: \"{text}\"")]
    DateOutOfRange { text: String },

    /// A period that ends before it begins.
    #[error("{what} ends on \"{end}\", which is not after its start \"{start}\"")]
    Period { what: &'static str, start: Date, end: Date },

    /// Two dates of a bond in the wrong order.
    #[error("{later_name} date \"{later}\" must be after {earlier_name} date \"{earlier}\"")]
    DateOrder { earlier_name: &'static str, earlier: Date, later_name: &'static str, later: Date },

    /// A coupon date that the bond's regular schedule, counted back from maturity, does not
    /// contain.
    #[error(
        "{what} date \"{date}\" is not on the schedule of a bond that matures on \"{maturity}\""
    )]
    OffSchedule { what: &'static str, date: Date, maturity: Date, nearest: Date },

    /// A date of a schedule outside those that bound it.
    #[error("{what} date \"{date}\" is not between \"{after}\" and \"{before}\"")]
    NotBetween { what: &'static str, date: Date, after: Date, before: Date },

    /// A coupon date that regular periods from another date do not reach.
    #[error("{what} coupon date \"{date}\" is not a whole number of periods from \"{anchor}\"")]
    OffGrid { what: &'static str, date: Date, anchor: Date, nearest: Date },

    /// A term that needs another one.
    #[error("{given} \"{value}\" given without {needed}")]
    Incomplete { given: &'static str, value: String, needed: &'static str },

    /// Terms that cannot go together.
    #[error("{what} does not go with {with}: \"{value}\"")]
    Contradiction { what: &'static str, value: String, with: &'static str, hint: &'static str },

    /// The flows of a bond that never matures.
    #[error("a perpetual bond has no last cash flow")]
    Endless,

    /// A date outside the years that a calendar's rules are known for.
    #[error("date out of range of calendar {calendar}: \"{date}\"")]
    CalendarRange { calendar: &'static str, date: Date, first_year: i32, last_year: i32 },

    /// Nodes that make no curve.
    #[error("invalid curve: {why}")]
    Curve { why: String },

    /// Times of key rates that are none, too many or not in order.
    #[error("invalid key rates: {years:?}")]
    KeyRates { years: Vec<f64> },

    /// A quote that no curve agrees with.
    #[error("no curve can be built through {instrument}: {why}")]
    Bootstrap { instrument: String, why: String },

    /// Fewer prices than a curve has parameters.
    #[error(
        "a {method} curve has {needed} parameters, and the bonds to fit have {count} maturities"
    )]
    TooFew { method: &'static str, count: usize, needed: usize },

    /// Fewer bonds than tell which of them are outliers.
    #[error(
        "outliers are told from at least {needed} bonds of this curve, and {count} have a price to \
            compare"
    )]
    TooFewErrors { count: usize, needed: usize },

    /// A day before a curve's own.
    #[error("the curve begins on \"{as_of}\" and tells nothing of earlier days")]
    BeforeCurve { as_of: Date },

    /// A time after the last node of a curve that is not to be extrapolated.
    #[error("{years} years lie beyond the last node of the curve at {last} years")]
    BeyondCurve { years: f64, last: f64 },

    /// An identifier whose form or check digit is wrong.
    #[error("invalid {kind}: \"{text}\"")]
    Identifier { kind: &'static str, text: String, why: String, corrected: Option<String> },

    /// A field of a portfolio analysis request; the wording is part of that contract.
    #[error("Invalid {field}: {value}. {rule}")]
    Request { field: String, value: String, rule: &'static str, element: Option<usize> },

    /// An argument for which Excel's function of that name says `#NUM!`.
    #[error("excel.{function}: {argument} out of range: \"{value}\"")]
    Excel { function: &'static str, argument: &'static str, value: String, rule: String },

    /// Two arrays that go together and are not equally long.
    #[error("{count} {what} are given for {others} {of}")]
    Mismatch { what: &'static str, count: usize, of: &'static str, others: usize },

    /// More of something than is sensible.
    #[error("too many {what}: {count}")]
    TooMany { what: &'static str, count: usize, limit: usize },

    /// No memory for what reading an argument may take.
    #[error("out of memory")]
    Memory { bytes: usize },

    /// A NULL where a value has to be.
    #[error("{what} must not be null")]
    Null { what: &'static str },

    /// A sum beyond what exact sums hold.
    #[error("sum of {what} out of range")]
    SumTooLarge { what: &'static str },

    /// Money in two currencies, in one group.
    #[error("bonds in {first} and in {second} do not add up")]
    Currencies { first: String, second: String },

    /// An aggregate state that no aggregate of ours made; which aggregate was called is known where
    /// it is called.
    #[error("invalid state of {}: {why}", aggregate.as_deref().unwrap_or("an aggregate"))]
    State { aggregate: Option<String>, why: String },
}

impl From<DateOutOfRange> for Error {
    #[cold]
    fn from(date: DateOutOfRange) -> Error {
        Error::DateOutOfRange { text: date.to_string() }
    }
}

impl Error {
    /// Text that is no bond.
    pub fn text(text: &str, why: String) -> Error {
        Error::Syntax { kind: "bond", text: excerpt(text), why, example: EXAMPLE_TEXT }
    }

    /// Numbers that no rows make.
    pub fn state(why: impl Into<String>) -> Error {
        Error::State { aggregate: None, why: why.into() }
    }

    /// JSON that is not what `kind` is made of.
    pub fn json(kind: &'static str, text: &str, why: &impl ToString) -> Error {
        Error::Syntax { kind, text: excerpt(text), why: why.to_string(), example: EXAMPLE_JSON }
    }
}

/// Enough of a text to recognise it by in an error message.
pub fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let cut = text.char_indices().nth(LONGEST).map(|(at, _)| at);
    cut.map_or_else(|| text.to_owned(), |at| format!("{}...", text.get(..at).unwrap_or_default()))
}

/// A message without the bulk of what it quotes, wherever that comes from: no word of it is longer
/// than an excerpt, and of many words the first and the last are left, which say what is wrong.
pub fn shortened(message: &str) -> String {
    const FIRST: usize = 300;
    const LAST: usize = 1_500;
    let words: String = message.split(' ').map(excerpt).collect::<Vec<_>>().join(" ");
    let at = |letter: usize| words.char_indices().nth(letter).map_or(words.len(), |(at, _)| at);
    match words.chars().count() {
        count if count > FIRST + LAST => {
            let (first, last) = (
                words.get(..at(FIRST)).unwrap_or_default(),
                words.get(at(count - LAST)..).unwrap_or_default(),
            );
            format!("{first} ... {last}")
        }
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_quote_excerpts() {
        assert_eq!(shortened("\"4% 2030\" is no date"), "\"4% 2030\" is no date");
        assert_eq!(
            shortened(&format!("unknown field `{}`, expected `a`", "k".repeat(1_000))),
            format!("unknown field `{}... expected `a`", "k".repeat(59))
        );
        let many = format!("invalid type: string \"{}\", expected f64", "x ".repeat(50_000));
        let short = shortened(&many);
        assert!(
            short.starts_with("invalid type: string \"x x ")
                && short.ends_with("x x \", expected f64")
                && short.len() < 1_900,
            "{short}"
        );
        // Letters of several bytes are not cut in two.
        assert_eq!(shortened(&"\u{221e}".repeat(100)), format!("{}...", "\u{221e}".repeat(60)));
    }
}
