//! Curves from quotes: what the constructor is given, and what the aggregate collects.

use super::{At, Curve, Definition, Extrapolation, Interpolation, MAX_NODES, Node};
use crate::bond::Currency;
use crate::bootstrap::{self, Conventions, Instrument, Quote, ShortYield};
use crate::compounding::Basis;
use crate::date::Date;
use crate::daycount::DayCount;
use crate::elementary::ln;
use crate::error::{Error, Result};
use crate::tenor::Tenor;
use crate::vocabulary::{Vocabulary, Word};

/// What is quoted. The discriminant is its code in an aggregate's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    Zero = 1,
    Discount = 2,
    Par = 3,
    Swap = 4,
}

impl Vocabulary for Kind {
    const WHAT: &'static str = "kind of quote";
    const WORDS: &'static [Word<Kind>] = &[
        Word { value: Kind::Zero, name: "zero", aliases: &["zero rate", "spot"], meaning: "zero rates" },
        Word { value: Kind::Discount, name: "discount", aliases: &["discount factor", "df"], meaning: "discount factors" },
        Word {
            value: Kind::Par,
            name: "par",
            aliases: &["par yield", "cmt"],
            meaning: "par yields of half-yearly bonds, bond-equivalent yields of bills below a year",
        },
        Word {
            value: Kind::Swap,
            name: "swap",
            aliases: &["swap rate"],
            meaning: "rates of swaps that pay yearly, their fixed leg by the curve's day count, on one curve",
        },
    ];
}

/// Quotes, in any order, and what else a curve is told.
#[derive(Debug, Clone)]
pub struct Quotes {
    pub as_of: Date,
    pub quotes: Vec<(At, f64)>,
    pub kind: Kind,
    /// Of zero rates.
    pub compounding: Basis,
    pub interpolation: Interpolation,
    pub extrapolation: Extrapolation,
    pub day_count: DayCount,
    pub name: Option<String>,
    pub currency: Option<Currency>,
}

impl Quotes {
    /// Continuous zero rates, and every other default.
    pub fn new(as_of: Date, quotes: Vec<(At, f64)>) -> Quotes {
        let Definition { interpolation, extrapolation, day_count, name, currency, .. } = Definition::new(as_of, Vec::new());
        let (kind, compounding) = (Kind::Zero, Basis::Continuous);
        Quotes { as_of, quotes, kind, compounding, interpolation, extrapolation, day_count, name, currency }
    }

    pub fn curve(self) -> Result<Curve> {
        Curve::new(self.definition()?)
    }

    /// The nodes in order of time, whatever that of the quotes.
    pub(super) fn definition(self) -> Result<Definition> {
        let count = self.quotes.len();
        if count > MAX_NODES {
            return Err(Error::TooMany { what: "nodes of a curve", count, limit: MAX_NODES });
        }
        let mut definition = Definition {
            interpolation: self.interpolation,
            extrapolation: self.extrapolation,
            day_count: self.day_count,
            name: self.name.clone(),
            currency: self.currency,
            ..Definition::new(self.as_of, Vec::new())
        };
        let maturities = || self.quotes.iter().map(|&(at, rate)| Ok((definition.maturity(at)?, rate))).collect::<Result<Vec<_>>>();
        match self.kind {
            Kind::Zero | Kind::Discount => {
                let timed = |&(at, rate): &(At, f64)| Ok((definition.years(at)?, at, rate));
                let mut quotes: Vec<(f64, At, f64)> = self.quotes.iter().map(timed).collect::<Result<_>>()?;
                quotes.sort_by(|a, b| a.0.total_cmp(&b.0));
                check_times(&quotes)?;
                definition.nodes = quotes.iter().map(|&(time, at, rate)| self.node(time, at, rate)).collect::<Result<_>>()?;
                Ok(definition)
            }
            Kind::Par => {
                let yields = maturities()?;
                Ok(bootstrap::par(definition, &yields, ShortYield::BondEquivalent)?.curve.into_definition())
            }
            Kind::Swap => {
                let conventions = Conventions::annual(self.day_count);
                let quote = |(maturity, value)| Quote { instrument: Instrument::Swap(maturity), value, conventions: &conventions };
                let quotes: Vec<Quote> = maturities()?.into_iter().map(quote).collect();
                Ok(bootstrap::market(definition, &quotes, None)?.curve.into_definition())
            }
        }
    }

