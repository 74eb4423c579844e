"""What pg_bond costs beside a plain sum and beside the clients people use instead. See README.md."""

import hashlib
import importlib.metadata
import os
import platform
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import adbc_driver_postgresql.dbapi as adbc
import numpy as np
import psycopg
from psycopg import sql

import expert
import library
import ordinary

DATABASE = "pg_bond_bench"
ROWS = 1_000_000
REPEATS = 7
LIBRARY_ROWS = 5_000
ORDINARY_ROWS = 50_000
SETTLEMENT = date(2026, 3, 24)
ON = f"date '{SETTLEMENT}'"

SEVEN = ", ".join(f"portfolio_{name}(b, {ON})" for name in "value dv01 ytm macaulay_duration duration convexity risk".split())
CURVE = f"'{SETTLEMENT} 3M:4.31% 6M:4.2% 1Y:4.02% 2Y:3.9% 3Y:3.92% 5Y:4.05% 7Y:4.2% 10Y:4.36% 20Y:4.85% 30Y:4.8%'"
# Twelve par yields a day.
CURVES = 9_000
QUOTES = f"""generate_series(date '1990-01-01', date '1990-01-01' + {CURVES - 1}, interval '1 day') AS day,
    (VALUES ('1M', 4.3), ('3M', 4.31), ('6M', 4.2), ('1Y', 4.02), ('2Y', 3.9), ('3Y', 3.92), ('5Y', 4.05), ('7Y', 4.2), ('10Y', 4.36),
            ('15Y', 4.6), ('20Y', 4.85), ('30Y', 4.8)) AS quote (tenor, rate)"""
QUERIES = {
    "sum": "SELECT portfolio_id, sum(notional) FROM bonds GROUP BY 1",
    "duration": f"SELECT portfolio_id, portfolio_duration(b, {ON}) FROM bonds GROUP BY 1",
    "undated": "SELECT portfolio_id, portfolio_duration(b) FROM bonds GROUP BY 1",
    "seven": f"SELECT portfolio_id, {SEVEN} FROM bonds GROUP BY 1",
    "mixed_sum": "SELECT portfolio_id, sum(notional) FROM mixed GROUP BY 1",
    "mixed": f"SELECT portfolio_id, portfolio_duration(b, {ON}) FROM mixed GROUP BY 1",
    "count": "SELECT count(b) FROM bonds",
    "coupon": "SELECT sum(bond_coupon(b)) FROM bonds",
    "ytm": f"SELECT sum(bond_ytm(b, settlement => {ON})) FROM bonds",
    "both": f"SELECT portfolio_ytm(b, {ON}), portfolio_duration(b, {ON}) FROM bonds",
    "key_rates": f"SELECT portfolio_id, portfolio_krd(b, {CURVE}) FROM bonds GROUP BY 1",
    "quotes": f"SELECT count(*) FROM (SELECT day, sum(rate) FROM {QUOTES} GROUP BY day) AS days",
    "curves": f"SELECT count(c) FROM (SELECT curve_agg(day::date, tenor, rate / 100.0, 'par') AS c FROM {QUOTES} GROUP BY day) AS days",
}
# Tables of kinds.sql.
KINDS = {
    "regular": "regular",
    "odd_first": "odd first period",
    "odd_last": "odd last period",
    "step": "a coupon step ahead",
    "adjusted": "true, payments adjusted to the US calendar",
    "icma": "icma, ex-dividend by the UK calendar",
    "uk_dmo": "uk_dmo, the same",
}
KIND_ROWS = 200_000
TITLES = {
    "sum": "sum(notional) by 100 portfolios",
    "duration": "portfolio_duration(b, date) by 100 portfolios",
    "workers": "  the same in two workers",
    "tenfold": "  the same of ten times the rows",
    "undated": "  the same without a date, from the setting",
    "seven": "  seven aggregates in one query",
    "mixed_sum": "sum(notional), 5 % of the bonds irregular",
    "mixed": "portfolio_duration(b, date) of them",
    "count": "count(b)",
    "coupon": "sum(bond_coupon(b))",
    "ytm": "sum(bond_ytm(b, date))",
    "both": "portfolio_ytm and portfolio_duration of all",
    "key_rates": "portfolio_krd(b, curve) by 100 portfolios",
    "quotes": f"sum(rate) of twelve quotes on {CURVES:,} days",
    "curves": f"curve_agg of them, {CURVES:,} par curves",
    "expert": "ADBC, Arrow, numpy: 100 durations",
    "ordinary": f"psycopg rows, Python loop, {ORDINARY_ROWS:,} bonds",
    "library": f"QuantLib, {LIBRARY_ROWS:,} bonds",
}


