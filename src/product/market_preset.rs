//! Markets: what a bond of each is like where nothing else is said. A market is data.

use crate::basics::calendar::{Calendar, Roll};
use crate::basics::currency::Currency;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::{Vocabulary, Word, is_spelled};
use crate::product::bond::{BondTerms, ExDividend};
use crate::product::convention::Convention;

/// What bonds of a market have in common.
#[derive(Debug, Clone, Copy)]
pub struct PresetTerms {
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
    /// Whether coupons stay on month ends where the maturity is one; else they are paid on the day
    /// of the month that it has.
    pub end_of_month: bool,
    pub source: &'static str,
}

const fn business(days: u8) -> Option<ExDividend> {
    Some(ExDividend { days, business: true })
}

const fn calendar_days(days: u8) -> Option<ExDividend> {
    Some(ExDividend { days, business: false })
}

/// On month ends, or on the same day of each month.
const EOM: bool = true;
const DAY: bool = false;

macro_rules! markets {
    ($($value:ident $name:literal {
        aliases: $aliases:tt,
        meaning: $meaning:literal,
        pays: $currency:literal $frequency:ident $day_count:ident $convention:ident $eom:ident,
        settles: $calendar:literal $roll:ident $lag:literal $ex:expr,
        source: $source:literal,
    })*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum MarketPreset { $($value),* }

        const WORDS: &[Word<MarketPreset>] =
            &[$(Word { value: MarketPreset::$value, name: $name, aliases: &$aliases, meaning: $meaning }),*];

        impl MarketPreset {
            pub fn practice(self) -> PresetTerms {
                match self {
                    $(MarketPreset::$value => PresetTerms {
                        currency: $currency, frequency: Frequency::$frequency, day_count: DayCount::$day_count,
                        convention: Convention::$convention, calendar: $calendar, roll: Roll::$roll, settlement_lag: $lag,
                        ex_dividend: $ex, end_of_month: $eom, source: $source,
                    }),*
                }
            }
        }
    };
}

