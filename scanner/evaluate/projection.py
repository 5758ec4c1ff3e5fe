"""What a rule is given: the fields it declares in `reads`, and nothing else.

Inputs that are equal in those fields are judged once, however many objects share them. Finding the equal
ones is the hot path of a scan: every field's value gets a small number (equal values, equal number), and
a tuple of numbers is the key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from itertools import chain
from typing import Any

import msgspec

from scanner import fields
from scanner.catalog.model import Rule
from scanner.collect.interface import Path, Resource
from scanner.errors import UsageError
from scanner.evaluate.object_shape import read_of
from scanner.evaluate.shape import shaped
from scanner.facts.components import Component, component_of, components
from scanner.facts.gatekeeper import matches, review
from scanner.facts.index import CLUSTER_FACTS, NODE_FACTS, OWN_GROUP, Index, namespace_of
from scanner.facts.scope import scope_of
from scanner.facts.settings import setting
from scanner.facts.workload import Workload

_encode = msgspec.json.encode
Fact = Callable[[Index, "Unit"], object]


@dataclass(slots=True, eq=False)
class Unit:
    """What one judgement is about."""

    resource: Resource
    workload: Workload | None = None
    namespace: str | None = None
    """The namespace that is judged; None for other units."""
    declared: bool = True
    """False for a namespace without a Namespace object: the resource is an object in it."""
    component: Component | None = None
    """The running part of Kubernetes that is judged; None for other units."""
    top: Resource | None = None
    """The owner that is judged as well, whose fault this is; None for what speaks for itself."""
    base: Workload | None = None
    """The template that this one was made from: only what it has not is judged here."""
    alike: Sequence[Resource] = ()
    """Further objects with the same owner that this one stands for."""

    @property
    def subject(self) -> Resource:
        """The object that a finding is about."""
        return self.top or self.resource

    @property
    def template(self) -> Workload:
        """The pod template that is judged; only units of rules over workloads have one."""
        if self.workload is None:
            raise TypeError(f"{self.resource.kind} {self.resource.name} is judged as an object")
        return self.workload

    def field_path(self, fault: Mapping[str, Any]) -> Path:
        """Where in the object a fault stands."""
        if not self.declared:
            return ("metadata", "namespace")
        path = tuple(fault.get("path", ()))
        if self.workload is None or fault.get("root") == "object":
            return path
        return self.workload.field_path(path)


_OWN_KINDS = {"cluster": CLUSTER_FACTS, "node": NODE_FACTS}


def units(index: Index, rule: Rule) -> list[Unit]:
    """Everything that a rule judges."""
    scope = scope_of(index)
    found = _units(index, rule)
    return found if scope is None else [unit for unit in found if scope.judges(index, unit)]


def _units(index: Index, rule: Rule) -> list[Unit]:
    over, kinds = rule.over, rule.kinds
    if over == "review":
        seen = _as_admitted(index, index.resources)
        return [unit for unit in seen if matches(rule.match, unit.resource, index)]
    if over == "document":
        return list(_as_admitted(index, index.resources))
    if over == "workload":
        return [unit for unit in _workloads(index) if not kinds or unit.resource.group_kind in kinds]
    if over == "namespace":
        return list(_namespaces(index))
    if over == "component":
        return [
            Unit(component.resource, component=component)
            for component in components(index)
            if not kinds or component.name in kinds
        ]
    if over in _OWN_KINDS:
        return [Unit(resource) for resource in index.by_kind.get(_OWN_KINDS[over], ())]
    owned = index.owners.owned
    if kinds:
        found = (resource for kind in kinds for resource in index.by_kind.get(kind, ()))
    else:
        found = (resource for resource in index.resources if resource.group != OWN_GROUP)
    return [_standing(index, resource) for resource in found if id(resource) not in owned]


def _standing(index: Index, resource: Resource, workload: Workload | None = None) -> Unit:
    """An object that is judged for itself, and for those with the same owner that are like it."""
    return Unit(resource, workload, alike=index.owners.alike.get(id(resource), ()))


def _workloads(index: Index) -> Iterator[Unit]:
    for workload in index.workloads:
        yield _standing(index, workload.resource, workload)
    for found in index.owners.deviations:
        yield Unit(
            found.workload.resource, found.workload, top=found.top, base=found.base, alike=found.others
        )


def _as_admitted(index: Index, resources: Sequence[Resource]) -> Iterator[Unit]:
    """What users' own Rego sees, which knows no owners: of owned objects that are alike, the first."""
    owners = index.owners
    for resource in resources:
        top = owners.tops.get(id(resource))
        if resource.group != OWN_GROUP and (top is not None or id(resource) not in owners.owned):
            yield Unit(resource, top=top, alike=owners.alike.get(id(resource), ()))


