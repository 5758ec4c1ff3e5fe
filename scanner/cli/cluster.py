"""`kubeassay cluster`: what a scan of a live cluster may read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.app import CLEAN, INCOMPLETE
from scanner.cli.live import login_options
from scanner.errors import UsageError
from scanner.text import printable

if TYPE_CHECKING:
    from scanner.collect.cluster.access import Access
    from scanner.collect.cluster.client import Connection


@click.group()
def cluster() -> None:
    """Look at a cluster from the scanner's side."""


@cluster.command()
@login_options
@click.option("--in-cluster", is_flag=True, help="Log in with the service account of this pod.")
@click.option(
    "--output",
    "-o",
    type=click.Choice(["table", "yaml", "json"]),
    default="table",
    show_default=True,
    help="What is missing, the role that grants it all, or both for programs.",
)
@click.option("--secrets/--no-secrets", default=True, help="Whether Secrets' metadata is to be listed.")
@click.option(
    "--nodes",
    type=click.Choice(["none", "api"]),
    default="none",
    show_default=True,
    help="api: kubelets are to be asked for their configuration through the API server.",
)
@click.option("--watch", is_flag=True, help="The account is for scan --watch too.")
@click.option(
    "--service-account",
    default="kubeassay-scanner/scanner",
    show_default=True,
    metavar="NAMESPACE/NAME",
    help="The account that the YAML makes.",
)
def access(
    kubeconfig: str | None,
    context: str | None,
    in_cluster: bool,
    output: str,
    secrets: bool,
    nodes: str,
    watch: bool,
    service_account: str,
) -> int:
    """Show which permissions a scan lacks, and the least role that has them all.

    Nothing is changed in the cluster: `--output yaml` prints what `kubectl apply -f -` takes. Exits with 0
    when nothing is missing, with 3 when something is.
    """
    namespace, name = _account(service_account)
    from scanner.collect.cluster import ClusterOptions, connect
    from scanner.collect.cluster.access import access as ask
    from scanner.collect.cluster.role import manifests

    options = ClusterOptions(kubeconfig or "", context or "", in_cluster=in_cluster)
    connection = connect(options)
    try:
        found = ask(connection, secrets, nodes == "api", options.parallel, watch)
    finally:
        connection.close()
    wanted = [answer.permission for answer in found.answers]
    if any(each.resource == "nodes/proxy" for each in wanted):
        click.echo("kubeassay: nodes/proxy lets its holder run commands in every container", err=True)
        click.echo("  → prefer --nodes=none, or scan with --nodes=job or --node-facts", err=True)
    match output:
        case "yaml":
            click.echo(manifests(wanted, namespace, name), nl=False)
        case "json":
            click.echo(json.dumps(_as_json(connection, found), indent=1))
        case _:
            click.echo(_table(connection, found))
    return CLEAN if found.complete else INCOMPLETE


def _account(text: str) -> tuple[str, str]:
    import re

    namespace, slash, name = text.partition("/")
    label = r"[a-z0-9]([-a-z0-9]*[a-z0-9])?"
    if not slash or not re.fullmatch(label, namespace) or not re.fullmatch(rf"{label}(\.{label})*", name):
        raise UsageError(
            f"--service-account {text}: not NAMESPACE/NAME", "write it like kubeassay-scanner/scanner"
        )
    return namespace, name


def _table(connection: Connection, found: Access) -> str:
    total, missing = len(found.answers), found.missing
    lines = [
        f"{connection.name}: {connection.server}, Kubernetes {connection.version or 'of unknown version'}",
        f"account: {found.account or 'not known'}",
        "",
    ]
    if missing:
        width = max(len(answer.permission.name) for answer in missing)
        lines.append(f"{len(missing)} of {total} permissions are missing:")
        lines += [f"  {answer.permission.name:<{width}}  {_why(answer)}".rstrip() for answer in missing]
    else:
        lines.append(f"all {total} permissions are there")
    lines += [f"  group {group}: its kinds are not known: {reason}" for group, reason in found.failed]
    if missing:
        lines += [
            "",
            "An account that has them all:",
            "  kubeassay cluster access -o yaml | kubectl apply -f -",
        ]
    return printable("\n".join(lines))


def _why(answer: Any) -> str:
    if answer.allowed is None:
        return f"{answer.verb}: cannot be told: {answer.reason}"
    return f"{answer.verb}{': ' if answer.reason else ''}{answer.reason}"


def _as_json(connection: Connection, found: Access) -> dict[str, Any]:
    from scanner.collect.cluster.role import rules

    return {
        "cluster": connection.name,
        "server": connection.server,
        "version": connection.version,
        "account": found.account,
        "complete": found.complete,
        "permissions": [
            {
                "group": answer.permission.group,
                "resource": answer.permission.resource,
                "verbs": list(answer.permission.verbs),
                "namespaced": answer.permission.namespaced,
                "allowed": answer.allowed,
                "verb": answer.verb,
                "reason": answer.reason,
            }
            for answer in found.answers
        ],
        "failed": [{"group": group, "reason": reason} for group, reason in found.failed],
        "rules": rules([answer.permission for answer in found.answers]),
    }
