"""Helm and Kustomize themselves give what the Python packages give: the same objects on the same lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.collect.helm.options import HelmOptions
from scanner.collect.helm.source import HelmChart
from scanner.collect.interface import Collection, Location
from scanner.collect.kustomize.source import Overlay
from tests.collect import charts, overlays
from tests.collect.places import Place, check, fields

pytestmark = pytest.mark.e2e

FIXTURES = Path(__file__).parents[1] / "collect" / "fixtures"
EXAMPLES = Path(__file__).parents[2] / "examples" / "parcels"
SHOP, OVERLAYS = FIXTURES / "charts" / "shop", FIXTURES / "overlays"


def chart(folder: Path, options: HelmOptions) -> Collection:
    return HelmChart(folder, ".", options, folder).collect()


def overlay(name: str, root: Path) -> Collection:
    return Overlay(root / name, name, root).collect()


def places(collection: Collection) -> dict[tuple[object, ...], Location]:
    """Every field of every object with its place."""
    assert not collection.problems
    return {
        (each.kind, each.namespace, each.name, *path): each.origin.locate(path)
        for each in collection.resources
        for path in fields(each.body)
    }


@pytest.fixture(scope="module")
def with_helm(helm: Path) -> pytest.MonkeyPatch:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUBEASSAY_HELM", str(helm))
        yield patch


@pytest.fixture(scope="module")
def with_kustomize(kustomize: Path) -> pytest.MonkeyPatch:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUBEASSAY_KUSTOMIZE", str(kustomize))
        yield patch


@pytest.fixture(scope="module")
def shop(with_helm: pytest.MonkeyPatch) -> Collection:
    return chart(SHOP, HelmOptions())


@pytest.fixture(scope="module")
def prod(with_kustomize: pytest.MonkeyPatch) -> Collection:
    return overlay("prod", OVERLAYS)


@pytest.mark.parametrize("place", charts.LINES, ids=str)
def test_line_of_a_chart(shop: Collection, place: Place) -> None:
    check(shop, place, SHOP)


@pytest.mark.parametrize("place", overlays.LINES, ids=str)
def test_line_of_an_overlay(prod: Collection, place: Place) -> None:
    check(prod, place, OVERLAYS)


@pytest.mark.parametrize(
    ("folder", "options"),
    [
        (SHOP, HelmOptions(values=(Path("values-prod.yaml"),), set=("replicas=3",), namespace="x")),
        (EXAMPLES / "chart", HelmOptions()),
        (EXAMPLES / "chart", HelmOptions(values=(Path("values-production.yaml"),), release_name="other")),
    ],
)
def test_helm_equals_the_package(
    folder: Path, options: HelmOptions, helm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("KUBEASSAY_HELM", raising=False)
    by_package = places(chart(folder, options))
    monkeypatch.setenv("KUBEASSAY_HELM", str(helm))
    assert places(chart(folder, options)) == by_package


@pytest.mark.parametrize(
    ("root", "name"),
    [(OVERLAYS, "prod"), (EXAMPLES / "overlays", "staging"), (EXAMPLES / "overlays", "production")],
)
def test_kustomize_equals_kubectl(
    root: Path, name: str, kustomize: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("KUBEASSAY_KUSTOMIZE", raising=False)
    by_kubectl = places(overlay(name, root))
    monkeypatch.setenv("KUBEASSAY_KUSTOMIZE", str(kustomize))
    assert places(overlay(name, root)) == by_kubectl


BROKEN = {
    "missing value": ("kind: Pod\nname: {{ required `say a name` .Values.name }}\n", "helm-failed", 2),
    "unfinished action": ("kind: Pod\nname: {{ .Values.name\n", "helm-failed", 2),
    "no YAML": ("apiVersion: v1\nkind: Pod\nmetadata: {name: [}\n", "yaml-syntax", 3),
}


@pytest.mark.parametrize("case", BROKEN)
def test_helms_own_words_lead_to_the_line(case: str, with_helm: pytest.MonkeyPatch, tmp_path: Path) -> None:
    content, code, line = BROKEN[case]
    (tmp_path / "templates").mkdir()
    (tmp_path / "Chart.yaml").write_text("apiVersion: v2\nname: small\nversion: 1.0.0\n")
    (tmp_path / "templates" / "bad.yaml").write_text(content)
    found = chart(tmp_path, HelmOptions())
    assert [(each.code, each.uri, each.line) for each in found.problems] == [
        (code, "templates/bad.yaml", line)
    ]


def test_version_of_kubernetes_that_the_chart_refuses(with_helm: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "Chart.yaml").write_text("apiVersion: v2\nname: small\nkubeVersion: <1.30\nversion: 1.0.0\n")
    [problem] = chart(tmp_path, HelmOptions()).problems
    assert (problem.code, problem.uri, problem.line) == ("helm-failed", "Chart.yaml", 3)
    assert "--kubernetes-version" in problem.remedy


def test_value_against_the_schema(with_helm: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "Chart.yaml").write_text("apiVersion: v2\nname: small\nversion: 1.0.0\n")
    (tmp_path / "values.yaml").write_text("a: 1\nports:\n  http: many\n")
    (tmp_path / "values.schema.json").write_text(
        '{"properties": {"ports": {"properties": {"http": {"type": "integer"}}}}}'
    )
    [problem] = chart(tmp_path, HelmOptions()).problems
    assert (problem.code, problem.uri, problem.line) == ("helm-failed", "values.yaml", 3)
