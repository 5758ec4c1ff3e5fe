"""Whether frameworks are written for the cluster that they are used on."""

from __future__ import annotations

from collections.abc import Iterable

from scanner.catalog.families import covers
from scanner.catalog.model import Framework
from scanner.findings.model import Note


def misfits(frameworks: Iterable[Framework], minor: int | None, distribution: str) -> list[Note]:
    """A note for each framework that is written for other versions or distributions than the cluster's.

    What is not known of the cluster (`minor` None, `distribution` empty) is no misfit.
    """
    notes = []
    for framework in frameworks:
        if minor is not None and not covers(framework, minor):
            notes.append(
                Note(
                    "framework-version",
                    f"{framework.id} is written for {versions(framework)}; the cluster runs 1.{minor}",
                    f"name {framework.family} without a version to use the one that fits best",
                )
            )
        if distribution and framework.distributions and distribution not in framework.distributions:
            meant = ", ".join(framework.distributions)
            text = f"{framework.id} is written for {meant}; the cluster is of {distribution}"
            notes.append(Note("framework-distribution", text))
    return notes


def versions(framework: Framework) -> str:
    """The versions of Kubernetes that a framework is written for, in words."""
    if not framework.until:
        return f"Kubernetes {framework.since} and later" if framework.since else "any Kubernetes"
    major, _, minor = framework.until.partition(".")
    last = f"{major}.{int(minor) - 1}"
    return f"Kubernetes {framework.since} to {last}" if framework.since else f"Kubernetes up to {last}"
