"""Options of the command line, completed from the configuration file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from scanner.errors import UsageError

if TYPE_CHECKING:
    from scanner.config import ClusterSettings, RuleSettings

NAMES = ("kubeassay.yaml", "kubeassay.yml")
_GIVEN = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT)


def with_settings(
    context: click.Context, options: dict[str, Any]
) -> tuple[Mapping[str, RuleSettings], dict[str, Any]]:
    """What the file changes in rules, and the options with what it says where neither the line nor a
    variable did.

    Raises UsageError when the file is named and missing, or wrong.
    """
    path = Path(options["config_file"]) if options["config_file"] else None
    if path is None and not options["no_config"]:
        path = find(Path.cwd())
    if path is None:
        return {}, options
    if not path.is_file():
        raise UsageError(f"{path}: no such configuration file")
    from scanner.config import load

    settings = load(path)
    from_file = {
        "frameworks": settings.framework,
        "rules": settings.rule,
        "skip_rules": settings.skip_rule,
        "severity": settings.severity,
        "fail_on": settings.fail_on,
        "kubernetes_version": settings.kubernetes_version,
        "snapshot": settings.snapshot,
        "exclude": settings.exclude,
        "gitignore": settings.gitignore,
        "policies": [str(path.parent / policy) for policy in settings.policy],
        "engine": settings.engine,
        "opa_url": settings.opa.url,
        "opa_ca_file": settings.opa.ca_file,
        "opa_token_file": settings.opa.token_file,
        "opa_binary": settings.opa.binary,
        "values": [str(path.parent / file) for file in settings.helm.values],
        "set_": settings.helm.set,
        "release_name": settings.helm.release_name,
        "namespaces": [settings.helm.namespace] if settings.helm.namespace else [],
        "outputs": settings.output,
    }
    if options["cluster"]:
        from_file |= _of_cluster(settings.cluster, path.parent)
    out = dict(options)
    for name, value in from_file.items():
        given = context.get_parameter_source(name) in _GIVEN
        if not given and value not in (None, "", []):
            out[name] = tuple(value) if isinstance(value, list) else value
    return settings.rules, out


def _of_cluster(settings: ClusterSettings, folder: Path) -> dict[str, Any]:
    """What the file says of the cluster; it holds where one is scanned, and not for files."""
    return {
        "kubeconfig": settings.kubeconfig,
        "context": settings.context,
        "cluster_name": settings.name,
        "namespaces": settings.namespaces,
        "exclude_namespace": settings.exclude_namespaces,
        "selector": settings.selector,
        "nodes": settings.nodes,
        "job_image": settings.job_image,
        "job_namespace": settings.job_namespace,
        "node_selector": settings.node_selector,
        "node_facts": [str(folder / path) for path in settings.node_facts],
        "source": [str(folder / path) for path in settings.source],
    }


def find(start: Path) -> Path | None:
    """The nearest configuration file, from a folder upward to the repository's root."""
    for folder in (start, *start.parents):
        for name in NAMES:
            if (folder / name).is_file():
                return folder / name
        if (folder / ".git").exists():
            return None
    return None
