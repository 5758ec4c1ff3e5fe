"""Live objects find their sources through the marks of Helm, Kustomize, Argo CD and Flux."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.collect.interface import Collection
from scanner.collect.match import repository
from scanner.collect.match.marks import is_chart
from tests.collect.match.build import is_matched, matched, place, write

CHART = """\
apiVersion: v2
name: shop
version: 1.2.3
"""
TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}-web
  labels:
    helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
spec:
  template:
    spec:
      hostNetwork: {{ .Values.network.host }}
      containers:
        - name: web
          image: "shop:{{ .Values.tag }}"
"""
VALUES = """\
network:
  host: true
tag: "1"
"""
MANIFEST = """\
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  type: NodePort
"""


def web(release: str, namespace: str, **annotations: str) -> dict[str, Any]:
    """What the chart's deployment is in the cluster."""
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {
            "name": f"{release}-web",
            "namespace": namespace,
            "labels": {"helm.sh/chart": "shop-1.0.0"},
            "annotations": annotations,
        },
        "spec": {
            "template": {
                "spec": {"hostNetwork": True, "containers": [{"name": "web", "image": "shop:1"}]},
            }
        },
    }


def released(name: str, namespace: str) -> dict[str, Any]:
    marks = {"meta.helm.sh/release-name": name, "meta.helm.sh/release-namespace": namespace}
    return web(name, namespace, **marks)


def service(namespace: str, name: str = "api", **metadata: Any) -> dict[str, Any]:
    body: dict[str, Any] = yaml.safe_load(MANIFEST)
    body["metadata"] |= {"namespace": namespace, "name": name} | metadata
    return body


def argo(path: str, namespace: str, name: str = "front", **source: Any) -> dict[str, Any]:
    return {
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {"name": name, "namespace": "argocd"},
        "spec": {"source": {"path": path, **source}, "destination": {"namespace": namespace}},
    }


def tracked(app: str) -> dict[str, str]:
    return {"argocd.argoproj.io/tracking-id": f"{app}:/Service:prod/api"}


@pytest.fixture
def chart(tmp_path: Path) -> Path:
    write(tmp_path, shop__Chart=CHART, shop__values=VALUES, shop__templates__web=TEMPLATE)
    return tmp_path


HOST = ("spec", "template", "spec", "hostNetwork")


def test_chart_is_rendered_for_each_release_in_the_cluster(chart: Path) -> None:
    found = matched(chart, released("blue", "one"), released("green", "two"))
    assert place(found, "blue-web", *HOST) == "shop/values.yaml:2"
    assert place(found, "green-web", "metadata", "name") == "shop/templates/web.yaml:4"
    assert found.matched == {"Helm chart": 2}


def test_chart_that_nobody_released_may_need_values_that_nobody_has(chart: Path) -> None:
    write(chart, shop__templates__need='a: {{ required "give it" .Values.b }}\n')
    found = matched(chart, web("other", "prod"))
    assert found.problems == []
    assert found.skipped == {"chart that has no release and cannot be rendered without one's values": 1}
    found = matched(chart, released("blue", "one"))
    assert [problem.code for problem in found.problems] == ["source-helm-failed"]


def test_more_releases_than_are_rendered_are_told(chart: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "_MOST_RELEASES", 1)
    found = matched(chart, released("blue", "one"), released("green", "one"))
    assert [problem.code for problem in found.problems] == ["source-releases"]
    assert found.matched == {"Helm chart": 1, "not in the repository": 1}


def test_values_of_the_user_count(chart: Path) -> None:
    write(chart, mine="network:\n\n  host: true\n")
    found = matched(chart, released("blue", "one"), values=(Path("mine.yaml"),))
    assert place(found, "blue-web", *HOST) == "mine.yaml:3"


def test_release_of_another_chart_renders_nothing(chart: Path) -> None:
    other = released("blue", "one")
    other["metadata"]["labels"]["helm.sh/chart"] = "shop-front-1.0.0"
    found = matched(chart, other)
    assert found.matched == {"not in the repository": 1}


def test_chart_without_a_release_is_rendered_as_it_is(chart: Path) -> None:
    found = matched(chart, web("shop", "prod"))
    assert place(found, "shop-web", *HOST) == "shop/values.yaml:2"


def test_release_that_does_not_say_its_chart_is_known_by_its_name(chart: Path) -> None:
    body = released("shop", "one")
    del body["metadata"]["labels"]
    assert place(matched(chart, body), "shop-web", *HOST) == "shop/values.yaml:2"


def test_value_that_the_release_was_given_is_drift_only_where_all_values_are_known(chart: Path) -> None:
    body = released("blue", "one")
    body["spec"]["template"]["spec"]["hostNetwork"] = False
    assert place(matched(chart, body), "blue-web", *HOST) == "shop/values.yaml:2?"
    write(chart, mine="tag: '1'\n")
    found = matched(chart, body, values=(Path("mine.yaml"),))
    assert place(found, "blue-web", *HOST) == "shop/values.yaml:2? changed"


