//! How often a bond pays, which is also how often its yield compounds.

use crate::basics::vocabulary::{Vocabulary, Word};

/// Coupons a year. The discriminant is both the number and the stored code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Frequency {
    /// Interest, if any, is paid at maturity, and a year is what time is counted in.
    None = 0,
    Annual = 1,
    Semiannual = 2,
    FourMonthly = 3,
    Quarterly = 4,
    Bimonthly = 6,
    Monthly = 12,
}

impl Frequency {
    #[inline(always)]
    pub fn per_year(self) -> f64 {
        f64::from((self as u8).max(1))
    }

    #[inline(always)]
    pub fn months(self) -> i32 {
        match self {
            Frequency::None | Frequency::Annual => 12,
            Frequency::Semiannual => 6,
            Frequency::FourMonthly => 4,
            Frequency::Quarterly => 3,
            Frequency::Bimonthly => 2,
            Frequency::Monthly => 1,
        }
    }

    /// Whole coupon periods in a number of months, rounded down; division by a constant is many
    /// times faster.
    #[inline(always)]
    pub fn periods_in(self, months: i32) -> i32 {
        match self {
            Frequency::None | Frequency::Annual => months.div_euclid(12),
            Frequency::Semiannual => months.div_euclid(6),
            Frequency::FourMonthly => months.div_euclid(4),
            Frequency::Quarterly => months.div_euclid(3),
            Frequency::Bimonthly => months.div_euclid(2),
            Frequency::Monthly => months,
        }
    }

    #[inline]
    pub fn from_code(code: u8) -> Option<Frequency> {
        Some(match code {
            0 => Frequency::None,
            1 => Frequency::Annual,
            2 => Frequency::Semiannual,
            3 => Frequency::FourMonthly,
            4 => Frequency::Quarterly,
            6 => Frequency::Bimonthly,
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
        Word {
            value: Frequency::FourMonthly,
            name: "four-monthly",
            aliases: &["3", "4M", "every four months", "every fourth month"],
            meaning: "three coupons a year",
        },
        Word {
            value: Frequency::Quarterly,
            name: "quarterly",
            aliases: &["Q", "4", "quarter", "3M"],
            meaning: "four coupons a year",
        },
        Word {
            value: Frequency::Bimonthly,
            name: "bimonthly",
            aliases: &["6", "2M", "every two months", "every other month"],
            meaning: "six coupons a year",
        },
        Word {
            value: Frequency::Monthly,
            name: "monthly",
            aliases: &["M", "12", "month", "1M"],
            meaning: "twelve coupons a year",
        },
        Word {
            value: Frequency::None,
            name: "none",
            aliases: &[
                "N",
                "0",
                "once",
                "zero",
                "no frequency",
                "at maturity",
                "interest at maturity",
            ],
            meaning: "no coupons: bills, discount paper, and interest paid at maturity",
        },
    ];
}
