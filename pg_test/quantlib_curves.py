#!/usr/bin/env python3
"""Bootstrapped curves beside QuantLib's piecewise curves, node by node.

    cargo test --no-default-features curves_beside_quantlib -- --ignored
    pg_test/server env cargo test --no-default-features --features pg_test --test pg_test curves_beside_quantlib
    python3 pg_test/quantlib_curves.py

Needs QuantLib 1.44 from PyPI. The first tests write quotes and nodes to target/curves.csv and, of SOFR on every business day of
2023 and 2024, to target/curves_sofr.csv, the second those of curves that SQL built by each market's conventions to
target/curves_sql.csv; QuantLib builds the same curves from the same quotes, log-linear in the discount factor and linear in the
zero rate. Fails unless every zero rate agrees to 1e-10, and every discount factor of SOFR to 1e-12."""

import csv
import math
import sys
from collections import defaultdict

import QuantLib as ql

TOLERANCE = 1e-10
SOFR_TOLERANCE = 1e-12  # of discount factors
ACT_360, ACT_365 = ql.Actual360(), ql.Actual365Fixed()
TARGET, UK = ql.TARGET(), ql.UnitedKingdom()
US, SOFR = ql.UnitedStates(ql.UnitedStates.GovernmentBond), ql.UnitedStates(ql.UnitedStates.SOFR)
EURIBOR_3M, EURIBOR_6M = ql.Euribor3M(), ql.Euribor6M()

# Index, days to spot and days to payment of overnight index swaps; both legs pay once a year.
OVERNIGHT = {
    "estr": (ql.OvernightIndex("ESTR", 0, ql.EURCurrency(), TARGET, ACT_360), 2, 1),
    "sonia": (ql.OvernightIndex("SONIA", 0, ql.GBPCurrency(), UK, ACT_365), 0, 0),
    "sofr": (ql.OvernightIndex("SOFR", 0, ql.USDCurrency(), US, ACT_360), 2, 2),
}
NO_CURVE = ql.YieldTermStructureHandle()
CURVES = {"flat_forward": ql.PiecewiseLogLinearDiscount, "linear_zero": ql.PiecewiseLinearZero}


def quote(value):
    return ql.QuoteHandle(ql.SimpleQuote(value))


def period(text):
    return ql.Period(text)


def iso(text):
    return ql.DateParser.parseISO(text)


def par_yield(as_of, tenor, value):
    """A bond at par on a half-yearly grid from the curve's date; below a year, but for half a year, simple interest on ACT/365F."""
    end = ql.NullCalendar().advance(as_of, period(tenor))
    if end < as_of + period("1Y") and period(tenor) != period("6M"):
        return ql.DepositRateHelper(quote(value), period(tenor), 0, ql.NullCalendar(), ql.Unadjusted, False, ACT_365)
    schedule = ql.Schedule(
        as_of, end, period("6M"), ql.NullCalendar(), ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Forward, False
    )
    # Half the rate at every date of the grid, whatever its days.
    return ql.FixedRateBondHelper(quote(100.0), 0, 100.0, schedule, [value], ql.SimpleDayCounter(), ql.Unadjusted, 100.0, as_of)


def helper(case, as_of, instrument, value, discount):
    kind, terms = instrument.rsplit(" ", 1) if " x " not in instrument else instrument.split(" ", 1)
    if kind == "par yield":
        return par_yield(as_of, terms, value)
    if kind == "deposit" and terms == "1D":
        return ql.DepositRateHelper(quote(value), period(terms), 0, TARGET, ql.ModifiedFollowing, False, ACT_360)
    if kind == "deposit":
        return ql.DepositRateHelper(quote(value), EURIBOR_6M if terms == "6M" else EURIBOR_3M)
    if kind == "FRA":
        start = period(terms.split(" x ")[0])
        months = start.length() * (12 if start.units() == ql.Years else 1)
        return ql.FraRateHelper(quote(value), months, EURIBOR_6M, ql.Pillar.LastRelevantDate, ql.Date(), False)
    if kind == "future":
        return ql.FuturesRateHelper(quote(value), iso(terms), EURIBOR_3M, quote(0.0))
    if kind == "OIS":
        index, spot, lag = OVERNIGHT[case]
        return ql.OISRateHelper(spot, period(terms), quote(value), index, ql.YieldTermStructureHandle(), True, lag, ql.Following, ql.Annual)
    fixed = (TARGET, ql.Annual, ql.ModifiedFollowing, ql.Thirty360(ql.Thirty360.BondBasis))
    return ql.SwapRateHelper(quote(value), period(terms), *fixed, EURIBOR_3M, quote(0.0), ql.Period(0, ql.Days), discount)


