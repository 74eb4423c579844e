//! Asia and Oceania; China has a file of its own.

use super::holiday::Weekend::{Monday, Next, Sunday};
use super::holiday::{MON, autumnal_equinox, day, easter, from, listed, once, vernal_equinox};
use super::market::MarketCalendar;

/// Act on National Holidays (Law 178 of 1948) with its changes, the acts for single years, and
/// Article 5 of the Order for Enforcement of the Banking Act, which adds 31 December to 3 January.
/// The equinoxes are known to 2099.
pub const JAPAN: MarketCalendar = MarketCalendar {
    name: "JP",
    aliases: &["JPN", "JPY", "JPTO", "tyo", "Japan", "Tokyo"],
    meaning: "banks in Japan: national holidays, their substitutes, and 31 December to 3 \
            January",
    first_year: 1990,
    last_year: 2099,
    holidays: &[
        day(1, 1, "New Year's Day"),
        day(1, 2, "Bank holiday"),
        day(1, 3, "Bank holiday"),
        day(1, 15, "Coming of Age Day").until(1999).on_weekend(Sunday),
        from(MON, 1, 8, "Coming of Age Day").since(2000),
        day(2, 11, "National Foundation Day").on_weekend(Sunday),
        day(2, 23, "Emperor's Birthday").since(2020).on_weekend(Sunday),
        vernal_equinox("Vernal Equinox Day").on_weekend(Sunday),
        day(4, 29, "Greenery Day").until(2006).on_weekend(Sunday),
        day(4, 29, "Showa Day").since(2007).on_weekend(Sunday),
        once(2019, 5, 1, "Accession of the Emperor"),
        day(5, 3, "Constitution Day").on_weekend(Sunday),
        day(5, 4, "Greenery Day").since(2007).on_weekend(Sunday),
        day(5, 5, "Children's Day").on_weekend(Sunday),
        once(1993, 6, 9, "Wedding of the Crown Prince"),
        day(7, 20, "Marine Day").since(1996).until(2002).on_weekend(Sunday),
        from(MON, 7, 15, "Marine Day").since(2003).except_years(&[2020, 2021]),
        once(2020, 7, 23, "Marine Day"),
        once(2021, 7, 22, "Marine Day"),
        once(2020, 7, 24, "Sports Day"),
        once(2021, 7, 23, "Sports Day"),
        day(8, 11, "Mountain Day").since(2016).except_years(&[2020, 2021]).on_weekend(Sunday),
        once(2020, 8, 10, "Mountain Day"),
        once(2021, 8, 8, "Mountain Day").on_weekend(Sunday),
        day(9, 15, "Respect for the Aged Day").until(2002).on_weekend(Sunday),
        from(MON, 9, 15, "Respect for the Aged Day").since(2003),
        autumnal_equinox("Autumnal Equinox Day").on_weekend(Sunday),
        day(10, 10, "Sports Day").until(1999).on_weekend(Sunday),
        from(MON, 10, 8, "Sports Day").since(2000).except_years(&[2020, 2021]),
        once(2019, 10, 22, "Enthronement of the Emperor"),
        day(11, 3, "Culture Day").on_weekend(Sunday),
        once(1990, 11, 12, "Enthronement of the Emperor"),
        day(11, 23, "Labour Thanksgiving Day").on_weekend(Sunday),
        day(12, 23, "Emperor's Birthday").until(2018).on_weekend(Sunday),
        day(12, 31, "Bank holiday"),
    ],
    bridges: true,
    ..MarketCalendar::EMPTY
};

/// Public Holidays Act 2010 (New South Wales), orders under it, and its Bank Holiday; until 2010
/// the Banks and Bank Holidays Act 1912, which moved Anzac Day from a Sunday.
pub const AUSTRALIA: MarketCalendar = MarketCalendar {
    name: "AU",
    aliases: &[
        "AUS",
        "AUD",
        "AUSY",
        "syd",
        "Australia",
        "Sydney",
        "Australia settlement",
        "Australia::Settlement",
    ],
    meaning: "banks in Sydney: public holidays of New South Wales and its Bank Holiday",
    first_year: 2000,
    holidays: &[
        day(1, 1, "New Year's Day").on_weekend(Next),
        day(1, 26, "Australia Day").on_weekend(Next),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        day(4, 25, "Anzac Day").until(2010).on_weekend(Sunday),
        day(4, 25, "Anzac Day").since(2011),
        once(2011, 4, 26, "Anzac Day, on Easter Monday"),
        // Public Holidays Amendment (Anzac Day) Order 2026.
        once(2026, 4, 27, "Anzac Day, additional day"),
        once(2027, 4, 26, "Anzac Day, additional day"),
        from(MON, 6, 8, "Sovereign's Birthday"),
        from(MON, 8, 1, "Bank Holiday"),
        once(2022, 9, 22, "Mourning of Elizabeth II"),
        from(MON, 10, 1, "Labour Day"),
        day(12, 25, "Christmas Day").on_weekend(Next),
        day(12, 26, "Boxing Day").on_weekend(Next),
    ],
    ..MarketCalendar::EMPTY
};

/// Holidays Act 2003 (before it, 1981); Holidays (Full Recognition of Waitangi Day and ANZAC Day)
/// Amendment Act 2013; Te Kāhui o Matariki Public Holiday Act 2022, whose schedule ends in 2052.
/// Benchmark rates are published on the anniversary days of Auckland and Wellington, which are no
/// holidays here.
pub const NEW_ZEALAND: MarketCalendar = MarketCalendar {
    name: "NZ",
    aliases: &["NZL", "NZD", "NZBD", "New Zealand"],
    meaning: "national holidays of New Zealand, without the anniversary days of its provinces",
    first_year: 1990,
    last_year: 2052,
    holidays: &[
        day(1, 1, "New Year's Day").on_weekend(Next),
        day(1, 2, "Day after New Year's Day").on_weekend(Next),
        day(2, 6, "Waitangi Day").until(2013),
        day(2, 6, "Waitangi Day").since(2014).on_weekend(Monday),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        day(4, 25, "Anzac Day").until(2013),
        day(4, 25, "Anzac Day").since(2014).on_weekend(Monday),
        from(MON, 6, 1, "Sovereign's Birthday"),
        listed(2022, MATARIKI, "Matariki"),
        once(2022, 9, 26, "Memorial of Elizabeth II"),
        from(MON, 10, 22, "Labour Day"),
        day(12, 25, "Christmas Day").on_weekend(Next),
        day(12, 26, "Boxing Day").on_weekend(Next),
    ],
    ..MarketCalendar::EMPTY
};

#[rustfmt::skip]
const MATARIKI: &[(i32, i32)] = &[
    (6, 24), (7, 14), (6, 28), (6, 20), (7, 10), (6, 25), (7, 14), (7, 6), // 2022 to 2029
    (6, 21), (7, 11), (7, 2), (6, 24), (7, 7), (6, 29), (7, 18), (7, 10), (6, 25), (7, 15), // to 2039
    (7, 6), (7, 19), (7, 11), (7, 3), (6, 24), (7, 7), (6, 29), (7, 19), (7, 3), (6, 25), // to 2049
    (7, 15), (6, 30), (6, 21),
];
