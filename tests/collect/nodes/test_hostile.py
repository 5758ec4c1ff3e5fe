"""A node that means harm, or is merely odd: nothing outside of the root is read, nothing hangs or crashes."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scanner.collect.nodes.collector import Options, collect
from scanner.collect.nodes.processes import Process, of_root
from scanner.collect.nodes.root import MAX_BYTES, NotRead, Root
from tests.collect.nodes.hosts import HASH, ORDINARY, STATIC, Host, files, node_collect, process

KUBELET = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n"


@pytest.fixture
def host(tmp_path: Path) -> Host:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_text("OUTSIDE")
    return Host(tmp_path / "root")


def kubelet(host: Host, *arguments: str) -> dict[str, Any]:
    host.run(9, ["kubelet", *arguments])
    return host.collect()


@pytest.mark.parametrize(
    "target", ["../outside/secret", "../../../../../../outside/secret", "/outside/secret", "{outside}/secret"]
)
def test_links_lead_nowhere_outside_of_the_root(host: Host, tmp_path: Path, target: str) -> None:
    host.link("/etc/link", target.format(outside=tmp_path / "outside"))
    with pytest.raises(NotRead) as failure:
        Root(str(host.folder)).read("/etc/link")
    assert failure.value.status == "absent"


def test_an_absolute_link_begins_at_the_root(host: Host) -> None:
    host.write("/var/lib/kubelet/real.yaml", KUBELET + "readOnlyPort: 0\n", 0o644)
    host.link("/etc/kubelet.yaml", "/var/lib/kubelet/real.yaml")
    facts = kubelet(host, "--config=/etc/kubelet.yaml")
    assert facts["kubelet"]["configFile"]["readOnlyPort"] == 0
    entry = files(facts, "kubelet.config")["/etc/kubelet.yaml"]
    assert (entry["mode"], entry["target"]) == ("0644", "/var/lib/kubelet/real.yaml")


def test_links_in_a_circle(host: Host) -> None:
    host.link("/etc/a", "b")
    host.link("/etc/b", "a")
    facts = kubelet(host, "--config=/etc/a")
    assert files(facts, "kubelet.config")["/etc/a"]["status"] == "not_collected"
    assert any("circle" in error for error in facts["collector"]["errors"])


def test_links_that_grow(host: Host) -> None:
    host.link("/etc/a", "a/" * 2000 + "a")
    with pytest.raises(NotRead):
        Root(str(host.folder)).find("/etc/a")


def test_pipes_devices_and_sockets_are_not_opened(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(host.path("/etc/pipe"))
    monkeypatch.chdir(host.path("/etc"))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        begin = time.monotonic()
        facts = kubelet(host, "--config=/etc/pipe", "--kubeconfig=/etc/socket", "--config-dir=/etc")
    assert time.monotonic() - begin < 10
    assert files(facts, "kubelet.config")["/etc/pipe"]["type"] == "other"
    assert files(facts, "kubelet.kubeconfig")["/etc/socket"]["type"] == "other"
    assert "/etc/pipe: it is no regular file" in facts["collector"]["errors"]


def test_a_file_that_is_too_large(host: Host) -> None:
    with host.write("/etc/large.yaml").open("wb") as file:
        file.truncate(50 * MAX_BYTES)
    facts = kubelet(host, "--config=/etc/large.yaml")
    assert facts["kubelet"]["configFile"] is None
    assert files(facts, "kubelet.config")["/etc/large.yaml"]["mode"] == "0600"
    assert any("bytes" in error for error in facts["collector"]["errors"])


def test_folders_with_too_much_in_them_are_bounded_and_said(host: Host) -> None:
    pki = host.make("/etc/kubernetes/pki")
    for number in range(2_500):
        (pki / f"{number}.crt").touch()
    facts = host.collect()
    known = files(facts, "pki.cert")
    assert known.pop("/etc/kubernetes/pki")["status"] == "not_collected"  # for the rest
    assert len(known) == 1_000
    errors = " ".join(facts["collector"]["errors"])
    assert "not all were looked at" in errors
    assert "only 1,000 of its files" in errors
    assert len(facts["collector"]["errors"]) <= 501


def test_deep_folders(host: Host) -> None:
    host.write("/etc/kubernetes/pki/1/2/3/4/5/6.crt")
    facts = host.collect()
    assert set(files(facts, "pki.dir")) == {
        "/etc/kubernetes/pki" + deeper for deeper in ("", "/1", "/1/2", "/1/2/3", "/1/2/3/4")
    }
    assert "/etc/kubernetes/pki/1/2/3/4: folders so deep are not looked into" in facts["collector"]["errors"]


def test_names_that_are_no_text(host: Host) -> None:
    host.make("/etc/kubernetes/pki")
    folder = os.fsencode(host.path("/etc/kubernetes/pki"))
    for name in (b"\xff\xfe.key", b"new\nline.crt", b"\x1b[31mred.crt", b"-rf.key"):
        os.close(os.open(folder + b"/" + name, os.O_CREAT | os.O_WRONLY, 0o600))
    host.run(9, ["kubelet", "--node-labels=\udcff\udcfe"])
    facts = host.collect()
    assert set(files(facts, "pki.key")) == {
        "/etc/kubernetes/pki/\\xff\\xfe.key",
        "/etc/kubernetes/pki/-rf.key",
    }
    assert "/etc/kubernetes/pki/new\nline.crt" in files(facts, "pki.cert")
    assert process(facts, "kubelet")["argv"][1] == "--node-labels=\\xff\\xfe"


@pytest.mark.parametrize(
    "content",
    [
        "a: [1\n",
        "a: b: c\n",
        "\0\0\0",
        "\ud800".encode("utf-8", "surrogatepass"),
        "a: &a [*a]\n",
        "[" * 5_000,
        KUBELET + "a: 1\na: 2\n",
        "- a list\n",
        "just a secret text\n",
        "kind: Secret\napiVersion: v1\ndata: {a: SECRET}\n",
        KUBELET.replace("KubeletConfiguration", "[]"),
        "",
    ],
)
def test_broken_configuration_is_an_error_and_no_fact(host: Host, content: str | bytes) -> None:
    host.write("/etc/broken.yaml", content)
    facts = kubelet(host, "--config=/etc/broken.yaml")
    assert facts["kubelet"]["configFile"] is None
    assert any("/etc/broken.yaml" in error for error in facts["collector"]["errors"])
    assert "secret text" not in str(facts)
    assert "SECRET" not in str(facts)


def test_a_process_cannot_have_any_file_shown(host: Host) -> None:
    host.write("/etc/shadow", "root:SECRETHASH:1::::::\n")
    host.write("/etc/token.yaml", "users: [{user: {token: SECRETHASH}}]\nkind: Config\napiVersion: v1\n")
    host.run(
        9,
        [
            "kube-apiserver",
            "--encryption-provider-config=/etc/shadow",
            "--audit-policy-file=/etc/token.yaml",
            "--admission-control-config-file=/etc/shadow",
        ],
    )
    facts = kubelet(host, "--config=/etc/shadow")
    assert "SECRETHASH" not in str(facts)


@pytest.mark.parametrize("program", ["kube-apiserver", "kubelet", "etcd"])
def test_a_pod_cannot_pass_for_a_component_of_the_node(host: Host, program: str) -> None:
    host.run(9, [program, "--anonymous-auth=false"], STATIC.format(uid=ORDINARY))
    facts = host.collect()
    assert facts["processes"] == []
    assert any("ordinary Pod" in error for error in facts["collector"]["errors"])


def test_another_user_cannot_pass_for_a_component_of_root(host: Host) -> None:
    forged = Process("kubelet", ["kubelet", "--anonymous-auth=false"], owner=1000)
    real = Process("kubelet", ["kubelet", "--anonymous-auth=true"])
    rootless = Process("etcd", ["etcd"], owner=1000)
    errors: list[str] = []
    assert of_root([forged, real, rootless], errors) == [real, rootless]
    assert errors == ["a process of user 1000 that calls itself kubelet is left out"]


def test_configuration_files_name_further_files(host: Host) -> None:
    host.run(8, ["kube-scheduler", "--config=/etc/scheduler.yaml"])
    host.write(
        "/etc/scheduler.yaml",
        "apiVersion: kubescheduler.config.k8s.io/v1\nkind: KubeSchedulerConfiguration\n"
        "clientConnection: {kubeconfig: /etc/scheduler.kubeconfig}\n",
    )
    host.write("/etc/scheduler.kubeconfig", "", 0o640)
    host.run(9, ["etcd", "--config-file=/etc/etcd.yaml", "--data-dir=/not/this"])
    host.write("/etc/etcd.yaml", "data-dir: /srv/etcd\ninitial-cluster-token: SECRETTOKEN\n")
    host.make("/srv/etcd", 0o700)
    facts = host.collect()
    assert files(facts, "scheduler.kubeconfig")["/etc/scheduler.kubeconfig"]["mode"] == "0640"
    assert {path: each["mode"] for path, each in files(facts, "etcd.data").items()} == {"/srv/etcd": "0700"}
    etcd = files(facts, "etcd.config")["/etc/etcd.yaml"]
    assert (etcd["content"], etcd["redacted"]) == ({"data-dir": "/srv/etcd"}, True)
    assert files(facts, "scheduler.config")["/etc/scheduler.yaml"]["content"]["clientConnection"]
    assert "SECRETTOKEN" not in str(facts)


def test_kube_proxy_runs_in_an_ordinary_pod_and_its_configuration_is_found(host: Host) -> None:
    pod = ORDINARY.replace("_", "-")
    host.run(9, ["kube-proxy", "--config=/var/lib/kube-proxy/config.conf"], STATIC.format(uid=ORDINARY))
    folder = f"/var/lib/kubelet/pods/{pod}/volumes/kubernetes.io~configmap/kube-proxy"
    host.write(
        f"{folder}/..data/config.conf",
        "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n"
        "metricsBindAddress: 0.0.0.0\n",
    )
    host.link(f"{folder}/config.conf", "..data/config.conf")
    facts = host.collect()
    assert facts["configs"]["kubeProxy"]["metricsBindAddress"] == "0.0.0.0"
    assert facts["roles"] == ["worker"]


@pytest.mark.parametrize(
    ("argv", "component"),
    [
        (["/usr/bin/kubelet", "--v=2"], "kubelet"),
        (["/hyperkube", "kubelet", "--v=2"], "kubelet"),
        (["hyperkube", "--log-dir=x", "kube-apiserver"], "apiserver"),
        (["hyperkube", "proxy"], "kube-proxy"),
        (["kube-scheduler --config=/x"], "scheduler"),
    ],
)
def test_programs_are_recognised(host: Host, argv: list[str], component: str) -> None:
    host.run(9, argv)
    assert process(host.collect(), component)["source"] == "proc"


@pytest.mark.parametrize(
    "argv",
    [
        ["kubelet-monitor"],
        ["grep", "kubelet"],
        ["/usr/bin/etcdctl", "get"],
        ["k3s", "kubectl", "get", "pods"],
        ["k3s"],
        ["vim", "/etc/kubernetes/manifests/kube-apiserver"],
        ["hyperkube"],
        [""],
    ],
)
def test_other_programs_are_not(host: Host, argv: list[str]) -> None:
    host.run(9, argv)
    assert host.collect()["processes"] == []


def test_what_a_container_was_not_given_is_not_collected(host: Host) -> None:
    host.write("/etc/kubernetes/admin.conf")
    host.link("/etc/kubernetes/pki", "/mnt/elsewhere")
    facts = host.printed("--only", "/etc", "--only", "/usr/lib", "--only", "/proc")
    assert files(facts, "admin.kubeconfig")["/etc/kubernetes/admin.conf"]["status"] == "ok"
    assert files(facts, "scheduler.kubeconfig")["/etc/kubernetes/scheduler.conf"]["status"] == "absent"
    assert files(facts, "etcd.data")["/var/lib/etcd"]["status"] == "not_collected"
    assert files(facts, "pki.dir")["/etc/kubernetes/pki"]["status"] == "not_collected"


def test_time_that_is_over(host: Host) -> None:
    host.write("/etc/kubernetes/admin.conf")
    facts = collect(Options(str(host.folder), timeout=-1.0))
    assert {each["status"] for each in facts["files"]} == {"not_collected"}
    assert any("--timeout" in error for error in facts["collector"]["errors"])


def test_static_pods_that_are_none(host: Host) -> None:
    folder = "/etc/kubernetes/manifests"
    host.write(f"{folder}/broken.yaml", "a: [")
    host.write(
        f"{folder}/list.yaml", "kind: Pod\nspec: [1]\n---\n- 1\n---\nkind: Pod\nspec: {containers: {a: b}}\n"
    )
    host.write(
        f"{folder}/.kube-apiserver.yaml", "kind: Pod\nspec: {containers: [{command: [kube-apiserver]}]}\n"
    )
    host.write(
        f"{folder}/odd.yaml",
        "kind: Pod\nspec:\n  volumes: [1, {name: 2, hostPath: 3}]\n  containers:\n"
        "  - 7\n  - {command: [kube-scheduler, 5, {}], env: [{name: 1}], volumeMounts: [{mountPath: 1}]}\n"
        "  - {command: [/bin/sh, -c, 'exec /usr/bin/kube-controller-manager --v=2']}\n",
    )
    os.mkfifo(host.path(f"{folder}/pipe"))
    facts = host.collect()
    assert {each["component"]: each["argv"] for each in facts["processes"]} == {
        "scheduler": ["kube-scheduler"],
        "controller-manager": ["/usr/bin/kube-controller-manager", "--v=2"],
    }


def test_no_permission_is_denied_not_absent(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    host.write("/etc/kubernetes/pki/ca.key")
    host.write("/etc/kubernetes/admin.conf")
    refused = {"pki", "admin.conf"}
    real = os.open

    def refuse(path: Any, *arguments: Any, **named: Any) -> int:
        if path in refused:
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **named)

    monkeypatch.setattr(os, "open", refuse)  # as root nothing is refused
    facts = collect(Options(str(host.folder)))
    assert files(facts, "admin.kubeconfig")["/etc/kubernetes/admin.conf"]["status"] == "denied"
    assert files(facts, "pki.dir")["/etc/kubernetes/pki"]["status"] == "denied"
    assert "/etc/kubernetes/admin.conf: permission denied" in facts["collector"]["errors"]


def test_a_folder_that_cannot_be_listed_may_hold_more(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    host.write("/etc/kubernetes/pki/ca.key", "", 0o666)
    host.write("/etc/cni/net.d/10-x.conf", "{}", 0o666)

    def refuse(_descriptor: int) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)  # as root nothing is refused
    facts = collect(Options(str(host.folder)))
    for role, folder in (("pki.key", "/etc/kubernetes/pki"), ("cni.conf", "/etc/cni/net.d")):
        assert {path: each["status"] for path, each in files(facts, role).items()} == {
            folder: "not_collected"
        }


def test_an_empty_folder_of_network_plugins_is_no_file(host: Host) -> None:
    host.make("/etc/cni/net.d", 0o777)
    [entry] = files(host.collect(), "cni.conf").values()
    assert (entry["status"], entry["mode"]) == ("absent", None)


def test_a_unit_is_found_behind_folders_that_are_not_there(host: Host) -> None:
    host.write("/usr/lib/systemd/system/kubelet.service", "", 0o644)
    host.run(9, ["kubelet"])
    seen = collect(Options(str(host.folder), ("/etc", "/usr/lib", "/proc")))
    [unit] = files(seen, "kubelet.service").values()
    assert (unit["path"], unit["status"]) == ("/usr/lib/systemd/system/kubelet.service", "ok")
    host.path("/usr/lib/systemd/system/kubelet.service").unlink()
    seen = collect(Options(str(host.folder), ("/etc", "/usr/lib", "/proc")))
    [unit] = files(seen, "kubelet.service").values()
    assert unit["status"] == "not_collected"  # it runs in that unit, so it must be somewhere


@pytest.mark.parametrize("pod", [True, False])
def test_an_environment_that_may_not_be_read_is_not_an_empty_one(host: Host, pod: bool) -> None:
    group = STATIC.format(uid=HASH) if pod else "/system.slice/etcd.service"
    host.run(9, ["etcd", "--name=a"], group)
    host.path("/proc/9/environ").unlink()
    etcd = process(host.collect(), "etcd")
    assert etcd["env"] == {}
    assert "etcd's environment is not known" in etcd["incomplete"]


def test_a_unit_tells_the_environment_that_may_not_be_read(host: Host) -> None:
    host.run(9, ["/usr/local/bin/etcd"], "/system.slice/etcd.service")
    host.path("/proc/9/environ").unlink()
    host.write(
        "/etc/systemd/system/etcd.service",
        '[Service]\nEnvironment="ETCD_NAME=a b" OTHER=x\nEnvironmentFile=-/etc/gone.env\n'
        "EnvironmentFile=/etc/etcd.env\n",
    )
    host.write(
        "/etc/etcd.env",
        "# etcd\nETCD_CLIENT_CERT_AUTH=true\nETCD_DATA_DIR=/srv/etcd\nETCD_PASSWORD='SECRET WORD'\n",
    )
    host.make("/srv/etcd", 0o700)
    facts = host.collect()
    assert process(facts, "etcd")["env"] == {
        "ETCD_NAME": "a b",
        "ETCD_CLIENT_CERT_AUTH": "true",
        "ETCD_DATA_DIR": "/srv/etcd",
        "ETCD_PASSWORD": "REDACTED",
    }
    assert "incomplete" not in process(facts, "etcd")
    assert files(facts, "etcd.data")["/srv/etcd"]["mode"] == "0700"
    host.path("/etc/etcd.env").unlink()
    assert process(host.collect(), "etcd")["incomplete"]


def test_a_process_that_ends_meanwhile(host: Host) -> None:
    host.make("/proc/77")
    host.run(9, ["etcd"])
    host.path("/proc/9/environ").unlink()
    host.path("/proc/9/cgroup").unlink()
    facts = host.collect()
    assert process(facts, "etcd")["env"] == {}
    assert any("environ" in error for error in facts["collector"]["errors"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    argv=st.lists(
        st.binary(max_size=40).filter(lambda each: b"\0" not in each)
        | st.sampled_from(
            [b"--config", b"--config=/etc", b"--config-dir=/etc", b"--kubeconfig=\xff", b"=", b"--"]
        ),
        max_size=12,
    ),
    program=st.sampled_from(["kubelet", "kube-apiserver", "etcd", "k3s", "rke2", "kubelite", "hyperkube"]),
    content=st.binary(max_size=200) | st.text(max_size=200).map(lambda each: each.encode("utf-8", "replace")),
)
def test_any_command_line_and_any_file_give_facts(
    tmp_path_factory: pytest.TempPathFactory, argv: list[bytes], program: str, content: bytes
) -> None:
    host = Host(tmp_path_factory.mktemp("any"))
    host.run(9, [program, "server", *(os.fsdecode(each) for each in argv)])
    for path in ("/etc/kubernetes/manifests/a.yaml", "/etc/rancher/k3s/config.yaml", "/etc/cni/net.d/a.conf"):
        host.write(path, content)
    facts = collect(Options(str(host.folder)))
    assert json.loads(json.dumps(facts))["kind"] == "NodeFacts"
    json.dumps(facts, ensure_ascii=False).encode()  # every text is valid


def test_on_this_machine_it_ends_soon() -> None:
    begin = time.monotonic()
    code, out, _ = node_collect("--timeout", "20")
    assert code == 0
    assert time.monotonic() - begin < 20
    facts = json.loads(out)
    assert facts["os"]["kernel"] == os.uname().release
    assert facts["files"]


def test_output_is_written_whole_or_not_at_all(host: Host, tmp_path: Path) -> None:
    target = tmp_path / "facts.yaml"
    code, out, _ = node_collect("--root", str(host.folder), "--format", "yaml", "-o", str(target))
    assert (code, out) == (0, b"")
    assert target.read_text().startswith("apiVersion: kubeassay.dev/v1\nkind: NodeFacts\n")
    code, _, err = node_collect("--root", str(host.folder), "-o", str(tmp_path / "none" / "facts.yaml"))
    assert code == 2
    assert "cannot be written" in err


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    code, out, err = node_collect("--root", str(tmp_path / "none"))
    assert (code, out) == (2, b"")
    assert "No such file" in err


def test_a_static_pod_is_told_by_its_uid(host: Host) -> None:
    host.run(9, ["kube-apiserver"], f"/kubepods/burstable/pod{HASH}/abc")
    assert process(host.collect(), "apiserver")["argv"] == ["kube-apiserver"]