// The two letters of a country are its government's bonds.
markets! {
    UsTreasury "us_treasury" {
        aliases: ["UST", "us_government", "T-note", "T-bond", "US", "USA"],
        meaning: "US Treasury notes and bonds, in street convention",
        pays: "USD" Semiannual ActActIcma Street EOM,
        settles: "US" Following 1 None,
        source: "31 CFR 356, appendix B (month ends too); SIFMA, US Treasury securities fails and \
            settlement practice",
    }
    UsTreasuryAuction "us_treasury_auction" {
        aliases: ["us_treasury_new_issue"],
        meaning: "US Treasury notes and bonds at auction, in the Treasury's own convention",
        pays: "USD" Semiannual ActActIcma UsTreasury EOM,
        settles: "US" Following 1 None,
        source: "31 CFR 356, appendix B",
    }
    UsTreasuryBill "us_treasury_bill" {
        aliases: ["T-bill", "us_bill"],
        meaning: "US Treasury bills, at a bank discount",
        pays: "USD" None Act360 Discount EOM,
        settles: "US" Following 1 None,
        source: "31 CFR 356, appendix B VI",
    }
    UsAgency "us_agency" {
        aliases: ["agency"],
        meaning: "US agency bonds",
        pays: "USD" Semiannual Thirty360Us Street DAY,
        settles: "US" Following 1 None,
        source: "SIFMA, Standard Securities Calculation Methods; month ends: as corporate bonds",
    }
    UsCorporate "us_corporate" {
        aliases: ["us_corp", "US IG", "US HY"],
        meaning: "US corporate bonds",
        pays: "USD" Semiannual Thirty360Us Street DAY,
        settles: "US" Following 1 None,
        source: "SIFMA, Standard Securities Calculation Methods; FINRA rule 11860; month ends: \
            accrued interest of bonds of 28 February as traded",
    }
    UsMunicipal "us_municipal" {
        aliases: ["municipal", "muni"],
        meaning: "US municipal bonds",
        pays: "USD" Semiannual Thirty360Us Municipal DAY,
        settles: "US" Following 1 None,
        source: "MSRB rules G-12 and G-33; month ends: as corporate bonds",
    }
    UkGilt "uk_gilt" {
        aliases: ["gilt", "UKT", "uk_government", "UK", "GB"],
        meaning: "UK conventional gilts",
        pays: "GBP" Semiannual ActActIcma UkDmo EOM,
        settles: "UK" Following 1 business(7),
        source: "UK DMO, Formulae for Calculating Gilt Prices from Yields",
    }
    GermanBund "german_bund" {
        aliases: ["bund", "bobl", "schatz", "DBR", "german_government", "DE", "Germany"],
        meaning: "German Federal securities",
        pays: "EUR" Annual ActActIcma German EOM,
        settles: "TARGET" Following 2 None,
        source: "Deutsche Finanzagentur, issuance conditions",
    }
    FrenchOat "french_oat" {
        aliases: ["OAT", "FRTR", "french_government", "FR", "France"],
        meaning: "French government bonds",
        pays: "EUR" Annual ActActIcma French EOM,
        settles: "TARGET" Following 2 None,
        source: "Agence France Tresor, OAT conventions",
    }
    ItalianBtp "italian_btp" {
        aliases: ["BTP", "BTPS", "italian_government", "IT", "Italy"],
        meaning: "Italian government bonds",
        pays: "EUR" Semiannual ActActIcma Italian EOM,
        settles: "TARGET" Following 2 None,
        source: "Ministero dell'Economia e delle Finanze, BTP",
    }
    SpanishBono "spanish_bono" {
        aliases: ["bono", "obligacion", "SPGB", "spanish_government", "ES", "Spain"],
        meaning: "Spanish government bonds",
        pays: "EUR" Annual ActActIcma Spanish EOM,
        settles: "TARGET" Following 2 None,
        source: "Tesoro Publico, Bonos y Obligaciones del Estado",
    }
    DutchState "dutch_state" {
        aliases: ["DSL", "NETHER", "dutch_government", "NL", "Netherlands"],
        meaning: "Dutch state loans",
        pays: "EUR" Annual ActActIcma German EOM,
        settles: "TARGET" Following 2 None,
        source: "Dutch State Treasury Agency, DSL conditions",
    }
    SwedishGovernment "swedish_government" {
        aliases: ["SGB", "SE", "Sweden"],
        meaning: "Swedish government bonds",
        pays: "SEK" Annual Thirty360E Swedish EOM,
        settles: "SE" Following 2 business(5),
        source: "Riksgalden, terms and conditions for Swedish government bonds",
    }
    NorwegianGovernment "norwegian_government" {
        aliases: ["NGB", "NO", "Norway"],
        meaning: "Norwegian government bonds",
        pays: "NOK" Annual Act365F Norwegian EOM,
        settles: "NO" Following 2 None,
        source: "Norges Bank, government bonds; Norske Finansanalytikeres Forening",
    }
    DanishGovernment "danish_government" {
        aliases: ["DGB", "DK", "Denmark"],
        meaning: "Danish government bonds",
        pays: "DKK" Annual ActActIcma Danish EOM,
        settles: "DK" Following 2 None,
        source: "Danmarks Nationalbank, government securities",
    }
    SwissConfederation "swiss_confederation" {
        aliases: ["swiss_government", "eidgenossen", "CH", "Switzerland"],
        meaning: "bonds of the Swiss Confederation",
        pays: "CHF" Annual Thirty360E Swiss EOM,
        settles: "CH" Following 2 None,
        source: "SIX Swiss Exchange, bonds",
    }
    CanadianGovernment "canadian_government" {
        aliases: ["canada", "CAN", "CA"],
        meaning: "Government of Canada bonds",
        pays: "CAD" Semiannual ActActIcma Canadian EOM,
        settles: "CA" Following 1 None,
        source: "IIAC, Canadian Conventions in Fixed Income Markets 1.3",
    }
    AustralianGovernment "australian_government" {
        aliases: ["ACGB", "AU", "Australia"],
        meaning: "Australian Treasury bonds",
        pays: "AUD" Semiannual ActActIcma Australian EOM,
        settles: "AU" Following 2 calendar_days(7),
        source: "AOFM, pricing formulae for Treasury bonds",
    }
    NewZealandGovernment "new_zealand_government" {
        aliases: ["NZGB", "NZ", "New Zealand"],
        meaning: "New Zealand government bonds",
        pays: "NZD" Semiannual ActActIcma NewZealand EOM,
        settles: "NZ" Following 2 calendar_days(10),
        source: "New Zealand Debt Management, nominal bonds",
    }
    JapaneseGovernment "japanese_government" {
        aliases: ["JGB", "JP", "Japan"],
        meaning: "Japanese government bonds, at a simple yield",
        pays: "JPY" Semiannual Act365F JapaneseSimple EOM,
        settles: "JP" Following 1 None,
        source: "JSDA, yield and accrued interest of JGBs",
    }
    BrazilianNtnF "brazilian_ntn_f" {
        aliases: ["NTN-F", "brazilian_government", "BR", "Brazil"],
        meaning: "Brazilian national treasury notes, series F",
        pays: "BRL" Semiannual Bus252 Brazilian EOM,
        settles: "BR" Following 1 None,
        source: "ANBIMA, Metodologia de Calculo de Titulos Publicos Federais",
    }
    ChineseGovernment "chinese_government" {
        aliases: ["CGB", "CFETS", "CN", "China"],
        meaning: "Chinese government bonds in the interbank market",
        pays: "CNY" Annual ActActIcma Chinese EOM,
        settles: "CN" Unadjusted 1 None,
        source: "CFETS; PBoC notice 2007-200",
    }
    EuroCorporate "euro_corporate" {
        aliases: ["euro_corp"],
        meaning: "euro corporate bonds",
        pays: "EUR" Annual ActActIcma Icma DAY,
        settles: "TARGET" Following 2 None,
        source: "ICMA Primary Market Handbook; ICMA rules 251 and 803",
    }
    DollarEurobond "dollar_eurobond" {
        aliases: ["eurobond", "international_bond", "eurobond_usd", "usd_eurobond"],
        meaning: "international bonds in dollars (dollar eurobonds)",
        pays: "USD" Semiannual Thirty360E Street DAY,
        settles: "US+UK" Following 2 None,
        source: "ICMA rule 251 and secondary market rules; SIFMA, Standard Securities Calculation \
            Methods (yield)",
    }
    EuroEurobond "euro_eurobond" {
        aliases: ["eurobond_eur", "eur_eurobond"],
        meaning: "international bonds in euro (euro eurobonds)",
        pays: "EUR" Annual ActActIcma Icma DAY,
        settles: "TARGET" Following 2 None,
        source: "ICMA rules 251 and 803, Primary Market Handbook",
    }
    SterlingEurobond "sterling_eurobond" {
        aliases: ["eurobond_gbp", "gbp_eurobond"],
        meaning: "international bonds in sterling (sterling eurobonds)",
        pays: "GBP" Annual ActActIcma Icma DAY,
        settles: "UK" Following 2 None,
        source: "ICMA rules 251 and 803, Primary Market Handbook",
    }
    EmSovereignDollar "em_sovereign_dollar" {
        aliases: ["em_sovereign_usd", "emerging_sovereign_dollar", "em_dollar"],
        meaning: "bonds of emerging-market sovereigns in dollars",
        pays: "USD" Semiannual Thirty360Us Street DAY,
        settles: "US" Following 2 None,
        source: "EMTA, market practice for sovereign bonds; yields as published of their dollar bonds",
    }
    EmSovereignEuro "em_sovereign_euro" {
        aliases: ["em_sovereign_eur", "emerging_sovereign_euro", "em_euro"],
        meaning: "bonds of emerging-market sovereigns in euro",
        pays: "EUR" Annual ActActIcma Icma DAY,
        settles: "TARGET" Following 2 None,
        source: "ICMA rules 251 and 803; EMTA, market practice for sovereign bonds",
    }
    MalaysianGovernment "malaysian_government" {
        aliases: ["MGS", "MY", "Malaysia"],
        meaning: "Malaysian Government Securities; calendar not known yet, weekends only",
        pays: "MYR" Semiannual ActActIcma Street DAY,
        settles: "weekends" Following 2 None,
        source: "Bank Negara Malaysia, market conventions; rules on FAST, pricing formulae",
    }
    IndonesianGovernment "indonesian_government" {
        aliases: ["INDOGB", "ID", "Indonesia"],
        meaning: "Indonesian fixed-rate government bonds (FR series); calendar not known yet, \
            weekends only",
        pays: "IDR" Semiannual ActActIcma Street DAY,
        settles: "weekends" Following 2 None,
        source: "Ministry of Finance of Indonesia (DJPPR), terms of FR series",
    }
    IndianGovernment "indian_government" {
        aliases: ["IGB", "G-Sec", "IN", "India"],
        meaning: "Indian dated government securities; calendar not known yet, weekends only",
        pays: "INR" Semiannual Thirty360E Street DAY,
        settles: "weekends" Following 1 None,
        source: "Reserve Bank of India, Government Securities Market in India, a primer; FIMMDA",
    }
    ThaiGovernment "thai_government" {
        aliases: ["THAIGB", "TH", "Thailand"],
        meaning: "Thai government bonds (loan bonds); calendar not known yet, weekends only",
        pays: "THB" Semiannual Act365F ActualPeriods DAY,
        settles: "weekends" Following 2 None,
        source: "ThaiBMA, bond calculation standards",
    }
    MexicanMbono "mexican_mbono" {
        aliases: ["mbono", "MX", "Mexico"],
        meaning: "Mexican fixed-rate bonds (M bonos), their periods of 182 days taken as half-years: \
            coupon dates and accrued interest are approximate; calendar not known yet, weekends \
            only",
        pays: "MXN" Semiannual Act360 ActualPeriods DAY,
        settles: "weekends" Following 2 None,
        source: "Banco de Mexico, technical description of M bonos",
    }
    SouthAfricanGovernment "south_african_government" {
        aliases: ["SAGB", "RSA", "ZA", "South Africa"],
        meaning: "South African government bonds; calendar not known yet, weekends only",
        pays: "ZAR" Semiannual Act365F ActualPeriods EOM,
        settles: "weekends" Following 3 calendar_days(10),
        source: "JSE, Bond Pricing Formula, Specifications",
    }
    PolishGovernment "polish_government" {
        aliases: ["POLGB", "PL", "Poland"],
        meaning: "Polish fixed-rate Treasury bonds; calendar not known yet, weekends only",
        pays: "PLN" Annual ActActIcma Icma DAY,
        settles: "weekends" Following 2 None,
        source: "Ministry of Finance of Poland, letters of issue of wholesale bonds",
    }
    HungarianGovernment "hungarian_government" {
        aliases: ["HGB", "HU", "Hungary"],
        meaning: "Hungarian fixed-rate government bonds; calendar not known yet, weekends only",
        pays: "HUF" Annual ActActIcma Icma DAY,
        settles: "weekends" Following 2 None,
        source: "AKK, calculation of prices and yields of government securities",
    }
    KoreanTreasury "korean_treasury" {
        aliases: ["KTB", "KR", "Korea"],
        meaning: "Korea Treasury Bonds, the running period by simple interest; calendar not known \
            yet, weekends only",
        pays: "KRW" Semiannual ActActIcma UsTreasury DAY,
        settles: "weekends" Following 1 None,
        source: "KRX and KOFIA, bond pricing by market practice",
    }
    SingaporeGovernment "singapore_government" {
        aliases: ["SGS", "SG", "Singapore"],
        meaning: "Singapore Government Securities; calendar not known yet, weekends only",
        pays: "SGD" Semiannual ActActIcma Street DAY,
        settles: "weekends" Following 1 None,
        source: "Monetary Authority of Singapore, SGS bonds technical specifications",
    }
    PhilippineGovernment "philippine_government" {
        aliases: ["RPGB", "FXTN", "PH", "Philippines"],
        meaning: "Philippine fixed-rate Treasury notes; calendar not known yet, weekends only",
        pays: "PHP" Semiannual Thirty360E Street DAY,
        settles: "weekends" Following 1 None,
        source: "Philippine Dealing and Exchange Corp., fixed-income conventions",
    }
    ColombianTes "colombian_tes" {
        aliases: ["TES", "COLTES", "CO", "Colombia"],
        meaning: "Colombian fixed-rate TES in pesos, effective annual yields; calendar not known yet, \
            weekends only",
        pays: "COP" Annual Nl365 Icma DAY,
        settles: "weekends" Following 0 None,
        source: "Banco de la Republica, TES clase B, valuation",
    }
    UkTreasuryBill "uk_treasury_bill" {
        aliases: ["uk_bill", "UKTB"],
        meaning: "UK Treasury bills, at a money-market yield",
        pays: "GBP" None Act365F MoneyMarket EOM,
        settles: "UK" Following 1 None,
        source: "UK DMO, UK Treasury Bills, Information Memorandum",
    }
    GermanBubill "german_bubill" {
        aliases: ["bubill", "german_bill"],
        meaning: "German Treasury discount paper (bills), at a money-market yield",
        pays: "EUR" None Act360 MoneyMarket EOM,
        settles: "TARGET" Following 2 None,
        source: "Deutsche Finanzagentur, Unverzinsliche Schatzanweisungen",
    }
    FrenchBtf "french_btf" {
        aliases: ["BTF", "french_bill"],
        meaning: "French Treasury bills, at a money-market yield",
        pays: "EUR" None Act360 MoneyMarket EOM,
        settles: "TARGET" Following 2 None,
        source: "Agence France Tresor, BTF",
    }
    ItalianBot "italian_bot" {
        aliases: ["BOT", "BOTS", "italian_bill"],
        meaning: "Italian Treasury bills, at a money-market yield",
        pays: "EUR" None Act360 MoneyMarket EOM,
        settles: "TARGET" Following 2 None,
        source: "Ministero dell'Economia e delle Finanze, BOT",
    }
    SpanishLetra "spanish_letra" {
        aliases: ["letra", "SGLT", "spanish_bill"],
        meaning: "Spanish Treasury bills of up to a year, at a money-market yield",
        pays: "EUR" None Act360 MoneyMarket EOM,
        settles: "TARGET" Following 2 None,
        source: "Tesoro Publico, Letras del Tesoro",
    }
    DutchBill "dutch_bill" {
        aliases: ["DTC", "DTB"],
        meaning: "Dutch Treasury Certificates (bills), at a money-market yield",
        pays: "EUR" None Act360 MoneyMarket EOM,
        settles: "TARGET" Following 2 None,
        source: "Dutch State Treasury Agency, DTC",
    }
    SwedishBill "swedish_bill" {
        aliases: ["SSVX"],
        meaning: "Swedish Treasury bills, at a money-market yield",
        pays: "SEK" None Act360 MoneyMarket EOM,
        settles: "SE" Following 2 None,
        source: "Swedish Securities Dealers Association, Calculation Principles, 2001",
    }
    DanishBill "danish_bill" {
        aliases: ["DGTB", "skatkammerbevis"],
        meaning: "Danish Treasury bills, at a money-market yield",
        pays: "DKK" None Act360 MoneyMarket EOM,
        settles: "DK" Following 2 None,
        source: "Danmarks Nationalbank, government securities",
    }
    NorwegianBill "norwegian_bill" {
        aliases: ["NGTB", "statskasseveksel"],
        meaning: "Norwegian Treasury bills, at an effective annual yield",
        pays: "NOK" None Act365F Norwegian EOM,
        settles: "NO" Following 2 None,
        source: "Norges Bank, Treasury bills; Norske Finansanalytikeres Forening",
    }
    CanadianBill "canadian_bill" {
        aliases: ["CTB", "canadian_treasury_bill"],
        meaning: "Government of Canada Treasury bills, at a money-market yield",
        pays: "CAD" None Act365F MoneyMarket EOM,
        settles: "CA" Following 1 None,
        source: "IIAC, Canadian Conventions in Fixed Income Markets 1.3",
    }
    JapaneseBill "japanese_bill" {
        aliases: ["JTDB", "japanese_treasury_bill"],
        meaning: "Japanese Treasury discount bills, at a simple yield",
        pays: "JPY" None Act365F MoneyMarket EOM,
        settles: "JP" Following 1 None,
        source: "JSDA, yield of Treasury discount bills",
    }
    AustralianNote "australian_note" {
        aliases: ["ACTB", "australian_bill"],
        meaning: "Australian Treasury Notes (bills), at a simple yield",
        pays: "AUD" None Act365F MoneyMarket EOM,
        settles: "AU" Following 1 None,
        source: "AOFM, pricing formulae for Treasury Notes",
    }
    NewZealandBill "new_zealand_bill" {
        aliases: ["NZTB"],
        meaning: "New Zealand Treasury bills, at a simple yield",
        pays: "NZD" None Act365F MoneyMarket EOM,
        settles: "NZ" Following 2 None,
        source: "New Zealand Debt Management, Treasury bills",
    }
    IndianBill "indian_bill" {
        aliases: ["IGTB"],
        meaning: "Indian Treasury bills, at a simple yield; calendar not known yet, weekends only",
        pays: "INR" None Act365F MoneyMarket EOM,
        settles: "weekends" Following 1 None,
        source: "Reserve Bank of India, Government Securities Market in India, a primer",
    }
    ThaiBill "thai_bill" {
        aliases: ["THTB"],
        meaning: "Thai Treasury bills, at a simple yield; calendar not known yet, weekends only",
        pays: "THB" None Act365F MoneyMarket EOM,
        settles: "weekends" Following 2 None,
        source: "ThaiBMA, bond calculation standards",
    }
    SingaporeBill "singapore_bill" {
        aliases: ["SITB"],
        meaning: "Singapore Treasury bills, at a simple yield; calendar not known yet, weekends only",
        pays: "SGD" None Act365F MoneyMarket EOM,
        settles: "weekends" Following 1 None,
        source: "Monetary Authority of Singapore, T-bills technical specifications",
    }
    MexicanCetes "mexican_cetes" {
        aliases: ["cetes", "MXTB"],
        meaning: "Mexican Treasury bills (Cetes), at a simple yield; calendar not known yet, weekends \
            only",
        pays: "MXN" None Act360 MoneyMarket EOM,
        settles: "weekends" Following 2 None,
        source: "Banco de Mexico, technical description of Cetes",
    }
}

