//! The average rating of a group, weighted.

use super::exact_sums::ExactSums;
use super::layout::{FixedState, Layout, SumName};
use crate::basics::error::{Error, Result};
use crate::basics::rating::{Rating, SCALE};

/// The sums of the rating aggregates: weights, and these times notch and factor.
pub type RatingSums = ExactSums<3>;

const RATING: Layout<3> = Layout {
    name: "rating sums",
    version: 1,
    sums: [
        SumName { name: "weight", what: "weights" },
        SumName { name: "notch", what: "weights times notches" },
        SumName { name: "factor", what: "weights times rating factors" },
    ],
};

impl FixedState for RatingSums {
    const NAME: &'static str = RATING.name;
    const VERSION: u8 = RATING.version;

    fn check(&self) -> Result<()> {
        ExactSums::check(self)
    }
}

impl RatingSums {
    pub fn add_weighted(&mut self, rating: Rating, weight: f64) -> Result<()> {
        let rule = "a weight is a number of at most 1e18, negative for a short position";
        if weight.is_nan() || weight.abs() > 1e18 {
            return Err(Error::OutOfRange { what: "weight", value: weight, rule });
        }
        self.add(Some([
            weight,
            weight * f64::from(rating.notch()),
            weight * f64::from(rating.factor()),
        ]));
        Ok(())
    }

    /// The rating nearest to the mean notch, the lower one halfway between two; `None` if the
    /// weights add up to nothing, or short positions take the mean off the scale.
    pub fn average(&self) -> Result<Option<Rating>> {
        let (weight, notches) = (self.sum(0, &RATING)?, self.sum(1, &RATING)?);
        let mean = (notches / weight + 0.5).floor();
        Ok((1.0..=SCALE.len() as f64).contains(&mean).then(|| Rating::new(mean as u8, false)))
    }

    /// The weighted average rating factor; `None` if the weights add up to nothing.
    pub fn factor(&self) -> Result<Option<f64>> {
        let (weight, factors) = (self.sum(0, &RATING)?, self.sum(2, &RATING)?);
        Ok((weight != 0.0).then(|| factors / weight))
    }
}