def lagged_errors(as_of, quotes, interpolation):
    """QuantLib's swap helper has no payment lag: swaps on the curve of these nodes are to be worth nothing."""
    nodes = [(as_of + round(float(row["time"]) * 365), float(row["zero"])) for row in quotes]
    dates, zeros = [as_of] + [date for date, _ in nodes], [nodes[0][1]] + [zero for _, zero in nodes]
    if interpolation == "flat_forward":
        times = [ACT_365.yearFraction(as_of, date) for date in dates]
        factors = [1.0] + [2.718281828459045 ** (-zero * time) for zero, time in zip(zeros[1:], times[1:])]
        curve = ql.DiscountCurve(dates, factors, ACT_365)
    else:
        curve = ql.ZeroCurve(dates, zeros, ACT_365)
    handle = ql.YieldTermStructureHandle(curve)
    index, spot = ql.Euribor3M(handle), TARGET.advance(as_of, 2, ql.Days)
    for row in quotes:
        kind, tenor = row["instrument"].split(" ")
        if kind == "swap":
            legs = [
                ql.Schedule(spot, spot + period(tenor), period(step), TARGET, ql.ModifiedFollowing, ql.ModifiedFollowing, ql.DateGeneration.Backward, False)
                for step in ("1Y", "3M")
            ]
            fixed = ql.FixedRateLeg(legs[0], ql.Thirty360(ql.Thirty360.BondBasis), [1.0], [float(row["quote"])], ql.Following, paymentLag=1, paymentCalendar=TARGET)
            floating = ql.IborLeg([1.0], legs[1], index, ACT_360, ql.Following, [2], paymentLag=1, paymentCalendar=TARGET)
            value = ql.CashFlows.npv(floating, handle, False, as_of, as_of) - ql.CashFlows.npv(fixed, handle, False, as_of, as_of)
            yield abs(value)


def zero_errors(case, as_of, quotes, interpolation, discount):
    helpers = [helper(case, as_of, row["instrument"], float(row["quote"]), discount) for row in quotes]
    curve = CURVES[interpolation](as_of, helpers, ACT_365)
    curve.enableExtrapolation()
    for row in quotes:
        time = float(row["time"])
        yield abs(curve.zeroRate(time, ql.Continuous).rate() - float(row["zero"]))
    for date, row in zip(curve.dates()[1:], quotes):
        assert abs(ACT_365.yearFraction(as_of, date) - float(row["time"])) < 1e-12, (case, row["instrument"], date)


# Calendar, day count and days to spot; then of an overnight rate the days to payment, of a term rate its months, the fixed leg's.
BOND_BASIS = ql.Thirty360(ql.Thirty360.BondBasis)
LONDON_NEW_YORK = ql.JointCalendar(UK, US)
MARKETS = {
    "usd_sofr": (SOFR, ACT_360, 2, 2),
    "eur_estr": (TARGET, ACT_360, 2, 1),
    "gbp_sonia": (UK, ACT_365, 0, 0),
    "jpy_tona": (ql.Japan(), ACT_365, 2, 2),
    "chf_saron": (ql.Switzerland(), ACT_360, 2, 2),
    "usd_libor": (LONDON_NEW_YORK, ACT_360, 2, 3, 6),
    "eur_euribor": (TARGET, ACT_360, 2, 6, 12),
    "eur_euribor_3m": (TARGET, ACT_360, 2, 3, 12),
}
IMM_MONTHS = "FGHJKMNQUVXZ"


