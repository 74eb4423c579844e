//! How states and summaries are stored: a name, a version, and sums with names.
//!
//! A state and a summary are numbers alone. Their layout says what the numbers are; text, bytes,
//! checks and errors read it from here. Another sum, such as a spread duration beside the duration
//! of rates, is a new version: a library that knows the older one alone refuses the newer by name,
//! and reads nothing else into its numbers.

use crate::basics::error::{Error, Result};
use crate::numeric::exact::LIMBS;
use std::fmt;

/// One exact sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SumName {
    /// In the text of a summary.
    pub name: &'static str,
    /// In errors, in the plural.
    pub what: &'static str,
}

/// The name and version of what is stored, and its `N` sums in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Layout<const N: usize> {
    pub name: &'static str,
    pub version: u8,
    pub sums: [SumName; N],
}

/// Before the sums: rows measured and skipped.
const COUNTS: [&str; 2] = ["measured", "skipped"];
/// After them: what the rows have in common.
pub const FACTS: [&str; 3] = ["currency", "days", "squared_days"];

impl<const N: usize> Layout<N> {
    /// The error of a sum beyond what sums hold.
    pub fn too_large(&self, which: usize) -> Error {
        let what = self.sums.get(which).map_or(self.name, |sum| sum.what);
        Error::SumTooLarge { what }
    }

    /// The parts of what is stored of a group, in order: a name, and how many numbers.
    fn parts(&self) -> impl Iterator<Item = (&'static str, usize)> {
        let sums = self.sums.map(|sum| (sum.name, LIMBS));
        let single = |name| (name, 1);
        COUNTS.map(single).into_iter().chain(sums).chain(FACTS.map(single))
    }

    fn check_version(&self, version: i64) -> std::result::Result<(), String> {
        if version == i64::from(self.version) {
            return Ok(());
        }
        Err(other_version(self.name, version, self.version))
    }

    /// Writes the text of stored numbers: the version, then each part with its name.
    pub fn write(
        &self,
        f: &mut fmt::Formatter<'_>,
        mut numbers: impl Iterator<Item = f64>,
    ) -> fmt::Result {
        write!(f, "{{version {}", self.version)?;
        for (name, count) in self.parts() {
            write!(f, ", {name}")?;
            for number in numbers.by_ref().take(count) {
                write!(f, " {number}")?;
            }
        }
        f.write_str("}")
    }

    /// The numbers of such a text, or why it has none.
    pub fn numbers_of_text(&self, text: &str) -> std::result::Result<Vec<f64>, String> {
        let inside = text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        let mut parts = inside.ok_or("it is not in braces")?.split(',').map(str::split_whitespace);
        let version = parts.next().and_then(|mut words| {
            let version = words.next().filter(|word| *word == "version").and(words.next());
            version.filter(|_| words.next().is_none())?.parse::<u32>().ok()
        });
        self.check_version(version.ok_or("it does not begin with a version")?.into())?;
        let mut numbers = Vec::new();
        for (name, count) in self.parts() {
            let mut words = parts.next().ok_or_else(|| format!("its {name} is missing"))?;
            if words.next() != Some(name) {
                return Err(format!("its {name} is not where it belongs"));
            }
            let before = numbers.len();
            for word in words {
                let number = word.parse::<f64>();
                numbers.push(number.map_err(|_| format!("its {name} is not a number"))?);
            }
            if numbers.len() != before + count {
                return Err(format!("its {name} has too few numbers or too many"));
            }
        }
        if parts.next().is_some() {
            Err("it goes on after its last part".to_owned())
        } else {
            Ok(numbers)
        }
    }

    /// The bytes of stored numbers: the version, then the numbers.
    pub fn bytes(&self, numbers: impl Iterator<Item = f64>) -> Vec<u8> {
        [self.version].into_iter().chain(numbers.flat_map(f64::to_le_bytes)).collect()
    }

