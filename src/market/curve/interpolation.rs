//! What lies between the nodes of a curve and beyond them: zero rates, and how they follow those of
//! the nodes.

use super::monotone::Forwards;
use super::{Curve, CurveDefinition};
use crate::basics::error::{Error, Result};
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::numeric::elementary::{exp, ln};

/// The discriminant is the stored code. Before the first node the zero rate is flat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Interpolation {
    /// Forward rates constant between nodes: the logarithm of the discount factor is linear.
    FlatForward = 1,
    LinearZero = 2,
    /// The logarithm of the zero rate is linear; zero rates must be positive.
    LogLinearZero = 3,
    /// Cubic spline of zero rates without curvature at the ends.
    NaturalCubic = 4,
    /// Cubic spline of zero rates without slope at the ends, where the rates beyond are flat.
    ClampedCubic = 5,
    /// Continuous forward rates that are no rougher than the discrete ones.
    MonotoneConvex = 6,
}

/// What holds after the last node. The discriminant is the stored code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Extrapolation {
    FlatZero = 1,
    FlatForward = 2,
    None = 3,
}

impl Vocabulary for Interpolation {
    const WHAT: &'static str = "interpolation";
    const WORDS: &'static [Word<Interpolation>] = &[
        Word {
            value: Interpolation::FlatForward,
            name: "flat_forward",
            aliases: &[
                "log_linear",
                "log-linear discount",
                "piecewise constant forward",
                "step_forward",
                "loglinear",
            ],
            meaning: "constant forward rates between nodes: log-linear discount factors",
        },
        Word {
            value: Interpolation::LinearZero,
            name: "linear_zero",
            aliases: &["linear", "linear zeros"],
            meaning: "linear zero rates",
        },
        Word {
            value: Interpolation::LogLinearZero,
            name: "log_linear_zero",
            aliases: &["log linear zeros"],
            meaning: "linear logarithms of positive zero rates",
        },
        Word {
            value: Interpolation::NaturalCubic,
            name: "natural_cubic",
            aliases: &["cubic", "cubic_spline", "natural_spline"],
            meaning: "cubic spline of zero rates without curvature at the ends",
        },
        Word {
            value: Interpolation::ClampedCubic,
            name: "clamped_cubic",
            aliases: &["clamped_spline"],
            meaning: "cubic spline of zero rates without slope at the ends",
        },
        Word {
            value: Interpolation::MonotoneConvex,
            name: "monotone_convex",
            aliases: &["hagan_west"],
            meaning: "continuous forward rates no rougher than the discrete ones (Hagan and West, \
                2006)",
        },
    ];
}

impl Vocabulary for Extrapolation {
    const WHAT: &'static str = "extrapolation";
    const WORDS: &'static [Word<Extrapolation>] = &[
        Word {
            value: Extrapolation::FlatZero,
            name: "flat_zero",
            aliases: &["flat", "constant_zero"],
            meaning: "the last zero rate, for ever",
        },
        Word {
            value: Extrapolation::FlatForward,
            name: "flat_forward",
            aliases: &["constant_forward"],
            meaning: "the forward rate of the last stretch, for ever",
        },
        Word {
            value: Extrapolation::None,
            name: "none",
            aliases: &["error", "refuse"],
            meaning: "an error beyond the last node",
        },
    ];
}

impl Interpolation {
    /// Whether a zero rate on the curve's own date tells anything of later ones. To a forward rate
    /// between nodes it adds nothing, for it is of no time.
    pub fn uses_the_rate_today(self) -> bool {
        !matches!(self, Interpolation::FlatForward | Interpolation::MonotoneConvex)
    }
}

/// A zero rate as a weighted sum of changes of the nodes': Σ wᵢ·dzᵢ.
pub type Weights = Vec<(usize, f64)>;

impl Curve {
    /// The curve ready to be asked many times.
    pub fn interpolated(&self) -> InterpolatedCurve<'_> {
        InterpolatedCurve::new(self)
    }
}

/// A curve with what its interpolation works out once.
#[derive(Debug, Clone)]
pub struct InterpolatedCurve<'a> {
    curve: &'a CurveDefinition,
    /// Second derivatives at the nodes of a spline.
    bends: Vec<f64>,
    /// Of the monotone convex method.
    forwards: Option<Forwards>,
}

