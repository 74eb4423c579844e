//! The convention finder: one price under every yield convention side by side, and which of them gives a vendor's yield.

use crate::analytics::Settled;
use crate::bond::{Bond, check_price};
use crate::convention::Convention;
use crate::date::Date;
use crate::daycount::DayCount;
use crate::error::{Error, Result};
use crate::vocabulary::Vocabulary;

/// The yield of a bond at a price under one convention; None where the convention gives none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    pub convention: Convention,
    pub day_count: DayCount,
    pub ytm: Option<f64>,
    pub modified_duration: Option<f64>,
}

/// Day counts that vendors are known to take for one another.
const DAY_COUNTS: [DayCount; 6] =
    [DayCount::ActActIcma, DayCount::Thirty360Us, DayCount::Thirty360E, DayCount::Act365F, DayCount::Act360, DayCount::Nl365];

/// The yield under every convention, in their order; nothing where the bond is not outstanding. `tick` runs between them,
/// for whoever wants to interrupt.
pub fn by_convention(bond: &Bond, price: f64, settlement: Date, tick: &dyn Fn()) -> Result<Vec<Reading>> {
    check_price(price)?;
    if settlement >= bond.maturity || bond.issue.is_some_and(|issue| settlement < issue) {
        return Ok(Vec::new());
    }
    Ok(Convention::WORDS.iter().map(|word| reading(bond, word.value, bond.day_count, price, settlement, tick)).collect())
}

/// The readings that print as `quoted` does with so many decimals, under the bond's own day count or, where none does,
/// under another; the closest first.
pub fn which_convention(bond: &Bond, price: f64, quoted: f64, settlement: Date, decimals: i32, tick: &dyn Fn()) -> Result<Vec<Reading>> {
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
    let difference = |reading: &Reading| reading.ytm.map_or(f64::INFINITY, |ytm| (ytm - quoted).abs());
    let matching = |mut readings: Vec<Reading>| {
        readings.retain(|reading| difference(reading) <= half);
        readings.sort_by(|a, b| difference(a).total_cmp(&difference(b)));
        readings
    };
    let own = matching(by_convention(bond, price, settlement, tick)?);
    if !own.is_empty() {
        return Ok(own);
    }
    let others = DAY_COUNTS
        .iter()
        .filter(|&&day_count| day_count != bond.day_count)
        .flat_map(|&day_count| Convention::WORDS.iter().map(move |word| reading(bond, word.value, day_count, price, settlement, tick)));
    Ok(matching(others.collect()))
}

/// A convention that this bond cannot have, or whose calendar does not reach so far, gives no yield.
fn reading(bond: &Bond, convention: Convention, day_count: DayCount, price: f64, settlement: Date, tick: &dyn Fn()) -> Reading {
    tick();
    let measures = bond.clone().under(convention, day_count).ok().and_then(|bond| {
        // As computed: a yield that its market prints rounded would be nearer than it is.
        Settled::new(&bond, settlement).ok()??.measures(price)
    });
    Reading {
        convention,
        day_count,
        ytm: measures.map(|measures| measures.ytm),
        modified_duration: measures.map(|measures| measures.modified_duration),
    }
}
