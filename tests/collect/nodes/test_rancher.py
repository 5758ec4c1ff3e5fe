"""k3s, which is one process, and RKE2, which starts the usual ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scanner.collect.nodes import k3s
from tests.collect.nodes.hosts import HASH, STATIC, Host, files, process

DATA = "/var/lib/rancher/k3s"


def server(folder: Path) -> Host:
    """A k3s server whose process shows nothing of its arguments."""
    host = Host(folder)
    host.write("/proc/7/cmdline", b"/usr/local/bin/k3s server" + b"\0" * 40)
    host.write("/proc/7/cgroup", "0::/system.slice/k3s.service\n")
    host.run(8, ["containerd", "-c", "x"], "/system.slice/k3s.service")
    host.write(
        "/etc/systemd/system/k3s.service",
        "[Service]\nExecStartPre=-/sbin/modprobe overlay\nExecStart=/usr/local/bin/k3s \\\n    server \\\n"
        "\t'--kube-apiserver-arg=audit-policy-file=/etc/rancher/k3s/audit.yaml' \\\n"
        "\t'--token' 'SECRETTOKEN' \\\n",
    )
    host.write(
        "/etc/rancher/k3s/config.yaml",
        "token: SECRETTOKEN2\nsecrets-encryption: true\nkube-apiserver-arg: [anonymous-auth=true]\n"
        "kubelet-arg:\n- read-only-port=10255\ncluster-init: true\n",
    )
    host.write(
        "/etc/rancher/k3s/config.yaml.d/50-more.yaml",
        "kubelet-arg+: [event-qps=0]\ndatastore-endpoint: postgres://k3s:SECRETPASSWORD@db/k3s\n",
    )
    host.write(
        "/etc/rancher/k3s/audit.yaml", "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: None}]\n"
    )
    host.write(
        f"{DATA}/server/cred/encryption-config.json",
        '{"kind": "EncryptionConfiguration", "apiVersion": "apiserver.config.k8s.io/v1", "resources": ['
        '{"resources": ["secrets"],'
        ' "providers": [{"aescbc": {"keys": [{"name": "k", "secret": "SECRETKEY"}]}}]}]}',
    )
    host.write(f"{DATA}/server/cred/scheduler.kubeconfig", "SECRETKUBECONFIG", 0o640)
    host.write(f"{DATA}/server/tls/client-ca.key", "", 0o600)
    host.make(f"{DATA}/server/db/etcd", 0o700)
    host.write(f"{DATA}/agent/etc/cni/net.d/10-flannel.conflist", '{"plugins": [{"type": "flannel"}]}')
    return host


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return server(tmp_path_factory.mktemp("k3s")).printed()


def test_components_of_the_one_process(facts: dict[str, Any]) -> None:
    assert facts["distribution"] == "k3s"
    assert [each["component"] for each in facts["processes"]] == [
        "apiserver",
        "controller-manager",
        "scheduler",
        "kubelet",
        "kube-proxy",
        "etcd",
    ]
    assert facts["roles"] == ["control-plane", "etcd"]


def test_flags_of_the_command_line_replace_those_of_the_file(facts: dict[str, Any]) -> None:
    argv = process(facts, "apiserver")["argv"]
    assert argv[0] == "kube-apiserver"
    assert "--audit-policy-file=/etc/rancher/k3s/audit.yaml" in argv
    assert "--anonymous-auth=false" in argv  # k3s's own, for the file's list was replaced as a whole
    assert f"--encryption-provider-config={DATA}/server/cred/encryption-config.json" in argv


def test_a_plus_adds_to_a_flag(facts: dict[str, Any]) -> None:
    assert facts["kubelet"]["flags"]["read-only-port"] == "10255"
    assert facts["kubelet"]["flags"]["event-qps"] == "0"


def test_files_of_k3s(facts: dict[str, Any]) -> None:
    assert files(facts, "scheduler.kubeconfig")[f"{DATA}/server/cred/scheduler.kubeconfig"]["mode"] == "0640"
    assert files(facts, "pki.key")[f"{DATA}/server/tls/client-ca.key"]["mode"] == "0600"
    assert files(facts, "etcd.data")[f"{DATA}/server/db/etcd"]["mode"] == "0700"
    assert facts["cni"]["plugins"][0]["type"] == "flannel"
    assert {each["status"] for each in files(facts, "apiserver.manifest").values()} == {"absent"}


def test_secrets_of_k3s(facts: dict[str, Any]) -> None:
    assert "SECRET" not in str(facts)
    assert facts["configs"]["encryption"]["resources"][0]["providers"][0] == {
        "aescbc": {"keys": [{"name": "k", "secret": "REDACTED"}]}
    }


def test_arguments_that_are_hidden_and_not_found_are_not_known(tmp_path: Path) -> None:
    host = server(tmp_path)
    host.path("/etc/systemd/system/k3s.service").unlink()
    facts = host.collect()
    assert process(facts, "apiserver")["argv"] == []
    assert facts["kubelet"]["flags"] == {}
    assert "k3s: it hides its arguments, and nothing was found that starts it" in facts["collector"]["errors"]


@pytest.mark.parametrize("content", ["[1, 2]", "a: [", "anonymous-auth"])
def test_with_a_broken_configuration_nothing_is_known(tmp_path: Path, content: str) -> None:
    host = server(tmp_path)
    host.write("/etc/rancher/k3s/config.yaml", content)
    assert process(host.collect(), "apiserver")["argv"] == []


def test_a_drop_in_of_the_unit_starts_it_otherwise(tmp_path: Path) -> None:
    host = server(tmp_path)
    host.write(
        "/etc/systemd/system/k3s.service.d/override.conf",
        "[Service]\nExecStart=\nExecStart=/usr/local/bin/k3s server --kube-apiserver-arg=v=9\n",
    )
    argv = process(host.collect(), "apiserver")["argv"]
    assert "--v=9" in argv
    assert not [each for each in argv if "audit-policy" in each]


def test_open_rc(tmp_path: Path) -> None:
    host = server(tmp_path)
    host.write("/proc/7/cgroup", "0::/\n")
    host.path("/etc/systemd/system/k3s.service").unlink()
    host.write(
        "/etc/init.d/k3s",
        '#!/sbin/openrc-run\nname=k3s\ncommand="/usr/local/bin/k3s"\n'
        "command_args=\"server \\\n\t'--kube-apiserver-arg=v=8' \\\n    >>/var/log/k3s.log 2>&1\"\n",
    )
    assert "--v=8" in process(host.collect(), "apiserver")["argv"]


def test_the_file_of_the_embedded_etcd_tells_its_settings(tmp_path: Path) -> None:
    host = server(tmp_path)
    host.path("/etc/rancher/k3s/config.yaml").unlink()  # a member of a cluster is not told again to be one
    host.write(
        f"{DATA}/server/db/etcd/config",
        "data-dir: /data/etcd\nclient-transport-security: {client-cert-auth: true, cert-file: /a.crt}\n"
        "peer-transport-security: {auto-tls: true, password: SECRETPASSWORD}\nunknown: SECRETVALUE\n",
    )
    facts = host.collect()
    assert process(facts, "etcd")["argv"] == [
        "etcd",
        "--data-dir=/data/etcd",
        "--client-cert-auth=true",
        "--cert-file=/a.crt",
        "--peer-auto-tls=true",
    ]
    assert set(files(facts, "etcd.data")) == {"/data/etcd"}
    assert "SECRET" not in str(facts)


def test_a_newer_k3s_configures_its_kubelet_by_files(tmp_path: Path) -> None:
    host = server(tmp_path)
    kind = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n"
    folder = f"{DATA}/agent/etc/kubelet.conf.d"
    host.write(f"{folder}/00-k3s-defaults.conf", kind + "authentication: {anonymous: {enabled: false}}\n")
    host.write(f"{folder}/99-user.conf", kind + "authentication: {anonymous: {enabled: true}}\n")
    kubelet = host.collect()["kubelet"]
    assert kubelet["flags"]["config-dir"] == folder
    assert "anonymous-auth" not in kubelet["flags"]  # else the flag would hide what the user's file says
    assert [each["authentication"]["anonymous"]["enabled"] for each in kubelet["dropIns"]] == [False, True]


def test_an_agent_runs_no_control_plane() -> None:
    told = k3s.settings(["--server", "https://10.0.0.1:6443", "--kubelet-arg", "v=2"])
    found = k3s.components("k3s", "agent", told, "annotation")
    assert [each.component for each in found] == ["kubelet", "kube-proxy"]
    assert "--v=2" in found[0].argv


def test_what_is_disabled_does_not_run() -> None:
    told = k3s.settings(["--disable-scheduler", "--disable-kube-proxy=true", "--datastore-endpoint=x"])
    found = k3s.components("k3s", "server", told, "annotation")
    assert [each.component for each in found] == ["apiserver", "controller-manager", "kubelet"]


def test_structured_authorization_replaces_the_mode() -> None:
    told = k3s.settings(["--kube-apiserver-arg=authorization-config=/a.yaml"])
    argv = k3s.components("k3s", "server", told, "annotation")[0].argv
    assert "--authorization-config=/a.yaml" in argv
    assert not [each for each in argv if each.startswith("--authorization-mode")]


def test_rke2(tmp_path: Path) -> None:
    host = Host(tmp_path)
    data = "/var/lib/rancher/rke2"
    host.run(5, ["/usr/local/bin/rke2 server"], "/system.slice/rke2-server.service")
    host.run(
        6,
        ["kubelet", f"--kubeconfig={data}/agent/kubelet.kubeconfig", "--anonymous-auth=false"],
        "/system.slice/rke2-server.service",
    )
    host.run(
        7, ["kube-apiserver", f"--client-ca-file={data}/server/tls/client-ca.crt"], STATIC.format(uid=HASH)
    )
    host.write(
        f"{data}/agent/pod-manifests/kube-apiserver.yaml",
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - command: [kube-apiserver]\n"
        "    image: index.docker.io/rancher/hardened-kubernetes:v1.33.5-rke2r1-build20250912\n",
        0o640,
    )
    host.write(f"{data}/server/cred/admin.kubeconfig", "", 0o600)
    host.write(f"{data}/server/tls/client-ca.crt", "", 0o644)
    host.write(f"{data}/agent/kubelet.kubeconfig", "", 0o640)
    facts = host.collect()
    assert (facts["distribution"], facts["kubernetesVersion"]) == ("rke2", "1.33.5")
    assert [each["component"] for each in facts["processes"]] == ["kubelet", "apiserver"]
    assert (
        files(facts, "apiserver.manifest")[f"{data}/agent/pod-manifests/kube-apiserver.yaml"]["mode"]
        == "0640"
    )
    assert files(facts, "kubelet.kubeconfig")[f"{data}/agent/kubelet.kubeconfig"]["mode"] == "0640"
    assert files(facts, "pki.cert")[f"{data}/server/tls/client-ca.crt"]["mode"] == "0644"
    # RKE2's own unit is not the kubelet's
    assert {each["status"] for each in files(facts, "kubelet.service").values()} == {"absent"}


def test_microk8s(tmp_path: Path) -> None:
    host = Host(tmp_path)
    data = "/var/snap/microk8s/current"
    host.run(
        5,
        [
            "/snap/microk8s/1/kubelite",
            f"--apiserver-args-file={data}/args/kube-apiserver",
            f"--kubelet-args-file={data}/args/kubelet",
            f"--scheduler-args-file={data}/args/gone",
            "--start-control-plane=true",
        ],
        "/system.slice/snap.microk8s.daemon-kubelite.service",
    )
    host.write(
        f"{data}/args/kube-apiserver",
        "# made by hand\n--anonymous-auth=false\n--tls-cert-file=${SNAP_DATA}/a.crt\n",
    )
    host.write(f"{data}/args/kubelet", "--kubeconfig=$SNAP_DATA/credentials/kubelet.config\n", 0o660)
    host.write("/snap/microk8s/current/meta/snap.yaml", "name: microk8s\nversion: v1.32.8\n")
    facts = host.collect()
    assert (facts["distribution"], facts["kubernetesVersion"]) == ("microk8s", "1.32.8")
    assert process(facts, "apiserver")["argv"] == [
        "kube-apiserver",
        "--anonymous-auth=false",
        f"--tls-cert-file={data}/a.crt",
    ]
    assert set(files(facts, "kubelet.kubeconfig")) == {f"{data}/credentials/kubelet.config"}
    assert process(facts, "scheduler")["argv"] == []
