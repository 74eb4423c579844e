//! How often a bond pays, which is also how often its yield compounds.

use crate::vocabulary::{Vocabulary, Word};

/// Coupons a year. The discriminant is both the number and the stored code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Frequency {
    Annual = 1,
    Semiannual = 2,
    Quarterly = 4,
    Monthly = 12,
}

impl Frequency {
    pub fn per_year(self) -> f64 {
        f64::from(self as u8)
    }

    pub fn months(self) -> i32 {
        12 / i32::from(self as u8)
    }

    #[inline]
    pub fn from_code(code: u8) -> Option<Frequency> {
        Some(match code {
            1 => Frequency::Annual,
            2 => Frequency::Semiannual,
            4 => Frequency::Quarterly,
            12 => Frequency::Monthly,
            _ => return None,
        })
    }
}

impl Vocabulary for Frequency {
    const WHAT: &'static str = "frequency";
    const WORDS: &'static [Word<Frequency>] = &[
        Word {
            value: Frequency::Annual,
            name: "annual",
            aliases: &["A", "1", "annually", "yearly", "1Y", "12M"],
            meaning: "one coupon a year",
        },
        Word {
            value: Frequency::Semiannual,
            name: "semiannual",
            aliases: &["S", "SA", "2", "semiannually", "half yearly", "6M"],
            meaning: "two coupons a year",
        },
        Word { value: Frequency::Quarterly, name: "quarterly", aliases: &["Q", "4", "quarter", "3M"], meaning: "four coupons a year" },
        Word { value: Frequency::Monthly, name: "monthly", aliases: &["M", "12", "month", "1M"], meaning: "twelve coupons a year" },
    ];
}
