"""What the commands of `kubeassay network` read: objects, and from them who can reach whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.app import CLEAN, INCOMPLETE
from scanner.cli.inputs import collect, file_options
from scanner.cli.live import Command, login_options, with_options
from scanner.cli.progress import Progress
from scanner.text import one_line

if TYPE_CHECKING:
    from scanner.collect.interface import Collection, Problem
    from scanner.facts.network.reach import Reach

_OPTIONS = (
    click.option("--cluster", is_flag=True, help="Read a live cluster; see --kubeconfig."),
    click.option(
        "--release-namespace", metavar="NAME", help="Namespace of the release, where charts are rendered."
    ),
    click.option(
        "--ipblock-pods",
        type=click.Choice(["no", "yes"]),
        default="no",
        show_default=True,
        help="Whether an ipBlock matches the addresses of pods: the network plugin decides.",
    ),
    click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error."),
)
_NOT_HERE = {
    "source": (),
    "selector": "",
    "exclude_namespace": (),
    "cluster_name": None,
    "nodes": "none",
    "job_image": None,
    "job_namespace": None,
    "node_selector": None,
    "node_facts": (),
    "watch": False,
    "metrics": None,
    "kubernetes_version": "latest",
}
"""Options of `scan` that say nothing of the network."""


@dataclass(frozen=True, slots=True)
class Input:
    """What was read."""

    reach: Reach
    collection: Collection

    @property
    def exit_code(self) -> int:
        """Whether everything that was asked for could be read."""
        return INCOMPLETE if self.collection.problems else CLEAN

    def say_notes(self, quiet: bool) -> None:
        """Say on standard error what leaves the connections uncertain."""
        from scanner.network.notes import notes

        for note in () if quiet else notes(self.reach):
            click.echo(f"kubeassay: {one_line(note)}", err=True)


def reach_options(command: Command) -> Command:
    """Add the options that say what is read, and how it is understood."""
    return with_options(_OPTIONS, login_options(file_options(command)))


def read_reach(
    options: dict[str, Any], named: Callable[[str], str] = str, problems: Sequence[Problem] = ()
) -> Input:
    """Read files or a cluster, and work out who can reach whom; what could not be read is said.

    `named` puts the names into messages that a user knows; `problems` are those known before.
    Raises UsageError when there is nothing to read.
    """
    from scanner.facts.index import Index
    from scanner.facts.network.reach import reach, reach_with_pods

    release = options["release_namespace"]
    wanted = {**_NOT_HERE, **options, "namespaces": (release,) if release else ()}
    with Progress(enabled=not options["quiet"]) as progress:
        collection = collect(wanted, progress)
    collection.problems += problems
    if not options["quiet"]:
        for problem in collection.problems:
            place = ":".join(str(part) for part in (problem.uri, problem.line) if part)
            told = named(f"{place}: {problem.message}" if place else problem.message)
            click.echo(f"kubeassay: not read: {one_line(told)}", err=True)
            if problem.remedy:
                click.echo(f"  → {one_line(problem.remedy)}", err=True)
    index = Index(collection.resources, snapshot=True)
    found = reach_with_pods(index) if options["ipblock_pods"] == "yes" else reach(index)
    return Input(found, collection)
