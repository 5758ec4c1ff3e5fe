"""Versions and vendors of one benchmark: which of them fits a cluster."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.catalog.model import Framework


def covers(framework: Framework, minor: int) -> bool:
    """Whether a framework is written for Kubernetes 1.`minor`."""
    return _minor(framework.since, 0) <= minor < _minor(framework.until, 10_000)


def fitting(frameworks: Iterable[Framework], minor: int, distribution: str) -> tuple[Framework, ...]:
    """Of each family the framework to judge a cluster by, when nobody named one.

    That is the newest of those that are written for Kubernetes 1.`minor`, else the newest. Families that
    are written for certain distributions only count in these; `distribution` is empty where it is unknown.
    """
    families: dict[str, list[Framework]] = {}
    for framework in frameworks:
        if not framework.distributions or distribution in framework.distributions:
            families.setdefault(framework.family, []).append(framework)
    return tuple(newest(family, minor) for family in families.values())


def newest(family: Iterable[Framework], minor: int | None = None) -> Framework:
    """The newest of a family that is written for Kubernetes 1.`minor`; the newest of all if none is."""
    versions = list(family)
    right = [framework for framework in versions if minor is not None and covers(framework, minor)]
    return max(right or versions, key=_version)


def _version(framework: Framework) -> tuple[int, ...]:
    return tuple(int(part) for part in framework.version.split(".") if part.isdigit())


def _minor(version: str, default: int) -> int:
    return int(version.partition(".")[2]) if version else default
