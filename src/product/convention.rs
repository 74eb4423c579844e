//! Yield conventions: how a yield discounts the flows that are left.
//!
//! Most conventions are one formula, P = Σ aᵢ·(1 + y/m)^(−m·tᵢ), and differ in how often they
//! compound (m), on which clock the times tᵢ run, and where simple interest takes the place of
//! compounding: a convention is a [`YieldMethod`]. The others quote a rate that discounts nothing,
//! and are a [`QuotedAs`] of their own.

use crate::basics::vocabulary::{Vocabulary, Word};

/// The discriminant is the stored code. f is the number of coupons a year, w the part of a coupon
/// period that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Convention {
    /// Compounded f times a year, simple interest 1/(1 + w·y/f) once a single coupon is left.
    /// Source: SIA, Standard Securities Calculation Methods (Mayle), formulas 6 and 7; Excel's
    /// PRICE and YIELD follow it.
    Street = 1,
    /// Compounded to the end. Source: the same, formula 7 throughout.
    Compounded = 2,
    /// Simple interest over the fractional period before the next coupon date, compounded after it.
    /// Source: 31 CFR 356, appendix B.
    UsTreasury = 3,
    /// Street convention with every flow discounted to the business day on which it is paid, the
    /// next one where the bond names no roll. Source: Fabozzi, Handbook of Fixed Income Securities,
    /// "true yield".
    True = 4,
    /// Compounded once a year whatever the frequency. Source: ICMA (formerly ISMA) rule 803.
    Icma = 5,
    /// Compounded f times a year to the end. Source: UK DMO, Formulae for Calculating Gilt Prices
    /// from Yields, 1998.
    UkDmo = 6,
    /// Compounded annually, simple once a single coupon is left. Source: Deutsche Finanzagentur,
    /// yields of Federal securities.
    German = 7,
    /// Compounded annually to the end. Source: Agence France Trésor, OAT actuarial yields.
    French = 8,
    /// Compounded annually, simple once a single coupon is left, every flow discounted to the day
    /// on which it is paid. Source: Ministero dell'Economia, BTP yields, as Bloomberg and rateslib
    /// compute them.
    Italian = 9,
    /// Compounded annually, simple on actual days over 365 once a single coupon is left. Source:
    /// Tesoro Público.
    Spanish = 10,
    /// Compounded annually on 30E/360, simple once a single coupon is left; prices rounded to 3
    /// decimals. Source: Swedish Securities Dealers Association, Calculation Principles for the
    /// Swedish Money and Bond Markets, 2001.
    Swedish = 11,
    /// Compounded annually, the first fraction by actual days over 365. Source: Norske
    /// Finansanalytikeres Forening, recommended conventions for the Norwegian certificate and bond
    /// markets.
    Norwegian = 12,
    /// Compounded annually to the end. Source: Danmarks Nationalbank, government bonds.
    Danish = 13,
    /// Compounded annually to the end on 30E/360. Source: SIX Swiss Exchange, bond calculations.
    Swiss = 14,
    /// Compounded f times a year, simple on actual days over 365 to payment once a single coupon is
    /// left. Interest is settled by days over 365, but from the end of the period in its second
    /// half; the yield's own goes by the day count, so that the discounted flows add up to the
    /// clean price and that. Source: IIAC, Canadian Conventions in Fixed Income Markets.
    Canadian = 15,
    /// Compounded f times a year, simple on actual days over 365 to payment once the buyer gets a
    /// single coupon; price and accrued interest rounded to 3 decimals. Source: AOFM and RBA,
    /// pricing formulae for Commonwealth Government securities.
    Australian = 16,
    /// As Australian without rounding. Source: New Zealand Debt Management, government bond
    /// pricing.
    NewZealand = 17,
    /// (C + (R − P)/T)/P of the clean price P: no compounding. T in days over 365, those of 29
    /// February left out but where less than a year is left; accrued interest never exceeds the
    /// coupon. Source: JSDA; Strata's JP_SIMPLE.
    JapaneseSimple = 18,
    /// Compounded annually on business days over 252, coupons (1 + c)^(1/f) − 1. Source: ANBIMA,
    /// Metodologia de cálculo de títulos públicos federais.
    Brazilian = 19,
    /// Compounded f times a year; simple, by days over those of the coupon year, once a single
    /// coupon is left. Source: PBoC notice 2007-200 on yields in the interbank bond market.
    Chinese = 20,
    /// Street convention with prices truncated to 3 decimals, yields in percent truncated to 4 and
    /// rounded to 3. Source: MSRB rule G-33.
    Municipal = 21,
    /// Simple interest from coupon to coupon, on ACT/360 or the bond's own count of actual days
    /// over a fixed year. Source: Stigum and Robinson, Money Market and Bond Calculations.
    MoneyMarket = 22,
    /// Discount from the amount due, on ACT/360 or the bond's own count of actual days over a fixed
    /// year: P = S·(1 − d·t). Source: 31 CFR 356, appendix B VI.
    Discount = 23,
    /// Of a bill: simple on actual days over 365 (366), and semiannually compounded beyond half a
    /// year; of a coupon bond the semiannual equivalent of its yield. Source: 31 CFR 356, appendix
    /// B VI.D.
    BondEquivalent = 24,
    /// Coupon over clean price.
    Current = 25,
    /// Continuously compounded: e^(−y·t).
    Continuous = 26,
    /// Compounded f times a year over actual days/365.
    Periodic365 = 27,
    /// Compounded f times a year over the bond's own year fractions, as QuantLib's `Compounded`.
    YearFraction = 28,
    /// Simple interest over the fractional first period, compounded annually after it. Source:
    /// Moosmüller, 1952.
    Moosmueller = 29,
    /// As UkDmo, but in the last year simple interest to the day on which the redemption is paid,
    /// on actual days over 365, with the coupons before it reinvested at the same simple rate:
    /// P·(1 + y·T) = Σ aᵢ·(1 + y·(T − tᵢ)). So the official closing prices of gilts state yields; the
    /// rule was found from printed prices and yields, to their last digit.
    UkClosing = 30,
    /// Compounded f times a year, the first fraction by the actual days of its coupon period
    /// whatever the day count of accrued interest; simple on actual days over 365 (360 under
    /// ACT/360) once a single coupon is left. Source: JSE, Bond Pricing Formula, Specifications,
    /// 2005.
    ActualPeriods = 31,
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
    pub clock: TimeMeasure,
    pub compounding: Compounding,
    /// Simple interest over the fractional period before the next coupon date.
    pub simple_stub: bool,
    /// Simple interest once a single flow is left, over its time on this clock.
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

