//! Credit ratings: the long-term scales of Moody's, S&P and Fitch side by side, as one order of
//! credit quality.
//!
//! A rating is a notch, 1 for AAA to 22 for D, and the scale it is written in. Better credit is
//! greater, whichever agency says it, and ratings of the same notch are equal: `BBB-` = `Baa3` <
//! `A3`. Case tells Moody's symbols from the others; S&P and Fitch share theirs.
//!
//! Sources: S&P Global Ratings Definitions; Moody's Rating Symbols and Definitions; Fitch Ratings
//! Definitions. The notches stand side by side as the US insurance regulators have them (NAIC
//! Valuation Manual VM-20, table K, 1 to 20); C and D follow.

use crate::basics::error::{Error, Result, excerpt};
use crate::basics::vocabulary::{Vocabulary, Word};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// One notch: the symbol of S&P and Fitch, that of Moody's, and Moody's rating factor.
pub struct Notch {
    pub letters: &'static str,
    pub moodys: &'static str,
    pub factor: u16,
}

const fn notch(letters: &'static str, moodys: &'static str, factor: u16) -> Notch {
    Notch { letters, moodys, factor }
}

/// From the best to the worst. Moody's lowest rating is C, for D as well.
///
/// The factors are those of Moody's, "Moody's Approach to Rating Collateralized Loan Obligations":
/// idealized default rates over ten years, in hundredths of a percent.
pub const SCALE: [Notch; 22] = [
    notch("AAA", "Aaa", 1),
    notch("AA+", "Aa1", 10),
    notch("AA", "Aa2", 20),
    notch("AA-", "Aa3", 40),
    notch("A+", "A1", 70),
    notch("A", "A2", 120),
    notch("A-", "A3", 180),
    notch("BBB+", "Baa1", 260),
    notch("BBB", "Baa2", 360),
    notch("BBB-", "Baa3", 610),
    notch("BB+", "Ba1", 940),
    notch("BB", "Ba2", 1350),
    notch("BB-", "Ba3", 1766),
    notch("B+", "B1", 2220),
    notch("B", "B2", 2720),
    notch("B-", "B3", 3490),
    notch("CCC+", "Caa1", 4770),
    notch("CCC", "Caa2", 6500),
    notch("CCC-", "Caa3", 8070),
    notch("CC", "Ca", 10_000),
    notch("C", "C", 10_000),
    notch("D", "C", 10_000),
];

/// BBB- or Baa3.
const LOWEST_INVESTMENT_GRADE: u8 = 10;
/// From C down Moody's has no symbol of its own.
const LOWEST_MOODYS: u8 = 20;

/// Other symbols of default: selective and restricted default, and Fitch's until 2008.
const DEFAULTS: [&str; 4] = ["SD", "RD", "DDD", "DD"];

/// What may stand beside a symbol without changing the notch.
const MARKS: [&str; 4] = [
    // S&P: unsolicited, public information, preliminary, structured finance, principal and interest
    // parts, termination
    "u pi prelim sf p i t",
    // Moody's and Fitch: hybrid, expected
    "hyb e exp",
    // Watch
    "* *+ *- cw watch rwn rwp rwe under review",
    // Outlook
    "outlook pos positive neg negative stable sta dev developing evo evolving",
];

/// What data say where there is no rating.
const UNRATED: &[&str] = &[
    "",
    "-",
    "--",
    "nr",
    "n.r.",
    "wr",
    "wd",
    "na",
    "n.a.",
    "n/a",
    "none",
    "not rated",
    "unrated",
    "withdrawn",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agency {
    Sp,
    Fitch,
    Moodys,
}

impl Vocabulary for Agency {
    const WHAT: &'static str = "rating agency";
    const WORDS: &'static [Word<Agency>] = &[
        Word {
            value: Agency::Sp,
            name: "S&P",
            aliases: &["SP", "Standard & Poor's", "Standard and Poor's"],
            meaning: "S&P Global Ratings",
        },
        Word {
            value: Agency::Fitch,
            name: "Fitch",
            aliases: &["Fitch Ratings"],
            meaning: "Fitch Ratings",
        },
        Word {
            value: Agency::Moodys,
            name: "Moody's",
            aliases: &["Moodys", "MIS"],
            meaning: "Moody's Ratings",
        },
    ];
}

