//! Curves made from curves: shifted, twisted, moved at one key rate, seen from a later date, or
//! less another one.
//!
//! Moves are of continuously compounded zero rates, in basis points. What one maturity moves by,
//! that a curve of parameters cannot say, becomes nodes that are added to it.

use super::{Curve, CurveDefinition, CurvePoint, Interpolation, MAX_NODES, Node};
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::tenor::{KEY_TENORS, Tenor};
use crate::basics::vocabulary::Vocabulary;

impl Curve {
    /// Every zero rate moved by as much.
    pub fn shifted(self, bp: f64) -> Result<Curve> {
        check_bp(bp)?;
        let mut definition = self.into_definition();
        match &mut definition.parameters {
            Some(parameters) => parameters.level = moved(parameters.level, bp),
            None => definition.nodes.iter_mut().for_each(|node| node.zero = moved(node.zero, bp)),
        }
        Curve::new(definition)
    }

    /// Zero rates moved by so many basis points at some tenors, in proportion to the time between
    /// them, and beyond the first and the last as much as there. The tenors become nodes where they
    /// are none.
    pub fn shifted_at(self, moves: &[(Tenor, f64)]) -> Result<Curve> {
        if moves.len() > MAX_NODES {
            return Err(Error::TooMany {
                what: "tenors of a shift",
                count: moves.len(),
                limit: MAX_NODES,
            });
        }
        let mut corners = Vec::with_capacity(moves.len());
        for &(tenor, bp) in moves {
            check_bp(bp)?;
            corners.push((self.years(CurvePoint::Tenor(tenor))?, bp));
        }
        if !corners.is_sorted_by(|(a, _), (b, _)| a < b) {
            return Err(Error::Curve {
                why: "it is moved at tenors that are not from the shortest to the longest"
                    .to_owned(),
            });
        }
        let mut definition = self.with_nodes_at(corners.iter().map(|&(time, _)| time))?;
        for node in &mut definition.nodes {
            let after = corners.partition_point(|&(time, _)| time <= node.time);
            let bp = match (
                after.checked_sub(1).and_then(|before| corners.get(before)),
                corners.get(after),
            ) {
                (Some((start, from)), Some((end, to))) => {
                    from + (to - from) * (node.time - start) / (end - start)
                }
                (Some((_, bp)), None) | (None, Some((_, bp))) => *bp,
                (None, None) => 0.0,
            };
            node.zero = moved(node.zero, bp);
        }
        Curve::new(definition)
    }

    /// The first node moved by `short_bp`, the last by `long_bp`, a node at the pivot not at all,
    /// and those between in proportion to their time.
    pub fn twisted(self, short_bp: f64, long_bp: f64, pivot: CurvePoint) -> Result<Curve> {
        check_bp(short_bp)?;
        check_bp(long_bp)?;
        let pivot = self.years(pivot)?;
        let mut definition = self.with_key_nodes()?;
        let (first, last) = definition.ends();
        if !(first < pivot && pivot < last) {
            let rule = "a curve is twisted about a time between its first and last nodes";
            return Err(Error::OutOfRange { what: "pivot", value: pivot, rule });
        }
        for node in &mut definition.nodes {
            let bp = if node.time < pivot {
                short_bp * (pivot - node.time) / (pivot - first)
            } else {
                long_bp * (node.time - pivot) / (last - pivot)
            };
            node.zero = moved(node.zero, bp);
        }
        Curve::new(definition)
    }

    /// Zero rates moved by a tent: in full at a tenor, not at all from the neighbouring key tenors
    /// on; in full beyond the first and the last of these. The corners of the tent become nodes
    /// where they are none.
    pub fn key_rate_shifted(self, tenor: Tenor, bp: f64) -> Result<Curve> {
        check_bp(bp)?;
        let keys: Vec<f64> = KEY_TENORS
            .iter()
            .map(|&key| self.years(CurvePoint::Tenor(key)))
            .collect::<Result<_>>()?;
        let peak = self.years(CurvePoint::Tenor(tenor))?;
        let left = keys.iter().copied().rfind(|&key| key < peak);
        let right = keys.iter().copied().find(|&key| key > peak);
        let mut definition = self.with_nodes_at([left, Some(peak), right].into_iter().flatten())?;
        for node in &mut definition.nodes {
            let foot = if node.time < peak { left } else { right };
            let height = foot.map_or(1.0, |foot| ((node.time - foot) / (peak - foot)).max(0.0));
            node.zero = moved(node.zero, height * bp);
        }
        Curve::new(definition)
    }

