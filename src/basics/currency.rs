//! Currencies by their codes.

use super::error::{Error, Result, excerpt};
use std::fmt;
use std::str::FromStr;

/// ISO 4217: three capital letters, read in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Currency(pub(crate) [u8; 3]);

impl Currency {
    pub(crate) fn from_bytes(code: [u8; 3]) -> Option<Currency> {
        code.iter().all(u8::is_ascii_uppercase).then_some(Currency(code))
    }
}

impl FromStr for Currency {
    type Err = Error;

    fn from_str(text: &str) -> Result<Currency> {
        let code = <[u8; 3]>::try_from(text.trim().as_bytes()).ok();
        code.and_then(|code| Currency::from_bytes(code.map(|letter| letter.to_ascii_uppercase())))
            .ok_or_else(|| Error::UnknownWord {
                what: "currency",
                text: excerpt(text),
                known: "the three letters of ISO 4217, such as USD".to_owned(),
            })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|&letter| write!(f, "{}", char::from(letter)))
    }
}
