//! Pictures of curves and of key rates, as SVG: text that any browser shows.

mod frame;

use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::tenor::Tenor;
use crate::market::curve::{Curve, CurvePoint};
use frame::{Frame, Names, Scale};

/// The most bars of one picture.
pub const MAX_BARS: usize = 200;

/// Points of a line.
const SAMPLES: u32 = 240;
/// Half a year, which is both the period of the par yields and the term of the forward rates.
const HALF_YEAR: f64 = 0.5;
/// The least height of a curve's picture, in percent: ten basis points, so that a flat curve is
/// drawn flat.
const LEAST_SPAN: f64 = 0.1;

/// Marks on the axis of maturities as (months, days), the most important first: where two would
/// overlap, the first is kept.
const MARKS: [(u16, u16); 24] = [
    (12, 0),
    (60, 0),
    (120, 0),
    (360, 0),
    (24, 0),
    (240, 0),
    (36, 0),
    (84, 0),
    (6, 0),
    (180, 0),
    (300, 0),
    (1, 0),
    (3, 0),
    (480, 0),
    (600, 0),
    (1_200, 0),
    (3_000, 0),
    (6_000, 0),
    (12_000, 0),
    (0, 1),
    (0, 7),
    (0, 14),
    (9, 0),
    (18, 0),
];

/// Zero rates, par yields of half-yearly bonds and forward rates over half a year, up to the last
/// node, or 30 years.
///
/// Par yields are drawn at whole half years, and below the first as simple interest: a bond of
/// another maturity has a short first coupon, whose simple interest would put up to 0.7 basis
/// points of scallops on a flat curve of 4 %. A forward rate is drawn where its half year begins,
/// so that its line ends half a year before the last node.
pub fn curve(curve: &Curve) -> Result<String> {
    let last = curve.nodes.last().map_or(30.0, |node| node.time);
    let first = (1.0f64 / 12.0).min(last / 2.0);
    // The square root gives the short end the room that its news need.
    let time = |i: u32| {
        let share = f64::from(i) / f64::from(SAMPLES);
        first.sqrt() + (last.sqrt() - first.sqrt()) * share
    };
    let times = || (0..=SAMPLES).map(|i| time(i).powi(2).clamp(first, last));
    let halves = (last / HALF_YEAR + 1e-9).floor() as u32;
    let par_times = || {
        let whole = (1..=halves).map(|half| (HALF_YEAR * f64::from(half)).min(last));
        times().filter(|&time| time < HALF_YEAR).chain(whole)
    };
    let par = |time: f64| {
        let frequency = if time < HALF_YEAR { Frequency::None } else { Frequency::Semiannual };
        curve.par(CurvePoint::Years(time), frequency)
    };
    let forward = |start: f64| {
        let end = (start + HALF_YEAR).min(last);
        Ok((curve.zero(end)? * end - curve.zero(start)? * start) / (end - start))
    };
    let ends = last - HALF_YEAR;
    let starts =
        times().filter(|&time| time < ends).chain([ends].into_iter().filter(|&end| end >= first));
    let lines = [
        ("zero (continuous)", points(times(), |time| curve.zero(time))?),
        ("par (half-yearly)", points(par_times(), par)?),
        ("6M forward (continuous)", points(starts, forward)?),
    ];
    let drawn: Vec<_> = lines.iter().filter(|(_, points)| points.len() > 1).collect();
    let heights = drawn.iter().flat_map(|(_, points)| points.iter().map(|&(_, height)| height));
    let scale = Scale::new(heights, LEAST_SPAN, "%")?;
    let title = match &curve.name {
        Some(name) => format!("Yield curve {name}, {}", curve.as_of),
        None => format!("Yield curve, {}", curve.as_of),
    };
    let names = Names { title: &title, across: "maturity", up: "rate, % a year" };
    let legend: Vec<&str> = drawn.iter().map(|(name, _)| *name).collect();
    let mut frame = Frame::of_lines(names, (first.sqrt(), last.sqrt()), scale, &legend);
    for (months, days) in MARKS {
        let time = f64::from(months) / 12.0 + f64::from(days) / 365.0;
        if (first..=last * 1.001).contains(&time) {
            frame.mark(time.min(last).sqrt(), &Tenor { months, days }.to_string());
        }
    }
    for (place, (_, points)) in drawn.iter().enumerate() {
        frame.line(points, place);
    }
    Ok(frame.close())
}

/// The points of a line: the square root of the time, and the rate in percent.
fn points(
    times: impl Iterator<Item = f64>,
    rate: impl Fn(f64) -> Result<f64>,
) -> Result<Vec<(f64, f64)>> {
    times.map(|time| Ok((time.sqrt(), 100.0 * rate(time)?))).collect()
}

/// A bar for each label, up or down, with the names of both axes, which may be empty.
pub fn bars(title: &str, across: &str, up: &str, bars: &[(String, f64)]) -> Result<String> {
    if bars.len() > MAX_BARS {
        return Err(Error::TooMany {
            what: "bars of a picture",
            count: bars.len(),
            limit: MAX_BARS,
        });
    }
    let heights = bars.iter().map(|&(_, height)| height).chain([0.0]);
    let scale = Scale::new(heights, 0.0, "")?;
    let labels: Vec<&str> = bars.iter().map(|(label, _)| label.as_str()).collect();
    let mut frame = Frame::of_bars(Names { title, across, up }, scale, &labels);
    for (place, (_, height)) in bars.iter().enumerate() {
        frame.bar(place as f64, *height);
    }
    Ok(frame.close())
}

#[cfg(test)]
mod tests;
