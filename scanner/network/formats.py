"""Open connections as text, JSON, CSV and a graph for Graphviz."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from scanner.facts.network.ports import EVERYTHING
from scanner.network.connections import Connections, Member
from scanner.text import one_line

Render = Callable[[Connections], Iterable[str]]


def txt(found: Connections) -> Iterator[str]:
    """One line each, `shop/web[Deployment] => shop/api[Deployment] : TCP 8080`; notes begin with `#`."""
    for note in found.notes:
        yield f"# {one_line(note)}"
    words = _words(found)
    for each in found.found:
        yield one_line(f"{each.source} => {each.destination} : {words[each.ports]}")


def json(found: Connections) -> Iterator[str]:
    """One document of schema kubeassay.network-connections/v1."""
    from scanner.encode import encode

    ports = {each: _ranges(found, each) for each in {c.ports for c in found.found}}
    document = {
        "schema": "kubeassay.network-connections/v1",
        "workloads": [_member(member) for member in found.members],
        "connections": [
            {"from": _member(c.source), "to": _member(c.destination), "ports": ports[c.ports]}
            for c in found.found
        ],
        "notes": list(found.notes),
    }
    yield encode(document).decode()


def csv_lines(found: Connections) -> Iterator[str]:
    """A line for each range of ports: source, destination, protocol, first and last port."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("source", "destination", "protocol", "first_port", "last_port"))
    for each in found.found:
        for ports in found.reach.ports.ranges(each.ports):
            writer.writerow((plain(each.source), plain(each.destination), *ports))
    yield out.getvalue().rstrip("\n")


def dot(found: Connections) -> Iterator[str]:
    """A graph with a box for each namespace."""
    words = _words(found)
    yield from (f"// {one_line(note)}" for note in found.notes)
    yield "digraph connections {"
    yield '  rankdir=LR; node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];'
    namespaces: dict[str, dict[Member, None]] = {}
    for each in found.found:
        for member in (each.source, each.destination):
            namespaces.setdefault(member.namespace, {})[member] = None
    for member in found.members:
        namespaces.setdefault(member.namespace, {})[member] = None
    for number, (namespace, members) in enumerate(sorted(namespaces.items())):
        if namespace:
            yield f"  subgraph cluster_{number} {{ label={_quoted(namespace)};"
        for member in members:
            yield f"    {_quoted(str(member))} [label={_quoted(_label(member))}];"
        if namespace:
            yield "  }"
    for each in found.found:
        label = "" if words[each.ports] == EVERYTHING else f" [label={_quoted(words[each.ports])}]"
        yield f"  {_quoted(str(each.source))} -> {_quoted(str(each.destination))}{label};"
    yield "}"


FORMATS: Mapping[str, Render] = {"txt": txt, "json": json, "csv": csv_lines, "dot": dot}


def _words(found: Connections) -> dict[int, str]:
    return {ports: found.reach.ports.text(ports) for ports in {c.ports for c in found.found}}


def _ranges(found: Connections, ports: int) -> list[dict[str, Any]]:
    return [each._asdict() for each in found.reach.ports.ranges(ports)]


def _member(member: Member) -> dict[str, str]:
    return {"namespace": member.namespace, "name": member.name, "kind": member.kind}


def _label(member: Member) -> str:
    return f"{member.name}\n{member.kind}" if member.kind else member.name


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{one_line(escaped)}"'


def plain(member: Member) -> str:
    """A name on one line that no spreadsheet takes for a formula."""
    text = one_line(str(member))
    return f"'{text}" if text[:1] in "=+-@" else text
