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
//! Only what is there is written, so equal curves have equal bytes. Later versions add flags, never
//! change these.

use super::{Curve, CurveDefinition, Decay, Node, Parameters};
use crate::basics::error::Result;
use crate::forms::bytes::{Reader, check_canonical};

const KIND: &str = "curve";
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
        bytes.extend([
            VERSION,
            self.interpolation as u8,
            self.extrapolation as u8,
            self.day_count as u8,
            flags,
        ]);
        bytes.extend(self.as_of.days().to_le_bytes());
        if let Some(name) = &self.name {
            bytes.push(name.len() as u8);
            bytes.extend(name.as_bytes());
        }
        bytes.extend(self.currency.iter().flat_map(|currency| currency.0));
        let mut number = |number: f64| bytes.extend(number.to_le_bytes());
        if let Some(parameters) = &self.parameters {
            number(parameters.level);
            parameters
                .decays()
                .flat_map(|decay| [decay.slope, decay.curvature, decay.tau])
                .for_each(number);
        }
        bytes.extend((self.nodes.len() as u16).to_le_bytes());
        bytes.extend(
            self.nodes.iter().flat_map(|node| [node.time, node.zero]).flat_map(f64::to_le_bytes),
        );
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
            (reader.word(|word| word as u8)?, reader.word(|word| word as u8)?);
        let day_count = reader.word(|word| word as u8)?;
        let [flags] = reader.take()?;
        let has = reader.flags(flags.into(), KNOWN_FLAGS.into())?;
        let has = |flag: u8| has(flag.into());
        let as_of = reader.date()?;
        let curve = Curve(CurveDefinition {
            interpolation,
            extrapolation,
            day_count,
            name: has(NAME).then(|| reader.text()).transpose()?,
            currency: has(CURRENCY).then(|| reader.currency()).transpose()?,
            parameters: has(PARAMETERS)
                .then(|| parameters(&mut reader, has(SECOND_DECAY)))
                .transpose()?,
            ..CurveDefinition::new(as_of, nodes(&mut reader)?)
        });
        reader.end()?;
        Ok(curve)
    }
}

fn parameters(reader: &mut Reader, second: bool) -> Result<Parameters> {
    let (level, first) = (reader.number()?, decay(reader)?);
    Ok(Parameters { level, first, second: second.then(|| decay(reader)).transpose()? })
}

fn decay(reader: &mut Reader) -> Result<Decay> {
    Ok(Decay { slope: reader.number()?, curvature: reader.number()?, tau: reader.number()? })
}

fn nodes(reader: &mut Reader) -> Result<Vec<Node>> {
    let count = u16::from_le_bytes(reader.take()?);
    (0..count).map(|_| Ok(Node { time: reader.number()?, zero: reader.number()? })).collect()
}
