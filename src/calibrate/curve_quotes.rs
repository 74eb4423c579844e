//! Curves from quotes: what the constructor is given, and what the aggregate collects.

use super::quote_period::QuotePeriod;
use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result};
use crate::basics::maturity::Maturity;
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::calibrate::bootstrap::{self, Instrument, MarketQuote, ShortYield};
use crate::forms::text::decimal_rate;
use crate::market::curve::{
    Curve, CurveDefinition, CurvePoint, Extrapolation, Interpolation, MAX_NODES, Node,
};
use crate::numeric::elementary::ln;
use crate::product::compounding::Basis;
use crate::product::money_market::{MoneyMarket, MoneyMarketConventions};

/// What is quoted. The discriminant is its code in an aggregate's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum QuoteKind {
    Zero = 1,
    Discount = 2,
    Par = 3,
    Swap = 4,
    Deposit = 5,
    Fra = 6,
    Future = 7,
    Ois = 8,
}

impl Vocabulary for QuoteKind {
    const WHAT: &'static str = "kind of quote";
    const WORDS: &'static [Word<QuoteKind>] = &[
        Word {
            value: QuoteKind::Zero,
            name: "zero",
            aliases: &["zero rate", "spot"],
            meaning: "zero rates",
        },
        Word {
            value: QuoteKind::Discount,
            name: "discount",
            aliases: &["discount factor", "df"],
            meaning: "discount factors",
        },
        Word {
            value: QuoteKind::Par,
            name: "par",
            aliases: &["par yield", "cmt"],
            meaning: "par yields of half-yearly bonds, the first of which is half a year in months \
                or years; bond-equivalent yields of bills at any other time below a year",
        },
        Word {
            value: QuoteKind::Swap,
            name: "swap",
            aliases: &["swap rate", "irs"],
            meaning: "fixed rates of swaps against a term rate",
        },
        Word {
            value: QuoteKind::Deposit,
            name: "deposit",
            aliases: &["depo", "cash"],
            meaning: "simple interest from the spot day, ON from today",
        },
        Word {
            value: QuoteKind::Fra,
            name: "fra",
            aliases: &["forward rate agreement"],
            meaning: "simple interest between two tenors from the spot day, such as 3Mx6M",
        },
        Word {
            value: QuoteKind::Future,
            name: "future",
            aliases: &["futures"],
            meaning: "prices, 100 less the rate in per cent, for the quarter from a date or of a \
                listed contract such as Z6; of an overnight rate that is being compounded Z6:4.33% \
                says what it has come to, else it is taken to have fixed at the rate quoted",
        },
        Word {
            value: QuoteKind::Ois,
            name: "ois",
            aliases: &["overnight index swap", "overnight swap"],
            meaning: "fixed rates of swaps against a compounded overnight rate",
        },
    ];
}

impl QuoteKind {
    /// Whether it can stand beside other such kinds on a curve.
    fn is_of_money_market(self) -> bool {
        !matches!(self, QuoteKind::Zero | QuoteKind::Discount | QuoteKind::Par)
    }
}

impl QuoteKind {
    /// A decimal a year; discount factors and the prices of futures are none.
    pub fn is_rate(self) -> bool {
        !matches!(self, QuoteKind::Discount | QuoteKind::Future)
    }
}

/// What is quoted, when, and at what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quoted {
    pub kind: QuoteKind,
    pub span: QuotePeriod,
    pub rate: f64,
}

impl Quoted {
    pub fn new(kind: QuoteKind, span: impl Into<QuotePeriod>, rate: f64) -> Quoted {
        Quoted { kind, span: span.into(), rate }
    }

    /// A quote that was given as a number.
    pub fn from_number(kind: QuoteKind, span: QuotePeriod, rate: f64) -> Result<Quoted> {
        let rate = if kind.is_rate() { decimal_rate("rate", rate)? } else { rate };
        Ok(Quoted { kind, span, rate })
    }
}

