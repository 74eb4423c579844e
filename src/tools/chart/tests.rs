use super::*;

/// What a text takes of the picture: (left, top, right, bottom), with letters of 0.6 of their size.
type Taken = (f64, f64, f64, f64);

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()
}

fn number(tag: &str, name: &str) -> f64 {
    attribute(tag, name).unwrap().parse().unwrap()
}

/// Width and height of a picture.
fn size(svg: &str) -> (f64, f64) {
    let sides: Vec<f64> =
        attribute(svg, "viewBox").unwrap().split(' ').map(|side| side.parse().unwrap()).collect();
    (sides[2], sides[3])
}

fn texts(svg: &str) -> Vec<(String, Taken)> {
    let texts = svg.split("<text").skip(1).map(|text| text.split_once("</text>").unwrap().0);
    texts
        .map(|text| {
            let (tag, inner) = text.split_once('>').unwrap();
            let inner = inner.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
            let (x, y) = (number(tag, "x"), number(tag, "y"));
            let size = attribute(tag, "font-size").map_or(12.0, |size| size.parse().unwrap());
            let long = 0.6 * size * inner.chars().count() as f64;
            let before = match attribute(tag, "text-anchor") {
                Some("end") => long,
                Some("middle") => long / 2.0,
                _ => 0.0,
            };
            let (from, to) = (-before, long - before);
            let taken = match attribute(tag, "transform") {
                Some(_) => (x - 0.8 * size, y - to, x + 0.2 * size, y - from),
                None => (x + from, y - 0.8 * size, x + to, y + 0.2 * size),
            };
            (inner, taken)
        })
        .collect()
}

/// Every text lies inside the picture and apart from every other.
#[track_caller]
fn assert_readable(svg: &str) {
    let ((width, height), texts) = (size(svg), texts(svg));
    assert!(width <= 4_000.0 && height <= 700.0, "{width} x {height}");
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    for (i, (text, a)) in texts.iter().enumerate() {
        let inside = a.0 >= 0.0 && a.1 >= 0.0 && a.2 <= width && a.3 <= height;
        assert!(inside, "\"{text}\" at {a:?} leaves {width} x {height}");
        for (other, b) in &texts[i + 1..] {
            let apart = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
            assert!(apart, "\"{text}\" at {a:?} overlaps \"{other}\" at {b:?}");
        }
    }
}

fn rects(svg: &str) -> impl Iterator<Item = &str> {
    svg.split('<').filter(|text| text.starts_with("rect") && text.contains("fill=\"#"))
}

fn bars_of(heights: &[(&str, f64)]) -> String {
    let heights: Vec<_> =
        heights.iter().map(|&(label, height)| (label.to_owned(), height)).collect();
    bars("DV01 <&> risk", "tenor", "DV01", &heights).unwrap()
}

#[test]
fn bars_are_as_high_as_their_numbers() {
    let svg = bars_of(&[("2Y", 50.0), ("5Y", -25.0), ("10Y", 100.0)]);
    let heights: Vec<_> = rects(&svg).map(|rect| number(rect, "height")).collect();
    assert!((heights[0] / heights[2] - 0.5).abs() < 1e-2, "{heights:?}");
    assert!((heights[1] / heights[2] - 0.25).abs() < 1e-2, "{heights:?}");
    let tops: Vec<_> = rects(&svg).map(|rect| number(rect, "y")).collect();
    assert!(tops[1] > tops[0] && (tops[0] + heights[0] - tops[1]).abs() < 0.11, "{tops:?}");
    assert!(svg.contains("DV01 &lt;&amp;&gt; risk") && svg.ends_with("</svg>\n"));
    for drawn in [
        bars_of(&[]),
        bars_of(&[("flat", 0.0)]),
        bars_of(&[("tiny", 1e-300)]),
        bars_of(&[("least", 5e-324)]),
    ] {
        assert_readable(&drawn);
    }
    for height in [f64::NAN, f64::INFINITY, -1e301] {
        assert!(bars("", "", "", &[("1Y".to_owned(), height)]).is_err());
    }
    let many = vec![(String::new(), 1.0); MAX_BARS + 1];
    assert!(matches!(bars("", "", "", &many), Err(Error::TooMany { .. })));
}

