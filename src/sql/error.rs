//! The one table from what went wrong to what PostgreSQL reports.

use crate::basics::error::{Error, shortened};
use crate::numeric::decimal::{hundredth, percent};
use pgrx::PgSqlErrorCode as Code;
use pgrx::pg_sys::panic::ErrorReport;

/// SQLSTATE, message, detail and hint of an error.
pub struct Report {
    pub code: Code,
    pub message: String,
    pub detail: Option<String>,
    pub hint: Option<String>,
}

impl From<Error> for Report {
    fn from(error: Error) -> Report {
        let message = shortened(&error.to_string());
        let (code, detail, hint) = match error {
            Error::Syntax { why, example, .. } => {
                (Code::ERRCODE_INVALID_TEXT_REPRESENTATION, Some(sentence(&why)), Some(format!("Write it like {example}")))
            }
            Error::Setting => (
                Code::ERRCODE_INVALID_DATETIME_FORMAT,
                None,
                Some("Set it to a date written YYYY-MM-DD, or to nothing for the current date.".to_owned()),
            ),
            Error::Binary { .. } => (Code::ERRCODE_INVALID_BINARY_REPRESENTATION, None, None),
            Error::UnknownWord { what, known, .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                None,
                Some(format!("Known for {what}: {known}; other spellings of these are read too.")),
            ),
            Error::Unsupported { instead, .. } => (Code::ERRCODE_FEATURE_NOT_SUPPORTED, None, Some(instead)),
            Error::Percent { value, .. } => (
                Code::ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
                Some(format!("A rate given as a number is a decimal: {value} is {} %.", percent(value))),
                Some(format!(
                    "For {value} % write {}; {} % is written with its percent sign, in the text \
                        form or as \"{}%\" in JSON.",
                    hundredth(value),
                    percent(value),
                    percent(value)
                )),
            ),
            Error::Ambiguous { choices, .. } => {
                (Code::ERRCODE_INVALID_PARAMETER_VALUE, None, Some(format!("It could be {choices}: \
                    name one of these.")))
            }
            Error::OutOfRange { what, rule, .. } => {
                (Code::ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, Some(sentence(rule)), Some(format!("Check the unit of the {what}.")))
            }
            Error::PercentYield { what, value, decimal } => (
                Code::ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
                Some(format!("Read as a decimal it is {}%, to which nothing comes near; as a \
                    percentage something does.", percent(value))),
                Some(format!("A {what} is a decimal: write {decimal} for {value}%.")),
            ),
            Error::DateOutOfRange { .. } => {
                (Code::ERRCODE_DATETIME_FIELD_OVERFLOW, None, Some("Dates run from 0001-01-01 to \
                    9999-12-31 and are finite.".to_owned()))
            }
            Error::Period { start, end, .. } => {
                let hint = if start == end {
                    "Give a later end; a roll that moves both dates to one business day leaves \
                        nothing between them."
                } else {
                    "Give the earlier date first."
                };
                (Code::ERRCODE_INVALID_PARAMETER_VALUE, None, Some(hint.to_owned()))
            }
            Error::DateOrder { .. } => {
                (Code::ERRCODE_INVALID_PARAMETER_VALUE, None, Some("The order is issue, first \
                    coupon, last coupon, maturity.".to_owned()))
            }
            Error::OffSchedule { nearest, .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                Some(format!("Coupon dates are counted back from maturity; the next one after it \
                    is {nearest}.")),
                Some(
                    "Check the frequency, and the end-of-month rule where maturity is the last day \
                        of a month; where the last period is odd, give the last coupon date (last)."
                        .to_owned(),
                ),
            ),
            Error::NotBetween { .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                None,
                Some("The order is effective date, first coupon, last coupon, termination date.".to_owned()),
            ),
            Error::OffGrid { nearest, .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                Some(format!("The periods come as near as {nearest}.")),
                Some("Check the frequency and the end-of-month rule; a stub at the other end is \
                    asked for with stub, one at each end with first_coupon and last_coupon.".to_owned()),
            ),
            Error::Incomplete { needed, .. } => (Code::ERRCODE_INVALID_PARAMETER_VALUE, None, Some(format!("Give \
                {needed} too."))),
            Error::Contradiction { hint, .. } => (Code::ERRCODE_INVALID_PARAMETER_VALUE, None, Some(hint.to_owned())),
            Error::Endless => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                None,
                Some("Its price, yield and risk are there all the same: bond_ytm, bond_price, \
                    bond_analytics.".to_owned()),
            ),
            Error::CalendarRange { calendar, first_year, last_year, .. } => (
                Code::ERRCODE_DATETIME_FIELD_OVERFLOW,
                Some(format!("The holidays of {calendar} are known for the years {first_year} to \
                    {last_year}.")),
                None,
            ),
            Error::Curve { .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                None,
                Some("A curve has nodes at increasing times after its date, each with a rate.".to_owned()),
            ),
            Error::KeyRates { .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                Some("Key rates are at 1 to 40 times in years, each later than the one before.".to_owned()),
                Some("Give tenors from the shortest to the longest.".to_owned()),
            ),
            Error::Bootstrap { instrument, .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                None,
                Some(format!("Check the quote of {instrument} and those that end shortly before \
                    it.")),
            ),
            Error::TooFew { .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                None,
                Some(
                    "Bonds without a price or yield, not outstanding or perpetual do not count; \
                        nelson_siegel needs the fewest.".to_owned(),
                ),
            ),
            Error::TooFewErrors { .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                Some("Weight and outlier compare a bond's error with those of all the others.".to_owned()),
                Some("Give all bonds in one call, in an array as array_agg makes it, with their \
                    identifiers beside them.".to_owned()),
            ),
            Error::BeforeCurve { .. } => {
                (Code::ERRCODE_DATETIME_FIELD_OVERFLOW, None, Some("Take a curve of an earlier \
                    date, or a later settlement.".to_owned()))
            }
            Error::BeyondCurve { .. } => (
                Code::ERRCODE_DATETIME_FIELD_OVERFLOW,
                None,
                Some("Give the curve a later node, or extrapolation flat_zero or flat_forward.".to_owned()),
            ),
            Error::Identifier { kind, why, corrected, .. } => (
                Code::ERRCODE_INVALID_TEXT_REPRESENTATION,
                Some(sentence(&why)),
                corrected.map(|corrected| format!("The {kind} with the right check digit is \
                    \"{corrected}\".")),
            ),
            Error::Request { field, element, .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                element.map(|element| format!("Field \"{field}\" of element {element} of the \
                    request.")),
                None,
            ),
            Error::Null { .. } => (Code::ERRCODE_NULL_VALUE_NOT_ALLOWED, None, None),
            Error::Excel { rule, .. } => {
                (Code::ERRCODE_INVALID_PARAMETER_VALUE, Some(sentence(&rule)), Some("Excel answers \
                    #NUM! here.".to_owned()))
            }
            Error::Mismatch { .. } => (Code::ERRCODE_INVALID_PARAMETER_VALUE, None, Some("Give \
                both arrays as many elements.".to_owned())),
            Error::TooMany { limit, .. } => (Code::ERRCODE_PROGRAM_LIMIT_EXCEEDED, Some(format!("At most {limit} are allowed.")), None),
            Error::SumTooLarge { .. } => (
                Code::ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
                Some("Exact sums hold less than 1.5e23 in either direction.".to_owned()),
                Some("Check prices and notionals for a wrong unit, or sum smaller groups.".to_owned()),
            ),
            Error::Memory { bytes } => (Code::ERRCODE_OUT_OF_MEMORY, Some(format!("Reading the \
                argument may take {bytes} bytes.")), None),
            Error::Currencies { .. } => (
                Code::ERRCODE_INVALID_PARAMETER_VALUE,
                Some("An aggregate over money takes bonds of one currency, and bonds that give \
                    none.".to_owned()),
                Some("Add bond_currency(b) to GROUP BY, or filter by it.".to_owned()),
            ),
            Error::State { .. } => {
                (Code::ERRCODE_INVALID_PARAMETER_VALUE, None, Some("Only the aggregate itself \
                    makes its states, from rows.".to_owned()))
            }
        };
        Report { code, message, detail: detail.map(|detail| shortened(&detail)), hint }
    }
}

