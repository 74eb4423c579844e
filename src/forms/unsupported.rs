//! Words of instruments that are not supported yet. A word goes from here when its instrument
//! comes.

use crate::basics::error::{Error, excerpt};
use crate::basics::index::IndexRecord;

/// What no product has.
const OPTIONS: &[&str] = &[
    "call",
    "calls",
    "callable",
    "put",
    "puts",
    "putable",
    "puttable",
    "makewhole",
    "convertible",
    "cap",
    "capped",
    "floor",
    "floored",
    "cancellable",
    "cancelable",
    "extendible",
    "sinking",
    "sinkable",
    "sinker",
    "amortising",
    "amortizing",
    "linked",
    "linker",
    "inflation",
    "tips",
    "pik",
    "dual",
];

/// Words of floating coupons, beside the names of indices: a swap has them, a bond has not.
const FLOATING: &[&str] = &["frn", "floater", "floating", "float"];

/// The error of a bond's text that has such a word.
pub fn in_bond(words: &[&str]) -> Option<Error> {
    find(words, |word| {
        is_in(OPTIONS, word) || is_in(FLOATING, word) || IndexRecord::find_letters(word).is_some()
    })
    .map(|word| Error::Unsupported {
        what: "bond",
        text: excerpt(word),
        instead: "A bond pays a fixed or stepped coupon, and its redemption at maturity."
            .to_owned(),
    })
}

/// The error of a swap's text that has such a word.
pub fn in_swap(text: &str) -> Option<Error> {
    let words: Vec<&str> = text.split_whitespace().collect();
    find(&words, |word| is_in(OPTIONS, word)).map(|word| Error::Unsupported {
        what: "swap",
        text: excerpt(word),
        instead: "A swap exchanges a fixed rate for an index and a spread on a constant notional."
            .to_owned(),
    })
}

/// The first word that has such a word in it: `callable`, `SOFR+1%`, `EURIBOR3M`, `CPI-linked`,
/// `make-whole`.
fn find<'a>(words: &[&'a str], is_listed: impl Fn(&str) -> bool) -> Option<&'a str> {
    words.iter().copied().find(|word| {
        let letters: String = word.chars().filter(char::is_ascii_alphabetic).collect();
        is_listed(&letters) || word.split(|c: char| !c.is_ascii_alphabetic()).any(&is_listed)
    })
}

fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|listed| word.eq_ignore_ascii_case(listed))
}
