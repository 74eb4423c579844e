//! Yield conventions: how a yield discounts the flows that are left.

use crate::vocabulary::{Vocabulary, Word};

/// With y the yield, f coupons a year, u = y/f and w the periods to the next coupon, a flow j coupons after that one
/// is discounted by (1 + u)^−(w + j), except where a variant says otherwise. The discriminant is the stored code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Convention {
    /// Simple interest, 1/(1 + w·u), once a single coupon is left. Source: SIA, Standard Securities Calculation
    /// Methods (Mayle), formulas 6 and 7; Excel's PRICE and YIELD follow it.
    Street = 1,
    /// Compounded to the end. Source: the same, formula 7 throughout.
    Compounded = 2,
    /// Simple interest over the fractional period before the next coupon date, compounded after it. Source: 31 CFR
    /// 356, appendix B.
    UsTreasury = 3,
}

impl Convention {
    #[inline]
    pub fn from_code(code: u8) -> Option<Convention> {
        Some(match code {
            1 => Convention::Street,
            2 => Convention::Compounded,
            3 => Convention::UsTreasury,
            _ => return None,
        })
    }
}

impl Vocabulary for Convention {
    const WHAT: &'static str = "yield convention";
    const WORDS: &'static [Word<Convention>] = &[
        Word {
            value: Convention::Street,
            name: "street",
            aliases: &["us_street", "street convention"],
            meaning: "compounded at the coupon frequency, simple interest once a single coupon is left",
        },
        Word { value: Convention::Compounded, name: "compounded", aliases: &[], meaning: "compounded at the coupon frequency to the end" },
        Word {
            value: Convention::UsTreasury,
            name: "us_treasury",
            aliases: &["treasury", "31 CFR 356"],
            meaning: "simple interest over the fractional first period, compounded after it (31 CFR 356)",
        },
    ];
}
