//! Stored forms read piece by piece; what is too short, unknown or too long is said of the kind of
//! value that is read.

use crate::basics::calendar::Calendar;
use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::Vocabulary;

pub struct Reader<'a> {
    kind: &'static str,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// What follows a head that was read before.
    pub fn of_tail(kind: &'static str, tail: &'a [u8]) -> Reader<'a> {
        Reader { kind, rest: tail }
    }

    /// What follows the version, which has to be the one that is known.
    pub fn new(kind: &'static str, bytes: &'a [u8], known: u8) -> Result<Reader<'a>> {
        let mut reader = Reader { kind, rest: bytes };
        let [version] = reader.take()?;
        if version == known {
            Ok(reader)
        } else {
            Err(reader.malformed(format!("version {version} is unknown to this release")))
        }
    }

    pub fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (head, tail) = self.rest.split_first_chunk::<N>().ok_or_else(|| self.too_short())?;
        self.rest = tail;
        Ok(*head)
    }

    /// Which optional fields follow.
    pub fn flags(&self, flags: u16, known: u16) -> Result<impl Fn(u16) -> bool + use<>> {
        if flags & !known != 0 {
            return Err(self.malformed(format!("flags {flags:#x} are unknown to this release")));
        }
        Ok(move |flag| flags & flag != 0)
    }

    pub fn number(&mut self) -> Result<f64> {
        Ok(f64::from_le_bytes(self.take()?))
    }

    pub fn date(&mut self) -> Result<Date> {
        Ok(Date::from_days(i32::from_le_bytes(self.take()?))?)
    }

    /// The market word behind a code.
    pub fn word<T: Vocabulary>(&mut self, code_of: impl Fn(T) -> u8) -> Result<T> {
        let [code] = self.take()?;
        let word = T::WORDS.iter().find(|word| code_of(word.value) == code);
        word.map(|word| word.value)
            .ok_or_else(|| self.malformed(format!("unknown {} code {code}", T::WHAT)))
    }

    /// The rest as UTF-8.
    pub fn text_to_end(&mut self) -> Result<String> {
        let text = self.slice(self.rest.len())?.to_vec();
        String::from_utf8(text).map_err(|_| self.malformed("the name is not UTF-8"))
    }

    /// The next section: its tag, and a reader of its own bytes. None at the end.
    pub fn section(&mut self) -> Result<Option<(u8, Reader<'a>)>> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let [tag] = self.take()?;
        let length = u16::from_le_bytes(self.take()?);
        let section = Reader { kind: self.kind, rest: self.slice(usize::from(length))? };
        Ok(Some((tag, section)))
    }

    pub fn currency(&mut self) -> Result<Currency> {
        let code = self.take()?;
        Currency::from_bytes(code)
            .ok_or_else(|| self.malformed("a currency is three capital letters"))
    }

    /// A calendar's own stored form, which is the rest.
    pub fn calendar_to_end(&mut self) -> Result<Calendar> {
        Calendar::from_bytes(self.slice(self.rest.len())?)
    }

    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<()> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.malformed(format!("{} bytes too many", self.rest.len())))
        }
    }

    fn slice(&mut self, length: usize) -> Result<&'a [u8]> {
        let (head, tail) = self.rest.split_at_checked(length).ok_or_else(|| self.too_short())?;
        self.rest = tail;
        Ok(head)
    }

    #[cold]
    fn too_short(&self) -> Error {
        self.malformed("the value ends too early")
    }

    #[cold]
    pub fn malformed(&self, why: impl Into<String>) -> Error {
        Error::Binary { kind: self.kind, why: why.into() }
    }
}

/// Bytes that spell a default value out are not the ones that equal values share.
pub fn check_canonical(kind: &'static str, canonical: &[u8], bytes: &[u8]) -> Result<()> {
    if canonical == bytes {
        Ok(())
    } else {
        Err(Error::Binary { kind, why: "a default value is spelled out".to_owned() })
    }
}
