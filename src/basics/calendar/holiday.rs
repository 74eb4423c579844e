//! Holidays as data: a rule for the day, the years it holds, and what becomes of it on a weekend.

use crate::basics::date::{Civil, Date};

/// Days of the week as remainders of the day number: 2000-01-01 was a Saturday.
pub const SAT: i32 = 0;
pub const SUN: i32 = 1;
pub const MON: i32 = 2;
pub const WED: i32 = 4;
pub const THU: i32 = 5;
pub const FRI: i32 = 6;

#[derive(Debug, Clone, Copy)]
pub struct Holiday {
    pub name: &'static str,
    rule: Rule,
    first: i32,
    last: i32,
    except_years: &'static [i32],
    /// Not kept where it falls on these days of the year, month * 100 + day from first to last.
    except_days: (i32, i32),
    weekend: Weekend,
}

#[derive(Debug, Clone, Copy)]
enum Rule {
    Day {
        month: i32,
        day: i32,
    },
    /// The first such day of the week from a day on: the last Monday of May is the first one from
    /// 25 May.
    From {
        weekday: i32,
        month: i32,
        day: i32,
    },
    /// Days after Easter Sunday of the western churches.
    Easter(i32),
    VernalEquinox,
    AutumnalEquinox,
    /// Days that no rule gives, as an authority published them: one (month, day) for each year from
    /// the first.
    ExplicitFlows(&'static [(i32, i32)]),
}

/// What becomes of a holiday that falls on a Saturday or a Sunday.
#[derive(Debug, Clone, Copy)]
pub enum Weekend {
    /// It is lost.
    Lost,
    /// Saturday to Friday, Sunday to Monday.
    Nearest,
    /// Either to Monday, holiday or not.
    Monday,
    /// Sunday to the next weekday that is no holiday itself; Saturday is lost.
    Sunday,
    /// Either to the next weekday that is no holiday itself.
    Next,
}

/// The same day of every year.
pub const fn day(month: i32, day: i32, name: &'static str) -> Holiday {
    Holiday::new(name, Rule::Day { month, day })
}

/// The first `weekday` from a day of the year on.
pub const fn from(weekday: i32, month: i32, day: i32, name: &'static str) -> Holiday {
    Holiday::new(name, Rule::From { weekday, month, day })
}

/// Days after Easter Sunday; Good Friday is -2.
pub const fn easter(days: i32, name: &'static str) -> Holiday {
    Holiday::new(name, Rule::Easter(days))
}

pub const fn vernal_equinox(name: &'static str) -> Holiday {
    Holiday::new(name, Rule::VernalEquinox)
}

pub const fn autumnal_equinox(name: &'static str) -> Holiday {
    Holiday::new(name, Rule::AutumnalEquinox)
}

/// A (month, day) for each year from `first` on.
pub const fn listed(first: i32, days: &'static [(i32, i32)], name: &'static str) -> Holiday {
    Holiday::new(name, Rule::ExplicitFlows(days)).since(first)
}

/// A single day.
pub const fn once(year: i32, month: i32, of_month: i32, name: &'static str) -> Holiday {
    day(month, of_month, name).since(year).until(year)
}

impl Holiday {
    const fn new(name: &'static str, rule: Rule) -> Holiday {
        Holiday {
            name,
            rule,
            first: 1,
            last: 9999,
            except_years: &[],
            except_days: (0, 0),
            weekend: Weekend::Lost,
        }
    }

    pub const fn since(self, first: i32) -> Holiday {
        Holiday { first, ..self }
    }

    pub const fn until(self, last: i32) -> Holiday {
        Holiday { last, ..self }
    }

    pub const fn except_years(self, except_years: &'static [i32]) -> Holiday {
        Holiday { except_years, ..self }
    }

    pub const fn except_days(self, first: i32, last: i32) -> Holiday {
        Holiday { except_days: (first, last), ..self }
    }

    pub const fn on_weekend(self, weekend: Weekend) -> Holiday {
        Holiday { weekend, ..self }
    }

    /// The day itself, wherever in the week it falls.
    fn date(&self, year: i32) -> Option<Date> {
        if !(self.first..=self.last).contains(&year) || self.except_years.contains(&year) {
            return None;
        }
        let date = self.ruled(year)?;
        let (civil, (first, last)) = (date.civil(), self.except_days);
        (!(first..=last).contains(&(civil.month() * 100 + civil.day))).then_some(date)
    }

