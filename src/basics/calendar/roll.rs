//! Business-day rolls: where a date goes that falls on a day when the market is closed.

use crate::basics::vocabulary::{Vocabulary, Word};

/// The discriminant is the stored code. Definitions: 2006 ISDA Definitions, section 4.12, and
/// FpML's businessDayConventionEnum, except for [`Roll::Nearest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
#[repr(u8)]
pub enum Roll {
    #[default]
    Unadjusted = 0,
    Following = 1,
    ModifiedFollowing = 2,
    Preceding = 3,
    ModifiedPreceding = 4,
    /// The closer business day, the later one of two as close (QuantLib). ISDA's is
    /// [`Roll::NearestIsda`].
    Nearest = 5,
    /// From a Sunday or Monday the following business day, from another day the preceding one. The
    /// two differ from a single holiday on a Tuesday, Wednesday or Thursday.
    NearestIsda = 6,
}

impl Roll {
    pub fn from_code(code: u8) -> Option<Roll> {
        Roll::WORDS.iter().map(|word| word.value).find(|roll| *roll as u8 == code)
    }
}

impl Vocabulary for Roll {
    const WHAT: &'static str = "business-day roll";
    const WORDS: &'static [Word<Roll>] = &[
        Word {
            value: Roll::Unadjusted,
            name: "unadjusted",
            aliases: &["none", "no", "no adjustment", "not applicable", "U", "actual"],
            meaning: "the date stays, open or not",
        },
        Word {
            value: Roll::Following,
            name: "following",
            aliases: &[
                "F",
                "FOL",
                "FOLLOW",
                "FOLL",
                "succeeding",
                "next",
                "following business day",
            ],
            meaning: "the first business day from the date on",
        },
        Word {
            value: Roll::ModifiedFollowing,
            name: "modified_following",
            aliases: &[
                "MF",
                "MODFOLLOWING",
                "MODFOLL",
                "MODF",
                "ModFol",
                "M",
                "modified",
                "modified following business day",
            ],
            meaning: "following, but preceding where that would leave the month",
        },
        Word {
            value: Roll::Preceding,
            name: "preceding",
            aliases: &["P", "PRE", "PREC", "previous", "preceding business day"],
            meaning: "the last business day up to the date",
        },
        Word {
            value: Roll::ModifiedPreceding,
            name: "modified_preceding",
            aliases: &["MP", "MODPRECEDING", "MODPREC", "MODP", "modified previous"],
            meaning: "preceding, but following where that would leave the month",
        },
        Word {
            value: Roll::Nearest,
            name: "nearest",
            aliases: &["N", "NEAR", "closest"],
            meaning: "the closer business day, the later one of two as close",
        },
        Word {
            value: Roll::NearestIsda,
            name: "nearest_isda",
            aliases: &["nearest FpML"],
            meaning: "following from a Sunday or Monday, preceding from another day (2006 ISDA \
                Definitions, 4.12)",
        },
    ];
}
