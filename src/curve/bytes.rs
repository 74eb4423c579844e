//! The stored form of a curve, version 1, little endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version, 1 |
//! | 1, 1, 1 | interpolation, extrapolation, day count: their codes |
//! | 1 | flags: which of the optional fields follow; a flag that is not listed below is refused |
//! | 4 | the curve's date, days since 2000-01-01 |
//! | 1, n | name: length, and UTF-8 |
//! | 3 | currency |
//! | 8 each | parameters: level; slope, curvature and tau of the first decay, and of the second |
//! | 2, 16 each | nodes: how many, and time and zero rate of each |
//!
//! Only what is there is written, so equal curves have equal bytes. Later versions add flags, never change these.

use super::{Curve, Decay, Definition, Extrapolation, Interpolation, Node, Parameters};
use crate::bond::Currency;
use crate::date::Date;
use crate::daycount::DayCount;
use crate::error::{Error, Result};
use crate::vocabulary::Vocabulary;

const VERSION: u8 = 1;

const NAME: u8 = 1 << 0;
const CURRENCY: u8 = 1 << 1;
const PARAMETERS: u8 = 1 << 2;
const SECOND_DECAY: u8 = 1 << 3;
const KNOWN_FLAGS: u8 = (1 << 4) - 1;

impl Curve {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 + 16 * self.nodes.len());
        let second = self.parameters.and_then(|parameters| parameters.second);
        let flag = |flag: u8, present: bool| if present { flag } else { 0 };
        let flags = flag(NAME, self.name.is_some())
            | flag(CURRENCY, self.currency.is_some())
            | flag(PARAMETERS, self.parameters.is_some())
            | flag(SECOND_DECAY, second.is_some());
        bytes.extend([VERSION, self.interpolation as u8, self.extrapolation as u8, self.day_count as u8, flags]);
        bytes.extend(self.as_of.days().to_le_bytes());
        if let Some(name) = &self.name {
            bytes.push(name.len() as u8);
            bytes.extend(name.as_bytes());
        }
        bytes.extend(self.currency.iter().flat_map(|currency| currency.0));
        let mut number = |number: f64| bytes.extend(number.to_le_bytes());
        if let Some(parameters) = &self.parameters {
            number(parameters.level);
            parameters.decays().flat_map(|decay| [decay.slope, decay.curvature, decay.tau]).for_each(number);
        }
        bytes.extend((self.nodes.len() as u16).to_le_bytes());
        bytes.extend(self.nodes.iter().flat_map(|node| [node.time, node.zero]).flat_map(f64::to_le_bytes));
        bytes
    }

    /// Reads bytes from an unknown sender: every rule that text must obey is checked, and that the bytes are the
    /// canonical ones.
    pub fn from_bytes(bytes: &[u8]) -> Result<Curve> {
        let curve = Curve::new(Curve::from_stored(bytes)?.0)?;
        if curve.to_bytes() != bytes {
            return Err(malformed("a default value is spelled out"));
        }
        Ok(curve)
    }

    /// Reads bytes that [`Curve::to_bytes`] wrote and the database kept: only their shape is checked.
    pub fn from_stored(bytes: &[u8]) -> Result<Curve> {
        let mut reader = Reader(bytes);
        let [version] = reader.take()?;
        if version != VERSION {
            return Err(malformed(format!("version {version} is unknown to this release")));
        }
        let [interpolation, extrapolation, day_count, flags] = reader.take()?;
        if flags & !KNOWN_FLAGS != 0 {
            return Err(malformed(format!("flags {flags:#x} are unknown to this release")));
        }
        let as_of = Date::from_days(i32::from_le_bytes(reader.take()?))?;
        let curve = Curve(Definition {
            interpolation: coded(interpolation, |word: Interpolation| word as u8)?,
            extrapolation: coded(extrapolation, |word: Extrapolation| word as u8)?,
            day_count: DayCount::from_code(day_count).ok_or_else(|| malformed(format!("unknown day count code {day_count}")))?,
            name: (flags & NAME != 0).then(|| reader.name()).transpose()?,
            currency: (flags & CURRENCY != 0).then(|| reader.currency()).transpose()?,
            parameters: (flags & PARAMETERS != 0).then(|| reader.parameters(flags)).transpose()?,
            ..Definition::new(as_of, reader.nodes()?)
        });
        if reader.0.is_empty() { Ok(curve) } else { Err(malformed(format!("{} bytes too many", reader.0.len()))) }
    }
}

fn coded<T: Vocabulary>(code: u8, code_of: impl Fn(T) -> u8) -> Result<T> {
    let word = T::WORDS.iter().find(|word| code_of(word.value) == code);
    word.map(|word| word.value).ok_or_else(|| malformed(format!("unknown {} code {code}", T::WHAT)))
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>().ok_or_else(too_short)?;
        self.0 = tail;
        Ok(*head)
    }

    fn number(&mut self) -> Result<f64> {
        Ok(f64::from_le_bytes(self.take()?))
    }

    fn name(&mut self) -> Result<String> {
        let [length] = self.take()?;
        let (name, tail) = self.0.split_at_checked(usize::from(length)).ok_or_else(too_short)?;
        self.0 = tail;
        String::from_utf8(name.to_vec()).map_err(|_| malformed("the name is not UTF-8"))
    }

    fn currency(&mut self) -> Result<Currency> {
        Currency::from_bytes(self.take()?).ok_or_else(|| malformed("a currency is three capital letters"))
    }

    fn parameters(&mut self, flags: u8) -> Result<Parameters> {
        let (level, first) = (self.number()?, self.decay()?);
        Ok(Parameters { level, first, second: (flags & SECOND_DECAY != 0).then(|| self.decay()).transpose()? })
    }

    fn decay(&mut self) -> Result<Decay> {
        Ok(Decay { slope: self.number()?, curvature: self.number()?, tau: self.number()? })
    }

    fn nodes(&mut self) -> Result<Vec<Node>> {
        let count = u16::from_le_bytes(self.take()?);
        (0..count).map(|_| Ok(Node { time: self.number()?, zero: self.number()? })).collect()
    }
}

#[cold]
fn too_short() -> Error {
    malformed("the value ends too early")
}

#[cold]
fn malformed(why: impl Into<String>) -> Error {
    Error::Binary { kind: "curve", why: why.into() }
}
