#!/usr/bin/env python3
"""A book on a new curve: value, z-spread, DV01, convexity and twelve key rates by portfolio, in one statement and by QuantLib.

The rows are at hand, and QuantLib's bonds are made beforehand. The same figures come out, to what finite differences leave."""

import statistics
import subprocess
import time
from datetime import date, timedelta
from pathlib import Path

import psycopg
import QuantLib as ql

DATABASE = "pg_bond_bench"
SETTLEMENT = date(2026, 3, 24)
BONDS, PORTFOLIOS, REPEATS = 1_020, 9, 9
# In the comparison, whole days: QuantLib has no others.
TENORS = "91D 26W 1Y 2Y 3Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y".split()
YEARS = [91 / 365, 182 / 365, 1, 2, 3, 5, 7, 10, 15, 20, 25, 30]
NODES = {"3M": 4.31, "6M": 4.2, "1Y": 4.02, "2Y": 3.9, "5Y": 4.05, "10Y": 4.36, "30Y": 4.8}
QUERY = f"""SELECT portfolio_id, portfolio_npv(b, c), portfolio_z_spread(b, c), portfolio_dv01(b, date '{SETTLEMENT}'),
       portfolio_convexity(b, date '{SETTLEMENT}'), ARRAY(SELECT dv01 FROM unnest(portfolio_krd(b, c{{tenors}})))
FROM book, (SELECT %s::curve AS c OFFSET 0) AS new GROUP BY portfolio_id ORDER BY 1"""
BOOK = """CREATE TEMP TABLE book AS
SELECT i, i %% {portfolios} AS portfolio_id, coupon, maturity, price, bond(coupon => coupon, maturity => maturity, price => price, notional => 1e6) AS b
FROM generate_series(1, {bonds}) AS i, LATERAL (SELECT (10 + i * 7919 %% 700) / 1e4 AS coupon, make_date(2027 + i * 31 %% 29, 1 + i * 7 %% 12, 1 + i * 11 %% 27) AS maturity,
    (85 + (i * 31) %% 300 / 10.0)::float8 AS price) AS terms"""

LIVE = """INSERT INTO instruments (id, isin, instrument_type, notional, portfolio_id)
SELECT i, base || isin_check_digit(base), 'BOND', 1e6, (ARRAY(SELECT id FROM portfolios ORDER BY id))[1 + portfolio_id]
FROM book, LATERAL (SELECT 'US' || lpad(i::text, 9, '0') AS base) AS digits;
INSERT INTO bonds (id, coupon_rate, maturity_date, day_count_convention, price) SELECT i, coupon, maturity, '30_360', price FROM book;
INSERT INTO curves VALUES ('tick', '2026-03-23', '2026-03-23 10Y:4%'); INSERT INTO live_curves VALUES ('tick'); ANALYZE"""

ACT_365, THIRTY_360, NO_CALENDAR = ql.Actual365Fixed(), ql.Thirty360(ql.Thirty360.USA), ql.NullCalendar()
TODAY = ql.Date.from_date(SETTLEMENT)


def quoted(shift):
    return f"{SETTLEMENT} " + " ".join(f"{tenor}:{rate + shift}%" for tenor, rate in NODES.items())


def in_sql(connection, shift, tenors=None):
    tenors = f", '{{{','.join(tenors)}}}'" if tenors else ""
    return connection.execute(QUERY.format(tenors=tenors), [quoted(shift)]).fetchall()


def prepare(rows):
    bonds = []
    for portfolio, coupon, maturity, price in rows:
        schedule = ql.Schedule(TODAY - ql.Period(1, ql.Years), ql.Date.from_date(maturity), ql.Period(6, ql.Months), NO_CALENDAR,
                               ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Backward, True)
        bonds.append((portfolio, ql.FixedRateBond(0, 100.0, schedule, [float(coupon)], THIRTY_360), ql.BondPrice(price, ql.BondPrice.Clean)))
    return bonds


