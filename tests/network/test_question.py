"""What is asked about several pods is answered for all of them."""

from __future__ import annotations

import pytest

from scanner.facts.network.reach import reach
from scanner.network.ends import Destination
from scanner.network.question import ask
from tests.facts.network.workloads import index, live, policy


@pytest.mark.parametrize(
    ("sources", "destinations"), [("abc", "abc"), ("a", "abc"), ("abc", "a"), ("a", "b")]
)
def test_pods_that_no_policy_tells_apart_are_asked_for_each_other(sources: str, destinations: str) -> None:
    for policies, expected in (((), True), ((policy(ingress=[]),), False)):
        known = reach(index(*(live(name, "web") for name in "abc"), *policies))
        pods = {pod.resource.name: pod for pod in known.pods}
        ends = Destination((([pods[n] for n in destinations], 80),))
        answers = ask(known, [pods[n] for n in sources], ends, "TCP")
        assert {answer.verdict.allowed for answer in answers.answers} <= {expected, True}
        assert answers.telling[0].verdict.allowed is answers.allowed


def test_a_single_pod_is_asked_for_itself() -> None:
    known = reach(index(live("a", "web"), policy(ingress=[])))
    assert ask(known, known.pods, Destination(((known.pods, 80),)), "TCP").allowed is True
