//! What the tests inside the server share. They stand in the files that they test, as `#[pg_test]`
//! functions in a schema `tests` of a library that is built for them alone.

#![allow(clippy::expect_used, reason = "what fails here fails a test")]

use pgrx::pg_sys;
use pgrx::prelude::*;

/// Called before each test, in the program that asks the server to run it.
#[cfg(test)]
pub fn setup(_options: Vec<&str>) {}

/// Settings of their server: no socket, whose path may be too long; it listens on localhost.
#[cfg(test)]
pub fn postgresql_conf_options() -> Vec<&'static str> {
    vec!["unix_socket_directories = ''", "timezone = 'UTC'", "fsync = off"]
}

/// The value that a query answers in its first row, as it comes: packed, compressed or elsewhere.
pub fn with_datum<R>(query: &str, read: impl FnOnce(pg_sys::Datum) -> R) -> R {
    Spi::connect(|client| {
        let table = client.select(query, Some(1), &[]).expect("the query runs").first();
        read(table.get_datum_by_ordinal(1).expect("a column").expect("a value"))
    })
}

/// SQLSTATE, message, detail and hint of the error that this ends in.
pub type Reported = (String, String, Option<String>, Option<String>);

/// What a block of PL/pgSQL is told of the error of a statement, with the statement undone.
pub fn refusal(statement: &str) -> Reported {
    Spi::run(
        "CREATE OR REPLACE FUNCTION pg_temp.refusal(statement text) RETURNS text[]
        LANGUAGE plpgsql AS $$
        DECLARE m text; d text; h text;
        BEGIN
            EXECUTE statement;
            RETURN NULL;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS m = MESSAGE_TEXT, d = PG_EXCEPTION_DETAIL,
                h = PG_EXCEPTION_HINT;
            RETURN ARRAY[SQLSTATE, m, d, h];
        END $$",
    )
    .expect("the function is made");
    let said = Spi::get_one_with_args::<Vec<String>>(
        "SELECT pg_temp.refusal($1)",
        &[statement.to_owned().into()],
    );
    let said = said.expect("the function runs").expect("the statement fails");
    let [state, message, detail, hint] = said.try_into().expect("four texts");
    let told = |text: String| (!text.is_empty()).then_some(text);
    (state, message, told(detail), told(hint))
}

/// SQLSTATE of the error that this Rust code throws, or None.
pub fn thrown(code: impl FnOnce() + std::panic::UnwindSafe) -> Option<(PgSqlErrorCode, String)> {
    use pg_sys::panic::CaughtError::{ErrorReport, PostgresError, RustPanic};
    PgTryBuilder::new(|| {
        code();
        None
    })
    .catch_others(|error| match error {
        PostgresError(report) | ErrorReport(report) | RustPanic { ereport: report, .. } => {
            Some((report.sql_error_code(), report.message().to_owned()))
        }
    })
    .execute()
}

/// A function of the catalogue, called as the executor calls it: by itself, or by an aggregate.
pub struct Called {
    fcinfo: pg_sys::FunctionCallInfo,
}

impl Called {
    pub fn new(signature: &str, in_aggregate: bool) -> Called {
        let oid = Spi::get_one_with_args::<pg_sys::Oid>(
            "SELECT $1::regprocedure::oid",
            &[signature.to_owned().into()],
        );
        let oid = oid.expect("the query runs").expect("the function exists");
        // SAFETY: zeros are valid for all three; the call has room for as many arguments as are
        // ever set, and a node is known by its tag.
        unsafe {
            let flinfo = pg_sys::palloc0(size_of::<pg_sys::FmgrInfo>()).cast::<pg_sys::FmgrInfo>();
            pg_sys::fmgr_info(oid, flinfo);
            let room = size_of::<pg_sys::FunctionCallInfoBaseData>()
                + 8 * size_of::<pg_sys::NullableDatum>();
            let fcinfo = pg_sys::palloc0(room).cast::<pg_sys::FunctionCallInfoBaseData>();
            (*fcinfo).flinfo = flinfo;
            if in_aggregate {
                let node = pg_sys::palloc0(size_of::<pg_sys::AggState>()).cast::<pg_sys::Node>();
                (*node).type_ = pg_sys::NodeTag::T_AggState;
                (*fcinfo).context = node;
            }
            Called { fcinfo }
        }
    }

    /// # Safety
    /// The arguments must be values of the types of the signature, and the call no error.
    pub unsafe fn call(&self, arguments: &[pg_sys::Datum]) -> pg_sys::Datum {
        assert!(arguments.len() <= 8);
        // SAFETY: `new` made the call.
        unsafe {
            let fcinfo = self.fcinfo;
            (*fcinfo).nargs = arguments.len() as i16;
            (*fcinfo).isnull = false;
            let places = (*fcinfo).args.as_mut_ptr();
            for (place, value) in arguments.iter().enumerate() {
                *places.add(place) = pg_sys::NullableDatum { value: *value, isnull: false };
            }
            ((*(*fcinfo).flinfo).fn_addr.expect("fmgr_info found it"))(fcinfo)
        }
    }
}
