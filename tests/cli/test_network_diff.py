"""`kubeassay network diff` says what a change opens and closes, worst first."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from pathlib import Path

import pytest

from scanner.cli.app import run

SHOP = (Path(__file__).parents[1] / "network" / "shop.yaml").read_text(encoding="utf-8")
WIDER = SHOP.replace("ports: [{port: sql}]", "ports: [{port: sql}, {port: 22, endPort: 23}]")
WITHOUT = SHOP[: SHOP.index("---\napiVersion: networking.k8s.io/v1")]
ENTRY = """\
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {type: LoadBalancer, selector: {app: db}, ports: [{port: 5432}]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diff(old: str, new: str, capsys: pytest.CaptureFixture[str], code: int, form: str = "txt") -> str:
    Path("old.yaml").write_text(old, encoding="utf-8")
    Path("new.yaml").write_text(new, encoding="utf-8")
    assert run(["network", "diff", "old.yaml", "new.yaml", "-o", form]) == code
    return capsys.readouterr().out


def test_nothing_is_said_of_what_is_equal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(SHOP, SHOP, capsys, 0) == "Opened: nothing\nClosed: nothing\n"


def test_what_a_rule_opens_is_said_with_the_rule(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert diff(SHOP, WIDER, capsys, 1) == (
        "Opened: 1\n"
        "  within a namespace\n"
        "    shop/web[Deployment] => shop/db[StatefulSet] : TCP 22-23\n"
        "      no policy isolates it for egress\n"
        "      NetworkPolicy/shop/db#ingress[0]\n"
        "Closed: nothing\n"
    )


def test_what_a_change_closes_is_no_failure(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(diff(WIDER, SHOP, capsys, 0, "json"))
    assert [(c["change"], c["from"], c["to"], c["ports"]) for c in document["changes"]] == [
        (
            "closed",
            "shop/web[Deployment]",
            "shop/db[StatefulSet]",
            [{"protocol": "TCP", "low": 22, "high": 23}],
        )
    ]


def test_the_worst_comes_first(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(diff(SHOP + ENTRY, WITHOUT + ENTRY, capsys, 1, "csv"))))
    ranks = list(dict.fromkeys(row["rank"] for row in rows))
    assert ranks == [
        "from_internet",
        "from_outside",
        "from_all_namespaces",
        "to_internet",
        "between_namespaces",
        "within_namespace",
    ]
    assert (rows[0]["source"], rows[0]["first_port"]) == ("internet", "5432")
    assert rows[0]["because"] == "Service shop/db (load balancer); no policy isolates it for ingress"
    assert rows[1]["source"] == "0.0.0.0-255.255.255.255[External]"
    assert rows[1]["because"] == "no policy isolates it for ingress"


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY.replace("app: db", "app: web").replace("port: 5432", "port: 80, targetPort: 8080"),
        """\
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
""",
    ],
    ids=["load balancer", "ingress"],
)
def test_a_way_in_that_is_new_opens_although_no_policy_changes(
    folder: Path, capsys: pytest.CaptureFixture[str], entry: str
) -> None:
    text = diff(SHOP, SHOP + entry, capsys, 1)
    assert "  from the internet\n    internet => shop/web[Deployment] : TCP 8080\n" in text
    assert text.startswith("Opened: 1\n")
    assert diff(SHOP + entry, SHOP, capsys, 0).startswith("Opened: nothing\nClosed: 1\n")


def test_a_way_in_that_policies_keep_closed_opens_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert diff(SHOP, SHOP + ENTRY, capsys, 0) == "Opened: nothing\nClosed: nothing\n"


