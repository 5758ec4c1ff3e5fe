"""Which kinds the server has: aggregated discovery (Kubernetes 1.27 and later), else group by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from scanner.collect.cluster.errors import ApiError, StoppedError
from scanner.collect.cluster.interface import Getter
from scanner.collect.cluster.noise import is_excluded_group, moved_to, why_excluded

_AGGREGATED = "application/json;g=apidiscovery.k8s.io;v={};as=APIGroupDiscoveryList"
ACCEPT = ",".join([_AGGREGATED.format("v2"), _AGGREGATED.format("v2beta1"), "application/json"])
_STALE = "the aggregated API server that serves it cannot be reached"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind that can be listed, at the version the server prefers."""

    group: str
    """Empty for the core group."""
    version: str
    kind: str
    resource: str
    """Its plural, as paths and roles name it."""
    namespaced: bool
    custom: bool = False
    """Not one of Kubernetes' own groups."""
    stale: bool = False
    """The server of this group did not answer lately."""

    @property
    def api_version(self) -> str:
        """`group/version`, or the version of the core group."""
        return f"{self.group}/{self.version}" if self.group else self.version

    @property
    def group_kind(self) -> str:
        """`Kind` of the core group, else `Kind.group`."""
        return f"{self.kind}.{self.group}" if self.group else self.kind

    def path(self, namespace: str = "") -> str:
        """Where it is listed: in the whole cluster, or in one namespace."""
        base = f"/apis/{self.group}/{self.version}" if self.group else f"/api/{self.version}"
        where = f"/namespaces/{quote(namespace, safe='')}" if namespace else ""
        return f"{base}{where}/{self.resource}"


@dataclass(frozen=True, slots=True)
class FailedGroup:
    """A group whose kinds could not be learnt."""

    group: str
    version: str
    error: ApiError


@dataclass(slots=True)
class Discovered:
    """What the server has."""

    kinds: list[Kind] = field(default_factory=list)
    """To be read, each group and resource once."""
    excluded: list[tuple[Kind, str]] = field(default_factory=list)
    """Left out on purpose, with the reason."""
    failed: list[FailedGroup] = field(default_factory=list)


class _ResponseKind(Struct):
    kind: str = ""


class _Resource(Struct):
    resource: str
    scope: str = ""
    verbs: list[str] | None = None
    response_kind: _ResponseKind | None = msgspec.field(default=None, name="responseKind")


class _Version(Struct):
    version: str
    freshness: str = "Current"
    resources: list[_Resource] | None = None


class _Metadata(Struct):
    name: str = ""


class _Group(Struct):
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)
    versions: list[_Version] | None = None


class _Groups(Struct):
    """Any of APIGroupDiscoveryList (items), APIGroupList (groups) and APIVersions (versions)."""

    kind: str = ""
    items: list[_Group] | None = None
    groups: list[_ClassicGroup] | None = None
    versions: list[str] | None = None


class _ClassicVersion(Struct):
    version: str


class _ClassicGroup(Struct):
    name: str
    versions: list[_ClassicVersion] | None = None
    preferred: _ClassicVersion | None = msgspec.field(default=None, name="preferredVersion")


class _ClassicResource(Struct):
    name: str
    kind: str
    namespaced: bool = False
    verbs: list[str] | None = None


class _ClassicResources(Struct):
    kind: str = ""
    resources: list[_ClassicResource] | None = None


_T = TypeVar("_T")


def discover(connection: Getter) -> Discovered:
    """Ask the server for its kinds; a group that cannot be asked is `failed`, and the rest goes on."""
    found = Discovered()
    served: dict[tuple[str, str], Kind] = {}
    for root, group, number in (("/api", "", "v1"), ("/apis", "*", "*")):
        try:
            for name, version, lost in _versions(connection, root):
                _add(found, served, name, version, lost)
        except StoppedError:
            raise
        except ApiError as error:
            found.failed.append(FailedGroup(group, number, error))
    _sort_out(found, served.values())
    return found


