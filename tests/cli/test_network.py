"""`kubeassay network` answers who can reach whom, names the deciding rule, and refuses bad questions."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from scanner.cli.app import run

SHOP = Path(__file__).parents[1] / "network" / "shop.yaml"
CONNECTIONS = """\
0.0.0.0-255.255.255.255[External] => office/desk[Pod] : All Connections
0.0.0.0-255.255.255.255[External] => shop/web[Deployment] : All Connections
office/desk[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections
office/desk[Pod] => shop/web[Deployment] : All Connections
shop/web[Deployment] => 0.0.0.0-255.255.255.255[External] : All Connections
shop/web[Deployment] => office/desk[Pod] : All Connections
shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432
""".splitlines()


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(["network", *arguments]) == code
    return capsys.readouterr().out


def test_every_open_connection_is_listed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "connections", "shop.yaml", "--no-self").splitlines()
    assert [line for line in lines if "::" not in line] == CONNECTIONS


def test_a_workload_may_reach_itself_where_its_pods_may(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, "connections", "shop.yaml").splitlines()
    assert "shop/web[Deployment] => shop/web[Deployment] : All Connections" in lines
    assert not any(line.startswith("shop/db[StatefulSet] => shop/db[StatefulSet]") for line in lines)


def test_a_namespace_or_workload_is_looked_at_alone(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "connections", "shop.yaml", "--focus", "shop/db").splitlines()
    assert lines == ["shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432"]
    for line in said(capsys, "connections", "shop.yaml", "--focus", "office").splitlines():
        assert "office/desk" in line


def test_a_mistyped_focus_is_an_error(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["network", "connections", "shop.yaml", "--focus", "shop/bd"]) == 2
    assert "did you mean 'shop/db'?" in capsys.readouterr().err


def test_connections_are_listed_as_json(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(said(capsys, "connections", "shop.yaml", "--focus", "shop/db", "-o", "json"))
    assert document["schema"] == "kubeassay.network-connections/v1"
    assert document["connections"] == [
        {
            "from": {"namespace": "shop", "name": "web", "kind": "Deployment"},
            "to": {"namespace": "shop", "name": "db", "kind": "StatefulSet"},
            "ports": [{"protocol": "TCP", "low": 5432, "high": 5432}],
        }
    ]


def test_connections_are_listed_as_csv(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "connections", "shop.yaml", "--focus", "shop/db", "-o", "csv")
    assert list(csv.reader(io.StringIO(text))) == [
        ["source", "destination", "protocol", "first_port", "last_port"],
        ["shop/web[Deployment]", "shop/db[StatefulSet]", "TCP", "5432", "5432"],
    ]


def test_connections_are_drawn_as_a_graph(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "connections", "shop.yaml", "-o", "dot")
    assert text.startswith("digraph connections {")
    assert text.rstrip().endswith("}")
    assert '  "shop/web[Deployment]" -> "shop/db[StatefulSet]" [label="TCP 5432"];' in text.splitlines()
    assert '{ label="shop";' in text


def test_a_question_is_answered_with_the_rule_that_decides(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "can", "shop/web", "shop/db", "shop.yaml", "--port", "5432") == (
        "yes: shop/web → shop/db TCP 5432\n"
        "  egress of shop/web: allowed\n"
        "    no policy isolates it for egress\n"
        "  ingress of shop/db: allowed\n"
        "    NetworkPolicy/shop/db#ingress[0]  shop.yaml:45\n"
    )
    text = said(capsys, "can", "office/desk", "shop/statefulset/db", "shop.yaml", "--port", "5432", code=1)
    assert text.startswith("no: ")
    assert "    NetworkPolicy/shop/db selects it, and no rule allows this  shop.yaml:42\n" in text


@pytest.mark.parametrize(
    ("source", "destination", "port", "allowed"),
    [
        ("shop/web[Deployment]", "shop/db[StatefulSet]", "5432", True),
        ("shop/web", "shop/db", "5433", False),
        ("shop/db", "shop/web", "8080", False),
        ("shop/db", "192.0.2.1", "443", False),
        ("shop/web", "2001:db8::1", "443", True),
        ("192.0.2.1", "shop/db", "5432", False),
        ("shop/web", "10.0.0.7", "1", True),
        ("10.0.0.7", "shop/db", "5432", False),
    ],
)
def test_a_question_is_answered_for_machines(
    shop: Path,
    capsys: pytest.CaptureFixture[str],
    source: str,
    destination: str,
    port: str,
    allowed: bool,
) -> None:
    arguments = ["can", source, destination, "shop.yaml", "--port", port, "-o", "json"]
    assert json.loads(said(capsys, *arguments, code=0 if allowed else 1))["allowed"] is allowed


@pytest.mark.parametrize(
    ("source", "destination", "words"),
    [
        ("shop/wbe", "shop/db", "did you mean 'shop/web'?"),
        ("shop/web", "::g", "no pod or workload is called"),
        ("shop/job/web", "shop/db", "no pod or workload is called"),
    ],
)
def test_an_end_that_is_not_there_is_an_error(
    shop: Path, capsys: pytest.CaptureFixture[str], source: str, destination: str, words: str
) -> None:
    assert run(["network", "can", source, destination, "shop.yaml", "--port", "80"]) == 2
    assert words in capsys.readouterr().err


def test_what_could_not_be_read_makes_the_answer_incomplete(
    shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.yaml").write_text("kind: [", encoding="utf-8")
    assert run(["network", "connections", "."]) == 3
    captured = capsys.readouterr()
    assert "shop/web[Deployment] => shop/db[StatefulSet] : TCP 5432" in captured.out
    assert "not read: broken.yaml:" in captured.err


def test_a_policy_that_the_api_server_would_refuse_leaves_the_answer_open(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shop.write_text(shop.read_text(encoding="utf-8").replace("port: sql", "port: 70000"), encoding="utf-8")
    text = said(capsys, "can", "shop/web", "shop/db", "shop.yaml", "--port", "5432", code=3)
    assert text.startswith("unknown: ")
    assert "the API server would refuse NetworkPolicy/shop/db" in text
