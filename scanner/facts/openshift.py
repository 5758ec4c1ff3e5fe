"""OpenShift's control plane, whose arguments stand in ConfigMaps beside its Pods.

See https://docs.redhat.com/en/documentation/openshift_container_platform: the operators write the
effective configuration to the ConfigMap `config` of each namespace, and name those of a revision with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.facts import defaults
from scanner.facts.components import Component
from scanner.facts.index import Index, namespace_of
from scanner.facts.node_files import parsed
from scanner.fields import as_text, entries, field, text

_ARGUMENTS = ("apiServerArguments", "extendedArguments")
_ELSEWHERE = {
    "client-ca-file": ("servingInfo", "clientCA"),
    "tls-cert-file": ("servingInfo", "certFile"),
    "tls-private-key-file": ("servingInfo", "keyFile"),
    "tls-min-version": ("servingInfo", "minTLSVersion"),
    "tls-cipher-suites": ("servingInfo", "cipherSuites"),
}
"""Flags whose values stand in fields of their own."""


def setting(index: Index, component: Component, name: str) -> dict[str, Any] | None:
    """What the configuration says of a flag.

    None when it says nothing of it, so that the default holds; unknown when it is not at hand.
    """
    if component.name == "etcd":
        return None  # its arguments stand in its Pod
    content = config(index, component)
    path = list(component.place)
    if content is None:
        return {
            "unknown": "OpenShift's configuration of it, in the ConfigMap `config`, is not at hand",
            "learn": f"let the scan read ConfigMaps of {namespace_of(component.resource)}",
            "source": "file",
            "path": path,
        }
    for section in _ARGUMENTS:
        found = field(content, section, name)
        if found is not None:
            return {"value": _joined(component, name, found), "source": "file", "path": path}
    found = field(content, *_ELSEWHERE[name]) if name in _ELSEWHERE else None
    if found is None:
        return None
    return {"value": _joined(component, name, found), "source": "file", "path": path}


def config(index: Index, component: Component) -> Mapping[str, Any] | None:
    """The configuration of a component, from its ConfigMap; None when that is not at hand."""
    namespace = namespace_of(component.resource)
    mounted = [
        text(volume, "configMap", "name") for _, volume in entries(component.resource.body, "spec", "volumes")
    ]
    labels = field(component.resource.body, "metadata", "labels", "revision")
    revision = [f"config-{labels}"] if isinstance(labels, str) else []
    for name in [*(one for one in mounted if one.startswith("config")), *revision, "config"]:
        found = index.get("ConfigMap", namespace, name)
        content = text(found.body, "data", "config.yaml") if found else ""
        document = parsed(content)
        if document is not None:
            return document
    return None


def _joined(component: Component, name: str, value: object) -> str:
    values = [as_text(one) or "" for one in value] if isinstance(value, list) else [as_text(value) or ""]
    several = defaults.kind_of(component.name, name) in ("list", "map")
    return ",".join(values) if several else values[-1] if values else ""
