//! Units of work between two moments at which a caller may interrupt, counted where the work is
//! done: how soon a query hears a cancel does not depend on the machine's speed. A unit is a pass
//! over all bonds of a fit, a yield, or a bond of a request.

use std::cell::Cell;

thread_local! {
    static SINCE: Cell<u32> = const { Cell::new(0) };
    static MOST: Cell<u32> = const { Cell::new(0) };
    static PAUSES: Cell<u32> = const { Cell::new(0) };
}

/// One unit is done.
pub fn unit() {
    SINCE.set(SINCE.get() + 1);
    MOST.set(MOST.get().max(SINCE.get()));
}

pub fn pause() {
    PAUSES.set(PAUSES.get() + 1);
    SINCE.set(0);
}

/// The most units between two pauses, and how many pauses there were.
pub fn counted(work: impl FnOnce()) -> (u32, u32) {
    SINCE.set(0);
    MOST.set(0);
    PAUSES.set(0);
    work();
    (MOST.get(), PAUSES.get())
}
