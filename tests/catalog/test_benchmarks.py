"""The benchmarks that come with the scanner are whole: every control can be decided, or says by whom.

Counts are those of kube-bench's transcriptions (cfg/cis-1.11, cis-1.12, eks-1.8.0, gke-1.9.0, aks-1.8,
rke2-cis-1.8, k3s-cis-1.9, rh-1.8), by the words (Automated) and (Manual) in its titles; 2.0.1 has the checks
of 1.12 by the change that added it there. Only AKS' 2.1.1 has neither word, and is manual by its check.
"""

from __future__ import annotations

import pytest

from scanner.catalog import catalog as catalogs
from scanner.catalog.account import Way, way
from scanner.catalog.model import Framework

COUNTS = {
    "cis-kubernetes-1.11": (65, 68),
    "cis-kubernetes-1.12": (65, 66),
    "cis-kubernetes-2.0.1": (65, 66),
    "cis-eks-1.8": (27, 23),
    "cis-gke-1.9": (42, 15),
    "cis-aks-1.8": (16, 35),
    "cis-rke2-1.8": (74, 56),
    "cis-k3s-1.9": (70, 60),
    "cis-openshift-1.8": (13, 102),
}
FRAMEWORKS = [f for f in catalogs.load().frameworks.values() if f.id.startswith("cis-")]
PROVIDERS = {"eks": "aws ", "gke": "gcloud ", "aks": "az "}


@pytest.fixture(params=FRAMEWORKS, ids=lambda framework: framework.id)
def framework(request: pytest.FixtureRequest) -> Framework:
    found: Framework = request.param
    return found


def test_every_recommendation_is_there_with_what_its_text_calls_it(framework: Framework) -> None:
    stated = [control.stated for control in framework.controls]
    assert (stated.count("automated"), stated.count("manual")) == COUNTS[framework.id]
    assert len(stated) == sum(COUNTS[framework.id])


def test_every_control_is_decided_by_rules_or_says_how_a_person_does_it(framework: Framework) -> None:
    for control in framework.controls:
        where = f"{framework.id}/{control.id}"
        assert way(control) is not Way.NOTHING, where
        if control.assessment == "manual":
            assert len(control.procedure) > 20, where
        assert control.title[0].isupper(), where
        assert not control.title.endswith("."), where
        assert "(Manual)" not in control.title, where


def test_numbers_are_in_order(framework: Framework) -> None:
    numbers = [tuple(map(int, control.id.split("."))) for control in framework.controls]
    assert numbers == sorted(numbers)


def test_the_benchmark_for_kubernetes_has_levels_and_named_sections() -> None:
    framework = catalogs.load().frameworks["cis-kubernetes-1.12"]
    assert all(control.level in ("L1", "L2") for control in framework.controls)
    assert {control.id.rpartition(".")[0] for control in framework.controls} == set(framework.sections)
    counts = {
        section: sum(control.id.rpartition(".")[0] == section for control in framework.controls)
        for section in framework.sections
    }
    assert list(counts.values()) == [21, 30, 7, 2, 7, 3, 2, 10, 14, 1, 13, 12, 2, 2, 1, 4]


def test_what_a_provider_alone_knows_comes_with_reason_command_and_remedy(framework: Framework) -> None:
    command = PROVIDERS.get(framework.id.split("-")[1], "")
    for control in framework.controls:
        if control.needs == "provider":
            where = f"{framework.id}/{control.id}"
            assert control.assessment == "manual", where
            assert control.rationale, where
            assert control.remediation, where
            assert command, where
            assert "`" in control.procedure or framework.id == "cis-eks-1.8", where


def test_numbers_that_moved_keep_their_meaning() -> None:
    frameworks = catalogs.load().frameworks
    found = {name: {control.title: control for control in frameworks[name].controls} for name in frameworks}
    seccomp = "Ensure that the seccomp profile is set to docker/default in your Pod definitions"
    ports = "Minimize the admission of containers which use HostPorts"
    for name, numbers in {
        "cis-kubernetes-1.12": ("5.6.2", "5.2.12"),
        "cis-kubernetes-1.11": ("5.6.2", "5.2.13"),
        "cis-rke2-1.8": ("5.7.2", "5.2.13"),
        "cis-k3s-1.9": ("5.7.2", "5.2.13"),
    }.items():
        assert (found[name][seccomp].id, found[name][ports].id) == numbers
        assert found[name][seccomp].rules == found["cis-kubernetes-1.12"][seccomp].rules
        assert found[name][ports].rules == found["cis-kubernetes-1.12"][ports].rules
    restriction = "Ensure that the admission control plugin NodeRestriction is set"
    assert found["cis-rke2-1.8"][restriction].id == "1.2.15"
    assert found["cis-rke2-1.8"][restriction].rules == found["cis-kubernetes-1.12"][restriction].rules
