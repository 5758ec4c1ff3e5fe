"""Charts are rendered as Helm does it, and each field is found on the line that gave it."""

from __future__ import annotations

import shutil
import sys
import tarfile
from functools import partialmethod
from pathlib import Path

import pytest

from scanner.collect.helm.options import HelmOptions
from scanner.collect.helm.render import HelmPackage
from scanner.collect.helm.source import HelmChart
from scanner.collect.interface import Collection
from tests.collect.charts import LINES, PRODUCTION_LINES
from tests.collect.conftest import FIXTURES
from tests.collect.places import Place, check, fields, path_of

CHARTS = FIXTURES / "charts"
SHOP = CHARTS / "shop"
PRODUCTION = HelmOptions(values=(Path("values-prod.yaml"),), set=("replicas=5",), namespace="prod")


def collect(chart: Path, options: HelmOptions | None = None, uri: str = ".") -> Collection:
    return HelmChart(
        chart, uri, options or HelmOptions(), chart if chart.is_dir() else chart.parent
    ).collect()


@pytest.fixture(scope="module")
def shop() -> Collection:
    return collect(SHOP)


@pytest.fixture(scope="module")
def production() -> Collection:
    return collect(SHOP, PRODUCTION)


@pytest.mark.parametrize("place", LINES, ids=str)
def test_line(shop: Collection, place: Place) -> None:
    check(shop, place, SHOP)


@pytest.mark.parametrize("place", PRODUCTION_LINES, ids=str)
def test_line_with_values_files(production: Collection, place: Place) -> None:
    check(production, place, SHOP)


def test_every_field_has_a_true_line(shop: Collection) -> None:
    for resource in shop.resources:
        for path in fields(resource.body):
            found = resource.origin.locate(path)
            lines = (SHOP / found.uri).read_text().split("\n")
            assert lines[found.line - 1] == found.snippet, path


def test_all_that_helm_would_install(shop: Collection) -> None:
    assert sorted(f"{each.kind}/{each.name}" for each in shop.resources) == [
        "ConfigMap/shop-config",
        "CustomResourceDefinition/widgets.example.com",
        "Deployment/shop",
        "Pod/pages",
        "Pod/sessions",
        "Pod/shop-check",
        "Service/dos",
        "Service/zone-a",
        "Service/zone-b",
        "ServiceAccount/listed",
    ]
    assert not shop.problems
    assert not shop.skipped


def test_tags_and_marks_reach_no_object(shop: Collection) -> None:
    assert "kaq" not in str([each.body for each in shop.resources])
    assert "#ka:" not in str([each.body for each in shop.resources])


def test_options(production: Collection) -> None:
    [deployment] = [each for each in production.resources if each.kind == "Deployment"]
    assert deployment.body["spec"]["replicas"] == 5
    assert deployment.namespace == "prod"
    assert "namespace" not in deployment.body["metadata"]
    named = collect(SHOP, HelmOptions(release_name="bazaar", set=("pages.enabled=false",)))
    names = {each.name for each in named.resources}
    assert "bazaar" in names
    assert "pages" not in names


def test_set_changes_one_item_of_a_list() -> None:
    options = HelmOptions(values=(Path("list.yaml"),), set=("extraContainers[0].image=proxy:2",))
    chart = HelmChart(SHOP, ".", options, CHARTS)
    [deployment] = [each for each in chart.collect().resources if each.kind == "Deployment"]
    assert [each["image"] for each in deployment.body["spec"]["template"]["spec"]["containers"][2:4]] == [
        "proxy:2",
        "second:1",
    ]


def test_packaged_chart_with_packaged_subchart(tmp_path: Path) -> None:
    chart = tmp_path / "shop"
    shutil.copytree(SHOP, chart)
    pack(chart / "charts" / "cache", chart / "charts" / "cache-0.2.0.tgz", "cache")
    shutil.rmtree(chart / "charts" / "cache")
    pack(chart, tmp_path / "shop-0.1.0.tgz", "shop")
    shutil.rmtree(chart)
    packed = collect(tmp_path / "shop-0.1.0.tgz", uri="shop-0.1.0.tgz")
    assert len(packed.resources) == 10
    place = place_of(packed, "Pod/pages spec.containers.0.image")
    assert place == (
        "shop-0.1.0.tgz!/shop/charts/cache-0.2.0.tgz!/cache/templates/pod.yaml",
        "image: redis:8",
    )
    assert [each.name for each in tmp_path.iterdir()] == ["shop-0.1.0.tgz"]


def pack(folder: Path, archive: Path, name: str) -> None:
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(folder, name)


def place_of(collection: Collection, field: str) -> tuple[str, str]:
    kind, _, name = field.partition(" ")[0].partition("/")
    [resource] = [each for each in collection.resources if (each.kind, each.name) == (kind, name)]
    found = resource.origin.locate(path_of(field))
    return found.uri, found.snippet.strip()


def test_library_chart_is_passed_over() -> None:
    found = collect(CHARTS / "library")
    assert (found.resources, found.problems, found.skipped) == ([], [], {"library chart": 1})


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "Chart.yaml").write_text("apiVersion: v2\nname: small\nversion: 1.0.0\n")
    (tmp_path / "templates" / "good.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: good}\n")
    return tmp_path


def problem(chart: Path) -> tuple[str, str, int | None, str]:
    [found] = collect(chart, uri="small").problems
    assert str(chart) not in found.message
    assert found.remedy
    return found.code, found.uri, found.line, found.message


