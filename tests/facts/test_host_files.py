"""Modes are compared bit by bit, owners by who they are, and what was not looked at is never judged."""

from __future__ import annotations

import stat
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.catalog import catalog as catalogs
from scanner.collect.interface import Collection
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.evaluate.projection import Unit
from scanner.facts.host_files import bits, by_role
from scanner.facts.index import Index
from scanner.findings.model import ScanResult
from scanner.pipeline import ScanPlan, scan

from .objects import resource

CATALOG = catalogs.load()
LIMITS = {
    "600": ("node.pki_key_permissions", "pki.key"),
    "644": ("node.pki_certificate_permissions", "pki.cert"),
    "700": ("node.etcd_data_permissions", "etcd.data"),
}
NAMES = [
    (stat.S_IRUSR, 0o400),
    (stat.S_IWUSR, 0o200),
    (stat.S_IXUSR, 0o100),
    (stat.S_IRGRP, 0o040),
    (stat.S_IWGRP, 0o020),
    (stat.S_IXGRP, 0o010),
    (stat.S_IROTH, 0o004),
    (stat.S_IWOTH, 0o002),
    (stat.S_IXOTH, 0o001),
    (stat.S_ISUID, 0o4000),
    (stat.S_ISGID, 0o2000),
    (stat.S_ISVTX, 0o1000),
]


def facts(files: Any, **body: Any) -> Any:
    told = {"roles": ["control-plane"], "collector": {"mode": "job", "errors": []}, **body}
    return resource("NodeFacts", "kubeassay.dev/v1", name="cp-1", files=files, **told)


def file(role: str, **fields: Any) -> dict[str, Any]:
    known = {"path": f"/{role}", "status": "ok", "type": "file", "mode": "0600"}
    return {"role": role, **known, "uid": 0, "gid": 0, "user": "root", "group": "root", **fields}


def judged(name: str, *nodes: Any) -> ScanResult:
    plan = ScanPlan(catalog=CATALOG, rules=[CATALOG.rules[name]], frameworks=(), snapshot=True)
    return scan(plan, Collection(resources=list(nodes)), EmbeddedEngine())


def statuses(result: ScanResult) -> set[str]:
    return {f.status.value for f in result.findings} | {entry.status.value for entry in result.looked}


def of_role(role: str, node: Any) -> dict[str, Any]:
    return by_role(Index([node], snapshot=True), Unit(node))[role]


def test_every_mode_of_every_limit_fails_exactly_for_bits_beyond_it() -> None:
    for limit, (rule, role) in LIMITS.items():
        allowed = {name for name, bit in NAMES if int(limit, 8) & bit}
        files = [file(role, path=f"/{mode:04o}", mode=f"{mode:04o}") for mode in range(0o10000)]
        result = judged(rule, facts(files))
        wider = {
            f"/{mode:04o}" for mode in range(0o10000) if {name for name, bit in NAMES if mode & bit} - allowed
        }
        assert {finding.message.partition(" ")[0] for finding in result.findings} == wider


@given(st.integers(0, 0o7777))
def test_octal_text_in_every_form(mode: int) -> None:
    for written in (f"{mode:o}", f"{mode:04o}", f"{mode:05o}", f"0o{mode:o}", f"{0o100000 | mode:o}"):
        assert bits(written) == mode


@pytest.mark.parametrize(
    "mode", [None, 600, 0o600, 384.0, True, "", "0888", "rw-------", "-0600", ["0600"], "\uff16\uff10\uff10"]
)
def test_what_is_no_octal_text_is_unknown(mode: object) -> None:
    assert bits(mode) is None
    result = judged("node.pki_key_permissions", facts([file("pki.key", mode=mode)]))
    assert statuses(result) == {"unknown"}


@pytest.mark.parametrize(
    ("user", "uid", "known"),
    [
        ("root", 0, "root"),
        ("root", None, "root"),
        (None, 0, "root"),
        ("", 0, "root"),
        (None, 1000, "1000"),
        ("kube", 1000, "kube"),
        ("kube", None, "kube"),
        ("kube", 0, None),
        ("root", 1000, None),
        (None, None, None),
        (["root"], "0", None),
        (None, True, None),
    ],
)
def test_owner_by_name_else_by_number(user: Any, uid: Any, known: str | None) -> None:
    found = of_role("pki.dir", facts([file("pki.dir", user=user, uid=uid)]))["files"][0]
    assert found.get("user") == known
    assert ("no_owner" in found) is (known is None)


