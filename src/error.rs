//! Everything that can be wrong with what a user hands in. The variants carry the facts; `sql::error` alone turns
//! them into SQLSTATE, detail and hint.

use crate::date::Date;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// Text or JSON that cannot be read as a value of `kind`.
    #[error("invalid input syntax for type {kind}: \"{text}\"")]
    Syntax { kind: &'static str, text: String, why: String },

    /// Bytes received in binary form that are no bond.
    #[error("invalid binary form of type {kind}: {why}")]
    Binary { kind: &'static str, why: String },

    /// A market word (day count, frequency, convention) that nobody taught us.
    #[error("unknown {what}: \"{text}\"")]
    UnknownWord { what: &'static str, text: String, known: String },

    /// A number outside what its quantity can be.
    #[error("{what} out of range: \"{value}\"")]
    OutOfRange { what: &'static str, value: f64, rule: &'static str },

    /// A date that is infinite or outside the years 1 to 9999.
    #[error("date out of range: \"{text}\"")]
    DateOutOfRange { text: String },

    /// Two dates of a bond in the wrong order.
    #[error("{later_name} date \"{later}\" must be after {earlier_name} date \"{earlier}\"")]
    DateOrder { earlier_name: &'static str, earlier: Date, later_name: &'static str, later: Date },

    /// A coupon date that the bond's regular schedule, counted back from maturity, does not contain.
    #[error("{what} coupon date \"{date}\" is not on the schedule of a bond that matures on \"{maturity}\"")]
    OffSchedule { what: &'static str, date: Date, maturity: Date, nearest: Date },

    /// A term that needs another one.
    #[error("{given} \"{value}\" given without {needed}")]
    Incomplete { given: &'static str, value: Date, needed: &'static str },

    /// A legal term sheet that this version cannot price, and so refuses.
    #[error("{what} is not supported: \"{value}\"")]
    Unsupported { what: &'static str, value: String, hint: &'static str },

    /// An identifier whose form or check digit is wrong.
    #[error("invalid {kind}: \"{text}\"")]
    Identifier { kind: &'static str, text: String, why: String, corrected: Option<String> },

    /// A field of a portfolio analysis request; the wording is part of that contract.
    #[error("Invalid {field}: {value}. {rule}")]
    Request { field: String, value: String, rule: &'static str, element: Option<usize> },

    /// An aggregate state that no aggregate of ours made.
    #[error("invalid portfolio state: {why}")]
    State { why: String },
}