/// Which accrued interest is not coupon · day count.
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
    pub fn quote(self) -> QuotedAs {
        use Convention::*;
        let method = |clock, compounding, simple_last| {
            QuotedAs::Yield(YieldMethod { clock, compounding, simple_last, ..YieldMethod::PERIODS })
        };
        let (coupons, annual) = (Compounding::AtCoupons, Compounding::Annual);
        let simple = Some(FinalPeriodTime::Same);
        match self {
            Street | Municipal => method(TimeMeasure::Periods, coupons, simple),
            Compounded | UkDmo => method(TimeMeasure::Periods, coupons, None),
            UsTreasury => {
                QuotedAs::Yield(YieldMethod { simple_stub: true, ..YieldMethod::PERIODS })
            }
            True => method(TimeMeasure::Paid, coupons, simple),
            Italian => method(TimeMeasure::Paid, annual, simple),
            Icma | French | Danish | Swiss => method(TimeMeasure::Periods, annual, None),
            German | Swedish => method(TimeMeasure::Periods, annual, simple),
            Spanish => method(TimeMeasure::Periods, annual, Some(FinalPeriodTime::Actual365)),
            Norwegian => method(TimeMeasure::DaysToNext, annual, None),
            Canadian | Australian => {
                method(TimeMeasure::Periods, coupons, Some(FinalPeriodTime::Paid365))
            }
            NewZealand => method(TimeMeasure::Periods, coupons, Some(FinalPeriodTime::Actual365)),
            Brazilian => method(TimeMeasure::Business252, annual, None),
            Chinese => method(TimeMeasure::Periods, coupons, Some(FinalPeriodTime::CouponYear)),
            Continuous => method(TimeMeasure::Periods, Compounding::Continuous, None),
            Periodic365 => method(TimeMeasure::Actual365, coupons, None),
            YearFraction => method(TimeMeasure::YearFractions, coupons, None),
            UkClosing => QuotedAs::Yield(YieldMethod { simple_year: true, ..YieldMethod::PERIODS }),
            ActualPeriods => {
                method(TimeMeasure::ActualPeriods, coupons, Some(FinalPeriodTime::ActualYear))
            }
            Moosmueller => QuotedAs::Yield(YieldMethod {
                simple_stub: true,
                compounding: annual,
                ..YieldMethod::PERIODS
            }),
            JapaneseSimple => QuotedAs::Rate(Rate::JapaneseSimple),
            MoneyMarket => QuotedAs::Rate(Rate::MoneyMarket),
            Discount => QuotedAs::Rate(Rate::Discount),
            BondEquivalent => QuotedAs::Rate(Rate::BondEquivalent),
            Current => QuotedAs::Rate(Rate::Current),
        }
    }

    pub fn accrual(self) -> AccrualRule {
        match self {
            Convention::JapaneseSimple => AccrualRule::Capped,
            Convention::Canadian => AccrualRule::Canadian,
            Convention::Brazilian => AccrualRule::Exponential,
            _ => AccrualRule::DayCount,
        }
    }

    /// Whether accrued interest is the plain coupon times day count.
    #[inline(always)]
    pub fn accrues_by_day_count(self) -> bool {
        self.accrual() == AccrualRule::DayCount && self.accrued_scale().is_none()
    }

    /// What accrued interest per 100 is counted in where the market rounds it, as parts of 1:
    /// thousandths are 1e3. Source: AOFM, pricing formulae; Ministero dell'Economia, BTP: five
    /// decimals.
    #[inline(always)]
    const fn accrued_scale(self) -> Option<f64> {
        match self {
            Convention::Australian => Some(1e3),
            Convention::Italian => Some(1e5),
            _ => None,
        }
    }

    /// Accrued interest as the market settles it.
    pub fn printed_accrued(self, accrued: f64) -> f64 {
        self.accrued_scale().map_or(accrued, |scale| rounded(accrued, scale))
    }

    /// A clean price as the market prints it.
    pub fn printed_price(self, price: f64) -> f64 {
        match self {
            Convention::Australian | Convention::Swedish => rounded(price, 1e3),
            Convention::Municipal => truncated(price, 1e3),
            _ => price,
        }
    }

    /// A yield as the market prints it.
    pub fn printed_yield(self, ytm: f64) -> f64 {
        if self == Convention::Municipal { rounded(truncated(ytm, 1e6), 1e5) } else { ytm }
    }

    #[inline]
    pub fn from_code(code: u8) -> Option<Convention> {
        let word = Convention::WORDS.get(usize::from(code).wrapping_sub(1))?;
        Some(word.value)
    }
}

