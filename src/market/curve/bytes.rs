//! The stored form of a curve, version 1, little endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 1 | version, 1 |
//! | 1, 1, 1 | interpolation, extrapolation, day count: their codes |
//! | 4 | the curve's date, days since 2000-01-01 |
//! | 2, 16 each | nodes: how many, and time and zero rate of each |
//! | 1, 2, n | each other term in the order of tags: tag, length, and the term's own form |
//!
//! The section of parameters has level, then slope, curvature and tau of the first decay, and those
//! of the second where there is one. Only what is there is written, so equal curves have equal
//! bytes. A tag that is not known is refused. Later versions add tags, never change these.

use super::fields::STORED;
use super::{Curve, CurveDefinition, Node};
use crate::basics::error::Result;
use crate::forms::bytes::{Reader, check_canonical};
use crate::forms::field::{TermValue, read_sections, write_sections};

const KIND: &str = "curve";
const VERSION: u8 = 1;

impl Curve {
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(16 + 16 * self.nodes.len());
        bytes.push(VERSION);
        self.interpolation.put(&mut bytes);
        self.extrapolation.put(&mut bytes);
        self.day_count.put(&mut bytes);
        self.as_of.put(&mut bytes);
        bytes.extend((self.nodes.len() as u16).to_le_bytes());
        bytes.extend(
            self.nodes.iter().flat_map(|node| [node.time, node.zero]).flat_map(f64::to_le_bytes),
        );
        write_sections(STORED, self, &mut bytes);
        bytes
    }

    /// Reads bytes from an unknown sender: every rule that text must obey is checked, and that the
    /// bytes are the canonical ones.
    pub fn from_bytes(bytes: &[u8]) -> Result<Curve> {
        let curve = Curve::new(Curve::from_stored(bytes)?.0)?;
        check_canonical(KIND, &curve.to_bytes(), bytes)?;
        Ok(curve)
    }

    /// Reads bytes that [`Curve::to_bytes`] wrote and the database kept: only their shape is
    /// checked.
    pub fn from_stored(bytes: &[u8]) -> Result<Curve> {
        let mut reader = Reader::new(KIND, bytes, VERSION)?;
        let (interpolation, extrapolation) =
            (TermValue::take(&mut reader)?, TermValue::take(&mut reader)?);
        let (day_count, as_of) = (TermValue::take(&mut reader)?, reader.date()?);
        let nodes = nodes(&mut reader)?;
        let mut definition = CurveDefinition {
            interpolation,
            extrapolation,
            day_count,
            ..CurveDefinition::new(as_of, nodes)
        };
        read_sections(STORED, &mut definition, &mut reader)?;
        Ok(Curve(definition))
    }
}

fn nodes(reader: &mut Reader) -> Result<Vec<Node>> {
    let count = u16::from_le_bytes(reader.take()?);
    (0..count).map(|_| Ok(Node { time: reader.number()?, zero: reader.number()? })).collect()
}
