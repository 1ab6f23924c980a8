"""Brute-force oracle for schedules on the clocks of zones (rules D7, R15).

Walks real time minute by minute with Python's zoneinfo (second by second where an offset has
seconds or changes), notes what the wall clock shows, and reads the rules off that list. It shares
no idea with the engine: no resolution of civil times, no search for the next match.

    pip install tzdata==2026.5          # IANA 2026e, the version the engine is built with
    PYTHONTZPATH= python3 tests/calendar/occurrences.py > tests/calendar/occurrences.txt

The output is the same on every run. Lines: `C cron` (numbered from 0), `Z zone`, and cases
`cron start span delta…`: every occurrence after `start` up to `start + span` minutes. `start` is
in minutes since 1970, counted from the case before in the zone; deltas are minutes from the
occurrence before, or seconds with an `s`.
"""

import random
import sys
from datetime import date, datetime, timedelta, timezone
from importlib import metadata
from zoneinfo import ZoneInfo, available_timezones

UTC = timezone.utc
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()

# Every transition of these is tested. Half hours, lost and doubled days, double summer time,
# Ramadan, changes at midnight, changes of standard time, offsets with seconds.
ZONES = """
Africa/Cairo Africa/Casablanca Africa/El_Aaiun Africa/Johannesburg Africa/Juba Africa/Monrovia
Africa/Windhoek America/Adak America/Argentina/Buenos_Aires America/Argentina/San_Luis
America/Asuncion America/Bogota America/Caracas America/Halifax America/Havana America/Juneau
America/Mexico_City America/New_York America/Nuuk America/Phoenix America/Port-au-Prince
America/Santiago America/Sao_Paulo America/Scoresbysund America/St_Johns Antarctica/Casey
Antarctica/Troll Antarctica/Vostok Asia/Amman Asia/Beirut Asia/Dhaka Asia/Gaza Asia/Kathmandu
Asia/Kolkata Asia/Manila Asia/Pyongyang Asia/Singapore Asia/Tehran Asia/Tokyo Atlantic/Azores
Australia/Adelaide Australia/Eucla Australia/Lord_Howe Europe/Amsterdam Europe/Berlin
Europe/Dublin Europe/Istanbul Europe/Kyiv Europe/Lisbon Europe/London Europe/Moscow Europe/Paris
Europe/Samara Europe/Volgograd Pacific/Apia Pacific/Auckland Pacific/Chatham Pacific/Easter
Pacific/Enderbury Pacific/Fakaofo Pacific/Guam Pacific/Kwajalein Pacific/Norfolk
Pacific/Tongatapu
""".split()


def field(text, low, high, names=()):
    """The numbers that a cron field stands for."""
    numbers = set()
    for item in text.split(","):
        body, _, step = item.partition("/")
        first, dash, last = body.partition("-")

        def number(word):
            return names.index(word.upper()) + low if word.upper() in names else int(word)

        if body == "*":
            span = range(low, high + 1)
        elif dash:
            span = range(number(first), number(last) + 1)
        else:
            span = range(number(first), number(first) + 1)
        numbers.update(list(span)[:: int(step or 1)])
    return numbers


