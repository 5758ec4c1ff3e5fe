"""What Kubernetes' programs do when a flag is not given: the table `policies/upstream/defaults.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Literal

import msgspec

from scanner.facts.upstream import FOLDER, load
from scanner.fields import as_text

Version = tuple[int, int]
_Minor = Annotated[str, msgspec.Meta(pattern=r"^\d+\.\d+$")]
_Scalar = bool | int | str


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One default, and the versions that have it."""

    value: _Scalar
    since: _Minor | None = None
    """The first version; None for every one before `until`."""
    until: _Minor | None = None
    """The first version that has it no more."""

    def holds(self, version: Version) -> bool:
        """Whether a version has it."""
        return (self.since is None or _version(self.since) <= version) and (
            self.until is None or version < _version(self.until)
        )


class Setting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One flag of a component."""

    type: Literal["boolean", "integer", "text", "list", "map"]
    values: tuple[Value, ...]
    """None of them for a version: it has no such flag."""


class Plugin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An admission plugin that is on by default."""

    name: str
    since: _Minor | None = None
    until: _Minor | None = None


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    components: dict[str, dict[str, Setting]]
    admission_plugins: tuple[Plugin, ...]
    distributions: dict[str, dict[str, dict[str, _Scalar]]]
    """Distribution → component → flag → the value that the distribution gives it of its own."""


@cache
def table() -> Table:
    """The table that comes with the scanner."""
    return load(FOLDER / "defaults.yaml", Table)


def kind_of(component: str, name: str) -> str | None:
    """The type of a flag; None for one that the table does not hold."""
    found = table().components.get(component, {}).get(name)
    return found.type if found else None


def default_of(component: str, name: str, version: Version) -> str | None:
    """A flag's value when it is not given, as text; None when that version has no such flag."""
    found = table().components.get(component, {}).get(name)
    return (
        next((as_text(each.value) for each in found.values if each.holds(version)), None) if found else None
    )


def of_distribution(distribution: str, component: str) -> Mapping[str, str]:
    """The flags that a distribution gives a component of its own."""
    found = table().distributions.get(distribution, {}).get(component, {})
    return {name: as_text(value) or "" for name, value in found.items()}


def default_plugins(version: Version) -> frozenset[str]:
    """The admission plugins that an API server of a version runs without being told."""
    return frozenset(
        plugin.name
        for plugin in table().admission_plugins
        if Value("", plugin.since, plugin.until).holds(version)
    )


def _version(text: str) -> Version:
    major, _, minor = text.partition(".")
    return int(major), int(minor)