    fn node(&self, time: f64, at: At, rate: f64) -> Result<Node> {
        let zero = match self.kind {
            Kind::Discount => (rate > 0.0).then(|| -ln(rate) / time),
            _ => self.compounding.log_growth(rate, Some(365.0 * time)),
        };
        let zero = zero.filter(|zero| zero.is_finite());
        zero.map(|zero| Node { time, zero }).ok_or_else(|| Error::Curve { why: format!("the quote {rate} for {at} leaves nothing") })
    }
}

fn check_times(quotes: &[(f64, At, f64)]) -> Result<()> {
    if let Some((_, at, _)) = quotes.iter().find(|(time, ..)| time.is_nan() || *time <= 0.0) {
        return Err(Error::Curve { why: format!("{at} is not after its date") });
    }
    let same = quotes.windows(2).find_map(|pair| if let [a, b] = pair { (a.0 == b.0).then_some((a.1, b.1)) } else { None });
    same.map_or(Ok(()), |(a, b)| Err(Error::Curve { why: format!("{a} and {b} are the same time") }))
}

/// The state of the aggregate: a curve's date, the codes of kind and interpolation, then months, days and rate of each row.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally(pub Vec<f64>);

const HEAD: usize = 3;
const ROW: usize = 3;

impl Tally {
    /// One row more. All rows are of one date and kind.
    pub fn add(&mut self, as_of: Date, tenor: Tenor, rate: f64, kind: Kind, interpolation: Interpolation) -> Result<()> {
        let head = [f64::from(as_of.days()), f64::from(kind as u8), f64::from(interpolation as u8)];
        self.begin(&head)?;
        if self.0.len() >= HEAD + ROW * MAX_NODES {
            return Err(Error::TooMany { what: "nodes of a curve", count: MAX_NODES + 1, limit: MAX_NODES });
        }
        self.0.extend([f64::from(tenor.months), f64::from(tenor.days), rate]);
        Ok(())
    }

    pub fn merge(&mut self, other: &[f64]) -> Result<()> {
        let Some((head, rows)) = other.split_at_checked(HEAD) else {
            return if other.is_empty() { Ok(()) } else { Err(Error::State { why: "it is not that of a curve".to_owned() }) };
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
        Err(Error::Curve { why: "its rows differ in date, kind or interpolation; group by these".to_owned() })
    }

    /// None of no rows.
    pub fn quotes(&self) -> Result<Option<Quotes>> {
        let malformed = || Error::State { why: "it is not that of a curve".to_owned() };
        let Some((head, rows)) = self.0.split_first_chunk::<HEAD>() else {
            return if self.0.is_empty() { Ok(None) } else { Err(malformed()) };
        };
        let &[days, kind, interpolation] = head;
        let as_of = whole(days).and_then(|days| Date::from_days(days).ok()).ok_or_else(malformed)?;
        let (rows, rest) = rows.as_chunks::<ROW>();
        let row = |&[months, days, rate]: &[f64; ROW]| {
            let part = |number: f64| whole(number).and_then(|number| u16::try_from(number).ok());
            Some((At::Tenor(Tenor { months: part(months)?, days: part(days)? }), rate))
        };
        let quotes = rows.iter().map(row).collect::<Option<Vec<_>>>().filter(|_| rest.is_empty()).ok_or_else(malformed)?;
        Ok(Some(Quotes {
            kind: coded(kind, |word: Kind| word as u8).ok_or_else(malformed)?,
            interpolation: coded(interpolation, |word: Interpolation| word as u8).ok_or_else(malformed)?,
            ..Quotes::new(as_of, quotes)
        }))
    }
}

fn whole(number: f64) -> Option<i32> {
    let whole = number as i32;
    (f64::from(whole) == number).then_some(whole)
}

fn coded<T: Vocabulary>(code: f64, code_of: impl Fn(T) -> u8) -> Option<T> {
    T::WORDS.iter().map(|word| word.value).find(|&value| f64::from(code_of(value)) == code)
}
