//! How a value follows zero rates. Every figure of rate risk on a curve is one function here,
//! whatever the instrument.

use crate::basics::error::Result;
use crate::market::curve::InterpolatedCurve;

/// What a value loses for a small rise of the zero rate at a time: weight · time for each unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exposure {
    /// In years from the curve's date.
    pub time: f64,
    /// The present value that is discounted from there: money per 100, or a share of a price.
    pub weight: f64,
}

/// The exposures of a value to the zero rates of its curves, in the order of its payments.
///
/// Losses are in the unit of the weights times years: of shares of a price they are durations, of
/// money the loss for a rise of 1, which is 10,000 basis points.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Exposures(pub Vec<Exposure>);

impl Exposures {
    pub fn push(&mut self, time: f64, weight: f64) {
        self.0.push(Exposure { time, weight });
    }

    /// The loss for a rise of all rates alike.
    pub fn parallel(&self) -> f64 {
        self.0.iter().map(|exposure| exposure.time * exposure.weight).sum()
    }

    /// The losses to key rates: tents on the zero rates at increasing times, which add up to 1
    /// everywhere, so that the losses add up to that of a parallel rise.
    pub fn key_rates(&self, keys: &[f64]) -> Vec<f64> {
        self.by_share(keys.len(), |time| Ok(tents(keys, time)))
            .unwrap_or_else(|never: std::convert::Infallible| match never {})
    }

    /// The losses to the zero rate of each node of a curve, through its interpolation.
    ///
    /// # Errors
    /// A time that the curve gives no rate for.
    pub fn nodes(&self, curve: &InterpolatedCurve, count: usize) -> Result<Vec<f64>> {
        self.by_share(count, |time| curve.weights(time))
    }

    /// Each exposure handed to the places that its rate follows, by its share in each.
    fn by_share<S: IntoIterator<Item = (usize, f64)>, E>(
        &self,
        count: usize,
        shares: impl Fn(f64) -> Result<S, E>,
    ) -> Result<Vec<f64>, E> {
        let mut sums = vec![0.0; count];
        for &Exposure { time, weight } in &self.0 {
            for (place, share) in shares(time)? {
                if let Some(sum) = sums.get_mut(place) {
                    *sum += weight * time * share;
                }
            }
        }
        Ok(sums)
    }
}

/// Losses to the quotes of a curve from those to its nodes: `slopes` has a row for each node, in
/// it ∂(zero rate)/∂(quote) for every quote.
pub fn by_quote(nodes: &[f64], slopes: &[Vec<f64>]) -> Vec<f64> {
    let mut losses = vec![0.0; slopes.first().map_or(0, Vec::len)];
    for (node, slopes) in nodes.iter().zip(slopes) {
        losses.iter_mut().zip(slopes).for_each(|(loss, slope)| *loss += node * slope);
    }
    losses
}

/// The two tents over a time, each 1 at its own key and 0 at its neighbours'; flat before the
/// first and after the last.
fn tents(keys: &[f64], time: f64) -> [(usize, f64); 2] {
    let after = keys.partition_point(|&key| key <= time);
    match (after.checked_sub(1).and_then(|i| keys.get(i)), keys.get(after)) {
        (Some(left), Some(right)) => {
            let share = (time - left) / (right - left);
            [(after - 1, 1.0 - share), (after, share)]
        }
        (Some(_), None) => [(after - 1, 1.0), (after, 0.0)],
        _ => [(0, 1.0), (1, 0.0)],
    }
}
