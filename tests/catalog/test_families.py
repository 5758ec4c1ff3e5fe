"""Which version of a benchmark fits a cluster."""

from __future__ import annotations

from scanner.catalog.families import covers, fitting, newest
from scanner.catalog.model import Framework


def framework(name: str, version: str, *window: str, distributions: tuple[str, ...] = ()) -> Framework:
    return Framework(name, name, version, "", (), *window, distributions=distributions)


OLD = framework("cis-1.9", "1.9", "1.27", "1.30")
MIDDLE = framework("cis-1.12", "1.12", "1.32", "1.35")
NEW = framework("cis-2.0", "2.0", "1.34", "1.36")
EKS = framework("cis-eks-1.8", "1.8", distributions=("eks",))
TIMELESS = framework("house", "7")
ALL = (OLD, NEW, MIDDLE, EKS, TIMELESS)


def test_a_window_ends_before_its_last_version() -> None:
    assert [minor for minor in range(30, 38) if covers(MIDDLE, minor)] == [32, 33, 34]
    assert covers(TIMELESS, 5)
    assert covers(TIMELESS, 500)


def test_a_family_is_the_id_without_its_version() -> None:
    assert (MIDDLE.family, EKS.family, TIMELESS.family) == ("cis", "cis-eks", "house")


def test_the_newest_that_fits_is_taken_else_the_newest() -> None:
    assert [newest((OLD, NEW, MIDDLE), minor) for minor in (28, 33, 34)] == [OLD, MIDDLE, NEW]
    assert newest((OLD, NEW, MIDDLE), 31) is NEW
    assert newest((OLD, NEW, MIDDLE)) is NEW
    assert newest((OLD, framework("cis-1.10", "1.10"))).version == "1.10"


def test_a_providers_benchmark_is_for_its_clusters_alone() -> None:
    assert fitting(ALL, 33, "") == (MIDDLE, TIMELESS)
    assert fitting(ALL, 33, "gke") == (MIDDLE, TIMELESS)
    assert fitting(ALL, 33, "eks") == (MIDDLE, EKS, TIMELESS)
