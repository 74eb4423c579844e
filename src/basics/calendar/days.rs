//! The open days of a market as bits, 64 to a word, so that asking and counting take a few
//! instructions.

use crate::basics::date::Date;

/// Days are numbered from a Saturday, as 2000-01-01 was, at or before the first date.
const ORIGIN: i32 = Date::MIN.days() - 2;
const BITS: usize = 64;

/// The place of a date: its word, and its bit in it.
#[inline]
pub fn place(date: Date) -> (usize, u32) {
    let number = (date.days() - ORIGIN) as usize;
    (number / BITS, (number % BITS) as u32)
}

/// The date of a place, where there is one.
pub fn date(word: usize, bit: u32) -> crate::basics::error::Result<Date> {
    Ok(Date::from_days(ORIGIN + (word * BITS) as i32 + bit as i32)?)
}

/// The bits before a bit.
#[inline]
pub fn bits_before(bit: u32) -> u64 {
    (1 << bit) - 1
}

/// The weekdays among the days of a word.
#[inline]
pub fn weekdays(word: usize) -> u64 {
    const fn pattern(first: usize) -> u64 {
        let (mut bits, mut bit) = (0, 0);
        while bit < BITS {
            if (first + bit) % 7 > 1 {
                bits |= 1 << bit;
            }
            bit += 1;
        }
        bits
    }
    // Each word begins one day of the week after the word before it.
    const PATTERNS: [u64; 7] =
        [pattern(0), pattern(1), pattern(2), pattern(3), pattern(4), pattern(5), pattern(6)];
    PATTERNS.get(word % 7).copied().unwrap_or_default()
}

/// The weekdays before a date.
#[inline]
pub fn weekdays_before(date: Date) -> i32 {
    let number = date.days() - ORIGIN;
    number / 7 * 5 + (number % 7 - 2).max(0)
}

/// The open days of a range, and how many lie before each word.
pub struct Days {
    range: (Date, Date),
    first: usize,
    open: Vec<u64>,
    before: Vec<i32>,
}

impl Days {
    /// All weekdays of a range.
    pub fn weekdays(range: (Date, Date)) -> Days {
        let ((first, from), (last, to)) = (place(range.0), place(range.1));
        let mut open: Vec<u64> = (first..=last).map(weekdays).collect();
        if let Some(word) = open.first_mut() {
            *word &= !bits_before(from);
        }
        if let Some(word) = open.last_mut() {
            *word &= bits_before(to) | 1 << to;
        }
        Days { range, first, open, before: Vec::new() }
    }

    pub fn set(&mut self, date: Date, open: bool) {
        let (word, bit) = place(date);
        if let Some(word) = word.checked_sub(self.first).and_then(|word| self.open.get_mut(word)) {
            *word = *word & !(1 << bit) | u64::from(open) << bit;
        }
    }

    pub fn counted(mut self) -> Days {
        let count = |sum: &mut i32, word: &u64| {
            Some(std::mem::replace(sum, *sum + word.count_ones() as i32))
        };
        self.before = self.open.iter().scan(0, count).collect();
        self
    }

    pub fn range(&self) -> (Date, Date) {
        self.range
    }

    #[inline]
    pub fn covers(&self, date: Date) -> bool {
        (self.range.0..=self.range.1).contains(&date)
    }

    /// The open days among those of a word.
    #[inline]
    pub fn word(&self, word: usize) -> u64 {
        self.open.get(word.wrapping_sub(self.first)).copied().unwrap_or_default()
    }

    /// The first open day from a date of the range on, where the same word has it.
    #[inline]
    pub fn following(&self, date: Date) -> Option<Date> {
        let (word, bit) = place(date);
        let ahead = self.word(word) >> bit;
        (ahead != 0 && self.covers(date)).then(|| date.later(ahead.trailing_zeros() as i32))
    }

    /// The open days before a date.
    #[inline]
    pub fn before(&self, date: Date) -> i32 {
        let (word, bit) = place(date);
        let words = self.before.get(word.wrapping_sub(self.first)).copied().unwrap_or_default();
        words + (self.word(word) & bits_before(bit)).count_ones() as i32
    }
}
