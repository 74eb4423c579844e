//! Yield conventions: how a yield discounts the flows that are left.
//!
//! Most conventions are one formula, P = Σ aᵢ·(1 + y/m)^(−m·tᵢ), and differ in how often they
//! compound (m), on which time_measure the times tᵢ run, and where simple interest takes the place
//! of compounding: a convention is a [`YieldMethod`]. The others quote a rate that discounts
//! nothing, and are a [`QuotedAs`] of their own.

use crate::basics::vocabulary::{Vocabulary, Word};

/// One row for each convention.
macro_rules! conventions {
    ($(
        $(#[$doc:meta])*
        $value:ident = $code:literal {
            name: $name:literal,
            aliases: $aliases:tt,
            meaning: $meaning:literal,
            quoted_as: $quoted_as:expr,
            accrual: $accrual:ident,
            rounding: $rounding:expr,
        }
    )*) => {
        /// A yield convention. The discriminant is the stored code. In the formulas f is the number
        /// of coupons a year, w the part of a coupon period that is left.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Convention {
            $($(#[$doc])* $value = $code,)*
        }

        impl Convention {
            /// The convention's row.
            pub const fn record(self) -> ConventionRecord {
                use Compounding::{Annual, AtCoupons};
                use FinalPeriodTime::{ActualYear, CouponYear, Paid365, Same};
                use TimeMeasure::{Business252, DaysToNext, Paid, Periods, YearFractions};
                match self {
                    $(Convention::$value => ConventionRecord {
                        quoted_as: $quoted_as.quoted_as(),
                        accrual: AccrualRule::$accrual,
                        rounding: $rounding,
                    },)*
                }
            }
        }

        /// In the order of the codes.
        impl Vocabulary for Convention {
            const WHAT: &'static str = "yield convention";
            const WORDS: &'static [Word<Convention>] = &[$(Word {
                value: Convention::$value,
                name: $name,
                aliases: &$aliases,
                meaning: $meaning,
            }),*];
        }
    };
}

