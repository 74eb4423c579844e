//! A market's calendar as data, and the days on which it is closed.

use super::days::Days;
use super::holiday::{Closing, Holiday, after, closings, is_weekend};
use crate::basics::date::{Civil, Date};

pub struct MarketCalendar {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    pub meaning: &'static str,
    /// The years in which the rules are known.
    pub first_year: i32,
    pub last_year: i32,
    pub holidays: &'static [Holiday],
    /// Years whose holidays an authority decrees one by one.
    pub decrees: &'static [Decree],
    /// Whether a weekday between two holidays is one as well.
    pub bridges: bool,
}

/// A year's holidays and working weekends; days are written month * 100 + day.
pub struct Decree {
    pub year: i32,
    /// First and last day.
    pub closed: &'static [(&'static str, i32, i32)],
    /// Saturdays and Sundays that are worked.
    pub open: &'static [i32],
}

impl MarketCalendar {
    /// What most have in common: rules without an end in sight, of which bonds need a good century.
    pub const EMPTY: MarketCalendar = MarketCalendar {
        name: "",
        aliases: &[],
        meaning: "",
        first_year: 1,
        last_year: 2199,
        holidays: &[],
        decrees: &[],
        bridges: false,
    };

    /// The first and the last day in the years that the rules are known for.
    pub fn range(&self) -> (Date, Date) {
        let january = |year: i32| Civil { months: 12 * year, day: 1 }.date();
        (january(self.first_year), after(january(self.last_year + 1), -1).unwrap_or(Date::MAX))
    }

    /// The closings that the holidays of a year bring, in order.
    pub fn closings(&self, year: i32) -> Vec<Closing> {
        let mut closings = closings(self.holidays, self.bridges, year);
        for &(name, first, last) in self
            .decrees
            .iter()
            .filter(|decree| decree.year == year)
            .flat_map(|decree| decree.closed)
        {
            let (Some(first), Some(last)) = (month_day(year, first), month_day(year, last)) else {
                continue;
            };
            let days = (0..=last.days() - first.days()).filter_map(|days| after(first, days));
            closings.extend(days.filter(|date| !is_weekend(*date)).map(|date| (date, name, false)));
        }
        closings.sort_unstable();
        closings
    }

    /// Every day of the range.
    pub fn days(&self) -> Days {
        let mut days = Days::weekdays(self.range());
        for (date, ..) in (self.first_year..=self.last_year).flat_map(|year| self.closings(year)) {
            days.set(date, false);
        }
        for decree in self.decrees {
            decree
                .open
                .iter()
                .filter_map(|day| month_day(decree.year, *day))
                .for_each(|date| days.set(date, true));
        }
        days.counted()
    }
}

fn month_day(year: i32, day: i32) -> Option<Date> {
    Date::from_ymd(year, day / 100, day % 100)
}
