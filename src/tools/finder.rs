//! The convention finder: one price under every yield convention side by side, and which of them
//! gives a vendor's yield.

use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::Vocabulary;
use crate::numeric::decimal::Decimal;
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::{Bond, check_price};
use crate::product::convention::Convention;
use crate::product::market_preset::MarketPreset;

/// The yield of a bond at a price under one convention; `None` if the convention gives none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    pub convention: Convention,
    pub day_count: DayCount,
    pub ytm: Option<f64>,
    pub modified_duration: Option<f64>,
}

/// A reading beside a quoted yield.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    pub reading: Reading,
    /// Its yield less the quoted one.
    pub difference: f64,
    /// Whether it prints as the quoted yield does.
    pub matches: bool,
    /// The clean price at which this convention gives the quoted yield; `None` if no price does.
    pub matching_price: Option<f64>,
}

/// Day counts that vendors are known to take for one another.
const DAY_COUNTS: [DayCount; 6] = [
    DayCount::ActActIcma,
    DayCount::Thirty360Us,
    DayCount::Thirty360E,
    DayCount::Act365F,
    DayCount::Act360,
    DayCount::Nl365,
];
/// How many near misses are told.
const NEAR_MISSES: usize = 5;
/// Differences that no quote can tell apart are ties.
const TIE: f64 = 1e-10;

/// The yield under every convention, in their order; nothing where the bond is not outstanding.
/// `tick` runs between them, for whoever wants to interrupt.
pub fn by_convention(
    bond: &Bond,
    price: f64,
    settlement: Date,
    tick: &dyn Fn(),
) -> Result<Vec<Reading>> {
    check_price(price)?;
    if settlement >= bond.maturity || bond.issue.is_some_and(|issue| settlement < issue) {
        return Ok(Vec::new());
    }
    Ok(Convention::WORDS
        .iter()
        .map(|word| reading(bond, word.value, bond.day_count, price, settlement, tick))
        .collect())
}

/// The readings that print as `quoted` does with so many decimals, under the bond's own day count
/// or, where none does, under another; where none does either, the near misses under its own.
/// Matches begin with the usual conventions, for what rounding hides says nothing of which is
/// right; near misses with the closest, and of those that are equally close the usual.
///
/// # Errors
/// [`Error::PercentYield`] of a yield that nothing comes near, but something does as a percentage.
pub fn which_convention(
    bond: &Bond,
    price: f64,
    quoted: f64,
    settlement: Date,
    decimals: i32,
    tick: &dyn Fn(),
) -> Result<Vec<Candidate>> {
    let rule = "a yield is a decimal: 4.45 % is 0.0445";
    if !quoted.is_finite() {
        return Err(Error::OutOfRange { what: "quoted yield", value: quoted, rule });
    }
    if !(0..=15).contains(&decimals) {
        let rule = "decimals are those of the yield as a decimal, 0 to 15: 4.123 % has 5";
        return Err(Error::OutOfRange { what: "decimals", value: f64::from(decimals), rule });
    }
    // What rounds to the quoted yield, and the last bits of both.
    let half = 0.5 * 10f64.powi(-decimals) + 4.0 * f64::EPSILON * quoted.abs();
    let candidate = |reading: Reading| {
        let difference = reading.ytm? - quoted;
        Some(Candidate {
            reading,
            difference,
            matches: difference.abs() <= half,
            matching_price: None,
        })
    };
    let own: Vec<Candidate> =
        by_convention(bond, price, settlement, tick)?.into_iter().filter_map(candidate).collect();
    if own.iter().any(|candidate| candidate.matches) {
        return Ok(told(
            bond,
            quoted,
            settlement,
            own.into_iter().filter(|candidate| candidate.matches).collect(),
        ));
    }
    if own.is_empty() {
        return Ok(Vec::new());
    }
    let others = DAY_COUNTS.iter().filter(|&&day_count| day_count != bond.day_count).flat_map(
        |&day_count| {
            Convention::WORDS
                .iter()
                .map(move |word| reading(bond, word.value, day_count, price, settlement, tick))
        },
    );
    let mut all: Vec<Candidate> = own.into_iter().chain(others.filter_map(candidate)).collect();
    if all.iter().any(|candidate| candidate.matches) {
        all.retain(|candidate| candidate.matches);
        return Ok(told(bond, quoted, settlement, all));
    }
    check_unit(quoted, &all)?;
    all.retain(|candidate| candidate.reading.day_count == bond.day_count);
    sort(bond, &mut all);
    all.dedup_by_key(|candidate| tie(candidate));
    all.truncate(NEAR_MISSES);
    Ok(told(bond, quoted, settlement, all))
}

