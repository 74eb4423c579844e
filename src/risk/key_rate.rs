//! Key-rate durations of whole books on one curve: the curve is tabulated by day once, and each
//! bond then costs a look at the table and two passes over its flows.
//!
//! With aⱼ the flows discounted on the curve, the spread s that reprices the quote solves Σ
//! aⱼ·e^(−s·tⱼ) = P; ln P is so nearly linear in s that two or three long steps of its series find
//! it. The tents over the key rates are piecewise linear, so that their durations follow from Σ x·t
//! and Σ x·t² between one key and the next, x being the flows' present values.

mod flows;

use crate::basics::calendar::Roll;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::market::curve::Curve;
use crate::numeric::elementary::{exp, ln_1p, ln_1p_tiny};
use crate::pricing::bond_on_curve::BondValuation;
use crate::pricing::discounted_flows::series_step;
use crate::pricing::yield_pricing::YieldPricing;
use crate::product::bond::Bond;
use crate::resolve::coupon_grid::CouponGrid;
use crate::resolve::coupon_position::CouponPosition;
use flows::{Amounts, TabulatedFlows};

/// The most key rates that can be asked for.
pub const MAX_KEYS: usize = 40;
/// Months tabulated: a hundred years. Flows beyond are discounted one by one.
const MONTHS: usize = 1_200;
/// The change of a flow's exponent below which the sums' series leave out less than rounding does:
/// (1e-5)³/3!.
const LAST_STEP: f64 = 1e-5;

/// A curve and the key rates on it, by day.
#[derive(Debug, Clone)]
pub struct KeyRates {
    curve: Curve,
    keys: Vec<f64>,
    /// Of each day of the month, 1 to 31, the months from the curve's own; a month's last days are
    /// its last.
    table: Vec<[Day; MONTHS]>,
    /// The curve's own month.
    month: i32,
    /// Those of the last bond, whose room the next one takes.
    looked_up: Vec<Day>,
    flows: TabulatedFlows,
    level: BondOnCurveLevel,
    durations: Vec<f64>,
}

/// Key rates are a few times in increasing order.
pub fn check_keys(keys: &[f64]) -> Result<()> {
    let in_order =
        keys.iter().all(|key| *key > 0.0 && *key <= 1_000.0) && keys.is_sorted_by(|a, b| a < b);
    if (1..=MAX_KEYS).contains(&keys.len()) && in_order {
        Ok(())
    } else {
        Err(Error::KeyRates { years: keys.to_vec() })
    }
}

#[derive(Debug, Clone, Copy)]
struct Day {
    discount: f64,
    time: f64,
    /// How many keys are not later.
    bucket: usize,
}

impl Day {
    /// One that was not looked up yet, or that the curve does not know.
    const UNKNOWN: Day = Day { discount: f64::NAN, time: f64::NAN, bucket: 0 };
}

/// What a book needs of one bond: its dirty price per 100 face, and durations in years to each key
/// rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeyRateProfile<'a> {
    pub level: &'a BondOnCurveLevel,
    pub durations: &'a [f64],
}

