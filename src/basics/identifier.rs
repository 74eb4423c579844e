//! Securities' and entities' identifiers and their check digits.
//!
//! One table says of each kind how it is written and how its check digits follow from the rest:
//!
//! | kind | source | form |
//! | --- | --- | --- |
//! | ISIN | ISO 6166 | two letters of country, the national number (NSIN) filled up to nine characters, a check digit |
//! | CUSIP | ANSI X9.6 | eight characters and a check digit |
//! | SEDOL | London Stock Exchange, SEDOL Masterfile Service and Technical Guide, section 8 | six characters and a check digit |
//! | FIGI | OMG, Financial Instrument Global Identifier, section 6.1.2 | provider, G, eight characters, a check digit |
//! | LEI | ISO 17442 over ISO 7064 MOD 97-10 | eighteen characters and two check digits |
//! | Valor | SIX Financial Information | up to nine digits, none of them a check digit |
//!
//! What is valid here is well formed; whether it was ever issued only its registry knows.

mod prefix;

use crate::basics::error::{Error, Result, excerpt};

pub use prefix::is_assigned_prefix;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierKind {
    Isin,
    Cusip,
    Sedol,
    Figi,
    Lei,
    Valor,
}

/// What there is to know of a kind.
struct Scheme {
    name: &'static str,
    rule: &'static str,
    /// The class of each character before the check digits, see [`is_of_class`].
    form: &'static str,
    /// What a body of that form must be besides.
    allowed: fn(&str) -> bool,
    /// How many check digits there are, and the number they write, from what the body's characters
    /// count.
    check_digits: usize,
    check: fn(&[u32]) -> u32,
    /// The prefixes of the ISINs whose national number this is.
    prefixes: &'static [&'static str],
}

const ISIN: Scheme = Scheme {
    name: "ISIN",
    rule: "an ISIN is two capital letters, nine capital letters or digits, and a check digit",
    form: "AAXXXXXXXXX",
    allowed: |_| true,
    check_digits: 1,
    check: luhn,
    prefixes: &[],
};

const CUSIP: Scheme = Scheme {
    name: "CUSIP",
    rule: "a CUSIP is eight capital letters, digits or one of *@#, and a check digit",
    form: "********",
    allowed: |_| true,
    check_digits: 1,
    check: double_add_double,
    prefixes: &["US", "CA"],
};

/// Until 2004 all digits, the first of which told the region. Since then a letter comes first, or
/// such a digit and then a letter, as in 2N1CFV0. Those that begin with 9 are left to users.
const SEDOL: Scheme = Scheme {
    name: "SEDOL",
    rule: "a SEDOL is six digits, or six digits and capital consonants that begin with 9 or have a \
        consonant among the first two, and a check digit",
    form: "YYYYYY",
    allowed: |body| {
        body.starts_with('9') || !matches!(body.find(|c: char| c.is_ascii_uppercase()), Some(2..))
    },
    check_digits: 1,
    check: |values| {
        complement(
            values.iter().zip([1, 3, 1, 7, 3, 9]).map(|(value, weight)| value * weight).sum(),
        )
    },
    prefixes: &["GB", "IE", "GG", "IM", "JE"],
};

/// Two letters that with the G after them could begin an ISIN are not given to providers.
const FIGI: Scheme = Scheme {
    name: "FIGI",
    rule: "a FIGI is two capital consonants other than BS, BM, GG, GB, GH, KY and VG, a G, eight \
        digits or capital consonants, and a check digit",
    form: "BBGYYYYYYYY",
    allowed: |body| {
        !["BS", "BM", "GG", "GB", "GH", "KY", "VG"].iter().any(|prefix| body.starts_with(prefix))
    },
    check_digits: 1,
    check: double_add_double,
    prefixes: &[],
};

const LEI: Scheme = Scheme {
    name: "LEI",
    rule: "an LEI is eighteen capital letters or digits, and two check digits",
    form: "XXXXXXXXXXXXXXXXXX",
    allowed: |_| true,
    check_digits: 2,
    check: |values| {
        98 - in_digits(values).chain([0, 0]).fold(0, |rest, digit| (10 * rest + digit) % 97)
    },
    prefixes: &[],
};