def _versions(connection: Getter, root: str) -> Iterator[tuple[str, _Version, ApiError | None]]:
    """Every group and version with its kinds, preferred versions first; or why they cannot be learnt."""
    top = _decode(connection.get(root, ACCEPT), _Groups)
    if not (top.items or top.groups or top.versions):
        raise ApiError(
            0, f"the server's discovery at {root} is a {top.kind or 'nameless object'} without groups"
        )
    if top.kind == "APIGroupDiscoveryList":
        for group in top.items or ():
            for version in group.versions or ():
                lost = version.freshness == "Stale" and not version.resources
                yield group.metadata.name, version, ApiError(503, _STALE) if lost else None
        return
    if root == "/api":
        pairs = [("", version) for version in top.versions or ()]
    else:
        pairs = [(group.name, version) for group in top.groups or () for version in _ordered(group)]
    for name, number in pairs:
        path = f"{root}/{name}/{number}" if name else f"{root}/{number}"
        try:
            # an aggregated API that is down answers 503 until somebody mends it
            listed = _resources(connection, path)
        except StoppedError:
            raise
        except ApiError as error:
            yield name, _Version(number), error
        else:
            yield name, _Version(number, resources=[_modern(each) for each in listed.resources or ()]), None


def _resources(connection: Getter, path: str) -> _ClassicResources:
    listed = _decode(connection.get(path, tries=2), _ClassicResources)
    if listed.kind != "APIResourceList":
        raise ApiError(0, f"the server's discovery at {path} is a {listed.kind or 'nameless object'}")
    return listed


def is_removed(connection: Getter, kind: Kind) -> bool:
    """Whether the server has a kind no more."""
    try:
        listed = _resources(connection, kind.path().rpartition("/")[0])
    except StoppedError:
        raise
    except ApiError as error:
        return error.status == 404
    return all(each.name != kind.resource for each in listed.resources or ())


def _ordered(group: _ClassicGroup) -> list[str]:
    versions = [each.version for each in group.versions or ()]
    if group.preferred and group.preferred.version in versions:
        versions.remove(group.preferred.version)
        versions.insert(0, group.preferred.version)
    return versions


def _modern(resource: _ClassicResource) -> _Resource:
    scope = "Namespaced" if resource.namespaced else "Cluster"
    return _Resource(resource.name, scope, resource.verbs, _ResponseKind(resource.kind))


def _add(
    found: Discovered,
    served: dict[tuple[str, str], Kind],
    group: str,
    version: _Version,
    error: ApiError | None,
) -> None:
    if error is not None:
        if is_excluded_group(group):
            kind = Kind(group, version.version, "*", "*", False)
            found.excluded.append((kind, why_excluded(group, "*")))
        else:
            found.failed.append(FailedGroup(group, version.version, error))
        return
    for resource in version.resources or ():
        kind_name = resource.response_kind.kind if resource.response_kind else ""
        if "list" not in (resource.verbs or ()) or "/" in resource.resource or not kind_name:
            continue
        served.setdefault(
            (group, resource.resource),
            Kind(
                group,
                version.version,
                kind_name,
                resource.resource,
                resource.scope == "Namespaced",
                is_custom(group),
                version.freshness == "Stale",
            ),
        )


def is_custom(group: str) -> bool:
    """Whether a group is not Kubernetes' own: those have no dot, or end in k8s.io and are well known."""
    return "." in group and group not in _OWN


_OWN = frozenset(
    f"{name}.k8s.io"
    for name in (
        "admissionregistration",
        "apiextensions",
        "apiregistration",
        "authentication",
        "authorization",
        "rbac.authorization",
        "certificates",
        "coordination",
        "discovery",
        "events",
        "flowcontrol.apiserver",
        "internal.apiserver",
        "networking",
        "node",
        "resource",
        "scheduling",
        "storage",
        "storagemigration",
    )
)


def _sort_out(found: Discovered, served: Iterable[Kind]) -> None:
    kinds = list(served)
    at = {(kind.group, kind.resource) for kind in kinds}
    for kind in kinds:
        why = why_excluded(kind.group, kind.resource)
        for group in moved_to(kind.group):
            if (group, kind.resource) in at:
                why = f"the same objects as those of {group}"
        if why:
            found.excluded.append((kind, why))
        else:
            found.kinds.append(kind)


def _decode(body: bytes, shape: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ApiError(0, f"the server's discovery is not as it should be: {error}") from error
