//! The market words as rows, so that users and tools can list what is read.

use crate::basics::daycount::DayCount;
use crate::basics::frequency::Frequency;
use crate::basics::vocabulary::Vocabulary;
use crate::product::convention::Convention;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

pub fn words<T: Vocabulary>()
-> impl Iterator<Item = (&'static str, Vec<&'static str>, &'static str)> {
    T::WORDS.iter().map(|word| (word.name, word.aliases.to_vec(), word.meaning))
}

#[pg_extern(sql = false)]
fn day_counts() -> TableIterator<
    'static,
    (name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str)),
> {
    TableIterator::new(words::<DayCount>())
}

#[pg_extern(sql = false)]
fn bond_frequencies() -> TableIterator<
    'static,
    (name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str)),
> {
    TableIterator::new(words::<Frequency>())
}

#[pg_extern(sql = false)]
fn yield_conventions() -> TableIterator<
    'static,
    (name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str)),
> {
    TableIterator::new(words::<Convention>())
}
