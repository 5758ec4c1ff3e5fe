"""What pods a namespace would take: Pod Security labels, the API server's defaults, and policy engines.

Source: https://kubernetes.io/docs/concepts/security/pod-security-admission/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from scanner.facts.admission_plugins import plugins
from scanner.facts.components import API_SERVER, Component, components
from scanner.facts.index import Index, namespace_labels
from scanner.facts.node_files import config
from scanner.facts.pod_policies import BASELINE, RESTRICTED, covering_policies
from scanner.facts.settings import setting
from scanner.facts.subject import Subject, namespace_in, once
from scanner.fields import entries, mapping, text, values

LEVELS = ("privileged", "baseline", "restricted")
_ENFORCE = "pod-security.kubernetes.io/enforce"
_PLUGIN = "PodSecurity"
_FILE = "admission-control-config-file"


@dataclass(frozen=True, slots=True)
class _Defaults:
    """What one API server holds pods to where a namespace's labels say nothing."""

    level: str = "privileged"
    off: bool = False
    """Its admission plugin is switched off: labels do nothing."""
    exempt: frozenset[str] = frozenset()
    """Namespaces in which it takes any pod."""
    unknown: str = ""
    """Why its defaults could not be learnt."""


def admission(index: Index, unit: Subject) -> dict[str, Any]:
    """Over namespaces: what keeps dangerous pods out.

    `level`: the Pod Security Standard that is enforced; `source`: `label`, `default` (of the API server),
    `exempt` (the API server exempts the namespace), `off` (the admission plugin does not run) or `none`.
    `unknown`: why the level may be another one. `policies`: names of the policies on pods that cover the
    namespace; `held`: those of them that keep some danger out for certain. `topics`: for each danger its
    `state`: `held`, `open`, `unknown` (`by` says which policy may hold it) or `general` (nothing covers the
    namespace but a standard that takes it).
    """
    namespace = namespace_in(unit)
    level, source, unknown = _level(index, namespace)
    policies = covering_policies(index, namespace)
    held = [policy.name for policy in policies if policy.held]
    return {
        "level": level,
        "source": source,
        "unknown": unknown,
        "policies": [policy.name for policy in policies],
        "held": held,
        "topics": {
            topic: _topic(topic, needed, level, source, unknown, policies)
            for needed, topics in ((1, BASELINE), (2, RESTRICTED))
            for topic in topics
        },
    }


def _topic(
    topic: str, needed: int, level: str, source: str, unknown: str, policies: Sequence[Any]
) -> dict[str, str]:
    if LEVELS.index(level) >= needed:
        return {"state": "held", "by": f"the standard {level}, by {source}"}
    holding = next((policy.name for policy in policies if topic in policy.held), "")
    if holding:
        return {"state": "held", "by": holding}
    about = next((policy.name for policy in policies if topic in policy.about), "")
    if about:
        return {"state": "unknown", "by": about}
    if unknown:
        return {"state": "unknown", "by": ""}
    return {"state": "open" if policies else "general", "by": ""}


def _level(index: Index, namespace: str) -> tuple[str, str, str]:
    """Level, source, and why it may be another one; of several API servers the weakest counts."""
    servers = _servers(index)
    label = namespace_labels(index, namespace).get(_ENFORCE)
    if any(server.off for server in servers):
        return "privileged", "off", ""
    if any(namespace in server.exempt for server in servers):
        return "privileged", "exempt", ""
    if label is not None:
        # the API server takes a level that it does not know for the strictest
        return (label if label in LEVELS else "restricted"), "label", ""
    weakest = min((server.level for server in servers), key=LEVELS.index, default="privileged")
    unknown = next((server.unknown for server in servers if server.unknown), "")
    if weakest != "privileged" and not unknown:
        return weakest, "default", ""
    return "privileged", "none", unknown


@once
def _servers(index: Index) -> list[_Defaults]:
    return [_defaults(index, each) for each in components(index) if each.name == API_SERVER]


def _defaults(index: Index, server: Component) -> _Defaults:
    running = plugins(index, server)
    if "unknown" in running:
        return _Defaults(unknown=f"which admission plugins run is not known: {running['unknown']}")
    if _PLUGIN not in running["plugins"]:
        return _Defaults(off=True)
    file = setting(index, server, _FILE)
    if file is not None and "unknown" in file:
        return _Defaults(unknown=f"whether the API server has defaults is not known: {file['unknown']}")
    if file is None or not file["value"]:
        return _Defaults()
    content = config(server, "admission", str(file["value"]))
    if content.body is None:
        return _Defaults(
            unknown=f"{file['value']} with the API server's defaults was not read: {content.reason}"
        )
    for _, plugin in entries(content.body, "plugins"):
        if text(plugin, "name") == _PLUGIN:
            own = mapping(plugin, "configuration")
            if not own:
                return _Defaults(unknown=f"{text(plugin, 'path') or 'its configuration'} was not read")
            level = text(own, "defaults", "enforce") or "privileged"
            exempt = frozenset(map(str, values(own, "exemptions", "namespaces")))
            return _Defaults(level if level in LEVELS else "restricted", exempt=exempt)
    return _Defaults()


def exemptions(_index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over nodes: whom the API server's Pod Security defaults exempt; None where there are none of them.

    `users` and `runtime_classes` may run any pod in every namespace.
    """
    for at, plugin in entries(unit.resource.body, "configs", "admission", "plugins"):
        own = mapping(plugin, "configuration", "exemptions")
        if text(plugin, "name") == _PLUGIN and own:
            return {
                "path": ["configs", "admission", "plugins", at, "configuration", "exemptions"],
                "users": [str(user) for user in values(own, "usernames")],
                "runtime_classes": [str(name) for name in values(own, "runtimeClasses")],
                "namespaces": [str(name) for name in values(own, "namespaces")],
            }
    return None
