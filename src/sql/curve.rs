//! Type `curve`: input and output, constructors, what a curve answers, and curves made from curves.

use super::bond::word;
use super::call::{Call, received};
use super::datum::{Json, List, Text};
use super::vocabulary::words;
use crate::basics::date::Date;
use crate::basics::error::{Error, Result};
use crate::basics::frequency::Frequency;
use crate::basics::tenor::Tenor;
use crate::basics::vocabulary::Vocabulary;
use crate::calibrate::curve_quotes::{QuoteKind, Quoted, Quotes};
use crate::calibrate::quote_period::QuotePeriod;
use crate::forms::text::{decimal_rate, leading_date};
use crate::market::curve::{
    Curve, CurveDefinition, CurvePoint, Extrapolation, Interpolation, Parameters,
};
use crate::product::compounding::Basis;
use crate::product::money_market::MoneyMarket;
use pgrx::datum::Internal;
use pgrx::iter::TableIterator;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::cmp::Ordering;
use std::ffi::{CStr, CString};

#[pg_extern(sql = false)]
fn curve_in(text: &CStr, call: Call) -> Option<Curve> {
    call.input(text)
}

#[pg_extern(sql = false)]
fn curve_out(curve: Curve) -> CString {
    CString::new(curve.to_string()).unwrap_or_default()
}

#[pg_extern(sql = false)]
fn curve_recv(message: Internal) -> Result<Curve, ErrorReport> {
    Ok(Curve::from_bytes(&received(message)?)?)
}

#[pg_extern(sql = false)]
fn curve_send(curve: Curve) -> Vec<u8> {
    curve.to_bytes()
}

#[pg_extern(sql = false)]
fn curve_from_jsonb(terms: Json) -> Result<Curve, ErrorReport> {
    Ok(Curve::from_json(terms.0)?)
}

#[pg_extern(sql = false)]
fn curve_to_json(curve: Curve) -> pgrx::Json {
    pgrx::Json(curve.to_json())
}

#[pg_extern(sql = false)]
fn curve_to_jsonb(curve: Curve) -> Json {
    Json(curve.to_json())
}

/// The constructors, which differ in how they say when, and whether they say one kind or one for
/// each rate. Not strict: an absent optional argument is its default, and a curve without date,
/// times or rates is unknown.
macro_rules! constructors {
    ($($name:ident: $at:ty, $kind:ty, |$element:ident, $day:ident, $market:ident| $span:expr;)*) => { $(
        #[pg_extern(sql = false)]
        #[allow(clippy::too_many_arguments)] // the SQL constructor's named arguments
        fn $name(
            as_of: Option<Date>,
            at: Option<List<$at>>,
            rates: Option<List<f64>>,
            kind: Option<$kind>,
            interpolation: Option<Text>,
            compounding: Option<Text>,
            day_count: Option<Text>,
            extrapolation: Option<Text>,
            name: Option<Text>,
            currency: Option<Text>,
            conventions: Option<Text>,
            discount: Option<Curve>,
        ) -> Result<Option<Curve>, ErrorReport> {
            let (Some($day), Some(at), Some(rates)) = (as_of, at, rates) else { return Ok(None) };
            let $market = word(conventions, MoneyMarket::Plain)?;
            let spans = at.into_iter().map(|element| element.map(|$element| -> Result<QuotePeriod> { $span }).transpose()).collect::<Result<_>>()?;
            let kinds = kind.map_or_else(|| Ok(vec![Some(QuoteKind::Zero); rates.len()]), |kind| kind.of_each(rates.len()))?;
            let default = Quotes::new($day, rows(spans, rates, kinds)?);
            let quotes = Quotes {
                interpolation: word(interpolation, default.interpolation)?,
                compounding: compounding.map_or(Ok(default.compounding), |Text(text)| Basis::parse(&text))?,
                day_count: word(day_count, default.day_count)?,
                extrapolation: word(extrapolation, default.extrapolation)?,
                name: name.map(|Text(name)| name),
                currency: currency.map(|Text(code)| code.parse()).transpose()?,
                conventions: $market,
                discount,
                ..default
            };
            Ok(Some(quotes.curve()?))
        }
    )* };
}

constructors! {
    curve_from_tenors: Text, Text, |tenor, as_of, market| QuotePeriod::parse(&tenor.0, as_of, market);
    curve_from_kinds: Text, List<Text>, |tenor, as_of, market| QuotePeriod::parse(&tenor.0, as_of, market);
    curve_from_years: f64, Text, |years, as_of, market| Ok(CurvePoint::Years(years).into());
    curve_from_dates: i32, Text, |days, as_of, market| Ok(CurvePoint::Date(Date::from_days(days)?).into());
}

/// What each rate is, as SQL says it.
trait Kinds {
    fn of_each(self, rates: usize) -> Result<Vec<Option<QuoteKind>>>;
}

impl Kinds for Text {
    fn of_each(self, rates: usize) -> Result<Vec<Option<QuoteKind>>> {
        Ok(vec![Some(QuoteKind::parse(&self.0)?); rates])
    }
}

