//! The state of the aggregate: floats alone. Settlement date, code of the method, how many of the
//! floats after them are used, code of the currency of the bonds that have one; then a block for
//! each bond: how many flows, dirty price, duration, and the flows' times and amounts.
//!
//! Blocks stand in the order of the rows and are sorted in the end. Room for later ones doubles
//! when it is used up, so that a row costs the copying of its own block and no more.

use crate::basics::currency::Currency;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::fit::{FitMethod, Priced};
use crate::portfolio::group::{code, decoded, different};
use crate::portfolio::layout::AggregateState;
use crate::product::bond::Bond;

const HEAD: usize = 4;
const BLOCK: usize = 3;
/// Flows of all bonds together, twenty times those of the whole Treasury market.
pub const MAX_FLOWS: usize = 100_000;
const LEAST_ROOM: usize = 256;

/// What all rows of a fit have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FitGroup {
    pub settlement: Date,
    pub method: FitMethod,
}

/// The state's numbers, which the functions here read and write.
pub enum FitState {}

impl AggregateState for FitState {
    const NAME: &'static str = "bonds of a fit";
    const VERSION: u8 = 1;
    const COUNT: Option<usize> = None;

    fn none() -> Vec<f64> {
        vec![0.0; HEAD]
    }

    fn check(numbers: &mut [f64]) -> Result<()> {
        read(numbers).map(drop)
    }
}

/// One bond more; one that has nothing to fit, or is paid on days that a calendar does not know, is
/// left out.
pub fn add_bond(state: &mut [f64], common: FitGroup, bond: &Bond) -> Result<Option<Vec<f64>>> {
    match Priced::new(bond, common.settlement) {
        Ok(Some(priced)) => add(state, common, bond.optional.currency, &priced),
        Ok(None) | Err(_) => Ok(None),
    }
}

/// One bond more, in the place that is left or else in the larger state that is answered.
pub fn add(
    state: &mut [f64],
    common: FitGroup,
    currency: Option<Currency>,
    bond: &Priced,
) -> Result<Option<Vec<f64>>> {
    let flows = bond.flows.iter().flat_map(|&(time, amount)| [time, amount]);
    let block: Vec<f64> =
        [bond.flows.len() as f64, bond.dirty, bond.duration].into_iter().chain(flows).collect();
    append(
        state,
        [f64::from(common.settlement.days()), f64::from(common.method as u8)],
        code(currency),
        &block,
    )
}

/// The bonds of another state too.
pub fn merge(state: &mut [f64], other: &[f64]) -> Result<Option<Vec<f64>>> {
    let ([settlement, method, _, currency], blocks, _) = parts(other)?;
    if blocks.is_empty() { Ok(None) } else { append(state, [settlement, method], currency, blocks) }
}

fn append(
    state: &mut [f64],
    common: [f64; 2],
    currency: f64,
    block: &[f64],
) -> Result<Option<Vec<f64>>> {
    let ([settlement, method, _, before], blocks, room) = parts(state)?;
    let (used, room) = (blocks.len(), room.len());
    if used > 0 && [settlement, method] != common {
        return Err(Error::Curve {
            why: "its rows differ in settlement date or method; group by these".to_owned(),
        });
    }
    let after = used + block.len();
    if after > 2 * MAX_FLOWS {
        return Err(Error::TooMany {
            what: "payments of a fit",
            count: after.div_ceil(2),
            limit: MAX_FLOWS,
        });
    }
    let currency =
        match (decoded(before).ok_or_else(malformed)?, decoded(currency).ok_or_else(malformed)?) {
            (Some(one), Some(other)) if one != other => return Err(different(one, other)),
            (one, other) => code(one.or(other)),
        };
    let [settlement, method] = common;
    let head = [settlement, method, after as f64, currency];
    if block.len() <= room {
        let places = state.iter_mut().take(HEAD).zip(head);
        places.for_each(|(place, number)| *place = number);
        state.iter_mut().skip(HEAD + used).zip(block).for_each(|(place, number)| *place = *number);
        return Ok(None);
    }
    let mut grown = Vec::with_capacity(HEAD + (2 * after).max(LEAST_ROOM));
    grown.extend(head);
    grown.extend(state.iter().skip(HEAD).take(used));
    grown.extend(block);
    grown.resize(grown.capacity(), 0.0);
    Ok(Some(grown))
}

/// Head, blocks, and the room after them. States travel as plain arrays, so one may have been made
/// by hand.
fn parts(state: &[f64]) -> Result<([f64; HEAD], &[f64], &[f64])> {
    let (head, rest) = state.split_first_chunk::<HEAD>().ok_or_else(malformed)?;
    let [_, _, used, currency] = *head;
    let whole = used >= 0.0
        && used <= rest.len().min(2 * MAX_FLOWS) as f64
        && used.floor() == used
        && decoded(currency).is_some();
    let (blocks, room) =
        rest.split_at_checked(used as usize).filter(|_| whole).ok_or_else(malformed)?;
    Ok((*head, blocks, room))
}

/// What was collected, the bonds in an order of their own; None of no bonds.
pub fn read(state: &[f64]) -> Result<Option<(FitGroup, Vec<Priced>)>> {
    let ([settlement, method, ..], mut rest, _) = parts(state)?;
    if rest.is_empty() {
        return Ok(None);
    }
    let method = FitMethod::WORDS
        .iter()
        .map(|word| word.value)
        .find(|&value| f64::from(value as u8) == method)
        .ok_or_else(malformed)?;
    let settlement = Date::from_days(settlement as i32)
        .ok()
        .filter(|date| f64::from(date.days()) == settlement)
        .ok_or_else(malformed)?;
    let mut blocks = Vec::new();
    while let Some(&count) = rest.first() {
        // More than there can be is beyond what is left, as is what is no number.
        let flows = if count >= 1.0 { (count as usize).min(MAX_FLOWS) } else { MAX_FLOWS };
        let (block, others) = rest.split_at_checked(BLOCK + 2 * flows).ok_or_else(malformed)?;
        blocks.push(block);
        rest = others;
    }
    blocks.sort_by(|a, b| {
        a.iter()
            .zip(*b)
            .map(|(a, b)| a.total_cmp(b))
            .find(|order| order.is_ne())
            .unwrap_or(a.len().cmp(&b.len()))
    });
    let bonds = blocks.into_iter().map(priced).collect::<Option<_>>().ok_or_else(malformed)?;
    Ok(Some((FitGroup { settlement, method }, bonds)))
}

fn priced(block: &[f64]) -> Option<Priced> {
    let (&[count, dirty, duration], flows) = block.split_first_chunk::<BLOCK>()?;
    if 2.0 * count != flows.len() as f64 {
        return None;
    }
    let flows = flows.as_chunks().0.iter().map(|&[time, amount]| (time, amount)).collect();
    Some(Priced { dirty, duration, flows }).filter(Priced::is_sound)
}

fn malformed() -> Error {
    Error::state("it is not that of a fit")
}
