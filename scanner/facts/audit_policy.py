"""What an API server's audit policy records, and what it should not.

Rules are read as the API server reads them: the first that matches a request decides its level. See
https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.facts.components import Component, component_of
from scanner.facts.index import Index
from scanner.facts.node_files import config
from scanner.facts.settings import setting
from scanner.facts.subject import Subject
from scanner.fields import entries, text, values

_CHANGES = ("create", "update", "patch", "delete", "deletecollection")
_ALL = ("get", "list", "watch", *_CHANGES)
_SENT = frozenset({"create", "update", "patch"})
"""Verbs whose requests carry an object."""
_LEVELS = ("None", "Metadata", "Request", "RequestResponse")
_EVERYBODY = frozenset({"system:authenticated", "system:serviceaccounts", "system:masters"})
"""Groups of people, or of more than Kubernetes' own parts."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Requests that a policy should record."""

    what: str
    group: str
    resource: str
    verbs: tuple[str, ...]
    secret: bool = False
    """What is sent or answered is secret: only metadata should be recorded."""
    demanded: bool = True


_TARGETS = (
    _Target("access to Secrets", "", "secrets", _ALL, secret=True),
    _Target("ConfigMaps", "", "configmaps", _ALL, secret=True, demanded=False),
    _Target(
        "TokenReviews", "authentication.k8s.io", "tokenreviews", ("create",), secret=True, demanded=False
    ),
    _Target("changes of Pods", "", "pods", _CHANGES),
    _Target("changes of Deployments", "apps", "deployments", _CHANGES),
    _Target("the use of pods/exec", "", "pods/exec", ("create", "get")),
    _Target("the use of pods/portforward", "", "pods/portforward", ("create", "get")),
    _Target("the use of pods/proxy", "", "pods/proxy", ("create", "get", "update", "patch", "delete")),
    _Target(
        "the use of services/proxy", "", "services/proxy", ("create", "get", "update", "patch", "delete")
    ),
)


def review(index: Index, unit: Subject) -> dict[str, Any]:
    """Over API servers: the `file` that the flag names, and `gaps`, each with a `message` and a `path`.

    `unknown` says why the policy cannot be told.
    """
    component = component_of(unit)
    named = setting(index, component, "audit-policy-file")
    if named is None:
        return {"file": "", "path": list(component.place), "gaps": []}
    place = {"path": named["path"]}
    if "unknown" in named:
        return {**place, "unknown": named["unknown"], "learn": named["learn"]}
    if not named["value"]:
        return {**place, "file": "", "gaps": []}
    content = config(component, "auditPolicy", named["value"])
    if content.body is None:
        reason = f": {content.reason}" if content.reason else ""
        return {
            **place,
            "file": named["value"],
            "unknown": f"the file that --audit-policy-file names is not at hand{reason}",
            "learn": "collect the facts of its node with `kubeassay node collect`",
        }
    base = _base(component, named["path"])
    gaps = [{"message": message, "path": [*base, *at]} for message, at in _gaps(content.body)]
    if len(base) == len(named["path"]):  # the policy stands in another object than the flag
        gaps = [{**gap, "path": named["path"]} for gap in gaps]
    return {**place, "file": named["value"], "gaps": gaps}


def _base(component: Component, path: Sequence[str | int]) -> list[str | int]:
    return ["configs", "auditPolicy", "rules"] if component.resource is component.facts else list(path)


def _gaps(policy: Mapping[str, Any]) -> Iterator[tuple[str, list[int]]]:
    rules = entries(policy, "rules")
    if not rules:
        yield "The audit policy has no rules, so nothing is recorded", []
        return
    omitted = frozenset(str(stage) for stage in values(policy, "omitStages"))
    for target in _TARGETS:
        yield from _of_target(rules, target, omitted)


def _of_target(
    rules: Sequence[tuple[int, Mapping[str, Any]]], target: _Target, omitted: frozenset[str]
) -> Iterator[tuple[str, list[int]]]:
    left = set(target.verbs)
    for at, rule in rules:
        if not _matches(rule, target):
            continue
        given = {verb for verb in values(rule, "verbs") if isinstance(verb, str)}
        verbs = left & given if given else set(left)
        if not verbs:
            continue
        level = _level(rule, omitted)
        if level == "None":
            if _for_own_parts(rule):
                continue
            if target.demanded:
                yield f"A rule of the audit policy leaves out {target.what}", [at]
            return
        if target.secret and _tells(level, verbs):
            yield f"The audit policy records what is in {_things(target)} (level {level})", [at]
            return
        if not _narrow(rule, target):
            left -= verbs
        if not left:
            return
    if target.demanded:
        yield f"No rule of the audit policy records {_words(target, left)}", []


def _words(target: _Target, left: set[str]) -> str:
    some = len(left) < len(target.verbs)
    return f"{target.what} ({', '.join(sorted(left))})" if some else target.what


def _things(target: _Target) -> str:
    return target.what.removeprefix("access to ")


def _tells(level: str, verbs: set[str]) -> bool:
    return level == "RequestResponse" or (level == "Request" and bool(verbs & _SENT))


def _level(rule: Mapping[str, Any], omitted: frozenset[str]) -> str:
    level = text(rule, "level")
    stages = omitted | {str(stage) for stage in values(rule, "omitStages")}
    return level if level in _LEVELS and not {"RequestReceived", "ResponseComplete"} <= stages else "None"


def _matches(rule: Mapping[str, Any], target: _Target) -> bool:
    """Whether a rule can match a request of the target."""
    listed = entries(rule, "resources")
    if not listed:
        return bool(values(rule, "namespaces")) or not values(rule, "nonResourceURLs")
    return any(_names(entry, target) for _, entry in listed)


def _names(entry: Mapping[str, Any], target: _Target) -> bool:
    group = text(entry, "group")
    if group not in (target.group, "*"):
        return False
    names = values(entry, "resources")
    resource, _, subresource = target.resource.partition("/")
    alike = {"*", target.resource, f"{resource}/*", *([f"*/{subresource}"] if subresource else [])}
    return not names or any(name in alike for name in names if isinstance(name, str))


def _narrow(rule: Mapping[str, Any], target: _Target) -> bool:
    """Whether a rule that matches leaves some such requests to later ones."""
    groups = {group for group in values(rule, "userGroups") if isinstance(group, str)}
    if values(rule, "users") or values(rule, "namespaces"):
        return True
    if groups and "system:authenticated" not in groups:
        return True
    named = [entry for _, entry in entries(rule, "resources") if _names(entry, target)]
    return bool(named) and all(values(entry, "resourceNames") for entry in named)


def _for_own_parts(rule: Mapping[str, Any]) -> bool:
    """Whether a rule is about requests of Kubernetes' own parts alone."""
    who = [*values(rule, "users"), *values(rule, "userGroups")]
    return bool(who) and all(
        isinstance(one, str) and one.startswith("system:") and one not in _EVERYBODY for one in who
    )
