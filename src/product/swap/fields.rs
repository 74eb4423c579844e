//! The table of a swap's terms, in the order in which they are written.
//!
//! The fixed rate and the dates come first in every form and are read by themselves.

use super::{FixedLeg, Leg, SwapTerms, payment_lag};
use crate::basics::calendar::{Calendar, Roll};
use crate::basics::currency::Currency;
use crate::basics::error::Result;
use crate::basics::vocabulary::Vocabulary;
use crate::forms::bytes::Reader;
use crate::forms::field::{
    EndOfMonth, Field, Fields, Given, Name, PercentRate, TermValue, Unread, lag_from_given,
    lag_from_text, word_values,
};
use crate::forms::text::split_word;
use serde_json::Value;
use std::cmp::Ordering;

pub const INDEX: &str = "floating index";
pub const SPREAD: &str = "spread";
/// The frequency and the day count of the fixed leg, and of the floating leg.
pub const LEGS: [[&str; 2]; 2] =
    [["fixed frequency", "fixed day count"], ["floating frequency", "floating day count"]];

pub static FIELDS: &Fields<SwapTerms> = &[
    &Field {
        key: "fixed_leg",
        words: &[],
        what: FixedLeg::WHAT,
        tag: 1,
        get: |terms: &SwapTerms| Some(terms.fixed_leg),
        set: |terms, fixed_leg| terms.fixed_leg = fixed_leg,
        default: None,
    },
    &Field {
        key: "fixed_frequency",
        words: &[],
        what: LEGS[0][0],
        tag: 0,
        get: |terms: &SwapTerms| Some(terms.fixed.frequency),
        set: |terms, frequency| terms.fixed.frequency = frequency,
        default: None,
    },
    &Field {
        key: "fixed_day_count",
        words: &[],
        what: LEGS[0][1],
        tag: 0,
        get: |terms: &SwapTerms| Some(terms.fixed.day_count),
        set: |terms, day_count| terms.fixed.day_count = day_count,
        default: None,
    },
    &Field {
        key: "floating_index",
        words: &["against"],
        what: INDEX,
        tag: 2,
        get: |terms: &SwapTerms| {
            Some(Index { name: terms.index.clone(), spread: terms.spread, leg: terms.floating })
        },
        set: |terms, index| terms.index = index.name,
        default: None,
    },
    &Field {
        key: "floating_spread",
        words: &[],
        what: SPREAD,
        tag: 3,
        get: |terms: &SwapTerms| Some(PercentRate(terms.spread)),
        set: |terms, PercentRate(spread)| terms.spread = spread,
        default: Some(|| PercentRate(0.0)),
    },
    &Field {
        key: "floating_frequency",
        words: &[],
        what: LEGS[1][0],
        tag: 0,
        get: |terms: &SwapTerms| Some(terms.floating.frequency),
        set: |terms, frequency| terms.floating.frequency = frequency,
        default: None,
    },
    &Field {
        key: "floating_day_count",
        words: &[],
        what: LEGS[1][1],
        tag: 0,
        get: |terms: &SwapTerms| Some(terms.floating.day_count),
        set: |terms, day_count| terms.floating.day_count = day_count,
        default: None,
    },
    &Field {
        key: "fixing",
        words: &["fixing"],
        what: "fixing",
        tag: 4,
        get: |terms: &SwapTerms| terms.fixing.map(PercentRate),
        set: |terms, PercentRate(fixing)| terms.fixing = Some(fixing),
        default: None,
    },
    &Field {
        key: "calendar",
        words: &["calendar"],
        what: "calendar",
        tag: 5,
        get: |terms: &SwapTerms| Some(terms.calendar.clone()),
        set: |terms, calendar| terms.calendar = calendar,
        default: Some(Calendar::default),
    },
    &Field {
        key: "roll",
        words: &["roll"],
        what: Roll::WHAT,
        tag: 6,
        get: |terms: &SwapTerms| Some(terms.roll),
        set: |terms, roll| terms.roll = roll,
        default: Some(|| Roll::Unadjusted),
    },
    &Field {
        key: "payment_lag",
        words: &["lag"],
        what: "payment lag",
        tag: 7,
        get: |terms: &SwapTerms| Some(PaymentLag(terms.payment_lag)),
        set: |terms, PaymentLag(lag)| terms.payment_lag = lag,
        default: Some(|| PaymentLag(0)),
    },
    &Field {
        key: "end_of_month",
        words: &["eom"],
        what: "end-of-month rule",
        tag: 8,
        get: |terms: &SwapTerms| Some(EndOfMonth(terms.end_of_month)),
        set: |terms, EndOfMonth(rule)| terms.end_of_month = rule,
        default: Some(|| EndOfMonth(true)),
    },
    &Field {
        key: "currency",
        words: &["currency"],
        what: "currency",
        tag: 9,
        get: |terms: &SwapTerms| terms.currency,
        set: |terms, currency: Currency| terms.currency = Some(currency),
        default: None,
    },
    &Field {
        key: "notional",
        words: &["x"],
        what: "notional",
        tag: 10,
        get: |terms: &SwapTerms| terms.notional,
        set: |terms, notional| terms.notional = Some(notional),
        default: None,
    },
];