def main():
    load(fresh="--fresh" in sys.argv[1:])
    with connect() as serial, connect() as workers, adbc.connect(f"postgresql:///{DATABASE}") as arrow, arrow.cursor() as cursor:
        serial.execute("SET max_parallel_workers_per_gather = 0")
        # Two processes do the work: the leader would be a third.
        workers.execute("SET max_parallel_workers_per_gather = 2")
        workers.execute("SET parallel_leader_participation = off")
        describe(serial)

        sample = serial.execute(
            "SELECT coupon, maturity, price, frequency, day_count FROM bonds WHERE id <= %s ORDER BY id", [LIBRARY_ROWS]).fetchall()
        prepared = library.prepare(sample, SETTLEMENT)
        tasks = {name: lambda query=query: serial.execute(query).fetchall() for name, query in QUERIES.items()}
        tasks["workers"] = lambda: workers.execute(QUERIES["duration"]).fetchall()
        tasks["expert"] = lambda: expert.portfolio_durations(cursor, np.datetime64(SETTLEMENT))
        tasks["ordinary"] = lambda: ordinary.portfolio_durations(serial, SETTLEMENT, ORDINARY_ROWS)
        tasks["library"] = lambda: library.solve(prepared, SETTLEMENT)
        times, answers = interleave({name: tasks[name] for name in TITLES if name in tasks})
        times["tenfold"] = tenfold_times(serial)
        solves = solve_times(serial)

        report(times)
        report_memory(serial)
        report_kinds(solves)
        compare(serial, answers, sample)
        if "Workers Planned: 2" not in str(workers.execute("EXPLAIN " + QUERIES["duration"]).fetchall()):
            print("\nThe server did not plan two workers: see max_worker_processes and max_parallel_workers.")


def connect(database=DATABASE):
    # A prepared plan after the fifth run would make the later repetitions another measurement.
    connection = psycopg.connect(dbname=database, autocommit=True, prepare_threshold=None)
    connection.execute(f"SET pg_bond.settlement_date = '{SETTLEMENT}'")
    return connection


def load(fresh):
    """Make the database and its tables, or keep those that this generator and these declarations of the extension have made."""
    generator = "".join((Path(__file__).parent / name).read_text() for name in ("bonds.sql", "kinds.sql"))
    declared = "".join(file.read_text() for file in sorted((Path(__file__).parents[2] / "sql").glob("*.sql")))
    with connect("postgres") as server:
        version = server.execute("SELECT default_version FROM pg_available_extensions WHERE name = 'pg_bond'").fetchone()
        if version is None:
            sys.exit("pg_bond is not installed in this server")
        stamp = f"pg_bond {version[0]}, generator {hashlib.sha256((generator + declared).encode()).hexdigest()[:12]}"
        exists = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if exists and not fresh:
            with connect() as database:
                found = database.execute("SELECT obj_description(to_regclass('bonds'), 'pg_class')").fetchone()[0]
                if found == stamp and database.execute("SELECT count(*) FROM bonds").fetchone()[0] == ROWS:
                    return
        name = sql.Identifier(DATABASE)
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
    print(f"loading {ROWS:,} bonds …", flush=True)
    with connect() as database:
        database.execute("CREATE EXTENSION pg_bond")
        database.execute(generator)
        database.execute(sql.SQL("COMMENT ON TABLE bonds IS {}").format(stamp))
        database.execute("VACUUM ANALYZE")
        database.execute("CHECKPOINT")


