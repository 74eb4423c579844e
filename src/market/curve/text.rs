//! The text form, on one line:
//!
//! `2026-03-24 name "Treasury" currency USD flat_forward 3M:4.31% 6M:4.2% 1Y:4.02% 10Y:4.36%`
//!
//! The date comes first, then the keyed terms, the interpolation and the nodes, which are tenors,
//! dates or years, each with its continuously compounded zero rate. Parameters are keyed by their
//! names: `2011-05-20 beta0 4.88% beta1 -4.73% …`. Written out, the order is fixed, a node is
//! written by the tenor whose time it has, and every number is the shortest that reads back to the
//! same bits.

use super::fields::FIELDS;
use super::{Curve, CurveDefinition, CurvePoint, Decay, Interpolation, Node, Parameters};
use crate::basics::daycount::DayCount;
use crate::basics::error::{Error, Result, excerpt};
use crate::basics::vocabulary::Vocabulary;
use crate::forms::field::{Seen, TermValue, read_line, write_line};
use crate::forms::text::{self, longest_run, once, parsed, split_word};
use crate::numeric::decimal::{Decimal, percent};
use std::fmt;

pub const EXAMPLE: &str = "2026-03-24 currency USD flat_forward 3M:4.31% 1Y:4.02% 10Y:4.36%";

impl fmt::Display for Curve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_of)?;
        write_line(FIELDS, self, f)?;
        if let Some(parameters) = &self.parameters {
            write!(f, " {}", parameters.to_text())?;
        }
        if self.interpolation != self.default_interpolation() || self.parameters.is_none() {
            write!(f, " {}", self.interpolation.name())?;
        }
        for (label, node) in self.labels().into_iter().zip(&self.nodes) {
            write!(f, " {label}:{}%", percent(node.zero))?;
        }
        Ok(())
    }
}

impl CurveDefinition {
    fn default_interpolation(&self) -> Interpolation {
        if self.parameters.is_some() {
            Interpolation::LinearZero
        } else {
            Interpolation::FlatForward
        }
    }
}

impl Parameters {
    /// By their names; β₄ is the slope that the second decay gets from being seen later.
    pub fn betas(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let second = self
            .second
            .into_iter()
            .flat_map(|second| [("beta3", second.curvature), ("beta4", second.slope)]);
        let first =
            [("beta0", self.level), ("beta1", self.first.slope), ("beta2", self.first.curvature)];
        first.into_iter().chain(second.filter(|&(key, value)| key != "beta4" || value != 0.0))
    }
}

impl Curve {
    /// Reads the text form of nodes or parameters.
    ///
    /// # Errors
    /// [`Error::Syntax`] quotes the text and says what of it is wrong.
    pub fn from_line(text: &str) -> Result<Curve> {
        Draft::read(text).map_err(|why| syntax(text, why))?.curve()
    }
}

/// Text that is no curve.
pub fn syntax(text: &str, why: String) -> Error {
    Error::Syntax { kind: "curve", text: excerpt(text), why, example: EXAMPLE }
}

/// What has been read of a curve: its terms, and what makes a curve of them in the end.
struct Draft {
    definition: CurveDefinition,
    has_interpolation: bool,
    betas: [Option<f64>; 5],
    taus: [Option<f64>; 2],
    nodes: Vec<(CurvePoint, f64)>,
}

impl Draft {
    fn read(line: &str) -> Result<Draft, String> {
        let (date, rest) = split_word(line).ok_or("a curve begins with its date")?;
        let mut draft = Draft {
            definition: CurveDefinition::new(text::date(date)?, Vec::new()),
            has_interpolation: false,
            betas: [None; 5],
            taus: [None; 2],
            nodes: Vec::new(),
        };
        let mut definition = draft.definition.clone();
        read_line(FIELDS, &mut definition, rest, |definition, seen, word, tail| {
            draft.read_other(definition, seen, word, tail)
        })?;
        Ok(Draft { definition, ..draft })
    }

    /// Reads what no word of the table introduces: nodes, parameters, interpolation, day count.
    fn read_other<'a>(
        &mut self,
        definition: &mut CurveDefinition,
        seen: &mut Seen,
        word: &str,
        tail: &'a str,
    ) -> Result<&'a str, String> {
        if let Some((at, rate)) = word.split_once(':') {
            self.nodes.push((parsed(at)?, text::rate(rate)?));
            return Ok(tail);
        }
        let value = || split_word(tail).ok_or_else(|| format!("nothing follows \"{word}\""));
        let parameter =
            |name: &str| word.strip_prefix(name).and_then(|index| index.parse::<usize>().ok());
        if let Some(beta) = parameter("beta").and_then(|index| self.betas.get_mut(index)) {
            let (value, tail) = value()?;
            let number = value
                .strip_suffix('%')
                .and_then(Decimal::parse)
                .ok_or_else(|| format!("\"{}\" is not in percent", excerpt(value)))?;
            once(beta, number.shifted(-2), word)?;
            return Ok(tail);
        }
        if let Some(tau) =
            parameter("tau").and_then(|index| self.taus.get_mut(index.checked_sub(1)?))
        {
            let (value, tail) = value()?;
            let number = Decimal::parse(value)
                .ok_or_else(|| format!("\"{}\" is not a number of years", excerpt(value)))?;
            once(tau, number.shifted(0), word)?;
            return Ok(tail);
        }
        if let Some(interpolation) = Interpolation::find(word) {
            definition.interpolation = interpolation;
            self.has_interpolation = true;
            return seen.once(Interpolation::WHAT, word).map(|()| tail);
        }
        let Some((day_count, tail)) = longest_run(word, tail, DayCount::find) else {
            return Err(format!(
                "\"{}\" is no interpolation ({}), day count or other term of a curve",
                excerpt(word),
                Interpolation::names()
            ));
        };
        definition.day_count = day_count;
        seen.once(DayCount::WHAT, word).map(|()| tail)
    }

    fn curve(self) -> Result<Curve> {
        let mut definition = self.definition;
        definition.parameters = parameters(self.betas, self.taus)?;
        if !self.has_interpolation {
            definition.interpolation = definition.default_interpolation();
        }
        let node = |&(at, zero): &(CurvePoint, f64)| Ok(Node { time: definition.years(at)?, zero });
        let mut nodes = self.nodes.iter().map(node).collect::<Result<Vec<_>>>()?;
        nodes.sort_by(|a, b| a.time.total_cmp(&b.time));
        definition.nodes = nodes;
        Curve::new(definition)
    }
}

/// What was given of β₀ to β₄, and of τ₁ and τ₂.
pub fn parameters(betas: [Option<f64>; 5], taus: [Option<f64>; 2]) -> Result<Option<Parameters>> {
    let ([beta0, beta1, beta2, beta3, beta4], [tau1, tau2]) = (betas, taus);
    if betas.iter().chain(&taus).all(Option::is_none) {
        return Ok(None);
    }
    let incomplete =
        |needed| Error::Incomplete { given: "parameters", value: "beta".to_owned(), needed };
    let (Some(level), Some(slope), Some(curvature), Some(tau)) = (beta0, beta1, beta2, tau1) else {
        return Err(incomplete("beta0, beta1, beta2 and tau1"));
    };
    let second = match (beta3.or(beta4), tau2) {
        (None, None) => None,
        (Some(_), Some(tau)) => {
            Some(Decay { slope: beta4.unwrap_or(0.0), curvature: beta3.unwrap_or(0.0), tau })
        }
        _ => return Err(incomplete("both beta3 and tau2, or neither")),
    };
    Ok(Some(Parameters { level, first: Decay { slope, curvature, tau }, second }))
}
