#!/usr/bin/env python3
"""pg_bond beside QuantLib: random day counts and schedules, and every day of every calendar, computed by both.

    pg_test/server env python3 pg_test/quantlib.py

Needs QuantLib 1.44 from PyPI, and the server that the libpq environment names, with the extension installed. Draws the
same cases every time, hands all of a kind to one query, prints a table, and fails unless every case is equal or differs
for one of the reasons written down here."""

import csv
import io
import random
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import islice

import QuantLib as ql

DATABASE = "pg_bond_quantlib"
SEED = 20260324
BATCH = 100_000  # cases a query
RANDOM = random.Random(SEED)

T = ql.Thirty360
A = ql.ActualActual

# QuantLib's day counters under our names; ACT/365L it has none for.
DAY_COUNTERS = {
    "30/360": T(T.USA),
    "30/360 SIA": T(T.USA),
    "30/360 bond basis": T(T.BondBasis),
    "30E/360": T(T.European),
    "30E/360 ISDA": None,  # knows its termination date
    "30/360 German": T(T.German),
    "30/365": ql.Thirty365(),
    "ACT/360": ql.Actual360(),
    "ACT/364": ql.Actual364(),
    "ACT/365F": ql.Actual365Fixed(),
    "ACT/365.25": ql.Actual36525(),
    "NL/365": ql.Actual365Fixed(ql.Actual365Fixed.NoLeap),
    "ACT/ACT ICMA": A(A.ISMA),
    "ACT/ACT ISDA": A(A.ISDA),
    "ACT/ACT AFB": A(A.AFB),
    "BUS/252": ql.Business252(ql.Brazil()),
    "1/1": ql.OneDayCounter(),
}

# QuantLib's calendars under our names, and the years in which both claim to know.
CALENDARS = {
    "weekends": (ql.WeekendsOnly(), 1950, 2199),
    "US": (ql.UnitedStates(ql.UnitedStates.GovernmentBond), 1990, 2199),
    "SOFR": (ql.UnitedStates(ql.UnitedStates.SOFR), 1990, 2199),
    "NYSE": (ql.UnitedStates(ql.UnitedStates.NYSE), 1990, 2199),
    "FED": (ql.UnitedStates(ql.UnitedStates.FederalReserve), 1990, 2199),
    "TARGET": (ql.TARGET(), 1999, 2199),
    "UK": (ql.UnitedKingdom(ql.UnitedKingdom.Settlement), 1978, 2199),
    "DE": (ql.Germany(ql.Germany.Settlement), 1991, 2199),
    "FR": (ql.France(ql.France.Settlement), 1990, 2199),
    "IT": (ql.Italy(ql.Italy.Settlement), 1990, 2199),
    "CH": (ql.Switzerland(), 1994, 2199),
    "JP": (ql.Japan(), 1990, 2099),
    "CA": (ql.Canada(ql.Canada.Settlement), 1990, 2199),
    "AU": (ql.Australia(ql.Australia.Settlement), 2000, 2199),
    "NZ": (ql.NewZealand(ql.NewZealand.Wellington), 1990, 2052),
    "SE": (ql.Sweden(), 1990, 2199),
    "NO": (ql.Norway(), 2002, 2199),
    "DK": (ql.Denmark(), 2000, 2199),
    "BR": (ql.Brazil(ql.Brazil.Settlement), 2000, 2199),
    "CN": (ql.China(ql.China.IB), 2008, 2026),
}

ROLLS = {
    "unadjusted": ql.Unadjusted,
    "following": ql.Following,
    "modified_following": ql.ModifiedFollowing,
    "preceding": ql.Preceding,
    "modified_preceding": ql.ModifiedPreceding,
    "nearest": ql.Nearest,
}

FREQUENCIES = {"annual": 12, "semiannual": 6, "quarterly": 3, "monthly": 1}


def day(d):
    return ql.Date(d.day, d.month, d.year)


def iso(d):
    return d.ISO()


def is_last_of_february(d):
    return d.month == 2 and (d + timedelta(1)).month == 3


def easter_monday(year):
    """The one Monday between 23 March and 26 April on which Germany rests."""
    mondays = (date(year, 3, 23) + timedelta(days) for days in range(35))
    return next(d for d in mondays if d.weekday() == 0 and CALENDARS["DE"][0].isHoliday(day(d)))


