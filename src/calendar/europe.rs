//! Europe.

use super::holiday::Weekend::Next;
use super::holiday::{MON, day, easter, from, once};
use super::market::Market;
use super::markets::Markets;
use crate::vocabulary::Word;

pub const TARGET: Market = Market {
    word: Word {
        value: Markets::bit(1),
        name: "TARGET",
        aliases: &["TARGET2", "T2", "EUTA", "EUR", "EU", "Eurozone"],
        meaning: "euro payments: the days on which the Eurosystem's TARGET services settle",
    },
    first_year: 1999,
    last_year: 2199,
    holidays: &[
        day(1, 1, "New Year's Day"),
        easter(-2, "Good Friday").since(2000),
        easter(1, "Easter Monday").since(2000),
        day(5, 1, "Labour Day").since(2000),
        day(12, 25, "Christmas Day"),
        day(12, 26, "Christmas holiday").since(2000),
        once(1999, 12, 31, "Year 2000 changeover"),
        once(2001, 12, 31, "Euro cash changeover"),
    ],
    decrees: &[],
    bridges: false,
};

pub const UK: Market = Market {
    word: Word {
        value: Markets::bit(2),
        name: "UK",
        aliases: &["GB", "GBP", "GBR", "GBLO", "London", "United Kingdom", "England", "UnitedKingdom::Settlement"],
        meaning: "bank holidays of England and Wales",
    },
    first_year: 1978,
    last_year: 2199,
    holidays: &[
        day(1, 1, "New Year's Day").on_weekend(Next),
        easter(-2, "Good Friday"),
        easter(1, "Easter Monday"),
        from(MON, 5, 1, "Early May bank holiday").except(&[1995, 2020]),
        once(1995, 5, 8, "VE Day, 50 years"),
        once(2020, 5, 8, "VE Day, 75 years"),
        from(MON, 5, 25, "Spring bank holiday").except(&[2002, 2012, 2022]),
        once(2002, 6, 3, "Golden Jubilee of Elizabeth II"),
        once(2002, 6, 4, "Spring bank holiday"),
        once(2012, 6, 4, "Spring bank holiday"),
        once(2012, 6, 5, "Diamond Jubilee of Elizabeth II"),
        once(2022, 6, 2, "Spring bank holiday"),
        once(2022, 6, 3, "Platinum Jubilee of Elizabeth II"),
        from(MON, 8, 25, "Summer bank holiday"),
        day(12, 25, "Christmas Day").on_weekend(Next),
        day(12, 26, "Boxing Day").on_weekend(Next),
        once(1981, 7, 29, "Wedding of Prince Charles and Lady Diana Spencer"),
        once(1999, 12, 31, "Millennium"),
        once(2011, 4, 29, "Wedding of Prince William and Catherine Middleton"),
        once(2022, 9, 19, "Funeral of Elizabeth II"),
        once(2023, 5, 8, "Coronation of Charles III"),
    ],
    decrees: &[],
    bridges: false,
};
