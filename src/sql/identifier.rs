//! Identifiers: what each kind answers, and the ways from one to another.

use super::datum::Text;
use crate::basics::identifier::{
    IdentifierKind, is_assigned_prefix, isin_from_national, isin_parts, national_from_isin,
};
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;

/// What all kinds with check digits can be asked.
macro_rules! checked {
    ($($kind:ident: $is_valid:ident, $check:ident, $fix:ident;)*) => { $(
        #[pg_extern(sql = false)]
        fn $is_valid(text: Text) -> bool {
            IdentifierKind::$kind.is_valid(&text.0)
        }

        #[pg_extern(sql = false)]
        fn $check(text: Text) -> Result<bool, ErrorReport> {
            Ok(IdentifierKind::$kind.check(&text.0).map(|()| true)?)
        }

        #[pg_extern(sql = false)]
        fn $fix(text: Text) -> Result<String, ErrorReport> {
            Ok(IdentifierKind::$kind.fix(&text.0)?)
        }
    )* };
}

checked! {
    Isin: isin_is_valid, isin_check, isin_fix;
    Cusip: cusip_is_valid, cusip_check, cusip_fix;
    Sedol: sedol_is_valid, sedol_check, sedol_fix;
    Figi: figi_is_valid, figi_check, figi_fix;
    Lei: lei_is_valid, lei_check, lei_fix;
}

/// A single check digit is a number.
macro_rules! check_digit {
    ($($kind:ident: $check_digit:ident;)*) => { $(
        #[pg_extern(sql = false)]
        fn $check_digit(text: Text) -> Result<i32, ErrorReport> {
            Ok(IdentifierKind::$kind.check_digit(&text.0)? as i32)
        }
    )* };
}

check_digit! {
    Isin: isin_check_digit;
    Cusip: cusip_check_digit;
    Sedol: sedol_check_digit;
    Figi: figi_check_digit;
}

#[pg_extern(sql = false)]
fn lei_check_digits(text: Text) -> Result<String, ErrorReport> {
    Ok(IdentifierKind::Lei.check_digits(&text.0)?)
}

#[pg_extern(sql = false)]
fn valor_is_valid(text: Text) -> bool {
    IdentifierKind::Valor.is_valid(&text.0)
}

/// National numbers, into an ISIN and out of it.
macro_rules! national {
    ($($kind:ident: $to_isin:ident, $from_isin:ident;)*) => { $(
        #[pg_extern(sql = false)]
        fn $to_isin(number: Text, country: Text) -> Result<String, ErrorReport> {
            Ok(isin_from_national(IdentifierKind::$kind, &number.0, &country.0)?)
        }

        #[pg_extern(sql = false)]
        fn $from_isin(isin: Text) -> Result<Option<String>, ErrorReport> {
            Ok(national_from_isin(IdentifierKind::$kind, &isin.0)?)
        }
    )* };
}

national! {
    Cusip: cusip_to_isin, isin_to_cusip;
    Sedol: sedol_to_isin, isin_to_sedol;
    Valor: valor_to_isin, isin_to_valor;
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
