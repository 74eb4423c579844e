//! A portfolio's risk as a value: what its aggregates have added up, to be stored and added up
//! again.
//!
//! Summaries of parts, merged, are bit for bit the summary of the whole. The text is the stored
//! numbers in braces: bonds measured and skipped, five exact sums of four limbs each, and three
//! numbers that tell currency and settlement date.

use crate::basics::error::{Error, Result, excerpt};
use crate::forms::hash::hash_code;
use crate::numeric::certain::certain;
use crate::portfolio::risk_sums::RiskTotals;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

const VERSION: u8 = 1;
const EXAMPLE: &str = "{0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0}";

/// In the one form that all summaries of the same bonds share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary(RiskTotals);

impl Summary {
    pub fn new(summed: RiskTotals) -> Result<Summary> {
        summed.check()?;
        summed.risk()?;
        Ok(Summary(certain(RiskTotals::of_numbers(&summed.numbers().collect::<Vec<_>>()), "a sum")))
    }

    pub fn summed(&self) -> &RiskTotals {
        &self.0
    }

    pub fn hash_code(&self, seed: u64) -> u64 {
        hash_code(&self.to_bytes(), seed)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = self.0.numbers().flat_map(f64::to_le_bytes);
        [VERSION].into_iter().chain(numbers).collect()
    }

    /// Reads the bytes of an unknown sender.
    pub fn from_bytes(bytes: &[u8]) -> Result<Summary> {
        let (malformed, summed) = (Summary::malformed, Summary::unchecked(bytes)?);
        let summary = Summary::new(summed).map_err(|error| malformed(&error.to_string()))?;
        if summary.to_bytes() == bytes {
            Ok(summary)
        } else {
            Err(malformed("its sums are not carried"))
        }
    }

    /// Reads a value whose one form was checked when it came in.
    pub fn from_stored(bytes: &[u8]) -> Result<Summary> {
        let summed = Summary::unchecked(bytes)?;
        summed.check().map(|()| Summary(summed))
    }

    fn malformed(why: &str) -> Error {
        Error::Binary { kind: "risk_summary", why: why.to_owned() }
    }

    fn unchecked(bytes: &[u8]) -> Result<RiskTotals> {
        let malformed = Summary::malformed;
        let (version, numbers) = bytes.split_first().ok_or_else(|| malformed("it is empty"))?;
        if *version != VERSION {
            return Err(malformed(&format!("version {version} is unknown")));
        }
        let (numbers, rest) = numbers.as_chunks();
        let numbers: Vec<f64> = numbers.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
        RiskTotals::of_numbers(&numbers)
            .filter(|_| rest.is_empty())
            .ok_or_else(|| malformed("it has another length"))
    }
}

impl Eq for Summary {}

impl PartialOrd for Summary {
    fn partial_cmp(&self, other: &Summary) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Number by number: an order that tells nothing of risk, for sorting, grouping and statistics.
impl Ord for Summary {
    fn cmp(&self, other: &Summary) -> Ordering {
        let differ = self
            .0
            .numbers()
            .zip(other.0.numbers())
            .map(|(a, b)| a.total_cmp(&b))
            .find(|order| order.is_ne());
        differ.unwrap_or(Ordering::Equal)
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, number) in self.0.numbers().enumerate() {
            write!(f, "{}{number}", if i == 0 { '{' } else { ',' })?;
        }
        f.write_str("}")
    }
}

impl FromStr for Summary {
    type Err = Error;