def test_folder_of_an_application_with_a_chart_inside_does_not_apply_its_templates(chart: Path) -> None:
    flow = flux("Kustomization", path=".", targetNamespace="blue", namePrefix="blue-")
    found = matched(chart, flow, web("blue-shop", "blue"))
    assert found.matched == {"not in the repository": 2}


@pytest.mark.parametrize(
    ("label", "name", "fits"),
    [
        ("shop-1.2.3", "shop", True),
        ("shop-9.0.0-rc.1_build", "shop", True),
        ("shop", "shop", True),
        ("shop-v2", "shop", True),
        ("shop-front-1.2.3", "shop", False),
        ("shop-front-1.2.3", "shop-front", True),
        ("workshop-1.2.3", "shop", False),
    ],
)
def test_labels_of_charts(label: str, name: str, fits: bool) -> None:
    assert is_chart(label, name, "1.2.3") is fits


def overlay(root: Path, name: str, text: str) -> None:
    file = root / name / "kustomization.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def overlays(tmp_path: Path) -> Path:
    write(tmp_path, base__service=MANIFEST)
    overlay(tmp_path, "base", "resources: [service.yaml]\n")
    for stage in ("prod", "test"):
        operation = f"{{op: replace, path: /spec/type, value: {stage}}}"
        patch = f"  - patch: |\n      - {operation}\n    target: {{kind: Service}}\n"
        overlay(
            tmp_path,
            stage,
            f"resources: [../base]\nnamePrefix: {stage}-\nnamespace: {stage}\npatches:\n{patch}",
        )
    return tmp_path


def test_overlay_gives_the_names_in_the_cluster(overlays: Path) -> None:
    body = service("prod", "prod-api")
    body["spec"]["type"] = "prod"
    found = matched(overlays, body)
    assert place(found, "prod-api", "spec", "type") == "prod/kustomization.yaml:6"
    assert place(found, "prod-api", "metadata") == "base/service.yaml:3?"
    assert found.matched == {"Kustomize overlay": 1}


def test_overlay_that_another_builds_on_is_deployed_as_well(overlays: Path) -> None:
    overlay(overlays, "europe", "resources: [../prod]\nnameSuffix: -eu\n")
    body = service("prod", "prod-api", annotations=tracked("front"))
    body["spec"]["type"] = "prod"
    found = matched(overlays, argo("prod", "prod"), body)
    assert place(found, "prod-api", "spec", "type") == "prod/kustomization.yaml:6"
    assert found.matched == {"not in the repository": 1, "Argo CD": 1}


def test_argo_says_which_folder_and_namespace(tmp_path: Path) -> None:
    write(tmp_path, envs__one__api=MANIFEST, envs__two__api=MANIFEST)
    body = service("blue", annotations=tracked("front"))
    found = matched(tmp_path, argo("envs/two", "blue"), body)
    assert place(found, "api", "spec", "type") == "envs/two/api.yaml:6"
    assert found.matched == {"not in the repository": 1, "Argo CD": 1}


def test_argo_application_of_the_repository_says_so_too(tmp_path: Path) -> None:
    write(
        tmp_path,
        envs__one__api=MANIFEST,
        envs__two__api=MANIFEST,
        apps__front=yaml.safe_dump(argo("./envs/two/", "blue")),
    )
    body = service("blue", labels={"app.kubernetes.io/instance": "front"})
    assert place(matched(tmp_path, body), "api", "spec", "type") == "envs/two/api.yaml:6"


def test_argo_application_of_another_namespace(tmp_path: Path) -> None:
    write(tmp_path, envs__one__api=MANIFEST, envs__two__api=MANIFEST)
    mine, other = argo("envs/two", "blue"), argo("envs/one", "blue")
    mine["metadata"]["namespace"] = "team"
    body = service("blue", annotations=tracked("team_front"))
    assert place(matched(tmp_path, other, mine, body), "api") == "envs/two/api.yaml:1"


def test_folder_of_an_application_counts_from_the_root_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, one__api=MANIFEST, old__one__api=MANIFEST)
    body = service("blue", annotations=tracked("front"))
    assert place(matched(tmp_path, argo("one", "blue"), body), "api") == "one/api.yaml:1"


def test_argo_changes_names_and_namespaces(tmp_path: Path) -> None:
    write(tmp_path, one__api=MANIFEST.replace("name: api", "name: api\n  namespace: elsewhere"))
    settings = {"namePrefix": "blue-", "nameSuffix": "-v2", "namespace": "blue"}
    body = service("blue", "blue-api-v2", annotations=tracked("front"))
    found = matched(tmp_path, argo("one", "ignored", kustomize=settings), body)
    assert place(found, "blue-api-v2", "spec", "type") == "one/api.yaml:7"


