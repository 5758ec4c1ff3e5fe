"""`kubeassay network can` of Services, of workloads with themselves, and of what has no network."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from scanner.cli.app import run

FILE = Path(__file__).parents[1] / "network" / "served.yaml"
CLOSED = """
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed, namespace: shop}
spec: {podSelector: {}}
"""
TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "registry.example/web:1"}]}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(FILE, tmp_path / "served.yaml")


def asked(
    capsys: pytest.CaptureFixture[str], source: str, destination: str, port: int, *more: str, code: int = 0
) -> str:
    arguments = ["network", "can", source, destination, "--port", str(port), "served.yaml", *more]
    assert run(arguments) == code
    captured = capsys.readouterr()
    return captured.err if code == 2 else captured.out


def test_a_port_of_a_service_is_asked_where_it_forwards_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "shop/desk", "shop/service/web", 80) == (
        "yes, for some of the pods: shop/desk → shop/service/web TCP 80\n"
        "  Service shop/web forwards to\n"
        "    shop/web-1 TCP 8080: yes\n"
        "    shop/web-2 TCP 8081: no\n"
        "  egress of shop/desk: allowed\n"
        "    no policy isolates it for egress\n"
        "  ingress of shop/service/web: allowed\n"
        "    NetworkPolicy/shop/web#ingress[0]  served.yaml:58\n"
        "no: shop/desk → shop/web-2, for one\n"
        "  egress of shop/desk: allowed\n"
        "    no policy isolates it for egress\n"
        "  ingress of shop/web-2: denied\n"
        "    NetworkPolicy/shop/web selects it, and no rule allows this  served.yaml:56\n"
    )


def test_a_program_is_told_the_port_of_each_pod(capsys: pytest.CaptureFixture[str]) -> None:
    found: Any = json.loads(asked(capsys, "shop/desk", "shop/web[Service]", 80, "-o", "json"))
    assert (found["allowed"], found["of_all"], found["service"]) == (True, False, "shop/web")
    assert found["backends"] == [
        {"pod": "shop/web-1", "port": 8080, "allowed": True},
        {"pod": "shop/web-2", "port": 8081, "allowed": False},
    ]


def test_a_headless_service_translates_no_port(capsys: pytest.CaptureFixture[str]) -> None:
    text = asked(capsys, "shop/desk", "shop/svc/peers", 8080)
    assert [line for line in text.splitlines() if "TCP" in line] == [
        "yes: shop/desk → shop/svc/peers TCP 8080",
        *(f"    shop/web-{number} TCP 8080: yes" for number in (1, 2, 3)),
    ]
    asked(capsys, "shop/desk", "shop/svc/peers", 80, code=1)


def test_the_pods_behind_a_service_may_be_the_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "shop/service/web", "shop/desk", 22).startswith("yes: ")


@pytest.mark.parametrize(
    ("destination", "message", "remedy"),
    [
        ("shop/service/wbe", "no Service is called shop/wbe", "did you mean 'shop/service/web'?"),
        ("shop/web", "no pod or workload is called 'shop/web'", "write shop/service/web"),
        ("shop/service/gone", "Service shop/gone forwards TCP 80 to nobody", "see its selector"),
        ("shop/service/unnamed", "Service shop/unnamed forwards TCP 80 to nobody", "has a port of the name"),
        ("shop/service/elsewhere", "stands for the host 'db.example.com'", "ask for an address"),
        ("shop/done", "the pod shop/done is Succeeded: it has no network any more", ""),
        ("10.0.0.0/8", "'10.0.0.0/8' is a range of addresses", "ask for one address of it"),
    ],
)
def test_what_cannot_be_reached_by_its_name_is_an_error(
    capsys: pytest.CaptureFixture[str], destination: str, message: str, remedy: str
) -> None:
    text = asked(capsys, "shop/desk", destination, 80, code=2)
    assert message in text
    assert remedy in text


def test_a_port_that_a_service_lacks_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    text = asked(capsys, "shop/desk", "shop/service/web", 53, code=2)
    assert text == "kubeassay: Service shop/web has no port TCP 53\n  → its ports: TCP 80, UDP 53\n"
    assert asked(capsys, "shop/desk", "shop/service/web", 53, "--protocol", "udp", code=1)


def test_pods_of_one_workload_are_asked_about_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    owner = "ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, controller: true}]"
    text = (
        Path("served.yaml")
        .read_text(encoding="utf-8")
        .replace("labels: {app: web}", f"{owner}, labels: {{app: web}}")
    )
    Path("served.yaml").write_text(text, encoding="utf-8")
    assert asked(capsys, "shop/web", "shop/web", 8080).startswith("yes: ")
    assert asked(capsys, "shop/web", "shop/web", 22, code=1).startswith("no: ")
    assert "a pod always reaches itself" in asked(capsys, "shop/web-1", "shop/web-1", 22)


def test_a_template_makes_pods_that_may_not_reach_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    Path("served.yaml").write_text(TEMPLATE + CLOSED, encoding="utf-8")
    assert asked(capsys, "shop/web", "shop/web", 80, code=1).startswith("no: ")