/// A yield in percent is far from everything, and near as a hundredth.
fn check_unit(quoted: f64, candidates: &[Candidate]) -> Result<()> {
    let nearest = |to: f64| {
        let yields = candidates.iter().map(|candidate| candidate.difference + quoted);
        yields.map(|ytm| (ytm - to).abs()).fold(f64::INFINITY, f64::min)
    };
    let as_percent =
        Decimal::parse(&quoted.to_string()).map_or(quoted / 100.0, |decimal| decimal.shifted(-2));
    if nearest(as_percent) > 0.02 * nearest(quoted) {
        return Ok(());
    }
    Err(Error::PercentYield { what: "quoted yield", value: quoted, decimal: as_percent })
}

/// In the order in which they are told, with the prices that would match.
fn told(
    bond: &Bond,
    quoted: f64,
    settlement: Date,
    mut candidates: Vec<Candidate>,
) -> Vec<Candidate> {
    sort(bond, &mut candidates);
    for candidate in &mut candidates {
        let under =
            bond.clone().under(candidate.reading.convention, candidate.reading.day_count).ok();
        candidate.matching_price = under.and_then(|bond| {
            let pricing = YieldPricing::new(&bond, settlement).ok()??;
            Some(pricing.dirty_price_from_yield(quoted).ok()? - pricing.accrued())
        });
    }
    candidates
}

fn sort(bond: &Bond, candidates: &mut [Candidate]) {
    candidates.sort_by_cached_key(|candidate| {
        let Reading { convention, day_count, .. } = candidate.reading;
        let miss = if candidate.matches { 0 } else { tie(candidate) };
        (
            miss,
            day_count != bond.day_count,
            !is_usual(bond, convention),
            convention != bond.convention,
            tie(candidate),
        )
    });
}

/// Equal of differences that count as equal.
fn tie(candidate: &Candidate) -> u64 {
    (candidate.difference.abs() / TIE).round() as u64
}

/// Whether bonds of a market in this currency, or of any where the bond names none, are quoted so.
fn is_usual(bond: &Bond, convention: Convention) -> bool {
    let currency = bond.optional.currency.map(|currency| currency.to_string());
    MarketPreset::WORDS.iter().map(|word| word.value.practice()).any(|practice| {
        practice.convention == convention
            && currency.as_ref().is_none_or(|currency| currency == practice.currency)
    })
}

/// A convention that this bond cannot have, or whose calendar does not reach so far, gives no
/// yield.
fn reading(
    bond: &Bond,
    convention: Convention,
    day_count: DayCount,
    price: f64,
    settlement: Date,
    tick: &dyn Fn(),
) -> Reading {
    tick();
    #[cfg(test)]
    crate::testing::work::unit();
    let measures = bond.clone().under(convention, day_count).ok().and_then(|bond| {
        // As computed: a yield that its market prints rounded would be nearer than it is.
        YieldPricing::new(&bond, settlement).ok()??.measures(price)
    });
    Reading {
        convention,
        day_count,
        ytm: measures.map(|measures| measures.ytm),
        modified_duration: measures.map(|measures| measures.modified_duration),
    }
}
