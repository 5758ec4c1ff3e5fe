"""The volumes of pod templates, without their names."""

from __future__ import annotations

from scanner.facts.index import Index
from scanner.facts.subject import Subject, workload_of


def types(_: Index, unit: Subject) -> list[list[str]]:
    """Over workloads: the types that each volume states, none for a volume without a source."""
    volumes = workload_of(unit).spec.get("volumes")
    if not isinstance(volumes, list):
        return []
    return [
        sorted(key for key, source in volume.items() if source is not None and key != "name")
        if isinstance(volume, dict)
        else []
        for volume in volumes
    ]