class Cron:
    def __init__(self, text):
        minute, hour, day, month, weekday = text.split()
        self.real_hours = hour == "*"
        self.minutes = field(minute, 0, 59)
        self.hours = field(hour, 0, 23)
        self.days = field(day, 1, 31)
        self.months = field(month, 1, 12, MONTHS)
        self.weekdays = {number % 7 for number in field(weekday, 0, 7, WEEKDAYS)}

    def matches(self, civil):
        minutes = civil // 60
        return (
            minutes % 60 in self.minutes
            and minutes // 60 % 24 in self.hours
            and self.has_day(minutes // 1440)
        )

    def has_day(self, number):
        day = date(1970, 1, 1) + timedelta(days=number)
        return (
            day.day in self.days
            and day.month in self.months
            and day.isoweekday() % 7 in self.weekdays
        )


def offset(zone, at):
    """Seconds east of Greenwich at an instant."""
    return int((EPOCH + timedelta(seconds=at)).astimezone(zone).utcoffset().total_seconds())


def wall_clock(zone, start, end):
    """What the wall shows at each full minute that it shows, as (instant, civil).

    Both are seconds since 1970, the civil ones as if the wall were in Greenwich.
    """
    shown = []
    here = offset(zone, start)
    for at in range(start, end, 60):
        there = offset(zone, at + 60)
        if here == there and here % 60 == 0:
            shown.append((at, at + here))
        else:
            for second in range(at, at + 60):
                civil = second + offset(zone, second)
                if civil % 60 == 0:
                    shown.append((second, civil))
        here = there
    return shown


def occurrences(cron, shown):
    """All occurrences on a stretch of wall clock."""
    if cron.real_hours:
        return [at for at, civil in shown if cron.matches(civil)]
    found, seen = set(), set()
    before = None
    for at, civil in shown:
        if before is not None and civil > before[1] + 60:
            # The wall jumped ahead: what it left out happens later by as much.
            last_at, last_civil = before
            for skipped in range(last_civil + 60, civil, 60):
                if skipped not in seen and cron.matches(skipped):
                    found.add(last_at + skipped - last_civil)
        if civil not in seen:
            seen.add(civil)
            if cron.matches(civil):
                found.add(at)
        before = (at, civil)
    return sorted(found)


def transitions(zone, first_year=1840, last_year=2038):
    """All instants at which the offset changes, found hour by hour and then by halving."""
    found = []
    at = int((datetime(first_year, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
    end = int((datetime(last_year, 1, 1, tzinfo=UTC) - EPOCH).total_seconds())
    here = offset(zone, at)
    while at < end:
        there = offset(zone, at + 3600)
        if there != here:
            low, high = at, at + 3600
            while high - low > 1:
                middle = (low + high) // 2
                if offset(zone, middle) == here:
                    low = middle
                else:
                    high = middle
            found.append(high)
        here = there
        at += 3600
    return found


def cases_at(zone, transition, random):
    """Cron, start and span of cases around one change of clocks."""
    before, after = offset(zone, transition - 1), offset(zone, transition)
    low, high = sorted([before, after])
    width = max(1, (high - low) // 60)
    civil = (transition + low) // 60 + random.randrange(width)
    target = datetime(1970, 1, 1) + timedelta(minutes=civil)
    minute, hour = target.minute, target.hour
    minute_now = transition // 60
    yield f"{minute} {hour} * * *", minute_now - random.randrange(60, 2880), 3 * 1440
    yield f"{minute} {hour} {target.day} {target.month} *", minute_now - 1500, 3 * 1440
    yield f"{random.choice([0, 5, 15, 30, 45, 59])} * * * *", minute_now - random.randrange(200), 480
    low_hour = max(0, hour - 1)
    yield (
        f"{random.choice(['*/30', '0,20,50', '15'])} {low_hour}-{min(23, hour + 1)} * * *",
        minute_now - random.randrange(400, 1500),
        2000,
    )
    if random.random() < 0.3:
        days = random.sample(WEEKDAYS, 3)
        yield f"{minute} {hour} * * {','.join(days)}", minute_now - random.randrange(1500), 4 * 1440


def random_cron(random):
    minute = random.choice(["0", "30", "*/15", "5,25", "7-9", "0-59/20", str(random.randrange(60))])
    hour = random.choice(
        ["*", "9", "2", "0", "8-10", "*/6", "1,2,3", "23", str(random.randrange(24))]
    )
    day, weekday = "*", "*"
    kind = random.randrange(4)
    if kind == 1:
        weekday = random.choice(["1-5", "MON,WED", "0", "7", "SAT", "5-7", "*/2", "TUE-THU"])
    elif kind == 2:
        day = random.choice(["1", "15", "*/5", "1,15", "28-31", "10-20/3"])
    month = random.choice(["*"] * 6 + ["1-6", "3,10", "JAN-MAR", "*/2"])
    return f"{minute} {hour} {day} {month} {weekday}"


def main():
    seeded = random.Random(20260302)
    crons, blocks, total, changes = {}, [], 0, 0

    def write(lines, previous, cron_text, start, span, shown):
        nonlocal total
        end = (start + span) * 60
        found = [at for at in occurrences(Cron(cron_text), shown) if start * 60 < at <= end]
        number = crons.setdefault(cron_text, len(crons))
        deltas, last = [], start * 60
        for at in found:
            delta = at - last
            deltas.append(f"{delta // 60}" if delta % 60 == 0 else f"{delta}s")
            last = at
        lines.append(" ".join([str(number), str(start - previous), str(span), *deltas]))
        total += 1
        return start

    for name in ZONES:
        zone, lines, previous = ZoneInfo(name), [f"Z {name}"], 0
        for transition in transitions(zone):
            changes += 1
            floor = transition - transition % 60
            shown = wall_clock(zone, floor - 3 * 86400, floor + 5 * 86400)
            for cron_text, start, span in cases_at(zone, transition, seeded):
                previous = write(lines, previous, cron_text, start, span, shown)
        blocks.append("\n".join(lines))
    names = sorted(name for name in available_timezones() if "/" in name and name[:3] != "Etc")
    for _ in range(600):
        name = seeded.choice(names)
        zone, lines, previous = ZoneInfo(name), [f"Z {name}"], 0
        base = seeded.randrange(-36_000_000, 35_000_000)
        shown = wall_clock(zone, (base - 5 * 1440) * 60, (base + 12 * 1440) * 60)
        for _ in range(5):
            cron_text, start = random_cron(seeded), base + seeded.randrange(2000)
            per_day = len(Cron(cron_text).minutes) * len(Cron(cron_text).hours)
            span = 8 * 1440 if per_day <= 3 else 600
            previous = write(lines, previous, cron_text, start, span, shown)
        blocks.append("\n".join(lines))

    print(f"# tzdata {metadata.version('tzdata')}; {len(ZONES)} zones with all of their {changes} changes; {total} cases")
    for cron_text in crons:
        print(f"C {cron_text}")
    print("\n".join(blocks))
    print(f"{total} cases, {changes} changes", file=sys.stderr)


if __name__ == "__main__":
    main()
