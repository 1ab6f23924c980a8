#!/usr/bin/env python3
"""Drives the real program with hostile contacts, and holds every file it writes against the same
file with the name AAAA: the structure must be the same (R21, M6).

    python tests/readers/hostile.py target/debug/fortnight [NAME OF A HOSTILE NAME…]

Independent readers: Python's csv, email and html.parser, and the icalendar library. The bytes of every
output are looked at too: no control, escape or bidirectional-override character gets out.
"""

import csv
import email
import email.policy
import html.parser
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# This folder holds a module called calendar, which is not the one that others import.
sys.path = [path for path in sys.path if os.path.abspath(path) != os.path.dirname(os.path.abspath(__file__))]

import icalendar

HOSTILE = {
    "escape sequences": "Ana\x1b[2J\x1b[1;31mSilva\x1b[0m",
    "a link for a terminal": "\x1b]8;;https://evil.example\x07Ana\x1b]8;;\x07 Silva",
    "a clipboard": "\x1b]52;c;ZXZpbA==\x07Ana Silva",
    "C1 controls": "Ana\x9b31m\x90Silva\x9c",
    "the other direction": "Ana \u202e\u2066avliS\u2069\u202c",
    "a formula": '=HYPERLINK("https://evil.example","Ana")',
    "a formula behind a plus": "+cmd|' /C calc'!A0",
    "a formula behind a tab": "\t=1+1",
    "an at sign": "@SUM(1+1)*cmd|'/C calc'!A0",
    "lines": "Ana\r\nBcc: evil@example.com\r\n\r\nBody",
    "a calendar": "Ana\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
    "a card": "Ana\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Evil",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an attribute": "\" onmouseover=\"alert(1)\" x='",
    "a comment": "--><!-- ]]> <![CDATA[",
    "a template": "{{ inputs.target_role }}{% for x in y %}{{ x }}",
    "quotes": "Ana \"the\" 'Silva', esq.; \\ ` $(evil)",
    "eight kibibytes": "A" * 8190,
    "zero width": "A\u200bn\u200da\ufeff Silva",
}
DANGER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")
PLAIN = "AAAA"


class Run:
    """A home of its own with one person of that name."""

    def __init__(self, program, name):
        self.program = program
        self.folder = tempfile.TemporaryDirectory(prefix="hostile-")
        self.home = pathlib.Path(self.folder.name)
        self.minute = 0
        rows = io.StringIO()
        writer = csv.writer(rows)
        # A message that greets somebody with 8 KiB is too long for any channel, and rightly not sent.
        first = name if len(name) < 1000 else PLAIN
        writer.writerow(["Name", "First Name", "Email", "Company", "Position", "Note"])
        writer.writerow([name, first, "ana@example.com", name, name, name])
        writer.writerow(["Ben Okafor", "Ben", "ben@example.com", "Miro", "Designer", "met in Porto"])
        (self.home / "contacts.csv").write_text(rows.getvalue(), encoding="utf-8", newline="")
        self.do("start", "networking", "--people", "contacts.csv", "--sample-answers", "--yes")
        self.do("people", "fill", "--sample-answers")
        self.do("done", "write-message", "rehearse")

    def do(self, *words, fails=False):
        self.minute += 1
        now = f"2026-03-02T{8 + self.minute // 60:02}:{self.minute % 60:02}"
        environment = {"HOME": str(self.home), "TZ": "Europe/Paris", "PATH": "/usr/bin:/bin"}
        ended = subprocess.run(
            [self.program, *words, "--now", now],
            cwd=self.home, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
        )
        if ended.returncode not in ((0, 1, 2) if fails else (0,)):
            sys.exit(f"{words}: exit status {ended.returncode}\n{ended.stderr.decode()}")
        for stream in (ended.stdout, ended.stderr):
            text = stream.decode("utf-8").replace("\r\n", "\n")
            found = DANGER.search(text)
            if found:
                sys.exit(f"{words}: {found.group()!r} got out")
        return ended.stdout.decode("utf-8")

    def file(self, name):
        found = DANGER.search((self.home / name).read_text(encoding="utf-8"))
        if found:
            sys.exit(f"{name}: {found.group()!r} got out")
        return (self.home / name).read_bytes()


