//! Identifiers: what each kind answers, and the ways from one to another.

use super::datum::Text;
use crate::basics::identifier::{
    IdentifierKind, is_assigned_prefix, isin_from_national, isin_parts, national_from_isin,
};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

functions! {
    (text: Text) -> bool, |kind| kind.is_valid(&text.0);
    isin_is_valid: IdentifierKind::Isin;
    cusip_is_valid: IdentifierKind::Cusip;
    sedol_is_valid: IdentifierKind::Sedol;
    figi_is_valid: IdentifierKind::Figi;
    lei_is_valid: IdentifierKind::Lei;
    valor_is_valid: IdentifierKind::Valor;
}

functions! {
    (text: Text) -> Result<bool, ErrorReport>, |kind| Ok(kind.check(&text.0).map(|()| true)?);
    isin_check: IdentifierKind::Isin;
    cusip_check: IdentifierKind::Cusip;
    sedol_check: IdentifierKind::Sedol;
    figi_check: IdentifierKind::Figi;
    lei_check: IdentifierKind::Lei;
}

functions! {
    (text: Text) -> Result<String, ErrorReport>, |kind| Ok(kind.fix(&text.0)?);
    isin_fix: IdentifierKind::Isin;
    cusip_fix: IdentifierKind::Cusip;
    sedol_fix: IdentifierKind::Sedol;
    figi_fix: IdentifierKind::Figi;
    lei_fix: IdentifierKind::Lei;
}

functions! {
    (text: Text) -> Result<i32, ErrorReport>, |kind| Ok(kind.check_digit(&text.0)? as i32);
    isin_check_digit: IdentifierKind::Isin;
    cusip_check_digit: IdentifierKind::Cusip;
    sedol_check_digit: IdentifierKind::Sedol;
    figi_check_digit: IdentifierKind::Figi;
}

#[pg_extern(sql = false)]
fn lei_check_digits(text: Text) -> Result<String, ErrorReport> {
    Ok(IdentifierKind::Lei.check_digits(&text.0)?)
}

functions! {
    (number: Text, country: Text) -> Result<String, ErrorReport>,
    |kind| Ok(isin_from_national(kind, &number.0, &country.0)?);
    cusip_to_isin: IdentifierKind::Cusip;
    sedol_to_isin: IdentifierKind::Sedol;
    valor_to_isin: IdentifierKind::Valor;
}

functions! {
    (isin: Text) -> Result<Option<String>, ErrorReport>,
    |kind| Ok(national_from_isin(kind, &isin.0)?);
    isin_to_cusip: IdentifierKind::Cusip;
    isin_to_sedol: IdentifierKind::Sedol;
    isin_to_valor: IdentifierKind::Valor;
}

#[pg_extern(sql = false)]
fn isin_country(isin: Text) -> Result<String, ErrorReport> {
    Ok(isin_parts(&isin.0)?.0.to_owned())
}

#[pg_extern(sql = false)]
fn isin_country_is_assigned(isin: Text) -> Result<bool, ErrorReport> {
    Ok(is_assigned_prefix(isin_parts(&isin.0)?.0))
}

#[pg_extern(sql = false)]
fn isin_nsin(isin: Text) -> Result<String, ErrorReport> {
    Ok(isin_parts(&isin.0)?.1.to_owned())
}
