//! The stored form of a bond, version 1, little endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version, 1 |
//! | 1, 1, 1 | frequency, day count, yield convention: their codes |
//! | 4 | flags: which of the optional fields follow, and whether coupons fall on month ends |
//! | 4 | maturity, days since 2000-01-01; the largest number for a perpetual bond |
//! | 8 | coupon |
//! | 4 each | issue, first coupon, last coupon |
//! | 8 each | redemption where not 100, price, notional |
//! | 1, 2, n | each other term in the order of tags: tag, length, and the term's own form |
//!
//! Only what is not default is written, so equal bonds have equal bytes. A flag or a tag that is not
//! known is refused. Later versions add flags and tags, never change these.

use super::fields::FIELDS;
use super::{Bond, BondTerms, OptionalTerms};
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::forms::bytes::Reader;
use crate::forms::field::{read_sections, write_sections};
use crate::forms::hash::hash_code;
use crate::product::convention::Convention;

const KIND: &str = "bond";
const VERSION: u8 = 1;

const ISSUE: u32 = 1 << 0;
const FIRST_COUPON: u32 = 1 << 1;
const LAST_COUPON: u32 = 1 << 2;
const REDEMPTION: u32 = 1 << 3;
const PRICE: u32 = 1 << 4;
const NOTIONAL: u32 = 1 << 5;
const NO_END_OF_MONTH: u32 = 1 << 6;
/// Whether sections follow: most bonds have none.
const SECTIONS: u32 = 1 << 7;
/// Follows from the dates, and is kept so that readers need not work it out.
const MONTH_ENDS: u32 = 1 << 31;
const KNOWN_FLAGS: u32 = MONTH_ENDS | ((1 << 8) - 1);

impl Bond {
    pub fn to_bytes(&self) -> Vec<u8> {
        let redemption = (self.redemption != 100.0).then_some(self.redemption);
        let mut flags = if self.end_of_month { 0 } else { NO_END_OF_MONTH }
            | if self.month_ends { MONTH_ENDS } else { 0 };
        let mut fields = Vec::with_capacity(36);
        for (flag, date) in [
            (ISSUE, self.issue),
            (FIRST_COUPON, self.first_coupon),
            (LAST_COUPON, self.last_coupon),
        ] {
            if let Some(date) = date {
                flags |= flag;
                fields.extend_from_slice(&date.days().to_le_bytes());
            }
        }
        for (flag, number) in
            [(REDEMPTION, redemption), (PRICE, self.price), (NOTIONAL, self.notional)]
        {
            if let Some(number) = number {
                flags |= flag;
                fields.extend_from_slice(&number.to_le_bytes());
            }
        }
        let head = fields.len();
        write_sections(FIELDS, &self.terms, &mut fields);
        if fields.len() > head {
            flags |= SECTIONS;
        }
        let mut bytes = Vec::with_capacity(20 + fields.len());
        bytes.extend_from_slice(&[
            VERSION,
            self.frequency as u8,
            self.day_count as u8,
            self.convention as u8,
        ]);
        bytes.extend_from_slice(&flags.to_le_bytes());
        bytes.extend_from_slice(&self.maturity.days().to_le_bytes());
        bytes.extend_from_slice(&self.coupon.to_le_bytes());
        bytes.extend_from_slice(&fields);
        bytes
    }

    pub fn hash_code(&self, seed: u64) -> u64 {
        hash_code(&self.to_bytes(), seed)
    }

    /// Reads bytes from an unknown sender: every rule that text must obey is checked, and that the
    /// bytes are the canonical ones.
    pub fn from_bytes(bytes: &[u8]) -> Result<Bond> {
        let bond = Bond::new(Bond::from_stored(bytes)?.terms)?;
        if bond.to_bytes() != bytes {
            return Err(malformed("a default value is spelled out"));
        }
        Ok(bond)
    }