/// Any number of bars, labels of any length, numbers of any size, and titles of any length.
#[test]
fn words_stay_inside_and_apart() {
    let longest = "a title that is much longer than any picture is wide ".repeat(40);
    let word = "Donaudampfschifffahrtsgesellschaft".repeat(20);
    for count in [0, 1, 2, 3, 5, 9, 12, 13, 20, 30, 47, 100, MAX_BARS] {
        for letters in [0, 2, 5, 16, 40, 400] {
            for largest in [1e-9, 1.0, 1e5, 123_456_789.0, -1e9, 1e14, -7e15, 9e299] {
                let name = |i: usize| {
                    format!("{i} {}", "label ".repeat(letters / 6 + 1).split_at(letters).0)
                };
                let bar = |i: usize| (name(i), largest * (i + 1) as f64 / count as f64);
                let drawn: Vec<_> = (0..count).map(bar).collect();
                for (title, axis) in
                    [("", ""), ("DV01 by key rate", "tenor"), (&longest, &longest), (&word, &word)]
                {
                    assert_readable(&bars(title, axis, axis, &drawn).unwrap());
                }
            }
        }
    }
}

#[test]
fn numbers_keep_all_their_digits() {
    let svg = bars_of(&[("2Y", 123_456_789.0), ("5Y", -2_469_135_780.0)]);
    let written: Vec<String> = texts(&svg).into_iter().map(|(text, _)| text).collect();
    for number in ["-3,000,000,000", "-2,000,000,000", "-1,000,000,000", "0", "1,000,000,000"] {
        assert!(written.iter().any(|text| text == number), "{number}: {written:?}");
    }
    let svg = bars_of(&[("2Y", 3e20), ("5Y", -1e-3)]);
    assert!(svg.contains(">3e20<") && svg.contains(">0<"), "{svg}");
}

/// A label that is cut says so, and each is at its bar.
#[test]
fn labels_are_at_their_bars() {
    for count in [3, 12, 60] {
        let drawn: Vec<_> = (0..count).map(|i| (format!("{i}Y"), 1.0 + i as f64)).collect();
        let svg = bars("", "", "", &drawn).unwrap();
        for ((label, _), rect) in drawn.iter().zip(rects(&svg)) {
            let middle = number(rect, "x") + number(rect, "width") / 2.0;
            let texts = texts(&svg);
            let (_, taken) = texts.iter().find(|(text, _)| text == label).unwrap();
            assert!(
                ((taken.0 + taken.2) / 2.0 - middle).abs() < 2.0,
                "{label} of {count}: {taken:?} for {middle}"
            );
        }
    }
    let svg = bars_of(&[(&"x".repeat(1_000), 1.0), ("short", 2.0)]);
    let cut: Vec<String> =
        texts(&svg).into_iter().map(|(text, _)| text).filter(|text| text.contains("xx")).collect();
    assert!(cut.len() == 1 && cut[0].ends_with('…') && cut[0].chars().count() > 20, "{cut:?}");
    let titled = bars(&"of words ".repeat(100), "", "", &[]).unwrap();
    let lines: Vec<String> = texts(&titled)
        .into_iter()
        .map(|(text, _)| text)
        .filter(|text| text.contains("of"))
        .collect();
    assert!(
        lines.len() == 2
            && lines[0].ends_with("words") | lines[0].ends_with("of")
            && lines[1].ends_with('…'),
        "{lines:?}"
    );
}

