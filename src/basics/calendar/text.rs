//! The text form, one word without blanks: names joined by plus signs, and the user's own holidays
//! in braces:
//!
//! `US+UK+{2026-01-02,2026-12-24}`

use super::{Calendar, Markets};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::vocabulary::Vocabulary;
use std::fmt;
use std::str::FromStr;

/// Enough for every market and the most holidays.
const MAX_LENGTH: usize = 120_000;

impl fmt::Display for Calendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.named.iter().map(|market| market.name).collect();
        f.write_str(if names.is_empty() { Markets::default().name() } else { "" })?;
        f.write_str(&names.join("+"))?;
        let mut separator = "+{";
        for date in &self.holidays {
            write!(f, "{separator}{date}")?;
            separator = ",";
        }
        f.write_str(if self.holidays.is_empty() { "" } else { "}" })
    }
}

impl FromStr for Calendar {
    type Err = Error;

    fn from_str(text: &str) -> Result<Calendar> {
        if text.len() > MAX_LENGTH {
            return Err(malformed(
                text,
                format!("a calendar is written in at most {MAX_LENGTH} characters"),
            ));
        }
        let (mut named, mut holidays) = (Markets::default(), Vec::new());
        for part in text.split('+').map(str::trim) {
            match part.strip_prefix('{') {
                None => named = named.and(Markets::parse(part)?),
                Some(list) => {
                    let list = list
                        .strip_suffix('}')
                        .ok_or_else(|| malformed(text, "a brace is not closed".to_owned()))?;
                    for date in list.split(',').map(str::trim) {
                        holidays.push(Date::parse(date).ok_or_else(|| {
                            malformed(text, format!("\"{}\" is no date", excerpt(date)))
                        })?);
                    }
                }
            }
        }
        Calendar::new(named, holidays)
    }
}

fn malformed(text: &str, why: String) -> Error {
    Error::Syntax {
        kind: "calendar",
        text: excerpt(text),
        why,
        example: "US+UK+{2026-01-02,2026-12-24}",
    }
}
