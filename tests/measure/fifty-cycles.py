"""Makes a database with fifty decided cycles of twenty-eight people through the program itself.

    python3 tests/measure/fifty-cycles.py target/release/fortnight /tmp/fifty.db

Then time whole processes, for example with hyperfine:

    hyperfine -N -w 3 'target/release/fortnight --version' \
      'target/release/fortnight --db /tmp/fifty.db --now 2025-12-01T09:00 compare --all'

Compared with `--version` and with `today` on an empty plan, the difference is what comparing costs.
"""

import datetime
import json
import os
import subprocess
import sys
import tempfile

PLAYBOOK = """\
fortnight: 1
playbook: small
version: 1.0.0
title: A small plan
choices:
  signal:
    ask: "Which one?"
    options: {as-today: As you write today, clear-ask: A clear ask}
people:
  size: 2 to 28
cycle: {length: 14 days, list_closes: day 5, decided_by: reply_rate, fairness: on_time}
metrics:
  reply_rate: {title: Replies, out_of: send-intro, count: replied, within: 9 days}
  on_time:
    title: On time
    out_of: follow-up.due
    count: follow-up
    within: 7 days of send-intro
messages:
  intro:
    channel: linkedin
    by: signal
    text:
      as-today: "Hi {{ person.first_name }}, I would like to hear about your work."
      clear-ask: "Hi {{ person.first_name }}, which skill matters most in your team?"
  nudge: {channel: linkedin, text: "One more thing, {{ person.first_name }}: here is the list."}
steps:
  send-intro: {title: Send it, for_each: people, send: intro}
  follow-up:
    title: Follow up
    for_each: people
    send: nudge
    needs: {send-intro: done}
    when: not person.replied
    after: 3 workdays
    within: 7 days of send-intro
  review: {title: Look, decide: [again, use, stop], at: day 12}
"""
CYCLES = 50
FIRST = datetime.date(2024, 1, 1)


def main(program: str, database: str) -> None:
    home = tempfile.mkdtemp(prefix="fifty-")

    def write(name: str, text: str) -> str:
        path = os.path.join(home, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def run(moment: str, *words: str) -> str:
        command = [program, "--db", database, "--now", moment, *words]
        environment = {**os.environ, "HOME": home, "XDG_CACHE_HOME": home, "TZ": "Europe/Paris"}
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if done.returncode != 0:
            sys.exit(f"{moment} {words}\n{done.stdout}{done.stderr}")
        return done.stdout

    people = "name,company,connected_on\n" + "".join(
        f"Person{number:04d} Family{number:04d},Company {number // 2},2020-03-12\n"
        for number in range(28 * CYCLES)
    )
    start = [write("small.yaml", PLAYBOOK), "--people", write("people.csv", people)]
    run(f"{FIRST}T08:00", "start", *start, "--compare", "signal=clear-ask", "--quiet")
    for cycle in range(CYCLES):
        first = FIRST + datetime.timedelta(days=14 * cycle)
        second, fourth, review = (first + datetime.timedelta(days=days) for days in (1, 3, 11))
        tasks = json.loads(run(f"{first}T08:30", "today", "--json"))["tasks"]
        due = [task["entry"]["name"] for task in tasks if task["step"] == "send-intro"]
        run(f"{first}T08:40", "today")
        run(f"{first}T08:41", "done", "1")
        for number in range((cycle * 7) % 9):
            run(f"{second}T09:{10 + number}", "record", due[number * 5 % len(due)], "replied")
        run(f"{fourth}T09:00", "today")
        run(f"{fourth}T09:01", "done", "1")
        run(f"{review}T10:00", "decide", "again", "--why", "Once more", "--quiet")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
