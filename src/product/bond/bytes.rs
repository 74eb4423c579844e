//! The stored form of a bond, version 1, little endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version, 1 |
//! | 1, 1, 1 | frequency, day count, yield convention: their codes |
//! | 4 | flags: which of the optional fields follow, and whether coupons fall on last days of months; any other flag is refused |
//! | 4 | maturity, days since 2000-01-01; the largest number for a perpetual bond |
//! | 8 | coupon |
//! | 4 each | issue, first coupon, last coupon |
//! | 8 each | redemption where not 100, price, notional |
//! | 2, n | calendar: length, and its own stored form |
//! | 1, 2, 1, 3 | roll; ex-dividend days and whether they are business days; settlement lag; currency |
//! | 2, 12 each | steps: how many, and date and coupon of each |
//!
//! Only what is not default is written, so equal bonds have equal bytes. Later versions add flags,
//! never change these.

use super::{Bond, BondTerms, ExDividend, OptionalTerms, Step};
use crate::basics::calendar::{Calendar, Roll};
use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::forms::hash::hash_code;
use crate::product::convention::Convention;

const VERSION: u8 = 1;

const ISSUE: u32 = 1 << 0;
const FIRST_COUPON: u32 = 1 << 1;
const LAST_COUPON: u32 = 1 << 2;
const REDEMPTION: u32 = 1 << 3;
const PRICE: u32 = 1 << 4;
const NOTIONAL: u32 = 1 << 5;
const NO_END_OF_MONTH: u32 = 1 << 6;
const CALENDAR: u32 = 1 << 7;
const ROLL: u32 = 1 << 8;
const EX_DIVIDEND: u32 = 1 << 9;
const LAG: u32 = 1 << 10;
const CURRENCY: u32 = 1 << 11;
const STEPS: u32 = 1 << 12;
/// Follows from the dates, and is kept so that readers need not work it out.
const MONTH_ENDS: u32 = 1 << 31;
const KNOWN_FLAGS: u32 = MONTH_ENDS | ((1 << 13) - 1);
/// What most bonds do without.
const RARE_FLAGS: u32 = KNOWN_FLAGS & !MONTH_ENDS & !(CALENDAR - 1);

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
        flags |= self.write_rare(&mut fields);
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

    fn write_rare(&self, fields: &mut Vec<u8>) -> u32 {
        let details = &*self.optional;
        let calendar =
            (details.calendar != Calendar::default()).then(|| details.calendar.to_bytes());
        let rare = [
            (
                CALENDAR,
                calendar
                    .map(|bytes| [&(bytes.len() as u16).to_le_bytes(), bytes.as_slice()].concat()),
            ),
            (ROLL, (details.roll != Roll::Unadjusted).then(|| vec![details.roll as u8])),
            (EX_DIVIDEND, details.ex_dividend.map(|rule| vec![rule.days, u8::from(rule.business)])),
            (LAG, details.settlement_lag.map(|lag| vec![lag])),
            (CURRENCY, details.currency.map(|currency| currency.0.to_vec())),
            (STEPS, (!details.steps.is_empty()).then(|| self.step_bytes())),
        ];
        rare.into_iter().filter_map(|(flag, bytes)| bytes.map(|bytes| (flag, bytes))).fold(
            0,
            |flags, (flag, bytes)| {
                fields.extend(bytes);
                flags | flag
            },
        )
    }

    fn step_bytes(&self) -> Vec<u8> {
        let steps = self.optional.steps.iter().flat_map(|step| {
            step.from.days().to_le_bytes().into_iter().chain(step.coupon.to_le_bytes())
        });
        (self.optional.steps.len() as u16).to_le_bytes().into_iter().chain(steps).collect()
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
        let mut reader = Reader(tail);
        let [issue, first_coupon, last_coupon] = [
            reader.date_if(flags & ISSUE != 0)?,
            reader.date_if(flags & FIRST_COUPON != 0)?,
            reader.date_if(flags & LAST_COUPON != 0)?,
        ];
        let redemption = reader.number_if(flags & REDEMPTION != 0)?.unwrap_or(100.0);
        let [price, notional] =
            [reader.number_if(flags & PRICE != 0)?, reader.number_if(flags & NOTIONAL != 0)?];
        // Nothing by reference to what is not there most times: it would be kept in memory, and
        // moved from place to place.
        let (optional, rest) = if flags & RARE_FLAGS == 0 {
            (OptionalTerms::default(), reader)
        } else {
            reader.rare(flags)?
        };
        if !rest.0.is_empty() {
            return Err(malformed(format!("{} bytes too many", rest.0.len())));
        }
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

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
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

    #[cold]
    fn rare(mut self, flags: u32) -> Result<(OptionalTerms, Self)> {
        let mut optional = OptionalTerms::default();
        let details = optional.edit();
        if flags & CALENDAR != 0 {
            let length = usize::from(u16::from_le_bytes(self.take()?));
            let (calendar, tail) = self
                .0
                .split_at_checked(length)
                .ok_or_else(|| malformed("the value ends too early"))?;
            self.0 = tail;
            details.calendar = Calendar::from_bytes(calendar)?;
        }
        if flags & ROLL != 0 {
            let [code] = self.take()?;
            details.roll = Roll::from_code(code)
                .ok_or_else(|| malformed(format!("unknown roll code {code}")))?;
        }
        if flags & EX_DIVIDEND != 0 {
            let [days, business] = self.take()?;
            if days == 0 || days > ExDividend::MAX_DAYS || business > 1 {
                return Err(malformed(format!("unknown ex-dividend period {days}, {business}")));
            }
            details.ex_dividend = Some(ExDividend { days, business: business == 1 });
        }
        if flags & LAG != 0 {
            let [lag] = self.take()?;
            details.settlement_lag = Some(lag);
        }
        if flags & CURRENCY != 0 {
            let code: [u8; 3] = self.take()?;
            details.currency = Some(
                Currency::from_bytes(code)
                    .ok_or_else(|| malformed("a currency is three capital letters"))?,
            );
        }
        if flags & STEPS != 0 {
            let count = u16::from_le_bytes(self.take()?);
            for _ in 0..count {
                details.steps.push(Step { from: self.date()?, coupon: self.number()? });
            }
        }
        Ok((optional, self))
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

#[cold]
fn malformed(why: impl Into<String>) -> Error {
    Error::Binary { kind: "bond", why: why.into() }
}