/// Quotes, in any order, and what else a curve is told.
#[derive(Debug, Clone)]
pub struct Quotes {
    pub as_of: Date,
    pub quotes: Vec<Quoted>,
    /// Of zero rates.
    pub compounding: Basis,
    pub interpolation: Interpolation,
    pub extrapolation: Extrapolation,
    pub day_count: DayCount,
    pub name: Option<String>,
    pub currency: Option<Currency>,
    /// Of instruments of the money market.
    pub conventions: MoneyMarket,
    /// What their payments are discounted on, where that is not the curve itself.
    pub discount: Option<Curve>,
}

impl Quotes {
    /// Continuous zero rates, and every other default.
    pub fn new(as_of: Date, quotes: Vec<Quoted>) -> Quotes {
        let CurveDefinition { interpolation, extrapolation, day_count, name, currency, .. } =
            CurveDefinition::new(as_of, Vec::new());
        let (compounding, conventions, discount) = (Basis::Continuous, MoneyMarket::Plain, None);
        Quotes {
            as_of,
            quotes,
            compounding,
            interpolation,
            extrapolation,
            day_count,
            name,
            currency,
            conventions,
            discount,
        }
    }

    pub fn curve(self) -> Result<Curve> {
        Curve::new(self.definition()?)
    }

    /// The nodes in order of time, whatever that of the quotes.
    pub(super) fn definition(self) -> Result<CurveDefinition> {
        let count = self.quotes.len();
        if count > MAX_NODES {
            return Err(Error::TooMany { what: "nodes of a curve", count, limit: MAX_NODES });
        }
        let mut definition = CurveDefinition {
            interpolation: self.interpolation,
            extrapolation: self.extrapolation,
            day_count: self.day_count,
            name: self.name.clone(),
            currency: self.currency,
            ..CurveDefinition::new(self.as_of, Vec::new())
        };
        let kind = self.kind()?;
        if self.discount.is_some() && !kind.is_of_money_market() {
            return Err(Error::Curve {
                why: format!("{} quotes have no payments to be discounted on another", kind.name()),
            });
        }
        match kind {
            QuoteKind::Zero | QuoteKind::Discount => {
                let timed = |quoted: &Quoted| {
                    let at = quoted.span.only()?;
                    Ok((definition.years(at)?, at, quoted.rate))
                };
                let mut quotes: Vec<(f64, CurvePoint, f64)> =
                    self.quotes.iter().map(timed).collect::<Result<_>>()?;
                quotes.sort_by(|a, b| a.0.total_cmp(&b.0));
                check_times(&quotes)?;
                let nodes = quotes
                    .iter()
                    .filter_map(|&(time, at, rate)| self.node(kind, time, at, rate).transpose());
                definition.nodes = nodes.collect::<Result<_>>()?;
                Ok(definition)
            }
            QuoteKind::Par => {
                let quote =
                    |quoted: &Quoted| Ok((definition.maturity(quoted.span.only()?)?, quoted.rate));
                let yields =
                    self.quotes.iter().map(quote).collect::<Result<Vec<(Maturity, f64)>>>()?;
                Ok(bootstrap::par(definition, &yields, ShortYield::BondEquivalent)?
                    .curve
                    .into_definition())
            }
            _ => {
                let discount = self.discount.as_ref();
                discount.map_or(Ok(()), |discount| check_discount(&definition, discount))?;
                let conventions = &self.conventions.conventions(self.day_count)?;
                let quote = |quoted: &Quoted| {
                    let instrument =
                        instrument(&definition, conventions, quoted.kind, quoted.span)?;
                    Ok(MarketQuote { instrument, value: quoted.rate, conventions })
                };
                let quotes = self.quotes.iter().map(quote).collect::<Result<Vec<_>>>()?;
                Ok(bootstrap::market(definition, &quotes, discount)?.curve.into_definition())
            }
        }
    }

    /// The kind of all; of quotes of the money market, of any.
    fn kind(&self) -> Result<QuoteKind> {
        let mut kinds = self.quotes.iter().map(|quoted| quoted.kind);
        let first = kinds.next().unwrap_or(QuoteKind::Zero);
        match kinds.find(|&kind| {
            kind != first && !(kind.is_of_money_market() && first.is_of_money_market())
        }) {
            Some(_) => Err(Error::Curve {
                why: "quotes of kind zero, discount and par stand alone".to_owned(),
            }),
            None => Ok(first),
        }
    }

