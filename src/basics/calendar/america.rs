//! The Americas.

use super::holiday::Weekend::{Nearest, Next, Sunday};
use super::holiday::{Holiday, MON, THU, day, easter, from, once};
use super::market::MarketCalendar;

/// The full closings of the government bond market, with the Good Fridays that are.
macro_rules! government_bonds {
    ($($good_friday:expr),+) => {
        [
            day(1, 1, "New Year's Day").on_weekend(Sunday),
            MARTIN_LUTHER_KING,
            WASHINGTON,
            $($good_friday,)+
            MEMORIAL,
            day(6, 19, "Juneteenth").since(2022).on_weekend(Nearest),
            day(7, 4, "Independence Day").on_weekend(Nearest),
            LABOR,
            COLUMBUS,
            day(11, 11, "Veterans Day").on_weekend(Sunday),
            THANKSGIVING,
            day(12, 25, "Christmas Day").on_weekend(Nearest),
            once(1994, 4, 27, "Mourning of President Nixon"),
            once(2001, 9, 11, "Terrorist attacks"),
            once(2001, 9, 12, "Terrorist attacks"),
            once(2004, 6, 11, "Mourning of President Reagan"),
            once(2012, 10, 30, "Hurricane Sandy"),
            once(2018, 12, 5, "Mourning of President George H. W. Bush"),
        ]
    };
}

/// Full closings as the Public Securities Association, later SIFMA, recommended them: sifma.org,
/// holiday schedule. Since 1990 they are the weekdays for which the Treasury publishes no par
/// yields.
pub const US: MarketCalendar = MarketCalendar {
    name: "US",
    aliases: &[
        "USD",
        "USA",
        "United States",
        "SIFMA",
        "USGS",
        "government bond",
        "US government bond",
        "US government bond market",
        "US Treasury",
        "UnitedStates::GovernmentBond",
        "UnitedStates(UnitedStates::GovernmentBond)",
    ],
    meaning: "US government bond market: the full closings that SIFMA recommends",
    first_year: 1990,
    // Since 1996 open for half a day, and so a business day, where the employment report falls on
    // it, on the first Friday of April; SIFMA last said so for 3 April 2026.
    holidays: &government_bonds![
        easter(-2, "Good Friday").until(1995),
        easter(-2, "Good Friday").since(1996).except_days(401, 407)
    ],
    ..MarketCalendar::EMPTY
};

/// The days on which the Federal Reserve Bank of New York publishes SOFR: "each business day that
/// is not recognized as a holiday by the SIFMA calendar for secondary market trading of U.S.
/// government securities" (Statement Regarding the Publication of Reference Rates on Friday, July
/// 3, 2020), and on no Good Friday. Where SIFMA recommended no full close, repo did not settle: in
/// 2021 what was dealt on Thursday matured on Monday (Statement Regarding Open Market Desk
/// Operations on Thursday, April 1, 2021), and in 2023 the bank said beforehand that there would be
/// no rate (Statement Regarding the Publication of Reference Rates on Friday, April 7, 2023). The
/// same is taken for every year, as QuantLib's calendar of SOFR does.
pub const SOFR: MarketCalendar = MarketCalendar {
    name: "SOFR",
    aliases: &[
        "US SOFR",
        "USD-SOFR",
        "SOFR fixing calendar",
        "UnitedStates::SOFR",
        "UnitedStates(UnitedStates::SOFR)",
    ],
    meaning: "SOFR: the US government bond market's days but every Good Friday, on which the \
            New York Fed publishes no rate",
    first_year: 1990,
    holidays: &government_bonds![easter(-2, "Good Friday")],
    ..MarketCalendar::EMPTY
};

/// NYSE Rule 7.2 (before it, Rule 51) and the exchange's list of special closings.
pub const NYSE: MarketCalendar = MarketCalendar {
    name: "NYSE",
    aliases: &[
        "New York Stock Exchange",
        "XNYS",
        "UnitedStates::NYSE",
        "UnitedStates(UnitedStates::NYSE)",
    ],
    meaning: "New York Stock Exchange, with its special closings",
    first_year: 1990,
    holidays: &[
        day(1, 1, "New Year's Day").on_weekend(Sunday),
        MARTIN_LUTHER_KING.since(1998),
        WASHINGTON,
        easter(-2, "Good Friday"),
        MEMORIAL,
        day(6, 19, "Juneteenth").since(2022).on_weekend(Nearest),
        day(7, 4, "Independence Day").on_weekend(Nearest),
        LABOR,
        THANKSGIVING,
        day(12, 25, "Christmas Day").on_weekend(Nearest),
        once(1994, 4, 27, "Mourning of President Nixon"),
        once(2001, 9, 11, "Terrorist attacks"),
        once(2001, 9, 12, "Terrorist attacks"),
        once(2001, 9, 13, "Terrorist attacks"),
        once(2001, 9, 14, "Terrorist attacks"),
        once(2004, 6, 11, "Mourning of President Reagan"),
        once(2007, 1, 2, "Mourning of President Ford"),
        once(2012, 10, 29, "Hurricane Sandy"),
        once(2012, 10, 30, "Hurricane Sandy"),
        once(2018, 12, 5, "Mourning of President George H. W. Bush"),
        once(2025, 1, 9, "Mourning of President Carter"),
    ],
    ..MarketCalendar::EMPTY
};

