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
    #[inline(always)]
    pub fn per_year(self) -> f64 {
        f64::from(self as u8)
    }

    #[inline(always)]
    pub fn months(self) -> i32 {
        match self {
            Frequency::Annual => 12,
            Frequency::Semiannual => 6,
            Frequency::Quarterly => 3,
            Frequency::Monthly => 1,
        }
    }

    /// Whole coupon periods in a number of months, rounded down; division by a constant is many times faster.
    #[inline(always)]
    pub fn periods_in(self, months: i32) -> i32 {
        match self {
            Frequency::Annual => months.div_euclid(12),
            Frequency::Semiannual => months.div_euclid(6),
            Frequency::Quarterly => months.div_euclid(3),
            Frequency::Monthly => months,
        }
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
