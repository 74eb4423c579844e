#!/usr/bin/env python3
"""Spreads beside QuantLib's: z-spreads in several compoundings, and both kinds of asset swap.

    pg_test/server env python3 pg_test/quantlib_spreads.py

Needs QuantLib 1.44 from PyPI, and the server that the libpq environment names, with the extension installed. The same random
bonds every time, on one curve; prints the largest difference of each figure, and fails unless all agree to 1e-10."""

import random
import subprocess
import sys
from datetime import date, timedelta

import QuantLib as ql

DATABASE = "pg_bond_quantlib"
TOLERANCE = 1e-10
BONDS = 400
RANDOM = random.Random(20260324)
SETTLEMENT = date(2026, 3, 24)
NODES = {"3M": 4.31, "6M": 4.2, "1Y": 4.02, "2Y": 3.9, "5Y": 4.05, "10Y": 4.36, "30Y": 4.8}
FIGURES = ["continuous z", "semiannual z", "annual z", "par asset swap", "market asset swap"]

ACT_365, ACT_360, THIRTY_360, NONE = ql.Actual365Fixed(), ql.Actual360(), ql.Thirty360(ql.Thirty360.USA), ql.NullCalendar()
TODAY = ql.Date.from_date(SETTLEMENT)


def psql(sql, database=DATABASE):
    command = ["psql", "-XqAt", "-F,", "-v", "ON_ERROR_STOP=1", "-d", database]
    return subprocess.run(command, input=sql, capture_output=True, text=True, check=True).stdout.splitlines()


def draw():
    """Not at months' ends, where QuantLib counts the days of each half-year."""
    maturity = SETTLEMENT + timedelta(RANDOM.randrange(200, 10_900))
    return round(RANDOM.uniform(0.5, 9), 3), maturity.replace(day=min(maturity.day, 27)), round(RANDOM.uniform(70, 130), 3)


def ours(bonds):
    curve = f"{SETTLEMENT} " + " ".join(f"{tenor}:{rate}%" for tenor, rate in NODES.items())
    values = ", ".join(f"({i}, '{coupon}% {maturity} @ {price}'::bond)" for i, (coupon, maturity, price) in enumerate(bonds))
    rows = psql(f"""SET extra_float_digits = 1;
        SELECT bond_z_spread(b, c), bond_z_spread(b, c, 'bond'), bond_z_spread(b, c, 'annual'), bond_asset_swap_spread(b, c),
               bond_asset_swap_spread(b, c, 'market_value') FROM (VALUES {values}) AS v (i, b), (SELECT '{curve}'::curve AS c) AS s ORDER BY i""")
    return [[float(figure) for figure in row.split(",")] for row in rows]


def theirs(curve, coupon, maturity, price):
    end, handle = ql.Date.from_date(maturity), ql.YieldTermStructureHandle(curve)
    rule = (NONE, ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Backward, False)
    bond = ql.FixedRateBond(0, 100.0, ql.Schedule(TODAY - ql.Period(1, ql.Years), end, ql.Period(6, ql.Months), *rule), [coupon / 100], THIRTY_360)
    bond.setPricingEngine(ql.DiscountingBondEngine(handle))
    for compounding, frequency in ((ql.Continuous, ql.NoFrequency), (ql.Compounded, ql.Semiannual), (ql.Compounded, ql.Annual)):
        yield ql.BondFunctions.zSpread(bond, ql.BondPrice(price, ql.BondPrice.Clean), curve, ACT_365, compounding, frequency, TODAY, 1e-14, 1000, 0.01)
    legs = ql.Schedule(TODAY, end, ql.Period(3, ql.Months), *rule)
    index = ql.IborIndex("curve", ql.Period(3, ql.Months), 0, ql.USDCurrency(), NONE, ql.Unadjusted, False, ACT_360, handle)
    for par in (True, False):
        swap = ql.AssetSwap(True, bond, price, index, 0.0, legs, ACT_360, par)
        swap.setPricingEngine(ql.DiscountingSwapEngine(handle))
        yield swap.fairSpread()


def main():
    ql.Settings.instance().evaluationDate = TODAY
    # Else what is paid for the bond, today, would not count.
    ql.Settings.instance().includeReferenceDateEvents = True
    dates = [NONE.advance(TODAY, ql.Period(tenor)) for tenor in NODES]
    factors = [2.718281828459045 ** (-rate / 100 * ACT_365.yearFraction(TODAY, day)) for rate, day in zip(NODES.values(), dates)]
    curve = ql.DiscountCurve([TODAY] + dates, [1.0] + factors, ACT_365)
    curve.enableExtrapolation()
    psql(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)", "postgres")
    psql(f"CREATE DATABASE {DATABASE}", "postgres")
    psql("CREATE EXTENSION pg_bond")
    bonds = [draw() for _ in range(BONDS)]
    worst = dict.fromkeys(FIGURES, 0.0)
    for bond, answers in zip(bonds, ours(bonds)):
        for figure, answer, expected in zip(FIGURES, answers, theirs(curve, *bond)):
            difference = abs(answer - expected)
            worst[figure] = max(worst[figure], difference if difference == difference else float("inf"))
    psql(f"DROP DATABASE {DATABASE}", "postgres")
    print(f"{'spread':<18} {'bonds':>5} {'largest difference':>20}")
    for figure, difference in worst.items():
        print(f"{figure:<18} {BONDS:>5} {difference:>20.1e}{'' if difference <= TOLERANCE else '  differs'}")
    sys.exit(not all(difference <= TOLERANCE for difference in worst.values()))


if __name__ == "__main__":
    main()
