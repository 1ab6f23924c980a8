"""Reads playbooks and stories with PyYAML, a YAML 1.1 reader, and holds what it understood against what
Fortnight's own reader did. Not part of the default tests, since it needs Python:

    python3 -m venv /tmp/yaml11 && /tmp/yaml11/bin/pip install pyyaml
    cargo run -q -p fortnight-tests --bin syntax-tree -- playbooks/*.yaml examples/*/*.yaml \
        | /tmp/yaml11/bin/python tests/readers/yaml11.py

The input has one JSON document a line: {"file": NAME, "tree": TREE}. In a tree every scalar is the text that
Fortnight reads; nothing is null.
"""

import datetime
import json
import sys

import yaml

YES_AND_NO = {True: {"yes", "true"}, False: {"no", "false"}}


def same(ours, theirs, place, wrong):
    """Whether both readers understood the same; `wrong` collects where they did not."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        if list(ours) != list(theirs):
            wrong.append(f"{place}: keys {list(ours)} and {list(theirs)}")
            return
        for key in ours:
            same(ours[key], theirs[key], f"{place}.{key}", wrong)
    elif isinstance(ours, list) and isinstance(theirs, list):
        if len(ours) != len(theirs):
            wrong.append(f"{place}: {len(ours)} items and {len(theirs)}")
            return
        for at, (one, other) in enumerate(zip(ours, theirs)):
            same(one, other, f"{place}[{at}]", wrong)
    elif not (ours is None and theirs is None) and not scalar(ours, theirs):
        wrong.append(f"{place}: {ours!r} and {theirs!r}")


def scalar(ours, theirs):
    """Whether a text of ours is what the other reader took it for."""
    if not isinstance(ours, str):
        return False
    if isinstance(theirs, bool):
        return ours in YES_AND_NO[theirs]
    if isinstance(theirs, datetime.date) and not isinstance(theirs, datetime.datetime):
        return ours == theirs.isoformat()
    if isinstance(theirs, (int, float)):
        return ours == str(theirs)
    return ours == theirs


def main():
    files = 0
    wrong = []
    for line in sys.stdin:
        read = json.loads(line)
        with open(read["file"], encoding="utf-8") as file:
            theirs = yaml.safe_load(file)
        same(read["tree"], theirs, read["file"], wrong)
        files += 1
    for one in wrong:
        print(one)
    print(f"{files} files, {len(wrong)} differences")
    sys.exit(1 if wrong or not files else 0)


main()
