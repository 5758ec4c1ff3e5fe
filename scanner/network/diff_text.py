"""A difference between two states as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scanner.facts.network.ports import words
from scanner.network.connections import Member
from scanner.network.diff import Change, Diff
from scanner.text import one_line

_WORDS = {
    "FROM_INTERNET": "from the internet",
    "FROM_OUTSIDE": "from outside of the cluster, where there is a route to the pods",
    "FROM_ALL_NAMESPACES": "from all namespaces",
    "TO_INTERNET": "to the internet",
    "TO_OUTSIDE": "to addresses outside of the cluster",
    "BETWEEN_NAMESPACES": "between namespaces",
    "WITHIN_NAMESPACE": "within a namespace",
}
_MOST_NAMED = 5


def lines(found: Diff) -> Iterator[str]:
    """What is opened and what is closed, worst first, with the rules that decide it."""
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
    for title, members in (("New", found.added), ("Removed", found.removed)):
        if members:
            yield f"{title} workloads, whose other connections are no changes: {len(members)}"
        for member in members:
            yield f"    {one_line(str(member))}: {_connected(found, member)}"


def _connected(found: Diff, member: Member) -> str:
    reached, reaches = found.connected[member]
    return f"reached by {reached} others, reaches {reaches}"


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
    return words(change.ports)
