"""Versions and vendors of one benchmark: which of them fits a cluster."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.catalog.model import Control, Framework


def covers(window: Framework | Control, minor: int) -> bool:
    """Whether a framework is written for Kubernetes 1.`minor`, or a control holds in it."""
    return _minor(window.since, 0) <= minor < _minor(window.until, 10_000)


def fitting(frameworks: Iterable[Framework], minor: int, distribution: str) -> tuple[Framework, ...]:
    """Of each family the framework to judge a cluster by, when nobody named one.

    That is the newest of those that are written for Kubernetes 1.`minor`, else the newest. Families that
    are written for certain distributions only count in these, where they may take the place of another;
    `distribution` is empty where it is unknown.
    """
    families: dict[str, list[Framework]] = {}
    for framework in frameworks:
        if not framework.distributions or distribution in framework.distributions:
            families.setdefault(framework.family, []).append(framework)
    chosen = [newest(family, minor) for family in families.values()]
    replaced = {framework.instead_of for framework in chosen}
    return tuple(framework for framework in chosen if framework.family not in replaced)


def judged_otherwise(frameworks: Iterable[Framework], chosen: Iterable[Framework]) -> set[str]:
    """Rules that have no place where these frameworks were chosen from all, unless somebody asks for them.

    Those are the rules of benchmarks for other distributions alone, and those for which the distribution's
    benchmark has others: it may demand that root owns what belongs to another account elsewhere.
    """
    everything, kept = list(frameworks), list(chosen)
    special = _rules(f for f in everything if f.distributions)
    general = _rules(f for f in everything if not f.distributions)
    controls = {f"{f.id}/{control.id}": control for f in everything for control in f.controls}
    taken = (control.like for f in kept if f.distributions for control in f.controls)
    replaced = {rule for name in taken if name in controls for rule in controls[name].rules}
    return ((special - general) | replaced) - _rules(kept)


def _rules(frameworks: Iterable[Framework]) -> set[str]:
    return {rule for framework in frameworks for control in framework.controls for rule in control.rules}


def newest(family: Iterable[Framework], minor: int | None = None) -> Framework:
    """The newest of a family that is written for Kubernetes 1.`minor`; the newest of all if none is."""
    versions = list(family)
    right = [framework for framework in versions if minor is not None and covers(framework, minor)]
    return max(right or versions, key=_version)


def _version(framework: Framework) -> tuple[int, ...]:
    return tuple(int(part) for part in framework.version.split(".") if part.isdigit())


def _minor(version: str, default: int) -> int:
    return int(version.partition(".")[2]) if version else default
