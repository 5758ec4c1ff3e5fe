"""A framework that is not written for the cluster is noted."""

from __future__ import annotations

import pytest

from scanner.catalog.model import Framework
from scanner.findings.fit import misfits, versions


def framework(*window: str, distributions: tuple[str, ...] = ()) -> Framework:
    return Framework("cis-x-1", "CIS", "1", "", (), *window, distributions=distributions)


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (("1.32", "1.35"), "Kubernetes 1.32 to 1.34"),
        (("1.32", ""), "Kubernetes 1.32 and later"),
        (("", "1.35"), "Kubernetes up to 1.34"),
        (("", ""), "any Kubernetes"),
    ],
)
def test_versions_are_told_as_people_say_them(window: tuple[str, str], words: str) -> None:
    assert versions(framework(*window)) == words


def test_another_version_is_noted() -> None:
    (note,) = misfits([framework("1.32", "1.35")], 35, "")
    assert note.code == "framework-version"
    assert note.message == "cis-x-1 is written for Kubernetes 1.32 to 1.34; the cluster runs 1.35"
    assert "cis-x without a version" in note.remedy
    assert misfits([framework("1.32", "1.35")], 34, "") == []


def test_another_distribution_is_noted() -> None:
    (note,) = misfits([framework(distributions=("eks",))], None, "k3s")
    assert (note.code, note.message) == (
        "framework-distribution",
        "cis-x-1 is written for eks; the cluster is of k3s",
    )
    assert misfits([framework(distributions=("eks",))], None, "eks") == []


def test_what_is_not_known_of_the_cluster_is_no_misfit() -> None:
    assert misfits([framework("1.32", "1.35", distributions=("eks",))], None, "") == []
