//! The SQL glue: the only place that knows PostgreSQL. Each file converts, calls the pure file of its
//! name, and converts back; `sql/<topic>.sql` declares what it exports, with volatility,
//! strictness, cost and comment.

// An error is made once in a failing statement; its size is pgrx's.
#![allow(clippy::result_large_err)]
// pgrx reads argument and row types from the signatures, where an alias would hide them.
#![allow(clippy::type_complexity)]

/// Functions with the same arguments and answer, each with its symbol and what is its own.
macro_rules! functions {
    ($arguments:tt -> $answer:ty, |$own:ident| $body:expr; $($symbol:ident: $value:expr;)*) => { $(
        #[pg_extern(sql = false)]
        fn $symbol $arguments -> $answer {
            let $own = $value;
            $body
        }
    )* };
}

mod argument;
mod bond;
mod bond_on_curve;
mod calendar;
mod call;
mod cash_flow;
mod chart;
mod compounding;
mod curve;
mod curve_quotes;
mod datum;
mod daycount;
mod error;
mod excel;
mod finder;
mod fit;
mod identifier;
#[cfg(feature = "pg_inside")]
pub(crate) mod inside;
mod key_rate;
mod lock;
mod market_preset;
mod par_rate;
mod portfolio;
mod rating;
mod request;
mod schedule;
mod settings;
mod shock;
mod size;
mod spread;
mod state;
mod summary;
mod swap;
mod version;
mod vocabulary;
mod yield_pricing;

use pgrx::prelude::*;

::pgrx::pg_module_magic!();

extension_sql_file!("../../sql/bond.sql", name = "bond", bootstrap);
extension_sql_file!("../../sql/settlement.sql", name = "settlement", requires = ["bond"]);
extension_sql_file!("../../sql/lock.sql", name = "lock", requires = ["settlement"]);
extension_sql_file!("../../sql/version.sql", name = "version", requires = ["lock"]);
extension_sql_file!("../../sql/yield_pricing.sql", name = "yield_pricing", requires = ["version"]);
extension_sql_file!("../../sql/cash_flow.sql", name = "cash_flow", requires = ["yield_pricing"]);
extension_sql_file!("../../sql/finder.sql", name = "finder", requires = ["cash_flow"]);
extension_sql_file!("../../sql/compounding.sql", name = "compounding", requires = ["finder"]);
extension_sql_file!(
    "../../sql/market_preset.sql",
    name = "market_preset",
    requires = ["compounding"]
);
extension_sql_file!("../../sql/portfolio.sql", name = "portfolio", requires = ["market_preset"]);
extension_sql_file!("../../sql/summary.sql", name = "summary", requires = ["portfolio"]);
extension_sql_file!("../../sql/identifier.sql", name = "identifier", requires = ["summary"]);
extension_sql_file!("../../sql/rating.sql", name = "rating", requires = ["identifier"]);
extension_sql_file!("../../sql/request.sql", name = "request", requires = ["rating"]);
extension_sql_file!("../../sql/calendar.sql", name = "calendar", requires = ["request"]);
extension_sql_file!("../../sql/daycount.sql", name = "daycount", requires = ["calendar"]);
extension_sql_file!("../../sql/schedule.sql", name = "schedule", requires = ["daycount"]);
extension_sql_file!("../../sql/curve.sql", name = "curve", requires = ["schedule"]);
extension_sql_file!("../../sql/curve_quotes.sql", name = "curve_quotes", requires = ["curve"]);
extension_sql_file!(
    "../../sql/bond_on_curve.sql",
    name = "bond_on_curve",
    requires = ["curve_quotes"]
);
extension_sql_file!("../../sql/spread.sql", name = "spread", requires = ["bond_on_curve"]);
extension_sql_file!("../../sql/shock.sql", name = "shock", requires = ["spread"]);
extension_sql_file!("../../sql/key_rate.sql", name = "key_rate", requires = ["shock"]);
extension_sql_file!("../../sql/chart.sql", name = "chart", requires = ["key_rate"]);
extension_sql_file!("../../sql/fit.sql", name = "fit", requires = ["chart"]);
extension_sql_file!("../../sql/par_rate.sql", name = "par_rate", requires = ["fit"]);
extension_sql_file!("../../sql/swap.sql", name = "swap", requires = ["par_rate"]);
extension_sql_file!("../../sql/argument.sql", name = "argument", requires = ["swap"]);
extension_sql_file!("../../sql/excel.sql", name = "excel", requires = ["argument"]);
extension_sql_file!(
    "../../sql/vocabulary.sql",
    name = "vocabulary",
    requires = ["excel"],
    finalize
);

#[pg_guard]
pub extern "C-unwind" fn _PG_init() {
    call::keep_backtraces_from_users();
    settings::define();
}
