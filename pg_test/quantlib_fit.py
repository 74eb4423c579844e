#!/usr/bin/env python3
"""Fitted curves beside QuantLib's and SciPy's, on the Treasuries of a day and with the same weights.

    cargo test --no-default-features fits_beside_quantlib
    python3 pg_test/quantlib_fit.py

Needs QuantLib 1.44, SciPy and NumPy from PyPI. The test writes each bond's flows, price, duration and robust weight, and the
parameters that were found, to target/fit.csv. QuantLib's FittedBondDiscountCurve and SciPy's least_squares minimize the same sum
of squares: price errors by duration and price, times that weight. Fails where either finds less than we did."""

import csv
import sys
from collections import defaultdict

import numpy as np
import QuantLib as ql
from scipy.optimize import least_squares

SLACK = 1e-6  # relative
DAY = ql.Date(24, 3, 2026)
STARTS = 6


class Bonds:
    def __init__(self, rows):
        self.flows = [[tuple(map(float, flow.split(":"))) for flow in row["flows"].split(" ")] for row in rows]
        self.dirty, self.duration, self.weight, self.error = (
            np.array([float(row[name]) for row in rows]) for name in ("dirty", "duration", "weight", "yield_error")
        )
        self.times = np.array(sorted({time for flows in self.flows for time, _ in flows}))
        self.amounts = np.zeros((len(rows), len(self.times)))
        for amounts, flows in zip(self.amounts, self.flows):
            for time, amount in flows:
                amounts[np.searchsorted(self.times, time)] += amount

    def errors(self, parameters):
        """Nearly those of the yields, by a formula of our own here: betas, then taus."""
        beta0, beta1, beta2, beta3, tau1, tau2 = parameters
        x, y = self.times / tau1, self.times / tau2
        mean = (1 - np.exp(-x)) / x
        zero = beta0 + beta1 * mean + beta2 * (mean - np.exp(-x)) + beta3 * ((1 - np.exp(-y)) / y - np.exp(-y))
        return (self.amounts @ np.exp(-zero * self.times) - self.dirty) / (self.duration * self.dirty)

    def total(self, parameters):
        return float(np.sum(self.weight * self.errors(parameters) ** 2))


def quantlib(bonds, method, guess):
    """Coupons of these very amounts; QuantLib adds the redemption."""

    def leg(flows):
        starts = [DAY] + [on(time) for time, _ in flows]
        for start, (time, amount) in zip(starts, flows):
            coupon = amount - 100 if time == flows[-1][0] else amount
            yield ql.FixedRateCoupon(on(time), 100.0, coupon / 100, ql.OneDayCounter(), start, on(time))

    def on(time):
        return DAY + round(365 * time)

    helpers = []
    for flows, dirty in zip(bonds.flows, bonds.dirty):
        bond = ql.Bond(0, ql.NullCalendar(), DAY, list(leg(flows)))
        helpers.append(ql.BondHelper(ql.QuoteHandle(ql.SimpleQuote(dirty)), bond, ql.BondPrice.Dirty))
    # QuantLib multiplies errors, not their squares, by weights that it takes as they are; zero weights it does not take.
    weights = np.sqrt(bonds.weight) / (bonds.duration * bonds.dirty)
    kept = weights > 0
    helpers = [helper for helper, keep in zip(helpers, kept) if keep]
    weights = ql.Array(list(weights[kept] / weights[kept].sum()))
    fitting = {"nelson_siegel": ql.NelsonSiegelFitting, "svensson": ql.SvenssonFitting}[method](weights)
    curve = ql.FittedBondDiscountCurve(DAY, helpers, ql.Actual365Fixed(), fitting, 1e-14, 20_000, ql.Array(guess), 0.05)
    found = list(curve.fitResults().solution())
    if method == "nelson_siegel":
        return found[:3] + [0.0, 1 / found[3], 1.0]
    return found[:4] + [1 / found[4], 1 / found[5]]


def scipy(bonds, method, generator):
    """The least of many searches from anywhere."""
    roots = np.sqrt(bonds.weight)
    full = (lambda p: [p[0], p[1], p[2], 0.0, p[3], 1.0]) if method == "nelson_siegel" else (lambda p: p)
    best = None
    for _ in range(STARTS):
        taus = np.exp(generator.uniform(np.log(0.3), np.log(25), 1 if method == "nelson_siegel" else 2))
        betas = generator.uniform(-0.1, 0.1, 3 if method == "nelson_siegel" else 4)
        low = [-10.0] * len(betas) + [0.05] * len(taus)
        high = [10.0] * len(betas) + [90.0] * len(taus)
        start = np.concatenate([betas, taus])
        found = least_squares(lambda p: 1e4 * roots * bonds.errors(full(p)), start, bounds=(low, high), x_scale="jac", xtol=1e-14, ftol=1e-14, gtol=1e-14)
        if best is None or found.cost < best.cost:
            best = found
    return full(best.x)


def main():
    ql.Settings.instance().evaluationDate = DAY
    methods = defaultdict(list)
    with open("target/fit.csv") as file:
        for row in csv.DictReader(file):
            methods[row["method"]].append(row)
    generator = np.random.default_rng(7)
    failed = not methods
    print(f"{'method':<14} {'bonds':>5} {'by':<9} {'weighted rms, bp':>18}")
    for method, rows in methods.items():
        bonds = Bonds(rows)
        ours = [float(parameter) for parameter in rows[0]["parameters"].split(" ")]
        assert np.max(np.abs(bonds.errors(ours) - bonds.error)) < 1e-13
        kappas = [1 / ours[4]] if method == "nelson_siegel" else [1 / ours[4], 1 / ours[5]]
        betas = ours[:3] if method == "nelson_siegel" else ours[:4]
        others = {
            "pg_bond": ours,
            "QuantLib": quantlib(bonds, method, [0.05, -0.02, -0.02] + ([0.3] if method == "nelson_siegel" else [0.1, 0.5, 0.1])),
            "from ours": quantlib(bonds, method, betas + kappas),
            "SciPy": scipy(bonds, method, generator),
        }
        for name, parameters in others.items():
            total = bonds.total(parameters)
            worse = total < bonds.total(ours) * (1 - SLACK)
            failed |= worse
            rms = 1e4 * (total / bonds.weight.sum()) ** 0.5
            print(f"{method:<14} {len(rows):>5} {name:<9} {rms:>18.9f}{'  less than ours' if worse else ''}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