def _namespaces(index: Index) -> Iterator[Unit]:
    first: dict[str, Resource] = {}
    for resource in chain((workload.resource for workload in index.workloads), index.resources):
        first.setdefault(namespace_of(resource), resource)
    for name, declared in index.namespaces.items():
        yield Unit(declared or first[name], namespace=name, declared=declared is not None)


@dataclass(frozen=True, slots=True)
class _Field:
    """One field that a rule over workloads reads."""

    section: str
    """`spec`, `containers`, or for all others the whole of the read."""
    name: str = ""
    parts: tuple[str, ...] = ()
    """Only these keys of the field, or of the items of the list that it is; everything when empty."""

    def part_of(self, value: Any) -> Any:
        """What is read of the field's value."""
        if not self.parts:
            return value
        if isinstance(value, list):
            return [self._narrowed(item) for item in value]
        return self._narrowed(value)

    def _narrowed(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return {part: value[part] for part in self.parts if part in value}


@lru_cache(maxsize=512)
def _fields(reads: tuple[str, ...]) -> tuple[_Field, ...]:
    """The fields of `reads`: `spec.volumes.name` and `spec.volumes.hostPath` are one field's two parts."""
    parts: dict[tuple[str, str], list[str]] = {}
    for read in reads:
        section, name = _split(read)
        if section not in ("spec", "containers"):
            parts[read, ""] = []
            continue
        name, _, part = name.partition(".")
        parts.setdefault((section, name), []).extend([part] if part else [])
        if section == "containers":
            parts.setdefault(("containers", ""), [])
    return tuple(_Field(section, name, tuple(sorted(some))) for (section, name), some in parts.items())


_Bodies = tuple[list[Mapping[str, Any]], list[tuple[Mapping[str, Any], ...]]]


class Projector:
    """Turns units into the distinct inputs of the rules with equal `reads`.

    Over workloads this is columnar: each field that rules read is one column of numbers, computed once,
    and the rows of a rule's columns are its keys.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._numbers: dict[Any, int] = {}
        self._columns: dict[tuple[tuple[str, ...], _Field], list[Any]] = {}
        self._seen: dict[tuple[str, ...], _Bodies] = {}
        self._views: dict[str, Callable[[Unit, tuple[str, ...]], Any]] = {
            "workload": self._workload_view,
            "object": self._object_view,
            "namespace": self._namespace_view,
            "component": self._component_view,
            "cluster": self._object_view,
            "node": self._object_view,
            "document": lambda unit, _: unit.resource.body,
            "review": lambda unit, _: {"review": review(unit.resource)},
        }

    def distinct(self, units: Sequence[Unit], rule: Rule) -> tuple[list[str], list[list[Unit]]]:
        """The distinct inputs as JSON texts, and for each the units that it stands for."""
        members: dict[Any, list[Unit]] = defaultdict(list)
        view = self._views[rule.over]
        if rule.over == "workload":
            columns = [self._column(units, rule.kinds, field) for field in _fields(rule.reads)]
            for unit, key in zip(units, zip(*columns, strict=True), strict=True):
                members[key].append(unit)
            groups = list(members.values())
            return [_encode(view(group[0], rule.reads)).decode() for group in groups], groups
        extra = {"parameters": rule.arguments} if rule.over == "review" else {}
        for unit in units:
            members[_encode(view(unit, rule.reads) | extra)].append(unit)
        return [text.decode() for text in members], list(members.values())

    def _number(self, value: Any) -> int:
        # 1 and True are equal as keys of a dict, so a value is keyed by its JSON text
        key = value if isinstance(value, str) else _encode(value)
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def _column(self, units: Sequence[Unit], kinds: tuple[str, ...], field: _Field) -> list[Any]:
        """One number, or one for each container, of every unit; 0 for a field that is absent."""
        known = self._columns.get((kinds, field))
        if known is None:
            known = self._columns[kinds, field] = self._computed(units, kinds, field)
        return known

    def _computed(self, units: Sequence[Unit], kinds: tuple[str, ...], field: _Field) -> list[Any]:
        number, name = self._number, field.name
        if field.section not in ("spec", "containers"):
            return [number(self._other(unit, field.section)) for unit in units]
        specs, bodies = self._bodies(units, kinds)
        if field.parts:
            whole = self._column(units, kinds, _Field(field.section, name))
            return self._parts(specs, bodies, whole, field)
        if field.section == "spec":
            return [number(spec[name]) if name in spec else 0 for spec in specs]
        if not name:
            return [tuple((c.type, c.path[-1]) for c in unit.template.containers) for unit in units]
        return [tuple([number(body[name]) if name in body else 0 for body in each]) for each in bodies]

    def _bodies(self, units: Sequence[Unit], kinds: tuple[str, ...]) -> _Bodies:
        """Every unit's pod spec, and its containers."""
        known = self._seen.get(kinds)
        if known is None:
            templates = [unit.template for unit in units]
            specs = [template.spec for template in templates]
            known = self._seen[kinds] = specs, [tuple(c.body for c in t.containers) for t in templates]
        return known

    def _parts(
        self,
        specs: Sequence[Mapping[str, Any]],
        bodies: Sequence[Sequence[Mapping[str, Any]]],
        whole: Sequence[Any],
        field: _Field,
    ) -> list[Any]:
        """The column of a field's parts from that of the field: equal fields have equal parts."""
        number, part_of, name = self._number, field.part_of, field.name
        known: dict[int, int] = {0: 0}
        if field.section == "spec":
            for found, spec in zip(whole, specs, strict=True):
                if found not in known:
                    known[found] = number(part_of(spec[name]))
            return [known[found] for found in whole]
        for numbers, each in zip(whole, bodies, strict=True):
            for found, body in zip(numbers, each, strict=True):
                if found not in known:
                    known[found] = number(part_of(body[name]))
        return [tuple([known[found] for found in numbers]) for numbers in whole]

    def _workload_view(self, unit: Unit, reads: tuple[str, ...]) -> dict[str, Any]:
        workload = unit.template
        view: dict[str, Any] = {}
        wanted = []
        for field in _fields(reads):
            if field.section == "spec":
                if field.name in workload.spec:
                    view.setdefault("spec", {})[field.name] = field.part_of(workload.spec[field.name])
            elif field.section == "containers":
                wanted.append(field)
            else:
                _put(view, field.section, self._other(unit, field.section))
        if wanted:
            view["containers"] = [
                {
                    "type": container.type,
                    "path": container.path,
                    **{
                        field.name: field.part_of(container.body[field.name])
                        for field in wanted
                        if field.name in container.body
                    },
                }
                for container in workload.containers
            ]
        return {key: value if key == "facts" else shaped(value) for key, value in view.items()}

    def _other(self, unit: Unit, read: str) -> Any:
        section, name = _split(read)
        workload = unit.template
        if section == "metadata":
            return workload.metadata.get(name)
        if section == "workload":
            return _owner_field(workload.resource, name)
        return self._fact(unit, read)

    def _object_view(self, unit: Unit, reads: tuple[str, ...]) -> dict[str, Any]:
        resource = unit.resource
        view: dict[str, Any] = {
            "api_version": resource.api_version,
            "kind": resource.kind,
            "group_kind": resource.group_kind,
        }
        for read in reads:
            if read.startswith("facts."):
                _put(view, read, self._fact(unit, read))
            else:
                _put(view, read, read_of(resource.group_kind, resource.body, read))
        return view

    def _namespace_view(self, unit: Unit, reads: tuple[str, ...]) -> dict[str, Any]:
        view: dict[str, Any] = {"name": unit.namespace, "declared": unit.declared}
        for read in reads:
            if read.startswith("facts."):
                _put(view, read, self._fact(unit, read))
            elif unit.declared and read in ("labels", "annotations"):
                _put(view, read, read_of("Namespace", unit.resource.body, f"metadata.{read}"))
        return view

    def _component_view(self, unit: Unit, reads: tuple[str, ...]) -> dict[str, Any]:
        component = component_of(unit)
        view: dict[str, Any] = {"component": component.name, "node": component.node}
        for read in reads:
            section, name = _split(read)
            if section == "settings":
                found = setting(self._index, component, name)
                if found is not None:
                    view.setdefault(section, {})[name] = found
            else:
                _put(view, read, self._fact(unit, read))
        return view

    def _fact(self, unit: Unit, read: str) -> Any:
        return fact(read)(self._index, unit)


@cache
def fact(read: str) -> Fact:
    """The function behind `facts.<module>.<function>`: it stands in `scanner/facts/<module>.py`."""
    _, _, name = read.partition("facts.")
    module, _, function = name.partition(".")
    try:
        found: Fact = getattr(import_module(f"scanner.facts.{module}"), function)
    except (ImportError, AttributeError) as error:
        raise UsageError(f"no fact is called {read!r}", "facts are functions of scanner/facts") from error
    return found


def _owner_field(resource: Resource, name: str) -> Any:
    match name:
        case "kind":
            return resource.kind
        case "api_version":
            return resource.api_version
        case "group_kind":
            return resource.group_kind
        case "namespace":
            return namespace_of(resource)
        case "name":
            return resource.name
        case "labels" | "annotations":
            return fields.field(resource.body, "metadata", name)
        case _:
            return fields.field(resource.body, *name.split("."))


def _split(read: str) -> tuple[str, str]:
    section, _, name = read.partition(".")
    return section, name


def _put(view: dict[str, Any], dotted: str, value: Any) -> None:
    if value is None:
        return
    *parents, last = dotted.split(".")
    for key in parents:
        view = view.setdefault(key, {})
    view[last] = value
