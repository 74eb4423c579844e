//! Decimal numbers as they are written: a percentage is a decimal with its point moved, exactly.

/// A decimal number as text, so that a percentage moves its point without being rounded.
pub struct Decimal<'a> {
    digits: &'a str,
    exponent: i32,
}

impl<'a> Decimal<'a> {
    pub fn parse(text: &'a str) -> Option<Decimal<'a>> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse().ok().filter(|e: &i32| e.abs() < 1_000)?),
            None => (text, 0),
        };
        let unsigned = digits.strip_prefix('-').unwrap_or(digits);
        let plain = unsigned.bytes().all(|b| b.is_ascii_digit() || b == b'.') && unsigned.bytes().any(|b| b.is_ascii_digit());
        (plain && unsigned.matches('.').count() <= 1).then_some(Decimal { digits, exponent })
    }

    /// The nearest float to this number times ten to the `places`; out of range is infinite, which no term may be.
    pub fn shifted(&self, places: i32) -> f64 {
        format!("{}e{}", self.digits, self.exponent + places).parse().unwrap_or(f64::NAN)
    }
}

/// `value` in percent, exactly: the shortest digits of the decimal with the point moved.
pub fn percent(value: f64) -> String {
    if value <= 0.0 {
        return if value == 0.0 { "0".to_owned() } else { format!("-{}", percent(-value)) };
    }
    let scientific = format!("{value:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let point = 1 + exponent.parse::<i32>().unwrap_or(0) + 2;
    let digits: String = digits.chars().filter(|&c| c != '.').collect();
    match usize::try_from(point) {
        Ok(point) if point >= digits.len() => format!("{digits:0<point$}"),
        Ok(point) if point > 0 => {
            let (whole, decimals) = digits.split_at(point);
            format!("{whole}.{decimals}")
        }
        _ => format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
    }
}