def dates(text):
    return [date.fromisoformat(d) for d in text.split()]


YEARS = range(1978, 2200)
WHIT = [easter_monday(year) + timedelta(days) for year in YEARS for days in (38, 49)]

# Days that QuantLib has wrong, or counts for another market: calendar, closed, open, reason and source.
CORRECTIONS = [
    *(
        (
            name, dates("1994-04-27 2001-09-11 2001-09-12"), [],
            "markets closed for President Nixon's funeral and on two days of September 2001 (SIFMA, holiday archive)",
        )
        for name in ("US", "SOFR")
    ),
    (
        "UK", dates("1981-07-29"), [],
        "bank holiday for the wedding of the Prince of Wales (proclamation under the Banking and Financial Dealings Act 1971)",
    ),
    (
        "DE", [date(year, 12, 31) for year in YEARS] + dates("1991-11-20 1992-11-18 1993-11-17 1994-11-16 2017-10-31"), [],
        "banks close on 31 December (Manteltarifvertrag, private Banken); Repentance Day was a holiday until 1994 (Pflege-"
        "Versicherungsgesetz), and 31 October 2017 everywhere",
    ),
    (
        "FR", WHIT, [date(year, 5, d) for year in YEARS for d in (10, 21) if date(year, 5, d) not in WHIT and date(year, 5, d).weekday() < 5],
        "Ascension and Whit Monday move with Easter (Code du travail, L3133-1); QuantLib has them on 10 and 21 May of every year",
    ),
    (
        "IT", dates("2011-03-17"), dates("1999-12-31 2000-06-02"),
        "150 years of unity (decreto-legge 5/2011); 31 December 1999 was a closing of TARGET alone, and the Festa della Repubblica came back in 2001 (legge 336/2000)",
    ),
    (
        "JP",
        dates("1990-03-21 1990-09-24 1991-03-21 1993-09-23 1994-09-23 1995-03-21 1997-03-20 1997-09-23 1998-09-23 1999-03-22 1999-09-23"),
        dates(
            "1990-03-20 1991-03-20 1993-03-19 1993-09-22 1994-09-22 1995-03-20 1995-09-22 1997-03-19 1997-09-22 1998-03-20 1998-09-22 "
            "1999-09-22 1992-05-06 1997-05-06 1998-05-06 2003-05-06"
        ),
        "equinoxes as the National Astronomical Observatory gave them; 6 May replaces a Sunday's holiday since 2007 only (Law 43 of 2005)",
    ),
    (
        "AU", dates("2004-04-26 2010-04-26 2011-04-26 2026-04-27 2027-04-26"), [],
        "Anzac Day on a Sunday until 2010, on Easter Monday in 2011, and on the weekends of 2026 and 2027 (New South Wales)",
    ),
    (
        "NZ", [], [date(year, 1, d) for year in YEARS for d in range(19, 26) if date(year, 1, d).weekday() == 0],
        "the anniversary of Wellington is a holiday of that province",
    ),
]

# Other differences: the kinds of case, a test of the case, reason and source.
EXPLAINED = [
    (
        ["30/360"],
        lambda case: is_last_of_february(case["start"]) and case["end"].day == 31,
        "30/360 follows Excel, whose February rule comes last: a 31st after the last of February stays the 31st (YEARFRAC and "
        "COUPDAYBS, basis 0); QuantLib's order is 30/360 SIA, which is compared too",
    ),
    (
        ["ACT/ACT ICMA by period"],
        lambda case: (max(case["period_start"].day, case["period_end"].day) > 28 or is_last_of_february(case["period_end"]))
        and (case["start"] < case["period_start"] or case["period_end"] < case["end"]),
        "regular periods around one that starts or ends after the 28th keep its day of the month, or the last of the month, "
        "throughout (ICMA 251.3); QuantLib goes from period to period and stays on the last day of the shortest month passed",
    ),
]


