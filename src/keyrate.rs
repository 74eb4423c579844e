//! Key-rate durations of whole books on one curve: the curve is tabulated by day once, and each bond then costs a look at
//! the table and one exponential a flow.
//!
//! With aⱼ the flows discounted on the curve, the spread s that reprices the quote solves Σ aⱼ·e^(−s·tⱼ) = P; ln P is so
//! nearly linear in s that two or three long steps of its series find it. The tents over the key rates are piecewise linear, so
//! that their durations follow from Σ x·t and Σ x·t² between one key and the next, x being the flows' present values.

pub mod book;

use crate::analytics::Settled;
use crate::annuity::Moments;
use crate::bond::Bond;
use crate::calendar::Roll;
use crate::claim::is_ordinary;
use crate::curve::{Curve, Shape};
use crate::date::Date;
use crate::elementary::{exp, ln};
use crate::error::{Error, Result};
use crate::position::Position;
use crate::valuation::Valuation;
use crate::yields::series_step;

/// The most key rates that can be asked for.
pub const MAX_KEYS: usize = 40;
/// Days tabulated: a hundred years. Later flows are discounted one by one.
const DAYS: i32 = 36_600;
/// The change of a flow's exponent below which the series of the spread and of the present values leave out less than
/// rounding does: (1e-3)⁵/5! and as little.
const LAST_STEP: f64 = 1e-3;

/// A curve and the key rates on it, by day.
#[derive(Debug, Clone)]
pub struct KeyRates {
    curve: Curve,
    keys: Vec<f64>,
    days: Vec<Day>,
    /// Those of the last bond, whose room the next one takes.
    flows: Vec<Flow>,
}

/// Key rates are a few times in increasing order.
pub fn check_keys(keys: &[f64]) -> Result<()> {
    let in_order = keys.iter().all(|key| *key > 0.0 && *key <= 1_000.0) && keys.is_sorted_by(|a, b| a < b);
    if (1..=MAX_KEYS).contains(&keys.len()) && in_order { Ok(()) } else { Err(Error::KeyRates { years: keys.to_vec() }) }
}

#[derive(Debug, Clone, Copy)]
struct Day {
    discount: f64,
    time: f64,
    /// How many keys are not later.
    bucket: usize,
}

/// What a book needs of one bond: its dirty price per 100 face, and durations in years to each key rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Profile {
    pub dirty_price: f64,
    /// Dirty price on the curve without spread.
    pub curve_price: f64,
    pub spread: f64,
    pub durations: [f64; MAX_KEYS],
}

impl KeyRates {
    /// Keys are years in increasing order.
    pub fn new(curve: Curve, keys: Vec<f64>) -> Result<KeyRates> {
        check_keys(&keys)?;
        Ok(KeyRates { curve, keys, days: Vec::new(), flows: Vec::new() })
    }

    /// Works out the table, which pays after a few dozen bonds; no figure depends on whether it is there.
    pub fn tabulate(&mut self) {
        let shape = self.curve.shape();
        // A curve that is not extrapolated ends the table.
        self.days = (0..DAYS).map_while(|days| self.worked_out(&shape, days)).collect();
    }

    pub fn is_tabulated(&self) -> bool {
        !self.days.is_empty()
    }

    fn worked_out(&self, shape: &Shape, days: i32) -> Option<Day> {
        let time = self.curve.time(Date::from_days(self.curve.as_of.days() + days).ok()?);
        let discount = exp(-shape.zero(time).ok()? * time);
        Some(Day { discount, time, bucket: self.keys.partition_point(|&key| key <= time) })
    }

    pub fn keys(&self) -> &[f64] {
        &self.keys
    }

    /// Prices and durations on the curve's own date, with the spread of the bond's quote held; without a quote, of the curve
    /// itself. None where it is not outstanding or has no spread at that price.
    #[inline]
    pub fn profile(&mut self, bond: &Bond) -> Result<Option<Profile>> {
        let Some(price) = bond.price else { return self.general_profile(bond, None) };
        if is_ordinary(bond) && (bond.particulars.is_empty() || bond.particulars.roll == Roll::Unadjusted) {
            let Some(settled) = Settled::ordinary(bond, self.curve.as_of) else { return Ok(None) };
            let dirty = settled.dirty_price(price);
            let mut flows = std::mem::take(&mut self.flows);
            let listed = self.list(bond, &settled.position, &mut flows);
            let profile = listed.filter(|()| dirty > 0.0).and_then(|()| self.of_flows(&mut flows, dirty));
            self.flows = flows;
            if profile.is_some() {
                return Ok(profile);
            }
        }
        self.general_profile(bond, Some(price))
    }

