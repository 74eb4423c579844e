//! Spreads that are more than a continuous z-spread.

use super::datum::Text;
use crate::basics::date::Date;
use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::market::curve::Curve;
use crate::pricing::spread::{AssetSwap, asset_swap_spread, compounding, z_spread};
use crate::product::bond::{Bond, check_price};
use crate::risk::profile::on_curve;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn bond_z_spread_compounded(
    bond: Bond,
    curve: Curve,
    price: f64,
    settlement: Date,
    basis: Text,
) -> Result<Option<f64>, ErrorReport> {
    check_price(price)?;
    let basis = compounding(&basis.0, bond.frequency)?;
    Ok(on_curve(&bond, &curve, Some(settlement), |valuation| z_spread(valuation, price, basis))?)
}

#[pg_extern(sql = false)]
fn bond_asset_swap_spread(
    bond: Bond,
    curve: Curve,
    price: f64,
    settlement: Date,
    method: Text,
    frequency: Text,
    day_count: Text,
) -> Result<Option<f64>, ErrorReport> {
    check_price(price)?;
    let leg = (Frequency::parse(&frequency.0)?, DayCount::parse(&day_count.0)?);
    let method = AssetSwap::parse(&method.0)?;
    Ok(on_curve(&bond, &curve, Some(settlement), |valuation| {
        asset_swap_spread(valuation, &curve, price, method, leg)
    })?)
}
