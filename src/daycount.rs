//! Day counts: how many days lie between two dates, and how many make a coupon period.

use crate::date::Civil;
use crate::frequency::Frequency;
use crate::vocabulary::{Vocabulary, Word};

/// The discriminant is the stored code and never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum DayCount {
    Thirty360Us = 1,
    Thirty360E = 2,
    ActActIcma = 3,
    Act360 = 4,
    Act365F = 5,
}

impl DayCount {
    /// Days from one day to a later one.
    #[inline(always)]
    pub fn days(self, from: Civil, to: Civil) -> i32 {
        match self {
            DayCount::Thirty360Us => thirty_360_us(from, to),
            DayCount::Thirty360E => thirty_360_e(from, to),
            DayCount::ActActIcma | DayCount::Act360 | DayCount::Act365F => to.date().days() - from.date().days(),
        }
    }

    /// Days in the regular coupon period between two coupon dates, as street practice and Excel's COUPDAYS count
    /// them: the year's days over the frequency, except under ACT/ACT, where the period has the days it has.
    #[inline(always)]
    pub fn days_in_period(self, start: Civil, end: Civil, frequency: Frequency) -> f64 {
        match self {
            DayCount::ActActIcma => f64::from(end.date().days() - start.date().days()),
            DayCount::Thirty360Us | DayCount::Thirty360E | DayCount::Act360 => f64::from(30 * frequency.months()),
            DayCount::Act365F => 365.0 / frequency.per_year(),
        }
    }

    #[inline]
    pub fn from_code(code: u8) -> Option<DayCount> {
        Some(match code {
            1 => DayCount::Thirty360Us,
            2 => DayCount::Thirty360E,
            3 => DayCount::ActActIcma,
            4 => DayCount::Act360,
            5 => DayCount::Act365F,
            _ => return None,
        })
    }
}

/// 30/360 US in the order that Excel follows: the 31st of the first date, then of the second, and February last.
fn thirty_360_us(from: Civil, to: Civil) -> i32 {
    let last_of_february = |date: Civil| date.is_month_end() && date.is_february();
    let mut first = from.day.min(30);
    let mut second = if to.day == 31 && first == 30 { 30 } else { to.day };
    if last_of_february(from) {
        first = 30;
        if last_of_february(to) {
            second = 30;
        }
    }
    thirty_360(from, to, first, second)
}

fn thirty_360_e(from: Civil, to: Civil) -> i32 {
    thirty_360(from, to, from.day.min(30), to.day.min(30))
}

fn thirty_360(from: Civil, to: Civil, first: i32, second: i32) -> i32 {
    30 * (to.months - from.months) + second - first
}

impl Vocabulary for DayCount {
    const WHAT: &'static str = "day count";
    const WORDS: &'static [Word<DayCount>] = &[
        Word {
            value: DayCount::Thirty360Us,
            name: "30/360",
            aliases: &["30/360 US", "DC_30_360_US", "DC_30_360", "30U/360", "US 30/360", "30/360 NASD"],
            meaning: "months of 30 days, year of 360; 31 counts as 30, and so does the last of February (Excel basis 0)",
        },
        Word {
            value: DayCount::Thirty360E,
            name: "30E/360",
            aliases: &["DC_30E_360", "30/360 E", "Eurobond basis", "30/360 ISMA", "30/360 ICMA", "30/360 European", "European 30/360"],
            meaning: "months of 30 days, year of 360; the 31st counts as the 30th (Excel basis 4)",
        },
        Word {
            value: DayCount::ActActIcma,
            name: "ACT/ACT ICMA",
            aliases: &[
                "ACT/ACT",
                "DC_ACT_ACT",
                "DC_ACT_ACT_ICMA",
                "ACT/ACT ISMA",
                "ACT/ACT (Bond)",
                "Actual/Actual",
                "Actual/Actual ICMA",
                "Actual/Actual ISMA",
            ],
            meaning: "actual days over the actual days of the coupon period times the frequency (ICMA rule 251, Excel basis 1)",
        },
        Word {
            value: DayCount::Act360,
            name: "ACT/360",
            aliases: &["DC_ACT_360", "A/360", "Actual/360"],
            meaning: "actual days, year of 360 (Excel basis 2)",
        },
        Word {
            value: DayCount::Act365F,
            name: "ACT/365F",
            aliases: &[
                "DC_ACT_365F",
                "DC_ACT_365",
                "ACT/365",
                "A/365",
                "A/365F",
                "ACT/365 Fixed",
                "Actual/365",
                "Actual/365 Fixed",
                "Actual/365F",
            ],
            meaning: "actual days, year of 365 (Excel basis 3)",
        },
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    fn days(day_count: DayCount, from: &str, to: &str) -> i32 {
        day_count.days(Date::parse(from).unwrap().civil(), Date::parse(to).unwrap().civil())
    }

    /// Excel's DAYS360 and COUPDAYBS on month ends, basis 0 and 4.
    #[test]
    fn thirty_360_month_ends() {
        for (from, to, us, european) in [
            ("2007-01-15", "2007-01-31", 16, 15),
            ("2007-01-30", "2007-01-31", 0, 0),
            ("2007-01-31", "2007-03-31", 60, 60),
            ("2007-02-28", "2007-03-31", 31, 32),
            ("2008-02-29", "2009-02-28", 360, 359),
            ("2007-02-28", "2008-02-28", 358, 360),
            ("2007-02-28", "2007-03-01", 1, 3),
        ] {
            assert_eq!(days(DayCount::Thirty360Us, from, to), us, "30/360 US {from} to {to}");
            assert_eq!(days(DayCount::Thirty360E, from, to), european, "30E/360 {from} to {to}");
        }
    }

    #[test]
    fn every_spelling_finds_its_day_count() {
        for (text, day_count) in [
            ("30/360", DayCount::Thirty360Us),
            ("30_360", DayCount::Thirty360Us),
            ("dc_30_360_us", DayCount::Thirty360Us),
            ("ACT_ACT", DayCount::ActActIcma),
            ("act/act icma", DayCount::ActActIcma),
            ("ACT/365F", DayCount::Act365F),
            ("30e/360", DayCount::Thirty360E),
        ] {
            assert_eq!(DayCount::find(text), Some(day_count), "{text}");
        }
        assert_eq!(DayCount::find("30/365"), None);
    }
}
