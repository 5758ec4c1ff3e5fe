"""Options that say which cluster to read, shared by the commands that read one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.collect.live import LiveOptions

Command = TypeVar("Command", bound=Callable[..., Any])

_LOGIN = (
    click.option("--kubeconfig", metavar="FILE", help="The kubeconfig.  [default: as kubectl]"),
    click.option("--context", metavar="NAME", help="The kubeconfig's context.  [default: the current one]"),
)
_OPTIONS = (
    click.option("--cluster-name", metavar="NAME", help="What to call the cluster in results."),
    click.option(
        "--nodes",
        type=click.Choice(["none", "api", "job"]),
        default="none",
        show_default=True,
        help="How to learn of nodes: from their objects; by asking kubelets through the API server; by a Job "
        "on each node, which is removed again.",
    ),
    click.option("--job-image", metavar="IMAGE", help="The image with kubeassay for --nodes=job."),
    click.option("--job-namespace", metavar="NAME", help="The namespace of the Jobs.  [default: a new one]"),
    click.option("--node-selector", metavar="LABELS", help="Run Jobs on nodes with these labels alone."),
    click.option(
        "--node-facts",
        multiple=True,
        metavar="PATH",
        help="What `kubeassay node collect` printed on nodes: files, or folders of them.",
    ),
)
_SCOPE = (
    click.option(
        "--namespace",
        "-n",
        "namespaces",
        multiple=True,
        metavar="NAME",
        help="Judge this namespace alone; for Helm charts, the release's.",
    ),
    click.option("--exclude-namespace", multiple=True, metavar="NAME", help="Do not judge this namespace."),
    click.option("--selector", "-l", metavar="LABELS", help="Judge objects with these labels alone."),
)


def login_options(command: Command) -> Command:
    """Add the options that say which cluster is meant."""
    return with_options(_LOGIN, command)


def cluster_options(command: Command) -> Command:
    """Add the options that say which cluster is read, and how."""
    return with_options((*_LOGIN, *_OPTIONS), command)


def scope_options(command: Command) -> Command:
    """Add the options that say what of a cluster is judged."""
    return with_options(_SCOPE, command)


def with_options(options: Sequence[Callable[[Any], Any]], command: Command) -> Command:
    """Add options in this order."""
    for option in reversed(options):
        command = option(command)
    return command


def live_options(options: dict[str, Any]) -> LiveOptions:
    """What the options say.

    Raises UsageError when they do not go together.
    """
    from scanner.collect.cluster import ClusterOptions
    from scanner.collect.live import LiveOptions
    from scanner.facts.scope import parse_selector

    parse_selector(options.get("selector") or "")
    if options["nodes"] == "job" and not options["job_image"]:
        raise UsageError("--nodes=job needs an image", "name the one with kubeassay: --job-image IMAGE")
    cluster = ClusterOptions(
        kubeconfig=options["kubeconfig"] or "",
        context=options["context"] or "",
        cluster_name=options["cluster_name"] or "",
        namespaces=tuple(options.get("namespaces", ())),
        except_namespaces=tuple(options.get("exclude_namespace", ())),
        selector=options.get("selector") or "",
    )
    return LiveOptions(
        cluster,
        options["nodes"],
        options["job_image"] or "",
        options["job_namespace"] or "",
        options["node_selector"] or "",
        options["node_facts"],
    )
