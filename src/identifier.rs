//! Securities' identifiers and their check digits.
//!
//! ISIN: ISO 6166, two letters of country, nine characters, one check digit (Luhn over letters written as 10 to 35).
//! CUSIP: ANSI X9.6, eight characters and one check digit (modulus 10 double-add-double).

use crate::error::{Error, Result, excerpt};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Isin,
    Cusip,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Isin => "ISIN",
            Kind::Cusip => "CUSIP",
        }
    }

    /// Characters, the check digit included.
    const fn length(self) -> usize {
        match self {
            Kind::Isin => 12,
            Kind::Cusip => 9,
        }
    }

    /// The check digit that belongs to an identifier, given with or without its own.
    pub fn check_digit(self, text: &str) -> Result<u32> {
        let body = if text.len() == self.length() - 1 { text } else { self.body(text)? };
        let values = self.values(body).ok_or_else(|| self.invalid(text, self.alphabet().to_owned()))?;
        let sum: u32 = match self {
            Kind::Isin => luhn(&values),
            Kind::Cusip => values.iter().zip([1, 2].into_iter().cycle()).map(|(value, weight)| digits_sum(value * weight)).sum(),
        };
        Ok((10 - sum % 10) % 10)
    }

    /// A whole identifier without its check digit.
    fn body(self, text: &str) -> Result<&str> {
        if !text.is_ascii() {
            return Err(self.invalid(text, self.alphabet().to_owned()));
        }
        let body = if text.len() == self.length() { text.get(..self.length() - 1) } else { None };
        body.ok_or_else(|| self.invalid(text, format!("it has {} characters instead of {}", text.len(), self.length())))
    }

    pub fn is_valid(self, text: &str) -> bool {
        self.check(text).is_ok()
    }

    /// Refuses an identifier that is malformed or has a wrong check digit, and names the right one.
    pub fn check(self, text: &str) -> Result<()> {
        let body = self.body(text)?;
        let right = self.check_digit(text)?.to_string();
        let given = text.strip_prefix(body).unwrap_or_default();
        if given == right {
            return Ok(());
        }
        Err(Error::Identifier {
            kind: self.name(),
            text: excerpt(text),
            why: format!("its check digit is {given} and should be {right}"),
            corrected: Some(format!("{body}{right}")),
        })
    }

    /// What each character of a body counts, if all are of the alphabet.
    fn values(self, body: &str) -> Option<Vec<u32>> {
        let value = |(at, byte): (usize, u8)| match byte {
            b'0'..=b'9' if self == Kind::Cusip || at >= 2 => Some(u32::from(byte - b'0')),
            b'A'..=b'Z' => Some(u32::from(byte - b'A') + 10),
            b'*' if self == Kind::Cusip => Some(36),
            b'@' if self == Kind::Cusip => Some(37),
            b'#' if self == Kind::Cusip => Some(38),
            _ => None,
        };
        (0..).zip(body.bytes()).map(value).collect()
    }

    fn alphabet(self) -> &'static str {
        match self {
            Kind::Isin => "an ISIN is two capital letters, nine capital letters or digits, and a check digit",
            Kind::Cusip => "a CUSIP is eight capital letters, digits or one of *@#, and a check digit",
        }
    }

    fn invalid(self, text: &str, why: String) -> Error {
        Error::Identifier { kind: self.name(), text: excerpt(text), why, corrected: None }
    }
}

/// The ISIN of a security that has a CUSIP.
pub fn isin_from_cusip(cusip: &str, country: &str) -> Result<String> {
    Kind::Cusip.check(cusip)?;
    let body = format!("{country}{cusip}");
    let digit = Kind::Isin.check_digit(&body)?;
    Ok(format!("{body}{digit}"))
}

/// Letters stand as two digits; every second digit from the right is doubled.
fn luhn(values: &[u32]) -> u32 {
    let digits: Vec<u32> = values.iter().flat_map(|&value| if value < 10 { vec![value] } else { vec![value / 10, value % 10] }).collect();
    digits.iter().rev().zip([2, 1].into_iter().cycle()).map(|(digit, weight)| digits_sum(digit * weight)).sum()
}

fn digits_sum(value: u32) -> u32 {
    value / 10 + value % 10
}