def describe(connection):
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    memory = int(open("/proc/meminfo").readline().split()[1]) / 2**20
    print(f"{cpu}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB")
    server, extension, size, buffers = connection.execute(
        "SELECT split_part(version(), ' ', 2), extversion, pg_size_pretty(pg_table_size('bonds')), current_setting('shared_buffers')"
        " FROM pg_extension WHERE extname = 'pg_bond'").fetchone()
    versions = {"PostgreSQL": server, "pg_bond": extension, "Python": platform.python_version()}
    for title, package in (("numpy",) * 2, ("QuantLib",) * 2, ("ADBC", "adbc-driver-postgresql"), ("pyarrow",) * 2, ("psycopg",) * 2):
        versions[title] = importlib.metadata.version(package)
    print(", ".join(f"{title} {version}" for title, version in versions.items()))
    print(f"{ROWS:,} bonds in 100 portfolios ({size}, shared_buffers {buffers}), settlement {SETTLEMENT};"
          f" one server process unless said; median of {REPEATS} interleaved runs, least and most in brackets")


def interleave(tasks, repeats=REPEATS):
    """Seconds of each repetition and the last answer of each task; a turn of all comes before the next, so that drift falls on all alike."""
    times = {name: [] for name in tasks}
    answers = {}
    for task in tasks.values():
        task()
    for _ in range(repeats):
        for name, task in tasks.items():
            start = time.perf_counter()
            answers[name] = task()
            times[name].append(time.perf_counter() - start)
    return times, answers


def solve_times(connection):
    """Seconds of a solve in each repetition, of each kind of bond: the yields of all, without what it takes to read them."""
    queries = {"read": "SELECT count(b) FROM {}", "solve": f"SELECT sum(bond_ytm(b, settlement => {ON})) FROM {{}}"}
    times, _ = interleave({
        (kind, task): lambda query=query.format(kind): connection.execute(query).fetchall()
        for kind in KINDS for task, query in queries.items()})
    return {kind: [(solve - read) / KIND_ROWS for solve, read in zip(times[kind, "solve"], times[kind, "read"])] for kind in KINDS}


def tenfold_times(connection):
    """Seconds of ten million rows: the table read ten times in one query."""
    rows = " UNION ALL ".join(["SELECT portfolio_id, b FROM bonds"] * 10)
    query = f"SELECT portfolio_id, portfolio_duration(b, {ON}) FROM ({rows}) AS bonds GROUP BY 1"
    times, _ = interleave({"tenfold": lambda: connection.execute(query).fetchall()}, repeats=3)
    return times["tenfold"]


def report_memory(connection):
    """The states of one group, which hold as much after a million rows as after one."""
    print("\nbytes of a group's state")
    for title, state in (("portfolio_duration", f"portfolio_add('{{}}', b, {ON})"), ("portfolio_krd", f"portfolio_curve_add('{{}}', b, {CURVE})")):
        print_ratio(title, [size for (size,) in connection.execute(f"SELECT pg_column_size({state}) FROM bonds LIMIT 1")], most=1000)


