//! Market words and their many spellings: `30/360`, `DC_30_360_US` and `30/360 US` are one day
//! count.

use crate::basics::error::{Error, Result, excerpt};

/// One word: the value it stands for, its canonical spelling, the other spellings, and what it
/// means.
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
        // A name as we write it is what a query reads row by row.
        let named = Self::WORDS.iter().find(|word| word.name == text);
        let is_spelled = |word: &&Word<Self>| {
            is_spelled(text, word.name) || word.aliases.iter().any(|alias| is_spelled(text, alias))
        };
        let word = named.or_else(|| Self::WORDS.iter().find(is_spelled))?;
        Some(word.value)
    }

    fn parse(text: &str) -> Result<Self> {
        Self::find(text).ok_or_else(|| Error::UnknownWord {
            what: Self::WHAT,
            text: excerpt(text),
            known: Self::names(),
        })
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

/// Whether a text is a spelling. A number is itself and nothing else: 1/2 is not 12, nor 11 the day
/// count 1/1.
pub fn is_spelled(text: &str, spelling: &str) -> bool {
    let text = text.trim();
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    letters(text).eq(letters(spelling))
        && (text == spelling || !is_number(text) && !is_number(spelling))
}

fn letters(text: &str) -> impl Iterator<Item = u8> + '_ {
    text.bytes()
        .filter(|b| !matches!(b, b' ' | b'_' | b'-' | b'/' | b'(' | b')'))
        .map(|b| b.to_ascii_lowercase())
}
