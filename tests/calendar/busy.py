"""Reads calendars as `fortnight set --busy` does, with other people's programs, and compares.

    pip install icalendar==7.3.0 recurring-ical-events==3.8.2 tzdata
    cargo build -p fortnight-cli
    python3 tests/calendar/busy.py target/debug/fortnight 300        # so many made-up calendars
    python3 tests/calendar/busy.py target/debug/fortnight FILE.ics…  # or these

For each calendar the stretches of time that are taken from 2 March 2026 on, for 240 days, in Paris. Where the two differ
the calendar's number and the stretches are printed; status 1. Known to differ, and left out of what is made up: an event
that ends by DTEND keeps its exact length when clocks change (RFC 5545, 3.8.5.3), and the other reader keeps the clock's.
"""

import datetime as dt
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import zoneinfo

import icalendar
import recurring_ical_events
from dateutil.rrule import rrulestr

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
FIRST, DAYS = dt.date(2026, 3, 2), 240
DAY_NAMES = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
ZONES = [
    "Europe/Paris", "America/New_York", "Asia/Tokyo", "Australia/Sydney", "Europe/London", "Asia/Kolkata",
    "America/Sao_Paulo", "W. Europe Standard Time", "Eastern Standard Time", "Custom Paris", "FixedMinus3",
]
DESCRIBED = """BEGIN:VTIMEZONE
TZID:Custom Paris
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VTIMEZONE
TZID:FixedMinus3
BEGIN:STANDARD
DTSTART:20000101T000000
TZOFFSETFROM:-0300
TZOFFSETTO:-0300
END:STANDARD
END:VTIMEZONE"""


def rule(seeded, whole):
    freq = seeded.choice(["DAILY"] * 3 + ["WEEKLY"] * 5 + ["MONTHLY"] * 4 + ["YEARLY"] * 2)
    parts = [f"FREQ={freq}"]
    if seeded.random() < 0.5:
        parts.append(f"INTERVAL={seeded.choice([1, 2, 3, 5])}")
    luck = seeded.random()
    if freq == "WEEKLY" and luck < 0.7:
        parts.append("BYDAY=" + ",".join(seeded.sample(DAY_NAMES, seeded.randint(1, 4))))
    if freq == "DAILY" and luck < 0.4:
        parts.append("BYDAY=" + ",".join(seeded.sample(DAY_NAMES, seeded.randint(2, 5))))
    if freq == "MONTHLY" and luck < 0.4:
        parts.append("BYDAY=" + seeded.choice(["-1FR", "1MO", "2TU", "-2WE", "3TH", "1MO,3MO", "5FR"]))
    elif freq == "MONTHLY" and luck < 0.6:
        parts.append("BYMONTHDAY=" + seeded.choice(["-1", "15", "31", "1,15", "-3,10"]))
    elif freq == "MONTHLY" and luck < 0.8:
        parts.append("BYDAY=MO,TU,WE,TH,FR;BYSETPOS=" + seeded.choice(["-1", "1", "2", "-2,1"]))
    if freq == "YEARLY" and luck < 0.5:
        parts.append(f"BYMONTH={seeded.randint(3, 10)};BYDAY={seeded.choice(['-1SU', '2MO', 'TH'])}")
    if not whole and freq in ("DAILY", "WEEKLY") and seeded.random() < 0.2:
        parts.append(seeded.choice(["BYHOUR=8,14", "BYHOUR=9;BYMINUTE=0,30", "BYHOUR=10,11,16"]))
    if seeded.random() < 0.2:
        parts.append("WKST=" + seeded.choice(["SU", "MO", "WE"]))
    luck = seeded.random()
    if luck < 0.25:
        parts.append(f"COUNT={seeded.choice([1, 2, 5, 10, 50, 200])}")
    elif luck < 0.55:
        until = dt.datetime(2026, 2, 15) + dt.timedelta(seeded.randint(0, 200), hours=seeded.randint(0, 23))
        parts.append(f"UNTIL={until:%Y%m%d}" if whole else f"UNTIL={until:%Y%m%dT%H%M%S}Z")
    return ";".join(parts)


