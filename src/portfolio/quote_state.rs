//! The state of the aggregate that makes a curve of quotes: floats alone.

use super::layout::AggregateState;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::tenor::Tenor;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::curve_quotes::{QuoteKind, Quoted, Quotes};
use crate::calibrate::quote_period::QuotePeriod;
use crate::market::curve::{CurvePoint, Interpolation, MAX_NODES};
use crate::product::money_market::MoneyMarket;

/// A curve's date and the codes of interpolation and conventions, then of each row the code of its
/// kind, months and days of its start and its end, the rate, and what has fixed of it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteState(pub Vec<f64>);

const HEAD: usize = 3;
const ROW: usize = 7;
/// The months of a date, whose days are its number.
const DATED: f64 = -1.0;
/// Where nothing is said to have fixed.
const UNFIXED: f64 = f64::INFINITY;

/// The words that a row of the aggregate may be given.
#[derive(Debug, Clone, Copy)]
pub struct QuoteWords {
    pub kind: QuoteKind,
    pub interpolation: Interpolation,
    pub conventions: MoneyMarket,
}

impl Default for QuoteWords {
    fn default() -> QuoteWords {
        QuoteWords {
            kind: QuoteKind::Zero,
            interpolation: Interpolation::FlatForward,
            conventions: MoneyMarket::Plain,
        }
    }
}

/// A row of the aggregate.
#[derive(Debug, Clone, Copy)]
pub struct QuoteRow {
    as_of: Date,
    quoted: Quoted,
    words: QuoteWords,
}

impl QuoteWords {
    /// The row of a rate at a tenor.
    ///
    /// # Errors
    /// Those of [`QuotePeriod::parse`] and [`Quoted::from_number`].
    pub fn row(self, as_of: Date, tenor: &str, rate: f64) -> Result<QuoteRow> {
        let period = QuotePeriod::parse(tenor, as_of, self.conventions)?;
        Ok(QuoteRow { as_of, quoted: Quoted::from_number(self.kind, period, rate)?, words: self })
    }
}

impl QuoteRow {
    /// The numbers of a state with the row.
    ///
    /// # Errors
    /// Those of [`QuoteState::add`].
    pub fn added_to(self, numbers: &[f64]) -> Result<Vec<f64>> {
        let mut state = QuoteState(numbers.to_vec());
        let QuoteWords { interpolation, conventions, .. } = self.words;
        state.add(self.as_of, self.quoted, interpolation, conventions)?;
        Ok(state.0)
    }
}

impl AggregateState for QuoteState {
    const NAME: &'static str = "quotes";
    const VERSION: u8 = 1;
    const COUNT: Option<usize> = None;

    fn none() -> Vec<f64> {
        Vec::new()
    }

    fn check(numbers: &mut [f64]) -> Result<()> {
        QuoteState(numbers.to_vec()).quotes().map(drop)
    }
}

impl QuoteState {
    /// One row more. All rows are of one date.
    pub fn add(
        &mut self,
        as_of: Date,
        quoted: Quoted,
        interpolation: Interpolation,
        conventions: MoneyMarket,
    ) -> Result<()> {
        let head =
            [f64::from(as_of.days()), f64::from(interpolation as u8), f64::from(conventions as u8)];
        self.begin(&head)?;
        if self.0.len() >= HEAD + ROW * MAX_NODES {
            return Err(Error::TooMany {
                what: "nodes of a curve",
                count: MAX_NODES + 1,
                limit: MAX_NODES,
            });
        }
        let numbers = |at: CurvePoint| match at {
            CurvePoint::Tenor(Tenor { months, days }) => [f64::from(months), f64::from(days)],
            CurvePoint::Date(date) => [DATED, f64::from(date.days())],
            CurvePoint::Years(_) => [f64::NAN; 2],
        };
        let Quoted { kind, span, rate } = quoted;
        let ([start_months, start_days], [months, days]) =
            (span.start.map_or([0.0; 2], numbers), numbers(span.end));
        self.0.extend([
            f64::from(kind as u8),
            start_months,
            start_days,
            months,
            days,
            rate,
            span.fixed.unwrap_or(UNFIXED),
        ]);
        Ok(())
    }

    pub fn merge(&mut self, other: &[f64]) -> Result<()> {
        let Some((head, rows)) = other.split_at_checked(HEAD) else {
            return if other.is_empty() {
                Ok(())
            } else {
                Err(Error::state("it is not that of a curve"))
            };
        };
        self.begin(head)?;
        self.0.extend(rows);
        Ok(())
    }

    fn begin(&mut self, head: &[f64]) -> Result<()> {
        if self.0.is_empty() {
            self.0.extend(head);
        }
        if self.0.starts_with(head) {
            return Ok(());
        }
        Err(Error::Curve {
            why: "its rows differ in date, interpolation or conventions; group by these".to_owned(),
        })
    }

    /// None of no rows.
    pub fn quotes(&self) -> Result<Option<Quotes>> {
        let malformed = || Error::state("it is not that of a curve");
        let Some((head, rows)) = self.0.split_first_chunk::<HEAD>() else {
            return if self.0.is_empty() { Ok(None) } else { Err(malformed()) };
        };
        let &[days, interpolation, conventions] = head;
        let as_of = date(days).ok_or_else(malformed)?;
        let (rows, rest) = rows.as_chunks::<ROW>();
        let quotes = rows
            .iter()
            .map(quoted)
            .collect::<Option<Vec<_>>>()
            .filter(|_| rest.is_empty())
            .ok_or_else(malformed)?;
        Ok(Some(Quotes {
            interpolation: coded(interpolation, |word: Interpolation| word as u8)
                .ok_or_else(malformed)?,
            conventions: coded(conventions, |word: MoneyMarket| word as u8)
                .ok_or_else(malformed)?,
            ..Quotes::new(as_of, quotes)
        }))
    }
}

fn quoted(
    &[kind, start_months, start_days, months, days, rate, fixed]: &[f64; ROW],
) -> Option<Quoted> {
    let part = |number: f64| whole(number).and_then(|number| u16::try_from(number).ok());
    let at = |months: f64, days: f64| {
        let tenor = || Some(CurvePoint::Tenor(Tenor { months: part(months)?, days: part(days)? }));
        if months == DATED { date(days).map(CurvePoint::Date) } else { tenor() }
    };
    let fixed = (fixed != UNFIXED).then_some(fixed);
    let start = if (start_months, start_days) == (0.0, 0.0) {
        None
    } else {
        Some(at(start_months, start_days)?)
    };
    Some(Quoted {
        kind: coded(kind, |word: QuoteKind| word as u8)?,
        span: QuotePeriod { start, end: at(months, days)?, fixed },
        rate,
    })
}

fn date(days: f64) -> Option<Date> {
    whole(days).and_then(|days| Date::from_days(days).ok())
}

fn whole(number: f64) -> Option<i32> {
    let whole = number as i32;
    (f64::from(whole) == number).then_some(whole)
}

fn coded<T: Vocabulary>(code: f64, code_of: impl Fn(T) -> u8) -> Option<T> {
    T::WORDS.iter().map(|word| word.value).find(|&value| f64::from(code_of(value)) == code)
}
