//! What the rows of a group have in common, in three floats beside its sums: the currency of its
//! bonds and their settlement date.

use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::portfolio::exact_sums::{ExactSums, unreachable_state};
use crate::portfolio::layout;

/// The currency of the bonds that have one, and how many these are: one whole number below 2^50, so
/// that rows may leave too. Its lowest three bits are its free for the owner.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
struct Currencies(f64);

/// The lowest bits that are the owner's, and those of a currency's code.
const SPARE: u64 = 1 << 3;
const CODES: u64 = 1 << 15;
/// Bonds with a currency in one group.
const MAX_BONDS: u64 = 1 << 32;

/// 0 is no currency; the others are numbered in the order of the alphabet.
pub fn code(currency: Option<Currency>) -> f64 {
    let letter = |code: u32, letter: u8| 26 * code + u32::from(letter - b'A');
    currency.map_or(0.0, |Currency(letters)| f64::from(1 + letters.into_iter().fold(0, letter)))
}

/// `None` if no currency has that code.
pub fn decoded(code: f64) -> Option<Option<Currency>> {
    if code == 0.0 {
        return Some(None);
    }
    let number = (code as u32)
        .checked_sub(1)
        .filter(|number| *number < 26 * 26 * 26 && f64::from(number + 1) == code)?;
    let letter = |power: u32| b'A' + (number / power % 26) as u8;
    Currency::from_bytes([letter(676), letter(26), letter(1)]).map(Some)
}

/// Money in two currencies does not add up.
pub fn different(one: Currency, other: Currency) -> Error {
    Error::Currencies { first: one.min(other).to_string(), second: one.max(other).to_string() }
}

impl Currencies {
    /// The spare bits, the currency and how many bonds have it.
    fn parts(self) -> (u64, Option<Currency>, u64) {
        let number = self.0 as u64;
        let code = number / SPARE % CODES;
        (number % SPARE, decoded(code as f64).flatten(), number / (SPARE * CODES))
    }

    fn of(spare: u64, currency: Option<Currency>, bonds: u64) -> Currencies {
        let code = if bonds == 0 { 0 } else { code(currency) as u64 };
        Currencies((spare + SPARE * (code + CODES * bonds)) as f64)
    }

    fn add(&mut self, currency: Option<Currency>, bonds: u64) -> Result<()> {
        let (spare, mine, held) = self.parts();
        if let (Some(mine), Some(other)) = (mine, currency)
            && mine != other
        {
            return Err(different(mine, other));
        }
        let count = held.saturating_add(bonds);
        if count >= MAX_BONDS {
            return Err(Error::TooMany {
                what: "bonds of a currency",
                count: count as usize,
                limit: MAX_BONDS as usize - 1,
            });
        }
        *self = Currencies::of(spare, mine.or(currency), count);
        Ok(())
    }

    fn remove(&mut self, bonds: u64) {
        let (spare, mine, held) = self.parts();
        *self = Currencies::of(spare, mine, held.saturating_sub(bonds));
    }

    fn is_sound(self, rows: f64) -> bool {
        let (spare, currency, bonds) = self.parts();
        bonds < MAX_BONDS
            && bonds as f64 <= rows
            && currency.is_some() == (bonds > 0)
            && Currencies::of(spare, currency, bonds) == self
    }
}

/// The days on which rows settle, as their sum and the sum of their squares, so that rows may
/// leave: rows of one day alone have n·Σd² = (Σd)². A row without a day adds nothing, and so is on
/// another day than the others.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
struct DaySums {
    sum: f64,
    /// Both modulo 2^52, where sums of two are exact.
    squares: f64,
}

const MODULUS: f64 = (1u64 << 52) as f64;

/// A sum of two in [0, 2^52), brought back into it.
#[inline(always)]
fn wrapped(sum: f64) -> f64 {
    sum - if sum >= MODULUS { MODULUS } else { 0.0 }
}

impl DaySums {
    #[inline(always)]
    fn of(settlement: Date) -> DaySums {
        let day = f64::from(settlement.days() - Date::MIN.days() + 1);
        DaySums { sum: day, squares: day * day }
    }

    #[inline(always)]
    fn add(&mut self, other: DaySums) {
        self.sum = wrapped(self.sum + other.sum);
        self.squares = wrapped(self.squares + other.squares);
    }

    fn remove(&mut self, other: DaySums) {
        self.add(DaySums {
            sum: wrapped(MODULUS - other.sum),
            squares: wrapped(MODULUS - other.squares),
        });
    }

    /// The one day of so many rows.
    fn date(self, rows: i64) -> Option<Date> {
        let rows = u64::try_from(rows).ok().filter(|rows| *rows > 0)?;
        let (sum, squares) = (self.sum as u64, self.squares as u64);
        let day = sum / rows;
        let square = u128::from(rows) * u128::from(day) * u128::from(day) % (1 << 52);
        let alike = sum.is_multiple_of(rows) && square == u128::from(squares);
        let day = i32::try_from(day).ok().filter(|day| alike && *day > 0)?;
        Date::from_days(day - 1 + Date::MIN.days()).ok()
    }

    fn is_sound(self, rows: f64) -> bool {
        let sound = |sum: f64| {
            (0.0..MODULUS).contains(&sum) && sum.floor() == sum && (rows > 0.0 || sum == 0.0)
        };
        sound(self.sum) && sound(self.squares)
    }
}

