//! What is there by construction. An index or a value that cannot be missing is an internal error
//! if it is, never a silent 0: the panic unwinds to the caller, and PostgreSQL reports it as an
//! ERROR of class XX.

/// The element at a place inside a slice.
///
/// # Panics
/// If the place is outside, which is a fault of this library.
#[inline]
#[track_caller]
pub fn at<T: Copy>(slice: &[T], place: usize) -> T {
    match slice.get(place) {
        Some(element) => *element,
        None => missing("an element of a slice"),
    }
}

/// A value that is there.
///
/// # Panics
/// If it is not, which is a fault of this library.
#[inline]
#[track_caller]
pub fn certain<T>(value: Option<T>, what: &str) -> T {
    match value {
        Some(value) => value,
        None => missing(what),
    }
}

#[cold]
#[track_caller]
#[expect(clippy::panic, reason = "a fault of this library must not become a figure")]
fn missing(what: &str) -> ! {
    panic!("internal error: {what} is missing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_no_figure() {
        assert_eq!((at(&[1.0, 2.0], 1), certain(Some(3.0), "a number")), (2.0, 3.0));
        assert!(std::panic::catch_unwind(|| at(&[1.0, 2.0], 2)).is_err());
        assert!(std::panic::catch_unwind(|| certain(None::<f64>, "a number")).is_err());
    }
}
