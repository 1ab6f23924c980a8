"""Oracle for workdays and rolled days (rules D3, D4): plain loops over dates.

    python3 tests/calendar/workdays.py > tests/calendar/workdays.txt

Lines: `W weekdays off…` starts a calendar (weekdays as digits, Monday 0; days off as days since
2024-01-01, ranges `a-b`). A case is `base amount unit limit due nth count`: what is due `amount`
of `unit` after `base` with a limit (`-` for none), the `amount`-th workday after `base`, and how
many workdays lie after `base` up to the limit (or `-`). Dates are days since 2024-01-01.
"""

import random
from datetime import date, timedelta

START = date(2024, 1, 1)
DAY = timedelta(days=1)


class Calendar:
    def __init__(self, weekdays, off):
        self.weekdays, self.off = weekdays, off

    def works(self, day):
        return day.weekday() in self.weekdays and day not in self.off

    def nth(self, base, count):
        day = base
        for _ in range(count):
            day += DAY
            while not self.works(day):
                day += DAY
        return day

    def due(self, base, amount, unit, limit):
        """D4, sentence by sentence."""
        if unit == "workdays":
            computed = self.nth(base, amount)
        else:
            computed = base + timedelta(days=amount * (7 if unit == "weeks" else 1))
        # One that falls on a day off moves to the next workday.
        rolled = computed
        while not self.works(rolled):
            rolled += DAY
        if limit is None or rolled <= limit:
            return rolled
        # If it would pass the limit, it is the last workday on or before the limit, but never
        # before the first workday after the needed task was done.
        first = self.nth(base, 1)
        earlier = [
            day
            for day in (base + timedelta(days=n) for n in range(1, (limit - base).days + 1))
            if self.works(day)
        ]
        # If that is past the limit, it is due there, late.
        return earlier[-1] if earlier else first


def main():
    seeded = random.Random(42)
    for _ in range(1000):
        weekdays = sorted(seeded.sample(range(7), seeded.choice([1, 2, 4, 5, 5, 5, 6, 7])))
        ranges = []
        for _ in range(seeded.randrange(12)):
            first = seeded.randrange(900)
            ranges.append((first, first + seeded.choice([0, 0, 0, 1, 4, 11])))
        off = {START + timedelta(days=n) for a, b in ranges for n in range(a, b + 1)}
        calendar = Calendar(set(weekdays), off)
        shown = " ".join(f"{a}-{b}" for a, b in ranges)
        print(f"W {''.join(map(str, weekdays))} {shown}".rstrip())
        for _ in range(50):
            base = seeded.randrange(800)
            amount = seeded.randrange(1, 25)
            unit = seeded.choice(["days", "workdays", "weeks"])
            limit = seeded.choice([None, base + seeded.randrange(30)])
            day = START + timedelta(days=base)
            end = None if limit is None else START + timedelta(days=limit)
            due = (calendar.due(day, amount, unit, end) - START).days
            nth = (calendar.nth(day, amount) - START).days
            if end is None:
                count = "-"
            else:
                days = (day + timedelta(days=n) for n in range(1, limit - base + 1))
                count = sum(calendar.works(day) for day in days)
            print(base, amount, unit, "-" if limit is None else limit, due, nth, count)


if __name__ == "__main__":
    main()
