//! Losses that large errors do not rule, and the scale that tells which are large.

/// What an error costs: half its square near 0.
#[derive(Debug, Clone, Copy)]
pub enum Loss {
    /// Linear beyond a bound: as little as an outlier can count while the sum keeps a single bottom
    /// for linear errors.
    Huber(f64),
    /// Constant beyond a bound, so that outliers count for nothing: Tukey's (A. Beaton and J.
    /// Tukey, Technometrics 16, 1974).
    Biweight(f64),
}

/// Tukey's bound in standard deviations: 95 % as efficient as least squares where errors are
/// normal.
const BOUND: f64 = 4.685;
/// The median of the absolute value of a normal variable.
const NORMAL_MEDIAN: f64 = 0.674_489_750_196_081_7;
/// A thousandth of a basis point: no quote is more exact, and no error smaller than a few of these
/// is an outlier.
const FLOOR: f64 = 1e-7;

impl Loss {
    pub fn biweight(scale: f64) -> Loss {
        Loss::Biweight(BOUND * scale)
    }

    pub fn of(self, error: f64) -> f64 {
        match self {
            Loss::Huber(bound) if error.abs() > bound => bound * (error.abs() - 0.5 * bound),
            Loss::Huber(_) => 0.5 * error * error,
            Loss::Biweight(bound) => {
                let left = 1.0 - self.weight(error) * self.left(error);
                bound * bound / 6.0 * left
            }
        }
    }

    /// The derivative by the error, as a part of it: the weight that least squares would give the
    /// error.
    pub fn weight(self, error: f64) -> f64 {
        match self {
            Loss::Huber(bound) => (bound / error.abs()).min(1.0),
            Loss::Biweight(_) => self.left(error) * self.left(error),
        }
    }

    /// 1 − (e/bound)², but 0 of an outlier or of what is no number.
    fn left(self, error: f64) -> f64 {
        let (Loss::Huber(bound) | Loss::Biweight(bound)) = self;
        (1.0 - (error / bound) * (error / bound)).max(0.0)
    }
}

/// Standard deviation of errors by their median, which half of them may spoil; the `parameters` − 1
/// smallest are left out, for so many a fit makes small by itself (J. Street, R. Carroll and D.
/// Ruppert, "A Note on Computing Robust Regression Estimates via Iteratively Reweighted Least
/// Squares", The American Statistician 42, 1988).
pub fn scale(errors: impl Iterator<Item = f64>, parameters: usize) -> f64 {
    let mut sizes: Vec<f64> = errors.map(f64::abs).collect();
    sizes.sort_by(f64::total_cmp);
    let counted = sizes
        .get(parameters.saturating_sub(1).min(sizes.len().saturating_sub(1))..)
        .unwrap_or_default();
    let middle = |i: usize| counted.get(i).copied().unwrap_or_default();
    let median = 0.5 * (middle(counted.len().saturating_sub(1) / 2) + middle(counted.len() / 2));
    (median / NORMAL_MEDIAN).max(FLOOR)
}