impl Kinds for List<Text> {
    fn of_each(self, _: usize) -> Result<Vec<Option<QuoteKind>>> {
        self.into_iter()
            .map(|kind| kind.map(|Text(kind)| QuoteKind::parse(&kind)).transpose())
            .collect()
    }
}

/// A NULL rate is no quote.
fn rows(
    spans: Vec<Option<QuotePeriod>>,
    rates: List<f64>,
    kinds: Vec<Option<QuoteKind>>,
) -> Result<Vec<Quoted>> {
    for (count, what) in [(spans.len(), "times"), (kinds.len(), "kinds")] {
        if count != rates.len() {
            return Err(Error::Curve {
                why: format!("{} rates are given for {count} {what}", rates.len()),
            });
        }
    }
    let quoted = spans
        .into_iter()
        .zip(kinds)
        .zip(rates)
        .filter_map(|((span, kind), rate)| Some((span, kind, rate?)));
    let row = |(span, kind, rate): (Option<QuotePeriod>, Option<QuoteKind>, f64)| {
        let span = span.ok_or(Error::Null { what: "the time of a rate" })?;
        Quoted::from_number(kind.ok_or(Error::Null { what: "the kind of a rate" })?, span, rate)
    };
    quoted.map(row).collect()
}

#[pg_extern(sql = false)]
fn curve_nelson_siegel(
    as_of: Date,
    beta0: f64,
    beta1: f64,
    beta2: f64,
    tau: f64,
) -> Result<Curve, ErrorReport> {
    Ok(Curve::new(CurveDefinition::parametric(
        as_of,
        Parameters::nelson_siegel(decimal_rate("beta0", beta0)?, beta1, beta2, tau),
    ))?)
}

#[pg_extern(sql = false)]
fn curve_svensson(
    as_of: Date,
    beta0: f64,
    beta1: f64,
    beta2: f64,
    beta3: f64,
    tau1: f64,
    tau2: f64,
) -> Result<Curve, ErrorReport> {
    Ok(Curve::new(CurveDefinition::parametric(
        as_of,
        Parameters::svensson([decimal_rate("beta0", beta0)?, beta1, beta2, beta3], tau1, tau2),
    ))?)
}

/// A point on a curve, as SQL says it.
trait Point {
    fn at(self) -> Result<CurvePoint>;
}

impl Point for Text {
    fn at(self) -> Result<CurvePoint> {
        leading_date(&self.0).map_or_else(|| self.0.parse(), |date| Ok(CurvePoint::Date(date)))
    }
}

impl Point for Date {
    fn at(self) -> Result<CurvePoint> {
        Ok(CurvePoint::Date(self))
    }
}

impl Point for f64 {
    fn at(self) -> Result<CurvePoint> {
        Ok(CurvePoint::Years(self))
    }
}

/// What is asked at a tenor, at a date and at a number of years.
macro_rules! queries {
    ($($kind:ty: $zero:ident, $df:ident, $forward:ident, $par:ident;)*) => { $(
        #[pg_extern(sql = false)]
        fn $zero(curve: Curve, at: $kind, compounding: Text) -> Result<f64, ErrorReport> {
            Ok(curve.zero_at(at.at()?, Basis::parse(&compounding.0)?)?)
        }

        #[pg_extern(sql = false)]
        fn $df(curve: Curve, at: $kind) -> Result<f64, ErrorReport> {
            Ok(curve.discount_at(at.at()?)?)
        }

        #[pg_extern(sql = false)]
        fn $forward(curve: Curve, from: $kind, to: $kind, compounding: Text) -> Result<f64, ErrorReport> {
            Ok(curve.forward(from.at()?, to.at()?, Basis::parse(&compounding.0)?)?)
        }

        #[pg_extern(sql = false)]
        fn $par(curve: Curve, at: $kind, frequency: Text) -> Result<f64, ErrorReport> {
            Ok(curve.par(at.at()?, Frequency::parse(&frequency.0)?)?)
        }
    )* };
}

queries! {
    Text: curve_zero_at_tenor, curve_df_at_tenor, curve_forward_of_tenors, curve_par_at_tenor;
    Date: curve_zero_at_date, curve_df_at_date, curve_forward_of_dates, curve_par_at_date;
    f64: curve_zero_at_years, curve_df_at_years, curve_forward_of_years, curve_par_at_years;
}

#[pg_extern(sql = false)]
#[allow(clippy::type_complexity)] // pgrx reads the columns where they stand
fn curve_nodes(
    curve: Curve,
) -> Result<
    TableIterator<
        'static,
        (
            name!(tenor, String),
            name!(years, f64),
            name!(date, Option<Date>),
            name!(zero, f64),
            name!(discount, f64),
        ),
    >,
    ErrorReport,
> {
    let rows = curve.rows()?.into_iter();
    Ok(TableIterator::new(
        rows.map(|row| (row.at.to_string(), row.years, row.date, row.zero, row.discount)),
    ))
}

