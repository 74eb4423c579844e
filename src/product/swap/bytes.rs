//! The stored form of a swap, version 1, little endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version, 1 |
//! | 1, 1 | fixed leg: frequency and day count, their codes |
//! | 1, 1 | floating leg: the same |
//! | 2 | flags: receives fixed, no end-of-month rule, and which of the optional fields follow; others are refused |
//! | 4, 4 | effective date and maturity, days since 2000-01-01 |
//! | 8 | fixed rate |
//! | 8 each | spread, fixing, notional |
//! | 1, n | index where not SOFR: length, and UTF-8 |
//! | 2, n | calendar: length, and its own stored form |
//! | 1, 1, 3 | roll; payment lag; currency |
//!
//! Only what is not default is written, so equal swaps have equal bytes. Later versions add flags,
//! never change these.

use super::{FixedLeg, Leg, SOFR, Swap, SwapTerms};
use crate::basics::calendar::{Calendar, Roll};
use crate::basics::error::Result;
use crate::forms::bytes::{Reader, check_canonical};

const KIND: &str = "swap";
const VERSION: u8 = 1;

const RECEIVE: u16 = 1 << 0;
const NO_END_OF_MONTH: u16 = 1 << 1;
const SPREAD: u16 = 1 << 2;
const FIXING: u16 = 1 << 3;
const NOTIONAL: u16 = 1 << 4;
const INDEX: u16 = 1 << 5;
const CALENDAR: u16 = 1 << 6;
const ROLL: u16 = 1 << 7;
const LAG: u16 = 1 << 8;
const CURRENCY: u16 = 1 << 9;
const KNOWN_FLAGS: u16 = (1 << 10) - 1;

impl Swap {
    pub fn to_bytes(&self) -> Vec<u8> {
        let number = |number: f64| number.to_le_bytes().to_vec();
        let calendar = || {
            let bytes = self.calendar.to_bytes();
            [&(bytes.len() as u16).to_le_bytes(), bytes.as_slice()].concat()
        };
        let fields = [
            (RECEIVE, (self.fixed_leg == FixedLeg::Receive).then(Vec::new)),
            (NO_END_OF_MONTH, (!self.end_of_month).then(Vec::new)),
            (SPREAD, (self.spread != 0.0).then(|| number(self.spread))),
            (FIXING, self.fixing.map(number)),
            (NOTIONAL, self.notional.map(number)),
            (
                INDEX,
                (self.index != SOFR)
                    .then(|| [&[self.index.len() as u8], self.index.as_bytes()].concat()),
            ),
            (CALENDAR, (self.calendar != Calendar::default()).then(calendar)),
            (ROLL, (self.roll != Roll::Unadjusted).then(|| vec![self.roll as u8])),
            (LAG, (self.payment_lag != 0).then(|| vec![self.payment_lag])),
            (CURRENCY, self.currency.map(|currency| currency.0.to_vec())),
        ];
        let flags = fields
            .iter()
            .filter(|(_, bytes)| bytes.is_some())
            .fold(0, |flags, (flag, _)| flags | flag);
        let mut bytes = vec![VERSION];
        bytes.extend(
            [self.fixed, self.floating]
                .into_iter()
                .flat_map(|leg| [leg.frequency as u8, leg.day_count as u8]),
        );
        bytes.extend(u16::to_le_bytes(flags));
        bytes.extend(
            [self.effective, self.maturity].into_iter().flat_map(|date| date.days().to_le_bytes()),
        );
        bytes.extend(self.fixed_rate.to_le_bytes());
        bytes.extend(fields.into_iter().filter_map(|(_, bytes)| bytes).flatten());
        bytes
    }

    /// Reads bytes from an unknown sender: every rule that text must obey is checked, and that the
    /// bytes are the canonical ones.
    pub fn from_bytes(bytes: &[u8]) -> Result<Swap> {
        let swap = Swap::new(Swap::from_stored(bytes)?.0)?;
        check_canonical(KIND, &swap.to_bytes(), bytes)?;
        Ok(swap)
    }

    /// Reads bytes that [`Swap::to_bytes`] wrote and the database kept: only their shape is
    /// checked.
    pub fn from_stored(bytes: &[u8]) -> Result<Swap> {
        let mut reader = Reader::new(KIND, bytes, VERSION)?;
        let (fixed, floating) = (leg(&mut reader)?, leg(&mut reader)?);
        let flags = u16::from_le_bytes(reader.take()?);
        let has = reader.flags(flags, KNOWN_FLAGS)?;
        let (effective, maturity, fixed_rate) = (reader.date()?, reader.date()?, reader.number()?);
        let mut terms = SwapTerms {
            fixed,
            floating,
            end_of_month: !has(NO_END_OF_MONTH),
            ..SwapTerms::new(fixed_rate, effective, maturity)
        };
        if has(RECEIVE) {
            terms.fixed_leg = FixedLeg::Receive;
        }
        if has(SPREAD) {
            terms.spread = reader.number()?;
        }
        terms.fixing = has(FIXING).then(|| reader.number()).transpose()?;
        terms.notional = has(NOTIONAL).then(|| reader.number()).transpose()?;
        if has(INDEX) {
            terms.index = reader.text()?;
        }
        if has(CALENDAR) {
            terms.calendar = reader.calendar()?;
        }
        if has(ROLL) {
            terms.roll = reader.word(|roll| roll as u8)?;
        }
        if has(LAG) {
            [terms.payment_lag] = reader.take()?;
        }
        terms.currency = has(CURRENCY).then(|| reader.currency()).transpose()?;
        reader.end()?;
        Ok(Swap(terms))
    }
}

fn leg(reader: &mut Reader) -> Result<Leg> {
    Ok(Leg {
        frequency: reader.word(|frequency| frequency as u8)?,
        day_count: reader.word(|day_count| day_count as u8)?,
    })
}