word_values!(FixedLeg);

/// The index that the floating leg pays, which is written with the spread and the leg after it.
#[derive(Debug, Clone)]
struct Index {
    name: String,
    spread: f64,
    leg: Leg,
}

impl PartialEq for Index {
    fn eq(&self, other: &Index) -> bool {
        self.name == other.name
    }
}

impl From<Name> for Index {
    fn from(Name(name): Name) -> Index {
        Index { name, spread: 0.0, leg: Leg::SOFR }
    }
}

impl TermValue for Index {
    fn to_text(&self) -> String {
        self.name.clone()
    }

    fn from_text(text: &str) -> Result<Index, Unread> {
        Ok(Name::from_text(text)?.into())
    }

    fn written(&self, word: &str) -> String {
        let quote = if self.name.contains(char::is_whitespace) { "\"" } else { "" };
        let sign = if self.spread < 0.0 { '-' } else { '+' };
        let spread = match self.spread {
            0.0 => String::new(),
            spread => format!(" {sign} {}", PercentRate(spread.abs()).to_text()),
        };
        format!("{word} {quote}{}{quote}{spread} {}", self.name, self.leg)
    }

    /// One word, or more in double quotes.
    fn split(line: &str) -> Option<(&str, &str)> {
        let is_quoted = line.trim_start().starts_with('"');
        if is_quoted { Name::split(line) } else { split_word(line) }
    }

    fn missing(word: &str) -> String {
        format!("after \"{word}\" stands the name of an index, one word or in double quotes")
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.name.as_bytes());
    }

    fn take(reader: &mut Reader) -> Result<Index> {
        Ok(Name::take(reader)?.into())
    }

    fn order(&self, other: &Index) -> Ordering {
        self.name.cmp(&other.name)
    }
}

/// Business days from the end of a period to its payment.
#[derive(Debug, Clone, Copy, PartialEq)]
struct PaymentLag(u8);

impl TermValue for PaymentLag {
    fn to_text(&self) -> String {
        self.0.to_string()
    }

    fn from_text(text: &str) -> Result<PaymentLag, Unread> {
        Ok(PaymentLag(lag_from_text(text, payment_lag)?))
    }

    fn to_json(&self) -> Value {
        self.0.into()
    }

    fn from_given(given: Given, what: &'static str) -> Result<PaymentLag, Unread> {
        Ok(PaymentLag(lag_from_given(given, what, payment_lag)?))
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.0);
    }

    fn take(reader: &mut Reader) -> Result<PaymentLag> {
        let [lag] = reader.take()?;
        Ok(PaymentLag(lag))
    }

    fn order(&self, other: &PaymentLag) -> Ordering {
        self.0.cmp(&other.0)
    }
}