/// A notch, and whether it is written in Moody's symbols.
#[derive(Debug, Clone, Copy)]
pub struct Rating {
    notch: u8,
    moodys: bool,
}

/// Set in the stored byte of a rating written in Moody's symbols.
const MOODYS: u8 = 0x20;

impl Rating {
    pub(crate) fn new(notch: u8, moodys: bool) -> Rating {
        Rating { notch, moodys: moodys && notch <= LOWEST_MOODYS }
    }

    pub fn from_notch(notch: i32, agency: Agency) -> Result<Rating> {
        let rule = "notches run from 1 for AAA or Aaa to 22 for D";
        let whole = u8::try_from(notch)
            .ok()
            .filter(|notch| (1..=SCALE.len()).contains(&usize::from(*notch)));
        let whole =
            whole.ok_or(Error::OutOfRange { what: "notch", value: f64::from(notch), rule })?;
        Ok(Rating::new(whole, agency == Agency::Moodys))
    }

    /// The rating whose factor is nearest; the lower one between two.
    pub fn from_factor(factor: f64) -> Result<Rating> {
        let rule = "rating factors run from 1 for Aaa to 10000 for Ca";
        if !(1.0..=10_000.0).contains(&factor) {
            return Err(Error::OutOfRange { what: "rating factor", value: factor, rule });
        }
        let distinct = (1..=LOWEST_MOODYS).zip(&SCALE);
        let away = |step: &Notch| (f64::from(step.factor) - factor).abs();
        let nearest = distinct.rev().min_by(|(_, a), (_, b)| away(a).total_cmp(&away(b)));
        Ok(Rating::new(nearest.map_or(1, |(notch, _)| notch), true))
    }

    /// 1 for AAA or Aaa to 22 for D.
    pub fn notch(self) -> u8 {
        self.notch
    }

    fn step(self) -> &'static Notch {
        let [best, ..] = &SCALE;
        SCALE.get(usize::from(self.notch) - 1).unwrap_or(best)
    }

    /// The symbol of the notch at an agency.
    pub fn symbol(self, agency: Agency) -> &'static str {
        if agency == Agency::Moodys { self.step().moodys } else { self.step().letters }
    }

    /// Moody's rating factor.
    pub fn factor(self) -> u16 {
        self.step().factor
    }

    pub fn is_investment_grade(self) -> bool {
        self.notch <= LOWEST_INVESTMENT_GRADE
    }

    /// The index rule: the middle one of three ratings, the lower one of two, or the only one
    /// (Bloomberg Fixed Income Index Methodology, credit quality).
    pub fn middle(ratings: [Option<Rating>; 3]) -> Option<Rating> {
        let mut known: Vec<Rating> = ratings.into_iter().flatten().collect();
        known.sort();
        known.get(usize::from(known.len() == 3)).copied()
    }

    pub fn to_byte(self) -> u8 {
        if self.moodys { self.notch | MOODYS } else { self.notch }
    }

    pub fn from_byte(byte: u8) -> Result<Rating> {
        let rating = Rating { notch: byte & !MOODYS, moodys: byte & MOODYS != 0 };
        let worst = if rating.moodys { LOWEST_MOODYS } else { SCALE.len() as u8 };
        if (1..=worst).contains(&rating.notch) {
            return Ok(rating);
        }
        Err(Error::Binary { kind: "rating", why: format!("code {byte} is unknown") })
    }

    /// Reads the bytes of an unknown sender.
    pub fn from_bytes(bytes: &[u8]) -> Result<Rating> {
        match bytes {
            [byte] => Rating::from_byte(*byte),
            _ => Err(Error::Binary {
                kind: "rating",
                why: format!("it has {} bytes instead of 1", bytes.len()),
            }),
        }
    }

    /// Equal for equal ratings. Multiplied by 2^64 over the golden ratio, as Knuth has it.
    pub fn hash_code(self, seed: u64) -> u64 {
        let hash = (u64::from(self.notch) ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        hash ^ (hash >> 32)
    }
}

