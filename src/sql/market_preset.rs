//! Markets and their practice.

// pgrx reads the columns from the signature, where an alias would hide them.
#![allow(clippy::type_complexity)]

use super::datum::Text;
use crate::basics::date::Date;
use crate::basics::vocabulary::{Vocabulary, Word};
use crate::product::bond::Bond;
use crate::product::market_preset::MarketPreset;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

type Row = (
    &'static str,
    Vec<&'static str>,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i32,
    Option<String>,
    bool,
    &'static str,
);

fn rows(wanted: impl Fn(MarketPreset) -> bool) -> impl Iterator<Item = Row> {
    let words = MarketPreset::WORDS.iter().filter(move |word| wanted(word.value));
    words.map(|&Word { value, name, aliases, meaning }| {
        let p = value.practice();
        let (frequency, day_count, convention, roll) =
            (p.frequency.name(), p.day_count.name(), p.convention.name(), p.roll.name());
        let lag = i32::from(p.settlement_lag);
        let (ex_dividend, end_of_month) =
            (p.ex_dividend.map(|rule| rule.to_string()), p.end_of_month);
        let (aliases, currency, calendar) = (aliases.to_vec(), p.currency, p.calendar);
        (
            name,
            aliases,
            meaning,
            currency,
            frequency,
            day_count,
            convention,
            calendar,
            roll,
            lag,
            ex_dividend,
            end_of_month,
            p.source,
        )
    })
}

#[pg_extern(sql = false)]
#[rustfmt::skip]
fn bond_markets() -> TableIterator<'static, (
    name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str), name!(currency, &'static str),
    name!(frequency, &'static str), name!(day_count, &'static str), name!(convention, &'static str), name!(calendar, &'static str),
    name!(roll, &'static str), name!(settlement_lag, i32), name!(ex_dividend, Option<String>), name!(end_of_month, bool),
    name!(source, &'static str),
)> {
    TableIterator::new(rows(|_| true))
}

#[pg_extern(sql = false)]
#[rustfmt::skip]
fn bond_market(name: Text) -> Result<TableIterator<'static, (
    name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str), name!(currency, &'static str),
    name!(frequency, &'static str), name!(day_count, &'static str), name!(convention, &'static str), name!(calendar, &'static str),
    name!(roll, &'static str), name!(settlement_lag, i32), name!(ex_dividend, Option<String>), name!(end_of_month, bool),
    name!(source, &'static str),
)>, ErrorReport> {
    let market = MarketPreset::parse(&name.0)?;
    Ok(TableIterator::new(rows(move |other| other == market)))
}

#[pg_extern(sql = false)]
fn bond_settlement_of_trade(bond: Bond, trade: Date) -> Result<Date, ErrorReport> {
    Ok(bond.settlement_of(trade)?)
}
