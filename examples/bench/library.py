"""The library: QuantLib builds each bond and finds its yield and modified duration.

What its own calls do not need is done beforehand and left out of the time: the rows are at hand, dates are its own, and a schedule starts at the
coupon before settlement, the shortest there is.
"""

import QuantLib as ql

import ordinary

THIRTY_360 = ql.Thirty360(ql.Thirty360.USA)
ACTUAL = ql.ActualActual(ql.ActualActual.ISMA)
PERIODS = {f: ql.Period(12 // f, ql.Months) for f in (1, 2, 4)}
FREQUENCIES = {1: ql.Annual, 2: ql.Semiannual, 4: ql.Quarterly}
NO_CALENDAR = ql.NullCalendar()


def prepare(rows, settlement):
    """The arguments of `solve` for rows of coupon, maturity, price, frequency and day count."""
    prepared = []
    for coupon, maturity, price, frequency, day_count in rows:
        k, _ = ordinary.place(settlement, maturity, frequency, day_count)
        end = ql.Date.from_date(maturity)
        start = NO_CALENDAR.advance(end, -k * 12 // frequency, ql.Months, ql.Unadjusted, True)
        prepared.append((coupon, start, end, price, frequency, ACTUAL if day_count else THIRTY_360, ql.Simple if k == 1 else ql.Compounded))
    return prepared


def solve(bonds, settlement):
    settlement = ql.Date.from_date(settlement)
    ql.Settings.instance().evaluationDate = settlement
    results = []
    for coupon, start, end, price, frequency, day_count, compounding in bonds:
        schedule = ql.Schedule(
            start, end, PERIODS[frequency], NO_CALENDAR, ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Backward, True)
        bond = ql.FixedRateBond(0, 100.0, schedule, [coupon], day_count)
        # Street is simple in the last period; SimpleThenCompounded would also be simple in the first of many.
        terms = (day_count, compounding, FREQUENCIES[frequency])
        y = ql.BondFunctions.bondYield(bond, ql.BondPrice(price, ql.BondPrice.Clean), *terms, settlement)
        results.append((y, ql.BondFunctions.duration(bond, y, *terms, ql.Duration.Modified, settlement)))
    return results
