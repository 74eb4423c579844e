//! The table of a bond's terms, in the order in which they are written.
//!
//! A term is one row: its words in text, its JSON key and SQL argument, its section in the stored
//! form, and where it stands in [`BondTerms`]. Coupon and maturity come first in every form and are
//! read by themselves.

use super::{BondTerms, ExDividend, Step, settlement_lag};
use crate::basics::calendar::{Calendar, Roll};
use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Result, excerpt};
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::forms::bytes::Reader;
use crate::forms::field::{
    EndOfMonth, Field, Fields, Given, PercentRate, TermValue, Unread, lag_from_given,
    lag_from_text, text_values, word_values,
};
use crate::product::convention::Convention;
use serde_json::{Map, Value};
use std::cmp::Ordering;

pub static FIELDS: &Fields<BondTerms> = &[
    &Field {
        key: "issue",
        words: &["issued"],
        what: "issue date",
        tag: 0,
        get: |terms: &BondTerms| terms.issue,
        set: |terms, issue| terms.issue = Some(issue),
        default: None,
    },
    &Field {
        key: "frequency",
        words: &[],
        what: Frequency::WHAT,
        tag: 0,
        get: |terms: &BondTerms| Some(terms.frequency),
        set: |terms, frequency| terms.frequency = frequency,
        default: None,
    },
    &Field {
        key: "day_count",
        words: &[],
        what: DayCount::WHAT,
        tag: 0,
        get: |terms: &BondTerms| Some(terms.day_count),
        set: |terms, day_count| terms.day_count = day_count,
        default: None,
    },
    &Field {
        key: "first_coupon",
        words: &["first"],
        what: "first coupon date",
        tag: 0,
        get: |terms: &BondTerms| terms.first_coupon,
        set: |terms, first| terms.first_coupon = Some(first),
        default: None,
    },
    &Field {
        key: "last_coupon",
        words: &["last"],
        what: "last coupon date",
        tag: 0,
        get: |terms: &BondTerms| terms.last_coupon,
        set: |terms, last| terms.last_coupon = Some(last),
        default: None,
    },
    &Field {
        key: "steps",
        words: &["steps"],
        what: "coupon steps",
        tag: 6,
        get: |terms: &BondTerms| Some(Steps(terms.optional.steps.clone())),
        set: |terms, Steps(steps)| terms.optional.edit().steps = steps,
        default: Some(|| Steps(Vec::new())),
    },
    &Field {
        key: "redemption",
        words: &["redemption"],
        what: "redemption",
        tag: 0,
        get: |terms: &BondTerms| Some(terms.redemption),
        set: |terms, redemption| terms.redemption = redemption,
        default: Some(|| 100.0),
    },
    &Field {
        key: "end_of_month",
        words: &["eom"],
        what: "end-of-month rule",
        tag: 0,
        get: |terms: &BondTerms| Some(EndOfMonth(terms.end_of_month)),
        set: |terms, EndOfMonth(rule)| terms.end_of_month = rule,
        default: Some(|| EndOfMonth(true)),
    },
    &Field {
        key: "convention",
        words: &["yield", "convention"],
        what: Convention::WHAT,
        tag: 0,
        get: |terms: &BondTerms| Some(YieldConvention(terms.convention, terms.day_count)),
        set: |terms, YieldConvention(convention, _)| terms.convention = convention,
        default: Some(|| YieldConvention(Convention::Street, DayCount::Thirty360Us)),
    },
    &Field {
        key: "calendar",
        words: &["calendar"],
        what: "calendar",
        tag: 1,
        get: |terms: &BondTerms| Some(terms.optional.calendar.clone()),
        set: |terms, calendar| terms.optional.edit().calendar = calendar,
        default: Some(Calendar::default),
    },
    &Field {
        key: "roll",
        words: &["roll"],
        what: Roll::WHAT,
        tag: 2,
        get: |terms: &BondTerms| Some(terms.optional.roll),
        set: |terms, roll| terms.optional.edit().roll = roll,
        default: Some(|| Roll::Unadjusted),
    },
    &Field {
        key: "ex_dividend",
        words: &["ex"],
        what: "ex-dividend period",
        tag: 3,
        get: |terms: &BondTerms| terms.optional.ex_dividend,
        set: |terms, rule: ExDividend| terms.optional.edit().ex_dividend = Some(rule),
        default: None,
    },
    &Field {
        key: "settlement_lag",
        words: &["lag"],
        what: "settlement lag",
        tag: 4,
        get: |terms: &BondTerms| terms.optional.settlement_lag.map(SettlementLag),
        set: |terms, SettlementLag(lag)| terms.optional.edit().settlement_lag = Some(lag),
        default: None,
    },
    &Field {
        key: "currency",
        words: &["currency"],
        what: "currency",
        tag: 5,
        get: |terms: &BondTerms| terms.optional.currency,
        set: |terms, currency: Currency| terms.optional.edit().currency = Some(currency),
        default: None,
    },
    &Field {
        key: "price",
        words: &["@"],
        what: "price",
        tag: 0,
        get: |terms: &BondTerms| terms.price,
        set: |terms, price| terms.price = Some(price),
        default: None,
    },
    &Field {
        key: "notional",
        words: &["x"],
        what: "notional",
        tag: 0,
        get: |terms: &BondTerms| terms.notional,
        set: |terms, notional| terms.notional = Some(notional),
        default: None,
    },
];