def test_template_that_fails_is_named_with_its_line(chart: Path) -> None:
    (chart / "templates" / "bad.yaml").write_text(
        "kind: Pod\nname: {{ required `say a name` .Values.name }}\n"
    )
    code, uri, line, message = problem(chart)
    assert (code, uri, line) == ("helm-failed", "small/templates/bad.yaml", 2)
    assert "say a name" in message


def test_template_that_does_not_parse_is_named_with_its_line(chart: Path) -> None:
    (chart / "templates" / "bad.yaml").write_text("kind: Pod\nname: {{ .Values.name\n")
    code, uri, line, _ = problem(chart)
    assert (code, uri, line) == ("helm-failed", "small/templates/bad.yaml", 2)


def test_output_that_is_no_yaml_is_named_with_the_templates_line(chart: Path) -> None:
    (chart / "templates" / "bad.yaml").write_text(
        "{{- if true }}\napiVersion: v1\nkind: Pod\n{{- end }}\nmetadata: {name: [}\n"
    )
    found = collect(chart, uri="small")
    [wrong] = found.problems
    assert (wrong.code, wrong.uri, wrong.line) == ("yaml-syntax", "small/templates/bad.yaml", 5)
    assert [each.name for each in found.resources] == ["good"]


def test_value_against_the_schema_is_named_with_its_line(chart: Path) -> None:
    (chart / "values.yaml").write_text("name: x\nports:\n  http: many\n")
    (chart / "values.schema.json").write_text(
        '{"properties": {"ports": {"properties": {"http": {"type": "integer"}}}}}'
    )
    code, uri, line, message = problem(chart)
    assert (code, uri, line) == ("helm-failed", "small/values.yaml", 3)
    assert "integer" in message


def test_values_that_are_no_yaml(chart: Path) -> None:
    (chart / "values.yaml").write_text("name: x\nname: y\n")
    code, uri, line, _ = problem(chart)
    assert (code, uri, line) == ("yaml-syntax", "small/values.yaml", 2)


def test_missing_dependency_is_named_with_its_line_and_nothing_is_fetched(chart: Path) -> None:
    with (chart / "Chart.yaml").open("a") as file:
        file.write(
            "dependencies:\n  - name: redis\n    version: 1.0.0\n    repository: https://charts.invalid\n"
        )
    code, uri, line, message = problem(chart)
    assert (code, uri, line) == ("chart-dependency-missing", "small/Chart.yaml", 5)
    assert "redis" in message


def test_broken_chart_file(chart: Path) -> None:
    (chart / "Chart.yaml").write_text("- not a mapping\n")
    assert collect(chart, uri="small").problems[0].code == "chart-unreadable"


def test_archive_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "x.tgz").write_bytes(b"not a tar")
    [found] = collect(tmp_path / "x.tgz", uri="x.tgz").problems
    assert (found.code, found.uri) == ("chart-unreadable", "x.tgz")


def test_archive_cannot_write_outside(tmp_path: Path) -> None:
    (tmp_path / "evil").write_text("x")
    with tarfile.open(tmp_path / "x.tgz", "w:gz") as tar:
        tar.add(tmp_path / "evil", "../../evil")
    assert collect(tmp_path / "x.tgz", uri="x.tgz").problems[0].code == "chart-unreadable"


def test_links_out_of_the_tree_are_not_followed(
    chart: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: secret}\n")
    (chart / "templates" / "out.yaml").symlink_to(outside)
    (chart / "templates" / "nowhere.yaml").symlink_to("nothing")
    (chart / "templates" / "loop").symlink_to(chart / "templates")
    assert [each.name for each in collect(chart).resources] == ["good"]


def test_cluster_is_not_asked(chart: Path) -> None:
    (chart / "templates" / "lookup.yaml").write_text(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: n{{ len (lookup `v1` `Pod` `` ``) }}}\n"
    )
    assert sorted(each.name for each in collect(chart).resources) == ["good", "n0"]


def test_kubernetes_version_reaches_the_chart(chart: Path) -> None:
    (chart / "templates" / "good.yaml").write_text(
        "apiVersion: v1\nkind: Pod\nmetadata: {name: '{{ .Capabilities.KubeVersion.Minor }}'}\n"
    )
    assert collect(chart, HelmOptions(kubernetes_version="1.33.0")).resources[0].name == "33"


def test_without_helm_the_chart_is_a_problem_with_a_remedy(
    chart: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    code, uri, line, _ = problem(chart)
    assert (code, uri, line) == ("helm-missing", "small/Chart.yaml", None)


def test_chart_that_never_ends_is_stopped(chart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HelmPackage, "render", partialmethod(HelmPackage.render, timeout=1.0))
    (chart / "templates" / "bad.yaml").write_text(
        '{{ define "a" }}{{ range until 9000 }}{{ range until 9000 }}{{ range until 9000 }}{{ end }}'
        '{{ end }}{{ end }}{{ end }}{{ include "a" . }}'
    )
    code, _, _, message = problem(chart)
    assert code == "helm-failed"
    assert "1 second" in message


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded on Linux only")
def test_chart_that_eats_memory_is_stopped(chart: Path) -> None:
    (chart / "templates" / "bad.yaml").write_text("a: {{ range until 2000000000 }}x{{ end }}\n")
    code, _, _, message = problem(chart)
    assert code == "helm-failed"
    assert "memory" in message
    assert len(message) < 200