impl PartialEq for Rating {
    fn eq(&self, other: &Rating) -> bool {
        self.notch == other.notch
    }
}

impl Eq for Rating {}

impl PartialOrd for Rating {
    fn partial_cmp(&self, other: &Rating) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Better credit is greater.
impl Ord for Rating {
    fn cmp(&self, other: &Rating) -> Ordering {
        other.notch.cmp(&self.notch)
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.symbol(if self.moodys { Agency::Moodys } else { Agency::Sp }))
    }
}

impl FromStr for Rating {
    type Err = Error;

    /// A symbol, with the agencies' marks around it, which are read over: `(P)Baa1`, `BBB-u`, `BB+
    /// (sf)`, `A- *-`.
    fn from_str(text: &str) -> Result<Rating> {
        let plain = text.trim().replace(['\u{2010}', '\u{2012}', '\u{2013}', '\u{2212}'], "-");
        if UNRATED.iter().any(|word| plain.eq_ignore_ascii_case(word)) {
            return Err(syntax(
                text,
                "an unknown rating is NULL, which rating_or_null(text) makes of this",
            ));
        }
        let plain =
            plain.strip_prefix("(P)").or_else(|| plain.strip_prefix("(p)")).unwrap_or(&plain);
        let (rating, rest) = leading_symbol(plain)
            .ok_or_else(|| syntax(text, "it begins with no symbol of the long-term scales"))?;
        let separator = |c: char| matches!(c, ' ' | '/' | ',' | ';' | '(' | ')' | '[' | ']');
        let stranger = |mark: &&str| {
            !mark.is_empty()
                && !MARKS
                    .iter()
                    .flat_map(|group| group.split(' '))
                    .any(|known| mark.eq_ignore_ascii_case(known))
        };
        match rest.split(separator).find(stranger) {
            None => Ok(rating),
            Some(mark) => Err(syntax(
                text,
                &format!(
                    "\"{}\" after \"{rating}\" is no outlook, watch or other mark",
                    excerpt(mark)
                ),
            )),
        }
    }
}

fn syntax(text: &str, why: &str) -> Error {
    Error::Syntax {
        kind: "rating",
        text: excerpt(text),
        why: why.to_owned(),
        example: "BBB- or Baa3",
    }
}

/// The longest symbol that a text begins with, and what follows it. Case is free where the symbol
/// is in capitals or in small letters throughout; Aa, which is not AA, is neither.
fn leading_symbol(text: &str) -> Option<(Rating, &str)> {
    let letters = (1..).zip(&SCALE).map(|(notch, step)| (step.letters, Rating::new(notch, false)));
    let moodys = (1..=LOWEST_MOODYS)
        .zip(&SCALE)
        .map(|(notch, step)| (step.moodys, Rating::new(notch, true)));
    let defaults = DEFAULTS.iter().map(|symbol| (*symbol, Rating::new(SCALE.len() as u8, false)));
    let begins = |(symbol, rating): (&str, Rating)| {
        let (start, rest) = text.split_at_checked(symbol.len())?;
        let one_case = !start.bytes().any(|b| b.is_ascii_lowercase())
            || !start.bytes().any(|b| b.is_ascii_uppercase());
        (start == symbol || one_case && start.eq_ignore_ascii_case(symbol)).then_some((
            rating,
            rest,
            start == symbol,
        ))
    };
    let found = letters.chain(moodys).chain(defaults).filter_map(begins);
    // The shortest rest, and among equals the one that is spelled so.
    found
        .min_by_key(|(_, rest, exact)| (rest.len(), !exact))
        .map(|(rating, rest, _)| (rating, rest))
}

#[cfg(test)]
pub(crate) mod tests;
