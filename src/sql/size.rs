//! How large an argument may be: asked before it is fetched, decompressed or copied. What reads a
//! value cannot be stopped, and an allocation that fails in Rust ends the process, and with it the
//! whole server.

use crate::basics::error::Error;

/// What an argument is, as far as its size matters.
#[derive(Debug, Clone, Copy)]
pub enum ArgumentKind {
    Text,
    Array,
    Json,
    /// A value of a type of ours.
    Value,
}

impl ArgumentKind {
    /// Bytes, uncompressed. The longest bond, curve or calendar has a tenth of this as text; JSON
    /// is some 18,000 bonds.
    pub const fn limit(self) -> usize {
        match self {
            ArgumentKind::Text | ArgumentKind::Value => 1 << 20,
            ArgumentKind::Json => 4 << 20,
            ArgumentKind::Array => 16 << 20,
        }
    }

    fn what(self) -> &'static str {
        match self {
            ArgumentKind::Text => "bytes of text",
            ArgumentKind::Array => "bytes of an array",
            ArgumentKind::Json => "bytes of JSON",
            ArgumentKind::Value => "bytes of a value",
        }
    }

    /// Memory that reading may take, for each byte of the argument.
    const fn room(self) -> usize {
        match self {
            ArgumentKind::Text | ArgumentKind::Array | ArgumentKind::Value => 16,
            ArgumentKind::Json => 64,
        }
    }
}

/// Elements of an array.
pub const MOST_ELEMENTS: usize = 100_000;

/// Up to this many bytes nothing is asked.
pub const SMALL: usize = 1 << 16;

/// Refuses an argument of so many bytes that is too large, or for which there is no memory.
pub fn check(kind: ArgumentKind, bytes: usize) -> Result<(), Error> {
    match bytes {
        0..=SMALL => Ok(()),
        _ if bytes <= kind.limit() => reserve(bytes * kind.room()),
        _ => Err(Error::TooMany { what: kind.what(), count: bytes, limit: kind.limit() }),
    }
}

/// Asks for memory and gives it back at once: this may fail without harm, unlike the allocations
/// that follow.
pub fn reserve(bytes: usize) -> Result<(), Error> {
    let mut room = Vec::<u8>::new();
    let asked = room.try_reserve_exact(bytes);
    std::hint::black_box(room.as_ptr());
    asked.map_err(|_| Error::Memory { bytes })
}
