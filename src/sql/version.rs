//! The version of the library, beside that of the catalogue.

use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn pg_bond_library_version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
