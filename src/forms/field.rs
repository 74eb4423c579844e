//! The terms of an instrument as a table: one row for each term, from which its text, JSON, stored
//! bytes and order follow.
//!
//! A row is a [`Field`]: how the term is called in each form, and how it is read from the term
//! sheet and set. What its values look like is a [`TermValue`], written once for dates, numbers,
//! rates, words and so on. Bonds, swaps and curves share the functions below.

use super::bytes::Reader;
use super::text::{number, rate, split_word, why};
use crate::basics::date::{Date, DateOutOfRange};
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::vocabulary::Vocabulary;
use crate::numeric::certain::certain;
use crate::numeric::decimal::percent;
use serde_json::{Map, Value};
use std::cmp::Ordering;
use std::fmt;

/// A term as it is given in JSON or as an SQL argument.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    Text(String),
    Number(f64),
    Integer(i64),
    Bool(bool),
    Date(Date),
    /// An array or an object.
    Json(Value),
}

impl Given {
    /// None for null, which means absent.
    pub fn of_json(value: Value) -> Option<Given> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(truth) => Given::Bool(truth),
            Value::String(text) => Given::Text(text),
            Value::Number(number) => match number.as_i64() {
                Some(integer) => Given::Integer(integer),
                None => Given::Number(number.as_f64().unwrap_or(f64::INFINITY)),
            },
            other => Given::Json(other),
        })
    }
}

/// Why a term cannot be read: a sentence for the error of the whole instrument, or an error of its
/// own.
#[derive(Debug)]
pub enum Unread {
    Why(String),
    Refused(Error),
}

impl Unread {
    /// As a sentence.
    pub fn why(self) -> String {
        match self {
            Unread::Why(text) => text,
            Unread::Refused(error) => why(error),
        }
    }

    /// As an error, where `syntax` makes one of a sentence.
    pub fn error(self, syntax: impl Fn(String) -> Error) -> Error {
        match self {
            Unread::Why(text) => syntax(text),
            Unread::Refused(error) => error,
        }
    }
}

impl From<String> for Unread {
    fn from(why: String) -> Unread {
        Unread::Why(why)
    }
}

impl From<Error> for Unread {
    fn from(error: Error) -> Unread {
        Unread::Refused(error)
    }
}

impl From<DateOutOfRange> for Unread {
    fn from(date: DateOutOfRange) -> Unread {
        Unread::Refused(date.into())
    }
}

/// The value of a term in each of its forms.
pub trait TermValue: Clone + PartialEq + 'static {
    /// The shortest text that reads back to the same value.
    fn to_text(&self) -> String;

    fn from_text(text: &str) -> Result<Self, Unread>;

    /// A word that says a value by itself, as `no-eom` does.
    fn from_flag(_word: &str) -> Option<Self> {
        None
    }

    /// As it is written in a line, after its word.
    fn written(&self, word: &str) -> String {
        format!("{word} {}", self.to_text())
    }

    /// The value's text at the beginning of a line, and what follows it.
    fn split(line: &str) -> Option<(&str, &str)> {
        split_word(line)
    }

    /// Why nothing after a word is a value.
    fn missing(word: &str) -> String {
        format!("nothing follows \"{word}\"")
    }

    fn to_json(&self) -> Value {
        self.to_text().into()
    }

    /// Reads JSON or an SQL argument; `what` names the term.
    fn from_given(given: Given, what: &'static str) -> Result<Self, Unread> {
        match given {
            Given::Text(text) => Self::from_text(&text),
            _ => Err(Unread::Why(format!("the {what} is not text"))),
        }
    }

    /// Appends the stored form.
    fn put(&self, bytes: &mut Vec<u8>);

    /// Reads the stored form, to its end.
    fn take(reader: &mut Reader) -> Result<Self>;

    fn order(&self, other: &Self) -> Ordering;
}

/// One term of a term sheet `T`, with values `V`.
pub struct Field<T: 'static, V: 'static> {
    /// JSON key and name of the SQL argument.
    pub key: &'static str,
    /// The words that introduce the term in a line, the first as it is written. An empty word
    /// writes the value alone. Without words the table neither reads nor writes it in a line.
    pub words: &'static [&'static str],
    /// The term's name in messages.
    pub what: &'static str,
    /// The tag of its section in the stored form; 0 for a term of the head.
    pub tag: u8,
    pub get: fn(&T) -> Option<V>,
    pub set: fn(&mut T, V),
    /// The value that is not written.
    pub default: Option<fn() -> V>,
}

