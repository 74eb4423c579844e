//! Market words and their many spellings: `30/360`, `DC_30_360_US` and `30/360 US` are one day count.

use crate::error::{Error, Result, excerpt};

/// One word: the value it stands for, its canonical spelling, the other spellings, and what it means.
pub struct Word<T> {
    pub value: T,
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub meaning: &'static str,
}

/// A closed set of words, such as the day counts.
pub trait Vocabulary: Copy + PartialEq + Sized + 'static {
    const WHAT: &'static str;
    const WORDS: &'static [Word<Self>];

    /// The word behind any accepted spelling; case, blanks and punctuation do not matter.
    fn find(text: &str) -> Option<Self> {
        let word =
            Self::WORDS.iter().find(|word| is_spelled(text, word.name) || word.aliases.iter().any(|alias| is_spelled(text, alias)))?;
        Some(word.value)
    }

    fn parse(text: &str) -> Result<Self> {
        Self::find(text).ok_or_else(|| Error::UnknownWord { what: Self::WHAT, text: excerpt(text), known: Self::names() })
    }

    /// The canonical spellings, for messages.
    fn names() -> String {
        Self::WORDS.iter().map(|word| word.name).collect::<Vec<_>>().join(", ")
    }

    fn meaning(self) -> &'static str {
        Self::WORDS.iter().find(|word| word.value == self).map_or("", |word| word.meaning)
    }

    fn name(self) -> &'static str {
        Self::WORDS.iter().find(|word| word.value == self).map_or("", |word| word.name)
    }
}

/// Whether a text is a spelling. A number is itself and nothing else: 1/2 is not 12, nor 11 the day count 1/1.
pub fn is_spelled(text: &str, spelling: &str) -> bool {
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if is_number(spelling) || is_number(text.trim()) { text.trim() == spelling } else { letters(spelling).eq(letters(text)) }
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !matches!(c, ' ' | '_' | '-' | '/' | '(' | ')')).map(|c| c.to_ascii_lowercase())
}
