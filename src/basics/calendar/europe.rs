//! Europe.

use super::holiday::Weekend::Next;
use super::holiday::{FRI, MON, WED, day, easter, from, once};
use super::market::MarketCalendar;

/// Press releases of the ECB: 3 September 1998 and 31 March 1999 (1999), 15 July 1999 (2000), 25
/// May 2000 (2001), and the lasting calendar of 14 December 2000.
pub const TARGET: MarketCalendar = MarketCalendar {
    name: "TARGET",
    aliases: &["TARGET2", "T2", "EUTA", "tgt", "EUR", "EU", "Eurozone", "Euro area", "ECB"],
    meaning: "euro payments: the days on which the Eurosystem's TARGET services settle",
    first_year: 1999,
    holidays: &[
        day(1, 1, "New Year's Day"),
        easter(-2, "Good Friday").since(2000),
        easter(1, "Easter Monday").since(2000),
        day(5, 1, "Labour Day").since(2000),
        day(12, 25, "Christmas Day"),
        day(12, 26, "Christmas Holiday").since(2000),
        once(1999, 12, 31, "Change to the year 2000"),
        once(2001, 12, 31, "Change to euro cash"),
    ],
    ..MarketCalendar::EMPTY
};

/// Banking and Financial Dealings Act 1971, and royal proclamations under it (gov.uk, bank
/// holidays).
pub const UK: MarketCalendar = MarketCalendar {
    name: "UK",
    aliases: &[
        "GB",
        "GBP",
        "GBR",
        "GBLO",
        "ldn",
        "London",
        "United Kingdom",
        "Great Britain",
        "England",
        "UK settlement",
        "UnitedKingdom::Settlement",
    ],
    meaning: "bank holidays of England and Wales",
    first_year: 1978,
    holidays: &[
        day(1, 1, "New Year's Day").on_weekend(Next),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        from(MON, 5, 1, "Early May bank holiday").except_years(&[1995, 2020]),
        once(1995, 5, 8, "Early May bank holiday, VE Day"),
        once(2020, 5, 8, "Early May bank holiday, VE Day"),
        from(MON, 5, 25, "Spring bank holiday").except_years(&[2002, 2012, 2022]),
        once(2002, 6, 4, "Spring bank holiday"),
        once(2012, 6, 4, "Spring bank holiday"),
        once(2022, 6, 2, "Spring bank holiday"),
        from(MON, 8, 25, "Summer bank holiday"),
        day(12, 25, "Christmas Day").on_weekend(Next),
        day(12, 26, "Boxing Day").on_weekend(Next),
        once(1981, 7, 29, "Wedding of Charles, Prince of Wales"),
        once(1999, 12, 31, "Millennium"),
        once(2002, 6, 3, "Golden Jubilee of Elizabeth II"),
        once(2011, 4, 29, "Wedding of Prince William"),
        once(2012, 6, 5, "Diamond Jubilee of Elizabeth II"),
        once(2022, 6, 3, "Platinum Jubilee of Elizabeth II"),
        once(2022, 9, 19, "State funeral of Elizabeth II"),
        once(2023, 5, 8, "Coronation of Charles III"),
    ],
    ..MarketCalendar::EMPTY
};

/// Hessisches Feiertagsgesetz, and 24 and 31 December, on which banks are closed by collective
/// agreement (Manteltarifvertrag, private Banken). The stock exchange keeps fewer.
pub const GERMANY: MarketCalendar = MarketCalendar {
    name: "DE",
    aliases: &["DEU", "DEFR", "Germany", "Frankfurt", "German settlement", "Germany::Settlement"],
    meaning: "banks in Frankfurt; bunds themselves settle on TARGET days",
    first_year: 1991,
    holidays: &[
        day(1, 1, "New Year's Day"),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        day(5, 1, "Labour Day"),
        easter(39, "Ascension Day"),
        easter(50, "Whit Monday"),
        easter(60, "Corpus Christi"),
        day(10, 3, "German Unity Day"),
        once(2017, 10, 31, "Reformation, 500 years"),
        // Given up for the long-term care insurance (Pflege-Versicherungsgesetz, 1994).
        from(WED, 11, 16, "Repentance Day").until(1994),
        day(12, 24, "Christmas Eve"),
        day(12, 25, "Christmas Day"),
        day(12, 26, "St Stephen's Day"),
        day(12, 31, "New Year's Eve"),
    ],
    ..MarketCalendar::EMPTY
};

/// Code du travail, article L3133-1. Whit Monday stayed a public holiday when it became, from 2005,
/// a working day for some.
pub const FRANCE: MarketCalendar = MarketCalendar {
    name: "FR",
    aliases: &["FRA", "FRPA", "France", "Paris", "French settlement", "France::Settlement"],
    meaning: "public holidays of France; joined with TARGET also closed on Good Friday and 26 \
            December",
    first_year: 1990,
    holidays: &[
        day(1, 1, "New Year's Day"),
        easter(1, "Easter Monday"),
        day(5, 1, "Labour Day"),
        day(5, 8, "Victory in Europe"),
        easter(39, "Ascension Day"),
        easter(50, "Whit Monday"),
        day(7, 14, "National Day"),
        day(8, 15, "Assumption"),
        day(11, 1, "All Saints' Day"),
        day(11, 11, "Armistice"),
        day(12, 25, "Christmas Day"),
    ],
    ..MarketCalendar::EMPTY
};