/// A bond on the curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OnCurve<'a> {
    /// With the spread of its quote held.
    Measured(KeyRateProfile<'a>),
    /// Without a quote, or with one that no spread gives: its dirty price per 100 face on the curve
    /// itself.
    Valued(f64),
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct BondOnCurveLevel {
    pub dirty_price: f64,
    /// Dirty price on the curve without spread.
    pub curve_price: f64,
    pub spread: f64,
}

impl KeyRates {
    /// Keys are years in increasing order.
    pub fn new(curve: Curve, keys: Vec<f64>) -> Result<KeyRates> {
        check_keys(&keys)?;
        let durations = vec![0.0; keys.len()];
        let month = curve.as_of.civil().months;
        let (looked_up, flows, level) =
            (Vec::new(), TabulatedFlows::default(), BondOnCurveLevel::default());
        Ok(KeyRates { curve, keys, table: Vec::new(), month, looked_up, flows, level, durations })
    }

    /// Makes room for the days that bonds look up, which pays after a few of them; no figure
    /// depends on whether it is there.
    pub fn tabulate(&mut self) {
        self.table = vec![[Day::UNKNOWN; MONTHS]; 31];
    }

    /// The curve's own date, on which bonds settle.
    pub fn as_of(&self) -> Date {
        self.curve.as_of
    }

    pub fn keys(&self) -> &[f64] {
        &self.keys
    }

    /// Prices and durations on the curve's own date. `None` if the bond is not outstanding.
    #[inline]
    pub fn on_curve(&mut self, bond: &Bond) -> Result<Option<OnCurve<'_>>> {
        if self.measure_ordinary(bond).is_none()
            && let Some(other) = self.measure_any(bond)?
        {
            return Ok(other);
        }
        Ok(Some(OnCurve::Measured(KeyRateProfile {
            level: &self.level,
            durations: &self.durations,
        })))
    }

    /// `None` if a flow is beyond the table, or the spread too far from anything for a few long
    /// steps to find.
    #[inline(always)]
    fn measure_ordinary(&mut self, bond: &Bond) -> Option<()> {
        let price = bond.price?;
        if !bond.optional.is_empty() && bond.optional.roll != Roll::Unadjusted {
            return None;
        }
        let pricing = YieldPricing::closed_form(bond, self.curve.as_of)?;
        let dirty = pricing.dirty_price(price);
        if dirty <= 0.0 {
            return None;
        }
        let position = &pricing.position;
        let coupon = 100.0 * bond.coupon / bond.frequency.per_year();
        let amounts = Amounts { next_share: position.next, coupon, redemption: bond.redemption };
        let next = CouponGrid::counted_from(bond.maturity, bond).slot(position.index);
        let start = usize::try_from(next.months - self.month).ok()?;
        let (count, stride) = (position.coupons as usize, bond.frequency.months() as usize);
        if start + count * stride >= MONTHS {
            return None;
        }
        if let Some(column) =
            self.table.get(next.day as usize - 1).and_then(|column| column.get(start..))
        {
            self.flows.list(count, amounts, self.keys.len(), column, stride);
            if self.measure(dirty).is_some() {
                return Some(());
            }
        }
        self.look_up(bond, position, start..MONTHS, next.day as usize - 1);
        self.flows.list(count, amounts, self.keys.len(), &self.looked_up, 1);
        self.measure(dirty)
    }

    /// The days of a bond's payments on the curve, kept in the table where there is one.
    #[cold]
    fn look_up(
        &mut self,
        bond: &Bond,
        position: &CouponPosition,
        months: std::ops::Range<usize>,
        day: usize,
    ) {
        let KeyRates { curve, keys, table, looked_up, .. } = self;
        let (shape, grid) = (curve.interpolated(), CouponGrid::new(bond));
        let mut no_column = [];
        let column =
            table.get_mut(day).map_or(no_column.as_mut_slice(), |column| column.as_mut_slice());
        looked_up.clear();
        for (number, month) in months
            .step_by(bond.frequency.months() as usize)
            .enumerate()
            .take(position.coupons as usize + 1)
        {
            let date = grid.before(position.index - number as i32).date();
            let time = curve.time(date);
            let discount = shape.zero(time).map_or(f64::NAN, |zero| exp(-zero * time));
            let day = Day { discount, time, bucket: keys.partition_point(|&key| key <= time) };
            looked_up.push(day);
            if let Some(slot) = column.get_mut(month) {
                *slot = day;
            }
        }
    }

    /// The spread from its series without one, and from where that leads.
    #[inline(never)]
    fn measure(&mut self, dirty: f64) -> Option<()> {
        let per_price = 1.0 / dirty;
        let (curve_price, mut spread) = self.flows.spread(per_price)?;
        for _ in 0..4 {
            let moments = self.flows.moments_at(spread)?;
            // The price itself is taken away where the two are near, for the digits of what is
            // left.
            let ratio = (moments.value - dirty) * per_price;
            let gap = if ratio.abs() < 1e-3 { ln_1p_tiny(ratio) } else { ln_1p(ratio) };
            let step = series_step(gap, moments.mean, &moments);
            spread += step;
            // Far from the root the terms of the series may cancel: only a short way to go is
            // short.
            let reach = step.abs().max((gap / moments.mean).abs()) * self.flows.last_time();
            if reach < LAST_STEP {
                self.tents(step, per_price);
                self.level = BondOnCurveLevel { dirty_price: dirty, curve_price, spread };
                return Some(());
            }
        }
        None
    }

    /// Sums between keys handed to the keys on either side, after one last short step of the
    /// spread.
    #[inline(always)]
    fn tents(&mut self, step: f64, per_price: f64) {
        let KeyRates { keys, flows, durations, .. } = self;
        let mut sums = flows.sums_before_keys(step);
        let Some((mut once, mut twice)) = sums.next() else { return };
        let mut carried = once;
        for ((slot, pair), (next_once, next_twice)) in
            durations.iter_mut().zip(keys.windows(2)).zip(&mut sums)
        {
            let &[left, right] = pair else { return };
            let between = next_once - once;
            let to_right = (next_twice - twice - left * between) / (right - left);
            *slot = (carried + (between - to_right)) * per_price;
            (once, twice, carried) = (next_once, next_twice, to_right);
        }
        if let (Some(slot), Some((all, _))) = (durations.last_mut(), sums.next()) {
            *slot = (carried + (all - once)) * per_price;
        }
    }

    /// `None` if it is measured; what it is else.
    #[cold]
    fn measure_any(&mut self, bond: &Bond) -> Result<Option<Option<OnCurve<'static>>>> {
        let Some(valuation) = BondValuation::new(bond, &self.curve, self.curve.as_of)? else {
            return Ok(Some(None));
        };
        let curve_price = valuation.dirty_price(0.0);
        let Some(spread) = bond.price.and_then(|price| valuation.z_spread(price)) else {
            return Ok(Some(Some(OnCurve::Valued(curve_price))));
        };
        self.durations = valuation.exposures(spread).key_rates(&self.keys);
        self.level =
            BondOnCurveLevel { dirty_price: valuation.dirty_price(spread), curve_price, spread };
        Ok(None)
    }
}

#[cfg(test)]
pub(crate) mod tests;
