"""Which Services and hosts a workload names in its environment, arguments and ConfigMaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scanner.collect.interface import Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.workload import Workload, workloads
from scanner.fields import entries, mapping, text, texts, values

_LONGEST = 100_000
"""Characters of a ConfigMap's value that are looked at."""
_HOST = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*://)?(?:[^\s/@\"'<>]*@)?"
    r"(?P<host>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*)"
    r"(?::(?P<port>[0-9]{1,5}))?(?![a-z0-9-]|\.[a-z0-9])",
    re.IGNORECASE,
)
_SCHEMES = {
    "http": 80,
    "https": 443,
    "ws": 80,
    "wss": 443,
    "ldap": 389,
    "ldaps": 636,
    "amqp": 5672,
    "amqps": 5671,
    "postgres": 5432,
    "postgresql": 5432,
    "mysql": 3306,
    "redis": 6379,
    "rediss": 6379,
    "mongodb": 27017,
    "nats": 4222,
    "kafka": 9092,
    "smtp": 25,
}
"""Scheme of a URL → the port that it means."""
_INSIDE = re.compile(r"(?P<name>[^.]+)\.(?P<namespace>[^.]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?$")
_NO_HOST = re.compile(r"[0-9.]+$|localhost$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A Service or a host, as a workload names it."""

    service: Resource | None
    """None for a host outside of the cluster."""
    host: str
    port: int
    """0 where none is named."""
    where: str
    """In words, as `env API_URL`."""


def mentions(index: Index, resource: Resource) -> tuple[Mention, ...]:
    """Everything that a workload's containers, and the ConfigMaps they use, name."""
    found: dict[tuple[int, str, int], Mention] = {}
    for workload in workloads(resource):
        for where, value in _texts(index, workload):
            for mention in _in_text(index, namespace_of(resource), where, value[:_LONGEST]):
                found.setdefault((id(mention.service), mention.host, mention.port), mention)
    return tuple(found.values())


def _texts(index: Index, workload: Workload) -> Iterator[tuple[str, str]]:
    namespace = namespace_of(workload.resource)
    for container in workload.containers:
        for _, variable in entries(container.body, "env"):
            name = text(variable, "name")
            yield f"env {name}", text(variable, "value")
            reference = mapping(variable, "valueFrom", "configMapKeyRef")
            data = _data(index, namespace, text(reference, "name"))
            yield f"env {name}", data.get(text(reference, "key"), "")
        for key in ("command", "args"):
            for argument in values(container.body, key):
                yield f"{key} of container {container.name}", argument if isinstance(argument, str) else ""
        for _, source in entries(container.body, "envFrom"):
            yield from _config_map(index, namespace, text(source, "configMapRef", "name"))
    for _, volume in entries(workload.spec, "volumes"):
        yield from _config_map(index, namespace, text(volume, "configMap", "name"))


def _config_map(index: Index, namespace: str, name: str) -> Iterator[tuple[str, str]]:
    for key, value in _data(index, namespace, name).items():
        yield f"ConfigMap {name}, {key}", value


def _data(index: Index, namespace: str, name: str) -> Mapping[str, str]:
    found = index.get("ConfigMap", namespace, name) if name else None
    return texts(found.body, "data") if found else {}


def _in_text(index: Index, namespace: str, where: str, value: str) -> Iterator[Mention]:
    for match in _HOST.finditer(value):
        scheme = (match["scheme"] or "").removesuffix("://").lower()
        host, written = match["host"].lower(), match["port"]
        port = int(written) if written and int(written) < 65_536 else _SCHEMES.get(scheme, 0)
        alone = match.start() == 0 and match.end() == len(value)
        if _NO_HOST.match(host) or not (scheme or written or alone or ".svc" in host):
            continue
        service = _service(index, namespace, host)
        if service is not None:
            yield Mention(service, host, int(written) if written else 0, where)
        elif scheme and "." in host and ".svc" not in host and not host.endswith(".local"):
            yield Mention(None, host, port, where)


def _service(index: Index, namespace: str, host: str) -> Resource | None:
    if "." not in host:
        return index.get("Service", namespace, host)
    inside = _INSIDE.match(host)
    return index.get("Service", inside["namespace"], inside["name"]) if inside else None


def unreadable(workload: Workload) -> list[str]:
    """Names of Secrets that the environment comes from, whose values are not read."""
    found: dict[str, None] = {}
    for container in workload.containers:
        for _, variable in entries(container.body, "env"):
            found[text(variable, "valueFrom", "secretKeyRef", "name")] = None
        for _, source in entries(container.body, "envFrom"):
            found[text(source, "secretRef", "name")] = None
    return [name for name in found if name]
