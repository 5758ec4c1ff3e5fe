"""Image references of pod templates, read as the kubelet reads them.

By the grammar of https://github.com/distribution/reference, with Docker's short names written out: `nginx`
is `docker.io/library/nginx`. Each fact is the part that some rules need, so that pods which differ only in
the rest are judged once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scanner.facts.index import Index
from scanner.facts.subject import Subject, workload_of

_HOST = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"(?:((?:{_HOST}(?:\.{_HOST})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?)/)?"
    rf"({_PART}(?:/{_PART})*)"
    r"(?::([A-Za-z0-9_][A-Za-z0-9_.-]*))?"
    r"(?:@([a-z0-9]+:[a-f0-9]+))?"
)
_DIGEST_DIGITS = {"sha256": 64, "sha384": 96, "sha512": 128}
_HUB = "docker.io"
_HUB_HOSTS = (_HUB, "index.docker.io")
_IMAGE_ID = re.compile(r"[a-f0-9]{64}")
_PLACEHOLDER = re.compile(r".*[$<>{}%]|ko://|_*[A-Z][A-Z0-9_-]*(:[^/]*)?$", re.DOTALL)

MALFORMED = "the image reference is malformed"
COMPONENTS = frozenset(
    {
        "argocd",
        "controller",
        "controller-chroot",
        "dashboard",
        "dashboard-api",
        "dashboard-auth",
        "dashboard-web",
        "executor",
        "git-sync",
        "grafana",
        "grafana-enterprise",
        "grafana-oss",
        "heapster",
        "heapster-amd64",
        "kubefed",
        "kubernetes-dashboard",
        "kubernetes-dashboard-amd64",
        "kyverno",
        "nginx-ingress-controller",
        "tiller",
        "weave-kube",
        "weave-npc",
    }
)
"""Last parts of the names of images that rules about well-known components look at."""


def pins(_: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: the tag of each image, and whether it has a digest."""
    return [
        {**image, "tag": parts["tag"], "pinned": bool(parts["digest"])}
        if "tag" in parts
        else {**image, **parts}
        for image, parts in _used(unit)
    ]


def registries(_: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: each image's registry, and its repository without the last part (`owner`)."""
    return [
        {**image, "registry": parts["registry"], "owner": parts["repository"].rpartition("/")[0]}
        if "tag" in parts
        else {**image, **parts}
        for image, parts in _used(unit)
    ]


def names(_: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: the registry and repository of each image."""
    return [
        {**image, "registry": parts["registry"], "repository": parts["repository"]}
        if "tag" in parts
        else {**image, **parts}
        for image, parts in _used(unit)
    ]


def components(_: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: repository and tag of the images that may be well-known components."""
    return [
        {"path": image["path"], "repository": parts["repository"], "tag": parts["tag"]}
        for image, parts in _used(unit)
        if "tag" in parts and parts["repository"].rpartition("/")[2] in COMPONENTS
    ]


def _used(unit: Subject) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Who uses an image and where it is named, and the parts of the reference."""
    workload = workload_of(unit)
    for container in workload.containers:
        image = {"user": "{container}", "path": (*container.path, "image")}
        yield image, resolve(container.body.get("image", ""))
    volumes = workload.spec.get("volumes")
    for index, volume in enumerate(volumes if isinstance(volumes, list) else ()):
        source = volume.get("image") if isinstance(volume, dict) else None
        if isinstance(source, dict):
            path = ("spec", "volumes", index, "image", "reference")
            image = {"user": f'Volume "{volume.get("name", index)}"', "path": path}
            yield image, resolve(source.get("reference", ""))


def resolve(reference: object) -> dict[str, str]:
    """`registry`, `repository`, `tag` and `digest` (empty where there is none), or `unclear` with why."""
    if not isinstance(reference, str):
        return {"unclear": "the image is not a string"}
    if reference == "auto":
        return {"unclear": "the image `auto` is put in by a webhook of the service mesh"}
    parts = parse(reference)
    if parts is not None:
        return parts
    if not reference.strip():
        return {"unclear": "no image is named, something else must fill it in"}
    if _PLACEHOLDER.match(reference):
        return {"unclear": "the image is a placeholder that something else fills in"}
    return {"unclear": MALFORMED}


@lru_cache(maxsize=65_536)
def parse(reference: str) -> dict[str, str] | None:
    """The parts of a reference; None if no container runtime accepts it."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    host, path, tag, digest = (part or "" for part in found.groups())
    named = _name(host, path)
    if named is None or len(named[1]) > 255 or len(tag) > 128:
        return None
    algorithm, _, digits = digest.partition(":")
    if digest and _DIGEST_DIGITS.get(algorithm) != len(digits):
        return None
    return {"registry": named[0], "repository": named[1], "tag": tag, "digest": digest}


def _name(host: str, path: str) -> tuple[str, str] | None:
    if host and host not in _HUB_HOSTS:
        if is_registry(host):
            return host.lower(), path
        return _HUB, f"{host}/{path}"
    if "/" in path:
        first = path.partition("/")[0]
        return None if not host and "." in first else (_HUB, path)
    return None if _IMAGE_ID.fullmatch(path) else (_HUB, f"library/{path}")


def is_registry(host: str) -> bool:
    """Whether the first part of a name is a registry: only if it cannot be a part of a Hub repository."""
    return host == "localhost" or "." in host or ":" in host or host.lower() != host