impl YieldMethod {
    pub const PERIODS: YieldMethod = YieldMethod {
        clock: TimeMeasure::Periods,
        compounding: Compounding::AtCoupons,
        simple_stub: false,
        simple_last: None,
        simple_year: false,
    };
}

/// Half away from zero, on the decimal that the float stands for.
fn rounded(value: f64, scale: f64) -> f64 {
    (value * scale).abs().mul_add(1.0 + 1e-15, 0.5).floor().copysign(value) / scale
}

fn truncated(value: f64, scale: f64) -> f64 {
    (value * scale * (1.0 + 4.0 * f64::EPSILON)).trunc() / scale
}

macro_rules! words {
    ($($value:ident, $name:literal, [$($alias:literal),*], $meaning:literal;)*) => {
        &[$(Word { value: Convention::$value, name: $name, aliases: &[$($alias),*], meaning: $meaning }),*]
    };
}

/// In the order of the codes.
impl Vocabulary for Convention {
    const WHAT: &'static str = "yield convention";
    const WORDS: &'static [Word<Convention>] = words! {
        Street, "street", ["us_street", "street convention", "us_corporate", "SIA"],
            "compounded at the coupon frequency, simple interest once a single coupon is left \
                (SIA, Excel)";
        Compounded, "compounded", [], "compounded at the coupon frequency to the end";
        UsTreasury, "us_treasury", ["treasury", "31 CFR 356", "us_tsy"],
            "simple interest over the fractional first period, compounded after it (31 CFR 356, \
                appendix B)";
        True, "true", ["true_yield"], "street convention, with every flow discounted to the \
            business day on which it is paid (the next one where the bond names no roll)";
        Icma, "icma", ["isma", "AIBD", "annual_yield", "effective"], "compounded once a year \
            whatever the coupon frequency (ICMA rule 803)";
        UkDmo, "uk_dmo", ["DMO", "gilt", "gb_bump_dmo"], "compounded at the coupon frequency to \
            the end (UK DMO gilt formulae)";
        German, "german", ["bund", "de_bonds"], "compounded annually, simple interest once a \
            single coupon is left";
        French, "french", ["OAT"], "compounded annually to the end (Agence France Tresor)";
        Italian, "italian", ["BTP"], "compounded annually, simple interest once a single coupon is \
            left; every flow discounted to the business day on which it is paid; accrued interest \
            rounded to 5 decimals";
        Spanish, "spanish", ["bonos"], "compounded annually, simple interest on ACT/365 once a \
            single coupon is left";
        Swedish, "swedish", ["SGB"], "compounded annually, simple interest once a single coupon is \
            left; prices rounded to 3 decimals";
        Norwegian, "norwegian", ["NGB"], "compounded annually, the first fraction by actual days \
            over 365";
        Danish, "danish", ["DGB"], "compounded annually to the end";
        Swiss, "swiss", ["eidgenossen"], "compounded annually to the end, on 30E/360";
        Canadian, "canadian", ["canada", "IIAC"],
            "compounded semiannually, simple interest on ACT/365 to payment once a single coupon \
                is left; interest settled by days over 365";
        Australian, "australian", ["ACGB", "AOFM"],
            "compounded semiannually, simple interest on ACT/365 to payment once a single coupon \
                is left; price and accrued interest rounded to 3 decimals";
        NewZealand, "new_zealand", ["NZGB"], "compounded semiannually, simple interest on ACT/365 \
            once a single coupon is left";
        JapaneseSimple, "japanese_simple", ["jp_simple", "JGB", "JGB simple", "simple_yield"],
            "(coupon + (redemption - clean price)/years)/clean price, without compounding; years \
                of 365 days without 29 February, but with it in the last one";
        Brazilian, "brazilian", ["ANBIMA", "NTN-F"], "compounded annually on business days over \
            252, with exponential coupons";
        Chinese, "chinese", ["CFETS", "CGB"],
            "compounded at the coupon frequency, simple interest over the days of the coupon year \
                once a single coupon is left";
        Municipal, "municipal", ["muni", "G-33", "us_muni"],
            "street convention; prices truncated to 3 decimals, yields in percent truncated to 4 \
                and rounded to 3 (MSRB rule G-33)";
        MoneyMarket, "money_market", ["MMY", "CD equivalent", "simple_360"],
            "simple interest from coupon to coupon, on ACT/360, or the bond's day count where that \
                is actual days over another fixed year, as ACT/365F";
        Discount, "discount", ["discount_rate", "bank_discount"],
            "discount from the amount due at maturity, on ACT/360, or the bond's day count where \
                that is actual days over another fixed year, as ACT/365F";
        BondEquivalent, "bond_equivalent", ["BEY", "coupon_equivalent", "investment_rate"],
            "of a bill, simple on actual days over 365 or 366, semiannual beyond half a year; of a \
                coupon bond, its yield compounded semiannually";
        Current, "current", ["current_yield", "running_yield", "flat_yield"], "coupon over clean \
            price";
        Continuous, "continuous", ["continuously compounded"], "compounded continuously on coupon \
            periods";
        Periodic365, "periodic_365", ["actual_365_times", "act_365f_times"], "compounded at the \
            coupon frequency over actual days/365";
        YearFraction, "year_fraction", ["quantlib_compounded"], "compounded at the coupon \
            frequency over the day count's year fractions";
        Moosmueller, "moosmueller", ["moosmuller"], "simple interest over the fractional first \
            period, compounded annually after it";
        UkClosing, "uk_closing", ["gilt closing prices", "Tradeweb", "FTSE gilt"],
            "compounded at the coupon frequency; in the last year simple interest on ACT/365 to \
                the day of payment, coupons reinvested at the same rate (official closing prices \
                of gilts)";
        ActualPeriods, "actual_periods", ["JSE", "south_african"],
            "compounded at the coupon frequency by the actual days of the coupon period, whatever \
                the day count; simple interest on actual days over 365, or 360 under ACT/360, once \
                a single coupon is left (JSE)";
    };
}
