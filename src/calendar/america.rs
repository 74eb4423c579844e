//! The Americas.

use super::holiday::Weekend::{Nearest, Sunday};
use super::holiday::{MON, THU, day, easter, from, once};
use super::market::Market;
use super::markets::Markets;
use crate::vocabulary::Word;

pub const US: Market = Market {
    word: Word {
        value: Markets::bit(0),
        name: "US",
        aliases: &["USD", "USA", "United States", "SIFMA", "USGS", "US government bond", "UnitedStates::GovernmentBond", "NewYork", "FD"],
        meaning: "US government bond market: the full closings that SIFMA (before it, the Public Securities Association) recommends",
    },
    first_year: 1990,
    last_year: 2199,
    holidays: &[
        day(1, 1, "New Year's Day").on_weekend(Sunday),
        from(MON, 1, 15, "Martin Luther King Jr. Day"),
        from(MON, 2, 15, "Washington's Birthday"),
        // Open for half a day, and so a business day, where the employment report falls on it.
        easter(-2, "Good Friday").except(&[1996, 1999, 2007, 2010, 2012, 2015, 2021, 2023, 2026]),
        from(MON, 5, 25, "Memorial Day"),
        day(6, 19, "Juneteenth").since(2022).on_weekend(Nearest),
        day(7, 4, "Independence Day").on_weekend(Nearest),
        from(MON, 9, 1, "Labor Day"),
        from(MON, 10, 8, "Columbus Day"),
        day(11, 11, "Veterans Day").on_weekend(Sunday),
        from(THU, 11, 22, "Thanksgiving Day"),
        day(12, 25, "Christmas Day").on_weekend(Nearest),
        once(1994, 4, 27, "Funeral of President Nixon"),
        once(2001, 9, 11, "Terrorist attacks"),
        once(2001, 9, 12, "Terrorist attacks"),
        once(2004, 6, 11, "Funeral of President Reagan"),
        once(2012, 10, 30, "Hurricane Sandy"),
        once(2018, 12, 5, "Funeral of President George H. W. Bush"),
    ],
    decrees: &[],
    bridges: false,
};
