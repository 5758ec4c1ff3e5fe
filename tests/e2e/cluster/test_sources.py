"""What a real API server makes of manifests is found again in them, and none of its doing is drift."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scanner.collect.discover import discover
from scanner.collect.helm.options import HelmOptions
from scanner.collect.interface import Collection, Resource
from scanner.collect.interface import Path as FieldPath
from scanner.collect.match import Repository, SourceOrigin, match
from scanner.collect.snapshot import Snapshot, write_snapshot
from scanner.collect.sources import sources
from scanner.facts.index import CLUSTER_SCOPED
from tests.e2e.cluster import accounts
from tests.e2e.cluster.harness import Cluster
from tests.e2e.cluster.scanned import Scanned

pytestmark = pytest.mark.e2e

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMESPACE = "sources"
PARTS = ["parcels/chart", "parcels/manifests"]


def objects(part: str) -> list[Resource]:
    """What a part of the example gives, in a namespace of its own, without what needs more."""
    collection = Collection()
    options = HelmOptions(release_name="blue", namespace=NAMESPACE)
    for source in sources(discover([part], cwd=EXAMPLES), options, EXAMPLES):
        collection.extend(source.collect())
    assert not collection.problems
    return [
        each
        for each in collection.resources
        if ("." not in each.group or each.group.endswith("k8s.io"))
        and not each.kind.endswith("WebhookConfiguration")
    ]


def applied(resource: Resource, part: str) -> dict[str, Any]:
    body = copy.deepcopy(resource.body)
    if resource.group_kind not in CLUSTER_SCOPED:
        body["metadata"]["namespace"] = resource.namespace or NAMESPACE
    if part == "parcels/chart":
        body["metadata"].setdefault("annotations", {}).update(
            {"meta.helm.sh/release-name": "blue", "meta.helm.sh/release-namespace": NAMESPACE}
        )
    return body


def leaves(value: Any, path: FieldPath = ()) -> Iterator[FieldPath]:
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))


@pytest.mark.parametrize("part", PARTS)
def test_objects_are_found_and_nothing_of_them_is_drift(
    part: str, cluster: Cluster, account: Callable[[str], Path], tmp_path: Path
) -> None:
    given = objects(part)
    bodies = [applied(each, part) for each in given]
    namespaces = {NAMESPACE, *(each.namespace for each in given if each.namespace)}
    cluster.admin.create_all(
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in sorted(namespaces)
    )
    cluster.admin.create_all(
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default", "namespace": name}}
        for name in sorted(namespaces)
    )
    made = cluster.admin.create_all(bodies, parallel=1)
    try:
        collected = Scanned(account(accounts.READER)).collection
    finally:
        for body in made:
            cluster.admin.delete(body)
    uids = {each["metadata"]["uid"] for each in made}
    write_snapshot(collected, tmp_path / "c.tar.zst")
    for live in (collected, Snapshot(tmp_path / "c.tar.zst", "c.tar.zst").collect()):
        repository = Repository(discover([part], cwd=EXAMPLES), HelmOptions(), EXAMPLES)
        found = [r for r in match(live, repository).resources if r.body["metadata"].get("uid") in uids]
        assert len(found) == len(given) > 5
        assert list(unlike(found)) == []


def unlike(found: list[Resource]) -> Iterator[tuple[Any, ...]]:
    """What is not found, or is called drift."""
    for resource in found:
        if not isinstance(resource.origin, SourceOrigin) or resource.origin.vague:
            yield resource.kind, resource.name
            continue
        # a chart's values may differ from those of the release: here they are the same
        origin = replace(resource.origin, settled=True)
        for path in leaves(resource.body):
            if drift := origin.locate(path).drift:
                yield resource.kind, resource.name, path, drift