def report(times):
    print("\nmilliseconds")
    for name, title in TITLES.items():
        print(f"  {title:50} {spread([1000 * t for t in times[name]], 0)}")

    def ratio(title, above, below, scale=1.0, **bar):
        print_ratio(title, [scale * a / b for a, b in zip(times[above], times[below])], **bar)

    print("\nratios")
    ratio("portfolio_duration to sum(notional)", "duration", "sum", most=2)
    ratio("  the same, 5 % of the bonds irregular", "mixed", "mixed_sum", most=2)
    ratio("  one process to two workers", "duration", "workers", least=1.7)
    ratio("  without a date to with one", "undated", "duration")
    ratio("  seven aggregates to one", "seven", "duration", most=1.15)
    ratio("  a row of ten million to a row of one", "tenfold", "duration", 0.1, most=1.1)
    ratio("portfolio_krd of 12 key rates to sum(notional)", "key_rates", "sum", most=5)
    ratio("bond_ytm per row to count(b)", "ytm", "count")
    ratio("bond_ytm per row to bond_coupon per row", "ytm", "coupon")
    ratio("QuantLib to SQL, yield and duration of a bond", "library", "both", ROWS / LIBRARY_ROWS, least=500)
    ratio("expert's client to SQL, 100 durations", "expert", "duration", least=2)
    ratio("  the same to SQL in two workers", "expert", "workers", least=3)
    ratio(f"ordinary client to SQL, scaled from {ORDINARY_ROWS:,}", "ordinary", "duration", ROWS / ORDINARY_ROWS)

    solve = statistics.median(times["both"]) / ROWS
    print(f"\nper bond: SQL {1e9 * solve:.0f} ns, scan included; QuantLib {1e6 * statistics.median(times['library']) / LIBRARY_ROWS:.0f} µs;"
          f" Python loop {1e6 * statistics.median(times['ordinary']) / ORDINARY_ROWS:.0f} µs, fetch included")
    curve = statistics.median([a - b for a, b in zip(times["curves"], times["quotes"])]) / CURVES
    print(f"per curve: {1e6 * curve:.0f} µs, without the rows' grouping")


def report_kinds(solves):
    print(f"\nnanoseconds for bond_ytm of a bond, {KIND_ROWS:,} of each kind, without the scan")
    for kind, title in KINDS.items():
        print(f"  {title:50} {spread([1e9 * t for t in solves[kind]], 0)}")
    print("\nratios to a regular bond")
    for kind in list(KINDS)[1:]:
        print_ratio(KINDS[kind], [a / b for a, b in zip(solves[kind], solves["regular"])], most=3)


def print_ratio(title, values, most=None, least=None):
    middle = statistics.median(values)
    bar = ""
    if most is not None:
        bar = f"  bar: at most {most:g}, {'met' if middle <= most else 'missed'}"
    if least is not None:
        bar = f"  bar: at least {least:g}, {'met' if middle >= least else 'missed'}"
    print(f"  {title:50} {spread(values, 2 if middle < 20 else 0):22}{bar}".rstrip())


def spread(values, digits):
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def compare(connection, answers, sample):
    """It is the same work only if the answers are the same."""
    print("\ngreatest differences from SQL")

    def difference(title, pairs):
        print(f"  {title:72} {max(abs(a - b) for a, b in pairs):.1e}")

    difference("expert's client, durations in years", zip(answers["expert"], [duration for _, duration in sorted(answers["duration"])]))
    part = connection.execute(QUERIES["duration"].replace("GROUP BY", f"WHERE id <= {ORDINARY_ROWS} GROUP BY")).fetchall()
    difference("ordinary client, durations in years", ((answers["ordinary"][portfolio], duration) for portfolio, duration in part))

    yields = [y for (y,) in connection.execute(f"SELECT bond_ytm(b, settlement => {ON}) FROM bonds WHERE id <= {LIBRARY_ROWS} ORDER BY id")]
    # Street counts a whole period as one. QuantLib counts its 30/360 days, and from one month's end to another that is not always 360/f of them:
    # 31 August to 28 February is 178.
    uneven = [day_count == 0 and (maturity + timedelta(1)).day == 1 for _, maturity, _, _, day_count in sample]
    for title, chosen in (("QuantLib, yields but those of the next line", False), ("QuantLib, yields of 30/360 bonds that pay at months' ends", True)):
        pairs = [(y, q) for y, (q, _), u in zip(yields, answers["library"], uneven) if u == chosen]
        difference(f"{title} ({len(pairs):,} bonds)", pairs)


if __name__ == "__main__":
    main()
