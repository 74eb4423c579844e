//! Reading and writing values: text, JSON, bytes.

pub mod bytes;
pub mod field;
pub mod hash;
pub mod text;
pub mod unsupported;
