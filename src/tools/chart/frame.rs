//! The frame of a picture: its scales, its words, and room for both.

use crate::basics::error::{Error, Result};
use std::fmt::Write;

const WIDTH: f64 = 760.0;
/// Height of what is drawn, without the words around it.
const DRAWN: f64 = 310.0;
const RIGHT: f64 = 24.0;
const SIZE: f64 = 12.0;
const TITLE_SIZE: f64 = 16.0;
const LINE: f64 = 20.0;
/// Least width of a bar and its gap where labels are turned: a line of text.
const SLOT: f64 = 16.0;
/// The longest label, across or turned.
const LONGEST: f64 = 150.0;
/// The longest name of an axis.
const AXIS: f64 = 280.0;
const GAP: f64 = 8.0;
const COLOURS: [&str; 3] = ["#1f5a96", "#c8502d", "#8a8f98"];

/// What is written around a picture; the names of the axes may be empty.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub title: &'a str,
    pub across: &'a str,
    pub up: &'a str,
}

/// A scale of heights between round numbers.
pub struct Scale {
    low: f64,
    high: f64,
    /// Heights at which a line is drawn across, and how each is written.
    levels: Vec<(f64, String)>,
}

impl Scale {
    /// A scale that holds these heights, and no less than `least` of height around them.
    ///
    /// # Errors
    /// [`Error::OutOfRange`] if a height is no number, or above 1e300.
    pub fn new(heights: impl Iterator<Item = f64>, least: f64, unit: &str) -> Result<Scale> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for height in heights {
            if height.is_nan() || height.abs() > 1e300 {
                let rule = "what is drawn is a finite number";
                return Err(Error::OutOfRange { what: "height in a picture", value: height, rule });
            }
            (low, high) = (height.min(low), height.max(high));
        }
        if low > high {
            (low, high) = (0.0, 0.0);
        }
        // Numbers that differ by less than their rounding are drawn as equal.
        let least = least.max(1e-12 * high.abs().max(low.abs()));
        if high - low < least {
            let middle = low + (high - low) / 2.0;
            (low, high) = (middle - least / 2.0, middle + least / 2.0);
        }
        if high <= low {
            high = low + 1.0;
        }
        let step = round_step((high - low) / 5.0);
        let (first, end) = ((low / step).floor(), (high / step).ceil());
        let count = (end - first) as u32;
        let written = written(step, (first.abs().max(end.abs())) * step);
        let levels = (0..=count).map(|i| {
            let level = (first + f64::from(i)) * step;
            (level, format!("{}{unit}", written(level)))
        });
        Ok(Scale { low: first * step, high: end * step, levels: levels.collect() })
    }

    fn width(&self) -> f64 {
        self.levels.iter().map(|(_, level)| width(level, SIZE)).fold(0.0, f64::max)
    }
}

/// A drawing whose scales are known.
pub struct Frame {
    svg: String,
    across: (f64, f64),
    scale: Scale,
    left: f64,
    right: f64,
    top: f64,
    /// Where the marks of the axis across are: what each takes.
    marks: Vec<(f64, f64)>,
}

impl Frame {
    /// A frame for lines, each with its name in the legend.
    pub fn of_lines(names: Names, across: (f64, f64), scale: Scale, legend: &[&str]) -> Frame {
        let mut frame = Frame::new(names, across, scale, WIDTH, LINE, LINE);
        let (mut x, y) = (frame.left, frame.top - 12.0);
        for (name, colour) in legend.iter().zip(COLOURS) {
            frame.put(format_args!(
                "<path d=\"M{x:.1} {:.1}h20\" stroke=\"{colour}\" stroke-width=\"2.5\"/>",
                y - 4.0
            ));
            frame.text(x + 26.0, y, "start", name);
            x += 26.0 + width(name, SIZE) + 2.0 * GAP;
        }
        frame
    }