impl<'a> InterpolatedCurve<'a> {
    fn new(curve: &'a Curve) -> InterpolatedCurve<'a> {
        let curve: &CurveDefinition = curve;
        let (bends, forwards) = match curve.interpolation {
            Interpolation::NaturalCubic | Interpolation::ClampedCubic => {
                (spline(curve).bends(), None)
            }
            Interpolation::MonotoneConvex => (Vec::new(), Some(Forwards::of(curve))),
            _ => (Vec::new(), None),
        };
        InterpolatedCurve { curve, bends, forwards }
    }

    /// Zero rate at a time, which may not be negative.
    pub fn zero(&self, time: f64) -> Result<f64> {
        let of_nodes = self.node_zero(time)?;
        Ok(self.curve.parameters.map_or(of_nodes, |parameters| parameters.zero(time) + of_nodes))
    }

    /// The part of it that the nodes tell.
    pub(super) fn node_zero(&self, time: f64) -> Result<f64> {
        Ok(match self.place(time)? {
            Place::Nowhere => 0.0,
            Place::Before => self.node(0).1,
            Place::Between(i) => self.zero_between(i, time),
            Place::Beyond { time: last, zero }
                if self.curve.extrapolation == Extrapolation::FlatForward =>
            {
                (zero * last + self.last_forward() * (time - last)) / time
            }
            Place::Beyond { zero, .. } => zero,
        })
    }

    /// How the zero rate at a time follows those of the nodes.
    pub fn weights(&self, time: f64) -> Result<Weights> {
        let last = self.curve.nodes.len().saturating_sub(1);
        Ok(match self.place(time)? {
            Place::Nowhere => Vec::new(),
            Place::Before => vec![(0, 1.0)],
            Place::Between(i) => self.weights_between(i, time),
            Place::Beyond { time: end, .. }
                if self.curve.extrapolation == Extrapolation::FlatForward && last > 0 =>
            {
                let mut weights: Weights = self
                    .last_forward_weights()
                    .into_iter()
                    .map(|(i, w)| (i, w * (time - end) / time))
                    .collect();
                weights.push((last, end / time));
                weights
            }
            Place::Beyond { .. } => vec![(last, 1.0)],
        })
    }

    fn node(&self, i: usize) -> (f64, f64) {
        self.curve.nodes.get(i).map_or((f64::NAN, f64::NAN), |node| (node.time, node.zero))
    }

    fn place(&self, time: f64) -> Result<Place> {
        if time.is_nan() || time < 0.0 {
            return Err(Error::BeforeCurve { as_of: self.curve.as_of });
        }
        if self.curve.nodes.is_empty() {
            return Ok(Place::Nowhere);
        }
        let after = self.curve.nodes.partition_point(|node| node.time <= time);
        if after == 0 {
            return Ok(Place::Before);
        }
        if after < self.curve.nodes.len() {
            return Ok(Place::Between(after - 1));
        }
        let (last, zero) = self.node(after - 1);
        if time > last && self.curve.extrapolation == Extrapolation::None {
            return Err(Error::BeyondCurve { years: time, last });
        }
        Ok(Place::Beyond { time: last, zero })
    }

    fn zero_between(&self, i: usize, time: f64) -> f64 {
        let ((t0, z0), (t1, z1)) = (self.node(i), self.node(i + 1));
        let (width, x) = (t1 - t0, (time - t0) / (t1 - t0));
        match self.curve.interpolation {
            Interpolation::FlatForward => (z0 * t0 * (1.0 - x) + z1 * t1 * x) / time,
            Interpolation::LinearZero => z0 + (z1 - z0) * x,
            Interpolation::LogLinearZero => exp(ln(z0) * (1.0 - x) + ln(z1) * x),
            Interpolation::NaturalCubic | Interpolation::ClampedCubic => {
                let bend = |i: usize| self.bends.get(i).copied().unwrap_or_default();
                let (a, b) = (1.0 - x, x);
                a * z0
                    + b * z1
                    + ((a * a * a - a) * bend(i) + (b * b * b - b) * bend(i + 1)) * width * width
                        / 6.0
            }
            Interpolation::MonotoneConvex => {
                let area = self.forwards.as_ref().map_or(0.0, |forwards| forwards.area(i, x));
                (z0 * t0 + width * area) / time
            }
        }
    }

    fn weights_between(&self, i: usize, time: f64) -> Weights {
        let ((t0, z0), (t1, z1)) = (self.node(i), self.node(i + 1));
        let (width, x) = (t1 - t0, (time - t0) / (t1 - t0));
        match self.curve.interpolation {
            Interpolation::FlatForward => vec![(i, (1.0 - x) * t0 / time), (i + 1, x * t1 / time)],
            Interpolation::LinearZero => vec![(i, 1.0 - x), (i + 1, x)],
            Interpolation::LogLinearZero => {
                let z = self.zero_between(i, time);
                vec![(i, (1.0 - x) * z / z0), (i + 1, x * z / z1)]
            }
            Interpolation::NaturalCubic | Interpolation::ClampedCubic => {
                let (a, b) = (1.0 - x, x);
                let scale = width * width / 6.0;
                let mut weights = spline(self.curve)
                    .weights(&[(i, (a * a * a - a) * scale), (i + 1, (b * b * b - b) * scale)]);
                weights.extend([(i, a), (i + 1, b)]);
                weights
            }
            Interpolation::MonotoneConvex => {
                let area = self
                    .forwards
                    .as_ref()
                    .map(|forwards| forwards.weights(i, x))
                    .unwrap_or_default();
                area.into_iter()
                    .map(|(i, weight)| (i, weight * width / time))
                    .chain([(i, t0 / time)])
                    .collect()
            }
        }
    }

    /// The discrete forward rate of the last stretch.
    fn last_forward(&self) -> f64 {
        self.last_forward_weights().iter().map(|&(i, weight)| weight * self.node(i).1).sum()
    }

    fn last_forward_weights(&self) -> Weights {
        let last = self.curve.nodes.len().saturating_sub(1);
        if last == 0 {
            return vec![(0, 1.0)];
        }
        let ((t0, _), (t1, _)) = (self.node(last - 1), self.node(last));
        vec![(last - 1, -t0 / (t1 - t0)), (last, t1 / (t1 - t0))]
    }
}

enum Place {
    /// On a curve of parameters alone.
    Nowhere,
    Before,
    Between(usize),
    Beyond {
        time: f64,
        zero: f64,
    },
}

/// The tridiagonal equations of a cubic spline of zero rates, T·M = R·z, for its second derivatives
/// M at the nodes; T is symmetric.
struct Spline {
    widths: Vec<f64>,
    zeros: Vec<f64>,
    clamped: bool,
}

fn spline(curve: &CurveDefinition) -> Spline {
    let widths = curve
        .nodes
        .windows(2)
        .map(|pair| if let [a, b] = pair { b.time - a.time } else { f64::NAN })
        .collect();
    let zeros = curve.nodes.iter().map(|node| node.zero).collect();
    Spline { widths, zeros, clamped: curve.interpolation == Interpolation::ClampedCubic }
}

impl Spline {
    fn width(&self, i: usize) -> f64 {
        self.widths.get(i).copied().unwrap_or_default()
    }