/// Currency and settlement date of a group's rows, measured or not.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C)]
pub struct GroupFacts {
    currencies: Currencies,
    days: DaySums,
}

impl GroupFacts {
    pub const COUNT: usize = layout::FACTS.len();

    pub fn of_numbers([currencies, sum, squares]: [f64; GroupFacts::COUNT]) -> GroupFacts {
        GroupFacts { currencies: Currencies(currencies), days: DaySums { sum, squares } }
    }

    /// −0 is another pattern of bits for the same number.
    pub fn numbers(self) -> [f64; GroupFacts::COUNT] {
        [self.currencies.0 + 0.0, self.days.sum + 0.0, self.days.squares + 0.0]
    }

    /// One row more that settles on a day.
    #[inline(always)]
    pub fn settle(&mut self, settlement: Date) {
        self.days.add(DaySums::of(settlement));
    }

    /// One row more, whose bond and day may be unknown.
    ///
    /// # Errors
    /// [`Error::Currencies`] where the bond is of another currency than others of the group.
    #[inline(always)]
    pub fn add(&mut self, currency: Option<Currency>, settlement: Option<Date>) -> Result<()> {
        if currency.is_some() {
            self.currencies.add(currency, 1)?;
        }
        if let Some(settlement) = settlement {
            self.settle(settlement);
        }
        Ok(())
    }

    /// Takes back what [`add`](GroupFacts::add) added.
    pub fn remove(&mut self, currency: Option<Currency>, settlement: Option<Date>) {
        self.currencies.remove(u64::from(currency.is_some()));
        self.days.remove(settlement.map_or(DaySums::default(), DaySums::of));
    }

    pub fn merge(&mut self, other: GroupFacts) -> Result<()> {
        let (_, currency, bonds) = other.currencies.parts();
        self.currencies.add(currency, bonds)?;
        self.days.add(other.days);
        Ok(())
    }

    /// Takes back what [`merge`](GroupFacts::merge) added.
    pub fn unmerge(&mut self, other: GroupFacts) {
        self.currencies.remove(other.currencies.parts().2);
        self.days.remove(other.days);
    }

    /// The day on which all of so many rows settle; `None` if they differ.
    pub fn settlement(self, rows: i64) -> Option<Date> {
        self.days.date(rows)
    }

    /// The owner's number, below 8.
    #[inline(always)]
    pub fn spare(&self) -> usize {
        crate::numeric::elementary::low_bits(self.currencies.0) as usize % SPARE as usize
    }

    /// Counts the owner's number on by one; the caller sees to it that it stays below 8.
    #[inline(always)]
    pub fn count_spare(&mut self) {
        self.currencies.0 += 1.0;
    }

    #[inline(always)]
    pub fn clear_spare(&mut self) {
        self.currencies.0 -= self.spare() as f64;
    }

    /// Whether so many rows may have these in common.
    pub fn check(self, rows: f64) -> Result<()> {
        if self.currencies.is_sound(rows) && self.days.is_sound(rows) {
            Ok(())
        } else {
            Err(unreachable_state())
        }
    }
}

/// A sums, and what its rows have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(C)]
pub struct GroupSums<const N: usize> {
    pub tally: ExactSums<N>,
    pub common: GroupFacts,
}

impl<const N: usize> Default for GroupSums<N> {
    fn default() -> GroupSums<N> {
        GroupSums { tally: ExactSums::default(), common: GroupFacts::default() }
    }
}

impl<const N: usize> GroupSums<N> {
    /// The terms of one row, or a row that is skipped.
    pub fn add(
        &mut self,
        terms: Option<[f64; N]>,
        currency: Option<Currency>,
        settlement: Option<Date>,
    ) -> Result<()> {
        self.common.add(currency, settlement)?;
        self.tally.add(terms);
        Ok(())
    }

    /// Takes back what [`add`](GroupSums::add) added.
    pub fn remove(
        &mut self,
        terms: Option<[f64; N]>,
        currency: Option<Currency>,
        settlement: Option<Date>,
    ) {
        self.common.remove(currency, settlement);
        self.tally.remove(terms);
    }

    pub fn merge(&mut self, other: &GroupSums<N>) -> Result<()> {
        self.common.merge(other.common)?;
        self.tally.merge(&other.tally);
        Ok(())
    }

    /// Takes back what [`merge`](GroupSums::merge) added.
    pub fn unmerge(&mut self, other: &GroupSums<N>) -> Result<()> {
        self.common.unmerge(other.common);
        self.tally.unmerge(&other.tally);
        Ok(())
    }

    /// The day on which all rows settle; `None` if they differ.
    pub fn settlement(&self) -> Option<Date> {
        self.common.settlement(self.tally.measured() + self.tally.skipped())
    }

    /// States travel as plain arrays, so one may have been made by hand.
    pub fn check(&self) -> Result<()> {
        self.tally.check()?;
        self.common.check((self.tally.measured() + self.tally.skipped()) as f64)
    }

    /// The numbers of the one form that all ledgers of the same rows share.
    pub fn numbers(&self) -> impl Iterator<Item = f64> {
        self.tally.numbers().chain(self.common.numbers())
    }

    /// A ledger of such numbers; `None` if they are too few or too many.
    pub fn of_numbers(numbers: &[f64]) -> Option<GroupSums<N>> {
        let (tally, common) = numbers.split_last_chunk()?;
        Some(GroupSums {
            tally: ExactSums::of_numbers(tally.iter().copied())?,
            common: GroupFacts::of_numbers(*common),
        })
    }
}