#[pg_extern(sql = false)]
fn curve_shift(curve: Curve, bp: f64) -> Result<Curve, ErrorReport> {
    Ok(curve.shifted(bp)?)
}

#[pg_extern(sql = false)]
fn curve_shift_down(curve: Curve, bp: f64) -> Result<Curve, ErrorReport> {
    Ok(curve.shifted(-bp)?)
}

/// The moves that two arrays tell, one at each tenor.
fn moves(tenors: List<Text>, bp: List<f64>) -> Result<Vec<(Tenor, f64)>> {
    if tenors.len() != bp.len() {
        return Err(Error::Mismatch {
            what: "shifts",
            count: bp.len(),
            of: "tenors",
            others: tenors.len(),
        });
    }
    let bp = bp
        .into_iter()
        .map(|bp| bp.ok_or(Error::Null { what: "a shift" }))
        .collect::<Result<Vec<_>>>()?;
    Ok(super::bond_on_curve::tenors(tenors)?.into_iter().zip(bp).collect())
}

#[pg_extern(sql = false)]
fn curve_shift_at(curve: Curve, tenors: List<Text>, bp: List<f64>) -> Result<Curve, ErrorReport> {
    Ok(curve.shifted_at(&moves(tenors, bp)?)?)
}

/// NULL where this curve cannot be moved so; arguments that no curve could be moved by are errors.
#[pg_extern(sql = false)]
fn curve_shift_or_null(
    curve: Curve,
    tenors: List<Text>,
    bp: List<f64>,
) -> Result<Option<Curve>, ErrorReport> {
    match curve.shifted_at(&moves(tenors, bp)?) {
        Err(error @ Error::TooMany { .. }) => Err(error.into()),
        moved => Ok(moved.ok()),
    }
}

#[pg_extern(sql = false)]
fn curve_twist(
    curve: Curve,
    short_bp: f64,
    long_bp: f64,
    pivot: Text,
) -> Result<Curve, ErrorReport> {
    Ok(curve.twisted(short_bp, long_bp, pivot.0.parse()?)?)
}

#[pg_extern(sql = false)]
fn curve_key_rate_shift(curve: Curve, tenor: Text, bp: f64) -> Result<Curve, ErrorReport> {
    Ok(curve.key_rate_shifted(tenor.0.parse()?, bp)?)
}

#[pg_extern(sql = false)]
fn curve_roll(curve: Curve, date: Date) -> Result<Curve, ErrorReport> {
    Ok(curve.rolled(date)?)
}

#[pg_extern(sql = false)]
fn curve_spread(curve: Curve, other: Curve) -> Result<Curve, ErrorReport> {
    Ok(curve.spread_over(&other)?)
}

/// Functions that read one term.
macro_rules! accessors {
    ($($name:ident -> $kind:ty: |$curve:ident| $term:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $name($curve: Curve) -> $kind {
            $term
        }
    )* };
}

accessors! {
    curve_date -> Date: |curve| curve.as_of;
    curve_name -> Option<String>: |curve| curve.name.clone();
    curve_currency -> Option<String>: |curve| curve.currency.map(|currency| currency.to_string());
    curve_day_count -> &'static str: |curve| curve.day_count.name();
    curve_interpolation -> &'static str: |curve| curve.interpolation.name();
    curve_extrapolation -> &'static str: |curve| curve.extrapolation.name();
}

#[pg_extern(sql = false)]
fn interpolations() -> TableIterator<
    'static,
    (name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str)),
> {
    TableIterator::new(words::<Interpolation>())
}

#[pg_extern(sql = false)]
fn extrapolations() -> TableIterator<
    'static,
    (name!(name, &'static str), name!(aliases, Vec<&'static str>), name!(definition, &'static str)),
> {
    TableIterator::new(words::<Extrapolation>())
}

functions! {
    (a: Curve, b: Curve) -> bool, |holds| holds(a.cmp(&b));
    curve_eq: Ordering::is_eq;
    curve_ne: Ordering::is_ne;
    curve_lt: Ordering::is_lt;
    curve_le: Ordering::is_le;
    curve_gt: Ordering::is_gt;
    curve_ge: Ordering::is_ge;
}

#[pg_extern(sql = false)]
fn curve_smaller(a: Curve, b: Curve) -> Curve {
    a.min(b)
}

#[pg_extern(sql = false)]
fn curve_larger(a: Curve, b: Curve) -> Curve {
    a.max(b)
}

#[pg_extern(sql = false)]
fn curve_cmp(a: Curve, b: Curve) -> i32 {
    a.cmp(&b) as i32
}

#[pg_extern(sql = false)]
fn curve_hash(curve: Curve) -> i32 {
    curve.hash_code(0) as i32
}

#[pg_extern(sql = false)]
fn curve_hash_extended(curve: Curve, seed: i64) -> i64 {
    curve.hash_code(seed as u64) as i64
}
