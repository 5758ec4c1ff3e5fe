"""What a scan reads: files, or a cluster with the files that its objects come from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.live import Command, live_options, with_options
from scanner.cli.progress import Progress
from scanner.cli.selection import kubernetes_minor
from scanner.collect.interface import Collection, Resource
from scanner.collect.nodes.best import best_facts
from scanner.errors import UsageError
from scanner.facts.index import CLUSTER_FACTS
from scanner.facts.scope import parse_selector
from scanner.fields import text
from scanner.pipeline import LATEST_MINOR

if TYPE_CHECKING:
    from scanner.collect.helm.options import HelmOptions
    from scanner.collect.match import Repository

_FILES = (
    click.option(
        "--exclude", multiple=True, metavar="GLOB", help="Leave out files that match (as .gitignore)."
    ),
    click.option("--gitignore/--no-gitignore", default=True, help="Leave out what .gitignore names."),
    click.option("--values", "-f", multiple=True, metavar="FILE", help="Values file for Helm charts."),
    click.option("--set", "set_", multiple=True, metavar="KEY=VALUE", help="One value for Helm charts."),
    click.option("--release-name", metavar="NAME", help="Release name for Helm charts."),
)
_OF_CLUSTERS = (
    "kubeconfig",
    "context",
    "cluster_name",
    "nodes",
    "job_image",
    "job_namespace",
    "node_selector",
    "node_facts",
    "watch",
    "metrics",
)


def file_options(command: Command) -> Command:
    """Add the options that say which files are read, and how charts are rendered."""
    return with_options(_FILES, command)


def collect(options: dict[str, Any], progress: Progress) -> Collection:
    """Everything that is to be judged.

    Raises UsageError when the options do not go together, and when there is nothing to read.
    """
    if options["cluster"]:
        if options["paths"]:
            raise UsageError(
                "--cluster scans a cluster, and no PATH beside it",
                "name the repository that its objects come from with --source PATH",
            )
        from scanner.collect.live import collect_live

        collection = collect_live(live_options(options), progress)
    else:
        _refuse_cluster_options(options)
        collection = collect_files(options["paths"] or (".",), options, progress)
        if not collection.resources and not collection.problems:
            raise UsageError(
                f"no Kubernetes object in {', '.join(options['paths'] or ('.',))}",
                "name files or folders with manifests, charts or overlays",
            )
        collection.resources[:] = best_facts(collection.resources)
        _narrow(collection, options)
    return with_sources(collection, repository(options, progress))


def repository(options: dict[str, Any], progress: Progress) -> Repository | None:
    """The files that a cluster's objects come from; None where none were named."""
    if not options["source"]:
        return None
    from scanner.collect.discover import discover
    from scanner.collect.match import Repository

    cwd = Path.cwd()
    found = discover(options["source"], options["exclude"], options["gitignore"], cwd)
    return Repository(found, _helm_options(options), cwd, progress)


def with_sources(collection: Collection, files: Repository | None) -> Collection:
    """A cluster's objects with the files that they come from."""
    if files is None:
        return collection
    if cluster_facts(collection) is None:
        raise UsageError("--source goes with --cluster or a snapshot", "name files as PATH to scan them")
    from scanner.collect.match import match

    return match(collection, files)


def _refuse_cluster_options(options: dict[str, Any]) -> None:
    """An option that would do nothing is a mistake: the user meant to scan a cluster."""
    given = next((name for name in _OF_CLUSTERS if options[name] not in (None, False, "none", ())), None)
    if given:
        raise UsageError(f"--{given.replace('_', '-')} goes with --cluster", "add --cluster, or leave it out")


def collect_files(paths: tuple[str, ...], options: dict[str, Any], progress: Progress) -> Collection:
    """What stands in files, charts and overlays."""
    from scanner.collect.discover import discover
    from scanner.collect.sources import sources

    cwd = Path.cwd()
    found = discover(paths, options["exclude"], options["gitignore"], cwd)
    collection = found.passed_over
    helm = _helm_options(options)
    to_read = sources(found, helm, cwd)
    for done, source in enumerate(to_read):
        progress("reading", done, len(to_read))
        collection.extend(source.collect())
    return collection


def _helm_options(options: dict[str, Any]) -> HelmOptions:
    from scanner.collect.helm.options import HelmOptions

    namespaces = options["namespaces"]
    return HelmOptions(
        values=tuple(map(Path, options["values"])),
        set=tuple(options["set_"]),
        release_name=options["release_name"] or "",
        namespace=namespaces[0] if len(namespaces) == 1 else "",
        kubernetes_version=f"1.{kubernetes_minor(options['kubernetes_version'])}.0",
    )


def cluster_facts(collection: Collection) -> Resource | None:
    """What was collected of a cluster as a whole, if the objects are from one."""
    return next((r for r in collection.resources if r.group_kind == CLUSTER_FACTS), None)


def version_of(collection: Collection, asked: str) -> int:
    """The minor version of Kubernetes to judge by: as asked, else the cluster's, else the newest."""
    facts = cluster_facts(collection)
    if asked != "latest" or facts is None:
        return kubernetes_minor(asked)
    minor = text(facts.body, "kubernetesVersion").split(".")[1:2]
    return min(int(minor[0]), LATEST_MINOR) if minor and minor[0].isdigit() else LATEST_MINOR


def _narrow(collection: Collection, options: dict[str, Any]) -> None:
    """Judge a part of a snapshot: what is judged was asked for now, not when it was taken."""
    facts = cluster_facts(collection)
    parse_selector(options["selector"] or "")
    if facts is not None:
        facts.body["scope"] = {
            "namespaces": list(options["namespaces"]),
            "exceptNamespaces": list(options["exclude_namespace"]),
            "selector": options["selector"] or "",
        }