/// A [`Field`] of any type of value.
pub trait Term<T>: Sync {
    fn key(&self) -> &'static str;
    fn words(&self) -> &'static [&'static str];
    fn what(&self) -> &'static str;
    fn tag(&self) -> u8;
    /// Reads the term at the beginning of a line where `word` introduces it, and answers what
    /// follows. None if the word is no word of this term.
    fn read_words<'a>(
        &self,
        terms: &mut T,
        word: &str,
        line: &'a str,
    ) -> Option<Result<&'a str, String>>;
    /// As it is written in a line; None at its default.
    fn written(&self, terms: &T) -> Option<String>;
    fn read_given(&self, terms: &mut T, given: Given) -> Result<(), Unread>;
    fn json(&self, terms: &T) -> Option<Value>;
    fn read_bytes(&self, terms: &mut T, reader: &mut Reader) -> Result<()>;
    fn bytes(&self, terms: &T) -> Option<Vec<u8>>;
    /// What is absent sorts first.
    fn order(&self, one: &T, other: &T) -> Ordering;
}

impl<T, V: TermValue> Field<T, V> {
    /// The value where it is not the default.
    fn value(&self, terms: &T) -> Option<V> {
        let value = (self.get)(terms)?;
        let is_default = self.default.is_some_and(|default| default() == value);
        (!is_default).then_some(value)
    }
}

impl<T, V: TermValue> Term<T> for Field<T, V> {
    fn key(&self) -> &'static str {
        self.key
    }

    fn words(&self) -> &'static [&'static str] {
        self.words
    }

    fn what(&self) -> &'static str {
        self.what
    }

    fn tag(&self) -> u8 {
        self.tag
    }

    fn read_words<'a>(
        &self,
        terms: &mut T,
        word: &str,
        line: &'a str,
    ) -> Option<Result<&'a str, String>> {
        if self.words.is_empty() {
            return None;
        }
        if let Some(value) = V::from_flag(&word.to_ascii_lowercase()) {
            (self.set)(terms, value);
            return Some(Ok(line));
        }
        self.words.iter().find(|mine| word.eq_ignore_ascii_case(mine))?;
        let Some((text, rest)) = V::split(line) else {
            return Some(Err(V::missing(word)));
        };
        let value = V::from_text(text).map_err(Unread::why);
        Some(value.map(|value| {
            (self.set)(terms, value);
            rest
        }))
    }

    fn written(&self, terms: &T) -> Option<String> {
        let word = self.words.first()?;
        self.value(terms).map(|value| value.written(word).trim_start().to_owned())
    }

    fn read_given(&self, terms: &mut T, given: Given) -> Result<(), Unread> {
        (self.set)(terms, V::from_given(given, self.what)?);
        Ok(())
    }

    fn json(&self, terms: &T) -> Option<Value> {
        self.value(terms).map(|value| value.to_json())
    }

    fn read_bytes(&self, terms: &mut T, reader: &mut Reader) -> Result<()> {
        (self.set)(terms, V::take(reader)?);
        Ok(())
    }

    fn bytes(&self, terms: &T) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        self.value(terms)?.put(&mut bytes);
        Some(bytes)
    }

    fn order(&self, one: &T, other: &T) -> Ordering {
        match ((self.get)(one), (self.get)(other)) {
            (Some(one), Some(other)) => one.order(&other),
            (one, other) => one.is_some().cmp(&other.is_some()),
        }
    }
}

