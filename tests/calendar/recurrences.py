"""Oracle for whole-day events that recur: python-dateutil's rules.

    pip install python-dateutil==2.9.0.post0
    python3 tests/calendar/recurrences.py > tests/calendar/recurrences.txt

Lines: `start rule count day…`: how many days from 2026-01-01 to 2027-12-31 the rule gives, and the
first eight and the last as days since 2026-01-01.
"""

import random
from datetime import datetime

from dateutil.rrule import rrulestr

FIRST, LAST = datetime(2026, 1, 1), datetime(2027, 12, 31)
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def rule(seeded):
    freq = seeded.choice(["YEARLY"] * 4 + ["MONTHLY"] * 3 + ["WEEKLY"] * 2 + ["DAILY"])
    parts = [f"FREQ={freq}"]
    if seeded.random() < 0.4:
        parts.append(f"INTERVAL={seeded.randrange(1, 6)}")
    if seeded.random() < 0.4:
        months = sorted(seeded.sample(range(1, 13), seeded.randrange(1, 5)))
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    kind = seeded.randrange(5)
    if kind == 1:
        days = seeded.sample(DAYS, seeded.randrange(1, 4))
        if freq in ("YEARLY", "MONTHLY") and seeded.random() < 0.7:
            days = [f"{seeded.choice([1, 2, 3, 4, 5, -1, -2])}{day}" for day in days]
        parts.append(f"BYDAY={','.join(days)}")
    elif kind == 2 and freq != "WEEKLY":
        days = seeded.sample([1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -10], seeded.randrange(1, 4))
        parts.append(f"BYMONTHDAY={','.join(map(str, days))}")
    elif kind == 3 and freq == "YEARLY":
        days = seeded.sample([1, 60, 100, 200, 365, 366, -1, -100], seeded.randrange(1, 3))
        parts.append(f"BYYEARDAY={','.join(map(str, days))}")
    elif kind == 4 and freq in ("YEARLY", "MONTHLY"):
        parts.append(f"BYDAY={','.join(seeded.sample(DAYS, 3))}")
        parts.append(f"BYSETPOS={seeded.choice(['1', '-1', '2,-2', '1,3'])}")
    if seeded.random() < 0.3:
        parts.append(f"WKST={seeded.choice(DAYS)}")
    end = seeded.randrange(4)
    if end == 1:
        parts.append(f"COUNT={seeded.randrange(1, 400)}")
    elif end == 2:
        parts.append(f"UNTIL={seeded.randrange(2025, 2028)}{seeded.randrange(1, 13):02}15")
    return ";".join(parts)


def main():
    seeded = random.Random(5545)
    kept = 0
    while kept < 1500:
        text = rule(seeded)
        start = datetime(seeded.randrange(2015, 2027), seeded.randrange(1, 13), seeded.randrange(1, 29))
        expanded = rrulestr(text, dtstart=start)
        # RFC 5545 leaves open what a start means that the rule does not give.
        if start not in expanded:
            first = next(iter(expanded), None)
            if first is None or first > LAST:
                continue
            start = first
            expanded = rrulestr(text, dtstart=start)
            if start not in expanded:
                continue
        found = [(day - FIRST).days for day in expanded.between(FIRST, LAST, inc=True)]
        shown = found[:8] + found[8:][-1:]
        print(f"{start:%Y%m%d} {text} {len(found)}", *shown)
        kept += 1


if __name__ == "__main__":
    main()
