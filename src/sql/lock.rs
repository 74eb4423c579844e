//! Advisory locks that are given back before their transaction ends.

use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn advisory_xact_unlock(key: i64) -> bool {
    super::call::release_advisory_xact_lock(key)
}
