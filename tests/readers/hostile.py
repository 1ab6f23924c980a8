#!/usr/bin/env python3
"""Drives the real program with hostile contacts, hostile words of the seeker's own and hostile titles in
playbooks, and holds every output against the same output with the name AAAA: the structure must be the
same (R21, M6).

    python tests/readers/hostile.py target/debug/fortnight [NAME OF A HOSTILE NAME…]

What reads them is in structure.py: Python's csv, email, html.parser, ElementTree and plistlib, and the
libraries icalendar, vobject, markdown-it-py and pydot. The bytes of every output are looked at too: no
control, escape or bidirectional-override character gets out.
"""

import concurrent.futures
import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile

# This folder holds a module called calendar, which is not the one that others import.
HERE = pathlib.Path(__file__).resolve().parent
sys.path = [path for path in sys.path if pathlib.Path(path or ".").resolve() != HERE]
sys.path.append(str(HERE.parent))

from readers import structure  # noqa: E402

HOSTILE = {
    "escape sequences": "Ana\x1b[2J\x1b[1;31mSilva\x1b[0m",
    "a link for a terminal": "\x1b]8;;https://evil.example\x07Ana\x1b]8;;\x07 Silva",
    "a clipboard": "\x1b]52;c;ZXZpbA==\x07Ana Silva",
    "C1 controls": "Ana\x9b31m\x90Silva\x9c",
    "the other direction": "Ana \u202e\u2066avliS\u2069\u202c",
    "a formula": '=HYPERLINK("https://evil.example","Ana")',
    "a formula behind a plus": "+cmd|' /C calc'!A0",
    "a formula behind a tab": "\t=A1+A1",
    "an at sign": "@SUM(1+1)*cmd|'/C calc'!A0",
    "lines": "Ana\r\nBcc: evil@example.com\r\n\r\nBody",
    "a calendar": "Ana\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil",
    "a card": "Ana\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Evil",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "an attribute": "\" onmouseover=\"alert(1)\" x='",
    "a comment": "--><!-- ]]> <![CDATA[",
    "a heading": "# Evil | --- | [a](javascript:alert(1)) **b** `c` ~~d~~ ![e](f)",
    "a list": "- Ana\n\n1. Silva\n\n    code\n> quote",
    "a template": "{{ inputs.target_role }}{% for x in y %}{{ x }}",
    "quotes": "Ana \"the\" 'Silva', esq.; \\ ` $(evil)",
    "a node": 'x"]; evil [label="y"] -> z\\',
    "a semicolon": "Ana; Silva, %0A %n 100% &amp; {a} <b",
    "eight kibibytes": "A" * 8190,
    "zero width": "A\u200bn\u200da\ufeff Silva",
    "marks without end": "A" + "\u0301" * 400,
    "letters beyond": "\U0001f9d1\u200d\U0001f52c \U00013000 \ufffe \ue000",
}
PLAIN = "AAAA"

PLAYBOOK = """\
fortnight: 1
playbook: mine
version: 1.0.0
title: NAME
role: NAME
about: NAME
choices:
  ask:
    ask: NAME
    options: {today: NAME, clear: A clear ask}
people:
  size: 1 to 30
  outcomes: {talked: {title: NAME}}
cycle: {length: 14 days, decided_by: replies}
metrics: {replies: {title: NAME, out_of: send, count: replied, within: 9 days}}
messages: {intro: {channel: linkedin, by: ask, text: {today: "Hi.", clear: "Hello."}}}
steps:
  choose: {title: NAME, choose: ask}
  list: {title: NAME, collect: people, needs: choose}
  send: {title: NAME, for_each: people, send: intro, needs: list}
  talk: {title: NAME, for_each: people, when: person.replied, sets: talked, checklist: [NAME]}
  review: {title: NAME, decide: [again, use, stop], at: day 14, needs: send}
"""


