"""Writes playbooks of any number of steps, and times `fortnight playbook check` against a Python reader.

    python3 engine/benches/check/steps.py PROGRAM            # the table of engine/docs/performance.md
    python3 engine/benches/check/steps.py --write 200        # one playbook, to standard output

Two readers are what somebody would write in Python. The bare one: PyYAML's C loader, every step's needs looked up, the
graph sorted. The checking one comes nearer to the same work: the same loader, our own JSON Schema held against the whole
file, the graph in networkx. Neither knows a place, a date or a template. Each is a whole process; the median of the runs
counts. Needs `pip install pyyaml jsonschema networkx`.
"""

import os
import statistics
import subprocess
import sys
import tempfile

READER = """
import sys, graphlib, yaml
with open(sys.argv[1]) as file:
    book = yaml.load(file, Loader=yaml.CSafeLoader)
steps = book["steps"]
graph = {}
for name, step in steps.items():
    assert isinstance(step["title"], str)
    needs = step.get("needs", [])
    needs = [needs] if isinstance(needs, str) else list(needs)
    for need in needs:
        assert need in steps, need
    graph[name] = needs
list(graphlib.TopologicalSorter(graph).static_order())
"""

CHECKER = """
import sys, json, yaml, jsonschema, networkx
with open(sys.argv[1]) as file:
    book = yaml.load(file, Loader=yaml.CSafeLoader)
with open(sys.argv[2]) as file:
    schema = json.load(file)
wrong = list(jsonschema.Draft7Validator(schema).iter_errors(book))
assert not wrong, wrong[0]
graph = networkx.DiGraph()
for name, step in book["steps"].items():
    graph.add_node(name)
    needs = step.get("needs", [])
    graph.add_edges_from((need, name) for need in ([needs] if isinstance(needs, str) else needs))
assert len(graph) == len(book["steps"])
list(networkx.topological_sort(graph))
"""

SCHEMA = os.path.join(os.path.dirname(__file__), "../../../playbooks/playbook.schema.json")


def playbook(number):
    """Steps as coaches write them: titles, guides, efforts, one to three needs, some per person."""
    lines = ["fortnight: 1", "playbook: many", "version: 1.0.0", "title: Many steps", "people: {size: 5}", "steps:"]
    for at in range(number):
        lines.append(f"  step-{at}:")
        lines.append(f'    title: "Step {at}: call somebody and write down what they say"')
        lines.append(f"    effort: {5 + at % 40} minutes")
        if at:
            needs = sorted({max(0, at - 1 - (at * 7) % 13), at - 1} if at % 3 == 0 else {max(0, at - 1 - at % 5)})
            lines.append("    needs: [" + ", ".join(f"step-{need}" for need in needs) + "]")
        if at % 4 == 1:
            lines.append("    guide: |")
            lines.append("      Say **one** thing. Then listen, and write two lines.")
    return "\n".join(lines) + "\n"


def run(command, times):
    """The median seconds of processor time of whole processes, and the memory that one took, in MiB.

    Processor time and not the clock on the wall: other work on the machine counts for less."""
    took = []
    for _ in range(times + 1):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        took.append(usage.ru_utime + usage.ru_stime)
        assert os.waitstatus_to_exitcode(status) == 0, command
    return statistics.median(took[1:]), usage.ru_maxrss / 1024


def main():
    if sys.argv[1:2] == ["--write"]:
        sys.stdout.write(playbook(int(sys.argv[2])))
        return
    program = sys.argv[1]
    print("| steps | file | check | a step | bare Python | ratio | checking Python | ratio | memory |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for number in (20, 200, 2_000, 20_000):
            path = os.path.join(folder, f"{number}.yaml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(playbook(number))
            times = 15 if number < 2_000 else 7
            ours, memory = run([program, "playbook", "check", path], times)
            bare, _ = run([sys.executable, "-c", READER, path], times)
            checking, _ = run([sys.executable, "-c", CHECKER, path, SCHEMA], times if number < 20_000 else 1)
            size = os.path.getsize(path) / 1024
            print(f"| {number:,} | {size:,.0f} KiB | {ours * 1000:.1f} ms | {ours / number * 1e6:.0f} µs "
                  f"| {bare * 1000:.0f} ms | {bare / ours:.1f} × | {checking * 1000:.0f} ms | {checking / ours:.0f} × "
                  f"| {memory:.0f} MiB |", flush=True)


main()
