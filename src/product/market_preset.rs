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
    ($($value:ident $name:literal $aliases:tt $meaning:literal: $currency:literal $frequency:ident $day_count:ident $convention:ident
       $calendar:literal $roll:ident $lag:literal $ex:expr, $end_of_month:ident, $source:literal;)*) => {
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
                        ex_dividend: $ex, end_of_month: $end_of_month, source: $source,
                    }),*
                }
            }
        }
    };
}

// The two letters of a country are its government's bonds.
markets! {
    UsTreasury "us_treasury" ["UST", "us_government", "T-note", "T-bond", "US", "USA"] "US \
        Treasury notes and bonds, in street convention":
        "USD" Semiannual ActActIcma Street "US" Following 1 None, EOM, "31 CFR 356, appendix B \
            (month ends too); SIFMA, US Treasury securities fails and settlement practice";
    UsTreasuryAuction "us_treasury_auction" ["us_treasury_new_issue"] "US Treasury notes and bonds \
        at auction, in the Treasury's own convention":
        "USD" Semiannual ActActIcma UsTreasury "US" Following 1 None, EOM, "31 CFR 356, appendix B";
    UsTreasuryBill "us_treasury_bill" ["T-bill", "us_bill"] "US Treasury bills, at a bank discount":
        "USD" None Act360 Discount "US" Following 1 None, EOM, "31 CFR 356, appendix B VI";
    UsAgency "us_agency" ["agency"] "US agency bonds":
        "USD" Semiannual Thirty360Us Street "US" Following 1 None, DAY, "SIFMA, Standard \
            Securities Calculation Methods; month ends: as corporate bonds";
    UsCorporate "us_corporate" ["us_corp", "US IG", "US HY"] "US corporate bonds":
        "USD" Semiannual Thirty360Us Street "US" Following 1 None, DAY, "SIFMA, Standard \
            Securities Calculation Methods; FINRA rule 11860; month ends: accrued interest of \
            bonds of 28 February as traded";
    UsMunicipal "us_municipal" ["municipal", "muni"] "US municipal bonds":
        "USD" Semiannual Thirty360Us Municipal "US" Following 1 None, DAY, "MSRB rules G-12 and \
            G-33; month ends: as corporate bonds";
    UkGilt "uk_gilt" ["gilt", "UKT", "uk_government", "UK", "GB"] "UK conventional gilts":
        "GBP" Semiannual ActActIcma UkDmo "UK" Following 1 business(7), EOM, "UK DMO, Formulae for \
            Calculating Gilt Prices from Yields";
    GermanBund "german_bund" ["bund", "bobl", "schatz", "DBR", "german_government", "DE", "Germany"] "German Federal \
        securities":
        "EUR" Annual ActActIcma German "TARGET" Following 2 None, EOM, "Deutsche Finanzagentur, \
            issuance conditions";
    FrenchOat "french_oat" ["OAT", "FRTR", "french_government", "FR", "France"] "French government \
        bonds":
        "EUR" Annual ActActIcma French "TARGET" Following 2 None, EOM, "Agence France Tresor, OAT \
            conventions";
    ItalianBtp "italian_btp" ["BTP", "BTPS", "italian_government", "IT", "Italy"] "Italian \
        government bonds":
        "EUR" Semiannual ActActIcma Italian "TARGET" Following 2 None, EOM, "Ministero \
            dell'Economia e delle Finanze, BTP";
    SpanishBono "spanish_bono" ["bono", "obligacion", "SPGB", "spanish_government", "ES", "Spain"] "Spanish government \
        bonds":
        "EUR" Annual ActActIcma Spanish "TARGET" Following 2 None, EOM, "Tesoro Publico, Bonos y \
            Obligaciones del Estado";
    DutchState "dutch_state" ["DSL", "NETHER", "dutch_government", "NL", "Netherlands"] "Dutch \
        state loans":
        "EUR" Annual ActActIcma German "TARGET" Following 2 None, EOM, "Dutch State Treasury \
            Agency, DSL conditions";
    SwedishGovernment "swedish_government" ["SGB", "SE", "Sweden"] "Swedish government bonds":
        "SEK" Annual Thirty360E Swedish "SE" Following 2 business(5), EOM, "Riksgalden, terms and \
            conditions for Swedish government bonds";
    NorwegianGovernment "norwegian_government" ["NGB", "NO", "Norway"] "Norwegian government bonds":
        "NOK" Annual Act365F Norwegian "NO" Following 2 None, EOM, "Norges Bank, government bonds; \
            Norske Finansanalytikeres Forening";
    DanishGovernment "danish_government" ["DGB", "DK", "Denmark"] "Danish government bonds":
        "DKK" Annual ActActIcma Danish "DK" Following 2 None, EOM, "Danmarks Nationalbank, \
            government securities";
    SwissConfederation "swiss_confederation" ["swiss_government", "eidgenossen", "CH", "Switzerland"] "bonds of the Swiss \
        Confederation":
        "CHF" Annual Thirty360E Swiss "CH" Following 2 None, EOM, "SIX Swiss Exchange, bonds";
    CanadianGovernment "canadian_government" ["canada", "CAN", "CA"] "Government of Canada bonds":
        "CAD" Semiannual ActActIcma Canadian "CA" Following 1 None, EOM, "IIAC, Canadian \
            Conventions in Fixed Income Markets 1.3";
    AustralianGovernment "australian_government" ["ACGB", "AU", "Australia"] "Australian Treasury \
        bonds":
        "AUD" Semiannual ActActIcma Australian "AU" Following 2 calendar_days(7), EOM, "AOFM, \
            pricing formulae for Treasury bonds";
    NewZealandGovernment "new_zealand_government" ["NZGB", "NZ", "New Zealand"] "New Zealand \
        government bonds":
        "NZD" Semiannual ActActIcma NewZealand "NZ" Following 2 calendar_days(10), EOM, "New \
            Zealand Debt Management, nominal bonds";
    JapaneseGovernment "japanese_government" ["JGB", "JP", "Japan"] "Japanese government bonds, at \
        a simple yield":
        "JPY" Semiannual Act365F JapaneseSimple "JP" Following 1 None, EOM, "JSDA, yield and \
            accrued interest of JGBs";
    BrazilianNtnF "brazilian_ntn_f" ["NTN-F", "brazilian_government", "BR", "Brazil"] "Brazilian \
        national treasury notes, series F":
        "BRL" Semiannual Bus252 Brazilian "BR" Following 1 None, EOM, "ANBIMA, Metodologia de \
            Calculo de Titulos Publicos Federais";
    ChineseGovernment "chinese_government" ["CGB", "CFETS", "CN", "China"] "Chinese government \
        bonds in the interbank market":
        "CNY" Annual ActActIcma Chinese "CN" Unadjusted 1 None, EOM, "CFETS; PBoC notice 2007-200";
    EuroCorporate "euro_corporate" ["euro_corp"] "euro corporate bonds":
        "EUR" Annual ActActIcma Icma "TARGET" Following 2 None, DAY, "ICMA Primary Market \
            Handbook; ICMA rules 251 and 803";
    DollarEurobond "dollar_eurobond" ["eurobond", "international_bond", "eurobond_usd", "usd_eurobond"] "international bonds in dollars (dollar \
        eurobonds)":
        "USD" Semiannual Thirty360E Street "US+UK" Following 2 None, DAY, "ICMA rule 251 and \
            secondary market rules; SIFMA, Standard Securities Calculation Methods (yield)";
    EuroEurobond "euro_eurobond" ["eurobond_eur", "eur_eurobond"] "international bonds in euro \
        (euro eurobonds)":
        "EUR" Annual ActActIcma Icma "TARGET" Following 2 None, DAY, "ICMA rules 251 and 803, \
            Primary Market Handbook";
    SterlingEurobond "sterling_eurobond" ["eurobond_gbp", "gbp_eurobond"] "international bonds in \
        sterling (sterling eurobonds)":
        "GBP" Annual ActActIcma Icma "UK" Following 2 None, DAY, "ICMA rules 251 and 803, Primary \
            Market Handbook";
    EmSovereignDollar "em_sovereign_dollar" ["em_sovereign_usd", "emerging_sovereign_dollar", "em_dollar"] "bonds of emerging-market sovereigns \
        in dollars":
        "USD" Semiannual Thirty360Us Street "US" Following 2 None, DAY, "EMTA, market practice for \
            sovereign bonds; yields as published of their dollar bonds";
    EmSovereignEuro "em_sovereign_euro" ["em_sovereign_eur", "emerging_sovereign_euro", "em_euro"] "bonds of emerging-market sovereigns in \
        euro":
        "EUR" Annual ActActIcma Icma "TARGET" Following 2 None, DAY, "ICMA rules 251 and 803; \
            EMTA, market practice for sovereign bonds";
    MalaysianGovernment "malaysian_government" ["MGS", "MY", "Malaysia"] "Malaysian Government \
        Securities; calendar not known yet, weekends only":
        "MYR" Semiannual ActActIcma Street "weekends" Following 2 None, DAY, "Bank Negara \
            Malaysia, market conventions; rules on FAST, pricing formulae";
    IndonesianGovernment "indonesian_government" ["INDOGB", "ID", "Indonesia"] "Indonesian \
        fixed-rate government bonds (FR series); calendar not known yet, weekends only":
        "IDR" Semiannual ActActIcma Street "weekends" Following 2 None, DAY, "Ministry of Finance \
            of Indonesia (DJPPR), terms of FR series";
    IndianGovernment "indian_government" ["IGB", "G-Sec", "IN", "India"] "Indian dated government \
        securities; calendar not known yet, weekends only":
        "INR" Semiannual Thirty360E Street "weekends" Following 1 None, DAY, "Reserve Bank of \
            India, Government Securities Market in India, a primer; FIMMDA";
    ThaiGovernment "thai_government" ["THAIGB", "TH", "Thailand"] "Thai government bonds (loan \
        bonds); calendar not known yet, weekends only":
        "THB" Semiannual Act365F ActualPeriods "weekends" Following 2 None, DAY, "ThaiBMA, bond \
            calculation standards";
    MexicanMbono "mexican_mbono" ["mbono", "MX", "Mexico"] "Mexican fixed-rate bonds (M bonos), \
        their periods of 182 days taken as half-years: coupon dates and accrued interest are \
        approximate; calendar not known yet, weekends only":
        "MXN" Semiannual Act360 ActualPeriods "weekends" Following 2 None, DAY, "Banco de Mexico, \
            technical description of M bonos";
    SouthAfricanGovernment "south_african_government" ["SAGB", "RSA", "ZA", "South Africa"] "South \
        African government bonds; calendar not known yet, weekends only":
        "ZAR" Semiannual Act365F ActualPeriods "weekends" Following 3 calendar_days(10), EOM, "JSE, Bond Pricing Formula, Specifications";
    PolishGovernment "polish_government" ["POLGB", "PL", "Poland"] "Polish fixed-rate Treasury \
        bonds; calendar not known yet, weekends only":
        "PLN" Annual ActActIcma Icma "weekends" Following 2 None, DAY, "Ministry of Finance of \
            Poland, letters of issue of wholesale bonds";
    HungarianGovernment "hungarian_government" ["HGB", "HU", "Hungary"] "Hungarian fixed-rate \
        government bonds; calendar not known yet, weekends only":
        "HUF" Annual ActActIcma Icma "weekends" Following 2 None, DAY, "AKK, calculation of prices \
            and yields of government securities";
    KoreanTreasury "korean_treasury" ["KTB", "KR", "Korea"] "Korea Treasury Bonds, the running \
        period by simple interest; calendar not known yet, weekends only":
        "KRW" Semiannual ActActIcma UsTreasury "weekends" Following 1 None, DAY, "KRX and KOFIA, \
            bond pricing by market practice";
    SingaporeGovernment "singapore_government" ["SGS", "SG", "Singapore"] "Singapore Government \
        Securities; calendar not known yet, weekends only":
        "SGD" Semiannual ActActIcma Street "weekends" Following 1 None, DAY, "Monetary Authority \
            of Singapore, SGS bonds technical specifications";
    PhilippineGovernment "philippine_government" ["RPGB", "FXTN", "PH", "Philippines"] "Philippine \
        fixed-rate Treasury notes; calendar not known yet, weekends only":
        "PHP" Semiannual Thirty360E Street "weekends" Following 1 None, DAY, "Philippine Dealing \
            and Exchange Corp., fixed-income conventions";
    ColombianTes "colombian_tes" ["TES", "COLTES", "CO", "Colombia"] "Colombian fixed-rate TES in \
        pesos, effective annual yields; calendar not known yet, weekends only":
        "COP" Annual Nl365 Icma "weekends" Following 0 None, DAY, "Banco de la Republica, TES \
            clase B, valuation";
    UkTreasuryBill "uk_treasury_bill" ["uk_bill", "UKTB"] "UK Treasury bills, at a money-market \
        yield":
        "GBP" None Act365F MoneyMarket "UK" Following 1 None, EOM, "UK DMO, UK Treasury Bills, \
            Information Memorandum";
    GermanBubill "german_bubill" ["bubill", "german_bill"] "German Treasury discount paper \
        (bills), at a money-market yield":
        "EUR" None Act360 MoneyMarket "TARGET" Following 2 None, EOM, "Deutsche Finanzagentur, \
            Unverzinsliche Schatzanweisungen";
    FrenchBtf "french_btf" ["BTF", "french_bill"] "French Treasury bills, at a money-market yield":
        "EUR" None Act360 MoneyMarket "TARGET" Following 2 None, EOM, "Agence France Tresor, BTF";
    ItalianBot "italian_bot" ["BOT", "BOTS", "italian_bill"] "Italian Treasury bills, at a \
        money-market yield":
        "EUR" None Act360 MoneyMarket "TARGET" Following 2 None, EOM, "Ministero dell'Economia e \
            delle Finanze, BOT";
    SpanishLetra "spanish_letra" ["letra", "SGLT", "spanish_bill"] "Spanish Treasury bills of up \
        to a year, at a money-market yield":
        "EUR" None Act360 MoneyMarket "TARGET" Following 2 None, EOM, "Tesoro Publico, Letras del \
            Tesoro";
    DutchBill "dutch_bill" ["DTC", "DTB"] "Dutch Treasury Certificates (bills), at a money-market \
        yield":
        "EUR" None Act360 MoneyMarket "TARGET" Following 2 None, EOM, "Dutch State Treasury \
            Agency, DTC";
    SwedishBill "swedish_bill" ["SSVX"] "Swedish Treasury bills, at a money-market yield":
        "SEK" None Act360 MoneyMarket "SE" Following 2 None, EOM, "Swedish Securities Dealers \
            Association, Calculation Principles, 2001";
    DanishBill "danish_bill" ["DGTB", "skatkammerbevis"] "Danish Treasury bills, at a money-market \
        yield":
        "DKK" None Act360 MoneyMarket "DK" Following 2 None, EOM, "Danmarks Nationalbank, \
            government securities";
    NorwegianBill "norwegian_bill" ["NGTB", "statskasseveksel"] "Norwegian Treasury bills, at an \
        effective annual yield":
        "NOK" None Act365F Norwegian "NO" Following 2 None, EOM, "Norges Bank, Treasury bills; \
            Norske Finansanalytikeres Forening";
    CanadianBill "canadian_bill" ["CTB", "canadian_treasury_bill"] "Government of Canada Treasury \
        bills, at a money-market yield":
        "CAD" None Act365F MoneyMarket "CA" Following 1 None, EOM, "IIAC, Canadian Conventions in \
            Fixed Income Markets 1.3";
    JapaneseBill "japanese_bill" ["JTDB", "japanese_treasury_bill"] "Japanese Treasury discount \
        bills, at a simple yield":
        "JPY" None Act365F MoneyMarket "JP" Following 1 None, EOM, "JSDA, yield of Treasury \
            discount bills";
    AustralianNote "australian_note" ["ACTB", "australian_bill"] "Australian Treasury Notes \
        (bills), at a simple yield":
        "AUD" None Act365F MoneyMarket "AU" Following 1 None, EOM, "AOFM, pricing formulae for \
            Treasury Notes";
    NewZealandBill "new_zealand_bill" ["NZTB"] "New Zealand Treasury bills, at a simple yield":
        "NZD" None Act365F MoneyMarket "NZ" Following 2 None, EOM, "New Zealand Debt Management, \
            Treasury bills";
    IndianBill "indian_bill" ["IGTB"] "Indian Treasury bills, at a simple yield; calendar not \
        known yet, weekends only":
        "INR" None Act365F MoneyMarket "weekends" Following 1 None, EOM, "Reserve Bank of India, \
            Government Securities Market in India, a primer";
    ThaiBill "thai_bill" ["THTB"] "Thai Treasury bills, at a simple yield; calendar not known yet, \
        weekends only":
        "THB" None Act365F MoneyMarket "weekends" Following 2 None, EOM, "ThaiBMA, bond \
            calculation standards";
    SingaporeBill "singapore_bill" ["SITB"] "Singapore Treasury bills, at a simple yield; calendar \
        not known yet, weekends only":
        "SGD" None Act365F MoneyMarket "weekends" Following 1 None, EOM, "Monetary Authority of \
            Singapore, T-bills technical specifications";
    MexicanCetes "mexican_cetes" ["cetes", "MXTB"] "Mexican Treasury bills (Cetes), at a simple \
        yield; calendar not known yet, weekends only":
        "MXN" None Act360 MoneyMarket "weekends" Following 2 None, EOM, "Banco de Mexico, \
            technical description of Cetes";
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
