"""Which version of a benchmark fits a cluster."""

from __future__ import annotations

from dataclasses import replace

from scanner.catalog.families import covers, fitting, judged_otherwise, newest
from scanner.catalog.model import Control, Framework


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


def test_a_providers_benchmark_may_take_the_place_of_another() -> None:
    eks = replace(EKS, instead_of="cis")
    assert fitting((*ALL, eks), 33, "gke") == (MIDDLE, TIMELESS)
    assert fitting((OLD, NEW, MIDDLE, eks, TIMELESS), 33, "eks") == (eks, TIMELESS)


def test_rules_of_other_distributions_have_no_place() -> None:
    general = replace(
        MIDDLE, controls=(Control("1", "A", ("owner_is_etcd",)), Control("2", "B", ("private",)))
    )
    k3s = replace(
        EKS,
        id="cis-k3s-1",
        version="1",
        distributions=("k3s",),
        instead_of="cis",
        controls=(
            Control("1", "A", ("owner_is_root",), like="cis-1.12/1"),
            Control("2", "B", ("private",), like="cis-1.12/2"),
        ),
    )
    house = replace(TIMELESS, controls=(Control("1", "A", ("tidy",)),))
    everything = (general, k3s, house)

    def otherwise(distribution: str) -> set[str]:
        return judged_otherwise(everything, fitting(everything, 33, distribution))

    assert otherwise("") == otherwise("eks") == {"owner_is_root"}
    assert otherwise("k3s") == {"owner_is_etcd"}