    /// The flows discounted on the curve; None where one is beyond the table.
    #[inline(always)]
    fn list(&self, bond: &Bond, position: &Position, flows: &mut Vec<Flow>) -> Option<()> {
        let shape = if self.is_tabulated() { None } else { Some(self.curve.shape()) };
        let day = |days: i32| match &shape {
            None => self.days.get(days as usize).copied(),
            Some(shape) => Some(days).filter(|days| *days < DAYS).and_then(|days| self.worked_out(shape, days)),
        };
        let coupon = 100.0 * bond.coupon / bond.frequency.per_year();
        let grid = bond.grid();
        flows.clear();
        for j in 0..position.coupons {
            let date = grid.coupon(position.index - j).date();
            let day = day(date.days() - self.curve.as_of.days())?;
            let paid = if j == 0 { coupon * position.next } else { coupon };
            let amount = if j == position.coupons - 1 { paid + bond.redemption } else { paid };
            flows.push(Flow { time: day.time, present: amount * day.discount, bucket: day.bucket });
        }
        Some(())
    }

    #[cold]
    fn general_profile(&self, bond: &Bond, price: Option<f64>) -> Result<Option<Profile>> {
        let Some(valuation) = Valuation::new(bond, &self.curve, self.curve.as_of)? else { return Ok(None) };
        let Some(spread) = price.map_or(Some(0.0), |price| valuation.z_spread(price)) else { return Ok(None) };
        let mut durations = [0.0; MAX_KEYS];
        for (slot, duration) in durations.iter_mut().zip(valuation.key_rate_durations(spread, &self.keys)) {
            *slot = duration;
        }
        Ok(Some(Profile { dirty_price: valuation.dirty_price(spread), curve_price: valuation.dirty_price(0.0), spread, durations }))
    }

    /// None where the spread is too far from anything for a few long steps to find.
    #[inline(always)]
    fn of_flows(&self, flows: &mut [Flow], dirty: f64) -> Option<Profile> {
        let log_price = ln(dirty);
        let last = flows.last()?.time;
        let (mut spread, mut curve_price) = (0.0, f64::NAN);
        for _ in 0..4 {
            let moments = moments(flows);
            curve_price = if curve_price.is_nan() { moments.value } else { curve_price };
            let gap = ln(moments.value) - log_price;
            if gap.is_nan() || gap.abs() > 1.0 {
                return None;
            }
            let step = series_step(gap, moments.mean, &moments);
            spread += step;
            // Far from the root the terms of the series may cancel: only a short way to go is short.
            if step.abs().max((gap / moments.mean).abs()) * last < LAST_STEP {
                return Some(Profile { dirty_price: dirty, curve_price, spread, durations: self.tents(flows, step, dirty) });
            }
            flows.iter_mut().for_each(|flow| flow.present *= exp(-step * flow.time));
        }
        None
    }

    /// Sums between keys handed to the keys on either side, after one last short step of the spread.
    #[inline(always)]
    fn tents(&self, flows: &[Flow], step: f64, price: f64) -> [f64; MAX_KEYS] {
        let mut sums = [(0.0, 0.0); MAX_KEYS + 1];
        for flow in flows.iter() {
            let x = step * flow.time;
            let by_time = flow.present * (1.0 - x * (1.0 - x * (1.0 / 2.0 - x * (1.0 / 6.0 - x * (1.0 / 24.0))))) * flow.time;
            if let Some((once, twice)) = sums.get_mut(flow.bucket) {
                *once += by_time;
                *twice += by_time * flow.time;
            }
        }
        let mut durations = [0.0; MAX_KEYS];
        let mut give = |key: usize, share: f64| {
            if let Some(duration) = durations.get_mut(key) {
                *duration += share / price;
            }
        };
        for (bucket, &(once, twice)) in sums.iter().enumerate().take(self.keys.len() + 1) {
            match (bucket.checked_sub(1).and_then(|left| self.keys.get(left)), self.keys.get(bucket)) {
                (Some(left), Some(right)) => {
                    let to_right = (twice - left * once) / (right - left);
                    give(bucket - 1, once - to_right);
                    give(bucket, to_right);
                }
                (Some(_), None) => give(bucket - 1, once),
                _ => give(0, once),
            }
        }
        durations
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Flow {
    time: f64,
    present: f64,
    bucket: usize,
}

#[inline(always)]
fn moments(flows: &[Flow]) -> Moments {
    let (mut value, mut first, mut second, mut third) = (0.0, 0.0, 0.0, 0.0);
    for flow in flows {
        let by_time = flow.present * flow.time;
        value += flow.present;
        first += by_time;
        second += by_time * flow.time;
        third += by_time * flow.time * flow.time;
    }
    let mean = first / value;
    let raw = second / value;
    let variance = raw - mean * mean;
    Moments { value, mean, variance, skew: third / value - mean * (raw + 2.0 * variance) }
}
