//! The built-in calendars, and sets of them joined.

use super::days::{self, Days};
use super::market::MarketCalendar;
use super::{america, china, europe, pacific};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::{Vocabulary, Word};
use std::sync::OnceLock;

/// A set of markets: open when all of them are, and, when there are none, from Monday to Friday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Markets(u32);

/// A market and its days, worked out at the first question.
struct MarketDays {
    market: &'static MarketCalendar,
    days: OnceLock<Days>,
}

const fn book(market: &'static MarketCalendar) -> MarketDays {
    MarketDays { market, days: OnceLock::new() }
}

/// The place here is the bit in the stored form: markets are added at the end and never move.
static BOOKS: [MarketDays; 19] = [
    book(&america::US),
    book(&america::NYSE),
    book(&america::FED),
    book(&europe::TARGET),
    book(&europe::UK),
    book(&europe::GERMANY),
    book(&europe::FRANCE),
    book(&europe::ITALY),
    book(&europe::SWITZERLAND),
    book(&pacific::JAPAN),
    book(&america::CANADA),
    book(&pacific::AUSTRALIA),
    book(&pacific::NEW_ZEALAND),
    book(&europe::SWEDEN),
    book(&europe::NORWAY),
    book(&europe::DENMARK),
    book(&america::BRAZIL),
    book(&china::CHINA),
    book(&america::SOFR),
];

impl Vocabulary for Markets {
    const WHAT: &'static str = "calendar";
    const WORDS: &'static [Word<Markets>] = &[
        Word {
            value: Markets(0),
            name: "weekends",
            aliases: &["weekend", "weekends only", "WeekendsOnly", "none", "SatSun"],
            meaning: "no holidays: every day from Monday to Friday is a business day",
        },
        word(&america::US, 0),
        word(&america::NYSE, 1),
        word(&america::FED, 2),
        word(&europe::TARGET, 3),
        word(&europe::UK, 4),
        word(&europe::GERMANY, 5),
        word(&europe::FRANCE, 6),
        word(&europe::ITALY, 7),
        word(&europe::SWITZERLAND, 8),
        word(&pacific::JAPAN, 9),
        word(&america::CANADA, 10),
        word(&pacific::AUSTRALIA, 11),
        word(&pacific::NEW_ZEALAND, 12),
        word(&europe::SWEDEN, 13),
        word(&europe::NORWAY, 14),
        word(&europe::DENMARK, 15),
        word(&america::BRAZIL, 16),
        word(&china::CHINA, 17),
        word(&america::SOFR, 18),
    ];
}

/// The word of the market whose place in the stored form is given.
const fn word(market: &'static MarketCalendar, place: u32) -> Word<Markets> {
    let MarketCalendar { name, aliases, meaning, .. } = market;
    Word { value: Markets::bit(place), name, aliases, meaning }
}

impl MarketDays {
    #[inline]
    fn days(&self) -> &Days {
        self.days.get_or_init(|| self.market.days())
    }

    /// Refuses a date outside the years that the rules are known for.
    #[inline]
    fn check(&self, date: Date) -> Result<()> {
        if self.days().covers(date) { Ok(()) } else { Err(self.unknown(date)) }
    }

    #[cold]
    fn unknown(&self, date: Date) -> Error {
        let MarketCalendar { name, first_year, last_year, .. } = self.market;
        Error::CalendarRange {
            calendar: name,
            date,
            first_year: *first_year,
            last_year: *last_year,
        }
    }
}

impl Markets {
    const fn bit(place: u32) -> Markets {
        Markets(1 << place)
    }

    pub fn from_bits(bits: u32) -> Option<Markets> {
        (bits >> BOOKS.len() == 0).then_some(Markets(bits))
    }

    pub const fn bits(self) -> u32 {
        self.0
    }

    pub const fn and(self, other: Markets) -> Markets {
        Markets(self.0 | other.0)
    }

    /// The set's markets, one by one.
    pub fn iter(self) -> impl Iterator<Item = &'static MarketCalendar> {
        self.books().map(|book| book.market)
    }

    #[inline]
    fn books(self) -> impl Iterator<Item = &'static MarketDays> {
        let mut bits = self.0;
        std::iter::from_fn(move || {
            let book = BOOKS.get(bits.trailing_zeros() as usize)?;
            bits &= bits - 1;
            Some(book)
        })
    }

    /// The days of the market, where it is one.
    pub fn only(self) -> Option<&'static Days> {
        self.books().next().filter(|_| self.0.is_power_of_two()).map(MarketDays::days)
    }

    /// The first and the last day that the rules of all are known for.
    pub fn range(self) -> (Date, Date) {
        self.books().fold((Date::MIN, Date::MAX), |(first, last), book| {
            let range = book.days().range();
            (first.max(range.0), last.min(range.1))
        })
    }

    /// Refuses a date outside of it.
    #[inline]
    pub fn check(self, date: Date) -> Result<()> {
        self.books().try_for_each(|book| book.check(date))
    }

    #[inline]
    pub fn is_open(self, date: Date) -> Result<bool> {
        let (word, bit) = days::place(date);
        if self.word(word) >> bit & 1 == 1 {
            return Ok(true);
        }
        // Closed, or not known: no day is open outside a market's years.
        self.check(date).map(|()| false)
    }

    /// The open days from `from` on and before `to`, which is not the earlier.
    pub fn count(self, from: Date, to: Date) -> Result<i32> {
        self.check(from)?;
        self.check(to)?;
        if self.0 == 0 {
            return Ok(days::weekdays_before(to) - days::weekdays_before(from));
        }
        if let Some(days) = self.only() {
            return Ok(days.before(to) - days.before(from));
        }
        let ((first, start), (last, end)) = (days::place(from), days::place(to));
        let whole: u32 = (first..last).map(|word| self.word(word).count_ones()).sum();
        let [ahead, behind] = [(first, start), (last, end)]
            .map(|(word, bit)| self.word(word) & days::bits_before(bit));
        Ok((whole + behind.count_ones()) as i32 - ahead.count_ones() as i32)
    }

    /// The open day that lies so many open days after the date, or before it; at least one.
    #[inline]
    pub fn step(self, date: Date, days: u32, forward: bool) -> Result<Date> {
        self.check(date)?;
        let (mut word, bit) = days::place(date);
        // Backward is forward with the bits of each word mirrored.
        let facing = |bits: u64| if forward { bits } else { bits.reverse_bits() };
        let before = days::bits_before(bit);
        let mut open = facing(self.word(word) & if forward { !before << 1 } else { before });
        let mut left = days;
        while open.count_ones() < left {
            let (first, last) = self.range();
            let (end, beyond) =
                if forward { (last, last.days() + 1) } else { (first, first.days() - 1) };
            if word == days::place(end).0 {
                // Of which it says that the calendar does not reach it.
                let beyond = Date::from_days(beyond)?;
                return self.check(beyond).map(|()| beyond);
            }
            left -= open.count_ones();
            word = if forward { word + 1 } else { word - 1 };
            open = facing(self.word(word));
        }
        for _ in 1..left {
            open &= open - 1;
        }
        let bit = open.trailing_zeros();
        days::date(word, if forward { bit } else { 63 - bit })
    }

    /// The days of a word on which all are open.
    #[inline]
    fn word(self, word: usize) -> u64 {
        let mut open = if self.0 == 0 { days::weekdays(word) } else { u64::MAX };
        for book in self.books() {
            open &= book.days().word(word);
        }
        open
    }
}
