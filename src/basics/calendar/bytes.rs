//! The stored form of a calendar, version 1, little endian: a byte of version, four of markets as
//! bits, and four for each of the user's own holidays, days since 2000-01-01 in order.

use super::{Calendar, Markets};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};

const VERSION: u8 = 1;

impl Calendar {
    pub fn to_bytes(&self) -> Vec<u8> {
        let holidays = self.holidays.iter().flat_map(|date| date.days().to_le_bytes());
        [VERSION].into_iter().chain(self.named.bits().to_le_bytes()).chain(holidays).collect()
    }

    /// Reads bytes from an unknown sender as well as stored ones: every rule that text must obey is
    /// checked, and that the bytes are the canonical ones.
    pub fn from_bytes(bytes: &[u8]) -> Result<Calendar> {
        let (&[version, m0, m1, m2, m3], holidays) = bytes
            .split_first_chunk()
            .ok_or_else(|| malformed("the value ends too early".to_owned()))?;
        if version != VERSION {
            return Err(malformed(format!("version {version} is unknown to this release")));
        }
        let bits = u32::from_le_bytes([m0, m1, m2, m3]);
        let named = Markets::from_bits(bits)
            .ok_or_else(|| malformed(format!("markets {bits:#x} are unknown to this release")))?;
        let (holidays, rest) = holidays.as_chunks();
        if !rest.is_empty() {
            return Err(malformed(format!("{} bytes too many", rest.len())));
        }
        let holidays: Vec<Date> = holidays
            .iter()
            .map(|days| Date::from_days(i32::from_le_bytes(*days)))
            .collect::<Result<_, _>>()?;
        if !holidays.is_sorted_by(|a, b| a < b) {
            return Err(malformed("the holidays are out of order".to_owned()));
        }
        Calendar::new(named, holidays)
    }
}

#[cold]
fn malformed(why: String) -> Error {
    Error::Binary { kind: "calendar", why }
}