class Run:
    """A home of its own with one person of that name."""

    def __init__(self, program, name):
        self.program = program
        self.name = name
        self.folder = tempfile.TemporaryDirectory(prefix="hostile-")
        self.home = pathlib.Path(self.folder.name)
        self.minute = 0
        self.found = {}
        self.wrong = []

    def run(self, *words):
        self.minute += 1
        now = f"2026-03-02T{8 + self.minute // 60:02}:{self.minute % 60:02}"
        environment = {"HOME": str(self.home), "TZ": "Europe/Paris", "PATH": "/usr/bin:/bin"}
        ended = subprocess.run(
            [self.program, "--now", now, *words],
            cwd=self.home, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
        )
        said = " ".join(words)[:60]
        if ended.returncode not in (0, 1, 2):
            self.wrong.append(f"{said}: exit status {ended.returncode}: {ended.stderr.decode()[:300]}")
        for stream in (ended.stdout, ended.stderr):
            found = structure.dangerous(stream.decode("utf-8"))
            if found:
                self.wrong.append(f"{said}: {found.group()!r} got out")
        return ended

    def do(self, *words):
        """Something that has to work whatever people are called."""
        ended = self.run(*words)
        if ended.returncode != 0:
            self.wrong.append(f"{words[:2]}: refused: {ended.stderr.decode()[:300]}")
        return ended.stdout.decode("utf-8")

    def keep(self, what, read, data):
        try:
            text = data.decode("utf-8")
            found = structure.dangerous(text)
            if found:
                self.wrong.append(f"{what}: {found.group()!r} got out")
            self.found[what] = read(data if read is structure.of_mail else text)
        except Exception as error:  # noqa: BLE001: whatever a reader says is what is looked for
            self.wrong.append(f"{what}: {type(error).__name__}: {str(error)[:300]}")

    def printed(self, read, *words):
        """An output on the screen."""
        ended = self.run(*words)
        self.found["status of " + " ".join(words)] = ended.returncode
        if ended.returncode == 0:
            self.keep(" ".join(words), read, ended.stdout)

    def file(self, read, name, *words):
        """An output in a file."""
        ended = self.run(*words)
        self.found["status of " + " ".join(words)] = ended.returncode
        if (self.home / name).exists():
            self.keep(name, read, (self.home / name).read_bytes())


def contacts(name):
    rows = io.StringIO()
    writer = csv.writer(rows)
    # A message that greets somebody with 8 KiB is too long for any channel, and rightly not sent.
    first = name if len(name) < 200 else PLAIN
    writer.writerow(["Name", "First Name", "Email", "Company", "Position", "Note"])
    writer.writerow([name, first, "ana@example.com", first, first, name])
    writer.writerow(["Ben Okafor", "Ben", "ben@example.com", "Miro", "Designer", "met in Porto"])
    writer.writerow(["Cleo Ray", "Cleo", "cleo@example.com", first, "Designer", ""])
    return rows.getvalue()


def live(run):
    """Two weeks of somebody's search, with the name wherever people can put words."""
    name = run.name
    line = " ".join(name.split()) or PLAIN
    (run.home / "contacts.csv").write_text(contacts(name), encoding="utf-8", newline="")
    run.do("start", "company-first", "--people", "contacts.csv", "--sample-answers", "--yes")
    run.file(structure.of_csv, "missing.csv", "people", "fill", "--to", "missing.csv")
    run.do("people", "fill", "--sample-answers")
    # What the rules of an input refuse is not kept; then the example stands for both.
    run.run("set", "--", "target_role", name[:100])
    run.run("done", "write-message", "rehearse")
    for step in ("send-intro", "first-message", "write-to"):
        run.run("done", f"{step}/1", f"--text=Hi {line}.\nHow are you?", "--anyway", "--via", "email")
    run.run("record", "@1", "replied", "--anyway")
    run.run("record", "@1", "booked", "fri 15:00", "--anyway")
    # A comma parts a name from a company there.
    run.run("record", "@1", "referred", "--set", f"to=Dana {line.replace(',', '')}, Adyen", "--anyway")
    run.run("record", "--", "@1", "promised", name)
    run.run("people", "edit", "@2", f"note={name}")
    run.run("skip", "1", f"--why={name}")
    run.run("away", "thu")


