"""`kubeassay network` over what no API server would take: a note or an error, never a silent answer."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from scanner.cli.app import run

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop, labels: {app: web}}
spec: {containers: [{name: web, image: "registry.example/web:1"}]}
---
apiVersion: v1
kind: Pod
metadata: {name: desk, namespace: shop}
spec: {containers: [{name: desk, image: "registry.example/desk:1"}]}
---
"""
POLICY = """\
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web, namespace: shop}
spec:
  podSelector: {matchLabels: {app: web}}
  policyTypes: [Ingress]
  ingress:
    - %s
"""
ADMIN = """\
apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: {name: web}
spec:
  priority: 1
  subject: {namespaces: {}}
  ingress:
    - %s
"""
REFUSED = {
    "a peer of unknown type": (POLICY, "{from: [{serviceAccount: {}}]}", 18),
    "an unknown field": (POLICY, "{from: [{podSelector: {matchLabels: {a: b}}}], form: []}", 18),
    "a port out of range": (POLICY, "{ports: [{port: 70000}]}", 18),
    "a port below 1": (POLICY, "{ports: [{port: 0}]}", 18),
    "a port that is no number": (POLICY, '{ports: [{port: "80"}]}', 18),
    "endPort below port": (POLICY, "{ports: [{port: 80, endPort: 79}]}", 18),
    "endPort without port": (POLICY, "{ports: [{endPort: 79}]}", 18),
    "an unknown protocol": (POLICY, "{ports: [{protocol: ICMP}]}", 18),
    "an unknown operator": (
        POLICY,
        "{from: [{podSelector: {matchExpressions: [{key: a, operator: Is}]}}]}",
        18,
    ),
    "a CIDR that is none": (POLICY, "{from: [{ipBlock: {cidr: 10.0.0.0}}]}", 18),
    "except outside": (POLICY, "{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/8]}}]}", 18),
    "a rule that is text": (POLICY, "all", 18),
    "peers that are text": (POLICY, "{from: all}", 18),
    "an unknown action": (
        ADMIN,
        "{action: Block, from: [{namespaces: {}}]}\n    - {action: Deny, from: [{namespaces: {}}]}",
        18,
    ),
    "an admin port out of range": (
        ADMIN,
        "{action: Deny, from: [{namespaces: {}}], ports: [{portNumber: {protocol: TCP, port: 70000}}]}",
        18,
    ),
}
EVIL = [
    "a\nshop/b[Pod] => shop/c[Pod] : All Connections",
    "\x1b[31mred",
    "\u202egnp.exe",
    "<script>alert(1)</script>",
    "=cmd|' /c calc'!A1",
    '"\\',
    "\ud800",
    "x" * 10_000,
]
NUMBERS = """\
kind: Pod
apiVersion: v1
metadata: {name: 12, namespace: 34, labels: {a: 1, b: true, c: null, d: [1], 5: x}}
spec: {containers: [{name: 1, ports: [{containerPort: "80", name: 7, protocol: 8}, 3, null]}, 4], nodeName: 5}
status: {phase: 3, podIPs: [{ip: 4}, 5, null], podIP: 17}
---
kind: NetworkPolicy
apiVersion: networking.k8s.io/v1
metadata: {name: 5, namespace: 34}
spec:
  podSelector: {matchLabels: {a: 1}}
  policyTypes: [7]
  ingress: [{from: 3, ports: 4}, 5, null, {from: [{podSelector: 3}, 4, null, {ipBlock: 5}]}]
  egress: {a: b}
---
kind: Service
apiVersion: v1
metadata: {name: 8, namespace: 34}
spec: {selector: {a: 1}, ports: [{port: "80", targetPort: 1.5}, 5, {port: 80, targetPort: {a: b}}], type: 5}
---
kind: Ingress
apiVersion: networking.k8s.io/v1
metadata: {name: 9, namespace: 34}
spec: {rules: [1, {http: {paths: [3, {backend: {service: {name: 8, port: 5}}}]}}], defaultBackend: 7}
---
kind: ClusterNetworkPolicy
apiVersion: policy.networking.k8s.io/v1alpha2
metadata: {name: 3}
spec: {tier: 5, priority: 1.5, subject: {pods: 3}, ingress: [{action: Accept, protocols: [{tcp: 5}, 4]}]}
"""
COMMANDS = (
    ["connections", "bad"],
    ["connections", "bad", "--output", "csv"],
    ["connections", "bad", "-o", "dot"],
    ["connections", "bad", "-o", "json", "--peers", "pod"],
    ["suggest", "bad"],
    ["map", "bad"],
    ["diff", "bad", "bad"],
)