def of_csv(data):
    """Rows and cells; and no cell that a spreadsheet would take for a formula."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    for cell in (cell for row in rows for cell in row):
        if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "|", "%")):
            sys.exit(f"a cell begins a formula: {cell[:60]!r}")
    return [len(row) for row in rows]


def of_cards(data):
    lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")
    return [re.split("[:;]", line)[0] for line in lines]


def of_calendar(data):
    def tree(component):
        return [component.name, sorted(component.keys()), [tree(sub) for sub in component.subcomponents]]

    found = tree(icalendar.Calendar.from_ical(data))
    return [found[0], found[1], sorted(map(repr, found[2]))]


def of_mail(data):
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [(part.get_content_type(), [str(defect) for defect in part.defects]) for part in message.walk()]
    addresses = [address.addr_spec for address in message["to"].addresses] if message["to"] else []
    return [sorted(key.lower() for key in message.keys()), parts, addresses]


def of_page(data):
    class Reader(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.seen = []

        def handle_starttag(self, tag, attributes):
            self.seen.append((tag, sorted(name for name, _ in attributes)))

        def handle_endtag(self, tag):
            self.seen.append(tag)

        def handle_comment(self, text):
            self.seen.append("comment")

    reader = Reader()
    reader.feed(data.decode("utf-8"))
    reader.close()
    return reader.seen


def of_json(text):
    def shape(value):
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [shape(inner) for inner in value]
        return type(value).__name__

    return shape(json.loads(text))


def structures(run):
    """Everything the program writes, as its structure, by what it is."""
    commands = run.do("help", "--all")
    has = lambda command: re.search(rf"^  {re.escape(command)}\b", commands, re.M)
    found = {}
    run.do("people", "export", "--output", "people.csv")
    found["people.csv"] = of_csv(run.file("people.csv"))
    run.do("people", "export", "--output", "people.vcf")
    found["people.vcf"] = of_cards(run.file("people.vcf"))
    run.do("message", "show", "@1", "--eml", "draft.eml", fails=True)
    if (run.home / "draft.eml").exists():
        found["draft.eml"] = of_mail(run.file("draft.eml"))
    found["mailto"] = len(run.do("message", "show", "@1", "--mailto", fails=True).splitlines())
    run.do("done", "send-intro/1", "--anyway", fails=True)
    run.do("record", "@1", "replied", fails=True)
    run.do("record", "@1", "booked", "fri 15:00", fails=True)
    if has("calendar export"):
        run.do("calendar", "export", "--output", "plan.ics", fails=True)
        if (run.home / "plan.ics").exists():
            found["plan.ics"] = of_calendar(run.file("plan.ics"))
    if has("report"):
        run.do("report", "--output", "report.html", fails=True)
        if (run.home / "report.html").exists():
            found["report.html"] = of_page(run.file("report.html"))
    for command in (["people", "--all"], ["today"], ["log"], ["cycle", "show"], ["record", "@1"]):
        found["json of " + " ".join(command)] = of_json(run.do(*command, "--json"))
        run.do(*command)
    again = run.do("people", "import", "people.csv", "--yes", "--json")
    if json.loads(again)["new"]:
        sys.exit("the export brought somebody new")
    return found


def main():
    program = os.path.abspath(sys.argv[1])
    expected = structures(Run(program, PLAIN))
    wrong = 0
    asked = sys.argv[2:]
    for what, name in HOSTILE.items():
        if asked and what not in asked:
            continue
        found = structures(Run(program, name))
        for output, structure in expected.items():
            if found.get(output, "nothing") != structure:
                wrong += 1
                print(f"{what}: {output} has another structure\n  {structure}\n  {found.get(output)}"[:2000])
    print(f"{len(HOSTILE)} names, {len(expected)} outputs each ({', '.join(expected)}): {wrong} differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