def outputs(run):
    """Everything a person can get out, each read by what others wrote."""
    for ending, read in (("csv", structure.of_csv), ("vcf", structure.of_cards)):
        run.file(read, f"people.{ending}", "people", "export", "--output", f"people.{ending}")
    run.printed(structure.of_csv, "people", "export")
    run.printed(structure.of_cards, "people", "export", "--format", "vcard")
    run.printed(structure.of_csv, "people", "export", "--where", "email")
    for who in ("@1", "@2"):
        run.file(structure.of_mail, f"draft{who}.eml", "message", "show", who, "--eml", f"draft{who}.eml")
        run.printed(structure.of_mailto, "message", "show", who, "--mailto")
        run.printed(structure.of_json, "message", "show", who, "--json")
        run.printed(structure.of_json, "record", who, "--json")
    for form in ("tasks", "events"):
        run.file(structure.of_calendar, f"{form}.ics", "calendar", "export", "--as", form, "-o", f"{form}.ics")
    run.printed(structure.of_calendar, "calendar", "export")
    run.file(structure.of_page, "report.html", "report", "--output", "report.html")
    run.file(structure.of_page, "quiet.html", "report", "--without-names", "--output", "quiet.html")
    run.file(structure.of_markdown, "report.md", "report", "--output", "report.md")
    run.printed(structure.of_markdown, "report", "--markdown")
    run.printed(structure.of_markdown, "report", "--markdown", "--without-words")
    run.file(structure.of_page, "search.html", "report", "--work-search", "--output", "search.html")
    run.file(structure.of_csv, "search.csv", "report", "--work-search", "--csv", "--output", "search.csv")
    run.printed(structure.of_csv, "report", "--work-search", "--csv")
    run.printed(structure.of_json, "report", "--work-search", "--json")
    for flag in ((), ("--history",), ("--measures",)):
        run.printed(structure.of_csv, "compare", *flag, "--csv")
    shown = [
        ["today"], ["today", "--full"], ["today", "--week"], ["today", "--date", "fri"], ["log", "--all"],
        ["people"], ["people", "--all"], ["people", "--missing"], ["people", "--companies"],
        ["people", "owed", "--all"], ["companies"], ["message"], ["message", "show", "intro"],
        ["cycle", "show"], ["compare"], ["compare", "--details"], ["compare", "--history"], ["report"],
        ["plan", "list"], ["plan", "show"], ["remind"], ["show", "1"], ["set"],
    ]
    for words in shown:
        run.printed(structure.of_json, *words, "--json")
        run.run(*words)
    recording(run)
    refusals(run)
    timers(run)
    clients(run)
    playbooks(run)
    again = run.do("people", "import", "people.csv", "--yes", "--json")
    if json.loads(again)["new"]:
        run.wrong.append("the export brought somebody new")


def recording(run):
    """What a script gets back from what it records."""
    name = run.name
    line = " ".join(name.split()).replace(",", "")[:60] or PLAIN
    for what, words in (
        ("an answer", ["record", "--anyway", "--json", "@2", "replied"]),
        ("a favour", ["record", "--json", "--", "@2", "gave", name[:200]]),
        ("a referral", ["record", "--anyway", "--json", "--", "@2", "referred", f"Fay {line}, Adyen"]),
        ("a task", ["done", "--json", "talk/1"]),
        ("one skipped", ["skip", "--json", "keep-notes/1", f"--why={name[:200]}"]),
    ):
        ended = run.run(*words)
        if ended.returncode == 0:
            run.keep(what, structure.of_json, ended.stdout)


def refusals(run):
    """What was typed is quoted, and begins no line of its own."""
    name = run.name[:300].replace("\0", "").lstrip("-") or PLAIN
    for words in (
        [name], ["record", name, "replied"], ["record", "@2", name], ["done", name], ["show", name],
        ["people", "edit", "@2", f"email={name}"], ["people", "--where", name], ["help", name],
        ["message", "set", name, "--text", name], ["set", name, name], ["playbook", "check", name],
        ["people", "import", name], ["compare", "--measure", name], ["--color", name],
    ):
        ended = run.run(*words)
        said = ended.stderr.decode("utf-8")
        if any(line.startswith(("Bcc:", "BEGIN:", "END:", "FN:")) for line in said.splitlines()):
            run.wrong.append(f"{words[:2]}: a line is forged: {said[:200]!r}")


