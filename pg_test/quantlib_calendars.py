"""Every day of every calendar beside QuantLib's: prints how many differ and why, and fails where nothing explains it.

    pip install QuantLib==1.44
    pg_test/server env python3 pg_test/quantlib_calendars.py [a database with the extension, pg_bond if not given]
"""

import subprocess
import sys
from collections import Counter

import QuantLib as ql

US = ql.UnitedStates
CALENDARS = {
    "weekends": ql.WeekendsOnly(), "US": US(US.GovernmentBond), "NYSE": US(US.NYSE), "FED": US(US.FederalReserve),
    "TARGET": ql.TARGET(), "UK": ql.UnitedKingdom(), "DE": ql.Germany(ql.Germany.Settlement), "FR": ql.France(), "IT": ql.Italy(),
    "CH": ql.Switzerland(), "JP": ql.Japan(), "CA": ql.Canada(), "AU": ql.Australia(), "NZ": ql.NewZealand(), "SE": ql.Sweden(),
    "NO": ql.Norway(), "DK": ql.Denmark(), "BR": ql.Brazil(), "CN": ql.China(ql.China.IB),
}  # fmt: skip

# What the names of holidays, or the days, say of a difference; the sources are with the calendars and in src/testing/calendar.rs.
# "-" marks a day on which only QuantLib is open, "+" one on which only it is closed.
EXPLAINED = [
    ("US", "-", ["1994-04-27", "2001-09-11", "2001-09-12"], "closed: no Treasury yields were published"),
    ("UK", "-", ["1981-07-29"], "royal wedding"),
    ("DE", "-", ["-12-31"], "bank holiday by collective agreement"),
    ("DE", "-", ["1991-11-20", "1992-11-18", "1993-11-17", "1994-11-16", "2017-10-31"], "Repentance Day until 1994, Reformation 2017"),
    ("FR", "+", ["-05-10", "-05-21"], "QuantLib has Ascension and Whit Monday on fixed days"),
    ("FR", "-", ["Ascension Day", "Whit Monday"], "they follow Easter"),
    ("IT", "+", ["1999-12-31", "2000-06-02"], "no holiday yet, or only TARGET's"),
    ("IT", "-", ["2011-03-17"], "Decree-Law 5 of 2011"),
    ("JP", "-", ["199"], "equinoxes before 2000 as proclaimed"),
    ("JP", "+", ["199", "2003-05-06"], "equinoxes before 2000; 6 May a substitute only since 2007"),
    ("AU", "-", ["2004-04-26", "2010-04-26", "2011-04-26", "2026-04-27", "2027-04-26"], "additional days for Anzac Day"),
    ("NZ", "+", ["-01-19", "-01-2"], "anniversary day of Wellington"),
]

QUERY = """
SELECT c.name, day::date, is_business_day(day::date, c.name), coalesce(h.name, '')
FROM calendars() c
CROSS JOIN generate_series(make_date(greatest(c.first_year, 1901), 1, 1), make_date(least(c.last_year, 2199), 12, 31), interval '1 day') day
LEFT JOIN (
    SELECT b.name AS calendar, f.* FROM calendars() b,
    calendar_holidays(b.name, make_date(greatest(b.first_year, 1901), 1, 1), make_date(least(b.last_year, 2199), 12, 31)) f
) h ON h.calendar = c.name AND h.date = day::date
"""


def main(database):
    command = ["psql", "-X", "-q", "-A", "-t", "-F", "|", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", QUERY]
    rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    days, explained, unexplained = Counter(), Counter(), []
    for name, day, is_open, holiday in (row.split("|") for row in rows):
        year, month, of_month = map(int, day.split("-"))
        days[name] += 1
        if CALENDARS[name].isBusinessDay(ql.Date(of_month, month, year)) == (is_open == "t"):
            continue
        sign = "+" if is_open == "t" else "-"
        reasons = [why for calendar, way, marks, why in EXPLAINED
                   if (calendar, way) == (name, sign) and any(mark in f"{day} {holiday}" for mark in marks)]  # fmt: skip
        if reasons:
            explained[name, sign, reasons[0]] += 1
        else:
            unexplained.append(f"{name} {sign}{day} {holiday}")
    for name, count in days.items():
        print(f"{name:10} {count:8} days")
        for (calendar, sign, why), differing in explained.items():
            if calendar == name:
                print(f"{'':10} {sign}{differing:7} {why}")
    print(f"{sum(days.values())} days, {sum(explained.values())} differences explained, {len(unexplained)} not", *unexplained, sep="\n")
    return 1 if unexplained or len(days) != len(CALENDARS) else 0


sys.exit(main(*(sys.argv[1:] or ["pg_bond"])))
