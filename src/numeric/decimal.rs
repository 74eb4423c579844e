//! Decimal numbers as they are written: a percentage is a decimal with its point moved, exactly.

/// A decimal number as text, so that a percentage moves its point without being rounded.
pub struct Decimal<'a> {
    digits: &'a str,
    exponent: i32,
}

impl<'a> Decimal<'a> {
    pub fn parse(text: &'a str) -> Option<Decimal<'a>> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => {
                (digits, exponent.parse().ok().filter(|e: &i32| e.abs() < 1_000)?)
            }
            None => (text, 0),
        };
        let unsigned = digits.strip_prefix('-').unwrap_or(digits);
        let plain = unsigned.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && unsigned.bytes().any(|b| b.is_ascii_digit());
        (plain && unsigned.matches('.').count() <= 1).then_some(Decimal { digits, exponent })
    }

    /// The nearest float to this number times ten to the `places`; out of range is infinite, which
    /// no term may be.
    pub fn shifted(&self, places: i32) -> f64 {
        format!("{}e{}", self.digits, self.exponent + places).parse().unwrap_or(f64::NAN)
    }
}

/// The float nearest to a number in the stored form of PostgreSQL's `numeric` (numeric.c): a
/// header, and digits to the base 10,000. None of what is not finite, or has more digits than a
/// float holds exactly.
pub fn from_numeric(bytes: &[u8]) -> Option<f64> {
    let (words, []) = bytes.as_chunks::<2>() else { return None };
    let mut words = words.iter().map(|&word| u16::from_ne_bytes(word));
    let header = words.next()?;
    let (negative, weight) = match header & 0xC000 {
        0xC000 => return None,
        // Short: seven bits of a signed weight.
        0x8000 => (header & 0x2000 != 0, i32::from((header << 9) as i16 >> 9)),
        sign => (sign == 0x4000, i32::from(words.next()? as i16)),
    };
    let count = i32::try_from(words.len()).ok().filter(|&count| count <= 4)?;
    let digits = words.fold(0u64, |number, digit| 10_000 * number + u64::from(digit));
    let exponent = 4 * (weight + 1 - count);
    if digits > 1 << f64::MANTISSA_DIGITS || exponent.abs() > 22 {
        return None;
    }
    // Both are exact, so that one rounding is left.
    let power = 10f64.powi(exponent.abs());
    let size = if exponent < 0 { digits as f64 / power } else { digits as f64 * power };
    Some(if negative { -size } else { size })
}

/// A hundredth of `value`, exactly: the decimal of a number of percent.
pub fn hundredth(value: f64) -> f64 {
    Decimal::parse(&value.to_string()).map_or(f64::NAN, |decimal| decimal.shifted(-2))
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