def test_each_file_of_a_role_has_its_finding() -> None:
    modes = {"/a": "0600", "/b": "0604", "/c": "0640"}
    result = judged(
        "node.pki_key_permissions", facts([file("pki.key", path=p, mode=m) for p, m in modes.items()])
    )
    assert [finding.path for finding in result.findings] == [("files", 1, "mode"), ("files", 2, "mode")]


@pytest.mark.parametrize("status", ["denied", "not_collected", None, "ok?", 1])
def test_what_could_not_be_seen_is_unknown(status: Any) -> None:
    result = judged(
        "node.api_server_manifest_permissions", facts([file("apiserver.manifest", status=status)])
    )
    assert statuses(result) == {"unknown"}


def test_a_link_s_own_mode_decides_nothing() -> None:
    link = file("admin.kubeconfig", type="symlink", mode="0777")
    assert "no_mode" in of_role("admin.kubeconfig", facts([link]))["files"][0]


def test_absent_is_not_applicable_and_never_looked_at_is_unknown() -> None:
    absent = {"role": "kubelet.service", "path": "/etc/systemd/system/kubelet.service", "status": "absent"}
    assert statuses(judged("node.kubelet_service_permissions", facts([absent]))) == {"not_applicable"}
    assert statuses(judged("node.kubelet_service_permissions", facts([]))) == {"unknown"}


def test_facts_from_the_api_alone_tell_of_no_file() -> None:
    node = facts([], collector={"mode": "api"})
    assert "API" in of_role("kubelet.config", node)["unknown"]


def test_a_file_that_a_process_names_must_be_somewhere() -> None:
    absent = {"role": "kubelet.config", "path": "/var/lib/kubelet/config.yaml", "status": "absent"}
    process = {"component": "kubelet", "source": "proc", "argv": ["kubelet", "--config", "/etc/kubelet.yaml"]}
    found = of_role("kubelet.config", facts([absent], processes=[process]))
    assert "/etc/kubelet.yaml" in found["unknown"]
    assert "not_applicable" in of_role("kubelet.config", facts([absent]))


@pytest.mark.parametrize(
    "role", ["scheduler.kubeconfig", "pki.key", "pki.cert", "cni.conf", "admin.kubeconfig"]
)
def test_a_worker_has_no_files_of_the_control_plane(role: str) -> None:
    assert "not_applicable" in of_role(role, facts([file(role)], roles=["worker"]))
    assert "not_applicable" in of_role("etcd.data", facts([], roles=["worker"]))


def test_a_node_with_a_manifest_is_of_the_control_plane_whatever_its_roles() -> None:
    node = facts([file("apiserver.manifest", mode="0644")], roles=["worker"])
    assert statuses(judged("node.api_server_manifest_permissions", node)) == {"fail"}


def test_an_etcd_host_is_judged_for_etcd_alone() -> None:
    node = facts([file("etcd.data", type="dir", mode="0700")], roles=["etcd"])
    assert of_role("etcd.data", node)["files"]
    assert "not_applicable" in of_role("apiserver.manifest", node)
    assert "unknown" in of_role("pki.key", node)


def test_before_1_29_there_is_no_super_admin() -> None:
    admin = file("admin.kubeconfig")
    rule = "node.admin_kubeconfig_permissions"
    assert statuses(judged(rule, facts([admin], kubernetesVersion="1.28.15"))) == {"pass"}
    assert statuses(judged(rule, facts([admin], kubernetesVersion="1.29.0"))) == {"unknown"}
    assert statuses(judged(rule, facts([admin]))) == {"unknown"}


def test_a_folder_that_was_not_listed_whole_passes_nothing() -> None:
    folder = file("pki.dir", path="/etc/kubernetes/pki", type="dir", mode="0755")
    key = file("pki.key", path="/etc/kubernetes/pki/ca.key")
    errors = ["/etc/kubernetes/pki/etcd: permission denied"]
    hidden = facts([folder, key], collector={"mode": "job", "errors": errors})
    for rule in ("node.pki_key_permissions", "node.pki_ownership"):
        assert statuses(judged(rule, hidden)) == {"unknown"}
        assert statuses(judged(rule, facts([folder, key]))) == {"pass"}