def timers(run):
    """A calendar file may be called anything; a name with a line break could add a line of its own."""
    name = run.name.replace("/", "-").replace("\0", "")[:40] or PLAIN
    (run.home / "named").mkdir()
    path = str(run.home / "named" / f"{name}.ics")
    for system, read in (
        ("systemd", structure.of_lines), ("launchd", structure.of_plist), ("cron", structure.of_lines),
    ):
        ended = run.run("remind", "--timer", system, "--calendar", path)
        # A name that would begin a line of its own is refused.
        if ended.returncode == 0:
            text = ended.stdout.decode()
            if system == "launchd":
                text = text[text.index("<?xml"):text.index("</plist>") + len("</plist>")]
            run.keep(f"timer for {system}", read, text.encode())


def clients(run):
    """A coach's side: what the client shared, and what the coach calls them."""
    run.file(structure.of_json, "mine.fortnight", "share", "--output", "mine.fortnight", "--yes")
    shared = (run.home / "mine.fortnight").read_text(encoding="utf-8")
    line = " ".join(run.name.split())
    if run.name != PLAIN and (run.name in shared or line in shared):
        run.wrong.append("the bundle names somebody")
    run.run("clients", "add", "mine.fortnight", f"--as={run.name[:60]}")
    for words in (["clients"], ["clients", "compare"], ["clients", "report"]):
        run.printed(structure.of_json, *words, "--json")
        run.run(*words)


def playbooks(run):
    """A playbook with the name for every title, where one can be loaded at all."""
    title = json.dumps(run.name[:300], ensure_ascii=False)
    (run.home / "mine.yaml").write_text(PLAYBOOK.replace("NAME", title), encoding="utf-8")
    checked = run.run("playbook", "check", "mine.yaml", "--json")
    json.loads(checked.stdout)
    run.run("playbook", "check", "mine.yaml")
    run.run("playbook", "check", "mine.yaml", "--format", "short")
    if checked.returncode != 0:
        # Refused with its place, as control characters are.
        return
    drawn = {"svg": structure.of_svg, "dot": structure.of_dot, "mermaid": structure.of_mermaid,
             "json": structure.of_json}
    for form, read in drawn.items():
        run.printed(read, "playbook", "graph", "mine.yaml", "--format", form)
        run.file(read, f"graph.{form}", "playbook", "graph", "mine.yaml", "--format", form, "-o", f"graph.{form}")
    for form in ("svg", "json"):
        run.printed(drawn[form], "playbook", "simulate", "mine.yaml", "--people", "3", "--format", form)
    for words in (["graph"], ["show", "--resolved"], ["simulate", "--people", "3"], ["pack"]):
        run.run("playbook", *words, "mine.yaml")


def check(program, name):
    run = Run(program, name)
    live(run)
    outputs(run)
    return run


def main():
    program = os.path.abspath(sys.argv[1])
    asked = sys.argv[2:]
    names = {what: name for what, name in HOSTILE.items() if not asked or what in asked}
    plain = check(program, PLAIN)
    wrong = [f"{PLAIN}: {what}" for what in plain.wrong]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = pool.map(lambda name: check(program, name), names.values())
        for what, run in zip(names, runs):
            wrong += [f"{what}: {one}" for one in run.wrong]
            for output, expected in plain.found.items():
                found = run.found.get(output)
                drawn = "graph" in output or "simulate" in output
                if found is None and output.startswith("timer"):
                    continue
                if found is None and drawn and "playbook graph mine.yaml --format svg" not in run.found:
                    continue
                if found != expected:
                    wrong.append(f"{what}: {output} is another\n  {expected}\n  {found}"[:1500])
    print("\n".join(wrong))
    outputs_read = [output for output in plain.found if not output.startswith("status")]
    print(f"{len(names)} names, {len(outputs_read)} outputs each: {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