/// Words that could be several markets, which the error names. A currency is one too where several
/// markets of bonds, bills aside, are in it.
const AMBIGUOUS: &[(&str, &[MarketPreset])] = &[
    ("EM", &[MarketPreset::EmSovereignDollar, MarketPreset::EmSovereignEuro]),
    ("em_sovereign", &[MarketPreset::EmSovereignDollar, MarketPreset::EmSovereignEuro]),
    ("emerging", &[MarketPreset::EmSovereignDollar, MarketPreset::EmSovereignEuro]),
    ("emerging_market", &[MarketPreset::EmSovereignDollar, MarketPreset::EmSovereignEuro]),
    ("corporate", &[MarketPreset::UsCorporate, MarketPreset::EuroCorporate]),
];

impl Vocabulary for MarketPreset {
    const WHAT: &'static str = "market";
    const WORDS: &'static [Word<MarketPreset>] = WORDS;

    /// A market's own word; a currency in which there is one market of bonds.
    fn parse(text: &str) -> Result<MarketPreset> {
        if let Some(market) = MarketPreset::find(text) {
            return Ok(market);
        }
        let choices = match AMBIGUOUS.iter().find(|(word, _)| is_spelled(text, word)) {
            Some((_, choices)) => choices.to_vec(),
            None => MarketPreset::of_currency(text),
        };
        let names = |markets: &[MarketPreset]| {
            markets.iter().map(|market| market.name()).collect::<Vec<_>>().join(", ")
        };
        match choices.as_slice() {
            [] => Err(Error::UnknownWord {
                what: MarketPreset::WHAT,
                text: excerpt(text),
                known: MarketPreset::names(),
            }),
            [market] => Ok(*market),
            several => Err(Error::Ambiguous {
                what: MarketPreset::WHAT,
                text: excerpt(text),
                choices: names(several),
            }),
        }
    }
}

impl MarketPreset {
    /// Those of bonds in a currency, bills aside.
    fn of_currency(currency: &str) -> Vec<MarketPreset> {
        let pays = |practice: PresetTerms| {
            practice.frequency != Frequency::None && is_spelled(currency, practice.currency)
        };
        WORDS.iter().map(|word| word.value).filter(|market| pays(market.practice())).collect()
    }

    /// Gives a term sheet the market's practice for all that the market decides.
    pub fn apply(self, terms: &mut BondTerms) -> Result<()> {
        let practice = self.practice();
        terms.frequency = practice.frequency;
        terms.day_count = practice.day_count;
        terms.convention = practice.convention;
        terms.end_of_month = practice.end_of_month;
        let details = terms.optional.edit();
        details.calendar = practice.calendar.parse::<Calendar>()?;
        details.roll = practice.roll;
        details.settlement_lag = Some(practice.settlement_lag);
        details.ex_dividend = practice.ex_dividend;
        details.currency = Some(practice.currency.parse::<Currency>()?);
        Ok(())
    }
}

#[cfg(test)]
pub(crate) mod tests;
