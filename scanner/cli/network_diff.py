"""`kubeassay network diff`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.app import CLEAN, FINDINGS, INCOMPLETE
from scanner.cli.reach import reach_options, read_reach
from scanner.text import one_line

if TYPE_CHECKING:
    from scanner.network.diff import Change, Diff

_WORDS = {
    "FROM_INTERNET": "from the internet",
    "FROM_OUTSIDE": "from outside of the cluster",
    "TO_INTERNET": "to the internet",
    "TO_OUTSIDE": "to addresses outside of the cluster",
    "BETWEEN_NAMESPACES": "between namespaces",
    "WITHIN_NAMESPACE": "within a namespace",
}
_MOST_NAMED = 5


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--output",
    "-o",
    type=click.Choice(["txt", "json", "csv"]),
    default="txt",
    show_default=True,
    help="The form.",
)
@reach_options
def diff(**options: Any) -> int:
    """Say what a change opens and closes, worst first.

    OLD and NEW are files, folders, charts, overlays, snapshots, or git revisions, written git:REVISION or
    git:REVISION:PATH. Exits with 1 when something is opened, with 3 when part of the input could not be read.
    """
    from scanner.network.diff import compare

    if options["cluster"]:
        raise click.UsageError("a cluster is compared by its snapshot: see `kubeassay snapshot`")
    with ExitStack() as stack:
        old, new = (read_reach({**options, "paths": (_path(options[key], stack),)}) for key in ("old", "new"))
        for read in (old, new):
            read.say_notes(options["quiet"])
        found = compare(old.reach, new.reach)
    for line in {"txt": _text, "json": _json, "csv": _csv}[options["output"]](found):
        click.echo(line)
    if old.exit_code or new.exit_code:
        return INCOMPLETE
    return FINDINGS if found.opened else CLEAN


def _path(written: str, stack: ExitStack) -> str:
    from scanner.collect.revision import PREFIX, files_of

    if written.startswith(PREFIX):
        return str(stack.enter_context(files_of(written, Path.cwd())))
    return written


def _text(found: Diff) -> Iterator[str]:
    for opened, title in ((True, "Opened"), (False, "Closed")):
        changes = [change for change in found.changes if change.opened is opened]
        yield f"{title}: {len(changes) or 'nothing'}"
        rank = None
        for change, sources in _grouped(changes):
            if change.rank is not rank:
                rank = change.rank
                yield f"  {_WORDS[rank.name]}"
            yield f"    {one_line(sources)} => {one_line(str(change.destination))} : {_ports(change)}"
            for why in change.because:
                yield f"      {one_line(why)}"
    for title, members in (("New workloads", found.added), ("Removed workloads", found.removed)):
        if members:
            yield f"{title}, whose connections are no changes: {', '.join(one_line(str(m)) for m in members)}"


def _grouped(changes: Sequence[Change]) -> Iterator[tuple[Change, str]]:
    """Changes that differ in their sources alone, as one."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for change in changes:
        key = (change.rank, change.destination, change.ports, change.because)
        groups.setdefault(key, []).append(change)
    for alike in groups.values():
        names = [str(change.source) for change in alike]
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield alike[0], ", ".join(names[:_MOST_NAMED]) + more


def _ports(change: Change) -> str:
    from scanner.facts.network.ports import words

    return words(change.ports)


def _json(found: Diff) -> Iterator[str]:
    from scanner.encode import encode

    document: Mapping[str, Any] = {
        "schema": "kubeassay.network-diff/v1",
        "changes": [
            {
                "change": "opened" if change.opened else "closed",
                "rank": change.rank.name.lower(),
                "from": str(change.source),
                "to": str(change.destination),
                "ports": [ports._asdict() for ports in change.ports],
                "because": change.because,
            }
            for change in found.changes
        ],
        "new_workloads": list(map(str, found.added)),
        "removed_workloads": list(map(str, found.removed)),
    }
    yield encode(document).decode()


def _csv(found: Diff) -> Iterator[str]:
    from scanner.network.formats import plain

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("change", "rank", "source", "destination", "protocol", "first_port", "last_port"))
    for change in found.changes:
        word = "opened" if change.opened else "closed"
        for ports in change.ports:
            writer.writerow(
                (word, change.rank.name.lower(), plain(change.source), plain(change.destination), *ports)
            )
    yield out.getvalue().rstrip("\n")