/// Law 260 of 27 May 1949 with its changes: Law 336 of 20 November 2000 (2 June), Law 151 of 8
/// October 2025 (4 October); Decree-Law 5 of 22 February 2011.
pub const ITALY: MarketCalendar = MarketCalendar {
    name: "IT",
    aliases: &["ITA", "ITRO", "Italy", "Rome", "Italian settlement", "Italy::Settlement"],
    meaning: "public holidays of Italy; joined with TARGET also closed on Good Friday",
    first_year: 1990,
    holidays: &[
        day(1, 1, "New Year's Day"),
        day(1, 6, "Epiphany"),
        easter(1, "Easter Monday"),
        day(4, 25, "Liberation Day"),
        day(5, 1, "Labour Day"),
        day(6, 2, "Republic Day").since(2001),
        day(8, 15, "Assumption"),
        day(10, 4, "St Francis of Assisi").since(2026),
        day(11, 1, "All Saints' Day"),
        day(12, 8, "Immaculate Conception"),
        day(12, 25, "Christmas Day"),
        day(12, 26, "St Stephen's Day"),
        once(2011, 3, 17, "Unification, 150 years"),
    ],
    ..MarketCalendar::EMPTY
};

/// Days that are no value dates for the franc: Swiss Value Chain closings, Ruhetags- und
/// Ladenöffnungsgesetz of Zurich. 1 August is a holiday since Article 116bis of the Federal
/// Constitution came into force on 1 July 1994.
pub const SWITZERLAND: MarketCalendar = MarketCalendar {
    name: "CH",
    aliases: &["CHE", "CHF", "CHZU", "zur", "Switzerland", "Zurich", "Swiss"],
    meaning: "banks in Zurich, on whose days francs settle",
    first_year: 1994,
    holidays: &[
        day(1, 1, "New Year's Day"),
        day(1, 2, "Berchtold's Day"),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        day(5, 1, "Labour Day"),
        easter(39, "Ascension Day"),
        easter(50, "Whit Monday"),
        day(8, 1, "National Day"),
        day(12, 25, "Christmas Day"),
        day(12, 26, "St Stephen's Day"),
    ],
    ..MarketCalendar::EMPTY
};

/// Lag (1989:253) om allmänna helgdagar; the eves are not banking days. Law 2004:1320 exchanged
/// Whit Monday for 6 June.
pub const SWEDEN: MarketCalendar = MarketCalendar {
    name: "SE",
    aliases: &["SWE", "SEK", "SEST", "stk", "Sweden", "Stockholm"],
    meaning: "banks in Stockholm, with the eves of Midsummer, Christmas and New Year",
    first_year: 1990,
    holidays: &[
        day(1, 1, "New Year's Day"),
        day(1, 6, "Epiphany"),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        day(5, 1, "Labour Day"),
        easter(39, "Ascension Day"),
        easter(50, "Whit Monday").until(2004),
        day(6, 6, "National Day").since(2005),
        from(FRI, 6, 19, "Midsummer Eve"),
        day(12, 24, "Christmas Eve"),
        day(12, 25, "Christmas Day"),
        day(12, 26, "Boxing Day"),
        day(12, 31, "New Year's Eve"),
    ],
    ..MarketCalendar::EMPTY
};

/// Norges Bank, settlement days of its settlement system NBO; 31 December is one.
pub const NORWAY: MarketCalendar = MarketCalendar {
    name: "NO",
    aliases: &["NOR", "NOK", "NOOS", "osl", "Norway", "Oslo"],
    meaning: "Norges Bank's settlement days",
    first_year: 2002,
    holidays: &[
        day(1, 1, "New Year's Day"),
        easter(-3, "Maundy Thursday"),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        day(5, 1, "Labour Day"),
        day(5, 17, "Constitution Day"),
        easter(39, "Ascension Day"),
        easter(50, "Whit Monday"),
        day(12, 24, "Christmas Eve"),
        day(12, 25, "Christmas Day"),
        day(12, 26, "Boxing Day"),
    ],
    ..MarketCalendar::EMPTY
};

/// Danmarks Nationalbank, bank closing days: the holidays and, by agreement of the banks, the day
/// after Ascension (from 2009), 5 June, 24 and 31 December. Law 214 of 6 March 2023 abolished Great
/// Prayer Day.
pub const DENMARK: MarketCalendar = MarketCalendar {
    name: "DK",
    aliases: &["DNK", "DKK", "DKCO", "cop", "Denmark", "Copenhagen"],
    meaning: "Danish banks, with their closing days; no Great Prayer Day from 2024",
    first_year: 2000,
    holidays: &[
        day(1, 1, "New Year's Day"),
        easter(-3, "Maundy Thursday"),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        easter(26, "Great Prayer Day").until(2023),
        easter(39, "Ascension Day"),
        easter(40, "Bank closing day").since(2009),
        easter(50, "Whit Monday"),
        day(6, 5, "Constitution Day"),
        day(12, 24, "Christmas Eve"),
        day(12, 25, "Christmas Day"),
        day(12, 26, "Boxing Day"),
        day(12, 31, "New Year's Eve"),
    ],
    ..MarketCalendar::EMPTY
};