impl From<Error> for ErrorReport {
    fn from(error: Error) -> ErrorReport {
        let Report { code, message, detail, hint } = error.into();
        let mut report = ErrorReport::new(code, message, "pg_bond");
        if let Some(detail) = detail {
            report = report.set_detail(detail);
        }
        if let Some(hint) = hint {
            report = report.set_hint(hint);
        }
        report
    }
}

/// A rule as the sentence that PostgreSQL's style wants of a detail.
fn sentence(rule: &str) -> String {
    let mut letters = rule.chars();
    let first: String =
        letters.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

#[cfg(feature = "pg_inside")]
#[pgrx::pg_schema]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use crate::basics::error::Error;
    use crate::sql::inside::{refusal, thrown};
    use pgrx::PgSqlErrorCode as Code;
    use pgrx::pg_sys::panic::{ErrorReport, ErrorReportable};
    use pgrx::prelude::*;

    #[pg_test]
    fn malformed_text_is_reported_with_state_detail_and_hint() {
        let (state, message, detail, hint) = refusal("SELECT '4.45% 2028-02-30'::bond");
        assert_eq!(state, "22P02");
        assert!(message.contains("\"4.45% 2028-02-30\""), "{message}");
        let (detail, hint) = (detail.unwrap(), hint.unwrap());
        assert!(detail.ends_with('.') && !detail.contains("backtrace"), "{detail}");
        assert!(hint.starts_with("Write it like "), "{hint}");
    }

    #[pg_test]
    fn a_currency_that_does_not_fit_is_reported_by_an_aggregate() {
        let (state, _, detail, hint) = refusal(
            "SELECT portfolio_value(b, date '2026-03-24') FROM unnest(ARRAY[\
            bond(0.05, '2030-01-15', price => 99, currency => 'USD'), \
            bond(0.05, '2030-01-15', price => 99, currency => 'EUR')]) AS b",
        );
        assert_eq!(state, "22023");
        assert!(detail.unwrap().starts_with("An aggregate over money"));
        assert_eq!(hint.unwrap(), "Add bond_currency(b) to GROUP BY, or filter by it.");
    }

    #[pg_test]
    fn an_error_thrown_in_rust_keeps_its_state() {
        for (error, code) in [
            (Error::Endless, Code::ERRCODE_INVALID_PARAMETER_VALUE),
            (Error::Memory { bytes: 1 }, Code::ERRCODE_OUT_OF_MEMORY),
            (Error::Setting, Code::ERRCODE_INVALID_DATETIME_FORMAT),
        ] {
            let message = error.to_string();
            let throw = move || Err(ErrorReport::from(error)).unwrap_or_report();
            assert_eq!(thrown(std::panic::AssertUnwindSafe(throw)), Some((code, message)));
        }
    }

    #[pg_test]
    fn a_session_goes_on_after_an_error() {
        for _ in 0..100 {
            assert_eq!(refusal("SELECT 'nonsense'::curve").0, "22P02");
        }
        let coupon = Spi::get_one::<f64>("SELECT bond_coupon('4.45% 2028-02-23'::bond)::float8");
        assert_eq!(coupon, Ok(Some(0.0445)));
    }
}
