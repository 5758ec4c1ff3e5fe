"""`kubeassay network`: who can reach whom."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scanner.cli.app import CLEAN
from scanner.cli.progress import Progress

if TYPE_CHECKING:
    from scanner.facts.network.reach import Reach

_Command = TypeVar("_Command", bound=Callable[..., Any])


@click.group()
def network() -> None:
    """Say who can reach whom, on which ports, and because of which rule."""


@network.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--peers", type=click.Choice(["workload", "pod"]), default="workload")
@click.option("--no-self", is_flag=True)
@click.option("--ipblock-pods", type=click.Choice(["no", "yes"]), default="no")
@click.option("--output", "-o", type=click.Choice(["txt"]), default="txt")
def connections(**options: Any) -> int:
    """List every connection that policies leave open."""
    from scanner.network.connections import connections as listed
    from scanner.network.connections import lines

    reach = _reach(options)
    found = listed(reach, options["peers"], not options["no_self"])
    for line in lines(found):
        click.echo(line)
    return CLEAN


@network.command()
@click.argument("source")
@click.argument("destination")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--protocol", default="TCP")
@click.option("--port", type=int, required=True)
@click.option("--ipblock-pods", type=click.Choice(["no", "yes"]), default="no")
@click.option("--output", "-o", type=click.Choice(["txt", "json"]), default="txt")
def can(**options: Any) -> int:
    """Say whether one may reach another."""
    import json

    from scanner.facts.network.pods import parse_address
    from scanner.facts.network.verdict import Judge

    reach = _reach(options)
    named = {f"{pod.namespace}/{pod.resource.name}": pod for pod in reach.pods}
    ends = [named.get(options[key]) or parse_address(options[key]) for key in ("source", "destination")]
    verdict = Judge(reach).verdict(ends[0], ends[1], options["protocol"], options["port"])
    print(json.dumps({"allowed": verdict.allowed, "because": list(verdict.because)}))
    return CLEAN


def _reach(options: dict[str, Any]) -> Reach:
    from scanner.cli.inputs import collect_files
    from scanner.facts.index import Index
    from scanner.facts.network.reach import Reach

    with Progress() as progress:
        full = {
            "exclude": (),
            "gitignore": False,
            "values": (),
            "set_": (),
            "release_name": "",
            "namespaces": (),
            "kubernetes_version": "latest",
        }
        collection = collect_files(options["paths"] or (".",), full, progress)
    for problem in collection.problems:
        print(problem, file=sys.stderr)
    return Reach(Index(collection.resources, True), options["ipblock_pods"] == "yes")
