"""`kubeassay network suggest`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from scanner.cli.reach import reach_options, read_reach
from scanner.errors import UsageError, nearest
from scanner.text import one_line


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--namespace", "-n", "namespaces", multiple=True, metavar="NAME", help="Suggest for this namespace alone."
)
@click.option(
    "--workload",
    "-w",
    "workloads",
    multiple=True,
    metavar="NAMESPACE/NAME",
    help="Suggest for this workload alone.",
)
@click.option(
    "--mode",
    type=click.Choice(["both", "ingress"]),
    default="both",
    show_default=True,
    help="Close both directions, or only what comes in.",
)
@click.option(
    "--output", "-o", metavar="FILE", help="Where to write the policies.  [default: standard output]"
)
@click.option(
    "--check",
    is_flag=True,
    help="Say what the policies would open and close, what is needed and stays closed, and what stays open.",
)
@reach_options
def suggest(**options: Any) -> int:
    """Suggest NetworkPolicies that keep what is needed and close the rest, as YAML to review.

    Needed are the ports of Services and those that containers declare, for the workloads that name them in
    their environment, arguments or ConfigMaps; ways in from outside, webhooks, DNS and the API server. Probes
    come from the pod's own node, which no policy blocks.
    """
    from scanner.files import write_file
    from scanner.network.check import check
    from scanner.network.manifest import manifest
    from scanner.network.suggest import suggest as suggested

    read = read_reach(options)
    read.say_notes(options["quiet"])
    known = {pod.namespace for pod in read.reach.pods}
    for namespace in options["namespaces"]:
        if namespace not in known:
            raise UsageError(f"no pods are in namespace {namespace!r}", nearest(namespace, known))
    names = {f"{pod.workload.namespace}/{pod.workload.name}" for pod in read.reach.pods}
    for name in options["workloads"]:
        if name not in names:
            raise UsageError(f"no workload is called {name!r}", nearest(name, names))
    index = read.reach.index
    suggestions = suggested(index, options["namespaces"], options["mode"], options["workloads"])
    if options["check"]:
        for line in check(index, suggestions):
            click.echo(one_line(line))
        return read.exit_code
    text = manifest(suggestions)
    if options["output"]:
        write_file(Path(options["output"]), [text.encode()])
    else:
        click.echo(text, nl=False)
    return read.exit_code