def third_wednesday(code, as_of):
    year = as_of.year() + (int(code[1]) - as_of.year()) % 10
    return ql.Date.nthWeekday(3, ql.Wednesday, IMM_MONTHS.index(code[0]) + 1, year)


def market_helper(market, as_of, kind, tenor, value, discount):
    calendar, day_count, spot, *terms = MARKETS[market]
    rate = quote(value)
    if kind == "deposit" and tenor in ("ON", "TN"):
        return ql.DepositRateHelper(rate, period("1D"), ("ON", "TN").index(tenor), calendar, ql.Following, False, day_count)
    if kind == "deposit":
        roll = ql.Following if tenor.endswith(("D", "W")) else ql.ModifiedFollowing
        return ql.DepositRateHelper(rate, period(tenor), spot, calendar, roll, True, day_count)
    if kind == "fra":
        start, end = (int(part.rstrip("M")) for part in tenor.split("x"))
        return ql.FraRateHelper(rate, start, end, spot, calendar, ql.ModifiedFollowing, True, day_count, ql.Pillar.LastRelevantDate, ql.Date(), False)
    if len(terms) == 1:
        if kind == "future":
            start = third_wednesday(tenor, as_of)
            end = ql.Date.nthWeekday(3, ql.Wednesday, (start + period("3M")).month(), (start + period("3M")).year())
            return ql.FuturesRateHelper(rate, start, end, day_count)
        index = ql.OvernightIndex(market, 0, ql.EURCurrency(), calendar, day_count)
        roll = ql.Following if tenor.endswith("W") else ql.ModifiedFollowing
        # What is paid later than it accrues says nothing of a curve that only projects.
        pillar = ql.Pillar.MaturityDate if discount else ql.Pillar.LastRelevantDate
        days = dict(paymentLag=terms[0], paymentFrequency=ql.Annual, paymentCalendar=calendar, convention=roll, pillar=pillar)
        return ql.OISRateHelper(spot, period(tenor), rate, index, discount or NO_CURVE, True, **days)
    months, fixed_months = terms
    index = ql.IborIndex(market, ql.Period(months, ql.Months), spot, ql.EURCurrency(), calendar, ql.ModifiedFollowing, True, day_count)
    if kind == "future":
        deposit = ql.IborIndex(market, period("3M"), spot, ql.EURCurrency(), calendar, ql.ModifiedFollowing, True, day_count)
        return ql.FuturesRateHelper(rate, third_wednesday(tenor, as_of), deposit, quote(0.0))
    fixed = (calendar, ql.Semiannual if fixed_months == 6 else ql.Annual, ql.ModifiedFollowing, BOND_BASIS)
    return ql.SwapRateHelper(rate, period(tenor), *fixed, index, quote(0.0), ql.Period(0, ql.Days), discount or NO_CURVE)


def sql_curves():
    """Largest difference of each curve's zero rates at the nodes that SQL gave it."""
    curves, quotes = defaultdict(list), defaultdict(list)
    with open("target/curves_sql.csv") as file:
        for row in csv.reader(file):
            if row[0] == "quote":
                quotes[row[1]].append(row[2:])
            else:
                curves[tuple(row[:4])].append((float(row[4]), float(row[5])))
    for (market, day, interpolation, dual), nodes in curves.items():
        as_of = iso(day)
        ql.Settings.instance().evaluationDate = as_of
        discount = None
        if dual == "t":
            # Two zero rates under flat forward rates, and the same forward rate beyond.
            ends = [(as_of + period("1Y"), 0.02), (as_of + period("30Y"), 0.035)]
            factors = [math.exp(-zero * ACT_365.yearFraction(as_of, end)) for end, zero in ends]
            curve = ql.DiscountCurve([as_of] + [end for end, _ in ends], [1.0] + factors, ACT_365)
            curve.enableExtrapolation()
            discount = ql.YieldTermStructureHandle(curve)
        kinds = quotes["ois" if len(MARKETS[market]) == 4 else "term"]
        helpers = [market_helper(market, as_of, kind, tenor, float(value), discount) for kind, tenor, value in kinds]
        curve = CURVES[interpolation](as_of, helpers, ACT_365)
        curve.enableExtrapolation()
        dates = [ACT_365.yearFraction(as_of, date) for date in curve.dates()[1:]]
        assert len(dates) == len(nodes) and all(abs(a - b) < 1e-12 for a, (b, _) in zip(dates, nodes)), (market, day, dates, nodes)
        errors = [abs(curve.zeroRate(time, ql.Continuous).rate() - zero) for time, zero in nodes]
        yield market + (" over another" if dual == "t" else ""), day, interpolation, len(nodes), max(errors)


