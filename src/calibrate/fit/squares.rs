//! Linear least squares.

/// The x for which Σ xₖ·columnₖ comes nearest to `right`, by modified Gram and Schmidt's
/// orthogonalisation, which keeps the digits that normal equations would square away (Å. Björck,
/// BIT 7, 1967). A column of zeros has a coefficient of 0.
pub fn nearest(mut columns: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let Some(column) = columns.pop() else { return Vec::new() };
    let square = dot(&column, &column);
    let take = |other: &mut Vec<f64>| {
        let share = if square.is_normal() { dot(&column, other) / square } else { 0.0 };
        other.iter_mut().zip(&column).for_each(|(other, own)| *other -= share * own);
        share
    };
    let pulls: Vec<f64> = columns.iter_mut().map(take).collect();
    let share = take(&mut right);
    let mut found = nearest(columns, right);
    found.push(share - dot(&pulls, &found));
    found
}

/// In four sums, which a processor can take side by side.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((fours, rest), (others, other_rest)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    let mut sums = [0.0; 4];
    for (four, other) in fours.iter().zip(others) {
        sums.iter_mut().zip(four.iter().zip(other)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    let [first, second, third, fourth] = sums;
    let rest: f64 = rest.iter().zip(other_rest).map(|(a, b)| a * b).sum();
    (first + second) + (third + fourth) + rest
}
