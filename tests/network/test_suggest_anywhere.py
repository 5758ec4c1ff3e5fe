"""Whatever a cluster holds, suggested policies are ones that the API server takes, and leave needs open."""

from __future__ import annotations

import pytest
import yaml

from scanner.facts.network.reach import Reach
from scanner.network.check import check
from scanner.network.manifest import manifest
from scanner.network.suggest import applied, suggest
from tests.network.compared import reach_of
from tests.network.generate import Generator


@pytest.mark.parametrize("seed", range(30))
def test_a_suggestion_for_a_random_cluster(seed: int) -> None:
    cluster = Generator(seed).cluster()
    index = reach_of(cluster).index
    suggestions = suggest(index)
    assert [each for each in yaml.safe_load_all(manifest(suggestions)) if each] == [
        policy.body for policy in suggestions.policies
    ]
    after = applied(index, suggestions)
    names = {(policy.namespace, policy.name) for policy in suggestions.policies}
    for policy in Reach(after).policies:
        assert (policy.namespace, policy.resource.name) not in names or not policy.flaws
    again = suggest(reach_of([*cluster, *(policy.body for policy in suggestions.policies)]).index)
    assert not any(rules for each in again.policies for rules in each.rules.values())
    assert list(check(index, suggestions))