def sofr_errors():
    """Largest difference of a discount factor of each day's curve of overnight swaps, spot in two days and paid two days late."""
    days = defaultdict(list)
    with open("target/curves_sofr.csv") as file:
        for row in csv.DictReader(file):
            days[row["as_of"]].append(row)
    for day, quotes in days.items():
        as_of = iso(day)
        ql.Settings.instance().evaluationDate = as_of
        index = ql.OvernightIndex("SOFR", 0, ql.USDCurrency(), SOFR, ACT_360)
        terms = dict(paymentLag=2, paymentFrequency=ql.Annual, paymentCalendar=SOFR, convention=ql.ModifiedFollowing)
        helpers = [ql.OISRateHelper(2, period(row["months"] + "M"), quote(float(row["quote"])), index, NO_CURVE, True, **terms) for row in quotes]
        curve = ql.PiecewiseLogLinearDiscount(as_of, helpers, ACT_365, ql.IterativeBootstrap(1e-15))
        for date, row in zip(curve.dates()[1:], quotes, strict=True):
            assert abs(ACT_365.yearFraction(as_of, date) - float(row["time"])) < 1e-12, (day, row["months"], date)
        yield len(quotes), max(abs(curve.discount(date) - float(row["discount"])) for date, row in zip(curve.dates()[1:], quotes))


def report(case, day, interpolation, nodes, worst):
    print(f"{case:<27} {day:<12} {interpolation:<14} {nodes:>5} {worst:>20.1e}{'' if worst <= TOLERANCE else '  differs'}")
    return not worst <= TOLERANCE


def main():
    cases = defaultdict(list)
    with open("target/curves.csv") as file:
        for row in csv.DictReader(file):
            cases[row["case"], row["as_of"], row["interpolation"]].append(row)
    failed = False
    print(f"{'curve':<27} {'date':<12} {'interpolation':<14} {'nodes':>5} {'largest difference':>20}")
    for (case, day, interpolation), quotes in cases.items():
        as_of = iso(day)
        ql.Settings.instance().evaluationDate = as_of
        discount = ql.YieldTermStructureHandle()
        if case == "dual":
            estr = cases["estr", day, "flat_forward"]
            helpers = [helper("estr", as_of, row["instrument"], float(row["quote"]), discount) for row in estr]
            curve = ql.PiecewiseLogLinearDiscount(as_of, helpers, ACT_365)
            curve.enableExtrapolation()
            discount = ql.YieldTermStructureHandle(curve)
        errors = lagged_errors(as_of, quotes, interpolation) if case == "lagged" else zero_errors(case, as_of, quotes, interpolation, discount)
        worst = max(errors)
        failed |= report(case, day, interpolation, len(quotes), worst)
    for case in sql_curves():
        failed |= report(*case)
    nodes, errors = zip(*sofr_errors())
    worst = max(errors)
    print(f"SOFR on {len(nodes)} business days, {sum(nodes)} discount factors: largest difference {worst:.1e}")
    failed |= not worst <= SOFR_TOLERANCE
    sys.exit(failed)


if __name__ == "__main__":
    main()