CODES = {"diff": 3}
"""Of what is uncertain on both sides it cannot be told whether it changed."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad").mkdir()


def written(text: str) -> None:
    Path("bad", "objects.yaml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("what", REFUSED)
def test_what_the_api_server_would_refuse_is_said_and_never_taken_for_an_answer(
    what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    policy, rule, line = REFUSED[what]
    written(POD + policy % rule)
    assert run(["network", "connections", "bad"]) == 0
    kind = "NetworkPolicy/shop/web" if policy is POLICY else "AdminNetworkPolicy/web"
    said = f"# bad/objects.yaml:{line}: the API server would refuse {kind}: "
    assert capsys.readouterr().out.startswith(said)
    assert run(["network", "can", "shop/desk", "shop/web", "--port", "80", "bad"]) == 3
    answer = capsys.readouterr().out
    assert answer.startswith("unknown: ")
    assert re.search(rf"the API server would refuse {kind}: .*  bad/objects.yaml:{line}\n", answer)


@pytest.mark.parametrize("command", [["suggest", "bad"], ["map", "bad"], ["diff", "bad", "bad"]])
def test_every_command_says_which_policies_leave_its_answer_open(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    written(POD + POLICY % "{form: []}")
    assert run(["network", *command]) == CODES.get(command[0], 0)
    assert "the API server would refuse NetworkPolicy/shop/web" in capsys.readouterr().err
    assert run(["network", *command, "--quiet"]) == CODES.get(command[0], 0)
    assert capsys.readouterr().err == ""


def test_a_policy_that_is_not_worked_out_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    metadata = "kind: CiliumNetworkPolicy\nmetadata: {name: web, namespace: shop}\n"
    spec = "spec: {endpointSelector: {}, ingress: [{fromEntities: [world]}]}\n"
    written(f"{POD}apiVersion: cilium.io/v2\n{metadata}{spec}")
    assert run(["network", "connections", "bad"]) == 0
    does = "CiliumNetworkPolicy/shop/web, which is not worked out, may allow less"
    note = f"uncertain: shop/{{}}[Pod] ingress: {does}"
    out = capsys.readouterr().out
    assert f"# {note}\n".format("web") in out
    assert f"# {note}\n".format("desk") in out
    assert run(["network", "connections", "bad", "-o", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == [note.format(name) for name in ("desk", "web")]


def test_domain_names_are_said_to_count_for_no_address(capsys: pytest.CaptureFixture[str]) -> None:
    api = "apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: out}\n"
    rule = "{action: Accept, to: [{domainNames: [example.com]}]}"
    written(
        f"{POD}{api}spec: {{tier: Admin, priority: 5, subject: {{namespaces: {{}}}}, egress: [{rule}]}}\n"
    )
    assert run(["network", "connections", "bad"]) == 0
    said = "# which addresses the domain names of ClusterNetworkPolicy/out#egress[0] stand for is not known"
    assert capsys.readouterr().out.startswith(said)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_fields_of_wrong_types_crash_nothing(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    written(NUMBERS)
    assert run(["network", *command]) == CODES.get(command[0], 0)
    captured = capsys.readouterr()
    told = captured.out + captured.err
    assert "would refuse NetworkPolicy/34/5" in told


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_names_steer_no_terminal_and_forge_no_line(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    items = [each for name in EVIL for each in evil(name)]
    Path("bad", "objects.json").write_text(json.dumps({"kind": "List", "apiVersion": "v1", "items": items}))
    assert run(["network", *command]) == CODES.get(command[0], 0)
    captured = capsys.readouterr()
    assert "shop/b[Pod] => shop/c[Pod] : All Connections\n" not in captured.out
    assert not {c for c in captured.out + captured.err if not c.isprintable()} - {"\n", "\u202e"}
    if "csv" in command:
        cells = [cell for row in csv.reader(captured.out.splitlines()) for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+-@"]
    else:
        assert "json" in command or "\u202e" not in captured.out
    if command[0] == "map":
        assert "<script>alert" not in Path("network-map.html").read_text(encoding="utf-8")


def evil(name: str) -> list[dict[str, Any]]:
    metadata = {"name": name, "namespace": name, "labels": {name: name, "app": name}}
    container = {"name": "c", "ports": [{"name": name, "containerPort": 80}]}
    container["env"] = [{"name": name, "value": f"http://{name}"}]
    rule = {"from": [{"ipBlock": {"cidr": name}}], "ports": [{"port": name, "protocol": name}]}
    ports = [{"name": name, "port": 80, "targetPort": name}]
    selector = {"matchLabels": {"app": name}}
    return [
        {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": [container]}},
        {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": metadata,
            "spec": {"selector": {"app": name}, "ports": ports},
        },
        {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicy",
            "metadata": metadata,
            "spec": {"podSelector": selector, "ingress": [rule]},
        },
    ]


@pytest.mark.parametrize("text", ["", "---\n---\n", "[1, x, null, {}]", "just text", "kind: 5\n"])
def test_nothing_to_answer_about_is_an_error(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    written(text)
    assert run(["network", "connections", "bad"]) == 2
    assert "kubeassay: no Kubernetes object in bad" in capsys.readouterr().err


def test_a_list_with_junk_gives_what_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    written("{apiVersion: v1, kind: List, items: [1, null, x, {kind: Pod}]}\n---\n" + POD)
    code = run(["network", "connections", "bad", "--peers", "pod", "--no-self"])
    captured = capsys.readouterr()
    assert code in (0, 3)
    assert "shop/web[Pod] => 0.0.0.0-255.255.255.255[External] : All Connections" in captured.out


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "80.5"])
def test_a_port_that_is_none_is_an_error(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    written(POD)
    assert run(["network", "can", "shop/web", "192.0.2.1", "bad", "--port", port]) == 2
    assert f"{port!r}" in (err := capsys.readouterr().err) or f"{port} is not in the range" in err


@pytest.mark.parametrize("address", ["fe80::1%eth0", "::ffff:10.0.0.1", "::1"])
def test_unusual_addresses_are_addresses(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    written(POD + POLICY % "{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}")
    assert run(["network", "can", address, "shop/web", "bad", "--port", "1"]) == 1
    assert run(["network", "can", "10.0.0.1", "shop/web", "bad", "--port", "1"]) == 0


def test_of_two_policies_of_one_name_the_answer_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    written(POD + POLICY % "{ports: [{port: 80}]}" + "---\n" + POLICY % "{ports: [{port: 81}]}")
    for port in ("80", "81"):
        assert run(["network", "can", "192.0.2.1", "shop/web", "--port", port, "bad"]) == 3
    assert "another policy has this name" in capsys.readouterr().out


def test_the_other_policy_of_a_name_may_select_other_pods(capsys: pytest.CaptureFixture[str]) -> None:
    other = POLICY.replace("app: web", "app: other") % "{ports: [{port: 1}]}"
    written(POD + POLICY % "{}" + "---\n" + other)
    assert run(["network", "can", "shop/desk", "shop/web", "--port", "80", "bad"]) == 3
    assert run(["network", "can", "shop/web", "192.0.2.1", "--port", "80", "bad"]) == 3