    fn ruled(&self, year: i32) -> Option<Date> {
        match self.rule {
            Rule::Day { month, day } => Date::from_ymd(year, month, day),
            Rule::From { weekday, month, day } => {
                let start = Date::from_ymd(year, month, day)?;
                after(start, (weekday - start.days()).rem_euclid(7))
            }
            Rule::Easter(days) => after(easter_sunday(year), days),
            Rule::VernalEquinox => Date::from_ymd(year, 3, equinox(year, 20.8431)),
            Rule::AutumnalEquinox => Date::from_ymd(year, 9, equinox(year, 23.2488)),
            Rule::ExplicitFlows(days) => {
                let (month, day) =
                    usize::try_from(year - self.first).ok().and_then(|at| days.get(at))?;
                Date::from_ymd(year, *month, *day)
            }
        }
    }
}

/// A weekday on which a market rests, with the holiday's name and whether it was moved there from a
/// weekend.
pub type Closing = (Date, &'static str, bool);

/// The weekdays of a year on which holidays are kept, in no order. With `bridges`, a weekday
/// between two holidays is one.
pub fn closings(holidays: &'static [Holiday], bridges: bool, year: i32) -> Vec<Closing> {
    let dated: Vec<(Date, &Holiday)> =
        holidays.iter().filter_map(|holiday| Some((holiday.date(year)?, holiday))).collect();
    let (on_weekends, in_place): (Vec<_>, Vec<_>) =
        dated.iter().copied().partition(|(date, _)| is_weekend(*date));
    let mut closings: Vec<Closing> =
        in_place.into_iter().map(|(date, holiday)| (date, holiday.name, false)).collect();
    // Those in their own place came first: the others give way to them.
    for (date, holiday) in on_weekends {
        let free =
            |date: &Date| !is_weekend(*date) && closings.iter().all(|(taken, ..)| taken != date);
        let saturday = weekday(date) == SAT;
        let moved = match holiday.weekend {
            Weekend::Lost => None,
            Weekend::Nearest if saturday => after(date, -1),
            Weekend::Nearest | Weekend::Monday => after(date, if saturday { 2 } else { 1 }),
            Weekend::Sunday if saturday => None,
            Weekend::Sunday | Weekend::Next => {
                (1..14).filter_map(|days| after(date, days)).find(free)
            }
        };
        closings.extend(moved.map(|date| (date, holiday.name, true)));
    }
    if bridges {
        let is_holiday = |date: Date| dated.iter().any(|(holiday, _)| *holiday == date);
        let days_after = dated.iter().filter_map(|(date, _)| after(*date, 1));
        let between = days_after.filter(|date| {
            !is_weekend(*date) && !is_holiday(*date) && after(*date, 1).is_some_and(is_holiday)
        });
        closings.extend(between.map(|date| (date, "Day between two holidays", false)));
    }
    closings
}

pub fn weekday(date: Date) -> i32 {
    date.days().rem_euclid(7)
}

pub fn is_weekend(date: Date) -> bool {
    matches!(weekday(date), SAT | SUN)
}

pub fn after(date: Date, days: i32) -> Option<Date> {
    Date::from_days(date.days() + days).ok()
}

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm printed in Nature, 20 April
/// 1876 (J. Meeus, Astronomical Algorithms, chapter 8).
fn easter_sunday(year: i32) -> Date {
    let golden = year % 19;
    let (century, of_century) = (year / 100, year % 100);
    let correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30;
    let to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * to_sunday) / 451;
    let days = epact + to_sunday - 7 * late + 114;
    Civil { months: 12 * year + days / 31 - 1, day: days % 31 + 1 }.date()
}

/// Day of the month of an equinox in Japan, for 1980 to 2099: the instant of 1980, moved by what
/// the tropical year is longer than 365 days, less the leap days since (Hydrographic Department of
/// Japan, in: Shin koyomi benrichō). It gives the days that were proclaimed, each in the February
/// of the year before.
fn equinox(year: i32, day_1980: f64) -> i32 {
    let years = year - 1980;
    (day_1980 + 0.242_194 * f64::from(years)).floor() as i32 - years.div_euclid(4)
}
