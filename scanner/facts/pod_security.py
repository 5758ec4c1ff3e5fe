"""What pods a namespace would take: Pod Security labels, the API server's defaults, and policy engines.

Source: https://kubernetes.io/docs/concepts/security/pod-security-admission/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from scanner.facts.fields import entries, mapping, text, values
from scanner.facts.index import NODE_FACTS, SYSTEM_NAMESPACE, Index, namespace_of
from scanner.facts.pod_policies import BASELINE, RESTRICTED, covering_policies
from scanner.facts.policies import namespace_labels
from scanner.facts.subject import Subject, namespace_in, once

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
    return [_defaults(flags, facts) for flags, facts in _api_servers(index)]


def _api_servers(index: Index) -> Iterator[tuple[Mapping[str, str], Mapping[str, Any] | None]]:
    """The flags of every API server at hand, with the facts of its node."""
    facts = {resource.name: resource.body for resource in index.by_kind.get(NODE_FACTS, ())}
    seen = set()
    for name, body in facts.items():
        for _, process in entries(body, "processes"):
            if text(process, "component") in ("apiserver", "kube-apiserver"):
                seen.add(name)
                yield _flags(values(process, "argv")[1:]), body
    for pod in index.by_kind.get("Pod", ()):
        node = text(pod.body, "spec", "nodeName")
        if namespace_of(pod) != SYSTEM_NAMESPACE or node in seen:
            continue
        for _, container in entries(pod.body, "spec", "containers"):
            argv = [str(each) for key in ("command", "args") for each in values(container, key)]
            if argv and PurePosixPath(argv[0]).name == "kube-apiserver":
                yield _flags(argv[1:]), facts.get(node)


def _flags(arguments: Sequence[Any]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    waiting = ""
    for argument in map(str, arguments):
        if argument.startswith("-"):
            name, equals, value = argument.lstrip("-").partition("=")
            found[name], waiting = value, "" if equals else name
        elif waiting:
            found[waiting], waiting = argument, ""
    return found


def _defaults(flags: Mapping[str, str], facts: Mapping[str, Any] | None) -> _Defaults:
    if _PLUGIN in flags.get("disable-admission-plugins", "").split(","):
        return _Defaults(off=True)
    if not flags.get(_FILE):
        return _Defaults()
    configuration = mapping(facts, "configs", "admission")
    if not configuration:
        return _Defaults(
            unknown=f"the API server has defaults in {flags[_FILE]}, which was not read: collect the facts "
            "of its node with `kubeassay node collect`"
        )
    for _, plugin in entries(configuration, "plugins"):
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
    plugins = entries(unit.resource.body, "configs", "admission", "plugins")
    for at, plugin in plugins:
        own = mapping(plugin, "configuration", "exemptions")
        if text(plugin, "name") == _PLUGIN and own:
            return {
                "path": ["configs", "admission", "plugins", at, "configuration", "exemptions"],
                "users": [str(user) for user in values(own, "usernames")],
                "runtime_classes": [str(name) for name in values(own, "runtimeClasses")],
                "namespaces": [str(name) for name in values(own, "namespaces")],
            }
    return None
