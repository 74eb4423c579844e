//! Markets: what a bond of each is like where nothing else is said. A market is data.

use crate::bond::{Currency, ExDividend, Terms};
use crate::calendar::{Calendar, Roll};
use crate::convention::Convention;
use crate::daycount::DayCount;
use crate::error::Result;
use crate::frequency::Frequency;
use crate::vocabulary::{Vocabulary, Word};

/// What bonds of a market have in common.
#[derive(Debug, Clone, Copy)]
pub struct Practice {
    pub currency: &'static str,
    pub frequency: Frequency,
    pub day_count: DayCount,
    pub convention: Convention,
    pub calendar: &'static str,
    /// Where payments go that fall on a holiday; accrual dates stay.
    pub roll: Roll,
    /// Business days from trade to settlement.
    pub settlement_lag: u8,
    pub ex_dividend: Option<ExDividend>,
    pub source: &'static str,
}

const fn business(days: u8) -> Option<ExDividend> {
    Some(ExDividend { days, business: true })
}

const fn calendar_days(days: u8) -> Option<ExDividend> {
    Some(ExDividend { days, business: false })
}

macro_rules! markets {
    ($($value:ident $name:literal $aliases:tt $meaning:literal: $currency:literal $frequency:ident $day_count:ident $convention:ident
       $calendar:literal $roll:ident $lag:literal $ex:expr, $source:literal;)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Market { $($value),* }

        impl Vocabulary for Market {
            const WHAT: &'static str = "market";
            const WORDS: &'static [Word<Market>] =
                &[$(Word { value: Market::$value, name: $name, aliases: &$aliases, meaning: $meaning }),*];
        }

        impl Market {
            pub fn practice(self) -> Practice {
                match self {
                    $(Market::$value => Practice {
                        currency: $currency, frequency: Frequency::$frequency, day_count: DayCount::$day_count,
                        convention: Convention::$convention, calendar: $calendar, roll: Roll::$roll, settlement_lag: $lag,
                        ex_dividend: $ex, source: $source,
                    }),*
                }
            }
        }
    };
}

