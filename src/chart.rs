//! Pictures of curves and of key rates, as SVG: text that any browser shows.

use crate::curve::{At, Curve};
use crate::error::{Error, Result};
use crate::frequency::Frequency;
use crate::tenor::Tenor;
use std::fmt::Write;

/// The most bars of one picture.
pub const MAX_BARS: usize = 200;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 40.0;
const COLOURS: [&str; 3] = ["#1f5a96", "#c8502d", "#8a8f98"];
/// Points of a line.
const SAMPLES: u32 = 240;

/// Zero rates, par yields of half-yearly bonds and forward rates over half a year, up to the last node, or 30 years.
pub fn curve(curve: &Curve) -> Result<String> {
    let last = curve.nodes.last().map_or(30.0, |node| node.time);
    let first = (1.0f64 / 12.0).min(last / 2.0);
    // The square root gives the short end the room that its news need.
    let times = || (0..=SAMPLES).map(|i| first + (last - first) * (f64::from(i) / f64::from(SAMPLES)).powi(2));
    let par = |time: f64| curve.par(At::Years(time), if time < 0.5 { Frequency::None } else { Frequency::Semiannual });
    let ahead = |time: f64| 0.5f64.min(last - time).max(last / 1e3);
    let forward = |time: f64| {
        let (start, end) = (time.min(last - ahead(time)), time.min(last - ahead(time)) + ahead(time));
        Ok((curve.zero(end)? * end - curve.zero(start)? * start) / (end - start))
    };
    let line = |rate: &dyn Fn(f64) -> Result<f64>| times().map(|time| Ok((time.sqrt(), 100.0 * rate(time)?))).collect::<Result<Vec<_>>>();
    let lines = [("zero", line(&|time| curve.zero(time))?), ("par", line(&par)?), ("forward 6M", line(&forward)?)];
    let heights = || lines.iter().flat_map(|(_, points)| points.iter().map(|&(_, height)| height));
    let mut frame = Frame::new((first.sqrt(), last.sqrt()), heights(), false)?;
    let title = match &curve.name {
        Some(name) => format!("{name}, {}", curve.as_of),
        None => curve.as_of.to_string(),
    };
    frame.title(&title);
    frame.levels("%");
    for months in [1, 6, 12, 24, 36, 60, 84, 120, 180, 240, 300, 360, 480, 600] {
        let time = f64::from(months) / 12.0;
        if (first..=last).contains(&time) {
            frame.label(time.sqrt(), &Tenor { months, days: 0 }.to_string());
        }
    }
    for ((name, points), (colour, place)) in lines.iter().zip(COLOURS.iter().zip(0u8..)) {
        frame.line(points, colour);
        frame.legend(name, colour, f64::from(place));
    }
    Ok(frame.close())
}

/// A bar for each label, up or down.
pub fn bars(title: &str, bars: &[(String, f64)]) -> Result<String> {
    if bars.len() > MAX_BARS {
        return Err(Error::TooMany { what: "bars of a picture", count: bars.len(), limit: MAX_BARS });
    }
    let mut frame = Frame::new((0.0, bars.len().max(1) as f64), bars.iter().map(|&(_, height)| height), true)?;
    frame.title(title);
    frame.levels("");
    for ((label, height), place) in bars.iter().zip(0u8..) {
        frame.bar(f64::from(place), *height);
        frame.label(f64::from(place) + 0.5, label);
    }
    Ok(frame.close())
}

/// A drawing whose scales are known.
struct Frame {
    svg: String,
    across: (f64, f64),
    up: (f64, f64),
    step: f64,
}