    /// A frame for bars. Labels that do not fit side by side are turned, and the picture is as wide
    /// as they need; what is longer than `LONGEST` is shortened.
    pub fn of_bars(names: Names, scale: Scale, labels: &[&str]) -> Frame {
        let count = labels.len().max(1) as f64;
        let room = (WIDTH - left(&names, &scale) - RIGHT) / count - GAP;
        let widest = labels.iter().map(|label| width(label, SIZE)).fold(0.0, f64::max);
        let turned = widest > room && room < LONGEST;
        let (picture, below) = match turned {
            true => {
                (WIDTH.max(left(&names, &scale) + RIGHT + SLOT * count), widest.min(LONGEST) + GAP)
            }
            false => (WIDTH, LINE),
        };
        let mut frame = Frame::new(names, (0.0, count), scale, picture, 0.0, below);
        let y = frame.top + DRAWN;
        for (place, label) in labels.iter().enumerate() {
            let x = frame.x(place as f64 + 0.5);
            if turned {
                let label = shortened(label, LONGEST, SIZE);
                frame.turned(x + SIZE / 3.0, y + GAP, "end", &label);
            } else {
                frame.text(x, y + LINE, "middle", &shortened(label, room, SIZE));
            }
        }
        frame
    }

    /// `above` and `below` are for what stands between the title, the drawing and the name of the
    /// axis across.
    fn new(
        names: Names,
        across: (f64, f64),
        scale: Scale,
        picture: f64,
        above: f64,
        below: f64,
    ) -> Frame {
        let left = left(&names, &scale);
        let title = wrapped(names.title, picture.min(WIDTH) - left - RIGHT, TITLE_SIZE);
        let top = 16.0 + LINE * title.len() as f64 + above;
        let named = if names.across.is_empty() { 0.0 } else { LINE };
        let height = top + DRAWN + below + named + 12.0;
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {picture:.0} {height:.0}\" \
             font-family=\"sans-serif\" font-size=\"{SIZE}\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        );
        let mut frame =
            Frame { svg, across, scale, left, right: picture - RIGHT, top, marks: Vec::new() };
        for (line, y) in title.iter().zip([26.0, 26.0 + LINE]) {
            frame.put(format_args!(
                "<text x=\"{left:.1}\" y=\"{y}\" font-size=\"{TITLE_SIZE}\" \
                    font-weight=\"bold\">{}</text>",
                escaped(line)
            ));
        }
        let right = frame.right;
        for (level, written) in std::mem::take(&mut frame.scale.levels) {
            let (y, colour) = (frame.y(level), if level == 0.0 { "#555" } else { "#ddd" });
            frame.put(format_args!(
                "<path d=\"M{left:.1} {y:.1}H{right:.1}\" stroke=\"{colour}\"/>"
            ));
            frame.text(left - GAP, y + 4.0, "end", &written);
        }
        if !names.up.is_empty() {
            frame.turned(LINE, top + DRAWN / 2.0, "middle", &shortened(names.up, AXIS, SIZE));
        }
        if !names.across.is_empty() {
            let x = (left + frame.right.min(WIDTH - RIGHT)) / 2.0;
            frame.text(x, height - 12.0, "middle", &shortened(names.across, AXIS, SIZE));
        }
        frame
    }

    fn x(&self, across: f64) -> f64 {
        self.left
            + (across - self.across.0) / (self.across.1 - self.across.0) * (self.right - self.left)
    }

    fn y(&self, up: f64) -> f64 {
        let (low, high) = (self.scale.low, self.scale.high);
        self.top + DRAWN - (up - low) / (high - low) * DRAWN
    }

    /// Writing to a string cannot fail.
    fn put(&mut self, text: std::fmt::Arguments) {
        let _ = self.svg.write_fmt(text);
        self.svg.push('\n');
    }

    fn text(&mut self, x: f64, y: f64, anchor: &str, text: &str) {
        self.put(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>",
            escaped(text)
        ));
    }

    /// Text that is read from below.
    fn turned(&mut self, x: f64, y: f64, anchor: &str, text: &str) {
        self.put(format_args!(
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" transform=\"rotate(-90 \
                {x:.1} {y:.1})\">{}</text>",
            escaped(text)
        ));
    }

    /// A mark on the axis across, unless it would overlap one that is there or leave the picture.
    pub fn mark(&mut self, across: f64, text: &str) {
        let (x, half) = (self.x(across), width(text, SIZE) / 2.0);
        let taken = (x - half, x + half);
        if taken.1 > self.right + RIGHT
            || self.marks.iter().any(|mark| taken.0 < mark.1 + GAP && mark.0 < taken.1 + GAP)
        {
            return;
        }
        self.marks.push(taken);
        let y = self.top + DRAWN;
        self.put(format_args!("<path d=\"M{x:.1} {y:.1}v4\" stroke=\"#555\"/>"));
        self.text(x, y + LINE, "middle", text);
    }

    /// A line in the colour of its place.
    pub fn line(&mut self, points: &[(f64, f64)], place: usize) {
        let mut path = String::new();
        for (i, &(across, up)) in points.iter().enumerate() {
            let letter = if i == 0 { 'M' } else { 'L' };
            let _ = write!(path, "{letter}{:.1} {:.1}", self.x(across), self.y(up));
        }
        let colour = COLOURS.iter().cycle().nth(place).unwrap_or(&COLOURS[0]);
        self.put(format_args!(
            "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"
        ));
    }

    pub fn bar(&mut self, place: f64, height: f64) {
        let (left, right) = (self.x(place + 0.15), self.x(place + 0.85));
        let (top, bottom) = (self.y(height.max(0.0)), self.y(height.min(0.0)));
        let colour = if height < 0.0 { COLOURS[1] } else { COLOURS[0] };
        let (width, height) = (right - left, bottom - top);
        self.put(format_args!(
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" \
            height=\"{height:.1}\" fill=\"{colour}\"/>"
        ));
    }

    pub fn close(mut self) -> String {
        self.svg.push_str("</svg>\n");
        self.svg
    }
}

