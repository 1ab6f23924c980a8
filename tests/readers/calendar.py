#!/usr/bin/env python3
"""Reads a calendar that `fortnight calendar export` wrote, with the icalendar library, and holds it
against `fortnight today --json` of the same moment.

    python tests/readers/calendar.py plan.ics agenda.json [--as-events]

Checks the bytes (CRLF, lines of at most 75 octets, UTF-8), what RFC 5545 demands of each component,
that what is read and written again reads the same, and that each dated task of the agenda is there on
its day, each talk and habit at its moment, to the second.
"""

import json
import os
import re
import sys

# This file is called as a module of the standard library that icalendar needs.
sys.path = [path for path in sys.path if os.path.abspath(path) != os.path.dirname(os.path.abspath(__file__))]

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from icalendar import Calendar


def fail(message):
    sys.exit(f"calendar.py: {message}")


def check_bytes(data):
    if not data.endswith(b"END:VCALENDAR\r\n"):
        fail("the file does not end in END:VCALENDAR and CRLF")
    for number, line in enumerate(data.split(b"\r\n"), 1):
        if len(line) > 75:
            fail(f"line {number} has {len(line)} octets")
        if b"\r" in line or b"\n" in line:
            fail(f"line {number} has a bare line break")
        line.decode("utf-8")  # folded between characters


def check_component(component):
    name = component.name
    for wanted in ("UID", "DTSTAMP", "SUMMARY", "SEQUENCE"):
        if wanted not in component:
            fail(f"{name} without {wanted}: {component.get('SUMMARY')}")
    if component.get("DTSTAMP").dt.tzinfo is None:
        fail("DTSTAMP is not in UTC")
    if name == "VEVENT":
        start, end = component["DTSTART"].dt, component["DTEND"].dt
        if type(start) is not type(end) or not start < end:
            fail(f"DTEND is not after DTSTART: {component['UID']}")
        if component["STATUS"] not in ("CONFIRMED", "TENTATIVE", "CANCELLED"):
            fail(f"an event is {component['STATUS']}")
    elif name == "VTODO":
        if "DTSTART" in component and not component["DTSTART"].dt < component["DUE"].dt:
            fail(f"DUE is not after DTSTART: {component['UID']}")
        if "DURATION" in component:
            fail("DUE and DURATION together")
        if component["STATUS"] not in ("NEEDS-ACTION", "COMPLETED", "CANCELLED"):
            fail(f"a task is {component['STATUS']}")
        if (component["STATUS"] == "COMPLETED") != ("COMPLETED" in component):
            fail(f"COMPLETED without its moment: {component['UID']}")
    else:
        fail(f"{name} is neither an event nor a task")
    for alarm in component.walk("VALARM"):
        for wanted in ("ACTION", "TRIGGER", "DESCRIPTION"):
            if wanted not in alarm:
                fail(f"VALARM without {wanted}")


def main():
    path, agenda_path = sys.argv[1:3]
    data = open(path, "rb").read()
    check_bytes(data)
    calendar = Calendar.from_ical(data)
    for wanted in ("VERSION", "PRODID"):
        if wanted not in calendar:
            fail(f"the calendar has no {wanted}")
    parts = calendar.subcomponents
    for part in parts:
        check_component(part)
    uids = [str(part["UID"]) for part in parts]
    if len(set(uids)) != len(uids):
        fail("two entries share a UID")
    again = Calendar.from_ical(calendar.to_ical())
    if [dict(p.items()).keys() for p in again.subcomponents] != [dict(p.items()).keys() for p in parts]:
        fail("written again it reads differently")

    agenda = json.load(open(agenda_path))
    zone = ZoneInfo(re.search(r"\[(.+)\]$", agenda["now"]).group(1))
    today = date.fromisoformat(agenda["now"][:10])
    cycle = agenda["cycle"]["number"] if agenda["cycle"] else 0
    compared = 0
    for task in agenda["tasks"]:
        if task["status"] == "waiting":
            continue
        name = task["task"] if re.match(r"\d+:", task["task"]) else f"{cycle}:{task['task']}"
        prefixes = [re.sub(r"[/@:]", ".", key) + "." for key in (name, f"0:{task['task']}")]
        found = [p for p in parts if any(str(p["UID"]).startswith(x) for x in prefixes)]
        if len(found) != 1:
            fail(f"{name} is there {len(found)} times")
        part = found[0]
        day = date.fromisoformat(task["available"])
        if task["time"]:
            wall = datetime.fromisoformat(f"{day}T{task['time']}").replace(tzinfo=zone)
            if part["DTSTART"].dt != wall.astimezone(timezone.utc):
                fail(f"{name}: {part['DTSTART'].dt} is not {wall}")
        elif part.name == "VTODO":
            shown = max(day, today)
            limit = date.fromisoformat(task["deadline"]) if task["deadline"] else shown
            if part["DUE"].dt != max(limit, shown):
                fail(f"{name}: due {part['DUE'].dt}, and not {max(limit, shown)}")
        elif part["DTSTART"].dt != max(day, today):
            fail(f"{name}: on {part['DTSTART'].dt}, and not on {max(day, today)}")
        who = task["entry"]["name"] if task["entry"] else None
        if who and " ".join(who.split()) not in " ".join(str(part["SUMMARY"]).split()):
            fail(f"{name}: {part['SUMMARY']!r} does not name {who!r}")
        compared += 1
    print(f"{len(parts)} entries read, {compared} tasks of the agenda found on their day: all is well")


if __name__ == "__main__":
    main()