    /// A discount factor on the curve's own date is 1, and no node.
    fn node(&self, kind: QuoteKind, time: f64, at: CurvePoint, rate: f64) -> Result<Option<Node>> {
        let zero = match kind {
            QuoteKind::Discount if time == 0.0 && rate == 1.0 => return Ok(None),
            QuoteKind::Discount if time == 0.0 => {
                return Err(Error::Curve {
                    why: format!(
                        "the discount factor {rate} is for its own date, on which 1 is worth 1"
                    ),
                });
            }
            QuoteKind::Discount => (rate > 0.0).then(|| -ln(rate) / time),
            _ => self.compounding.log_growth(rate, Some(365.0 * time)),
        };
        let zero = zero.filter(|zero| zero.is_finite());
        zero.map(|zero| Some(Node { time, zero })).ok_or_else(|| Error::Curve {
            why: format!("the quote {rate} for {at} leaves nothing"),
        })
    }
}

/// What a quote is for.
fn instrument(
    definition: &CurveDefinition,
    conventions: &MoneyMarketConventions,
    kind: QuoteKind,
    span: QuotePeriod,
) -> Result<Instrument> {
    Ok(match kind {
        QuoteKind::Fra => {
            let (start, end) = span.both()?;
            Instrument::Fra { start: definition.maturity(start)?, end: definition.maturity(end)? }
        }
        QuoteKind::Future => {
            let (start, end) = span.dates()?;
            Instrument::Future {
                start,
                end: end.map_or_else(|| conventions.future_end(start), Ok)?,
                fixed: span.fixed,
            }
        }
        QuoteKind::Deposit => Instrument::Deposit(definition.maturity(span.only()?)?),
        QuoteKind::Ois => Instrument::Ois(definition.maturity(span.only()?)?),
        _ => Instrument::Swap(definition.maturity(span.only()?)?),
    })
}

fn check_discount(definition: &CurveDefinition, discount: &Curve) -> Result<()> {
    if discount.as_of == definition.as_of {
        return Ok(());
    }
    Err(Error::Curve {
        why: format!(
            "it is of {}, and the curve that it is discounted on of {}",
            definition.as_of, discount.as_of
        ),
    })
}

impl Curve {
    /// The quote at which an instrument is fair on the curve, with its payments discounted on
    /// another where that is given.
    pub fn quote(
        &self,
        kind: QuoteKind,
        span: QuotePeriod,
        market: MoneyMarket,
        discount: Option<&Curve>,
    ) -> Result<f64> {
        discount.map_or(Ok(()), |discount| check_discount(self, discount))?;
        match kind {
            QuoteKind::Zero => self.zero_at(span.only()?, Basis::Continuous),
            QuoteKind::Discount => self.discount_at(span.only()?),
            QuoteKind::Par => {
                bootstrap::par_yield(self, self.maturity(span.only()?)?, ShortYield::BondEquivalent)
            }
            _ => {
                let conventions = market.conventions(self.day_count)?;
                bootstrap::market_quote(
                    self,
                    instrument(self, &conventions, kind, span)?,
                    &conventions,
                    discount,
                )
            }
        }
    }
}

fn check_times(quotes: &[(f64, CurvePoint, f64)]) -> Result<()> {
    if let Some((_, at, _)) = quotes.iter().find(|(time, ..)| time.is_nan() || *time < 0.0) {
        return Err(Error::Curve { why: format!("{at} is before its date") });
    }
    let same = quotes
        .windows(2)
        .find_map(|pair| if let [a, b] = pair { (a.0 == b.0).then_some((a.1, b.1)) } else { None });
    same.map_or(Ok(()), |(a, b)| {
        Err(Error::Curve { why: format!("{a} and {b} are the same time") })
    })
}

#[cfg(test)]
pub(crate) mod tests;
