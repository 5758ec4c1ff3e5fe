"""`kubeassay network map`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.cli.reach import reach_options, read_reach
from scanner.text import one_line

_NOT_DRAWN = "What a pod and its own node say to each other, which no policy can block, is not drawn."


@click.command("map")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    default="network-map.html",
    show_default=True,
    help="Where to write the picture.",
)
@click.option("--title", metavar="TEXT", default="Who can reach whom", show_default=True, help="Its title.")
@reach_options
def map_(**options: Any) -> int:
    """Draw who can reach whom, by namespace, as one HTML file.

    Each connection opens into its ports and the rules that let it through. The file needs nothing else and
    asks the network for nothing.
    """
    from scanner.files import write_file
    from scanner.network.connections import member_of
    from scanner.network.document import document
    from scanner.network.map import render
    from scanner.network.uncertain import uncertain

    read = read_reach(options)
    read.say_notes(options["quiet"])
    sources = (
        ["a live cluster"] if options["cluster"] else [one_line(path) for path in options["paths"] or (".",)]
    )
    members = {member_of(pod, "workload") for pod in read.reach.pods}
    said = [*uncertain(read.reach, members), _NOT_DRAWN]
    text = render(document(read.reach, options["title"], sources, said))
    if options["output"] == "-":
        click.echo(text, nl=False)
        return read.exit_code
    write_file(Path(options["output"]), [text.encode("utf-8", "replace")])
    if not options["quiet"]:
        click.echo(f"{len(read.reach.pods)} pods drawn in {one_line(options['output'])}", err=True)
    return read.exit_code
