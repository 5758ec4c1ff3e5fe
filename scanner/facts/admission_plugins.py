"""Which admission plugins an API server runs."""

from __future__ import annotations

from typing import Any

from scanner.facts import defaults
from scanner.facts.components import Component, component_of, version
from scanner.facts.index import Index
from scanner.facts.settings import Setting, setting
from scanner.facts.subject import Subject

_ENABLE, _DISABLE, _OLD = "enable-admission-plugins", "disable-admission-plugins", "admission-control"


def enabled(index: Index, unit: Subject) -> dict[str, Any]:
    """Over API servers: the `plugins` that run, and those that are switched `off`.

    `enable` and `disable` tell where the two flags stand or would stand; `unknown` why nothing can be told.
    """
    return plugins(index, component_of(unit))


def plugins(index: Index, component: Component) -> dict[str, Any]:
    """The same of one API server."""
    found = {name: setting(index, component, name) for name in (_ENABLE, _DISABLE, _OLD)}
    place: dict[str, Any] = {
        "enable": _path(found[_ENABLE], component.place),
        "disable": _path(found[_DISABLE], component.place),
    }
    unclear = next((one for one in found.values() if one is not None and "unknown" in one), None)
    if unclear is not None:
        return {**place, "unknown": unclear["unknown"], "learn": unclear["learn"], "path": unclear["path"]}
    old = _names(found[_OLD])
    if old:
        # the deprecated flag lists all that run
        return {**place, "enable": _path(found[_OLD], component.place), "plugins": sorted(old), "off": []}
    on, off = _names(found[_ENABLE]), _names(found[_DISABLE])
    by_default = defaults.default_plugins(version(index, component))
    return {**place, "plugins": sorted((by_default | on) - (off - on)), "off": sorted(off)}


def _names(found: Setting | None) -> set[str]:
    return {name for name in (found["value"] if found else "").split(",") if name}


def _path(found: Setting | None, place: tuple[str | int, ...]) -> list[str | int]:
    return found["path"] if found else list(place)
