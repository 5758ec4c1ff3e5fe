"""How an API server encrypts Secrets before it stores them.

See https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.facts.components import component_of
from scanner.facts.index import Index
from scanner.facts.node_files import config
from scanner.facts.settings import setting
from scanner.facts.subject import Subject
from scanner.fields import entries, text, values

_SECRETS = ("secrets", "secrets.", "*.", "*.*")
"""How Secrets may be named: by themselves, with every kind of the core group, with every kind."""


def of_secrets(index: Index, unit: Subject) -> dict[str, Any]:
    """Over API servers: the `provider` that writes Secrets, the first of the first entry that names them.

    `provider` is empty when nothing encrypts them, for the reason in `reason`; `unknown` says why it cannot
    be told. A `kms` provider comes with its `version`.
    """
    component = component_of(unit)
    named = setting(index, component, "encryption-provider-config")
    if named is None:
        return {"provider": "", "reason": "this version knows no encryption", "path": list(component.place)}
    place = {"path": named["path"]}
    if "unknown" in named:
        return {**place, "unknown": named["unknown"], "learn": named["learn"]}
    if not named["value"]:
        return {**place, "provider": "", "reason": "--encryption-provider-config is not set"}
    content = config(component, "encryption", named["value"])
    if content.body is None:
        return {
            **place,
            "unknown": "the file that --encryption-provider-config names is not at hand"
            + (f": {content.reason}" if content.reason else ""),
            "learn": "collect the facts of its node with `kubeassay node collect`",
        }
    for provider in _providers(content.body):
        return {**place, **provider}
    return {**place, "provider": "", "reason": "no entry of the encryption configuration names secrets"}


def _providers(body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The first provider of the first entry that names Secrets, if any does."""
    for _, entry in entries(body, "resources"):
        if not any(name in _SECRETS for name in values(entry, "resources")):
            continue
        for _, provider in entries(entry, "providers"):
            name = next((str(key) for key in provider), "")
            found: dict[str, Any] = {"provider": name}
            if name == "kms":
                found["version"] = text(provider, "kms", "apiVersion") or "v1"
                found["name"] = text(provider, "kms", "name")
            yield found
            return
        yield {"provider": "", "reason": "the entry that names secrets lists no providers"}
        return
