"""`kubeassay scan`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from scanner.catalog import catalog as catalogs
from scanner.catalog.model import Severity
from scanner.cli.app import CLEAN, FINDINGS, INCOMPLETE
from scanner.cli.inputs import cluster_facts, collect, file_options, version_of
from scanner.cli.live import cluster_options, scope_options
from scanner.cli.progress import Progress
from scanner.cli.selection import Selection, kubernetes_minor, select
from scanner.collect.interface import Collection
from scanner.errors import UsageError
from scanner.evaluate.interface import Engine
from scanner.findings.model import ScanResult, Status
from scanner.pipeline import ScanPlan
from scanner.pipeline import scan as run_scan

_SEVERITIES = [severity.value for severity in Severity]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--cluster", is_flag=True, help="Scan a live cluster; see --kubeconfig and --nodes.")
@click.option(
    "--source",
    multiple=True,
    metavar="PATH",
    help="Files that a cluster's objects come from: findings point there.",
)
@click.option("--framework", "frameworks", multiple=True, metavar="ID", help="Judge by this framework alone.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Run this rule (id or name) alone.")
@click.option("--skip-rule", "skip_rules", multiple=True, metavar="ID", help="Leave this rule out.")
@click.option("--severity", type=click.Choice(_SEVERITIES), help="Run rules of this severity and above.")
@click.option(
    "--fail-on",
    type=click.Choice([*_SEVERITIES, "none"]),
    default="medium",
    show_default=True,
    help="Exit with 1 when there are findings of this severity or above.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was found or could not be checked.")
@click.option("--watch", is_flag=True, help="With --cluster: go on, and say what changes.")
@click.option(
    "--resync",
    type=click.IntRange(min=10),
    default=600,
    show_default=True,
    metavar="SECONDS",
    help="With --watch: read everything anew so often.",
)
@click.option("--metrics", metavar="HOST:PORT", help="With --watch: serve Prometheus metrics there.")
@click.option(
    "--snapshot",
    is_flag=True,
    help="The input is everything a cluster holds: what is absent from it is absent.",
)
@click.option(
    "--kubernetes-version",
    default="latest",
    show_default=True,
    metavar="1.N",
    help="The version of Kubernetes to judge by.",
)
@click.option(
    "--output",
    "-o",
    "outputs",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="sarif, sarif-github, json or table; several at once.  [default: table]",
)
@click.option("--passes", is_flag=True, help="Write every pass too, not only how many there were.")
@file_options
@scope_options
@cluster_options
@click.option("--policy", "policies", multiple=True, metavar="DIR", help="Run your own Rego rules as well.")
@click.option(
    "--engine",
    type=click.Choice(["embedded", "opa"]),
    default="embedded",
    show_default=True,
    help="What runs the rules.",
)
@click.option("--opa-url", metavar="URL", help="An OPA server for --engine opa; else one is started.")
@click.option("--opa-ca-file", metavar="FILE", help="Certificates that the OPA server's must be signed by.")
@click.option("--opa-token-file", metavar="FILE", help="File with the bearer token for the OPA server.")
@click.option("--opa-binary", metavar="FILE", help="The opa binary to start.  [default: from PATH]")
@click.option(
    "--config", "config_file", metavar="FILE", help="Configuration file.  [default: kubeassay.yaml]"
)
@click.option("--no-config", is_flag=True, help="Do not look for a configuration file.")
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Use colours.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on standard error.")
@click.pass_context
def scan(context: click.Context, /, **options: Any) -> int:
    """Scan manifests, Helm charts, Kustomize overlays, a snapshot or a live cluster.

    PATH is a file, a folder, a quoted glob, or - for standard input; the working folder when none is
    given. With --cluster the objects of a live cluster are read, and nothing is written to it unless
    --nodes=job is given.
    """
    from scanner.cli.settings import with_settings

    changes, options = with_settings(context, options)
    from scanner.report.write import parse_outputs, write

    outputs = parse_outputs(options["outputs"] or ["table"])
    catalog = catalogs.load()
    if options["policies"]:
        from scanner.catalog.user import with_policies

        catalog = with_policies(catalog, options["policies"])

    def chosen(minor: int) -> Selection:
        return select(
            catalog,
            changes,
            options["frameworks"],
            options["rules"],
            options["skip_rules"],
            Severity(options["severity"]) if options["severity"] else None,
            minor,
        )

    selection = chosen(kubernetes_minor(options["kubernetes_version"]))  # faults in options come first
    if options["cluster"] and options["watch"]:
        from scanner.cli.watch import watch

        return watch(
            options,
            lambda collection: _plan(options, chosen, collection),
            _engine,
            outputs,
            selection.rules,
        )
    with Progress(enabled=not options["quiet"]) as progress:
        collection = collect(options, progress)
        engine = _engine(options)
        try:
            result = run_scan(_plan(options, chosen, collection), collection, engine, progress)
        finally:
            engine.close()
    write(result, outputs, report_options(options))
    if not result.complete and not options["quiet"] and all(output.path for output in outputs):
        from scanner.report.counts import count
        from scanner.report.table.summary import verdict

        click.echo(f"kubeassay: {verdict(result, count(result))}", err=True)
    return 0 if options["exit_zero"] else exit_code(result, options["fail_on"])


def _plan(options: dict[str, Any], chosen: Callable[[int], Selection], collection: Collection) -> ScanPlan:
    minor = version_of(collection, options["kubernetes_version"])
    selection = chosen(minor)
    return ScanPlan(
        catalog=selection.catalog,
        rules=selection.rules,
        frameworks=selection.frameworks,
        kubernetes_minor=minor,
        frameworks_asked=bool(options["frameworks"]),
        rules_asked=bool(options["frameworks"] or options["rules"]),
        snapshot=options["snapshot"] or collection.whole or cluster_facts(collection) is not None,
        parameters=selection.parameters,
        sources=() if options["cluster"] else options["paths"] or (".",),
    )


def _engine(options: dict[str, Any]) -> Engine:
    if options["engine"] == "embedded":
        from scanner.evaluate.embedded import EmbeddedEngine

        return EmbeddedEngine()
    from scanner.evaluate.opa import OpaEngine

    token_file = options["opa_token_file"]
    try:
        token = Path(token_file).read_text(encoding="utf-8").strip() if token_file else ""
    except OSError as error:
        raise UsageError(f"{token_file}: cannot be read: {error.strerror}") from error
    return OpaEngine(
        options["opa_url"] or "", options["opa_ca_file"] or "", token, options["opa_binary"] or ""
    )


def report_options(options: dict[str, Any]) -> Any:
    """How reports are written, as far as the options say it."""
    import os
    import shutil

    from scanner.report.interface import ReportOptions

    color = options["color"] == "always" or (
        options["color"] == "auto" and sys.stdout.isatty() and "NO_COLOR" not in os.environ
    )
    return ReportOptions(options["passes"], color, shutil.get_terminal_size((100, 24)).columns)


def exit_code(result: ScanResult, fail_on: str) -> int:
    """0 clean, 1 findings at or above `fail_on`, 3 incomplete; findings go before incompleteness."""
    if fail_on != "none":
        worst = Severity(fail_on).rank
        if any(f.status is Status.FAIL and f.severity.rank <= worst for f in result.findings):
            return FINDINGS
    return CLEAN if result.complete else INCOMPLETE