def test_a_new_workload_that_the_internet_reaches_is_opened(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pod = """\
---
apiVersion: v1
kind: Pod
metadata: {name: kiosk, namespace: office}
spec: {containers: [{name: a, image: a, ports: [{containerPort: 80, hostPort: 80}]}]}
"""
    node = """\
---
apiVersion: v1
kind: Node
metadata: {name: one}
status: {addresses: [{type: ExternalIP, address: 203.1.114.1}]}
"""
    assert diff(SHOP + node, SHOP + node + pod, capsys, 1).startswith(
        "Opened: 1\n  from the internet\n    internet => office/kiosk[Pod] : TCP 80\n"
        "      Pod office/kiosk (a port of its node)\n"
    )


def test_a_policy_that_the_api_server_would_refuse_leaves_the_answer_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("old.yaml").write_text(SHOP, encoding="utf-8")
    Path("new.yaml").write_text(SHOP.replace("port: sql", "port: 70000"), encoding="utf-8")
    assert run(["network", "diff", "old.yaml", "new.yaml"]) == 3
    said = capsys.readouterr().err
    assert (
        "more may be opened or closed: the API server would refuse NetworkPolicy/shop/db: correct it" in said
    )


def test_a_changed_policy_of_a_plugin_leaves_the_answer_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = """\
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web, namespace: shop}
spec: {endpointSelector: {}, ingress: [{fromEndpoints: [{}]}]}
"""
    diff(SHOP, SHOP + policy, capsys, 3)
    diff(SHOP + policy, SHOP + policy, capsys, 0)


def test_a_new_workload_is_named_and_its_connections_are_no_changes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = SHOP.replace("name: desk", "name: other")
    text = diff(SHOP, SHOP + "---\n" + more.split("---\n")[4], capsys, 0)
    assert (
        "New workloads, whose other connections are no changes: 1\n"
        "    office/other[Pod]: reached by 2 others, reaches 2\n"
    ) in text
    assert text.startswith("Opened: nothing\n")


def test_a_git_revision_is_compared(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    (folder / "deploy").mkdir()
    (folder / "deploy" / "shop.yaml").write_text(SHOP, encoding="utf-8")
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *command], check=True)
    (folder / "deploy" / "shop.yaml").write_text(WIDER, encoding="utf-8")
    assert run(["network", "diff", "git:HEAD:deploy", "deploy"]) == 1
    assert "TCP 22-23" in capsys.readouterr().out
    assert run(["network", "diff", "git:HEAD", "deploy/shop.yaml"]) == 1
    assert (folder / "deploy" / "shop.yaml").read_text(encoding="utf-8") == WIDER


def test_a_revision_holds_what_archives_leave_out_and_no_links(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com"]
    Path(".gitattributes").write_text("shop.yaml export-ignore\n", encoding="utf-8")
    Path("shop.yaml").write_text(SHOP, encoding="utf-8")
    Path("outside.yaml").symlink_to("/etc/hostname")
    hook = Path("hooks", "post-checkout")
    hook.parent.mkdir()
    hook.write_text(f"#!/bin/sh\n/usr/bin/touch {folder}/ran\n", encoding="utf-8")
    hook.chmod(0o755)
    for command in (
        ["init", "-q"],
        ["add", ".gitattributes", "shop.yaml", "outside.yaml"],
        ["commit", "-qm", "first"],
        ["config", "core.hooksPath", str(hook.parent.resolve())],
    ):
        subprocess.run([*git, *command], check=True)
    before = subprocess.run([*git, "status", "--porcelain"], check=True, capture_output=True).stdout
    Path("new.yaml").write_text(SHOP, encoding="utf-8")
    assert run(["network", "diff", "git:HEAD", "new.yaml"]) == 0
    assert capsys.readouterr().out == "Opened: nothing\nClosed: nothing\n"
    Path("new.yaml").unlink()
    assert subprocess.run([*git, "status", "--porcelain"], check=True, capture_output=True).stdout == before
    assert not Path("ran").exists()


@pytest.mark.parametrize("written", ["git:HEAD", "git:--output=x", "git:", "git:HEAD:../.."])
def test_a_revision_that_is_none_is_an_error(
    folder: Path, capsys: pytest.CaptureFixture[str], written: str
) -> None:
    Path("new.yaml").write_text(SHOP, encoding="utf-8")
    assert run(["network", "diff", written, "new.yaml"]) == 2
    assert f"kubeassay: {written}: " in capsys.readouterr().err
    assert [path.name for path in folder.iterdir()] == ["new.yaml"]


def test_a_part_that_cannot_be_read_leaves_the_answer_open(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diff(SHOP, SHOP + "---\nkind: [", capsys, 3)
