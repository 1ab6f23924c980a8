"""What a file is made of, read by libraries that others wrote: the same for a hostile name as for a
plain one (R21). What people wrote is left out; everything that holds it stays.

Knows formats. It must not know Fortnight.
"""

import csv
import email
import email.policy
import html.parser
import io
import json
import plistlib
import re
import urllib.parse
import xml.etree.ElementTree

import icalendar
import markdown_it
import pydot
import vobject

DANGER = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
)


class Broken(Exception):
    """A file that a careful reader would not take, or that does something."""


def dangerous(text):
    """The first character that steers a terminal or turns a line, where there is one."""
    return DANGER.search(text.replace("\r\n", "\n"))


def of_csv(text):
    """Rows and cells; and no cell that a spreadsheet would take for a formula."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    for cell in (cell for row in rows for cell in row):
        if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "|", "%")):
            raise Broken(f"a cell begins a formula: {cell[:60]!r}")
    return [len(row) for row in rows]


def of_cards(text):
    cards = vobject.readComponents(text)
    return [sorted(line.name for line in card.getChildren()) for card in cards]


def of_calendar(text):
    def tree(component):
        return [component.name, sorted(component.keys()), [tree(sub) for sub in component.subcomponents]]

    found = tree(icalendar.Calendar.from_ical(text.encode()))
    return [found[0], found[1], sorted(map(repr, found[2]))]


def of_mail(data):
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [(part.get_content_type(), [str(it) for it in part.defects]) for part in message.walk()]
    defects = {key: [str(it) for it in message[key].defects] for key in message.keys()}
    addresses = [address.addr_spec for address in message["to"].addresses] if message["to"] else []
    message.get_content().encode("utf-8")
    return [sorted(key.lower() for key in message.keys()), parts, defects, addresses]


def of_mailto(text):
    """A link of one line: whom it is for, and which fields it fills in."""
    (line,) = text.strip().splitlines()
    if re.search(r"[^!-~]", line):
        raise Broken("a link has letters that are not ASCII, or spaces")
    link = urllib.parse.urlsplit(line)
    fields = urllib.parse.parse_qsl(link.query, strict_parsing=True, keep_blank_values=True)
    return [link.scheme, link.path, link.fragment, [name for name, _ in fields]]


def of_page(text):
    class Reader(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.seen = []

        def handle_starttag(self, tag, attributes):
            if tag == "script" or any(name.startswith("on") for name, _ in attributes):
                raise Broken(f"the page runs something: {tag} {attributes}")
            self.seen.append((tag, sorted(name for name, _ in attributes)))

        def handle_endtag(self, tag):
            self.seen.append(tag)

        def handle_comment(self, comment):
            self.seen.append("comment")

    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.seen


def of_svg(text):
    root = xml.etree.ElementTree.fromstring(text)
    found = []
    for node in root.iter():
        one = (node.tag, sorted(node.keys()))
        # A long title takes several lines.
        if found[-1:] != [one]:
            found.append(one)
    if any("script" in tag or "foreign" in tag for tag, _ in found):
        raise Broken("the picture runs something")
    return found


def of_markdown(text):
    """Blocks and what is marked up in them; how lines are broken is left out."""
    left_out = ("text", "text_special", "softbreak")
    found = []
    for token in markdown_it.MarkdownIt("commonmark").enable("table").parse(text):
        inner = [child.type for child in token.children or [] if child.type not in left_out]
        found.append((token.type, token.level, inner))
        if any("html" in kind or kind in ("link_open", "image") for kind in [token.type, *inner]):
            raise Broken(f"markup in a text: {token.content[:80]!r}")
    return found


def of_dot(text):
    """Nodes and edges, with the attributes they have."""
    (graph,) = pydot.graph_from_dot_data(text)
    nodes = [(node.get_name(), sorted(node.get_attributes())) for node in graph.get_nodes()]
    edges = [
        (edge.get_source(), edge.get_destination(), sorted(edge.get_attributes()))
        for edge in graph.get_edges()
    ]
    return [sorted(nodes), sorted(edges), len(graph.get_subgraphs())]


def of_mermaid(text):
    """Lines with what stands in quotes left out; a quote inside a text would end it."""
    lines = []
    in_front = False
    for line in text.splitlines():
        in_front = not in_front if line == "---" else in_front
        # Before the drawing stands a piece of YAML, whose strings have escapes; the drawing has none.
        quoted = r'"(?:[^"\\]|\\.)*"' if in_front else r'"[^"]*"'
        bare = re.sub(quoted, '""', line)
        if bare.count('"') % 2 or "<" in re.sub(r"<-|-->|<br/?>", "", bare):
            raise Broken(f"a text in quotes does not end where it should: {line[:80]!r}")
        lines.append(bare)
    return lines


def of_plist(text):
    def shape(value):
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        return [shape(inner) for inner in value] if isinstance(value, list) else type(value).__name__

    return shape(plistlib.loads(text.encode()))


def of_json(text):
    def shape(value):
        if isinstance(value, dict):
            return {key: shape(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [shape(inner) for inner in value]
        return type(value).__name__

    return shape(json.loads(text))


def of_lines(text):
    """How many lines, where a line break would begin something new."""
    return len(text.splitlines())