    fn from_str(text: &str) -> Result<Summary> {
        let syntax = |why: &str| Error::Syntax {
            kind: "risk_summary",
            text: excerpt(text),
            why: why.to_owned(),
            example: EXAMPLE,
        };
        let inside = text.trim().strip_prefix('{').and_then(|text| text.strip_suffix('}'));
        let numbers = inside
            .ok_or_else(|| syntax("it is not in braces"))?
            .split(',')
            .map(|number| number.trim().parse::<f64>());
        let numbers: Vec<f64> =
            numbers.collect::<Result<_, _>>().map_err(|_| syntax("a number of it is none"))?;
        let summed = RiskTotals::of_numbers(&numbers)
            .ok_or_else(|| syntax("it has too few numbers or too many"))?;
        Summary::new(summed).map_err(|error| syntax(&error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basics::date::Date;
    use crate::portfolio::risk_state::RiskState;
    use crate::product::bond::Bond;
    use crate::testing::{Random, floats, rounds};

    fn summary(random: &mut Random, bonds: u32) -> Summary {
        let mut state = RiskState::default();
        for _ in 0..bonds {
            let price = random.between(50.0, 150.0);
            let bond: Bond = format!(
                "{:.3}% 2034-05-15 @ {price} x {}",
                random.between(0.0, 9.0),
                random.between(-1e9, 1e9)
            )
            .parse()
            .unwrap();
            state.add_bond(&bond, Date::from_ymd(2026, 3, 24).unwrap()).unwrap();
        }
        Summary::new(state.summed()).unwrap()
    }

    #[test]
    fn text_and_bytes_read_back() {
        let mut random = Random::new(71);
        for bonds in [0, 1, 2, 50, 400] {
            let summary = summary(&mut random, bonds);
            assert_eq!(
                summary.to_string().parse::<Summary>().unwrap().to_bytes(),
                summary.to_bytes()
            );
            assert_eq!(
                Summary::from_bytes(&summary.to_bytes()).unwrap().to_string(),
                summary.to_string()
            );
            assert_eq!(summary.summed().tally.measured(), i64::from(bonds));
            assert_eq!(summary.summed().settlement().is_some(), bonds > 0);
        }
        assert_eq!(summary(&mut random, 0).to_string(), EXAMPLE);
    }

    /// Numbers, text and bytes that nobody computed: refused, or one value whose text and bytes are
    /// those of its sums.
    #[test]
    fn made_up_summaries_are_refused_or_sound() {
        let mut random = Random::new(101);
        let (mut sound, mut refused) = (0, 0);
        for _ in 0..rounds(40_000) {
            let mut numbers: Vec<f64> = summary(&mut random, 3).summed().numbers().collect();
            let count = numbers.len();
            match random.below(3) {
                0 => (0..count).for_each(|place| {
                    numbers[place] = floats::likely(&mut random, floats::exponent(place))
                }),
                1 => numbers[random.below(count as i32) as usize] = floats::likely(&mut random, 24),
                _ => {
                    let place = random.below(count as i32) as usize;
                    numbers[place] = floats::any(&mut random, floats::exponent(place));
                }
            }
            let written: Vec<String> = numbers.iter().map(f64::to_string).collect();
            let bytes = numbers.iter().flat_map(|number| number.to_le_bytes());
            let bytes: Vec<u8> = [VERSION].into_iter().chain(bytes).collect();
            let received = Summary::from_bytes(&bytes);
            match format!("{{{}}}", written.join(",")).parse::<Summary>() {
                Ok(summary) => {
                    sound += 1;
                    assert!(
                        summary.summed().risk().is_ok()
                            && summary.summed().numbers().all(f64::is_finite)
                    );
                    assert_eq!(
                        Summary::from_bytes(&summary.to_bytes()).unwrap().to_bytes(),
                        summary.to_bytes()
                    );
                    assert_eq!(
                        summary.to_string().parse::<Summary>().unwrap().to_bytes(),
                        summary.to_bytes()
                    );
                    assert!(received.is_err() || received.unwrap().to_bytes() == bytes);
                }
                Err(_) => {
                    refused += 1;
                    assert!(received.is_err(), "{numbers:?}");
                }
            }
            let noise: Vec<u8> = (0..random.below(200)).map(|_| random.bits() as u8).collect();
            assert!(Summary::from_bytes(&noise).is_err());
        }
        assert!(sound > 1_000 && refused > 1_000, "{sound} {refused}");
    }

    #[test]
    fn what_is_no_summary() {
        let good = summary(&mut Random::new(73), 3);
        let bytes = good.to_bytes();
        for bad in [
            &[][..],
            &[1],
            &bytes[..bytes.len() - 1],
            &[bytes.clone(), vec![0]].concat(),
            &[vec![2], bytes[1..].to_vec()].concat(),
        ] {
            assert!(
                matches!(Summary::from_bytes(bad), Err(Error::Binary { kind: "risk_summary", .. })),
                "{bad:?}"
            );
        }
        // The third limb of the first sum, beyond what its upper neighbour carries.
        let mut loose = bytes.clone();
        loose[1 + 8 * 4..1 + 8 * 5].copy_from_slice(&1e9f64.to_le_bytes());
        assert!(Summary::from_bytes(&loose).is_err());
        for bad in [
            "",
            "{}",
            "{1}",
            "0,0",
            &good.to_string().replace('}', ",0}"),
            &EXAMPLE.replace("{0", "{-1"),
            &EXAMPLE.replace("{0", "{NaN"),
            &EXAMPLE.replace("{0", "{x"),
        ] {
            assert!(
                matches!(bad.parse::<Summary>(), Err(Error::Syntax { kind: "risk_summary", .. })),
                "{bad}"
            );
        }
    }
}