word_values!(Convention);

text_values! {
    ExDividend: |rule| vec![rule.days, u8::from(rule.business)], |reader| {
        let [days, business] = reader.take()?;
        if days == 0 || days > ExDividend::MAX_DAYS || business > 1 {
            let why = format!("unknown ex-dividend period {days}, {business}");
            return Err(reader.malformed(why));
        }
        Ok(ExDividend { days, business: business == 1 })
    };
}

/// A yield convention, and the day count that is written before it.
#[derive(Debug, Clone, Copy)]
struct YieldConvention(Convention, DayCount);

impl PartialEq for YieldConvention {
    fn eq(&self, other: &YieldConvention) -> bool {
        self.0 == other.0
    }
}

impl TermValue for YieldConvention {
    fn to_text(&self) -> String {
        self.0.to_text()
    }

    fn from_text(text: &str) -> Result<YieldConvention, Unread> {
        Ok(YieldConvention(Convention::from_text(text)?, DayCount::Thirty360Us))
    }

    /// Without a word, but where both together are a day count, as "30/360 german" is.
    fn written(&self, word: &str) -> String {
        let YieldConvention(convention, day_count) = self;
        let name = convention.name();
        let is_day_count = DayCount::find(&format!("{} {name}", day_count.name())).is_some();
        if is_day_count { format!("{word} {name}") } else { name.to_owned() }
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        self.0.put(bytes);
    }

    fn take(reader: &mut Reader) -> Result<YieldConvention> {
        Ok(YieldConvention(Convention::take(reader)?, DayCount::Thirty360Us))
    }

    fn order(&self, other: &YieldConvention) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// Business days from trade to settlement.
#[derive(Debug, Clone, Copy, PartialEq)]
struct SettlementLag(u8);

impl TermValue for SettlementLag {
    fn to_text(&self) -> String {
        self.0.to_string()
    }

    fn from_text(text: &str) -> Result<SettlementLag, Unread> {
        // One that is too long for a market is refused with the other terms of the bond.
        let check = |days| u8::try_from(days).or_else(|_| settlement_lag(days));
        Ok(SettlementLag(lag_from_text(text, check)?))
    }

    fn to_json(&self) -> Value {
        self.0.into()
    }

    fn from_given(given: Given, what: &'static str) -> Result<SettlementLag, Unread> {
        Ok(SettlementLag(lag_from_given(given, what, settlement_lag)?))
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.0);
    }

    fn take(reader: &mut Reader) -> Result<SettlementLag> {
        let [lag] = reader.take()?;
        Ok(SettlementLag(lag))
    }

    fn order(&self, other: &SettlementLag) -> Ordering {
        self.0.cmp(&other.0)
    }
}

/// Coupon rates that follow the first one, in order of date: `2027-06-15:4.5%,2029-06-15:5%`, in
/// JSON an array of objects with the keys `from` and `coupon`.
#[derive(Debug, Clone, PartialEq)]
struct Steps(Vec<Step>);

impl TermValue for Steps {
    fn to_text(&self) -> String {
        Step::text(&self.0)
    }

    fn from_text(text: &str) -> Result<Steps, Unread> {
        Ok(Steps(Step::list(text)?))
    }

    fn to_json(&self) -> Value {
        let step = |step: &Step| {
            let mut object = Map::new();
            object.insert("from".to_owned(), step.from.to_json());
            object.insert("coupon".to_owned(), PercentRate(step.coupon).to_json());
            Value::Object(object)
        };
        self.0.iter().map(step).collect()
    }

    fn from_given(given: Given, what: &'static str) -> Result<Steps, Unread> {
        match given {
            Given::Text(text) => Steps::from_text(&text),
            Given::Json(Value::Array(steps)) => {
                Ok(Steps(steps.into_iter().map(step_of_json).collect::<Result<_, _>>()?))
            }
            _ => Err(Unread::Why(format!("{what} are an array of objects with from and coupon"))),
        }
    }

    fn put(&self, bytes: &mut Vec<u8>) {
        for Step { from, coupon } in &self.0 {
            from.put(bytes);
            coupon.put(bytes);
        }
    }

    fn take(reader: &mut Reader) -> Result<Steps> {
        let mut steps = Vec::new();
        while !reader.is_at_end() {
            steps.push(Step { from: reader.date()?, coupon: reader.number()? });
        }
        Ok(Steps(steps))
    }

    fn order(&self, other: &Steps) -> Ordering {
        self.0.iter().map(Step::key).cmp(other.0.iter().map(Step::key))
    }
}

fn step_of_json(value: Value) -> Result<Step, Unread> {
    let Value::Object(mut object) = value else {
        return Err(Unread::Why("a step is an object with from and coupon".to_owned()));
    };
    let mut term = |key: &str| {
        let given = object.remove(key).and_then(Given::of_json);
        given.ok_or_else(|| Unread::Why(format!("missing field `{key}`")))
    };
    let (from, coupon) = (term("from")?, term("coupon")?);
    if let Some(key) = object.keys().next() {
        let key = excerpt(key);
        let why = format!("unknown field `{key}`, expected `from` or `coupon`");
        return Err(Unread::Why(why));
    }
    let PercentRate(coupon) = PercentRate::from_given(coupon, "coupon")?;
    Ok(Step { from: Date::from_given(from, "date of a step")?, coupon })
}
