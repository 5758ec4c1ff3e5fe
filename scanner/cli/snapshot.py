"""`kubeassay snapshot`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.cli.app import CLEAN, INCOMPLETE
from scanner.cli.live import cluster_options, live_options
from scanner.cli.progress import Progress
from scanner.text import printable


@click.command()
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    default="cluster.tar.zst",
    show_default=True,
    help="Where to save it.",
)
@cluster_options
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")
def snapshot(**options: Any) -> int:
    """Save what a cluster holds, to be judged later, elsewhere and offline.

    Secrets' values are never read. `kubeassay scan FILE` gives the findings that a scan of the cluster
    would have given. Exits with 3 when part of the cluster could not be read.
    """
    from scanner.collect.live import collect_live
    from scanner.collect.snapshot import write_snapshot

    path = Path(options["output"])
    with Progress(enabled=not options["quiet"]) as progress:
        collection = collect_live(live_options(options), progress)
        write_snapshot(collection, path)
    if not options["quiet"]:
        click.echo(f"{len(collection.resources)} objects saved in {printable(str(path))}", err=True)
        for problem in collection.problems:
            click.echo(f"  not read: {printable(problem.message)}", err=True)
    return INCOMPLETE if collection.problems else CLEAN
