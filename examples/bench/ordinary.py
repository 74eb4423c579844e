"""The ordinary client: rows over psycopg, a Python loop, Newton's method on the cash flows' closed sum."""

from calendar import monthrange
from collections import defaultdict
from datetime import date

QUERY = "SELECT coupon, maturity, price, notional, frequency, day_count, portfolio_id FROM bonds WHERE id <= %s"


def portfolio_durations(connection, settlement, rows):
    value = defaultdict(float)
    weighted = defaultdict(float)
    for coupon, maturity, price, notional, frequency, day_count, portfolio in connection.execute(QUERY, [rows]):
        k, accrued = place(settlement, maturity, frequency, day_count)
        _, duration, dirty = solve(coupon, price, k, accrued, frequency)
        value[portfolio] += dirty * notional
        weighted[portfolio] += dirty * notional * duration
    return {portfolio: weighted[portfolio] / value[portfolio] for portfolio in value}


def place(settlement, maturity, frequency, day_count):
    """Coupons left and the accrued fraction of the current period."""
    at_month_end = maturity.day == monthrange(maturity.year, maturity.month)[1]

    def coupon(periods):
        year, month = divmod(maturity.year * 12 + maturity.month - 1 - periods * 12 // frequency, 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, last if at_month_end else min(maturity.day, last))

    months = (maturity.year - settlement.year) * 12 + maturity.month - settlement.month
    k = months * frequency // 12
    if coupon(k) > settlement:
        k += 1
    start = coupon(k)
    if day_count:
        return k, (settlement - start).days / (coupon(k - 1) - start).days
    from_day = 30 if start.day == monthrange(start.year, start.month)[1] else start.day
    days = 360 * (settlement.year - start.year) + 30 * (settlement.month - start.month) + settlement.day - from_day
    return k, days * frequency / 360


def solve(coupon, price, k, accrued, frequency):
    """Street yield, modified duration and dirty price, the last per 1 of face."""
    c = coupon / frequency
    w = 1 - accrued
    dirty = price / 100 + c * accrued
    if k == 1:
        y = ((1 + c) / dirty - 1) * frequency / w
        return y, w / (frequency + w * y), dirty
    r = c
    while True:
        v = 1 / (1 + r)
        vk = v**k
        annuity = (1 - vk) / r
        first = v ** (w - 1)
        value = first * (c * annuity + vk)
        slope = first * (c * (annuity * (1 + r) - k * vk) / r + k * vk) * v + (w - 1) * v * value
        change = (value - dirty) / slope
        r += change
        if abs(change) < 1e-12:
            return frequency * r, slope / value / frequency, dirty