/// Room for the name of the axis up and for the widest of its numbers.
fn left(names: &Names, scale: &Scale) -> f64 {
    (if names.up.is_empty() { 0.0 } else { LINE }) + GAP + scale.width() + GAP
}

/// What a text takes, not less than in the widest of the usual fonts without serifs.
fn width(text: &str, size: f64) -> f64 {
    let letter = |letter: char| match letter {
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 1.0,
        '\u{1100}'.. => 1.2,
        letter if letter.is_uppercase() => 0.75,
        _ => 0.65,
    };
    size * text.chars().map(letter).sum::<f64>()
}

/// A text that fits, with an ellipsis where it was cut.
fn shortened(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let ellipsis = width("…", size);
    let (mut taken, mut kept) = (0.0, String::new());
    for letter in text.chars() {
        taken += width(letter.encode_utf8(&mut [0; 4]), size);
        if taken + ellipsis > room {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// A title in two lines at most, the second shortened; bold letters are a tenth wider.
fn wrapped(text: &str, room: f64, size: f64) -> Vec<String> {
    let size = 1.1 * size;
    let mut words = text.split_whitespace().peekable();
    let mut first = String::new();
    while let Some(word) =
        words.next_if(|word| width(&first, size) + width(" ", size) + width(word, size) <= room)
    {
        first.push_str(if first.is_empty() { "" } else { " " });
        first.push_str(word);
    }
    let rest = words.collect::<Vec<_>>().join(" ");
    [first, shortened(&rest, room, size)].into_iter().filter(|line| !line.is_empty()).collect()
}

/// The exponent of ten that a number is written with.
fn decade(number: f64) -> i32 {
    format!("{number:e}")
        .split_once('e')
        .and_then(|(_, exponent)| exponent.parse().ok())
        .unwrap_or(0)
}

/// 1, 2 or 5 times a power of ten, not below a number.
fn round_step(least: f64) -> f64 {
    let power = format!("1e{}", decade(least)).parse().unwrap_or(1.0);
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|digit| digit * power)
        .find(|step| *step >= least)
        .unwrap_or(10.0 * power)
}

/// How multiples of a step up to a number are written: in full, or with an exponent where that
/// takes many digits.
fn written(step: f64, largest: f64) -> impl Fn(f64) -> String {
    let (finest, coarsest) = (decade(step), decade(largest.max(step)));
    let in_full = finest > -7 && coarsest < 15;
    let decimals = usize::try_from(if in_full { -finest } else { coarsest - finest }).unwrap_or(0);
    move |number| match number {
        0.0 if !in_full => "0".to_owned(),
        _ if in_full => grouped(&format!("{:.decimals$}", number + 0.0)),
        _ => format!("{number:.decimals$e}"),
    }
}

/// Thousands set apart.
fn grouped(number: &str) -> String {
    let whole = number.find('.').unwrap_or(number.len());
    let comma = |at: usize| {
        let negative = number.get(..at).unwrap_or_default().ends_with('-');
        at > 0 && at < whole && (whole - at).is_multiple_of(3) && !negative
    };
    number
        .chars()
        .enumerate()
        .flat_map(|(at, digit)| comma(at).then_some(',').into_iter().chain([digit]))
        .collect()
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut escaped, letter| {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            letter if letter.is_whitespace() => escaped.push(' '),
            // What XML cannot hold.
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                escaped.push('\u{fffd}')
            }
            letter => escaped.push(letter),
        }
        escaped
    })
}