/// Written without the zeros that fill it up in an ISIN.
const VALOR: Scheme = Scheme {
    name: "Valor",
    rule: "a Valor is a number of at most nine digits",
    form: "999999999",
    allowed: |body| body.bytes().any(|digit| digit != b'0'),
    check_digits: 0,
    check: |_| 0,
    prefixes: &["CH", "LI"],
};

impl IdentifierKind {
    const fn scheme(self) -> &'static Scheme {
        match self {
            IdentifierKind::Isin => &ISIN,
            IdentifierKind::Cusip => &CUSIP,
            IdentifierKind::Sedol => &SEDOL,
            IdentifierKind::Figi => &FIGI,
            IdentifierKind::Lei => &LEI,
            IdentifierKind::Valor => &VALOR,
        }
    }

    /// The number that the check digits of an identifier write, given with or without its own.
    pub fn check_digit(self, text: &str) -> Result<u32> {
        let body = if text.len() == self.scheme().form.len() {
            text
        } else {
            self.split(text).map_err(|why| self.invalid(text, why))?.0
        };
        self.number(body).map_err(|why| self.invalid(text, why))
    }

    /// The check digits that belong to an identifier, as they are written.
    pub fn check_digits(self, text: &str) -> Result<String> {
        Ok(self.written(self.check_digit(text)?))
    }

    pub fn is_valid(self, text: &str) -> bool {
        self.fault(text).is_none()
    }

    /// Refuses an identifier that is malformed or has a wrong check digit, and names the right one.
    pub fn check(self, text: &str) -> Result<()> {
        self.fault(text).map_or(Ok(()), |why| Err(self.invalid(text, why)))
    }

    /// The identifier with its check digits put right, in capitals and without the blanks and
    /// hyphens that people write it with. What has a character too many or too few stays wrong:
    /// which one it is nobody can tell.
    pub fn fix(self, text: &str) -> Result<String> {
        self.corrected(text).map_err(|why| self.invalid(text, why))
    }

    fn corrected(self, text: &str) -> Result<String, String> {
        let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let text: String = kept.map(|c| c.to_ascii_uppercase()).collect();
        let (body, _) = self.split(&text)?;
        let digits = self.number(body)?;
        Ok(format!("{body}{}", self.written(digits)))
    }

    fn fault(self, text: &str) -> Option<String> {
        let right = self
            .split(text)
            .and_then(|(body, given)| Ok((given, self.written(self.number(body)?))));
        match right {
            Err(why) => Some(why),
            Ok((given, right)) if given == right => None,
            Ok((given, right)) if right.len() == 1 => {
                Some(format!("its check digit is {given} and should be {right}"))
            }
            Ok((given, right)) => {
                Some(format!("its check digits are {given} and should be {right}"))
            }
        }
    }

    fn length(self) -> usize {
        self.scheme().form.len() + self.scheme().check_digits
    }

    /// A whole identifier as its body and its check digits.
    fn split(self, text: &str) -> Result<(&str, &str), String> {
        let Scheme { form, rule, check_digits, .. } = self.scheme();
        if !text.is_ascii() {
            return Err((*rule).to_owned());
        }
        // Only a number can be shorter than its form.
        let fits = if *check_digits == 0 {
            (1..=form.len()).contains(&text.len())
        } else {
            text.len() == self.length()
        };
        let parts = if fits { text.split_at_checked(text.len() - check_digits) } else { None };
        parts
            .ok_or_else(|| format!("it has {} characters instead of {}", text.len(), self.length()))
    }

    /// The number that the check digits of a body write, if it is of the right form.
    fn number(self, body: &str) -> Result<u32, String> {
        let Scheme { form, rule, allowed, check, .. } = self.scheme();
        let values: Option<Vec<u32>> = body
            .bytes()
            .zip(form.bytes())
            .map(|(byte, class)| is_of_class(byte, class).then(|| value(byte)))
            .collect();
        values
            .filter(|_| allowed(body))
            .map(|values| check(&values))
            .ok_or_else(|| (*rule).to_owned())
    }

    fn written(self, number: u32) -> String {
        let digits = self.scheme().check_digits;
        if digits == 0 { String::new() } else { format!("{number:0digits$}") }
    }

    fn invalid(self, text: &str, why: String) -> Error {
        let corrected = self.corrected(text).ok().filter(|_| self.scheme().check_digits > 0);
        Error::Identifier { kind: self.scheme().name, text: excerpt(text), why, corrected }
    }
}

