//! Pictures as SVG text.

use super::datum::{List, Text};
use crate::basics::error::Error;
use crate::market::curve::Curve;
use crate::tools::chart;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

#[pg_extern(sql = false)]
fn curve_svg(curve: Curve) -> Result<String, ErrorReport> {
    Ok(chart::curve(&curve)?)
}

#[pg_extern(sql = false)]
fn bars_svg(
    title: Text,
    labels: List<Text>,
    heights: List<f64>,
    x_title: Text,
    y_title: Text,
) -> Result<String, ErrorReport> {
    if labels.len() != heights.len() {
        return Err(Error::Mismatch {
            what: "labels",
            count: labels.len(),
            of: "heights",
            others: heights.len(),
        }
        .into());
    }
    let bars: Vec<(String, f64)> = labels
        .into_iter()
        .zip(heights)
        .map(|(label, height)| {
            (label.map_or_else(String::new, |Text(label)| label), height.unwrap_or(0.0))
        })
        .collect();
    Ok(chart::bars(&title.0, &x_title.0, &y_title.0, &bars)?)
}
