//! Months of 30 days: what the days 28 to 31 of the two dates count as.

use crate::basics::date::Civil;

/// In the order that Excel follows: the 31st of the first date, then of the second, and February
/// last.
#[inline(always)]
pub fn us(from: Civil, to: Civil) -> i32 {
    let mut first = from.day.min(30);
    let mut second = if to.day == 31 && first == 30 { 30 } else { to.day };
    if is_last_of_february(from) {
        first = 30;
        if is_last_of_february(to) {
            second = 30;
        }
    }
    days(from, to, first, second)
}

#[inline(always)]
pub fn european(from: Civil, to: Civil) -> i32 {
    days(from, to, from.day.min(30), to.day.min(30))
}

/// February first, so that a second 31st after it counts as the 30th.
pub fn sia(from: Civil, to: Civil) -> i32 {
    if !is_last_of_february(from) {
        return bond_basis(from, to);
    }
    let second = if is_last_of_february(to) { 30 } else { to.day.min(30) };
    days(from, to, 30, second)
}

pub fn bond_basis(from: Civil, to: Civil) -> i32 {
    let first = from.day.min(30);
    days(from, to, first, if first == 30 { to.day.min(30) } else { to.day })
}

/// Each last day of a month as the 30th, but not February's on the termination date.
pub fn ultimo(from: Civil, to: Civil, termination: Option<Civil>) -> i32 {
    let last_as_30th = |date: Civil| if is_last_of_february(date) { 30 } else { date.day.min(30) };
    let second = if termination == Some(to) { to.day.min(30) } else { last_as_30th(to) };
    days(from, to, last_as_30th(from), second)
}

#[inline(always)]
fn is_last_of_february(date: Civil) -> bool {
    date.is_month_end() & date.is_february()
}

#[inline(always)]
fn days(from: Civil, to: Civil, first: i32, second: i32) -> i32 {
    30 * (to.months - from.months) + second - first
}