/// 5 U.S.C. 6103, as the Federal Reserve Banks keep it: for a holiday on a Saturday they stay open
/// the Friday before (frbservices.org, holiday schedules).
pub const FED: MarketCalendar = MarketCalendar {
    name: "FED",
    aliases: &[
        "USNY",
        "NYFD",
        "nyc",
        "New York",
        "Fedwire",
        "Federal Reserve",
        "Federal Reserve Bankwire System",
        "US federal",
        "UnitedStates::FederalReserve",
        "UnitedStates(UnitedStates::FederalReserve)",
    ],
    meaning: "Federal Reserve Banks, over which dollars settle: the US federal holidays",
    first_year: 1990,
    holidays: &[
        day(1, 1, "New Year's Day").on_weekend(Sunday),
        MARTIN_LUTHER_KING,
        WASHINGTON,
        MEMORIAL,
        day(6, 19, "Juneteenth").since(2021).on_weekend(Sunday),
        day(7, 4, "Independence Day").on_weekend(Sunday),
        LABOR,
        COLUMBUS,
        day(11, 11, "Veterans Day").on_weekend(Sunday),
        THANKSGIVING,
        day(12, 25, "Christmas Day").on_weekend(Sunday),
    ],
    ..MarketCalendar::EMPTY
};

const MARTIN_LUTHER_KING: Holiday = from(MON, 1, 15, "Martin Luther King Jr. Day");
const WASHINGTON: Holiday = from(MON, 2, 15, "Washington's Birthday");
const MEMORIAL: Holiday = from(MON, 5, 25, "Memorial Day");
const LABOR: Holiday = from(MON, 9, 1, "Labor Day");
const COLUMBUS: Holiday = from(MON, 10, 8, "Columbus Day");
const THANKSGIVING: Holiday = from(THU, 11, 22, "Thanksgiving Day");

/// The closings of the domestic bond market that the Investment Industry Association of Canada
/// recommends. The day of mourning of 19 September 2022 was none: Payments Canada settled.
pub const CANADA: MarketCalendar = MarketCalendar {
    name: "CA",
    aliases: &["CAD", "CAN", "CATO", "tro", "Canada", "Toronto", "Canada::Settlement"],
    meaning: "Canadian bond market, Toronto: the closings that the IIAC recommends",
    first_year: 1990,
    holidays: &[
        day(1, 1, "New Year's Day").on_weekend(Next),
        from(MON, 2, 15, "Family Day").since(2008),
        easter(-2, "Good Friday"),
        from(MON, 5, 18, "Victoria Day"),
        day(7, 1, "Canada Day").on_weekend(Next),
        from(MON, 8, 1, "Civic Holiday"),
        from(MON, 9, 1, "Labour Day"),
        day(9, 30, "National Day for Truth and Reconciliation").since(2021).on_weekend(Next),
        from(MON, 10, 8, "Thanksgiving Day"),
        day(11, 11, "Remembrance Day").on_weekend(Next),
        day(12, 25, "Christmas Day").on_weekend(Next),
        day(12, 26, "Boxing Day").on_weekend(Next),
    ],
    ..MarketCalendar::EMPTY
};

/// ANBIMA's list of bank holidays, from the year that Resolution 2,516 of the Conselho Monetário
/// Nacional made the Thursday before Easter a business day; Law 14,759 of 21 December 2023 added 20
/// November. Contracts priced before that law counted later 20 Novembers as business days.
pub const BRAZIL: MarketCalendar = MarketCalendar {
    name: "BR",
    aliases: &["BRL", "BRA", "BRBD", "Brazil", "Brasil", "ANBIMA", "Brazil::Settlement"],
    meaning: "Brazilian banks: ANBIMA's list, which BUS/252 counts by; 20 November from 2024",
    first_year: 2000,
    holidays: &[
        day(1, 1, "New Year's Day"),
        easter(-48, "Carnival Monday"),
        easter(-47, "Carnival Tuesday"),
        easter(-2, "Good Friday"),
        day(4, 21, "Tiradentes"),
        day(5, 1, "Labour Day"),
        easter(60, "Corpus Christi"),
        day(9, 7, "Independence Day"),
        day(10, 12, "Our Lady of Aparecida"),
        day(11, 2, "All Souls' Day"),
        day(11, 15, "Republic Day"),
        day(11, 20, "Black Awareness Day").since(2024),
        day(12, 25, "Christmas Day"),
    ],
    ..MarketCalendar::EMPTY
};