/// The points of a line, as drawn.
fn line(svg: &str, place: usize) -> Vec<(f64, f64)> {
    let paths = svg.split("<path d=\"M").filter(|path| path.contains("stroke-width=\"2\""));
    let path = paths.into_iter().nth(place).unwrap().split('"').next().unwrap();
    let point = |point: &str| {
        point.split_once(' ').map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap())).unwrap()
    };
    path.split('L').map(point).collect()
}

/// Zero rates, forward rates, and par yields from half a year on.
#[test]
fn a_flat_curve_is_drawn_flat() {
    let flat = curve(&"2026-03-24 name \"A<B\" 1Y:4% 30Y:4%".parse().unwrap()).unwrap();
    assert!(flat.contains(">Yield curve A&lt;B, 2026-03-24<"));
    assert_eq!(line(&flat, 0).len(), SAMPLES as usize + 1);
    for place in 0..3 {
        let points = line(&flat, place);
        let half_year = line(&flat, 0).iter().map(|&(x, _)| x).fold(f64::INFINITY, f64::min);
        let from = if place == 1 { points[points.len() - 60].0 } else { half_year };
        let heights: Vec<f64> =
            points.iter().filter(|&&(x, _)| x >= from).map(|&(_, y)| y).collect();
        assert!(
            heights.len() >= 60 && heights.iter().all(|height| *height == heights[0]),
            "{place}: {heights:?}"
        );
    }
    // Below half a year simple interest rises smoothly to the half-yearly yield, 4.0403 %.
    let par = line(&flat, 1);
    assert!(par.windows(2).all(|pair| pair[1].0 > pair[0].0 && pair[1].1 <= pair[0].1), "{par:?}");
}

/// A forward rate needs half a year of quotes after where it begins.
#[test]
fn forwards_end_half_a_year_before_the_last_quote() {
    for (text, last) in
        [("2026-03-24 1Y:4% 30Y:5%", 30.019f64), ("2026-03-24 3M:4% 2Y:4.2%", 2.0027)]
    {
        let svg = curve(&text.parse().unwrap()).unwrap();
        let (zero, forward) = (line(&svg, 0), line(&svg, 2));
        let (from, to) = (zero[0].0, zero[zero.len() - 1].0);
        let first = 1.0f64 / 12.0;
        let share = ((last - 0.5).sqrt() - first.sqrt()) / (last.sqrt() - first.sqrt());
        let ends = forward[forward.len() - 1].0;
        assert!((ends - (from + share * (to - from))).abs() < 0.2, "{text}: {ends} of {to}");
    }
    let short = curve(&"2026-03-24 1D:4% 3M:4.1%".parse().unwrap()).unwrap();
    assert!(!short.contains("forward") && short.contains("par (half-yearly)"), "{short}");
}

#[test]
fn curves_of_any_kind_are_readable() {
    for text in [
        "2026-03-24 1D:4%",
        "2026-03-24 1W:4%",
        "2026-03-24 6M:4%",
        "2026-03-24 7M:4% 8M:4.1%",
        "2026-03-24 beta0 4.5% beta1 -1% beta2 2% tau1 1.5",
        "2026-03-24 extrapolation none 3M:4% 2Y:-1%",
        "2026-03-24 extrapolation none 1M:5.31% 6M:5.2% 1Y:4.9% 2Y:4.2% 10Y:3.6% 30Y:3.4%",
        "2026-03-24 1Y:1000% 30Y:900%",
        "2026-03-24 50Y:4%",
        "2026-03-24 1Y:4% 999Y:5%",
        "2026-03-24 name \"a name that is longer than a picture is wide, since people write \
            sentences for names of things\" 10Y:4%",
    ] {
        let svg = curve(&text.parse().unwrap()).unwrap();
        assert_readable(&svg);
        assert!(
            svg.contains(">Yield curve")
                && svg.contains("rate, % a year")
                && svg.contains(">maturity<"),
            "{text}"
        );
        let marks = texts(&svg).iter().filter(|(text, _)| text.parse::<Tenor>().is_ok()).count();
        assert!(marks >= 1, "{text}: no mark on the axis of maturities");
    }
}