markets! {
    UsTreasury "us_treasury" ["UST", "us_government", "T-note", "T-bond"] "US Treasury notes and bonds, in street convention":
        "USD" Semiannual ActActIcma Street "US" Following 1 None, "31 CFR 356; SIFMA, US Treasury securities fails and settlement practice";
    UsTreasuryAuction "us_treasury_auction" ["us_treasury_new_issue"] "US Treasury notes and bonds at auction, in the Treasury's own convention":
        "USD" Semiannual ActActIcma UsTreasury "US" Following 1 None, "31 CFR 356, appendix B";
    UsTreasuryBill "us_treasury_bill" ["T-bill", "us_bill"] "US Treasury bills, at a bank discount":
        "USD" None Act360 Discount "US" Following 1 None, "31 CFR 356, appendix B VI";
    UsAgency "us_agency" ["agency"] "US agency bonds":
        "USD" Semiannual Thirty360Us Street "US" Following 1 None, "SIFMA, Standard Securities Calculation Methods";
    UsCorporate "us_corporate" ["us_corp", "US IG", "US HY"] "US corporate bonds":
        "USD" Semiannual Thirty360Us Street "US" Following 1 None, "SIFMA, Standard Securities Calculation Methods; FINRA rule 11860";
    UsMunicipal "us_municipal" ["municipal", "muni"] "US municipal bonds":
        "USD" Semiannual Thirty360Us Municipal "US" Following 1 None, "MSRB rules G-12 and G-33";
    UkGilt "uk_gilt" ["gilt", "UKT", "uk_government"] "UK conventional gilts":
        "GBP" Semiannual ActActIcma UkDmo "UK" Following 1 business(7), "UK DMO, Formulae for Calculating Gilt Prices from Yields";
    GermanBund "german_bund" ["bund", "bobl", "schatz", "DBR", "german_government"] "German Federal securities":
        "EUR" Annual ActActIcma German "TARGET" Following 2 None, "Deutsche Finanzagentur, issuance conditions";
    FrenchOat "french_oat" ["OAT", "FRTR", "french_government"] "French government bonds":
        "EUR" Annual ActActIcma French "TARGET" Following 2 None, "Agence France Tresor, OAT conventions";
    ItalianBtp "italian_btp" ["BTP", "BTPS", "italian_government"] "Italian government bonds":
        "EUR" Semiannual ActActIcma Italian "TARGET" Following 2 None, "Ministero dell'Economia e delle Finanze, BTP";
    SpanishBono "spanish_bono" ["bono", "obligacion", "SPGB", "spanish_government"] "Spanish government bonds":
        "EUR" Annual ActActIcma Spanish "TARGET" Following 2 None, "Tesoro Publico, Bonos y Obligaciones del Estado";
    DutchState "dutch_state" ["DSL", "NETHER", "dutch_government"] "Dutch state loans":
        "EUR" Annual ActActIcma German "TARGET" Following 2 None, "Dutch State Treasury Agency, DSL conditions";
    SwedishGovernment "swedish_government" ["SGB"] "Swedish government bonds":
        "SEK" Annual Thirty360E Swedish "SE" Following 2 business(5), "Riksgalden, terms and conditions for Swedish government bonds";
    NorwegianGovernment "norwegian_government" ["NGB"] "Norwegian government bonds":
        "NOK" Annual Act365F Norwegian "NO" Following 2 None, "Norges Bank, government bonds; Norske Finansanalytikeres Forening";
    DanishGovernment "danish_government" ["DGB"] "Danish government bonds":
        "DKK" Annual ActActIcma Danish "DK" Following 2 None, "Danmarks Nationalbank, government securities";
    SwissConfederation "swiss_confederation" ["swiss_government", "eidgenossen"] "bonds of the Swiss Confederation":
        "CHF" Annual Thirty360E Swiss "CH" Following 2 None, "SIX Swiss Exchange, bonds";
    CanadianGovernment "canadian_government" ["canada", "CAN"] "Government of Canada bonds":
        "CAD" Semiannual ActActIcma Canadian "CA" Following 1 None, "IIAC, Canadian Conventions in Fixed Income Markets 1.3";
    AustralianGovernment "australian_government" ["ACGB"] "Australian Treasury bonds":
        "AUD" Semiannual ActActIcma Australian "AU" Following 2 calendar_days(7), "AOFM, pricing formulae for Treasury bonds";
    NewZealandGovernment "new_zealand_government" ["NZGB"] "New Zealand government bonds":
        "NZD" Semiannual ActActIcma NewZealand "NZ" Following 2 calendar_days(10), "New Zealand Debt Management, nominal bonds";
    JapaneseGovernment "japanese_government" ["JGB"] "Japanese government bonds, at a simple yield":
        "JPY" Semiannual Act365F JapaneseSimple "JP" Following 1 None, "JSDA, yield and accrued interest of JGBs";
    BrazilianNtnF "brazilian_ntn_f" ["NTN-F", "brazilian_government"] "Brazilian national treasury notes, series F":
        "BRL" Semiannual Bus252 Brazilian "BR" Following 1 None, "ANBIMA, Metodologia de Calculo de Titulos Publicos Federais";
    ChineseGovernment "chinese_government" ["CGB", "CFETS"] "Chinese government bonds in the interbank market":
        "CNY" Annual ActActIcma Chinese "CN" Unadjusted 1 None, "CFETS; PBoC notice 2007-200";
    EuroCorporate "euro_corporate" ["euro_corp"] "euro corporate bonds":
        "EUR" Annual ActActIcma Icma "TARGET" Following 2 None, "ICMA Primary Market Handbook; ICMA rule 803";
    Eurobond "eurobond" ["international_bond"] "dollar eurobonds":
        "USD" Annual Thirty360E Icma "US+UK" Following 2 None, "ICMA rules 251 and 803";
}

impl Market {
    /// Gives a term sheet the market's practice for all that the market decides.
    pub fn apply(self, terms: &mut Terms) -> Result<()> {
        let practice = self.practice();
        terms.frequency = practice.frequency;
        terms.day_count = practice.day_count;
        terms.convention = practice.convention;
        let details = terms.particulars.edit();
        details.calendar = practice.calendar.parse::<Calendar>()?;
        details.roll = practice.roll;
        details.settlement_lag = Some(practice.settlement_lag);
        details.ex_dividend = practice.ex_dividend;
        details.currency = Some(practice.currency.parse::<Currency>()?);
        Ok(())
    }
}