def event(seeded, uid):
    whole, zone = seeded.random() < 0.2, seeded.choice(ZONES)
    kind = seeded.choice(["zone"] * 4 + ["utc", "floating"])
    days = seeded.choice([seeded.randint(-900, -1), seeded.randint(0, 60)])
    start = dt.datetime(2026, 3, 2) + dt.timedelta(days, hours=seeded.randint(6, 20), minutes=15 * seeded.randint(0, 3))

    def told(name, at):
        if whole:
            return f"{name};VALUE=DATE:{at:%Y%m%d}"
        if kind == "zone":
            return f"{name};TZID={zone}:{at:%Y%m%dT%H%M%S}"
        return f"{name}:{at:%Y%m%dT%H%M%S}" + ("Z" if kind == "utc" else "")

    lines = [f"UID:{uid}", "DTSTAMP:20260101T000000Z", told("DTSTART", start)]
    luck, minutes = seeded.random(), seeded.choice([15, 30, 60, 90, 240])
    if whole and luck < 0.5:
        lines.append(told("DTEND", start + dt.timedelta(seeded.randint(1, 4))))
    elif whole and luck < 0.7:
        lines.append(f"DURATION:P{seeded.randint(1, 3)}D")
    elif not whole and luck < 0.5:
        lines.append(told("DTEND", start + dt.timedelta(minutes=minutes)))
    elif not whole and luck < 0.9:
        lines.append(f"DURATION:PT{minutes}M")
    lines += seeded.choice([[]] * 7 + [["TRANSP:TRANSPARENT"], ["TRANSP:OPAQUE"], ["STATUS:CANCELLED"]])
    changed = []
    if seeded.random() < 0.75:
        repeats = rule(seeded, whole)
        naive = re.sub(r"(UNTIL=\d{8}T\d{6})Z", r"\1", repeats)
        lines.append("RRULE:" + (naive if kind == "floating" else repeats))
        begins = start.replace(hour=0, minute=0) if whole else start
        window = (dt.datetime(2026, 2, 20), dt.datetime(2026, 6, 1))
        found = rrulestr(naive, dtstart=begins).between(*window)[:40]
        left_out = seeded.sample(found, min(len(found), seeded.choice([0, 0, 1, 2])))
        lines += [told("EXDATE", at) for at in left_out]
        if seeded.random() < 0.25:
            lines.append(told("RDATE", start.replace(year=2026, month=3, day=seeded.randint(3, 27))))
        # Of several occurrences on a day the other reader loses some when one of them is moved.
        rest = [at for at in found if at not in left_out and "BYHOUR" not in repeats]
        if rest and seeded.random() < 0.4:
            at = seeded.choice(rest)
            moved = at + dt.timedelta(seeded.randint(0, 2), hours=0 if whole else seeded.choice([-2, 1, 3]))
            changed = [f"UID:{uid}", "DTSTAMP:20260101T000000Z", told("RECURRENCE-ID", at), told("DTSTART", moved)]
            changed.append("DURATION:P1D" if whole else "DURATION:PT45M")
            changed += seeded.choice([[], [], [], ["STATUS:CANCELLED"], ["TRANSP:TRANSPARENT"]])
    both = [lines, changed] if seeded.random() < 0.5 else [changed, lines]
    return [line for part in both if part for line in ["BEGIN:VEVENT", *part, "END:VEVENT"]]


def calendar(seed):
    seeded = random.Random(seed)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", *DESCRIBED.split("\n")]
    for number in range(seeded.randint(1, 6)):
        lines += event(seeded, f"{seed}-{number}")
    end = seeded.choice(["\r\n", "\n"])
    return (end.join([*lines, "END:VCALENDAR"]) + end).encode()


def merged(spans):
    apart = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def theirs(data):
    def instant(value):
        if not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        return (value if value.tzinfo else value.replace(tzinfo=PARIS)).astimezone(dt.timezone.utc)

    window = instant(FIRST), instant(FIRST + dt.timedelta(DAYS + 1))
    spans = []
    for one in icalendar.Calendar.from_ical(data, multiple=True):
        around = FIRST - dt.timedelta(2), FIRST + dt.timedelta(DAYS + 3)
        for found in recurring_ical_events.of(one).between(*around):
            free = str(found.get("TRANSP", "")).upper() == "TRANSPARENT"
            if free or str(found.get("STATUS", "")).upper() == "CANCELLED":
                continue
            start = found["DTSTART"].dt
            end = found["DTEND"].dt if "DTEND" in found else start
            if start == end and not isinstance(start, dt.datetime):
                end += dt.timedelta(1)
            spans.append((max(instant(start), window[0]), min(instant(end), window[1])))
    return merged(spans)


def main(program, wanted):
    if len(wanted) == 1 and wanted[0].isdigit():
        calendars = [(seed, calendar(seed)) for seed in range(int(wanted[0]))]
    else:
        calendars = [(path, open(path, "rb").read()) for path in wanted]
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": os.environ["PATH"], "NO_COLOR": "1"}

        def run(*arguments):
            command = [os.path.abspath(program), *arguments, "--now", "2026-03-02T09:00"]
            return subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True)

        begun = run("start", "product-designer", "--sample-answers", "--zone", "Europe/Paris")
        assert begun.returncode == 0, begun.stderr
        differ = 0
        for name, data in calendars:
            with open(os.path.join(home, "busy.ics"), "wb") as file:
                file.write(data)
            run("set", "--busy", "none")
            said = run("set", "--busy", "busy.ics")
            read = json.loads(run("set", "--json").stdout)["busy"]
            ours = [tuple(map(dt.datetime.fromisoformat, span)) for span in read]
            expected = theirs(data)
            if ours != expected:
                differ += 1
                print(name, "missing", [s for s in expected if s not in ours][:3], said.stderr)
                print(name, "too much", [s for s in ours if s not in expected][:3])
        print(f"{len(calendars)} calendars, {differ} differ")
        return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