conventions! {
    /// Compounded f times a year, simple interest 1/(1 + w·y/f) once a single coupon is left.
    /// Source: SIA, Standard Securities Calculation Methods (Mayle), formulas 6 and 7; Excel's
    /// PRICE and YIELD follow it.
    Street = 1 {
        name: "street",
        aliases: ["us_street", "street convention", "us_corporate", "SIA"],
        meaning: "compounded at the coupon frequency, simple interest once a single coupon is left \
            (SIA, Excel)",
        quoted_as: compounded(Periods, AtCoupons).final_period(Same),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded to the end. Source: the same, formula 7 throughout.
    Compounded = 2 {
        name: "compounded",
        aliases: [],
        meaning: "compounded at the coupon frequency to the end",
        quoted_as: compounded(Periods, AtCoupons),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Simple interest over the fractional period before the next coupon date, compounded after it.
    /// Source: 31 CFR 356, appendix B.
    UsTreasury = 3 {
        name: "us_treasury",
        aliases: ["treasury", "31 CFR 356", "us_tsy"],
        meaning: "simple interest over the fractional first period, compounded after it (31 CFR \
            356, \
            appendix B)",
        quoted_as: compounded(Periods, AtCoupons).simple_stub(),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Street convention with every flow discounted to the business day on which it is paid, the
    /// next one where the bond names no roll. Source: Fabozzi, Handbook of Fixed Income Securities,
    /// "true yield".
    True = 4 {
        name: "true",
        aliases: ["true_yield"],
        meaning: "street convention, with every flow discounted to the business day on which it is \
            paid (the next one where the bond names no roll)",
        quoted_as: compounded(Paid, AtCoupons).final_period(Same),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded once a year whatever the frequency. Source: ICMA (formerly ISMA) rule 803.
    Icma = 5 {
        name: "icma",
        aliases: ["isma", "AIBD", "annual_yield", "effective"],
        meaning: "compounded once a year whatever the coupon frequency (ICMA rule 803)",
        quoted_as: compounded(Periods, Annual),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded f times a year to the end. Source: UK DMO, Formulae for Calculating Gilt Prices
    /// from Yields, 1998.
    UkDmo = 6 {
        name: "uk_dmo",
        aliases: ["DMO", "gilt", "gb_bump_dmo"],
        meaning: "compounded at the coupon frequency to the end (UK DMO gilt formulae)",
        quoted_as: compounded(Periods, AtCoupons),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded annually, simple once a single coupon is left. Source: Deutsche Finanzagentur,
    /// yields of Federal securities.
    German = 7 {
        name: "german",
        aliases: ["bund", "de_bonds"],
        meaning: "compounded annually, simple interest once a single coupon is left",
        quoted_as: compounded(Periods, Annual).final_period(Same),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded annually to the end. Source: Agence France Trésor, OAT actuarial yields.
    French = 8 {
        name: "french",
        aliases: ["OAT"],
        meaning: "compounded annually to the end (Agence France Tresor)",
        quoted_as: compounded(Periods, Annual),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded annually, simple once a single coupon is left, every flow discounted to the day
    /// on which it is paid. Source: Ministero dell'Economia, BTP yields, as Bloomberg and rateslib
    /// compute them.
    Italian = 9 {
        name: "italian",
        aliases: ["BTP"],
        meaning: "compounded annually, simple interest once a single coupon is left; every flow \
            discounted to the business day on which it is paid; accrued interest rounded to 5 \
            decimals",
        quoted_as: compounded(Paid, Annual).final_period(Same),
        accrual: DayCount,
        rounding: Rounding { accrued: Some(1e5), ..Rounding::NONE },
    }
    /// Compounded annually, simple on actual days over 365 once a single coupon is left. Source:
    /// Tesoro Público.
    Spanish = 10 {
        name: "spanish",
        aliases: ["bonos"],
        meaning: "compounded annually, simple interest on ACT/365 once a single coupon is left",
        quoted_as: compounded(Periods, Annual).final_period(FinalPeriodTime::Actual365),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded annually on 30E/360, simple once a single coupon is left; prices rounded to 3
    /// decimals. Source: Swedish Securities Dealers Association, Calculation Principles for the
    /// Swedish Money and Bond Markets, 2001.
    Swedish = 11 {
        name: "swedish",
        aliases: ["SGB"],
        meaning: "compounded annually, simple interest once a single coupon is left; prices \
            rounded \
            to 3 decimals",
        quoted_as: compounded(Periods, Annual).final_period(Same),
        accrual: DayCount,
        rounding: Rounding { price: Some(Printed::Rounded(1e3)), ..Rounding::NONE },
    }
    /// Compounded annually, the first fraction by actual days over 365. Source: Norske
    /// Finansanalytikeres Forening, recommended conventions for the Norwegian certificate and bond
    /// markets.
    Norwegian = 12 {
        name: "norwegian",
        aliases: ["NGB"],
        meaning: "compounded annually, the first fraction by actual days over 365",
        quoted_as: compounded(DaysToNext, Annual),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded annually to the end. Source: Danmarks Nationalbank, government bonds.
    Danish = 13 {
        name: "danish",
        aliases: ["DGB"],
        meaning: "compounded annually to the end",
        quoted_as: compounded(Periods, Annual),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded annually to the end on 30E/360. Source: SIX Swiss Exchange, bond calculations.
    Swiss = 14 {
        name: "swiss",
        aliases: ["eidgenossen"],
        meaning: "compounded annually to the end, on 30E/360",
        quoted_as: compounded(Periods, Annual),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded f times a year, simple on actual days over 365 to payment once a single coupon is
    /// left. Interest is settled by days over 365, but from the end of the period in its second
    /// half; the yield's own goes by the day count, so that the discounted flows add up to the
    /// clean price and that. Source: IIAC, Canadian Conventions in Fixed Income Markets.
    Canadian = 15 {
        name: "canadian",
        aliases: ["canada", "IIAC"],
        meaning: "compounded semiannually, simple interest on ACT/365 to payment once a single \
            coupon \
            is left; interest settled by days over 365",
        quoted_as: compounded(Periods, AtCoupons).final_period(Paid365),
        accrual: Canadian,
        rounding: Rounding::NONE,
    }
    /// Compounded f times a year, simple on actual days over 365 to payment once the buyer gets a
    /// single coupon; price and accrued interest rounded to 3 decimals. Source: AOFM and RBA,
    /// pricing formulae for Commonwealth Government securities.
    Australian = 16 {
        name: "australian",
        aliases: ["ACGB", "AOFM"],
        meaning: "compounded semiannually, simple interest on ACT/365 to payment once a single \
            coupon \
            is left; price and accrued interest rounded to 3 decimals",
        quoted_as: compounded(Periods, AtCoupons).final_period(Paid365),
        accrual: DayCount,
        rounding: Rounding { price: Some(Printed::Rounded(1e3)), accrued: Some(1e3), ..Rounding::NONE },
    }
    /// As Australian without rounding. Source: New Zealand Debt Management, government bond
    /// pricing.
    NewZealand = 17 {
        name: "new_zealand",
        aliases: ["NZGB"],
        meaning: "compounded semiannually, simple interest on ACT/365 once a single coupon is left",
        quoted_as: compounded(Periods, AtCoupons).final_period(FinalPeriodTime::Actual365),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// (C + (R − P)/T)/P of the clean price P: no compounding. T in days over 365, those of 29
    /// February left out but where less than a year is left; accrued interest never exceeds the
    /// coupon. Source: JSDA; Strata's JP_SIMPLE.
    JapaneseSimple = 18 {
        name: "japanese_simple",
        aliases: ["jp_simple", "JGB", "JGB simple", "simple_yield"],
        meaning: "(coupon + (redemption - clean price)/years)/clean price, without compounding; \
            years \
            of 365 days without 29 February, but with it in the last one",
        quoted_as: Rate::JapaneseSimple,
        accrual: Capped,
        rounding: Rounding::NONE,
    }
    /// Compounded annually on business days over 252, coupons (1 + c)^(1/f) − 1. Source: ANBIMA,
    /// Metodologia de cálculo de títulos públicos federais.
    Brazilian = 19 {
        name: "brazilian",
        aliases: ["ANBIMA", "NTN-F"],
        meaning: "compounded annually on business days over 252, with exponential coupons",
        quoted_as: compounded(Business252, Annual),
        accrual: Exponential,
        rounding: Rounding::NONE,
    }
    /// Compounded f times a year; simple, by days over those of the coupon year, once a single
    /// coupon is left. Source: PBoC notice 2007-200 on yields in the interbank bond market.
    Chinese = 20 {
        name: "chinese",
        aliases: ["CFETS", "CGB"],
        meaning: "compounded at the coupon frequency, simple interest over the days of the coupon \
            year once a single coupon is left",
        quoted_as: compounded(Periods, AtCoupons).final_period(CouponYear),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Street convention with prices truncated to 3 decimals, yields in percent truncated to 4 and
    /// rounded to 3. Source: MSRB rule G-33.
    Municipal = 21 {
        name: "municipal",
        aliases: ["muni", "G-33", "us_muni"],
        meaning: "street convention; prices truncated to 3 decimals, yields in percent truncated \
            to 4 \
            and rounded to 3 (MSRB rule G-33)",
        quoted_as: compounded(Periods, AtCoupons).final_period(Same),
        accrual: DayCount,
        rounding: Rounding::MSRB_G33,
    }
    /// Simple interest from coupon to coupon, on ACT/360 or the bond's own count of actual days
    /// over a fixed year. Source: Stigum and Robinson, Money Market and Bond Calculations.
    MoneyMarket = 22 {
        name: "money_market",
        aliases: ["MMY", "CD equivalent", "simple_360"],
        meaning: "simple interest from coupon to coupon, on ACT/360, or the bond's day count where \
            that is actual days over another fixed year, as ACT/365F",
        quoted_as: Rate::MoneyMarket,
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Discount from the amount due, on ACT/360 or the bond's own count of actual days over a fixed
    /// year: P = S·(1 − d·t). Source: 31 CFR 356, appendix B VI.
    Discount = 23 {
        name: "discount",
        aliases: ["discount_rate", "bank_discount"],
        meaning: "discount from the amount due at maturity, on ACT/360, or the bond's day count \
            where \
            that is actual days over another fixed year, as ACT/365F",
        quoted_as: Rate::Discount,
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Of a bill: simple on actual days over 365 (366), and semiannually compounded beyond half a
    /// year; of a coupon bond the semiannual equivalent of its yield. Source: 31 CFR 356, appendix
    /// B VI.D.
    BondEquivalent = 24 {
        name: "bond_equivalent",
        aliases: ["BEY", "coupon_equivalent", "investment_rate"],
        meaning: "of a bill, simple on actual days over 365 or 366, semiannual beyond half a year; \
            of \
            a coupon bond, its yield compounded semiannually",
        quoted_as: Rate::BondEquivalent,
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Coupon over clean price.
    Current = 25 {
        name: "current",
        aliases: ["current_yield", "running_yield", "flat_yield"],
        meaning: "coupon over clean price",
        quoted_as: Rate::Current,
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Continuously compounded: e^(−y·t).
    Continuous = 26 {
        name: "continuous",
        aliases: ["continuously compounded"],
        meaning: "compounded continuously on coupon periods",
        quoted_as: compounded(Periods, Compounding::Continuous),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded f times a year over actual days/365.
    Periodic365 = 27 {
        name: "periodic_365",
        aliases: ["actual_365_times", "act_365f_times"],
        meaning: "compounded at the coupon frequency over actual days/365",
        quoted_as: compounded(TimeMeasure::Actual365, AtCoupons),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded f times a year over the bond's own year fractions, as QuantLib's `Compounded`.
    YearFraction = 28 {
        name: "year_fraction",
        aliases: ["quantlib_compounded"],
        meaning: "compounded at the coupon frequency over the day count's year fractions",
        quoted_as: compounded(YearFractions, AtCoupons),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Simple interest over the fractional first period, compounded annually after it. Source:
    /// Moosmüller, 1952.
    Moosmueller = 29 {
        name: "moosmueller",
        aliases: ["moosmuller"],
        meaning: "simple interest over the fractional first period, compounded annually after it",
        quoted_as: compounded(Periods, Annual).simple_stub(),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// As UkDmo, but in the last year simple interest to the day on which the redemption is paid,
    /// on actual days over 365, with the coupons before it reinvested at the same simple rate: P·(1
    /// + y·T) = Σ aᵢ·(1 + y·(T − tᵢ)). So the official closing prices of gilts state yields; the
    /// rule was found from printed prices and yields, to their last digit.
    UkClosing = 30 {
        name: "uk_closing",
        aliases: ["gilt closing prices", "Tradeweb", "FTSE gilt"],
        meaning: "compounded at the coupon frequency; in the last year simple interest on ACT/365 \
            to \
            the day of payment, coupons reinvested at the same rate (official closing prices of \
            gilts)",
        quoted_as: compounded(Periods, AtCoupons).simple_year(),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
    /// Compounded f times a year, the first fraction by the actual days of its coupon period
    /// whatever the day count of accrued interest; simple on actual days over 365 (360 under
    /// ACT/360) once a single coupon is left. Source: JSE, Bond Pricing Formula, Specifications,
    /// 2005.
    ActualPeriods = 31 {
        name: "actual_periods",
        aliases: ["JSE", "south_african"],
        meaning: "compounded at the coupon frequency by the actual days of the coupon period, \
            whatever the day count; simple interest on actual days over 365, or 360 under \
            ACT/360, once a single coupon is left (JSE)",
        quoted_as: compounded(TimeMeasure::ActualPeriods, AtCoupons).final_period(ActualYear),
        accrual: DayCount,
        rounding: Rounding::NONE,
    }
}

/// What a convention says beside its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConventionRecord {
    pub quoted_as: QuotedAs,
    pub accrual: AccrualRule,
    pub rounding: Rounding,
}

/// How a market prints prices and yields and settles accrued interest; `None` if it does not
/// round. Scales are parts of 1: thousandths are 1e3.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rounding {
    pub price: Option<Printed>,
    /// Accrued interest per 100, rounded. Source: AOFM, pricing formulae; Ministero dell'Economia,
    /// BTP: five decimals.
    pub accrued: Option<f64>,
    /// Yields, truncated at one scale and then rounded at another.
    pub ytm: Option<(f64, f64)>,
}

/// A clean price per 100 as it is printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Printed {
    Rounded(f64),
    Truncated(f64),
}

impl Rounding {
    pub const NONE: Rounding = Rounding { price: None, accrued: None, ytm: None };
    /// Prices truncated to 3 decimals, yields in percent truncated to 4 and rounded to 3.
    pub const MSRB_G33: Rounding =
        Rounding { price: Some(Printed::Truncated(1e3)), accrued: None, ytm: Some((1e6, 1e5)) };
}

/// What a price is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotedAs {
    /// Flows discounted one by one.
    Yield(YieldMethod),
    /// One rate of simple interest, discount or return.
    Rate(Rate),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YieldMethod {
    pub time_measure: TimeMeasure,
    pub compounding: Compounding,
    /// Simple interest over the fractional period before the next coupon date.
    pub simple_stub: bool,
    /// Simple interest once a single flow is left, over its time on this time_measure.
    pub simple_last: Option<FinalPeriodTime>,
    /// Simple interest to maturity in the last year, see [`Convention::UkClosing`].
    pub simple_year: bool,
}

/// How time to a flow is counted, in coupon periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeMeasure {
    /// Coupon periods, the first by the part (E − A)/E of it that is left.
    Periods,
    /// Coupon periods, the first by the part of its actual days that is left.
    ActualPeriods,
    /// Coupon periods, the first by its days over the day count's year.
    DaysToNext,
    /// Coupon periods, and the days by which a payment is late as part of the period after its
    /// date.
    Paid,
    /// The bond's day count, period by period.
    YearFractions,
    /// Actual days over 365.
    Actual365,
    /// Business days over 252.
    Business252,
}

/// The time of simple interest in the last period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FinalPeriodTime {
    /// The convention's own.
    Same,
    Actual365,
    /// Actual days over 365, or over 360 under ACT/360.
    ActualYear,
    /// Actual days over 365 to the day on which it is paid.
    Paid365,
    /// Actual days over those of the year that ends at maturity.
    CouponYear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compounding {
    AtCoupons,
    Annual,
    Semiannual,
    Continuous,
}

impl Compounding {
    /// How often a year, for a bond that pays `coupons` a year.
    #[inline(always)]
    pub fn per_year(self, coupons: f64) -> f64 {
        match self {
            Compounding::AtCoupons => coupons,
            Compounding::Annual => 1.0,
            Compounding::Semiannual => 2.0,
            Compounding::Continuous => f64::INFINITY,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    JapaneseSimple,
    MoneyMarket,
    Discount,
    BondEquivalent,
    Current,
}

/// How interest accrues. Most conventions take the coupon times the day count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccrualRule {
    DayCount,
    /// The coupon at the most.
    Capped,
    Canadian,
    /// (1 + c)^t − 1.
    Exponential,
}

impl Convention {
    #[inline]
    pub fn quoted_as(self) -> QuotedAs {
        self.record().quoted_as
    }

    #[inline]
    pub fn accrual(self) -> AccrualRule {
        self.record().accrual
    }

    /// True if accrued interest is the coupon times the day count, not rounded.
    #[inline]
    pub fn accrues_by_day_count(self) -> bool {
        let ConventionRecord { accrual, rounding, .. } = self.record();
        accrual == AccrualRule::DayCount && rounding.accrued.is_none()
    }

    /// Accrued interest as the market settles it.
    pub fn printed_accrued(self, accrued: f64) -> f64 {
        self.record().rounding.accrued.map_or(accrued, |scale| rounded(accrued, scale))
    }

    /// A clean price as the market prints it.
    pub fn printed_price(self, price: f64) -> f64 {
        match self.record().rounding.price {
            Some(Printed::Rounded(scale)) => rounded(price, scale),
            Some(Printed::Truncated(scale)) => truncated(price, scale),
            None => price,
        }
    }

    /// A yield as the market prints it.
    pub fn printed_yield(self, ytm: f64) -> f64 {
        let rounding = self.record().rounding.ytm;
        rounding.map_or(ytm, |(first, then)| rounded(truncated(ytm, first), then))
    }

    #[inline]
    pub fn from_code(code: u8) -> Option<Convention> {
        let word = Convention::WORDS.get(usize::from(code).wrapping_sub(1))?;
        Some(word.value)
    }
}

impl YieldMethod {
    /// Coupon periods, compounded at the coupons.
    pub const PERIODS: YieldMethod = compounded(TimeMeasure::Periods, Compounding::AtCoupons);

    const fn final_period(self, time: FinalPeriodTime) -> YieldMethod {
        YieldMethod { simple_last: Some(time), ..self }
    }

    const fn simple_stub(self) -> YieldMethod {
        YieldMethod { simple_stub: true, ..self }
    }

    const fn simple_year(self) -> YieldMethod {
        YieldMethod { simple_year: true, ..self }
    }

    const fn quoted_as(self) -> QuotedAs {
        QuotedAs::Yield(self)
    }
}

const fn compounded(time_measure: TimeMeasure, compounding: Compounding) -> YieldMethod {
    YieldMethod {
        time_measure,
        compounding,
        simple_stub: false,
        simple_last: None,
        simple_year: false,
    }
}

impl Rate {
    const fn quoted_as(self) -> QuotedAs {
        QuotedAs::Rate(self)
    }
}

/// Half away from zero, on the decimal that the float stands for.
fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).abs().mul_add(1.0 + 1e-15, 0.5).floor().copysign(value) / scale
}

fn truncated(value: f64, scale: f64) -> f64 {
    (value * scale * (1.0 + 4.0 * f64::EPSILON)).trunc() / scale
}