impl Frame {
    /// Scales that hold these heights, between round numbers.
    fn new(across: (f64, f64), heights: impl Iterator<Item = f64>, with_zero: bool) -> Result<Frame> {
        let (mut low, mut high) = if with_zero { (0.0, 0.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
        for height in heights {
            if height.is_nan() || height.abs() > 1e300 {
                return Err(Error::OutOfRange { what: "height in a picture", value: height, rule: "what is drawn is a finite number" });
            }
            (low, high) = (height.min(low), height.max(high));
        }
        let step = round_step((high - low).max(f64::MIN_POSITIVE) / 5.0);
        let span = if high > low { (low, high) } else { (low - step, high + step) };
        let step = round_step((span.1 - span.0) / 5.0).max(1e-9);
        let up = ((span.0 / step).floor() * step, (span.1 / step).ceil() * step);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        );
        Ok(Frame { svg, across, up, step })
    }

    fn x(&self, across: f64) -> f64 {
        LEFT + (across - self.across.0) / (self.across.1 - self.across.0) * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, up: f64) -> f64 {
        HEIGHT - BOTTOM - (up - self.up.0) / (self.up.1 - self.up.0) * (HEIGHT - TOP - BOTTOM)
    }

    /// Writing to a string cannot fail.
    fn put(&mut self, text: std::fmt::Arguments) {
        let _ = self.svg.write_fmt(text);
        self.svg.push('\n');
    }

    fn text(&mut self, x: f64, y: f64, anchor: &str, text: &str) {
        self.put(format_args!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>", escaped(text)));
    }

    fn title(&mut self, title: &str) {
        self.put(format_args!("<text x=\"{LEFT}\" y=\"26\" font-size=\"16\" font-weight=\"bold\">{}</text>", escaped(title)));
    }

    /// A line across at every round number, the one at zero darker.
    fn levels(&mut self, unit: &str) {
        let decimals = usize::try_from(-decade(self.step)).unwrap_or(0).min(9);
        let (first, count) = (self.up.0, ((self.up.1 - self.up.0) / self.step).round() as u32);
        for i in 0..=count {
            let level = first + f64::from(i) * self.step;
            let level = if level.abs() < self.step / 2.0 { 0.0 } else { level };
            let (y, colour) = (self.y(level), if level == 0.0 { "#555" } else { "#ddd" });
            self.put(format_args!("<path d=\"M{LEFT} {y:.1}H{}\" stroke=\"{colour}\"/>", WIDTH - RIGHT));
            self.text(LEFT - 8.0, y + 4.0, "end", &format!("{}{unit}", grouped(&format!("{level:.decimals$}"))));
        }
    }

    fn label(&mut self, across: f64, text: &str) {
        self.text(self.x(across), HEIGHT - BOTTOM + 20.0, "middle", text);
    }

    fn legend(&mut self, name: &str, colour: &str, place: f64) {
        let x = WIDTH - RIGHT - 300.0 + 100.0 * place;
        self.put(format_args!("<path d=\"M{x} 22h20\" stroke=\"{colour}\" stroke-width=\"2.5\"/>"));
        self.text(x + 26.0, 26.0, "start", name);
    }

    fn line(&mut self, points: &[(f64, f64)], colour: &str) {
        let mut path = String::new();
        for (i, &(across, up)) in points.iter().enumerate() {
            let _ = write!(path, "{}{:.1} {:.1}", if i == 0 { 'M' } else { 'L' }, self.x(across), self.y(up));
        }
        self.put(format_args!("<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"));
    }

    fn bar(&mut self, place: f64, height: f64) {
        let (left, right) = (self.x(place + 0.15), self.x(place + 0.85));
        let (top, bottom) = (self.y(height.max(0.0)), self.y(height.min(0.0)));
        let colour = if height < 0.0 { COLOURS[1] } else { COLOURS[0] };
        let (width, height) = (right - left, bottom - top);
        self.put(format_args!("<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{colour}\"/>"));
    }

    fn close(mut self) -> String {
        self.svg.push_str("</svg>\n");
        self.svg
    }
}

/// The exponent of ten that a number is written with.
fn decade(number: f64) -> i32 {
    format!("{number:e}").split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

/// 1, 2 or 5 times a power of ten, not below a number.
fn round_step(least: f64) -> f64 {
    let power = format!("1e{}", decade(least)).parse().unwrap_or(1.0);
    [1.0, 2.0, 5.0].into_iter().map(|digit| digit * power).find(|step| *step >= least).unwrap_or(10.0 * power)
}

/// Thousands set apart.
fn grouped(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let comma = |at: usize| at > 0 && at < whole && (whole - at).is_multiple_of(3) && !number.get(..at).unwrap_or_default().ends_with('-');
    number.chars().enumerate().flat_map(|(at, digit)| comma(at).then_some(',').into_iter().chain([digit])).collect()
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, letter| {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // What XML cannot hold.
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            letter => escaped.push(letter),
        }
        escaped
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of an attribute, in order.
    fn numbers(svg: &str, element: &str, attribute: &str) -> Vec<f64> {
        let elements = svg.split('<').filter(|text| text.starts_with(element) && text.contains("fill=\"#"));
        elements.map(|text| text.split(&format!("{attribute}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()).collect()
    }

    #[test]
    fn bars_are_as_high_as_their_numbers() {
        let svg = bars("DV01 <&> risk", &[("2Y".to_owned(), 50.0), ("5Y".to_owned(), -25.0), ("10Y".to_owned(), 100.0)]).unwrap();
        let heights = numbers(&svg, "rect", "height");
        assert!((heights[0] / heights[2] - 0.5).abs() < 1e-2 && (heights[1] / heights[2] - 0.25).abs() < 1e-2, "{heights:?}");
        let tops = numbers(&svg, "rect", "y");
        assert!(tops[1] > tops[0] && (tops[0] + heights[0] - tops[1]).abs() < 0.11, "{tops:?}");
        assert!(svg.contains("DV01 &lt;&amp;&gt; risk") && svg.ends_with("</svg>\n"));
        for drawn in [bars("", &[]), bars("flat", &[("1Y".to_owned(), 0.0)]), bars("tiny", &[("1Y".to_owned(), 1e-300)])] {
            assert!(!drawn.unwrap().contains("NaN"));
        }
        assert!([f64::NAN, f64::INFINITY].iter().all(|&height| bars("", &[("1Y".to_owned(), height)]).is_err()));
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, expected) in
            [("800000", "800,000"), ("-100000", "-100,000"), ("1234567.25", "1,234,567.25"), ("999", "999"), ("-0.125", "-0.125")]
        {
            assert_eq!(grouped(number), expected);
        }
    }

    #[test]
    fn a_flat_curve_is_drawn_flat() {
        let flat = curve(&"2026-03-24 name \"A<B\" 1Y:4% 30Y:4%".parse().unwrap()).unwrap();
        assert!(flat.contains("A&lt;B, 2026-03-24"));
        let zero = flat.split("<path d=\"M").find(|path| path.contains("stroke-width=\"2\"")).unwrap();
        let heights: Vec<&str> = zero.split('"').next().unwrap().split('L').map(|point| point.split(' ').nth(1).unwrap()).collect();
        assert_eq!(heights.len(), SAMPLES as usize + 1);
        assert!(heights.iter().all(|height| *height == heights[0]), "{heights:?}");
        for text in [
            "2026-03-24 1D:4%",
            "2026-03-24 beta0 4.5% beta1 -1% beta2 2% tau1 1.5",
            "2026-03-24 extrapolation none 3M:4% 2Y:-1%",
            "2026-03-24 50Y:4%",
        ] {
            let svg = curve(&text.parse().unwrap()).unwrap();
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{text}: {svg}");
        }
    }
}