    /// Reads bytes that [`Bond::to_bytes`] wrote and the database kept: only their shape is
    /// checked.
    #[inline(always)]
    pub fn from_stored(bytes: &[u8]) -> Result<Bond> {
        let (head, tail) =
            bytes.split_first_chunk().ok_or_else(|| malformed("the value ends too early"))?;
        let &[
            version,
            frequency,
            day_count,
            convention,
            f0,
            f1,
            f2,
            f3,
            m0,
            m1,
            m2,
            m3,
            c0,
            c1,
            c2,
            c3,
            c4,
            c5,
            c6,
            c7,
        ]: &[u8; 20] = head;
        if version != VERSION {
            return Err(malformed(format!("version {version} is unknown to this release")));
        }
        let flags = u32::from_le_bytes([f0, f1, f2, f3]);
        if flags & !KNOWN_FLAGS != 0 {
            return Err(malformed(format!("flags {flags:#x} are unknown to this release")));
        }
        let maturity = match i32::from_le_bytes([m0, m1, m2, m3]) {
            i32::MAX => Date::FOREVER,
            days => Date::from_days(days)?,
        };
        let coupon = f64::from_le_bytes([c0, c1, c2, c3, c4, c5, c6, c7]);
        let mut head = Head(tail);
        let [issue, first_coupon, last_coupon] = [
            head.date_if(flags & ISSUE != 0)?,
            head.date_if(flags & FIRST_COUPON != 0)?,
            head.date_if(flags & LAST_COUPON != 0)?,
        ];
        let redemption = head.number_if(flags & REDEMPTION != 0)?.unwrap_or(100.0);
        let [price, notional] =
            [head.number_if(flags & PRICE != 0)?, head.number_if(flags & NOTIONAL != 0)?];
        // Nothing by reference to what is not there most times: it would be kept in memory, and
        // moved from place to place.
        let optional = if flags & SECTIONS != 0 {
            sections(head.0)?
        } else if head.0.is_empty() {
            OptionalTerms::default()
        } else {
            return Err(malformed(format!("{} bytes too many", head.0.len())));
        };
        let terms = BondTerms {
            frequency: Frequency::from_code(frequency)
                .ok_or_else(|| malformed(format!("unknown frequency code {frequency}")))?,
            day_count: DayCount::from_code(day_count)
                .ok_or_else(|| malformed(format!("unknown day count code {day_count}")))?,
            convention: Convention::from_code(convention)
                .ok_or_else(|| malformed(format!("unknown yield convention code {convention}")))?,
            end_of_month: flags & NO_END_OF_MONTH == 0,
            issue,
            first_coupon,
            last_coupon,
            redemption,
            price,
            notional,
            optional,
            ..BondTerms::new(coupon, maturity)
        };
        Ok(Bond { terms, month_ends: flags & MONTH_ENDS != 0 })
    }
}

/// The optional fields of the head, read without a branch to anything else.
struct Head<'a>(&'a [u8]);

impl Head<'_> {
    #[inline(always)]
    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (head, tail) =
            self.0.split_first_chunk::<N>().ok_or_else(|| malformed("the value ends too early"))?;
        self.0 = tail;
        Ok(*head)
    }

    #[inline(always)]
    fn date(&mut self) -> Result<Date> {
        Ok(Date::from_days(i32::from_le_bytes(self.take()?))?)
    }

    #[inline(always)]
    fn number(&mut self) -> Result<f64> {
        Ok(f64::from_le_bytes(self.take()?))
    }

    #[inline(always)]
    fn date_if(&mut self, present: bool) -> Result<Option<Date>> {
        present.then(|| self.date()).transpose()
    }

    #[inline(always)]
    fn number_if(&mut self, present: bool) -> Result<Option<f64>> {
        present.then(|| self.number()).transpose()
    }
}

/// The terms that have sections.
#[cold]
fn sections(tail: &[u8]) -> Result<OptionalTerms> {
    let mut terms = BondTerms::new(0.0, Date::MAX);
    if tail.is_empty() {
        return Err(malformed("the value ends too early"));
    }
    read_sections(FIELDS, &mut terms, &mut Reader::of_tail(KIND, tail))?;
    Ok(terms.optional)
}

#[cold]
fn malformed(why: impl Into<String>) -> Error {
    Error::Binary { kind: KIND, why: why.into() }
}