/// The ISIN of a security that has a national number of this kind; zeros fill it up.
pub fn isin_from_national(kind: IdentifierKind, number: &str, prefix: &str) -> Result<String> {
    kind.check(number)?;
    let body = format!("{prefix}{number:0>9}");
    let digit = IdentifierKind::Isin.check_digit(&body)?;
    Ok(format!("{body}{digit}"))
}

/// The national number of this kind that an ISIN was made of, `None` if that is of another kind.
pub fn national_from_isin(kind: IdentifierKind, isin: &str) -> Result<Option<String>> {
    let (prefix, number) = isin_parts(isin)?;
    if !kind.scheme().prefixes.contains(&prefix) {
        return Ok(None);
    }
    let filler = 9 - kind.length();
    let number = match kind {
        IdentifierKind::Valor => Some(number.trim_start_matches('0')),
        _ => number
            .split_at_checked(filler)
            .filter(|(zeros, _)| zeros.bytes().all(|b| b == b'0'))
            .map(|(_, number)| number),
    };
    Ok(number.filter(|number| kind.is_valid(number)).map(str::to_owned))
}

/// Prefix and national number (NSIN) of an ISIN.
pub fn isin_parts(isin: &str) -> Result<(&str, &str)> {
    IdentifierKind::Isin.check(isin)?;
    Ok((isin.get(..2).unwrap_or_default(), isin.get(2..11).unwrap_or_default()))
}

fn is_of_class(byte: u8, class: u8) -> bool {
    let consonant = byte.is_ascii_uppercase() && !b"AEIOU".contains(&byte);
    match class {
        b'9' => byte.is_ascii_digit(),
        b'A' => byte.is_ascii_uppercase(),
        b'B' => consonant,
        b'X' => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        b'Y' => consonant || byte.is_ascii_digit(),
        b'*' => byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"*@#".contains(&byte),
        literal => byte == literal,
    }
}

/// What a character counts: letters follow the digits, the signs of a CUSIP follow the letters.
fn value(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'Z' => u32::from(byte - b'A') + 10,
        b'*' => 36,
        b'@' => 37,
        _ => 38,
    }
}

/// What is missing to a whole ten.
fn complement(sum: u32) -> u32 {
    (10 - sum % 10) % 10
}

/// Values with letters as their two digits.
fn in_digits(values: &[u32]) -> impl DoubleEndedIterator<Item = u32> + '_ {
    values
        .iter()
        .flat_map(|&value| (value >= 10).then_some(value / 10).into_iter().chain([value % 10]))
}

/// The formula of Luhn: every second digit from the right is doubled.
fn luhn(values: &[u32]) -> u32 {
    complement(
        in_digits(values)
            .rev()
            .zip([2, 1].into_iter().cycle())
            .map(|(digit, weight)| digits_sum(digit * weight))
            .sum(),
    )
}

/// The same over whole values from the left, so that a letter is doubled as one number.
fn double_add_double(values: &[u32]) -> u32 {
    complement(
        values
            .iter()
            .zip([1, 2].into_iter().cycle())
            .map(|(value, weight)| digits_sum(value * weight))
            .sum(),
    )
}

fn digits_sum(value: u32) -> u32 {
    value / 10 + value % 10
}

#[cfg(test)]
pub(crate) mod tests;
