#!/usr/bin/env python3
"""Swaps on one curve and on two beside QuantLib's, swap by swap.

    cargo test --no-default-features swaps_beside_quantlib
    python3 pg_test/quantlib_swaps.py

Needs QuantLib 1.44 from PyPI. The test writes random swaps with their figures to target/swaps.csv; QuantLib values them on the
same curves, log-linear in the discount factor. Fails unless value (of the notional) and par rate agree to 1e-10, and the DV01
with central differences of QuantLib's values to 1e-8 of the notional's."""

import csv
import math
import sys

import QuantLib as ql

TOLERANCE, DERIVATIVE = 1e-10, 1e-8
NOTIONAL = 1e6
ACT_365 = ql.Actual365Fixed()
DAY_COUNTS = {
    "ACT/360": ql.Actual360(),
    "ACT/365F": ACT_365,
    "30/360 bond basis": ql.Thirty360(ql.Thirty360.BondBasis),
    "30E/360": ql.Thirty360(ql.Thirty360.European),
    "ACT/ACT ISDA": ql.ActualActual(ql.ActualActual.ISDA),
}
CALENDARS = {
    "": ql.NullCalendar(),
    "US": ql.UnitedStates(ql.UnitedStates.GovernmentBond),
    "TARGET": ql.TARGET(),
    "UK": ql.UnitedKingdom(),
}
AS_OF = ql.Date(24, 3, 2026)


def iso(text):
    return ql.DateParser.parseISO(text)


def curve(text, shift):
    nodes = [(int(days), float(zero)) for days, zero in (node.split(":") for node in text.split(" "))]
    dates = [AS_OF] + [AS_OF + days for days, _ in nodes]
    factors = [1.0] + [math.exp(-zero * days / 365.0) for days, zero in nodes]
    base = ql.YieldTermStructureHandle(ql.DiscountCurve(dates, factors, ACT_365))
    return ql.YieldTermStructureHandle(ql.ZeroSpreadedTermStructure(base, ql.QuoteHandle(shift)))


def schedule(row, per_year):
    calendar = CALENDARS[row["calendar"]]
    roll = ql.ModifiedFollowing if row["calendar"] else ql.Unadjusted
    period = ql.Period(12 // int(float(per_year)), ql.Months)
    return ql.Schedule(iso(row["effective"]), iso(row["maturity"]), period, calendar, roll, roll, ql.DateGeneration.Backward, False)


def load(index, row, start):
    """Daily rates, no two of them the same, that come to the fixing from the period's start to today."""
    count = DAY_COUNTS[row["floating_day_count"]]
    days = AS_OF - start
    whole = math.log1p(float(row["fixing"]) * count.yearFraction(start, AS_OF))
    waves = [1e-5 * math.sin(day) for day in range(days)]
    for day, wave in enumerate(waves):
        growth = math.expm1((whole - sum(waves)) / days + wave)
        index.addFixing(start + day, growth / count.yearFraction(start + day, start + day + 1), True)


def build(row, discount, projection):
    fixed, floating = schedule(row, row["fixed_frequency"]), schedule(row, row["floating_frequency"])
    fixed_count, floating_count = DAY_COUNTS[row["fixed_day_count"]], DAY_COUNTS[row["floating_day_count"]]
    rate, spread = float(row["fixed_rate"]), float(row["spread"])
    free = ql.NullCalendar()
    if row["kind"] == "overnight":
        side = ql.OvernightIndexedSwap.Receiver if row["fixed_leg"] == "receive" else ql.OvernightIndexedSwap.Payer
        index = ql.OvernightIndex("overnight", 0, ql.USDCurrency(), free, floating_count, projection)
        calendar = CALENDARS[row["calendar"]]
        for start, end in zip(list(floating), list(floating)[1:]):
            if start < AS_OF <= end:
                load(index, row, start)
        swap = ql.OvernightIndexedSwap(side, NOTIONAL, fixed, rate, fixed_count, index, spread, int(row["lag"]), ql.Following, calendar, True)
    else:
        side = ql.VanillaSwap.Receiver if row["fixed_leg"] == "receive" else ql.VanillaSwap.Payer
        period = ql.Period(12 // int(float(row["floating_frequency"])), ql.Months)
        index = ql.IborIndex("term", period, 0, ql.USDCurrency(), free, ql.Unadjusted, False, floating_count, projection)
        for start in floating:
            if start < AS_OF:
                index.addFixing(start, float(row["fixing"]), True)
        swap = ql.VanillaSwap(side, NOTIONAL, fixed, rate, fixed_count, floating, index, spread, floating_count)
    settlement = iso(row["settlement"])
    swap.setPricingEngine(ql.DiscountingSwapEngine(discount, False, settlement, settlement))
    return swap


def differences(row):
    shift = ql.SimpleQuote(0.0)
    swap = build(row, curve(row["discount"], shift), curve(row["projection"], shift))

    def value(by):
        shift.setValue(by)
        return swap.NPV()

    def slope(by):
        return (value(-by) - value(by)) / (2.0 * by) / 10_000.0

    dv01 = (4.0 * slope(1e-4) - slope(2e-4)) / 3.0
    npv = value(0.0)
    at_par = build(dict(row, fixed_rate=row["par_rate"]), curve(row["discount"], shift), curve(row["projection"], shift))
    yield abs(npv - float(row["npv"])) / NOTIONAL
    yield abs(at_par.NPV()) / NOTIONAL
    yield abs(dv01 - float(row["dv01"])) / (NOTIONAL / 10_000.0)


def main():
    ql.Settings.instance().evaluationDate = AS_OF
    worst, counts = {}, {}
    with open("target/swaps.csv") as file:
        for row in csv.DictReader(file):
            case = (row["kind"], "one curve" if row["discount"] == row["projection"] else "two curves")
            counts[case] = counts.get(case, 0) + 1
            worst[case] = [max(pair) for pair in zip(worst.get(case, [0.0] * 3), differences(row))]
    print(f"{'swaps':<10} {'on':<11} {'cases':>5} {'value':>9} {'at par':>9} {'DV01':>9}")
    failed = False
    for case, errors in sorted(worst.items()):
        differs = not all(error <= bound for error, bound in zip(errors, [TOLERANCE, TOLERANCE, DERIVATIVE]))
        failed |= differs
        print(f"{case[0]:<10} {case[1]:<11} {counts[case]:>5} " + " ".join(f"{error:>9.1e}" for error in errors) + ("  differs" if differs else ""))
    sys.exit(failed)


if __name__ == "__main__":
    main()
