"""Renders charts with the package `helm_python`, in a process of its own.

Standard input: a JSON list of jobs; standard output: a JSON list with a result for each. Runs as a script,
so that a chart that loops or eats memory ends this process and not the scan.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import helm_python
from helm_python import _native


def main() -> None:
    """Render every job."""
    json.dump([_result(job) for job in json.load(sys.stdin)], sys.stdout)


def _result(job: dict[str, Any]) -> dict[str, Any]:
    try:
        with helm_python.Chart.load(job["chart"]) as chart:
            # not Chart.render: it has no argument for the version of Kubernetes
            rendered = _native.call_string(
                "helm_render", chart._raw(), json.dumps(_values(job)), json.dumps(job["options"])
            )
            return {"templates": json.loads(rendered), "crds": {c["filename"]: c["data"] for c in chart.crds}}
    except helm_python.HelmError as error:
        return {"error": str(error)}


def _values(job: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for file in job["values"]:
        values = _merge(values, helm_python.values_from_yaml(Path(file).read_text(encoding="utf-8")))
    for expression in job["set"]:
        values = _merge(values, helm_python.parse_set_string(expression), in_lists="[" in expression)
    return values


def _merge(old: Any, new: Any, in_lists: bool = False) -> Any:
    """Lay new values over old ones; `--set a[1]=x` changes one item, a file replaces the list."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old | {key: _merge(old.get(key), value, in_lists) for key, value in new.items()}
    if in_lists and isinstance(old, list) and isinstance(new, list):
        kept = [_merge(a, b, True) if b is not None else a for a, b in zip(old, new, strict=False)]
        return kept + (new[len(old) :] or old[len(new) :])
    return new


if __name__ == "__main__":
    main()
