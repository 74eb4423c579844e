//! A portfolio's risk as a value: what its aggregates have added up, to be stored and added up
//! again.
//!
//! Summaries of parts, merged, are bit for bit the summary of the whole. The text is the version and the stored
//! parts in braces, each with its name: bonds measured and skipped, five exact sums of four limbs
//! each, and what tells currency and settlement date. Bonds that wait to be solved are never in it.

use crate::basics::error::{Error, Result, excerpt};
use crate::forms::hash::hash_code;
use crate::portfolio::exact_sums::unreachable_state;
use crate::portfolio::risk_sums::{RISK, RiskTotals};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

const EXAMPLE: &str = "{version 1, measured 0, skipped 0, market_value 0 0 0 0, ytm 0 0 0 0, \
    macaulay_duration 0 0 0 0, modified_duration 0 0 0 0, convexity 0 0 0 0, currency 0, days 0, \
    squared_days 0}";

/// In the one form that all summaries of the same bonds share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary(RiskTotals);

impl Summary {
    /// # Errors
    /// [`Error::State`] of sums that no bonds make, or beside which bonds wait to be solved;
    /// [`Error::SumTooLarge`] beyond what sums hold.
    pub fn new(summed: RiskTotals) -> Result<Summary> {
        summed.check()?;
        summed.risk()?;
        let numbers: Vec<f64> = summed.numbers().collect();
        checked(RiskTotals::of_numbers(&numbers)).map(Summary)
    }

    pub fn summed(&self) -> &RiskTotals {
        &self.0
    }

    pub fn hash_code(&self, seed: u64) -> u64 {
        hash_code(&self.to_bytes(), seed)
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        RISK.bytes(self.0.numbers())
    }

    /// Reads the bytes of an unknown sender.
    pub fn from_bytes(bytes: &[u8]) -> Result<Summary> {
        let summary = Summary::new(Summary::unchecked(bytes)?);
        let summary = summary.map_err(|error| malformed(error.to_string()))?;
        if summary.to_bytes() == bytes {
            Ok(summary)
        } else {
            Err(malformed("its sums are not carried".to_owned()))
        }
    }

    /// Reads a value whose one form was checked when it came in.
    pub fn from_stored(bytes: &[u8]) -> Result<Summary> {
        checked(Some(Summary::unchecked(bytes)?)).map(Summary)
    }

    fn unchecked(bytes: &[u8]) -> Result<RiskTotals> {
        let numbers = RISK.numbers_of_bytes(bytes).map_err(malformed)?;
        RiskTotals::of_numbers(&numbers).ok_or_else(unreachable_state)
    }
}

fn malformed(why: String) -> Error {
    Error::Binary { kind: "risk_summary", why }
}

/// Sums that bonds make, all of which are solved.
fn checked(summed: Option<RiskTotals>) -> Result<RiskTotals> {
    let summed = summed.ok_or_else(unreachable_state)?;
    summed.check()?;
    if summed.common.spare() == 0 { Ok(summed) } else { Err(unreachable_state()) }
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
        RISK.write(f, self.0.numbers())
    }
}

impl FromStr for Summary {
    type Err = Error;

    fn from_str(text: &str) -> Result<Summary> {
        let syntax = |why: String| Error::Syntax {
            kind: "risk_summary",
            text: excerpt(text),
            why,
            example: EXAMPLE,
        };
        let numbers = RISK.numbers_of_text(text).map_err(syntax)?;
        let summed = RiskTotals::of_numbers(&numbers).ok_or_else(unreachable_state)?;
        Summary::new(summed).map_err(|error| syntax(error.to_string()))
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

    /// Numbers as the text of a summary.
    struct Written<'a>(&'a [f64]);

    impl fmt::Display for Written<'_> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            RISK.write(f, self.0.iter().copied())
        }
    }

    /// The spare bits of the currency's number count the bonds that wait to be solved: a state may
    /// have some, a summary never.
    #[test]
    fn a_summary_has_no_bonds_that_wait() {
        let bond: Bond = "5% 2034-05-15 @ 99".parse().unwrap();
        let mut state = RiskState::default();
        (0..3).for_each(|_| state.add_bond(&bond, Date::from_ymd(2026, 3, 24).unwrap()).unwrap());
        assert_eq!(state.summed_mut().common.spare(), 3);
        assert!(Summary::new(*state.summed_mut()).is_err());
        let summary = Summary::new(state.summed()).unwrap();
        assert_eq!((summary.summed().common.spare(), summary.summed().tally.measured()), (0, 3));
        let mut numbers: Vec<f64> = summary.summed().numbers().collect();
        let currency = numbers.len() - 3;
        numbers[currency] += 1.0;
        assert!(Written(&numbers).to_string().parse::<Summary>().is_err());
        let bytes = RISK.bytes(numbers.into_iter());
        assert!(Summary::from_bytes(&bytes).is_err() && Summary::from_stored(&bytes).is_err());
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
            let bytes = RISK.bytes(numbers.iter().copied());
            let received = Summary::from_bytes(&bytes);
            match Written(&numbers).to_string().parse::<Summary>() {
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
            "{version 1}",
            "0,0",
            &good.to_string().replace('}', " 0}"),
            &EXAMPLE.replace("version 1", "version 2"),
            &EXAMPLE.replace("measured 0", "measured -1"),
            &EXAMPLE.replace("measured 0", "measured NaN"),
            &EXAMPLE.replace("measured 0", "measured x"),
        ] {
            assert!(
                matches!(bad.parse::<Summary>(), Err(Error::Syntax { kind: "risk_summary", .. })),
                "{bad}"
            );
        }
    }
}
