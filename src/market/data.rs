//! Market data: what a value is asked on.

use super::curve::Curve;
use crate::basics::date::Date;
use crate::basics::error::Result;

/// The curves that payments are discounted on and that floating rates are projected from. A bond
/// and a swap on one curve have the same in both places.
#[derive(Debug, Clone, Copy)]
pub struct MarketData<'a> {
    pub discount: &'a Curve,
    pub projection: &'a Curve,
}

impl<'a> MarketData<'a> {
    /// Two curves of one day.
    ///
    /// # Errors
    /// [`Error::Contradiction`](crate::basics::error::Error::Contradiction) if their dates differ.
    pub fn dual(discount: &'a Curve, projection: &'a Curve) -> Result<MarketData<'a>> {
        discount.check_same_date(projection)?;
        Ok(MarketData { discount, projection })
    }

    /// The day of the curves, on which trades settle that name no other.
    pub fn as_of(&self) -> Date {
        self.discount.as_of
    }
}

impl<'a> From<&'a Curve> for MarketData<'a> {
    fn from(curve: &'a Curve) -> MarketData<'a> {
        MarketData { discount: curve, projection: curve }
    }
}