    /// The numbers of such bytes, or why they have none.
    pub fn numbers_of_bytes(&self, bytes: &[u8]) -> std::result::Result<Vec<f64>, String> {
        let (version, numbers) = bytes.split_first().ok_or("it is empty")?;
        self.check_version(i64::from(*version))?;
        let (numbers, rest) = numbers.as_chunks();
        if !rest.is_empty() || numbers.len() != self.parts().map(|(_, count)| count).sum::<usize>()
        {
            return Err("it has another length".to_owned());
        }
        Ok(numbers.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect())
    }
}

/// Why numbers of one version are not read as those of another.
pub fn other_version(name: &str, found: i64, version: u8) -> String {
    format!("it has {name} of version {found}, and this library reads version {version}")
}

/// What an aggregate keeps between rows: floats alone, so that PostgreSQL holds them as `float8[]`,
/// combines, stores and sends them. The array's lower bound is the version of the layout.
pub trait AggregateState {
    const NAME: &'static str;
    const VERSION: u8;
    /// How many numbers there are; None where rows decide.
    const COUNT: Option<usize>;

    /// The numbers before the first row.
    fn none() -> Vec<f64>;

    /// Whether rows make such numbers: states travel as plain arrays, so one may have been made by
    /// hand.
    ///
    /// # Errors
    /// [`Error::State`] where they do not.
    fn check(numbers: &mut [f64]) -> Result<()>;
}

/// A state of a fixed number of floats.
pub trait FixedState: Default {
    const NAME: &'static str;
    const VERSION: u8;

    /// # Errors
    /// [`Error::State`] where no rows make such numbers.
    fn check(&self) -> Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: Layout<1> =
        Layout { name: "loans", version: 1, sums: [SumName { name: "value", what: "values" }] };
    const TWO: Layout<1> = Layout { version: 2, ..ONE };

    struct Text(Layout<1>, Vec<f64>);

    impl fmt::Display for Text {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.write(f, self.1.iter().copied())
        }
    }

    #[test]
    fn text_and_bytes_name_version_and_parts() {
        let numbers: Vec<f64> = (1..=9).map(f64::from).collect();
        let text = Text(ONE, numbers.clone()).to_string();
        assert_eq!(
            text,
            "{version 1, measured 1, skipped 2, value 3 4 5 6, currency 7, days 8, squared_days 9}"
        );
        assert_eq!(ONE.numbers_of_text(&text), Ok(numbers.clone()));
        let bytes = ONE.bytes(numbers.iter().copied());
        assert_eq!((bytes.len(), ONE.numbers_of_bytes(&bytes)), (73, Ok(numbers)));
    }

    #[test]
    fn another_version_is_refused_by_name() {
        let numbers = vec![0.0; 9];
        let why = "it has loans of version 2, and this library reads version 1".to_owned();
        let newer = Text(TWO, numbers.clone()).to_string();
        assert_eq!(ONE.numbers_of_text(&newer), Err(why.clone()));
        assert_eq!(ONE.numbers_of_bytes(&TWO.bytes(numbers.into_iter())), Err(why));
    }

    #[test]
    fn parts_are_told_apart_by_name() {
        let text = Text(ONE, vec![0.0; 9]).to_string();
        for (from, to, why) in [
            ("{", "", "it is not in braces"),
            ("version 1", "version", "it does not begin with a version"),
            ("version 1", "version 1 1", "it does not begin with a version"),
            ("version 1, ", "", "it does not begin with a version"),
            ("skipped 0, ", "", "its skipped is not where it belongs"),
            ("value 0 0 0 0", "value 0 0 0", "its value has too few numbers or too many"),
            ("value 0", "value x", "its value is not a number"),
            (", squared_days 0", "", "its squared_days is missing"),
            ("}", ", duration 0 0 0 0}", "it goes on after its last part"),
        ] {
            assert_eq!(
                ONE.numbers_of_text(&text.replacen(from, to, 1)),
                Err(why.to_owned()),
                "{to}"
            );
        }
    }
}