def in_quantlib(bonds, shift):
    ql.Settings.instance().evaluationDate = TODAY
    dates = [NO_CALENDAR.advance(TODAY, ql.Period(tenor)) for tenor in NODES]
    factors = [pow(2.718281828459045, -(rate + shift) / 100 * ACT_365.yearFraction(TODAY, day)) for rate, day in zip(NODES.values(), dates)]
    curve = ql.DiscountCurve([TODAY] + dates, [1.0] + factors, ACT_365)
    curve.enableExtrapolation()
    spread = ql.SimpleQuote(0.0)
    spreaded = ql.ZeroSpreadedTermStructure(ql.YieldTermStructureHandle(curve), ql.QuoteHandle(spread))
    spreaded.enableExtrapolation()
    bumps = [ql.SimpleQuote(0.0) for _ in TENORS]
    handles = [ql.QuoteHandle(bump) for bump in bumps]
    days = [TODAY + round(365 * years) for years in YEARS]
    # Flat before the first key rate and after the last.
    bumped = ql.SpreadedLinearZeroInterpolatedTermStructure(
        ql.YieldTermStructureHandle(spreaded), [handles[0]] + handles + [handles[-1]], [TODAY] + days + [TODAY + 36500])
    bumped.enableExtrapolation()
    terms = (THIRTY_360, ql.Compounded, ql.Semiannual)
    totals = [[0.0] * 5 + [[0.0] * len(TENORS)] for _ in range(PORTFOLIOS)]
    for portfolio, bond, price in bonds:
        total, flows = totals[portfolio], bond.cashflows()
        z = ql.BondFunctions.zSpread(bond, price, curve, ACT_365, ql.Continuous, ql.NoFrequency, TODAY, 1e-12)
        y = ql.BondFunctions.bondYield(bond, price, *terms, TODAY)
        value = 1e4 * (price.amount() + bond.accruedAmount(TODAY))
        total[0] += 1e4 * ql.CashFlows.npv(flows, curve_handle(curve), False, TODAY)
        total[1] += value
        total[2] += value * z
        total[3] += value * ql.BondFunctions.duration(bond, y, *terms, ql.Duration.Modified, TODAY) / 1e4
        total[4] += value * ql.BondFunctions.convexity(bond, y, *terms, TODAY)
        spread.setValue(z)
        handle = curve_handle(bumped)
        for key, bump in enumerate(bumps):
            bump.setValue(1e-4)
            up = ql.CashFlows.npv(flows, handle, False, TODAY)
            bump.setValue(-1e-4)
            total[5][key] += 1e4 * (ql.CashFlows.npv(flows, handle, False, TODAY) - up) / 2
            bump.setValue(0.0)
    return [(i, npv, z / value, dv01, convexity / value, keys) for i, (npv, value, z, dv01, convexity, keys) in enumerate(totals)]


def curve_handle(curve):
    return ql.YieldTermStructureHandle(curve)


def timed(task, repeats):
    times = []
    for repeat in range(repeats):
        began = time.perf_counter()
        answer = task(repeat / 1000)
        times.append(time.perf_counter() - began)
    return statistics.median(times), answer


def tick(shift, connection, listener, day):
    """A curve arrives; what a listener waits until it has the new numbers of all portfolios."""
    connection.execute("INSERT INTO curves VALUES ('tick', %s, %s)", [day, quoted(shift).replace(str(SETTLEMENT), str(day))])
    next(listener.notifies(timeout=10, stop_after=1))
    return listener.execute("SELECT * FROM live_risk").fetchall()


def live():
    """Latency in a database of the migrations with as many bonds."""
    with psycopg.connect(dbname="postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE}_live WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}_live")
    with psycopg.connect(dbname=f"{DATABASE}_live", autocommit=True) as connection, psycopg.connect(dbname=f"{DATABASE}_live", autocommit=True) as listener:
        connection.execute("CREATE EXTENSION pg_bond")
        for file in sorted(Path("migrations").glob("*.sql")):
            subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", f"{DATABASE}_live", "-f", file], check=True)
        connection.execute(BOOK.format(portfolios=PORTFOLIOS, bonds=BONDS).replace("%%", "%"))
        connection.execute(LIVE)
        listener.execute("LISTEN live_risk")
        day = SETTLEMENT
        times = []
        for repeat in range(2 * REPEATS):
            day += timedelta(1)
            began = time.perf_counter()
            rows = tick(repeat / 1000, connection, listener, day)
            times.append(time.perf_counter() - began)
            assert len(rows) == PORTFOLIOS and all(row[3] == day for row in rows)
        return statistics.median(times)


def main():
    with psycopg.connect(dbname=DATABASE, autocommit=True, prepare_threshold=None) as connection:
        connection.execute(BOOK.format(portfolios=PORTFOLIOS, bonds=BONDS).replace("%%", "%"))
        connection.execute("ANALYZE book")
        bonds = prepare(connection.execute("SELECT portfolio_id, coupon, maturity, price FROM book ORDER BY i").fetchall())
        in_sql(connection, 0)
        statement, _ = timed(lambda shift: in_sql(connection, shift), REPEATS)
        library, theirs = timed(lambda _: in_quantlib(bonds, 0), 2)
        ours_and_theirs = in_sql(connection, 0, TENORS), theirs
        worst = 0.0
        for ours, theirs in zip(*ours_and_theirs):
            pairs = list(zip(ours[1:5], theirs[1:5])) + list(zip(ours[5], theirs[5]))
            worst = max([worst] + [abs(a / b - 1) for a, b in pairs])
    print(f"\n{BONDS:,} bonds on a new curve, by {PORTFOLIOS} portfolios: value, z-spread, DV01, convexity, {len(TENORS)} key rates")
    print(f"  one statement, as its client waits    {1000 * statement:10.2f} ms   (bar 5)")
    print(f"  QuantLib from Python                  {1000 * library:10.0f} ms   {library / statement:.0f} times as long (bar 500)")
    print(f"  largest difference of any figure      {worst:10.1e}")
    print(f"  live: a curve comes, a listener has the numbers {1000 * live():8.2f} ms   (bar 100)")


if __name__ == "__main__":
    main()
