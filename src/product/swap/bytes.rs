//! The stored form of a swap, version 1, little endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version, 1 |
//! | 1, 1 | fixed leg: frequency and day count, their codes |
//! | 1, 1 | floating leg: the same |
//! | 4, 4 | effective date and maturity, days since 2000-01-01 |
//! | 8 | fixed rate |
//! | 1, 2, n | each other term in the order of tags: tag, length, and the term's own form |
//!
//! Fixed leg and index are always written, the others where they are not default, so that equal
//! swaps have equal bytes. A tag that is not known is
//! refused. Later versions add tags, never change these.

use super::fields::FIELDS;
use super::{Leg, Swap, SwapTerms};
use crate::basics::error::Result;
use crate::forms::bytes::{Reader, check_canonical};
use crate::forms::field::{TermValue, read_sections, write_sections};

const KIND: &str = "swap";
const VERSION: u8 = 1;

impl Swap {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        for leg in [self.fixed, self.floating] {
            leg.frequency.put(&mut bytes);
            leg.day_count.put(&mut bytes);
        }
        self.effective.put(&mut bytes);
        self.maturity.put(&mut bytes);
        self.fixed_rate.put(&mut bytes);
        write_sections(FIELDS, self, &mut bytes);
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
        let (effective, maturity, fixed_rate) = (reader.date()?, reader.date()?, reader.number()?);
        let mut terms =
            SwapTerms { fixed, floating, ..SwapTerms::new(fixed_rate, effective, maturity) };
        read_sections(FIELDS, &mut terms, &mut reader)?;
        Ok(Swap(terms))
    }
}

fn leg(reader: &mut Reader) -> Result<Leg> {
    Ok(Leg { frequency: TermValue::take(reader)?, day_count: TermValue::take(reader)? })
}
