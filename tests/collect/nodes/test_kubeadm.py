"""A node that kubeadm made: every fact, and no secret."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.collect.nodes.hosts import files, process
from tests.collect.nodes.kubeadm import SECRETS, control_plane


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return control_plane(tmp_path_factory.mktemp("kubeadm")).printed()


def test_what_the_node_is(facts: dict[str, Any]) -> None:
    assert facts["metadata"] == {"name": "n1"}
    assert facts["distribution"] == "kubeadm"
    assert facts["kubernetesVersion"] == "1.34.1"
    assert facts["roles"] == ["control-plane", "etcd"]
    assert facts["os"] == {"id": "debian", "versionId": "12", "kernel": "6.1.0-test"}
    assert facts["collector"] == {"mode": "job", "errors": []}


def test_modes_of_files(facts: dict[str, Any]) -> None:
    [etcd] = files(facts, "etcd.manifest").values()
    assert (etcd["path"], etcd["status"], etcd["type"], etcd["mode"]) == (
        "/etc/kubernetes/manifests/etcd.yaml",
        "ok",
        "file",
        "0644",
    )
    keys = files(facts, "pki.key")
    assert {path: each["mode"] for path, each in keys.items()} == {
        "/etc/kubernetes/pki/apiserver.key": "0600",
        "/etc/kubernetes/pki/etcd/server.key": "0640",
    }
    assert set(files(facts, "pki.dir")) == {"/etc/kubernetes/pki", "/etc/kubernetes/pki/etcd"}
    assert set(files(facts, "pki.cert")) == {"/etc/kubernetes/pki/ca.crt"}
    assert set(files(facts, "pki.file")) == {"/etc/kubernetes/pki/sa.pub"}
    assert files(facts, "super-admin.kubeconfig")["/etc/kubernetes/super-admin.conf"]["status"] == "ok"


def test_owners_have_the_names_that_the_host_gives_them_or_none(facts: dict[str, Any]) -> None:
    data = files(facts, "etcd.data")["/var/lib/etcd"]
    assert (data["uid"], data["gid"]) == (os.geteuid(), os.getegid())
    assert (data["user"], data["group"]) == ("keeper", None)


def test_what_was_looked_for_and_is_not_there_is_absent(facts: dict[str, Any]) -> None:
    [manifest] = files(facts, "scheduler.manifest").values()
    assert manifest["status"] == "absent"
    assert manifest["mode"] is None


def test_the_unit_and_its_drop_in(facts: dict[str, Any]) -> None:
    assert set(files(facts, "kubelet.service")) == {
        "/usr/lib/systemd/system/kubelet.service",
        "/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf",
    }


def test_the_file_that_the_kubelet_names_and_its_drop_ins_in_order(facts: dict[str, Any]) -> None:
    kubelet = facts["kubelet"]
    assert kubelet["flags"]["config"] == "/var/lib/kubelet/config.yaml"
    assert kubelet["flags"]["rotate-certificates"] == "true"
    assert kubelet["configFile"]["authentication"]["anonymous"] == {"enabled": False}
    assert [each["readOnlyPort"] for each in kubelet["dropIns"]] == [10255, 0]
    assert (kubelet["effective"], kubelet["effectiveSource"]) == ({}, "none")
    assert set(files(facts, "kubelet.config")) == {
        "/var/lib/kubelet/config.yaml",
        "/etc/kubernetes/kubelet.d/10-first.conf",
        "/etc/kubernetes/kubelet.d/20-last.conf",
    }
    assert set(files(facts, "kubelet.ca")) == {"/etc/kubernetes/pki/ca.crt"}


def test_a_path_inside_of_a_container_is_found_where_the_host_has_it(facts: dict[str, Any]) -> None:
    assert "/var/lib/encryption/config.yaml" in files(facts, "apiserver.config")
    assert set(files(facts, "etcd.data")) == {"/var/lib/etcd"}


def test_configurations_without_their_secrets(facts: dict[str, Any]) -> None:
    configs = facts["configs"]
    [entry] = configs["encryption"]["resources"]
    assert entry["resources"] == ["secrets"]
    assert entry["providers"] == [
        {"aescbc": {"keys": [{"name": "key1", "secret": "REDACTED"}]}},
        {"identity": {}},
    ]
    assert configs["authentication"]["anonymous"] == {"enabled": False}
    assert configs["authentication"]["jwt"][0]["issuer"]["url"] == "https://REDACTED@issuer.example"
    assert [each["type"] for each in configs["authorization"]["authorizers"]] == ["Node", "RBAC"]
    assert configs["auditPolicy"]["rules"] == [{"level": "Metadata"}]
    assert configs["admission"]["plugins"][0]["configuration"]["defaults"] == {"enforce": "baseline"}
    assert configs["kubeProxy"] is None
    redacted = {path: each["redacted"] for path, each in files(facts, "apiserver.config").items()}
    assert redacted["/var/lib/encryption/config.yaml"] is True
    assert redacted["/etc/kubernetes/audit.yaml"] is False


def test_environment_of_etcd(facts: dict[str, Any]) -> None:
    assert process(facts, "etcd")["env"] == {
        "ETCD_DATA_DIR": "/data",
        "ETCD_CLIENT_CERT_AUTH": "true",
        "ETCD_INITIAL_CLUSTER_TOKEN": "REDACTED",
    }


def test_network_plugins(facts: dict[str, Any]) -> None:
    file = "/etc/cni/net.d/10-flannel.conflist"
    assert facts["cni"]["plugins"] == [{"file": file, "type": "flannel"}, {"file": file, "type": "portmap"}]
    assert set(files(facts, "cni.conf")) == {file, "/etc/cni/net.d/calico-kubeconfig"}


def test_no_secret_leaves_the_node(facts: dict[str, Any]) -> None:
    shown = str(facts)
    assert [secret for secret in SECRETS if secret in shown] == []


def test_without_proc_the_manifests_tell(tmp_path: Path) -> None:
    host = control_plane(tmp_path)
    for entry in host.path("/proc").glob("1*"):
        for file in entry.iterdir():
            file.unlink()
        entry.rmdir()
    facts = host.collect()
    apiserver = process(facts, "apiserver")
    assert apiserver["source"] == "manifest"
    assert "--client-ca-file=/etc/kubernetes/pki/ca.crt" in apiserver["argv"]
    assert process(facts, "etcd")["env"]["ETCD_CLIENT_CERT_AUTH"] == "true"
    assert process(facts, "etcd")["argv"] == ["etcd", "--listen-client-urls=https://127.0.0.1:2379"]
    assert facts["configs"]["encryption"] is not None
    assert [each for each in facts["processes"] if each["component"] == "kubelet"] == []
