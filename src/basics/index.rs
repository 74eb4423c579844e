//! Indices that instruments name: overnight and term rates, and price indices, each a record.
//!
//! Sources: the administrators' own methodologies (New York Fed, ECB, Bank of England, Bank of
//! Japan, SIX, EMMI, ICE Benchmark Administration and those of the other currencies); day counts
//! and fixing lags as in the 2021 ISDA Interest Rate Derivatives Definitions.

use super::daycount::DayCount;

/// How an index is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IndexKind {
    /// A rate from one business day to the next, compounded in arrears.
    Overnight,
    /// A rate for a term, fixed in advance.
    Term,
    /// Another rate: of swaps or bonds, or compounded by a rule of its own.
    Other,
    /// A level of prices.
    Price,
}

/// What is known of an index by its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndexRecord {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub kind: IndexKind,
    /// Empty for an index of several currencies.
    pub currency: &'static str,
    pub day_count: Option<DayCount>,
    /// The calendar of its publication days, where there is one of it.
    pub calendar: Option<&'static str>,
    /// Business days from fixing to the beginning of its period.
    pub fixing_lag: u8,
}

macro_rules! indices {
    ($($name:literal $aliases:tt $kind:ident $currency:literal $day_count:expr, $calendar:expr,
       $lag:literal;)*) => {
        &[$(IndexRecord {
            name: $name,
            aliases: &$aliases,
            kind: IndexKind::$kind,
            currency: $currency,
            day_count: $day_count,
            calendar: $calendar,
            fixing_lag: $lag,
        }),*]
    };
}

const ACT_360: Option<DayCount> = Some(DayCount::Act360);
const ACT_365: Option<DayCount> = Some(DayCount::Act365F);

/// All that are known. A name that is not here is that of a term rate.
pub const INDICES: &[IndexRecord] = indices! {
    "SOFR" [] Overnight "USD" ACT_360, Some("SOFR"), 0;
    "EFFR" ["FEDFUNDS", "FUNDS"] Overnight "USD" ACT_360, Some("FED"), 0;
    "ESTR" ["€STR", "ESTER", "EUROSTR"] Overnight "EUR" ACT_360, Some("TARGET"), 0;
    "EONIA" [] Overnight "EUR" ACT_360, Some("TARGET"), 0;
    "SONIA" [] Overnight "GBP" ACT_365, Some("UK"), 0;
    "TONA" ["TONAR"] Overnight "JPY" ACT_365, Some("JP"), 0;
    "SARON" [] Overnight "CHF" ACT_360, Some("CH"), 0;
    "CORRA" [] Overnight "CAD" ACT_365, Some("CA"), 0;
    "AONIA" [] Overnight "AUD" ACT_365, Some("AU"), 0;
    "NZIONA" [] Overnight "NZD" ACT_365, Some("NZ"), 0;
    "SWESTR" [] Overnight "SEK" ACT_360, Some("SE"), 0;
    "NOWA" [] Overnight "NOK" ACT_365, Some("NO"), 0;
    "DESTR" [] Overnight "DKK" ACT_360, Some("DK"), 0;
    "SORA" [] Overnight "SGD" ACT_365, None, 0;
    "HONIA" [] Overnight "HKD" ACT_365, None, 0;
    "KOFR" [] Overnight "KRW" ACT_365, None, 0;
    "THOR" [] Overnight "THB" ACT_365, None, 0;
    "ZARONIA" [] Overnight "ZAR" ACT_365, None, 0;
    "POLONIA" [] Overnight "PLN" ACT_365, None, 0;
    "POLSTR" [] Overnight "PLN" ACT_365, None, 0;
    "CZEONIA" [] Overnight "CZK" ACT_360, None, 0;
    "OIS" [] Overnight "" None, None, 0;
    "EURIBOR" [] Term "EUR" ACT_360, Some("TARGET"), 2;
    "LIBOR" [] Term "" None, Some("UK"), 2;
    "BBSW" [] Term "AUD" ACT_365, Some("AU"), 0;
    "TIBOR" [] Term "JPY" ACT_365, Some("JP"), 2;
    "STIBOR" [] Term "SEK" ACT_360, Some("SE"), 2;
    "NIBOR" [] Term "NOK" ACT_360, Some("NO"), 2;
    "CIBOR" [] Term "DKK" ACT_360, Some("DK"), 2;
    "WIBOR" [] Term "PLN" ACT_365, None, 2;
    "PRIBOR" [] Term "CZK" ACT_360, None, 2;
    "HIBOR" [] Term "HKD" ACT_365, None, 0;
    "SIBOR" [] Term "SGD" ACT_365, None, 2;
    "SHIBOR" [] Term "CNY" ACT_360, Some("CN"), 1;
    "JIBAR" [] Term "ZAR" ACT_365, None, 0;
    "TIIE" [] Term "MXN" ACT_360, None, 1;
    "SELIC" [] Other "BRL" Some(DayCount::Bus252), Some("BR"), 0;
    "CDI" [] Other "BRL" Some(DayCount::Bus252), Some("BR"), 0;
    "CMS" [] Other "" None, None, 2;
    "CMT" [] Other "USD" None, Some("US"), 0;
    "CPI" [] Price "" None, None, 0;
    "HICP" [] Price "EUR" None, None, 0;
    "RPI" [] Price "GBP" None, None, 0;
};

impl IndexRecord {
    /// The record of a name; case does not matter.
    pub fn find(name: &str) -> Option<&'static IndexRecord> {
        let is_name = |spelling: &str| spelling.eq_ignore_ascii_case(name);
        INDICES.iter().find(|index| is_name(index.name) || index.aliases.iter().any(|a| is_name(a)))
    }

    /// The record of a name of which only the letters are left: `str` for €STR.
    pub fn find_letters(letters: &str) -> Option<&'static IndexRecord> {
        let is_name = |spelling: &str| {
            let spelled = spelling.chars().filter(char::is_ascii_alphabetic);
            spelled
                .map(|c| c.to_ascii_lowercase())
                .eq(letters.chars().map(|c| c.to_ascii_lowercase()))
        };
        INDICES.iter().find(|index| is_name(index.name) || index.aliases.iter().any(|a| is_name(a)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::calendar::Calendar;
    use crate::basics::currency::Currency;
    use std::collections::BTreeSet;

    #[test]
    fn records_name_currencies_and_calendars_that_exist() {
        let mut names = BTreeSet::new();
        for index in INDICES {
            assert!(index.currency.is_empty() || index.currency.parse::<Currency>().is_ok());
            if let Some(name) = index.calendar {
                assert!(name.parse::<Calendar>().is_ok(), "{name}");
            }
            for name in index.aliases.iter().chain([&index.name]) {
                assert!(names.insert(name.to_ascii_lowercase()), "{name}");
                assert_eq!(IndexRecord::find(name), Some(index));
            }
        }
        assert_eq!(IndexRecord::find_letters("str").map(|index| index.name), Some("ESTR"));
        assert_eq!(IndexRecord::find("MARS"), None);
    }
}