def random_date(first_year, last_year):
    """Half of them near the end of a month, where conventions part."""
    start, end = date(first_year, 1, 1), date(last_year, 12, 31)
    d = start + timedelta(RANDOM.randrange((end - start).days + 1))
    if RANDOM.random() < 0.5:
        return d
    month_end = (d.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
    return max(start, month_end - timedelta(RANDOM.randrange(4)))


def later_date(d, last_year):
    longest = (date(last_year, 12, 31) - d).days
    return d + timedelta(RANDOM.randrange(min(longest, RANDOM.choice((40, 400, 4000, 15000))) + 1))


def day_count_cases(number):
    for name, counter in DAY_COUNTERS.items():
        for _ in range(number):
            start = random_date(2000, 2090) if name == "BUS/252" else random_date(1930, 2090)
            end = later_date(start, 2100)
            if RANDOM.random() < 0.3:
                end = max(start, random_date(end.year, end.year))
            termination = end if name == "30E/360 ISDA" and RANDOM.random() < 0.5 else None
            known = counter or (T(T.ISDA, day(termination)) if termination else T(T.ISDA))
            arguments = day(start), day(end)
            ask = lambda known=known, arguments=arguments: (known.dayCount(*arguments), known.yearFraction(*arguments))
            yield dict(kind=name, start=start, end=end, day_count=name, termination=termination), ask


def period_cases(number):
    """ACT/ACT ICMA by a coupon period, over dates in it, before it and after it."""
    for _ in range(number):
        months = RANDOM.choice((1, 3, 6, 12))
        first = day(random_date(1990, 2060))
        if RANDOM.random() < 0.8:
            first = ql.Date(min(first.dayOfMonth(), 28), first.month(), first.year())
        last = first + ql.Period(months, ql.Months)
        period = date(*ql_ymd(first)), date(*ql_ymd(last))
        if RANDOM.random() < 0.5:
            start = period[0] + timedelta(RANDOM.randrange((period[1] - period[0]).days))
            end = start + timedelta(1 + RANDOM.randrange(900))
        else:
            end = period[1] - timedelta(RANDOM.randrange((period[1] - period[0]).days))
            start = end - timedelta(1 + RANDOM.randrange(900))
        arguments = day(start), day(end), first, last
        case = dict(kind="ACT/ACT ICMA by period", start=start, end=end, period_start=period[0], period_end=period[1])
        yield case, lambda arguments=arguments: (A(A.ISMA).yearFraction(*arguments),)


def ql_ymd(d):
    return d.year(), d.month(), d.dayOfMonth()


def calendar_cases(_):
    """Every day, but for those at the ends that roll beyond the years known."""
    for name, (calendar, first_year, last_year) in CALENDARS.items():
        d, last = date(first_year, 1, 15), date(last_year, 12, 15)
        while d <= last:
            roll = RANDOM.choice(list(ROLLS))
            ask = lambda calendar=calendar, d=day(d), roll=ROLLS[roll]: (calendar.isBusinessDay(d), iso(calendar.adjust(d, roll)))
            yield dict(kind=f"calendar {name}", calendar=name, day=d, roll=roll), ask
            d += timedelta(1)


SCHEDULE_CALENDARS = ["weekends", "US", "TARGET", "UK", "JP"]
SCHEDULE_ROLLS = ["unadjusted", "following", "modified_following", "preceding", "modified_preceding"]


def counts_month_ends(start, end, months, direction):
    """The end-of-month rule as pg_bond has it, by QuantLib's unadjusted schedules: of dates as they are given, and only where it
    makes no period, and no odd one, more than there is without it."""
    anchor = start if direction == ql.DateGeneration.Forward else end
    if not ql.Date.isEndOfMonth(anchor):
        return False
    tenor, null, roll = ql.Period(months, ql.Months), ql.NullCalendar(), ql.Unadjusted
    ruled, free = (ql.Schedule(start, end, tenor, null, roll, roll, direction, rule) for rule in (True, False))
    odd = lambda schedule: sum(not regular for regular in schedule.isRegular())
    return len(ruled) <= len(free) and odd(ruled) <= odd(free)


def month_end_cases(number):
    """Schedules from and to the 27th to the 31st under the end-of-month rule."""
    late = lambda first, last: ql.Date(1, RANDOM.randrange(1, 13), RANDOM.randrange(first, last + 1))
    on = lambda month: min(month + RANDOM.randrange(26, 31), ql.Date.endOfMonth(month))
    for _ in range(number):
        name, roll = RANDOM.choice(SCHEDULE_CALENDARS), RANDOM.choice(("unadjusted", *SCHEDULE_ROLLS))
        calendar, forward = CALENDARS[name][0], RANDOM.random() < 0.5
        frequency = RANDOM.choice(list(FREQUENCIES))
        months = FREQUENCIES[frequency]
        start = on(late(2000, 2040))
        # Two in three whole periods later, but for the day.
        later = months * RANDOM.randrange(1, 20) if RANDOM.random() < 0.67 else RANDOM.randrange(2, 200)
        end = on(ql.Date(1, start.month(), start.year()) + ql.Period(later, ql.Months))
        direction = ql.DateGeneration.Forward if forward else ql.DateGeneration.Backward
        rule = counts_month_ends(start, end, months, direction)
        arguments = start, end, ql.Period(months, ql.Months), calendar, ROLLS[roll], ROLLS[roll], direction, rule
        case = dict(
            kind="schedule at month ends", start=iso(start), end=iso(end), frequency=frequency,
            stub="forward" if forward else "backward", first=None, last=None, month_end=True, calendar=name, roll=roll,
            termination_roll=roll,
        )
        yield case, lambda arguments=arguments: (" ".join(map(iso, ql.Schedule(*arguments))),)


def schedule_cases(number):
    calendars, rolls = SCHEDULE_CALENDARS, SCHEDULE_ROLLS
    for _ in range(number):
        name, roll = RANDOM.choice(calendars), RANDOM.choice(rolls)
        calendar, first_year, _ = CALENDARS[name]
        forward, month_end = RANDOM.random() < 0.5, RANDOM.random() < 0.5
        frequency = RANDOM.choice(list(FREQUENCIES))
        months = FREQUENCIES[frequency]
        start = random_date(first_year + 1, 2040)
        end = later_date(start, 2060) + timedelta(20)
        termination_roll = RANDOM.choice((roll, roll, "unadjusted"))

        # The date at the end that periods are counted from may be any; one at the other end must be reached by them.
        first = last = ql.Date()
        if RANDOM.random() < 0.4:
            near = day(start + timedelta(1 + RANDOM.randrange(min(31 * months, (end - start).days - 1))))
            back = day(end - timedelta(1 + RANDOM.randrange(min(31 * months, (end - start).days - 1))))
            first, last = (near, last) if forward else (first, back)
        if RANDOM.random() < 0.3:
            anchor = (first if first != ql.Date() else day(start)) if forward else (last if last != ql.Date() else day(end))
            steps = RANDOM.randrange(1, 12)
            other = anchor + ql.Period(steps * months if forward else -steps * months, ql.Months)
            if month_end and ql.Date.isEndOfMonth(anchor):
                other = ql.Date.endOfMonth(other)
            if day(start) < other < day(end):
                first, last = (first, other) if forward else (other, last)
        direction = ql.DateGeneration.Forward if forward else ql.DateGeneration.Backward
        stretch = first if first != ql.Date() else day(start), last if last != ql.Date() else day(end)
        rule = month_end and (stretch[0] == stretch[1] or counts_month_ends(*stretch, months, direction))
        arguments = (
            day(start), day(end), ql.Period(months, ql.Months), calendar, ROLLS[roll], ROLLS[termination_roll], direction, rule, first, last,
        )
        case = dict(
            kind="schedule forward" if forward else "schedule backward", start=start, end=end, frequency=frequency,
            stub="forward" if forward else "backward", first=iso(first) if first != ql.Date() else None,
            last=iso(last) if last != ql.Date() else None, month_end=month_end, calendar=name, roll=roll,
            termination_roll=termination_roll,
        )
        yield case, lambda arguments=arguments: (" ".join(map(iso, ql.Schedule(*arguments))),)


SCHEDULE_QUERY = (
    "start date, \"end\" date, frequency text, stub text, first date, last date, month_end boolean, calendar calendar, roll text, "
    "termination_roll text",
    "(SELECT min(s.start)::text || string_agg(' ' || s.\"end\"::text, '' ORDER BY s.period) FROM schedule(c.start, c.\"end\", frequency, "
    "stub, first, last, month_end, calendar, roll, termination_roll, adjust_accrual => true) AS s)",
    (str,),
)

# One query for each kind of case: its columns, and what is asked of pg_bond.
QUERIES = [
    (
        day_count_cases, 3_000, "start date, \"end\" date, day_count text, termination date",
        "day_count_days(start, \"end\", day_count, termination), "
        "year_fraction(start, \"end\", day_count, termination => termination)",
        (int, float),
    ),
    (
        period_cases, 10_000, "start date, \"end\" date, period_start date, period_end date",
        "year_fraction(start, \"end\", 'ACT/ACT ICMA', period_start => period_start, period_end => period_end)",
        (float,),
    ),
    (
        calendar_cases, None, "calendar calendar, day date, roll text",
        "is_business_day(day, calendar), adjust_date(day, roll, calendar)",
        ("t".__eq__, str),
    ),
    (schedule_cases, 40_000, *SCHEDULE_QUERY),
    (month_end_cases, 100_000, *SCHEDULE_QUERY),
]


def psql(database, script):
    command = ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-d", database]
    return subprocess.run(command, input=script, text=True, check=True, stdout=subprocess.PIPE).stdout


def ours(cases, columns, question):
    """All cases in, one query, all answers out."""
    data = io.StringIO()
    names = [column.split()[0].strip('"') for column in columns.split(", ")]
    csv.writer(data, lineterminator="\n").writerows([number, *(case[name] for name in names)] for number, (case, _) in enumerate(cases))
    script = f"CREATE TEMP TABLE c (number int, {columns});\nCOPY c FROM STDIN (FORMAT csv);\n{data.getvalue()}\\.\n"
    answers = psql(DATABASE, script + f"SELECT {question} FROM c ORDER BY number;\n").splitlines()
    return [answer.split("\t") for answer in answers]


def same(mine, theirs):
    if isinstance(theirs, float):
        return abs(mine - theirs) <= 1e-14 * max(1.0, abs(theirs))
    return mine == theirs


def correct_calendars():
    """QuantLib's own mechanism: what is added holds for all its calendars of that name."""
    for name, closed, opened, _ in CORRECTIONS:
        for d in closed:
            CALENDARS[name][0].addHoliday(day(d))
        for d in opened:
            CALENDARS[name][0].removeHoliday(day(d))


def compare():
    """Counts of each kind of case, and those that differ."""
    counts, unequal = {}, []
    for draw, number, columns, question, kinds in QUERIES:
        drawn = draw(number)
        while cases := list(islice(drawn, BATCH)):
            answers = ours(cases, columns, question)
            assert len(answers) == len(cases)
            for (case, ask), answer in zip(cases, answers):
                mine = tuple(read(text) for read, text in zip(kinds, answer))
                count = counts.setdefault(case["kind"], Counter())
                if all(map(same, mine, ask())):
                    count["equal"] += 1
                else:
                    unequal.append((case, mine, ask))
    correct_calendars()
    for case, mine, ask in unequal:
        expected = ask()
        corrected = all(map(same, mine, expected))
        explained = corrected or any(case["kind"] in kinds and holds(case) for kinds, holds, _ in EXPLAINED)
        counts[case["kind"]]["explained" if explained else "different"] += 1
        if not explained:
            print("different:", *(f"{key}={value}" for key, value in case.items() if value is not None))
            print("  pg_bond: ", *mine)
            print("  QuantLib:", *expected)
    return counts


def main():
    psql("postgres", f"SET client_min_messages = warning;\nDROP DATABASE IF EXISTS {DATABASE} WITH (FORCE);\nCREATE DATABASE {DATABASE};\n")
    psql(DATABASE, "SET client_min_messages = warning;\nCREATE EXTENSION pg_bond;\n")
    counts = compare()
    psql("postgres", f"DROP DATABASE {DATABASE};\n")

    columns = ("equal", "explained", "different")
    line = "{:<23} {:>9} {:>9} {:>9} {:>9}".format
    print(f"QuantLib {ql.__version__}, seed {SEED}\n")
    print(line("what", "cases", *columns))
    total = sum(counts.values(), Counter())
    for kind, count in [*counts.items(), ("all", total)]:
        print(line(kind, count.total(), *(count[column] for column in columns)))
    print("\nexplained:")
    for name, _, _, reason in CORRECTIONS:
        print(f"- calendar {name}: {reason}")
    for kinds, _, reason in EXPLAINED:
        print(f"- {', '.join(kinds)}: {reason}")
    return 1 if total["different"] or total.total() < 100_000 else 0


if __name__ == "__main__":
    sys.exit(main())