    /// Diagonal, and the element right of it, of row i.
    fn row(&self, i: usize) -> (f64, f64) {
        let last = self.widths.len();
        match i {
            _ if !self.clamped && (i == 0 || i == last) => (1.0, 0.0),
            0 => (2.0 * self.width(0), self.width(0)),
            _ if i == last => (2.0 * self.width(last - 1), 0.0),
            _ => {
                let right = if i + 1 == last && !self.clamped { 0.0 } else { self.width(i) };
                (2.0 * (self.width(i - 1) + self.width(i)), right)
            }
        }
    }

    /// Row i of R: which zero rates it takes.
    fn pulls(&self, i: usize) -> Weights {
        let last = self.widths.len();
        let right = |i: usize| 6.0 / self.width(i);
        match i {
            _ if !self.clamped && (i == 0 || i == last) => Vec::new(),
            0 => vec![(0, -right(0)), (1, right(0))],
            _ if i == last => vec![(last, -right(last - 1)), (last - 1, right(last - 1))],
            _ => vec![(i - 1, right(i - 1)), (i, -right(i - 1) - right(i)), (i + 1, right(i))],
        }
    }

    fn solve(&self, mut right: Vec<f64>) -> Vec<f64> {
        let mut diagonal: Vec<f64> = Vec::with_capacity(right.len());
        for i in 0..right.len() {
            let (mut pivot, _) = self.row(i);
            if i > 0 {
                let coupling = self.row(i - 1).1;
                let factor = coupling / diagonal.get(i - 1).copied().unwrap_or(1.0);
                pivot -= factor * coupling;
                let above = right.get(i - 1).copied().unwrap_or_default();
                if let Some(value) = right.get_mut(i) {
                    *value -= factor * above;
                }
            }
            diagonal.push(pivot);
        }
        for i in (0..right.len()).rev() {
            let below = right.get(i + 1).copied().unwrap_or_default();
            let (coupling, pivot) = (self.row(i).1, diagonal.get(i).copied().unwrap_or(1.0));
            if let Some(value) = right.get_mut(i) {
                *value = (*value - coupling * below) / pivot;
            }
        }
        right
    }

    fn bends(&self) -> Vec<f64> {
        let zero = |i: usize| self.zeros.get(i).copied().unwrap_or_default();
        self.solve(
            (0..self.zeros.len())
                .map(|i| self.pulls(i).iter().map(|&(j, pull)| pull * zero(j)).sum())
                .collect(),
        )
    }

    /// How a sum of second derivatives follows the zero rates: by the transposed equations, which
    /// are the same.
    fn weights(&self, of: &[(usize, f64)]) -> Weights {
        let mut right = vec![0.0; self.zeros.len()];
        for &(i, factor) in of {
            if let Some(value) = right.get_mut(i) {
                *value += factor;
            }
        }
        let pushes = self.solve(right);
        pushes
            .iter()
            .enumerate()
            .flat_map(|(i, push)| self.pulls(i).into_iter().map(move |(j, pull)| (j, push * pull)))
            .collect()
    }
}