    /// The same forward rates, seen from a later date: exact at the nodes, and between them where
    /// forward rates are flat.
    pub fn rolled(self, to: Date) -> Result<Curve> {
        if to == self.as_of {
            return Ok(self);
        }
        let years = self.time(to);
        let gone = self.interpolated().node_zero(years)? * years;
        let (_, last) = self.ends();
        if self.parameters.is_none() && last <= years {
            return Err(Error::BeyondCurve { years, last });
        }
        let later = CurveDefinition { as_of: to, nodes: Vec::new(), ..self.0.clone() };
        let rolled = |node: &Node| {
            // A node on a date stays on it.
            let time =
                self.dates(node.time).next().map_or(node.time - years, |date| later.time(date));
            Node {
                time,
                zero: if years > 0.0 { (node.zero * node.time - gone) / time } else { node.zero },
            }
        };
        let nodes = self.nodes.iter().filter(|node| node.time > years).map(rolled).collect();
        let parameters = later.parameters.map(|parameters| parameters.later(years));
        Curve::new(CurveDefinition { nodes, parameters, ..later })
    }

    /// The zero rates of this curve less those of another of the same date, at the nodes of both.
    pub fn spread_over(self, other: &Curve) -> Result<Curve> {
        self.check_same_date(other)?;
        if self.day_count != other.day_count {
            return Err(Error::Contradiction {
                what: "the day count of a curve",
                value: other.day_count.name().to_owned(),
                with: "that of the other",
                hint: "Compare curves whose times are counted alike.",
            });
        }
        let same = self.interpolation == other.interpolation
            && self.interpolation != Interpolation::LogLinearZero;
        let times_of = |curve: &Curve| -> Result<Vec<f64>> {
            let keys = KEY_TENORS
                .iter()
                .filter(|_| curve.parameters.is_some())
                .map(|&tenor| self.years(CurvePoint::Tenor(tenor)));
            keys.chain(curve.nodes.iter().map(|node| Ok(node.time))).collect()
        };
        let mut times = [times_of(&self)?, times_of(other)?].concat();
        times.sort_by(f64::total_cmp);
        times.dedup();
        let (ours, theirs) = (self.interpolated(), other.interpolated());
        let difference =
            |time: f64| Ok(Node { time, zero: rounded(ours.zero(time)? - theirs.zero(time)?) });
        let nodes = times.into_iter().map(difference).collect::<Result<_>>()?;
        Curve::new(CurveDefinition {
            interpolation: if same { self.interpolation } else { Interpolation::LinearZero },
            day_count: self.day_count,
            currency: self.currency.filter(|_| self.currency == other.currency),
            ..CurveDefinition::new(self.as_of, nodes)
        })
    }

    /// With nodes to be moved: the key tenors, where a curve of parameters has none.
    fn with_key_nodes(self) -> Result<CurveDefinition> {
        if !self.nodes.is_empty() {
            return Ok(self.into_definition());
        }
        let times = KEY_TENORS
            .iter()
            .map(|&tenor| self.years(CurvePoint::Tenor(tenor)))
            .collect::<Result<Vec<_>>>()?;
        self.with_nodes_at(times.into_iter())
    }

    /// The same curve with nodes at these times, too.
    fn with_nodes_at(self, times: impl Iterator<Item = f64>) -> Result<CurveDefinition> {
        let added = times.filter(|time| self.nodes.iter().all(|node| node.time != *time));
        let added = added
            .map(|time| Ok(Node { time, zero: self.interpolated().node_zero(time)? }))
            .collect::<Result<Vec<_>>>()?;
        let mut definition = self.into_definition();
        definition.nodes.extend(added);
        definition.nodes.sort_by(|a, b| a.time.total_cmp(&b.time));
        Ok(definition)
    }
}

impl CurveDefinition {
    fn ends(&self) -> (f64, f64) {
        let time = |node: Option<&Node>| node.map_or(f64::NAN, |node| node.time);
        (time(self.nodes.first()), time(self.nodes.last()))
    }
}

fn moved(rate: f64, bp: f64) -> f64 {
    if bp == 0.0 { rate } else { rounded(rate + bp / 1e4) }
}

/// To the fifteenth decimal: what is moved there and back is what it was, and 4.05 % moved by 25 is
/// 4.3 %, not a bit beside it.
fn rounded(rate: f64) -> f64 {
    const LAST: f64 = 1e15;
    if rate.abs() < 1.0 { (rate * LAST).round() / LAST } else { rate }
}

fn check_bp(bp: f64) -> Result<()> {
    if bp.abs() <= 1e6 {
        return Ok(());
    }
    Err(Error::OutOfRange {
        what: "shift",
        value: bp,
        rule: "a shift is in basis points, from -1,000,000 to 1,000,000: 25 is 0.25 %",
    })
}
