"""What a kubelet runs with, whatever tells it: its own report, flags, drop-ins, file, defaults."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.evaluate.projection import Unit
from scanner.facts.go_values import seconds
from scanner.facts.index import Index
from scanner.facts.kubelet import GATE, self_signed, settings
from scanner.facts.kubelet_config import Layer, lookup
from scanner.fields import field

from .objects import resource

CONFIG = "--config=/var/lib/kubelet/config.yaml"
DROP_INS = "--config-dir=/etc/kubelet.conf.d"


def node(*flags: str, source: str = "proc", files: Any = (), errors: Any = (), **kubelet: Any) -> Any:
    """NodeFacts with a kubelet process; without one where no flags and no source are given."""
    process = {"component": "kubelet", "source": source, "argv": ["/usr/bin/kubelet", *flags]}
    told = {"effective": {}, "effectiveSource": "none", "configFile": None, "dropIns": [], "flags": {}}
    return resource(
        "NodeFacts",
        "kubeassay.dev/v1",
        roles=["worker"],
        kubernetesVersion="1.34.1",
        collector={"mode": "job", "errors": list(errors)},
        files=list(files),
        processes=[process] if source else [],
        kubelet={**told, **kubelet},
    )


def found(facts: Any, name: str) -> dict[str, Any]:
    return settings(Index([facts], snapshot=True), Unit(facts))[name]


def value(facts: Any, name: str) -> Any:
    return found(facts, name).get("value", "unknown")


def anonymous(enabled: object) -> dict[str, Any]:
    return {"authentication": {"anonymous": {"enabled": enabled}}}


def configz(**content: Any) -> Any:
    return node(source="", effective=content, effectiveSource="configz")


def test_flag_over_drop_in_over_file_over_default() -> None:
    layers = {"configFile": {"readOnlyPort": 1}, "dropIns": [{"readOnlyPort": 2}, {"readOnlyPort": 3}]}
    flagged = node(CONFIG, DROP_INS, "--read-only-port=4", **layers)
    assert found(flagged, "read-only-port")["source"] == "its flag --read-only-port"
    assert found(flagged, "read-only-port")["path"] == ["processes", 0, "argv", 3]
    assert value(flagged, "read-only-port") == 4
    dropped = found(node(CONFIG, DROP_INS, **layers), "read-only-port")
    assert (dropped["value"], dropped["path"]) == (3, ["kubelet", "dropIns", 1, "readOnlyPort"])
    filed = found(node(CONFIG, configFile={"readOnlyPort": 1}), "read-only-port")
    assert (filed["value"], filed["source"]) == (1, "/var/lib/kubelet/config.yaml")
    assert found(node(CONFIG, configFile={}), "read-only-port") == {
        "value": 0,
        "shown": "0",
        "source": "default",
        "path": ["kubelet"],
        "given": False,
    }


@pytest.mark.parametrize(
    ("name", "with_file", "without"),
    [
        ("anonymous-auth", False, True),
        ("authorization-mode", "Webhook", "AlwaysAllow"),
        ("read-only-port", 0, 10255),
        ("make-iptables-util-chains", True, True),
        ("rotate-certificates", False, False),
        ("event-qps", 50, 50),
        ("streaming-connection-idle-timeout", 14400.0, 14400.0),
        ("pod-max-pids", -1, -1),
        ("client-ca-file", "", ""),
        (GATE, True, True),
    ],
)
def test_defaults_with_and_without_a_file(name: str, with_file: object, without: object) -> None:
    assert value(node(CONFIG, configFile={"kind": "KubeletConfiguration"}), name) == with_file
    assert value(node(), name) == without


def test_drop_ins_without_a_file_keep_the_laxer_defaults() -> None:
    facts = node(DROP_INS, dropIns=[{"readOnlyPort": 0}])
    assert value(facts, "read-only-port") == 0
    assert value(facts, "anonymous-auth") is True


def test_null_in_a_drop_in_leaves_the_default() -> None:
    facts = node(CONFIG, DROP_INS, configFile=anonymous(True), dropIns=[{"authentication": None}])
    assert value(facts, "anonymous-auth") is False
    assert found(facts, "anonymous-auth")["given"] is False


def test_drop_ins_are_named_by_their_files_in_order() -> None:
    files = [
        {"role": "kubelet.config", "path": f"/etc/kubelet.conf.d/{name}", "status": "ok"}
        for name in ("20-b.conf", "10-a.conf", "note.txt")
    ]
    facts = node(CONFIG, DROP_INS, files=files, configFile={}, dropIns=[anonymous(True), {"readOnlyPort": 5}])
    assert found(facts, "anonymous-auth")["source"] == "/etc/kubelet.conf.d/10-a.conf"
    assert found(facts, "read-only-port")["source"] == "/etc/kubelet.conf.d/20-b.conf"


@pytest.mark.parametrize(
    "facts",
    [
        node(CONFIG),
        node(CONFIG, configFile="x"),
        node(configFile=anonymous(False)),
        node(CONFIG, DROP_INS, configFile=anonymous(False), dropIns=None),
        node(CONFIG, DROP_INS, configFile=anonymous(False), dropIns=["x"]),
        node(CONFIG, DROP_INS, configFile=anonymous(False), errors=["/etc/kubelet.conf.d/a.conf: no YAML"]),
        node(
            CONFIG,
            DROP_INS,
            configFile=anonymous(False),
            files=[{"role": "kubelet.config", "path": "/etc/kubelet.conf.d/a.conf", "status": "denied"}],
        ),
        node(source="", configFile=anonymous(False)),
        node(CONFIG, configFile=anonymous("no")),
        node(CONFIG, configFile={"authentication": "none"}),
        node("--anonymous-auth=maybe"),
        node("--anonymous-auth=$(WHATEVER)"),
        node(source="annotation"),
        node("--anonymous-auth=false", source="flagz"),
        resource("NodeFacts", "kubeassay.dev/v1"),
    ],
)
def test_what_is_not_all_at_hand_is_unknown(facts: Any) -> None:
    assert found(facts, "anonymous-auth")["unknown"]


def test_a_flag_decides_though_the_file_is_not_at_hand() -> None:
    assert value(node(CONFIG, "--anonymous-auth=false"), "anonymous-auth") is False
    assert value(node("--anonymous-auth=false", source="annotation"), "anonymous-auth") is False


def test_flags_by_name_where_no_process_was_seen() -> None:
    facts = node(source="", flags={"anonymous-auth": "false", "read-only-port": 0, "event-qps": [1]})
    assert value(facts, "anonymous-auth") is False
    assert found(facts, "read-only-port")["path"] == ["kubelet", "flags", "read-only-port"]
    assert value(facts, "event-qps") == "unknown"


@pytest.mark.parametrize("argv", [["kubelet", None], [], "kubelet", None, ["kubelet", {}]])
def test_broken_command_lines_are_unknown(argv: Any) -> None:
    facts = node()
    facts.body["processes"][0]["argv"] = argv
    assert value(facts, "anonymous-auth") == "unknown"
    assert value(facts, "hostname-override") == "unknown"


def test_last_flag_counts_and_lists_add_up() -> None:
    facts = node(
        "--read-only-port=1", "--read_only_port", "2", "--tls-cipher-suites=A,B", "--tls-cipher-suites=C"
    )
    assert value(facts, "read-only-port") == 2
    assert value(facts, "tls-cipher-suites") == ["A", "B", "C"]


def test_gates_merge_by_name() -> None:
    gates = {"featureGates": {GATE: False, "Other": True}}
    assert value(node(CONFIG, "--feature-gates=Other=false", configFile=gates), GATE) is False
    assert value(node(CONFIG, f"--feature-gates={GATE}=true", configFile=gates), GATE) is True
    assert value(node("--feature-gates", f"X=true,{GATE}=false"), GATE) is False


def test_a_gate_that_is_not_named_follows_those_of_its_kind() -> None:
    assert value(node("--feature-gates=AllBeta=false"), GATE) is False
    assert value(node("--feature-gates=AllBeta=false,AllAlpha=true"), GATE) is False
    assert (
        value(node(CONFIG, "--feature-gates=AllBeta=false", configFile={"featureGates": {GATE: True}}), GATE)
        is True
    )
    assert value(configz(featureGates={"AllBeta": False}), GATE) is False
    assert value(configz(featureGates={}), GATE) is True


@pytest.mark.parametrize(
    "argv",
    [
        ["--anonymous-auth=true"],
        ["hyperkube", "kubelet", "--anonymous-auth"],
        ["/bin/sh", "-c", "exec /usr/bin/kubelet --anonymous-auth=true"],
        ["nice", "-n", "5", "/usr/bin/kubelet", "--anonymous_auth=T"],
    ],
)
def test_however_it_was_started(argv: list[str]) -> None:
    facts = node(CONFIG, configFile=anonymous(False))
    facts.body["processes"][0]["argv"] = argv
    assert value(facts, "anonymous-auth") is True


def test_a_running_kubelet_s_report_counts_alone() -> None:
    facts = node(CONFIG, "--read-only-port=9", effective=anonymous(True), effectiveSource="configz")
    assert value(facts, "anonymous-auth") is True
    assert value(facts, "read-only-port") == 0  # configz leaves zeros out
    assert value(facts, "make-iptables-util-chains") == "unknown"  # but no field that has a default
    wrapped = node(source="", effective={"kubeletconfig": anonymous(False)}, effectiveSource="configz")
    assert value(wrapped, "anonymous-auth") is False


def test_only_a_command_line_tells_the_name_of_the_host() -> None:
    assert value(configz(readOnlyPort=0), "hostname-override") == "unknown"
    assert value(node("--hostname-override", "a"), "hostname-override") == "a"
    assert value(node("--hostname-override=a", source="flagz"), "hostname-override") == "a"
    assert value(node(source="annotation"), "hostname-override") == "unknown"
    assert value(node(), "hostname-override") == ""


OWN = {
    "tlsCertFile": "/var/lib/kubelet/pki/kubelet.crt",
    "tlsPrivateKeyFile": "/var/lib/kubelet/pki/kubelet.key",
}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (configz(**OWN), True),
        (configz(tlsCertFile="/etc/k/kubelet.crt", tlsPrivateKeyFile="/etc/k/kubelet.key"), None),
        (configz(tlsCertFile="/etc/k/a.crt", tlsPrivateKeyFile="/etc/k/a.key"), False),
        (configz(), False),
        (node(CONFIG, configFile=OWN), False),
        (node(CONFIG, configFile=OWN, effective=OWN, effectiveSource="configz"), False),
        (node(CONFIG, configFile={}, effective=OWN, effectiveSource="configz"), True),
        (node(CONFIG, effective=OWN, effectiveSource="configz"), True),
        (node("--cert-dir=/other", CONFIG, effective=OWN, effectiveSource="configz"), None),
    ],
)
def test_a_certificate_that_the_kubelet_made_is_known_by_its_place(facts: Any, expected: bool | None) -> None:
    assert self_signed(Index([facts], snapshot=True), Unit(facts)) is expected


def test_a_machine_for_etcd_alone_has_no_kubelet() -> None:
    facts = resource("NodeFacts", "kubeassay.dev/v1", roles=["etcd"], processes=[])
    assert settings(Index([facts], snapshot=True), Unit(facts)) == {}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("4h0m0s", 14400.0),
        ("0", 0.0),
        ("0s", 0.0),
        (0, 0.0),
        ("1", 1.0),
        ("1.5h", 5400.0),
        ("100ms", 0.1),
        ("-5m", -300.0),
        ("0h0m0s", 0.0),
        ("5 m", None),
        ("m", None),
        ("", None),
        (None, None),
        (True, None),
        (["5m"], None),
        ("1" * 5_000, None),
    ],
)
def test_durations(written: object, expected: float | None) -> None:
    assert seconds(written) == (pytest.approx(expected) if expected is not None else None)


LEAVES = st.sampled_from([None, 0, "x", [1]])
DOCUMENTS = st.recursive(
    LEAVES, lambda held: st.dictionaries(st.sampled_from("abc"), held, max_size=3), max_leaves=6
)
OBJECTS = st.dictionaries(st.sampled_from("abc"), DOCUMENTS, max_size=3)


def merged(target: Any, patch: Any) -> Any:
    """RFC 7386, section 2, word for word."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, held in patch.items():
        if held is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), held)
    return result


@given(st.lists(OBJECTS, min_size=1, max_size=4), st.lists(st.sampled_from("abc"), min_size=1, max_size=3))
def test_looking_a_setting_up_is_merging_the_layers(documents: list[Any], keys: list[str]) -> None:
    whole: Any = {}
    for document in documents:
        whole = merged(whole, document)
    layer, value = lookup([Layer(each, "", ()) for each in documents], keys)
    if not isinstance(value, dict):  # which is no value of any setting
        assert value == field(whole, *keys)
    assert (layer is None) is all(not mentions(document, keys) for document in documents)


def mentions(document: Any, keys: list[str]) -> bool:
    """Whether a document says something of a setting, be it that it is unset."""
    for key in keys:
        if not isinstance(document, dict):
            return True
        if key not in document:
            return False
        document = document[key]
    return True