def test_argo_renders_a_chart_as_the_application_says(chart: Path) -> None:
    write(chart, shop__prod="tag: '2'\n")
    helm = {
        "releaseName": "blue",
        "valueFiles": ["prod.yaml", "missing.yaml"],
        "values": "network: {host: true}\n",
    }
    body = web("blue", "front")
    body["metadata"]["annotations"] = tracked("front")
    body["spec"]["template"]["spec"]["containers"][0]["image"] = "shop:2"
    found = matched(chart, argo("shop", "front", helm=helm), body)
    assert place(found, "blue-web", *HOST[:-1], "containers", 0, "image") == "shop/prod.yaml:1?"
    assert found.matched == {"not in the repository": 1, "Argo CD": 1}


@pytest.mark.parametrize("text", [True, False])
def test_values_in_an_application_of_the_repository_have_lines(chart: Path, text: bool) -> None:
    values = (
        "|\n        network:\n\n          host: true\n"
        if text
        else "\n        network:\n\n          host: true\n"
    )
    application = f"""\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {{name: front, namespace: argocd}}
spec:
  destination: {{namespace: front}}
  source:
    path: shop
    helm:
      {"values" if text else "valuesObject"}: {values}"""
    write(chart, apps__front=application)
    body = web("front", "front")
    found = matched(chart, body)
    assert place(found, "front-web", *HOST) == "apps/front.yaml:12"
    [resource] = found.resources
    located = resource.origin.locate(HOST)
    assert located.snippet[located.column - 1 :].startswith("host: true")


def test_argo_parameters_are_set(chart: Path) -> None:
    parameters = [{"name": "tag", "value": "7"}, {"name": "a[0]", "value": "x"}, "odd"]
    body = web("front", "front")
    body["spec"]["template"]["spec"]["containers"][0]["image"] = "shop:7"
    found = matched(chart, argo("shop", "front", helm={"parameters": parameters}), body)
    image = (*HOST[:-1], "containers", 0, "image")
    assert place(found, "front-web", *image).startswith("shop/templates/web.yaml:13")


def flux(kind: str, **spec: Any) -> dict[str, Any]:
    group = "kustomize" if kind == "Kustomization" else "helm"
    return {
        "apiVersion": f"{group}.toolkit.fluxcd.io/v1",
        "kind": kind,
        "metadata": {"name": "front", "namespace": "flux-system"},
        "spec": spec,
    }


def flux_labels(tool: str) -> dict[str, str]:
    return {f"{tool}.toolkit.fluxcd.io/name": "front", f"{tool}.toolkit.fluxcd.io/namespace": "flux-system"}


def test_flux_kustomization_says_which_folder_and_namespace(tmp_path: Path) -> None:
    write(tmp_path, one__api=MANIFEST, two__api=MANIFEST.replace("name: api", "name: api\n  namespace: x"))
    body = service("blue", labels=flux_labels("kustomize"))
    found = matched(tmp_path, flux("Kustomization", path="./two", targetNamespace="blue"), body)
    assert place(found, "api", "spec", "type") == "two/api.yaml:7"
    assert found.matched == {"not in the repository": 1, "Flux Kustomization": 1}


def test_flux_release_renders_its_chart_with_its_values(chart: Path) -> None:
    release = flux(
        "HelmRelease",
        chart={"spec": {"chart": "./shop"}},
        targetNamespace="blue",
        values={"network": {"host": False}},
    )
    body = released("blue-front", "blue")
    body["metadata"]["labels"] |= flux_labels("helm")
    body["spec"]["template"]["spec"]["hostNetwork"] = False
    found = matched(chart, release, body)
    assert place(found, "blue-front-web", *HOST) == "shop/templates/web.yaml:10"
    assert found.matched == {"not in the repository": 1, "Flux HelmRelease": 1}


def test_flux_release_of_a_published_chart_has_no_folder(chart: Path) -> None:
    release = flux("HelmRelease", chart={"spec": {"chart": "shop"}})
    found = matched(chart, release, released("front", "flux-system"))
    assert found.matched == {"not in the repository": 1, "Helm chart": 1}


def test_odd_applications_do_no_harm(tmp_path: Path) -> None:
    write(tmp_path, one__api=MANIFEST)
    odd = [
        argo("one", "blue"),
        argo("one", "blue", "b"),
        argo("one", "blue", "c"),
        flux("HelmRelease", chart=3),
    ]
    odd[0]["spec"] = None
    odd[1]["spec"] = {"sources": [None, {"path": 3}, {"chart": "x"}], "destination": []}
    odd[2]["spec"]["source"] |= {"helm": {"valueFiles": "x", "parameters": {}}, "kustomize": 3}
    found: Collection = matched(tmp_path, *odd, service("blue"))
    assert is_matched(found.resources[-1])