/// The table of an instrument's terms, in the order in which they are written.
pub type Fields<T> = [&'static dyn Term<T>];

/// The terms that a line has given so far.
#[derive(Default)]
pub struct Seen(Vec<&'static str>);

impl Seen {
    pub fn has(&self, what: &str) -> bool {
        self.0.contains(&what)
    }

    /// # Errors
    /// The term was given before.
    pub fn once(&mut self, what: &'static str, word: &str) -> Result<(), String> {
        if self.has(what) {
            return Err(format!("\"{}\" gives the {what} a second time", excerpt(word)));
        }
        self.0.push(what);
        Ok(())
    }
}

/// Reads the terms of a line. A word that introduces no term of the table goes to `other`, which
/// answers what follows it.
pub fn read_line<T>(
    fields: &Fields<T>,
    terms: &mut T,
    line: &str,
    mut other: impl for<'a> FnMut(&mut T, &mut Seen, &'a str, &'a str) -> Result<&'a str, String>,
) -> Result<(), String> {
    let (mut rest, mut seen) = (line, Seen::default());
    while let Some((word, tail)) = split_word(rest) {
        let read = fields
            .iter()
            .find_map(|field| Some((field.read_words(terms, word, tail)?, field.what())));
        rest = match read {
            Some((after, what)) => {
                let after = after?;
                seen.once(what, word)?;
                after
            }
            None => other(terms, &mut seen, word, tail)?,
        };
    }
    Ok(())
}

/// Writes the terms that are not at their defaults, each after a blank.
pub fn write_line<T>(fields: &Fields<T>, terms: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut written = fields.iter().filter_map(|field| field.written(terms));
    written.try_for_each(|written| write!(f, " {written}"))
}

/// Reads the keys of an object. `head` and `others` name those that were read before, which a hint
/// lists before and after those of the table; any other key is refused.
pub fn read_object<T>(
    kind: &'static str,
    [head, others]: [&[&str]; 2],
    fields: &Fields<T>,
    terms: &mut T,
    mut object: Map<String, Value>,
    syntax: impl Fn(String) -> Error,
) -> Result<()> {
    for field in fields {
        if let Some(given) = object.remove(field.key()).and_then(Given::of_json) {
            field.read_given(terms, given).map_err(|unread| unread.error(&syntax))?;
        }
    }
    let is_read = |key: &str| head.contains(&key) || others.contains(&key);
    match object.keys().find(|key| !is_read(key)) {
        None => Ok(()),
        Some(key) => {
            let known = head.iter().copied().chain(fields.iter().map(|field| field.key()));
            let known = known.chain(others.iter().copied()).collect::<Vec<_>>().join(", ");
            let instead = format!("Known fields: {known}.");
            Err(Error::Unsupported { what: kind, text: excerpt(key), instead })
        }
    }
}

/// Reads the arguments of an SQL constructor, by the names of their terms; one that is absent
/// leaves its default.
///
/// # Errors
/// A term that cannot be read; that of a sentence names the term.
pub fn read_arguments<T, const N: usize>(
    kind: &'static str,
    fields: &Fields<T>,
    terms: &mut T,
    arguments: [(&'static str, Option<Given>); N],
) -> Result<()> {
    for (key, given) in arguments {
        let Some(given) = given else { continue };
        let field = fields.iter().find(|field| field.key() == key);
        let field = field.ok_or(Error::Unsupported {
            what: kind,
            text: key.to_owned(),
            instead: String::new(),
        })?;
        field.read_given(terms, given).map_err(|unread| {
            unread.error(|why| Error::Syntax { kind, text: key.to_owned(), why, example: "" })
        })?;
    }
    Ok(())
}

/// Adds the terms that are not at their defaults to an object.
pub fn write_object<T>(fields: &Fields<T>, terms: &T, object: &mut Map<String, Value>) {
    for field in fields {
        if let Some(value) = field.json(terms) {
            object.insert(field.key().to_owned(), value);
        }
    }
}

/// Appends a section for each term outside the head that is not at its default: tag, length in two
/// bytes, and the term's own form, in the order of the tags.
pub fn write_sections<T>(fields: &Fields<T>, terms: &T, bytes: &mut Vec<u8>) {
    let mut sections: Vec<(u8, Vec<u8>)> = fields
        .iter()
        .filter(|field| field.tag() != 0)
        .filter_map(|field| Some((field.tag(), field.bytes(terms)?)))
        .collect();
    sections.sort_by_key(|(tag, _)| *tag);
    for (tag, section) in sections {
        bytes.push(tag);
        let length = certain(u16::try_from(section.len()).ok(), "room for a section");
        bytes.extend(length.to_le_bytes());
        bytes.extend(section);
    }
}

/// Reads sections to the end of the value.
///
/// # Errors
/// A tag that this release does not know, sections out of order, and a section of another length
/// than its term has.
pub fn read_sections<T>(fields: &Fields<T>, terms: &mut T, reader: &mut Reader) -> Result<()> {
    let mut before = 0;
    while let Some((tag, mut section)) = reader.section()? {
        let known = fields.iter().find(|field| field.tag() == tag && tag != 0);
        let field = known.ok_or_else(|| {
            section.malformed(format!("section {tag} is unknown to this release"))
        })?;
        if tag <= before {
            return Err(section.malformed(format!("section {tag} is out of order")));
        }
        before = tag;
        field.read_bytes(terms, &mut section)?;
        section.end()?;
    }
    Ok(())
}

/// By the terms of the table in their order.
pub fn order<T>(fields: &Fields<T>, one: &T, other: &T) -> Ordering {
    let differ = fields.iter().map(|field| field.order(one, other)).find(|order| order.is_ne());
    differ.unwrap_or(Ordering::Equal)
}

impl TermValue for Date {
    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: &str) -> Result<Date, Unread> {
        Ok(super::text::date(text)?)
    }

    fn from_given(given: Given, what: &'static str) -> Result<Date, Unread> {
        match given {
            Given::Date(date) => Ok(date),
            Given::Text(text) => Date::from_text(&text),
            _ => Err(Unread::Why(format!("the {what} is not a date written YYYY-MM-DD"))),
        }
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.days().to_le_bytes());
    }

    fn take(reader: &mut Reader) -> Result<Date> {
        reader.date()
    }

    fn order(&self, other: &Date) -> Ordering {
        self.cmp(other)
    }
}

/// A number: a price, a notional, a redemption.
impl TermValue for f64 {
    fn to_text(&self) -> String {
        self.to_string()
    }

    fn from_text(text: &str) -> Result<f64, Unread> {
        Ok(number(text)?)
    }

    fn to_json(&self) -> Value {
        (*self).into()
    }

    fn from_given(given: Given, what: &'static str) -> Result<f64, Unread> {
        match given {
            Given::Number(number) => Ok(number),
            Given::Integer(integer) => Ok(integer as f64),
            _ => Err(Unread::Why(format!("the {what} is not a number"))),
        }
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.to_le_bytes());
    }

    fn take(reader: &mut Reader) -> Result<f64> {
        reader.number()
    }

    fn order(&self, other: &f64) -> Ordering {
        self.total_cmp(other)
    }
}

/// A rate: a decimal in JSON and SQL, in percent as text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PercentRate(pub f64);

impl TermValue for PercentRate {
    fn to_text(&self) -> String {
        format!("{}%", percent(self.0))
    }

    fn from_text(text: &str) -> Result<PercentRate, Unread> {
        Ok(PercentRate(rate(text)?))
    }

    /// A rate above 100 % is written as text, for a number that large was meant in percent.
    fn to_json(&self) -> Value {
        if self.0.abs() > 1.0 { self.to_text().into() } else { self.0.into() }
    }

    fn from_given(given: Given, what: &'static str) -> Result<PercentRate, Unread> {
        let syntax = |text: &str, why: String| Error::Syntax {
            kind: "rate",
            text: excerpt(text),
            why,
            example: "0.0445 or \"4.45%\"",
        };
        let number = match given {
            Given::Text(text) => {
                let shown = Value::from(text.as_str()).to_string();
                return Ok(PercentRate(rate(&text).map_err(|why| syntax(&shown, why))?));
            }
            Given::Number(number) => number,
            Given::Integer(integer) => integer as f64,
            Given::Bool(truth) => {
                return Err(syntax(&truth.to_string(), NO_RATE.to_owned()).into());
            }
            Given::Json(value) => return Err(syntax(&value.to_string(), NO_RATE.to_owned()).into()),
            Given::Date(date) => return Err(syntax(&date.to_string(), NO_RATE.to_owned()).into()),
        };
        Ok(PercentRate(super::text::decimal_rate(what, number)?))
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        self.0.put(bytes);
    }

    fn take(reader: &mut Reader) -> Result<PercentRate> {
        Ok(PercentRate(reader.number()?))
    }

    fn order(&self, other: &PercentRate) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

const NO_RATE: &str = "a rate is a number, or text in percent";

/// A rule that a flag turns on or off: `eom` and `no-eom`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EndOfMonth(pub bool);

impl TermValue for EndOfMonth {
    fn to_text(&self) -> String {
        if self.0 { "eom" } else { "no-eom" }.to_owned()
    }

    fn from_text(text: &str) -> Result<EndOfMonth, Unread> {
        let flag = EndOfMonth::from_flag(&text.to_ascii_lowercase());
        flag.ok_or_else(|| Unread::Why(format!("\"{}\" is not eom or no-eom", excerpt(text))))
    }

    fn from_flag(word: &str) -> Option<EndOfMonth> {
        match word {
            "eom" => Some(EndOfMonth(true)),
            "no-eom" => Some(EndOfMonth(false)),
            _ => None,
        }
    }

    fn written(&self, _word: &str) -> String {
        self.to_text()
    }

    fn to_json(&self) -> Value {
        self.0.into()
    }

    fn from_given(given: Given, what: &'static str) -> Result<EndOfMonth, Unread> {
        match given {
            Given::Bool(truth) => Ok(EndOfMonth(truth)),
            _ => Err(Unread::Why(format!("the {what} is not true or false"))),
        }
    }

    /// Its section alone says that it is off.
    fn put(&self, _bytes: &mut Vec<u8>) {}

    fn take(_reader: &mut Reader) -> Result<EndOfMonth> {
        Ok(EndOfMonth(false))
    }

    fn order(&self, other: &EndOfMonth) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// Words of a vocabulary, by their stored codes.
macro_rules! word_values {
    ($($word:ty),*) => { $(
        impl TermValue for $word {
            fn to_text(&self) -> String {
                self.name().to_owned()
            }

            fn from_text(text: &str) -> Result<$word, Unread> {
                Ok(<$word>::parse(text)?)
            }

            fn put(&self, bytes: &mut Vec<u8>) {
                bytes.push(*self as u8);
            }

            fn take(reader: &mut Reader) -> Result<$word> {
                reader.word(|word: $word| word as u8)
            }

            fn order(&self, other: &$word) -> Ordering {
                (*self as u8).cmp(&(*other as u8))
            }
        }
    )* };
}
pub(crate) use word_values;

word_values!(crate::basics::daycount::DayCount, crate::basics::calendar::Roll);

/// Values that are read and shown as text, and stored by a form of their own.
macro_rules! text_values {
    ($($value:ty: $put:expr, $take:expr;)*) => { $(
        impl TermValue for $value {
            fn to_text(&self) -> String {
                self.to_string()
            }

            fn from_text(text: &str) -> Result<$value, Unread> {
                Ok(text.parse()?)
            }

            fn put(&self, bytes: &mut Vec<u8>) {
                let put: fn(&$value) -> Vec<u8> = $put;
                bytes.extend(put(self));
            }

            fn take(reader: &mut Reader) -> Result<$value> {
                let take: fn(&mut Reader) -> Result<$value> = $take;
                take(reader)
            }

            fn order(&self, other: &$value) -> Ordering {
                self.cmp(other)
            }
        }
    )* };
}
pub(crate) use text_values;

text_values! {
    crate::basics::currency::Currency: |currency| currency.0.to_vec(), |reader| reader.currency();
    crate::basics::calendar::Calendar: |calendar| calendar.to_bytes(), |reader| reader.calendar_to_end();
}

/// Coupons a year, as a word or as a number.
impl TermValue for crate::basics::frequency::Frequency {
    fn to_text(&self) -> String {
        self.name().to_owned()
    }

    fn from_text(text: &str) -> Result<Self, Unread> {
        Ok(Self::parse(text)?)
    }

    fn from_given(given: Given, _what: &'static str) -> Result<Self, Unread> {
        match given {
            Given::Text(text) => Self::from_text(&text),
            Given::Integer(per_year) => Self::from_text(&per_year.to_string()),
            Given::Number(per_year) => Self::from_text(&per_year.to_string()),
            _ => {
                Err(Unread::Why("a frequency is a word, or a number of coupons a year".to_owned()))
            }
        }
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(*self as u8);
    }

    fn take(reader: &mut Reader) -> Result<Self> {
        reader.word(|frequency: Self| frequency as u8)
    }

    fn order(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }
}

/// A name, in a line in double quotes.
#[derive(Debug, Clone, PartialEq)]
pub struct Name(pub String);

impl TermValue for Name {
    fn to_text(&self) -> String {
        self.0.clone()
    }

    fn from_text(text: &str) -> Result<Name, Unread> {
        Ok(Name(text.to_owned()))
    }

    fn written(&self, word: &str) -> String {
        format!("{word} \"{}\"", self.0)
    }

    fn split(line: &str) -> Option<(&str, &str)> {
        line.trim_start().strip_prefix('"')?.split_once('"')
    }

    fn missing(_word: &str) -> String {
        "a name is written in double quotes".to_owned()
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.0.as_bytes());
    }

    fn take(reader: &mut Reader) -> Result<Name> {
        Ok(Name(reader.text_to_end()?))
    }

    fn order(&self, other: &Name) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// Business days as a number that may be anything; `check` holds its bounds.
pub fn lag_from_text(text: &str, check: fn(i64) -> Result<u8>) -> Result<u8, Unread> {
    let days: i64 = text
        .parse()
        .map_err(|_| format!("\"{}\" is not a number of business days", excerpt(text)))?;
    Ok(check(days)?)
}

/// The same as it is given in JSON or SQL.
pub fn lag_from_given(
    given: Given,
    what: &'static str,
    check: fn(i64) -> Result<u8>,
) -> Result<u8, Unread> {
    match given {
        Given::Integer(days) => Ok(check(days)?),
        _ => Err(Unread::Why(format!("the {what} is not a number of business days"))),
    }
}
